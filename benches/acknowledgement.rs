//! From the mail server's 250 for an incoming mail to our acknowledgement in the hands of a mail server: the whole program,
//! Dovecot, SQLite on disk.
//!
//! Prints p50 and p99 for mails that follow traffic, and for mails into a quiet mailbox, where Dovecot itself tells of a new mail
//! only after 200 to 510 ms. `ROUNDS=50 cargo bench --bench acknowledgement` for fewer.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::time::{Duration, Instant};
use support::{daemon::Desk, dovecot::Dovecot, smtp::SmtpScript};

fn mail(n: usize) -> Vec<u8> {
    format!(
        "From: doctor{n}@example.com\r\nTo: md@example.jp\r\nSubject: bench {n}\r\nMessage-ID: <bench{n}@example.com>\r\n\
         Date: Tue, 24 Nov 2026 10:00:00 +0900\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Transfer-Encoding: 8bit\r\n\r\n内科の医師です。自宅（長野県松本市）から30分以内、平日の日勤を希望します。\r\n"
    )
    .into_bytes()
}

fn rounds(
    name: &str,
    from: usize,
    count: usize,
    pause: Duration,
    dovecot: &Dovecot,
    smtp: &SmtpScript,
) {
    let mut times: Vec<Duration> = (from..from + count)
        .map(|n| {
            std::thread::sleep(pause);
            dovecot.deliver("md", &format!("doctor{n}@example.com"), &mail(n));
            let accepted = Instant::now();
            let taken = smtp.wait_taken(n + 1, Duration::from_secs(20));
            taken[n].at.saturating_duration_since(accepted)
        })
        .collect();
    times.sort_unstable();
    let at = |q: usize| times[(times.len() * q / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
    println!(
        "{name:<28} {count:>4} mails   p50 {:>7.1} ms   p99 {:>7.1} ms",
        at(50),
        at(99)
    );
}

fn main() {
    let count: usize = std::env::var("ROUNDS")
        .ok()
        .and_then(|r| r.parse().ok())
        .unwrap_or(200);
    let dovecot = Dovecot::start();
    let smtp = SmtpScript::start();
    let dir = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", dir.path().join("desk.db").display());
    let desk = Desk {
        dovecot: &dovecot,
        user: "md",
        smtp_port: smtp.port,
        dir: dir.path(),
        url: &url,
        login: false,
        more: "[send]\nacknowledgements_per_hour = 100000\n",
    };
    let mut daemon = desk.start(&[("MADOGUCHI_LOG", "warn")]);
    daemon.wait_ready();
    rounds("the first", 0, 1, Duration::ZERO, &dovecot, &smtp);
    rounds(
        "following traffic",
        1,
        count,
        Duration::from_millis(50),
        &dovecot,
        &smtp,
    );
    rounds(
        "into a quiet mailbox",
        1 + count,
        (count / 20).max(3),
        Duration::from_secs(4),
        &dovecot,
        &smtp,
    );
    daemon.stop();
}
