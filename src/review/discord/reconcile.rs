//! After every new session: events in between are lost, so what Discord shows is compared with what the store wants.

use super::{
    Chat,
    fault::{Fault, Tried, fault},
    place,
};
use serenity::all::{GetMessages, MessageId};
use std::collections::HashSet;

/// So many open cards are looked at.
const CARDS: u32 = 200;

/// Adopts cards that were posted without our learning of it, and asks for those anew that were deleted.
pub(super) async fn cards(chat: &Chat) -> anyhow::Result<Tried<()>> {
    let store = &chat.reviewer.store;
    let recent = match chat
        .house
        .review
        .messages(&chat.http, GetMessages::new().limit(100))
        .await
    {
        Ok(messages) => messages,
        Err(e) => match Fault::of(&e) {
            why @ Fault::Later(_) => return Ok(Err(why)),
            // Without the right to read the history only this comparison is lost.
            why => {
                tracing::warn!(%why, "the review channel cannot be read");
                return Ok(Ok(()));
            }
        },
    };
    let seen: HashSet<u64> = recent.iter().map(|m| m.id.get()).collect();
    for message in &recent {
        let own = message.author.bot;
        let Some(case_id) = place::case_of(message).filter(|_| own) else {
            continue;
        };
        if let Some(card) = store.card(case_id).await?
            && card.message_id.is_none()
        {
            store
                .card_shown(crate::store::CardPlace {
                    message_id: Some(message.id.get()),
                    ..card
                })
                .await?;
        }
    }
    for card in store.posted_cards(CARDS).await? {
        let Some(id) = card.message_id.filter(|id| *id > 0 && !seen.contains(id)) else {
            continue;
        };
        let found = chat
            .house
            .review
            .message(&chat.http, MessageId::new(id))
            .await
            .map_err(fault);
        match found {
            Ok(_) => {}
            Err(Fault::Gone) => store.touch_card(card.case_id).await?,
            Err(why @ Fault::Refused(_)) => return Ok(Err(why)),
            Err(why) => tracing::warn!(%why, "a card could not be looked at"),
        }
    }
    Ok(Ok(()))
}
