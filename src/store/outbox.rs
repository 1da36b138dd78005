use super::Result;
use crate::domain::outbox::{OutboxEntry, OutboxKind};
use async_trait::async_trait;
use chrono::{DateTime, Utc};

/// A mail to be put into the outbox, rendered.
#[derive(Debug, Clone)]
pub struct NewOutbox {
    /// Why it leaves.
    pub kind: OutboxKind,
    /// At most one row has it.
    pub dedupe: String,
    /// Without angle brackets.
    pub message_id: String,
    /// None is `<>`.
    pub envelope_from: Option<String>,
    /// Addresses.
    pub recipients: Vec<String>,
    /// The rendered mail.
    pub mime: Vec<u8>,
    /// Not before this.
    pub due: DateTime<Utc>,
}

/// What the choke point must know of an entry that is due, read together with it.
#[derive(Debug, Clone)]
pub struct Release {
    /// The entry.
    pub entry: OutboxEntry,
    /// Blocked addresses among its recipients.
    pub blocked: Vec<String>,
    /// The person wants no mail.
    pub opted_out: bool,
    /// The approval of its draft still stands; true for an acknowledgement.
    pub approved: bool,
    /// Acknowledgements that left in the last hour, over all.
    pub acknowledged_in_hour: u32,
    /// The answer confirms an opt-out, which may be answered once.
    pub confirms_opt_out: bool,
}

/// What a bounce did.
#[derive(Debug, Clone, PartialEq)]
pub struct BounceEffect {
    /// The case that it belongs to.
    pub case_id: Option<i64>,
    /// The address that is now blocked.
    pub blocked: Option<String>,
}

/// What leaves.
#[async_trait]
pub trait Outbox: Send + Sync {
    /// The next entry that is due, not yet claimed; none while everything is stopped.
    async fn next_release(&self, now: DateTime<Utc>) -> Result<Option<Release>>;

    /// Claims the entry for an attempt: in flight, attempt counted, the case queued. False where it changed meanwhile, an
    /// approval was cancelled or everything was stopped.
    async fn claim(&self, id: i64, now: DateTime<Utc>) -> Result<bool>;

    /// From here on a crash leaves the outcome unknown.
    async fn handing_over(&self, id: i64) -> Result<()>;

    /// The server took it.
    async fn completed(&self, id: i64, now: DateTime<Utc>) -> Result<()>;

    /// It will be tried again at `due`.
    async fn failed_for_now(&self, id: i64, error: &str, due: DateTime<Utc>) -> Result<()>;

    /// It will not be tried again; the addresses in `block` get no more mail, staff are told.
    async fn failed_for_good(
        &self,
        id: i64,
        error: &str,
        block: &[String],
        notice: &str,
        now: DateTime<Utc>,
    ) -> Result<()>;

    /// Nobody knows whether it left; staff are told.
    async fn uncertain(&self, id: i64, error: &str, notice: &str, now: DateTime<Utc>)
    -> Result<()>;

    /// It may not leave (blocked, opted out, no approval): cancelled without an attempt.
    async fn withheld(
        &self,
        id: i64,
        reason: &str,
        notice: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<()>;

    /// It waits a little longer, without an attempt.
    async fn postponed(&self, id: i64, due: DateTime<Utc>) -> Result<()>;

    /// Entries that were in flight when the program ended, for settling at the start.
    async fn in_flight(&self) -> Result<Vec<OutboxEntry>>;

    /// An entry that certainly did not leave goes back into the queue.
    async fn requeue(&self, id: i64, now: DateTime<Utc>) -> Result<()>;

    /// Entries that wait to be copied to Sent.
    async fn uncopied(&self, limit: u32) -> Result<Vec<OutboxEntry>>;

    /// The copy lies in Sent.
    async fn copied(&self, id: i64, now: DateTime<Utc>) -> Result<()>;

    /// Entries whose outcome nobody knows.
    async fn uncertain_entries(&self) -> Result<Vec<OutboxEntry>>;

    /// Whether a Message-ID is one of ours, and of which outbox row.
    async fn by_message_id(&self, message_id: &str) -> Result<Option<OutboxEntry>>;

    /// One entry.
    async fn outbox_entry(&self, id: i64) -> Result<Option<OutboxEntry>>;

    /// A delivery report for a mail of ours came back.
    async fn bounced(
        &self,
        outbox: i64,
        address: &str,
        status: &str,
        hard: bool,
        notice: &str,
        now: DateTime<Utc>,
    ) -> Result<BounceEffect>;
}
