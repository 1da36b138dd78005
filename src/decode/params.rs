//! `Content-Type` and `Content-Disposition`: a value and its parameters (RFC 2045, RFC 2231 and what clients make of them).

use super::{charset, header, word};
use std::collections::BTreeMap;

/// A parsed parameterised header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Parameterised {
    /// `text/plain`, `attachment`: lower case.
    pub(crate) value: String,
    /// Decoded parameters by lower-case name.
    pub(crate) parameters: BTreeMap<String, String>,
}

/// One piece of a parameter that may stand in several (`name*0*=`).
#[derive(Debug)]
struct Piece {
    number: u32,
    encoded: bool,
    text: String,
}

impl Parameterised {
    /// Reads a raw header value.
    pub(crate) fn parse(raw: &[u8], problem: &mut Option<String>) -> Self {
        let unfolded = header::unfold(raw, problem);
        let mut segments = segments(&unfolded).into_iter();
        let value = segments.next().unwrap_or_default();
        let mut rest: Vec<String> = segments.collect();
        // `Content-Type: name="a.pdf"` has parameters and no value.
        let value = if value.contains('=') {
            rest.insert(0, value);
            String::new()
        } else {
            let value = without_comments(&value);
            match value.split_once(char::is_whitespace) {
                // The semicolon was forgotten: `text/plain charset=utf-8`.
                Some((value, parameter)) => {
                    if parameter.contains('=') {
                        rest.insert(0, parameter.trim().to_owned());
                    }
                    value.to_owned()
                }
                None => value,
            }
        };
        let mut gathered: BTreeMap<String, Vec<Piece>> = BTreeMap::new();
        for segment in rest {
            if let Some((name, piece)) = parameter(&segment) {
                gathered.entry(name).or_default().push(piece);
            }
        }
        let parameters = gathered
            .into_iter()
            .map(|(name, pieces)| (name, join(pieces, problem)))
            .collect();
        Parameterised {
            value: value.trim_matches(['"', '\'', ' ']).to_ascii_lowercase(),
            parameters,
        }
    }

    /// A parameter that says something.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.parameters
            .get(name)
            .map(|value| value.trim())
            .filter(|value| !value.is_empty())
    }
}

/// Cuts at semicolons that stand in no quotes. A quote that never closes ends at the next `; name=`.
fn segments(text: &str) -> Vec<String> {
    let mut segments = vec![String::new()];
    let mut quoted = false;
    let mut escaped = false;
    let balanced = text.matches('"').count().is_multiple_of(2);
    for c in text.chars() {
        let cut = c == ';' && (!quoted || !balanced);
        if cut {
            quoted = false;
            segments.push(String::new());
            continue;
        }
        match c {
            '"' if !escaped => quoted = !quoted,
            _ => {}
        }
        escaped = c == '\\' && !escaped && quoted;
        if let Some(segment) = segments.last_mut() {
            segment.push(c);
        }
    }
    segments
        .into_iter()
        .map(|segment| segment.trim().to_owned())
        .collect()
}

fn without_comments(text: &str) -> String {
    let mut depth = 0_u32;
    text.chars()
        .filter(|c| match c {
            '(' => {
                depth += 1;
                false
            }
            ')' if depth > 0 => {
                depth -= 1;
                false
            }
            _ => depth == 0,
        })
        .collect::<String>()
        .trim()
        .to_owned()
}

fn parameter(segment: &str) -> Option<(String, Piece)> {
    let (name, value) = segment.split_once('=')?;
    let name = without_comments(name).to_ascii_lowercase();
    let (name, encoded) = match name.strip_suffix('*') {
        Some(name) => (name, true),
        None => (name.as_str(), false),
    };
    let (name, number) = match name.rsplit_once('*') {
        Some((base, digits)) => match digits.parse() {
            Ok(number) => (base, number),
            Err(_) => (name, 0),
        },
        None => (name, 0),
    };
    let piece = Piece {
        number,
        encoded,
        text: unquote(value.trim()),
    };
    Some((name.trim().to_owned(), piece))
}

/// The text of a quoted string, or of a token without its comments.
pub(crate) fn unquote(text: &str) -> String {
    let Some(inner) = text.strip_prefix('"') else {
        if text.contains("=?") || text.ends_with(|c| c != ')') {
            return text.trim_end_matches('"').to_owned();
        }
        return match text.split_once(" (") {
            Some((value, _)) => value.to_owned(),
            None => text.to_owned(),
        };
    };
    let mut out = String::with_capacity(inner.len());
    let mut characters = inner.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            // A path of Windows keeps its backslashes; only quotes and backslashes are ever escaped.
            '\\' if matches!(characters.peek(), Some('"' | '\\')) => {
                out.extend(characters.next());
            }
            '"' => break,
            _ => out.push(c),
        }
    }
    out
}

/// Joins the pieces of one parameter: bytes first, then one decoding, since a character may be cut between two.
fn join(mut pieces: Vec<Piece>, problem: &mut Option<String>) -> String {
    // `filename*` is worth more than a `filename` beside it.
    if pieces.iter().any(|piece| piece.encoded) && pieces.iter().all(|piece| piece.number == 0) {
        pieces.retain(|piece| piece.encoded);
    }
    pieces.sort_by_key(|piece| piece.number);
    if !pieces.iter().any(|piece| piece.encoded) {
        let joined: String = if pieces.iter().any(|piece| piece.number > 0) {
            pieces.iter().map(|piece| piece.text.as_str()).collect()
        } else {
            pieces
                .into_iter()
                .next()
                .map(|p| p.text)
                .unwrap_or_default()
        };
        if joined.contains('%') && !joined.contains("=?") && joined.contains("''") {
            return extended(&[(joined, true)], problem);
        }
        return word::clean(&word::decode_text(&joined, problem), problem);
    }
    let parts: Vec<(String, bool)> = pieces
        .into_iter()
        .map(|piece| (piece.text, piece.encoded))
        .collect();
    extended(&parts, problem)
}

/// RFC 2231: `charset'language'percent-encoded`, over several pieces.
fn extended(parts: &[(String, bool)], problem: &mut Option<String>) -> String {
    let mut label: Option<String> = None;
    let mut bytes = Vec::new();
    for (at, (text, encoded)) in parts.iter().enumerate() {
        let mut text = text.as_str();
        if at == 0
            && *encoded
            && let Some((charset, rest)) = text.split_once('\'')
            && let Some((_, value)) = rest.split_once('\'')
        {
            label = Some(charset.to_owned());
            text = value;
        }
        if *encoded {
            percent(text.as_bytes(), &mut bytes);
        } else {
            bytes.extend_from_slice(text.as_bytes());
        }
    }
    let decoded = charset::decode(&bytes, label.as_deref().filter(|l| !l.is_empty()));
    if label.is_some() && decoded.problem.is_some() {
        *problem = decoded.problem;
    }
    let text = if decoded.text.contains("=?") {
        word::decode_text(&decoded.text, problem)
    } else {
        decoded.text
    };
    word::clean(&text, problem)
}

pub(super) fn percent(text: &[u8], bytes: &mut Vec<u8>) {
    let mut rest = text;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        match super::transfer::hex_pair(tail).filter(|_| byte == b'%') {
            Some(value) => {
                bytes.push(value);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => bytes.push(byte),
        }
    }
}
