//! What staff see and decide, in chat and at the terminal: one set of decisions for both.

pub mod card;
pub mod decide;
pub mod discord;
pub mod files;
pub mod openings;

pub use decide::{Answer, Reviewer, holds};
