//! The rules once more, written as plainly as `docs/matching.md` says them and without any preparation: the fast matcher
//! must give the same answer.

mod facts;
mod status;

use crate::domain::match_::{Commute, Match, MatchAnswer, Relaxation, RelaxedWish};
use crate::domain::opening::Opening;
use crate::domain::wish::{Field, ProfileField, ProfileItem, Strength, Value, Wish};
use facts::{MET, UNKNOWN, UNMET, Wishes, capped, day_status, estimate, of, single, texts};
use status::{status, suits};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The wishes with the stand-ins behind them.
fn with_stand_ins(profile: &[ProfileItem], ws: Wishes) -> Vec<Wish> {
    let mut all = ws.to_vec();
    let own = of(ws, Field::Specialty);
    if own
        .iter()
        .any(|w| matches!(w.strength, Strength::Must | Strength::Want))
    {
        return all;
    }
    for p in profile
        .iter()
        .filter(|p| p.field == ProfileField::Specialty)
    {
        if !own
            .iter()
            .any(|w| w.strength.is_refusal() && w.value == p.value)
        {
            all.push(Wish {
                field: Field::Specialty,
                value: p.value.clone(),
                strength: Strength::Want,
                quote: String::new(),
                rule: String::new(),
            });
        }
    }
    all
}

/// The fields that exclude the opening, in the order of the vocabulary.
fn excluding(profile: &[ProfileItem], ws: Wishes, o: &Opening) -> Vec<Field> {
    let commute = estimate(profile, ws, o);
    Field::ALL
        .iter()
        .copied()
        .filter(|field| {
            let own = of(ws, *field);
            let judged: Vec<(&Wish, u8)> = own
                .iter()
                .filter_map(|w| Some((*w, status(w, ws, o, commute)?)))
                .collect();
            let unmet = |s: Strength| judged.iter().any(|(w, st)| w.strength == s && *st == UNMET);
            if *field == Field::Day {
                return own.first().is_some_and(|w| day_status(&own, w, o).1);
            }
            if unmet(Strength::Never) {
                return true;
            }
            if single(*field) {
                return unmet(Strength::Must);
            }
            if *field == Field::Specialty
                && !own
                    .iter()
                    .any(|w| matches!(w.strength, Strength::Must | Strength::Want))
            {
                let mut tried: Vec<&str> = profile
                    .iter()
                    .filter(|p| p.field == ProfileField::Specialty)
                    .filter_map(|p| p.value.as_text())
                    .collect();
                tried.extend(
                    own.iter()
                        .filter(|w| w.strength == Strength::Ok)
                        .filter_map(|w| w.value.as_text()),
                );
                let change = of(ws, Field::SpecialtyChange)
                    .iter()
                    .any(|w| w.strength.is_positive());
                return !change && !tried.is_empty() && tried.iter().all(|d| suits(d, o) == UNMET);
            }
            if capped(*field) {
                let lifted = own
                    .iter()
                    .any(|w| w.strength == Strength::Ok && w.value.as_number().is_none());
                let over = judged
                    .iter()
                    .filter(|(w, _)| matches!(w.strength, Strength::Must | Strength::Ok))
                    .filter(|(w, _)| w.value.as_number().is_some())
                    .max_by_key(|(w, _)| w.value.as_number())
                    .is_some_and(|(_, st)| *st == UNMET);
                let lacks = judged.iter().any(|(w, st)| {
                    w.strength == Strength::Must && w.value.as_number().is_none() && *st == UNMET
                });
                return (over && !lifted) || lacks;
            }
            let positives: Vec<u8> = judged
                .iter()
                .filter(|(w, _)| w.strength.is_positive())
                .map(|(_, st)| *st)
                .collect();
            judged.iter().any(|(w, _)| w.strength == Strength::Must)
                && positives.iter().all(|st| *st == UNMET)
        })
        .collect()
}

type Key<'o> = (
    Reverse<u64>,
    usize,
    u32,
    bool,
    Reverse<Option<&'o str>>,
    &'o str,
);

fn suggestion<'o>(profile: &[ProfileItem], ws: Wishes, o: &'o Opening) -> (Key<'o>, Match) {
    let commute = estimate(profile, ws, o);
    let all = with_stand_ins(profile, ws);
    let mut terms: Vec<(u64, u64, bool)> = Vec::new(); // weight, quarters, unknown
    let weight = |s: Strength| match s {
        Strength::Must | Strength::Never => 4,
        Strength::Want | Strength::Avoid => 2,
        _ => 0,
    };
    let judged: Vec<(&Wish, u8)> = all
        .iter()
        .filter(|w| w.strength != Strength::Drop)
        .filter_map(|w| Some((w, status(w, &all, o, commute)?)))
        .collect();
    for (w, st) in &judged {
        if w.strength.is_refusal() || single(w.field) {
            terms.push((weight(w.strength), u64::from(*st) * 2, *st == UNKNOWN));
        }
    }
    for field in Field::ALL.iter().copied().filter(|f| !single(*f)) {
        let of = |strengths: &[Strength]| -> Option<u8> {
            judged
                .iter()
                .filter(|(w, _)| w.field == field && strengths.contains(&w.strength))
                .map(|(_, st)| *st)
                .max()
        };
        let quarter = u64::from(of(&[Strength::Ok]) == Some(MET));
        let mut term = |s: Strength, st: u8| {
            terms.push((weight(s), (u64::from(st) * 2).max(quarter), st == UNKNOWN));
        };
        if of(&[Strength::Must]).is_some() {
            term(
                Strength::Must,
                of(&[Strength::Must, Strength::Want]).unwrap(),
            );
        }
        if let Some(st) = of(&[Strength::Want]) {
            term(Strength::Want, st);
        }
    }
    let total: u64 = terms.iter().map(|t| t.0).sum();
    let earned: u64 = terms.iter().map(|t| t.0 * t.1).sum();
    let score = if total == 0 {
        0.5
    } else {
        earned as f64 / (4 * total) as f64
    };
    let doubts = terms.iter().filter(|t| t.0 > 0 && t.2).count();
    let shown = |wanted: u8| -> Vec<String> {
        judged
            .iter()
            .filter(|(_, st)| *st == wanted)
            .filter(|(w, st)| {
                w.strength != Strength::Ok || *st == MET || (*st == UNKNOWN && capped(w.field))
            })
            .filter(|(w, st)| {
                w.strength.is_refusal()
                    || single(w.field)
                    || !judged.iter().any(|(x, other)| {
                        x.field == w.field && x.strength == w.strength && other > st
                    })
            })
            .map(|(w, _)| format!("{}={}", w.field, w.value))
            .collect()
    };
    let held = |field: ProfileField| {
        profile
            .iter()
            .filter(move |p| p.field == field)
            .map(|p| &p.value)
    };
    let asks =
        o.items
            .iter()
            .filter(|i| match i.field {
                Field::Certification => !held(ProfileField::Certification).any(|v| *v == i.value),
                Field::YearsExperience => !held(ProfileField::YearsExperience)
                    .any(|v| v.as_number() >= i.value.as_number()),
                _ => false,
            })
            .map(|i| format!("{}={}", i.field, i.value))
            .collect();
    let m = Match {
        id: o.id.clone(),
        score: ((score * 100.0 + 1e-9).round()) / 100.0,
        met: shown(MET),
        unmet: shown(UNMET),
        unknown: shown(UNKNOWN),
        asks,
        commute: commute.map(|(means, b)| Commute {
            mode: means.as_str().to_owned(),
            minutes: [b.low, b.high],
        }),
    };
    let key = (
        Reverse(if total == 0 { 0 } else { earned }),
        doubts,
        commute.map_or(u32::MAX, |(_, b)| b.high),
        !texts(o, Field::AreaType).contains(&"shortage"),
        Reverse(o.posted.as_deref()),
        o.id.as_str(),
    );
    (key, m)
}

/// The widened wishes of every relaxation, with what names it.
fn widenings(ws: Wishes) -> Vec<(usize, Option<Value>, Vec<Wish>)> {
    let mut out = Vec::new();
    for field in Field::ALL.iter().copied() {
        let own: Vec<(usize, &Wish)> = ws
            .iter()
            .enumerate()
            .filter(|(_, w)| w.field == field)
            .collect();
        let is_limit = |w: &Wish| {
            capped(field)
                && matches!(w.strength, Strength::Must | Strength::Ok)
                && w.value.as_number().is_some()
        };
        let without = |i: usize| -> Vec<Wish> {
            ws.iter()
                .enumerate()
                .filter(|(j, _)| *j != i)
                .map(|(_, w)| w.clone())
                .collect()
        };
        let musts: Vec<usize> = own
            .iter()
            .filter(|(_, w)| w.strength == Strength::Must && !is_limit(w))
            .map(|(i, _)| *i)
            .collect();
        if single(field) {
            out.extend(musts.iter().map(|i| (*i, None, without(*i))));
        } else if let Some(first) = musts.first() {
            let mut softer = ws.to_vec();
            for i in &musts {
                softer[*i].strength = Strength::Want;
            }
            out.push((*first, None, softer));
        }
        let lifted = own
            .iter()
            .any(|(_, w)| w.strength == Strength::Ok && w.value.as_number().is_none());
        let cap = own
            .iter()
            .filter(|(_, w)| is_limit(w))
            .max_by_key(|(i, w)| (w.value.as_number(), Reverse(*i)));
        if let (Some((i, w)), false) = (cap, lifted) {
            let step = [45, 60, 90, 120]
                .into_iter()
                .find(|s| field == Field::CommuteMinutes && Some(*s) > w.value.as_number())
                .map(Value::Number);
            let wider = ws
                .iter()
                .filter_map(|w| match (&step, w.field == field && is_limit(w)) {
                    (_, false) => Some(w.clone()),
                    (None, true) => None,
                    (Some(step), true) => Some(Wish {
                        value: step.clone(),
                        ..w.clone()
                    }),
                })
                .collect();
            out.push((*i, step, wider));
        }
        for (i, w) in &own {
            if w.strength == Strength::Never {
                out.push((*i, None, without(*i)));
            }
        }
    }
    out
}

pub(super) fn answer(
    profile: &[ProfileItem],
    ws: Wishes,
    openings: &[Opening],
    top: usize,
) -> MatchAnswer {
    let mut excluded: BTreeMap<Field, usize> = BTreeMap::new();
    let mut suggested = Vec::new();
    let mut away = Vec::new();
    for o in openings {
        match excluding(profile, ws, o).first() {
            Some(field) => {
                *excluded.entry(*field).or_default() += 1;
                away.push(o);
            }
            None => suggested.push(suggestion(profile, ws, o)),
        }
    }
    suggested.sort_by(|a, b| a.0.cmp(&b.0));
    let mut relax: Vec<(usize, Relaxation)> = Vec::new();
    for (named, to, wider) in widenings(ws) {
        let mut new: Vec<_> = away
            .iter()
            .filter(|o| excluding(profile, &wider, o).is_empty())
            .map(|o| suggestion(profile, &wider, o).0)
            .collect();
        new.sort();
        if let Some(best) = new.first() {
            let wish = RelaxedWish {
                field: ws[named].field,
                value: ws[named].value.clone(),
                strength: ws[named].strength,
            };
            relax.push((
                named,
                Relaxation {
                    wish,
                    to,
                    adds: new.len(),
                    best: best.5.to_owned(),
                },
            ));
        }
    }
    relax.sort_by_key(|(named, r)| (Reverse(r.adds), r.wish.field, *named));
    MatchAnswer {
        id: None,
        matches: suggested.into_iter().take(top).map(|(_, m)| m).collect(),
        considered: openings.len(),
        excluded,
        relax: relax.into_iter().map(|(_, r)| r).collect(),
    }
}
