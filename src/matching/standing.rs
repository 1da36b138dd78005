//! The other direction: one new opening against everyone's standing wishes.
//!
//! Many doctors say the same: no night duty, at most thirty minutes from this city. Each thing said is kept once and judged
//! once an opening, by the same rules as everywhere; a doctor is then a short list of numbers.

use super::answer;
use super::commute;
use super::doctor::{Doctor, Group, Prepared, is_cap_field};
use super::facts::Facts;
use super::judge::{judge, judge_group};
use super::score::{Rank, Sum, add_group};
use super::specialty;
use crate::domain::match_::Match;
use crate::domain::opening::Opening;
use crate::domain::wish::{Field, Strength};
use std::cmp::Ordering;
use std::collections::HashMap;

/// One thing that doctors say of a field, with all that decides how an opening fares on it.
#[derive(Debug, Clone)]
struct Clause {
    /// A doctor of whom nothing but this is known.
    prepared: Prepared<'static>,
}

/// What an opening gets from a clause.
#[derive(Debug, Clone, Copy, Default)]
struct Verdict {
    excluded: bool,
    sum: Sum,
}

/// Everyone's standing wishes, ready for new openings.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    numbers: HashMap<String, u32>,
    clauses: Vec<Clause>,
    ids: Vec<Box<str>>,
    /// Where each doctor's clauses end; those that may exclude come first.
    ends: Vec<u32>,
    said: Vec<u32>,
}

/// A doctor whom an opening suits.
#[derive(Debug, Clone, PartialEq)]
pub struct Suited {
    /// The doctor's id.
    pub id: String,
    /// How the opening suits them.
    pub suits: Match,
}

impl Standing {
    /// Nobody.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many doctors.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Adds a doctor.
    pub fn add(&mut self, id: &str, doctor: &Doctor) {
        let prepared = Prepared::new(*doctor);
        let mut said: Vec<(bool, u32)> = prepared
            .groups
            .iter()
            .map(|group| (!is_hard(&prepared, group), self.clause(&prepared, group)))
            .collect();
        said.sort_by_key(|(soft, _)| *soft);
        self.said.extend(said.into_iter().map(|(_, number)| number));
        self.ends
            .push(u32::try_from(self.said.len()).unwrap_or(u32::MAX));
        self.ids.push(id.into());
    }

    fn clause(&mut self, prepared: &Prepared, group: &Group) -> u32 {
        let alone = Prepared {
            doctor: Doctor {
                profile: &[],
                wishes: &[],
            },
            groups: vec![group.clone()],
            practised: prepared.practised,
            may_change: prepared.may_change,
            home: prepared.home,
            means: prepared.means.clone(),
            by_car: None,
        };
        let mut key = String::new();
        for item in &group.items {
            key.push_str(&format!(
                "{} {}={}\n",
                item.strength, item.field, item.value
            ));
        }
        match group.field {
            Field::CommuteMinutes | Field::Relocation => {
                key.push_str(&format!("{:?} {:?}", prepared.home, prepared.means));
            }
            Field::Specialty => key.push_str(&format!(
                "{} {} {}",
                prepared.practised.bits(),
                prepared.may_change,
                group.stands_in
            )),
            _ => {}
        }
        let next = u32::try_from(self.clauses.len()).unwrap_or(u32::MAX);
        *self.numbers.entry(key).or_insert_with(|| {
            self.clauses.push(Clause { prepared: alone });
            next
        })
    }

    /// The `top` doctors whom an opening suits best: by the score, then fewer unknown, then the shorter commute, then the id.
    /// `doctor` gives a doctor's profile and wishes again, by the id. The count is of all whom it does not exclude.
    pub fn suited<'d>(
        &self,
        opening: &Opening,
        top: usize,
        doctor: impl Fn(&str) -> Option<Doctor<'d>>,
    ) -> (usize, Vec<Suited>) {
        let facts = Facts::read(opening);
        let verdicts: Vec<Verdict> = self.clauses.iter().map(|c| c.verdict(&facts)).collect();
        let verdict = |number: &u32| verdicts.get(*number as usize).copied().unwrap_or_default();
        let mut found: Vec<(Sum, u32)> = vec![];
        let mut start = 0;
        for (number, end) in (0u32..).zip(&self.ends) {
            let end = *end as usize;
            let said = self.said.get(start..end).unwrap_or_default();
            start = end;
            if said.iter().any(|n| verdict(n).excluded) {
                continue;
            }
            let mut sum = Sum::default();
            for n in said {
                let one = verdict(n).sum;
                sum.quarters += one.quarters;
                sum.weight += one.weight;
                sum.unknown += one.unknown;
            }
            found.push((sum, number));
        }
        let many = found.len();
        // Level with the last of the best by score: the commute decides between them.
        if top < found.len() && top > 0 {
            let (_, bar, _) = found.select_nth_unstable_by(top - 1, |a, b| by_score(&a.0, &b.0));
            let bar = bar.0;
            found.retain(|(sum, _)| by_score(sum, &bar) != Ordering::Greater);
        }
        let mut best: Vec<(Sum, u32, &str)> = found
            .into_iter()
            .filter_map(|(sum, number)| {
                let id: &str = self.ids.get(number as usize)?;
                let minutes = self.minutes(number, &facts);
                Some((sum, minutes, id))
            })
            .collect();
        best.sort_unstable_by(|a, b| {
            by_score(&a.0, &b.0)
                .then(a.1.cmp(&b.1))
                .then_with(|| a.2.cmp(b.2))
        });
        best.truncate(top);
        let suited = best
            .into_iter()
            .filter_map(|(_, _, id)| {
                let doctor = doctor(id)?;
                let prepared = Prepared::new(doctor);
                let (judgement, _) = judge(&prepared, &facts);
                let rank = Rank::of(&prepared, &facts, &judgement);
                Some(Suited {
                    id: id.to_owned(),
                    suits: answer::write(&prepared, &facts, &judgement, &rank),
                })
            })
            .collect();
        (many, suited)
    }

    /// The upper end of the commute, where a wish speaks of it.
    fn minutes(&self, number: u32, facts: &Facts) -> u32 {
        let at = number as usize;
        let start = at
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .map_or(0, |end| *end as usize);
        let end = self.ends.get(at).map_or(start, |end| *end as usize);
        self.said
            .get(start..end)
            .unwrap_or_default()
            .iter()
            .filter_map(|n| self.clauses.get(*n as usize))
            .filter(|c| {
                c.prepared
                    .groups
                    .iter()
                    .any(|g| g.field == Field::CommuteMinutes)
            })
            .filter_map(|c| commute::estimate(&c.prepared, facts.site.as_ref()))
            .map(|(_, band)| band.high)
            .min()
            .unwrap_or(u32::MAX)
    }
}

/// Whether a group can exclude an opening.
fn is_hard(prepared: &Prepared, group: &Group) -> bool {
    group.has(Strength::Must)
        || group.has(Strength::Never)
        || (is_cap_field(group.field) && group.has(Strength::Ok))
        || (group.field == Field::Specialty && group.stands_in && !prepared.may_change)
}

fn by_score(a: &Sum, b: &Sum) -> Ordering {
    let share = |own: &Sum, other: &Sum| match own.weight {
        // Half where nothing weighs.
        0 => 2 * u64::from(other.weight.max(1)),
        _ => u64::from(own.quarters) * u64::from(other.weight.max(1)),
    };
    share(b, a)
        .cmp(&share(a, b))
        .then(a.unknown.cmp(&b.unknown))
}

impl Clause {
    fn verdict(&self, facts: &Facts) -> Verdict {
        let Some(group) = self.prepared.groups.first() else {
            return Verdict::default();
        };
        let commute = match group.field {
            Field::CommuteMinutes | Field::Relocation => {
                commute::estimate(&self.prepared, facts.site.as_ref())
            }
            _ => None,
        };
        let mut statuses = Vec::with_capacity(group.items.len());
        let excluded = judge_group(group, facts, commute, &mut statuses)
            || (group.field == Field::Specialty
                && group.stands_in
                && specialty::out_of_reach(Some(group), &self.prepared, facts));
        let mut sum = Sum::default();
        add_group(&mut sum, group, &statuses);
        Verdict { excluded, sum }
    }
}
