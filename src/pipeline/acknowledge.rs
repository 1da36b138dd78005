//! Whether a message is acknowledged, and with what. RFC 3834 and the layers that the trusted systems add to it: headers
//! alone do not stop a loop, so persons and subjects are counted too.

use super::{
    Pipeline,
    take_in::{Considered, number_of},
};
use crate::{
    domain::{
        message::{DoubtKind, InboundMessage, Mailbox, ReturnPath, Source},
        outbox::OutboxKind,
        wish::MessageKind,
    },
    draft::{
        self, AutoKind, OutKind, Outgoing, Unread,
        compose::{self, Setting},
        message_id, mime,
    },
    store::{Facts, NewOutbox, TakenIn},
};
use chrono::Duration;

/// The same sender with the same subject this often in an hour is a loop.
const SAME_SUBJECT: u32 = 3;

/// The reason that makes staff look.
pub(super) const AGAIN_AND_AGAIN: &str = "the same subject again and again";

impl Pipeline {
    /// The acknowledgement, or why there is none.
    pub(super) fn acknowledgement(
        &self,
        c: &Considered<'_>,
        taken: &TakenIn,
    ) -> Result<NewOutbox, String> {
        if c.stored.source != Source::Mail {
            return Err("not a mail".into());
        }
        if let Some(why) = forbidden(&c.mail) {
            return Err(why);
        }
        // An answer to a forged sender reaches somebody who never wrote.
        if c.doubts.iter().any(|d| d.kind == DoubtKind::Forged) {
            return Err("the sender is not proven".into());
        }
        if let Some(why) = self.counted_out(&c.facts, c.now) {
            return Err(why);
        }
        if c.reading.kind == MessageKind::OptOut {
            return Err("opt-out".into());
        }
        let number = number_of(c, taken);
        let setting = Setting {
            desk: &self.desk,
            case_number: &number,
            subject: &c.mail.subject,
        };
        let unread = if c.stored.header_only {
            Unread::TooLarge
        } else if c.mail.attachments.iter().any(|a| a.text.is_none()) {
            Unread::Attachment
        } else {
            Unread::Nothing
        };
        let mut input = compose::acknowledge(setting, c.now, &c.reading, unread)
            .ok_or("a kind that gets no acknowledgement")?;
        if !sure(&c.mail) {
            input.understood.clear();
        }
        let text = draft::acknowledgement(&input).map_err(|e| e.to_string())?;
        let reference = format!("a{}", c.stored.id);
        let id = message_id::sign(
            &self.key,
            OutKind::Acknowledgement,
            &reference,
            self.desk.domain(),
        );
        let name = match c.reading.language {
            crate::domain::wish::Language::Ja => &self.desk.name,
            _ => &self.desk.name_en,
        };
        let rendered = mime::render(&Outgoing {
            message_id: &id,
            from: &Mailbox {
                name: name.clone(),
                address: self.desk.address.clone(),
            },
            to: std::slice::from_ref(&c.mail.from),
            subject: &text.subject,
            body: &text.body,
            in_reply_to: c.mail.message_id.as_deref(),
            references: &c.mail.references,
            date: c.now.with_timezone(&self.desk.time_zone).fixed_offset(),
            automatic: Some(AutoKind::Reply),
        })
        .map_err(|e| crate::domain::person::mask_in_text(&e.to_string()))?;
        Ok(NewOutbox {
            kind: OutboxKind::Acknowledgement,
            dedupe: format!("acknowledgement:{}", c.stored.id),
            message_id: id,
            envelope_from: rendered.envelope_from,
            recipients: rendered.envelope_to,
            mime: rendered.bytes,
            due: c.now,
        })
    }

    /// Limits that count: one a person and day, few a week, a stop when the same subject comes again and again.
    fn counted_out(&self, facts: &Facts, now: chrono::DateTime<chrono::Utc>) -> Option<String> {
        if facts.opted_out {
            return Some("the person wants no mail".into());
        }
        if facts.blocked.is_some() {
            return Some("the address is blocked".into());
        }
        if facts.same_subject_in_hour >= SAME_SUBJECT {
            return Some(AGAIN_AND_AGAIN.into());
        }
        if facts
            .acknowledged_at
            .is_some_and(|at| now - at < Duration::hours(24))
        {
            return Some("acknowledged within 24 hours".into());
        }
        if facts.automatic_in_week >= self.send.automatic_per_person_week {
            return Some("enough automatic mails this week".into());
        }
        None
    }
}

/// What the message itself forbids.
fn forbidden(mail: &InboundMessage) -> Option<String> {
    if mail.automatic.is_automatic {
        return Some(format!("automatic: {}", mail.automatic.reason));
    }
    if let Some(why) = &mail.no_answer {
        return Some(why.clone());
    }
    match &mail.return_path {
        ReturnPath::Null => return Some("null return path".into()),
        ReturnPath::Missing => return Some("no return path".into()),
        ReturnPath::Address(_) => {}
    }
    if mail.authors.len() > 1 {
        return Some("several authors".into());
    }
    if !mail.from.address.contains('@') {
        return Some("no address to answer to".into());
    }
    None
}

/// Whether the bytes were read without doubt, so that what was understood may be repeated.
fn sure(mail: &InboundMessage) -> bool {
    !mail.new_text.contains('\u{fffd}')
}
