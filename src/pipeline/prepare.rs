//! A case whose wishes are read gets its matching and its draft, in one transaction.

use super::{Pipeline, correspondents::recipients, shortlist::Shortlist};
use crate::{
    decode,
    domain::{
        case::CaseEvent,
        draft::AnswerKind,
        message::{InboundMessage, Source},
        opening::{Opening, OpeningState},
        wish::{Language, MessageKind, Reading},
    },
    draft::{
        self, Text,
        compose::{self, DoctorCase, Setting},
        opt_out, subject,
    },
    faults, matching,
    store::{CaseDetail, NewDraft, WishChange},
};
use anyhow::Context as _;

impl Pipeline {
    /// Writes the draft of a case.
    pub(super) async fn prepare(&self, case_id: i64) -> anyhow::Result<()> {
        let case = self
            .store
            .case(case_id)
            .await?
            .context("the case is gone")?;
        let newest = case.newest_message.context("a case without a message")?;
        let raw = self.store.raw(newest).await?;
        let summary = case
            .messages
            .iter()
            .find(|m| m.id == newest)
            .context("the newest message is gone")?;
        let mail = match summary.source {
            Source::Chat => super::chat::decode(&raw)?,
            _ => decode::decode(&raw, &self.limits),
        };
        let reading = summary
            .reading
            .clone()
            .unwrap_or_else(|| Reading::empty(MessageKind::General, Language::Ja));
        let setting = Setting {
            desk: &self.desk,
            case_number: &case.summary.number,
            subject: &mail.subject,
        };
        let mut draft = match reading.kind {
            MessageKind::DoctorInquiry | MessageKind::DoctorUpdate => {
                self.to_doctor(&case, setting, &reading, &mail, newest)
                    .await?
            }
            MessageKind::Opening | MessageKind::InstitutionInquiry => {
                let filed = match reading.files.iter().any(|f| f.openings > 0) {
                    true => self.store.openings_from(newest).await?,
                    false => vec![],
                };
                let text = draft::institution_reply(&compose::institution_answer(
                    setting,
                    &reading,
                    &mail.new_text,
                    &filed,
                ))?;
                new_draft(&case, &mail, newest, AnswerKind::Institution, text)
            }
            MessageKind::OptOut => {
                let text = draft::opt_out_reply(&opt_out::OptOutInput {
                    desk: &self.desk,
                    language: reading.language,
                    case_number: &case.summary.number,
                    subject: &mail.subject,
                    addressee: self.addressee_on_file(&case, &reading),
                })?;
                new_draft(&case, &mail, newest, AnswerKind::OptOut, text)
            }
            other => anyhow::bail!("no draft for {other}"),
        };
        // Personal data goes to nobody of whom it is doubtful who they are: staff write the address themselves.
        if summary.doubts.iter().any(|d| d.wants_confirmation()) {
            draft.recipients.clear();
        }
        faults::point("draft.before");
        self.store.save_draft(draft, self.clock.now()).await?;
        faults::point("draft.saved");
        Ok(())
    }

    fn addressee_on_file(&self, case: &CaseDetail, reading: &Reading) -> draft::Addressee {
        match (&case.wishes, case.person_kind) {
            (Some(w), crate::domain::person::PersonKind::Doctor) => compose::doctor(&w.profile),
            _ => compose::addressee(reading),
        }
    }

    async fn to_doctor(
        &self,
        case: &CaseDetail,
        setting: Setting<'_>,
        reading: &Reading,
        mail: &InboundMessage,
        newest: i64,
    ) -> anyhow::Result<NewDraft> {
        let (profile, wishes) = match &case.wishes {
            Some(w) => (w.profile.as_slice(), w.wishes.as_slice()),
            None => (reading.profile.as_slice(), reading.wishes.as_slice()),
        };
        let redraft = case.redraft.clone().unwrap_or_default();
        let doctor = matching::Doctor { profile, wishes };
        let today = self.today();
        let mut on_offer = self.on_offer.lock().await;
        let engine = on_offer.as_of(&today, &*self.store).await?;
        let mut shortlist = Shortlist::new(engine, &doctor);
        if let Some(router) = &self.router {
            let top = self.suggestible(&shortlist.top(), &today).await?;
            shortlist.refine(router, &top).await;
        }
        let named = redraft.chosen.as_deref().unwrap_or_default();
        let named = self.suggestible(named, &today).await?;
        let shown = shortlist.shown(&redraft, &named, self.review.suggestions);
        let offered = shortlist.offered();
        drop(on_offer);
        let ids: Vec<String> = shown.matches.iter().map(|m| m.id.clone()).collect();
        let openings = self.suggestible(&ids, &today).await?;
        let update = case
            .outbox
            .iter()
            .any(|o| o.kind == crate::domain::outbox::OutboxKind::Answer);
        let changes = changes(case, newest, update);
        let input = compose::doctor_answer(&DoctorCase {
            setting,
            language: reading.language,
            update,
            profile,
            wishes,
            changes: &changes,
            diagnostics: &reading.diagnostics,
            answer: &shown,
            openings: &openings,
            suggestions: self.review.suggestions,
        });
        let text = draft::suggestion(&input)?;
        let mut draft = new_draft(case, mail, newest, AnswerKind::Suggestion, text);
        draft.suggestions = ids;
        draft.answer = serde_json::to_value(offered)?;
        Ok(draft)
    }

    /// The openings of these ids that may be suggested now, whole.
    async fn suggestible(&self, ids: &[String], today: &str) -> anyhow::Result<Vec<Opening>> {
        let mut found = vec![];
        for id in ids {
            let record = self.store.opening(id).await?;
            found.extend(
                record
                    .filter(|r| r.state == OpeningState::Open && !r.opening.expired(today))
                    .map(|r| r.opening),
            );
        }
        Ok(found)
    }
}

/// What changed with the newest message, where the doctor was written to before.
fn changes(
    case: &CaseDetail,
    newest: i64,
    update: bool,
) -> Vec<(
    Option<crate::domain::wish::Wish>,
    Option<crate::domain::wish::Wish>,
)> {
    let Some(w) = case
        .wishes
        .as_ref()
        .filter(|w| update && w.message_id == newest)
    else {
        return vec![];
    };
    let changes: Vec<WishChange> = serde_json::from_value(w.changes.clone()).unwrap_or_default();
    changes.into_iter().map(|c| (c.before, c.after)).collect()
}

fn new_draft(
    case: &CaseDetail,
    mail: &InboundMessage,
    newest: i64,
    kind: AnswerKind,
    text: Text,
) -> NewDraft {
    let subject = if mail.subject.is_empty() {
        text.subject
    } else {
        subject::reply_subject(&mail.subject, &case.summary.number)
    };
    NewDraft {
        case_id: case.summary.id,
        case_version: case.version,
        recipients: recipients(case, mail),
        subject,
        body: text.body,
        suggestions: vec![],
        answer: serde_json::Value::Null,
        kind,
        answers: newest,
        events: vec![CaseEvent::Matched, CaseEvent::Drafted, CaseEvent::Presented],
    }
}
