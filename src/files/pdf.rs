//! PDF: pieces of text with their places, put together again as rows.
//!
//! A curriculum vitae is a table, and a PDF knows no tables: what stands on one height is a row, and a wide gap parts two cells.

use super::{
    Limits, Read,
    form::{self, Field},
    text::Page,
};
use crate::domain::file::FileProblem;
use pdf_oxide::{document::PdfDocument, layout::TextSpan};
use unicode_normalization::UnicodeNormalization as _;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Read {
    let document = PdfDocument::from_bytes(bytes.to_vec()).map_err(|_| FileProblem::Damaged)?;
    // The empty password opens what only an owner's password protects.
    if document.is_encrypted()
        && !(document.authenticate(b"").unwrap_or(false) && document.is_authenticated())
    {
        return Err(FileProblem::Encrypted);
    }
    let pages = document.page_count().map_err(|_| FileProblem::Damaged)?;
    if pages == 0 {
        return Err(FileProblem::Damaged);
    }
    let mut page = Page::new(limits.chars);
    let mut anything = false;
    let mut broken = 0;
    for at in 0..pages.min(limits.pages) {
        match document.extract_spans(at) {
            Ok(spans) => {
                let fields = form::fields(&document, at);
                anything |=
                    !fields.is_empty() || spans.iter().any(|span| !span.text.trim().is_empty());
                rows(pieces(spans, fields), &mut page);
            }
            Err(_) => broken += 1,
        }
        if page.is_full() {
            break;
        }
    }
    if pages > limits.pages || (broken > 0 && anything) {
        page.cut();
    }
    match (anything, broken > 0) {
        (true, _) => Ok(page),
        (false, true) => Err(FileProblem::Damaged),
        (false, false) => Err(FileProblem::Scanned),
    }
}

struct Piece {
    text: String,
    left: f32,
    right: f32,
    middle: f32,
    size: f32,
}

/// Text and fields with their places.
fn pieces(spans: Vec<TextSpan>, fields: Vec<Field>) -> Vec<Piece> {
    let printed = spans
        .into_iter()
        .filter(|span| !span.text.trim().is_empty())
        .map(|span| Piece {
            left: span.bbox.x,
            right: span.bbox.x + span.bbox.width,
            middle: span.bbox.y + span.bbox.height / 2.0,
            size: if span.font_size > 0.5 {
                span.font_size
            } else {
                span.bbox.height.max(1.0)
            },
            text: span.text,
        });
    let typed = fields.into_iter().flat_map(|field| {
        // Lines are counted from the top; a single one stands in the middle.
        let lines: Vec<String> = field.text.lines().map(str::to_owned).collect();
        #[allow(clippy::cast_precision_loss)]
        let count = lines.len().max(1) as f32;
        let height = (field.top - field.bottom).max(1.0);
        let size = (height / count).min(12.0);
        let first = if count > 1.0 {
            field.top - size / 2.0
        } else {
            field.bottom + height / 2.0
        };
        lines.into_iter().enumerate().map(move |(at, text)| {
            #[allow(clippy::cast_precision_loss)]
            let (at, length) = (at as f32, text.chars().count() as f32);
            Piece {
                left: field.left,
                right: field.right.min(field.left + length * size),
                middle: first - at * size,
                size,
                text,
            }
        })
    });
    printed
        .chain(typed)
        .filter(|piece| {
            piece.left.is_finite() && piece.right.is_finite() && piece.middle.is_finite()
        })
        .collect()
}

/// Puts pieces on one height into one row, from left to right, rows from top to bottom.
fn rows(mut pieces: Vec<Piece>, page: &mut Page) {
    pieces.sort_by(|a, b| b.middle.total_cmp(&a.middle));
    let mut row: Vec<Piece> = vec![];
    for piece in pieces {
        let same = row.first().is_none_or(|first| {
            (first.middle - piece.middle).abs() < first.size.min(piece.size) * 0.6
        });
        if !same {
            write(&mut row, page);
        }
        row.push(piece);
    }
    write(&mut row, page);
}

fn write(row: &mut Vec<Piece>, page: &mut Page) {
    row.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut end: Option<(f32, char)> = None;
    for piece in row.drain(..) {
        let text = piece.text.trim_matches([' ', '\n', '\t']);
        let first = text.chars().next().unwrap_or(' ');
        if let Some((right, last)) = end {
            let gap = (piece.left - right) / piece.size;
            if gap > 1.2 {
                page.push_char('\t');
            } else if gap > 0.2 && !last.is_whitespace() && !first.is_whitespace() {
                page.push_char(' ');
            }
        }
        for c in text.chars() {
            page.push_char(character(c));
        }
        end = Some((piece.right, text.chars().next_back().unwrap_or(' ')));
    }
    page.end_line();
}

/// A font says which shape it draws, and one shape can stand for a radical as well as for the character: many writers of PDF
/// say 「⻑野」 and 「⽇本」 with radicals, where people read 「長野」 and 「日本」.
fn character(c: char) -> char {
    match c {
        '\n' | '\r' => ' ',
        '\u{2f00}'..='\u{2fd5}' => std::iter::once(c).nfkc().next().unwrap_or(c),
        '\u{2e80}'..='\u{2ef3}' => RADICALS
            .iter()
            .find(|(radical, _)| *radical == c)
            .map_or(c, |(_, character)| *character),
        c => c,
    }
}

/// Of the supplementary radicals, which Unicode does not fold, those that look like a whole character.
const RADICALS: &[(char, char)] = &[
    ('⺟', '母'),
    ('⺠', '民'),
    ('⺝', '月'),
    ('⺫', '目'),
    ('⺬', '示'),
    ('⺷', '羊'),
    ('⺸', '羊'),
    ('⺹', '老'),
    ('⻁', '虎'),
    ('⻂', '衣'),
    ('⻄', '西'),
    ('⻆', '角'),
    ('⻑', '長'),
    ('⻘', '青'),
    ('⻝', '食'),
    ('⻞', '食'),
    ('⻤', '鬼'),
    ('⻣', '骨'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻫', '斉'),
    ('⻭', '歯'),
    ('⻯', '竜'),
    ('⻲', '亀'),
];
