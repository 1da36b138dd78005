//! Which opening on file a later mail speaks of, and how it would stand after the mail.

use crate::domain::opening::{Opening, phone_digits};
use crate::domain::wish::{Field, OpeningItem, Value};

/// What a mail says of an opening that it changes or withdraws.
#[derive(Debug, Clone, Copy)]
pub struct Spoken<'a> {
    /// What was read.
    pub items: &'a [OpeningItem],
    /// Subject and the sender's own words.
    pub text: &'a str,
}

impl Spoken<'_> {
    /// The key of the institution's name, where the mail gives one.
    pub fn institution(&self) -> Option<String> {
        self.texts(Field::InstitutionName)
            .map(Opening::institution_key)
            .find(|k| !k.is_empty())
    }

    /// The digits of the telephone numbers that the mail gives.
    pub fn phones(&self) -> Vec<String> {
        self.texts(Field::Phone)
            .map(phone_digits)
            .filter(|d| d.len() >= 9)
            .collect()
    }

    fn texts(&self, field: Field) -> impl Iterator<Item = &str> {
        self.items
            .iter()
            .filter(move |i| i.field == field)
            .filter_map(|i| i.value.as_text())
    }

    /// The openings of `candidates` that the mail speaks of: those that it names by their number; else those of its
    /// department, its form of employment and its place, as far as mail and opening say anything of them.
    pub fn among<'o>(&self, candidates: &'o [Opening]) -> Vec<&'o Opening> {
        let named: Vec<&Opening> = candidates
            .iter()
            .filter(|o| names(self.text, &o.id))
            .collect();
        if !named.is_empty() {
            return named;
        }
        let mut left: Vec<&Opening> = candidates.iter().collect();
        // What contradicts the mail is another opening; what agrees with it comes before what says nothing.
        for field in [Field::Specialty, Field::Employment, Field::Duty] {
            let said: Vec<&str> = self.texts(field).collect();
            if said.is_empty() {
                continue;
            }
            let listed = |o: &Opening| -> Vec<String> {
                o.values(field)
                    .filter_map(Value::as_text)
                    .map(str::to_owned)
                    .collect()
            };
            let agrees = |o: &&Opening| listed(o).iter().any(|w| said.contains(&w.as_str()));
            let agreeing: Vec<&Opening> = left.iter().copied().filter(agrees).collect();
            if !agreeing.is_empty() {
                left = agreeing;
            } else if field == Field::Specialty {
                left.retain(|o| listed(o).is_empty());
            }
        }
        left
    }
}

/// Whether a text names a number: as a whole, not as a part of a longer one.
fn names(text: &str, id: &str) -> bool {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '-';
    // A short number of digits alone stands in every text.
    id.chars().count() >= 4
        && id.contains(|c: char| !c.is_ascii_digit())
        && text.match_indices(id).any(|(at, _)| {
            let before = text.get(..at).and_then(|t| t.chars().next_back());
            let after = text.get(at + id.len()..).and_then(|t| t.chars().next());
            !before.is_some_and(part) && !after.is_some_and(part)
        })
}

/// The opening after a mail that changes it: what the mail says of a field takes the place of what stood there; who and where
/// the institution is stays. Pay is one matter at both ends. Nothing where the mail says nothing new.
pub fn changed(opening: &Opening, items: &[OpeningItem]) -> Option<Opening> {
    let told: Vec<&OpeningItem> = items
        .iter()
        .filter(|i| {
            !matches!(
                i.field,
                Field::Action
                    | Field::InstitutionName
                    | Field::Institution
                    | Field::Area
                    | Field::ContactPerson
                    | Field::Phone
                    | Field::Contact
            )
        })
        .collect();
    let matter = |field: Field| {
        if field == Field::SalaryMax {
            Field::SalaryMin
        } else {
            field
        }
    };
    let is_told = |field: Field| told.iter().any(|t| matter(t.field) == matter(field));
    let mut after = opening.clone();
    after.items.retain(|i| !is_told(i.field));
    after.items.extend(told.iter().map(|i| OpeningItem {
        quote: String::new(),
        rule: String::new(),
        ..(*i).clone()
    }));
    let said = |o: &Opening| {
        let mut said: Vec<String> = o
            .items
            .iter()
            .map(|i| format!("{}={}", i.field, i.value))
            .collect();
        said.sort();
        said
    };
    (said(&after) != said(opening)).then_some(after)
}

/// Openings on file that are like a new one: of the same institution, and not of other departments.
pub fn like<'o>(new: &Opening, candidates: &'o [Opening]) -> Vec<&'o Opening> {
    let key = Opening::institution_key(&new.institution_name);
    let departments: Vec<&Value> = new.values(Field::Specialty).collect();
    candidates
        .iter()
        .filter(|o| o.id != new.id && Opening::institution_key(&o.institution_name) == key)
        .filter(|o| {
            let others: Vec<&Value> = o.values(Field::Specialty).collect();
            departments.is_empty()
                || others.is_empty()
                || departments.iter().any(|d| others.contains(d))
        })
        .collect()
}
