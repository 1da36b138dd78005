//! What all texts to people outside share: the text itself, whom it speaks to, and who signs it.

use super::{clean, office_hours};
use crate::config::Desk;
use crate::domain::wish::Language;
use minijinja::{Value, context};

/// A subject and a body, ready to be put into a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The subject.
    pub subject: String,
    /// The body, lines ending in `\n`.
    pub body: String,
}

/// Whom a text speaks to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Addressee {
    /// A doctor, by name where it is known.
    Doctor(Option<String>),
    /// An institution, by name where it is known.
    Institution(Option<String>),
    /// Anybody else, among them a person who writes for a doctor.
    Person(Option<String>),
}

impl Addressee {
    /// The first line of the letter. A name that is no name (a link, a number, a whole sentence) is left out.
    pub fn salutation(&self, language: Language) -> String {
        match language {
            Language::Ja => match self {
                Addressee::Doctor(name) => match known(name.as_deref(), clean::person_name) {
                    Some(name) => format!("{name} 先生"),
                    None => "ご連絡くださいました先生へ".into(),
                },
                Addressee::Institution(name) => {
                    match known(name.as_deref(), clean::institution_name) {
                        Some(name) => format!("{name}\nご担当者様"),
                        None => "ご担当者様".into(),
                    }
                }
                Addressee::Person(name) => match known(name.as_deref(), clean::person_name) {
                    Some(name) => format!("{name} 様"),
                    None => "ご連絡くださいました方へ".into(),
                },
            },
            _ => match self {
                Addressee::Doctor(name) => match known(name.as_deref(), clean::person_name) {
                    Some(name) => format!("Dear Dr. {name},"),
                    None => "Dear Doctor,".into(),
                },
                Addressee::Institution(name) => {
                    match known(name.as_deref(), clean::institution_name) {
                        Some(name) => format!("To the recruitment staff of {name},"),
                        None => "Dear Sir or Madam,".into(),
                    }
                }
                Addressee::Person(name) => match known(name.as_deref(), clean::person_name) {
                    Some(name) => format!("Dear {name},"),
                    None => "Dear Sir or Madam,".into(),
                },
            },
        }
    }
}

fn known(name: Option<&str>, check: fn(&str) -> Option<String>) -> Option<String> {
    let name = clean::line(name?, usize::MAX);
    // The salutation adds its own title.
    let mut bare = name.as_str();
    for title in ["先生", "医師", "様", "殿", "さん"] {
        bare = bare.strip_suffix(title).unwrap_or(bare).trim_end();
    }
    for title in [", M.D.", ", MD", " MD", ", PhD", ", Ph.D."] {
        bare = bare.strip_suffix(title).unwrap_or(bare);
    }
    for title in ["Dr. ", "Dr.", "Dr ", "Prof. ", "Mr. ", "Ms. ", "Mrs. "] {
        bare = bare.strip_prefix(title).unwrap_or(bare).trim_start();
    }
    check(bare)
}

/// Who the desk is, for the templates.
pub(super) fn desk_values(desk: &Desk, language: Language) -> Value {
    let name = match language {
        Language::Ja => &desk.name,
        _ => &desk.name_en,
    };
    context! {
        name => name,
        address => &desk.address,
        phone => &desk.phone,
        hours => office_hours::say_hours(desk, language),
        closed => office_hours::say_closed(desk, language),
    }
}

/// The name of a template in the language of a text; all languages but Japanese get English.
pub(super) fn template(stem: &str, language: Language) -> String {
    match language {
        Language::Ja => format!("{stem}.ja.txt"),
        _ => format!("{stem}.en.txt"),
    }
}

/// Labels made harmless: one line each, no links, at most `most`.
pub(super) fn labels(labels: &[String], most: usize) -> Vec<String> {
    labels
        .iter()
        .map(|label| clean::line(label, 60))
        .filter(|label| !label.is_empty() && !clean::advertises(label))
        .take(most)
        .collect()
}

/// 「平日・日勤・当直なし」, `weekdays; day shift; no night duty`.
pub(super) fn enumerate(labels: &[String], language: Language) -> String {
    labels.join(match language {
        Language::Ja => "・",
        _ => "; ",
    })
}
