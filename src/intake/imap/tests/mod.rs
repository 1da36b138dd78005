#![allow(clippy::unwrap_used)]

mod header;
mod names;
mod tame;
