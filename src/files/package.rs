//! The ZIP container of the newer Office files, read with a limit to what it unpacks to.

use crate::domain::file::{FileKind, FileProblem};
use std::{
    borrow::Cow,
    io::{Cursor, Read as _},
};
use zip::ZipArchive;

/// More entries than any document has.
const MOST_ENTRIES: usize = 10_000;

/// An opened container.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    unpacked: u64,
}

impl<'a> Package<'a> {
    /// Opens a container; each part may unpack to `unpacked` bytes.
    pub(super) fn open(bytes: &'a [u8], unpacked: u64) -> Result<Self, FileProblem> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileProblem::Damaged)?;
        if archive.len() > MOST_ENTRIES {
            return Err(FileProblem::Expands);
        }
        Ok(Package { archive, unpacked })
    }

    /// Refuses a container that says that it unpacks to more than is read, before anything is unpacked. What lies about its
    /// size is caught by [`Package::part`] or by the limit to memory.
    pub(super) fn weigh(&self) -> Result<(), FileProblem> {
        match self.archive.decompressed_size() {
            Some(size) if size > u128::from(self.unpacked) * 4 => Err(FileProblem::Expands),
            _ => Ok(()),
        }
    }

    /// The bytes of a part; none where there is no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, FileProblem> {
        let Ok(file) = self.archive.by_name(name) else {
            return if self.archive.index_for_name(name).is_some() {
                Err(FileProblem::Damaged)
            } else {
                Ok(None)
            };
        };
        if file.encrypted() {
            return Err(FileProblem::Encrypted);
        }
        if file.size() > self.unpacked {
            return Err(FileProblem::Expands);
        }
        let mut bytes = Vec::new();
        let mut limited = file.take(self.unpacked + 1);
        let done = limited.read_to_end(&mut bytes);
        if bytes.len() as u64 > self.unpacked {
            return Err(FileProblem::Expands);
        }
        // What came before the fault may still hold the text.
        match done {
            Err(_) if bytes.is_empty() => Err(FileProblem::Damaged),
            _ => Ok(Some(bytes)),
        }
    }

    /// The names of all parts.
    pub(super) fn names(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.archive.file_names().filter_map(Result::ok)
    }
}

/// What a container holds.
pub(super) fn kind(bytes: &[u8]) -> FileKind {
    let Ok(package) = Package::open(bytes, 0) else {
        return FileKind::Zip;
    };
    let mut found = FileKind::Zip;
    for name in package.names() {
        if name.starts_with("word/") {
            found = FileKind::Docx;
        } else if name == "xl/workbook.xml" {
            found = FileKind::Xlsx;
        }
    }
    found
}

/// Whether an archive wants a password.
pub(super) fn is_encrypted(bytes: &[u8]) -> bool {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return false;
    };
    (0..archive.len().min(MOST_ENTRIES))
        .any(|i| archive.by_index_raw(i).is_ok_and(|file| file.encrypted()))
}
