//! The files that came with the newest message, and what was read of them.

use super::{Note, Tone};
use crate::{
    domain::{
        file::{FileKind, FileNote},
        message::Source,
    },
    store::{CaseDetail, MessageSummary},
};

/// More files than this are counted and not named.
const NAMED: usize = 5;

/// The newest message of a case that brought files.
pub(crate) fn message(detail: &CaseDetail) -> Option<&MessageSummary> {
    let brought = |m: &&MessageSummary| {
        m.source == Source::Mail
            && !m.header_only
            && m.reading.as_ref().is_some_and(|r| !r.files.is_empty())
    };
    detail.messages.iter().rev().find(brought)
}

/// One line a document; pictures, which signatures are full of, together.
pub(super) fn notes(detail: &CaseDetail) -> Vec<Note> {
    let newest = detail
        .messages
        .iter()
        .find(|m| Some(m.id) == detail.newest_message);
    let files: &[FileNote] = newest
        .and_then(|m| m.reading.as_ref())
        .map_or(&[], |reading| &reading.files);
    let (pictures, documents): (Vec<&FileNote>, Vec<&FileNote>) =
        files.iter().partition(|file| file.kind == FileKind::Image);
    let mut out: Vec<Note> = documents
        .iter()
        .take(NAMED)
        .map(|file| Note {
            tone: if file.problem.is_some() {
                Tone::Caution
            } else {
                Tone::Plain
            },
            text: format!("添付: {}", file.label()),
        })
        .collect();
    if documents.len() > NAMED {
        out.push(Note {
            tone: Tone::Plain,
            text: format!("添付: ほか {} 件", documents.len() - NAMED),
        });
    }
    if !pictures.is_empty() {
        out.push(Note {
            tone: Tone::Plain,
            text: format!("添付: 画像 {} 件（文字は読み取りません）", pictures.len()),
        });
    }
    out
}
