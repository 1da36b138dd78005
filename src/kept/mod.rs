//! What of the store is kept in memory, ready to be asked: openings and standing wishes. Neither is the truth: both fetch what
//! changed in the store before each question, whoever changed it.

mod on_offer;
mod seeking;

pub use on_offer::OnOffer;
pub use seeking::{Named, Seeking, SharedSeeking};

/// How many changes are fetched at once.
const BATCH: u32 = 2_000;
