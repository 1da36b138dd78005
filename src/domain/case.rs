//! A case: what one person wants of the desk, from the first mail to the answer.

use super::vocabulary;

vocabulary! {
    /// Where a case stands.
    pub enum CaseState {
        /// A message lies there unread.
        Received = "received",
        /// Its wishes are read.
        Understood = "understood",
        /// Openings are found.
        Matched = "matched",
        /// An answer is written.
        Drafted = "drafted",
        /// Staff have it before them.
        InReview = "in_review",
        /// Staff said yes; the hold window runs.
        Approved = "approved",
        /// On its way out.
        Queued = "queued",
        /// Answered.
        Sent = "sent",
        /// The program has no answer to offer; a person must look.
        NeedsHuman = "needs_human",
        /// Closed by staff without an answer.
        Rejected = "rejected",
        /// Nothing more to do here: answered from a normal client, or the person wants no mail.
        Withdrawn = "withdrawn",
        /// The answer could not be delivered.
        Failed = "failed",
    }
}

vocabulary! {
    /// What can happen to a case.
    pub enum CaseEvent {
        MessageArrived = "message_arrived",
        Understood = "understood",
        Matched = "matched",
        Drafted = "drafted",
        Presented = "presented",
        Approved = "approved",
        ApprovalCancelled = "approval_cancelled",
        HoldEnded = "hold_ended",
        Sent = "sent",
        SendFailed = "send_failed",
        RedraftAsked = "redraft_asked",
        HumanNeeded = "human_needed",
        Rejected = "rejected",
        Withdrawn = "withdrawn",
    }
}

/// An event that cannot happen in a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a case that is {state} cannot meet {event}")]
pub struct IllegalTransition {
    /// The state.
    pub state: CaseState,
    /// The event.
    pub event: CaseEvent,
}

impl CaseState {
    /// The state after an event. This is the only place that knows.
    ///
    /// # Errors
    /// Where the event cannot happen in this state.
    pub fn after(self, event: CaseEvent) -> Result<CaseState, IllegalTransition> {
        use {CaseEvent as E, CaseState as S};
        let next = match (self, event) {
            // A mail may come at any moment and reopens whatever was closed.
            (_, E::MessageArrived) => S::Received,
            (S::Received, E::Understood) => S::Understood,
            (S::Understood, E::Matched) => S::Matched,
            (S::Matched, E::Drafted) => S::Drafted,
            (S::Drafted, E::Presented) => S::InReview,
            (S::InReview, E::Approved) => S::Approved,
            // Between two attempts a mail can still be called back.
            (S::Approved | S::Queued, E::ApprovalCancelled) => S::InReview,
            // A person decided that a mail of unknown outcome is sent again, or that it had left.
            (S::Approved | S::NeedsHuman, E::HoldEnded) => S::Queued,
            (S::Queued | S::NeedsHuman, E::Sent) => S::Sent,
            // A bounce comes after the server had taken the mail.
            (S::Queued | S::Sent, E::SendFailed) => S::Failed,
            // An answer written by a person where the program had none.
            (S::NeedsHuman | S::Failed | S::Sent, E::Presented) => S::InReview,
            (
                S::InReview | S::NeedsHuman | S::Failed | S::Sent | S::Rejected | S::Withdrawn,
                E::RedraftAsked,
            ) => S::Understood,
            // What is on its way out or answered is not called back by a doubt.
            (S::Queued | S::Sent, E::HumanNeeded) => S::NeedsHuman,
            (S::Rejected | S::Withdrawn, E::HumanNeeded) => {
                return Err(IllegalTransition { state: self, event });
            }
            (_, E::HumanNeeded) => S::NeedsHuman,
            (S::Queued, E::Rejected | E::Withdrawn) => {
                return Err(IllegalTransition { state: self, event });
            }
            (_, E::Rejected) => S::Rejected,
            (_, E::Withdrawn) => S::Withdrawn,
            _ => return Err(IllegalTransition { state: self, event }),
        };
        Ok(next)
    }

    /// Whether staff have something to do.
    pub fn waits_for_staff(self) -> bool {
        matches!(
            self,
            CaseState::InReview | CaseState::NeedsHuman | CaseState::Failed
        )
    }

    /// In plain Japanese, for cards and lists.
    pub fn label(self) -> &'static str {
        match self {
            CaseState::Received => "受信",
            CaseState::Understood => "読み取り済み",
            CaseState::Matched => "照合済み",
            CaseState::Drafted => "下書き済み",
            CaseState::InReview => "確認待ち",
            CaseState::Approved => "承認済み（送信待ち）",
            CaseState::Queued => "送信中",
            CaseState::Sent => "送信済み",
            CaseState::NeedsHuman => "要対応",
            CaseState::Rejected => "対応終了",
            CaseState::Withdrawn => "取り下げ",
            CaseState::Failed => "送信失敗",
        }
    }
}
