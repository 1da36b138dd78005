//! The answer to a doctor: openings that suit and why, what is open, and how to go on.

use super::clean;
use super::subject::reply_subject;
use super::template::{TextError, render};
use super::text::{Addressee, Text, desk_values, enumerate, labels, template};
use crate::config::Desk;
use crate::domain::label::commute_label;
use crate::domain::match_::Commute;
use crate::domain::wish::Language;
use minijinja::{Value, context};

/// The most openings that one mail suggests.
pub const MOST_SUGGESTIONS: usize = 5;

/// The most items on one line of a suggestion.
const MOST_ITEMS: usize = 6;

/// The most terms of an opening that are stated.
const MOST_TERMS: usize = 10;

/// The most questions that one mail asks.
const MOST_QUESTIONS: usize = 5;

/// The most wishes that are repeated.
const MOST_WISHES: usize = 15;

/// One opening as the letter shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suggestion {
    /// 「○○病院」.
    pub institution: String,
    /// 「長野県松本市」.
    pub place: String,
    /// Days, hours, pay and duties as the opening states them.
    pub terms: Vec<String>,
    /// Wishes that it meets.
    pub fits: Vec<String>,
    /// Wishes on which it says nothing decisive.
    pub check: Vec<String>,
    /// Wishes that it does not meet.
    pub lacks: Vec<String>,
    /// What the institution asks for that the doctor has not told.
    pub asks: Vec<String>,
    /// The commute from the doctor's home.
    pub commute: Option<Commute>,
}

/// What became of a wish since the last letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WishChange {
    /// A new wish.
    Added(String),
    /// A wish with another value.
    Changed {
        /// As it was.
        from: String,
        /// As it is now.
        to: String,
    },
    /// A wish that was withdrawn.
    Dropped(String),
}

/// A condition that, widened alone, lets further openings in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relaxed {
    /// The condition as wished.
    pub condition: String,
    /// The wider condition; none where it would be dropped.
    pub to: Option<String>,
    /// How many openings it adds.
    pub adds: usize,
}

/// What an answer to a doctor is made of.
#[derive(Debug, Clone)]
pub struct SuggestionInput<'a> {
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
    /// Whether the doctor was written to before.
    pub update: bool,
    /// Labels of the standing wishes.
    pub understood: Vec<String>,
    /// What changed since the last letter.
    pub changes: Vec<WishChange>,
    /// Openings, best first.
    pub suggestions: Vec<Suggestion>,
    /// How many openings were looked at.
    pub considered: usize,
    /// Which conditions open most, where nothing fits.
    pub relaxations: Vec<Relaxed>,
    /// Polite questions that would settle doubts.
    pub questions: Vec<String>,
}

/// The draft of an answer to a doctor. Institutions are named, the doctor is named to nobody.
///
/// # Errors
/// A template that misses a value.
pub fn suggestion(input: &SuggestionInput<'_>) -> Result<Text, TextError> {
    let language = input.language;
    let suggestions: Vec<Value> = input
        .suggestions
        .iter()
        .take(MOST_SUGGESTIONS)
        .map(|s| suggestion_values(s, language))
        .collect();
    let to_check = input
        .suggestions
        .iter()
        .take(MOST_SUGGESTIONS)
        .any(|s| !s.check.is_empty());
    let estimated = input
        .suggestions
        .iter()
        .take(MOST_SUGGESTIONS)
        .any(|s| s.commute.is_some());
    let changes: Vec<String> = input
        .changes
        .iter()
        .take(MOST_WISHES)
        .map(|change| say_change(change, language))
        .collect();
    let relaxations: Vec<Value> = input
        .relaxations
        .iter()
        .filter(|r| r.adds > 0)
        .take(3)
        .map(|r| {
            context! {
                condition => clean::line(&r.condition, 60),
                to => r.to.as_deref().map(|to| clean::line(to, 60)).unwrap_or_default(),
                adds => r.adds,
            }
        })
        .collect();
    let questions: Vec<String> = input
        .questions
        .iter()
        .map(|q| clean::line(q, 200))
        .filter(|q| !q.is_empty())
        .take(MOST_QUESTIONS)
        .collect();
    let body = render(
        &template("answer", language),
        context! {
            salutation => input.addressee.salutation(language),
            desk => desk_values(input.desk, language),
            case_number => input.case_number,
            update => input.update,
            understood => labels(&input.understood, MOST_WISHES),
            changes => changes,
            count => suggestions.len(),
            suggestions => suggestions,
            estimated => estimated,
            to_check => to_check,
            considered => input.considered,
            relaxations => relaxations,
            questions => questions,
        },
    )?;
    Ok(Text {
        subject: reply_subject(input.subject, input.case_number),
        body,
    })
}

fn suggestion_values(s: &Suggestion, language: Language) -> Value {
    let items = |list: &[String]| enumerate(&labels(list, MOST_ITEMS), language);
    context! {
        institution => clean::line(&s.institution, 60),
        place => clean::line(&s.place, 40),
        terms => enumerate(&labels(&s.terms, MOST_TERMS), language),
        fits => items(&s.fits),
        check => items(&s.check),
        lacks => items(&s.lacks),
        asks => items(&s.asks),
        commute => s.commute.as_ref().map(|c| say_commute(c, language)).unwrap_or_default(),
    }
}

/// 「車で約20〜35分（概算）」, `about 20–35 minutes by car (estimate)`.
pub fn say_commute(commute: &Commute, language: Language) -> String {
    let band = commute_label(commute, language);
    match language {
        Language::Ja => format!("{band}（概算）"),
        _ => format!("{band} (estimate)"),
    }
}

fn say_change(change: &WishChange, language: Language) -> String {
    let short = |text: &str| clean::line(text, 60);
    match (change, language) {
        (WishChange::Added(to), Language::Ja) => format!("追加：{}", short(to)),
        (WishChange::Changed { from, to }, Language::Ja) => {
            format!("変更：{} → {}", short(from), short(to))
        }
        (WishChange::Dropped(from), Language::Ja) => format!("取り下げ：{}", short(from)),
        (WishChange::Added(to), _) => format!("added: {}", short(to)),
        (WishChange::Changed { from, to }, _) => {
            format!("changed: {}, before: {}", short(to), short(from))
        }
        (WishChange::Dropped(from), _) => format!("withdrawn: {}", short(from)),
    }
}
