//! Dates in English words, resolved against the mail's date.

use super::super::dates::DateHit;
use super::super::dates::{add_months, coming_year, month_string};
use super::super::pattern::pattern;
use super::super::rules::tail;
use super::figures;
use chrono::{Datelike, NaiveDate};

/// What says of which year a month or a season is.
macro_rules! year {
    ($name:literal) => {
        concat!(
            r",?(?:\s(?:of\s)?(?P<",
            $name,
            r">20\d{2}|next year|this year|last year|the year after next|the following year|(?:the )?coming year)\b)?"
        )
    };
}

pattern!(
    MONTH,
    concat!(
        r"\b(?:from\s)?(?:(?P<rel>next|this|last|past|this past|coming|this coming)\s)?(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)?\s(?:of\s)?)?(?P<m>january|february|march|april|may|june|july|august|september|october|november|december)\b(?:\s(?P<d2>\d{1,2})(?:st|nd|rd|th)?\b)?",
        year!("y")
    )
);
// 「may」 and 「mar」 are words or names too: short months stand beside a day, a year or a word of time.
pattern!(
    OF_TIME,
    r"(?:\b(?:from|in|by|until|till|since|of|after|before|through|early|mid|late|to|around|about|is|be|on|make (?:it|that)|start(?:ing)?|begin(?:ning)?)[\s-]|[:~(-]\s?)$"
);
pattern!(
    SHORT,
    concat!(
        r"\b(?:(?P<rel>next|last)\s|(?P<d1>\d{1,2})(?:st|nd|rd|th)?\s)?(?P<m>jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?(?:\s(?P<d2>\d{1,2})(?:st|nd|rd|th)?\b)?",
        year!("y")
    )
);
pattern!(
    SEASON,
    concat!(
        r"\b(?:(?P<ahead>(?:from|in|by|until|till|since|early|late|around|about|during)\s(?:the\s)?(?:early\s|late\s|mid-)?)|(?:the\s)?(?P<rel>next|this|last|from next|coming|this coming|following)\s)?(?P<s>spring|summer|autumn|fall|winter)\b",
        year!("y")
    )
);
pattern!(
    TURN,
    r"\b(?:from )?(?:(?P<jan>(?:(?:at |in |from |with )?the )?new year|(?:the )?(?:beginning|start|turn) of (?:the |next )year|early (?:in )?next year)|(?P<dec>(?:the )?end of (?:the|this) year|year['-]?s?[\s-]end|the year is out)|(?P<dec1>(?:the )?end of next year)|(?P<april>(?:the )?(?:new|next|coming) (?:fiscal|academic|financial) year|(?:the )?(?:beginning|start) of the (?:new |next )?(?:fiscal|academic|financial) year)|(?P<march>(?:the )?end of (?:the|this) (?:fiscal|academic|financial) year)|(?P<golden>(?:after|end of) (?:the )?golden week))\b"
);
pattern!(
    RELATIVE,
    r"\b(?:(?P<next>next month)|(?P<after>the month after next)|(?P<this>(?:the )?end of (?:the|this) month)|in (?:about |around |roughly |some )?(?:(?P<n>two|three|four|five|six|eight|nine|ten|\d{1,2}|a couple of|half a) (?P<u>months?|year)|(?P<year>a year))(?:'s? time|' time|s' time)?)\b"
);

// 「My son starts school in spring」.
pattern!(
    OF_SCHOOL,
    r"\b(?:school|university|college|kindergarten|studies)\s$"
);

/// All dates of a normal text, in order.
pub(in crate::understand) fn find(text: &str, today: NaiveDate) -> Vec<DateHit> {
    let mut out: Vec<DateHit> = Vec::new();
    let mut push = |span: Option<regex::Match<'_>>, value: String, day: bool| {
        if let Some(m) = span {
            out.push(DateHit {
                start: m.start(),
                end: m.end(),
                value,
                day,
            });
        }
    };
    for pattern in [&MONTH, &SHORT] {
        for c in pattern.all(text) {
            let get = |g: &str| c.name(g).map(|m| m.as_str());
            let day = get("d1").or(get("d2")).and_then(|d| d.parse::<u32>().ok());
            let day = day.filter(|d| (1..=31).contains(d));
            let Some(month) = get("m").and_then(month) else {
                continue;
            };
            let dated = day.is_some() || ["y", "rel"].iter().any(|g| get(g).is_some());
            let short = get("m").is_some_and(|m| m.len() < 4 || m == "sept");
            let head = c.name("m").and_then(|m| text.get(..m.start()));
            if short && !dated && !head.is_some_and(|h| OF_TIME.is(tail(h, 12))) {
                continue;
            }
            let year = year_of(today, month, get("y"), get("rel"));
            let value = match day {
                Some(d) => format!("{year}-{month:02}-{d:02}"),
                None => month_string((year, month)),
            };
            push(c.get(0), value, day.is_some());
        }
    }
    for c in SEASON.all(text) {
        let get = |g: &str| c.name(g).map(|m| m.as_str());
        let head = c.get(0).and_then(|m| text.get(..m.start()));
        let of_school = head.is_some_and(|h| OF_SCHOOL.is(tail(h, 14)));
        if of_school || get("ahead").or(get("rel")).or(get("y")).is_none() {
            continue;
        }
        let month = match get("s") {
            Some("spring") => 4,
            Some("summer") => 7,
            Some("autumn" | "fall") => 9,
            _ => 12,
        };
        let year = year_of(today, month, get("y"), get("rel"));
        push(c.get(0), month_string((year, month)), false);
    }
    for c in TURN.all(text) {
        let is = |g: &str| c.name(g).is_some();
        let year = today.year();
        let month = if is("jan") {
            (coming_year(today, 1), 1)
        } else if is("dec") {
            (year, 12)
        } else if is("dec1") {
            (year + 1, 12)
        } else if is("march") {
            (coming_year(today, 3), 3)
        } else if is("golden") {
            (coming_year(today, 5), 5)
        } else {
            (coming_year(today, 4), 4)
        };
        push(c.get(0), month_string(month), false);
    }
    for c in RELATIVE.all(text) {
        let is = |g: &str| c.name(g).is_some();
        let by = if is("next") {
            1
        } else if is("after") {
            2
        } else if is("this") {
            0
        } else if is("year") {
            12
        } else {
            match c.name("n").map(|n| n.as_str()) {
                Some("half a") => 6,
                Some("a couple of") => 2,
                Some(n) if c.name("u").is_some_and(|u| u.as_str() != "year") => {
                    figures::number(n).map_or(0, |n| n as i32)
                }
                _ => continue,
            }
        };
        push(c.get(0), month_string(add_months(today, by)), false);
    }
    out.sort_by_key(|d| (d.start, std::cmp::Reverse(d.end)));
    out.dedup_by(|next, kept| next.start < kept.end);
    out
}

/// The year of a month: as named, else the coming one; 「last」 is the one gone by.
fn year_of(today: NaiveDate, month: u32, named: Option<&str>, rel: Option<&str>) -> i32 {
    match named {
        Some("this year") => today.year(),
        Some("last year") => today.year() - 1,
        Some("the year after next") => today.year() + 2,
        Some(year) if year.starts_with("20") => year.parse().unwrap_or(today.year()),
        Some(_) => today.year() + 1,
        None => match rel {
            Some("last" | "past" | "this past") if month < today.month() => today.year(),
            Some("last" | "past" | "this past") => today.year() - 1,
            _ => coming_year(today, month),
        },
    }
}

fn month(name: &str) -> Option<u32> {
    let names = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let at = names.iter().position(|n| name.starts_with(n))?;
    u32::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_english_words() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 5).expect("a date");
        for (text, expected) in [
            ("from next april", &["2027-04"][..]),
            ("from 1 april 2027", &["2027-04-01"]),
            ("on march 31st, 2028", &["2028-03-31"]),
            ("i retired last march", &["2026-03"]),
            ("in may next year", &["2027-05"]),
            ("from next summer", &["2027-07"]),
            ("in the spring of 2028", &["2028-04"]),
            ("by the autumn", &["2027-09"]),
            ("i may fall ill in may", &["2027-05"]),
            ("a spring in my step", &[]),
            ("from jan. 2027", &["2027-01"]),
            ("since sept 2020 until 15 feb", &["2020-09", "2027-02-15"]),
            ("dr. mar and mr. jan", &[]),
            (
                "next month or the month after next",
                &["2026-12", "2027-01"],
            ),
            ("in about three months", &["2027-02"]),
            ("in half a year", &["2027-05"]),
            ("in the new year", &["2027-01"]),
            ("at the end of the year", &["2026-12"]),
            ("until the end of next year", &["2027-12"]),
            ("with the new fiscal year", &["2027-04"]),
            ("april the year after next", &["2028-04"]),
        ] {
            let found: Vec<String> = find(text, today).into_iter().map(|d| d.value).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
