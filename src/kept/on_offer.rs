//! The openings that may be suggested, kept in memory as the store has them.
//!
//! Other processes change openings too (`openings import`), so nothing is taken on trust: before each question the changes
//! since the last one are fetched by their revision, which costs one look at an index where there are none.

use super::BATCH;
use crate::{
    domain::opening::OpeningState,
    matching::Engine,
    store::{Result, Store},
};
use std::collections::HashMap;

/// The open openings whose last day has not passed, ready to be asked.
#[derive(Debug, Default)]
pub struct OnOffer {
    engine: Engine,
    /// The last change that was seen.
    revision: i64,
    /// The day at which those that had expired were left out.
    today: String,
    /// The last days of those that have one, by id.
    last_days: HashMap<String, String>,
}

impl OnOffer {
    /// The openings as they stand in the store on a day (`YYYY-MM-DD`).
    ///
    /// # Errors
    /// Where the store fails. What was seen until then stays seen.
    pub async fn as_of(&mut self, today: &str, store: &dyn Store) -> Result<&Engine> {
        if today < self.today.as_str() {
            // A clock that was set back brings expired ones back, of which nothing is kept.
            *self = Self::default();
        } else if today > self.today.as_str() {
            self.leave_out_expired(today);
        }
        today.clone_into(&mut self.today);
        let mut came = 0;
        loop {
            let changed = store.openings_changed(self.revision, BATCH).await?;
            let last = changed.len() < BATCH as usize;
            for (revision, record) in changed {
                let opening = record.opening;
                self.last_days.remove(&opening.id);
                if record.state == OpeningState::Open && !opening.expired(today) {
                    self.engine.insert(&opening);
                    came += 1;
                    if let Some(day) = opening.expires {
                        self.last_days.insert(opening.id, day);
                    }
                } else {
                    self.engine.remove(&opening.id);
                }
                self.revision = revision;
            }
            if last {
                break;
            }
        }
        if came >= BATCH as usize {
            self.engine.arrange();
        }
        Ok(&self.engine)
    }

    fn leave_out_expired(&mut self, today: &str) {
        let engine = &mut self.engine;
        self.last_days.retain(|id, last| {
            let stays = last.as_str() >= today;
            if !stays {
                engine.remove(id);
            }
            stays
        });
    }
}
