//! The score of an opening and its place in the order.

use super::doctor::{Group, Prepared, stands_alone};
use super::facts::Facts;
use super::judge::Judgement;
use super::meaning::bit;
use super::status::Status;
use crate::domain::wish::{Field, Strength};
use std::cmp::{Ordering, Reverse};

/// Weighed terms, in quarters so that every comparison is exact.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub quarters: u32,
    pub weight: u32,
    pub unknown: u32,
}

impl Sum {
    /// What is missing to a full score, in half quarters of a weight (weights are even).
    pub fn lost(self) -> u32 {
        (4 * self.weight - self.quarters) / 2
    }

    /// The score in hundredths, halves upward; one half where nothing weighs.
    pub fn hundredths(self) -> u32 {
        if self.weight == 0 {
            return 50;
        }
        (200 * self.quarters / (4 * self.weight)).div_ceil(2)
    }

    fn add(&mut self, weight: u32, status: Status, accepted: bool) {
        if weight == 0 {
            return;
        }
        // An `ok` that is met earns a quarter where that is more.
        let earned = status.quarters().max(u32::from(accepted));
        self.quarters += weight * earned;
        self.weight += weight;
        self.unknown += u32::from(status == Status::Unknown);
    }
}

/// What a wish of a strength weighs.
pub(super) fn weight(strength: Strength) -> u32 {
    match strength {
        Strength::Must | Strength::Never => 4,
        Strength::Want | Strength::Avoid => 2,
        Strength::Ok | Strength::Drop => 0,
    }
}

fn sum(doctor: &Prepared, judgement: &Judgement) -> Sum {
    let mut sum = Sum::default();
    for (group, statuses) in judgement.by_group(doctor) {
        add_group(&mut sum, group, statuses);
    }
    sum
}

/// Adds what the terms of one field earn.
pub(super) fn add_group(sum: &mut Sum, group: &Group, statuses: &[Option<Status>]) {
    let alone = stands_alone(group.field);
    let each = || {
        group
            .items
            .iter()
            .zip(statuses)
            .filter_map(|(item, status)| status.map(|s| (item.strength, s)))
    };
    for (strength, status) in each() {
        if alone || strength.is_refusal() {
            sum.add(weight(strength), status, false);
        }
    }
    if alone {
        return;
    }
    let best_of = |strengths: &[Strength]| {
        each()
            .filter(|(strength, _)| strengths.contains(strength))
            .map(|(_, status)| status)
            .max()
    };
    let accepted = best_of(&[Strength::Ok]) == Some(Status::Met);
    if best_of(&[Strength::Must]).is_some()
        && let Some(best) = best_of(&[Strength::Must, Strength::Want])
    {
        sum.add(weight(Strength::Must), best, accepted);
    }
    if let Some(best) = best_of(&[Strength::Want]) {
        sum.add(weight(Strength::Want), best, accepted);
    }
}

/// Where an opening stands among the others; the smaller the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rank<'o> {
    sum: Sum,
    commute: u32,
    shortage: bool,
    posted: Option<&'o str>,
    id: &'o str,
}

impl<'o> Rank<'o> {
    pub fn of(doctor: &Prepared, facts: &Facts<'o>, judgement: &Judgement) -> Self {
        Rank {
            sum: sum(doctor, judgement),
            commute: judgement.commute.map_or(u32::MAX, |(_, band)| band.high),
            shortage: bit(Field::AreaType, "shortage").is_some_and(|b| facts.area_type.has(b)),
            posted: facts.posted,
            id: facts.id,
        }
    }

    /// The opening's id.
    pub fn id(&self) -> &'o str {
        self.id
    }

    /// The score, 0 to 1 to two decimals, halves upward; one half where nothing weighs.
    pub fn rounded(&self) -> f64 {
        f64::from(self.sum.hundredths()) / 100.0
    }
}

impl Ord for Rank<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        // The same doctor weighs the same terms for every opening, so cross-multiplying is only for safety.
        let share = |a: Sum, b: Sum| u64::from(a.quarters) * u64::from(b.weight.max(1));
        let by = |r: &Self| (r.sum.unknown, r.commute, !r.shortage, Reverse(r.posted));
        share(other.sum, self.sum)
            .cmp(&share(self.sum, other.sum))
            .then_with(|| by(self).cmp(&by(other)))
            .then_with(|| self.id.cmp(other.id))
    }
}

impl PartialOrd for Rank<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
