//! What doctors say, each thing once, and what an opening gets from it.

use super::super::commute;
use super::super::doctor::{Doctor, Group, Prepared};
use super::super::facts::Facts;
use super::super::interned::Interned;
use super::super::judge::judge_group;
use super::super::score::{Sum, add_group};
use super::super::specialty;
use crate::domain::wish::Field;
use crate::places::{Band, Density, Land, Means, Site, band};

/// What an opening gets from a clause.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Verdict {
    pub excluded: bool,
    pub sum: Sum,
}

/// Words of doctors on one field, wherever they live.
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
        Verdict { excluded, sum }
    }

    /// What a verdict depends on of a commute; nothing where that cannot be said in few bits.
    fn lies(&self, band: Option<Band>) -> Option<u64> {
        let group = self.group()?;
        match group.field {
            Field::CommuteMinutes => commute::lies(group, band),
            _ => Some(commute::distance(band) as u64),
        }
    }
}

/// A home and the means to leave it by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Way {
    home: u32,
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
    pub sums: Vec<Sum>,
    ways: Vec<Option<Band>>,
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
        let moves = matches!(group.field, Field::CommuteMinutes | Field::Relocation);
        let way = doctor.home.filter(|_| moves && !doctor.means.is_empty());
        let way = way.map(|home| self.way(home, &doctor.means));
        let saying = self.sayings.number(group.key(doctor), || Saying {
            prepared: Prepared {
                doctor: Doctor {
                    profile: &[],
                    wishes: &[],
                },
                groups: vec![group.clone()],
                practised: doctor.practised,
                may_change: doctor.may_change,
                home: None,
                means: vec![],
                by_car: None,
            },
        });
        let clause = Clause { saying, way };
        self.clauses.number(clause, || clause)
    }

    fn way(&mut self, home: Site, means: &[Means]) -> u32 {
        let key = (
            home.point.lat.to_bits(),
            home.point.lon.to_bits(),
            home.surroundings(),
        );
        let way = Way {
            home: self.homes.number(key, || home),
            car: means.contains(&Means::Car),
            train: means.contains(&Means::Train),
        };
        self.ways.number(way, || way)
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
            mark(&mut homes, way.home);
        }
        self.homes.keep(&mut homes);
        let new = |used: &[Option<u32>], old: u32| used.get(old as usize).copied().flatten();
        self.ways.rename(|way| Way {
            home: new(&homes, way.home).unwrap_or_default(),
            ..way
        });
        self.clauses.rename(|clause| Clause {
            saying: new(&sayings, clause.saying).unwrap_or_default(),
            way: clause.way.and_then(|way| new(&ways, way)),
        });
    }

    /// Judges an opening by all that is said.
    pub fn judge(&self, facts: &Facts) -> Verdicts {
        let ways = self.bands(facts.site.as_ref());
        let mut known: Vec<Vec<(u64, Verdict)>> = vec![vec![]; self.sayings.len()];
        let mut verdicts = Verdicts {
            excluded: Vec::with_capacity(self.len()),
            sums: Vec::with_capacity(self.len()),
            ways: vec![],
        };
        for clause in self.clauses.iter() {
            let band = clause.way.and_then(|way| ways.get(way as usize)?.as_ref());
            let verdict = self.sayings.get(clause.saying).map(|saying| {
                let lies = match clause.way {
                    Some(_) => saying.lies(band.copied()),
                    None => None,
                };
                let own = known.get_mut(clause.saying as usize);
                let Some((lies, own)) = lies.zip(own) else {
                    return saying.verdict(facts, band.copied());
                };
                if let Some((_, verdict)) = own.iter().find(|(l, _)| *l == lies) {
                    return *verdict;
                }
                let verdict = saying.verdict(facts, band.copied());
                own.push((lies, verdict));
                verdict
            });
            let verdict = verdict.unwrap_or_default();
            verdicts.excluded.push(verdict.excluded);
            verdicts.sums.push(verdict.sum);
        }
        verdicts.ways = ways;
        verdicts
    }

    /// The estimate for each way to a site.
    fn bands(&self, site: Option<&Site>) -> Vec<Option<Band>> {
        let Some(site) = site else {
            return vec![];
        };
        let mut car: Vec<Option<Option<Band>>> = vec![None; self.homes.len()];
        let mut train = car.clone();
        let mut by = |way: &Way, means: Means| {
            let home = self.homes.get(way.home)?;
            let known = match means {
                Means::Car => &mut car,
                Means::Train => &mut train,
            };
            let slot = known.get_mut(way.home as usize)?;
            *slot.get_or_insert_with(|| band(home, site, means))
        };
        let ways = self.ways.iter();
        ways.map(|way| {
            let car = way.car.then(|| by(way, Means::Car)).flatten();
            let train = way.train.then(|| by(way, Means::Train)).flatten();
            car.into_iter().chain(train).min_by_key(|band| band.high)
        })
        .collect()
    }

    /// The upper end of the commute where a clause speaks of it.
    pub fn minutes(&self, number: u32, verdicts: &Verdicts) -> Option<u32> {
        let clause = self.clauses.get(number)?;
        let group = self.sayings.get(clause.saying)?.group()?;
        if group.field != Field::CommuteMinutes {
            return None;
        }
        let band = verdicts.ways.get(clause.way? as usize)?;
        band.map(|band| band.high)
    }
}
