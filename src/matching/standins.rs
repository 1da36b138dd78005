//! The reviewed table of departments that may stand in for others.

use super::meaning::{Words, bit};
use crate::domain::values::DEPARTMENTS;
use crate::domain::wish::Field;
use serde::Deserialize;
use std::sync::LazyLock;

const SOURCE: &str = include_str!("standins.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    stand_in: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    of: Vec<String>,
    may: Vec<String>,
}

/// For each department, by its place in the list, what it may do.
pub(super) struct Table {
    may: Vec<Words>,
    done_by: Vec<Words>,
}

impl Table {
    /// What a doctor of this department may do besides.
    pub fn may(&self, department: u8) -> Words {
        self.may
            .get(usize::from(department))
            .copied()
            .unwrap_or_default()
    }

    /// The departments whose doctors may do this one.
    pub fn may_be_done_by(&self, department: u8) -> Words {
        self.done_by
            .get(usize::from(department))
            .copied()
            .unwrap_or_default()
    }
}

/// The compiled-in table.
pub(super) fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        // A test reads the file strictly; at run time a broken one would only mean that nothing stands in.
        let file: File = toml::from_str(SOURCE).unwrap_or(File { stand_in: vec![] });
        let mut table = Table {
            may: vec![Words::default(); DEPARTMENTS.len()],
            done_by: vec![Words::default(); DEPARTMENTS.len()],
        };
        let department = |name: &String| bit(Field::Specialty, name);
        for rule in &file.stand_in {
            for of in rule.of.iter().filter_map(department) {
                for may in rule.may.iter().filter_map(department).filter(|m| *m != of) {
                    if let Some(words) = table.may.get_mut(usize::from(of)) {
                        words.insert(Some(may));
                    }
                    if let Some(words) = table.done_by.get_mut(usize::from(may)) {
                        words.insert(Some(of));
                    }
                }
            }
        }
        table
    });
    &TABLE
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn every_name_in_the_table_is_a_department() {
        let file: File = toml::from_str(SOURCE).unwrap();
        for rule in &file.stand_in {
            for name in rule.of.iter().chain(&rule.may) {
                assert!(DEPARTMENTS.contains(&name.as_str()), "{name}");
            }
        }
    }

    #[test]
    fn every_internal_department_may_do_general_work() {
        let internal = bit(Field::Specialty, "内科").unwrap();
        for (i, name) in DEPARTMENTS.iter().enumerate() {
            let may = table().may(u8::try_from(i).unwrap()).has(internal);
            let expected = name.ends_with("内科") && *name != "内科"
                || ["リウマチ科", "アレルギー科", "総合診療科"].contains(name);
            assert_eq!(may, expected, "{name}");
        }
    }
}
