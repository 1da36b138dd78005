//! The age: from the day of birth, on the day of the mail; a written age is as old as the file.

use super::{Fact, page::Page};
use crate::domain::wish::{ProfileField, Value};
use crate::understand::{
    dates,
    normalize::Norm,
    pattern::{number, pattern},
};
use chrono::NaiveDate;
use regex::Captures;

pattern!(
    BORN,
    r"(?:(?P<era>昭和|平成|大正|昭|平|s|h|t)\s*\.?\s*(?P<ey>元|\d{1,2})|(?P<y>19\d{2}|20\d{2}))(?:\s*\([^)]{1,8}\))?\s*[年./-]\s*(?P<m>\d{1,2})\s*[月./-]\s*(?P<d>\d{1,2})\s*日?"
);
pattern!(
    BORN_ENGLISH,
    r"(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)?\s+)?(?P<m>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?:(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?P<y>19\d{2})"
);
pattern!(AGE, r"(?P<a>\d{2})\s*(?:歳|才)");
pattern!(BARE_AGE, r"^(?P<a>\d{2})\s*(?:歳|才)?\s*(?:$|\s|男|女|\))");

/// Doctors that look for work are of these ages.
const AGES: std::ops::RangeInclusive<i64> = 23..=95;

pub(super) fn age(page: &Page<'_>, today: NaiveDate) -> Option<Fact> {
    born(page, today).or_else(|| written(page))
}

fn born(page: &Page<'_>, today: NaiveDate) -> Option<Fact> {
    let labelled: Vec<&str> = page
        .labelled(&["生年月日", "生年", "dateofbirth", "birthdate"])
        .into_iter()
        .map(|found| found.rest)
        .collect();
    // Forms without a label write 「昭和○年○月○日生」.
    let unlabelled = page
        .rows
        .iter()
        .map(|row| row.text)
        .filter(|row| row.contains("日生") || row.contains("日 生"));
    labelled.into_iter().chain(unlabelled).find_map(|words| {
        let norm = Norm::new(words);
        let japanese = BORN.all(&norm.text);
        let english = BORN_ENGLISH.all(&norm.text);
        let days = japanese.iter().map(|c| (c, day(c)));
        let days = days.chain(english.iter().map(|c| (c, english_day(c))));
        days.into_iter().find_map(|(c, day)| {
            let day = day?;
            let years = i64::from(today.years_since(day)?);
            let all = c.get(0)?;
            AGES.contains(&years).then(|| {
                Fact::new(
                    ProfileField::Age,
                    Value::Number(years),
                    norm.quote(all.start(), all.end()),
                    "cv::born",
                )
            })
        })
    })
}

fn day(c: &Captures<'_>) -> Option<NaiveDate> {
    let year = match (c.name("era"), c.name("ey")) {
        (Some(era), Some(year)) => match era.as_str() {
            "大正" | "t" => 1911 + year.as_str().parse::<i32>().unwrap_or(1),
            "昭" => dates::era_year("昭和", year.as_str())?,
            "平" => dates::era_year("平成", year.as_str())?,
            era => dates::era_year(era, year.as_str())?,
        },
        _ => i32::try_from(number(c, "y")?).ok()?,
    };
    let part = |group| number(c, group).and_then(|n| u32::try_from(n).ok());
    NaiveDate::from_ymd_opt(year, part("m")?, part("d")?)
}

fn english_day(c: &Captures<'_>) -> Option<NaiveDate> {
    const MONTHS: &[&str] = &[
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let month = MONTHS
        .iter()
        .position(|m| *m == c.name("m").map_or("", |m| m.as_str()))?;
    let day = number(c, "d1").or_else(|| number(c, "d2"))?;
    NaiveDate::from_ymd_opt(
        i32::try_from(number(c, "y")?).ok()?,
        u32::try_from(month + 1).ok()?,
        u32::try_from(day).ok()?,
    )
}

fn written(page: &Page<'_>) -> Option<Fact> {
    let of_birth = page.labelled(&["生年月日"]).into_iter().map(|f| (f, false));
    let of_age = page
        .labelled(&["年齢", "満年齢", "年令"])
        .into_iter()
        .map(|f| (f, true));
    of_birth.chain(of_age).find_map(|(found, bare)| {
        let norm = Norm::new(found.rest);
        let c = AGE
            .first(&norm.text)
            .or_else(|| BARE_AGE.first(&norm.text).filter(|_| bare))?;
        let years = number(&c, "a").filter(|n| AGES.contains(n))?;
        let all = c.get(0)?;
        Some(Fact::new(
            ProfileField::Age,
            Value::Number(years),
            norm.quote(all.start(), all.end()),
            "cv::age",
        ))
    })
}
