//! UTF-7 (RFC 2152). mail-parser's reader swallows the character that ends a run without a hyphen, line ends among them.

/// Reads UTF-7; what has no meaning becomes U+FFFD.
pub(super) fn decode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        if byte != b'+' {
            text.push(if byte.is_ascii() {
                char::from(byte)
            } else {
                '\u{fffd}'
            });
            continue;
        }
        let length = rest
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/'))
            .count();
        let run = rest.get(..length).unwrap_or_default();
        rest = rest.get(length..).unwrap_or_default();
        if run.is_empty() {
            text.push('+');
        } else {
            push_run(&mut text, run);
        }
        rest = rest.strip_prefix(b"-").unwrap_or(rest);
    }
    text
}

/// A run is UTF-16, big endian, in Base64 without padding.
fn push_run(text: &mut String, run: &[u8]) {
    let (bytes, _) = crate::decode::transfer::base64(run);
    let units = bytes.chunks_exact(2).map(|pair| {
        pair.iter()
            .fold(0_u16, |unit, byte| (unit << 8) | u16::from(*byte))
    });
    text.extend(char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')));
}
