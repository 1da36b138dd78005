//! What a draft suggests and could suggest, with the reasons of the matching in people's words.

use super::Named;
use crate::domain::{
    label,
    match_::{Match, MatchAnswer},
    wish::{Field, Language, Strength, Value, Wish},
};
use std::collections::BTreeMap;

/// So many reasons stand on one line.
const REASONS: usize = 4;

/// A suggested opening.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The opening's id.
    pub id: String,
    /// The institution, as far as it is known.
    pub name: String,
    /// Where it stands.
    pub area: String,
    /// 0 to 100; none where the matching did not name it.
    pub percent: Option<u32>,
    /// What it meets.
    pub why: String,
    /// What it does not meet, or says nothing on.
    pub check: String,
}

/// An opening that can be chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The opening's id.
    pub id: String,
    /// Institution and place.
    pub label: String,
    /// Score and reasons.
    pub description: String,
    /// The draft suggests it.
    pub chosen: bool,
}

/// The openings that a draft names, in its order.
pub(super) fn suggestions(
    ids: &[String],
    answer: &MatchAnswer,
    openings: &BTreeMap<String, Named>,
    wishes: &[Wish],
) -> Vec<Suggestion> {
    ids.iter()
        .map(|id| {
            let found = answer.matches.iter().find(|m| m.id == *id);
            suggestion(id, found, openings, wishes)
        })
        .collect()
}

/// The openings that could be suggested, best first.
pub(super) fn choices(
    ids: &[String],
    answer: &MatchAnswer,
    openings: &BTreeMap<String, Named>,
    wishes: &[Wish],
) -> Vec<Choice> {
    answer
        .matches
        .iter()
        .map(|m| {
            let s = suggestion(&m.id, Some(m), openings, wishes);
            let percent = s.percent.unwrap_or(0);
            let check = if s.check.is_empty() {
                String::new()
            } else {
                format!("／要確認: {}", s.check)
            };
            Choice {
                chosen: ids.contains(&m.id),
                label: format!("{} {}", s.name, s.area).trim().to_owned(),
                description: format!("一致 {percent}% {}{check}", s.why),
                id: s.id,
            }
        })
        .collect()
}

fn suggestion(
    id: &str,
    found: Option<&Match>,
    openings: &BTreeMap<String, Named>,
    wishes: &[Wish],
) -> Suggestion {
    let named = openings.get(id);
    Suggestion {
        id: id.to_owned(),
        name: named.map_or_else(|| id.to_owned(), |n| n.institution.clone()),
        area: named.map(|n| n.area.clone()).unwrap_or_default(),
        percent: found.map(|m| percent(m.score)),
        why: found.map(|m| why(m, wishes)).unwrap_or_default(),
        check: found.map(|m| check(m, wishes)).unwrap_or_default(),
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn percent(score: f64) -> u32 {
    (score.clamp(0.0, 1.0) * 100.0).round() as u32
}

/// 「車18〜31分」.
fn band(m: &Match) -> Option<String> {
    let c = m.commute.as_ref()?;
    let [from, to] = c.minutes;
    let mode = if c.mode == "car" { "車" } else { "電車" };
    Some(format!("{mode}{from}〜{to}分"))
}

fn is_commute(item: &str) -> bool {
    item.starts_with("commute_minutes=")
}

fn why(m: &Match, wishes: &[Wish]) -> String {
    let doubtful = m.unmet.iter().chain(&m.unknown).any(|i| is_commute(i));
    let band = band(m).filter(|_| !doubtful);
    let mut said: Vec<String> = m
        .met
        .iter()
        .filter(|i| band.is_none() || !is_commute(i))
        .map(|i| item(i, wishes))
        .collect();
    if let Some(band) = band {
        said.insert(0, format!("通勤の目安 {band}"));
    }
    several(said)
}

fn check(m: &Match, wishes: &[Wish]) -> String {
    // A band that does not settle the wish stands beside the doubt, not among the reasons.
    let with_band = |i: &str, said: String| match band(m).filter(|_| is_commute(i)) {
        Some(band) => format!("{said}（目安 {band}）"),
        None => said,
    };
    let unmet = m
        .unmet
        .iter()
        .map(|i| with_band(i, format!("{}に合わない", item(i, wishes))));
    let unknown = m
        .unknown
        .iter()
        .map(|i| with_band(i, format!("{}は不明", name_of(i))));
    let asks = m.asks.iter().map(|i| format!("{}を求めている", offer(i)));
    several(unmet.chain(unknown).chain(asks).collect())
}

fn several(said: Vec<String>) -> String {
    let mut unique: Vec<String> = vec![];
    for s in said {
        if !unique.contains(&s) {
            unique.push(s);
        }
    }
    let more = unique.len().saturating_sub(REASONS);
    unique.truncate(REASONS);
    let mut line = unique.join("・");
    if more > 0 {
        line.push_str(&format!(" ほか{more}件"));
    }
    line
}

/// A `field=value` item of the matching as the wish that it was, in people's words.
fn item(written: &str, wishes: &[Wish]) -> String {
    let Some((field, text)) = split(written) else {
        return written.to_owned();
    };
    let wish = wishes
        .iter()
        .find(|w| w.field == field && w.value.to_string() == text);
    match wish {
        Some(w) => label::wish_label(w, Language::Ja),
        None => label::label(field, &value(text), Strength::Want, Language::Ja),
    }
}

fn offer(written: &str) -> String {
    match split(written) {
        Some((field, text)) => label::opening_label(field, &value(text), Language::Ja),
        None => written.to_owned(),
    }
}

fn name_of(written: &str) -> String {
    split(written).map_or_else(
        || written.to_owned(),
        |(field, _)| label::field_name(field, Language::Ja).to_owned(),
    )
}

fn split(written: &str) -> Option<(Field, &str)> {
    let (field, text) = written.split_once('=')?;
    Some((field.parse().ok()?, text))
}

fn value(text: &str) -> Value {
    if text.starts_with('{') || text.parse::<i64>().is_ok() {
        serde_json::from_str(text).unwrap_or_else(|_| Value::text(text))
    } else {
        Value::text(text)
    }
}
