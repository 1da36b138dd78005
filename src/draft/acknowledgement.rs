//! The automatic acknowledgement: that the mail came, what was surely understood, what happens next.

use super::office_hours::{self, DeskHours, desk_hours};
use super::subject::acknowledgement_subject;
use super::template::{TextError, render};
use super::text::{Addressee, Text, desk_values, enumerate, labels, template};
use crate::config::Desk;
use crate::domain::wish::{Language, MessageKind};
use chrono::{DateTime, Utc};
use minijinja::context;

/// The most wishes that are repeated.
const MOST_WISHES: usize = 5;

/// What is acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AckKind {
    /// A doctor's first mail.
    DoctorInquiry,
    /// A further mail of a doctor.
    DoctorUpdate,
    /// An institution's opening.
    Opening,
    /// An institution's question.
    InstitutionInquiry,
    /// Anything else by a person.
    General,
}

impl AckKind {
    /// The acknowledgement that a mail of a kind gets; none for advertising and machines.
    pub fn of(kind: MessageKind) -> Option<Self> {
        match kind {
            MessageKind::DoctorInquiry => Some(AckKind::DoctorInquiry),
            MessageKind::DoctorUpdate => Some(AckKind::DoctorUpdate),
            MessageKind::Opening => Some(AckKind::Opening),
            MessageKind::InstitutionInquiry => Some(AckKind::InstitutionInquiry),
            MessageKind::General | MessageKind::OptOut => Some(AckKind::General),
            MessageKind::Sales | MessageKind::Automatic => None,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            AckKind::DoctorInquiry => "doctor_inquiry",
            AckKind::DoctorUpdate => "doctor_update",
            AckKind::Opening => "opening",
            AckKind::InstitutionInquiry => "institution_inquiry",
            AckKind::General => "general",
        }
    }
}

/// What of a mail could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unread {
    /// Everything was read.
    #[default]
    Nothing,
    /// The mail was over the size limit: only its header was fetched.
    TooLarge,
    /// An attachment could not be read by the program.
    Attachment,
}

impl Unread {
    const fn word(self) -> &'static str {
        match self {
            Unread::Nothing => "",
            Unread::TooLarge => "too_large",
            Unread::Attachment => "attachment",
        }
    }
}

/// What an acknowledgement is made of.
#[derive(Debug, Clone)]
pub struct AckInput<'a> {
    /// Who answers.
    pub desk: &'a Desk,
    /// When it is written, which decides about office hours.
    pub now: DateTime<Utc>,
    /// What is acknowledged.
    pub kind: AckKind,
    /// The sender's language.
    pub language: Language,
    /// `MD-2611-0042`.
    pub case_number: &'a str,
    /// The subject of the mail.
    pub subject: &'a str,
    /// Whom it speaks to.
    pub addressee: Addressee,
    /// Labels of the wishes that are sure; empty for the plain text.
    pub understood: Vec<String>,
    /// What could not be read.
    pub unread: Unread,
}

/// The acknowledgement of a mail. Nothing of the original but its subject is repeated.
///
/// # Errors
/// A template that misses a value.
pub fn acknowledgement(input: &AckInput<'_>) -> Result<Text, TextError> {
    let language = input.language;
    let wishes = labels(&input.understood, MOST_WISHES);
    let (closed, next) = match desk_hours(input.desk, input.now) {
        DeskHours::Open => ("", None),
        DeskHours::OutsideHours(next) => ("hours", next),
        DeskHours::ClosedDay(next) => ("day", next),
    };
    let today = input.now.with_timezone(&input.desk.time_zone).date_naive();
    let next_today = next == Some(today);
    let body = render(
        &template("ack", language),
        context! {
            salutation => input.addressee.salutation(language),
            desk => desk_values(input.desk, language),
            kind => input.kind.word(),
            case_number => input.case_number,
            understood => enumerate(&wishes, language),
            more => input.understood.len() > wishes.len(),
            closed => closed,
            next => next.map(|date| office_hours::say_date(date, language)).unwrap_or_default(),
            next_today => next_today,
            opens => input.desk.office_hours.open.format("%-H:%M").to_string(),
            unread => input.unread.word(),
        },
    )?;
    Ok(Text {
        subject: acknowledgement_subject(input.subject, input.case_number, language),
        body,
    })
}
