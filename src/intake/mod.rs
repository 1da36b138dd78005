//! Bytes in: the mailbox and the chat channel.

pub mod chat;
pub mod imap;
