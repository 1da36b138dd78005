use super::{
    SqlStore,
    engine::{Row, Tx, args},
    shared::json,
};
use crate::domain::{
    opening::{Opening, OpeningState},
    review::Actor,
};
use crate::store::{OpeningRecord, Openings, Result, Upserted};
use async_trait::async_trait;
use chrono::{DateTime, Utc};

fn record(r: &Row) -> Result<OpeningRecord> {
    Ok(OpeningRecord {
        opening: r.json("document")?,
        state: r.word("state")?,
        added_at: r.time("added_at")?,
        changed_at: r.time("changed_at")?,
    })
}

async fn remember(
    tx: &mut Tx,
    id: &str,
    state: &str,
    document: &str,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<()> {
    tx.run(
        "INSERT INTO opening_history (opening_id, at, actor, state, document) VALUES ($1, $2, $3, $4, $5)",
        args![id, now, actor.record(), state, document],
    )
    .await?;
    Ok(())
}

/// Adds an opening that a mail offered; one that is there stays as it is.
pub(super) async fn add_draft(
    tx: &mut Tx,
    opening: &Opening,
    message: i64,
    now: DateTime<Utc>,
) -> Result<()> {
    let document = json(opening)?;
    let added = tx
        .run(
            "INSERT INTO opening (id, state, document, message_id, added_at, changed_at) VALUES ($1, 'draft', $2, $3, $4, $4) \
             ON CONFLICT (id) DO NOTHING",
            args![opening.id.as_str(), document.as_str(), message, now],
        )
        .await?;
    if added == 1 {
        remember(tx, &opening.id, "draft", &document, &Actor::program(), now).await?;
    }
    Ok(())
}

#[async_trait]
impl Openings for SqlStore {
    async fn upsert_openings(
        &self,
        openings: &[Opening],
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<Upserted> {
        let mut done = Upserted::default();
        let mut tx = self.db.begin().await?;
        for o in openings {
            let document = json(o)?;
            let before = tx
                .optional(
                    "SELECT state, document FROM opening WHERE id = $1",
                    args![o.id.as_str()],
                )
                .await?;
            let (state, same) = match &before {
                None => (OpeningState::Open, false),
                Some(r) => {
                    let state: OpeningState = r.word("state")?;
                    let next = if state == OpeningState::Draft {
                        OpeningState::Open
                    } else {
                        state
                    };
                    (next, state == next && r.text("document")? == document)
                }
            };
            if same {
                done.same += 1;
                continue;
            }
            tx.run(
                "INSERT INTO opening (id, state, document, added_at, changed_at) VALUES ($1, $2, $3, $4, $4) \
                 ON CONFLICT (id) DO UPDATE SET state = excluded.state, document = excluded.document, changed_at = excluded.changed_at",
                args![o.id.as_str(), state.as_str(), document.as_str(), now],
            )
            .await?;
            remember(&mut tx, &o.id, state.as_str(), &document, actor, now).await?;
            if before.is_some() {
                done.changed += 1;
            } else {
                done.added += 1;
            }
        }
        tx.commit().await?;
        Ok(done)
    }

    async fn openings(&self, all: bool) -> Result<Vec<OpeningRecord>> {
        let filter = if all { "" } else { " WHERE state = 'open'" };
        let sql = format!(
            "SELECT state, document, added_at, changed_at FROM opening{filter} ORDER BY id"
        );
        self.db
            .all(&sql, args![])
            .await?
            .iter()
            .map(record)
            .collect()
    }

    async fn opening(&self, id: &str) -> Result<Option<OpeningRecord>> {
        let row = self
            .db
            .optional(
                "SELECT state, document, added_at, changed_at FROM opening WHERE id = $1",
                args![id],
            )
            .await?;
        row.as_ref().map(record).transpose()
    }

    async fn set_opening_state(
        &self,
        id: &str,
        state: OpeningState,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let mut tx = self.db.begin().await?;
        let row = tx
            .optional(
                "UPDATE opening SET state = $1, changed_at = $2 WHERE id = $3 RETURNING document",
                args![state.as_str(), now, id],
            )
            .await?;
        if let Some(row) = &row {
            remember(
                &mut tx,
                id,
                state.as_str(),
                &row.text("document")?,
                actor,
                now,
            )
            .await?;
        }
        tx.commit().await?;
        Ok(row.is_some())
    }
}
