//! Presses that must change nothing: by others, twice, late, after a restart.

use crate::{
    desk::{Desk, fresh},
    discord::{Double, Fault, INTAKE, Person},
};
use madoguchi::domain::case::CaseState;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn without_the_role_nothing_can_be_done() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (id, card) = desk.case(&double).await;
    let form = double.press(&card, "編集", Person::SATO).await.modal(&card);
    for label in [
        "承認して送信",
        "編集",
        "差し戻し",
        "保留",
        "担当する",
        "希望の詳細",
        "下書き全文",
        "返信せずに終了",
    ] {
        let reply = double.press(&card, label, Person::GUEST).await;
        assert!(reply.text.contains("役割"), "{label}: {}", reply.text);
        assert_eq!(reply.first["type"], 4, "{label}");
    }
    let reply = double.choose(&card, &["NGN-0003"], Person::GUEST).await;
    assert!(reply.text.contains("役割"), "{}", reply.text);
    let reply = double
        .submit(&form.fill("body0", "勝手な本文"), Person::GUEST)
        .await;
    assert!(
        reply.text.contains("役割") && reply.text.contains("勝手な本文"),
        "{}",
        reply.text
    );
    for (name, word) in [
        ("status", None),
        ("stop", None),
        ("resume", None),
        ("case", Some("1")),
        ("openings", None),
    ] {
        let reply = double.command(name, word, Person::GUEST).await;
        assert!(reply.text.contains("役割"), "{name}: {}", reply.text);
    }
    let detail = desk.detail(id).await;
    assert_eq!(
        (detail.summary.state, detail.draft.unwrap().revision),
        (CaseState::InReview, 1)
    );
    assert!(desk.store.stopped().await.unwrap().is_none());
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn elsewhere_in_the_server_nothing_can_be_done() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (id, card) = desk.case(&double).await;
    // The intake channel is not configured, so it is any other channel.
    let reply = double.command_in(INTAKE, "stop", None, Person::SATO).await;
    assert!(
        reply.text.contains("ここでは操作できません"),
        "{}",
        reply.text
    );
    let mut copy = card.clone();
    copy.channel = INTAKE;
    let reply = double.press_id(&copy, "v1:approve:1:1", Person::SATO).await;
    assert!(
        reply.text.contains("ここでは操作できません"),
        "{}",
        reply.text
    );
    assert_eq!(desk.state(id).await, CaseState::InReview);
    // The thread of a card is ours.
    let mut inside = card.clone();
    double
        .until("the thread", |w| {
            w.channels.contains_key(&card.id).then_some(())
        })
        .await;
    inside.channel = card.id;
    let reply = double.press_id(&inside, "v1:claim:1:1", Person::SATO).await;
    assert!(reply.text.contains("担当"), "{}", reply.text);
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_people_one_decides_and_the_other_is_told_who() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (id, card) = desk.case(&double).await;
    let (a, b) = tokio::join!(
        double.press(&card, "承認して送信", Person::SATO),
        double.press(&card, "承認して送信", Person::SUZUKI)
    );
    let (winner, loser) = if a.text.contains("承認しました") {
        (Person::SATO, b)
    } else {
        (Person::SUZUKI, a)
    };
    assert!(
        loser.text.contains(winner.name) && !loser.text.contains("承認しました"),
        "{}",
        loser.text
    );
    let again = double.press(&card, "承認して送信", winner).await;
    assert!(
        again.text.contains(winner.name),
        "a second press of the same person: {}",
        again.text
    );
    let form = double.press_id(&card, "v1:edit:1:1", Person::SUZUKI).await;
    assert!(
        form.text.contains(winner.name),
        "no form any more: {}",
        form.text
    );
    assert_eq!(desk.detail(id).await.outbox.len(), 1);
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_revision_changes_nothing_and_what_was_typed_comes_back() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (id, card) = desk.case(&double).await;
    let first = double.press(&card, "編集", Person::SATO).await.modal(&card);
    let second = double
        .press(&card, "編集", Person::SUZUKI)
        .await
        .modal(&card);
    let back = double
        .press(&card, "差し戻し", Person::SUZUKI)
        .await
        .modal(&card);
    double
        .submit(&first.fill("body0", "佐藤の本文"), Person::SATO)
        .await;
    let lost = double
        .submit(&second.fill("body0", "鈴木の本文"), Person::SUZUKI)
        .await;
    assert!(
        lost.text.contains("古い版") && lost.text.contains("鈴木の本文"),
        "{}",
        lost.text
    );
    let lost = double
        .submit(&back.fill("reason", "鈴木の理由"), Person::SUZUKI)
        .await;
    assert!(lost.text.contains("鈴木の理由"), "{}", lost.text);
    for label in ["承認して送信", "編集", "差し戻し"] {
        let old = double.press(&card, label, Person::SUZUKI).await;
        assert!(old.text.contains("古い版"), "{label}: {}", old.text);
    }
    let draft = desk.detail(id).await.draft.unwrap();
    assert_eq!((draft.revision, draft.body.as_str()), (2, "佐藤の本文"));
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn buttons_and_open_forms_live_through_a_restart() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (id, card) = desk.case(&double).await;
    let form = double.press(&card, "編集", Person::SATO).await.modal(&card);
    double
        .until("the thread filled", |w| {
            (!w.messages(card.id).is_empty()).then_some(())
        })
        .await;
    running.stop().await.unwrap();
    let before = double.change(|w| w.cards().len());
    let running = desk.run().await;
    double
        .submit(&form.fill("body0", "再起動のあと"), Person::SATO)
        .await;
    let card = double.card("再起動のあと").await;
    let reply = double.press(&card, "承認して送信", Person::SATO).await;
    assert!(reply.text.contains("承認しました"), "{}", reply.text);
    assert_eq!(desk.state(id).await, CaseState::Approved);
    assert_eq!(double.change(|w| w.cards().len()), before);
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_ours_or_gone_is_answered() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (_, card) = desk.case(&double).await;
    for (id, words) in [
        ("v1:approve:999:1", "見つかりません"),
        ("v1:edit:999:1", "見つかりません"),
        ("v1:wishes:999:0", "見つかりません"),
        ("v1:left:1:0:777", "見つかりません"),
        ("v0:approve:1:1", "使えません"),
        ("完全に別のもの", "使えません"),
    ] {
        let reply = double.press_id(&card, id, Person::SATO).await;
        assert!(reply.text.contains(words), "{id}: {}", reply.text);
    }
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_to_nothing_and_a_reason_of_blanks_change_nothing() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (id, card) = desk.case(&double).await;
    let form = double.press(&card, "編集", Person::SATO).await.modal(&card);
    let reply = double
        .submit(
            &form.clone().fill("body0", "  ").fill("subject", "残す件名"),
            Person::SATO,
        )
        .await;
    assert!(
        reply.text.contains("本文が空") && reply.text.contains("残す件名"),
        "{}",
        reply.text
    );
    let form = double
        .press(&card, "差し戻し", Person::SATO)
        .await
        .modal(&card);
    let reply = double.submit(&form.fill("reason", " "), Person::SATO).await;
    assert!(reply.text.contains("理由"), "{}", reply.text);
    assert_eq!(desk.detail(id).await.draft.unwrap().revision, 1);
    assert_eq!(desk.state(id).await, CaseState::InReview);
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_answer_that_was_lost_is_tried_again_and_decides_once() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (id, card) = desk.case(&double).await;
    double.plan("POST", "/callback", Fault::LostAnswer, 1);
    let reply = double.press(&card, "承認して送信", Person::SATO).await;
    assert!(reply.text.contains("承認しました"), "{}", reply.text);
    double.plan("POST", "/callback", Fault::Status(502, 0), 1);
    double.plan("PATCH", "/messages/@original", Fault::Status(503, 0), 2);
    let reply = double.press_id(&card, "v1:cancel:1:1", Person::SATO).await;
    assert!(reply.text.contains("取り消しました"), "{}", reply.text);
    assert_eq!(desk.state(id).await, CaseState::InReview);
    assert!(double.plans_done());
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_discord_still_gets_its_answer_in_time() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (_, card) = desk.case(&double).await;
    double.plan(
        "POST",
        "/callback",
        Fault::Slow(Duration::from_millis(1600)),
        1,
    );
    let reply = double.press(&card, "担当する", Person::SATO).await;
    assert!(reply.text.contains("担当"), "{}", reply.text);
    double
        .until("the card", |w| {
            w.find(card.id)
                .filter(|m| m.all_text().contains("佐藤"))
                .map(|_| ())
        })
        .await;
    assert!(fresh(&double, &card).edits > 0);
    running.stop().await.unwrap();
    double.verify();
}
