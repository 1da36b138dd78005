//! Regular expressions that are compiled once; all of them run in linear time.

use regex::{Captures, Regex};
use std::sync::LazyLock;

/// A pattern that is compiled at its first use. A wrong one fails every debug test and matches nothing in production.
pub struct Pattern(LazyLock<Option<Regex>, fn() -> Option<Regex>>);

impl Pattern {
    /// From a function that compiles it; made by [`pattern!`](super::pattern::pattern).
    pub const fn new(make: fn() -> Option<Regex>) -> Self {
        Pattern(LazyLock::new(make))
    }

    /// Every match with its groups.
    pub fn all<'t>(&self, text: &'t str) -> Vec<Captures<'t>> {
        self.0
            .as_ref()
            .map(|re| re.captures_iter(text).collect())
            .unwrap_or_default()
    }

    /// Where every match stands; much cheaper than [`all`](Self::all).
    pub fn spans(&self, text: &str) -> Vec<(usize, usize)> {
        self.0
            .as_ref()
            .map(|re| re.find_iter(text).map(|m| (m.start(), m.end())).collect())
            .unwrap_or_default()
    }

    /// The first match with its groups.
    pub fn first<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.0.as_ref().and_then(|re| re.captures(text))
    }

    /// Where the first match stands.
    pub fn span(&self, text: &str) -> Option<(usize, usize)> {
        self.0
            .as_ref()
            .and_then(|re| re.find(text))
            .map(|m| (m.start(), m.end()))
    }

    /// Whether it matches anywhere.
    pub fn is(&self, text: &str) -> bool {
        self.0.as_ref().is_some_and(|re| re.is_match(text))
    }
}

/// Compiles a pattern; wrong patterns are a mistake of this program.
pub fn compile(pattern: &str) -> Option<Regex> {
    let made = Regex::new(&small(pattern));
    debug_assert!(made.is_ok(), "{made:?}");
    made.ok()
}

/// A pattern with small classes.
pub fn small(pattern: &str) -> String {
    // The text is in the normal spelling, so that digits and blanks are ASCII; small classes keep the machines small. The
    // ASCII boundary keeps the fast engine on Japanese text; Latin words are all that it is used for.
    pattern
        .replace(r"\b", r"(?-u:\b)")
        .replace(r"\d", "[0-9]")
        .replace(r"\s", r"[\x20\t\r\n]")
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
            $crate::understand::pattern::Pattern::new(|| {
                $crate::understand::pattern::compile($text)
            });
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
