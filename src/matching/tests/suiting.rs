//! The doctors whom an opening suits.

use super::{opening, profile, wishes};
use crate::matching::{Doctor, suits};

#[test]
fn the_doctors_whom_an_opening_suits_stand_in_order() {
    let matsumoto = "home=長野県松本市; specialty=内科";
    let people = [
        // Half of it fits.
        (matsumoto, "want day=weekdays; want duty=endoscopy"),
        // A refusal excludes.
        (matsumoto, "never night_duty=any"),
        // All of it fits.
        (matsumoto, "want day=weekdays; want duty=outpatient"),
        // It is across the sea.
        (
            "home=沖縄県那覇市; specialty=内科",
            "want commute_minutes=60; want day=weekdays",
        ),
        // It is not in the wished place.
        (
            matsumoto,
            "want area=東京都; want day=weekdays; want duty=outpatient",
        ),
        // Nothing is known to fit.
        ("", "want benefit=housing"),
        // More speaks against than for.
        (
            "",
            "want day=sun; want duty=endoscopy; want duty=outpatient",
        ),
    ];
    let people: Vec<_> = people
        .iter()
        .map(|(about, wished)| (profile(about), wishes(wished)))
        .collect();
    let doctors: Vec<Doctor<'_>> = people
        .iter()
        .map(|(profile, wishes)| Doctor { profile, wishes })
        .collect();
    let offered = opening(
        "A",
        "area=長野県松本市; specialty=内科; day=weekdays; duty=outpatient; night_duty=2",
    );
    let found: Vec<usize> = suits(&offered, &doctors)
        .into_iter()
        .map(|(i, _)| i)
        .collect();
    assert_eq!(found, [2, 0]);
    assert!(suits(&offered, &[]).is_empty());
}
