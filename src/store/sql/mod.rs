//! The SQL of every errand, one file each.

mod casework;
mod control;
mod decisions;
mod engine;
mod facts;
mod mailroom;
mod open;
mod openings;
mod outbox;
mod panel;
mod seekers;
mod shared;
mod steps;

pub use open::{SqlStore, open};
