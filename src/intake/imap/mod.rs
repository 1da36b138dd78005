//! The mailbox over IMAP (RFC 3501): one connection watches the folder of incoming mail, another the folder of sent mail.
//!
//! Folders are opened read-only and texts are read with `BODY.PEEK`, so people's unread marks stay. How far a folder has
//! been read is a cursor (UIDVALIDITY, UID) in the store, moved in the transaction that stores the bytes; it passes a mail
//! only when that mail is stored, is gone, or staff have been told that the server does not give it out.

mod connect;
mod error;
mod fetch;
mod header;
mod keep;
mod names;
mod probe;
mod reconcile;
mod sent;
mod session;
mod tame;
mod timing;
mod tls;
mod token;
mod told;
mod watch;

pub use error::ImapError;
pub use header::fingerprint;
pub use keep::Rooms;
pub use probe::{Probe, RawMail, Reader, probe};
pub use sent::{SentHandle, SentKeeper};
pub use timing::Timing;
pub use watch::{Link, Watcher};

#[cfg(test)]
mod tests;
