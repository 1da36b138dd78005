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

    /// What an institution's name is compared by: without blanks, kinds of corporation and ways to write a circle.
    pub fn institution_key(name: &str) -> String {
        let name: String = name
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| if matches!(c, '〇' | '◯') { '○' } else { c })
            .collect();
        // 「医療法人社団○○会 ○○病院」: what follows the corporation names the place of work.
        const CORPORATIONS: [&str; 10] = [
            "社会医療法人",
            "特定医療法人",
            "医療法人",
            "社会福祉法人",
            "一般財団法人",
            "公益財団法人",
            "一般社団法人",
            "公益社団法人",
            "(医)",
            "（医）",
        ];
        let corporate = CORPORATIONS.iter().find_map(|c| name.strip_prefix(c));
        match corporate.and_then(|rest| rest.split_once('会')) {
            Some((_, rest)) if rest.chars().count() >= 3 => rest.to_owned(),
            _ => name,
        }
    }

    /// The digits of the first telephone number, from so many on as a number has.
    pub fn phone_key(&self) -> Option<String> {
        self.values(Field::Phone)
            .filter_map(Value::as_text)
            .map(phone_digits)
            .find(|d| d.len() >= 9)
    }

    /// Whether its last day has passed; `today` is `YYYY-MM-DD`.
    pub fn expired(&self, today: &str) -> bool {
        self.expires.as_deref().is_some_and(|last| last < today)
    }
}

/// The digits of a telephone number, full-width ones as narrow ones.
pub fn phone_digits(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '0'..='9' => Some(c),
            '０'..='９' => char::from_u32(u32::from(c) - 0xfee0),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_institution_is_known_under_its_usual_ways_of_writing() {
        for (a, b) in [
            ("〇〇 みどり病院", "○○みどり病院"),
            ("医療法人社団緑会　みどり病院", "みどり病院"),
            ("社会福祉法人恩賜財団済生会 ○○病院", "○○病院"),
        ] {
            assert_eq!(Opening::institution_key(a), Opening::institution_key(b));
        }
        assert_ne!(
            Opening::institution_key("済生会病院"),
            Opening::institution_key("病院")
        );
        assert_eq!(phone_digits("０３-1234（5678）"), "0312345678");
    }
}
