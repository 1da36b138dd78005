use serde::Deserialize;
use std::path::PathBuf;

/// Towns and postcodes finer than the compiled-in municipalities.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PlacesSection {
    /// The file that `places import` writes and every command reads; none is needed.
    pub file: PathBuf,
}

impl Default for PlacesSection {
    fn default() -> Self {
        PlacesSection {
            file: "places.tsv".into(),
        }
    }
}

/// Which language a routing engine speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RoutingEngine {
    /// OSRM, `/route/v1`.
    Osrm,
    /// Valhalla, `/route`.
    Valhalla,
}

/// A routing engine of the desk's own, which knows car minutes better than the estimate.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Routing {
    /// Its language.
    pub engine: RoutingEngine,
    /// Where it answers: `http://127.0.0.1:5000`.
    pub url: String,
    /// OSRM's profile or Valhalla's costing. Without it: `driving` and `auto`.
    pub profile: Option<String>,
    /// How long one answer may take, in milliseconds; then the estimate stands.
    #[serde(default = "two_seconds")]
    pub timeout_ms: u64,
    /// How long all answers for one doctor may take together, in milliseconds.
    #[serde(default = "ten_seconds")]
    pub total_ms: u64,
}

fn two_seconds() -> u64 {
    2_000
}

fn ten_seconds() -> u64 {
    10_000
}
