//! The forms that staff fill in. Discord takes five inputs of 4000 characters and checks nothing but their length.

use super::custom_id::Pressed;
use crate::{
    domain::{draft::Draft, message::Mailbox},
    draft::{join, split_for_inputs, staff},
    review::card::{Action, harmless::plain},
};
use serenity::all::{
    ActionRow, ActionRowComponent, CreateActionRow, CreateInputText, CreateModal, InputTextStyle,
};

/// The most that one input takes.
const INPUT: usize = 4000;
/// So many inputs a long text may fill.
const PIECES: usize = 3;

const SUBJECT: &str = "subject";
const TO: &str = "to";
const REASON: &str = "reason";

/// A form, or what to say where there can be none.
pub(super) fn open(
    pressed: Pressed,
    number: &str,
    draft: Option<&Draft>,
) -> Result<CreateModal, String> {
    let title = match pressed.action {
        Action::Edit => format!("編集 {number} 第{}版", pressed.revision),
        Action::Write => format!("返信を書く {number}"),
        Action::Recipients => format!("宛先を変える {number}"),
        Action::Reject => format!("差し戻し {number} 第{}版", pressed.revision),
        _ => format!("対応終了 {number}"),
    };
    let rows = match pressed.action {
        Action::Edit => {
            let nobody = draft.is_none_or(|d| d.recipients.is_empty());
            texts(number, draft, nobody)?
        }
        Action::Write => texts(number, draft, true)?,
        Action::Recipients => vec![to(draft)],
        Action::Reject => vec![reason(staff::label::REASON, true)],
        _ => vec![reason("理由（記録に残ります）", false)],
    };
    Ok(CreateModal::new(pressed.write(), plain(&title, 45)).components(rows))
}

fn input(input: CreateInputText) -> CreateActionRow {
    CreateActionRow::InputText(input)
}

fn to(draft: Option<&Draft>) -> CreateActionRow {
    let now: Vec<&str> = draft
        .map(|d| d.recipients.iter().map(|r| r.address.as_str()).collect())
        .unwrap_or_default();
    let field = CreateInputText::new(
        InputTextStyle::Short,
        "宛先のメールアドレス（複数はカンマ区切り）",
        TO,
    )
    .max_length(1000)
    .required(true);
    match now.join(", ") {
        t if t.is_empty() || t.chars().count() > 1000 => input(field),
        t => input(field.value(t)),
    }
}

fn reason(label: &str, required: bool) -> CreateActionRow {
    input(
        CreateInputText::new(InputTextStyle::Paragraph, label, REASON)
            .max_length(1000)
            .required(required),
    )
}

fn texts(
    number: &str,
    draft: Option<&Draft>,
    with_recipients: bool,
) -> Result<Vec<CreateActionRow>, String> {
    let pieces = match draft {
        Some(d) => split_for_inputs(d.body.trim_end(), INPUT, PIECES)
            .ok_or_else(|| staff::draft_too_long(number))?,
        None => vec![String::new()],
    };
    let subject = draft.map(|d| d.subject.as_str()).unwrap_or_default();
    let field = CreateInputText::new(InputTextStyle::Short, staff::label::SUBJECT, SUBJECT)
        .max_length(300)
        .required(true);
    let subject = match plain(subject, 300) {
        s if s.is_empty() => field,
        s => field.value(s),
    };
    let mut rows = vec![input(subject)];
    if with_recipients {
        rows.insert(0, to(draft));
    }
    let count = pieces.len();
    for (i, piece) in pieces.into_iter().enumerate() {
        let label = if count == 1 {
            "本文".to_owned()
        } else {
            format!("本文 {}/{count}", i + 1)
        };
        let field = CreateInputText::new(InputTextStyle::Paragraph, label, format!("body{i}"))
            .max_length(4000)
            .required(i == 0);
        rows.push(input(if piece.is_empty() {
            field
        } else {
            field.value(piece)
        }));
    }
    Ok(rows)
}

/// What somebody typed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Filled {
    pub(super) subject: Option<String>,
    pub(super) to: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) body: Option<String>,
}

impl Filled {
    /// Reads the inputs of a form.
    pub(super) fn read(rows: &[ActionRow]) -> Filled {
        let mut filled = Filled::default();
        let mut pieces: Vec<(String, String)> = vec![];
        for component in rows.iter().flat_map(|r| &r.components) {
            let ActionRowComponent::InputText(t) = component else {
                continue;
            };
            let value = t.value.clone().unwrap_or_default().replace("\r\n", "\n");
            match t.custom_id.as_str() {
                SUBJECT => filled.subject = Some(value),
                TO => filled.to = Some(value),
                REASON => filled.reason = Some(value),
                id if id.starts_with("body") => pieces.push((id.to_owned(), value)),
                _ => {}
            }
        }
        pieces.sort();
        if !pieces.is_empty() {
            let pieces: Vec<String> = pieces.into_iter().map(|(_, text)| text).collect();
            filled.body = Some(join(&pieces));
        }
        filled
    }

    /// Everything that was typed, for giving it back.
    pub(super) fn typed(&self) -> String {
        let named =
            |name: &str, value: &Option<String>| value.as_ref().map(|v| format!("{name}: {v}"));
        [
            named("宛先", &self.to),
            named("件名", &self.subject),
            named("理由", &self.reason),
            self.body.clone(),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("\n\n")
    }

    /// The recipients that were typed, those that the draft knew with the names they had.
    pub(super) fn recipients(&self, known: &[Mailbox]) -> Option<Vec<Mailbox>> {
        let typed = self.to.as_ref()?;
        let mut out: Vec<Mailbox> = vec![];
        for address in typed.split([',', '、', '，', ';', ' ', '\n', '　']) {
            let address = address.trim();
            if address.is_empty() || out.iter().any(|m| m.address.eq_ignore_ascii_case(address)) {
                continue;
            }
            let before = known
                .iter()
                .find(|m| m.address.eq_ignore_ascii_case(address));
            out.push(before.cloned().unwrap_or_else(|| Mailbox {
                name: String::new(),
                address: address.to_owned(),
            }));
        }
        Some(out)
    }
}
