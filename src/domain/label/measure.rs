//! Numbers, money, days, clock times and dates as people write them.

use crate::domain::wish::{DayRange, Hours, Pay, PayUnit};

/// `12000` as `12,000`.
pub(super) fn grouped(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        out.push('-');
    }
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// A number of days without a needless fraction.
fn days(n: f64) -> String {
    format!("{n}")
}

/// 「1,200万円」, 「1.5万円」, 「3,500円」.
pub fn yen_ja(amount: i64) -> String {
    let thousands = amount.rem_euclid(10_000) / 1_000;
    if amount >= 10_000 && amount % 10_000 == 0 {
        format!("{}万円", grouped(amount / 10_000))
    } else if amount >= 10_000 && amount % 1_000 == 0 {
        format!("{}.{thousands}万円", grouped(amount / 10_000))
    } else {
        format!("{}円", grouped(amount))
    }
}

pub(super) fn pay_ja(pay: &Pay) -> String {
    let unit = match pay.unit {
        PayUnit::Year => "年収",
        PayUnit::Month => "月給",
        PayUnit::Day => "日給",
        PayUnit::HalfDay => "半日",
        PayUnit::Hour => "時給",
        PayUnit::Once => "1回",
    };
    format!("{unit}{}", yen_ja(pay.amount))
}

pub(super) fn pay_en(pay: &Pay) -> String {
    let unit = match pay.unit {
        PayUnit::Year => "a year",
        PayUnit::Month => "a month",
        PayUnit::Day => "a day",
        PayUnit::HalfDay => "a half day",
        PayUnit::Hour => "an hour",
        PayUnit::Once => "each time",
    };
    format!("{} yen {unit}", grouped(pay.amount))
}

/// 「3〜4日」, 「3日以上」.
pub(super) fn days_ja(range: &DayRange) -> String {
    match (range.min, range.max) {
        (Some(a), Some(b)) if a == b => format!("{}日", days(a)),
        (Some(a), Some(b)) => format!("{}〜{}日", days(a), days(b)),
        (Some(a), None) => format!("{}日以上", days(a)),
        (None, Some(b)) => format!("{}日以内", days(b)),
        (None, None) => "数の指定なし".to_owned(),
    }
}

/// "3–4 days", "at least 3 days".
pub(super) fn days_en(range: &DayRange) -> String {
    let plural = |n: f64| if n == 1.0 { "day" } else { "days" };
    match (range.min, range.max) {
        (Some(a), Some(b)) if a == b => format!("{} {}", days(a), plural(a)),
        (Some(a), Some(b)) => format!("{}–{} days", days(a), days(b)),
        (Some(a), None) => format!("at least {} {}", days(a), plural(a)),
        (None, Some(b)) => format!("at most {} {}", days(b), plural(b)),
        (None, None) => "any number of days".to_owned(),
    }
}

fn clock(time: &str) -> &str {
    match time.strip_prefix('0') {
        Some(rest) if !rest.starts_with(':') => rest,
        _ => time,
    }
}

/// 「9:00〜17:00」.
pub(super) fn hours_ja(hours: &Hours) -> String {
    match (&hours.start, &hours.end) {
        (Some(a), Some(b)) => format!("{}〜{}", clock(a), clock(b)),
        (Some(a), None) => format!("{}から", clock(a)),
        (None, Some(b)) => format!("{}まで", clock(b)),
        (None, None) => "時間の指定なし".to_owned(),
    }
}

/// "9:00–17:00".
pub(super) fn hours_en(hours: &Hours) -> String {
    match (&hours.start, &hours.end) {
        (Some(a), Some(b)) => format!("{}–{}", clock(a), clock(b)),
        (Some(a), None) => format!("from {}", clock(a)),
        (None, Some(b)) => format!("until {}", clock(b)),
        (None, None) => "any hours".to_owned(),
    }
}

/// 「2027年4月1日」 of `2027-04-01`, 「2027年4月」 of `2027-04`; other words as they stand.
pub(super) fn date_ja(date: &str) -> String {
    let parts: Option<Vec<u32>> = date.split('-').map(|p| p.parse().ok()).collect();
    match parts.as_deref() {
        Some([y, m]) => format!("{y}年{m}月"),
        Some([y, m, d]) => format!("{y}年{m}月{d}日"),
        _ => date.to_owned(),
    }
}

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

/// "April 2027", "1 April 2027"; other words as they stand.
pub(super) fn date_en(date: &str) -> String {
    let parts: Option<Vec<usize>> = date.split('-').map(|p| p.parse().ok()).collect();
    let month = |m: usize| m.checked_sub(1).and_then(|m| MONTHS.get(m));
    match parts.as_deref() {
        Some([y, m]) => month(*m).map_or_else(|| date.to_owned(), |m| format!("{m} {y}")),
        Some([y, m, d]) => month(*m).map_or_else(|| date.to_owned(), |m| format!("{d} {m} {y}")),
        _ => date.to_owned(),
    }
}
