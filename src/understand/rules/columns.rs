//! Forms that ask for several things in one field: 「当直/日直/呼出 : 不可/月1回まで可/不可」.

use super::{Cx, Item};
use crate::domain::wish::{Strength, Value};
use crate::understand::lexicon::Meaning;
use crate::understand::pattern::{number, pattern};

pattern!(TIMES, r"月(?:に)?(?P<n>\d{1,2})\s?回");

/// Reads them: each value goes with the name at its place.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    for line in &cx.doc.lines {
        let Some((from, to)) = line.label else {
            continue;
        };
        let names = parts(cx.text(), from, to);
        if names.len() < 2 {
            continue;
        }
        let lead = cx.doc.text(to, line.end);
        let skip = lead.len()
            - lead
                .trim_start_matches([' ', ':', '=', '|', '】', ']', '→'])
                .len();
        let values = parts(cx.text(), to + skip, line.end);
        if values.len() != names.len() {
            continue;
        }
        let mut found = Vec::new();
        for (name, value) in names.iter().zip(&values) {
            let Some((field, word)) = cx.things.iter().find_map(|h| match h.meaning {
                Meaning::Thing(f, w) if name.0 <= h.start && h.end <= name.1 => Some((f, w)),
                _ => None,
            }) else {
                continue;
            };
            let words = cx.doc.text(value.0, value.1).trim();
            let Some(strength) = strength(words) else {
                continue;
            };
            let counted = field.is_counted_duty();
            let said = match TIMES.first(words).and_then(|c| number(&c, "n")) {
                Some(n) if counted => Value::Number(n),
                _ => Value::text(word),
            };
            found.push(Item::new(field, said, value.0, value.1, "columns::slash").with(strength));
        }
        if found.is_empty() {
            continue;
        }
        items.retain(|i| !(line.start <= i.start && i.end <= line.end));
        items.append(&mut found);
    }
}

fn strength(words: &str) -> Option<Strength> {
    Some(
        if words.contains("不可") || words.contains(['×', '無']) || words.starts_with("なし")
        {
            Strength::Never
        } else if words.contains('可') || words.contains(['○', '△']) || words.contains("応じ")
        {
            Strength::Ok
        } else if words.contains('◎') || words.contains("希望") {
            Strength::Want
        } else {
            return None;
        },
    )
}

/// The pieces between slashes, with their places.
fn parts(text: &str, from: usize, to: usize) -> Vec<(usize, usize)> {
    let words = text.get(from..to).unwrap_or_default();
    let mut out = Vec::new();
    let mut start = from;
    for (at, mark) in words.match_indices(['/', '・']) {
        out.push((start, from + at));
        start = from + at + mark.len();
    }
    out.push((start, to));
    out
}
