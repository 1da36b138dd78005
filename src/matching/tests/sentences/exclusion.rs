//! What excludes an opening, and what does not.

use super::super::{ask, opening, profile, properties, wishes};
use super::{items, sign};
use crate::domain::opening::Opening;
use crate::domain::wish::{Field, ProfileField, ProfileItem, Strength, Value, Wish};
use crate::matching::{Doctor, rank};
use proptest::prelude::*;

/// Fields of alternatives without a cap, with values that openings say.
const ALTERNATIVES: &[(&str, &[&str])] = &[
    ("area_type", &["shortage", "urban", "rural"]),
    ("institution", &["hospital", "acute", "clinic", "company"]),
    ("shift", &["day", "morning", "evening", "night"]),
    ("employment", &["full_time", "part_time", "spot"]),
    ("specialty", &["内科", "循環器内科", "外科", "精神科"]),
    ("start", &["2027-01", "2027-04", "2027-10", "asap"]),
    (
        "hours",
        &[
            "{\"end\":\"13:00\"}",
            "{\"start\":\"09:00\",\"end\":\"17:00\"}",
            "{\"start\":\"08:00\"}",
        ],
    ),
    (
        "days_per_week",
        &["{\"max\":3}", "{\"min\":4,\"max\":4}", "{\"min\":5}"],
    ),
    (
        "salary_min",
        &[
            "{\"amount\":12000000,\"unit\":\"year\"}",
            "{\"amount\":15000000,\"unit\":\"year\"}",
            "{\"amount\":80000,\"unit\":\"day\"}",
        ],
    ),
];
const SINGLES: &[(&str, &[&str])] = &[
    ("duty", &["outpatient", "ward", "checkup", "emergency"]),
    ("role", &["teaching", "director", "research"]),
    ("benefit", &["housing", "conference", "training"]),
    ("workstyle", &["qol", "expertise", "challenge"]),
];

type Said = (
    &'static str,
    Vec<(&'static str, &'static str)>,
    Vec<&'static str>,
);

/// A field, some values wished at a strength each, some values offered.
fn said(
    fields: &'static [(&'static str, &'static [&'static str])],
    strengths: &'static [&'static str],
) -> impl Strategy<Value = Said> {
    prop::sample::select(fields).prop_flat_map(move |(field, values)| {
        let wished =
            prop::sample::subsequence(values, 1..=values.len()).prop_flat_map(move |values| {
                let strengths =
                    prop::collection::vec(prop::sample::select(strengths), values.len());
                strengths.prop_map(move |s| s.into_iter().zip(values.clone()).collect())
            });
        (
            Just(field),
            wished,
            prop::sample::subsequence(values, 0..=values.len().min(2)),
        )
    })
}

fn wished((field, wished, _): &Said) -> String {
    let all: Vec<String> = wished
        .iter()
        .map(|(s, v)| format!("{s} {field}={v}"))
        .collect();
    all.join("; ")
}

fn named(field: ProfileField, value: &str) -> ProfileItem {
    ProfileItem {
        field,
        value: Value::text(value),
        quote: String::new(),
        rule: String::new(),
        source: None,
    }
}

proptest! {
    #[test]
    fn of_alternatives_a_must_excludes_only_where_none_is_met_or_unknown(one in said(ALTERNATIVES, &["must", "want", "ok"])) {
        let (field, wishes, offered) = &one;
        let offered = items(field, offered);
        let alone = |value: &str| sign("", &format!("want {field}={value}"), &offered);
        let must = wishes.iter().any(|(s, _)| *s == "must");
        // Without a must or want the departments accepted are all that may be suggested.
        let accepted = *field == "specialty" && wishes.iter().all(|(s, _)| *s == "ok");
        let expected = (must || accepted) && wishes.iter().all(|(_, v)| alone(v) == "-");
        prop_assert_eq!(sign("", &wished(&one), &offered) == "x", expected);
    }

    #[test]
    fn in_the_four_fields_every_must_stands_for_itself(one in said(SINGLES, &["must", "want", "ok"])) {
        let (field, wishes, offered) = &one;
        let offered = items(field, offered);
        let missed = |(s, v): &(&str, &str)| *s == "must" && sign("", &format!("want {field}={v}"), &offered) == "-";
        prop_assert_eq!(sign("", &wished(&one), &offered) == "x", wishes.iter().any(missed));
    }

    #[test]
    fn the_largest_number_among_must_and_ok_is_the_cap(
        field in prop::sample::select(&["night_duty", "on_call", "day_duty", "outpatients_per_day", "hours_per_day", "hours_per_week"][..]),
        numbers in prop::collection::btree_map(1i64..10, prop::sample::select(&["must", "want", "ok"][..]), 1..4), n in 1i64..12
    ) {
        let all: Vec<String> = numbers.iter().map(|(v, s)| format!("{s} {field}={v}")).collect();
        let cap = numbers.iter().filter(|(_, s)| **s != "want").map(|(v, _)| *v).max();
        let got = sign("", &all.join("; "), &format!("{field}={n}"));
        prop_assert_eq!(got == "x", cap.is_some_and(|c| n > c));
    }

    #[test]
    fn what_is_only_wanted_or_avoided_excludes_nothing(
        mut wishes in properties::some_wishes(), openings in properties::some_openings()
    ) {
        for w in &mut wishes {
            w.strength = match w.strength {
                Strength::Must | Strength::Ok => Strength::Want,
                Strength::Never => Strength::Avoid,
                other => other,
            };
        }
        let answer = rank(&Doctor { profile: &[], wishes: &wishes }, &openings, 100);
        prop_assert!(answer.excluded.is_empty(), "{:?}", answer.excluded);
        prop_assert!(answer.relax.is_empty());
    }

    #[test]
    fn who_wishes_no_department_gets_those_practised_or_accepted(
        practised in prop::sample::subsequence(&["内科", "循環器内科", "外科", "消化器外科"][..], 0..3),
        accepted in prop::sample::subsequence(&["精神科", "内科", "整形外科"][..], 0..2), change in any::<bool>(),
        listed in prop::sample::subsequence(&["内科", "外科", "精神科", "整形外科", "皮膚科"][..], 0..3)
    ) {
        let about = items("specialty", &practised);
        let mut wished: Vec<String> = accepted.iter().map(|a| format!("ok specialty={a}")).collect();
        if change {
            wished.push("want specialty_change=any".into());
        }
        let offered = items("specialty", &listed);
        let fits = |d: &&str| sign("", &format!("want specialty={d}"), &offered) != "-";
        let known = practised.iter().chain(&accepted);
        let out = !listed.is_empty() && known.clone().next().is_some() && !known.clone().any(fits) && !change;
        let answer = ask(&about, &wished.join("; "), &[opening("A", &offered)]);
        prop_assert_eq!(answer.excluded.contains_key(&Field::Specialty), out, "{} {:?} {}", about, wished, offered);
    }

    #[test]
    fn a_practised_department_that_is_refused_stands_in_for_nothing(
        practised in prop::sample::subsequence(&["内科", "外科", "精神科"][..], 1..=3),
        refused in prop::sample::subsequence(&["内科", "外科", "精神科"][..], 0..2),
        strength in prop::sample::select(&["avoid", "never"][..])
    ) {
        let wished: Vec<String> = refused.iter().map(|r| format!("{strength} specialty={r}")).collect();
        let answer = ask(&items("specialty", &practised), &wished.join("; "), &[opening("A", "")]);
        let unknown = &answer.matches[0].unknown;
        for d in practised {
            let times = unknown.iter().filter(|i| **i == format!("specialty={d}")).count();
            prop_assert_eq!(times, 1, "once as itself or as the refusal: {:?}", unknown);
        }
        prop_assert!(answer.matches[0].met.is_empty());
    }

    #[test]
    fn what_the_institution_asks_changes_nothing_but_the_list_of_asks(
        about in properties::a_profile(), wishes in properties::some_wishes(), openings in properties::some_openings()
    ) {
        let doctor = Doctor { profile: &about, wishes: &wishes };
        let asked = |f: Field| matches!(f, Field::Certification | Field::YearsExperience);
        let plain: Vec<Opening> = openings.iter().cloned().map(|mut o| { o.items.retain(|i| !asked(i.field)); o }).collect();
        let mut answer = rank(&doctor, &openings, 100);
        for m in &mut answer.matches {
            let o = openings.iter().find(|o| o.id == m.id).unwrap();
            for item in o.items.iter().filter(|i| asked(i.field)) {
                let held = about.iter().any(|p| match (&p.value, &item.value) {
                    (Value::Number(have), Value::Number(want)) => p.field == ProfileField::YearsExperience && have >= want,
                    (have, want) => p.field == ProfileField::Certification && have == want,
                });
                prop_assert_eq!(m.asks.contains(&format!("{}={}", item.field, item.value)), !held);
            }
            m.asks.clear();
        }
        prop_assert_eq!(answer, rank(&doctor, &plain, 100));
    }

    #[test]
    fn age_and_sex_are_never_read(
        about in properties::a_profile(), wishes in properties::some_wishes(), openings in properties::some_openings(), age in 25i64..95
    ) {
        let mut told = about.clone();
        told.insert(0, ProfileItem { value: Value::Number(age), ..named(ProfileField::Age, "") });
        let (a, b) = (Doctor { profile: &about, wishes: &wishes }, Doctor { profile: &told, wishes: &wishes });
        prop_assert_eq!(rank(&a, &openings, 100), rank(&b, &openings, 100));
    }

    #[test]
    fn what_no_opening_fact_decides_changes_nothing(
        about in properties::a_profile(), standing in properties::some_wishes(), openings in properties::some_openings(),
        dropped in properties::some_wishes(), place in 0usize..9,
        more in prop::sample::select(&["must duration=6", "never contact=workplace_phone", "want confidential=employer", "avoid duration=12", "ok contact=email", "must confidential=name"][..])
    ) {
        let mut with = standing.clone();
        let place = place.min(with.len());
        with.splice(place..place, wishes(more));
        for w in dropped {
            with.push(Wish { strength: Strength::Drop, ..w });
        }
        let (a, b) = (Doctor { profile: &about, wishes: &standing }, Doctor { profile: &about, wishes: &with });
        prop_assert_eq!(rank(&a, &openings, 100), rank(&b, &openings, 100));
    }

    #[test]
    fn an_opening_that_says_nothing_on_a_field_is_unknown_there(
        about in properties::a_profile(), standing in properties::some_wishes(), offered in properties::an_opening(), field in 0usize..39
    ) {
        let field = Field::ALL[field];
        // These are read from more than the field's own items: place, home, car parks, the form of employment.
        let elsewhere = [
            Field::Area, Field::CommuteMinutes, Field::CommuteMode, Field::Relocation, Field::DaysPerWeek,
        ];
        prop_assume!(!elsewhere.contains(&field));
        let mut silent = offered;
        silent.items.retain(|i| i.field != field);
        if field == Field::SalaryMin {
            silent.items.retain(|i| i.field != Field::SalaryMax);
        }
        let answer = rank(&Doctor { profile: &about, wishes: &standing }, &[silent], 1);
        prop_assert!(!answer.excluded.contains_key(&field));
        for m in &answer.matches {
            let of = format!("{field}=");
            prop_assert!(m.met.iter().chain(&m.unmet).all(|i| !i.starts_with(&of)), "{:?}", m);
        }
    }
}

#[test]
fn nobody_who_practises_nothing_known_is_kept_from_a_department() {
    let answer = ask("", "", &[opening("A", "specialty=外科")]);
    assert_eq!(answer.matches.len(), 1);
    assert!(profile("").is_empty());
}
