//! Where openings stand, and how far that is from a doctor's home.

use super::super::facts::Facts;
use super::Engine;
use super::block::Block;
use crate::places::{Area, Band, Density, Departure, Land, Means, Place, Point, Reach, Site};
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
}

impl Spot {
    /// Whether a site of it lies within some distance of a point: all, none, or nobody can say.
    pub fn all_within(&self, from: Point, km: f64) -> Option<bool> {
        let (least, most) = self.area.as_ref()?.kilometres_from(from);
        if most + 1e-6 < km {
            Some(true)
        } else if least - 1e-6 > km {
            Some(false)
        } else {
            None
        }
    }

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
}

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

    pub fn get(&self, number: u32) -> Option<&Spot> {
        self.all.get(number as usize)
    }

    /// Numbers by which openings that stand near each other come together: first the prefecture, then a walk over the map from
    /// spot to spot, then one within the spot.
    pub fn order(&self, number: u32, point: Option<Point>) -> (u64, u64) {
        let spot = self.get(number);
        let prefecture = spot
            .and_then(|s| s.places.first()?.prefecture())
            .map_or(0, |p| u64::from(p.code()));
        let site = spot.and_then(|s| s.site);
        // Islands come behind, so that what lies beside them on the map is not torn apart.
        let island = site.is_some_and(|s| !s.land.has_expressways());
        // A municipality has one point, however many its openings have.
        let place = spot.and_then(|s| s.places.iter().find_map(Place::site));
        let home = place.or(site).map_or(0, |s| cell(s.point));
        let near = prefecture << 40 | u64::from(island) << 32 | home;
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
    reach: Vec<Cell<Option<Reach>>>,
    /// To each block.
    around: Vec<Cell<Option<Reach>>>,
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
            reach: vec![Cell::new(None); many],
            around: vec![Cell::new(None); blocks],
        }
    }

    /// What is known of the way to a spot.
    pub fn to_spot(&self, number: u32) -> Reach {
        let Some(cell) = self.reach.get(number as usize) else {
            return Reach::Unknown;
        };
        if let Some(reach) = cell.get() {
            return reach;
        }
        let reach = match self.spots.get(number) {
            Some(spot) => spot
                .area
                .map_or(Reach::Unknown, |area| self.to_area(spot, &area)),
            None => Reach::Unknown,
        };
        cell.set(Some(reach));
        reach
    }

    /// What is known of the way to all openings of a block together.
    pub fn to_block(&self, number: usize, block: &Block) -> Reach {
        let (Some(departure), Some(near)) = (&self.departure, &block.near) else {
            return Reach::Unknown;
        };
        let cell = self.around.get(number);
        cell.and_then(Cell::get).unwrap_or_else(|| {
            let reach = departure.borrow_mut().reach_near(near);
            cell.inspect(|cell| cell.set(Some(reach)));
            reach
        })
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
