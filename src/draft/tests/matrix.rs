//! Every text over a matrix of inputs: no placeholder, no gap, no word of the vocabulary ever reaches a person.

use super::texts::{ack, answer, english, institution, list, opt_out};
use crate::config::Desk;
use crate::domain::wish::Language;
use crate::draft::template::TEMPLATES;
use crate::draft::*;
use chrono::{DateTime, Utc};

const LANGUAGES: [Language; 3] = [Language::Ja, Language::En, Language::Other];

fn addressees() -> Vec<Addressee> {
    let name = || Some("山田 太郎".to_owned());
    vec![
        Addressee::Doctor(name()),
        Addressee::Doctor(None),
        Addressee::Institution(Some("松本さくら病院".into())),
        Addressee::Institution(None),
        Addressee::Person(name()),
        Addressee::Person(None),
    ]
}

fn desks() -> Vec<Desk> {
    let mut never_open = Desk::default();
    never_open.office_hours.days.clear();
    vec![Desk::default(), never_open]
}

/// What must not stand in a text that people read.
fn check(text: &Text, language: Language, what: &str) {
    let body = &text.body;
    for (part, said) in [("subject", &text.subject), ("body", body)] {
        let prose: String = said
            .lines()
            .map(|line| line.trim_start().trim_end_matches('-').trim())
            .collect::<Vec<_>>()
            .join("\n");
        for wrong in [
            "{{",
            "{%",
            "%}",
            "}}",
            "None",
            "Some(",
            "undefined",
            "null",
            "「」",
            "（）",
            "()",
            "\"\"",
            "、、",
            "。。",
            "・・",
            "：\n",
            ": \n",
            "_",
            "：、",
            "; ;",
        ] {
            assert!(
                !prose.contains(wrong),
                "{what}: {wrong:?} in the {part}:\n{said}"
            );
        }
        assert!(
            !said.ends_with(' ') && !said.contains("\t"),
            "{what}: {said}"
        );
    }
    for line in body.lines() {
        let inner = line.trim_start_matches([' ', '　']);
        // Columns of the English signature are aligned by two blanks after their label.
        let inner = inner
            .strip_prefix("Phone:")
            .or(inner.strip_prefix("Hours:"))
            .unwrap_or(inner);
        assert!(
            !inner.trim().contains("  "),
            "{what}: two blanks in {line:?}"
        );
        assert_eq!(line, line.trim_end(), "{what}");
        let columns: usize = line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        assert!(columns <= 78, "{what}: {columns} columns in {line:?}");
    }
    assert!(
        !body.contains("\n\n\n") && !body.starts_with('\n'),
        "{what}:\n{body}"
    );
    assert!(body.contains("MD-2611-0042"), "{what}");
    assert!(body.contains("md@example.jp"), "{what}");
    if language != Language::Ja {
        let own_words = body.replace("山田 太郎", "").replace("松本さくら病院", "");
        assert!(
            own_words.is_ascii() || own_words.contains('–') || own_words.contains("長野県"),
            "{what}:\n{body}"
        );
    }
}

#[test]
fn every_template_is_used_and_compiles() {
    let names: Vec<&str> = TEMPLATES.iter().map(|(name, _)| *name).collect();
    let mut files: Vec<String> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/prompts"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".ja.txt") || name.ends_with(".en.txt"))
        .collect();
    files.sort();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    assert_eq!(files, sorted);
}

#[test]
fn a_missing_value_is_an_error_and_no_gap() {
    let error =
        template::render("opt_out.ja.txt", minijinja::context! { salutation => "x" }).unwrap_err();
    assert!(error.to_string().contains("opt_out.ja.txt"), "{error}");
    assert!(template::render("no.such.txt", minijinja::context! {}).is_err());
}

#[test]
fn acknowledgements() {
    let times: Vec<DateTime<Utc>> = [
        "2026-11-24T01:00:00Z",
        "2026-11-23T23:00:00Z",
        "2026-11-20T09:00:00Z",
        "2026-11-21T03:00:00Z",
    ]
    .iter()
    .map(|t| t.parse().unwrap())
    .collect();
    let kinds = [
        AckKind::DoctorInquiry,
        AckKind::DoctorUpdate,
        AckKind::Opening,
        AckKind::InstitutionInquiry,
        AckKind::General,
    ];
    let mut seen = 0;
    for desk in desks() {
        for language in LANGUAGES {
            let (few, many) = match language {
                Language::Ja => (
                    list(&["日勤"]),
                    list(&[
                        "日勤",
                        "平日",
                        "当直なし",
                        "週3日",
                        "内科",
                        "訪問診療",
                        "後進の指導",
                    ]),
                ),
                _ => (
                    list(&["day shift"]),
                    list(&[
                        "day shift",
                        "weekdays",
                        "no night duty",
                        "3 days",
                        "teaching",
                        "home visits",
                        "research",
                    ]),
                ),
            };
            for kind in kinds {
                for now in &times {
                    for understood in [
                        vec![],
                        few.clone(),
                        many.clone(),
                        list(&["", "www.example.com"]),
                    ] {
                        for unread in [Unread::Nothing, Unread::TooLarge, Unread::Attachment] {
                            for addressee in addressees() {
                                let text = acknowledgement(&AckInput {
                                    now: *now,
                                    kind,
                                    language,
                                    subject: "Part-time work",
                                    addressee: addressee.clone(),
                                    understood: understood.clone(),
                                    unread,
                                    ..ack(&desk)
                                })
                                .unwrap();
                                check(
                                    &text,
                                    language,
                                    &format!("{kind:?} {language:?} {now} {unread:?}"),
                                );
                                let says = if language == Language::Ja {
                                    "自動返信"
                                } else {
                                    "automatic reply"
                                };
                                assert!(text.body.contains(says));
                                assert!(!text.body.contains("www."));
                                seen += 1;
                            }
                        }
                    }
                }
            }
        }
    }
    assert_eq!(seen, 2 * 3 * 5 * 4 * 4 * 3 * 6);
}

#[test]
fn answers_to_doctors() {
    for desk in desks() {
        for language in LANGUAGES {
            let full = match language {
                Language::Ja => answer(&desk),
                _ => english(&desk),
            };
            let (change, relaxed, question) = match language {
                Language::Ja => (
                    "週3日",
                    "通勤30分以内",
                    "勤務の開始はいつ頃をお考えでしょうか。",
                ),
                _ => (
                    "3 days a week",
                    "a commute of at most 30 minutes",
                    "When could you start?",
                ),
            };
            for update in [false, true] {
                for understood in [vec![], full.understood.clone()] {
                    for suggestions in [
                        vec![],
                        full.suggestions.clone(),
                        vec![Suggestion::default(); 7],
                    ] {
                        for changes in [
                            vec![],
                            vec![
                                WishChange::Added(change.into()),
                                WishChange::Dropped(change.into()),
                            ],
                        ] {
                            for relaxations in [
                                vec![],
                                vec![
                                    Relaxed {
                                        condition: relaxed.into(),
                                        to: None,
                                        adds: 3,
                                    },
                                    Relaxed {
                                        condition: relaxed.into(),
                                        to: Some(relaxed.into()),
                                        adds: 1,
                                    },
                                    Relaxed {
                                        condition: relaxed.into(),
                                        to: None,
                                        adds: 0,
                                    },
                                ],
                            ] {
                                for considered in [0, 30] {
                                    for questions in [vec![], list(&[question])] {
                                        for addressee in addressees() {
                                            let mut suggestions = suggestions.clone();
                                            for s in &mut suggestions {
                                                if s.institution.is_empty() {
                                                    s.institution = "松本さくら病院".into();
                                                }
                                            }
                                            let input = SuggestionInput {
                                                language,
                                                update,
                                                understood: understood.clone(),
                                                suggestions,
                                                changes: changes.clone(),
                                                relaxations: relaxations.clone(),
                                                considered,
                                                questions: questions.clone(),
                                                addressee,
                                                ..full.clone()
                                            };
                                            let text = suggestion(&input).unwrap();
                                            check(&text, language, &format!("{input:?}"));
                                            assert!(!text.body.contains("6."), "{}", text.body);
                                            assert!(!text.body.contains("■6"), "{}", text.body);
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn answers_to_institutions_and_opt_outs() {
    use InstitutionRequest::{Change, Inquiry, Offer, Withdraw};
    for desk in desks() {
        for language in LANGUAGES {
            let item = if language == Language::Ja {
                "内科"
            } else {
                "part-time"
            };
            for request in [Offer, Change, Withdraw, Inquiry] {
                for items in [vec![], list(&[item])] {
                    for missing in [vec![], conditions::missing(&[], "", language)] {
                        for name in [None, Some("松本さくら病院".to_owned())] {
                            let input = InstitutionInput {
                                language,
                                request,
                                items: items.clone(),
                                missing: missing.clone(),
                                institution: name,
                                ..institution(&desk)
                            };
                            check(
                                &institution_reply(&input).unwrap(),
                                language,
                                &format!("{input:?}"),
                            );
                        }
                    }
                }
            }
            for addressee in addressees() {
                let input = OptOutInput {
                    language,
                    addressee,
                    ..opt_out(&desk)
                };
                check(
                    &opt_out_reply(&input).unwrap(),
                    language,
                    &format!("{input:?}"),
                );
            }
        }
    }
}

#[test]
fn age_and_sex_are_recognized() {
    use crate::draft::institution::speaks_of_age_or_sex;
    for item in [
        "50歳以下",
        "65才まで",
        "40代歓迎",
        "女性医師歓迎",
        "男性",
        "年齢制限あり",
        "under 60 years old",
        "male preferred",
        "age 40",
        "Female",
    ] {
        assert!(speaks_of_age_or_sex(item), "{item}");
    }
    for item in [
        "内科",
        "代診",
        "時代に合った勤務",
        "management",
        "manager",
        "定年なし",
        "average",
        "2027年4月から",
        "female",
    ] {
        assert_eq!(speaks_of_age_or_sex(item), item == "female", "{item}");
    }
}
