//! The SQL of every errand, one file each.

mod engine;
mod open;

pub use open::{SqlStore, open};
