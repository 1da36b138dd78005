//! Openings as a table of text: CSV or tab-separated, in UTF-8 (with or without a byte order mark), UTF-16 or Shift_JIS.

use super::cell;
use super::check::{Names, Row, finish};
use super::import::{Import, RowProblem};
use super::table::{Column, Kind, find};
use crate::domain::wish::{Field, OpeningItem, Value};
use std::borrow::Cow;

const NAMES: Names = Names {
    id: "求人番号",
    institution_name: "施設名",
    area: "勤務地",
    address: "所在地",
    lat: "緯度",
    posted: "掲載日",
};

/// Reads a table whose first row has the headings of [`super::table::HEADINGS`], in any order.
pub fn read(bytes: &[u8]) -> Import {
    let text = match decode(bytes) {
        Ok(text) => text,
        Err(problem) => return whole_file(problem),
    };
    let first = text.lines().next().unwrap_or_default();
    let tabs = first.matches('\t').count() > first.matches(',').count();
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .delimiter(if tabs { b'\t' } else { b',' })
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let Some(Ok(headings)) = records.next() else {
        return whole_file(RowProblem::of_file("見出しの行がありません"));
    };
    let mut problems = Vec::new();
    let columns: Vec<Option<&Column>> = headings
        .iter()
        .map(|h| {
            let found = find(h);
            if found.is_none() && !h.trim().is_empty() {
                problems.push(RowProblem {
                    line: 1,
                    column: h.trim().to_owned(),
                    reason: "知らない見出しなので、この列は読み飛ばします".to_owned(),
                    refused: false,
                });
            }
            found
        })
        .collect();
    for (name, kind) in [(NAMES.id, Kind::Id), (NAMES.institution_name, Kind::Name)] {
        if !columns.iter().flatten().any(|c| c.kind == kind) {
            return whole_file(RowProblem {
                line: 1,
                column: name.to_owned(),
                reason: "この見出しの列がありません".to_owned(),
                refused: true,
            });
        }
    }
    let rows = records
        .filter_map(|record| match record {
            Ok(record) => row(&columns, &record),
            Err(e) => {
                let line = e.position().map_or(0, csv::Position::line);
                let mut row = Row::new(usize::try_from(line).unwrap_or(0));
                row.refuse("", "CSV として読めません");
                Some(row)
            }
        })
        .collect();
    let mut import = finish(rows, &NAMES);
    problems.append(&mut import.problems);
    Import { problems, ..import }
}

fn whole_file(problem: RowProblem) -> Import {
    Import {
        openings: vec![],
        problems: vec![problem],
    }
}

fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, RowProblem> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(RowProblem::of_file(
            "CSV ではなく Excel のファイルのようです。CSV で保存し直してください",
        ));
    }
    let (text, _, broken) = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes),
        None if std::str::from_utf8(bytes).is_ok() => encoding_rs::UTF_8.decode(bytes),
        None => encoding_rs::SHIFT_JIS.decode(bytes),
    };
    if broken || text.contains('\0') {
        return Err(RowProblem::of_file(
            "文字コードを読めません。UTF-8 か Shift_JIS の CSV で保存し直してください",
        ));
    }
    Ok(text)
}

/// Nothing for a row without any content, as spreadsheets leave them by the thousand.
fn row(columns: &[Option<&Column>], record: &csv::StringRecord) -> Option<Row> {
    if record.iter().all(|cell| cell.trim().is_empty()) {
        return None;
    }
    let line = record.position().map_or(0, csv::Position::line);
    let mut row = Row::new(usize::try_from(line).unwrap_or(0));
    for (column, cell) in columns.iter().zip(record) {
        if let Some(column) = column {
            fill(&mut row, column, cell.trim());
        }
    }
    if row.area.is_empty()
        && let Some(address) = &row.address
    {
        row.area = crate::places::locate(address)
            .0
            .map_or_else(|| address.clone(), |place| place.to_string());
    }
    Some(row)
}

fn fill(row: &mut Row, column: &Column, cell: &str) {
    match column.kind {
        Kind::Id => cell.clone_into(&mut row.id),
        Kind::Name => cell.clone_into(&mut row.institution_name),
        Kind::Area => cell.clone_into(&mut row.area),
        Kind::Address => row.address = (!cell.is_empty()).then(|| cell.to_owned()),
        Kind::Lat => row.lat = degrees(row, column, cell),
        Kind::Lon => row.lon = degrees(row, column, cell),
        Kind::Posted if cell.is_empty() => {}
        // A date that cannot be read stays as it stands and is named with the other checks.
        Kind::Posted => row.posted = Some(cell::date(cell).unwrap_or_else(|_| cell.to_owned())),
        _ if cell::says_nothing(cell) => {}
        kind => match values(kind, cell) {
            Ok(values) => {
                for (field, value) in values {
                    let item = OpeningItem {
                        field,
                        value,
                        quote: String::new(),
                        rule: String::new(),
                    };
                    row.items.push((column.heading.to_owned(), item));
                }
            }
            Err(reason) => row.refuse(column.heading, reason),
        },
    }
}

fn degrees(row: &mut Row, column: &Column, cell: &str) -> Option<f64> {
    if cell.is_empty() {
        return None;
    }
    let number = cell::narrow(cell).parse().ok();
    if number.is_none() {
        row.refuse(column.heading, format!("「{cell}」は度数ではありません"));
    }
    number
}

fn values(kind: Kind, cell: &str) -> Result<Vec<(Field, Value)>, String> {
    let under = |field: Field, values: Vec<Value>| values.into_iter().map(|v| (field, v)).collect();
    Ok(match kind {
        Kind::Words(field) => under(field, cell::words(field, cell)?),
        Kind::Departments(field) => under(field, cell::departments(cell)?),
        Kind::Weekdays => under(Field::Day, cell::weekdays(cell)?),
        Kind::Duties(field) => under(field, vec![cell::duties(cell)?]),
        Kind::Days(field) => under(field, vec![cell::days(cell)?]),
        Kind::Hours => under(Field::Hours, vec![cell::hours(cell)?]),
        Kind::Pay(_, unit) => cell::pay(unit, cell)?,
        Kind::Number(field) => under(field, vec![cell::number(cell)?]),
        Kind::Start => under(Field::Start, vec![cell::start(cell)?]),
        Kind::Duration => under(Field::Duration, vec![cell::duration(cell)?]),
        Kind::Texts(field) => under(field, cell::texts(cell)),
        Kind::Text(field) => under(field, vec![Value::text(cell)]),
        Kind::Id
        | Kind::Name
        | Kind::Area
        | Kind::Address
        | Kind::Lat
        | Kind::Lon
        | Kind::Posted => vec![],
    })
}
