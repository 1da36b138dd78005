//! A place as a commute needs it: a point, how wrong it may be, and what land it stands on.

use super::land::Land;
use super::municipality::{Density, Municipality, municipalities};
use super::point::Point;

/// A point with its error and surroundings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Site {
    /// Where.
    pub point: Point,
    /// How far the real place may lie from the point, in kilometres.
    pub error_km: f64,
    /// The land it stands on.
    pub land: Land,
    /// How densely the surroundings are built.
    pub density: Density,
    /// The metropolitan areas it lies in, as bits.
    pub(super) metropolis: u8,
}

/// Centres of the areas where most people commute by train, with the radius that their suburban lines reach.
const METROPOLITAN: [(Point, f64); 7] = [
    (centre(35.68, 139.77), 50.0),
    (centre(34.70, 135.50), 45.0),
    (centre(35.17, 136.88), 30.0),
    (centre(33.59, 130.42), 25.0),
    (centre(43.07, 141.35), 15.0),
    (centre(38.26, 140.88), 15.0),
    (centre(34.40, 132.48), 15.0),
];

const fn centre(lat: f64, lon: f64) -> Point {
    Point { lat, lon }
}

impl Site {
    /// Somewhere in a municipality.
    pub fn in_municipality(m: &Municipality) -> Self {
        Site {
            point: m.point,
            error_km: m.radius_km,
            land: m.land,
            density: m.density,
            metropolis: metropolis(m.point),
        }
    }

    /// An exact point; the municipality it stands in, where known, gives the surroundings, else the nearest one does.
    pub fn at(point: Point, municipality: Option<&Municipality>) -> Option<Self> {
        let m = municipality.or_else(|| nearest(point))?;
        Some(Site {
            point,
            error_km: 0.0,
            land: m.land,
            density: m.density,
            metropolis: metropolis(point),
        })
    }

    /// All but the point: what sites that differ in their points only have in common.
    pub fn surroundings(&self) -> (u64, Land, Density, u8) {
        (
            self.error_km.to_bits(),
            self.land,
            self.density,
            self.metropolis,
        )
    }

    /// Whether both sites lie in one metropolitan area; between two of them only the Shinkansen would do.
    pub fn shares_metropolis(&self, other: &Site) -> bool {
        self.metropolis & other.metropolis != 0
    }
}

fn metropolis(point: Point) -> u8 {
    METROPOLITAN
        .iter()
        .enumerate()
        .filter(|(_, (centre, km))| point.kilometres_to(*centre) <= *km)
        .fold(0, |bits, (i, _)| bits | 1 << i)
}

/// The municipality or ward whose point is nearest, within 60 kilometres.
pub fn nearest(point: Point) -> Option<&'static Municipality> {
    // A degree of latitude is 111 kilometres: most are too far by that alone.
    municipalities()
        .iter()
        .filter(|m| (m.point.lat - point.lat).abs() < 0.55)
        .map(|m| (m, m.point.kilometres_to(point)))
        .filter(|(_, km)| *km <= 60.0)
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(m, _)| m)
}
