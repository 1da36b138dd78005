//! The card's message: posted once, changed afterwards, posted anew where it was deleted.

use super::{
    Chat,
    fault::{Fault, Tried, fault},
    render,
};
use crate::{review::card::Card, store::CardPlace};
use serenity::all::{
    Builder as _, ChannelId, CreateAllowedMentions, CreateMessage, EditMessage, MessageId, Nonce,
};

/// What a card's message shows.
pub(super) struct Shown {
    headline: String,
    embeds: Vec<serenity::all::CreateEmbed>,
    rows: Vec<serenity::all::CreateActionRow>,
}

impl Shown {
    /// The message of a card; `thread` is named where it does not hang on the card itself.
    pub(super) fn of(card: &Card, thread: Option<u64>) -> Shown {
        Shown {
            headline: render::headline(card, thread),
            embeds: render::embeds(card),
            rows: render::rows(card),
        }
    }

    /// Equal for equal messages.
    pub(super) fn print(&self) -> String {
        let json = serde_json::to_string(&(&self.embeds, &self.rows)).unwrap_or_default();
        format!("{}{json}", self.headline)
    }
}

/// A message that Discord accepts once: where the answer to a first try was lost, a second with the same nonce gives the
/// same message.
pub(super) fn once(nonce: String) -> CreateMessage {
    CreateMessage::new()
        .nonce(Nonce::String(nonce))
        .enforce_nonce(true)
        .allowed_mentions(CreateAllowedMentions::new())
}

/// Posts a message.
pub(super) async fn post(
    chat: &Chat,
    channel: ChannelId,
    message: CreateMessage,
) -> Tried<MessageId> {
    message
        .execute(&chat.http, (channel, Some(chat.house.guild)))
        .await
        .map(|m| m.id)
        .map_err(fault)
}

/// Shows the card, and says under which id it now stands.
pub(super) async fn show(chat: &Chat, place: &CardPlace, shown: &Shown) -> Tried<u64> {
    let Some(old) = place.message_id.filter(|id| *id > 0) else {
        return new(chat, place, shown, 0).await;
    };
    let edit = EditMessage::new()
        .content(&shown.headline)
        .embeds(shown.embeds.clone())
        .components(shown.rows.clone())
        .allowed_mentions(CreateAllowedMentions::new());
    let message = MessageId::new(old);
    match edit
        .execute(&chat.http, (chat.house.review, message, None))
        .await
        .map_err(fault)
    {
        Ok(_) => Ok(old),
        Err(Fault::Gone) => new(chat, place, shown, old).await,
        Err(Fault::TooOld) => {
            let id = new(chat, place, shown, old).await?;
            // Two cards of one case would mislead; that the old one stays is no reason to stop.
            if let Err(e) = chat.house.review.delete_message(&chat.http, message).await {
                tracing::warn!(why = %Fault::of(&e), "an old card could not be deleted");
            }
            Ok(id)
        }
        Err(other) => Err(other),
    }
}

async fn new(chat: &Chat, place: &CardPlace, shown: &Shown, before: u64) -> Tried<u64> {
    // At most 25 characters: the case, and enough of the message that this one replaces.
    let nonce = format!("c{}-{}", place.case_id, before % 10_000_000_000);
    let message = once(nonce)
        .content(&shown.headline)
        .embeds(shown.embeds.clone())
        .components(shown.rows.clone());
    post(chat, chat.house.review, message)
        .await
        .map(MessageId::get)
}

/// The case whose card a message is, by its buttons.
pub(super) fn case_of(message: &serenity::all::Message) -> Option<i64> {
    use serenity::all::{ActionRowComponent, ButtonKind};
    message
        .components
        .iter()
        .flat_map(|r| &r.components)
        .find_map(|c| {
            let id = match c {
                ActionRowComponent::Button(b) => match &b.data {
                    ButtonKind::NonLink { custom_id, .. } => custom_id,
                    _ => return None,
                },
                ActionRowComponent::SelectMenu(m) => m.custom_id.as_ref()?,
                _ => return None,
            };
            Some(super::custom_id::Pressed::read(id)?.case_id)
        })
}
