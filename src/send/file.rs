//! Mails as files in a directory, for desks that hand them to another program, for rehearsals and for the demo.

use super::transport::{Delivery, Handover, Transport};
use crate::domain::outbox::OutboxEntry;
use async_trait::async_trait;
use std::path::PathBuf;

/// Writes `MESSAGE-ID.eml`, whole or not at all.
#[derive(Debug, Clone)]
pub struct FileTransport {
    directory: PathBuf,
}

impl FileTransport {
    /// Writes into `directory`, which is made where it is missing.
    pub fn new(directory: PathBuf) -> Self {
        FileTransport { directory }
    }

    fn path(&self, entry: &OutboxEntry) -> PathBuf {
        let name: String = entry
            .message_id
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() || ".-_@".contains(c) {
                    c
                } else {
                    '_'
                }
            })
            .collect();
        self.directory.join(format!("{name}.eml"))
    }

    async fn write(&self, entry: &OutboxEntry) -> std::io::Result<()> {
        tokio::fs::create_dir_all(&self.directory).await?;
        let path = self.path(entry);
        let partial = path.with_extension("partial");
        let mut bytes = Vec::with_capacity(entry.mime.len() + 200);
        for recipient in &entry.recipients {
            bytes.extend_from_slice(format!("X-Envelope-To: {recipient}\r\n").as_bytes());
        }
        bytes.extend_from_slice(&entry.mime);
        tokio::fs::write(&partial, bytes).await?;
        tokio::fs::File::open(&partial).await?.sync_all().await?;
        tokio::fs::rename(&partial, &path).await
    }
}

#[async_trait]
impl Transport for FileTransport {
    async fn send(&self, entry: &OutboxEntry, handover: &dyn Handover) -> Delivery {
        if let Err(e) = handover.record().await {
            return Delivery::Temporary(e.to_string());
        }
        match self.write(entry).await {
            Ok(()) => Delivery::Accepted { refused: vec![] },
            Err(e) => Delivery::Temporary(format!(
                "ディレクトリー {} に書き出せません: {e}",
                self.directory.display()
            )),
        }
    }

    async fn left(&self, entry: &OutboxEntry) -> Option<bool> {
        tokio::fs::try_exists(self.path(entry)).await.ok()
    }

    async fn probe(&self) -> anyhow::Result<String> {
        tokio::fs::create_dir_all(&self.directory).await?;
        let trial = self.directory.join(".madoguchi");
        tokio::fs::write(&trial, b"").await?;
        tokio::fs::remove_file(&trial).await?;
        Ok(self.directory.display().to_string())
    }
}
