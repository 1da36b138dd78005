//! An institution's mail becomes openings that wait for staff.

use super::{Pipeline, take_in::Considered};
use crate::{
    domain::{
        opening::Opening,
        wish::{Field, MessageKind, Reading},
    },
    openings,
};

/// The institution's name, where the mail gives one.
pub(super) fn institution_name(reading: &Reading) -> Option<String> {
    let item = reading
        .opening
        .iter()
        .find(|i| i.field == Field::InstitutionName)?;
    item.value.as_text().map(str::to_owned)
}

impl Pipeline {
    /// The openings that a mail offers; a change or a withdrawal makes none, staff see it on the card.
    pub(super) fn offered(&self, c: &Considered<'_>) -> Vec<Opening> {
        let action = c
            .reading
            .opening
            .iter()
            .find(|i| i.field == Field::Action)
            .and_then(|i| i.value.as_text());
        if c.reading.kind != MessageKind::Opening || matches!(action, Some("change" | "withdraw")) {
            return vec![];
        }
        let posted = c
            .stored
            .received_at
            .with_timezone(&self.desk.time_zone)
            .date_naive()
            .to_string();
        let sender = Some(c.mail.from.name.as_str()).filter(|n| !n.is_empty());
        openings::from_reading(
            &c.reading,
            &format!("MAIL-{}", c.stored.id),
            sender,
            Some(&posted),
        )
    }
}
