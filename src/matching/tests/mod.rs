//! What holds the sentences of `docs/matching.md`. A property is checked over generated wishes and openings; the rows beside it
//! are single cases with names. `plain/` is the contract once more, without any preparation, and
//! `properties::the_plain_matcher_gives_the_same_answer` compares all of it; `engine` and `standing` compare the fast ways.
//!
//! | sentence | property | rows |
//! |---|---|---|
//! | silence is unknown, never met, never excluding | `exclusion::an_opening_that_says_nothing…`, `properties::silence_excludes_nothing` | |
//! | `area`: what holds what, regions, 全国, stations within 5 km | `places::a_place_holds…`, `a_region_is…`, `a_station_is_near…` | `fields::area` |
//! | narrower beats wider; a refusal inside a wish cuts it out | `places::a_wished_place_inside_a_refused_one…` | `alternatives::narrower_places…` |
//! | `commute_minutes` by the ends of the band; refused: that or more; refused relocation and 120 minutes | `places::a_commute_is_met…` | `fields::commute`, `relocation` |
//! | no estimate across the sea or by Shinkansen | `places::there_is_no_estimate…` | |
//! | open lists are never unmet; a refused means never excludes; a car park is a car | `lists::of_an_open_list…`, `a_means_of_the_commute…` | `fields::open_lists…` |
//! | closed lists; refusals met by other values; forms of employment refused only alone | `lists::of_a_closed_list…`, `a_refused_form…` | `fields::closed_lists`, `alternatives::a_refused_form…` |
//! | kinds that cover kinds; halves of a day's shift | `lists::a_hospital_covers…`, `a_part_of_the_day…` | `fields::institutions…` |
//! | `relocation` | `lists::relocation_is_offered…` | `fields::relocation` |
//! | `specialty`, stand-ins, backwards unknown, refusals without stand-ins | `lists::a_department_does…`, `of_several_departments…`, `a_refused_department…` | `fields::specialty` |
//! | ranges of days overlap, week and month never compared, refused ranges | `figures::ranges_of_days…` | `figures::numbers_of_days` |
//! | `hours` end by end, over midnight | `figures::hours_lie_inside…` | `figures::hours` |
//! | duties: a number, `any`, refused numbers, accepted beside refused | `figures::a_number_of_duties…`, `any_duty…`, `an_accepted_number…`, `who_takes_any_duty…` | `figures::duties` |
//! | patients and hours as limits | `figures::patients_and_hours…` | `figures::patients…` |
//! | pay that converts; starts by month; their refusals ignored | `figures::pay_reaches…`, `a_start_is_compared…`, `refusals_of_pay…` | `figures::pay`, `start` |
//! | several values are a choice, or hold together | the same properties, which offer several | |
//! | `duration`, `contact`, … and `drop` decide nothing | `exclusion::what_no_opening_fact_decides…` | `figures::what_no_opening_decides…` |
//! | Days: halves, allowed, needed, every strength, weekdays | `days::the_needed_days_decide`, `weekdays_are…` | `tests/days.rs` |
//! | alternatives and `must`; the four fields of single wishes | `exclusion::of_alternatives…`, `in_the_four_fields…` | `alternatives::one_alternative…` |
//! | caps; a wanted number excludes nothing | `exclusion::the_largest_number…`, `what_is_only_wanted…`, `properties::no_number_above…` | `alternatives::caps_exclude…` |
//! | `never` excludes | `properties::nothing_refused_is_suggested…`, `lists`, `figures` | |
//! | practised departments stand in; out of reach | `exclusion::who_wishes_no_department…`, `a_practised_department…` | `alternatives::practised…` |
//! | asks are listed and exclude nothing; age and sex are never read | `exclusion::what_the_institution_asks…`, `age_and_sex…` | `answers` |
//! | weights, terms, quarters for `ok`, stand-ins as one | `order::the_score_is…`, `stand_ins_weigh…` | `alternatives::terms_are_weighed` |
//! | the order | `order::equals_stand_by…`, `of_equal_scores…`, `properties::the_order_of_the_openings_given…` | `answers::the_order_is…` |
//! | a better opening never ranks below | `properties::an_opening_that_fares_no_worse…` | |
//! | what is listed, in which order | `order::lists_hold…` | `alternatives::of_alternatives…`, `answers` |
//! | `considered`, `excluded` once under the first field | `order::every_excluded_opening…`, `properties::nothing_refused…` | `answers::each_excluded…` |
//! | `relax`: what widens how, `adds`, `best`, order | `order::a_relaxation_is…`, `a_commute_is_relaxed…` | `tests/relaxing.rs` |
//!
//! (`lists`, `figures`, `places`, `days`, `exclusion` and `order` as properties are the files of `sentences/`.)

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
mod sentences;
mod standing;
mod suiting;
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
