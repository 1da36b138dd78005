//! Well-known stations with their points; the rest are known by name only.

use super::municipality::by_name;
use super::point::Point;
use super::site::Site;
use std::collections::HashMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("data/stations.tsv");

static STATIONS: LazyLock<HashMap<&'static str, Point>> = LazyLock::new(|| {
    TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let name = columns.next()?;
            let lat = columns.nth(1)?.parse().ok()?;
            let lon = columns.next()?.parse().ok()?;
            Some((name, Point { lat, lon }))
        })
        .collect()
});

/// The site of a station (名古屋駅): exact where it is in the table; where exactly one municipality has its name, that
/// municipality with its radius; else nothing.
pub fn site(name: &str) -> Option<Site> {
    if let Some(point) = STATIONS.get(name) {
        return Site::at(*point, None);
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
