use super::Result;
use crate::domain::{outbox::OutboxKind, review::Actor};
use async_trait::async_trait;
use chrono::{DateTime, Utc};

/// The one global stop.
#[derive(Debug, Clone, PartialEq)]
pub struct StopSwitch {
    /// Who pressed it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// How much waits.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counts {
    /// Messages not yet taken in.
    pub unread: u32,
    /// Messages set aside.
    pub set_aside: u32,
    /// Cases that wait for staff.
    pub waiting: u32,
    /// The longest that one of them has waited.
    pub waiting_since: Option<DateTime<Utc>>,
    /// Approved, in the hold window or on the way.
    pub leaving: u32,
    /// Mails that failed for now.
    pub retrying: u32,
    /// Mails that failed for good or whose outcome is unknown, by kind of mail, in the last thirty days.
    pub failed: u32,
    /// Open openings.
    pub openings: u32,
    /// Sent in the last 24 hours.
    pub sent_today: Vec<(OutboxKind, u32)>,
    /// Blocked addresses.
    pub blocked: u32,
    /// Notices that nobody was told.
    pub untold: u32,
}

/// Switches, keys and counts.
#[async_trait]
pub trait Control: Send + Sync {
    /// A value that outlives the program.
    async fn meta(&self, key: &str) -> Result<Option<String>>;

    /// Sets a value.
    async fn set_meta(&self, key: &str, value: &str) -> Result<()>;

    /// Sets a value unless there is one, and says which stands.
    async fn meta_or(&self, key: &str, value: &str) -> Result<String>;

    /// Whether everything is stopped.
    async fn stopped(&self) -> Result<Option<StopSwitch>>;

    /// Stops or resumes everything that leaves. False where it already was so.
    async fn set_stopped(&self, on: bool, actor: &Actor, now: DateTime<Utc>) -> Result<bool>;

    /// How much waits.
    async fn counts(&self, now: DateTime<Utc>) -> Result<Counts>;

    /// Makes sure that no other daemon works on this store, until the program ends.
    async fn lock(&self) -> Result<()>;

    /// A round trip to the store.
    async fn ping(&self) -> Result<()>;
}
