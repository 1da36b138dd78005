use super::{
    Usage,
    arguments::{OpeningsArgs, OpeningsCommand},
    files,
    print::{Printer, Style, pad},
};
use crate::{
    app,
    domain::{
        label,
        opening::{Opening, OpeningState},
        review::Actor,
        wish::Language,
    },
    openings::{self, Import},
    store::{OpeningRecord, Openings as _, Store},
};
use anyhow::Context as _;
use serde_json::json;
use std::{io::Write as _, path::Path};

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
                    p.line(format!(
                        "{} {} {} {}",
                        p.paint(Style::Strong, &pad(&o.id, 14)),
                        pad(&o.institution_name, 28),
                        pad(&o.area, 24),
                        p.paint(Style::Faint, state_name(record.state))
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
        OpeningsCommand::Confirm { id } => {
            set(&*store, id, OpeningState::Open, "確認済みにしました", p).await
        }
        OpeningsCommand::Close { id } => {
            set(&*store, id, OpeningState::Closed, "終了しました", p).await
        }
        OpeningsCommand::Reopen { id } => {
            set(&*store, id, OpeningState::Open, "再開しました", p).await
        }
    }
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
    let actor = super::review::actor(None);
    let done = store
        .upsert_openings(&import.openings, &actor, chrono::Utc::now())
        .await?;
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
    Ok(import.problems.is_empty() || !import.openings.is_empty())
}

fn reason(column: &str, reason: &str) -> String {
    if column.is_empty() {
        reason.to_owned()
    } else {
        format!("{column}: {reason}")
    }
}

async fn set(
    store: &dyn Store,
    id: &str,
    state: OpeningState,
    done: &str,
    p: &Printer,
) -> anyhow::Result<bool> {
    let actor: Actor = super::review::actor(None);
    if state == OpeningState::Open
        && let Some(record) = store.opening(id).await?
    {
        let missing = openings::draft::missing(&record.opening);
        if record.opening.institution_name.is_empty() || record.opening.area.is_empty() {
            let names: Vec<&str> = missing
                .iter()
                .map(|f| label::field_name(*f, Language::Ja))
                .collect();
            anyhow::bail!(
                "求人 {id} には足りない項目があります: {}。CSV か JSON Lines で補って取り込んでください",
                names.join("、")
            );
        }
    }
    if !store
        .set_opening_state(id, state, &actor, chrono::Utc::now())
        .await?
    {
        anyhow::bail!("求人 {id} はありません");
    }
    if p.json() {
        p.object(&json!({"id": id, "state": state}))?;
    } else {
        p.line(format!("求人 {id} を{done}。"));
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

fn state_name(state: OpeningState) -> &'static str {
    match state {
        OpeningState::Draft => "未確認",
        OpeningState::Open => "募集中",
        OpeningState::Closed => "終了",
    }
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
}
