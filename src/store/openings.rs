use super::Result;
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

    /// One opening.
    async fn opening(&self, id: &str) -> Result<Option<OpeningRecord>>;

    /// Opens, closes or reopens. False where there is none.
    async fn set_opening_state(
        &self,
        id: &str,
        state: OpeningState,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<bool>;
}
