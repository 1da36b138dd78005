//! What is learned of kinds of mail: the table is what the labelled mails give, and it holds for mails that it was not
//! made from.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[allow(dead_code, reason = "its main prints the table")]
#[path = "../examples/learn_kinds.rs"]
mod learn_kinds;

use madoguchi::domain::wish::MessageKind;
use madoguchi::understand::likeness::{Weights, sums};
use std::collections::HashMap;

#[test]
fn the_table_is_what_the_labelled_mails_give() {
    let learned = learn_kinds::table(&learn_kinds::labelled());
    let kept = include_str!("../src/understand/lexicon/kind_pairs.tsv");
    assert!(
        learned == kept,
        "kind_pairs.tsv is older than the labelled mails or the learning: cargo run --release --example learn_kinds"
    );
}

/// The share of mails whose own kind leads, of every fifth mail by what the others teach.
#[test]
fn what_is_learned_holds_for_other_mails() {
    let mails = learn_kinds::read(&learn_kinds::files());
    let (asked, taught): (Vec<_>, Vec<_>) =
        mails.into_iter().enumerate().partition(|(n, _)| n % 5 == 0);
    let taught: Vec<_> = taught.into_iter().map(|(_, mail)| mail).collect();
    let learned: HashMap<_, Weights> = learn_kinds::learned(&taught).into_iter().collect();
    let right = asked.iter().filter(|(_, mail)| {
        let (sums, _) = sums(&mail.words, |pair| learned.get(pair));
        let best = (0..sums.len()).max_by_key(|k| sums[*k]).unwrap();
        MessageKind::ALL[best] == mail.kind
    });
    let share = right.count() as f64 / asked.len() as f64;
    println!("{share:.3} of {}", asked.len());
    assert!(share >= FLOOR, "{share:.3}");
}

const FLOOR: f64 = 0.88;
