//! The shape and order of the whole answer.

use super::{ask, opening};
use crate::domain::opening::Opening;

fn samples() -> Vec<Opening> {
    include_str!("../../../samples/openings.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn ids(about: &str, wished: &str, rows: &[(&str, &str)]) -> Vec<String> {
    let openings: Vec<_> = rows.iter().map(|(id, text)| opening(id, text)).collect();
    ask(about, wished, &openings)
        .matches
        .into_iter()
        .map(|m| m.id)
        .collect()
}

#[test]
fn the_order_is_score_doubt_commute_shortage_date_id() {
    assert_eq!(
        ids(
            "home=松本駅",
            "want duty=ward; want duty=checkup",
            &[
                ("id-b", ""),
                ("id-a", ""),
                ("shortage", "area_type=shortage"),
                ("newer", "posted=2026-10-02"),
                ("older", "posted=2026-10-01"),
                ("farther", "at=36.115,137.95"),
                ("nearer", "at=36.235,137.970"),
                ("decided", "duty=ward"),
                ("best", "duty=ward; duty=checkup"),
                ("worst", "duty=surgery"),
            ]
        ),
        [
            "best", "decided", "nearer", "farther", "shortage", "newer", "older", "id-a", "id-b",
            "worst"
        ]
    );
}

#[test]
fn each_excluded_opening_counts_once_under_its_first_field() {
    let openings = [
        opening("1", "area=東京都; night_duty=4"),
        opening("2", "area=長野県; night_duty=4"),
        opening("3", "area=長野県"),
        opening("4", "area=東京都"),
    ];
    let answer = ask("", "never night_duty=any; must area=長野県", &openings);
    let json = serde_json::to_value(&answer).unwrap();
    assert_eq!(
        json["excluded"].to_string(),
        "{\"area\":2,\"night_duty\":1}"
    );
    assert_eq!(json["considered"], 4);
    assert!(json.get("id").is_none());
    assert_eq!(json["matches"][0]["commute"], serde_json::Value::Null);
}

#[test]
fn what_the_institution_asks_is_listed_and_excludes_nothing() {
    let offered = "certification=総合内科専門医; certification=産業医; certification=精神保健指定医; years_experience=10";
    let asks = |about: &str| {
        ask(about, "", &[opening("A", offered)]).matches[0]
            .asks
            .clone()
    };
    assert_eq!(
        asks(
            "certification=日本内科学会総合内科専門医; certification=日本医師会認定産業医; years_experience=35"
        ),
        ["certification=精神保健指定医"]
    );
    assert_eq!(
        asks("certification=内科専門医; years_experience=5"),
        [
            "certification=総合内科専門医",
            "certification=産業医",
            "certification=精神保健指定医",
            "years_experience=10"
        ]
    );
}

#[test]
fn values_are_written_as_compact_json() {
    let answer = ask(
        "",
        "want days_per_week={\"min\":3,\"max\":4}; want salary_min={\"amount\":80000,\"unit\":\"day\"}",
        &[opening("A", "")],
    );
    assert_eq!(
        answer.matches[0].unknown,
        [
            "days_per_week={\"min\":3,\"max\":4}",
            "salary_min={\"amount\":80000,\"unit\":\"day\"}"
        ]
    );
}

#[test]
fn the_list_keeps_the_doctors_order_with_stand_ins_last() {
    let answer = ask(
        "specialty=内科",
        "want workstyle=qol; want duty=ward; want area=長野県",
        &[opening(
            "A",
            "area=長野県; specialty=内科; duty=ward; workstyle=qol",
        )],
    );
    assert_eq!(
        answer.matches[0].met,
        [
            "workstyle=qol",
            "duty=ward",
            "area=長野県",
            "specialty=内科"
        ]
    );
}

#[test]
fn age_changes_nothing() {
    let openings = samples();
    let wished = "want shift=day; never night_duty=any";
    assert_eq!(
        ask("age=58; specialty=内科", wished, &openings),
        ask("age=74; specialty=内科", wished, &openings)
    );
}

#[test]
fn the_sample_doctor_gets_sensible_openings() {
    let openings = samples();
    let answer = ask(
        "home=長野県松本市; specialty=循環器内科",
        "want commute_minutes=30; want day=weekdays; want shift=day; never night_duty=any; want workstyle=qol",
        &openings,
    );
    assert_eq!(answer.matches[0].id, "NGN-0002");
    assert!(
        answer.matches.iter().all(|m| m.id != "NGN-0001"),
        "it has night duty"
    );
    assert!(
        answer.relax.iter().any(|r| r.best == "NGN-0001"),
        "{:?}",
        answer.relax
    );
}
