//! What a file is: by its first bytes; its name counts only where they say nothing.

use super::package;
use crate::domain::file::FileKind;
use std::io::Cursor;

const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Whether a file is a picture, by its first bytes alone: safe in any process.
pub fn is_image(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(16)).unwrap_or_default();
    let starts = |signs: &[&[u8]]| signs.iter().any(|sign| head.starts_with(sign));
    starts(&[
        b"\xff\xd8\xff",
        b"\x89PNG",
        b"GIF8",
        b"II*\0",
        b"MM\0*",
        b"BM",
    ]) || head.get(4..8) == Some(b"ftyp")
        && head
            .get(8..12)
            .is_some_and(|brand| matches!(brand, b"heic" | b"heix" | b"mif1" | b"avif"))
        || head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP")
}

/// What a file is.
pub fn kind(bytes: &[u8], name: &str) -> FileKind {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return package::kind(bytes);
    }
    if head.starts_with(COMPOUND) {
        return compound(bytes);
    }
    if head.trim_ascii_start().starts_with(b"{\\rt") {
        return FileKind::Rtf;
    }
    if is_image(bytes) {
        return FileKind::Image;
    }
    // Some programs write lines before the mark of a PDF; readers look for it in the first kilobyte.
    if head.windows(5).any(|window| window == b"%PDF-") {
        return FileKind::Pdf;
    }
    // Excel up to version 4, without a container.
    if head.starts_with(b"\x09\x08\x10\0\0\x06") || head.starts_with(b"\x09\x08\x08\0\0\x05") {
        return FileKind::Xls;
    }
    match name
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_ascii_lowercase())
        .as_deref()
    {
        Some("eml") => FileKind::Mail,
        Some("txt" | "csv" | "tsv" | "md") => FileKind::Text,
        // Cut or overwritten: the reader says that it is damaged.
        Some("pdf") => FileKind::Pdf,
        Some("docx") => FileKind::Docx,
        Some("xlsx") => FileKind::Xlsx,
        Some("doc") => FileKind::Doc,
        Some("xls") => FileKind::Xls,
        _ => FileKind::Other,
    }
}

/// A compound file: old Word, old Excel, or something else.
fn compound(bytes: &[u8]) -> FileKind {
    let Ok(file) = cfb::CompoundFile::open(Cursor::new(bytes)) else {
        return FileKind::Other;
    };
    if file.is_stream("/WordDocument") {
        FileKind::Doc
    } else if file.is_stream("/Workbook") || file.is_stream("/Book") {
        FileKind::Xls
    } else {
        FileKind::Other
    }
}

/// A new Word or Excel file with a password is wrapped into a compound file.
pub(super) fn is_encrypted_office(bytes: &[u8]) -> bool {
    bytes.starts_with(COMPOUND)
        && cfb::CompoundFile::open(Cursor::new(bytes))
            .is_ok_and(|file| file.is_stream("/EncryptedPackage"))
}
