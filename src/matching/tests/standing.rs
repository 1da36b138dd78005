//! A new opening against everyone's wishes: the same verdicts as asking for each doctor, whoever came and went before.

use super::engine::{a_home, any_opening};
use super::properties::some_wishes;
use crate::domain::opening::Opening;
use crate::domain::wish::{ProfileItem, Wish};
use crate::matching::{Doctor, Standing, suits};
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

/// Some say of their home what nobody finds.
fn anywhere() -> impl Strategy<Value = Vec<ProfileItem>> {
    prop_oneof![9 => a_home(), 1 => Just(super::profile("home=ロンドン; specialty=内科"))]
}

fn changes(ids: usize, most: usize) -> impl Strategy<Value = Vec<Change>> {
    let change = prop_oneof![
        6 => (0..ids, anywhere(), some_wishes()).prop_map(|(n, p, w)| Change::Put(n, p, w)),
        2 => (0..ids).prop_map(Change::Take),
        1 => Just(Change::Arrange),
    ];
    prop::collection::vec(change, 0..most)
}

/// Those suggested are those whom the plain rules name, in their order.
fn compare(standing: &Standing, known: &Known, opening: &Opening, top: usize) -> usize {
    assert_eq!(standing.len(), known.len());
    let doctors: Vec<Doctor> = known
        .values()
        .map(|(profile, wishes)| Doctor { profile, wishes })
        .collect();
    let ids: Vec<&str> = known.keys().map(String::as_str).collect();
    let named: Vec<&str> = suits(opening, &doctors)
        .into_iter()
        .map(|(n, _)| ids[n])
        .collect();
    for top in [0, 1, top, usize::MAX] {
        let (many, suggested) = standing.suggested(opening, top);
        assert_eq!(many, named.len());
        assert_eq!(suggested, named[..top.min(named.len())]);
    }
    named.len()
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
    let (home, wishes, opening) = (anywhere(), some_wishes(), any_opening());
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
    let mut named = 0;
    for round in 0..6 {
        if round % 2 == 1 {
            standing.arrange();
        }
        for _ in 0..5 {
            let opening = opening.new_tree(&mut openings).unwrap().current();
            named += compare(&standing, &known, &opening, 10);
        }
        for n in (round..1000).step_by(7) {
            change(&mut standing, &mut known, Change::Take(n));
        }
        for n in (round..1000).step_by(11) {
            put(&mut standing, &mut known, n);
        }
    }
    assert!(named > 1_000, "{named}");
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
    assert!(compare(&standing, &known, &opening, 10) > 0);
    for n in 0..100 {
        change(&mut standing, &mut known, Change::Take(n));
    }
    assert!(standing.is_empty());
    assert_eq!(compare(&standing, &known, &opening, 10), 0);
}
