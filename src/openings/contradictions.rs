//! Items of one opening that cannot well hold together: staff are told to ask. Several values of a field are a choice to the
//! matching, so the opening stays as it was written.

use super::check::Row;
use crate::domain::wish::{Field, Value};

/// Names contradictions.
pub(super) fn name(row: &mut Row) {
    for field in [
        Field::NightDuty,
        Field::OnCall,
        Field::DayDuty,
        Field::Overtime,
    ] {
        duties(row, field);
    }
    days(row);
    full_time(row);
}

fn values(row: &Row, field: Field) -> impl Iterator<Item = (&str, &Value)> {
    row.items
        .iter()
        .filter(move |(_, i)| i.field == field)
        .map(|(column, i)| (column.as_str(), &i.value))
}

/// なし beside あり. (なし beside a number is a choice, such as part-time without and full-time with.)
fn duties(row: &mut Row, field: Field) {
    let says = |word: &str| {
        values(row, field)
            .find(|(_, v)| v.as_text() == Some(word))
            .map(|(column, _)| column.to_owned())
    };
    if let (Some(_), Some(column)) = (says("none"), says("any")) {
        row.flag(
            &column,
            "「なし」と「あり」が矛盾しています。どちらもあり得るものとして扱います。求人者に確かめてください",
        );
    }
}

/// More days a week than the listed weekdays have.
fn days(row: &mut Row) {
    let mut listed: Vec<&str> = Vec::new();
    for (_, value) in values(row, Field::Day) {
        let day = value.as_text().unwrap_or_default();
        let day = day.split_once(':').map_or(day, |(day, _)| day);
        if day == "weekdays" {
            listed.extend(["mon", "tue", "wed", "thu", "fri"]);
        } else {
            listed.push(day);
        }
    }
    listed.sort_unstable();
    listed.dedup();
    if listed.is_empty() {
        return;
    }
    let least = values(row, Field::DaysPerWeek)
        .filter_map(|(column, v)| match v {
            Value::Days(d) => d.min.map(|min| (column.to_owned(), min)),
            _ => None,
        })
        .min_by(|a, b| a.1.total_cmp(&b.1));
    // A week has seven days: the list is short.
    #[allow(clippy::cast_precision_loss)]
    let days = listed.len() as f64;
    if let Some((column, least)) = least.filter(|(_, least)| *least > days) {
        row.flag(
            &column,
            format!("週 {least} 日に対し、勤務曜日が {days} 日分しかなく足りません。求人者に確かめてください"),
        );
    }
}

/// Full time only, on fewer than three days a week.
fn full_time(row: &mut Row) {
    let forms: Vec<&str> = values(row, Field::Employment)
        .filter_map(|(_, v)| v.as_text())
        .collect();
    let few = values(row, Field::DaysPerWeek).find_map(|(column, v)| match v {
        Value::Days(d) => d
            .max
            .filter(|max| *max < 3.0)
            .map(|max| (column.to_owned(), max)),
        _ => None,
    });
    if let (["full_time"], Some((column, max))) = (forms.as_slice(), few) {
        row.flag(
            &column,
            format!(
                "常勤だけの募集ですが、勤務日数が週 {max} 日までです。求人者に確かめてください"
            ),
        );
    }
}
