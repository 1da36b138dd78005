//! Wishes against openings: pure, deterministic, to the letter of `docs/matching.md`.
//!
//! An [`Index`] reads the openings once; [`Index::rank`] then answers for one doctor after another. [`Engine`] gives the same
//! answers from columns and bits, for many openings that come and go; [`Standing`] asks the other way round, whom a new
//! opening suits. Each field, or family of
//! fields that are judged alike, has its own file: `area`, `commute` (with relocation), `days`, `listed`, `quantity`,
//! `specialty`. `judge` puts them together and says what excludes, `score` orders, `answer` writes, `relax` asks what would
//! open more, `reason` gives the words for people. Departments that may stand in for others are in `standins.toml`.

mod answer;
mod area;
mod commute;
mod days;
mod doctor;
mod engine;
mod facts;
mod interned;
mod judge;
mod listed;
mod meaning;
mod quantity;
mod reason;
mod relax;
mod routed;
mod score;
mod specialty;
mod standing;
mod standins;
mod status;
mod suits;
#[cfg(test)]
mod tests;

pub use doctor::Doctor;
pub use engine::Engine;
pub use reason::{Reason, Reasons, commute_text, reasons};
pub use routed::{car_ends, rank_routed};
pub use standing::Standing;
pub use status::Status;
pub use suits::{in_reach, suits};

use crate::domain::match_::{Match, MatchAnswer};
use crate::domain::opening::Opening;
use crate::domain::wish::Field;
use doctor::Prepared;
use facts::Facts;
use judge::Exclusion;
use score::Rank;

/// Openings, read once for many doctors.
#[derive(Debug, Clone)]
pub struct Index<'o> {
    facts: Vec<Facts<'o>>,
}

impl<'o> Index<'o> {
    /// Reads the openings; each should be open, since all that are given are considered.
    pub fn new(openings: &'o [Opening]) -> Self {
        Index {
            facts: openings.iter().map(Facts::read).collect(),
        }
    }

    /// The best `top` openings for a doctor, what was excluded by which field, and what a relaxation would open.
    pub fn rank(&self, doctor: &Doctor, top: usize) -> MatchAnswer {
        let prepared = Prepared::new(*doctor);
        let mut answer = MatchAnswer {
            considered: self.facts.len(),
            ..MatchAnswer::default()
        };
        let mut ranked: Vec<(Rank<'o>, &Facts<'o>)> = Vec::new();
        let mut excluded: Vec<(&Facts, Exclusion)> = Vec::new();
        for facts in &self.facts {
            let (judgement, exclusion) = judge::judge(&prepared, facts);
            match exclusion.first() {
                None => ranked.push((Rank::of(&prepared, facts, &judgement), facts)),
                Some(field) => {
                    *answer.excluded.entry(field).or_default() += 1;
                    if exclusion.is_narrow() {
                        excluded.push((facts, exclusion));
                    }
                }
            }
        }
        if top < ranked.len() && top > 0 {
            ranked.select_nth_unstable_by(top - 1, |a, b| a.0.cmp(&b.0));
        }
        ranked.truncate(top);
        ranked.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        answer.matches = ranked
            .into_iter()
            .map(|(rank, facts)| {
                let (judgement, _) = judge::judge(&prepared, facts);
                answer::write(&prepared, facts, &judgement, &rank)
            })
            .collect();
        answer.relax = relax::relaxations(&prepared, &excluded);
        answer
    }
}

/// [`Index::rank`] for a single doctor.
pub fn rank(doctor: &Doctor, openings: &[Opening], top: usize) -> MatchAnswer {
    Index::new(openings).rank(doctor, top)
}

/// How one opening suits one doctor; nothing where the doctor's conditions exclude it.
pub fn suitability(doctor: &Doctor, opening: &Opening) -> Option<Match> {
    let (suits, excluded) = fares(doctor, opening);
    excluded.is_none().then_some(suits)
}

/// How one opening fares with one doctor, and the first field whose conditions exclude it.
pub fn fares(doctor: &Doctor, opening: &Opening) -> (Match, Option<Field>) {
    let prepared = Prepared::new(*doctor);
    let facts = Facts::read(opening);
    let (judgement, exclusion) = judge::judge(&prepared, &facts);
    let rank = Rank::of(&prepared, &facts, &judgement);
    let suits = answer::write(&prepared, &facts, &judgement, &rank);
    (suits, exclusion.first())
}
