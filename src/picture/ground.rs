//! About where there is land: municipalities as discs, and what lies between neighbours. No coast is drawn that is not known.

use super::{scale::Scale, spot::DEGREES_A_KM, svg::Svg};
use crate::places::{Means, Municipality, Site, band};
use std::fmt::Write as _;

const LAND: &str = "#f6f3ea";
const DOT: &str = "#cdc6b4";

/// Neighbours are at most this far from each other, in kilometres: as wide as mountains without a town are.
pub(super) const NEIGHBOURS_KM: f64 = 70.0;

/// In each of so many directions the nearest municipality is a neighbour.
const DIRECTIONS: usize = 10;

/// Draws the ground under the municipalities that are seen.
pub(super) fn draw(out: &mut Svg, scale: &Scale, seen: &[(&'static Municipality, (f64, f64))]) {
    let mut between = String::new();
    for (a, at) in seen {
        let around = neighbours(a, seen);
        let following = around.iter().cycle().skip(1);
        for (b, c) in around.iter().zip(following) {
            if near(b.0, c.0) && turns_right(*at, b.1, c.1) && dry(b.0, c.0) {
                let _ = write!(
                    between,
                    "M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}z",
                    at.0, at.1, b.1.0, b.1.1, c.1.0, c.1.1
                );
            }
        }
    }
    out.raw(format_args!(
        "<g fill=\"{LAND}\">\n<path d=\"M0 0{between}\" stroke=\"{LAND}\" stroke-width=\"{:.1}\" stroke-linejoin=\"round\"/>",
        6.0 * scale.per_km
    ));
    for (m, (x, y)) in seen {
        let radius = (m.radius_km * 0.9 * scale.per_km).max(2.0);
        out.circle(*x, *y, radius, "");
    }
    out.raw(format_args!("</g>\n<g fill=\"{DOT}\">"));
    for (_, (x, y)) in seen {
        out.circle(*x, *y, 1.5, "");
    }
    out.raw(format_args!("</g>"));
}

type Seen = (&'static Municipality, (f64, f64));

/// The nearest municipality on the same land in each direction, clockwise.
fn neighbours(a: &Municipality, seen: &[Seen]) -> Vec<Seen> {
    let mut nearest: [Option<(f64, Seen)>; DIRECTIONS] = [None; DIRECTIONS];
    for b in seen.iter().filter(|b| near(a, b.0)) {
        let km = a.point.kilometres_to(b.0.point);
        if km < 0.5 {
            continue;
        }
        let east = (b.0.point.lon - a.point.lon) * a.point.lat.to_radians().cos();
        let turn = east.atan2(b.0.point.lat - a.point.lat) / std::f64::consts::TAU + 0.5;
        // A share of the whole turn, from 0 to 1.
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss
        )]
        let direction = ((turn * DIRECTIONS as f64) as usize).min(DIRECTIONS - 1);
        if let Some(place) = nearest.get_mut(direction)
            && place.is_none_or(|(least, _)| km < least)
        {
            *place = Some((km, *b));
        }
    }
    nearest
        .into_iter()
        .flatten()
        .map(|(_, b)| b)
        .filter(|b| dry(a, b.0))
        .collect()
}

fn near(a: &Municipality, b: &Municipality) -> bool {
    a.land == b.land
        && (a.point.lat - b.point.lat).abs() < NEIGHBOURS_KM * DEGREES_A_KM
        && a.point.kilometres_to(b.point) <= NEIGHBOURS_KM
}

/// Whether a road may lead straight from one to the other.
fn dry(a: &Municipality, b: &Municipality) -> bool {
    let site = Site::in_municipality;
    band(&site(a), &site(b), Means::Car).is_some()
}

/// Whether the way from `a` over `b` to `c` turns right by less than half a turn, seen from `a` (downwards is larger).
fn turns_right(a: (f64, f64), b: (f64, f64), c: (f64, f64)) -> bool {
    (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0) > 0.0
}
