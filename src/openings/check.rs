//! From a row's cells to an opening: what must be there, what cannot be.

use super::contradictions;
use super::import::{Import, RowProblem, Writer};
use crate::domain::opening::Opening;
use crate::domain::values::{self, Side};
use crate::domain::wish::{Field, OpeningItem, Value};
use crate::places::{Holds, Place, Point, locate};
use std::collections::{BTreeMap, HashMap};

/// A row as it was read, before anything is checked.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub line: usize,
    pub id: String,
    pub institution_name: String,
    pub area: String,
    pub address: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub posted: Option<String>,
    pub expires: Option<String>,
    pub terms: BTreeMap<String, String>,
    /// Each with the column it came from.
    pub items: Vec<(String, OpeningItem)>,
    pub problems: Vec<RowProblem>,
}

impl Row {
    pub fn new(line: usize) -> Self {
        Row {
            line,
            ..Row::default()
        }
    }

    /// Something that keeps the row out.
    pub fn refuse(&mut self, column: &str, reason: impl Into<String>) {
        self.note(column, reason, true);
    }

    /// Something that staff should know of; the row goes in without it.
    pub fn flag(&mut self, column: &str, reason: impl Into<String>) {
        self.note(column, reason, false);
    }

    fn note(&mut self, column: &str, reason: impl Into<String>, refused: bool) {
        self.problems.push(RowProblem {
            line: self.line,
            column: column.to_owned(),
            reason: reason.into(),
            refused,
        });
    }
}

/// The names that the required columns have in this file.
#[derive(Clone, Copy)]
pub(super) struct Names {
    pub id: &'static str,
    pub institution_name: &'static str,
    pub area: &'static str,
    pub address: &'static str,
    pub lat: &'static str,
    pub posted: &'static str,
    pub expires: &'static str,
}

/// A point farther than this from the opening's municipality belongs to another one.
const STRAY_KM: f64 = 40.0;

/// Checks every row and lets the good ones in.
pub(super) fn finish(rows: Vec<Row>, names: &Names, writer: Writer) -> Import {
    let mut import = Import::default();
    let mut lines: HashMap<String, usize> = HashMap::new();
    for mut row in rows {
        // A row that could not be read at all has nothing to check.
        if row.problems.iter().any(|p| p.column.is_empty()) {
            import.problems.append(&mut row.problems);
            continue;
        }
        required(&mut row, names, writer);
        let place = area(&mut row, names, writer);
        coordinates(&mut row, names, place.as_ref());
        dates(&mut row, names);
        terms(&mut row);
        items(&mut row);
        pay_ends(&mut row);
        contradictions::name(&mut row);
        if let Some(first) = lines.get(&row.id).filter(|_| !row.id.is_empty()) {
            let reason = format!("番号「{}」は{first}行目と重複しています", row.id);
            row.refuse(names.id, reason);
        }
        if !row.problems.iter().any(|p| p.refused) {
            lines.insert(row.id.clone(), row.line);
            import.openings.push(Opening {
                id: row.id,
                institution_name: row.institution_name,
                area: row.area,
                address: row.address,
                lat: row.lat,
                lon: row.lon,
                posted: row.posted,
                expires: row.expires,
                terms: row.terms,
                items: row.items.into_iter().map(|(_, item)| item).collect(),
            });
        }
        import.problems.append(&mut row.problems);
    }
    import
}

fn required(row: &mut Row, names: &Names, writer: Writer) {
    row.id = row.id.trim().to_owned();
    row.institution_name = row.institution_name.trim().to_owned();
    if row.id.is_empty() && writer == Writer::Desk {
        row.refuse(names.id, "求人番号がありません");
    } else if row.id.chars().count() > 64 || row.id.chars().any(char::is_control) {
        row.refuse(
            names.id,
            "求人番号は制御文字を含まない64文字以内にしてください",
        );
    }
    if row.institution_name.is_empty() && writer == Writer::Desk {
        row.refuse(names.institution_name, "施設名がありません");
    }
}

/// Reads where the opening stands and writes it canonically.
fn area(row: &mut Row, names: &Names, writer: Writer) -> Option<Place> {
    let text = row.area.trim().to_owned();
    if text.is_empty() {
        if writer == Writer::Institution {
            return None;
        }
        row.refuse(names.area, "勤務地がありません");
        return None;
    }
    let place = match Place::parse(&text) {
        Place::Words(_) => match locate(&text) {
            (Some(Place::Prefecture(p)), rest) => {
                row.flag(
                    names.area,
                    format!(
                        "「{}」は{}の市区町村にありません。{}として扱います",
                        rest.trim(),
                        p.name(),
                        p.name()
                    ),
                );
                Place::Prefecture(p)
            }
            (Some(place), _) => place,
            (None, _) => {
                row.refuse(
                    names.area,
                    format!("勤務地「{text}」の都道府県が分かりません。「長野県松本市」のように書いてください"),
                );
                return None;
            }
        },
        known => known,
    };
    row.area = place.to_string();
    if let Some(address) = row.address.clone()
        && let (Some(other), _) = locate(&address)
        && place.holds(&other) == Holds::No
    {
        row.flag(
            names.address,
            format!("所在地「{address}」が勤務地「{place}」の中にありません"),
        );
    }
    Some(place)
}

fn coordinates(row: &mut Row, names: &Names, place: Option<&Place>) {
    let point = match (row.lat, row.lon) {
        (None, None) => return,
        (Some(lat), Some(lon)) => Point::in_japan(lat, lon),
        _ => None,
    };
    let reason = match point {
        None => {
            Some("座標が日本の中にないか、片方しかありません。座標なしとして扱います".to_owned())
        }
        Some(point) => place
            .and_then(Place::site)
            .map(|site| site.point.kilometres_to(point) - site.error_km)
            .filter(|km| *km > STRAY_KM)
            .map(|km| format!("座標が勤務地から約{km:.0}km離れています。座標なしとして扱います")),
    };
    if let Some(reason) = reason {
        row.flag(names.lat, reason);
        (row.lat, row.lon) = (None, None);
    }
}

fn dates(row: &mut Row, names: &Names) {
    let is_day = |date: &str| date.len() == 10 && values::is_date(date);
    if let Some(date) = row.posted.clone().filter(|d| !is_day(d)) {
        row.flag(
            names.posted,
            format!("掲載日「{date}」は 2026-10-01 の形で書いてください。掲載日なしとして扱います"),
        );
        row.posted = None;
    }
    // An opening without its last day would be suggested for ever: the row is not taken as one without.
    if let Some(date) = row.expires.clone().filter(|d| !is_day(d)) {
        row.refuse(
            names.expires,
            format!("有効期限「{date}」は 2027-03-31 の形で書いてください"),
        );
    }
    if let (Some(posted), Some(expires)) = (&row.posted, &row.expires)
        && is_day(expires)
        && expires < posted
    {
        let reason = format!("有効期限 {expires} が掲載日 {posted} より前です");
        row.refuse(names.expires, reason);
    }
}

fn terms(row: &mut Row) {
    let known = |id: &str| {
        crate::domain::conditions::conditions()
            .iter()
            .any(|c| c.id == id)
    };
    let unknown: Vec<String> = row.terms.keys().filter(|id| !known(id)).cloned().collect();
    for id in unknown {
        row.terms.remove(&id);
        row.flag(&format!("terms.{id}"), "知らない項目なので読み飛ばします");
    }
}

fn items(row: &mut Row) {
    let mut wrong = Vec::new();
    for (column, item) in &mut row.items {
        if item.field == Field::Area
            && let Some(text) = item.value.as_text()
        {
            item.value = Value::Text(Place::parse(text).to_string());
        }
        if let Err(reason) = values::check(item.field, &item.value, Side::Offer) {
            wrong.push((column.clone(), reason));
        }
    }
    for (column, reason) in wrong {
        row.refuse(&column, reason);
    }
}

fn pay_ends(row: &mut Row) {
    let figures = |field: Field| -> Vec<(String, crate::domain::wish::Pay)> {
        row.items
            .iter()
            .filter(|(_, i)| i.field == field)
            .filter_map(|(c, i)| match &i.value {
                Value::Pay(p) => Some((c.clone(), *p)),
                _ => None,
            })
            .collect()
    };
    let lows = figures(Field::SalaryMin);
    let crossed: Vec<String> = figures(Field::SalaryMax)
        .into_iter()
        .filter(|(_, high)| {
            let mut same = lows
                .iter()
                .filter(|(_, low)| low.unit == high.unit)
                .peekable();
            same.peek().is_some() && same.all(|(_, low)| low.amount > high.amount)
        })
        .map(|(column, _)| column)
        .collect();
    for column in crossed {
        row.refuse(&column, "給与の上限が下限より低くなっています");
    }
}
