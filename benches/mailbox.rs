//! A backlog of 10,000 mails (117 MB, Japanese, 22 % with attachments) from a real Dovecot into the store.
//!
//! Prints the server's limit (a bare client that throws everything away), then fetched and stored in SQLite, then the time
//! from a delivery to the stored row. `MAILS=1000 cargo bench --bench mailbox` for fewer.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "../tests/support/mod.rs"]
mod support;

use base64::Engine as _;
use chrono::DateTime;
use madoguchi::{
    clock::SystemClock,
    config::{MailboxSection, Tls},
    intake::imap::{Link, Rooms, Timing, Watcher},
    store::{self, Mailroom as _, SqlStore},
    wake::Wake,
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use support::dovecot::{Dovecot, PASSWORD};
use tokio_util::sync::CancellationToken;

const TEXT: &str = "お世話になっております。定年を迎えるにあたり、通勤30分以内で平日日勤の勤務を希望しております。\
                    当直はできれば避けたく、内科外来と健診を中心に、週3日から4日で考えております。どうぞよろしくお願いいたします。\r\n";

fn mail(n: usize) -> Vec<u8> {
    let header = format!(
        "Received: from mail.example.com by mx.example.jp; Sat, 21 Nov 2026 10:00:00 +0900\r\n\
         From: \"=?UTF-8?B?5bGx55Sw5aSq6YOO?=\" <doctor{n}@example.com>\r\nTo: md@example.jp\r\n\
         Subject: =?UTF-8?B?6Lui6IG344Gu44GU55u46KuH?= {n}\r\nDate: Sat, 21 Nov 2026 10:00:00 +0900\r\n\
         Message-ID: <bench{n}@example.com>\r\nMIME-Version: 1.0\r\n"
    );
    let text = TEXT.repeat(6 + n % 9);
    // 22 in 100 carry a file, so that the whole comes to 11.7 kB a mail.
    if n % 50 >= 11 {
        return format!(
            "{header}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}"
        )
        .into_bytes();
    }
    let file: Vec<u8> = (0..31_000u32)
        .map(|i| (i.wrapping_mul(2_654_435_761).wrapping_add(n as u32) >> 13) as u8)
        .collect();
    let encoded = base64::engine::general_purpose::STANDARD.encode(file);
    let lines: Vec<&str> = encoded
        .as_bytes()
        .chunks(76)
        .map(|c| std::str::from_utf8(c).unwrap())
        .collect();
    format!(
        "{header}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n--b\r\nContent-Type: application/pdf; name=cv.pdf\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{}\r\n--b--\r\n",
        lines.join("\r\n")
    )
    .into_bytes()
}

fn section(port: u16) -> MailboxSection {
    let mut section: MailboxSection =
        toml::from_str("host = \"127.0.0.1\"\nuser = \"md\"\ntls = \"none\"").unwrap();
    section.port = port;
    section.tls = Tls::None;
    section.password = Some(PASSWORD.to_owned().into());
    section
}

struct Desk {
    store: Arc<SqlStore>,
    cancel: CancellationToken,
    task: tokio::task::JoinHandle<()>,
}

/// Watches until everything that lay there is stored.
async fn watch(dovecot: &Dovecot, url: &str) -> Desk {
    let store = Arc::new(store::open(url).await.unwrap());
    let rooms = Rooms {
        mailroom: store.clone(),
        outbox: store.clone(),
        panel: store.clone(),
        clock: Arc::new(SystemClock),
        wake: Wake::default(),
    };
    let (watcher, mut link) = Watcher::new(
        Arc::new(section(dovecot.imap)),
        Timing::new(30),
        rooms,
        DateTime::UNIX_EPOCH,
    );
    let cancel = CancellationToken::new();
    let task = tokio::spawn(watcher.run(cancel.clone()));
    link.wait_for(|l| *l == Link::Ready).await.unwrap();
    Desk {
        store,
        cancel,
        task,
    }
}

#[tokio::main]
async fn main() {
    let count: usize = std::env::var("MAILS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(10_000);
    let mails: Vec<Vec<u8>> = (0..count).map(mail).collect();
    let bytes: usize = mails.iter().map(Vec::len).sum();
    println!("{count} mails, {:.1} MB", bytes as f64 / 1e6);
    let dovecot = Dovecot::start();
    dovecot.put_files("md", mails.iter().map(Vec::as_slice));
    drop(mails);
    // The first SELECT builds the server's index, which every client has to wait for once.
    dovecot.client("md").count("INBOX");

    for round in 1..=3 {
        let start = Instant::now();
        let got = dovecot.client("md").discard("INBOX");
        let limit = start.elapsed();
        let dir = tempfile::tempdir().unwrap();
        let start = Instant::now();
        let desk = watch(
            &dovecot,
            &format!("sqlite:{}", dir.path().join("desk.db").display()),
        )
        .await;
        let stored = start.elapsed();
        let cursor = desk.store.cursor("INBOX").await.unwrap().unwrap();
        assert_eq!(cursor.uid_next as usize, count + 1);
        desk.cancel.cancel();
        desk.task.await.unwrap();
        println!(
            "round {round}: bare client {limit:.2?} ({:.1} MB), fetched and stored in SQLite {stored:.2?} = {:.0} mails/s",
            got as f64 / 1e6,
            count as f64 / stored.as_secs_f64(),
        );
    }

    // The account of another person, so that the backlog does not weigh on it.
    let quiet = Dovecot::start();
    let dir = tempfile::tempdir().unwrap();
    let desk = watch(
        &quiet,
        &format!("sqlite:{}", dir.path().join("desk.db").display()),
    )
    .await;
    let mut delivered = 0;
    for (name, pause) in [
        ("after a pause of 3 s (IDLE)", Duration::from_secs(3)),
        ("after traffic (NOOP)", Duration::from_millis(50)),
    ] {
        let rounds = if pause.as_secs() > 0 { 8 } else { 100 };
        let mut times = Vec::new();
        for n in 0..rounds {
            tokio::time::sleep(pause).await;
            delivered += 1;
            let mail = mail(1_000_000 + n + rounds * 10);
            quiet.deliver("md", "doctor@example.com", &mail);
            let start = Instant::now();
            let stored = async || desk.store.cursor("INBOX").await.unwrap().unwrap().uid_next;
            while stored().await <= delivered {
                tokio::time::sleep(Duration::from_micros(200)).await;
            }
            times.push(start.elapsed());
        }
        times.sort_unstable();
        println!(
            "delivery to stored row, {name}: p50 {:.1?}, p99 {:.1?}",
            times[times.len() / 2],
            times[times.len() * 99 / 100],
        );
    }
    desk.cancel.cancel();
    desk.task.await.unwrap();
}
