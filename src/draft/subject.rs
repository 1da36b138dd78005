//! Subjects: kept in the thread, bounded, with the case number that a caller on the telephone can name.

use super::clean;
use crate::domain::wish::Language;

/// The most characters of an original subject that are kept.
const MOST: usize = 60;

/// Prefixes of answers and forwards, in lower case, as mail programs in Japan write them.
const PREFIXES: [&str; 12] = [
    "re", "fw", "fwd", "aw", "sv", "返信", "返", "転送", "回复", "答复", "ｒｅ", "ｆｗ",
];

/// The subject of an answer: `Re: 元の件名（MD-2611-0042）`, with repeated `Re:`, `Fwd:`, `返信:` and our own marks taken off.
pub fn reply_subject(original: &str, case_number: &str) -> String {
    let bare = bare_subject(original, case_number);
    if bare.is_empty() {
        format!("Re: {case_number}")
    } else if bare.is_ascii() {
        format!("Re: {bare} ({case_number})")
    } else {
        format!("Re: {bare}（{case_number}）")
    }
}

/// The subject of the acknowledgement, which says first that it is automatic (RFC 3834, section 3.1.5).
///
/// An original subject that carries a link is left out: an automatic mail must not spread it.
pub fn acknowledgement_subject(original: &str, case_number: &str, language: Language) -> String {
    let mut bare = bare_subject(original, case_number);
    if clean::advertises(&bare) {
        bare.clear();
    }
    match (language, bare.is_empty()) {
        (Language::Ja, false) => format!("【自動返信・受付 {case_number}】{bare}"),
        (Language::Ja, true) => {
            format!("【自動返信・受付 {case_number}】ご連絡ありがとうございます")
        }
        (_, false) => format!("[Automatic reply, received {case_number}] {bare}"),
        (_, true) => {
            format!("[Automatic reply, received {case_number}] Thank you for writing to us")
        }
    }
}

/// A subject without answer prefixes, without our marks, in one line of at most sixty characters.
pub fn bare_subject(original: &str, case_number: &str) -> String {
    let mut rest = clean::line(original, usize::MAX);
    loop {
        let shorter = strip_mark(strip_prefix(rest.trim()), case_number);
        if shorter == rest {
            break;
        }
        rest = shorter;
    }
    if rest == case_number {
        rest.clear();
    }
    clean::line(&rest, MOST)
}

fn strip_prefix(subject: &str) -> &str {
    let Some((head, tail)) = subject.split_once([':', '：']) else {
        return subject;
    };
    let head = head.trim().to_lowercase();
    // Some programs count their answers: `Re[2]:`, `Re^3:`.
    let word = head
        .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '[' | ']' | '^' | '(' | ')'));
    if PREFIXES.contains(&word) {
        tail.trim_start()
    } else {
        subject
    }
}

fn strip_mark(subject: &str, case_number: &str) -> String {
    let mut rest = subject;
    for (open, close) in [
        ("【自動返信・受付 ", "】"),
        ("[Automatic reply, received ", "]"),
    ] {
        if let Some(tail) = rest.strip_prefix(open)
            && let Some((_, after)) = tail.split_once(close)
        {
            rest = after.trim_start();
        }
    }
    if case_number.is_empty() {
        return rest.to_owned();
    }
    rest.replace(&format!("（{case_number}）"), "")
        .replace(&format!(" ({case_number})"), "")
        .trim()
        .to_owned()
}
