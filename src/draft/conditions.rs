//! The working conditions that whoever offers a job has to state, as questions; the table is `domain/conditions.toml`
//! (職業安定法 第5条の3, 同法施行規則 第4条の2, as in force since April 2024).

use crate::domain::conditions;
use crate::domain::opening::Opening;
use crate::domain::wish::{Language, OpeningItem};
use std::collections::BTreeMap;

/// What an opening does not state yet, as items of a polite list of questions. `text` is the whole of what the institution
/// sent: body and attachments.
pub fn missing(items: &[OpeningItem], text: &str, language: Language) -> Vec<String> {
    asked(conditions::missing(items, &BTreeMap::new(), text), language)
}

/// What openings that came as files do not state yet, one or the other of them.
pub fn missing_of_any(openings: &[Opening], text: &str, language: Language) -> Vec<String> {
    let lacking = |o: &Opening| -> Vec<&str> {
        let missing = conditions::missing(&o.items, &o.terms, text);
        missing.map(|c| c.id.as_str()).collect()
    };
    let lacking: Vec<&str> = openings.iter().flat_map(lacking).collect();
    let all = conditions::conditions().iter();
    asked(all.filter(|c| lacking.contains(&c.id.as_str())), language)
}

/// What an opening on file does not state yet.
pub fn missing_of(opening: &Opening, language: Language) -> Vec<String> {
    asked(
        conditions::missing(&opening.items, &opening.terms, ""),
        language,
    )
}

fn asked<'c>(
    missing: impl Iterator<Item = &'c conditions::Condition>,
    language: Language,
) -> Vec<String> {
    missing
        .map(|condition| match language {
            Language::Ja => condition.ja.clone(),
            _ => condition.en.clone(),
        })
        .collect()
}
