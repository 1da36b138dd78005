//! Which single condition, widened alone, lets further openings in.

use super::doctor::{Group, Item, Prepared, is_cap_field, stands_alone};
use super::facts::Facts;
use super::judge::{Exclusion, judge};
use super::meaning::{Meaning, Times};
use super::score::Rank;
use crate::domain::match_::{Relaxation, RelaxedWish};
use crate::domain::wish::{Field, Strength, Value, Wish};

/// The steps that a commute is widened by, in minutes.
const COMMUTE_STEPS: [i64; 4] = [45, 60, 90, 120];

/// One way to widen.
pub(super) struct Step<'p> {
    pub named: &'p Item,
    pub to: Option<Value>,
    pub wishes: Vec<Wish>,
}

impl Step<'_> {
    /// What it opened.
    pub fn opened(self, adds: usize, best: &str) -> (usize, Relaxation) {
        let relaxation = Relaxation {
            wish: RelaxedWish {
                field: self.named.field,
                value: self.named.value.clone(),
                strength: self.named.strength,
            },
            to: self.to,
            adds,
            best: best.to_owned(),
        };
        (self.named.order, relaxation)
    }
}

/// Puts relaxations, each with the place of its wish, in the order of the answer.
pub(super) fn in_order(mut found: Vec<(usize, Relaxation)>) -> Vec<Relaxation> {
    found.sort_by(|(order_a, a), (order_b, b)| {
        b.adds
            .cmp(&a.adds)
            .then(a.wish.field.cmp(&b.wish.field))
            .then(order_a.cmp(order_b))
    });
    found.into_iter().map(|(_, r)| r).collect()
}

/// All relaxations that open something, the one that opens most first. `excluded` are the openings that one relaxation
/// may let in, with what excludes them.
pub(super) fn relaxations(doctor: &Prepared, excluded: &[(&Facts, Exclusion)]) -> Vec<Relaxation> {
    let mut found: Vec<(usize, Relaxation)> = Vec::new();
    for step in doctor.groups.iter().flat_map(|g| steps(doctor, g)) {
        let field = step.named.field;
        let widened = Prepared::with_wishes(doctor.doctor, &step.wishes);
        let mut adds = 0;
        let mut best: Option<Rank> = None;
        for (facts, by) in excluded {
            if !by.lies_within(|f| touches(field, f)) {
                continue;
            }
            let (judgement, exclusion) = judge(&widened, facts);
            if exclusion.first().is_none() {
                adds += 1;
                let rank = Rank::of(&widened, facts, &judgement);
                best = Some(best.map_or(rank, |b| b.min(rank)));
            }
        }
        if let Some(best) = best {
            found.push(step.opened(adds, best.id()));
        }
    }
    in_order(found)
}

/// Whether widening one field can undo what another excluded: only the means of a commute reaches beyond its own.
pub(super) fn touches(widened: Field, excluded_by: Field) -> bool {
    widened == excluded_by
        || (widened == Field::CommuteMode
            && matches!(excluded_by, Field::CommuteMinutes | Field::Relocation))
}

/// The ways to widen a field.
pub(super) fn steps<'p>(doctor: &Prepared, group: &'p Group) -> Vec<Step<'p>> {
    let all = doctor.doctor.wishes;
    let without = |gone: &dyn Fn(usize) -> bool| -> Vec<Wish> {
        all.iter()
            .enumerate()
            .filter(|(i, _)| !gone(*i))
            .map(|(_, w)| w.clone())
            .collect()
    };
    let softened = |orders: &[usize]| -> Vec<Wish> {
        let mut wishes = all.to_vec();
        for order in orders {
            if let Some(wish) = wishes.get_mut(*order) {
                wish.strength = Strength::Want;
            }
        }
        wishes
    };
    let dropped = |item: &'p Item| Step {
        named: item,
        to: None,
        wishes: without(&|i| i == item.order),
    };
    let musts: Vec<&Item> = group
        .items
        .iter()
        .filter(|i| i.strength == Strength::Must)
        .filter(|i| !is_cap_field(group.field) || matches!(i.meaning, Meaning::Times(Times::Any)))
        .collect();
    let mut steps = Vec::new();
    if stands_alone(group.field) {
        steps.extend(musts.iter().map(|item| dropped(item)));
    } else if let Some(first) = musts.first() {
        let orders: Vec<usize> = musts.iter().map(|i| i.order).collect();
        steps.push(Step {
            named: first,
            to: None,
            wishes: softened(&orders),
        });
    }
    if let Some(cap) = group.cap() {
        steps.push(raise(all, group, cap));
    }
    steps.extend(
        group
            .items
            .iter()
            .filter(|i| i.strength == Strength::Never)
            .map(dropped),
    );
    steps
}

/// The cap's `must` and `ok` numbers become the next step, or go.
fn raise<'p>(all: &[Wish], group: &'p Group, cap: &'p Item) -> Step<'p> {
    let limits: Vec<usize> = group
        .items
        .iter()
        .filter(|i| matches!(i.strength, Strength::Must | Strength::Ok))
        .filter(|i| matches!(i.meaning, Meaning::Number(_)))
        .map(|i| i.order)
        .collect();
    let to = match (&cap.meaning, group.field) {
        (Meaning::Number(n), Field::CommuteMinutes) => {
            COMMUTE_STEPS.into_iter().find(|s| s > n).map(Value::Number)
        }
        _ => None,
    };
    let wishes = all
        .iter()
        .enumerate()
        .filter_map(|(i, wish)| match (&to, limits.contains(&i)) {
            (_, false) => Some(wish.clone()),
            (Some(step), true) => Some(Wish {
                value: step.clone(),
                ..wish.clone()
            }),
            (None, true) => None,
        })
        .collect();
    Step {
        named: cap,
        to,
        wishes,
    }
}
