//! The card's message: posted once, changed afterwards, posted anew where it was deleted.

use super::{
    Chat,
    fault::{Fault, Tried, fault},
    render,
};
use crate::{review::card::Card, store::CardPlace};
use serenity::all::{
    Builder as _, ChannelId, CreateAllowedMentions, CreateMessage, EditMessage, Message, MessageId,
    Nonce,
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

    /// Whether a message says the same.
    fn is(&self, m: &Message) -> bool {
        words(&self.headline, &self.embeds, &self.rows)
            == words(&m.content, &m.embeds, &m.components)
    }

    /// Equal for equal messages.
    pub(super) fn print(&self) -> String {
        let json = serde_json::to_string(&(&self.embeds, &self.rows)).unwrap_or_default();
        format!("{}{json}", self.headline)
    }
}

/// The words of a message, whoever wrote them down.
fn words(
    content: &str,
    embeds: &impl serde::Serialize,
    rows: &impl serde::Serialize,
) -> Vec<String> {
    fn walk(v: &serde_json::Value, out: &mut Vec<String>) {
        const SHOWN: [&str; 5] = ["title", "description", "name", "value", "custom_id"];
        match v {
            serde_json::Value::Array(a) => a.iter().for_each(|v| walk(v, out)),
            serde_json::Value::Object(o) => {
                for (key, v) in o {
                    match v {
                        serde_json::Value::String(s) if SHOWN.contains(&key.as_str()) => {
                            out.push(s.trim().to_owned());
                        }
                        v => walk(v, out),
                    }
                }
            }
            _ => {}
        }
    }
    let mut out = vec![content.trim().to_owned()];
    for part in [serde_json::to_value(embeds), serde_json::to_value(rows)] {
        walk(&part.unwrap_or_default(), &mut out);
    }
    out.sort();
    out
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
) -> Tried<Message> {
    message
        .execute(&chat.http, (channel, Some(chat.house.guild)))
        .await
        .map_err(fault)
}

/// Shows the card, and says under which id it now stands.
pub(super) async fn show(chat: &Chat, place: &CardPlace, shown: &Shown) -> Tried<u64> {
    let Some(old) = place.message_id.filter(|id| *id > 0) else {
        return new(chat, place, shown, 0).await;
    };
    let message = MessageId::new(old);
    match change(chat, message, shown).await {
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
    let posted = post(chat, chat.house.review, message).await?;
    if !shown.is(&posted) {
        // An earlier try had arrived, and showed the case as it was then.
        change(chat, posted.id, shown).await?;
    }
    Ok(posted.id.get())
}

async fn change(chat: &Chat, message: MessageId, shown: &Shown) -> Tried<()> {
    EditMessage::new()
        .content(&shown.headline)
        .embeds(shown.embeds.clone())
        .components(shown.rows.clone())
        .allowed_mentions(CreateAllowedMentions::new())
        .execute(&chat.http, (chat.house.review, message, None))
        .await
        .map(|_| ())
        .map_err(fault)
}

/// The case whose card a message is, by its buttons.
pub(super) fn case_of(message: &Message) -> Option<i64> {
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
