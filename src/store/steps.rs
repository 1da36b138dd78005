use super::{NewOpeningChange, NewOutbox, Result};
use crate::domain::{
    case::CaseEvent,
    draft::{AnswerKind, Draft},
    message::{Doubt, Mailbox, Source},
    opening::Opening,
    person::PersonKind,
    wish::{Language, MessageKind, ProfileItem, Reading, Wish},
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};

/// A message that waits for the pipeline.
#[derive(Debug, Clone)]
pub struct StoredMessage {
    /// Row id.
    pub id: i64,
    /// Where from.
    pub source: Source,
    /// When the server took it.
    pub received_at: DateTime<Utc>,
    /// The raw bytes.
    pub raw: Vec<u8>,
    /// The size on the server, in bytes.
    pub size: u64,
    /// Only the header was fetched.
    pub header_only: bool,
    /// Tries so far.
    pub attempts: u32,
    /// Where a chat message stands, as JSON.
    pub origin: Option<String>,
}

/// What the store knows that bears on a message.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The person behind the sender's address, where it is known.
    pub person_id: Option<i64>,
    /// Their kind.
    pub person_kind: Option<PersonKind>,
    /// They want no mail.
    pub opted_out: bool,
    /// The newest case of that person, with its number.
    pub case: Option<(i64, String)>,
    /// The case, its number and its person, that one of our own Message-IDs in the references names.
    pub referenced: Option<(i64, String, i64)>,
    /// The outbox row that one of our own Message-IDs names.
    pub referenced_outbox: Option<i64>,
    /// The number a new case would get.
    pub next_number: String,
    /// When the person (or the address) was acknowledged last.
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// Automatic mails to the person in the last seven days.
    pub automatic_in_week: u32,
    /// Messages of the same sender with the same subject in the last hour.
    pub same_subject_in_hour: u32,
    /// The address is blocked, and why.
    pub blocked: Option<String>,
    /// Standing wishes.
    pub wishes: Vec<Wish>,
    /// Standing profile.
    pub profile: Vec<ProfileItem>,
    /// A draft is open or approved and not yet on its way.
    pub has_open_draft: bool,
    /// Who has an address of the shape of an unknown sender's, as address and name.
    pub twins: Vec<(String, String)>,
    /// Doctors of an unknown sender's display name, as address and name.
    pub namesakes: Vec<(String, String)>,
    /// Who has the address that an unknown sender gives as display name, as address and name.
    pub named: Option<(String, String)>,
}

/// Whose message it is.
#[derive(Debug, Clone)]
pub enum PersonChoice {
    /// Known.
    Known(i64),
    /// Seen for the first time.
    New {
        /// Their address as written; none for a note of a telephone call.
        address: Option<String>,
    },
}

/// What a message tells of its sender.
#[derive(Debug, Clone)]
pub struct About {
    /// On which side of the desk.
    pub kind: PersonKind,
    /// The name, where one was read.
    pub name: String,
    /// What they write in.
    pub language: Language,
}

/// What to look up for a message.
#[derive(Debug, Clone)]
pub struct FactsQuery<'a> {
    /// The message row.
    pub message: i64,
    /// The sender's address; empty for a chat message.
    pub sender: &'a str,
    /// The sender's display name, plain; empty where there is none.
    pub name: &'a str,
    /// Its subject.
    pub subject: &'a str,
    /// Those of its references that carry our signature.
    pub ours: &'a [String],
    /// What a new case number begins with, `MD-2611-`.
    pub number_prefix: &'a str,
    /// Now.
    pub now: DateTime<Utc>,
}

/// Which case it belongs to.
#[derive(Debug, Clone)]
pub enum CaseChoice {
    /// One that exists.
    Existing(i64),
    /// A new one.
    New {
        /// Its number.
        number: String,
    },
}

/// Standing wishes after a message.
#[derive(Debug, Clone)]
pub struct NewWishes {
    /// All facts that now stand.
    pub profile: Vec<ProfileItem>,
    /// All wishes that now stand.
    pub wishes: Vec<Wish>,
    /// What changed, as JSON.
    pub changes: serde_json::Value,
}

/// Something that staff must be told.
#[derive(Debug, Clone)]
pub struct NewNotice {
    /// A short word for the kind, such as `oversize`.
    pub kind: String,
    /// A notice of the same word is told once.
    pub dedupe: String,
    /// The text.
    pub text: String,
    /// It belongs into the thread of the case, not into the channel.
    pub in_thread: bool,
}

/// What became of a message, written in one transaction.
#[derive(Debug, Clone, Default)]
pub struct TakenIn {
    /// The message row.
    pub message: i64,
    /// Its Message-ID as decoded, without angle brackets.
    pub message_id: Option<String>,
    /// What it is.
    pub kind: Option<MessageKind>,
    /// Its subject.
    pub subject: String,
    /// The sender's own new words.
    pub new_text: String,
    /// The sender's address.
    pub sender: String,
    /// What was read.
    pub reading: Option<Reading>,
    /// Whose it is; none: it starts nothing (advertising, machines).
    pub person: Option<PersonChoice>,
    /// What it tells of them.
    pub about: Option<About>,
    /// Which case it belongs to.
    pub case: Option<CaseChoice>,
    /// It is the newest message of the case and makes open drafts stale.
    pub newest: bool,
    /// What happens to the case, in order.
    pub events: Vec<CaseEvent>,
    /// Why a person must look, where one must.
    pub reason: Option<String>,
    /// New standing wishes.
    pub wishes: Option<NewWishes>,
    /// When a draft is to be written.
    pub draft_due: Option<DateTime<Utc>>,
    /// The acknowledgement.
    pub acknowledgement: Option<NewOutbox>,
    /// For staff.
    pub notices: Vec<NewNotice>,
    /// Openings read from the mail.
    pub openings: Vec<Opening>,
    /// What the mail would change of openings on file.
    pub opening_changes: Vec<NewOpeningChange>,
    /// The person wants no more mail.
    pub opt_out: bool,
    /// The person is away until then.
    pub pause_until: Option<DateTime<Utc>>,
    /// What makes the sender doubtful.
    pub doubts: Vec<Doubt>,
    /// A fact for the history: action and detail, without personal data.
    pub audit: Vec<(String, String)>,
}

/// A draft to be written.
#[derive(Debug, Clone)]
pub struct NewDraft {
    /// The case.
    pub case_id: i64,
    /// The case's version when the facts were read; a newer one means the work is void and is done again.
    pub case_version: i64,
    /// To whom.
    pub recipients: Vec<Mailbox>,
    /// Subject.
    pub subject: String,
    /// Text.
    pub body: String,
    /// Ids of the suggested openings.
    pub suggestions: Vec<String>,
    /// The answer of the matching, as JSON, for the card.
    pub answer: serde_json::Value,
    /// What kind of answer.
    pub kind: AnswerKind,
    /// The newest message.
    pub answers: i64,
    /// What happens to the case, in order.
    pub events: Vec<CaseEvent>,
}

/// Whether a step's result was saved.
#[derive(Debug, Clone, PartialEq)]
pub enum Finished {
    /// Saved.
    Saved,
    /// Something changed meanwhile; the row is due again.
    Overtaken,
}

/// Rows that are due for the pipeline, and what becomes of them.
#[async_trait]
pub trait Steps: Send + Sync {
    /// Messages that wait, oldest first.
    async fn due_messages(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<StoredMessage>>;

    /// What bears on a message from `sender`; `ours` are those of its references that carry our signature.
    async fn facts(&self, query: FactsQuery<'_>) -> Result<Facts>;

    /// Saves what became of a message, all or nothing. A message that was saved before stays as it is.
    async fn take_in(&self, taken: TakenIn, now: DateTime<Utc>) -> Result<Finished>;

    /// Counts a failed try; after `limit` tries the message is set aside with its bytes and staff are told. True where it was.
    async fn message_failed(
        &self,
        id: i64,
        error: &str,
        retry_at: DateTime<Utc>,
        limit: u32,
        notice: NewNotice,
        now: DateTime<Utc>,
    ) -> Result<bool>;

    /// Cases whose draft is due.
    async fn due_drafts(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<i64>>;

    /// Saves a draft, voids the one before it and moves the case.
    async fn save_draft(&self, draft: NewDraft, now: DateTime<Utc>) -> Result<Finished>;

    /// A case for which the program has no draft to offer.
    async fn needs_human(
        &self,
        case_id: i64,
        case_version: i64,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<Finished>;

    /// A person answered `recipients` from a normal client: their open cases are withdrawn. Message row and sent mail's id are kept.
    async fn answered_by_hand(
        &self,
        message: i64,
        recipients: &[String],
        message_id: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<Vec<i64>>;

    /// The raw bytes of a message.
    async fn raw(&self, message: i64) -> Result<Vec<u8>>;

    /// When the next message, draft or send is due; none: nothing waits.
    async fn next_due(&self) -> Result<Option<DateTime<Utc>>>;

    /// The newest draft of a case.
    async fn newest_draft(&self, case_id: i64) -> Result<Option<Draft>>;
}
