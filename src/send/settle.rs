//! What a crash or a cut connection left open: settled by proof, or given to a person; never sent again blindly.

use super::transport::Transport;
use crate::domain::outbox::{OutboxEntry, SentFolder};
use crate::store::{Outbox, Result, Store};
use chrono::{DateTime, Utc};

/// The text for staff where nobody knows whether a mail left.
pub const UNCERTAIN: &str = "送信の途中で接続が切れ、届いたかどうか分かりません。送信済みフォルダーや先生への電話で確かめ、「送信済みにする」か「もう一度送る」を選んでください。";

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
                "送信中にプログラムが終了しました",
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
    store: &dyn Outbox,
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
        None => store.uncertain(entry.id, error, UNCERTAIN, now).await,
    }
}
