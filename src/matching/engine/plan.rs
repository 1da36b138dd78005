//! A doctor's wishes against everything that openings say, judged once before the openings are gone through.

use super::super::commute::distance;
use super::super::doctor::{Group, Prepared, is_hard, stands_alone};
use super::super::facts::Facts;
use super::super::judge::judge_group;
use super::super::meaning::Words;
use super::super::score::{Sum, add_group};
use super::super::status::Status;
use super::area::Areas;
use super::block::Block;
use super::plane::{Plane, Those};
use super::said::{Column, GROUPS, column};
use super::sheets::{Page, Sheet};
use super::ways::Ways;
use super::{Engine, Seats, words};
use crate::domain::wish::Field;
use crate::places::{Band, Means};
use std::sync::Arc;

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

    /// Whether it makes a difference.
    pub fn says_anything(&self) -> bool {
        *self != Class::default()
    }

    pub fn of(group: &Group, statuses: &[Option<Status>], excluded: bool) -> Self {
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
    /// The class of all openings of the block, where they are in one; then nothing else is said.
    pub whole: Option<Class>,
    pub classes: Vec<Class>,
    pub planes: Vec<Plane>,
}

impl Verdicts {
    pub fn iter(&self) -> impl Iterator<Item = (&Class, &Plane)> {
        self.classes.iter().zip(&self.planes)
    }

    pub fn clear(&mut self) {
        self.classes.clear();
        self.planes.clear();
    }

    pub fn add(&mut self, class: Class, rows: Plane) {
        self.classes.push(class);
        self.planes.push(rows);
    }

    /// The number of a class.
    pub fn number(&mut self, class: Class) -> usize {
        if let Some(at) = self.classes.iter().position(|c| *c == class) {
            return at;
        }
        self.add(class, Plane::default());
        self.classes.len() - 1
    }

    pub fn wipe(&mut self) {
        self.planes.iter_mut().for_each(Plane::clear);
    }

    pub fn plane(&mut self, class: usize) -> Option<&mut Plane> {
        self.planes.get_mut(class)
    }
}

/// The verdicts of a part on the block in hand.
#[derive(Debug, Clone, Copy)]
pub(super) struct View<'v> {
    /// What is said of all openings, where that is one thing.
    pub whole: Option<Class>,
    classes: &'v [Class],
    planes: &'v [Plane],
}

impl<'v> View<'v> {
    /// What is said of some openings, and of which.
    pub fn some(self) -> impl Iterator<Item = (&'v Class, &'v Plane)> {
        self.classes.iter().zip(self.planes)
    }

    /// What is taken from the score of some openings that are not excluded, and of which.
    pub fn taken(self) -> impl Iterator<Item = (&'v Class, &'v Plane)> {
        self.some()
            .filter(|(class, _)| !class.excluded && class.says_anything())
    }
}

enum Kind {
    Figures(Box<Figures>),
    Area(Box<Areas>),
    /// The classes of the kinds of bands.
    Commute(Vec<Class>),
    Words,
}

/// The verdicts on the values of a dictionary, each judged when it first turns up.
struct Figures {
    column: usize,
    of_code: Vec<Option<usize>>,
    /// For each group of codes the class of all of them, where they agree.
    of_group: [Option<Option<usize>>; GROUPS],
    facts: Facts<'static>,
    statuses: Vec<Option<Status>>,
}

/// One block as a question goes through it.
#[derive(Clone, Copy)]
pub(super) struct Round<'q, 'e> {
    pub block: &'e Block,
    pub seats: Seats<'e>,
    /// The openings that may still have a say in the answer. Of others anything may come out.
    pub interest: &'q Plane,
}

/// What has been found of the block in hand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Nothing,
    /// It is on the sheet.
    Kept,
    /// It is in the part's own verdicts.
    Own,
}

/// One field of the doctor's, or one thing said of it.
pub(super) struct Part<'p> {
    pub group: &'p Group,
    /// Made when the first block comes.
    kind: Option<Kind>,
    /// The departments of the doctor, where one that none suits is excluded.
    practised: Option<Words>,
    /// The verdicts on the block in hand, and what they exclude, where the sheet does not have them.
    verdicts: Verdicts,
    excluded: Plane,
    /// The openings of which it has been asked.
    asked: Plane,
    /// What was found before; nothing where the verdicts depend on where the doctor lives.
    sheet: Option<Arc<Sheet>>,
    /// Which ways it asks for.
    way: usize,
    block: usize,
    /// Whether it can exclude any.
    pub is_hard: bool,
    found: Found,
}

impl<'p> Part<'p> {
    /// `way` is the number of the ways that it asks for where it asks for any.
    pub fn new(engine: &Engine, doctor: &Prepared, group: &'p Group, way: usize) -> Self {
        let out_of_reach = group.field == Field::Specialty && group.stands_in && !doctor.may_change;
        let local = matches!(group.field, Field::Area | Field::CommuteMinutes) || is_move(group);
        Part {
            kind: None,
            practised: out_of_reach.then_some(doctor.practised),
            verdicts: Verdicts::default(),
            excluded: Plane::default(),
            asked: Plane::default(),
            sheet: (!local).then(|| {
                let key = group.key(doctor);
                engine.sheets.get(key, engine.blocks.len())
            }),
            way,
            block: 0,
            is_hard: is_hard(doctor, group),
            found: Found::Nothing,
            group,
        }
    }

    /// The most terms that it can leave unknown.
    pub fn most_terms(&self) -> u32 {
        let items = u32::try_from(self.group.items.len()).unwrap_or(u32::MAX);
        items.saturating_add(1)
    }

    /// Whether its verdicts do not depend on where the doctor lives.
    pub fn is_kept(&self) -> bool {
        self.sheet.is_some()
    }

    /// Another block comes.
    pub fn forget(&mut self, block: usize) {
        self.found = Found::Nothing;
        self.block = block;
    }

    fn page(&self) -> Option<&Page> {
        self.sheet.as_ref()?.page(self.block)
    }

    /// Has what it excludes of the block in hand fetched from memory.
    pub fn fetch_excluded(&self) -> u64 {
        match self.page().map(Page::excluded) {
            Some(Those::Of(plane)) => plane.fetch(),
            _ => 0,
        }
    }

    /// Has what it says of the block in hand fetched from memory.
    pub fn fetch(&self) -> u64 {
        let planes = self.page().map(Page::planes).unwrap_or_default();
        planes.iter().fold(0, |all, plane| all | plane.fetch())
    }

    /// Whether the block in hand has been judged.
    pub fn is_judged(&self) -> bool {
        self.found != Found::Nothing
    }

    /// Whether judging the block in hand costs little.
    pub fn is_known(&self, ways: &[Ways]) -> bool {
        let is_laid = || asks_the_way(self.group) && ways.get(self.way).is_some_and(Ways::is_laid);
        self.is_kept() || self.is_judged() || is_laid()
    }

    /// Judges the block in hand where one verdict holds for all of it and that is known at once.
    pub fn glance(&mut self, round: &Round, ways: &mut [Ways]) {
        if self.found != Found::Nothing {
            return;
        }
        let (engine, group) = (round.seats.engine, self.group);
        let is_whole = match self.kind.get_or_insert_with(|| kind_of(engine, group)) {
            Kind::Area(areas) => areas.glance(group, round, &mut self.verdicts),
            Kind::Commute(classes) => ways.get_mut(self.way).is_some_and(|ways| {
                let is_whole = ways.glance(round);
                add_kinds(group, ways, classes);
                is_whole
            }),
            Kind::Figures(_) | Kind::Words => false,
        };
        if is_whole {
            self.found = Found::Own;
            self.asked.clone_from(&round.block.live);
        }
    }

    /// The verdicts on the block in hand, once it has been judged.
    pub fn view<'v>(&'v self, ways: &'v [Ways]) -> View<'v> {
        let silent = View {
            whole: None,
            classes: &[],
            planes: &[],
        };
        match (self.found, &self.kind) {
            (Found::Nothing, _) => silent,
            (Found::Kept, _) => self.page().map_or(silent, |page| View {
                classes: page.classes(),
                planes: page.planes(),
                ..silent
            }),
            (Found::Own, Some(Kind::Commute(classes))) => {
                ways.get(self.way).map_or(silent, |ways| {
                    let whole = ways.whole().and_then(|kind| classes.get(kind));
                    View {
                        whole: whole.copied(),
                        classes,
                        planes: ways.planes(),
                    }
                })
            }
            (Found::Own, _) if self.verdicts.whole.is_some() => View {
                whole: self.verdicts.whole,
                ..silent
            },
            (Found::Own, _) => View {
                whole: None,
                classes: &self.verdicts.classes,
                planes: &self.verdicts.planes,
            },
        }
    }

    /// The openings of the block in hand that it excludes, once it has been judged.
    pub fn excluded(&self, ways: &[Ways]) -> Those<'_> {
        if !self.is_hard {
            return Those::None;
        }
        match self.found {
            Found::Nothing => Those::None,
            Found::Kept => self.page().map_or(Those::None, Page::excluded),
            Found::Own => {
                let view = self.view(ways);
                match view.whole {
                    Some(class) if class.excluded => Those::All,
                    Some(_) => Those::None,
                    None => Those::Of(&self.excluded),
                }
            }
        }
    }

    /// Goes through a block, unless it has done so for all openings of interest.
    pub fn judge(&mut self, round: &Round, ways: &mut [Ways]) {
        match self.found {
            Found::Kept => return,
            Found::Own if round.interest.is_within(&self.asked) => return,
            Found::Own => self.asked.or(round.interest),
            Found::Nothing if self.page().is_some() => {
                self.found = Found::Kept;
                return;
            }
            Found::Nothing => self.asked.clone_from(round.interest),
        }
        let asked = self.asked.clone();
        let round = &Round {
            interest: &asked,
            ..*round
        };
        if let Some(sheet) = self.sheet.clone().filter(|s| s.has_room(self.block)) {
            let whole = Round {
                interest: &round.block.live,
                ..*round
            };
            self.look(&whole, ways);
            sheet.keep(self.block, round.block.used, &self.verdicts);
            if self.page().is_some() {
                self.found = Found::Kept;
                return;
            }
        } else {
            self.look(round, ways);
        }
        self.found = Found::Own;
        if self.is_hard {
            let mut excluded = std::mem::take(&mut self.excluded);
            excluded.clear();
            for (_, plane) in self.view(ways).some().filter(|(class, _)| class.excluded) {
                excluded.or(plane);
            }
            self.excluded = excluded;
        }
    }

    fn look(&mut self, round: &Round, ways: &mut [Ways]) {
        let Part {
            group,
            kind,
            practised,
            verdicts,
            ..
        } = self;
        let engine = round.seats.engine;
        match kind.get_or_insert_with(|| kind_of(engine, group)) {
            Kind::Figures(figures) => figures.lay(group, round, verdicts),
            Kind::Area(areas) => areas.lay(group, round, verdicts),
            Kind::Commute(classes) => {
                let Some(ways) = ways.get_mut(self.way) else {
                    return;
                };
                ways.lay(round);
                add_kinds(group, ways, classes);
            }
            Kind::Words => {
                let mut distances = vec![];
                if is_move(group)
                    && let Some(ways) = ways.get_mut(self.way)
                {
                    ways.lay(round);
                    distances.resize(3, Plane::default());
                    if let Some(plane) = ways.whole().and_then(|kind| {
                        let (_, band) = ways.kinds().get(kind)?;
                        distances.get_mut(distance(*band))
                    }) {
                        plane.clone_from(&round.block.live);
                    }
                    for ((_, band), rows) in ways.kinds().iter().zip(ways.planes()) {
                        if let Some(plane) = distances.get_mut(distance(*band)) {
                            plane.or(rows);
                        }
                    }
                }
                words::judge(group, round.block, &distances, *practised, verdicts);
            }
        }
    }
}

/// Whether a group refuses to move house, which depends on the commute.
fn is_move(group: &Group) -> bool {
    group.field == Field::Relocation && group.items.iter().any(|i| i.strength.is_refusal())
}

/// Whether what a group says depends on the commute.
pub(super) fn asks_the_way(group: &Group) -> bool {
    group.field == Field::CommuteMinutes || is_move(group)
}

/// What a doctor says, in pieces of which each counts for itself: wishes of the fields of single wishes that exclude nothing
/// come one by one.
pub(super) fn pieces(doctor: &Prepared) -> Vec<Group> {
    let mut pieces = vec![];
    for group in &doctor.groups {
        if !stands_alone(group.field) || is_hard(doctor, group) {
            pieces.push(group.clone());
            continue;
        }
        pieces.extend(group.items.iter().map(|item| Group {
            field: group.field,
            items: vec![item.clone()],
            stands_in: group.stands_in,
        }));
    }
    pieces
}

fn kind_of(engine: &Engine, group: &Group) -> Kind {
    match group.field {
        Field::CommuteMinutes => Kind::Commute(vec![]),
        Field::Area => Kind::Area(Box::new(Areas::new(group, engine.spots.all.len()))),
        field => match column(field) {
            Some(column) => Kind::Figures(Box::new(Figures {
                column,
                of_code: vec![],
                of_group: [None; GROUPS],
                facts: Facts::silent(""),
                statuses: vec![],
            })),
            None => Kind::Words,
        },
    }
}

impl Figures {
    fn lay(&mut self, group: &Group, round: &Round, verdicts: &mut Verdicts) {
        verdicts.wipe();
        let Some(column) = round.seats.engine.columns.get(self.column) else {
            return;
        };
        let occurring = round.block.occurring(self.column);
        let digits = round.block.digits(self.column);
        // The groups of each class, and those whose openings are to be looked at.
        let mut sets: Vec<(usize, u64)> = vec![];
        let mut single = 0;
        for at in (0..GROUPS).filter(|at| occurring >> at & 1 == 1) {
            let Some(class) = self.of_group(at, column, group, verdicts) else {
                single |= 1 << at;
                continue;
            };
            match sets.iter_mut().find(|(own, _)| *own == class) {
                Some((_, set)) => *set |= 1 << at,
                None => sets.push((class, 1 << at)),
            }
        }
        for (class, set) in sets {
            let nothing = verdicts.classes.get(class) == Some(&Class::default());
            if let (false, Some(plane)) = (nothing, verdicts.plane(class)) {
                *plane = Plane::one_of(digits, set, occurring);
            }
        }
        if single != 0 {
            let rows = Plane::one_of(digits, single, occurring);
            for row in rows.rows_within(round.interest) {
                let code = round.block.code(self.column, row);
                let class = self.of_code(code, column, group, verdicts);
                if let Some(plane) = verdicts.plane(class) {
                    plane.set(row, true);
                }
            }
        }
    }

    fn of_group(
        &mut self,
        at: usize,
        column: &Column,
        group: &Group,
        verdicts: &mut Verdicts,
    ) -> Option<usize> {
        if let Some(Some(known)) = self.of_group.get(at) {
            return *known;
        }
        let codes = column.codes_of(at);
        let mut common = None;
        // A group of many values seldom agrees, and most of them may never turn up.
        if codes.len() <= 64 {
            let mut classes = codes
                .iter()
                .map(|code| self.of_code(*code, column, group, verdicts));
            common = classes.next();
            if classes.any(|class| Some(class) != common) {
                common = None;
            }
        }
        if let Some(slot) = self.of_group.get_mut(at) {
            *slot = Some(common);
        }
        common
    }

    fn of_code(
        &mut self,
        code: u32,
        column: &Column,
        group: &Group,
        verdicts: &mut Verdicts,
    ) -> usize {
        let at = code as usize;
        if self.of_code.len() <= at {
            self.of_code.resize(column.len().max(at + 1), None);
        }
        if let Some(Some(class)) = self.of_code.get(at) {
            return *class;
        }
        column.put(code, &mut self.facts);
        self.statuses.clear();
        let excluded = judge_group(group, &self.facts, None, &mut self.statuses);
        let class = verdicts.number(Class::of(group, &self.statuses, excluded));
        if let Some(slot) = self.of_code.get_mut(at) {
            *slot = Some(class);
        }
        class
    }
}

/// Judges the kinds of bands that are new.
fn add_kinds(group: &Group, ways: &Ways, classes: &mut Vec<Class>) {
    let mut statuses = vec![];
    for (_, band) in ways.kinds().iter().skip(classes.len()) {
        classes.push(commute_class(group, *band, &mut statuses));
    }
}

fn commute_class(group: &Group, band: Option<Band>, statuses: &mut Vec<Option<Status>>) -> Class {
    statuses.clear();
    let commute = band.map(|band| (Means::Car, band));
    let excluded = judge_group(group, &Facts::silent(""), commute, statuses);
    Class::of(group, statuses, excluded)
}
