use crate::domain::match_::{Commute, Match, Relaxation, RelaxedWish};
use crate::domain::opening::Opening;
use crate::domain::wish::{Field, Strength, Value, Wish};
use crate::draft::{near_misses, relaxation_lines};
use serde_json::json;

fn said(wish: (&str, &str, serde_json::Value), offered: serde_json::Value) -> Vec<String> {
    let (strength, field, value) = wish;
    let wish: Wish =
        serde_json::from_value(json!({"field": field, "value": value, "strength": strength}))
            .unwrap();
    let opening: Opening = serde_json::from_value(
        json!({"id": "A", "institution_name": "○○病院", "area": "長野県松本市", "items": offered}),
    )
    .unwrap();
    let m = Match {
        id: "A".into(),
        score: 0.5,
        met: vec![],
        unmet: vec![format!("{}={}", wish.field, wish.value)],
        unknown: vec![],
        asks: vec![],
        commute: None,
    };
    near_misses(&m, &opening, &[wish])
}

#[test]
fn a_miss_by_a_little_says_what_to_ask() {
    for (wish, offered, expected) in [
        (
            ("must", "days_per_week", json!({"max": 3})),
            json!([{"field": "days_per_week", "value": {"min": 4, "max": 5}}]),
            "週4日を週3日に下げられるか確認",
        ),
        (
            ("want", "days_per_week", json!({"min": 4})),
            json!([{"field": "days_per_week", "value": {"min": 1, "max": 3.5}}]),
            "週3.5日を週4日に増やせるか確認",
        ),
        (
            ("want", "days_per_week", json!({"max": 2})),
            json!([{"field": "days_per_week", "value": {"min": 5}}]),
            "",
        ),
        (
            ("must", "night_duty", json!(2)),
            json!([{"field": "night_duty", "value": 4}, {"field": "night_duty", "value": 6}]),
            "当直月4回を月2回に減らせるか確認",
        ),
        (
            ("never", "night_duty", json!("any")),
            json!([{"field": "night_duty", "value": 1}]),
            "当直月1回をなしにできるか確認",
        ),
        (
            ("never", "night_duty", json!("any")),
            json!([{"field": "night_duty", "value": 5}]),
            "",
        ),
        (
            ("never", "on_call", json!(3)),
            json!([{"field": "on_call", "value": 4}]),
            "オンコール月4回を月2回に減らせるか確認",
        ),
        (
            ("want", "hours", json!({"start": "09:00", "end": "17:00"})),
            json!([{"field": "hours", "value": {"start": "08:30", "end": "17:15"}}]),
            "始業を30分遅く、終業を15分早くできるか確認",
        ),
        (
            ("want", "hours", json!({"end": "17:00"})),
            json!([{"field": "hours", "value": {"start": "17:30", "end": "08:30"}}]),
            "",
        ),
        (
            (
                "must",
                "salary_min",
                json!({"amount": 12_000_000, "unit": "year"}),
            ),
            json!([{"field": "salary_min", "value": {"amount": 950_000, "unit": "month"}}]),
            "年収があと60万円（上げられるか確認）",
        ),
        (
            ("want", "start", json!("2027-04")),
            json!([{"field": "start", "value": "2027-02-15"}]),
            "開始を2027年2月から2027年4月に延ばせるか確認",
        ),
        (
            ("avoid", "day", json!("sat")),
            json!([{"field": "day", "value": "weekdays"}, {"field": "day", "value": "sat"}]),
            "土曜の勤務を外せるか確認",
        ),
        (
            ("want", "outpatients_per_day", json!(25)),
            json!([{"field": "outpatients_per_day", "value": 30}]),
            "外来1日30人を25人に減らせるか確認",
        ),
        (
            ("must", "hours_per_week", json!(32)),
            json!([{"field": "hours_per_week", "value": 40}]),
            "",
        ),
        // Figures beyond all reason are passed over.
        (
            ("never", "night_duty", json!(i64::MIN)),
            json!([{"field": "night_duty", "value": i64::MAX}]),
            "",
        ),
        (
            (
                "must",
                "salary_min",
                json!({"amount": i64::MAX, "unit": "month"}),
            ),
            json!([{"field": "salary_min", "value": {"amount": i64::MIN, "unit": "month"}}]),
            "",
        ),
        (
            ("want", "start", json!("9223372036854775807-12")),
            json!([{"field": "start", "value": "1-1"}]),
            "",
        ),
    ] {
        let wished = format!("{wish:?}");
        assert_eq!(said(wish, offered).join("／"), expected, "{wished}");
    }
}

#[test]
fn a_commute_a_little_too_long_says_by_how_much() {
    let wish: Wish = serde_json::from_value(
        json!({"field": "commute_minutes", "value": 30, "strength": "must"}),
    )
    .unwrap();
    let opening: Opening = serde_json::from_value(
        json!({"id": "A", "institution_name": "○○病院", "area": "長野県松本市"}),
    )
    .unwrap();
    for (minutes, expected) in [
        ([18, 30], ""),
        ([22, 38], "通勤があと最大8分（実際の所要時間を確認）"),
        ([38, 52], "通勤があと8〜22分"),
        ([46, 80], ""),
    ] {
        let item = vec!["commute_minutes=30".to_owned()];
        let (unmet, unknown) = if minutes[0] > 30 {
            (item, vec![])
        } else {
            (vec![], item)
        };
        let m = Match {
            id: "A".into(),
            score: 0.5,
            met: vec![],
            unmet,
            unknown,
            asks: vec![],
            commute: Some(Commute {
                mode: "car".into(),
                minutes,
            }),
        };
        let said = near_misses(&m, &opening, std::slice::from_ref(&wish));
        assert_eq!(said.join("／"), expected, "{minutes:?}");
    }
}

#[test]
fn the_table_says_what_each_relaxation_opens() {
    let row = |field, value, strength, to, adds| Relaxation {
        wish: RelaxedWish {
            field,
            value,
            strength,
        },
        to,
        adds,
        best: "NGN-0044".into(),
    };
    let rows = [
        row(
            Field::CommuteMinutes,
            Value::Number(30),
            Strength::Must,
            Some(Value::Number(45)),
            7,
        ),
        row(
            Field::NightDuty,
            Value::text("any"),
            Strength::Never,
            None,
            2,
        ),
        row(
            Field::Area,
            Value::text("長野県松本市"),
            Strength::Must,
            None,
            1,
        ),
    ];
    assert_eq!(
        relaxation_lines(&rows),
        [
            "通勤30分以内 → 通勤45分以内：＋7件（NGN-0044 など）",
            "当直なし → 可：＋2件（NGN-0044 など）",
            "長野県松本市 → 条件から外す：＋1件（NGN-0044）",
        ]
    );
}
