//! RFC 2047 encoded words, and the forms that only resemble them.

use super::{charset, header};

/// A piece of a header value.
enum Piece<'x> {
    /// Text that stands for itself.
    Plain(&'x str),
    /// The bytes of an encoded word, and its charset.
    Word { bytes: Vec<u8>, charset: &'x str },
}

/// Decodes a raw header value for people's eyes: one line, no control characters.
pub(crate) fn decode(raw: &[u8], problem: &mut Option<String>) -> String {
    let unfolded = header::unfold(raw, problem);
    clean(&decode_text(&unfolded, problem), problem)
}

/// Decodes the encoded words in a text that is unfolded already.
///
/// Words that follow each other in one charset are joined before they are decoded: many clients cut inside a character.
pub(crate) fn decode_text(text: &str, problem: &mut Option<String>) -> String {
    if !text.contains("=?") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut held: Option<(Vec<u8>, String)> = None;
    let mut blank = "";
    for piece in pieces(text) {
        match piece {
            Piece::Plain(plain) if held.is_some() && plain.trim().is_empty() => blank = plain,
            Piece::Plain(plain) => {
                flush(&mut held, &mut out, problem);
                out.push_str(blank);
                blank = "";
                out.push_str(plain);
            }
            Piece::Word { bytes, charset } => {
                blank = "";
                match &mut held {
                    Some((joined, before)) if before.eq_ignore_ascii_case(charset) => {
                        joined.extend(bytes);
                    }
                    _ => {
                        flush(&mut held, &mut out, problem);
                        held = Some((bytes, charset.to_owned()));
                    }
                }
            }
        }
    }
    flush(&mut held, &mut out, problem);
    out.push_str(blank);
    out
}

fn flush(held: &mut Option<(Vec<u8>, String)>, out: &mut String, problem: &mut Option<String>) {
    if let Some((bytes, charset)) = held.take() {
        let decoded = charset::decode(&bytes, Some(&charset));
        if decoded.problem.is_some() {
            *problem = decoded.problem;
        }
        out.push_str(&decoded.text);
    }
}

/// Cuts a text into plain pieces and encoded words.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut plain_from = 0;
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find("=?")) {
        let start = at + found;
        match word_at(text.get(start + 2..).unwrap_or_default()) {
            Some((bytes, charset, length)) => {
                if let Some(plain) = text.get(plain_from..start).filter(|p| !p.is_empty()) {
                    pieces.push(Piece::Plain(plain));
                }
                pieces.push(Piece::Word { bytes, charset });
                at = start + 2 + length;
                plain_from = at;
            }
            None => at = start + 2,
        }
    }
    if let Some(plain) = text.get(plain_from..).filter(|p| !p.is_empty()) {
        pieces.push(Piece::Plain(plain));
    }
    pieces
}

/// An encoded word whose `=?` is just past: its bytes, its charset, and the length up to and with `?=`.
fn word_at(rest: &str) -> Option<(Vec<u8>, &str, usize)> {
    let (charset, after) = rest.split_once('?')?;
    if charset.is_empty() || charset.len() > 45 || charset.contains([' ', '"', '=']) {
        return None;
    }
    let (encoding, after) = after.split_once('?')?;
    let base64 = match encoding {
        "B" | "b" => true,
        "Q" | "q" => false,
        _ => return None,
    };
    let head = charset.len() + encoding.len() + 2;
    let body_length = if base64 {
        base64_end(after)
    } else {
        q_end(after)
    };
    let body = after.get(..body_length)?;
    let tail = after.get(body_length..)?;
    let closing = if tail.starts_with("?=") {
        2
    } else {
        usize::from(tail.starts_with('?'))
    };
    let bytes = if base64 {
        super::transfer::base64(body.as_bytes()).0
    } else {
        q_bytes(body)
    };
    Some((bytes, charset, head + body_length + closing))
}

/// The end of a Base64 text: the closing `?`, or where it stops being Base64.
fn base64_end(text: &str) -> usize {
    text.find(|c: char| {
        !(c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | ' ' | '-' | '_'))
    })
    .unwrap_or(text.len())
}

/// The end of a Q text: `?=`, but not the `?=3D` of a question mark left unencoded before an escape.
fn q_end(text: &str) -> usize {
    let mut from = 0;
    while let Some(found) = text.get(from..).and_then(|rest| rest.find("?=")) {
        let end = from + found;
        let after = text.get(end + 2..).unwrap_or_default();
        let mut following = after.chars();
        let escape = matches!(
            (following.next(), following.next()),
            (Some(a), Some(b)) if a.is_ascii_hexdigit() && b.is_ascii_hexdigit()
        ) && after.contains("?=");
        if !escape {
            return end;
        }
        from = end + 2;
    }
    text.rfind("?=").unwrap_or(text.len())
}

fn q_bytes(body: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len());
    let mut rest = body.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        match byte {
            b'_' => bytes.push(b' '),
            b'=' => match super::transfer::hex_pair(tail) {
                Some(value) => {
                    bytes.push(value);
                    rest = tail.get(2..).unwrap_or_default();
                }
                // A soft line end has no place here, but is written all the same.
                None if tail.is_empty() => {}
                None => bytes.push(b'='),
            },
            _ => bytes.push(byte),
        }
    }
    bytes
}

/// Takes out what would break a line or steer a terminal: the ways to smuggle a header into an answer.
pub(crate) fn clean(text: &str, problem: &mut Option<String>) -> String {
    if text.contains('\u{fffd}') {
        *problem = Some("undecodable bytes".to_owned());
    }
    if !text.chars().any(char::is_control) {
        return text.trim().to_owned();
    }
    if text.contains(['\r', '\n', '\0']) {
        *problem = Some("line break inside the value taken out".to_owned());
    }
    let spaced: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    spaced.trim().to_owned()
}
