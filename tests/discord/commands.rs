//! The slash commands.

use crate::{
    desk::Desk,
    discord::{Double, Person},
};

#[tokio::test(flavor = "multi_thread")]
async fn the_commands_answer_staff_privately() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (_, card) = desk.case(&double).await;
    let names = double.change(|w| {
        w.commands
            .iter()
            .map(|c| c["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    });
    assert_eq!(
        names,
        [
            "status",
            "stop",
            "resume",
            "case",
            "openings",
            "opening-changes",
            "opening-confirm",
            "opening-decline",
            "opening-close",
            "opening-reopen"
        ]
    );

    let reply = double.command("status", None, Person::SATO).await;
    assert!(
        reply.text.contains("送信は動いています") && reply.text.contains("確認待ちの案件 1 件"),
        "{}",
        reply.text
    );
    let reply = double.command("stop", None, Person::SATO).await;
    assert!(reply.text.contains("止めました"), "{}", reply.text);
    assert_eq!(
        desk.store.stopped().await.unwrap().unwrap().by,
        "discord:501 佐藤"
    );
    let reply = double.command("status", None, Person::SATO).await;
    assert!(
        reply.text.contains("送信は止まっています") && reply.text.contains("佐藤"),
        "{}",
        reply.text
    );
    double.command("resume", None, Person::SUZUKI).await;
    assert!(desk.store.stopped().await.unwrap().is_none());

    for number in ["MD-2611-0001", "md-2611-0001", "0001"] {
        let reply = double.command("case", Some(number), Person::SATO).await;
        assert!(
            reply.text.contains("MD-2611-0001") && reply.text.contains(&card.id.to_string()),
            "{number}: {}",
            reply.text
        );
    }
    let reply = double
        .command("case", Some("MD-0000-9999"), Person::SATO)
        .await;
    assert!(reply.text.contains("見つかりません"), "{}", reply.text);

    let reply = double.command("openings", None, Person::SATO).await;
    assert!(
        reply.text.contains("3 件") && reply.text.contains("さくら健診センター"),
        "{}",
        reply.text
    );
    let reply = double
        .command("openings", Some("あおぞら 内科"), Person::SATO)
        .await;
    assert!(
        reply.text.contains("NGN-0002") && !reply.text.contains("NGN-0001"),
        "{}",
        reply.text
    );
    let reply = double.command("openings", Some("離島"), Person::SATO).await;
    assert!(
        reply.text.contains("当てはまる求人はありません"),
        "{}",
        reply.text
    );
    for (command, number, words) in [
        ("opening-close", "NGN-0002", "終了しました"),
        ("opening-close", "NGN-0002", "すでに終了"),
        ("opening-reopen", "NGN-0002", "再開しました"),
        ("opening-confirm", "CHG-7", "ありません"),
        ("opening-decline", "NGN-0002", "確認済みです"),
        ("opening-confirm", "NONE", "ありません"),
    ] {
        let reply = double.command(command, Some(number), Person::SATO).await;
        assert!(reply.text.contains(words), "{command}: {}", reply.text);
    }
    let reply = double.command("opening-changes", None, Person::SATO).await;
    assert!(reply.text.contains("変更の案もありません"), "{}", reply.text);
    running.stop().await.unwrap();
    double.verify();
}
