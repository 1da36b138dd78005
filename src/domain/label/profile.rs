//! Facts about the doctor in people's words.

use super::measure::{date_en, date_ja};
use crate::domain::wish::{Language, ProfileField, Value};

/// What a fact is called (「お住まい」).
pub fn profile_name(field: ProfileField, language: Language) -> &'static str {
    let (ja, en) = match field {
        ProfileField::Name => ("氏名", "name"),
        ProfileField::Age => ("年齢", "age"),
        ProfileField::Specialty => ("専門", "specialty"),
        ProfileField::Certification => ("資格", "certification"),
        ProfileField::LicenseYear => ("医師免許", "medical licence"),
        ProfileField::YearsExperience => ("経験年数", "experience"),
        ProfileField::Home => ("お住まい", "home"),
        ProfileField::Status => ("現況", "present status"),
        ProfileField::RetireOn => ("退職時期", "end of the present post"),
        ProfileField::Phone => ("電話番号", "telephone"),
        ProfileField::Writer => ("ご連絡者", "written by"),
    };
    if language == Language::Ja { ja } else { en }
}

/// A fact as a short phrase without its name (「64歳」, 「2027年3月」).
pub fn profile_label(field: ProfileField, value: &Value, language: Language) -> String {
    let japanese = language == Language::Ja;
    match (field, value) {
        (ProfileField::Age, Value::Number(n)) if japanese => format!("{n}歳"),
        (ProfileField::LicenseYear, Value::Number(n)) if japanese => format!("{n}年取得"),
        (ProfileField::YearsExperience, Value::Number(n)) if japanese => format!("{n}年"),
        (ProfileField::YearsExperience, Value::Number(n)) => format!("{n} years"),
        (ProfileField::RetireOn, Value::Text(t)) if japanese => date_ja(t),
        (ProfileField::RetireOn, Value::Text(t)) => date_en(t),
        (ProfileField::Status, Value::Text(t)) => status(t, japanese).to_owned(),
        (ProfileField::Writer, Value::Text(t)) if t == "proxy" && japanese => "代理の方".to_owned(),
        _ => value.to_string(),
    }
}

fn status(value: &str, japanese: bool) -> &str {
    match (value, japanese) {
        ("employed", true) => "在職中",
        ("retiring", true) => "退職予定",
        ("retired", true) => "退職済み",
        ("on_leave", true) => "休職中",
        ("on_leave", false) => "on leave",
        _ => value,
    }
}
