//! The `Date` header, in the forms of RFC 5322 and around it.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeZone};

/// Reads a date header. A two-digit year, a named zone, a missing weekday and a missing zone (read as UTC) are all met.
pub(crate) fn parse(value: &str) -> Option<DateTime<FixedOffset>> {
    let value = value.trim();
    if let Ok(date) = DateTime::parse_from_rfc3339(value) {
        return Some(date);
    }
    mail_parser::DateTime::parse_rfc822(value)
        .filter(mail_parser::DateTime::is_valid)
        .and_then(|date| to_chrono(&date))
        .or_else(|| loose(value))
}

fn to_chrono(date: &mail_parser::DateTime) -> Option<DateTime<FixedOffset>> {
    let seconds = i32::from(date.tz_hour) * 3600 + i32::from(date.tz_minute) * 60;
    let offset = FixedOffset::east_opt(if date.tz_before_gmt {
        -seconds
    } else {
        seconds
    })?;
    let local = NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())?
        .and_hms_opt(
            date.hour.into(),
            date.minute.into(),
            u32::from(date.second).min(59),
        )?;
    offset.from_local_datetime(&local).single()
}

/// `2026-11-03 10:12:00 +0900`, `Tue Nov  3 10:12:00 2026`.
fn loose(value: &str) -> Option<DateTime<FixedOffset>> {
    let value = value.split('(').next().unwrap_or_default().trim();
    for format in ["%Y-%m-%d %H:%M:%S %z", "%Y/%m/%d %H:%M:%S %z"] {
        if let Ok(date) = DateTime::parse_from_str(value, format) {
            return Some(date);
        }
    }
    for format in [
        "%Y-%m-%d %H:%M:%S",
        "%Y/%m/%d %H:%M:%S",
        "%a %b %d %H:%M:%S %Y",
        "%a, %d %b %Y %H:%M:%S",
    ] {
        if let Ok(local) = chrono::NaiveDateTime::parse_from_str(value, format) {
            return Some(local.and_utc().fixed_offset());
        }
    }
    None
}
