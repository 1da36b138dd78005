//! The files of a mail go into the thread when a member of staff asks, and only then.

use crate::{
    desk::{Desk, doctor},
    discord::{Double, Person},
};
use madoguchi::{
    domain::{
        file::{FileKind, FileNote},
        message::Source,
        wish::{Language, MessageKind, Reading},
    },
    store::{CaseChoice, Incoming},
};

const MAIL: &str = "From: <sato@example.com>\r\nSubject: cv\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
    --b\r\nContent-Type: text/plain\r\n\r\nbody\r\n\
    --b\r\nContent-Type: application/pdf; name=\"..\\..\\cv.pdf\"\r\nContent-Disposition: attachment\r\n\r\n%PDF-1.4 the words\r\n\
    --b\r\nContent-Type: text/html\r\nContent-Disposition: attachment; filename=\"page.html\"\r\n\r\n<script>alert(1)</script>\r\n\
    --b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"cv.pdf.exe\"\r\n\r\nMZ\r\n--b--\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn files_go_into_the_thread_for_staff_alone() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let now = desk.now();
    let incoming = Incoming::whole(Source::Mail, "with files", MAIL, now);
    assert!(desk.store.receive_one(&incoming, now).await.unwrap());
    let stored = desk
        .store
        .due_messages(now, 1)
        .await
        .unwrap()
        .pop()
        .unwrap();
    let note = FileNote {
        name: "cv.pdf".into(),
        kind: FileKind::Pdf,
        size: 18,
        chars: 9,
        problem: None,
        is_cv: false,
        openings: 0,
    };
    let reading = Reading {
        files: vec![note],
        ..Reading::empty(MessageKind::DoctorInquiry, Language::Ja)
    };
    let case = CaseChoice::New {
        number: "MD-2611-0001".into(),
    };
    let running = desk.run().await;
    let id = desk
        .take_in(
            stored.id,
            "sato@example.com",
            "cv",
            doctor("佐藤 一郎"),
            case,
            reading,
        )
        .await;
    desk.draft(id, "本文").await;
    let card = double
        .until("a card with a button for files", |w| {
            w.channels
                .values()
                .flat_map(|c| c.messages.values())
                .find(|m| m.buttons().contains(&"添付を見る".to_owned()))
                .cloned()
        })
        .await;
    assert!(
        card.reads().contains("添付: cv.pdf（読めました）"),
        "{}",
        card.reads()
    );
    let files = || -> Vec<String> {
        double.change(|w| {
            let thread = w.channels.get(&card.id);
            thread
                .into_iter()
                .flat_map(|c| c.messages.values())
                .filter_map(|m| m.file.clone())
                .collect()
        })
    };
    double
        .until("the thread", |w| {
            w.channels.contains_key(&card.id).then_some(())
        })
        .await;
    let reply = double.press(&card, "添付を見る", Person::GUEST).await;
    assert!(reply.text.contains("役割"), "{}", reply.text);
    assert_eq!(files(), Vec::<String>::new());

    let reply = double.press(&card, "添付を見る", Person::SATO).await;
    assert!(reply.text.contains("添付 2 件をスレッド"), "{}", reply.text);
    assert!(
        reply
            .text
            .contains("載せなかったもの: cv.pdf.exe（実行できる種類です）"),
        "{}",
        reply.text
    );
    assert_eq!(
        files(),
        [
            "cv.pdf\n%PDF-1.4 the words",
            "page.html.txt\n<script>alert(1)</script>"
        ]
    );
    let history = desk.store.history(id).await.unwrap();
    let seen = history.iter().filter(|line| line.action == "files_seen");
    let actors: Vec<&str> = seen.map(|line| line.actor.as_str()).collect();
    assert_eq!(actors.len(), 1, "{actors:?}");
    assert!(actors[0].contains(Person::SATO.name), "{actors:?}");
    running.stop().await.unwrap();
    double.verify();
}
