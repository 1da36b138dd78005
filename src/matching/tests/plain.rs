//! The rules once more, written as plainly as `docs/matching.md` says them and without any preparation: the fast matcher
//! must give the same answer.

use crate::domain::match_::{Commute, Match, MatchAnswer, Relaxation, RelaxedWish};
use crate::domain::opening::Opening;
use crate::domain::wish::{Field, ProfileField, ProfileItem, Strength, Value, Wish};
use crate::places::{Band, Holds, Means, Place, Point, Site, band, locate};
use std::cmp::Reverse;
use std::collections::BTreeMap;

const MET: u8 = 2;
const UNKNOWN: u8 = 1;
const UNMET: u8 = 0;

type Wishes<'a> = &'a [Wish];

fn bool_status(met: bool) -> u8 {
    if met { MET } else { UNMET }
}

fn texts(o: &Opening, field: Field) -> Vec<&str> {
    o.values(field).filter_map(Value::as_text).collect()
}

fn of(ws: Wishes<'_>, field: Field) -> Vec<&Wish> {
    ws.iter()
        .filter(|w| w.field == field && w.strength != Strength::Drop)
        .collect()
}

fn single(field: Field) -> bool {
    [Field::Duty, Field::Role, Field::Benefit, Field::Workstyle].contains(&field)
}

fn capped(field: Field) -> bool {
    [
        Field::CommuteMinutes,
        Field::NightDuty,
        Field::OnCall,
        Field::DayDuty,
        Field::OutpatientsPerDay,
        Field::HoursPerDay,
        Field::HoursPerWeek,
    ]
    .contains(&field)
}

fn places(o: &Opening) -> Vec<Place> {
    let mut main = Place::parse(&o.area);
    if let Some((Some(finer), _)) = o.address.as_deref().map(locate)
        && main.holds(&finer) == Holds::Yes
    {
        main = finer;
    }
    let mut all = vec![main];
    all.extend(texts(o, Field::Area).into_iter().map(Place::parse));
    all
}

fn site(o: &Opening) -> Option<Site> {
    let places = places(o);
    match (o.lat, o.lon) {
        (Some(lat), Some(lon)) => {
            let m = places.iter().find_map(|p| match p {
                Place::Municipality(m) => Some(*m),
                _ => None,
            });
            Site::at(Point::in_japan(lat, lon)?, m)
        }
        _ => places.iter().find_map(Place::site),
    }
}

fn estimate(profile: &[ProfileItem], ws: Wishes, o: &Opening) -> Option<(Means, Band)> {
    let home = profile
        .iter()
        .filter(|p| p.field == ProfileField::Home)
        .find_map(|p| Place::parse(p.value.as_text()?).site())?;
    let work = site(o)?;
    let modes = of(ws, Field::CommuteMode);
    let says = |mode: &str, strengths: &[Strength]| {
        modes
            .iter()
            .any(|w| w.value.as_text() == Some(mode) && strengths.contains(&w.strength))
    };
    let firm = [Strength::Must, Strength::Want];
    let limited = ["car", "train", "shinkansen"]
        .iter()
        .any(|m| says(m, &firm));
    [Means::Car, Means::Train]
        .into_iter()
        .filter(|m| !says(m.as_str(), &[Strength::Avoid, Strength::Never]))
        .filter(|m| !limited || says(m.as_str(), &firm) || says(m.as_str(), &[Strength::Ok]))
        .filter_map(|m| Some((m, band(&home, &work, m)?)))
        .min_by_key(|(_, b)| b.high)
}

fn in_place(ws: &[&Wish], w: &Wish, o: &Opening, index: usize) -> u8 {
    let outer = Place::parse(w.value.as_text().unwrap());
    let at = &places(o)[index];
    let holds = match (&outer, index, site(o)) {
        (Place::Station(_), 0, Some(site)) => outer.near(&site),
        _ => outer.holds(at),
    };
    let here = match holds {
        Holds::Yes => MET,
        Holds::Unknown => UNKNOWN,
        Holds::No => return UNMET,
    };
    let mut out = here;
    for other in ws {
        let inner = Place::parse(other.value.as_text().unwrap());
        if other.strength.is_positive() != w.strength.is_positive()
            && outer.holds(&inner) == Holds::Yes
            && inner.holds(&outer) != Holds::Yes
        {
            out = out.min(MET - in_place(ws, other, o, index));
        }
    }
    out
}

/// Half days of a text, as `mon:am`.
fn halves(day: &str) -> Vec<String> {
    let (name, half) = day.split_once(':').unwrap_or((day, ""));
    let days: Vec<&str> = if name == "weekdays" {
        vec!["mon", "tue", "wed", "thu", "fri"]
    } else {
        vec![name]
    };
    days.iter()
        .flat_map(|d| ["am", "pm"].map(|h| (d, h)))
        .filter(|(_, h)| half.is_empty() || half == *h)
        .map(|(d, h)| format!("{d}:{h}"))
        .collect()
}

fn count_days(halves: &[String]) -> usize {
    let mut days: Vec<&str> = halves.iter().filter_map(|h| h.split(':').next()).collect();
    days.sort_unstable();
    days.dedup();
    days.len()
}

fn weekly(o: &Opening) -> Vec<(f64, f64)> {
    let mut out = ranges(o, Field::DaysPerWeek);
    let forms = texts(o, Field::Employment);
    if out.is_empty() && !forms.is_empty() && forms.iter().all(|f| *f == "full_time") {
        out.push((4.0, f64::INFINITY));
    }
    out
}

fn ranges(o: &Opening, field: Field) -> Vec<(f64, f64)> {
    o.values(field).map(ends).collect()
}

fn ends(v: &Value) -> (f64, f64) {
    match v {
        Value::Days(d) => (
            d.min.unwrap_or(f64::NEG_INFINITY),
            d.max.unwrap_or(f64::INFINITY),
        ),
        _ => panic!("{v}"),
    }
}

fn day_status(ws: &[&Wish], w: &Wish, o: &Opening) -> (u8, bool) {
    let listed: Vec<String> = texts(o, Field::Day).into_iter().flat_map(halves).collect();
    if listed.is_empty() {
        return (UNKNOWN, false);
    }
    let all = |strengths: &[Strength]| -> Vec<String> {
        ws.iter()
            .filter(|w| strengths.contains(&w.strength))
            .flat_map(|w| halves(w.value.as_text().unwrap()))
            .collect()
    };
    let keep = |from: &[String], only: &[String]| -> Vec<String> {
        from.iter().filter(|h| only.contains(h)).cloned().collect()
    };
    let less = |from: &[String], gone: &[String]| -> Vec<String> {
        from.iter().filter(|h| !gone.contains(h)).cloned().collect()
    };
    let mut allowed = less(&listed, &all(&[Strength::Never]));
    if ws.iter().any(|w| w.strength == Strength::Must) {
        allowed = keep(
            &allowed,
            &all(&[Strength::Must, Strength::Want, Strength::Ok]),
        );
    }
    let least = weekly(o)
        .iter()
        .map(|r| r.0.ceil().max(1.0))
        .fold(f64::INFINITY, f64::min);
    let least = if least.is_finite() { least as usize } else { 1 };
    let needed = least.min(count_days(&listed));
    let enough = |halves: &[String]| count_days(halves) >= needed;
    let excluded = !enough(&allowed);
    let status = match w.strength {
        Strength::Must | Strength::Never => !excluded,
        Strength::Want => enough(&keep(&allowed, &all(&[Strength::Must, Strength::Want]))),
        Strength::Ok => enough(&keep(
            &allowed,
            &all(&[Strength::Must, Strength::Want, Strength::Ok]),
        )),
        _ => {
            enough(&less(&allowed, &all(&[Strength::Avoid])))
                || keep(&listed, &halves(w.value.as_text().unwrap())).is_empty()
        }
    };
    (bool_status(status), excluded)
}

fn internal(department: &str) -> bool {
    department.ends_with("内科")
        || ["リウマチ科", "アレルギー科", "総合診療科"].contains(&department)
}

fn may(department: &str, other: &str) -> bool {
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

fn suits(department: &str, o: &Opening) -> u8 {
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

fn best(statuses: impl Iterator<Item = u8>) -> u8 {
    statuses.max().unwrap_or(UNKNOWN)
}

fn minutes(time: &str) -> i64 {
    let (h, m) = time.split_once(':').unwrap();
    h.parse::<i64>().unwrap() * 60 + m.parse::<i64>().unwrap()
}

fn clock(v: &Value) -> (Option<i64>, Option<i64>) {
    let Value::Hours(h) = v else { panic!("{v}") };
    let start = h.start.as_deref().map(minutes);
    let end = h.end.as_deref().map(minutes);
    match (start, end) {
        (Some(s), Some(e)) if e <= s => (start, Some(e + 1440)),
        _ => (start, end),
    }
}

fn yen(v: &Value) -> (String, i64) {
    let Value::Pay(p) = v else { panic!("{v}") };
    match p.unit.as_str() {
        "month" => ("year".into(), p.amount * 12),
        "half_day" => ("day".into(), p.amount * 2),
        unit => (unit.into(), p.amount),
    }
}

/// The status of one wish, nothing where no opening fact decides it.
fn status(w: &Wish, ws: Wishes, o: &Opening, commute: Option<(Means, Band)>) -> Option<u8> {
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

/// The wishes with the stand-ins behind them.
fn with_stand_ins(profile: &[ProfileItem], ws: Wishes) -> Vec<Wish> {
    let mut all = ws.to_vec();
    let own = of(ws, Field::Specialty);
    if own
        .iter()
        .any(|w| matches!(w.strength, Strength::Must | Strength::Want))
    {
        return all;
    }
    for p in profile
        .iter()
        .filter(|p| p.field == ProfileField::Specialty)
    {
        if !own
            .iter()
            .any(|w| w.strength.is_refusal() && w.value == p.value)
        {
            all.push(Wish {
                field: Field::Specialty,
                value: p.value.clone(),
                strength: Strength::Want,
                quote: String::new(),
                rule: String::new(),
            });
        }
    }
    all
}

/// The fields that exclude the opening, in the order of the vocabulary.
fn excluding(profile: &[ProfileItem], ws: Wishes, o: &Opening) -> Vec<Field> {
    let commute = estimate(profile, ws, o);
    Field::ALL
        .iter()
        .copied()
        .filter(|field| {
            let own = of(ws, *field);
            let judged: Vec<(&Wish, u8)> = own
                .iter()
                .filter_map(|w| Some((*w, status(w, ws, o, commute)?)))
                .collect();
            let unmet = |s: Strength| judged.iter().any(|(w, st)| w.strength == s && *st == UNMET);
            if *field == Field::Day {
                return own.first().is_some_and(|w| day_status(&own, w, o).1);
            }
            if unmet(Strength::Never) {
                return true;
            }
            if single(*field) {
                return unmet(Strength::Must);
            }
            if *field == Field::Specialty
                && !own
                    .iter()
                    .any(|w| matches!(w.strength, Strength::Must | Strength::Want))
            {
                let mut tried: Vec<&str> = profile
                    .iter()
                    .filter(|p| p.field == ProfileField::Specialty)
                    .filter_map(|p| p.value.as_text())
                    .collect();
                tried.extend(
                    own.iter()
                        .filter(|w| w.strength == Strength::Ok)
                        .filter_map(|w| w.value.as_text()),
                );
                let change = of(ws, Field::SpecialtyChange)
                    .iter()
                    .any(|w| w.strength.is_positive());
                return !change && !tried.is_empty() && tried.iter().all(|d| suits(d, o) == UNMET);
            }
            if capped(*field) {
                let lifted = own
                    .iter()
                    .any(|w| w.strength == Strength::Ok && w.value.as_number().is_none());
                let over = judged
                    .iter()
                    .filter(|(w, _)| matches!(w.strength, Strength::Must | Strength::Ok))
                    .filter(|(w, _)| w.value.as_number().is_some())
                    .max_by_key(|(w, _)| w.value.as_number())
                    .is_some_and(|(_, st)| *st == UNMET);
                let lacks = judged.iter().any(|(w, st)| {
                    w.strength == Strength::Must && w.value.as_number().is_none() && *st == UNMET
                });
                return (over && !lifted) || lacks;
            }
            let positives: Vec<u8> = judged
                .iter()
                .filter(|(w, _)| w.strength.is_positive())
                .map(|(_, st)| *st)
                .collect();
            judged.iter().any(|(w, _)| w.strength == Strength::Must)
                && positives.iter().all(|st| *st == UNMET)
        })
        .collect()
}

type Key<'o> = (
    Reverse<u64>,
    usize,
    u32,
    bool,
    Reverse<Option<&'o str>>,
    &'o str,
);

fn suggestion<'o>(profile: &[ProfileItem], ws: Wishes, o: &'o Opening) -> (Key<'o>, Match) {
    let commute = estimate(profile, ws, o);
    let all = with_stand_ins(profile, ws);
    let mut terms: Vec<(u64, u64, bool)> = Vec::new(); // weight, quarters, unknown
    let weight = |s: Strength| match s {
        Strength::Must | Strength::Never => 4,
        Strength::Want | Strength::Avoid => 2,
        _ => 0,
    };
    let judged: Vec<(&Wish, u8)> = all
        .iter()
        .filter(|w| w.strength != Strength::Drop)
        .filter_map(|w| Some((w, status(w, &all, o, commute)?)))
        .collect();
    for (w, st) in &judged {
        if w.strength.is_refusal() || single(w.field) {
            terms.push((weight(w.strength), u64::from(*st) * 2, *st == UNKNOWN));
        }
    }
    for field in Field::ALL.iter().copied().filter(|f| !single(*f)) {
        let of = |strengths: &[Strength]| -> Option<u8> {
            judged
                .iter()
                .filter(|(w, _)| w.field == field && strengths.contains(&w.strength))
                .map(|(_, st)| *st)
                .max()
        };
        let quarter = u64::from(of(&[Strength::Ok]) == Some(MET));
        let mut term = |s: Strength, st: u8| {
            terms.push((weight(s), (u64::from(st) * 2).max(quarter), st == UNKNOWN));
        };
        if of(&[Strength::Must]).is_some() {
            term(
                Strength::Must,
                of(&[Strength::Must, Strength::Want]).unwrap(),
            );
        }
        if let Some(st) = of(&[Strength::Want]) {
            term(Strength::Want, st);
        }
    }
    let total: u64 = terms.iter().map(|t| t.0).sum();
    let earned: u64 = terms.iter().map(|t| t.0 * t.1).sum();
    let score = if total == 0 {
        0.5
    } else {
        earned as f64 / (4 * total) as f64
    };
    let doubts = terms.iter().filter(|t| t.0 > 0 && t.2).count();
    let shown = |wanted: u8| -> Vec<String> {
        judged
            .iter()
            .filter(|(_, st)| *st == wanted)
            .filter(|(w, st)| {
                w.strength != Strength::Ok || *st == MET || (*st == UNKNOWN && capped(w.field))
            })
            .filter(|(w, st)| {
                w.strength.is_refusal()
                    || single(w.field)
                    || !judged.iter().any(|(x, other)| {
                        x.field == w.field && x.strength == w.strength && other > st
                    })
            })
            .map(|(w, _)| format!("{}={}", w.field, w.value))
            .collect()
    };
    let held = |field: ProfileField| {
        profile
            .iter()
            .filter(move |p| p.field == field)
            .map(|p| &p.value)
    };
    let asks =
        o.items
            .iter()
            .filter(|i| match i.field {
                Field::Certification => !held(ProfileField::Certification).any(|v| *v == i.value),
                Field::YearsExperience => !held(ProfileField::YearsExperience)
                    .any(|v| v.as_number() >= i.value.as_number()),
                _ => false,
            })
            .map(|i| format!("{}={}", i.field, i.value))
            .collect();
    let m = Match {
        id: o.id.clone(),
        score: ((score * 100.0 + 1e-9).round()) / 100.0,
        met: shown(MET),
        unmet: shown(UNMET),
        unknown: shown(UNKNOWN),
        asks,
        commute: commute.map(|(means, b)| Commute {
            mode: means.as_str().to_owned(),
            minutes: [b.low, b.high],
        }),
    };
    let key = (
        Reverse(if total == 0 { 0 } else { earned }),
        doubts,
        commute.map_or(u32::MAX, |(_, b)| b.high),
        !texts(o, Field::AreaType).contains(&"shortage"),
        Reverse(o.posted.as_deref()),
        o.id.as_str(),
    );
    (key, m)
}

/// The widened wishes of every relaxation, with what names it.
fn widenings(ws: Wishes) -> Vec<(usize, Option<Value>, Vec<Wish>)> {
    let mut out = Vec::new();
    for field in Field::ALL.iter().copied() {
        let own: Vec<(usize, &Wish)> = ws
            .iter()
            .enumerate()
            .filter(|(_, w)| w.field == field)
            .collect();
        let is_limit = |w: &Wish| {
            capped(field)
                && matches!(w.strength, Strength::Must | Strength::Ok)
                && w.value.as_number().is_some()
        };
        let without = |i: usize| -> Vec<Wish> {
            ws.iter()
                .enumerate()
                .filter(|(j, _)| *j != i)
                .map(|(_, w)| w.clone())
                .collect()
        };
        let musts: Vec<usize> = own
            .iter()
            .filter(|(_, w)| w.strength == Strength::Must && !is_limit(w))
            .map(|(i, _)| *i)
            .collect();
        if single(field) {
            out.extend(musts.iter().map(|i| (*i, None, without(*i))));
        } else if let Some(first) = musts.first() {
            let mut softer = ws.to_vec();
            for i in &musts {
                softer[*i].strength = Strength::Want;
            }
            out.push((*first, None, softer));
        }
        let lifted = own
            .iter()
            .any(|(_, w)| w.strength == Strength::Ok && w.value.as_number().is_none());
        let cap = own
            .iter()
            .filter(|(_, w)| is_limit(w))
            .max_by_key(|(i, w)| (w.value.as_number(), Reverse(*i)));
        if let (Some((i, w)), false) = (cap, lifted) {
            let step = [45, 60, 90, 120]
                .into_iter()
                .find(|s| field == Field::CommuteMinutes && Some(*s) > w.value.as_number())
                .map(Value::Number);
            let wider = ws
                .iter()
                .filter_map(|w| match (&step, w.field == field && is_limit(w)) {
                    (_, false) => Some(w.clone()),
                    (None, true) => None,
                    (Some(step), true) => Some(Wish {
                        value: step.clone(),
                        ..w.clone()
                    }),
                })
                .collect();
            out.push((*i, step, wider));
        }
        for (i, w) in &own {
            if w.strength == Strength::Never {
                out.push((*i, None, without(*i)));
            }
        }
    }
    out
}

pub(super) fn answer(
    profile: &[ProfileItem],
    ws: Wishes,
    openings: &[Opening],
    top: usize,
) -> MatchAnswer {
    let mut excluded: BTreeMap<Field, usize> = BTreeMap::new();
    let mut suggested = Vec::new();
    let mut away = Vec::new();
    for o in openings {
        match excluding(profile, ws, o).first() {
            Some(field) => {
                *excluded.entry(*field).or_default() += 1;
                away.push(o);
            }
            None => suggested.push(suggestion(profile, ws, o)),
        }
    }
    suggested.sort_by(|a, b| a.0.cmp(&b.0));
    let mut relax: Vec<(usize, Relaxation)> = Vec::new();
    for (named, to, wider) in widenings(ws) {
        let mut new: Vec<_> = away
            .iter()
            .filter(|o| excluding(profile, &wider, o).is_empty())
            .map(|o| suggestion(profile, &wider, o).0)
            .collect();
        new.sort();
        if let Some(best) = new.first() {
            let wish = RelaxedWish {
                field: ws[named].field,
                value: ws[named].value.clone(),
                strength: ws[named].strength,
            };
            relax.push((
                named,
                Relaxation {
                    wish,
                    to,
                    adds: new.len(),
                    best: best.5.to_owned(),
                },
            ));
        }
    }
    relax.sort_by_key(|(named, r)| (Reverse(r.adds), r.wish.field, *named));
    MatchAnswer {
        id: None,
        matches: suggested.into_iter().take(top).map(|(_, m)| m).collect(),
        considered: openings.len(),
        excluded,
        relax: relax.into_iter().map(|(_, r)| r).collect(),
    }
}
