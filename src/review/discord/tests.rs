#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::{custom_id::Pressed, forms, origin, render};
use crate::{
    domain::{draft::Draft, message::Mailbox, wish::Diagnostic},
    review::card::{
        Action, Card,
        tests::{beside, case},
    },
};
use proptest::prelude::*;
use serde_json::Value;

/// Turns the direction of what follows.
const STEERS: char = '\u{202E}';

fn units(v: &Value) -> usize {
    v.as_str().map_or(0, |s| s.encode_utf16().count())
}

/// Text as strangers may write it.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,20}",
        "[ -~]{0,20}",
        Just("@everyone ".to_owned()),
        Just("***".to_owned()),
        Just("\u{202E}😀\n\n".to_owned()),
        Just("長い漢字の文章".repeat(40)),
        Just("|`[](".repeat(200)),
    ];
    prop::collection::vec(piece, 0..30).prop_map(|p| p.concat())
}

fn card(texts: &[String], many: usize) -> Card {
    let mut detail = case();
    let text = |i: usize| texts[i % texts.len()].clone();
    detail.summary.name = text(0);
    detail.summary.address = Some(text(1));
    detail.summary.assignee = Some(text(2));
    detail.summary.held_by = Some(text(3));
    detail.messages[0].subject = text(4);
    detail.reason = Some(text(5));
    detail.addresses = (0..many).map(|i| (text(i), Some(text(i + 1)))).collect();
    let mut answer: crate::domain::match_::MatchAnswer =
        serde_json::from_value(detail.answer.clone()).unwrap();
    answer.matches = (0..many)
        .map(|i| {
            let mut m = answer.matches[0].clone();
            m.id = format!("{i}{}", text(i));
            m.met = vec![text(i), text(i + 1)];
            m.unknown = vec![text(i + 2)];
            m
        })
        .collect();
    let ids: Vec<String> = answer.matches.iter().map(|m| m.id.clone()).collect();
    detail.answer = serde_json::to_value(answer).unwrap();
    let mut beside = beside();
    for id in &ids {
        let mut o = beside.openings["NGN-0012"].clone();
        o.institution_name = text(id.len());
        beside.openings.insert(id.clone(), o);
    }
    if let Some(reading) = &mut detail.messages[0].reading {
        reading.diagnostics = (0..many)
            .map(|i| Diagnostic {
                question: Some(text(i)),
                ..reading.diagnostics[0].clone()
            })
            .collect();
    }
    if let Some(d) = &mut detail.draft {
        d.suggestions = ids;
        d.subject = text(6);
        d.body = text(7).repeat(3);
        d.author = text(8);
        d.recipients = (0..many)
            .map(|i| Mailbox {
                name: text(i),
                address: text(i + 1),
            })
            .collect();
    }
    Card::of(
        &detail,
        &beside,
        10,
        chrono_tz::Asia::Tokyo,
        "2026-11-20T02:00:00Z".parse().unwrap(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_stands_in_a_case_the_card_keeps_discords_limits(
        texts in prop::collection::vec(hostile(), 1..9),
        many in 0usize..30,
    ) {
        let card = card(&texts, many);
        let headline = render::headline(&card, Some(u64::MAX));
        prop_assert!(headline.encode_utf16().count() <= 2000);
        let embeds = serde_json::to_value(render::embeds(&card)).unwrap();
        let mut sum = 0;
        for e in embeds.as_array().unwrap() {
            prop_assert!(units(&e["title"]) <= 256 && units(&e["description"]) <= 4096);
            sum += units(&e["title"]) + units(&e["description"]);
            let fields = e["fields"].as_array().cloned().unwrap_or_default();
            prop_assert!(fields.len() <= 25);
            for f in fields {
                prop_assert!((1..=256).contains(&units(&f["name"])), "{f}");
                prop_assert!((1..=1024).contains(&units(&f["value"])), "{f}");
                sum += units(&f["name"]) + units(&f["value"]);
            }
        }
        prop_assert!(sum <= 6000, "{sum}");
        let shown = embeds.to_string() + &headline;
        let speaks = shown.contains("@everyone") || shown.contains(STEERS);
        prop_assert!(!speaks);
        let rows = serde_json::to_value(render::rows(&card)).unwrap();
        prop_assert!(rows.as_array().unwrap().len() <= 5);
        for c in rows.as_array().unwrap().iter().flat_map(|r| r["components"].as_array().unwrap()) {
            prop_assert!((1..=100).contains(&units(&c["custom_id"])));
            for o in c["options"].as_array().into_iter().flatten() {
                prop_assert!((1..=100).contains(&units(&o["label"])) && (1..=100).contains(&units(&o["value"])));
                prop_assert!(units(&o["description"]) <= 100);
            }
        }
    }

    #[test]
    fn a_form_keeps_its_limits_and_gives_back_what_it_was_given(body in hostile(), subject in hostile()) {
        let draft = Draft { body, subject, ..case().draft.unwrap() };
        let pressed = Pressed { action: Action::Edit, case_id: 42, revision: 2 };
        let Ok(form) = forms::open(pressed, "MD-2611-0042", Some(&draft)) else {
            return Ok(());
        };
        let form = serde_json::to_value(form).unwrap();
        prop_assert!(units(&form["title"]) <= 45);
        let rows = form["components"].as_array().unwrap();
        prop_assert!(rows.len() <= 5);
        for row in rows {
            let input = &row["components"][0];
            prop_assert!(units(&input["value"]) <= 4000 && units(&input["label"]) <= 45);
        }
        let rows: Vec<serenity::all::ActionRow> = rows
            .iter()
            .map(|r| serde_json::from_value(r.clone()).unwrap())
            .collect();
        let filled = forms::Filled::read(&rows);
        prop_assert_eq!(filled.body.unwrap_or_default(), draft.body.trim_end());
    }
}

#[test]
fn recipients_are_read_as_people_type_them() {
    let known = [Mailbox {
        name: "佐藤 一郎".into(),
        address: "sato@example.com".into(),
    }];
    let read = |text: &str| {
        let filled = forms::Filled {
            to: Some(text.into()),
            ..forms::Filled::default()
        };
        let all = filled.recipients(&known).unwrap();
        all.iter()
            .map(|m| format!("{}<{}>", m.name, m.address))
            .collect::<Vec<_>>()
    };
    assert_eq!(read("Sato@example.com"), ["佐藤 一郎<sato@example.com>"]);
    assert_eq!(
        read("a@example.com、b@example.com,  a@example.com"),
        ["<a@example.com>", "<b@example.com>"]
    );
    assert!(read(" ").is_empty());
}

#[test]
fn the_place_of_a_note_is_read_in_either_form() {
    let text =
        r#"{"channel_id":"5","message_id":"6","author_id":"7","author_name":"佐藤","staff":true}"#;
    let read = origin::read(text).unwrap();
    assert_eq!(
        (read.channel.get(), read.message.get(), read.staff),
        (5, 6, true)
    );
    assert!(
        !origin::read(r#"{"channel_id":5,"message_id":6}"#)
            .unwrap()
            .staff
    );
    for broken in [
        "",
        "{}",
        r#"{"channel_id":"0","message_id":"6"}"#,
        r#"{"channel_id":"x","message_id":"6"}"#,
    ] {
        assert_eq!(origin::read(broken), None, "{broken}");
    }
}
