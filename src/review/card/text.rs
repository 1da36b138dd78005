//! The words of the card.

use super::Action;
use crate::domain::{draft::DraftState, message::Source, wish::MessageKind};
use crate::draft::staff::button;

/// What a mail is, for people.
pub fn kind(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::DoctorInquiry => "医師からの相談",
        MessageKind::DoctorUpdate => "医師からの続報",
        MessageKind::Opening => "求人の連絡",
        MessageKind::InstitutionInquiry => "医療機関からの問い合わせ",
        MessageKind::OptOut => "配信停止・削除の申し出",
        MessageKind::General => "その他の連絡",
        MessageKind::Sales => "営業・広告",
        MessageKind::Automatic => "自動メール",
    }
}

/// Where a message came from.
pub fn source(source: Source) -> &'static str {
    match source {
        Source::Mail => "メール",
        Source::Sent => "担当者のメール",
        Source::Chat => "受付チャンネル",
    }
}

/// What became of a draft.
pub fn draft_state(state: DraftState) -> &'static str {
    match state {
        DraftState::Open => "確認待ち",
        DraftState::Approved => "承認済み",
        DraftState::Voided => "無効になった版",
        DraftState::Rejected => "差し戻した版",
    }
}

/// What a button says.
pub fn name(action: Action) -> &'static str {
    match action {
        Action::Approve => button::APPROVE,
        Action::Edit => button::EDIT,
        Action::Write => "返信を書く",
        Action::Recipients => "宛先を変える",
        Action::Reject => button::RETURN,
        Action::Choose => button::CHOOSE,
        Action::Hold => button::HOLD,
        Action::Resume => button::UNHOLD,
        Action::Claim => button::CLAIM,
        Action::Wishes => "希望の詳細",
        Action::Whole => button::FULL_DRAFT,
        Action::Files => "添付を見る",
        Action::Cancel => button::CANCEL,
        Action::Left(_) => button::IT_LEFT,
        Action::Again(_) => button::SEND_AGAIN,
        Action::Close => button::CLOSE,
    }
}

pub(super) const NOTHING_READ: &str = "読み取れた希望はありません。";
pub(super) const NO_RECIPIENT: &str = "宛先がありません。「宛先を変える」で入れてください。";
pub(super) const NO_ADDRESS: &str = "メールアドレスが分からない方です。お電話で確かめてください。";
pub(super) const OPTED_OUT: &str = "配信停止の申し出がある方です。こちらからは送りません。";
pub(super) const HEADER_ONLY: &str =
    "大きすぎるメールのため、見出しだけを読みました。本文はメールソフトで確かめてください。";
pub(super) const UNCERTAIN: &str =
    "送信できたかどうか分かりません。送信済みフォルダーなどで確かめてから選んでください。";

pub(super) fn reason(reason: &str) -> String {
    format!("要確認: {reason}")
}

pub(super) fn closed(reason: &str) -> String {
    format!("対応終了の理由: {reason}")
}

pub(super) fn away(until: &str) -> String {
    format!("{until} まで不在とのことです（自動応答による）。")
}

pub(super) fn blocked(masked: &str, why: &str) -> String {
    if why.is_empty() {
        format!("{masked} には届きません。お電話ください。")
    } else {
        format!("{masked} には届きません（{why}）。お電話ください。")
    }
}

pub(super) fn unknown_address(masked: &str) -> String {
    format!("{masked} は、この方の登録にない宛先です。よく確かめてから承認してください。")
}

pub(super) fn held(who: &str) -> String {
    format!("{who} さんが保留にしています。")
}

pub(super) fn approved(who: &str) -> String {
    format!("{who} さんが承認しました。")
}

pub(super) fn send_failed(error: &str) -> String {
    format!("送信できませんでした: {error}")
}

pub(super) fn retrying(attempts: u32, error: &str) -> String {
    format!("一時的に送れていません（{attempts}回目）。自動でやり直します: {error}")
}

pub(super) fn sent_back(reason: &str) -> String {
    format!("差し戻しの理由: {reason}")
}

pub(super) fn several_addresses(count: usize) -> String {
    format!("この方にはアドレスが {count} 件あります。宛先を確かめてください。")
}

pub(super) const NOTHING_DRAFTED: &str = "下書きはまだありません。";
