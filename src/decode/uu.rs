//! Files that stand uuencoded in the text.

use super::transfer;

/// The name on a line that begins a file: `begin 644 name`.
fn begins(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("begin ")?;
    let (mode, name) = rest.split_once(' ')?;
    let octal = (3..=4).contains(&mode.len()) && mode.bytes().all(|b| matches!(b, b'0'..=b'7'));
    (octal && !name.trim().is_empty()).then(|| name.trim())
}

/// A line that can stand inside a file: its first byte says how long it is.
fn is_content(line: &str) -> bool {
    let bytes = line.trim_end_matches('\r').as_bytes();
    match bytes.first() {
        Some(first @ 0x20..=0x60) => {
            let length = usize::from((first - 32) & 63);
            bytes.len() > 1 + length * 4 / 3 - usize::from(length > 0) || length == 0
        }
        _ => bytes.is_empty(),
    }
}

/// Whether a file begins somewhere in the text.
pub(crate) fn has_file(text: &str) -> bool {
    (text.starts_with("begin ") || text.contains("\nbegin "))
        && text.lines().any(|line| begins(line).is_some())
}

/// Takes the files out of a text.
pub(crate) fn extract(text: &str) -> (String, Vec<(String, Vec<u8>)>) {
    let mut rest = String::with_capacity(text.len());
    let mut files = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let name = begins(line).filter(|_| lines.peek().is_some_and(|next| is_content(next)));
        let Some(name) = name else {
            rest.push_str(line);
            rest.push('\n');
            continue;
        };
        let mut content: Vec<&[u8]> = Vec::new();
        while let Some(line) = lines.next_if(|line| is_content(line) && *line != "end") {
            content.push(line.as_bytes());
        }
        lines.next_if(|line| line.trim() == "end");
        files.push((name.to_owned(), transfer::uuencode(content.into_iter())));
    }
    (rest, files)
}

/// The content of a part that is one uuencoded file.
pub(crate) fn only_file(bytes: &[u8]) -> Vec<u8> {
    let lines = bytes
        .split(|b| *b == b'\n')
        .skip_while(|line| !line.starts_with(b"begin "))
        .skip(1)
        .take_while(|line| line.trim_ascii() != b"end");
    transfer::uuencode(lines)
}
