//! Everything in a folder from the cursor on, fetched and stored.
//!
//! One FETCH asks for many mails; they are stored in batches while the next ones arrive.

use super::{
    ImapError,
    keep::Keeper,
    names,
    session::{Selected, Session},
    told::Fetched,
};
use crate::store::{MailboxCursor, Received};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tokio::sync::mpsc;

/// Bounds of one transaction, mails and bytes.
const BATCH: (usize, u64) = (250, 4 * 1024 * 1024);

/// Bounds of one FETCH, mails and bytes.
const CHUNK: (usize, u64) = (2_000, 64 * 1024 * 1024);

/// A mail that the server lists and does not give out is tried over this many connections.
const TRIES: u32 = 3;

/// How the watched folder is read.
pub(super) struct Fetcher {
    pub(super) keeper: Keeper,
    /// The folder's name in the store.
    pub(super) folder: String,
    /// Of larger mails only the header is fetched, bytes.
    pub(super) size_limit: u64,
    /// How often a UID was refused, under the numbering of the number before it.
    refusals: HashMap<(u32, u32), u32>,
}

impl Fetcher {
    pub(super) fn new(keeper: Keeper, folder: String, size_limit_mb: u32) -> Self {
        Fetcher {
            keeper,
            folder,
            size_limit: u64::from(size_limit_mb) * 1_000_000,
            refusals: HashMap::new(),
        }
    }

    /// The cursor, at 1 where the folder is new or its numbering has changed.
    pub(super) async fn cursor(&self, selected: &Selected) -> Result<MailboxCursor, ImapError> {
        let stored = self.keeper.rooms.mailroom.cursor(&self.folder).await?;
        let cursor = MailboxCursor {
            uid_validity: selected.uid_validity,
            uid_next: 1,
        };
        match stored {
            Some(stored) if stored.uid_validity == selected.uid_validity => Ok(stored),
            Some(stored) => {
                tracing::info!(
                    folder = self.folder,
                    old = stored.uid_validity,
                    new = selected.uid_validity,
                    "the server has renumbered the folder; known mails are recognised"
                );
                self.keeper.store(&self.folder, vec![], cursor).await?;
                Ok(cursor)
            }
            None => {
                self.keeper.store(&self.folder, vec![], cursor).await?;
                Ok(cursor)
            }
        }
    }

    /// Fetches and stores what lies at and above the cursor.
    pub(super) async fn catch_up(
        &mut self,
        session: &mut Session,
        selected: &Selected,
    ) -> Result<Received, ImapError> {
        let cursor = self.cursor(selected).await?;
        session.news = false;
        let id = session
            .start_fetch(&format!("{}:*", cursor.uid_next), "UID RFC822.SIZE")
            .await?;
        let mut found = BTreeMap::new();
        while let Some(mail) = session.next_fetched(&id).await? {
            // `n:*` names the last mail even where its UID is below n.
            if mail.uid >= cursor.uid_next {
                found.insert(mail.uid, mail.size.unwrap_or(0));
            }
        }
        self.take(session, selected.uid_validity, found, None).await
    }

    /// Fetches and stores these mails (UID and size). `cursor`: where it stays meanwhile, for mails below it.
    pub(super) async fn take(
        &mut self,
        session: &mut Session,
        uid_validity: u32,
        found: BTreeMap<u32, u64>,
        cursor: Option<u32>,
    ) -> Result<Received, ImapError> {
        let mut total = Received::default();
        let mut rest = found.into_iter().peekable();
        while rest.peek().is_some() {
            let mut chunk = BTreeMap::new();
            let mut bytes = 0;
            while let Some((uid, size)) = rest.next_if(|(_, size)| {
                chunk.is_empty() || chunk.len() < CHUNK.0 && bytes + size <= CHUNK.1
            }) {
                bytes += size.min(self.size_limit);
                chunk.insert(uid, size);
            }
            let received = self.chunk(session, uid_validity, &chunk, cursor).await?;
            total.new += received.new;
            total.archived += received.archived;
            total.known += received.known;
        }
        Ok(total)
    }

    async fn chunk(
        &mut self,
        session: &mut Session,
        uid_validity: u32,
        chunk: &BTreeMap<u32, u64>,
        cursor: Option<u32>,
    ) -> Result<Received, ImapError> {
        let mut pending: BTreeSet<u32> = chunk.keys().copied().collect();
        let past = pending.last().map_or(1, |last| last.saturating_add(1));
        let (tx, rx) = mpsc::channel(2);
        let pull = pull(session, chunk, self.size_limit, &mut pending, cursor, tx);
        let (pulled, stored) = tokio::join!(pull, self.put(uid_validity, rx));
        let mut received = stored?;
        pulled?;
        if !pending.is_empty() {
            let late = self
                .one_by_one(session, uid_validity, chunk, &pending, cursor.is_none())
                .await?;
            let next = cursor.unwrap_or(past);
            let more = self
                .keeper
                .store(
                    &self.folder,
                    late,
                    MailboxCursor {
                        uid_validity,
                        uid_next: next,
                    },
                )
                .await?;
            received.new += more.new;
            received.archived += more.archived;
            received.known += more.known;
        }
        Ok(received)
    }

    /// Stores batches as they come.
    async fn put(
        &self,
        uid_validity: u32,
        mut batches: mpsc::Receiver<(Vec<Fetched>, u32)>,
    ) -> Result<Received, ImapError> {
        let mut total = Received::default();
        while let Some((mails, uid_next)) = batches.recv().await {
            let cursor = MailboxCursor {
                uid_validity,
                uid_next,
            };
            let received = self.keeper.store(&self.folder, mails, cursor).await?;
            total.new += received.new;
            total.archived += received.archived;
            total.known += received.known;
        }
        Ok(total)
    }

    /// Mails that were listed and did not come: deleted meanwhile, or refused by the server. Where the cursor is about to
    /// pass them (`patient`), they are first tried over further connections.
    async fn one_by_one(
        &mut self,
        session: &mut Session,
        uid_validity: u32,
        chunk: &BTreeMap<u32, u64>,
        pending: &BTreeSet<u32>,
        patient: bool,
    ) -> Result<Vec<Fetched>, ImapError> {
        let uids: Vec<u32> = pending.iter().copied().collect();
        let still_there = session
            .uid_search(&format!("UID {}", names::uid_set(&uids)))
            .await?;
        let mut late = Vec::new();
        let mut refused = Vec::new();
        for uid in still_there.into_iter().filter(|u| pending.contains(u)) {
            match single(session, uid, chunk.get(&uid).copied(), self.size_limit).await? {
                Some(mail) => late.push(mail),
                None => refused.push(uid),
            }
        }
        if patient && !refused.is_empty() {
            let tries = refused
                .iter()
                .map(|uid| {
                    let tries = self.refusals.entry((uid_validity, *uid)).or_insert(0);
                    *tries += 1;
                    *tries
                })
                .min();
            if tries.is_some_and(|n| n < TRIES) {
                return Err(ImapError::Withheld(names::uid_set(&refused)));
            }
        }
        self.report(uid_validity, &refused).await?;
        Ok(late)
    }

    /// Tells staff of mails that the server does not give out, each once.
    async fn report(&self, uid_validity: u32, uids: &[u32]) -> Result<(), ImapError> {
        let rooms = &self.keeper.rooms;
        for uid in uids {
            tracing::warn!(
                folder = self.folder,
                uid,
                "the server does not give out a mail"
            );
            rooms
                .panel
                .notify(
                    "mailbox_gap",
                    &format!("gap:{}:{uid_validity}:{uid}", self.folder),
                    &format!(
                        "フォルダー「{}」のメール1通（UID {uid}）をサーバーから取り出せません。メールソフトで直接ご確認ください。",
                        self.folder
                    ),
                    rooms.clock.now(),
                )
                .await?;
        }
        Ok(())
    }
}

/// One mail alone; none where the server refuses it, or even its header. A mail that is gone meanwhile counts as refused
/// and is found gone at the next try.
async fn single(
    session: &mut Session,
    uid: u32,
    size: Option<u64>,
    size_limit: u64,
) -> Result<Option<Fetched>, ImapError> {
    let whole = size.is_none_or(|s| s <= size_limit);
    let items = [
        (whole, "UID INTERNALDATE BODY.PEEK[]"),
        (true, "UID INTERNALDATE BODY.PEEK[HEADER]"),
    ];
    for (_, items) in items.into_iter().filter(|(wanted, _)| *wanted) {
        match session.fetch(&uid.to_string(), items).await {
            Ok(mails) => {
                let found = mails.into_iter().find(|m| m.uid == uid && m.text.is_some());
                if let Some(mut mail) = found {
                    mail.size = size;
                    return Ok(Some(mail));
                }
            }
            Err(ImapError::Refused { .. }) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(None)
}

/// Reads mails off the connection and hands them on in batches, each with the cursor that holds once it is stored: the
/// lowest UID that has not come. Takes what came out of `pending`.
async fn pull(
    session: &mut Session,
    chunk: &BTreeMap<u32, u64>,
    size_limit: u64,
    pending: &mut BTreeSet<u32>,
    cursor: Option<u32>,
    batches: mpsc::Sender<(Vec<Fetched>, u32)>,
) -> Result<(), ImapError> {
    let past = pending.last().map_or(1, |last| last.saturating_add(1));
    let (large, normal): (Vec<u32>, Vec<u32>) = chunk
        .keys()
        .copied()
        .partition(|uid| chunk.get(uid).is_some_and(|size| *size > size_limit));
    let mut batch: Vec<Fetched> = Vec::new();
    let mut bytes = 0;
    for (uids, items) in [
        (large, "UID INTERNALDATE BODY.PEEK[HEADER]"),
        (normal, "UID INTERNALDATE BODY.PEEK[]"),
    ] {
        if uids.is_empty() {
            continue;
        }
        let id = session.start_fetch(&names::uid_set(&uids), items).await?;
        loop {
            let mut mail = match session.next_fetched(&id).await {
                Ok(Some(mail)) => mail,
                // A refusal of one mail may end the whole command; the others are then asked for one by one.
                Ok(None) | Err(ImapError::Refused { .. }) => break,
                Err(other) => return Err(other),
            };
            if mail.text.is_none() || !pending.remove(&mail.uid) {
                continue;
            }
            mail.size = chunk.get(&mail.uid).copied().filter(|size| *size > 0);
            bytes += mail.text.as_ref().map_or(0, |t| t.len() as u64);
            batch.push(mail);
            if batch.len() >= BATCH.0 || bytes >= BATCH.1 {
                let next = cursor.or(pending.first().copied()).unwrap_or(past);
                bytes = 0;
                // Where nobody stores any more, the other side has the reason.
                if batches
                    .send((std::mem::take(&mut batch), next))
                    .await
                    .is_err()
                {
                    return Ok(());
                }
            }
        }
    }
    if !batch.is_empty() || pending.is_empty() {
        let next = cursor.or(pending.first().copied()).unwrap_or(past);
        drop(batches.send((batch, next)).await);
    }
    Ok(())
}
