//! A desk with its store, its decisions and its chat, all real but for Discord.

use crate::discord::{Double, GUILD, INTAKE, Message, REVIEW, STAFF_ROLE, TOKEN};
use chrono::{DateTime, Utc};
use madoguchi::{
    clock::{Clock, SystemClock},
    config,
    domain::{
        case::{CaseEvent, CaseState},
        draft::AnswerKind,
        match_::{Commute, Match, MatchAnswer},
        message::{Mailbox, Source},
        opening::Opening,
        person::PersonKind,
        review::Actor,
        wish::{
            Field, Language, MessageKind, OpeningItem, ProfileField, ProfileItem, Reading,
            Strength, Value, Wish,
        },
    },
    review::{Reviewer, discord::Endpoint},
    store::{
        self, About, CaseChoice, CaseDetail, Incoming, NewDraft, NewNotice, NewWishes,
        PersonChoice, Store, TakenIn,
    },
    wake::Wake,
};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};
use tokio::{sync::watch, task::JoinHandle};
use tokio_util::sync::CancellationToken;

pub const BODY: &str = "佐藤先生\n\nご連絡ありがとうございます。ご希望に合う求人をご案内いたします。\n\n1. みどり病院\n\n敬具";

/// What runs: the chat, and how to end it.
pub struct Running {
    pub cancel: CancellationToken,
    pub task: JoinHandle<anyhow::Result<()>>,
}

impl Running {
    /// Ends it, and says how it ended.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.cancel.cancel();
        tokio::time::timeout(Duration::from_secs(10), self.task)
            .await
            .expect("the chat ends within ten seconds")
            .unwrap()
    }
}

pub struct Desk {
    pub store: Arc<dyn Store>,
    pub reviewer: Reviewer,
    pub config: config::Discord,
    cases: AtomicU32,
}

impl Desk {
    /// A desk whose chat is not running yet.
    pub async fn new(double: &Double) -> Desk {
        let store: Arc<dyn Store> = Arc::new(store::open("sqlite::memory:").await.unwrap());
        let desk = Desk {
            reviewer: Reviewer {
                store: store.clone(),
                clock: Arc::new(SystemClock),
                desk: config::Desk::default(),
                review: config::Review::default(),
                key: [7; 32],
                seeking: Arc::default(),
                wake: Wake::default(),
            },
            store,
            config: config::Discord {
                guild_id: GUILD,
                review_channel_id: REVIEW,
                intake_channel_id: None,
                staff_role_id: STAFF_ROLE,
                api_url: Some(double.api_url()),
                gateway_url: None,
                ca_file: None,
                token: Some(TOKEN.into()),
            },
            cases: AtomicU32::new(0),
        };
        desk.import().await;
        desk
    }

    pub fn with_intake(mut self) -> Desk {
        self.config.intake_channel_id = Some(INTAKE);
        self
    }

    /// Starts the chat and waits until Discord has accepted it.
    pub async fn run(&self) -> Running {
        let (running, mut ready) = self.begin(None);
        tokio::time::timeout(Duration::from_secs(20), ready.wait_for(|r| *r))
            .await
            .expect("ready within 20 s")
            .unwrap();
        running
    }

    /// Starts the chat.
    pub fn begin(&self, endpoint: Option<Endpoint>) -> (Running, watch::Receiver<bool>) {
        let cancel = CancellationToken::new();
        let (ready, watched) = watch::channel(false);
        let (config, reviewer, token) =
            (self.config.clone(), self.reviewer.clone(), cancel.clone());
        let listener = madoguchi::intake::chat::listener(
            &config,
            self.store.clone(),
            reviewer.clock.clone(),
            reviewer.wake.clone(),
        )
        .unwrap();
        let task = tokio::spawn(async move {
            let listeners = listener.into_iter().collect();
            match endpoint {
                Some(e) => {
                    madoguchi::review::discord::run_at(
                        &e, &config, reviewer, listeners, token, ready,
                    )
                    .await
                }
                None => {
                    madoguchi::review::discord::run(&config, reviewer, listeners, token, ready)
                        .await
                }
            }
        });
        (Running { cancel, task }, watched)
    }

    pub fn now(&self) -> DateTime<Utc> {
        SystemClock.now()
    }

    async fn import(&self) {
        let opening = |id: &str, name: &str| Opening {
            id: id.into(),
            institution_name: name.into(),
            area: "長野県松本市".into(),
            items: vec![OpeningItem {
                field: Field::Specialty,
                value: Value::text("内科"),
                quote: String::new(),
                rule: String::new(),
            }],
            ..Opening::default()
        };
        let all = [
            opening("NGN-0001", "みどり病院"),
            opening("NGN-0002", "あおぞら診療所"),
            opening("NGN-0003", "さくら健診センター"),
        ];
        let actor = Actor::program();
        self.store
            .upsert_openings(&all, &actor, self.now())
            .await
            .unwrap();
    }

    /// A mail of a doctor has been read: a case that waits for its draft.
    pub async fn mail(&self, about: About, subject: &str) -> i64 {
        let reading = Reading {
            profile: vec![ProfileItem {
                field: ProfileField::Home,
                value: Value::text("長野県松本市"),
                quote: "松本市に住んでおります".into(),
                rule: String::new(),
                source: None,
            }],
            wishes: vec![
                wish(
                    Field::Day,
                    Value::text("weekdays"),
                    Strength::Must,
                    "平日のみ",
                ),
                wish(
                    Field::CommuteMinutes,
                    Value::Number(30),
                    Strength::Want,
                    "通勤30分以内を希望",
                ),
                wish(
                    Field::NightDuty,
                    Value::text("any"),
                    Strength::Avoid,
                    "当直なし希望",
                ),
            ],
            ..Reading::empty(MessageKind::DoctorInquiry, Language::Ja)
        };
        let n = self.cases.fetch_add(1, Ordering::SeqCst) + 1;
        let sender = format!("sato.ichiro.{n}@example.com");
        let case = CaseChoice::New {
            number: format!("MD-2611-{n:04}"),
        };
        self.message(
            n,
            Source::Mail,
            &sender,
            subject,
            about,
            case,
            reading,
            None,
        )
        .await
    }

    #[allow(clippy::too_many_arguments)]
    pub async fn message(
        &self,
        n: u32,
        source: Source,
        sender: &str,
        subject: &str,
        about: About,
        case: CaseChoice,
        reading: Reading,
        origin: Option<String>,
    ) -> i64 {
        let now = self.now();
        let incoming = Incoming {
            message_id: Some(format!("m{n}@example.com")),
            origin,
            ..Incoming::whole(source, format!("test:{n}:{subject}"), "raw", now)
        };
        assert!(self.store.receive_one(&incoming, now).await.unwrap());
        let stored = self
            .store
            .due_messages(now, 50)
            .await
            .unwrap()
            .pop()
            .unwrap();
        self.take_in(stored.id, sender, subject, about, case, reading)
            .await
    }

    /// What the pipeline does with a stored message.
    pub async fn take_in(
        &self,
        message: i64,
        sender: &str,
        subject: &str,
        about: About,
        case: CaseChoice,
        reading: Reading,
    ) -> i64 {
        let now = self.now();
        let address = (!sender.is_empty()).then(|| sender.to_owned());
        let mut events = vec![CaseEvent::Understood];
        if let CaseChoice::Existing(_) = case {
            events.insert(0, CaseEvent::MessageArrived);
        }
        let wanted = match &case {
            CaseChoice::New { number } => Some(number.clone()),
            CaseChoice::Existing(_) => None,
        };
        let existing = match &case {
            CaseChoice::Existing(id) => Some(*id),
            CaseChoice::New { .. } => None,
        };
        self.store
            .take_in(
                TakenIn {
                    message,
                    kind: Some(reading.kind),
                    subject: subject.into(),
                    new_text: "本文".into(),
                    sender: sender.into(),
                    person: Some(PersonChoice::New { address }),
                    about: Some(about),
                    case: Some(case),
                    newest: true,
                    events,
                    wishes: Some(NewWishes {
                        profile: reading.profile.clone(),
                        wishes: reading.wishes.clone(),
                        changes: serde_json::Value::Array(vec![]),
                    }),
                    reading: Some(reading),
                    ..TakenIn::default()
                },
                now,
            )
            .await
            .unwrap();
        self.reviewer.wake.call();
        match (existing, wanted) {
            (Some(id), _) => id,
            (None, Some(number)) => {
                self.store
                    .case_by_number(&number)
                    .await
                    .unwrap()
                    .unwrap()
                    .summary
                    .id
            }
            (None, None) => unreachable!(),
        }
    }

    /// A draft for a case.
    pub async fn draft(&self, case_id: i64, body: &str) {
        let case = self.detail(case_id).await;
        let found = |id: &str, score: f64| Match {
            id: id.into(),
            score,
            met: vec!["day=weekdays".into(), "commute_minutes=30".into()],
            unmet: vec![],
            unknown: vec!["night_duty=any".into()],
            asks: vec![],
            commute: Some(Commute {
                mode: "car".into(),
                minutes: [18, 31],
            }),
        };
        let answer = MatchAnswer {
            id: None,
            matches: vec![
                found("NGN-0001", 0.86),
                found("NGN-0002", 0.74),
                found("NGN-0003", 0.6),
            ],
            considered: 30,
            excluded: BTreeMap::new(),
            relax: vec![],
        };
        let recipients = case
            .addresses
            .iter()
            .map(|(address, _)| Mailbox {
                name: "佐藤 一郎".into(),
                address: address.clone(),
            })
            .collect();
        self.store
            .save_draft(
                NewDraft {
                    case_id,
                    case_version: case.version,
                    recipients,
                    subject: "Re: 勤務先のご相談".into(),
                    body: body.into(),
                    suggestions: vec!["NGN-0001".into(), "NGN-0002".into()],
                    answer: serde_json::to_value(answer).unwrap(),
                    kind: AnswerKind::Suggestion,
                    answers: case.newest_message.unwrap(),
                    events: vec![CaseEvent::Matched, CaseEvent::Drafted, CaseEvent::Presented],
                },
                self.now(),
            )
            .await
            .unwrap();
        self.reviewer.wake.call();
    }

    /// A case with a draft before staff, and its card.
    pub async fn case(&self, double: &Double) -> (i64, Message) {
        let id = self.mail(doctor("佐藤 一郎"), "勤務先のご相談").await;
        self.draft(id, BODY).await;
        let number = self.detail(id).await.summary.number;
        let card = double
            .until("a card with a draft", |w| {
                let cards = w.cards();
                cards
                    .iter()
                    .rev()
                    .find(|m| m.content.contains(&number) && m.content.contains("確認待ち"))
                    .map(|m| (*m).clone())
            })
            .await;
        (id, card)
    }

    /// A case for which the program has no draft.
    pub async fn case_for_a_person(&self, why: &str) -> i64 {
        let id = self.mail(doctor("高橋 花子"), "お尋ね").await;
        let version = self.detail(id).await.version;
        self.store
            .needs_human(id, version, why, self.now())
            .await
            .unwrap();
        self.reviewer.wake.call();
        id
    }

    /// The doctor writes again.
    pub async fn another_mail(&self, case_id: i64) {
        let detail = self.detail(case_id).await;
        let sender = detail.addresses[0].0.clone();
        let n = 900 + self.cases.fetch_add(1, Ordering::SeqCst);
        // The mail changes nothing of what stands.
        let mut reading = Reading::empty(MessageKind::DoctorUpdate, Language::Ja);
        if let Some(standing) = detail.wishes {
            reading.profile = standing.profile;
            reading.wishes = standing.wishes;
        }
        let case = CaseChoice::Existing(case_id);
        self.message(
            n,
            Source::Mail,
            &sender,
            "追加です",
            doctor("佐藤 一郎"),
            case,
            reading,
            None,
        )
        .await;
    }

    pub async fn detail(&self, case_id: i64) -> CaseDetail {
        self.store.case(case_id).await.unwrap().unwrap()
    }

    pub async fn state(&self, case_id: i64) -> CaseState {
        self.detail(case_id).await.summary.state
    }

    /// Something that staff are told about a case.
    pub async fn notice(&self, text: &str) {
        self.store
            .notify("test", text, text, self.now())
            .await
            .unwrap();
        self.reviewer.wake.call();
    }

    pub fn in_thread(text: &str) -> NewNotice {
        NewNotice {
            kind: "test".into(),
            dedupe: text.into(),
            text: text.into(),
            in_thread: true,
        }
    }
}

pub fn doctor(name: &str) -> About {
    About {
        kind: PersonKind::Doctor,
        name: name.into(),
        language: Language::Ja,
    }
}

pub fn wish(field: Field, value: Value, strength: Strength, quote: &str) -> Wish {
    Wish {
        field,
        value,
        strength,
        quote: quote.into(),
        rule: String::new(),
    }
}

/// The newest form of a message.
pub fn fresh(double: &Double, m: &Message) -> Message {
    double
        .change(|w| w.find(m.id).cloned())
        .expect("the message is there")
}
