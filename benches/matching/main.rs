//! Matching by size: one doctor's ten best of a thousand, a hundred thousand and a million openings.
//!
//! Then the other direction, a new opening against everyone's standing wishes, and all doctors against all openings. Times
//! are those of the processor, so that a busy machine changes little; all × all is by the clock.
//!
//! `cargo bench --bench matching`; `SIZES=1000,100000` for fewer, `DOCTORS=200` for fewer questions, `STANDING=100000` for
//! fewer standing wishes, `ALL=100000` for more of all × all (0: none). `TABLES=DIR` writes the openings and the hard filters
//! of the questions for `tools/compare_matching.py`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod desk;
mod table;

use desk::{Dice, Map};
use madoguchi::domain::wish::{Field, ProfileItem, Strength, Wish};
use madoguchi::matching::{Doctor, Engine, Index, Standing};
use nix::time::{ClockId, clock_gettime};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// The time that this thread had of a processor: a busy machine does not change it.
fn worked() -> Duration {
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID)
        .unwrap()
        .into()
}

/// Where a doctor must work decides most of what a question costs.
fn kind(wishes: &[Wish]) -> &'static str {
    let must = |field: Field| {
        let mut of = wishes.iter().filter(|w| w.field == field);
        of.any(|w| w.strength == Strength::Must)
    };
    match (must(Field::CommuteMinutes), must(Field::Area)) {
        (true, true) => "must commute and area",
        (true, false) => "must commute",
        (false, true) => "must area",
        (false, false) => "any place",
    }
}

/// Memory that the process holds, in bytes (Linux; else nought).
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmRSS:"));
    line.and_then(|l| l.split_whitespace().nth(1)?.parse::<usize>().ok())
        .unwrap_or(0)
        * 1024
}

fn at(times: &[Duration], percent: usize) -> f64 {
    times[(times.len() * percent / 100).min(times.len() - 1)].as_secs_f64() * 1e3
}

fn number(name: &str, default: usize) -> usize {
    std::env::var(name)
        .ok()
        .and_then(|v| v.parse().ok())
        .unwrap_or(default)
}

fn main() {
    let sizes: Vec<usize> = std::env::var("SIZES")
        .unwrap_or_else(|_| "1000,100000,1000000".into())
        .split(',')
        .filter_map(|s| s.trim().parse().ok())
        .collect();
    let asked = number("DOCTORS", 1000);
    let map = Map::new();
    let mut dice = Dice(7);
    let doctors: Vec<_> = (0..asked).map(|_| desk::doctor(&mut dice, &map)).collect();
    println!(
        "openings   made s  B/opening   p50 ms   p90 ms   p99 ms   max ms   change µs  rules p50 ms"
    );
    for size in sizes {
        let mut dice = Dice(1);
        let before = resident();
        let start = Instant::now();
        let mut engine = Engine::new();
        for n in 0..size {
            engine.insert(&desk::opening(&mut dice, &map, n));
        }
        engine.arrange();

        let made = start.elapsed();
        let bytes = resident().saturating_sub(before) / size;
        let mut times: Vec<Duration> = vec![];
        let mut of_kind: BTreeMap<&str, Vec<Duration>> = BTreeMap::new();
        for (profile, wishes) in &doctors {
            let doctor = Doctor { profile, wishes };
            let start = worked();
            let answer = engine.rank(&doctor, 10);
            let time = worked() - start;
            times.push(time);
            of_kind.entry(kind(wishes)).or_default().push(time);
            std::hint::black_box(&answer);
        }
        times.sort_unstable();
        let cold = cold(&engine, &doctors);
        // The plain rules, as far as they can be waited for: the same answers, and how much longer they take.
        let rules = if size <= 100_000 {
            let mut dice = Dice(1);
            let openings: Vec<_> = (0..size)
                .map(|n| desk::opening(&mut dice, &map, n))
                .collect();
            let index = Index::new(&openings);
            let mut times: Vec<Duration> = vec![];
            for (profile, wishes) in doctors.iter().take(if size > 10_000 { 20 } else { 200 }) {
                let doctor = Doctor { profile, wishes };
                let start = worked();
                let answer = index.rank(&doctor, 10);
                times.push(worked() - start);
                assert_eq!(
                    answer,
                    engine.rank(&doctor, 10),
                    "the engine strays from the rules"
                );
            }
            times.sort_unstable();
            format!("{:.3}", at(&times, 50))
        } else {
            "-".into()
        };
        // An opening that changes: the old one goes, the new one comes.
        let mut dice = Dice(9);
        let changed: Vec<_> = (0..1000)
            .map(|_| {
                let n = dice.below(size as u64) as usize;
                desk::opening(&mut dice, &map, n)
            })
            .collect();
        let start = Instant::now();
        for opening in &changed {
            engine.insert(opening);
        }
        let change = start.elapsed().as_secs_f64() * 1e6 / changed.len() as f64;
        println!(
            "{size:>8} {:>8.2} {bytes:>10} {:>8.3} {:>8.3} {:>8.3} {:>8.3} {change:>11.2} {rules:>13}",
            made.as_secs_f64(),
            at(&times, 50),
            at(&times, 90),
            at(&times, 99),
            at(&times, 100),
        );
        println!(
            "{:>28} {:>8.3} {:>8} {:>8} {:>8.3}   the first question, with no verdicts kept",
            "",
            at(&cold, 50),
            "",
            "",
            at(&cold, 100)
        );
        for (kind, mut times) in of_kind {
            times.sort_unstable();
            println!(
                "{:>28} {:>8.3} {:>8.3} {:>8.3} {:>8.3}   {kind}",
                "",
                at(&times, 50),
                at(&times, 90),
                at(&times, 99),
                at(&times, 100)
            );
        }
    }
    other_direction(&map);
    all_by_all(&map);
    if let Ok(folder) = std::env::var("TABLES") {
        table::write(folder.as_ref(), &map, &doctors);
    }
}

/// The time of questions of which each is the first: nothing has been found before.
fn cold(engine: &Engine, doctors: &[(Vec<ProfileItem>, Vec<Wish>)]) -> Vec<Duration> {
    let mut times: Vec<Duration> = doctors
        .iter()
        .take(20)
        .map(|(profile, wishes)| {
            // What has been found is not copied.
            let engine = engine.clone();
            let start = worked();
            std::hint::black_box(engine.rank(&Doctor { profile, wishes }, 10));
            worked() - start
        })
        .collect();
    times.sort_unstable();
    times
}

/// New openings against standing wishes.
fn other_direction(map: &Map) {
    println!(
        "\nstanding   made s  B/doctor   p50 ms   p99 ms  change µs  (one new opening, its ten best doctors)"
    );
    for size in [1000, 100_000, number("STANDING", 1_000_000)] {
        let mut dice = Dice(7);
        let before = resident();
        let start = Instant::now();
        let mut standing = Standing::new();
        for n in 0..size {
            let (profile, wishes) = desk::doctor(&mut dice, map);
            let doctor = Doctor {
                profile: &profile,
                wishes: &wishes,
            };
            standing.add(&n.to_string(), &doctor);
        }
        standing.arrange();
        let made = start.elapsed().as_secs_f64();
        let bytes = resident().saturating_sub(before) / size;
        let mut dice = Dice(3);
        let mut times = vec![];
        for n in 0..50 {
            let opening = desk::opening(&mut dice, map, n);
            let start = worked();
            std::hint::black_box(standing.suggested(&opening, 10));
            times.push(worked() - start);
        }
        times.sort_unstable();
        // A doctor whose wishes change.
        let changed: Vec<_> = (0..1000).map(|_| desk::doctor(&mut dice, map)).collect();
        let start = Instant::now();
        for (profile, wishes) in &changed {
            let id = dice.below(size as u64).to_string();
            standing.add(&id, &Doctor { profile, wishes });
        }
        let change = start.elapsed().as_secs_f64() * 1e6 / changed.len() as f64;
        println!(
            "{size:>8} {made:>8.2} {bytes:>9} {:>8.3} {:>8.3} {change:>10.2}",
            at(&times, 50),
            at(&times, 99)
        );
    }
}

/// Every doctor's ten best, on two threads.
fn all_by_all(map: &Map) {
    let size = number("ALL", 10_000);
    if size == 0 {
        return;
    }
    let mut dice = Dice(1);
    let mut engine = Engine::new();
    for n in 0..size {
        engine.insert(&desk::opening(&mut dice, map, n));
    }
    engine.arrange();
    let mut dice = Dice(7);
    let doctors: Vec<_> = (0..size).map(|_| desk::doctor(&mut dice, map)).collect();
    let start = Instant::now();
    let work: Duration = std::thread::scope(|scope| {
        let halves: Vec<_> = doctors
            .chunks(size.div_ceil(2))
            .map(|half| {
                let engine = &engine;
                scope.spawn(move || {
                    let start = worked();
                    for (profile, wishes) in half {
                        let doctor = Doctor { profile, wishes };
                        std::hint::black_box(engine.top(&doctor, 10));
                    }
                    worked() - start
                })
            })
            .collect();
        halves.into_iter().map(|h| h.join().unwrap()).sum()
    });
    println!(
        "\nall × all: {size} doctors × {size} openings on two threads: {:.1} s by the clock, {:.1} s of work",
        start.elapsed().as_secs_f64(),
        work.as_secs_f64()
    );
}
