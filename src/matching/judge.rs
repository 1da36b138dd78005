//! One doctor against one opening: the status of every wish, and what excludes.

use super::doctor::{Group, Item, Prepared, stands_alone};
use super::facts::Facts;
use super::meaning::{Meaning, Times};
use super::status::Status;
use super::{area, commute, days, listed, quantity, relax, specialty};
use crate::domain::wish::{Field, Strength};
use crate::places::{Band, Means};

/// What came out.
#[derive(Debug, Clone)]
pub(super) struct Judgement {
    /// Of every item, group by group.
    pub statuses: Vec<Option<Status>>,
    pub commute: Option<(Means, Band)>,
}

impl Judgement {
    /// Each group with its items' statuses.
    pub fn by_group<'a>(
        &'a self,
        doctor: &'a Prepared,
    ) -> impl Iterator<Item = (&'a Group, &'a [Option<Status>])> {
        let mut rest = self.statuses.as_slice();
        doctor.groups.iter().map(move |group| {
            let (own, after) = rest.split_at_checked(group.items.len()).unwrap_or_default();
            rest = after;
            (group, own)
        })
    }
}

/// The fields that keep the opening away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Exclusion(u64);

impl Exclusion {
    fn add(&mut self, field: Field) {
        self.0 |= 1 << field as u64;
    }

    /// The first of them in the order of the vocabulary.
    pub fn first(self) -> Option<Field> {
        Field::ALL.get(self.0.trailing_zeros() as usize).copied()
    }

    /// Whether something excludes, and all that does is among these fields.
    pub fn lies_within(self, fields: impl Fn(Field) -> bool) -> bool {
        self.0 != 0
            && Field::ALL
                .iter()
                .all(|f| self.0 & (1 << *f as u64) == 0 || fields(*f))
    }

    /// Whether one relaxation can undo it.
    pub fn is_narrow(self) -> bool {
        self.0.is_power_of_two() || self.lies_within(|f| relax::touches(Field::CommuteMode, f))
    }
}

/// Judges every field.
pub(super) fn judge(doctor: &Prepared, facts: &Facts) -> (Judgement, Exclusion) {
    let commute = commute::estimate(doctor, facts.site.as_ref());
    let mut exclusion = Exclusion::default();
    let mut statuses = Vec::with_capacity(doctor.groups.iter().map(|g| g.items.len()).sum());
    let mut specialties = None;
    for group in &doctor.groups {
        if judge_group(group, facts, commute, &mut statuses) {
            exclusion.add(group.field);
        }
        if group.field == Field::Specialty {
            specialties = Some(group);
        }
    }
    if specialties.is_none_or(|g| g.stands_in)
        && specialty::out_of_reach(specialties, doctor, facts)
    {
        exclusion.add(Field::Specialty);
    }
    (Judgement { statuses, commute }, exclusion)
}

/// Adds the statuses of a group and says whether it excludes the opening.
pub(super) fn judge_group(
    group: &Group,
    facts: &Facts,
    commute: Option<(Means, Band)>,
    out: &mut Vec<Option<Status>>,
) -> bool {
    let from = out.len();
    match group.field {
        Field::Day => return days::judge(&group.items, facts, out),
        Field::Area => area::judge(group, facts, out),
        _ => out.extend(
            group
                .items
                .iter()
                .map(|item| Some(judge_item(item, group, facts, commute))),
        ),
    }
    excludes(group, out.get(from..).unwrap_or_default())
}

fn judge_item(item: &Item, group: &Group, facts: &Facts, commute: Option<(Means, Band)>) -> Status {
    let positive = item.strength.is_positive();
    match (item.field, &item.meaning) {
        (Field::CommuteMinutes, Meaning::Number(n)) => commute::minutes(*n, positive, commute),
        (Field::Relocation, meaning) => commute::relocation(meaning, item.strength, facts, commute),
        (Field::Specialty, _) => specialty::judge(item, group, facts),
        (Field::NightDuty | Field::OnCall | Field::DayDuty | Field::Overtime, _) => {
            quantity::duty(item, group, facts)
        }
        (field, Meaning::Number(n)) => quantity::number(*n, positive, facts.numbers(field)),
        (field, Meaning::Range(r)) => quantity::range(*r, positive, facts.ranges(field)),
        (_, Meaning::Span(s)) => quantity::hours(*s, &facts.hours),
        (_, Meaning::Yen(y)) => quantity::pay(*y, &facts.pay),
        (_, Meaning::Start(s)) => quantity::start(*s, &facts.start),
        _ => listed::judge(item, group, facts),
    }
}

/// Whether statuses of a group's items exclude the opening.
pub(super) fn excludes(group: &Group, statuses: &[Option<Status>]) -> bool {
    let each = || {
        group
            .items
            .iter()
            .zip(statuses)
            .filter_map(|(item, status)| status.map(|s| (item, s)))
    };
    let unmet = |strength: Strength| {
        each().any(|(item, status)| item.strength == strength && status == Status::Unmet)
    };
    if unmet(Strength::Never) {
        return true;
    }
    if stands_alone(group.field) {
        return unmet(Strength::Must);
    }
    if super::doctor::is_cap_field(group.field) {
        let over = group.cap().is_some_and(|cap| {
            each().any(|(item, status)| item.order == cap.order && status == Status::Unmet)
        });
        let lacks = each().any(|(item, status)| {
            item.strength == Strength::Must
                && matches!(item.meaning, Meaning::Times(Times::Any))
                && status == Status::Unmet
        });
        return over || lacks;
    }
    group.has(Strength::Must)
        && each()
            .filter(|(item, _)| item.strength.is_positive())
            .all(|(_, status)| status == Status::Unmet)
}
