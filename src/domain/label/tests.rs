#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::wish::ProfileField;

fn value(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

fn read(item: &str) -> (Field, Value) {
    let (field, text) = item.split_once('=').unwrap();
    let value = if text.starts_with('{') || text.parse::<i64>().is_ok() {
        value(text)
    } else {
        Value::text(text)
    };
    (field.parse().unwrap(), value)
}

#[test]
fn wishes_read_as_people_say_them() {
    use Strength::{Avoid, Drop, Must, Never, Ok, Want};
    for (item, strength, ja, en) in [
        (
            "commute_minutes=30",
            Want,
            "通勤30分以内",
            "a commute of at most 30 minutes",
        ),
        (
            "commute_minutes=60",
            Ok,
            "通勤60分まで可",
            "a commute of at most 60 minutes acceptable",
        ),
        (
            "commute_minutes=90",
            Never,
            "通勤90分以上は不可",
            "no commute of 90 minutes or more",
        ),
        ("day=weekdays", Must, "平日", "weekdays"),
        (
            "day=sat:am",
            Ok,
            "土曜午前も可",
            "Saturdays (morning) acceptable",
        ),
        ("day=wed", Never, "水曜以外", "not Wednesdays"),
        ("shift=day", Want, "日勤", "day shift"),
        ("night_duty=any", Avoid, "当直なし", "rather no night duty"),
        ("night_duty=any", Never, "当直なし", "no night duty"),
        (
            "night_duty=2",
            Ok,
            "当直月2回まで可",
            "night duty at most 2 times a month acceptable",
        ),
        (
            "night_duty=4",
            Never,
            "当直月4回以上は不可",
            "no night duty 4 or more times a month",
        ),
        ("night_duty=any", Ok, "当直も可", "night duty acceptable"),
        (
            "days_per_week={\"min\":3,\"max\":4}",
            Want,
            "週3〜4日",
            "3–4 days a week",
        ),
        (
            "days_per_week={\"max\":3}",
            Must,
            "週3日以内",
            "at most 3 days a week",
        ),
        (
            "days_per_week={\"min\":3.5,\"max\":3.5}",
            Want,
            "週3.5日",
            "3.5 days a week",
        ),
        (
            "salary_min={\"amount\":12000000,\"unit\":\"year\"}",
            Want,
            "年収1,200万円以上",
            "at least 12,000,000 yen a year",
        ),
        (
            "salary_min={\"amount\":80000,\"unit\":\"day\"}",
            Want,
            "日給8万円以上",
            "at least 80,000 yen a day",
        ),
        (
            "salary_min={\"amount\":45000,\"unit\":\"half_day\"}",
            Want,
            "半日4.5万円以上",
            "at least 45,000 yen a half day",
        ),
        (
            "start=2027-04",
            Want,
            "2027年4月から",
            "a start from April 2027",
        ),
        (
            "start=2027-04-15",
            Want,
            "2027年4月15日から",
            "a start from 15 April 2027",
        ),
        (
            "start=asap",
            Want,
            "できるだけ早い開始",
            "a start as soon as possible",
        ),
        (
            "hours={\"start\":\"09:00\",\"end\":\"17:00\"}",
            Must,
            "9:00〜17:00",
            "9:00–17:00",
        ),
        (
            "hours={\"end\":\"13:00\"}",
            Must,
            "13:00まで",
            "until 13:00",
        ),
        ("area=東京都", Never, "東京都以外", "not 東京都"),
        ("specialty=精神科", Want, "精神科", "精神科"),
        (
            "specialty_change=any",
            Ok,
            "転科も可",
            "a change of specialty acceptable",
        ),
        ("duty=emergency", Never, "救急対応なし", "no emergency care"),
        (
            "role=director",
            Avoid,
            "院長・施設長なし",
            "rather no director",
        ),
        (
            "benefit=side_job",
            Ok,
            "兼業可",
            "side jobs allowed acceptable",
        ),
        ("relocation=yes", Never, "転居なし", "no relocation"),
        (
            "commute_mode=car",
            Never,
            "車通勤は不可",
            "not commuting by car",
        ),
        ("duration=6", Want, "6か月間", "6 months"),
        ("duration=long", Want, "長期勤務", "long-term work"),
        (
            "night_duty=any",
            Drop,
            "当直の条件は取り下げ",
            "night duty: withdrawn",
        ),
    ] {
        let (field, value) = read(item);
        assert_eq!(label(field, &value, strength, Language::Ja), ja, "{item}");
        assert_eq!(label(field, &value, strength, Language::En), en, "{item}");
    }
}

#[test]
fn offers_read_as_people_say_them() {
    for (item, ja, en) in [
        ("night_duty=none", "当直なし", "no night duty"),
        ("night_duty=2", "当直月2回", "night duty 2 times a month"),
        ("on_call=any", "オンコールあり", "with on-call duty"),
        (
            "salary_min={\"amount\":12000000,\"unit\":\"year\"}",
            "年収1,200万円〜",
            "from 12,000,000 yen a year",
        ),
        (
            "salary_max={\"amount\":15000000,\"unit\":\"year\"}",
            "〜年収1,500万円",
            "up to 15,000,000 yen a year",
        ),
        ("beds=1200", "1,200床", "1,200 beds"),
        ("start=asap", "すぐに開始可", "a start at once"),
        (
            "days_per_week={\"min\":4}",
            "週4日以上",
            "at least 4 days a week",
        ),
        ("institution=care_facility", "介護施設", "a care facility"),
        ("headcount=1", "募集1名", "1 post"),
        (
            "certification=総合内科専門医",
            "資格: 総合内科専門医",
            "certification: 総合内科専門医",
        ),
    ] {
        let (field, value) = read(item);
        assert_eq!(opening_label(field, &value, Language::Ja), ja, "{item}");
        assert_eq!(opening_label(field, &value, Language::En), en, "{item}");
    }
}

#[test]
fn no_word_of_the_vocabulary_is_left_untranslated() {
    let book = include_str!("../../../docs/wishes.md");
    let mut seen = 0;
    for field in [
        Field::AreaType,
        Field::Relocation,
        Field::Employment,
        Field::Shift,
        Field::Role,
        Field::Workstyle,
        Field::Benefit,
        Field::Confidential,
        Field::Contact,
        Field::CommuteMode,
    ] {
        let row = book
            .lines()
            .find(|l| l.starts_with(&format!("| `{field}` |")))
            .unwrap();
        let values = row.split('|').nth(2).unwrap();
        for word in values.split('`').skip(1).step_by(2) {
            let ja = label(field, &Value::text(word), Strength::Want, Language::Ja);
            assert!(!ja.contains(word), "{field}={word}: {ja}");
            seen += 1;
        }
    }
    for (heading, field) in [
        ("### duty", Field::Duty),
        ("### institution", Field::Institution),
    ] {
        let section = book
            .split(heading)
            .nth(1)
            .unwrap()
            .split("\n#")
            .next()
            .unwrap();
        for word in section.split('`').skip(1).step_by(2) {
            let ja = label(field, &Value::text(word), Strength::Want, Language::Ja);
            assert!(!ja.contains(word), "{field}={word}: {ja}");
            seen += 1;
        }
    }
    assert!(seen > 70, "{seen}");
}

#[test]
fn a_value_of_the_wrong_form_still_reads() {
    for field in Field::ALL {
        for text in [
            "3",
            "\"x\"",
            "{\"amount\":3,\"unit\":\"day\"}",
            "{\"start\":\"9\"}",
            "{\"min\":1}",
            "{}",
        ] {
            for strength in Strength::ALL {
                for language in [Language::Ja, Language::En] {
                    assert!(!label(*field, &value(text), *strength, language).is_empty());
                    assert!(!opening_label(*field, &value(text), language).is_empty());
                }
            }
        }
    }
}

#[test]
fn facts_read_as_people_say_them() {
    for (field, json, ja) in [
        (ProfileField::Age, "64", "64歳"),
        (ProfileField::Status, "\"retiring\"", "退職予定"),
        (ProfileField::RetireOn, "\"2027-03\"", "2027年3月"),
        (ProfileField::Home, "\"長野県松本市\"", "長野県松本市"),
    ] {
        assert_eq!(profile_label(field, &value(json), Language::Ja), ja);
    }
}
