//! What openings say, as small numbers: the words of closed lists as bits, everything else by a dictionary, since a million
//! openings say few different things on one field.

use super::super::days::Halves;
use super::super::facts::Facts;
use super::super::meaning::{Range, Span, Start, Times, Words, Yen};
use crate::domain::values::{DEPARTMENTS, words};
use crate::domain::wish::{Field, PayUnit};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Fields whose values are words of a closed list.
pub(super) const WORDED: [Field; 11] = [
    Field::CommuteMode,
    Field::AreaType,
    Field::Relocation,
    Field::Employment,
    Field::Shift,
    Field::Specialty,
    Field::Duty,
    Field::Role,
    Field::Institution,
    Field::Workstyle,
    Field::Benefit,
];

/// Fields that a dictionary holds.
pub(super) const FIGURED: [Field; 13] = [
    Field::DaysPerWeek,
    Field::DaysPerMonth,
    Field::Day,
    Field::Hours,
    Field::HoursPerDay,
    Field::HoursPerWeek,
    Field::NightDuty,
    Field::OnCall,
    Field::DayDuty,
    Field::Overtime,
    Field::SalaryMin,
    Field::Start,
    Field::OutpatientsPerDay,
];

/// Where the planes of a worded field begin and how many words it has. Behind the words stand two more planes: a word
/// outside the list, and anything at all.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Strip {
    pub from: usize,
    pub len: usize,
}

static LAYOUT: LazyLock<([Strip; WORDED.len()], usize)> = LazyLock::new(|| {
    let mut from = 0;
    let layout = WORDED.map(|field| {
        let len = match field {
            Field::Specialty => DEPARTMENTS.len(),
            _ => words(field).map_or(0, <[_]>::len),
        };
        let own = Strip { from, len };
        from += len + 2;
        own
    });
    (layout, from)
});

/// How many planes the worded fields take.
pub(super) fn word_planes() -> usize {
    LAYOUT.1
}

/// The planes of a worded field.
pub(super) fn layout(field: Field) -> Strip {
    WORDED
        .iter()
        .position(|f| *f == field)
        .and_then(|at| LAYOUT.0.get(at))
        .copied()
        .unwrap_or_default()
}

/// The place of a field in the dictionary.
pub(super) fn column(field: Field) -> Option<usize> {
    FIGURED.iter().position(|f| *f == field)
}

/// So many binary digits has the number of a group of values.
pub(super) const DIGITS: usize = 6;

/// So many groups of values there are.
pub(super) const GROUPS: usize = 1 << DIGITS;

/// The different values of one field; each has a code and belongs to a group of like values.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub field: Field,
    codes: HashMap<Box<[u64]>, u32>,
    values: Vec<(Box<[u64]>, u8)>,
    groups: Vec<Vec<u32>>,
}

impl Column {
    pub fn new(field: Field) -> Self {
        let mut column = Column {
            field,
            codes: HashMap::new(),
            values: vec![],
            groups: vec![vec![]; GROUPS],
        };
        // Code 0 is silence.
        column.code(&Facts::silent(""));
        column
    }

    /// The code of what an opening says.
    pub fn code(&mut self, facts: &Facts) -> u32 {
        let said = write(self.field, facts);
        if let Some(code) = self.codes.get(said.as_slice()) {
            return *code;
        }
        let code = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        let group = self.group(code, facts);
        let said: Box<[u64]> = said.into();
        self.values.push((said.clone(), group));
        if let Some(group) = self.groups.get_mut(usize::from(group)) {
            group.push(code);
        }
        self.codes.insert(said, code);
        code
    }

    /// The group of a new value. It decides nothing but speed: a wish that all values of a group meet alike takes
    /// the group as one, else each opening of the group is looked at.
    fn group(&self, code: u32, facts: &Facts) -> u8 {
        let own = u8::try_from(code % 16).unwrap_or_default();
        match self.field {
            Field::SalaryMin => {
                let most = |unit: PayUnit| {
                    let of = facts.pay.iter().filter(|y| y.unit == unit);
                    of.map(|y| y.amount).max()
                };
                let step = |n: i64, by: i64, from: u8, len: i64| {
                    from + u8::try_from((n / by).clamp(0, len - 1)).unwrap_or_default()
                };
                if let Some(n) = most(PayUnit::Year) {
                    step(n - 6_000_000, 500_000, 1, 42)
                } else if let Some(n) = most(PayUnit::Day) {
                    step(n - 30_000, 10_000, 43, 14)
                } else {
                    most(PayUnit::Hour).map_or(0, |n| step(n - 6_000, 1_000, 57, 7))
                }
            }
            _ if code < 48 => u8::try_from(code).unwrap_or_default(),
            _ => 48 + own,
        }
    }

    /// How many values have occurred.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// The codes of a group.
    pub fn codes_of(&self, group: usize) -> &[u32] {
        self.groups.get(group).map_or(&[], Vec::as_slice)
    }

    /// Puts a value into facts.
    pub fn put(&self, code: u32, facts: &mut Facts) {
        if let Some((said, _)) = self.values.get(code as usize) {
            read(self.field, said, facts);
        }
    }

    /// The group of a code.
    pub fn group_of(&self, code: u32) -> usize {
        self.values
            .get(code as usize)
            .map_or(0, |(_, group)| usize::from(*group))
    }
}

fn write(field: Field, facts: &Facts) -> Vec<u64> {
    let unit = |u: PayUnit| PayUnit::ALL.iter().position(|x| *x == u).unwrap_or(0) as u64;
    let time = |t: Option<u32>| t.map_or(u64::MAX, u64::from);
    match field {
        Field::NightDuty | Field::OnCall | Field::DayDuty | Field::Overtime => facts
            .times(field)
            .iter()
            .flat_map(|t| match t {
                Times::None => [0, 0],
                Times::Any => [1, 0],
                Times::Number(n) => [2, n.cast_unsigned()],
            })
            .collect(),
        Field::DaysPerWeek | Field::DaysPerMonth => facts
            .ranges(field)
            .iter()
            .flat_map(|r| [r.min.to_bits(), r.max.to_bits()])
            .collect(),
        Field::Day => vec![u64::from(facts.days.bits()), u64::from(facts.needed)],
        Field::Hours => facts
            .hours
            .iter()
            .flat_map(|s| [time(s.start), time(s.end)])
            .collect(),
        Field::SalaryMin => facts
            .pay
            .iter()
            .flat_map(|y| [y.amount.cast_unsigned(), unit(y.unit)])
            .collect(),
        Field::Start => facts
            .start
            .iter()
            .map(|s| match s {
                Start::Asap => u64::MAX,
                Start::Month(m) => u64::from(*m),
            })
            .collect(),
        _ => facts
            .numbers(field)
            .iter()
            .map(|n| n.cast_unsigned())
            .collect(),
    }
}

fn read(field: Field, said: &[u64], facts: &mut Facts) {
    let pairs = || {
        said.chunks_exact(2)
            .filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)))
    };
    let small = |n: u64| u32::try_from(n).ok();
    let times = || {
        pairs().map(|(kind, n)| match kind {
            0 => Times::None,
            1 => Times::Any,
            _ => Times::Number(n.cast_signed()),
        })
    };
    let ranges = || {
        pairs().map(|(min, max)| Range {
            min: f64::from_bits(min),
            max: f64::from_bits(max),
        })
    };
    let numbers = || said.iter().map(|n| n.cast_signed());
    match field {
        Field::NightDuty => refill(&mut facts.night_duty, times()),
        Field::OnCall => refill(&mut facts.on_call, times()),
        Field::DayDuty => refill(&mut facts.day_duty, times()),
        Field::Overtime => refill(&mut facts.overtime, times()),
        Field::DaysPerWeek => refill(&mut facts.days_per_week, ranges()),
        Field::DaysPerMonth => refill(&mut facts.days_per_month, ranges()),
        Field::Day => {
            let [days, needed] = [said.first(), said.get(1)].map(|n| n.copied().unwrap_or(0));
            facts.days = Halves::from_bits(u16::try_from(days).unwrap_or(0));
            facts.needed = small(needed).unwrap_or(0);
        }
        Field::Hours => {
            let spans = pairs().map(|(start, end)| Span {
                start: small(start),
                end: small(end),
            });
            refill(&mut facts.hours, spans);
        }
        Field::SalaryMin => {
            let pay = pairs().map(|(amount, unit)| Yen {
                amount: amount.cast_signed(),
                unit: usize::try_from(unit)
                    .ok()
                    .and_then(|u| PayUnit::ALL.get(u))
                    .copied()
                    .unwrap_or(PayUnit::Once),
            });
            refill(&mut facts.pay, pay);
        }
        Field::Start => {
            let start = said
                .iter()
                .map(|n| small(*n).map_or(Start::Asap, Start::Month));
            refill(&mut facts.start, start);
        }
        Field::HoursPerDay => refill(&mut facts.hours_per_day, numbers()),
        Field::HoursPerWeek => refill(&mut facts.hours_per_week, numbers()),
        Field::OutpatientsPerDay => refill(&mut facts.outpatients, numbers()),
        _ => {}
    }
}

fn refill<T>(list: &mut Vec<T>, with: impl Iterator<Item = T>) {
    list.clear();
    list.extend(with);
}

/// The planes that a set of words sets, by their numbers.
pub(super) fn planes_of(field: Field, said: Words) -> impl Iterator<Item = usize> {
    let Strip { from, len } = layout(field);
    let other = Words::from_bits(said.bits() >> 63 << 63);
    said.iter()
        .map(move |bit| from + usize::from(bit))
        .chain((!other.is_empty()).then_some(from + len))
        .chain((!said.is_empty()).then_some(from + len + 1))
}
