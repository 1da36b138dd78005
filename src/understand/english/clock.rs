//! Times of day in words that end or begin the work: 「Nine o'clock is the earliest」, 「home by half past five」.

use super::super::pattern::pattern;
use super::super::rules::{Cx, Item};
use super::figures::{CALLS, number, overlaps};
use crate::domain::wish::{Field, Hours, Strength, Value};

pattern!(
    CLOCK,
    r"(?x)\b(?:(?P<half>half\spast\s)|(?P<past>(?:a\s)?quarter\spast\s)|(?P<to>(?:a\s)?quarter\sto\s))?(?P<h>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})(?:\so'?clock)?\b"
);
pattern!(
    NO_EARLIER,
    r"^[^.;]{0,12}\b(?:is|would be) the (?:very )?earliest\b|^ (?:at the earliest|onwards)\b"
);
pattern!(
    NOT_BEFORE_IT,
    r"\b(?:(?:start|begin|starting|beginning|come|in)(?: work)? (?:at|from|before|by)|not before|no earlier than|from)\s$"
);
pattern!(
    NO_LATER,
    r"^[^.;]{0,12}\b(?:is|would be) the (?:very )?latest\b|^ at the (?:very )?latest\b"
);
pattern!(
    DONE_BY,
    r"\b(?:home|finish(?:ed)?|done|leave|leaving|stop|out|off|away|over|end(?:ing)?|finishing)(?: work)? (?:by|before|at)\s$|\b(?:not|never) (?:later than|after|beyond|past)\s$|\bno later than\s$"
);

/// 「Nine o'clock is the earliest I can start」, 「home by half past five」.
pub(in crate::understand) fn read(cx: &Cx, items: &mut Vec<Item>) {
    if !cx.doc.latin {
        return;
    }
    for c in CLOCK.all(cx.text()) {
        let (Some(all), Some(h)) = (c.get(0), c.name("h").and_then(|h| number(h.as_str()))) else {
            continue;
        };
        let quarter = ["half", "past", "to"].iter().any(|g| c.name(g).is_some());
        if !quarter && !all.as_str().ends_with("clock")
            || h > 12.0
            || overlaps(items, Field::Hours, all.start(), all.end())
            || CALLS.is(cx.sentence(all.start()))
        {
            continue;
        }
        let (head, rest) = (cx.head(all.start()), cx.rest(all.end()));
        let (start, outright) = if NO_EARLIER.is(rest) {
            (true, true)
        } else if NO_LATER.is(rest) {
            (false, true)
        } else if DONE_BY.is(head) {
            (false, false)
        } else if NOT_BEFORE_IT.is(head) {
            (true, false)
        } else {
            continue;
        };
        let minutes = if c.name("half").is_some() {
            30.0
        } else if c.name("past").is_some() {
            15.0
        } else if c.name("to").is_some() {
            -15.0
        } else {
            0.0
        };
        // A day's work begins in the morning and ends in the afternoon.
        let pm = if start { h <= 5.0 } else { h <= 9.0 };
        #[allow(clippy::cast_possible_truncation)]
        let at = ((h + if pm { 12.0 } else { 0.0 }) * 60.0 + minutes) as i64;
        let time = Some(format!("{:02}:{:02}", at / 60, at % 60));
        let value = Value::Hours(if start {
            Hours {
                start: time,
                end: None,
            }
        } else {
            Hours {
                start: None,
                end: time,
            }
        });
        let mut item = Item::new(
            Field::Hours,
            value,
            all.start(),
            all.end(),
            "english::clock",
        );
        if outright {
            item.strength = Some(Strength::Must);
        }
        items.push(item);
    }
}
