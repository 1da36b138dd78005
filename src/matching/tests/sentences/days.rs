//! Days of the week, from half days counted one by one.

use super::super::{opening, verdict, wishes};
use crate::matching::Doctor;
use crate::matching::rank;
use proptest::prelude::*;
use std::collections::BTreeSet;

const DAYS: [&str; 8] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"];

fn a_day() -> impl Strategy<Value = String> {
    let half = prop::sample::select(&["", "", "", ":am", ":pm"][..]);
    prop_oneof![
        1 => Just("weekdays".to_owned()),
        6 => (prop::sample::select(&DAYS), half).prop_map(|(day, half)| format!("{day}{half}")),
    ]
}

/// Each day by its number, each half of it.
fn halves(day: &str) -> Vec<(usize, bool)> {
    let (name, half) = day.split_once(':').unwrap_or((day, ""));
    let days: Vec<usize> = match name {
        "weekdays" => (0..5).collect(),
        one => vec![DAYS.iter().position(|d| *d == one).unwrap()],
    };
    let both = [true, false]
        .into_iter()
        .filter(|am| half.is_empty() || (half == "am") == *am);
    both.flat_map(|am| days.iter().map(move |d| (*d, am)))
        .collect()
}

type Halves = BTreeSet<(usize, bool)>;

fn days(halves: &Halves) -> usize {
    halves
        .iter()
        .map(|(day, _)| day)
        .collect::<BTreeSet<_>>()
        .len()
}

#[derive(Debug, Clone)]
struct Case {
    wished: Vec<(&'static str, String)>,
    listed: Vec<String>,
    least: Option<u8>,
    forms: Vec<&'static str>,
}

fn a_case() -> impl Strategy<Value = Case> {
    let strength = prop::sample::select(&["must", "want", "ok", "avoid", "never"][..]);
    let forms = prop::sample::subsequence(&["full_time", "part_time"][..], 0..=2);
    let wished = prop::collection::vec((strength, a_day()), 1..6);
    let listed = prop::collection::vec(a_day(), 0..6);
    // The minimum in quarters of a day.
    (wished, listed, prop::option::of(2u8..24), forms).prop_map(
        |(mut wished, listed, least, forms)| {
            let mut seen = BTreeSet::new();
            wished.retain(|(_, day)| seen.insert(day.clone()));
            Case {
                wished,
                listed,
                least,
                forms,
            }
        },
    )
}

impl Case {
    fn of(&self, strengths: &[&str]) -> Halves {
        let own = self.wished.iter().filter(|(s, _)| strengths.contains(s));
        own.flat_map(|(_, day)| halves(day)).collect()
    }

    fn offered(&self) -> String {
        let mut items: Vec<String> = self.listed.iter().map(|d| format!("day={d}")).collect();
        items.extend(
            self.least
                .map(|q| format!("days_per_week={{\"min\":{}}}", f32::from(q) / 4.0)),
        );
        items.extend(self.forms.iter().map(|f| format!("employment={f}")));
        items.join("; ")
    }

    fn wish(&self) -> String {
        let all: Vec<String> = self
            .wished
            .iter()
            .map(|(s, d)| format!("{s} day={d}"))
            .collect();
        all.join("; ")
    }

    fn expected(&self) -> Vec<String> {
        let listed: Halves = self.listed.iter().flat_map(|d| halves(d)).collect();
        if listed.is_empty() {
            let firm = self.wished.iter().filter(|(s, _)| *s != "ok");
            // Of alternatives of one strength all fare alike here.
            return firm.map(|(_, d)| format!("?day={d}")).collect();
        }
        let mut allowed: Halves = &listed - &self.of(&["never"]);
        if self.wished.iter().any(|(s, _)| *s == "must") {
            allowed = &allowed & &self.of(&["must", "want", "ok"]);
        }
        let least = match (self.least, self.forms.as_slice()) {
            (Some(quarters), _) => usize::from(quarters).div_ceil(4),
            (None, ["full_time"]) => 4,
            _ => 1,
        };
        let needed = least.max(1).min(days(&listed));
        if days(&allowed) < needed {
            return vec!["x".into(), "day".into()];
        }
        let enough = |of: &Halves| days(of) >= needed;
        let wanted = enough(&(&allowed & &self.of(&["must", "want"])));
        let accepted = enough(&(&allowed & &self.of(&["must", "want", "ok"])));
        let spared = enough(&(&allowed - &self.of(&["avoid"])));
        let own = self.wished.iter().filter_map(|(s, d)| {
            let met = match *s {
                "must" | "never" => true,
                "want" => wanted,
                "ok" if !accepted => return None,
                "ok" => true,
                _ => spared || halves(d).iter().all(|h| !listed.contains(h)),
            };
            Some(format!("{}day={d}", if met { "+" } else { "-" }))
        });
        own.collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn the_needed_days_decide(case in a_case()) {
        let mut got: Vec<String> = verdict("", &case.wish(), &case.offered()).split(' ').filter(|i| !i.is_empty()).map(str::to_owned).collect();
        let mut expected = case.expected();
        got.sort();
        expected.sort();
        prop_assert_eq!(got, expected, "{} | {}", case.wish(), case.offered());
    }

    #[test]
    fn weekdays_are_monday_to_friday(case in a_case()) {
        let spelt = |text: &str, before: &str| -> String {
            let all: Vec<String> = DAYS[..5].iter().map(|d| format!("{before}day={d}")).collect();
            text.replace(&format!("{before}day=weekdays"), &all.join("; "))
        };
        let (plain, long) = (case.offered(), spelt(&case.offered(), ""));
        prop_assert_eq!(verdict("", &case.wish(), &plain), verdict("", &case.wish(), &long));
        // In wishes too, as far as what is excluded goes.
        let mut long = case.wish();
        for s in ["must ", "want ", "ok ", "avoid ", "never "] {
            long = spelt(&long, s);
        }
        let excluded = |wished: &str| {
            let wishes = wishes(wished);
            rank(&Doctor { profile: &[], wishes: &wishes }, &[opening("A", &plain)], 1).matches.is_empty()
        };
        prop_assert_eq!(excluded(&case.wish()), excluded(&long));
    }
}
