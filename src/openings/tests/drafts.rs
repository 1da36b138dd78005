use super::super::draft::{from_reading, missing};
use crate::domain::wish::{Field, Language, MessageKind, OpeningItem, Reading, Value};

fn reading(items: &[(&str, &str)]) -> Reading {
    Reading {
        opening: items
            .iter()
            .map(|(field, value)| OpeningItem {
                field: field.parse().unwrap(),
                value: Value::text(*value),
                quote: (*value).to_owned(),
                rule: String::new(),
            })
            .collect(),
        ..Reading::empty(MessageKind::Opening, Language::Ja)
    }
}

#[test]
fn an_offer_becomes_a_draft_that_says_what_it_lacks() {
    let reading = reading(&[
        ("action", "offer"),
        ("institution_name", "○○病院"),
        ("area", "長野県松本市"),
        ("area", "長野県塩尻市"),
        ("specialty", "内科"),
        ("night_duty", "none"),
    ]);
    let drafts = from_reading(&reading, "D-1", Some("別名"), Some("2026-11-21"));
    let [draft] = drafts.as_slice() else {
        panic!("{drafts:?}")
    };
    assert_eq!(
        (draft.institution_name.as_str(), draft.area.as_str()),
        ("○○病院", "長野県松本市")
    );
    let items: Vec<String> = draft
        .items
        .iter()
        .map(|i| format!("{}={}", i.field, i.value))
        .collect();
    assert_eq!(
        items,
        ["area=長野県塩尻市", "specialty=内科", "night_duty=none"]
    );
    assert_eq!(
        missing(draft),
        [
            Field::Employment,
            Field::DaysPerWeek,
            Field::Day,
            Field::OnCall,
            Field::SalaryMin,
            Field::Start
        ]
    );
}

#[test]
fn what_the_mail_leaves_open_stays_open() {
    let drafts = from_reading(&reading(&[("specialty", "内科")]), "D-2", None, None);
    assert_eq!(drafts[0].area, "");
    assert!(missing(&drafts[0]).starts_with(&[Field::Area]));
    assert!(missing(&drafts[0]).contains(&Field::InstitutionName));
}

#[test]
fn a_withdrawal_or_an_empty_reading_is_no_draft() {
    assert_eq!(
        from_reading(
            &reading(&[("action", "withdraw"), ("area", "長野県")]),
            "D-3",
            None,
            None
        ),
        []
    );
    assert_eq!(from_reading(&reading(&[]), "D-4", None, None), []);
}
