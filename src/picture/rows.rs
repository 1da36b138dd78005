//! The rows of the chart: each wish, and how each suggestion fares on it.

use super::Shown;
use crate::domain::{
    label,
    wish::{Field, Language, Strength, Wish},
};

/// The most rows that are drawn.
pub(super) const MOST: usize = 16;

/// How a suggestion fares on a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    Met,
    Check,
    Lacks,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub label: String,
    /// 「必須」 and the like; empty for a mere wish.
    pub weight: &'static str,
    /// One a suggestion; nothing where the matching says nothing.
    pub cells: Vec<Option<Fit>>,
}

/// All rows, conditions first. Wishes that are alternatives of each other share one.
pub(super) fn rows(wishes: &[Wish], shown: &[Shown]) -> Vec<Row> {
    let mut standing: Vec<&Wish> = wishes
        .iter()
        .filter(|w| w.strength != Strength::Drop)
        .collect();
    standing.sort_by_key(|w| rank(w.strength));
    let mut groups: Vec<Vec<&Wish>> = vec![];
    for wish in standing {
        let alike = |g: &&mut Vec<&Wish>| {
            g.first().is_some_and(|first| {
                first.field == wish.field
                    && first.strength == wish.strength
                    && wish.strength.is_positive()
                    && !stands_alone(wish.field)
            })
        };
        match groups.iter_mut().find(alike) {
            Some(group) => group.push(wish),
            None => groups.push(vec![wish]),
        }
    }
    let mut out: Vec<Row> = groups.iter().filter_map(|g| row(g, shown)).collect();
    out.extend(career(wishes, shown));
    out.extend(asks(shown));
    out
}

fn rank(strength: Strength) -> u8 {
    match strength {
        Strength::Must | Strength::Never => 0,
        Strength::Want | Strength::Avoid => 1,
        Strength::Ok | Strength::Drop => 2,
    }
}

/// Fields where every wish stands for itself (`docs/matching.md`).
fn stands_alone(field: Field) -> bool {
    matches!(
        field,
        Field::Duty | Field::Role | Field::Benefit | Field::Workstyle
    )
}

fn row(group: &[&Wish], shown: &[Shown]) -> Option<Row> {
    let first = group.first()?;
    let items: Vec<String> = group
        .iter()
        .map(|w| format!("{}={}", w.field, w.value))
        .collect();
    let words: Vec<String> = group
        .iter()
        .map(|w| {
            let strength = match w.strength {
                Strength::Ok => Strength::Want,
                other => other,
            };
            label::label(w.field, &w.value, strength, Language::Ja)
        })
        .collect();
    let cells: Vec<Option<Fit>> = shown
        .iter()
        .map(|s| fit(s, |i| items.contains(i)))
        .collect();
    cells.iter().any(Option::is_some).then(|| Row {
        label: words.join("・"),
        weight: match first.strength {
            Strength::Must | Strength::Never => "必須",
            Strength::Ok => "可",
            Strength::Avoid => "なるべく",
            Strength::Want | Strength::Drop => "",
        },
        cells,
    })
}

fn fit(s: &Shown, is: impl Fn(&String) -> bool) -> Option<Fit> {
    [
        (&s.fares.met, Fit::Met),
        (&s.fares.unknown, Fit::Check),
        (&s.fares.unmet, Fit::Lacks),
    ]
    .into_iter()
    .find(|(list, _)| list.iter().any(&is))
    .map(|(_, fit)| fit)
}

/// Departments that were not wished but are practised.
fn career(wishes: &[Wish], shown: &[Shown]) -> Option<Row> {
    let wished = |item: &String| {
        wishes
            .iter()
            .any(|w| *item == format!("{}={}", w.field, w.value))
    };
    let cells: Vec<Option<Fit>> = shown
        .iter()
        .map(|s| fit(s, |i| i.starts_with("specialty=") && !wished(i)))
        .collect();
    cells.iter().any(Option::is_some).then(|| Row {
        label: "ご経験の診療科".to_owned(),
        weight: "",
        cells,
    })
}

/// What institutions ask that the doctor has not told.
fn asks(shown: &[Shown]) -> Option<Row> {
    let cells: Vec<Option<Fit>> = shown
        .iter()
        .map(|s| (!s.fares.asks.is_empty()).then_some(Fit::Check))
        .collect();
    cells.iter().any(Option::is_some).then(|| Row {
        label: "先方が求める資格・経験".to_owned(),
        weight: "",
        cells,
    })
}
