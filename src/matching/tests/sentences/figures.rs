//! Fields of numbers, ranges, hours, pay and months.

use super::{at, at_cap, items, sign};
use proptest::prelude::*;

const STRENGTHS: [&str; 5] = ["must", "want", "ok", "avoid", "never"];
const REFUSALS: [&str; 2] = ["avoid", "never"];

fn best(statuses: impl Iterator<Item = &'static str>) -> &'static str {
    let all: Vec<&str> = statuses.collect();
    match () {
        () if all.contains(&"+") => "+",
        () if all.is_empty() || all.contains(&"?") => "?",
        () => "-",
    }
}

fn told(met: bool) -> &'static str {
    if met { "+" } else { "-" }
}

fn range(ends: (Option<u8>, Option<u8>)) -> String {
    let end = |name: &str, n: Option<u8>| n.map(|n| format!("\"{name}\":{n}"));
    let ends: Vec<String> = [end("min", ends.0), end("max", ends.1)]
        .into_iter()
        .flatten()
        .collect();
    format!("{{{}}}", ends.join(","))
}

fn a_range() -> impl Strategy<Value = (Option<u8>, Option<u8>)> {
    (0u8..8, 0u8..8, 0..3u8).prop_map(|(a, b, open)| match open {
        0 => (Some(a.min(b)), None),
        1 => (None, Some(a.max(b))),
        _ => (Some(a.min(b)), Some(a.max(b))),
    })
}

/// `HH:MM` on the quarter.
fn clock(quarters: u32) -> String {
    format!("{:02}:{:02}", quarters / 4 % 24, quarters % 4 * 15)
}

fn hours(start: Option<u32>, end: Option<u32>) -> String {
    let part = |name: &str, at: Option<u32>| at.map(|t| format!("\"{name}\":\"{}\"", clock(t)));
    let parts: Vec<String> = [part("start", start), part("end", end)]
        .into_iter()
        .flatten()
        .collect();
    format!("{{{}}}", parts.join(","))
}

/// An end that is not after its start is on the next day.
fn spans((start, end): (Option<u32>, Option<u32>)) -> (Option<u32>, Option<u32>) {
    match (start, end) {
        (Some(s), Some(e)) if e <= s => (start, Some(e + 96)),
        both => both,
    }
}

fn some_hours() -> impl Strategy<Value = (Option<u32>, Option<u32>)> {
    (
        prop::option::weighted(0.8, 0..96u32),
        prop::option::weighted(0.8, 0..96u32),
    )
        .prop_filter("says something", |(s, e)| s.is_some() || e.is_some())
}

proptest! {
    #[test]
    fn patients_and_hours_are_limits(
        field in prop::sample::select(&["outpatients_per_day", "hours_per_day", "hours_per_week"][..]),
        n in 1i64..12, offered in prop::collection::vec(1i64..12, 0..3), strength in prop::sample::select(&STRENGTHS)
    ) {
        let refused = REFUSALS.contains(&strength);
        let status = best(offered.iter().map(|m| told(if refused { *m < n } else { *m <= n })));
        let got = sign("", &format!("{strength} {field}={n}"), &items(field, &offered));
        prop_assert_eq!(got, at_cap(strength, status));
    }

    #[test]
    fn a_number_of_duties_is_a_limit(
        field in prop::sample::select(&["night_duty", "on_call", "day_duty"][..]), n in 1i64..8,
        offered in prop::collection::vec(prop::sample::select(&["none", "any", "1", "2", "4", "7"][..]), 0..3),
        strength in prop::sample::select(&STRENGTHS)
    ) {
        let refused = REFUSALS.contains(&strength);
        let status = best(offered.iter().map(|m| match m.parse::<i64>() {
            Ok(m) => told(if refused { m < n } else { m <= n }),
            Err(_) if *m == "none" => "+",
            Err(_) => "?",
        }));
        let got = sign("", &format!("{strength} {field}={n}"), &items(field, &offered));
        prop_assert_eq!(got, at_cap(strength, status));
    }

    #[test]
    fn any_duty_asks_for_one_or_refuses_all_or_takes_what_comes(
        field in prop::sample::select(&["night_duty", "on_call", "day_duty", "overtime"][..]),
        offered in prop::collection::vec(prop::sample::select(&["none", "any", "1", "4"][..]), 0..3),
        strength in prop::sample::select(&STRENGTHS)
    ) {
        prop_assume!(field != "overtime" || offered.iter().all(|o| o.parse::<i64>().is_err()));
        let status = best(offered.iter().map(|m| match strength {
            "ok" => "+",
            "avoid" | "never" => told(*m == "none"),
            _ => told(*m != "none"),
        }));
        let cap = field != "overtime";
        let got = sign("", &format!("{strength} {field}=any"), &items(field, &offered));
        prop_assert_eq!(got, if cap { at_cap(strength, status) } else { at(strength, status) });
    }

    #[test]
    fn who_takes_any_duty_has_no_cap(field in prop::sample::select(&["night_duty", "on_call", "day_duty"][..]), cap in 0i64..4, n in 1i64..12) {
        let wished = format!("must {field}={cap}; ok {field}=any");
        prop_assert_ne!(sign("", &wished, &format!("{field}={n}")), "x");
        prop_assert_eq!(sign("", &format!("must {field}={cap}"), &format!("{field}={n}")) == "x", n > cap);
    }

    #[test]
    fn an_accepted_number_makes_a_refusal_unknown_up_to_it(
        field in prop::sample::select(&["night_duty", "on_call", "day_duty"][..]), accepted in 1i64..8,
        strength in prop::sample::select(&["must", "want", "ok"][..]), offered in prop::sample::select(&["none", "any", "1", "3", "7"][..])
    ) {
        let wished = format!("never {field}=any; {strength} {field}={accepted}");
        let got = super::verdict("", &wished, &format!("{field}={offered}"));
        let refusal = match offered.parse::<i64>() {
            Ok(n) if n > accepted => "x",
            Err(_) if offered == "none" => "+",
            _ => "?",
        };
        match refusal {
            "x" => prop_assert_eq!(got, format!("x {field}")),
            sign => {
                let item = format!("{sign}{field}=any");
                prop_assert!(got.contains(&item), "{} in {}", item, got);
            }
        }
    }

    #[test]
    fn ranges_of_days_meet_where_they_overlap(
        field in prop::sample::select(&["days_per_week", "days_per_month"][..]), wished in a_range(),
        offered in prop::collection::vec(a_range(), 0..3), strength in prop::sample::select(&STRENGTHS)
    ) {
        let low = |r: (Option<u8>, Option<u8>)| r.0.map_or(-1, i32::from);
        let high = |r: (Option<u8>, Option<u8>)| r.1.map_or(99, i32::from);
        let status = best(offered.iter().map(|o| {
            let overlap = low(*o) <= high(wished) && low(wished) <= high(*o);
            let inside = low(wished) <= low(*o) && high(*o) <= high(wished);
            match (REFUSALS.contains(&strength), overlap, inside) {
                (false, ..) => told(overlap),
                (true, false, _) => "+",
                (true, _, true) => "-",
                _ => "?",
            }
        }));
        let offered: Vec<String> = offered.into_iter().map(range).collect();
        let wish = format!("{strength} {field}={}", range(wished));
        prop_assert_eq!(sign("", &wish, &items(field, &offered)), at(strength, status));
        // The two fields are never compared.
        let other = if field == "days_per_week" { "days_per_month" } else { "days_per_week" };
        let other: Vec<String> = offered.iter().map(|o| format!("{other}={o}")).collect();
        prop_assert_eq!(sign("", &wish, &other.join("; ")), at(strength, "?"));
    }

    #[test]
    fn hours_lie_inside_end_by_end(
        wished in some_hours(), offered in prop::collection::vec(some_hours(), 0..3),
        strength in prop::sample::select(&["must", "want", "ok"][..])
    ) {
        let (ws, we) = spans(wished);
        let status = best(offered.iter().map(|o| {
            let (os, oe) = spans(*o);
            let out = |w: Option<u32>, o: Option<u32>, past: fn(u32, u32) -> bool| w.zip(o).is_some_and(|(w, o)| past(w, o));
            match () {
                () if out(ws, os, |w, o| o < w) || out(we, oe, |w, o| o > w) => "-",
                () if (ws.is_some() && os.is_none()) || (we.is_some() && oe.is_none()) => "?",
                () => "+",
            }
        }));
        let offered: Vec<String> = offered.into_iter().map(|(s, e)| hours(s, e)).collect();
        let wish = format!("{strength} hours={}", hours(wished.0, wished.1));
        prop_assert_eq!(sign("", &wish, &items("hours", &offered)), at(strength, status));
    }

    #[test]
    fn pay_reaches_the_wish_where_it_converts(
        wished in (1i64..40, prop::sample::select(&UNITS)),
        offered in prop::collection::vec((1i64..40, prop::sample::select(&UNITS), any::<bool>()), 0..3),
        strength in prop::sample::select(&["must", "want", "ok"][..])
    ) {
        // In a year there are twelve months, in a day two halves, and nothing else converts.
        let plain = |n: i64, unit: &str| match unit {
            "month" => ("year".to_owned(), n * 12),
            "half_day" => ("day".to_owned(), n * 2),
            unit => (unit.to_owned(), n),
        };
        let pay = |n: i64, unit: &str| format!("{{\"amount\":{},\"unit\":\"{unit}\"}}", n * 100_000);
        let wish = plain(wished.0, wished.1);
        let status = best(offered.iter().filter_map(|(n, unit, _)| {
            let (unit, n) = plain(*n, unit);
            (unit == wish.0).then(|| told(n >= wish.1))
        }));
        let offered: Vec<String> = offered
            .iter()
            .map(|(n, unit, most)| format!("salary_{}={}", if *most { "max" } else { "min" }, pay(*n, unit)))
            .collect();
        let wish = format!("{strength} salary_min={}", pay(wished.0, wished.1));
        prop_assert_eq!(sign("", &wish, &offered.join("; ")), at(strength, status));
    }

    #[test]
    fn a_start_is_compared_by_its_month(
        wished in (2026u32..2029, 1u32..13, prop::option::of(1u32..29)), asap in any::<bool>(),
        offered in prop::collection::vec(prop::option::weighted(0.8, (2026u32..2029, 1u32..13, prop::option::of(1u32..29))), 0..3),
        strength in prop::sample::select(&["must", "want", "ok"][..])
    ) {
        let date = |(y, m, d): (u32, u32, Option<u32>)| match d {
            Some(d) => format!("{y}-{m:02}-{d:02}"),
            None => format!("{y}-{m:02}"),
        };
        let status = best(offered.iter().map(|o| match o {
            _ if asap => "+",
            None => "?",
            Some((y, m, _)) => told((*y, *m) >= (wished.0, wished.1)),
        }));
        let offered: Vec<String> = offered.into_iter().map(|o| o.map_or("asap".to_owned(), date)).collect();
        let wish = if asap { "asap".to_owned() } else { date(wished) };
        prop_assert_eq!(sign("", &format!("{strength} start={wish}"), &items("start", &offered)), at(strength, status));
    }

    #[test]
    fn refusals_of_pay_start_and_hours_are_ignored(
        strength in prop::sample::select(&REFUSALS),
        value in prop::sample::select(&["salary_min={\"amount\":12000000,\"unit\":\"year\"}", "start=2027-04", "hours={\"end\":\"17:00\"}"][..]),
        offered in prop::sample::select(&["", "salary_min={\"amount\":12000000,\"unit\":\"year\"}", "start=2027-05", "hours={\"end\":\"18:00\"}"][..])
    ) {
        prop_assert_eq!(super::verdict("", &format!("{strength} {value}"), offered), "");
    }
}

const UNITS: [&str; 5] = ["year", "month", "day", "half_day", "hour"];
