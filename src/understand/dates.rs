//! Dates in words, resolved against the mail's date.

use super::english;
use super::pattern::compile;
use chrono::{Datelike, Duration, NaiveDate};
use regex::Regex;
use std::sync::LazyLock;

/// A date found: `YYYY-MM` or `YYYY-MM-DD`, or `asap`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateHit {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The value as written in the vocabulary.
    pub value: String,
    /// It names a day.
    pub day: bool,
}

static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?x)
        (?P<fyend>(?P<fyrel>今|本|来|再来|昨|前|翌)?(?P<fycal>年の)?年度(?:の)?(?P<fyw>末|内|いっぱい|一杯|で|をもって|限りで|初め|はじめ|頭|当初|明け|から))
      | (?P<fyn>(?:20(?P<fy2>\d{2})|(?:令和|r)(?P<fyr>\d{1,2}))年度)(?P<fynw>末|初め|当初)?
      | (?P<wholeyear>(?P<wy>今年|本年|来年|再来年|昨年|去年|一昨年)(?:いっぱい|一杯|限り))
      | (?P<ymy>20\d{2})[/.](?P<ymm>1[0-2]|0?[1-9])(?P<ymt>[^\d/.\-]|$)
      | (?P<later>(?:(?P<ln>\d{1,2})\s?(?:か|カ|ヶ|ケ|箇)月|(?P<lhalf>半年)|(?P<lyear>1年))後)
      | (?P<seasonal>(?P<sby>来|今|昨)(?:春|夏|秋|冬)の?(?P<sm>1[0-2]|[1-9])月(?:の)?(?:末|中|上旬|中旬|下旬|頃)?)
      | (?P<season>(?P<srel>今年の?|来年の?|再来年の?|来|翌年の?|昨年の?|去年の?|一昨年の?|昨|今)?(?P<sname>年明け|年が明け|春頃|春先|春|夏頃|夏|秋口|秋頃|秋|冬|年末|年内|年の暮れ|暮れ|年の瀬|師走|旧臘|桜の頃|盆明け|お盆明け|ゴールデンウィーク明け|gw明け|連休明け|連休が明け|連休のあと|盆が明け|正月が明け|新年度|年度替わり|年度変わり|年度がわり|正月明け)(?:の(?P<sd>\d{1,2})日)?)
      | (?: (?: (?P<era>令和|平成|昭和|r|h|s) \s? (?P<ey>元|\d{1,2}) | (?P<y>(?:19|20)\d{2}) ) \s?[年/.\-](?:の)?\s? | (?P<rel>今年|本年|来年|再来年|昨年|去年|一昨年|おととし|翌年|明年|来る|この|今|先)の?\s? )?
        (?: (?P<m>1[0-2]|0?[1-9]) \s?(?: 月 (?:\s?(?P<d>3[01]|[12]\d|0?[1-9])\s?日)? | [/.](?P<d2>3[01]|[12]\d|0?[1-9])(?:[^\d/]|$) ) (?P<part>(?:の)?(?:上旬|中旬|下旬|末日|末|初め|頭|半ば|後半|前半|中|いっぱい|ごろ|頃))? )
      | (?P<relm>今月|来月|再来月|先月|先々月|翌月)(?P<rpart>(?:の)?(?:頭|初め|末|中旬|中|いっぱい|上旬|下旬|半ば|後半|前半))?(?:(?P<rd>\d{1,2})日)?
      | (?P<asap>できるだけ早|なるべく早|すぐにでも|すぐに(?:で)?も?|今すぐ|明日から|来週から|即日|いつからでも|早ければ早いほど|早いほど(?:よ|い|助か)|できる限り早|可及的速やか|決まり次第|as\ soon\ as\ (?:possible|you\ (?:like|wish|want))|at\ once|straight\ away|immediately|right\ away|早急に|至急|いつでも(?:可|開始|始め))
      | (?P<reloyear>(?P<ry>来年|再来年)(?P<rw>から|の初め|の頭|早々))
        ",
    )
});

/// All dates of a normal text.
pub fn find(text: &str, today: NaiveDate) -> Vec<DateHit> {
    let Some(re) = DATE.as_ref() else {
        return Vec::new();
    };
    let mut out: Vec<DateHit> = Vec::new();
    for c in re.captures_iter(text) {
        let Some(all) = c.get(0) else { continue };
        let get = |n: &str| c.name(n).map(|m| m.as_str());
        let number = |n: &str| get(n).and_then(|s| s.parse::<u32>().ok());
        // 「2027/4/1」 is read from its year on, and not from the last figure of it.
        let inside = all.as_str().starts_with(|c: char| c.is_ascii_digit())
            && text
                .get(..all.start())
                .is_some_and(|t| t.ends_with(|c: char| c.is_ascii_digit()));
        if inside {
            continue;
        }
        let mut day = false;
        let value = if get("asap").is_some() {
            Some("asap".to_owned())
        } else if let (Some(y), Some(m)) = (number("ymy"), number("ymm")) {
            Some(format!("{y}-{m:02}"))
        } else if get("fyend").is_some() {
            let year = match get("fycal") {
                // 「再来年の年度初め」 counts calendar years.
                Some(_) => today.year(),
                None => fiscal_year(today),
            };
            fiscal(year, get("fyrel"), get("fyw").unwrap_or_default())
        } else if let Some(year) = get("wy") {
            let by = match year {
                "来年" => 1,
                "再来年" => 2,
                "昨年" | "去年" => -1,
                "一昨年" => -2,
                _ => 0,
            };
            Some(format!("{}-12", today.year() + by))
        } else if get("fyn").is_some() {
            let year = number("fy2")
                .map(|y| 2000 + y as i32)
                .or(number("fyr").map(|y| 2018 + y as i32));
            year.map(|y| match get("fynw") {
                Some("末") => format!("{}-03-31", y + 1),
                _ => format!("{y}-04"),
            })
        } else if get("later").is_some() {
            let by = number("ln").unwrap_or(if get("lhalf").is_some() { 6 } else { 12 });
            Some(month_string(add_months(today, by as i32)))
        } else if let (Some(by), Some(month)) = (get("sby"), number("sm")) {
            let year = today.year()
                + match by {
                    "来" => i32::from(month <= today.month() || today.month() > 3),
                    "昨" => -1,
                    _ => 0,
                };
            Some(format!("{year}-{month:02}"))
        } else if get("season").is_some()
            && get("srel").is_none()
            && get("sname").is_some_and(|n| n.chars().count() == 1)
            && beside_kanji(text, all.start(), all.end())
        {
            None
        } else if get("season").is_some() {
            season(today, get("srel"), get("sname").unwrap_or_default()).map(|month| {
                match number("sd") {
                    Some(d) if (1..=31).contains(&d) => {
                        day = true;
                        format!("{month}-{d:02}")
                    }
                    _ => month,
                }
            })
        } else if let Some(rel) = get("relm") {
            let by = match rel {
                "今月" => 0,
                "来月" | "翌月" => 1,
                "再来月" => 2,
                "先月" => -1,
                _ => -2,
            };
            let v = month_string(add_months(today, by));
            match number("rd") {
                Some(d) => {
                    day = true;
                    Some(format!("{v}-{d:02}"))
                }
                None => Some(v),
            }
        } else if let Some(r) = get("ry") {
            Some(format!(
                "{}-01",
                today.year() + if r == "来年" { 1 } else { 2 }
            ))
        } else if let Some(m) = number("m") {
            let d = number("d").or(number("d2"));
            let y = if let Some(y) = number("y") {
                Some(y as i32)
            } else if let (Some(era), Some(ey)) = (get("era"), get("ey")) {
                era_year(era, ey)
            } else if get("rel").is_none()
                && let Some(year) = year_going_on(text, &out, all.start(), m)
            {
                Some(year)
            } else {
                Some(match get("rel") {
                    Some("今年" | "本年") => today.year(),
                    Some("来年" | "翌年" | "明年") => today.year() + 1,
                    Some("再来年") => today.year() + 2,
                    Some("昨年" | "去年") => today.year() - 1,
                    Some("一昨年" | "おととし") => today.year() - 2,
                    // 「この三月に退き」 is of this year; only at its end is the next one as near.
                    Some("この") if today.month() <= 10 || m > 4 => today.year(),
                    _ => coming_year(today, m),
                })
            };
            match (y, d) {
                (Some(y), Some(d)) => {
                    day = true;
                    Some(format!("{y}-{m:02}-{d:02}"))
                }
                (Some(y), None) => Some(format!("{y}-{m:02}")),
                _ => None,
            }
        } else {
            None
        };
        if let Some(value) = value {
            let end = all.end()
                - get("ymt").map_or(0, str::len)
                - all
                    .as_str()
                    .chars()
                    .next_back()
                    .filter(|_| {
                        get("d2").is_some()
                            && get("part").is_none()
                            && !all.as_str().ends_with(|c: char| c.is_ascii_digit())
                    })
                    .map_or(0, char::len_utf8);
            out.push(DateHit {
                start: all.start(),
                end: end.max(all.start() + 1),
                value,
                day,
            });
        }
    }
    // The words of the other language stand elsewhere.
    out.extend(english::dates::find(text, today));
    out.sort_by_key(|d| d.start);
    out
}

/// 「来年6月末で辞め、8月から」: a month without a year, behind a date in the same sentence, comes after it.
fn year_going_on(text: &str, out: &[DateHit], at: usize, month: u32) -> Option<i32> {
    let last = out.last()?;
    let gap = text.get(last.end..at)?;
    let sooner = ["早ま", "早め", "前倒し", "繰り上げ"]
        .iter()
        .any(|w| gap.contains(w));
    if gap.len() > 160 || gap.contains(['。', '\n', '(', '「']) || sooner {
        return None;
    }
    let mut parts = last.value.split('-');
    let year: i32 = parts.next()?.parse().ok()?;
    let before: u32 = parts.next()?.parse().ok()?;
    Some(if month >= before { year } else { year + 1 })
}

/// The month after a `YYYY-MM`.
pub fn month_after(value: &str) -> Option<String> {
    let (y, m) = value.get(..7)?.split_once('-')?;
    let date = NaiveDate::from_ymd_opt(y.parse().ok()?, m.parse().ok()?, 1)?;
    Some(month_string(add_months(date, 1)))
}

/// 秋田, 春日: a season's character inside a name.
fn beside_kanji(text: &str, start: usize, end: usize) -> bool {
    let han = |c: Option<char>| {
        c.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) && !"頃以迄".contains(c))
    };
    han(text.get(..start).and_then(|t| t.chars().next_back()))
        || han(text.get(end..).and_then(|t| t.chars().next()))
}

/// The western year of an era year: 昭和55 is 1980.
pub fn era_year(era: &str, year: &str) -> Option<i32> {
    let n: i32 = if year == "元" { 1 } else { year.parse().ok()? };
    let base = match era {
        "令和" | "r" => 2018,
        "平成" | "h" => 1988,
        "昭和" | "s" => 1925,
        _ => return None,
    };
    Some(base + n)
}

pub(super) fn coming_year(today: NaiveDate, month: u32) -> i32 {
    if month >= today.month() {
        today.year()
    } else {
        today.year() + 1
    }
}

pub(super) fn add_months(date: NaiveDate, by: i32) -> (i32, u32) {
    let index = date.year() * 12 + date.month0() as i32 + by;
    (index.div_euclid(12), index.rem_euclid(12) as u32 + 1)
}

pub(super) fn month_string((y, m): (i32, u32)) -> String {
    format!("{y}-{m:02}")
}

/// The calendar year in which the running fiscal year began.
fn fiscal_year(today: NaiveDate) -> i32 {
    if today.month() >= 4 {
        today.year()
    } else {
        today.year() - 1
    }
}

fn fiscal(year: i32, rel: Option<&str>, word: &str) -> Option<String> {
    let base = year
        + match rel {
            Some("来" | "翌") => 1,
            Some("再来") => 2,
            Some("昨" | "前") => -1,
            _ => 0,
        };
    Some(match word {
        "初め" | "はじめ" | "頭" | "当初" | "から" => format!("{base}-04"),
        "明け" => format!("{}-04", base + 1),
        "末" | "内" => format!("{}-03-31", base + 1),
        _ => format!("{}-03", base + 1),
    })
}

fn season(today: NaiveDate, rel: Option<&str>, name: &str) -> Option<String> {
    let month = match name {
        "年明け" | "年が明け" | "正月明け" | "正月が明け" => 1,
        "春頃" | "春先" | "春" | "桜の頃" | "新年度" | "年度替わり" | "年度変わり"
        | "年度がわり" => 4,
        "夏頃" | "夏" => 7,
        "秋口" | "秋頃" | "秋" => 9,
        "冬" | "年末" | "年内" | "年の暮れ" | "暮れ" | "年の瀬" | "師走" | "旧臘" => {
            12
        }
        "盆明け" | "お盆明け" | "盆が明け" => 8,
        _ => 5,
    };
    let year = match rel.map(|r| r.trim_end_matches('の')) {
        Some("今年") => today.year(),
        Some("来年" | "翌年") => today.year() + 1,
        Some("再来年") => today.year() + 2,
        Some("昨年" | "去年" | "昨") => today.year() - 1,
        Some("一昨年") => today.year() - 2,
        Some("今") => today.year(),
        _ if name == "旧臘" => today.year() - 1,
        Some("来") => {
            if month > today.month() && today.month() < 3 {
                today.year()
            } else {
                today.year() + 1
            }
        }
        _ => coming_year(today, month),
    };
    Some(format!("{year}-{month:02}"))
}

/// The last day that a relative weekday names: 今週の金曜日 of a Tuesday.
pub fn this_week(today: NaiveDate, weekday: u32) -> NaiveDate {
    let now = today.weekday().num_days_from_monday();
    today + Duration::days(i64::from(weekday) - i64::from(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_words() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 5).expect("a date");
        for (text, want) in [
            ("来年4月から", "2027-04"),
            ("12月1日から", "2026-12-01"),
            ("令和9年4月1日", "2027-04-01"),
            ("来年度末", "2028-03-31"),
            ("再来年の年度初め", "2028-04"),
            ("再来年度初め", "2028-04"),
            ("連休が明けたら", "2027-05"),
            ("年明けから", "2027-01"),
            ("春頃", "2027-04"),
            ("来月の頭", "2026-12"),
            ("9/8(火)", "2027-09-08"),
        ] {
            let found = find(text, today);
            assert_eq!(
                found.first().map(|d| d.value.as_str()),
                Some(want),
                "{text}"
            );
        }
    }
}
