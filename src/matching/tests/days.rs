//! Days of the week.

use super::verdict;

#[test]
fn needed_days_must_remain() {
    for (wished, offered, expected) in [
        ("never day=wed", "day=weekdays", "+day=wed"),
        (
            "never day=wed",
            "day=weekdays; days_per_week={\"min\":5}",
            "x day",
        ),
        (
            "never day=wed",
            "day=weekdays; days_per_week={\"min\":4,\"max\":5}",
            "+day=wed",
        ),
        ("never day=wed", "day=wed", "x day"),
        ("never day=wed", "", "?day=wed"),
        (
            "never day=wed",
            "day=weekdays; employment=full_time",
            "+day=wed",
        ),
        (
            "never day=wed; never day=fri",
            "day=weekdays; employment=full_time",
            "x day",
        ),
        (
            "never day=wed; never day=fri",
            "day=weekdays; employment=full_time; employment=part_time",
            "+day=wed +day=fri",
        ),
        (
            "never day=wed",
            "day=wed; day=fri; days_per_week={\"min\":5}",
            "x day",
        ),
        ("never day=sat:pm", "day=sat", "+day=sat:pm"),
        ("never day=sat:pm", "day=sat:pm", "x day"),
        ("never day=sat", "day=weekdays", "+day=sat"),
        (
            "must day=mon; must day=tue",
            "day=weekdays",
            "+day=mon +day=tue",
        ),
        (
            "must day=mon; must day=tue",
            "day=weekdays; days_per_week={\"min\":2.5}",
            "x day",
        ),
        ("must day=mon", "day=tue", "x day"),
        ("must day=mon; ok day=tue", "day=tue", "+day=mon +day=tue"),
        ("must day=sat:am", "day=sat", "+day=sat:am"),
        ("must day=weekdays", "day=mon; day=sat", "+day=weekdays"),
        (
            "must day=weekdays",
            "day=mon; day=sat; days_per_week={\"min\":2}",
            "x day",
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
fn wanted_accepted_and_avoided_days() {
    for (wished, offered, expected) in [
        (
            "want day=tue; want day=thu",
            "day=weekdays; days_per_week={\"min\":2}",
            "+day=tue +day=thu",
        ),
        (
            "want day=tue; want day=thu",
            "day=weekdays; days_per_week={\"min\":3}",
            "-day=tue -day=thu",
        ),
        ("want day=tue; want day=thu", "day=thu", "+day=tue +day=thu"),
        ("want day=sat", "day=weekdays", "-day=sat"),
        (
            "want day=tue; ok day=thu",
            "day=tue; day=thu; days_per_week={\"min\":2}",
            "+day=thu -day=tue",
        ),
        ("ok day=sat", "day=weekdays", ""),
        ("ok day=sat", "day=sat", "+day=sat"),
        (
            "avoid day=fri",
            "day=weekdays; days_per_week={\"min\":4}",
            "+day=fri",
        ),
        (
            "avoid day=fri; avoid day=sat",
            "day=weekdays; days_per_week={\"min\":5}",
            "+day=sat -day=fri",
        ),
        ("avoid day=fri", "", "?day=fri"),
        ("want day=tue", "", "?day=tue"),
        ("ok day=tue", "", ""),
        (
            "want day=mon; never day=fri",
            "day=mon; day=fri; days_per_week={\"min\":2}",
            "x day",
        ),
    ] {
        assert_eq!(
            verdict("", wished, offered),
            expected,
            "{wished} | {offered}"
        );
    }
}
