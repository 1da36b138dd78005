//! Where everything is kept: one trait an errand, each method one transaction. The only SQL is in `sql/`, written once
//! for SQLite (one file, the default) and PostgreSQL (by URL).

mod casework;
mod control;
mod mailroom;
mod openings;
mod outbox;
mod panel;
mod seekers;
mod sql;
mod steps;

pub use casework::{
    CaseDetail, CaseSummary, Casework, Edit, HistoryLine, MessageSummary, Redraft, StandingWishes,
    WishChange,
};
pub use control::{Control, Counts, StopSwitch};
pub use mailroom::{Incoming, MailboxCursor, Mailroom, Received};
pub use openings::{
    ChangeDecided, NewOpeningChange, OpeningChange, OpeningRecord, OpeningVersion, Openings,
    Upserted,
};
pub use outbox::{BounceEffect, NewOutbox, Outbox, Release};
pub use panel::{CardPlace, Notice, Panel};
pub use seekers::{Seeker, SeekerChange, Seekers};
pub use sql::{SqlStore, open};
pub use steps::{
    About, CaseChoice, Facts, FactsQuery, Finished, NewDraft, NewNotice, NewWishes, PersonChoice,
    Steps, StoredMessage, TakenIn,
};

/// Everything that the store can do.
pub trait Store:
    Mailroom + Steps + Casework + Outbox + Panel + Openings + Seekers + Control
{
}

impl<T: Mailroom + Steps + Casework + Outbox + Panel + Openings + Seekers + Control> Store for T {}

/// Why the store could not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database said no.
    #[error("データベースのエラー: {0}")]
    Database(#[from] sqlx::Error),
    /// The store was written by a newer program.
    #[error(
        "この保存ファイルは新しい版の madoguchi が作ったものです（版 {0}）。madoguchi を新しくするか、控えから戻してください。何も変更していません。"
    )]
    Newer(i64),
    /// The tables could not be made.
    #[error("データベースの表を用意できません: {0}")]
    Migration(String),
    /// The store cannot be opened.
    #[error(
        "データベース {url} を開けません: {source}。store.url と、ファイルの置き場所・権限またはサーバーを確かめてください。"
    )]
    Unreachable {
        /// The URL without its password.
        url: String,
        /// Why.
        source: sqlx::Error,
    },
    /// Another daemon works on this store.
    #[error(
        "同じ保存先で別の madoguchi が動いています。二つ同時には動かせません。先に動いている方を止めてください。"
    )]
    Busy,
    /// A stored value cannot be read back.
    #[error("保存された値が壊れています: {0}")]
    Corrupt(String),
    /// A row that must be there is not.
    #[error("あるはずの行がありません")]
    Missing,
    /// A transition that cannot be.
    #[error(transparent)]
    Transition(#[from] crate::domain::case::IllegalTransition),
    /// A lock file cannot be made.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

impl StoreError {
    pub(crate) fn corrupt(what: &str) -> Self {
        StoreError::Corrupt(what.to_owned())
    }
}

/// What the store answers.
pub type Result<T> = std::result::Result<T, StoreError>;
