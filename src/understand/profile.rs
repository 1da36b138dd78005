//! Who the doctor is: the facts of the body and the signature.

use super::Input;
use super::dates;
use super::doc::Role;
use super::lexicon::Meaning;
use super::pattern::{number, pattern};
use super::rules::{Cx, area, specialty};
use crate::domain::wish::{ProfileField, Value};

/// A fact and where it stands in the normal text.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// What it is about.
    pub field: ProfileField,
    /// The fact.
    pub value: Value,
    /// First byte in the normal text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The rule that read it.
    pub rule: &'static str,
    /// The words, where they do not stand in the text (the name of the `From` header).
    pub quote: Option<String>,
}

fn fact(field: ProfileField, value: Value, start: usize, end: usize, rule: &'static str) -> Fact {
    Fact {
        field,
        value,
        start,
        end,
        rule,
        quote: None,
    }
}

/// All facts of a mail.
pub fn read(cx: &Cx, input: &Input) -> Vec<Fact> {
    let mut out = Vec::new();
    let proxy = writer(cx, &mut out);
    name(cx, input, proxy, &mut out);
    age(cx, &mut out);
    departments(cx, &mut out);
    certifications(cx, &mut out);
    license(cx, &mut out);
    experience(cx, &mut out);
    residence(cx, proxy, &mut out);
    status(cx, &mut out);
    phone(cx, &mut out);
    out
}

/// Whether words at a byte are the sender's, in the body or the signature.
fn own(cx: &Cx, at: usize) -> bool {
    cx.doc
        .line_at(at)
        .is_some_and(|l| matches!(l.role, Role::Own | Role::Signature))
        && !cx.doc.masked(at)
}

pattern!(
    PROXY,
    r"(?:代わりに|代わって|に代わりまして|代筆|代理で|代わりまして)|(?:の)?秘書をして|(?:父|母|主人|夫|おやじ|親父|うちのおやじ|祖父|兄)(?:\([^)]*\))?の(?:件|こと|希望|働き口)|の(?:娘|息子|長女|長男|次女|次男|妻|秘書|家内)(?:です|の|で|でござ|と申)|on behalf of|writing for my"
);
pattern!(
    NOTE_HEAD,
    r"(?:先生)[^\n]{0,40}?(?:より|から|電話|tel|来局|着信|面談|お越し|折電|ご来局|伝言|メモ|電話とり)|(?:訪問メモ|電話メモ|新規tel|電話とりました|面談メモ)"
);

/// Someone else writes for the doctor.
fn writer(cx: &Cx, out: &mut Vec<Fact>) -> bool {
    for p in [&PROXY, &NOTE_HEAD] {
        if let Some(c) = p.all(cx.text()).into_iter().find(|c| {
            c.get(0)
                .is_some_and(|m| own(cx, m.start()) && !foreign(cx, m.start()))
        }) && let Some(m) = c.get(0)
        {
            let (s, e) = cx.doc.clause_at(m.start());
            let _ = e;
            out.push(fact(
                ProfileField::Writer,
                Value::text("proxy"),
                s.min(m.start()),
                m.end(),
                "profile::writer",
            ));
            return true;
        }
    }
    false
}

fn foreign(cx: &Cx, at: usize) -> bool {
    let s = cx.sentence(at);
    s.contains("代わりに水")
        || s.contains("代わりに金")
        || s.contains("代わりに産")
        || s.contains("代わりに後")
}

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

fn name(cx: &Cx, input: &Input, proxy: bool, out: &mut Vec<Fact>) {
    let found = form_name(cx)
        .filter(|(s, e)| is_person(cx.doc.text(*s, *e)))
        .or_else(|| if proxy { proxy_name(cx) } else { None })
        .or_else(|| longer(said_name(cx), line_name(cx)))
        .or_else(|| english_name(cx));
    if let Some((s, e)) = found {
        let value = clean(cx.doc.norm.quote(s, e));
        if !value.is_empty() {
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

pattern!(
    AGE,
    r"(?x)(?P<a>[2-9]\d)\s?(?:歳|才|さい) | (?:年齢|年令|\[age\]|齢)\s*(?:は|:|=|\||】|\]|\.\.\.)*\s*(?P<b>[2-9]\d)\b | (?P<c>[2-9]\d)\s?(?:years?\ old|yrs?\ old|y/o|,\ licensed) | (?:i\ am|i'm|aged?)\ (?P<d>[2-9]\d)\b"
);
pattern!(
    AGE_BARE,
    r"(?:^|[、。(・/\s科医:」ではた])(?:今年|本年|当年とって|もう)?(?P<a>[2-9]\d)(?:です|にな(?:っ|り)|の(?:外科|内科|爺|婆|おじい|医|じい|男|女)|だす|、(?:男|女)|\)|。|\s*$|、|\s)"
);
pattern!(
    NOT_OWN_AGE,
    r"(?:まで|以上|以下|未満|代|定年|くらいまで|を過ぎ|以降|から)"
);
pattern!(
    NEXT_AGE,
    r"(?:来月|来年|今度|もうすぐ|まもなく|来春|来夏|来年\d月で|来年の\d月で)[^。\n]{0,8}$"
);
pattern!(
    BECOMES,
    r"^(?:\s?(?:歳|才|さい))?(?:に(?:な(?:り(?:ます|\s|。)|る))|(?:と|との)?(?:の)?誕生)"
);

fn age(cx: &Cx, out: &mut Vec<Fact>) {
    for line_first in [true, false] {
        let p = if line_first { &AGE } else { &AGE_BARE };
        for c in p.all(cx.text()) {
            let Some(all) = c.get(0) else { continue };
            let Some(m) = ["a", "b", "c", "d"].iter().find_map(|g| c.name(g)) else {
                continue;
            };
            let Ok(mut value) = m.as_str().parse::<i64>() else {
                continue;
            };
            let rest = cx.rest(m.end());
            let rest_word = rest.trim_start_matches(['歳', '才', ' ']);
            let head = cx.head(m.start());
            if !own(cx, m.start())
                || cx.scope.others_speak(cx.doc, m.start())
                || NOT_OWN_AGE.is(rest_word
                    .get(
                        ..rest_word
                            .char_indices()
                            .nth(5)
                            .map_or(rest_word.len(), |x| x.0),
                    )
                    .unwrap_or_default())
                    && !rest_word.starts_with("です")
            {
                continue;
            }
            if head.ends_with("満") && cx.sentence(m.start()).contains("来年")
                || rest_word.starts_with("の母")
                || rest_word.starts_with("の父")
                || head.contains("のとき")
            {
                continue;
            }
            if !line_first {
                let label_ok = cx.doc.label_before(m.start()).is_none();
                let lead = head.trim();
                let spoken = rest.starts_with("です")
                    || rest.starts_with("の")
                    || rest.starts_with("だす")
                    || rest.starts_with("にな")
                    || rest.starts_with(')')
                    || rest.starts_with("、男")
                    || rest.starts_with("、女");
                let near = cx.depts.iter().any(|d| {
                    d.end <= m.start()
                        && cx.doc.text(d.end, m.start()).chars().count() <= 12
                        && !cx.doc.text(d.end, m.start()).contains("経験")
                        && !cx.doc.text(d.end, m.start()).contains('\n')
                }) || cx
                    .depts
                    .iter()
                    .any(|d| d.start >= m.end() && d.start - m.end() <= 12);
                let named = out.iter().any(|f| {
                    f.field == ProfileField::Name
                        && f.quote.is_none()
                        && m.start() >= f.end
                        && m.start() - f.end <= 12
                });
                if !label_ok
                    || !(near
                        || named
                        || lead.is_empty() && spoken
                        || spoken && head.chars().count() < 24)
                    || rest.trim_start().starts_with([
                        '万', '年', '分', '回', '人', '日', '月', '時', '床', '件', '名',
                    ])
                {
                    continue;
                }
            }
            if NEXT_AGE.is(head)
                && (BECOMES.is(rest) || rest.contains("になり") || rest.contains("になる"))
            {
                value -= 1;
            }
            out.push(fact(
                ProfileField::Age,
                Value::Number(value),
                all.start().max(m.start()),
                m.end(),
                "profile::age",
            ));
            return;
        }
    }
}

fn departments(cx: &Cx, out: &mut Vec<Fact>) {
    let mut seen = 0usize;
    let mut previous: Option<usize> = None;
    let mut title: Option<(usize, usize, &'static str)> = None;
    for d in &cx.depts {
        let Meaning::Dept(name) = d.meaning else {
            continue;
        };
        if !own(cx, d.start) || cx.scope.others_speak(cx.doc, d.start) {
            continue;
        }
        let label = cx.doc.label_before(d.start);
        let form = label.is_some_and(|l| {
            (l.contains("診療科")
                || l.contains("専門")
                || l.contains("科目")
                || l.contains("現在の科")
                || l == "科")
                && !l.contains("希望")
                && !l.contains("専門医")
                && !l.contains("志望")
        });
        let chained = previous.is_some_and(|p| {
            matches!(
                cx.doc.text(p, d.start).trim(),
                "・" | "、" | "/" | "," | "と" | ""
            )
        });
        let word = cx.doc.text(d.start, d.end);
        let noted = NOTED.is(cx.rest(d.end))
            || cx.head(d.start).ends_with("先生(")
            || cx.head(d.start).ends_with("【") && cx.rest(d.end).starts_with('】')
            || cx.head(d.start).ends_with("先生 ");
        let titled = word.ends_with('医')
            || word.ends_with("ist")
            || word.ends_with("ian")
            || word.ends_with("on");
        let titled =
            titled && !cx.rest(d.end).starts_with("療") && !cx.clause(d.start).contains("募集");
        if specialty::titled(cx, d.end) {
            title = title.or(Some((d.start, d.end, name)));
            continue;
        }
        let wishing = cx.clause(d.start).contains("転科")
            || cx.rest(d.end).starts_with("に絞")
            || cx.rest(d.end).starts_with("の専門を")
            || label.is_some_and(|l| l.contains("希望") || l.contains("業務"));
        if wishing {
            continue;
        }
        let hit = form
            || noted
            || titled
            || specialty::own(cx, d.start, d.end)
            || chained
            || bare(cx, d.start, d.end);
        if label.is_some_and(|l| {
            l.contains("専門医") || l.contains("資格") || l.contains("認定") || l.contains("希望")
        }) && !form
        {
            continue;
        }
        if !hit
            || cx.head(d.start).ends_with("認定")
            || cx.head(d.start).ends_with("学会")
            || cx.head(d.start).ends_with("日本")
        {
            continue;
        }
        seen += 1;
        previous = Some(d.end);
        out.push(fact(
            ProfileField::Specialty,
            Value::text(name),
            d.start,
            d.end,
            "profile::specialty",
        ));
        if seen > 8 {
            break;
        }
    }
    // 「眼科専門医の富永です」 names the department where nothing else does.
    if seen == 0
        && let Some((s, e, name)) = title
    {
        out.push(fact(
            ProfileField::Specialty,
            Value::text(name),
            s,
            e,
            "profile::specialty_title",
        ));
    }
}

pattern!(
    NOTED,
    r"^(?:(?:科)?の|・| )[\p{Han}]{1,4}先生|^の女医|^(?:をやめて|やめて)|^(?:ば|で|を)(?:や|四|\d{2}年)"
);

pattern!(ALONE, r"^\s*(?:[、。(\d]|$|\n|\s)");
pattern!(LEAD, r"(?:^|[、。・(（\s】:／/」]|医師、|です|歳|才|\d)$");

/// A department in a bare list about oneself: 「林田由紀子　38歳　放射線診断科」.
fn bare(cx: &Cx, start: usize, end: usize) -> bool {
    let head = cx.head(start);
    let rest = cx.rest(end);
    let label = cx.doc.label_before(start).is_some();
    let line = cx.doc.line_index(start);
    let early = cx
        .doc
        .lines
        .iter()
        .take(line)
        .filter(|l| l.role == Role::Own)
        .count()
        < 6;
    let me = cx
        .doc
        .line_at(start)
        .map(|l| cx.doc.text(l.start, l.end))
        .is_some_and(|t| {
            t.contains('歳')
                || t.contains("専門医")
                || t.contains("才")
                || t.contains("と申")
                || t.contains("です")
                || t.chars().any(|c| c.is_ascii_digit())
                || t.chars().count() < 22
        });
    let wishing = cx.clause(start).contains("希望")
        || cx.clause(start).contains("外来")
        || cx.clause(start).contains("たい");
    LEAD.is(head.trim_end_matches('、').trim_end())
        && ALONE.is(rest)
        && early
        && me
        && !wishing
        && !label
        || head.is_empty() && rest.starts_with("の") && early && rest.contains("です")
}

pattern!(
    TITLE,
    r"(?x)(?P<t>
      (?:(?:日本|国際)[\p{Han}ァ-ヶー・]{2,24}(?:学会|協会|連合学会|医師会|機構|機能評価機構))?(?:認定|公認)?\s?[\p{Han}ァ-ヶー・]{0,18}?
      (?:専門医|指導医|認定医|認定内科医|認定産業医|標榜医|指定医|認定臨床医|サポート医|コンサルタント|研修指導医|評価医|認定指導医)
      | 医学博士 | インフェクションコントロールドクター | 労働衛生コンサルタント | ph\.?\ ?d\.? | 認定産業医 | 博士\(医学\) )"
);

fn certifications(cx: &Cx, out: &mut Vec<Fact>) {
    for c in TITLE.all(cx.text()) {
        let Some(m) = c.name("t") else { continue };
        if !own(cx, m.start()) || cx.scope.others_speak(cx.doc, m.start()) {
            continue;
        }
        let mut start = m.start() + (m.as_str().len() - m.as_str().trim_start().len());
        let whole = m.as_str().trim_start();
        let rest = cx.rest(m.end());
        // 「・」 between titles divides them, inside a society's name it does not.
        if !whole.starts_with("日本") {
            if let Some(i) = whole.rfind('・').filter(|i| {
                *i > 0
                    && whole
                        .get(..*i)
                        .is_some_and(|h| h.ends_with('医') || h.ends_with("博士"))
            }) {
                start += i + '・'.len_utf8();
            }
        } else if let Some(i) = whole.rfind('・').filter(|i| {
            whole.get(..*i).is_some_and(|h| {
                h.ends_with("専門医") || h.ends_with("指導医") || h.ends_with("認定医")
            })
        }) {
            start += i + '・'.len_utf8();
        }
        let word = cx.doc.text(start, m.end());
        let bare = word.chars().count() <= 3 && word != "指定医" && !word.starts_with("ph")
            || matches!(word, "認定産業医" if cx.head(start).ends_with("会"));
        if bare
            || word.starts_with("各")
            || rest.starts_with("取得")
            || rest.starts_with("の更新")
            || rest.starts_with("は持って")
            || rest.starts_with("を失効")
            || rest.starts_with("は失効")
            || rest.starts_with("の資格はな")
            || rest.starts_with("更新")
            || rest.starts_with("なし")
            || rest.starts_with("を取")
            || rest.starts_with("の取得")
            || word.contains("主治医")
        {
            continue;
        }
        let sentence = cx.clause(start);
        if sentence.contains("たい") && !sentence.contains("活か") || sentence.contains("目指")
        {
            continue;
        }
        let quote = cx.doc.norm.quote(start, m.end());
        let plain: String = quote.chars().filter(|c| !c.is_whitespace()).collect();
        let value = if word.starts_with("ph") || word == "博士(医学)" {
            "医学博士".to_owned()
        } else {
            plain
        };
        if word.starts_with("ph") && !cx.doc.latin {
            continue;
        }
        out.push(fact(
            ProfileField::Certification,
            Value::text(value),
            start,
            m.end(),
            "profile::certification",
        ));
        // 「○○専門医・指導医」: two titles of one society.
        if let Some(second) = ["・指導医", "、指導医", "/指導医"]
            .iter()
            .find(|w| rest.starts_with(**w))
        {
            let stem = quote.trim_end_matches("専門医").trim_end_matches("認定医");
            let value: String = format!("{stem}指導医")
                .chars()
                .filter(|c| !c.is_whitespace())
                .collect();
            out.push(fact(
                ProfileField::Certification,
                Value::text(value),
                start,
                m.end() + second.len(),
                "profile::certification_second",
            ));
        }
    }
}

pattern!(
    YEAR,
    r"(?:(?P<era>昭和|平成|令和|s|h|r)\s?(?P<ey>元|\d{1,2})|(?P<y>(?:19|20)\d{2}))\s?年?(?:度)?"
);
pattern!(
    LICENSED,
    r"qualified in|免許|国家試験|医籍|医師になり|医者になり|licen|国試"
);
pattern!(GRADUATED, r"卒");

fn license(cx: &Cx, out: &mut Vec<Fact>) {
    let mut graduation: Option<Fact> = None;
    for c in YEAR.all(cx.text()) {
        let Some(m) = c.get(0) else { continue };
        let year = if let (Some(era), Some(ey)) = (c.name("era"), c.name("ey")) {
            dates::era_year(era.as_str(), ey.as_str()).map(i64::from)
        } else {
            number(&c, "y")
        };
        let Some(year) = year.filter(|y| (1940..=2040).contains(y)) else {
            continue;
        };
        if !own(cx, m.start()) || cx.scope.others_speak(cx.doc, m.start()) {
            continue;
        }
        let label = cx.doc.label_before(m.start()).unwrap_or_default();
        let (cs, ce) = cx.doc.clause_at(m.start());
        let clause = cx.doc.text(cs, ce);
        let near: String = cx.rest(m.end()).chars().take(16).collect();
        let before: String = cx
            .head(m.start())
            .chars()
            .rev()
            .take(14)
            .collect::<String>()
            .chars()
            .rev()
            .collect();
        let born = near.starts_with("生")
            || clause.contains("生まれ")
            || label.contains("生年")
            || near.contains("月生");
        if born || label.contains("退職") {
            continue;
        }
        let make = || {
            fact(
                ProfileField::LicenseYear,
                Value::Number(year),
                m.start(),
                m.end(),
                "profile::license_year",
            )
        };
        let labelled = |w: &[&str]| w.iter().any(|w| label.contains(w));
        if LICENSED.is(&near)
            || cx.doc.latin && LICENSED.is(clause) && !clause.contains("graduat")
            || LICENSED.is(&before)
            || labelled(&["免許", "医籍", "取得年"])
            || clause.contains("卒・同年")
        {
            out.push(make());
            return;
        }
        if graduation.is_none()
            && (GRADUATED.is(&near.chars().take(5).collect::<String>())
                || labelled(&["卒"])
                || near.contains("graduat")
                || before.contains("graduated in"))
        {
            graduation = Some(make());
        }
    }
    out.extend(graduation);
}

pattern!(
    YEARS,
    r"(?P<n>\d{1,2})\s?年(?:余り?|間|目|以上|ほど|あまり|ちょっと)?|(?P<e>\d{1,2})\syears"
);
pattern!(
    PRACTISED,
    r"医師歴|医者歴|経験年数|医師になって|医者になって|卒後|卒業後|経験|年目|一筋|医歴|臨床歴|キャリア"
);
pattern!(
    PRACTISING,
    r"^(?:\s?(?:余り?|間|目|以上|ほど|あまり))?(?:です|になります|やって|やりま|目|、|に(?:わたり|なり)|メス|専門|一筋|ほど|余|。|$|勤め|携わ|診て|\s|、去|of experience|の経験)"
);
pattern!(
    NOT_YEARS,
    r"開業して|ブランク|結婚|前に|年前|住ん|前の|病院に|最初の|保育|休職|ぶり|閉じ|大学で|後に|ここ\d|あと|この\d|今の病院|病棟を|往診は|臨床は\d+年離れ|やってない|まで|やっていない"
);

fn experience(cx: &Cx, out: &mut Vec<Fact>) {
    for c in YEARS.all(cx.text()) {
        let (Some(m), Some(n)) = (c.get(0), number(&c, "n").or(number(&c, "e"))) else {
            continue;
        };
        if !own(cx, m.start())
            || cx.scope.others_speak(cx.doc, m.start())
            || !(2..=65).contains(&n)
            || cx
                .head(m.start())
                .ends_with(|c: char| c.is_ascii_digit() || "和成十百".contains(c))
        {
            continue;
        }
        let clause = cx.clause(m.start());
        let head: String = cx
            .head(m.start())
            .chars()
            .rev()
            .take(12)
            .collect::<String>()
            .chars()
            .rev()
            .collect();
        let rest = cx.rest(m.end());
        let near_dept = cx.depts.iter().any(|d| {
            d.end <= m.start()
                && cx.doc.text(d.end, m.start()).chars().count() <= 7
                && !cx.doc.text(d.end, m.start()).contains('。')
        }) || cx.depts.iter().any(|d| {
            d.start >= m.end()
                && cx.doc.text(m.end(), d.start).chars().count() <= 6
                && !cx.doc.text(m.end(), d.start).contains('\n')
        });
        let devoted = near_dept
            && [
                "一筋",
                "ひとすじ",
                "携わ",
                "歩んで",
                "やって",
                "診て",
                "やりました",
            ]
            .iter()
            .any(|w| rest.contains(w) || head.contains(w))
            || head.ends_with("専門にして")
            || head.ends_with("ひとすじに")
            || head.ends_with("一筋に");
        let said = devoted
            || PRACTISED.is(&head)
            || m.as_str().ends_with("年目") && near_dept
            || near_dept && PRACTISING.is(rest)
            || rest.contains("メスを握")
            || rest.starts_with(" of experience")
            || PRACTISED.is(clause) && clause.contains("年目");
        if !said
            || NOT_YEARS.is(clause) && !PRACTISED.is(&head)
            || rest.starts_with("生")
            || rest.starts_with("月")
            || rest.starts_with("前")
        {
            continue;
        }
        out.push(fact(
            ProfileField::YearsExperience,
            Value::Number(n),
            m.start(),
            m.end(),
            "profile::years",
        ));
        return;
    }
}

fn residence(cx: &Cx, proxy: bool, out: &mut Vec<Fact>) {
    // A form gives prefecture and city on two lines.
    let Some(home) = area::home(cx) else { return };
    let role = cx.doc.line_at(home.start).map(|l| l.role);
    if proxy && role == Some(Role::Signature) {
        return;
    }
    let label = cx.doc.label_before(home.start).unwrap_or_default();
    if label.contains("都道府県")
        && let Some(city) = cx.places.iter().find(|p| {
            cx.doc
                .label_before(p.start)
                .is_some_and(|l| l.contains("市区町村"))
        })
    {
        out.push(fact(
            ProfileField::Home,
            Value::text(city.value.clone()),
            city.start,
            city.end,
            "profile::home",
        ));
        return;
    }
    out.push(fact(
        ProfileField::Home,
        Value::text(home.value.clone()),
        home.start,
        home.end,
        "profile::home",
    ));
}

pattern!(
    ON_LEAVE,
    r"休職|育児休業|育休|産休|on leave|maternity leave|休んでおり"
);
pattern!(
    RETIRED,
    r"(?:既に|すでに)[^。\n]{0,6}退職|退職し(?:ました|て(?:い|お|か)|、)|退職後|退職済|を終え|閉じ(?:ました|まして)|勤めを退き|[をも]退い(?:た|て)|辞め(?:、|ました|て(?:い|家|フリ|、))|離職中|失業|定年済|(?:退官|定年退職)(?:し(?:ました|て|た)|済)|県病を定年|以後はフリー|息子に譲りまし|卒業、今は何も|無職|任せ、今は|今は(?:家|無職|悠々|釣り|ぷー)|定年を迎え(?:まし|て)|until i closed|i retired|retired (?:in|last|from)|勇退し(?:まし|て)|閉院(?:いた)?し(?:まし|て)|退職\(|退職(?:令和|平成|20)|閉ぢ申|今は何もして"
);
pattern!(
    RETIRING,
    r"退職日|定年予定|辞する(?:つもり|予定|こと)|辞職の意向|廃業予定|(?:契約|任期)は[^。\n]{0,14}まで|runs out|退職届|承継する(?:話|予定)|県立を出る|[^\n。]{0,6}離れるのは|定年まであと|早まり、|退職(?:いたし|し)?(?:ます|予定|する|の予定|となり|が決ま|を予定)|定年(?:退職|です|となり|を迎え|で|に|$|、|。|\n|\s)|辞め(?:る(?:の|こと|予定)|ます|よう)|任期(?:が|は|満了)|閉(?:院|め|じ)(?:ます|る|が|の予定)|身を引く|退く(?:こと|予定|つもり)|一区切り|たたむ|畳(?:み|む)|退官|離れる予定|去ることに|看板を下ろす|引(?:き|く)ます(?:ので|。)|今の所を引きます|退きます|引退(?:します|する|予定)|を退き、|辞めるのは決ま|役職定年|去る来年|will retire|retiring|retire (?:next|in)|閉院|を辞めた(?:あと|後)|職を退き|切れます|期間満了|任期満了|辞めようと"
);
pattern!(
    EMPLOYED,
    r"勤務(?:し(?:て(?:い|お)|、)|中|医をし)|勤めて(?:い|お)|現在[^。\n]{0,20}(?:病院|大学|クリニック|センター|診療所|医局)|(?:今|いま)の(?:病院|職場|勤務|いる病院|とこ)|今いる病院|在職|在籍|現職|就業中|勤務先(?:に|の)|開業して(?:い|お|る)|本業|(?:現在の|今の)?(?:職場|勤務先|勤め先|院内|医局)(?:に|には|へ)[^。\n]{0,12}(?:知られ|漏れ|言|伏せ|内)|(?:院長|部長|科長|副院長|准教授|教授|医長|勤務医)をして(?:い|お)|currently working|i work at|working at|仕事中|(?:^|[。、\s(])いまは?[^。\n]{0,16}(?:勤務|病院|センター|週|当直)|今は[^。\n]{0,20}(?:病院|大学|センター|週\d)|現職(?:は|:)|現[:]|自院を続け|院長と折り合い|現在\s[^。\n]{2,20}週"
);

fn status(cx: &Cx, out: &mut Vec<Fact>) {
    let text = cx.text();
    let first = |p: &super::pattern::Pattern| {
        p.all(text)
            .into_iter()
            .filter_map(|c| c.get(0).map(|m| (m.start(), m.end())))
            .find(|(s, _)| {
                own(cx, *s)
                    && !in_label(cx, *s)
                    && !cx.scope.others_speak(cx.doc, *s)
                    && !cx.scope.asked(*s)
                    && cx.doc.line_at(*s).is_some_and(|l| l.role == Role::Own)
                    && !not_own_post(cx, *s)
            })
    };
    let leave = first(&ON_LEAVE);
    let retired = first(&RETIRED);
    let retiring = first(&RETIRING);
    let employed = first(&EMPLOYED);
    let choice = if let Some(s) = leave {
        Some(("on_leave", s))
    } else if let (Some(r), Some(g)) = (retired, retiring) {
        let date = leaving_date(cx, g.0);
        let future = date
            .as_deref()
            .is_some_and(|d| d >= cx.today.format("%Y-%m").to_string().as_str());
        if future && g.0 != r.0 {
            Some(("retiring", g))
        } else {
            Some(("retired", r))
        }
    } else if let Some(r) = retired {
        Some(("retired", r))
    } else if let Some(g) = retiring {
        Some(("retiring", g))
    } else {
        employed.map(|e| ("employed", e))
    };
    let Some((value, (s, e))) = choice else {
        return;
    };
    let (cs, _) = cx.doc.clause_at(s);
    out.push(fact(
        ProfileField::Status,
        Value::text(value),
        cs.min(s),
        e,
        "profile::status",
    ));
    if matches!(value, "retiring" | "retired")
        && let Some(d) = leaving_hit(cx, s)
    {
        let month = d.value.get(..7).unwrap_or(&d.value).to_owned();
        if month != "asap" {
            let month = if value == "retired" {
                past(month, cx)
            } else {
                month
            };
            out.push(fact(
                ProfileField::RetireOn,
                Value::text(month),
                d.start.min(s),
                d.end.max(e),
                "profile::retire_on",
            ));
        }
    }
}

/// A form's label is no answer.
fn in_label(cx: &Cx, at: usize) -> bool {
    let Some(line) = cx.doc.line_at(at) else {
        return false;
    };
    let Some((s, e)) = line.label else {
        return false;
    };
    let value = cx
        .doc
        .text(e, line.end)
        .trim_matches([' ', ':', '=', '|', ']', '】']);
    s <= at && at < e && (value.is_empty() || !value.contains(|c: char| c.is_ascii_digit()))
}

fn not_own_post(cx: &Cx, at: usize) -> bool {
    let clause = cx.clause(at);
    clause.contains("年齢で")
        || clause.contains("先方")
        || clause.contains("定年なし")
        || clause.contains("定年が")
        || clause.contains("定年のない")
        || clause.contains("定年は70")
        || clause.contains("定年:")
        || clause.contains("まで長く")
}

/// A month that only its name tells lies behind, where the post has ended.
fn past(month: String, cx: &Cx) -> String {
    let today = cx.today.format("%Y-%m").to_string();
    if month <= today {
        return month;
    }
    match month
        .split_once('-')
        .and_then(|(y, m)| y.parse::<i32>().ok().map(|y| (y, m)))
    {
        Some((y, m)) => format!("{}-{m}", y - 1),
        None => month,
    }
}

fn leaving_hit<'c>(cx: &'c Cx, at: usize) -> Option<&'c dates::DateHit> {
    let s = cx.doc.sentence_at(at)?;
    cx.dates
        .iter()
        .filter(|d| s.start <= d.start && d.end <= s.end && d.value != "asap")
        .min_by_key(|d| {
            if d.start <= at {
                at - d.start
            } else {
                (d.start - at) * 2
            }
        })
        .filter(|d| d.start <= at || d.start - at < 60)
}

fn leaving_date(cx: &Cx, at: usize) -> Option<String> {
    leaving_hit(cx, at).map(|d| d.value.clone())
}

pattern!(
    PHONE,
    r"(?P<n>\+?\d{2,5}-\d{1,4}-\d{3,4}|\b0[5789]0\d{8}\b|\b0\d{9}\b|\b0[5789]0 \d{4} \d{4}\b)"
);

fn phone(cx: &Cx, out: &mut Vec<Fact>) {
    for c in PHONE.all(cx.text()) {
        let Some(m) = c.name("n") else { continue };
        if !own(cx, m.start()) {
            continue;
        }
        let head: String = cx
            .head(m.start())
            .chars()
            .rev()
            .take(8)
            .collect::<String>()
            .chars()
            .rev()
            .collect();
        if head.ends_with("fax ")
            || head.ends_with("fax:")
            || head.contains('〒')
            || head.ends_with("fax") && !head.ends_with("tel/fax")
        {
            continue;
        }
        let digits = m.as_str().chars().filter(char::is_ascii_digit).count();
        if !(9..=12).contains(&digits) || !m.as_str().starts_with(['0', '+']) {
            continue;
        }
        out.push(fact(
            ProfileField::Phone,
            Value::text(m.as_str()),
            m.start(),
            m.end(),
            "profile::phone",
        ));
        return;
    }
}
