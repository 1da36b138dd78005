//! What staff decide.

use chrono::{DateTime, Utc};

/// Who did something: `madoguchi`, `discord:42 佐藤`, `terminal:sato`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// A stable id such as `discord:42`.
    pub id: String,
    /// The name that colleagues know.
    pub name: String,
}

impl Actor {
    /// The program itself.
    pub fn program() -> Self {
        Actor {
            id: "madoguchi".into(),
            name: "madoguchi".into(),
        }
    }

    /// As it stands in the store: id, then name.
    pub fn record(&self) -> String {
        if self.id == self.name {
            self.id.clone()
        } else {
            format!("{} {}", self.id, self.name)
        }
    }

    /// The name in a stored record.
    pub fn name_in(record: &str) -> &str {
        record.split_once(' ').map_or(record, |(_, name)| name)
    }
}

/// A standing approval: it binds a draft revision, its recipients and the newest message.
#[derive(Debug, Clone, PartialEq)]
pub struct Approval {
    /// Row id.
    pub id: i64,
    /// The approved draft.
    pub draft_id: i64,
    /// Who.
    pub reviewer: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// What came of a decision; only `Done` changed anything.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It is done.
    Done,
    /// Somebody was faster; the record of who.
    AlreadyDone(String),
    /// The draft is no longer the newest, or a newer mail came.
    Stale,
    /// The case is on hold by this person.
    Held(String),
    /// The draft as it stands cannot leave (no recipient, empty text).
    Impossible,
    /// It cannot be done in this state.
    NotNow(super::case::CaseState),
    /// There is nothing of that number.
    Unknown,
}
