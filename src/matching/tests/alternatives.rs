//! Alternatives, exclusion, caps, and places within places.

use super::{score, verdict};

#[test]
fn one_alternative_is_enough() {
    for (wished, offered, expected) in [
        (
            "must area=長野県; ok area=岐阜県",
            "area=岐阜県",
            "+area=岐阜県 -area=長野県",
        ),
        ("must area=長野県; ok area=岐阜県", "area=東京都", "x area"),
        (
            "must area=長野県; must area=岐阜県",
            "area=岐阜県",
            "+area=岐阜県",
        ),
        (
            "must shift=day; want shift=evening",
            "shift=evening",
            "+shift=evening -shift=day",
        ),
        (
            "must duty=ward; ok duty=outpatient",
            "duty=outpatient",
            "x duty",
        ),
        (
            "must role=teaching; must role=director",
            "role=director",
            "x role",
        ),
        (
            "must employment=full_time; ok employment=part_time",
            "employment=part_time",
            "+employment=part_time -employment=full_time",
        ),
    ] {
        assert_eq!(
            verdict("", wished, offered),
            expected,
            "{wished} | {offered}"
        );
    }
}

#[test]
fn of_alternatives_the_best_are_listed() {
    for (wished, offered, expected) in [
        (
            "want area=長野県; want area=東京都; want area=長野県松本市",
            "area=長野県",
            "+area=長野県",
        ),
        (
            "want area=長野県松本市; want area=東京都",
            "area=長野県",
            "?area=長野県松本市",
        ),
        (
            "want area=長野県; want area=東京都",
            "area=沖縄県",
            "-area=長野県 -area=東京都",
        ),
        (
            "want area=長野県; ok area=東京都",
            "area=沖縄県",
            "-area=長野県",
        ),
        ("ok area=長野県松本市", "area=長野県", ""),
        ("ok employment=spot", "", ""),
        ("ok duty=ward", "duty=outpatient", ""),
        ("ok duty=ward; ok duty=checkup", "duty=ward", "+duty=ward"),
        (
            "want duty=ward; want duty=checkup",
            "duty=ward",
            "+duty=ward -duty=checkup",
        ),
    ] {
        assert_eq!(
            verdict("", wished, offered),
            expected,
            "{wished} | {offered}"
        );
    }
}

#[test]
fn caps_exclude_and_wanted_numbers_do_not() {
    for (wished, offered, expected) in [
        (
            "want night_duty=1; must night_duty=3",
            "night_duty=2",
            "+night_duty=3 -night_duty=1",
        ),
        (
            "want night_duty=1; must night_duty=3",
            "night_duty=4",
            "x night_duty",
        ),
        ("want night_duty=1", "night_duty=9", "-night_duty=1"),
        (
            "must night_duty=1; ok night_duty=3",
            "night_duty=2",
            "+night_duty=3 -night_duty=1",
        ),
        (
            "must night_duty=1; ok night_duty=3",
            "night_duty=4",
            "x night_duty",
        ),
        (
            "must night_duty=2; ok night_duty=any",
            "night_duty=9",
            "+night_duty=any -night_duty=2",
        ),
        (
            "must night_duty=any; ok night_duty=4",
            "night_duty=none",
            "x night_duty",
        ),
        (
            "must night_duty=2",
            "night_duty=9; night_duty=none",
            "+night_duty=2",
        ),
    ] {
        assert_eq!(
            verdict("", wished, offered),
            expected,
            "{wished} | {offered}"
        );
    }
}

#[test]
fn narrower_places_beat_wider_ones() {
    for (wished, area, expected) in [
        (
            "never area=関東; want area=埼玉県",
            "埼玉県川越市",
            "+area=関東 +area=埼玉県",
        ),
        ("never area=関東; want area=埼玉県", "千葉県", "x area"),
        (
            "never area=関東; want area=埼玉県川越市",
            "埼玉県",
            "?area=関東 ?area=埼玉県川越市",
        ),
        ("never area=東京都; ok area=全国", "東京都", "x area"),
        (
            "never area=東京都; ok area=全国",
            "千葉県",
            "+area=東京都 +area=全国",
        ),
        (
            "want area=北海道; never area=北海道札幌市",
            "北海道札幌市北区",
            "x area",
        ),
        (
            "want area=北海道; never area=北海道札幌市",
            "北海道旭川市",
            "+area=北海道 +area=北海道札幌市",
        ),
        (
            "want area=北海道; never area=北海道札幌市",
            "北海道",
            "?area=北海道 ?area=北海道札幌市",
        ),
        (
            "want area=北海道; avoid area=北海道札幌市",
            "北海道札幌市",
            "-area=北海道 -area=北海道札幌市",
        ),
        (
            "want area=北海道; avoid area=北海道札幌市; want area=北海道札幌市北区",
            "北海道札幌市北区",
            "+area=北海道 +area=北海道札幌市 +area=北海道札幌市北区",
        ),
        (
            "want area=沖縄; never area=沖縄県",
            "沖縄県那覇市",
            "x area",
        ),
    ] {
        assert_eq!(
            verdict("", wished, &format!("area={area}")),
            expected,
            "{wished} | {area}"
        );
    }
}

#[test]
fn a_refused_form_of_employment_hurts_only_alone() {
    for (wished, offered, expected) in [
        (
            "never employment=full_time",
            "employment=full_time",
            "x employment",
        ),
        (
            "never employment=full_time",
            "employment=full_time; employment=part_time",
            "+employment=full_time",
        ),
        (
            "never employment=full_time; avoid employment=part_time",
            "employment=full_time; employment=part_time",
            "+employment=full_time -employment=part_time",
        ),
        (
            "avoid employment=full_time; avoid employment=part_time",
            "employment=full_time; employment=part_time",
            "-employment=full_time -employment=part_time",
        ),
        (
            "never employment=full_time; never employment=part_time",
            "employment=full_time; employment=part_time",
            "x employment",
        ),
        (
            "never employment=spot",
            "employment=full_time",
            "+employment=spot",
        ),
    ] {
        assert_eq!(
            verdict("", wished, offered),
            expected,
            "{wished} | {offered}"
        );
    }
}

#[test]
fn practised_departments_stand_in() {
    for (about, wished, offered, expected) in [
        (
            "specialty=循環器内科",
            "",
            "specialty=内科",
            "+specialty=循環器内科",
        ),
        (
            "specialty=内科",
            "",
            "specialty=循環器内科",
            "?specialty=内科",
        ),
        ("specialty=内科", "", "specialty=外科", "x specialty"),
        ("specialty=内科", "", "duty=checkup", "?specialty=内科"),
        (
            "specialty=内科",
            "want specialty_change=any",
            "specialty=精神科",
            "-specialty=内科",
        ),
        (
            "specialty=内科",
            "ok specialty=精神科",
            "specialty=精神科",
            "+specialty=精神科 -specialty=内科",
        ),
        (
            "specialty=内科",
            "ok specialty=精神科",
            "specialty=外科",
            "x specialty",
        ),
        (
            "specialty=内科",
            "want specialty=精神科",
            "specialty=外科",
            "-specialty=精神科",
        ),
        (
            "specialty=内科",
            "want specialty=精神科",
            "specialty=内科",
            "-specialty=精神科",
        ),
        (
            "specialty=外科; specialty=内科",
            "avoid specialty=外科",
            "specialty=内科",
            "+specialty=外科 +specialty=内科",
        ),
        (
            "specialty=外科",
            "never specialty=外科",
            "specialty=外科",
            "x specialty",
        ),
        ("", "", "specialty=外科", ""),
        ("", "ok specialty=内科", "specialty=外科", "x specialty"),
        (
            "specialty=外科; specialty=内科",
            "",
            "specialty=総合診療科",
            "+specialty=内科",
        ),
    ] {
        assert_eq!(
            verdict(about, wished, offered),
            expected,
            "{about} | {wished} | {offered}"
        );
    }
}

#[test]
fn terms_are_weighed() {
    for (about, wished, offered, expected) in [
        ("", "", "", 0.5),
        ("", "ok duty=ward", "duty=ward", 0.5),
        (
            "",
            "want duty=ward; must role=teaching",
            "duty=outpatient; role=teaching",
            0.67,
        ),
        (
            "",
            "want duty=ward; must role=teaching",
            "role=teaching",
            0.83,
        ),
        (
            "",
            "never duty=emergency; want duty=ward",
            "duty=outpatient",
            0.67,
        ),
        ("", "avoid duty=emergency", "duty=emergency", 0.0),
        // One term for the musts, one for the wants of a field of alternatives.
        (
            "",
            "must area=長野県; want area=長野県松本市",
            "area=長野県塩尻市",
            0.67,
        ),
        (
            "",
            "must area=長野県; want area=長野県松本市",
            "area=長野県松本市",
            1.0,
        ),
        // The best of must and want counts for the must.
        (
            "",
            "must shift=day; want shift=evening",
            "shift=evening",
            1.0,
        ),
        // An ok that is met earns a quarter where that is more.
        ("", "want area=長野県; ok area=岐阜県", "area=岐阜県", 0.25),
        (
            "",
            "want area=長野県松本市; ok area=長野県",
            "area=長野県",
            0.5,
        ),
        ("", "must area=長野県; ok area=岐阜県", "area=岐阜県", 0.25),
        // Stand-ins weigh together as one want.
        (
            "specialty=内科; specialty=外科",
            "must role=teaching",
            "specialty=外科; role=teaching",
            1.0,
        ),
        (
            "specialty=内科",
            "must role=teaching; want specialty_change=any",
            "specialty=外科; role=teaching",
            0.67,
        ),
        (
            "specialty=内科",
            "ok specialty=精神科",
            "specialty=精神科",
            0.25,
        ),
        // What nothing decides does not weigh.
        (
            "",
            "must duration=6; never contact=phone; want duty=ward",
            "duty=ward",
            1.0,
        ),
    ] {
        let got = score(about, wished, offered);
        assert!(
            (got - expected).abs() < 1e-9,
            "{about} | {wished} | {offered}: {got}"
        );
    }
}
