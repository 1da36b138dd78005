//! The one thread of a case: every draft as a whole, what was understood, what happened.

use super::{
    Chat,
    fault::{Fault, Tried, fault},
    origin::Origin,
    place::{once, post},
};
use crate::{
    domain::draft::Draft,
    picture,
    review::{
        card::{Card, Scene, harmless, text, understood},
        discord::render,
    },
    store::MessageSummary,
};
use serenity::all::{
    AutoArchiveDuration, Builder as _, ChannelId, CreateAttachment, CreateMessage, CreateThread,
    EditThread, MessageId,
};

/// The case's thread: on the intake message where the case came from there, else on its card.
pub(super) async fn open(
    chat: &Chat,
    card: &Card,
    message: u64,
    origin: Option<Origin>,
) -> Tried<u64> {
    if let Some(o) = origin {
        let name = format!("受付 {}", card.number);
        match start(chat, o.channel, o.message, &name).await {
            Err(Fault::Gone) => {}
            other => return other,
        }
    }
    start(
        chat,
        chat.house.review,
        MessageId::new(message),
        &card.title(),
    )
    .await
}

async fn start(chat: &Chat, channel: ChannelId, message: MessageId, name: &str) -> Tried<u64> {
    let thread = CreateThread::new(harmless::plain(name, 90))
        .auto_archive_duration(AutoArchiveDuration::OneWeek)
        .execute(&chat.http, (channel, Some(message)))
        .await
        .map_err(fault);
    match thread {
        Ok(t) => Ok(t.id.get()),
        // A thread that was started on a message has that message's id.
        Err(Fault::ThreadExists) => Ok(message.get()),
        Err(other) => Err(other),
    }
}

/// Posts into a thread, which is opened again where it was archived.
pub(super) async fn say(chat: &Chat, thread: ChannelId, message: CreateMessage) -> Tried<()> {
    match post(chat, thread, message.clone()).await {
        Ok(_) => Ok(()),
        Err(Fault::Archived) => {
            EditThread::new()
                .archived(false)
                .locked(false)
                .execute(&chat.http, thread)
                .await
                .map_err(fault)?;
            post(chat, thread, message).await.map(|_| ())
        }
        Err(other) => Err(other),
    }
}

/// A draft as a whole.
pub(super) async fn draft(
    chat: &Chat,
    thread: ChannelId,
    draft: &Draft,
    number: &str,
) -> Tried<()> {
    let whole = super::press::whole(draft, number);
    let mut message = once(format!("d{}-{}", draft.case_id, draft.revision))
        .content(whole.text)
        .embeds(whole.embeds);
    if let Some((name, bytes)) = whole.file {
        message = message.add_file(CreateAttachment::bytes(bytes, name));
    }
    say(chat, thread, message).await
}

/// Where home and suggestions lie, and how each fares on each wish. A picture that cannot be drawn holds nothing up.
pub(super) async fn picture(
    chat: &Chat,
    thread: ChannelId,
    scene: Scene,
    draft: &Draft,
) -> Tried<()> {
    let drawn = tokio::task::spawn_blocking(move || {
        picture::svg(&scene.sketch()).map(|svg| picture::png(&svg))
    });
    let png = match drawn.await {
        Ok(None) => return Ok(()),
        Ok(Some(Ok(png))) => png,
        Ok(Some(Err(why))) => {
            tracing::warn!(case = draft.case_id, %why, "a picture could not be drawn");
            return Ok(());
        }
        Err(why) => {
            tracing::warn!(case = draft.case_id, %why, "a picture could not be drawn");
            return Ok(());
        }
    };
    let file = CreateAttachment::bytes(png, format!("第{}版.png", draft.revision))
        .description(text::PICTURE_IN_WORDS);
    let message = once(format!("p{}-{}", draft.case_id, draft.revision))
        .content(text::PICTURE)
        .add_file(file);
    say(chat, thread, message).await
}

/// What was understood of a message of the intake channel, for its author.
pub(super) async fn understanding(
    chat: &Chat,
    thread: ChannelId,
    message: &MessageSummary,
    number: &str,
) -> Tried<()> {
    let Some(reading) = &message.reading else {
        return Ok(());
    };
    let head = format!(
        "受け付けました（{number}）。次のように読み取りました。違う点があれば、このスレッドで担当者にお知らせください。\n"
    );
    let list = render::detail_list(
        &understood(reading),
        render::CONTENT - harmless::length(&head) - 20,
    );
    let said = once(format!("u{}", message.id)).content(format!("{head}{list}"));
    say(chat, thread, said).await
}
