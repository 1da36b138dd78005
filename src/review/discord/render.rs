//! The card as Discord shows it. Discord's limits are kept by counting, whatever strangers write.

use crate::review::card::{
    Action, Card, Choice, Detail, DraftView, Note, Suggestion, Tone,
    harmless::{self, length, line, markdown, plain},
    text,
};
use crate::{domain::case::CaseState, review::discord::custom_id::Pressed};
use chrono::{DateTime, Utc};
use serenity::all::{
    ButtonStyle, Colour, CreateActionRow, CreateButton, CreateEmbed, CreateSelectMenu,
    CreateSelectMenuKind, CreateSelectMenuOption,
};

/// All embeds of a message together; Discord allows 6000.
const EMBEDS: usize = 5900;
/// A description.
const DESCRIPTION: usize = 4096;
/// The whole of a message's text.
pub(super) const CONTENT: usize = 2000;
/// What is kept free for the draft.
const DRAFT: usize = 1200;
/// So many suggestions are shown with their reasons.
const SUGGESTIONS: usize = 10;

/// The text above the card, which notifications show.
pub(super) fn headline(card: &Card, thread: Option<u64>) -> String {
    let mut text = format!(
        "**{}** ［{}］",
        line(&card.title(), 120),
        card.state.label()
    );
    if let Some(due) = card.countdown {
        text.push_str(&format!(" {} に送信します。", countdown(due)));
    }
    if let Some(thread) = thread {
        text.push_str(&format!(" 受付: <#{thread}>"));
    }
    text
}

fn countdown(due: DateTime<Utc>) -> String {
    format!("<t:{}:R>", due.timestamp())
}

/// The card itself: the case, then the draft.
pub(super) fn embeds(card: &Card) -> Vec<CreateEmbed> {
    let mut room = Room(EMBEDS);
    let mut case = CreateEmbed::new()
        .title(room.take(line(&card.title(), 120)))
        .colour(colour(card));
    let notes = notes(&card.notes);
    if !notes.is_empty() {
        case = case.description(room.take(notes));
    }
    // Discord takes no field without a value.
    for (name, value, inline) in facts(card).into_iter().filter(|(_, v, _)| !v.is_empty()) {
        case = case.field(room.take(name), room.take(value), inline);
    }
    for (i, s) in card.suggestions.iter().take(SUGGESTIONS).enumerate() {
        if room.0 < DRAFT + 500 {
            break;
        }
        let (name, value) = suggestion(i + 1, s);
        case = case.field(room.take(name), room.take(value), false);
    }
    if !card.relaxations.is_empty() {
        let said = lines_within(&card.relaxations, 350);
        case = case.field(
            room.take(text::RELAXATIONS.to_owned()),
            room.take(said),
            false,
        );
    }
    let mut all = vec![case];
    if let Some(d) = &card.draft {
        all.push(draft(d, card, &mut room));
    }
    all
}

/// Counts what the embeds of one message may still hold.
struct Room(usize);

impl Room {
    fn take(&mut self, text: String) -> String {
        self.0 = self.0.saturating_sub(length(&text));
        text
    }
}

fn colour(card: &Card) -> Colour {
    let alarm = card.notes.iter().any(|n| n.tone == Tone::Alarm);
    Colour::new(match card.state {
        CaseState::Sent => 0x2E_8B57,
        CaseState::Rejected | CaseState::Withdrawn => 0x80_8080,
        CaseState::Failed | CaseState::NeedsHuman => 0xC0_392B,
        _ if alarm => 0xC0_392B,
        CaseState::Approved | CaseState::Queued => 0x29_80B9,
        CaseState::InReview => 0xE6_7E22,
        _ => 0x95_A5A6,
    })
}

fn notes(notes: &[Note]) -> String {
    let mut out = String::new();
    for n in notes {
        let mark = match n.tone {
            Tone::Alarm => "🔴",
            Tone::Caution => "🟡",
            Tone::Plain => "・",
        };
        let said = format!("{mark} {}\n", line(&n.text, 250));
        if length(&out) + length(&said) > 900 {
            break;
        }
        out.push_str(&said);
    }
    out.trim_end().to_owned()
}

fn facts(card: &Card) -> Vec<(String, String, bool)> {
    let mut out = vec![
        ("状態".to_owned(), card.state.label().to_owned(), true),
        ("種類".to_owned(), text::kind(card.kind).to_owned(), true),
    ];
    if let Some(a) = &card.address {
        out.push(("差出人".to_owned(), line(a, 100), true));
    }
    if let Some(who) = &card.assignee {
        out.push(("担当".to_owned(), line(who, 60), true));
    }
    if let Some(at) = card.received_at {
        let subject = line(&card.subject, 150);
        let subject = if subject.is_empty() {
            "（件名なし）".to_owned()
        } else {
            subject
        };
        out.push((
            "受信".to_owned(),
            format!("<t:{}:f>\n{subject}", at.timestamp()),
            false,
        ));
    }
    if !card.wishes.is_empty() {
        out.push(("希望".to_owned(), line(&card.wishes.join("、"), 600), false));
    }
    for (name, lines) in [(text::CHANGES, &card.changes), (text::DOUBTS, &card.doubts)] {
        out.push((name.to_owned(), lines_within(lines, 400), false));
    }
    out
}

/// Lines as a list of at most `most` units; of what does not fit only the number is told.
fn lines_within(lines: &[String], most: usize) -> String {
    let mut out = String::new();
    for (i, said) in lines.iter().enumerate() {
        let said = format!("{}\n", line(said, 120));
        if length(&out) + length(&said) > most {
            out.push_str(&format!("ほか{}件", lines.len() - i));
            break;
        }
        out.push_str(&said);
    }
    out.trim_end().to_owned()
}

fn suggestion(rank: usize, s: &Suggestion) -> (String, String) {
    let name = format!("{rank}. {}", line(&s.headline(), 120));
    let lines = s.brief.lines();
    let value = if lines.is_empty() {
        format!("番号 {}", line(&s.id, 60))
    } else {
        let lines: Vec<String> = lines.iter().map(|l| line(l, 110)).collect();
        lines.join("\n")
    };
    (name, value)
}

fn draft(d: &DraftView, card: &Card, room: &mut Room) -> CreateEmbed {
    let title = room.take(format!(
        "下書き 第{}版（{}）作成: {}",
        d.revision,
        d.label,
        line(&d.author, 60)
    ));
    let to = if d.recipients.is_empty() {
        "（なし）".to_owned()
    } else {
        line(&d.recipients.join(", "), 200)
    };
    let head = format!("**宛先** {to}\n**件名** {}\n\n", line(&d.subject, 200));
    let most = room.0.min(DESCRIPTION).saturating_sub(length(&head));
    let mut description = head;
    if harmless::is_cut(&d.body, most) {
        let more = "\n（続きは「下書き全文」で）";
        description.push_str(&markdown(&d.body, most.saturating_sub(length(more))));
        description.push_str(more);
    } else {
        description.push_str(&markdown(&d.body, most));
    }
    CreateEmbed::new()
        .title(title)
        .description(room.take(description))
        .colour(colour(card))
}

/// The buttons, and the menu of openings.
pub(super) fn rows(card: &Card) -> Vec<CreateActionRow> {
    let button = |action: Action| {
        let id = Pressed {
            action,
            case_id: card.case_id,
            revision: card.revision(),
        };
        let unsendable = card.draft.as_ref().is_some_and(|d| d.recipients.is_empty());
        let held = card.actions.contains(&Action::Resume);
        CreateButton::new(id.write())
            .label(text::name(action))
            .style(style(action))
            .disabled(action == Action::Approve && (unsendable || held))
    };
    let (mut rows, mut menu) = (vec![], None);
    let mut buttons = vec![];
    for &action in &card.actions {
        if action == Action::Choose {
            menu = choose(card);
        } else {
            buttons.push(button(action));
        }
    }
    for five in buttons.chunks(5).take(4) {
        rows.push(CreateActionRow::Buttons(five.to_vec()));
    }
    rows.extend(menu);
    rows
}

fn style(action: Action) -> ButtonStyle {
    match action {
        Action::Approve => ButtonStyle::Success,
        Action::Cancel | Action::Again(_) => ButtonStyle::Danger,
        Action::Edit | Action::Write | Action::Left(_) => ButtonStyle::Primary,
        _ => ButtonStyle::Secondary,
    }
}

fn choose(card: &Card) -> Option<CreateActionRow> {
    let fits = |c: &&Choice| !c.id.is_empty() && length(&c.id) <= 100;
    let most = card.most.min(25);
    let mut preset = 0;
    let options: Vec<CreateSelectMenuOption> = card
        .choices
        .iter()
        .filter(fits)
        .take(25)
        .map(|c| {
            let chosen = c.chosen && preset < most;
            preset += usize::from(chosen);
            let label = plain(&c.label, 100);
            let option = CreateSelectMenuOption::new(
                if label.is_empty() {
                    c.id.clone()
                } else {
                    label
                },
                &c.id,
            );
            let option = match plain(&c.description, 100) {
                d if d.is_empty() => option,
                d => option.description(d),
            };
            option.default_selection(chosen)
        })
        .collect();
    let most = most.min(options.len());
    if most == 0 {
        return None;
    }
    let id = Pressed {
        action: Action::Choose,
        case_id: card.case_id,
        revision: card.revision(),
    };
    Some(CreateActionRow::SelectMenu(
        CreateSelectMenu::new(id.write(), CreateSelectMenuKind::String { options })
            .placeholder(text::name(Action::Choose))
            .min_values(1)
            .max_values(u8::try_from(most).unwrap_or(1)),
    ))
}

/// A long text in embeds; nothing where they cannot hold it.
pub(super) fn text_embeds(text: &str) -> Option<Vec<CreateEmbed>> {
    let mut parts: Vec<String> = vec![String::new()];
    let mut sum = 0;
    for paragraph in text.trim_end().split_inclusive('\n') {
        let said = markdown(paragraph, DESCRIPTION);
        if harmless::is_cut(paragraph, DESCRIPTION) {
            return None;
        }
        sum += length(&said);
        match parts.last_mut() {
            Some(part) if length(part) + length(&said) <= DESCRIPTION => part.push_str(&said),
            _ => parts.push(said),
        }
    }
    (sum <= EMBEDS).then(|| {
        parts
            .into_iter()
            .map(|p| CreateEmbed::new().description(p))
            .collect()
    })
}

/// A list of facts with their quotes as text of at most `most` units.
pub(super) fn detail_list(details: &[Detail], most: usize) -> String {
    let mut out = String::new();
    for (i, d) in details.iter().enumerate() {
        let label = line(&d.label, 300);
        let said = if d.quote.is_empty() {
            format!("- {label}\n")
        } else {
            format!("- {label}　「{}」\n", line(&d.quote, 300))
        };
        let left = format!("（ほか{}件）", details.len() - i);
        if length(&out) + length(&said) + length(&left) > most {
            out.push_str(&left);
            return out;
        }
        out.push_str(&said);
    }
    out.trim_end().to_owned()
}
