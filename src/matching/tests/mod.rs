#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod alternatives;
mod answers;
mod days;
mod engine;
mod fields;
mod figures;
mod plain;
mod properties;
mod relaxing;
mod standing;
mod words;

use super::{Doctor, rank};
use crate::domain::match_::MatchAnswer;
use crate::domain::opening::Opening;
use crate::domain::wish::{OpeningItem, ProfileItem, Value, Wish};

/// `commute_minutes=30`, `hours={"end":"17:00"}`, `area=長野県松本市`.
fn pair<F: std::str::FromStr>(text: &str) -> (F, Value)
where
    F::Err: std::fmt::Debug,
{
    let (field, value) = text.trim().split_once('=').unwrap();
    let value = if value.starts_with('{') || value.parse::<i64>().is_ok() {
        serde_json::from_str(value).unwrap()
    } else {
        Value::text(value)
    };
    (field.parse().unwrap(), value)
}

fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|p| !p.is_empty())
}

/// `must commute_minutes=30; ok night_duty=2`
fn wishes(text: &str) -> Vec<Wish> {
    pieces(text)
        .map(|piece| {
            let (strength, rest) = piece.split_once(' ').unwrap();
            let (field, value) = pair(rest);
            Wish {
                field,
                value,
                strength: strength.parse().unwrap(),
                quote: String::new(),
                rule: String::new(),
            }
        })
        .collect()
}

/// `home=長野県松本市; specialty=内科`
fn profile(text: &str) -> Vec<ProfileItem> {
    pieces(text)
        .map(|piece| {
            let (field, value) = pair(piece);
            ProfileItem {
                field,
                value,
                quote: String::new(),
                rule: String::new(),
                source: None,
            }
        })
        .collect()
}

/// `duty=ward; night_duty=none`; an `area` is where it stands, `at=36.2,137.9` its coordinates, `address=` its address.
fn opening(id: &str, text: &str) -> Opening {
    let mut opening = Opening {
        id: id.to_owned(),
        institution_name: "○○病院".to_owned(),
        area: "どこか".to_owned(),
        ..Opening::default()
    };
    for piece in pieces(text) {
        if let Some(point) = piece.strip_prefix("at=") {
            let (lat, lon) = point.split_once(',').unwrap();
            opening.lat = Some(lat.parse().unwrap());
            opening.lon = Some(lon.parse().unwrap());
        } else if let Some(area) = piece.strip_prefix("area=") {
            opening.area = area.to_owned();
        } else if let Some(address) = piece.strip_prefix("address=") {
            opening.address = Some(address.to_owned());
        } else if let Some(posted) = piece.strip_prefix("posted=") {
            opening.posted = Some(posted.to_owned());
        } else {
            let (field, value) = pair(piece.strip_prefix("item ").unwrap_or(piece));
            opening.items.push(OpeningItem {
                field,
                value,
                quote: String::new(),
                rule: String::new(),
            });
        }
    }
    opening
}

fn ask(about: &str, wished: &str, openings: &[Opening]) -> MatchAnswer {
    let (profile, wishes) = (profile(about), wishes(wished));
    let doctor = Doctor {
        profile: &profile,
        wishes: &wishes,
    };
    rank(&doctor, openings, 10)
}

/// What one opening gets: `+met -unmet ?unknown`, or `x field` where it is excluded.
fn verdict(about: &str, wished: &str, offered: &str) -> String {
    let answer = ask(about, wished, &[opening("A", offered)]);
    match answer.matches.as_slice() {
        [m] => {
            let signed = |sign: &str, items: &[String]| -> Vec<String> {
                items.iter().map(|i| format!("{sign}{i}")).collect()
            };
            [
                signed("+", &m.met),
                signed("-", &m.unmet),
                signed("?", &m.unknown),
            ]
            .concat()
            .join(" ")
        }
        _ => {
            let (field, n) = answer.excluded.iter().next().unwrap();
            assert_eq!((answer.excluded.len(), *n), (1, 1));
            format!("x {field}")
        }
    }
}

/// `+` met, `-` unmet, `?` unknown, `x` excluded, empty where the wish is not listed.
fn check(rows: &[(&str, &str, &str, &str)]) {
    for (about, wish, offered, expected) in rows {
        let got = verdict(about, wish, offered);
        let sign = got.get(..1).unwrap_or_default();
        assert_eq!(sign, *expected, "{about} | {wish} | {offered}: {got}");
    }
}

fn score(about: &str, wished: &str, offered: &str) -> f64 {
    ask(about, wished, &[opening("A", offered)]).matches[0].score
}
