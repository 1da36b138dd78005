use super::Result;
use async_trait::async_trait;
use chrono::{DateTime, Utc};

/// Where a case is shown in chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardPlace {
    /// The case.
    pub case_id: i64,
    /// Counts changes; the card is stale while `shown` is lower.
    pub wanted: i64,
    /// The change that chat shows.
    pub shown: i64,
    /// The card's message.
    pub message_id: Option<u64>,
    /// The case's thread.
    pub thread_id: Option<u64>,
}

/// Something to tell staff.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// Row id.
    pub id: i64,
    /// When it arose.
    pub at: DateTime<Utc>,
    /// The case in whose thread it belongs; none: the channel.
    pub case_id: Option<i64>,
    /// A short word for the kind.
    pub kind: String,
    /// The text.
    pub text: String,
}

/// What chat has still to show.
#[async_trait]
pub trait Panel: Send + Sync {
    /// Cards that are not up to date, oldest first.
    async fn stale_cards(&self, limit: u32) -> Result<Vec<CardPlace>>;

    /// Where a case is shown.
    async fn card(&self, case_id: i64) -> Result<Option<CardPlace>>;

    /// Every card that was ever posted and whose case is not closed, for reconciling after a lost session.
    async fn posted_cards(&self, limit: u32) -> Result<Vec<CardPlace>>;

    /// Chat shows change `shown` under these ids.
    async fn card_shown(&self, place: CardPlace) -> Result<()>;

    /// Asks for a card to be shown anew.
    async fn touch_card(&self, case_id: i64) -> Result<()>;

    /// Notices that nobody has been told, oldest first.
    async fn untold(&self, limit: u32) -> Result<Vec<Notice>>;

    /// A notice has been shown.
    async fn told(&self, id: i64, now: DateTime<Utc>) -> Result<()>;

    /// Adds a notice that belongs to no case, once a `dedupe`.
    async fn notify(&self, kind: &str, dedupe: &str, text: &str, now: DateTime<Utc>) -> Result<()>;

    /// The newest notices, told or not, newest first.
    async fn recent_notices(&self, limit: u32) -> Result<Vec<Notice>>;
}
