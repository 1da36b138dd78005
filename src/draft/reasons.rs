//! Why a person must look at a case, and what staff are told besides: the lines on a card that no press causes.

use crate::domain::message::{Doubt, DoubtKind};
use crate::domain::person::mask_address;
use crate::domain::wish::MessageKind;

/// The program has no answer for a mail of this kind.
pub fn general_mail() -> String {
    "内容を分類できない、または定型の返信がないメールです。本文を読んで対応してください。".into()
}

/// `From` names several people.
pub fn several_authors() -> String {
    "差出人が複数のメールです。だれに返信するかを確かめてください。受付確認は送っていません。"
        .into()
}

/// Only the header of a mail was fetched.
pub fn oversize(bytes: u64, limit_mb: u32) -> String {
    format!(
        "大きなメール（約{} MB、上限 {limit_mb} MB）のため見出しだけを読みました。メールソフトで本文を確認してください。",
        bytes.div_ceil(1024 * 1024)
    )
}

/// A further mail came into a case.
pub fn new_message(kind: MessageKind, had_draft: bool) -> String {
    let what = match kind {
        MessageKind::DoctorInquiry | MessageKind::DoctorUpdate => {
            "先生から新しいメールが届きました。"
        }
        MessageKind::Opening | MessageKind::InstitutionInquiry => {
            "医療機関から新しいメールが届きました。"
        }
        MessageKind::OptOut => "配信停止の申し出が届きました。",
        _ => "新しいメールが届きました。",
    };
    if had_draft {
        format!("{what}前の下書きは無効にしました。")
    } else {
        what.to_owned()
    }
}

/// A reply to one of our mails came from an address that is not on file.
pub fn unknown_address(address: &str) -> String {
    format!(
        "登録のないアドレス（{}）から、こちらのメールへの返信です。ご本人か確かめてください。宛先は登録済みのアドレスのままです。",
        mask_address(address)
    )
}

/// A sender who may not be who the mail says.
pub fn doubt(doubt: &Doubt) -> String {
    match doubt.kind {
        DoubtKind::Forged => format!(
            "差出人の認証に失敗しています（{}）。なりすましの恐れがあります。お電話などでご本人に確かめ、宛先を入れてください。",
            doubt.of
        ),
        DoubtKind::LookAlike => format!(
            "登録済みの{}に似せた、別のアドレスです。ご本人に確かめ、宛先を入れてください。",
            mask_address(&doubt.of)
        ),
        DoubtKind::KnownName => format!(
            "登録済みの{}先生と同じ名前ですが、アドレスは初めてです。ご本人か確かめてください。",
            doubt.of
        ),
    }
}

/// The program failed to write a draft.
pub fn no_draft() -> String {
    "下書きを作れませんでした。「編集」で返信を書くか、管理者に知らせてください。".into()
}

/// A draft without a recipient.
pub fn no_recipient() -> String {
    "宛先のメールアドレスがありません。「編集」で宛先を入れるか、お電話でお伝えのうえ「返信せずに終了」にしてください。".into()
}

/// The recipient gets no mail.
pub fn blocked_recipient() -> String {
    "この宛先には以前メールが届かなかったため、送信を止めています。お電話ください。".into()
}

/// The person wants no mail.
pub fn wants_no_mail() -> String {
    "配信停止の申し出がある方です。停止の確認のほかは送信できません。".into()
}

/// Somebody called the approval back.
pub fn not_approved() -> String {
    "承認が取り消されたため、送信しませんでした。".into()
}

/// A mail to ourselves.
pub fn to_ourselves() -> String {
    "宛先が事務局自身のため、送信しませんでした。".into()
}

/// The mail cannot be made; `why` says what is wrong.
pub fn unsendable(why: &str) -> String {
    format!("このままでは送信できません。{why}。「編集」で直してください。")
}

/// An edit without a subject.
pub fn empty_subject() -> String {
    "件名が空です。下書きは変更していません。".into()
}

/// Staff chose other openings.
pub fn chosen() -> String {
    "選んだ求人で下書きを作り直します。".into()
}

/// The reason that stands in the history where staff chose other openings.
pub fn chosen_reason() -> String {
    "求人を選び直した".into()
}

/// Approved; it leaves when the hold window ends.
pub fn approved(hold_seconds: u32) -> String {
    match hold_seconds {
        0 => "承認しました。送信します。".into(),
        n => format!("承認しました。{n}秒後に送信します。それまでは「取消」で止められます。"),
    }
}

/// The global stop, as the person who pressed is told.
pub fn stop_pressed(on: bool, changed: bool) -> String {
    match (on, changed) {
        (true, true) => {
            "すべての送信を止めました。再開するまで、受付確認も返信も送りません。".into()
        }
        (true, false) => "送信はすでに止まっています。".into(),
        (false, true) => "送信を再開しました。".into(),
        (false, false) => "送信は止まっていません。".into(),
    }
}
