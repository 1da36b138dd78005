//! Bytes in: the mailbox and the chat channel.

pub mod imap;
