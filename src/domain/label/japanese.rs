//! The Japanese words.

use super::measure::{date_ja, days_ja, grouped, hours_ja, pay_ja};
use crate::domain::wish::{Field, Strength, Value};

pub(super) fn field_name(field: Field) -> &'static str {
    match field {
        Field::CommuteMinutes => "通勤時間",
        Field::CommuteMode => "通勤手段",
        Field::Area => "勤務地",
        Field::AreaType => "地域の種類",
        Field::Relocation => "転居・赴任",
        Field::Employment => "勤務形態",
        Field::DaysPerWeek => "週の勤務日数",
        Field::DaysPerMonth => "月の勤務日数",
        Field::Day => "勤務曜日",
        Field::Shift => "勤務帯",
        Field::Hours => "勤務時間",
        Field::HoursPerDay => "1日の勤務時間",
        Field::HoursPerWeek => "週の勤務時間",
        Field::NightDuty => "当直",
        Field::OnCall => "オンコール",
        Field::DayDuty => "日直",
        Field::Overtime => "時間外勤務",
        Field::Specialty => "診療科",
        Field::SpecialtyChange => "転科",
        Field::Duty => "業務内容",
        Field::Role => "役割",
        Field::Institution => "施設の種類",
        Field::Workstyle => "働き方",
        Field::SalaryMin => "給与",
        Field::Benefit => "待遇",
        Field::Start => "勤務開始",
        Field::Duration => "勤務期間",
        Field::OutpatientsPerDay => "1日の外来患者数",
        Field::Contact => "連絡方法",
        Field::Confidential => "秘密の保持",
        Field::InstitutionName => "施設名",
        Field::Beds => "病床数",
        Field::SalaryMax => "給与の上限",
        Field::Certification => "必要な資格",
        Field::YearsExperience => "必要な経験年数",
        Field::ContactPerson => "担当者",
        Field::Phone => "電話番号",
        Field::Headcount => "募集人数",
        Field::Action => "求人の扱い",
    }
}

/// The word for a value of the vocabulary; places, departments and the like stand for themselves.
pub(super) fn word(field: Field, value: &str) -> String {
    let known = match field {
        Field::CommuteMode => mode(value),
        Field::AreaType => match value {
            "shortage" => "医師不足地域",
            "remote" => "へき地",
            "island" => "離島",
            "urban" => "都市部",
            "rural" => "地方",
            _ => value,
        },
        Field::Relocation => match value {
            "yes" => "転居",
            "alone" => "単身赴任",
            "with_family" => "家族帯同での転居",
            _ => value,
        },
        Field::Employment => match value {
            "full_time" => "常勤",
            "part_time" => "非常勤",
            "spot" => "スポット",
            "short_hours" => "時短常勤",
            "contract" => "嘱託・任期付き",
            _ => value,
        },
        Field::Day => return day(value),
        Field::Shift => match value {
            "day" => "日勤",
            "morning" => "午前勤務",
            "afternoon" => "午後勤務",
            "evening" => "夜診",
            "night" => "夜勤",
            _ => value,
        },
        Field::Duty => duty(value),
        Field::Role => match value {
            "teaching" => "後進の指導",
            "management" => "管理職・病院経営",
            "director" => "院長・施設長",
            "department_head" => "部長・科長",
            "research" => "研究",
            "advisor" => "顧問",
            _ => value,
        },
        Field::Institution => institution(value),
        Field::Workstyle => match value {
            "qol" => "ゆとりのある働き方",
            "expertise" => "専門性・経験を活かす勤務",
            "challenge" => "新しい領域への挑戦",
            "contribution" => "地域医療への貢献",
            _ => value,
        },
        Field::Benefit => benefit(value),
        Field::Contact => match value {
            "email" => "メールでの連絡",
            "phone" => "電話での連絡",
            "online" => "オンライン面談",
            "in_person" => "対面での面談",
            "workplace_phone" => "職場への電話",
            _ => value,
        },
        Field::Confidential => match value {
            "employer" => "現職場に知らせない",
            "name" => "氏名を伏せる",
            _ => value,
        },
        Field::SpecialtyChange if value == "any" => "転科",
        Field::Action => match value {
            "offer" => "新規の募集",
            "change" => "内容の変更",
            "withdraw" => "募集の終了",
            _ => value,
        },
        _ => value,
    };
    known.to_owned()
}

fn mode(value: &str) -> &str {
    match value {
        "car" => "車通勤",
        "train" => "電車通勤",
        "bus" => "バス通勤",
        "bicycle" => "自転車通勤",
        "walk" => "徒歩通勤",
        "shinkansen" => "新幹線通勤",
        _ => value,
    }
}

fn day(value: &str) -> String {
    let (name, half) = value.split_once(':').unwrap_or((value, ""));
    let name = match name {
        "weekdays" => "平日",
        "mon" => "月曜",
        "tue" => "火曜",
        "wed" => "水曜",
        "thu" => "木曜",
        "fri" => "金曜",
        "sat" => "土曜",
        "sun" => "日曜",
        "holiday" => "祝日",
        _ => name,
    };
    let half = match half {
        "am" => "午前",
        "pm" => "午後",
        _ => half,
    };
    format!("{name}{half}")
}

fn duty(value: &str) -> &str {
    match value {
        "outpatient" => "外来",
        "ward" => "病棟",
        "home_visit" => "訪問診療",
        "checkup" => "健診",
        "industrial" => "産業医",
        "endoscopy" => "内視鏡",
        "dialysis" => "透析",
        "surgery" => "手術",
        "emergency" => "救急対応",
        "reading" => "読影",
        "anesthesia" => "麻酔",
        "vaccination" => "予防接種・問診",
        "telemedicine" => "オンライン診療",
        "palliative" => "緩和ケア・看取り",
        "rehabilitation" => "リハビリ",
        "delivery" => "分娩",
        "ultrasound" => "超音波検査",
        "catheter" => "カテーテル",
        "dementia" => "認知症診療",
        "public_health" => "公衆衛生",
        "review" => "審査業務",
        "certification_work" => "意見書などの書類業務",
        _ => value,
    }
}

fn institution(value: &str) -> &str {
    match value {
        "hospital" => "病院",
        "clinic" => "診療所",
        "care_facility" => "介護施設",
        "public_hospital" => "公的病院",
        "university" => "大学",
        "company" => "企業",
        "public_office" => "行政機関",
        "checkup_center" => "健診センター",
        "long_term" => "療養型・慢性期病院",
        "rehabilitation" => "回復期・リハビリ病院",
        "psychiatric" => "精神科病院",
        "acute" => "急性期病院",
        "small" => "中小病院",
        "large" => "基幹病院",
        _ => value,
    }
}

fn benefit(value: &str) -> &str {
    match value {
        "housing" => "宿舎・住宅",
        "childcare" => "託児・保育",
        "car_commute" => "車通勤可",
        "travel_cost" => "交通費・赴任費の支給",
        "conference" => "学会参加の支援",
        "research_day" => "研究日",
        "side_job" => "兼業可",
        "training" => "研修・指導",
        "no_age_limit" => "定年なし・高齢でも可",
        "support_staff" => "医療クラーク等の補助",
        _ => value,
    }
}

/// What is wished, without strength.
fn phrase(field: Field, value: &Value) -> String {
    let name = field_name(field);
    match (field, value) {
        (Field::CommuteMinutes, Value::Number(n)) => format!("通勤{n}分以内"),
        (Field::HoursPerDay, Value::Number(n)) => format!("1日{n}時間以内"),
        (Field::HoursPerWeek, Value::Number(n)) => format!("週{n}時間以内"),
        (Field::OutpatientsPerDay, Value::Number(n)) => format!("外来1日{n}人まで"),
        (Field::NightDuty | Field::OnCall | Field::DayDuty, Value::Number(n)) => {
            format!("{name}月{n}回まで")
        }
        (Field::NightDuty | Field::OnCall | Field::DayDuty | Field::Overtime, Value::Text(_)) => {
            name.to_owned()
        }
        (Field::DaysPerWeek, Value::Days(d)) => format!("週{}", days_ja(d)),
        (Field::DaysPerMonth, Value::Days(d)) => format!("月{}", days_ja(d)),
        (Field::Hours, Value::Hours(h)) => hours_ja(h),
        (Field::SalaryMin, Value::Pay(p)) => format!("{}以上", pay_ja(p)),
        (Field::Start, Value::Text(t)) if t == "asap" => "できるだけ早い開始".to_owned(),
        (Field::Start, Value::Text(t)) => format!("{}から", date_ja(t)),
        (Field::Duration, Value::Number(n)) => format!("{n}か月間"),
        (Field::Duration, Value::Text(_)) => "長期勤務".to_owned(),
        (Field::SpecialtyChange, Value::Text(t)) if t != "any" => format!("{t}への転科"),
        (_, Value::Text(t)) => word(field, t),
        _ => offer(field, value),
    }
}

pub(super) fn wish(field: Field, value: &Value, strength: Strength) -> String {
    match strength {
        Strength::Must | Strength::Want => match (field, value) {
            (
                Field::NightDuty | Field::OnCall | Field::DayDuty | Field::Overtime,
                Value::Text(_),
            ) => {
                format!("{}あり", phrase(field, value))
            }
            _ => phrase(field, value),
        },
        Strength::Ok => acceptance(&phrase(field, value)),
        Strength::Avoid | Strength::Never => refusal(field, value, strength),
        Strength::Drop => format!("{}の条件は取り下げ", field_name(field)),
    }
}

fn acceptance(phrase: &str) -> String {
    if phrase.ends_with('可') {
        phrase.to_owned()
    } else if let Some(limit) = phrase.strip_suffix("以内") {
        format!("{limit}まで可")
    } else if phrase.ends_with("まで") || phrase.ends_with("から") {
        format!("{phrase}可")
    } else {
        format!("{phrase}も可")
    }
}

fn refusal(field: Field, value: &Value, strength: Strength) -> String {
    let firm = if strength == Strength::Never {
        "は不可"
    } else {
        "は避けたい"
    };
    let name = field_name(field);
    match (field, value) {
        (Field::CommuteMinutes, Value::Number(n)) => format!("通勤{n}分以上{firm}"),
        (Field::HoursPerDay, Value::Number(n)) => format!("1日{n}時間以上{firm}"),
        (Field::HoursPerWeek, Value::Number(n)) => format!("週{n}時間以上{firm}"),
        (Field::OutpatientsPerDay, Value::Number(n)) => format!("外来1日{n}人以上{firm}"),
        (Field::NightDuty | Field::OnCall | Field::DayDuty, Value::Number(n)) => {
            format!("{name}月{n}回以上{firm}")
        }
        (
            Field::NightDuty
            | Field::OnCall
            | Field::DayDuty
            | Field::Overtime
            | Field::Relocation
            | Field::SpecialtyChange
            | Field::Shift
            | Field::Duty
            | Field::Role,
            Value::Text(_),
        ) => format!("{}なし", phrase(field, value)),
        (
            Field::Area
            | Field::AreaType
            | Field::Employment
            | Field::Day
            | Field::Specialty
            | Field::Institution,
            Value::Text(t),
        ) => {
            let word = word(field, t);
            format!("{word}以外")
        }
        (Field::Benefit, Value::Text(t)) => format!("{}は不要", word(field, t)),
        _ => format!("{}{firm}", phrase(field, value)),
    }
}

pub(super) fn offer(field: Field, value: &Value) -> String {
    let name = field_name(field);
    match (field, value) {
        (Field::NightDuty | Field::OnCall | Field::DayDuty | Field::Overtime, v) => match v {
            Value::Text(t) if t == "none" => format!("{name}なし"),
            Value::Number(0) => format!("{name}なし"),
            Value::Number(n) => format!("{name}月{n}回"),
            _ => format!("{name}あり"),
        },
        (Field::CommuteMinutes, Value::Number(n)) => format!("通勤{n}分"),
        (Field::HoursPerDay, Value::Number(n)) => format!("1日{n}時間"),
        (Field::HoursPerWeek, Value::Number(n)) => format!("週{n}時間"),
        (Field::OutpatientsPerDay, Value::Number(n)) => format!("外来1日{n}人"),
        (Field::Beds, Value::Number(n)) => format!("{}床", grouped(*n)),
        (Field::Headcount, Value::Number(n)) => format!("募集{n}名"),
        (Field::YearsExperience, Value::Number(n)) => format!("経験{n}年以上"),
        (Field::Certification, Value::Text(t)) => format!("資格: {t}"),
        (Field::SalaryMin, Value::Pay(p)) => format!("{}〜", pay_ja(p)),
        (Field::SalaryMax, Value::Pay(p)) => format!("〜{}", pay_ja(p)),
        (Field::Start, Value::Text(t)) if t == "asap" => "すぐに開始可".to_owned(),
        (Field::ContactPerson | Field::Phone | Field::InstitutionName, Value::Text(t)) => {
            format!("{name}: {t}")
        }
        (
            Field::DaysPerWeek
            | Field::DaysPerMonth
            | Field::Hours
            | Field::Start
            | Field::Duration,
            Value::Days(_) | Value::Hours(_) | Value::Text(_) | Value::Number(_),
        ) if fits(field, value) => phrase(field, value),
        (_, Value::Text(t)) => word(field, t),
        _ => format!("{name}: {value}"),
    }
}

/// Whether the value has the form that the field takes, so that a phrase exists.
fn fits(field: Field, value: &Value) -> bool {
    matches!(
        (field, value),
        (Field::DaysPerWeek | Field::DaysPerMonth, Value::Days(_))
            | (Field::Hours, Value::Hours(_))
            | (Field::Start, Value::Text(_))
            | (Field::Duration, Value::Number(_) | Value::Text(_))
    )
}
