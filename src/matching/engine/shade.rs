//! Which openings of a block waters cut off from a home: found once a question, for all verdicts on the commute.

use super::block::{Block, Run};
use super::plane::Plane;
use crate::places::{Area, Waters};
use std::cell::RefCell;

/// What has been found of one block.
#[derive(Default)]
struct Shade {
    plane: Plane,
    /// The runs that have been looked at, by where they start.
    runs: Vec<u16>,
    /// All have been.
    whole: bool,
}

impl Shade {
    /// Finds the openings of a run that have points of their own and that waters cut off.
    fn add(&mut self, block: &Block, run: &Run, waters: &Waters, interest: &Plane) {
        if self.runs.contains(&run.start) {
            return;
        }
        self.runs.push(run.start);
        let plane = &mut self.plane;
        for leaf in block.leaves_of(run) {
            if !interest.has_any(usize::from(leaf.start), usize::from(leaf.end)) {
                continue;
            }
            match waters.cut_all_off(&leaf.area) {
                Some(true) => plane.set_range(usize::from(leaf.start), usize::from(leaf.end)),
                Some(false) => {}
                None => {
                    for row in (leaf.start..leaf.end).map(usize::from) {
                        let point = block.point(row).filter(|_| interest.has(row));
                        if point.is_some_and(|point| waters.cut_off(point)) {
                            plane.set(row, true);
                        }
                    }
                }
            }
        }
    }
}

/// What has been found of all blocks.
pub(super) struct Shades(RefCell<Vec<Option<Box<Shade>>>>);

impl Shades {
    pub fn new(blocks: usize) -> Self {
        Shades(RefCell::new((0..blocks).map(|_| None).collect()))
    }

    /// Finds the openings of a run that waters cut off. Of openings without interest nothing is found.
    pub fn add(&self, number: usize, block: &Block, run: &Run, waters: &Waters, interest: &Plane) {
        let mut blocks = self.0.borrow_mut();
        let Some(slot) = blocks.get_mut(number) else {
            return;
        };
        let shade = slot.get_or_insert_default();
        shade.add(block, run, waters, interest);
    }

    /// Finds the openings of a whole block that waters cut off. `area` is that of a run.
    pub fn add_all(
        &self,
        number: usize,
        block: &Block,
        area: impl Fn(&Run) -> Option<Area>,
        waters: &Waters,
        interest: &Plane,
    ) {
        let mut blocks = self.0.borrow_mut();
        let Some(slot) = blocks.get_mut(number) else {
            return;
        };
        let shade = slot.get_or_insert_default();
        if std::mem::replace(&mut shade.whole, true) {
            return;
        }
        for run in &block.runs {
            if !interest.has_any(usize::from(run.start), usize::from(run.end)) {
                continue;
            }
            match area(run).and_then(|area| waters.cut_all_off(&area)) {
                Some(true) => {
                    let rows = (usize::from(run.start), usize::from(run.end));
                    shade.plane.set_range(rows.0, rows.1);
                }
                Some(false) => {}
                None => shade.add(block, run, waters, interest),
            }
        }
    }

    /// Gives what has been found of a block to `f`.
    pub fn with(&self, number: usize, f: impl FnOnce(&Plane)) {
        if let Some(Some(shade)) = self.0.borrow().get(number) {
            f(&shade.plane);
        }
    }
}
