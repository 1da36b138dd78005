//! The files of one mail.

use super::Reader;
use crate::{
    domain::{
        file::{FileKind, FileProblem, FileText},
        message::InboundMessage,
    },
    files::Extract,
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
            started += 1;
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
