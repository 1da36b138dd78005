//! Which charset undeclared or wrongly declared bytes are in.

use super::{Charset, read};
use encoding_rs::{EUC_JP, Encoding, GB18030, SHIFT_JIS, UTF_8, WINDOWS_1252};

/// The likeliest reading of some bytes.
pub(super) struct Guess {
    pub(super) text: String,
    pub(super) name: &'static str,
    /// Some bytes have no meaning even so.
    pub(super) broken: bool,
}

/// So many bytes decide: a longer text is in the charset of its beginning.
const SAMPLE: usize = 16 * 1024;

/// Bytes that are well-formed UTF-8 with three-byte characters were not meant as anything else; nor were bytes that
/// read as Japanese meant as a Western charset.
pub(super) fn is_doubtful(bytes: &[u8], declared: &'static Encoding) -> bool {
    if declared == UTF_8 {
        return false;
    }
    if is_utf8(bytes) {
        let wide = bytes.iter().any(|b| *b >= 0xe0);
        let narrow = bytes.iter().any(|b| *b >= 0xc2);
        return if declared.is_single_byte() {
            narrow
        } else {
            wide
        };
    }
    if !western(declared) {
        return false;
    }
    [SHIFT_JIS, EUC_JP].into_iter().any(|encoding| {
        let (text, broken) = encoding.decode_without_bom_handling(sample(bytes));
        !broken && score(&text) > 0 && text.chars().filter(|c| is_kana(*c)).count() >= 2
    })
}

fn western(encoding: &'static Encoding) -> bool {
    encoding == WINDOWS_1252 || encoding == encoding_rs::ISO_8859_15
}

fn is_utf8(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok()
}

fn sample(bytes: &[u8]) -> &[u8] {
    bytes.get(..SAMPLE).unwrap_or(bytes)
}

/// Reads the bytes in the charset under which they make the most sense, `asked` before others of the same worth.
pub(super) fn best(bytes: &[u8], asked: Option<Charset>) -> Guess {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Guess {
            text: text.to_owned(),
            name: "UTF-8",
            broken: false,
        };
    }
    let candidates = [
        asked.unwrap_or(Charset::Known(UTF_8)),
        Charset::Known(UTF_8),
        Charset::Known(SHIFT_JIS),
        Charset::Known(EUC_JP),
        Charset::Iso2022Jp,
        Charset::Known(GB18030),
        Charset::Known(WINDOWS_1252),
    ];
    let mut best = (i64::MIN, Charset::Known(UTF_8));
    let weigh = |candidate: Charset, best: &mut (i64, Charset)| {
        // Nearly every pair of bytes is a character of GB 18030: it must be clearly better.
        let handicap = if candidate.is(GB18030) { 3 } else { 0 };
        let worth = score(&read(sample(bytes), candidate).0) - handicap;
        if worth > best.0 {
            *best = (worth, candidate);
        }
    };
    for candidate in candidates {
        weigh(candidate, &mut best);
    }
    // Kana or accents between letters settle it; only what has neither is left to statistics.
    if best.0 <= 0 {
        weigh(Charset::Known(statistical(sample(bytes))), &mut best);
    }
    let (text, broken) = read(bytes, best.1);
    Guess {
        text,
        name: name(best.1),
        broken,
    }
}

fn statistical(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"jp"), chardetng::Utf8Detection::Allow)
}

fn name(charset: Charset) -> &'static str {
    match charset {
        Charset::Known(encoding) => encoding.name(),
        Charset::Iso2022Jp => "ISO-2022-JP",
        Charset::Iso2022Kr => "ISO-2022-KR",
        Charset::Hz => "HZ-GB-2312",
        Charset::Utf7 => "UTF-7",
        Charset::Ascii => "US-ASCII",
        Charset::Utf32 { .. } => "UTF-32",
        Charset::Old(_) => "its declared charset",
    }
}

fn is_kana(c: char) -> bool {
    matches!(c, 'ぁ'..='ん' | 'ァ'..='ヶ' | 'ー')
}

/// Whether an ideograph is of the first level of JIS X 0208, as nine in ten of a Japanese text are. A text read in a wrong
/// charset is full of others.
fn is_common(c: char) -> bool {
    let mut utf8 = [0; 4];
    let (bytes, _, _) = EUC_JP.encode(c.encode_utf8(&mut utf8));
    matches!(bytes.first(), Some(0xb0..=0xcf))
}

/// How much a text looks like what people of Japan and Europe write.
fn score(text: &str) -> i64 {
    let mut total = 0;
    let mut previous = ' ';
    for c in text.chars() {
        total += match c {
            '\u{fffd}' => -60,
            '\u{80}'..='\u{9f}' => -30,
            '\u{e000}'..='\u{f8ff}' => -8,
            '\0'..='\u{8}' | '\u{e}'..='\u{1a}' | '\u{1c}'..='\u{1f}' => -20,
            ' '..='~' => 0,
            'ぁ'..='ん' => 10,
            'ァ'..='ヶ' | 'ー' => 8,
            '、' | '。' | '「' | '」' | '・' | '　' | '！' | '？' | '０'..='ｚ' => 6,
            '（' | '）' | '【' | '】' | '／' | '〒' | '～' | '〜' | '－' | '※' => 6,
            // One ideograph inside a Western word is most often a letter with an accent and its neighbour.
            '一'..='鿿' if previous.is_ascii_alphabetic() => -1,
            '一'..='鿿' if is_common(c) => 5,
            '一'..='鿿' | '\u{f900}'..='\u{faff}' => 2,
            // A lone half-width kana is most often half of something else.
            '\u{ff61}'..='\u{ff9f}' if matches!(previous, '\u{ff61}'..='\u{ff9f}') => 2,
            '\u{ff61}'..='\u{ff9f}' => -3,
            'À'..='ÿ' if previous.is_ascii_alphabetic() => 3,
            'À'..='ÿ' => -2,
            'а'..='я' | 'А'..='Я' | '가'..='힣' => 2,
            _ => -2,
        };
        previous = c;
    }
    total
}
