//! The server's UIDs against the stored ones: a mail below the cursor that is not stored is fetched after all.

use super::{
    ImapError,
    fetch::Fetcher,
    names,
    session::{Selected, Session},
};
use std::collections::{BTreeMap, HashSet};

/// Sequence numbers asked for at once, so that no answer becomes one endless line.
const WINDOW: u32 = 10_000;

/// Finds and fills gaps below the cursor. The number of mails that were missing.
pub(super) async fn reconcile(
    fetcher: &mut Fetcher,
    session: &mut Session,
    selected: &Selected,
) -> Result<usize, ImapError> {
    let cursor = fetcher.cursor(selected).await?;
    let stored: HashSet<u32> = fetcher
        .keeper
        .rooms
        .mailroom
        .stored_uids(&fetcher.folder, selected.uid_validity)
        .await?
        .into_iter()
        .collect();
    let exists = session.exists();
    let mut missing = Vec::new();
    for from in (1..=exists).step_by(WINDOW as usize) {
        let to = exists.min(from.saturating_add(WINDOW - 1));
        let uids = session.uid_search(&format!("{from}:{to}")).await?;
        missing.extend(
            uids.into_iter()
                .filter(|uid| *uid < cursor.uid_next && !stored.contains(uid)),
        );
    }
    missing.sort_unstable();
    missing.dedup();
    if missing.is_empty() {
        return Ok(0);
    }
    tracing::warn!(
        folder = fetcher.folder,
        count = missing.len(),
        "mails on the server are not stored; they are fetched"
    );
    let mut found = BTreeMap::new();
    for uids in missing.chunks(1_000) {
        for mail in session
            .fetch(&names::uid_set(uids), "UID RFC822.SIZE")
            .await?
        {
            found.insert(mail.uid, mail.size.unwrap_or(0));
        }
    }
    found.retain(|uid, _| missing.binary_search(uid).is_ok());
    let count = found.len();
    fetcher
        .take(session, selected.uid_validity, found, Some(cursor.uid_next))
        .await?;
    Ok(count)
}
