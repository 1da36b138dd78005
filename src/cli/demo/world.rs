//! The little world of the demo: a store in memory, a clock that shows the day of each sample, a directory instead of a server.

use crate::{
    app::Rooms,
    clock::SetClock,
    config,
    decode::{self, Limits},
    domain::{
        message::{InboundMessage, Source},
        opening::Opening,
        outbox::OutboxEntry,
        review::Actor,
    },
    intake::imap::fingerprint,
    openings,
    pipeline::Pipeline,
    send::{Sender, file::FileTransport},
    store::{self, CaseDetail, Incoming, Store},
};
use anyhow::Context as _;
use chrono::{DateTime, Duration, Utc};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

/// A mail that ships with the program.
pub(super) struct Sample {
    pub name: &'static str,
    bytes: &'static [u8],
}

macro_rules! samples {
    ($($file:literal),+ $(,)?) => {
        &[$(Sample { name: $file, bytes: include_bytes!(concat!("../../../samples/", $file)) }),+]
    };
}

/// In the order in which they came.
pub(super) const SAMPLES: &[Sample] = samples![
    "01-inquiry-commute.eml",
    "02-inquiry-qol.eml",
    "03-inquiry-teaching.eml",
    "04-inquiry-english.eml",
    "05-hospital-opening.eml",
    "06-new-field-phone.eml",
    "07-update-quoted.eml",
    "08-out-of-office.eml",
    "09-sales-pitch.eml",
    "10-opt-out.eml",
];

/// A sample, and what became of it.
pub(super) struct Seen {
    pub mail: InboundMessage,
    pub charset: String,
    pub case: Option<CaseDetail>,
    /// The acknowledgement that left for it.
    pub acknowledgement: Option<OutboxEntry>,
}

pub(super) struct World {
    pub rooms: Rooms,
    pub openings: Vec<Opening>,
    pub out: PathBuf,
    /// The mails of earlier demonstrations that lay there when this one began.
    earlier: Vec<PathBuf>,
    clock: Arc<SetClock>,
    pipeline: Pipeline,
    sender: Sender,
}

/// The mails in a directory, in order; none where there is no such directory.
fn mails(directory: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(directory).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries.filter_map(Result::ok).map(|e| e.path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "eml"));
    files.sort();
    files
}

impl World {
    pub async fn new(out: &Path) -> anyhow::Result<World> {
        let config = config::parse("", Path::new("config.toml"))?;
        let import = openings::jsonl::read(include_bytes!("../../../samples/openings.jsonl"));
        anyhow::ensure!(
            import.problems.is_empty(),
            "見本の求人に誤りがあります: {:?}",
            import.problems
        );
        let clock = Arc::new(SetClock::new(Utc::now()));
        let store: Arc<dyn Store> = Arc::new(store::open("sqlite::memory:").await?);
        store
            .upsert_openings(&import.openings, &Actor::program(), Utc::now())
            .await?;
        let rooms = Rooms::new(&config, store, clock.clone()).await?;
        let pipeline = rooms.pipeline();
        let sender = rooms.sender(Arc::new(FileTransport::new(out.to_owned())), None);
        Ok(World {
            rooms,
            openings: import.openings,
            out: out.to_owned(),
            earlier: mails(out),
            clock,
            pipeline,
            sender,
        })
    }

    /// The files of the mails that left in this demonstration, in order.
    pub fn sent(&self) -> Vec<PathBuf> {
        let mut files = mails(&self.out);
        files.retain(|f| !self.earlier.contains(f));
        files
    }

    /// A sample comes in, at the time that it bears.
    pub async fn play(&self, sample: &Sample) -> anyhow::Result<Seen> {
        let mail = decode::decode(sample.bytes, &Limits::default());
        let at: DateTime<Utc> = mail
            .date
            .with_context(|| format!("{} has no date", sample.name))?
            .with_timezone(&Utc);
        self.clock.set(at);
        let incoming = Incoming {
            message_id: mail.message_id.clone(),
            ..Incoming::whole(
                Source::Mail,
                fingerprint(Source::Mail, sample.bytes, None),
                sample.bytes,
                at,
            )
        };
        self.rooms.store.receive_one(&incoming, at).await?;
        while self.pipeline.step().await? {}
        while self.sender.step().await? {}
        self.settle().await?;
        let case = match self.rooms.store.case_of(&incoming.dedupe).await? {
            Some(id) => self.rooms.store.case(id).await?,
            None => None,
        };
        let acknowledgement = case.as_ref().and_then(|c| {
            let last = c.outbox.last()?;
            (last.kind == crate::domain::outbox::OutboxKind::Acknowledgement && last.due == at)
                .then(|| last.clone())
        });
        Ok(Seen {
            mail,
            charset: charset(sample.bytes),
            case,
            acknowledgement,
        })
    }

    /// The quiet time passes, and drafts that were waiting for it are written.
    pub async fn settle(&self) -> anyhow::Result<()> {
        self.clock.advance(Duration::seconds(
            i64::from(self.pipeline.review.quiet_seconds) + 1,
        ));
        while self.pipeline.step().await? {}
        Ok(())
    }

    /// The hold windows pass, and what was approved leaves.
    pub async fn leave(&self) -> anyhow::Result<()> {
        self.clock.advance(Duration::seconds(
            i64::from(self.pipeline.review.hold_seconds) + 1,
        ));
        while self.sender.step().await? {}
        Ok(())
    }

    /// The oldest case whose draft waits for a decision.
    pub async fn next_to_review(&self) -> anyhow::Result<Option<CaseDetail>> {
        let mut waiting = self.rooms.store.cases(false, 100).await?;
        waiting
            .retain(|c| c.state == crate::domain::case::CaseState::InReview && c.held_by.is_none());
        match waiting.iter().map(|c| c.id).min() {
            Some(id) => Ok(self.rooms.store.case(id).await?),
            None => Ok(None),
        }
    }
}

/// The charset and form that a mail declares, for the eye.
fn charset(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).to_ascii_lowercase();
    let named = text.split("charset=").nth(1).unwrap_or_default();
    let named: String = named
        .trim_start_matches('"')
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
        .collect();
    let html =
        text.contains("content-type: text/html") && !text.contains("content-type: text/plain");
    match (named.to_ascii_uppercase(), html) {
        (name, true) => format!("{name}、HTML のみ"),
        (name, false) => name,
    }
}
