//! Every sentence that staff read in chat and at the terminal: short and plain Japanese, one place for both.

use super::clean;
use super::office_hours::say_date;
use crate::domain::review::{Actor, Outcome};
use crate::domain::wish::Language;
use chrono::NaiveDate;

/// What buttons, menus and form fields are called.
pub mod button {
    /// Approves the draft; it is sent after the hold window.
    pub const APPROVE: &str = "承認して送信";
    /// Opens the draft for editing.
    pub const EDIT: &str = "編集";
    /// Asks for another draft, with a reason.
    pub const RETURN: &str = "差し戻し";
    /// Puts the case on hold.
    pub const HOLD: &str = "保留";
    /// Takes the case off hold.
    pub const UNHOLD: &str = "保留を解除";
    /// Takes the case in hand.
    pub const CLAIM: &str = "担当する";
    /// Calls an approval back.
    pub const CANCEL: &str = "取消";
    /// Shows the words that prove each wish.
    pub const QUOTES: &str = "引用を見る";
    /// Shows the whole draft.
    pub const FULL_DRAFT: &str = "下書き全文";
    /// Chooses the openings that are suggested.
    pub const CHOOSE: &str = "求人を選び直す";
    /// Closes the case without an answer.
    pub const CLOSE: &str = "返信せずに終了";
    /// Says that a mail of unknown outcome had left.
    pub const IT_LEFT: &str = "届いている（送らない）";
    /// Says that a mail of unknown outcome had not left.
    pub const SEND_AGAIN: &str = "届いていない（送り直す）";
}

/// What the parts of a card and the fields of a form are called.
pub mod label {
    /// The case number.
    pub const CASE: &str = "受付番号";
    /// The sender, masked.
    pub const SENDER: &str = "差出人";
    /// Where the case stands.
    pub const STATE: &str = "状態";
    /// Who has it in hand.
    pub const ASSIGNEE: &str = "担当";
    /// What was read.
    pub const WISHES: &str = "読み取ったご希望";
    /// What is doubtful.
    pub const DOUBTS: &str = "確認したい点";
    /// The openings that are suggested.
    pub const SUGGESTIONS: &str = "候補の求人";
    /// Recipients.
    pub const RECIPIENTS: &str = "宛先";
    /// Subject.
    pub const SUBJECT: &str = "件名";
    /// The text.
    pub const DRAFT: &str = "下書き";
    /// The reason for another draft.
    pub const REASON: &str = "差し戻しの理由";
    /// Nobody has it in hand.
    pub const NOBODY: &str = "未定";
}

/// What a member of staff wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Approve the draft.
    Approve,
    /// Call the approval back.
    Cancel,
    /// Save an edited draft.
    Edit,
    /// Ask for another draft.
    Return,
    /// Put on hold.
    Hold,
    /// Take off hold.
    Unhold,
    /// Take in hand.
    Claim,
    /// Close without an answer.
    Close,
    /// Settle a sending of unknown outcome.
    Settle,
}

impl Action {
    /// 「いまは」 and this is what a refused action is answered.
    const fn refusal(self) -> &'static str {
        match self {
            Action::Approve => "承認できません",
            Action::Cancel => "承認を取り消せません",
            Action::Edit => "下書きを編集できません",
            Action::Return => "差し戻せません",
            Action::Hold => "保留にできません",
            Action::Unhold => "保留を解除できません",
            Action::Claim => "担当になれません",
            Action::Close => "終了できません",
            Action::Settle => "送信の結果を記録できません",
        }
    }
}

/// What the person who decided is told. Of all outcomes only `Done` changed anything.
pub fn decided(action: Action, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Done => done(action),
        Outcome::AlreadyDone(who) => already(action, Actor::name_in(who)),
        Outcome::Stale => old_card(),
        Outcome::Held(who) => format!(
            "{}さんが保留にしています。保留を解除してから操作してください。",
            name(Actor::name_in(who))
        ),
        Outcome::NotNow(state) => format!(
            "いまは{}（状態：{}）。何も変更していません。",
            action.refusal(),
            state.label()
        ),
        Outcome::Impossible => "このままでは送信できません。".into(),
        Outcome::Unknown => "その受付番号は見つかりません。番号を確かめてください。".into(),
    }
}

fn done(action: Action) -> String {
    match action {
        Action::Approve => "承認しました。送信までの間は「取消」で止められます。".into(),
        Action::Cancel => "承認を取り消しました。メールは送られません。".into(),
        Action::Edit => "下書きを保存しました。新しい版を確かめてから承認してください。".into(),
        Action::Return => "差し戻しました。下書きを作り直します。".into(),
        Action::Hold => "保留にしました。".into(),
        Action::Unhold => "保留を解除しました。".into(),
        Action::Claim => "あなたが担当になりました。".into(),
        Action::Close => "返信せずに終了しました。".into(),
        Action::Settle => "送信の結果を記録しました。".into(),
    }
}

fn already(action: Action, who: &str) -> String {
    let who = name(who);
    match action {
        Action::Approve => format!("すでに{who}さんが承認しています。"),
        Action::Cancel => format!("すでに{who}さんが取り消しています。"),
        Action::Edit => {
            format!("すでに{who}さんが新しい版を保存しています。その版をご覧ください。")
        }
        Action::Return => format!("すでに{who}さんが差し戻しています。"),
        Action::Hold => format!("すでに{who}さんが保留にしています。"),
        Action::Unhold => "保留はすでに解除されています。".into(),
        Action::Claim => format!("すでに{who}さんが担当しています。"),
        Action::Close => format!("すでに{who}さんが終了しています。"),
        Action::Settle => format!("すでに{who}さんが結果を記録しています。"),
    }
}

/// A press on a card whose draft is no longer the newest.
pub fn old_card() -> String {
    "このカードは古い版です。新しい下書きをご覧ください。".into()
}

/// A press by somebody without the staff role.
pub fn role_needed() -> String {
    "この操作には事務局の役割が必要です。管理者に役割の付与を頼んでください。".into()
}

/// An edit that leaves nothing to send.
pub fn empty_draft() -> String {
    "本文が空です。下書きは変更していません。".into()
}

/// A draft that does not fit the form of the chat.
pub fn draft_too_long(case_number: &str) -> String {
    format!(
        "下書きが長いため、ここでは編集できません。端末で madoguchi review edit {case_number} を使ってください。"
    )
}

/// A rejected draft without a reason.
pub fn reason_needed() -> String {
    "理由を書いてください。理由は次の下書きに使います。".into()
}

/// The store or the program failed while a decision was carried out.
pub fn failed() -> String {
    "エラーのため操作できませんでした。何も変更していません。少し待ってからもう一度お試しください。"
        .into()
}

/// A mail that could not be handled.
pub fn set_aside(message: i64, tries: u32, reason: &str) -> String {
    format!(
        "処理できないメールを脇に置きました（記録番号 {message}、{tries}回試行）。元のメールは保存してあります。メールソフトで確認してください。原因：{}",
        clean::line(reason, 200)
    )
}

/// A mail came back.
pub fn bounced(case_number: &str, recipient: &str, status: &str) -> String {
    let status = if status.is_empty() {
        String::new()
    } else {
        format!("、エラー {}", clean::line(status, 20))
    };
    format!(
        "{case_number}：メールが届きませんでした（{recipient}{status}）。お電話ください。このアドレスへの送信は止めてあります。"
    )
}

/// An address that gets mail again.
pub fn unblocked(recipient: &str) -> String {
    format!("{recipient} への送信停止を解除しました。")
}

/// An out-of-office answer, with the day that it names.
pub fn out_of_office(case_number: &str, until: Option<NaiveDate>) -> String {
    match until {
        Some(date) => format!(
            "{case_number}：不在の自動返信が届きました。{}までご不在の見込みです。",
            say_date(date, Language::Ja)
        ),
        None => format!(
            "{case_number}：不在の自動返信が届きました（戻りの日の記載なし）。返信はしていません。"
        ),
    }
}

/// Somebody wants no more mails.
pub fn opted_out(case_number: &str) -> String {
    format!(
        "{case_number}：配信停止の申し出です。この方への送信をすべて止めました。確認の返信は、承認した場合だけ送ります。"
    )
}

/// An approval while the global stop is set.
pub fn approved_while_stopped() -> String {
    "承認しました。ただし、いまは送信を止めているため、再開するまで送られません。".into()
}

/// Nobody knows whether a mail left.
pub fn uncertain(case_number: &str, recipient: &str) -> String {
    format!(
        "{case_number}：{recipient} へのメールが送信中に途切れ、届いたかどうか分かりません。自動では送り直しません。送信済みフォルダーか電話で確かめ、「{}」か「{}」を押してください。",
        button::IT_LEFT,
        button::SEND_AGAIN
    )
}

/// A mail that the server refused for good.
pub fn refused(case_number: &str, recipient: &str, answer: &str) -> String {
    format!(
        "{case_number}：{recipient} へのメールをサーバーが受け付けませんでした。お電話ください。サーバーの返事：{}",
        clean::line(answer, 200)
    )
}

/// A mail that is still being tried.
pub fn delayed(case_number: &str, tries: u32) -> String {
    format!(
        "{case_number}：メールサーバーの都合で、まだ送れていません（{tries}回試行）。自動で送り直します。"
    )
}

/// The brake on automatic mails held one back.
pub fn braked(limit: u32) -> String {
    format!(
        "自動の受付確認が1時間に{limit}通に達したため、止めています。異常なメールが届いていないか確認してください。"
    )
}

/// A sender that seems to be another machine.
pub fn loop_suspected(sender: &str) -> String {
    format!(
        "{sender} から同じ件名のメールが続いています。自動返信どうしのやり取りを避けるため、受付確認を送っていません。"
    )
}

fn name(who: &str) -> String {
    clean::line(who, 40)
}
