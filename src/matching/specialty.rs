//! Departments: wished, practised, refused, and which may stand in for which.

use super::doctor::{Group, Item, Prepared};
use super::facts::Facts;
use super::meaning::{Meaning, Words, bit};
use super::standins;
use super::status::Status;
use crate::domain::wish::{Field, ProfileField, ProfileItem, Strength, Value};

/// The departments of the profile.
pub(super) fn practised(profile: &[ProfileItem]) -> Words {
    departments(profile)
        .filter_map(|name| bit(Field::Specialty, name))
        .collect()
}

fn departments(profile: &[ProfileItem]) -> impl Iterator<Item = &str> {
    profile
        .iter()
        .filter(|i| i.field == ProfileField::Specialty)
        .filter_map(|i| i.value.as_text())
}

/// Where no department is a `must` or `want`, each practised one that is neither refused nor avoided stands in as a `want`.
pub(super) fn stand_ins(profile: &[ProfileItem], items: &[Item], from: usize) -> Vec<Item> {
    let own = |strengths: &[Strength]| -> Vec<&Item> {
        items
            .iter()
            .filter(|i| i.field == Field::Specialty && strengths.contains(&i.strength))
            .collect()
    };
    if !own(&[Strength::Must, Strength::Want]).is_empty() {
        return vec![];
    }
    let refused = own(&[Strength::Avoid, Strength::Never]);
    let mut out: Vec<Item> = Vec::new();
    for name in departments(profile) {
        let value = Value::text(name);
        let known =
            refused.iter().any(|i| i.value == value) || out.iter().any(|i| i.value == value);
        if let (false, Some(meaning)) = (known, Meaning::read(Field::Specialty, &value)) {
            out.push(Item {
                order: from + out.len(),
                field: Field::Specialty,
                strength: Strength::Want,
                value,
                meaning,
            });
        }
    }
    out
}

/// Whether a department suits what an opening lists.
fn suits(department: u8, offered: Words) -> Status {
    if offered.is_empty() {
        return Status::Unknown;
    }
    let (certain, perhaps) = suitable(department);
    if offered.meets(certain) {
        Status::Met
    } else if offered.meets(perhaps) {
        Status::Unknown
    } else {
        Status::Unmet
    }
}

/// The words of which an opening must list one for a department to suit it: for certain, and perhaps.
pub(super) fn suitable(department: u8) -> (Words, Words) {
    let table = standins::table();
    let own: Words = [department].into_iter().collect();
    (
        own.and(table.may(department)),
        table.may_be_done_by(department),
    )
}

/// The status of one item of `specialty`.
pub(super) fn judge(item: &Item, group: &Group, facts: &Facts) -> Status {
    let offered = facts.specialty;
    let Meaning::Word(word) = item.meaning else {
        return Status::Unknown;
    };
    if item.strength.is_positive() {
        return suits(word, offered);
    }
    if offered.is_empty() {
        return Status::Unknown;
    }
    if !offered.has(word) {
        return Status::Met;
    }
    let refused = match item.strength {
        Strength::Never => group.refused_words(&[Strength::Never]),
        _ => group.refused_words(&[Strength::Never, Strength::Avoid]),
    };
    if offered.without(refused).is_empty() {
        Status::Unmet
    } else {
        Status::Unknown
    }
}

/// Whether an opening lists departments and none that the doctor practises or accepts can fit, for a doctor who names none
/// as a condition or wish and thinks of no change. Of a doctor whose departments nobody knows, nothing is said.
pub(super) fn out_of_reach(group: Option<&Group>, doctor: &Prepared, facts: &Facts) -> bool {
    if facts.specialty.is_empty() || doctor.may_change {
        return false;
    }
    let mut known = false;
    let mut fits = false;
    let mut try_one = |status: Status| {
        known = true;
        fits |= status >= Status::Unknown;
    };
    for item in group.into_iter().flat_map(Group::positives) {
        try_one(match item.meaning {
            Meaning::Word(word) => suits(word, facts.specialty),
            _ => Status::Unknown,
        });
    }
    for word in doctor.practised.iter() {
        try_one(suits(word, facts.specialty));
    }
    known && !fits
}
