//! A commute whose car minutes a routing engine knows.

use super::commute::{Band, Means, band};
use super::site::Site;

/// How much shorter and longer the same way is on other days: engines count free roads, and parking comes besides.
const AT_BEST: f64 = 0.9;
const AT_WORST: f64 = 1.25;
/// The pace of what the sites leave open, in minutes a kilometre of straight line (1.3 times the way, at 30 km/h).
const PER_KM: f64 = 2.6;

/// The band by car between two sites whose points are so many minutes apart. What the sites leave open stays open, but never
/// beyond the estimate where the two agree at all. Nothing where no estimate exists: across the sea.
pub fn routed_band(from: &Site, to: &Site, minutes: f64) -> Option<Band> {
    let estimate = band(from, to, Means::Car)?;
    let open = PER_KM * from.error_km.hypot(to.error_km);
    let low = ((minutes - open).max(0.0) * AT_BEST).floor();
    let high = ((minutes + open) * AT_WORST).ceil();
    // At most two days.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let routed = Band {
        low: low as u32,
        high: high as u32,
    };
    let both = Band {
        low: routed.low.max(estimate.low),
        high: routed.high.min(estimate.high),
    };
    Some(if both.low <= both.high { both } else { routed })
}
