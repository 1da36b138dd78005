//! The first sample mail on its whole way to a card. `MADOGUCHI_CARD_JSON=FILE` keeps what was sent, for the picture in the
//! README (`tools/card_picture.py`).

use crate::discord::{Double, GUILD, REVIEW, STAFF_ROLE, TOKEN};
use madoguchi::{
    app::Rooms,
    clock::SetClock,
    config::{self, Config},
    domain::{message::Source, review::Actor},
    intake::imap::fingerprint,
    openings, review,
    store::{self, Incoming, Store},
};
use std::{path::Path, sync::Arc};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

const MAIL: &[u8] = include_bytes!("../../samples/01-inquiry-commute.eml");
const OPENINGS: &[u8] = include_bytes!("../../samples/openings.jsonl");

#[tokio::test(flavor = "multi_thread")]
async fn the_first_sample_mail_becomes_a_card() {
    let double = Double::start().await;
    let config: Config = config::parse("", Path::new("config.toml")).unwrap();
    let at = "2026-11-20T01:12:00Z".parse().unwrap();
    let clock = Arc::new(SetClock::new(at));
    let store: Arc<dyn Store> = Arc::new(store::open("sqlite::memory:").await.unwrap());
    let import = openings::jsonl::read(OPENINGS);
    store
        .upsert_openings(&import.openings, &Actor::program(), at)
        .await
        .unwrap();
    let rooms = Rooms::new(&config, store, clock).await.unwrap();
    let incoming = Incoming::whole(
        Source::Mail,
        fingerprint(Source::Mail, MAIL, None),
        MAIL,
        at,
    );
    assert!(rooms.store.receive_one(&incoming, at).await.unwrap());
    let pipeline = rooms.pipeline();
    while pipeline.step().await.unwrap() {}

    let chat = config::Discord {
        guild_id: GUILD,
        review_channel_id: REVIEW,
        intake_channel_id: None,
        staff_role_id: STAFF_ROLE,
        api_url: Some(double.api_url()),
        gateway_url: None,
        ca_file: None,
        token: Some(TOKEN.into()),
    };
    let (reviewer, cancel) = (rooms.reviewer(), CancellationToken::new());
    let (ready, _watched) = watch::channel(false);
    let token = cancel.clone();
    let task =
        tokio::spawn(
            async move { review::discord::run(&chat, reviewer, vec![], token, ready).await },
        );
    let card = double.card("確認待ち").await;
    let text = card.reads();
    for shown in [
        "MD-2611-0001",
        "医師からの相談",
        "通勤30分以内",
        "平日",
        "当直なし",
        "下書き 第1版",
        "Re: 勤務先のご相談",
    ] {
        assert!(text.contains(shown), "{shown} is missing:\n{text}");
    }
    if let Ok(file) = std::env::var("MADOGUCHI_CARD_JSON") {
        std::fs::write(file, card.body.to_string()).unwrap();
    }
    cancel.cancel();
    task.await.unwrap().unwrap();
    double.verify();
}
