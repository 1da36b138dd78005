//! Where openings stand, and how far that is from a doctor's home.

use super::super::facts::Facts;
use super::Engine;
use super::block::Block;
use crate::places::{
    Area, Band, Density, Departure, Land, Means, Place, Point, Reach, Site, Vicinity,
};
use std::cell::{Cell, Ref, RefCell};
use std::collections::HashMap;

/// What openings of one place have in common.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub places: Vec<Place>,
    /// With the point of the place, or of the first opening that has one of its own.
    site: Option<Site>,
    /// The openings have points of their own.
    exact: bool,
    /// What holds all their points.
    pub area: Option<Area>,
    /// The prefecture, where they stand in one municipality of it and nowhere else.
    pub prefecture: Option<u8>,
    /// The number of its cluster.
    cluster: Option<u32>,
}

impl Spot {
    /// How far an opening may lie from its point, in kilometres.
    pub fn error_km(&self) -> f64 {
        self.site.map_or(0.0, |s| s.error_km)
    }

    /// Whether its openings have points of their own.
    pub fn is_exact(&self) -> bool {
        self.exact
    }

    /// The site of an opening at a point.
    pub fn site_at(&self, point: Option<Point>) -> Option<Site> {
        let mut site = self.site?;
        if let Some(point) = point.filter(|_| self.exact) {
            site.point = point;
        }
        Some(site)
    }
}

type Key = (Vec<String>, Option<(u64, Land, Density, u8)>, bool);

/// All places that openings stand in.
#[derive(Debug, Clone, Default)]
pub(super) struct Spots {
    numbers: HashMap<Key, u32>,
    pub all: Vec<Spot>,
    /// Spots near each other on one land.
    clusters: Vec<Vicinity>,
}

/// So many spots are a cluster.
const CLUSTER: usize = 16;

impl Spots {
    /// The spot of an opening, and its point where that is its own.
    pub fn of(&mut self, facts: &Facts) -> (u32, Option<Point>) {
        // The point of a municipality or station follows from the places; any other is the opening's own.
        let exact = facts.site != facts.places.iter().find_map(Place::site);
        let point = facts.site.map(|s| s.point).filter(|_| exact);
        let key = (
            facts.places.iter().map(ToString::to_string).collect(),
            facts.site.map(|s| s.surroundings()),
            exact,
        );
        let next = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(key).or_insert(next);
        let cluster = self.get(number).and_then(|s| s.cluster);
        if let Some(near) = cluster.and_then(|at| self.clusters.get_mut(at as usize)) {
            facts.site.iter().for_each(|site| near.include(site));
        }
        if number == next {
            self.all.push(Spot {
                places: facts.places.clone(),
                site: facts.site,
                exact,
                area: facts.site.map(|s| Area::of(s.point)),
                prefecture: match facts.places.as_slice() {
                    [Place::Municipality(m)] => Some(m.prefecture.code()),
                    _ => None,
                },
                cluster: None,
            });
        } else if let (Some(point), Some(area)) = (
            point,
            self.all
                .get_mut(number as usize)
                .and_then(|s| s.area.as_mut()),
        ) {
            area.include(point);
        }
        (number, point)
    }

    /// Puts spots near each other together.
    pub fn cluster(&mut self) {
        let numbers = 0..u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let mut order: Vec<((u64, u64), u32)> = numbers.map(|n| (self.order(n, None), n)).collect();
        order.sort_unstable();
        self.clusters.clear();
        let mut held = CLUSTER;
        let mut land = None;
        for (_, number) in order {
            let Some(spot) = self.all.get_mut(number as usize) else {
                continue;
            };
            spot.cluster = None;
            let (Some(mut site), Some(area)) = (spot.site, spot.area) else {
                continue;
            };
            if held == CLUSTER || land != Some(site.land) {
                self.clusters.push(Vicinity::of(&site));
                (held, land) = (0, Some(site.land));
            }
            held += 1;
            if let Some(near) = self.clusters.last_mut() {
                for point in [area.low, area.high] {
                    site.point = point;
                    near.include(&site);
                }
            }
            spot.cluster = u32::try_from(self.clusters.len() - 1).ok();
        }
    }

    pub fn get(&self, number: u32) -> Option<&Spot> {
        self.all.get(number as usize)
    }

    /// Numbers by which openings that stand near each other come together: first the prefecture, then a walk over the map from
    /// spot to spot, then one within the spot. Those on islands come behind all others and those that stand nobody knows where
    /// last, so that few blocks hold some of them.
    pub fn order(&self, number: u32, point: Option<Point>) -> (u64, u64) {
        let spot = self.get(number);
        let prefecture = spot
            .and_then(|s| s.places.first()?.prefecture())
            .map_or(0, |p| u64::from(p.code()));
        let site = spot.and_then(|s| s.site);
        let apart = site.map_or(2, |s| u64::from(!s.land.has_expressways()));
        // A municipality has one point, however many its openings have.
        let place = spot.and_then(|s| s.places.iter().find_map(Place::site));
        let home = place.or(site).map_or(0, |s| cell(s.point));
        let near = apart << 40 | prefecture << 32 | home;
        (near, u64::from(number) << 32 | point.map_or(0, cell))
    }
}

/// The number of a point on a walk over the map.
fn cell(p: Point) -> u64 {
    // Steps of about two hundred metres, interleaved.
    let (y, x) = (steps(p.lat, 20.0), steps(p.lon, 122.0));
    (0..14).fold(0, |z, bit| {
        z | (y >> bit & 1) << (2 * bit + 1) | (x >> bit & 1) << (2 * bit)
    })
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn steps(degrees: f64, from: f64) -> u64 {
    ((degrees - from) * 500.0).clamp(0.0, 16_383.0) as u64
}

/// The commute from one home by some means. What has been found out of a place is kept.
pub(super) struct Commutes<'e> {
    spots: &'e Spots,
    departure: Option<RefCell<Departure>>,
    /// To each spot that was asked for.
    reach: Memo,
    /// To each block.
    around: Memo,
    /// To each cluster of spots.
    clusters: Memo,
}

/// What was found out before, by number.
struct Memo {
    /// One more than its place, or nought.
    places: Vec<Cell<u32>>,
    known: RefCell<Vec<Reach>>,
}

impl Memo {
    fn new(many: usize) -> Self {
        Memo {
            places: vec![Cell::new(0); many],
            known: RefCell::default(),
        }
    }

    fn known(&self, number: usize) -> Option<Reach> {
        let at = self.places.get(number)?.get().checked_sub(1)?;
        self.known.borrow().get(at as usize).copied()
    }

    fn get(&self, number: usize, find: impl FnOnce() -> Reach) -> Reach {
        if let Some(reach) = self.known(number) {
            return reach;
        }
        let Some(place) = self.places.get(number) else {
            return find();
        };
        let reach = find();
        let mut known = self.known.borrow_mut();
        known.push(reach);
        place.set(u32::try_from(known.len()).unwrap_or_default());
        reach
    }
}

impl<'e> Commutes<'e> {
    pub fn new(engine: &'e Engine, home: Option<&Site>, means: &[Means]) -> Self {
        let spots = &engine.spots;
        let departure = home
            .filter(|_| !means.is_empty())
            .map(|home| RefCell::new(Departure::new(*home, means)));
        let many = departure.as_ref().map_or(0, |_| spots.all.len());
        let blocks = departure.as_ref().map_or(0, |_| engine.blocks.len());
        Commutes {
            spots,
            departure,
            reach: Memo::new(many),
            around: Memo::new(blocks),
            clusters: Memo::new(spots.clusters.len()),
        }
    }

    /// What is known of the way to a spot.
    pub fn to_spot(&self, number: u32) -> Reach {
        if self.departure.is_none() {
            return Reach::Unknown;
        }
        self.reach.get(number as usize, || {
            let spot = self.spots.get(number);
            let area = spot.and_then(|spot| Some((spot, spot.area?)));
            area.map_or(Reach::Unknown, |(spot, area)| self.to_area(spot, &area))
        })
    }

    /// What is known of the way to a spot without looking closer than at those around it.
    pub fn around_spot(&self, number: u32) -> Reach {
        let known = self.reach.known(number as usize);
        let around = || self.to_cluster(self.spots.get(number)?);
        known
            .or_else(around)
            .unwrap_or_else(|| self.to_spot(number))
    }

    /// What is known of the way to all openings of a block together.
    pub fn to_block(&self, number: usize, block: &Block) -> Reach {
        let near = block.near.as_ref();
        near.map_or(Reach::Unknown, |near| {
            self.around.get(number, || self.to_vicinity(near))
        })
    }

    /// What is known of the way to a spot and those around it.
    pub fn to_cluster(&self, spot: &Spot) -> Option<Reach> {
        let number = spot.cluster? as usize;
        let near = self.spots.clusters.get(number)?;
        Some(self.clusters.get(number, || self.to_vicinity(near)))
    }

    fn to_vicinity(&self, near: &Vicinity) -> Reach {
        let departure = self.departure.as_ref();
        departure.map_or(Reach::Unknown, |d| d.borrow_mut().reach_near(near))
    }

    /// The estimate for one opening. `around` is what is known of the places around it.
    pub fn exact(&self, spot: u32, point: Option<Point>, around: Reach) -> Option<Band> {
        let site = self.spots.get(spot)?.site_at(point)?;
        let departure = self.departure.as_ref()?.borrow();
        match around {
            Reach::Unknown => None,
            Reach::Between(..) => departure.sure_band(&site),
            Reach::Perhaps(..) | Reach::Mixed => departure.band(&site),
        }
    }

    /// What is known of the way to a few openings of a spot.
    pub fn to_area(&self, spot: &Spot, area: &Area) -> Reach {
        match (&self.departure, &spot.site) {
            (Some(departure), Some(site)) => departure.borrow_mut().reach(site, area),
            _ => Reach::Unknown,
        }
    }

    /// Where the ways begin.
    pub fn departure(&self) -> Option<Ref<'_, Departure>> {
        self.departure.as_ref().map(RefCell::borrow)
    }

    pub fn spot(&self, number: u32) -> Option<&'e Spot> {
        self.spots.get(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn towns_of_one_municipality_keep_their_own_points() {
        let place = Place::parse("長野県松本市");
        let city = place.site();
        // Towns are known to within a kilometre or so: not exact, and yet not where the city's office stands.
        let town = |lat, lon| {
            let mut site = city?;
            site.point = Point { lat, lon };
            site.error_km = 1.0;
            Some(site)
        };
        let mut spots = Spots::default();
        let mut site_of = |site: Option<Site>| {
            let mut facts = Facts::silent("");
            facts.places = vec![place.clone()];
            facts.site = site;
            let (number, point) = spots.of(&facts);
            (spots.get(number).and_then(|s| s.site_at(point)), site)
        };
        for site in [city, town(36.2, 137.9), town(36.3, 138.0), city, None] {
            let (kept, given) = site_of(site);
            assert_eq!(kept, given);
        }
    }
}
