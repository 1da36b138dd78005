//! Fields whose values are words of closed lists, for all openings of a block at once.

use super::super::doctor::{Group, Item, stands_alone};
use super::super::listed::HOSPITALS;
use super::super::meaning::{Meaning, Words, bit};
use super::super::score::weight;
use super::super::specialty::suitable;
use super::block::Block;
use super::plan::{Class, Verdicts};
use super::plane::Plane;
use super::said::{Strip, layout};
use crate::domain::wish::{Field, Strength};

/// Where an item is met and where it is unmet; elsewhere it is unknown.
#[derive(Default, Clone)]
struct Tri {
    met: Plane,
    unmet: Plane,
}

/// The planes of one field in one block.
struct Listed<'b> {
    block: &'b Block,
    strip: Strip,
}

impl Listed<'_> {
    /// Those that list a word.
    fn has(&self, word: u8) -> Plane {
        self.meets([word].into_iter().collect())
    }

    /// Those that list one of the words.
    fn meets(&self, words: Words) -> Plane {
        let mut plane = Plane::default();
        for word in words.iter() {
            self.add(usize::from(word), &mut plane);
        }
        plane
    }

    /// Those that list something else besides the words.
    fn beyond(&self, words: Words) -> Plane {
        let mut plane = Plane::default();
        for at in 0..=self.strip.len {
            if !u8::try_from(at).is_ok_and(|bit| bit < 63 && words.has(bit)) {
                self.add(at, &mut plane);
            }
        }
        plane
    }

    /// Those that list anything.
    fn any(&self) -> Plane {
        let mut plane = Plane::default();
        self.add(self.strip.len + 1, &mut plane);
        plane
    }

    fn add(&self, at: usize, plane: &mut Plane) {
        if let Some(own) = self.block.word(self.strip.from + at) {
            plane.or(own);
        }
    }
}

fn minus(mut a: Plane, b: &Plane) -> Plane {
    a.without(b);
    a
}

fn both(mut a: Plane, b: &Plane) -> Plane {
    a.and(b);
    a
}

fn either(mut a: Plane, b: &Plane) -> Plane {
    a.or(b);
    a
}

/// The verdicts on one field. `distances` are the planes of [`distance`](super::super::commute::distance), where the group asks for them; `practised` are the
/// departments of the doctor, where they may exclude.
pub(super) fn judge(
    group: &Group,
    block: &Block,
    distances: &[Plane],
    practised: Option<Words>,
    out: &mut Verdicts,
) {
    let listed = Listed {
        block,
        strip: layout(group.field),
    };
    out.clear();
    let judged: Vec<(&Item, Tri)> = group
        .items
        .iter()
        .map(|item| (item, status(item, group, &listed, distances)))
        .collect();
    if let Some(excluded) = exclusion(group, &judged) {
        out.add(Class::EXCLUDED, excluded);
    }
    if let Some(practised) = practised
        && let Some(excluded) = out_of_reach(group, practised, &listed)
    {
        out.add(Class::EXCLUDED, excluded);
    }
    terms(group, &judged, out);
}

fn status(item: &Item, group: &Group, listed: &Listed, distances: &[Plane]) -> Tri {
    let Meaning::Word(word) = item.meaning else {
        return Tri::default();
    };
    let positive = item.strength.is_positive();
    let refused = || match item.strength {
        Strength::Never => group.refused_words(&[Strength::Never]),
        _ => group.refused_words(&[Strength::Never, Strength::Avoid]),
    };
    match item.field {
        Field::Relocation => relocation(word, positive, listed, distances),
        Field::CommuteMode if !positive => Tri {
            met: listed.beyond(group.refused_words(&[Strength::Avoid, Strength::Never])),
            unmet: Plane::default(),
        },
        Field::Employment if !positive => {
            let only = minus(listed.has(word), &listed.beyond(refused()));
            Tri {
                met: minus(listed.any(), &only),
                unmet: only,
            }
        }
        Field::Specialty if positive => {
            let (certain, perhaps) = suitable(word);
            let met = listed.meets(certain);
            let unmet = minus(minus(listed.any(), &met), &listed.meets(perhaps));
            Tri { met, unmet }
        }
        Field::Specialty => {
            let has = listed.has(word);
            Tri {
                met: minus(listed.any(), &has),
                unmet: minus(has, &listed.beyond(refused())),
            }
        }
        Field::Institution => institution(word, positive, listed),
        field => {
            let mut has = listed.has(word);
            if field == Field::Shift && positive && bit(field, "day") == Some(word) {
                for half in ["morning", "afternoon"] {
                    if let Some(half) = bit(field, half) {
                        has.or(&listed.has(half));
                    }
                }
            }
            let open = matches!(
                field,
                Field::CommuteMode | Field::Benefit | Field::Workstyle
            );
            let lacks = minus(listed.any(), &has);
            match (positive, open) {
                (true, true) => Tri {
                    met: has,
                    unmet: Plane::default(),
                },
                (true, false) => Tri {
                    met: has,
                    unmet: lacks,
                },
                (false, _) => Tri {
                    met: lacks,
                    unmet: has,
                },
            }
        }
    }
}

fn relocation(word: u8, positive: bool, listed: &Listed, distances: &[Plane]) -> Tri {
    let yes = bit(Field::Relocation, "yes");
    let is_yes = yes == Some(word);
    if positive {
        let mut met = listed.has(word);
        if let Some(yes) = yes {
            met.or(&listed.has(yes));
        }
        if is_yes {
            met.or(&listed.any());
        }
        return Tri {
            met,
            unmet: Plane::default(),
        };
    }
    if is_yes {
        let plane = |at: usize| distances.get(at).cloned().unwrap_or_default();
        return Tri {
            met: plane(0),
            unmet: plane(2),
        };
    }
    Tri {
        met: listed.beyond([word].into_iter().collect()),
        unmet: Plane::default(),
    }
}

fn institution(word: u8, positive: bool, listed: &Listed) -> Tri {
    let kinds: Words = HOSPITALS
        .iter()
        .filter_map(|w| bit(Field::Institution, w))
        .collect();
    let hospital = bit(Field::Institution, "hospital");
    let mut has = listed.has(word);
    let mut lacks = listed.any();
    if hospital == Some(word) {
        has.or(&listed.meets(kinds));
    } else if let (true, Some(hospital)) = (kinds.has(word), hospital) {
        // One that says no more than that it is a hospital may be of any kind.
        let only = minus(
            listed.has(hospital),
            &listed.beyond([hospital].into_iter().collect()),
        );
        lacks.without(&only);
    }
    lacks.without(&has);
    if positive {
        Tri {
            met: has,
            unmet: lacks,
        }
    } else {
        Tri {
            met: lacks,
            unmet: has,
        }
    }
}

fn exclusion(group: &Group, judged: &[(&Item, Tri)]) -> Option<Plane> {
    let alone = stands_alone(group.field);
    let mut excluded: Option<Plane> = None;
    for (item, tri) in judged {
        if item.strength == Strength::Never || (alone && item.strength == Strength::Must) {
            excluded = Some(excluded.map_or_else(|| tri.unmet.clone(), |e| either(e, &tri.unmet)));
        }
    }
    if !alone && group.has(Strength::Must) {
        let lacking = judged
            .iter()
            .filter(|(item, _)| item.strength.is_positive())
            .map(|(_, tri)| tri.unmet.clone())
            .reduce(|a, b| both(a, &b));
        excluded = match (excluded, lacking) {
            (Some(a), Some(b)) => Some(either(a, &b)),
            (a, b) => a.or(b),
        };
    }
    excluded
}

/// Those that list departments of which none suits what the doctor practises or accepts.
fn out_of_reach(group: &Group, practised: Words, listed: &Listed) -> Option<Plane> {
    let mut suits = Words::default();
    let mut known = false;
    let mut add = |word: u8| {
        let (certain, perhaps) = suitable(word);
        suits = suits.and(certain).and(perhaps);
        known = true;
    };
    for item in group.positives() {
        match item.meaning {
            Meaning::Word(word) => add(word),
            // A department that nobody knows may be any.
            _ => return None,
        }
    }
    practised.iter().for_each(&mut add);
    known.then(|| minus(listed.any(), &listed.meets(suits)))
}

fn terms(group: &Group, judged: &[(&Item, Tri)], out: &mut Verdicts) {
    let alone = stands_alone(group.field);
    for (item, tri) in judged {
        if alone || item.strength.is_refusal() {
            term(weight(item.strength), tri, None, out);
        }
    }
    if alone {
        return;
    }
    let best = |strengths: &[Strength]| {
        judged
            .iter()
            .filter(|(item, _)| strengths.contains(&item.strength))
            .map(|(_, tri)| tri.clone())
            .reduce(|a, b| Tri {
                met: either(a.met, &b.met),
                unmet: both(a.unmet, &b.unmet),
            })
    };
    let accepted = best(&[Strength::Ok]).map(|tri| tri.met);
    if group.has(Strength::Must)
        && let Some(tri) = best(&[Strength::Must, Strength::Want])
    {
        term(weight(Strength::Must), &tri, accepted.as_ref(), out);
    }
    if let Some(tri) = best(&[Strength::Want]) {
        term(weight(Strength::Want), &tri, accepted.as_ref(), out);
    }
}

/// What a term loses, in half quarters of its weight: an unknown half of it, an unmet all, or a quarter less where something
/// accepted is met.
fn term(weight: u32, tri: &Tri, accepted: Option<&Plane>, out: &mut Verdicts) {
    if weight == 0 {
        return;
    }
    let mut unknown = Plane::default();
    unknown.set_range(0, super::plane::ROWS);
    unknown.without(&tri.met);
    unknown.without(&tri.unmet);
    let class = |lost, unknown| Class {
        excluded: false,
        lost,
        unknown,
    };
    out.add(class(weight, 1), unknown);
    match accepted {
        Some(accepted) => {
            out.add(class(2 * weight, 0), minus(tri.unmet.clone(), accepted));
            out.add(class(3 * weight / 2, 0), both(tri.unmet.clone(), accepted));
        }
        None => out.add(class(2 * weight, 0), tri.unmet.clone()),
    }
}
