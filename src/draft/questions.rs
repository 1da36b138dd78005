//! The questions that settle doubts, in the language of whoever is asked.

use crate::domain::wish::{Diagnostic, Language};

/// Rules whose doubts have an English question of their own; `{}` are the words in doubt.
const ENGLISH: &[(&str, &str)] = &[
    (
        "place::ambiguous",
        "Several places are called “{}”. Which prefecture is yours in?",
    ),
    (
        "specialty::shortened",
        "Which department do you mean by “{}”?",
    ),
];

/// Of any other rule.
const ENGLISH_OTHERWISE: &str = "Could you tell us a little more about “{}”?";

/// The question of a doubt, where it has one. A doubt's own question is Japanese; who writes in another language is asked in
/// English about the words in doubt.
pub(super) fn question(doubt: &Diagnostic, language: Language) -> Option<String> {
    let own = doubt.question.as_ref()?;
    if language == Language::Ja || own.is_ascii() {
        return Some(own.clone());
    }
    let words = doubt.quote.split_whitespace().collect::<Vec<_>>().join(" ");
    let of_rule = ENGLISH.iter().find(|(rule, _)| *rule == doubt.rule);
    let asked = of_rule.map_or(ENGLISH_OTHERWISE, |(_, asked)| asked);
    (!words.is_empty()).then(|| asked.replace("{}", &words))
}
