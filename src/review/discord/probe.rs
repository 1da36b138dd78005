//! A look at Discord without doing anything there: for `check`.

use super::connect::Endpoint;
use crate::config;
use anyhow::Context as _;
use secrecy::ExposeSecret as _;
use serenity::all::{ChannelId, GuildId};

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
    let me = http
        .get_current_user()
        .await
        .context("トークンが使えません。Discord の開発者ページで作り直してください")?;
    let guild = GuildId::new(config.guild_id.max(1));
    http.get_guild(guild)
        .await
        .context("サーバー（guild_id）に入れません。ボットを招待してください")?;
    for (key, id) in [
        ("review_channel_id", Some(config.review_channel_id)),
        ("intake_channel_id", config.intake_channel_id),
    ] {
        if let Some(id) = id {
            http.get_channel(ChannelId::new(id.max(1)))
                .await
                .with_context(|| {
                    format!("チャンネル（{key}）が見えません。ボットに閲覧の権限を与えてください")
                })?;
        }
    }
    let roles = http
        .get_guild_roles(guild)
        .await
        .context("役割の一覧を読めません")?;
    anyhow::ensure!(
        roles.iter().any(|r| r.id.get() == config.staff_role_id),
        "役割（staff_role_id）がサーバーにありません。Discord で ID をコピーして入れてください"
    );
    Ok(format!("{} として接続できました", me.name))
}
