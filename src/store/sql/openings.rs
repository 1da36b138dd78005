use super::{
    SqlStore,
    engine::{Row, Tx, args},
    shared::json,
};
use crate::domain::{
    opening::{Opening, OpeningState},
    person::normal_address,
    review::Actor,
};
use crate::store::{
    ChangeDecided, NewNotice, NewOpeningChange, OpeningChange, OpeningRecord, OpeningVersion,
    Openings, Result, StoreError, Upserted,
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};

fn record(r: &Row) -> Result<OpeningRecord> {
    Ok(OpeningRecord {
        opening: r.json("document")?,
        state: r.word("state")?,
        added_at: r.time("added_at")?,
        changed_at: r.time("changed_at")?,
        sender: r.maybe_text("sender")?,
    })
}

/// The revision of a change that is being written. Writers take turns, so that who saw one revision has seen all before it.
const NEXT: &str = "(SELECT COALESCE(MAX(revision), 0) + 1 FROM opening)";

const RECORD: &str = "SELECT state, document, added_at, changed_at, sender FROM opening";

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
    (message, sender): (i64, &str),
    now: DateTime<Utc>,
) -> Result<()> {
    let document = json(opening)?;
    let added = tx
        .run(
            &format!("INSERT INTO opening (id, state, document, message_id, added_at, changed_at, expires, institution, phone, sender, revision) \
             VALUES ($1, 'draft', $2, $3, $4, $4, $5, $6, $7, $8, {NEXT}) ON CONFLICT (id) DO NOTHING"),
            args![
                opening.id.as_str(),
                document.as_str(),
                message,
                now,
                opening.expires.as_deref(),
                Opening::institution_key(&opening.institution_name),
                opening.phone_key(),
                Some(normal_address(sender)).filter(|s| !s.is_empty())
            ],
        )
        .await?;
    if added == 1 {
        remember(tx, &opening.id, "draft", &document, &Actor::program(), now).await?;
    }
    Ok(())
}

/// Keeps a change that a mail proposes; the same mail proposes it once.
pub(super) async fn propose(
    tx: &mut Tx,
    change: &NewOpeningChange,
    message: i64,
    now: DateTime<Utc>,
) -> Result<()> {
    let after = change.after.as_ref().map(json).transpose()?;
    tx.run(
        "INSERT INTO opening_change (opening_id, message_id, base, document, proposed_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT DO NOTHING",
        args![change.opening_id.as_str(), message, json(&change.before)?, after, now],
    )
    .await?;
    Ok(())
}

/// Writes an opening as it now stands.
async fn write(
    tx: &mut Tx,
    o: &Opening,
    state: OpeningState,
    document: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    tx.run(
        &format!("INSERT INTO opening (id, state, document, added_at, changed_at, expires, institution, phone, revision) \
         VALUES ($1, $2, $3, $4, $4, $5, $6, $7, {NEXT}) \
         ON CONFLICT (id) DO UPDATE SET state = excluded.state, document = excluded.document, changed_at = excluded.changed_at, \
         expiry_told = CASE WHEN opening.expires = excluded.expires THEN opening.expiry_told ELSE 0 END, \
         expires = excluded.expires, institution = excluded.institution, phone = excluded.phone, revision = excluded.revision"),
        args![
            o.id.as_str(),
            state.as_str(),
            document,
            now,
            o.expires.as_deref(),
            Opening::institution_key(&o.institution_name),
            o.phone_key()
        ],
    )
    .await?;
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
            write(&mut tx, o, state, &document, now).await?;
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
        let sql = format!("{RECORD}{filter} ORDER BY id");
        self.db
            .all(&sql, args![])
            .await?
            .iter()
            .map(record)
            .collect()
    }

    async fn openings_changed(&self, after: i64, limit: u32) -> Result<Vec<(i64, OpeningRecord)>> {
        let columns = RECORD.replacen("SELECT ", "SELECT revision, ", 1);
        self.db
            .all(
                &format!("{columns} WHERE revision > $1 ORDER BY revision LIMIT $2"),
                args![after, limit],
            )
            .await?
            .iter()
            .map(|r| Ok((r.int("revision")?, record(r)?)))
            .collect()
    }

    async fn opening(&self, id: &str) -> Result<Option<OpeningRecord>> {
        let row = self
            .db
            .optional(&format!("{RECORD} WHERE id = $1"), args![id])
            .await?;
        row.as_ref().map(record).transpose()
    }

    async fn openings_from(&self, message: i64) -> Result<Vec<Opening>> {
        self.db
            .all(
                "SELECT document FROM opening WHERE message_id = $1 ORDER BY id",
                args![message],
            )
            .await?
            .iter()
            .map(|r| r.json("document"))
            .collect()
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
                &format!("UPDATE opening SET state = $1, changed_at = $2, revision = {NEXT} WHERE id = $3 RETURNING document"),
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

    async fn opening_history(&self, id: &str) -> Result<Vec<OpeningVersion>> {
        self.db
            .all(
                "SELECT at, actor, state, document FROM opening_history WHERE opening_id = $1 ORDER BY at",
                args![id],
            )
            .await?
            .iter()
            .map(|r| {
                Ok(OpeningVersion {
                    at: r.time("at")?,
                    actor: r.text("actor")?,
                    state: r.word("state")?,
                    opening: r.json("document")?,
                })
            })
            .collect()
    }

    async fn openings_of(
        &self,
        sender: &str,
        institution: Option<&str>,
        phones: &[String],
    ) -> Result<Vec<OpeningRecord>> {
        let mut found: Vec<OpeningRecord> = Vec::new();
        let sender = normal_address(sender);
        // Rows that were written before these columns were there have no key and are read by their document.
        let keys = [
            ("sender = $1", Some(sender).filter(|s| !s.is_empty())),
            ("institution = $1", institution.map(str::to_owned)),
        ];
        let phones = phones.iter().map(|p| ("phone = $1", Some(p.clone())));
        for (by, key) in keys.into_iter().chain(phones) {
            let Some(key) = key else { continue };
            let rows = self
                .db
                .all(
                    &format!("{RECORD} WHERE {by} ORDER BY id LIMIT 200"),
                    args![key],
                )
                .await?;
            for row in &rows {
                let record = record(row)?;
                if !found.iter().any(|f| f.opening.id == record.opening.id) {
                    found.push(record);
                }
            }
        }
        if let Some(key) = institution {
            let old = self
                .db
                .all(
                    &format!("{RECORD} WHERE institution IS NULL ORDER BY id"),
                    args![],
                )
                .await?;
            for row in &old {
                let record = record(row)?;
                if Opening::institution_key(&record.opening.institution_name) == key {
                    found.push(record);
                }
            }
        }
        found.sort_by(|a, b| a.opening.id.cmp(&b.opening.id));
        Ok(found)
    }

    async fn untold_expiries(&self, today: &str, limit: u32) -> Result<Vec<Opening>> {
        self.db
            .all(
                "SELECT document FROM opening WHERE expiry_told = 0 AND expires IS NOT NULL AND expires < $1 AND state = 'open' \
                 ORDER BY expires, id LIMIT $2",
                args![today, limit],
            )
            .await?
            .iter()
            .map(|r| r.json("document"))
            .collect()
    }

    async fn tell_expiry(&self, id: &str, notice: NewNotice, now: DateTime<Utc>) -> Result<()> {
        let mut tx = self.db.begin().await?;
        tx.run(
            "UPDATE opening SET expiry_told = 1 WHERE id = $1",
            args![id],
        )
        .await?;
        super::shared::notice(&mut tx, None, &notice, now).await?;
        tx.commit().await
    }

    async fn opening_changes(&self) -> Result<Vec<OpeningChange>> {
        self.db
            .all(
                "SELECT id, opening_id, message_id, base, document, proposed_at FROM opening_change WHERE decision IS NULL ORDER BY id",
                args![],
            )
            .await?
            .iter()
            .map(change)
            .collect()
    }

    async fn decide_opening_change(
        &self,
        id: i64,
        accept: bool,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<ChangeDecided> {
        let mut tx = self.db.begin().await?;
        let Some(row) = tx
            .optional(
                "SELECT id, opening_id, message_id, base, document, proposed_at, decision, decided_by FROM opening_change WHERE id = $1",
                args![id],
            )
            .await?
        else {
            return Ok(ChangeDecided::Unknown);
        };
        if let Some(decision) = row.maybe_text("decision")? {
            return Ok(ChangeDecided::Already {
                by: row.maybe_text("decided_by")?.unwrap_or_default(),
                accepted: decision == "accepted",
            });
        }
        let change = change(&row)?;
        if accept {
            let now_stands = tx
                .one(
                    "SELECT state, document FROM opening WHERE id = $1",
                    args![change.opening_id.as_str()],
                )
                .await?;
            let standing: Opening = now_stands.json("document")?;
            let (opening, state) = match change.after {
                // A withdrawal holds whatever else was changed.
                None => (standing, OpeningState::Closed),
                Some(after) if standing == change.before => (after, now_stands.word("state")?),
                Some(_) => return Ok(ChangeDecided::Overtaken),
            };
            let document = json(&opening)?;
            write(&mut tx, &opening, state, &document, now).await?;
            remember(&mut tx, &opening.id, state.as_str(), &document, actor, now).await?;
        }
        let decision = if accept { "accepted" } else { "declined" };
        tx.run(
            "UPDATE opening_change SET decision = $1, decided_at = $2, decided_by = $3 WHERE id = $4",
            args![decision, now, actor.record(), id],
        )
        .await?;
        tx.commit().await?;
        Ok(ChangeDecided::Done)
    }
}

fn change(r: &Row) -> Result<OpeningChange> {
    let after: Option<String> = r.maybe_text("document")?;
    Ok(OpeningChange {
        id: r.int("id")?,
        opening_id: r.text("opening_id")?,
        after: after
            .map(|d| serde_json::from_str(&d).map_err(|_| StoreError::corrupt("document")))
            .transpose()?,
        before: r.json("base")?,
        message_id: r.int("message_id")?,
        proposed_at: r.time("proposed_at")?,
    })
}
