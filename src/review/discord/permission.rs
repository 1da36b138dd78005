//! Who may decide. Buttons have no permissions of their own, and those of commands are only a default: the role is looked
//! at on every press, every form and every command.

use crate::{config, domain::review::Actor, draft::staff, review::card::harmless};
use serenity::all::{ChannelId, GuildId, Member, PartialChannel};

const ELSEWHERE: &str =
    "ここでは操作できません。事務局のチャンネルで操作してください。何も変更していません。";

/// Where the desk lives in Discord.
#[derive(Debug, Clone)]
pub(super) struct House {
    pub(super) guild: GuildId,
    pub(super) review: ChannelId,
    pub(super) intake: Option<ChannelId>,
    staff: u64,
}

/// What an interaction tells of who made it, and where.
pub(super) struct Visitor<'a> {
    pub(super) guild: Option<GuildId>,
    pub(super) channel_id: ChannelId,
    pub(super) channel: Option<&'a PartialChannel>,
    pub(super) member: Option<&'a Member>,
}

impl House {
    /// As configured.
    pub(super) fn of(config: &config::Discord) -> anyhow::Result<House> {
        let named = |key: &str, id: u64| {
            anyhow::ensure!(
                id != 0,
                "discord.{key} は 0 にできません。Discord で ID をコピーして入れてください。"
            );
            Ok(id)
        };
        Ok(House {
            guild: GuildId::new(named("guild_id", config.guild_id)?),
            review: ChannelId::new(named("review_channel_id", config.review_channel_id)?),
            intake: match config.intake_channel_id {
                Some(id) => Some(ChannelId::new(named("intake_channel_id", id)?)),
                None => None,
            },
            staff: named("staff_role_id", config.staff_role_id)?,
        })
    }

    /// The member of staff who acts, or what to tell somebody who is none.
    pub(super) fn admit(&self, visitor: &Visitor<'_>) -> Result<Actor, String> {
        let ours = |id: ChannelId| id == self.review || Some(id) == self.intake;
        let parent = visitor.channel.and_then(|c| c.parent_id);
        if visitor.guild != Some(self.guild)
            || !(ours(visitor.channel_id) || parent.is_some_and(ours))
        {
            return Err(ELSEWHERE.to_owned());
        }
        let Some(member) = visitor.member else {
            return Err(ELSEWHERE.to_owned());
        };
        if !member.roles.iter().any(|r| r.get() == self.staff) {
            return Err(staff::role_needed());
        }
        let name = member
            .nick
            .as_deref()
            .or(member.user.global_name.as_deref())
            .unwrap_or(&member.user.name);
        let name = harmless::plain(name, 40);
        Ok(Actor {
            id: format!("discord:{}", member.user.id),
            name: if name.is_empty() {
                format!("ID {}", member.user.id)
            } else {
                name
            },
        })
    }
}
