use super::{
    SqlStore,
    engine::{Row, Tx, args},
    shared,
};
use crate::domain::{
    case::CaseEvent,
    outbox::{OutboxEntry, OutboxKind},
    person::{mask_in_text, normal_address, shape},
};
use crate::store::{BounceEffect, NewNotice, Outbox, Release, Result, StoreError};
use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};

const PROGRAM: &str = "madoguchi";
const WAITING: &str = "status IN ('scheduled', 'temporary_failure')";

pub(super) fn entry(r: &Row) -> Result<OutboxEntry> {
    Ok(OutboxEntry {
        id: r.int("id")?,
        kind: r.word("kind")?,
        case_id: r.maybe_int("case_id")?,
        draft_id: r.maybe_int("draft_id")?,
        person_id: r.maybe_int("person_id")?,
        message_id: r.text("message_id")?,
        envelope_from: r.maybe_text("envelope_from")?,
        recipients: r.json("recipients")?,
        mime: r.bytes("mime")?,
        status: r.word("status")?,
        due: r.time("due")?,
        attempts: r.count("attempts")?,
        handed_over: r.flag("handed_over")?,
        error: r.maybe_text("error")?,
    })
}

async fn block(
    tx: &mut Tx,
    address: &str,
    reason: &str,
    person: Option<i64>,
    now: DateTime<Utc>,
) -> Result<()> {
    // Servers name the address in their answer; what staff read masks it.
    let reason = mask_in_text(reason);
    let blocked = tx
        .run(
            "UPDATE person_address SET blocked_at = $1, blocked_reason = $2 WHERE address = $3",
            args![now, reason.as_str(), normal_address(address)],
        )
        .await?;
    // An address that staff typed by hand is not yet on file.
    if let (0, Some(person)) = (blocked, person) {
        tx.run(
            "INSERT INTO person_address (address, person_id, written, added_at, blocked_at, blocked_reason, shape) \
             VALUES ($1, $2, $3, $4, $4, $5, $6)",
            args![normal_address(address), person, address, now, reason, shape(address)],
        )
        .await?;
    }
    Ok(())
}

/// Ends an entry in a status from which only a person brings it back.
#[allow(clippy::too_many_arguments, reason = "one end, told from four sides")]
async fn finish(
    tx: &mut Tx,
    id: i64,
    status: &str,
    error: &str,
    event: CaseEvent,
    reason: &str,
    notice: Option<&str>,
    now: DateTime<Utc>,
) -> Result<OutboxEntry> {
    tx.run(
        "UPDATE outbox SET status = $1, error = $2, finished_at = $3 WHERE id = $4",
        args![status, error, now, id],
    )
    .await?;
    let e = entry(
        &tx.one("SELECT * FROM outbox WHERE id = $1", args![id])
            .await?,
    )?;
    if let Some(case_id) = e.case_id {
        if e.kind == OutboxKind::Answer
            && shared::transition_if_possible(tx, case_id, event, PROGRAM, now).await?
        {
            tx.run(
                "UPDATE desk_case SET reason = $1 WHERE id = $2",
                args![reason, case_id],
            )
            .await?;
        }
        shared::touch_card(tx, case_id).await?;
    }
    if let Some(text) = notice {
        let n = NewNotice {
            kind: status.to_owned(),
            dedupe: format!("{status}:{id}"),
            text: text.to_owned(),
            in_thread: true,
        };
        shared::notice(tx, e.case_id, &n, now).await?;
    }
    shared::audit(
        tx,
        now,
        PROGRAM,
        status,
        e.case_id,
        Some(&format!("outbox {id}")),
    )
    .await?;
    Ok(e)
}

#[async_trait]
impl Outbox for SqlStore {
    async fn next_release(&self, now: DateTime<Utc>) -> Result<Option<Release>> {
        let mut tx = self.db.begin().await?;
        if tx
            .optional("SELECT key FROM meta WHERE key = 'stopped'", args![])
            .await?
            .is_some()
        {
            return Ok(None);
        }
        let sql =
            format!("SELECT * FROM outbox WHERE {WAITING} AND due <= $1 ORDER BY due, id LIMIT 1");
        let Some(row) = tx.optional(&sql, args![now]).await? else {
            return Ok(None);
        };
        let entry = entry(&row)?;
        let mut blocked = vec![];
        for address in &entry.recipients {
            let hit = tx
                .optional(
                    "SELECT address FROM person_address WHERE address = $1 AND blocked_at IS NOT NULL",
                    args![normal_address(address)],
                )
                .await?;
            if hit.is_some() {
                blocked.push(address.clone());
            }
        }
        let opted_out = match entry.person_id {
            Some(p) => tx
                .one("SELECT opted_out_at FROM person WHERE id = $1", args![p])
                .await?
                .maybe_int("opted_out_at")?
                .is_some(),
            None => false,
        };
        let (approved, confirms_opt_out) = match (entry.kind, entry.draft_id) {
            (OutboxKind::Acknowledgement, _) => (true, false),
            (OutboxKind::Answer, None) => (false, false),
            (OutboxKind::Answer, Some(draft)) => {
                let row = tx
                    .optional(
                        "SELECT draft.kind AS kind FROM approval JOIN draft ON draft.id = approval.draft_id \
                         WHERE draft_id = $1 AND cancelled_at IS NULL",
                        args![draft],
                    )
                    .await?;
                match row {
                    Some(r) => (true, r.text("kind")? == "opt_out"),
                    None => (false, false),
                }
            }
        };
        let acknowledged_in_hour = tx
            .one(
                "SELECT COUNT(*) AS n FROM outbox WHERE kind = 'acknowledgement' AND status = 'completed' AND finished_at > $1",
                args![now - Duration::hours(1)],
            )
            .await?
            .count("n")?;
        tx.commit().await?;
        Ok(Some(Release {
            entry,
            blocked,
            opted_out,
            approved,
            acknowledged_in_hour,
            confirms_opt_out,
        }))
    }

    async fn claim(&self, id: i64, now: DateTime<Utc>) -> Result<bool> {
        let mut tx = self.db.begin().await?;
        let sql = format!(
            "UPDATE outbox SET status = 'in_flight', attempts = attempts + 1, handed_over = 0 WHERE id = $1 AND {WAITING} \
             AND due <= $2 AND NOT EXISTS (SELECT 1 FROM meta WHERE key = 'stopped') AND (kind = 'acknowledgement' OR EXISTS \
             (SELECT 1 FROM approval WHERE approval.draft_id = outbox.draft_id AND cancelled_at IS NULL)) RETURNING case_id, kind"
        );
        let Some(row) = tx.optional(&sql, args![id, now]).await? else {
            return Ok(false);
        };
        if let (Some(case_id), "answer") = (row.maybe_int("case_id")?, row.text("kind")?.as_str()) {
            shared::transition_if_possible(&mut tx, case_id, CaseEvent::HoldEnded, PROGRAM, now)
                .await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    async fn handing_over(&self, id: i64) -> Result<()> {
        self.db
            .run("UPDATE outbox SET handed_over = 1 WHERE id = $1", args![id])
            .await?;
        Ok(())
    }

    async fn completed(&self, id: i64, now: DateTime<Utc>) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let row = tx
            .one(
                "UPDATE outbox SET status = 'completed', finished_at = $1, error = NULL WHERE id = $2 RETURNING case_id, kind",
                args![now, id],
            )
            .await?;
        if let Some(case_id) = row.maybe_int("case_id")? {
            if row.text("kind")? == "answer" {
                shared::transition_if_possible(&mut tx, case_id, CaseEvent::Sent, PROGRAM, now)
                    .await?;
            } else {
                shared::touch_card(&mut tx, case_id).await?;
            }
            shared::audit(
                &mut tx,
                now,
                PROGRAM,
                "left",
                Some(case_id),
                Some(&format!("outbox {id}")),
            )
            .await?;
        }
        tx.commit().await
    }

    async fn failed_for_now(&self, id: i64, error: &str, due: DateTime<Utc>) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let row = tx
            .one(
                "UPDATE outbox SET status = 'temporary_failure', handed_over = 0, error = $1, due = $2 WHERE id = $3 RETURNING case_id",
                args![error, due, id],
            )
            .await?;
        if let Some(case_id) = row.maybe_int("case_id")? {
            shared::touch_card(&mut tx, case_id).await?;
        }
        tx.commit().await
    }

    async fn failed_for_good(
        &self,
        id: i64,
        error: &str,
        addresses: &[String],
        notice: &str,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let e = finish(
            &mut tx,
            id,
            "permanent_failure",
            error,
            CaseEvent::SendFailed,
            notice,
            Some(notice),
            now,
        )
        .await?;
        for address in addresses {
            block(&mut tx, address, error, e.person_id, now).await?;
        }
        tx.commit().await
    }

    async fn uncertain(
        &self,
        id: i64,
        error: &str,
        notice: &str,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let mut tx = self.db.begin().await?;
        finish(
            &mut tx,
            id,
            "uncertain",
            error,
            CaseEvent::HumanNeeded,
            notice,
            Some(notice),
            now,
        )
        .await?;
        tx.commit().await
    }

    async fn withheld(
        &self,
        id: i64,
        reason: &str,
        notice: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let e = finish(
            &mut tx,
            id,
            "cancelled",
            reason,
            CaseEvent::HumanNeeded,
            reason,
            notice,
            now,
        )
        .await?;
        if let Some(draft) = e.draft_id {
            tx.run(
                "UPDATE approval SET cancelled_at = $1, cancelled_by = $2 WHERE draft_id = $3 AND cancelled_at IS NULL",
                args![now, PROGRAM, draft],
            )
            .await?;
            tx.run(
                "UPDATE draft SET state = 'voided', closed_at = $1, closed_by = $2, reason = $3 WHERE id = $4",
                args![now, PROGRAM, reason, draft],
            )
            .await?;
        }
        tx.commit().await
    }

    async fn postponed(&self, id: i64, due: DateTime<Utc>) -> Result<()> {
        self.db
            .run("UPDATE outbox SET due = $1 WHERE id = $2", args![due, id])
            .await?;
        Ok(())
    }

    async fn in_flight(&self) -> Result<Vec<OutboxEntry>> {
        self.db
            .all(
                "SELECT * FROM outbox WHERE status = 'in_flight' ORDER BY id",
                args![],
            )
            .await?
            .iter()
            .map(entry)
            .collect()
    }

    async fn requeue(&self, id: i64, now: DateTime<Utc>) -> Result<()> {
        self.db
            .run(
                "UPDATE outbox SET status = 'scheduled', handed_over = 0, due = $1 WHERE id = $2",
                args![now, id],
            )
            .await?;
        Ok(())
    }

    async fn uncopied(&self, limit: u32) -> Result<Vec<OutboxEntry>> {
        self.db
            .all(
                "SELECT * FROM outbox WHERE status = 'completed' AND copied_at IS NULL ORDER BY id LIMIT $1",
                args![limit],
            )
            .await?
            .iter()
            .map(entry)
            .collect()
    }

    async fn copied(&self, id: i64, now: DateTime<Utc>) -> Result<()> {
        self.db
            .run(
                "UPDATE outbox SET copied_at = $1 WHERE id = $2",
                args![now, id],
            )
            .await?;
        Ok(())
    }

    async fn uncertain_entries(&self) -> Result<Vec<OutboxEntry>> {
        self.db
            .all(
                "SELECT * FROM outbox WHERE status = 'uncertain' ORDER BY id",
                args![],
            )
            .await?
            .iter()
            .map(entry)
            .collect()
    }

    async fn by_message_id(&self, message_id: &str) -> Result<Option<OutboxEntry>> {
        let row = self
            .db
            .optional(
                "SELECT * FROM outbox WHERE message_id = $1",
                args![message_id],
            )
            .await?;
        row.as_ref().map(entry).transpose()
    }

    async fn outbox_entry(&self, id: i64) -> Result<Option<OutboxEntry>> {
        let row = self
            .db
            .optional("SELECT * FROM outbox WHERE id = $1", args![id])
            .await?;
        row.as_ref().map(entry).transpose()
    }

    async fn bounced(
        &self,
        outbox: i64,
        address: &str,
        status: &str,
        hard: bool,
        notice: &str,
        now: DateTime<Utc>,
    ) -> Result<BounceEffect> {
        let mut tx = self.db.begin().await?;
        let row = tx
            .optional("SELECT * FROM outbox WHERE id = $1", args![outbox])
            .await?
            .ok_or(StoreError::Missing)?;
        let e = entry(&row)?;
        // A report may name any address; only one that this mail went to can have bounced.
        let hit = e
            .recipients
            .iter()
            .find(|r| normal_address(r) == normal_address(address))
            .cloned();
        let hit = hit.or_else(|| {
            e.recipients
                .first()
                .filter(|_| address.is_empty() && e.recipients.len() == 1)
                .cloned()
        });
        let blocked = hit.filter(|_| hard);
        if let Some(address) = &blocked {
            block(
                &mut tx,
                address,
                &format!("不達 {status}"),
                e.person_id,
                now,
            )
            .await?;
        }
        if let Some(case_id) = e.case_id {
            if hard && e.kind == OutboxKind::Answer {
                tx.run(
                    "UPDATE outbox SET status = 'permanent_failure', error = $1 WHERE id = $2",
                    args![format!("不達 {status}"), outbox],
                )
                .await?;
                if shared::transition_if_possible(
                    &mut tx,
                    case_id,
                    CaseEvent::SendFailed,
                    PROGRAM,
                    now,
                )
                .await?
                {
                    tx.run(
                        "UPDATE desk_case SET reason = $1 WHERE id = $2",
                        args![notice, case_id],
                    )
                    .await?;
                }
            }
            shared::touch_card(&mut tx, case_id).await?;
            shared::audit(
                &mut tx,
                now,
                PROGRAM,
                "bounced",
                Some(case_id),
                Some(status),
            )
            .await?;
        }
        let n = NewNotice {
            kind: "bounce".into(),
            dedupe: format!("bounce:{outbox}:{hard}"),
            text: notice.to_owned(),
            in_thread: true,
        };
        shared::notice(&mut tx, e.case_id, &n, now).await?;
        tx.commit().await?;
        Ok(BounceEffect {
            case_id: e.case_id,
            blocked,
        })
    }
}
