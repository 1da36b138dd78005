//! A watcher over a real store, with every batch recorded.

use crate::support::{self, dovecot::PASSWORD};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use madoguchi::{
    clock::SystemClock,
    config::{MailboxSection, Tls},
    domain::outbox::{DeliveryStatus, OutboxEntry, OutboxKind},
    intake::imap::{Link, Rooms, SentHandle, SentKeeper, Timing, Watcher},
    store::{
        self, BounceEffect, Incoming, MailboxCursor, Mailroom, Notice, Outbox, Panel as _,
        Received, Release, SqlStore,
    },
    wake::Wake,
};
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Long enough for a busy machine; tests that work do not wait for it.
pub const SOON: Duration = Duration::from_secs(20);

/// Waits as short as a test wants them.
pub fn timing() -> Timing {
    Timing {
        backoff: (Duration::from_millis(20), Duration::from_millis(100)),
        login_backoff: (Duration::from_millis(50), Duration::from_millis(200)),
        poll: Duration::from_millis(20),
        ..Timing::new(1)
    }
}

/// A mailbox section for a server on loopback.
pub fn section(port: u16) -> MailboxSection {
    let mut section: MailboxSection =
        toml::from_str("host = \"127.0.0.1\"\nuser = \"md\"\ntls = \"none\"").unwrap();
    section.port = port;
    section.tls = Tls::None;
    section.password = Some(PASSWORD.to_owned().into());
    section
}

/// A mail with its own Message-ID and body.
pub fn mail(n: usize) -> Vec<u8> {
    format!(
        "From: \"Dr. {n}\" <doctor@example.com>\r\nTo: md@example.jp\r\nSubject: =?UTF-8?B?55u46KuH?= {n}\r\n\
         Date: Sat, 21 Nov 2026 10:00:00 +0900\r\nMessage-ID: <{n}@example.com>\r\n\r\n通勤30分以内を希望します。{n}\r\n"
    )
    .into_bytes()
}

/// What is recorded of a stored mail.
#[derive(Debug, Clone)]
pub struct Kept {
    pub mail: Incoming,
    pub folder: String,
    pub at: Instant,
}

/// The store, and a record of what went in.
pub struct Recorder {
    pub store: SqlStore,
    kept: Mutex<Vec<Kept>>,
    /// Sums over all batches.
    totals: Mutex<Received>,
    pub cursors: Mutex<Vec<MailboxCursor>>,
    /// UIDs that are taken for not stored, as if a row were lost.
    pub forgotten: Mutex<BTreeSet<u32>>,
}

#[async_trait]
impl Mailroom for Recorder {
    async fn cursor(&self, folder: &str) -> store::Result<Option<MailboxCursor>> {
        self.store.cursor(folder).await
    }

    async fn receive(
        &self,
        folder: &str,
        batch: &[Incoming],
        cursor: MailboxCursor,
        now: DateTime<Utc>,
    ) -> store::Result<Received> {
        let received = self.store.receive(folder, batch, cursor, now).await?;
        let at = Instant::now();
        self.kept.lock().unwrap().extend(batch.iter().map(|m| Kept {
            mail: m.clone(),
            folder: folder.to_owned(),
            at,
        }));
        self.cursors.lock().unwrap().push(cursor);
        let mut totals = self.totals.lock().unwrap();
        totals.new += received.new;
        totals.archived += received.archived;
        totals.known += received.known;
        Ok(received)
    }

    async fn receive_one(&self, incoming: &Incoming, now: DateTime<Utc>) -> store::Result<bool> {
        self.store.receive_one(incoming, now).await
    }

    async fn case_of(&self, dedupe: &str) -> store::Result<Option<i64>> {
        self.store.case_of(dedupe).await
    }

    async fn stored_uids(&self, folder: &str, uid_validity: u32) -> store::Result<Vec<u32>> {
        let mut uids = self.store.stored_uids(folder, uid_validity).await?;
        let forgotten = std::mem::take(&mut *self.forgotten.lock().unwrap());
        uids.retain(|u| !forgotten.contains(u));
        Ok(uids)
    }
}

/// An outbox of mails that have left.
#[derive(Default)]
pub struct Left {
    pub entries: Mutex<Vec<OutboxEntry>>,
    pub copied: Mutex<Vec<i64>>,
}

impl Left {
    pub fn add(&self, message_id: &str) -> Vec<u8> {
        let mut entries = self.entries.lock().unwrap();
        let mime = format!(
            "From: md@example.jp\r\nTo: doctor@example.com\r\nSubject: answer\r\nMessage-ID: <{message_id}>\r\n\r\n拝受しました\r\n"
        )
        .into_bytes();
        let id = entries.len() as i64 + 1;
        entries.push(OutboxEntry {
            id,
            kind: OutboxKind::Answer,
            case_id: None,
            draft_id: None,
            person_id: None,
            message_id: message_id.to_owned(),
            envelope_from: None,
            recipients: vec!["doctor@example.com".into()],
            mime: mime.clone(),
            status: DeliveryStatus::Completed,
            due: Utc::now(),
            attempts: 1,
            handed_over: false,
            error: None,
        });
        mime
    }
}

#[async_trait]
impl Outbox for Left {
    async fn uncopied(&self, limit: u32) -> store::Result<Vec<OutboxEntry>> {
        let copied = self.copied.lock().unwrap();
        let entries = self.entries.lock().unwrap();
        Ok(entries
            .iter()
            .filter(|e| !copied.contains(&e.id))
            .take(limit as usize)
            .cloned()
            .collect())
    }
    async fn copied(&self, id: i64, _: DateTime<Utc>) -> store::Result<()> {
        self.copied.lock().unwrap().push(id);
        Ok(())
    }
    async fn by_message_id(&self, message_id: &str) -> store::Result<Option<OutboxEntry>> {
        let entries = self.entries.lock().unwrap();
        Ok(entries.iter().find(|e| e.message_id == message_id).cloned())
    }
    async fn next_release(&self, _: DateTime<Utc>) -> store::Result<Option<Release>> {
        unimplemented!()
    }
    async fn claim(&self, _: i64, _: DateTime<Utc>) -> store::Result<bool> {
        unimplemented!()
    }
    async fn handing_over(&self, _: i64) -> store::Result<()> {
        unimplemented!()
    }
    async fn completed(&self, _: i64, _: DateTime<Utc>) -> store::Result<()> {
        unimplemented!()
    }
    async fn failed_for_now(&self, _: i64, _: &str, _: DateTime<Utc>) -> store::Result<()> {
        unimplemented!()
    }
    async fn failed_for_good(
        &self,
        _: i64,
        _: &str,
        _: &[String],
        _: &str,
        _: DateTime<Utc>,
    ) -> store::Result<()> {
        unimplemented!()
    }
    async fn uncertain(&self, _: i64, _: &str, _: &str, _: DateTime<Utc>) -> store::Result<()> {
        unimplemented!()
    }
    async fn withheld(
        &self,
        _: i64,
        _: &str,
        _: Option<&str>,
        _: DateTime<Utc>,
    ) -> store::Result<()> {
        unimplemented!()
    }
    async fn postponed(&self, _: i64, _: DateTime<Utc>) -> store::Result<()> {
        unimplemented!()
    }
    async fn in_flight(&self) -> store::Result<Vec<OutboxEntry>> {
        unimplemented!()
    }
    async fn requeue(&self, _: i64, _: DateTime<Utc>) -> store::Result<()> {
        unimplemented!()
    }
    async fn uncertain_entries(&self) -> store::Result<Vec<OutboxEntry>> {
        unimplemented!()
    }
    async fn outbox_entry(&self, _: i64) -> store::Result<Option<OutboxEntry>> {
        unimplemented!()
    }
    async fn bounced(
        &self,
        _: i64,
        _: &str,
        _: &str,
        _: bool,
        _: &str,
        _: DateTime<Utc>,
    ) -> store::Result<BounceEffect> {
        unimplemented!()
    }
}

/// A desk that may watch, stop and watch again.
pub struct Desk {
    pub record: Arc<Recorder>,
    pub left: Arc<Left>,
    pub section: MailboxSection,
    pub timing: Timing,
    pub answer_from: DateTime<Utc>,
    pub wake: Wake,
    pub left_wake: Wake,
    panel: Arc<SqlStore>,
    _folder: TempDir,
}

impl Desk {
    pub async fn new(section: MailboxSection) -> Desk {
        // In a file, since a watcher that is stopped may take its connection with it, and a store in memory is gone then.
        let folder = TempDir::new().unwrap();
        let url = format!("sqlite:{}", folder.path().join("mailbox.db").display());
        let store = store::open(&url).await.unwrap();
        Desk {
            record: Arc::new(Recorder {
                store,
                kept: Mutex::default(),
                totals: Mutex::default(),
                cursors: Mutex::default(),
                forgotten: Mutex::default(),
            }),
            left: Arc::default(),
            section,
            timing: timing(),
            answer_from: DateTime::UNIX_EPOCH,
            wake: Wake::default(),
            left_wake: Wake::default(),
            panel: Arc::new(store::open("sqlite::memory:").await.unwrap()),
            _folder: folder,
        }
    }

    fn rooms(&self) -> Rooms {
        Rooms {
            mailroom: self.record.clone(),
            outbox: self.left.clone(),
            panel: self.panel.clone(),
            clock: Arc::new(SystemClock),
            wake: self.wake.clone(),
        }
    }

    /// Starts watching INBOX.
    pub fn watch(&self) -> Running {
        let (watcher, link) = Watcher::new(
            Arc::new(self.section.clone()),
            self.timing.clone(),
            self.rooms(),
            self.answer_from,
        );
        let cancel = CancellationToken::new();
        let task = tokio::spawn(watcher.run(cancel.clone()));
        Running { cancel, task, link }
    }

    /// Starts watching, and waits until everything that lay there is stored.
    pub async fn watch_ready(&self) -> Running {
        let mut running = self.watch();
        running.ready().await;
        running
    }

    /// Starts keeping the folder of sent mail.
    pub async fn keep_sent(&self) -> (Running, SentHandle) {
        let (keeper, handle, link) = SentKeeper::new(
            Arc::new(self.section.clone()),
            self.timing.clone(),
            self.rooms(),
            self.answer_from,
            self.left_wake.clone(),
        );
        let cancel = CancellationToken::new();
        let task = tokio::spawn(keeper.run(cancel.clone()));
        let mut running = Running { cancel, task, link };
        running.ready().await;
        (running, handle)
    }

    /// What was handed to the store, in order.
    pub fn kept(&self) -> Vec<Kept> {
        self.record.kept.lock().unwrap().clone()
    }

    /// New, archived and known mails so far.
    pub fn totals(&self) -> (usize, usize, usize) {
        let t = *self.record.totals.lock().unwrap();
        (t.new, t.archived, t.known)
    }

    /// Waits until `n` mails were handed to the store.
    pub async fn wait_kept(&self, n: usize) -> Vec<Kept> {
        support::eventually(&format!("{n} mails stored"), SOON, || async {
            Some(self.kept()).filter(|k| k.len() >= n)
        })
        .await
    }

    pub async fn notices(&self) -> Vec<Notice> {
        self.panel.recent_notices(100).await.unwrap()
    }

    pub async fn wait_notice(&self, word: &str) -> Notice {
        support::eventually(&format!("a notice with {word}"), SOON, || async {
            let notices = self.notices().await;
            notices.into_iter().find(|n| n.text.contains(word))
        })
        .await
    }
}

/// A task that watches.
pub struct Running {
    cancel: CancellationToken,
    task: tokio::task::JoinHandle<()>,
    link: watch::Receiver<Link>,
}

impl Running {
    pub async fn ready(&mut self) {
        let ready = self.link.wait_for(|l| *l == Link::Ready);
        let outcome = tokio::time::timeout(SOON, ready).await.map(|r| r.is_ok());
        assert_eq!(outcome, Ok(true), "{:?}", *self.link.borrow());
    }

    /// Waits until it is down, and says why.
    pub async fn down(&mut self) -> String {
        let down = self.link.wait_for(|l| matches!(l, Link::Down(_)));
        match &*tokio::time::timeout(SOON, down).await.unwrap().unwrap() {
            Link::Down(why) => why.clone(),
            other => panic!("{other:?}"),
        }
    }

    /// Ends it; it must be gone within two seconds.
    pub async fn stop(self) {
        self.cancel.cancel();
        tokio::time::timeout(Duration::from_secs(2), self.task)
            .await
            .expect("the watcher ends within two seconds")
            .unwrap();
    }
}
