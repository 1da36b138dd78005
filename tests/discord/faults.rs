//! Discord down, busy, forgetful; the token refused; answers lost.

use crate::{
    desk::{Desk, fresh},
    discord::{Double, Fault, Person, REVIEW},
};
use madoguchi::domain::case::CaseState;

#[tokio::test(flavor = "multi_thread")]
async fn a_card_whose_answer_was_lost_is_not_posted_twice() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    double.plan("POST", "/messages", Fault::LostAnswer, 1);
    let (_, card) = desk.case(&double).await;
    double
        .until("the thread filled", |w| {
            (!w.messages(card.id).is_empty()).then_some(())
        })
        .await;
    assert_eq!(double.change(|w| w.cards().len()), 1);
    double.plan("POST", "/threads", Fault::LostAnswer, 1);
    desk.case(&double).await;
    let second = double.card("MD-2611-0002").await;
    double
        .until("its thread filled", |w| {
            (!w.messages(second.id).is_empty()).then_some(())
        })
        .await;
    assert_eq!(double.change(|w| w.cards().len()), 2);
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_posted_before_a_crash_is_found_again() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (id, card) = desk.case(&double).await;
    double
        .until("the thread filled", |w| {
            (!w.messages(card.id).is_empty()).then_some(())
        })
        .await;
    running.stop().await.unwrap();
    // As if the program had died between the post and its record, longer ago than a nonce is remembered.
    let place = desk.store.card(id).await.unwrap().unwrap();
    desk.store
        .card_shown(madoguchi::store::CardPlace {
            message_id: None,
            thread_id: None,
            ..place
        })
        .await
        .unwrap();
    double.change(|w| {
        for m in w.channels.get_mut(&REVIEW).unwrap().messages.values_mut() {
            m.nonce = None;
        }
    });
    desk.store.touch_card(id).await.unwrap();
    let running = desk.run().await;
    double
        .until("the card is adopted", |w| {
            w.find(card.id).filter(|m| m.edits > card.edits).map(|_| ())
        })
        .await;
    double.a_moment().await;
    assert_eq!(double.change(|w| w.cards().len()), 1);
    let kept = desk.store.card(id).await.unwrap().unwrap();
    assert_eq!(
        (kept.message_id, kept.thread_id),
        (Some(card.id), Some(card.id))
    );
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn one_card_that_cannot_be_shown_does_not_hold_up_the_others() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (_, first) = desk.case(&double).await;
    double
        .until("the thread filled", |w| {
            (!w.messages(first.id).is_empty()).then_some(())
        })
        .await;
    double.plan(
        "PATCH",
        &format!("/messages/{}", first.id),
        Fault::Status(500, 0),
        3,
    );
    double.press(&first, "担当する", Person::SATO).await;
    let (_, second) = desk.case(&double).await;
    assert_ne!(first.id, second.id);
    double
        .until("the first one in the end", |w| {
            w.find(first.id)
                .filter(|m| m.all_text().contains("佐藤\n") || m.edits > 0)
                .map(|_| ())
        })
        .await;
    double
        .until("the plan is used up", |w| {
            w.planned.iter().all(|p| p.times == 0).then_some(())
        })
        .await;
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_too_old_to_edit_is_replaced() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (id, card) = desk.case(&double).await;
    double
        .until("the thread filled", |w| {
            (!w.messages(card.id).is_empty()).then_some(())
        })
        .await;
    double.plan(
        "PATCH",
        &format!("/messages/{}", card.id),
        Fault::Status(400, 30046),
        1,
    );
    double.press(&card, "担当する", Person::SUZUKI).await;
    let anew = double
        .until("a new card", |w| {
            w.cards().into_iter().find(|m| m.id != card.id).cloned()
        })
        .await;
    assert!(anew.all_text().contains("鈴木"));
    double
        .until("the old one is gone", |w| {
            w.find(card.id).is_none().then_some(())
        })
        .await;
    double.a_moment().await;
    let kept = desk.store.card(id).await.unwrap().unwrap();
    assert_eq!(
        (kept.message_id, kept.thread_id),
        (Some(anew.id), Some(card.id))
    );
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn presses_work_after_every_kind_of_lost_connection() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (id, card) = desk.case(&double).await;
    // The socket breaks, the server asks for a new connection, the session is said to be resumable: all resume and replay.
    for (n, lose) in [0, 1, 2].into_iter().enumerate() {
        match lose {
            0 => double.cut(),
            1 => double.ask_to_reconnect(),
            _ => double.invalidate(true),
        }
        double
            .until("a resumed session", |w| {
                (w.resumed as usize > n).then_some(())
            })
            .await;
        let label = if n % 2 == 0 {
            "v1:hold:1:1"
        } else {
            "v1:resume:1:1"
        };
        let reply = double.press_id(&card, label, Person::SATO).await;
        assert!(reply.text.contains("保留"), "{}", reply.text);
    }
    assert_eq!(double.sessions().0, 1);
    assert!(desk.detail(id).await.summary.held_by.is_some());
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_session_makes_up_for_what_was_missed() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (_, card) = desk.case(&double).await;
    double
        .until("the thread filled", |w| {
            (!w.messages(card.id).is_empty()).then_some(())
        })
        .await;
    double.invalidate(false);
    // Nobody tells that the card was deleted.
    double.change(|w| {
        w.channels
            .get_mut(&REVIEW)
            .unwrap()
            .messages
            .remove(&card.id)
    });
    double
        .until("a second session", |w| (w.identified > 1).then_some(()))
        .await;
    let anew = double
        .until("the card again", |w| {
            w.cards().first().map(|m| (*m).clone())
        })
        .await;
    let reply = double.press(&anew, "承認して送信", Person::SATO).await;
    assert!(reply.text.contains("承認しました"), "{}", reply.text);
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn discord_down_at_the_start_is_waited_out() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    double.plan("GET", "/gateway", Fault::Status(503, 0), 2);
    let running = desk.run().await;
    desk.case(&double).await;
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_token_ends_the_chat_with_an_alarm_and_no_further_try() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (id, card) = desk.case(&double).await;
    double
        .until("the thread filled", |w| {
            (!w.messages(card.id).is_empty()).then_some(())
        })
        .await;
    double.change(|w| w.revoked = true);
    desk.another_mail(id).await;
    let everything_else = running.cancel.clone();
    let ended = tokio::time::timeout(std::time::Duration::from_secs(15), running.task)
        .await
        .unwrap()
        .unwrap();
    assert!(!everything_else.is_cancelled(), "mail goes on without chat");
    let said = format!("{:#}", ended.unwrap_err());
    assert!(said.contains("MADOGUCHI_DISCORD_TOKEN"), "{said}");
    let alarm = desk
        .store
        .meta(madoguchi::review::discord::ALARM)
        .await
        .unwrap()
        .unwrap();
    assert!(alarm.contains("トークン"), "{alarm}");
    let before = double.change(|w| w.requests.len());
    double.a_moment().await;
    assert_eq!(
        double.change(|w| w.requests.len()),
        before,
        "no further request"
    );
    assert_eq!(fresh(&double, &card).edits, card.edits);
    assert_eq!(desk.state(id).await, CaseState::Understood);
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_right_ends_the_chat_and_says_which_rights_are_needed() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    double.plan("POST", "/threads", Fault::Status(403, 50013), 1);
    let running = desk.run().await;
    desk.mail(crate::desk::doctor("佐藤 一郎"), "ご相談").await;
    let ended = tokio::time::timeout(std::time::Duration::from_secs(15), running.task)
        .await
        .unwrap()
        .unwrap();
    let said = format!("{:#}", ended.unwrap_err());
    assert!(said.contains("スレッドの作成"), "{said}");
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_refuses_says_what_to_change() {
    for (code, words) in [
        (4004, "MADOGUCHI_DISCORD_TOKEN"),
        (4014, "Message Content Intent"),
    ] {
        let double = Double::start().await;
        let desk = Desk::new(&double).await.with_intake();
        double.change(|w| w.gateway_closes = Some(code));
        let (running, _ready) = desk.begin(None);
        let ended = tokio::time::timeout(std::time::Duration::from_secs(20), running.task)
            .await
            .unwrap()
            .unwrap();
        let said = format!("{:#}", ended.unwrap_err());
        assert!(said.contains(words), "{code}: {said}");
        double.verify();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_token_it_says_so() {
    let double = Double::start().await;
    let mut desk = Desk::new(&double).await;
    desk.config.token = None;
    let (running, _ready) = desk.begin(None);
    let said = format!("{:#}", running.task.await.unwrap().unwrap_err());
    assert!(said.contains("MADOGUCHI_DISCORD_TOKEN"), "{said}");
    double.verify();
}
