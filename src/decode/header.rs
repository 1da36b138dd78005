//! Header fields as they stand in the bytes, found by name.

use super::{charset, word};
use std::borrow::Cow;

/// The fields of one header block, in order.
#[derive(Debug, Default)]
pub(crate) struct Headers<'x> {
    fields: Vec<Field<'x>>,
}

/// One field: its name as written and the bytes after the colon, folded as they came.
#[derive(Debug)]
pub(crate) struct Field<'x> {
    pub(crate) name: Cow<'x, str>,
    pub(crate) raw: &'x [u8],
}

impl<'x> Headers<'x> {
    pub(crate) fn new(fields: Vec<Field<'x>>) -> Self {
        Headers { fields }
    }

    /// A header block that stands in the body of something else, such as a delivery report.
    pub(crate) fn of_block(block: &'x str) -> Self {
        super::structure::split(block.trim_start().as_bytes()).0
    }

    /// Whether there is no field at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// Every field of a name, the topmost first.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Field<'x>> {
        self.fields
            .iter()
            .filter(move |field| field.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of the first field of a name that says anything.
    pub(crate) fn raw(&self, name: &str) -> Option<&'x [u8]> {
        self.all(name)
            .map(|field| field.raw)
            .find(|raw| !raw.trim_ascii().is_empty())
    }

    /// Whether a field of that name is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// The value as text, unfolded, encoded words left as they are: for fields with a grammar of their own.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        self.raw(name).map(|raw| unfold(raw, &mut None))
    }

    /// The value as text for people: unfolded and decoded. What went wrong is added to `problems`.
    pub(crate) fn text(&self, name: &str, problems: &mut Vec<String>) -> Option<String> {
        let mut problem = None;
        let text = word::decode(self.raw(name)?, &mut problem);
        if let Some(problem) = problem {
            problems.push(format!("{name}: {problem}"));
        }
        Some(text)
    }
}

/// One line out of a folded value: eight-bit and ISO-2022 bytes read, line breaks gone.
pub(crate) fn unfold(raw: &[u8], problem: &mut Option<String>) -> String {
    let decoded = charset::decode(raw, None);
    if decoded.problem.is_some() {
        *problem = decoded.problem;
    }
    let mut text = String::with_capacity(decoded.text.len());
    let mut broken = false;
    for c in decoded.text.chars() {
        match c {
            '\r' | '\n' => broken = true,
            _ => {
                if broken && !c.is_whitespace() && !text.is_empty() {
                    text.push(' ');
                }
                broken = false;
                text.push(c);
            }
        }
    }
    text.trim().to_owned()
}
