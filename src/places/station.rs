//! Well-known stations with their points; the rest are known by name only.

use super::municipality::by_name;
use super::point::Point;
use super::site::Site;
use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

const TABLE: &str = include_str!("data/stations.tsv");

/// A station of the table; its surroundings are looked up when first asked for.
struct Station {
    point: Point,
    site: OnceLock<Option<Site>>,
}

static STATIONS: LazyLock<HashMap<&'static str, Station>> = LazyLock::new(|| {
    TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let name = columns.next()?;
            let lat = columns.nth(1)?.parse().ok()?;
            let lon = columns.next()?.parse().ok()?;
            let station = Station {
                point: Point { lat, lon },
                site: OnceLock::new(),
            };
            Some((name, station))
        })
        .collect()
});

/// The site of a station (名古屋駅): exact where it is in the table; where exactly one municipality has its name, that
/// municipality with its radius; else nothing.
pub fn site(name: &str) -> Option<Site> {
    if let Some(station) = STATIONS.get(name) {
        return *station.site.get_or_init(|| Site::at(station.point, None));
    }
    let stem = name.strip_suffix('駅')?;
    let named: Vec<_> = ["市", "町", "村", "区", ""]
        .iter()
        .flat_map(|suffix| by_name(&format!("{stem}{suffix}")))
        .collect();
    match named.as_slice() {
        [one] => Some(Site::in_municipality(one)),
        _ => None,
    }
}
