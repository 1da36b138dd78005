//! Openings as an Excel workbook, and the template as one.
//!
//! A workbook is a ZIP archive of XML, and both can be made to grow without bounds: before the reader sees it, every part is
//! unpacked once into nothing, against a budget; then cells are read one by one, never as a range (a range of two cells at the
//! far corners of a sheet would be allocated whole).

use super::import::{Import, RowProblem, Writer};
use super::sheet::{self, Cell, Numbered};
use super::table;
use calamine::{Data, DataRef, Reader as _, SheetVisible, Xls, Xlsx};
use std::io::{Cursor, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

const PARTS: usize = 2_000;
/// What a table of shared texts may announce: the reader reserves room for so many before it has seen one.
const SHARED_TEXTS: u64 = 1_000_000;
/// Columns beyond are passed over.
const COLUMNS: u32 = 256;
/// After so many rows without content nothing more is expected.
const EMPTY_ROWS: usize = 20_000;
const SHEETS: usize = 50;

/// What a workbook may cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// The file, in bytes.
    pub file: usize,
    /// All parts unpacked, in bytes.
    pub unpacked: u64,
    /// One part other than a sheet, which the reader holds in memory, in bytes.
    pub part: u64,
    /// Rows with content.
    pub rows: usize,
    /// Cells, empty ones too.
    pub cells: usize,
    /// Text in all cells that are kept, in bytes.
    pub text: usize,
}

const LIMITS: Limits = Limits {
    file: 64 << 20,
    unpacked: 256 << 20,
    part: 32 << 20,
    rows: 200_000,
    cells: 8_000_000,
    text: 64 << 20,
};

type Problem = String;

/// The container of old workbooks, and of new ones with a password.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0";
const OLD: &str = "古い形式の Excel（.xls）か、パスワードの付いた表です。パスワードを外し、「Excel ブック（.xlsx）」で保存し直してください";

/// Reads the first visible sheet that has a row of headings; where none has, each visible sheet that is a form (headings at
/// the left, values beside them) is one opening.
pub fn read(bytes: &[u8]) -> Import {
    read_of(bytes, Writer::Desk)
}

/// As [`read`], of a table of that writer.
pub(super) fn read_of(bytes: &[u8], writer: Writer) -> Import {
    read_within(bytes, &LIMITS, writer)
}

/// As [`read`], at other costs.
pub(super) fn read_within(bytes: &[u8], limits: &Limits, writer: Writer) -> Import {
    // The reader is another's code on a stranger's file: what it may panic on is a file that cannot be read.
    catch_unwind(AssertUnwindSafe(|| read_workbook(bytes, limits, writer)))
        .unwrap_or_else(|_| Err("Excel の表として読めません（ファイルが壊れています）".to_owned()))
        .unwrap_or_else(|problem| Import::refused(RowProblem::of_file(problem)))
}

fn read_workbook(bytes: &[u8], limits: &Limits, writer: Writer) -> Result<Import, Problem> {
    let mut budget = Budget {
        limits: *limits,
        cells: 0,
        text: 0,
    };
    // The reader of the old format makes room for whole sheets, which only a process of its own may risk.
    if bytes.starts_with(COMPOUND) && writer == Writer::Institution {
        let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|_| OLD.to_owned())?;
        let names = visible(book.sheets_metadata());
        return choose(&names, writer, &mut |name| {
            let rows = old_rows(&mut book, name, &mut budget);
            (rows, budget.left())
        });
    }
    vet(bytes, limits)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|e| unreadable(&e))?;
    let names = visible(book.sheets_metadata());
    choose(&names, writer, &mut |name| {
        let rows = rows(&mut book, name, &mut budget);
        (rows, budget.left())
    })
}

fn visible(sheets: &[calamine::Sheet]) -> Vec<String> {
    sheets
        .iter()
        .filter(|s| s.visible == SheetVisible::Visible)
        .map(|s| s.name.clone())
        .take(SHEETS)
        .collect()
}

/// A sheet's rows, and whether more sheets may be read after it.
type Sheet = (Result<Vec<Numbered>, Problem>, bool);

/// The openings of the first sheet that is a table, else of those that are forms.
fn choose(
    names: &[String],
    writer: Writer,
    sheet: &mut dyn FnMut(&str) -> Sheet,
) -> Result<Import, Problem> {
    let is_table = |rows: &[Numbered]| {
        let mut first = rows.iter().take(30);
        first.any(|(_, cells)| sheet::is_headings(cells, writer))
    };
    let mut forms = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let rows = match sheet(name) {
            (Ok(rows), _) => rows,
            // A chart on a sheet of its own has no cells.
            (Err(_), true) if names.len() > 1 => continue,
            (Err(problem), _) => return Err(problem),
        };
        if !is_table(&rows) {
            forms.push(rows);
            continue;
        }
        let mut import = sheet::read(rows.into_iter().map(Ok), writer);
        for other in names.iter().skip(index + 1) {
            if sheet(other).0.is_ok_and(|rows| is_table(&rows)) {
                import.problems.push(RowProblem {
                    line: 0,
                    column: String::new(),
                    reason: format!(
                        "シート「{name}」だけを読みました。シート「{other}」も求人の表のようです。別のファイルにして取り込んでください"
                    ),
                    refused: false,
                });
            }
        }
        return Ok(import);
    }
    Ok(sheet::read_forms(forms, writer))
}

fn unreadable(e: &calamine::XlsxError) -> Problem {
    match e {
        calamine::XlsxError::Password => {
            "パスワードの付いた Excel の表です。パスワードを外して保存し直してください".to_owned()
        }
        _ => "Excel の表（.xlsx）として読めません。Excel で開いて保存し直してください".to_owned(),
    }
}

/// Looks at the archive before the reader does.
fn vet(bytes: &[u8], limits: &Limits) -> Result<(), Problem> {
    if bytes.starts_with(COMPOUND) {
        return Err(OLD.to_owned());
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return Err(
            "Excel の表（.xlsx）ではありません。名前の末尾が中身と合っているか確かめてください"
                .to_owned(),
        );
    }
    if bytes.len() > limits.file {
        return Err(format!(
            "{} MB を超えるファイルは読みません",
            limits.file >> 20
        ));
    }
    let broken = || "Excel の表として読めません（ファイルが壊れています）".to_owned();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    if archive.len() > PARTS {
        return Err("Excel の表にしては部品が多すぎます".to_owned());
    }
    if archive.index_for_name("word/document.xml").is_some() {
        return Err("Word の文書です。Excel の表ではありません".to_owned());
    }
    if archive.index_for_name("[Content_Types].xml").is_none() {
        return Err(
            "Excel の表ではない圧縮ファイルです。中の表を取り出して、一つずつ取り込んでください"
                .to_owned(),
        );
    }
    let mut all = 0u64;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|_| broken())?;
        let streamed = part
            .name()
            .map_err(|_| broken())?
            .to_ascii_lowercase()
            .contains("worksheets/");
        let most = if streamed {
            limits.unpacked
        } else {
            limits.part
        };
        let mut unpacked = 0u64;
        let mut chunk = vec![0u8; 64 << 10];
        let mut tail = Vec::new();
        loop {
            let n = part.read(&mut chunk).map_err(|_| broken())?;
            if n == 0 {
                break;
            }
            unpacked += n as u64;
            all += n as u64;
            if unpacked > most || all > limits.unpacked {
                return Err(format!(
                    "展開すると {} MB を超えるため読みません。空の行や列が大量にあれば消し、CSV で保存し直してください",
                    most.min(limits.unpacked) >> 20
                ));
            }
            tail.extend(chunk.iter().take(n));
            let first = unpacked == n as u64;
            if announces_too_much(&tail) || (first && !is_plain(&tail)) {
                return Err(broken());
            }
            // The attribute may lie across two chunks.
            let keep = tail.len().min(128);
            tail.drain(..tail.len() - keep);
        }
    }
    Ok(())
}

/// Whether a part is no XML, or XML in the one encoding that workbooks are written in. In another the look at
/// [`announces_too_much`] would see nothing.
fn is_plain(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    if matches!(
        start,
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, b'<', ..] | [b'<', 0, ..]
    ) {
        return false;
    }
    let declaration: Vec<u8> = start
        .iter()
        .take(256)
        .take_while(|b| **b != b'>')
        .map(u8::to_ascii_lowercase)
        .collect();
    !declaration.starts_with(b"<?xml")
        || memchr::memmem::find(&declaration, b"encoding").is_none()
        || memchr::memmem::find(&declaration, b"utf-8").is_some()
}

/// Whether a part announces more shared texts than a table of openings can have.
fn announces_too_much(text: &[u8]) -> bool {
    memchr::memmem::find_iter(text, b"uniqueCount").any(|at| {
        let digits = text
            .iter()
            .skip(at + b"uniqueCount".len())
            .skip_while(|b| b.is_ascii_whitespace() || matches!(b, b'=' | b'"' | b'\''))
            .take_while(|b| b.is_ascii_digit());
        digits.fold(0u64, |n, d| {
            n.saturating_mul(10).saturating_add(u64::from(d - b'0'))
        }) > SHARED_TEXTS
    })
}

struct Budget {
    limits: Limits,
    cells: usize,
    text: usize,
}

impl Budget {
    fn left(&self) -> bool {
        self.cells <= self.limits.cells && self.text <= self.limits.text
    }
}

/// The rows of a sheet that have content, each with its number.
fn rows(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    budget: &mut Budget,
) -> Result<Vec<Numbered>, Problem> {
    let mut reader = book
        .worksheet_cells_reader(name)
        .map_err(|e| unreadable(&e))?;
    let mut rows: Vec<Numbered> = Vec::new();
    while let Some(record) = reader
        .next_cell_with_formula_metadata()
        .map_err(|e| unreadable(&e))?
    {
        budget.cells += 1;
        if !budget.left() {
            return Err(
                "セルが多すぎるため読みません。空の行や列を消し、CSV で保存し直してください"
                    .to_owned(),
            );
        }
        let (row, column) = record.pos;
        let cell = cell(&record.value, record.formula.is_some());
        if column >= COLUMNS || matches!(&cell, Ok(text) if text.trim().is_empty()) {
            let last = rows.last().map_or(0, |(line, _)| *line);
            if (row as usize).saturating_sub(last) > EMPTY_ROWS {
                break;
            }
            continue;
        }
        put(&mut rows, (row as usize, column as usize), cell, budget)?;
    }
    Ok(rows)
}

/// The rows of a sheet of an old workbook.
fn old_rows(
    book: &mut Xls<Cursor<&[u8]>>,
    name: &str,
    budget: &mut Budget,
) -> Result<Vec<Numbered>, Problem> {
    let range = book.worksheet_range(name).map_err(|_| OLD.to_owned())?;
    let (top, left) = range.start().unwrap_or_default();
    let mut rows: Vec<Numbered> = Vec::new();
    for (row, column, value) in range.used_cells() {
        let at = (top as usize + row, left as usize + column);
        let cell = cell(&borrowed(value), false);
        let empty = matches!(&cell, Ok(text) if text.trim().is_empty());
        if !empty && at.1 < COLUMNS as usize {
            put(&mut rows, at, cell, budget)?;
        }
    }
    Ok(rows)
}

/// Puts a cell into its place; cells come row by row.
fn put(
    rows: &mut Vec<Numbered>,
    (row, column): (usize, usize),
    cell: Cell,
    budget: &mut Budget,
) -> Result<(), Problem> {
    budget.text += cell.as_deref().map_or(0, str::len);
    let line = row + 1;
    if rows.last().is_none_or(|(last, _)| *last != line) {
        if rows.len() >= budget.limits.rows {
            return Err(format!(
                "{} 行を超える表は読みません。分けて取り込んでください",
                budget.limits.rows
            ));
        }
        rows.push((line, Vec::new()));
    }
    if let Some((_, cells)) = rows.last_mut() {
        while cells.len() < column {
            cells.push(Ok(String::new()));
        }
        match cells.get_mut(column) {
            Some(slot) => *slot = cell,
            None => cells.push(cell),
        }
    }
    Ok(())
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
        Data::Error(e) => DataRef::Error(e.clone()),
        Data::Empty => DataRef::Empty,
    }
}

fn cell(value: &DataRef<'_>, formula: bool) -> Cell {
    Ok(match value {
        DataRef::Empty if formula => {
            return Err("数式の計算結果が保存されていません。Excel で開いて保存し直すか、値で貼り付けてください".to_owned());
        }
        DataRef::Empty => String::new(),
        DataRef::Error(e) => {
            return Err(format!("数式のエラー（{e}）です。値で書き直してください"));
        }
        DataRef::String(text) => as_text(text)?,
        DataRef::SharedString(text) => as_text(text)?,
        DataRef::Int(n) => n.to_string(),
        // Sixteen digits are all that Excel keeps; 1200.0 is 1200.
        DataRef::Float(n) => format!("{}", (n * 1e6).round() / 1e6),
        DataRef::Bool(true) => "あり".to_owned(),
        DataRef::Bool(false) => "なし".to_owned(),
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
            if moment.is_duration() || moment.as_f64() < 1.0 {
                format!("{hour:02}:{minute:02}")
            } else {
                format!("{year:04}-{month:02}-{day:02}")
            }
        }
        DataRef::DateTimeIso(text) => text.chars().take(10).collect(),
        DataRef::DurationIso(text) => text.clone(),
    })
}

/// A formula that was typed as a text stays none.
fn as_text(text: &str) -> Cell {
    let formula = text.strip_prefix('=').is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_alphabetic()) && rest.contains(['(', '!', '$'])
    });
    if formula {
        return Err("数式が文字のまま入っています。計算結果の値を書いてください".to_owned());
    }
    Ok(text.to_owned())
}

/// The template as a workbook: the headings with one example row, and a second sheet that says what may stand in each column.
///
/// # Errors
/// Where the workbook cannot be written.
pub fn template_xlsx() -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
    use rust_xlsxwriter::{Color, Format, FormatBorder, Workbook};
    let mut book = Workbook::new();
    let head = Format::new()
        .set_bold()
        .set_background_color(Color::RGB(0x00DD_EBF7))
        .set_border(FormatBorder::Thin)
        .set_text_wrap();
    let text = Format::new().set_num_format("@");
    let sheet = book.add_worksheet();
    sheet.set_name("求人")?;
    sheet.set_freeze_panes(1, 2)?;
    for (column, (heading, example)) in (0u16..).zip(table::template()) {
        let widest = heading.chars().count().max(example.chars().count());
        sheet.set_column_width(
            column,
            f64::from(u8::try_from(widest.clamp(5, 20)).unwrap_or(20)) * 2.0,
        )?;
        sheet.write_string_with_format(0, column, heading, &head)?;
        // As text, so that 4〜5 or 1-2 does not become a date.
        sheet.set_column_format(column, &text)?;
        sheet.write_string_with_format(1, column, example, &text)?;
    }
    let guide = book.add_worksheet();
    guide.set_name("記入のしかた")?;
    guide.set_column_width(0, 28)?;
    guide.set_column_width(1, 32)?;
    guide.set_column_width(2, 90)?;
    for (column, heading) in (0u16..).zip(["列の見出し", "記入例", "同じ意味として読む見出し"])
    {
        guide.write_string_with_format(0, column, heading, &head)?;
    }
    for (row, column) in (1u32..).zip(table::columns()) {
        guide.write_string(row, 0, column.heading)?;
        guide.write_string(row, 1, column.example)?;
        guide.write_string(row, 2, column.also.join("、"))?;
    }
    book.save_to_buffer()
}
