//! The columns of a table of openings, with the headings that a Japanese 求人票 has.

use crate::domain::conditions::{self, Barred};
use crate::domain::wish::{Field, PayUnit};
use std::collections::HashMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("data/columns.tsv");

/// What a column's cells are read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Id,
    Name,
    Area,
    Address,
    Lat,
    Lon,
    Posted,
    /// The last day on which it may be suggested.
    Expires,
    /// Words of a closed list, several in a cell.
    Words(Field),
    /// Departments, several in a cell.
    Departments(Field),
    /// Weekdays (月・水・金, 平日, 土曜午前).
    Weekdays,
    /// なし, あり or a number a month.
    Duties(Field),
    /// A number of days or a range.
    Days(Field),
    /// 9:00〜17:00.
    Hours,
    /// Yen for a unit; a range in the cell gives both ends.
    Pay(PayUnit),
    /// A whole number.
    Number(Field),
    /// 2027年4月, 随時.
    Start,
    /// Months, or 長期.
    Duration,
    /// Words as they stand, several in a cell.
    Texts(Field),
    /// One text as it stands.
    Text(Field),
    /// What the law wants stated, in the institution's words.
    Term(&'static str),
    /// What an offer must not ask for: shown to staff, never used.
    Barred(&'static Barred),
}

/// A column: its heading, other headings that mean it, an example for the template.
#[derive(Debug)]
pub(super) struct Column {
    pub heading: &'static str,
    pub also: Vec<&'static str>,
    pub kind: Kind,
    pub example: &'static str,
}

struct Table {
    columns: Vec<Column>,
    by_heading: HashMap<String, usize>,
}

static COLUMNS: LazyLock<Table> = LazyLock::new(|| {
    let mut columns: Vec<Column> = TABLE
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| column(line).unwrap_or_else(|| panic!("columns.tsv: {line}")))
        .collect();
    for c in conditions::conditions() {
        if let Some((first, also)) = c.headings.split_first() {
            columns.push(Column {
                heading: first,
                also: also.iter().map(String::as_str).collect(),
                kind: Kind::Term(&c.id),
                example: "",
            });
        }
    }
    for b in conditions::barred() {
        if let Some((first, also)) = b.headings.split_first() {
            columns.push(Column {
                heading: first,
                also: also.iter().map(String::as_str).collect(),
                kind: Kind::Barred(b),
                example: "",
            });
        }
    }
    let mut by_heading = HashMap::new();
    for (index, c) in columns.iter().enumerate() {
        for heading in c.also.iter().chain([&c.heading]) {
            by_heading.entry(plain(heading)).or_insert(index);
        }
    }
    Table {
        columns,
        by_heading,
    }
});

fn column(line: &'static str) -> Option<Column> {
    let mut parts = line.split('\t');
    let (heading, kind, example) = (parts.next()?, parts.next()?, parts.next()?);
    Some(Column {
        heading,
        also: parts.next()?.split('|').collect(),
        kind: kind_of(kind)?,
        example,
    })
}

fn kind_of(name: &'static str) -> Option<Kind> {
    let (name, of) = name.split_once(':').unwrap_or((name, ""));
    let field = || of.parse::<Field>().ok();
    Some(match name {
        "id" => Kind::Id,
        "name" => Kind::Name,
        "area" => Kind::Area,
        "address" => Kind::Address,
        "lat" => Kind::Lat,
        "lon" => Kind::Lon,
        "posted" => Kind::Posted,
        "expires" => Kind::Expires,
        "words" => Kind::Words(field()?),
        "departments" => Kind::Departments(Field::Specialty),
        "weekdays" => Kind::Weekdays,
        "duties" => Kind::Duties(field()?),
        "days" => Kind::Days(field()?),
        "hours" => Kind::Hours,
        "pay" => Kind::Pay(of.parse().ok()?),
        "number" => Kind::Number(field()?),
        "start" => Kind::Start,
        "duration" => Kind::Duration,
        "texts" => Kind::Texts(field()?),
        "text" => Kind::Text(field()?),
        _ => return None,
    })
}

/// All columns, in the template's order; those of barred conditions come last and are not in the template.
pub(super) fn columns() -> &'static [Column] {
    &COLUMNS.columns
}

/// The columns of the template with an example each.
pub(super) fn template() -> impl Iterator<Item = (&'static str, &'static str)> {
    columns()
        .iter()
        .filter(|c| !matches!(c.kind, Kind::Barred(_)))
        .map(|c| (c.heading, c.example))
}

/// A heading without blanks, case, numbering and marks.
fn plain(heading: &str) -> String {
    super::cell::narrow(heading)
        .chars()
        .filter(|c| {
            !c.is_whitespace()
                && !matches!(
                    c,
                    '(' | ')'
                        | '*'
                        | '※'
                        | '■'
                        | '●'
                        | '○'
                        | '◆'
                        | '□'
                        | '◎'
                        | ':'
                        | '【'
                        | '】'
                        | '['
                        | ']'
                        | '<'
                        | '>'
                )
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// What stands outside of brackets: 年収（万円） is 年収, 【必須】施設名 is 施設名.
fn outside_brackets(heading: &str) -> String {
    let mut depth = 0u32;
    heading
        .chars()
        .filter(|c| match c {
            '(' | '（' | '【' | '[' | '［' | '〔' | '<' | '＜' => {
                depth += 1;
                false
            }
            ')' | '）' | '】' | ']' | '］' | '〕' | '>' | '＞' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

/// A heading as a file has it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heading {
    pub column: &'static Column,
    /// Its figures are ten thousands of yen.
    pub ten_thousands: bool,
}

/// The column of a heading as a file has it.
pub(super) fn find(heading: &str) -> Option<Heading> {
    let known = |text: &str| {
        COLUMNS
            .by_heading
            .get(&plain(text))
            .and_then(|i| COLUMNS.columns.get(*i))
    };
    let numbered = |c: char| {
        c.is_numeric() || matches!(c, '.' | '．' | '、' | ')' | '）') || c.is_whitespace()
    };
    let bare = outside_brackets(heading);
    // 「万円」 may also stand without brackets: 年収 万円.
    let unitless = bare
        .trim()
        .trim_end_matches("万円")
        .trim_end_matches('円')
        .to_owned();
    let column = known(heading)
        .or_else(|| known(&bare))
        .or_else(|| known(bare.trim_start_matches(numbered)))
        .or_else(|| known(&unitless))?;
    Some(Heading {
        column,
        ten_thousands: matches!(column.kind, Kind::Pay(_)) && heading.contains("万円"),
    })
}
