//! The English words.

use super::measure::{date_en, days_en, grouped, hours_en, pay_en};
use crate::domain::wish::{Field, Strength, Value};

pub(super) fn field_name(field: Field) -> &'static str {
    match field {
        Field::CommuteMinutes => "commuting time",
        Field::CommuteMode => "means of commuting",
        Field::Area => "place of work",
        Field::AreaType => "kind of area",
        Field::Relocation => "relocation",
        Field::Employment => "form of employment",
        Field::DaysPerWeek => "days a week",
        Field::DaysPerMonth => "days a month",
        Field::Day => "days of work",
        Field::Shift => "shift",
        Field::Hours => "working hours",
        Field::HoursPerDay => "hours a day",
        Field::HoursPerWeek => "hours a week",
        Field::NightDuty => "night duty",
        Field::OnCall => "on-call duty",
        Field::DayDuty => "weekend and holiday day duty",
        Field::Overtime => "overtime",
        Field::Specialty => "department",
        Field::SpecialtyChange => "change of specialty",
        Field::Duty => "work",
        Field::Role => "role",
        Field::Institution => "kind of institution",
        Field::Workstyle => "way of working",
        Field::SalaryMin => "pay",
        Field::Benefit => "benefits",
        Field::Start => "start",
        Field::Duration => "duration",
        Field::OutpatientsPerDay => "outpatients a day",
        Field::Contact => "way of contact",
        Field::Confidential => "confidentiality",
        Field::InstitutionName => "institution",
        Field::Beds => "beds",
        Field::SalaryMax => "highest pay",
        Field::Certification => "certification asked for",
        Field::YearsExperience => "experience asked for",
        Field::ContactPerson => "contact person",
        Field::Phone => "telephone",
        Field::Headcount => "posts",
        Field::Action => "what the offer does",
    }
}

pub(super) fn word(field: Field, value: &str) -> String {
    let known = match (field, value) {
        (Field::CommuteMode, "walk") => "commuting on foot",
        (Field::CommuteMode, mode) => return format!("commuting by {mode}"),
        (Field::AreaType, "shortage") => "an area short of doctors",
        (Field::AreaType, "remote") => "a remote area",
        (Field::AreaType, "island") => "an island",
        (Field::AreaType, "urban") => "an urban area",
        (Field::AreaType, "rural") => "a rural area",
        (Field::Relocation, "yes") => "relocation",
        (Field::Relocation, "alone") => "relocation alone",
        (Field::Relocation, "with_family") => "relocation with the family",
        (Field::Employment, "full_time") => "full-time work",
        (Field::Employment, "part_time") => "part-time work",
        (Field::Employment, "spot") => "single engagements",
        (Field::Employment, "short_hours") => "full-time work with short hours",
        (Field::Employment, "contract") => "fixed-term employment",
        (Field::Day, day) => return weekday(day),
        (Field::Shift, "day") => "day shift",
        (Field::Shift, "morning") => "mornings",
        (Field::Shift, "afternoon") => "afternoons",
        (Field::Shift, "evening") => "evening clinic",
        (Field::Shift, "night") => "night shift",
        (Field::Duty, duty) => work(duty),
        (Field::Role, "department_head") => "head of department",
        (Field::Institution, kind) => institution(kind),
        (Field::Workstyle, "qol") => "an unhurried way of working",
        (Field::Workstyle, "expertise") => "using one's expertise",
        (Field::Workstyle, "challenge") => "a new field",
        (Field::Workstyle, "contribution") => "contributing to the community",
        (Field::Benefit, benefit) => perk(benefit),
        (Field::Contact, "email") => "contact by e-mail",
        (Field::Contact, "phone") => "contact by telephone",
        (Field::Contact, "online") => "an online meeting",
        (Field::Contact, "in_person") => "a meeting in person",
        (Field::Contact, "workplace_phone") => "calls to the workplace",
        (Field::Confidential, "employer") => "confidentiality towards the present employer",
        (Field::Confidential, "name") => "the name withheld",
        (Field::SpecialtyChange, "any") => "a change of specialty",
        (Field::Action, "offer") => "a new opening",
        (Field::Action, "change") => "a change of an opening",
        (Field::Action, "withdraw") => "an opening withdrawn",
        _ => value,
    };
    known.to_owned()
}

fn weekday(value: &str) -> String {
    let (name, half) = value.split_once(':').unwrap_or((value, ""));
    let name = match name {
        "weekdays" => "weekdays",
        "mon" => "Mondays",
        "tue" => "Tuesdays",
        "wed" => "Wednesdays",
        "thu" => "Thursdays",
        "fri" => "Fridays",
        "sat" => "Saturdays",
        "sun" => "Sundays",
        "holiday" => "public holidays",
        _ => name,
    };
    match half {
        "am" => format!("{name} (morning)"),
        "pm" => format!("{name} (afternoon)"),
        _ => name.to_owned(),
    }
}

fn work(value: &str) -> &str {
    match value {
        "outpatient" => "outpatient care",
        "ward" => "ward work",
        "home_visit" => "home visits",
        "checkup" => "health check-ups",
        "industrial" => "occupational health",
        "emergency" => "emergency care",
        "reading" => "image reading",
        "vaccination" => "vaccination",
        "palliative" => "palliative care",
        "delivery" => "deliveries",
        "catheter" => "catheter work",
        "dementia" => "dementia care",
        "public_health" => "public health",
        "review" => "insurance review",
        "certification_work" => "written opinions and certificates",
        _ => value,
    }
}

fn institution(value: &str) -> &str {
    match value {
        "hospital" => "a hospital",
        "clinic" => "a clinic",
        "care_facility" => "a care facility",
        "public_hospital" => "a public hospital",
        "university" => "a university",
        "company" => "a company",
        "public_office" => "a public office",
        "checkup_center" => "a check-up centre",
        "long_term" => "a long-term care hospital",
        "rehabilitation" => "a rehabilitation hospital",
        "psychiatric" => "a psychiatric hospital",
        "acute" => "an acute-care hospital",
        "small" => "a small hospital",
        "large" => "a large hospital",
        _ => value,
    }
}

fn perk(value: &str) -> &str {
    match value {
        "housing" => "housing",
        "childcare" => "childcare",
        "car_commute" => "parking for commuters",
        "travel_cost" => "travel costs paid",
        "conference" => "support for conferences",
        "research_day" => "a research day",
        "side_job" => "side jobs allowed",
        "training" => "training on the job",
        "no_age_limit" => "no age limit",
        "support_staff" => "clerical support",
        _ => value,
    }
}

fn phrase(field: Field, value: &Value) -> String {
    let name = field_name(field);
    match (field, value) {
        (Field::CommuteMinutes, Value::Number(n)) => format!("a commute of at most {n} minutes"),
        (Field::HoursPerDay, Value::Number(n)) => format!("at most {n} hours a day"),
        (Field::HoursPerWeek, Value::Number(n)) => format!("at most {n} hours a week"),
        (Field::OutpatientsPerDay, Value::Number(n)) => format!("at most {n} outpatients a day"),
        (Field::NightDuty | Field::OnCall | Field::DayDuty, Value::Number(n)) => {
            format!("{name} at most {n} times a month")
        }
        (Field::NightDuty | Field::OnCall | Field::DayDuty | Field::Overtime, Value::Text(_)) => {
            name.to_owned()
        }
        (Field::DaysPerWeek, Value::Days(d)) => format!("{} a week", days_en(d)),
        (Field::DaysPerMonth, Value::Days(d)) => format!("{} a month", days_en(d)),
        (Field::Hours, Value::Hours(h)) => hours_en(h),
        (Field::SalaryMin, Value::Pay(p)) => format!("at least {}", pay_en(p)),
        (Field::Start, Value::Text(t)) if t == "asap" => "a start as soon as possible".to_owned(),
        (Field::Start, Value::Text(t)) => format!("a start from {}", date_en(t)),
        (Field::Duration, Value::Number(n)) => format!("{n} months"),
        (Field::Duration, Value::Text(_)) => "long-term work".to_owned(),
        (Field::SpecialtyChange, Value::Text(t)) if t != "any" => {
            format!("a change of specialty to {t}")
        }
        (_, Value::Text(t)) => word(field, t),
        _ => offer(field, value),
    }
}

pub(super) fn wish(field: Field, value: &Value, strength: Strength) -> String {
    match strength {
        Strength::Must | Strength::Want => phrase(field, value),
        Strength::Ok => format!("{} acceptable", phrase(field, value)),
        Strength::Avoid => format!("rather {}", refusal(field, value)),
        Strength::Never => refusal(field, value),
        Strength::Drop => format!("{}: withdrawn", field_name(field)),
    }
}

fn refusal(field: Field, value: &Value) -> String {
    let name = field_name(field);
    match (field, value) {
        (Field::CommuteMinutes, Value::Number(n)) => {
            format!("no commute of {n} minutes or more")
        }
        (Field::HoursPerDay, Value::Number(n)) => format!("not {n} or more hours a day"),
        (Field::HoursPerWeek, Value::Number(n)) => format!("not {n} or more hours a week"),
        (Field::OutpatientsPerDay, Value::Number(n)) => {
            format!("not {n} or more outpatients a day")
        }
        (Field::NightDuty | Field::OnCall | Field::DayDuty, Value::Number(n)) => {
            format!("no {name} {n} or more times a month")
        }
        (
            Field::Area
            | Field::AreaType
            | Field::Day
            | Field::Institution
            | Field::Specialty
            | Field::CommuteMode,
            _,
        ) => {
            format!("not {}", phrase(field, value))
        }
        _ => {
            let phrase = phrase(field, value);
            let bare = phrase
                .strip_prefix("a ")
                .or_else(|| phrase.strip_prefix("an "))
                .unwrap_or(&phrase);
            format!("no {bare}")
        }
    }
}

pub(super) fn offer(field: Field, value: &Value) -> String {
    let name = field_name(field);
    match (field, value) {
        (Field::NightDuty | Field::OnCall | Field::DayDuty | Field::Overtime, v) => match v {
            Value::Text(t) if t == "none" => format!("no {name}"),
            Value::Number(0) => format!("no {name}"),
            Value::Number(1) => format!("{name} once a month"),
            Value::Number(n) => format!("{name} {n} times a month"),
            _ => format!("with {name}"),
        },
        (Field::CommuteMinutes, Value::Number(n)) => format!("{n} minutes to commute"),
        (Field::HoursPerDay, Value::Number(n)) => format!("{n} hours a day"),
        (Field::HoursPerWeek, Value::Number(n)) => format!("{n} hours a week"),
        (Field::OutpatientsPerDay, Value::Number(n)) => format!("{n} outpatients a day"),
        (Field::Beds, Value::Number(n)) => format!("{} beds", grouped(*n)),
        (Field::Headcount, Value::Number(1)) => "1 post".to_owned(),
        (Field::Headcount, Value::Number(n)) => format!("{n} posts"),
        (Field::YearsExperience, Value::Number(n)) => format!("{n} years of experience"),
        (Field::Certification, Value::Text(t)) => format!("certification: {t}"),
        (Field::SalaryMin, Value::Pay(p)) => format!("from {}", pay_en(p)),
        (Field::SalaryMax, Value::Pay(p)) => format!("up to {}", pay_en(p)),
        (Field::Start, Value::Text(t)) if t == "asap" => "a start at once".to_owned(),
        (Field::ContactPerson | Field::Phone | Field::InstitutionName, Value::Text(t)) => {
            format!("{name}: {t}")
        }
        (Field::DaysPerWeek | Field::DaysPerMonth, Value::Days(_))
        | (Field::Hours, Value::Hours(_))
        | (Field::Start, Value::Text(_))
        | (Field::Duration, Value::Number(_) | Value::Text(_)) => phrase(field, value),
        (_, Value::Text(t)) => word(field, t),
        _ => format!("{name}: {value}"),
    }
}
