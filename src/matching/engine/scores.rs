//! The scores of a block's openings: only as far as they are needed to tell which may be among the best.

use super::best::{Best, Limit};
use super::plan::{Class, Part, Round, View};
use super::plane::{LANE, Plane, any, bits, count, join};
use super::query::Widened;
use super::sums::Sums;
use super::ways::Ways;
use crate::domain::wish::Field;

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
            shift: u32::BITS - terms.leading_zeros(),
            turns: (0..parts.iter().filter(|p| p.is_kept()).count()).collect(),
            scored: vec![],
        }
    }

    /// What kept parts, once they have been judged, say of the block in hand.
    pub fn gather<'v>(&self, kept: &'v [Part]) -> Kept<'v> {
        let mut all = Vec::with_capacity(ENTRIES);
        // Nothing waits for these, so that they come from memory together.
        std::hint::black_box(kept.iter().fold(0, |all, part| all | part.fetch()));
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
        let mut late = false;
        for part in own.iter_mut().chain(local.iter_mut().filter(|p| asked(p))) {
            if part.is_known(ways) {
                part.judge(round, ways);
            } else {
                part.glance(round, ways);
            }
            late |= !part.is_judged();
        }
        let stays = |taken: &&Taken| !changed.get(taken.part).is_some_and(|c| *c);
        let views = own.iter().chain(local.iter().filter(|p| asked(p)));
        let said = Said::new(self.shift, limit, views.map(|p| p.view(ways)));
        let Some(said) = said.map(|said| said.and(kept.0.iter().filter(stays))) else {
            return;
        };
        self.scored.clear();
        if let Err(last) = said.weigh(&rows, &mut self.scored) {
            // What leaves nothing is asked first the next time.
            let place = self.turns.iter().position(|at| *at == last);
            if let Some(first) = place.and_then(|place| self.turns.get_mut(..=place)) {
                first.rotate_right(1);
            }
            return;
        }
        if late {
            rows.clear();
            self.scored.iter().for_each(|(_, row)| rows.set(*row, true));
            let round = Round {
                interest: &rows,
                ..*round
            };
            for part in own.iter_mut().chain(local.iter_mut().filter(|p| asked(p))) {
                part.judge(&round, ways);
            }
            let views = own.iter().chain(local.iter().filter(|p| asked(p)));
            let said = Said::new(self.shift, limit, views.map(|p| p.view(ways)));
            let Some(said) = said.map(|said| said.and(kept.0.iter().filter(stays))) else {
                return;
            };
            self.scored.clear();
            if said.weigh(&rows, &mut self.scored).is_err() {
                return;
            }
        }
        if let Some(limit) = limit {
            self.scored
                .retain(|(score, row)| limit.allows(*score, *row));
        }
        if let Some((_, (bar, _), _)) = best
            .most()
            .checked_sub(1)
            .filter(|last| *last < self.scored.len())
            .map(|last| self.scored.select_nth_unstable(last))
        {
            let bar = *bar;
            self.scored.retain(|(score, _)| *score <= bar);
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
    /// What is said of all of them.
    whole: u64,
    /// What may be said of an opening besides.
    budget: Option<u64>,
    /// What is said of some, and first what leaves them out.
    some: Vec<Taken<'v>>,
    outs: usize,
}

/// So few openings of a lane are looked at one by one.
const FEW: usize = 12;

impl<'v> Said<'v> {
    /// What is said by some views; nothing where that is too much already.
    fn new(
        shift: u32,
        limit: Option<Limit>,
        views: impl Iterator<Item = View<'v>>,
    ) -> Option<Self> {
        let mut said = Said {
            whole: 0,
            budget: None,
            some: Vec::with_capacity(ENTRIES),
            outs: 0,
        };
        for view in views {
            said.whole += view.whole.map_or(0, |class| number(&class, shift));
            put(view, shift, NO_TURN, &mut said.some);
        }
        if let Some(limit) = limit {
            said.budget = Some(limit.worst.checked_sub(said.whole)?);
        }
        Some(said)
    }

    fn and<'t>(mut self, kept: impl Iterator<Item = &'t Taken<'v>>) -> Self
    where
        'v: 't,
    {
        self.some.extend(kept);
        let budget = self.budget.unwrap_or(u64::MAX);
        for at in 0..self.some.len() {
            if self.some.get(at).is_some_and(|t| t.number > budget) {
                self.some.swap(self.outs, at);
                self.outs += 1;
            }
        }
        self
    }

    /// The scores of those of some openings that keep within the budget. Where none does it names the part that left out the
    /// last.
    fn weigh(&self, rows: &Plane, scored: &mut Vec<(u64, usize)>) -> Result<(), usize> {
        let (outs, ins) = self.some.split_at_checked(self.outs).unwrap_or_default();
        let all = ins.iter().map(|taken| taken.number).sum();
        let budget = self.budget.map_or(all, |budget| budget.min(all));
        let mut sums = Sums::new(budget);
        let mut last = NO_TURN;
        for (at, lane) in rows.lanes().enumerate() {
            let mut alive = *lane;
            if !any(&alive) {
                continue;
            }
            let mut turns = outs.iter();
            while any(&alive)
                && let Some(taken) = turns.next()
            {
                alive = join(&alive, taken.rows.lane(at), |alive, own| alive & !own);
                last = taken.part;
            }
            if !any(&alive) {
                continue;
            }
            let few = count(&alive) <= FEW;
            if !few {
                sums.clear();
                let mut turns = ins.iter();
                while any(&alive)
                    && let Some(taken) = turns.next()
                {
                    sums.add(taken.number, taken.rows.lane(at), &mut alive);
                    last = taken.part;
                }
            }
            for bit in bits(alive) {
                let row = at * LANE + bit;
                let score = if few {
                    ins.iter().try_fold(0, |sum, taken| {
                        let sum = sum + taken.number * u64::from(taken.rows.has(row));
                        (sum <= budget).then_some(sum)
                    })
                } else {
                    Some(sums.at(bit))
                };
                scored.extend(score.map(|score| (self.whole + score, row)));
            }
        }
        if scored.is_empty() { Err(last) } else { Ok(()) }
    }
}
