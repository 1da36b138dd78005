//! From degrees to pixels, and where labels find room.

use super::spot::DEGREES_A_KM;
use crate::places::Point;

/// A part of Japan on paper.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    centre: Point,
    /// Pixels of a kilometre.
    pub per_km: f64,
    width: f64,
    height: f64,
}

/// No map shows less than this across, in kilometres.
const LEAST_KM: f64 = 24.0;

/// The share of the paper that stays free around what is shown.
const FREE: f64 = 0.14;

impl Scale {
    /// A scale that shows all points, each with kilometres around it; nothing without points.
    pub fn of(points: &[(Point, f64)], width: f64, height: f64) -> Option<Self> {
        let edges = |pick: fn(&Point) -> f64, stretch: f64| {
            let low = points
                .iter()
                .map(|(p, km)| pick(p) - km * DEGREES_A_KM / stretch)
                .min_by(f64::total_cmp)?;
            let high = points
                .iter()
                .map(|(p, km)| pick(p) + km * DEGREES_A_KM / stretch)
                .max_by(f64::total_cmp)?;
            Some((low, high))
        };
        let (south, north) = edges(|p| p.lat, 1.0)?;
        let shrink = shrink(f64::midpoint(south, north));
        let (west, east) = edges(|p| p.lon, shrink)?;
        let tall = ((north - south) / DEGREES_A_KM).max(LEAST_KM);
        let wide = ((east - west) * shrink / DEGREES_A_KM).max(LEAST_KM);
        let usable = 1.0 - 2.0 * FREE;
        Some(Scale {
            centre: Point {
                lat: f64::midpoint(south, north),
                lon: f64::midpoint(west, east),
            },
            per_km: (width * usable / wide).min(height * usable / tall),
            width,
            height,
        })
    }

    /// The kilometres across the paper.
    pub fn across_km(&self) -> f64 {
        self.width / self.per_km
    }

    /// Pixels from the upper left corner.
    pub fn at(&self, p: Point) -> (f64, f64) {
        let shrink = shrink(self.centre.lat);
        let east = (p.lon - self.centre.lon) * shrink / DEGREES_A_KM;
        let north = (p.lat - self.centre.lat) / DEGREES_A_KM;
        (
            self.width / 2.0 + east * self.per_km,
            self.height / 2.0 - north * self.per_km,
        )
    }

    /// Whether a point is on the paper or at most so many pixels beside it.
    pub fn shows(&self, (x, y): (f64, f64), beside: f64) -> bool {
        (-beside..=self.width + beside).contains(&x)
            && (-beside..=self.height + beside).contains(&y)
    }
}

/// How much shorter a degree of longitude is than one of latitude.
fn shrink(lat: f64) -> f64 {
    lat.to_radians().cos()
}

/// A box on the paper.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Area {
    pub fn around((x, y): (f64, f64), radius: f64) -> Self {
        Area {
            x: x - radius,
            y: y - radius,
            width: 2.0 * radius,
            height: 2.0 * radius,
        }
    }

    fn overlaps(&self, o: &Area) -> bool {
        self.x < o.x + o.width
            && o.x < self.x + self.width
            && self.y < o.y + o.height
            && o.y < self.y + self.height
    }
}

/// What is taken of the paper.
#[derive(Debug, Default)]
pub(super) struct Taken {
    areas: Vec<Area>,
    width: f64,
    height: f64,
}

impl Taken {
    pub fn new(width: f64, height: f64) -> Self {
        Taken {
            areas: vec![],
            width,
            height,
        }
    }

    /// Takes an area whatever lies there.
    pub fn hold(&mut self, area: Area) {
        self.areas.push(area);
    }

    /// Takes an area that is free and on the paper.
    pub fn claim(&mut self, area: Area) -> bool {
        let inside = area.x >= 2.0
            && area.y >= 2.0
            && area.x + area.width <= self.width - 2.0
            && area.y + area.height <= self.height - 2.0;
        let free = inside && !self.areas.iter().any(|t| t.overlaps(&area));
        if free {
            self.areas.push(area);
        }
        free
    }
}
