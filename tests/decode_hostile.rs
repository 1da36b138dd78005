//! No bytes make decode panic, and time stays linear in the length of a mail.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use madoguchi::decode::{Limits, decode, header_only};
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// Pieces out of which mails are made: whatever steers the decoder.
const PIECES: &[&[u8]] = &[
    b"From: ",
    b"To: ",
    b"Subject: ",
    b"Date: ",
    b"Return-Path: <>\n",
    b"Content-Type: ",
    b"multipart/mixed; boundary=b\n",
    b"multipart/alternative; boundary=\"b\"\n",
    b"multipart/report; report-type=delivery-status; boundary=b\n",
    b"text/html; charset=utf-8\n",
    b"text/plain; charset=",
    b"iso-2022-jp",
    b"cp932",
    b"utf-7",
    b"utf-16",
    b"hz-gb-2312",
    b"message/rfc822\n",
    b"message/delivery-status\n",
    b"text/calendar\n",
    b"Content-Transfer-Encoding: base64\n",
    b"Content-Transfer-Encoding: quoted-printable\n",
    b"Content-Transfer-Encoding: uuencode\n",
    b"Content-Disposition: attachment; filename*0*=utf-8''%e3",
    b"; filename*1=\"a",
    b"\n",
    b"\r\n",
    b"\n\n",
    b"\r",
    b" ",
    b"\t",
    b"--b\n",
    b"--b--\n",
    b"=?utf-8?B?44GC?=",
    b"=?utf-8?Q?=e3=81",
    b"?=",
    b"=?",
    b"\x1b$B",
    b"\x1b(B",
    b"\x1b$(Q",
    b"\x1b(I",
    b"\x0e",
    b"\x0f",
    b"~{",
    b"+AGE",
    b"=",
    b"=E3",
    b"begin 644 a\n",
    b"end\n",
    b"<",
    b">",
    b"<div style=\"display:none\">",
    b"</div>",
    b"<table><tr><td>",
    b"<blockquote>",
    b"<!--",
    b"&#x1F600;",
    b"&nbsp;",
    b"<style>",
    b"> ",
    "＞".as_bytes(),
    b"-- \n",
    "━━━━━\n".as_bytes(),
    "差出人: a\n送信日時: b\n宛先: c\n件名: d\n".as_bytes(),
    "2026年11月3日(火) 10:12 x <a@b>:\n".as_bytes(),
    b"On 1 Jan 2026, x wrote:\n",
    "iPhoneから送信\n".as_bytes(),
    "日勤を希望します。".as_bytes(),
    b"\x93\xfa\x8b\xce",
    b"\xc6\xfc",
    b"\xff",
    b"\0",
    b"a@b",
    b"\"",
    b"(",
    b")",
    b",",
    b";",
    b":",
    b"Auto-Submitted: auto-replied\n",
    "11月31日まで".as_bytes(),
    b"until 31 February",
    b"Final-Recipient: rfc822; a@b\n",
    b"Status: 5.1.1\n",
    b"Authentication-Results: x; spf=pass\n",
];

fn mail() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        8 => (0..PIECES.len()).prop_map(|at| PIECES[at].to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..12),
    ];
    prop::collection::vec(piece, 0..80).prop_map(|pieces| pieces.concat())
}

fn check(raw: &[u8]) {
    let limits = Limits {
        max_parts: 50,
        max_depth: 6,
        trusted_authserv: vec!["x".to_owned()],
        ..Limits::default()
    };
    let got = decode(raw, &limits);
    header_only(raw);
    assert!(!got.subject.contains(['\r', '\n']));
    for mailbox in got.to.iter().chain([&got.from]) {
        assert!(!mailbox.name.contains(['\r', '\n']) && !mailbox.address.contains(['\r', '\n']));
    }
    for file in &got.attachments {
        assert!(!file.name.is_empty() && !file.name.contains(['/', '\\', '\n', '\0']));
    }
    serde_json::to_string(&got).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mails_of_odd_pieces_are_read(raw in mail()) {
        check(&raw);
    }

    #[test]
    fn any_bytes_are_read(raw in prop::collection::vec(any::<u8>(), 0..400)) {
        check(&raw);
    }

    #[test]
    fn damaged_mails_are_read(pick in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let mails = corpus();
        let mut raw = mails[pick.index(mails.len())].clone();
        if !raw.is_empty() {
            let place = at.index(raw.len());
            raw[place] = byte;
            raw.truncate(cut.index(raw.len() + 1));
        }
        check(&raw);
    }
}

fn corpus() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/decode");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "eml"))
        .collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// A debug build on a busy machine is some twenty times slower than what people run.
const ROOM: Duration = Duration::from_secs(if cfg!(debug_assertions) { 30 } else { 2 });

fn timed(what: &str, raw: &[u8]) {
    let begin = Instant::now();
    decode(raw, &Limits::default());
    let took = begin.elapsed();
    assert!(took < ROOM, "{what}: {took:?}");
}

#[test]
fn a_thousand_parts_take_no_time() {
    let mut raw = b"From: a@example.jp\nContent-Type: multipart/mixed; boundary=b\n\n".to_vec();
    for _ in 0..5_000 {
        raw.extend_from_slice(b"--b\nContent-Type: text/plain\n\nhello\n");
    }
    timed("5,000 parts", &raw);
    let got = decode(&raw, &Limits::default());
    assert!(
        got.problems
            .iter()
            .any(|problem| problem.contains("too many parts"))
    );
}

#[test]
fn deep_nesting_takes_no_time() {
    let mut raw = b"From: a@example.jp\n".to_vec();
    for level in 0..20_000 {
        raw.extend_from_slice(
            format!("Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n").as_bytes(),
        );
    }
    timed("20,000 levels", &raw);
}

#[test]
fn patterns_that_tempt_into_squares_take_no_time() {
    let head = "From: a@example.jp\nContent-Type: text/plain; charset=utf-8\n\n";
    let html = "From: a@example.jp\nContent-Type: text/html; charset=utf-8\n\n";
    for (what, head, unit) in [
        ("quotes", head, "> a\n"),
        (
            "dates without end",
            head,
            "2026年11月3日(火) 10:12 x <a@b\n",
        ),
        ("rulers", head, "------\n"),
        ("labels", head, "差出人: x\n"),
        ("open tags", html, "<div><table><tr><td>"),
        ("open comments", html, "<!-- <a href='"),
        ("open blockquotes", html, "<blockquote>x"),
        ("hidden", html, "<span style=\"display:none\">x"),
        ("references", html, "&#x1F600;&amp;&x"),
        (
            "encoded words",
            "From: a@example.jp\nSubject: ",
            "=?utf-8?B?",
        ),
        ("address comments", "From: ", "(a\"<b,"),
        (
            "parameters",
            "From: a@b\nContent-Type: text/plain",
            "; name*1*=\"a",
        ),
        ("header lines", "", "X-A: b\n"),
        ("escapes", head, "\u{1b}$B\u{1b}(B"),
        ("uuencode", head, "begin 644 a\n"),
        ("one long line", head, "a b@c.example "),
    ] {
        let mut raw = head.as_bytes().to_vec();
        while raw.len() < 1_000_000 {
            raw.extend_from_slice(unit.as_bytes());
        }
        timed(what, &raw);
    }
}

#[test]
fn fifty_megabytes_are_read_in_time() {
    let mut raw = b"From: a@example.jp\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nCV\n--b\nContent-Type: application/pdf; name=cv.pdf\nContent-Transfer-Encoding: base64\n\n".to_vec();
    let megabytes = if cfg!(debug_assertions) { 8 } else { 50 };
    while raw.len() < megabytes * 1_000_000 {
        raw.extend_from_slice(
            b"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0\n",
        );
    }
    raw.extend_from_slice(b"--b--\n");
    timed("a large file", &raw);
    let got = decode(&raw, &Limits::default());
    assert_eq!(got.attachments[0].name, "cv.pdf");
}
