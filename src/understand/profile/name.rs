//! The doctor's name: in a form, said in the text, at the foot, in the header.

use super::super::Input;
use super::{Fact, Role, fact, own};
use crate::domain::wish::{ProfileField, Value};
use crate::understand::pattern::pattern;
use crate::understand::rules::Cx;

pattern!(
    NAME_FORM,
    r"^(?:お?名前|氏名|お ?名 ?前|name|医師名|先生のお名前|お名前\(漢字\))$"
);
pattern!(
    NAME_EN,
    r"(?:my name is|i am dr\.?|this is dr\.?|i'm dr\.?)\s(?P<n>[a-z][\w'-]+(?:\s[a-z][\w'-]+){0,3})"
);
pattern!(
    NAME_PROXY,
    r"(?:父|母|主人|夫|和田俊介先生|院長|理事長(?:の)?|市民病院院長)(?:の|・|である)?\s?(?P<n>[\p{Han}]{2,6})(?:\(|は|の秘書|に代わ|の件|、|が)|(?P<n2>[\p{Han}]{2,6}\s?[\p{Han}]{0,3})の(?:娘|息子|長女|長男|秘書|妻)(?:です|でござ|を|と)"
);
pattern!(NAME_NOTE, r"(?P<n>[\p{Han}々]{1,4})先生");
pattern!(
    NAME_LINE,
    r"^\s*(?:以上\s|頓首\s)?(?P<n>[\p{Han}々ヶッノ]{1,4}(?:\s?[\p{Han}々]{1,3}| [\p{Hiragana}\p{Katakana}]{2,4}|[\p{Hiragana}]{2,3})?|[\p{Hiragana}]{2,5})(?:\s?(?:拝|より|md|\(?\d{2}(?:歳|才)?\)?|医師|\([^)]{1,14}\)|\d{2}))?\s*(?:(?:tel|電話|携帯)?[\s:]*[\d-]{10,14})?\s*$"
);
const NOT_NAMES: &[&str] = &[
    "以上",
    "敬具",
    "草々",
    "拝啓",
    "前略",
    "追伸",
    "宜しく",
    "医師",
    "皮膚科医",
    "希望",
    "事務局",
    "長期",
    "至急",
    "各位",
    "御中",
    "様",
    "先生",
    "消化器外科",
    "都内",
    "内科",
    "外科",
    "眼科",
    "可能",
    "無理",
    "本当",
    "未定",
    "結構",
    "大丈夫",
    "以下",
    "次",
    "現在",
    "条件",
    "以降",
    "必須",
    "絶対",
    "非常勤",
    "常勤",
    "当直",
    "残業",
    "登録",
    "検討中",
    "平日",
    "私",
    "本人",
    "男性",
    "女性",
    "早朝",
    "担当",
    "事務",
    "精神科医",
    "産業医",
    "頓首",
    "質問",
    "特記事項",
    "昨夕",
    "早々",
    "備考",
    "自由記入",
    "拝復",
    "謹啓",
    "謹白",
    "再拝",
    "敬白",
    "正直",
    "駄目",
    "残念",
    "大変",
    "幸い",
    "理想",
    "十分",
    "必要",
    "勤務",
    "好き",
    "苦手",
    "無職",
    "独身",
    "既婚",
    "住所",
    "電話",
    "携帯",
    "氏名",
    "年齢",
    "医療法人",
    "女性です",
    "同居",
    "最高",
    "希望の追加",
    "経験",
    "学会",
    "上記",
    "下記",
    "不要",
    "半日",
    "日勤",
    "管理職",
    "了解",
    "訂正",
    "同様",
    "朝から失礼",
    "師",
    "医",
    "男",
    "女",
    "専門",
    "恐縮",
    "fax受信",
];

fn is_name(word: &str) -> bool {
    let plain: String = word.chars().filter(|c| *c != ' ').collect();
    let n = plain.chars().count();
    (1..=9).contains(&n)
        && !NOT_NAMES.contains(&plain.as_str())
        && !(n >= 2
            && plain.ends_with([
                '医', '科', '市', '区', '町', '県', '院', '等', '歳', '円', '可', '無', '回', '病',
                '者', '的',
            ]))
        && !(n >= 3
            && plain.ends_with([
                '係', '課', '部', '会', '所', '中', '前', '後', '外', '内', '年', '月', '日', '時',
                '分', '職',
            ]))
        && !plain.ends_with([
            'い', 'く', 'た', 'て', 'す', 'る', 'で', 'に', 'は', 'が', 'を', 'も', 'の',
        ])
        && !plain.chars().any(|c| c.is_ascii_digit())
        && !plain.contains("病院")
        && !plain.contains("事務")
        && !plain.contains("医師")
        && !plain.contains("クリニック")
        && !plain.contains("先生")
}

/// A form's value that can be a name: no label of the next field.
fn is_person(word: &str) -> bool {
    !word.contains(['【', '】', ':']) && word.chars().count() <= 24
}

fn clean(word: &str) -> String {
    word.trim()
        .trim_start_matches("dr.")
        .trim_end_matches("先生")
        .trim_end_matches("医師")
        .trim_end_matches("拝")
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect()
}

pub(super) fn name(cx: &Cx, input: &Input, proxy: bool, out: &mut Vec<Fact>) {
    let found = form_name(cx)
        .filter(|(s, e)| is_person(cx.doc.text(*s, *e)))
        .or_else(|| if proxy { proxy_name(cx) } else { None })
        .or_else(|| longer(said_name(cx), line_name(cx)))
        .or_else(|| english_name(cx));
    if let Some((s, e)) = found {
        let value = clean(cx.doc.norm.quote(s, e));
        if !value.is_empty()
            && !value.ends_with("在住")
            && !NOT_NAMES.contains(&value.to_lowercase().as_str())
        {
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

/// The fuller of two namings, where one begins with the other; else the first.
fn longer<T: Into<Option<(usize, usize)>>>(a: T, b: T) -> Option<(usize, usize)> {
    match (a.into(), b.into()) {
        (Some(a), Some(b)) => Some(if b.1 - b.0 > a.1 - a.0 { b } else { a }),
        (a, b) => a.or(b),
    }
}

fn form_name(cx: &Cx) -> Option<(usize, usize)> {
    for line in &cx.doc.lines {
        let Some((s, e)) = line.label else { continue };
        if !NAME_FORM.is(cx.doc.text(s, e).trim()) || !own(cx, line.start) {
            continue;
        }
        let value = cx.doc.text(e, line.end);
        let from = e + value.len()
            - value
                .trim_start_matches([' ', ':', '=', '|', ']', '】', '}', '>', '-', '→', '.'])
                .len();
        let value = cx.doc.text(from, line.end);
        let stop = value
            .find(['(', '\t', '、', '【', '|', '/'])
            .unwrap_or(value.len());
        let value = value.get(..stop).unwrap_or(value);
        let value = value
            .find("  ")
            .and_then(|i| value.get(..i))
            .unwrap_or(value)
            .trim_end();
        let value = value
            .find(|c: char| c.is_ascii_digit() || ('①'..='⑳').contains(&c))
            .and_then(|i| value.get(..i))
            .unwrap_or(value)
            .trim_end();
        if !value.is_empty() {
            return Some((from, from + value.len()));
        }
    }
    pattern!(
        INLINE,
        r"氏名[\s　]+(?P<n>[\p{Han}]{1,4} [\p{Han}\p{Hiragana}]{1,4})"
    );
    let c = INLINE.first(cx.text())?;
    c.name("n").map(|m| (m.start(), m.end()))
}

fn proxy_name(cx: &Cx) -> Option<(usize, usize)> {
    let named = NAME_PROXY.all(cx.text()).into_iter().find_map(|c| {
        c.name("n")
            .or(c.name("n2"))
            .map(|m| (m.start(), m.end()))
            .filter(|(s, e)| {
                own(cx, *s)
                    && is_name(cx.doc.text(*s, *e))
                    && cx.doc.text(*s, *e).chars().count() >= 2
            })
    });
    named.or_else(|| {
        NAME_NOTE.all(cx.text()).into_iter().find_map(|c| {
            c.name("n").map(|m| (m.start(), m.end())).filter(|(s, e)| {
                let word = cx.doc.text(*s, *e);
                own(cx, *s)
                    && is_name(word)
                    && !matches!(word, "女医" | "担当" | "主治医" | "昨夕" | "各")
            })
        })
    })
}

pattern!(
    SAID,
    r"と(?:申|もう|いい|言い|言う|いう)|いいます|でございます|です|だす|\s?拝(?:\s|$)|@"
);

/// 「…と申します」, 「…です」: the name is what stands before, read backwards.
fn said_name(cx: &Cx) -> Option<(usize, usize)> {
    for c in SAID.all(cx.text()) {
        let Some(m) = c.get(0) else { continue };
        if !own(cx, m.start()) || cx.scope.others_speak(cx.doc, m.start()) {
            continue;
        }
        let weak = matches!(m.as_str(), "です" | "だす" | "でございます" | "@");
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
        let before = cx.head(s);
        let fresh = before.trim().is_empty()
            || before.ends_with([
                'の', '。', '、', ' ', ')', '!', '科', '医', '」', '私', '父', '母',
            ]);
        let covered = cx.things.iter().any(|t| t.start < e && s < t.end)
            || cx.depts.iter().any(|t| t.start < e && s < t.end)
            || cx.dates.iter().any(|t| t.start < e && s < t.end);
        let after = cx.rest(m.end());
        let closes =
            after.is_empty() || after.starts_with(['。', '、', '!', ' ', '(', 'が', 'ー']) || !weak;
        let len = word.chars().count();
        if word.is_empty()
            || !is_name(word)
            || covered
            || weak && (!fresh || !closes || len > 6 || early_only(cx, s))
            || len == 1 && !fresh
        {
            continue;
        }
        return Some((s, e));
    }
    None
}

/// A bare 「…です」 names the writer only near the head or the foot of a mail.
fn early_only(cx: &Cx, at: usize) -> bool {
    let line = cx.doc.line_index(at);
    let before = cx
        .doc
        .lines
        .iter()
        .take(line)
        .filter(|l| l.role == Role::Own)
        .count();
    let after = cx
        .doc
        .lines
        .iter()
        .skip(line + 1)
        .filter(|l| matches!(l.role, Role::Own))
        .count();
    before > 6 && after > 2
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
    let kana_char =
        |c: char| ('\u{3041}'..='\u{3096}').contains(&c) && !"がはをもにでのとへ".contains(c);
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
        r"(?:^|\n|。)\s*(?:小生\s?|私、?)?(?P<n>[\p{Han}々]{1,4}(?: ?[\p{Han}]{1,3}| [\p{Hiragana}]{2,4})?)(?:さん)?\s?(?:\(|、|。| |:)\s?(?:\d{2}(?:歳|才|、|。|\s|です)|[\p{Han}ァ-ヶー・]{2,12}(?:科|医|リハビリ)|[\p{Han}]{1,6}[科医]|[^。\n]{0,24}?\d{2}(?:歳|才))"
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
        let cut = word
            .find(" and ")
            .or(word.find(" from "))
            .or(word.find(" i "))
            .unwrap_or(word.len());
        return Some((m.0, m.0 + cut));
    }
    pattern!(
        SIGNED,
        r"(?:regards|sincerely|thanks|thx|thank you|best|faithfully|wishes|cheers)[,.!]?\s*\n+\s*(?:dr\.?\s)?(?P<n>[a-z][a-z.'-]*(?: [a-z][a-z'-]+){0,3})"
    );
    SIGNED
        .all(cx.text())
        .into_iter()
        .last()
        .and_then(|c| c.name("n").map(|m| (m.start(), m.end())))
        .filter(|(s, _)| own(cx, *s))
}

pattern!(
    NOT_A_PERSON,
    r"(?i)iphone|フォーム|form|事務|匿名|登録|noreply|no-reply|system|システム|auto|受付|info|web|病院|センター|クリニック|医者|医師|希望|通知|desk|@|控え|docomo|\d"
);

/// The name of the `From` header where it is a person's.
fn header_name(input: &Input) -> Option<String> {
    let name = input.from_name.trim().trim_matches(['"', '\'']);
    if ["事務局", "フォーム", "システム", "受付", "秘書", "係"]
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
