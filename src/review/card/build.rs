//! From a case to its card.

use super::{
    Action, Card, DraftView, Note, Tone,
    changes::{changes, weighed},
    name::family_name,
    suggestion, text,
};
use crate::{
    domain::{
        case::CaseState,
        draft::DraftState,
        match_::MatchAnswer,
        opening::Opening,
        outbox::{DeliveryStatus, OutboxEntry, OutboxKind},
        person::{mask_address, normal_address},
        review::Actor,
        wish::{MessageKind, Reading, Strength, Wish},
    },
    draft::reasons,
    store::{CaseDetail, StandingWishes, Store},
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use std::collections::BTreeMap;

/// What the store knows besides a case that its card needs.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// The openings that the case speaks of, by id.
    pub openings: BTreeMap<String, Opening>,
    /// Every version of the standing wishes, oldest first, where there are several.
    pub versions: Vec<StandingWishes>,
}

/// Looks up what a card needs besides its case.
///
/// # Errors
/// Where the store cannot be read.
pub async fn gather(store: &dyn Store, detail: &CaseDetail) -> crate::store::Result<Beside> {
    let answer = answer_of(detail);
    let relaxed = answer.relax.iter().take(suggestion::RELAXATIONS);
    let mut ids: Vec<String> = relaxed.map(|r| r.best.clone()).collect();
    ids.extend(answer.matches.into_iter().map(|m| m.id));
    if let Some(d) = &detail.draft {
        ids.extend(d.suggestions.iter().cloned());
    }
    let mut beside = Beside::default();
    for id in ids {
        if beside.openings.contains_key(&id) {
            continue;
        }
        if let Some(record) = store.opening(&id).await? {
            beside.openings.insert(id, record.opening);
        }
    }
    if detail.wishes.as_ref().is_some_and(|w| w.version > 1) {
        beside.versions = store.wish_history(detail.person_id).await?;
    }
    Ok(beside)
}

fn answer_of(detail: &CaseDetail) -> MatchAnswer {
    serde_json::from_value(detail.answer.clone()).unwrap_or_default()
}

impl Card {
    /// The card of a case. `most` is how many openings a draft may suggest, times are told in `zone`.
    pub fn of(
        detail: &CaseDetail,
        beside: &Beside,
        most: usize,
        zone: Tz,
        now: DateTime<Utc>,
    ) -> Card {
        let s = &detail.summary;
        let newest = detail
            .messages
            .iter()
            .find(|m| Some(m.id) == detail.newest_message)
            .or(detail.messages.last());
        let standing = detail.wishes.as_ref();
        let wishes: &[Wish] = standing.map_or(&[], |w| &w.wishes);
        let answer = answer_of(detail);
        let ids: &[String] = detail.draft.as_ref().map_or(&[], |d| &d.suggestions);
        let choices = suggestion::choices(ids, &answer, &beside.openings, wishes);
        let mut card = Card {
            case_id: s.id,
            number: s.number.clone(),
            state: s.state,
            kind: s.kind,
            name: family_name(&s.name),
            address: s.address.as_deref().map(mask_address),
            subject: newest.map(|m| m.subject.clone()).unwrap_or_default(),
            received_at: newest.map(|m| m.received_at),
            wishes: phrases(wishes),
            changes: changes(&beside.versions, answered(detail, &beside.versions)),
            doubts: doubts(newest.and_then(|m| m.reading.as_ref())),
            suggestions: suggestion::suggestions(ids, &answer, &beside.openings, wishes),
            relaxations: suggestion::relaxations(&answer, &beside.openings),
            most: most.min(choices.len()),
            choices,
            draft: detail.draft.as_ref().map(draft_view),
            notes: notes(detail, zone, now),
            assignee: s.assignee.as_deref().map(name_of),
            countdown: waiting(detail).filter(|e| e.attempts == 0).map(|e| e.due),
            actions: vec![],
        };
        card.actions = actions(detail, &card);
        card
    }
}

fn name_of(record: &str) -> String {
    Actor::name_in(record).to_owned()
}

/// Conditions and refusals first, then wishes, then what is acceptable.
fn phrases(wishes: &[Wish]) -> Vec<String> {
    let weight = |w: &Wish| match w.strength {
        Strength::Must | Strength::Never => 0,
        Strength::Want | Strength::Avoid => 1,
        Strength::Ok => 2,
        Strength::Drop => 3,
    };
    let mut sorted: Vec<&Wish> = wishes
        .iter()
        .filter(|w| w.strength != Strength::Drop)
        .collect();
    sorted.sort_by_key(|w| weight(w));
    sorted.into_iter().map(weighed).collect()
}

/// The version of the wishes that the last answer was written for; before any answer, the first.
fn answered(detail: &CaseDetail, versions: &[StandingWishes]) -> u32 {
    let last = detail
        .outbox
        .iter()
        .rev()
        .find(|e| e.kind == OutboxKind::Answer && e.status == DeliveryStatus::Completed);
    let version = last.and_then(|e| versions.iter().rfind(|v| v.at <= e.due));
    version.map_or(1, |v| v.version)
}

/// What the newest message leaves open: the question that would settle it, else what was noticed.
fn doubts(reading: Option<&Reading>) -> Vec<String> {
    let mut out: Vec<String> = vec![];
    for d in reading.map_or(&[][..], |r| &r.diagnostics) {
        let said = d.question.as_ref().unwrap_or(&d.message);
        if !out.contains(said) {
            out.push(said.clone());
        }
    }
    out
}

fn draft_view(d: &crate::domain::draft::Draft) -> DraftView {
    DraftView {
        revision: d.revision,
        label: text::draft_state(d.state),
        author: name_of(&d.author),
        recipients: d
            .recipients
            .iter()
            .map(|r| mask_address(&r.address))
            .collect(),
        subject: d.subject.clone(),
        body: d.body.clone(),
    }
}

/// The answer that waits in the outbox and can still be called back.
fn waiting(detail: &CaseDetail) -> Option<&OutboxEntry> {
    detail.outbox.iter().rev().find(|e| {
        e.kind == OutboxKind::Answer
            && matches!(
                e.status,
                DeliveryStatus::Scheduled | DeliveryStatus::TemporaryFailure
            )
    })
}

fn notes(detail: &CaseDetail, zone: Tz, now: DateTime<Utc>) -> Vec<Note> {
    let mut out: Vec<Note> = vec![];
    let mut add = |tone, text: String| out.push(Note { tone, text });
    let s = &detail.summary;
    if detail
        .outbox
        .iter()
        .any(|e| e.status == DeliveryStatus::Uncertain)
    {
        add(Tone::Alarm, text::UNCERTAIN.into());
    }
    if let Some(reason) = detail.reason.as_deref().filter(|r| !r.is_empty()) {
        if s.state == CaseState::Rejected {
            add(Tone::Plain, text::closed(reason));
        } else {
            add(Tone::Alarm, text::reason(reason));
        }
    }
    for (address, reason) in &detail.addresses {
        if let Some(why) = reason {
            add(Tone::Alarm, text::blocked(&mask_address(address), why));
        }
    }
    if detail.opted_out {
        add(Tone::Alarm, text::OPTED_OUT.into());
    }
    let last = detail
        .outbox
        .iter()
        .rev()
        .find(|e| e.kind == OutboxKind::Answer);
    if let Some(e) = last {
        let error = e.error.as_deref().unwrap_or_default();
        match e.status {
            DeliveryStatus::PermanentFailure => add(Tone::Alarm, text::send_failed(error)),
            DeliveryStatus::TemporaryFailure => {
                add(Tone::Caution, text::retrying(e.attempts, error));
            }
            _ => {}
        }
    }
    let open = detail
        .draft
        .as_ref()
        .filter(|d| d.state == DraftState::Open);
    if let Some(d) = open {
        if d.recipients.is_empty() {
            add(Tone::Alarm, text::NO_RECIPIENT.into());
        }
        let known: Vec<String> = detail
            .addresses
            .iter()
            .map(|(a, _)| normal_address(a))
            .collect();
        for r in &d.recipients {
            if !known.contains(&normal_address(&r.address)) {
                add(
                    Tone::Caution,
                    text::unknown_address(&mask_address(&r.address)),
                );
            }
        }
        if detail.addresses.len() > 1 {
            add(Tone::Plain, text::several_addresses(detail.addresses.len()));
        }
    } else if detail.addresses.is_empty() && s.state.waits_for_staff() {
        add(Tone::Caution, text::NO_ADDRESS.into());
    }
    let newest = detail
        .messages
        .iter()
        .find(|m| Some(m.id) == detail.newest_message);
    for doubt in newest.iter().flat_map(|m| &m.doubts) {
        add(Tone::Alarm, reasons::doubt(doubt));
    }
    if let Some(until) = detail.paused_until.filter(|u| *u > now) {
        let day = until.with_timezone(&zone).format("%-m月%-d日").to_string();
        add(Tone::Caution, text::away(&day));
    }
    if detail
        .messages
        .iter()
        .any(|m| m.header_only && Some(m.id) == detail.newest_message)
    {
        add(Tone::Caution, text::HEADER_ONLY.into());
    }
    for note in super::files::notes(detail) {
        add(note.tone, note.text);
    }
    if let Some(who) = &s.held_by {
        add(Tone::Caution, text::held(&name_of(who)));
    }
    if let Some(a) = &detail.approval {
        add(Tone::Plain, text::approved(&name_of(&a.reviewer)));
    }
    if let Some(r) = detail.redraft.as_ref().filter(|r| !r.reason.is_empty()) {
        add(Tone::Plain, text::sent_back(&r.reason));
    }
    out.sort_by_key(|n| match n.tone {
        Tone::Alarm => 0,
        Tone::Caution => 1,
        Tone::Plain => 2,
    });
    out
}

fn actions(detail: &CaseDetail, card: &Card) -> Vec<Action> {
    use Action as A;
    let s = &detail.summary;
    let mut out = vec![];
    let open = detail
        .draft
        .as_ref()
        .filter(|d| d.state == DraftState::Open);
    for e in &detail.outbox {
        if e.status == DeliveryStatus::Uncertain {
            out.extend([A::Left(e.id), A::Again(e.id)]);
        }
    }
    let hold = if s.held_by.is_some() {
        A::Resume
    } else {
        A::Hold
    };
    match s.state {
        CaseState::InReview if open.is_some() => {
            out.extend([A::Approve, A::Edit, A::Reject, hold, A::Claim]);
            out.push(A::Recipients);
            if card.choices.len() > 1 {
                out.push(A::Choose);
            }
            out.push(A::Close);
        }
        CaseState::InReview | CaseState::NeedsHuman | CaseState::Failed => {
            if s.kind != MessageKind::Automatic {
                out.push(A::Write);
            }
            out.extend([A::Close, hold, A::Claim]);
        }
        CaseState::Approved | CaseState::Queued if waiting(detail).is_some() => out.push(A::Cancel),
        CaseState::Sent => out.push(A::Write),
        CaseState::Received | CaseState::Understood | CaseState::Matched | CaseState::Drafted => {
            out.extend([hold, A::Claim, A::Close]);
        }
        CaseState::Approved | CaseState::Queued | CaseState::Rejected | CaseState::Withdrawn => {}
    }
    if detail.wishes.is_some() {
        out.push(A::Wishes);
    }
    if detail.draft.is_some() {
        out.push(A::Whole);
    }
    if super::files::message(detail).is_some() {
        out.push(A::Files);
    }
    out
}
