//! The intake channel.

use crate::{
    desk::{Desk, doctor},
    discord::{Double, INTAKE, Person, REVIEW},
};
use madoguchi::{
    domain::message::Source,
    domain::wish::{Field, Language, MessageKind, Reading, Strength, Value},
    store::{CaseChoice, StoredMessage},
};

async fn stored(desk: &Desk, count: usize) -> Vec<StoredMessage> {
    for _ in 0..500 {
        let due = desk.store.due_messages(desk.now(), 50).await.unwrap();
        if due.len() >= count {
            return due;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("not {count} messages");
}

fn reading() -> Reading {
    Reading {
        wishes: vec![crate::desk::wish(
            Field::Shift,
            Value::text("day"),
            Strength::Want,
            "日勤をご希望",
        )],
        ..Reading::empty(MessageKind::DoctorInquiry, Language::Ja)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_becomes_a_case_and_its_author_sees_what_was_understood() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await.with_intake();
    let running = desk.run().await;
    let note = double.write(INTAKE, Person::SATO, "山田先生からお電話。日勤をご希望。");
    let due = stored(&desk, 1).await.remove(0);
    assert_eq!(due.source, Source::Chat);
    let raw: serde_json::Value = serde_json::from_slice(&due.raw).unwrap();
    assert_eq!(raw["content"], "山田先生からお電話。日勤をご希望。");
    assert_eq!(raw["staff"], true);
    assert_eq!(raw["author_name"], "佐藤");
    let case = CaseChoice::New {
        number: "MD-2611-0077".into(),
    };
    let id = desk
        .take_in(due.id, "", "", doctor("山田"), case, reading())
        .await;
    let said = double
        .until("the answer in the note's thread", |w| {
            w.channels.get(&note).filter(|c| c.parent == Some(INTAKE))?;
            w.messages(note).first().map(|m| m.content.clone())
        })
        .await;
    assert!(
        said.contains("MD-2611-0077")
            && said.contains("希望: 日勤")
            && said.contains("「日勤をご希望」"),
        "{said}"
    );
    let card = double.card("MD-2611-0077").await;
    assert_eq!(card.channel, REVIEW);
    let card = double
        .until("the card names the thread", |w| {
            w.find(card.id)
                .filter(|m| m.content.contains(&format!("<#{note}>")))
                .cloned()
        })
        .await;
    assert!(
        !double.change(|w| w.channels.contains_key(&card.id)),
        "one thread a case"
    );
    desk.draft(id, "山田先生\n\nご案内です。").await;
    double
        .until("the draft in that thread", |w| {
            w.messages(note)
                .iter()
                .find(|m| m.content.contains("ご案内です"))
                .map(|_| ())
        })
        .await;
    double.a_moment().await;
    let told = double.change(|w| {
        w.messages(note)
            .iter()
            .filter(|m| m.content.contains("読み取りました"))
            .count()
    });
    assert_eq!(told, 1);
    // Nobody's address is known: approving waits for one.
    let card = double
        .until("the draft", |w| {
            w.find(card.id)
                .filter(|m| m.content.contains("確認待ち"))
                .cloned()
        })
        .await;
    assert!(!card.buttons().contains(&"承認して送信".to_owned()));
    let form = double.press(&card, "編集", Person::SATO).await.modal(&card);
    let reply = double
        .submit(&form.fill("to", "yamada@example.net"), Person::SATO)
        .await;
    assert!(reply.text.contains("保存しました"), "{}", reply.text);
    assert_eq!(
        desk.detail(id).await.draft.unwrap().recipients[0].address,
        "yamada@example.net"
    );
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_thread_of_somebody_who_is_no_staff_holds_no_draft() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await.with_intake();
    let running = desk.run().await;
    let note = double.write(INTAKE, Person::GUEST, "医師の客です。日勤をご希望。");
    let due = stored(&desk, 1).await.remove(0);
    let case = CaseChoice::New {
        number: "MD-2611-0078".into(),
    };
    let id = desk
        .take_in(due.id, "", "", doctor("客"), case, reading())
        .await;
    desk.draft(id, "まだ承認していない本文").await;
    double.card("まだ承認していない本文").await;
    double
        .until("the answer", |w| {
            (!w.messages(note).is_empty()).then_some(())
        })
        .await;
    double.a_moment().await;
    let (seen, files) = double.change(|w| {
        let messages = w.messages(note);
        let seen: String = messages.iter().map(|m| m.all_text()).collect();
        (seen, messages.iter().filter(|m| m.file.is_some()).count())
    });
    assert!(!seen.contains("まだ承認していない"), "{seen}");
    assert_eq!(files, 0, "the picture is for staff alone");
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_while_nobody_listened_is_read_later_and_once() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await.with_intake();
    double.write(INTAKE, Person::SATO, "初回の起動より前の投稿");
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    let running = desk.run().await;
    double.write(INTAKE, Person::SATO, "一つ目");
    stored(&desk, 1).await;
    running.stop().await.unwrap();
    for n in 0..130 {
        double.write(
            INTAKE,
            if n % 2 == 0 {
                Person::SATO
            } else {
                Person::GUEST
            },
            &format!("留守の間 {n}"),
        );
    }
    double.write(REVIEW, Person::SATO, "別のチャンネルの雑談");
    let running = desk.run().await;
    double.write(INTAKE, Person::SUZUKI, "最後");
    for _ in 0..500 {
        if desk.store.counts(desk.now()).await.unwrap().unread == 132 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    double.a_moment().await;
    let all = desk.store.due_messages(desk.now(), 500).await.unwrap();
    let text = |m: &StoredMessage| serde_json::from_slice::<serde_json::Value>(&m.raw).unwrap();
    assert_eq!(all.len(), 132);
    assert!(
        all.iter()
            .all(|m| text(m)["content"] != "初回の起動より前の投稿")
    );
    let staff = all.iter().filter(|m| text(m)["staff"] == true).count();
    assert_eq!(staff, 67);
    // A third start reads nothing twice.
    running.stop().await.unwrap();
    let running = desk.run().await;
    double.a_moment().await;
    assert_eq!(desk.store.counts(desk.now()).await.unwrap().unread, 132);
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_intake_channel_no_privileged_right_is_asked_for() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    assert_eq!(double.change(|w| w.intents), 1);
    double.write(INTAKE, Person::SATO, "読まれない投稿");
    double.a_moment().await;
    assert_eq!(desk.store.counts(desk.now()).await.unwrap().unread, 0);
    running.stop().await.unwrap();

    let desk = desk.with_intake();
    let running = desk.run().await;
    assert_eq!(double.change(|w| w.intents), 1 | 1 << 9 | 1 << 15);
    running.stop().await.unwrap();
    double.verify();
}
