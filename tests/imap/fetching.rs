use crate::{
    harness::{Desk, SOON, mail, section},
    support::{self, dovecot::Dovecot},
};
use chrono::{TimeZone as _, Utc};
use madoguchi::{domain::message::Source, store::Mailroom as _};
use std::time::{Duration, Instant};

#[tokio::test]
async fn a_delivery_is_stored_within_a_second_and_stays_unread() {
    let dovecot = Dovecot::start();
    let desk = Desk::new(section(dovecot.imap)).await;
    let running = desk.watch_ready().await;
    let woken = desk.wake.listen(SOON);
    let start = Instant::now();
    dovecot.deliver("md", "doctor@example.com", &mail(1));
    let kept = desk.wait_kept(1).await;
    assert!(
        kept[0].at - start < Duration::from_secs(1),
        "{:?}",
        kept[0].at - start
    );
    tokio::time::timeout(SOON, woken).await.unwrap();
    let raw = String::from_utf8_lossy(&kept[0].mail.raw).into_owned();
    assert!(raw.contains("通勤30分以内を希望します。1\r\n") && raw.starts_with("Return-Path:"));
    assert_eq!(kept[0].mail.message_id.as_deref(), Some("1@example.com"));
    assert_eq!(kept[0].mail.source, Source::Mail);
    assert_eq!(kept[0].mail.size, kept[0].mail.raw.len() as u64);
    assert!(!kept[0].mail.header_only && !kept[0].mail.archived);

    // What follows soon is seen at once, not after the delay of the server's IDLE (200 to 510 ms).
    tokio::time::sleep(Duration::from_millis(300)).await;
    let start = Instant::now();
    dovecot.deliver("md", "doctor@example.com", &mail(2));
    let kept = desk.wait_kept(2).await;
    assert!(
        kept[1].at - start < Duration::from_millis(150),
        "{:?}",
        kept[1].at - start
    );
    // Not even the mark of mails that no client has seen is gone.
    assert_eq!(dovecot.client("md").flags("INBOX", 1), "\\Recent");
    let recent = dovecot.client("md").run("STATUS INBOX (UNSEEN)").join("");
    assert!(recent.contains("UNSEEN 2"), "{recent}");
    running.stop().await;
}

#[tokio::test]
async fn a_backlog_is_stored_once_and_in_order_over_restarts() {
    let dovecot = Dovecot::start();
    let mails: Vec<Vec<u8>> = (0..2_000).map(mail).collect();
    dovecot.put_files("md", mails.iter().map(Vec::as_slice));
    let desk = Desk::new(section(dovecot.imap)).await;
    desk.watch_ready().await.stop().await;
    let uids: Vec<u32> = desk.kept().iter().filter_map(|k| k.mail.uid).collect();
    assert_eq!(uids, (1..=2_000).collect::<Vec<u32>>());
    let cursor = desk.record.cursor("INBOX").await.unwrap().unwrap();
    assert_eq!(cursor.uid_next, 2_001);
    // The cursor never ran ahead of what had been stored with it.
    let cursors = desk.record.cursors.lock().unwrap().clone();
    assert!(cursors.len() > 5 && cursors.is_sorted_by_key(|c| c.uid_next));

    dovecot.deliver("md", "", &mail(5_000));
    let running = desk.watch_ready().await;
    assert_eq!(desk.kept().len(), 2_001);
    assert_eq!(desk.totals(), (2_001, 0, 0));
    running.stop().await;
}

#[tokio::test]
async fn the_same_mail_twice_is_known_and_a_reused_message_id_is_not() {
    let dovecot = Dovecot::start();
    let desk = Desk::new(section(dovecot.imap)).await;
    // By another way: other Received and Delivered-To lines.
    let again = [
        b"Received: from elsewhere\r\n by here\r\n".as_slice(),
        &mail(1),
    ]
    .concat();
    let other = String::from_utf8(mail(1)).unwrap().replace("30分", "45分");
    let without = b"From: a@example.com\r\nSubject: no id\r\n\r\nbody\r\n";
    for mail in [&mail(1), &again, other.as_bytes(), without, without] {
        dovecot.deliver("md", "doctor@example.com", mail);
    }
    let running = desk.watch_ready().await;
    assert_eq!(desk.totals(), (3, 0, 2));
    assert_eq!(desk.kept()[3].mail.message_id, None);
    running.stop().await;
}

#[tokio::test]
async fn a_renumbered_folder_gives_no_second_row() {
    let dovecot = Dovecot::start();
    let mut client = dovecot.client("md");
    client.run("CREATE Desk");
    for n in 0..3 {
        client.append("Desk", "", &mail(n));
    }
    let mut desk = Desk::new(section(dovecot.imap)).await;
    desk.section.folder = "Desk".into();
    let running = desk.watch_ready().await;
    let before = desk.record.cursor("Desk").await.unwrap().unwrap();
    running.stop().await;

    client.run("DELETE Desk");
    client.run("CREATE Desk");
    for n in [2, 7, 0] {
        client.append("Desk", "", &mail(n));
    }
    let running = desk.watch_ready().await;
    let after = desk.record.cursor("Desk").await.unwrap().unwrap();
    assert_ne!(before.uid_validity, after.uid_validity);
    assert_eq!(after.uid_next, 4);
    assert_eq!(desk.totals(), (4, 0, 2));
    assert_eq!(desk.notices().await, []);
    running.stop().await;
}

#[tokio::test]
async fn of_a_mail_over_the_limit_the_header_is_kept() {
    let dovecot = Dovecot::start();
    let mut desk = Desk::new(section(dovecot.imap)).await;
    desk.section.size_limit_mb = 1;
    let mut large = mail(2);
    large.extend(b"0123456789\r\n".repeat(100_000));
    for mail in [&mail(1), &large, &mail(3)] {
        dovecot.deliver("md", "doctor@example.com", mail);
    }
    let running = desk.watch_ready().await;
    let mut kept = desk.kept();
    kept.sort_by_key(|k| k.mail.uid);
    assert_eq!(
        kept.iter().map(|k| k.mail.header_only).collect::<Vec<_>>(),
        [false, true, false]
    );
    let large = &kept[1].mail;
    assert!(large.size > 1_200_000 && large.raw.len() < 2_000);
    assert!(large.raw.ends_with(b"\r\n\r\n"));
    assert_eq!(large.message_id.as_deref(), Some("2@example.com"));
    running.stop().await;
}

#[tokio::test]
async fn mail_from_before_the_cut_off_is_archived() {
    let dovecot = Dovecot::start();
    let mut desk = Desk::new(section(dovecot.imap)).await;
    desk.answer_from = Utc.with_ymd_and_hms(2026, 11, 20, 0, 0, 0).unwrap();
    let mut client = dovecot.client("md");
    client.append("INBOX", "\"19-Nov-2026 23:00:00 +0000\"", &mail(1));
    client.append("INBOX", "\"20-Nov-2026 08:59:59 +0900\"", &mail(2));
    client.append("INBOX", "\" 1-Dec-2026 09:00:00 +0900\"", &mail(3));
    let running = desk.watch_ready().await;
    assert_eq!(desk.totals(), (1, 2, 0));
    running.stop().await;
}

#[tokio::test]
async fn a_lost_row_is_found_and_filled() {
    let dovecot = Dovecot::start();
    let mut desk = Desk::new(section(dovecot.imap)).await;
    desk.timing.reconcile = Duration::from_millis(200);
    for n in 1..=5 {
        dovecot.deliver("md", "", &mail(n));
    }
    let running = desk.watch_ready().await;
    *desk.record.forgotten.lock().unwrap() = [2, 4].into();
    let kept = desk.wait_kept(7).await;
    assert_eq!(
        kept[5..].iter().map(|k| k.mail.uid).collect::<Vec<_>>(),
        [Some(2), Some(4)]
    );
    let cursor = desk.record.cursor("INBOX").await.unwrap().unwrap();
    assert_eq!(cursor.uid_next, 6);
    running.stop().await;
}

#[tokio::test]
async fn deleted_mails_are_no_gap() {
    let dovecot = Dovecot::start();
    let desk = Desk::new(section(dovecot.imap)).await;
    for n in 1..=6 {
        dovecot.deliver("md", "", &mail(n));
    }
    let mut client = dovecot.client("md");
    client.expunge("INBOX", "2:3,6");
    let running = desk.watch_ready().await;
    client.expunge("INBOX", "4");
    dovecot.deliver("md", "", &mail(9));
    let kept = desk.wait_kept(4).await;
    let uids: Vec<_> = kept.iter().filter_map(|k| k.mail.uid).collect();
    assert_eq!(uids, [1, 4, 5, 7]);
    running.stop().await;
    desk.watch_ready().await.stop().await;
    assert_eq!(desk.notices().await, []);
}

#[tokio::test]
async fn after_a_restart_of_the_server_watching_goes_on() {
    let mut dovecot = Dovecot::start();
    let desk = Desk::new(section(dovecot.imap)).await;
    let mut running = desk.watch_ready().await;
    dovecot.stop();
    let start = Instant::now();
    let why = running.down().await;
    assert!(why.contains("メールサーバー"), "{why}");
    assert!(start.elapsed() < Duration::from_secs(5));
    dovecot.restart();
    dovecot.deliver("md", "", &mail(1));
    desk.wait_kept(1).await;
    running.ready().await;
    running.stop().await;
}

#[tokio::test]
async fn without_idle_the_mailbox_is_polled() {
    let dovecot = Dovecot::start_with(&support::dovecot::Options {
        idle: false,
        ..support::dovecot::Options::default()
    });
    let desk = Desk::new(section(dovecot.imap)).await;
    let running = desk.watch_ready().await;
    dovecot.deliver("md", "", &mail(1));
    desk.wait_kept(1).await;
    running.stop().await;
}

#[tokio::test]
async fn idle_is_renewed() {
    let dovecot = Dovecot::start();
    let mut desk = Desk::new(section(dovecot.imap)).await;
    desk.timing.idle = Duration::from_millis(30);
    let running = desk.watch_ready().await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    dovecot.deliver("md", "", &mail(1));
    desk.wait_kept(1).await;
    running.stop().await;
}
