//! One function a transition. The runner takes due rows, steps, and saves; a crash between two steps loses nothing.

mod acknowledge;
mod attached;
mod by_hand;
mod chat;
mod correspondents;
mod machine;
mod openings;
mod papers;
mod prepare;
pub mod routes;
mod runner;
mod shortlist;
mod take_in;
mod wishes;

pub use attached::{FileOffer, offers};
pub use chat::ChatNote;
pub use runner::Pipeline;
