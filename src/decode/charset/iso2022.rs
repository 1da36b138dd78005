//! ISO-2022 in the forms that mail really carries.
//!
//! The WHATWG decoder refuses empty escape pairs, JIS X 0212 and 0213, SO/SI kana and eight-bit kana; all of them stand in
//! mail of Japanese clients and carriers, so the shifting is done here and only the tables are borrowed.

use encoding_rs::{EUC_JP, EUC_KR, Encoding, GBK};
use std::sync::LazyLock;

/// A set that an escape sequence can call into use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Set {
    Ascii,
    /// JIS X 0201, the Latin half: read as ASCII, as every client does with `\` and `~`.
    Roman,
    /// JIS X 0201, the katakana half.
    Kana,
    Jis0208,
    /// The first plane of JIS X 0213, a superset of JIS X 0208.
    Jis0213Plane1,
    Jis0212,
    /// The second plane of JIS X 0213.
    Jis0213Plane2,
    Gb2312,
    Ksc5601,
    /// SoftBank's pictographs: one letter for the page, then single bytes.
    SoftBank,
}

/// The escape sequences after ESC, the longest first.
const ESCAPES: [(&[u8], Set); 18] = [
    (b"$(D", Set::Jis0212),
    (b"$(O", Set::Jis0213Plane1),
    (b"$(Q", Set::Jis0213Plane1),
    (b"$(P", Set::Jis0213Plane2),
    (b"$(C", Set::Ksc5601),
    (b"$(A", Set::Gb2312),
    (b"$(B", Set::Jis0208),
    (b"$(@", Set::Jis0208),
    (b"$B", Set::Jis0208),
    (b"$@", Set::Jis0208),
    (b"$A", Set::Gb2312),
    (b"(B", Set::Ascii),
    (b"(J", Set::Roman),
    (b"(H", Set::Roman),
    (b"(I", Set::Kana),
    (b"$E", Set::SoftBank),
    (b"$F", Set::SoftBank),
    (b"$G", Set::SoftBank),
];

/// Stands for a carrier's pictograph, which Unicode has no single sign for.
const GETA: char = '〓';

fn escape_after(rest: &[u8]) -> Option<(usize, Set)> {
    ESCAPES
        .iter()
        .find(|(sequence, _)| rest.starts_with(sequence))
        .map(|(sequence, set)| (sequence.len(), *set))
}

/// Whether an escape to a Japanese set stands in the bytes.
pub(super) fn has_escape(bytes: &[u8]) -> bool {
    bytes.iter().enumerate().any(|(at, &byte)| {
        byte == 0x1b
            && bytes
                .get(at + 1..)
                .and_then(escape_after)
                .is_some_and(|(_, set)| set != Set::Ascii && set != Set::Roman)
    })
}

/// Reads ISO-2022-JP with all that vendors added; what has no meaning becomes U+FFFD.
pub(super) fn japanese(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut set = Set::Ascii;
    let mut shifted = false;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            0x1b => {
                let rest = bytes.get(at + 1..).unwrap_or_default();
                if rest.starts_with(b"&@") {
                    at += 3;
                } else if let Some((length, next)) = escape_after(rest) {
                    set = next;
                    at += 1 + length;
                } else {
                    at += 1;
                }
            }
            0x0e => {
                shifted = true;
                at += 1;
            }
            0x0f => {
                shifted = false;
                if set == Set::SoftBank {
                    set = Set::Ascii;
                }
                at += 1;
            }
            b'\r' | b'\n' => {
                text.push(char::from(byte));
                // RFC 1468: a line ends in ASCII; some clients forget to say so.
                set = Set::Ascii;
                shifted = false;
                at += 1;
            }
            0x21..=0x5f if shifted => {
                push_kana(&mut text, byte);
                at += 1;
            }
            0x21..=0x7e if set == Set::Jis0208 => {
                let rest = bytes.get(at..).unwrap_or_default();
                at += match kanji(&mut text, rest) {
                    0 => graphic(&mut text, set, rest),
                    taken => taken,
                };
            }
            0x21..=0x7e => at += graphic(&mut text, set, bytes.get(at..).unwrap_or_default()),
            0xa1..=0xdf => {
                push_kana(&mut text, byte - 0x80);
                at += 1;
            }
            0x80.. => {
                text.push('\u{fffd}');
                at += 1;
            }
            _ => {
                text.push(char::from(byte));
                at += 1;
            }
        }
    }
    text
}

/// Pushes one character of `set` and says how many bytes it took.
fn graphic(text: &mut String, set: Set, rest: &[u8]) -> usize {
    let Some(&first) = rest.first() else { return 1 };
    match set {
        Set::Ascii | Set::Roman => {
            text.push(char::from(first));
            1
        }
        Set::Kana => {
            push_kana(text, first);
            1
        }
        Set::SoftBank => {
            text.push(GETA);
            1
        }
        _ => match rest.get(1) {
            Some(&second @ 0x21..=0x7e) => {
                text.push(double(set, first, second));
                2
            }
            // Half a character at the end of a line: nothing can be read of it.
            _ => {
                text.push('\u{fffd}');
                1
            }
        },
    }
}

fn push_kana(text: &mut String, byte: u8) {
    let kana = match byte {
        0x21..=0x5f => char::from_u32(0xff61 + u32::from(byte) - 0x21),
        _ => None,
    };
    text.push(kana.unwrap_or('\u{fffd}'));
}

/// Rows and cells of JIS X 0208.
const CELLS: u8 = 94;

/// All of JIS X 0208 in the order of its rows: most mail is written in it.
static KANJI: LazyLock<Vec<char>> = LazyLock::new(|| {
    let cells = 0x21..0x21 + CELLS;
    cells
        .clone()
        .flat_map(|first| {
            cells
                .clone()
                .map(move |second| double(Set::Jis0208, first, second))
        })
        .collect()
});

/// Pushes the characters at the beginning of `rest` and says how many bytes they took.
fn kanji(text: &mut String, rest: &[u8]) -> usize {
    let table = KANJI.as_slice();
    let mut taken = 0;
    for pair in rest.chunks_exact(2) {
        let &[first @ 0x21..=0x7e, second @ 0x21..=0x7e] = pair else {
            break;
        };
        let cell = usize::from(first - 0x21) * usize::from(CELLS) + usize::from(second - 0x21);
        text.push(table.get(cell).copied().unwrap_or('\u{fffd}'));
        taken += 2;
    }
    taken
}

fn double(set: Set, first: u8, second: u8) -> char {
    let (first, second) = (first | 0x80, second | 0x80);
    let one = |encoding: &'static Encoding, bytes: &[u8]| {
        let (text, broken) = encoding.decode_without_bom_handling(bytes);
        text.chars().next().filter(|_| !broken)
    };
    let found = match set {
        Set::Jis0212 => one(EUC_JP, &[0x8f, first, second]),
        Set::Gb2312 => one(GBK, &[first, second]),
        Set::Ksc5601 => one(EUC_KR, &[first, second]),
        Set::Jis0213Plane2 => super::jisx0213::plane2(first, second),
        Set::Jis0213Plane1 => {
            super::jisx0213::plane1(first, second).or_else(|| one(EUC_JP, &[first, second]))
        }
        _ => one(EUC_JP, &[first, second]).or_else(|| super::jisx0213::plane1(first, second)),
    };
    // Rows 85 to 94 are where the carriers put their pictographs.
    found.unwrap_or(if set == Set::Jis0208 && first >= 0xf5 {
        GETA
    } else {
        '\u{fffd}'
    })
}

/// Reads ISO-2022-KR: KS C 5601 between SO and SI.
pub(super) fn korean(bytes: &[u8]) -> String {
    let mut eight_bit = Vec::with_capacity(bytes.len());
    let mut shifted = false;
    let mut rest = bytes;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        match byte {
            0x1b if tail.starts_with(b"$)C") => rest = tail.get(3..).unwrap_or_default(),
            0x0e => shifted = true,
            0x0f => shifted = false,
            0x21..=0x7e if shifted => eight_bit.push(byte | 0x80),
            _ => eight_bit.push(byte),
        }
    }
    EUC_KR
        .decode_without_bom_handling(&eight_bit)
        .0
        .into_owned()
}

/// Reads HZ-GB-2312 (RFC 1843): GB 2312 between `~{` and `~}`.
pub(super) fn hz(bytes: &[u8]) -> String {
    let mut eight_bit = Vec::with_capacity(bytes.len());
    let mut shifted = false;
    let mut rest = bytes;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        match (byte, tail.first()) {
            (b'~', Some(b'{')) => {
                shifted = true;
                rest = tail.get(1..).unwrap_or_default();
            }
            (b'~', Some(b'}')) => {
                shifted = false;
                rest = tail.get(1..).unwrap_or_default();
            }
            (b'~', Some(b'~')) if !shifted => {
                eight_bit.push(b'~');
                rest = tail.get(1..).unwrap_or_default();
            }
            (b'~', Some(b'\n')) => rest = tail.get(1..).unwrap_or_default(),
            (0x21..=0x7e, _) if shifted => eight_bit.push(byte | 0x80),
            _ => eight_bit.push(byte),
        }
    }
    GBK.decode_without_bom_handling(&eight_bit).0.into_owned()
}
