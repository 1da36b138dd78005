//! An outgoing mail as the bytes that leave, fixed once and sent as they are at every attempt.

use super::clean;
use crate::domain::message::Mailbox;
use chrono::{DateTime, FixedOffset};
use lettre::Address;
use lettre::address::Envelope;
use lettre::message::header::{self, Header, HeaderName, HeaderValue};
use lettre::message::{Mailboxes, Message, SinglePart};
use std::time::SystemTime;

/// The most identifiers that `References` carries: the first, which opens the thread, and the newest.
const MOST_REFERENCES: usize = 20;

/// A longer identifier is not repeated, since no header line may be longer than 998 characters (RFC 5322, section 2.1.1).
const LONGEST_ID: usize = 250;

/// The most characters of a display name.
const LONGEST_NAME: usize = 80;

/// The most characters of a subject.
const LONGEST_SUBJECT: usize = 150;

/// What makes a mail an automatic one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AutoKind {
    /// An automatic answer to a mail: the acknowledgement.
    Reply,
    /// A notice that the program writes of its own accord.
    Notice,
}

/// A mail that shall leave.
#[derive(Debug, Clone)]
pub struct Outgoing<'a> {
    /// Our Message-ID, without angle brackets.
    pub message_id: &'a str,
    /// The desk.
    pub from: &'a Mailbox,
    /// Recipients, at least one.
    pub to: &'a [Mailbox],
    /// The subject, in clear text.
    pub subject: &'a str,
    /// The body, in clear text.
    pub body: &'a str,
    /// The Message-ID of the mail that is answered.
    pub in_reply_to: Option<&'a str>,
    /// The `References` of the mail that is answered, oldest first; its own Message-ID is added.
    pub references: &'a [String],
    /// The `Date`.
    pub date: DateTime<FixedOffset>,
    /// Set for a mail that leaves without a person: it then has an empty envelope sender and the headers of RFC 3834.
    pub automatic: Option<AutoKind>,
}

/// A mail as it leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Header and body with CRLF line ends.
    pub bytes: Vec<u8>,
    /// The envelope sender; none is the null sender `<>`.
    pub envelope_from: Option<String>,
    /// The envelope recipients, each once, in the form that SMTP takes.
    pub envelope_to: Vec<String>,
}

/// Why a mail cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MimeError {
    /// An address that no mail server takes.
    #[error("メールアドレスとして使えません: {0}")]
    Address(String),
    /// An address with characters outside ASCII, which would need SMTPUTF8 on the whole way.
    #[error("メールアドレスに全角文字などの使えない文字があります: {0}")]
    NotAscii(String),
    /// Nobody to send to.
    #[error("宛先がありません")]
    NoRecipient,
    /// Nothing to send.
    #[error("本文が空です")]
    EmptyBody,
    /// A Message-ID that cannot stand in a header.
    #[error("Message-ID として使えません: {0}")]
    MessageId(String),
    /// The mail library refused.
    #[error("メールを組み立てられません: {0}")]
    Build(String),
}

/// Makes the bytes of a mail.
///
/// Names and subjects are made harmless: nothing in them can end a header line.
///
/// # Errors
/// An address or Message-ID that cannot stand in a mail, no recipient, or an empty body.
pub fn render(mail: &Outgoing<'_>) -> Result<Rendered, MimeError> {
    let body = clean::body(mail.body);
    if body.trim().is_empty() {
        return Err(MimeError::EmptyBody);
    }
    let id = bracketed(mail.message_id)
        .ok_or_else(|| MimeError::MessageId(clean::line(mail.message_id, 80)))?;
    let from = mailbox(mail.from)?;
    let to = recipients(mail.to)?;
    let addresses: Vec<Address> = to.iter().map(|m| m.email.clone()).collect();
    let sender = match mail.automatic {
        Some(_) => None,
        None => Some(from.email.clone()),
    };
    let envelope =
        Envelope::new(sender.clone(), addresses.clone()).map_err(|_| MimeError::NoRecipient)?;

    let mut builder = Message::builder()
        .from(from)
        .mailbox(header::To::from(to.into_iter().collect::<Mailboxes>()))
        .subject(clean::line(mail.subject, LONGEST_SUBJECT))
        .message_id(Some(id))
        .date(SystemTime::UNIX_EPOCH)
        .envelope(envelope);
    if let Some(parent) = mail.in_reply_to.and_then(bracketed) {
        builder = builder.in_reply_to(parent);
    }
    let references = references(mail.references, mail.in_reply_to);
    if !references.is_empty() {
        builder = builder.references(references.join(" "));
    }
    if let Some(kind) = mail.automatic {
        builder = builder
            .header(AutoSubmitted(kind))
            .header(SuppressAutoResponse);
    }
    let mut message = builder
        .singlepart(SinglePart::plain(body))
        .map_err(|e| MimeError::Build(e.to_string()))?;
    // The library writes dates in UTC only; the desk's own zone is set over it.
    message.headers_mut().insert_raw(HeaderValue::new(
        HeaderName::new_from_ascii_str("Date"),
        mail.date.to_rfc2822(),
    ));
    Ok(Rendered {
        bytes: message.formatted(),
        envelope_from: sender.map(|a| a.to_string()),
        envelope_to: addresses.iter().map(ToString::to_string).collect(),
    })
}

/// Checks one address as `render` does and gives it in the form that SMTP takes.
///
/// # Errors
/// An address that cannot stand in a mail.
pub fn check_address(address: &str) -> Result<String, MimeError> {
    parse_address(address).map(|a| a.to_string())
}

fn recipients(to: &[Mailbox]) -> Result<Vec<lettre::message::Mailbox>, MimeError> {
    let mut unique: Vec<lettre::message::Mailbox> = Vec::new();
    for recipient in to {
        let recipient = mailbox(recipient)?;
        let address: &str = recipient.email.as_ref();
        let known = |m: &lettre::message::Mailbox| {
            let other: &str = m.email.as_ref();
            other.eq_ignore_ascii_case(address)
        };
        if !unique.iter().any(known) {
            unique.push(recipient);
        }
    }
    if unique.is_empty() {
        return Err(MimeError::NoRecipient);
    }
    Ok(unique)
}

fn mailbox(from: &Mailbox) -> Result<lettre::message::Mailbox, MimeError> {
    let name = clean::line(&from.name, LONGEST_NAME);
    Ok(lettre::message::Mailbox::new(
        (!name.is_empty()).then_some(name),
        parse_address(&from.address)?,
    ))
}

fn parse_address(address: &str) -> Result<Address, MimeError> {
    let plain = address.trim();
    let shown = || clean::line(address, 80);
    if !plain.is_ascii() {
        return Err(MimeError::NotAscii(shown()));
    }
    if plain.chars().any(|c| c.is_ascii_control() || c == ' ') {
        return Err(MimeError::Address(shown()));
    }
    let (local, domain) = plain
        .rsplit_once('@')
        .ok_or_else(|| MimeError::Address(shown()))?;
    let refused = |_| MimeError::Address(shown());
    if let Ok(address) = Address::new(local, domain) {
        return Ok(address);
    }
    // Japanese mobile carriers gave out addresses with dots where RFC 5321 allows none; they are reached in quotes.
    let dotted = local
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+'));
    if dotted && local.chars().any(|c| c.is_ascii_alphanumeric()) {
        return Address::new(format!("\"{local}\""), domain).map_err(refused);
    }
    Err(MimeError::Address(shown()))
}

/// An identifier between angle brackets; none where it cannot stand in a header.
fn bracketed(id: &str) -> Option<String> {
    let id = id.trim();
    let id = id.strip_prefix('<').unwrap_or(id);
    let id = id.strip_suffix('>').unwrap_or(id);
    let fits = !id.is_empty()
        && id.len() <= LONGEST_ID
        && id
            .chars()
            .all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>'));
    fits.then(|| format!("<{id}>"))
}

fn references(older: &[String], parent: Option<&str>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for id in older.iter().map(String::as_str).chain(parent) {
        if let Some(id) = bracketed(id) {
            all.retain(|known| *known != id);
            all.push(id);
        }
    }
    let surplus = all.len().saturating_sub(MOST_REFERENCES);
    if surplus > 0 {
        all.drain(1..=surplus);
    }
    all
}

/// `Auto-Submitted` (RFC 3834, section 5).
#[derive(Clone)]
struct AutoSubmitted(AutoKind);

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        match text.trim() {
            "auto-replied" => Ok(AutoSubmitted(AutoKind::Reply)),
            "auto-generated" => Ok(AutoSubmitted(AutoKind::Notice)),
            other => Err(format!("unknown Auto-Submitted value {other}").into()),
        }
    }

    fn display(&self) -> HeaderValue {
        let value = match self.0 {
            AutoKind::Reply => "auto-replied",
            AutoKind::Notice => "auto-generated",
        };
        HeaderValue::new(Self::name(), value.to_owned())
    }
}

/// `X-Auto-Response-Suppress: All`, which Exchange and Outlook heed.
#[derive(Clone)]
struct SuppressAutoResponse;

impl Header for SuppressAutoResponse {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("X-Auto-Response-Suppress")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(SuppressAutoResponse)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "All".to_owned())
    }
}
