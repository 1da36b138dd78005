//! Events from Discord. Each is answered in a task of its own.

use super::{Chat, Listener, commands, fault::Fault, press, submit};
use serenity::{
    all::{
        Context, EventHandler, Interaction, Message, Ready, ResumedEvent, ShardStageUpdateEvent,
    },
    async_trait,
};
use std::{sync::Arc, time::Duration};

/// Discord limits how often commands are registered; nothing waits longer for it.
const REGISTER: Duration = Duration::from_secs(20);

pub(super) struct Handler(pub(super) Arc<Chat>);

#[async_trait]
impl EventHandler for Handler {
    async fn ready(&self, _: Context, ready: Ready) {
        let chat = &self.0;
        chat.http.set_application_id(ready.application.id);
        tracing::info!(guilds = ready.guilds.len(), "Discord has accepted us");
        if !ready.guilds.iter().any(|g| g.id == chat.house.guild) {
            tracing::error!(
                guild = chat.house.guild.get(),
                "the bot is not a member of discord.guild_id; invite it, or correct the id"
            );
        }
        // Events between two sessions are lost for good: what they would have told is looked up.
        chat.sessions.send_modify(|n| *n += 1);
        chat.session.call();
        chat.tasks.track_future(register(chat)).await;
        chat.ready.send_replace(true);
    }

    async fn interaction_create(&self, _: Context, interaction: Interaction) {
        let chat = self.0.clone();
        let handled = async move {
            match &interaction {
                Interaction::Component(i) => press::pressed(&chat, i).await,
                Interaction::Modal(i) => submit::submitted(&chat, i).await,
                Interaction::Command(i) => commands::used(&chat, i).await,
                _ => {}
            }
        };
        self.0.tasks.track_future(handled).await;
    }
}

/// Registers the commands. Buttons and forms work without them, so that a fault here only is told.
async fn register(chat: &Chat) {
    let set = chat.house.guild.set_commands(&chat.http, commands::all());
    let why = match tokio::time::timeout(REGISTER, set).await {
        Ok(Ok(_)) => return,
        Ok(Err(e)) => Fault::of(&e).to_string(),
        Err(_) => "時間切れ".to_owned(),
    };
    tracing::error!(%why, "the commands could not be registered");
    let now = chat.reviewer.clock.now();
    let text = format!("Discord のコマンドを登録できませんでした: {why}");
    let dedupe = format!("discord-commands:{}", now.format("%Y-%m-%d"));
    let store = &chat.reviewer.store;
    if let Err(e) = store.notify("discord", &dedupe, &text, now).await {
        tracing::error!("a notice could not be stored: {e}");
    }
}

/// Passes the events on that somebody else may want.
pub(super) struct Forward(pub(super) Listener);

#[async_trait]
impl EventHandler for Forward {
    async fn ready(&self, ctx: Context, ready: Ready) {
        self.0.ready(ctx, ready).await;
    }

    async fn resume(&self, ctx: Context, event: ResumedEvent) {
        self.0.resume(ctx, event).await;
    }

    async fn shard_stage_update(&self, ctx: Context, event: ShardStageUpdateEvent) {
        self.0.shard_stage_update(ctx, event).await;
    }

    async fn message(&self, ctx: Context, message: Message) {
        self.0.message(ctx, message).await;
    }
}
