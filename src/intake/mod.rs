

pub mod chat;
