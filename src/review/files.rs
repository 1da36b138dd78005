//! The files that came with a mail, for staff who ask for them.
//!
//! They are handed out as they came, under names that are safe; what a double click would run is not handed out, and pages
//! of the web go out as plain text.

use super::{Reviewer, card};
use crate::{
    decode::{self, Limits},
    domain::review::Actor,
};

/// Discord takes files up to this size from everybody, in bytes.
const MOST_BYTES: usize = 10 * 1024 * 1024;
/// Files of one mail that are handed out.
const MOST_FILES: usize = 10;

/// A file for staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOut {
    /// A safe name.
    pub name: String,
    /// As they came.
    pub bytes: Vec<u8>,
}

/// What there is of a case's newest mail with files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseFiles {
    /// The message's row; none: no mail of the case has files.
    pub message: Option<i64>,
    /// To be shown.
    pub files: Vec<HandedOut>,
    /// Names of the others, each with the reason.
    pub withheld: Vec<String>,
}

impl Reviewer {
    /// The files of a case's newest mail that has some; that they were asked for stands in the history.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn files(&self, case_id: i64, actor: &Actor) -> anyhow::Result<CaseFiles> {
        let detail = self.store.case(case_id).await?;
        let Some(message) = detail.as_ref().and_then(card::files::message) else {
            return Ok(CaseFiles::default());
        };
        let raw = self.store.raw(message.id).await?;
        let (mail, bytes) = decode::decode_with_files(&raw, &Limits::default());
        let mut out = CaseFiles {
            message: Some(message.id),
            ..CaseFiles::default()
        };
        for (attachment, bytes) in mail.attachments.iter().zip(bytes) {
            match name_for_staff(&attachment.name, &bytes) {
                _ if out.files.len() >= MOST_FILES => {
                    out.withheld
                        .push(format!("{}（添付が多すぎます）", attachment.name));
                }
                _ if bytes.is_empty() => {
                    out.withheld.push(format!("{}（空です）", attachment.name));
                }
                _ if bytes.len() > MOST_BYTES => {
                    out.withheld
                        .push(format!("{}（大きすぎます）", attachment.name));
                }
                None => out
                    .withheld
                    .push(format!("{}（実行できる種類です）", attachment.name)),
                Some(name) => out.files.push(HandedOut { name, bytes }),
            }
        }
        self.store
            .seen(case_id, "files_seen", actor, self.clock.now())
            .await?;
        Ok(out)
    }
}

/// What a double click would run, or what runs when it is opened.
const RUNS: &[&str] = &[
    "apk",
    "app",
    "bat",
    "chm",
    "cmd",
    "com",
    "cpl",
    "desktop",
    "dll",
    "dmg",
    "dotm",
    "exe",
    "hta",
    "img",
    "inf",
    "iso",
    "jar",
    "jnlp",
    "js",
    "jse",
    "lnk",
    "msc",
    "msi",
    "msix",
    "msp",
    "one",
    "pif",
    "ppam",
    "pptm",
    "ps1",
    "py",
    "rdp",
    "reg",
    "scf",
    "scr",
    "settingcontent-ms",
    "sh",
    "sldm",
    "url",
    "vb",
    "vbe",
    "vbs",
    "vhd",
    "vhdx",
    "wsc",
    "wsf",
    "wsh",
    "xlam",
    "xll",
    "xlsm",
    "xltm",
    "docm",
];
/// What a browser would show as a page.
const PAGES: &[&str] = &[
    "htm", "html", "mht", "mhtml", "shtml", "svg", "svgz", "xhtml", "xht", "xml", "xsl",
];

/// The name under which a file goes out; none where it does not.
fn name_for_staff(name: &str, bytes: &[u8]) -> Option<String> {
    let runs = [
        &b"MZ"[..],
        b"\x7fELF",
        b"#!",
        b"\xca\xfe\xba\xbe",
        b"L\0\0\0\x01\x14\x02",
    ]
    .iter()
    .any(|sign| bytes.starts_with(sign));
    let extension = name
        .rsplit_once('.')
        .map(|(_, extension)| extension.trim().to_lowercase())
        .unwrap_or_default();
    if runs || RUNS.contains(&extension.as_str()) {
        return None;
    }
    let head: String =
        String::from_utf8_lossy(bytes.get(..bytes.len().min(512)).unwrap_or_default())
            .trim_start_matches('\u{feff}')
            .trim_start()
            .to_lowercase();
    let page = PAGES.contains(&extension.as_str())
        || ["<!doctype html", "<html", "<svg", "<script"]
            .iter()
            .any(|sign| head.starts_with(sign));
    Some(if page {
        format!("{name}.txt")
    } else {
        name.to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_stays_and_pages_become_text() {
        for (name, bytes, wanted) in [
            ("履歴書.pdf", &b"%PDF-1.4"[..], Some("履歴書.pdf")),
            ("写真.jpg", b"\xff\xd8\xff", Some("写真.jpg")),
            ("履歴書.pdf.exe", b"rest", None),
            ("履歴書.pdf", b"MZ\x90", None),
            ("x.DOCM", b"PK", None),
            ("x.js ", b"alert()", None),
            ("案内.html", b"hello", Some("案内.html.txt")),
            ("図.svg", b"<svg>", Some("図.svg.txt")),
            (
                "履歴書.pdf",
                b"\xef\xbb\xbf <!DOCTYPE html><script>",
                Some("履歴書.pdf.txt"),
            ),
            ("名前", b"text", Some("名前")),
        ] {
            assert_eq!(name_for_staff(name, bytes).as_deref(), wanted, "{name}");
        }
    }
}
