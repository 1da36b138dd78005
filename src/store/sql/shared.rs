//! Statements that several errands share; every one runs inside the caller's transaction.

use super::engine::{Tx, args};
use crate::domain::case::{CaseEvent, CaseState};
use crate::store::{NewNotice, NewOutbox, Result, StoreError};
use chrono::{DateTime, Utc};

/// A line for the append-only history.
pub(super) async fn audit(
    tx: &mut Tx,
    now: DateTime<Utc>,
    actor: &str,
    action: &str,
    case_id: Option<i64>,
    detail: Option<&str>,
) -> Result<()> {
    tx.run(
        "INSERT INTO audit (at, actor, action, case_id, detail) VALUES ($1, $2, $3, $4, $5)",
        args![now, actor, action, case_id, detail],
    )
    .await?;
    Ok(())
}

/// The one place where a case changes its state.
pub(super) async fn transition(
    tx: &mut Tx,
    case_id: i64,
    event: CaseEvent,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<CaseState> {
    let sql = format!(
        "SELECT state FROM desk_case WHERE id = $1{}",
        tx.for_update()
    );
    let state: CaseState = tx.one(&sql, args![case_id]).await?.word("state")?;
    let next = state.after(event)?;
    tx.run(
        "UPDATE desk_case SET state = $1, changed_at = $2, version = version + 1 WHERE id = $3",
        args![next.as_str(), now, case_id],
    )
    .await?;
    audit(tx, now, actor, event.as_str(), Some(case_id), None).await?;
    touch_card(tx, case_id).await?;
    Ok(next)
}

/// As [`transition`], where the event may come too late to matter.
pub(super) async fn transition_if_possible(
    tx: &mut Tx,
    case_id: i64,
    event: CaseEvent,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    match transition(tx, case_id, event, actor, now).await {
        Ok(_) => Ok(true),
        Err(StoreError::Transition(_)) => {
            touch_card(tx, case_id).await?;
            Ok(false)
        }
        Err(e) => Err(e),
    }
}

/// The card of the case is to be shown anew.
pub(super) async fn touch_card(tx: &mut Tx, case_id: i64) -> Result<()> {
    tx.run(
        "INSERT INTO card (case_id, wanted, shown) VALUES ($1, 1, 0) \
         ON CONFLICT (case_id) DO UPDATE SET wanted = card.wanted + 1",
        args![case_id],
    )
    .await?;
    Ok(())
}

/// Tells staff once.
pub(super) async fn notice(
    tx: &mut Tx,
    case_id: Option<i64>,
    n: &NewNotice,
    now: DateTime<Utc>,
) -> Result<()> {
    let case_id = if n.in_thread { case_id } else { None };
    tx.run(
        "INSERT INTO notice (at, case_id, kind, dedupe, text) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (dedupe) DO NOTHING",
        args![now, case_id, n.kind.as_str(), n.dedupe.as_str(), n.text.as_str()],
    )
    .await?;
    Ok(())
}

/// Makes open and approved drafts of a case stale, and calls back what of them has not left. True where one was.
pub(super) async fn void_drafts(
    tx: &mut Tx,
    case_id: i64,
    why: &str,
    by: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    // What is in flight cannot be called back; its draft stays approved.
    tx.run(
        "UPDATE outbox SET status = 'cancelled', finished_at = $1, error = $2 \
         WHERE case_id = $3 AND kind = 'answer' AND status IN ('scheduled', 'temporary_failure')",
        args![now, why, case_id],
    )
    .await?;
    tx.run(
        "UPDATE approval SET cancelled_at = $1, cancelled_by = $2 WHERE cancelled_at IS NULL AND draft_id IN \
         (SELECT id FROM draft WHERE case_id = $3) AND draft_id NOT IN \
         (SELECT draft_id FROM outbox WHERE case_id = $3 AND draft_id IS NOT NULL AND status <> 'cancelled')",
        args![now, by, case_id],
    )
    .await?;
    let voided = tx
        .run(
            "UPDATE draft SET state = 'voided', closed_at = $1, closed_by = $2, reason = $3 WHERE case_id = $4 AND \
             (state = 'open' OR (state = 'approved' AND id NOT IN \
             (SELECT draft_id FROM approval WHERE cancelled_at IS NULL)))",
            args![now, by, why, case_id],
        )
        .await?;
    Ok(voided > 0)
}

/// Puts a rendered mail into the outbox; a second one of the same `dedupe` is not added.
pub(super) async fn enqueue(
    tx: &mut Tx,
    o: &NewOutbox,
    case_id: Option<i64>,
    draft_id: Option<i64>,
    person_id: Option<i64>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let recipients =
        serde_json::to_string(&o.recipients).map_err(|_| StoreError::corrupt("recipients"))?;
    let added = tx
        .run(
            "INSERT INTO outbox (kind, dedupe, case_id, draft_id, person_id, message_id, envelope_from, recipients, mime, \
             status, due, attempts, handed_over, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'scheduled', $10, 0, 0, $11) ON CONFLICT DO NOTHING",
            args![
                o.kind.as_str(),
                o.dedupe.as_str(),
                case_id,
                draft_id,
                person_id,
                o.message_id.as_str(),
                o.envelope_from.clone(),
                recipients,
                o.mime.as_slice(),
                o.due,
                now
            ],
        )
        .await?;
    Ok(added == 1)
}

pub(super) fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|e| StoreError::Corrupt(e.to_string()))
}
