//! Learns what mails of each kind look like, and prints the table `src/understand/lexicon/kind_pairs.tsv`.
//!
//! ```text
//! cargo run --release --example learn_kinds > kind_pairs.tsv
//! ```
//!
//! An averaged perceptron with a margin: for each mail whose own kind does not lead all others by one, the weights of its
//! pairs go up for its kind and down for the other. The same mails give the same table.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "../tests/support/wordings.rs"]
mod wordings;

use madoguchi::domain::wish::MessageKind;
use madoguchi::understand::likeness::{Pair, Weights, pairs, words, written};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const KINDS: usize = MessageKind::ALL.len();
/// Pairs of fewer mails say little of others.
const LEAST_MAILS: usize = 4;
const ROUNDS: usize = 8;
/// The order of the mails changes the weights a little; the mean of several orders is steadier.
const ORDERS: u64 = 5;
/// The weights are written as whole hundredths.
const SCALE: f64 = 100.0;

struct Mail {
    kind: usize,
    pairs: Vec<usize>,
}

fn main() {
    print!("{}", table(&labelled()));
}

/// Every mail of the project whose kind is known.
pub fn labelled() -> Vec<Labelled> {
    let mut mails = read(&files());
    mails.extend(worded());
    mails
}

/// The short mails that the tables of wordings stand for: what is brief must not be taken for what else is brief.
fn worded() -> Vec<Labelled> {
    let table = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/readings");
        std::fs::read_to_string(path.join(name)).unwrap()
    };
    let mut mails = vec![];
    for name in ["area", "commute", "english", "frames", "strength", "terms"] {
        for row in rows(&table(&format!("{name}.tsv"))) {
            let frame = row.get(3).map_or("", String::as_str);
            mails.push(Labelled {
                kind: match frame {
                    "up" => MessageKind::DoctorUpdate,
                    _ => MessageKind::DoctorInquiry,
                },
                words: words("", &wordings::mail(&row[2], frame)),
            });
        }
    }
    for (name, kind) in [
        ("forms-profile", MessageKind::DoctorInquiry),
        ("forms-opening", MessageKind::Opening),
    ] {
        let told = table(&format!("{name}.tsv"));
        for row in rows(&told).filter(|row| row[1] != "-") {
            let whole = row.get(3).is_some_and(|frame| frame == "whole");
            let text = match kind {
                _ if whole => row[2].replace('⏎', "\n"),
                MessageKind::Opening => wordings::post(&row[2]),
                _ => wordings::fact(&row[2]),
            };
            mails.push(Labelled {
                kind,
                words: words(row.get(5).map_or("", String::as_str), &text),
            });
        }
    }
    for row in rows(&table("forms-kind.tsv")) {
        mails.push(Labelled {
            kind: row[1].parse().unwrap(),
            words: words(
                row.get(5).map_or("", String::as_str),
                &row[2].replace('⏎', "\n"),
            ),
        });
    }
    mails
}

fn rows(table: &str) -> impl Iterator<Item = Vec<String>> {
    let lines = table
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'));
    lines.map(|l| l.split('\t').map(str::to_owned).collect())
}

/// The labelled mails of the project, those of which only the kind is labelled too.
pub fn files() -> Vec<PathBuf> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut files: Vec<PathBuf> = ["kinds", "mails", "mails_of_other_hands"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(data.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "jsonl"))
        .collect();
    files.sort();
    files
}

/// A mail's kind and what of it is looked at.
pub struct Labelled {
    /// As it is labelled.
    pub kind: MessageKind,
    /// See [`words`].
    pub words: String,
}

/// The labelled mails of some files.
pub fn read(files: &[PathBuf]) -> Vec<Labelled> {
    let texts = files.iter().map(|f| std::fs::read_to_string(f).unwrap());
    let lines: Vec<String> = texts
        .flat_map(|t| t.lines().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    lines
        .iter()
        .map(|line| {
            let mail: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = |field: &str| mail[field].as_str().unwrap_or_default();
            Labelled {
                kind: mail["gold"]["kind"].as_str().unwrap().parse().unwrap(),
                words: words(text("subject"), text("body")),
            }
        })
        .collect()
}

/// What is learned of some mails, as it is written.
pub fn table(mails: &[Labelled]) -> String {
    let kinds: Vec<&str> = MessageKind::ALL.iter().map(|k| k.as_str()).collect();
    let mut out = format!(
        "# Learned by examples/learn_kinds.rs: a pair of characters, and its weights for {}\n",
        kinds.join(" ")
    );
    for (pair, weights) in learned(mails) {
        writeln!(out, "{}", written(pair, weights)).unwrap();
    }
    out
}

/// The weights of the pairs that say something.
pub fn learned(mails: &[Labelled]) -> Vec<(Pair, Weights)> {
    let mails: Vec<(usize, Vec<Pair>)> = mails
        .iter()
        .map(|m| {
            let kind = MessageKind::ALL.iter().position(|k| *k == m.kind);
            (kind.unwrap(), pairs(&m.words))
        })
        .collect();
    let mut seen: BTreeMap<Pair, usize> = BTreeMap::new();
    for pair in mails.iter().flat_map(|m| &m.1) {
        *seen.entry(*pair).or_default() += 1;
    }
    let kept: Vec<Pair> = seen
        .into_iter()
        .filter(|(_, n)| *n >= LEAST_MAILS)
        .map(|(pair, _)| pair)
        .collect();
    let places: HashMap<Pair, usize> = kept.iter().copied().zip(0..).collect();
    let mails: Vec<Mail> = mails
        .into_iter()
        .map(|(kind, pairs)| Mail {
            kind,
            pairs: pairs
                .iter()
                .filter_map(|p| places.get(p).copied())
                .collect(),
        })
        .collect();
    let mut mean = vec![[0.0; KINDS]; kept.len()];
    for order in 1..=ORDERS {
        for (sum, one) in mean.iter_mut().zip(in_order(&mails, kept.len(), order)) {
            for (s, w) in sum.iter_mut().zip(one) {
                *s += w / ORDERS as f64;
            }
        }
    }
    let whole = |weights: [f64; KINDS]| weights.map(|w| (w * SCALE).round() as i16);
    kept.into_iter()
        .zip(mean.into_iter().map(whole))
        .filter(|(_, weights)| weights.iter().any(|w| *w != 0))
        .collect()
}

/// The weights after all rounds in one order of the mails, each the mean over all steps.
fn in_order(mails: &[Mail], pairs: usize, order: u64) -> Vec<[f64; KINDS]> {
    let mut now = vec![[0.0; KINDS]; pairs];
    let mut turned = vec![[0.0; KINDS]; pairs];
    let mut step = 0.0;
    let mut dice = order;
    let mut turn: Vec<usize> = (0..mails.len()).collect();
    for _ in 0..ROUNDS {
        for i in (1..turn.len()).rev() {
            dice = dice
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            turn.swap(i, (dice >> 33) as usize % (i + 1));
        }
        for mail in turn.iter().map(|i| &mails[*i]) {
            step += 1.0;
            let share = 1.0 / (mail.pairs.len().max(1) as f64).sqrt();
            let mut sums = [0.0; KINDS];
            for pair in &mail.pairs {
                for (sum, weight) in sums.iter_mut().zip(now[*pair]) {
                    *sum += weight * share;
                }
            }
            let other = (0..KINDS)
                .filter(|k| *k != mail.kind)
                .max_by(|a, b| sums[*a].total_cmp(&sums[*b]))
                .unwrap();
            if sums[mail.kind] - sums[other] >= 1.0 {
                continue;
            }
            for pair in &mail.pairs {
                now[*pair][mail.kind] += share;
                now[*pair][other] -= share;
                turned[*pair][mail.kind] += share * step;
                turned[*pair][other] -= share * step;
            }
        }
    }
    for (weights, turned) in now.iter_mut().zip(&turned) {
        for (weight, turned) in weights.iter_mut().zip(turned) {
            *weight -= turned / (step + 1.0);
        }
    }
    now
}
