//! Every sentence that staff read.

use crate::domain::case::CaseState;
use crate::domain::review::Outcome;
use crate::domain::wish::MessageKind;
use crate::draft::reasons;
use crate::draft::staff::{self, Action};

const ACTIONS: [Action; 9] = [
    Action::Approve,
    Action::Cancel,
    Action::Edit,
    Action::Return,
    Action::Hold,
    Action::Unhold,
    Action::Claim,
    Action::Close,
    Action::Settle,
];

#[test]
fn answers_to_decisions() {
    let mut said = String::new();
    for action in ACTIONS {
        for outcome in [
            Outcome::Done,
            Outcome::AlreadyDone("discord:42 佐藤".into()),
            Outcome::Stale,
            Outcome::Held("discord:43 鈴木".into()),
            Outcome::NotNow(CaseState::Queued),
            Outcome::Impossible,
            Outcome::Unknown,
        ] {
            let text = staff::decided(action, &outcome);
            said.push_str(&format!("{action:?} {outcome:?}\n  {text}\n"));
            assert!(!text.contains("discord:"), "{text}");
        }
    }
    insta::assert_snapshot!(said);
}

#[test]
fn notices() {
    let (case, to) = ("MD-2611-0042", "ya***@example.jp");
    let said = [
        staff::old_card(),
        staff::role_needed(),
        staff::empty_draft(),
        staff::draft_too_long(case),
        staff::reason_needed(),
        staff::failed(),
        staff::set_aside(17, 5, "件名を\n復号できません"),
        staff::bounced(case, to, "5.1.1"),
        staff::bounced(case, to, ""),
        staff::unblocked(to),
        staff::out_of_office(case, "2026-11-30".parse().ok()),
        staff::out_of_office(case, None),
        staff::opted_out(case),
        staff::approved_while_stopped(),
        staff::uncertain(case, to),
        staff::refused(case, to, "550 5.7.1 rejected"),
        staff::delayed(case, 4),
        staff::braked(200),
        staff::loop_suspected(to),
    ]
    .join("\n");
    insta::assert_snapshot!(said);
}

#[test]
fn reasons_on_a_card() {
    let mut said = vec![
        reasons::general_mail(),
        reasons::several_authors(),
        reasons::oversize(52 * 1024 * 1024, 30),
        reasons::unknown_address("yamada@example.jp"),
        reasons::no_draft(),
        reasons::no_recipient(),
        reasons::blocked_recipient(),
        reasons::wants_no_mail(),
        reasons::not_approved(),
        reasons::to_ourselves(),
        reasons::unsendable("本文が空です"),
        reasons::empty_subject(),
        reasons::chosen(),
        reasons::chosen_reason(),
        reasons::approved(60),
    ];
    for kind in MessageKind::ALL {
        said.push(reasons::new_message(*kind, false));
    }
    said.push(reasons::new_message(MessageKind::DoctorUpdate, true));
    for (on, changed) in [(true, true), (true, false), (false, true), (false, false)] {
        said.push(reasons::stop_pressed(on, changed));
    }
    insta::assert_snapshot!(said.join("\n"));
}
