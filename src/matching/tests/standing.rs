//! A new opening against everyone's wishes: the same verdicts as asking for each doctor, whoever came and went before.

use super::engine::{a_home, any_opening};
use super::properties::some_wishes;
use crate::domain::opening::Opening;
use crate::domain::wish::{ProfileItem, Wish};
use crate::matching::{Doctor, Standing, suitability, suits};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use std::collections::BTreeMap;

type Known = BTreeMap<String, (Vec<ProfileItem>, Vec<Wish>)>;

#[derive(Debug, Clone)]
enum Change {
    Put(usize, Vec<ProfileItem>, Vec<Wish>),
    Take(usize),
    Arrange,
}

fn changes(ids: usize, most: usize) -> impl Strategy<Value = Vec<Change>> {
    let change = prop_oneof![
        6 => (0..ids, a_home(), some_wishes()).prop_map(|(n, p, w)| Change::Put(n, p, w)),
        2 => (0..ids).prop_map(Change::Take),
        1 => Just(Change::Arrange),
    ];
    prop::collection::vec(change, 0..most)
}

fn doctor<'k>(known: &'k Known, id: &str) -> Option<Doctor<'k>> {
    let (profile, wishes) = known.get(id)?;
    Some(Doctor { profile, wishes })
}

fn compare(standing: &Standing, known: &Known, opening: &Opening, top: usize) {
    assert_eq!(standing.len(), known.len());
    let (many, suited) = standing.suited(opening, top, |id| doctor(known, id));
    let all: BTreeMap<&str, _> = known
        .keys()
        .filter_map(|id| Some((id.as_str(), suitability(&doctor(known, id)?, opening)?)))
        .collect();
    assert_eq!(many, all.len());
    assert_eq!(suited.len(), top.min(all.len()));
    for s in &suited {
        assert_eq!(Some(&s.suits), all.get(s.id.as_str()));
    }
    // Nobody left out has a better score than the last who is in.
    let last = suited.last().map_or(1.0, |s| s.suits.score);
    for (_, m) in all
        .iter()
        .filter(|(id, _)| suited.iter().all(|s| s.id != **id))
    {
        assert!(top == 0 || m.score <= last);
    }
    assert!(
        suited
            .windows(2)
            .all(|w| w[0].suits.score >= w[1].suits.score)
    );
    // Those suggested are those whom the plain rules name.
    let list: Vec<(&str, Doctor)> = known
        .keys()
        .filter_map(|id| Some((id.as_str(), doctor(known, id)?)))
        .collect();
    let doctors: Vec<Doctor> = list.iter().map(|(_, d)| *d).collect();
    let named: BTreeMap<&str, _> = suits(opening, &doctors)
        .into_iter()
        .map(|(n, m)| (list[n].0, m))
        .collect();
    for top in [0, 1, 3, usize::MAX] {
        let suggested = standing.suggested(opening, top, |id| doctor(known, id));
        assert_eq!(suggested.len(), top.min(named.len()));
        for s in suggested {
            assert_eq!(Some(&s.suits), named.get(s.id.as_str()));
        }
    }
}

fn change(standing: &mut Standing, known: &mut Known, change: Change) {
    match change {
        Change::Put(n, profile, wishes) => {
            let doctor = Doctor {
                profile: &profile,
                wishes: &wishes,
            };
            standing.add(&n.to_string(), &doctor);
            known.insert(n.to_string(), (profile, wishes));
        }
        Change::Take(n) => {
            let id = n.to_string();
            assert_eq!(standing.remove(&id), known.remove(&id).is_some());
            assert!(!standing.contains(&id));
        }
        Change::Arrange => standing.arrange(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn the_doctors_whom_an_opening_suits_are_those_it_is_suggested_to_after_any_changes(
        first in changes(12, 24), then in changes(12, 12), openings in prop::collection::vec(any_opening(), 1..4), top in 0usize..6
    ) {
        let (mut standing, mut known) = (Standing::new(), Known::new());
        for changes in [first, then] {
            for one in changes {
                change(&mut standing, &mut known, one);
            }
            for opening in &openings {
                compare(&standing, &known, opening, top);
            }
        }
    }
}

#[test]
fn a_thousand_doctors_are_struck_out_as_one_by_one() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (home, wishes, opening) = (a_home(), some_wishes(), any_opening());
    let (mut standing, mut known) = (Standing::new(), Known::new());
    let mut put = |standing: &mut Standing, known: &mut Known, n: usize| {
        let profile = home.new_tree(&mut runner).unwrap().current();
        let wishes = wishes.new_tree(&mut runner).unwrap().current();
        change(standing, known, Change::Put(n, profile, wishes));
    };
    for n in 0..1000 {
        put(&mut standing, &mut known, n);
    }
    let mut openings = proptest::test_runner::TestRunner::deterministic();
    for round in 0..6 {
        if round % 2 == 1 {
            standing.arrange();
        }
        for _ in 0..5 {
            let opening = opening.new_tree(&mut openings).unwrap().current();
            compare(&standing, &known, &opening, 10);
        }
        for n in (round..1000).step_by(7) {
            change(&mut standing, &mut known, Change::Take(n));
        }
        for n in (round..1000).step_by(11) {
            put(&mut standing, &mut known, n);
        }
    }
}

#[test]
fn a_doctor_who_comes_often_takes_one_place() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (wishes, opening) = (some_wishes(), any_opening());
    let (mut standing, mut known) = (Standing::new(), Known::new());
    for n in 0..20_000 {
        let wishes = wishes.new_tree(&mut runner).unwrap().current();
        change(
            &mut standing,
            &mut known,
            Change::Put(n % 100, vec![], wishes),
        );
    }
    let opening = opening.new_tree(&mut runner).unwrap().current();
    compare(&standing, &known, &opening, 10);
    for n in 0..100 {
        change(&mut standing, &mut known, Change::Take(n));
    }
    assert!(standing.is_empty());
    compare(&standing, &known, &opening, 10);
}
