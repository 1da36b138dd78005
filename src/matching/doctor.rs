//! A doctor's wishes, read once for many openings.

use super::meaning::{Meaning, Words};
use super::{commute, specialty};
use crate::domain::wish::{Field, ProfileField, ProfileItem, Strength, Value, Wish};
use crate::places::{Band, Means, Place, Site, finer_site, locate};
use std::fmt::Write as _;

/// One doctor: what is known of them and what they wish, both standing (not withdrawn).
#[derive(Debug, Clone, Copy)]
pub struct Doctor<'d> {
    /// Facts about the doctor.
    pub profile: &'d [ProfileItem],
    /// Wishes, in the order that the answer keeps.
    pub wishes: &'d [Wish],
}

/// A wish that can be compared with openings.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Its place among the doctor's wishes; stand-ins come after all of them.
    pub order: usize,
    pub field: Field,
    pub strength: Strength,
    pub value: Value,
    pub meaning: Meaning,
}

impl Item {
    /// As the answer writes it.
    pub fn written(&self) -> String {
        format!("{}={}", self.field, self.value)
    }
}

/// All items of one field.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub field: Field,
    pub items: Vec<Item>,
    /// Practised departments stand in for wished ones (of `specialty` only).
    pub stands_in: bool,
}

impl Group {
    pub fn positives(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|i| i.strength.is_positive())
    }

    pub fn has(&self, strength: Strength) -> bool {
        self.items.iter().any(|i| i.strength == strength)
    }

    /// All that a verdict depends on of a doctor who says this, but for the home and the means to leave it by.
    pub fn key(&self, doctor: &Prepared) -> String {
        let mut key = String::new();
        for item in &self.items {
            // Writing to a string does not fail.
            let _ = writeln!(key, "{} {}={}", item.strength, item.field, item.value);
        }
        if self.field == Field::Specialty {
            let own = doctor.practised.bits();
            let _ = writeln!(key, "{own} {} {}", doctor.may_change, self.stands_in);
        }
        key
    }

    /// The words of a list that the doctor refuses with one of the strengths.
    pub fn refused_words(&self, strengths: &[Strength]) -> Words {
        self.items
            .iter()
            .filter(|i| strengths.contains(&i.strength))
            .filter_map(|i| match i.meaning {
                Meaning::Word(bit) => Some(bit),
                _ => None,
            })
            .collect()
    }

    /// The item whose number is the cap, where the field has one: the largest among `must` and `ok`, unless an `any` that is
    /// `ok` lifts it.
    pub fn cap(&self) -> Option<&Item> {
        if !is_cap_field(self.field) {
            return None;
        }
        let lifted = self
            .items
            .iter()
            .any(|i| i.strength == Strength::Ok && matches!(i.meaning, Meaning::Times(_)));
        if lifted {
            return None;
        }
        let mut cap: Option<(&Item, i64)> = None;
        for item in &self.items {
            if let (Strength::Must | Strength::Ok, Meaning::Number(n)) =
                (item.strength, &item.meaning)
                && cap.is_none_or(|(_, most)| *n > most)
            {
                cap = Some((item, *n));
            }
        }
        cap.map(|(item, _)| item)
    }
}

/// Fields where a number is a limit.
pub(super) fn is_cap_field(field: Field) -> bool {
    matches!(
        field,
        Field::CommuteMinutes
            | Field::NightDuty
            | Field::OnCall
            | Field::DayDuty
            | Field::OutpatientsPerDay
            | Field::HoursPerDay
            | Field::HoursPerWeek
    )
}

/// Fields where every wish stands for itself; in the others positive wishes are alternatives.
pub(super) fn stands_alone(field: Field) -> bool {
    matches!(
        field,
        Field::Duty | Field::Role | Field::Benefit | Field::Workstyle
    )
}

/// Whether a group can exclude an opening.
pub(super) fn is_hard(doctor: &Prepared, group: &Group) -> bool {
    group.has(Strength::Must)
        || group.has(Strength::Never)
        || (is_cap_field(group.field) && group.has(Strength::Ok))
        || (group.field == Field::Specialty && group.stands_in && !doctor.may_change)
}

/// A doctor ready to be compared.
#[derive(Debug, Clone)]
pub(super) struct Prepared<'d> {
    pub doctor: Doctor<'d>,
    /// By field, in the order of the vocabulary.
    pub groups: Vec<Group>,
    /// Departments that the doctor practises.
    pub practised: Words,
    /// Whether a change of specialty is wished or accepted.
    pub may_change: bool,
    /// Where the commute begins.
    pub home: Option<Site>,
    /// The means that the doctor may commute by and an estimate exists for.
    pub means: Vec<Means>,
    /// The band by car to the opening that is judged, where it is known better than by the estimate.
    pub by_car: Option<Band>,
}

impl<'d> Prepared<'d> {
    /// A doctor of whom nothing is known.
    pub fn unknown() -> Self {
        Prepared {
            doctor: Doctor {
                profile: &[],
                wishes: &[],
            },
            groups: vec![],
            practised: Words::default(),
            may_change: false,
            home: None,
            means: vec![],
            by_car: None,
        }
    }

    pub fn new(doctor: Doctor<'d>) -> Self {
        Self::with_wishes(doctor, doctor.wishes)
    }

    /// The same doctor with other wishes, for asking what a relaxation would open.
    pub fn with_wishes(doctor: Doctor<'d>, wishes: &[Wish]) -> Self {
        let mut items: Vec<Item> = wishes
            .iter()
            .enumerate()
            .filter(|(_, w)| w.strength != Strength::Drop)
            .filter_map(|(order, w)| {
                Some(Item {
                    order,
                    field: w.field,
                    strength: w.strength,
                    value: w.value.clone(),
                    meaning: Meaning::read(w.field, &w.value)?,
                })
            })
            .filter(|i| i.strength.is_positive() || !ignores_refusals(i.field))
            .collect();
        let practised = specialty::practised(doctor.profile);
        let stand_ins = specialty::stand_ins(doctor.profile, &items, wishes.len());
        let stands_in = !items.iter().any(|i| {
            i.field == Field::Specialty && matches!(i.strength, Strength::Must | Strength::Want)
        });
        items.extend(stand_ins);
        items.sort_by_key(|i| (i.field, i.order));
        let mut groups: Vec<Group> = Vec::new();
        for item in items {
            match groups.last_mut() {
                Some(group) if group.field == item.field => group.items.push(item),
                _ => groups.push(Group {
                    field: item.field,
                    stands_in: stands_in && item.field == Field::Specialty,
                    items: vec![item],
                }),
            }
        }
        Prepared {
            doctor,
            means: commute::means(&groups),
            groups,
            practised,
            may_change: wishes
                .iter()
                .any(|w| w.field == Field::SpecialtyChange && w.strength.is_positive()),
            home: home(doctor.profile),
            by_car: None,
        }
    }
}

/// Refusals of these say nothing that could be compared.
fn ignores_refusals(field: Field) -> bool {
    matches!(field, Field::SalaryMin | Field::Start | Field::Hours)
}

fn home(profile: &[ProfileItem]) -> Option<Site> {
    profile
        .iter()
        .filter(|i| i.field == ProfileField::Home)
        .filter_map(|i| i.value.as_text())
        .find_map(|text| {
            finer_site(text)
                .or_else(|| Place::parse(text).site())
                .or_else(|| locate(text).0.and_then(|p| p.site()))
        })
}
