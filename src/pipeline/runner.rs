//! Takes due rows and steps them.

use crate::{
    clock::{Clock, backoff},
    config,
    decode::Limits,
    draft::{reasons, staff},
    kept::{OnOffer, SharedSeeking},
    routing::Router,
    sandbox,
    store::{NewNotice, Result, Store, StoreError, StoredMessage},
    trust,
    wake::Wake,
};
use chrono::Duration;
use std::sync::Arc;
use tokio::sync::Mutex;

/// Tries before a message is set aside with its bytes.
const TRIES: u32 = 5;

/// What the steps need besides rows.
pub struct Pipeline {
    /// Where the rows are.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Who the desk is.
    pub desk: config::Desk,
    /// Quiet time and number of suggestions.
    pub review: config::Review,
    /// Brakes on acknowledgements.
    pub send: config::Send,
    /// The size over which only the header of a mail is fetched, in megabytes.
    pub size_limit_mb: u32,
    /// How much of a mail is read.
    pub limits: Limits,
    /// Checks senders, where that is wanted.
    pub verifier: Option<Arc<trust::Verifier>>,
    /// Reads the files that come with mails.
    pub reader: sandbox::Reader,
    /// The key that signs our Message-IDs.
    pub key: [u8; 32],
    /// Knows car minutes better than the estimate, where there is one.
    pub router: Option<Arc<Router>>,
    /// The openings that may be suggested.
    pub on_offer: Mutex<OnOffer>,
    /// The doctors who may be suggested openings.
    pub seeking: Arc<SharedSeeking>,
    /// Called when something was saved.
    pub wake: Wake,
}

impl Pipeline {
    /// The day at the desk, `YYYY-MM-DD`.
    pub(super) fn today(&self) -> String {
        let now = self.clock.now().with_timezone(&self.desk.time_zone);
        now.date_naive().to_string()
    }

    /// Steps everything that is due now. False where nothing was.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn step(&self) -> Result<bool> {
        let now = self.clock.now();
        let messages = self.store.due_messages(now, 50).await?;
        let drafts = if messages.is_empty() {
            self.store.due_drafts(now, 20).await?
        } else {
            vec![]
        };
        let mut any = !messages.is_empty() || !drafts.is_empty();
        if !any {
            any = self.expiries().await?;
        }
        for message in messages {
            self.message(&message).await?;
            self.wake.call();
        }
        for case_id in drafts {
            if let Err(e) = self.prepare(case_id).await {
                // A store that failed for a moment is no reason to give up: the row is still due.
                let e = match e.downcast::<StoreError>() {
                    Ok(e) => return Err(e),
                    Err(e) => e,
                };
                tracing::error!(case_id, "no draft could be written: {e:#}");
                let why = reasons::no_draft();
                if let Some(case) = self.store.case(case_id).await? {
                    self.store
                        .needs_human(case_id, case.version, &why, self.clock.now())
                        .await?;
                }
            }
            self.wake.call();
        }
        Ok(any)
    }

    /// One message; what goes wrong is counted, and the message set aside at last.
    async fn message(&self, message: &StoredMessage) -> Result<()> {
        let Err(e) = self.take_in(message).await else {
            return Ok(());
        };
        let now = self.clock.now();
        let wait = backoff(
            std::time::Duration::from_secs(2),
            std::time::Duration::from_secs(300),
            message.attempts,
            u64::try_from(message.id).unwrap_or(0),
        );
        tracing::error!(
            message = message.id,
            attempts = message.attempts + 1,
            "could not be taken in: {e:#}"
        );
        let notice = NewNotice {
            kind: "set_aside".into(),
            dedupe: format!("set_aside:{}", message.id),
            text: staff::set_aside(message.id, TRIES, &format!("{e:#}")),
            in_thread: false,
        };
        let retry = now + Duration::from_std(wait).unwrap_or_else(|_| Duration::minutes(5));
        self.store
            .message_failed(message.id, &format!("{e:#}"), retry, TRIES, notice, now)
            .await?;
        Ok(())
    }
}
