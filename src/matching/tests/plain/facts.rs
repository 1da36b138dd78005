//! What an opening says, read anew at every question.

use crate::domain::opening::Opening;
use crate::domain::wish::{Field, ProfileField, ProfileItem, Strength, Value, Wish};
use crate::places::{Band, Holds, Means, Place, Point, Site, band, locate};

pub(super) const MET: u8 = 2;
pub(super) const UNKNOWN: u8 = 1;
pub(super) const UNMET: u8 = 0;

pub(super) type Wishes<'a> = &'a [Wish];

pub(super) fn bool_status(met: bool) -> u8 {
    if met { MET } else { UNMET }
}

pub(super) fn texts(o: &Opening, field: Field) -> Vec<&str> {
    o.values(field).filter_map(Value::as_text).collect()
}

pub(super) fn of(ws: Wishes<'_>, field: Field) -> Vec<&Wish> {
    ws.iter()
        .filter(|w| w.field == field && w.strength != Strength::Drop)
        .collect()
}

pub(super) fn single(field: Field) -> bool {
    [Field::Duty, Field::Role, Field::Benefit, Field::Workstyle].contains(&field)
}

pub(super) fn capped(field: Field) -> bool {
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

pub(super) fn places(o: &Opening) -> Vec<Place> {
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

pub(super) fn site(o: &Opening) -> Option<Site> {
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

pub(super) fn estimate(profile: &[ProfileItem], ws: Wishes, o: &Opening) -> Option<(Means, Band)> {
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

pub(super) fn in_place(ws: &[&Wish], w: &Wish, o: &Opening, index: usize) -> u8 {
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
pub(super) fn halves(day: &str) -> Vec<String> {
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

pub(super) fn count_days(halves: &[String]) -> usize {
    let mut days: Vec<&str> = halves.iter().filter_map(|h| h.split(':').next()).collect();
    days.sort_unstable();
    days.dedup();
    days.len()
}

pub(super) fn weekly(o: &Opening) -> Vec<(f64, f64)> {
    let mut out = ranges(o, Field::DaysPerWeek);
    let forms = texts(o, Field::Employment);
    if out.is_empty() && !forms.is_empty() && forms.iter().all(|f| *f == "full_time") {
        out.push((4.0, f64::INFINITY));
    }
    out
}

pub(super) fn ranges(o: &Opening, field: Field) -> Vec<(f64, f64)> {
    o.values(field).map(ends).collect()
}

pub(super) fn ends(v: &Value) -> (f64, f64) {
    match v {
        Value::Days(d) => (
            d.min.unwrap_or(f64::NEG_INFINITY),
            d.max.unwrap_or(f64::INFINITY),
        ),
        _ => panic!("{v}"),
    }
}

pub(super) fn day_status(ws: &[&Wish], w: &Wish, o: &Opening) -> (u8, bool) {
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
