//! A timetable: days of the week across, parts of the day down, a mark in each field.
//!
//! ```text
//!         月   火   水
//! 午前    ×    ○    ○
//! 午後    ×    ○    ×
//! ```

use super::{Cx, Item, days};
use crate::domain::wish::{Field, Strength, Value};
use crate::understand::doc::Line;

/// A row of the table: which part of the day, and the mark and place of each day.
struct Row {
    part: Part,
    start: usize,
    end: usize,
    marks: Vec<Option<Strength>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Morning,
    Afternoon,
    Evening,
}

/// Reads every timetable of the mail; what other rules read in its lines goes.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    day_lines(cx, items);
    for (i, head) in cx.doc.lines.iter().enumerate() {
        let words = cx.doc.text(head.start, head.end);
        if let Some(parts) = header_of_parts(words) {
            by_days(cx, (i, head), &parts, items);
            continue;
        }
        let Some(days) = header(words) else {
            continue;
        };
        let rows: Vec<Row> = cx
            .doc
            .lines
            .iter()
            .skip(i + 1)
            .map_while(|l| row(cx.doc.text(l.start, l.end), l.start, l.end, days.len()))
            .collect();
        let Some(last) = rows.last() else { continue };
        let (from, to) = (head.start, last.end);
        items.retain(|k| k.end <= from || to <= k.start);
        days_of(&days, &rows, items);
    }
}

/// The days of a line that names at least four of them and nothing else.
fn header(line: &str) -> Option<Vec<&'static str>> {
    let mut days = Vec::new();
    for word in line.split(|c: char| c.is_whitespace() || "|/,・".contains(c)) {
        if word.is_empty() {
            continue;
        }
        days.push(day(word)?);
    }
    (days.len() >= 4).then_some(days)
}

/// Fewer such lines are no timetable.
const LEAST_LINES: usize = 3;

/// A timetable of lines that say all themselves: 「月　午前○　午後×」, 「火　終日×」.
fn day_lines(cx: &Cx, items: &mut Vec<Item>) {
    let rows: Vec<_> = cx
        .doc
        .lines
        .iter()
        .filter_map(|l| {
            let mut words = cells(cx.doc.text(l.start, l.end));
            let day = day(words.next()?)?;
            let marks: Option<Vec<_>> = words.map(part_with_mark).collect();
            marks.filter(|m| !m.is_empty()).map(|m| (l, day, m))
        })
        .collect();
    if rows.len() < LEAST_LINES {
        return;
    }
    for (line, day, marks) in rows {
        items.retain(|k| k.end <= line.start || line.end <= k.start);
        for (parts, mark) in marks {
            let row = |part: &Part| Row {
                part: *part,
                start: line.start,
                end: line.end,
                marks: vec![mark],
            };
            let rows: Vec<Row> = parts.iter().map(row).collect();
            days_of(&[day], &rows, items);
        }
    }
}

/// 「午前○」, 「終日×」.
fn part_with_mark(cell: &str) -> Option<(&'static [Part], Option<Strength>)> {
    const WORDS: [(&str, &[Part]); 5] = [
        ("午前", &[Part::Morning]),
        ("午後", &[Part::Afternoon]),
        ("終日", &[Part::Morning, Part::Afternoon]),
        ("全日", &[Part::Morning, Part::Afternoon]),
        ("1日", &[Part::Morning, Part::Afternoon]),
    ];
    let (word, parts) = WORDS.iter().find(|(w, _)| cell.starts_with(w))?;
    let said = cell.get(word.len()..)?.trim_start_matches([':', 'は']);
    (!said.is_empty()).then(|| (*parts, mark(said)))
}

/// The parts of the day of a line that names two at least and nothing else.
fn header_of_parts(line: &str) -> Option<Vec<Part>> {
    let parts: Option<Vec<Part>> = cells(line).map(part).collect();
    parts.filter(|p| p.len() >= 2)
}

/// The table turned: parts of the day across, days down.
fn by_days(cx: &Cx, (at, head): (usize, &Line), parts: &[Part], items: &mut Vec<Item>) {
    let rows: Vec<_> = cx
        .doc
        .lines
        .iter()
        .skip(at + 1)
        .map_while(|l| {
            let mut words = cells(cx.doc.text(l.start, l.end));
            let day = day(words.next()?)?;
            let marks: Vec<Option<Strength>> = words.map(mark).collect();
            (marks.len() == parts.len()).then_some((l, day, marks))
        })
        .collect();
    let Some((last, ..)) = rows.last() else {
        return;
    };
    let (from, to) = (head.start, last.end);
    items.retain(|k| k.end <= from || to <= k.start);
    for (line, day, marks) in rows {
        let of_day = parts.iter().zip(marks);
        let rows: Vec<Row> = of_day
            .filter(|(part, _)| **part != Part::Evening)
            .map(|(part, mark)| Row {
                part: *part,
                start: line.start,
                end: line.end,
                marks: vec![mark],
            })
            .collect();
        days_of(&[day], &rows, items);
    }
}

fn day(word: &str) -> Option<&'static str> {
    let word = word.trim_end_matches("曜日").trim_end_matches('曜');
    let mut chars = word.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else {
        return None;
    };
    days::day(c).filter(|day| *day != "holiday")
}

fn cells(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| c.is_whitespace() || c == '|')
        .filter(|w| !w.is_empty())
}

fn part(word: &str) -> Option<Part> {
    Some(match word.trim_end_matches(':') {
        "午前" | "am" | "朝" | "午前中" => Part::Morning,
        "午後" | "pm" => Part::Afternoon,
        "夜診" | "夜" | "夕方" | "夜間" | "夕診" => Part::Evening,
        _ => return None,
    })
}

fn row(line: &str, start: usize, end: usize, days: usize) -> Option<Row> {
    let mut cells = cells(line);
    let part = part(cells.next()?)?;
    let marks: Vec<Option<Strength>> = cells.map(mark).collect();
    (marks.len() == days).then_some(Row {
        part,
        start,
        end,
        marks,
    })
}

/// What a field says; `None` where it says nothing of the writer's will (taken by another post, a dash).
fn mark(cell: &str) -> Option<Strength> {
    match cell {
        "◎" | "希望" => Some(Strength::Want),
        "○" | "△" | "可" | "空" | "空き" | "ok" => Some(Strength::Ok),
        "×" | "不可" | "休" | "ng" | "否" => Some(Strength::Never),
        _ => None,
    }
}

fn days_of(days: &[&'static str], rows: &[Row], items: &mut Vec<Item>) {
    let at = |part: Part, day: usize| {
        rows.iter()
            .find(|r| r.part == part)
            .and_then(|r| Some((r.marks.get(day).copied()??, r)))
    };
    let mut push = |value: String, strength, row: &Row| {
        items.push(
            Item::new(
                Field::Day,
                Value::text(value),
                row.start,
                row.end,
                "grid::day",
            )
            .with(strength),
        );
    };
    for (i, day) in days.iter().enumerate() {
        match (at(Part::Morning, i), at(Part::Afternoon, i)) {
            (Some((a, row)), Some((b, _))) if a == b => push((*day).to_owned(), a, row),
            (am, pm) => {
                for (found, suffix) in [(am, "am"), (pm, "pm")] {
                    if let Some((strength, row)) = found {
                        push(format!("{day}:{suffix}"), strength, row);
                    }
                }
            }
        }
    }
    let Some(evening) = rows.iter().find(|r| r.part == Part::Evening) else {
        return;
    };
    let refused = evening.marks.iter().all(|m| *m == Some(Strength::Never));
    let taken = evening.marks.iter().flatten().any(|m| m.is_positive());
    if refused || taken {
        let strength = if refused {
            Strength::Never
        } else {
            Strength::Ok
        };
        items.push(
            Item::new(
                Field::Shift,
                Value::text("evening"),
                evening.start,
                evening.end,
                "grid::evening",
            )
            .with(strength),
        );
    }
}
