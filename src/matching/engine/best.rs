//! The best openings seen so far, and what a further one must reach.

use super::geo::Commutes;
use super::plane::Plane;
use super::{Seat, Seats};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Where an opening stands in the order; the smaller the better.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key<'e> {
    score: u64,
    commute: u32,
    no_shortage: bool,
    posted: Reverse<Option<&'e str>>,
    pub id: &'e str,
    pub seat: u32,
}

/// The best of the openings seen so far, the worst of them on top.
pub(super) struct Best<'e> {
    most: usize,
    heap: BinaryHeap<Key<'e>>,
}

impl<'e> Best<'e> {
    pub fn new(most: usize) -> Self {
        Best {
            most,
            heap: BinaryHeap::new(),
        }
    }

    /// How many are asked for.
    pub fn most(&self) -> usize {
        self.most
    }

    /// The one that a further opening must beat; none while there is room.
    fn bar(&self) -> Option<&Key<'e>> {
        (self.heap.len() >= self.most)
            .then(|| self.heap.peek())
            .flatten()
    }

    /// What an opening of a block must reach to come in; nothing where any does.
    pub fn limit(
        &self,
        commutes: &Commutes,
        seats: Seats<'e>,
    ) -> Result<Option<Limit<'e>>, Hopeless> {
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
    pub fn take(&mut self, scored: &[(u64, usize)], commutes: &Commutes, seats: Seats<'e>) {
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

    pub fn sorted(self) -> Vec<Key<'e>> {
        self.heap.into_sorted_vec()
    }
}

/// The worst score that an opening can have, and if it has that, where it must be among.
#[derive(Clone, Copy)]
pub(super) struct Limit<'e> {
    pub worst: u64,
    pub level: Option<&'e Plane>,
}

impl Limit<'_> {
    /// Whether an opening may come in with a score.
    pub fn allows(&self, score: u64, row: usize) -> bool {
        score < self.worst || (score == self.worst && self.level.is_none_or(|level| level.has(row)))
    }
}

/// No opening of a block can come in.
pub(super) struct Hopeless;
