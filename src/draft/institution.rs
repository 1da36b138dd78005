//! The answer to an institution: what was read of its opening, and what the law asks it to state besides.

use super::subject::reply_subject;
use super::template::{TextError, render};
use super::text::{Addressee, Text, desk_values, labels, template};
use crate::config::Desk;
use crate::domain::conditions;
use crate::domain::wish::Language;
use minijinja::context;

/// What the institution wrote for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstitutionRequest {
    /// It offers an opening.
    Offer,
    /// It changes one.
    Change,
    /// It withdraws one.
    Withdraw,
    /// It asks about the service.
    Inquiry,
}

impl InstitutionRequest {
    const fn word(self) -> &'static str {
        match self {
            InstitutionRequest::Offer => "offer",
            InstitutionRequest::Change => "change",
            InstitutionRequest::Withdraw => "withdraw",
            InstitutionRequest::Inquiry => "inquiry",
        }
    }
}

/// What an answer to an institution is made of.
#[derive(Debug, Clone)]
pub struct InstitutionInput<'a> {
    /// Who answers.
    pub desk: &'a Desk,
    /// The sender's language.
    pub language: Language,
    /// `MD-2611-0042`.
    pub case_number: &'a str,
    /// The subject of the mail that is answered.
    pub subject: &'a str,
    /// The institution's name, where it is known.
    pub institution: Option<String>,
    /// What it wrote for.
    pub request: InstitutionRequest,
    /// Labels of the items that were read.
    pub items: Vec<String>,
    /// Questions for what still has to be stated, from [`super::conditions::missing`].
    pub missing: Vec<String>,
}

/// The draft of an answer to an institution. Items that speak of age or sex are never repeated.
///
/// # Errors
/// A template that misses a value.
pub fn institution_reply(input: &InstitutionInput<'_>) -> Result<Text, TextError> {
    let language = input.language;
    let mut items = labels(&input.items, 20);
    items.retain(|item| !speaks_of_age_or_sex(item));
    let body = render(
        &template("institution", language),
        context! {
            salutation => Addressee::Institution(input.institution.clone()).salutation(language),
            desk => desk_values(input.desk, language),
            case_number => input.case_number,
            request => input.request.word(),
            items => items,
            missing => &input.missing,
        },
    )?;
    Ok(Text {
        subject: reply_subject(input.subject, input.case_number),
        body,
    })
}

/// Whether an item names an age or a sex, which a condition of an opening must not
/// （労働施策総合推進法 第9条, 男女雇用機会均等法 第5条）.
pub fn speaks_of_age_or_sex(item: &str) -> bool {
    conditions::barred_in(item).next().is_some()
}
