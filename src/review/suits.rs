//! The doctors whom an opening suits, from the store, for chat and terminal alike.

use super::card::family_name;
use crate::{
    domain::{match_::Match, opening::Opening},
    draft::{
        Suited,
        suits::{NAMED, suited},
    },
    kept::SharedSeeking,
    matching::{self, Doctor},
    store::{Seeker, Store},
};
use chrono::{DateTime, Utc};

/// Of up to so many openings that come at once each is told.
pub(super) const EACH: usize = 3;

/// The doctors with standing wishes whom an opening suits, best first.
pub fn of(opening: &Opening, seekers: &[Seeker]) -> Vec<Suited> {
    let doctors: Vec<Doctor<'_>> = seekers
        .iter()
        .map(|s| Doctor {
            profile: &s.profile,
            wishes: &s.wishes,
        })
        .collect();
    matching::suits(opening, &doctors)
        .into_iter()
        .filter_map(|(i, m)| Some(shown(seekers.get(i)?, &m, opening)))
        .collect()
}

fn shown(seeker: &Seeker, m: &Match, opening: &Opening) -> Suited {
    let name = family_name(&seeker.name);
    Suited::new(&seeker.number, name, m, opening, &seeker.wishes)
}

/// Tells staff whom openings suit that can now be suggested, once a day for each, and gives back what is said. Of many that
/// come at once nothing is told, which would be noise: staff ask for one by its number.
///
/// # Errors
/// Where the store fails.
pub async fn tell(
    (store, seekers): (&dyn Store, &SharedSeeking),
    openings: &[Opening],
    now: DateTime<Utc>,
) -> crate::store::Result<Vec<String>> {
    if openings.len() > EACH {
        return Ok(vec![]);
    }
    let suits = seekers.lock().await.suited(store, openings, NAMED).await?;
    let mut told = vec![];
    for (opening, (count, named)) in openings.iter().zip(suits) {
        let named: Vec<Suited> = named
            .iter()
            .map(|n| shown(&n.seeker, &n.suits, opening))
            .collect();
        let Some(text) = suited(opening, count, &named) else {
            continue;
        };
        let day = now.format("%Y-%m-%d");
        let dedupe = format!("suits:{}:{day}", opening.id);
        store.notify("suits", &dedupe, &text, now).await?;
        told.push(text);
    }
    Ok(told)
}
