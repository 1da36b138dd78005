//! Every fact and wish with the words that prove it: shown on request, because quotes are personal data.

use super::text;
use crate::{
    domain::{
        label,
        wish::{Language, ProfileItem, Reading, Wish},
    },
    store::CaseDetail,
};

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// 「お住まい: 長野県松本市」, 「必須: 平日」.
    pub label: String,
    /// The sender's words; empty where there are none.
    pub quote: String,
}

/// Everything that stands of a case's person: facts, wishes, and what is doubtful in the newest message.
pub fn details(detail: &CaseDetail) -> Vec<Detail> {
    let mut out = vec![];
    if let Some(w) = &detail.wishes {
        out.extend(w.profile.iter().map(fact));
        out.extend(w.wishes.iter().map(wish));
    }
    let newest = detail
        .messages
        .iter()
        .find(|m| Some(m.id) == detail.newest_message);
    if let Some(reading) = newest.and_then(|m| m.reading.as_ref()) {
        out.extend(doubts(reading));
    }
    if out.is_empty() {
        out.push(Detail {
            label: text::NOTHING_READ.into(),
            quote: String::new(),
        });
    }
    out
}

/// What was understood of one message.
pub fn understood(reading: &Reading) -> Vec<Detail> {
    let mut out: Vec<Detail> = reading.profile.iter().map(fact).collect();
    out.extend(reading.wishes.iter().map(wish));
    out.extend(reading.opening.iter().map(|i| Detail {
        label: format!(
            "{}: {}",
            label::field_name(i.field, Language::Ja),
            label::item_label(i, Language::Ja)
        ),
        quote: i.quote.clone(),
    }));
    if out.is_empty() {
        out.push(Detail {
            label: text::NOTHING_READ.into(),
            quote: String::new(),
        });
    }
    out.extend(doubts(reading));
    out
}

fn fact(p: &ProfileItem) -> Detail {
    let source = p
        .source
        .as_ref()
        .map(|file| format!("（{file} から）"))
        .unwrap_or_default();
    Detail {
        label: format!(
            "{}: {}{source}",
            label::profile_name(p.field, Language::Ja),
            label::profile_label(p.field, &p.value, Language::Ja)
        ),
        quote: p.quote.clone(),
    }
}

fn wish(w: &Wish) -> Detail {
    Detail {
        label: format!(
            "{}: {}",
            label::strength_name(w.strength, Language::Ja),
            label::wish_label(w, Language::Ja)
        ),
        quote: w.quote.clone(),
    }
}

fn doubts(reading: &Reading) -> impl Iterator<Item = Detail> {
    reading.diagnostics.iter().map(|d| Detail {
        label: text::reason(&d.message),
        quote: d.quote.clone(),
    })
}
