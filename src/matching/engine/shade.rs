//! Which openings of a block waters cut off from a home.

use super::block::{Block, Run};
use super::plane::Plane;
use crate::places::{Area, Cut, Waters};

/// The openings of a block that waters cut off, of those of interest.
#[derive(Default)]
pub(super) struct Shade(Plane);

impl Shade {
    /// Those of a whole block. `area` is that of a run.
    pub fn of(
        block: &Block,
        area: impl Fn(&Run) -> Option<Area>,
        waters: &Waters,
        interest: &Plane,
    ) -> Self {
        let mut shade = Shade::default();
        for run in &block.runs {
            if !interest.has_any(usize::from(run.start), usize::from(run.end)) {
                continue;
            }
            match area(run).map_or(Cut::Some(*waters), |area| waters.before(&area)) {
                Cut::All => {
                    let rows = (usize::from(run.start), usize::from(run.end));
                    shade.0.set_range(rows.0, rows.1);
                }
                Cut::None => {}
                Cut::Some(waters) => shade.add(block, run, &waters, interest),
            }
        }
        shade
    }

    /// Adds the openings of a run that have points of their own.
    pub fn add(&mut self, block: &Block, run: &Run, waters: &Waters, interest: &Plane) {
        for leaf in block.leaves_of(run) {
            let (start, end) = (usize::from(leaf.start), usize::from(leaf.end));
            if !interest.has_any(start, end) {
                continue;
            }
            match waters.before(&leaf.area) {
                Cut::All => self.0.set_range(start, end),
                Cut::None => {}
                Cut::Some(waters) => {
                    for row in start..end {
                        let point = block.point(row).filter(|_| interest.has(row));
                        if point.is_some_and(|point| waters.cut_off(point)) {
                            self.0.set(row, true);
                        }
                    }
                }
            }
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The openings.
    pub fn rows(&self) -> &Plane {
        &self.0
    }
}
