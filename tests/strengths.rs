//! What is learned of how strongly things are wished: the table is what the labelled data give, and it holds for mails that
//! it was not made from.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[allow(dead_code, reason = "its main prints the table")]
#[path = "../examples/learn_strengths.rs"]
mod learn_strengths;

use learn_strengths::{Thing, Trait};
use madoguchi::understand::strengths::{OUTCOMES, Weights};
use std::collections::HashMap;

#[test]
fn the_table_is_what_the_labelled_data_give() {
    let learned = learn_strengths::table(&learn_strengths::labelled());
    let kept = include_str!("../src/understand/lexicon/strengths.tsv");
    assert!(
        learned == kept,
        "strengths.tsv is older than the labelled data, the rules or the learning: cargo run --release --example learn_strengths"
    );
}

/// The share of things of which the words alone say what is said of them, of every fifth mail by what all else teaches.
#[test]
fn what_is_learned_holds_for_other_mails() {
    let (mut asked, mut taught) = (vec![], learn_strengths::of_texts());
    for (n, mail) in learn_strengths::of_mails().into_iter().enumerate() {
        if n % 5 == 0 { &mut asked } else { &mut taught }.extend(mail);
    }
    let learned: HashMap<Trait, Weights> = learn_strengths::learned(&taught).into_iter().collect();
    let right = asked
        .iter()
        .filter(|thing| said(thing, &learned) == thing.outcome);
    let share = right.count() as f64 / asked.len() as f64;
    println!("{share:.3} of {}", asked.len());
    assert!(share >= FLOOR, "{share:.3}");
}

const FLOOR: f64 = 0.80;

fn said(thing: &Thing, learned: &HashMap<Trait, Weights>) -> usize {
    let mut sums = [0; OUTCOMES];
    for weights in thing.traits.iter().filter_map(|own| learned.get(own)) {
        for (sum, weight) in sums.iter_mut().zip(weights) {
            *sum += i32::from(*weight);
        }
    }
    (0..OUTCOMES).max_by_key(|outcome| sums[*outcome]).unwrap()
}
