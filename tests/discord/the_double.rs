//! The double itself: that it notices what it is there to notice.

use crate::discord::{Double, GUILD, REVIEW, TOKEN};
use serde_json::{Value, json};

async fn send(double: &Double, method: reqwest::Method, path: &str, body: Value) -> u16 {
    reqwest::Client::builder()
        .no_proxy()
        .build()
        .unwrap()
        .request(method, format!("{}/api/v10{path}", double.api_url()))
        .header("authorization", format!("Bot {TOKEN}"))
        .json(&body)
        .send()
        .await
        .unwrap()
        .status()
        .as_u16()
}

fn message(change: impl FnOnce(&mut Value)) -> Value {
    let mut body = json!({"content": "x", "nonce": "n", "enforce_nonce": true, "allowed_mentions": {"parse": []}});
    change(&mut body);
    body
}

#[tokio::test(flavor = "multi_thread")]
async fn every_broken_rule_is_noticed() {
    let messages = format!("/channels/{REVIEW}/messages");
    let button = |id: &str| json!({"type": 2, "style": 1, "label": "x", "custom_id": id});
    let cases: Vec<(&str, Value)> = vec![
        (
            "no mentions rule",
            message(|m| drop(m.as_object_mut().unwrap().remove("allowed_mentions"))),
        ),
        (
            "mentions allowed",
            message(|m| m["allowed_mentions"]["parse"] = json!(["everyone"])),
        ),
        (
            "content too long",
            message(|m| m["content"] = json!("長".repeat(2001))),
        ),
        ("empty", message(|m| m["content"] = json!(""))),
        (
            "embed description",
            message(|m| m["embeds"] = json!([{"description": "長".repeat(4097)}])),
        ),
        (
            "embeds in sum",
            message(|m| {
                m["embeds"] =
                    json!([{"description": "長".repeat(3500)}, {"description": "長".repeat(3000)}])
            }),
        ),
        (
            "an empty field",
            message(|m| m["embeds"] = json!([{"fields": [{"name": "", "value": "x"}]}])),
        ),
        (
            "same custom_id",
            message(|m| {
                m["components"] = json!([{"type": 1, "components": [button("a"), button("a")]}])
            }),
        ),
        (
            "custom_id too long",
            message(|m| {
                m["components"] = json!([{"type": 1, "components": [button(&"a".repeat(101))]}])
            }),
        ),
        (
            "six buttons",
            message(
                |m| m["components"] = json!([{"type": 1, "components": (0..6).map(|i| button(&i.to_string())).collect::<Vec<_>>()}]),
            ),
        ),
        (
            "no nonce",
            message(|m| drop(m.as_object_mut().unwrap().remove("nonce"))),
        ),
        ("wrong type", message(|m| m["tts"] = json!("maybe"))),
    ];
    for (what, body) in cases {
        let mut double = Double::start().await;
        send(&double, reqwest::Method::POST, &messages, body).await;
        assert_eq!(double.violations().len(), 1, "{what}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_requests_and_wrong_paths_are_noticed() {
    let mut double = Double::start().await;
    send(
        &double,
        reqwest::Method::GET,
        "/nothing/like/this",
        json!({}),
    )
    .await;
    send(
        &double,
        reqwest::Method::DELETE,
        &format!("/guilds/{GUILD}/bans/1"),
        json!({}),
    )
    .await;
    assert_eq!(double.violations().len(), 2);
    let mut double = Double::start().await;
    let status = send(
        &double,
        reqwest::Method::POST,
        &format!("/channels/{REVIEW}/messages"),
        message(|_| {}),
    )
    .await;
    assert_eq!(status, 200);
    assert!(double.violations().is_empty());
}
