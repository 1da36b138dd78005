//! A wake-up call between rooms. Work lives in rows; a signal that is lost costs a moment, never a mail.

use std::{sync::Arc, time::Duration};
use tokio::sync::Notify;

/// Wakes whoever waits for rows.
#[derive(Debug, Clone, Default)]
pub struct Wake(Arc<Notify>);

impl Wake {
    /// There may be something to do.
    pub fn call(&self) {
        self.0.notify_waiters();
        self.0.notify_one();
    }

    /// Waits for a call that comes after this one, at most `limit`. Register first, query, then await what this returned:
    /// a call in between is not missed.
    pub fn listen(&self, limit: Duration) -> impl Future<Output = ()> + Send + use<> {
        let notify = self.0.clone();
        let mut notified = Box::pin(notify.notified_owned());
        notified.as_mut().enable();
        async move {
            drop(tokio::time::timeout(limit, notified).await);
        }
    }
}
