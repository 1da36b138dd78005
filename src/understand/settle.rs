//! From items to wishes: each with its strength and its quote, corrected and without doubles.

use super::rules::{self, Cx, Item};
use super::scope::Verdict;
use crate::domain::wish::{Field, Strength, Value, Wish};

struct Judged {
    item: Item,
    verdict: Verdict,
}

/// All wishes of a mail.
pub fn wishes(cx: &Cx) -> Vec<Wish> {
    let mut judged: Vec<Judged> = rules::all(cx)
        .into_iter()
        .filter_map(|item| {
            let verdict = cx.verdict(&item)?;
            Some(Judged { item, verdict })
        })
        .collect();
    judged.sort_by_key(|j| (j.item.start, j.item.end));
    closer_institution(cx, &mut judged);
    let mut out: Vec<(Wish, usize)> = Vec::new();
    for j in &judged {
        let (start, _) = cx.doc.clause_at(j.item.start);
        let quote = quote(
            cx,
            start.min(j.item.start),
            j.verdict.end.max(j.item.end),
            &j.item,
        );
        if quote.is_empty() {
            continue;
        }
        let wish = Wish {
            field: j.item.field,
            value: j.item.value.clone(),
            strength: j.verdict.strength,
            quote,
            rule: j.item.rule.to_owned(),
        };
        match out
            .iter_mut()
            .find(|(w, _)| w.field == wish.field && w.value == wish.value)
        {
            Some((old, at)) => {
                if stronger(&wish, old, j.verdict.spoken) {
                    *old = wish;
                    *at = j.item.start;
                }
            }
            None => out.push((wish, j.item.start)),
        }
    }
    out.into_iter().map(|(w, _)| w).collect()
}

/// The words from the clause to the deciding word, on one line and not too long.
fn quote(cx: &Cx, start: usize, end: usize, item: &Item) -> String {
    let line = cx.doc.line_at(item.start);
    let from = line.map_or(item.start, |l| start.max(l.start));
    let words = cx
        .doc
        .norm
        .quote(from.min(item.start), end.max(item.end))
        .trim();
    if words.chars().count() <= 80 {
        return words.to_owned();
    }
    cx.doc.norm.quote(item.start, item.end).trim().to_owned()
}

fn rank(s: Strength) -> u8 {
    match s {
        Strength::Drop => 6,
        Strength::Never => 5,
        Strength::Must => 4,
        Strength::Avoid => 3,
        Strength::Want => 2,
        Strength::Ok => 1,
    }
}

/// A wish said twice stands once, with the stronger wording.
fn stronger(new: &Wish, old: &Wish, spoken: bool) -> bool {
    spoken && rank(new.strength) > rank(old.strength)
}

/// `hospital` stands only where no closer kind is said in the same clause.
fn closer_institution(cx: &Cx, judged: &mut Vec<Judged>) {
    let kinds: Vec<(usize, usize)> = judged
        .iter()
        .filter(|j| j.item.field == Field::Institution && j.item.value != Value::text("hospital"))
        .map(|j| cx.doc.clause_at(j.item.start))
        .collect();
    judged.retain(|j| {
        j.item.field != Field::Institution
            || j.item.value != Value::text("hospital")
            || !kinds.contains(&cx.doc.clause_at(j.item.start))
    });
}
