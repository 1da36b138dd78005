//! One question to the engine.

use super::super::answer;
use super::super::doctor::{Doctor, Prepared};
use super::super::judge::judge;
use super::super::meaning::bit;
use super::super::relax::{Step, in_order, steps};
use super::super::score::Rank;
use super::geo::Commutes;
use super::plan::{Part, Round};
use super::plane::{Counter, Plane};
use super::said::layout;
use super::{Engine, Seat, Seats};
use crate::domain::match_::MatchAnswer;
use crate::domain::wish::Field;
use crate::places::Site;
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
            let around = commutes.to_spot(card.spot);
            if self.bar().is_some_and(|bar| {
                bar.score < score || (bar.score == score && around.least_high() > bar.commute)
            }) {
                continue;
            }
            let key = Key {
                score,
                commute: commutes
                    .exact(card.spot, card.point, around)
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
            commutes = Some(Commutes::new(engine, wider.home.as_ref(), &wider.means));
        }
        let groups = wider.groups.iter().filter(|g| changes.contains(&g.field));
        Widened {
            parts: groups.map(|g| Part::new(wider, g)).collect(),
            step,
            changes,
            commutes,
            adds: 0,
            best: Best::new(1),
        }
    }

    /// The openings of a block that a field would still exclude; none where it has nothing more to say.
    fn excluded(&mut self, field: Field, round: &Round) -> Option<&Plane> {
        let own = self.commutes.as_ref();
        let part = self.parts.iter_mut().find(|p| p.group.field == field)?;
        part.judge_once(round, own);
        Some(&part.excluded)
    }

    /// Looks for openings of a block that it lets in.
    fn look(&mut self, parts: &mut [Part<'p>], scores: &mut Scores, round: &Round<'_, 'e>) {
        let mut rows = Plane::default();
        let mut others = Plane::default();
        for part in parts.iter().filter(|p| p.is_hard) {
            if self.changes.contains(&part.group.field) {
                rows.or(&part.excluded);
            } else {
                others.or(&part.excluded);
            }
        }
        rows.and(&round.interest);
        rows.without(&others);
        if rows.is_empty() {
            return;
        }
        let own = self.commutes.as_ref();
        for part in &mut self.parts {
            part.judge_once(round, own);
            rows.without(&part.excluded);
        }
        let adds = rows.count();
        if adds == 0 {
            return;
        }
        self.adds += adds;
        for part in parts.iter_mut() {
            part.judge_once(round, None);
        }
        scores.clear();
        let unchanged = parts
            .iter()
            .filter(|p| !self.changes.contains(&p.group.field));
        for part in unchanged.chain(&self.parts) {
            scores.add(part);
        }
        let commutes = own.unwrap_or(round.commutes);
        self.best.take(rows, &scores.counter, commutes, round.seats);
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

/// Means reach beyond their own field: what one of these excludes, another can let in.
fn is_of_the_way(field: Field) -> bool {
    matches!(
        field,
        Field::CommuteMinutes | Field::CommuteMode | Field::Relocation
    )
}

/// Counts what the hard fields exclude in a block, in the order of the vocabulary, and returns the openings that none does.
/// What no relaxation could let in loses the interest of the round.
fn exclude(
    parts: &mut [Part],
    widened: &mut [Widened],
    round: &mut Round,
    mut count: impl FnMut(Field, usize),
) -> Plane {
    let mut alive = round.interest.clone();
    let mut seen = Plane::default();
    let mut seen_beside_the_way = Plane::default();
    for part in parts.iter_mut().filter(|p| p.is_hard) {
        if round.interest.is_empty() {
            break;
        }
        part.judge_once(round, None);
        part.excluded.and(&round.interest);
        if part.excluded.is_empty() {
            continue;
        }
        let field = part.group.field;
        let mut first = part.excluded.clone();
        first.and(&alive);
        count(field, first.count());
        alive.without(&part.excluded);
        let mut lost = part.excluded.clone();
        for w in widened.iter_mut().filter(|w| w.changes.contains(&field)) {
            match w.excluded(field, round) {
                Some(still) => lost.and(still),
                None => lost.clear(),
            }
        }
        let mut twice = part.excluded.clone();
        twice.and(if is_of_the_way(field) {
            &seen_beside_the_way
        } else {
            &seen
        });
        seen.or(&part.excluded);
        if !is_of_the_way(field) {
            seen_beside_the_way.or(&part.excluded);
        }
        round.interest.without(&lost);
        round.interest.without(&twice);
    }
    alive
}

/// The blocks, those around a home first: what is near sets a bar that the far ones, where scores are level, fail at once.
fn nearest_first(engine: &Engine, home: Option<&Site>) -> Vec<usize> {
    let mut blocks: Vec<usize> = (0..engine.blocks.len()).collect();
    if let Some(home) = home {
        blocks.sort_by_cached_key(|number| {
            let block = engine.blocks.get(*number);
            let spot = block.and_then(|b| engine.spots.get(b.runs.first()?.spot));
            spot.and_then(|s| s.area).map_or(u64::MAX, |area| {
                let (lat, lon) = (area.low.lat - home.point.lat, area.low.lon - home.point.lon);
                // Distances order as their bits do, being positive.
                lat.hypot(lon).to_bits()
            })
        });
    }
    blocks
}

pub(super) fn rank(engine: &Engine, doctor: &Doctor, top: usize) -> MatchAnswer {
    let base = Prepared::new(*doctor);
    let commutes = Commutes::new(engine, base.home.as_ref(), &base.means);
    let mut parts: Vec<Part> = base
        .groups
        .iter()
        .map(|group| Part::new(&base, group))
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
    for number in nearest_first(engine, base.home.as_ref()) {
        let Some(block) = engine.blocks.get(number) else {
            continue;
        };
        let mut round = Round {
            block,
            seats: Seats {
                engine,
                block: number,
            },
            commutes: &commutes,
            interest: block.live.clone(),
        };
        let all = parts
            .iter_mut()
            .chain(widened.iter_mut().flat_map(|w| &mut w.parts));
        all.for_each(Part::forget);
        let alive = exclude(&mut parts, &mut widened, &mut round, |field, gone| {
            if gone > 0 {
                *answer.excluded.entry(field).or_default() += gone;
            }
        });
        if round.interest.is_empty() {
            continue;
        }
        if top > 0 && !alive.is_empty() {
            parts.iter_mut().for_each(|p| p.judge_once(&round, None));
            scores.clear();
            parts.iter().for_each(|part| scores.add(part));
            best.take(alive, &scores.counter, &commutes, round.seats);
        }
        for w in &mut widened {
            w.look(&mut parts, &mut scores, &round);
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
