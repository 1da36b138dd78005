//! An opening: a post that an institution wants to fill.

use super::vocabulary;
use super::wish::{Field, OpeningItem, Value};
use serde::{Deserialize, Serialize};

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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
}
