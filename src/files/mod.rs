//! Text out of files: PDF, Word, Excel, RTF. Pure functions over bytes.
//!
//! Files come from strangers, and a reader can be made to loop, to ask for all memory or to end the program; no care in here
//! changes that. So nothing in here may be called in the process that does the work: [`crate::sandbox`] calls it in a child
//! process with limits.

mod doc;
mod docx;
mod form;
mod package;
mod pdf;
mod rtf;
mod sheet;
mod sniff;
#[cfg(test)]
mod tests;
mod text;

use crate::domain::file::{FileKind, FileProblem};
use serde::{Deserialize, Serialize};

pub use sniff::{is_image, kind};

/// How much of a file is read.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Limits {
    /// Characters of text that are kept.
    pub chars: usize,
    /// Pages of a PDF, sheets of a workbook.
    pub pages: usize,
    /// Bytes that one part of a package may unpack to.
    pub unpacked: u64,
    /// Cells of a workbook that are visited.
    pub cells: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            chars: 200_000,
            pages: 50,
            unpacked: 64 * 1024 * 1024,
            cells: 200_000,
        }
    }
}

/// What a reader found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extract {
    /// What the file is, by its bytes.
    pub kind: FileKind,
    /// Its text; cells are parted by tabs, rows and paragraphs by line ends.
    pub text: Option<String>,
    /// Why there is no text, or not all of it.
    pub problem: Option<FileProblem>,
}

/// What a reader of one format gives.
type Read = Result<text::Page, FileProblem>;

/// Reads a file. The name is heeded only where the bytes say nothing.
pub fn read(bytes: &[u8], name: &str, limits: &Limits) -> Extract {
    let kind = kind(bytes, name);
    let read = match kind {
        FileKind::Pdf => pdf::read(bytes, limits),
        FileKind::Docx => docx::read(bytes, limits),
        FileKind::Doc => doc::read(bytes, limits),
        FileKind::Xlsx => sheet::xlsx(bytes, limits),
        FileKind::Xls => sheet::xls(bytes, limits),
        FileKind::Rtf => rtf::read(bytes, limits),
        FileKind::Image => Err(FileProblem::Scanned),
        FileKind::Zip => Err(if package::is_encrypted(bytes) {
            FileProblem::Encrypted
        } else {
            FileProblem::Unsupported
        }),
        FileKind::Other if sniff::is_encrypted_office(bytes) => Err(FileProblem::Encrypted),
        FileKind::Text | FileKind::Mail | FileKind::Other => Err(FileProblem::Unsupported),
    };
    match read {
        Ok(page) => {
            let (text, cut) = page.finish();
            match (text.is_empty(), cut) {
                (true, _) => Extract {
                    kind,
                    text: None,
                    problem: Some(FileProblem::Empty),
                },
                (false, cut) => Extract {
                    kind,
                    text: Some(text),
                    problem: cut.then_some(FileProblem::Cut),
                },
            }
        }
        Err(problem) => Extract {
            kind,
            text: None,
            problem: Some(problem),
        },
    }
}
