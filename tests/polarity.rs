//! A refusal is never read as a wish, and what is offered never as a refusal: verbs with everything that denies or affirms
//! them, and what is said of days, places, houses and conditions.
//!
//! `tests/data/polarity/verbs.tsv` holds frames that each verb is put into, `phrases.tsv` whole sentences.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use chrono::DateTime;
use madoguchi::domain::wish::{Field, Strength};
use madoguchi::understand::{Input, read};
use std::collections::BTreeMap;
use std::path::Path;

/// Before ます, before ない, as what one can do, before て, and as it stands in the dictionary.
const VERBS: &[[&str; 5]] = &[
    ["やり", "やら", "やれ", "やっ", "やる"],
    ["し", "し", "でき", "し", "する"],
    [
        "引き受け",
        "引き受け",
        "引き受けられ",
        "引き受け",
        "引き受ける",
    ],
    ["持ち", "持た", "持て", "持っ", "持つ"],
    ["行き", "行か", "行け", "行っ", "行く"],
    ["出", "出", "出られ", "出", "出る"],
    ["担当し", "担当し", "担当でき", "担当し", "担当する"],
    ["続け", "続け", "続けられ", "続け", "続ける"],
    ["診", "診", "診られ", "診", "診る"],
];
/// What is conceded before the verb.
const CONCEDED: &[&str] = &[
    "",
    "もう",
    "今後は",
    "一切",
    "二度と",
    "いくら頼まれても、",
    "なんぼ積まれても",
    "どんなに近くても",
    "月1回でも",
    "条件が良くても",
    "頭を下げられても、",
    "どう言われても",
];
const THINGS: &[(&str, &str)] = &[
    ("night_duty=any", "当直"),
    ("duty=surgery", "手術"),
    ("duty=outpatient", "外来"),
];
/// Of each kind the most that may be read the wrong way, in thousandths of its sentences.
const MOST_WRONG: &[(&str, usize)] = &[
    ("denied", 3),
    ("affirmed", 12),
    ("must", 45),
    ("want", 0),
    ("drop", 15),
];

fn rows(file: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/polarity");
    let text = std::fs::read_to_string(folder.join(file)).unwrap();
    text.lines()
        .filter(|l| !l.starts_with('#'))
        .map(str::to_owned)
        .collect()
}

/// Kind, thing, sentence.
fn sentences() -> Vec<(String, String, String)> {
    let mut out = Vec::new();
    for row in rows("verbs.tsv") {
        let (kind, frame) = row.split_once('\t').unwrap();
        let concessions = if frame.contains('〜') {
            CONCEDED
        } else {
            &[""]
        };
        for [masu, nai, eru, te, dictionary] in VERBS {
            for conceded in concessions {
                let said = frame
                    .replace('〜', conceded)
                    .replace("{ます}", masu)
                    .replace("{ない}", nai)
                    .replace("{える}", eru)
                    .replace("{て}", te)
                    .replace("{る}", dictionary);
                for (thing, word) in THINGS {
                    out.push((
                        kind.to_owned(),
                        (*thing).to_owned(),
                        format!("{word}{said}。"),
                    ));
                }
            }
        }
    }
    for row in rows("phrases.tsv") {
        let columns: Vec<&str> = row.split('\t').collect();
        let [kind, thing, sentence] = columns.as_slice() else {
            panic!("{row}")
        };
        out.push((
            (*kind).to_owned(),
            (*thing).to_owned(),
            (*sentence).to_owned(),
        ));
    }
    out
}

fn strength(kind: &str, thing: &str, sentence: &str) -> Option<Strength> {
    let before = if kind == "drop" {
        "先日登録いたしました佐々木です。登録内容の変更をお願いします。"
    } else {
        "内科医の佐々木と申します。仕事を探しており、登録をお願いいたします。"
    };
    let text = format!("{before}\n\n{sentence}\n");
    let reading = read(&Input {
        text: &text,
        signature: None,
        subject: "",
        from_name: "佐々木",
        from_address: "sasaki@example.jp",
        date: DateTime::parse_from_rfc3339("2026-09-01T10:00:00+09:00").unwrap(),
        automatic: false,
        known_doctor: false,
        on_file: &[],
    });
    let (field, value) = thing.split_once('=').unwrap();
    let field: Field = field.parse().expect(thing);
    let counted = matches!(field, Field::NightDuty | Field::SalaryMin | Field::Overtime);
    reading
        .wishes
        .iter()
        .find(|w| w.field == field && (counted || w.value.to_string() == value))
        .map(|w| w.strength)
}

/// Whether a strength is what the kind must not be read as.
fn wrong(kind: &str, said: Option<Strength>) -> bool {
    let Some(said) = said else { return false };
    match kind {
        "denied" => said.is_positive(),
        "affirmed" => !said.is_positive(),
        other => said.to_string() != other,
    }
}

#[test]
fn no_refusal_is_read_as_a_wish() {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut missed = String::new();
    let mut read_at_all = 0;
    let all = sentences();
    for (kind, thing, sentence) in &all {
        let said = strength(kind, thing, sentence);
        read_at_all += usize::from(said.is_some());
        let count = counts.entry(kind.clone()).or_default();
        count.1 += 1;
        if wrong(kind, said) {
            count.0 += 1;
            missed.push_str(&format!("{kind} {sentence} {said:?}\n"));
        }
    }
    println!("{counts:?}\n{missed}");
    // Silence is no way to be right.
    assert!(
        read_at_all * 100 >= all.len() * 97,
        "{read_at_all} of {}",
        all.len()
    );
    for (kind, most) in MOST_WRONG {
        let (failed, total) = counts.get(*kind).copied().expect(kind);
        assert!(
            failed * 1000 <= total * most,
            "{kind}: {failed} of {total}\n{missed}"
        );
    }
}
