//! Which openings a letter shows: those that staff chose, or the best that were not sent back and are within reach.

use super::routes;
use crate::{
    domain::{
        match_::{Match, MatchAnswer},
        opening::Opening,
    },
    matching::{self, Doctor, Engine},
    routing::Router,
    store::Redraft,
};

/// How many openings staff can choose from on the card.
pub(super) const CHOICE: usize = 25;

/// What matching answered, as far down the order as was needed so far.
pub(super) struct Shortlist<'e> {
    engine: &'e Engine,
    doctor: &'e Doctor<'e>,
    answer: MatchAnswer,
    /// How far the order was asked for, and whether that was its end.
    asked: usize,
    complete: bool,
    /// Of those at the top, what the routing engine's minutes excluded.
    excluded: Vec<String>,
}

impl<'e> Shortlist<'e> {
    /// As many as the card offers, and as many again for those that the routing engine may exclude.
    pub fn new(engine: &'e Engine, doctor: &'e Doctor<'e>) -> Self {
        let asked = 2 * CHOICE;
        let answer = engine.rank(doctor, asked);
        Shortlist {
            engine,
            doctor,
            complete: answer.matches.len() < asked,
            answer,
            asked,
            excluded: vec![],
        }
    }

    /// The ids that [`Self::refine`] wants whole.
    pub fn top(&self) -> Vec<String> {
        let top = self.answer.matches.iter().take(CHOICE);
        top.map(|m| m.id.clone()).collect()
    }

    /// Puts the routing engine's minutes in the place of the estimates at the top.
    pub async fn refine(&mut self, router: &Router, openings: &[Opening]) {
        let top = self.top();
        routes::refine(router, self.doctor, openings, &mut self.answer, CHOICE).await;
        let left = &self.answer.matches;
        self.excluded = top;
        self.excluded.retain(|id| left.iter().all(|m| m.id != *id));
    }

    /// What the letter shows. `named` are the openings, as far as they may be suggested, that staff chose.
    pub fn shown(&mut self, redraft: &Redraft, named: &[Opening], most: usize) -> MatchAnswer {
        let matches = match &redraft.chosen {
            Some(ids) => {
                let chosen = ids.iter().filter_map(|id| self.one(id, named));
                chosen.take(most).collect()
            }
            // Who has wished nothing yet is asked, not showered with openings.
            None if self.doctor.wishes.is_empty() => vec![],
            None => self.best(&redraft.without, most),
        };
        MatchAnswer {
            matches,
            ..self.offered()
        }
    }

    /// What staff can choose from.
    pub fn offered(&self) -> MatchAnswer {
        let mut offered = self.answer.clone();
        offered.matches.truncate(CHOICE);
        offered
    }

    fn one(&self, id: &str, named: &[Opening]) -> Option<Match> {
        if let Some(known) = self.answer.matches.iter().find(|m| m.id == id) {
            return Some(known.clone());
        }
        let opening = named.iter().find(|o| o.id == id)?;
        if self.excluded.iter().any(|gone| gone == id) {
            return None;
        }
        matching::suitability(self.doctor, opening)
    }

    fn best(&mut self, without: &[String], most: usize) -> Vec<Match> {
        loop {
            let fit: Vec<Match> = self
                .answer
                .matches
                .iter()
                .filter(|m| !without.contains(&m.id) && matching::in_reach(m, self.doctor))
                .take(most)
                .cloned()
                .collect();
            if fit.len() == most || self.complete {
                return fit;
            }
            self.ask_for_more();
        }
    }

    fn ask_for_more(&mut self) {
        let asked = self.asked * 8;
        let ranked = self.engine.rank(self.doctor, asked).matches;
        self.complete = ranked.len() < asked;
        let further = ranked.into_iter().skip(self.asked);
        self.answer.matches.extend(further);
        self.asked = asked;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;
    use crate::{
        domain::wish::{Field, ProfileField, ProfileItem, Strength, Value, Wish},
        openings,
    };

    /// What a letter shows, from the whole order.
    fn plainly(doctor: &Doctor, all: &[Opening], redraft: &Redraft, most: usize) -> Vec<Match> {
        let full = matching::rank(doctor, all, all.len()).matches;
        let shown: Vec<Match> = match &redraft.chosen {
            Some(ids) => {
                let find = |id: &String| full.iter().find(|m| m.id == *id);
                ids.iter().filter_map(find).cloned().collect()
            }
            None if doctor.wishes.is_empty() => vec![],
            None => {
                let fits =
                    |m: &&Match| !redraft.without.contains(&m.id) && matching::in_reach(m, doctor);
                full.iter().filter(fits).cloned().collect()
            }
        };
        shown.into_iter().take(most).collect()
    }

    #[test]
    fn a_letter_shows_what_the_whole_order_would_show() {
        let samples = include_bytes!("../../samples/openings.jsonl");
        let samples = openings::jsonl::read(samples).openings;
        let all: Vec<Opening> = (0..1_000)
            .map(|n| {
                let sample = samples[n * 7 % samples.len()].clone();
                let mut items = sample.items.clone();
                items.rotate_left(n % sample.items.len());
                items.truncate(4 + n % 11);
                Opening {
                    id: format!("A-{n}"),
                    items,
                    ..sample
                }
            })
            .collect();
        let engine = Engine::of(&all);
        let home = [ProfileItem {
            field: ProfileField::Home,
            value: Value::text("長野県松本市"),
            quote: String::new(),
            rule: String::new(),
            source: None,
        }];
        let wish = |field, strength, value| Wish {
            field,
            value,
            strength,
            quote: String::new(),
            rule: String::new(),
        };
        let told = [
            vec![],
            vec![wish(Field::NightDuty, Strength::Must, Value::text("none"))],
            // Few are near enough, and what else is wished puts others before them.
            vec![
                wish(Field::CommuteMinutes, Strength::Want, Value::Number(40)),
                wish(Field::Specialty, Strength::Must, Value::text("内科")),
                wish(Field::Duty, Strength::Must, Value::text("outpatient")),
                wish(Field::Duty, Strength::Must, Value::text("ward")),
            ],
            vec![wish(
                Field::Area,
                Strength::Want,
                Value::text("沖縄県那覇市"),
            )],
        ];
        let mut grown = 0;
        for wishes in &told {
            let doctor = Doctor {
                profile: &home,
                wishes,
            };
            let best: Vec<String> = matching::rank(&doctor, &all, 400)
                .matches
                .into_iter()
                .map(|m| m.id)
                .collect();
            let ids = |n: usize, of: usize| best.iter().step_by(of).take(n).cloned().collect();
            let redrafts = [
                Redraft::default(),
                Redraft {
                    without: ids(3, 1),
                    ..Redraft::default()
                },
                Redraft {
                    without: ids(300, 1),
                    ..Redraft::default()
                },
                Redraft {
                    chosen: Some(ids(3, 2)),
                    ..Redraft::default()
                },
                Redraft {
                    chosen: Some(ids(9, 40)),
                    ..Redraft::default()
                },
                Redraft {
                    chosen: Some(vec!["A-0".into(), "Z".into()]),
                    ..Redraft::default()
                },
            ];
            for redraft in &redrafts {
                let named: Vec<Opening> = redraft
                    .chosen
                    .iter()
                    .flatten()
                    .filter_map(|id| all.iter().find(|o| o.id == *id).cloned())
                    .collect();
                for most in [1, 3, 5] {
                    let mut shortlist = Shortlist::new(&engine, &doctor);
                    let shown = shortlist.shown(redraft, &named, most).matches;
                    assert_eq!(
                        shown,
                        plainly(&doctor, &all, redraft, most),
                        "{wishes:?} {redraft:?} {most}"
                    );
                    grown += usize::from(shortlist.asked > 2 * CHOICE);
                    assert_eq!(
                        shortlist.offered().matches,
                        matching::rank(&doctor, &all, CHOICE).matches
                    );
                }
            }
        }
        assert!(grown > 5, "{grown}");
    }
}
