//! Files of strangers, read in a process of their own.
//!
//! The program starts itself with a hidden word, writes the file to its standard input and reads one JSON object from its
//! standard output. The child gives itself limits before it looks at a byte: memory, processor time, no files, no memory
//! dump; it has no environment, so no passwords. The parent keeps the clock and limits what it
//! takes. Whatever a file does to its reader, what comes back is a [`FileProblem`].

mod attachments;
mod child;
mod parent;

pub use attachments::{Table, read_attachments, read_tables};
pub use parent::{Bounds, Reader, enter};

/// What a child is started for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Errand {
    /// The text of a file.
    Text,
    /// The openings of a table.
    Openings,
}

impl Errand {
    const fn word(self) -> &'static str {
        match self {
            Errand::Text => "text",
            Errand::Openings => "openings",
        }
    }
}

/// The hidden word that makes the program read one file.
const WORD: &str = "read-file";

#[cfg(doc)]
use crate::domain::file::FileProblem;
