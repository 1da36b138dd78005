//! The scores of a block's openings: only as far as they are needed to tell which may be among the best.

use super::best::{Best, Limit};
use super::plan::{Class, Part, Round, View};
use super::plane::{Counter, Plane};
use super::query::Widened;
use super::ways::Ways;
use crate::domain::wish::Field;

/// So few openings are looked at one by one.
const FEW: usize = 64;

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
        Scores {
            counter: Counter::default(),
            shift: u32::BITS - terms.leading_zeros(),
            order: (0..parts.len()).collect(),
            scored: vec![],
        }
    }

    /// Looks for the best among some openings of a block.
    pub fn look<'p, 'e>(
        &mut self,
        best: &mut Best<'e>,
        parts: &mut [Part<'p>],
        instead: Option<Instead<'_, 'p>>,
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
        self.least(parts, instead, ways, round, rows, limit, best.most());
        if let Some(ways) = ways.get(way) {
            best.take(&self.scored, &ways.commutes, round.seats);
        }
    }

    /// Of some openings of a block the `most` with the best scores and all that are level with the last of them, unless they
    /// fail the limit. What is known is asked first, and what has to be found only of the openings that are left.
    #[allow(clippy::too_many_arguments)]
    fn least<'p>(
        &mut self,
        parts: &mut [Part<'p>],
        instead: Option<Instead<'_, 'p>>,
        ways: &mut [Ways],
        round: &Round,
        mut rows: Plane,
        limit: Option<Limit>,
        most: usize,
    ) {
        self.scored.clear();
        let (own, changes): (&mut [Part<'p>], &[Field]) = match instead {
            Some(instead) => (instead.parts, instead.changes),
            None => (&mut [], &[]),
        };
        let asked = |part: &Part| !changes.contains(&part.group.field);
        for part in own.iter_mut().chain(parts.iter_mut().filter(|p| asked(p))) {
            if part.is_known(ways) {
                part.judge(round, ways);
            }
        }
        let mut said = Said::new(self.shift, limit);
        for part in own.iter().filter(|p| p.is_judged()) {
            said.add(None, part.view(ways));
        }
        for at in &self.order {
            let part = parts.get(*at).filter(|p| asked(p) && p.is_judged());
            if let Some(part) = part {
                said.add(Some(*at), part.view(ways));
            }
        }
        let mut is_few = false;
        if let Err(last) = said.sift(&mut rows, &mut is_few, &mut self.scored) {
            // What leaves nothing is asked first the next time.
            let place = self.order.iter().position(|at| Some(*at) == last);
            if let Some(first) = place.and_then(|place| self.order.get_mut(..=place)) {
                first.rotate_right(1);
            }
            return;
        }
        let known = said.whole;
        let mut late = vec![];
        let all = || own.iter().chain(parts.iter().filter(|p| asked(p)));
        if all().any(|p| !p.is_judged()) {
            late = all().map(|p| !p.is_judged()).collect();
            let round = Round {
                interest: &rows,
                ..*round
            };
            for part in own.iter_mut().chain(parts.iter_mut().filter(|p| asked(p))) {
                part.judge(&round, ways);
            }
        }
        let all = own.iter().chain(parts.iter().filter(|p| asked(p)));
        let mut said = Said::new(self.shift, limit);
        if is_few {
            said.whole = known;
            for (part, is_late) in all.zip(&late) {
                if *is_late {
                    said.add(None, part.view(ways));
                }
            }
            said.add_rows(known, &mut self.scored);
        } else {
            all.for_each(|part| said.add(None, part.view(ways)));
            said.count(&mut self.counter, &mut rows, most);
            self.scored.extend(rows.rows().map(|row| (0, row)));
            said.add_rows(0, &mut self.scored);
        }
    }
}

/// What is said of the openings of a block.
struct Said<'v> {
    shift: u32,
    limit: Option<Limit<'v>>,
    /// What is said of all of them.
    whole: u64,
    /// What is said of some, of which, and by which of the doctor's parts.
    some: Vec<(Class, u64, &'v Plane, Option<usize>)>,
}

impl<'v> Said<'v> {
    fn new(shift: u32, limit: Option<Limit<'v>>) -> Self {
        Said {
            shift,
            limit,
            whole: 0,
            some: Vec::with_capacity(64),
        }
    }

    fn number(&self, class: &Class) -> u64 {
        (u64::from(class.lost) << self.shift) | u64::from(class.unknown)
    }

    fn add(&mut self, part: Option<usize>, view: View<'v>) {
        self.whole += view.whole.map_or(0, |class| self.number(&class));
        for (class, plane) in view.taken() {
            self.some.push((*class, self.number(class), plane, part));
        }
    }

    /// What may be said of an opening besides what is said of all; nothing where that is too much already.
    fn budget(&self) -> Option<u64> {
        let worst = self.limit.map_or(u64::MAX, |limit| limit.worst);
        worst.checked_sub(self.whole)
    }

    /// Leaves out openings that fail the limit, and scores those that are left where they are few. Where none is left it
    /// names the part that left out the last.
    fn sift(
        &self,
        rows: &mut Plane,
        is_few: &mut bool,
        scored: &mut Vec<(u64, usize)>,
    ) -> Result<(), Option<usize>> {
        let budget = self.budget().ok_or(None)?;
        *is_few = rows.is_few(FEW);
        for (_, number, plane, part) in &self.some {
            if *is_few {
                break;
            }
            if *number > budget {
                if !rows.leave_out(plane) {
                    return Err(*part);
                }
                *is_few = rows.is_few(FEW);
            }
        }
        if !*is_few {
            return Ok(());
        }
        let mut last = None;
        for row in rows.rows() {
            let mut score = 0;
            let fails = self.some.iter().find(|(_, number, plane, _)| {
                score += number * u64::from(plane.has(row));
                score > budget
            });
            match fails {
                Some((_, _, _, part)) => last = *part,
                None => scored.push((self.whole + score, row)),
            }
        }
        if scored.is_empty() {
            return Err(last);
        }
        rows.clear();
        scored.iter().for_each(|(_, row)| rows.set(*row, true));
        Ok(())
    }

    /// Leaves out openings whose sums fail the limit, and those that are not among the best, but for a few.
    fn count(&self, counter: &mut Counter, rows: &mut Plane, most: usize) {
        let Some(budget) = self.budget() else {
            rows.clear();
            return;
        };
        if let Some(limit) = self.limit {
            let too_much = self.some.iter().filter(|(_, number, ..)| *number > budget);
            for (_, _, plane, _) in too_much {
                rows.without(plane);
            }
            if rows.is_few(FEW) {
                return;
            }
            // Weights are even, mostly, and so is what is lost.
            let lost = self.some.iter().map(|(class, ..)| class.lost);
            let even = lost.map(u32::trailing_zeros).min().unwrap_or(0).min(31);
            let lost: Vec<(u64, &Plane)> = self
                .some
                .iter()
                .filter(|(_, number, ..)| *number <= budget)
                .map(|(class, _, plane, _)| (u64::from(class.lost >> even), *plane))
                .collect();
            let most = ((limit.worst >> self.shift) - (self.whole >> self.shift)) >> even;
            counter.add_up(rows, &lost, most);
            if rows.is_few(FEW) {
                return;
            }
        }
        let numbers: Vec<(u64, &Plane)> = self.some.iter().map(|(_, n, p, _)| (*n, *p)).collect();
        let budget = budget.min(numbers.iter().map(|(number, _)| number).sum());
        counter.add_up(rows, &numbers, budget);
        if let Some(limit) = self.limit
            && let Some(level) = limit.level
            && limit.worst == self.whole + budget
        {
            let mut behind = rows.clone();
            counter.keep(&mut behind, budget);
            behind.without(level);
            rows.without(&behind);
        }
        if !rows.is_few(most.max(FEW)) {
            counter.keep_least(rows, most);
        }
    }

    /// Adds what is said to scores, and leaves out those that fail the limit. `known` is in them already of what is said of all.
    fn add_rows(&self, known: u64, scored: &mut Vec<(u64, usize)>) {
        for (score, _) in scored.iter_mut() {
            *score += self.whole - known;
        }
        for (_, number, plane, _) in &self.some {
            for (score, row) in scored.iter_mut() {
                *score += number * u64::from(plane.has(*row));
            }
        }
        if let Some(limit) = self.limit {
            scored.retain(|(score, row)| limit.allows(*score, *row));
        }
    }
}
