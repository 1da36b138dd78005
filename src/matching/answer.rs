//! What is said of one opening: the lists, the asks, the commute.

use super::doctor::{Group, Item, Prepared, is_cap_field, stands_alone};
use super::facts::Facts;
use super::judge::Judgement;
use super::score::Rank;
use super::status::Status;
use crate::domain::match_::{Commute, Match};
use crate::domain::wish::{Field, OpeningItem, ProfileField, Strength, Value};

/// The items that the answer lists with their statuses, in the doctor's order, stand-ins last.
pub(super) fn listed<'p>(
    doctor: &'p Prepared,
    judgement: &'p Judgement,
) -> Vec<(&'p Item, Status)> {
    let mut out: Vec<(&Item, Status)> = judgement
        .by_group(doctor)
        .flat_map(|(group, statuses)| shown(group, statuses))
        .collect();
    out.sort_by_key(|(item, _)| item.order);
    out
}

/// The items of one field that are listed.
pub(super) fn shown<'p>(
    group: &'p Group,
    statuses: &[Option<Status>],
) -> impl Iterator<Item = (&'p Item, Status)> {
    let pairs: Vec<(&Item, Status)> = group
        .items
        .iter()
        .zip(statuses)
        .filter_map(|(item, status)| status.map(|s| (item, s)))
        .collect();
    let kept: Vec<_> = pairs
        .iter()
        .filter(|(item, status)| is_shown(group, item, *status, &pairs))
        .copied()
        .collect();
    kept.into_iter()
}

fn is_shown(group: &Group, item: &Item, status: Status, all: &[(&Item, Status)]) -> bool {
    if item.strength == Strength::Ok
        && !(status == Status::Met || (status == Status::Unknown && is_cap_field(group.field)))
    {
        return false;
    }
    if stands_alone(group.field) || item.strength.is_refusal() {
        return true;
    }
    // Of alternatives of one strength only those that fare best.
    all.iter()
        .filter(|(other, _)| other.strength == item.strength)
        .all(|(_, other)| *other <= status)
}

/// The opening as the answer gives it.
pub(super) fn write(doctor: &Prepared, facts: &Facts, judgement: &Judgement, rank: &Rank) -> Match {
    let listed = listed(doctor, judgement);
    let with = |wanted: Status| -> Vec<String> {
        listed
            .iter()
            .filter(|(_, status)| *status == wanted)
            .map(|(item, _)| item.written())
            .collect()
    };
    Match {
        id: facts.id.to_owned(),
        score: rank.rounded(),
        met: with(Status::Met),
        unmet: with(Status::Unmet),
        unknown: with(Status::Unknown),
        asks: asks(doctor, facts)
            .map(|i| format!("{}={}", i.field, i.value))
            .collect(),
        commute: judgement.commute.map(|(means, band)| Commute {
            mode: means.as_str().to_owned(),
            minutes: [band.low, band.high],
        }),
    }
}

/// What the institution asks that the profile lacks or does not say.
pub(super) fn asks<'a>(
    doctor: &'a Prepared,
    facts: &'a Facts,
) -> impl Iterator<Item = &'a OpeningItem> {
    facts
        .asks
        .iter()
        .copied()
        .filter(|asked| !has(doctor, asked))
}

fn has(doctor: &Prepared, asked: &OpeningItem) -> bool {
    let own = |field: ProfileField| {
        doctor
            .doctor
            .profile
            .iter()
            .filter(move |i| i.field == field)
            .map(|i| &i.value)
    };
    match (asked.field, &asked.value) {
        (Field::Certification, Value::Text(title)) => own(ProfileField::Certification)
            .filter_map(Value::as_text)
            .any(|held| bare_title(held) == bare_title(title)),
        (Field::YearsExperience, Value::Number(n)) => own(ProfileField::YearsExperience)
            .filter_map(Value::as_number)
            .any(|years| years >= *n),
        _ => false,
    }
}

/// A title without the society that grants it: 日本内科学会総合内科専門医 and 総合内科専門医 are one.
fn bare_title(title: &str) -> &str {
    let title = match title.split_once("学会") {
        Some((society, rest)) if society.starts_with("日本") && !rest.is_empty() => rest,
        _ => title,
    };
    let title = title.strip_prefix("日本医師会").unwrap_or(title);
    title.strip_prefix("認定").unwrap_or(title)
}
