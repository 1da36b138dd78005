//! The closed vocabulary: what a doctor wishes and what an opening offers, in the same words.
//!
//! The vocabulary and the rule book behind it are in `docs/wishes.md`.

use super::{file::FileNote, vocabulary};
use serde::{Deserialize, Serialize};

/// A word that is not in the vocabulary it was looked up in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("「{word}」 is not a known {what}")]
pub struct UnknownWord {
    /// The vocabulary that was asked.
    pub what: &'static str,
    /// The word as it was written.
    pub word: String,
}

vocabulary! {
    /// What a wish or an opening item speaks of, in the order of the vocabulary; opening-only fields come last.
    pub enum Field {
        CommuteMinutes = "commute_minutes",
        CommuteMode = "commute_mode",
        Area = "area",
        AreaType = "area_type",
        Relocation = "relocation",
        Employment = "employment",
        DaysPerWeek = "days_per_week",
        DaysPerMonth = "days_per_month",
        Day = "day",
        Shift = "shift",
        Hours = "hours",
        HoursPerDay = "hours_per_day",
        HoursPerWeek = "hours_per_week",
        NightDuty = "night_duty",
        OnCall = "on_call",
        DayDuty = "day_duty",
        Overtime = "overtime",
        Specialty = "specialty",
        SpecialtyChange = "specialty_change",
        Duty = "duty",
        Role = "role",
        Institution = "institution",
        Workstyle = "workstyle",
        SalaryMin = "salary_min",
        Benefit = "benefit",
        Start = "start",
        Duration = "duration",
        OutpatientsPerDay = "outpatients_per_day",
        Contact = "contact",
        Confidential = "confidential",
        InstitutionName = "institution_name",
        Beds = "beds",
        SalaryMax = "salary_max",
        Certification = "certification",
        YearsExperience = "years_experience",
        ContactPerson = "contact_person",
        Phone = "phone",
        Headcount = "headcount",
        Action = "action",
    }
}

impl Field {
    /// Whether a doctor can wish it; the rest stand only in openings.
    pub fn is_wish(self) -> bool {
        self <= Field::Confidential
    }

    /// A duty that is counted by the month: night duty, on-call, duty on days off.
    pub fn is_counted_duty(self) -> bool {
        matches!(self, Field::NightDuty | Field::OnCall | Field::DayDuty)
    }
}

vocabulary! {
    /// What is known of the doctor.
    pub enum ProfileField {
        Name = "name",
        Age = "age",
        Specialty = "specialty",
        Certification = "certification",
        LicenseYear = "license_year",
        YearsExperience = "years_experience",
        Home = "home",
        Status = "status",
        RetireOn = "retire_on",
        Phone = "phone",
        Writer = "writer",
    }
}

vocabulary! {
    /// How strongly something is wished or refused.
    pub enum Strength {
        /// A condition: without it no.
        Must = "must",
        /// A wish.
        Want = "want",
        /// Acceptable, not asked for.
        Ok = "ok",
        /// Rather not.
        Avoid = "avoid",
        /// A refusal.
        Never = "never",
        /// An earlier wish is withdrawn.
        Drop = "drop",
    }
}

impl Strength {
    /// `must`, `want` or `ok`.
    pub fn is_positive(self) -> bool {
        matches!(self, Strength::Must | Strength::Want | Strength::Ok)
    }

    /// `avoid` or `never`.
    pub fn is_refusal(self) -> bool {
        matches!(self, Strength::Avoid | Strength::Never)
    }
}

vocabulary! {
    /// What a mail is.
    pub enum MessageKind {
        DoctorInquiry = "doctor_inquiry",
        DoctorUpdate = "doctor_update",
        Opening = "opening",
        InstitutionInquiry = "institution_inquiry",
        OptOut = "opt_out",
        General = "general",
        Sales = "sales",
        Automatic = "automatic",
    }
}

vocabulary! {
    /// The language that a sender wrote in.
    pub enum Language {
        Ja = "ja",
        En = "en",
        Other = "other",
    }
}

vocabulary! {
    /// What a pay figure is for.
    pub enum PayUnit {
        Year = "year",
        Month = "month",
        Day = "day",
        HalfDay = "half_day",
        Hour = "hour",
        /// One night duty or one spot engagement.
        Once = "once",
    }
}

/// Yen for a unit of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pay {
    /// Yen.
    pub amount: i64,
    /// For what.
    pub unit: PayUnit,
}

/// Clock times `HH:MM`; either end may be open.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// From, `HH:MM`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// To, `HH:MM`; not after `start` means the next day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
}

/// A number of days, either end open. Whole numbers are written without a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayRange {
    /// At least.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "plain_number"
    )]
    pub min: Option<f64>,
    /// At most.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "plain_number"
    )]
    pub max: Option<f64>,
}

#[allow(clippy::cast_possible_truncation)]
fn plain_number<S: serde::Serializer>(n: &Option<f64>, s: S) -> Result<S::Ok, S::Error> {
    match n {
        Some(n) if n.fract() == 0.0 && n.abs() < 1e9 => s.serialize_i64(*n as i64),
        Some(n) => s.serialize_f64(*n),
        None => s.serialize_none(),
    }
}

/// The value of an item; which form a field takes is said in `docs/wishes.md`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Minutes, a number a month, an age.
    Number(i64),
    /// A word of the vocabulary, a place, a department, a date.
    Text(String),
    /// Money.
    Pay(Pay),
    /// Clock times.
    Hours(Hours),
    /// Days a week or a month.
    Days(DayRange),
}

impl Value {
    /// A text value.
    pub fn text(s: impl Into<String>) -> Self {
        Value::Text(s.into())
    }

    /// Days a week or month, both ends open or not.
    pub fn days(min: Option<f64>, max: Option<f64>) -> Self {
        Value::Days(DayRange { min, max })
    }

    /// The text, where it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(s) => Some(s),
            _ => None,
        }
    }

    /// The number, where it is one.
    pub fn as_number(&self) -> Option<i64> {
        match self {
            Value::Number(n) => Some(*n),
            _ => None,
        }
    }
}

impl std::fmt::Display for Value {
    /// As `field=value` items write it: text bare, objects as compact JSON.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Value::Number(n) => write!(f, "{n}"),
            Value::Text(s) => f.write_str(s),
            other => f.write_str(&serde_json::to_string(other).unwrap_or_default()),
        }
    }
}

/// A byte range of the sender's new text; always on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// One wish with the words that prove it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Wish {
    /// What it is about.
    pub field: Field,
    /// What is wished or refused.
    pub value: Value,
    /// How strongly.
    pub strength: Strength,
    /// The words, character for character as they stand in the sender's own new text.
    #[serde(default)]
    pub quote: String,
    /// The rule that read it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rule: String,
}

/// One fact about the doctor with the words that prove it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProfileItem {
    /// What it is about.
    pub field: ProfileField,
    /// The fact.
    pub value: Value,
    /// The words.
    #[serde(default)]
    pub quote: String,
    /// The rule that read it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rule: String,
    /// The file whose words they are; none where they stand in the mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// One item of an opening; without a quote where it came from a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpeningItem {
    /// What it is about.
    pub field: Field,
    /// What the post offers or asks.
    pub value: Value,
    /// The words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quote: String,
    /// The rule that read it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rule: String,
}

/// Something that staff should know of a reading, and the question that would settle it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The rule that noticed.
    pub rule: String,
    /// What was noticed, in plain Japanese for staff.
    pub message: String,
    /// The words it is about; empty where it is about the whole mail.
    #[serde(default)]
    pub quote: String,
    /// Where those words stand in the new text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// A polite question to the sender that would settle it, where one can be asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
}

/// What was read in one message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// What the mail is.
    pub kind: MessageKind,
    /// What it is written in.
    pub language: Language,
    /// Facts about the doctor.
    #[serde(default)]
    pub profile: Vec<ProfileItem>,
    /// Wishes.
    #[serde(default)]
    pub wishes: Vec<Wish>,
    /// Items of an offered opening; only where `kind` is `opening`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opening: Vec<OpeningItem>,
    /// Doubts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<Diagnostic>,
    /// The files that came with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileNote>,
}

impl Reading {
    /// A reading with nothing in it.
    pub fn empty(kind: MessageKind, language: Language) -> Self {
        Reading {
            kind,
            language,
            profile: vec![],
            wishes: vec![],
            opening: vec![],
            diagnostics: vec![],
            files: vec![],
        }
    }
}
