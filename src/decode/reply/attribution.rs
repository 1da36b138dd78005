//! 「2026年11月3日(火) 10:12 名前 <a@example.jp>:」 and its kin: the line above a quoted mail.

use regex::Regex;
use std::sync::LazyLock;

/// An attribution may be wrapped over so many lines.
const MOST_LINES: usize = 4;

/// How sure a line is an attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strength {
    /// It names a date and an address, as programs do: what follows is quoted, marked or not.
    Sure,
    /// People write such lines too: it counts only above lines that are marked as quoted.
    Likely,
}

/// Verbs of writing at the end of an attribution, in the languages of the clients.
const WROTE: &str = r"(?:wrote|writes|said|sent|has written|écrit|schrieb|escribió|scritto|schreef|geschreven|escreveu|skrev|napisał|napisała|napisał\(a\)|pisze|kirjoitti|написал|написала|написав|пишет|пише|viết|menulis|yazdı|写道|寫道|작성|wrote)";

/// What stands before such a verb. (A word boundary would do, but its Unicode form is slow in Japanese text.)
const BEFORE: &str = r#"[\s,;:>)\]"'”’]"#;

#[allow(clippy::unwrap_used)]
static SURE: LazyLock<Regex> = LazyLock::new(|| {
    let forms = [
        // A date or a time, an address in brackets, a colon: Gmail, iPhone, Yandex, mail.ru, in any language.
        r"\d{1,2}[:.時]\d{2}.{0,200}<[^<>\s]*@[^<>]*>\s?.{0,30}[:：]$",
        r"<[^<>\s]*@[^<>]*>.{0,100}\d{1,2}:\d{2}.{0,20}[:：]$",
        r"(?i)<[^<>\s]*@[^<>]*>\s?(?:wrote|writes|schrieb|a écrit)\s?:$",
        r"^\d{4}\s?[年/.-]\s?\d{1,2}\s?[月/.-]\s?\d{1,2}.{0,200}<[^<>\s]*@[^<>]*>.{0,30}[:：]$",
        r"^\d{4}[年/.-]\d{1,2}[月/.-]\d{1,2}.{0,60}\d{1,2}:\d{2}.{0,120}\S+@\S+.{0,12}[:：]$",
        // The same with a verb, and without an address.
        &format!(r"(?i)^on\s.{{0,200}}\d.{{0,200}}{BEFORE}{WROTE}\s?.{{0,40}}[:：]?$"),
        &format!(
            r"(?i)^(?:le|am|el|il|op|em|den|w dniu|dnia|kl|på|pada|vào)\s.{{0,200}}\d.{{0,200}}{WROTE}(?:[\s,(<].{{0,120}})?[:：]$"
        ),
        &format!(r"(?i)\d{{4}}.{{0,200}}\S+@\S+.{{0,200}}{WROTE}\s?[:：]$"),
        &format!(r"(?i)^\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{1,4}}.{{0,200}}{BEFORE}{WROTE}\s?[:：]$"),
        r"^\d{4}[年/.-]\d{1,2}[月/.-]\d{1,2}.{0,30}\d{1,2}[:時]\d{2}.{0,120}(?:のメール|からのメール|のメッセージ)\s*[:：]$",
    ];
    Regex::new(&format!("(?:{})", forms.join(")|(?:"))).unwrap()
});

#[allow(clippy::unwrap_used)]
static LIKELY: LazyLock<Regex> = LazyLock::new(|| {
    let forms = [
        format!(r"(?i)^.{{1,160}}{WROTE}\s?(?:\.\.\.)?[:：]$"),
        // Gmail of old: a date and an address, no colon.
        r"^\d{4}[年/.-]\d{1,2}[月/.-]\d{1,2}.{1,120}<[^<>\s]*@[^<>]*>$".to_owned(),
        r"^\d{4}年\d{1,2}月\d{1,2}日.{0,120}[:：]$".to_owned(),
        r"^.{0,40}\d{1,2}:\d{2}.{0,120}(?:のメール|からのメール|のメッセージ)\s*[:：]$".to_owned(),
        // Becky!, Shuriken, Yahoo!メール and hand-made ones.
        r"(?:書きました|書かれました|書いています|記しました|いただきました|頂きました)\s*[:：。]?$".to_owned(),
        r"^.{1,80}<[^<>\s]*@[^<>]*>\s*[:：]$".to_owned(),
        r"^.{1,40}(?:さん|さま|様|氏|先生)\s*(?:曰く|いわく|の発言|の言葉|のメール|からのメール|より)\s*[:：]$".to_owned(),
        r"に関するメールより.{0,30}$|^=== .{0,120}より\s*$".to_owned(),
        r"^(?:In article|In message|In the message|Message-ID).{0,200}[:：,]?$".to_owned(),
    ];
    Regex::new(&format!("(?:{})", forms.join(")|(?:"))).unwrap()
});

#[allow(clippy::unwrap_used)]
static SHARED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[^>＞\s].{0,300}[\s ](?:On (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|\d).{6,200}wrote|\d{4}年\d{1,2}月\d{1,2}日.{3,20}\d{1,2}:\d{2}.{1,100}<[^<>]+@[^<>]+>)\s?[:：]$").unwrap()
});

/// Whether an attribution shares its line with words before it, which are the sender's.
pub(super) fn shares_line(line: &str) -> bool {
    let opens = line.contains(" On ") || line.contains('年');
    opens && line.ends_with([':', '：']) && SHARED.is_match(line)
}

/// How many lines at the start are an attribution, if any, and how sure that is.
pub(super) fn lines(rest: &[&str]) -> Option<(usize, Strength)> {
    let first = undashed(rest.first()?.trim());
    if !may_begin(&first) {
        return None;
    }
    let mut joined = String::new();
    for (at, line) in rest.iter().take(MOST_LINES).enumerate() {
        let line = undashed(line.trim());
        if line.is_empty() || joined.len() > 600 {
            return None;
        }
        if at > 0 {
            joined.push(' ');
        }
        joined.push_str(&line);
        if may_end(&line) {
            if SURE.is_match(&joined) {
                return Some((at + 1, Strength::Sure));
            }
            if LIKELY.is_match(&joined) {
                return Some((at + 1, Strength::Likely));
            }
        }
        // A sentence ended: what follows is no part of an attribution.
        if line.ends_with(['。', '！', '？', '!', '?']) || !may_wrap(&first) {
            return None;
        }
    }
    None
}

/// `---- On …, X wrote ----` without its dashes.
fn undashed(line: &str) -> String {
    let inner = line.trim_matches('-').trim();
    if line.starts_with("--") && line.ends_with("--") && !inner.is_empty() {
        format!("{inner}:")
    } else {
        line.to_owned()
    }
}

/// A cheap look at the end, before the expensive one.
fn may_end(line: &str) -> bool {
    line.ends_with([':', '：'])
        || line.ends_with('>') && line.contains('@')
        || ["wrote", "writes", "said"]
            .iter()
            .any(|end| line.ends_with(end))
        || WROTE_JA.iter().any(|verb| line.contains(verb))
}

/// The verbs of Japanese attributions.
const WROTE_JA: [&str; 8] = [
    "書きました",
    "書かれました",
    "書いています",
    "記しました",
    "いただきました",
    "頂きました",
    "メールより",
    ") より",
];

const OPENERS: [&str; 12] = [
    "On ", "Le ", "Am ", "El ", "Il ", "Op ", "Em ", "Den ", "W dniu ", "På ", "Dnia ", "Vào ",
];

/// A cheap look at the beginning.
fn may_begin(line: &str) -> bool {
    may_end(line) || may_wrap(line)
}

/// Attributions that are wrapped begin with a date, an address in brackets, or `On`.
fn may_wrap(line: &str) -> bool {
    let dated = line.starts_with(|c: char| c.is_ascii_digit())
        && line.chars().filter(char::is_ascii_digit).count() >= 4;
    dated
        || OPENERS.iter().any(|word| line.starts_with(word))
            && line.contains(|c: char| c.is_ascii_digit())
        || line.contains('<') && line.contains('@')
        || line.chars().take(12).filter(char::is_ascii_digit).count() >= 2
}
