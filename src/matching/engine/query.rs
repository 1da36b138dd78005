//! One question to the engine.

use super::super::answer;
use super::super::doctor::{Doctor, Group, Prepared};
use super::super::judge::judge;
use super::super::relax::{Step, in_order, steps};
use super::super::score::Rank;
use super::best::Best;
use super::geo::Commutes;
use super::plan::{Part, Round, asks_the_way, pieces};
use super::plane::{Plane, Sieve, Those};
use super::scores::{Instead, Scores};
use super::ways::Ways;
use super::{Engine, Seat, Seats};
use crate::domain::match_::MatchAnswer;
use crate::domain::wish::Field;
use crate::places::Site;

/// A relaxation under way.
pub(super) struct Widened<'p, 'e> {
    step: Step<'p>,
    /// The fields that it changes, as they are then.
    pub parts: Vec<Part<'p>>,
    changes: Vec<Field>,
    /// Which of the kept parts that changes.
    changed: Vec<bool>,
    /// The number of its ways.
    way: usize,
    adds: usize,
    best: Best<'e>,
}

impl<'p> Widened<'p, '_> {
    fn new(
        engine: &Engine,
        step: Step<'p>,
        wider: &'p Wider,
        way: usize,
        kept: &[Part<'p>],
    ) -> Self {
        let mut changes = vec![step.named.field];
        if way > 0 {
            changes.extend(REACHED);
        }
        let groups = wider.pieces.iter().filter(|g| changes.contains(&g.field));
        let part = |group| Part::new(engine, &wider.doctor, group, way);
        Widened {
            parts: groups.map(part).collect(),
            changed: kept
                .iter()
                .map(|p| changes.contains(&p.group.field))
                .collect(),
            step,
            changes,
            way,
            adds: 0,
            best: Best::new(1),
        }
    }

    /// Whether it lets in openings that its field excludes, where all of a block are: nothing of it where all still are.
    fn opens(&mut self, field: Field, round: &Round, ways: &mut [Ways]) -> bool {
        let mut parts = self.parts.iter_mut().filter(|p| p.is_hard);
        self.changes.contains(&field)
            && !parts.any(|part| {
                part.judge(round, ways);
                matches!(part.excluded(ways), Those::All)
            })
    }

    /// The openings of a block that it lets in.
    fn lets_in(
        &mut self,
        (kept, local): (&[Part], &[Part]),
        round: &Round,
        ways: &mut [Ways],
        sieve: &Sieve,
    ) -> Option<Plane> {
        let live = &round.block.live;
        let changed = |part: &&Part| self.changes.contains(&part.group.field);
        let hard = || kept.iter().chain(local).filter(|p| p.is_hard);
        let mut rows = if self.way == 0 {
            let part = hard().find(changed)?;
            sieve.only(live, part.excluded(ways))
        } else {
            // Means reach beyond their own field, so that several fields together may be what keeps an opening out.
            let mut rows = Plane::default();
            for part in hard().filter(changed) {
                match part.excluded(ways) {
                    Those::None => {}
                    Those::All => rows.clone_from(live),
                    Those::Of(plane) => rows.or(plane),
                }
            }
            rows.and(live);
            for part in hard().filter(|p| !changed(p)) {
                rows.leave(part.excluded(ways));
            }
            rows
        };
        for part in self.parts.iter_mut().filter(|p| p.is_hard) {
            if rows.is_empty() {
                return None;
            }
            part.judge(round, ways);
            rows.leave(part.excluded(ways));
        }
        (!rows.is_empty()).then_some(rows)
    }
}

/// What a change of the means of a commute changes besides.
const REACHED: [Field; 2] = [Field::CommuteMinutes, Field::Relocation];

/// Goes through what excludes the openings of a block, gives to `count` how many each field is the first to exclude, and says
/// whether any opening may still have a say in the answer. `hard` are the parts that exclude, in the order of the vocabulary.
fn exclude(
    parts: &mut [Part],
    hard: &[usize],
    widened: &mut [Widened],
    round: &Round,
    ways: &mut [Ways],
    sieve: &mut Sieve,
    mut count: impl FnMut(Field, usize),
) -> bool {
    // Where all openings are out of reach, nothing behind that counts unless it can be relaxed alone.
    let mut all = None;
    let mut is_closed = false;
    for (place, at) in hard.iter().enumerate() {
        let Some(part) = parts.get_mut(*at).filter(|p| !p.is_kept()) else {
            continue;
        };
        part.judge(round, ways);
        if matches!(part.excluded(ways), Those::All) {
            is_closed = all.is_some();
            all = all.or(Some((place, part.group.field)));
            if is_closed {
                break;
            }
        }
    }
    if widened.iter().any(|w| w.way > 0) {
        is_closed = false;
    } else if let Some((_, field)) = all {
        is_closed = is_closed || !widened.iter_mut().any(|w| w.opens(field, round, ways));
    }
    let most = match all {
        Some((place, _)) if is_closed => place + 1,
        _ => hard.len(),
    };
    let counted = hard.get(..most).unwrap_or_default();
    // Nothing waits for these, so that they come from memory together.
    let fetched = counted.iter().filter_map(|at| parts.get(*at));
    let wider = widened.iter().flat_map(|w| &w.parts).filter(|_| !is_closed);
    std::hint::black_box(
        fetched
            .chain(wider)
            .fold(0, |all, part| all | part.fetch_excluded()),
    );
    for at in counted {
        if let Some(part) = parts.get_mut(*at) {
            part.judge(round, ways);
        }
    }
    let counted = || counted.iter().filter_map(|at| parts.get(*at));
    let excluded: Vec<Those> = counted().map(|p| p.excluded(ways)).collect();
    let mut fields = counted().map(|p| p.group.field);
    sieve.put(&round.block.live, &excluded, |gone| {
        if let Some(field) = fields.next().filter(|_| gone > 0) {
            count(field, gone);
        }
    });
    !is_closed
}

/// Leaves out what is excluded in a block, what is known first; says whether anything remains.
fn leave_out(parts: &mut [Part], round: &Round, ways: &mut [Ways], alive: &mut Plane) -> bool {
    for part in parts.iter_mut().filter(|p| p.is_hard) {
        let round = Round {
            interest: alive,
            ..*round
        };
        part.judge(&round, ways);
        alive.leave(part.excluded(ways));
        if alive.is_empty() {
            return false;
        }
    }
    true
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
    let own = pieces(&base);
    let (steps, wider): (Vec<Step>, Vec<Wider>) = base
        .groups
        .iter()
        .filter(|_| asked == Asked::All)
        .flat_map(|group| steps(&base, group))
        .map(|step| {
            let doctor = Prepared::with_wishes(*doctor, &step.wishes);
            let pieces = pieces(&doctor);
            (step, Wider { doctor, pieces })
        })
        .unzip();
    // Who leaves home by the same means asks for the same ways.
    let ways_of = |doctor: &Prepared| {
        let commutes = Commutes::new(engine, doctor.home.as_ref(), &doctor.means);
        let same = wider.iter().filter(|w| w.doctor.means == doctor.means);
        let groups = own.iter().chain(same.flat_map(|w| &w.pieces));
        Ways::new(commutes, groups.filter(|group| asks_the_way(group)))
    };
    let mut ways = vec![ways_of(&base)];
    let mut parts: Vec<Part> = own
        .iter()
        .map(|group| Part::new(engine, &base, group, 0))
        .collect();
    parts.sort_by_key(|part| !part.is_kept());
    let kept = parts.iter().filter(|part| part.is_kept()).count();
    // What excludes, in the order of the vocabulary.
    let mut hard: Vec<usize> = (0..parts.len()).collect();
    hard.retain(|at| parts.get(*at).is_some_and(|p| p.is_hard));
    hard.sort_by_key(|at| parts.get(*at).map(|p| p.group.field));
    let mut widened: Vec<Widened> = vec![];
    for (step, wider) in steps.into_iter().zip(&wider) {
        let mut way = 0;
        if wider.doctor.means != base.means {
            way = ways.len();
            ways.push(ways_of(&wider.doctor));
        }
        widened.push(Widened::new(
            engine,
            step,
            wider,
            way,
            parts.get(..kept).unwrap_or_default(),
        ));
    }
    let mut scores = Scores::new(&parts, &widened);
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
            interest: &block.live,
        };
        let all = parts
            .iter_mut()
            .chain(widened.iter_mut().flat_map(|w| &mut w.parts));
        all.for_each(|part| part.forget(number));
        ways.iter_mut().for_each(Ways::forget);
        let goes_on = if asked == Asked::All {
            exclude(
                &mut parts,
                &hard,
                &mut widened,
                &whole,
                &mut ways,
                &mut sieve,
                |field, gone| *answer.excluded.entry(field).or_default() += gone,
            )
        } else {
            sieve.alive.clone_from(&block.live);
            leave_out(&mut parts, &whole, &mut ways, &mut sieve.alive)
        };
        if !goes_on {
            continue;
        }
        let interest = match asked {
            Asked::All => sieve.interest(&block.live, ways.len() > 1),
            Asked::Matches => sieve.alive.clone(),
        };
        let round = Round {
            interest: &interest,
            ..whole
        };
        let (kept, local) = parts.split_at_mut_checked(kept).unwrap_or_default();
        kept.iter_mut().for_each(|part| part.judge(&round, &mut []));
        let said = scores.gather(kept);
        if !sieve.alive.is_empty() {
            let rows = sieve.alive.clone();
            let asked = (&said, &mut *local);
            scores.look(&mut best, asked, None, &mut ways, &round, rows);
        }
        for w in &mut widened {
            let Some(rows) = w.lets_in((kept, local), &whole, &mut ways, &sieve) else {
                continue;
            };
            w.adds += rows.count();
            let instead = Some(Instead {
                parts: &mut w.parts,
                changes: &w.changes,
                changed: &w.changed,
                way: w.way,
            });
            let asked = (&said, &mut *local);
            scores.look(&mut w.best, asked, instead, &mut ways, &round, rows);
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
