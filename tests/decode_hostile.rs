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

/// A small generator of numbers (xorshift): the same seed gives the same mails.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(most.max(1)).unwrap()).unwrap()
    }
}

/// One mail made of others: cut, doubled, spliced, with bytes and steering pieces thrown in.
fn mutated(dice: &mut Dice, mails: &[Vec<u8>]) -> Vec<u8> {
    let mut raw = mails[dice.below(mails.len())].clone();
    for _ in 0..=dice.below(6) {
        let at = dice.below(raw.len() + 1);
        let end = (at + dice.below(200)).min(raw.len());
        match dice.below(7) {
            0 if !raw.is_empty() => {
                let at = at.min(raw.len() - 1);
                raw[at] = u8::try_from(dice.below(256)).unwrap();
            }
            1 => {
                raw.drain(at..end);
            }
            2 => {
                let piece = raw[at..end].to_vec();
                let times = 1 + dice.below(40);
                raw.splice(at..at, piece.repeat(times));
            }
            3 => {
                let piece = PIECES[dice.below(PIECES.len())];
                raw.splice(at..at, piece.repeat(1 + dice.below(30)));
            }
            4 => {
                let other = &mails[dice.below(mails.len())];
                let from = dice.below(other.len() + 1);
                raw.truncate(at);
                raw.extend_from_slice(&other[from..]);
            }
            5 => raw.truncate(at),
            _ => {
                let text = PIECES[dice.below(PIECES.len())];
                raw.splice(at..end, text.iter().copied());
            }
        }
    }
    raw.truncate(300_000);
    raw
}

/// `FUZZ_SECONDS` says how long (one by default), `FUZZ_SEED` where it begins. A mail that fails is left in the temporary
/// directory; it belongs into `tests/data/decode` then.
#[test]
fn mutated_mails_are_read_within_a_second() {
    let number = |name: &str| std::env::var(name).ok().and_then(|v| v.parse::<u64>().ok());
    let seconds = number("FUZZ_SECONDS").unwrap_or(1);
    let mut dice = Dice(number("FUZZ_SEED").unwrap_or(0x9e37_79b9_7f4a_7c15).max(1));
    let mails = corpus();
    let begin = Instant::now();
    let (mut count, mut slowest) = (0_u64, Duration::ZERO);
    while begin.elapsed() < Duration::from_secs(seconds) {
        let raw = mutated(&mut dice, &mails);
        let took = || {
            let begin = Instant::now();
            let fine = std::panic::catch_unwind(|| check(&raw)).is_ok();
            (fine, begin.elapsed())
        };
        let (mut fine, mut time) = took();
        if time > Duration::from_secs(1) {
            // On a busy machine the clock alone proves nothing.
            (fine, time) = took();
        }
        if !fine || time > Duration::from_secs(1) {
            let path = std::env::temp_dir().join(format!("found-{count}.eml"));
            fs::write(&path, &raw).unwrap();
            panic!("{} took {time:?}, read: {fine}", path.display());
        }
        count += 1;
        slowest = slowest.max(time);
    }
    println!("{count} mails in {seconds} s, the slowest {slowest:?}");
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
