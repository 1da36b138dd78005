//! Files: a name that is safe to show and to write, and their text where they are text.

use super::{body, charset};
use crate::domain::message::Attachment;

/// A file as it stands in the mail.
pub(crate) struct File<'x> {
    /// As written, decoded; may be empty.
    pub(crate) name: String,
    pub(crate) content_type: String,
    pub(crate) bytes: &'x [u8],
    pub(crate) charset: Option<String>,
}

/// A name may have so many characters: most file systems take 255 bytes.
const LONGEST_NAME: usize = 80;

/// Describes a file; `number` is its place in the mail. The second value is a problem with its bytes.
pub(crate) fn describe(
    file: File<'_>,
    number: usize,
    most_chars: usize,
) -> (Attachment, Option<String>) {
    let content_type = if file.content_type.contains('/') {
        file.content_type
    } else {
        "application/octet-stream".to_owned()
    };
    let name = safe_name(&file.name, number, &content_type);
    let mut problem = None;
    let text = is_text(&content_type, &name).then(|| {
        let decoded = charset::decode(file.bytes, file.charset.as_deref());
        // A text file seldom says its charset: only bytes without meaning are worth a word.
        problem = decoded
            .problem
            .filter(|problem| problem.starts_with("undecodable"))
            .map(|problem| format!("{name}: {problem}"));
        body::unix_lines(decoded.text)
            .chars()
            .take(most_chars)
            .collect()
    });
    let attachment = Attachment {
        size: file.bytes.len(),
        name,
        content_type,
        text,
    };
    (attachment, problem)
}

fn is_text(content_type: &str, name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase());
    match content_type {
        "text/plain"
        | "text/csv"
        | "text/tab-separated-values"
        | "text/comma-separated-values"
        | "text/markdown"
        | "application/csv"
        | "text/x-csv" => true,
        "application/octet-stream" | "application/vnd.ms-excel" | "application/x-unknown" => {
            matches!(extension.as_deref(), Some("txt" | "csv" | "tsv"))
        }
        _ => false,
    }
}

/// The name behind `%E5%B1%A5.pdf`, as some webmail writes names; nothing where the signs do not stand for other letters.
fn without_percents(name: &str) -> Option<String> {
    if !name.contains('%') {
        return None;
    }
    let mut bytes = Vec::with_capacity(name.len());
    super::params::percent(name.as_bytes(), &mut bytes);
    String::from_utf8(bytes)
        .ok()
        .filter(|decoded| name.is_ascii() && !decoded.is_ascii())
}

/// A file name without path, control and direction characters, reserved signs and names, never empty.
pub(crate) fn safe_name(name: &str, number: usize, content_type: &str) -> String {
    let decoded = without_percents(name);
    let last = decoded
        .as_deref()
        .unwrap_or(name)
        .rsplit(['/', '\\'])
        .find(|part| !part.trim().is_empty())
        .unwrap_or_default();
    let kept: String = last
        .chars()
        .filter(|c| {
            !c.is_control()
                && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        })
        .map(|c| if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') { '_' } else { c })
        .collect();
    let kept = kept
        .trim()
        .trim_start_matches('.')
        .trim_end_matches(['.', ' ']);
    if kept.is_empty() {
        return format!("part-{}.{}", number + 1, extension(content_type));
    }
    let shortened = shorten(kept);
    let stem = shortened.split('.').next().unwrap_or_default();
    if is_reserved(stem) {
        format!("_{shortened}")
    } else {
        shortened
    }
}

/// Keeps the extension of a name that is too long.
fn shorten(name: &str) -> String {
    if name.chars().count() <= LONGEST_NAME {
        return name.to_owned();
    }
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if extension.chars().count() <= 10 => (stem, extension),
        _ => (name, ""),
    };
    let room = LONGEST_NAME - extension.chars().count() - 1;
    let stem: String = stem.chars().take(room).collect();
    if extension.is_empty() {
        stem
    } else {
        format!("{stem}.{extension}")
    }
}

/// Names that Windows keeps for devices.
fn is_reserved(stem: &str) -> bool {
    let stem = stem.to_ascii_uppercase();
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || stem
            .strip_prefix("COM")
            .or_else(|| stem.strip_prefix("LPT"))
            .is_some_and(|digit| digit.len() == 1 && digit.bytes().all(|b| b.is_ascii_digit()))
}

fn extension(content_type: &str) -> &'static str {
    match content_type {
        "text/plain" => "txt",
        "text/html" => "html",
        "text/calendar" => "ics",
        "text/csv" => "csv",
        "text/rfc822-headers" => "txt",
        "image/jpeg" | "image/jpg" | "image/pjpeg" => "jpg",
        "image/png" => "png",
        "image/gif" => "gif",
        "application/pdf" => "pdf",
        "application/zip" => "zip",
        "application/ms-tnef" => "dat",
        "application/pgp-signature" => "asc",
        "message/rfc822" => "eml",
        "message/delivery-status" | "message/disposition-notification" => "txt",
        "application/pkcs7-signature" | "application/x-pkcs7-signature" => "p7s",
        _ => "bin",
    }
}
