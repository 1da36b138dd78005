//! From the button to the store: approving, cancelling, editing, sending back, choosing, holding, closing.

use crate::{
    desk::Desk,
    discord::{Double, Person},
};
use madoguchi::domain::{
    case::CaseState,
    outbox::{DeliveryStatus, OutboxKind},
};

#[tokio::test(flavor = "multi_thread")]
async fn approved_with_a_countdown_then_cancelled_then_sent() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (id, card) = desk.case(&double).await;
    let reply = double.press(&card, "承認して送信", Person::SATO).await;
    assert!(reply.text.contains("承認しました"), "{}", reply.text);
    let waiting = double.card("承認済み（送信待ち）").await;
    assert_eq!(waiting.id, card.id);
    let entry = desk.detail(id).await.outbox.pop().unwrap();
    let stamp = format!("<t:{}:R>", entry.due.timestamp());
    assert!(waiting.content.contains(&stamp), "{}", waiting.content);
    assert!(waiting.all_text().contains("佐藤 さんが承認しました"));
    assert_eq!(waiting.buttons(), ["取消", "希望の詳細", "下書き全文"]);

    let reply = double.press(&waiting, "取消", Person::SUZUKI).await;
    assert!(reply.text.contains("取り消しました"), "{}", reply.text);
    let back = double.card("［確認待ち］").await;
    assert!(!back.content.contains("<t:"));
    double.press(&back, "承認して送信", Person::SUZUKI).await;
    double.card("承認済み").await;
    let later = desk.now() + chrono::Duration::minutes(2);
    let release = desk.store.next_release(later).await.unwrap().unwrap();
    assert!(desk.store.claim(release.entry.id, later).await.unwrap());
    desk.store.completed(release.entry.id, later).await.unwrap();
    desk.reviewer.wake.call();
    let sent = double.card("［送信済み］").await;
    assert_eq!(sent.buttons(), ["返信を書く", "希望の詳細", "下書き全文"]);
    assert_eq!(
        desk.detail(id).await.approval.unwrap().reviewer,
        "discord:502 鈴木"
    );
    let late = double.press_id(&sent, "v1:cancel:1:1", Person::SATO).await;
    assert!(
        late.text.contains("取") && late.text.contains("送信済み"),
        "{}",
        late.text
    );
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn edited_in_a_form_and_the_new_revision_is_approved() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (id, card) = desk.case(&double).await;
    let form = double.press(&card, "編集", Person::SATO).await.modal(&card);
    assert_eq!(form.title, "編集 MD-2611-0001 第1版");
    assert_eq!(form.inputs.len(), 2, "{:?}", form.inputs);
    assert_eq!(form.value("body0"), crate::desk::BODY);
    let reply = double
        .submit(
            &form
                .fill("subject", "Re: ご相談の件")
                .fill("body0", "書き直しました。\n\n敬具"),
            Person::SATO,
        )
        .await;
    assert!(reply.text.contains("保存しました"), "{}", reply.text);
    let card = double.card("書き直しました").await;
    assert!(card.all_text().contains("第2版（確認待ち）作成: 佐藤"));
    let reply = double.press(&card, "承認して送信", Person::SUZUKI).await;
    assert!(reply.text.contains("承認しました"), "{}", reply.text);
    let detail = desk.detail(id).await;
    assert_eq!(detail.summary.state, CaseState::Approved);
    let mime = String::from_utf8_lossy(&detail.outbox[0].mime).into_owned();
    assert!(mime.contains("sato.ichiro.1@example.com"));
    assert_eq!(detail.draft.unwrap().subject, "Re: ご相談の件");
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_draft_is_edited_in_pieces_and_a_very_long_one_at_the_terminal() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let id = desk.mail(crate::desk::doctor("佐藤 一郎"), "ご相談").await;
    let long = "一つの段落です。\n\n".repeat(900).trim_end().to_owned();
    desk.draft(id, &long).await;
    let card = double.card("［確認待ち］").await;
    let form = double.press(&card, "編集", Person::SATO).await.modal(&card);
    assert_eq!(form.inputs.len(), 4, "a subject and three pieces");
    let changed = form.value("body2").replacen("一つの", "最後の", 1);
    let reply = double
        .submit(&form.fill("body2", &changed), Person::SATO)
        .await;
    assert!(reply.text.contains("保存しました"), "{}", reply.text);
    let body = desk.detail(id).await.draft.unwrap().body;
    assert_eq!(body.trim_end().len(), long.len());
    assert_eq!(body.matches("最後の").count(), 1);

    let id = desk.mail(crate::desk::doctor("佐藤 一郎"), "ご相談2").await;
    desk.draft(id, &"一つの段落です。\n\n".repeat(1400)).await;
    let card = double.card("MD-2611-0002").await;
    let card = double
        .until("its draft", |w| {
            w.find(card.id)
                .filter(|m| m.content.contains("確認待ち"))
                .cloned()
        })
        .await;
    let reply = double.press(&card, "編集", Person::SATO).await;
    assert!(
        reply.text.contains("madoguchi review edit"),
        "{}",
        reply.text
    );
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn recipients_are_changed_on_request_and_a_stranger_among_them_is_pointed_out() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (id, card) = desk.case(&double).await;
    let form = double
        .press(&card, "宛先を変える", Person::SATO)
        .await
        .modal(&card);
    assert_eq!(
        form.inputs,
        [("to".to_owned(), "sato.ichiro.1@example.com".to_owned())]
    );
    let wrong = double
        .submit(&form.clone().fill("to", "だれか"), Person::SATO)
        .await;
    assert!(
        wrong.text.contains("だれか"),
        "what was typed comes back: {}",
        wrong.text
    );
    assert_eq!(desk.detail(id).await.draft.unwrap().revision, 1);
    double
        .submit(
            &form.fill("to", "sato.ichiro.1@example.com、shinkyu@example.net"),
            Person::SATO,
        )
        .await;
    let card = double.card("登録にない宛先").await;
    assert!(card.reads().contains("sh***@example.net"));
    let draft = desk.detail(id).await.draft.unwrap();
    assert_eq!(draft.recipients.len(), 2);
    assert_eq!(draft.recipients[0].name, "佐藤 一郎");
    assert_eq!(draft.body, crate::desk::BODY);
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn sent_back_with_a_reason_and_other_openings_chosen() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (id, card) = desk.case(&double).await;
    let form = double
        .press(&card, "差し戻し", Person::SATO)
        .await
        .modal(&card);
    let reply = double
        .submit(
            &form.fill("reason", "みどり病院は先月お断りされています"),
            Person::SATO,
        )
        .await;
    assert!(reply.text.contains("差し戻しました"), "{}", reply.text);
    let asked = desk.detail(id).await.redraft.unwrap();
    assert_eq!(asked.reason, "みどり病院は先月お断りされています");
    assert_eq!(asked.without, ["NGN-0001"]);
    desk.draft(id, "二つ目の案").await;
    let card = double.card("二つ目の案").await;
    let reply = double.choose(&card, &["NGN-0003"], Person::SUZUKI).await;
    assert!(reply.text.contains("作り直します"), "{}", reply.text);
    assert_eq!(
        desk.detail(id).await.redraft.unwrap().chosen.unwrap(),
        ["NGN-0003"]
    );
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn held_resumed_claimed_and_closed() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (id, card) = desk.case(&double).await;
    double.press(&card, "保留", Person::SATO).await;
    let held = double.card("佐藤 さんが保留").await;
    assert!(
        !held.buttons().contains(&"承認して送信".to_owned()),
        "disabled while on hold"
    );
    let refused = double
        .press_id(&held, "v1:approve:1:1", Person::SUZUKI)
        .await;
    assert!(
        refused.text.contains("佐藤") && refused.text.contains("保留"),
        "{}",
        refused.text
    );
    double.press(&held, "保留を解除", Person::SATO).await;
    double.press(&card, "担当する", Person::SUZUKI).await;
    let card = double
        .until("the assignee", |w| {
            w.find(card.id)
                .filter(|m| m.all_text().contains("鈴木") && !m.all_text().contains("保留に"))
                .cloned()
        })
        .await;
    let form = double
        .press(&card, "返信せずに終了", Person::SATO)
        .await
        .modal(&card);
    double
        .submit(&form.fill("reason", "お電話で済みました"), Person::SATO)
        .await;
    let closed = double.card("［対応終了］").await;
    assert!(closed.all_text().contains("お電話で済みました"));
    assert_eq!(desk.state(id).await, CaseState::Rejected);
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sending_of_unknown_outcome_is_settled_by_a_person() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (id, card) = desk.case(&double).await;
    double.press(&card, "承認して送信", Person::SATO).await;
    let later = desk.now() + chrono::Duration::minutes(2);
    let entry = desk.store.next_release(later).await.unwrap().unwrap().entry;
    assert_eq!(entry.kind, OutboxKind::Answer);
    desk.store.claim(entry.id, later).await.unwrap();
    desk.store.handing_over(entry.id).await.unwrap();
    desk.store
        .uncertain(
            entry.id,
            "接続が切れました",
            "送信できたか分かりません",
            later,
        )
        .await
        .unwrap();
    desk.reviewer.wake.call();
    let card = double.card("届いている（送らない）").await;
    let labels = card.buttons();
    assert!(
        labels.contains(&"届いていない（送り直す）".to_owned()),
        "{labels:?}"
    );
    double
        .press(&card, "届いている（送らない）", Person::SATO)
        .await;
    let detail = desk.detail(id).await;
    assert_eq!(detail.outbox[0].status, DeliveryStatus::Completed);
    double
        .until("no question any more", |w| {
            w.find(card.id)
                .filter(|m| !m.all_text().contains("届いている"))
                .map(|_| ())
        })
        .await;
    running.stop().await.unwrap();
    double.verify();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_details_are_shown_to_one_person_with_their_quotes() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await;
    let running = desk.run().await;
    let (_, card) = desk.case(&double).await;
    let reply = double.press(&card, "希望の詳細", Person::SATO).await;
    for shown in [
        "必須: 平日",
        "「平日のみ」",
        "「松本市に住んでおります」",
        "当直なし",
    ] {
        assert!(reply.text.contains(shown), "{shown}: {}", reply.text);
    }
    running.stop().await.unwrap();
    double.verify();
}
