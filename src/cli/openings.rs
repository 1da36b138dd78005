use super::{
    Usage,
    arguments::{OpeningsArgs, OpeningsCommand},
    files,
    print::{Printer, Style, pad},
};
use crate::{
    app,
    domain::{
        conditions, label,
        opening::{Opening, OpeningState},
        review::Actor,
        wish::Language,
    },
    draft::{opening as words, suits as draft_suits},
    kept::SharedSeeking,
    openings::{self, Import},
    review::openings::{Told, close, confirm, decline, reopen, state_name, waiting},
    review::suits,
    store::{OpeningRecord, OpeningVersion, Openings as _, Store},
};
use anyhow::Context as _;
use serde_json::json;
use std::{collections::BTreeSet, io::Write as _, path::Path};

pub(super) async fn run(config: &Path, args: &OpeningsArgs, p: &Printer) -> anyhow::Result<bool> {
    if let OpeningsCommand::Import {
        template: true,
        file,
    } = &args.command
    {
        return template(file.as_deref(), p);
    }
    let config = crate::config::load_or_default(config)?;
    let store = app::open_store(&config).await?;
    let (actor, now) = (super::review::actor(None), chrono::Utc::now());
    let today = files::now().date_naive().to_string();
    let seekers = SharedSeeking::default();
    match &args.command {
        OpeningsCommand::Import { file, .. } => {
            let file = file
                .as_deref()
                .ok_or_else(|| Usage("取り込むファイルを指定してください".into()))?;
            import(&*store, file, p).await
        }
        OpeningsCommand::List { all } => {
            for record in store.openings(*all).await? {
                if p.json() {
                    p.object(&with_state(&record)?)?;
                } else {
                    let o = &record.opening;
                    let expired = record.opening.expired(&today);
                    p.line(format!(
                        "{} {} {} {}{}",
                        p.paint(Style::Strong, &pad(&o.id, 14)),
                        pad(&o.institution_name, 28),
                        pad(&o.area, 24),
                        p.paint(Style::Faint, state_name(record.state)),
                        if expired {
                            p.paint(Style::Warn, "（期限切れ）")
                        } else {
                            String::new()
                        }
                    ));
                }
            }
            Ok(true)
        }
        OpeningsCommand::Show { id } => {
            let Some(record) = store.opening(id).await? else {
                anyhow::bail!("求人 {id} はありません")
            };
            if p.json() {
                p.object(&with_state(&record)?)?;
            } else {
                show(&record, p);
            }
            Ok(true)
        }
        OpeningsCommand::History { id } => history(&*store, id, p).await,
        OpeningsCommand::Changes => {
            let waiting = waiting(&*store).await?;
            if waiting.is_empty() && !p.json() {
                p.line("確認を待つ求人も、変更の案もありません。");
            }
            for line in waiting {
                if p.json() {
                    p.object(&json!({"waiting": line}))?;
                } else {
                    p.line(line);
                }
            }
            Ok(true)
        }
        OpeningsCommand::Ask { id, english } => {
            let Some(record) = store.opening(id).await? else {
                anyhow::bail!("求人 {id} はありません")
            };
            let language = if *english { Language::En } else { Language::Ja };
            match words::question(&config.desk, &record.opening, language)? {
                Some(text) if p.json() => {
                    p.object(&json!({"subject": text.subject, "body": text.body}))?;
                }
                Some(text) => {
                    p.line(format!("件名: {}\n", text.subject));
                    p.line(text.body.trim_end());
                }
                None => p.line(format!("求人 {id} に、明示の足りない事項はありません。")),
            }
            Ok(true)
        }
        OpeningsCommand::Suit { id, top } => suit(&*store, id, *top, p).await,
        OpeningsCommand::Confirm { id } => {
            tell(confirm((&*store, &seekers), id, &actor, now).await?, id, p)
        }
        OpeningsCommand::Decline { id } => tell(decline(&*store, id, &actor, now).await?, id, p),
        OpeningsCommand::Close { id } => tell(close(&*store, id, &actor, now).await?, id, p),
        OpeningsCommand::Reopen { id } => {
            tell(reopen((&*store, &seekers), id, &actor, now).await?, id, p)
        }
    }
}

/// The doctors whom an opening suits, best first.
async fn suit(store: &dyn Store, id: &str, top: usize, p: &Printer) -> anyhow::Result<bool> {
    let Some(record) = store.opening(id).await? else {
        anyhow::bail!("求人 {id} はありません")
    };
    let found = suits::of(&record.opening, &store.seekers().await?);
    if !p.json() {
        let heading = draft_suits::heading(&record.opening, found.len());
        p.line(p.paint(Style::Strong, &heading));
    }
    for doctor in found.iter().take(top) {
        if p.json() {
            let b = &doctor.brief;
            p.object(&json!({
                "case": doctor.number, "percent": doctor.percent, "commute": b.commute,
                "fits": b.fits, "check": b.check, "lacks": b.lacks, "near": b.near,
            }))?;
        } else {
            p.line(format!("  {}", doctor.headline()));
            super::matching::suggestion(&doctor.brief, 4, p);
        }
    }
    Ok(true)
}

/// The template: CSV on standard output, or a file in the format that its name says. A file that is there is not overwritten.
fn template(file: Option<&Path>, p: &Printer) -> anyhow::Result<bool> {
    let Some(file) = file else {
        p.line(openings::template_csv().trim_end());
        return Ok(true);
    };
    let bytes = match file.extension().and_then(|e| e.to_str()) {
        Some("xlsx") => openings::template_xlsx()?,
        Some("csv") => openings::template_csv().into_bytes(),
        _ => {
            return Err(Usage(format!(
                "{}: ひな形は .xlsx か .csv に書き出せます",
                file.display()
            ))
            .into());
        }
    };
    let mut out = std::fs::File::create_new(file)
        .with_context(|| format!("{} に書き出せません", file.display()))?;
    out.write_all(&bytes)?;
    p.line(format!("ひな形を {} に書き出しました。", file.display()));
    Ok(true)
}

/// Reads a file of openings by its name, else by what it looks like.
pub(super) fn read(path: &Path, bytes: &[u8]) -> Import {
    let extension = path
        .extension()
        .and_then(|e| e.to_str())
        .unwrap_or_default()
        .to_ascii_lowercase();
    let first = bytes
        .iter()
        .find(|b| !b.is_ascii_whitespace() && !matches!(b, 0xef | 0xbb | 0xbf));
    match extension.as_str() {
        "xlsx" | "xlsm" | "xls" => openings::xlsx::read(bytes),
        "csv" | "tsv" => openings::csv::read(bytes),
        "jsonl" | "json" | "ndjson" => openings::jsonl::read(bytes),
        _ if first == Some(&b'{') => openings::jsonl::read(bytes),
        _ if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") => {
            openings::xlsx::read(bytes)
        }
        _ => openings::csv::read(bytes),
    }
}

async fn import(store: &dyn Store, file: &Path, p: &Printer) -> anyhow::Result<bool> {
    let import = read(file, &files::bytes(file)?);
    let (actor, now) = (super::review::actor(None), chrono::Utc::now());
    let open: BTreeSet<String> = store
        .openings(false)
        .await?
        .into_iter()
        .map(|r| r.opening.id)
        .collect();
    let done = store.upsert_openings(&import.openings, &actor, now).await?;
    for problem in &import.problems {
        if p.json() {
            p.object(
                &json!({"line": problem.line, "column": problem.column, "reason": problem.reason}),
            )?;
        } else {
            p.line(p.paint(
                Style::Warn,
                &format!(
                    "{}行目 {}",
                    problem.line,
                    reason(&problem.column, &problem.reason)
                ),
            ));
        }
    }
    if p.json() {
        p.object(&json!({"added": done.added, "changed": done.changed, "same": done.same, "problems": import.problems.len()}))?;
    } else {
        p.line(format!(
            "追加 {} 件、変更 {} 件、同じ {} 件、指摘 {} 件",
            done.added,
            done.changed,
            done.same,
            import.problems.len()
        ));
    }
    let mut new = vec![];
    for id in import
        .openings
        .iter()
        .map(|o| &o.id)
        .filter(|id| !open.contains(*id))
    {
        let record = store.opening(id).await?;
        new.extend(
            record
                .filter(|r| r.state == OpeningState::Open)
                .map(|r| r.opening),
        );
    }
    for said in suits::tell((store, &SharedSeeking::default()), &new, now).await? {
        if !p.json() {
            p.line(said);
        }
    }
    Ok(import.problems.is_empty() || !import.openings.is_empty())
}

fn reason(column: &str, reason: &str) -> String {
    if column.is_empty() {
        reason.to_owned()
    } else {
        format!("{column}: {reason}")
    }
}

fn tell(told: Told, id: &str, p: &Printer) -> anyhow::Result<bool> {
    anyhow::ensure!(told.done, "{}", told.text);
    if p.json() {
        p.object(&json!({"id": id, "done": true, "text": told.text}))?;
    } else {
        p.line(told.text);
    }
    Ok(true)
}

async fn history(store: &dyn Store, id: &str, p: &Printer) -> anyhow::Result<bool> {
    let versions = store.opening_history(id).await?;
    anyhow::ensure!(!versions.is_empty(), "求人 {id} はありません");
    let mut before: Option<&OpeningVersion> = None;
    for version in &versions {
        let changes =
            before.map_or_else(Vec::new, |b| words::changes(&b.opening, &version.opening));
        if p.json() {
            p.object(&json!({
                "at": version.at.to_rfc3339(), "by": Actor::name_in(&version.actor), "state": version.state,
                "changes": changes, "opening": version.opening,
            }))?;
        } else {
            p.line(format!(
                "{} {}さん {}",
                version
                    .at
                    .with_timezone(&files::japan())
                    .format("%Y-%m-%d %H:%M"),
                Actor::name_in(&version.actor),
                p.paint(Style::Strong, state_name(version.state))
            ));
            for change in &changes {
                p.line(format!("    {change}"));
            }
        }
        before = Some(version);
    }
    Ok(true)
}

fn with_state(record: &OpeningRecord) -> anyhow::Result<serde_json::Value> {
    let mut value = serde_json::to_value(&record.opening)?;
    if let Some(map) = value.as_object_mut() {
        map.insert("state".into(), record.state.as_str().into());
    }
    Ok(value)
}

fn show(record: &OpeningRecord, p: &Printer) {
    let o: &Opening = &record.opening;
    p.line(format!(
        "{} {}（{}）",
        p.paint(Style::Title, &o.id),
        o.institution_name,
        state_name(record.state)
    ));
    p.line(format!("  {}", o.address.as_deref().unwrap_or(&o.area)));
    for item in &o.items {
        p.line(format!(
            "  {} {}",
            pad(label::field_name(item.field, Language::Ja), 16),
            label::item_label(item, Language::Ja)
        ));
    }
    for condition in conditions::conditions() {
        if let Some(words) = o.terms.get(&condition.id) {
            p.line(format!("  {}: {words}", condition.ja));
        }
    }
    for (name, date) in [("掲載日", &o.posted), ("有効期限", &o.expires)] {
        if let Some(date) = date {
            p.line(format!("  {} {date}", pad(name, 16)));
        }
    }
    let missing: Vec<&str> = conditions::missing(&o.items, &o.terms, "")
        .map(|c| c.ja.as_str())
        .collect();
    if !missing.is_empty() {
        p.line(p.paint(
            Style::Warn,
            "  法律で明示が求められ、まだ書かれていない事項:",
        ));
        for m in missing {
            p.line(format!("    ・{m}"));
        }
        p.line(format!(
            "  求人者への質問文: madoguchi openings ask {}",
            o.id
        ));
    }
}
