//! One question to the engine.

use super::super::answer;
use super::super::doctor::{Doctor, Prepared};
use super::super::judge::judge;
use super::super::meaning::bit;
use super::super::relax::{Step, in_order, steps};
use super::super::score::Rank;
use super::block::Block;
use super::geo::Commutes;
use super::plan::Part;
use super::plane::{Counter, Plane};
use super::said::layout;
use super::{Engine, Seat, Seats};
use crate::domain::match_::MatchAnswer;
use crate::domain::wish::Field;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Where an opening stands in the order; the smaller the better.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key<'e> {
    score: u64,
    commute: u32,
    no_shortage: bool,
    posted: Reverse<Option<&'e str>>,
    id: &'e str,
    seat: u32,
}

/// The best of the openings seen so far, the worst of them on top.
struct Best<'e> {
    most: usize,
    heap: BinaryHeap<Key<'e>>,
}

impl<'e> Best<'e> {
    fn new(most: usize) -> Self {
        Best {
            most,
            heap: BinaryHeap::new(),
        }
    }

    /// The one that a further opening must beat; none while there is room.
    fn bar(&self) -> Option<&Key<'e>> {
        (self.heap.len() >= self.most)
            .then(|| self.heap.peek())
            .flatten()
    }

    /// Looks at openings of a block, by their scores.
    fn take(&mut self, mut rows: Plane, scores: &Counter, commutes: &Commutes, seats: Seats<'e>) {
        if self.most == 0 {
            return;
        }
        if let Some(bar) = self.bar() {
            scores.keep_up_to(&mut rows, bar.score);
        }
        if self.most < rows.count() {
            scores.keep_least(&mut rows, self.most);
        }
        let shortage = bit(Field::AreaType, "shortage").and_then(|b| {
            seats
                .block()?
                .word(layout(Field::AreaType).from + usize::from(b))
        });
        for row in rows.rows() {
            let Some(card) = seats.card(row) else {
                continue;
            };
            let score = scores.at(row);
            if self.bar().is_some_and(|bar| {
                bar.score < score
                    || (bar.score == score
                        && commutes.to_spot(card.spot).least_high() > bar.commute)
            }) {
                continue;
            }
            let key = Key {
                score,
                commute: commutes
                    .exact(card.spot, card.point)
                    .map_or(u32::MAX, |band| band.high),
                no_shortage: !shortage.is_some_and(|p| p.has(row)),
                posted: Reverse(
                    seats
                        .engine
                        .posted
                        .get(card.posted)
                        .and_then(|p| p.as_deref()),
                ),
                id: &card.id,
                seat: Seat::new(seats.block, row).0,
            };
            if self.heap.len() < self.most {
                self.heap.push(key);
            } else if let Some(mut bar) = self.heap.peek_mut()
                && key < *bar
            {
                *bar = key;
            }
        }
    }

    fn sorted(self) -> Vec<Key<'e>> {
        self.heap.into_sorted_vec()
    }
}

/// A relaxation under way.
struct Widened<'p, 'e> {
    step: Step<'p>,
    /// The fields that it changes, as they are then.
    parts: Vec<Part<'p>>,
    changes: Vec<Field>,
    /// Where the means of the commute change.
    commutes: Option<Commutes<'e>>,
    adds: usize,
    best: Best<'e>,
}

impl<'p, 'e> Widened<'p, 'e> {
    fn new(engine: &'e Engine, base: &Prepared, step: Step<'p>, wider: &'p Prepared) -> Self {
        let field = step.named.field;
        let mut changes = vec![field];
        let mut commutes = None;
        if wider.means != base.means {
            changes.extend([Field::CommuteMinutes, Field::Relocation]);
            commutes = Some(Commutes::new(
                &engine.spots,
                wider.home.as_ref(),
                &wider.means,
            ));
        }
        let groups = wider.groups.iter().filter(|g| changes.contains(&g.field));
        Widened {
            parts: groups.map(|g| Part::new(engine, wider, g)).collect(),
            step,
            changes,
            commutes,
            adds: 0,
            best: Best::new(1),
        }
    }

    /// Looks for openings of a block that it lets in.
    fn look(
        &mut self,
        parts: &mut [Part],
        commutes: &Commutes,
        scores: &mut Scores,
        judged: &mut [bool],
        seats: Seats<'e>,
        block: &Block,
    ) {
        let mut rows = Plane::default();
        let mut others = Plane::default();
        for part in parts.iter().filter(|p| p.is_hard) {
            if self.changes.contains(&part.group.field) {
                rows.or(&part.excluded);
            } else {
                others.or(&part.excluded);
            }
        }
        rows.and(&block.live);
        rows.without(&others);
        if rows.is_empty() {
            return;
        }
        let own = self.commutes.as_ref().unwrap_or(commutes);
        for part in &mut self.parts {
            part.judge(block, own, &seats);
            rows.without(&part.excluded);
        }
        let adds = rows.count();
        if adds == 0 {
            return;
        }
        self.adds += adds;
        judge_rest(parts, judged, block, commutes, &seats);
        scores.clear();
        let unchanged = parts
            .iter()
            .filter(|p| !self.changes.contains(&p.group.field));
        for part in unchanged.chain(&self.parts) {
            scores.add(part);
        }
        self.best.take(rows, &scores.counter, own, seats);
    }
}

/// The scores of a block: what is lost, and behind it what is unknown, as one number.
struct Scores {
    counter: Counter,
    shift: u32,
}

impl Scores {
    fn new(lost: u32, unknown: u32) -> Self {
        let shift = u32::BITS - unknown.leading_zeros();
        Scores {
            counter: Counter::new((u64::from(lost) << shift) | u64::from(unknown)),
            shift,
        }
    }

    fn clear(&mut self) {
        self.counter.clear();
    }

    fn add(&mut self, part: &Part) {
        let verdicts = &part.verdicts;
        for (class, rows) in verdicts.classes.iter().zip(&verdicts.planes) {
            let number = (u64::from(class.lost) << self.shift) | u64::from(class.unknown);
            if number != 0 {
                self.counter.add(rows, number);
            }
        }
    }
}

/// Judges the parts of a block that nobody has asked for yet.
fn judge_rest(
    parts: &mut [Part],
    judged: &mut [bool],
    block: &Block,
    commutes: &Commutes,
    seats: &Seats,
) {
    for (part, judged) in parts.iter_mut().zip(judged) {
        if !std::mem::replace(judged, true) {
            part.judge(block, commutes, seats);
        }
    }
}

pub(super) fn rank(engine: &Engine, doctor: &Doctor, top: usize) -> MatchAnswer {
    let base = Prepared::new(*doctor);
    let commutes = Commutes::new(&engine.spots, base.home.as_ref(), &base.means);
    let mut parts: Vec<Part> = base
        .groups
        .iter()
        .map(|group| Part::new(engine, &base, group))
        .collect();
    let ways: Vec<(Step, Prepared)> = base
        .groups
        .iter()
        .flat_map(|group| steps(&base, group))
        .map(|step| {
            let wider = Prepared::with_wishes(*doctor, &step.wishes);
            (step, wider)
        })
        .collect();
    let (steps, wider): (Vec<Step>, Vec<Prepared>) = ways.into_iter().unzip();
    let mut widened: Vec<Widened> = steps
        .into_iter()
        .zip(&wider)
        .map(|(step, wider)| Widened::new(engine, &base, step, wider))
        .collect();
    // A widened doctor has a term more at most where an accepted value becomes a wish.
    let most = |parts: &[Part]| {
        parts.iter().map(Part::most).fold((0u32, 0u32), |a, b| {
            (a.0.saturating_add(b.0), a.1.saturating_add(b.1))
        })
    };
    let more = widened
        .iter()
        .map(|w| most(&w.parts))
        .max()
        .unwrap_or_default();
    let own = most(&parts);
    let mut scores = Scores::new(own.0.saturating_add(more.0), own.1.saturating_add(more.1));
    let mut answer = MatchAnswer {
        considered: engine.len(),
        ..MatchAnswer::default()
    };
    let mut best = Best::new(top);
    let mut judged = vec![false; parts.len()];
    for (number, block) in engine.blocks.iter().enumerate() {
        let seats = Seats {
            engine,
            block: number,
        };
        let mut rest = block.live.clone();
        for (part, judged) in parts.iter_mut().zip(&mut judged) {
            *judged = part.is_hard;
            if part.is_hard {
                part.judge(block, &commutes, &seats);
                let before = rest.count();
                rest.without(&part.excluded);
                let gone = before - rest.count();
                if gone > 0 {
                    *answer.excluded.entry(part.group.field).or_default() += gone;
                }
            }
        }
        if top > 0 && !rest.is_empty() {
            judge_rest(&mut parts, &mut judged, block, &commutes, &seats);
            scores.clear();
            parts.iter().for_each(|part| scores.add(part));
            best.take(rest, &scores.counter, &commutes, seats);
        }
        for w in &mut widened {
            w.look(
                &mut parts,
                &commutes,
                &mut scores,
                &mut judged,
                seats,
                block,
            );
        }
    }
    answer.matches = best
        .sorted()
        .iter()
        .filter_map(|key| {
            let facts = engine.facts(Seat(key.seat))?;
            let (judgement, _) = judge(&base, &facts);
            let rank = Rank::of(&base, &facts, &judgement);
            Some(answer::write(&base, &facts, &judgement, &rank))
        })
        .collect();
    let opened = widened.into_iter().filter_map(|w| {
        let best = w.best.sorted();
        Some(w.step.opened(w.adds, best.first()?.id))
    });
    answer.relax = in_order(opened.collect());
    answer
}
