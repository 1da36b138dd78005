//! The other direction: one new opening against everyone's standing wishes.
//!
//! Many doctors say the same: no night duty, at most thirty minutes from this city. Each thing said is kept once and judged
//! once an opening, by the same rules as everywhere; a doctor is then a short list of numbers. Doctors who say the same of
//! what may exclude stand side by side, so that one look strikes out all of them.

mod clauses;

use super::doctor::{Doctor, Prepared, is_hard};
use super::facts::Facts;
use super::suits::LEAST;
use crate::domain::opening::Opening;
use crate::domain::wish::Field;
use clauses::{Clauses, Verdicts};
use std::cmp::Reverse;
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
        let home = self.clauses.home(&prepared);
        let said = said.into_iter().map(|(.., n)| n).chain(home);
        self.list.push(hard, said);
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

    /// How many doctors [`suits`](fn@super::suits) would name for an opening, and the ids of the first `top` of them in its
    /// order; those who are level stand in the order of their ids.
    pub fn suggested(&self, opening: &Opening, top: usize) -> (usize, Vec<&str>) {
        let facts = Facts::read(opening);
        let mut bands = self.clauses.bands(facts.site);
        let verdicts = self.clauses.judge(&facts, &mut bands);
        let mut many = 0;
        let mut found = Found::new(top);
        for (seat, said) in self.list.left(&verdicts) {
            let verdict = verdicts.of(said);
            let hundredths = verdict.sum.hundredths();
            if verdict.met && !verdict.missed && hundredths >= LEAST {
                many += 1;
                found.add((Reverse(hundredths), verdict.unknown), seat);
            }
        }
        let mut best: Vec<(Place, u32, &str)> = found
            .level()
            .into_iter()
            .filter_map(|(place, seat)| {
                let id: &str = self.ids.get(seat)?;
                let minutes = bands.minutes(self.list.of(seat).1);
                Some((place, minutes.unwrap_or(u32::MAX), id))
            })
            .collect();
        best.sort_unstable();
        best.truncate(top);
        (many, best.into_iter().map(|(.., id)| id).collect())
    }
}

/// The score in hundredths and how much is unknown; the smaller the better.
type Place = (Reverse<u32>, u32);

/// The best so far, and all who are level with the last of them: the commute decides between those.
struct Found {
    top: usize,
    list: Vec<(Place, usize)>,
    bar: Option<Place>,
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

    fn add(&mut self, place: Place, seat: usize) {
        if self.top == 0 || self.bar.is_some_and(|bar| place > bar) {
            return;
        }
        self.list.push((place, seat));
        if self.list.len() >= self.room {
            self.cut();
        }
    }

    fn cut(&mut self) {
        if self.top == 0 || self.list.len() <= self.top {
            return;
        }
        let (_, (bar, _), _) = self.list.select_nth_unstable(self.top - 1);
        let bar = *bar;
        self.list.retain(|(place, _)| *place <= bar);
        self.bar = Some(bar);
        self.room = Self::room(self.top, self.list.len());
    }

    fn level(mut self) -> Vec<(Place, usize)> {
        self.cut();
        self.list
    }
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
