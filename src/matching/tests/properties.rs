//! What must hold for every doctor and every opening.

use super::{opening, wishes};
use crate::domain::opening::Opening;
use crate::domain::wish::{Field, Language, OpeningItem, ProfileItem, Strength, Value, Wish};
use crate::matching::doctor::Prepared;
use crate::matching::facts::Facts;
use crate::matching::judge::judge;
use crate::matching::score::Rank;
use crate::matching::{Doctor, Index, Status, rank, reasons};
use proptest::prelude::*;

/// Values that wishes and openings draw from; few enough that they meet.
const POOL: &[&str] = &[
    "commute_minutes=30",
    "commute_minutes=60",
    "commute_minutes=90",
    "commute_mode=car",
    "commute_mode=train",
    "commute_mode=bus",
    "area=長野県",
    "area=長野県松本市",
    "area=甲信越",
    "area=埼玉県",
    "area=東京都",
    "area=東京都世田谷区",
    "area=全国",
    "area=松本駅",
    "area=津軽地方",
    "area_type=shortage",
    "area_type=urban",
    "relocation=yes",
    "relocation=alone",
    "employment=full_time",
    "employment=part_time",
    "employment=spot",
    "days_per_week={\"min\":3,\"max\":4}",
    "days_per_week={\"max\":3}",
    "days_per_week={\"min\":5,\"max\":5}",
    "days_per_month={\"min\":4,\"max\":8}",
    "day=weekdays",
    "day=mon",
    "day=wed",
    "day=sat:am",
    "day=sat",
    "day=sun",
    "shift=day",
    "shift=morning",
    "shift=night",
    "hours={\"start\":\"09:00\",\"end\":\"17:00\"}",
    "hours={\"end\":\"13:00\"}",
    "hours={\"start\":\"22:00\",\"end\":\"06:00\"}",
    "hours_per_day=8",
    "hours_per_week=32",
    "night_duty=any",
    "night_duty=2",
    "night_duty=4",
    "on_call=any",
    "on_call=1",
    "day_duty=any",
    "day_duty=1",
    "overtime=any",
    "specialty=内科",
    "specialty=循環器内科",
    "specialty=外科",
    "specialty=消化器外科",
    "specialty=精神科",
    "specialty_change=any",
    "duty=ward",
    "duty=outpatient",
    "duty=emergency",
    "role=teaching",
    "role=director",
    "institution=hospital",
    "institution=acute",
    "institution=clinic",
    "workstyle=qol",
    "workstyle=challenge",
    "salary_min={\"amount\":12000000,\"unit\":\"year\"}",
    "salary_min={\"amount\":80000,\"unit\":\"day\"}",
    "salary_min={\"amount\":1200000,\"unit\":\"month\"}",
    "benefit=housing",
    "benefit=car_commute",
    "start=2027-04",
    "start=2027-01",
    "start=asap",
    "duration=6",
    "outpatients_per_day=25",
    "outpatients_per_day=40",
    "contact=email",
    "confidential=name",
];

const OFFERED_ONLY: &[&str] = &[
    "night_duty=none",
    "on_call=none",
    "day_duty=none",
    "overtime=none",
    "night_duty=9",
    "certification=総合内科専門医",
    "years_experience=10",
    "beds=100",
    "salary_max={\"amount\":15000000,\"unit\":\"year\"}",
];

const PLACES: &[&str] = &[
    "area=長野県松本市; at=36.235,137.970",
    "area=長野県松本市",
    "area=長野県",
    "area=長野県塩尻市; at=36.115,137.95",
    "area=埼玉県川越市",
    "area=東京都世田谷区; at=35.644,139.655",
    "area=東京都",
    "area=関東",
    "area=新潟県佐渡市",
    "area=どこか",
    "area=長野県; address=長野県松本市旭1-1",
];

const PROFILES: &[&str] = &[
    "",
    "home=松本駅",
    "home=長野県松本市; specialty=循環器内科",
    "home=東京都世田谷区; specialty=外科; specialty=内科",
    "specialty=精神科; certification=総合内科専門医; years_experience=30",
    "home=長野県",
];

fn a_wish() -> impl Strategy<Value = Wish> {
    let strengths =
        prop::sample::select(vec!["must", "want", "want", "ok", "avoid", "never", "drop"]);
    (strengths, prop::sample::select(POOL))
        .prop_map(|(strength, item)| wishes(&format!("{strength} {item}")).remove(0))
}

pub(super) fn some_wishes() -> impl Strategy<Value = Vec<Wish>> {
    prop::collection::vec(a_wish(), 0..9)
}

pub(super) fn a_profile() -> impl Strategy<Value = Vec<ProfileItem>> {
    prop::sample::select(PROFILES).prop_map(super::profile)
}

fn some_items() -> impl Strategy<Value = Vec<OpeningItem>> {
    let all: Vec<&str> = POOL
        .iter()
        .filter(|i| !i.starts_with("commute_minutes") && !i.starts_with("area="))
        .chain(OFFERED_ONLY)
        .copied()
        .collect();
    prop::collection::vec(prop::sample::select(all), 0..14)
        .prop_map(|items| opening("", &items.join("; ")).items)
}

pub(super) fn an_opening() -> impl Strategy<Value = Opening> {
    let posted = prop::sample::select(vec!["", "posted=2026-10-01", "posted=2026-11-01"]);
    (prop::sample::select(PLACES), posted, some_items()).prop_map(|(place, posted, items)| {
        Opening {
            items,
            ..opening("", &format!("{place}; {posted}"))
        }
    })
}

pub(super) fn some_openings() -> impl Strategy<Value = Vec<Opening>> {
    prop::collection::vec(an_opening(), 1..14).prop_map(|mut openings| {
        for (i, o) in openings.iter_mut().enumerate() {
            o.id = format!("O-{i:02}");
        }
        openings
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_the_openings_given_changes_nothing(
        profile in a_profile(), wishes in some_wishes(), openings in some_openings(), turn in 0usize..14
    ) {
        let doctor = Doctor { profile: &profile, wishes: &wishes };
        let mut turned = openings.clone();
        turned.rotate_left(turn % openings.len());
        prop_assert_eq!(rank(&doctor, &openings, 5), rank(&doctor, &turned, 5));
    }

    #[test]
    fn the_plain_matcher_gives_the_same_answer(
        profile in a_profile(), mut wishes in some_wishes(), openings in some_openings(), top in 1usize..8
    ) {
        // The contract has one (field, value) once; which of two equal wishes counts is nobody's question.
        let mut seen: Vec<(Field, Value)> = Vec::new();
        wishes.retain(|w| {
            let new = !seen.contains(&(w.field, w.value.clone()));
            seen.push((w.field, w.value.clone()));
            new
        });
        let doctor = Doctor { profile: &profile, wishes: &wishes };
        let plain = super::plain::answer(&profile, &wishes, &openings, top);
        prop_assert_eq!(rank(&doctor, &openings, top), plain);
    }

    #[test]
    fn nothing_refused_is_suggested_and_nothing_gets_lost(
        profile in a_profile(), wishes in some_wishes(), openings in some_openings()
    ) {
        let doctor = Doctor { profile: &profile, wishes: &wishes };
        let answer = rank(&doctor, &openings, 100);
        let excluded: usize = answer.excluded.values().sum();
        prop_assert_eq!(answer.considered, openings.len());
        prop_assert_eq!(answer.matches.len() + excluded, openings.len());
        for m in &answer.matches {
            let opening = openings.iter().find(|o| o.id == m.id).unwrap();
            for r in reasons(&doctor, opening, Language::Ja).wishes {
                prop_assert!(
                    r.strength != Strength::Never || r.status != Status::Unmet,
                    "{} suggests {} {}", m.id, r.field, r.value
                );
            }
            prop_assert!((0.0..=1.0).contains(&m.score));
        }
        for pair in answer.matches.windows(2) {
            prop_assert!(pair[0].score >= pair[1].score);
        }
    }

    #[test]
    fn no_number_above_its_cap_is_suggested(
        profile in a_profile(), wishes in some_wishes(), openings in some_openings()
    ) {
        let doctor = Doctor { profile: &profile, wishes: &wishes };
        for m in rank(&doctor, &openings, 100).matches {
            let opening = openings.iter().find(|o| o.id == m.id).unwrap();
            for field in [Field::NightDuty, Field::OnCall, Field::OutpatientsPerDay, Field::HoursPerDay] {
                let standing = || wishes.iter().filter(move |w| w.field == field);
                let lifted = standing().any(|w| w.strength == Strength::Ok && w.value.as_text().is_some());
                let cap = standing()
                    .filter(|w| matches!(w.strength, Strength::Must | Strength::Ok))
                    .filter_map(|w| w.value.as_number())
                    .max();
                let least = opening
                    .values(field)
                    .map(|v| v.as_number().unwrap_or(0))
                    .min();
                if let (Some(cap), Some(least), false) = (cap, least, lifted) {
                    prop_assert!(least <= cap, "{}: {field} {least} over {cap}", m.id);
                }
            }
        }
    }

    #[test]
    fn the_top_is_the_head_of_the_whole_list(
        profile in a_profile(), wishes in some_wishes(), openings in some_openings(), top in 0usize..6
    ) {
        let doctor = Doctor { profile: &profile, wishes: &wishes };
        let index = Index::new(&openings);
        let (all, some) = (index.rank(&doctor, 100), index.rank(&doctor, top));
        prop_assert_eq!(&all.matches[..top.min(all.matches.len())], some.matches.as_slice());
        prop_assert_eq!((all.excluded, all.relax), (some.excluded, some.relax));
    }

    #[test]
    fn an_opening_that_fares_no_worse_ranks_no_lower(
        profile in a_profile(), wishes in some_wishes(), worse in an_opening(), items in some_items(), field in 0usize..39
    ) {
        let field = Field::ALL[field];
        let mut better = worse.clone();
        better.items.retain(|i| i.field != field);
        better.items.extend(items.into_iter().filter(|i| i.field == field));
        let doctor = Prepared::new(Doctor { profile: &profile, wishes: &wishes });
        let (a, b) = (Facts::read(&worse), Facts::read(&better));
        let ((ja, _), (jb, _)) = (judge(&doctor, &a), judge(&doctor, &b));
        let no_worse = ja.statuses.iter().zip(&jb.statuses).all(|(x, y)| x <= y);
        if no_worse {
            prop_assert!(Rank::of(&doctor, &b, &jb).rounded() >= Rank::of(&doctor, &a, &ja).rounded());
        }
    }

    #[test]
    fn silence_excludes_nothing(profile in a_profile(), wishes in some_wishes()) {
        // Who refuses the whole country refuses this one, wherever it is.
        let everywhere = |w: &Wish| w.strength.is_refusal() && w.value == Value::text("全国");
        prop_assume!(!wishes.iter().any(everywhere));
        let silent = opening("A", "area=どこか");
        let doctor = Doctor { profile: &profile, wishes: &wishes };
        let answer = rank(&doctor, &[silent], 10);
        prop_assert_eq!(answer.matches.len(), 1, "{:?}", answer.excluded);
        let known_anyway: Vec<&String> = answer.matches[0].met.iter().filter(|m| *m != "area=全国").collect();
        prop_assert!(known_anyway.is_empty(), "{:?}", known_anyway);
    }

    #[test]
    fn a_relaxation_opens_what_it_says(
        profile in a_profile(), wishes in some_wishes(), openings in some_openings()
    ) {
        let doctor = Doctor { profile: &profile, wishes: &wishes };
        let answer = rank(&doctor, &openings, 100);
        let suggested: Vec<&str> = answer.matches.iter().map(|m| m.id.as_str()).collect();
        for pair in answer.relax.windows(2) {
            prop_assert!(pair[0].adds >= pair[1].adds);
        }
        for relaxation in &answer.relax {
            prop_assert!(!suggested.contains(&relaxation.best.as_str()));
            prop_assert!(relaxation.adds > 0);
            // A refusal or a single must that goes: the plain way to the same figure.
            if relaxation.wish.strength == Strength::Never {
                let index = wishes
                    .iter()
                    .position(|w| w.field == relaxation.wish.field
                        && w.value == relaxation.wish.value
                        && w.strength == Strength::Never)
                    .unwrap();
                if wishes.iter().filter(|w| **w == wishes[index]).count() > 1 {
                    continue;
                }
                let mut fewer = wishes.clone();
                fewer.remove(index);
                let widened = rank(&Doctor { profile: &profile, wishes: &fewer }, &openings, 100);
                let new: Vec<&str> = widened
                    .matches
                    .iter()
                    .map(|m| m.id.as_str())
                    .filter(|id| !suggested.contains(id))
                    .collect();
                prop_assert_eq!(new.len(), relaxation.adds);
                prop_assert_eq!(new[0], relaxation.best.as_str());
            }
        }
    }
}

#[test]
fn strange_values_are_passed_over() {
    for field in Field::ALL {
        for json in [
            "-1",
            "9223372036854775807",
            "\"\"",
            "\"変\"",
            "{\"amount\":-1,\"unit\":\"day\"}",
            "{\"min\":-1e300}",
            "{}",
        ] {
            let value: Value = serde_json::from_str(json).unwrap();
            for strength in Strength::ALL {
                let wish = Wish {
                    field: *field,
                    value: value.clone(),
                    strength: *strength,
                    quote: String::new(),
                    rule: String::new(),
                };
                let item = OpeningItem {
                    field: *field,
                    value: value.clone(),
                    quote: String::new(),
                    rule: String::new(),
                };
                let offered = Opening {
                    items: vec![item],
                    ..opening("A", "area=長野県")
                };
                let wishes = [wish];
                rank(
                    &Doctor {
                        profile: &[],
                        wishes: &wishes,
                    },
                    &[offered],
                    10,
                );
            }
        }
    }
}
