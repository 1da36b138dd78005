//! How many mails are read a second on one core, and how the time grows with the length of a text.
//!
//! `cargo bench --bench readings`

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use chrono::DateTime;
use madoguchi::understand::score::Labelled;
use madoguchi::understand::{Input, read};
use std::{fs, hint::black_box, path::Path, time::Instant};

fn mails() -> Vec<Labelled> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/mails");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    files.sort();
    files
        .iter()
        .flat_map(|f| {
            fs::read_to_string(f)
                .unwrap()
                .lines()
                .map(|l| serde_json::from_str(l).unwrap())
                .collect::<Vec<Labelled>>()
        })
        .collect()
}

fn input<'a>(text: &'a str, subject: &'a str, from: &'a str) -> Input<'a> {
    Input {
        text,
        signature: None,
        subject,
        from_name: "",
        from_address: from,
        date: DateTime::parse_from_rfc3339("2026-11-05T10:00:00+09:00").unwrap(),
        automatic: false,
        known_doctor: false,
        on_file: &[],
    }
}

fn main() {
    let mails = mails();
    let round = || {
        for mail in &mails {
            black_box(read(&input(&mail.body, &mail.subject, &mail.from)));
        }
    };
    round();
    let rounds = 5;
    let start = Instant::now();
    for _ in 0..rounds {
        round();
    }
    let seconds = start.elapsed().as_secs_f64();
    let bytes: usize = mails.iter().map(|m| m.body.len()).sum();
    println!(
        "{} mails of {} bytes on the average: {:.0} mails a second",
        mails.len(),
        bytes / mails.len(),
        (rounds * mails.len()) as f64 / seconds
    );
    for (name, piece) in [
        ("30分 and again", "30分"),
        (
            "a mail and again",
            mails.first().map_or("", |m| m.body.as_str()),
        ),
        (
            "no punctuation",
            "週三日で外来を希望しますが当直はできません",
        ),
    ] {
        for size in [16 << 10, 64 << 10, 256 << 10, 1 << 20] {
            let text = piece.repeat(size / piece.len().max(1) + 1);
            let start = Instant::now();
            black_box(read(&input(&text, "", "a@example.jp")));
            println!(
                "{name}: {} KB in {:.0} ms",
                text.len() >> 10,
                start.elapsed().as_secs_f64() * 1000.0
            );
        }
    }
}
