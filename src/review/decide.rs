//! Decisions. Chat and terminal call the same functions, so that both say and do the same.

use crate::{
    clock::Clock,
    config,
    domain::review::{Actor, Outcome},
    store::Store,
    wake::Wake,
};
use std::sync::Arc;

/// What came of a press, and what the person who pressed is told.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Only `Done` changed anything.
    pub outcome: Outcome,
    /// Short and plain Japanese.
    pub text: String,
}

/// Carries decisions to the store.
#[derive(Clone)]
pub struct Reviewer {
    /// Where cases are kept.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Who the desk is.
    pub desk: config::Desk,
    /// The hold window.
    pub review: config::Review,
    /// The key that signs our Message-IDs.
    pub key: [u8; 32],
    /// Called after each decision.
    pub wake: Wake,
}
