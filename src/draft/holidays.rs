//! Japanese public holidays by rule, 2020 to 2099.
//!
//! Source: 国民の祝日に関する法律（昭和23年法律第178号）, articles 2 and 3, as in force since 2020; for 2020 and 2021 the moves by
//! article 29 of 平成三十二年東京オリンピック競技大会・東京パラリンピック競技大会特別措置法（平成27年法律第33号） as amended. The
//! equinoxes follow the formula of 新こよみ便利帳 (海上保安庁水路部), which holds from 1980 to 2099; the government announces each
//! year's two dates on 1 February of the year before.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// The name of the public holiday on a date; none on other days and outside 2020 to 2099.
pub fn holiday(date: NaiveDate) -> Option<&'static str> {
    if let Some(name) = named(date) {
        return Some(name);
    }
    if is_substitute(date) {
        return Some("振替休日");
    }
    // Article 3(3): a day between two holidays is one itself.
    let between = named(date.pred_opt()?).is_some() && named(date.succ_opt()?).is_some();
    between.then_some("国民の休日")
}

/// Article 3(2): after a holiday on a Sunday, the next day that is no holiday.
fn is_substitute(date: NaiveDate) -> bool {
    let mut day = date;
    while let Some(before) = day.checked_sub_days(Days::new(1)) {
        if named(before).is_none() {
            return false;
        }
        if before.weekday() == Weekday::Sun {
            return true;
        }
        day = before;
    }
    false
}

/// The days that article 2 names.
fn named(date: NaiveDate) -> Option<&'static str> {
    let (year, month, day) = (date.year(), date.month(), date.day());
    if !(2020..=2099).contains(&year) {
        return None;
    }
    if let Some(name) = moved_for_the_games(year, month, day) {
        return name;
    }
    let monday = |n: u32| date.weekday() == Weekday::Mon && (day - 1) / 7 + 1 == n;
    match (month, day) {
        (1, 1) => Some("元日"),
        (1, _) if monday(2) => Some("成人の日"),
        (2, 11) => Some("建国記念の日"),
        (2, 23) => Some("天皇誕生日"),
        (3, d) if d == vernal_equinox(year) => Some("春分の日"),
        (4, 29) => Some("昭和の日"),
        (5, 3) => Some("憲法記念日"),
        (5, 4) => Some("みどりの日"),
        (5, 5) => Some("こどもの日"),
        (7, _) if monday(3) => Some("海の日"),
        (8, 11) => Some("山の日"),
        (9, _) if monday(3) => Some("敬老の日"),
        (9, d) if d == autumnal_equinox(year) => Some("秋分の日"),
        (10, _) if monday(2) => Some("スポーツの日"),
        (11, 3) => Some("文化の日"),
        (11, 23) => Some("勤労感謝の日"),
        _ => None,
    }
}

/// The days that were moved in 2020 and 2021. The outer value says whether the date is one that the moves decide.
fn moved_for_the_games(year: i32, month: u32, day: u32) -> Option<Option<&'static str>> {
    if !matches!(year, 2020 | 2021) || !matches!(month, 7 | 8 | 10) {
        return None;
    }
    Some(match (year, month, day) {
        (2020, 7, 23) | (2021, 7, 22) => Some("海の日"),
        (2020, 7, 24) | (2021, 7, 23) => Some("スポーツの日"),
        (2020, 8, 10) | (2021, 8, 8) => Some("山の日"),
        _ => None,
    })
}

fn vernal_equinox(year: i32) -> u32 {
    equinox(year, 20_843_100)
}

fn autumnal_equinox(year: i32) -> u32 {
    equinox(year, 23_248_800)
}

/// The day of the month, from the day of 1980 in millionths and the yearly drift of 0.242194 days.
fn equinox(year: i32, start: i32) -> u32 {
    let years = year - 1980;
    let day = (start + 242_194 * years) / 1_000_000 - years / 4;
    u32::try_from(day).unwrap_or(0)
}
