//! How long a commute to somewhere within a box takes: one answer for all the places in it, where one answer holds.

use super::commute::{Band, Means, band, band_of_km};
use super::land::{Exit, Land, Waters, Way, exits, way_bounds};
use super::municipality::Density;
use super::point::{Centre, Point, side};
use super::site::Site;

/// A rectangle of degrees that holds some places.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// The south-western corner.
    pub low: Point,
    /// The north-eastern corner.
    pub high: Point,
}

impl Area {
    /// The area of one point.
    pub fn of(point: Point) -> Self {
        Area {
            low: point,
            high: point,
        }
    }

    /// Widens it to hold another point.
    pub fn include(&mut self, p: Point) {
        self.low.lat = self.low.lat.min(p.lat);
        self.low.lon = self.low.lon.min(p.lon);
        self.high.lat = self.high.lat.max(p.lat);
        self.high.lon = self.high.lon.max(p.lon);
    }

    /// The least and the greatest that the side of the line from `p` to `q` can be on which a point of the area lies, times a
    /// sign.
    pub(super) fn sides(&self, p: Point, q: Point, sign: f64) -> (f64, f64) {
        let centre = Point {
            lat: f64::midpoint(self.low.lat, self.high.lat),
            lon: f64::midpoint(self.low.lon, self.high.lon),
        };
        let (height, width) = self.size();
        let reach = 0.5 * ((q.lon - p.lon).abs() * height + (q.lat - p.lat).abs() * width);
        let middle = sign * side(p, q, centre);
        (middle - reach, middle + reach)
    }

    /// A circle of degrees that holds it.
    pub(super) fn disc(&self) -> (Point, f64) {
        let centre = Point {
            lat: f64::midpoint(self.low.lat, self.high.lat),
            lon: f64::midpoint(self.low.lon, self.high.lon),
        };
        let (height, width) = self.size();
        (centre, 0.5 * (height * height + width * width).sqrt())
    }

    fn size(&self) -> (f64, f64) {
        (self.high.lat - self.low.lat, self.high.lon - self.low.lon)
    }

    /// No point of it is farther from its centre, in kilometres.
    fn radius_km(&self) -> f64 {
        if self.low == self.high {
            return 0.0;
        }
        let (height, width) = self.size();
        // A degree of latitude is 111.2 kilometres, one of longitude nowhere in Japan more than 104.6.
        let (height, width) = (height * DEGREE_KM, width * 104.6);
        0.501 * (height * height + width * width).sqrt() + 1e-6
    }

    /// The least and the greatest distance that a point of the area can have from another point, in kilometres.
    pub fn kilometres_from(&self, from: Point) -> (f64, f64) {
        let (centre, _) = self.disc();
        let radius = self.radius_km();
        // Far away it need not be known exactly: a side of the triangle is enough.
        let (south, east) = ((centre.lat - from.lat).abs(), (centre.lon - from.lon).abs());
        let side = (south * 111.1).max(east * 111.1 * LEAST_COSINE);
        if side - radius > FAR_KM {
            return (side - radius, 2.0 * EARTH_KM);
        }
        let to_centre = from.kilometres_to(centre);
        ((to_centre - radius).max(0.0), to_centre + radius)
    }
}

const DEGREE_KM: f64 = 111.2;
/// Of 46 degrees north, where a degree of longitude is shortest.
const LEAST_COSINE: f64 = 0.69;
/// Nobody commutes farther.
const FAR_KM: f64 = 250.0;
const EARTH_KM: f64 = 20_100.0;

/// Sites near each other: where they lie, and between what their surroundings differ.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Vicinity {
    area: Area,
    /// Nothing where they stand on several.
    land: Option<Land>,
    error_km: (f64, f64),
    density: (Density, Density),
    /// The metropolitan areas that all of them lie in, and those that any does.
    metropolis: (u8, u8),
}

impl Vicinity {
    /// The vicinity of one site.
    pub fn of(site: &Site) -> Self {
        Vicinity {
            area: Area::of(site.point),
            land: Some(site.land),
            error_km: (site.error_km, site.error_km),
            density: (site.density, site.density),
            metropolis: (site.metropolis, site.metropolis),
        }
    }

    /// Widens it to hold another site.
    pub fn include(&mut self, site: &Site) {
        self.area.include(site.point);
        self.land = self.land.filter(|land| *land == site.land);
        let (least, most) = self.error_km;
        self.error_km = (least.min(site.error_km), most.max(site.error_km));
        let (densest, sparsest) = self.density;
        self.density = (densest.min(site.density), sparsest.max(site.density));
        self.metropolis.0 &= site.metropolis;
        self.metropolis.1 |= site.metropolis;
    }

    /// A site like those of the vicinity at their densest or sparsest, with the least error or the greatest.
    fn site(&self, land: Land, density: Density, error_km: f64) -> Site {
        Site {
            point: self.area.low,
            error_km,
            land,
            density,
            metropolis: self.metropolis.0,
        }
    }
}

/// What is known of the commute to every place of an area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reach {
    /// There is no estimate for any of them.
    Unknown,
    /// Each has an estimate whose ends lie between those of the two bands.
    Between(Band, Band),
    /// As before, but for those that one of some waters cuts off.
    Perhaps(Band, Band, Waters),
    /// Some have one and some may not.
    Mixed,
}

impl Reach {
    /// No commute there is shorter at worst, in minutes.
    pub fn least_high(self) -> u32 {
        match self {
            Reach::Unknown => u32::MAX,
            Reach::Between(best, _) | Reach::Perhaps(best, ..) => best.high,
            Reach::Mixed => 0,
        }
    }

    /// By the better of two means, the first where they are alike.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Reach::Unknown, one) | (one, Reach::Unknown) => one,
            (Reach::Mixed, _) | (_, Reach::Mixed) => Reach::Mixed,
            // Mostly the same waters lie between, whatever the means.
            (Reach::Perhaps(a, b, own), Reach::Perhaps(c, d, other)) if own == other => {
                match Reach::Between(a, b).or(Reach::Between(c, d)) {
                    Reach::Between(best, worst) => Reach::Perhaps(best, worst, own),
                    known => known,
                }
            }
            (Reach::Perhaps(..), _) | (_, Reach::Perhaps(..)) => Reach::Mixed,
            (Reach::Between(_, worst), Reach::Between(best, _)) if worst.high <= best.high => self,
            (Reach::Between(best, _), Reach::Between(_, worst)) if worst.high < best.high => other,
            (Reach::Between(a, b), Reach::Between(c, d)) => Reach::Between(
                Band {
                    low: a.low.min(c.low),
                    high: a.high.min(c.high),
                },
                Band {
                    low: b.low.max(d.low),
                    high: b.high.min(d.high),
                },
            ),
        }
    }
}

/// A home and the means to leave it by, prepared for many places.
#[derive(Debug)]
pub struct Departure {
    home: Site,
    centre: Centre,
    /// For each land and means asked for, where ways to it begin.
    exits: Vec<(Land, Means, Vec<Exit>)>,
    means: Vec<Means>,
}

impl Departure {
    /// From a home, by the better of some means.
    pub fn new(home: Site, means: &[Means]) -> Self {
        Departure {
            home,
            centre: Centre::new(home.point),
            exits: vec![],
            means: means.to_vec(),
        }
    }

    /// The bounds of [`band`](super::band) for sites that differ from `to` in their points only, which all lie in `area`.
    pub fn reach(&mut self, to: &Site, area: &Area) -> Reach {
        let mut reach = Reach::Unknown;
        let mut known = None;
        for at in 0..self.means.len() {
            let Some(means) = self.means.get(at).copied() else {
                continue;
            };
            if means == Means::Train && !self.home.shares_metropolis(to) {
                continue;
            }
            let way = self.way(to.land, area, means, &mut known);
            reach = reach.or(Self::between(way, |least, most| {
                self.bands(least, most, to, means)
            }));
        }
        reach
    }

    /// The bounds of [`band`](super::band) for all sites of a vicinity.
    pub fn reach_near(&mut self, near: &Vicinity) -> Reach {
        let Some(land) = near.land else {
            return Reach::Mixed;
        };
        let (densest, sparsest) = near.density;
        let (least, most) = near.error_km;
        let mut reach = Reach::Unknown;
        let mut known = None;
        for at in 0..self.means.len() {
            let Some(means) = self.means.get(at).copied() else {
                continue;
            };
            let (all, any) = near.metropolis;
            let by = if means == Means::Train && self.home.metropolis & any == 0 {
                Reach::Unknown
            } else if means == Means::Train && self.home.metropolis & all == 0 {
                Reach::Mixed
            } else {
                let way = self.way(land, &near.area, means, &mut known);
                let band = |km: f64, density: Density, error_km: f64| {
                    band_of_km(km, &self.home, &near.site(land, density, error_km), means)
                };
                // The less sure a point, the lower the lower end and the higher the upper one.
                Self::between(way, |nearest, farthest| {
                    let (nearest, farthest) = (nearest * (1.0 - 1e-9), farthest * (1.0 + 1e-9));
                    let best = Band {
                        low: band(nearest, sparsest, most).low,
                        high: band(nearest, sparsest, least).high,
                    };
                    let worst = Band {
                        low: band(farthest, densest, least).low,
                        high: band(farthest, densest, most).high,
                    };
                    (best, worst)
                })
            };
            reach = reach.or(by);
        }
        reach
    }

    /// The estimate for one site.
    pub fn band(&self, to: &Site) -> Option<Band> {
        self.means
            .iter()
            .filter_map(|means| band(&self.home, to, *means))
            .min_by_key(|band| band.high)
    }

    /// [`Departure::band`] for a site of which [`Departure::reach`] has said that there is an estimate: the waters between need
    /// no second look.
    pub fn sure_band(&self, to: &Site) -> Option<Band> {
        if to.land != self.home.land {
            return self.band(to);
        }
        let km = self.home.point.kilometres_to(to.point);
        self.means
            .iter()
            .filter(|means| **means != Means::Train || self.home.shares_metropolis(to))
            .map(|means| band_of_km(km, &self.home, to, *means))
            .min_by_key(|band| band.high)
    }

    /// The ways to an area of a land. On the land of the home they are the same by all means, and `known` after the first.
    fn way(
        &mut self,
        land: Land,
        area: &Area,
        means: Means,
        known: &mut Option<Option<Way>>,
    ) -> Option<Way> {
        if let Some(way) = known.filter(|_| land == self.home.land) {
            return way;
        }
        *known.insert(way_bounds(self.exits_to(land, means), area))
    }

    fn bands(&self, least: f64, most: f64, to: &Site, means: Means) -> (Band, Band) {
        (
            band_of_km(least * (1.0 - 1e-9), &self.home, to, means),
            band_of_km(most * (1.0 + 1e-9), &self.home, to, means),
        )
    }

    /// The bounds of [`Departure::sure_band`] for a site of that kind at least and at most so far away, on the same land.
    pub fn reach_at(&self, to: &Site, least: f64, most: f64) -> Reach {
        let means = self.means.iter().copied();
        means
            .filter(|means| *means != Means::Train || self.home.shares_metropolis(to))
            .map(|means| self.bands(least, most, to, means))
            .fold(Reach::Unknown, |reach, (best, worst)| {
                reach.or(Reach::Between(best, worst))
            })
    }

    /// Whether some place is on the land of the home.
    pub fn is_on_land(&self, to: &Site) -> bool {
        to.land == self.home.land
    }

    /// The least and the greatest distance of a point, in kilometres, quickly; nothing where it is far.
    pub fn about(&self, to: Point) -> Option<(f64, f64)> {
        let km = self.centre.kilometres_to(to)?;
        Some((km - Centre::ERROR_KM, km + Centre::ERROR_KM))
    }

    /// The least and the greatest distance of the points of an area, in kilometres, quickly; nothing where it is far.
    pub fn about_area(&self, area: &Area) -> Option<(f64, f64)> {
        let (centre, _) = area.disc();
        let km = self.centre.kilometres_to(centre)?;
        let radius = area.radius_km() + Centre::ERROR_KM;
        Some((km - radius, km + radius))
    }

    /// The bounds for a way, by those for a least and a greatest length of it.
    fn between(way: Option<Way>, bands: impl Fn(f64, f64) -> (Band, Band)) -> Reach {
        match way {
            Some(Way::No) => Reach::Unknown,
            Some(Way::Between(least, most)) => {
                let (best, worst) = bands(least, most);
                Reach::Between(best, worst)
            }
            Some(Way::Perhaps(least, most, waters)) => {
                let (best, worst) = bands(least, most);
                Reach::Perhaps(best, worst, waters)
            }
            None => Reach::Mixed,
        }
    }

    /// Where ways to a land begin.
    fn exits_to(&mut self, land: Land, means: Means) -> &[Exit] {
        let known = self
            .exits
            .iter()
            .position(|(own, by, _)| *own == land && *by == means);
        let at = known.unwrap_or_else(|| {
            let rail = means == Means::Train;
            let from = (self.home.land, self.home.point);
            self.exits.push((land, means, exits(from, land, rail)));
            self.exits.len() - 1
        });
        self.exits.get(at).map_or(&[][..], |(_, _, exits)| exits)
    }
}
