//! One value, many wordings: where, how far and by what means, when, for how much and at what hours, with places and
//! figures that are no wishes.
//!
//! A row of `area.tsv`, `commute.tsv`, `terms.tsv`, `strength.tsv`, `frames.tsv` and `english.tsv` in `tests/data/readings/` is a field, what is read in it
//! (`value/strength`, `|` between, `-` for nothing) and a wording in which `⏎` is a line feed. `en` in the fourth column
//! puts it into an English mail, `up` into one of a doctor who is registered already. A row of `whole.tsv` is a frame (`-` or
//! `up`), a wording and everything that is read in it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

#[path = "support/wordings.rs"]
mod wordings;

use chrono::DateTime;
use madoguchi::domain::wish::{MessageKind, PayUnit, ProfileField, ProfileItem, Reading, Value};
use madoguchi::places::municipalities;
use madoguchi::understand::{Input, read};
use std::path::Path;

fn shown(value: &Value) -> String {
    match value {
        Value::Pay(p) => {
            let unit = match p.unit {
                PayUnit::Year => "year",
                PayUnit::Month => "month",
                PayUnit::Day => "day",
                PayUnit::HalfDay => "half_day",
                PayUnit::Hour => "hour",
                PayUnit::Once => "once",
            };
            format!("{}:{unit}", p.amount)
        }
        Value::Hours(h) => format!(
            "{}-{}",
            h.start.as_deref().unwrap_or_default(),
            h.end.as_deref().unwrap_or_default()
        ),
        other => other.to_string(),
    }
}

/// A text as the body of a mail of nobody in particular.
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

/// What the program reads of one field in a text; `P home` is one of the profile.
fn said(field: &str, text: &str) -> Vec<String> {
    let reading = reading(text);
    let mut said: Vec<String> = if let Some(field) = field.strip_prefix("P ") {
        reading
            .profile
            .iter()
            .filter(|p| p.field.to_string() == field)
            .map(|p| shown(&p.value))
            .collect()
    } else {
        reading
            .wishes
            .iter()
            .filter(|w| w.field.to_string() == field)
            .map(|w| format!("{}/{}", shown(&w.value), w.strength))
            .collect()
    };
    said.sort();
    said
}

fn holds(file: &str, at_least: usize) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/readings")
        .join(file);
    let table = std::fs::read_to_string(path).expect("the table");
    let mut rows = 0;
    let mut wrong = Vec::new();
    for (i, line) in table.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let c: Vec<&str> = line.split('\t').collect();
        assert!(c.len() >= 3, "{file}:{} has too few columns", i + 1);
        rows += 1;
        let mut expected: Vec<String> = c[1]
            .split('|')
            .filter(|v| *v != "-")
            .map(str::to_owned)
            .collect();
        expected.sort();
        let got = said(c[0], &wordings::mail(c[2], c.get(3).unwrap_or(&"")));
        if got != expected {
            wrong.push(format!(
                "{file}:{}: {} of {:?}\n  expected {expected:?}\n  read     {got:?}",
                i + 1,
                c[0],
                c[2]
            ));
        }
    }
    assert!(rows >= at_least, "{file} has only {rows} rows");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn places() {
    holds("area.tsv", 130);
}

#[test]
fn ways_to_work_and_moving() {
    holds("commute.tsv", 100);
}

#[test]
fn start_pay_and_hours() {
    holds("terms.tsv", 100);
}

#[test]
fn strengths_duties_and_days() {
    holds("strength.tsv", 80);
}

/// Every municipality of Japan is read by its name, with its prefecture before it and, where one only has the name,
/// without.
#[test]
fn every_municipality_is_read() {
    let mut wrong = Vec::new();
    for m in municipalities() {
        let full = m.full_name();
        let got = said(
            "area",
            &wordings::mail(&format!("{full}での勤務を希望します。"), ""),
        );
        if got != [format!("{full}/want")] {
            wrong.push(format!("{full}: {got:?}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong: {}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// A name that several municipalities share is left open and asked about.
#[test]
fn a_shared_name_is_asked_about() {
    for name in ["府中市", "伊達市", "北区", "中央区"] {
        let text = wordings::mail(&format!("{name}での勤務を希望します。"), "");
        let reading = reading(&text);
        let asked = reading
            .diagnostics
            .iter()
            .any(|d| d.quote == name && d.question.is_some());
        assert!(asked, "{name}: {:?}", reading.diagnostics);
    }
}

#[test]
fn english_mails() {
    holds("english.tsv", 200);
}

#[test]
fn frames_of_words() {
    holds("frames.tsv", 45);
}

/// Days as `3`, `2~3` or `~4`, pay as `80000/day`, hours as `09:00-`.
fn brief(value: &Value) -> String {
    match value {
        Value::Days(d) if d.min == d.max => d.min.map_or_else(String::new, |n| n.to_string()),
        Value::Days(d) => {
            let side = |n: Option<f64>| n.map_or_else(String::new, |n| n.to_string());
            format!("{}~{}", side(d.min), side(d.max))
        }
        Value::Pay(_) => shown(value).replace(':', "/"),
        other => shown(other),
    }
}

#[test]
fn whole_sentences() {
    let table = include_str!("data/readings/whole.tsv");
    let mut rows = 0;
    let mut wrong = Vec::new();
    for line in table.lines().filter(|l| !l.starts_with('#')) {
        let mut columns = line.split('\t');
        let (frame, wording) = (columns.next().unwrap(), columns.next().unwrap());
        let mut expected: Vec<String> = columns.map(str::to_owned).collect();
        let reading = reading(&wordings::mail(wording, frame));
        let wishes = reading.wishes.iter();
        let mut got: Vec<String> = wishes
            .map(|w| format!("{} {}={}", w.strength, w.field, brief(&w.value)))
            .collect();
        // The frame itself names its writer, an internist.
        let own =
            |p: &&ProfileItem| p.field != ProfileField::Name && p.value != Value::text("内科");
        let facts = reading.profile.iter().filter(own);
        got.extend(facts.map(|p| format!("P {}={}", p.field, brief(&p.value))));
        expected.sort();
        got.sort();
        rows += 1;
        if got != expected {
            wrong.push(format!(
                "{wording}\n  expected {expected:?}\n  read     {got:?}"
            ));
        }
    }
    assert!(rows >= 300, "only {rows} rows");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The rows of a table of two columns, without its comments.
fn two_columns(table: &str) -> Vec<(&str, &str)> {
    let rows = table.lines().filter(|l| !l.starts_with('#'));
    rows.filter_map(|l| l.split_once('\t')).collect()
}

/// A mail of one line is what its line says; nothing but its words tells its kind.
#[test]
fn kinds_of_lines() {
    let rows = two_columns(include_str!("data/readings/kinds_of_lines.tsv"));
    let wrong: Vec<_> = rows
        .iter()
        .map(|(kind, text)| (kind, text, reading(text).kind))
        .filter(|(kind, _, read)| read.as_str() != **kind)
        .collect();
    assert!(rows.len() >= 90, "only {} rows", rows.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Whoever says that he is a doctor, in whatever words, and asks for work is answered as one.
#[test]
fn a_doctor_who_asks_for_work_in_a_line() {
    let mut general = Vec::new();
    for doctor in DOCTORS {
        for asks in ASK_FOR_WORK {
            let mail = format!("{doctor}\n{asks}");
            if reading(&mail).kind != MessageKind::DoctorInquiry {
                general.push(mail);
            }
        }
    }
    assert!(general.is_empty(), "{general:#?}");
}

const DOCTORS: &[&str] = &[
    "医師の田中一郎と申します。",
    "医師です。",
    "医者をしております田中です。",
    "現役の医師です。",
    "元勤務医の田中と申します。",
    "開業医の田中です。",
    "医師免許を持っています、田中です。",
    "ドクターの田中と申します。",
    "勤務医をしている田中です。",
    "女医の田中です。",
    "眼科の田中と申します。",
    "68歳の医師です。",
    "田中です。68歳、医師。",
    "定年を迎えた医者です。",
    "医師 田中一郎",
    "",
];

const ASK_FOR_WORK: &[&str] = &[
    "京都か大阪で働きたいです。",
    "勤務先を探しています。",
    "週3日で働ける病院はありますか。",
    "仕事を紹介してください。",
    "求人を見せてください。",
    "登録をお願いします。",
    "外来だけなら手伝えます。",
    "どこかで使っていただけませんか。",
    "働き口はないでしょうか。",
    "来年4月から勤務できます。",
    "再就職の相談に乗ってください。",
    "非常勤の口を探しております。",
    "まだ働けますでしょうか。",
    "セカンドキャリアを考えています。",
    "第二の人生として地域医療に貢献したいです。",
];

/// A post that is filled must not be offered on.
#[test]
fn actions_of_offers() {
    let rows = two_columns(include_str!("data/readings/actions_of_offers.tsv"));
    let wrong: Vec<_> = rows
        .iter()
        .filter(|(action, words)| {
            let mail = format!(
                "お世話になります。山田内科病院の事務長、佐藤です。\n内科の非常勤医の求人の件です。{words}"
            );
            let reading = reading(&mail);
            let mut actions = reading.opening.iter().filter(|i| i.field.as_str() == "action");
            !actions.any(|i| i.value == Value::text(*action))
        })
        .collect();
    assert!(rows.len() >= 40, "only {} rows", rows.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Under a heading a bare word is as strong as the heading says, however the heading is marked and the list is written.
#[test]
fn headings_of_lists() {
    const MARKED: [&str; 11] = [
        "【{}】", "■{}", "〔{}〕", "{}：", "▼{}", "＜{}＞", "{}", "1. {}", "[{}]", "（{}）", "◆ {}",
    ];
    const LISTED: [(&str, &str); 3] = [("\n・", "\n・"), ("\n　", "\n　"), ("\n", "、")];
    let rows = two_columns(include_str!("data/readings/headings.tsv"));
    let mut wrong = Vec::new();
    for (strength, heading) in &rows {
        let refused = matches!(*strength, "never" | "avoid");
        let things = if refused {
            ["手術", "救急", "当直"]
        } else {
            ["外来", "健診", "訪問診療"]
        };
        for (marked, (first, next)) in MARKED.iter().flat_map(|m| LISTED.map(|l| (m, l))) {
            let list = format!(
                "{}{first}{}",
                marked.replace("{}", heading),
                things.join(next)
            );
            let wishes = reading(&wordings::mail(&list, "m")).wishes;
            if wishes.len() != things.len()
                || wishes.iter().any(|w| w.strength.as_str() != *strength)
            {
                let read: Vec<_> = wishes
                    .iter()
                    .map(|w| format!("{} {}", w.value, w.strength))
                    .collect();
                wrong.push(format!("{list}\n  {read:?}"));
            }
        }
    }
    assert!(rows.len() >= 60, "only {} rows", rows.len());
    assert!(
        wrong.is_empty(),
        "{}\n{} wrong",
        wrong.join("\n"),
        wrong.len()
    );
}
