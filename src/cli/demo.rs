//! The whole job on sample mails, with nothing but this program: what a newcomer sees first.

mod show;
mod world;

use super::{arguments::DemoArgs, print::Printer};
use crate::domain::review::Actor;
use std::io::Write as _;
use world::World;

/// What the person at the terminal wants.
enum Choice {
    Approve,
    Edit,
    Reject(String),
    Skip,
    Quit,
}

pub(super) async fn run(args: &DemoArgs, p: &Printer) -> anyhow::Result<bool> {
    let world = World::new(&args.out).await?;
    show::opening(&world, p);
    let mut drawn = false;
    for sample in world::SAMPLES {
        let seen = world.play(sample).await?;
        show::sample(&world, &seen, p).await?;
        if !drawn && let Some(case) = &seen.case {
            drawn = show::picture(&world, case, p).await?;
        }
    }
    if args.yes || !p.interactive() {
        show::first_card(&world, p).await?;
    }
    decide(&world, args.yes, p).await?;
    world.leave().await?;
    show::sent(&world, p)?;
    Ok(true)
}

async fn decide(world: &World, yes: bool, p: &Printer) -> anyhow::Result<()> {
    let reviewer = world.rooms.reviewer();
    let actor = Actor {
        id: "terminal:demo".into(),
        name: "デモ".into(),
    };
    let mut all = yes;
    loop {
        let Some(case) = world.next_to_review().await? else {
            return Ok(());
        };
        let (id, number) = (case.summary.id, case.summary.number.clone());
        let Some(draft) = case.draft else {
            return Ok(());
        };
        let choice = if all {
            Choice::Approve
        } else if p.interactive() {
            show::draft(&number, &draft, usize::MAX, p);
            ask(p)?
        } else {
            Choice::Quit
        };
        let answer = match choice {
            Choice::Approve => reviewer.approve(id, draft.revision, &actor).await?,
            Choice::Edit => {
                let body = super::review::in_editor(&draft.body)?;
                let edit = crate::store::Edit {
                    case_id: id,
                    base: Some(draft.revision),
                    recipients: draft.recipients,
                    subject: draft.subject,
                    body,
                    kind: draft.kind,
                };
                reviewer.edit(edit, &actor).await?
            }
            Choice::Reject(reason) => reviewer.reject(id, draft.revision, &reason, &actor).await?,
            Choice::Skip => reviewer.hold(id, true, &actor).await?,
            Choice::Quit => {
                if !p.interactive() {
                    show::left_open(p);
                }
                return Ok(());
            }
        };
        show::decided(&number, &answer, p)?;
        if answer.outcome != crate::domain::review::Outcome::Done {
            all = false;
            if !p.interactive() {
                return Ok(());
            }
        }
        world.settle().await?;
    }
}

fn ask(p: &Printer) -> anyhow::Result<Choice> {
    loop {
        p.line("");
        let answer =
            prompt("[a] 承認して送信  [e] 編集  [r] 差し戻し  [s] 保留して次へ  [q] 終わる > ")?;
        match answer.as_deref().map(str::trim) {
            Some("a" | "A" | "") => return Ok(Choice::Approve),
            Some("e" | "E") => return Ok(Choice::Edit),
            Some("r" | "R") => {
                if let Some(reason) = prompt("差し戻しの理由 > ")?.filter(|r| !r.trim().is_empty())
                {
                    return Ok(Choice::Reject(reason));
                }
            }
            Some("s" | "S") => return Ok(Choice::Skip),
            Some("q" | "Q") | None => return Ok(Choice::Quit),
            Some(_) => {}
        }
    }
}

/// A line from the person; none at the end of the input.
fn prompt(question: &str) -> anyhow::Result<Option<String>> {
    let mut out = std::io::stdout().lock();
    write!(out, "{question}")?;
    out.flush()?;
    let mut line = String::new();
    let n = std::io::stdin().read_line(&mut line)?;
    Ok((n > 0).then_some(line))
}
