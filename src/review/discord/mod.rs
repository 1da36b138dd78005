//! The chat.
pub(crate) mod custom_id;
