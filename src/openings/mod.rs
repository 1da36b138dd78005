//! Openings from files and from hospitals' mails.
//!
//! [`jsonl`] and [`csv`] read whole files: the good rows become openings, each bad one is named by line, column and reason.
//! [`draft`] makes a draft opening of what was read in a mail.

mod cell;
mod check;
pub mod csv;
pub mod draft;
mod import;
pub mod jsonl;
pub mod table;
#[cfg(test)]
mod tests;

pub use draft::from_reading;
pub use import::{Import, RowProblem};
pub use table::template_csv;
