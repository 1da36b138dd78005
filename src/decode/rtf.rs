//! The rich text that Outlook puts into its envelope (MS-OXRTFCP), as text, or as the HTML that it was made of
//! (MS-OXRTFEX).

use encoding_rs::Encoding;
use std::collections::HashMap;

/// What a rich text holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Rich {
    /// Running text.
    Text(String),
    /// The source of a page.
    Html(String),
}

/// More than this is no mail, but a few bytes that unpack into one.
const MOST: usize = 16 << 20;

/// What stands in the window before the first byte.
const WINDOW: &[u8; 207] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

/// Unpacks a compressed rich text; nothing where it is none.
pub(super) fn unpacked(bytes: &[u8]) -> Option<Vec<u8>> {
    let kind = bytes.get(8..12)?;
    let rest = bytes.get(16..)?;
    match kind {
        b"MELA" => Some(rest.to_vec()),
        b"LZFu" => Some(expanded(rest)),
        _ => None,
    }
}

fn expanded(packed: &[u8]) -> Vec<u8> {
    const SIZE: usize = 4096;
    let mut window = [b' '; SIZE];
    for (slot, byte) in window.iter_mut().zip(WINDOW) {
        *slot = *byte;
    }
    let mut at = WINDOW.len();
    let mut text = Vec::with_capacity(packed.len() * 3);
    let mut rest = packed.iter().copied();
    let mut put = |window: &mut [u8; SIZE], at: &mut usize, byte: u8| {
        if let Some(slot) = window.get_mut(*at) {
            *slot = byte;
        }
        *at = (*at + 1) % SIZE;
        text.push(byte);
        text.len() < MOST
    };
    'all: while let Some(control) = rest.next() {
        for bit in 0..8 {
            let Some(first) = rest.next() else { break 'all };
            if control >> bit & 1 == 0 {
                if !put(&mut window, &mut at, first) {
                    break 'all;
                }
                continue;
            }
            let Some(second) = rest.next() else {
                break 'all;
            };
            let reference = usize::from(first) << 8 | usize::from(second);
            let (from, length) = (reference >> 4, (reference & 0xf) + 2);
            if from == at {
                break 'all;
            }
            for step in 0..length {
                let byte = window.get((from + step) % SIZE).copied().unwrap_or(b' ');
                if !put(&mut window, &mut at, byte) {
                    break 'all;
                }
            }
        }
    }
    text
}

/// What a group inherits from the one around it.
#[derive(Clone)]
struct State {
    /// Nothing of it is text.
    silent: bool,
    /// Its words are tables of fonts.
    fonts: bool,
    /// Its words are only there for readers without HTML.
    rtf_only: bool,
    /// So many characters stand in for one of Unicode.
    stand_ins: usize,
    encoding: &'static Encoding,
}

/// One word of the language, or a piece of text.
enum Word<'x> {
    Open,
    Close,
    /// `\name12`.
    Control(&'x str, Option<i32>),
    Byte(u8),
    /// `\*`: what follows may be left out.
    Optional,
}

/// Reads a rich text. `encoding` is that of the envelope.
pub(super) fn read(bytes: &[u8], encoding: &'static Encoding) -> Rich {
    let mut page = Page {
        text: String::new(),
        held: Vec::new(),
        skip: 0,
        high: 0,
        fonts: HashMap::new(),
        font: 0,
        html: false,
        groups: Vec::new(),
        state: State {
            silent: false,
            fonts: false,
            rtf_only: false,
            stand_ins: 1,
            encoding,
        },
    };
    let mut rest = bytes;
    let mut optional = false;
    while let Some((word, after)) = next(rest) {
        rest = after;
        optional = page.take(&word, optional);
    }
    page.flush();
    if page.html {
        Rich::Html(page.text)
    } else {
        Rich::Text(page.text)
    }
}

struct Page {
    text: String,
    /// Bytes of the font's charset that are not read yet.
    held: Vec<u8>,
    /// Characters that stand in for one of Unicode and are still to come.
    skip: usize,
    /// The first half of a pair of UTF-16, whose second half is still to come; 0 for none.
    high: u32,
    fonts: HashMap<i32, &'static Encoding>,
    font: i32,
    html: bool,
    groups: Vec<State>,
    state: State,
}

impl Page {
    /// True where the next word may be left out.
    fn take(&mut self, word: &Word<'_>, optional: bool) -> bool {
        match *word {
            Word::Open => {
                self.flush();
                // Deeper ones are an attack: they share a state.
                if self.groups.len() < 1_000 {
                    self.groups.push(self.state.clone());
                }
            }
            Word::Close => {
                self.flush();
                if let Some(state) = self.groups.pop() {
                    self.state = state;
                }
            }
            Word::Optional => return true,
            Word::Byte(byte) if self.skip == 0 => self.held.push(byte),
            Word::Byte(_) => self.skip -= 1,
            Word::Control(name, number) => {
                self.flush();
                self.control(name, number, optional);
            }
        }
        false
    }

    fn control(&mut self, name: &str, number: Option<i32>, optional: bool) {
        match name {
            "fromhtml" => self.html = true,
            "htmltag" => {}
            "htmlrtf" => self.state.rtf_only = number != Some(0),
            "fonttbl" => (self.state.fonts, self.state.silent) = (true, true),
            "colortbl" | "stylesheet" | "info" | "pict" | "object" | "header" | "footer"
            | "footnote" | "fldinst" | "listtable" | "themedata" => self.state.silent = true,
            _ if optional => self.state.silent = true,
            "ansicpg" => {
                if let Some(encoding) = number.and_then(codepage) {
                    self.state.encoding = encoding;
                }
            }
            "f" => {
                self.font = number.unwrap_or(0);
                if let Some(encoding) = self.fonts.get(&self.font) {
                    self.state.encoding = encoding;
                }
            }
            "fcharset" if self.state.fonts => {
                if let Some(encoding) = number.and_then(charset) {
                    self.fonts.insert(self.font, encoding);
                }
            }
            "uc" => self.state.stand_ins = usize::try_from(number.unwrap_or(1)).unwrap_or(1),
            "u" => {
                // Numbers above 32,767 are written as negative ones.
                let unit = number.map_or(0xfffd, |n| n & 0xffff);
                self.push(u32::try_from(unit).unwrap_or(0xfffd));
                self.skip = self.state.stand_ins.min(8);
            }
            "par" | "line" | "row" | "sect" => self.write('\n'),
            "tab" | "cell" => self.write('\t'),
            "~" => self.write('\u{a0}'),
            "emdash" => self.write('—'),
            "endash" => self.write('–'),
            "bullet" => self.write('•'),
            "lquote" => self.write('‘'),
            "rquote" => self.write('’'),
            "ldblquote" => self.write('“'),
            "rdblquote" => self.write('”'),
            _ => {}
        }
    }

    fn hears(&self) -> bool {
        !(self.state.silent || (self.html && self.state.rtf_only)) && self.text.len() < MOST
    }

    fn write(&mut self, c: char) {
        if self.hears() {
            self.text.push(c);
        }
    }

    /// A unit of UTF-16; two halves of a pair come as two words.
    fn push(&mut self, unit: u32) {
        let high = std::mem::take(&mut self.high);
        let code = match (unit, high) {
            (0xd800..=0xdbff, _) => {
                self.high = unit;
                return;
            }
            (0xdc00..=0xdfff, 0xd800..) => 0x1_0000 + ((high - 0xd800) << 10) + (unit - 0xdc00),
            _ => unit,
        };
        self.write(char::from_u32(code).unwrap_or('\u{fffd}'));
    }

    fn flush(&mut self) {
        if self.held.is_empty() {
            return;
        }
        let held = std::mem::take(&mut self.held);
        if self.hears() {
            let (text, _) = self.state.encoding.decode_without_bom_handling(&held);
            self.text.push_str(&text);
        }
    }
}

fn next(rest: &[u8]) -> Option<(Word<'_>, &[u8])> {
    let (&first, after) = rest.split_first()?;
    match first {
        b'{' => Some((Word::Open, after)),
        b'}' => Some((Word::Close, after)),
        b'\r' | b'\n' => next_line(after),
        b'\\' => control(after),
        byte => Some((Word::Byte(byte), after)),
    }
}

/// Line ends of the source mean nothing.
fn next_line(rest: &[u8]) -> Option<(Word<'_>, &[u8])> {
    let begin = rest.iter().position(|b| !matches!(b, b'\r' | b'\n'))?;
    next(rest.get(begin..)?)
}

fn control(rest: &[u8]) -> Option<(Word<'_>, &[u8])> {
    let (&first, after) = rest.split_first()?;
    match first {
        b'\'' => {
            let digits = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
            let byte = digits.and_then(|hex| u8::from_str_radix(hex, 16).ok());
            Some((
                Word::Byte(byte.unwrap_or(b'?')),
                after.get(2..).unwrap_or_default(),
            ))
        }
        b'*' => Some((Word::Optional, after)),
        b'~' => Some((Word::Control("~", None), after)),
        b'\r' | b'\n' => Some((Word::Control("par", None), after)),
        byte if byte.is_ascii_alphabetic() => {
            let letters = rest
                .iter()
                .take(32)
                .take_while(|b| b.is_ascii_alphabetic())
                .count();
            let (name, after) = rest.split_at_checked(letters)?;
            let minus = usize::from(after.first() == Some(&b'-'));
            let digits = after
                .get(minus..)?
                .iter()
                .take(10)
                .take_while(|b| b.is_ascii_digit())
                .count();
            let (number, after) = if digits == 0 {
                (None, after)
            } else {
                let (number, after) = after.split_at_checked(minus + digits)?;
                let number = std::str::from_utf8(number).ok();
                (number.and_then(|n| n.parse().ok()), after)
            };
            // One blank ends the word and belongs to it.
            let after = after.strip_prefix(b" ").unwrap_or(after);
            let name = std::str::from_utf8(name).unwrap_or_default();
            Some((Word::Control(name, number), after))
        }
        // An escaped brace or backslash.
        byte => Some((Word::Byte(byte), after)),
    }
}

pub(super) fn codepage(number: i32) -> Option<&'static Encoding> {
    match number {
        932 => Some(encoding_rs::SHIFT_JIS),
        65001 => Some(encoding_rs::UTF_8),
        936 => Some(encoding_rs::GBK),
        949 => Some(encoding_rs::EUC_KR),
        950 => Some(encoding_rs::BIG5),
        number => Encoding::for_label(format!("windows-{number}").as_bytes()),
    }
}

/// The charsets of fonts, by Windows' numbers.
fn charset(number: i32) -> Option<&'static Encoding> {
    match number {
        0 => Some(encoding_rs::WINDOWS_1252),
        128 => Some(encoding_rs::SHIFT_JIS),
        129 => Some(encoding_rs::EUC_KR),
        134 => Some(encoding_rs::GBK),
        136 => Some(encoding_rs::BIG5),
        161 => Some(encoding_rs::WINDOWS_1253),
        204 => Some(encoding_rs::WINDOWS_1251),
        238 => Some(encoding_rs::WINDOWS_1250),
        _ => None,
    }
}
