//! The folder of sent mail: what people send from their own mail clients is stored, what we send is copied there, and it
//! can be asked whether a mail has left.

use super::{
    ImapError, Rooms, Timing,
    connect::connect,
    fetch::Fetcher,
    keep::Keeper,
    names,
    session::{Selected, Session},
    watch::{Line, Link},
};
use crate::{
    config::MailboxSection,
    domain::{message::Source, outbox::SentFolder},
    store::MailboxCursor,
    wake::Wake,
};
use anyhow::Context as _;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use std::{collections::HashSet, sync::Arc};
use tokio::sync::{mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;

/// Copies put into the folder between two looks at it.
const COPIES: u32 = 20;

struct Question {
    message_id: String,
    answer: oneshot::Sender<Result<bool, ImapError>>,
}

/// Asks the folder.
#[derive(Clone)]
pub struct SentHandle {
    questions: mpsc::Sender<Question>,
    limit: std::time::Duration,
}

#[async_trait]
impl SentFolder for SentHandle {
    async fn contains(&self, message_id: &str) -> anyhow::Result<bool> {
        let (answer, receiver) = oneshot::channel();
        let question = Question {
            message_id: message_id.to_owned(),
            answer,
        };
        let asked = async {
            self.questions.send(question).await.ok()?;
            receiver.await.ok()
        };
        tokio::time::timeout(self.limit, asked)
            .await
            .ok()
            .flatten()
            .context("送信済みフォルダーに今は接続できません")?
            .map_err(Into::into)
    }
}

/// The keeper of the folder of sent mail.
pub struct SentKeeper {
    section: Arc<MailboxSection>,
    timing: Timing,
    rooms: Rooms,
    answer_from: DateTime<Utc>,
    /// Called when a mail has left.
    left: Wake,
    questions: mpsc::Receiver<Question>,
    line: Line,
}

impl SentKeeper {
    /// A keeper, whom to ask, and how it stands. `left` is called when a mail has left and waits to be copied.
    pub fn new(
        section: Arc<MailboxSection>,
        timing: Timing,
        rooms: Rooms,
        answer_from: DateTime<Utc>,
        left: Wake,
    ) -> (SentKeeper, SentHandle, watch::Receiver<Link>) {
        let (questions, receiver) = mpsc::channel(16);
        let handle = SentHandle {
            questions,
            limit: timing.connect + timing.answer,
        };
        let (line, link) = Line::new(rooms.clone(), "送信済みフォルダーの見張り");
        let keeper = SentKeeper {
            section,
            timing,
            rooms,
            answer_from,
            left,
            questions: receiver,
            line,
        };
        (keeper, handle, link)
    }

    /// Keeps the folder until it is cancelled; connects again after every failure.
    pub async fn run(mut self, cancel: CancellationToken) {
        while !cancel.is_cancelled() {
            if let Err(error) = self.connection(&cancel).await {
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
        let folder = find_or_create(session, &self.section.sent_folder).await?;
        let selected = session.examine(&folder).await?;
        let keeper = Keeper {
            rooms: self.rooms.clone(),
            source: Source::Sent,
            answer_from: self.answer_from,
        };
        let mut fetcher = Fetcher::new(keeper, folder.clone(), self.section.size_limit_mb);
        self.skip_history(session, &fetcher, &selected).await?;
        let mut refused = HashSet::new();
        loop {
            // Register first: a mail that leaves during the work below is seen after it.
            let left = self.left.listen(self.timing.idle);
            self.copy(session, &folder, &mut refused).await?;
            fetcher.catch_up(session, &selected).await?;
            self.line.ready();
            let question = self.wait(session, left).await?;
            if let Some(question) = question {
                let outcome = contains(session, &question.message_id).await;
                let failed = outcome.is_err();
                drop(question.answer.send(outcome));
                if failed {
                    return Err(ImapError::Lost("送信済みフォルダーを検索できません".into()));
                }
            }
        }
    }

    /// At the first sight of the folder, years of sent mail say nothing about open cases.
    async fn skip_history(
        &self,
        session: &mut Session,
        fetcher: &Fetcher,
        selected: &Selected,
    ) -> Result<(), ImapError> {
        let mailroom = &self.rooms.mailroom;
        if mailroom.cursor(&fetcher.folder).await?.is_some() {
            return Ok(());
        }
        // SEARCH compares days in the server's time zone.
        let day = self.answer_from - chrono::Duration::days(2);
        let recent = session
            .uid_search(&format!("SINCE {}", day.format("%-d-%b-%Y")))
            .await?;
        let uid_next = match (recent.first(), selected.uid_next) {
            (Some(first), _) => *first,
            (None, Some(next)) => next,
            (None, None) => 1,
        };
        let cursor = MailboxCursor {
            uid_validity: selected.uid_validity,
            uid_next,
        };
        fetcher
            .keeper
            .store(&fetcher.folder, vec![], cursor)
            .await?;
        Ok(())
    }

    /// Puts what left into the folder, unless it lies there already. A mail that the server does not take is told to staff
    /// and left alone until the next connection; it holds up no other.
    async fn copy(
        &self,
        session: &mut Session,
        folder: &str,
        refused: &mut HashSet<i64>,
    ) -> Result<(), ImapError> {
        if !self.section.copy_to_sent {
            return Ok(());
        }
        loop {
            let limit = COPIES + u32::try_from(refused.len()).unwrap_or(u32::MAX);
            let mut waiting = self.rooms.outbox.uncopied(limit).await?;
            waiting.retain(|entry| !refused.contains(&entry.id));
            if waiting.is_empty() {
                return Ok(());
            }
            for entry in &waiting {
                if !contains(session, &entry.message_id).await? {
                    match session.append(folder, &entry.mime).await {
                        Err(ImapError::Refused { answer, .. }) => {
                            refused.insert(entry.id);
                            self.report(folder, entry.id, &answer).await?;
                            continue;
                        }
                        other => other?,
                    }
                }
                let now = self.rooms.clock.now();
                self.rooms.outbox.copied(entry.id, now).await?;
            }
        }
    }

    async fn report(&self, folder: &str, id: i64, answer: &str) -> Result<(), ImapError> {
        tracing::warn!(
            outbox = id,
            "the server does not take a copy of a sent mail"
        );
        self.rooms
            .panel
            .notify(
                "sent_copy",
                &format!("sent_copy:{id}"),
                &format!(
                    "送信したメール（送信番号 {id}）の控えを「{folder}」に入れられません: {answer}。メールの送信は済んでいます。容量と権限を確かめてください。"
                ),
                self.rooms.clock.now(),
            )
            .await?;
        Ok(())
    }

    /// Waits for news of the server, a mail that left, or a question.
    async fn wait(
        &mut self,
        session: &mut Session,
        left: impl Future<Output = ()>,
    ) -> Result<Option<Question>, ImapError> {
        let mut asked = None;
        let questions = &mut self.questions;
        let interrupt = async {
            tokio::select! {
                question = questions.recv() => match question {
                    Some(question) => asked = Some(question),
                    // Nobody can ask any more.
                    None => std::future::pending().await,
                },
                () = left => {}
            }
        };
        if session.can("IDLE") {
            match session.idle(self.timing.idle, interrupt).await {
                Err(ImapError::Refused { .. }) => session.cannot("IDLE"),
                Err(other) => return Err(other),
                Ok(()) => {}
            }
        } else {
            drop(tokio::time::timeout(self.timing.poll, interrupt).await);
            session.noop().await?;
        }
        Ok(asked)
    }
}

async fn contains(session: &mut Session, message_id: &str) -> Result<bool, ImapError> {
    // A search looks at the folder as it was told to us last; what others put there must be told first.
    session.noop().await?;
    let found = session
        .uid_search(&format!("HEADER Message-ID {}", names::quoted(message_id)))
        .await?;
    Ok(!found.is_empty())
}

/// The folder as the server calls it: under its own name, below the namespace's prefix, or the one that the server marks
/// as its folder of sent mail. Where there is none it is made.
pub(super) async fn find(
    session: &mut Session,
    wanted: &str,
) -> Result<(Option<String>, String), ImapError> {
    let listed = session.list("*").await?;
    let there = |name: &str| {
        let wire = names::encode(name);
        listed.iter().any(|l| l.name == wire && l.selectable)
    };
    let prefix = session
        .namespace()
        .await?
        .map_or(String::new(), |(prefix, _)| prefix);
    let below = if wanted.starts_with(&prefix) {
        wanted.to_owned()
    } else {
        format!("{prefix}{wanted}")
    };
    for name in [wanted, &*below] {
        if there(name) {
            return Ok((Some(name.to_owned()), below.clone()));
        }
    }
    let marked = listed
        .iter()
        .find(|l| l.is_sent && l.selectable)
        .map(|l| names::decode(&l.name));
    Ok((marked, below))
}

async fn find_or_create(session: &mut Session, wanted: &str) -> Result<String, ImapError> {
    let (found, below) = find(session, wanted).await?;
    if let Some(found) = found {
        return Ok(found);
    }
    session.create(&below).await?;
    Ok(below)
}
