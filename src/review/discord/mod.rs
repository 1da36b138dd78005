//! The review in Discord: one card and one thread a case, buttons that live through restarts, commands for staff.

mod answer;
mod commands;
mod connect;
mod custom_id;
mod fault;
mod files;
mod forms;
mod handler;
mod origin;
mod permission;
mod place;
mod press;
mod probe;
mod reconcile;
mod render;
mod submit;
#[cfg(test)]
mod tests;
mod thread;
mod worker;

use crate::{clock::backoff, config, review::Reviewer, wake::Wake};
use anyhow::Context as _;
use fault::Fault;
use permission::House;
use secrecy::ExposeSecret as _;
use serenity::{
    all::{ClientBuilder, EventHandler, GatewayIntents, Http},
    gateway::GatewayError,
};
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

pub use connect::{Api, Endpoint};
pub use probe::probe;

/// Somebody else who listens to the events of the one connection.
pub type Listener = Arc<dyn EventHandler>;

/// The key in the store under which the reason stands why chat was given up; empty while all is well.
pub const ALARM: &str = "discord:alarm";

/// How long running work may take when the program ends.
const FAREWELL: Duration = Duration::from_secs(3);

/// How long the connection may take to close.
const CLOSE: Duration = Duration::from_secs(1);

/// What every part of the chat needs.
pub(crate) struct Chat {
    http: Arc<Http>,
    reviewer: Reviewer,
    house: House,
    /// Called on every new session: what was missed must be looked up.
    session: Wake,
    sessions: watch::Sender<u64>,
    ready: watch::Sender<bool>,
    tasks: TaskTracker,
}

/// Shows the cards and takes the decisions, until `cancel`. `ready` becomes true when Discord has accepted us.
///
/// While Discord is down this waits and tries again; nothing else in the program depends on it.
///
/// # Errors
/// Where going on would be of no use: a token or a permission that Discord refuses, a configuration that cannot be used.
/// It must not be started again without a person having looked.
pub async fn run(
    config: &config::Discord,
    reviewer: Reviewer,
    listeners: Vec<Listener>,
    cancel: CancellationToken,
    ready: watch::Sender<bool>,
) -> anyhow::Result<()> {
    run_at(
        &Endpoint::of(config)?,
        config,
        reviewer,
        listeners,
        cancel,
        ready,
    )
    .await
}

/// As [`run`], with Discord at `endpoint`.
///
/// # Errors
/// As [`run`].
pub async fn run_at(
    endpoint: &Endpoint,
    config: &config::Discord,
    reviewer: Reviewer,
    listeners: Vec<Listener>,
    cancel: CancellationToken,
    ready: watch::Sender<bool>,
) -> anyhow::Result<()> {
    let store = reviewer.store.clone();
    let clock = reviewer.clock.clone();
    // Giving up the chat must not end the program.
    let own = cancel.child_token();
    let ended = connected(endpoint, config, reviewer, listeners, own, ready).await;
    if let Err(e) = &ended {
        let text = format!("Discord との連携を止めました: {e:#}");
        tracing::error!("{text}");
        let now = clock.now();
        let noted = store.set_meta(ALARM, &text).await;
        let told = store
            .notify(
                "discord",
                &format!("discord:{}", now.timestamp()),
                &text,
                now,
            )
            .await;
        if let Err(e) = noted.and(told) {
            tracing::error!("the alarm could not be stored: {e}");
        }
    }
    ended
}

async fn connected(
    endpoint: &Endpoint,
    config: &config::Discord,
    reviewer: Reviewer,
    listeners: Vec<Listener>,
    cancel: CancellationToken,
    ready: watch::Sender<bool>,
) -> anyhow::Result<()> {
    let token = config
        .token
        .as_ref()
        .context(
            "MADOGUCHI_DISCORD_TOKEN がありません。Discord のボットのトークンを入れてください。",
        )?
        .expose_secret()
        .to_owned();
    let house = House::of(config)?;
    let mut intents = GatewayIntents::GUILDS;
    if house.intake.is_some() {
        // The words of messages that do not mention the bot; nothing else needs this privileged intent.
        intents |= GatewayIntents::GUILD_MESSAGES | GatewayIntents::MESSAGE_CONTENT;
    }
    let http = endpoint.http(&token)?;
    let Some(gateway) = find_gateway(endpoint, &http, &cancel).await? else {
        return Ok(());
    };
    let (sessions, _) = watch::channel(0);
    let chat = Arc::new(Chat {
        // serenity takes the one above for itself.
        http: Arc::new(endpoint.http(&token)?),
        reviewer,
        house,
        session: Wake::default(),
        sessions,
        ready,
        tasks: TaskTracker::new(),
    });
    let mut builder =
        ClientBuilder::new_with_http(http, intents).event_handler(handler::Handler(chat.clone()));
    for listener in listeners {
        builder = builder.event_handler(handler::Forward(listener));
    }
    let mut client = builder.await?;
    // serenity falls back to Discord's own gateway where it could not ask; ours has been found above.
    *client.ws_url.lock().await = gateway;
    let shards = client.shard_manager.clone();
    let mut events = tokio::spawn(async move { client.start().await });
    let mut cards = tokio::spawn(worker::Worker::new(chat.clone()).run(cancel.clone()));
    let mut cards_ended = false;
    let ended = tokio::select! {
        () = cancel.cancelled() => Ok(()),
        ended = &mut events => match ended {
            Ok(Err(e)) => Err(explained(e)),
            Ok(Ok(())) => Err(anyhow::anyhow!("Discord との接続が終わりました。")),
            Err(e) => Err(e.into()),
        },
        ended = &mut cards => {
            cards_ended = true;
            ended.map_err(anyhow::Error::from).and_then(|r| r)
        }
    };
    cancel.cancel();
    chat.tasks.close();
    // serenity's own shutdown has been seen to hang.
    drop(tokio::time::timeout(FAREWELL, chat.tasks.wait()).await);
    drop(tokio::time::timeout(CLOSE, shards.shutdown_all()).await);
    events.abort();
    if !cards_ended && tokio::time::timeout(FAREWELL, &mut cards).await.is_err() {
        cards.abort();
    }
    ended
}

async fn find_gateway(
    endpoint: &Endpoint,
    http: &Http,
    cancel: &CancellationToken,
) -> anyhow::Result<Option<String>> {
    for attempt in 0.. {
        match endpoint.gateway(http).await {
            Ok(url) => return Ok(Some(url)),
            Err(Fault::Refused(why) | Fault::Wrong(why)) => anyhow::bail!(why),
            Err(why) => tracing::warn!(%why, "Discord cannot be reached; trying again"),
        }
        let dice = crate::clock::random_bytes().map(u64::from_le_bytes)?;
        let wait = backoff(
            Duration::from_secs(1),
            Duration::from_secs(60),
            attempt,
            dice,
        );
        tokio::select! {
            () = cancel.cancelled() => return Ok(None),
            () = tokio::time::sleep(wait) => {}
        }
    }
    Ok(None)
}

fn explained(e: serenity::Error) -> anyhow::Error {
    match e {
        serenity::Error::Gateway(GatewayError::InvalidAuthentication) => anyhow::anyhow!(
            "Discord がトークンを受け付けません。MADOGUCHI_DISCORD_TOKEN を確かめてください。"
        ),
        serenity::Error::Gateway(GatewayError::DisallowedGatewayIntents) => anyhow::anyhow!(
            "Discord の開発者ページで、ボットの「Message Content Intent」を有効にしてください（受付チャンネルを読むために必要です。使わない場合は discord.intake_channel_id を消してください）。"
        ),
        other => other.into(),
    }
}
