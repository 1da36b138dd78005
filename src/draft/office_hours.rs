//! When somebody is at the desk, and how a text says it.

use super::holidays::holiday;
use crate::config::Desk;
use crate::domain::wish::Language;
use chrono::{DateTime, Datelike, Days, NaiveDate, TimeZone, Timelike, Utc, Weekday};
use chrono_tz::Tz;

/// How far ahead an opening is looked for, in days; a desk that is closed longer gives no date.
const HORIZON: u64 = 400;

/// What the clock of the desk says about the next reading of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeskHours {
    /// Somebody is there.
    Open,
    /// A working day, before or after hours. The date is that of the next opening.
    OutsideHours(Option<NaiveDate>),
    /// A day on which the desk is closed.
    ClosedDay(Option<NaiveDate>),
}

/// Whether a date is a working day of the desk: a weekday it works, no public holiday, no closing day of its own.
pub fn is_working_day(desk: &Desk, date: NaiveDate) -> bool {
    let hours = &desk.office_hours;
    let yearly = format!("{:02}-{:02}", date.month(), date.day());
    hours.days.contains(&date.weekday())
        && holiday(date).is_none()
        && !hours.closed.contains(&yearly)
        && !hours.closed_on.contains(&date)
}

/// Whether somebody is at the desk.
pub fn is_open(desk: &Desk, now: DateTime<Utc>) -> bool {
    let local = now.with_timezone(&desk.time_zone);
    let hours = &desk.office_hours;
    is_working_day(desk, local.date_naive())
        && hours.open <= local.time()
        && local.time() < hours.close
}

/// `now` while the desk is open, else the next moment at which it opens; none where it does not open within a year.
pub fn next_opening(desk: &Desk, now: DateTime<Utc>) -> Option<DateTime<Tz>> {
    let local = now.with_timezone(&desk.time_zone);
    if is_open(desk, now) {
        return Some(local);
    }
    if desk.office_hours.open >= desk.office_hours.close {
        return None;
    }
    (0..HORIZON)
        .filter_map(|ahead| local.date_naive().checked_add_days(Days::new(ahead)))
        .filter(|date| is_working_day(desk, *date))
        .filter_map(|date| {
            desk.time_zone
                .from_local_datetime(&date.and_time(desk.office_hours.open))
                .earliest()
        })
        .find(|opening| *opening > local)
}

/// What a text says about the hours at this moment.
pub fn desk_hours(desk: &Desk, now: DateTime<Utc>) -> DeskHours {
    if is_open(desk, now) {
        return DeskHours::Open;
    }
    let today = now.with_timezone(&desk.time_zone).date_naive();
    let next = next_opening(desk, now).map(|at| at.date_naive());
    if is_working_day(desk, today) {
        DeskHours::OutsideHours(next)
    } else {
        DeskHours::ClosedDay(next)
    }
}

/// 「11月24日（火）」, `Tuesday, 24 November`.
pub fn say_date(date: NaiveDate, language: Language) -> String {
    match language {
        Language::Ja => format!(
            "{}月{}日（{}）",
            date.month(),
            date.day(),
            ja(date.weekday())
        ),
        _ => {
            const MONTHS: [&str; 12] = [
                "January",
                "February",
                "March",
                "April",
                "May",
                "June",
                "July",
                "August",
                "September",
                "October",
                "November",
                "December",
            ];
            let month = MONTHS
                .get(date.month0() as usize)
                .copied()
                .unwrap_or_default();
            format!("{}, {} {month}", en(date.weekday()), date.day())
        }
    }
}

/// 「月〜金曜日 9:00〜17:00」, `Monday to Friday, 9:00–17:00 Japan time`; empty for a desk without working days.
pub fn say_hours(desk: &Desk, language: Language) -> String {
    let hours = &desk.office_hours;
    if hours.days.is_empty() {
        return String::new();
    }
    let clock = |t: chrono::NaiveTime| format!("{}:{:02}", t.hour(), t.minute());
    let (open, close) = (clock(hours.open), clock(hours.close));
    match language {
        Language::Ja => format!("{} {open}〜{close}", say_days_ja(&hours.days)),
        _ => format!("{}, {open}–{close} Japan time", say_days_en(&hours.days)),
    }
}

/// 「祝日・年末年始を除く」, `closed on public holidays and at New Year`.
pub fn say_closed(desk: &Desk, language: Language) -> &'static str {
    let new_year = desk
        .office_hours
        .closed
        .iter()
        .any(|day| day.starts_with("01-0") || day.starts_with("12-3"));
    match (language, new_year) {
        (Language::Ja, true) => "祝日・年末年始を除く",
        (Language::Ja, false) => "祝日を除く",
        (_, true) => "closed on public holidays and at New Year",
        (_, false) => "closed on public holidays",
    }
}

/// Weekdays from Monday on, each once.
fn in_order(days: &[Weekday]) -> Vec<Weekday> {
    let mut days = days.to_vec();
    days.sort_by_key(Weekday::num_days_from_monday);
    days.dedup();
    days
}

/// The first and last of three or more consecutive weekdays.
fn run(days: &[Weekday]) -> Option<(Weekday, Weekday)> {
    let (first, last) = (*days.first()?, *days.last()?);
    let span = last.num_days_from_monday() - first.num_days_from_monday() + 1;
    (days.len() >= 3 && days.len() == span as usize).then_some((first, last))
}

fn say_days_ja(days: &[Weekday]) -> String {
    let days = in_order(days);
    match run(&days) {
        Some((first, last)) => format!("{}〜{}曜日", ja(first), ja(last)),
        None => {
            let names: Vec<&str> = days.iter().map(|d| ja(*d)).collect();
            format!("{}曜日", names.join("・"))
        }
    }
}

fn say_days_en(days: &[Weekday]) -> String {
    let days = in_order(days);
    match run(&days) {
        Some((first, last)) => format!("{} to {}", en(first), en(last)),
        None => {
            let names: Vec<&str> = days.iter().map(|d| en(*d)).collect();
            names.join(", ")
        }
    }
}

fn ja(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "月",
        Weekday::Tue => "火",
        Weekday::Wed => "水",
        Weekday::Thu => "木",
        Weekday::Fri => "金",
        Weekday::Sat => "土",
        Weekday::Sun => "日",
    }
}

fn en(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}
