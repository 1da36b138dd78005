//! Regular expressions that are compiled once; all of them run in linear time.

mod noted;
mod words;

pub use noted::note;

use noted::{Around, Words};
use regex::{Captures, Regex};
use regex_syntax::hir::{Hir, HirKind};
use std::borrow::Cow;
use std::sync::OnceLock;
use words::Match;

/// A pattern that is compiled at its first use. A wrong one fails every debug test and matches nothing in production.
pub struct Pattern {
    text: Cow<'static, str>,
    plan: OnceLock<Plan>,
    regex: OnceLock<Option<Regex>>,
}

/// How a pattern is looked for.
enum Plan {
    /// It is a list of words.
    Words(Words<Match>),
    /// It needs one of some words.
    Around(Around),
    /// It may match anywhere.
    Anywhere,
}

impl Plan {
    fn of(pattern: &str) -> Self {
        let Ok(hir) = regex_syntax::parse(&small(pattern)) else {
            return Plan::Anywhere;
        };
        if let Some(matches) = words::matches(&hir) {
            return Plan::Words(Words::new(matches));
        }
        let needed = words::needed(&hir).map(|words| Plan::Around(Around::new(words)));
        needed.unwrap_or(Plan::Anywhere)
    }
}

impl Pattern {
    /// From its text.
    pub const fn new(text: &'static str) -> Self {
        Pattern::from(Cow::Borrowed(text))
    }

    /// From a text that is read from a table.
    pub fn read(text: String) -> Self {
        Pattern::from(Cow::Owned(text))
    }

    const fn from(text: Cow<'static, str>) -> Self {
        Pattern {
            text,
            plan: OnceLock::new(),
            regex: OnceLock::new(),
        }
    }

    fn plan(&self) -> &Plan {
        self.plan.get_or_init(|| Plan::of(&self.text))
    }

    fn regex(&self) -> Option<&Regex> {
        self.regex.get_or_init(|| compile(&self.text)).as_ref()
    }

    /// The stretches of a text in which it may match.
    fn stretches(&self, text: &str) -> Vec<(usize, usize)> {
        match self.plan() {
            Plan::Around(words) => noted::stretches(words, text),
            Plan::Words(_) | Plan::Anywhere => vec![(0, text.len())],
        }
    }

    /// Where its words stand, the first or all; none where it is not a list of words.
    fn words(&self, text: &str, most: usize) -> Option<Vec<noted::Stands>> {
        match self.plan() {
            Plan::Words(words) => noted::standing(words, text, most),
            Plan::Around(_) | Plan::Anywhere => None,
        }
    }

    /// Calls `find` with the machine, a text and where to look from, from match to match, at most `most` times. It gives
    /// the match's bytes and what it is to be known as.
    fn each<'t, T>(
        &self,
        text: &'t str,
        most: usize,
        find: impl Fn(&Regex, &'t str, usize) -> Option<(usize, usize, T)>,
    ) -> Vec<T> {
        let mut found = Vec::new();
        if let Some(words) = self.words(text, usize::MAX) {
            // Where a word stands the machine matches at once, and tells the groups.
            let mut free = 0;
            for (start, _, _) in words {
                if start >= free
                    && found.len() < most
                    && let Some(re) = self.regex()
                    && let Some((start, end, what)) = find(re, text, start)
                {
                    found.push(what);
                    free = after(text, start, end);
                }
            }
            return found;
        }
        for (start, end) in self.stretches(text) {
            let Some(re) = self.regex() else { break };
            let text = text.get(..end).unwrap_or_default();
            let mut at = start;
            while found.len() < most
                && at <= end
                && let Some((start, end, what)) = find(re, text, at)
            {
                found.push(what);
                at = after(text, start, end);
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
        let Some(words) = self.words(text, usize::MAX) else {
            return self.each(text, usize::MAX, bare);
        };
        let mut free = 0;
        let apart = words.into_iter().filter(|(start, _, end)| {
            let apart = *start >= free;
            free = if apart { *end } else { free };
            apart
        });
        apart.map(|(start, _, end)| (start, end)).collect()
    }

    /// The first match with its groups.
    pub fn first<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.each(text, 1, with_groups).pop()
    }

    /// Where the first match stands.
    pub fn span(&self, text: &str) -> Option<(usize, usize)> {
        match self.words(text, 1) {
            Some(words) => words.first().map(|(start, _, end)| (*start, *end)),
            None => self.each(text, 1, bare).pop(),
        }
    }

    /// Whether it matches anywhere.
    pub fn is(&self, text: &str) -> bool {
        if let Some(words) = self.words(text, 1) {
            return !words.is_empty();
        }
        self.stretches(text).iter().any(|(start, end)| {
            let text = text.get(..*end).unwrap_or_default();
            self.regex().is_some_and(|re| re.is_match_at(text, *start))
        })
    }

    /// A search from match to match; none where it cannot match.
    fn search<'t>(&self, text: &'t str) -> Option<Search<'_, 't>> {
        let stretches = self.stretches(text);
        let regex = (!stretches.is_empty()).then(|| self.regex())??;
        Some(Search {
            regex,
            text,
            stretches,
            stretch: 0,
            next: None,
        })
    }
}

/// Where a search through a text stands.
struct Search<'r, 't> {
    regex: &'r Regex,
    text: &'t str,
    stretches: Vec<(usize, usize)>,
    stretch: usize,
    next: Option<(usize, usize)>,
}

impl Search<'_, '_> {
    /// The first match that starts at `at` or behind it; `at` never goes back.
    fn from(&mut self, at: usize) -> Option<(usize, usize)> {
        if self.next.is_some_and(|n| n.0 >= at) {
            return self.next;
        }
        self.next = None;
        while let Some((start, end)) = self.stretches.get(self.stretch) {
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
            self.stretch += 1;
        }
        None
    }
}

/// Where to look on after a match.
fn after(text: &str, start: usize, end: usize) -> usize {
    if start < end {
        return end;
    }
    let next = text.get(end..).and_then(|t| t.chars().next());
    end + next.map_or(1, char::len_utf8)
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

/// Many patterns in order, each with what it stands for, that are looked for as if they were the alternatives of one.
///
/// Their own alternatives are taken apart: those that are words are looked up together, and each of the others is a small
/// machine of its own.
pub struct Table<T> {
    words: Words<Match>,
    /// For each word the number of its alternative, and what it stands for.
    of_words: Vec<(usize, T)>,
    others: Vec<(Pattern, usize, T)>,
}

impl<T: Copy> Table<T> {
    /// From patterns in order; a wrong one matches nothing in production.
    pub fn new<'p>(rows: impl IntoIterator<Item = (&'p str, T)>) -> Self {
        let (mut words, mut of_words, mut others) = (Vec::new(), Vec::new(), Vec::new());
        let mut number = 0;
        for (pattern, what) in rows {
            let hir = regex_syntax::parse(&small(pattern));
            debug_assert!(hir.is_ok(), "{hir:?}");
            let Ok(hir) = hir else { continue };
            let alternatives: Vec<&Hir> = match hir.kind() {
                HirKind::Alternation(branches) => branches.iter().collect(),
                _ => vec![&hir],
            };
            for alternative in alternatives {
                number += 1;
                if let Some(list) = words::matches(alternative) {
                    of_words.extend(list.iter().map(|_| (number, what)));
                    words.extend(list);
                } else {
                    others.push((Pattern::read(alternative.to_string()), number, what));
                }
            }
        }
        Table {
            words: Words::new(words),
            of_words,
            others,
        }
    }

    /// What the patterns stand for that match anywhere, each once.
    pub fn all(&self, text: &str) -> Vec<T>
    where
        T: Ord,
    {
        let Some(words) = noted::standing(&self.words, text, usize::MAX) else {
            let _note = note(text);
            return self.all(text);
        };
        let of_words = words.iter().filter_map(|w| self.of_words.get(w.1));
        let mut found: Vec<T> = of_words.map(|(_, what)| *what).collect();
        for (pattern, _, what) in &self.others {
            if !found.contains(what) && pattern.is(text) {
                found.push(*what);
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// All matches, in order and apart, each with what its pattern stands for: at each place
    /// the first that matches there.
    pub fn find(&self, text: &str) -> Vec<(usize, usize, T)> {
        let Some(words) = noted::standing(&self.words, text, usize::MAX) else {
            let _note = note(text);
            return self.find(text);
        };
        let mut words = words
            .into_iter()
            .filter_map(|(start, word, end)| {
                let (number, what) = self.of_words.get(word)?;
                Some((start, *number, end, *what))
            })
            .peekable();
        let mut others: Vec<(Search, usize, T)> = self
            .others
            .iter()
            .filter_map(|(p, number, what)| Some((p.search(text)?, *number, *what)))
            .collect();
        let mut out = Vec::new();
        let mut at = 0;
        loop {
            while words.next_if(|w| w.0 < at).is_some() {}
            let mut first = words.peek().copied();
            for (search, number, what) in &mut others {
                if let Some((start, end)) = search.from(at)
                    && first.is_none_or(|f| (start, *number) < (f.0, f.1))
                {
                    first = Some((start, *number, end, *what));
                }
            }
            let Some((start, _, end, what)) = first else {
                return out;
            };
            at = end.max(start + 1);
            out.push((start, end, what));
        }
    }
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
            $crate::understand::pattern::Pattern::new($text);
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PATTERNS: &[&str] = &[
        "当直",
        "当直(?:は|も)?(?:不可|可)",
        "(?:お|ご)?希望(?:です)??",
        r"(?m:^)\s*[・-]?当直",
        "可(?:。|$)",
        r"\d{1,3}(?:分|時間)(?:まで|以内)?",
        r"[^。、\n]{0,4}当直[^。\n]{0,6}(?:不可|無理)",
        r"[^。]*(?:外来|当直)[^。]*可",
        r"月に?\d+回?(?:、|か)\d+回",
        r"\bok\b|可(?:です)?",
        r"(?:当直|外来)+(?:と|や)?[\p{Han}]{1,3}",
        r"^(?:は|も)?不可",
        r"(?:不可|無理)。?$",
        r"外来\s{2,}当直|当直(?:\n|。)外来",
        r"[\p{Hiragana}]{2,}",
        r"当直[^。\n]{0,3}可$",
        r"[^\s]{1,3}不可(?m:$)",
    ];

    fn words() -> impl Strategy<Value = String> {
        let word = prop::sample::select(vec![
            "当直", "外来", "希望", "お", "ご", "です", "不可", "可", "無理", "は", "も", "と",
            "や", "月に", "2", "15", "分", "時間", "回", "まで", "か", "ok", "a", " ", "  ", "。",
            "、", "\n", "・", "🙏", "直",
        ]);
        prop::collection::vec(word, 0..40).prop_map(|w| w.concat())
    }

    #[test]
    fn an_end_is_the_end_of_the_whole_text() {
        let pattern = Pattern::new("可(?:。|$)");
        let text = "不可。可当直";
        let _note = note(text);
        assert_eq!(pattern.spans(text), [(3, 9)]);
        assert_eq!(pattern.all(text).len(), 1);
    }

    proptest! {
        #[test]
        fn what_is_found_is_the_same_without_a_note(text in words(), cut in 0usize..60, len in 0usize..120) {
            let start = text.floor_char_boundary(cut);
            let part = text.get(start..text.floor_char_boundary(start + len)).unwrap_or_default();
            for pattern in PATTERNS {
                let pattern = Pattern::new(pattern);
                let plain = |text: &str| -> Vec<(usize, usize)> {
                    let re = pattern.regex().expect("a pattern");
                    re.find_iter(text).map(|m| (m.start(), m.end())).collect()
                };
                let _note = note(&text);
                for text in [text.as_str(), part] {
                    let wanted = plain(text);
                    prop_assert_eq!(&pattern.spans(text), &wanted, "{} in {:?}", pattern.text, text);
                    prop_assert_eq!(pattern.span(text), wanted.first().copied());
                    prop_assert_eq!(pattern.is(text), !wanted.is_empty());
                    let groups: Vec<(usize, usize)> = pattern
                        .all(text)
                        .iter()
                        .filter_map(|c| c.get(0))
                        .map(|m| (m.start(), m.end()))
                        .collect();
                    prop_assert_eq!(&groups, &wanted);
                }
            }
        }

        #[test]
        fn a_table_finds_what_one_pattern_of_its_rows_finds(text in words()) {
            let rows = ["(?m)不可|無理$", "可(?:です)?|希望[^。\n]{0,3}(?:は|も)", "(?:当直|外来)(?:は|も)"];
            let table = Table::new(rows.iter().enumerate().map(|(i, r)| (*r, i)));
            let one = compile(&format!("(?m)(?P<a>{})|(?P<b>{})|(?P<c>{})", rows[0].trim_start_matches("(?m)"), rows[1], rows[2]))
                .expect("a pattern");
            let wanted: Vec<(usize, usize, usize)> = one
                .captures_iter(&text)
                .filter_map(|c| {
                    let row = ["a", "b", "c"].iter().position(|g| c.name(g).is_some())?;
                    let m = c.get(0)?;
                    Some((m.start(), m.end(), row))
                })
                .collect();
            prop_assert_eq!(table.find(&text), wanted);
        }
    }
}
