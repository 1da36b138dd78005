//! Answering a person: at once, and privately. The first answer must come within three seconds, before anything slow.

use super::fault::{Fault, Tried, fault};
use serenity::{
    all::{
        Builder as _, CreateAttachment, CreateEmbed, CreateInteractionResponse,
        CreateInteractionResponseMessage, CreateModal, EditInteractionResponse, Http,
        InteractionId,
    },
    builder::CreateAllowedMentions,
};
use std::time::Duration;

/// One try of a first answer; two of them fit into the three seconds that there are.
const FIRST: Duration = Duration::from_millis(1300);

/// Answers one interaction.
pub(super) struct Answerer<'a> {
    pub(super) http: &'a Http,
    pub(super) id: InteractionId,
    pub(super) token: &'a str,
}

/// What is shown to the person alone.
#[derive(Default)]
pub(super) struct Private {
    pub(super) text: String,
    pub(super) embeds: Vec<CreateEmbed>,
    pub(super) file: Option<(String, Vec<u8>)>,
}

impl From<String> for Private {
    fn from(text: String) -> Self {
        Private {
            text,
            ..Private::default()
        }
    }
}

fn private() -> CreateInteractionResponseMessage {
    CreateInteractionResponseMessage::new()
        .ephemeral(true)
        .allowed_mentions(CreateAllowedMentions::new())
}

impl Answerer<'_> {
    /// 「考え中」, for the person alone. False where nobody would see what follows: then nothing is done.
    pub(super) async fn defer(&self) -> bool {
        self.first(CreateInteractionResponse::Defer(private()))
            .await
    }

    /// Says something as the first answer.
    pub(super) async fn tell(&self, text: impl Into<String>) -> bool {
        let message = private().content(text);
        self.first(CreateInteractionResponse::Message(message))
            .await
    }

    /// Opens a form as the first answer.
    pub(super) async fn form(&self, modal: CreateModal) -> bool {
        self.first(CreateInteractionResponse::Modal(modal)).await
    }

    async fn first(&self, response: CreateInteractionResponse) -> bool {
        for attempt in 0..2 {
            let sent = response.clone().execute(self.http, (self.id, self.token));
            match tokio::time::timeout(FIRST, sent).await {
                Ok(Ok(())) => return true,
                Ok(Err(e)) => match Fault::of(&e) {
                    // The first try had arrived after all.
                    Fault::Answered if attempt > 0 => return true,
                    // An answer without a body counts: Discord took it.
                    Fault::Later(why) => {
                        tracing::warn!(%why, "first answer to an interaction failed")
                    }
                    other => {
                        tracing::warn!(why = %other, "an interaction cannot be answered");
                        return false;
                    }
                },
                Err(_) => tracing::warn!("first answer to an interaction took too long"),
            }
        }
        false
    }

    /// Fills in the answer after [`Answerer::defer`].
    pub(super) async fn finish(&self, answer: impl Into<Private>) {
        let answer = answer.into();
        let mut edit = EditInteractionResponse::new()
            .content(answer.text)
            .embeds(answer.embeds)
            .allowed_mentions(CreateAllowedMentions::new());
        if let Some((name, bytes)) = answer.file {
            edit = edit.new_attachment(CreateAttachment::bytes(bytes, name));
        }
        for wait in [500, 1000, 2000, 4000, 0] {
            let sent: Tried<_> = edit
                .clone()
                .execute(self.http, self.token)
                .await
                .map_err(fault);
            match sent {
                Err(Fault::Later(_)) if wait > 0 => {
                    tokio::time::sleep(Duration::from_millis(wait)).await;
                }
                Err(why) => {
                    tracing::warn!(%why, "an answer could not be filled in");
                    return;
                }
                Ok(_) => return,
            }
        }
    }
}
