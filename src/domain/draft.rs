//! An answer that staff have before them.

use super::message::Mailbox;
use super::vocabulary;
use chrono::{DateTime, Utc};

vocabulary! {
    /// What became of a revision.
    pub enum DraftState {
        /// It can be approved.
        Open = "open",
        /// Staff said yes.
        Approved = "approved",
        /// A newer mail, revision or reader made it stale.
        Voided = "voided",
        /// Staff said no.
        Rejected = "rejected",
    }
}

vocabulary! {
    /// What kind of answer it is.
    pub enum AnswerKind {
        /// Openings for a doctor.
        Suggestion = "suggestion",
        /// A hospital's opening is confirmed.
        Institution = "institution",
        /// Mails stop, as asked.
        OptOut = "opt_out",
        /// Written by a person.
        Free = "free",
    }
}

/// One revision of an answer. An approval binds the revision, its recipients and the message that it answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Row id.
    pub id: i64,
    /// The case.
    pub case_id: i64,
    /// Counts up within the case, from 1.
    pub revision: u32,
    /// What became of it.
    pub state: DraftState,
    /// To whom it goes.
    pub recipients: Vec<Mailbox>,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// Ids of the openings it suggests, in order.
    pub suggestions: Vec<String>,
    /// What kind of answer.
    pub kind: AnswerKind,
    /// The newest message of the case when it was written.
    pub answers: i64,
    /// Who wrote it: `madoguchi` or a member of staff.
    pub author: String,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Who closed it.
    pub closed_by: Option<String>,
    /// Why it was rejected or voided.
    pub reason: Option<String>,
}
