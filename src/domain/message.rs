//! A message as it came in, decoded.

use super::vocabulary;
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

vocabulary! {
    /// Where a message came from.
    pub enum Source {
        /// The mailbox.
        Mail = "mail",
        /// The desk's own Sent folder: a person answered from a normal mail client.
        Sent = "sent",
        /// The intake channel: a note of a telephone call, or a doctor writing.
        Chat = "chat",
    }
}

/// A name and an address as a header gives them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailbox {
    /// The display name, decoded; empty where there is none.
    pub name: String,
    /// `local@domain` as written.
    pub address: String,
}

/// The envelope sender that the delivering server recorded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnPath {
    /// No `Return-Path` header.
    #[default]
    Missing,
    /// `<>`: a machine that wants no answer.
    Null,
    /// An address.
    Address(String),
}

vocabulary! {
    /// What kind of machine sent a message.
    pub enum AutomaticKind {
        None = "none",
        AutoReply = "auto_reply",
        Bounce = "bounce",
        List = "list",
        Calendar = "calendar",
        ReadReceipt = "read_receipt",
        NoReply = "no_reply",
    }
}

/// Whether a machine sent it, and the header or rule that decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Automatic {
    /// Sent by a machine.
    pub is_automatic: bool,
    /// Which.
    pub kind: AutomaticKind,
    /// The header or rule that decided; empty where none did.
    pub reason: String,
}

impl Default for Automatic {
    fn default() -> Self {
        Automatic {
            is_automatic: false,
            kind: AutomaticKind::None,
            reason: String::new(),
        }
    }
}

/// A report that a mail could not be delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounce {
    /// The address that failed; empty where the report does not say.
    pub recipient: String,
    /// `5.1.1`; empty where the report does not say.
    pub status: String,
    /// A permanent failure of the address or its host.
    pub hard: bool,
    /// The Message-ID of the mail that came back, where the report quotes it, without angle brackets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original_message_id: Option<String>,
}

/// What the own mail server found out about the sender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Auth {
    /// `pass`, `fail`, `none`, …
    pub spf: String,
    /// `pass`, `fail`, `none`, …
    pub dkim: String,
    /// `pass`, `fail`, `none`, …
    pub dmarc: String,
    /// The From domain is proven by SPF or DKIM.
    pub aligned: bool,
}

impl Default for Auth {
    fn default() -> Self {
        Auth {
            spf: "none".into(),
            dkim: "none".into(),
            dmarc: "none".into(),
            aligned: false,
        }
    }
}

vocabulary! {
    /// Why a sender may not be who the mail says.
    pub enum DoubtKind {
        /// SPF, DKIM and DMARC speak against it.
        Forged = "forged",
        /// The address is made to be taken for one that is known.
        LookAlike = "look_alike",
        /// The name of a known doctor, from an address never seen.
        KnownName = "known_name",
    }
}

/// A doubt about the sender of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// Which.
    pub kind: DoubtKind,
    /// The known address or name that it is about; for a forged sender the results, `dmarc=fail`.
    pub of: String,
}

impl Doubt {
    /// Whether an answer may go to such a sender only after staff wrote the address themselves.
    pub fn wants_confirmation(&self) -> bool {
        self.kind != DoubtKind::KnownName
    }
}

/// A file that came with a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The file name, made safe.
    pub name: String,
    /// `type/subtype`.
    pub content_type: String,
    /// Decoded bytes.
    pub size: usize,
    /// What could be read of it.
    pub text: Option<String>,
}

/// A decoded message.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct InboundMessage {
    /// Without angle brackets.
    pub message_id: Option<String>,
    /// The first author.
    pub from: Mailbox,
    /// Recipients.
    pub to: Vec<Mailbox>,
    /// Decoded, unfolded.
    pub subject: String,
    /// The `Date` header.
    pub date: Option<DateTime<FixedOffset>>,
    /// Without angle brackets.
    pub in_reply_to: Option<String>,
    /// Without angle brackets, oldest first.
    pub references: Vec<String>,
    /// The body; HTML turned to text where there is no text part.
    pub text: String,
    /// The sender's own new words.
    pub new_text: String,
    /// The new words with the questions that they answer, each line of these behind `> `; only where the sender wrote
    /// between the lines of the mail that is answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<String>,
    /// The signature block.
    pub signature: Option<String>,
    /// Files.
    pub attachments: Vec<Attachment>,
    /// Whether a machine sent it.
    pub automatic: Automatic,
    /// The delivery report, where it is one.
    pub bounce: Option<Bounce>,
    /// Sender authentication.
    pub auth: Auth,
    /// What was wrong with the bytes.
    pub problems: Vec<String>,

    /// Further recipients.
    #[serde(default)]
    pub cc: Vec<Mailbox>,
    /// Where the sender wants answers.
    #[serde(default)]
    pub reply_to: Vec<Mailbox>,
    /// All authors, where `From` names several.
    #[serde(default)]
    pub authors: Vec<Mailbox>,
    /// The envelope sender.
    #[serde(default)]
    pub return_path: ReturnPath,
    /// Why no automatic answer may be given, as `X-Auto-Response-Suppress`; nothing where one may be.
    #[serde(default)]
    pub no_answer: Option<String>,
    /// The last day on which the sender of an auto-reply is away.
    #[serde(default)]
    pub absent_until: Option<NaiveDate>,
}

impl InboundMessage {
    /// What is to be understood: the sender's new words, with the questions where they answer some.
    pub fn to_read(&self) -> &str {
        self.answers.as_deref().unwrap_or(&self.new_text)
    }
}
