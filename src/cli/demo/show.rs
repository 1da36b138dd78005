//! The demo on the terminal: half a minute to read, colour where there is one.

use super::super::{
    extract::kind_name,
    print::{Printer, Style, cut},
};
use super::world::{Seen, World};
use crate::{
    domain::{
        draft::Draft,
        label,
        match_::MatchAnswer,
        person::mask_address,
        wish::{Language, MessageKind, Wish},
    },
    draft::brief,
    review::{
        Answer,
        card::{self, Card, Scene},
    },
};
use serde_json::json;

/// The cells of a line.
const WIDE: usize = 108;

/// The most wishes and suggestions that are shown of one mail.
const WISHES: usize = 4;
const SUGGESTIONS: usize = 1;

/// The most lines of a draft that are shown where nobody has to decide on it.
const LINES: usize = 22;

pub(super) fn opening(world: &World, p: &Printer) {
    if p.json() {
        return;
    }
    p.line(p.paint(Style::Title, "madoguchi（窓口）デモ"));
    p.line(format!(
        "見本のメール {} 通と求人 {} 件で、受付から返信までを通します。どこにも接続しません。",
        super::world::SAMPLES.len(),
        world.openings.len()
    ));
}

/// One mail: what came, what was understood, what is suggested.
pub(super) async fn sample(world: &World, seen: &Seen, p: &Printer) -> anyhow::Result<()> {
    if p.json() {
        return sample_object(seen, p);
    }
    let at = seen
        .mail
        .date
        .map(|d| d.format("%m/%d %H:%M").to_string())
        .unwrap_or_default();
    let subject = match seen.mail.subject.as_str() {
        "" => "（件名なし）",
        subject => subject,
    };
    p.line("");
    p.line(format!(
        "{} {}  {}  {}",
        p.paint(Style::Strong, "✉"),
        p.paint(Style::Strong, &cut(subject, 46)),
        mask_address(&seen.mail.from.address),
        p.paint(Style::Faint, &format!("{at}  {}", seen.charset))
    ));
    let Some(case) = &seen.case else {
        p.line(p.paint(
            Style::Faint,
            "  何も始めず、保管だけしました（広告・自動送信）。",
        ));
        return Ok(());
    };
    let message = case.messages.last();
    let kind = message.and_then(|m| m.kind).unwrap_or(MessageKind::General);
    let ack = match &seen.acknowledgement {
        Some(_) => p.paint(Style::Good, "受付確認を送信"),
        None => p.paint(Style::Faint, "受付確認なし"),
    };
    p.line(format!(
        "  {}  {}  {ack}",
        p.paint(Style::Title, kind_name(kind)),
        case.summary.number
    ));
    if let Some(said) = seen.acknowledgement.as_ref().and_then(understood) {
        p.line(p.paint(Style::Faint, &format!("  └ {said}")));
    }
    if let Some(reading) = message.and_then(|m| m.reading.as_ref()) {
        for w in reading.wishes.iter().take(WISHES) {
            item(&label::wish_label(w, Language::Ja), &w.quote, p);
        }
        for i in reading.opening.iter().take(WISHES) {
            item(&label::item_label(i, Language::Ja), &i.quote, p);
        }
        let more = (reading.wishes.len() + reading.opening.len()).saturating_sub(WISHES);
        if more > 0 {
            p.line(p.paint(Style::Faint, &format!("    …ほか {more} 件")));
        }
        for d in reading
            .diagnostics
            .iter()
            .filter_map(|d| d.question.as_deref())
            .take(1)
        {
            p.line(format!("    {} {d}", p.paint(Style::Warn, "確認")));
        }
    }
    if kind == MessageKind::Automatic {
        p.line(p.paint(Style::Faint, "  自動返信のため、下書きは作りません。"));
    }
    let wishes = case
        .wishes
        .as_ref()
        .map(|w| w.wishes.as_slice())
        .unwrap_or_default();
    if matches!(kind, MessageKind::DoctorInquiry | MessageKind::DoctorUpdate) {
        changed(world, case, p).await?;
        suggestions(world, case, wishes, p);
    }
    for notice in world.rooms.store.recent_notices(5).await? {
        if notice.kind == "suits" && notice.case_id == Some(case.summary.id) {
            for line in notice.text.lines() {
                p.line(format!("    {}", cut(line, WIDE - 4)));
            }
        }
    }
    if let Some(reason) = &case.reason {
        p.line(format!("    {}", p.paint(Style::Warn, reason)));
    }
    if kind == MessageKind::OptOut {
        p.line(format!(
            "    {}",
            p.paint(Style::Warn, "この方への送信をすべて止めました。")
        ));
    }
    Ok(())
}

fn item(words: &str, quote: &str, p: &Printer) {
    let quote = quote.split_whitespace().collect::<Vec<_>>().join(" ");
    p.line(format!(
        "    {} {}",
        super::super::print::pad(words, 34),
        p.paint(Style::Faint, &cut(&format!("「{quote}」"), WIDE - 40))
    ));
}

/// What an update changed of what was on file.
async fn changed(
    world: &World,
    case: &crate::store::CaseDetail,
    p: &Printer,
) -> anyhow::Result<()> {
    let beside = card::gather(&*world.rooms.store, case).await?;
    let r = world.rooms.reviewer();
    let card = Card::of(case, &beside, 0, r.desk.time_zone, r.clock.now());
    if !card.changes.is_empty() {
        let changes = card.changes.join("　");
        p.line(format!("    {} {changes}", p.paint(Style::Warn, "変更")));
    }
    Ok(())
}

fn suggestions(world: &World, case: &crate::store::CaseDetail, wishes: &[Wish], p: &Printer) {
    let answer: MatchAnswer = serde_json::from_value(case.answer.clone()).unwrap_or_default();
    let Some(draft) = &case.draft else { return };
    for id in draft.suggestions.iter().take(SUGGESTIONS) {
        let (Some(m), Some(o)) = (
            answer.matches.iter().find(|m| &m.id == id),
            world.openings.iter().find(|o| &o.id == id),
        ) else {
            continue;
        };
        let words = brief(m, o, wishes);
        p.line(format!(
            "    {} {} {}  {}",
            p.paint(Style::Good, &format!("▶ {:.2}", m.score)),
            p.paint(Style::Strong, &o.institution_name),
            o.area,
            p.paint(Style::Faint, &words.commute)
        ));
        super::super::matching::suggestion(&words, 6, p);
    }
    let more = draft.suggestions.len().saturating_sub(SUGGESTIONS);
    let excluded: usize = answer.excluded.values().sum();
    let more = match (draft.suggestions.len(), more) {
        (0, _) => "近い求人がないことを、率直に伝える下書きにしました。".to_owned(),
        (_, 0) => String::new(),
        (_, n) => format!("ほか {n} 件を下書きに。"),
    };
    p.line(p.paint(
        Style::Faint,
        &format!(
            "      {more}{} 件中 {excluded} 件は条件に合わず除きました。",
            answer.considered
        ),
    ));
}

/// The sentence of an acknowledgement that says what was understood; the letter may break it over lines.
fn understood(entry: &crate::domain::outbox::OutboxEntry) -> Option<String> {
    let mail = crate::decode::decode(&entry.mime, &crate::decode::Limits::default());
    let lines: Vec<&str> = mail.text.lines().map(str::trim).collect();
    let paragraph = lines.split(|l| l.is_empty()).find(|p| {
        p.iter()
            .any(|l| l.contains("承りました") || l.contains("understood"))
    })?;
    let english = paragraph.iter().all(|l| l.is_ascii());
    Some(cut(
        &paragraph.join(if english { " " } else { "" }),
        WIDE - 6,
    ))
}

/// The picture of a case's suggestions, as staff find it in its thread. False where there are none.
pub(super) async fn picture(
    world: &World,
    case: &crate::store::CaseDetail,
    p: &Printer,
) -> anyhow::Result<bool> {
    let beside = card::gather(&*world.rooms.store, case).await?;
    let Some(scene) = Scene::of(case, &beside) else {
        return Ok(false);
    };
    std::fs::create_dir_all(&world.out)?;
    let file = world.out.join(format!("{}.png", case.summary.number));
    let drawn = super::super::picture::draw(&file, &scene.sketch())?;
    if drawn && !p.json() {
        p.line(p.paint(
            Style::Faint,
            &format!("      地図と比較の図: {}", file.display()),
        ));
    }
    Ok(drawn)
}

/// The beginning of the first draft: this is what staff read before they press.
pub(super) async fn first_card(world: &World, p: &Printer) -> anyhow::Result<()> {
    if p.json() {
        return Ok(());
    }
    if let Some(case) = world.next_to_review().await?
        && let Some(d) = &case.draft
    {
        draft(&case.summary.number, d, LINES, p);
    }
    Ok(())
}

/// A draft as staff read it.
pub(super) fn draft(number: &str, d: &Draft, most: usize, p: &Printer) {
    p.line("");
    let to: Vec<String> = d
        .recipients
        .iter()
        .map(|r| mask_address(&r.address))
        .collect();
    p.line(p.paint(
        Style::Title,
        &format!("下書き {number} 第{}版  宛先 {}", d.revision, to.join(", ")),
    ));
    p.line(format!("  件名 {}", p.paint(Style::Strong, &d.subject)));
    for line in d.body.trim_end().lines().take(most) {
        p.line(format!("  {} {line}", p.paint(Style::Faint, "│")));
    }
    let left = d.body.trim_end().lines().count().saturating_sub(most);
    if left > 0 {
        p.line(p.paint(Style::Faint, &format!("  │ …（あと {left} 行）")));
    }
}

pub(super) fn left_open(p: &Printer) {
    if !p.json() {
        p.line("");
        p.line("端末で実行すると、ここで一通ずつ承認・編集・差し戻しができます。すべて承認するには --yes を付けてください。");
    }
}

pub(super) fn decided(number: &str, answer: &Answer, p: &Printer) -> anyhow::Result<()> {
    if p.json() {
        let done = answer.outcome == crate::domain::review::Outcome::Done;
        return p.object(
            &json!({"event": "decision", "case": number, "done": done, "text": answer.text}),
        );
    }
    p.line(format!("{} {}", p.paint(Style::Good, number), answer.text));
    Ok(())
}

/// The mails that left.
pub(super) fn sent(world: &World, p: &Printer) -> anyhow::Result<()> {
    if !p.json() {
        p.line("");
        p.line(p.paint(
            Style::Title,
            &format!("送信したメール（{}）", world.out.display()),
        ));
    }
    for file in world.sent() {
        let mail = crate::decode::decode(&std::fs::read(&file)?, &crate::decode::Limits::default());
        let to: Vec<&str> = mail.to.iter().map(|t| t.address.as_str()).collect();
        let name = file
            .file_name()
            .map(|n| n.to_string_lossy().into_owned())
            .unwrap_or_default();
        if p.json() {
            p.object(&json!({"event": "sent", "file": name, "to": to, "subject": mail.subject}))?;
        } else {
            let to: Vec<String> = to.iter().map(|a| mask_address(a)).collect();
            p.line(format!(
                "  {}  {}  {}",
                super::super::print::pad(&to.join(", "), 26),
                cut(&mail.subject, 60),
                p.paint(Style::Faint, &cut(&name, 30))
            ));
        }
    }
    if !p.json() {
        p.line(p.paint(
            Style::Faint,
            "次は README の「はじめ方」へ。設定を試すには madoguchi check。",
        ));
    }
    Ok(())
}

fn sample_object(seen: &Seen, p: &Printer) -> anyhow::Result<()> {
    let reading = seen
        .case
        .as_ref()
        .and_then(|c| c.messages.last())
        .and_then(|m| m.reading.as_ref());
    p.object(&json!({
        "event": "mail",
        "subject": seen.mail.subject,
        "kind": reading.map_or("automatic", |r| r.kind.as_str()),
        "case": seen.case.as_ref().map(|c| &c.summary.number),
        "acknowledged": seen.acknowledgement.is_some(),
        "wishes": reading.map(|r| &r.wishes),
        "suggestions": seen.case.as_ref().and_then(|c| c.draft.as_ref()).map(|d| &d.suggestions),
        "draft": seen.case.as_ref().and_then(|c| c.draft.as_ref()).map(|d| json!({"subject": d.subject, "body": d.body})),
    }))
}
