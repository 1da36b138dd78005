//! Rich Text Format: the words without their formatting, in the character sets that Japanese programs write.

use super::{Limits, Read, text::Page};
use crate::domain::file::FileProblem;
use encoding_rs::Encoding;
use std::collections::BTreeMap;

/// Groups within groups beyond this depth are no document.
const DEEPEST: usize = 1_000;

/// Groups whose words are not part of the text.
const ASIDE: &[&str] = &[
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "footnote",
    "fldinst",
    "themedata",
    "listtable",
    "objdata",
    "xmlnstbl",
    "rsidtbl",
    "annotation",
];

#[derive(Clone, Copy)]
struct Group {
    /// Its words are not read.
    aside: bool,
    /// The table of fonts.
    fonts: bool,
    hidden: bool,
    encoding: &'static Encoding,
    /// Characters that stand after `\u` for readers without Unicode.
    spare: usize,
}

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Read {
    if !bytes.trim_ascii_start().starts_with(b"{\\rt") {
        return Err(FileProblem::Damaged);
    }
    let mut reader = Reader {
        page: Page::new(limits.chars),
        groups: vec![Group {
            aside: false,
            fonts: false,
            hidden: false,
            encoding: encoding_rs::SHIFT_JIS,
            spare: 1,
        }],
        fonts: BTreeMap::new(),
        font: 0,
        pending: vec![],
        unit: None,
        skip: 0,
    };
    reader.run(bytes.trim_ascii_start())?;
    Ok(reader.page)
}

struct Reader {
    page: Page,
    groups: Vec<Group>,
    /// The character set of each font.
    fonts: BTreeMap<i32, &'static Encoding>,
    /// The font being described in the table.
    font: i32,
    /// Bytes of a character set, until something else comes.
    pending: Vec<u8>,
    /// The first half of a character beyond the basic plane.
    unit: Option<u16>,
    /// Characters to leave out, because `\u` said them.
    skip: usize,
}

impl Reader {
    fn top(&mut self) -> Option<&mut Group> {
        self.groups.last_mut()
    }

    fn shows(&self) -> bool {
        self.groups
            .last()
            .is_some_and(|g| !g.aside && !g.fonts && !g.hidden)
    }

    fn run(&mut self, bytes: &[u8]) -> Result<(), FileProblem> {
        let mut rest = bytes;
        while let Some((&byte, after)) = rest.split_first() {
            rest = after;
            if self.page.is_full() {
                self.page.cut();
                break;
            }
            match byte {
                b'{' => {
                    self.flush();
                    self.skip = 0;
                    let group = *self.groups.last().ok_or(FileProblem::Damaged)?;
                    if self.groups.len() >= DEEPEST {
                        return Err(FileProblem::Damaged);
                    }
                    self.groups.push(group);
                }
                b'}' => {
                    self.flush();
                    self.skip = 0;
                    if self.groups.len() > 1 {
                        self.groups.pop();
                    }
                }
                b'\\' => rest = self.control(rest),
                b'\r' | b'\n' => {}
                byte => self.byte(byte),
            }
        }
        self.flush();
        Ok(())
    }

    /// A control word or sign; what follows it.
    fn control<'x>(&mut self, rest: &'x [u8]) -> &'x [u8] {
        let Some((&first, after)) = rest.split_first() else {
            return rest;
        };
        if !first.is_ascii_alphabetic() {
            match first {
                b'\'' => {
                    let hex = |b: Option<&u8>| b.and_then(|b| char::from(*b).to_digit(16));
                    if let (Some(high), Some(low)) = (hex(after.first()), hex(after.get(1))) {
                        self.byte(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                        return after.get(2..).unwrap_or_default();
                    }
                }
                b'*' => {
                    self.flush();
                    if let Some(group) = self.top() {
                        group.aside = true;
                    }
                }
                b'~' => self.say(' '),
                b'_' => self.say('-'),
                b'\\' | b'{' | b'}' => self.byte(first),
                b'\r' | b'\n' => self.end_line(),
                _ => {}
            }
            return after;
        }
        let letters = rest
            .iter()
            .take_while(|b| b.is_ascii_alphabetic())
            .take(32)
            .count();
        let (word, mut after) = rest.split_at_checked(letters).unwrap_or((rest, &[]));
        let digits = after
            .iter()
            .enumerate()
            .take_while(|(i, b)| b.is_ascii_digit() || *i == 0 && **b == b'-')
            .take(11)
            .count();
        let number = after
            .get(..digits)
            .and_then(|d| std::str::from_utf8(d).ok())
            .and_then(|d| d.parse::<i32>().ok());
        after = after.get(digits..).unwrap_or_default();
        if let Some((b' ', next)) = after.split_first() {
            after = next;
        }
        let word = std::str::from_utf8(word).unwrap_or_default();
        if word == "bin" {
            let length = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            return after.get(length..).unwrap_or_default();
        }
        self.word(word, number);
        after
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let n = number.unwrap_or(0);
        if word == "u" {
            self.unicode(n);
            return;
        }
        self.flush();
        match word {
            "par" | "line" | "page" | "sect" => self.end_line(),
            "row" => self.end_line(),
            "tab" | "cell" | "nestcell" => self.say('\t'),
            "emdash" => self.say('—'),
            "endash" => self.say('–'),
            "lquote" => self.say('‘'),
            "rquote" => self.say('’'),
            "ldblquote" => self.say('“'),
            "rdblquote" => self.say('”'),
            "bullet" => self.say('・'),
            "ansicpg" => {
                if let (Some(encoding), Some(group)) = (code_page(n), self.groups.last_mut()) {
                    group.encoding = encoding;
                }
            }
            "fonttbl" => {
                if let Some(group) = self.top() {
                    group.fonts = true;
                }
            }
            "f" | "af" => {
                let known = self.fonts.get(&n).copied();
                self.font = n;
                if let Some(group) = self.groups.last_mut()
                    && !group.fonts
                    && word == "f"
                    && let Some(encoding) = known
                {
                    group.encoding = encoding;
                }
            }
            "fcharset" => {
                if let Some(encoding) = charset(n) {
                    self.fonts.insert(self.font, encoding);
                }
            }
            "uc" => {
                if let Some(group) = self.top() {
                    group.spare = usize::try_from(n).unwrap_or(1).min(16);
                }
            }
            "v" | "deleted" => {
                if let Some(group) = self.top() {
                    group.hidden = n != 0 || number.is_none();
                }
            }
            "plain" => {
                if let Some(group) = self.top() {
                    group.hidden = false;
                }
            }
            word if ASIDE.contains(&word) => {
                if let Some(group) = self.top() {
                    group.aside = true;
                }
            }
            _ => {}
        }
    }

    fn unicode(&mut self, n: i32) {
        self.flush();
        self.skip = self.groups.last().map_or(1, |g| g.spare);
        let unit = (n & 0xffff) as u16;
        match (self.unit.take(), unit) {
            (Some(high), 0xdc00..=0xdfff) => {
                if let Some(Ok(c)) = char::decode_utf16([high, unit]).next() {
                    self.say_char(c);
                }
            }
            (_, 0xd800..=0xdbff) => self.unit = Some(unit),
            (_, unit) => {
                if let Some(c) = char::from_u32(u32::from(unit)) {
                    self.say_char(c);
                }
            }
        }
    }

    /// A byte of text in the character set of the font.
    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.shows() {
            self.pending.push(byte);
        }
    }

    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        let encoding = self
            .groups
            .last()
            .map_or(encoding_rs::SHIFT_JIS, |g| g.encoding);
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        self.page.push(&text);
    }

    fn say(&mut self, c: char) {
        self.flush();
        self.say_char(c);
    }

    fn say_char(&mut self, c: char) {
        if self.shows() {
            self.page.push_char(c);
        }
    }

    fn end_line(&mut self) {
        self.flush();
        if self.shows() {
            self.page.end_line();
        }
    }
}

/// `\ansicpg`.
fn code_page(n: i32) -> Option<&'static Encoding> {
    Some(match n {
        932 => encoding_rs::SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        1252 => encoding_rs::WINDOWS_1252,
        65001 => encoding_rs::UTF_8,
        _ => return None,
    })
}

/// `\fcharset`, Windows' numbers of character sets.
fn charset(n: i32) -> Option<&'static Encoding> {
    Some(match n {
        0 => encoding_rs::WINDOWS_1252,
        128 => encoding_rs::SHIFT_JIS,
        129 => encoding_rs::EUC_KR,
        134 => encoding_rs::GBK,
        136 => encoding_rs::BIG5,
        _ => return None,
    })
}
