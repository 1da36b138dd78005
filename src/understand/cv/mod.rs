//! The facts of a curriculum vitae that came as a file: profile items whose words stand in the file and not in the mail.
//!
//! The doctor's own words in the mail win: a file fills in what the mail leaves open, and where the two differ, staff are
//! told. Wishes are never read from files: what a form of some years ago wished is no wish of today.

mod birth;
mod career;
mod page;
#[cfg(test)]
mod tests;
mod titles;
mod who;

use super::{normalize::Norm, pattern::pattern};
use crate::domain::{
    file::{FileKind, FileNote, FileText},
    wish::{Diagnostic, MessageKind, ProfileField, ProfileItem, Reading, Value},
};
use chrono::NaiveDate;
use page::Page;

/// The mail that brought the files.
#[derive(Debug, Clone, Copy)]
pub struct Mail<'a> {
    /// The sender's own new text.
    pub text: &'a str,
    /// The sender is a doctor already in contact.
    pub known_doctor: bool,
    /// The day of the mail, for ages.
    pub today: NaiveDate,
    /// Decoded bytes of each file.
    pub sizes: &'a [usize],
}

/// Adds what the files of a mail tell of the doctor. A mail that says no more than that a doctor's curriculum vitae is attached
/// is a doctor's mail.
pub fn add(reading: &mut Reading, mail: &Mail<'_>, files: &[FileText]) {
    if reading.kind == MessageKind::General
        && hands_over(mail.text)
        && files.iter().any(is_of_doctor)
    {
        reading.kind = if mail.known_doctor {
            MessageKind::DoctorUpdate
        } else {
            MessageKind::DoctorInquiry
        };
    }
    let by_doctor = matches!(
        reading.kind,
        MessageKind::DoctorInquiry | MessageKind::DoctorUpdate
    );
    for (at, file) in files.iter().enumerate() {
        let text = file.text.as_deref().unwrap_or_default();
        let is_cv = by_doctor && is_document(file) && is_cv(&file.name, text);
        let taken = is_cv && take(reading, &file.name, facts(text, mail.today));
        reading.files.push(FileNote {
            name: file.name.clone(),
            kind: file.kind,
            size: mail.sizes.get(at).copied().unwrap_or(0),
            chars: text.chars().count(),
            problem: file.problem,
            is_cv: taken,
            openings: 0,
        });
    }
}

fn is_document(file: &FileText) -> bool {
    !matches!(file.kind, FileKind::Mail | FileKind::Other)
}

pattern!(
    HANDED_OVER,
    r"(?i)履歴書|経歴書|\b(?:cv|resume|résumé|curriculum vitae)\b"
);

/// Whether a mail says that a curriculum vitae comes with it, or says nearly nothing at all.
fn hands_over(text: &str) -> bool {
    HANDED_OVER.is(text) || text.chars().filter(|c| !c.is_whitespace()).count() <= 30
}

/// A curriculum vitae with the birth and the licence of a doctor; the short biography of a speaker has neither.
fn is_of_doctor(file: &FileText) -> bool {
    let text = squeezed(file.text.as_deref().unwrap_or_default());
    is_document(file)
        && is_cv(&file.name, &text)
        && ["生年月日", "日生", "dateofbirth"]
            .iter()
            .any(|word| text.contains(word))
        && ["医師免許", "医籍", "医師国家試験", "medicallicen"]
            .iter()
            .any(|word| text.contains(word))
}

/// The beginning of a text without blanks, in small letters.
fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .take(20_000)
        .collect::<String>()
        .to_lowercase()
}

/// Headings that a curriculum vitae has, each group counts once.
const SIGNS: &[&[&str]] = &[
    &["履歴書", "経歴書", "curriculumvitae", "略歴"],
    &["氏名", "名前", "name:"],
    &["生年月日", "dateofbirth"],
    &["現住所", "住所", "address"],
    &["学歴", "卒業", "education"],
    &[
        "職歴",
        "職務経歴",
        "勤務歴",
        "勤務先",
        "現在に至る",
        "experience",
        "employment",
    ],
    &["医師免許", "医籍", "専門医", "medicallicen", "boardcertif"],
];

/// Whether a file is a curriculum vitae: three of its headings, or two where its name says so.
fn is_cv(name: &str, text: &str) -> bool {
    let head = squeezed(text);
    let found = SIGNS
        .iter()
        .filter(|group| group.iter().any(|word| head.contains(word)))
        .count();
    let name = name.to_lowercase();
    let named = ["履歴", "経歴", "略歴", "resume", "cv", "vitae"]
        .iter()
        .any(|word| name.contains(word));
    found >= if named { 2 } else { 4 }
}

/// A fact and the words of the file behind it.
#[derive(Debug, Clone, PartialEq)]
struct Fact {
    field: ProfileField,
    value: Value,
    quote: String,
    rule: &'static str,
}

impl Fact {
    fn new(field: ProfileField, value: Value, quote: &str, rule: &'static str) -> Self {
        Fact {
            field,
            value,
            quote: quote.trim().to_owned(),
            rule,
        }
    }
}

/// All facts of a curriculum vitae.
fn facts(text: &str, today: NaiveDate) -> Vec<Fact> {
    let page = Page::new(text);
    let mut out = vec![];
    out.extend(who::name(&page));
    out.extend(birth::age(&page, today));
    out.extend(who::home(&page));
    out.extend(who::phone(&page));
    out.extend(titles::license(&page));
    out.extend(titles::certifications(&page));
    out.extend(career::specialties(&page));
    out.extend(career::status(&page));
    out.retain(|fact| !fact.quote.is_empty());
    out
}

/// Fields of which a doctor has several.
fn many(field: ProfileField) -> bool {
    matches!(field, ProfileField::Certification)
}

/// Takes over what the mail leaves open. False where the file is somebody else's.
fn take(reading: &mut Reading, file: &str, facts: Vec<Fact>) -> bool {
    let told: Vec<ProfileItem> = reading
        .profile
        .iter()
        .filter(|item| item.source.is_none())
        .cloned()
        .collect();
    let named = facts
        .iter()
        .find(|fact| fact.field == ProfileField::Name)
        .and_then(|fact| fact.value.as_text());
    let own = told.iter().find(|item| item.field == ProfileField::Name);
    if let (Some(own), Some(named)) = (own, named)
        && own.rule != HEADER
        && !who::same(own.value.as_text().unwrap_or_default(), named)
    {
        reading.diagnostics.push(doubt(
            format!("{file} の氏名が本文と違います。別の方の書類かもしれないため、経歴を取り込みませんでした。"),
            &own.quote,
        ));
        return false;
    }
    for fact in facts {
        let same_field: Vec<&ProfileItem> = told
            .iter()
            .filter(|item| item.field == fact.field)
            .collect();
        let known = reading
            .profile
            .iter()
            .any(|item| item.field == fact.field && equal(&item.value, &fact.value));
        if known {
            continue;
        }
        let from_header =
            fact.field == ProfileField::Name && same_field.iter().all(|item| item.rule == HEADER);
        if from_header {
            reading
                .profile
                .retain(|item| item.field != ProfileField::Name);
        } else if !same_field.is_empty() && !many(fact.field) {
            if let Some(item) = same_field.first().filter(|item| differs(item, &fact)) {
                reading.diagnostics.push(doubt(
                    format!(
                        "{}が本文（{}）と {file}（{}）で違います。本文に従いました。",
                        crate::domain::label::profile_name(
                            fact.field,
                            crate::domain::wish::Language::Ja
                        ),
                        item.value,
                        fact.value
                    ),
                    &item.quote,
                ));
            }
            continue;
        }
        reading.profile.push(ProfileItem {
            field: fact.field,
            value: fact.value,
            quote: fact.quote,
            rule: fact.rule.to_owned(),
            source: Some(file.to_owned()),
        });
    }
    true
}

/// The rule of names that stand only in the header of the mail.
const HEADER: &str = "profile::header_name";

fn equal(a: &Value, b: &Value) -> bool {
    match (a.as_text(), b.as_text()) {
        (Some(a), Some(b)) => Norm::new(a).text == Norm::new(b).text,
        _ => a == b,
    }
}

/// Whether staff should know that mail and file differ: numbers and places that do not go together.
fn differs(item: &ProfileItem, fact: &Fact) -> bool {
    match fact.field {
        ProfileField::Age | ProfileField::LicenseYear => true,
        ProfileField::Home => match (item.value.as_text(), fact.value.as_text()) {
            (Some(a), Some(b)) => !a.starts_with(b) && !b.starts_with(a),
            _ => false,
        },
        _ => false,
    }
}

fn doubt(message: String, quote: &str) -> Diagnostic {
    Diagnostic {
        rule: "cv::differs".into(),
        message,
        quote: quote.to_owned(),
        span: None,
        question: None,
    }
}
