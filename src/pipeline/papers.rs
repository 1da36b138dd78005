//! Openings in files of running text: a 求人票 as PDF or Word, read as if it were the mail's own text.

use crate::{
    domain::{
        conditions,
        message::InboundMessage,
        opening::Opening,
        wish::{Field, MessageKind},
    },
    openings, understand,
};
use chrono::{DateTime, FixedOffset};
use std::collections::{BTreeMap, BTreeSet};

/// A 求人票 is a page or two; of a long brochure the rest offers nothing.
const CHARS: usize = 20_000;
/// So many different things a file must say of the work to be an offer and no mere mention of one.
const TERMS: usize = 3;

/// What a file offers. Nothing where its text alone is no offer.
pub(super) fn offered(
    text: &str,
    mail: &InboundMessage,
    date: DateTime<FixedOffset>,
) -> Vec<Opening> {
    let text: String = text.chars().take(CHARS).collect();
    let input = understand::Input {
        text: &text,
        signature: None,
        subject: "",
        from_name: &mail.from.name,
        from_address: &mail.from.address,
        date,
        automatic: false,
        known_doctor: false,
        on_file: &[],
    };
    let (reading, posts) = understand::read_with_posts(&input);
    if reading.kind != MessageKind::Opening || super::openings::action(&reading) == Some("withdraw")
    {
        return vec![];
    }
    let mut rows = openings::from_posts(&posts, "", None, None);
    rows.retain(|row| said_of_work(row) >= TERMS);
    let terms = terms(&text);
    for row in &mut rows {
        row.id.clear();
        row.terms.clone_from(&terms);
    }
    rows
}

fn said_of_work(row: &Opening) -> usize {
    let of_house = |f: &Field| {
        matches!(
            f,
            Field::Area | Field::Institution | Field::Phone | Field::ContactPerson | Field::Beds
        )
    };
    let fields: BTreeSet<Field> = row.items.iter().map(|i| i.field).collect();
    fields.iter().filter(|f| !of_house(f)).count()
}

/// What the law wants stated, each in the line that speaks of it.
fn terms(text: &str) -> BTreeMap<String, String> {
    let spoken = |c: &conditions::Condition| {
        let mut lines = text.lines();
        let line = lines.find(|line| c.words.iter().any(|w| line.contains(w.as_str())))?;
        let said: Vec<&str> = line.split_whitespace().collect();
        Some((c.id.clone(), said.join(" ").chars().take(200).collect()))
    };
    conditions::conditions().iter().filter_map(spoken).collect()
}
