//! Folder names as IMAP writes them: modified UTF-7 (RFC 3501, 5.1.3), so that 送信済み can be a folder.

use base64::{Engine as _, alphabet, engine::GeneralPurpose, engine::general_purpose::NO_PAD};

const MODIFIED: GeneralPurpose = GeneralPurpose::new(&alphabet::IMAP_MUTF7, NO_PAD);

/// The name as it goes over the wire, without quotes.
pub(super) fn encode(name: &str) -> String {
    let mut out = String::new();
    let mut foreign: Vec<u8> = Vec::new();
    let flush = |foreign: &mut Vec<u8>, out: &mut String| {
        if !foreign.is_empty() {
            *out += &format!("&{}-", MODIFIED.encode(&*foreign));
            foreign.clear();
        }
    };
    for c in name.chars() {
        if (' '..='~').contains(&c) {
            flush(&mut foreign, &mut out);
            out.push(c);
            if c == '&' {
                out.push('-');
            }
        } else {
            let mut units = [0u16; 2];
            for unit in c.encode_utf16(&mut units) {
                foreign.extend_from_slice(&unit.to_be_bytes());
            }
        }
    }
    flush(&mut foreign, &mut out);
    out
}

/// The name as people write it; what cannot be decoded stays as it is.
pub(super) fn decode(wire: &str) -> String {
    let mut out = String::new();
    let mut rest = wire;
    while let Some((before, shifted)) = rest.split_once('&') {
        out += before;
        let Some((code, after)) = shifted.split_once('-') else {
            out.push('&');
            rest = shifted;
            continue;
        };
        rest = after;
        if code.is_empty() {
            out.push('&');
            continue;
        }
        let text = MODIFIED.decode(code).ok().and_then(|bytes| {
            let (pairs, rest) = bytes.as_chunks::<2>();
            let units: Vec<u16> = pairs.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
            String::from_utf16(&units).ok().filter(|_| rest.is_empty())
        });
        match text {
            Some(text) => out += &text,
            None => out += &format!("&{code}-"),
        }
    }
    out + rest
}

/// A string in quotes for a command. Control characters cannot stand there and are left out.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars().filter(|c| !c.is_control()) {
        if c == '"' || c == '\\' {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}

/// UIDs as a set: `1:3,7`. They must be in ascending order.
pub(super) fn uid_set(uids: &[u32]) -> String {
    let mut out = String::new();
    let mut uids = uids.iter().copied().peekable();
    while let Some(first) = uids.next() {
        let mut last = first;
        while uids.peek().is_some_and(|n| Some(*n) == last.checked_add(1)) {
            last += 1;
            uids.next();
        }
        if !out.is_empty() {
            out.push(',');
        }
        out += &if first == last {
            first.to_string()
        } else {
            format!("{first}:{last}")
        };
    }
    out
}
