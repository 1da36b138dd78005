//! The confirmation of an opt-out, which staff may send.

use super::subject::reply_subject;
use super::template::{TextError, render};
use super::text::{Addressee, Text, desk_values, template};
use crate::config::Desk;
use crate::domain::wish::Language;
use minijinja::context;

/// What the confirmation of an opt-out is made of.
#[derive(Debug, Clone)]
pub struct OptOutInput<'a> {
    /// Who answers.
    pub desk: &'a Desk,
    /// The sender's language.
    pub language: Language,
    /// `MD-2611-0042`.
    pub case_number: &'a str,
    /// The subject of the mail that is answered.
    pub subject: &'a str,
    /// Whom it speaks to.
    pub addressee: Addressee,
}

/// The draft of a short confirmation that nothing more will be sent.
///
/// # Errors
/// A template that misses a value.
pub fn opt_out_reply(input: &OptOutInput<'_>) -> Result<Text, TextError> {
    let language = input.language;
    let body = render(
        &template("opt_out", language),
        context! {
            salutation => input.addressee.salutation(language),
            desk => desk_values(input.desk, language),
            case_number => input.case_number,
        },
    )?;
    Ok(Text {
        subject: reply_subject(input.subject, input.case_number),
        body,
    })
}
