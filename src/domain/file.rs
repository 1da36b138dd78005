//! What became of the files that came with a mail.

use super::vocabulary;
use serde::{Deserialize, Serialize};

vocabulary! {
    /// What a file is, by its bytes and not by its name.
    pub enum FileKind {
        /// Portable Document Format.
        Pdf = "pdf",
        /// Word since 2007.
        Docx = "docx",
        /// Word 97 to 2003.
        Doc = "doc",
        /// Excel since 2007.
        Xlsx = "xlsx",
        /// Excel up to 2003.
        Xls = "xls",
        /// Rich Text Format.
        Rtf = "rtf",
        /// Plain text, CSV.
        Text = "text",
        /// A photograph or a scan.
        Image = "image",
        /// An archive.
        Zip = "zip",
        /// A mail inside the mail.
        Mail = "mail",
        /// Everything else.
        Other = "other",
    }
}

vocabulary! {
    /// Why a file was not read, or not to its end.
    pub enum FileProblem {
        /// Only pictures of pages: a scan or a photograph.
        Scanned = "scanned",
        /// It wants a password.
        Encrypted = "encrypted",
        /// The bytes are not what they should be.
        Damaged = "damaged",
        /// A kind that is not read.
        Unsupported = "unsupported",
        /// Nothing is in it.
        Empty = "empty",
        /// Bigger than what is read.
        TooBig = "too_big",
        /// It unpacks to more than what is read.
        Expands = "expands",
        /// It wanted more memory than a file may have.
        Memory = "memory",
        /// It took longer than a file may take.
        Time = "time",
        /// The mail has more files than are read.
        TooMany = "too_many",
        /// The reader did not start or ended without an answer.
        Failed = "failed",
        /// The text goes on after what was read.
        Cut = "cut",
    }
}

impl FileProblem {
    /// What staff are told.
    pub fn label(self) -> &'static str {
        match self {
            FileProblem::Scanned => "画像だけのため文字を読めません",
            FileProblem::Encrypted => "パスワードがかかっています",
            FileProblem::Damaged => "ファイルが壊れています",
            FileProblem::Unsupported => "読み取らない種類のファイルです",
            FileProblem::Empty => "文字が入っていません",
            FileProblem::TooBig => "大きすぎるため読みません",
            FileProblem::Expands => "展開すると大きすぎるため読みません",
            FileProblem::Memory => "読むのにメモリーを使いすぎるため止めました",
            FileProblem::Time => "読むのに時間がかかりすぎるため止めました",
            FileProblem::TooMany => "添付が多すぎるため読みません",
            FileProblem::Failed => "読み取りに失敗しました",
            FileProblem::Cut => "長いため途中まで読みました",
        }
    }
}

impl FileProblem {
    /// As it stands among the problems of a decoded mail; nothing where there is nothing wrong with the file.
    pub fn in_english(self) -> Option<&'static str> {
        Some(match self {
            FileProblem::Unsupported | FileProblem::Empty => return None,
            FileProblem::Scanned => "scanned pages, no text",
            FileProblem::Encrypted => "protected by a password",
            FileProblem::Damaged => "damaged file",
            FileProblem::TooBig => "too big, not read",
            FileProblem::Expands => "unpacks to too much, not read",
            FileProblem::Memory => "reading took too much memory",
            FileProblem::Time => "reading took too long",
            FileProblem::TooMany => "too many files, not read",
            FileProblem::Failed => "could not be read",
            FileProblem::Cut => "long file, the rest was not read",
        })
    }
}

/// What was read of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileText {
    /// The name, made safe.
    pub name: String,
    /// What it is.
    pub kind: FileKind,
    /// Its text: cells are parted by tabs, rows and paragraphs by line ends. None where nothing could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Why it was not read, or not to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<FileProblem>,
}

/// What is kept of a file beside the reading of its mail; the text itself stays in the mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileNote {
    /// The name, made safe.
    pub name: String,
    /// What it is.
    pub kind: FileKind,
    /// Decoded bytes.
    pub size: usize,
    /// Characters that were read.
    pub chars: usize,
    /// Why it was not read, or not to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<FileProblem>,
    /// A curriculum vitae, whose facts stand in the profile.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_cv: bool,
    /// Openings in it that became drafts.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub openings: usize,
}

fn is_zero(n: &usize) -> bool {
    *n == 0
}

impl FileNote {
    /// 「履歴書.docx（読めました）」, or why it was not read.
    pub fn label(&self) -> String {
        let outcome = match self.problem {
            Some(problem) => problem.label(),
            _ if self.openings > 0 => {
                return format!("{}（求人の下書き {} 件）", self.name, self.openings);
            }
            None if self.is_cv => "読めました。経歴を取り込みました",
            None => "読めました",
        };
        format!("{}（{outcome}）", self.name)
    }
}
