//! Takes due rows of the outbox one by one.

use super::{
    gate::{self, Verdict},
    settle,
    transport::{Delivery, Handover, Transport},
};
use crate::{
    clock::{Clock, backoff},
    config,
    domain::{
        outbox::{OutboxEntry, OutboxKind, SentFolder},
        person::{mask_address, mask_in_text},
    },
    draft::staff,
    faults,
    store::{Release, Result, Store},
    wake::Wake,
};
use async_trait::async_trait;
use chrono::Duration;
use std::sync::Arc;

/// The first wait after a failure; it doubles up to [`LONGEST`].
const FIRST: std::time::Duration = std::time::Duration::from_secs(5);
const LONGEST: std::time::Duration = std::time::Duration::from_secs(3600);

/// Sends what is due.
pub struct Sender {
    /// Where the outbox is.
    pub store: Arc<dyn Store>,
    /// The way out.
    pub transport: Arc<dyn Transport>,
    /// Where copies of what left lie, for settling what a cut connection left open.
    pub sent: Option<Arc<dyn SentFolder>>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Who the desk is.
    pub desk: config::Desk,
    /// Brakes.
    pub limits: config::Send,
    /// Called when something left or failed.
    pub wake: Wake,
}

struct Record<'a> {
    store: &'a dyn Store,
    id: i64,
}

#[async_trait]
impl Handover for Record<'_> {
    async fn record(&self) -> anyhow::Result<()> {
        self.store.handing_over(self.id).await?;
        faults::point("send.handing_over");
        Ok(())
    }
}

impl Sender {
    /// Settles what the last run left in flight.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn settle(&self) -> Result<()> {
        settle::settle_in_flight(
            &*self.store,
            &*self.transport,
            self.sent.as_deref(),
            self.clock.now(),
        )
        .await
    }

    /// Handles the next due entry. False where none is due.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn step(&self) -> Result<bool> {
        let now = self.clock.now();
        let Some(release) = self.store.next_release(now).await? else {
            return Ok(false);
        };
        let id = release.entry.id;
        match gate::verdict(&release, &self.desk, &self.limits, now) {
            Verdict::Wait(until) => {
                self.store.postponed(id, until).await?;
                // Once an hour while the brake holds.
                let hour = now.timestamp() / 3600;
                let text = staff::braked(self.limits.acknowledgements_per_hour);
                self.store
                    .notify("braked", &format!("braked:{hour}"), &text, now)
                    .await?;
            }
            Verdict::Withhold(reason) => {
                let notice = (release.entry.kind == OutboxKind::Answer).then_some(reason.as_str());
                self.store.withheld(id, &reason, notice, now).await?;
            }
            Verdict::Go => {
                if self.store.claim(id, now).await? {
                    faults::point("send.claimed");
                    self.attempt(&release).await?;
                }
            }
        }
        self.wake.call();
        Ok(true)
    }

    async fn attempt(&self, release: &Release) -> Result<()> {
        let entry = &release.entry;
        let record = Record {
            store: &*self.store,
            id: entry.id,
        };
        let delivery = self.transport.send(entry, &record).await;
        let now = self.clock.now();
        match delivery {
            Delivery::Accepted { refused } => {
                faults::point("send.accepted");
                self.store.completed(entry.id, now).await?;
                faults::point("send.recorded");
                tracing::info!(outbox = entry.id, kind = %entry.kind, "left");
                for (address, words) in refused {
                    let text = self
                        .told(entry, |number, _| {
                            staff::refused(number, &mask_address(&address), &mask_in_text(&words))
                        })
                        .await?;
                    self.store
                        .bounced(entry.id, &address, &words, true, &text, now)
                        .await?;
                }
            }
            Delivery::Temporary(error) => self.retry(entry, &error).await?,
            Delivery::Permanent { error, refused } => {
                tracing::warn!(outbox = entry.id, "refused for good");
                let text = self
                    .told(entry, |number, to| {
                        staff::refused(number, to, &mask_in_text(&error))
                    })
                    .await?;
                self.store
                    .failed_for_good(entry.id, &error, &refused, &text, now)
                    .await?;
            }
            Delivery::Uncertain(error) => {
                tracing::warn!(outbox = entry.id, "outcome unknown");
                settle::settle(
                    &*self.store,
                    &*self.transport,
                    self.sent.as_deref(),
                    entry,
                    &error,
                    now,
                )
                .await?;
            }
        }
        Ok(())
    }

    /// A text for staff that names the case and, masked, the recipient.
    async fn told(
        &self,
        entry: &OutboxEntry,
        text: impl FnOnce(&str, &str) -> String,
    ) -> Result<String> {
        settle::told(&*self.store, entry, text).await
    }

    async fn retry(&self, entry: &OutboxEntry, error: &str) -> Result<()> {
        let now = self.clock.now();
        let attempts = entry.attempts + 1;
        tracing::warn!(outbox = entry.id, attempts, "failed for now");
        if attempts >= self.limits.attempts {
            let text = self
                .told(entry, |number, to| {
                    staff::refused(number, to, &mask_in_text(error))
                })
                .await?;
            return self
                .store
                .failed_for_good(entry.id, error, &[], &text, now)
                .await;
        }
        let dice = crate::clock::random_bytes::<8>()
            .map(u64::from_le_bytes)
            .unwrap_or_default();
        let wait = backoff(FIRST, LONGEST, attempts - 1, dice);
        let wait = Duration::from_std(wait).unwrap_or_else(|_| Duration::hours(1));
        self.store.failed_for_now(entry.id, error, now + wait).await
    }
}
