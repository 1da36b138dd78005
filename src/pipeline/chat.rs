//! A note from the intake channel goes the way of a mail.

use crate::domain::message::{InboundMessage, Mailbox};
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

/// The stored bytes of a chat message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChatNote {
    /// The writer's id in the chat.
    pub author_id: String,
    /// The writer's name there.
    pub author_name: String,
    /// The writer has the staff role: it is a note about somebody, not by them.
    #[serde(default)]
    pub staff: bool,
    /// The words.
    pub content: String,
    /// When it was written.
    pub at: DateTime<FixedOffset>,
}

/// The message that a note stands for. A note of staff has no sender: whom it is about stands in its words.
pub(super) fn decode(raw: &[u8]) -> anyhow::Result<InboundMessage> {
    let note: ChatNote = serde_json::from_slice(raw)?;
    let name = if note.staff {
        String::new()
    } else {
        note.author_name
    };
    Ok(InboundMessage {
        from: Mailbox {
            name,
            address: String::new(),
        },
        date: Some(note.at),
        text: note.content.clone(),
        new_text: note.content,
        ..InboundMessage::default()
    })
}
