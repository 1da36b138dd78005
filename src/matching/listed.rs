//! Fields whose values are words of a closed list.

use super::doctor::{Group, Item};
use super::facts::Facts;
use super::meaning::{Meaning, Words, bit};
use super::status::Status;
use crate::domain::wish::{Field, Strength};

/// Kinds that a wish or refusal of `hospital` covers.
pub(super) const HOSPITALS: [&str; 8] = [
    "public_hospital",
    "university",
    "long_term",
    "rehabilitation",
    "psychiatric",
    "acute",
    "small",
    "large",
];

/// The status of one item of a listed field (not `specialty`, `relocation` or `day`).
pub(super) fn judge(item: &Item, group: &Group, facts: &Facts) -> Status {
    let Meaning::Word(word) = item.meaning else {
        return Status::Unknown;
    };
    let offered = facts.words(item.field);
    if offered.is_empty() {
        return Status::Unknown;
    }
    match item.field {
        Field::CommuteMode if !item.strength.is_positive() => {
            let refused = group.refused_words(&[Strength::Avoid, Strength::Never]);
            if offered.without(refused).is_empty() {
                Status::Unknown
            } else {
                Status::Met
            }
        }
        Field::Employment if !item.strength.is_positive() => employment(item, word, group, offered),
        Field::Institution => institution(word, item.strength.is_positive(), offered),
        field => {
            let has = offered.has(word) || covers(field, word, item.strength, offered);
            if item.strength.is_positive() {
                match field {
                    _ if has => Status::Met,
                    // These lists are open: what is not listed may still be so.
                    Field::CommuteMode | Field::Benefit | Field::Workstyle => Status::Unknown,
                    _ => Status::Unmet,
                }
            } else {
                Status::of(!has)
            }
        }
    }
}

/// A day shift is met by half of one.
fn covers(field: Field, word: u8, strength: Strength, offered: Words) -> bool {
    let is = |name| bit(Field::Shift, name);
    field == Field::Shift
        && strength.is_positive()
        && is("day") == Some(word)
        && [is("morning"), is("afternoon")]
            .into_iter()
            .flatten()
            .any(|b| offered.has(b))
}

fn institution(word: u8, positive: bool, offered: Words) -> Status {
    let hospitals: Words = HOSPITALS
        .iter()
        .filter_map(|w| bit(Field::Institution, w))
        .collect();
    let hospital = bit(Field::Institution, "hospital");
    let is_hospital = hospital == Some(word);
    let has = offered.has(word) || (is_hospital && offered.meets(hospitals));
    if !has && hospitals.has(word) && hospital.is_some_and(|b| offered.is_only(b)) {
        return Status::Unknown;
    }
    Status::of(has == positive)
}

/// A form of employment is a choice: a refused one hurts only where nothing else is offered.
fn employment(item: &Item, word: u8, group: &Group, offered: Words) -> Status {
    if !offered.has(word) {
        return Status::Met;
    }
    let refused = match item.strength {
        Strength::Never => group.refused_words(&[Strength::Never]),
        _ => group.refused_words(&[Strength::Never, Strength::Avoid]),
    };
    Status::of(!offered.without(refused).is_empty())
}
