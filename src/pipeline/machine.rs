//! Mails of machines: delivery reports of our own mails, auto-replies of people we wrote to, and the rest.

use super::Pipeline;
use crate::{
    domain::{
        message::{AutomaticKind, Bounce, InboundMessage},
        person::mask_address,
        wish::MessageKind,
    },
    draft::{message_id, staff},
    store::{CaseChoice, Facts, NewNotice, PersonChoice, StoredMessage, TakenIn},
};
use chrono::{DateTime, Duration, NaiveTime, TimeZone as _, Utc};

/// Without a date of return an auto-reply is believed for a week.
const AWAY_DAYS: i64 = 7;

impl Pipeline {
    /// What becomes of a machine's mail; none for a person's.
    pub(super) async fn heed_machine(
        &self,
        stored: &StoredMessage,
        mail: &InboundMessage,
        facts: &Facts,
        now: DateTime<Utc>,
    ) -> anyhow::Result<Option<TakenIn>> {
        // A form on a web site writes from a no-reply address, but in the words of a person.
        if !mail.automatic.is_automatic || mail.automatic.kind == AutomaticKind::NoReply {
            return Ok(None);
        }
        let mut taken = TakenIn {
            message: stored.id,
            message_id: mail.message_id.clone(),
            kind: Some(MessageKind::Automatic),
            subject: mail.subject.clone(),
            new_text: mail.new_text.clone(),
            sender: mail.from.address.clone(),
            ..TakenIn::default()
        };
        taken
            .audit
            .push(("automatic".into(), mail.automatic.kind.to_string()));
        if let Some(bounce) = &mail.bounce {
            self.bounced(mail, bounce, facts, now).await?;
            return Ok(Some(taken));
        }
        let person = facts
            .referenced
            .as_ref()
            .map(|(_, _, owner)| *owner)
            .or(facts.person_id);
        let case = facts
            .referenced
            .as_ref()
            .map(|(id, number, _)| (*id, number.clone()))
            .or_else(|| facts.case.clone());
        if let (AutomaticKind::AutoReply, Some(person), Some((case, number))) =
            (mail.automatic.kind, person, case)
        {
            taken.person = Some(PersonChoice::Known(person));
            taken.case = Some(CaseChoice::Existing(case));
            let until = mail.absent_until.and_then(|day| {
                let next_day = day.succ_opt()?.and_time(NaiveTime::MIN);
                self.desk
                    .time_zone
                    .from_local_datetime(&next_day)
                    .earliest()
            });
            let until_utc =
                until.map_or(now + Duration::days(AWAY_DAYS), |t| t.with_timezone(&Utc));
            taken.pause_until = Some(until_utc.max(now));
            taken.notices.push(NewNotice {
                kind: "away".into(),
                dedupe: format!("away:{}", stored.id),
                text: staff::out_of_office(&number, mail.absent_until),
                in_thread: true,
            });
        }
        Ok(Some(taken))
    }

    /// A report counts only for a mail that we know by our own signed Message-ID.
    async fn bounced(
        &self,
        mail: &InboundMessage,
        bounce: &Bounce,
        facts: &Facts,
        now: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        let named = bounce
            .original_message_id
            .as_deref()
            .filter(|id| message_id::verify(&self.key, id).is_some());
        let outbox = match named {
            Some(id) => self.store.by_message_id(id).await?,
            None => match facts.referenced_outbox {
                Some(id) => self.store.outbox_entry(id).await?,
                None => None,
            },
        };
        if let Some(entry) = outbox {
            let number = match entry.case_id {
                Some(id) => self
                    .store
                    .case(id)
                    .await?
                    .map(|c| c.summary.number)
                    .unwrap_or_default(),
                None => String::new(),
            };
            let recipient = entry
                .recipients
                .first()
                .map(|a| mask_address(a))
                .unwrap_or_default();
            let text = if bounce.hard {
                staff::bounced(&number, &recipient, &bounce.status)
            } else {
                staff::delayed(&number, entry.attempts)
            };
            self.store
                .bounced(
                    entry.id,
                    &bounce.recipient,
                    &bounce.status,
                    bounce.hard,
                    &text,
                    now,
                )
                .await?;
        } else {
            tracing::info!(kind = %mail.automatic.kind, "a delivery report for no mail of ours");
        }
        Ok(())
    }
}
