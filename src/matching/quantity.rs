//! Fields whose values are figures: duties a month, patients, hours, days, clock times, pay, the start.

use super::doctor::{Group, Item};
use super::facts::Facts;
use super::meaning::{Meaning, Range, Span, Start, Times, Yen};
use super::status::{Status, best};
use crate::domain::wish::Strength;

/// The status of an item of `night_duty`, `on_call`, `day_duty` or `overtime`.
pub(super) fn duty(item: &Item, group: &Group, facts: &Facts) -> Status {
    let offered = facts.times(item.field).iter();
    match (&item.meaning, item.strength) {
        (Meaning::Number(n), s) if s.is_positive() => best(offered.map(|t| at_most(*t, *n))),
        (Meaning::Number(n), _) => best(offered.map(|t| at_most(*t, n.saturating_sub(1)))),
        (_, Strength::Must | Strength::Want) => {
            best(offered.map(|t| Status::of(*t != Times::None)))
        }
        (_, Strength::Ok) => best(offered.map(|_| Status::Met)),
        (_, strength) => {
            // 「当直は不可、月2回までなら可」: up to the accepted number only staff can tell.
            let spared = (strength == Strength::Never)
                .then(|| most_accepted(group))
                .flatten();
            best(offered.map(|t| match (t, spared) {
                (Times::None, _) => Status::Met,
                (Times::Any, Some(_)) => Status::Unknown,
                (Times::Number(n), Some(most)) if *n <= most => Status::Unknown,
                _ => Status::Unmet,
            }))
        }
    }
}

fn most_accepted(group: &Group) -> Option<i64> {
    group
        .positives()
        .filter_map(|i| match i.meaning {
            Meaning::Number(n) => Some(n),
            _ => None,
        })
        .max()
}

fn at_most(offered: Times, n: i64) -> Status {
    match offered {
        Times::None => Status::Met,
        Times::Any => Status::Unknown,
        Times::Number(m) => Status::of(m <= n),
    }
}

/// The status of a number of patients or hours; a refused number means that or more.
pub(super) fn number(n: i64, positive: bool, offered: &[i64]) -> Status {
    best(
        offered
            .iter()
            .map(|m| Status::of(if positive { *m <= n } else { *m < n })),
    )
}

/// The status of days a week or month.
pub(super) fn range(wish: Range, positive: bool, offered: &[Range]) -> Status {
    best(offered.iter().map(|own| {
        if positive {
            Status::of(own.overlaps(wish))
        } else if own.lies_inside(wish) {
            Status::Unmet
        } else if own.overlaps(wish) {
            Status::Unknown
        } else {
            Status::Met
        }
    }))
}

/// The status of clock times: the opening's must lie inside, end by end.
pub(super) fn hours(wish: Span, offered: &[Span]) -> Status {
    best(offered.iter().map(|own| {
        let start = match (wish.start, own.start) {
            (None, _) => Status::Met,
            (Some(_), None) => Status::Unknown,
            (Some(w), Some(o)) => Status::of(o >= w),
        };
        let end = match (wish.end, own.end) {
            (None, _) => Status::Met,
            (Some(_), None) => Status::Unknown,
            (Some(w), Some(o)) => Status::of(o <= w),
        };
        start.min(end)
    }))
}

/// The status of a wished pay.
pub(super) fn pay(wish: Yen, offered: &[Yen]) -> Status {
    best(
        offered
            .iter()
            .filter(|own| own.unit == wish.unit)
            .map(|own| Status::of(own.amount >= wish.amount)),
    )
}

/// The status of a wished start, by month.
pub(super) fn start(wish: Start, offered: &[Start]) -> Status {
    best(offered.iter().map(|own| match (wish, own) {
        (Start::Asap, _) => Status::Met,
        (Start::Month(_), Start::Asap) => Status::Unknown,
        (Start::Month(w), Start::Month(o)) => Status::of(*o >= w),
    }))
}
