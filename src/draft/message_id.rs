//! Our own Message-IDs, signed: an answer or a bounce that quotes one is known, and a guessed one is refused.
//!
//! The form is `mg1.<kind>.<reference>.<mac>@<domain>`. Everything in it is lower case, so that programs which change the
//! case of an identifier do no harm; a reference with other characters is written with `=hh` escapes.

use crate::domain::outbox::OutboxKind;
use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// The version of the form, and the first part of every identifier.
const VERSION: &str = "mg1";

/// How many bytes of the HMAC are kept: 80 bits.
const MAC_BYTES: usize = 10;

/// A longer text is no identifier of ours.
const LONGEST: usize = 512;

/// What left under a Message-ID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutKind {
    /// The automatic acknowledgement.
    Acknowledgement,
    /// A draft that staff approved.
    Answer,
    /// A notice of the program to staff.
    Notice,
}

impl From<OutboxKind> for OutKind {
    fn from(kind: OutboxKind) -> Self {
        match kind {
            OutboxKind::Acknowledgement => OutKind::Acknowledgement,
            OutboxKind::Answer => OutKind::Answer,
        }
    }
}

impl OutKind {
    /// The letter that stands in the identifier.
    pub const fn letter(self) -> &'static str {
        match self {
            OutKind::Acknowledgement => "a",
            OutKind::Answer => "r",
            OutKind::Notice => "n",
        }
    }

    fn from_letter(letter: &str) -> Option<Self> {
        match letter {
            "a" => Some(OutKind::Acknowledgement),
            "r" => Some(OutKind::Answer),
            "n" => Some(OutKind::Notice),
            _ => None,
        }
    }
}

/// What a verified Message-ID says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// What left under it.
    pub kind: OutKind,
    /// The reference that it was signed with.
    pub reference: String,
}

/// The Message-ID, without angle brackets, of what leaves under `reference` (an opaque key of the caller).
pub fn sign(key: &[u8; 32], kind: OutKind, reference: &str, domain: &str) -> String {
    let reference = escape(reference);
    let domain = domain.trim().to_lowercase();
    let payload = payload(kind, &reference, &domain);
    let mac: String = mac(key, &payload)
        .finalize()
        .into_bytes()
        .iter()
        .take(MAC_BYTES)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{VERSION}.{}.{reference}.{mac}@{domain}", kind.letter())
}

/// What a Message-ID says, where it is one that `sign` made with the same key; nothing otherwise.
///
/// Angle brackets, blanks around it and a changed case are tolerated.
pub fn verify(key: &[u8; 32], id: &str) -> Option<Signed> {
    if id.len() > LONGEST {
        return None;
    }
    let id = id.trim();
    let id = id.strip_prefix('<').unwrap_or(id);
    let id = id.strip_suffix('>').unwrap_or(id).trim().to_lowercase();
    let (local, domain) = id.rsplit_once('@')?;
    let (front, tag) = local.rsplit_once('.')?;
    let mut parts = front.splitn(3, '.');
    if parts.next()? != VERSION {
        return None;
    }
    let kind = OutKind::from_letter(parts.next()?)?;
    let reference = parts.next()?;
    let tag = from_hex(tag).filter(|tag| tag.len() == MAC_BYTES)?;
    mac(key, &payload(kind, reference, domain))
        .verify_truncated_left(&tag)
        .ok()?;
    Some(Signed {
        kind,
        reference: unescape(reference)?,
    })
}

fn payload(kind: OutKind, reference: &str, domain: &str) -> String {
    format!("{VERSION}\n{}\n{reference}\n{domain}", kind.letter())
}

fn mac(key: &[u8; 32], payload: &str) -> Hmac<Sha256> {
    // HMAC pads a key shorter than its block of 64 bytes with zeros: the padded block is the same key.
    let mut block = [0; 64];
    for (to, from) in block.iter_mut().zip(key) {
        *to = *from;
    }
    let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
    mac.update(payload.as_bytes());
    mac
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_')
}

fn escape(reference: &str) -> String {
    let mut out = String::with_capacity(reference.len());
    for byte in reference.bytes() {
        if is_plain(byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("={byte:02x}"));
        }
    }
    out
}

fn unescape(reference: &str) -> Option<String> {
    let mut out = Vec::with_capacity(reference.len());
    let mut bytes = reference.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'=' {
            let pair = [bytes.next()?, bytes.next()?];
            out.push(*from_hex(std::str::from_utf8(&pair).ok()?)?.first()?);
        } else if is_plain(byte) {
            out.push(byte);
        } else {
            return None;
        }
    }
    String::from_utf8(out).ok()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) {
        return None;
    }
    let digits: Option<Vec<u8>> = text
        .chars()
        .map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok()))
        .collect();
    Some(
        digits?
            .chunks(2)
            .map(|pair| pair.iter().fold(0, |sum, digit| sum * 16 + digit))
            .collect(),
    )
}
