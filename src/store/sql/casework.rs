//! Reading cases. Deciding on them stands in `decisions.rs`.

use super::{
    SqlStore,
    engine::{Row, args},
    outbox, steps,
};
use crate::domain::{
    review::Approval,
    wish::{Language, MessageKind},
};
use crate::store::{CaseDetail, CaseSummary, HistoryLine, MessageSummary, Result, StandingWishes};

const SUMMARY: &str = "SELECT c.id AS id, c.number AS number, c.state AS state, c.kind AS kind, c.opened_at AS opened_at, \
    c.changed_at AS changed_at, c.assignee AS assignee, c.held_by AS held_by, p.name AS name, \
    (SELECT written FROM person_address a WHERE a.person_id = p.id ORDER BY added_at, address LIMIT 1) AS address, \
    (SELECT MAX(revision) FROM draft d WHERE d.case_id = c.id) AS revision FROM desk_case c JOIN person p ON p.id = c.person_id";

fn summary(r: &Row) -> Result<CaseSummary> {
    Ok(CaseSummary {
        id: r.int("id")?,
        number: r.text("number")?,
        state: r.word("state")?,
        kind: r.word("kind").unwrap_or(MessageKind::General),
        name: r.text("name")?,
        address: r.maybe_text("address")?,
        opened_at: r.time("opened_at")?,
        changed_at: r.time("changed_at")?,
        revision: r.maybe_int("revision")?.and_then(|n| u32::try_from(n).ok()),
        assignee: r.maybe_text("assignee")?,
        held_by: r.maybe_text("held_by")?,
    })
}

fn standing(r: &Row) -> Result<StandingWishes> {
    Ok(StandingWishes {
        version: r.count("version")?,
        message_id: r.int("message_id")?,
        at: r.time("at")?,
        profile: r.json("profile")?,
        wishes: r.json("wishes")?,
        changes: r.json("changes")?,
    })
}

fn message(r: &Row) -> Result<MessageSummary> {
    let kind = r.maybe_text("kind")?;
    let reading = r.maybe_text("reading")?;
    Ok(MessageSummary {
        id: r.int("id")?,
        source: r.word("source")?,
        received_at: r.time("received_at")?,
        kind: kind.and_then(|k| k.parse().ok()),
        subject: r.maybe_text("subject")?.unwrap_or_default(),
        new_text: r.maybe_text("new_text")?.unwrap_or_default(),
        sender: r.maybe_text("sender")?.unwrap_or_default(),
        reading: reading.and_then(|t| serde_json::from_str(&t).ok()),
        message_id: r.maybe_text("message_id")?,
        origin: r.maybe_text("origin")?,
        header_only: r.flag("header_only")?,
        doubts: match r.maybe_text("doubts")? {
            Some(text) => serde_json::from_str(&text)
                .map_err(|_| crate::store::StoreError::corrupt("message.doubts"))?,
            None => vec![],
        },
    })
}

impl SqlStore {
    pub(super) async fn list_cases(&self, all: bool, limit: u32) -> Result<Vec<CaseSummary>> {
        let filter = if all {
            ""
        } else {
            " WHERE c.state NOT IN ('sent', 'rejected', 'withdrawn')"
        };
        let sql = format!("{SUMMARY}{filter} ORDER BY c.changed_at DESC, c.id DESC LIMIT $1");
        self.db
            .all(&sql, args![limit])
            .await?
            .iter()
            .map(summary)
            .collect()
    }

    pub(super) async fn find_case(&self, number: &str) -> Result<Option<CaseDetail>> {
        let wanted = number.trim().trim_start_matches('#').to_uppercase();
        let row = self
            .db
            .optional(
                "SELECT id FROM desk_case WHERE number = $1",
                args![wanted.as_str()],
            )
            .await?;
        let row = match row {
            Some(row) => Some(row),
            // The last digits are enough while they name one case.
            None if !wanted.is_empty()
                && wanted.chars().all(|c| c.is_ascii_digit() || c == '-') =>
            {
                let mut rows = self
                    .db
                    .all(
                        "SELECT id FROM desk_case WHERE number LIKE $1 ORDER BY id DESC LIMIT 2",
                        args![format!("%-{wanted}")],
                    )
                    .await?;
                if rows.len() == 1 { rows.pop() } else { None }
            }
            None => None,
        };
        match row {
            Some(row) => self.read_case(row.int("id")?).await,
            None => Ok(None),
        }
    }

    pub(super) async fn read_case(&self, id: i64) -> Result<Option<CaseDetail>> {
        let Some(head) = self
            .db
            .optional(&format!("{SUMMARY} WHERE c.id = $1"), args![id])
            .await?
        else {
            return Ok(None);
        };
        let row = self
            .db
            .optional(
                "SELECT c.version, c.person_id, c.reason, c.redraft, c.newest_message, c.draft_due, p.kind AS person_kind, \
                 p.language, p.opted_out_at, p.paused_until FROM desk_case c JOIN person p ON p.id = c.person_id WHERE c.id = $1",
                args![id],
            )
            .await?
            .ok_or(crate::store::StoreError::Missing)?;
        let person_id = row.int("person_id")?;
        let addresses = self
            .db
            .all(
                "SELECT written, blocked_at, blocked_reason FROM person_address WHERE person_id = $1 ORDER BY added_at, address",
                args![person_id],
            )
            .await?
            .iter()
            .map(|r| {
                let reason = r.maybe_text("blocked_reason")?.unwrap_or_default();
                Ok((r.text("written")?, r.maybe_int("blocked_at")?.map(|_| reason)))
            })
            .collect::<Result<Vec<_>>>()?;
        let messages = self
            .db
            .all(
                "SELECT id, source, received_at, kind, subject, new_text, reading, sender, message_id, origin, header_only, doubts \
                 FROM message WHERE case_id = $1 ORDER BY id",
                args![id],
            )
            .await?
            .iter()
            .map(message)
            .collect::<Result<Vec<_>>>()?;
        let wishes = self
            .db
            .optional(
                "SELECT * FROM wish_version WHERE person_id = $1 ORDER BY version DESC LIMIT 1",
                args![person_id],
            )
            .await?;
        let draft = self
            .db
            .optional(
                "SELECT * FROM draft WHERE case_id = $1 ORDER BY revision DESC LIMIT 1",
                args![id],
            )
            .await?;
        let approval = self
            .db
            .optional(
                "SELECT approval.id AS id, draft_id, reviewer, at FROM approval JOIN draft ON draft.id = draft_id \
                 WHERE case_id = $1 AND cancelled_at IS NULL ORDER BY approval.id DESC LIMIT 1",
                args![id],
            )
            .await?
            .map(|r| -> Result<Approval> {
                Ok(Approval {
                    id: r.int("id")?,
                    draft_id: r.int("draft_id")?,
                    reviewer: r.text("reviewer")?,
                    at: r.time("at")?,
                })
            })
            .transpose()?;
        let entries = self
            .db
            .all(
                "SELECT * FROM outbox WHERE case_id = $1 ORDER BY id",
                args![id],
            )
            .await?
            .iter()
            .map(outbox::entry)
            .collect::<Result<Vec<_>>>()?;
        let redraft = row.maybe_text("redraft")?;
        Ok(Some(CaseDetail {
            summary: summary(&head)?,
            version: row.int("version")?,
            person_id,
            person_kind: row.word("person_kind")?,
            language: row.word("language").unwrap_or(Language::Ja),
            opted_out: row.maybe_int("opted_out_at")?.is_some(),
            paused_until: row.maybe_time("paused_until")?,
            addresses,
            messages,
            wishes: wishes.as_ref().map(standing).transpose()?,
            answer: draft
                .as_ref()
                .map_or(Ok(serde_json::Value::Null), |r| r.json("answer"))?,
            draft: draft.as_ref().map(steps::draft).transpose()?,
            approval,
            outbox: entries,
            reason: row.maybe_text("reason")?,
            redraft: redraft.and_then(|t| serde_json::from_str(&t).ok()),
            newest_message: row.maybe_int("newest_message")?,
            draft_due: row.maybe_time("draft_due")?,
        }))
    }

    pub(super) async fn read_history(&self, case_id: i64) -> Result<Vec<HistoryLine>> {
        self.db
            .all(
                "SELECT at, actor, action, detail FROM audit WHERE case_id = $1 ORDER BY id",
                args![case_id],
            )
            .await?
            .iter()
            .map(|r| {
                Ok(HistoryLine {
                    at: r.time("at")?,
                    actor: r.text("actor")?,
                    action: r.text("action")?,
                    detail: r.maybe_text("detail")?,
                })
            })
            .collect()
    }

    pub(super) async fn read_wish_history(&self, person_id: i64) -> Result<Vec<StandingWishes>> {
        self.db
            .all(
                "SELECT * FROM wish_version WHERE person_id = $1 ORDER BY version",
                args![person_id],
            )
            .await?
            .iter()
            .map(standing)
            .collect()
    }
}
