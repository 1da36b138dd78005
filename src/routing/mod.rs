//! Car minutes from a routing engine of the desk's own (OSRM or Valhalla), for the few openings on a shortlist.
//!
//! The engine may be slow, wrong or gone: every answer has a time limit, what is not plausible is dropped, and after a failure
//! it is left alone for a while. Whoever asks has the estimate to fall back on.

mod answer;
#[cfg(test)]
mod tests;

use crate::config::{Routing, RoutingEngine};
use crate::places::Point;
use anyhow::Context as _;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Targets in one request: engines allow fifty to a hundred.
const AT_ONCE: usize = 40;
/// The largest answer that is read, in bytes.
const ANSWER: usize = 1 << 20;
/// How long an engine that failed is left alone.
const REST: Duration = Duration::from_secs(60);
/// Answers that are kept; beyond, the cache begins anew.
const KEPT: usize = 100_000;
/// No car is faster than this over the straight line, in kilometres an hour.
const FASTEST_KMH: f64 = 130.0;

/// A way, to about a hundred metres.
type Way = (i32, i32, i32, i32);

/// Asks the engine.
#[derive(Debug)]
pub struct Router {
    client: reqwest::Client,
    config: Routing,
    cache: Mutex<HashMap<Way, Option<f64>>>,
    resting: Mutex<Option<Instant>>,
}

impl Router {
    /// For the engine of the configuration.
    ///
    /// # Errors
    /// Where no connection can be prepared.
    pub fn new(config: Routing) -> anyhow::Result<Router> {
        let limit = Duration::from_millis(config.timeout_ms);
        let client = reqwest::Client::builder()
            .use_rustls_tls()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(limit)
            .timeout(limit)
            .build()
            .context("routing")?;
        Ok(Router {
            client,
            config,
            cache: Mutex::default(),
            resting: Mutex::default(),
        })
    }

    /// Whether the engine answers at all; it need not know this way.
    ///
    /// # Errors
    /// Where nothing answers in time, or something that is no such engine.
    pub async fn probe(&self) -> anyhow::Result<()> {
        let (tokyo, yokohama) = (
            Point {
                lat: 35.681,
                lon: 139.767,
            },
            Point {
                lat: 35.466,
                lon: 139.622,
            },
        );
        match self.ask(tokyo, &[yokohama]).await {
            Ok(_) => Ok(()),
            // An engine with the map of another region refuses the way, and so shows that it is there.
            Err(e) if e.to_string() == "status 400" => Ok(()),
            Err(e) => Err(e),
        }
    }

    /// Minutes by car from one point to each of the others; nothing where the engine knows no way or does not answer.
    pub async fn minutes(&self, from: Point, to: &[Point]) -> Vec<Option<f64>> {
        let mut found: Vec<Option<Option<f64>>> = {
            let cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
            to.iter()
                .map(|t| cache.get(&way(from, *t)).copied())
                .collect()
        };
        let wanted: Vec<Point> = to
            .iter()
            .zip(&found)
            .filter(|(_, f)| f.is_none())
            .map(|(t, _)| *t)
            .collect();
        if !wanted.is_empty() && !self.rests() {
            let all = Duration::from_millis(self.config.total_ms);
            let asked = tokio::time::timeout(all, self.ask_all(from, &wanted)).await;
            if !matches!(asked, Ok(Ok(()))) {
                let why = match asked {
                    Ok(Err(e)) => format!("{e:#}"),
                    _ => "no answer in time".to_owned(),
                };
                tracing::warn!("the routing engine does not answer, the estimate stands: {why}");
                *self.resting.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
            }
            let cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
            for (t, f) in to.iter().zip(&mut found) {
                *f = f.or_else(|| cache.get(&way(from, *t)).copied());
            }
        }
        found.into_iter().map(Option::flatten).collect()
    }

    fn rests(&self) -> bool {
        let since = *self.resting.lock().unwrap_or_else(PoisonError::into_inner);
        since.is_some_and(|at| at.elapsed() < REST)
    }

    async fn ask_all(&self, from: Point, to: &[Point]) -> anyhow::Result<()> {
        for some in to.chunks(AT_ONCE) {
            let answers = self.ask(from, some).await?;
            anyhow::ensure!(answers.len() == some.len(), "the answer has other targets");
            let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
            if cache.len() > KEPT {
                cache.clear();
            }
            for (t, seconds) in some.iter().zip(answers) {
                let minutes = seconds
                    .map(|s| s / 60.0)
                    .filter(|m| is_plausible(*m, from, *t));
                cache.insert(way(from, *t), minutes);
            }
        }
        Ok(())
    }

    async fn ask(&self, from: Point, to: &[Point]) -> anyhow::Result<Vec<Option<f64>>> {
        let base = self.config.url.trim_end_matches('/');
        let request = match self.config.engine {
            RoutingEngine::Osrm => {
                let profile = self.config.profile.as_deref().unwrap_or("driving");
                self.client.get(answer::osrm_url(base, profile, from, to))
            }
            RoutingEngine::Valhalla => {
                let costing = self.config.profile.as_deref().unwrap_or("auto");
                self.client
                    .post(format!("{base}/sources_to_targets"))
                    .header(reqwest::header::CONTENT_TYPE, "application/json")
                    .body(answer::valhalla_body(costing, from, to))
            }
        };
        let mut response = request.send().await.map_err(reqwest::Error::without_url)?;
        let status = response.status();
        anyhow::ensure!(status.is_success(), "status {}", status.as_u16());
        let mut bytes = Vec::new();
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(reqwest::Error::without_url)?
        {
            bytes.extend_from_slice(&chunk);
            anyhow::ensure!(bytes.len() <= ANSWER, "the answer is too long");
        }
        match self.config.engine {
            RoutingEngine::Osrm => answer::osrm(&bytes),
            RoutingEngine::Valhalla => answer::valhalla(&bytes, to.len()),
        }
    }
}

fn way(from: Point, to: Point) -> Way {
    // Degrees of this planet in thousandths.
    #[allow(clippy::cast_possible_truncation)]
    let round = |degrees: f64| (degrees * 1000.0).round() as i32;
    (
        round(from.lat),
        round(from.lon),
        round(to.lat),
        round(to.lon),
    )
}

fn is_plausible(minutes: f64, from: Point, to: Point) -> bool {
    let least = from.kilometres_to(to) / FASTEST_KMH * 60.0;
    (0.0..=48.0 * 60.0).contains(&minutes) && minutes + 1.0 >= least
}
