//! A doctor's wishes against everything that openings say, judged once before the openings are gone through.

use super::super::area;
use super::super::doctor::{Group, Item, Prepared, is_cap_field};
use super::super::facts::Facts;
use super::super::judge::{excludes, judge_group};
use super::super::meaning::{Meaning, Words};
use super::super::score::{Sum, add_group};
use super::super::status::Status;
use super::block::Block;
use super::geo::{Commutes, Spot};
use super::plane::Plane;
use super::said::{Column, GROUPS, column};
use super::{Engine, Seats, words};
use crate::domain::wish::{Field, Strength};
use crate::places::{Band, Means, Place, Site};

/// What a value of a field does to an opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Class {
    pub excluded: bool,
    /// What it takes from a full score, in half quarters of a weight.
    pub lost: u32,
    /// How many terms that weigh it leaves unknown.
    pub unknown: u32,
}

impl Class {
    pub const EXCLUDED: Class = Class {
        excluded: true,
        lost: 0,
        unknown: 0,
    };

    fn of(group: &Group, statuses: &[Option<Status>], excluded: bool) -> Self {
        let mut sum = Sum::default();
        add_group(&mut sum, group, statuses);
        Class {
            excluded,
            lost: sum.lost(),
            unknown: sum.unknown,
        }
    }
}

/// Classes with the openings of a block that are in them. One opening can be in several; in none is one of which nothing is
/// to be said.
#[derive(Debug, Default)]
pub(super) struct Verdicts {
    pub classes: Vec<Class>,
    pub planes: Vec<Plane>,
}

impl Verdicts {
    pub fn clear(&mut self) {
        self.classes.clear();
        self.planes.clear();
    }

    pub fn add(&mut self, class: Class, rows: Plane) {
        self.classes.push(class);
        self.planes.push(rows);
    }

    /// The number of a class.
    fn number(&mut self, class: Class) -> usize {
        if let Some(at) = self.classes.iter().position(|c| *c == class) {
            return at;
        }
        self.add(class, Plane::default());
        self.classes.len() - 1
    }

    fn wipe(&mut self) {
        self.planes.iter_mut().for_each(Plane::clear);
    }

    fn plane(&mut self, class: usize) -> Option<&mut Plane> {
        self.planes.get_mut(class)
    }
}

enum Kind {
    /// For each code its class, for each group of codes the class of all of them where they agree.
    Figures {
        column: usize,
        of_code: Vec<usize>,
        of_group: [Option<usize>; GROUPS],
    },
    /// For each spot its class where one holds for all of its openings.
    Area {
        of_spot: Vec<Option<usize>>,
    },
    Commute,
    Words {
        practised: Option<Words>,
        distances: Vec<Plane>,
    },
}

/// One field of the doctor's.
pub(super) struct Part<'p> {
    pub group: &'p Group,
    kind: Kind,
    pub verdicts: Verdicts,
    /// The openings of the block in hand that it excludes.
    pub excluded: Plane,
    /// Whether it can exclude any.
    pub is_hard: bool,
}

impl<'p> Part<'p> {
    pub fn new(engine: &Engine, doctor: &Prepared, group: &'p Group) -> Self {
        let mut verdicts = Verdicts::default();
        let out_of_reach = group.field == Field::Specialty && group.stands_in && !doctor.may_change;
        let kind = if let Some(at) = column(group.field)
            && let Some(column) = engine.columns.get(at)
        {
            figures(at, column, group, &mut verdicts)
        } else if group.field == Field::Area {
            let mut of_prefecture: [Option<usize>; 48] = [None; 48];
            let mut judge = |spot: &Spot| {
                let known = common_prefecture(group, spot);
                let known = known.and_then(|code| of_prefecture.get_mut(usize::from(code)));
                if let Some(Some(class)) = known {
                    return Some(*class);
                }
                if !is_settled(group, spot) {
                    return None;
                }
                let class = area_class(group, &spot.places, spot.site_at(None).as_ref());
                let class = verdicts.number(class);
                if let Some(known) = known {
                    *known = Some(class);
                }
                Some(class)
            };
            Kind::Area {
                of_spot: engine.spots.all.iter().map(&mut judge).collect(),
            }
        } else if group.field == Field::CommuteMinutes {
            Kind::Commute
        } else {
            Kind::Words {
                practised: out_of_reach.then_some(doctor.practised),
                distances: vec![],
            }
        };
        let has = |strength| group.has(strength);
        Part {
            kind,
            verdicts,
            excluded: Plane::default(),
            is_hard: has(Strength::Must)
                || has(Strength::Never)
                || (is_cap_field(group.field) && has(Strength::Ok))
                || out_of_reach,
            group,
        }
    }

    /// The most that it can take from a score, and the most terms that it can leave unknown.
    pub fn most(&self) -> (u32, u32) {
        let items = u32::try_from(self.group.items.len()).unwrap_or(u32::MAX);
        let terms = items.saturating_add(1);
        (terms.saturating_mul(8), terms)
    }

    /// Goes through a block. Of openings that are dead anything may come out.
    pub fn judge(&mut self, block: &Block, commutes: &Commutes, seats: &Seats) {
        let Part {
            group,
            kind,
            verdicts,
            excluded,
            ..
        } = self;
        match kind {
            Kind::Figures {
                column,
                of_code,
                of_group,
            } => lay_figures(block, *column, of_code, of_group, verdicts),
            Kind::Area { of_spot } => lay_area(block, group, of_spot, seats, verdicts),
            Kind::Commute => {
                verdicts.wipe();
                let mut classes = std::mem::take(&mut verdicts.classes);
                let mut planes = std::mem::take(&mut verdicts.planes);
                let mut statuses = vec![];
                let verdict = |band: Option<Band>| {
                    let class = commute_class(group, band, &mut statuses);
                    classes.iter().position(|c| *c == class).unwrap_or_else(|| {
                        classes.push(class);
                        classes.len() - 1
                    })
                };
                commutes.lay(block, seats, verdict, &mut planes);
                planes.resize_with(classes.len(), Plane::default);
                verdicts.classes = classes;
                verdicts.planes = planes;
            }
            Kind::Words {
                practised,
                distances,
            } => {
                let moves = group.field == Field::Relocation
                    && group.items.iter().any(|i| i.strength.is_refusal());
                if moves {
                    distances.clear();
                    distances.resize(3, Plane::default());
                    commutes.lay(block, seats, words::distance, distances);
                }
                words::judge(group, block, distances, *practised, verdicts);
            }
        }
        excluded.clear();
        for (class, plane) in verdicts.classes.iter().zip(&verdicts.planes) {
            if class.excluded {
                excluded.or(plane);
            }
        }
    }
}

fn figures(at: usize, column: &Column, group: &Group, verdicts: &mut Verdicts) -> Kind {
    let mut statuses = vec![];
    let of_code = column.each(|facts| {
        statuses.clear();
        let excluded = judge_group(group, facts, None, &mut statuses);
        verdicts.number(Class::of(group, &statuses, excluded))
    });
    let mut seen: [Option<Option<usize>>; GROUPS] = [None; GROUPS];
    for (class, (_, group)) in of_code.iter().zip(&column.values) {
        if let Some(slot) = seen.get_mut(usize::from(*group)) {
            *slot = match *slot {
                None => Some(Some(*class)),
                Some(Some(other)) if other == *class => Some(Some(other)),
                _ => Some(None),
            };
        }
    }
    Kind::Figures {
        column: at,
        of_code,
        of_group: seen.map(Option::flatten),
    }
}

fn lay_figures(
    block: &Block,
    column: usize,
    of_code: &[usize],
    of_group: &[Option<usize>; GROUPS],
    verdicts: &mut Verdicts,
) {
    verdicts.wipe();
    for (group, class) in of_group.iter().enumerate() {
        let Some(rows) = block.group(column, group) else {
            continue;
        };
        match class {
            Some(class) => {
                let nothing = verdicts.classes.get(*class) == Some(&Class::default());
                if let (false, Some(plane)) = (nothing, verdicts.plane(*class)) {
                    plane.or(rows);
                }
            }
            None => {
                for row in rows.rows() {
                    let class = of_code.get(block.code(column, row) as usize);
                    if let Some(plane) = class.and_then(|class| verdicts.plane(*class)) {
                        plane.set(row, true);
                    }
                }
            }
        }
    }
}

/// The prefecture of a spot, where that alone decides: it is one municipality and no wish looks closer.
fn common_prefecture(group: &Group, spot: &Spot) -> Option<u8> {
    let [Place::Municipality(own)] = spot.places.as_slice() else {
        return None;
    };
    let decides = |item: &Item| match &item.meaning {
        Meaning::Place(Place::Municipality(m)) => m.prefecture != own.prefecture,
        Meaning::Place(place) => !matches!(place, Place::Station(_)),
        _ => false,
    };
    group
        .items
        .iter()
        .all(decides)
        .then(|| own.prefecture.code())
}

/// Whether one answer holds for all openings of a spot: unless it is near enough to a wished station that their points decide.
fn is_settled(group: &Group, spot: &Spot) -> bool {
    const STATION_KM: f64 = 5.0;
    !spot.is_exact()
        || group.items.iter().all(|item| match &item.meaning {
            Meaning::Place(place @ Place::Station(_)) => place.site().is_none_or(|station| {
                let [near, far] = [-station.error_km, station.error_km]
                    .map(|error| spot.all_within(station.point, STATION_KM + error));
                near == Some(true) || far == Some(false)
            }),
            _ => true,
        })
}

fn area_class(group: &Group, places: &[Place], site: Option<&Site>) -> Class {
    let mut statuses = Vec::with_capacity(group.items.len());
    area::judge_at(group, places, site, &mut statuses);
    Class::of(group, &statuses, excludes(group, &statuses))
}

fn lay_area(
    block: &Block,
    group: &Group,
    of_spot: &[Option<usize>],
    seats: &Seats,
    verdicts: &mut Verdicts,
) {
    verdicts.wipe();
    for run in &block.runs {
        let (start, end) = (usize::from(run.start), usize::from(run.end));
        if let Some(class) = of_spot.get(run.spot as usize).copied().flatten() {
            if let Some(plane) = verdicts.plane(class) {
                plane.set_range(start, end);
            }
            continue;
        }
        let Some(spot) = seats.spot(run.spot) else {
            continue;
        };
        for row in start..end {
            let site = spot.site_at(seats.point(row));
            let class = area_class(group, &spot.places, site.as_ref());
            let class = verdicts.number(class);
            if let Some(plane) = verdicts.plane(class) {
                plane.set(row, true);
            }
        }
    }
}

fn commute_class(group: &Group, band: Option<Band>, statuses: &mut Vec<Option<Status>>) -> Class {
    statuses.clear();
    let commute = band.map(|band| (Means::Car, band));
    let excluded = judge_group(group, &Facts::silent(""), commute, statuses);
    Class::of(group, statuses, excluded)
}
