//! The words of the field: what stands for which value. The tables beside this file are compiled in.
//!
//! `things.tsv` has duties, roles, institutions and all other words of the vocabulary, `depts.tsv` the departments with
//! their slang and variants. To teach the program a new wording, add it there; the longest word at a place wins, and
//! the field `-` hides a longer word that only looks like one of ours (広島 is no 島).

use super::normalize::Norm;
use crate::domain::wish::Field;
use aho_corasick::{AhoCorasick, MatchKind};
use std::sync::LazyLock;

/// What a word stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A value of a wish field.
    Thing(Field, &'static str),
    /// A department.
    Dept(&'static str),
    /// Nothing: it only hides shorter words.
    Hidden,
}

/// A word found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// First byte in the normal text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What it stands for.
    pub meaning: Meaning,
}

struct Tables {
    things: AhoCorasick,
    thing_meanings: Vec<Vec<Meaning>>,
    depts: AhoCorasick,
    dept_meanings: Vec<Vec<Meaning>>,
}

static TABLES: LazyLock<Option<Tables>> = LazyLock::new(|| {
    let (things, thing_meanings) = build(include_str!("things.tsv"), false)?;
    let (depts, dept_meanings) = build(include_str!("depts.tsv"), true)?;
    Some(Tables {
        things,
        thing_meanings,
        depts,
        dept_meanings,
    })
});

fn build(table: &'static str, depts: bool) -> Option<(AhoCorasick, Vec<Vec<Meaning>>)> {
    let mut words: Vec<String> = Vec::new();
    let mut meanings: Vec<Vec<Meaning>> = Vec::new();
    for row in table.lines().filter(|l| !l.starts_with('#')) {
        let mut columns = row.split('\t');
        let (Some(first), Some(second)) = (columns.next(), columns.next()) else {
            continue;
        };
        let (meaning, list) = if depts {
            let m = if first == "-" {
                Meaning::Hidden
            } else {
                Meaning::Dept(first)
            };
            (m, second)
        } else {
            let m = first
                .parse::<Field>()
                .map_or(Meaning::Hidden, |f| Meaning::Thing(f, second));
            (m, columns.next().unwrap_or_default())
        };
        for word in list.split('|').filter(|w| !w.is_empty()) {
            let word = Norm::new(word).text;
            // One word may have two meanings: 日当直 is night duty and day duty.
            if let Some(at) = words.iter().position(|w| *w == word) {
                if let Some(m) = meanings.get_mut(at) {
                    m.push(meaning);
                }
            } else {
                words.push(word);
                meanings.push(vec![meaning]);
            }
        }
    }
    let machine = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(&words)
        .ok()?;
    Some((machine, meanings))
}

/// The words of the vocabulary in a normal text, in order.
pub fn things(text: &str) -> Vec<Hit> {
    TABLES
        .as_ref()
        .map(|t| find(&t.things, &t.thing_meanings, text))
        .unwrap_or_default()
}

/// The departments in a normal text, in order.
pub fn depts(text: &str) -> Vec<Hit> {
    TABLES
        .as_ref()
        .map(|t| find(&t.depts, &t.dept_meanings, text))
        .unwrap_or_default()
}

fn find(machine: &AhoCorasick, meanings: &[Vec<Meaning>], text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    for m in machine.find_iter(text) {
        if !stands_alone(text, m.start(), m.end()) {
            continue;
        }
        for meaning in meanings.get(m.pattern().as_usize()).into_iter().flatten() {
            if *meaning != Meaning::Hidden {
                hits.push(Hit {
                    start: m.start(),
                    end: m.end(),
                    meaning: *meaning,
                });
            }
        }
    }
    hits
}

/// A Latin word counts only as a whole word.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let word = text.get(start..end).unwrap_or_default();
    if !word.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return true;
    }
    let before = text.get(..start).and_then(|t| t.chars().next_back());
    let after = text.get(end..).and_then(|t| t.chars().next());
    let letter = |c: char| c.is_ascii_alphanumeric() || c == '@' || c == '_';
    !before.is_some_and(letter) && !after.is_some_and(|c| c.is_ascii_alphabetic() || c == '@')
}
