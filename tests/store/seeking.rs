//! Whom an opening suits: the standing wishes kept in memory against the store's own answer, whoever wrote into it.

use super::*;
use madoguchi::domain::wish::{ProfileField, ProfileItem};
use madoguchi::kept::Seeking;

/// The database, as an administrator sees it.
enum Hand {
    Sqlite(sqlx::SqlitePool),
    Postgres(sqlx::PgPool),
}

impl Hand {
    async fn of(url: &str) -> Hand {
        match url.starts_with("postgres") {
            true => Hand::Postgres(sqlx::PgPool::connect(url).await.unwrap()),
            false => Hand::Sqlite(sqlx::SqlitePool::connect(url).await.unwrap()),
        }
    }

    async fn run(&self, sql: String) {
        let sql = sqlx::AssertSqlSafe(sql);
        match self {
            Hand::Sqlite(pool) => drop(sqlx::query(sql).execute(pool).await.unwrap()),
            Hand::Postgres(pool) => drop(sqlx::query(sql).execute(pool).await.unwrap()),
        }
    }

    /// All that is kept of a person, gone.
    async fn erase(&self, person: i64) {
        let cases = format!("SELECT id FROM desk_case WHERE person_id = {person}");
        self.erase_cases(&cases).await;
        for gone in [
            format!("person_address WHERE person_id = {person}"),
            format!("person WHERE id = {person}"),
        ] {
            self.run(format!("DELETE FROM {gone}")).await;
        }
    }

    /// A person gone and nothing else, as SQLite's own shell allows; else all of them.
    async fn erase_in_haste(&self, person: i64) {
        let Hand::Sqlite(pool) = self else {
            return self.erase(person).await;
        };
        let mut shell = pool.acquire().await.unwrap();
        for sql in [
            "PRAGMA foreign_keys = off".to_owned(),
            format!("DELETE FROM person WHERE id = {person}"),
            "PRAGMA foreign_keys = on".to_owned(),
        ] {
            let sql = sqlx::AssertSqlSafe(sql);
            sqlx::query(sql).execute(&mut *shell).await.unwrap();
        }
    }

    async fn erase_cases(&self, cases: &str) {
        let cases = format!("({cases})");
        let drafts = format!("(SELECT id FROM draft WHERE case_id IN {cases})");
        for gone in [
            format!("card WHERE case_id IN {cases}"),
            format!("notice WHERE case_id IN {cases}"),
            format!("outbox WHERE case_id IN {cases}"),
            format!("approval WHERE draft_id IN {drafts}"),
            format!("draft WHERE case_id IN {cases}"),
            format!("wish_version WHERE case_id IN {cases}"),
            format!("message WHERE case_id IN {cases}"),
            format!("desk_case WHERE id IN {cases}"),
        ] {
            self.run(format!("DELETE FROM {gone}")).await;
        }
    }

    /// The newest wishes of a person as somebody thinks they should be.
    async fn correct(&self, person: i64, wishes: &str) {
        self.run(format!(
            "UPDATE wish_version SET wishes = '{wishes}' WHERE person_id = {person} AND version = \
             (SELECT MAX(version) FROM wish_version WHERE person_id = {person})"
        ))
        .await;
    }

    /// The newest wishes of a person, gone; those before stand again.
    async fn take_back(&self, person: i64) {
        self.run(format!(
            "DELETE FROM wish_version WHERE person_id = {person} AND version = \
             (SELECT MAX(version) FROM wish_version WHERE person_id = {person})"
        ))
        .await;
    }

    /// Two who turned out to be one.
    async fn merge(&self, from: i64, into: i64) {
        for moved in ["person_address", "message", "outbox", "desk_case"] {
            self.run(format!(
                "UPDATE {moved} SET person_id = {into} WHERE person_id = {from}"
            ))
            .await;
        }
        self.run(format!(
            "UPDATE wish_version SET version = version + 1000 * {from}, person_id = {into} WHERE person_id = {from}"
        ))
        .await;
        self.run(format!("DELETE FROM person WHERE id = {from}"))
            .await;
    }
}

/// A doctor of the story.
#[derive(Clone, Copy)]
struct Known {
    person: i64,
    case: i64,
}

/// What a mail brings besides the wishes.
#[derive(Clone, Copy, PartialEq)]
enum Mail {
    Wishes,
    Nothing,
    OptOut,
    Institution,
    Away,
    /// It opens another case of somebody on file.
    Anew,
}

struct Desk {
    stores: [Arc<dyn Store>; 2],
    hand: Hand,
    mails: u32,
}

impl Desk {
    async fn at(url: &str) -> Desk {
        Desk {
            stores: [
                Arc::new(store::open(url).await.unwrap()),
                Arc::new(store::open(url).await.unwrap()),
            ],
            hand: Hand::of(url).await,
            mails: 0,
        }
    }

    fn store(&self) -> &dyn Store {
        &*self.stores[0]
    }

    /// A mail of a doctor on file or of a new one, taken in by this process or by the other.
    async fn mail(
        &mut self,
        from: Option<Known>,
        says: Mail,
        dice: &mut dyn FnMut(usize) -> usize,
    ) -> Known {
        self.mails += 1;
        let n = self.mails;
        let now = t0() + Duration::minutes(i64::from(n));
        let s = &*self.stores[dice(2)];
        s.receive_one(&incoming(&format!("mail{n}"), n), now)
            .await
            .unwrap();
        let message = s.due_messages(now, 1).await.unwrap()[0].id;
        let number = format!("MD-2611-{n:04}");
        let (person, case) = match from {
            Some(k) if says == Mail::Anew => (
                PersonChoice::Known(k.person),
                CaseChoice::New {
                    number: number.clone(),
                },
            ),
            Some(k) => (PersonChoice::Known(k.person), CaseChoice::Existing(k.case)),
            None => (
                PersonChoice::New {
                    address: Some(format!("doctor{n}@example.jp")),
                },
                CaseChoice::New {
                    number: number.clone(),
                },
            ),
        };
        let mut taken = taken(message, case, person);
        let (profile, wishes) = doctor(dice);
        let said = taken.wishes.as_mut().unwrap();
        (said.profile, said.wishes) = (profile, wishes);
        if says != Mail::Wishes {
            taken.wishes = None;
        }
        match says {
            Mail::OptOut => taken.opt_out = true,
            Mail::Institution => taken.about.as_mut().unwrap().kind = PersonKind::Institution,
            Mail::Away => taken.pause_until = Some(now + Duration::days(7)),
            Mail::Wishes | Mail::Nothing | Mail::Anew => {}
        }
        s.take_in(taken, now).await.unwrap();
        match (from, s.case_by_number(&number).await.unwrap()) {
            (Some(known), None) => known,
            (_, case) => {
                let case = case.unwrap();
                Known {
                    person: case.person_id,
                    case: case.summary.id,
                }
            }
        }
    }

    /// Staff close a case.
    async fn close(&self, case: i64) {
        let now = t0() + Duration::minutes(i64::from(self.mails));
        self.stores[1]
            .close(case, "済み", &sato(), now)
            .await
            .unwrap();
    }

    /// Staff answer whoever wrote last.
    async fn answer(&mut self, to: Known) {
        self.mails += 1;
        let n = self.mails;
        let now = t0() + Duration::minutes(i64::from(n));
        let s = &*self.stores[1];
        let case = s.case(to.case).await.unwrap().unwrap();
        let answers = case.newest_message.unwrap();
        let mut letter = draft(to.case, case.version, answers);
        if case.summary.state != CaseState::Understood {
            letter.events = vec![];
        }
        s.save_draft(letter, now).await.unwrap();
        let revision = s.newest_draft(to.case).await.unwrap().unwrap().revision;
        let answer = mail(OutboxKind::Answer, &format!("answer{n}"), now);
        s.approve(to.case, revision, &sato(), answer, now)
            .await
            .unwrap();
    }

    /// Whom an opening suits, by the store's own list and the plain rules.
    async fn plainly(&self, opening: &Opening) -> Vec<String> {
        let seekers = self.store().seekers().await.unwrap();
        let doctors: Vec<matching::Doctor> = seekers
            .iter()
            .map(|s| matching::Doctor {
                profile: &s.profile,
                wishes: &s.wishes,
            })
            .collect();
        matching::suits(opening, &doctors)
            .into_iter()
            .map(|(i, _)| seekers[i].number.clone())
            .collect()
    }

    async fn numbers(&self, persons: &[i64]) -> Vec<String> {
        let mut numbers = vec![];
        for person in persons {
            let seeker = self.store().seeker(*person).await.unwrap();
            numbers.push(seeker.unwrap().number);
        }
        numbers
    }
}

fn doctor(dice: &mut dyn FnMut(usize) -> usize) -> (Vec<ProfileItem>, Vec<Wish>) {
    let homes = [
        "長野県松本市",
        "長野県長野市",
        "東京都世田谷区",
        "福岡県福岡市",
    ];
    let profile = [
        (ProfileField::Home, homes[dice(homes.len())]),
        (ProfileField::Specialty, ["内科", "外科"][dice(2)]),
    ];
    let profile = profile.map(|(field, value)| ProfileItem {
        field,
        value: Value::text(value),
        quote: String::new(),
        rule: String::new(),
        source: None,
    });
    let strengths = [Strength::Want, Strength::Must, Strength::Never];
    let said = [
        (Field::Day, Value::text("weekdays")),
        (Field::Area, Value::text("長野県")),
        (Field::CommuteMinutes, Value::Number(40)),
        (Field::NightDuty, Value::text("none")),
        (Field::Duty, Value::text("outpatient")),
    ];
    let wishes = (0..1 + dice(4)).map(|_| {
        let (field, value) = said[dice(said.len())].clone();
        let strength = strengths[dice(8).saturating_sub(5)];
        Wish {
            strength,
            ..wish(field, value)
        }
    });
    let wishes = wishes.collect();
    (profile.into(), wishes)
}

/// Whatever is written by this process, by another or by hand: who stands in memory is who the store says.
async fn who_seeks_is_who_the_store_says(url: &str) {
    let samples = openings::jsonl::read(include_bytes!("../../samples/openings.jsonl")).openings;
    let mut desk = Desk::at(url).await;
    let mut seeking = Seeking::default();
    let mut state = 11;
    let mut dice = |sides: usize| usize::try_from(dice(&mut state, sides as u64)).unwrap();
    let mut known: Vec<Known> = vec![];
    let mut counts = std::collections::BTreeSet::new();
    let mut done = [0; 16];
    for turn in 0..200 {
        let what = dice(16);
        let at = (!known.is_empty()).then(|| dice(known.len()));
        let Some(at) = at.filter(|_| what > 3) else {
            known.push(desk.mail(None, Mail::Wishes, &mut dice).await);
            continue;
        };
        done[what] += 1;
        let who = known[at];
        match what {
            4 | 5 => drop(desk.mail(Some(who), Mail::Wishes, &mut dice).await),
            6 => drop(desk.mail(Some(who), Mail::OptOut, &mut dice).await),
            7 => {
                // Who opted out and writes again is taken back in by the answer.
                desk.mail(Some(who), Mail::Nothing, &mut dice).await;
                desk.answer(who).await;
            }
            8 => desk.close(who.case).await,
            9 => {
                let says = [Mail::Institution, Mail::Away, Mail::Nothing][dice(3)];
                desk.mail(Some(who), says, &mut dice).await;
            }
            10 => {
                match dice(2) {
                    0 => desk.hand.erase(who.person).await,
                    _ => desk.hand.erase_in_haste(who.person).await,
                }
                known.swap_remove(at);
            }
            11 => {
                // Another case opens what staff had closed.
                if dice(2) == 0 {
                    desk.close(who.case).await;
                    seeking.up_to_date(desk.store()).await.unwrap();
                }
                known[at] = desk.mail(Some(who), Mail::Anew, &mut dice).await;
            }
            12 => {
                // Another case comes, is closed and erased; the one before counts again.
                let newest = desk.mail(Some(who), Mail::Anew, &mut dice).await.case;
                desk.close(newest).await;
                seeking.up_to_date(desk.store()).await.unwrap();
                let newest = format!("SELECT id FROM desk_case WHERE id = {newest}");
                desk.hand.erase_cases(&newest).await;
            }
            13 => {
                let (_, wishes) = doctor(&mut dice);
                let wishes = serde_json::to_string(&wishes).unwrap();
                desk.hand.correct(who.person, &wishes).await;
            }
            14 => desk.hand.take_back(who.person).await,
            _ => {
                let into = known[dice(known.len())];
                if into.person != who.person {
                    desk.hand.merge(who.person, into.person).await;
                    known.swap_remove(at);
                }
            }
        }
        let opening = &samples[dice(samples.len())];
        let plain = desk.plainly(opening).await;
        let kept = seeking.up_to_date(desk.store()).await.unwrap();
        for top in [3, usize::MAX] {
            let (count, persons) = kept.suggested(opening, top);
            assert_eq!(count, plain.len(), "turn {turn}: {what}");
            let numbers = desk.numbers(&persons).await;
            assert_eq!(numbers, plain[..top.min(count)], "turn {turn}: {what}");
        }
        counts.insert(plain.len());
    }
    assert!(counts.len() > 4, "{counts:?}");
    assert!(done[4..].iter().all(|n| *n > 2), "{done:?}");
}

/// Nobody who opted out, was erased, was merged into another, or whose case staff have closed stands in memory.
async fn who_has_gone_is_named_no_more(url: &str) {
    let opening = openings::jsonl::read(include_bytes!("../../samples/openings.jsonl"))
        .openings
        .remove(0);
    let mut desk = Desk::at(url).await;
    let mut seeking = Seeking::default();
    // All wish for the same, and the opening suits all.
    let mut dice = |_: usize| 0;
    let mut five = vec![];
    for _ in 0..5 {
        five.push(desk.mail(None, Mail::Wishes, &mut dice).await);
    }
    let [opts_out, erased, merged, closed, stays] = five[..] else {
        unreachable!()
    };
    let (count, persons) = seeking
        .up_to_date(desk.store())
        .await
        .unwrap()
        .suggested(&opening, 9);
    let all: Vec<i64> = five.iter().map(|k| k.person).collect();
    assert_eq!((count, persons), (5, all));
    desk.mail(Some(opts_out), Mail::OptOut, &mut dice).await;
    desk.hand.erase(erased.person).await;
    desk.hand.merge(merged.person, stays.person).await;
    desk.close(closed.case).await;
    let kept = seeking.up_to_date(desk.store()).await.unwrap();
    assert_eq!(kept.suggested(&opening, 9), (1, vec![stays.person]));
    // A pause is none: whoever is away may still be suggested something.
    desk.mail(Some(stays), Mail::Away, &mut dice).await;
    let kept = seeking.up_to_date(desk.store()).await.unwrap();
    assert_eq!(kept.suggested(&opening, 9), (1, vec![stays.person]));
    // Of the erased nothing is left but a number.
    let changes = desk.store().seekers_changed(0, 99).await.unwrap();
    let gone: Vec<i64> = changes
        .iter()
        .filter(|c| c.seeker.is_none())
        .map(|c| c.person_id)
        .collect();
    assert_eq!(
        gone,
        [opts_out, erased, merged, closed].map(|k| k.person),
        "{changes:?}"
    );
}

/// Wishes of a store from before changes were numbered are found.
async fn wishes_of_an_older_store_are_numbered(url: &str) {
    let opening = openings::jsonl::read(include_bytes!("../../samples/openings.jsonl"))
        .openings
        .remove(0);
    let mut desk = Desk::at(url).await;
    let mut known = vec![];
    for _ in 0..3 {
        known.push(desk.mail(None, Mail::Wishes, &mut |_| 0).await);
    }
    let drop = match desk.hand {
        Hand::Sqlite(_) => vec![
            "DROP TRIGGER seeker_person",
            "DROP TRIGGER seeker_person_gone",
            "DROP TRIGGER seeker_case_new",
            "DROP TRIGGER seeker_case",
            "DROP TRIGGER seeker_case_gone",
            "DROP TRIGGER seeker_wishes_new",
            "DROP TRIGGER seeker_wishes",
            "DROP TRIGGER seeker_wishes_gone",
        ],
        Hand::Postgres(_) => vec![
            "DROP FUNCTION seeker_person CASCADE",
            "DROP FUNCTION seeker_of CASCADE",
            "DROP FUNCTION seeker_changed",
        ],
    };
    let last = [
        "DROP TABLE seeker_change",
        "DELETE FROM _sqlx_migrations WHERE version = 6",
    ];
    for sql in drop.into_iter().chain(last) {
        desk.hand.run(sql.to_owned()).await;
    }
    let mut desk = Desk::at(url).await;
    let mut seeking = Seeking::default();
    let kept = seeking.up_to_date(desk.store()).await.unwrap();
    assert_eq!(kept.suggested(&opening, 0).0, 3);
    desk.mails = 3;
    desk.mail(Some(known[1]), Mail::OptOut, &mut |_| 0).await;
    let kept = seeking.up_to_date(desk.store()).await.unwrap();
    assert_eq!(kept.suggested(&opening, 0).0, 2);
}

macro_rules! on_both {
    ($($story:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $story() {
                let dir = tempfile::tempdir().unwrap();
                let url = format!("sqlite:{}", dir.path().join("desk.db").display());
                super::$story(&url).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $story() {
                let url = crate::support::postgres::Postgres::shared().createdb();
                super::$story(&url).await;
            })+
        }
    };
}

on_both!(
    who_seeks_is_who_the_store_says,
    who_has_gone_is_named_no_more,
    wishes_of_an_older_store_are_numbered,
);
