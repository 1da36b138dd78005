//! Word 97 to 2003, and Word 6 and 95 where the text lies in one piece.
//!
//! The format is Microsoft's [MS-DOC]: a file information block says where the table of pieces lies, and each piece says
//! where its characters lie and whether they take one byte or two.

use super::{Limits, Read, text::Page};
use crate::domain::file::FileProblem;
use std::io::{Cursor, Read as _};

/// `wIdent` of Word 97 and later.
const WORD97: u16 = 0xa5ec;
/// `wIdent` of Word 6 and 95.
const WORD6: u16 = 0xa5dc;
/// A stream is read up to here; the text of a document is far smaller.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Read {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| FileProblem::Damaged)?;
    let mut stream = |name: &str| -> Result<Vec<u8>, FileProblem> {
        let mut bytes = Vec::new();
        let stream = file.open_stream(name).map_err(|_| FileProblem::Damaged)?;
        stream
            .take(MOST_BYTES)
            .read_to_end(&mut bytes)
            .map_err(|_| FileProblem::Damaged)?;
        Ok(bytes)
    };
    let main = stream("/WordDocument")?;
    let flags = u16_at(&main, 0x0a)?;
    if flags & 0x0100 != 0 {
        return Err(FileProblem::Encrypted);
    }
    let mut page = Page::new(limits.chars);
    match u16_at(&main, 0)? {
        WORD97 => {
            let table = stream(if flags & 0x0200 != 0 {
                "/1Table"
            } else {
                "/0Table"
            })?;
            let text = pieces(&main, &table, limits.chars.saturating_mul(2))?;
            for range in wanted(&main, text.len())? {
                write(
                    text.get(range).unwrap_or_default().iter().copied(),
                    &mut page,
                );
                page.end_line();
            }
        }
        WORD6 => {
            let (from, to) = (u32_at(&main, 0x18)?, u32_at(&main, 0x1c)?);
            let raw = main.get(from..to).ok_or(FileProblem::Damaged)?;
            let (text, _) = encoding_rs::SHIFT_JIS.decode_without_bom_handling(raw);
            write(text.chars(), &mut page);
        }
        _ => return Err(FileProblem::Damaged),
    }
    Ok(page)
}

fn u16_at(bytes: &[u8], at: usize) -> Result<u16, FileProblem> {
    bytes
        .get(at..at + 2)
        .and_then(|b| b.try_into().ok())
        .map(u16::from_le_bytes)
        .ok_or(FileProblem::Damaged)
}

fn u32_at(bytes: &[u8], at: usize) -> Result<usize, FileProblem> {
    bytes
        .get(at..at.saturating_add(4))
        .and_then(|b| b.try_into().ok())
        .map(|b| u32::from_le_bytes(b) as usize)
        .ok_or(FileProblem::Damaged)
}

/// The text of the document and of its text boxes; footnotes, headers and comments lie between.
fn wanted(main: &[u8], length: usize) -> Result<[std::ops::Range<usize>; 2], FileProblem> {
    let count = |at| u32_at(main, at).map(|n| n.min(length));
    let text = count(0x4c)?;
    let between = count(0x50)? + count(0x54)? + count(0x5c)? + count(0x60)?;
    let boxes = (text + between).min(length);
    let end = (boxes + count(0x64)?).min(length);
    Ok([0..text, boxes..end])
}

/// The characters of all pieces, in their order.
fn pieces(main: &[u8], table: &[u8], most: usize) -> Result<Vec<char>, FileProblem> {
    let (at, length) = (u32_at(main, 0x1a2)?, u32_at(main, 0x1a6)?);
    let mut clx = table
        .get(at..at.saturating_add(length))
        .ok_or(FileProblem::Damaged)?;
    // Formatting for pieces comes first.
    while let Some((&1, rest)) = clx.split_first() {
        let skipped = usize::from(u16_at(rest, 0)?) + 2;
        clx = rest.get(skipped..).ok_or(FileProblem::Damaged)?;
    }
    let plc = clx.get(5..).ok_or(FileProblem::Damaged)?;
    let count = plc.len().saturating_sub(4) / 12;
    let mut text = Vec::new();
    for i in 0..count {
        let (from, to) = (u32_at(plc, i * 4)?, u32_at(plc, i * 4 + 4)?);
        let place = u32_at(plc, (count + 1) * 4 + i * 8 + 2)?;
        let length = to.saturating_sub(from).min(most.saturating_sub(text.len()));
        let start = place & 0x3fff_ffff;
        if place & 0x4000_0000 != 0 {
            let raw = main
                .get(start / 2..(start / 2).saturating_add(length))
                .ok_or(FileProblem::Damaged)?;
            let (piece, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(raw);
            text.extend(piece.chars());
        } else {
            let raw = main
                .get(start..start.saturating_add(length.saturating_mul(2)))
                .ok_or(FileProblem::Damaged)?;
            let (piece, _) = encoding_rs::UTF_16LE.decode_without_bom_handling(raw);
            // Character positions count units of 16 bits: a character of two units keeps its place.
            for c in piece.chars() {
                text.push(c);
                if c.len_utf16() == 2 {
                    text.push('\u{feff}');
                }
            }
        }
        if text.len() >= most {
            break;
        }
    }
    Ok(text)
}

/// Marks become tabs and line ends; the instructions of fields are left out, their results stay.
fn write(text: impl Iterator<Item = char>, page: &mut Page) {
    let mut fields: Vec<bool> = vec![];
    let mut after_cell = false;
    for c in text {
        let in_instruction = fields.iter().any(|shows| !shows);
        match c {
            '\u{13}' => fields.push(false),
            '\u{14}' => {
                if let Some(shows) = fields.last_mut() {
                    *shows = true;
                }
            }
            '\u{15}' => {
                fields.pop();
            }
            _ if in_instruction => {}
            // The mark of a cell; a second one ends the row.
            '\u{7}' if after_cell => page.end_line(),
            '\u{7}' => {
                page.push_char('\t');
            }
            '\r' | '\u{b}' | '\u{c}' => page.end_line(),
            '\u{1e}' => {
                page.push_char('-');
            }
            c => {
                if !page.push_char(c) {
                    return;
                }
            }
        }
        after_cell = c == '\u{7}' && !after_cell;
    }
}
