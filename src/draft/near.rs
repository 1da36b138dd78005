//! What would have to give way where an opening misses a wish by a little: 「通勤があと8分」, 「週4日を週3日に下げられるか確認」.
//! For staff only, to have something concrete to ask the institution or the doctor.

use super::compose::{self, parse_item};
use crate::domain::label::{opening_label, yen_ja};
use crate::domain::match_::{Match, Relaxation};
use crate::domain::opening::Opening;
use crate::domain::values::minutes_of;
use crate::domain::wish::{DayRange, Field, Hours, Language, Pay, PayUnit, Strength, Value, Wish};

/// What still counts as a little is a judgement: about what people agree on over the telephone.
mod little {
    pub const COMMUTE_MIN: i64 = 15;
    pub const DAYS_A_WEEK: f64 = 1.0;
    pub const DAYS_A_MONTH: f64 = 2.0;
    pub const TIMES_A_MONTH: i64 = 2;
    pub const CLOCK_MIN: u32 = 60;
    pub const HOURS_A_DAY: i64 = 1;
    pub const HOURS_A_WEEK: i64 = 4;
    pub const OUTPATIENTS: i64 = 10;
    pub const START_MONTHS: i64 = 3;
    /// One tenth of the wished pay.
    pub const PAY_SHARE: i64 = 10;
}

/// The wishes that the opening misses by a little, in the order of the doctor's wishes, each with what to ask. `m` is how
/// the opening fares; it may be one that the conditions exclude.
pub fn near_misses(m: &Match, opening: &Opening, wishes: &[Wish]) -> Vec<String> {
    let doubtful = |item: &&String| item.starts_with("commute_minutes=");
    let mut missed: Vec<(usize, String)> = m
        .unmet
        .iter()
        .chain(m.unknown.iter().filter(doubtful))
        .filter_map(|item| {
            let (field, value) = parse_item(item)?;
            let order = wishes
                .iter()
                .position(|w| w.field == field && w.value == value)?;
            let refused = wishes.get(order)?.strength.is_refusal();
            Some((order, near(field, &value, refused, m, opening)?))
        })
        .collect();
    missed.sort_by_key(|(order, _)| *order);
    let mut texts: Vec<String> = Vec::new();
    for (_, text) in missed {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts
}

fn near(field: Field, value: &Value, refused: bool, m: &Match, o: &Opening) -> Option<String> {
    match (field, value) {
        (Field::CommuteMinutes, Value::Number(n)) => commute(limit(*n, refused), m),
        (Field::DaysPerWeek | Field::DaysPerMonth, Value::Days(wished)) if !refused => {
            let (unit, little) = match field {
                Field::DaysPerWeek => ("週", little::DAYS_A_WEEK),
                _ => ("月", little::DAYS_A_MONTH),
            };
            days(unit, little, wished, o, field)
        }
        (Field::NightDuty | Field::OnCall | Field::DayDuty, value) => {
            let most = match value {
                Value::Number(n) => limit(*n, refused),
                _ if refused => 0,
                _ => return None,
            };
            duty(field, most, o)
        }
        (Field::OutpatientsPerDay, Value::Number(n)) => {
            let (own, most) = over(o, field, limit(*n, refused), little::OUTPATIENTS)?;
            Some(format!("外来1日{own}人を{most}人に減らせるか確認"))
        }
        (Field::HoursPerDay, Value::Number(n)) => {
            let (own, most) = over(o, field, limit(*n, refused), little::HOURS_A_DAY)?;
            Some(format!("1日{own}時間を{most}時間に短くできるか確認"))
        }
        (Field::HoursPerWeek, Value::Number(n)) => {
            let (own, most) = over(o, field, limit(*n, refused), little::HOURS_A_WEEK)?;
            Some(format!("週{own}時間を{most}時間に短くできるか確認"))
        }
        (Field::Hours, Value::Hours(wished)) => hours(wished, o),
        (Field::SalaryMin, Value::Pay(wished)) => pay(*wished, o),
        (Field::Start, Value::Text(wished)) => start(wished, o),
        (Field::Day, day @ Value::Text(_)) if refused && listed(o, field) > 1 => {
            let day = opening_label(Field::Day, day, Language::Ja);
            Some(format!("{day}の勤務を外せるか確認"))
        }
        _ => None,
    }
}

fn listed(o: &Opening, field: Field) -> usize {
    o.values(field).count()
}

/// A refused number means that or more.
fn limit(n: i64, refused: bool) -> i64 {
    if refused { n.saturating_sub(1) } else { n }
}

fn commute(most: i64, m: &Match) -> Option<String> {
    let [low, high] = m.commute.as_ref()?.minutes.map(i64::from);
    let (least, over) = (low.saturating_sub(most), high.saturating_sub(most));
    if over <= 0 || least > little::COMMUTE_MIN {
        None
    } else if least > 0 {
        Some(format!("通勤があと{least}〜{over}分"))
    } else {
        // The limit lies within the estimate: perhaps nothing is missing at all.
        Some(format!("通勤があと最大{over}分（実際の所要時間を確認）"))
    }
}

fn days(unit: &str, little: f64, wished: &DayRange, o: &Opening, field: Field) -> Option<String> {
    let offered = o.values(field).filter_map(|v| match v {
        Value::Days(d) => Some(d),
        _ => None,
    });
    let gaps = offered.filter_map(|own| match (own.min, own.max, wished.min, wished.max) {
        (Some(least), _, _, Some(most)) if least > most => {
            Some((least - most, least, most, "下げられるか"))
        }
        (_, Some(most), Some(least), _) if most < least => {
            Some((least - most, most, least, "増やせるか"))
        }
        _ => None,
    });
    let (_, own, wish, how) = gaps
        .filter(|(gap, ..)| *gap <= little)
        .min_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(format!("{unit}{own}日を{unit}{wish}日に{how}確認"))
}

fn duty(field: Field, most: i64, o: &Opening) -> Option<String> {
    let name = crate::domain::label::field_name(field, Language::Ja);
    let (own, most) = over(o, field, most, little::TIMES_A_MONTH)?;
    Some(if most <= 0 {
        format!("{name}月{own}回をなしにできるか確認")
    } else {
        format!("{name}月{own}回を月{most}回に減らせるか確認")
    })
}

/// The least of the opening's numbers and the limit, where it is over it by a little.
fn over(o: &Opening, field: Field, most: i64, little: i64) -> Option<(i64, i64)> {
    let own = o.values(field).filter_map(Value::as_number).min()?;
    (1..=little)
        .contains(&own.saturating_sub(most))
        .then_some((own, most))
}

fn hours(wished: &Hours, o: &Opening) -> Option<String> {
    let own = o.values(Field::Hours).find_map(|v| match v {
        Value::Hours(h) => Some(h),
        _ => None,
    })?;
    let minutes = |t: &Option<String>| t.as_deref().and_then(minutes_of);
    let early = minutes(&wished.start)
        .zip(minutes(&own.start))
        .and_then(|(wish, own)| wish.checked_sub(own));
    // Ends that both lie on the day itself; a night that ends in the morning is no matter of minutes.
    let late = minutes(&own.end)
        .zip(minutes(&wished.end))
        .filter(|(end, _)| minutes(&own.start).is_none_or(|start| start < *end))
        .and_then(|(own, wish)| own.checked_sub(wish));
    let [early, late] = [early, late].map(|m| m.filter(|m| *m > 0));
    if early.into_iter().chain(late).any(|m| m > little::CLOCK_MIN) {
        return None;
    }
    match (early, late) {
        (Some(early), None) => Some(format!("始業を{early}分遅くできるか確認")),
        (None, Some(late)) => Some(format!("終業を{late}分早くできるか確認")),
        (Some(early), Some(late)) => Some(format!(
            "始業を{early}分遅く、終業を{late}分早くできるか確認"
        )),
        (None, None) => None,
    }
}

fn pay(wished: Pay, o: &Opening) -> Option<String> {
    let (factor, unit) = in_common(wished.unit);
    let wish = wished.amount.checked_mul(factor)?;
    let own = o
        .values(Field::SalaryMin)
        .chain(o.values(Field::SalaryMax))
        .filter_map(|v| match v {
            Value::Pay(p) if in_common(p.unit).1 == unit => {
                p.amount.checked_mul(in_common(p.unit).0)
            }
            _ => None,
        })
        .max()?;
    let gap = wish.checked_sub(own)?;
    let name = match unit {
        PayUnit::Year => "年収",
        PayUnit::Day => "日給",
        PayUnit::Hour => "時給",
        _ => "1回の報酬",
    };
    (gap > 0 && gap <= wish / little::PAY_SHARE)
        .then(|| format!("{name}があと{}（上げられるか確認）", yen_ja(gap)))
}

/// Months become years and half days days, as the matching compares them.
fn in_common(unit: PayUnit) -> (i64, PayUnit) {
    match unit {
        PayUnit::Month => (12, PayUnit::Year),
        PayUnit::HalfDay => (2, PayUnit::Day),
        other => (1, other),
    }
}

fn start(wished: &str, o: &Opening) -> Option<String> {
    let month = |t: &str| -> Option<i64> {
        let mut parts = t.split('-');
        let year: i64 = parts.next()?.parse().ok()?;
        let month: i64 = parts.next()?.parse().ok()?;
        ((1..=12).contains(&month) && (0..10_000).contains(&year)).then(|| year * 12 + month - 1)
    };
    let wish = month(wished)?;
    let own = o
        .values(Field::Start)
        .filter_map(|v| month(v.as_text()?))
        .max()?;
    let said = |m: i64| format!("{}年{}月", m / 12, m % 12 + 1);
    (1..=little::START_MONTHS)
        .contains(&(wish - own))
        .then(|| format!("開始を{}から{}に延ばせるか確認", said(own), said(wish)))
}

/// The table for the talk with the doctor: which single condition, widened alone, opens most. One line each, most first:
/// 「通勤30分以内 → 通勤45分以内：＋7件（NGN-0044 など）」.
pub fn relaxation_lines(relax: &[Relaxation]) -> Vec<String> {
    relax
        .iter()
        .map(|r| {
            let words = compose::relaxed(r, Language::Ja);
            let to = match (&words.to, r.wish.strength) {
                (Some(to), _) => to.as_str(),
                (None, Strength::Never) => "可",
                (None, _) => "条件から外す",
            };
            let others = if r.adds > 1 { " など" } else { "" };
            format!(
                "{} → {to}：＋{}件（{}{others}）",
                words.condition, r.adds, r.best
            )
        })
        .collect()
}
