//! The other direction: the doctors whom an opening suits.

use super::{Doctor, meaning::Meaning, suitability};
use crate::domain::{
    match_::Match,
    opening::Opening,
    wish::{Field, ProfileField},
};

/// From this score in hundredths on a doctor is named: below it more speaks against than for.
pub(super) const LEAST: u32 = 50;

/// The doctors whom an opening suits by its place in the list given, best first: those that it does not exclude, meets in
/// something, and would be suggested to.
pub fn suits(opening: &Opening, doctors: &[Doctor<'_>]) -> Vec<(usize, Match)> {
    let mut found: Vec<(usize, Match)> = doctors
        .iter()
        .enumerate()
        .filter_map(|(i, doctor)| Some((i, doctor, suitability(doctor, opening)?)))
        .filter(|(_, doctor, m)| is_suggested(m, doctor))
        .map(|(i, _, m)| (i, m))
        .collect();
    let longest = |m: &Match| m.commute.as_ref().map_or(u32::MAX, |c| c.minutes[1]);
    found.sort_by(|(i, a), (j, b)| {
        b.score
            .total_cmp(&a.score)
            .then(a.unknown.len().cmp(&b.unknown.len()))
            .then(longest(a).cmp(&longest(b)))
            .then(i.cmp(j))
    });
    found
}

/// Whether an opening that does not exclude a doctor suits well enough to name it.
fn is_suggested(m: &Match, doctor: &Doctor<'_>) -> bool {
    m.score >= f64::from(LEAST) / 100.0 && !m.met.is_empty() && in_reach(m, doctor)
}

/// A wished place or commute that an opening certainly misses makes it no suggestion, however well the rest fits; nor does
/// one across the sea or far over land, where no commute can be estimated at all. It is not excluded: staff can choose it.
pub fn in_reach(m: &Match, doctor: &Doctor<'_>) -> bool {
    let missed = m.unmet.iter().any(|item| {
        let field = item.split_once('=').and_then(|(f, _)| f.parse().ok());
        field.is_some_and(is_place)
    });
    let counts_minutes = doctor.wishes.iter().any(|w| {
        w.field == Field::CommuteMinutes
            && w.strength.is_positive()
            && Meaning::read(w.field, &w.value).is_some()
    });
    let nowhere_near = counts_minutes && has_home(doctor) && m.commute.is_none();
    !missed && !nowhere_near
}

/// A wish for a place or a way there.
pub(super) fn is_place(field: Field) -> bool {
    matches!(field, Field::Area | Field::CommuteMinutes)
}

/// Whether a doctor has said where they live, known or not.
pub(super) fn has_home(doctor: &Doctor<'_>) -> bool {
    doctor.profile.iter().any(|p| p.field == ProfileField::Home)
}
