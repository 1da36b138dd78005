//! What leaves.

use super::vocabulary;
use chrono::{DateTime, Utc};

vocabulary! {
    /// Why a mail leaves.
    pub enum OutboxKind {
        /// The automatic acknowledgement.
        Acknowledgement = "acknowledgement",
        /// An approved draft.
        Answer = "answer",
    }
}

vocabulary! {
    /// How far a mail got.
    pub enum DeliveryStatus {
        /// Waits for its time.
        Scheduled = "scheduled",
        /// An attempt runs.
        InFlight = "in_flight",
        /// The server took it.
        Completed = "completed",
        /// It will be tried again.
        TemporaryFailure = "temporary_failure",
        /// It will not be tried again.
        PermanentFailure = "permanent_failure",
        /// The connection broke after the text was handed over: nobody knows. A person decides.
        Uncertain = "uncertain",
        /// Called back before it left.
        Cancelled = "cancelled",
    }
}

/// A mail that is to leave, its bytes and its Message-ID fixed.
#[derive(Debug, Clone, PartialEq)]
pub struct OutboxEntry {
    /// Row id.
    pub id: i64,
    /// Why it leaves.
    pub kind: OutboxKind,
    /// The case.
    pub case_id: Option<i64>,
    /// The approved draft.
    pub draft_id: Option<i64>,
    /// The person it goes to.
    pub person_id: Option<i64>,
    /// Without angle brackets.
    pub message_id: String,
    /// None is the empty reverse path `<>`.
    pub envelope_from: Option<String>,
    /// Addresses.
    pub recipients: Vec<String>,
    /// The rendered mail.
    pub mime: Vec<u8>,
    /// How far it got.
    pub status: DeliveryStatus,
    /// Not before this.
    pub due: DateTime<Utc>,
    /// Attempts so far, the running one counted.
    pub attempts: u32,
    /// The text was handed to a server and its answer has not been recorded.
    pub handed_over: bool,
    /// What went wrong last.
    pub error: Option<String>,
}

/// The desk's folder of sent mail, asked whether a mail whose sending was cut off has left after all.
#[async_trait::async_trait]
pub trait SentFolder: Send + Sync {
    /// Whether a mail with this Message-ID (without angle brackets) lies there.
    ///
    /// # Errors
    /// Where nobody can tell just now.
    async fn contains(&self, message_id: &str) -> anyhow::Result<bool>;
}
