//! A form was sent.

use super::{
    Chat,
    answer::{Answerer, Private},
    custom_id::Pressed,
    forms::Filled,
    permission::Visitor,
    press::{meant, told},
};
use crate::{
    domain::{
        draft::AnswerKind,
        review::{Actor, Outcome},
    },
    draft::staff,
    review::{
        Answer,
        card::{Action, harmless},
    },
    store::Edit,
};
use serenity::all::ModalInteraction;

const OLD_FORM: &str =
    "このフォームは使えません。最新のカードで操作してください。何も変更していません。";
const KEPT: &str = "入力した内容:";

/// Handles a form.
pub(super) async fn submitted(chat: &Chat, i: &ModalInteraction) {
    let to = Answerer {
        http: &chat.http,
        id: i.id,
        token: &i.token,
    };
    if !to.defer().await {
        return;
    }
    let filled = Filled::read(&i.data.components);
    let visitor = Visitor {
        guild: i.guild_id,
        channel_id: i.channel_id,
        channel: i.channel.as_ref(),
        member: i.member.as_ref(),
    };
    let actor = match chat.house.admit(&visitor) {
        Ok(actor) => actor,
        Err(why) => {
            to.finish(with_typed(why, &filled)).await;
            return;
        }
    };
    let Some(press) = Pressed::read(&i.data.custom_id) else {
        to.finish(with_typed(OLD_FORM.to_owned(), &filled)).await;
        return;
    };
    let answer = match decide(chat, press, &filled, &actor).await {
        Ok(a) if a.outcome == Outcome::Done => Private::from(a.text),
        Ok(a) => with_typed(a.text, &filled),
        Err(e) => with_typed(told(Err(e)).text, &filled),
    };
    to.finish(answer).await;
}

async fn decide(
    chat: &Chat,
    press: Pressed,
    filled: &Filled,
    actor: &Actor,
) -> anyhow::Result<Answer> {
    let r = &chat.reviewer;
    let reason = filled.reason.as_deref().unwrap_or_default();
    match press.action {
        Action::Reject => r.reject(press.case_id, press.revision, reason, actor).await,
        Action::Close => r.close(press.case_id, reason, actor).await,
        Action::Edit | Action::Write | Action::Recipients => edit(chat, press, filled, actor).await,
        _ => anyhow::bail!("no form: {:?}", press.action),
    }
}

async fn edit(
    chat: &Chat,
    press: Pressed,
    filled: &Filled,
    actor: &Actor,
) -> anyhow::Result<Answer> {
    let unchanged = |outcome: Outcome| Answer {
        text: staff::decided(meant(press.action), &outcome),
        outcome,
    };
    let Some(detail) = chat.reviewer.store.case(press.case_id).await? else {
        return Ok(unchanged(Outcome::Unknown));
    };
    let base = detail.draft.as_ref().map(|d| d.revision);
    if base.unwrap_or(0) != press.revision {
        return Ok(unchanged(Outcome::Stale));
    }
    let draft = detail
        .draft
        .as_ref()
        .filter(|_| press.action != Action::Write);
    let before = draft.map(|d| d.recipients.as_slice()).unwrap_or_default();
    let edit = Edit {
        case_id: press.case_id,
        base,
        recipients: filled.recipients(before).unwrap_or_else(|| before.to_vec()),
        subject: filled
            .subject
            .clone()
            .or_else(|| draft.map(|d| d.subject.clone()))
            .unwrap_or_default(),
        body: filled
            .body
            .clone()
            .or_else(|| draft.map(|d| d.body.clone()))
            .unwrap_or_default(),
        kind: draft.map_or(AnswerKind::Free, |d| d.kind),
    };
    chat.reviewer.edit(edit, actor).await
}

/// What went wrong, with what was typed, so that nothing has to be typed again.
fn with_typed(text: String, filled: &Filled) -> Private {
    let typed = filled.typed();
    if typed.trim().is_empty() {
        return text.into();
    }
    let room = 1500;
    if harmless::is_cut(&typed, room) {
        return Private {
            text: format!("{text}\n{KEPT} 添付のファイルにあります。"),
            file: Some(("typed.txt".to_owned(), typed.into_bytes())),
            ..Private::default()
        };
    }
    format!("{text}\n{KEPT}\n{}", harmless::markdown(&typed, room)).into()
}
