//! What a draft suggests and could suggest, with the reasons of the matching in people's words.

use crate::{
    domain::{
        match_::{Match, MatchAnswer, Relaxation},
        opening::Opening,
        wish::Wish,
    },
    draft::{Brief, brief, relaxation_lines},
};
use std::collections::BTreeMap;

/// So many relaxations stand on a card.
pub(super) const RELAXATIONS: usize = 3;

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
    /// What fits, what to check, what it lacks.
    pub brief: Brief,
}

impl Suggestion {
    /// 「みどり病院 長野県松本市  一致86%  車で約20〜35分」.
    pub fn headline(&self) -> String {
        let mut out = format!("{} {}", self.name, self.area).trim().to_owned();
        if let Some(p) = self.percent {
            out.push_str(&format!("  一致{p}%"));
        }
        if !self.brief.commute.is_empty() {
            out.push_str("  ");
            out.push_str(&self.brief.commute);
        }
        out
    }
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
    openings: &BTreeMap<String, Opening>,
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
    openings: &BTreeMap<String, Opening>,
    wishes: &[Wish],
) -> Vec<Choice> {
    answer
        .matches
        .iter()
        .map(|m| {
            let s = suggestion(&m.id, Some(m), openings, wishes);
            let percent = s.percent.unwrap_or(0);
            Choice {
                chosen: ids.contains(&m.id),
                label: format!("{} {}", s.name, s.area).trim().to_owned(),
                description: format!("一致{percent}% {} {}", s.brief.commute, s.brief.line())
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" "),
                id: s.id,
            }
        })
        .collect()
}

/// The conditions whose widening opens most, with the name of the best opening that each lets in.
pub(super) fn relaxations(
    answer: &MatchAnswer,
    openings: &BTreeMap<String, Opening>,
) -> Vec<String> {
    let named: Vec<Relaxation> = answer
        .relax
        .iter()
        .take(RELAXATIONS)
        .cloned()
        .map(|mut r| {
            if let Some(o) = openings.get(&r.best) {
                r.best.clone_from(&o.institution_name);
            }
            r
        })
        .collect();
    relaxation_lines(&named)
}

fn suggestion(
    id: &str,
    found: Option<&Match>,
    openings: &BTreeMap<String, Opening>,
    wishes: &[Wish],
) -> Suggestion {
    let opening = openings.get(id);
    Suggestion {
        id: id.to_owned(),
        name: opening.map_or_else(|| id.to_owned(), |o| o.institution_name.clone()),
        area: opening.map(|o| o.area.clone()).unwrap_or_default(),
        percent: found.map(|m| percent(m.score)),
        brief: match (found, opening) {
            (Some(m), Some(o)) => brief(m, o, wishes),
            _ => Brief::default(),
        },
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn percent(score: f64) -> u32 {
    (score.clamp(0.0, 1.0) * 100.0).round() as u32
}
