use super::{
    SqlStore,
    engine::{Tx, args},
};
use crate::store::{Incoming, MailboxCursor, Mailroom, Received, Result};
use async_trait::async_trait;
use chrono::{DateTime, Utc};

/// Stores one message; its row, and whether it is new.
async fn insert(tx: &mut Tx, m: &Incoming, now: DateTime<Utc>) -> Result<(i64, bool)> {
    let added = tx
        .optional(
            "INSERT INTO message (source, dedupe, message_id, received_at, stored_at, size, header_only, raw, state, \
             attempts, due, origin) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $5, $10) \
             ON CONFLICT (dedupe) DO NOTHING RETURNING id",
            args![
                m.source.as_str(),
                m.dedupe.as_str(),
                m.message_id.clone(),
                m.received_at,
                now,
                i64::try_from(m.size).unwrap_or(i64::MAX),
                m.header_only,
                m.raw.as_slice(),
                if m.archived { "archived" } else { "new" },
                m.origin.clone()
            ],
        )
        .await?;
    match added {
        Some(row) => Ok((row.int("id")?, true)),
        None => {
            let row = tx
                .one(
                    "SELECT id FROM message WHERE dedupe = $1",
                    args![m.dedupe.as_str()],
                )
                .await?;
            Ok((row.int("id")?, false))
        }
    }
}

#[async_trait]
impl Mailroom for SqlStore {
    async fn cursor(&self, folder: &str) -> Result<Option<MailboxCursor>> {
        let row = self
            .db
            .optional(
                "SELECT uid_validity, uid_next FROM mailbox WHERE folder = $1",
                args![folder],
            )
            .await?;
        row.map(|r| {
            Ok(MailboxCursor {
                uid_validity: r.count("uid_validity")?,
                uid_next: r.count("uid_next")?,
            })
        })
        .transpose()
    }

    async fn receive(
        &self,
        folder: &str,
        batch: &[Incoming],
        cursor: MailboxCursor,
        now: DateTime<Utc>,
    ) -> Result<Received> {
        let mut received = Received::default();
        let mut tx = self.db.begin().await?;
        for m in batch {
            let (id, new) = insert(&mut tx, m, now).await?;
            match (new, m.archived) {
                (true, false) => received.new += 1,
                (true, true) => received.archived += 1,
                (false, _) => received.known += 1,
            }
            if let Some(uid) = m.uid {
                tx.run(
                    "INSERT INTO message_place (folder, uid_validity, uid, message_id) VALUES ($1, $2, $3, $4) \
                     ON CONFLICT DO NOTHING",
                    args![folder, cursor.uid_validity, uid, id],
                )
                .await?;
            }
        }
        // The cursor of one numbering only moves on; a filled gap does not set it back.
        tx.run(
            "INSERT INTO mailbox (folder, uid_validity, uid_next) VALUES ($1, $2, $3) ON CONFLICT (folder) DO UPDATE SET \
             uid_next = CASE WHEN mailbox.uid_validity = excluded.uid_validity AND mailbox.uid_next > excluded.uid_next \
             THEN mailbox.uid_next ELSE excluded.uid_next END, uid_validity = excluded.uid_validity",
            args![folder, cursor.uid_validity, cursor.uid_next],
        )
        .await?;
        tx.commit().await?;
        Ok(received)
    }

    async fn receive_one(&self, incoming: &Incoming, now: DateTime<Utc>) -> Result<bool> {
        let mut tx = self.db.begin().await?;
        let (_, new) = insert(&mut tx, incoming, now).await?;
        tx.commit().await?;
        Ok(new)
    }

    async fn case_of(&self, dedupe: &str) -> Result<Option<i64>> {
        let row = self
            .db
            .optional(
                "SELECT case_id FROM message WHERE dedupe = $1",
                args![dedupe],
            )
            .await?;
        row.map_or(Ok(None), |r| r.maybe_int("case_id"))
    }

    async fn stored_uids(&self, folder: &str, uid_validity: u32) -> Result<Vec<u32>> {
        let rows = self
            .db
            .all(
                "SELECT uid FROM message_place WHERE folder = $1 AND uid_validity = $2 ORDER BY uid",
                args![folder, uid_validity],
            )
            .await?;
        rows.iter().map(|r| r.count("uid")).collect()
    }
}
