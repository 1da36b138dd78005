use super::{
    Usage,
    arguments::MatchArgs,
    files, openings,
    print::{Printer, Style},
};
use crate::{
    app,
    domain::{
        match_::MatchAnswer,
        opening::Opening,
        wish::{Language, ProfileItem, Wish},
    },
    draft::{compose, near_misses, relaxation_lines, suggestion::say_commute},
    matching::{self, Doctor},
    pipeline::routes,
    routing::Router,
    store::{Casework as _, Openings as _},
};
use serde::Deserialize;
use std::{collections::HashMap, path::Path, time::Instant};

/// A line of `--wishes`.
#[derive(Debug, Deserialize)]
struct Wisher {
    id: String,
    #[serde(default)]
    profile: Vec<ProfileItem>,
    #[serde(default)]
    wishes: Vec<Wish>,
}

pub(super) async fn run(config: &Path, args: &MatchArgs, p: &Printer) -> anyhow::Result<bool> {
    let mut good = true;
    let given: Vec<Opening> = match &args.openings {
        Some(file) => {
            let import = openings::read(file, &files::bytes(file)?);
            for problem in &import.problems {
                eprintln!(
                    "{}: {}行目 {} {}",
                    file.display(),
                    problem.line,
                    problem.column,
                    problem.reason
                );
            }
            good &= import.problems.is_empty() || !import.openings.is_empty();
            import.openings
        }
        None => {
            let store = app::open_store(&crate::config::load_or_default(config)?).await?;
            store
                .openings(false)
                .await?
                .into_iter()
                .map(|r| r.opening)
                .collect()
        }
    };
    let today = files::now().date_naive().to_string();
    let given: Vec<Opening> = given.into_iter().filter(|o| !o.expired(&today)).collect();
    let router = crate::config::load_or_default(config)?
        .routing
        .map(Router::new)
        .transpose()?;
    let engine = matching::Engine::of(&given);
    let mut times = vec![];
    for wisher in wishers(config, args).await? {
        let doctor = Doctor {
            profile: &wisher.profile,
            wishes: &wisher.wishes,
        };
        let start = Instant::now();
        let mut answer = engine.rank(&doctor, args.top);
        times.push(start.elapsed());
        if let Some(router) = &router {
            routes::refine(router, &doctor, &given, &mut answer, args.top.min(25)).await;
        }
        answer.id = Some(wisher.id).filter(|_| args.wishes.is_some());
        if p.for_programs() {
            p.object(&answer)?;
        } else {
            show(&answer, &given, &doctor, p);
        }
    }
    if args.timing {
        timing(&mut times);
    }
    Ok(good)
}

async fn wishers(config: &Path, args: &MatchArgs) -> anyhow::Result<Vec<Wisher>> {
    if let Some(file) = &args.mail {
        let (mail, attached) = files::message_with_files(file, &files::bytes(file)?, None).await?;
        let reading = files::read_with_files(&mail, &attached, files::now());
        return Ok(vec![Wisher {
            id: String::new(),
            profile: reading.profile,
            wishes: reading.wishes,
        }]);
    }
    if let Some(number) = &args.doctor {
        let store = app::open_store(&crate::config::load_or_default(config)?).await?;
        let Some(case) = store.case_by_number(number).await? else {
            anyhow::bail!("受付番号 {number} はありません")
        };
        let Some(standing) = case.wishes else {
            anyhow::bail!("受付番号 {number} には、まだ希望がありません")
        };
        return Ok(vec![Wisher {
            id: String::new(),
            profile: standing.profile,
            wishes: standing.wishes,
        }]);
    }
    let file = args
        .wishes
        .as_deref()
        .ok_or_else(|| Usage("--mail、--doctor、--wishes のどれかを指定してください".into()))?;
    let text = String::from_utf8_lossy(&files::bytes(file)?).into_owned();
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(n, line)| {
            serde_json::from_str(line.trim_start_matches('\u{feff}')).map_err(|e| {
                Usage(format!(
                    "{}: {}行目が読めません: {e}",
                    file.display(),
                    n + 1
                ))
                .into()
            })
        })
        .collect()
}

fn show(answer: &MatchAnswer, given: &[Opening], doctor: &Doctor, p: &Printer) {
    let by_id: HashMap<&str, &Opening> = given.iter().map(|o| (o.id.as_str(), o)).collect();
    for m in &answer.matches {
        let Some(opening) = by_id.get(m.id.as_str()) else {
            continue;
        };
        let s = compose::suggest(m, opening, doctor.wishes, Language::Ja);
        p.line(format!(
            "{} {} {}  {}",
            p.paint(Style::Strong, &format!("{:.2}", m.score)),
            p.paint(Style::Title, &m.id),
            s.institution,
            p.paint(Style::Faint, &s.place)
        ));
        let row = |name: &str, items: &[String], style| {
            if !items.is_empty() {
                p.line(format!(
                    "     {} {}",
                    p.paint(style, name),
                    items.join("・")
                ));
            }
        };
        row("合う点", &s.fits, Style::Good);
        row("要確認", &s.check, Style::Warn);
        row("合わない点", &s.lacks, Style::Bad);
        row(
            "あと少し",
            &near_misses(m, opening, doctor.wishes),
            Style::Warn,
        );
        if let Some(c) = &m.commute {
            p.line(format!("     {}", say_commute(c, Language::Ja)));
        }
    }
    let excluded: usize = answer.excluded.values().sum();
    p.line(format!(
        "{} 件中 {excluded} 件は条件に合わず除きました。",
        answer.considered
    ));
    if answer.relax.is_empty() {
        return;
    }
    p.line(p.paint(Style::Title, "条件を1つだけ広げると"));
    for (line, r) in relaxation_lines(&answer.relax).iter().zip(&answer.relax) {
        p.line(format!("  {line}"));
        if let Some(opening) = by_id.get(r.best.as_str()) {
            let (fares, _) = matching::fares(doctor, opening);
            let near = near_misses(&fares, opening, doctor.wishes);
            if !near.is_empty() {
                let what = format!("{} は{}", r.best, near.join("・"));
                p.line(format!("     {}", p.paint(Style::Faint, &what)));
            }
        }
    }
}

fn timing(times: &mut [std::time::Duration]) {
    for (n, t) in times.iter().enumerate() {
        eprintln!("{} {:.3} ms", n + 1, t.as_secs_f64() * 1e3);
    }
    times.sort_unstable();
    let at = |q: usize| {
        times
            .get((times.len() * q / 100).min(times.len().saturating_sub(1)))
            .map_or(0.0, |t| t.as_secs_f64() * 1e3)
    };
    eprintln!(
        "p50 {:.3} ms  p90 {:.3} ms  p99 {:.3} ms  max {:.3} ms",
        at(50),
        at(90),
        at(99),
        at(100)
    );
}
