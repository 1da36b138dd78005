//! Looking at a mailbox without storing anything: for `check` and `rehearse`.

use super::{ImapError, Timing, connect::connect, names, sent, session::Session, told::Fetched};
use crate::config::MailboxSection;
use chrono::{DateTime, Utc};
use std::collections::VecDeque;

/// What a look at the mailbox found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// Mails in the watched folder.
    pub messages: u32,
    /// The server tells of new mail by itself.
    pub idle: bool,
    /// The folder of sent mail as it will be used; none where it does not exist yet and will be made.
    pub sent_folder: Option<String>,
}

/// Connects, logs in and looks at the folders. Changes nothing.
///
/// # Errors
/// What is wrong, with what to do.
pub async fn probe(section: &MailboxSection) -> Result<Probe, ImapError> {
    let timing = Timing::new(section.poll_seconds);
    let mut session = connect(section, &timing).await?;
    let selected = session.examine(&section.folder).await?;
    let (sent_folder, _) = sent::find(&mut session, &section.sent_folder).await?;
    let idle = session.can("IDLE");
    session.goodbye(timing.goodbye).await;
    Ok(Probe {
        messages: selected.exists,
        idle,
        sent_folder,
    })
}

/// A mail as it lies in the mailbox.
#[derive(Debug, Clone)]
pub struct RawMail {
    /// Its UID.
    pub uid: u32,
    /// When the server took it.
    pub received_at: Option<DateTime<Utc>>,
    /// The size on the server, bytes.
    pub size: u64,
    /// Only the header was fetched, since it is over the size limit.
    pub header_only: bool,
    /// The bytes.
    pub raw: Vec<u8>,
}

/// Reads all mails of the watched folder one after the other, oldest first. Changes and stores nothing.
pub struct Reader {
    session: Session,
    timing: Timing,
    size_limit: u64,
    /// Mails still to be fetched, UID and size.
    waiting: VecDeque<(u32, u64)>,
    fetched: VecDeque<RawMail>,
    /// Older mails are left out.
    since: Option<DateTime<Utc>>,
}

impl Reader {
    /// Opens the folder.
    ///
    /// # Errors
    /// What is wrong, with what to do.
    pub async fn open(
        section: &MailboxSection,
        since: Option<DateTime<Utc>>,
    ) -> Result<Reader, ImapError> {
        let timing = Timing::new(section.poll_seconds);
        let mut session = connect(section, &timing).await?;
        session.examine(&section.folder).await?;
        let criteria = since.map_or("ALL".to_owned(), |since| {
            // SEARCH compares days in the server's time zone.
            let day = since - chrono::Duration::days(2);
            format!("SINCE {}", day.format("%-d-%b-%Y"))
        });
        let uids = session.uid_search(&criteria).await?;
        let mut waiting = VecDeque::with_capacity(uids.len());
        for uids in uids.chunks(1_000) {
            for mail in session
                .fetch(&names::uid_set(uids), "UID RFC822.SIZE")
                .await?
            {
                waiting.push_back((mail.uid, mail.size.unwrap_or(0)));
            }
        }
        Ok(Reader {
            session,
            timing,
            size_limit: u64::from(section.size_limit_mb) * 1_000_000,
            waiting,
            fetched: VecDeque::new(),
            since,
        })
    }

    /// How many mails are left at most.
    pub fn left(&self) -> usize {
        self.waiting.len() + self.fetched.len()
    }

    /// The next mail; none at the end.
    ///
    /// # Errors
    /// Where the connection fails.
    pub async fn next(&mut self) -> Result<Option<RawMail>, ImapError> {
        while self.fetched.is_empty() && !self.waiting.is_empty() {
            self.refill().await?;
        }
        Ok(self.fetched.pop_front())
    }

    async fn refill(&mut self) -> Result<(), ImapError> {
        let limit = self.size_limit;
        let Some((_, first)) = self.waiting.front().copied() else {
            return Ok(());
        };
        let large = first > limit;
        let mut sizes = std::collections::HashMap::new();
        let mut bytes = 0;
        while let Some((uid, size)) = self.waiting.pop_front_if(|(_, size)| {
            sizes.is_empty() || ((*size > limit) == large && bytes + *size < 4_000_000)
        }) {
            bytes += size;
            sizes.insert(uid, size);
        }
        let mut uids: Vec<u32> = sizes.keys().copied().collect();
        uids.sort_unstable();
        let items = if large {
            "UID INTERNALDATE BODY.PEEK[HEADER]"
        } else {
            "UID INTERNALDATE BODY.PEEK[]"
        };
        let mut mails: Vec<Fetched> = self.session.fetch(&names::uid_set(&uids), items).await?;
        mails.sort_unstable_by_key(|m| m.uid);
        for mail in mails {
            let (Some(raw), Some(size)) = (mail.text, sizes.get(&mail.uid)) else {
                continue;
            };
            let old =
                matches!((mail.received_at, self.since), (Some(at), Some(since)) if at < since);
            if !old {
                self.fetched.push_back(RawMail {
                    uid: mail.uid,
                    received_at: mail.received_at,
                    size: *size,
                    header_only: mail.header_only,
                    raw,
                });
            }
        }
        Ok(())
    }

    /// Says goodbye to the server.
    pub async fn close(self) {
        self.session.goodbye(self.timing.goodbye).await;
    }
}
