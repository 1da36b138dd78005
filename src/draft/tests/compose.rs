//! From readings and matches to inputs.

use crate::config::Desk;
use crate::domain::match_::{Match, MatchAnswer, Relaxation, RelaxedWish};
use crate::domain::opening::Opening;
use crate::domain::wish::{
    Diagnostic, Field, Language, MessageKind, OpeningItem, ProfileField, ProfileItem, Reading,
    Strength, Value, Wish,
};
use crate::draft::compose::*;
use crate::draft::{Addressee, InstitutionRequest, Unread, WishChange, suggestion};

fn wish(field: Field, value: Value, strength: Strength, quote: &str) -> Wish {
    Wish {
        field,
        value,
        strength,
        quote: quote.into(),
        rule: String::new(),
    }
}

fn fact(field: ProfileField, value: &str, quote: &str) -> ProfileItem {
    ProfileItem {
        field,
        value: Value::text(value),
        quote: quote.into(),
        rule: String::new(),
        source: None,
    }
}

fn item(field: Field, value: Value) -> OpeningItem {
    OpeningItem {
        field,
        value,
        quote: String::new(),
        rule: String::new(),
    }
}

fn doubt(quote: &str, question: Option<&str>) -> Diagnostic {
    Diagnostic {
        rule: "test".into(),
        message: "確認が必要です".into(),
        quote: quote.into(),
        span: None,
        question: question.map(Into::into),
    }
}

fn wishes() -> Vec<Wish> {
    vec![
        wish(
            Field::CommuteMinutes,
            Value::Number(30),
            Strength::Want,
            "通勤30分以内を希望",
        ),
        wish(
            Field::Day,
            Value::text("weekdays"),
            Strength::Must,
            "平日のみ",
        ),
        wish(
            Field::NightDuty,
            Value::text("any"),
            Strength::Never,
            "当直は難しい",
        ),
        wish(Field::Day, Value::text("sat"), Strength::Ok, "土曜も可"),
        wish(
            Field::Duty,
            Value::text("endoscopy"),
            Strength::Drop,
            "内視鏡は外して",
        ),
    ]
}

fn reading() -> Reading {
    Reading {
        profile: vec![fact(ProfileField::Name, "山田太郎", "山田 太郎")],
        wishes: wishes(),
        ..Reading::empty(MessageKind::DoctorInquiry, Language::Ja)
    }
}

#[test]
fn only_sure_wishes_are_repeated() {
    let mut reading = reading();
    assert_eq!(sure_wishes(&reading), ["通勤30分以内", "平日", "当直なし"]);
    reading.diagnostics = vec![doubt("当直は難しい", None), doubt("", None)];
    assert_eq!(sure_wishes(&reading), ["通勤30分以内", "平日"]);
    reading.diagnostics = vec![doubt("ぜひ平日のみでお願いします", None)];
    assert_eq!(sure_wishes(&reading), ["通勤30分以内", "当直なし"]);
}

#[test]
fn what_decides_stands_first() {
    let mut reading = reading();
    reading.wishes.reverse();
    for (field, value) in [
        (Field::Benefit, "housing"),
        (Field::Specialty, "精神科"),
        (Field::Shift, "day"),
        (Field::SpecialtyChange, "精神科"),
    ] {
        reading
            .wishes
            .push(wish(field, Value::text(value), Strength::Want, value));
    }
    let said = sure_wishes(&reading);
    assert_eq!(said[..4], ["通勤30分以内", "平日", "日勤", "当直なし"]);
    assert!(
        said.iter()
            .any(|s| s.contains("精神科") && s.contains("転科")),
        "{said:?}"
    );
    assert!(!said.contains(&"精神科".to_owned()), "{said:?}");
}

#[test]
fn the_name_is_written_as_its_owner_writes_it() {
    assert_eq!(
        addressee(&reading()),
        Addressee::Doctor(Some("山田 太郎".into()))
    );
    let header = [fact(ProfileField::Name, "JohnSmith", "Dr. John  Smith, MD")];
    assert_eq!(doctor(&header), Addressee::Doctor(Some("JohnSmith".into())));
    let proxy = [
        fact(ProfileField::Name, "山田太郎", "山田太郎"),
        fact(ProfileField::Writer, "proxy", "父に代わり"),
    ];
    assert_eq!(doctor(&proxy), Addressee::Person(None));
    assert_eq!(doctor(&[]), Addressee::Doctor(None));
}

#[test]
fn acknowledgements_by_kind() {
    let desk = Desk::default();
    let setting = Setting {
        desk: &desk,
        case_number: "MD-2611-0042",
        subject: "登録",
    };
    let now = "2026-11-24T01:00:00Z".parse().unwrap();
    for kind in MessageKind::ALL {
        let mut reading = reading();
        reading.kind = *kind;
        let input = acknowledge(setting, now, &reading, Unread::Nothing);
        match kind {
            MessageKind::Sales | MessageKind::Automatic => assert!(input.is_none(), "{kind}"),
            MessageKind::DoctorInquiry | MessageKind::DoctorUpdate => {
                assert_eq!(input.unwrap().understood.len(), 3, "{kind}");
            }
            _ => assert!(input.unwrap().understood.is_empty(), "{kind}"),
        }
    }
}

fn opening() -> Opening {
    Opening {
        id: "NGN-0012".into(),
        institution_name: "松本さくら病院".into(),
        area: "長野県松本市".into(),
        address: None,
        lat: None,
        lon: None,
        posted: None,
        expires: None,
        terms: std::collections::BTreeMap::new(),
        items: vec![
            item(
                Field::SalaryMin,
                serde_json::from_str(r#"{"amount":12000000,"unit":"year"}"#).unwrap(),
            ),
            item(Field::Specialty, Value::text("内科")),
            item(Field::NightDuty, Value::text("none")),
            item(Field::NightDuty, Value::Number(2)),
            item(Field::DaysPerWeek, Value::days(Some(5.0), Some(5.0))),
            item(Field::Beds, Value::Number(120)),
        ],
    }
}

fn matched() -> Match {
    Match {
        id: "NGN-0012".into(),
        score: 0.7,
        met: vec![
            "specialty=内科".into(),
            "day=weekdays".into(),
            "day=sat".into(),
        ],
        unmet: vec![
            r#"days_per_week={"min":3,"max":3}"#.into(),
            "night_duty=any".into(),
        ],
        unknown: vec![
            "commute_minutes=30".into(),
            "commute_minutes=30".into(),
            "broken".into(),
        ],
        asks: vec![
            "certification=総合内科専門医".into(),
            "years_experience=10".into(),
        ],
        commute: None,
    }
}

#[test]
fn a_match_becomes_a_suggestion_in_words() {
    let mut wishes = wishes();
    wishes.push(wish(
        Field::DaysPerWeek,
        Value::days(Some(3.0), Some(3.0)),
        Strength::Want,
        "週3日",
    ));
    let s = suggest(&matched(), &opening(), &wishes, Language::Ja);
    assert_eq!(s.institution, "松本さくら病院");
    assert_eq!(
        s.terms,
        [
            "内科",
            "週5日",
            "当直なしまたは当直月2回",
            "年収1,200万円〜"
        ]
    );
    assert_eq!(s.fits, ["内科", "平日", "土曜"]);
    assert_eq!(s.check, ["通勤30分以内"]);
    assert_eq!(
        s.lacks,
        [
            "週3日（求人は週5日）",
            "当直なし（求人は当直なし、当直月2回）"
        ]
    );
    assert_eq!(s.asks.first().map(String::as_str), Some("総合内科専門医"));
    assert_eq!(s.asks.len(), 2);
}

#[test]
fn a_case_becomes_a_letter() {
    let desk = Desk::default();
    let wishes = wishes();
    let profile = reading().profile;
    let answer = MatchAnswer {
        matches: vec![
            matched(),
            Match {
                id: "unknown".into(),
                ..matched()
            },
        ],
        considered: 30,
        relax: vec![Relaxation {
            wish: RelaxedWish {
                field: Field::CommuteMinutes,
                value: Value::Number(60),
                strength: Strength::Ok,
            },
            to: Some(Value::Number(90)),
            adds: 4,
            best: "NGN-0012".into(),
        }],
        ..MatchAnswer::default()
    };
    let changes = [
        (None, Some(wishes[3].clone())),
        (
            Some(wishes[0].clone()),
            Some(wish(
                Field::CommuteMinutes,
                Value::Number(45),
                Strength::Want,
                "45分",
            )),
        ),
        (
            Some(wish(
                Field::Duty,
                Value::text("endoscopy"),
                Strength::Want,
                "内視鏡",
            )),
            Some(wishes[4].clone()),
        ),
        (Some(wishes[4].clone()), None),
        (Some(wishes[1].clone()), Some(wishes[1].clone())),
        (None, None),
    ];
    let diagnostics = [
        doubt("", Some("勤務の開始はいつ頃をお考えでしょうか。")),
        doubt("", None),
    ];
    let openings = [opening()];
    let case = DoctorCase {
        setting: Setting {
            desk: &desk,
            case_number: "MD-2611-0042",
            subject: "登録",
        },
        language: Language::Ja,
        update: true,
        profile: &profile,
        wishes: &wishes,
        changes: &changes,
        diagnostics: &diagnostics,
        answer: &answer,
        openings: &openings,
        suggestions: 5,
    };
    let input = doctor_answer(&case);
    assert_eq!(
        input.understood,
        ["通勤30分以内", "平日", "当直なし", "土曜も可"]
    );
    assert_eq!(
        input.changes[..2],
        [
            WishChange::Added("土曜も可".into()),
            WishChange::Changed {
                from: "通勤30分以内".into(),
                to: "通勤45分以内".into()
            },
        ]
    );
    assert!(matches!(&input.changes[2..], [WishChange::Dropped(_)]));
    assert_eq!(input.suggestions.len(), 1);
    assert_eq!(input.questions, ["勤務の開始はいつ頃をお考えでしょうか。"]);
    assert_eq!(input.relaxations[0].condition, "通勤60分以内");
    assert_eq!(input.relaxations[0].to.as_deref(), Some("通勤90分以内"));
    insta::assert_snapshot!(suggestion(&input).unwrap().body);

    let english = doctor_answer(&DoctorCase {
        language: Language::En,
        ..case
    });
    assert!(english.questions.is_empty());
}

#[test]
fn doubts_are_asked_in_the_senders_language() {
    let about = |rule: &str, quote: &str, question: Option<&str>| Diagnostic {
        rule: rule.into(),
        ..doubt(quote, question)
    };
    let asked = [
        about(
            "place::ambiguous",
            "Fuchu",
            Some("「Fuchu」は、どちらの都道府県でいらっしゃいますか。"),
        ),
        about("start::vague", "in a\n while", Some("いつ頃でしょうか。")),
        about("test", "", Some("どの曜日でしょうか。")),
        about("test", "soon", None),
        about("test", "x", Some("When would you like to begin?")),
    ];
    let desk = Desk::default();
    let answer = MatchAnswer::default();
    let questions = |language| {
        doctor_answer(&DoctorCase {
            setting: Setting {
                desk: &desk,
                case_number: "MD-2611-0042",
                subject: "",
            },
            language,
            update: false,
            profile: &[],
            wishes: &[],
            changes: &[],
            diagnostics: &asked,
            answer: &answer,
            openings: &[],
            suggestions: 5,
        })
        .questions
    };
    assert_eq!(
        questions(Language::En),
        [
            "Several places are called “Fuchu”. Which prefecture is yours in?",
            "Could you tell us a little more about “in a while”?",
            "When would you like to begin?",
        ]
    );
    assert_eq!(questions(Language::Ja).len(), 4);
}

#[test]
fn an_offer_becomes_an_answer_to_the_institution() {
    let desk = Desk::default();
    let setting = Setting {
        desk: &desk,
        case_number: "MD-2611-0042",
        subject: "募集",
    };
    let mut reading = Reading::empty(MessageKind::Opening, Language::Ja);
    reading.opening = vec![
        item(Field::InstitutionName, Value::text("松本さくら病院")),
        item(Field::ContactPerson, Value::text("佐藤")),
        item(Field::Specialty, Value::text("内科")),
        item(Field::NightDuty, Value::text("none")),
    ];
    let text = "契約期間は1年（更新あり）。敷地内禁煙です。";
    let input = institution_answer(setting, &reading, text, &[]);
    assert_eq!(input.request, InstitutionRequest::Offer);
    assert_eq!(input.institution.as_deref(), Some("松本さくら病院"));
    assert_eq!(input.items, ["内科", "当直なし"]);
    for (word, asked) in [
        ("変更の範囲", true),
        ("試用期間", true),
        ("賃金", true),
        ("業務の内容", false),
        ("契約の期間", false),
        ("受動喫煙", false),
    ] {
        assert_eq!(
            input.missing.iter().any(|m| m.contains(word)),
            asked,
            "{word}: {:?}",
            input.missing
        );
    }

    reading
        .opening
        .push(item(Field::Action, Value::text("withdraw")));
    let input = institution_answer(setting, &reading, text, &[]);
    assert_eq!(input.request, InstitutionRequest::Withdraw);
    assert!(input.missing.is_empty());
}

#[test]
fn commutes_are_bands() {
    use crate::domain::match_::Commute;
    use crate::draft::suggestion::say_commute;
    for (mode, minutes, ja, en) in [
        (
            "car",
            [20, 35],
            "車で約20〜35分（概算）",
            "about 20–35 minutes by car (estimate)",
        ),
        (
            "train",
            [40, 40],
            "電車で約40分（概算）",
            "about 40 minutes by train (estimate)",
        ),
        (
            "car",
            [18, 31],
            "車で約15〜35分（概算）",
            "about 15–35 minutes by car (estimate)",
        ),
        (
            "car",
            [4, 11],
            "車で約15分以内（概算）",
            "within about 15 minutes by car (estimate)",
        ),
        (
            "car",
            [120, 300],
            "車で2時間以上（概算）",
            "two hours or more by car (estimate)",
        ),
    ] {
        let commute = Commute {
            mode: mode.into(),
            minutes,
        };
        assert_eq!(say_commute(&commute, Language::Ja), ja);
        assert_eq!(say_commute(&commute, Language::En), en);
    }
}
