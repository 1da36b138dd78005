//! One value, many wordings: surface forms of the doctor's facts, of openings and of kinds, with what must stay quiet.
//!
//! A row of `tests/data/readings/forms-*.tsv` is a field, its values (`|` between them, `-` for none) and a wording in
//! which `⏎` is a line feed. `whole` in the fourth column gives the wording as the whole mail; else a plain wish follows
//! it, so that the mail is a doctor's.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

#[path = "support/wordings.rs"]
mod wordings;

use chrono::DateTime;
use madoguchi::understand::{Input, read};
use std::path::Path;

struct Row {
    line: usize,
    field: String,
    values: Vec<String>,
    text: String,
    name: String,
    subject: String,
}

fn rows(file: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/readings")
        .join(file);
    let table = std::fs::read_to_string(path).expect("the table");
    let mut rows = Vec::new();
    for (i, line) in table.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let c: Vec<&str> = line.split('\t').collect();
        assert!(c.len() >= 3, "{file}:{} has too few columns", i + 1);
        let mut text = c[2].replace('⏎', "\n");
        let whole = c[0] == "kind" || c.get(3) == Some(&"whole");
        if !whole && file.contains("opening") {
            text = wordings::post(c[2]);
        } else if !whole {
            text = wordings::fact(c[2]);
        }
        let mut values: Vec<String> = c[1]
            .split('|')
            .filter(|v| *v != "-")
            .map(str::to_owned)
            .collect();
        values.sort();
        rows.push(Row {
            line: i + 1,
            field: c[0].to_owned(),
            values,
            text,
            name: c.get(4).map_or(String::new(), |s| (*s).to_owned()),
            subject: c.get(5).map_or(String::new(), |s| (*s).to_owned()),
        });
    }
    rows
}

/// What the program reads in a row's field, as the table writes it.
fn said(row: &Row) -> Vec<String> {
    let reading = read(&Input {
        text: &row.text,
        signature: None,
        subject: &row.subject,
        from_name: &row.name,
        from_address: "sender@example.jp",
        date: DateTime::parse_from_rfc3339("2026-11-05T10:00:00+09:00").expect("a date"),
        automatic: false,
        known_doctor: false,
        on_file: &[],
    });
    let mut said: Vec<String> = match row.field.as_str() {
        "kind" => vec![reading.kind.to_string()],
        field => reading
            .profile
            .iter()
            .filter(|p| p.field.to_string() == field)
            .map(|p| p.value.to_string())
            .chain(
                reading
                    .opening
                    .iter()
                    .filter(|p| p.field.to_string() == field)
                    .map(|p| p.value.to_string()),
            )
            .collect(),
    };
    said.sort();
    said
}

fn check(file: &str, least: usize) {
    let rows = rows(file);
    assert!(rows.len() >= least, "{} rows in {file}", rows.len());
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let said = said(row);
            (said != row.values).then(|| {
                format!(
                    "{file}:{} {}: {:?} wanted, {said:?} read\n    {}",
                    row.line, row.field, row.values, row.text
                )
            })
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_posts_offer_in_many_wordings() {
    check("forms-opening.tsv", 200);
}

#[test]
fn what_mails_are_and_what_starts_nothing() {
    check("forms-kind.tsv", 80);
}

#[test]
fn the_doctors_facts_in_many_wordings() {
    check("forms-profile.tsv", 300);
}
