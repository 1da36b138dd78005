use super::print::{Printer, Style, pad};
use crate::review::discord::ALARM;
use crate::{
    app,
    store::{Control as _, Outbox as _, Panel as _},
};
use serde_json::json;
use std::path::Path;

pub(super) async fn status(config: &Path, p: &Printer) -> anyhow::Result<bool> {
    let config = crate::config::load_or_default(config)?;
    let store = app::open_store(&config).await?;
    let now = chrono::Utc::now();
    let counts = store.counts(now).await?;
    let stopped = store.stopped().await?;
    let uncertain = store.uncertain_entries().await?.len();
    if p.json() {
        let sent: serde_json::Map<_, _> = counts
            .sent_today
            .iter()
            .map(|(k, n)| (k.as_str().to_owned(), (*n).into()))
            .collect();
        p.object(&json!({
            "stopped": stopped.as_ref().map(|s| json!({"by": s.by, "since": s.at})),
            "unread": counts.unread, "set_aside": counts.set_aside, "waiting": counts.waiting,
            "waiting_since": counts.waiting_since, "leaving": counts.leaving, "retrying": counts.retrying,
            "failed": counts.failed, "uncertain": uncertain, "openings": counts.openings, "sent_24h": sent,
            "blocked": counts.blocked, "untold_notices": counts.untold,
        }))?;
        return Ok(true);
    }
    let local = |t: chrono::DateTime<chrono::Utc>| {
        t.with_timezone(&config.desk.time_zone)
            .format("%m/%d %H:%M")
            .to_string()
    };
    match stopped {
        Some(s) => p.line(p.paint(
            Style::Bad,
            &format!(
                "送信は止まっています（{} から、{}さん）。再開: madoguchi resume",
                local(s.at),
                crate::domain::review::Actor::name_in(&s.by)
            ),
        )),
        None => p.line(p.paint(Style::Good, "送信は動いています。")),
    }
    let row = |name: &str, n: u32, note: String, style| {
        let n_text = format!("{n:>5}");
        p.line(format!(
            "{} {}  {}",
            pad(name, 26),
            if n > 0 {
                p.paint(style, &n_text)
            } else {
                n_text
            },
            p.paint(Style::Faint, &note)
        ));
    };
    let since = counts
        .waiting_since
        .map(|t| format!("最も古いものは {} から", local(t)))
        .unwrap_or_default();
    row("確認を待つ案件", counts.waiting, since, Style::Warn);
    row("未処理のメール", counts.unread, String::new(), Style::Warn);
    row(
        "脇に置いたメール",
        counts.set_aside,
        "メールソフトで確認してください".into(),
        Style::Bad,
    );
    row("送信待ち", counts.leaving, String::new(), Style::Warn);
    row("再送待ち", counts.retrying, String::new(), Style::Warn);
    row(
        "送信失敗・不明（30日）",
        counts.failed,
        String::new(),
        Style::Bad,
    );
    row(
        "送信停止のアドレス",
        counts.blocked,
        String::new(),
        Style::Warn,
    );
    row("募集中の求人", counts.openings, String::new(), Style::Good);
    for (kind, n) in counts.sent_today {
        let name = match kind {
            crate::domain::outbox::OutboxKind::Acknowledgement => "受付確認（24時間）",
            crate::domain::outbox::OutboxKind::Answer => "返信（24時間）",
        };
        row(name, n, String::new(), Style::Good);
    }
    if let Some(alarm) = store.meta(ALARM).await?.filter(|a| !a.is_empty()) {
        p.line(p.paint(Style::Bad, &alarm));
    }
    for notice in store.recent_notices(5).await? {
        p.line(format!(
            "{} {}",
            p.paint(Style::Faint, &local(notice.at)),
            notice.text
        ));
    }
    Ok(true)
}

pub(super) async fn stop(config: &Path, on: bool, p: &Printer) -> anyhow::Result<bool> {
    let config = crate::config::load_or_default(config)?;
    let reviewer = app::reviewer(&config).await?;
    let answer = reviewer.stop(on, &super::review::actor(None)).await?;
    if p.json() {
        p.object(&json!({"stopped": on, "changed": answer.outcome == crate::domain::review::Outcome::Done, "text": answer.text}))?;
    } else {
        p.line(answer.text);
    }
    Ok(true)
}
