//! Tables that were copied from a sheet: a head row of labels and rows of cells between tabs.

use super::{Found, own};
use crate::domain::wish::{Field, Value};
use crate::understand::normalize::Norm;
use crate::understand::pattern::{number, pattern};
use crate::understand::rules::Cx;

pattern!(HEADS, r"人数|人員|募集数|定員|名数");
pattern!(DAYS, r"曜日|日数|勤務日|頻度");
pattern!(TIMES, r"月(?:に)?(?:\d{1,2}[~-])?(?P<n>\d{1,2})\s?回");
pattern!(WEEKLY, r"週(?P<n>\d(?:\.\d)?)(?:日)?(?P<m>以上)?");

/// Reads the cells that only their column explains.
pub(super) fn read(cx: &Cx, found: &mut Vec<Found>) {
    let mut head: Vec<String> = Vec::new();
    for line in &cx.doc.lines {
        let original = cx.doc.norm.quote(line.start, line.end);
        let cells: Vec<&str> = original.split('\t').collect();
        if cells.len() < 4 {
            head.clear();
            continue;
        }
        if head.len() != cells.len() {
            head = cells
                .iter()
                .map(|c| Norm::new(c).text.trim().to_owned())
                .collect();
            continue;
        }
        if !own(cx, line.start) {
            continue;
        }
        let mut at = line.start;
        for (name, cell) in head.iter().zip(&cells) {
            let cell = Norm::new(cell).text;
            let cell = cell.trim();
            if cell.is_empty() {
                continue;
            }
            let Some(i) = cx.doc.text(at, line.end).find(cell) else {
                continue;
            };
            let (s, e) = (at + i, at + i + cell.len());
            at = e;
            column(name, cell, s, e, found);
        }
    }
}

fn column(name: &str, cell: &str, start: usize, end: usize, found: &mut Vec<Found>) {
    let mut push = |field, value| {
        found.push(Found {
            field,
            value,
            start,
            end,
            rule: "opening::table",
        });
    };
    if HEADS.is(name) {
        let digits: String = cell.chars().take_while(char::is_ascii_digit).collect();
        if let Ok(n @ 1..=99) = digits.parse::<i64>() {
            push(Field::Headcount, Value::Number(n));
        }
        return;
    }
    if DAYS.is(name)
        && let Some(c) = WEEKLY.first(cell)
        && let Some(n) = c.name("n").and_then(|m| m.as_str().parse::<f64>().ok())
    {
        let most = c.name("m").is_none().then_some(n);
        push(Field::DaysPerWeek, Value::days(Some(n), most));
        return;
    }
    let duty = if name.contains("当直") || name.contains("宿直") {
        Field::NightDuty
    } else if name.contains("オンコール") || name.contains("待機") || name.contains("呼出")
    {
        Field::OnCall
    } else if name.contains("日直") {
        Field::DayDuty
    } else {
        return;
    };
    let value = match TIMES.first(cell).and_then(|c| number(&c, "n")) {
        Some(n) => Value::Number(n),
        None if ["なし", "無", "無し", "不要", "×", "免除"].contains(&cell) => {
            Value::text("none")
        }
        None if cell.starts_with("あり") || cell.starts_with('有') || cell == "○" => {
            Value::text("any")
        }
        None => return,
    };
    // The count is of duties, not of days a month.
    found.retain(|f| !(f.field == Field::DaysPerMonth && start <= f.start && f.end <= end));
    found.push(Found {
        field: duty,
        value,
        start,
        end,
        rule: "opening::table",
    });
}
