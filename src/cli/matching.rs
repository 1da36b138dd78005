use super::{
    Usage,
    arguments::MatchArgs,
    files, openings, picture,
    print::{Printer, Style},
};
use crate::{
    app,
    domain::{
        match_::MatchAnswer,
        opening::Opening,
        wish::{ProfileItem, Wish},
    },
    draft::{Brief, brief, relaxation_lines},
    matching::{self, Doctor},
    picture::Sketch,
    pipeline::routes,
    review::card::text,
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
    let wishers = wishers(config, args).await?;
    if args.picture.is_some() && wishers.len() != 1 {
        return Err(Usage("--picture は一人分の希望に使えます".into()).into());
    }
    let mut times = vec![];
    for wisher in wishers {
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
        if let Some(file) = args.picture.as_deref().filter(|_| times.len() == 1) {
            let sketch = Sketch {
                title: &wisher.id,
                profile: &wisher.profile,
                wishes: &wisher.wishes,
                matches: &answer.matches,
                openings: &given,
            };
            good &= picture::write(file, &sketch, p)?;
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
        let filed = files::message_with_files(file, &files::bytes(file)?, None).await?;
        let reading = filed.reading(files::now());
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
        let words = brief(m, opening, doctor.wishes);
        p.line(format!(
            "{} {} {}  {}",
            p.paint(Style::Strong, &format!("{:.2}", m.score)),
            p.paint(Style::Title, &m.id),
            opening.institution_name,
            p.paint(
                Style::Faint,
                format!("{}  {}", opening.area, words.commute).trim_end()
            )
        ));
        suggestion(&words, 5, p);
    }
    let excluded: usize = answer.excluded.values().sum();
    p.line(format!(
        "{} 件中 {excluded} 件は条件に合わず除きました。",
        answer.considered
    ));
    if !answer.relax.is_empty() {
        p.line(p.paint(Style::Strong, text::RELAXATIONS));
    }
    for line in relaxation_lines(&answer.relax) {
        p.line(format!("  {line}"));
    }
}

/// What fits, what to check and what is lacking, a line each.
pub(super) fn suggestion(words: &Brief, indent: usize, p: &Printer) {
    for line in words.lines() {
        let style = match line.chars().next() {
            Some('○') => Style::Good,
            Some('△') => Style::Warn,
            Some('×') => Style::Bad,
            _ => Style::Faint,
        };
        let (mark, said) = line.split_once(' ').unwrap_or_default();
        p.line(format!("{:indent$}{} {said}", "", p.paint(style, mark)));
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
