//! The commute from the doctor's home: which means, how long, and what follows for relocation.

use super::doctor::{Group, Prepared};
use super::facts::Facts;
use super::meaning::{Meaning, bit};
use super::status::Status;
use crate::domain::wish::{Field, Strength};
use crate::places::{Band, Means, Site, band};

/// A commute longer than this needs a move.
pub(super) const MOVE_FROM_MIN: u32 = 120;

/// The means that an estimate may count on: those wished where a means is wished at all, else those not refused. Walking,
/// cycling and buses reach the station or the near workplace and rule nothing out; a wish for the Shinkansen alone leaves
/// nothing to estimate.
pub(super) fn means(groups: &[Group]) -> Vec<Means> {
    let modes = groups.iter().find(|g| g.field == Field::CommuteMode);
    let has = |word: &str, strengths: &[Strength]| {
        modes.is_some_and(|g| {
            bit(Field::CommuteMode, word).is_some_and(|b| g.refused_words(strengths).has(b))
        })
    };
    let wished = |word: &str| has(word, &[Strength::Must, Strength::Want]);
    let accepted = |word: &str| has(word, &[Strength::Must, Strength::Want, Strength::Ok]);
    let restricted = ["car", "train", "shinkansen"].into_iter().any(wished);
    [Means::Car, Means::Train]
        .into_iter()
        .filter(|m| !has(m.as_str(), &[Strength::Never, Strength::Avoid]))
        .filter(|m| !restricted || accepted(m.as_str()))
        .collect()
}

/// The estimate for an opening, by the means that is at worst the shortest.
pub(super) fn estimate(doctor: &Prepared, site: Option<&Site>) -> Option<(Means, Band)> {
    let (home, work) = (doctor.home.as_ref()?, site?);
    doctor
        .means
        .iter()
        .filter_map(|means| match doctor.by_car {
            Some(known) if *means == Means::Car => Some((*means, known)),
            _ => Some((*means, band(home, work, *means)?)),
        })
        .min_by_key(|(_, band)| band.high)
}

/// The status of a wish or refusal of so many minutes.
pub(super) fn minutes(n: i64, positive: bool, commute: Option<(Means, Band)>) -> Status {
    let Some((_, band)) = commute else {
        return Status::Unknown;
    };
    let (low, high) = (i64::from(band.low), i64::from(band.high));
    match (positive, low, high) {
        (true, _, high) if high <= n => Status::Met,
        (true, low, _) if low > n => Status::Unmet,
        (false, _, high) if high < n => Status::Met,
        (false, low, _) if low >= n => Status::Unmet,
        _ => Status::Unknown,
    }
}

/// The status of a wish or refusal of relocation.
pub(super) fn relocation(
    meaning: &Meaning,
    strength: Strength,
    facts: &Facts,
    commute: Option<(Means, Band)>,
) -> Status {
    let Meaning::Word(word) = *meaning else {
        return Status::Unknown;
    };
    let is_yes = bit(Field::Relocation, "yes") == Some(word);
    let offered = facts.relocation;
    if strength.is_positive() {
        let yes_offered = bit(Field::Relocation, "yes").is_some_and(|b| offered.has(b));
        let covered = offered.has(word) || yes_offered || (is_yes && !offered.is_empty());
        return if covered {
            Status::Met
        } else {
            Status::Unknown
        };
    }
    if is_yes {
        return match commute {
            Some((_, band)) if band.high <= MOVE_FROM_MIN => Status::Met,
            Some((_, band)) if band.low > MOVE_FROM_MIN => Status::Unmet,
            _ => Status::Unknown,
        };
    }
    if offered.without([word].into_iter().collect()).is_empty() {
        Status::Unknown
    } else {
        Status::Met
    }
}

/// Whether an estimate is near (0), unknown (1) or far (2), where moving house is the question.
pub(super) fn distance(band: Option<Band>) -> usize {
    match band {
        Some(band) if band.high <= MOVE_FROM_MIN => 0,
        Some(band) if band.low > MOVE_FROM_MIN => 2,
        _ => 1,
    }
}

/// A number of minutes, and whether it is wished rather than refused.
pub(super) type Limit = (i64, bool);

/// The numbers that decide what a group says of an estimate.
pub(super) fn limits(group: &Group) -> impl Iterator<Item = Limit> {
    let moves = group.field == Field::Relocation;
    let own = group
        .items
        .iter()
        .filter_map(move |item| match item.meaning {
            Meaning::Number(n) if !moves => Some((n, item.strength.is_positive())),
            _ => None,
        });
    own.chain(moves.then_some((i64::from(MOVE_FROM_MIN), true)))
}

/// How a band lies to some numbers: two bits a number say all that a status depends on. Nothing where they are too many to say
/// it.
pub(super) fn lies(limits: impl IntoIterator<Item = Limit>, band: Option<Band>) -> Option<u64> {
    const MOST: usize = 31;
    let Some(band) = band else {
        return Some(u64::MAX);
    };
    let (low, high) = (i64::from(band.low), i64::from(band.high));
    let mut all = 0;
    for (at, (n, wished)) in limits.into_iter().enumerate() {
        if at == MOST {
            return None;
        }
        let (within, beyond) = if wished {
            (high <= n, low > n)
        } else {
            (high < n, low >= n)
        };
        all = all << 2 | u64::from(within) << 1 | u64::from(beyond);
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_kept_by_the_upper_end_and_broken_by_the_lower() {
        let commute = Some((Means::Car, Band { low: 20, high: 40 }));
        for (n, positive, expected) in [
            (40, true, Status::Met),
            (39, true, Status::Unknown),
            (20, true, Status::Unknown),
            (19, true, Status::Unmet),
            (41, false, Status::Met),
            (40, false, Status::Unknown),
            (21, false, Status::Unknown),
            (20, false, Status::Unmet),
        ] {
            assert_eq!(minutes(n, positive, commute), expected, "{n} {positive}");
        }
    }
}
