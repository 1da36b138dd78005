//! Senders are checked against records that the test itself publishes, with keys that it makes.
#![allow(clippy::unwrap_used)]

use base64::{Engine as _, engine::general_purpose::STANDARD};
use madoguchi::{
    config,
    decode::{Limits, decode},
    domain::message::Auth,
    trust::{Answers, Verifier},
};
use mail_auth::{
    common::{crypto::Ed25519Key, headers::HeaderWriter},
    dkim::DkimSigner,
};
use std::time::{Duration, Instant};

const MAIL: &str = "From: =?utf-8?B?6buS54CsIOeUsee0gA==?= <kurose@example.com>\r\n\
To: md@example.jp\r\n\
Subject: =?utf-8?B?44GU5biM5pyb?=\r\n\
Date: Tue, 03 Nov 2026 12:00:00 +0900\r\n\
Message-ID: <m1@example.com>\r\n\
MIME-Version: 1.0\r\n\
Content-Type: text/plain; charset=utf-8\r\n\
Content-Transfer-Encoding: 8bit\r\n\
\r\n\
週2日の日勤を希望します。\r\n";

const TRACE: &str = "Return-Path: <kurose@example.com>\r\n\
Received: from out.example.com (out.example.com [192.0.2.1])\r\n\tby mx.example.jp (Postfix) with ESMTPS id 1\r\n";

const POLICY: (&str, &str) = ("_dmarc.example.com", "v=DMARC1; p=reject");
const PATH: (&str, &str) = ("example.com", "v=spf1 ip4:192.0.2.0/28 -all");

/// A key pair: what signs, and the record that proves it.
fn key() -> (Ed25519Key, String) {
    let pair = Ed25519Key::from_pkcs8_der(&Ed25519Key::generate_pkcs8().unwrap()).unwrap();
    let record = format!(
        "v=DKIM1; k=ed25519; p={}",
        STANDARD.encode(pair.public_key())
    );
    (pair, record)
}

fn signed(key: Ed25519Key, domain: &str, mail: &str) -> String {
    let signature = DkimSigner::from_key(key)
        .domain(domain)
        .selector("s")
        .headers(["From", "To", "Subject", "Date"])
        .sign(mail.as_bytes())
        .unwrap();
    format!("{}{mail}", signature.to_header())
}

fn section(received_by: &[&str]) -> config::Trust {
    config::Trust {
        check_signatures: true,
        received_by: received_by.iter().map(|n| (*n).to_owned()).collect(),
        timeout_seconds: 1,
        ..config::Trust::default()
    }
}

async fn checked(raw: &str, records: &[(&str, &str)], received_by: &[&str]) -> Auth {
    let answers = Answers::only(records.iter().copied());
    let verifier = Verifier::with_answers(answers, &section(received_by)).unwrap();
    let mail = decode(raw.as_bytes(), &Limits::default());
    verifier.verify(raw.as_bytes(), &mail).await
}

fn auth(spf: &str, dkim: &str, dmarc: &str, aligned: bool) -> Auth {
    Auth {
        spf: spf.into(),
        dkim: dkim.into(),
        dmarc: dmarc.into(),
        aligned,
    }
}

#[tokio::test]
async fn a_signature_of_the_own_domain_proves_the_sender() {
    let (key, record) = key();
    let raw = signed(key, "example.com", MAIL);
    let records = [("s._domainkey.example.com", record.as_str()), POLICY];
    assert_eq!(
        checked(&raw, &records, &[]).await,
        auth("none", "pass", "pass", true)
    );
    let changed = raw.replace("週2日", "週5日");
    assert_eq!(
        checked(&changed, &records, &[]).await,
        auth("none", "fail", "none", false)
    );
    let renamed = raw.replace("<kurose@example.com>", "<kurose@example.org>");
    assert!(!checked(&renamed, &records, &[]).await.aligned);
}

#[tokio::test]
async fn a_signature_of_another_domain_proves_nothing_about_the_sender() {
    let (key, record) = key();
    let raw = signed(key, "attacker.example", MAIL);
    let records = [("s._domainkey.attacker.example", record.as_str()), POLICY];
    assert_eq!(
        checked(&raw, &records, &[]).await,
        auth("none", "pass", "none", false)
    );
}

#[tokio::test]
async fn a_key_that_is_not_published_proves_nothing() {
    let (key, _) = key();
    let raw = signed(key, "example.com", MAIL);
    let got = checked(&raw, &[POLICY], &[]).await;
    assert!(got.dkim != "pass" && !got.aligned, "{got:?}");
}

#[tokio::test]
async fn the_path_counts_where_the_own_server_wrote_it_down() {
    let raw = format!("{TRACE}{MAIL}");
    assert_eq!(
        checked(&raw, &[PATH, POLICY], &["mx.example.jp"]).await,
        auth("pass", "none", "pass", true)
    );
    let elsewhere = raw.replace("192.0.2.1]", "203.0.113.7]");
    assert_eq!(
        checked(&elsewhere, &[PATH, POLICY], &["mx.example.jp"]).await,
        auth("fail", "none", "fail", false)
    );
    // A line that somebody else wrote is not believed, and then a missing signature is no proof of forgery.
    assert_eq!(
        checked(&raw, &[PATH, POLICY], &["mx.elsewhere.example"]).await,
        auth("none", "none", "none", false)
    );
}

#[tokio::test]
async fn without_any_record_nothing_is_known() {
    let raw = format!("{TRACE}{MAIL}");
    assert_eq!(
        checked(&raw, &[], &["mx.example.jp"]).await,
        auth("none", "none", "none", false)
    );
    assert_eq!(checked("", &[], &[]).await, Auth::default());
    assert_eq!(checked("no header at all", &[], &[]).await, Auth::default());
}

#[tokio::test]
async fn a_resolver_that_is_silent_holds_no_mail_up() {
    let silent = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
    let (key, _) = key();
    let raw = signed(key, "example.com", MAIL);
    let mail = decode(raw.as_bytes(), &Limits::default());
    let section = config::Trust {
        resolver: Some(silent.local_addr().unwrap()),
        ..section(&[])
    };
    let verifier = Verifier::configured(&section).unwrap().unwrap();
    let begin = Instant::now();
    let got = verifier.verify(raw.as_bytes(), &mail).await;
    assert!(!got.aligned);
    assert!(begin.elapsed() < Duration::from_secs(3));
}

#[test]
fn nothing_is_checked_unless_it_is_asked_for() {
    assert!(
        Verifier::configured(&config::Trust::default())
            .unwrap()
            .is_none()
    );
}
