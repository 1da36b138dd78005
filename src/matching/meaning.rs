//! The values of the vocabulary, read once so that comparing is cheap.

use crate::domain::values::{DEPARTMENTS, minutes_of, words};
use crate::domain::wish::{Field, Pay, PayUnit, Value};
use crate::places::Place;

/// A set of words of one closed list, by their places in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Words(u64);

impl Words {
    /// A word outside the list: the opening says something, but nothing that could be asked for.
    const OTHER: u64 = 1 << 63;

    /// The set as bits, the highest for words outside the list.
    pub fn bits(self) -> u64 {
        self.0
    }

    /// The set of such bits.
    pub fn from_bits(bits: u64) -> Self {
        Words(bits)
    }

    pub fn and(self, other: Words) -> Words {
        Words(self.0 | other.0)
    }

    pub fn insert(&mut self, bit: Option<u8>) {
        self.0 |= bit.map_or(Self::OTHER, |b| 1 << b);
    }

    pub fn has(self, bit: u8) -> bool {
        self.0 & (1 << bit) != 0
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether nothing but this word is in it.
    pub fn is_only(self, bit: u8) -> bool {
        self.0 == 1 << bit
    }

    pub fn without(self, other: Words) -> Words {
        Words(self.0 & !other.0)
    }

    /// The places of its known words.
    pub fn iter(self) -> impl Iterator<Item = u8> {
        (0..63).filter(move |bit| self.has(*bit))
    }

    pub fn meets(self, other: Words) -> bool {
        self.0 & other.0 != 0
    }
}

impl FromIterator<u8> for Words {
    fn from_iter<T: IntoIterator<Item = u8>>(bits: T) -> Self {
        let mut words = Words::default();
        for bit in bits {
            words.insert(Some(bit));
        }
        words
    }
}

/// The place of a word in its field's list.
pub(super) fn bit(field: Field, word: &str) -> Option<u8> {
    let list = match field {
        Field::Specialty => DEPARTMENTS,
        _ => words(field)?,
    };
    list.iter()
        .position(|w| *w == word)
        .and_then(|i| u8::try_from(i).ok())
}

/// How often a duty comes a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Times {
    /// Never.
    None,
    /// Nobody says how often.
    Any,
    /// So often.
    Number(i64),
}

impl Times {
    pub fn read(value: &Value) -> Option<Self> {
        match value {
            Value::Number(n) if *n <= 0 => Some(Times::None),
            Value::Number(n) => Some(Times::Number(*n)),
            Value::Text(t) if t == "none" => Some(Times::None),
            Value::Text(t) if t == "any" => Some(Times::Any),
            _ => None,
        }
    }
}

/// Days a week or month; an open end is infinite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Range {
    pub min: f64,
    pub max: f64,
}

impl Range {
    pub fn read(value: &Value) -> Option<Self> {
        match value {
            Value::Days(d) if d.min.is_some() || d.max.is_some() => Some(Range {
                min: d.min.unwrap_or(f64::NEG_INFINITY),
                max: d.max.unwrap_or(f64::INFINITY),
            }),
            _ => None,
        }
    }

    pub fn overlaps(self, other: Range) -> bool {
        self.min <= other.max && other.min <= self.max
    }

    pub fn lies_inside(self, other: Range) -> bool {
        self.min >= other.min && self.max <= other.max
    }
}

/// Minutes after the midnight before the start; an end not after its start is on the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub start: Option<u32>,
    pub end: Option<u32>,
}

impl Span {
    pub fn read(value: &Value) -> Option<Self> {
        let Value::Hours(h) = value else { return None };
        let time = |t: &Option<String>| t.as_deref().and_then(minutes_of);
        let (start, end) = (time(&h.start), time(&h.end));
        let end = match (start, end) {
            (Some(s), Some(e)) if e <= s => Some(e + 24 * 60),
            _ => end,
        };
        (start.is_some() || end.is_some()).then_some(Span { start, end })
    }
}

/// Yen in units that convert into each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Yen {
    pub amount: i64,
    /// `Year`, `Day`, `Hour` or `Once`.
    pub unit: PayUnit,
}

impl From<Pay> for Yen {
    fn from(pay: Pay) -> Self {
        let (factor, unit) = match pay.unit {
            PayUnit::Month => (12, PayUnit::Year),
            PayUnit::HalfDay => (2, PayUnit::Day),
            other => (1, other),
        };
        Yen {
            amount: pay.amount.saturating_mul(factor),
            unit,
        }
    }
}

/// When work begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// As soon as possible.
    Asap,
    /// In a month, counted from year 0.
    Month(u32),
}

impl Start {
    pub fn read(value: &Value) -> Option<Self> {
        let text = value.as_text()?;
        if text == "asap" {
            return Some(Start::Asap);
        }
        let mut parts = text.split('-');
        let year: u32 = parts.next()?.parse().ok()?;
        let month: u32 = parts.next()?.parse().ok()?;
        (year < 10_000 && (1..=12).contains(&month)).then_some(Start::Month(year * 12 + month))
    }
}

/// What a wish's value means.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Meaning {
    /// `area`
    Place(Place),
    /// Minutes, hours, patients.
    Number(i64),
    /// A duty.
    Times(Times),
    /// A word of a list.
    Word(u8),
    /// A word that the list does not have: nothing can be said of it.
    Strange,
    /// `days_per_week`, `days_per_month`
    Range(Range),
    /// `day`, as halves.
    Halves(super::days::Halves),
    /// `hours`
    Span(Span),
    /// `salary_min`
    Yen(Yen),
    /// `start`
    Start(Start),
}

impl Meaning {
    /// Reads a wish's value; nothing where no opening fact decides the field, or the value has another form than the
    /// field takes.
    pub fn read(field: Field, value: &Value) -> Option<Self> {
        match field {
            Field::Area => value.as_text().map(|t| Meaning::Place(Place::parse(t))),
            Field::CommuteMinutes
            | Field::HoursPerDay
            | Field::HoursPerWeek
            | Field::OutpatientsPerDay => value.as_number().map(Meaning::Number),
            Field::NightDuty | Field::OnCall | Field::DayDuty => match value {
                Value::Number(n) => Some(Meaning::Number(*n)),
                other => Times::read(other)
                    .filter(|t| *t == Times::Any)
                    .map(Meaning::Times),
            },
            Field::Overtime => Times::read(value)
                .filter(|t| *t == Times::Any)
                .map(Meaning::Times),
            Field::DaysPerWeek | Field::DaysPerMonth => Range::read(value).map(Meaning::Range),
            Field::Day => super::days::Halves::read(value.as_text()?).map(Meaning::Halves),
            Field::Hours => Span::read(value).map(Meaning::Span),
            Field::SalaryMin => match value {
                Value::Pay(p) => Some(Meaning::Yen(Yen::from(*p))),
                _ => None,
            },
            Field::Start => Start::read(value).map(Meaning::Start),
            Field::CommuteMode
            | Field::AreaType
            | Field::Relocation
            | Field::Employment
            | Field::Shift
            | Field::Specialty
            | Field::Duty
            | Field::Role
            | Field::Institution
            | Field::Workstyle
            | Field::Benefit => {
                let word = value.as_text()?;
                Some(bit(field, word).map_or(Meaning::Strange, Meaning::Word))
            }
            _ => None,
        }
    }
}
