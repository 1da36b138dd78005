use super::{
    SqlStore,
    engine::{Tx, args},
};
use crate::store::{Incoming, MailboxCursor, Mailroom, Received, Result};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use std::collections::{HashMap, HashSet};

/// Rows that go in by one statement: a backlog of thousands is stored at the speed at which the server gives it out.
const ROWS: usize = 40;

/// `($1, $2), ($3, $4), …`
fn placeholders(rows: usize, columns: usize) -> String {
    let row = |r: usize| {
        let numbers: Vec<String> = (1..=columns)
            .map(|c| format!("${}", r * columns + c))
            .collect();
        format!("({})", numbers.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

/// Stores messages; the rows of all of them by `dedupe`, and which are new.
async fn insert(
    tx: &mut Tx,
    messages: &[Incoming],
    now: DateTime<Utc>,
) -> Result<(HashMap<String, i64>, HashSet<String>)> {
    let (mut rows, mut new) = (HashMap::new(), HashSet::new());
    for chunk in messages.chunks(ROWS) {
        let sql = format!(
            "INSERT INTO message (source, dedupe, message_id, received_at, stored_at, size, header_only, raw, state, \
             attempts, due, origin) VALUES {} ON CONFLICT (dedupe) DO NOTHING RETURNING id, dedupe",
            placeholders(chunk.len(), 12)
        );
        let mut args = Vec::with_capacity(chunk.len() * 12);
        for m in chunk {
            args.extend(args![
                m.source.as_str(),
                m.dedupe.as_str(),
                m.message_id.clone(),
                m.received_at,
                now,
                i64::try_from(m.size).unwrap_or(i64::MAX),
                m.header_only,
                m.raw.as_slice(),
                if m.archived { "archived" } else { "new" },
                0_i64,
                now,
                m.origin.clone()
            ]);
        }
        for row in tx.all(&sql, args).await? {
            let dedupe = row.text("dedupe")?;
            rows.insert(dedupe.clone(), row.int("id")?);
            new.insert(dedupe);
        }
        for m in chunk {
            if !rows.contains_key(&m.dedupe) {
                let known = tx
                    .one(
                        "SELECT id FROM message WHERE dedupe = $1",
                        args![m.dedupe.as_str()],
                    )
                    .await?;
                rows.insert(m.dedupe.clone(), known.int("id")?);
            }
        }
    }
    Ok((rows, new))
}

/// Notes where messages lie on the server.
async fn place(tx: &mut Tx, folder: &str, uid_validity: u32, places: &[(u32, i64)]) -> Result<()> {
    for chunk in places.chunks(ROWS) {
        let sql = format!(
            "INSERT INTO message_place (folder, uid_validity, uid, message_id) VALUES {} ON CONFLICT DO NOTHING",
            placeholders(chunk.len(), 4)
        );
        let args = chunk
            .iter()
            .flat_map(|(uid, id)| args![folder, uid_validity, *uid, *id]);
        tx.run(&sql, args.collect()).await?;
    }
    Ok(())
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
        let (rows, mut new) = insert(&mut tx, batch, now).await?;
        let mut places = vec![];
        for m in batch {
            // The second of two equal mails in one batch is known by the first.
            match (new.remove(&m.dedupe), m.archived) {
                (true, false) => received.new += 1,
                (true, true) => received.archived += 1,
                (false, _) => received.known += 1,
            }
            if let (Some(uid), Some(id)) = (m.uid, rows.get(&m.dedupe)) {
                places.push((uid, *id));
            }
        }
        place(&mut tx, folder, cursor.uid_validity, &places).await?;
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
        let (_, new) = insert(&mut tx, std::slice::from_ref(incoming), now).await?;
        tx.commit().await?;
        Ok(!new.is_empty())
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
