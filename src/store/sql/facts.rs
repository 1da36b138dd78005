//! What the store knows that bears on a message.

use super::{
    SqlStore,
    engine::{Row, Tx, args},
};
use crate::domain::person::{normal_address, shape};
use crate::store::{Facts, FactsQuery, Result};
use chrono::Duration;

impl SqlStore {
    pub(super) async fn read_facts(&self, q: FactsQuery<'_>) -> Result<Facts> {
        let mut tx = self.db.begin().await?;
        let mut facts = Facts::default();
        let address = normal_address(q.sender);
        if let Some(r) = tx
            .optional(
                "SELECT person_id, blocked_reason, blocked_at, kind, opted_out_at FROM person_address \
                 JOIN person ON person.id = person_id WHERE address = $1",
                args![address.as_str()],
            )
            .await?
        {
            facts.person_id = Some(r.int("person_id")?);
            facts.person_kind = Some(r.word("kind")?);
            facts.opted_out = r.maybe_int("opted_out_at")?.is_some();
            facts.blocked = match r.maybe_int("blocked_at")? {
                Some(_) => Some(r.maybe_text("blocked_reason")?.unwrap_or_default()),
                None => None,
            };
        }
        for id in q.ours {
            let Some(r) = tx
                .optional(
                    "SELECT outbox.id AS outbox_id, desk_case.id AS case_id, number, desk_case.person_id AS owner FROM outbox \
                     JOIN desk_case ON desk_case.id = outbox.case_id WHERE message_id = $1",
                    args![id.as_str()],
                )
                .await?
            else {
                continue;
            };
            facts.referenced = Some((r.int("case_id")?, r.text("number")?, r.int("owner")?));
            facts.referenced_outbox = Some(r.int("outbox_id")?);
            break;
        }
        let whose = facts
            .person_id
            .or(facts.referenced.as_ref().map(|(_, _, p)| *p));
        if let Some(person) = whose {
            if let Some(r) = tx
                .optional(
                    "SELECT id, number FROM desk_case WHERE person_id = $1 ORDER BY id DESC LIMIT 1",
                    args![person],
                )
                .await?
            {
                facts.case = Some((r.int("id")?, r.text("number")?));
            }
            let ack = "kind = 'acknowledgement' AND status NOT IN ('cancelled')";
            facts.acknowledged_at = tx
                .one(
                    &format!(
                        "SELECT MAX(created_at) AS t FROM outbox WHERE person_id = $1 AND {ack}"
                    ),
                    args![person],
                )
                .await?
                .maybe_time("t")?;
            facts.automatic_in_week = tx
                .one(
                    &format!("SELECT COUNT(*) AS n FROM outbox WHERE person_id = $1 AND {ack} AND created_at > $2"),
                    args![person, q.now - Duration::days(7)],
                )
                .await?
                .count("n")?;
            if let Some(r) = tx
                .optional(
                    "SELECT wishes, profile FROM wish_version WHERE person_id = $1 ORDER BY version DESC LIMIT 1",
                    args![person],
                )
                .await?
            {
                facts.wishes = r.json("wishes")?;
                facts.profile = r.json("profile")?;
            }
        }
        if let Some((case_id, ..)) = facts
            .referenced
            .as_ref()
            .map(|(c, n, _)| (*c, n))
            .or(facts.case.as_ref().map(|(c, n)| (*c, n)))
        {
            facts.has_open_draft = tx
                .one(
                    "SELECT COUNT(*) AS n FROM draft WHERE case_id = $1 AND state IN ('open', 'approved')",
                    args![case_id],
                )
                .await?
                .count("n")?
                > 0;
        }
        if facts.person_id.is_none() && !address.is_empty() {
            resembling(&mut tx, &q, &address, &mut facts).await?;
        }
        if !address.is_empty() {
            facts.same_subject_in_hour = tx
                .one(
                    "SELECT COUNT(*) AS n FROM message WHERE sender = $1 AND subject = $2 AND stored_at > $3 AND id <> $4",
                    args![address.as_str(), q.subject, q.now - Duration::hours(1), q.message],
                )
                .await?
                .count("n")?;
        }
        let used = tx
            .one(
                "SELECT COUNT(*) AS n FROM desk_case WHERE number LIKE $1",
                args![format!("{}%", q.number_prefix)],
            )
            .await?
            .count("n")?;
        facts.next_number = format!("{}{:04}", q.number_prefix, used + 1);
        tx.commit().await?;
        Ok(facts)
    }
}

/// Who on file could be taken for an unknown sender.
async fn resembling(
    tx: &mut Tx,
    q: &FactsQuery<'_>,
    address: &str,
    facts: &mut Facts,
) -> Result<()> {
    const ON_FILE: &str =
        "SELECT address, name FROM person_address JOIN person ON person.id = person_id WHERE";
    let both = |r: &Row| Ok((r.text("address")?, r.text("name")?));
    let twins = tx
        .all(
            &format!("{ON_FILE} shape = $1 AND shape <> '' LIMIT 20"),
            args![shape(address)],
        )
        .await?;
    facts.twins = twins.iter().map(both).collect::<Result<_>>()?;
    if q.name.contains('@') {
        facts.named = tx
            .optional(
                &format!("{ON_FILE} address = $1"),
                args![normal_address(q.name)],
            )
            .await?
            .as_ref()
            .map(both)
            .transpose()?;
    } else if !q.name.is_empty() {
        let namesakes = tx
            .all(
                &format!(
                    "{ON_FILE} kind = 'doctor' AND REPLACE(REPLACE(name, ' ', ''), '　', '') = $1 LIMIT 20"
                ),
                args![q.name],
            )
            .await?;
        facts.namesakes = namesakes.iter().map(both).collect::<Result<_>>()?;
    }
    Ok(())
}
