//! The commutes of a shortlist, by the routing engine where there is one.

use crate::{
    domain::{match_::MatchAnswer, opening::Opening, wish::Field},
    matching::{self, Doctor},
    places::{Band, routed_band},
    routing::Router,
};

/// Puts the engine's minutes in the place of the estimates of the first `most` matches, and those matches in the order that
/// follows. Where the engine says nothing, the estimate stands.
pub async fn refine(
    router: &Router,
    doctor: &Doctor<'_>,
    openings: &[Opening],
    answer: &mut MatchAnswer,
    most: usize,
) {
    let most = most.min(answer.matches.len());
    let shortlist: Vec<&Opening> = answer
        .matches
        .iter()
        .take(most)
        .filter_map(|m| openings.iter().find(|o| o.id == m.id))
        .collect();
    let ends: Vec<_> = shortlist
        .iter()
        .map(|o| matching::car_ends(doctor, o))
        .collect();
    let Some(home) = ends.iter().flatten().next().map(|(home, _)| *home) else {
        return;
    };
    let points: Vec<_> = ends.iter().flatten().map(|(_, work)| work.point).collect();
    let mut minutes = router.minutes(home.point, &points).await.into_iter();
    let known: Vec<(&Opening, Option<Band>)> = shortlist
        .into_iter()
        .zip(&ends)
        .map(|(opening, ends)| {
            let band = ends.as_ref().and_then(|(home, work)| {
                let minutes = minutes.next().flatten()?;
                routed_band(home, work, minutes)
            });
            (opening, band)
        })
        .collect();
    if known.iter().all(|(_, band)| band.is_none()) {
        return;
    }
    let ranked = matching::rank_routed(doctor, &known);
    let gone = known.len() - ranked.len();
    if gone > 0 {
        *answer.excluded.entry(Field::CommuteMinutes).or_default() += gone;
    }
    answer.matches.splice(..most, ranked);
}
