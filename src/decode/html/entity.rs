//! Character references.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The named references of HTML 4 and the HTML 5 names of ASCII signs, with their code points.
static NAMED: LazyLock<HashMap<&'static str, char>> = LazyLock::new(|| {
    include_str!("entities.txt")
        .lines()
        .filter_map(|line| {
            let (name, code) = line.split_once(' ')?;
            let code = u32::from_str_radix(code, 16).ok()?;
            Some((name, char::from_u32(code)?))
        })
        .collect()
});

/// The character of the reference that follows an `&`, and how many bytes the reference takes after it.
pub(super) fn reference(rest: &str) -> Option<(char, usize)> {
    if let Some(number) = rest.strip_prefix('#') {
        let (digits, radix, head) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16, 2),
            None => (number, 10, 1),
        };
        let length = digits
            .bytes()
            .take(9)
            .take_while(|b| char::from(*b).is_digit(radix))
            .count();
        let code = u32::from_str_radix(digits.get(..length)?, radix).ok()?;
        let semicolon = digits.get(length..)?.starts_with(';');
        return Some((numbered(code), head + length + usize::from(semicolon)));
    }
    let length = rest
        .bytes()
        .take(32)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    let name = rest.get(..length)?;
    let semicolon = rest.get(length..)?.starts_with(';');
    // Without a semicolon only the oldest names count, so that `?a=1&copy=2` in a link stays.
    if !semicolon && !matches!(name, "nbsp" | "amp" | "lt" | "gt" | "quot") {
        return None;
    }
    NAMED
        .get(name)
        .map(|c| (*c, length + usize::from(semicolon)))
}

/// Numbers 128 to 159 mean Windows-1252, as in every browser.
fn numbered(code: u32) -> char {
    match code {
        0 => '\u{fffd}',
        128..=159 => u8::try_from(code)
            .ok()
            .and_then(|byte| {
                encoding_rs::WINDOWS_1252
                    .decode_without_bom_handling(&[byte])
                    .0
                    .chars()
                    .next()
            })
            .unwrap_or('\u{fffd}'),
        _ => char::from_u32(code).unwrap_or('\u{fffd}'),
    }
}
