//! How long this process worked, whatever else the machine does.

use nix::time::{ClockId, clock_gettime};
use std::time::Duration;

/// The time that this process had of the processors.
pub fn worked() -> Duration {
    clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID)
        .unwrap()
        .into()
}

/// The middle of some times, in milliseconds.
pub fn middle(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1e3
}
