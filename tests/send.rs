//! What leaves, over a scripted SMTP server that does what real ones do only on bad days, and into a directory.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use chrono::{Duration, Utc};
use madoguchi::{
    app::Rooms,
    clock::SetClock,
    config::{self, Smtp, Tls},
    domain::{
        message::Source,
        outbox::{DeliveryStatus, OutboxEntry},
    },
    send::{Sender, Transport, file::FileTransport, smtp::SmtpTransport},
    store::{self, Incoming, Store},
};
use std::{path::Path, sync::Arc};
use support::{
    dovecot::PASSWORD,
    smtp::{Behaviour, Cut, Options, SmtpScript},
    tls::Certificates,
};

const ADDRESS: &str = "yamada@example.com";

struct Desk {
    store: Arc<dyn Store>,
    clock: Arc<SetClock>,
    sender: Sender,
}

fn section(port: u16) -> Smtp {
    Smtp {
        host: Some("127.0.0.1".into()),
        port,
        tls: Tls::None,
        ca_file: None,
        user: None,
        token_command: None,
        directory: None,
        timeout_seconds: 5,
        password: None,
    }
}

impl Desk {
    /// A desk with one acknowledgement in the outbox.
    async fn new(transport: Arc<dyn Transport>) -> Desk {
        let clock = Arc::new(SetClock::new(Utc::now()));
        let store: Arc<dyn Store> = Arc::new(store::open("sqlite::memory:").await.unwrap());
        let config = config::parse("", Path::new("config.toml")).unwrap();
        let rooms = Rooms::new(&config, store.clone(), clock.clone())
            .await
            .unwrap();
        let raw = format!(
            "Return-Path: <{ADDRESS}>\r\nFrom: {ADDRESS}\r\nSubject: x\r\nMessage-ID: <q@example.com>\r\n\
             Date: Tue, 24 Nov 2026 10:00:00 +0900\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n平日の日勤を希望する内科医です。\r\n"
        );
        let now = madoguchi::clock::Clock::now(&*clock);
        let incoming = Incoming::whole(Source::Mail, "q", raw, now);
        store.receive_one(&incoming, now).await.unwrap();
        while rooms.pipeline().step().await.unwrap() {}
        Desk {
            store,
            clock,
            sender: rooms.sender(transport, None),
        }
    }

    async fn over(smtp: &SmtpScript) -> Desk {
        Desk::new(Arc::new(SmtpTransport::new(&section(smtp.port)).unwrap())).await
    }

    async fn send(&self) -> OutboxEntry {
        while self.sender.step().await.unwrap() {}
        self.entry().await
    }

    async fn entry(&self) -> OutboxEntry {
        let id = self.store.cases(true, 1).await.unwrap()[0].id;
        self.store.case(id).await.unwrap().unwrap().outbox.remove(0)
    }

    async fn notices(&self) -> String {
        self.store
            .recent_notices(9)
            .await
            .unwrap()
            .into_iter()
            .map(|n| n.text)
            .collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_for_now_is_tried_again_with_growing_waits() {
    let smtp = SmtpScript::start();
    let desk = Desk::over(&smtp).await;
    let refusals = [
        Behaviour {
            mail: Some((421, "4.3.2 busy")),
            ..Behaviour::default()
        },
        Behaviour {
            recipients: [(ADDRESS.to_owned(), (451, "4.7.1 greylisted"))].into(),
            ..Behaviour::default()
        },
        Behaviour {
            data: Some((452, "4.3.1 full")),
            ..Behaviour::default()
        },
        Behaviour {
            text: Some((451, "4.3.0 try later")),
            ..Behaviour::default()
        },
        Behaviour {
            cut: Cut::AtMail,
            ..Behaviour::default()
        },
        Behaviour {
            cut: Cut::BeforeText,
            ..Behaviour::default()
        },
    ];
    let mut waits = vec![];
    for (n, behaviour) in refusals.into_iter().enumerate() {
        smtp.next(behaviour);
        let entry = desk.send().await;
        assert_eq!(
            entry.status,
            DeliveryStatus::TemporaryFailure,
            "{n}: {:?}",
            entry.error
        );
        assert_eq!(entry.attempts as usize, n + 1);
        waits.push(entry.due - madoguchi::clock::Clock::now(&*desk.clock));
        assert!(
            desk.send().await.attempts as usize == n + 1,
            "not before its time"
        );
        desk.clock.set(entry.due);
    }
    assert!(waits[5] > waits[0] * 4, "{waits:?}");
    assert_eq!(desk.send().await.status, DeliveryStatus::Completed);
    let taken = smtp.taken();
    assert_eq!(
        (taken.len(), taken[0].from.as_str(), taken[0].to.as_slice()),
        (1, "", &[ADDRESS.to_owned()][..])
    );
    assert!(
        taken[0].text().contains(&desk.entry().await.message_id),
        "the Message-ID was fixed before the first try"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_for_good_blocks_the_address_and_tells_staff() {
    let smtp = SmtpScript::start();
    let desk = Desk::over(&smtp).await;
    let gone = (550, "5.1.1 <yamada@example.com> unknown user");
    smtp.next(Behaviour {
        recipients: [(ADDRESS.to_owned(), gone)].into(),
        ..Behaviour::default()
    });
    assert_eq!(desk.send().await.status, DeliveryStatus::PermanentFailure);
    let id = desk.store.cases(true, 1).await.unwrap()[0].id;
    let case = desk.store.case(id).await.unwrap().unwrap();
    assert!(
        case.addresses[0]
            .1
            .as_deref()
            .is_some_and(|why| why.contains("5.1.1") && !why.contains(ADDRESS))
    );
    let notices = desk.notices().await;
    assert!(
        notices.contains("お電話") && !notices.contains(ADDRESS),
        "{notices}"
    );
    desk.clock.advance(Duration::days(2));
    assert_eq!(desk.send().await.attempts, 1, "it is not tried again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_after_the_text_is_never_sent_again_by_itself() {
    for cut in [Cut::AfterText, Cut::AfterTextLost] {
        let smtp = SmtpScript::start();
        let desk = Desk::over(&smtp).await;
        smtp.next(Behaviour {
            cut,
            ..Behaviour::default()
        });
        assert_eq!(
            desk.send().await.status,
            DeliveryStatus::Uncertain,
            "{cut:?}"
        );
        desk.clock.advance(Duration::days(2));
        desk.send().await;
        assert_eq!(smtp.attempts(), 1, "{cut:?}");
        assert!(
            desk.notices().await.contains("届いたかどうか"),
            "{}",
            desk.notices().await
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn encryption_and_login_are_what_the_configuration_says() {
    let certificates = Certificates::new();
    let smtp = SmtpScript::start_with(Options {
        starttls: Some(certificates.server_config()),
        login: Some(("md".into(), PASSWORD.into())),
        ..Options::default()
    });
    let mut with = section(smtp.port);
    with.tls = Tls::Starttls;
    // A certificate that nobody vouches for is refused, and the mail waits.
    let desk = Desk::new(Arc::new(SmtpTransport::new(&with).unwrap())).await;
    assert_eq!(desk.send().await.status, DeliveryStatus::TemporaryFailure);
    assert!(smtp.taken().is_empty());
    with.ca_file = Some(certificates.ca_file());
    with.user = Some("md".into());
    with.password = Some(PASSWORD.to_owned().into());
    let desk = Desk::new(Arc::new(SmtpTransport::new(&with).unwrap())).await;
    assert_eq!(
        desk.send().await.status,
        DeliveryStatus::Completed,
        "{:?}",
        desk.entry().await.error
    );
    let taken = smtp.taken().remove(0);
    assert!(
        taken.tls && taken.login.as_deref().is_some_and(|l| l.contains("md")),
        "{:?}",
        taken.login
    );
    // Where the server has no STARTTLS, nothing is sent in the clear.
    let plain = SmtpScript::start_with(Options::default());
    let mut strict = section(plain.port);
    strict.tls = Tls::Starttls;
    let desk = Desk::new(Arc::new(SmtpTransport::new(&strict).unwrap())).await;
    let entry = desk.send().await;
    assert!(entry.error.unwrap().contains("STARTTLS") && plain.taken().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_falls_silent_holds_nobody_up_for_long() {
    // It takes the connection and never says a word.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut silent = section(listener.local_addr().unwrap().port());
    silent.timeout_seconds = 1;
    let desk = Desk::new(Arc::new(SmtpTransport::new(&silent).unwrap())).await;
    let entry = tokio::time::timeout(std::time::Duration::from_secs(20), desk.send())
        .await
        .unwrap();
    assert_eq!(
        entry.status,
        DeliveryStatus::TemporaryFailure,
        "nothing was handed over: it is tried again"
    );
    assert!(entry.error.unwrap().contains("応答しません"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unreachable_server_says_what_to_look_at() {
    let transport = SmtpTransport::new(&section(support::ports::free())).unwrap();
    let error = transport.probe().await.unwrap_err().to_string();
    assert!(error.contains("smtp.host"), "{error}");
}

#[tokio::test]
async fn a_directory_holds_each_mail_once_even_after_a_crash() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let desk = Desk::new(Arc::new(FileTransport::new(out.clone()))).await;
    let entry = desk.send().await;
    assert_eq!(entry.status, DeliveryStatus::Completed);
    let files = || {
        std::fs::read_dir(&out)
            .unwrap()
            .map(|f| f.unwrap().path())
            .collect::<Vec<_>>()
    };
    assert_eq!(files().len(), 1);
    assert!(
        std::fs::read_to_string(&files()[0])
            .unwrap()
            .starts_with(&format!("X-Envelope-To: {ADDRESS}\r\n"))
    );
    // The program ended after the file was written and before that was recorded: the file itself is the proof.
    let desk = Desk::new(Arc::new(FileTransport::new(out.clone()))).await;
    let id = desk.entry().await.id;
    let now = madoguchi::clock::Clock::now(&*desk.clock);
    assert!(desk.store.claim(id, now).await.unwrap());
    desk.store.handing_over(id).await.unwrap();
    desk.sender.settle().await.unwrap();
    assert_eq!(
        desk.entry().await.status,
        DeliveryStatus::Scheduled,
        "no file: it did not leave"
    );
    desk.send().await;
    assert_eq!(files().len(), 2);
}
