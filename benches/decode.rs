//! Decode alone, on one core: a mix as a desk gets it (Japanese, 11.7 kB a mail, 22 % with a file), and single mails that grow
//! to 25 MB, whose time must grow no faster than they do.
//!
//! `ROUNDS=2 cargo bench --bench decode` for fewer.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use base64::{Engine as _, engine::general_purpose::STANDARD};
use madoguchi::decode::{Limits, decode};
use nix::time::{ClockId, clock_gettime};
use std::{hint::black_box, time::Duration};

const TEXT: &str = "お世話になっております。黒瀬と申します。定年を迎えるにあたり、通勤30分以内で平日日勤の勤務を希望しております。\r\n\
                    当直はできれば避けたく、内科外来と健診を中心に、週3日から4日で考えております。\r\nどうぞよろしくお願いいたします。\r\n\r\n";

const SIGNATURE: &str = "━━━━━━━━━━━━━━━━\r\n医療法人エグザンプル会 例示病院\r\n内科 黒瀬 由紀\r\nTEL 043-000-0000\r\n━━━━━━━━━━━━━━━━\r\n";

const ATTRIBUTION: &str =
    "2026年11月3日(火) 10:12 医師のセカンドキャリア事務局 <md@example.jp>:\r\n\r\n";

/// The text of one mail: one in three answers, one in two is signed.
fn text(n: usize) -> String {
    let mut text = TEXT.repeat(6 + n % 9);
    if n.is_multiple_of(2) {
        text.push_str(SIGNATURE);
    }
    if n.is_multiple_of(3) {
        text.push_str("\r\n");
        text.push_str(ATTRIBUTION);
        for line in TEXT.repeat(3).lines() {
            text.push_str(&format!("> {line}\r\n"));
        }
    }
    text
}

fn wrapped(bytes: &[u8]) -> String {
    let encoded = STANDARD.encode(bytes);
    let lines: Vec<&str> = encoded
        .as_bytes()
        .chunks(76)
        .map(|chunk| std::str::from_utf8(chunk).unwrap())
        .collect();
    lines.join("\r\n")
}

/// The text as a part: ISO-2022-JP in four of ten, UTF-8 in its three dresses, Shift_JIS, HTML beside the text.
fn part(n: usize) -> Vec<u8> {
    let text = text(n);
    let encoded = |charset: &str, transfer: &str, bytes: &[u8]| {
        let mut part = format!(
            "Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n"
        )
        .into_bytes();
        part.extend_from_slice(bytes);
        part
    };
    match n % 10 {
        0..=3 => encoded(
            "ISO-2022-JP",
            "7bit",
            &encoding_rs::ISO_2022_JP.encode(&text).0,
        ),
        4 | 5 => encoded("utf-8", "8bit", text.as_bytes()),
        6 => encoded("utf-8", "base64", wrapped(text.as_bytes()).as_bytes()),
        7 => encoded("shift_jis", "8bit", &encoding_rs::SHIFT_JIS.encode(&text).0),
        _ => {
            let html: String = text
                .lines()
                .map(|line| {
                    format!("<div style=\"font-size:10pt\"><span>{line}</span><br></div>\r\n")
                })
                .collect();
            let mut part =
                b"Content-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\n".to_vec();
            part.extend(encoded(
                "utf-8",
                "base64",
                wrapped(text.as_bytes()).as_bytes(),
            ));
            part.extend_from_slice(
                b"\r\n--a\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n",
            );
            part.extend_from_slice(html.as_bytes());
            part.extend_from_slice(b"\r\n--a--\r\n");
            part
        }
    }
}

fn noise(length: usize, seed: usize) -> Vec<u8> {
    (0..length)
        .map(|at| (at.wrapping_mul(2_654_435_761).wrapping_add(seed) >> 13) as u8)
        .collect()
}

fn mail(n: usize, file: usize) -> Vec<u8> {
    let mut raw = format!(
        "Return-Path: <doctor{n}@example.com>\r\n\
         Received: from mail.example.com (mail.example.com [192.0.2.1]) by mx.example.jp; Sat, 21 Nov 2026 10:00:00 +0900\r\n\
         From: =?ISO-2022-JP?B?GyRCOXU2bBsoQg==?= <doctor{n}@example.com>\r\nTo: md@example.jp\r\n\
         Subject: =?UTF-8?B?6Lui6IG344Gu44GU55u46KuH?= {n}\r\nDate: Sat, 21 Nov 2026 10:00:00 +0900\r\n\
         Message-ID: <bench{n}@example.com>\r\nMIME-Version: 1.0\r\n"
    )
    .into_bytes();
    if file == 0 {
        raw.extend(part(n));
        return raw;
    }
    raw.extend_from_slice(b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n");
    raw.extend(part(n));
    raw.extend_from_slice(
        b"\r\n--b\r\nContent-Type: application/pdf; name=cv.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n",
    );
    raw.extend_from_slice(wrapped(&noise(file, n)).as_bytes());
    raw.extend_from_slice(b"\r\n--b--\r\n");
    raw
}

/// The time that this thread had a core for: what else runs on the machine does not count.
fn on_core() -> Duration {
    Duration::from(clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).unwrap())
}

fn main() {
    let rounds: u32 = std::env::var("ROUNDS")
        .ok()
        .and_then(|r| r.parse().ok())
        .unwrap_or(10);
    let limits = Limits::default();
    for (what, charsets) in [("UTF-8 alone", false), ("all charsets, HTML", true)] {
        mix(what, charsets, rounds, &limits);
    }
    for megabytes in [1, 5, 25] {
        growing(megabytes, rounds.min(3), &limits);
    }
}

fn mix(what: &str, charsets: bool, rounds: u32, limits: &Limits) {
    let mails: Vec<Vec<u8>> = (0..1_000)
        .map(|n| {
            let file = if n % 50 < 11 { 23_000 } else { 0 };
            mail(if charsets { n } else { n / 10 * 10 + 4 }, file)
        })
        .collect();
    let bytes: usize = mails.iter().map(Vec::len).sum();
    for raw in &mails {
        black_box(decode(raw, limits));
    }
    let mut best = Duration::MAX;
    for _ in 0..rounds {
        let begin = on_core();
        for raw in &mails {
            black_box(decode(raw, limits));
        }
        best = best.min(on_core() - begin);
    }
    let seconds = best.as_secs_f64();
    println!(
        "{what:<20} {:>5.1} kB a mail   {:>6.0} mails/s   {:>5.0} MB/s on one core (the best of {rounds} rounds)",
        bytes as f64 / mails.len() as f64 / 1e3,
        mails.len() as f64 / seconds,
        bytes as f64 / seconds / 1e6
    );
}

fn growing(megabytes: usize, rounds: u32, limits: &Limits) {
    let target = megabytes * 1_000_000;
    let big_file = mail(1, target * 3 / 4 - 8_000);
    let mut long_text =
        b"From: a@example.com\r\nContent-Type: text/plain; charset=iso-2022-jp\r\n\r\n".to_vec();
    let unit = encoding_rs::ISO_2022_JP.encode(TEXT).0.into_owned();
    let mut many_parts =
        b"From: a@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n".to_vec();
    while long_text.len() < target {
        long_text.extend_from_slice(&unit);
    }
    while many_parts.len() < target {
        many_parts.extend_from_slice(b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n");
        many_parts.extend_from_slice(TEXT.as_bytes());
    }
    for (what, raw) in [
        ("a file", &big_file),
        ("a text", &long_text),
        ("many parts", &many_parts),
    ] {
        let mut best = Duration::MAX;
        for _ in 0..rounds {
            let begin = on_core();
            black_box(decode(raw, limits));
            best = best.min(on_core() - begin);
        }
        println!(
            "{what:<12} {:>5.1} MB   {:>7.1} ms   {:>6.2} ms/MB",
            raw.len() as f64 / 1e6,
            best.as_secs_f64() * 1e3,
            best.as_secs_f64() * 1e3 / (raw.len() as f64 / 1e6)
        );
    }
}
