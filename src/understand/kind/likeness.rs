//! Which kind of mail a mail looks like: a linear model over pairs of characters, learned from labelled mails.
//!
//! Rules name what proves a kind; mails nobody thought of have none of it and still look like their kind. The weights stand
//! in `lexicon/kind_pairs.tsv`; `cargo run --release --example learn_kinds` makes them anew from `tests/data`.

use super::super::doc::{Doc, Role};
use super::super::normalize::Norm;
use crate::domain::wish::MessageKind;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Two characters that stand side by side; every digit is `0`.
pub type Pair = [char; 2];

/// The weights of a pair, in the order of [`MessageKind::ALL`].
pub type Weights = [i16; MessageKind::ALL.len()];

/// By how much another kind must lead the one that the rules found, in hundredths of the margin that learning asks for.
/// Measured on 120 mails by authors whom neither the rules nor the model knew: rules alone 102 right, the model alone 109,
/// together 114; from 30 to 70 the figure changes by one or two.
const LEAD: f32 = 50.0;

/// A subject alone, or a line, looks like many things.
const LEAST_PAIRS: usize = 40;

static PAIRS: LazyLock<HashMap<Pair, Weights>> = LazyLock::new(|| {
    include_str!("../lexicon/kind_pairs.tsv")
        .lines()
        .filter_map(row)
        .collect()
});

fn row(line: &str) -> Option<(Pair, Weights)> {
    let (pair, numbers) = line.split_once('\t')?;
    let mut chars = pair.chars().map(|c| match c {
        '␤' => '\n',
        '␠' => ' ',
        c => c,
    });
    let pair = [chars.next()?, chars.next()?];
    let mut weights = Weights::default();
    for (weight, number) in weights.iter_mut().zip(numbers.split(' ')) {
        *weight = number.parse().ok()?;
    }
    Some((pair, weights))
}

/// A row of the table for a pair.
pub fn written(pair: Pair, weights: Weights) -> String {
    let shown = pair.map(|c| match c {
        '\n' => '␤',
        ' ' => '␠',
        c => c,
    });
    let numbers: Vec<String> = weights.iter().map(i16::to_string).collect();
    format!(
        "{}\t{}",
        shown.iter().collect::<String>(),
        numbers.join(" ")
    )
}

/// What of a mail is looked at: the subject, and the sender's own lines in normal spelling.
pub fn words(subject: &str, text: &str) -> String {
    format!(
        "{}\n{}",
        Norm::new(subject).text,
        own_words(&Doc::new(text))
    )
}

pub(super) fn own_words(doc: &Doc) -> String {
    let mut own = String::new();
    for l in &doc.lines {
        if matches!(l.role, Role::Own | Role::Signature) {
            own.push_str(doc.text(l.start, l.end));
            own.push('\n');
        }
    }
    own
}

/// The pairs of a text, each once.
pub fn pairs(text: &str) -> Vec<Pair> {
    let folded = text
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c });
    let mut pairs: Vec<Pair> = folded
        .clone()
        .zip(folded.skip(1))
        .map(|(a, b)| [a, b])
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// What the pairs of a text say for each kind together, and how many of them have weights.
pub fn sums<'w>(
    text: &str,
    weights: impl Fn(&Pair) -> Option<&'w Weights>,
) -> ([i32; MessageKind::ALL.len()], usize) {
    let (mut sums, mut known) = ([0; MessageKind::ALL.len()], 0);
    for weights in pairs(text).iter().filter_map(weights) {
        known += 1;
        for (sum, weight) in sums.iter_mut().zip(weights) {
            *sum += i32::from(*weight);
        }
    }
    (sums, known)
}

/// The kind that a text looks like where that leads `found` clearly, else `found`.
pub(super) fn weigh(text: &str, found: MessageKind) -> MessageKind {
    let (sums, known) = sums(text, |pair| PAIRS.get(pair));
    if known < LEAST_PAIRS {
        return found;
    }
    let of = |kind: MessageKind| {
        let mut all = MessageKind::ALL.iter().zip(sums);
        all.find(|(k, _)| **k == kind).map_or(0, |(_, sum)| sum)
    };
    let best = MessageKind::ALL.iter().copied().max_by_key(|k| of(*k));
    let enough = LEAD * (known as f32).sqrt();
    best.filter(|k| (of(*k) - of(found)) as f32 > enough)
        .unwrap_or(found)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_as_it_was_written() {
        let table = include_str!("../lexicon/kind_pairs.tsv");
        let rows: Vec<&str> = table.lines().filter(|l| !l.starts_with("# ")).collect();
        assert_eq!(rows.len(), PAIRS.len());
        for line in rows {
            let (pair, weights) = row(line).unwrap();
            assert_eq!(written(pair, weights), line);
        }
    }

    #[test]
    fn a_clear_likeness_overrules_and_nothing_overrules_nothing() {
        let letter = "義父の働き口について\n義父は七十四歳の小児科医で、医院を任せて家におります。予防接種と健診なら引き受けられると申します。外来はもう勘弁してほしいそうです。";
        assert_eq!(
            weigh(letter, MessageKind::General),
            MessageKind::DoctorInquiry
        );
        for kind in MessageKind::ALL {
            assert_eq!(weigh("", *kind), *kind);
        }
    }
}
