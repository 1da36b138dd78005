//! Wiring: which rooms are joined to which, and how the program begins and ends.

pub mod daemon;
mod rooms;

pub(crate) use rooms::transport;
pub use rooms::{Rooms, install_places, keep_places, kept_places, open_store, reviewer};
