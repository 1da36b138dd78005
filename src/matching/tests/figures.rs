//! Fields of figures, each by itself: one wish against one opening.

use super::{check, verdict};

#[test]
fn numbers_of_days() {
    check(&[
        (
            "",
            "must days_per_week={\"min\":3,\"max\":4}",
            "days_per_week={\"min\":4,\"max\":5}",
            "+",
        ),
        (
            "",
            "must days_per_week={\"max\":3}",
            "days_per_week={\"min\":4}",
            "x",
        ),
        (
            "",
            "must days_per_week={\"max\":3}",
            "days_per_week={\"min\":4}; days_per_week={\"min\":2,\"max\":2}",
            "+",
        ),
        (
            "",
            "must days_per_week={\"max\":3}",
            "days_per_month={\"min\":20}",
            "?",
        ),
        (
            "",
            "must days_per_month={\"min\":4}",
            "days_per_week={\"min\":1}",
            "?",
        ),
        (
            "",
            "must days_per_week={\"max\":3}",
            "employment=full_time",
            "x",
        ),
        (
            "",
            "must days_per_week={\"max\":3}",
            "employment=full_time; employment=part_time",
            "?",
        ),
        (
            "",
            "never days_per_week={\"min\":5}",
            "days_per_week={\"min\":5,\"max\":5}",
            "x",
        ),
        (
            "",
            "never days_per_week={\"min\":5}",
            "days_per_week={\"min\":4,\"max\":5}",
            "?",
        ),
        (
            "",
            "never days_per_week={\"min\":5}",
            "days_per_week={\"min\":3,\"max\":4}",
            "+",
        ),
    ]);
}

#[test]
fn hours() {
    check(&[
        (
            "",
            "must hours={\"start\":\"09:00\",\"end\":\"17:00\"}",
            "hours={\"start\":\"09:00\",\"end\":\"16:30\"}",
            "+",
        ),
        (
            "",
            "must hours={\"start\":\"09:00\",\"end\":\"17:00\"}",
            "hours={\"start\":\"08:30\",\"end\":\"16:30\"}",
            "x",
        ),
        (
            "",
            "must hours={\"end\":\"17:00\"}",
            "hours={\"start\":\"07:00\",\"end\":\"17:00\"}",
            "+",
        ),
        (
            "",
            "must hours={\"end\":\"17:00\"}",
            "hours={\"start\":\"22:00\",\"end\":\"06:00\"}",
            "x",
        ),
        (
            "",
            "must hours={\"start\":\"09:00\",\"end\":\"17:00\"}",
            "hours={\"start\":\"09:00\"}",
            "?",
        ),
        (
            "",
            "must hours={\"start\":\"09:00\",\"end\":\"17:00\"}",
            "hours={\"start\":\"08:00\"}",
            "x",
        ),
        (
            "",
            "must hours={\"start\":\"20:00\",\"end\":\"08:00\"}",
            "hours={\"start\":\"22:00\",\"end\":\"06:00\"}",
            "+",
        ),
        (
            "",
            "must hours={\"end\":\"17:00\"}",
            "hours={\"end\":\"18:00\"}; hours={\"end\":\"13:00\"}",
            "+",
        ),
        (
            "",
            "never hours={\"end\":\"17:00\"}",
            "hours={\"end\":\"17:00\"}",
            "",
        ),
    ]);
}

#[test]
fn duties() {
    check(&[
        ("", "want night_duty=2", "night_duty=none", "+"),
        ("", "want night_duty=2", "night_duty=2", "+"),
        ("", "want night_duty=2", "night_duty=3", "-"),
        ("", "must night_duty=2", "night_duty=3", "x"),
        ("", "ok night_duty=2", "night_duty=3", "x"),
        ("", "ok night_duty=2", "night_duty=any", "?"),
        ("", "ok night_duty=2", "", "?"),
        ("", "must night_duty=2", "night_duty=any", "?"),
        ("", "must night_duty=any", "night_duty=1", "+"),
        ("", "must night_duty=any", "night_duty=none", "x"),
        ("", "want on_call=any", "on_call=none", "-"),
        ("", "ok night_duty=any", "night_duty=none", "+"),
        ("", "ok night_duty=any", "night_duty=9", "+"),
        ("", "ok night_duty=any", "", "?"),
        (
            "",
            "ok night_duty=any; ok night_duty=2",
            "night_duty=9",
            "+",
        ),
        ("", "never night_duty=any", "night_duty=none", "+"),
        ("", "never night_duty=any", "night_duty=any", "x"),
        ("", "never night_duty=any", "night_duty=1", "x"),
        ("", "never night_duty=any", "", "?"),
        ("", "avoid night_duty=any", "night_duty=1", "-"),
        (
            "",
            "never night_duty=any",
            "night_duty=none; night_duty=2",
            "+",
        ),
        ("", "never night_duty=4", "night_duty=3", "+"),
        ("", "never night_duty=4", "night_duty=4", "x"),
        ("", "never night_duty=4", "night_duty=none", "+"),
        ("", "never night_duty=4", "night_duty=any", "?"),
        (
            "",
            "never night_duty=any; ok night_duty=2",
            "night_duty=3",
            "x",
        ),
        ("", "never overtime=any", "overtime=any", "x"),
        ("", "never overtime=any", "overtime=none", "+"),
        ("", "must overtime=any", "overtime=none", "x"),
        ("", "ok overtime=any", "overtime=any", "+"),
        ("", "must day_duty=1", "day_duty=2", "x"),
    ]);
    assert_eq!(
        verdict("", "never night_duty=any; ok night_duty=2", "night_duty=2"),
        "+night_duty=2 ?night_duty=any"
    );
    assert_eq!(
        verdict(
            "",
            "never night_duty=any; ok night_duty=2",
            "night_duty=any"
        ),
        "?night_duty=any ?night_duty=2"
    );
    assert_eq!(
        verdict("", "avoid night_duty=any; ok night_duty=2", "night_duty=2"),
        "+night_duty=2 -night_duty=any"
    );
}

#[test]
fn patients_and_hours_a_day() {
    check(&[
        (
            "",
            "want outpatients_per_day=25",
            "outpatients_per_day=25",
            "+",
        ),
        (
            "",
            "want outpatients_per_day=25",
            "outpatients_per_day=26",
            "-",
        ),
        (
            "",
            "must outpatients_per_day=25",
            "outpatients_per_day=40",
            "x",
        ),
        (
            "",
            "never outpatients_per_day=25",
            "outpatients_per_day=25",
            "x",
        ),
        (
            "",
            "never outpatients_per_day=25",
            "outpatients_per_day=24",
            "+",
        ),
        ("", "ok hours_per_day=8", "hours_per_day=9", "x"),
        ("", "must hours_per_week=32", "hours_per_week=40", "x"),
        ("", "must hours_per_week=32", "", "?"),
    ]);
}

#[test]
fn pay() {
    let year = "salary_min={\"amount\":12000000,\"unit\":\"year\"}";
    let must = format!("must {year}");
    check(&[
        ("", &must, year, "+"),
        (
            "",
            &must,
            "salary_min={\"amount\":1000000,\"unit\":\"month\"}",
            "+",
        ),
        (
            "",
            &must,
            "salary_min={\"amount\":900000,\"unit\":\"month\"}",
            "x",
        ),
        (
            "",
            &must,
            "salary_min={\"amount\":100000,\"unit\":\"day\"}",
            "?",
        ),
        (
            "",
            &must,
            "salary_min={\"amount\":10000000,\"unit\":\"year\"}; salary_max={\"amount\":14000000,\"unit\":\"year\"}",
            "+",
        ),
        (
            "",
            &must,
            "salary_min={\"amount\":100000,\"unit\":\"day\"}; salary_min={\"amount\":13000000,\"unit\":\"year\"}",
            "+",
        ),
        (
            "",
            "must salary_min={\"amount\":80000,\"unit\":\"day\"}",
            "salary_min={\"amount\":40000,\"unit\":\"half_day\"}",
            "+",
        ),
        (
            "",
            "must salary_min={\"amount\":50000,\"unit\":\"half_day\"}",
            "salary_min={\"amount\":90000,\"unit\":\"day\"}",
            "x",
        ),
        ("", &format!("never {year}"), year, ""),
    ]);
}

#[test]
fn start() {
    check(&[
        ("", "must start=2027-04", "start=2027-04-15", "+"),
        ("", "must start=2027-04-15", "start=2027-04", "+"),
        ("", "must start=2027-04", "start=2027-03", "x"),
        ("", "must start=2027-04", "start=asap", "?"),
        ("", "must start=2027-04", "", "?"),
        ("", "must start=asap", "start=2027-04", "+"),
        (
            "",
            "must start=2027-04",
            "start=2027-01; start=2027-10",
            "+",
        ),
        ("", "never start=2027-04", "start=2027-04", ""),
    ]);
}

#[test]
fn what_no_opening_decides_is_not_listed() {
    check(&[
        ("", "must duration=6", "duration=long", ""),
        ("", "must confidential=employer", "", ""),
        ("", "never contact=workplace_phone", "", ""),
        ("", "want specialty_change=any", "", ""),
        ("", "drop night_duty=any", "night_duty=4", ""),
        ("", "must duty={\"min\":3}", "duty=ward", ""),
    ]);
}
