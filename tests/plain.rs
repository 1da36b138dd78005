//! Plain sentences: every frame with things of every class, every figure, what is told of the present post, the terms of an
//! offer. What a frame says does not depend on what stands in it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

#[path = "support/wordings.rs"]
mod wordings;

use chrono::DateTime;
use madoguchi::domain::wish::{ProfileField, Reading, Value};
use madoguchi::understand::{Input, read};
use std::collections::BTreeSet;

/// Names of things by class, each with the fields and values it stands for.
const THINGS: &[(&str, &[(&str, &str)])] = &[
    (
        "work",
        &[
            ("外来", "duty=outpatient"),
            ("当直", "night_duty=any"),
            ("訪問診療", "duty=home_visit"),
            ("オンコール", "on_call=any"),
            ("病棟", "duty=ward"),
            ("健診", "duty=checkup"),
            ("手術", "duty=surgery"),
        ],
    ),
    (
        "day",
        &[
            ("土曜", "day=sat"),
            ("水曜午前", "day=wed:am"),
            ("日勤", "shift=day"),
            ("月曜と木曜", "day=mon&day=thu"),
        ],
    ),
    (
        "house",
        &[
            ("老健", "institution=care_facility"),
            ("大学病院", "institution=university"),
            ("健診センター", "institution=checkup_center"),
        ],
    ),
    (
        "area",
        &[
            ("松本市", "area=長野県松本市"),
            ("九州", "area=九州"),
            ("離島", "area_type=island"),
            ("東京", "area=東京都"),
        ],
    ),
    (
        "employment",
        &[
            ("常勤", "employment=full_time"),
            ("非常勤", "employment=part_time"),
            ("スポット", "employment=spot"),
            ("嘱託", "employment=contract"),
        ],
    ),
    (
        "role",
        &[
            ("管理職", "role=management"),
            ("研修医の指導", "role=teaching"),
        ],
    ),
    (
        "department",
        &[
            ("精神科", "specialty=精神科"),
            ("整形外科", "specialty=整形外科"),
        ],
    ),
    (
        "benefit",
        &[
            ("宿舎", "benefit=housing"),
            ("研究日", "benefit=research_day"),
        ],
    ),
];

/// Figures by class.
const FIGURES: &[(&str, &[(&str, &str)])] = &[
    (
        "commute",
        &[
            ("片道40分", "commute_minutes=40"),
            ("自宅から30分", "commute_minutes=30"),
        ],
    ),
    (
        "pay",
        &[
            (
                "年収1,500万円",
                r#"salary_min={"amount":15000000,"unit":"year"}"#,
            ),
            ("日給8万円", r#"salary_min={"amount":80000,"unit":"day"}"#),
        ],
    ),
    ("days", &[("週3日", "days_per_week")]),
    (
        "duty",
        &[
            ("当直は月2回", "night_duty=2"),
            ("オンコールは月3回", "on_call=3"),
        ],
    ),
    ("patients", &[("外来は1日20人", "outpatients_per_day=20")]),
    (
        "end",
        &[
            ("17時", r#"hours={"end":"17:00"}"#),
            ("5時半", r#"hours={"end":"17:30"}"#),
        ],
    ),
    (
        "begin",
        &[
            ("9時", r#"hours={"start":"09:00"}"#),
            ("10時半", r#"hours={"start":"10:30"}"#),
        ],
    ),
];

/// What is changed: the field, what stood before, what is wished now, and what is read of that.
const CHANGES: &[(&str, &[[&str; 4]])] = &[
    (
        "figure",
        &[
            [
                "年俸",
                "1,400万円",
                "1,600万円",
                r#"salary_min={"amount":16000000,"unit":"year"}"#,
            ],
            [
                "年俸",
                "1,600万円",
                "1,400万円",
                r#"salary_min={"amount":14000000,"unit":"year"}"#,
            ],
            [
                "日給",
                "9万円",
                "8万円",
                r#"salary_min={"amount":80000,"unit":"day"}"#,
            ],
            [
                "勤務日数",
                "週3日",
                "週4日",
                r#"days_per_week={"min":4,"max":4}"#,
            ],
            ["当直", "月4回", "月2回", "night_duty=2"],
            ["通勤", "40分", "60分", "commute_minutes=60"],
            ["開始", "4月", "6月", "start=2027-06"],
            ["外来の患者", "1日30人", "1日20人", "outpatients_per_day=20"],
        ],
    ),
    (
        "name",
        &[
            ["勤務地", "松本市", "塩尻市", "area=長野県塩尻市"],
            ["曜日", "火曜", "木曜", "day=thu"],
            ["勤務形態", "常勤", "非常勤", "employment=part_time"],
        ],
    ),
];

fn reading(text: &str) -> Reading {
    read(&Input {
        text,
        signature: None,
        subject: "",
        from_name: "",
        from_address: "sender@example.jp",
        date: DateTime::parse_from_rfc3339("2026-11-05T10:00:00+09:00").expect("a date"),
        automatic: false,
        known_doctor: false,
        on_file: &[],
    })
}

fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    let kept = table
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'));
    kept.map(|l| l.split('\t').collect())
}

fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        other => serde_json::to_string(other).expect("a value"),
    }
}

/// What is read of `expected` (fields, or fields with values, `&` between) in a sentence of a doctor's mail.
fn strengths_of(expected: &str, sentence: &str) -> Vec<String> {
    let wishes = reading(&wordings::mail(sentence, "m")).wishes;
    let said = wishes.iter().filter(|w| {
        expected
            .split('&')
            .any(|e| e == w.field.as_str() || e == format!("{}={}", w.field, shown(&w.value)))
    });
    said.map(|w| w.strength.to_string()).collect()
}

/// Puts the things of each class into the frames of a table, and tells where the strength is another.
fn misread(table: &str, classes: &[(&str, &[(&str, &str)])]) -> (usize, Vec<String>) {
    let (mut tried, mut wrong) = (0, Vec::new());
    for row in rows(table) {
        let [strength, of, frame] = row.as_slice() else {
            panic!("three columns: {row:?}");
        };
        for class in of.split(' ') {
            let (_, things) = classes.iter().find(|c| c.0 == class).expect(class);
            for (name, expected) in *things {
                let sentence = frame.replace('X', name);
                let said = strengths_of(expected, &sentence);
                let all = match *strength {
                    "none" => vec![],
                    s => vec![s.to_owned(); expected.split('&').count()],
                };
                tried += 1;
                if said != all {
                    wrong.push(format!("{strength}: {sentence}\n  read {said:?}"));
                }
            }
        }
    }
    (tried, wrong)
}

#[test]
fn a_frame_says_the_same_of_every_thing() {
    let table = include_str!("data/readings/plain_frames.tsv");
    let (tried, wrong) = misread(table, THINGS);
    assert!(tried >= 4500, "only {tried} sentences");
    assert!(
        wrong.is_empty(),
        "{}\n{} of {tried}",
        wrong.join("\n"),
        wrong.len()
    );
}

#[test]
fn a_frame_says_the_same_of_every_figure() {
    let table = include_str!("data/readings/plain_figures.tsv");
    let (tried, wrong) = misread(table, FIGURES);
    assert!(tried >= 200, "only {tried} sentences");
    assert!(
        wrong.is_empty(),
        "{}\n{} of {tried}",
        wrong.join("\n"),
        wrong.len()
    );
}

#[test]
fn what_is_told_of_the_present_post() {
    let mut wrong = Vec::new();
    for row in rows(include_str!("data/readings/posts.tsv")) {
        let [status, month, sentence] = row.as_slice() else {
            panic!("three columns: {row:?}");
        };
        let profile = reading(&wordings::mail(sentence, "m")).profile;
        let said = |field| {
            let item = profile.iter().find(|p| p.field == field);
            item.map_or("-".to_owned(), |p| shown(&p.value))
        };
        let (was, ends) = (said(ProfileField::Status), said(ProfileField::RetireOn));
        if was != *status || *month != "-" && ends != *month {
            wrong.push(format!("{status} {month}: {sentence}\n  read {was} {ends}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_told_of_an_offered_post() {
    let said = |words: &str| -> BTreeSet<String> {
        let mail = format!(
            "長野県松本市のあおぞら病院、事務長の佐藤です。内科の常勤医師を募集しております。\n{words}"
        );
        let items = reading(&mail).opening;
        let shown = items
            .iter()
            .map(|i| format!("{}={}", i.field, shown(&i.value)));
        shown.collect()
    };
    let besides = said("");
    let mut wrong = Vec::new();
    for row in rows(include_str!("data/readings/terms_of_offers.tsv")) {
        let [expected, words] = row.as_slice() else {
            panic!("two columns: {row:?}");
        };
        let read: Vec<String> = said(words).difference(&besides).cloned().collect();
        let read: BTreeSet<String> = read
            .into_iter()
            .filter(|i| i != "institution=hospital")
            .collect();
        let expected: BTreeSet<String> = expected
            .split('&')
            .filter(|e| *e != "-")
            .map(|e| e.replace("\": ", "\":").replace(", \"", ",\""))
            .collect();
        if read != expected {
            wrong.push(format!(
                "{words}\n  expected {expected:?}\n  read     {read:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_changed_is_read_as_it_is_to_be() {
    let mut wrong = Vec::new();
    for row in rows(include_str!("data/readings/changes.tsv")) {
        let [strength, of, frame] = row.as_slice() else {
            panic!("three columns: {row:?}");
        };
        for class in of.split(' ') {
            let (_, changes) = CHANGES.iter().find(|c| c.0 == class).expect(class);
            for [label, old, new, expected] in *changes {
                let words: String = frame
                    .chars()
                    .map(|c| match c {
                        'L' => (*label).to_owned(),
                        'A' => (*old).to_owned(),
                        'B' => (*new).to_owned(),
                        c => c.to_string(),
                    })
                    .collect();
                let field = expected.split('=').next().unwrap();
                let wishes = reading(&wordings::mail(&words, "up")).wishes;
                let read: Vec<String> = wishes
                    .iter()
                    .filter(|w| w.field.as_str() == field)
                    .map(|w| format!("{}={} {}", w.field, shown(&w.value), w.strength))
                    .collect();
                if read != [format!("{expected} {strength}")] {
                    wrong.push(format!("{words}\n  read {read:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
