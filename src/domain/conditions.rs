//! What the law asks of an offer of work, from the reviewed table `conditions.toml`.

use super::wish::{Field, OpeningItem};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

const SOURCE: &str = include_str!("conditions.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    condition: Vec<Condition>,
    barred: Vec<Barred>,
}

/// Something that an offer has to state.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Its key under [`super::opening::Opening::terms`].
    pub id: String,
    /// The clause, as staff read it.
    pub law: String,
    /// Fields that state it.
    pub fields: Vec<Field>,
    /// Headings of columns that state it; the first stands in the template.
    pub headings: Vec<String>,
    /// Words that show that a text states it.
    pub words: Vec<String>,
    /// The question to the institution.
    pub ja: String,
    /// The same in English.
    pub en: String,
}

/// Something that an offer must not ask for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Barred {
    /// `age`, `sex`.
    pub id: String,
    /// The clause, as staff read it.
    pub law: String,
    /// What staff may do about it.
    pub note: String,
    /// Headings of columns that ask for it.
    pub headings: Vec<String>,
    /// Words that ask for it.
    pub words: Vec<String>,
    /// Whole words of an English text that ask for it.
    pub whole: Vec<String>,
    /// Words that say that there is no such limit.
    pub free: Vec<String>,
}

static TABLE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(SOURCE).unwrap_or_else(|e| panic!("conditions.toml cannot be read: {e}"))
});

/// What has to be stated, in the order of the questions.
pub fn conditions() -> &'static [Condition] {
    &TABLE.condition
}

/// What must not be asked for.
pub fn barred() -> &'static [Barred] {
    &TABLE.barred
}

/// What a text asks for and must not, by the table of [`barred`].
pub fn barred_in(text: &str) -> impl Iterator<Item = &'static Barred> + use<> {
    let lower = text.to_lowercase();
    barred().iter().filter(move |b| {
        b.words.iter().any(|w| lower.contains(w.as_str()))
            || lower
                .split(|c: char| !c.is_alphanumeric())
                .any(|w| b.whole.iter().any(|known| known == w))
    })
}

/// What an opening does not state yet. `text` is whatever else the institution sent: body and attachments.
pub fn missing<'t>(
    items: &'t [OpeningItem],
    terms: &'t BTreeMap<String, String>,
    text: &'t str,
) -> impl Iterator<Item = &'static Condition> + 't {
    conditions().iter().filter(move |condition| {
        let by_item = items.iter().any(|i| condition.fields.contains(&i.field));
        let by_word = condition.words.iter().any(|w| text.contains(w.as_str()));
        !by_item && !by_word && !terms.contains_key(&condition.id)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let mut ids: Vec<&str> = conditions().iter().map(|c| c.id.as_str()).collect();
        ids.extend(barred().iter().map(|b| b.id.as_str()));
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "an id stands twice");
        for c in conditions() {
            assert!(
                !c.law.is_empty() && !c.ja.is_empty() && !c.en.is_empty(),
                "{}",
                c.id
            );
            assert!(
                !c.fields.is_empty() || !c.headings.is_empty(),
                "nothing can state {}",
                c.id
            );
        }
    }

    #[test]
    fn a_term_states_its_condition() {
        let none = BTreeMap::new();
        let before: Vec<_> = missing(&[], &none, "").collect();
        assert_eq!(before.len(), conditions().len());
        let terms = BTreeMap::from([("renewal".to_owned(), "更新しない".to_owned())]);
        assert!(missing(&[], &terms, "").all(|c| c.id != "renewal"));
        assert!(missing(&[], &none, "敷地内禁煙です").all(|c| c.id != "smoking"));
    }

    #[test]
    fn what_is_barred_is_seen_by_word() {
        let ids = |text: &str| barred_in(text).map(|b| b.id.as_str()).collect::<Vec<_>>();
        assert_eq!(ids("60歳まで"), ["age"]);
        assert_eq!(ids("女性医師歓迎"), ["sex"]);
        assert_eq!(ids("aged under 65, male"), ["age", "sex"]);
        assert!(ids("manages a ward").is_empty());
    }
}
