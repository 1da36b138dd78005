//! The files of one mail.

use super::Reader;
use crate::{
    domain::{
        file::{FileKind, FileProblem, FileText},
        message::InboundMessage,
    },
    files::{self, Extract},
    openings::Import,
};
use tokio::time::Instant;

/// Reads the files of a mail whose bytes stand in `bytes`, in the order of the attachments. Fills in what could be read and
/// adds to the mail's problems what could not.
pub async fn read_attachments(
    reader: &Reader,
    mail: &mut InboundMessage,
    bytes: &[Vec<u8>],
) -> Vec<FileText> {
    let end = Instant::now() + reader.bounds.time_per_mail;
    let mut started = 0;
    let mut out = vec![];
    for (at, attachment) in mail.attachments.iter_mut().enumerate() {
        if let Some(text) = &attachment.text {
            let is_mail = attachment.content_type.starts_with("message/");
            out.push(FileText {
                name: attachment.name.clone(),
                kind: if is_mail {
                    FileKind::Mail
                } else {
                    FileKind::Text
                },
                text: Some(text.clone()),
                problem: None,
            });
            continue;
        }
        let bytes = bytes.get(at).map(Vec::as_slice).unwrap_or_default();
        let found = if is_machines(&attachment.content_type) {
            problem(FileProblem::Unsupported)
        } else if started >= reader.bounds.files_per_mail {
            problem(FileProblem::TooMany)
        } else {
            // Of a picture only its first bytes are looked at.
            started += usize::from(!files::is_image(bytes));
            tokio::time::timeout_at(end, reader.read(&attachment.name, bytes))
                .await
                .unwrap_or_else(|_| problem(FileProblem::Time))
        };
        if found.kind != FileKind::Image
            && let Some(why) = found.problem.and_then(FileProblem::in_english)
        {
            mail.problems.push(format!("{}: {why}", attachment.name));
        }
        attachment.text.clone_from(&found.text);
        out.push(FileText {
            name: attachment.name.clone(),
            kind: found.kind,
            text: found.text,
            problem: found.problem,
        });
    }
    out
}

/// An attached table as openings.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Which of the mail's files.
    pub at: usize,
    /// The file's name, made safe.
    pub name: String,
    /// What its rows offer, and what is wrong with them.
    pub found: Result<Import, FileProblem>,
}

/// Reads the workbooks and tables of text among the files of a mail as openings. `read` is what [`read_attachments`] found.
pub async fn read_tables(reader: &Reader, read: &[FileText], bytes: &[Vec<u8>]) -> Vec<Table> {
    let end = Instant::now() + reader.bounds.time_per_mail;
    let mut out: Vec<Table> = vec![];
    for (at, (file, bytes)) in read.iter().zip(bytes).enumerate() {
        // What could not be read as text is named already.
        if file.text.is_none() || !is_table(file) || out.len() >= reader.bounds.files_per_mail {
            continue;
        }
        let found = tokio::time::timeout_at(end, reader.openings(&file.name, bytes))
            .await
            .unwrap_or(Err(FileProblem::Time));
        out.push(Table {
            at,
            name: file.name.clone(),
            found,
        });
    }
    out
}

/// Workbooks, and texts that by their name are rows of cells.
fn is_table(file: &FileText) -> bool {
    let extension = file.name.rsplit_once('.').map(|(_, end)| end);
    match file.kind {
        FileKind::Xlsx | FileKind::Xls => true,
        FileKind::Text => {
            extension.is_some_and(|e| ["csv", "tsv"].iter().any(|t| e.eq_ignore_ascii_case(t)))
        }
        _ => false,
    }
}

fn problem(problem: FileProblem) -> Extract {
    Extract {
        kind: FileKind::Other,
        text: None,
        problem: Some(problem),
    }
}

/// Parts that programs write for programs.
fn is_machines(content_type: &str) -> bool {
    content_type.starts_with("message/")
        || content_type.starts_with("audio/")
        || content_type.starts_with("video/")
        || matches!(
            content_type,
            "text/calendar"
                | "text/html"
                | "application/ics"
                | "application/pgp-signature"
                | "application/pgp-encrypted"
                | "application/pkcs7-signature"
                | "application/x-pkcs7-signature"
                | "application/pkcs7-mime"
                | "application/x-pkcs7-mime"
        )
}
