//! The words of the two engines: OSRM's table service, Valhalla's matrix.

use crate::places::Point;
use anyhow::Context as _;
use serde::Deserialize;
use serde_json::json;
use std::fmt::Write as _;

/// A point that the engine moved farther than this to reach a road is not the point that was asked for, in metres.
const SNAPPED: f64 = 3_000.0;

/// `GET /table/v1/driving/lon,lat;lon,lat?sources=0&destinations=1&annotations=duration`
pub(super) fn osrm_url(base: &str, profile: &str, from: Point, to: &[Point]) -> String {
    let mut url = format!("{base}/table/v1/{profile}/{:.5},{:.5}", from.lon, from.lat);
    for t in to {
        let _ = write!(url, ";{:.5},{:.5}", t.lon, t.lat);
    }
    let targets: Vec<String> = (1..=to.len()).map(|n| n.to_string()).collect();
    let _ = write!(
        url,
        "?sources=0&destinations={}&annotations=duration",
        targets.join(";")
    );
    url
}

#[derive(Deserialize)]
struct Table {
    code: String,
    durations: Option<Vec<Vec<Option<f64>>>>,
    #[serde(default)]
    sources: Vec<Waypoint>,
    #[serde(default)]
    destinations: Vec<Waypoint>,
}

#[derive(Deserialize)]
struct Waypoint {
    #[serde(default)]
    distance: f64,
}

/// Seconds to each target.
pub(super) fn osrm(bytes: &[u8]) -> anyhow::Result<Vec<Option<f64>>> {
    let table: Table = serde_json::from_slice(bytes).context("the answer is no table of OSRM")?;
    anyhow::ensure!(
        table.code == "Ok",
        "code {}",
        table.code.chars().take(40).collect::<String>()
    );
    let row = table
        .durations
        .and_then(|rows| rows.into_iter().next())
        .context("the answer has no durations")?;
    let stray = |w: &Waypoint| w.distance > SNAPPED;
    let strays = table.sources.first().is_some_and(stray);
    Ok(row
        .into_iter()
        .enumerate()
        .map(|(i, seconds)| {
            seconds.filter(|_| !strays && !table.destinations.get(i).is_some_and(stray))
        })
        .collect())
}

/// The body of `POST /sources_to_targets`.
pub(super) fn valhalla_body(costing: &str, from: Point, to: &[Point]) -> String {
    let place = |p: &Point| json!({"lat": p.lat, "lon": p.lon});
    json!({
        "sources": [place(&from)],
        "targets": to.iter().map(place).collect::<Vec<_>>(),
        "costing": costing,
    })
    .to_string()
}

#[derive(Deserialize)]
struct Matrix {
    sources_to_targets: Vec<Vec<Cell>>,
}

#[derive(Deserialize)]
struct Cell {
    time: Option<f64>,
    to_index: Option<usize>,
}

/// Seconds to each target.
pub(super) fn valhalla(bytes: &[u8], targets: usize) -> anyhow::Result<Vec<Option<f64>>> {
    let matrix: Matrix =
        serde_json::from_slice(bytes).context("the answer is no matrix of Valhalla")?;
    let row = matrix
        .sources_to_targets
        .into_iter()
        .next()
        .context("the answer has no row")?;
    let mut out = vec![None; targets];
    for (n, cell) in row.into_iter().enumerate() {
        if let Some(slot) = out.get_mut(cell.to_index.unwrap_or(n)) {
            *slot = cell.time;
        }
    }
    Ok(out)
}
