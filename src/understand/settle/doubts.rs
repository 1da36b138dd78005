//! What staff should look at themselves: one thing said two ways, and readings that are not sure.

use super::super::rules::{Cx, Item};
use crate::domain::wish::{Diagnostic, Field, Span, Strength, Wish};

/// More of them would hide the card's other lines from staff.
pub const MOST: usize = 3;

/// 「手術は可」 in the form and 「手術はもういたしません」 in the remarks: one of the two stands, and staff are told of both.
pub fn both_ways(cx: &Cx, new: &Wish, old: &Wish, item: &Item) -> Option<Diagnostic> {
    let asked_about = matches!(
        new.field,
        Field::Duty | Field::Role | Field::Day | Field::Area | Field::Employment
    );
    let opposed = new.strength.is_positive() && old.strength.is_refusal()
        || new.strength.is_refusal() && old.strength.is_positive();
    if !asked_about || !opposed || cx.update || new.quote == old.quote {
        return None;
    }
    // Mostly one of the two is another's word or an exception, so staff look before anybody is asked.
    Some(noticed(cx, item, "settle::both_ways", |words| {
        format!(
            "「{words}」について、「{}」と「{}」の両方が書かれています。",
            old.quote, new.quote
        )
    }))
}

/// What is nearly as likely to be meant otherwise. `read` is how it was read, nothing where it was taken for no wish.
pub fn unsure(cx: &Cx, item: &Item, read: Option<Strength>) -> Diagnostic {
    let clause = cx.doc.clause_at(item.start);
    let around = cx
        .doc
        .norm
        .quote(clause.0.min(item.start), clause.1.max(item.end));
    let around = around.trim().trim_end_matches(['、', '。']);
    let read = match read {
        Some(Strength::Drop) => "取り下げと読みました",
        Some(s) if s.is_positive() => "希望と読みました",
        Some(_) => "避けたいことと読みました",
        None => "希望ではないと読みました",
    };
    noticed(cx, item, "settle::unsure", |words| {
        // In a long clause the words would be hard to find again.
        if around == words || around.chars().count() > LONGEST {
            format!("「{words}」を{read}が、はっきりしません。")
        } else {
            format!("「{around}」の「{words}」を{read}が、はっきりしません。")
        }
    })
}

/// So many characters of a clause are shown.
const LONGEST: usize = 40;

/// A doubt about the words of an item.
fn noticed(cx: &Cx, item: &Item, rule: &str, message: impl FnOnce(&str) -> String) -> Diagnostic {
    let quoted = cx.doc.norm.quote(item.start, item.end);
    let words = quoted.trim();
    let (start, _) = cx.doc.norm.original_range(item.start, item.end);
    let start = start + quoted.len() - quoted.trim_start().len();
    Diagnostic {
        rule: rule.into(),
        message: message(words),
        question: None,
        quote: words.to_owned(),
        span: Some(Span {
            start,
            end: start + words.len(),
        }),
    }
}
