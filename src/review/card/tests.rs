#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::{Action, Beside, Card, Tone, details, render};
use crate::{
    domain::{
        case::CaseState,
        draft::{AnswerKind, Draft, DraftState},
        match_::{Commute, Match, MatchAnswer, Relaxation, RelaxedWish},
        message::{Mailbox, Source},
        opening::Opening,
        outbox::{DeliveryStatus, OutboxEntry, OutboxKind},
        person::PersonKind,
        review::Approval,
        wish::{
            Diagnostic, Field, Language, MessageKind, OpeningItem, ProfileField, ProfileItem,
            Reading, Strength, Value, Wish,
        },
    },
    store::{CaseDetail, CaseSummary, MessageSummary, StandingWishes},
};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

mod asked;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn wish(field: Field, value: Value, strength: Strength, quote: &str) -> Wish {
    Wish {
        field,
        value,
        strength,
        quote: quote.into(),
        rule: String::new(),
    }
}

/// A case with a draft before staff.
pub(crate) fn case() -> CaseDetail {
    let wishes = vec![
        wish(
            Field::CommuteMinutes,
            Value::Number(30),
            Strength::Want,
            "通勤30分以内を希望します",
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
            Strength::Avoid,
            "当直なし希望",
        ),
        wish(
            Field::Employment,
            Value::text("part_time"),
            Strength::Ok,
            "非常勤でも可",
        ),
    ];
    let profile = vec![ProfileItem {
        field: ProfileField::Home,
        value: Value::text("長野県松本市"),
        quote: "松本市在住".into(),
        rule: String::new(),
        source: None,
    }];
    let reading = Reading {
        profile: profile.clone(),
        wishes: wishes.clone(),
        diagnostics: vec![Diagnostic {
            rule: "start".into(),
            message: "勤務開始の時期が読み取れません".into(),
            quote: "そのうちに".into(),
            span: None,
            question: None,
        }],
        ..Reading::empty(MessageKind::DoctorInquiry, Language::Ja)
    };
    let found = |id: &str, score: f64, unknown: &str| Match {
        id: id.into(),
        score,
        met: vec!["day=weekdays".into(), "commute_minutes=30".into()],
        unmet: vec![],
        unknown: vec![unknown.into()],
        asks: vec!["certification=総合内科専門医".into()],
        commute: Some(Commute {
            mode: "car".into(),
            minutes: [18, 31],
        }),
    };
    let answer = MatchAnswer {
        id: None,
        matches: vec![
            found("NGN-0012", 0.861, "night_duty=any"),
            found("NGN-0044", 0.5, "shift=day"),
        ],
        considered: 30,
        excluded: BTreeMap::new(),
        relax: vec![Relaxation {
            wish: RelaxedWish {
                field: Field::Day,
                value: Value::text("weekdays"),
                strength: Strength::Must,
            },
            to: None,
            adds: 3,
            best: "NGN-0044".into(),
        }],
    };
    CaseDetail {
        summary: CaseSummary {
            id: 42,
            number: "MD-2611-0042".into(),
            state: CaseState::InReview,
            kind: MessageKind::DoctorInquiry,
            name: "佐藤 一郎".into(),
            address: Some("sato.ichiro@example.com".into()),
            opened_at: at("2026-11-20T01:00:00Z"),
            changed_at: at("2026-11-20T01:05:00Z"),
            revision: Some(2),
            assignee: Some("discord:501 鈴木".into()),
            held_by: None,
        },
        version: 7,
        person_id: 3,
        person_kind: PersonKind::Doctor,
        language: Language::Ja,
        opted_out: false,
        paused_until: None,
        addresses: vec![("sato.ichiro@example.com".into(), None)],
        messages: vec![MessageSummary {
            id: 5,
            source: Source::Mail,
            received_at: at("2026-11-20T01:00:00Z"),
            kind: Some(MessageKind::DoctorInquiry),
            subject: "勤務先のご相談".into(),
            new_text: "本文".into(),
            sender: "sato.ichiro@example.com".into(),
            reading: Some(reading),
            message_id: None,
            origin: None,
            header_only: false,
            doubts: vec![],
        }],
        wishes: Some(StandingWishes {
            version: 1,
            message_id: 5,
            at: at("2026-11-20T01:00:00Z"),
            profile,
            wishes,
            changes: serde_json::json!([]),
        }),
        draft: Some(Draft {
            id: 9,
            case_id: 42,
            revision: 2,
            state: DraftState::Open,
            recipients: vec![Mailbox {
                name: "佐藤 一郎".into(),
                address: "sato.ichiro@example.com".into(),
            }],
            subject: "Re: 勤務先のご相談（MD-2611-0042）".into(),
            body: "佐藤先生\n\nご希望に合う求人をご案内いたします。\n\n敬具\n".into(),
            suggestions: vec!["NGN-0012".into()],
            kind: AnswerKind::Suggestion,
            answers: 5,
            author: "madoguchi".into(),
            created_at: at("2026-11-20T01:05:00Z"),
            closed_by: None,
            reason: None,
        }),
        answer: serde_json::to_value(answer).unwrap(),
        approval: None,
        outbox: vec![],
        reason: None,
        redraft: None,
        newest_message: Some(5),
        draft_due: None,
    }
}

pub(crate) fn beside() -> Beside {
    let opening = |id: &str, institution: &str, items: Vec<OpeningItem>| Opening {
        id: id.into(),
        institution_name: institution.into(),
        area: "長野県松本市".into(),
        items,
        ..Opening::default()
    };
    let days = OpeningItem {
        field: Field::DaysPerWeek,
        value: Value::days(Some(5.0), Some(5.0)),
        quote: String::new(),
        rule: String::new(),
    };
    let openings = [
        opening("NGN-0012", "みどり病院", vec![]),
        opening("NGN-0044", "あおぞら診療所", vec![days]),
    ];
    Beside {
        openings: openings.into_iter().map(|o| (o.id.clone(), o)).collect(),
        versions: vec![],
    }
}

fn card(detail: &CaseDetail) -> Card {
    Card::of(
        detail,
        &beside(),
        5,
        chrono_tz::Asia::Tokyo,
        at("2026-11-20T02:00:00Z"),
    )
}

fn outbox(status: DeliveryStatus, attempts: u32) -> OutboxEntry {
    OutboxEntry {
        id: 77,
        kind: OutboxKind::Answer,
        case_id: Some(42),
        draft_id: Some(9),
        person_id: Some(3),
        message_id: "x@example.jp".into(),
        envelope_from: None,
        recipients: vec![],
        mime: vec![],
        status,
        due: at("2026-11-20T02:01:00Z"),
        attempts,
        handed_over: false,
        error: Some("451 後でもう一度".into()),
    }
}

#[test]
fn the_card_at_the_terminal() {
    let detail = case();
    let text = render(&card(&detail), &details(&detail), chrono_tz::Asia::Tokyo);
    insta::assert_snapshot!(text);
}

#[test]
fn a_case_that_needs_a_person_at_the_terminal() {
    let mut detail = case();
    detail.summary.state = CaseState::NeedsHuman;
    detail.summary.held_by = Some("terminal:sato 佐藤".into());
    detail.draft = None;
    detail.answer = serde_json::Value::Null;
    detail.wishes = None;
    detail.messages[0].reading = None;
    detail.reason = Some("提案できる求人がありません".into());
    detail.addresses = vec![("sato.ichiro@example.com".into(), Some("5.1.1".into()))];
    detail.paused_until = Some(at("2026-12-01T00:00:00Z"));
    detail.opted_out = true;
    let text = render(&card(&detail), &details(&detail), chrono_tz::Asia::Tokyo);
    insta::assert_snapshot!(text);
}

#[test]
fn what_the_terminal_shows_steers_no_terminal() {
    let mut detail = case();
    detail.messages[0].subject = "\u{1b}[31m赤\u{7}\u{202E}".into();
    if let Some(d) = &mut detail.draft {
        d.body = "本文\u{1b}]0;題\u{7}\r\nつづき".into();
    }
    let text = render(&card(&detail), &details(&detail), chrono_tz::Asia::Tokyo);
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text}");
    assert!(!text.contains('\u{202E}'));
}

#[test]
fn each_state_offers_what_can_be_done_in_it() {
    use Action as A;
    let check = |change: &dyn Fn(&mut CaseDetail), expect: &[Action]| {
        let mut detail = case();
        change(&mut detail);
        let state = detail.summary.state;
        assert_eq!(card(&detail).actions, expect, "{state:?}");
    };
    let state = |s: CaseState| move |d: &mut CaseDetail| d.summary.state = s;
    check(
        &state(CaseState::InReview),
        &[
            A::Approve,
            A::Edit,
            A::Reject,
            A::Hold,
            A::Claim,
            A::Recipients,
            A::Choose,
            A::Close,
            A::Wishes,
            A::Whole,
        ],
    );
    check(
        &state(CaseState::Understood),
        &[A::Hold, A::Claim, A::Close, A::Wishes, A::Whole],
    );
    check(
        &state(CaseState::NeedsHuman),
        &[A::Write, A::Close, A::Hold, A::Claim, A::Wishes, A::Whole],
    );
    check(&state(CaseState::Sent), &[A::Write, A::Wishes, A::Whole]);
    check(&state(CaseState::Rejected), &[A::Wishes, A::Whole]);
    check(
        &|d| {
            d.summary.state = CaseState::Approved;
            d.outbox = vec![outbox(DeliveryStatus::Scheduled, 0)];
        },
        &[A::Cancel, A::Wishes, A::Whole],
    );
    check(
        &|d| {
            d.summary.state = CaseState::Queued;
            d.outbox = vec![outbox(DeliveryStatus::InFlight, 1)];
        },
        &[A::Wishes, A::Whole],
    );
    check(
        &|d| {
            d.summary.state = CaseState::NeedsHuman;
            d.outbox = vec![outbox(DeliveryStatus::Uncertain, 1)];
        },
        &[
            A::Left(77),
            A::Again(77),
            A::Write,
            A::Close,
            A::Hold,
            A::Claim,
            A::Wishes,
            A::Whole,
        ],
    );
}

#[test]
fn what_must_not_be_overlooked_is_noted_first() {
    let notes = |change: &dyn Fn(&mut CaseDetail)| {
        let mut detail = case();
        change(&mut detail);
        card(&detail).notes
    };
    assert!(notes(&|_| {}).is_empty());
    for (change, tone, words) in [
        (
            &(|d: &mut CaseDetail| d.reason = Some("二通りに読めます".into()))
                as &dyn Fn(&mut CaseDetail),
            Tone::Alarm,
            "二通りに読めます",
        ),
        (
            &|d| d.addresses[0].1 = Some("5.1.1".into()),
            Tone::Alarm,
            "お電話ください",
        ),
        (&|d| d.opted_out = true, Tone::Alarm, "配信停止"),
        (
            &|d| d.draft.as_mut().unwrap().recipients.clear(),
            Tone::Alarm,
            "宛先がありません",
        ),
        (
            &|d| d.addresses[0].0 = "other@example.com".into(),
            Tone::Caution,
            "登録にない宛先",
        ),
        (
            &|d| d.paused_until = Some(at("2026-12-01T00:00:00Z")),
            Tone::Caution,
            "12月1日 まで不在",
        ),
        (
            &|d| d.messages[0].header_only = true,
            Tone::Caution,
            "見出しだけ",
        ),
        (
            &|d| d.summary.held_by = Some("discord:1 鈴木".into()),
            Tone::Caution,
            "鈴木 さんが保留",
        ),
        (
            &|d| d.outbox = vec![outbox(DeliveryStatus::PermanentFailure, 1)],
            Tone::Alarm,
            "送信できませんでした",
        ),
        (
            &|d| d.outbox = vec![outbox(DeliveryStatus::TemporaryFailure, 3)],
            Tone::Caution,
            "3回目",
        ),
        (
            &|d| d.outbox = vec![outbox(DeliveryStatus::Uncertain, 1)],
            Tone::Alarm,
            "分かりません",
        ),
        (
            &|d| {
                d.approval = Some(Approval {
                    id: 1,
                    draft_id: 9,
                    reviewer: "discord:501 佐藤".into(),
                    at: at("2026-11-20T02:00:00Z"),
                });
            },
            Tone::Plain,
            "佐藤 さんが承認",
        ),
    ] {
        let notes = notes(change);
        assert!(
            notes
                .iter()
                .any(|n| n.tone == tone && n.text.contains(words)),
            "{words}: {notes:?}"
        );
    }
    let mixed = notes(&|d| {
        d.summary.held_by = Some("x y".into());
        d.opted_out = true;
    });
    assert_eq!(mixed[0].tone, Tone::Alarm);
}

#[test]
fn changed_wishes_are_named() {
    let mut detail = case();
    let before = wish(
        Field::DaysPerWeek,
        Value::days(Some(4.0), Some(4.0)),
        Strength::Want,
        "週4",
    );
    let after = wish(
        Field::DaysPerWeek,
        Value::days(Some(3.0), Some(3.0)),
        Strength::Want,
        "週3",
    );
    let gone = wish(Field::NightDuty, Value::text("any"), Strength::Never, "");
    let new = wish(Field::Day, Value::text("sat"), Strength::Ok, "");
    let weaker = wish(Field::Day, Value::text("weekdays"), Strength::Want, "");
    let firmer = Wish {
        strength: Strength::Must,
        ..weaker.clone()
    };
    let first = detail.wishes.clone().unwrap();
    let version = |n: u32, changes: serde_json::Value| StandingWishes {
        version: n,
        at: at("2026-11-20T01:00:00Z") + chrono::Duration::minutes(i64::from(n)),
        changes,
        ..first.clone()
    };
    let mut versions = vec![
        first.clone(),
        version(
            2,
            serde_json::json!([
                {"what": "changed", "before": before, "after": after},
                {"what": "dropped", "before": gone, "after": null},
                {"what": "changed", "before": weaker, "after": firmer},
                {"what": "added", "before": null, "after": new},
            ]),
        ),
    ];
    let changes = |detail: &CaseDetail, versions: &[StandingWishes]| {
        let beside = Beside {
            versions: versions.to_vec(),
            ..beside()
        };
        let now = at("2026-11-20T02:00:00Z");
        Card::of(detail, &beside, 5, chrono_tz::Asia::Tokyo, now).changes
    };
    assert_eq!(
        changes(&detail, &versions),
        [
            "＋ 土曜（可）",
            "週4日 → 週3日",
            "平日 → 平日（必須）",
            "− 当直なしの条件"
        ]
    );
    // A further mail before the answer: each wish as it was at first and as it is at last.
    let fewer = wish(
        Field::DaysPerWeek,
        Value::days(Some(2.0), Some(2.0)),
        Strength::Want,
        "週2",
    );
    versions.push(version(
        3,
        serde_json::json!([
            {"what": "changed", "before": after, "after": fewer},
            {"what": "dropped", "before": new, "after": null},
            {"what": "added", "before": null, "after": gone},
        ]),
    ));
    assert_eq!(
        changes(&detail, &versions),
        ["週4日 → 週2日", "平日 → 平日（必須）"]
    );
    // What was answered is no longer news.
    detail.outbox = vec![OutboxEntry {
        due: at("2026-11-20T01:02:30Z"),
        ..outbox(DeliveryStatus::Completed, 1)
    }];
    assert_eq!(
        changes(&detail, &versions),
        ["＋ 当直なし（必須）", "週3日 → 週2日", "− 土曜の希望"]
    );
    assert!(changes(&detail, &versions[..1]).is_empty());
}

#[test]
fn changed_facts_are_named_too() {
    let detail = case();
    let fact = |field, value: &str| ProfileItem {
        field,
        value: Value::text(value),
        quote: String::new(),
        source: None,
        rule: String::new(),
    };
    let first = detail.wishes.clone().unwrap();
    let second = StandingWishes {
        version: 2,
        profile: vec![
            fact(ProfileField::Home, "長野県長野市"),
            fact(ProfileField::Certification, "総合内科専門医"),
        ],
        ..first.clone()
    };
    let beside = Beside {
        versions: vec![first, second],
        ..beside()
    };
    let now = at("2026-11-20T02:00:00Z");
    assert_eq!(
        Card::of(&detail, &beside, 5, chrono_tz::Asia::Tokyo, now).changes,
        [
            "お住まい: 長野県松本市 → 長野県長野市",
            "＋ 資格: 総合内科専門医"
        ]
    );
}

#[test]
fn each_suggestion_says_what_fits_what_to_check_and_what_it_lacks() {
    let mut detail = case();
    let mut answer: MatchAnswer = serde_json::from_value(detail.answer.clone()).unwrap();
    answer.matches[1].met = vec!["employment=part_time".into(), "day=weekdays".into()];
    answer.matches[1].unknown = vec!["commute_minutes=30".into()];
    answer.matches[1].unmet = vec![
        r#"days_per_week={"min":3,"max":3}"#.into(),
        "institution=clinic".into(),
        "institution=hospital".into(),
    ];
    answer.matches[1].asks = vec![];
    detail.answer = serde_json::to_value(answer).unwrap();
    detail.draft.as_mut().unwrap().suggestions = vec!["NGN-0012".into(), "NGN-0044".into()];
    let [first, second] = &card(&detail).suggestions[..] else {
        panic!("two were suggested")
    };
    assert_eq!(
        first.headline(),
        "みどり病院 長野県松本市  一致86%  車で約15〜35分"
    );
    assert_eq!(
        first.brief.lines(),
        [
            "○ 合う: 平日・通勤30分以内",
            "△ 確認: 当直なし・総合内科専門医（応募条件）"
        ]
    );
    assert_eq!(
        second.brief.lines(),
        [
            "○ 合う: 平日・非常勤",
            "△ 確認: 通勤30分以内",
            "× 合わない: 週3日（求人は週5日）・診療所・病院",
            "→ あと少し: 通勤があと最大1分（実際の所要時間を確認）"
        ]
    );
}
