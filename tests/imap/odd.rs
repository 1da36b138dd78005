//! Servers with habits.

use crate::{
    harness::{Desk, SOON, mail, section},
    support::{self, imap_script::ImapScript},
};
use madoguchi::store::Mailroom as _;
use std::time::Duration;

#[tokio::test]
async fn odd_answers_are_understood() {
    let server = ImapScript::start();
    {
        let mut world = server.world();
        world.without_uid_next = true;
        world.uid_last = true;
        world.capabilities = "IMAP4rev1 XCOURIER ACL".into();
        world.select_lines = [
            "* OK [MAILBOXID (c6d9)] Ok",
            "* OK [ANNOTATIONS NONE] Ok",
            "* OK [URLMECH INTERNAL] Ok",
            "* OK [ALERT]受信箱がいっぱいです",
            "* FLAGS (\\drafts NonJunk $Label[1])",
        ]
        .map(String::from)
        .into();
        world.junk = [
            "* XJUNK {3}\r\nabc (x)",
            "* 12 XFLAGS foo",
            "* STATUS ???",
            "* VANISHED 3:9",
            "stray line",
            "",
            "* 1 FETCH (FLAGS (\\Seen))",
        ]
        .map(String::from)
        .into();
        for n in 1..=3 {
            world.add("INBOX", mail(n));
        }
    }
    let desk = Desk::new(section(server.port)).await;
    let running = desk.watch_ready().await;
    let kept = desk.kept();
    assert_eq!(kept.len(), 3);
    assert_eq!(kept[2].mail.raw, mail(3));
    server.world().add("INBOX", mail(4));
    desk.wait_kept(4).await;
    running.stop().await;
    // Nothing but reading was ever asked for.
    let world = server.world();
    for forbidden in [
        "STORE",
        "SELECT ",
        "EXPUNGE",
        "BODY[",
        "RFC822 ",
        "RFC822.TEXT",
    ] {
        assert_eq!(world.said(forbidden), 0, "{forbidden}");
    }
}

#[tokio::test]
async fn the_last_mail_below_the_cursor_is_not_taken_again() {
    let server = ImapScript::start();
    server.world().add("INBOX", mail(1));
    let desk = Desk::new(section(server.port)).await;
    desk.watch_ready().await.stop().await;
    // `2:*` names mail 1, since `*` is the highest UID there is.
    desk.watch_ready().await.stop().await;
    assert_eq!(desk.kept().len(), 1);
}

#[tokio::test]
async fn a_mail_that_vanishes_between_search_and_fetch_is_passed() {
    let server = ImapScript::start();
    {
        let mut world = server.world();
        for n in 1..=3 {
            world.add("INBOX", mail(n));
        }
        world.folder("INBOX").mails[1].vanished = true;
    }
    let desk = Desk::new(section(server.port)).await;
    let mut running = desk.watch();
    // It is listed and never given out: tried again over new connections, then staff are told and the rest goes on.
    let notice = desk.wait_notice("UID 2").await;
    assert_eq!(notice.kind, "mailbox_gap");
    running.ready().await;
    let uids: Vec<_> = desk.kept().iter().filter_map(|k| k.mail.uid).collect();
    assert!(uids.contains(&1) && uids.contains(&3) && !uids.contains(&2));
    // When it can be had after all, it is fetched; nobody is told twice.
    server.world().folder("INBOX").mails[1].vanished = false;
    server.world().cut();
    support::eventually("mail 2 is stored", SOON, || async {
        desk.kept()
            .iter()
            .any(|k| k.mail.uid == Some(2))
            .then_some(())
    })
    .await;
    assert_eq!(desk.notices().await.len(), 1);
    assert_eq!(desk.totals().0, 3);
    running.stop().await;
}

#[tokio::test]
async fn one_refused_mail_does_not_hold_up_the_others() {
    let server = ImapScript::start();
    {
        let mut world = server.world();
        for n in 1..=5 {
            world.add("INBOX", mail(n));
        }
        world.refuse_uids = vec![3];
    }
    let desk = Desk::new(section(server.port)).await;
    let running = desk.watch_ready().await;
    let mut uids: Vec<_> = desk.kept().iter().filter_map(|k| k.mail.uid).collect();
    uids.sort_unstable();
    uids.dedup();
    assert_eq!(uids, [1, 2, 4, 5]);
    assert!(desk.notices().await[0].text.contains("UID 3"));
    let cursor = desk.record.cursor("INBOX").await.unwrap().unwrap();
    assert_eq!(cursor.uid_next, 6);
    running.stop().await;
}

#[tokio::test]
async fn a_connection_cut_in_the_middle_of_a_mail_loses_nothing() {
    let server = ImapScript::start();
    {
        let mut world = server.world();
        for n in 0..600 {
            world.add("INBOX", mail(n));
        }
        world.cut_after = Some(400);
    }
    let desk = Desk::new(section(server.port)).await;
    let running = desk.watch_ready().await;
    assert_eq!(desk.totals(), (600, 0, 0));
    assert_eq!(server.world().connections, 2);
    running.stop().await;
}

#[tokio::test]
async fn a_silent_server_is_given_up() {
    let server = ImapScript::start();
    let mut desk = Desk::new(section(server.port)).await;
    desk.timing.answer = Duration::from_millis(200);
    desk.timing.idle = Duration::from_millis(100);
    let mut running = desk.watch_ready().await;
    server.world().silent = true;
    let why = running.down().await;
    assert!(why.contains("応答しません"), "{why}");
    server.world().silent = false;
    server.world().cut();
    server.world().add("INBOX", mail(1));
    desk.wait_kept(1).await;
    running.stop().await;
}

#[tokio::test]
async fn a_slow_line_is_waited_for() {
    let server = ImapScript::start();
    server.world().drip = Some(Duration::from_millis(40));
    server.world().add("INBOX", mail(1));
    let mut desk = Desk::new(section(server.port)).await;
    desk.timing.answer = Duration::from_millis(150);
    let running = desk.watch_ready().await;
    assert_eq!(desk.totals(), (1, 0, 0));
    assert_eq!(server.world().connections, 1);
    running.stop().await;
}

#[tokio::test]
async fn a_changed_numbering_is_noticed_at_the_next_connection() {
    let server = ImapScript::start();
    for n in 0..4 {
        server.world().add("INBOX", mail(n));
    }
    let desk = Desk::new(section(server.port)).await;
    let running = desk.watch_ready().await;
    {
        let mut world = server.world();
        let folder = world.folder("INBOX");
        folder.uid_validity = 101;
        folder.mails.remove(0);
        for (n, mail) in folder.mails.iter_mut().enumerate() {
            mail.uid = n as u32 + 1;
        }
        folder.uid_next = 4;
        world.add("INBOX", mail(9));
        world.cut();
    }
    support::eventually("the new mail", SOON, || async {
        (desk.totals() == (5, 0, 3)).then_some(())
    })
    .await;
    assert_eq!(desk.notices().await, []);
    running.stop().await;
}

#[tokio::test]
async fn a_server_that_announces_idle_and_refuses_it_is_polled() {
    let server = ImapScript::start();
    server.world().refuse_idle = true;
    let desk = Desk::new(section(server.port)).await;
    let running = desk.watch_ready().await;
    server.world().add("INBOX", mail(1));
    desk.wait_kept(1).await;
    assert_eq!(server.world().said("IDLE"), 1);
    running.stop().await;
}
