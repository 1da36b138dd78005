//! A whole day at the desk, on real Dovecot and Postfix, with the real program: inquiry, acknowledgement, card, edit, approval, answer,
//! reply, new draft, opt-out; bounces, auto-replies, a loop, two presses at once, a power cut between the steps.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice)]

#[allow(unused_imports, reason = "a day needs less than all of it")]
#[path = "support/discord/mod.rs"]
mod discord;
mod support;

use discord::{Double, GUILD, INTAKE, Person, REVIEW, STAFF_ROLE, TOKEN};
use madoguchi::decode::{Limits, decode};
use std::time::Duration;
use support::{daemon::Desk, dovecot::Dovecot, postfix::Postfix};

const LIMIT: Duration = Duration::from_secs(30);

struct Post<'a> {
    dovecot: &'a Dovecot,
    postfix: &'a Postfix,
}

impl Post<'_> {
    fn send(&self, from: &str, headers: &str, body: &str) {
        let mail = format!(
            "From: {from}\r\nTo: md@example.jp\r\nDate: Tue, 24 Nov 2026 10:00:00 +0900\r\nMIME-Version: 1.0\r\n\
             Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n{headers}\r\n{}\r\n",
            body.replace('\n', "\r\n")
        );
        let address = from.rsplit('<').next().unwrap().trim_end_matches('>');
        self.postfix
            .submit(address, "md@example.jp", mail.as_bytes());
    }

    /// The mails of a mailbox whose raw text holds all the words, once there are as many.
    fn received(&self, user: &str, count: usize, words: &[&str]) -> Vec<String> {
        support::wait_for(
            &format!("{count} mails with {words:?} for {user}"),
            LIMIT,
            || {
                let mut client = self.dovecot.client(user);
                let n = client.count("INBOX");
                let mails: Vec<String> = (1..=n)
                    .map(|i| client.text("INBOX", u32::try_from(i).unwrap()))
                    .filter(|t| {
                        let decoded = decode(mail_of(t).as_bytes(), &Limits::default()).text;
                        words.iter().all(|w| t.contains(w) || decoded.contains(w))
                    })
                    .collect();
                (mails.len() >= count).then_some(mails)
            },
        )
    }
}

/// The mail without the line of the server's answer before it.
fn mail_of(fetched: &str) -> &str {
    fetched
        .split_once("}\r\n")
        .map_or(fetched, |(_, mail)| mail)
}

fn header(mail: &str, name: &str) -> String {
    let at = mail
        .to_ascii_lowercase()
        .find(&format!("\n{}:", name.to_ascii_lowercase()))
        .unwrap();
    mail[at + name.len() + 2..]
        .split("\r\n")
        .next()
        .unwrap()
        .trim()
        .to_owned()
}

async fn day(url: &str, dir: &std::path::Path) {
    let dovecot = Dovecot::start();
    let postfix = Postfix::start(&dovecot);
    let post = Post {
        dovecot: &dovecot,
        postfix: &postfix,
    };
    let double = Double::start().await;
    let more = format!(
        "[review]\nhold_seconds = 4\nquiet_seconds = 1\n[discord]\nguild_id = {GUILD}\nreview_channel_id = {REVIEW}\n\
         intake_channel_id = {INTAKE}\nstaff_role_id = {STAFF_ROLE}\napi_url = \"{}\"\n",
        double.api_url()
    );
    let desk = Desk {
        dovecot: &dovecot,
        user: "md",
        smtp_port: postfix.submission,
        dir,
        url,
        login: true,
        more: &more,
    };
    let openings = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/openings.jsonl");
    assert!(
        desk.run(&["openings", "import", openings])
            .contains("追加 30 件")
    );
    let secrets = [("MADOGUCHI_DISCORD_TOKEN", TOKEN)];
    let mut daemon = desk.start(&secrets);
    daemon.wait_ready();

    // Morning: an inquiry, acknowledged at once.
    let inquiry = "医師の高梨正彦と申します。64歳、内科です。\n自宅（長野県松本市）から30分以内、平日の日勤を希望します。\n当直はできません。\n";
    post.send(
        "高梨 <doctor@example.com>",
        "Subject: consultation\r\nMessage-ID: <q1@example.com>\r\n",
        inquiry,
    );
    let ack = post.received("doctor", 1, &["auto-replied"]).remove(0);
    assert_eq!(header(&ack, "In-Reply-To"), "<q1@example.com>");
    assert_eq!(header(&ack, "Return-Path"), "<>");
    let ack_id = header(&ack, "Message-ID");

    // The card: one edits, two press at once.
    let card = double
        .until("a card with a draft", |w| {
            w.cards()
                .first()
                .filter(|c| c.component("編集").is_some())
                .map(|c| (*c).clone())
        })
        .await;
    let form = double.press(&card, "編集", Person::SATO).await.modal(&card);
    let reply = double
        .submit(
            &form.fill("body0", "高梨先生\n\nEDITED-BY-SATO\n\n事務局"),
            Person::SATO,
        )
        .await;
    assert!(reply.text.contains("保存"), "{}", reply.text);
    let edited = double
        .until("the second revision", |w| {
            let card = w.cards().first().map(|m| (*m).clone())?;
            card.all_text().contains("EDITED-BY-SATO").then_some(card)
        })
        .await;
    let stale = double.press(&card, "承認して送信", Person::SATO).await;
    assert!(stale.text.contains("古い版"), "{}", stale.text);
    let (a, b) = tokio::join!(
        double.press(&edited, "承認して送信", Person::SATO),
        double.press(&edited, "承認して送信", Person::SUZUKI)
    );
    let done = [&a, &b]
        .iter()
        .filter(|r| r.text.contains("承認しました"))
        .count();
    assert_eq!(done, 1, "{} / {}", a.text, b.text);
    // A power cut while the hold window runs.
    daemon.kill();
    let mut daemon = desk.start(&secrets);
    daemon.wait_ready();
    let answer = post.received("doctor", 1, &["EDITED-BY-SATO"]).remove(0);
    let answer_id = header(&answer, "Message-ID");
    assert_ne!(answer_id, ack_id);
    double
        .until("the card says that it left", |w| {
            w.cards()
                .first()
                .filter(|c| c.all_text().contains("送信"))
                .map(|_| ())
        })
        .await;

    // Noon: machines answer. Nobody answers them.
    post.send(
        "doctor@example.com",
        &format!("Subject: Out of office\r\nAuto-Submitted: auto-replied\r\nMessage-ID: <oof@example.com>\r\nIn-Reply-To: {ack_id}\r\n"),
        "不在にしております。12月1日に戻ります。",
    );
    for n in 0..5 {
        post.send(
            "hospital@example.com",
            &format!("Subject: Thank you for your mail\r\nMessage-ID: <loop{n}@example.com>\r\n"),
            "お問い合わせありがとうございます。担当者より折り返しご連絡いたします。",
        );
    }
    // A stranger quotes the case number, from an address that does not exist.
    let number = edited
        .all_text()
        .split("MD-")
        .nth(1)
        .map(|t| format!("MD-{}", &t[..9]))
        .unwrap();
    post.send(
        "ghost@example.com",
        &format!("Subject: Re: {number}\r\nMessage-ID: <ghost@example.com>\r\n"),
        &format!("{number} の件です。整形外科医です。週3日、東京都内の外来を希望します。"),
    );
    let ghost = double
        .until("the stranger's own card", |w| {
            let cards = w.cards();
            let card = cards
                .iter()
                .find(|c| c.all_text().contains("gh\\*\\*\\*@example.com"))?;
            Some((*card).clone())
        })
        .await;
    assert_ne!(ghost.id, edited.id, "a stranger joins nothing");
    double
        .until("staff are told to telephone", |w| {
            w.summary().contains("お電話").then_some(())
        })
        .await;

    // Afternoon: the doctor answers our answer; an old draft would be stale, a new one is written.
    daemon.kill();
    let mut daemon = desk.start(&secrets);
    daemon.wait_ready();
    post.send(
        "高梨 <doctor@example.com>",
        &format!("Subject: Re: consultation\r\nMessage-ID: <q2@example.com>\r\nIn-Reply-To: {answer_id}\r\n"),
        "ありがとうございます。土曜の午前も可能です。\n\n> EDITED-BY-SATO\n> 当直可能な先生\n",
    );
    let updated = double
        .until("a draft for the reply", |w| {
            let card = w.cards().first().map(|m| (*m).clone())?;
            let text = card.all_text();
            (text.contains("土曜") && card.component("承認して送信").is_some()).then_some(card)
        })
        .await;
    assert!(updated.all_text().contains(&number));

    // A colleague types a note of a telephone call: the same card, and what was understood in a thread of the note.
    let note = double.write(
        INTAKE,
        Person::SUZUKI,
        "佐々木先生（内科）。仙台市内で週2日、外来を希望。当直は不可。返信は sasaki@example.com へ",
    );
    double
        .until("the card of the note", |w| {
            let noted = |m: &&discord::Message| m.all_text().contains("sa\\*\\*\\*@example.com");
            w.cards()
                .iter()
                .find(|m| noted(m))
                .filter(|m| m.component("承認して送信").is_some())
                .map(|_| ())
        })
        .await;
    double
        .until("what was understood, as a reply to the note", |w| {
            let understood = w
                .messages(note)
                .iter()
                .any(|m| m.all_text().contains("週2日"));
            understood.then_some(())
        })
        .await;

    // Evening: no more mails, please. The open draft cannot be sent any more.
    post.send(
        "高梨 <doctor@example.com>",
        "Subject: stop\r\nMessage-ID: <q3@example.com>\r\n",
        "今後のご案内は不要です。登録を削除し、メールの配信を停止してください。",
    );
    double
        .until("the card of the opt-out", |w| {
            w.cards()
                .first()
                .filter(|c| c.all_text().contains("配信停止"))
                .map(|_| ())
        })
        .await;
    let late = double.press(&updated, "承認して送信", Person::SATO).await;
    assert!(!late.text.contains("承認しました"), "{}", late.text);

    // A colleague answers the hospital by hand.
    let hospital = support::wait_for("the hospital's case", LIMIT, || {
        let list = desk.run(&["--json", "review", "list"]);
        list.lines()
            .find(|l| l.contains("ho***@example.com"))
            .map(str::to_owned)
    });
    dovecot.client("md").append(
        "Sent",
        "(\\Seen)",
        b"From: md@example.jp\r\nTo: hospital@example.com\r\nSubject: by hand\r\nMessage-ID: <hand@example.jp>\r\n\r\nhello\r\n",
    );
    let id: serde_json::Value = serde_json::from_str(&hospital).unwrap();
    support::wait_for("the withdrawn card", LIMIT, || {
        let shown = desk.run(&["--json", "review", "show", id["id"].as_str().unwrap()]);
        shown.contains("\"withdrawn\"").then_some(())
    });

    // The sum of the day.
    daemon.stop();
    let doctors = post.received("doctor", 2, &[]);
    assert_eq!(doctors.len(), 2, "one acknowledgement and one answer");
    let to_hospital = dovecot.client("hospital").count("INBOX");
    assert!(to_hospital <= 1, "a loop of {to_hospital} acknowledgements");
    let mut md = dovecot.client("md");
    let n = md.count("INBOX");
    assert!(n >= 9, "{n}");
    for uid in 1..=u32::try_from(n).unwrap() {
        assert!(
            !md.flags("INBOX", uid).contains("\\Seen"),
            "unread marks stay"
        );
    }
    let status = desk.run(&["--json", "status"]);
    let status: serde_json::Value = serde_json::from_str(status.trim()).unwrap();
    assert_eq!(
        (
            &status["unread"],
            &status["set_aside"],
            &status["uncertain"]
        ),
        (&0.into(), &0.into(), &0.into())
    );
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn on_sqlite() {
    let dir = tempfile::tempdir().unwrap();
    let dir = if std::env::var_os("MADOGUCHI_KEEP").is_some() {
        dir.keep()
    } else {
        dir.path().to_owned()
    };
    println!("{}", dir.display());
    let url = format!("sqlite:{}", dir.join("desk.db").display());
    day(&url, &dir).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_postgresql() {
    let dir = tempfile::tempdir().unwrap();
    let url = support::postgres::Postgres::shared().createdb();
    day(&url, dir.path()).await;
}
