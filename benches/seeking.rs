//! What a mail with an opening costs by how many doctors have standing wishes: the mail from its row to its case, and of that
//! the question whom the opening suits, with all doctors read and judged, and by the wishes kept in memory that fetch what
//! changed. Times are those of the processor, the database's work included, and the middle of twenty.
//!
//! `cargo bench --bench seeking`; `SIZES=1000,10000` for fewer.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "matching/clock.rs"]
mod clock;
#[allow(dead_code, reason = "the other bench asks for more of the country")]
#[path = "matching/desk.rs"]
mod desk;

use clock::{middle, worked};
use desk::{Dice, Map};
use madoguchi::{
    app::Rooms,
    clock::SetClock,
    config,
    domain::message::Source,
    kept::Seeking,
    matching::{self, Doctor},
    pipeline::Pipeline,
    store::{self, Incoming, Store},
};
use std::{path::Path, sync::Arc, time::Duration};

const ASKED: usize = 20;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let sizes = std::env::var("SIZES").unwrap_or_else(|_| "1000,10000,100000".into());
    println!(
        "doctors   all ms   first ms   unchanged ms   one changed ms   a mail ms   its first ms"
    );
    for size in sizes.split(',').filter_map(|s| s.trim().parse().ok()) {
        measure(size).await;
    }
}

/// A doctor's newest wishes, past the pipeline.
async fn wish(
    db: &mut sqlx::SqliteConnection,
    person: i64,
    version: i64,
    dice: &mut Dice,
    map: &Map,
) {
    let (profile, wishes) = desk::doctor(dice, map);
    sqlx::query("INSERT INTO wish_version (person_id, version, case_id, message_id, at, profile, wishes, changes) VALUES ($1, $2, $1, 1, 0, $3, $4, '[]')")
        .bind(person)
        .bind(version)
        .bind(serde_json::to_string(&profile).unwrap())
        .bind(serde_json::to_string(&wishes).unwrap())
        .execute(db)
        .await
        .unwrap();
}

async fn mail(store: &dyn Store, pipeline: &Pipeline, n: usize, clock: &SetClock) -> Duration {
    let now = madoguchi::clock::Clock::now(clock);
    let raw = format!(
        "From: 病院 {n} <saiyo{n}@example.jp>\r\nTo: md@example.jp\r\nSubject: 医師募集のお願い\r\nMessage-ID: <{n}@example.jp>\r\n\
         Date: Tue, 24 Nov 2026 10:00:00 +0900\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Transfer-Encoding: 8bit\r\n\r\nさくら病院の事務部、鈴木です。\r\n長野県長野市の当院では内科の常勤医師を募集しております。月曜から金曜の週5日、当直なし、年俸1,500万円です。\r\n"
    );
    let incoming = Incoming::whole(Source::Mail, format!("mail{n}"), raw, now);
    store.receive_one(&incoming, now).await.unwrap();
    let start = worked();
    assert!(pipeline.step().await.unwrap());
    worked() - start
}

async fn measure(size: usize) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}/desk.db", folder.path().display());
    let store: Arc<dyn Store> = Arc::new(store::open(&url).await.unwrap());
    let clock = Arc::new(SetClock::new("2026-11-24T01:00:00Z".parse().unwrap()));
    let config = config::parse("", Path::new("config.toml")).unwrap();
    let rooms = Rooms::new(&config, store.clone(), clock.clone())
        .await
        .unwrap();
    let pipeline = rooms.pipeline();
    // The first message, which all wishes name as their source.
    mail(&*store, &pipeline, 0, &clock).await;

    let (map, mut dice) = (Map::new(), Dice(7));
    let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
    let mut db = pool.begin().await.unwrap();
    let first = 10;
    let doctors = first..first + i64::try_from(size).unwrap();
    for id in doctors {
        for sql in [
            "INSERT INTO person (id, kind, name, language, created_at) VALUES ($1, 'doctor', '', 'ja', 0)",
            "INSERT INTO desk_case (id, number, person_id, kind, state, opened_at, changed_at, version) \
             VALUES ($1, 'X-' || $1, $1, 'doctor_inquiry', 'sent', 0, 0, 1)",
        ] {
            sqlx::query(sql).bind(id).execute(&mut *db).await.unwrap();
        }
        wish(&mut db, id, 1, &mut dice, &map).await;
    }
    db.commit().await.unwrap();

    let openings: Vec<_> = (0..ASKED)
        .map(|n| desk::opening(&mut dice, &map, n))
        .collect();
    let (mut all, mut kept, mut changed) = (vec![], vec![], vec![]);
    let mut plain = vec![];
    for opening in &openings {
        let start = worked();
        let seekers = store.seekers().await.unwrap();
        let doctors: Vec<_> = seekers
            .iter()
            .map(|s| Doctor {
                profile: &s.profile,
                wishes: &s.wishes,
            })
            .collect();
        plain.push(matching::suits(opening, &doctors).len());
        all.push(worked() - start);
    }
    let mut seeking = Seeking::default();
    for (opening, plain) in openings.iter().zip(plain) {
        let start = worked();
        let kept_now = seeking.up_to_date(&*store).await.unwrap();
        let (count, _) = kept_now.suggested(opening, 5);
        kept.push(worked() - start);
        assert_eq!(count, plain);
    }
    for (version, opening) in (2..).zip(&openings) {
        let mut db = pool.acquire().await.unwrap();
        wish(&mut db, first, version, &mut dice, &map).await;
        let start = worked();
        let kept_now = seeking.up_to_date(&*store).await.unwrap();
        kept_now.suggested(opening, 5);
        changed.push(worked() - start);
    }
    let mut mails = vec![];
    for n in 1..=ASKED {
        mails.push(mail(&*store, &pipeline, n, &clock).await);
    }
    let (first, first_mail) = (middle(vec![kept.remove(0)]), middle(vec![mails.remove(0)]));
    let (all, kept, changed) = (middle(all), middle(kept), middle(changed));
    let mails = middle(mails);
    println!(
        "{size:>7} {all:>8.1} {first:>10.1} {kept:>14.2} {changed:>16.2} {mails:>11.2} {first_mail:>14.1}"
    );
}
