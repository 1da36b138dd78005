//! Verdicts that were found before: many doctors say the same of a field, and what does not depend on where they live holds for
//! all of them.

use super::plan::{Class, Verdicts};
use super::plane::{Plane, ROWS, Those};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

/// So many bytes an opening the verdicts may take.
const BYTES: usize = 128;

/// So many planes a block has for them.
const PLANES: usize = BYTES * 8;

/// The verdicts on one block.
#[derive(Debug)]
pub(super) struct Page {
    classes: Box<[Class]>,
    /// The openings of each class.
    planes: Box<[Plane]>,
    excluded: Excluded,
}

/// Openings that are excluded.
#[derive(Debug)]
enum Excluded {
    None,
    /// Those of one class.
    Class(usize),
    Several(Box<Plane>),
}

impl Page {
    /// What is worth keeping of verdicts.
    fn of(verdicts: &Verdicts) -> Self {
        let (classes, planes): (Vec<Class>, Vec<Plane>) = verdicts
            .iter()
            .filter(|(class, plane)| class.says_anything() && !plane.is_empty())
            .map(|(class, plane)| (*class, plane.clone()))
            .unzip();
        let mut excluded = Excluded::None;
        let all = classes.iter().zip(&planes).enumerate();
        for (at, (_, plane)) in all.filter(|(_, (class, _))| class.excluded) {
            excluded = match excluded {
                Excluded::None => Excluded::Class(at),
                Excluded::Class(first) => {
                    let mut both = plane.clone();
                    planes.get(first).inspect(|first| both.or(first));
                    Excluded::Several(Box::new(both))
                }
                Excluded::Several(mut all) => {
                    all.or(plane);
                    Excluded::Several(all)
                }
            };
        }
        Page {
            classes: classes.into(),
            planes: planes.into(),
            excluded,
        }
    }

    /// The classes.
    pub fn classes(&self) -> &[Class] {
        &self.classes
    }

    /// The openings of each class.
    pub fn planes(&self) -> &[Plane] {
        &self.planes
    }

    /// The openings that are excluded.
    pub fn excluded(&self) -> Those<'_> {
        let plane = match &self.excluded {
            Excluded::None => None,
            Excluded::Class(at) => self.planes.get(*at),
            Excluded::Several(plane) => Some(&**plane),
        };
        plane.map_or(Those::None, Those::Of)
    }

    /// How many planes it holds, and one for what lies around them.
    fn size(&self) -> usize {
        let own = matches!(self.excluded, Excluded::Several(_));
        self.planes.len() + usize::from(own) + 1
    }
}

/// The verdicts on all blocks.
#[derive(Debug)]
pub(super) struct Sheet {
    pages: Vec<OnceLock<Page>>,
    /// When it was last asked for.
    last: AtomicU64,
    planes: AtomicUsize,
    all: Arc<Count>,
}

/// What all sheets take together.
#[derive(Debug, Default)]
struct Count {
    planes: AtomicUsize,
    most: AtomicUsize,
    /// Whether a page of a block that is not full has been kept.
    partial: AtomicBool,
}

impl Sheet {
    /// The verdicts on a block, where they are known.
    pub fn page(&self, block: usize) -> Option<&Page> {
        self.pages.get(block)?.get()
    }

    /// Whether verdicts on a block can be kept.
    pub fn has_room(&self, block: usize) -> bool {
        let most = self.all.most.load(Ordering::Relaxed);
        block < self.pages.len() && self.all.planes.load(Ordering::Relaxed) < most
    }

    /// Keeps the verdicts on all openings of a block, of which so many rows are in use.
    pub fn keep(&self, block: usize, used: usize, verdicts: &Verdicts) {
        let Some(slot) = self.pages.get(block) else {
            return;
        };
        let page = Page::of(verdicts);
        let size = page.size();
        if slot.set(page).is_ok() {
            self.planes.fetch_add(size, Ordering::Relaxed);
            self.all.planes.fetch_add(size, Ordering::Relaxed);
            if used < ROWS {
                self.all.partial.store(true, Ordering::Relaxed);
            }
        }
    }
}

impl Drop for Sheet {
    fn drop(&mut self) {
        let own = self.planes.load(Ordering::Relaxed);
        self.all.planes.fetch_sub(own, Ordering::Relaxed);
    }
}

/// All sheets, by what is said. Those not asked for the longest give way.
#[derive(Debug, Default)]
pub(super) struct Sheets {
    sheets: RwLock<HashMap<String, Arc<Sheet>>>,
    tick: AtomicU64,
    all: Arc<Count>,
}

impl Clone for Sheets {
    fn clone(&self) -> Self {
        Sheets::default()
    }
}

impl Sheets {
    /// The sheet of something said, for so many blocks.
    pub fn get(&self, key: String, blocks: usize) -> Arc<Sheet> {
        let now = self.tick.fetch_add(1, Ordering::Relaxed);
        let known = self.sheets.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(sheet) = known.get(&key) {
            sheet.last.store(now, Ordering::Relaxed);
            return sheet.clone();
        }
        drop(known);
        self.all.most.store(blocks * PLANES, Ordering::Relaxed);
        let mut sheets = self.sheets.write().unwrap_or_else(PoisonError::into_inner);
        if self.all.planes.load(Ordering::Relaxed) >= blocks * PLANES {
            let mut times: Vec<u64> = sheets
                .values()
                .map(|s| s.last.load(Ordering::Relaxed))
                .collect();
            times.sort_unstable();
            let bar = times.get(times.len() / 4).copied().unwrap_or(u64::MAX);
            sheets.retain(|_, sheet| sheet.last.load(Ordering::Relaxed) > bar);
        }
        let sheet = sheets.entry(key).or_insert_with(|| {
            Arc::new(Sheet {
                pages: (0..blocks).map(|_| OnceLock::new()).collect(),
                last: AtomicU64::new(now),
                planes: AtomicUsize::new(0),
                all: self.all.clone(),
            })
        });
        sheet.clone()
    }

    /// Forgets all: the openings have other places.
    pub fn clear(&mut self) {
        *self = Sheets::default();
    }

    /// The last of so many blocks changes.
    pub fn last_changes(&mut self, blocks: usize) {
        if !self.all.partial.swap(false, Ordering::Relaxed) {
            return;
        }
        let sheets = self
            .sheets
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        // Nobody asks meanwhile, so that each sheet has no other owner.
        sheets.retain(|_, sheet| {
            let Some(sheet) = Arc::get_mut(sheet) else {
                return false;
            };
            let last = blocks.checked_sub(1).and_then(|at| sheet.pages.get_mut(at));
            if let Some(page) = last.and_then(OnceLock::take) {
                *sheet.planes.get_mut() -= page.size();
                sheet.all.planes.fetch_sub(page.size(), Ordering::Relaxed);
            }
            true
        });
    }

    /// There are more blocks.
    pub fn grow(&mut self, blocks: usize) {
        let sheets = self
            .sheets
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        self.all.most.store(blocks * PLANES, Ordering::Relaxed);
        sheets.retain(|_, sheet| {
            let Some(sheet) = Arc::get_mut(sheet) else {
                return false;
            };
            sheet.pages.resize_with(blocks, OnceLock::new);
            true
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_asked_for_the_longest_gives_way() {
        let sheets = Sheets::default();
        let mut verdicts = Verdicts::default();
        let lost = |lost| Class {
            lost,
            ..Class::default()
        };
        for n in 1..=20 {
            let mut rows = Plane::default();
            rows.set(n, true);
            verdicts.add(lost(u32::try_from(n).unwrap_or(1)), rows);
        }
        let often = sheets.get("often".into(), 2);
        often.keep(0, ROWS, &verdicts);
        for n in 0..1000 {
            let sheet = sheets.get(format!("once {n}"), 2);
            for block in 0..2 {
                if sheet.has_room(block) {
                    sheet.keep(block, ROWS, &verdicts);
                }
            }
            sheets.get("often".into(), 2);
            assert!(sheets.all.planes.load(Ordering::Relaxed) <= 2 * PLANES + 21);
        }
        assert!(sheets.get("often".into(), 2).page(0).is_some());
        assert!(sheets.get("once 999".into(), 2).page(1).is_some());
        assert!(sheets.get("once 0".into(), 2).page(0).is_none());
    }
}
