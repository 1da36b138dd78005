//! An opening, read once for many doctors.

use super::days::Halves;
use super::meaning::{Range, Span, Start, Times, Words, Yen, bit};
use crate::domain::opening::Opening;
use crate::domain::wish::{Field, OpeningItem, Value};
use crate::places::{Holds, Place, Point, Site, finer_site, locate};

/// What an opening says on each field.
#[derive(Debug, Clone)]
pub(super) struct Facts<'o> {
    /// The desk's number for it.
    pub id: &'o str,
    /// Where it stands; several are a choice.
    pub places: Vec<Place>,
    /// The best point known of it.
    pub site: Option<Site>,
    pub commute_mode: Words,
    pub area_type: Words,
    pub relocation: Words,
    pub employment: Words,
    pub shift: Words,
    pub duty: Words,
    pub role: Words,
    pub institution: Words,
    pub workstyle: Words,
    pub benefit: Words,
    pub specialty: Words,
    pub night_duty: Vec<Times>,
    pub on_call: Vec<Times>,
    pub day_duty: Vec<Times>,
    pub overtime: Vec<Times>,
    pub days_per_week: Vec<Range>,
    pub days_per_month: Vec<Range>,
    pub days: Halves,
    /// How many of its days must be filled.
    pub needed: u32,
    pub hours: Vec<Span>,
    pub pay: Vec<Yen>,
    pub start: Vec<Start>,
    pub outpatients: Vec<i64>,
    pub hours_per_day: Vec<i64>,
    pub hours_per_week: Vec<i64>,
    /// `YYYY-MM-DD`; none is oldest.
    pub posted: Option<&'o str>,
    /// `certification` and `years_experience` in the opening's order.
    pub asks: Vec<&'o OpeningItem>,
}

impl<'o> Facts<'o> {
    pub fn read(opening: &'o Opening) -> Self {
        let words = |field: Field| {
            let mut words = Words::default();
            for value in opening.values(field) {
                words.insert(value.as_text().and_then(|t| bit(field, t)));
            }
            words
        };
        let times = |field: Field| -> Vec<Times> {
            opening.values(field).filter_map(Times::read).collect()
        };
        let numbers = |field: Field| -> Vec<i64> {
            opening.values(field).filter_map(Value::as_number).collect()
        };
        let places = places(opening);
        let employment = words(Field::Employment);
        let benefit = words(Field::Benefit);
        let mut commute_mode = words(Field::CommuteMode);
        if bit(Field::Benefit, "car_commute").is_some_and(|b| benefit.has(b)) {
            commute_mode.insert(bit(Field::CommuteMode, "car"));
        }
        let mut days_per_week: Vec<Range> = opening
            .values(Field::DaysPerWeek)
            .filter_map(Range::read)
            .collect();
        let full_time_only =
            bit(Field::Employment, "full_time").is_some_and(|b| employment.is_only(b));
        if days_per_week.is_empty() && full_time_only {
            days_per_week.push(Range {
                min: 4.0,
                max: f64::INFINITY,
            });
        }
        let days = opening
            .values(Field::Day)
            .filter_map(|v| Halves::read(v.as_text()?))
            .fold(Halves::default(), Halves::with);
        Facts {
            site: site(opening, &places),
            places,
            commute_mode,
            area_type: words(Field::AreaType),
            relocation: words(Field::Relocation),
            employment,
            shift: words(Field::Shift),
            duty: words(Field::Duty),
            role: words(Field::Role),
            institution: words(Field::Institution),
            workstyle: words(Field::Workstyle),
            benefit,
            specialty: words(Field::Specialty),
            night_duty: times(Field::NightDuty),
            on_call: times(Field::OnCall),
            day_duty: times(Field::DayDuty),
            overtime: times(Field::Overtime),
            needed: super::days::needed(&days_per_week, days),
            days_per_week,
            days_per_month: opening
                .values(Field::DaysPerMonth)
                .filter_map(Range::read)
                .collect(),
            days,
            hours: opening
                .values(Field::Hours)
                .filter_map(Span::read)
                .collect(),
            pay: opening
                .values(Field::SalaryMin)
                .chain(opening.values(Field::SalaryMax))
                .filter_map(|v| match v {
                    Value::Pay(p) => Some(Yen::from(*p)),
                    _ => None,
                })
                .collect(),
            start: opening
                .values(Field::Start)
                .filter_map(Start::read)
                .collect(),
            outpatients: numbers(Field::OutpatientsPerDay),
            hours_per_day: numbers(Field::HoursPerDay),
            hours_per_week: numbers(Field::HoursPerWeek),
            posted: opening.posted.as_deref(),
            asks: opening
                .items
                .iter()
                .filter(|i| matches!(i.field, Field::Certification | Field::YearsExperience))
                .collect(),
            id: &opening.id,
        }
    }

    /// Facts of an opening that says nothing.
    pub fn silent(id: &'o str) -> Self {
        Facts {
            id,
            places: vec![],
            site: None,
            commute_mode: Words::default(),
            area_type: Words::default(),
            relocation: Words::default(),
            employment: Words::default(),
            shift: Words::default(),
            duty: Words::default(),
            role: Words::default(),
            institution: Words::default(),
            workstyle: Words::default(),
            benefit: Words::default(),
            specialty: Words::default(),
            night_duty: vec![],
            on_call: vec![],
            day_duty: vec![],
            overtime: vec![],
            days_per_week: vec![],
            days_per_month: vec![],
            days: Halves::default(),
            needed: 0,
            hours: vec![],
            pay: vec![],
            start: vec![],
            outpatients: vec![],
            hours_per_day: vec![],
            hours_per_week: vec![],
            posted: None,
            asks: vec![],
        }
    }

    /// The listed words of a field that has a closed list.
    pub fn words(&self, field: Field) -> Words {
        match field {
            Field::CommuteMode => self.commute_mode,
            Field::AreaType => self.area_type,
            Field::Relocation => self.relocation,
            Field::Employment => self.employment,
            Field::Shift => self.shift,
            Field::Duty => self.duty,
            Field::Role => self.role,
            Field::Institution => self.institution,
            Field::Workstyle => self.workstyle,
            Field::Benefit => self.benefit,
            Field::Specialty => self.specialty,
            _ => Words::default(),
        }
    }

    /// Sets the listed words of a field.
    pub fn set_words(&mut self, field: Field, words: Words) {
        match field {
            Field::CommuteMode => self.commute_mode = words,
            Field::AreaType => self.area_type = words,
            Field::Relocation => self.relocation = words,
            Field::Employment => self.employment = words,
            Field::Shift => self.shift = words,
            Field::Duty => self.duty = words,
            Field::Role => self.role = words,
            Field::Institution => self.institution = words,
            Field::Workstyle => self.workstyle = words,
            Field::Benefit => self.benefit = words,
            Field::Specialty => self.specialty = words,
            _ => {}
        }
    }

    /// How often a duty comes.
    pub fn times(&self, field: Field) -> &[Times] {
        match field {
            Field::NightDuty => &self.night_duty,
            Field::OnCall => &self.on_call,
            Field::DayDuty => &self.day_duty,
            Field::Overtime => &self.overtime,
            _ => &[],
        }
    }

    /// The figures of a field that counts patients or hours.
    pub fn numbers(&self, field: Field) -> &[i64] {
        match field {
            Field::OutpatientsPerDay => &self.outpatients,
            Field::HoursPerDay => &self.hours_per_day,
            Field::HoursPerWeek => &self.hours_per_week,
            _ => &[],
        }
    }

    /// Days a week or month.
    pub fn ranges(&self, field: Field) -> &[Range] {
        match field {
            Field::DaysPerWeek => &self.days_per_week,
            Field::DaysPerMonth => &self.days_per_month,
            _ => &[],
        }
    }
}

fn read_place(text: &str) -> Place {
    match Place::parse(text) {
        Place::Words(words) => locate(&words).0.unwrap_or(Place::Words(words)),
        known => known,
    }
}

fn places(opening: &Opening) -> Vec<Place> {
    let mut main = read_place(&opening.area);
    // The address may know the municipality or ward where the area names only what lies around it.
    if let Some(finer) = opening.address.as_deref().and_then(|a| locate(a).0)
        && main != finer
        && main.holds(&finer) == Holds::Yes
    {
        main = finer;
    }
    let mut places = vec![main];
    for value in opening.values(Field::Area) {
        if let Some(text) = value.as_text() {
            let place = read_place(text);
            if !places.contains(&place) {
                places.push(place);
            }
        }
    }
    places
}

fn site(opening: &Opening, places: &[Place]) -> Option<Site> {
    let municipality = places.iter().find_map(|p| match p {
        Place::Municipality(m) => Some(*m),
        _ => None,
    });
    if let (Some(lat), Some(lon)) = (opening.lat, opening.lon)
        && let Some(point) = Point::in_japan(lat, lon)
    {
        return Site::at(point, municipality);
    }
    let fine = opening.address.as_deref().and_then(finer_site);
    fine.or_else(|| places.iter().find_map(Place::site))
}
