//! What the server tells, in our own words.

use super::{ImapError, error};
use async_imap::imap_proto::{
    AttributeValue, Capability, MailboxDatum, MessageSection, NameAttribute, Outcome, RequestId,
    Response, ResponseCode, SectionPath, Status,
};
use chrono::{DateTime, Utc};

/// One response.
#[derive(Debug, Clone)]
pub(super) enum Told {
    Capabilities(Vec<String>),
    /// The number of mails in the opened folder.
    Exists(u32),
    /// One mail fewer.
    Expunged,
    UidValidity(u32),
    UidNext(u32),
    Folder(Listed),
    /// What a search found.
    Found(Vec<u32>),
    Mail(Fetched),
    /// The server waits for what follows.
    GoOn,
    /// The end of a command: its tag, whether it was OK, the server's words.
    End(RequestId, bool, String),
    /// The server closes the connection, and why.
    Farewell(String),
    /// Words.
    Text(String),
    Other,
}

/// A folder in a list.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    /// As on the wire.
    pub(super) name: String,
    /// Marked by the server as its folder of sent mail (RFC 6154).
    pub(super) is_sent: bool,
    pub(super) selectable: bool,
}

/// What a FETCH told of a mail; what was not asked for, or did not come, is none.
#[derive(Debug, Clone, Default)]
pub(super) struct Fetched {
    pub(super) uid: u32,
    pub(super) size: Option<u64>,
    pub(super) received_at: Option<DateTime<Utc>>,
    pub(super) text: Option<Vec<u8>>,
    pub(super) header_only: bool,
}

impl Told {
    /// The outcome, where this ends the command `id`; `command` is named in the refusal.
    pub(super) fn ends(&self, id: &RequestId, command: &str) -> Option<Result<(), ImapError>> {
        match self {
            Told::End(tag, true, _) if tag == id => Some(Ok(())),
            Told::End(tag, false, words) if tag == id => Some(Err(ImapError::Refused {
                command: name(command),
                answer: words.clone(),
            })),
            _ => None,
        }
    }
}

impl From<&Response<'_>> for Told {
    fn from(response: &Response<'_>) -> Told {
        match response {
            Response::Capabilities(words) => {
                Told::Capabilities(words.iter().map(capability).collect())
            }
            Response::Expunge(_) => Told::Expunged,
            Response::Continue(_) => Told::GoOn,
            Response::Fetch(_, items) => fetched(items).map_or(Told::Other, Told::Mail),
            Response::Done {
                tag,
                status,
                outcome,
            } => Told::End(tag.clone(), *status == Status::Ok, words(outcome)),
            Response::Data {
                status: Status::Bye,
                outcome,
            } => Told::Farewell(words(outcome)),
            Response::Data { outcome, .. } => match outcome.code {
                Some(ResponseCode::UidValidity(n)) => Told::UidValidity(n),
                Some(ResponseCode::UidNext(n)) => Told::UidNext(n),
                _ => Told::Text(words(outcome)),
            },
            Response::MailboxData(MailboxDatum::Exists(n)) => Told::Exists(*n),
            Response::MailboxData(MailboxDatum::Search(uids)) => Told::Found(uids.clone()),
            Response::MailboxData(MailboxDatum::List(data)) => Told::Folder(Listed {
                name: data.name.to_string(),
                is_sent: data.name_attributes.contains(&NameAttribute::Sent),
                selectable: !data.name_attributes.contains(&NameAttribute::NoSelect),
            }),
            _ => Told::Other,
        }
    }
}

/// The name of a command without its arguments.
fn name(command: &str) -> String {
    let words = if command.starts_with("UID ") { 2 } else { 1 };
    let name: Vec<&str> = command.split(' ').take(words).collect();
    name.join(" ")
}

fn words(outcome: &Outcome<'_>) -> String {
    error::plain(outcome.information.as_deref().unwrap_or_default())
}

fn capability(word: &Capability<'_>) -> String {
    match word {
        Capability::Imap4rev1 => "IMAP4REV1".to_owned(),
        Capability::Auth(mechanism) => format!("AUTH={}", mechanism.to_ascii_uppercase()),
        Capability::Atom(word) => word.to_ascii_uppercase(),
    }
}

fn fetched(items: &[AttributeValue<'_>]) -> Option<Fetched> {
    let mut mail = Fetched::default();
    for item in items {
        match item {
            AttributeValue::Uid(uid) => mail.uid = *uid,
            AttributeValue::Rfc822Size(size) => mail.size = Some(u64::from(*size)),
            AttributeValue::InternalDate(text) => {
                // The day may be padded with a blank.
                mail.received_at = DateTime::parse_from_str(text.trim(), "%d-%b-%Y %H:%M:%S %z")
                    .ok()
                    .map(|at| at.with_timezone(&Utc));
            }
            AttributeValue::BodySection {
                section: None,
                data: Some(text),
                ..
            } => mail.text = Some(text.to_vec()),
            AttributeValue::BodySection {
                section: Some(SectionPath::Full(MessageSection::Header)),
                data: Some(text),
                ..
            } => {
                mail.text = Some(text.to_vec());
                mail.header_only = true;
            }
            _ => {}
        }
    }
    // Without a UID it is news of flags, which nobody asked for.
    (mail.uid > 0).then_some(mail)
}
