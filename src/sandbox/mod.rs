//! Files of strangers, read in a process of their own.
//!
//! The program starts itself with a hidden word, writes the file to its standard input and reads one JSON object from its
//! standard output. The child gives itself limits before it looks at a byte: memory, processor time, no files, no memory
//! dump; it has no environment, so no passwords. The parent keeps the clock and limits what it
//! takes. Whatever a file does to its reader, what comes back is a [`FileProblem`].

mod attachments;
mod child;
mod parent;

pub use attachments::read_attachments;
pub use parent::{Bounds, Reader, enter};

/// The hidden word that makes the program read one file.
const WORD: &str = "read-file";

#[cfg(doc)]
use crate::domain::file::FileProblem;
