//! What stands of a doctor's wishes after a message.

use super::take_in::Considered;
use crate::{
    domain::wish::{MessageKind, ProfileField, ProfileItem},
    store::{NewWishes, WishChange},
    understand,
};

/// The new version; none where the message says nothing of wishes.
pub(super) fn standing(c: &Considered<'_>) -> Option<NewWishes> {
    let doctor = matches!(
        c.reading.kind,
        MessageKind::DoctorInquiry | MessageKind::DoctorUpdate
    );
    if !doctor || (c.reading.wishes.is_empty() && c.reading.profile.is_empty()) {
        return None;
    }
    let merged = understand::merge(&c.facts.wishes, &c.reading);
    let change = |what: &str, before, after| WishChange {
        what: what.to_owned(),
        before,
        after,
    };
    let mut changes: Vec<WishChange> = vec![];
    changes.extend(
        merged
            .added
            .iter()
            .map(|w| change("added", None, Some(w.clone()))),
    );
    changes.extend(
        merged
            .changed
            .iter()
            .map(|(b, a)| change("changed", Some(b.clone()), Some(a.clone()))),
    );
    changes.extend(
        merged
            .dropped
            .iter()
            .map(|w| change("dropped", Some(w.clone()), None)),
    );
    let profile = profile(&c.facts.profile, &c.reading.profile);
    if changes.is_empty() && profile == c.facts.profile {
        return None;
    }
    Some(NewWishes {
        profile,
        wishes: merged.wishes,
        changes: serde_json::to_value(changes).unwrap_or_default(),
    })
}

/// Facts of a field that the new message names replace the older ones of that field; a name that is on file stays, and what
/// the doctor wrote is not replaced by what stands in a file.
fn profile(before: &[ProfileItem], new: &[ProfileItem]) -> Vec<ProfileItem> {
    let named = before.iter().any(|p| p.field == ProfileField::Name);
    let new: Vec<&ProfileItem> = new
        .iter()
        .filter(|n| !(named && n.field == ProfileField::Name))
        .filter(|n| {
            n.source.is_none()
                || new.iter().any(|o| o.field == n.field && o.source.is_none())
                || !before
                    .iter()
                    .any(|b| b.field == n.field && b.source.is_none())
        })
        .collect();
    let kept = before
        .iter()
        .filter(|p| !new.iter().any(|n| n.field == p.field));
    kept.chain(new.iter().copied()).cloned().collect()
}
