//! What matching answers, in the shape of `docs/matching.md`.

use super::wish::{Field, Strength, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a commute takes, as a band and never a point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commute {
    /// `car` or `train`.
    pub mode: String,
    /// Lower and upper end in minutes, one way.
    pub minutes: [u32; 2],
}

/// One opening that suits, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Match {
    /// The opening's id.
    pub id: String,
    /// 0 to 1, to two decimals.
    pub score: f64,
    /// `field=value` items that the opening meets.
    pub met: Vec<String>,
    /// Items that it does not meet.
    pub unmet: Vec<String>,
    /// Items that it says nothing decisive on (要確認).
    pub unknown: Vec<String>,
    /// What the institution asks that the profile lacks or does not say.
    pub asks: Vec<String>,
    /// The commute from the doctor's home, where it can be estimated.
    pub commute: Option<Commute>,
}

/// The wish that a relaxation would widen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RelaxedWish {
    /// The field.
    pub field: Field,
    /// The value as wished.
    pub value: Value,
    /// The strength as wished.
    pub strength: Strength,
}

/// One condition that, widened alone, lets further openings in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Relaxation {
    /// The wish to widen.
    pub wish: RelaxedWish,
    /// The wider value; null where the condition is dropped.
    pub to: Option<Value>,
    /// How many excluded openings then remain.
    pub adds: usize,
    /// The first of them in the order under the widened wishes.
    pub best: String,
}

/// The answer for one doctor.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct MatchAnswer {
    /// The doctor's id where several were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The best openings, best first.
    pub matches: Vec<Match>,
    /// All openings that were given.
    pub considered: usize,
    /// How many were excluded, under the first field that excluded each.
    pub excluded: BTreeMap<Field, usize>,
    /// Which single relaxation opens most.
    pub relax: Vec<Relaxation>,
}
