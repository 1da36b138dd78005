//! The rooms of one desk, joined by one store, one clock and one wake-up call.

use crate::{
    clock::{Clock, SystemClock, random_bytes},
    config::Config,
    decode::Limits,
    domain::outbox::SentFolder,
    kept::SharedSeeking,
    pipeline::Pipeline,
    places::{self, Towns},
    review::Reviewer,
    routing::Router,
    sandbox,
    send::{Sender, Transport, file::FileTransport, smtp::SmtpTransport},
    store::{self, SqlStore, Store},
    trust::Verifier,
    wake::Wake,
};
use std::sync::Arc;

/// What every command that works on cases needs.
pub struct Rooms {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// One call for all.
    pub wake: Wake,
    /// The key that signs our Message-IDs; it lives in the store.
    pub key: [u8; 32],
    router: Option<Arc<Router>>,
    config: Config,
    verifier: Option<Arc<Verifier>>,
    seeking: Arc<SharedSeeking>,
}

/// Opens the store of the configuration.
///
/// # Errors
/// Where it cannot be reached or was written by a newer program.
pub async fn open_store(config: &Config) -> anyhow::Result<Arc<SqlStore>> {
    Ok(Arc::new(store::open(&config.store.url).await?))
}

/// Makes the towns that were imported known to the program; without the file there are none.
///
/// # Errors
/// Where the file is there and cannot be read.
pub fn install_places(config: &Config) -> anyhow::Result<()> {
    if let Some(towns) = kept_places(config)? {
        places::install(towns);
    }
    Ok(())
}

/// The towns that were imported, where there are any.
///
/// # Errors
/// Where the file is there and cannot be read.
pub fn kept_places(config: &Config) -> anyhow::Result<Option<Towns>> {
    let file = &config.places.file;
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => anyhow::bail!("{} を読めません: {e}", file.display()),
    };
    Towns::read(&text).map(Some).ok_or_else(|| {
        anyhow::anyhow!(
            "{} は places import が作った表ではありません",
            file.display()
        )
    })
}

/// Keeps imported towns, whole or not at all.
///
/// # Errors
/// Where the file cannot be written.
pub fn keep_places(config: &Config, towns: &Towns) -> anyhow::Result<()> {
    let file = &config.places.file;
    let mut beside = file.as_os_str().to_owned();
    beside.push(".new");
    let beside = std::path::PathBuf::from(beside);
    std::fs::write(&beside, towns.write())
        .and_then(|()| std::fs::rename(&beside, file))
        .map_err(|e| anyhow::anyhow!("{} に書けません: {e}", file.display()))
}

/// The decisions of the terminal, on the store of the configuration.
///
/// # Errors
/// As [`open_store`].
pub async fn reviewer(config: &Config) -> anyhow::Result<Reviewer> {
    Ok(
        Rooms::new(config, open_store(config).await?, Arc::new(SystemClock))
            .await?
            .reviewer(),
    )
}

impl Rooms {
    /// Joins the rooms on a store.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn new(
        config: &Config,
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
    ) -> anyhow::Result<Rooms> {
        let fresh: [u8; 32] = random_bytes()?;
        let written = store.meta_or("signing_key", &hex(&fresh)).await?;
        let key =
            unhex(&written).ok_or_else(|| anyhow::anyhow!("保存された署名鍵が壊れています"))?;
        Ok(Rooms {
            store,
            clock,
            wake: Wake::default(),
            key,
            router: config
                .routing
                .clone()
                .map(Router::new)
                .transpose()?
                .map(Arc::new),
            config: config.clone(),
            verifier: Verifier::configured(&config.trust)?.map(Arc::new),
            seeking: Arc::default(),
        })
    }

    /// The steps from a stored message to a draft.
    pub fn pipeline(&self) -> Pipeline {
        let mailbox = self.config.mailbox.as_ref();
        Pipeline {
            store: self.store.clone(),
            clock: self.clock.clone(),
            desk: self.config.desk.clone(),
            review: self.config.review.clone(),
            send: self.config.send.clone(),
            size_limit_mb: mailbox.map_or(30, |m| m.size_limit_mb),
            limits: Limits {
                trusted_authserv: mailbox
                    .map(|m| m.trusted_authserv.clone())
                    .unwrap_or_default(),
                ..Limits::default()
            },
            verifier: self.verifier.clone(),
            reader: sandbox::Reader::default(),
            key: self.key,
            router: self.router.clone(),
            on_offer: tokio::sync::Mutex::default(),
            seeking: self.seeking.clone(),
            wake: self.wake.clone(),
        }
    }

    /// The decisions of staff.
    pub fn reviewer(&self) -> Reviewer {
        Reviewer {
            store: self.store.clone(),
            clock: self.clock.clone(),
            desk: self.config.desk.clone(),
            review: self.config.review.clone(),
            key: self.key,
            seeking: self.seeking.clone(),
            wake: self.wake.clone(),
        }
    }

    /// What leaves, over `transport`.
    pub fn sender(
        &self,
        transport: Arc<dyn Transport>,
        sent: Option<Arc<dyn SentFolder>>,
    ) -> Sender {
        Sender {
            store: self.store.clone(),
            transport,
            sent,
            clock: self.clock.clone(),
            desk: self.config.desk.clone(),
            limits: self.config.send.clone(),
            wake: self.wake.clone(),
        }
    }
}

/// The way out that the configuration names.
pub(crate) fn transport(config: &Config) -> Option<Arc<dyn Transport>> {
    let smtp = config.smtp.as_ref()?;
    match (&smtp.directory, SmtpTransport::new(smtp)) {
        (Some(directory), _) => Some(Arc::new(FileTransport::new(directory.clone()))),
        (None, Some(transport)) => Some(Arc::new(transport)),
        (None, None) => None,
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0u8; 32];
    let digits: Vec<u32> = text
        .chars()
        .map(|c| c.to_digit(16))
        .collect::<Option<_>>()?;
    if digits.len() != 64 {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
        *byte = u8::try_from(pair.iter().fold(0, |n, d| n * 16 + d)).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_the_store() {
        let key: [u8; 32] = std::array::from_fn(|i| u8::try_from(i * 7 % 256).unwrap_or(0));
        assert_eq!(unhex(&hex(&key)), Some(key));
        assert_eq!(unhex("00"), None);
        assert_eq!(unhex(&"zz".repeat(32)), None);
    }
}
