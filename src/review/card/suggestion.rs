//! What a draft suggests and could suggest, with the reasons of the matching in people's words.

use crate::{
    domain::{
        match_::{Match, MatchAnswer},
        opening::Opening,
        wish::{Language, Wish},
    },
    draft::{Brief, brief, compose},
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

/// A condition that would let further openings in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relaxing {
    /// 「通勤30分以内 → 通勤45分以内」, 「当直なし をはずす」.
    pub step: String,
    /// How many openings it adds.
    pub adds: usize,
    /// The best of them: its institution, else its id.
    pub best: String,
}

impl Relaxing {
    /// 「通勤30分以内 → 通勤45分以内: ＋7件（みどり病院 など）」.
    pub fn line(&self) -> String {
        let more = if self.adds > 1 { " など" } else { "" };
        format!("{}: ＋{}件（{}{more}）", self.step, self.adds, self.best)
    }
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

/// The conditions whose widening opens most.
pub(super) fn relaxations(
    answer: &MatchAnswer,
    openings: &BTreeMap<String, Opening>,
) -> Vec<Relaxing> {
    let worded = compose::relaxations(answer, Language::Ja);
    answer
        .relax
        .iter()
        .zip(worded)
        .take(RELAXATIONS)
        .map(|(r, words)| Relaxing {
            step: words.step(),
            adds: r.adds,
            best: openings
                .get(&r.best)
                .map_or_else(|| r.best.clone(), |o| o.institution_name.clone()),
        })
        .collect()
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
