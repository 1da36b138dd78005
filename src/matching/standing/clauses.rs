//! What doctors say, each thing once, and what an opening gets from it.

use super::super::answer;
use super::super::commute;
use super::super::doctor::{Group, Prepared};
use super::super::facts::Facts;
use super::super::interned::Interned;
use super::super::judge::judge_group;
use super::super::score::{Sum, add_group};
use super::super::specialty;
use super::super::status::Status;
use super::super::suits::{has_home, is_place};
use crate::domain::wish::Field;
use crate::places::{Band, Density, Land, Means, Site, band};

/// What an opening gets from a clause.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Verdict {
    pub excluded: bool,
    /// Something of it is met.
    pub met: bool,
    /// It is out of reach, as [`in_reach`](super::super::in_reach) has it.
    pub missed: bool,
    /// So many items the answer lists as unknown.
    pub unknown: u32,
    pub sum: Sum,
}

/// Words of doctors on one field, wherever they live; or none, of those whose home is all that is known.
#[derive(Debug, Clone)]
struct Saying {
    /// A doctor of whom nothing but this is known.
    prepared: Prepared<'static>,
}

impl Saying {
    fn group(&self) -> Option<&Group> {
        self.prepared.groups.first()
    }

    fn verdict(&self, facts: &Facts, band: Option<Band>) -> Verdict {
        let Some(group) = self.group() else {
            return Verdict::default();
        };
        let mut statuses = Vec::with_capacity(group.items.len());
        let commute = band.map(|band| (Means::Car, band));
        let excluded = judge_group(group, facts, commute, &mut statuses)
            || (group.field == Field::Specialty
                && group.stands_in
                && specialty::out_of_reach(Some(group), &self.prepared, facts));
        let mut sum = Sum::default();
        add_group(&mut sum, group, &statuses);
        let mut verdict = Verdict {
            excluded,
            sum,
            ..Verdict::default()
        };
        for (_, status) in answer::shown(group, &statuses) {
            match status {
                Status::Met => verdict.met = true,
                Status::Unmet => verdict.missed |= is_place(group.field),
                Status::Unknown => verdict.unknown += 1,
            }
        }
        verdict
    }

    /// What a verdict depends on of a commute; nothing where that cannot be said in few bits.
    fn lies(&self, band: Option<Band>) -> Option<u64> {
        let group = self.group()?;
        match group.field {
            Field::CommuteMinutes => commute::lies(commute::limits(group), band),
            _ => Some(commute::distance(band) as u64),
        }
    }
}

/// A home, where it is one that is known, and the means to leave it by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Way {
    home: Option<u32>,
    car: bool,
    train: bool,
}

/// A saying, for those who leave home by some way where that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Clause {
    saying: u32,
    way: Option<u32>,
}

type HomeKey = (u64, u64, (u64, Land, Density, u8));

/// All that doctors say.
#[derive(Debug, Clone, Default)]
pub(super) struct Clauses {
    sayings: Interned<Saying, String>,
    homes: Interned<Site, HomeKey>,
    ways: Interned<Way, Way>,
    clauses: Interned<Clause, Clause>,
}

/// The verdicts on one opening, by the numbers of the clauses.
pub(super) struct Verdicts {
    pub excluded: Vec<bool>,
    all: Vec<Verdict>,
}

impl Verdicts {
    /// What an opening gets from a doctor who says these and is not excluded.
    pub fn of(&self, said: &[u32]) -> Verdict {
        let mut all = Verdict::default();
        for one in said.iter().filter_map(|n| self.all.get(*n as usize)) {
            all.met |= one.met;
            all.missed |= one.missed;
            all.unknown += one.unknown;
            all.sum.quarters += one.sum.quarters;
            all.sum.weight += one.sum.weight;
        }
        all
    }
}

/// Takes note that a number is in use.
fn mark(used: &mut [Option<u32>], number: u32) {
    if let Some(slot) = used.get_mut(number as usize) {
        *slot = Some(0);
    }
}

impl Clauses {
    /// The number of what a doctor says on one field.
    pub fn number(&mut self, doctor: &Prepared, group: &Group) -> u32 {
        let way = moves(group.field).then(|| self.way(doctor)).flatten();
        let saying = self.sayings.number(group.key(doctor), || Saying {
            prepared: Prepared {
                groups: vec![group.clone()],
                practised: doctor.practised,
                may_change: doctor.may_change,
                ..Prepared::unknown()
            },
        });
        let clause = Clause { saying, way };
        self.clauses.number(clause, || clause)
    }

    /// The number of the home of a doctor who says nothing on how to leave it; nothing where it is not known.
    pub fn home(&mut self, doctor: &Prepared) -> Option<u32> {
        if doctor.home.is_none() || doctor.groups.iter().any(|g| moves(g.field)) {
            return None;
        }
        let way = self.way(doctor);
        let saying = self.sayings.number(String::new(), || Saying {
            prepared: Prepared::unknown(),
        });
        let clause = Clause { saying, way };
        Some(self.clauses.number(clause, || clause))
    }

    fn way(&mut self, doctor: &Prepared) -> Option<u32> {
        if !has_home(&doctor.doctor) {
            return None;
        }
        let home = doctor.home.map(|home| {
            let key = (
                home.point.lat.to_bits(),
                home.point.lon.to_bits(),
                home.surroundings(),
            );
            self.homes.number(key, || home)
        });
        let way = Way {
            home,
            car: doctor.means.contains(&Means::Car),
            train: doctor.means.contains(&Means::Train),
        };
        Some(self.ways.number(way, || way))
    }

    /// How many different things are said.
    pub fn len(&self) -> usize {
        self.clauses.len()
    }

    /// Drops what nobody says. `used` has a value for each clause in use and receives their new numbers.
    pub fn keep(&mut self, used: &mut [Option<u32>]) {
        self.clauses.keep(used);
        let mut sayings = vec![None; self.sayings.len()];
        let mut ways = vec![None; self.ways.len()];
        for clause in self.clauses.iter() {
            mark(&mut sayings, clause.saying);
            clause.way.iter().for_each(|way| mark(&mut ways, *way));
        }
        self.sayings.keep(&mut sayings);
        self.ways.keep(&mut ways);
        let mut homes = vec![None; self.homes.len()];
        for way in self.ways.iter() {
            way.home.iter().for_each(|home| mark(&mut homes, *home));
        }
        self.homes.keep(&mut homes);
        let new = |used: &[Option<u32>], old: u32| used.get(old as usize).copied().flatten();
        self.ways.rename(|way| Way {
            home: way.home.and_then(|home| new(&homes, home)),
            ..way
        });
        self.clauses.rename(|clause| Clause {
            saying: new(&sayings, clause.saying).unwrap_or_default(),
            way: clause.way.and_then(|way| new(&ways, way)),
        });
    }

    /// Judges an opening by all that is said.
    pub fn judge(&self, facts: &Facts, bands: &mut Bands) -> Verdicts {
        let mut known: Vec<Vec<(u64, Verdict)>> = vec![vec![]; self.sayings.len()];
        let mut verdicts = Verdicts {
            excluded: Vec::with_capacity(self.len()),
            all: Vec::with_capacity(self.len()),
        };
        for clause in self.clauses.iter() {
            let verdict = self.sayings.get(clause.saying).and_then(|saying| {
                let group = saying.group()?;
                let Some(way) = clause.way else {
                    return Some(saying.verdict(facts, None));
                };
                let band = bands.of(way);
                let fresh = || {
                    let mut verdict = saying.verdict(facts, band);
                    verdict.missed |= band.is_none() && counts_minutes(group);
                    verdict
                };
                let own = known.get_mut(clause.saying as usize);
                let Some((lies, own)) = saying.lies(band).zip(own) else {
                    return Some(fresh());
                };
                if let Some((_, verdict)) = own.iter().find(|(l, _)| *l == lies) {
                    return Some(*verdict);
                }
                let verdict = fresh();
                own.push((lies, verdict));
                Some(verdict)
            });
            let verdict = verdict.unwrap_or_default();
            verdicts.excluded.push(verdict.excluded);
            verdicts.all.push(verdict);
        }
        verdicts
    }

    /// The commutes to an opening.
    pub fn bands(&self, site: Option<Site>) -> Bands<'_> {
        let homes = site.map_or(0, |_| self.homes.len());
        Bands {
            clauses: self,
            site,
            car: vec![None; homes],
            train: vec![None; homes],
        }
    }
}

/// The commutes to an opening, each estimated once and where it is asked for.
pub(super) struct Bands<'c> {
    clauses: &'c Clauses,
    site: Option<Site>,
    /// By the numbers of the homes.
    car: Vec<Option<Option<Band>>>,
    train: Vec<Option<Option<Band>>>,
}

impl Bands<'_> {
    fn of(&mut self, way: u32) -> Option<Band> {
        let way = self.clauses.ways.get(way)?;
        let (number, work) = (way.home?, self.site.as_ref()?);
        let home = self.clauses.homes.get(number)?;
        let by = |wanted: bool, means: Means, known: &mut [Option<Option<Band>>]| {
            let slot = known.get_mut(number as usize).filter(|_| wanted)?;
            *slot.get_or_insert_with(|| band(home, work, means))
        };
        let car = by(way.car, Means::Car, &mut self.car);
        let train = by(way.train, Means::Train, &mut self.train);
        car.into_iter().chain(train).min_by_key(|band| band.high)
    }

    /// The upper end of the commute of a doctor who says these.
    pub fn minutes(&mut self, said: &[u32]) -> Option<u32> {
        let clauses = said.iter().filter_map(|n| self.clauses.clauses.get(*n));
        let way = clauses.filter_map(|clause| clause.way).next()?;
        self.of(way).map(|band| band.high)
    }
}

/// Whether a verdict on a field depends on the commute.
fn moves(field: Field) -> bool {
    matches!(field, Field::CommuteMinutes | Field::Relocation)
}

/// Whether a wish for a number of minutes is among these.
fn counts_minutes(group: &Group) -> bool {
    group.field == Field::CommuteMinutes && group.positives().next().is_some()
}
