//! One contract, told as stories, on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "store/seeking.rs"]
mod seeking;
mod support;

use chrono::{DateTime, Duration, Utc};
use madoguchi::{
    domain::{
        case::{CaseEvent, CaseState},
        draft::{AnswerKind, DraftState},
        message::{Doubt, DoubtKind, Mailbox, Source},
        opening::{Opening, OpeningState},
        outbox::{DeliveryStatus, OutboxKind},
        person::PersonKind,
        review::{Actor, Outcome},
        wish::{Field, Language, MessageKind, Reading, Strength, Value, Wish},
    },
    kept::OnOffer,
    matching, openings,
    store::{
        self, About, CaseChoice, Edit, FactsQuery, Finished, Incoming, MailboxCursor, NewDraft,
        NewNotice, NewOutbox, NewWishes, PersonChoice, Redraft, Store, StoreError, TakenIn,
    },
};
use std::sync::Arc;

fn t0() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-11-24T01:00:00Z")
        .unwrap()
        .with_timezone(&Utc)
}

fn incoming(dedupe: &str, uid: u32) -> Incoming {
    Incoming {
        source: Source::Mail,
        dedupe: dedupe.into(),
        message_id: Some(format!("{dedupe}@example.jp")),
        received_at: t0(),
        raw: format!("Subject: {dedupe}\r\n\r\n本文\0\u{1}").into_bytes(),
        size: 30,
        header_only: false,
        archived: false,
        uid: Some(uid),
        origin: None,
    }
}

fn wish(field: Field, value: Value) -> Wish {
    Wish {
        field,
        value,
        strength: Strength::Want,
        quote: "q".into(),
        rule: String::new(),
    }
}

fn mail(kind: OutboxKind, dedupe: &str, due: DateTime<Utc>) -> NewOutbox {
    NewOutbox {
        kind,
        dedupe: dedupe.into(),
        message_id: format!("mg.{dedupe}@example.jp"),
        envelope_from: None,
        recipients: vec!["yamada@example.jp".into()],
        mime: b"Subject: x\r\n\r\ny".to_vec(),
        due,
    }
}

fn taken(message: i64, case: CaseChoice, person: PersonChoice) -> TakenIn {
    let new = matches!(case, CaseChoice::New { .. });
    TakenIn {
        message,
        kind: Some(MessageKind::DoctorInquiry),
        subject: "ご相談".into(),
        new_text: "平日の日勤を希望します".into(),
        sender: "Yamada@example.jp".into(),
        reading: Some(Reading::empty(MessageKind::DoctorInquiry, Language::Ja)),
        person: Some(person),
        about: Some(About {
            kind: PersonKind::Doctor,
            name: "山田太郎".into(),
            language: Language::Ja,
        }),
        case: Some(case),
        newest: true,
        events: if new {
            vec![CaseEvent::Understood]
        } else {
            vec![CaseEvent::MessageArrived, CaseEvent::Understood]
        },
        wishes: Some(NewWishes {
            profile: vec![],
            wishes: vec![wish(Field::Day, Value::text("weekdays"))],
            changes: serde_json::json!([]),
        }),
        draft_due: Some(t0()),
        ..TakenIn::default()
    }
}

fn draft(case_id: i64, version: i64, answers: i64) -> NewDraft {
    NewDraft {
        case_id,
        case_version: version,
        recipients: vec![Mailbox {
            name: "山田".into(),
            address: "yamada@example.jp".into(),
        }],
        subject: "Re: ご相談".into(),
        body: "本文".into(),
        suggestions: vec!["A-1".into()],
        answer: serde_json::json!({"matches": []}),
        kind: AnswerKind::Suggestion,
        answers,
        events: vec![CaseEvent::Matched, CaseEvent::Drafted, CaseEvent::Presented],
    }
}

fn sato() -> Actor {
    Actor {
        id: "discord:1".into(),
        name: "佐藤".into(),
    }
}

fn suzuki() -> Actor {
    Actor {
        id: "discord:2".into(),
        name: "鈴木".into(),
    }
}

/// A case with a draft in review.
async fn reviewed(s: &dyn Store) -> (i64, i64) {
    s.receive(
        "INBOX",
        &[incoming("m1", 1)],
        MailboxCursor {
            uid_validity: 7,
            uid_next: 2,
        },
        t0(),
    )
    .await
    .unwrap();
    let message = s.due_messages(t0(), 10).await.unwrap()[0].id;
    let person = PersonChoice::New {
        address: Some("Yamada@Example.jp".into()),
    };
    let case = CaseChoice::New {
        number: "MD-2611-0001".into(),
    };
    assert_eq!(
        s.take_in(taken(message, case, person), t0()).await.unwrap(),
        Finished::Saved
    );
    let case_id = s.due_drafts(t0(), 10).await.unwrap()[0];
    let version = s.case(case_id).await.unwrap().unwrap().version;
    assert_eq!(
        s.save_draft(draft(case_id, version, message), t0())
            .await
            .unwrap(),
        Finished::Saved
    );
    (case_id, message)
}

async fn cursors_and_doubles(s: &dyn Store) {
    assert_eq!(s.cursor("INBOX").await.unwrap(), None);
    let at = |v, n| MailboxCursor {
        uid_validity: v,
        uid_next: n,
    };
    let batch = [incoming("a", 1), incoming("b", 2), incoming("a", 3)];
    let got = s.receive("INBOX", &batch, at(7, 4), t0()).await.unwrap();
    assert_eq!((got.new, got.archived, got.known), (2, 0, 1));
    assert_eq!(s.cursor("INBOX").await.unwrap(), Some(at(7, 4)));
    // A gap that is filled later does not set the cursor back.
    s.receive("INBOX", &[incoming("c", 2)], at(7, 3), t0())
        .await
        .unwrap();
    assert_eq!(s.cursor("INBOX").await.unwrap(), Some(at(7, 4)));
    assert_eq!(s.stored_uids("INBOX", 7).await.unwrap(), [1, 2, 3]);
    // Another numbering starts anew, and known mails are known.
    let got = s
        .receive("INBOX", &[incoming("a", 1)], at(8, 2), t0())
        .await
        .unwrap();
    assert_eq!((got.new, got.known), (0, 1));
    assert_eq!(s.cursor("INBOX").await.unwrap(), Some(at(8, 2)));
    let mut old = incoming("old", 9);
    old.archived = true;
    assert_eq!(
        s.receive("INBOX", &[old], at(8, 10), t0())
            .await
            .unwrap()
            .archived,
        1
    );
    let due = s.due_messages(t0(), 10).await.unwrap();
    assert_eq!(due.len(), 3, "what is archived is not due");
    assert_eq!(
        due[0].raw,
        incoming("a", 1).raw,
        "raw bytes come back as they were"
    );
    assert_eq!(s.raw(due[1].id).await.unwrap(), incoming("b", 2).raw);
}

async fn set_aside_after_tries(s: &dyn Store) {
    s.receive_one(&incoming("bad", 1), t0()).await.unwrap();
    assert!(!s.receive_one(&incoming("bad", 1), t0()).await.unwrap());
    let id = s.due_messages(t0(), 1).await.unwrap()[0].id;
    let notice = NewNotice {
        kind: "set_aside".into(),
        dedupe: "x".into(),
        text: "脇に".into(),
        in_thread: false,
    };
    let later = t0() + Duration::minutes(1);
    assert!(
        !s.message_failed(id, "e", later, 2, notice.clone(), t0())
            .await
            .unwrap()
    );
    assert!(
        s.due_messages(t0(), 1).await.unwrap().is_empty(),
        "it waits"
    );
    assert!(
        s.message_failed(id, "e", later, 2, notice, later)
            .await
            .unwrap()
    );
    assert!(
        s.due_messages(later, 1).await.unwrap().is_empty(),
        "it is set aside"
    );
    assert_eq!(s.counts(later).await.unwrap().set_aside, 1);
    assert_eq!(s.untold(10).await.unwrap()[0].text, "脇に");
    assert_eq!(
        s.raw(id).await.unwrap(),
        incoming("bad", 1).raw,
        "its bytes are kept"
    );
}

async fn twins_namesakes_and_doubts(s: &dyn Store) {
    reviewed(s).await;
    let facts = |sender: &'static str, name: &'static str| async move {
        s.facts(FactsQuery {
            message: 0,
            sender,
            name,
            subject: "ご相談",
            ours: &[],
            number_prefix: "MD-2611-",
            now: t0(),
        })
        .await
        .unwrap()
    };
    let yamada = ("yamada@example.jp".to_owned(), "山田太郎".to_owned());
    let twin = facts("yarnada@examp1e.jp", "").await;
    assert_eq!(twin.twins, std::slice::from_ref(&yamada));
    assert!(twin.namesakes.is_empty() && twin.named.is_none());
    let namesake = facts("taro@example.com", "山田太郎").await;
    assert_eq!(
        (namesake.twins.len(), namesake.namesakes),
        (0, vec![yamada.clone()])
    );
    let posing = facts("taro@example.com", "Yamada@example.jp").await;
    assert_eq!(posing.named, Some(yamada));
    // Who is known by this address is nobody's twin.
    let known = facts("yamada@example.jp", "山田太郎").await;
    assert!(known.twins.is_empty() && known.namesakes.is_empty());

    s.receive_one(&incoming("twin", 7), t0()).await.unwrap();
    let id = s.due_messages(t0(), 1).await.unwrap()[0].id;
    let mut other = taken(
        id,
        CaseChoice::New {
            number: "MD-2611-0009".into(),
        },
        PersonChoice::New {
            address: Some("yarnada@example.jp".into()),
        },
    );
    let doubt = Doubt {
        kind: DoubtKind::LookAlike,
        of: "yamada@example.jp".into(),
    };
    other.doubts = vec![doubt.clone()];
    s.take_in(other, t0()).await.unwrap();
    let case = s.case_by_number("MD-2611-0009").await.unwrap().unwrap();
    assert_eq!(case.messages[0].doubts, [doubt]);
    let case = s.case_by_number("MD-2611-0001").await.unwrap().unwrap();
    assert!(case.messages[0].doubts.is_empty());
}

async fn persons_cases_and_versions(s: &dyn Store) {
    let (case_id, first) = reviewed(s).await;
    let facts = |sender: &'static str, ours: Vec<String>| async move {
        s.facts(FactsQuery {
            message: 0,
            sender,
            name: "",
            subject: "ご相談",
            ours: &ours,
            number_prefix: "MD-2611-",
            now: t0(),
        })
        .await
        .unwrap()
    };
    let known = facts("<YAMADA@example.jp>", vec![]).await;
    assert_eq!(known.case.as_ref().unwrap().1, "MD-2611-0001");
    assert_eq!(
        (known.person_kind, known.has_open_draft),
        (Some(PersonKind::Doctor), true)
    );
    assert_eq!(known.next_number, "MD-2611-0002");
    assert_eq!(known.wishes, [wish(Field::Day, Value::text("weekdays"))]);
    assert_eq!(known.same_subject_in_hour, 1);
    let stranger = facts("stranger@example.com", vec![]).await;
    assert_eq!((stranger.person_id, stranger.case), (None, None));

    // A second mail: a new version, the draft stale, the history readable.
    s.receive_one(&incoming("m2", 2), t0()).await.unwrap();
    let second = s.due_messages(t0(), 1).await.unwrap()[0].id;
    let mut update = taken(
        second,
        CaseChoice::Existing(case_id),
        PersonChoice::Known(known.person_id.unwrap()),
    );
    update
        .wishes
        .as_mut()
        .unwrap()
        .wishes
        .push(wish(Field::CommuteMinutes, Value::Number(30)));
    s.take_in(update.clone(), t0()).await.unwrap();
    assert_eq!(
        s.take_in(update, t0()).await.unwrap(),
        Finished::Overtaken,
        "a message is taken in once"
    );
    let case = s.case(case_id).await.unwrap().unwrap();
    assert_eq!(case.draft.as_ref().unwrap().state, DraftState::Voided);
    assert_eq!(case.summary.state, CaseState::Understood);
    assert_eq!(case.wishes.as_ref().unwrap().version, 2);
    let seekers = s.seekers().await.unwrap();
    assert_eq!(seekers.len(), 1, "one person, in the newest version");
    assert_eq!(
        (seekers[0].number.as_str(), seekers[0].wishes.len()),
        ("MD-2611-0001", 2)
    );
    let history = s.wish_history(case.person_id).await.unwrap();
    assert_eq!(
        history
            .iter()
            .map(|v| (v.version, v.message_id))
            .collect::<Vec<_>>(),
        [(1, first), (2, second)]
    );
    assert_eq!(history[0].wishes.len(), 1);
    // A draft from before the second mail is not saved.
    assert_eq!(
        s.save_draft(draft(case_id, case.version - 1, first), t0())
            .await
            .unwrap(),
        Finished::Overtaken
    );
    for number in ["MD-2611-0001", "md-2611-0001", "0001", "2611-0001"] {
        assert_eq!(
            s.case_by_number(number).await.unwrap().unwrap().summary.id,
            case_id,
            "{number}"
        );
    }
    assert!(s.case_by_number("9999").await.unwrap().is_none());
    assert!(s.case_by_number("%").await.unwrap().is_none());
}

async fn one_press_decides(s: &dyn Store) {
    let (case_id, message) = reviewed(s).await;
    let due = t0() + Duration::seconds(60);
    assert_eq!(
        s.approve(
            case_id,
            2,
            &sato(),
            mail(OutboxKind::Answer, "r0", due),
            t0()
        )
        .await
        .unwrap(),
        Outcome::Stale
    );
    assert_eq!(
        s.approve(999, 1, &sato(), mail(OutboxKind::Answer, "r0", due), t0())
            .await
            .unwrap(),
        Outcome::Unknown
    );
    s.hold(case_id, true, &suzuki(), t0()).await.unwrap();
    let held = s
        .approve(
            case_id,
            1,
            &sato(),
            mail(OutboxKind::Answer, "r0", due),
            t0(),
        )
        .await
        .unwrap();
    assert_eq!(held, Outcome::Held(suzuki().record()));
    s.hold(case_id, false, &suzuki(), t0()).await.unwrap();
    assert_eq!(
        s.approve(
            case_id,
            1,
            &sato(),
            mail(OutboxKind::Answer, "r1", due),
            t0()
        )
        .await
        .unwrap(),
        Outcome::Done
    );
    let second = s
        .approve(
            case_id,
            1,
            &suzuki(),
            mail(OutboxKind::Answer, "r2", due),
            t0(),
        )
        .await
        .unwrap();
    assert_eq!(second, Outcome::AlreadyDone(sato().record()));
    let case = s.case(case_id).await.unwrap().unwrap();
    assert_eq!(
        (case.summary.state, case.outbox.len()),
        (CaseState::Approved, 1)
    );
    assert_eq!(case.approval.as_ref().unwrap().reviewer, sato().record());

    // Called back in time, approved again, and it leaves.
    assert_eq!(
        s.cancel_approval(case_id, &suzuki(), t0()).await.unwrap(),
        Outcome::Done
    );
    assert!(
        s.next_release(due).await.unwrap().is_none(),
        "what was called back does not leave"
    );
    assert_eq!(
        s.cancel_approval(case_id, &suzuki(), t0()).await.unwrap(),
        Outcome::NotNow(CaseState::InReview)
    );
    assert_eq!(
        s.approve(
            case_id,
            1,
            &suzuki(),
            mail(OutboxKind::Answer, "r3", due),
            t0()
        )
        .await
        .unwrap(),
        Outcome::Done
    );
    assert!(
        s.next_release(t0()).await.unwrap().is_none(),
        "the hold window runs"
    );
    let release = s.next_release(due).await.unwrap().unwrap();
    assert!(release.approved && release.blocked.is_empty() && !release.opted_out);
    let id = release.entry.id;
    assert!(s.claim(id, due).await.unwrap());
    assert!(!s.claim(id, due).await.unwrap(), "claimed once");
    assert_eq!(
        s.cancel_approval(case_id, &sato(), due).await.unwrap(),
        Outcome::NotNow(CaseState::Queued)
    );
    assert_eq!(s.in_flight().await.unwrap()[0].id, id);
    s.handing_over(id).await.unwrap();
    assert!(s.in_flight().await.unwrap()[0].handed_over);
    s.completed(id, due).await.unwrap();
    let case = s.case(case_id).await.unwrap().unwrap();
    assert_eq!(case.summary.state, CaseState::Sent);
    assert_eq!(s.uncopied(10).await.unwrap().len(), 1);
    s.copied(id, due).await.unwrap();
    assert!(s.uncopied(10).await.unwrap().is_empty());
    let edit = s
        .edit(an_edit(case_id, Some(1)), &sato(), due)
        .await
        .unwrap();
    assert_eq!(edit, Outcome::Done, "a further letter may follow");
    assert_eq!(
        s.newest_draft(case_id).await.unwrap().unwrap().answers,
        message
    );
    let actions: Vec<String> = s
        .history(case_id)
        .await
        .unwrap()
        .into_iter()
        .map(|h| h.action)
        .collect();
    for action in [
        "case_opened",
        "approved",
        "approval_cancelled",
        "hold_ended",
        "sent",
        "edited",
        "held",
        "released",
    ] {
        assert!(
            actions.iter().any(|a| a == action),
            "{action} is missing in {actions:?}"
        );
    }
}

fn an_edit(case_id: i64, base: Option<u32>) -> Edit {
    Edit {
        case_id,
        base,
        recipients: vec![Mailbox {
            name: String::new(),
            address: "yamada@example.jp".into(),
        }],
        subject: "件名".into(),
        body: "直した本文".into(),
        kind: AnswerKind::Suggestion,
    }
}

async fn many_press_at_once(s: Arc<dyn Store>) {
    let (case_id, _) = reviewed(&*s).await;
    let presses = (0..8).map(|n| {
        let s = s.clone();
        tokio::spawn(async move {
            let actor = Actor {
                id: format!("discord:{n}"),
                name: format!("職員{n}"),
            };
            s.approve(
                case_id,
                1,
                &actor,
                mail(OutboxKind::Answer, &format!("p{n}"), t0()),
                t0(),
            )
            .await
            .unwrap()
        })
    });
    let mut done = 0;
    for press in futures::future::join_all(presses).await {
        match press.unwrap() {
            Outcome::Done => done += 1,
            Outcome::AlreadyDone(_) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(done, 1);
    assert_eq!(s.case(case_id).await.unwrap().unwrap().outbox.len(), 1);
}

async fn edits_and_new_mails_void(s: &dyn Store) {
    let (case_id, message) = reviewed(s).await;
    assert_eq!(
        s.edit(an_edit(case_id, Some(5)), &sato(), t0())
            .await
            .unwrap(),
        Outcome::Stale
    );
    assert_eq!(
        s.edit(an_edit(case_id, Some(1)), &sato(), t0())
            .await
            .unwrap(),
        Outcome::Done
    );
    assert_eq!(
        s.edit(an_edit(case_id, Some(1)), &suzuki(), t0())
            .await
            .unwrap(),
        Outcome::Stale,
        "two edit at once"
    );
    let old = s
        .approve(
            case_id,
            1,
            &sato(),
            mail(OutboxKind::Answer, "r1", t0()),
            t0(),
        )
        .await
        .unwrap();
    assert_eq!(old, Outcome::Stale);
    assert_eq!(
        s.approve(
            case_id,
            2,
            &sato(),
            mail(OutboxKind::Answer, "r2", t0()),
            t0()
        )
        .await
        .unwrap(),
        Outcome::Done
    );
    assert_eq!(
        s.edit(an_edit(case_id, Some(2)), &sato(), t0())
            .await
            .unwrap(),
        Outcome::NotNow(CaseState::Approved)
    );
    // A newer mail voids the approval, and nothing leaves.
    let person = s.case(case_id).await.unwrap().unwrap().person_id;
    s.receive_one(&incoming("m2", 2), t0()).await.unwrap();
    let second = s.due_messages(t0(), 1).await.unwrap()[0].id;
    s.take_in(
        taken(
            second,
            CaseChoice::Existing(case_id),
            PersonChoice::Known(person),
        ),
        t0(),
    )
    .await
    .unwrap();
    assert!(
        s.next_release(t0() + Duration::hours(1))
            .await
            .unwrap()
            .is_none()
    );
    let case = s.case(case_id).await.unwrap().unwrap();
    assert_eq!(case.approval, None);
    assert_eq!(case.outbox[0].status, DeliveryStatus::Cancelled);
    assert_ne!(case.newest_message, Some(message));
    // Sent back with a reason: due at once, with what to heed.
    let version = case.version;
    s.save_draft(draft(case_id, version, second), t0())
        .await
        .unwrap();
    let redraft = Redraft {
        reason: "遠すぎる".into(),
        chosen: None,
        without: vec!["A-1".into()],
    };
    assert_eq!(
        s.redraft(case_id, 3, redraft.clone(), &sato(), t0())
            .await
            .unwrap(),
        Outcome::Done
    );
    assert_eq!(
        s.redraft(case_id, 3, redraft.clone(), &suzuki(), t0())
            .await
            .unwrap(),
        Outcome::NotNow(CaseState::Understood)
    );
    assert_eq!(s.due_drafts(t0(), 10).await.unwrap(), [case_id]);
    assert_eq!(
        s.case(case_id).await.unwrap().unwrap().redraft,
        Some(redraft)
    );
}

async fn failures_block_and_wait_for_people(s: &dyn Store) {
    let (case_id, _) = reviewed(s).await;
    s.approve(
        case_id,
        1,
        &sato(),
        mail(OutboxKind::Answer, "r1", t0()),
        t0(),
    )
    .await
    .unwrap();
    let id = s.next_release(t0()).await.unwrap().unwrap().entry.id;
    s.claim(id, t0()).await.unwrap();
    let later = t0() + Duration::seconds(5);
    s.failed_for_now(id, "451", later).await.unwrap();
    assert!(s.next_release(t0()).await.unwrap().is_none());
    assert!(s.claim(id, later).await.unwrap());
    assert_eq!(s.outbox_entry(id).await.unwrap().unwrap().attempts, 2);
    s.failed_for_good(
        id,
        "550",
        &["yamada@example.jp".into()],
        "お電話ください",
        later,
    )
    .await
    .unwrap();
    let case = s.case(case_id).await.unwrap().unwrap();
    assert_eq!(case.summary.state, CaseState::Failed);
    assert_eq!(
        case.addresses[0],
        ("Yamada@Example.jp".into(), Some("550".into()))
    );
    // The next letter to that address meets the gate.
    s.edit(an_edit(case_id, Some(1)), &sato(), later)
        .await
        .unwrap();
    s.approve(
        case_id,
        2,
        &sato(),
        mail(OutboxKind::Answer, "r2", later),
        later,
    )
    .await
    .unwrap();
    assert_eq!(
        s.next_release(later).await.unwrap().unwrap().blocked,
        ["yamada@example.jp"]
    );
    assert!(
        s.unblock("YAMADA@example.jp", &sato(), later)
            .await
            .unwrap()
    );
    let release = s.next_release(later).await.unwrap().unwrap();
    assert!(release.blocked.is_empty());
    // The connection breaks after the text was handed over: a person settles it.
    s.claim(release.entry.id, later).await.unwrap();
    s.handing_over(release.entry.id).await.unwrap();
    s.uncertain(release.entry.id, "cut", "不明です", later)
        .await
        .unwrap();
    assert_eq!(
        s.case(case_id).await.unwrap().unwrap().summary.state,
        CaseState::NeedsHuman
    );
    assert!(
        s.next_release(later + Duration::days(9))
            .await
            .unwrap()
            .is_none(),
        "never sent again by itself"
    );
    assert_eq!(
        s.settle_uncertain(release.entry.id, false, &sato(), later)
            .await
            .unwrap(),
        Outcome::Done
    );
    assert!(s.claim(release.entry.id, later).await.unwrap());
    s.completed(release.entry.id, later).await.unwrap();
    assert_eq!(
        s.case(case_id).await.unwrap().unwrap().summary.state,
        CaseState::Sent
    );
    // A bounce comes back; a report may name any address, but only one that the mail went to is blocked.
    let forged = s
        .bounced(
            release.entry.id,
            "other@example.com",
            "5.1.1",
            true,
            "x",
            later,
        )
        .await
        .unwrap();
    assert_eq!(forged.blocked, None);
    let real = s
        .bounced(
            release.entry.id,
            "yamada@EXAMPLE.jp",
            "5.1.1",
            true,
            "x",
            later,
        )
        .await
        .unwrap();
    assert_eq!(real.blocked.as_deref(), Some("yamada@example.jp"));
    assert_eq!(
        s.case(case_id).await.unwrap().unwrap().summary.state,
        CaseState::Failed
    );
}

async fn stop_opt_out_and_hand_written_answers(s: &dyn Store) {
    let (case_id, _) = reviewed(s).await;
    s.approve(
        case_id,
        1,
        &sato(),
        mail(OutboxKind::Answer, "r1", t0()),
        t0(),
    )
    .await
    .unwrap();
    let id = s.next_release(t0()).await.unwrap().unwrap().entry.id;
    assert!(s.set_stopped(true, &suzuki(), t0()).await.unwrap());
    assert!(
        !s.set_stopped(true, &sato(), t0()).await.unwrap(),
        "already stopped"
    );
    assert_eq!(s.stopped().await.unwrap().unwrap().by, suzuki().record());
    assert!(s.next_release(t0()).await.unwrap().is_none());
    assert!(
        !s.claim(id, t0()).await.unwrap(),
        "the stop holds between look and claim"
    );
    assert!(s.set_stopped(false, &sato(), t0()).await.unwrap());
    assert!(s.next_release(t0()).await.unwrap().is_some());

    let person = s.case(case_id).await.unwrap().unwrap().person_id;
    s.receive_one(&incoming("stop", 2), t0()).await.unwrap();
    let message = s.due_messages(t0(), 1).await.unwrap()[0].id;
    let mut out = taken(
        message,
        CaseChoice::Existing(case_id),
        PersonChoice::Known(person),
    );
    out.kind = Some(MessageKind::OptOut);
    out.opt_out = true;
    s.take_in(out, t0()).await.unwrap();
    assert!(
        s.next_release(t0()).await.unwrap().is_none(),
        "what waited is called back"
    );
    let case = s.case(case_id).await.unwrap().unwrap();
    assert!(case.opted_out);
    assert!(
        s.seekers().await.unwrap().is_empty(),
        "who wants no mail is suggested nothing"
    );
    let mut farewell = draft(case_id, case.version, message);
    farewell.kind = AnswerKind::OptOut;
    s.save_draft(farewell, t0()).await.unwrap();
    s.approve(
        case_id,
        2,
        &sato(),
        mail(OutboxKind::Answer, "bye", t0()),
        t0(),
    )
    .await
    .unwrap();
    let release = s.next_release(t0()).await.unwrap().unwrap();
    assert!(release.opted_out && release.confirms_opt_out);
    s.cancel_approval(case_id, &sato(), t0()).await.unwrap();

    // A colleague answers from a normal client: the card is withdrawn.
    let mut by_hand = incoming("hand", 1);
    by_hand.source = Source::Sent;
    s.receive(
        "Sent",
        &[by_hand],
        MailboxCursor {
            uid_validity: 1,
            uid_next: 2,
        },
        t0(),
    )
    .await
    .unwrap();
    let message = s.due_messages(t0(), 1).await.unwrap()[0].id;
    let cases = s
        .answered_by_hand(
            message,
            &["YAMADA@example.jp".into()],
            Some("hand@example.jp"),
            t0(),
        )
        .await
        .unwrap();
    assert_eq!(cases, [case_id]);
    let case = s.case(case_id).await.unwrap().unwrap();
    assert_eq!(case.summary.state, CaseState::Withdrawn);
    assert_eq!(case.draft.unwrap().state, DraftState::Voided);
    assert!(s.due_messages(t0(), 1).await.unwrap().is_empty());
}

async fn cards_notices_and_openings(s: &dyn Store) {
    let (case_id, _) = reviewed(s).await;
    let mut card = s.stale_cards(10).await.unwrap().remove(0);
    assert_eq!((card.case_id, card.message_id), (case_id, None));
    card.shown = card.wanted;
    card.message_id = Some(u64::MAX);
    card.thread_id = Some(5);
    s.card_shown(card.clone()).await.unwrap();
    assert!(s.stale_cards(10).await.unwrap().is_empty());
    assert_eq!(
        s.posted_cards(10).await.unwrap()[0].message_id,
        Some(u64::MAX)
    );
    s.touch_card(case_id).await.unwrap();
    assert_eq!(s.stale_cards(10).await.unwrap()[0].wanted, card.wanted + 1);
    s.notify("gap", "gap:1", "欠け", t0()).await.unwrap();
    s.notify("gap", "gap:1", "欠け", t0()).await.unwrap();
    let untold = s.untold(10).await.unwrap();
    assert_eq!(untold.len(), 1, "told once");
    s.told(untold[0].id, t0()).await.unwrap();
    assert!(s.untold(10).await.unwrap().is_empty());
    assert_eq!(s.recent_notices(5).await.unwrap().len(), 1);

    let opening = |id: &str, area: &str| Opening {
        id: id.into(),
        institution_name: "○○病院".into(),
        area: area.into(),
        lat: Some(36.2),
        ..Opening::default()
    };
    let both = [opening("A-1", "長野県松本市"), opening("A-2", "長野県")];
    let done = s.upsert_openings(&both, &sato(), t0()).await.unwrap();
    assert_eq!((done.added, done.changed, done.same), (2, 0, 0));
    let again = [
        opening("A-1", "長野県松本市"),
        opening("A-2", "長野県長野市"),
    ];
    let done = s.upsert_openings(&again, &sato(), t0()).await.unwrap();
    assert_eq!((done.added, done.changed, done.same), (0, 1, 1));
    assert!(
        s.set_opening_state("A-1", OpeningState::Closed, &sato(), t0())
            .await
            .unwrap()
    );
    assert!(
        !s.set_opening_state("Z", OpeningState::Closed, &sato(), t0())
            .await
            .unwrap()
    );
    assert_eq!(s.openings(false).await.unwrap().len(), 1);
    assert_eq!(s.openings(true).await.unwrap().len(), 2);
    assert_eq!(
        s.opening("A-2").await.unwrap().unwrap().opening.area,
        "長野県長野市"
    );
    assert_eq!(s.counts(t0()).await.unwrap().openings, 1);
}

/// A mail that changes or withdraws openings only proposes; staff decide once, and not over what was changed meanwhile.
async fn openings_have_a_history_a_last_day_and_proposals(s: &dyn Store) {
    let opening = |id: &str, area: &str| Opening {
        id: id.into(),
        institution_name: "医療法人緑会 みどり病院".into(),
        area: area.into(),
        expires: Some("2026-11-23".into()),
        ..Opening::default()
    };
    let all = [opening("A-1", "長野県"), opening("A-2", "長野県")];
    s.upsert_openings(&all, &sato(), t0()).await.unwrap();
    let day = Duration::days(1);
    let moved = opening("A-1", "長野県松本市");
    s.upsert_openings(std::slice::from_ref(&moved), &sato(), t0() + day)
        .await
        .unwrap();
    let history = s.opening_history("A-1").await.unwrap();
    let areas: Vec<&str> = history.iter().map(|v| v.opening.area.as_str()).collect();
    assert_eq!(areas, ["長野県", "長野県松本市"]);
    assert_eq!(history[1].at, t0() + day);
    assert!(s.opening_history("Z").await.unwrap().is_empty());

    // Told once; a new last day that passes is told again.
    assert_eq!(s.untold_expiries("2026-11-23", 9).await.unwrap().len(), 0);
    assert_eq!(s.untold_expiries("2026-11-24", 9).await.unwrap().len(), 2);
    let notice = NewNotice {
        kind: "opening_expired".into(),
        dedupe: "opening_expired:A-2".into(),
        text: "期限".into(),
        in_thread: false,
    };
    s.tell_expiry("A-2", notice, t0()).await.unwrap();
    s.set_opening_state("A-1", OpeningState::Closed, &sato(), t0())
        .await
        .unwrap();
    assert!(s.untold_expiries("2026-11-24", 9).await.unwrap().is_empty());
    assert_eq!(s.untold(9).await.unwrap().len(), 1);
    let longer = Opening {
        expires: Some("2026-12-31".into()),
        ..opening("A-2", "長野県")
    };
    s.upsert_openings(std::slice::from_ref(&longer), &sato(), t0())
        .await
        .unwrap();
    assert!(s.untold_expiries("2026-12-31", 9).await.unwrap().is_empty());
    assert_eq!(s.untold_expiries("2027-01-01", 9).await.unwrap().len(), 1);

    let key = Opening::institution_key("みどり病院");
    let of = async |sender: &str, key: Option<&str>| {
        let found = s.openings_of(sender, key, &[]).await.unwrap();
        found.into_iter().map(|r| r.opening.id).collect::<Vec<_>>()
    };
    assert_eq!(of("", Some(&key)).await, ["A-1", "A-2"]);
    assert!(of("", Some("ほかの病院")).await.is_empty());

    s.receive_one(&incoming("c1", 1), t0()).await.unwrap();
    let message = s.due_messages(t0() + day, 9).await.unwrap()[0].id;
    let change = |after: Option<Opening>| store::NewOpeningChange {
        opening_id: "A-2".into(),
        after,
        before: longer.clone(),
    };
    let after = Opening {
        area: "長野県長野市".into(),
        ..longer.clone()
    };
    let taken = |message: i64, changes: Vec<store::NewOpeningChange>| TakenIn {
        message,
        sender: "Jimu@Example.jp".into(),
        opening_changes: changes,
        openings: vec![opening(&format!("MAIL-{message}"), "")],
        ..TakenIn::default()
    };
    s.take_in(taken(message, vec![change(Some(after.clone()))]), t0())
        .await
        .unwrap();
    assert_eq!(
        of("jimu@example.jp", None).await,
        [format!("MAIL-{message}")]
    );
    assert_eq!(s.opening("A-2").await.unwrap().unwrap().opening, longer);
    let waiting = s.opening_changes().await.unwrap();
    assert_eq!(waiting.len(), 1);
    let number = waiting[0].id;
    let decide = async |n: i64, accept: bool| {
        s.decide_opening_change(n, accept, &sato(), t0() + day)
            .await
            .unwrap()
    };
    assert_eq!(
        decide(number + 99, true).await,
        store::ChangeDecided::Unknown
    );
    assert_eq!(decide(number, true).await, store::ChangeDecided::Done);
    assert!(matches!(
        decide(number, false).await,
        store::ChangeDecided::Already { accepted: true, .. }
    ));
    assert_eq!(s.opening("A-2").await.unwrap().unwrap().opening, after);

    // What was read before the opening changed is not laid over it; a withdrawal holds all the same.
    s.receive_one(&incoming("c2", 2), t0()).await.unwrap();
    s.receive_one(&incoming("c3", 3), t0()).await.unwrap();
    let due = s.due_messages(t0() + day, 9).await.unwrap();
    s.take_in(taken(due[0].id, vec![change(Some(longer.clone()))]), t0())
        .await
        .unwrap();
    s.take_in(taken(due[1].id, vec![change(None)]), t0())
        .await
        .unwrap();
    let waiting = s.opening_changes().await.unwrap();
    assert_eq!(
        decide(waiting[0].id, true).await,
        store::ChangeDecided::Overtaken
    );
    assert_eq!(
        decide(waiting[0].id, false).await,
        store::ChangeDecided::Done
    );
    assert_eq!(
        decide(waiting[1].id, true).await,
        store::ChangeDecided::Done
    );
    let record = s.opening("A-2").await.unwrap().unwrap();
    assert_eq!(
        (record.state, record.opening),
        (OpeningState::Closed, after)
    );
    assert!(s.opening_changes().await.unwrap().is_empty());
}

/// A number that looks like chance and is the same every time.
fn dice(state: &mut u64, sides: u64) -> u64 {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1);
    (*state >> 33) % sides
}

/// What is kept in memory answers as what is in the store, whoever changed it and whichever day it is.
async fn the_openings_on_offer_are_those_of_the_store(s: &dyn Store) {
    let samples = openings::jsonl::read(include_bytes!("../samples/openings.jsonl")).openings;
    let profile = [];
    let wishes = [
        Wish {
            strength: Strength::Must,
            ..wish(Field::NightDuty, Value::text("none"))
        },
        wish(Field::Area, Value::text("長野県")),
        wish(Field::Day, Value::text("weekdays")),
    ];
    let doctor = matching::Doctor {
        profile: &profile,
        wishes: &wishes,
    };
    let mut on_offer = OnOffer::default();
    let mut state = 7;
    let mut dice = |sides: usize| usize::try_from(dice(&mut state, sides as u64)).unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for turn in 0..60 {
        for _ in 0..dice(4) {
            let sample = samples[dice(samples.len())].clone();
            let mut items = samples[dice(samples.len())].items.clone();
            items.truncate(12);
            let changed = Opening {
                id: format!("A-{}", dice(40)),
                expires: (dice(2) == 0).then(|| format!("2026-12-{:02}", 1 + dice(28))),
                items,
                ..sample
            };
            s.upsert_openings(&[changed], &sato(), t0()).await.unwrap();
        }
        for _ in 0..dice(3) {
            let state = [OpeningState::Open, OpeningState::Closed][dice(2)];
            let id = format!("A-{}", dice(40));
            s.set_opening_state(&id, state, &sato(), t0())
                .await
                .unwrap();
        }
        // Days pass; now and then a clock is set back.
        let day = if dice(10) == 0 {
            1 + dice(28)
        } else {
            1 + turn / 2
        };
        let today = format!("2026-12-{day:02}");
        let standing: Vec<Opening> = s
            .openings(false)
            .await
            .unwrap()
            .into_iter()
            .map(|r| r.opening)
            .filter(|o| !o.expired(&today))
            .collect();
        let kept = on_offer.as_of(&today, s).await.unwrap().rank(&doctor, 100);
        assert_eq!(kept, matching::rank(&doctor, &standing, 100), "turn {turn}");
        seen.insert(kept.considered);
    }
    assert!(seen.len() > 10, "{seen:?}");
}

async fn fresh(engine: &str) -> (Arc<dyn Store>, Option<tempfile::TempDir>) {
    match engine {
        "sqlite" => {
            let dir = tempfile::tempdir().unwrap();
            let url = format!("sqlite:{}", dir.path().join("desk.db").display());
            (Arc::new(store::open(&url).await.unwrap()), Some(dir))
        }
        _ => {
            let url = support::postgres::Postgres::shared().createdb();
            (Arc::new(store::open(&url).await.unwrap()), None)
        }
    }
}

macro_rules! stories {
    ($engine:ident: $($story:ident),+ $(,)?) => {
        mod $engine {
            use super::*;
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $story() {
                let (store, _dir) = fresh(stringify!($engine)).await;
                super::$story(&*store).await;
            })+

            #[tokio::test(flavor = "multi_thread")]
            async fn many_press_at_once() {
                let (store, _dir) = fresh(stringify!($engine)).await;
                super::many_press_at_once(store).await;
            }
        }
    };
}

macro_rules! on_both {
    ($($story:ident),+ $(,)?) => {
        stories!(sqlite: $($story),+);
        stories!(postgres: $($story),+);
    };
}

on_both!(
    cursors_and_doubles,
    set_aside_after_tries,
    persons_cases_and_versions,
    twins_namesakes_and_doubts,
    one_press_decides,
    edits_and_new_mails_void,
    failures_block_and_wait_for_people,
    stop_opt_out_and_hand_written_answers,
    openings_have_a_history_a_last_day_and_proposals,
    cards_notices_and_openings,
    the_openings_on_offer_are_those_of_the_store,
);

#[tokio::test]
async fn both_engines_have_the_same_columns() {
    let dir = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", dir.path().join("desk.db").display());
    drop(store::open(&url).await.unwrap());
    let lite = sqlx::SqlitePool::connect(&url).await.unwrap();
    let mut of_lite: Vec<(String, String)> = sqlx::query_as(
        "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' \
         AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '_sqlx%'",
    )
    .fetch_all(&lite)
    .await
    .unwrap();
    let url = support::postgres::Postgres::shared().createdb();
    drop(store::open(&url).await.unwrap());
    let pg = sqlx::PgPool::connect(&url).await.unwrap();
    let mut of_pg: Vec<(String, String)> = sqlx::query_as(
        "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'public' \
         AND table_name NOT LIKE '_sqlx%'",
    )
    .fetch_all(&pg)
    .await
    .unwrap();
    of_lite.sort();
    of_pg.sort();
    assert!(of_lite.len() > 60);
    assert_eq!(of_lite, of_pg);
}

/// Openings of a store from before changes were numbered are found by who keeps them in memory.
#[tokio::test]
async fn openings_of_an_older_store_are_numbered() {
    let dir = tempfile::tempdir().unwrap();
    let lite = format!("sqlite:{}", dir.path().join("desk.db").display());
    let pg = support::postgres::Postgres::shared().createdb();
    let back = [
        "DROP INDEX opening_revision",
        "ALTER TABLE opening DROP COLUMN revision",
        "DELETE FROM _sqlx_migrations WHERE version = 5",
    ];
    let samples = openings::jsonl::read(include_bytes!("../samples/openings.jsonl")).openings;
    for url in [&lite, &pg] {
        let s = store::open(url).await.unwrap();
        let s: &dyn Store = &s;
        s.upsert_openings(&samples, &sato(), t0()).await.unwrap();
    }
    let pool = sqlx::SqlitePool::connect(&lite).await.unwrap();
    for sql in back {
        sqlx::query(sql).execute(&pool).await.unwrap();
    }
    pool.close().await;
    let pool = sqlx::PgPool::connect(&pg).await.unwrap();
    for sql in back {
        sqlx::query(sql).execute(&pool).await.unwrap();
    }
    for url in [&lite, &pg] {
        let s = store::open(url).await.unwrap();
        let s: &dyn Store = &s;
        let mut on_offer = OnOffer::default();
        let kept = on_offer.as_of("2026-11-24", s).await.unwrap().len();
        assert_eq!(kept, samples.len(), "{url}");
        s.set_opening_state(&samples[3].id, OpeningState::Closed, &sato(), t0())
            .await
            .unwrap();
        let kept = on_offer.as_of("2026-11-24", s).await.unwrap().len();
        assert_eq!(kept, samples.len() - 1, "{url}");
    }
}

#[tokio::test]
async fn the_audit_is_append_only() {
    let dir = tempfile::tempdir().unwrap();
    let lite = format!("sqlite:{}", dir.path().join("desk.db").display());
    let pg = support::postgres::Postgres::shared().createdb();
    for url in [&lite, &pg] {
        let s = store::open(url).await.unwrap();
        let s: &dyn Store = &s;
        s.set_stopped(true, &sato(), t0()).await.unwrap();
    }
    let lite = sqlx::SqlitePool::connect(&lite).await.unwrap();
    let pg = sqlx::PgPool::connect(&pg).await.unwrap();
    for sql in ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"] {
        assert!(sqlx::query(sql).execute(&lite).await.is_err(), "{sql}");
        assert!(sqlx::query(sql).execute(&pg).await.is_err(), "{sql}");
    }
}

#[tokio::test]
async fn a_newer_store_is_refused_and_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", dir.path().join("desk.db").display());
    drop(store::open(&url).await.unwrap());
    let lite = sqlx::SqlitePool::connect(&url).await.unwrap();
    sqlx::query("INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'x', 1, x'00', 0)")
        .execute(&lite)
        .await
        .unwrap();
    let e = store::open(&url).await.unwrap_err();
    assert!(matches!(e, StoreError::Newer(9999)), "{e}");
    assert!(e.to_string().contains("新しい版"));
}

#[tokio::test]
async fn two_daemons_do_not_share_a_store() {
    let dir = tempfile::tempdir().unwrap();
    let lite = format!("sqlite:{}", dir.path().join("desk.db").display());
    let pg = support::postgres::Postgres::shared().createdb();
    for url in [lite, pg] {
        let first: Arc<dyn Store> = Arc::new(store::open(&url).await.unwrap());
        let second: Arc<dyn Store> = Arc::new(store::open(&url).await.unwrap());
        first.lock().await.unwrap();
        assert!(
            matches!(second.lock().await, Err(StoreError::Busy)),
            "{url}"
        );
        drop(first);
        // What the first held is free when it ends.
        support::eventually(
            "the lock is free",
            std::time::Duration::from_secs(5),
            || async { second.lock().await.ok() },
        )
        .await;
    }
}

#[tokio::test]
async fn an_unreachable_store_says_what_to_do_and_hides_the_password() {
    let port = support::ports::free();
    let e = store::open(&format!("postgres://md:geheim@127.0.0.1:{port}/md"))
        .await
        .unwrap_err()
        .to_string();
    assert!(e.contains("store.url") && !e.contains("geheim"), "{e}");
    let e = store::open("sqlite:/nonexistent/folder/desk.db")
        .await
        .unwrap_err()
        .to_string();
    assert!(e.contains("/nonexistent/folder/desk.db"), "{e}");
}
