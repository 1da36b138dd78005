//! What people receive: texts and the MIME bytes of a mail.
//!
//! Texts stand in `prompts/`, one template an audience and language, compiled in. What goes into them comes as plain labels; names
//! and subjects that strangers wrote are made harmless first. [`mime`] makes the bytes, [`message_id`] signs what leaves,
//! [`staff`] holds every sentence that staff read in chat and at the terminal.

pub mod acknowledgement;
mod clean;
pub mod compose;
pub mod conditions;
pub mod holidays;
pub mod institution;
pub mod message_id;
pub mod mime;
mod near;
pub mod office_hours;
pub mod opening;
pub mod opt_out;
pub mod reasons;
pub mod split;
pub mod staff;
pub mod subject;
pub mod suggestion;
mod template;
mod text;
mod wrap;

pub use acknowledgement::{AckInput, AckKind, Unread, acknowledgement};
pub use institution::{InstitutionInput, InstitutionRequest, institution_reply};
pub use message_id::{OutKind, Signed, sign, verify};
pub use mime::{AutoKind, MimeError, Outgoing, Rendered, render};
pub use near::{near_misses, relaxation_lines};
pub use opt_out::{OptOutInput, opt_out_reply};
pub use split::{join, split_for_inputs};
pub use subject::{acknowledgement_subject, reply_subject};
pub use suggestion::{Relaxed, Suggestion, SuggestionInput, WishChange, suggestion};
pub use template::TextError;
pub use text::{Addressee, Text};

#[cfg(test)]
#[allow(clippy::indexing_slicing, clippy::string_slice, clippy::unwrap_used)]
mod tests;
