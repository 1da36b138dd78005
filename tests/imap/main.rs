//! The mailbox on a real Dovecot, and on a scripted server with the habits of odd ones.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "../support/mod.rs"]
mod support;

mod connecting;
mod fetching;
mod harness;
mod odd;
mod reading;
mod sent;
