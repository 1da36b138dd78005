//! The choke point: everything that leaves passes here, whatever wrote it.

use crate::config;
use crate::domain::outbox::OutboxKind;
use crate::draft::reasons;
use crate::store::Release;
use chrono::{DateTime, Duration, Utc};

/// Whether a mail may leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It may.
    Go,
    /// Not now.
    Wait(DateTime<Utc>),
    /// It may not; the reason for staff.
    Withhold(String),
}

/// Decides. An acknowledgement meets brakes; an answer needs its approval.
pub fn verdict(
    release: &Release,
    desk: &config::Desk,
    send: &config::Send,
    now: DateTime<Utc>,
) -> Verdict {
    let entry = &release.entry;
    if entry.recipients.is_empty() {
        return Verdict::Withhold(reasons::no_recipient());
    }
    if entry.recipients.iter().any(|a| desk.owns(a)) {
        return Verdict::Withhold(reasons::to_ourselves());
    }
    if !release.approved {
        return Verdict::Withhold(reasons::not_approved());
    }
    if !release.blocked.is_empty() {
        return Verdict::Withhold(reasons::blocked_recipient());
    }
    if release.opted_out && !release.confirms_opt_out {
        return Verdict::Withhold(reasons::wants_no_mail());
    }
    if entry.kind == OutboxKind::Acknowledgement
        && release.acknowledged_in_hour >= send.acknowledgements_per_hour
    {
        return Verdict::Wait(now + Duration::minutes(5));
    }
    Verdict::Go
}
