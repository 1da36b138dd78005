//! Time and randomness as parameters, so that a test can be any day of the year.

use chrono::{DateTime, Utc};
use std::sync::Mutex;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// A clock that stands still until it is set: for tests, and for the demo, which plays on a fixed day.
#[derive(Debug)]
pub struct SetClock(Mutex<DateTime<Utc>>);

impl SetClock {
    /// A clock that shows `at`.
    pub fn new(at: DateTime<Utc>) -> Self {
        SetClock(Mutex::new(at))
    }

    /// Moves the hands to `at`.
    pub fn set(&self, at: DateTime<Utc>) {
        *self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = at;
    }

    /// Moves the hands forward.
    pub fn advance(&self, by: chrono::Duration) {
        *self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner) += by;
    }
}

impl Clock for SetClock {
    fn now(&self) -> DateTime<Utc> {
        *self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Random bytes from the operating system.
///
/// # Errors
/// Where the system has none to give.
pub fn random_bytes<const N: usize>() -> anyhow::Result<[u8; N]> {
    let mut bytes = [0u8; N];
    getrandom::fill(&mut bytes).map_err(|e| anyhow::anyhow!("乱数を取得できません: {e}"))?;
    Ok(bytes)
}

/// A wait of `base · 2^attempt`, at most `cap`, of which a random half is taken off so that clients do not march in step.
/// `dice` is any random number.
pub fn backoff(
    base: std::time::Duration,
    cap: std::time::Duration,
    attempt: u32,
    dice: u64,
) -> std::time::Duration {
    let full = base
        .saturating_mul(2u32.saturating_pow(attempt.min(16)))
        .min(cap);
    let half = full / 2;
    let spread = u64::try_from(half.as_millis()).unwrap_or(u64::MAX).max(1);
    half + std::time::Duration::from_millis(dice % spread)
}
