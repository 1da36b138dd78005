//! What staff see of a case, as plain data: the same for chat and terminal.

mod build;
mod details;
pub(crate) mod files;
pub mod harmless;
mod name;
mod plain;
mod suggestion;
#[cfg(test)]
pub(crate) mod tests;
pub mod text;

use crate::domain::{case::CaseState, wish::MessageKind};
use chrono::{DateTime, Utc};

pub use build::{Named, gather};
pub use details::{Detail, details, understood};
pub use name::family_name;
pub use plain::render;
pub use suggestion::{Choice, Suggestion};

/// How urgently a note wants to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something is wrong, or must not be overlooked.
    Alarm,
    /// Worth a second look.
    Caution,
    /// Good to know.
    Plain,
}

/// One line that staff should read before they decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// How urgently.
    pub tone: Tone,
    /// Plain Japanese; words of strangers in it are not yet made harmless.
    pub text: String,
}

/// The draft as the card shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftView {
    /// Its revision.
    pub revision: u32,
    /// 「確認待ち」, 「承認済み」, 「差し戻し済み」, 「古い版」.
    pub label: &'static str,
    /// Who wrote it.
    pub author: String,
    /// Masked addresses.
    pub recipients: Vec<String>,
    /// Subject.
    pub subject: String,
    /// The whole text; what shows it cuts it.
    pub body: String,
}

/// Something that staff can do with the case as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// Approve the draft; it leaves when the hold window has passed.
    Approve,
    /// Change subject and text.
    Edit,
    /// Write an answer where the program has none.
    Write,
    /// Change the recipients.
    Recipients,
    /// Ask for another draft, with a reason.
    Reject,
    /// Suggest other openings.
    Choose,
    /// Put the case on hold.
    Hold,
    /// Take it off hold.
    Resume,
    /// Take the case in hand.
    Claim,
    /// See every wish with its quote.
    Wishes,
    /// See the whole draft.
    Whole,
    /// Have the files that came with the mail put into the thread.
    Files,
    /// Call the approval back.
    Cancel,
    /// A sending of unknown outcome did leave.
    Left(i64),
    /// A sending of unknown outcome goes out again.
    Again(i64),
    /// Close the case without an answer.
    Close,
}

/// A case as staff see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// The case's row.
    pub case_id: i64,
    /// `MD-2611-0042`.
    pub number: String,
    /// Where it stands.
    pub state: CaseState,
    /// What the newest message is.
    pub kind: MessageKind,
    /// The family name; empty where none is known.
    pub name: String,
    /// The first address, masked.
    pub address: Option<String>,
    /// The newest message's subject.
    pub subject: String,
    /// When the newest message came.
    pub received_at: Option<DateTime<Utc>>,
    /// Standing wishes as short phrases, conditions first.
    pub wishes: Vec<String>,
    /// What the newest message changed.
    pub changes: Vec<String>,
    /// What the draft suggests.
    pub suggestions: Vec<Suggestion>,
    /// What it could suggest, for choosing.
    pub choices: Vec<Choice>,
    /// How many may be chosen.
    pub most: usize,
    /// The newest draft.
    pub draft: Option<DraftView>,
    /// What to read before deciding, most urgent first.
    pub notes: Vec<Note>,
    /// Who has it in hand.
    pub assignee: Option<String>,
    /// Until then an approval can be called back.
    pub countdown: Option<DateTime<Utc>>,
    /// What can be done now.
    pub actions: Vec<Action>,
}

impl Card {
    /// The revision that buttons carry; 0 where there is no draft.
    pub fn revision(&self) -> u32 {
        self.draft.as_ref().map_or(0, |d| d.revision)
    }

    /// `MD-2611-0042 佐藤 先生`.
    pub fn title(&self) -> String {
        let title = match self.kind {
            _ if self.name.is_empty() => String::new(),
            MessageKind::DoctorInquiry | MessageKind::DoctorUpdate => {
                format!(" {} 先生", self.name)
            }
            _ => format!(" {} 様", self.name),
        };
        format!("{}{title}", self.number)
    }
}
