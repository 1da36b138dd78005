//! The engine must answer as the plain rules do, to the letter, whatever came and went before.

use super::properties::{a_profile, an_opening, some_wishes};
use crate::domain::opening::Opening;
use crate::domain::wish::{ProfileItem, Wish};
use crate::matching::{Doctor, Engine, rank};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use std::collections::BTreeMap;

/// Openings of many prefectures, most with points of their own, so that commutes and stations have something to decide.
fn scattered() -> impl Strategy<Value = Opening> {
    let places = prop::sample::select(vec![
        ("長野県松本市", 36.238, 137.972),
        ("長野県塩尻市", 36.115, 137.953),
        ("長野県安曇野市", 36.304, 137.906),
        ("東京都世田谷区", 35.646, 139.653),
        ("東京都新宿区", 35.694, 139.703),
        ("神奈川県横浜市青葉区", 35.552, 139.537),
        ("千葉県木更津市", 35.376, 139.917),
        ("千葉県館山市", 34.996, 139.870),
        ("神奈川県横須賀市", 35.281, 139.672),
        ("兵庫県淡路市", 34.440, 134.915),
        ("香川県高松市", 34.342, 134.046),
        ("岡山県岡山市北区", 34.662, 133.935),
        ("福岡県北九州市門司区", 33.904, 130.936),
        ("山口県下関市", 33.957, 130.941),
        ("新潟県佐渡市", 38.018, 138.368),
        ("北海道函館市", 41.768, 140.729),
        ("沖縄県那覇市", 26.212, 127.681),
    ]);
    let near = -0.2..0.2f64;
    (an_opening(), places, near.clone(), near, 0..4u8).prop_map(|(o, place, dy, dx, how)| {
        let (area, lat, lon) = place;
        let own = how > 0;
        Opening {
            area: area.to_owned(),
            lat: own.then_some(lat + dy),
            lon: own.then_some(lon + dx),
            ..o
        }
    })
}

pub(super) fn any_opening() -> impl Strategy<Value = Opening> {
    prop_oneof![an_opening(), scattered()]
}

pub(super) fn a_home() -> impl Strategy<Value = Vec<ProfileItem>> {
    let far = prop::sample::select(vec![
        "home=東京都世田谷区; specialty=内科",
        "home=東京駅",
        "home=千葉県館山市; specialty=循環器内科",
        "home=兵庫県淡路市",
        "home=山口県下関市; specialty=外科",
        "home=香川県高松市",
        "home=新潟県佐渡市",
        "home=横浜駅; specialty=消化器外科",
    ]);
    prop_oneof![a_profile(), far.prop_map(super::profile)]
}

#[derive(Debug, Clone)]
enum Change {
    Put(usize, Box<Opening>),
    Take(usize),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let change = prop_oneof![
        3 => (0..12usize, any_opening()).prop_map(|(n, o)| Change::Put(n, Box::new(o))),
        1 => (0..12usize).prop_map(Change::Take),
    ];
    prop::collection::vec(change, 0..24)
}

fn compare(engine: &Engine, standing: &[Opening], profile: &[ProfileItem], wishes: &[Wish]) {
    let doctor = Doctor { profile, wishes };
    for top in [0, 1, 3, 100] {
        let answer = rank(&doctor, standing, top);
        assert_eq!(engine.top(&doctor, top), answer.matches);
        assert_eq!(engine.rank(&doctor, top), answer);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn it_answers_as_the_rules_do_after_any_changes(
        profile in a_home(), wishes in some_wishes(), first in prop::collection::vec(any_opening(), 0..12), changes in changes()
    ) {
        let mut standing = BTreeMap::new();
        for (n, mut o) in first.into_iter().enumerate() {
            o.id = format!("O-{n:02}");
            standing.insert(o.id.clone(), o);
        }
        let all = |s: &BTreeMap<String, Opening>| -> Vec<Opening> { s.values().cloned().collect() };
        let mut engine = Engine::of(&all(&standing));
        compare(&engine, &all(&standing), &profile, &wishes);
        for change in changes {
            match change {
                Change::Put(n, mut o) => {
                    o.id = format!("O-{n:02}");
                    engine.insert(&o);
                    standing.insert(o.id.clone(), *o);
                }
                Change::Take(n) => {
                    let id = format!("O-{n:02}");
                    prop_assert_eq!(engine.remove(&id), standing.remove(&id).is_some());
                }
            }
        }
        prop_assert_eq!(engine.len(), standing.len());
        compare(&engine, &all(&standing), &profile, &wishes);
    }
}

/// Openings enough for several blocks, all different.
fn many(count: usize) -> Vec<Opening> {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let one = any_opening();
    (0..count)
        .map(|n| Opening {
            id: format!("O-{n:05}"),
            ..one.new_tree(&mut runner).unwrap().current()
        })
        .collect()
}

#[test]
fn several_blocks_answer_as_one_list() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (homes, wishes) = (a_home(), some_wishes());
    let mut standing = many(9000);
    let mut engine = Engine::of(&standing);
    for round in 0..12usize {
        let profile = homes.new_tree(&mut runner).unwrap().current();
        let wishes = wishes.new_tree(&mut runner).unwrap().current();
        compare(&engine, &standing, &profile, &wishes);
        // A tenth closes, a few change.
        standing.retain(|o| {
            let stays = !o.id.ends_with(&format!("{:02}", round * 7));
            if !stays {
                assert!(engine.remove(&o.id));
            }
            stays
        });
        for at in (round * 50..standing.len()).step_by(97) {
            let items = standing[at / 2].items.clone();
            standing[at].items = items;
            engine.insert(&standing[at]);
        }
    }
}

#[test]
fn an_opening_that_comes_often_takes_one_place() {
    let openings = many(300);
    let mut engine = Engine::new();
    for round in 0..40 {
        for o in &openings {
            engine.insert(o);
        }
        if round % 10 == 0 {
            let wishes = super::wishes("want night_duty=2; never area=埼玉県; ok shift=day");
            compare(&engine, &openings, &[], &wishes);
        }
    }
    assert_eq!(engine.len(), 300);
}

#[test]
fn what_holds_for_those_asked_for_is_not_said_of_a_whole_block() {
    // All are far from the home, and water cuts off the second alone: who looks at the others only finds no water.
    let dry = "area=長野県木曽町; at=35.893,137.774";
    let standing = [
        super::opening("dry", &format!("{dry}; shift=day")),
        super::opening(
            "cut off",
            "area=東京都品川区; at=35.625,139.698; shift=night",
        ),
        super::opening("as far", &format!("{dry}; shift=night")),
    ];
    let profile = super::profile("home=大阪府大阪市阿倍野区");
    let wishes = super::wishes("want commute_minutes=60; want commute_mode=car; must shift=day");
    let doctor = Doctor {
        profile: &profile,
        wishes: &wishes,
    };
    let answer = Engine::of(&standing).rank(&doctor, 1);
    assert_eq!(answer.relax[0].best, "cut off");
    compare(&Engine::of(&standing), &standing, &profile, &wishes);
}

#[test]
fn contradictory_openings_and_odd_figures_are_judged_like_any() {
    let odd = [
        "days_per_week=9",
        "item days_per_week={\"min\":5,\"max\":1}",
        "item days_per_week={\"min\":-1e300}",
        "item salary_min={\"amount\":3,\"unit\":\"year\"}",
        "item salary_min={\"amount\":-9223372036854775808,\"unit\":\"month\"}",
        "item salary_max={\"amount\":9223372036854775807,\"unit\":\"month\"}",
        "night_duty=none; night_duty=8; night_duty=any",
        "night_duty=-9223372036854775808; on_call=9223372036854775807",
        "item hours={\"start\":\"25:99\"}; item hours={}",
        "start=2027-13; start=0000-00; start=asap",
        "day=mon; day=yesterday; day=sat:noon",
        "specialty=占星術; duty=変; institution=hospital; institution=",
        "employment=full_time; employment=spot; shift=night; shift=day",
        "at=0,0",
        "at=-91,999; item area=北極点",
        "outpatients_per_day=-5; hours_per_day=400; hours_per_week=0",
    ];
    let mut openings = vec![];
    for (n, text) in odd.iter().enumerate() {
        for area in ["長野県松本市", "", "全国", "東京駅"] {
            let id = format!("O-{n:02}-{area}");
            openings.push(super::opening(&id, &format!("area={area}; {text}")));
        }
    }
    let engine = Engine::of(&openings);
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let wishes = some_wishes();
    let profile = super::profile("home=長野県松本市; specialty=内科");
    for _ in 0..300 {
        let wishes = wishes.new_tree(&mut runner).unwrap().current();
        compare(&engine, &openings, &profile, &wishes);
    }
    // Whoever wishes a hundred things at once is answered too.
    let mut all = vec![];
    while all.len() < 300 {
        all.extend(wishes.new_tree(&mut runner).unwrap().current());
    }
    let openings = many(500);
    compare(&Engine::of(&openings), &openings, &profile, &all);
}

#[test]
fn what_was_found_before_holds_until_openings_change() {
    let wishes = super::wishes(
        "must employment=part_time; want duty=outpatient; never night_duty=any; want shift=day",
    );
    let profile = super::profile("home=東京都世田谷区; specialty=内科");
    let mut standing = many(200);
    let mut engine = Engine::of(&standing);
    for round in 0..60 {
        compare(&engine, &standing, &profile, &wishes);
        // The same wishes again, of openings that say something else now, some more and some fewer.
        let items = standing[round * 3].items.clone();
        standing[round].items = items;
        engine.insert(&standing[round]);
        let gone = standing.remove(round + 20);
        assert!(engine.remove(&gone.id));
        let new = Opening {
            id: format!("N-{round:03}"),
            ..gone
        };
        engine.insert(&new);
        standing.push(new);
    }
}

#[test]
fn many_can_ask_at_once() {
    let standing = many(9000);
    let engine = Engine::of(&standing);
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (homes, wishes) = (a_home(), some_wishes());
    let questions: Vec<_> = (0..40)
        .map(|_| {
            let profile = homes.new_tree(&mut runner).unwrap().current();
            (profile, wishes.new_tree(&mut runner).unwrap().current())
        })
        .collect();
    let ask = || -> Vec<_> {
        let answer = |(profile, wishes): &(Vec<ProfileItem>, Vec<Wish>)| {
            engine.rank(&Doctor { profile, wishes }, 10)
        };
        questions.iter().map(answer).collect()
    };
    let answers: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(ask)).collect();
        threads.into_iter().map(|t| t.join().unwrap()).collect()
    });
    for answers in answers {
        for ((profile, wishes), answer) in questions.iter().zip(answers) {
            assert_eq!(answer, rank(&Doctor { profile, wishes }, &standing, 10));
        }
    }
}
