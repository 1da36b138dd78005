//! The letters as people get them.

use crate::config::Desk;
use crate::domain::match_::Commute;
use crate::domain::wish::Language;
use crate::draft::*;

const CASE: &str = "MD-2611-0042";

pub(super) fn list(items: &[&str]) -> Vec<String> {
    items.iter().map(|s| (*s).to_owned()).collect()
}

fn letter(text: Result<Text, TextError>) -> String {
    let text = text.unwrap();
    format!("Subject: {}\n\n{}", text.subject, text.body)
}

pub(super) fn ack(desk: &Desk) -> AckInput<'_> {
    AckInput {
        desk,
        // A Tuesday, 10:00 in Tokyo.
        now: "2026-11-24T01:00:00Z".parse().unwrap(),
        kind: AckKind::DoctorInquiry,
        language: Language::Ja,
        case_number: CASE,
        subject: "通勤30分以内の勤務先を探しています",
        addressee: Addressee::Doctor(Some("山田 太郎".into())),
        understood: list(&["通勤30分以内", "平日", "日勤", "当直なし"]),
        unread: Unread::Nothing,
    }
}

#[test]
fn acknowledgement_of_an_inquiry() {
    insta::assert_snapshot!(letter(acknowledgement(&ack(&Desk::default()))));
}

#[test]
fn acknowledgement_on_a_closed_day() {
    insta::assert_snapshot!(letter(acknowledgement(&AckInput {
        now: "2026-11-21T03:00:00Z".parse().unwrap(),
        understood: list(&[
            "通勤30分以内",
            "平日",
            "日勤",
            "週4日",
            "当直なし",
            "外来",
            "年収1,200万円以上"
        ]),
        ..ack(&Desk::default())
    })));
}

#[test]
fn acknowledgement_before_hours_of_an_update() {
    insta::assert_snapshot!(letter(acknowledgement(&AckInput {
        now: "2026-11-23T23:00:00Z".parse().unwrap(),
        kind: AckKind::DoctorUpdate,
        subject: "Re: 通勤30分以内の勤務先（MD-2611-0042）",
        understood: list(&["週3日"]),
        ..ack(&Desk::default())
    })));
}

#[test]
fn acknowledgement_after_hours_without_wishes() {
    insta::assert_snapshot!(letter(acknowledgement(&AckInput {
        now: "2026-11-20T09:00:00Z".parse().unwrap(),
        addressee: Addressee::Doctor(None),
        subject: "",
        understood: vec![],
        unread: Unread::Attachment,
        ..ack(&Desk::default())
    })));
}

#[test]
fn acknowledgement_of_an_opening() {
    insta::assert_snapshot!(letter(acknowledgement(&AckInput {
        kind: AckKind::Opening,
        subject: "内科医師募集のお願い",
        addressee: Addressee::Institution(Some("松本さくら病院".into())),
        understood: vec![],
        ..ack(&Desk::default())
    })));
}

#[test]
fn acknowledgement_of_a_mail_that_was_too_large() {
    insta::assert_snapshot!(letter(acknowledgement(&AckInput {
        kind: AckKind::General,
        addressee: Addressee::Person(None),
        understood: vec![],
        unread: Unread::TooLarge,
        ..ack(&Desk::default())
    })));
}

#[test]
fn acknowledgement_in_english() {
    insta::assert_snapshot!(letter(acknowledgement(&AckInput {
        now: "2026-11-21T03:00:00Z".parse().unwrap(),
        language: Language::En,
        subject: "Part-time work near Nagoya",
        addressee: Addressee::Doctor(Some("John Smith".into())),
        understood: list(&[
            "a commute of at most 30 minutes",
            "weekdays",
            "no night duty"
        ]),
        ..ack(&Desk::default())
    })));
}

#[test]
fn acknowledgement_of_an_opening_in_english() {
    insta::assert_snapshot!(letter(acknowledgement(&AckInput {
        language: Language::En,
        kind: AckKind::Opening,
        subject: "Physician wanted",
        addressee: Addressee::Institution(None),
        understood: vec![],
        unread: Unread::Attachment,
        ..ack(&Desk::default())
    })));
}

pub(super) fn answer(desk: &Desk) -> SuggestionInput<'_> {
    SuggestionInput {
        desk,
        language: Language::Ja,
        case_number: CASE,
        subject: "通勤30分以内の勤務先を探しています",
        addressee: Addressee::Doctor(Some("山田 太郎".into())),
        update: false,
        understood: list(&["通勤30分以内", "平日", "日勤", "当直なし"]),
        changes: vec![],
        suggestions: vec![
            Suggestion {
                institution: "松本さくら病院".into(),
                place: "長野県松本市".into(),
                terms: list(&[
                    "内科",
                    "非常勤",
                    "週3日",
                    "平日",
                    "9:00〜17:00",
                    "外来",
                    "病棟管理",
                    "年収1,200万円〜",
                ]),
                fits: list(&["平日", "日勤"]),
                check: list(&["通勤30分以内", "当直なし"]),
                lacks: vec![],
                asks: list(&["総合内科専門医"]),
                commute: Some(Commute {
                    mode: "car".into(),
                    minutes: [20, 35],
                }),
            },
            Suggestion {
                institution: "安曇野健診センター".into(),
                place: "長野県安曇野市".into(),
                terms: list(&["健診", "週2日"]),
                fits: list(&["通勤30分以内", "平日", "当直なし"]),
                lacks: list(&["日勤（求人は午前勤務）"]),
                ..Suggestion::default()
            },
        ],
        considered: 30,
        relaxations: vec![],
        questions: list(&["通勤は、お車と電車のどちらでお考えでしょうか。"]),
    }
}

fn relaxations() -> Vec<Relaxed> {
    vec![
        Relaxed {
            condition: "通勤30分以内".into(),
            to: Some("通勤45分以内".into()),
            adds: 7,
        },
        Relaxed {
            condition: "当直なし".into(),
            to: None,
            adds: 2,
        },
    ]
}

#[test]
fn answer_with_suggestions() {
    insta::assert_snapshot!(letter(suggestion(&answer(&Desk::default()))));
}

#[test]
fn answer_to_an_update() {
    insta::assert_snapshot!(letter(suggestion(&SuggestionInput {
        update: true,
        changes: vec![
            WishChange::Added("土曜も可".into()),
            WishChange::Changed {
                from: "週4日".into(),
                to: "週3日".into(),
            },
            WishChange::Dropped("内視鏡".into()),
        ],
        questions: vec![],
        ..answer(&Desk::default())
    })));
}

#[test]
fn answer_where_nothing_fits() {
    insta::assert_snapshot!(letter(suggestion(&SuggestionInput {
        suggestions: vec![],
        relaxations: relaxations(),
        ..answer(&Desk::default())
    })));
}

#[test]
fn answer_where_nothing_fits_and_nothing_would_help() {
    insta::assert_snapshot!(letter(suggestion(&SuggestionInput {
        suggestions: vec![],
        questions: vec![],
        ..answer(&Desk::default())
    })));
}

#[test]
fn answer_where_nothing_was_understood() {
    insta::assert_snapshot!(letter(suggestion(&SuggestionInput {
        suggestions: vec![],
        understood: vec![],
        addressee: Addressee::Doctor(None),
        ..answer(&Desk::default())
    })));
}

#[test]
fn answer_from_the_career_alone() {
    insta::assert_snapshot!(letter(suggestion(&SuggestionInput {
        understood: vec![],
        questions: vec![],
        ..answer(&Desk::default())
    })));
}

pub(super) fn english(desk: &Desk) -> SuggestionInput<'_> {
    SuggestionInput {
        language: Language::En,
        subject: "Part-time work near Matsumoto",
        addressee: Addressee::Doctor(Some("John Smith".into())),
        understood: list(&[
            "a commute of at most 30 minutes",
            "weekdays",
            "no night duty",
        ]),
        suggestions: vec![Suggestion {
            institution: "松本さくら病院".into(),
            place: "長野県松本市".into(),
            terms: list(&["part-time", "3 days a week", "from 12,000,000 yen a year"]),
            fits: list(&["weekdays"]),
            check: list(&["no night duty"]),
            lacks: list(&["day shift (the opening: morning work)"]),
            asks: list(&["総合内科専門医"]),
            commute: Some(Commute {
                mode: "train".into(),
                minutes: [40, 40],
            }),
        }],
        questions: vec![],
        ..answer(desk)
    }
}

#[test]
fn answer_in_english() {
    insta::assert_snapshot!(letter(suggestion(&english(&Desk::default()))));
}

#[test]
fn answer_in_english_where_nothing_fits() {
    insta::assert_snapshot!(letter(suggestion(&SuggestionInput {
        suggestions: vec![],
        update: true,
        changes: vec![WishChange::Changed {
            from: "4 days a week".into(),
            to: "3 days a week".into(),
        }],
        relaxations: vec![
            Relaxed {
                condition: "a commute of at most 30 minutes".into(),
                to: Some("a commute of at most 45 minutes".into()),
                adds: 7,
            },
            Relaxed {
                condition: "no night duty".into(),
                to: None,
                adds: 2,
            },
        ],
        ..english(&Desk::default())
    })));
}

#[test]
fn answer_in_english_where_nothing_was_understood() {
    insta::assert_snapshot!(letter(suggestion(&SuggestionInput {
        suggestions: vec![],
        understood: vec![],
        addressee: Addressee::Person(None),
        ..english(&Desk::default())
    })));
}

pub(super) fn institution(desk: &Desk) -> InstitutionInput<'_> {
    InstitutionInput {
        desk,
        language: Language::Ja,
        case_number: CASE,
        subject: "内科医師募集のお願い",
        institution: Some("松本さくら病院".into()),
        request: InstitutionRequest::Offer,
        items: list(&[
            "内科",
            "非常勤",
            "週3日",
            "年収1,200万円〜",
            "50歳以下",
            "女性医師歓迎",
        ]),
        missing: conditions::missing(
            &[],
            "給与は年俸1,200万円、試用期間3か月です。",
            Language::Ja,
        ),
    }
}

#[test]
fn reply_to_an_offer() {
    let text = letter(institution_reply(&institution(&Desk::default())));
    assert!(!text.contains("歳") && !text.contains("女性"), "{text}");
    insta::assert_snapshot!(text);
}

#[test]
fn reply_to_a_complete_offer() {
    insta::assert_snapshot!(letter(institution_reply(&InstitutionInput {
        missing: vec![],
        ..institution(&Desk::default())
    })));
}

#[test]
fn reply_to_a_change() {
    insta::assert_snapshot!(letter(institution_reply(&InstitutionInput {
        request: InstitutionRequest::Change,
        missing: vec![],
        ..institution(&Desk::default())
    })));
}

#[test]
fn reply_to_a_withdrawal() {
    insta::assert_snapshot!(letter(institution_reply(&InstitutionInput {
        request: InstitutionRequest::Withdraw,
        ..institution(&Desk::default())
    })));
}

#[test]
fn reply_to_a_question() {
    insta::assert_snapshot!(letter(institution_reply(&InstitutionInput {
        request: InstitutionRequest::Inquiry,
        institution: None,
        items: vec![],
        missing: vec![],
        ..institution(&Desk::default())
    })));
}

#[test]
fn reply_to_an_offer_in_english() {
    insta::assert_snapshot!(letter(institution_reply(&InstitutionInput {
        language: Language::En,
        subject: "Physician wanted",
        institution: Some("Sakura Hospital".into()),
        items: list(&["part-time", "3 days a week"]),
        missing: conditions::missing(&[], "", Language::En),
        ..institution(&Desk::default())
    })));
}

pub(super) fn opt_out(desk: &Desk) -> OptOutInput<'_> {
    OptOutInput {
        desk,
        language: Language::Ja,
        case_number: CASE,
        subject: "配信停止のお願い",
        addressee: Addressee::Doctor(Some("山田 太郎".into())),
    }
}

#[test]
fn confirmation_of_an_opt_out() {
    insta::assert_snapshot!(letter(opt_out_reply(&opt_out(&Desk::default()))));
}

#[test]
fn confirmation_of_an_opt_out_in_english() {
    insta::assert_snapshot!(letter(opt_out_reply(&OptOutInput {
        language: Language::En,
        addressee: Addressee::Person(None),
        ..opt_out(&Desk::default())
    })));
}
