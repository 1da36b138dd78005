//! Items of one opening that cannot hold together. Of what contradicts itself nothing is used: the field is then open, and
//! staff are told to ask.

use super::check::Row;
use crate::domain::wish::{Field, Value};

/// Names contradictions and takes out what cannot be told apart.
pub(super) fn resolve(row: &mut Row) {
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

/// なし beside あり or a number.
fn duties(row: &mut Row, field: Field) {
    let none = |v: &Value| v.as_text() == Some("none") || v.as_number() == Some(0);
    let (without, with): (Vec<_>, Vec<_>) = values(row, field).partition(|(_, v)| none(v));
    let Some((column, value)) = with.first().filter(|_| !without.is_empty()) else {
        return;
    };
    let (column, reason) = (
        (*column).to_owned(),
        format!("「なし」と「{value}」が矛盾しています。この項目は書かれていないものとして扱います"),
    );
    row.flag(&column, reason);
    row.items.retain(|(_, i)| i.field != field);
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
        Value::Days(d) => d.max.filter(|max| *max < 3.0).map(|max| (column.to_owned(), max)),
        _ => None,
    });
    if let (["full_time"], Some((column, max))) = (forms.as_slice(), few) {
        row.flag(
            &column,
            format!("常勤だけの募集ですが、勤務日数が週 {max} 日までです。求人者に確かめてください"),
        );
    }
}
