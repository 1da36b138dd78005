//! A hospital's mail becomes a draft opening, which staff complete and confirm.

use crate::domain::opening::Opening;
use crate::domain::wish::{Field, OpeningItem};
use crate::places::{Place, locate};

/// The draft openings of what was read in a mail, one a post: none where it withdraws or offers nothing.
///
/// `id` is the desk's number for the first, the next are `id-2`, `id-3`; `sender` stands in for the institution's name where
/// the mail does not give one; `posted` is the mail's date, `YYYY-MM-DD`. What the mail leaves open stays open: an empty name or
/// area is for staff to fill before the opening may be suggested ([`missing`] names it).
pub fn from_posts(
    posts: &[Vec<OpeningItem>],
    id: &str,
    sender: Option<&str>,
    posted: Option<&str>,
) -> Vec<Opening> {
    posts
        .iter()
        .filter(|items| !items.is_empty() && !texts(items, Field::Action).any(|a| a == "withdraw"))
        .enumerate()
        .map(|(n, items)| draft(items, number(id, n), sender, posted))
        .collect()
}

/// Draft openings of the rows of an attached table, numbered after the `before` openings of the mail's own text. What the
/// rows leave open, the text (`items`) or the sender fills in; their own numbers are the institution's, and none of the desk's.
pub fn from_rows(
    rows: Vec<Opening>,
    items: &[OpeningItem],
    (id, before): (&str, usize),
    sender: Option<&str>,
    posted: Option<&str>,
) -> Vec<Opening> {
    let mail = draft(items, String::new(), sender, posted);
    (before..)
        .zip(rows)
        .map(|(n, row)| Opening {
            id: number(id, n),
            institution_name: some_text(row.institution_name, &mail.institution_name),
            area: some_text(row.area, &mail.area),
            posted: row.posted.or_else(|| mail.posted.clone()),
            ..row
        })
        .collect()
}

fn some_text(own: String, else_: &str) -> String {
    if own.trim().is_empty() {
        else_.to_owned()
    } else {
        own
    }
}

/// `id`, then `id-2`, `id-3`.
fn number(id: &str, n: usize) -> String {
    if n == 0 {
        id.to_owned()
    } else {
        format!("{id}-{}", n + 1)
    }
}

/// Whether a post of a mail's text is one of the rows that came with it, as far as it says what it is.
pub fn is_among(post: &[OpeningItem], rows: &[Opening]) -> bool {
    let own: Vec<&str> = texts(post, Field::Specialty).collect();
    rows.iter().any(|row| {
        own.iter().all(|department| {
            row.values(Field::Specialty)
                .any(|v| v.as_text() == Some(department))
        })
    })
}

fn draft(items: &[OpeningItem], id: String, sender: Option<&str>, posted: Option<&str>) -> Opening {
    let institution_name = texts(items, Field::InstitutionName)
        .next()
        .or(sender)
        .unwrap_or_default()
        .to_owned();
    let first_area = texts(items, Field::Area).next().unwrap_or_default();
    let place = match Place::parse(first_area) {
        Place::Words(words) => locate(&words).0.unwrap_or(Place::Words(words)),
        known => known,
    };
    Opening {
        id,
        institution_name,
        area: place.to_string(),
        posted: posted.map(str::to_owned),
        items: items
            .iter()
            .filter(|i| !matches!(i.field, Field::InstitutionName | Field::Action))
            .filter(|i| i.field != Field::Area || i.value.as_text() != Some(first_area))
            .cloned()
            .collect(),
        ..Opening::default()
    }
}

fn texts(items: &[OpeningItem], field: Field) -> impl Iterator<Item = &str> {
    items
        .iter()
        .filter(move |i| i.field == field)
        .filter_map(|i| i.value.as_text())
}

/// What a draft still lacks before it may be suggested to doctors: the required parts, then what doctors ask first.
pub fn missing(opening: &Opening) -> Vec<Field> {
    let has = |field| opening.values(field).next().is_some();
    let mut lacking = Vec::new();
    if opening.institution_name.trim().is_empty() {
        lacking.push(Field::InstitutionName);
    }
    if matches!(Place::parse(&opening.area), Place::Words(_)) {
        lacking.push(Field::Area);
    }
    for field in [
        Field::Employment,
        Field::Day,
        Field::NightDuty,
        Field::OnCall,
        Field::SalaryMin,
        Field::Start,
    ] {
        if !has(field) {
            lacking.push(field);
        }
    }
    if !has(Field::DaysPerWeek) && !has(Field::DaysPerMonth) {
        lacking.push(Field::DaysPerWeek);
    }
    if !has(Field::Specialty) && !has(Field::Duty) {
        lacking.push(Field::Specialty);
    }
    lacking.sort_unstable();
    lacking
}
