use super::{NewNotice, Result};
use crate::domain::{
    opening::{Opening, OpeningState},
    review::Actor,
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};

/// An opening as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct OpeningRecord {
    /// The opening.
    pub opening: Opening,
    /// Whether it may be suggested.
    pub state: OpeningState,
    /// When it came.
    pub added_at: DateTime<Utc>,
    /// When it last changed.
    pub changed_at: DateTime<Utc>,
    /// The address of the mail that offered it, where a mail did.
    pub sender: Option<String>,
}

/// An opening as it stood from some moment on.
#[derive(Debug, Clone, PartialEq)]
pub struct OpeningVersion {
    /// Since when.
    pub at: DateTime<Utc>,
    /// Who changed it, as the history writes people.
    pub actor: String,
    /// Whether it could be suggested.
    pub state: OpeningState,
    /// The opening.
    pub opening: Opening,
}

/// What a mail would change of an opening, before staff have said anything.
#[derive(Debug, Clone, PartialEq)]
pub struct NewOpeningChange {
    /// Which one.
    pub opening_id: String,
    /// The opening as it would stand; none: it is withdrawn.
    pub after: Option<Opening>,
    /// The opening as it stood when the mail was read.
    pub before: Opening,
}

/// A proposed change that waits for staff.
#[derive(Debug, Clone, PartialEq)]
pub struct OpeningChange {
    /// Its number.
    pub id: i64,
    /// Which opening.
    pub opening_id: String,
    /// The opening as it would stand; none: it is withdrawn.
    pub after: Option<Opening>,
    /// The opening as it stood when the mail was read.
    pub before: Opening,
    /// The mail's row.
    pub message_id: i64,
    /// When the mail was read.
    pub proposed_at: DateTime<Utc>,
}

/// What came of a decision on a proposed change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangeDecided {
    /// It stands.
    Done,
    /// There is no such proposal.
    Unknown,
    /// Somebody decided before.
    Already {
        /// Who, as the history writes people.
        by: String,
        /// Whether it was accepted.
        accepted: bool,
    },
    /// The opening was changed since the mail was read.
    Overtaken,
}

/// What an import came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Upserted {
    /// Not there before.
    pub added: usize,
    /// There, and now different.
    pub changed: usize,
    /// There, and the same.
    pub same: usize,
}

/// Openings.
#[async_trait]
pub trait Openings: Send + Sync {
    /// Adds or changes openings by their id; the same again changes nothing. Each change is kept in the history.
    async fn upsert_openings(
        &self,
        openings: &[Opening],
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<Upserted>;

    /// Openings, by id; with `all` also drafts and closed ones.
    async fn openings(&self, all: bool) -> Result<Vec<OpeningRecord>>;

    /// Openings of every state that changed after a revision (0: all), in the order of their last changes, at most `limit`,
    /// each with the revision of that change. Nothing that was changed by anybody is passed over.
    async fn openings_changed(&self, after: i64, limit: u32) -> Result<Vec<(i64, OpeningRecord)>>;

    /// One opening.
    async fn opening(&self, id: &str) -> Result<Option<OpeningRecord>>;

    /// The openings that a message offered, as they stand, by id.
    async fn openings_from(&self, message: i64) -> Result<Vec<Opening>>;

    /// Opens, closes or reopens. False where there is none.
    async fn set_opening_state(
        &self,
        id: &str,
        state: OpeningState,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<bool>;

    /// What an opening was, oldest first.
    async fn opening_history(&self, id: &str) -> Result<Vec<OpeningVersion>>;

    /// Openings, closed ones too, that a mail may speak of: by the sender of the mail that offered them, by the key of the
    /// institution's name ([`Opening::institution_key`]), or by the digits of a telephone number.
    async fn openings_of(
        &self,
        sender: &str,
        institution: Option<&str>,
        phones: &[String],
    ) -> Result<Vec<OpeningRecord>>;

    /// Open openings whose last day is before `today` (`YYYY-MM-DD`) and of which staff have not been told.
    async fn untold_expiries(&self, today: &str, limit: u32) -> Result<Vec<Opening>>;

    /// Tells staff that an opening's last day has passed, once.
    async fn tell_expiry(&self, id: &str, notice: NewNotice, now: DateTime<Utc>) -> Result<()>;

    /// Proposed changes that wait for staff, oldest first.
    async fn opening_changes(&self) -> Result<Vec<OpeningChange>>;

    /// Accepts or declines a proposed change. Accepting an older one after the opening was changed otherwise changes nothing.
    async fn decide_opening_change(
        &self,
        id: i64,
        accept: bool,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<ChangeDecided>;
}
