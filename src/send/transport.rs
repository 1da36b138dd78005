//! One mail, one attempt, one truth about what became of it.

use crate::domain::outbox::OutboxEntry;
use async_trait::async_trait;

/// What an attempt came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Delivery {
    /// The server took it, for all recipients but these; each with the server's words.
    Accepted {
        /// Refused for good.
        refused: Vec<(String, String)>,
    },
    /// Nothing was taken; later it may be.
    Temporary(String),
    /// Nothing was taken and never will be.
    Permanent {
        /// The server's words.
        error: String,
        /// Recipients that it refused for good; empty where the mail or the login was at fault.
        refused: Vec<String>,
    },
    /// The text was handed over and no answer came: nobody knows.
    Uncertain(String),
}

/// Called once, right before the text is handed to the server. From then on a crash leaves the outcome unknown.
#[async_trait]
pub trait Handover: Send + Sync {
    /// Records the moment; where that fails nothing is handed over.
    async fn record(&self) -> anyhow::Result<()>;
}

/// A way out.
#[async_trait]
pub trait Transport: Send + Sync {
    /// One attempt.
    async fn send(&self, entry: &OutboxEntry, handover: &dyn Handover) -> Delivery;

    /// Whether an entry certainly left, or certainly did not, in an attempt that was cut off; none: the transport cannot tell.
    async fn left(&self, entry: &OutboxEntry) -> Option<bool>;

    /// Tries the connection and the login without sending; the server's greeting.
    async fn probe(&self) -> anyhow::Result<String>;
}
