//! From a stored message to an acknowledgement, a case and a draft: the real steps on a store in memory, with a clock that is set.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use madoguchi::{
    app::Rooms,
    clock::SetClock,
    config,
    decode::{Limits, decode},
    domain::{
        case::CaseState,
        draft::DraftState,
        message::Source,
        outbox::{OutboxEntry, OutboxKind},
        review::{Actor, Outcome},
        wish::MessageKind,
    },
    openings,
    send::{Delivery, Handover, Transport},
    store::{self, CaseDetail, Edit, Incoming, Store},
    trust::{Answers, Verifier},
};
use std::{
    path::Path,
    sync::{Arc, Mutex},
};

/// Takes everything.
#[derive(Default)]
struct Taker(Mutex<Vec<OutboxEntry>>);

#[async_trait]
impl Transport for Taker {
    async fn send(&self, entry: &OutboxEntry, handover: &dyn Handover) -> Delivery {
        handover.record().await.unwrap();
        self.0.lock().unwrap().push(entry.clone());
        Delivery::Accepted { refused: vec![] }
    }

    async fn left(&self, _: &OutboxEntry) -> Option<bool> {
        None
    }

    async fn probe(&self) -> anyhow::Result<String> {
        Ok("taker".into())
    }
}

struct Desk {
    rooms: Rooms,
    clock: Arc<SetClock>,
    store: Arc<dyn Store>,
    taker: Arc<Taker>,
    mails: Mutex<u32>,
    /// What the DNS would say of senders; without it nothing is asked.
    records: Vec<(&'static str, &'static str)>,
}

impl Desk {
    async fn new() -> Desk {
        let now: DateTime<Utc> = "2026-11-24T01:00:00Z".parse().unwrap();
        let clock = Arc::new(SetClock::new(now));
        let store: Arc<dyn Store> = Arc::new(store::open("sqlite::memory:").await.unwrap());
        let import = openings::jsonl::read(include_bytes!("../samples/openings.jsonl"));
        store
            .upsert_openings(&import.openings, &Actor::program(), now)
            .await
            .unwrap();
        let config = config::parse("", Path::new("config.toml")).unwrap();
        let rooms = Rooms::new(&config, store.clone(), clock.clone())
            .await
            .unwrap();
        Desk {
            rooms,
            clock,
            store,
            taker: Arc::default(),
            mails: Mutex::new(0),
            records: vec![],
        }
    }

    /// A mail with this header and body comes in; what left because of it.
    async fn mail(&self, header: &str, body: &str) -> Vec<OutboxEntry> {
        let n = {
            let mut n = self.mails.lock().unwrap();
            *n += 1;
            *n
        };
        let id = if header.contains("Message-ID") {
            String::new()
        } else {
            format!("Message-ID: <m{n}@example.com>\r\n")
        };
        let raw = format!(
            "{header}{id}To: md@example.jp\r\nDate: Tue, 24 Nov 2026 10:00:00 +0900\r\nMIME-Version: 1.0\r\n\
             Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}",
            body.replace('\n', "\r\n")
        );
        self.bytes(raw.into_bytes(), false, Source::Mail).await
    }

    async fn bytes(&self, raw: Vec<u8>, header_only: bool, source: Source) -> Vec<OutboxEntry> {
        let now = madoguchi::clock::Clock::now(&*self.clock);
        let incoming = Incoming {
            source,
            dedupe: format!("{}:{:?}", self.mails.lock().unwrap(), raw),
            message_id: None,
            received_at: now,
            size: if header_only {
                60 << 20
            } else {
                raw.len() as u64
            },
            raw,
            header_only,
            archived: false,
            uid: None,
            origin: None,
        };
        self.store.receive_one(&incoming, now).await.unwrap();
        self.work().await
    }

    /// Everything that is due happens; what left.
    async fn work(&self) -> Vec<OutboxEntry> {
        let before = self.taker.0.lock().unwrap().len();
        let (mut pipeline, sender) = (
            self.rooms.pipeline(),
            self.rooms.sender(self.taker.clone(), None),
        );
        if !self.records.is_empty() {
            let section = config::Trust {
                received_by: vec!["mx.example.jp".into()],
                ..config::Trust::default()
            };
            let answers = Answers::only(self.records.iter().copied());
            let verifier = Verifier::with_answers(answers, &section).unwrap();
            pipeline.verifier = Some(Arc::new(verifier));
        }
        while pipeline.step().await.unwrap() || sender.step().await.unwrap() {}
        self.taker.0.lock().unwrap()[before..].to_vec()
    }

    async fn later(&self, by: Duration) -> Vec<OutboxEntry> {
        self.clock.advance(by);
        self.work().await
    }

    /// The case that changed last.
    async fn case(&self) -> CaseDetail {
        let id = self.store.cases(true, 1).await.unwrap()[0].id;
        self.store.case(id).await.unwrap().unwrap()
    }

    async fn reason_of_silence(&self) -> String {
        let case = self.case().await;
        let history = self.store.history(case.summary.id).await.unwrap();
        let line = history
            .into_iter()
            .rev()
            .find(|h| h.action == "not_acknowledged");
        line.and_then(|l| l.detail).unwrap_or_default()
    }
}

const DOCTOR: &str = "Return-Path: <yamada@example.com>\r\nFrom: 山田 <yamada@example.com>\r\nSubject: consultation\r\n";
const WISHES: &str = "内科医の山田太郎と申します。自宅（長野県松本市）から30分以内、平日の日勤を希望します。当直はできません。\n";

fn sato() -> Actor {
    Actor {
        id: "terminal:sato".into(),
        name: "佐藤".into(),
    }
}

#[tokio::test]
async fn an_inquiry_is_acknowledged_and_drafted() {
    let desk = Desk::new().await;
    let left = desk.mail(DOCTOR, WISHES).await;
    assert_eq!(left.len(), 1);
    let ack = &left[0];
    assert_eq!(
        (ack.envelope_from.as_deref(), ack.recipients.as_slice()),
        (None, &["yamada@example.com".to_owned()][..])
    );
    let mail = decode(&ack.mime, &Limits::default());
    let raw = String::from_utf8_lossy(&ack.mime).into_owned();
    assert!(
        raw.contains("Auto-Submitted: auto-replied")
            && raw.contains("X-Auto-Response-Suppress: All"),
        "{raw}"
    );
    assert_eq!(mail.in_reply_to.as_deref(), Some("m1@example.com"));
    for words in [
        "MD-2611-0001",
        "通勤30分以内",
        "平日",
        "03-0000-0000",
        "山田",
    ] {
        assert!(
            mail.text.replace('\n', "").contains(words),
            "{words} is missing in:\n{}",
            mail.text
        );
    }
    let case = desk.case().await;
    assert_eq!(
        (case.summary.state, case.summary.kind),
        (CaseState::InReview, MessageKind::DoctorInquiry)
    );
    let draft = case.draft.unwrap();
    assert_eq!(draft.recipients[0].address, "yamada@example.com");
    assert!(draft.subject.contains("consultation") && draft.body.contains("山田"));
    assert!(
        draft.suggestions.iter().all(|id| !id.contains("SPR")),
        "nothing across the sea: {:?}",
        draft.suggestions
    );
}

#[tokio::test]
async fn machines_and_doubtful_senders_get_no_acknowledgement() {
    let from = "From: 山田 <yamada@example.com>\r\nSubject: x\r\n";
    let with = |line: &str| format!("Return-Path: <yamada@example.com>\r\n{line}{from}");
    for (header, why) in [
        (from.to_owned(), "no return path"),
        (format!("Return-Path: <>\r\n{from}"), "Return-Path"),
        (with("Auto-Submitted: auto-generated\r\n"), ""),
        (with("Precedence: bulk\r\n"), ""),
        (with("List-Id: <doctors.example.com>\r\n"), ""),
        (with("X-Auto-Response-Suppress: All\r\n"), "X-Auto-Response-Suppress"),
        (with("X-Loop: md@example.jp\r\n"), ""),
        ("Return-Path: <yamada@example.com>\r\nFrom: a <a@example.com>, b <b@example.com>\r\nSubject: x\r\n".into(), "several authors"),
        ("Return-Path: <md@example.jp>\r\nFrom: md@example.jp\r\nSubject: x\r\n".into(), ""),
        ("Return-Path: <MAILER-DAEMON@example.com>\r\nFrom: MAILER-DAEMON@example.com\r\nSubject: x\r\n".into(), ""),
    ] {
        let desk = Desk::new().await;
        let left = desk.mail(&header, WISHES).await;
        assert!(left.is_empty(), "{header}");
        if !why.is_empty() {
            assert!(desk.reason_of_silence().await.contains(why), "{header}: {}", desk.reason_of_silence().await);
        }
    }
}

#[tokio::test]
async fn one_acknowledgement_in_a_day_and_three_in_a_week() {
    let desk = Desk::new().await;
    let mut acknowledged = vec![];
    for hour in 0..(24 * 8 / 8) {
        let left = desk.mail(DOCTOR, &format!("{WISHES}{hour}")).await;
        if !left.is_empty() {
            acknowledged.push(hour * 8);
        }
        desk.later(Duration::hours(8)).await;
    }
    assert_eq!(acknowledged, [0, 24, 48, 168]);
}

#[tokio::test]
async fn a_robot_without_headers_runs_into_the_counts() {
    let desk = Desk::new().await;
    let mut left = 0;
    for n in 0..30 {
        let header =
            "Return-Path: <robot@example.com>\r\nFrom: robot@example.com\r\nSubject: Thank you\r\n";
        left += desk
            .mail(header, &format!("お問い合わせありがとうございます {n}"))
            .await
            .len();
    }
    assert!(left <= 1, "{left}");
}

#[tokio::test]
async fn a_reply_joins_by_our_signature_and_a_number_alone_joins_nothing() {
    let desk = Desk::new().await;
    let ack = desk.mail(DOCTOR, WISHES).await.remove(0);
    let number = desk.case().await.summary.number;
    // The same doctor from another address answers our mail.
    let header = format!(
        "Return-Path: <y@example.org>\r\nFrom: y@example.org\r\nSubject: Re\r\nIn-Reply-To: <{}>\r\n",
        ack.message_id
    );
    desk.mail(&header, "土曜の午前も可能です。\n").await;
    desk.later(Duration::seconds(100)).await;
    let case = desk.case().await;
    assert_eq!(
        (case.summary.number.as_str(), case.messages.len()),
        (number.as_str(), 2)
    );
    let draft = case.draft.unwrap();
    assert_eq!(
        draft.recipients[0].address, "yamada@example.com",
        "the address on file stays the recipient"
    );
    assert!(
        desk.store
            .recent_notices(9)
            .await
            .unwrap()
            .iter()
            .any(|n| n.text.contains("登録のないアドレス"))
    );
    // A forged signature and a quoted number join nothing.
    let forged = ack.message_id.replace("mg1.a.", "mg1.r.");
    let header = format!(
        "Return-Path: <stranger@example.net>\r\nFrom: stranger@example.net\r\nSubject: Re: {number}\r\nIn-Reply-To: <{forged}>\r\n"
    );
    desk.mail(
        &header,
        &format!("{number} の件です。皮膚科医です。週2日の外来を希望します。\n"),
    )
    .await;
    assert_ne!(desk.case().await.summary.number, number);
}

#[tokio::test]
async fn several_mails_in_the_quiet_time_give_one_new_draft() {
    let desk = Desk::new().await;
    desk.mail(DOCTOR, WISHES).await;
    let first = desk.case().await.draft.unwrap();
    for text in [
        "土曜も可能です。\n",
        "やはり週3日でお願いします。\n",
        "外来を希望します。\n",
    ] {
        desk.mail(DOCTOR, text).await;
        desk.later(Duration::seconds(30)).await;
        let case = desk.case().await;
        assert_eq!(
            case.draft.unwrap().state,
            DraftState::Voided,
            "the old draft is void at once, no new one yet"
        );
    }
    desk.later(Duration::seconds(100)).await;
    let draft = desk.case().await.draft.unwrap();
    assert_eq!(
        (draft.revision, draft.state),
        (first.revision + 1, DraftState::Open)
    );
    assert!(
        desk.store
            .wish_history(desk.case().await.person_id)
            .await
            .unwrap()
            .len()
            >= 3
    );
}

#[tokio::test]
async fn approval_binds_what_was_seen() {
    let desk = Desk::new().await;
    desk.mail(DOCTOR, WISHES).await;
    let case = desk.case().await;
    let (id, reviewer) = (case.summary.id, desk.rooms.reviewer());
    let empty = Edit {
        case_id: id,
        base: Some(1),
        recipients: case.draft.clone().unwrap().recipients,
        subject: "x".into(),
        body: "  \n\u{3000}".into(),
        kind: case.draft.unwrap().kind,
    };
    assert_eq!(
        reviewer.edit(empty.clone(), &sato()).await.unwrap().outcome,
        Outcome::Impossible
    );
    let mut wrong = empty;
    wrong.body = "本文".into();
    wrong.recipients[0].address = "not an address".into();
    assert_eq!(
        reviewer.edit(wrong, &sato()).await.unwrap().outcome,
        Outcome::Impossible
    );
    assert_eq!(
        reviewer.approve(id, 1, &sato()).await.unwrap().outcome,
        Outcome::Done
    );
    assert!(
        desk.later(Duration::seconds(30)).await.is_empty(),
        "the hold window runs"
    );
    // A newer mail voids the approval, and nothing leaves.
    desk.mail(DOCTOR, "やはり土曜も可能です。\n").await;
    let left = desk.later(Duration::seconds(40)).await;
    assert!(
        left.iter().all(|o| o.kind == OutboxKind::Acknowledgement),
        "{left:?}"
    );
    desk.later(Duration::seconds(100)).await;
    assert_eq!(
        reviewer.approve(id, 1, &sato()).await.unwrap().outcome,
        Outcome::Stale
    );
    assert_eq!(
        reviewer.approve(id, 2, &sato()).await.unwrap().outcome,
        Outcome::Done
    );
    let left = desk.later(Duration::seconds(61)).await;
    assert_eq!(left.len(), 1);
    let mail = decode(&left[0].mime, &Limits::default());
    assert_eq!(
        mail.in_reply_to.as_deref(),
        Some("m2@example.com"),
        "it answers the newest mail"
    );
    assert!(!mail.automatic.is_automatic && left[0].envelope_from.is_some());
    assert_eq!(desk.case().await.summary.state, CaseState::Sent);
}

#[tokio::test]
async fn sent_back_with_a_reason_gives_another_draft() {
    let desk = Desk::new().await;
    desk.mail(DOCTOR, "内科医の山田です。週3日、外来を希望します。\n")
        .await;
    let case = desk.case().await;
    let before = case.draft.unwrap();
    assert!(before.suggestions.len() >= 2, "{:?}", before.suggestions);
    let reviewer = desk.rooms.reviewer();
    assert_eq!(
        reviewer
            .reject(case.summary.id, 1, " ", &sato())
            .await
            .unwrap()
            .outcome,
        Outcome::Impossible
    );
    let named = before.suggestions[0].clone();
    reviewer
        .reject(
            case.summary.id,
            1,
            &format!("{named} は先生に合いません"),
            &sato(),
        )
        .await
        .unwrap();
    desk.work().await;
    let after = desk.case().await.draft.unwrap();
    assert_eq!(after.revision, 2);
    assert!(
        !after.suggestions.contains(&named) && after.suggestions.contains(&before.suggestions[1])
    );
    reviewer
        .choose(case.summary.id, 2, vec![named.clone()], &sato())
        .await
        .unwrap();
    desk.work().await;
    assert_eq!(desk.case().await.draft.unwrap().suggestions, [named]);
}

#[tokio::test]
async fn opting_out_stops_everything_but_its_confirmation() {
    let desk = Desk::new().await;
    desk.mail(DOCTOR, WISHES).await;
    let case = desk.case().await;
    let reviewer = desk.rooms.reviewer();
    reviewer.approve(case.summary.id, 1, &sato()).await.unwrap();
    let left = desk
        .mail(
            DOCTOR,
            "今後のご案内は不要です。登録を削除し、メールの配信を停止してください。\n",
        )
        .await;
    assert!(left.is_empty(), "no acknowledgement of an opt-out");
    assert!(
        desk.later(Duration::hours(2)).await.is_empty(),
        "the approved answer is called back"
    );
    let case = desk.case().await;
    assert!(case.opted_out);
    let draft = case.draft.unwrap();
    reviewer
        .approve(case.summary.id, draft.revision, &sato())
        .await
        .unwrap();
    assert_eq!(
        desk.later(Duration::seconds(61)).await.len(),
        1,
        "the confirmation, once a person approved it"
    );
}

#[tokio::test]
async fn odd_mails_start_nothing_bad() {
    let desk = Desk::new().await;
    for raw in [
        Vec::new(),
        b"\r\n".to_vec(),
        b"From: \r\n\r\n".to_vec(),
        vec![0xff; 3_000],
        "Return-Path: <a@example.com>\r\nFrom: a@example.com\r\nSubject: مرحبا\r\n\r\nأبحث عن عمل كطبيب\r\n".as_bytes().to_vec(),
        b"Return-Path: <b@example.com>\r\nFrom: \"x\\r\\nBcc: v@example.com\" <b@example.com>\r\nSubject: =?utf-8?B?eA0KQmNjOiB2QGV4YW1wbGUuY29t?=\r\n\r\nhello\r\n".to_vec(),
    ] {
        *desk.mails.lock().unwrap() += 1;
        for mail in desk.bytes(raw, false, Source::Mail).await {
            let text = String::from_utf8_lossy(&mail.mime).into_owned();
            let header = text.split("\r\n\r\n").next().unwrap().to_ascii_lowercase();
            assert!(!header.contains("\r\nbcc:"), "{text}");
        }
    }
    let counts = desk
        .store
        .counts(madoguchi::clock::Clock::now(&*desk.clock))
        .await
        .unwrap();
    assert_eq!(
        (counts.unread, counts.set_aside),
        (0, 0),
        "every one was taken in"
    );
}

#[tokio::test]
async fn a_mail_over_the_limit_goes_to_a_person() {
    let desk = Desk::new().await;
    let header = format!("{DOCTOR}Message-ID: <big@example.com>\r\nTo: md@example.jp\r\n\r\n");
    let left = desk.bytes(header.into_bytes(), true, Source::Mail).await;
    assert_eq!(left.len(), 1, "it is acknowledged");
    let case = desk.case().await;
    assert_eq!(case.summary.state, CaseState::NeedsHuman);
    assert!(case.reason.unwrap().contains("60 MB"));
    assert!(
        desk.store
            .recent_notices(5)
            .await
            .unwrap()
            .iter()
            .any(|n| n.kind == "oversize")
    );
}

#[tokio::test]
async fn a_note_of_staff_is_about_the_doctor_it_names() {
    let desk = Desk::new().await;
    let note = madoguchi::pipeline::ChatNote {
        author_id: "7".to_owned(),
        author_name: "佐々木（事務局）".to_owned(),
        staff: true,
        content: "さきほどの件。整形外科の河原崎先生、71歳、高松市。\n・週2日の外来を希望\n・当直はしない"
            .to_owned(),
        at: "2026-09-18T11:20:00+09:00".parse().unwrap(),
    };
    desk.bytes(serde_json::to_vec(&note).unwrap(), false, Source::Chat)
        .await;
    let profile = desk.case().await.wishes.unwrap().profile;
    let said = |field: &str| {
        let item = profile.iter().find(|i| i.field.to_string() == field);
        item.map(|i| i.value.to_string())
    };
    assert_eq!(said("name").as_deref(), Some("河原崎"), "{profile:?}");
    assert_eq!(said("writer").as_deref(), Some("proxy"), "{profile:?}");
}

#[tokio::test]
async fn a_note_that_cannot_be_read_is_set_aside_with_its_bytes() {
    let desk = Desk::new().await;
    desk.bytes(b"{not json".to_vec(), false, Source::Chat).await;
    for _ in 0..6 {
        desk.later(Duration::minutes(10)).await;
    }
    let counts = desk
        .store
        .counts(madoguchi::clock::Clock::now(&*desk.clock))
        .await
        .unwrap();
    assert_eq!((counts.unread, counts.set_aside), (0, 1));
    assert!(desk.store.untold(5).await.unwrap()[0].text.contains("脇に"));
    // What comes after it is not held up.
    assert_eq!(desk.mail(DOCTOR, WISHES).await.len(), 1);
}

#[tokio::test]
async fn a_bounce_counts_only_for_a_mail_of_ours() {
    let desk = Desk::new().await;
    let ack = desk.mail(DOCTOR, WISHES).await.remove(0);
    let report = |id: &str| {
        format!(
            "Return-Path: <>\r\nFrom: MAILER-DAEMON@example.com\r\nTo: md@example.jp\r\nSubject: Undelivered Mail Returned to Sender\r\n\
             Message-ID: <r{}@example.com>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nunknown user\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; example.com\r\n\r\nFinal-Recipient: rfc822; yamada@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n\
             --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{id}>\r\n\r\n--b--\r\n",
            id.len()
        )
        .into_bytes()
    };
    desk.bytes(
        report("mg1.a.a1.00000000000000000000@example.jp"),
        false,
        Source::Mail,
    )
    .await;
    assert!(
        desk.case().await.addresses[0].1.is_none(),
        "a forged id blocks nobody"
    );
    desk.bytes(report(&ack.message_id), false, Source::Mail)
        .await;
    assert!(desk.case().await.addresses[0].1.is_some());
    assert!(
        desk.store
            .recent_notices(5)
            .await
            .unwrap()
            .iter()
            .any(|n| n.text.contains("お電話"))
    );
    let id = desk.case().await.summary.id;
    let answer = desk.rooms.reviewer().approve(id, 1, &sato()).await.unwrap();
    assert_eq!(answer.outcome, Outcome::Impossible, "{}", answer.text);
}

const KNOWN: &str = "Return-Path: <yamada@example-hospital.jp>\r\nFrom: =?utf-8?B?5bGx55SwIOWkqumDjg==?= <yamada@example-hospital.jp>\r\nSubject: consultation\r\n";

/// What the card says, and to whom the draft would go.
async fn doubted(desk: &Desk) -> (Vec<String>, usize) {
    let case = desk.case().await;
    let now = madoguchi::clock::Clock::now(&*desk.clock);
    let openings = madoguchi::review::card::gather(&*desk.store, &case)
        .await
        .unwrap();
    let card = madoguchi::review::card::Card::of(&case, &openings, 5, chrono_tz::Asia::Tokyo, now);
    (
        card.notes.into_iter().map(|n| n.text).collect(),
        case.draft.unwrap().recipients.len(),
    )
}

#[tokio::test]
async fn a_twin_of_a_known_address_is_answered_only_where_staff_write_the_address() {
    let desk = Desk::new().await;
    assert_eq!(desk.mail(KNOWN, WISHES).await.len(), 1);
    let (notes, recipients) = doubted(&desk).await;
    assert_eq!(recipients, 1, "{notes:?}");
    for twin in [
        "yamada@examp1e-hospital.jp",
        "yarnada@example-hospital.jp",
        "yamada@example-hospital.com",
    ] {
        let header = KNOWN.replace("yamada@example-hospital.jp", twin);
        desk.mail(&header, WISHES).await;
        let (notes, recipients) = doubted(&desk).await;
        assert_eq!(recipients, 0, "{twin}");
        assert!(
            notes
                .iter()
                .any(|n| n.contains("似せた") && n.contains("ya***@example-hospital.jp")),
            "{notes:?}"
        );
    }
    // The known one is still answered.
    desk.later(Duration::days(1)).await;
    desk.mail(KNOWN, WISHES).await;
    desk.later(Duration::hours(1)).await;
    let (notes, recipients) = doubted(&desk).await;
    assert_eq!(recipients, 1, "{notes:?}");
}

#[tokio::test]
async fn a_known_name_from_a_new_address_is_told() {
    let desk = Desk::new().await;
    desk.mail(KNOWN, WISHES).await;
    desk.mail(
        &KNOWN.replace("yamada@example-hospital.jp", "taro.y@example.com"),
        WISHES,
    )
    .await;
    let (notes, recipients) = doubted(&desk).await;
    assert_eq!(recipients, 1);
    assert!(notes.iter().any(|n| n.contains("同じ名前")), "{notes:?}");
    let posing = "Return-Path: <x@example.com>\r\nFrom: \"yamada@example-hospital.jp\" <x@example.com>\r\nSubject: consultation\r\n";
    desk.mail(posing, WISHES).await;
    assert_eq!(doubted(&desk).await.1, 0);
}

#[tokio::test]
async fn a_forged_sender_gets_neither_acknowledgement_nor_draft_by_itself() {
    let header = format!(
        "Received: from bad.example (bad.example [203.0.113.7]) by mx.example.jp with ESMTP\r\n{KNOWN}"
    );
    let mut desk = Desk::new().await;
    desk.records = vec![
        ("example-hospital.jp", "v=spf1 ip4:192.0.2.1 -all"),
        ("_dmarc.example-hospital.jp", "v=DMARC1; p=reject"),
    ];
    assert!(desk.mail(&header, WISHES).await.is_empty());
    let (notes, recipients) = doubted(&desk).await;
    assert_eq!(recipients, 0);
    assert!(notes.iter().any(|n| n.contains("dmarc=fail")), "{notes:?}");
    assert!(desk.reason_of_silence().await.contains("not proven"));

    let mut desk = Desk::new().await;
    desk.records = vec![("example-hospital.jp", "v=spf1 ip4:203.0.113.7 -all")];
    assert_eq!(desk.mail(&header, WISHES).await.len(), 1);
    assert_eq!(doubted(&desk).await.1, 1);
}
