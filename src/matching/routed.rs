//! A shortlist judged anew where the car minutes are known better than by the estimate.

use super::doctor::{Doctor, Prepared};
use super::facts::Facts;
use super::score::Rank;
use super::{answer, judge};
use crate::domain::match_::Match;
use crate::domain::opening::Opening;
use crate::places::{Band, Means, Site};

/// Where a doctor's commute by car to an opening begins and ends; nothing where the car is out or an end is not known.
pub fn car_ends(doctor: &Doctor, opening: &Opening) -> Option<(Site, Site)> {
    let prepared = Prepared::new(*doctor);
    let by_car = prepared.means.contains(&Means::Car);
    Some((prepared.home?, Facts::read(opening).site?)).filter(|_| by_car)
}

/// The openings in their order with the bands that are known by car in the place of the estimates, without those that the
/// doctor's conditions now exclude.
pub fn rank_routed(doctor: &Doctor, shortlist: &[(&Opening, Option<Band>)]) -> Vec<Match> {
    let mut prepared = Prepared::new(*doctor);
    let facts: Vec<(Facts, Option<Band>)> = shortlist
        .iter()
        .map(|(opening, band)| (Facts::read(opening), *band))
        .collect();
    let mut ranked: Vec<(Rank, Match)> = Vec::new();
    for (facts, band) in &facts {
        prepared.by_car = *band;
        let (judgement, exclusion) = judge::judge(&prepared, facts);
        if exclusion.first().is_none() {
            let rank = Rank::of(&prepared, facts, &judgement);
            let written = answer::write(&prepared, facts, &judgement, &rank);
            ranked.push((rank, written));
        }
    }
    ranked.sort_by(|a, b| a.0.cmp(&b.0));
    ranked.into_iter().map(|(_, m)| m).collect()
}
