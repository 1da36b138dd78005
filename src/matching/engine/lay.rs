//! A verdict on the commute, laid out over a block: for all of it at once where that decides, else for the openings of one
//! place, a handful of neighbours, and one by one where nothing else decides.

use super::block::Run;
use super::geo::{Commutes, Spot};
use super::plan::Round;
use super::plane::Plane;
use super::rings::Rings;
use super::shade::Shade;
use crate::places::{Band, Cut, Reach, Site, Waters};

/// A verdict and where it is laid out. `F` says which plane an opening belongs to. The longer the commute the worse the
/// verdict must be, so that two ends that agree decide for all between.
pub(super) struct Lay<'l, 'q, 'e, F> {
    commutes: &'l Commutes<'e>,
    round: &'l Round<'q, 'e>,
    rings: &'l mut Rings,
    verdict: F,
    planes: &'l mut Vec<Plane>,
    /// The plane of those without an estimate.
    unknown: usize,
}

/// What is known of openings: the plane of those that no water cuts off, and the waters that may do so.
type Known = (Option<usize>, Option<Waters>);

impl<'l, 'q, 'e, F: FnMut(Option<Band>) -> usize> Lay<'l, 'q, 'e, F> {
    /// `rings` are those of the verdict.
    pub fn new(
        commutes: &'l Commutes<'e>,
        round: &'l Round<'q, 'e>,
        rings: &'l mut Rings,
        mut verdict: F,
        planes: &'l mut Vec<Plane>,
    ) -> Self {
        Lay {
            unknown: verdict(None),
            commutes,
            round,
            rings,
            verdict,
            planes,
        }
    }

    /// What is known of all openings of the block that stand somewhere.
    fn common(&mut self) -> Option<Known> {
        let around = self
            .commutes
            .to_block(self.round.seats.block, self.round.block);
        settled(around, self.unknown, &mut self.verdict)
    }

    /// The plane of all openings of the block, where that is one and is known at once.
    pub fn whole(&mut self) -> Option<usize> {
        match self.common().filter(|_| self.round.block.is_sited()) {
            Some((class, None)) => class,
            _ => None,
        }
    }

    /// Lays out the block of the round; gives the plane of all its openings instead, where that is one.
    pub fn all(&mut self) -> Option<usize> {
        let block = self.round.block;
        let common = self.common();
        if let Some((Some(class), waters)) = common.filter(|_| block.is_sited()) {
            let waters = match waters {
                Some(waters) => waters,
                None => return Some(class),
            };
            let area = |run: &Run| self.commutes.spot(run.spot)?.area;
            let interest = self.round.interest;
            let shade = Shade::of(block, area, &waters, interest);
            if shade.is_empty() {
                return Some(class);
            }
            // A block is far smaller than a u16.
            self.put(class, 0, u16::try_from(block.used).unwrap_or(u16::MAX));
            self.shade(&shade);
            return None;
        }
        let mut shade = None;
        for run in &block.runs {
            if !self.is_of_interest(run.start, run.end) {
                continue;
            }
            let spot = self.commutes.spot(run.spot);
            let Some((spot, site)) = spot.and_then(|s| Some((s, s.site_at(None)?))) else {
                self.put(self.unknown, run.start, run.end);
                continue;
            };
            let known = self.of_run(common, run, spot);
            let Some((class, waters)) = known.filter(|(class, waters)| {
                // Only openings with points of their own differ in what cuts them off.
                let apart = class.is_some() || self.is_on_land(&site);
                (class.is_some() && waters.is_none()) || (spot.is_exact() && apart)
            }) else {
                self.exactly(run, spot);
                continue;
            };
            if let Some(waters) = waters {
                let shade = shade.get_or_insert_with(Shade::default);
                shade.add(block, run, &waters, self.round.interest);
            }
            match class {
                Some(class) => self.put(class, run.start, run.end),
                None => self.leaves(run, &site),
            }
        }
        shade.inspect(|shade| self.shade(shade));
        None
    }

    fn is_of_interest(&self, start: u16, end: u16) -> bool {
        let interest = self.round.interest;
        interest.has_any(usize::from(start), usize::from(end))
    }

    /// What waters cut off has no estimate.
    fn shade(&mut self, shade: &Shade) {
        if self.unknown >= self.planes.len() {
            self.planes.resize(self.unknown + 1, Plane::default());
        }
        for (class, plane) in self.planes.iter_mut().enumerate() {
            if class == self.unknown {
                plane.or(shade.rows());
            } else {
                plane.without(shade.rows());
            }
        }
    }

    /// What is known of the openings of a run together; nothing where they are to be looked at one by one.
    fn of_run(&mut self, common: Option<Known>, run: &Run, spot: &Spot) -> Option<Known> {
        let common = common.or_else(|| {
            let reach = self.commutes.to_cluster(spot)?;
            settled(reach, self.unknown, &mut self.verdict)
        });
        if let Some((class, waters)) = common {
            let cut = waters.zip(spot.area);
            return Some(match cut.map(|(waters, area)| waters.before(&area)) {
                Some(Cut::All) => (Some(self.unknown), None),
                Some(Cut::None) => (class, None),
                Some(Cut::Some(waters)) => (class, Some(waters)),
                None => (class, waters),
            });
        }
        let reach = self.commutes.to_spot(run.spot);
        match reach {
            _ if let Some(known) = settled(reach, self.unknown, &mut self.verdict) => Some(known),
            Reach::Between(..) => Some((None, None)),
            Reach::Perhaps(_, _, waters) => Some((None, Some(waters))),
            Reach::Unknown | Reach::Mixed => None,
        }
    }

    /// Openings that have points of their own on the land of the home, as if no water lay between.
    fn leaves(&mut self, run: &Run, site: &Site) {
        let Some(departure) = self.commutes.departure() else {
            return;
        };
        let block = self.round.block;
        let (unknown, verdict) = (self.unknown, &mut self.verdict);
        let kind = self.rings.kind(site, |least, most| {
            let reach = departure.reach_at(site, least, most);
            settled(reach, unknown, &mut *verdict)?.0
        });
        for leaf in block.leaves_of(run) {
            if !self.is_of_interest(leaf.start, leaf.end) {
                continue;
            }
            let near = departure.about_area(&leaf.area);
            if let Some(class) = near.and_then(|near| self.rings.between(kind, near)) {
                self.put(class, leaf.start, leaf.end);
                continue;
            }
            for row in leaf.start..leaf.end {
                if !self.round.interest.has(usize::from(row)) {
                    continue;
                }
                let Some(point) = block.point(usize::from(row)) else {
                    continue;
                };
                let near = departure.about(point);
                let class = near.and_then(|near| self.rings.between(kind, near));
                let class = class.unwrap_or_else(|| {
                    let mut site = *site;
                    site.point = point;
                    (self.verdict)(departure.sure_band(&site))
                });
                self.put(class, row, row + 1);
            }
        }
    }

    fn exactly(&mut self, run: &Run, spot: &Spot) {
        let reach = self.commutes.to_spot(run.spot);
        if !spot.is_exact() {
            let class = (self.verdict)(self.commutes.exact(run.spot, None, reach));
            self.put(class, run.start, run.end);
            return;
        }
        for leaf in self.round.block.leaves_of(run) {
            let reach = self.commutes.to_area(spot, &leaf.area);
            if let Some((Some(class), None)) = settled(reach, self.unknown, &mut self.verdict) {
                self.put(class, leaf.start, leaf.end);
                continue;
            }
            for row in leaf.start..leaf.end {
                if self.round.interest.has(usize::from(row)) {
                    let point = self.round.block.point(usize::from(row));
                    let class = (self.verdict)(self.commutes.exact(run.spot, point, reach));
                    self.put(class, row, row + 1);
                }
            }
        }
    }

    fn is_on_land(&self, site: &Site) -> bool {
        let departure = self.commutes.departure();
        departure.is_some_and(|departure| departure.is_on_land(site))
    }

    fn put(&mut self, class: usize, start: u16, end: u16) {
        if class >= self.planes.len() {
            self.planes.resize(class + 1, Plane::default());
        }
        if let Some(plane) = self.planes.get_mut(class) {
            plane.set_range(usize::from(start), usize::from(end));
        }
    }
}

/// What is known where the ends of a reach agree.
fn settled(
    reach: Reach,
    unknown: usize,
    verdict: &mut impl FnMut(Option<Band>) -> usize,
) -> Option<Known> {
    let mut agree = |best: Band, worst: Band| {
        let class = verdict(Some(best));
        (best == worst || class == verdict(Some(worst))).then_some(class)
    };
    match reach {
        Reach::Unknown => Some((Some(unknown), None)),
        Reach::Between(best, worst) => Some((Some(agree(best, worst)?), None)),
        Reach::Perhaps(best, worst, waters) => {
            let class = agree(best, worst)?;
            Some((Some(class), (class != unknown).then_some(waters)))
        }
        Reach::Mixed => None,
    }
}
