//! The other direction: one new opening against everyone's standing wishes.
//!
//! Many doctors say the same: no night duty, at most thirty minutes from this city. Each thing said is kept once and judged
//! once an opening, by the same rules as everywhere; a doctor is then a short list of numbers. Doctors who say the same of
//! what may exclude stand side by side, so that one look strikes out all of them.

mod clauses;

use super::answer;
use super::doctor::{Doctor, Prepared, is_hard};
use super::facts::Facts;
use super::judge::judge;
use super::score::{Rank, Sum};
use super::suits::is_suggested;
use crate::domain::match_::Match;
use crate::domain::opening::Opening;
use crate::domain::wish::Field;
use clauses::{Clauses, Verdicts};
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

/// So many doctors may stand out of order, or have gone, before the rest are laid out anew.
const LOOSE: usize = 4096;

/// Everyone's standing wishes, ready for new openings. It holds no doctor twice: adding one who is there replaces them.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    clauses: Clauses,
    seats: HashMap<Arc<str>, u32>,
    ids: Vec<Arc<str>>,
    list: List,
    /// Who came since the last ordering.
    loose: usize,
}

/// Doctors as the clauses that they say, those first that may exclude.
#[derive(Debug, Clone, Default)]
struct List {
    said: Vec<u32>,
    /// Where each doctor's clauses end.
    ends: Vec<u32>,
    /// How many of each doctor's clauses may exclude.
    hard: Vec<u8>,
    /// How many of those each doctor shares with the one before, from the first on.
    shared: Vec<u8>,
    gone: Vec<bool>,
}

impl List {
    /// The clauses that may exclude, and all.
    fn of(&self, seat: usize) -> (&[u32], &[u32]) {
        let before = seat.checked_sub(1).and_then(|before| self.ends.get(before));
        let start = before.map_or(0, |end| *end as usize);
        let end = self.ends.get(seat).map_or(start, |end| *end as usize);
        let all = self.said.get(start..end).unwrap_or_default();
        let hard = self.hard.get(seat).copied().unwrap_or_default();
        (all.get(..usize::from(hard)).unwrap_or_default(), all)
    }

    fn push(&mut self, hard: usize, said: impl IntoIterator<Item = u32>) {
        let seat = self.ends.len();
        self.said.extend(said);
        self.ends
            .push(u32::try_from(self.said.len()).unwrap_or(u32::MAX));
        // There are fewer fields than a byte counts.
        self.hard.push(u8::try_from(hard).unwrap_or(u8::MAX));
        self.gone.push(false);
        let shared = seat.checked_sub(1).map_or(0, |before| {
            let (own, before) = (self.of(seat).0, self.of(before).0);
            own.iter().zip(before).take_while(|(a, b)| a == b).count()
        });
        self.shared.push(u8::try_from(shared).unwrap_or(u8::MAX));
    }

    /// Who is left after all exclusions.
    fn left<'l>(&'l self, verdicts: &'l Verdicts) -> impl Iterator<Item = (usize, &'l [u32])> {
        // How many clauses of the doctor before are known to exclude nothing, and whether the next one does.
        let (mut passed, mut struck) = (0, false);
        let seats = self.shared.iter().enumerate();
        seats.filter_map(move |(seat, shared)| {
            let shared = usize::from(*shared);
            if struck && shared > passed {
                return None;
            }
            let (hard, all) = self.of(seat);
            let known = shared.min(passed);
            let rest = hard.get(known..).unwrap_or_default();
            let excludes = |n: &u32| verdicts.excluded.get(*n as usize) == Some(&true);
            let at = rest.iter().position(excludes);
            struck = at.is_some();
            passed = known + at.unwrap_or(rest.len());
            (!struck && self.gone.get(seat) == Some(&false)).then_some((seat, all))
        })
    }
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
        self.seats.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.seats.is_empty()
    }

    /// Whether a doctor of this id is there.
    pub fn contains(&self, id: &str) -> bool {
        self.seats.contains_key(id)
    }

    /// Adds a doctor, or replaces the one of that id.
    pub fn add(&mut self, id: &str, doctor: &Doctor) {
        self.remove(id);
        let prepared = Prepared::new(*doctor);
        let mut said: Vec<(bool, u8, u32)> = prepared
            .groups
            .iter()
            .map(|group| {
                let number = self.clauses.number(&prepared, group);
                (!is_hard(&prepared, group), turn(group.field), number)
            })
            .collect();
        said.sort_unstable();
        let hard = said.iter().filter(|(soft, ..)| !soft).count();
        self.list.push(hard, said.into_iter().map(|(.., n)| n));
        let seat = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        let id: Arc<str> = id.into();
        self.ids.push(id.clone());
        self.seats.insert(id, seat);
        self.loose += 1;
        if self.loose > LOOSE + self.len() / 4 {
            self.arrange();
        }
    }

    /// Takes a doctor out; says whether they were there.
    pub fn remove(&mut self, id: &str) -> bool {
        let Some(seat) = self.seats.remove(id) else {
            return false;
        };
        if let Some(gone) = self.list.gone.get_mut(seat as usize) {
            *gone = true;
        }
        // Their seats, and what only they said, are given back once they are many.
        if self.ids.len() > LOOSE + 2 * self.len() {
            self.arrange();
        }
        true
    }

    /// Lays the doctors out anew, which happens by itself when many have changed: those who say the same side by side, those
    /// who have gone left out, with what only they said.
    pub fn arrange(&mut self) {
        let mut used = vec![None; self.clauses.len()];
        let mut order: Vec<u32> = self.seats.values().copied().collect();
        for seat in &order {
            for number in self.list.of(*seat as usize).1 {
                if let Some(slot) = used.get_mut(*number as usize) {
                    *slot = Some(0);
                }
            }
        }
        self.clauses.keep(&mut used);
        let list = std::mem::take(&mut self.list);
        order.sort_unstable_by(|a, b| {
            let key = |seat: &u32| list.of(*seat as usize);
            key(a).cmp(&key(b)).then(a.cmp(b))
        });
        let ids = std::mem::take(&mut self.ids);
        self.ids.reserve_exact(order.len());
        for (seat, new) in order.iter().map(|seat| *seat as usize).zip(0u32..) {
            let Some(id) = ids.get(seat) else { continue };
            let (hard, all) = list.of(seat);
            let said = all.iter().filter_map(|n| used.get(*n as usize).copied()?);
            self.list.push(hard.len(), said);
            self.ids.push(id.clone());
            if let Some(slot) = self.seats.get_mut(id) {
                *slot = new;
            }
        }
        self.loose = 0;
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
        let verdicts = self.clauses.judge(&facts);
        let (many, best) = self.best(&verdicts, top);
        let suited = best
            .into_iter()
            .filter_map(|id| write(&facts, id, doctor(id)?));
        (many, suited.collect())
    }

    /// The first `top`, in the order of [`Standing::suited`], of those whom [`suits`](super::suits) would name.
    pub fn suggested<'d>(
        &self,
        opening: &Opening,
        top: usize,
        doctor: impl Fn(&str) -> Option<Doctor<'d>>,
    ) -> Vec<Suited> {
        let facts = Facts::read(opening);
        let verdicts = self.clauses.judge(&facts);
        let mut suggested = vec![];
        let (mut seen, mut most) = (0, top.saturating_mul(2).saturating_add(16));
        while suggested.len() < top {
            let (many, best) = self.best(&verdicts, most);
            for id in best.iter().skip(seen) {
                let named = doctor(id).and_then(|d| Some((d, write(&facts, id, d)?)));
                if let Some((d, suited)) = named
                    && is_suggested(&suited.suits, &d)
                {
                    suggested.push(suited);
                }
            }
            if most >= many {
                break;
            }
            seen = most;
            most = most.saturating_mul(4);
        }
        suggested.truncate(top);
        suggested
    }

    /// How many are not excluded, and the ids of the best of them.
    fn best(&self, verdicts: &Verdicts, top: usize) -> (usize, Vec<&str>) {
        let mut many = 0;
        let mut found = Found::new(top);
        for (seat, said) in self.list.left(verdicts) {
            many += 1;
            let mut sum = Sum::default();
            for one in said.iter().filter_map(|n| verdicts.sums.get(*n as usize)) {
                sum.quarters += one.quarters;
                sum.weight += one.weight;
                sum.unknown += one.unknown;
            }
            found.add(sum, seat);
        }
        let mut best: Vec<(Sum, u32, &str)> = found
            .level()
            .into_iter()
            .filter_map(|(sum, seat)| {
                let id: &str = self.ids.get(seat)?;
                let said = self.list.of(seat).1.iter();
                let minutes = said.filter_map(|n| self.clauses.minutes(*n, verdicts));
                Some((sum, minutes.min().unwrap_or(u32::MAX), id))
            })
            .collect();
        best.sort_unstable_by(|a, b| {
            by_score(&a.0, &b.0)
                .then(a.1.cmp(&b.1))
                .then_with(|| a.2.cmp(b.2))
        });
        best.truncate(top);
        (many, best.into_iter().map(|(.., id)| id).collect())
    }
}

/// The best by score so far, and all who are level with the last of them: the commute decides between those.
struct Found {
    top: usize,
    list: Vec<(Sum, usize)>,
    bar: Option<Sum>,
    room: usize,
}

impl Found {
    fn new(top: usize) -> Self {
        Found {
            top,
            list: vec![],
            bar: None,
            room: Self::room(top, 0),
        }
    }

    fn room(top: usize, held: usize) -> usize {
        top.max(held).saturating_mul(2).saturating_add(1024)
    }

    fn add(&mut self, sum: Sum, seat: usize) {
        if self.top == 0
            || self
                .bar
                .is_some_and(|bar| by_score(&sum, &bar) == Ordering::Greater)
        {
            return;
        }
        self.list.push((sum, seat));
        if self.list.len() >= self.room {
            self.cut();
        }
    }

    fn cut(&mut self) {
        if self.top == 0 || self.list.len() <= self.top {
            return;
        }
        let (_, bar, _) = self
            .list
            .select_nth_unstable_by(self.top - 1, |a, b| by_score(&a.0, &b.0));
        let bar = bar.0;
        self.list
            .retain(|(sum, _)| by_score(sum, &bar) != Ordering::Greater);
        self.bar = Some(bar);
        self.room = Self::room(self.top, self.list.len());
    }

    fn level(mut self) -> Vec<(Sum, usize)> {
        self.cut();
        self.list
    }
}

fn write(facts: &Facts, id: &str, doctor: Doctor) -> Option<Suited> {
    let prepared = Prepared::new(doctor);
    let (judgement, exclusion) = judge(&prepared, facts);
    // What the doctor wishes may have changed since.
    if exclusion.first().is_some() {
        return None;
    }
    let rank = Rank::of(&prepared, facts, &judgement);
    Some(Suited {
        id: id.to_owned(),
        suits: answer::write(&prepared, facts, &judgement, &rank),
    })
}

/// The turn of a field: those that strike most doctors out come first.
fn turn(field: Field) -> u8 {
    match field {
        Field::CommuteMinutes => 0,
        Field::Area => 1,
        Field::Specialty => 2,
        _ => 3,
    }
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
