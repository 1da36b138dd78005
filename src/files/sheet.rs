//! Excel, new and old: the visible sheets, row by row.

use super::{Limits, Read, package::Package, text::Page};
use crate::domain::file::FileProblem;
use calamine::{Data, DataRef, Reader as _, SheetVisible, Xls, XlsError, Xlsx};
use std::io::Cursor;

pub(super) fn xlsx(bytes: &[u8], limits: &Limits) -> Read {
    Package::open(bytes, limits.unpacked)?.weigh()?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| FileProblem::Damaged)?;
    let mut page = Page::new(limits.chars);
    let names = visible(book.sheets_metadata());
    let mut left = limits.cells;
    for (at, name) in names.iter().enumerate() {
        if at >= limits.pages {
            page.cut();
            break;
        }
        // The reader of single cells: the one of whole ranges makes room for every cell between the outermost two.
        let Ok(mut cells) = book.worksheet_cells_reader(name) else {
            continue;
        };
        let mut row = Row::default();
        while let Ok(Some(cell)) = cells.next_cell() {
            left = left.saturating_sub(1);
            if left == 0 || page.is_full() {
                page.cut();
                break;
            }
            row.add(cell.get_position().0, &shown(cell.get_value()), &mut page);
        }
        row.end(&mut page);
    }
    Ok(page)
}

pub(super) fn xls(bytes: &[u8], limits: &Limits) -> Read {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|e| match e {
        XlsError::Password => FileProblem::Encrypted,
        _ => FileProblem::Damaged,
    })?;
    let mut page = Page::new(limits.chars);
    let names = visible(book.sheets_metadata());
    let mut left = limits.cells;
    for (at, name) in names.iter().enumerate() {
        if at >= limits.pages {
            page.cut();
            break;
        }
        let Ok(range) = book.worksheet_range(name) else {
            continue;
        };
        let mut row = Row::default();
        for (number, _, value) in range.used_cells() {
            left = left.saturating_sub(1);
            if left == 0 || page.is_full() {
                page.cut();
                break;
            }
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            row.add(number, &shown(&borrowed(value)), &mut page);
        }
        row.end(&mut page);
    }
    Ok(page)
}

fn visible(sheets: &[calamine::Sheet]) -> Vec<String> {
    sheets
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect()
}

/// The cells of one row, as they come. Empty columns between them, of which forms on squared paper have many, are left out.
#[derive(Default)]
struct Row {
    number: u32,
    cells: Vec<String>,
}

impl Row {
    fn add(&mut self, number: u32, text: &str, page: &mut Page) {
        if number != self.number {
            self.end(page);
            self.number = number;
        }
        if !text.trim().is_empty() {
            self.cells.push(text.to_owned());
        }
    }

    fn end(&mut self, page: &mut Page) {
        page.row(&self.cells);
        self.cells.clear();
    }
}

fn shown(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(n) if n.fract() == 0.0 && n.abs() < 1e15 => format!("{n:.0}"),
        DataRef::Float(n) => n.to_string(),
        DataRef::String(s) => s.clone(),
        DataRef::SharedString(s) => (*s).to_owned(),
        DataRef::Bool(b) => b.to_string(),
        DataRef::DateTime(at) if at.is_datetime() => {
            let (year, month, day, hour, minute, _, _) = at.to_ymd_hms_milli();
            match (at.as_f64() < 1.0, hour, minute) {
                (true, ..) => format!("{hour}:{minute:02}"),
                (false, 0, 0) => format!("{year}年{month}月{day}日"),
                _ => format!("{year}年{month}月{day}日 {hour}:{minute:02}"),
            }
        }
        DataRef::DateTime(at) => at.as_f64().to_string(),
        DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => s.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Int(n) => DataRef::Int(*n),
        Data::Float(n) => DataRef::Float(*n),
        Data::String(s) => DataRef::SharedString(s),
        Data::Bool(b) => DataRef::Bool(*b),
        Data::DateTime(at) => DataRef::DateTime(*at),
        Data::DateTimeIso(s) => DataRef::DateTimeIso(s.clone()),
        Data::DurationIso(s) => DataRef::DurationIso(s.clone()),
        Data::Error(_) | Data::Empty => DataRef::Empty,
    }
}
