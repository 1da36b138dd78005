//! Bytes to text: the declared charset where it is right, the likeliest one where it is not.
//!
//! Japanese mail declares `us-ascii` and sends Shift_JIS, says `cp50220` which no registry lists, or says nothing. So the
//! label is a hint: an ISO-2022 escape wins over every label, a label under which the bytes make no sense loses to one
//! under which they do, and each such choice is told.

mod iso2022;
mod jisx0213;
mod label;
mod sniff;
mod utf7;

use encoding_rs::Encoding;
use std::borrow::Cow;

/// Text and what had to be assumed to read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decoded {
    /// The text.
    pub(crate) text: String,
    /// What was wrong with the declaration or the bytes, in words for `problems`.
    pub(crate) problem: Option<String>,
}

/// How the bytes are to be read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Charset {
    /// A charset of the WHATWG standard.
    Known(&'static Encoding),
    /// ISO-2022-JP in every vendor's form.
    Iso2022Jp,
    /// ISO-2022-KR.
    Iso2022Kr,
    /// HZ-GB-2312.
    Hz,
    /// UTF-7.
    Utf7,
    /// Seven bits only.
    Ascii,
    /// UTF-32, by its byte order.
    Utf32 { big_endian: bool },
    /// One of the old single-byte charsets that only mail-parser knows.
    Old(fn(&[u8]) -> String),
}

impl Charset {
    fn is(self, encoding: &'static Encoding) -> bool {
        matches!(self, Charset::Known(known) if known == encoding)
    }
}

/// Decodes a body or a header value. `label` is the declared charset, where one was declared.
pub(crate) fn decode(bytes: &[u8], label: Option<&str>) -> Decoded {
    let label = label.map(str::trim).filter(|l| !l.is_empty());
    let declared = label.and_then(label::find);
    if let Some(text) = plain(bytes, declared) {
        return Decoded {
            text: text.to_owned(),
            problem: None,
        };
    }
    if let Some((text, name)) = marked(bytes, declared) {
        let problem = match (label, declared) {
            (Some(label), None) => Some(format!("unknown charset {}, read as {name}", safe(label))),
            _ => None,
        };
        return Decoded { text, problem };
    }
    let escapes = iso2022::has_escape(bytes);
    let asked = match declared {
        _ if escapes && bytes.is_ascii() => Some(Charset::Iso2022Jp),
        Some(Charset::Ascii) | None => None,
        Some(charset) => Some(charset),
    };
    let doubted = matches!(declared, Some(Charset::Known(e)) if sniff::is_doubtful(bytes, e));
    if let Some(charset) = asked.filter(|_| !doubted) {
        let (text, broken) = read(bytes, charset);
        if !broken {
            let overruled = matches!(charset, Charset::Iso2022Jp)
                && !matches!(declared, Some(Charset::Iso2022Jp));
            let problem = overruled.then(|| reread(label, "ISO-2022-JP"));
            return Decoded { text, problem };
        }
    }
    let guess = sniff::best(bytes, asked);
    let problem = if guess.broken {
        format!("undecodable bytes in {} text", guess.name)
    } else {
        reread(label, guess.name)
    };
    Decoded {
        text: guess.text,
        problem: Some(problem),
    }
}

/// Seven-bit text without any shifting is the same in nearly every charset.
fn plain(bytes: &[u8], declared: Option<Charset>) -> Option<&str> {
    if matches!(
        declared,
        Some(Charset::Utf7 | Charset::Hz | Charset::Utf32 { .. })
    ) || declared.is_some_and(|charset| {
        charset.is(encoding_rs::UTF_16LE) || charset.is(encoding_rs::UTF_16BE)
    }) {
        return None;
    }
    let shifting = bytes.iter().any(|b| matches!(b, 0x1b | 0x0e | 0x80..));
    if shifting && !declared.is_some_and(|charset| charset.is(encoding_rs::UTF_8)) {
        return None;
    }
    if shifting && bytes.contains(&0x1b) {
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    Some(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Text that says itself what it is, by a byte order mark.
fn marked(bytes: &[u8], declared: Option<Charset>) -> Option<(String, &'static str)> {
    let (encoding, length) = Encoding::for_bom(bytes)?;
    let single = matches!(declared, Some(Charset::Known(e)) if e.is_single_byte());
    if encoding != encoding_rs::UTF_8 && single {
        return None;
    }
    let (text, broken) = encoding.decode_without_bom_handling(bytes.get(length..)?);
    (!broken).then(|| (text.into_owned(), encoding.name()))
}

/// Reads `bytes` as `charset`; the flag says that some of them have no meaning there.
pub(super) fn read(bytes: &[u8], charset: Charset) -> (String, bool) {
    let text: Cow<'_, str> = match charset {
        Charset::Known(encoding) => {
            let (text, broken) = encoding.decode_without_bom_handling(bytes);
            return (text.into_owned(), broken);
        }
        Charset::Iso2022Jp => iso2022::japanese(bytes).into(),
        Charset::Iso2022Kr => iso2022::korean(bytes).into(),
        Charset::Hz => iso2022::hz(bytes).into(),
        Charset::Utf7 => utf7::decode(bytes).into(),
        Charset::Ascii => String::from_utf8_lossy(bytes),
        Charset::Utf32 { big_endian } => utf32(bytes, big_endian).into(),
        Charset::Old(decoder) => decoder(bytes).into(),
    };
    let broken = text.contains('\u{fffd}');
    (text.into_owned(), broken)
}

fn utf32(bytes: &[u8], big_endian: bool) -> String {
    bytes
        .chunks(4)
        .map(|unit| {
            let unit: [u8; 4] = unit.try_into().unwrap_or([0xff; 4]);
            let code = if big_endian {
                u32::from_be_bytes(unit)
            } else {
                u32::from_le_bytes(unit)
            };
            char::from_u32(code).unwrap_or('\u{fffd}')
        })
        .collect()
}

fn reread(label: Option<&str>, name: &str) -> String {
    match label {
        Some(label) => format!("text declared as {} read as {name}", safe(label)),
        None => format!("text without a declared charset read as {name}"),
    }
}

/// A label as it may stand in `problems`: short and printable.
fn safe(label: &str) -> String {
    label
        .chars()
        .filter(char::is_ascii_graphic)
        .take(40)
        .collect()
}
