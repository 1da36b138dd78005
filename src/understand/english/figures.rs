//! Figures that English says in its own ways: limits of days, numbers in words, a number alone that takes up the one
//! before, 「make it two」, contracts for a time, parts of the day.

use super::super::lexicon::Meaning;
use super::super::pattern::pattern;
use super::super::rules::{Cx, Item};
use super::limits::{self, Side};
use crate::domain::wish::{DayRange, Field, Pay, PayUnit, Strength, Value};

/// Reads them, and mends what the other rules read.
pub(in crate::understand) fn read(cx: &Cx, items: &mut Vec<Item>) {
    if !cx.doc.latin {
        return;
    }
    items.retain(|i| !only_looks_so(cx, i));
    hours(cx, items);
    a_day_or_two(cx, items);
    sums(cx, items);
    taken_up(cx, items);
    times(cx, items);
    terms(cx, items);
    halves(cx, items);
    sides(cx, items);
    parts(items, cx);
    not_before(cx, items);
}

pattern!(
    PART,
    r"^ (?:(?P<pm>after lunch|after noon|afternoons?|in the afternoons?|from noon|evenings?)|(?P<am>mornings?|in the mornings?|before noon|before lunch|until noon))\b"
);

/// 「Fridays after lunch」.
fn parts(items: &mut [Item], cx: &Cx) {
    for item in items.iter_mut().filter(|i| i.field == Field::Day) {
        let Some(c) = PART.first(cx.rest(item.end)) else {
            continue;
        };
        let half = if c.name("am").is_some() { "am" } else { "pm" };
        if let Some(day) = item.value.as_text().filter(|d| !d.contains(':')) {
            item.value = Value::text(format!("{day}:{half}"));
            item.end += c.get(0).map_or(0, |m| m.end());
        }
    }
}

pattern!(
    NOT_BEFORE,
    r"\b(?:not|n't|cannot|unable|never|no|nothing)\b[^.;]{0,36}\b(?:before|earlier than|until|till|sooner than|prior to)\s(?:the end of |the beginning of |early |late )?$|\b(?:not|no) (?:before|earlier than|sooner than|until)\s$|\bat the (?:very )?earliest,?\s(?:in |on |from )?$"
);

/// 「I could not start before October」: the earliest that is possible.
fn not_before(cx: &Cx, items: &mut [Item]) {
    for item in items.iter_mut().filter(|i| i.field == Field::Start) {
        if NOT_BEFORE.is(cx.head(item.start)) {
            item.strength = Some(Strength::Must);
        }
    }
}

pattern!(
    NOT_LONG,
    r"^[ -]?(?:term)?[ -]?(?:care|stay|standing|commute|time|way|journey|distance)"
);
pattern!(
    SINCE_SCHOOL,
    r"^ (?:school|student|students|library|congress|society|journal|certificate|board|licen[cs]e)"
);

/// 「long-term care hospital」 is no duration, 「medical school」 no place of work where one was trained.
fn only_looks_so(cx: &Cx, item: &Item) -> bool {
    let rest = cx.rest(item.end);
    let head = cx.head(item.start);
    match item.field {
        Field::Duration => item.value == Value::text("long") && NOT_LONG.is(rest),
        Field::Institution => {
            SINCE_SCHOOL.is(rest) || head.ends_with("since ") || head.ends_with("staff of a ")
        }
        Field::CommuteMinutes => rest.starts_with(" is nothing"),
        Field::Shift => item.rule == "things::word" && CALLS.is(cx.sentence(item.start)),
        _ => false,
    }
}

pattern!(
    HOURS,
    r"\b(?P<n>one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|\d{1,2})[\s-]hours?\s(?:a|per|each|of work a|or less a)\s(?P<u>day|week|shift)\b|\b(?P<d>four|five|six|seven|eight)-hour (?:day|shift)s?\b"
);

pattern!(
    SUM,
    r"(?x)\b(?:(?P<t>ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[-\x20](?P<u>one|two|three|four|five|six|seven|eight|nine))?|(?P<o>one|two|three|four|five|six|seven|eight|nine))\s(?P<h>hundred\s(?:and\s)?)?(?P<s>thousand|million)\s?(?:yen|jpy)
      (?:\s(?:(?:a|per|an|each|every)\s(?P<unit>year|month|half[-\s]day|morning|afternoon|session|day|hour|duty|shift)|(?P<yearly>annually|yearly)))?"
);

/// 「Seventy thousand yen a day」.
fn sums(cx: &Cx, items: &mut Vec<Item>) {
    for c in SUM.all(cx.text()) {
        let word = |g: &str| c.name(g).and_then(|m| number(m.as_str()));
        let (Some(all), Some(count)) = (c.get(0), word("t").or(word("o"))) else {
            continue;
        };
        let count = count + word("u").unwrap_or(0.0);
        let hundreds = if c.name("h").is_some() { 100.0 } else { 1.0 };
        let scale = if c.name("s").is_some_and(|s| s.as_str() == "million") {
            1_000_000.0
        } else {
            1_000.0
        };
        #[allow(clippy::cast_possible_truncation)]
        let amount = (count * hundreds * scale) as i64;
        let unit = match c.name("unit").map(|u| u.as_str()) {
            Some("month") => PayUnit::Month,
            Some("day" | "duty" | "shift") => PayUnit::Day,
            Some("hour") => PayUnit::Hour,
            Some("year") => PayUnit::Year,
            Some(_) => PayUnit::HalfDay,
            None if amount >= 3_000_000 || c.name("yearly").is_some() => PayUnit::Year,
            None if amount >= 200_000 => PayUnit::Month,
            None => PayUnit::Day,
        };
        if !overlaps(items, Field::SalaryMin, all.start(), all.end()) {
            items.push(Item::new(
                Field::SalaryMin,
                Value::Pay(Pay { amount, unit }),
                all.start(),
                all.end(),
                "english::sum",
            ));
        }
    }
}

pattern!(
    A_DAY_OR_TWO,
    r"\ba day or (?P<n>two|three|so) (?:a|per|each|every) week\b"
);

/// 「A day or two a week」.
fn a_day_or_two(cx: &Cx, items: &mut Vec<Item>) {
    for c in A_DAY_OR_TWO.all(cx.text()) {
        let Some(all) = c.get(0) else { continue };
        let most = match c.name("n").map(|n| n.as_str()) {
            Some("two") => 2.0,
            Some("three") => 3.0,
            _ => 1.0,
        };
        if !overlaps(items, Field::DaysPerWeek, all.start(), all.end()) {
            items.push(Item::new(
                Field::DaysPerWeek,
                Value::days(Some(1.0), Some(most)),
                all.start(),
                all.end(),
                "english::a_day_or_two",
            ));
        }
    }
}

fn hours(cx: &Cx, items: &mut Vec<Item>) {
    for c in HOURS.all(cx.text()) {
        let (Some(all), Some(n)) = (
            c.get(0),
            c.name("n").or(c.name("d")).and_then(|n| number(n.as_str())),
        ) else {
            continue;
        };
        let weekly = c.name("u").is_some_and(|u| u.as_str() == "week");
        let field = if weekly {
            Field::HoursPerWeek
        } else {
            Field::HoursPerDay
        };
        if overlaps(items, field, all.start(), all.end()) || n > 60.0 {
            continue;
        }
        items.push(Item::new(
            field,
            whole(n),
            all.start(),
            all.end(),
            "english::hours",
        ));
    }
}

pattern!(
    ALONE,
    r"(?x)(?:
        (?P<new>\b(?:make|change|reduce|cut|lower|raise|increase|extend|shorten|put|turn)\s(?:it|that|this|them|those)(?:\s(?:down|up|now))?(?:\s(?:to|into|at|down\sto))?\s(?:just\s|only\s|rather\s|now\s)?)
      | (?P<less>\b(?:anything\s|nothing\s|never\s|not\s|no\s)?(?:less|fewer|more)\sthan\s)
      | (?P<verb>\b(?:do|manage|work|offer|accept|say|prefer|would\sbe)\s(?:up\sto\s|only\s|just\s|even\s|now\s)*)
      | (?P<lead>(?:^|[.;,:!?]\s|\band\s|\bbut\s|\bor\s)(?:even\s|perhaps\s|maybe\s|rather\s|now\s|please\s|at\smost\s)?)
      )
      (?:jpy\s|¥)?(?P<n>one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|\d{1,3}(?:\.\d)?)(?P<half>\sand\sa\shalf)?(?P<m>\smillion|m\b)?
      (?P<rest>(?:\s(?:is|are|would|will|i|if|at|or|and\s(?:no|not|that)|now|instead|then|please|from|max\S*|tops|in|does|under|when|could|might|suits?)\b|\s?[.;!?)]|,|\s?$))"
);

/// 「Five is my limit」, 「make it two」, 「two if you twist my arm」: the number counts what the one before counted.
fn taken_up(cx: &Cx, items: &mut Vec<Item>) {
    let mut found: Vec<(Item, Option<usize>)> = Vec::new();
    for c in ALONE.all(cx.text()) {
        let (Some(word), Some(all)) = (c.name("n"), c.get(0)) else {
            continue;
        };
        let Some(n) = number(word.as_str()) else {
            continue;
        };
        let n = if c.name("half").is_some() { n + 0.5 } else { n };
        let end = c
            .name("m")
            .or(c.name("half"))
            .map_or(word.end(), |m| m.end());
        let changes = c.name("new").is_some();
        let pronoun = word.as_str() == "one" && !changes;
        let busy = cx
            .dates
            .iter()
            .any(|d| d.start < end && word.start() < d.end)
            || items.iter().any(|i| i.start < end && word.start() < i.end);
        if pronoun || busy || !cx.doc.counts(word.start()) {
            continue;
        }
        let about = items
            .iter()
            .enumerate()
            .filter(|(_, i)| i.end <= all.start() + 2 && all.start() < i.end + 160)
            .filter(|(_, i)| sentences_apart(cx, i.start, word.start()) <= 1)
            .filter_map(|(at, i)| Some((at, i, same(i, n, c.name("m").is_some())?)))
            .max_by_key(|(_, i, _)| i.end);
        let Some((at, old, value)) = about else {
            continue;
        };
        // 「anything less than four does not pay the rent」 sets one end only.
        let less = c.name("less").map(|l| !l.as_str().contains("more"));
        let value = match (&value, less) {
            (Value::Days(_), Some(true)) => Value::days(Some(n), None),
            (Value::Days(_), Some(false)) => Value::days(None, Some(n)),
            _ => value,
        };
        if value == old.value {
            continue;
        }
        // A number in a list behind a comma is something else's, unless something is said of it.
        let said = c.name("rest").is_some_and(|r| r.as_str().starts_with(' '));
        if !changes && !said && c.name("less").or(c.name("verb")).is_none() {
            continue;
        }
        let mut item = Item::new(old.field, value, word.start(), end, "english::taken_up");
        if changes {
            item.start = c.name("new").map_or(word.start(), |m| m.start());
            item.strength = Some(Strength::Want);
        }
        found.push((item, changes.then_some(at)));
    }
    let mut gone: Vec<usize> = found.iter().filter_map(|(_, at)| *at).collect();
    gone.sort_unstable();
    gone.dedup();
    for at in gone.into_iter().rev() {
        if at < items.len() {
            items.remove(at);
        }
    }
    items.extend(found.into_iter().map(|(i, _)| i));
}

/// The value that a bare number takes in the place of an earlier one.
fn same(old: &Item, n: f64, million: bool) -> Option<Value> {
    let up_to = |most: f64| (n <= most && !million).then_some(());
    match (old.field, &old.value) {
        (Field::DaysPerWeek, _) => up_to(7.0).map(|()| Value::days(Some(n), Some(n))),
        (Field::DaysPerMonth, _) => up_to(20.0).map(|()| Value::days(Some(n), Some(n))),
        (Field::CommuteMinutes, _) => (n >= 10.0 && !million).then(|| whole(n)),
        (Field::NightDuty | Field::OnCall | Field::DayDuty, Value::Number(_)) => {
            up_to(12.0).map(|()| whole(n))
        }
        (Field::HoursPerDay, _) => up_to(14.0).map(|()| whole(n)),
        (Field::HoursPerWeek, _) => up_to(60.0).map(|()| whole(n)),
        (Field::OutpatientsPerDay, _) => (n >= 5.0 && !million).then(|| whole(n)),
        (Field::SalaryMin, Value::Pay(Pay { amount, unit })) => {
            let large = *amount >= 1_000_000;
            ((large && n < 100.0) || million).then(|| pay(n * 1e6, *unit))
        }
        _ => None,
    }
}

fn pay(amount: f64, unit: PayUnit) -> Value {
    #[allow(clippy::cast_possible_truncation)]
    let amount = amount as i64;
    Value::Pay(Pay { amount, unit })
}

/// How many sentences behind the one of `a` that of `b` stands; many where lines lie between.
fn sentences_apart(cx: &Cx, a: usize, b: usize) -> usize {
    let at = |x: usize| cx.doc.sentences.partition_point(|s| s.start <= x);
    let lines = cx.doc.line_index(b).saturating_sub(cx.doc.line_index(a));
    at(b).saturating_sub(at(a)) + lines.saturating_sub(1)
}

pattern!(
    TIMES,
    r"\b(?P<n>once|twice|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})(?: times| nights?(?: of duty| duties)?| duties| calls)? (?:a|per|each|every) (?P<u>month|week)\b"
);

/// 「if a place is short-handed, once a month」: the duty that the sentence speaks of.
fn times(cx: &Cx, items: &mut Vec<Item>) {
    for c in TIMES.all(cx.text()) {
        let (Some(all), Some(n)) = (c.get(0), c.name("n").and_then(|n| number(n.as_str()))) else {
            continue;
        };
        if items
            .iter()
            .any(|i| i.start < all.end() && all.start() < i.end)
        {
            continue;
        }
        let Some(sentence) = cx.doc.sentence_at(all.start()) else {
            continue;
        };
        let duty = cx
            .things
            .iter()
            .filter(|h| sentence.start <= h.start && h.end <= all.end())
            .filter_map(|h| match h.meaning {
                Meaning::Thing(f, _) if f.is_counted_duty() => Some(f),
                _ => None,
            })
            .next_back();
        let Some(field) = duty else { continue };
        let weekly = c.name("u").is_some_and(|u| u.as_str() == "week");
        items.push(Item::new(
            field,
            whole(if weekly { n * 4.0 } else { n }),
            all.start(),
            all.end(),
            "english::times",
        ));
    }
}

pattern!(
    TERM,
    r"\b(?P<n>a|one|two|three|four|five|six|nine|ten|twelve|eighteen|half a|\d{1,2})[\s-](?P<u>months?|years?)(?:'s|s')?(?:[\s-]long)?(?: fixed-term| temporary| limited| initial| renewable| trial)? (?:contract|post|position|appointment|term|stint|assignment|engagement|locum|trial|period|job)s?\b|\bfor (?P<n3>half a|a|two|three|six|nine) (?P<u3>year|months|years)(?: or so| at first| or two)?(?:,| starting|\.| to begin)|\b(?:contract|post|position|appointment|locum|job)s? (?:of|for|limited to|lasting) (?:about |around |at most |some )?(?P<n2>a|one|two|three|four|five|six|nine|ten|twelve|eighteen|half a|\d{1,2}) (?P<u2>months?|years?)\b"
);

/// 「a one-year contract」.
fn terms(cx: &Cx, items: &mut Vec<Item>) {
    for c in TERM.all(cx.text()) {
        let (Some(all), Some(n), Some(u)) = (
            c.get(0),
            c.name("n").or(c.name("n2")).or(c.name("n3")),
            c.name("u").or(c.name("u2")).or(c.name("u3")),
        ) else {
            continue;
        };
        let count = match n.as_str() {
            "a" => Some(1.0),
            "half a" => Some(0.5),
            w => number(w),
        };
        let Some(count) = count else { continue };
        let months = if u.as_str().starts_with('y') {
            count * 12.0
        } else {
            count
        };
        if overlaps(items, Field::Duration, all.start(), all.end()) || months > 120.0 {
            continue;
        }
        items.push(Item::new(
            Field::Duration,
            whole(months),
            n.start(),
            u.end(),
            "english::term",
        ));
    }
}

pattern!(
    HALVES,
    r"\b(?P<w>mornings?|afternoons?|nights)\b(?P<rest>[^.;\n]{0,12})"
);
pattern!(
    OF_A_DAY,
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?(?:'s)?,? (?:and |or )?$|\b(?:good|this|that|next|every other|yesterday|tomorrow|the same|per|a|one|other|last) $|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?'? $"
);
pattern!(
    AS_SHIFT,
    r"^ (?:shifts?|sessions?|clinics?|hours|work|only|surgery|slots?)"
);

/// 「two mornings a week」, 「Mornings suit me best」.
fn halves(cx: &Cx, items: &mut Vec<Item>) {
    for c in HALVES.all(cx.text()) {
        let Some(w) = c.name("w") else { continue };
        let word = w.as_str();
        let head = cx.head(w.start());
        let rest = c.name("rest").map_or("", |r| r.as_str());
        let plural = word.ends_with('s');
        let in_them = head.ends_with("in the ") || head.ends_with("the ");
        if OF_A_DAY.is(head)
            || !plural && !AS_SHIFT.is(rest) && !in_them
            || word == "nights" && !head.ends_with("no ") && !head.ends_with("work ")
            || head.ends_with("the ") && !plural && !AS_SHIFT.is(rest) && !head.ends_with("in the ")
            || items.iter().any(|i| {
                matches!(
                    i.field,
                    Field::Day | Field::Shift | Field::NightDuty | Field::Contact
                ) && i.start < w.end()
                    && w.start() < i.end
            })
            || CALLS.is(cx.sentence(w.start()))
        {
            continue;
        }
        let value = match word {
            w if w.starts_with('m') => "morning",
            w if w.starts_with('a') => "afternoon",
            _ => "night",
        };
        items.push(Item::new(
            Field::Shift,
            Value::text(value),
            w.start(),
            w.end(),
            "english::half",
        ));
    }
}

pattern!(
    pub(super) CALLS,
    r"\b(?:ring|call me|phone|reach me|telephone|reply|get back|write to|contact(?:ed)?|reached)\b"
);

/// 「four days a week at the very most」 has an upper end only.
fn sides(cx: &Cx, items: &mut [Item]) {
    for item in items
        .iter_mut()
        .filter(|i| matches!(i.field, Field::DaysPerWeek | Field::DaysPerMonth))
    {
        let Value::Days(DayRange {
            min: Some(a),
            max: Some(b),
        }) = item.value
        else {
            continue;
        };
        if a.to_bits() != b.to_bits() {
            continue;
        }
        let Some(sentence) = cx.doc.sentence_at(item.start) else {
            continue;
        };
        match limits::side(cx.doc, sentence, item.start, item.end) {
            Some(Side::Most) => item.value = Value::days(None, Some(b)),
            Some(Side::Least) => item.value = Value::days(Some(a), None),
            None => {}
        }
    }
}

pub(super) fn overlaps(items: &[Item], field: Field, start: usize, end: usize) -> bool {
    items
        .iter()
        .any(|i| i.field == field && i.start < end && start < i.end)
}

fn whole(n: f64) -> Value {
    #[allow(clippy::cast_possible_truncation)]
    Value::Number(n.round() as i64)
}

/// A number in words or digits.
pub(in crate::understand) fn number(word: &str) -> Option<f64> {
    const WORDS: &[(&str, f64)] = &[
        ("once", 1.0),
        ("twice", 2.0),
        ("one", 1.0),
        ("two", 2.0),
        ("three", 3.0),
        ("four", 4.0),
        ("five", 5.0),
        ("six", 6.0),
        ("seven", 7.0),
        ("eight", 8.0),
        ("nine", 9.0),
        ("ten", 10.0),
        ("twelve", 12.0),
        ("fifteen", 15.0),
        ("eighteen", 18.0),
        ("twenty", 20.0),
        ("thirty", 30.0),
        ("forty", 40.0),
        ("fifty", 50.0),
        ("sixty", 60.0),
        ("seventy", 70.0),
        ("eighty", 80.0),
        ("ninety", 90.0),
        ("eleven", 11.0),
    ];
    WORDS
        .iter()
        .find(|(w, _)| *w == word)
        .map(|(_, n)| *n)
        .or_else(|| word.parse().ok())
}
