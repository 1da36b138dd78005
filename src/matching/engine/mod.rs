//! Openings in memory as columns, for a nation's worth of them: the same answers as [`rank`](super::rank), from bits.
//!
//! What openings say of a field is one of few things, so each different thing is judged once a question, by the same rules
//! as everywhere, and the verdicts are laid out over blocks of openings: a bit an opening. Exclusions are then counted, and
//! scores added, sixty-four openings at a time; only the few openings that reach the top are looked at one by one. Openings
//! that stand near each other lie together, and a commute is estimated for all of them first, then for a municipality, a
//! handful of neighbours, and for single openings only where that does not decide. Verdicts that do not depend on where the
//! doctor lives are kept for the next question.

mod area;
mod best;
mod block;
mod geo;
mod lay;
mod plan;
mod plane;
mod query;
mod rings;
mod said;
mod scores;
mod shade;
mod sheets;
mod sums;
mod ways;
mod words;

use super::doctor::Doctor;
use super::facts::Facts;
use super::interned::Interned;
use super::meaning::{Words, bit};
use crate::domain::match_::{Match, MatchAnswer};
use crate::domain::opening::Opening;
use crate::domain::wish::{Field, OpeningItem};
use block::{Block, Row};
use geo::{Spot, Spots};
use plane::Plane;
use query::Asked;
use said::{Column, FIGURED, WORDED};
use sheets::Sheets;
use std::collections::HashMap;
use std::sync::Arc;

/// An opening's place: which block, which row of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seat(u32);

impl Seat {
    fn new(block: usize, row: usize) -> Self {
        Seat(u32::try_from(block * plane::ROWS + row).unwrap_or(u32::MAX))
    }

    fn block(self) -> usize {
        self.0 as usize / plane::ROWS
    }

    fn row(self) -> usize {
        self.0 as usize % plane::ROWS
    }
}

/// What an answer writes of an opening, besides what the columns hold.
#[derive(Debug, Clone)]
struct Card {
    id: Arc<str>,
    /// The number of its `posted` and of what it asks for.
    posted: u32,
    asks: u32,
    spot: u32,
}

/// The openings of one block, one by one.
#[derive(Clone, Copy)]
struct Seats<'e> {
    engine: &'e Engine,
    block: usize,
}

impl<'e> Seats<'e> {
    fn card(&self, row: usize) -> Option<&'e Card> {
        self.engine.card(Seat::new(self.block, row))
    }

    fn block(&self) -> Option<&'e Block> {
        self.engine.blocks.get(self.block)
    }

    /// Where doctors are short.
    fn shortage(&self) -> Option<&'e Plane> {
        let at = usize::from(bit(Field::AreaType, "shortage")?);
        self.block()?.word(said::layout(Field::AreaType).from + at)
    }

    fn spot(&self, number: u32) -> Option<&'e Spot> {
        self.engine.spots.get(number)
    }
}

/// Openings ready to be asked. It holds no opening twice: inserting one that is there replaces it.
#[derive(Debug, Clone)]
pub struct Engine {
    blocks: Vec<Block>,
    cards: Vec<Card>,
    seats: HashMap<Arc<str>, Seat>,
    spots: Spots,
    columns: Vec<Column>,
    posted: Interned<Option<String>>,
    asks: Interned<Vec<OpeningItem>>,
    /// Openings that came since the last ordering.
    loose: usize,
    sheets: Sheets,
}

impl Default for Engine {
    fn default() -> Self {
        Engine {
            blocks: vec![],
            cards: vec![],
            seats: HashMap::new(),
            spots: Spots::default(),
            columns: FIGURED.map(Column::new).into(),
            posted: Interned::default(),
            asks: Interned::default(),
            loose: 0,
            sheets: Sheets::default(),
        }
    }
}

impl Engine {
    /// An engine without openings.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads openings; each should be open, since all that are given are considered.
    pub fn of(openings: &[Opening]) -> Self {
        let mut engine = Self::new();
        for opening in openings {
            engine.insert(opening);
        }
        engine.arrange();
        engine
    }

    /// How many openings it holds.
    pub fn len(&self) -> usize {
        self.seats.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.seats.is_empty()
    }

    /// Adds an opening, or replaces the one of its id.
    pub fn insert(&mut self, opening: &Opening) {
        self.remove(&opening.id);
        let facts = Facts::read(opening);
        let (spot, point) = self.spots.of(&facts);
        let mut row = Row {
            words: vec![],
            codes: [(0, 0); FIGURED.len()],
            spot,
            point,
            site: facts.site,
            prefecture: self.spots.get(spot).and_then(|s| s.prefecture),
        };
        for field in WORDED {
            row.words.extend(said::planes_of(field, facts.words(field)));
        }
        for (slot, column) in row.codes.iter_mut().zip(&mut self.columns) {
            let code = column.code(&facts);
            *slot = (code, column.group_of(code));
        }
        let posted = opening.posted.clone();
        let asks: Vec<OpeningItem> = facts.asks.iter().map(|i| (*i).clone()).collect();
        let key: Vec<String> = asks
            .iter()
            .map(|i| format!("{}={}", i.field, i.value))
            .collect();
        let card = Card {
            id: opening.id.as_str().into(),
            posted: self.posted.number(
                posted.clone().map_or_else(String::new, |p| format!("={p}")),
                || posted,
            ),
            asks: self.asks.number(key.join("\n"), || asks),
            spot,
        };
        self.seat(card, &row);
        self.loose += 1;
        if self.loose > plane::ROWS && self.loose > self.len() {
            self.arrange();
        }
    }

    fn seat(&mut self, card: Card, row: &Row) {
        if self.blocks.last().is_none_or(Block::is_full) {
            self.blocks.push(Block::new());
            self.sheets.grow(self.blocks.len());
        }
        self.sheets.last_changes(self.blocks.len());
        let block = self.blocks.len() - 1;
        if let Some(last) = self.blocks.last_mut() {
            let seat = Seat::new(block, last.push(row));
            self.seats.insert(card.id.clone(), seat);
            self.cards.push(card);
        }
    }

    /// Takes an opening out; says whether it was there.
    pub fn remove(&mut self, id: &str) -> bool {
        let Some(seat) = self.seats.remove(id) else {
            return false;
        };
        if let Some(block) = self.blocks.get_mut(seat.block()) {
            block.live.set(seat.row(), false);
        }
        // Rows of the dead are given back once they are many.
        if self.cards.len() > 2 * self.len() + plane::ROWS {
            self.arrange();
        }
        true
    }

    /// The best `top` openings for a doctor, what was excluded by which field, and what a relaxation would open: the answer
    /// of [`rank`](super::rank).
    pub fn rank(&self, doctor: &Doctor, top: usize) -> MatchAnswer {
        query::rank(self, doctor, top, Asked::All)
    }

    /// The best `top` openings for a doctor, as [`Engine::rank`] gives them, without asking what is excluded.
    pub fn top(&self, doctor: &Doctor, top: usize) -> Vec<Match> {
        query::rank(self, doctor, top, Asked::Matches).matches
    }

    fn card(&self, seat: Seat) -> Option<&Card> {
        self.cards.get(seat.0 as usize)
    }

    /// What an opening says, put together again.
    fn facts(&self, seat: Seat) -> Option<Facts<'_>> {
        let card = self.card(seat)?;
        let block = self.blocks.get(seat.block())?;
        let mut facts = Facts::silent(&card.id);
        let spot = self.spots.get(card.spot)?;
        facts.places.clone_from(&spot.places);
        facts.site = spot.site_at(block.point(seat.row()));
        for field in WORDED {
            let strip = said::layout(field);
            let says = |at: usize| block.word(at).is_some_and(|p| p.has(seat.row()));
            if !says(strip.from + strip.len + 1) {
                continue;
            }
            let bits = (0..=strip.len)
                .filter(|i| says(strip.from + i))
                .map(|i| if i == strip.len { 1 << 63 } else { 1u64 << i })
                .fold(0, |a, b| a | b);
            facts.set_words(field, Words::from_bits(bits));
        }
        for (at, column) in self.columns.iter().enumerate() {
            column.put(block.code(at, seat.row()), &mut facts);
        }
        facts.posted = self.posted.get(card.posted).and_then(|p| p.as_deref());
        facts.asks = self.asks.get(card.asks).into_iter().flatten().collect();
        Some(facts)
    }

    /// Lays the openings out anew, which happens by itself when many have changed: those of one place together, near ones side by side, the dead left out.
    pub fn arrange(&mut self) {
        let mut order: Vec<((u64, u64), u32)> = self
            .seats
            .values()
            .filter_map(|seat| {
                let card = self.card(*seat)?;
                let point = self.blocks.get(seat.block())?.point(seat.row());
                Some((self.spots.order(card.spot, point), seat.0))
            })
            .collect();
        order.sort_unstable();
        self.spots.cluster();
        let blocks = std::mem::take(&mut self.blocks);
        self.sheets.clear();
        let mut cards: Vec<Option<Card>> = std::mem::take(&mut self.cards)
            .into_iter()
            .map(Some)
            .collect();
        self.cards.reserve_exact(order.len());
        for (_, seat) in order {
            let seat = Seat(seat);
            let Some(card) = cards.get_mut(seat.0 as usize).and_then(Option::take) else {
                continue;
            };
            let Some(block) = blocks.get(seat.block()) else {
                continue;
            };
            let mut row = Row {
                words: vec![],
                codes: [(0, 0); FIGURED.len()],
                spot: card.spot,
                point: block.point(seat.row()),
                site: self
                    .spots
                    .get(card.spot)
                    .and_then(|s| s.site_at(block.point(seat.row()))),
                prefecture: self.spots.get(card.spot).and_then(|s| s.prefecture),
            };
            let set = |plane: &usize| block.word(*plane).is_some_and(|p| p.has(seat.row()));
            row.words.extend((0..said::word_planes()).filter(set));
            for (at, (slot, column)) in row.codes.iter_mut().zip(&self.columns).enumerate() {
                let code = block.code(at, seat.row());
                *slot = (code, column.group_of(code));
            }
            self.seat(card, &row);
        }
        self.loose = 0;
    }
}
