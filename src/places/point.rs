//! Points on the globe.

/// Degrees north and east.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

const EARTH_RADIUS_KM: f64 = 6371.0;

impl Point {
    /// A point of Japan: the islands from 沖ノ鳥島 to 択捉島; `0,0` and swapped or foreign coordinates are none.
    pub fn in_japan(lat: f64, lon: f64) -> Option<Self> {
        let inside = (20.0..=46.0).contains(&lat) && (122.0..=154.0).contains(&lon);
        inside.then_some(Point { lat, lon })
    }

    /// The great circle to another point, in kilometres (haversine).
    pub fn kilometres_to(self, other: Point) -> f64 {
        let (lat_a, lat_b) = (self.lat.to_radians(), other.lat.to_radians());
        let half_lat = (lat_b - lat_a) / 2.0;
        let half_lon = (other.lon - self.lon).to_radians() / 2.0;
        let h = half_lat.sin().powi(2) + lat_a.cos() * lat_b.cos() * half_lon.sin().powi(2);
        2.0 * EARTH_RADIUS_KM * h.sqrt().min(1.0).asin()
    }
}

/// A point that many distances are measured from which need not be exact.
#[derive(Debug, Clone, Copy)]
pub(super) struct Centre {
    point: Point,
    sine: f64,
    cosine: f64,
}

impl Centre {
    pub fn new(point: Point) -> Self {
        let (sine, cosine) = point.lat.to_radians().sin_cos();
        Centre {
            point,
            sine,
            cosine,
        }
    }

    /// The distance to another point in kilometres, wrong by less than [`Centre::ERROR_KM`]; nothing where it is too far for
    /// that.
    pub fn kilometres_to(&self, other: Point) -> Option<f64> {
        let south = (other.lat - self.point.lat).to_radians();
        let east = (other.lon - self.point.lon).to_radians();
        // Half a degree of the globe's 57 is small enough to be its own sine, nearly.
        let half = south / 2.0;
        let cosine = self.cosine * (1.0 - half * half / 2.0) - self.sine * half;
        let width = east * cosine;
        let km = EARTH_RADIUS_KM * (south * south + width * width).sqrt();
        (km < Self::FAR_KM).then_some(km)
    }

    /// Far enough for any commute.
    pub const FAR_KM: f64 = 240.0;
    /// Against the great circle.
    pub const ERROR_KM: f64 = 0.05;
}

/// Whether two segments cross, on the plane of degrees; good enough for a bay. The first crosses the second at its ends too, so
/// that none slips through between two that follow each other.
pub fn segments_cross(a: Point, b: Point, c: Point, d: Point) -> bool {
    side(a, b, c) * side(a, b, d) <= 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

/// On which side of the line from `p` to `q` a point lies, by the sign; 0 on it.
pub(super) fn side(p: Point, q: Point, r: Point) -> f64 {
    (q.lon - p.lon) * (r.lat - p.lat) - (q.lat - p.lat) * (r.lon - p.lon)
}
