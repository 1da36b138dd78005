//! What would have happened: the real steps on a store that lives only in memory, with no way out.

use super::{
    arguments::RehearseArgs,
    print::{Printer, Style, cut, pad},
};
use crate::{
    app::Rooms,
    clock::SetClock,
    config::{self, Config},
    domain::{message::Source, outbox::OutboxKind, person::mask_address},
    intake::imap::{Reader, fingerprint},
    review::card,
    store::{self, Incoming, Store},
};
use anyhow::Context as _;
use chrono::{DateTime, NaiveTime, TimeZone as _, Utc};
use serde_json::json;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

/// A mail and when it came.
struct Found {
    raw: Vec<u8>,
    received_at: DateTime<Utc>,
    size: u64,
    header_only: bool,
}

pub(super) async fn run(file: &Path, args: &RehearseArgs, p: &Printer) -> anyhow::Result<bool> {
    let config = config::load_or_default(file)?;
    let since = args
        .since
        .and_then(|d| {
            config
                .desk
                .time_zone
                .from_local_datetime(&d.and_time(NaiveTime::MIN))
                .earliest()
        })
        .map(|t| t.with_timezone(&Utc));
    let clock = Arc::new(SetClock::new(Utc::now()));
    let store: Arc<dyn Store> = Arc::new(store::open("sqlite::memory:").await?);
    let openings = real_openings(&config).await;
    store
        .upsert_openings(&openings, &super::review::actor(None), Utc::now())
        .await?;
    let mut rehearsal = Rehearsal {
        rooms: Rooms::new(&config, store, clock.clone()).await?,
        clock,
        tally: BTreeMap::new(),
        p,
    };
    match &args.path {
        Some(path) => {
            for path in mails_in(path)? {
                for found in read(&path)? {
                    if since.is_none_or(|s| found.received_at >= s) {
                        rehearsal.play(found).await?;
                    }
                }
            }
        }
        None => {
            let section = config.mailbox.as_ref().context(
                "[mailbox] がありません。Maildir か mbox の場所を指定することもできます",
            )?;
            let mut reader = Reader::open(section, since).await?;
            while let Some(mail) = reader.next().await? {
                let received_at = mail.received_at.unwrap_or_else(Utc::now);
                let found = Found {
                    raw: mail.raw,
                    received_at,
                    size: mail.size,
                    header_only: mail.header_only,
                };
                rehearsal.play(found).await?;
            }
            reader.close().await;
        }
    }
    rehearsal.sum_up()?;
    Ok(true)
}

/// The openings on file, where there is a store; a rehearsal works without.
async fn real_openings(config: &Config) -> Vec<crate::domain::opening::Opening> {
    let exists = config
        .store
        .url
        .strip_prefix("sqlite:")
        .is_none_or(|f| Path::new(f.trim_start_matches("//")).exists());
    if !exists {
        return vec![];
    }
    match crate::app::open_store(config).await {
        Ok(store) => {
            let records = store::Openings::openings(&*store, false)
                .await
                .unwrap_or_default();
            records.into_iter().map(|r| r.opening).collect()
        }
        Err(_) => vec![],
    }
}

struct Rehearsal<'a> {
    rooms: Rooms,
    clock: Arc<SetClock>,
    tally: BTreeMap<String, u32>,
    p: &'a Printer,
}

impl Rehearsal<'_> {
    async fn play(&mut self, found: Found) -> anyhow::Result<()> {
        self.clock.set(found.received_at);
        let dedupe = fingerprint(Source::Mail, &found.raw, None);
        let incoming = Incoming {
            source: Source::Mail,
            dedupe: dedupe.clone(),
            message_id: None,
            received_at: found.received_at,
            raw: found.raw,
            size: found.size,
            header_only: found.header_only,
            archived: false,
            uid: None,
            origin: None,
        };
        if !self
            .rooms
            .store
            .receive_one(&incoming, found.received_at)
            .await?
        {
            return self.report(
                found.received_at,
                "二度目の同じメール",
                "",
                false,
                None,
                None,
            );
        }
        let pipeline = self.rooms.pipeline();
        while pipeline.step().await? {}
        self.clock.advance(chrono::Duration::seconds(
            i64::from(pipeline.review.quiet_seconds) + 1,
        ));
        while pipeline.step().await? {}
        let case = match self.rooms.store.case_of(&dedupe).await? {
            Some(id) => self.rooms.store.case(id).await?,
            None => None,
        };
        let Some(case) = case else {
            return self.report(
                found.received_at,
                "何も始めない（広告・自動送信など）",
                "",
                false,
                None,
                None,
            );
        };
        let message = case.messages.last();
        let kind = message
            .and_then(|m| m.kind)
            .map(card::text::kind)
            .unwrap_or("読み取れないメール");
        let acknowledged = case
            .outbox
            .iter()
            .any(|o| o.kind == OutboxKind::Acknowledgement && o.due == found.received_at);
        let sender = message.map(|m| mask_address(&m.sender)).unwrap_or_default();
        let what = match (&case.draft, &case.reason) {
            (Some(d), _) => Some(format!(
                "下書き: {}（求人 {} 件）",
                d.subject,
                d.suggestions.len()
            )),
            (None, Some(reason)) => Some(format!("人が対応: {reason}")),
            (None, None) => None,
        };
        self.report(
            found.received_at,
            kind,
            &sender,
            acknowledged,
            Some(&case.summary.number),
            what.as_deref(),
        )
    }

    fn report(
        &mut self,
        at: DateTime<Utc>,
        kind: &str,
        sender: &str,
        acknowledged: bool,
        number: Option<&str>,
        what: Option<&str>,
    ) -> anyhow::Result<()> {
        *self.tally.entry(kind.to_owned()).or_default() += 1;
        if self.p.json() {
            return self.p.object(&json!({
                "received_at": at, "kind": kind, "sender": sender, "acknowledged": acknowledged, "case": number, "then": what,
            }));
        }
        self.p.line(format!(
            "{} {} {} {} {}",
            self.p
                .paint(Style::Faint, &at.format("%Y-%m-%d %H:%M").to_string()),
            pad(kind, 26),
            pad(sender, 24),
            pad(
                if acknowledged {
                    "受付確認あり"
                } else {
                    "受付確認なし"
                },
                12
            ),
            self.p
                .paint(Style::Strong, &cut(what.unwrap_or_default(), 70)),
        ));
        Ok(())
    }

    fn sum_up(&self) -> anyhow::Result<()> {
        if self.p.json() {
            return Ok(());
        }
        self.p.line("");
        for (kind, n) in &self.tally {
            self.p.line(format!("{n:>6}  {kind}"));
        }
        self.p.line(
            self.p
                .paint(Style::Good, "何も送信せず、何も保存していません。"),
        );
        Ok(())
    }
}

/// The mail files at a path: a Maildir, a folder of `.eml`, an mbox or one mail.
fn mails_in(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let maildir = ["cur", "new"].map(|d| path.join(d));
    let folders: Vec<PathBuf> = if maildir.iter().any(|d| d.is_dir()) {
        maildir.into_iter().filter(|d| d.is_dir()).collect()
    } else {
        vec![path.to_owned()]
    };
    let mut files = vec![];
    for folder in folders {
        for entry in std::fs::read_dir(&folder)
            .with_context(|| format!("{} を読めません", folder.display()))?
        {
            let file = entry?.path();
            let in_maildir = folder != path;
            if file.is_file()
                && (in_maildir
                    || file
                        .extension()
                        .is_some_and(|e| e.eq_ignore_ascii_case("eml")))
            {
                files.push(file);
            }
        }
    }
    anyhow::ensure!(
        !files.is_empty(),
        "{} にメールがありません（Maildir、mbox、.eml を読めます）",
        path.display()
    );
    files.sort();
    Ok(files)
}

fn read(path: &Path) -> anyhow::Result<Vec<Found>> {
    let bytes = super::files::bytes(path)?;
    let fallback = std::fs::metadata(path)
        .and_then(|m| m.modified())
        .map_or_else(|_| Utc::now(), DateTime::<Utc>::from);
    let mails = if bytes.starts_with(b"From ") {
        split_mbox(&bytes)
    } else {
        vec![bytes]
    };
    let limits = crate::decode::Limits::default();
    Ok(mails
        .into_iter()
        .map(|raw| {
            let date = crate::decode::decode(&raw, &limits)
                .date
                .map(|d| d.with_timezone(&Utc));
            Found {
                size: raw.len() as u64,
                received_at: date.unwrap_or(fallback),
                raw,
                header_only: false,
            }
        })
        .collect())
}

/// The mails of an mbox file (RFC 4155): each begins with a `From ` line after an empty one, `>From ` inside is unquoted.
fn split_mbox(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut mails: Vec<Vec<u8>> = vec![];
    let mut after_empty = true;
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        if after_empty && line.starts_with(b"From ") {
            mails.push(vec![]);
            after_empty = false;
            continue;
        }
        after_empty = matches!(line, b"\n" | b"\r\n");
        if let Some(mail) = mails.last_mut() {
            let quoted = line.iter().position(|b| *b != b'>').filter(|n| *n > 0);
            let unquoted = quoted
                .and_then(|n| line.get(n..))
                .is_some_and(|rest| rest.starts_with(b"From "));
            mail.extend_from_slice(if unquoted {
                line.get(1..).unwrap_or(line)
            } else {
                line
            });
        }
    }
    mails
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_mbox_is_split_and_unquoted() {
        let mbox = b"From a@example.jp Sat\nSubject: 1\n\n>From here\n\nFrom b@example.jp Sun\nSubject: 2\n\ntext\n";
        let mails = split_mbox(mbox);
        assert_eq!(mails.len(), 2);
        assert_eq!(
            mails.first().map(Vec::as_slice),
            Some(&b"Subject: 1\n\nFrom here\n\n"[..])
        );
    }
}
