//! Plain types in the field's words. Nothing here reads, writes, or knows the time.

pub mod case;
pub mod conditions;
pub mod draft;
pub mod file;
pub mod label;
pub mod match_;
pub mod message;
pub mod opening;
pub mod outbox;
pub mod person;
pub mod review;
pub mod values;
mod vocabulary;
pub mod wish;

pub(crate) use vocabulary::vocabulary;
