//! Watches the folder of incoming mail for as long as the daemon runs.

use super::{
    ImapError, Rooms, Timing,
    connect::connect,
    fetch::Fetcher,
    keep::Keeper,
    reconcile::reconcile,
    session::{Selected, Session},
};
use crate::{
    clock::{backoff, random_bytes},
    config::MailboxSection,
    domain::message::Source,
};
use chrono::{DateTime, Utc};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// How it stands with a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// Not yet connected.
    Connecting,
    /// Connected, and everything that lay there is stored.
    Ready,
    /// Down, and why; it is tried again.
    Down(String),
}

/// The watcher of incoming mail.
pub struct Watcher {
    section: Arc<MailboxSection>,
    timing: Timing,
    fetcher: Fetcher,
    line: Line,
}

impl Watcher {
    /// A watcher, and how it stands. Mail that the server took before `answer_from` is archived.
    pub fn new(
        section: Arc<MailboxSection>,
        timing: Timing,
        rooms: Rooms,
        answer_from: DateTime<Utc>,
    ) -> (Watcher, watch::Receiver<Link>) {
        let (line, link) = Line::new(rooms.clone(), "受信箱の見張り");
        let keeper = Keeper {
            rooms,
            source: Source::Mail,
            answer_from,
        };
        let fetcher = Fetcher::new(keeper, section.folder.clone(), section.size_limit_mb);
        (
            Watcher {
                section,
                timing,
                fetcher,
                line,
            },
            link,
        )
    }

    /// Watches until it is cancelled; connects again after every failure.
    pub async fn run(mut self, cancel: CancellationToken) {
        while !cancel.is_cancelled() {
            let outcome = self.connection(&cancel).await;
            if let Err(error) = outcome {
                self.line.down(&error, &self.timing, &cancel).await;
            }
        }
    }

    async fn connection(&mut self, cancel: &CancellationToken) -> Result<(), ImapError> {
        let mut session = tokio::select! {
            () = cancel.cancelled() => return Ok(()),
            session = connect(&self.section, &self.timing) => session?,
        };
        let outcome = tokio::select! {
            () = cancel.cancelled() => Ok(()),
            outcome = self.work(&mut session) => outcome,
        };
        if outcome.is_ok() {
            session.goodbye(self.timing.goodbye).await;
        }
        outcome
    }

    async fn work(&mut self, session: &mut Session) -> Result<(), ImapError> {
        let selected = session.examine(&self.section.folder).await?;
        let received = self.fetcher.catch_up(session, &selected).await?;
        tracing::info!(
            folder = self.section.folder,
            new = received.new,
            archived = received.archived,
            known = received.known,
            idle = session.can("IDLE"),
            "mailbox connected"
        );
        self.line.ready();
        loop {
            reconcile(&mut self.fetcher, session, &selected).await?;
            let until = Instant::now() + self.timing.reconcile;
            while Instant::now() < until {
                self.wait(session, until).await?;
                if session.news {
                    self.burst(session, &selected).await?;
                }
            }
        }
    }

    /// Waits for news, or until it is time for something else.
    async fn wait(&mut self, session: &mut Session, until: Instant) -> Result<(), ImapError> {
        let left = until.saturating_duration_since(Instant::now());
        if session.can("IDLE") {
            let idle = session.idle(self.timing.idle.min(left), std::future::pending());
            match idle.await {
                Err(ImapError::Refused { .. }) => session.cannot("IDLE"),
                other => return other,
            }
        }
        tokio::time::sleep(self.timing.poll.min(left)).await;
        session.noop().await
    }

    /// Stores what came, and asks in quick succession for what may follow.
    async fn burst(&mut self, session: &mut Session, selected: &Selected) -> Result<(), ImapError> {
        let mut quiet_since = Instant::now();
        while quiet_since.elapsed() < self.timing.quick_for {
            if session.news {
                self.fetcher.catch_up(session, selected).await?;
                quiet_since = Instant::now();
            }
            tokio::time::sleep(self.timing.quick).await;
            session.noop().await?;
        }
        Ok(())
    }
}

/// A line to the server over all its connections: how it stands, when it is tried again, whom to tell.
pub(super) struct Line {
    rooms: Rooms,
    /// What the line is for, in the words of staff.
    purpose: &'static str,
    link: watch::Sender<Link>,
    attempt: u32,
    down_since: Option<(Instant, DateTime<Utc>)>,
}

impl Line {
    pub(super) fn new(rooms: Rooms, purpose: &'static str) -> (Line, watch::Receiver<Link>) {
        let (link, receiver) = watch::channel(Link::Connecting);
        (
            Line {
                rooms,
                purpose,
                link,
                attempt: 0,
                down_since: None,
            },
            receiver,
        )
    }

    /// The connection works.
    pub(super) fn ready(&mut self) {
        self.attempt = 0;
        self.down_since = None;
        self.link.send_replace(Link::Ready);
    }

    /// The connection failed: says so, tells staff once where it matters, waits.
    pub(super) async fn down(
        &mut self,
        error: &ImapError,
        timing: &Timing,
        cancel: &CancellationToken,
    ) {
        let (since, since_utc) = *self
            .down_since
            .get_or_insert_with(|| (Instant::now(), self.rooms.clock.now()));
        let (base, cap) = if error.is_login() {
            timing.login_backoff
        } else {
            timing.backoff
        };
        let dice = random_bytes::<8>().map_or(0, u64::from_ne_bytes);
        let wait = backoff(base, cap, self.attempt, dice);
        self.attempt = self.attempt.saturating_add(1);
        tracing::warn!(%error, wait_ms = wait.as_millis() as u64, "mailbox down");
        self.link.send_replace(Link::Down(error.to_string()));
        // A setting, a certificate or a password mends itself by no waiting.
        let lasting = error.is_login()
            || matches!(
                error,
                ImapError::Tls { .. } | ImapError::Setting(_) | ImapError::Folder { .. }
            );
        if lasting || since.elapsed() + wait >= timing.outage {
            self.tell(error, since_utc).await;
        }
        tokio::select! {
            () = cancel.cancelled() => {}
            () = tokio::time::sleep(wait.max(Duration::from_millis(1))) => {}
        }
    }

    /// Once an outage.
    async fn tell(&self, error: &ImapError, since: DateTime<Utc>) {
        let told = self
            .rooms
            .panel
            .notify(
                "mailbox_down",
                &format!("mailbox:{}:{}", self.purpose, since.timestamp_micros()),
                &format!("{}が止まっています。{error}", self.purpose),
                self.rooms.clock.now(),
            )
            .await;
        if let Err(error) = told {
            tracing::error!(%error, "staff could not be told that the mailbox is down");
        }
    }
}
