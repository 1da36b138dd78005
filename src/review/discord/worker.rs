//! Keeps Discord in step with the store: cards that are not up to date, notices that nobody was told. Work lies in rows;
//! whoever changes them calls, and a look every other second finds what was changed from another program.

use super::{
    ALARM, Chat,
    fault::{Fault, Tried},
    origin,
    place::{self, Shown, once},
    reconcile, render, thread,
};
use crate::{
    domain::{case::CaseState, draft::DraftState, message::Source},
    review::card::{Beside, Card, Scene, gather, harmless::markdown},
    store::{CardPlace, CaseDetail, Notice},
};
use serenity::all::ChannelId;
use std::hash::{Hash as _, Hasher as _};
use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio_util::sync::CancellationToken;

/// The store is looked at at least this often.
const LOOK: Duration = Duration::from_secs(2);
/// So long a pass may go on when the program ends.
const GRACE: Duration = Duration::from_secs(2);
/// So many rows are taken at a time.
const ROWS: u32 = 50;
/// After so many rows in a row that met a fault, Discord is taken to be down.
const GIVE_UP: u32 = 3;

/// A row that met a fault waits alone; it does not hold up the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Row {
    Card(i64),
    Notice(i64),
}

pub(super) struct Worker {
    chat: Arc<Chat>,
    waiting: HashMap<Row, (u32, Instant)>,
    /// What each card was last seen to show, so that a change that nobody would see is not sent.
    prints: HashMap<i64, String>,
    session: u64,
}

/// Why a row could not be worked off.
enum Trouble {
    Discord(Fault),
    Store(anyhow::Error),
}

impl From<Fault> for Trouble {
    fn from(f: Fault) -> Self {
        Trouble::Discord(f)
    }
}

impl From<crate::store::StoreError> for Trouble {
    fn from(e: crate::store::StoreError) -> Self {
        Trouble::Store(e.into())
    }
}

impl Worker {
    pub(super) fn new(chat: Arc<Chat>) -> Self {
        Worker {
            chat,
            waiting: HashMap::new(),
            prints: HashMap::new(),
            session: 0,
        }
    }

    /// Works until `cancel`.
    pub(super) async fn run(mut self, cancel: CancellationToken) -> anyhow::Result<()> {
        loop {
            let woken = self.chat.reviewer.wake.listen(LOOK);
            let session = self.chat.session.listen(LOOK);
            let connected = *self.chat.sessions.borrow() > 0;
            if connected {
                let mut pass = std::pin::pin!(self.pass());
                tokio::select! {
                    () = cancel.cancelled() => {
                        // What is half done is finished if that is soon: a transaction given up in the middle costs its connection.
                        let _ = tokio::time::timeout(GRACE, pass).await;
                        return Ok(());
                    }
                    passed = &mut pass => match passed {
                        Err(Trouble::Discord(Fault::Refused(why))) => anyhow::bail!(why),
                        Err(Trouble::Discord(why)) => tracing::warn!(%why, "Discord does not answer; trying again"),
                        Err(Trouble::Store(e)) => tracing::error!("the store cannot be read: {e:#}"),
                        Ok(()) => {}
                    },
                }
            }
            tokio::select! {
                () = cancel.cancelled() => return Ok(()),
                () = woken => {}
                () = session => {}
            }
        }
    }

    async fn pass(&mut self) -> Result<(), Trouble> {
        let session = *self.chat.sessions.borrow();
        if session != self.session {
            reconcile::cards(&self.chat)
                .await
                .map_err(Trouble::Store)??;
            self.prints.clear();
            self.chat.reviewer.store.set_meta(ALARM, "").await?;
            self.session = session;
        }
        let mut failed_in_a_row = 0;
        for card in self.chat.reviewer.store.stale_cards(ROWS).await? {
            if self.must_wait(Row::Card(card.case_id)) {
                continue;
            }
            let shown = self.card(card.clone()).await;
            self.note(Row::Card(card.case_id), shown, &mut failed_in_a_row)?;
        }
        for notice in self.chat.reviewer.store.untold(ROWS).await? {
            if self.must_wait(Row::Notice(notice.id)) {
                continue;
            }
            let told = self.notice(&notice).await;
            self.note(Row::Notice(notice.id), told, &mut failed_in_a_row)?;
        }
        Ok(())
    }

    fn must_wait(&self, row: Row) -> bool {
        self.waiting
            .get(&row)
            .is_some_and(|(_, until)| *until > Instant::now())
    }

    /// Goes on after a row: a refusal ends everything, a store that fails ends the pass, other faults only delay the row.
    fn note(
        &mut self,
        row: Row,
        done: Result<(), Trouble>,
        failed: &mut u32,
    ) -> Result<(), Trouble> {
        let why = match done {
            Ok(()) => {
                self.waiting.remove(&row);
                *failed = 0;
                return Ok(());
            }
            Err(Trouble::Discord(why)) if !matches!(why, Fault::Refused(_)) => why,
            Err(other) => return Err(other),
        };
        let tries = self.waiting.get(&row).map_or(0, |(n, _)| *n);
        let wait = Duration::from_secs(1)
            .saturating_mul(2u32.saturating_pow(tries.min(10)))
            .min(Duration::from_secs(300));
        self.waiting.insert(row, (tries + 1, Instant::now() + wait));
        tracing::warn!(%why, ?row, "could not be shown; trying again in {} s", wait.as_secs());
        *failed += 1;
        if *failed >= GIVE_UP {
            return Err(Trouble::Discord(why));
        }
        Ok(())
    }

    async fn card(&mut self, mut place: CardPlace) -> Result<(), Trouble> {
        let chat = self.chat.clone();
        let r = &chat.reviewer;
        let up_to_date = place.wanted;
        let Some(detail) = r.store.case(place.case_id).await? else {
            place.shown = up_to_date;
            return Ok(r.store.card_shown(place).await?);
        };
        let closed = matches!(
            detail.summary.state,
            CaseState::Rejected | CaseState::Withdrawn
        );
        if closed && place.message_id.is_none() {
            place.shown = up_to_date;
            return Ok(r.store.card_shown(place).await?);
        }
        let beside = gather(r.store.as_ref(), &detail).await?;
        let card = Card::of(
            &detail,
            &beside,
            r.review.suggestions,
            r.desk.time_zone,
            r.clock.now(),
        );
        let origin = origin::of(&detail);
        let message = self.show(&mut place, &card, origin.is_some()).await?;
        if place.thread_id.is_none() {
            let opened = thread::open(&chat, &card, message, origin).await?;
            place.thread_id = Some(opened);
            r.store.card_shown(place.clone()).await?;
            if opened != message {
                // The card names a thread that does not hang on it.
                self.show(&mut place, &card, true).await?;
            }
        }
        if let Some(id) = place.thread_id.filter(|id| *id > 0) {
            let private = origin.is_none_or(|o| o.staff) || id == message;
            match fill(&chat, ChannelId::new(id), &detail, &beside, private).await {
                Err(Trouble::Discord(Fault::Gone)) => {
                    // Somebody deleted the thread: another is started at the next try.
                    place.thread_id = None;
                    r.store.card_shown(place).await?;
                    return Err(Trouble::Discord(Fault::Gone));
                }
                other => other?,
            }
        }
        place.shown = up_to_date;
        Ok(r.store.card_shown(place).await?)
    }

    async fn show(
        &mut self,
        place: &mut CardPlace,
        card: &Card,
        elsewhere: bool,
    ) -> Result<u64, Trouble> {
        let thread = place.thread_id.filter(|_| elsewhere);
        let shown = Shown::of(card, thread.filter(|t| Some(*t) != place.message_id));
        let print = shown.print();
        if let Some(id) = place.message_id
            && self.prints.get(&card.case_id) == Some(&print)
        {
            return Ok(id);
        }
        let id = place::show(&self.chat, place, &shown).await?;
        if place.message_id != Some(id) {
            place.message_id = Some(id);
            self.chat.reviewer.store.card_shown(place.clone()).await?;
        }
        self.prints.insert(card.case_id, print);
        Ok(id)
    }

    async fn notice(&self, notice: &Notice) -> Result<(), Trouble> {
        let r = &self.chat.reviewer;
        let place = match notice.case_id {
            Some(case_id) => r.store.card(case_id).await?,
            None => None,
        };
        let detail = match notice.case_id {
            Some(case_id) => r.store.case(case_id).await?,
            None => None,
        };
        let open = detail
            .as_ref()
            .is_none_or(|d| origin::of(d).is_none_or(|o| o.staff));
        let thread = place
            .and_then(|p| p.thread_id)
            .filter(|id| *id > 0 && open)
            .map(ChannelId::new);
        let text = markdown(&notice.text, render::CONTENT - 100);
        let said = once(format!("n{}", notice.id)).content(&text);
        let told = match thread {
            Some(thread) => thread::say(&self.chat, thread, said).await,
            None => Err(Fault::Gone),
        };
        match told {
            Err(Fault::Gone) => {
                let number = detail
                    .map(|d| format!("【{}】", d.summary.number))
                    .unwrap_or_default();
                let said = once(format!("n{}c", notice.id)).content(format!("{number}{text}"));
                place::post(&self.chat, self.chat.house.review, said).await?;
            }
            other => other?,
        }
        Ok(r.store.told(notice.id, r.clock.now()).await?)
    }
}

/// Puts into the thread what is not there yet: what was understood of the intake channel's messages, and the newest draft
/// where the thread is for staff alone.
async fn fill(
    chat: &Chat,
    thread: ChannelId,
    detail: &CaseDetail,
    beside: &Beside,
    private: bool,
) -> Result<(), Trouble> {
    let store = &chat.reviewer.store;
    let number = &detail.summary.number;
    for message in &detail.messages {
        if message.source != Source::Chat || message.reading.is_none() {
            continue;
        }
        let key = format!("discord:understood:{}", message.id);
        if store.meta(&key).await?.is_none() {
            thread::understanding(chat, thread, message, number).await?;
            store.set_meta(&key, "told").await?;
        }
    }
    let Some(draft) = detail.draft.as_ref().filter(|_| private) else {
        return Ok(());
    };
    let key = format!("discord:draft:{}", detail.summary.id);
    let posted: u32 = store
        .meta(&key)
        .await?
        .and_then(|v| v.parse().ok())
        .unwrap_or(0);
    if draft.revision > posted {
        let said: Tried<()> = thread::draft(chat, thread, draft, number).await;
        said?;
        store.set_meta(&key, &draft.revision.to_string()).await?;
    }
    if draft.state == DraftState::Open {
        picture(chat, thread, detail, beside).await?;
    }
    Ok(())
}

/// Posts the picture of the suggestions where it would show something that the last one did not.
async fn picture(
    chat: &Chat,
    thread: ChannelId,
    detail: &CaseDetail,
    beside: &Beside,
) -> Result<(), Trouble> {
    let (Some(scene), Some(draft)) = (Scene::of(detail, beside), &detail.draft) else {
        return Ok(());
    };
    let store = &chat.reviewer.store;
    let key = format!("discord:picture:{}", detail.summary.id);
    // A new version that says the same is the same picture.
    let mut said = std::hash::DefaultHasher::new();
    if let Some(w) = &detail.wishes {
        for item in &w.profile {
            format!("{} {}", item.field, item.value).hash(&mut said);
        }
        for item in &w.wishes {
            format!("{} {} {}", item.field, item.value, item.strength).hash(&mut said);
        }
    }
    let shows = format!("{:x} {}", said.finish(), draft.suggestions.join(" "));
    if store.meta(&key).await?.as_deref() == Some(shows.as_str()) {
        return Ok(());
    }
    let said: Tried<()> = thread::picture(chat, thread, scene, draft).await;
    said?;
    Ok(store.set_meta(&key, &shows).await?)
}
