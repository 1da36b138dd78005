//! Four thousand openings as columns.

use super::plane::{Plane, ROWS};
use super::said::{DIGITS, FIGURED, word_planes};
use crate::places::{Area, Point, Site, Vicinity};

/// So many openings with points of their own share one leaf.
const LEAF: usize = 16;

/// The point of what has none of its own.
const NOWHERE: Point = Point {
    lat: f64::NAN,
    lon: f64::NAN,
};

/// Openings next to each other that stand in the same place.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub start: u16,
    pub end: u16,
    /// The number of the spot.
    pub spot: u32,
    /// Its leaves.
    pub leaves: std::ops::Range<u32>,
}

/// A few openings next to each other, with the area that they stand in.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    pub start: u16,
    pub end: u16,
    pub area: Area,
}

/// The columns.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// The openings that stand.
    pub live: Plane,
    /// Rows in use, dead ones included.
    pub used: usize,
    /// A plane a word.
    pub words: Vec<Plane>,
    /// For each figured field the number of the group of values, a plane a binary digit, the lowest first.
    digits: Vec<Plane>,
    /// For each figured field the groups that occur, a bit each.
    occurring: [u64; FIGURED.len()],
    /// For each figured field a code an opening.
    pub codes: Vec<u32>,
    /// For each opening its point, where its spot does not say; else nowhere.
    points: Vec<Point>,
    pub runs: Vec<Run>,
    pub leaves: Vec<Leaf>,
    /// Where its openings stand, those of which that is known.
    pub near: Option<Vicinity>,
    /// How many those are.
    sited: usize,
    /// The prefecture, where each opening stands in one municipality of it and nowhere else.
    pub prefecture: Option<u8>,
}

/// What an opening is to its block.
pub(super) struct Row {
    pub words: Vec<usize>,
    /// Code and group for each figured field.
    pub codes: [(u32, usize); FIGURED.len()],
    pub spot: u32,
    /// Where its spot does not say.
    pub point: Option<Point>,
    pub site: Option<Site>,
    /// The prefecture of its spot.
    pub prefecture: Option<u8>,
}

impl Block {
    pub fn new() -> Self {
        Block {
            live: Plane::default(),
            used: 0,
            words: vec![Plane::default(); word_planes()],
            digits: vec![Plane::default(); FIGURED.len() * DIGITS],
            occurring: [0; FIGURED.len()],
            codes: vec![0; FIGURED.len() * ROWS],
            points: vec![],
            runs: vec![],
            leaves: vec![],
            near: None,
            sited: 0,
            prefecture: None,
        }
    }

    /// Whether it is known of all openings where they stand.
    pub fn is_sited(&self) -> bool {
        self.sited == self.used
    }

    pub fn is_full(&self) -> bool {
        self.used == ROWS
    }

    /// Adds an opening and says which row it has.
    pub fn push(&mut self, row: &Row) -> usize {
        let at = self.used;
        self.used += 1;
        self.live.set(at, true);
        for plane in &row.words {
            if let Some(plane) = self.words.get_mut(*plane) {
                plane.set(at, true);
            }
        }
        for (column, (code, group)) in row.codes.iter().enumerate() {
            let digits = self.digits.iter_mut().skip(column * DIGITS).take(DIGITS);
            for (digit, plane) in digits.enumerate() {
                plane.set(at, group >> digit & 1 == 1);
            }
            if let Some(occurring) = self.occurring.get_mut(column) {
                *occurring |= 1 << group;
            }
            if let Some(slot) = self.codes.get_mut(column * ROWS + at) {
                *slot = *code;
            }
        }
        if let Some(site) = &row.site {
            let near = self.near.get_or_insert_with(|| Vicinity::of(site));
            near.include(site);
            self.sited += 1;
        }
        if at == 0 {
            self.prefecture = row.prefecture;
        }
        self.prefecture = self
            .prefecture
            .filter(|_| self.prefecture == row.prefecture);
        self.points.push(row.point.unwrap_or(NOWHERE));
        self.settle(at, row);
        at
    }

    fn settle(&mut self, at: usize, row: &Row) {
        // A block is far smaller than a u16.
        let start = u16::try_from(at).unwrap_or(u16::MAX);
        let end = start.saturating_add(1);
        let area = row.point.map(Area::of);
        let same = self.runs.last_mut().filter(|run| run.spot == row.spot);
        match (same, self.leaves.last_mut(), area) {
            (Some(run), _, None) => run.end = end,
            (Some(run), Some(leaf), Some(area)) if usize::from(end - leaf.start) <= LEAF => {
                leaf.end = end;
                leaf.area.include(area.low);
                run.end = end;
            }
            (same, _, area) => {
                let from = u32::try_from(self.leaves.len()).unwrap_or(u32::MAX);
                let upto = from.saturating_add(u32::from(area.is_some()));
                if let Some(area) = area {
                    self.leaves.push(Leaf { start, end, area });
                }
                match same {
                    Some(run) => {
                        run.end = end;
                        run.leaves.end = upto;
                    }
                    None => self.runs.push(Run {
                        start,
                        end,
                        spot: row.spot,
                        leaves: from..upto,
                    }),
                }
            }
        }
    }

    /// The point of a row, where its spot does not say.
    pub fn point(&self, row: usize) -> Option<Point> {
        let point = self.points.get(row).copied();
        point.filter(|point| !point.lat.is_nan())
    }

    /// The code of a row in a figured field.
    pub fn code(&self, column: usize, row: usize) -> u32 {
        self.codes.get(column * ROWS + row).copied().unwrap_or(0)
    }

    pub fn word(&self, plane: usize) -> Option<&Plane> {
        self.words.get(plane)
    }

    /// The digits of a figured field's groups, the lowest first.
    pub fn digits(&self, column: usize) -> &[Plane] {
        self.digits
            .get(column * DIGITS..(column + 1) * DIGITS)
            .unwrap_or_default()
    }

    /// The groups of a figured field that occur, a bit each.
    pub fn occurring(&self, column: usize) -> u64 {
        self.occurring.get(column).copied().unwrap_or(0)
    }

    /// The leaves of a run.
    pub fn leaves_of(&self, run: &Run) -> &[Leaf] {
        self.leaves
            .get(run.leaves.start as usize..run.leaves.end as usize)
            .unwrap_or_default()
    }
}
