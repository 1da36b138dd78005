//! Fields of words: what is listed, what covers what, what stands in for what.

use super::{at, items, sign};
use crate::domain::values::{DEPARTMENTS, words};
use crate::domain::wish::Field;
use proptest::prelude::*;

const STRENGTHS: [&str; 5] = ["must", "want", "ok", "avoid", "never"];

/// Words of a field that an opening lists, in any number.
fn some_of(field: Field) -> impl Strategy<Value = Vec<&'static str>> {
    let words = words(field).unwrap();
    prop::sample::subsequence(words, 0..=words.len().min(4))
}

fn a_field(
    fields: &'static [Field],
) -> impl Strategy<Value = (Field, &'static str, Vec<&'static str>)> {
    prop::sample::select(fields)
        .prop_flat_map(|f| (Just(f), prop::sample::select(words(f).unwrap()), some_of(f)))
}

const CLOSED: &[Field] = &[Field::AreaType, Field::Duty, Field::Role, Field::Employment];
const OPEN: &[Field] = &[Field::Benefit, Field::Workstyle];

/// Every internal department is one by its name but these.
fn is_internal(department: &str) -> bool {
    department.ends_with("内科")
        || ["リウマチ科", "アレルギー科", "総合診療科"].contains(&department)
}

fn stands_in(department: &str, other: &str) -> bool {
    let surgery = [
        "消化器外科",
        "呼吸器外科",
        "心臓血管外科",
        "乳腺外科",
        "小児外科",
        "肛門外科",
    ];
    department == other
        || (is_internal(department) && ["内科", "総合診療科", "老年内科"].contains(&other))
        || (surgery.contains(&department) && other == "外科")
        || (department == "産婦人科" && ["産科", "婦人科"].contains(&other))
        || (department == "放射線科" && ["放射線診断科", "放射線治療科"].contains(&other))
}

proptest! {
    #[test]
    fn of_a_closed_list_another_value_is_unmet(
        (field, wished, listed) in a_field(CLOSED), strength in prop::sample::select(&STRENGTHS)
    ) {
        let has = listed.contains(&wished);
        let refused = ["avoid", "never"].contains(&strength);
        // What is refused of a choice hurts only where nothing else is left.
        let left = field == Field::Employment && listed.iter().any(|l| *l != wished);
        let status = match (listed.is_empty(), refused) {
            (true, _) => "?",
            (_, true) => if has && !left { "-" } else { "+" },
            (_, false) => if has { "+" } else { "-" },
        };
        // An opening that is full time only counts as four days a week, of which these wishes say nothing.
        let got = sign("", &format!("{strength} {field}={wished}"), &items(field.as_str(), &listed));
        prop_assert_eq!(got, at(strength, status));
    }

    #[test]
    fn of_an_open_list_what_is_not_listed_is_unknown(
        (field, wished, listed) in a_field(OPEN), strength in prop::sample::select(&STRENGTHS)
    ) {
        let has = listed.contains(&wished);
        let refused = ["avoid", "never"].contains(&strength);
        let status = match (listed.is_empty(), refused, has) {
            (true, ..) | (_, false, false) => "?",
            (_, true, true) => "-",
            _ => "+",
        };
        let got = sign("", &format!("{strength} {field}={wished}"), &items(field.as_str(), &listed));
        prop_assert_eq!(got, at(strength, status));
    }

    #[test]
    fn a_means_of_the_commute_never_excludes(
        (_, wished, mut listed) in a_field(&[Field::CommuteMode]), car in any::<bool>(),
        strength in prop::sample::select(&STRENGTHS)
    ) {
        let mut offered = items("commute_mode", &listed);
        if car {
            offered.push_str("; benefit=car_commute");
            listed.push("car");
        }
        let has = listed.contains(&wished);
        let other = listed.iter().any(|l| *l != wished);
        let met = match strength {
            "avoid" | "never" => other,
            _ => has,
        };
        let got = sign("", &format!("{strength} commute_mode={wished}"), &offered);
        prop_assert_eq!(got, at(strength, if met { "+" } else { "?" }));
    }

    #[test]
    fn a_part_of_the_day_and_the_whole(
        (_, wished, listed) in a_field(&[Field::Shift]), strength in prop::sample::select(&STRENGTHS)
    ) {
        let positive = !["avoid", "never"].contains(&strength);
        let half = positive && wished == "day" && (listed.contains(&"morning") || listed.contains(&"afternoon"));
        let status = match listed.is_empty() {
            true => "?",
            false if (listed.contains(&wished) || half) == positive => "+",
            false => "-",
        };
        let got = sign("", &format!("{strength} shift={wished}"), &items("shift", &listed));
        prop_assert_eq!(got, at(strength, status));
    }

    #[test]
    fn a_hospital_covers_its_kinds(
        (_, wished, listed) in a_field(&[Field::Institution]), strength in prop::sample::select(&STRENGTHS)
    ) {
        let kinds = ["public_hospital", "university", "long_term", "rehabilitation", "psychiatric", "acute", "small", "large"];
        let covered = wished == "hospital" && listed.iter().any(|l| kinds.contains(l));
        let has = listed.contains(&wished) || covered;
        let positive = !["avoid", "never"].contains(&strength);
        let coarse = kinds.contains(&wished) && listed == ["hospital"];
        let status = match listed.is_empty() || coarse {
            true => "?",
            false if has == positive => "+",
            false => "-",
        };
        let got = sign("", &format!("{strength} institution={wished}"), &items("institution", &listed));
        prop_assert_eq!(got, at(strength, status));
    }

    #[test]
    fn relocation_is_offered_or_unknown(
        (_, wished, listed) in a_field(&[Field::Relocation]), strength in prop::sample::select(&STRENGTHS)
    ) {
        let status = match strength {
            // Without a commute that can be estimated nobody knows whether one must move.
            "avoid" | "never" if wished == "yes" => "?",
            "avoid" | "never" if listed.iter().any(|l| *l != wished) => "+",
            "avoid" | "never" => "?",
            _ if listed.contains(&wished) || listed.contains(&"yes") => "+",
            _ if wished == "yes" && !listed.is_empty() => "+",
            _ => "?",
        };
        let got = sign("", &format!("{strength} relocation={wished}"), &items("relocation", &listed));
        prop_assert_eq!(got, at(strength, status));
    }

    #[test]
    fn of_several_departments_the_wish_takes_the_best(
        wished in prop::sample::select(DEPARTMENTS), listed in prop::collection::vec(prop::sample::select(DEPARTMENTS), 1..4),
        strength in prop::sample::select(&["must", "want", "ok"][..])
    ) {
        let status = if listed.iter().any(|d| stands_in(wished, d)) { "+" }
            else if listed.iter().any(|d| stands_in(d, wished)) { "?" }
            else { "-" };
        // Who accepts one department and practises none is offered no other.
        let expected = if strength == "ok" && status == "-" { "x" } else { at(strength, status) };
        prop_assert_eq!(sign("", &format!("{strength} specialty={wished}"), &items("specialty", &listed)), expected);
    }

    #[test]
    fn a_refused_form_of_employment_needs_another_that_is_not(
        refused in prop::collection::btree_map(prop::sample::select(words(Field::Employment).unwrap()), prop::sample::select(&["avoid", "never"][..]), 1..4),
        listed in some_of(Field::Employment)
    ) {
        prop_assume!(!listed.is_empty());
        let wished: Vec<String> = refused.iter().map(|(w, s)| format!("{s} employment={w}")).collect();
        // For what must never be, what is only avoided is another.
        let left = |s: &str| listed.iter().any(|l| match refused.get(l) {
            Some(other) => s == "never" && *other == "avoid",
            None => true,
        });
        let met = |w: &str, s: &str| !listed.contains(&w) || left(s);
        let got = super::verdict("", &wished.join("; "), &items("employment", &listed));
        if refused.iter().any(|(w, s)| *s == "never" && !met(w, s)) {
            prop_assert_eq!(got, "x employment");
        } else {
            for (w, s) in &refused {
                let item = format!("{}employment={w}", if met(w, s) { "+" } else { "-" });
                prop_assert!(got.split(' ').any(|i| i == item), "{} in {}", item, got);
            }
        }
    }

    #[test]
    fn a_refused_department_hurts_only_alone_and_by_its_own_name(
        refused in prop::sample::subsequence(&["内科", "循環器内科", "外科", "精神科", "総合診療科"][..], 1..3),
        listed in prop::sample::subsequence(&["内科", "循環器内科", "外科", "精神科", "総合診療科"][..], 1..4),
        strength in prop::sample::select(&["avoid", "never"][..])
    ) {
        let wished: Vec<String> = refused.iter().map(|r| format!("{strength} specialty={r}")).collect();
        let left = listed.iter().any(|l| !refused.contains(l));
        let hit = refused.iter().any(|r| listed.contains(r));
        let got = super::verdict("", &wished.join("; "), &items("specialty", &listed));
        if hit && !left && strength == "never" {
            prop_assert_eq!(got, "x specialty");
        } else {
            for r in &refused {
                let sign = match (listed.contains(r), left) {
                    (false, _) => "+",
                    (true, true) => "?",
                    (true, false) => "-",
                };
                let item = format!("{sign}specialty={r}");
                prop_assert!(got.split(' ').any(|i| i == item), "{} in {}", item, got);
            }
        }
    }
}

#[test]
fn a_department_does_what_it_may_stand_in_for_and_no_other() {
    for wished in DEPARTMENTS {
        for offered in DEPARTMENTS {
            let expected = match (stands_in(wished, offered), stands_in(offered, wished)) {
                (true, _) => "+",
                (_, true) => "?",
                _ => "-",
            };
            let got = sign(
                "",
                &format!("want specialty={wished}"),
                &format!("specialty={offered}"),
            );
            assert_eq!(got, expected, "{wished} at {offered}");
        }
    }
}
