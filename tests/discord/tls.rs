//! As production runs it: TLS, Discord's own name, serenity's rate limiter on.

use crate::{
    desk::Desk,
    discord::{Double, Fault, Person},
};
use madoguchi::review::discord::{Api, Endpoint};
use std::time::{Duration, Instant};

fn endpoint(double: &Double) -> Endpoint {
    Endpoint {
        api: Api::Discord {
            address: Some(double.tls_address()),
        },
        gateway: Some(double.gateway_url()),
        certificates: vec![double.authority().into_bytes()],
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_from_card_to_approval_over_tls_and_a_busy_discord_is_waited_out() {
    let double = Double::start_tls().await;
    let mut desk = Desk::new(&double).await;
    desk.config.api_url = None;
    let (running, mut ready) = desk.begin(Some(endpoint(&double)));
    tokio::time::timeout(Duration::from_secs(20), ready.wait_for(|r| *r))
        .await
        .unwrap()
        .unwrap();
    let began = Instant::now();
    double.plan("POST", "/messages", Fault::Busy(1.5), 1);
    let (_, card) = desk.case(&double).await;
    assert!(
        began.elapsed() >= Duration::from_millis(1500),
        "the wait that Discord asked for is kept"
    );
    let form = double.press(&card, "編集", Person::SATO).await.modal(&card);
    double
        .submit(&form.fill("body0", "暗号化された本文"), Person::SATO)
        .await;
    let card = double.card("暗号化された本文").await;
    let reply = double.press(&card, "承認して送信", Person::SATO).await;
    assert!(reply.text.contains("承認しました"), "{}", reply.text);
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_certificate_is_not_trusted() {
    let double = Double::start_tls().await;
    let mut desk = Desk::new(&double).await;
    desk.config.api_url = None;
    let mut strict = endpoint(&double);
    strict.certificates.clear();
    strict.gateway = None;
    let (running, ready) = desk.begin(Some(strict));
    double.a_moment().await;
    assert!(!*ready.borrow());
    assert_eq!(double.change(|w| w.requests.len()), 0);
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn discords_own_gateway_is_not_used_in_place_of_a_server_that_stands_for_it() {
    let double = Double::start().await;
    let mut desk = Desk::new(&double).await;
    // Nothing answers there.
    desk.config.api_url = Some("http://127.0.0.1:9".into());
    let (running, ready) = desk.begin(None);
    double.a_moment().await;
    assert!(!*ready.borrow() && !running.task.is_finished());
    running.stop().await.unwrap();
    double.verify();
}
