//! Days of the week: which halves of days an opening lists, and whether enough of them remain.

use super::doctor::Item;
use super::facts::Facts;
use super::meaning::{Meaning, Range};
use super::status::Status;
use crate::domain::wish::Strength;

const NAMES: [&str; 8] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"];
const WEEKDAYS: u16 = 0x3ff;

/// A set of half days: two bits a day, morning and afternoon.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Halves(u16);

impl Halves {
    /// Reads `mon`, `sat:am`, `weekdays:pm`.
    pub fn read(text: &str) -> Option<Self> {
        let (day, half) = text
            .split_once(':')
            .map_or((text, None), |(d, h)| (d, Some(h)));
        let whole = if day == "weekdays" {
            WEEKDAYS
        } else {
            0b11 << (2 * NAMES.iter().position(|n| *n == day)?)
        };
        let mask = match half {
            None => 0xffff,
            Some("am") => 0x5555,
            Some("pm") => 0xaaaa,
            Some(_) => return None,
        };
        Some(Halves(whole & mask))
    }

    /// The set as bits.
    pub fn bits(self) -> u16 {
        self.0
    }

    /// The set of such bits.
    pub fn from_bits(bits: u16) -> Self {
        Halves(bits)
    }

    pub fn with(self, other: Halves) -> Halves {
        Halves(self.0 | other.0)
    }

    fn without(self, other: Halves) -> Halves {
        Halves(self.0 & !other.0)
    }

    fn only(self, other: Halves) -> Halves {
        Halves(self.0 & other.0)
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many days have a half in it.
    pub fn days(self) -> u32 {
        ((self.0 | (self.0 >> 1)) & 0x5555).count_ones()
    }
}

/// How many of its days an opening needs: the least it asks a week, rounded up, never more than it lists.
pub(super) fn needed(days_per_week: &[Range], days: Halves) -> u32 {
    let least = days_per_week
        .iter()
        .map(|r| r.min.max(1.0).ceil())
        .min_by(f64::total_cmp)
        .unwrap_or(1.0);
    // At most seven days; the cast cannot cut anything off.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let least = least.min(7.0) as u32;
    least.min(days.days())
}

/// Adds the statuses of the doctor's day items, and says whether the opening is excluded.
pub(super) fn judge(items: &[Item], facts: &Facts, out: &mut Vec<Option<Status>>) -> bool {
    if facts.days.is_empty() {
        out.extend(items.iter().map(|_| Some(Status::Unknown)));
        return false;
    }
    let halves = |item: &Item| match item.meaning {
        Meaning::Halves(h) => h,
        _ => Halves::default(),
    };
    let of = |strength: Strength| {
        items
            .iter()
            .filter(|i| i.strength == strength)
            .map(halves)
            .fold(Halves::default(), Halves::with)
    };
    let (must, want, ok) = (of(Strength::Must), of(Strength::Want), of(Strength::Ok));
    let wished = must.with(want);
    let accepted = wished.with(ok);
    let mut allowed = facts.days.without(of(Strength::Never));
    if !must.is_empty() {
        allowed = allowed.only(accepted);
    }
    let enough = |days: Halves| days.days() >= facts.needed;
    let fits = enough(allowed);
    let without_avoided = enough(allowed.without(of(Strength::Avoid)));
    out.extend(items.iter().map(|item| {
        Some(match item.strength {
            Strength::Must | Strength::Never => Status::of(fits),
            Strength::Want => Status::of(enough(allowed.only(wished))),
            Strength::Ok => Status::of(enough(allowed.only(accepted))),
            Strength::Avoid => {
                Status::of(without_avoided || facts.days.only(halves(item)).is_empty())
            }
            Strength::Drop => return None,
        })
    }));
    !fits
}
