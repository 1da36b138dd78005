//! What a crash or a cut connection left open: settled by proof, or given to a person; never sent again blindly.

use super::transport::Transport;
use crate::domain::{
    outbox::{OutboxEntry, SentFolder},
    person::mask_address,
};
use crate::draft::staff;
use crate::store::{Result, Store};
use chrono::{DateTime, Utc};

/// Settles every entry that was in flight when the program ended.
///
/// # Errors
/// Where the store fails.
pub async fn settle_in_flight(
    store: &dyn Store,
    transport: &dyn Transport,
    sent: Option<&dyn SentFolder>,
    now: DateTime<Utc>,
) -> Result<()> {
    for entry in store.in_flight().await? {
        if entry.handed_over {
            settle(
                store,
                transport,
                sent,
                &entry,
                "the program ended while sending",
                now,
            )
            .await?;
        } else {
            // The text was never handed over: it certainly did not leave.
            store.requeue(entry.id, now).await?;
        }
    }
    Ok(())
}

/// Settles one entry whose text was handed over without an answer.
///
/// # Errors
/// Where the store fails.
pub async fn settle(
    store: &dyn Store,
    transport: &dyn Transport,
    sent: Option<&dyn SentFolder>,
    entry: &OutboxEntry,
    error: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut left = transport.left(entry).await;
    if left.is_none()
        && let Some(folder) = sent
        && folder.contains(&entry.message_id).await.unwrap_or(false)
    {
        // A copy in Sent proves it; no copy proves nothing.
        left = Some(true);
    }
    match left {
        Some(true) => store.completed(entry.id, now).await,
        Some(false) => store.requeue(entry.id, now).await,
        None => {
            let notice = told(store, entry, staff::uncertain).await?;
            store.uncertain(entry.id, error, &notice, now).await
        }
    }
}

/// A text for staff that names the case of an entry and, masked, its recipient.
///
/// # Errors
/// Where the store fails.
pub async fn told(
    store: &dyn Store,
    entry: &OutboxEntry,
    text: impl FnOnce(&str, &str) -> String,
) -> Result<String> {
    let number = match entry.case_id {
        Some(id) => store
            .case(id)
            .await?
            .map(|c| c.summary.number)
            .unwrap_or_default(),
        None => String::new(),
    };
    let recipient = entry
        .recipients
        .first()
        .map(|a| mask_address(a))
        .unwrap_or_default();
    Ok(text(&number, &recipient))
}
