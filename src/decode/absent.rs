//! Until when an auto-reply says its sender is away.

use crate::domain::message::{AutomaticKind, InboundMessage};
use chrono::{Datelike, Days, NaiveDate};
use regex::Regex;
use std::sync::LazyLock;

/// A date in words: 2026年11月30日, 11月30日, 11/30, 2026-11-30, 30 November, Nov 30, 2026.
const DATE: &str =
    r"(?:(?P<y>20\d\d)\s*[年/.-]\s*)?(?P<m>\d{1,2})\s*[月/.-]\s*(?P<d>\d{1,2})\s*日?";

const ENGLISH_DATE: &str = r"(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:,?\s+(?P<y1>20\d\d))?|(?P<m2>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(?P<y2>20\d\d))?|(?P<y3>20\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d))";

const WEEKDAY: &str = r"\s*(?:[(（][月火水木金土日](?:曜日?)?[)）])?\s*";

#[allow(clippy::unwrap_used)]
static UNTIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"{DATE}{WEEKDAY}(?:\d{{1,2}}[:時]\d{{0,2}}分?\s*)?(?P<how>まで|迄|より出|から出|に出社|より復帰|に復帰|から復帰|に戻|以降)"
    ))
    .unwrap()
});

#[allow(clippy::unwrap_used)]
static RANGE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r"[~〜～－―–-]{WEEKDAY}{DATE}")).unwrap());

#[allow(clippy::unwrap_used)]
static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i)\b(?P<how>until|till|through|thru|to|-|–|returning(?:\s+on)?|return(?:\s+on|\s+to the office on)?|back(?:\s+in the office|\s+at work)?(?:\s+on)?)\s+(?:and including\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:the\s+)?{ENGLISH_DATE}"
    ))
    .unwrap()
});

/// The last day of absence that the words of an auto-reply name.
pub(crate) fn until(message: &InboundMessage, words: &str) -> Option<NaiveDate> {
    if message.automatic.kind != AutomaticKind::AutoReply {
        return None;
    }
    let sent = message.date?.date_naive();
    let words: String = words.chars().take(4000).map(half_width).collect();
    japanese(&words, sent).or_else(|| english(&words, sent))
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '／' => '/',
        '：' => ':',
        _ => c,
    }
}

fn japanese(words: &str, sent: NaiveDate) -> Option<NaiveDate> {
    let number = |found: &regex::Captures<'_>, name: &str| -> Option<u32> {
        found.name(name)?.as_str().parse().ok()
    };
    let year =
        |found: &regex::Captures<'_>| -> Option<i32> { found.name("y")?.as_str().parse().ok() };
    if let Some(found) = UNTIL.captures(words) {
        let day = resolve(
            year(&found),
            number(&found, "m")?,
            number(&found, "d")?,
            sent,
        )?;
        let how = found.name("how").map_or("", |how| how.as_str());
        // 「12月1日より出社」 names the first day back.
        return if matches!(how, "まで" | "迄") {
            Some(day)
        } else {
            day.checked_sub_days(Days::new(1))
        };
    }
    let found = RANGE.captures(words)?;
    resolve(
        year(&found),
        number(&found, "m")?,
        number(&found, "d")?,
        sent,
    )
}

fn english(words: &str, sent: NaiveDate) -> Option<NaiveDate> {
    let found = ENGLISH.captures(words)?;
    let group = |names: [&str; 3]| {
        names
            .into_iter()
            .find_map(|name| found.name(name))
            .map(|found| found.as_str().to_lowercase())
    };
    let month = group(["m1", "m2", "m3"])?;
    let month = month.parse().ok().or_else(|| month_named(&month))?;
    let day = group(["d1", "d2", "d3"])?.parse().ok()?;
    let year = group(["y1", "y2", "y3"]).and_then(|year| year.parse().ok());
    let date = resolve(year, month, day, sent)?;
    let how = found
        .name("how")
        .map_or("", |how| how.as_str())
        .to_lowercase();
    if how.starts_with("return") || how.starts_with("back") {
        date.checked_sub_days(Days::new(1))
    } else {
        Some(date)
    }
}

fn month_named(name: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let position = MONTHS.iter().position(|month| name.starts_with(month))?;
    u32::try_from(position + 1).ok()
}

/// A date without a year is the next one after the mail, give or take a month.
fn resolve(year: Option<i32>, month: u32, day: u32, sent: NaiveDate) -> Option<NaiveDate> {
    if let Some(year) = year {
        return NaiveDate::from_ymd_opt(year, month, day);
    }
    let this = NaiveDate::from_ymd_opt(sent.year(), month, day)?;
    if this + Days::new(60) < sent {
        NaiveDate::from_ymd_opt(sent.year() + 1, month, day)
    } else {
        Some(this)
    }
}
