//! Places wished and refused: narrower beats wider.

use super::doctor::Group;
use super::facts::Facts;
use super::meaning::Meaning;
use super::status::{Status, best};
use crate::places::{Holds, Place};

/// Far more than places can lie one within another.
const DEPTH: u8 = 8;

/// Adds the status of each item of `area`.
pub(super) fn judge(group: &Group, facts: &Facts, out: &mut Vec<Option<Status>>) {
    out.extend(group.items.iter().map(|item| {
        let Meaning::Place(place) = &item.meaning else {
            return None;
        };
        let positive = item.strength.is_positive();
        let reached = best(
            (0..facts.places.len()).map(|at| reaches(group, place, positive, facts, at, DEPTH)),
        );
        Some(if positive {
            reached
        } else {
            reached.opposite()
        })
    }));
}

/// Whether an item reaches one of the opening's places: it lies there, and no item of the other side that lies further in
/// takes it out.
fn reaches(
    group: &Group,
    place: &Place,
    positive: bool,
    facts: &Facts,
    at: usize,
    depth: u8,
) -> Status {
    let lies = lies_in(place, facts, at);
    if lies == Status::Unmet || depth == 0 {
        return lies;
    }
    let taken_out = group
        .items
        .iter()
        .filter(|i| i.strength.is_positive() != positive)
        .filter_map(|i| match &i.meaning {
            Meaning::Place(other) if is_within(other, place) => {
                Some(reaches(group, other, !positive, facts, at, depth - 1))
            }
            _ => None,
        })
        .max()
        .unwrap_or(Status::Unmet);
    lies.min(taken_out.opposite())
}

fn is_within(inner: &Place, outer: &Place) -> bool {
    outer.holds(inner) == Holds::Yes && inner.holds(outer) != Holds::Yes
}

fn lies_in(place: &Place, facts: &Facts, at: usize) -> Status {
    let holds = match (place, at, &facts.site) {
        // The opening's coordinates say more of its first place than that place's name.
        (Place::Station(_), 0, Some(site)) => place.near(site),
        _ => facts
            .places
            .get(at)
            .map_or(Holds::Unknown, |own| place.holds(own)),
    };
    match holds {
        Holds::Yes => Status::Met,
        Holds::No => Status::Unmet,
        Holds::Unknown => Status::Unknown,
    }
}
