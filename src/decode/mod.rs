//! Bytes to [`InboundMessage`]: structure, charsets, whose words they are, and whether a person wrote them.
//!
//! Parts and values are read from the raw bytes here, since Japanese mail declares its charsets wrongly and cuts its encoded
//! words inside characters; dates and the rarer charsets are mail-parser's. Nothing fails: what could not be read stands in
//! `problems`.

mod absent;
mod address;
mod attachment;
mod auth;
mod automatic;
mod binhex;
mod body;
mod bounce;
mod charset;
mod date;
mod flowed;
mod header;
mod html;
mod params;
mod reply;
mod rtf;
mod signed;
mod structure;
mod tnef;
mod transfer;
mod uu;
mod word;

pub(crate) use auth::same_organisation;

use crate::domain::message::{InboundMessage, Mailbox, ReturnPath};
use body::{Body, Walk};
use header::Headers;
use std::borrow::Cow;

/// How much of a mail is read, and whom to trust about its sender.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Parts that are visited.
    pub max_parts: usize,
    /// Depth of parts within parts.
    pub max_depth: usize,
    /// Characters of text that are kept, of the body and of each file.
    pub max_text_chars: usize,
    /// The `authserv-id`s of our own mail servers: only their `Authentication-Results` count.
    pub trusted_authserv: Vec<String>,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            max_parts: 1_000,
            max_depth: 40,
            max_text_chars: 500_000,
            trusted_authserv: Vec::new(),
        }
    }
}

/// Decodes a mail.
pub fn decode(raw: &[u8], limits: &Limits) -> InboundMessage {
    decode_by(raw, limits, Walk::new(limits)).0
}

/// Decodes a mail and gives the bytes of its attachments, in their order.
pub fn decode_with_files(raw: &[u8], limits: &Limits) -> (InboundMessage, Vec<Vec<u8>>) {
    decode_by(raw, limits, Walk::new(limits).keeping_files())
}

fn decode_by(raw: &[u8], limits: &Limits, walk: Walk<'_>) -> (InboundMessage, Vec<Vec<u8>>) {
    let raw = with_line_feeds(without_envelope(raw));
    let (headers, content) = structure::split(&raw);
    if headers.is_empty() {
        return (unreadable(&raw), Vec::new());
    }
    let mut problems = Vec::new();
    let mut body = walk.run(&headers, content);
    let files = std::mem::take(&mut body.files);
    let mut decoded = read_headers(&headers, limits, &mut problems);
    fill(&mut decoded, &headers, body, problems);
    (decoded, files)
}

/// The text of a file that says nothing of its charset.
pub fn plain_text(bytes: &[u8]) -> String {
    charset::decode(bytes, None).text
}

/// Decodes the header of a mail whose body was too big to fetch.
pub fn header_only(raw: &[u8]) -> InboundMessage {
    let raw = with_line_feeds(without_envelope(raw));
    let (headers, _) = structure::split(&raw);
    if headers.is_empty() {
        return unreadable(&raw);
    }
    let mut problems = vec!["only the header was read".to_owned()];
    let mut decoded = read_headers(&headers, &Limits::default(), &mut problems);
    fill(&mut decoded, &headers, Body::default(), problems);
    decoded
}

/// Mail of old Macintoshes ends its lines with a carriage return alone.
fn with_line_feeds(raw: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memchr(b'\n', raw).is_some() || memchr::memchr(b'\r', raw).is_none() {
        return Cow::Borrowed(raw);
    }
    let mut lines = raw.to_vec();
    for byte in &mut lines {
        if *byte == b'\r' {
            *byte = b'\n';
        }
    }
    Cow::Owned(lines)
}

/// What has no header at all is taken as text.
fn unreadable(raw: &[u8]) -> InboundMessage {
    let decoded = charset::decode(raw, None);
    let text = body::unix_lines(decoded.text);
    let what = if raw.is_empty() {
        "empty mail"
    } else {
        "no header found: taken as text"
    };
    InboundMessage {
        new_text: text.trim().to_owned(),
        text,
        problems: std::iter::once(what.to_owned())
            .chain(decoded.problem)
            .collect(),
        ..InboundMessage::default()
    }
}

/// Without the `From ` line of an mbox file, a byte order mark and blank lines in front.
fn without_envelope(raw: &[u8]) -> &[u8] {
    let raw = raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw);
    let trimmed = raw.trim_ascii_start();
    let begins = trimmed.starts_with(b"From ") || trimmed.starts_with(b">From ");
    match memchr::memchr(b'\n', trimmed) {
        Some(end) if begins => trimmed.get(end + 1..).unwrap_or_default(),
        _ => trimmed,
    }
}

fn read_headers(
    headers: &Headers<'_>,
    limits: &Limits,
    problems: &mut Vec<String>,
) -> InboundMessage {
    let mut addresses = |name: &str| -> Vec<Mailbox> {
        let mut problem = None;
        let list = headers
            .all(name)
            .flat_map(|field| address::parse(field.raw, &mut problem))
            .collect();
        if let Some(problem) = problem {
            problems.push(format!("{name}: {problem}"));
        }
        list
    };
    let mut authors = addresses("From");
    if authors.is_empty() {
        authors = addresses("Sender");
    }
    let to = addresses("To");
    let cc = addresses("Cc");
    let reply_to = addresses("Reply-To");
    let from = authors
        .iter()
        .find(|author| author.address.contains('@'))
        .or(authors.first())
        .cloned()
        .unwrap_or_default();
    let ids = |name: &str| {
        headers
            .value(name)
            .map(|value| message_ids(&value))
            .unwrap_or_default()
    };
    let subject = headers.text("Subject", problems).unwrap_or_default();
    let date_value = headers.value("Date");
    let date = date_value.as_deref().and_then(date::parse);
    if date_value.is_some() && date.is_none() {
        problems.push("unreadable Date".to_owned());
    }
    if !from.address.contains('@') {
        problems.push("From names no address".to_owned());
    }
    InboundMessage {
        message_id: ids("Message-ID").into_iter().next(),
        auth: auth::read(headers, &from, &limits.trusted_authserv),
        from,
        to,
        cc,
        reply_to,
        subject,
        date,
        in_reply_to: ids("In-Reply-To").into_iter().next(),
        references: ids("References"),
        return_path: return_path(headers),
        authors: if authors.len() > 1 {
            authors
        } else {
            Vec::new()
        },
        ..InboundMessage::default()
    }
}

fn return_path(headers: &Headers<'_>) -> ReturnPath {
    let Some(value) = headers.value("Return-Path") else {
        return ReturnPath::Missing;
    };
    let address = value.trim_matches(['<', '>', ' ', '"']);
    if address.is_empty() {
        ReturnPath::Null
    } else {
        ReturnPath::Address(address.to_owned())
    }
}

/// Message ids without their brackets.
fn message_ids(value: &str) -> Vec<String> {
    let mut ids = Vec::new();
    let mut rest = value;
    while let Some((_, after)) = rest.split_once('<') {
        let Some((id, next)) = after.split_once('>') else {
            break;
        };
        let id: String = id.chars().filter(|c| !c.is_whitespace()).collect();
        if !id.is_empty() {
            ids.push(id);
        }
        rest = next;
    }
    if ids.is_empty() {
        ids.extend(
            value
                .split_whitespace()
                .map(|word| word.trim_matches(['<', '>', '"']).to_owned())
                .find(|word| !word.is_empty()),
        );
    }
    ids
}

/// What follows from the text: new words, machine or person, report, absence.
fn fill(
    decoded: &mut InboundMessage,
    headers: &Headers<'_>,
    mut body: Body,
    mut problems: Vec<String>,
) {
    let report = bounce::read(
        headers,
        &body,
        &decoded.from,
        &decoded.to,
        &decoded.subject,
        &decoded.return_path,
    );
    let facts = automatic::Facts {
        headers,
        body: &body,
        from: &decoded.from,
        subject: &decoded.subject,
        return_path: &decoded.return_path,
        is_bounce: report.as_ref().map(|report| report.reason),
    };
    let judged = automatic::judge(&facts);
    decoded.no_answer = automatic::no_answer(&facts, &judged);
    decoded.automatic = judged;
    decoded.bounce = report.map(|report| report.bounce);
    let answers = decoded.in_reply_to.is_some() || is_reply(&decoded.subject);
    let parted = reply::part(
        &body.text,
        reply::Envelope {
            sender: &decoded.from.name,
            keeps_quotes: !answers || is_forward(&decoded.subject),
        },
    );
    decoded.absent_until = absent::until(decoded, &parted.new_text);
    decoded.new_text = parted.new_text;
    decoded.answers = parted.answers;
    decoded.signature = parted.signature;
    problems.append(&mut body.problems);
    problems.extend(parted.problems);
    decoded.text = body.text;
    decoded.attachments = body.attachments;
    decoded.problems = problems;
}

fn is_reply(subject: &str) -> bool {
    let subject = subject.trim().to_lowercase();
    ["re:", "re：", "re[", "re^", "返信:", "返信：", "aw:", "sv:"]
        .iter()
        .any(|prefix| subject.starts_with(prefix))
}

fn is_forward(subject: &str) -> bool {
    let subject = subject.trim().to_lowercase();
    ["fw:", "fwd:", "fw：", "fwd：", "転送:", "転送：", "[fwd:"]
        .iter()
        .any(|prefix| subject.starts_with(prefix))
}
