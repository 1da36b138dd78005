//! What people read for an item of the vocabulary: 「通勤30分以内」, 「当直なし」, "no night duty".
//!
//! Every text that names a wish, a fact or an offer takes its words from here, so that the mail to the doctor, the card for
//! staff and the reasons of a match speak alike.

mod english;
mod japanese;
mod measure;
mod profile;
#[cfg(test)]
mod tests;

use super::wish::{Field, Language, OpeningItem, Strength, Value, Wish};

pub use measure::yen_ja;
pub use profile::{profile_label, profile_name};

/// A wish as a short phrase without its strength's weight: `must` and `want` read alike (「日勤」), `ok` is an acceptance
/// (「日勤可」), a refusal says what shall not be (「当直なし」), `drop` what no longer counts. Any language but Japanese
/// gets English.
pub fn label(field: Field, value: &Value, strength: Strength, language: Language) -> String {
    match language {
        Language::Ja => japanese::wish(field, value, strength),
        Language::En | Language::Other => english::wish(field, value, strength),
    }
}

/// [`label`] of a wish.
pub fn wish_label(wish: &Wish, language: Language) -> String {
    label(wish.field, &wish.value, wish.strength, language)
}

/// What an opening offers or asks as a short phrase (「当直月2回」, 「年収1,200万円〜」).
pub fn opening_label(field: Field, value: &Value, language: Language) -> String {
    match language {
        Language::Ja => japanese::offer(field, value),
        Language::En | Language::Other => english::offer(field, value),
    }
}

/// [`opening_label`] of an item.
pub fn item_label(item: &OpeningItem, language: Language) -> String {
    opening_label(item.field, &item.value, language)
}

/// What a field is called (「通勤時間」).
pub fn field_name(field: Field, language: Language) -> &'static str {
    match language {
        Language::Ja => japanese::field_name(field),
        Language::En | Language::Other => english::field_name(field),
    }
}

/// What a strength is called (「必須」).
pub fn strength_name(strength: Strength, language: Language) -> &'static str {
    let (ja, en) = match strength {
        Strength::Must => ("必須", "required"),
        Strength::Want => ("希望", "wished"),
        Strength::Ok => ("可", "acceptable"),
        Strength::Avoid => ("避けたい", "rather not"),
        Strength::Never => ("不可", "refused"),
        Strength::Drop => ("取り下げ", "withdrawn"),
    };
    if language == Language::Ja { ja } else { en }
}
