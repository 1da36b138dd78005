//! A new opening against everyone's wishes: the same verdicts as asking for each doctor.

use super::engine::any_opening;
use super::properties::{a_profile, some_wishes};
use crate::matching::{Doctor, Standing, rank, suitability};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn the_doctors_whom_an_opening_suits_are_those_it_is_suggested_to(
        doctors in prop::collection::vec((a_profile(), some_wishes()), 0..12), opening in any_opening(), top in 0usize..6
    ) {
        let doctor = |n: usize| Doctor { profile: &doctors[n].0, wishes: &doctors[n].1 };
        let mut standing = Standing::new();
        for n in 0..doctors.len() {
            standing.add(&n.to_string(), &doctor(n));
        }
        prop_assert_eq!(standing.len(), doctors.len());
        let (many, suited) = standing.suited(&opening, top, |id| id.parse().ok().map(doctor));
        let openings = [opening];
        let all: Vec<usize> = (0..doctors.len())
            .filter(|n| !rank(&doctor(*n), &openings, 1).matches.is_empty())
            .collect();
        prop_assert_eq!(many, all.len());
        prop_assert_eq!(suited.len(), top.min(all.len()));
        for s in &suited {
            let n: usize = s.id.parse().unwrap();
            let alone = suitability(&doctor(n), &openings[0]);
            prop_assert_eq!(Some(&s.suits), alone.as_ref());
        }
        // Nobody left out has a better score than the last who is in.
        let last = suited.last().map_or(1.0, |s| s.suits.score);
        for n in all.iter().filter(|n| !suited.iter().any(|s| s.id == n.to_string())) {
            let score = rank(&doctor(*n), &openings, 1).matches[0].score;
            prop_assert!(top == 0 || score <= last);
        }
        prop_assert!(suited.windows(2).all(|w| w[0].suits.score >= w[1].suits.score));
    }
}
