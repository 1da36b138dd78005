//! An opening: a post that an institution wants to fill.

use super::vocabulary;
use super::wish::{Field, OpeningItem, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

vocabulary! {
    /// Whether an opening may be suggested.
    pub enum OpeningState {
        /// Read from a mail, not yet confirmed by staff.
        Draft = "draft",
        Open = "open",
        Closed = "closed",
    }
}

/// A post, in the JSON Lines shape of `docs/cli.md`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Opening {
    /// The desk's number for it.
    pub id: String,
    /// 「○○病院」.
    pub institution_name: String,
    /// Where it stands, from the prefecture down.
    pub area: String,
    /// The address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Degrees north.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Degrees east.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    /// `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posted: Option<String>,
    /// The last day on which it may be suggested, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
    /// What the law wants stated and the vocabulary has no field for, in the institution's words, by the ids of
    /// `conditions.toml` (`scope_of_change`, `renewal`, …).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub terms: BTreeMap<String, String>,
    /// What it offers and asks.
    #[serde(default)]
    pub items: Vec<OpeningItem>,
}

impl Opening {
    /// The values that the opening lists under a field, in its order.
    pub fn values(&self, field: Field) -> impl Iterator<Item = &Value> {
        self.items
            .iter()
            .filter(move |i| i.field == field)
            .map(|i| &i.value)
    }

    /// Whether its last day has passed; `today` is `YYYY-MM-DD`.
    pub fn expired(&self, today: &str) -> bool {
        self.expires.as_deref().is_some_and(|last| last < today)
    }
}
