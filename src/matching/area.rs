//! Places wished and refused: narrower beats wider.

use super::doctor::Group;
use super::facts::Facts;
use super::meaning::Meaning;
use super::status::{Status, best};
use crate::places::{Holds, Place, Site};

/// Far more than places can lie one within another.
const DEPTH: u8 = 8;

/// Adds the status of each item of `area`.
pub(super) fn judge(group: &Group, facts: &Facts, out: &mut Vec<Option<Status>>) {
    judge_at(group, &facts.places, facts.site.as_ref(), out);
}

/// Adds the status of each item of `area` for an opening in such places at such a site.
pub(super) fn judge_at(
    group: &Group,
    places: &[Place],
    site: Option<&Site>,
    out: &mut Vec<Option<Status>>,
) {
    let stand = Stand { places, site };
    out.extend(group.items.iter().map(|item| {
        let Meaning::Place(place) = &item.meaning else {
            return None;
        };
        let positive = item.strength.is_positive();
        let reached =
            best((0..places.len()).map(|at| reaches(group, place, positive, &stand, at, DEPTH)));
        Some(if positive {
            reached
        } else {
            reached.opposite()
        })
    }));
}

/// Where an opening stands.
struct Stand<'a> {
    places: &'a [Place],
    site: Option<&'a Site>,
}

/// Whether an item reaches one of the opening's places: it lies there, and no item of the other side that lies further in
/// takes it out.
fn reaches(
    group: &Group,
    place: &Place,
    positive: bool,
    stand: &Stand,
    at: usize,
    depth: u8,
) -> Status {
    let lies = lies_in(place, stand, at);
    if lies == Status::Unmet || depth == 0 {
        return lies;
    }
    let taken_out = group
        .items
        .iter()
        .filter(|i| i.strength.is_positive() != positive)
        .filter_map(|i| match &i.meaning {
            Meaning::Place(other) if is_within(other, place) => {
                Some(reaches(group, other, !positive, stand, at, depth - 1))
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

fn lies_in(place: &Place, stand: &Stand, at: usize) -> Status {
    let holds = match (place, at, stand.site) {
        // The opening's coordinates say more of its first place than that place's name.
        (Place::Station(_), 0, Some(site)) => place.near(site),
        _ => stand
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
