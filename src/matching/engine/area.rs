//! Places wished and refused, for all openings of a block at once.

use super::super::area;
use super::super::doctor::{Group, Item};
use super::super::judge::excludes;
use super::super::meaning::Meaning;
use super::geo::Spot;
use super::plan::{Class, Round, Verdicts};
use crate::places::{Area, Place, Site};

/// The classes of places, each judged when it first turns up.
pub(super) struct Areas {
    /// For each spot, once asked for, its class where one holds for all of its openings.
    of_spot: Vec<Option<Option<usize>>>,
    /// For each prefecture the class of its municipalities, where no wish looks closer.
    of_prefecture: [Option<usize>; 64],
    /// The prefectures of which a wish looks at single municipalities, a bit each.
    close: u64,
}

impl Areas {
    pub fn new(group: &Group, spots: usize) -> Self {
        let close = |item: &Item| match &item.meaning {
            Meaning::Place(Place::Municipality(m)) => 1 << m.prefecture.code(),
            Meaning::Place(Place::Station(_)) => u64::MAX,
            Meaning::Place(_) => 0,
            _ => u64::MAX,
        };
        Areas {
            of_spot: vec![None; spots],
            of_prefecture: [None; 64],
            close: group.items.iter().map(close).fold(0, |a, b| a | b),
        }
    }

    /// Judges a block of which one verdict holds; says whether it is such a one.
    pub fn glance(&mut self, group: &Group, round: &Round, verdicts: &mut Verdicts) -> bool {
        verdicts.whole = None;
        let block = round.block;
        let first = block
            .runs
            .first()
            .and_then(|run| round.seats.spot(run.spot));
        if let Some((code, spot)) = block.prefecture.zip(first)
            && let Some(class) = self.of_prefecture(code, group, spot, verdicts)
        {
            verdicts.whole = verdicts.classes.get(class).copied();
        }
        verdicts.whole.is_some()
    }

    pub fn lay(&mut self, group: &Group, round: &Round, verdicts: &mut Verdicts) {
        if self.glance(group, round, verdicts) {
            return;
        }
        verdicts.wipe();
        let block = round.block;
        for run in &block.runs {
            let (start, end) = (usize::from(run.start), usize::from(run.end));
            if !round.interest.has_any(start, end) {
                continue;
            }
            let Some(spot) = round.seats.spot(run.spot) else {
                continue;
            };
            if let Some(class) = self.of_spot(run.spot, group, spot, verdicts) {
                if let Some(plane) = verdicts.plane(class) {
                    plane.set_range(start, end);
                }
                continue;
            }
            for leaf in block.leaves_of(run) {
                let rows = usize::from(leaf.start)..usize::from(leaf.end);
                let class_at = |row: usize| {
                    let site = spot.site_at(block.point(row));
                    class(group, &spot.places, site.as_ref())
                };
                if is_settled(group, spot, &leaf.area) {
                    let class = verdicts.number(class_at(rows.start));
                    if let Some(plane) = verdicts.plane(class) {
                        plane.set_range(rows.start, rows.end);
                    }
                    continue;
                }
                for row in rows.filter(|row| round.interest.has(*row)) {
                    let class = verdicts.number(class_at(row));
                    if let Some(plane) = verdicts.plane(class) {
                        plane.set(row, true);
                    }
                }
            }
        }
    }

    /// The class of a spot, unless its openings differ.
    fn of_spot(
        &mut self,
        number: u32,
        group: &Group,
        spot: &Spot,
        verdicts: &mut Verdicts,
    ) -> Option<usize> {
        let at = number as usize;
        if let Some(Some(known)) = self.of_spot.get(at) {
            return *known;
        }
        let common = spot
            .prefecture
            .and_then(|code| self.of_prefecture(code, group, spot, verdicts));
        let own = common.or_else(|| {
            let is_settled = match spot.area.filter(|_| spot.is_exact()) {
                Some(area) => is_settled(group, spot, &area),
                None => true,
            };
            is_settled.then(|| {
                let site = spot.site_at(None);
                verdicts.number(class(group, &spot.places, site.as_ref()))
            })
        });
        if let Some(slot) = self.of_spot.get_mut(at) {
            *slot = Some(own);
        }
        own
    }

    /// The class of all municipalities of a prefecture, of which a spot is one; nothing where a wish looks closer.
    fn of_prefecture(
        &mut self,
        code: u8,
        group: &Group,
        spot: &Spot,
        verdicts: &mut Verdicts,
    ) -> Option<usize> {
        if self.close >> code & 1 == 1 {
            return None;
        }
        let slot = self.of_prefecture.get_mut(usize::from(code))?;
        Some(*slot.get_or_insert_with(|| {
            let site = spot.site_at(None);
            verdicts.number(class(group, &spot.places, site.as_ref()))
        }))
    }
}

/// Whether one answer holds for all openings of a spot that lie in an area: unless it is near enough to a wished station that
/// their points decide.
fn is_settled(group: &Group, spot: &Spot, area: &Area) -> bool {
    const STATION_KM: f64 = 5.0;
    // Nothing is so nearly five kilometres away that rounding decides.
    const HAIR_KM: f64 = 1e-6;
    group.items.iter().all(|item| match &item.meaning {
        Meaning::Place(place @ Place::Station(_)) => place.site().is_none_or(|station| {
            let error = station.error_km + spot.error_km();
            let (least, most) = area.kilometres_from(station.point);
            most + HAIR_KM < STATION_KM - error || least - HAIR_KM > STATION_KM + error
        }),
        _ => true,
    })
}

fn class(group: &Group, places: &[Place], site: Option<&Site>) -> Class {
    let mut statuses = Vec::with_capacity(group.items.len());
    area::judge_at(group, places, site, &mut statuses);
    Class::of(group, &statuses, excludes(group, &statuses))
}
