//! A look at Discord without doing anything there: for `check`.

use super::{
    connect::Endpoint,
    fault::{Fault, fault},
};
use crate::config;
use anyhow::Context as _;
use secrecy::ExposeSecret as _;
use serenity::all::{ApplicationFlags, ChannelId, GuildId};

/// Tries the token, the server, the channels and the role.
///
/// # Errors
/// What is wrong, with what to do.
pub async fn probe(config: &config::Discord) -> anyhow::Result<String> {
    let token = config
        .token
        .as_ref()
        .context("環境変数 MADOGUCHI_DISCORD_TOKEN がありません")?;
    let http = Endpoint::of(config)?.http(token.expose_secret())?;
    let me = http.get_current_user().await.map_err(|e| match fault(e) {
        Fault::Refused(why) => anyhow::anyhow!(why),
        why => anyhow::anyhow!("Discord に接続できません: {why}"),
    })?;
    let guild = GuildId::new(config.guild_id.max(1));
    let roles = http.get_guild_roles(guild).await.map_err(|e| {
        let why = fault(e);
        anyhow::anyhow!("サーバー（discord.guild_id）に入れません。ボットを招待してください: {why}")
    })?;
    anyhow::ensure!(
        roles.iter().any(|r| r.id.get() == config.staff_role_id),
        "役割（discord.staff_role_id）がサーバーにありません。Discord で ID をコピーして入れてください"
    );
    for (key, id) in [
        ("review_channel_id", Some(config.review_channel_id)),
        ("intake_channel_id", config.intake_channel_id),
    ] {
        let Some(id) = id else { continue };
        http.get_channel(ChannelId::new(id.max(1)))
            .await
            .map_err(|e| {
                let why = fault(e);
                anyhow::anyhow!(
                    "チャンネル（discord.{key}）が見えません。ID を確かめ、ボットに閲覧の権限を与えてください: {why}"
                )
            })?;
    }
    if config.intake_channel_id.is_some()
        && let Ok(application) = http.get_current_application_info().await
        && let Some(flags) = application.flags
    {
        anyhow::ensure!(
            flags.intersects(
                ApplicationFlags::GATEWAY_MESSAGE_CONTENT
                    | ApplicationFlags::GATEWAY_MESSAGE_CONTENT_LIMITED
            ),
            "受付チャンネルを読むために、Discord の開発者ページでボットの「Message Content Intent」を有効にしてください"
        );
    }
    Ok(format!("{} として接続できました", me.name))
}
