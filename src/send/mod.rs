//! What leaves. Every mail passes [`gate`], is claimed in the store before a byte goes out, and is handed to one
//! [`transport`]; [`worker`] settles what a crash left behind.

pub mod file;
pub mod gate;
pub mod settle;
pub mod smtp;
pub mod transport;
pub mod worker;

pub use transport::{Delivery, Handover, Transport};
pub use worker::Sender;
