//! Which values a field takes: the word lists and forms of `docs/wishes.md`, and what is plausible.

use super::wish::{DayRange, Field, Hours, Pay, PayUnit, Value};

/// Who speaks: a duty wished is `any` or a number, a duty offered may also be `none`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// A doctor's wish.
    Wish,
    /// An opening's item.
    Offer,
}

/// The departments by their canonical names.
pub const DEPARTMENTS: &[&str] = &[
    "内科",
    "総合診療科",
    "循環器内科",
    "消化器内科",
    "呼吸器内科",
    "腎臓内科",
    "糖尿病内分泌内科",
    "脳神経内科",
    "血液内科",
    "リウマチ科",
    "感染症内科",
    "腫瘍内科",
    "緩和ケア内科",
    "老年内科",
    "心療内科",
    "精神科",
    "小児科",
    "外科",
    "消化器外科",
    "呼吸器外科",
    "心臓血管外科",
    "乳腺外科",
    "小児外科",
    "肛門外科",
    "整形外科",
    "脳神経外科",
    "形成外科",
    "美容外科",
    "皮膚科",
    "泌尿器科",
    "産婦人科",
    "産科",
    "婦人科",
    "眼科",
    "耳鼻咽喉科",
    "リハビリテーション科",
    "放射線科",
    "放射線診断科",
    "放射線治療科",
    "麻酔科",
    "ペインクリニック",
    "救急科",
    "病理診断科",
    "臨床検査科",
    "人工透析内科",
    "アレルギー科",
];

/// The closed list of a field's words, where it has one; `day` takes halves besides, departments stand in [`DEPARTMENTS`].
pub fn words(field: Field) -> Option<&'static [&'static str]> {
    Some(match field {
        Field::CommuteMode => &["car", "train", "bus", "bicycle", "walk", "shinkansen"],
        Field::AreaType => &["shortage", "remote", "island", "urban", "rural"],
        Field::Relocation => &["yes", "alone", "with_family"],
        Field::Employment => &["full_time", "part_time", "spot", "short_hours", "contract"],
        Field::Day => &[
            "weekdays", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday",
        ],
        Field::Shift => &["day", "morning", "afternoon", "evening", "night"],
        Field::Duty => &[
            "outpatient",
            "ward",
            "home_visit",
            "checkup",
            "industrial",
            "endoscopy",
            "dialysis",
            "surgery",
            "emergency",
            "reading",
            "anesthesia",
            "vaccination",
            "telemedicine",
            "palliative",
            "rehabilitation",
            "delivery",
            "ultrasound",
            "catheter",
            "dementia",
            "public_health",
            "review",
            "certification_work",
        ],
        Field::Role => &[
            "teaching",
            "management",
            "director",
            "department_head",
            "research",
            "advisor",
        ],
        Field::Institution => &[
            "hospital",
            "clinic",
            "care_facility",
            "public_hospital",
            "university",
            "company",
            "public_office",
            "checkup_center",
            "long_term",
            "rehabilitation",
            "psychiatric",
            "acute",
            "small",
            "large",
        ],
        Field::Workstyle => &["qol", "expertise", "challenge", "contribution"],
        Field::Benefit => &[
            "housing",
            "childcare",
            "car_commute",
            "travel_cost",
            "conference",
            "research_day",
            "side_job",
            "training",
            "no_age_limit",
            "support_staff",
        ],
        Field::Contact => &["email", "phone", "online", "in_person", "workplace_phone"],
        Field::Confidential => &["employer", "name"],
        Field::Action => &["offer", "change", "withdraw"],
        _ => return None,
    })
}

/// Yen between which a pay figure is plausible; outside it a unit has slipped (円 and 万円, month and year).
pub fn plausible_pay(unit: PayUnit) -> std::ops::RangeInclusive<i64> {
    match unit {
        PayUnit::Year => 500_000..=100_000_000,
        PayUnit::Month => 30_000..=10_000_000,
        PayUnit::Day => 10_000..=1_000_000,
        PayUnit::HalfDay => 5_000..=500_000,
        PayUnit::Hour => 1_000..=200_000,
        PayUnit::Once => 3_000..=2_000_000,
    }
}

/// Why a value cannot stand under a field, in plain Japanese for staff.
///
/// # Errors
/// The form is another than the field takes, the word is none of the field's, or the figure is not plausible.
pub fn check(field: Field, value: &Value, side: Side) -> Result<(), String> {
    let wrong = || Err(format!("「{field}」に「{value}」という値は使えません"));
    match (field, value) {
        (Field::Day, Value::Text(t)) => {
            let (day, half) = t
                .split_once(':')
                .map_or((t.as_str(), None), |(d, h)| (d, Some(h)));
            let known = words(field).is_some_and(|w| w.contains(&day));
            if known && half.is_none_or(|h| matches!(h, "am" | "pm")) {
                Ok(())
            } else {
                wrong()
            }
        }
        (Field::Specialty, Value::Text(t)) => listed(field, t, DEPARTMENTS),
        (Field::SpecialtyChange, Value::Text(t)) if t == "any" => Ok(()),
        (Field::SpecialtyChange, Value::Text(t)) => listed(field, t, DEPARTMENTS),
        (Field::NightDuty | Field::OnCall | Field::DayDuty | Field::Overtime, Value::Text(t)) => {
            if t == "any" || (t == "none" && side == Side::Offer) {
                Ok(())
            } else {
                wrong()
            }
        }
        (Field::NightDuty | Field::OnCall | Field::DayDuty, Value::Number(n)) => {
            within(field, *n, 0, 31)
        }
        (Field::CommuteMinutes, Value::Number(n)) => within(field, *n, 1, 600),
        (Field::HoursPerDay, Value::Number(n)) => within(field, *n, 1, 24),
        (Field::HoursPerWeek, Value::Number(n)) => within(field, *n, 1, 168),
        (Field::OutpatientsPerDay, Value::Number(n)) => within(field, *n, 1, 500),
        (Field::Duration, Value::Number(n)) => within(field, *n, 1, 600),
        (Field::Duration, Value::Text(t)) if t == "long" => Ok(()),
        (Field::Beds, Value::Number(n)) => within(field, *n, 0, 5_000),
        (Field::Headcount, Value::Number(n)) => within(field, *n, 1, 500),
        (Field::YearsExperience, Value::Number(n)) => within(field, *n, 0, 60),
        (Field::DaysPerWeek, Value::Days(d)) => days(field, d, 7.0),
        (Field::DaysPerMonth, Value::Days(d)) => days(field, d, 31.0),
        (Field::Hours, Value::Hours(h)) => hours(h),
        (Field::SalaryMin | Field::SalaryMax, Value::Pay(p)) => pay(p),
        (Field::Start, Value::Text(t)) if t == "asap" || is_date(t) => Ok(()),
        (Field::Start, Value::Text(t)) => Err(format!(
            "開始時期「{t}」は 2027-04、2027-04-01、asap のいずれかの形で書いてください"
        )),
        (
            Field::Area
            | Field::InstitutionName
            | Field::Certification
            | Field::ContactPerson
            | Field::Phone,
            Value::Text(t),
        ) => {
            if t.trim().is_empty() {
                Err(format!("「{field}」が空です"))
            } else {
                Ok(())
            }
        }
        (_, Value::Text(t)) => match words(field) {
            Some(list) => listed(field, t, list),
            None => wrong(),
        },
        _ => wrong(),
    }
}

fn listed(field: Field, word: &str, list: &[&str]) -> Result<(), String> {
    if list.contains(&word) {
        Ok(())
    } else {
        Err(format!("「{field}」に「{word}」という値はありません"))
    }
}

fn within(field: Field, n: i64, low: i64, high: i64) -> Result<(), String> {
    if (low..=high).contains(&n) {
        Ok(())
    } else {
        Err(format!(
            "「{field}」の {n} は {low} から {high} の範囲にありません"
        ))
    }
}

fn days(field: Field, range: &DayRange, most: f64) -> Result<(), String> {
    if range.min.is_none() && range.max.is_none() {
        return Err(format!("「{field}」に日数がありません"));
    }
    for n in [range.min, range.max].into_iter().flatten() {
        if !(n > 0.0 && n <= most) {
            return Err(format!(
                "「{field}」の {n} 日は 0 より大きく {most} 以下でなければなりません"
            ));
        }
    }
    match (range.min, range.max) {
        (Some(a), Some(b)) if a > b => {
            Err(format!("「{field}」の下限 {a} が上限 {b} を超えています"))
        }
        _ => Ok(()),
    }
}

fn hours(h: &Hours) -> Result<(), String> {
    let ends: Vec<&String> = [&h.start, &h.end].into_iter().flatten().collect();
    if ends.is_empty() {
        return Err("勤務時間に時刻がありません".to_owned());
    }
    match ends.iter().find(|t| minutes_of(t).is_none()) {
        Some(t) => Err(format!("時刻「{t}」は 09:00 の形で書いてください")),
        None => Ok(()),
    }
}

fn pay(p: &Pay) -> Result<(), String> {
    let range = plausible_pay(p.unit);
    if range.contains(&p.amount) {
        Ok(())
    } else {
        Err(format!(
            "給与 {} 円（{}）は {} 円から {} 円の範囲になく、単位の誤りと思われます",
            p.amount,
            p.unit,
            range.start(),
            range.end()
        ))
    }
}

/// Minutes after midnight of `HH:MM`, up to 24:00 and, for late clinics, 29:59.
pub fn minutes_of(time: &str) -> Option<u32> {
    let (h, m) = time.split_once(':')?;
    let digits = |s: &str, most: usize| {
        (1..=most).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit())
    };
    if !digits(h, 2) || m.len() != 2 || !digits(m, 2) {
        return None;
    }
    let (h, m): (u32, u32) = (h.parse().ok()?, m.parse().ok()?);
    (h < 30 && m < 60).then_some(h * 60 + m)
}

/// Whether the text is `YYYY-MM` or `YYYY-MM-DD` of this century.
pub fn is_date(text: &str) -> bool {
    let shaped = text.bytes().enumerate().all(|(i, b)| match i {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    });
    let full = match text.len() {
        7 => format!("{text}-01"),
        10 => text.to_owned(),
        _ => return false,
    };
    shaped && full.starts_with("20") && chrono::NaiveDate::parse_from_str(&full, "%Y-%m-%d").is_ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn verdict(field: &str, json: &str, side: Side) -> Result<(), String> {
        check(
            field.parse().unwrap(),
            &serde_json::from_str(json).unwrap(),
            side,
        )
    }

    #[test]
    fn what_the_book_allows_is_allowed() {
        for (field, json) in [
            ("day", "\"sat:am\""),
            ("night_duty", "\"none\""),
            ("night_duty", "2"),
            ("days_per_week", "{\"min\":3.5,\"max\":4}"),
            ("hours", "{\"start\":\"22:00\",\"end\":\"06:00\"}"),
            ("salary_min", "{\"amount\":12000000,\"unit\":\"year\"}"),
            ("start", "\"2027-04\""),
            ("start", "\"asap\""),
            ("specialty", "\"内科\""),
            ("certification", "\"産業医\""),
            ("duration", "\"long\""),
        ] {
            assert_eq!(verdict(field, json, Side::Offer), Ok(()), "{field} {json}");
        }
    }

    #[test]
    fn what_it_does_not_allow_is_named() {
        for (field, json) in [
            ("days_per_week", "{\"min\":9}"),
            ("days_per_week", "{\"min\":4,\"max\":3}"),
            ("days_per_week", "{}"),
            ("salary_min", "{\"amount\":3,\"unit\":\"year\"}"),
            ("salary_min", "12000000"),
            ("duty", "\"cooking\""),
            ("specialty", "\"在宅\""),
            ("day", "\"sat:night\""),
            ("day", "\"someday\""),
            ("hours", "{\"start\":\"9時\"}"),
            ("hours", "{\"start\":\"33:00\"}"),
            ("start", "\"2027-13\""),
            ("start", "\"春\""),
            ("start", "\"あ04-2027\""),
            ("beds", "-1"),
            ("area", "\" \""),
        ] {
            assert!(verdict(field, json, Side::Offer).is_err(), "{field} {json}");
        }
        assert!(verdict("night_duty", "\"none\"", Side::Wish).is_err());
    }

    #[test]
    fn the_departments_are_those_of_the_book() {
        let book = include_str!("../../docs/wishes.md");
        let section = book.split("### departments").nth(1).unwrap();
        let list = section
            .split(':')
            .nth(1)
            .unwrap()
            .split('.')
            .next()
            .unwrap();
        let named: Vec<&str> = list.split_whitespace().collect();
        assert_eq!(named, DEPARTMENTS);
    }
}
