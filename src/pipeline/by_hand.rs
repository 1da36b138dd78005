//! A person answered from a normal mail client: the open card is withdrawn, so that nobody answers twice.

use super::Pipeline;
use crate::{decode, draft::message_id, store::StoredMessage};

impl Pipeline {
    pub(super) async fn answered_by_hand(&self, stored: &StoredMessage) -> anyhow::Result<()> {
        let mail = decode::decode(&stored.raw, &self.limits);
        // A copy that we made ourselves is no person's answer, also where the store was restored from an older backup.
        let ours = mail
            .message_id
            .as_deref()
            .is_some_and(|id| message_id::verify(&self.key, id).is_some());
        let recipients: Vec<String> = mail
            .to
            .iter()
            .chain(&mail.cc)
            .map(|m| m.address.clone())
            .filter(|a| !ours && !self.desk.owns(a))
            .collect();
        let cases = self
            .store
            .answered_by_hand(
                stored.id,
                &recipients,
                mail.message_id.as_deref(),
                self.clock.now(),
            )
            .await?;
        tracing::info!(message = stored.id, cases = cases.len(), "answered by hand");
        Ok(())
    }
}
