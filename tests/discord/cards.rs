//! What a card shows, and where.

use crate::{
    desk::{BODY, Desk, fresh},
    discord::{Double, Fault, REVIEW},
};
use madoguchi::domain::case::CaseState;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn a_case_has_one_card_and_one_thread_with_the_whole_draft() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (id, card) = desk.case(&double).await;
    let text = card.reads();
    for shown in [
        "MD-2611-0001 佐藤 先生",
        "確認待ち",
        "平日（必須）",
        "みどり病院 長野県松本市",
        "一致86%",
        "車で約15〜35分",
        "○ 合う: 平日・通勤30分以内",
        "△ 確認: 当直なし",
        "sa***@example.com",
        "Re: 勤務先のご相談",
        "ご希望に合う求人",
    ] {
        assert!(text.contains(shown), "{shown} is missing:\n{text}");
    }
    for hidden in ["一郎 先生", "sato.ichiro", "松本市に住んでおります"] {
        assert!(
            !text.contains(hidden),
            "{hidden} does not belong on the card:\n{text}"
        );
    }
    assert_eq!(
        card.buttons(),
        [
            "承認して送信",
            "編集",
            "差し戻し",
            "保留",
            "担当する",
            "宛先を変える",
            "返信せずに終了",
            "希望の詳細",
            "下書き全文"
        ]
    );
    let place = double
        .until("the draft in the thread", |w| {
            let thread = w.channels.get(&card.id)?;
            thread
                .messages
                .values()
                .find(|m| m.content.contains("ご希望に合う求人"))
                .map(|_| thread.name.clone())
        })
        .await;
    assert_eq!(place, "MD-2611-0001 佐藤 先生");
    let kept = desk.store.card(id).await.unwrap().unwrap();
    assert_eq!(
        (kept.message_id, kept.thread_id),
        (Some(card.id), Some(card.id))
    );
    double.a_moment().await;
    assert_eq!(double.change(|w| w.cards().len()), 1);
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_draft_is_cut_on_the_card_and_whole_as_a_file() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let id = desk.mail(crate::desk::doctor("佐藤 一郎"), "ご相談").await;
    let long = format!(
        "{}おわり。",
        "長い段落です。*印* も <あり> ます。\n\n".repeat(400)
    );
    desk.draft(id, &long).await;
    let card = double.card("続きは「下書き全文」で").await;
    let file = double
        .until("the file in the thread", |w| {
            w.channels
                .get(&card.id)?
                .messages
                .values()
                .find_map(|m| m.file.clone())
        })
        .await;
    assert!(file.contains(&long), "the file holds the whole text");
    let reply = double
        .press(&card, "下書き全文", crate::discord::Person::SATO)
        .await;
    assert!(reply.file.unwrap().contains("おわり。"));
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_of_the_suggestions_stands_in_the_thread_and_anew_only_where_it_changed() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (id, card) = desk.case(&double).await;
    let pictures = |w: &crate::discord::World| -> Vec<_> {
        let thread = w.channels.get(&card.id);
        let messages = thread.into_iter().flat_map(|t| t.messages.values());
        messages
            .filter(|m| m.file.as_ref().is_some_and(|f| f.contains("PNG\r\n")))
            .cloned()
            .collect()
    };
    let first = double
        .until("the picture in the thread", |w| {
            pictures(w).first().cloned()
        })
        .await;
    assert!(first.content.contains("お住まい・通勤の見込み・候補の求人"));
    let file = &first.body["attachments"][0];
    assert_eq!(file["filename"], "第1版.png");
    assert!(file["description"].as_str().unwrap().contains("地図"));
    // The same suggestions in another letter are the same picture.
    desk.another_mail(id).await;
    desk.draft(id, &format!("{BODY}\n改めて")).await;
    double.card("第2版").await;
    double.a_moment().await;
    assert_eq!(double.change(|w| pictures(w).len()), 1);
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_mail_makes_the_card_wait_for_a_new_draft_which_then_stands_on_it() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (id, card) = desk.case(&double).await;
    desk.another_mail(id).await;
    let waiting = double.card("無効になった版").await;
    assert!(!waiting.buttons().contains(&"承認して送信".to_owned()));
    let old = double
        .press_id(&card, "v1:approve:1:1", crate::discord::Person::SATO)
        .await;
    assert!(
        old.text.contains("できません") || old.text.contains("古い版"),
        "{}",
        old.text
    );
    desk.draft(id, &format!("{BODY}\n改めて")).await;
    let renewed = double.card("第2版").await;
    assert_eq!(renewed.id, card.id);
    assert_eq!(desk.state(id).await, CaseState::InReview);
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn notices_go_into_the_thread_of_their_case_or_into_the_channel_once() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (id, card) = desk.case(&double).await;
    desk.notice("メールサーバーに接続できません @everyone")
        .await;
    double
        .until("the notice in the channel", |w| {
            w.messages(REVIEW)
                .into_iter()
                .find(|m| m.content.contains("接続できません"))
                .map(|_| ())
        })
        .await;
    let detail = desk.detail(id).await;
    let stored = {
        use madoguchi::{domain::message::Source, store::*};
        let incoming = Incoming::whole(Source::Mail, "notice", vec![], desk.now());
        desk.store.receive_one(&incoming, desk.now()).await.unwrap();
        desk.store
            .due_messages(desk.now(), 5)
            .await
            .unwrap()
            .pop()
            .unwrap()
    };
    desk.store
        .take_in(
            madoguchi::store::TakenIn {
                message: stored.id,
                person: Some(madoguchi::store::PersonChoice::Known(detail.person_id)),
                case: Some(madoguchi::store::CaseChoice::Existing(id)),
                notices: vec![Desk::in_thread("先生から自動応答がありました")],
                ..Default::default()
            },
            desk.now(),
        )
        .await
        .unwrap();
    desk.reviewer.wake.call();
    double
        .until("the notice in the thread", |w| {
            let thread = w.messages(card.id);
            thread
                .into_iter()
                .find(|m| m.content.contains("自動応答"))
                .map(|_| ())
        })
        .await;
    double.a_moment().await;
    let said = double.change(|w| {
        w.messages(REVIEW)
            .iter()
            .filter(|m| m.content.contains("接続できません"))
            .count()
    });
    assert_eq!(said, 1);
    assert!(desk.store.untold(10).await.unwrap().is_empty());
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_card_is_posted_anew_and_an_archived_thread_is_opened() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (id, card) = desk.case(&double).await;
    double
        .until("the thread filled", |w| {
            (!w.messages(card.id).is_empty()).then_some(())
        })
        .await;
    double.change(|w| {
        w.channels
            .get_mut(&REVIEW)
            .unwrap()
            .messages
            .remove(&card.id);
        w.channels.get_mut(&card.id).unwrap().archived = true;
    });
    desk.another_mail(id).await;
    desk.draft(id, "二度目の本文です。").await;
    let anew = double.card("第2版").await;
    assert_ne!(anew.id, card.id);
    double
        .until("the second draft in the old thread", |w| {
            let thread = w.channels.get(&card.id)?;
            let said = thread
                .messages
                .values()
                .any(|m| m.content.contains("二度目"));
            (said && !thread.archived).then_some(())
        })
        .await;
    double.a_moment().await;
    let kept = desk.store.card(id).await.unwrap().unwrap();
    assert_eq!(
        (kept.message_id, kept.thread_id),
        (Some(anew.id), Some(card.id))
    );
    let again = fresh(&double, &anew);
    assert!(again.buttons().contains(&"承認して送信".to_owned()));
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn many_changes_in_a_row_are_few_edits_and_a_change_that_nobody_sees_is_none() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (id, card) = desk.case(&double).await;
    double
        .until("the thread filled", |w| {
            (!w.messages(card.id).is_empty()).then_some(())
        })
        .await;
    let before = fresh(&double, &card).edits;
    let path = format!("/messages/{}", card.id);
    double.plan("PATCH", &path, Fault::Slow(Duration::from_millis(300)), 50);
    let actor = madoguchi::domain::review::Actor {
        id: "terminal:sato".into(),
        name: "佐藤".into(),
    };
    for n in 0..21 {
        desk.reviewer.hold(id, n % 2 == 0, &actor).await.unwrap();
    }
    double.card("佐藤 さんが保留").await;
    double.a_moment().await;
    let edits = fresh(&double, &card).edits - before;
    assert!((1..=4).contains(&edits), "{edits} edits for 21 changes");
    for _ in 0..5 {
        desk.store.touch_card(id).await.unwrap();
        desk.reviewer.wake.call();
        double.a_moment().await;
    }
    assert_eq!(fresh(&double, &card).edits - before, edits);
    assert!(desk.store.stale_cards(5).await.unwrap().is_empty());
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_without_a_draft_says_why_and_offers_to_write() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let id = desk.case_for_a_person("提案できる求人がありません").await;
    let card = double.card("提案できる求人がありません").await;
    assert!(card.content.contains("要対応"));
    assert_eq!(
        card.buttons(),
        [
            "返信を書く",
            "返信せずに終了",
            "保留",
            "担当する",
            "希望の詳細"
        ]
    );
    let form = double
        .press(&card, "返信を書く", crate::discord::Person::SATO)
        .await
        .modal(&card);
    assert_eq!(form.value("to"), "sato.ichiro.1@example.com");
    assert!(form.value("subject").contains("MD-2611-0001"));
    let reply = double
        .submit(
            &form.fill("body0", "お電話いたします。"),
            crate::discord::Person::SATO,
        )
        .await;
    assert!(reply.text.contains("保存しました"), "{}", reply.text);
    let card = double.card("お電話いたします").await;
    assert!(card.buttons().contains(&"承認して送信".to_owned()));
    let draft = desk.detail(id).await.draft.unwrap();
    assert_eq!(draft.recipients[0].address, "sato.ichiro.1@example.com");
    running.stop().await.unwrap();
    double.verify();
}
