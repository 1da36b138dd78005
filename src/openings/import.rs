//! What an import gives back.

use crate::domain::opening::Opening;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Who wrote a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Writer {
    /// The desk: every row has the desk's number, an institution and a place.
    Desk,
    /// An institution, for a mail: what is the same for all rows may stand in the mail alone, and numbers are its own.
    Institution,
}

/// The good rows, and what was wrong.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Import {
    /// Rows that may go in, in the file's order.
    pub openings: Vec<Opening>,
    /// Rows that may not, and doubts about rows that may.
    pub problems: Vec<RowProblem>,
}

impl Import {
    /// A file of which nothing can be read.
    pub(super) fn refused(problem: RowProblem) -> Self {
        Import {
            openings: vec![],
            problems: vec![problem],
        }
    }
}

/// One thing wrong with one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowProblem {
    /// The line of the file where the row begins, from 1; 0 where it is about the whole file.
    pub line: usize,
    /// The heading or key; empty where it is about the whole row.
    pub column: String,
    /// What is wrong, in plain Japanese for staff.
    pub reason: String,
    /// The row does not go in; else it does, without what is wrong.
    pub refused: bool,
}

impl RowProblem {
    /// About the whole file.
    pub(super) fn of_file(reason: impl Into<String>) -> Self {
        RowProblem {
            line: 0,
            column: String::new(),
            reason: reason.into(),
            refused: true,
        }
    }
}

impl fmt::Display for RowProblem {
    /// 「3行目「当直」: …（この行は取り込みません）」
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "{}行目", self.line)?;
        }
        if !self.column.is_empty() {
            write!(f, "「{}」", self.column)?;
        }
        if self.line > 0 || !self.column.is_empty() {
            f.write_str(": ")?;
        }
        f.write_str(&self.reason)?;
        if self.refused && self.line > 0 {
            f.write_str("（この行は取り込みません）")?;
        }
        Ok(())
    }
}
