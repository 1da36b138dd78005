use crate::{
    harness::{Desk, SOON, mail, section},
    support::{self, dovecot, dovecot::Dovecot, imap_script::ImapScript},
};
use chrono::{TimeZone as _, Utc};
use madoguchi::domain::{message::Source, outbox::SentFolder as _};

#[tokio::test]
async fn what_left_is_copied_once_and_what_people_send_is_stored() {
    let dovecot = Dovecot::start();
    let desk = Desk::new(section(dovecot.imap)).await;
    let first = desk.left.add("a1@example.jp");
    let (running, handle) = desk.keep_sent().await;
    let mut client = dovecot.client("md");
    assert_eq!(client.uids("Sent", "SEEN"), [1]);
    assert!(client.text("Sent", 1).contains("拝受しました"));
    assert!(
        client
            .text("Sent", 1)
            .contains(std::str::from_utf8(&first).unwrap())
    );

    // A mail that lies there already, as from a server that keeps copies by itself, is not put there again.
    let second = desk.left.add("a2@example.jp");
    client.append("Sent", "", &second);
    desk.left_wake.call();
    support::eventually("the second is settled", SOON, || async {
        (desk.left.copied.lock().unwrap().len() == 2).then_some(())
    })
    .await;
    assert_eq!(client.count("Sent"), 2);

    client.append("Sent", "(\\Seen)", &mail(7));
    let kept = desk.wait_kept(1).await;
    assert_eq!(kept[0].mail.message_id.as_deref(), Some("7@example.com"));
    assert_eq!(kept[0].mail.source, Source::Sent);
    assert_eq!(kept[0].folder, "Sent");

    assert!(handle.contains("a1@example.jp").await.unwrap());
    assert!(handle.contains("7@example.com").await.unwrap());
    assert!(!handle.contains("never@example.jp").await.unwrap());
    running.stop().await;
    assert!(handle.contains("a1@example.jp").await.is_err());
    // Our own mails were not taken for news.
    assert_eq!(desk.kept().len(), 1);
}

#[tokio::test]
async fn nothing_is_copied_where_the_server_does_it() {
    let dovecot = Dovecot::start();
    let mut desk = Desk::new(section(dovecot.imap)).await;
    desk.section.copy_to_sent = false;
    desk.left.add("a1@example.jp");
    let (running, _) = desk.keep_sent().await;
    assert_eq!(dovecot.client("md").count("Sent"), 0);
    running.stop().await;
}

#[tokio::test]
async fn the_history_of_sent_mail_is_skipped() {
    let dovecot = Dovecot::start();
    let mut desk = Desk::new(section(dovecot.imap)).await;
    desk.answer_from = Utc.with_ymd_and_hms(2026, 11, 20, 0, 0, 0).unwrap();
    let mut client = dovecot.client("md");
    client.run("CREATE Sent");
    client.append("Sent", "\"01-Feb-2020 10:00:00 +0900\"", &mail(1));
    client.append("Sent", "\"20-Nov-2026 10:00:00 +0900\"", &mail(2));
    let (running, _) = desk.keep_sent().await;
    let kept = desk.kept();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].mail.message_id.as_deref(), Some("2@example.com"));
    running.stop().await;
}

#[tokio::test]
async fn the_folder_is_found_under_its_special_use_or_made_below_the_prefix() {
    let marked = Dovecot::start_with(&dovecot::Options {
        special_sent: Some("Gesendet".into()),
        ..dovecot::Options::default()
    });
    let prefixed = Dovecot::start_with(&dovecot::Options {
        separator: '.',
        prefix: "INBOX.".into(),
        ..dovecot::Options::default()
    });
    let plain = Dovecot::start();
    for (dovecot, wanted, folder) in [
        (&marked, "Sent", "Gesendet"),
        (&prefixed, "Sent", "INBOX.Sent"),
        (&plain, "送信済み", "&kAFP4W4IMH8-"),
        (&plain, "A & B", "A &- B"),
    ] {
        let mut section = section(dovecot.imap);
        section.sent_folder = wanted.into();
        let desk = Desk::new(section).await;
        desk.left.add("a1@example.jp");
        let (running, handle) = desk.keep_sent().await;
        assert!(handle.contains("a1@example.jp").await.unwrap());
        assert_eq!(dovecot.client("md").count(folder), 1, "{wanted}");
        running.stop().await;
    }
}

#[tokio::test]
async fn a_courier_like_server_gets_its_folder() {
    let server = ImapScript::start();
    {
        let mut world = server.world();
        world.namespace = ("INBOX.".into(), '.');
        world.without_uid_next = true;
        world.capabilities = "IMAP4rev1 NAMESPACE".into();
    }
    let desk = Desk::new(section(server.port)).await;
    desk.left.add("a1@example.jp");
    let (running, handle) = desk.keep_sent().await;
    {
        let mut world = server.world();
        let folder = world.folder("INBOX.Sent");
        assert_eq!(folder.mails.len(), 1);
        assert_eq!(folder.mails[0].flags, "\\Seen");
    }
    assert!(handle.contains("a1@example.jp").await.unwrap());
    desk.left.add("a2@example.jp");
    desk.left_wake.call();
    support::eventually("the second copy", SOON, || async {
        (server.world().folder("INBOX.Sent").mails.len() == 2).then_some(())
    })
    .await;
    running.stop().await;
}

#[tokio::test]
async fn a_copy_that_is_refused_holds_up_no_other() {
    let server = ImapScript::start();
    server.world().refuse_append = Some("a1@example.jp".into());
    let desk = Desk::new(section(server.port)).await;
    for n in 1..=3 {
        desk.left.add(&format!("a{n}@example.jp"));
    }
    let (running, handle) = desk.keep_sent().await;
    assert_eq!(*desk.left.copied.lock().unwrap(), [2, 3]);
    assert!(handle.contains("a3@example.jp").await.unwrap());
    let notice = desk.wait_notice("送信番号 1").await;
    assert!(notice.text.contains("full"), "{}", notice.text);
    server.world().refuse_append = None;
    server.world().cut();
    support::eventually("the first copy", SOON, || async {
        (desk.left.copied.lock().unwrap().len() == 3).then_some(())
    })
    .await;
    assert_eq!(desk.notices().await.len(), 1);
    running.stop().await;
}
