use super::{SqlStore, engine::args, shared};
use crate::domain::review::Actor;
use crate::store::{Control, Counts, Result, StopSwitch};
use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};

impl SqlStore {
    async fn count(&self, sql: &str, args: Vec<super::engine::Arg>) -> Result<u32> {
        self.db
            .optional(sql, args)
            .await?
            .map_or(Ok(0), |r| r.count("n"))
    }
}

#[async_trait]
impl Control for SqlStore {
    async fn meta(&self, key: &str) -> Result<Option<String>> {
        let row = self
            .db
            .optional("SELECT value FROM meta WHERE key = $1", args![key])
            .await?;
        row.map(|r| r.text("value")).transpose()
    }

    async fn set_meta(&self, key: &str, value: &str) -> Result<()> {
        self.db
            .run(
                "INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                args![key, value],
            )
            .await?;
        Ok(())
    }

    async fn meta_or(&self, key: &str, value: &str) -> Result<String> {
        let mut tx = self.db.begin().await?;
        tx.run(
            "INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING",
            args![key, value],
        )
        .await?;
        let stands = tx
            .one("SELECT value FROM meta WHERE key = $1", args![key])
            .await?
            .text("value")?;
        tx.commit().await?;
        Ok(stands)
    }

    async fn stopped(&self) -> Result<Option<StopSwitch>> {
        let Some(text) = self.meta("stopped").await? else {
            return Ok(None);
        };
        let Some((at, by)) = text.split_once(' ') else {
            return Ok(None);
        };
        let at = at
            .parse()
            .ok()
            .and_then(DateTime::from_timestamp_micros)
            .unwrap_or_default();
        Ok(Some(StopSwitch {
            by: by.to_owned(),
            at,
        }))
    }

    async fn set_stopped(&self, on: bool, actor: &Actor, now: DateTime<Utc>) -> Result<bool> {
        let mut tx = self.db.begin().await?;
        let changed = if on {
            let value = format!("{} {}", now.timestamp_micros(), actor.record());
            tx.run(
                "INSERT INTO meta (key, value) VALUES ('stopped', $1) ON CONFLICT (key) DO NOTHING",
                args![value],
            )
            .await?
        } else {
            tx.run("DELETE FROM meta WHERE key = 'stopped'", args![])
                .await?
        };
        if changed > 0 {
            shared::audit(
                &mut tx,
                now,
                &actor.record(),
                if on { "stop" } else { "resume" },
                None,
                None,
            )
            .await?;
        }
        tx.commit().await?;
        Ok(changed > 0)
    }

    async fn counts(&self, now: DateTime<Utc>) -> Result<Counts> {
        let month = now - Duration::days(30);
        let mut sent_today = vec![];
        for row in self
            .db
            .all(
                "SELECT kind, COUNT(*) AS n FROM outbox WHERE status = 'completed' AND finished_at > $1 GROUP BY kind ORDER BY kind",
                args![now - Duration::hours(24)],
            )
            .await?
        {
            sent_today.push((row.word("kind")?, row.count("n")?));
        }
        let waiting = "state IN ('in_review', 'needs_human', 'failed')";
        let since = self
            .db
            .optional(
                &format!("SELECT MIN(changed_at) AS t FROM desk_case WHERE {waiting}"),
                args![],
            )
            .await?;
        Ok(Counts {
            unread: self.count("SELECT COUNT(*) AS n FROM message WHERE state = 'new'", args![]).await?,
            set_aside: self.count("SELECT COUNT(*) AS n FROM message WHERE state = 'set_aside'", args![]).await?,
            waiting: self.count(&format!("SELECT COUNT(*) AS n FROM desk_case WHERE {waiting}"), args![]).await?,
            waiting_since: since.map(|r| r.maybe_time("t")).transpose()?.flatten(),
            leaving: self
                .count("SELECT COUNT(*) AS n FROM outbox WHERE status IN ('scheduled', 'in_flight')", args![])
                .await?,
            retrying: self.count("SELECT COUNT(*) AS n FROM outbox WHERE status = 'temporary_failure'", args![]).await?,
            failed: self
                .count(
                    "SELECT COUNT(*) AS n FROM outbox WHERE status IN ('permanent_failure', 'uncertain') AND created_at > $1",
                    args![month],
                )
                .await?,
            openings: self.count("SELECT COUNT(*) AS n FROM opening WHERE state = 'open'", args![]).await?,
            sent_today,
            blocked: self
                .count("SELECT COUNT(*) AS n FROM person_address WHERE blocked_at IS NOT NULL", args![])
                .await?,
            untold: self.count("SELECT COUNT(*) AS n FROM notice WHERE shown_at IS NULL", args![]).await?,
        })
    }

    async fn lock(&self) -> Result<()> {
        self.take_lock().await
    }

    async fn ping(&self) -> Result<()> {
        self.db.optional("SELECT 1 AS n", args![]).await?;
        Ok(())
    }
}
