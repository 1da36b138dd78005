//! Where a message of the intake channel stands, as it was stored with the message.

use crate::store::CaseDetail;
use serde::Deserialize;
use serenity::all::{ChannelId, MessageId};

/// The place of a chat message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) channel: ChannelId,
    pub(super) message: MessageId,
    /// A member of staff wrote it, so that its thread may hold what only staff should read.
    pub(super) staff: bool,
}

#[derive(Deserialize)]
struct Written {
    channel_id: serde_json::Value,
    message_id: serde_json::Value,
    #[serde(default)]
    staff: bool,
}

/// Reads what was stored; nothing where it is not readable.
pub(super) fn read(json: &str) -> Option<Origin> {
    let w: Written = serde_json::from_str(json).ok()?;
    let id = |v: &serde_json::Value| match v {
        serde_json::Value::String(s) => s.parse::<u64>().ok().filter(|n| *n > 0),
        other => other.as_u64().filter(|n| *n > 0),
    };
    Some(Origin {
        channel: ChannelId::new(id(&w.channel_id)?),
        message: MessageId::new(id(&w.message_id)?),
        staff: w.staff,
    })
}

/// Where a case came from, if it began in the intake channel.
pub(super) fn of(detail: &CaseDetail) -> Option<Origin> {
    detail.messages.first()?.origin.as_deref().and_then(read)
}
