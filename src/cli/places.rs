use super::{
    arguments::{PlacesArgs, PlacesCommand},
    files,
    print::{Printer, Style},
};
use crate::{app, places};
use serde_json::json;
use std::path::{Path, PathBuf};

pub(super) fn run(config: &Path, args: &PlacesArgs, p: &Printer) -> anyhow::Result<bool> {
    let config = crate::config::load_or_default(config)?;
    match &args.command {
        PlacesCommand::Import { files } => import(&config, files, p),
        PlacesCommand::Status => {
            let (towns, postcodes) = app::kept_places(&config)?.map_or((0, 0), |t| t.counts());
            if p.json() {
                p.object(
                    &json!({"file": config.places.file, "towns": towns, "postcodes": postcodes}),
                )?;
            } else {
                p.line(format!(
                    "{}: 町丁目 {towns} 件、郵便番号 {postcodes} 件（市区町村 {} 件は組み込み）",
                    config.places.file.display(),
                    places::municipalities().len()
                ));
            }
            Ok(true)
        }
    }
}

fn import(config: &crate::config::Config, paths: &[PathBuf], p: &Printer) -> anyhow::Result<bool> {
    let mut towns = app::kept_places(config)?.unwrap_or_default();
    let (mut good, mut any) = (true, false);
    for path in paths {
        let read = files::bytes(path).map_err(|e| format!("{e:#}"));
        let done = match read.and_then(|bytes| places::import(&bytes)) {
            Ok(done) => done,
            Err(why) => {
                good = false;
                if p.json() {
                    p.object(&json!({"file": path, "error": why}))?;
                } else {
                    p.line(p.paint(Style::Bad, &format!("{}: {why}", path.display())));
                }
                continue;
            }
        };
        any = true;
        let (new_towns, new_codes) = done.towns.counts();
        if p.json() {
            p.object(&json!({
                "file": path, "format": done.format.name(), "rows": done.rows, "towns": new_towns, "postcodes": new_codes,
                "passed_over": done.passed_over.iter().map(|(why, (n, line))| json!({"reason": why, "rows": n, "first_line": line}))
                    .collect::<Vec<_>>(),
            }))?;
        } else {
            p.line(format!(
                "{}: {} {} 行、町丁目 {new_towns} 件、郵便番号 {new_codes} 件",
                path.display(),
                done.format.name(),
                done.rows
            ));
            for (why, (n, line)) in &done.passed_over {
                p.line(p.paint(
                    Style::Warn,
                    &format!("  {why}: {n} 行（最初は {line} 行目）を読み飛ばしました"),
                ));
            }
        }
        towns.merge(done.towns);
    }
    if any {
        app::keep_places(config, &towns)?;
    }
    Ok(good)
}
