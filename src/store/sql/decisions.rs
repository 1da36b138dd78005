use super::{
    SqlStore,
    engine::{Tx, args},
    outbox, shared,
    shared::json,
};
use crate::domain::{
    case::{CaseEvent, CaseState},
    outbox::{DeliveryStatus, OutboxKind},
    person::{normal_address, shape},
    review::{Actor, Outcome},
};
use crate::store::{
    CaseDetail, CaseSummary, Casework, Edit, HistoryLine, NewOutbox, Redraft, Result,
    StandingWishes, StoreError,
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};

/// What a decision must know of a case, read under its lock.
struct Locked {
    state: CaseState,
    person: i64,
    newest: Option<i64>,
    held_by: Option<String>,
    revision: Option<u32>,
}

async fn lock(tx: &mut Tx, case_id: i64) -> Result<Option<Locked>> {
    let sql = format!(
        "SELECT state, person_id, newest_message, held_by FROM desk_case WHERE id = $1{}",
        tx.for_update()
    );
    let Some(row) = tx.optional(&sql, args![case_id]).await? else {
        return Ok(None);
    };
    let newest = tx
        .one(
            "SELECT MAX(revision) AS r FROM draft WHERE case_id = $1",
            args![case_id],
        )
        .await?;
    Ok(Some(Locked {
        state: row.word("state")?,
        person: row.int("person_id")?,
        newest: row.maybe_int("newest_message")?,
        held_by: row.maybe_text("held_by")?,
        revision: newest.maybe_int("r")?.and_then(|n| u32::try_from(n).ok()),
    }))
}

/// Who has approved the newest draft, where an approval stands.
async fn approver(tx: &mut Tx, case_id: i64) -> Result<Option<String>> {
    let row = tx
        .optional(
            "SELECT reviewer FROM approval JOIN draft ON draft.id = draft_id WHERE case_id = $1 AND cancelled_at IS NULL \
             ORDER BY approval.id DESC LIMIT 1",
            args![case_id],
        )
        .await?;
    row.map(|r| r.text("reviewer")).transpose()
}

/// A change that moves no state still makes steps that read the older case void, and the card stale.
async fn bump(tx: &mut Tx, case_id: i64, now: DateTime<Utc>) -> Result<()> {
    tx.run(
        "UPDATE desk_case SET version = version + 1, changed_at = $1 WHERE id = $2",
        args![now, case_id],
    )
    .await?;
    shared::touch_card(tx, case_id).await
}

#[async_trait]
impl Casework for SqlStore {
    async fn cases(&self, all: bool, limit: u32) -> Result<Vec<CaseSummary>> {
        self.list_cases(all, limit).await
    }

    async fn case_by_number(&self, number: &str) -> Result<Option<CaseDetail>> {
        self.find_case(number).await
    }

    async fn case(&self, id: i64) -> Result<Option<CaseDetail>> {
        self.read_case(id).await
    }

    async fn history(&self, case_id: i64) -> Result<Vec<HistoryLine>> {
        self.read_history(case_id).await
    }

    async fn wish_history(&self, person_id: i64) -> Result<Vec<StandingWishes>> {
        self.read_wish_history(person_id).await
    }

    async fn approve(
        &self,
        case_id: i64,
        revision: u32,
        actor: &Actor,
        mail: NewOutbox,
        now: DateTime<Utc>,
    ) -> Result<Outcome> {
        let mut tx = self.db.begin().await?;
        let Some(case) = lock(&mut tx, case_id).await? else {
            return Ok(Outcome::Unknown);
        };
        if case.revision != Some(revision) {
            return Ok(Outcome::Stale);
        }
        if let Some(who) = approver(&mut tx, case_id).await?
            && matches!(
                case.state,
                CaseState::Approved | CaseState::Queued | CaseState::Sent
            )
        {
            return Ok(Outcome::AlreadyDone(who));
        }
        if let Some(who) = case.held_by {
            return Ok(Outcome::Held(who));
        }
        if case.state != CaseState::InReview {
            return Ok(Outcome::NotNow(case.state));
        }
        let decided = tx
            .optional(
                "UPDATE draft SET state = 'approved', closed_at = $1, closed_by = $2 WHERE case_id = $3 AND revision = $4 \
                 AND state = 'open' AND answers = $5 RETURNING id, recipients, kind",
                args![now, actor.record(), case_id, revision, case.newest],
            )
            .await?;
        let Some(draft) = decided else {
            return Ok(Outcome::Stale);
        };
        let draft_id = draft.int("id")?;
        tx.run(
            "INSERT INTO approval (draft_id, reviewer, at, recipients, newest_message) VALUES ($1, $2, $3, $4, $5)",
            args![draft_id, actor.record(), now, draft.text("recipients")?, case.newest],
        )
        .await?;
        if !shared::enqueue(
            &mut tx,
            &mail,
            Some(case_id),
            Some(draft_id),
            Some(case.person),
            now,
        )
        .await?
        {
            return Err(StoreError::corrupt("outbox.dedupe"));
        }
        // Staff who answer a later mail of somebody who had opted out take them back in; the mail is the evidence.
        if draft.text("kind")? != "opt_out" {
            tx.run(
                "UPDATE person SET opted_out_at = NULL WHERE id = $1 AND opted_out_at < \
                 (SELECT stored_at FROM message WHERE message.id = $2)",
                args![case.person, case.newest],
            )
            .await?;
        }
        // An address that staff confirmed belongs to the person from now on.
        for address in &mail.recipients {
            tx.run(
                "INSERT INTO person_address (address, person_id, written, added_at, shape) VALUES ($1, $2, $3, $4, $5) \
                 ON CONFLICT (address) DO NOTHING",
                args![normal_address(address), case.person, address.as_str(), now, shape(address)],
            )
            .await?;
        }
        shared::transition(&mut tx, case_id, CaseEvent::Approved, &actor.record(), now).await?;
        tx.commit().await?;
        Ok(Outcome::Done)
    }

    async fn cancel_approval(
        &self,
        case_id: i64,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<Outcome> {
        let mut tx = self.db.begin().await?;
        let Some(case) = lock(&mut tx, case_id).await? else {
            return Ok(Outcome::Unknown);
        };
        if !matches!(case.state, CaseState::Approved | CaseState::Queued) {
            return Ok(Outcome::NotNow(case.state));
        }
        let called_back = tx
            .optional(
                "UPDATE outbox SET status = 'cancelled', finished_at = $1, error = $2 WHERE case_id = $3 AND kind = 'answer' \
                 AND status IN ('scheduled', 'temporary_failure') RETURNING draft_id",
                args![now, format!("取消: {}", actor.name), case_id],
            )
            .await?;
        let Some(row) = called_back else {
            return Ok(Outcome::NotNow(CaseState::Queued));
        };
        let draft_id = row.maybe_int("draft_id")?;
        tx.run(
            "UPDATE approval SET cancelled_at = $1, cancelled_by = $2 WHERE draft_id = $3 AND cancelled_at IS NULL",
            args![now, actor.record(), draft_id],
        )
        .await?;
        tx.run(
            "UPDATE draft SET state = 'open', closed_at = NULL, closed_by = NULL WHERE id = $1",
            args![draft_id],
        )
        .await?;
        shared::transition(
            &mut tx,
            case_id,
            CaseEvent::ApprovalCancelled,
            &actor.record(),
            now,
        )
        .await?;
        tx.commit().await?;
        Ok(Outcome::Done)
    }

    async fn edit(&self, e: Edit, actor: &Actor, now: DateTime<Utc>) -> Result<Outcome> {
        let mut tx = self.db.begin().await?;
        let Some(case) = lock(&mut tx, e.case_id).await? else {
            return Ok(Outcome::Unknown);
        };
        if case.revision != e.base {
            return Ok(Outcome::Stale);
        }
        let presented = match case.state {
            CaseState::InReview => false,
            CaseState::NeedsHuman | CaseState::Failed | CaseState::Sent => true,
            other => return Ok(Outcome::NotNow(other)),
        };
        let Some(answers) = case.newest else {
            return Ok(Outcome::NotNow(case.state));
        };
        shared::void_drafts(&mut tx, e.case_id, "編集された", &actor.record(), now).await?;
        let before = tx
            .optional(
                "SELECT suggestions, answer FROM draft WHERE case_id = $1 ORDER BY revision DESC LIMIT 1",
                args![e.case_id],
            )
            .await?;
        let (suggestions, answer) = match before {
            Some(r) => (r.text("suggestions")?, r.text("answer")?),
            None => ("[]".to_owned(), "null".to_owned()),
        };
        tx.run(
            "INSERT INTO draft (case_id, revision, state, recipients, subject, body, suggestions, answer, kind, answers, author, created_at) \
             VALUES ($1, $2, 'open', $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            args![
                e.case_id,
                e.base.unwrap_or(0) + 1,
                json(&e.recipients)?,
                e.subject.as_str(),
                e.body.as_str(),
                suggestions,
                answer,
                e.kind.as_str(),
                answers,
                actor.record(),
                now
            ],
        )
        .await?;
        tx.run(
            "UPDATE desk_case SET reason = NULL, draft_due = NULL WHERE id = $1",
            args![e.case_id],
        )
        .await?;
        if presented {
            shared::transition(
                &mut tx,
                e.case_id,
                CaseEvent::Presented,
                &actor.record(),
                now,
            )
            .await?;
        }
        bump(&mut tx, e.case_id, now).await?;
        shared::audit(
            &mut tx,
            now,
            &actor.record(),
            "edited",
            Some(e.case_id),
            None,
        )
        .await?;
        tx.commit().await?;
        Ok(Outcome::Done)
    }

    async fn redraft(
        &self,
        case_id: i64,
        revision: u32,
        redraft: Redraft,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<Outcome> {
        let mut tx = self.db.begin().await?;
        let Some(case) = lock(&mut tx, case_id).await? else {
            return Ok(Outcome::Unknown);
        };
        if case.revision != Some(revision) {
            return Ok(Outcome::Stale);
        }
        if case.state != CaseState::InReview {
            return Ok(match approver(&mut tx, case_id).await? {
                Some(who)
                    if matches!(
                        case.state,
                        CaseState::Approved | CaseState::Queued | CaseState::Sent
                    ) =>
                {
                    Outcome::AlreadyDone(who)
                }
                _ => Outcome::NotNow(case.state),
            });
        }
        let closed = tx
            .run(
                "UPDATE draft SET state = 'rejected', closed_at = $1, closed_by = $2, reason = $3 \
                 WHERE case_id = $4 AND revision = $5 AND state = 'open'",
                args![
                    now,
                    actor.record(),
                    redraft.reason.as_str(),
                    case_id,
                    revision
                ],
            )
            .await?;
        if closed == 0 {
            return Ok(Outcome::Stale);
        }
        tx.run(
            "UPDATE desk_case SET redraft = $1, draft_due = $2 WHERE id = $3",
            args![json(&redraft)?, now, case_id],
        )
        .await?;
        shared::transition(
            &mut tx,
            case_id,
            CaseEvent::RedraftAsked,
            &actor.record(),
            now,
        )
        .await?;
        shared::audit(
            &mut tx,
            now,
            &actor.record(),
            "sent_back",
            Some(case_id),
            Some(redraft.reason.as_str()),
        )
        .await?;
        tx.commit().await?;
        Ok(Outcome::Done)
    }

    async fn close(
        &self,
        case_id: i64,
        reason: &str,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<Outcome> {
        let mut tx = self.db.begin().await?;
        let Some(case) = lock(&mut tx, case_id).await? else {
            return Ok(Outcome::Unknown);
        };
        if matches!(
            case.state,
            CaseState::Rejected | CaseState::Approved | CaseState::Queued
        ) {
            return Ok(Outcome::NotNow(case.state));
        }
        shared::void_drafts(&mut tx, case_id, reason, &actor.record(), now).await?;
        tx.run(
            "UPDATE desk_case SET reason = $1, draft_due = NULL, held_by = NULL WHERE id = $2",
            args![reason, case_id],
        )
        .await?;
        shared::transition(&mut tx, case_id, CaseEvent::Rejected, &actor.record(), now).await?;
        tx.commit().await?;
        Ok(Outcome::Done)
    }

    async fn hold(
        &self,
        case_id: i64,
        on: bool,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<Outcome> {
        let mut tx = self.db.begin().await?;
        let Some(case) = lock(&mut tx, case_id).await? else {
            return Ok(Outcome::Unknown);
        };
        match (on, case.held_by, case.state) {
            (true, Some(who), _) => return Ok(Outcome::AlreadyDone(who)),
            (true, None, CaseState::Approved | CaseState::Queued) => {
                return Ok(Outcome::NotNow(case.state));
            }
            (false, None, _) => return Ok(Outcome::NotNow(case.state)),
            _ => {}
        }
        tx.run(
            "UPDATE desk_case SET held_by = $1 WHERE id = $2",
            args![on.then(|| actor.record()), case_id],
        )
        .await?;
        bump(&mut tx, case_id, now).await?;
        let action = if on { "held" } else { "released" };
        shared::audit(&mut tx, now, &actor.record(), action, Some(case_id), None).await?;
        tx.commit().await?;
        Ok(Outcome::Done)
    }

    async fn claim_case(&self, case_id: i64, actor: &Actor, now: DateTime<Utc>) -> Result<Outcome> {
        let mut tx = self.db.begin().await?;
        if lock(&mut tx, case_id).await?.is_none() {
            return Ok(Outcome::Unknown);
        }
        let record = actor.record();
        let changed = tx
            .run(
                "UPDATE desk_case SET assignee = $1 WHERE id = $2 AND (assignee IS NULL OR assignee <> $1)",
                args![record.as_str(), case_id],
            )
            .await?;
        if changed == 0 {
            return Ok(Outcome::AlreadyDone(record));
        }
        bump(&mut tx, case_id, now).await?;
        shared::audit(&mut tx, now, &record, "claimed", Some(case_id), None).await?;
        tx.commit().await?;
        Ok(Outcome::Done)
    }

    async fn settle_uncertain(
        &self,
        id: i64,
        left: bool,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<Outcome> {
        let mut tx = self.db.begin().await?;
        let sql = format!("SELECT * FROM outbox WHERE id = $1{}", tx.for_update());
        let Some(row) = tx.optional(&sql, args![id]).await? else {
            return Ok(Outcome::Unknown);
        };
        let entry = outbox::entry(&row)?;
        if entry.status != DeliveryStatus::Uncertain {
            return Ok(Outcome::AlreadyDone(String::new()));
        }
        if let (Some(case_id), false) = (entry.case_id, left) {
            let Some(case) = lock(&mut tx, case_id).await? else {
                return Ok(Outcome::Unknown);
            };
            let answered = match entry.draft_id {
                Some(d) => tx
                    .one("SELECT answers FROM draft WHERE id = $1", args![d])
                    .await?
                    .maybe_int("answers")?,
                None => case.newest,
            };
            if answered != case.newest {
                return Ok(Outcome::Stale);
            }
        }
        let status = if left { "completed" } else { "scheduled" };
        tx.run(
            "UPDATE outbox SET status = $1, due = $2, handed_over = 0, finished_at = $2 WHERE id = $3",
            args![status, now, id],
        )
        .await?;
        if let Some(case_id) = entry.case_id {
            if entry.kind == OutboxKind::Answer && left {
                shared::transition_if_possible(
                    &mut tx,
                    case_id,
                    CaseEvent::Sent,
                    &actor.record(),
                    now,
                )
                .await?;
            }
            tx.run(
                "UPDATE desk_case SET reason = NULL WHERE id = $1",
                args![case_id],
            )
            .await?;
            shared::touch_card(&mut tx, case_id).await?;
            let action = if left {
                "settled_as_sent"
            } else {
                "sent_again"
            };
            shared::audit(
                &mut tx,
                now,
                &actor.record(),
                action,
                Some(case_id),
                Some(&format!("outbox {id}")),
            )
            .await?;
        }
        tx.commit().await?;
        Ok(Outcome::Done)
    }

    async fn seen(
        &self,
        case_id: i64,
        what: &str,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let mut tx = self.db.begin().await?;
        shared::audit(&mut tx, now, &actor.record(), what, Some(case_id), None).await?;
        tx.commit().await
    }

    async fn unblock(&self, address: &str, actor: &Actor, now: DateTime<Utc>) -> Result<bool> {
        let mut tx = self.db.begin().await?;
        let freed = tx
            .run(
                "UPDATE person_address SET blocked_at = NULL, blocked_reason = NULL WHERE address = $1 AND blocked_at IS NOT NULL",
                args![normal_address(address)],
            )
            .await?;
        if freed > 0 {
            shared::audit(&mut tx, now, &actor.record(), "unblocked", None, None).await?;
        }
        tx.commit().await?;
        Ok(freed > 0)
    }
}
