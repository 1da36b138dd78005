//! The standing wishes of all doctors, kept in memory as the store has them.
//!
//! As with the openings, nothing is taken on trust: before each question the changes since the last one are fetched by their
//! revision, whoever made them.

use super::BATCH;
use crate::{
    domain::{match_::Match, opening::Opening},
    matching::{self, Doctor, Standing},
    store::{Result, Seeker, Store},
};

/// One memory for all who ask.
pub type SharedSeeking = tokio::sync::Mutex<Seeking>;

/// A doctor whom an opening suits.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// As they stand in the store.
    pub seeker: Seeker,
    /// How the opening suits them.
    pub suits: Match,
}

/// Doctors who may be suggested openings, ready to be asked whom one suits.
#[derive(Debug, Default)]
pub struct Seeking {
    standing: Standing,
    /// The last change that was seen.
    revision: i64,
}

impl Seeking {
    /// The doctors as they stand in the store.
    ///
    /// # Errors
    /// Where the store fails. What was seen until then stays seen.
    pub async fn up_to_date(&mut self, store: &dyn Store) -> Result<&Self> {
        let mut came = 0;
        loop {
            let changed = store.seekers_changed(self.revision, BATCH).await?;
            let last = changed.len() < BATCH as usize;
            for change in changed {
                // Of one length, so that the ids stand in the order of the numbers.
                let id = format!("{:019}", change.person_id);
                match &change.seeker {
                    Some(s) => {
                        came += 1;
                        let doctor = Doctor {
                            profile: &s.profile,
                            wishes: &s.wishes,
                        };
                        self.standing.add(&id, &doctor);
                    }
                    None => {
                        self.standing.remove(&id);
                    }
                }
                self.revision = change.revision;
            }
            if last {
                break;
            }
        }
        if came >= BATCH as usize {
            self.standing.arrange();
        }
        Ok(self)
    }

    /// For each opening how many doctors it suits, and the first `top` of them, best first.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn suited(
        &mut self,
        store: &dyn Store,
        openings: &[Opening],
        top: usize,
    ) -> Result<Vec<(usize, Vec<Named>)>> {
        let mut all = vec![];
        if openings.is_empty() {
            return Ok(all);
        }
        self.up_to_date(store).await?;
        for opening in openings {
            let (mut count, persons) = self.suggested(opening, top);
            let mut named = vec![];
            for person in persons {
                // Who changed their mind this very moment is not named.
                let one = store.seeker(person).await?.and_then(|seeker| {
                    let doctor = Doctor {
                        profile: &seeker.profile,
                        wishes: &seeker.wishes,
                    };
                    let (_, suits) = matching::suits(opening, &[doctor]).pop()?;
                    Some(Named { seeker, suits })
                });
                count -= usize::from(one.is_none());
                named.extend(one);
            }
            all.push((count, named));
        }
        Ok(all)
    }

    /// How many doctors an opening suits, and the persons who are the first `top` of them, best first.
    pub fn suggested(&self, opening: &Opening, top: usize) -> (usize, Vec<i64>) {
        let (many, ids) = self.standing.suggested(opening, top);
        let persons = ids.into_iter().filter_map(|id| id.parse().ok());
        (many, persons.collect())
    }
}
