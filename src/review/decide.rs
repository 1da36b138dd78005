//! Decisions. Chat and terminal call the same functions, so that both do the same.

use crate::{
    clock::Clock,
    config,
    domain::{
        case::CaseState,
        draft::{AnswerKind, Draft},
        message::Mailbox,
        outbox::OutboxKind,
        review::{Actor, Outcome},
    },
    draft::{
        OutKind, Outgoing, Rendered, message_id, mime, reasons,
        staff::{self, Action},
    },
    kept::SharedSeeking,
    store::{CaseDetail, Edit, NewOutbox, Redraft, Store},
    wake::Wake,
};
use chrono::{DateTime, Duration, Utc};
use std::sync::Arc;

/// What came of a press, and what the person who pressed is told.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Only `Done` changed anything.
    pub outcome: Outcome,
    /// Short and plain Japanese.
    pub text: String,
}

/// Carries decisions to the store.
#[derive(Clone)]
pub struct Reviewer {
    /// Where cases are kept.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Who the desk is.
    pub desk: config::Desk,
    /// The hold window.
    pub review: config::Review,
    /// The key that signs our Message-IDs.
    pub key: [u8; 32],
    /// The doctors who may be suggested openings.
    pub seeking: Arc<SharedSeeking>,
    /// Called after each decision.
    pub wake: Wake,
}

impl Reviewer {
    fn answer(&self, action: Action, outcome: Outcome) -> Answer {
        if outcome == Outcome::Done {
            self.wake.call();
        }
        let text = staff::decided(action, &outcome);
        Answer { outcome, text }
    }

    fn impossible(text: String) -> Answer {
        Answer {
            outcome: Outcome::Impossible,
            text,
        }
    }

    /// Approves a revision: the mail is rendered now, its Message-ID fixed, and it leaves when the hold window ends.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn approve(
        &self,
        case_id: i64,
        revision: u32,
        actor: &Actor,
    ) -> anyhow::Result<Answer> {
        let now = self.clock.now();
        let Some(case) = self.store.case(case_id).await? else {
            return Ok(self.answer(Action::Approve, Outcome::Unknown));
        };
        let Some(draft) = case.draft.as_ref().filter(|d| d.revision == revision) else {
            return Ok(self.answer(Action::Approve, Outcome::Stale));
        };
        if let Some(reason) = unsendable(draft, &case) {
            return Ok(Self::impossible(reason));
        }
        let mail = match self.render(&case, draft, now) {
            Ok(mail) => mail,
            Err(e) => return Ok(Self::impossible(reasons::unsendable(&e.to_string()))),
        };
        let outcome = self
            .store
            .approve(case_id, revision, actor, mail, now)
            .await?;
        if outcome != Outcome::Done {
            return Ok(self.answer(Action::Approve, outcome));
        }
        self.wake.call();
        let text = match self.store.stopped().await? {
            Some(_) => staff::approved_while_stopped(),
            None => reasons::approved(self.review.hold_seconds),
        };
        Ok(Answer { outcome, text })
    }

    fn render(
        &self,
        case: &CaseDetail,
        draft: &Draft,
        now: DateTime<Utc>,
    ) -> anyhow::Result<NewOutbox> {
        let reference: String = crate::clock::random_bytes::<8>()?
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        let id = message_id::sign(&self.key, OutKind::Answer, &reference, self.desk.domain());
        let answered = case.messages.iter().find(|m| m.id == draft.answers);
        let references: Vec<String> = case
            .messages
            .iter()
            .filter(|m| m.id < draft.answers)
            .filter_map(|m| m.message_id.clone())
            .chain(
                case.outbox
                    .iter()
                    .filter(|o| o.attempts > 0)
                    .map(|o| o.message_id.clone()),
            )
            .collect();
        let name = match case.language {
            crate::domain::wish::Language::Ja => &self.desk.name,
            _ => &self.desk.name_en,
        };
        let Rendered {
            bytes,
            envelope_from,
            envelope_to,
        } = mime::render(&Outgoing {
            message_id: &id,
            from: &Mailbox {
                name: name.clone(),
                address: self.desk.address.clone(),
            },
            to: &draft.recipients,
            subject: &draft.subject,
            body: &draft.body,
            in_reply_to: answered.and_then(|m| m.message_id.as_deref()),
            references: &references,
            date: now.with_timezone(&self.desk.time_zone).fixed_offset(),
            automatic: None,
        })?;
        Ok(NewOutbox {
            kind: OutboxKind::Answer,
            dedupe: format!("answer:{reference}"),
            message_id: id,
            envelope_from,
            recipients: envelope_to,
            mime: bytes,
            due: now + Duration::seconds(i64::from(self.review.hold_seconds)),
        })
    }

    /// Calls an approval back.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn cancel(&self, case_id: i64, actor: &Actor) -> anyhow::Result<Answer> {
        let outcome = self
            .store
            .cancel_approval(case_id, actor, self.clock.now())
            .await?;
        Ok(self.answer(Action::Cancel, outcome))
    }

    /// Saves a revision that a person wrote. An empty text or a recipient that is no address changes nothing.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn edit(&self, edit: Edit, actor: &Actor) -> anyhow::Result<Answer> {
        if edit.body.trim().is_empty() {
            return Ok(Self::impossible(staff::empty_draft()));
        }
        if edit.subject.trim().is_empty() {
            return Ok(Self::impossible(reasons::empty_subject()));
        }
        for recipient in &edit.recipients {
            if let Err(e) = mime::check_address(&recipient.address) {
                return Ok(Self::impossible(reasons::unsendable(&e.to_string())));
            }
        }
        let outcome = self.store.edit(edit, actor, self.clock.now()).await?;
        Ok(self.answer(Action::Edit, outcome))
    }

    /// Sends a revision back with a reason. Openings that the reason names, by id or institution, are left out of the new
    /// draft; where it names none, all that were suggested are.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn reject(
        &self,
        case_id: i64,
        revision: u32,
        reason: &str,
        actor: &Actor,
    ) -> anyhow::Result<Answer> {
        if reason.trim().is_empty() {
            return Ok(Self::impossible(staff::reason_needed()));
        }
        let Some(case) = self.store.case(case_id).await? else {
            return Ok(self.answer(Action::Return, Outcome::Unknown));
        };
        let suggested = case
            .draft
            .as_ref()
            .map(|d| d.suggestions.clone())
            .unwrap_or_default();
        let mut without = vec![];
        for id in &suggested {
            let institution = self
                .store
                .opening(id)
                .await?
                .map(|o| o.opening.institution_name)
                .filter(|n| !n.is_empty());
            if reason.contains(id.as_str()) || institution.is_some_and(|n| reason.contains(&n)) {
                without.push(id.clone());
            }
        }
        if without.is_empty() {
            without = suggested;
        }
        let redraft = Redraft {
            reason: reason.trim().to_owned(),
            chosen: None,
            without,
        };
        let outcome = self
            .store
            .redraft(case_id, revision, redraft, actor, self.clock.now())
            .await?;
        Ok(self.answer(Action::Return, outcome))
    }

    /// Asks for a draft with exactly these openings.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn choose(
        &self,
        case_id: i64,
        revision: u32,
        chosen: Vec<String>,
        actor: &Actor,
    ) -> anyhow::Result<Answer> {
        let redraft = Redraft {
            reason: reasons::chosen_reason(),
            chosen: Some(chosen),
            without: vec![],
        };
        let outcome = self
            .store
            .redraft(case_id, revision, redraft, actor, self.clock.now())
            .await?;
        let mut answer = self.answer(Action::Return, outcome);
        if answer.outcome == Outcome::Done {
            answer.text = reasons::chosen();
        }
        Ok(answer)
    }

    /// Puts a case on hold, or takes it off.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn hold(&self, case_id: i64, on: bool, actor: &Actor) -> anyhow::Result<Answer> {
        let outcome = self
            .store
            .hold(case_id, on, actor, self.clock.now())
            .await?;
        Ok(self.answer(if on { Action::Hold } else { Action::Unhold }, outcome))
    }

    /// Takes a case in hand.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn claim(&self, case_id: i64, actor: &Actor) -> anyhow::Result<Answer> {
        let outcome = self
            .store
            .claim_case(case_id, actor, self.clock.now())
            .await?;
        Ok(self.answer(Action::Claim, outcome))
    }

    /// Closes a case without an answer.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn close(&self, case_id: i64, reason: &str, actor: &Actor) -> anyhow::Result<Answer> {
        let outcome = self
            .store
            .close(case_id, reason.trim(), actor, self.clock.now())
            .await?;
        Ok(self.answer(Action::Close, outcome))
    }

    /// Settles a sending whose outcome nobody knew.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn settle(
        &self,
        outbox_id: i64,
        left: bool,
        actor: &Actor,
    ) -> anyhow::Result<Answer> {
        let outcome = self
            .store
            .settle_uncertain(outbox_id, left, actor, self.clock.now())
            .await?;
        Ok(self.answer(Action::Settle, outcome))
    }

    /// Stops or resumes everything that leaves.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn stop(&self, on: bool, actor: &Actor) -> anyhow::Result<Answer> {
        let changed = self.store.set_stopped(on, actor, self.clock.now()).await?;
        self.wake.call();
        let outcome = if changed {
            Outcome::Done
        } else {
            Outcome::AlreadyDone(actor.record())
        };
        Ok(Answer {
            outcome,
            text: reasons::stop_pressed(on, changed),
        })
    }
}

/// Why a draft cannot leave as it stands.
fn unsendable(draft: &Draft, case: &CaseDetail) -> Option<String> {
    if draft.recipients.is_empty() {
        return Some(reasons::no_recipient());
    }
    if draft.body.trim().is_empty() {
        return Some(staff::empty_draft());
    }
    let blocked = case.addresses.iter().filter(|(_, reason)| reason.is_some());
    for (address, _) in blocked {
        if draft
            .recipients
            .iter()
            .any(|r| r.address.eq_ignore_ascii_case(address))
        {
            return Some(reasons::blocked_recipient());
        }
    }
    // Who has opted out and has not written since gets nothing but the confirmation of it.
    let asked_to_stop = case.summary.kind == crate::domain::wish::MessageKind::OptOut;
    if case.opted_out && asked_to_stop && draft.kind != AnswerKind::OptOut {
        return Some(reasons::wants_no_mail());
    }
    None
}

/// Whether the hold window of a case runs.
pub fn holds(case: &CaseDetail) -> Option<DateTime<Utc>> {
    if case.summary.state != CaseState::Approved {
        return None;
    }
    case.outbox
        .iter()
        .rev()
        .find(|o| o.kind == OutboxKind::Answer)
        .map(|o| o.due)
}
