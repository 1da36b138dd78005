//! How long a commute to somewhere within a box takes: one answer for all the places in it, where one answer holds.

use super::commute::{Band, Means, band_of_km};
use super::land::{Way, way_bounds};
use super::point::Point;
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

    /// The four corners.
    pub(super) fn corners(&self) -> [Point; 4] {
        let at = |lat, lon| Point { lat, lon };
        [
            self.low,
            at(self.low.lat, self.high.lon),
            self.high,
            at(self.high.lat, self.low.lon),
        ]
    }

    /// The least and the greatest distance that a point of the area can have from another point, in kilometres.
    pub fn kilometres_from(&self, from: Point) -> (f64, f64) {
        let centre = Point {
            lat: f64::midpoint(self.low.lat, self.high.lat),
            lon: f64::midpoint(self.low.lon, self.high.lon),
        };
        let to_centre = from.kilometres_to(centre);
        if self.low == self.high {
            return (to_centre, to_centre);
        }
        // The southern corners are the farther ones; a little more for rounding.
        let radius = centre.kilometres_to(self.low) * 1.001 + 1e-6;
        ((to_centre - radius).max(0.0), to_centre + radius)
    }
}

/// What is known of the commute to every place of an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// There is no estimate for any of them.
    Unknown,
    /// Each has an estimate whose ends lie between those of the two bands.
    Between(Band, Band),
    /// Some have one and some may not.
    Mixed,
}

impl Reach {
    /// No commute there is shorter at worst, in minutes.
    pub fn least_high(self) -> u32 {
        match self {
            Reach::Unknown => u32::MAX,
            Reach::Between(best, _) => best.high,
            Reach::Mixed => 0,
        }
    }
}

/// The bounds of [`band`](super::band) by the better of several means, for sites that differ from `to` in their points only,
/// which all lie in `area`.
pub fn reach(from: &Site, to: &Site, area: &Area, means: &[Means]) -> Reach {
    means
        .iter()
        .map(|means| reach_by(from, to, area, *means))
        .fold(Reach::Unknown, |a, b| match (a, b) {
            (Reach::Unknown, other) | (other, Reach::Unknown) => other,
            (Reach::Mixed, _) | (_, Reach::Mixed) => Reach::Mixed,
            (Reach::Between(a_best, a_worst), Reach::Between(b_best, b_worst)) => {
                if a_worst.high <= b_best.high {
                    return a;
                }
                if b_worst.high < a_best.high {
                    return b;
                }
                Reach::Between(
                    Band {
                        low: a_best.low.min(b_best.low),
                        high: a_best.high.min(b_best.high),
                    },
                    Band {
                        low: a_worst.low.max(b_worst.low),
                        high: a_worst.high.min(b_worst.high),
                    },
                )
            }
        })
}

fn reach_by(from: &Site, to: &Site, area: &Area, means: Means) -> Reach {
    if means == Means::Train && !from.shares_metropolis(to) {
        return Reach::Unknown;
    }
    let rail = means == Means::Train;
    match way_bounds((from.land, from.point), to.land, area, rail) {
        Way::No => Reach::Unknown,
        Way::Mixed => Reach::Mixed,
        Way::Between(least, most) => Reach::Between(
            band_of_km(least * (1.0 - 1e-9), from, to, means),
            band_of_km(most * (1.0 + 1e-9), from, to, means),
        ),
    }
}
