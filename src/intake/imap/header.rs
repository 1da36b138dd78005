//! Just enough of a mail's header to know the mail again.

use crate::domain::message::Source;
use sha2::{Digest as _, Sha256};

/// The header block and the body. Without an empty line all of it is header.
pub(super) fn split(raw: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    for line in raw.split_inclusive(|b| *b == b'\n') {
        at += line.len();
        if line == b"\n" || line == b"\r\n" {
            break;
        }
    }
    raw.split_at_checked(at).unwrap_or((raw, &[]))
}

/// The first value of a header field, unfolded, without the blanks around it.
pub(super) fn field(header: &[u8], name: &str) -> Option<Vec<u8>> {
    let mut value: Option<Vec<u8>> = None;
    for line in header.split_inclusive(|b| *b == b'\n') {
        let content = line.trim_ascii_end();
        if let Some(value) = &mut value {
            if !line.starts_with(b" ") && !line.starts_with(b"\t") {
                break;
            }
            value.push(b' ');
            value.extend_from_slice(content.trim_ascii_start());
        } else if let Some(colon) = content.iter().position(|b| *b == b':')
            && let Some((written, rest)) = content.split_at_checked(colon)
            && written
                .trim_ascii_end()
                .eq_ignore_ascii_case(name.as_bytes())
        {
            value = Some(rest.get(1..).unwrap_or_default().trim_ascii().to_vec());
        }
    }
    value.map(|v| v.trim_ascii().to_vec())
}

/// The Message-ID without angle brackets; none where it is missing or empty.
pub(super) fn message_id(header: &[u8]) -> Option<String> {
    let value = field(header, "Message-ID")?;
    let text = String::from_utf8_lossy(&value);
    let inner = match text.split_once('<') {
        Some((_, rest)) => rest.split_once('>').map_or(rest, |(id, _)| id),
        None => &text,
    };
    let id = inner.trim();
    (!id.is_empty()).then(|| id.to_owned())
}

/// The same for the same mail wherever it lies, different for different mails even where they share a Message-ID: a hash
/// over Message-ID, From, Date, Subject and the body. What servers add on the way (Received, Return-Path, Delivered-To)
/// has no part in it. `header_only` mails are told apart by their size instead of the body.
pub fn fingerprint(source: Source, raw: &[u8], header_only: Option<u64>) -> String {
    let (header, body) = split(raw);
    let mut hash = Sha256::new();
    for name in ["Message-ID", "From", "Date", "Subject"] {
        let value = field(header, name).unwrap_or_default();
        hash.update((value.len() as u64).to_be_bytes());
        hash.update(&value);
    }
    match header_only {
        Some(size) => hash.update(size.to_be_bytes()),
        None => hash.update(body),
    }
    let mut text = format!("{}:", source.as_str());
    for byte in hash.finalize() {
        text += &format!("{byte:02x}");
    }
    text
}
