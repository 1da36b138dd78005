//! What a relaxation would open.

use super::{ask, opening};

/// `field=value strength -> to: adds best`
fn relaxed(about: &str, wished: &str, rows: &[(&str, &str)]) -> Vec<String> {
    let openings: Vec<_> = rows.iter().map(|(id, text)| opening(id, text)).collect();
    ask(about, wished, &openings)
        .relax
        .into_iter()
        .map(|r| {
            let to = r.to.map_or("null".to_owned(), |v| v.to_string());
            format!(
                "{} {}={} -> {to}: {} {}",
                r.wish.strength, r.wish.field, r.wish.value, r.adds, r.best
            )
        })
        .collect()
}

#[test]
fn musts_of_a_field_become_wants_together() {
    assert_eq!(
        relaxed(
            "",
            "must area=長野県; must area=岐阜県; want duty=ward",
            &[
                ("a", "area=東京都"),
                ("b", "area=東京都; duty=ward"),
                ("c", "area=長野県")
            ]
        ),
        ["must area=長野県 -> null: 2 b"]
    );
}

#[test]
fn caps_rise_by_a_step_or_go() {
    assert_eq!(
        relaxed(
            "",
            "must night_duty=1; ok night_duty=2",
            &[("a", "night_duty=3"), ("b", "night_duty=9")]
        ),
        ["ok night_duty=2 -> null: 2 a"]
    );
    let far = "at=36.65,138.18";
    let near = "at=36.115,137.95";
    assert_eq!(
        relaxed(
            "home=松本駅",
            "must commute_minutes=10",
            &[("near", near), ("far", far)]
        ),
        ["must commute_minutes=10 -> 45: 1 near"]
    );
    assert_eq!(
        relaxed(
            "home=松本駅",
            "must commute_minutes=10; ok commute_minutes=60",
            &[("near", near), ("far", far)]
        ),
        ["ok commute_minutes=60 -> 90: 1 far"]
    );
    assert_eq!(
        relaxed(
            "home=松本駅",
            "must commute_minutes=150",
            &[("osaka", "at=34.70,135.50")]
        ),
        ["must commute_minutes=150 -> null: 1 osaka"]
    );
}

#[test]
fn single_musts_and_refusals_go_by_themselves() {
    assert_eq!(
        relaxed(
            "",
            "must duty=ward; must role=teaching; never night_duty=any; never day=sat",
            &[
                ("a", "duty=outpatient; role=teaching"),
                ("b", "duty=outpatient; role=director"),
                ("c", "duty=ward; role=teaching; night_duty=2"),
                ("d", "duty=ward; role=teaching; night_duty=any"),
                ("e", "duty=ward; role=teaching; day=sat"),
                ("f", "duty=ward; role=teaching"),
            ]
        ),
        [
            "never night_duty=any -> null: 2 c",
            "never day=sat -> null: 1 e",
            "must duty=ward -> null: 1 a",
        ]
    );
}

#[test]
fn a_duty_that_must_be_is_one_condition_and_its_cap_another() {
    assert_eq!(
        relaxed(
            "",
            "must night_duty=any; must night_duty=4",
            &[
                ("none", "night_duty=none"),
                ("many", "night_duty=9"),
                ("more", "night_duty=8")
            ]
        ),
        [
            "must night_duty=4 -> null: 2 many",
            "must night_duty=any -> null: 1 none",
        ]
    );
}

#[test]
fn what_adds_nothing_is_not_named() {
    assert_eq!(
        relaxed(
            "",
            "must area=長野県; never night_duty=any",
            &[("a", "area=東京都; night_duty=2"), ("b", "area=長野県")]
        ),
        Vec::<String>::new()
    );
}

#[test]
fn giving_up_the_refusal_of_the_car_opens_what_only_a_car_reaches() {
    assert_eq!(
        relaxed(
            "home=大宮駅",
            "never commute_mode=car; must commute_minutes=30",
            &[("kawagoe", "area=埼玉県川越市; at=35.910,139.486")]
        ),
        [
            "must commute_minutes=30 -> 45: 1 kawagoe",
            "never commute_mode=car -> null: 1 kawagoe",
        ]
    );
}
