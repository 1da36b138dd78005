use super::super::draft::{from_posts, missing};
use crate::domain::wish::{Field, OpeningItem, Value};

fn post(items: &[(&str, &str)]) -> Vec<OpeningItem> {
    items
        .iter()
        .map(|(field, value)| OpeningItem {
            field: field.parse().unwrap(),
            value: Value::text(*value),
            quote: (*value).to_owned(),
            rule: String::new(),
        })
        .collect()
}

#[test]
fn an_offer_becomes_a_draft_that_says_what_it_lacks() {
    let post = post(&[
        ("action", "offer"),
        ("institution_name", "○○病院"),
        ("area", "長野県松本市"),
        ("area", "長野県塩尻市"),
        ("specialty", "内科"),
        ("night_duty", "none"),
    ]);
    let drafts = from_posts(&[post], "D-1", Some("別名"), Some("2026-11-21"));
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
    let drafts = from_posts(&[post(&[("specialty", "内科")])], "D-2", None, None);
    assert_eq!(drafts[0].area, "");
    assert!(missing(&drafts[0]).starts_with(&[Field::Area]));
    assert!(missing(&drafts[0]).contains(&Field::InstitutionName));
}

#[test]
fn a_withdrawal_or_an_empty_reading_is_no_draft() {
    assert_eq!(
        from_posts(
            &[post(&[("action", "withdraw"), ("area", "長野県")])],
            "D-3",
            None,
            None
        ),
        []
    );
    assert_eq!(from_posts(&[post(&[])], "D-4", None, None), []);
}

#[test]
fn each_post_of_a_mail_becomes_an_opening() {
    let house = [("institution_name", "○○病院"), ("area", "長野県松本市")];
    let of = |specialty: &'static str| post(&[house[0], house[1], ("specialty", specialty)]);
    let drafts = from_posts(&[of("内科"), post(&[]), of("外科")], "MAIL-12", None, None);
    let told: Vec<String> = drafts
        .iter()
        .map(|o| format!("{} {} {}", o.id, o.institution_name, o.items[0].value))
        .collect();
    assert_eq!(told, ["MAIL-12 ○○病院 内科", "MAIL-12-2 ○○病院 外科"]);
}
