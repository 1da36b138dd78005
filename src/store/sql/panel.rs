use super::{
    SqlStore,
    engine::{Row, args},
    shared,
};
use crate::store::{CardPlace, Notice, Panel, Result};
use async_trait::async_trait;
use chrono::{DateTime, Utc};

const CARD: &str = "SELECT card.case_id, wanted, shown, message_id, thread_id FROM card";

fn place(r: &Row) -> Result<CardPlace> {
    let id = |c: &str| -> Result<Option<u64>> { Ok(r.maybe_text(c)?.and_then(|t| t.parse().ok())) };
    Ok(CardPlace {
        case_id: r.int("case_id")?,
        wanted: r.int("wanted")?,
        shown: r.int("shown")?,
        message_id: id("message_id")?,
        thread_id: id("thread_id")?,
    })
}

fn read_notice(r: &Row) -> Result<Notice> {
    Ok(Notice {
        id: r.int("id")?,
        at: r.time("at")?,
        case_id: r.maybe_int("case_id")?,
        kind: r.text("kind")?,
        text: r.text("text")?,
    })
}

#[async_trait]
impl Panel for SqlStore {
    async fn stale_cards(&self, limit: u32) -> Result<Vec<CardPlace>> {
        let sql = format!("{CARD} WHERE wanted > shown ORDER BY case_id LIMIT $1");
        self.db
            .all(&sql, args![limit])
            .await?
            .iter()
            .map(place)
            .collect()
    }

    async fn card(&self, case_id: i64) -> Result<Option<CardPlace>> {
        let row = self
            .db
            .optional(&format!("{CARD} WHERE case_id = $1"), args![case_id])
            .await?;
        row.as_ref().map(place).transpose()
    }

    async fn posted_cards(&self, limit: u32) -> Result<Vec<CardPlace>> {
        let sql = format!(
            "{CARD} JOIN desk_case ON desk_case.id = card.case_id \
             WHERE message_id IS NOT NULL AND state NOT IN ('sent', 'rejected', 'withdrawn') ORDER BY card.case_id DESC LIMIT $1"
        );
        self.db
            .all(&sql, args![limit])
            .await?
            .iter()
            .map(place)
            .collect()
    }

    async fn card_shown(&self, p: CardPlace) -> Result<()> {
        let id = |v: Option<u64>| v.map(|v| v.to_string());
        self.db
            .run(
                "UPDATE card SET shown = CASE WHEN shown > $1 THEN shown ELSE $1 END, message_id = $2, thread_id = $3 \
                 WHERE case_id = $4",
                args![p.shown, id(p.message_id), id(p.thread_id), p.case_id],
            )
            .await?;
        Ok(())
    }

    async fn touch_card(&self, case_id: i64) -> Result<()> {
        let mut tx = self.db.begin().await?;
        shared::touch_card(&mut tx, case_id).await?;
        tx.commit().await
    }

    async fn untold(&self, limit: u32) -> Result<Vec<Notice>> {
        let sql = "SELECT id, at, case_id, kind, text FROM notice WHERE shown_at IS NULL ORDER BY id LIMIT $1";
        self.db
            .all(sql, args![limit])
            .await?
            .iter()
            .map(read_notice)
            .collect()
    }

    async fn told(&self, id: i64, now: DateTime<Utc>) -> Result<()> {
        self.db
            .run(
                "UPDATE notice SET shown_at = $1 WHERE id = $2",
                args![now, id],
            )
            .await?;
        Ok(())
    }

    async fn notify(&self, kind: &str, dedupe: &str, text: &str, now: DateTime<Utc>) -> Result<()> {
        self.db
            .run(
                "INSERT INTO notice (at, kind, dedupe, text) VALUES ($1, $2, $3, $4) ON CONFLICT (dedupe) DO NOTHING",
                args![now, kind, dedupe, text],
            )
            .await?;
        Ok(())
    }

    async fn recent_notices(&self, limit: u32) -> Result<Vec<Notice>> {
        let sql = "SELECT id, at, case_id, kind, text FROM notice ORDER BY id DESC LIMIT $1";
        self.db
            .all(sql, args![limit])
            .await?
            .iter()
            .map(read_notice)
            .collect()
    }
}
