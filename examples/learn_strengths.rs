//! Learns in what words things are wished, refused or only told, and prints the table `src/understand/lexicon/strengths.tsv`.
//!
//! ```text
//! cargo run --release --example learn_strengths > strengths.tsv
//! ```
//!
//! A multinomial logistic regression by stochastic gradients. Only sums, products, quotients and square roots are used,
//! which every machine rounds alike, and the order is fixed: the same data give the same table.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "../tests/support/wordings.rs"]
mod wordings;

use chrono::{DateTime, FixedOffset};
use madoguchi::domain::wish::{Field, Strength};
use madoguchi::understand::doc::Doc;
use madoguchi::understand::rules::{self, Cx, Item};
use madoguchi::understand::strengths::{OUTCOMES, Weights, Zone, is_open, traits, written};
use serde_json::Value as Json;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Traits of fewer things say little of others.
const LEAST_THINGS: usize = 4;
const ROUNDS: usize = 8;
/// The weights are the mean of those after so many of the last rounds, so that chance says less.
const AVERAGED: usize = 5;
const RATE: f64 = 0.05;
/// How strongly weights are drawn to nought.
const DECAY: f64 = 1e-4;
/// The weights are written as whole hundredths.
const SCALE: f64 = 100.0;
/// Weights below this say nothing.
const LEAST_WEIGHT: i16 = 6;

/// A trait: where, and the words.
pub type Trait = (Zone, String);

/// A thing that somebody named, and what was said of it.
pub struct Thing {
    /// See [`traits`].
    pub traits: Vec<Trait>,
    /// The place of its strength, the last where it is not wished.
    pub outcome: usize,
}

fn main() {
    print!("{}", table(&labelled()));
}

/// Every thing of the project's data of which it is known what is said.
pub fn labelled() -> Vec<Thing> {
    let mut things: Vec<Thing> = of_mails().into_iter().flatten().collect();
    things.extend(of_texts());
    things
}

/// The things of each labelled mail of the project.
pub fn of_mails() -> Vec<Vec<Thing>> {
    files(&["mails", "mails_of_other_hands"], "jsonl")
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap())
        .flat_map(|mails| mails.lines().map(of_mail).collect::<Vec<_>>())
        .collect()
}

/// The things of the sentences and wordings.
pub fn of_texts() -> Vec<Thing> {
    let texts = files(&["strengths"], "tsv");
    let mut things: Vec<Thing> = texts.iter().flat_map(|f| of_sentences(f)).collect();
    for name in ["area", "commute", "frames", "strength", "terms"] {
        things.extend(of_wordings(&data(&format!("readings/{name}.tsv"))));
    }
    for name in ["asked", "refused"] {
        things.extend(of_modality(&data(&format!("modality/{name}.tsv"))));
    }
    things
}

fn data(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(path)
}

fn files(folders: &[&str], ending: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = folders
        .iter()
        .filter_map(|folder| std::fs::read_dir(data(folder)).ok())
        .flatten()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == ending))
        .collect();
    files.sort();
    files
}

fn outcome(strength: &str) -> usize {
    let known = Strength::ALL.iter().position(|s| s.as_str() == strength);
    assert!(known.is_some() || strength == "none", "{strength}");
    known.unwrap_or(OUTCOMES - 1)
}

/// The things that are named in a text, each with what `label` says of it and its traits.
fn things(
    text: &str,
    date: DateTime<FixedOffset>,
    update: bool,
    label: impl Fn(&Item, usize) -> Option<usize>,
) -> Vec<Thing> {
    let doc = Doc::new(text);
    let cx = Cx::new(&doc, date.date_naive(), update);
    let mut found = vec![];
    for item in rules::all(&cx).iter().filter(|item| is_open(&cx, item)) {
        let (start, _) = doc.norm.original_range(item.start, item.end);
        let Some(outcome) = label(item, start) else {
            continue;
        };
        let mut own = vec![];
        traits(&cx, item, |zone, words| own.push((zone, words.to_owned())));
        own.sort_unstable();
        own.dedup();
        found.push(Thing {
            traits: own,
            outcome,
        });
    }
    found
}

/// Fields of which one value says what is said of another one, misread as it may be.
fn of_one_value(field: Field) -> bool {
    !matches!(
        field,
        Field::Area
            | Field::AreaType
            | Field::Day
            | Field::Duty
            | Field::Institution
            | Field::Benefit
            | Field::Specialty
            | Field::Role
    )
}

fn of_mail(line: &str) -> Vec<Thing> {
    let mail: Json = serde_json::from_str(line).unwrap();
    let kind = mail["gold"]["kind"].as_str().unwrap();
    if !kind.starts_with("doctor") {
        return vec![];
    }
    let body = mail["body"].as_str().unwrap();
    let date = DateTime::parse_from_rfc3339(mail["date"].as_str().unwrap()).unwrap();
    let wishes = mail["gold"]["wishes"].as_array().unwrap();
    things(body, date, kind == "doctor_update", |item, at| {
        let quoted = |wish: &&&Json| {
            let quote = wish["quote"].as_str().unwrap();
            body.match_indices(quote)
                .any(|(from, _)| (from..from + quote.len()).contains(&at))
        };
        let of_field: Vec<&Json> = wishes
            .iter()
            .filter(|w| w["field"] == item.field.as_str())
            .collect();
        let value = serde_json::to_value(&item.value).unwrap();
        let same: Vec<&&Json> = of_field.iter().filter(|w| w["value"] == value).collect();
        let strength = |wish: &Json| outcome(wish["strength"].as_str().unwrap());
        if let Some(wish) = same.iter().copied().find(quoted) {
            return Some(strength(wish));
        }
        // Wished elsewhere, here it may be either.
        if !same.is_empty() {
            return None;
        }
        match of_field.iter().find(quoted) {
            Some(wish) => of_one_value(item.field).then(|| strength(wish)),
            None => Some(OUTCOMES - 1),
        }
    })
}

fn rows(file: &Path) -> Vec<Vec<String>> {
    let rows = std::fs::read_to_string(file).unwrap();
    rows.lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
        .map(|l| l.split('\t').map(str::to_owned).collect())
        .collect()
}

fn some_day() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-05T10:00:00+09:00").unwrap()
}

/// The field and the value of `field=value`.
fn named(thing: &str) -> (Field, Json) {
    let (field, value) = thing.split_once('=').expect(thing);
    (field.parse().expect(thing), written_value(value))
}

fn written_value(value: &str) -> Json {
    serde_json::from_str(value).unwrap_or_else(|_| value.into())
}

fn is(item: &Item, value: &Json) -> bool {
    serde_json::to_value(&item.value).unwrap() == *value
}

/// The things of sentences: a text, then what is said of each thing in it.
pub fn of_sentences(file: &Path) -> Vec<Thing> {
    let mut found = vec![];
    for row in rows(file) {
        let said: Vec<(usize, (Field, Json))> = row[1..]
            .iter()
            .map(|said| said.split_once(' ').expect(said))
            .map(|(strength, thing)| (outcome(strength), named(thing)))
            .collect();
        let update = said.iter().any(|(o, _)| *o == outcome("drop"));
        let text = wordings::mail(&row[0], if update { "up" } else { "" });
        found.extend(things(&text, some_day(), update, |item, _| {
            let mut own = said.iter().filter(|(_, (field, value))| {
                *field == item.field && (of_one_value(*field) || is(item, value))
            });
            let first = own.next()?.0;
            own.all(|(outcome, _)| *outcome == first).then_some(first)
        }));
    }
    found
}

/// The things of the wordings of one field.
fn of_wordings(file: &Path) -> Vec<Thing> {
    let mut found = vec![];
    for row in rows(file) {
        let field: Result<Field, _> = row[0].parse();
        let Ok(field) = field else { continue };
        let frame = row.get(3).map_or("", String::as_str);
        let said: Vec<(Json, usize)> = row[1]
            .split('|')
            .filter_map(|said| said.rsplit_once('/'))
            .map(|(value, strength)| {
                let value = match value.split_once(':') {
                    Some((amount, unit)) if field == Field::SalaryMin => {
                        serde_json::json!({"amount": amount.parse::<u64>().unwrap(), "unit": unit})
                    }
                    _ => written_value(value),
                };
                (value, outcome(strength))
            })
            .collect();
        let text = wordings::mail(&row[2], frame);
        found.extend(things(&text, some_day(), frame == "up", |item, _| {
            if item.field != field {
                return None;
            }
            let own = said.iter().find(|(value, _)| is(item, value));
            match own {
                Some((_, outcome)) => Some(*outcome),
                None => (row[1] == "-").then_some(OUTCOMES - 1),
            }
        }));
    }
    found
}

/// The things of sentences that name one thing each.
fn of_modality(file: &Path) -> Vec<Thing> {
    let mut found = vec![];
    for row in rows(file) {
        let (field, value) = named(&row[1]);
        let update = row[0] == "drop";
        let text = wordings::mail(&row[2], if update { "up" } else { "" });
        found.extend(things(&text, some_day(), update, |item, _| {
            let own = item.field == field && (of_one_value(field) || is(item, &value));
            own.then(|| outcome(&row[0]))
        }));
    }
    found
}

/// What is learned, as it is written.
pub fn table(things: &[Thing]) -> String {
    let outcomes: Vec<&str> = Strength::ALL.iter().map(|s| s.as_str()).collect();
    let mut out = format!(
        "# Learned by examples/learn_strengths.rs: where, the words, and their weights for {} none\n",
        outcomes.join(" ")
    );
    for ((zone, words), weights) in learned(things) {
        out.push_str(&written(zone, &words, &weights));
        out.push('\n');
    }
    out
}

/// The weights of the traits that say something.
pub fn learned(things: &[Thing]) -> Vec<(Trait, Weights)> {
    let mut seen: HashMap<&Trait, usize> = HashMap::new();
    for own in things.iter().flat_map(|t| &t.traits) {
        *seen.entry(own).or_default() += 1;
    }
    let mut kept: Vec<&Trait> = seen
        .iter()
        .filter(|(_, n)| **n >= LEAST_THINGS)
        .map(|(own, _)| *own)
        .collect();
    kept.sort_unstable();
    let places: HashMap<&Trait, usize> = kept.iter().copied().zip(0..).collect();
    let things: Vec<(usize, Vec<usize>)> = things
        .iter()
        .map(|t| {
            let own = t.traits.iter().filter_map(|own| places.get(own).copied());
            (t.outcome, own.collect())
        })
        .collect();
    let weights = regression(&things, kept.len());
    let whole = |weights: [f64; OUTCOMES]| weights.map(|w| (w * SCALE).round() as i16);
    kept.into_iter()
        .cloned()
        .zip(weights.into_iter().map(whole))
        .filter(|(_, weights)| weights.iter().any(|w| w.abs() >= LEAST_WEIGHT))
        .collect()
}

/// The weights, a mean over the last rounds.
fn regression(things: &[(usize, Vec<usize>)], traits: usize) -> Vec<[f64; OUTCOMES]> {
    let mut now = vec![[0.0; OUTCOMES]; traits];
    let mut squares = vec![[1e-2; OUTCOMES]; traits];
    let mut dice: u64 = 1;
    let mut turn: Vec<usize> = (0..things.len()).collect();
    let mut mean = vec![[0.0; OUTCOMES]; traits];
    for round in 0..ROUNDS {
        for i in (1..turn.len()).rev() {
            dice = dice
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            turn.swap(i, (dice >> 33) as usize % (i + 1));
        }
        for (outcome, own) in turn.iter().map(|i| &things[*i]) {
            let mut sums = [0.0; OUTCOMES];
            for place in own {
                for (sum, weight) in sums.iter_mut().zip(&now[*place]) {
                    *sum += weight;
                }
            }
            let shares = shares(sums);
            for place in own {
                let (weights, squares) = (&mut now[*place], &mut squares[*place]);
                for k in 0..OUTCOMES {
                    let aim = if k == *outcome { 1.0 } else { 0.0 };
                    let slope = shares[k] - aim + DECAY * weights[k];
                    squares[k] += slope * slope;
                    weights[k] -= RATE * slope / squares[k].sqrt();
                }
            }
        }
        if round >= ROUNDS - AVERAGED {
            for (mean, now) in mean.iter_mut().zip(&now) {
                for (mean, now) in mean.iter_mut().zip(now) {
                    *mean += now / AVERAGED as f64;
                }
            }
        }
    }
    mean
}

/// What share each sum has by its exponential.
fn shares(sums: [f64; OUTCOMES]) -> [f64; OUTCOMES] {
    let most = sums.iter().copied().fold(f64::MIN, f64::max);
    let powers = sums.map(|sum| exponential(sum - most));
    let all: f64 = powers.iter().sum();
    powers.map(|power| power / all)
}

/// The exponential of a number not above nought, near enough.
fn exponential(x: f64) -> f64 {
    let mut power = (1.0 + x / 1024.0).max(0.0);
    for _ in 0..10 {
        power *= power;
    }
    power
}
