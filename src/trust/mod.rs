//! Whether a sender is who the mail says: signatures and paths checked against the DNS, and addresses made to be taken for
//! others.
//!
//! What the own mail server found out (`Authentication-Results`) goes before what is found out here, since it saw the host
//! that delivered. Nothing here decides what happens to a mail; it gives [`Doubt`](crate::domain::message::Doubt)s, which
//! staff see and which keep an answer from leaving unconfirmed.

mod answers;
mod doubt;
mod received;
mod verify;

pub use answers::Answers;
pub use doubt::{Known, doubts, is_shared, plain_name};
pub use verify::Verifier;
