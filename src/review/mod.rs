//! What staff see and decide, in chat and at the terminal: one set of decisions for both.

pub mod decide;

pub use decide::{Answer, Reviewer, holds};
