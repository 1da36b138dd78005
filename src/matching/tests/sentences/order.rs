//! The score, the order, and what the answer holds.

use super::super::{ask, opening, properties, wishes};
use super::{items, sign};
use crate::domain::opening::Opening;
use crate::domain::wish::{Field, Strength, Value, Wish};
use crate::matching::{Doctor, rank};
use proptest::prelude::*;
use std::collections::BTreeMap;

const SINGLE: [Field; 4] = [Field::Duty, Field::Role, Field::Benefit, Field::Workstyle];
const CAPPED: [Field; 7] = [
    Field::CommuteMinutes,
    Field::NightDuty,
    Field::OnCall,
    Field::DayDuty,
    Field::OutpatientsPerDay,
    Field::HoursPerDay,
    Field::HoursPerWeek,
];

/// Hundredths of what a status earns.
fn earned(sign: &str) -> f64 {
    match sign {
        "+" => 1.0,
        "?" => 0.5,
        _ => 0.0,
    }
}

fn weight(strength: &str) -> f64 {
    match strength {
        "must" | "never" => 4.0,
        "want" | "avoid" => 2.0,
        _ => 0.0,
    }
}

/// The score of one opening, rounded; nothing where it is excluded.
fn score(wished: &str, offered: &str) -> Option<f64> {
    let answer = ask("", wished, &[opening("A", offered)]);
    answer.matches.first().map(|m| m.score)
}

fn one_of(
    values: &'static [&'static str],
) -> impl Strategy<Value = BTreeMap<&'static str, &'static str>> {
    let strengths = prop::sample::select(&["must", "want", "ok", "avoid", "never"][..]);
    prop::collection::btree_map(prop::sample::select(values), strengths, 0..=values.len())
}

fn listed(values: &'static [&'static str]) -> impl Strategy<Value = Vec<&'static str>> {
    prop::sample::subsequence(values, 0..=values.len())
}

const DUTIES: &[&str] = &["outpatient", "ward", "checkup"];
const STYLES: &[&str] = &["qol", "expertise", "challenge"];
const KINDS: &[&str] = &["clinic", "company", "public_office"];

/// Wishes and an opening of two fields of single wishes and one of alternatives.
type Mixed = [(
    &'static str,
    BTreeMap<&'static str, &'static str>,
    Vec<&'static str>,
); 3];

fn mixed() -> impl Strategy<Value = Mixed> {
    let field = |name, values| (Just(name), one_of(values), listed(values));
    (
        field("duty", DUTIES),
        field("workstyle", STYLES),
        field("institution", KINDS),
    )
        .prop_map(|(a, b, c)| [a, b, c])
}

/// Wishes that one weighs against each other are of one (field, value) each.
fn distinct(wishes: &mut Vec<Wish>) {
    let mut seen: Vec<(Field, Value)> = vec![];
    wishes.retain(|w| {
        let new = !seen.contains(&(w.field, w.value.clone()));
        seen.push((w.field, w.value.clone()));
        new
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn the_score_is_what_is_earned_of_what_weighs(mixed in mixed()) {
        let mut terms: Vec<(f64, f64)> = vec![];
        let (mut wished, mut offered) = (vec![], vec![]);
        for (field, wishes, values) in &mixed {
            let values = items(field, values);
            let alone = |s: &str, v: &str| {
                let softer = if ["never", "avoid"].contains(&s) { "avoid" } else { "want" };
                earned(&sign("", &format!("{softer} {field}={v}"), &values))
            };
            let of = |strengths: &[&str]| -> Vec<f64> {
                let own = wishes.iter().filter(|(_, s)| strengths.contains(s));
                own.map(|(v, s)| alone(s, v)).collect()
            };
            let best = |all: Vec<f64>| all.into_iter().fold(0.0, f64::max);
            for (v, s) in wishes {
                wished.push(format!("{s} {field}={v}"));
                if *field != "institution" || ["avoid", "never"].contains(s) {
                    terms.push((weight(s), alone(s, v)));
                }
            }
            if *field == "institution" {
                let accepted = if of(&["ok"]).contains(&1.0) { 0.25 } else { 0.0 };
                if !of(&["must"]).is_empty() {
                    terms.push((4.0, best(of(&["must", "want"])).max(accepted)));
                }
                if !of(&["want"]).is_empty() {
                    terms.push((2.0, best(of(&["want"])).max(accepted)));
                }
            }
            offered.push(values);
        }
        let offered: Vec<String> = offered.into_iter().filter(|o| !o.is_empty()).collect();
        let Some(got) = score(&wished.join("; "), &offered.join("; ")) else {
            return Ok(());
        };
        let all: f64 = terms.iter().map(|t| t.0).sum();
        let sum: f64 = terms.iter().map(|t| t.0 * t.1).sum();
        let expected = if all == 0.0 { 0.5 } else { sum / all };
        prop_assert!((got - expected).abs() < 0.005 + 1e-9, "{} {}: {:?} | {:?}", got, expected, wished, offered);
    }
}

proptest! {
    #[test]
    fn stand_ins_weigh_as_one_want_together(departments in prop::sample::subsequence(&["内科", "外科", "精神科"][..], 1..=3), fits in any::<bool>()) {
        let offered = if fits { format!("specialty={}; duty=ward", departments[0]) } else { "duty=ward".to_owned() };
        let answer = ask(&items("specialty", &departments), "must duty=ward", &[opening("A", &offered)]);
        let expected = if fits { 1.0 } else { 5.0 / 6.0 };
        prop_assert!((answer.matches[0].score - expected).abs() < 0.006);
    }

    #[test]
    fn equals_stand_by_commute_shortage_date_and_id(
        standing in properties::some_wishes(), base in properties::an_opening()
    ) {
        let placed = [Field::AreaType, Field::Area, Field::CommuteMinutes, Field::CommuteMode, Field::Relocation];
        let standing: Vec<Wish> = standing.into_iter().filter(|w| !placed.contains(&w.field)).collect();
        let about = super::super::profile("home=松本駅");
        let variant = |id: &str, lat: f64, kind: &str, posted: &str| {
            let mut o = opening(id, &format!("area=長野県; at={lat},137.97; area_type={kind}; {posted}"));
            o.items.extend(base.items.iter().filter(|i| i.field != Field::AreaType).cloned());
            o
        };
        // Each is behind by one thing, and would be before by all that count less.
        let order = [
            variant("f", 36.24, "shortage", "posted=2026-10-01"),
            variant("g", 36.24, "shortage", "posted=2026-10-01"),
            variant("e", 36.24, "shortage", "posted=2026-09-30"),
            variant("d", 36.24, "shortage", ""),
            variant("c", 36.24, "urban", "posted=2026-10-02"),
            variant("b", 36.60, "shortage", "posted=2026-10-03"),
        ];
        let unknown = opening("a", "area=長野県; area_type=shortage; posted=2026-10-04");
        let unknown = Opening { items: order[0].items.clone(), ..unknown };
        let given: Vec<Opening> = order.iter().rev().chain([&unknown]).cloned().collect();
        let answer = rank(&Doctor { profile: &about, wishes: &standing }, &given, 10);
        let got: Vec<&str> = answer.matches.iter().map(|m| m.id.as_str()).collect();
        if !got.is_empty() {
            prop_assert_eq!(got, ["f", "g", "e", "d", "c", "b", "a"]);
        }
    }

    #[test]
    fn of_equal_scores_the_one_with_fewer_unknown_is_before(standing in properties::some_wishes(), base in properties::an_opening()) {
        let placed = [Field::AreaType, Field::Area, Field::CommuteMinutes, Field::CommuteMode, Field::Relocation, Field::Duty];
        let mut standing: Vec<Wish> = standing.into_iter().filter(|w| !placed.contains(&w.field)).collect();
        standing.extend(wishes("want duty=ward; want duty=checkup"));
        let about = super::super::profile("home=松本駅");
        let with = |o: Opening| {
            let mut o = o;
            o.items.extend(base.items.iter().filter(|i| !placed.contains(&i.field)).cloned());
            o
        };
        // One thing met and one unmet weigh as much as two that nobody knows.
        let told = with(opening("b", "area=長野県; duty=ward"));
        let silent = with(opening("a", "area=長野県; at=36.24,137.97; area_type=shortage; posted=2026-10-01"));
        let answer = rank(&Doctor { profile: &about, wishes: &standing }, &[silent, told], 2);
        let got: Vec<&str> = answer.matches.iter().map(|m| m.id.as_str()).collect();
        prop_assert!(got.is_empty() || got == ["b", "a"], "{:?}", answer.matches);
    }

    #[test]
    fn a_commute_is_relaxed_by_the_next_step(
        dy in -1.2..1.2f64, cap in 5i64..150, more in prop::option::of(5i64..150), strength in prop::sample::select(&["must", "ok"][..])
    ) {
        let offered = [opening("A", &format!("area=長野県; at={},137.97", 36.23 + dy))];
        let commute = ask("home=松本駅", "", &offered).matches[0].commute.clone();
        let low = commute.map_or(0, |c| i64::from(c.minutes[0]));
        let mut wished = vec![format!("{strength} commute_minutes={cap}")];
        let (mut top, mut held) = (cap, strength);
        if let Some(more) = more.filter(|m| *m != cap) {
            wished.push(format!("must commute_minutes={more}"));
            if more > cap {
                (top, held) = (more, "must");
            }
        }
        let step = [45, 60, 90, 120].into_iter().find(|s| *s > top);
        let opens = low > top && step.is_none_or(|s| low <= s);
        let expected: Vec<_> = opens.then(|| (held.to_owned(), Some(top), step)).into_iter().collect();
        let answer = ask("home=松本駅", &wished.join("; "), &offered);
        let got: Vec<_> = answer.relax.iter()
            .map(|r| (r.wish.strength.to_string(), r.wish.value.as_number(), r.to.as_ref().and_then(Value::as_number)))
            .collect();
        prop_assert_eq!(got, expected, "{}", low);
    }

    #[test]
    fn lists_hold_the_doctors_items_in_order_and_of_alternatives_the_best(
        about in properties::a_profile(), mut standing in properties::some_wishes(), openings in properties::some_openings()
    ) {
        distinct(&mut standing);
        // A department both practised and accepted stands twice, once for itself.
        standing.retain(|w| w.field != Field::Specialty || about.iter().all(|p| p.value != w.value));
        let written = |w: &Wish| format!("{}={}", w.field, w.value);
        let places: BTreeMap<String, usize> = standing.iter().enumerate().map(|(i, w)| (written(w), i)).collect();
        let of = |item: &String| places.get(item).map(|i| &standing[*i]);
        for m in rank(&Doctor { profile: &about, wishes: &standing }, &openings, 100).matches {
            for list in [&m.met, &m.unmet, &m.unknown] {
                let at: Vec<usize> = list.iter().map(|i| places.get(i).copied().unwrap_or(usize::MAX)).collect();
                prop_assert!(at.is_sorted(), "{:?}", list);
                // What the doctor did not say is a department that stands in.
                prop_assert!(list.iter().all(|i| places.contains_key(i) || i.starts_with("specialty=")));
            }
            let accepted = |w: &&Wish| w.strength == Strength::Ok;
            prop_assert!(!m.unmet.iter().filter_map(of).any(|w| accepted(&w)), "{:?}", m.unmet);
            prop_assert!(m.unknown.iter().filter_map(of).filter(accepted).all(|w| CAPPED.contains(&w.field)), "{:?}", m.unknown);
            let lists = [(&m.met, 0), (&m.unknown, 1), (&m.unmet, 2)];
            let mut seen: BTreeMap<(Field, Strength), usize> = BTreeMap::new();
            for (list, status) in lists {
                for w in list.iter().filter_map(of) {
                    if w.strength.is_positive() && !SINGLE.contains(&w.field) {
                        let first = *seen.entry((w.field, w.strength)).or_insert(status);
                        prop_assert_eq!(first, status, "{:?} {:?}", w.field, m);
                    }
                }
            }
        }
    }

    #[test]
    fn a_relaxation_is_what_widened_wishes_open(
        about in properties::a_profile(), mut standing in properties::some_wishes(), openings in properties::some_openings()
    ) {
        distinct(&mut standing);
        let doctor = Doctor { profile: &about, wishes: &standing };
        let answer = rank(&doctor, &openings, 100);
        let before: Vec<&str> = answer.matches.iter().map(|m| m.id.as_str()).collect();
        let is_cap = |w: &Wish| CAPPED.contains(&w.field) && w.value.as_number().is_some()
            && matches!(w.strength, Strength::Must | Strength::Ok);
        for r in &answer.relax {
            let named = |w: &Wish| w.field == r.wish.field && w.value == r.wish.value && w.strength == r.wish.strength;
            let held = standing.iter().find(|w| named(w)).unwrap();
            let wider: Vec<Wish> = standing.iter().filter_map(|w| {
                let mut w = w.clone();
                if is_cap(held) && w.field == held.field && is_cap(&w) {
                    w.value = r.to.clone()?;
                } else if held.strength == Strength::Never || SINGLE.contains(&held.field) {
                    return (!named(&w)).then_some(w);
                } else if !is_cap(held) && w.field == held.field && w.strength == Strength::Must && !is_cap(&w) {
                    w.strength = Strength::Want;
                }
                Some(w)
            }).collect();
            if let Some(to) = &r.to {
                let steps = [45, 60, 90, 120];
                let next = steps.iter().find(|s| Some(**s) > held.value.as_number());
                prop_assert_eq!((held.field, to.as_number()), (Field::CommuteMinutes, next.copied()));
            }
            let after = rank(&Doctor { profile: &about, wishes: &wider }, &openings, 100);
            let new: Vec<&str> = after.matches.iter().map(|m| m.id.as_str()).filter(|id| !before.contains(id)).collect();
            prop_assert_eq!((new.len(), new.first().copied()), (r.adds, Some(r.best.as_str())), "{:?}", r);
        }
        // Most first, then the order of the vocabulary.
        let keys: Vec<_> = answer.relax.iter().map(|r| (std::cmp::Reverse(r.adds), r.wish.field)).collect();
        prop_assert!(keys.is_sorted(), "{:?}", answer.relax);
    }

    #[test]
    fn every_excluded_opening_counts_once_under_the_first_field_that_excludes_it(
        about in properties::a_profile(), mut standing in properties::some_wishes(), offered in properties::an_opening()
    ) {
        distinct(&mut standing);
        let answer = rank(&Doctor { profile: &about, wishes: &standing }, std::slice::from_ref(&offered), 1);
        let Some((field, n)) = answer.excluded.iter().next() else {
            return Ok(());
        };
        prop_assert_eq!((answer.excluded.len(), *n, answer.considered), (1, 1, 1));
        // Wishes of earlier fields alone let it pass; with those of the field itself it does not.
        let kept = |up_to: &dyn Fn(Field) -> bool| -> Vec<Wish> {
            // Means, refusals of moving and a change of department bear on other fields, so they stay.
            let bears = |f: Field| matches!(f, Field::CommuteMode | Field::SpecialtyChange);
            standing.iter().filter(|w| up_to(w.field) || bears(w.field)).cloned().collect()
        };
        let earlier = kept(&|f| f < *field);
        let plain = if *field > Field::Specialty { about.clone() } else {
            about.iter().filter(|p| p.field != crate::domain::wish::ProfileField::Specialty).cloned().collect()
        };
        let without = rank(&Doctor { profile: &plain, wishes: &earlier }, std::slice::from_ref(&offered), 1);
        prop_assert!(without.excluded.is_empty(), "{:?} before {}", without.excluded, field);
        let with = rank(&Doctor { profile: &about, wishes: &kept(&|f| f <= *field) }, std::slice::from_ref(&offered), 1);
        prop_assert_eq!(with.excluded, answer.excluded);
    }
}

#[test]
fn wishes_of_a_case_are_its_own() {
    // The properties above draw wishes by their text, which must say what it looks like.
    let all = wishes("must duty=ward; drop area=長野県");
    assert_eq!(
        (all[0].strength, all[1].strength),
        (Strength::Must, Strength::Drop)
    );
}
