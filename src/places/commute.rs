//! How long a commute takes, as a band.
//!
//! Published parts: a road is 1.3 times the straight line in town and 1.21 times from 50 km on (腰塚・小林 1983); peak-hour
//! speed is 35 km/h on national roads and 81 km/h on expressways (road census 2021); a rail commute of an hour is half an hour
//! on board (京阪神 person trip survey). The split between them is this program's judgement.

use super::land::way_km;
use super::municipality::Density;
use super::site::Site;

/// The means that an estimate exists for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Means {
    /// By car.
    Car,
    /// By train, in the metropolitan areas only.
    Train,
}

impl Means {
    /// As `commute_mode` writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Means::Car => "car",
            Means::Train => "train",
        }
    }
}

/// Minutes one way, from and to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// At best.
    pub low: u32,
    /// At worst.
    pub high: u32,
}

/// An estimate fits a limit where it is within three quarters of it, and misses it beyond 1.3 times (the middle: ask).
const AT_BEST: f64 = 1.0 / 1.3;
const AT_WORST: f64 = 1.0 / 0.75;

/// The time that getting in, parking and walking take.
const CAR_OVERHEAD_MIN: f64 = 5.0;
const EXPRESSWAY_KMH: f64 = 70.0;
const EXPRESSWAY_FROM_KM: f64 = 25.0;
/// Ways to and from the stations, and waiting.
const TRAIN_OVERHEAD_MIN: f64 = 30.0;
const TRAIN_KMH: f64 = 45.0;
const TRAIN_DETOUR: f64 = 1.2;

/// The band between two sites; nothing across the sea, and nothing by train outside the metropolitan areas.
pub fn band(from: &Site, to: &Site, means: Means) -> Option<Band> {
    if means == Means::Train && !from.shares_metropolis(to) {
        return None;
    }
    let km = way_km(
        (from.land, from.point),
        (to.land, to.point),
        means == Means::Train,
    )?;
    Some(band_of_km(km, from, to, means))
}

/// The band for a way of so many kilometres. It grows with them.
pub(super) fn band_of_km(km: f64, from: &Site, to: &Site, means: Means) -> Band {
    let error = (from.error_km * from.error_km + to.error_km * to.error_km).sqrt();
    let minutes = |km: f64| match means {
        Means::Car => car_minutes(km, from, to),
        Means::Train => TRAIN_OVERHEAD_MIN + 60.0 * TRAIN_DETOUR * km / TRAIN_KMH,
    };
    let low = (minutes((km - error).max(0.0)) * AT_BEST).floor();
    let high = (minutes(km + error) * AT_WORST).ceil();
    // At most a few thousand minutes: half the globe by car.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Band {
        low: low as u32,
        high: high as u32,
    }
}

fn car_minutes(straight_km: f64, from: &Site, to: &Site) -> f64 {
    let road = straight_km * road_ratio(straight_km);
    let speed = f64::midpoint(speed_kmh(from.density), speed_kmh(to.density));
    let fast = if from.land.has_expressways() && to.land.has_expressways() {
        (road - EXPRESSWAY_FROM_KM).max(0.0)
    } else {
        0.0
    };
    CAR_OVERHEAD_MIN + 60.0 * ((road - fast) / speed + fast / EXPRESSWAY_KMH)
}

fn road_ratio(straight_km: f64) -> f64 {
    let (near, far) = (20.0, 50.0);
    let share = ((straight_km - near) / (far - near)).clamp(0.0, 1.0);
    1.3 - (1.3 - 1.21) * share
}

fn speed_kmh(density: Density) -> f64 {
    match density {
        Density::Core => 22.5,
        Density::Town => 30.0,
        Density::Country => 37.5,
    }
}
