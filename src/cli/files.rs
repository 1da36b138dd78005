//! Files and standard input; mails and plain texts.

use super::Usage;
use crate::{
    decode::{self, Limits},
    domain::{
        file::FileText,
        message::{AutomaticKind, InboundMessage},
        wish::Reading,
    },
    pipeline::{self, FileOffer},
    sandbox, understand,
};
use anyhow::Context as _;
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Offset as _, TimeZone as _};
use std::{io::Read as _, path::Path};

/// A file's bytes; `-` is standard input.
pub(super) fn bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    if path.as_os_str() == "-" {
        let mut all = vec![];
        std::io::stdin()
            .lock()
            .read_to_end(&mut all)
            .context("標準入力を読めません")?;
        return Ok(all);
    }
    std::fs::read(path).with_context(|| format!("{} を読めません", path.display()))
}

/// Whether bytes are a mail: by their name, or by a header that only mails have.
pub(super) fn is_mail(path: &Path, bytes: &[u8]) -> bool {
    if path
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("eml"))
    {
        return true;
    }
    if path
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("txt"))
    {
        return false;
    }
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(8_192)).unwrap_or_default())
        .to_ascii_lowercase();
    let mut names = 0;
    for line in head.lines() {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else {
            return false;
        };
        if matches!(
            name,
            "from"
                | "received"
                | "return-path"
                | "message-id"
                | "mime-version"
                | "date"
                | "subject"
                | "to"
        ) {
            names += 1;
        }
    }
    names >= 2
}

/// A mail, or a plain text as the body of one.
pub(super) fn message(
    path: &Path,
    bytes: &[u8],
    date: Option<&str>,
) -> anyhow::Result<InboundMessage> {
    if is_mail(path, bytes) {
        return Ok(decode::decode(bytes, &Limits::default()));
    }
    let text = decode::plain_text(bytes);
    Ok(InboundMessage {
        new_text: text.clone(),
        text,
        date: date.map(day).transpose()?,
        ..InboundMessage::default()
    })
}

/// A mail with its files.
pub(super) struct Filed {
    pub mail: InboundMessage,
    /// What could be read of each file, and its bytes.
    pub read: Vec<FileText>,
    bytes: Vec<Vec<u8>>,
}

/// [`message`], with what could be read of its files.
pub(super) async fn message_with_files(
    path: &Path,
    bytes: &[u8],
    date: Option<&str>,
) -> anyhow::Result<Filed> {
    if !is_mail(path, bytes) {
        return Ok(Filed {
            mail: message(path, bytes, date)?,
            read: vec![],
            bytes: vec![],
        });
    }
    Ok(decoded(bytes, &Limits::default()).await)
}

/// A mail, with what could be read of its files.
pub(super) async fn decoded(bytes: &[u8], limits: &Limits) -> Filed {
    let (mut mail, bytes) = decode::decode_with_files(bytes, limits);
    let read = sandbox::read_attachments(&reader(), &mut mail, &bytes).await;
    Filed { mail, read, bytes }
}

fn reader() -> sandbox::Reader {
    let mut reader = sandbox::Reader::default();
    // Somebody waits at the terminal.
    reader.bounds.time_per_mail = std::time::Duration::from_secs(8);
    reader
}

impl Filed {
    /// [`read`], with the facts that stand in files.
    pub fn reading(&self, now: DateTime<FixedOffset>) -> Reading {
        let mail = &self.mail;
        let mut reading = read(mail, now);
        let sizes: Vec<usize> = mail.attachments.iter().map(|file| file.size).collect();
        let mail = understand::cv::Mail {
            text: &mail.new_text,
            known_doctor: false,
            today: mail.date.unwrap_or(now).date_naive(),
            sizes: &sizes,
        };
        understand::cv::add(&mut reading, &mail, &self.read);
        reading
    }

    /// What the files offer where the mail is an institution's; noted in the reading.
    pub async fn offers(
        &self,
        reading: &mut Reading,
        now: DateTime<FixedOffset>,
    ) -> Vec<FileOffer> {
        let dated = (&self.mail, self.mail.date.unwrap_or(now));
        let files = (&*self.read, &*self.bytes);
        pipeline::offers(&reader(), dated, reading, None, files).await
    }
}

/// What is read in a message, without knowing anything of its sender. A mail without a date is read as of `now`.
pub(super) fn read(mail: &InboundMessage, now: DateTime<FixedOffset>) -> Reading {
    understand::read(&understand::Input {
        text: mail.to_read(),
        signature: mail.signature.as_deref(),
        subject: &mail.subject,
        from_name: &mail.from.name,
        from_address: &mail.from.address,
        date: mail.date.unwrap_or(now),
        automatic: mail.automatic.is_automatic && mail.automatic.kind != AutomaticKind::NoReply,
        known_doctor: false,
        on_file: &[],
    })
}

/// Now, in Japan.
pub(super) fn now() -> DateTime<FixedOffset> {
    chrono::Utc::now().with_timezone(&japan())
}

/// The zone of Japan.
pub(super) fn japan() -> FixedOffset {
    FixedOffset::east_opt(9 * 3600).unwrap_or_else(|| chrono::Utc.fix())
}

fn day(text: &str) -> anyhow::Result<DateTime<FixedOffset>> {
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Ok(moment);
    }
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .and_then(|d| {
            japan()
                .from_local_datetime(&d.and_time(NaiveTime::MIN))
                .single()
        })
        .ok_or_else(|| {
            Usage(format!(
                "--date 「{text}」は日付として読めません。例: 2026-11-21"
            ))
            .into()
        })
}
