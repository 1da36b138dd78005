//! What the openings of one draft cost by how many are in the store: read whole and ranked, and by the openings kept in memory
//! that fetch what changed. Times are those of the processor, the database's work included, and the middle of twenty.
//!
//! `cargo bench --bench offer`; `SIZES=1000,10000` for fewer.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "matching/clock.rs"]
mod clock;
#[allow(dead_code, reason = "the other bench asks for more of the country")]
#[path = "matching/desk.rs"]
mod desk;

use clock::{middle, worked};
use desk::{Dice, Map};
use madoguchi::{
    domain::{opening::OpeningState, review::Actor},
    kept::OnOffer,
    matching::{self, Doctor},
    store::{self, Openings as _},
};

const TODAY: &str = "2026-11-24";
const ASKED: usize = 20;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let sizes = std::env::var("SIZES").unwrap_or_else(|_| "1000,10000,100000".into());
    println!("openings   all ms   first ms   unchanged ms   one changed ms");
    for size in sizes.split(',').filter_map(|s| s.trim().parse().ok()) {
        measure(size).await;
    }
}

async fn measure(size: usize) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}/desk.db", folder.path().display());
    let store = store::open(&url).await.unwrap();
    let (map, mut dice) = (Map::new(), Dice(7));
    let now = chrono::Utc::now();
    let actor = Actor::program();
    let openings: Vec<_> = (0..size)
        .map(|n| desk::opening(&mut dice, &map, n))
        .collect();
    for some in openings.chunks(10_000) {
        store.upsert_openings(some, &actor, now).await.unwrap();
    }
    let doctors: Vec<_> = (0..ASKED).map(|_| desk::doctor(&mut dice, &map)).collect();
    let mut on_offer = OnOffer::default();
    let (mut all, mut kept, mut changed) = (vec![], vec![], vec![]);
    let mut plain = vec![];
    for (profile, wishes) in &doctors {
        let doctor = Doctor { profile, wishes };
        let start = worked();
        let records = store.openings(false).await.unwrap();
        let openings: Vec<_> = records.into_iter().map(|r| r.opening).collect();
        plain.push(matching::rank(&doctor, &openings, 50));
        all.push(worked() - start);
    }
    for ((profile, wishes), plain) in doctors.iter().zip(plain) {
        let doctor = Doctor { profile, wishes };
        let start = worked();
        let ranked = on_offer
            .as_of(TODAY, &store)
            .await
            .unwrap()
            .rank(&doctor, 50);
        kept.push(worked() - start);
        assert_eq!(ranked, plain);
    }
    for ((profile, wishes), opening) in doctors.iter().zip(&openings) {
        // Somebody closes an opening.
        let closed = OpeningState::Closed;
        store
            .set_opening_state(&opening.id, closed, &actor, now)
            .await
            .unwrap();
        let doctor = Doctor { profile, wishes };
        let start = worked();
        on_offer
            .as_of(TODAY, &store)
            .await
            .unwrap()
            .rank(&doctor, 50);
        changed.push(worked() - start);
    }
    let first = middle(vec![kept.remove(0)]);
    let (all, kept, changed) = (middle(all), middle(kept), middle(changed));
    println!("{size:>8} {all:>8.1} {first:>10.1} {kept:>14.2} {changed:>16.2}");
}
