//! One function a transition. The runner takes due rows, steps, and saves; a crash between two steps loses nothing.

mod acknowledge;
mod attached;
mod by_hand;
mod chat;
mod correspondents;
mod machine;
mod offer;
mod openings;
mod papers;
mod prepare;
pub mod routes;
mod runner;
mod seeking;
mod shortlist;
mod take_in;
mod wishes;

pub use attached::{FileOffer, offers};
pub use chat::ChatNote;
pub use offer::OnOffer;
pub use runner::Pipeline;
pub use seeking::Seeking;
