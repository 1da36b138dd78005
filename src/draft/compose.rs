//! From what was read and matched to the inputs of the texts: values become the words of [`crate::domain::label`].

use super::acknowledgement::{AckInput, AckKind, Unread};
use super::conditions;
use super::institution::{InstitutionInput, InstitutionRequest};
use super::questions::question;
use super::suggestion::{Relaxed, Suggestion, SuggestionInput, WishChange};
use super::text::Addressee;
use crate::config::Desk;
use crate::domain::label::{item_label, label, opening_label, wish_label};
use crate::domain::match_::{Match, MatchAnswer, Relaxation};
use crate::domain::opening::Opening;
use crate::domain::wish::{
    Diagnostic, Field, Language, MessageKind, OpeningItem, ProfileField, ProfileItem, Reading,
    Strength, Value, Wish,
};
use chrono::{DateTime, Utc};

/// The fields of an opening that a suggestion states, in the order in which they are read.
const TERMS: [Field; 11] = [
    Field::Specialty,
    Field::Employment,
    Field::DaysPerWeek,
    Field::DaysPerMonth,
    Field::Day,
    Field::Shift,
    Field::Hours,
    Field::NightDuty,
    Field::Duty,
    Field::SalaryMin,
    Field::SalaryMax,
];

/// Where an answer stands: what every text of a case has in common.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// Who answers.
    pub desk: &'a Desk,
    /// `MD-2611-0042`.
    pub case_number: &'a str,
    /// The subject of the mail that is answered.
    pub subject: &'a str,
}

/// The acknowledgement that a mail gets; none where its kind gets none.
pub fn acknowledge<'a>(
    setting: Setting<'a>,
    now: DateTime<Utc>,
    reading: &Reading,
    unread: Unread,
) -> Option<AckInput<'a>> {
    let kind = AckKind::of(reading.kind)?;
    Some(AckInput {
        desk: setting.desk,
        now,
        kind,
        language: reading.language,
        case_number: setting.case_number,
        subject: setting.subject,
        addressee: addressee(reading),
        understood: match kind {
            AckKind::DoctorInquiry | AckKind::DoctorUpdate => sure_wishes(reading),
            _ => vec![],
        },
        unread,
    })
}

/// Whom an answer to a message speaks to.
pub fn addressee(reading: &Reading) -> Addressee {
    match reading.kind {
        MessageKind::DoctorInquiry | MessageKind::DoctorUpdate => doctor(&reading.profile),
        MessageKind::Opening | MessageKind::InstitutionInquiry => {
            Addressee::Institution(institution_name(&reading.opening))
        }
        _ => Addressee::Person(None),
    }
}

/// A doctor by the name that the profile holds; someone who writes for a doctor is not called by the doctor's name.
pub fn doctor(profile: &[ProfileItem]) -> Addressee {
    let proxy = profile
        .iter()
        .any(|p| p.field == ProfileField::Writer && p.value.as_text() == Some("proxy"));
    if proxy {
        return Addressee::Person(None);
    }
    let name = profile.iter().find(|p| p.field == ProfileField::Name);
    Addressee::Doctor(name.and_then(written_name))
}

/// The name as the doctor wrote it, 「山田 太郎」, where the quote is just that; else as the profile holds it.
fn written_name(item: &ProfileItem) -> Option<String> {
    let name = item.value.as_text()?;
    let bare: String = item.quote.split_whitespace().collect();
    if bare == name {
        Some(item.quote.split_whitespace().collect::<Vec<_>>().join(" "))
    } else {
        Some(name.to_owned())
    }
}

fn institution_name(items: &[OpeningItem]) -> Option<String> {
    items
        .iter()
        .find(|i| i.field == Field::InstitutionName)
        .and_then(|i| i.value.as_text())
        .map(str::to_owned)
}

/// What an acknowledgement repeats first where there is more than it can repeat: what decides whether a post can be taken at all.
const FIRST_REPEATED: [Field; 16] = [
    Field::CommuteMinutes,
    Field::Area,
    Field::Day,
    Field::Shift,
    Field::DaysPerWeek,
    Field::NightDuty,
    Field::OnCall,
    Field::Employment,
    Field::SpecialtyChange,
    Field::Specialty,
    Field::Role,
    Field::Duty,
    Field::Workstyle,
    Field::Hours,
    Field::SalaryMin,
    Field::Start,
];

/// Labels of the wishes that are sure: asked for or refused outright, and no doubt was noticed about their words.
pub fn sure_wishes(reading: &Reading) -> Vec<String> {
    let doubted = |wish: &Wish| {
        reading.diagnostics.iter().any(|d| {
            !d.quote.is_empty()
                && !wish.quote.is_empty()
                && (wish.quote.contains(&d.quote) || d.quote.contains(&wish.quote))
        })
    };
    // 「精神科への転科」 says the department already.
    let said_by_change = |wish: &Wish| {
        let change = |w: &Wish| w.field == Field::SpecialtyChange && w.value == wish.value;
        wish.field == Field::Specialty && reading.wishes.iter().any(change)
    };
    let mut sure: Vec<&Wish> = reading
        .wishes
        .iter()
        .filter(|w| !matches!(w.strength, Strength::Ok | Strength::Drop))
        .filter(|w| !doubted(w) && !said_by_change(w))
        .collect();
    let rank = |w: &&Wish| {
        let place = FIRST_REPEATED.iter().position(|field| *field == w.field);
        place.unwrap_or(FIRST_REPEATED.len())
    };
    sure.sort_by_key(rank);
    unique(sure.into_iter().map(|w| wish_label(w, reading.language)))
}

/// What an answer to a doctor is composed of.
#[derive(Debug, Clone, Copy)]
pub struct DoctorCase<'a> {
    /// Desk, case and subject.
    pub setting: Setting<'a>,
    /// The sender's language.
    pub language: Language,
    /// Whether the doctor was written to before.
    pub update: bool,
    /// Standing profile.
    pub profile: &'a [ProfileItem],
    /// Standing wishes.
    pub wishes: &'a [Wish],
    /// What changed, each wish before and after.
    pub changes: &'a [(Option<Wish>, Option<Wish>)],
    /// Doubts about the newest mail.
    pub diagnostics: &'a [Diagnostic],
    /// What matching answered.
    pub answer: &'a MatchAnswer,
    /// The openings that it was asked about.
    pub openings: &'a [Opening],
    /// How many openings are suggested at most.
    pub suggestions: usize,
}

/// The input of the answer to a doctor.
pub fn doctor_answer<'a>(case: &DoctorCase<'a>) -> SuggestionInput<'a> {
    let language = case.language;
    let standing = case.wishes.iter().filter(|w| w.strength != Strength::Drop);
    SuggestionInput {
        desk: case.setting.desk,
        language,
        case_number: case.setting.case_number,
        subject: case.setting.subject,
        addressee: doctor(case.profile),
        update: case.update,
        understood: unique(standing.map(|w| wish_label(w, language))),
        changes: case
            .changes
            .iter()
            .filter_map(|(before, after)| change(before.as_ref(), after.as_ref(), language))
            .collect(),
        suggestions: case
            .answer
            .matches
            .iter()
            .filter_map(|m| {
                let opening = case.openings.iter().find(|o| o.id == m.id)?;
                Some(suggest(m, opening, case.wishes, language))
            })
            .take(case.suggestions)
            .collect(),
        considered: case.answer.considered,
        relaxations: case
            .answer
            .relax
            .iter()
            .map(|r| relaxed(r, language))
            .collect(),
        questions: questions(case.diagnostics, language),
    }
}

/// One opening as the letter shows it.
pub fn suggest(m: &Match, opening: &Opening, wishes: &[Wish], language: Language) -> Suggestion {
    let wished = |items: &[String]| {
        unique(
            items
                .iter()
                .filter_map(|item| item_words(item, wishes, language)),
        )
    };
    let asks = m.asks.iter().filter_map(|item| {
        let (field, value) = parse_item(item)?;
        Some(match (field, value.as_text()) {
            (Field::Certification, Some(title)) => title.to_owned(),
            _ => opening_label(field, &value, language),
        })
    });
    Suggestion {
        institution: opening.institution_name.clone(),
        place: opening.area.clone(),
        terms: terms(opening, language),
        fits: wished(&m.met),
        check: wished(&m.unknown),
        lacks: lacks(&m.unmet, opening, wishes, language),
        asks: unique(asks),
        commute: m.commute.clone(),
    }
}

fn terms(opening: &Opening, language: Language) -> Vec<String> {
    unique(TERMS.iter().flat_map(|field| {
        let values = opening.values(*field);
        let words: Vec<String> = values.map(|v| opening_label(*field, v, language)).collect();
        // Several values of a duty are a choice: 「当直なしまたは当直月2回」.
        match (field, language) {
            (Field::NightDuty, Language::Ja) => vec![words.join("または")],
            (Field::NightDuty, _) => vec![words.join(" or ")],
            _ => words,
        }
    }))
}

/// 「週3日（求人は週5日）」, 「病院・診療所（求人は介護施設）」: unmet wishes, those of a field together, beside what the opening
/// offers instead.
fn lacks(unmet: &[String], opening: &Opening, wishes: &[Wish], language: Language) -> Vec<String> {
    let mut fields: Vec<(Field, Vec<String>)> = vec![];
    for item in unmet {
        let (Some((field, _)), Some(words)) =
            (parse_item(item), item_words(item, wishes, language))
        else {
            continue;
        };
        match fields.iter_mut().find(|(f, _)| *f == field) {
            Some((_, all)) => all.push(words),
            None => fields.push((field, vec![words])),
        }
    }
    unique(fields.into_iter().map(|(field, words)| {
        let offered: Vec<String> = opening
            .values(field)
            .take(3)
            .map(|value| opening_label(field, value, language))
            .collect();
        let words = unique(words.into_iter());
        match (offered.is_empty(), language) {
            (true, Language::Ja) => words.join("・"),
            (true, _) => words.join(", "),
            (false, Language::Ja) => {
                format!("{}（求人は{}）", words.join("・"), offered.join("、"))
            }
            (false, _) => format!("{} (the opening: {})", words.join(", "), offered.join(", ")),
        }
    }))
}

/// The words of a `field=value` item: those of the wish that it stands for, or of a wish for that value.
fn item_words(item: &str, wishes: &[Wish], language: Language) -> Option<String> {
    let wish = wishes
        .iter()
        .find(|w| format!("{}={}", w.field, w.value) == item);
    if let Some(wish) = wish {
        // What is only accepted (「土曜も可」) is named bare beside an opening that has it.
        let strength = match wish.strength {
            Strength::Ok => Strength::Want,
            other => other,
        };
        return Some(label(wish.field, &wish.value, strength, language));
    }
    let (field, value) = parse_item(item)?;
    Some(label(field, &value, Strength::Want, language))
}

/// A `field=value` item read back.
pub(super) fn parse_item(item: &str) -> Option<(Field, Value)> {
    let (field, text) = item.split_once('=')?;
    let field = field.parse().ok()?;
    let value = match text.parse::<i64>() {
        Ok(number) => Value::Number(number),
        Err(_) if text.starts_with('{') => serde_json::from_str(text).ok()?,
        Err(_) => Value::text(text),
    };
    Some((field, value))
}

fn change(before: Option<&Wish>, after: Option<&Wish>, language: Language) -> Option<WishChange> {
    let words = |wish: &Wish| wish_label(wish, language);
    match (before, after) {
        (None, Some(after)) if after.strength == Strength::Drop => None,
        (None, Some(after)) => Some(WishChange::Added(words(after))),
        (Some(before), Some(after)) if after.strength == Strength::Drop => {
            Some(WishChange::Dropped(words(before)))
        }
        (Some(before), _) if before.strength == Strength::Drop => None,
        (Some(before), Some(after)) => {
            let (from, to) = (words(before), words(after));
            (from != to).then_some(WishChange::Changed { from, to })
        }
        (Some(before), None) => Some(WishChange::Dropped(words(before))),
        (None, None) => None,
    }
}

pub(super) fn relaxed(r: &Relaxation, language: Language) -> Relaxed {
    // A cap may be held by an acceptance (「60分まで可」); as a condition it reads like a wish (「60分以内」).
    let strength = match r.wish.strength {
        Strength::Ok => Strength::Must,
        other => other,
    };
    let words = |value: &Value| label(r.wish.field, value, strength, language);
    Relaxed {
        condition: words(&r.wish.value),
        to: r.to.as_ref().map(words),
        adds: r.adds,
    }
}

/// The questions of the doubts, each once, in the sender's language.
fn questions(diagnostics: &[Diagnostic], language: Language) -> Vec<String> {
    unique(diagnostics.iter().filter_map(|d| question(d, language)))
}

/// The input of the answer to an institution. `text` is the body of its mail, `filed` are the openings that came as files.
pub fn institution_answer<'a>(
    setting: Setting<'a>,
    reading: &Reading,
    text: &str,
    filed: &[Opening],
) -> InstitutionInput<'a> {
    let language = reading.language;
    let action = reading
        .opening
        .iter()
        .find(|i| i.field == Field::Action)
        .and_then(|i| i.value.as_text());
    let request = match (reading.kind, action) {
        (MessageKind::Opening, Some("change")) => InstitutionRequest::Change,
        (MessageKind::Opening, Some("withdraw")) => InstitutionRequest::Withdraw,
        (MessageKind::Opening, _) => InstitutionRequest::Offer,
        _ => InstitutionRequest::Inquiry,
    };
    // Of several openings each has its own terms, and a list of all would be of none.
    let of_file = match filed {
        [one] => one.items.as_slice(),
        _ => &[],
    };
    let own = reading.opening.iter();
    let besides = of_file
        .iter()
        .filter(|i| reading.opening.iter().all(|o| o.field != i.field));
    let shown = own.chain(besides).filter(|i| {
        !matches!(
            i.field,
            Field::Action | Field::InstitutionName | Field::ContactPerson | Field::Phone
        )
    });
    InstitutionInput {
        desk: setting.desk,
        language,
        case_number: setting.case_number,
        subject: setting.subject,
        institution: institution_name(&reading.opening),
        request,
        items: unique(shown.map(|i| item_label(i, language))),
        missing: match request {
            InstitutionRequest::Offer if !filed.is_empty() => {
                conditions::missing_of_any(filed, text, language)
            }
            InstitutionRequest::Offer => conditions::missing(&reading.opening, text, language),
            _ => vec![],
        },
    }
}

/// Each text once, in order.
fn unique(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for text in texts {
        if !text.is_empty() && !seen.contains(&text) {
            seen.push(text);
        }
    }
    seen
}
