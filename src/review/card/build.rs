//! From a case to its card.

use super::{Action, Card, DraftView, Note, Tone, name::family_name, suggestion, text};
use crate::{
    domain::{
        case::CaseState,
        draft::DraftState,
        label,
        match_::MatchAnswer,
        outbox::{DeliveryStatus, OutboxEntry, OutboxKind},
        person::{mask_address, normal_address},
        review::Actor,
        wish::{Language, MessageKind, Strength, Wish},
    },
    draft::reasons,
    store::{CaseDetail, Store, WishChange},
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use std::collections::BTreeMap;

/// What a card says of an opening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The institution.
    pub institution: String,
    /// Where it stands.
    pub area: String,
}

/// Looks up the openings that a case speaks of.
///
/// # Errors
/// Where the store cannot be read.
pub async fn gather(
    store: &dyn Store,
    detail: &CaseDetail,
) -> crate::store::Result<BTreeMap<String, Named>> {
    let mut ids: Vec<String> = answer_of(detail)
        .matches
        .into_iter()
        .map(|m| m.id)
        .collect();
    if let Some(d) = &detail.draft {
        ids.extend(d.suggestions.iter().cloned());
    }
    let mut found = BTreeMap::new();
    for id in ids {
        if found.contains_key(&id) {
            continue;
        }
        if let Some(record) = store.opening(&id).await? {
            let named = Named {
                institution: record.opening.institution_name,
                area: record.opening.area,
            };
            found.insert(id, named);
        }
    }
    Ok(found)
}

fn answer_of(detail: &CaseDetail) -> MatchAnswer {
    serde_json::from_value(detail.answer.clone()).unwrap_or_default()
}

impl Card {
    /// The card of a case. `openings` names what it suggests, `most` is how many openings a draft may suggest, times are
    /// told in `zone`.
    pub fn of(
        detail: &CaseDetail,
        openings: &BTreeMap<String, Named>,
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
        let choices = suggestion::choices(ids, &answer, openings, wishes);
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
            changes: standing
                .filter(|w| w.version > 1 && Some(w.message_id) == detail.newest_message)
                .map(|w| changes(&w.changes))
                .unwrap_or_default(),
            suggestions: suggestion::suggestions(ids, &answer, openings, wishes),
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
    sorted
        .into_iter()
        .map(|w| {
            let words = label::wish_label(w, Language::Ja);
            match w.strength {
                Strength::Must | Strength::Never => format!("{words}（必須）"),
                _ => words,
            }
        })
        .collect()
}

fn changes(stored: &serde_json::Value) -> Vec<String> {
    let list: Vec<WishChange> = serde_json::from_value(stored.clone()).unwrap_or_default();
    let words = |w: &Option<Wish>| w.as_ref().map(|w| label::wish_label(w, Language::Ja));
    list.iter()
        .filter_map(|c| match (words(&c.before), words(&c.after)) {
            (Some(before), Some(after)) if before != after => Some(format!("{before} → {after}")),
            (None, Some(after)) => Some(format!("追加: {after}")),
            (Some(before), None) => Some(format!("取り下げ: {before}")),
            _ => None,
        })
        .collect()
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
