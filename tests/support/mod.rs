//! Real throwaway servers and scripted ones for the tests. A missing server program is a failure, never a skipped test.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice
)]

pub mod daemon;
pub mod dovecot;
pub mod imap_client;
pub mod imap_script;
pub mod ports;
pub mod postfix;
pub mod postgres;
pub mod process;
pub mod smtp;
pub mod tls;

use std::time::{Duration, Instant};

/// Waits until `condition` gives a value, at most `limit`; panics with `what` after it.
#[track_caller]
pub fn wait_for<T>(what: &str, limit: Duration, mut condition: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + limit;
    loop {
        if let Some(value) = condition() {
            return value;
        }
        assert!(Instant::now() < end, "not within {limit:?}: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// As [`wait_for`], for conditions that are asked asynchronously.
pub async fn eventually<T, F: Future<Output = Option<T>>>(
    what: &str,
    limit: Duration,
    mut condition: impl FnMut() -> F,
) -> T {
    let end = Instant::now() + limit;
    loop {
        if let Some(value) = condition().await {
            return value;
        }
        assert!(Instant::now() < end, "not within {limit:?}: {what}");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}
