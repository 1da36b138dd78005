//! One question to the engine.

use super::super::answer;
use super::super::doctor::{Doctor, Group, Prepared};
use super::super::judge::judge;
use super::super::relax::{Step, in_order, steps};
use super::super::score::Rank;
use super::geo::Commutes;
use super::plan::{Class, Part, Round, pieces};
use super::plane::{Counter, Plane, Sieve};
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

    /// What an opening of a block must reach to come in; nothing where any does.
    fn limit(&self, commutes: &Commutes, seats: Seats<'e>) -> Result<Option<Limit<'e>>, Hopeless> {
        if self.most == 0 {
            return Err(Hopeless);
        }
        let Some(bar) = self.bar() else {
            return Ok(None);
        };
        let block = seats.block().ok_or(Hopeless)?;
        let nearest = commutes.to_block(seats.block, block).least_high();
        let limit = if nearest > bar.commute {
            // Where all have a longer way, a level score is not enough.
            bar.score
                .checked_sub(1)
                .map(|worst| Limit { worst, level: None })
        } else {
            // Where none has a shorter one, the next that counts is a shortage of doctors.
            let decides = nearest == bar.commute && !bar.no_shortage;
            Some(Limit {
                worst: bar.score,
                level: seats.shortage().filter(|_| decides),
            })
        };
        limit.map(Some).ok_or(Hopeless)
    }

    /// Looks at openings of a block, by their scores.
    fn take(&mut self, scored: &[(u64, usize)], commutes: &Commutes, seats: Seats<'e>) {
        let shortage = seats.shortage();
        for (score, row) in scored.iter().copied() {
            let Some(card) = seats.card(row) else {
                continue;
            };
            if self.bar().is_some_and(|bar| bar.score < score) {
                continue;
            }
            let around = commutes.around_spot(card.spot);
            let is_behind = |bar: &Key| bar.score == score && around.least_high() > bar.commute;
            if self.bar().is_some_and(is_behind) {
                continue;
            }
            let point = seats.block().and_then(|block| block.point(row));
            let key = Key {
                score,
                commute: commutes
                    .exact(card.spot, point, around)
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

/// The worst score that an opening can have, and if it has that, where it must be among.
#[derive(Clone, Copy)]
struct Limit<'e> {
    worst: u64,
    level: Option<&'e Plane>,
}

impl Limit<'_> {
    fn allows(&self, score: u64, row: usize) -> bool {
        score < self.worst || (score == self.worst && self.level.is_none_or(|level| level.has(row)))
    }

    /// Keeps the rows that it allows.
    fn keep(&self, rows: &mut Plane, scores: &Counter) {
        scores.keep_up_to(rows, self.worst);
        if let Some(level) = self.level {
            let mut better = Plane::default();
            if let Some(less) = self.worst.checked_sub(1) {
                better.clone_from(rows);
                scores.keep_up_to(&mut better, less);
            }
            rows.and(level);
            rows.or(&better);
        }
    }
}

/// No opening of a block can come in.
struct Hopeless;

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
    fn new(engine: &'e Engine, base: &Prepared, step: Step<'p>, wider: &'p Wider) -> Self {
        let field = step.named.field;
        let mut changes = vec![field];
        let mut commutes = None;
        let doctor = &wider.doctor;
        if doctor.means != base.means {
            changes.extend([Field::CommuteMinutes, Field::Relocation]);
            commutes = Some(Commutes::new(engine, doctor.home.as_ref(), &doctor.means));
        }
        let groups = wider.pieces.iter().filter(|g| changes.contains(&g.field));
        Widened {
            parts: groups.map(|g| Part::new(engine, doctor, g)).collect(),
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
        part.excluded()
    }

    /// Looks for openings of a block that it lets in.
    fn look(&mut self, parts: &mut [Part<'p>], scores: &mut Scores, round: &Round<'_, 'e>) {
        let Some(mut rows) = self.reached(parts, round.interest) else {
            return;
        };
        let own = self.commutes.as_ref();
        for part in &mut self.parts {
            part.judge_once(round, own);
            if let Some(excluded) = part.excluded()
                && !rows.leave_out(excluded)
            {
                return;
            }
        }
        self.adds += rows.count();
        let commutes = own.unwrap_or(round.commutes);
        let Ok(limit) = self.best.limit(commutes, round.seats) else {
            return;
        };
        let own_parts = self.parts.iter_mut().map(|p| (p, own));
        let others = parts
            .iter_mut()
            .filter(|p| !self.changes.contains(&p.group.field))
            .map(|p| (p, None));
        let all = own_parts.chain(others).collect();
        let scored = scores.least(all, round, rows, limit, 1);
        self.best.take(scored, commutes, round.seats);
    }

    /// The openings that nothing else excludes than what it changes; nothing where there are none.
    fn reached(&self, parts: &[Part], interest: &Plane) -> Option<Plane> {
        let mut rows = Plane::default();
        let changed = |p: &&Part| self.changes.contains(&p.group.field);
        for part in parts.iter().filter(changed) {
            part.excluded().inspect(|excluded| rows.or(excluded));
        }
        if !rows.keep(interest) {
            return None;
        }
        // Of what two other fields exclude nothing is left; only those of the way reach beyond their own.
        if self.changes.iter().any(|f| is_of_the_way(*f)) {
            for part in parts.iter().filter(|p| !changed(p)) {
                if let Some(excluded) = part.excluded()
                    && !rows.leave_out(excluded)
                {
                    return None;
                }
            }
        }
        Some(rows)
    }
}

/// So few openings are looked at one by one.
const FEW: usize = 64;

/// The scores of a block: what is lost, and behind it what is unknown, as one number.
struct Scores {
    /// Of what is lost alone, and of both.
    counter: Counter,
    both: Counter,
    shift: u32,
    scored: Vec<(u64, usize)>,
}

impl Scores {
    fn new(lost: u32, unknown: u32) -> Self {
        let shift = u32::BITS - unknown.leading_zeros();
        Scores {
            counter: Counter::new(u64::from(lost)),
            both: Counter::new((u64::from(lost) << shift) | u64::from(unknown)),
            shift,
            scored: vec![],
        }
    }

    fn number(&self, class: &Class) -> u64 {
        (u64::from(class.lost) << self.shift) | u64::from(class.unknown)
    }

    /// Of some openings of a block the `most` with the best scores and all that lose no more than the last of them, unless
    /// they fail the limit.
    fn least(
        &mut self,
        mut parts: Vec<(&mut Part, Option<&Commutes>)>,
        round: &Round,
        mut rows: Plane,
        limit: Option<Limit>,
        most: usize,
    ) -> &[(u64, usize)] {
        self.scored.clear();
        let worst = limit.map(|limit| limit.worst);
        // What has been found before costs least, and may leave nothing to be found.
        parts.sort_by_key(|(part, _)| !part.is_kept());
        let kept = parts.iter().filter(|(part, _)| part.is_kept()).count();
        let (kept, local) = parts.split_at_mut_checked(kept).unwrap_or_default();
        self.counter.clear();
        for parts in [&mut *kept, &mut *local] {
            for (part, commutes) in parts.iter_mut() {
                part.judge_once(round, *commutes);
                let Some(worst) = worst else { continue };
                for (class, plane) in part.verdicts() {
                    if self.number(class) > worst && !rows.leave_out(plane) {
                        return &self.scored;
                    }
                }
            }
            let Some(worst) = worst.filter(|_| !rows.is_few(FEW)) else {
                continue;
            };
            for (class, plane) in parts.iter().flat_map(|(part, _)| part.verdicts()) {
                self.counter.add(plane, u64::from(class.lost));
            }
            self.counter.keep_up_to(&mut rows, worst >> self.shift);
            if rows.is_empty() {
                return &self.scored;
            }
        }
        let all = || {
            let all = kept.iter().chain(local.iter());
            all.flat_map(|(part, _)| part.verdicts())
        };
        if let Some(limit) = limit.filter(|limit| limit.level.is_some() && !rows.is_few(FEW)) {
            self.both.clear();
            for (class, plane) in all() {
                let number = (u64::from(class.lost) << self.shift) | u64::from(class.unknown);
                self.both.add(plane, number);
            }
            limit.keep(&mut rows, &self.both);
        }
        if !rows.is_few(most.max(FEW)) {
            self.counter.clear();
            for (class, plane) in all() {
                self.counter.add(plane, u64::from(class.lost));
            }
            self.counter.keep_least(&mut rows, most);
        }
        self.scored.extend(rows.rows().map(|row| (0, row)));
        for (class, plane) in all() {
            let number = (u64::from(class.lost) << self.shift) | u64::from(class.unknown);
            if number != 0 {
                for (score, row) in &mut self.scored {
                    *score += number * u64::from(plane.has(*row));
                }
            }
        }
        if let Some(limit) = limit {
            self.scored
                .retain(|(score, row)| limit.allows(*score, *row));
        }
        &self.scored
    }
}

/// Means reach beyond their own field: what one of these excludes, another can let in.
fn is_of_the_way(field: Field) -> bool {
    matches!(
        field,
        Field::CommuteMinutes | Field::CommuteMode | Field::Relocation
    )
}

/// Strikes out what the hard fields exclude in a block, in the order of the vocabulary, and counts it.
fn exclude(
    parts: &mut [Part],
    widened: &mut [Widened],
    round: &Round,
    sieve: &mut Sieve,
    mut count: impl FnMut(Field, usize),
) {
    let mut still = Plane::default();
    for part in parts.iter_mut().filter(|p| p.is_hard) {
        let round = Round {
            interest: &sieve.interest,
            ..*round
        };
        if round.interest.is_empty() {
            return;
        }
        part.judge_once(&round, None);
        let Some(excluded) = part.excluded() else {
            continue;
        };
        let field = part.group.field;
        still.fill();
        for w in widened.iter_mut().filter(|w| w.changes.contains(&field)) {
            match w.excluded(field, &round) {
                Some(own) => still.and(own),
                None => still.clear(),
            }
        }
        count(field, sieve.strike(excluded, &still, is_of_the_way(field)));
    }
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

/// A doctor with other wishes.
struct Wider<'d> {
    doctor: Prepared<'d>,
    pieces: Vec<Group>,
}

/// What a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// Everything.
    All,
    /// The matches alone.
    Matches,
}

pub(super) fn rank(engine: &Engine, doctor: &Doctor, top: usize, asked: Asked) -> MatchAnswer {
    let base = Prepared::new(*doctor);
    let commutes = Commutes::new(engine, base.home.as_ref(), &base.means);
    let own = pieces(&base);
    let mut parts: Vec<Part> = own
        .iter()
        .map(|group| Part::new(engine, &base, group))
        .collect();
    if asked == Asked::Matches {
        // Where nothing is counted, the order is free, and what has been found before leaves the least to be found.
        parts.sort_by_key(|part| !part.is_kept());
    }
    let ways: Vec<(Step, Wider)> = base
        .groups
        .iter()
        .filter(|_| asked == Asked::All)
        .flat_map(|group| steps(&base, group))
        .map(|step| {
            let doctor = Prepared::with_wishes(*doctor, &step.wishes);
            let pieces = pieces(&doctor);
            (step, Wider { doctor, pieces })
        })
        .collect();
    let (steps, wider): (Vec<Step>, Vec<Wider>) = ways.into_iter().unzip();
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
    let mut sieve = Sieve::default();
    for number in nearest_first(engine, base.home.as_ref()) {
        let Some(block) = engine.blocks.get(number) else {
            continue;
        };
        let whole = Round {
            block,
            seats: Seats {
                engine,
                block: number,
            },
            commutes: &commutes,
            interest: &block.live,
        };
        let all = parts
            .iter_mut()
            .chain(widened.iter_mut().flat_map(|w| &mut w.parts));
        all.for_each(|part| part.forget(number));
        sieve.fill(&block.live);
        exclude(
            &mut parts,
            &mut widened,
            &whole,
            &mut sieve,
            |field, gone| {
                if gone > 0 {
                    *answer.excluded.entry(field).or_default() += gone;
                }
            },
        );
        if sieve.interest.is_empty() {
            continue;
        }
        let round = Round {
            interest: &sieve.interest,
            ..whole
        };
        if !sieve.alive.is_empty()
            && let Ok(limit) = best.limit(&commutes, round.seats)
        {
            let all = parts.iter_mut().map(|p| (p, None)).collect();
            let scored = scores.least(all, &round, sieve.alive.clone(), limit, top);
            best.take(scored, &commutes, round.seats);
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
