//! Public holidays against the published calendars, and the desk's hours over them.

use crate::config::Desk;
use crate::domain::wish::Language;
use crate::draft::holidays::holiday;
use crate::draft::office_hours::{
    DeskHours, desk_hours, is_open, next_opening, say_date, say_hours,
};
use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

/// The dates that the Cabinet Office published, substitutes and days between holidays included.
const PUBLISHED: [(i32, &str); 6] = [
    (
        2020,
        "1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/23 7/24 8/10 9/21 9/22 11/3 11/23",
    ),
    (
        2021,
        "1/1 1/11 2/11 2/23 3/20 4/29 5/3 5/4 5/5 7/22 7/23 8/8 8/9 9/20 9/23 11/3 11/23",
    ),
    (
        2024,
        "1/1 1/8 2/11 2/12 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/15 8/11 8/12 9/16 9/22 9/23 10/14 11/3 11/4 11/23",
    ),
    (
        2025,
        "1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/21 8/11 9/15 9/23 10/13 11/3 11/23 11/24",
    ),
    (
        2026,
        "1/1 1/12 2/11 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/20 8/11 9/21 9/22 9/23 10/12 11/3 11/23",
    ),
    (
        2027,
        "1/1 1/11 2/11 2/23 3/21 3/22 4/29 5/3 5/4 5/5 7/19 8/11 9/20 9/23 10/11 11/3 11/23",
    ),
];

fn days_of(year: i32) -> impl Iterator<Item = NaiveDate> {
    NaiveDate::from_ymd_opt(year, 1, 1)
        .unwrap()
        .iter_days()
        .take_while(move |d| d.year() == year)
}

#[test]
fn holidays_are_those_that_were_published() {
    for (year, published) in PUBLISHED {
        let computed: Vec<String> = days_of(year)
            .filter(|d| holiday(*d).is_some())
            .map(|d| format!("{}/{}", d.month(), d.day()))
            .collect();
        assert_eq!(computed.join(" "), published, "{year}");
    }
}

#[test]
fn holidays_have_their_names() {
    for (date, name) in [
        ("2026-09-22", Some("国民の休日")),
        ("2026-05-06", Some("振替休日")),
        ("2026-11-23", Some("勤労感謝の日")),
        ("2021-07-23", Some("スポーツの日")),
        ("2021-10-11", None),
        ("2099-03-20", Some("春分の日")),
        ("2019-11-23", None),
        ("2100-01-01", None),
    ] {
        assert_eq!(holiday(date.parse().unwrap()), name, "{date}");
    }
}

#[test]
fn every_year_to_2099_has_sixteen_named_days() {
    for year in 2020..=2099 {
        let named = days_of(year)
            .filter_map(holiday)
            .filter(|name| !matches!(*name, "振替休日" | "国民の休日"))
            .count();
        assert_eq!(named, 16, "{year}");
    }
}

fn utc(tokyo: &str) -> chrono::DateTime<chrono::Utc> {
    format!("{tokyo}+09:00")
        .parse::<chrono::DateTime<chrono::FixedOffset>>()
        .unwrap()
        .to_utc()
}

#[test]
fn the_desk_opens_when_it_should() {
    let desk = Desk::default();
    for (now, open, next) in [
        ("2026-11-20T08:59:59", false, "2026-11-20T09:00:00"),
        ("2026-11-20T09:00:00", true, "2026-11-20T09:00:00"),
        ("2026-11-20T16:59:59", true, "2026-11-20T16:59:59"),
        ("2026-11-20T17:00:00", false, "2026-11-24T09:00:00"),
        // Saturday before the Monday of 勤労感謝の日.
        ("2026-11-21T12:00:00", false, "2026-11-24T09:00:00"),
        // From Friday before 敬老の日 over the silver week.
        ("2026-09-18T18:00:00", false, "2026-09-24T09:00:00"),
        // The turn of the year: 29 December to 3 January, then a working Monday.
        ("2026-12-28T17:30:00", false, "2027-01-04T09:00:00"),
    ] {
        assert_eq!(is_open(&desk, utc(now)), open, "{now}");
        let opening = next_opening(&desk, utc(now)).unwrap();
        assert_eq!(
            opening.format("%Y-%m-%dT%H:%M:%S").to_string(),
            next,
            "{now}"
        );
    }
}

#[test]
fn single_closing_days_and_other_weekdays_count() {
    let mut desk = Desk::default();
    desk.office_hours.closed_on = vec!["2026-11-24".parse().unwrap()];
    desk.office_hours.days = vec![Weekday::Tue, Weekday::Thu];
    let next = next_opening(&desk, utc("2026-11-23T10:00:00")).unwrap();
    assert_eq!(next.date_naive().to_string(), "2026-11-26");
    assert_eq!(say_hours(&desk, Language::Ja), "火・木曜日 9:00〜17:00");
}

#[test]
fn a_desk_that_never_opens_gives_no_date() {
    let mut desk = Desk::default();
    desk.office_hours.days.clear();
    assert_eq!(next_opening(&desk, utc("2026-11-20T10:00:00")), None);
    assert_eq!(
        desk_hours(&desk, utc("2026-11-20T10:00:00")),
        DeskHours::ClosedDay(None)
    );
    assert_eq!(say_hours(&desk, Language::Ja), "");

    let mut desk = Desk::default();
    desk.office_hours.close = NaiveTime::from_hms_opt(9, 0, 0).unwrap();
    assert_eq!(next_opening(&desk, utc("2026-11-20T10:00:00")), None);
}

#[test]
fn dates_are_said_with_their_weekday() {
    let date = "2026-11-24".parse().unwrap();
    assert_eq!(say_date(date, Language::Ja), "11月24日（火）");
    assert_eq!(say_date(date, Language::En), "Tuesday, 24 November");
}
