//! Content-Transfer-Encoding, read leniently: what stands between broken bytes is kept.

/// A transfer encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Transfer {
    Identity,
    Base64,
    QuotedPrintable,
    Uuencode,
}

impl Transfer {
    /// The encoding a header names; comments, parameters and stray quotes do not matter.
    pub(crate) fn of(value: &str) -> Transfer {
        let value = value.trim_start_matches(['"', '\'', '<', ' ']);
        let token: String = value
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
            .map(|c| c.to_ascii_lowercase())
            .collect();
        match token.as_str() {
            "base64" | "base-64" | "b64" => Transfer::Base64,
            "quoted-printable" | "quoted-printeable" | "quotedprintable" | "qp" => {
                Transfer::QuotedPrintable
            }
            "x-uuencode" | "x-uue" | "uuencode" | "uue" => Transfer::Uuencode,
            _ => Transfer::Identity,
        }
    }
}

/// The value of two hexadecimal digits at the start.
pub(crate) fn hex_pair(bytes: &[u8]) -> Option<u8> {
    let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
    let value = digit(bytes.first())? * 16 + digit(bytes.get(1))?;
    u8::try_from(value).ok()
}

/// What a byte is in Base64: its six bits, or one of the marks below.
const SEXTETS: [u8; 256] = {
    let mut table = [STRAY; 256];
    let mut at = 0;
    while at < 256 {
        let byte = at as u8;
        #[allow(clippy::indexing_slicing)]
        {
            table[at] = match byte {
                b'A'..=b'Z' => byte - b'A',
                b'a'..=b'z' => byte - b'a' + 26,
                b'0'..=b'9' => byte - b'0' + 52,
                b'+' | b'-' => 62,
                b'/' | b'_' => 63,
                b'=' => PADDING,
                b' ' | b'\t' | b'\r' | b'\n' => BLANK,
                _ => STRAY,
            };
        }
        at += 1;
    }
    table
};
const PADDING: u8 = 64;
const BLANK: u8 = 65;
const STRAY: u8 = 66;

fn sextet(byte: u8) -> u8 {
    SEXTETS.get(usize::from(byte)).copied().unwrap_or(STRAY)
}

/// Decodes Base64 over line ends, missing or early padding and stray characters; the flag says that there were some.
pub(crate) fn base64(text: &[u8]) -> (Vec<u8>, bool) {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let mut held: u32 = 0;
    let mut count = 0;
    let mut stray = false;
    let mut rest = text;
    loop {
        if count == 0 {
            rest = whole_groups(rest, &mut bytes);
        }
        let Some((&byte, tail)) = rest.split_first() else {
            break;
        };
        rest = tail;
        match sextet(byte) {
            // Padding ends a run; some mails join several padded runs.
            PADDING => {
                finish(&mut bytes, held, count);
                held = 0;
                count = 0;
            }
            BLANK => {}
            STRAY => stray = true,
            value => {
                held = (held << 6) | u32::from(value);
                count += 1;
                if count == 4 {
                    let [_, a, b, c] = held.to_be_bytes();
                    bytes.extend_from_slice(&[a, b, c]);
                    held = 0;
                    count = 0;
                }
            }
        }
    }
    finish(&mut bytes, held, count);
    (bytes, stray)
}

/// Decodes groups of four as long as nothing else stands between them; gives what is left.
fn whole_groups<'x>(text: &'x [u8], bytes: &mut Vec<u8>) -> &'x [u8] {
    let mut rest = text;
    while let Some((&[a, b, c, d], tail)) = rest.split_first_chunk::<4>() {
        let (a, b, c, d) = (sextet(a), sextet(b), sextet(c), sextet(d));
        if (a | b | c | d) > 63 {
            break;
        }
        let [_, x, y, z] =
            (u32::from(a) << 18 | u32::from(b) << 12 | u32::from(c) << 6 | u32::from(d))
                .to_be_bytes();
        bytes.extend_from_slice(&[x, y, z]);
        rest = tail;
    }
    rest
}

fn finish(bytes: &mut Vec<u8>, held: u32, count: u32) {
    match count {
        2 => {
            let [_, a, _, _] = (held << 12).to_be_bytes();
            bytes.push(a);
        }
        3 => {
            let [_, a, b, _] = (held << 6).to_be_bytes();
            bytes.extend_from_slice(&[a, b]);
        }
        _ => {}
    }
}

/// Decodes quoted-printable; an `=` that starts no escape stands for itself.
pub(crate) fn quoted_printable(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for line in text.split_inclusive(|b| *b == b'\n') {
        let ending: &[u8] = if line.ends_with(b"\r\n") {
            b"\r\n"
        } else if line.ends_with(b"\n") {
            b"\n"
        } else {
            b""
        };
        let content = line
            .get(..line.len() - ending.len())
            .unwrap_or_default()
            .trim_ascii_end();
        let mut rest = content;
        let mut soft = false;
        while let Some((&byte, tail)) = rest.split_first() {
            rest = tail;
            if byte != b'=' {
                bytes.push(byte);
            } else if let Some(value) = hex_pair(tail) {
                bytes.push(value);
                rest = tail.get(2..).unwrap_or_default();
            } else if tail.is_empty() {
                soft = true;
            } else {
                bytes.push(byte);
            }
        }
        if !soft {
            bytes.extend_from_slice(ending);
        }
    }
    bytes
}

/// Decodes the lines between `begin` and `end` of a uuencoded file.
pub(crate) fn uuencode<'x>(lines: impl Iterator<Item = &'x [u8]>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for line in lines {
        let Some((&length, body)) = line.trim_ascii_end().split_first() else {
            continue;
        };
        let length = usize::from(length.wrapping_sub(32) & 63);
        if length == 0 {
            continue;
        }
        let before = bytes.len();
        for group in body.chunks(4) {
            let mut held: u32 = 0;
            for at in 0..4 {
                let byte = group.get(at).copied().unwrap_or(b' ');
                held = (held << 6) | u32::from(byte.wrapping_sub(32) & 63);
            }
            let [_, a, b, c] = held.to_be_bytes();
            bytes.extend_from_slice(&[a, b, c]);
        }
        bytes.truncate(before + length);
    }
    bytes
}
