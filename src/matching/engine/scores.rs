//! The scores of a block's openings: only as far as they are needed to tell which may be among the best.

use super::best::{Best, Limit};
use super::plan::{Class, Part, Round, View};
use super::plane::{Counter, Plane};
use super::query::Widened;
use super::ways::Ways;
use crate::domain::wish::Field;

/// So few openings are looked at one by one.
const FEW: usize = 32;

/// What is said of some openings: how much it takes from their scores, and the place of the part that says it.
#[derive(Clone, Copy)]
struct Taken<'v> {
    number: u64,
    rows: &'v Plane,
    part: usize,
}

/// The place of a part that takes no turns.
const NO_TURN: usize = usize::MAX;

/// What kept parts say of a block, in turn.
pub(super) struct Kept<'v>(Vec<Taken<'v>>);

/// What a relaxation puts in the place of some parts.
pub(super) struct Instead<'w, 'p> {
    pub parts: &'w mut [Part<'p>],
    /// The fields that these stand for.
    pub changes: &'w [Field],
    /// Which of the kept parts are of these.
    pub changed: &'w [bool],
    /// The number of its ways.
    pub way: usize,
}

/// What is lost, and behind it what is unknown, as one number an opening: the smaller the better.
pub(super) struct Scores {
    counter: Counter,
    shift: u32,
    /// In which order the kept parts are asked: what has lately left nothing to ask for comes first.
    turns: Vec<usize>,
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
            turns: (0..parts.iter().filter(|p| p.is_kept()).count()).collect(),
            scored: vec![],
        }
    }

    /// What kept parts, once they have been judged, say of the block in hand.
    pub fn gather<'v>(&self, kept: &'v [Part]) -> Kept<'v> {
        let mut all = Vec::with_capacity(ENTRIES);
        for at in &self.turns {
            if let Some(part) = kept.get(*at) {
                put(part.view(&[]), self.shift, *at, &mut all);
            }
        }
        Kept(all)
    }

    /// Looks for the best of some openings of a block. What is known is asked first, and what has to be found only of the
    /// openings that are left.
    pub fn look<'p, 'e>(
        &mut self,
        best: &mut Best<'e>,
        (kept, local): (&Kept, &mut [Part<'p>]),
        instead: Option<Instead<'_, 'p>>,
        ways: &mut [Ways],
        round: &Round<'_, 'e>,
        mut rows: Plane,
    ) {
        let way = instead.as_ref().map_or(0, |i| i.way);
        let limit = ways
            .get(way)
            .map(|ways| best.limit(&ways.commutes, round.seats));
        let Some(Ok(limit)) = limit else {
            return;
        };
        let (own, changes, changed): (&mut [Part<'p>], &[Field], &[bool]) = match instead {
            Some(instead) => (instead.parts, instead.changes, instead.changed),
            None => (&mut [], &[], &[]),
        };
        let asked = |part: &Part| !changes.contains(&part.group.field);
        let new = || Said {
            shift: self.shift,
            limit,
            whole: 0,
            own: Vec::with_capacity(ENTRIES),
            kept: &kept.0,
            changed,
        };
        let mut late = false;
        for part in own.iter_mut().chain(local.iter_mut().filter(|p| asked(p))) {
            if part.is_known(ways) {
                part.judge(round, ways);
            }
            late |= !part.is_judged();
        }
        let mut said = new();
        for part in own.iter().chain(local.iter().filter(|p| asked(p))) {
            said.add(part.view(ways));
        }
        self.scored.clear();
        let is_few = match said.sift(&mut rows, &mut self.scored) {
            Ok(is_few) => is_few,
            Err(last) => {
                // What leaves nothing is asked first the next time.
                let place = self.turns.iter().position(|at| *at == last);
                if let Some(first) = place.and_then(|place| self.turns.get_mut(..=place)) {
                    first.rotate_right(1);
                }
                return;
            }
        };
        if late {
            let round = Round {
                interest: &rows,
                ..*round
            };
            for part in own.iter_mut().chain(local.iter_mut().filter(|p| asked(p))) {
                part.judge(&round, ways);
            }
            said = new();
            for part in own.iter().chain(local.iter().filter(|p| asked(p))) {
                said.add(part.view(ways));
            }
        }
        if !is_few {
            said.count(&mut self.counter, &mut rows, best.most());
        }
        if late || !is_few {
            self.scored.clear();
            said.score(&rows, &mut self.scored);
        }
        if let Some(limit) = limit {
            self.scored
                .retain(|(score, row)| limit.allows(*score, *row));
        }
        if let Some(ways) = ways.get(way) {
            best.take(&self.scored, &ways.commutes, round.seats);
        }
    }
}

/// So many things are mostly said of a block at most.
const ENTRIES: usize = 40;

fn number(class: &Class, shift: u32) -> u64 {
    (u64::from(class.lost) << shift) | u64::from(class.unknown)
}

fn put<'v>(view: View<'v>, shift: u32, part: usize, all: &mut Vec<Taken<'v>>) {
    all.extend(view.taken().map(|(class, rows)| Taken {
        number: number(class, shift),
        rows,
        part,
    }));
}

/// What is said of the openings of a block.
struct Said<'v> {
    shift: u32,
    limit: Option<Limit<'v>>,
    /// What is said of all of them.
    whole: u64,
    /// What is said of some, and by the kept parts that are not changed.
    own: Vec<Taken<'v>>,
    kept: &'v [Taken<'v>],
    changed: &'v [bool],
}

impl<'v> Said<'v> {
    fn add(&mut self, view: View<'v>) {
        self.whole += view.whole.map_or(0, |class| number(&class, self.shift));
        put(view, self.shift, NO_TURN, &mut self.own);
    }

    fn some(&self) -> impl Iterator<Item = &Taken<'v>> {
        let stays = |t: &&Taken| !self.changed.get(t.part).is_some_and(|changed| *changed);
        self.own.iter().chain(self.kept.iter().filter(stays))
    }

    /// What may be said of an opening besides what is said of all; nothing where that is too much already.
    fn budget(&self) -> Option<u64> {
        let worst = self.limit.map_or(u64::MAX, |limit| limit.worst);
        worst.checked_sub(self.whole)
    }

    /// Leaves out openings that fail the limit, and scores those that are left where they are few, which it says. Where none is
    /// left it names the part that left out the last.
    fn sift(&self, rows: &mut Plane, scored: &mut Vec<(u64, usize)>) -> Result<bool, usize> {
        let budget = self.budget().ok_or(NO_TURN)?;
        let mut is_few = rows.is_few(FEW);
        for taken in self.some() {
            if is_few {
                break;
            }
            if taken.number > budget {
                if !rows.leave_out(taken.rows) {
                    return Err(taken.part);
                }
                is_few = rows.is_few(FEW);
            }
        }
        if !is_few {
            return Ok(false);
        }
        let mut last = NO_TURN;
        for row in rows.rows() {
            let mut score = 0;
            let fails = self.some().find(|taken| {
                score += taken.number * u64::from(taken.rows.has(row));
                score > budget
            });
            match fails {
                Some(taken) => last = taken.part,
                None => scored.push((self.whole + score, row)),
            }
        }
        if scored.is_empty() {
            return Err(last);
        }
        rows.clear();
        scored.iter().for_each(|(_, row)| rows.set(*row, true));
        Ok(true)
    }

    /// Leaves out openings whose sums fail the limit, and those that are not among the best, but for a few.
    fn count(&self, counter: &mut Counter, rows: &mut Plane, most: usize) {
        let Some(budget) = self.budget() else {
            rows.clear();
            return;
        };
        if let Some(limit) = self.limit {
            for taken in self.some().filter(|taken| taken.number > budget) {
                rows.without(taken.rows);
            }
            if rows.is_few(FEW) {
                return;
            }
            // Weights are even, mostly, and so is what is lost.
            let lost = || self.some().map(|taken| taken.number >> self.shift);
            let even = lost()
                .fold(0, |all, own| all | own)
                .trailing_zeros()
                .min(31);
            let all: Vec<(u64, &Plane)> = lost()
                .map(|lost| lost >> even)
                .zip(self.some().map(|taken| taken.rows))
                .collect();
            let most = ((limit.worst >> self.shift) - (self.whole >> self.shift)) >> even;
            counter.add_up(rows, &all, most);
            if rows.is_few(FEW) {
                return;
            }
        }
        let all: Vec<(u64, &Plane)> = self.some().map(|t| (t.number, t.rows)).collect();
        let budget = budget.min(all.iter().map(|(number, _)| number).sum());
        counter.add_up(rows, &all, budget);
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

    fn score(&self, rows: &Plane, scored: &mut Vec<(u64, usize)>) {
        scored.extend(rows.rows().map(|row| (self.whole, row)));
        for taken in self.some() {
            for (score, row) in scored.iter_mut() {
                *score += taken.number * u64::from(taken.rows.has(*row));
            }
        }
    }
}
