//! The table of `docs/matching.md`, row by row.

use super::facts::{
    MET, UNKNOWN, UNMET, Wishes, bool_status, day_status, ends, in_place, of, places, ranges,
    texts, weekly,
};
use crate::domain::opening::Opening;
use crate::domain::wish::{Field, Strength, Value, Wish};
use crate::places::{Band, Means};

pub(super) fn internal(department: &str) -> bool {
    department.ends_with("内科")
        || ["リウマチ科", "アレルギー科", "総合診療科"].contains(&department)
}

pub(super) fn may(department: &str, other: &str) -> bool {
    department == other
        || (internal(department) && ["内科", "総合診療科", "老年内科"].contains(&other))
        || ([
            "消化器外科",
            "呼吸器外科",
            "心臓血管外科",
            "乳腺外科",
            "小児外科",
            "肛門外科",
        ]
        .contains(&department)
            && other == "外科")
        || (department == "産婦人科" && ["産科", "婦人科"].contains(&other))
        || (department == "放射線科" && ["放射線診断科", "放射線治療科"].contains(&other))
}

pub(super) fn suits(department: &str, o: &Opening) -> u8 {
    let listed = texts(o, Field::Specialty);
    if listed.is_empty() {
        UNKNOWN
    } else if listed.iter().any(|d| may(department, d)) {
        MET
    } else if listed.iter().any(|d| may(d, department)) {
        UNKNOWN
    } else {
        UNMET
    }
}

pub(super) fn best(statuses: impl Iterator<Item = u8>) -> u8 {
    statuses.max().unwrap_or(UNKNOWN)
}

pub(super) fn minutes(time: &str) -> i64 {
    let (h, m) = time.split_once(':').unwrap();
    h.parse::<i64>().unwrap() * 60 + m.parse::<i64>().unwrap()
}

pub(super) fn clock(v: &Value) -> (Option<i64>, Option<i64>) {
    let Value::Hours(h) = v else { panic!("{v}") };
    let start = h.start.as_deref().map(minutes);
    let end = h.end.as_deref().map(minutes);
    match (start, end) {
        (Some(s), Some(e)) if e <= s => (start, Some(e + 1440)),
        _ => (start, end),
    }
}

pub(super) fn yen(v: &Value) -> (String, i64) {
    let Value::Pay(p) = v else { panic!("{v}") };
    match p.unit.as_str() {
        "month" => ("year".into(), p.amount * 12),
        "half_day" => ("day".into(), p.amount * 2),
        unit => (unit.into(), p.amount),
    }
}

/// The status of one wish, nothing where no opening fact decides it.
pub(super) fn status(
    w: &Wish,
    ws: Wishes,
    o: &Opening,
    commute: Option<(Means, Band)>,
) -> Option<u8> {
    let positive = w.strength.is_positive();
    let own = of(ws, w.field);
    let text = w.value.as_text().unwrap_or_default();
    let listed = texts(o, w.field);
    let refused = |strengths: &[Strength]| -> Vec<&str> {
        own.iter()
            .filter(|w| strengths.contains(&w.strength))
            .filter_map(|w| w.value.as_text())
            .collect()
    };
    let other_remains = |listed: &[&str]| {
        let gone = if w.strength == Strength::Never {
            refused(&[Strength::Never])
        } else {
            refused(&[Strength::Never, Strength::Avoid])
        };
        listed.iter().any(|l| !gone.contains(l))
    };
    Some(match w.field {
        Field::Area => {
            let inside = best((0..places(o).len()).map(|i| in_place(&own, w, o, i)));
            if positive { inside } else { MET - inside }
        }
        Field::CommuteMinutes => {
            let n = w.value.as_number()?;
            match commute.map(|(_, b)| (i64::from(b.low), i64::from(b.high))) {
                None => UNKNOWN,
                Some((_, high)) if positive && high <= n => MET,
                Some((low, _)) if positive && low > n => UNMET,
                Some((_, high)) if !positive && high < n => MET,
                Some((low, _)) if !positive && low >= n => UNMET,
                _ => UNKNOWN,
            }
        }
        Field::CommuteMode => {
            let mut modes = listed.clone();
            if texts(o, Field::Benefit).contains(&"car_commute") {
                modes.push("car");
            }
            if positive {
                if modes.contains(&text) { MET } else { UNKNOWN }
            } else {
                let gone = refused(&[Strength::Never, Strength::Avoid]);
                if modes.iter().any(|m| !gone.contains(m)) {
                    MET
                } else {
                    UNKNOWN
                }
            }
        }
        Field::Relocation if positive => {
            let covered = listed.contains(&text)
                || listed.contains(&"yes")
                || (text == "yes" && !listed.is_empty());
            if covered { MET } else { UNKNOWN }
        }
        Field::Relocation if text == "yes" => match commute {
            Some((_, b)) if b.high <= 120 => MET,
            Some((_, b)) if b.low > 120 => UNMET,
            _ => UNKNOWN,
        },
        Field::Relocation => {
            if listed.iter().any(|l| *l != text) {
                MET
            } else {
                UNKNOWN
            }
        }
        Field::Specialty if positive => suits(text, o),
        Field::Specialty if listed.is_empty() => UNKNOWN,
        Field::Specialty if !listed.contains(&text) => MET,
        Field::Specialty => {
            if other_remains(&listed) {
                UNKNOWN
            } else {
                UNMET
            }
        }
        Field::Employment if !positive && listed.contains(&text) => {
            bool_status(other_remains(&listed))
        }
        Field::Day => day_status(&own, w, o).0,
        Field::DaysPerWeek | Field::DaysPerMonth => {
            let wish = ends(&w.value);
            let offered = if w.field == Field::DaysPerWeek {
                weekly(o)
            } else {
                ranges(o, w.field)
            };
            best(offered.iter().map(|r| {
                let overlap = r.0 <= wish.1 && wish.0 <= r.1;
                match (positive, overlap) {
                    (true, _) => bool_status(overlap),
                    (false, false) => MET,
                    (false, true) if r.0 >= wish.0 && r.1 <= wish.1 => UNMET,
                    _ => UNKNOWN,
                }
            }))
        }
        Field::Hours if positive => {
            let (ws, we) = clock(&w.value);
            best(o.values(Field::Hours).map(|v| {
                let (os, oe) = clock(v);
                let outside = matches!((ws, os), (Some(w), Some(o)) if o < w)
                    || matches!((we, oe), (Some(w), Some(o)) if o > w);
                let unsaid = (ws.is_some() && os.is_none()) || (we.is_some() && oe.is_none());
                if outside {
                    UNMET
                } else if unsaid {
                    UNKNOWN
                } else {
                    MET
                }
            }))
        }
        Field::SalaryMin if positive => {
            let wish = yen(&w.value);
            best(
                o.values(Field::SalaryMin)
                    .chain(o.values(Field::SalaryMax))
                    .map(yen)
                    .filter(|p| p.0 == wish.0)
                    .map(|p| bool_status(p.1 >= wish.1)),
            )
        }
        Field::Start if positive => best(listed.iter().map(|s| match (text, *s) {
            ("asap", _) => MET,
            (_, "asap") => UNKNOWN,
            (wish, own) => bool_status(own.get(..7) >= wish.get(..7)),
        })),
        Field::Hours | Field::SalaryMin | Field::Start => return None,
        Field::NightDuty | Field::OnCall | Field::DayDuty | Field::Overtime => {
            let accepted = own
                .iter()
                .filter(|w| w.strength.is_positive())
                .filter_map(|w| w.value.as_number())
                .max();
            best(o.values(w.field).map(|v| {
                let times = match v {
                    Value::Number(n) => Some(*n),
                    Value::Text(t) if t == "none" => Some(0),
                    _ => None,
                };
                match (w.value.as_number(), w.strength, times) {
                    (Some(n), s, Some(t)) => {
                        bool_status(if s.is_positive() { t <= n } else { t < n })
                    }
                    (Some(_), _, None) => UNKNOWN,
                    (None, Strength::Ok, _) => MET,
                    (None, Strength::Must | Strength::Want, t) => bool_status(t != Some(0)),
                    (None, _, Some(0)) => MET,
                    (None, Strength::Never, None) if accepted.is_some() => UNKNOWN,
                    (None, Strength::Never, Some(t)) if accepted.is_some_and(|a| t <= a) => UNKNOWN,
                    _ => UNMET,
                }
            }))
        }
        Field::OutpatientsPerDay | Field::HoursPerDay | Field::HoursPerWeek => {
            let n = w.value.as_number()?;
            best(
                o.values(w.field)
                    .filter_map(Value::as_number)
                    .map(|m| bool_status(if positive { m <= n } else { m < n })),
            )
        }
        Field::Institution => {
            let closer = [
                "public_hospital",
                "university",
                "long_term",
                "rehabilitation",
                "psychiatric",
                "acute",
                "small",
                "large",
            ];
            let has = listed.contains(&text)
                || (text == "hospital" && listed.iter().any(|l| closer.contains(l)));
            if listed.is_empty()
                || (!has && closer.contains(&text) && listed.iter().all(|l| *l == "hospital"))
            {
                UNKNOWN
            } else {
                bool_status(has == positive)
            }
        }
        Field::AreaType
        | Field::Shift
        | Field::Duty
        | Field::Role
        | Field::Employment
        | Field::Benefit
        | Field::Workstyle => {
            let has = listed.contains(&text)
                || (w.field == Field::Shift
                    && positive
                    && text == "day"
                    && (listed.contains(&"morning") || listed.contains(&"afternoon")));
            let open = matches!(w.field, Field::Benefit | Field::Workstyle);
            match (listed.is_empty(), positive, has) {
                (true, _, _) => UNKNOWN,
                (_, true, false) if open => UNKNOWN,
                (_, positive, has) => bool_status(positive == has),
            }
        }
        _ => return None,
    })
}
