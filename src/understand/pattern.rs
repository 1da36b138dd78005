//! Regular expressions that are compiled once; all of them run in linear time.

use super::gate::{self, Needs, Places};
use regex::{Captures, Regex};
use std::sync::{LazyLock, OnceLock};

/// A pattern that is compiled at its first use. A wrong one fails every debug test and matches nothing in production.
pub struct Pattern {
    regex: LazyLock<Option<Regex>, fn() -> Option<Regex>>,
    needs: LazyLock<Needs, fn() -> Needs>,
}

/// A pattern whose text is read from a table.
pub struct Row {
    text: String,
    regex: OnceLock<Option<Regex>>,
    needs: Needs,
}

impl Row {
    /// From the text of a pattern, which is compiled at its first use.
    pub fn new(pattern: &str) -> Self {
        Row {
            text: pattern.to_owned(),
            regex: OnceLock::new(),
            needs: needs(pattern),
        }
    }

    /// Whether it matches anywhere.
    pub fn is(&self, text: &str) -> bool {
        let machine = || self.regex.get_or_init(|| compile(&self.text)).as_ref();
        is(&self.needs, machine, text)
    }
}

impl Row {
    /// Whether it is a pattern at all.
    #[cfg(test)]
    pub fn compiles(&self) -> bool {
        compile(&self.text).is_some()
    }

    /// A search through a text, from match to match; none where it cannot match.
    pub fn search<'t>(&self, text: &'t str) -> Option<Search<'_, 't>> {
        let lines = match gate::places(&self.needs, text) {
            Places::Nowhere => return None,
            Places::Anywhere => vec![(0, text.len())],
            Places::Lines(lines) => lines,
        };
        let regex = self.regex.get_or_init(|| compile(&self.text)).as_ref()?;
        Some(Search {
            regex,
            text,
            lines,
            line: 0,
            next: None,
        })
    }
}

/// Where a search through a text stands.
pub struct Search<'r, 't> {
    regex: &'r Regex,
    text: &'t str,
    lines: Vec<(usize, usize)>,
    line: usize,
    next: Option<(usize, usize)>,
}

impl Search<'_, '_> {
    /// The first match that starts at `at` or behind it; `at` never goes back.
    pub fn from(&mut self, at: usize) -> Option<(usize, usize)> {
        if self.next.is_some_and(|n| n.0 >= at) {
            return self.next;
        }
        self.next = None;
        while let Some((start, end)) = self.lines.get(self.line) {
            let from = at.max(*start);
            let found = self
                .text
                .get(..*end)
                .filter(|t| from <= t.len() && t.is_char_boundary(from))
                .and_then(|t| self.regex.find_at(t, from));
            if let Some(m) = found {
                self.next = Some((m.start(), m.end()));
                return self.next;
            }
            self.line += 1;
        }
        None
    }
}

/// Whether a pattern matches anywhere; it is compiled only where it may.
fn is<'r>(needs: &Needs, regex: impl FnOnce() -> Option<&'r Regex>, text: &str) -> bool {
    let places = gate::places(needs, text);
    if places == Places::Nowhere {
        return false;
    }
    regex().is_some_and(|re| match places {
        Places::Nowhere => false,
        Places::Anywhere => re.is_match(text),
        Places::Lines(lines) => lines
            .iter()
            .any(|(s, e)| text.get(..*e).is_some_and(|t| re.is_match_at(t, *s))),
    })
}

/// Where to look on after a match.
fn after(text: &str, start: usize, end: usize) -> usize {
    if start < end {
        return end;
    }
    let next = text.get(end..).and_then(|t| t.chars().next());
    end + next.map_or(1, char::len_utf8)
}

impl Pattern {
    /// From functions that compile it and tell what it needs; made by [`pattern!`](super::pattern::pattern).
    pub const fn new(regex: fn() -> Option<Regex>, needs: fn() -> Needs) -> Self {
        Pattern {
            regex: LazyLock::new(regex),
            needs: LazyLock::new(needs),
        }
    }

    /// What `find` gives for each match, in order, at most `most`. It is called with a text, where to look from, and gives
    /// the match's bytes and what it is to be known as.
    fn each<'t, T>(
        &self,
        text: &'t str,
        most: usize,
        find: impl Fn(&Regex, &'t str, usize) -> Option<(usize, usize, T)>,
    ) -> Vec<T> {
        let mut found = Vec::new();
        let places = gate::places(&self.needs, text);
        if places == Places::Nowhere {
            return found;
        }
        let Some(re) = self.regex.as_ref() else {
            return found;
        };
        let mut look = |text: &'t str, from: usize| {
            let mut at = from;
            while found.len() < most
                && at <= text.len()
                && let Some((start, end, what)) = find(re, text, at)
            {
                found.push(what);
                at = after(text, start, end);
            }
        };
        match places {
            Places::Nowhere => {}
            Places::Anywhere => look(text, 0),
            Places::Lines(lines) => {
                for (start, end) in lines {
                    look(text.get(..end).unwrap_or_default(), start);
                }
            }
        }
        found
    }

    /// Every match with its groups.
    pub fn all<'t>(&self, text: &'t str) -> Vec<Captures<'t>> {
        self.each(text, usize::MAX, with_groups)
    }

    /// Where every match stands; much cheaper than [`all`](Self::all).
    pub fn spans(&self, text: &str) -> Vec<(usize, usize)> {
        self.each(text, usize::MAX, bare)
    }

    /// The first match with its groups.
    pub fn first<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.each(text, 1, with_groups).pop()
    }

    /// Where the first match stands.
    pub fn span(&self, text: &str) -> Option<(usize, usize)> {
        self.each(text, 1, bare).pop()
    }

    /// Whether it matches anywhere.
    pub fn is(&self, text: &str) -> bool {
        is(&self.needs, || self.regex.as_ref(), text)
    }
}

fn with_groups<'t>(re: &Regex, text: &'t str, at: usize) -> Option<(usize, usize, Captures<'t>)> {
    let groups = re.captures_at(text, at)?;
    let m = groups.get(0)?;
    Some((m.start(), m.end(), groups))
}

fn bare(re: &Regex, text: &str, at: usize) -> Option<(usize, usize, (usize, usize))> {
    let m = re.find_at(text, at)?;
    Some((m.start(), m.end(), (m.start(), m.end())))
}

/// What a text must contain for a pattern to match.
pub fn needs(pattern: &str) -> Needs {
    Needs::of(&small(pattern))
}

/// Compiles a pattern; wrong patterns are a mistake of this program.
pub fn compile(pattern: &str) -> Option<Regex> {
    let made = Regex::new(&small(pattern));
    debug_assert!(made.is_ok(), "{made:?}");
    made.ok()
}

/// A pattern with small classes, whose blanks and negated classes end with the line.
pub fn small(pattern: &str) -> String {
    // The text is in the normal spelling, so that digits and blanks are ASCII; small classes keep the machines small. The
    // ASCII boundary keeps the fast engine on Japanese text; Latin words are all that it is used for.
    pattern
        .replace("[^", r"[^\n")
        .replace("(?:^|", "(?:(?m:^)|")
        .replace("|$", "|(?m:$)")
        .replace(r"\b", r"(?-u:\b)")
        .replace(r"\d", "[0-9]")
        .replace(r"\s", r"[\x20\t]")
        .replace(
            r"\p{Han}",
            r"[\x{4e00}-\x{9fff}\x{3400}-\x{4dbf}\x{3005}-\x{3007}]",
        )
        .replace(r"\p{Hiragana}", r"[\x{3041}-\x{309f}]")
        .replace(
            r"\p{Katakana}",
            r"[\x{30a1}-\x{30fa}\x{30fd}-\x{30ff}\x{31f0}-\x{31ff}]",
        )
}

/// Declares a static pattern.
macro_rules! pattern {
    ($vis:vis $name:ident, $text:expr) => {
        $vis static $name: $crate::understand::pattern::Pattern =
            $crate::understand::pattern::Pattern::new(
                || $crate::understand::pattern::compile($text),
                || $crate::understand::pattern::needs($text),
            );
    };
}
pub(crate) use pattern;

/// A group as a whole number.
pub fn number(c: &Captures, group: &str) -> Option<i64> {
    c.name(group)?.as_str().parse().ok()
}

/// A group as a number with a fraction.
pub fn fraction(c: &Captures, group: &str) -> Option<f64> {
    c.name(group)?.as_str().parse().ok()
}
