//! Text to [Reading](crate::domain::wish::Reading): what a mail is, who the doctor is, what is wished and how strongly.
//!
//! The way of a mail: [`normalize`] gives one spelling with a map back to the original characters; [`doc`] cuts lines,
//! sentences and clauses and says whose words they are ([`quoting`]); [`lexicon`], [`place`], [`dates`] and the measures
//! in [`rules`] find things; [`cues`] finds the words of modality; [`scope`] decides what governs what. [`kind`],
//! [`profile`] and [`opening`] read the rest. No step fails, and every item quotes the sender's own words.

// The rules are written as the words they describe: what stands, and what does not.
#![allow(clippy::nonminimal_bool)]

mod choice;
mod corrected;
pub mod cues;
pub mod cv;
pub mod dates;
pub mod doc;
mod english;
mod fields;
mod fold;
mod headings;
mod kana;
mod kin;
pub mod kind;
mod legend;
pub mod lexicon;
pub mod merge;
mod nearby;
pub mod normalize;
pub mod opening;
pub mod pattern;
pub mod place;
pub mod profile;
pub mod quoting;
mod replaced;
pub mod rules;
pub mod scope;
pub mod score;
mod settle;
mod talk;
mod withdrawn;

use crate::domain::wish::{
    Diagnostic, Language, MessageKind, OpeningItem, ProfileItem, Reading, Span, Wish,
};
use chrono::{DateTime, FixedOffset};
use doc::Doc;
pub use kind::likeness;
pub use merge::{Merged, merge};
use normalize::Norm;
use pattern::pattern;
use rules::Cx;
pub use settle::likeness as strengths;

/// A message to read.
#[derive(Debug, Clone)]
pub struct Input<'a> {
    /// The sender's own new text, without signature. Questions of the desk that it answers between their lines stand in it
    /// behind `> `.
    pub text: &'a str,
    /// The signature, where one was taken off.
    pub signature: Option<&'a str>,
    /// The subject.
    pub subject: &'a str,
    /// The display name of the sender; empty where there is none.
    pub from_name: &'a str,
    /// The sender's address.
    pub from_address: &'a str,
    /// When it was sent; dates in words count from it.
    pub date: DateTime<FixedOffset>,
    /// A machine sent it, by its headers.
    pub automatic: bool,
    /// The sender is a doctor already in contact.
    pub known_doctor: bool,
    /// The wishes that stand so far.
    pub on_file: &'a [Wish],
}

/// Reads a message. Never fails, never panics; linear in the length of the text.
pub fn read(input: &Input) -> Reading {
    read_with_posts(input).0
}

/// As [`read`], with the posts that a mail offers: each with its own items and with what belongs to all of them, where
/// the reading holds them together. Empty where the mail offers none.
pub fn read_with_posts(input: &Input) -> (Reading, Vec<Vec<OpeningItem>>) {
    let joined;
    let text = match input.signature {
        Some(signature) => {
            joined = format!("{}\n\n-- \n{signature}", input.text.trim_end());
            joined.as_str()
        }
        None => input.text,
    };
    let cut = text.len() > LONGEST_TEXT;
    let text = text
        .get(..text.floor_char_boundary(LONGEST_TEXT))
        .unwrap_or(text);
    let doc = Doc::new(text);
    let _note = pattern::note(&doc.norm.text);
    let today = input.date.date_naive();
    // Whether the sender is in contact already changes what 「不要です」 means, so the kind is found first.
    let first = Cx::new(&doc, today, input.known_doctor);
    let kind = kind::read(&first, input);
    let language = language(&doc);
    let mut reading = Reading::empty(kind, language);
    let mut posts = Vec::new();
    match kind {
        MessageKind::DoctorInquiry | MessageKind::DoctorUpdate => {
            let update = kind == MessageKind::DoctorUpdate;
            let cx = if update && !input.known_doctor {
                Cx::new(&doc, today, true)
            } else {
                first
            };
            reading.profile = facts(&cx, input);
            let (wishes, both_ways) = settle::wishes(&cx);
            reading.wishes = wishes;
            let gone = withdrawn::wishes(&cx, input.on_file, &reading.wishes);
            reading.wishes.extend(gone);
            reading.diagnostics = doubts(&cx);
            reading.diagnostics.extend(both_ways);
        }
        MessageKind::Opening => {
            (reading.opening, posts) = opening::read(&first, input);
            reading.diagnostics = doubts(&first);
        }
        _ => {}
    }
    if cut {
        reading.diagnostics.push(Diagnostic {
            rule: "text::cut".into(),
            message:
                "本文がとても長いため、はじめの部分だけを読みました。続きは原文をご覧ください。"
                    .into(),
            question: None,
            quote: String::new(),
            span: None,
        });
    }
    (reading, posts)
}

/// In bytes, a hundred pages: nobody writes so much, and what is pasted into a mail is not read further.
const LONGEST_TEXT: usize = 256 << 10;

fn language(doc: &Doc) -> Language {
    let mut own = String::new();
    for l in &doc.lines {
        if l.role == doc::Role::Own {
            own.push_str(doc.text(l.start, l.end));
        }
    }
    let kana = own
        .chars()
        .filter(|c| ('\u{3040}'..='\u{30ff}').contains(c))
        .count();
    let han = own
        .chars()
        .filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c))
        .count();
    let latin = own.chars().filter(char::is_ascii_alphabetic).count();
    let other = own
        .chars()
        .filter(|c| c.is_alphabetic())
        .count()
        .saturating_sub(kana + han + latin);
    if kana * 8 > latin || han + kana > latin {
        if kana + han == 0 && other > 0 {
            Language::Other
        } else {
            Language::Ja
        }
    } else if latin > other {
        Language::En
    } else {
        Language::Other
    }
}

fn facts(cx: &Cx, input: &Input) -> Vec<ProfileItem> {
    let mut out: Vec<ProfileItem> = Vec::new();
    for f in profile::read(cx, input) {
        if out.iter().any(|o| o.field == f.field && o.value == f.value) {
            continue;
        }
        let quote = match f.quote {
            Some(q) => q,
            None => cx.doc.norm.quote(f.start, f.end).trim().to_owned(),
        };
        if quote.is_empty() {
            continue;
        }
        out.push(ProfileItem {
            field: f.field,
            value: f.value,
            quote,
            rule: f.rule.to_owned(),
            source: None,
        });
    }
    out
}

pattern!(
    SHORTENED,
    r"(?:^|[^\p{Han}\p{Katakana}])(?P<w>脳内|神外|胸外|心呼|消肝)(?:科|医|$|[、。・,/\s)]|で|を|の(?:医|外来)|です)"
);

/// Departments that some shorten so, and others mean differently.
const SHORT_FOR: &[(&str, &str)] = &[
    ("脳内", "脳神経内科"),
    ("神外", "脳神経外科"),
    ("胸外", "呼吸器外科"),
    ("心呼", "循環器内科と呼吸器内科"),
    ("消肝", "消化器内科"),
];

/// Shortened departments that are asked about and never chosen silently.
fn shortened(cx: &Cx) -> Vec<Diagnostic> {
    SHORTENED
        .all(cx.text())
        .iter()
        .filter_map(|c| c.name("w"))
        .filter(|m| cx.doc.counts(m.start()))
        .filter_map(|m| {
            let (_, full) = SHORT_FOR.iter().find(|(w, _)| *w == m.as_str())?;
            let words = cx.doc.norm.quote(m.start(), m.end()).to_owned();
            let (start, end) = cx.doc.norm.original_range(m.start(), m.end());
            Some(Diagnostic {
                rule: "specialty::shortened".into(),
                message: format!("「{words}」がどの診療科か、はっきりしません。"),
                question: Some(format!("「{words}」は{full}でしょうか。")),
                quote: words,
                span: Some(Span { start, end }),
            })
        })
        .take(3)
        .collect()
}

/// What staff should ask about.
fn doubts(cx: &Cx) -> Vec<Diagnostic> {
    let mut out = shortened(cx);
    out.extend(ambiguous_places(cx));
    out
}

fn ambiguous_places(cx: &Cx) -> Vec<Diagnostic> {
    cx.places
        .iter()
        .filter(|p| p.ambiguous && cx.doc.counts(p.start))
        .map(|p| {
            let words = cx.doc.norm.quote(p.start, p.end).to_owned();
            let (start, end) = cx.doc.norm.original_range(p.start, p.end);
            Diagnostic {
                rule: "place::ambiguous".into(),
                message: format!("「{words}」は同じ名前の自治体が複数あります。"),
                question: Some(format!(
                    "「{words}」は、どちらの都道府県でいらっしゃいますか。"
                )),
                quote: words,
                span: Some(Span { start, end }),
            }
        })
        .collect()
}

/// A text in the normal spelling; for tools that explain a reading.
pub fn normal(text: &str) -> String {
    Norm::new(text).text
}
