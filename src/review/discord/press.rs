//! A button or a menu was used.

use super::{
    Chat,
    answer::{Answerer, Private},
    custom_id::Pressed,
    forms,
    permission::Visitor,
    render,
};
use crate::{
    domain::{
        case::CaseState,
        draft::{AnswerKind, Draft, DraftState},
        message::Mailbox,
        review::{Actor, Outcome},
    },
    draft::{reply_subject, staff},
    review::{
        Answer,
        card::{Action, details, harmless},
    },
    store::CaseDetail,
};
use serenity::all::{ComponentInteraction, ComponentInteractionDataKind};
use std::time::Duration;

/// A form must be the first answer, so only one quick look at the store comes before it.
const LOOK: Duration = Duration::from_millis(1200);

const OLD_BUTTON: &str =
    "このボタンは使えません。最新のカードで操作してください。何も変更していません。";
const STORE_SLOW: &str =
    "ただいま混み合っています。少し待ってからもう一度押してください。何も変更していません。";

/// A case that is not there, or not there any more.
fn unknown() -> String {
    staff::decided(staff::Action::Edit, &Outcome::Unknown)
}

/// What a form is for, in the words of the answers.
pub(super) fn meant(action: Action) -> staff::Action {
    match action {
        Action::Reject => staff::Action::Return,
        Action::Close => staff::Action::Close,
        _ => staff::Action::Edit,
    }
}

/// Handles a press.
pub(super) async fn pressed(chat: &Chat, i: &ComponentInteraction) {
    let to = Answerer {
        http: &chat.http,
        id: i.id,
        token: &i.token,
    };
    let visitor = Visitor {
        guild: i.guild_id,
        channel_id: i.channel_id,
        channel: i.channel.as_ref(),
        member: i.member.as_ref(),
    };
    let actor = match chat.house.admit(&visitor) {
        Ok(actor) => actor,
        Err(why) => {
            to.tell(why).await;
            return;
        }
    };
    let Some(press) = Pressed::read(&i.data.custom_id) else {
        to.tell(OLD_BUTTON).await;
        return;
    };
    let chosen = match &i.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.clone(),
        _ => vec![],
    };
    if matches!(
        press.action,
        Action::Edit | Action::Write | Action::Recipients | Action::Reject | Action::Close
    ) {
        open_form(chat, &to, press).await;
        return;
    }
    if !to.defer().await {
        return;
    }
    let answer = match press.action {
        Action::Wishes => show_wishes(chat, press).await,
        Action::Whole => show_whole(chat, press).await,
        Action::Files => super::files::post(chat, press.case_id, &actor).await,
        _ => decide(chat, press, chosen, &actor)
            .await
            .map(|a| Private::from(a.text)),
    };
    to.finish(told(answer)).await;
}

/// The answer, or that there was a fault.
pub(super) fn told(answer: anyhow::Result<Private>) -> Private {
    answer.unwrap_or_else(|e| {
        tracing::error!("a decision failed: {e:#}");
        Private::from(staff::failed())
    })
}

async fn decide(
    chat: &Chat,
    press: Pressed,
    chosen: Vec<String>,
    actor: &Actor,
) -> anyhow::Result<Answer> {
    let (case, revision, r) = (press.case_id, press.revision, &chat.reviewer);
    match press.action {
        Action::Approve => r.approve(case, revision, actor).await,
        Action::Cancel => r.cancel(case, actor).await,
        Action::Hold => r.hold(case, true, actor).await,
        Action::Resume => r.hold(case, false, actor).await,
        Action::Claim => r.claim(case, actor).await,
        Action::Choose => r.choose(case, revision, chosen, actor).await,
        Action::Left(outbox) => r.settle(outbox, true, actor).await,
        Action::Again(outbox) => r.settle(outbox, false, actor).await,
        _ => anyhow::bail!("no decision: {:?}", press.action),
    }
}

async fn open_form(chat: &Chat, to: &Answerer<'_>, press: Pressed) {
    let look = chat.reviewer.store.case(press.case_id);
    let detail = match tokio::time::timeout(LOOK, look).await {
        Ok(Ok(Some(detail))) => detail,
        Ok(Ok(None)) => {
            to.tell(unknown()).await;
            return;
        }
        Ok(Err(e)) => {
            tracing::error!("the store cannot be read: {e}");
            to.tell(staff::failed()).await;
            return;
        }
        Err(_) => {
            to.tell(STORE_SLOW).await;
            return;
        }
    };
    if let Some(outcome) = too_late(&detail, press) {
        to.tell(staff::decided(meant(press.action), &outcome)).await;
        return;
    }
    let blank = (press.action == Action::Write).then(|| blank(&detail));
    let draft = blank.as_ref().or(detail.draft.as_ref());
    match forms::open(press, &detail.summary.number, draft) {
        Ok(form) => to.form(form).await,
        Err(why) => to.tell(why).await,
    };
}

/// Why a form is not opened any more. The decision itself is made when the form is sent; this spares typing in vain.
fn too_late(detail: &CaseDetail, press: Pressed) -> Option<Outcome> {
    let state = detail.summary.state;
    let newest = detail.draft.as_ref().map_or(0, |d| d.revision);
    if newest != press.revision {
        return Some(Outcome::Stale);
    }
    let open = detail
        .draft
        .as_ref()
        .is_some_and(|d| d.state == DraftState::Open);
    let fits = match press.action {
        Action::Write => matches!(
            state,
            CaseState::NeedsHuman | CaseState::Failed | CaseState::Sent | CaseState::InReview
        ),
        Action::Close => !matches!(
            state,
            CaseState::Rejected | CaseState::Approved | CaseState::Queued
        ),
        _ => state == CaseState::InReview && open,
    };
    if fits {
        return None;
    }
    let decided = matches!(
        state,
        CaseState::Approved | CaseState::Queued | CaseState::Sent
    );
    Some(match &detail.approval {
        Some(a) if decided => Outcome::AlreadyDone(a.reviewer.clone()),
        _ if state == CaseState::InReview => Outcome::Stale,
        _ => Outcome::NotNow(state),
    })
}

/// An empty answer to the newest message, for a person to write.
fn blank(detail: &CaseDetail) -> Draft {
    let newest = detail
        .messages
        .iter()
        .find(|m| Some(m.id) == detail.newest_message);
    let number = &detail.summary.number;
    let reachable = detail
        .addresses
        .iter()
        .find(|(_, blocked)| blocked.is_none());
    Draft {
        id: 0,
        case_id: detail.summary.id,
        revision: 0,
        state: DraftState::Open,
        recipients: reachable
            .map(|(address, _)| Mailbox {
                name: detail.summary.name.clone(),
                address: address.clone(),
            })
            .into_iter()
            .collect(),
        subject: reply_subject(newest.map_or("", |m| &m.subject), number),
        body: String::new(),
        suggestions: vec![],
        kind: AnswerKind::Free,
        answers: detail.newest_message.unwrap_or(0),
        author: String::new(),
        created_at: detail.summary.changed_at,
        closed_by: None,
        reason: None,
    }
}

async fn show_wishes(chat: &Chat, press: Pressed) -> anyhow::Result<Private> {
    let Some(detail) = chat.reviewer.store.case(press.case_id).await? else {
        return Ok(unknown().into());
    };
    let list = render::detail_list(&details(&detail), render::CONTENT - 100);
    Ok(format!("**{} 希望と経歴**\n{list}", detail.summary.number).into())
}

async fn show_whole(chat: &Chat, press: Pressed) -> anyhow::Result<Private> {
    let Some(detail) = chat.reviewer.store.case(press.case_id).await? else {
        return Ok(unknown().into());
    };
    let Some(draft) = &detail.draft else {
        return Ok("下書きはまだありません。".to_owned().into());
    };
    Ok(whole(draft, &detail.summary.number))
}

/// A whole draft: as text where it fits, in embeds where those are enough, else as a file.
pub(super) fn whole(draft: &Draft, number: &str) -> Private {
    let head = format!(
        "**{number} 下書き 第{}版**\n**件名** {}\n\n",
        draft.revision,
        harmless::line(&draft.subject, 300)
    );
    let room = render::CONTENT - harmless::length(&head) - 50;
    if !harmless::is_cut(&draft.body, room) {
        return format!("{head}{}", harmless::markdown(&draft.body, room)).into();
    }
    if let Some(embeds) = render::text_embeds(&draft.body) {
        return Private {
            text: head,
            embeds,
            file: None,
        };
    }
    let to: Vec<&str> = draft
        .recipients
        .iter()
        .map(|r| r.address.as_str())
        .collect();
    let file = format!(
        "宛先: {}\n件名: {}\n\n{}",
        to.join(", "),
        draft.subject,
        draft.body
    );
    Private {
        text: format!("{head}長いため、添付のファイルをご覧ください。"),
        file: Some((
            format!("{number}-r{}.txt", draft.revision),
            harmless::visible(&file).into_bytes(),
        )),
        ..Private::default()
    }
}
