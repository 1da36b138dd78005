//! How strongly: one thing a sentence, in hundreds of wordings that were written without looking at the rules.
//!
//! A row of `tests/data/modality/` is the strength (`none` where the thing is named and not wished), the field with its value,
//! and the sentence. The floors are what the rules reach; a new rule may not lose any of it.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use chrono::DateTime;
use madoguchi::domain::wish::Field;
use madoguchi::understand::{Input, read};
use std::collections::BTreeMap;
use std::path::Path;

/// Of each strength the least share that is read right, in hundredths.
const FLOORS: &[(&str, usize)] = &[
    ("must", 82),
    ("want", 91),
    ("ok", 82),
    ("avoid", 86),
    ("never", 91),
    ("drop", 87),
    ("none", 95),
];

/// Fields of which the sentence names one value, however it is counted.
const COUNTED: &[Field] = &[
    Field::CommuteMinutes,
    Field::SalaryMin,
    Field::DaysPerWeek,
    Field::NightDuty,
    Field::OnCall,
    Field::Overtime,
];

fn strength(row: &str, field: Field, value: &str, sentence: &str) -> String {
    let before = if row == "drop" {
        "先日登録いたしました山田です。登録内容の変更をお願いします。"
    } else {
        "内科医の山田太郎と申します。仕事を探しております。"
    };
    let text = format!("{before}\n{sentence}\n");
    let reading = read(&Input {
        text: &text,
        signature: None,
        subject: "",
        from_name: "山田 太郎",
        from_address: "yamada@example.jp",
        date: DateTime::parse_from_rfc3339("2026-11-05T10:00:00+09:00").expect("a date"),
        automatic: false,
        known_doctor: false,
        on_file: &[],
    });
    reading
        .wishes
        .iter()
        .find(|w| w.field == field && (COUNTED.contains(&field) || w.value.to_string() == value))
        .map_or("none".to_owned(), |w| w.strength.to_string())
}

#[test]
fn the_words_of_modality_are_read_at_the_level_reached() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/modality");
    let mut shares: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut missed = String::new();
    for file in ["asked.tsv", "refused.tsv"] {
        let rows = std::fs::read_to_string(folder.join(file)).unwrap();
        for row in rows.lines() {
            let mut columns = row.splitn(3, '\t');
            let (wanted, thing, sentence) = (
                columns.next().unwrap(),
                columns.next().unwrap(),
                columns.next().expect(row),
            );
            let (field, value) = thing.split_once('=').expect(row);
            let said = strength(wanted, field.parse().expect(row), value, sentence);
            let share = shares.entry(wanted.to_owned()).or_default();
            share.1 += 1;
            if said == wanted {
                share.0 += 1;
            } else {
                missed.push_str(&format!("{wanted}, read {said}: {sentence}\n"));
            }
        }
    }
    for (strength, floor) in FLOORS {
        let (right, all) = shares.get(*strength).copied().unwrap_or_default();
        assert!(all >= 50, "{all} rows of {strength}");
        assert!(
            right * 100 >= floor * all,
            "{strength}: {right} of {all} is under {floor} %\n{missed}"
        );
    }
}
