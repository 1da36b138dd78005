use super::Result;
use crate::domain::message::Source;
use async_trait::async_trait;
use chrono::{DateTime, Utc};

/// How far a folder has been read: everything below `uid_next` is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailboxCursor {
    /// The server's word for "the numbering is still the same".
    pub uid_validity: u32,
    /// The lowest UID that has not been stored.
    pub uid_next: u32,
}

/// Bytes as they came, before anything is parsed.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// Where from.
    pub source: Source,
    /// Equal for the same message, wherever it lies.
    pub dedupe: String,
    /// Without angle brackets, where the header has one.
    pub message_id: Option<String>,
    /// When the server took it (IMAP INTERNALDATE), or when it was typed.
    pub received_at: DateTime<Utc>,
    /// The raw bytes; of a mail over the size limit the header only.
    pub raw: Vec<u8>,
    /// The size on the server, in bytes.
    pub size: u64,
    /// Only the header was fetched.
    pub header_only: bool,
    /// Too old to be answered: it is kept, and nobody is told.
    pub archived: bool,
    /// The UID, for mail.
    pub uid: Option<u32>,
    /// Where a chat message stands, as JSON `{"channel_id","message_id","author_id","author_name"}`.
    pub origin: Option<String>,
}

impl Incoming {
    /// A message that came whole and is to be worked on, with nothing known of it besides its bytes.
    pub fn whole(
        source: Source,
        dedupe: impl Into<String>,
        raw: impl Into<Vec<u8>>,
        received_at: DateTime<Utc>,
    ) -> Self {
        let raw = raw.into();
        Incoming {
            source,
            dedupe: dedupe.into(),
            message_id: None,
            received_at,
            size: raw.len() as u64,
            raw,
            header_only: false,
            archived: false,
            uid: None,
            origin: None,
        }
    }
}

/// What a batch came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Received {
    /// New rows that wait for the pipeline.
    pub new: usize,
    /// New rows that are only kept.
    pub archived: usize,
    /// Messages that were already there.
    pub known: usize,
}

/// Messages come in.
#[async_trait]
pub trait Mailroom: Send + Sync {
    /// How far a folder has been read; none before the first time.
    async fn cursor(&self, folder: &str) -> Result<Option<MailboxCursor>>;

    /// Stores raw bytes and moves the cursor, in one transaction.
    async fn receive(
        &self,
        folder: &str,
        batch: &[Incoming],
        cursor: MailboxCursor,
        now: DateTime<Utc>,
    ) -> Result<Received>;

    /// Stores one message that did not come from a folder. False where it was already there.
    async fn receive_one(&self, incoming: &Incoming, now: DateTime<Utc>) -> Result<bool>;

    /// The case that a message was assigned to, by its `dedupe`.
    async fn case_of(&self, dedupe: &str) -> Result<Option<i64>>;

    /// The UIDs that are stored of a folder under this numbering.
    async fn stored_uids(&self, folder: &str, uid_validity: u32) -> Result<Vec<u32>>;
}
