//! From a fetched mail to a stored one.

use super::{
    ImapError,
    header::{self, fingerprint},
    told::Fetched,
};
use crate::{
    clock::Clock,
    domain::message::Source,
    store::{Incoming, MailboxCursor, Mailroom, Outbox, Panel, Received},
    wake::Wake,
};
use chrono::{DateTime, Utc};
use std::sync::Arc;

/// What a watcher works with.
#[derive(Clone)]
pub struct Rooms {
    /// Where mails are stored.
    pub mailroom: Arc<dyn Mailroom>,
    /// What leaves: for copies into the folder of sent mail, and to know our own mails there.
    pub outbox: Arc<dyn Outbox>,
    /// Where staff are told.
    pub panel: Arc<dyn Panel>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Called when a mail has come in.
    pub wake: Wake,
}

/// Stores what comes out of one folder.
pub(super) struct Keeper {
    pub(super) rooms: Rooms,
    pub(super) source: Source,
    /// Older mail is only kept.
    pub(super) answer_from: DateTime<Utc>,
}

impl Keeper {
    /// Stores a batch and moves the cursor, in one transaction; wakes who waits for mail.
    pub(super) async fn store(
        &self,
        folder: &str,
        mails: Vec<Fetched>,
        cursor: MailboxCursor,
    ) -> Result<Received, ImapError> {
        let now = self.rooms.clock.now();
        let mut batch = Vec::with_capacity(mails.len());
        for mail in mails {
            let mail = self.incoming(mail, now);
            if !self.is_own(&mail).await? {
                batch.push(mail);
            }
        }
        let received = self
            .rooms
            .mailroom
            .receive(folder, &batch, cursor, now)
            .await?;
        if received.new > 0 {
            crate::faults::point("intake.stored");
            self.rooms.wake.call();
        }
        Ok(received)
    }

    fn incoming(&self, mail: Fetched, now: DateTime<Utc>) -> Incoming {
        let raw = mail.text.unwrap_or_default();
        let size = mail.size.unwrap_or(raw.len() as u64);
        let received_at = mail.received_at.unwrap_or(now);
        Incoming {
            source: self.source,
            dedupe: fingerprint(self.source, &raw, mail.header_only.then_some(size)),
            message_id: header::message_id(header::split(&raw).0),
            received_at,
            size,
            header_only: mail.header_only,
            archived: received_at < self.answer_from,
            uid: Some(mail.uid),
            origin: None,
            raw,
        }
    }

    /// A copy of what we sent ourselves is no news.
    async fn is_own(&self, mail: &Incoming) -> Result<bool, ImapError> {
        match (&mail.message_id, self.source) {
            (Some(id), Source::Sent) => Ok(self.rooms.outbox.by_message_id(id).await?.is_some()),
            _ => Ok(false),
        }
    }
}
