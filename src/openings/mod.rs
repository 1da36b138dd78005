//! Openings from files and from hospitals' mails.
//!
//! [`jsonl`], [`csv`] and [`xlsx`] read whole files: the good rows become openings, each bad one is named by line, column and reason.
//! [`draft`] makes a draft opening of what was read in a mail, [`attached`] reads a table that came with one.

pub mod attached;
mod cell;
mod check;
mod contradictions;
pub mod csv;
pub mod draft;
pub mod find;
mod import;
pub mod jsonl;
mod sheet;
mod table;
#[cfg(test)]
mod tests;
pub mod xlsx;

pub use csv::template_csv;
pub use draft::{from_posts, from_rows};
pub use import::{Import, RowProblem};
pub use xlsx::template_xlsx;
