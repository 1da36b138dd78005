//! What the card in chat does, at the terminal, on the same store.

use super::{
    Usage,
    arguments::{ReviewArgs, ReviewCommand},
    files,
    print::{Printer, Style, pad},
};
use crate::{
    app,
    domain::{
        draft::AnswerKind,
        message::Mailbox,
        person::mask_address,
        review::{Actor, Outcome},
    },
    draft::staff,
    review::{
        Answer, Reviewer,
        card::{self, Card},
    },
    store::{CaseDetail, CaseSummary, Edit},
};
use anyhow::Context as _;
use serde_json::json;
use std::path::Path;

/// Who sits at the terminal.
pub(super) fn actor(name: Option<&str>) -> Actor {
    let user = std::env::var("USER")
        .ok()
        .filter(|u| !u.is_empty())
        .unwrap_or_else(|| "terminal".into());
    let name = name.map_or_else(|| user.clone(), str::to_owned);
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    Actor {
        id: format!("terminal:{}", user.replace(char::is_whitespace, "_")),
        name,
    }
}

pub(super) async fn run(config: &Path, args: &ReviewArgs, p: &Printer) -> anyhow::Result<bool> {
    let config = crate::config::load_or_default(config)?;
    let reviewer = app::reviewer(&config).await?;
    let actor = actor(args.name.as_deref());
    match &args.command {
        ReviewCommand::List { all } => list(&reviewer, *all, p).await,
        ReviewCommand::Show { id, history } => {
            show(&reviewer, &find(&reviewer, id).await?, *history, p).await
        }
        ReviewCommand::Files { id, out } => {
            let case = find(&reviewer, id).await?;
            files(&reviewer, &case, out, &actor, p).await
        }
        ReviewCommand::Unblock { address } => {
            let now = reviewer.clock.now();
            let freed = reviewer.store.unblock(address, &actor, now).await?;
            anyhow::ensure!(freed, "{address} は送信停止になっていません");
            p.line(staff::unblocked(&mask_address(address)));
            Ok(true)
        }
        command => {
            let answer = decide(&reviewer, command, &actor).await?;
            tell(&answer, p)
        }
    }
}

/// Writes the files of a case into a folder; what stands there already is not touched.
async fn files(
    r: &Reviewer,
    case: &CaseDetail,
    out: &Path,
    actor: &Actor,
    p: &Printer,
) -> anyhow::Result<bool> {
    let found = r.files(case.summary.id, actor).await?;
    anyhow::ensure!(
        found.message.is_some(),
        "{} のメールに添付はありません",
        case.summary.number
    );
    std::fs::create_dir_all(out).with_context(|| format!("{} を作れません", out.display()))?;
    for (at, file) in found.files.iter().enumerate() {
        let mut path = out.join(&file.name);
        if path.exists() {
            path = out.join(format!("{}-{}", at + 1, file.name));
        }
        std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
            .and_then(|mut to| std::io::Write::write_all(&mut to, &file.bytes))
            .with_context(|| format!("{} に書けません", path.display()))?;
        p.line(path.display().to_string());
    }
    for name in &found.withheld {
        eprintln!("取り出さなかったもの: {name}");
    }
    Ok(true)
}

async fn decide(r: &Reviewer, command: &ReviewCommand, actor: &Actor) -> anyhow::Result<Answer> {
    let newest = |case: &CaseDetail| {
        case.draft
            .as_ref()
            .map(|d| d.revision)
            .with_context(|| format!("{} にはまだ下書きがありません", case.summary.number))
    };
    match command {
        ReviewCommand::Approve { id, revision } => {
            let case = find(r, id).await?;
            r.approve(
                case.summary.id,
                revision.map_or_else(|| newest(&case), Ok)?,
                actor,
            )
            .await
        }
        ReviewCommand::Reject {
            id,
            reason,
            revision,
        } => {
            let case = find(r, id).await?;
            r.reject(
                case.summary.id,
                revision.map_or_else(|| newest(&case), Ok)?,
                reason,
                actor,
            )
            .await
        }
        ReviewCommand::Choose { id, openings } => {
            let case = find(r, id).await?;
            r.choose(case.summary.id, newest(&case)?, openings.clone(), actor)
                .await
        }
        ReviewCommand::Edit {
            id,
            body,
            subject,
            to,
        } => {
            let case = find(r, id).await?;
            let edit = edit(&case, body.as_deref(), subject.as_deref(), to)?;
            r.edit(edit, actor).await
        }
        ReviewCommand::Cancel { id } => r.cancel(find(r, id).await?.summary.id, actor).await,
        ReviewCommand::Hold { id } => r.hold(find(r, id).await?.summary.id, true, actor).await,
        ReviewCommand::Unhold { id } => r.hold(find(r, id).await?.summary.id, false, actor).await,
        ReviewCommand::Claim { id } => r.claim(find(r, id).await?.summary.id, actor).await,
        ReviewCommand::Close { id, reason } => {
            r.close(find(r, id).await?.summary.id, reason, actor).await
        }
        ReviewCommand::Settle { id, left, .. } => {
            let case = find(r, id).await?;
            let uncertain = r
                .store
                .uncertain_entries()
                .await?
                .into_iter()
                .find(|o| o.case_id == Some(case.summary.id));
            let entry = uncertain.with_context(|| {
                format!("{} に届いたか不明の送信はありません", case.summary.number)
            })?;
            r.settle(entry.id, *left, actor).await
        }
        ReviewCommand::List { .. }
        | ReviewCommand::Show { .. }
        | ReviewCommand::Files { .. }
        | ReviewCommand::Unblock { .. } => Err(Usage("この操作は決定ではありません".into()).into()),
    }
}

fn tell(answer: &Answer, p: &Printer) -> anyhow::Result<bool> {
    let done = answer.outcome == Outcome::Done;
    if p.json() {
        p.object(&json!({"done": done, "text": answer.text}))?;
    } else {
        p.line(p.paint(if done { Style::Good } else { Style::Warn }, &answer.text));
    }
    Ok(done)
}

async fn find(r: &Reviewer, id: &str) -> anyhow::Result<CaseDetail> {
    r.store
        .case_by_number(id)
        .await?
        .with_context(|| format!("受付番号 {id} はありません。一覧: madoguchi review list"))
}

async fn list(r: &Reviewer, all: bool, p: &Printer) -> anyhow::Result<bool> {
    let cases = r.store.cases(all, 200).await?;
    if cases.is_empty() && !p.json() {
        p.line("待っている案件はありません。");
    }
    for c in cases {
        if p.json() {
            p.object(&summary(&c))?;
            continue;
        }
        let at = c
            .changed_at
            .with_timezone(&r.desk.time_zone)
            .format("%m/%d %H:%M");
        let style = if c.state.waits_for_staff() {
            Style::Warn
        } else {
            Style::Faint
        };
        let mut notes: Vec<String> = vec![];
        notes.extend(c.revision.map(|n| format!("第{n}版")));
        notes.extend(
            c.assignee
                .as_deref()
                .map(|a| format!("担当 {}", Actor::name_in(a))),
        );
        notes.extend(
            c.held_by
                .as_deref()
                .map(|h| format!("保留 {}", Actor::name_in(h))),
        );
        p.line(format!(
            "{} {} {} {} {}  {}",
            p.paint(Style::Strong, &pad(&c.number, 13)),
            at,
            p.paint(style, &pad(c.state.label(), 20)),
            pad(card::text::kind(c.kind), 24),
            pad(
                &c.address.as_deref().map(mask_address).unwrap_or_default(),
                24
            ),
            notes.join("・")
        ));
    }
    Ok(true)
}

fn summary(c: &CaseSummary) -> serde_json::Value {
    json!({
        "id": c.number, "state": c.state, "kind": c.kind, "address": c.address.as_deref().map(mask_address),
        "opened_at": c.opened_at, "changed_at": c.changed_at, "revision": c.revision,
        "assignee": c.assignee.as_deref().map(Actor::name_in), "held_by": c.held_by.as_deref().map(Actor::name_in),
    })
}

async fn show(r: &Reviewer, case: &CaseDetail, history: bool, p: &Printer) -> anyhow::Result<bool> {
    let lines = if history {
        r.store.history(case.summary.id).await?
    } else {
        vec![]
    };
    if p.json() {
        let mut object = summary(&case.summary);
        if let Some(map) = object.as_object_mut() {
            let draft = case.draft.as_ref().map(|d| {
                json!({"revision": d.revision, "state": d.state, "recipients": d.recipients, "subject": d.subject,
                       "body": d.body, "suggestions": d.suggestions})
            });
            map.insert("draft".into(), json!(draft));
            map.insert("reason".into(), json!(case.reason));
            map.insert(
                "profile".into(),
                json!(case.wishes.as_ref().map(|w| &w.profile)),
            );
            map.insert(
                "wishes".into(),
                json!(case.wishes.as_ref().map(|w| &w.wishes)),
            );
            map.insert(
                "matches".into(),
                case.answer.get("matches").cloned().unwrap_or(json!([])),
            );
            let outbox: Vec<_> = case
                .outbox
                .iter()
                .map(|o| json!({"kind": o.kind, "status": o.status, "message_id": o.message_id, "attempts": o.attempts, "error": o.error}))
                .collect();
            map.insert("outbox".into(), json!(outbox));
            if history {
                let lines: Vec<_> = lines
                    .iter()
                    .map(|h| json!({"at": h.at, "actor": h.actor, "action": h.action, "detail": h.detail}))
                    .collect();
                map.insert("history".into(), json!(lines));
            }
        }
        p.object(&object)?;
        return Ok(true);
    }
    let named = card::gather(&*r.store, case).await?;
    let card = Card::of(
        case,
        &named,
        r.review.suggestions,
        r.desk.time_zone,
        r.clock.now(),
    );
    p.line(card::render(&card, &card::details(case), r.desk.time_zone));
    for h in lines {
        let at =
            h.at.with_timezone(&r.desk.time_zone)
                .format("%m/%d %H:%M:%S");
        let detail = h.detail.unwrap_or_default();
        p.line(p.paint(
            Style::Faint,
            &format!("{at}  {}  {} {detail}", Actor::name_in(&h.actor), h.action),
        ));
    }
    Ok(true)
}

/// The revision that follows: what was not named stays; without a text the editor is opened.
fn edit(
    case: &CaseDetail,
    body: Option<&Path>,
    subject: Option<&str>,
    to: &[String],
) -> anyhow::Result<Edit> {
    let draft = case.draft.as_ref();
    let before = draft.map(|d| d.body.clone()).unwrap_or_default();
    let body = match body {
        Some(file) => {
            String::from_utf8(files::bytes(file)?).context("本文は UTF-8 で書いてください")?
        }
        None if subject.is_some() || !to.is_empty() => before,
        None => in_editor(&before)?,
    };
    let recipients = if to.is_empty() {
        draft.map(|d| d.recipients.clone()).unwrap_or_default()
    } else {
        to.iter()
            .map(|a| Mailbox {
                name: String::new(),
                address: a.trim().to_owned(),
            })
            .collect()
    };
    Ok(Edit {
        case_id: case.summary.id,
        base: draft.map(|d| d.revision),
        recipients,
        subject: subject
            .map(str::to_owned)
            .or_else(|| draft.map(|d| d.subject.clone()))
            .unwrap_or_default(),
        body,
        kind: draft.map_or(AnswerKind::Free, |d| d.kind),
    })
}

/// Opens `$VISUAL` or `$EDITOR` on a text in a file that only its owner can read.
pub(super) fn in_editor(text: &str) -> anyhow::Result<String> {
    use std::{io::Write as _, os::unix::fs::OpenOptionsExt as _};
    let editor = std::env::var("VISUAL")
        .or_else(|_| std::env::var("EDITOR"))
        .ok()
        .filter(|e| !e.is_empty())
        .ok_or_else(|| Usage("エディターが分かりません。環境変数 EDITOR を設定するか、--body FILE で本文を渡してください".into()))?;
    let name: String = crate::clock::random_bytes::<8>()?
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    let path = std::env::temp_dir().join(format!("madoguchi-{name}.txt"));
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)?;
    file.write_all(text.as_bytes())?;
    drop(file);
    let status = std::process::Command::new("sh")
        .arg("-c")
        .arg(format!("{editor} \"$0\""))
        .arg(&path)
        .status();
    let edited = std::fs::read_to_string(&path);
    drop(std::fs::remove_file(&path));
    anyhow::ensure!(
        status.context("エディターを開けません")?.success(),
        "エディターが失敗しました。何も変更していません"
    );
    Ok(edited?)
}
