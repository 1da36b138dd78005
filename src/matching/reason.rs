//! Why an opening suits, in people's words: what fits, what to check, what it lacks.

use super::answer::{asks, listed};
use super::doctor::{Doctor, Item, Prepared};
use super::facts::Facts;
use super::judge::judge;
use super::status::Status;
use crate::domain::label::{commute_label, item_label, label};
use crate::domain::match_::Commute;
use crate::domain::opening::Opening;
use crate::domain::wish::{Field, Language, Strength, Value};

/// One wish and how the opening fares on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The field.
    pub field: Field,
    /// The value as wished.
    pub value: Value,
    /// The strength as wished.
    pub strength: Strength,
    /// How the opening fares.
    pub status: Status,
    /// The department was not wished but is practised.
    pub stands_in: bool,
    /// The wish in words (「通勤30分以内」, 「当直なし」).
    pub text: String,
}

/// The material for the texts on one suggestion.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reasons {
    /// Every wish that the answer lists, in the doctor's order, stand-ins last.
    pub wishes: Vec<Reason>,
    /// What the institution asks that the profile does not say, in words.
    pub asks: Vec<String>,
    /// 「車で約15〜35分」, where an estimate exists.
    pub commute: Option<String>,
}

impl Reasons {
    /// The words of the wishes with a status.
    pub fn texts(&self, status: Status) -> impl Iterator<Item = &str> {
        self.wishes
            .iter()
            .filter(move |r| r.status == status)
            .map(|r| r.text.as_str())
    }
}

/// The reasons for (and against) one opening.
pub fn reasons(doctor: &Doctor, opening: &Opening, language: Language) -> Reasons {
    let prepared = Prepared::new(*doctor);
    let facts = Facts::read(opening);
    let (judgement, _) = judge(&prepared, &facts);
    let reason = |(item, status): (&Item, Status)| Reason {
        field: item.field,
        value: item.value.clone(),
        strength: item.strength,
        status,
        stands_in: item.order >= doctor.wishes.len(),
        text: label(item.field, &item.value, item.strength, language),
    };
    Reasons {
        wishes: listed(&prepared, &judgement)
            .into_iter()
            .map(reason)
            .collect(),
        asks: asks(&prepared, &facts)
            .map(|i| item_label(i, language))
            .collect(),
        commute: judgement
            .commute
            .map(|(means, band)| commute_text(means.as_str(), band.low, band.high, language)),
    }
}

/// 「車で約15〜35分」: the band to people. `mode` is `car` or `train`.
pub fn commute_text(mode: &str, low: u32, high: u32, language: Language) -> String {
    let commute = Commute {
        mode: mode.to_owned(),
        minutes: [low, high],
    };
    commute_label(&commute, language)
}
