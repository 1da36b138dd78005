use super::{
    SqlStore,
    engine::{Row, Tx, args},
    openings, shared,
    shared::json,
};
use crate::domain::{
    case::{CaseEvent, CaseState},
    draft::Draft,
    person::{normal_address, shape},
};
use crate::store::{
    CaseChoice, Facts, FactsQuery, Finished, NewDraft, NewNotice, PersonChoice, Result, Steps,
    StoreError, StoredMessage, TakenIn,
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};

const PROGRAM: &str = "madoguchi";

pub(super) fn draft(r: &Row) -> Result<Draft> {
    Ok(Draft {
        id: r.int("id")?,
        case_id: r.int("case_id")?,
        revision: r.count("revision")?,
        state: r.word("state")?,
        recipients: r.json("recipients")?,
        subject: r.text("subject")?,
        body: r.text("body")?,
        suggestions: r.json("suggestions")?,
        kind: r.word("kind")?,
        answers: r.int("answers")?,
        author: r.text("author")?,
        created_at: r.time("created_at")?,
        closed_by: r.maybe_text("closed_by")?,
        reason: r.maybe_text("reason")?,
    })
}

async fn settle_person(
    tx: &mut Tx,
    taken: &TakenIn,
    choice: &PersonChoice,
    now: DateTime<Utc>,
) -> Result<i64> {
    let id = match choice {
        PersonChoice::Known(id) => *id,
        PersonChoice::New { address } => {
            let known = match address {
                Some(a) => {
                    tx.optional(
                        "SELECT person_id FROM person_address WHERE address = $1",
                        args![normal_address(a)],
                    )
                    .await?
                }
                None => None,
            };
            match known {
                Some(row) => row.int("person_id")?,
                None => {
                    let id = tx
                        .one(
                            "INSERT INTO person (kind, name, language, created_at) VALUES ('unknown', '', 'ja', $1) RETURNING id",
                            args![now],
                        )
                        .await?
                        .int("id")?;
                    if let Some(a) = address {
                        tx.run(
                            "INSERT INTO person_address (address, person_id, written, added_at, shape) VALUES ($1, $2, $3, $4, $5)",
                            args![normal_address(a), id, a.as_str(), now, shape(a)],
                        )
                        .await?;
                    }
                    id
                }
            }
        }
    };
    if let Some(about) = &taken.about {
        tx.run(
            "UPDATE person SET kind = CASE WHEN $1 = 'unknown' THEN kind ELSE $1 END, \
             name = CASE WHEN name = '' THEN $2 ELSE name END, language = $3 WHERE id = $4",
            args![
                about.kind.as_str(),
                about.name.as_str(),
                about.language.as_str(),
                id
            ],
        )
        .await?;
    }
    Ok(id)
}

async fn settle_case(
    tx: &mut Tx,
    taken: &TakenIn,
    choice: &CaseChoice,
    person: i64,
    now: DateTime<Utc>,
) -> Result<i64> {
    let kind = taken.kind.map_or("general", |k| k.as_str());
    match choice {
        CaseChoice::Existing(id) => Ok(*id),
        CaseChoice::New { number } => {
            let id = tx
                .one(
                    "INSERT INTO desk_case (number, person_id, kind, state, opened_at, changed_at, version) \
                     VALUES ($1, $2, $3, 'received', $4, $4, 1) RETURNING id",
                    args![number.as_str(), person, kind, now],
                )
                .await?
                .int("id")?;
            shared::audit(tx, now, PROGRAM, "case_opened", Some(id), None).await?;
            Ok(id)
        }
    }
}

async fn opt_out(tx: &mut Tx, person: i64, now: DateTime<Utc>) -> Result<()> {
    tx.run(
        "UPDATE person SET opted_out_at = $1 WHERE id = $2",
        args![now, person],
    )
    .await?;
    tx.run(
        "UPDATE outbox SET status = 'cancelled', finished_at = $1, error = 'opt_out' \
         WHERE person_id = $2 AND status IN ('scheduled', 'temporary_failure')",
        args![now, person],
    )
    .await?;
    for row in tx
        .all(
            "SELECT id FROM desk_case WHERE person_id = $1",
            args![person],
        )
        .await?
    {
        let case_id = row.int("id")?;
        shared::void_drafts(tx, case_id, "配信停止の申し出", PROGRAM, now).await?;
        tx.run(
            "UPDATE desk_case SET draft_due = NULL WHERE id = $1",
            args![case_id],
        )
        .await?;
        shared::touch_card(tx, case_id).await?;
    }
    Ok(())
}

async fn close_message(
    tx: &mut Tx,
    taken: &TakenIn,
    person: Option<i64>,
    case_id: Option<i64>,
) -> Result<()> {
    let reading = taken.reading.as_ref().map(json).transpose()?;
    let doubts = (!taken.doubts.is_empty())
        .then(|| json(&taken.doubts))
        .transpose()?;
    tx.run(
        "UPDATE message SET state = 'done', error = NULL, kind = $1, subject = $2, new_text = $3, reading = $4, \
         person_id = $5, case_id = $6, sender = $7, message_id = COALESCE(message_id, $8), doubts = $9 WHERE id = $10",
        args![
            taken.kind.map(|k| k.as_str()),
            taken.subject.as_str(),
            taken.new_text.as_str(),
            reading,
            person,
            case_id,
            normal_address(&taken.sender),
            taken.message_id.clone(),
            doubts,
            taken.message
        ],
    )
    .await?;
    Ok(())
}

#[async_trait]
impl Steps for SqlStore {
    async fn due_messages(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<StoredMessage>> {
        let rows = self
            .db
            .all(
                "SELECT id, source, received_at, raw, size, header_only, attempts, origin FROM message \
                 WHERE state = 'new' AND due <= $1 ORDER BY id LIMIT $2",
                args![now, limit],
            )
            .await?;
        rows.iter()
            .map(|r| {
                Ok(StoredMessage {
                    id: r.int("id")?,
                    source: r.word("source")?,
                    received_at: r.time("received_at")?,
                    raw: r.bytes("raw")?,
                    size: u64::try_from(r.int("size")?).unwrap_or(0),
                    header_only: r.flag("header_only")?,
                    attempts: r.count("attempts")?,
                    origin: r.maybe_text("origin")?,
                })
            })
            .collect()
    }

    async fn facts(&self, query: FactsQuery<'_>) -> Result<Facts> {
        self.read_facts(query).await
    }

    async fn take_in(&self, taken: TakenIn, now: DateTime<Utc>) -> Result<Finished> {
        let mut tx = self.db.begin().await?;
        let sql = format!("SELECT state FROM message WHERE id = $1{}", tx.for_update());
        if tx.one(&sql, args![taken.message]).await?.text("state")? != "new" {
            return Ok(Finished::Overtaken);
        }
        let person = match &taken.person {
            Some(choice) => Some(settle_person(&mut tx, &taken, choice, now).await?),
            None => None,
        };
        let case_id = match (&taken.case, person) {
            (Some(choice), Some(person)) => {
                Some(settle_case(&mut tx, &taken, choice, person, now).await?)
            }
            _ => None,
        };
        close_message(&mut tx, &taken, person, case_id).await?;
        if taken.opt_out
            && let Some(person) = person
        {
            opt_out(&mut tx, person, now).await?;
        }
        // Who writes is back; a machine's word that they are away comes with a date.
        if let Some(person) = person
            && (taken.newest || taken.pause_until.is_some())
        {
            let until = taken.pause_until;
            tx.run(
                "UPDATE person SET paused_until = $1 WHERE id = $2",
                args![until, person],
            )
            .await?;
        }
        if let Some(case_id) = case_id {
            if taken.newest {
                shared::void_drafts(&mut tx, case_id, "新しいメールが届いた", PROGRAM, now).await?;
                tx.run(
                    "UPDATE desk_case SET newest_message = $1, kind = $2, reason = $3, draft_due = $4 WHERE id = $5",
                    args![
                        taken.message,
                        taken.kind.map_or("general", |k| k.as_str()),
                        taken.reason.clone(),
                        taken.draft_due,
                        case_id
                    ],
                )
                .await?;
            }
            for event in &taken.events {
                shared::transition_if_possible(&mut tx, case_id, *event, PROGRAM, now).await?;
            }
            shared::touch_card(&mut tx, case_id).await?;
            if let (Some(w), Some(person)) = (&taken.wishes, person) {
                tx.run(
                    "INSERT INTO wish_version (person_id, version, case_id, message_id, at, profile, wishes, changes) \
                     SELECT $1, COALESCE(MAX(version), 0) + 1, $2, $3, $4, $5, $6, $7 FROM wish_version WHERE person_id = $1",
                    args![person, case_id, taken.message, now, json(&w.profile)?, json(&w.wishes)?, json(&w.changes)?],
                )
                .await?;
            }
        }
        if let Some(ack) = &taken.acknowledgement {
            shared::enqueue(&mut tx, ack, case_id, None, person, now).await?;
        }
        for o in &taken.openings {
            openings::add_draft(&mut tx, o, (taken.message, &taken.sender), now).await?;
        }
        for change in &taken.opening_changes {
            openings::propose(&mut tx, change, taken.message, now).await?;
        }
        for n in &taken.notices {
            shared::notice(&mut tx, case_id, n, now).await?;
        }
        for (action, detail) in &taken.audit {
            shared::audit(
                &mut tx,
                now,
                PROGRAM,
                action,
                case_id,
                Some(detail.as_str()),
            )
            .await?;
        }
        tx.commit().await?;
        Ok(Finished::Saved)
    }

    async fn message_failed(
        &self,
        id: i64,
        error: &str,
        retry_at: DateTime<Utc>,
        limit: u32,
        notice: NewNotice,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let mut tx = self.db.begin().await?;
        let tries = tx
            .one(
                "UPDATE message SET attempts = attempts + 1, error = $1, due = $2 WHERE id = $3 RETURNING attempts",
                args![error, retry_at, id],
            )
            .await?
            .count("attempts")?;
        let aside = tries >= limit;
        if aside {
            tx.run(
                "UPDATE message SET state = 'set_aside' WHERE id = $1",
                args![id],
            )
            .await?;
            shared::notice(&mut tx, None, &notice, now).await?;
            shared::audit(
                &mut tx,
                now,
                PROGRAM,
                "set_aside",
                None,
                Some(&format!("message {id}")),
            )
            .await?;
        }
        tx.commit().await?;
        Ok(aside)
    }

    async fn due_drafts(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<i64>> {
        let rows = self
            .db
            .all(
                "SELECT id FROM desk_case WHERE draft_due <= $1 AND state = 'understood' ORDER BY draft_due LIMIT $2",
                args![now, limit],
            )
            .await?;
        rows.iter().map(|r| r.int("id")).collect()
    }

    async fn save_draft(&self, d: NewDraft, now: DateTime<Utc>) -> Result<Finished> {
        let mut tx = self.db.begin().await?;
        if !unchanged(&mut tx, d.case_id, d.case_version).await? {
            return Ok(Finished::Overtaken);
        }
        shared::void_drafts(&mut tx, d.case_id, "新しい版ができた", PROGRAM, now).await?;
        tx.run(
            "INSERT INTO draft (case_id, revision, state, recipients, subject, body, suggestions, answer, kind, answers, author, created_at) \
             SELECT $1, COALESCE(MAX(revision), 0) + 1, 'open', $2, $3, $4, $5, $6, $7, $8, $9, $10 FROM draft WHERE case_id = $1",
            args![
                d.case_id,
                json(&d.recipients)?,
                d.subject.as_str(),
                d.body.as_str(),
                json(&d.suggestions)?,
                json(&d.answer)?,
                d.kind.as_str(),
                d.answers,
                PROGRAM,
                now
            ],
        )
        .await?;
        tx.run(
            "UPDATE desk_case SET draft_due = NULL, redraft = NULL, reason = NULL WHERE id = $1",
            args![d.case_id],
        )
        .await?;
        for event in &d.events {
            shared::transition(&mut tx, d.case_id, *event, PROGRAM, now).await?;
        }
        tx.commit().await?;
        Ok(Finished::Saved)
    }

    async fn needs_human(
        &self,
        case_id: i64,
        case_version: i64,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<Finished> {
        let mut tx = self.db.begin().await?;
        if !unchanged(&mut tx, case_id, case_version).await? {
            return Ok(Finished::Overtaken);
        }
        tx.run(
            "UPDATE desk_case SET draft_due = NULL, reason = $1 WHERE id = $2",
            args![reason, case_id],
        )
        .await?;
        shared::transition(&mut tx, case_id, CaseEvent::HumanNeeded, PROGRAM, now).await?;
        tx.commit().await?;
        Ok(Finished::Saved)
    }

    async fn answered_by_hand(
        &self,
        message: i64,
        recipients: &[String],
        message_id: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<Vec<i64>> {
        let mut tx = self.db.begin().await?;
        let mut cases = vec![];
        let own = match message_id {
            Some(id) => tx
                .optional("SELECT id FROM outbox WHERE message_id = $1", args![id])
                .await?
                .is_some(),
            None => false,
        };
        for address in recipients.iter().filter(|_| !own) {
            let rows = tx
                .all(
                    "SELECT desk_case.id AS id, state, desk_case.person_id AS person_id FROM desk_case JOIN person_address \
                     ON person_address.person_id = desk_case.person_id WHERE address = $1",
                    args![normal_address(address)],
                )
                .await?;
            for row in rows {
                let case_id = row.int("id")?;
                let state: CaseState = row.word("state")?;
                if matches!(
                    state,
                    CaseState::Sent
                        | CaseState::Queued
                        | CaseState::Rejected
                        | CaseState::Withdrawn
                ) {
                    continue;
                }
                shared::void_drafts(
                    &mut tx,
                    case_id,
                    "担当者がメールソフトから返信した",
                    PROGRAM,
                    now,
                )
                .await?;
                tx.run(
                    "UPDATE desk_case SET draft_due = NULL, reason = NULL WHERE id = $1",
                    args![case_id],
                )
                .await?;
                shared::transition(&mut tx, case_id, CaseEvent::Withdrawn, PROGRAM, now).await?;
                shared::audit(
                    &mut tx,
                    now,
                    PROGRAM,
                    "answered_by_hand",
                    Some(case_id),
                    None,
                )
                .await?;
                tx.run(
                    "UPDATE message SET case_id = $1, person_id = $2 WHERE id = $3",
                    args![case_id, row.int("person_id")?, message],
                )
                .await?;
                cases.push(case_id);
            }
        }
        tx.run(
            "UPDATE message SET state = 'done' WHERE id = $1",
            args![message],
        )
        .await?;
        tx.commit().await?;
        Ok(cases)
    }

    async fn raw(&self, message: i64) -> Result<Vec<u8>> {
        let row = self
            .db
            .optional("SELECT raw FROM message WHERE id = $1", args![message])
            .await?;
        row.ok_or(StoreError::Missing)?.bytes("raw")
    }

    async fn next_due(&self) -> Result<Option<DateTime<Utc>>> {
        let row = self
            .db
            .optional(
                "SELECT MIN(t) AS t FROM (\
                 SELECT MIN(due) AS t FROM message WHERE state = 'new' UNION ALL \
                 SELECT MIN(draft_due) AS t FROM desk_case WHERE state = 'understood' UNION ALL \
                 SELECT MIN(due) AS t FROM outbox WHERE status IN ('scheduled', 'temporary_failure')) AS waiting",
                args![],
            )
            .await?;
        row.map_or(Ok(None), |r| r.maybe_time("t"))
    }

    async fn newest_draft(&self, case_id: i64) -> Result<Option<Draft>> {
        let row = self
            .db
            .optional(
                "SELECT * FROM draft WHERE case_id = $1 ORDER BY revision DESC LIMIT 1",
                args![case_id],
            )
            .await?;
        row.as_ref().map(draft).transpose()
    }
}

/// Whether a case is still as it was when the facts for a step were read.
async fn unchanged(tx: &mut Tx, case_id: i64, version: i64) -> Result<bool> {
    let sql = format!(
        "SELECT version FROM desk_case WHERE id = $1{}",
        tx.for_update()
    );
    match tx.optional(&sql, args![case_id]).await? {
        Some(row) => Ok(row.int("version")? == version),
        None => Err(StoreError::Missing),
    }
}
