//! The review in Discord against a double of Discord: store, decisions, gateway and requests together.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice)]

#[path = "../support/discord/mod.rs"]
mod discord;

mod cards;
mod commands;
mod decisions;
mod desk;
mod faults;
mod files;
mod hostile;
mod intake;
mod presses;
mod sample;
mod the_double;
mod tls;
