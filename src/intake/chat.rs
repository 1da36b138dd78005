//! The intake channel: a note of a telephone call, or a doctor writing. Every message is stored as it came; what it means
//! is the pipeline's affair.

use crate::{
    clock::Clock,
    config,
    domain::message::Source,
    store::{Incoming, Store},
    wake::Wake,
};
use anyhow::Context as _;
use chrono::{DateTime, Utc};
use serenity::{
    all::{
        ChannelId, ConnectionStage, Context, EventHandler, GetMessages, GuildId, Message,
        MessageType, Ready, RoleId, ShardStageUpdateEvent,
    },
    async_trait,
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::sync::Mutex;

/// The key in the store under which the last message stands below which every message is stored.
const LAST: &str = "discord:intake:last";

/// Discord counts milliseconds from here (2015-01-01).
const EPOCH_MS: i64 = 1_420_070_400_000;

/// Listens to the intake channel.
pub struct Intake {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    wake: Wake,
    guild: GuildId,
    channel: ChannelId,
    staff: RoleId,
    /// Since the last new session the history was read: what comes now follows without a gap.
    caught_up: AtomicBool,
    /// One at a time, so that the last message stored is known.
    turn: Mutex<()>,
}

/// A listener for the connection that review holds; none where no intake channel is configured.
///
/// # Errors
/// Where an id is 0.
pub fn listener(
    config: &config::Discord,
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    wake: Wake,
) -> anyhow::Result<Option<Arc<dyn EventHandler>>> {
    let Some(channel) = config.intake_channel_id else {
        return Ok(None);
    };
    anyhow::ensure!(
        channel != 0 && config.guild_id != 0 && config.staff_role_id != 0,
        "discord の ID に 0 は使えません。Discord で ID をコピーして入れてください。"
    );
    Ok(Some(Arc::new(Intake {
        store,
        clock,
        wake,
        guild: GuildId::new(config.guild_id),
        channel: ChannelId::new(channel),
        staff: RoleId::new(config.staff_role_id),
        caught_up: AtomicBool::new(false),
        turn: Mutex::new(()),
    })))
}

impl Intake {
    fn is_ours(&self, m: &Message) -> bool {
        m.channel_id == self.channel
            && m.guild_id.is_none_or(|g| g == self.guild)
            && !m.author.bot
            && m.webhook_id.is_none()
            && matches!(m.kind, MessageType::Regular | MessageType::InlineReply)
    }

    async fn keep(&self, m: &Message, staff: bool) -> anyhow::Result<()> {
        let now = self.clock.now();
        if m.content.trim().is_empty() {
            let text = if m.attachments.is_empty() {
                "受付チャンネルの投稿の本文を読めませんでした。Discord の開発者ページで「Message Content Intent」を有効にしてください。"
            } else {
                "受付チャンネルに本文のない投稿がありました。添付だけでは受け付けられません。内容を文字で書いてください。"
            };
            let dedupe = format!("intake-empty:{}", m.id);
            self.store.notify("intake", &dedupe, text, now).await?;
            return Ok(());
        }
        let at = sent_at(m.id.get()).unwrap_or(now);
        let author_name = m.author.global_name.as_deref().unwrap_or(&m.author.name);
        let raw = serde_json::json!({
            "author_id": m.author.id.to_string(),
            "author_name": author_name,
            "staff": staff,
            "content": m.content,
            "at": at.to_rfc3339(),
        });
        let origin = serde_json::json!({
            "channel_id": m.channel_id.to_string(),
            "message_id": m.id.to_string(),
            "author_id": m.author.id.to_string(),
            "author_name": author_name,
            "staff": staff,
        });
        let raw = serde_json::to_vec(&raw)?;
        let new = self
            .store
            .receive_one(
                &Incoming {
                    origin: Some(origin.to_string()),
                    ..Incoming::whole(Source::Chat, format!("chat:{}", m.id), raw, at)
                },
                now,
            )
            .await?;
        if new {
            tracing::info!(message = m.id.get(), "a note from the intake channel");
            self.wake.call();
        }
        Ok(())
    }

    async fn last(&self) -> anyhow::Result<u64> {
        // What was written before the first start is history and no inquiry.
        let first = snowflake(self.clock.now()).to_string();
        let last = self.store.meta_or(LAST, &first).await?;
        last.parse().context(LAST)
    }

    /// Stores what was written since the last message that is known to be stored.
    async fn catch_up(&self, ctx: &Context) -> anyhow::Result<()> {
        let _turn = self.turn.lock().await;
        let mut last = self.last().await?;
        loop {
            let page = GetMessages::new().after(last).limit(100);
            let mut messages = self.channel.messages(&ctx.http, page).await?;
            messages.sort_by_key(|m| m.id);
            let Some(newest) = messages.last().map(|m| m.id.get()) else {
                break;
            };
            for m in messages.iter().filter(|m| self.is_ours(m)) {
                // A message of the history does not say which roles its author has.
                let staff = match self.guild.member(&ctx.http, m.author.id).await {
                    Ok(member) => member.roles.contains(&self.staff),
                    Err(_) => false,
                };
                self.keep(m, staff).await?;
            }
            last = newest;
            self.store.set_meta(LAST, &last.to_string()).await?;
            if messages.len() < 100 {
                break;
            }
        }
        self.caught_up.store(true, Ordering::SeqCst);
        Ok(())
    }

    async fn arrived(&self, m: &Message) -> anyhow::Result<()> {
        let _turn = self.turn.lock().await;
        let staff = m
            .member
            .as_ref()
            .is_some_and(|member| member.roles.contains(&self.staff));
        self.keep(m, staff).await?;
        if self.caught_up.load(Ordering::SeqCst) && m.id.get() > self.last().await? {
            self.store.set_meta(LAST, &m.id.to_string()).await?;
        }
        Ok(())
    }
}

#[async_trait]
impl EventHandler for Intake {
    async fn shard_stage_update(&self, _: Context, event: ShardStageUpdateEvent) {
        // A new session begins: what was written in between comes by no event.
        if event.new == ConnectionStage::Identifying {
            self.caught_up.store(false, Ordering::SeqCst);
        }
    }

    async fn ready(&self, ctx: Context, _: Ready) {
        for wait in [1, 5, 30, 0] {
            match self.catch_up(&ctx).await {
                Ok(()) => return,
                Err(e) => tracing::warn!("the intake channel cannot be read: {e}"),
            }
            tokio::time::sleep(Duration::from_secs(wait)).await;
        }
        let now = self.clock.now();
        let text = "受付チャンネルの過去の投稿を読めません。ボットに「チャンネルを見る」「メッセージ履歴を読む」を許可してください。新しい投稿は受け付けます。";
        let dedupe = format!("intake-history:{}", now.format("%Y-%m-%d"));
        if let Err(e) = self.store.notify("intake", &dedupe, text, now).await {
            tracing::error!("a notice could not be stored: {e}");
        }
    }

    async fn message(&self, _: Context, m: Message) {
        if !self.is_ours(&m) {
            return;
        }
        for wait in [1, 5, 30, 120, 0] {
            let Err(e) = self.arrived(&m).await else {
                return;
            };
            // Until it is stored the history must be read from before it.
            self.caught_up.store(false, Ordering::SeqCst);
            tracing::error!(message = m.id.get(), "a note could not be stored: {e}");
            tokio::time::sleep(Duration::from_secs(wait)).await;
        }
    }
}

/// The id that a message written at `at` would have.
fn snowflake(at: DateTime<Utc>) -> u64 {
    u64::try_from(at.timestamp_millis() - EPOCH_MS).unwrap_or(0) << 22
}

/// When a message was written.
fn sent_at(id: u64) -> Option<DateTime<Utc>> {
    let ms = i64::try_from(id >> 22).ok()? + EPOCH_MS;
    DateTime::from_timestamp_millis(ms)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn ids_tell_the_time() {
        // The example of Discord's own documentation.
        let at = sent_at(175_928_847_299_117_063).unwrap();
        assert_eq!(at.to_rfc3339(), "2016-04-30T11:18:25.796+00:00");
        assert_eq!(snowflake(at) >> 22, 175_928_847_299_117_063 >> 22);
    }
}
