//! Where things of a case lie, and how far a commute reaches.

use crate::domain::{
    opening::Opening,
    wish::{Field, ProfileField, ProfileItem, Wish},
};
use crate::places::{Means, Place, Point, Site, band, locate};

/// The doctor's home, with the name of the place that is known.
pub(super) fn home(profile: &[ProfileItem]) -> Option<(Site, String)> {
    profile
        .iter()
        .filter(|p| p.field == ProfileField::Home)
        .filter_map(|p| p.value.as_text())
        .find_map(|text| {
            let place = Place::parse(text);
            let place = match place.site() {
                Some(_) => place,
                None => locate(text).0?,
            };
            Some((place.site()?, short(&place)))
        })
}

fn short(place: &Place) -> String {
    match place {
        Place::Municipality(m) => m.name.to_owned(),
        other => other.to_string(),
    }
}

/// The point of an opening: its coordinates, else its municipality.
pub(super) fn of(opening: &Opening) -> Option<Point> {
    if let (Some(lat), Some(lon)) = (opening.lat, opening.lon)
        && let Some(point) = Point::in_japan(lat, lon)
    {
        return Some(point);
    }
    let known = |text: &str| {
        Place::parse(text)
            .site()
            .or_else(|| locate(text).0.and_then(|p| p.site()))
    };
    let address = opening.address.as_deref();
    let site = address.and_then(known).or_else(|| known(&opening.area))?;
    Some(site.point)
}

/// How far from home a wished commute may reach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reach {
    /// The wish, in minutes.
    pub minutes: i64,
    pub means: Means,
    /// Up to here the estimate certainly keeps the wish, in kilometres; nothing where home is known too coarsely.
    pub sure_km: Option<f64>,
    /// From here on it certainly does not.
    pub most_km: f64,
}

/// The reach of the first commute that is wished, where there is one.
pub(super) fn reach(home: &Site, wishes: &[Wish]) -> Option<Reach> {
    let positive = |field: Field| {
        wishes
            .iter()
            .filter(move |w| w.field == field && w.strength.is_positive())
    };
    let minutes = positive(Field::CommuteMinutes).find_map(|w| w.value.as_number())?;
    let by = |mode: &str| positive(Field::CommuteMode).any(|w| w.value.as_text() == Some(mode));
    let means = if by("train") && !by("car") {
        Means::Train
    } else {
        Means::Car
    };
    let limit = u32::try_from(minutes).ok()?;
    let sure = farthest(home, means, |b| b.high <= limit);
    let most = farthest(home, means, |b| b.low <= limit)?;
    Some(Reach {
        minutes,
        means,
        sure_km: sure.filter(|km| *km >= 1.0),
        most_km: most,
    })
}

/// Degrees of latitude in a kilometre.
pub(super) const DEGREES_A_KM: f64 = 1.0 / 111.19;

/// The largest distance in kilometres at which the band holds, over land; bands grow with the distance.
fn farthest(home: &Site, means: Means, holds: impl Fn(crate::places::Band) -> bool) -> Option<f64> {
    let at = |km: f64, bearing: f64| {
        let mut site = *home;
        site.error_km = 0.0;
        let shrink = home.point.lat.to_radians().cos();
        site.point = Point {
            lat: home.point.lat + km * DEGREES_A_KM * bearing.cos(),
            lon: home.point.lon + km * DEGREES_A_KM * bearing.sin() / shrink,
        };
        band(home, &site, means).is_some_and(&holds)
    };
    // A bay in one direction must not shorten the circle.
    let bearings = (0..8).map(|i| f64::from(i) * std::f64::consts::FRAC_PI_4);
    bearings
        .filter(|bearing| at(0.0, *bearing))
        .map(|bearing| {
            let (mut near, mut far) = (0.0, 300.0);
            for _ in 0..24 {
                let middle = f64::midpoint(near, far);
                if at(middle, bearing) {
                    near = middle;
                } else {
                    far = middle;
                }
            }
            near
        })
        .max_by(f64::total_cmp)
}
