//! 「2026年11月3日(火) 10:12 名前 <a@example.jp>:」 and its kin: the line above a quoted mail.

use regex::Regex;
use std::sync::LazyLock;

/// An attribution may be wrapped over so many lines.
const MOST_LINES: usize = 4;

/// Whole attributions, on one line.
#[allow(clippy::unwrap_used)]
static FORMS: LazyLock<Regex> = LazyLock::new(|| {
    let forms = [
        // English clients, Thunderbird and Gmail.
        r"(?i)^on\s.{6,300}\b(wrote|writes|said)\s*[:：]?$",
        r"(?i)^.{0,200}(\d{4}|<[^>]+@[^>]+>|\S+@\S+).{0,200}\b(wrote|writes)\s*[:：]$",
        r"(?i)^[^.。]{1,60}\s(wrote|writes)\s*(\.\.\.)?[:：]$",
        // Gmail in Japanese: the date, a name or address, a colon.
        r"^\d{4}年\d{1,2}月\d{1,2}日.{0,250}[:：]$",
        r"^\d{4}[/.-]\d{1,2}[/.-]\d{1,2}.{0,200}(<[^>]*>|\S+@\S+)\S{0,12}.{0,12}[:：]$",
        // iPhone and Mac in Japanese.
        r"^.{0,40}\d{1,2}:\d{2}.{0,200}(のメール|からのメール|のメッセージ)\s*[:：]$",
        // Becky!, Shuriken, Yahoo!メール and hand-made ones.
        r"^.{1,200}(さん|様|氏|先生)?\s?(は|が|の)?\s?(次のように|以下のように|以下の様に)?\s?(書きました|書かれました|書いています|記しました|wrote)\s*[:：]$",
        r"^.{1,200}(さん|様|先生|氏)[はが](書きました|記載されました)。?$",
        // Other languages that Gmail and Apple write.
        r"(?i)^(le|am|el|il|op|em|den|w dniu|kl|på|dnia|vào|pada|на|вт|пн|ср|чт|пт|сб|вс)\b.{4,250}(écrit|schrieb|escribió|scritto|schreef|escreveu|skrev|napisał|pisze|napisał\(a\)|viết|menulis)\b.{0,120}[:：]$",
        r"^.{4,250}(a écrit|ha scritto|escribió|escreveu|schrieb|schreef|skrev|napisał|написал|написала|пишет|写道|寫道|寫於|작성|님이 작성)\s?.{0,60}[:：]$",
    ];
    Regex::new(&format!("(?:{})", forms.join(")|(?:"))).unwrap()
});

/// How many lines at the start are an attribution, if any.
pub(super) fn lines(rest: &[&str]) -> Option<usize> {
    let first = rest.first()?.trim();
    if !may_begin(first) {
        return None;
    }
    let mut joined = String::new();
    for (at, line) in rest.iter().take(MOST_LINES).enumerate() {
        let line = line.trim();
        if line.is_empty() {
            return None;
        }
        if at > 0 {
            joined.push(' ');
        }
        joined.push_str(line);
        if may_end(line) && FORMS.is_match(&joined) {
            return Some(at + 1);
        }
        // A sentence ended: what follows is no part of an attribution.
        if line.ends_with(['。', '！', '？']) {
            return None;
        }
    }
    None
}

/// A cheap look at the end, before the expensive one.
fn may_end(line: &str) -> bool {
    line.ends_with([':', '：', '。'])
        || line.ends_with("wrote")
        || line.ends_with("writes")
        || line.ends_with("said")
}

/// A cheap look at the beginning: attributions that are wrapped begin with a date, a name with an address, or `On`.
fn may_begin(line: &str) -> bool {
    may_end(line)
        || line.starts_with(|c: char| c.is_ascii_digit())
        || line.starts_with("On ")
        || line.contains('@')
        || [
            "Le ", "Am ", "El ", "Il ", "Op ", "Em ", "Den ", "W dniu ", "På ", "Dnia ", "Vào ",
        ]
        .iter()
        .any(|word| line.starts_with(word))
}
