use super::{NewOutbox, Result};
use crate::domain::{
    case::CaseState,
    draft::{AnswerKind, Draft},
    message::{Doubt, Mailbox, Source},
    outbox::OutboxEntry,
    person::PersonKind,
    review::{Actor, Approval, Outcome},
    wish::{Language, MessageKind, ProfileItem, Reading, Wish},
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A case in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseSummary {
    /// Row id.
    pub id: i64,
    /// `MD-2611-0042`.
    pub number: String,
    /// Where it stands.
    pub state: CaseState,
    /// What the newest message is.
    pub kind: MessageKind,
    /// The person's name, as far as it is known.
    pub name: String,
    /// Their first address.
    pub address: Option<String>,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// When it last changed.
    pub changed_at: DateTime<Utc>,
    /// The newest draft's revision.
    pub revision: Option<u32>,
    /// Who has it in hand.
    pub assignee: Option<String>,
    /// Who put it on hold.
    pub held_by: Option<String>,
}

/// A message in a case.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageSummary {
    /// Row id.
    pub id: i64,
    /// Where from.
    pub source: Source,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// What it is.
    pub kind: Option<MessageKind>,
    /// Subject.
    pub subject: String,
    /// The sender's own new words.
    pub new_text: String,
    /// The sender's address.
    pub sender: String,
    /// What was read.
    pub reading: Option<Reading>,
    /// The Message-ID, without angle brackets.
    pub message_id: Option<String>,
    /// Where a chat message stands, as JSON.
    pub origin: Option<String>,
    /// The raw bytes' header was all that was fetched.
    pub header_only: bool,
    /// What makes the sender doubtful.
    pub doubts: Vec<Doubt>,
}

/// A difference between two versions of standing wishes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WishChange {
    /// `added`, `changed` or `dropped`.
    pub what: String,
    /// The wish before.
    pub before: Option<Wish>,
    /// The wish after.
    pub after: Option<Wish>,
}

/// What stands of a person's wishes.
#[derive(Debug, Clone, PartialEq)]
pub struct StandingWishes {
    /// Counts up from 1.
    pub version: u32,
    /// The message that brought it.
    pub message_id: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Facts.
    pub profile: Vec<ProfileItem>,
    /// Wishes.
    pub wishes: Vec<Wish>,
    /// Differences to the version before, as JSON.
    pub changes: serde_json::Value,
}

/// A line of the append-only history.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryLine {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: String,
    /// What.
    pub action: String,
    /// More of it.
    pub detail: Option<String>,
}

/// Everything that a card or a page of a case needs.
#[derive(Debug, Clone)]
pub struct CaseDetail {
    /// The line in the list.
    pub summary: CaseSummary,
    /// Counts every change; a step that read an older one is void.
    pub version: i64,
    /// The person.
    pub person_id: i64,
    /// On which side of the desk.
    pub person_kind: PersonKind,
    /// What they write in.
    pub language: Language,
    /// They want no mail.
    pub opted_out: bool,
    /// Away until then.
    pub paused_until: Option<DateTime<Utc>>,
    /// All their addresses; blocked ones with the reason.
    pub addresses: Vec<(String, Option<String>)>,
    /// Oldest first.
    pub messages: Vec<MessageSummary>,
    /// What stands.
    pub wishes: Option<StandingWishes>,
    /// The newest draft.
    pub draft: Option<Draft>,
    /// The matching that it was written from, as JSON.
    pub answer: serde_json::Value,
    /// The approval that stands.
    pub approval: Option<Approval>,
    /// What was sent or waits, newest last.
    pub outbox: Vec<OutboxEntry>,
    /// Why a person must look.
    pub reason: Option<String>,
    /// What a new draft was asked to heed.
    pub redraft: Option<Redraft>,
    /// The newest message's row.
    pub newest_message: Option<i64>,
    /// A draft is due then.
    pub draft_due: Option<DateTime<Utc>>,
}

/// What a new draft is to heed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Redraft {
    /// The words of the person who asked.
    #[serde(default)]
    pub reason: String,
    /// Suggest exactly these, where given.
    #[serde(default)]
    pub chosen: Option<Vec<String>>,
    /// Do not suggest these.
    #[serde(default)]
    pub without: Vec<String>,
}

/// A draft changed by a person.
#[derive(Debug, Clone)]
pub struct Edit {
    /// The case.
    pub case_id: i64,
    /// The revision that the person had before them; none where there was none.
    pub base: Option<u32>,
    /// To whom.
    pub recipients: Vec<Mailbox>,
    /// Subject.
    pub subject: String,
    /// Text.
    pub body: String,
    /// Kept from the revision before.
    pub kind: AnswerKind,
}

/// What staff see and decide.
#[async_trait]
pub trait Casework: Send + Sync {
    /// Cases that wait for staff, or all that are not closed; newest change first.
    async fn cases(&self, all: bool, limit: u32) -> Result<Vec<CaseSummary>>;

    /// A case by its number (`MD-2611-0042`, or the digits alone) .
    async fn case_by_number(&self, number: &str) -> Result<Option<CaseDetail>>;

    /// A case by its row.
    async fn case(&self, id: i64) -> Result<Option<CaseDetail>>;

    /// Who did what when, oldest first.
    async fn history(&self, case_id: i64) -> Result<Vec<HistoryLine>>;

    /// Every version of a person's wishes, oldest first.
    async fn wish_history(&self, person_id: i64) -> Result<Vec<StandingWishes>>;

    /// Approves a revision and writes the outbox row, in one transaction: one conditional update on (draft, revision,
    /// newest message) decides.
    async fn approve(
        &self,
        case_id: i64,
        revision: u32,
        actor: &Actor,
        outbox: NewOutbox,
        now: DateTime<Utc>,
    ) -> Result<Outcome>;

    /// Calls an approval back while the hold window runs.
    async fn cancel_approval(
        &self,
        case_id: i64,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<Outcome>;

    /// Saves a new revision written by a person. The new revision on `Done`.
    async fn edit(&self, edit: Edit, actor: &Actor, now: DateTime<Utc>) -> Result<Outcome>;

    /// Rejects a revision and asks for another draft.
    async fn redraft(
        &self,
        case_id: i64,
        revision: u32,
        redraft: Redraft,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<Outcome>;

    /// Closes a case without an answer.
    async fn close(
        &self,
        case_id: i64,
        reason: &str,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<Outcome>;

    /// Puts a case on hold, or takes it off.
    async fn hold(
        &self,
        case_id: i64,
        on: bool,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<Outcome>;

    /// Takes a case in hand.
    async fn claim_case(&self, case_id: i64, actor: &Actor, now: DateTime<Utc>) -> Result<Outcome>;

    /// A person settles a sending whose outcome was unknown: it left, or it is sent again.
    async fn settle_uncertain(
        &self,
        outbox: i64,
        left: bool,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<Outcome>;

    /// Writes into the history that somebody saw something of a case that not everybody sees, such as its files.
    async fn seen(&self, case_id: i64, what: &str, actor: &Actor, now: DateTime<Utc>)
    -> Result<()>;

    /// Lets an address get mail again.
    async fn unblock(&self, address: &str, actor: &Actor, now: DateTime<Utc>) -> Result<bool>;
}
