//! The doctor's name: in a form, said in the text, at the foot, in the header.

use super::super::Input;
use super::card::{Card, Kind};
use super::form_name::form_name;
use super::patron_name::patron_name;
use super::writer::office;
use super::{Fact, Role, fact, own};
use crate::domain::wish::{ProfileField, Value};
use crate::understand::kana::is_hiragana;
use crate::understand::pattern::pattern;
use crate::understand::rules::Cx;

pattern!(
    NAME_EN,
    r"(?:my name is|i am dr\.?|this is dr\.?|i'm dr\.?)\s(?P<n>[a-z][\w'-]+(?:\s[a-z][\w'-]+){0,3})"
);
pattern!(
    NAME_LINE,
    r"^\s*(?:以上\s|頓首\s|医師\s|医者\s)?(?P<n>[\p{Han}々ヶッノ]{1,4}(?:\s?[\p{Han}々]{1,3}| ?[\p{Katakana}ー]{2,4}| [\p{Hiragana}]{2,4}|[\p{Hiragana}]{2,3})?|[\p{Hiragana}]{2,5})(?:\s?(?:拝|より|md|\(?\d{2}(?:歳|才)?\)?|医師|\([^)]{1,14}\)|\d{2}))?\s*(?:(?:tel|電話|携帯)?[\s:]*[\d-]{10,14})?\s*$"
);
use super::given_name::with_given_name;
pub(super) use super::names::is_name;
use super::names::never;

fn clean(word: &str) -> String {
    word.trim()
        .trim_start_matches("dr.")
        .trim_end_matches("先生")
        .trim_end_matches("医師")
        .trim_end_matches("拝")
        .trim_end_matches("教授")
        .trim_end_matches("院長")
        .trim_end_matches("部長")
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect()
}

pub(super) fn name(cx: &Cx, input: &Input, card: &Card, proxy: bool, out: &mut Vec<Fact>) {
    let found = form_name(cx)
        .or_else(|| called(cx))
        .or_else(|| {
            if proxy {
                patron_name(cx, office(input))
            } else {
                None
            }
        })
        .or_else(|| {
            fullest(
                cx,
                [said_name(cx, proxy), line_name(cx), card_name(card)]
                    .into_iter()
                    .flatten(),
            )
        })
        .or_else(|| english_name(cx));
    if let Some((s, e)) = found {
        let (s, e) = with_given_name(cx, cx.doc.text(s, e)).unwrap_or((s, e));
        let value = clean(cx.doc.norm.quote(s, e));
        if !value.is_empty() && !value.ends_with("在住") && !never(&value) {
            out.push(fact(
                ProfileField::Name,
                Value::text(value),
                s,
                e,
                "profile::name",
            ));
            return;
        }
    }
    if proxy {
        return;
    }
    if let Some(name) = header_name(input) {
        let value = clean(&name);
        if let Some((s, e)) = with_given_name(cx, &value) {
            out.push(fact(
                ProfileField::Name,
                Value::text(clean(cx.doc.norm.quote(s, e))),
                s,
                e,
                "profile::name",
            ));
            return;
        }
        // The words stand in the header, with its spaces.
        out.push(Fact {
            quote: Some(name),
            ..fact(
                ProfileField::Name,
                Value::text(value),
                0,
                0,
                "profile::header_name",
            )
        });
    }
}

/// The first naming, in the fullest form: 「黒田です」 above 「黒田 進」 at the foot is 黒田進.
pub(super) fn fullest(
    cx: &Cx,
    all: impl IntoIterator<Item = (usize, usize), IntoIter: Clone>,
) -> Option<(usize, usize)> {
    let all = all.into_iter();
    let plain = |(s, e): (usize, usize)| -> String {
        cx.doc.text(s, e).chars().filter(|c| *c != ' ').collect()
    };
    let first = all.clone().next()?;
    let short = plain(first);
    let fuller = all
        .filter(|n| plain(*n).starts_with(&short))
        .max_by_key(|n| plain(*n).len())?;
    Some(fuller)
}

fn card_name(card: &Card) -> Option<(usize, usize)> {
    card.pieces
        .iter()
        .filter(|p| matches!(p.kind, Kind::Name(_)))
        .max_by_key(|p| (matches!(p.kind, Kind::Name(true)), p.end - p.start))
        .map(|p| (p.start, p.end))
}

/// 「名前は戸川雅夫」.
fn called(cx: &Cx) -> Option<(usize, usize)> {
    pattern!(
        CALLED,
        r"(?P<k>[\p{Katakana}ー]{2,6} [\p{Katakana}ー]{2,5}) デス|(?:名前|氏名|名)は、?(?:(?P<n>[\p{Han}々]{1,4} ?[\p{Han}々]{1,3})|(?P<m>[\p{Han}々]{1,4} ?[\p{Hiragana}\p{Katakana}]{2,4}))(?:\(|、|。|です|と|でござ|で、|\)|$|\n)"
    );
    CALLED.all(cx.text()).into_iter().find_map(|c| {
        let m = c.name("n").or(c.name("m")).or(c.name("k"))?;
        (own(cx, m.start()) && is_name(m.as_str())).then(|| (m.start(), m.end()))
    })
}

pattern!(
    SAID,
    r"って(?:いい|言い)ます|ち申|(?:と|ち|っち)(?:いう|ゆう|ゆー)(?:もん|者)です|と(?:申|もう|いい|言い|言う|いう)|いいます|でございます|です|だす|どす|っす|ごわす|だがね|だがや|じゃ(?:けど|けん)?|だ|\s?拝(?:\s|$)|@"
);

/// 「…と申します」, 「…です」: the name is what stands before, read backwards.
fn said_name(cx: &Cx, proxy: bool) -> Option<(usize, usize)> {
    for c in SAID.all(cx.text()) {
        let Some(m) = c.get(0) else { continue };
        if !own(cx, m.start()) || super::another(cx, m.start()) {
            continue;
        }
        // 「医官というのも」 speaks of a thing; only 「…という者です」 names.
        let spoken_of = m.as_str() == "という" || m.as_str() == "と言う";
        if spoken_of
            && !["者", "もの", "医"]
                .iter()
                .any(|w| cx.rest(m.end()).starts_with(w))
        {
            continue;
        }
        let weak = m.as_str() == "@"
            || [
                "です",
                "だす",
                "でござ",
                "どす",
                "っす",
                "ごわす",
                "だ",
                "じゃ",
            ]
            .iter()
            .any(|w| m.as_str().starts_with(w));
        // 「整形の川北だ。」: said so curtly, it names only who belongs somewhere.
        let curt = m.as_str().starts_with("じゃ") || m.as_str() == "だ";
        let head = cx.head(m.start());
        // 「佐伯拓也（46歳、循環器内科）です」
        let trimmed = head.trim_end();
        let trimmed = if trimmed.ends_with(')') {
            trimmed
                .rfind('(')
                .and_then(|i| trimmed.get(..i))
                .unwrap_or(trimmed)
        } else {
            trimmed
        };
        let told = trimmed;
        let trimmed = before_facts(cx, m.start() - head.len(), trimmed, proxy);
        let weak = weak && trimmed.len() == told.len();
        let Some(len) = trailing_name(trimmed, !weak) else {
            continue;
        };
        let e = m.start() - (head.len() - trimmed.len());
        let mut s = e - len;
        for d in &cx.depts {
            if d.start <= s && s < d.end && d.end < e {
                s = d.end;
            }
        }
        let mut word = cx.doc.text(s, e);
        for prefix in ["医師", "医", "私", "小生", "以上", "院長", "担当", "理事長"]
        {
            if let Some(rest) = word.strip_prefix(prefix).filter(|r| !r.is_empty()) {
                s = e - rest.len();
                word = cx.doc.text(s, e);
            }
        }
        // 「謹啓　六車寛と申す」
        if let Some((opening, name)) = word.split_once(' ')
            && never(opening)
        {
            s = e - name.len();
            word = name;
        }
        let before = cx.head(s);
        let fresh = before.trim().is_empty()
            || before.ends_with('ん') && weak
            || before.ends_with("私は") && !weak
            || before.ends_with([
                'の', '。', '、', ' ', ')', '!', '科', '医', '師', '」', '私', '父', '母',
            ]);
        let covered = means_more(cx, s, e)
            || cx.depts.iter().any(|t| t.start < e && s < t.end)
            || cx.dates.iter().any(|t| t.start < e && s < t.end);
        let after = cx.rest(m.end());
        let after = ["わ", "ねん", "けど", "けんど", "よ", "ね"]
            .iter()
            .find_map(|w| after.strip_prefix(w))
            .unwrap_or(after);
        let closes = after.is_empty()
            || after.starts_with(['。', '、', '!', ' ', '(', 'が', 'ー', '~', '♪', '☆', '…'])
            || !weak
            || m.as_str() == "@";
        let len = word.chars().count();
        // 「産業医をしております真鍋彩香（38）です」: what the writer does stands before the name.
        let fresh = fresh
            || (len >= 2 || ONE_CHARACTER.contains(word))
                && [
                    "ております",
                    "に住む",
                    "で暮らす",
                    "に暮らす",
                    "で働く",
                    "に勤める",
                    "を営む",
                    "ています",
                    "ておる",
                    "ている",
                    "でいる",
                    "でおる",
                    "でます",
                    "を送る",
                    "に住まう",
                    "ました",
                    "ます",
                    "した",
                    "とる",
                    "てる",
                ]
                .iter()
                .any(|w| before.ends_with(w));
        let joined = before.trim_end().strip_suffix(['の', 'ん']);
        if word.is_empty()
            || !is_name(word) && !(!weak && spaced(word))
            || covered
            || curt
                && (joined.is_none()
                    && !(before.trim().is_empty() && cx.doc.own_lines_above(s) == 0)
                    || !cx.rest(m.end()).is_empty()
                        && !cx.rest(m.end()).starts_with(['。', '、', 'が']))
            || weak && joined.is_some_and(|of| !belongs(cx, of, s))
            || !weak && word.chars().all(|c| ('\u{3041}'..='\u{309f}').contains(&c)) && len < 4
            || weak && (!fresh || !closes || len > 6 || early_only(cx, s))
            || len == 1 && !fresh
        {
            continue;
        }
        return Some((s, e));
    }
    None
}

/// Whether a thing of the vocabulary stands in the words; 島 in 鮫島 is none.
pub(super) fn means_more(cx: &Cx, start: usize, end: usize) -> bool {
    let in_kanji = cx
        .doc
        .text(start, end)
        .chars()
        .all(|c| kanji(c) || c == ' ');
    cx.things.iter().any(|t| {
        let one = cx.doc.text(t.start, t.end).chars().count() == 1;
        t.start < end && start < t.end && !(in_kanji && one && t.end - t.start < end - start)
    })
}

/// 「佐藤 務」: two words in kanji, of which the second alone could be many things.
fn spaced(word: &str) -> bool {
    word.split_once(' ').is_some_and(|(family, given)| {
        [family, given]
            .iter()
            .all(|w| (1..=3).contains(&w.chars().count()) && w.chars().all(kanji) && !never(w))
    })
}

/// 「早坂宗一郎、当年六十でございます」, 「久世ふみ、小児科でございます」: facts of a person stand between the name and the verb.
fn before_facts<'c>(cx: &Cx, line: usize, words: &'c str, proxy: bool) -> &'c str {
    let mut name = words;
    for _ in 0..3 {
        let Some((before, last)) = name.rsplit_once('、') else {
            break;
        };
        let start = line + before.len() + '、'.len_utf8();
        let fact = super::card::piece(cx, start, start + last.len(), proxy, false);
        let personal = fact.is_some_and(|p| match p.kind {
            Kind::Age(..) | Kind::Dept(_) | Kind::Person => true,
            // 「延岡在住、宮崎（麻酔科）です」: a bare place may be the name.
            Kind::Place(_) => last.ends_with(['住', '市', '区', '町', '村', '県']),
            Kind::Name(_) => false,
        });
        if !personal {
            break;
        }
        name = before;
    }
    name
}

/// Surnames of one character.
const ONE_CHARACTER: &str = "辻堤星牧森林原東西南北関乾岸岡谷堀菅泉桂柳榊橘梶楠畑浜湊滝平脇蓮荻萩角秦轟迫窪境峰島嶋杉椿藤宮奥旭畠筧巽碇樋";

/// 「久留米の権藤です」, 「内科の黒田です」: what stands before の is where a person belongs.
fn belongs(cx: &Cx, of: &str, at: usize) -> bool {
    // 都城ん迫田: in the south they say so.
    let end = at - 'の'.len_utf8();
    let word: String = of
        .chars()
        .rev()
        .take_while(|c| kanji(*c) || ('\u{30a1}'..='\u{30fc}').contains(c))
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    // 「登録番号0321の児玉です」
    let numbered = of.ends_with(|c: char| c.is_ascii_digit())
        && ["番号", "登録", "会員", "no", "id"]
            .iter()
            .any(|w| of.contains(w));
    numbered
        || cx.depts.iter().any(|d| d.end == end)
        || cx.places.iter().any(|d| d.end == end)
        || super::card::resolve(&word).is_some()
        || of.ends_with([
            '科', '院', '住', '身', '年', '市', '町', '村', '県', '区', ')', '医', '師', '学',
            '者', '員', '所', '歳', '才',
        ])
        || [
            "クリニック",
            "センター",
            "麻酔",
            "救急",
            "透析",
            "健診",
            "病理",
            "先日",
            "登録",
            "産婦",
            "間近",
        ]
        .iter()
        .any(|w| of.ends_with(w))
}

/// A bare 「…です」 names the writer only near the head or the foot of a mail.
fn early_only(cx: &Cx, at: usize) -> bool {
    let below = cx.doc.lines.iter().skip(cx.doc.line_index(at) + 1);
    cx.doc.own_lines_above(at) > 6 && below.filter(|l| l.role == Role::Own).count() > 2
}

fn kanji(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c) || matches!(c, '々' | 'ヶ' | 'ッ' | 'ノ' | '﨑' | '髙')
}

/// The length in bytes of the name that a text ends with.
fn trailing_name(text: &str, explicit: bool) -> Option<usize> {
    let mut chars = text.chars().rev().peekable();
    let mut len = 0;
    let mut kana = 0;
    let mut han = 0;
    let mut gap = false;
    let kana_char = |c: char| is_hiragana(c) && !"がはをもにでのとへ".contains(c);
    let katakana = |c: char| ('\u{30a1}'..='\u{30fc}').contains(&c);
    if explicit {
        while let Some(c) = chars
            .peek()
            .copied()
            .filter(|c| (kana_char(*c) || katakana(*c)) && kana < 5 && han == 0)
        {
            len += c.len_utf8();
            kana += 1;
            chars.next();
        }
    }
    while let Some(c) = chars.peek().copied() {
        if kanji(c) && han < 6 {
            len += c.len_utf8();
            han += 1;
        } else if c == ' ' && !gap && (han > 0 || kana > 0) && han <= 3 {
            let mut rest = chars.clone();
            rest.next();
            if !rest.peek().copied().is_some_and(kanji) {
                break;
            }
            gap = true;
            len += 1;
        } else {
            break;
        }
        chars.next();
    }
    let boundary = chars.peek().copied();
    let whole_kana = han == 0 && kana >= 2 && boundary.is_none_or(|c| " 、。\n(の".contains(c));
    (han > 0 && (kana == 0 || kana >= 1) || whole_kana).then_some(len)
}

fn line_name(cx: &Cx) -> Option<(usize, usize)> {
    let mut first_lines = 0;
    let n = cx.doc.lines.len();
    for (i, line) in cx.doc.lines.iter().enumerate().rev() {
        if !matches!(line.role, Role::Own | Role::Signature) || n - i > 40 {
            continue;
        }
        first_lines += 1;
        if first_lines > 6 {
            break;
        }
        let text = cx.doc.text(line.start, line.end);
        if let Some(c) = NAME_LINE.first(text)
            && let Some(m) = c.name("n")
            && is_name(m.as_str())
            && m.as_str().chars().count() >= 2
            && (!m
                .as_str()
                .chars()
                .all(|c| ('\u{3041}'..='\u{309f}').contains(&c)))
            && !cx.places.iter().any(|t| {
                t.start <= line.start + m.start()
                    && line.start + m.end() <= t.end
                    && cx.doc.label_before(t.start).is_some()
            })
            && !cx
                .dates
                .iter()
                .any(|t| t.start < line.start + m.end() && line.start + m.start() < t.end)
            && !cx
                .depts
                .iter()
                .any(|t| t.start < line.start + m.end() && line.start + m.start() < t.end)
            && !cx
                .things
                .iter()
                .any(|t| t.start < line.start + m.end() && line.start + m.start() < t.end)
            && !m
                .as_str()
                .chars()
                .all(|c| ('\u{3041}'..='\u{309f}').contains(&c))
        {
            return Some((line.start + m.start(), line.start + m.end()));
        }
    }
    // 「佐伯拓也（46歳、循環器内科）です」, 「飛田 誠、五十八歳」 at the head of a line.
    pattern!(
        HEAD,
        r"(?:^|\n|。|て(?:い|お)ります|て(?:い|お)る|に住む|在住の)\s*(?:小生\s?|私(?:は、?|、)?)?(?P<n>[\p{Han}々]{1,4}(?: ?[\p{Han}]{1,3}| [\p{Hiragana}]{2,4})?)(?:さん)?\s?(?:\(|、|。| |:)\s?(?:\d{2}(?:歳|才|、|。|\s|です)|[\p{Han}ァ-ヶー・]{2,12}(?:科|医|リハビリ)|[\p{Han}]{1,6}[科医]|[^。\n]{0,24}?\d{2}(?:歳|才))"
    );
    HEAD.all(cx.text()).into_iter().find_map(|c| {
        let m = c.name("n")?;
        let word = m.as_str();
        let covered = cx
            .depts
            .iter()
            .any(|d| d.start < m.end() && m.start() < d.end)
            || cx
                .things
                .iter()
                .any(|d| d.start < m.end() && m.start() < d.end);
        (own(cx, m.start()) && is_name(word) && !covered && word.chars().count() >= 2)
            .then(|| (m.start(), m.end()))
    })
}

fn english_name(cx: &Cx) -> Option<(usize, usize)> {
    if !cx.doc.latin {
        return None;
    }
    if let Some(m) = NAME_EN
        .first(cx.text())
        .and_then(|c| c.name("n").map(|m| (m.start(), m.end())))
    {
        let word = cx.doc.text(m.0, m.1);
        let word = word
            .trim_end_matches(" and")
            .trim_end_matches(" from")
            .trim_end_matches(" i");
        let cut = word
            .find(" and ")
            .or(word.find(" from "))
            .or(word.find(" i "))
            .unwrap_or(word.len());
        return Some((m.0, m.0 + cut));
    }
    pattern!(
        SIGNED,
        r"(?:^|\n)[^\n]{0,28}(?:regards|sincerely|thanks|thx|thank you|best|faithfully|wishes|cheers|yours|truly|respectfully)[,.!]?\s*\n+\s*(?:dr\.?\s)?(?P<n>[a-z][a-z.'-]*(?: [a-z][a-z'-]+){0,3})\s?(?:\n|$|,|\(|/)"
    );
    SIGNED
        .all(cx.text())
        .into_iter()
        .filter_map(|c| c.name("n").map(|m| (m.start(), m.end())))
        .rfind(|(s, e)| {
            let word = cx.doc.text(*s, *e);
            let closing = ["kind", "best", "warm", "yours", "with", "many", "sincerely"]
                .iter()
                .any(|w| word.split(' ').next() == Some(w));
            own(cx, *s) && !closing
        })
}

pattern!(
    NOT_A_PERSON,
    r"(?i)iphone|フォーム|form|事務|匿名|登録|noreply|no-reply|system|システム|auto|受付|info|web|病院|センター|クリニック|医者|医師|希望|通知|desk|@|控え|docomo|\d"
);

/// The name of the `From` header where it is a person's.
fn header_name(input: &Input) -> Option<String> {
    let name = input.from_name.trim().trim_matches(['"', '\'']);
    if ["事務局", "室", "フォーム", "システム", "受付", "秘書", "係"]
        .iter()
        .any(|w| name.contains(w))
    {
        return None;
    }
    let cut = name
        .find(['(', '（'])
        .and_then(|i| name.get(..i))
        .unwrap_or(name)
        .trim();
    let cut = cut
        .strip_prefix("Dr.")
        .or(cut.strip_prefix("Dr "))
        .unwrap_or(cut)
        .trim();
    let cut = cut.rsplit_once('/').map_or(cut, |(_, n)| n.trim());
    let japanese = cut.chars().any(|c| ('\u{3040}'..='\u{9fff}').contains(&c));
    let parts = cut.split_whitespace().count();
    let full = japanese && cut.chars().count() <= 9
        || !japanese && parts >= 2 && cut.chars().all(|c| c.is_alphabetic() || " .-'".contains(c));
    (!cut.is_empty() && !NOT_A_PERSON.is(cut) && full).then(|| cut.to_owned())
}
