//! What strangers write stays text.

use crate::{
    desk::{Desk, doctor},
    discord::{Double, Person},
};

#[tokio::test(flavor = "multi_thread")]
async fn names_subjects_and_bodies_cannot_speak_to_discord() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let nasty = "@everyone <@501> **太字** [押す](https://evil.example.com) \u{202E}gnp.exe `x` ||隠す|| <#2002>";
    let id = desk.mail(doctor(&format!("{nasty} 太郎")), nasty).await;
    desk.draft(id, &format!("{nasty}\n# 見出し\n> 引用\n```\n{nasty}"))
        .await;
    let card = double.card("［確認待ち］").await;
    let text = card.all_text();
    assert!(
        !text.contains("@everyone") && !text.contains('\u{202E}'),
        "{text}"
    );
    for markup in ["**太字**", "[押す](", "||隠す||", "\n# 見出し", "\n> 引用"] {
        assert!(!text.contains(markup), "{markup} is alive:\n{text}");
    }
    let thread = double
        .until("the thread filled", |w| {
            w.messages(card.id).first().map(|m| m.all_text())
        })
        .await;
    assert!(
        !thread.contains("@everyone") && !thread.contains("**太字**"),
        "{thread}"
    );
    let reply = double.press(&card, "下書き全文", Person::SATO).await;
    assert!(!reply.text.contains("@everyone"), "{}", reply.text);
    // The person who edits sees the text as it is.
    let form = double.press(&card, "編集", Person::SATO).await.modal(&card);
    assert!(form.value("body0").contains("@everyone <@501> **太字**"));
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn endless_texts_keep_every_limit() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    for (n, unit) in ["*", "@everyone ", "長", "😀", "\n", "| `", "佐藤　"]
        .into_iter()
        .enumerate()
    {
        let long = unit.repeat(6000);
        let id = desk.mail(doctor(&long), &format!("{n}{long}")).await;
        desk.draft(id, &format!("始{long}")).await;
        let number = desk.detail(id).await.summary.number;
        let card = double
            .until("a card", |w| {
                w.cards()
                    .into_iter()
                    .find(|m| m.content.contains(&number) && m.content.contains("確認待ち"))
                    .cloned()
            })
            .await;
        double
            .until("the thread filled", |w| {
                (!w.messages(card.id).is_empty()).then_some(())
            })
            .await;
        double.press(&card, "下書き全文", Person::SATO).await;
        double.press(&card, "希望の詳細", Person::SATO).await;
        double.command("case", Some(&number), Person::SATO).await;
    }
    running.stop().await.unwrap();
    double.verify();
}
