//! Where a mail's headers end and its parts begin.
//!
//! Outer parts are cut before inner ones. So a part whose end is missing ends with the part around it and swallows none of
//! its neighbours, which is why this is not left to mail-parser: it looks only for the innermost boundary.

use super::header::{Field, Headers};
use memchr::memmem::Finder;

/// Cuts a header block off: the fields, and the bytes below the blank line.
///
/// Lines that are no field are passed over. Where the very first line is none, there is no header: everything is body.
pub(crate) fn split(entity: &[u8]) -> (Headers<'_>, &[u8]) {
    let mut fields: Vec<Field<'_>> = Vec::new();
    let mut at = 0;
    let mut open: Option<(&str, usize)> = None;
    let mut first = true;
    while at < entity.len() {
        let rest = entity.get(at..).unwrap_or_default();
        let length = memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
        let line = rest.get(..length).unwrap_or_default();
        let content = line.trim_ascii_end();
        let folded = line.starts_with(b" ") || line.starts_with(b"\t");
        if !folded || first {
            close(&mut fields, &mut open, entity, at);
            if content.is_empty() {
                at += length;
                break;
            }
            match name(content) {
                Some(name) => open = Some((name, at + name.len())),
                None if first => return (Headers::default(), entity),
                None => {}
            }
        }
        first = false;
        at += length;
    }
    close(&mut fields, &mut open, entity, at);
    (Headers::new(fields), entity.get(at..).unwrap_or_default())
}

fn close<'x>(
    fields: &mut Vec<Field<'x>>,
    open: &mut Option<(&'x str, usize)>,
    entity: &'x [u8],
    end: usize,
) {
    if let Some((name, from)) = open.take() {
        let raw = entity.get(from..end).unwrap_or_default();
        let colon = memchr::memchr(b':', raw).map_or(0, |colon| colon + 1);
        fields.push(Field {
            name: name.into(),
            raw: raw.get(colon..).unwrap_or_default(),
        });
    }
}

/// The name before the colon of a field: printable ASCII without blanks, blanks before the colon allowed.
fn name(line: &[u8]) -> Option<&str> {
    let colon = memchr::memchr(b':', line)?;
    let name = std::str::from_utf8(line.get(..colon)?).ok()?.trim_end();
    let printable = !name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic());
    printable.then_some(name)
}

/// Cuts the body of a multipart entity at the lines of its boundary. Nothing where the boundary stands nowhere.
pub(crate) fn parts<'x>(body: &'x [u8], boundary: &str, most: usize) -> Vec<&'x [u8]> {
    let delimiter = [b"--", boundary.as_bytes()].concat();
    let finder = Finder::new(&delimiter);
    let mut parts = Vec::new();
    let mut start: Option<usize> = None;
    let mut from = 0;
    while let Some(found) = finder.find(body.get(from..).unwrap_or_default()) {
        let at = from + found;
        from = at + delimiter.len();
        let begins_line = at == 0 || body.get(at - 1) == Some(&b'\n');
        let rest = body.get(from..).unwrap_or_default();
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
        let tail = rest.get(..end).unwrap_or_default().trim_ascii();
        let closing = tail == b"--";
        if !begins_line || !(tail.is_empty() || closing) {
            continue;
        }
        if let Some(start) = start.take() {
            parts.push(without_line_end(body.get(start..at).unwrap_or_default()));
            if parts.len() >= most {
                return parts;
            }
        }
        from += end;
        // What follows a closing line is no part, unless another line of the boundary follows.
        start = (!closing).then_some(from);
    }
    if let Some(start) = start {
        let last = body.get(start..).unwrap_or_default();
        if !last.trim_ascii().is_empty() || parts.is_empty() {
            parts.push(last);
        }
    }
    parts
}

/// The line end before a boundary belongs to the boundary.
fn without_line_end(part: &[u8]) -> &[u8] {
    let part = part.strip_suffix(b"\n").unwrap_or(part);
    part.strip_suffix(b"\r").unwrap_or(part)
}

/// The boundary that a body seems to use, where the header names none or another: a line of two dashes and more, below
/// which a field of MIME stands.
pub(crate) fn guess_boundary(body: &[u8]) -> Option<&str> {
    let mut lines = body
        .split(|b| *b == b'\n')
        .map(<[u8]>::trim_ascii_end)
        .take(200);
    let mut before: Option<&[u8]> = None;
    lines.find_map(|line| {
        let is_field = line.len() > 8
            && line
                .get(..8)
                .is_some_and(|start| start.eq_ignore_ascii_case(b"content-"));
        let boundary = before.filter(|_| is_field);
        before = line.strip_prefix(b"--").filter(|b| b.len() >= 2);
        boundary.and_then(|boundary| std::str::from_utf8(boundary).ok())
    })
}
