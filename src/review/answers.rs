//! What the person who pressed is told: short, plain, and what to do next.

use crate::domain::{
    case::CaseState,
    review::{Actor, Outcome},
};

/// A decision that changed nothing, and why.
pub fn refused(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Done => String::new(),
        Outcome::AlreadyDone(who) if who.is_empty() => "すでに処理されています。".into(),
        Outcome::AlreadyDone(who) => format!("すでに{}さんが対応済みです。何も変更していません。", Actor::name_in(who)),
        Outcome::Stale => "これは古い版です。新しい下書きか新しいメールがあります。最新のカードをご覧ください。何も変更していません。".into(),
        Outcome::Held(who) => format!("{}さんが保留にしています。先に「再開」を押してください。", Actor::name_in(who)),
        Outcome::Impossible => "このままでは送信できません。".into(),
        Outcome::NotNow(state) => format!("今は「{}」のため、この操作はできません。何も変更していません。", state.label()),
        Outcome::Unknown => "その案件は見つかりません。番号をお確かめください。".into(),
    }
}

/// Approved; it leaves after the hold window.
pub fn approved(hold_seconds: u32) -> String {
    if hold_seconds == 0 {
        "承認しました。送信します。".into()
    } else {
        format!("承認しました。{hold_seconds}秒後に送信します。それまでは「取消」で止められます。")
    }
}

/// Called back.
pub fn cancelled() -> String {
    "承認を取り消しました。メールは送信していません。".into()
}

/// Too late.
pub fn too_late_to_cancel(state: CaseState) -> String {
    match state {
        CaseState::Sent => "すでに送信済みのため、取り消せません。".into(),
        CaseState::Queued => "送信が始まっているため、取り消せません。".into(),
        other => format!(
            "今は「{}」のため、取り消すものがありません。",
            other.label()
        ),
    }
}

/// A new revision stands.
pub fn edited() -> String {
    "新しい版を保存しました。送信するには承認してください。".into()
}

/// Sent back.
pub fn sent_back() -> String {
    "差し戻しました。理由を踏まえて下書きを作り直します。".into()
}

/// Other openings chosen.
pub fn chosen() -> String {
    "選んだ求人で下書きを作り直します。".into()
}

/// The reason that stands in the history where other openings were chosen.
pub fn chosen_reason() -> String {
    "求人を選び直した".into()
}

/// On hold, or off it.
pub fn held(on: bool) -> String {
    if on {
        "保留にしました。".into()
    } else {
        "再開しました。".into()
    }
}

/// In hand.
pub fn claimed(name: &str) -> String {
    format!("担当を{name}さんにしました。")
}

/// In one's own hand already.
pub fn already_claimed() -> String {
    "すでにあなたが担当です。".into()
}

/// Closed.
pub fn closed() -> String {
    "返信せずに対応を終了しました。".into()
}

/// An uncertain sending was settled.
pub fn settled(left: bool) -> String {
    if left {
        "送信済みにしました。".into()
    } else {
        "もう一度送信します。".into()
    }
}

/// Everything stopped or resumed.
pub fn stopped(on: bool, changed: bool) -> String {
    match (on, changed) {
        (true, true) => {
            "すべての送信を止めました。再開するまで、受付確認も返信も送りません。".into()
        }
        (true, false) => "すでに止まっています。".into(),
        (false, true) => "送信を再開しました。".into(),
        (false, false) => "止まっていません。".into(),
    }
}

/// No recipient.
pub fn no_recipient() -> String {
    "宛先のメールアドレスがありません。「編集」で宛先を入れるか、お電話でお伝えのうえ「対応終了」にしてください。".into()
}

/// Empty text.
pub fn empty_body() -> String {
    "本文が空です。何も変更していません。".into()
}

/// Empty subject.
pub fn empty_subject() -> String {
    "件名が空です。何も変更していません。".into()
}

/// No reason given.
pub fn empty_reason() -> String {
    "差し戻しの理由を書いてください。何も変更していません。".into()
}

/// The recipient gets no mail.
pub fn blocked_recipient() -> String {
    "この宛先には以前メールが届かなかったため、送信を止めています。お電話ください。".into()
}

/// The person wants no mail.
pub fn opted_out() -> String {
    "配信停止の申し出がある方です。停止の確認以外は送信できません。".into()
}

/// The mail cannot be made.
pub fn unsendable(why: &str) -> String {
    format!("このままでは送信できません。{why}。「編集」で直してください。")
}
