//! A table of cells, whichever file it came from: the row of headings is found, each further row becomes an opening.

use super::cell;
use super::check::{Names, Row, finish};
use super::import::{Import, RowProblem, Writer};
use super::table::{Heading, Kind, find};
use crate::domain::conditions;
use crate::domain::wish::{Field, OpeningItem, Value};

pub(super) const NAMES: Names = Names {
    id: "求人番号",
    institution_name: "施設名",
    area: "勤務地",
    address: "所在地",
    lat: "緯度",
    posted: "掲載日",
    expires: "有効期限",
};

/// A cell: what stands in it, or why nothing can be read there.
pub(super) type Cell = Result<String, String>;

/// A row and its number in the file, from 1.
pub(super) type Numbered = (usize, Vec<Cell>);

/// Titles and notes may stand above the headings, so many rows at most.
const HEADINGS_WITHIN: usize = 30;

/// Whether a row is a row of headings: it has the institution or the number, and more headings than other cells. (A row of a
/// form has a value beside each.) Of a wide table a few known columns do. An institution's own list may name it above.
pub(super) fn is_headings(cells: &[Cell], writer: Writer) -> bool {
    let found: Vec<Heading> = cells
        .iter()
        .filter_map(|c| find(c.as_deref().ok()?))
        .collect();
    let key = found
        .iter()
        .any(|h| matches!(h.column.kind, Kind::Id | Kind::Name));
    let filled = cells
        .iter()
        .filter(|c| !c.as_deref().is_ok_and(|c| c.trim().is_empty()))
        .count();
    let enough = match writer {
        _ if key => found.len() >= 2,
        Writer::Desk => false,
        Writer::Institution => found.len() >= 3,
    };
    enough && (found.len() * 2 > filled || found.len() >= 8)
}

/// Reads rows of which one, among the first, holds the headings, in any order.
pub(super) fn read(
    rows: impl IntoIterator<Item = Result<Numbered, RowProblem>>,
    writer: Writer,
) -> Import {
    let mut rows = rows.into_iter();
    let mut first = None;
    let mut headings = None;
    for row in rows.by_ref().take(HEADINGS_WITHIN) {
        match row {
            Ok(row) if is_headings(&row.1, writer) => {
                headings = Some(row);
                break;
            }
            Ok(row) if first.is_none() && !is_empty(&row.1) => first = Some(row),
            Ok(_) => {}
            Err(problem) => return Import::refused(problem),
        }
    }
    // Without headings the first row is taken for them, so that what it lacks is named.
    let first = first.filter(|_| writer == Writer::Desk);
    let Some((line, cells)) = headings.or(first) else {
        return Import::refused(RowProblem::of_file("見出しの行がありません"));
    };
    let mut problems = Vec::new();
    let columns: Vec<Option<Heading>> = cells
        .iter()
        .map(|h| {
            let heading = h.as_deref().unwrap_or_default().trim();
            let found = find(heading);
            if found.is_none() && !heading.is_empty() {
                problems.push(RowProblem {
                    line,
                    column: shorten(heading),
                    reason: "知らない見出しなので、この列は読み飛ばします".to_owned(),
                    refused: false,
                });
            }
            found
        })
        .collect();
    let needed = [(NAMES.id, Kind::Id), (NAMES.institution_name, Kind::Name)];
    for (name, kind) in needed {
        if writer == Writer::Desk && !columns.iter().flatten().any(|c| c.column.kind == kind) {
            return Import::refused(RowProblem {
                line,
                column: name.to_owned(),
                reason: "この見出しの列がありません".to_owned(),
                refused: true,
            });
        }
    }
    let rows = rows
        .filter_map(|row| match row {
            Ok((_, cells)) if is_headings(&cells, writer) => None,
            Ok((line, cells)) => self::row(&columns, line, &cells),
            Err(problem) => {
                let mut row = Row::new(problem.line);
                row.refuse("", problem.reason);
                Some(row)
            }
        })
        .collect();
    let mut import = finish(rows, &NAMES, writer);
    problems.append(&mut import.problems);
    Import { problems, ..import }
}

fn is_empty(cells: &[Cell]) -> bool {
    cells
        .iter()
        .all(|c| c.as_deref().is_ok_and(|c| c.trim().is_empty()))
}

fn shorten(text: &str) -> String {
    if text.chars().count() <= 40 {
        return text.to_owned();
    }
    text.chars().take(39).chain(['…']).collect()
}

/// Nothing for a row without any content, as spreadsheets leave them by the thousand.
fn row(columns: &[Option<Heading>], line: usize, cells: &[Cell]) -> Option<Row> {
    if is_empty(cells) {
        return None;
    }
    let mut row = Row::new(line);
    for (heading, cell) in columns.iter().zip(cells) {
        let Some(heading) = heading else { continue };
        match cell {
            Ok(cell) => fill(&mut row, *heading, cell.trim()),
            Err(reason) => row.refuse(heading.column.heading, reason.clone()),
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

fn fill(row: &mut Row, heading: Heading, cell: &str) {
    let column = heading.column;
    match column.kind {
        Kind::Id => cell.clone_into(&mut row.id),
        Kind::Name => cell.clone_into(&mut row.institution_name),
        Kind::Area => cell.clone_into(&mut row.area),
        Kind::Address => row.address = (!cell.is_empty()).then(|| cell.to_owned()),
        Kind::Lat => row.lat = degrees(row, column.heading, cell),
        Kind::Lon => row.lon = degrees(row, column.heading, cell),
        // A date that cannot be read stays as it stands and is named with the other checks.
        Kind::Posted if !cell.is_empty() => {
            row.posted = Some(cell::date(cell).unwrap_or_else(|_| cell.to_owned()))
        }
        Kind::Expires if !cell::says_nothing(cell) => row.expires = Some(cell::last_day(cell)),
        Kind::Posted | Kind::Expires => {}
        Kind::Term(id) => {
            if !matches!(cell, "" | "-" | "ー" | "－" | "―") {
                row.terms.insert(id.to_owned(), cell.to_owned());
            }
        }
        Kind::Barred(barred) => {
            if !cell::says_nothing(cell) && !barred.free.iter().any(|f| cell.contains(f.as_str())) {
                row.flag(column.heading, barred_reason(barred, cell));
            }
        }
        _ if cell::says_nothing(cell) => {}
        kind => {
            let cell = without_barred(row, column.heading, kind, cell);
            let cell = if heading.ten_thousands {
                cell::in_ten_thousands(&cell)
            } else {
                cell
            };
            if cell.is_empty() {
                return;
            }
            match values(row, column.heading, kind, &cell) {
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
            }
        }
    }
}

fn barred_reason(barred: &conditions::Barred, words: &str) -> String {
    format!(
        "「{}」は{}により条件として使いません。{}",
        shorten(words),
        barred.law,
        barred.note
    )
}

/// The cell without the pieces that ask for an age or a sex, which are shown to staff and never used.
fn without_barred(row: &mut Row, heading: &str, kind: Kind, cell: &str) -> String {
    let field = match kind {
        Kind::Words(field) => Some(field),
        Kind::Texts(_) | Kind::Departments(_) => None,
        _ => return cell.to_owned(),
    };
    if conditions::barred_in(cell).next().is_none() {
        return cell.to_owned();
    }
    let mut kept = Vec::new();
    for piece in cell::pieces(cell) {
        let known = field.is_some_and(|f| cell::known_word(f, &piece));
        match conditions::barred_in(&piece).next() {
            Some(barred) if !known => {
                if !barred.free.iter().any(|f| piece.contains(f.as_str())) {
                    row.flag(heading, barred_reason(barred, &piece));
                }
            }
            _ => kept.push(piece),
        }
    }
    kept.join("、")
}

fn degrees(row: &mut Row, heading: &str, cell: &str) -> Option<f64> {
    if cell.is_empty() {
        return None;
    }
    let number = cell::narrow(cell).parse().ok();
    if number.is_none() {
        row.refuse(
            heading,
            format!("「{}」は度数ではありません", shorten(cell)),
        );
    }
    number
}

/// Lists that a 求人票 fills with more than the vocabulary has words for: what is unknown is named and left out.
const fn is_open_list(field: Field) -> bool {
    matches!(
        field,
        Field::Benefit
            | Field::Workstyle
            | Field::Duty
            | Field::Role
            | Field::CommuteMode
            | Field::AreaType
    )
}

fn values(
    row: &mut Row,
    heading: &str,
    kind: Kind,
    cell: &str,
) -> Result<Vec<(Field, Value)>, String> {
    let under = |field: Field, values: Vec<Value>| values.into_iter().map(|v| (field, v)).collect();
    Ok(match kind {
        Kind::Words(field) if is_open_list(field) => {
            let (known, unknown) = cell::words_known(field, cell);
            if !unknown.is_empty() {
                let words: Vec<String> = unknown
                    .iter()
                    .map(|w| format!("「{}」", shorten(w)))
                    .collect();
                row.flag(
                    heading,
                    format!(
                        "{}は読めないので、この語だけ除いて取り込みます",
                        words.concat()
                    ),
                );
            }
            under(field, known)
        }
        Kind::Words(field) => under(field, cell::words(field, cell)?),
        Kind::Departments(field) => under(field, cell::departments(cell)?),
        Kind::Weekdays => under(Field::Day, cell::weekdays(cell)?),
        Kind::Duties(field) => under(field, vec![cell::duties(cell)?]),
        Kind::Days(field) => under(field, vec![cell::days(cell)?]),
        Kind::Hours => under(Field::Hours, vec![cell::hours(cell)?]),
        Kind::Pay(unit) => cell::pay(unit, cell)?,
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
        | Kind::Posted
        | Kind::Expires
        | Kind::Term(_)
        | Kind::Barred(_) => vec![],
    })
}

/// Reads sheets that are forms: a heading, and its value to the right of it. Each form is one opening.
pub(super) fn read_forms(sheets: Vec<Vec<Numbered>>, writer: Writer) -> Import {
    let forms: Vec<Row> = sheets
        .iter()
        .filter_map(|rows| form(rows, writer))
        .collect();
    if forms.is_empty() {
        return Import::refused(RowProblem::of_file(
            "見出しの行がありません。「求人番号」「施設名」「勤務地」などの見出しを一行目に書いてください（ひな形: madoguchi openings import --template）",
        ));
    }
    finish(forms, &NAMES, writer)
}

/// So many headings make a sheet a form.
const FORM_HEADINGS: usize = 4;

fn form(rows: &[Numbered], writer: Writer) -> Option<Row> {
    let heading = |cell: &Cell| find(cell.as_deref().ok()?);
    let mut found: Vec<(usize, Heading, &Cell)> = Vec::new();
    for (line, cells) in rows.iter().take(500) {
        for (index, cell) in cells.iter().enumerate() {
            let Some(h) = heading(cell) else { continue };
            let beside = cells
                .iter()
                .skip(index + 1)
                .find(|c| !c.as_deref().is_ok_and(|c| c.trim().is_empty()));
            if let Some(value) = beside
                && heading(value).is_none()
                && !found
                    .iter()
                    .any(|(_, other, _)| other.column.heading == h.column.heading)
            {
                found.push((*line, h, value));
            }
        }
    }
    let named = found.iter().find(|(_, h, _)| h.column.kind == Kind::Name);
    let line = match writer {
        Writer::Desk => named?.0,
        Writer::Institution => named.or(found.first())?.0,
    };
    if found.len() < FORM_HEADINGS {
        return None;
    }
    let columns: Vec<Option<Heading>> = found.iter().map(|(_, h, _)| Some(*h)).collect();
    let cells: Vec<Cell> = found.iter().map(|(_, _, cell)| (*cell).clone()).collect();
    let mut row = row(&columns, line, &cells)?;
    // In a form each heading has a row of its own, which is what people look for.
    for problem in &mut row.problems {
        if let Some((line, ..)) = found
            .iter()
            .find(|(_, h, _)| h.column.heading == problem.column)
        {
            problem.line = *line;
        }
    }
    Some(row)
}
