//! The standing wishes of all doctors, kept in memory as the store has them.
//!
//! As with the openings, nothing is taken on trust: before each question the changes since the last one are fetched by their
//! revision, whoever made them.

use crate::{
    domain::opening::Opening,
    matching::{Doctor, Standing},
    store::{Result, Store},
};

/// How many changes are fetched at once.
const BATCH: u32 = 2_000;

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

    /// How many doctors an opening suits, and the persons who are the first `top` of them, best first.
    pub fn suggested(&self, opening: &Opening, top: usize) -> (usize, Vec<i64>) {
        let (many, ids) = self.standing.suggested(opening, top);
        let persons = ids.into_iter().filter_map(|id| id.parse().ok());
        (many, persons.collect())
    }
}
