//! The scores of a block's openings: only as far as they are needed to tell which may be among the best.

use super::best::{Best, Limit};
use super::plan::{Class, Part, Round};
use super::plane::{Counter, Plane};
use super::query::Widened;
use super::ways::Ways;
use crate::domain::wish::Field;

/// So few openings are looked at one by one.
const FEW: usize = 24;

/// What a relaxation puts in the place of some parts.
pub(super) struct Instead<'w, 'p> {
    pub parts: &'w mut [Part<'p>],
    /// The fields that these stand for.
    pub changes: &'w [Field],
    /// The number of its ways.
    pub way: usize,
}

/// What is lost, and behind it what is unknown, as one number an opening: the smaller the better.
pub(super) struct Scores {
    counter: Counter,
    shift: u32,
    /// In which order the doctor's parts are asked: what has lately left nothing to ask for comes first.
    order: Vec<usize>,
    scored: Vec<(u64, usize)>,
}

impl Scores {
    pub fn new(parts: &[Part], widened: &[Widened]) -> Self {
        let most = |parts: &[Part]| {
            let terms = parts.iter().map(Part::most_terms);
            terms.fold(0, u32::saturating_add)
        };
        // A widened doctor has a term more at most where an accepted value becomes a wish.
        let wider = widened.iter().map(|w| most(&w.parts)).max();
        let terms = most(parts).saturating_add(wider.unwrap_or(0));
        let mut order: Vec<usize> = (0..parts.len()).collect();
        // What may have to be found comes last.
        order.sort_by_key(|at| parts.get(*at).is_some_and(|p| !p.is_kept() && !p.is_hard));
        Scores {
            counter: Counter::default(),
            shift: u32::BITS - terms.leading_zeros(),
            order,
            scored: vec![],
        }
    }

    fn number(&self, class: &Class) -> u64 {
        (u64::from(class.lost) << self.shift) | u64::from(class.unknown)
    }

    /// Looks for the best among some openings of a block.
    pub fn look<'e>(
        &mut self,
        best: &mut Best<'e>,
        parts: &mut [Part],
        mut instead: Option<Instead>,
        ways: &mut [Ways],
        round: &Round<'_, 'e>,
        rows: Plane,
    ) {
        let way = instead.as_ref().map_or(0, |i| i.way);
        let limit = {
            let Some(ways) = ways.get(way) else {
                return;
            };
            let Ok(limit) = best.limit(&ways.commutes, round.seats) else {
                return;
            };
            limit
        };
        self.least(parts, &mut instead, ways, round, rows, limit, best.most());
        if let Some(ways) = ways.get(way) {
            best.take(&self.scored, &ways.commutes, round.seats);
        }
    }

    /// Of some openings of a block the `most` with the best scores and all that are level with the last of them, unless they
    /// fail the limit.
    #[allow(clippy::too_many_arguments)]
    fn least(
        &mut self,
        parts: &mut [Part],
        instead: &mut Option<Instead>,
        ways: &mut [Ways],
        round: &Round,
        mut rows: Plane,
        limit: Option<Limit>,
        most: usize,
    ) {
        self.scored.clear();
        let changes = instead.as_ref().map_or(&[][..], |i| i.changes);
        let is_changed = |part: &Part| changes.contains(&part.group.field);
        let worst = limit.map(|limit| limit.worst);
        // What is said of all, and what is left out for it alone.
        let mut whole = 0;
        let mut fails = |scores: &Self, part: &mut Part, ways: &mut [Ways]| {
            part.judge(round, ways);
            let view = part.view(ways);
            whole += view.whole.map_or(0, |class| scores.number(&class));
            let Some(worst) = worst else {
                return false;
            };
            whole > worst
                || view.taken().any(|(class, plane)| {
                    scores.number(class) > worst - whole && !rows.leave_out(plane)
                })
        };
        let own = instead.iter_mut().flat_map(|i| i.parts.iter_mut());
        for part in own {
            if fails(self, part, ways) {
                return;
            }
        }
        for at in 0..self.order.len() {
            let part = self.order.get(at).and_then(|at| parts.get_mut(*at));
            let Some(part) = part.filter(|p| !is_changed(p)) else {
                continue;
            };
            if fails(self, part, ways) {
                if let Some(first) = self.order.get_mut(..=at).filter(|_| part.is_kept()) {
                    first.rotate_right(1);
                }
                return;
            }
        }
        let own = instead.iter().flat_map(|i| i.parts.iter());
        let all = own.chain(parts.iter().filter(|p| !is_changed(p)));
        let said: Vec<(&Class, &Plane)> = all.flat_map(|part| part.view(ways).taken()).collect();
        let (lost, shift) = (whole >> self.shift, self.shift);
        let budget = worst.map(|worst| worst - whole);
        if let Some(worst) = worst.filter(|_| !rows.is_few(FEW)) {
            let mut lost_of: Vec<(u64, &Plane)> =
                said.iter().map(|(c, p)| (u64::from(c.lost), *p)).collect();
            // Weights are even, mostly, and so is what is lost.
            let common = lost_of.iter().map(|(lost, _)| lost.trailing_zeros()).min();
            let common = common.unwrap_or(0).min(u64::BITS - 1);
            lost_of.iter_mut().for_each(|(lost, _)| *lost >>= common);
            let most = ((worst >> shift) - lost) >> common;
            self.counter.add_up(&mut rows, &lost_of, most);
        }
        let numbers = || {
            said.iter()
                .map(|(class, plane)| (self.number(class), *plane))
        };
        if !rows.is_few(FEW) {
            let numbers: Vec<(u64, &Plane)> = numbers().collect();
            let sum = numbers.iter().map(|(number, _)| number).sum();
            let most_of_all = budget.unwrap_or(sum);
            self.counter.add_up(&mut rows, &numbers, most_of_all);
            if let Some(level) = limit.and_then(|limit| limit.level) {
                let mut worst = rows.clone();
                self.counter.keep(&mut worst, most_of_all);
                worst.without(level);
                rows.without(&worst);
            }
            if !rows.is_few(most.max(FEW)) {
                self.counter.keep_least(&mut rows, most);
            }
        }
        self.scored.extend(rows.rows().map(|row| (whole, row)));
        if self.scored.is_empty() {
            return;
        }
        for (class, plane) in said {
            let number = (u64::from(class.lost) << shift) | u64::from(class.unknown);
            for (score, row) in &mut self.scored {
                *score += number * u64::from(plane.has(*row));
            }
        }
        if let Some(limit) = limit {
            self.scored
                .retain(|(score, row)| limit.allows(*score, *row));
        }
    }
}
