//! Where in a text a pattern may match at all.
//!
//! Hundreds of patterns look at every mail and few find anything. Most need some literal, 「当直」 or 「万円」, and a literal
//! stands nowhere in a text that lacks one of its pairs of characters. So the pairs of a text and of its lines are noted once,
//! and a pattern is only run over the lines where one of its literals may stand. What is found is the same without the
//! gate; only the time differs.

use regex_syntax::hir::{Class, Hir, HirKind, Look};
use std::cell::{Cell, RefCell};
use std::marker::PhantomData;

/// As a power of two: a mail of a thousand characters sets an eighth of the bits.
const BITS: u32 = 14;
/// In bytes: a text so short is looked at itself.
const SHORT: usize = 240;
/// A literal set of more members than that costs more to look up than it saves.
const MOST_LITERALS: usize = 400;
/// Where more literals stand in a text than that, its lines are not told apart.
const MOST_APART: usize = 24;
/// How many strings the neighbours in a pattern may make together before they are kept apart.
const MOST_PRODUCTS: usize = 48;

/// The bit of a single character.
fn single(c: char) -> u16 {
    bit(u32::from(c).wrapping_mul(0x85eb_ca6b) ^ 0x5bd1_e995)
}

/// The bit of two characters in a row.
fn pair(a: char, b: char) -> u16 {
    bit(u32::from(a)
        .wrapping_mul(0x9e37_79b1)
        .wrapping_add(u32::from(b).wrapping_mul(0xc2b2_ae35)))
}

fn bit(hash: u32) -> u16 {
    let mixed = (hash ^ (hash >> 15)).wrapping_mul(0x2c1b_3c6d);
    u16::try_from(mixed >> (32 - BITS)).unwrap_or_default()
}

/// The bits of all characters and pairs of characters of a text.
fn each_bit(text: &str, mut set: impl FnMut(u16)) {
    let mut before = None;
    for c in text.chars() {
        set(single(c));
        if let Some(before) = before {
            set(pair(before, c));
        }
        before = Some(c);
    }
}

/// The characters and pairs of characters of a text.
struct Signs(Box<[u64]>);

impl Signs {
    fn new() -> Self {
        Signs(vec![0; 1 << (BITS - 6)].into_boxed_slice())
    }

    fn set(&mut self, bit: u16) {
        if let Some(word) = self.0.get_mut(usize::from(bit >> 6)) {
            *word |= 1 << (bit & 63);
        }
    }

    fn has(&self, bit: u16) -> bool {
        self.0
            .get(usize::from(bit >> 6))
            .is_some_and(|word| word >> (bit & 63) & 1 == 1)
    }
}

/// Some of the characters and pairs of a short text or of a literal, in a few bits.
#[derive(Clone, Copy, Default)]
struct Mask([u128; 2]);

impl Mask {
    fn of(text: &str) -> Self {
        let mut mask = Mask::default();
        each_bit(text, |bit| mask.set(bit));
        mask
    }

    fn set(&mut self, bit: u16) {
        let [low, high] = &mut self.0;
        *(if bit & 128 == 0 { low } else { high }) |= 1 << (bit & 127);
    }

    fn covers(&self, other: &Mask) -> bool {
        let ([a, b], [c, d]) = (self.0, other.0);
        a & c == c && b & d == d
    }
}

/// What a text must contain for a pattern to match.
pub struct Needs {
    /// One of these; none where nothing certain is needed.
    literals: Option<Literals>,
    /// No match goes beyond a line, nor asks where the text ends.
    within_line: bool,
}

/// Literals, apart by what is asked of them, since the first question settles most.
struct Literals {
    /// The first and the last pair of each.
    ends: Box<[[u16; 2]]>,
    masks: Box<[Mask]>,
}

impl Needs {
    /// Of a pattern; one that needs nothing certain is run everywhere.
    pub fn of(pattern: &str) -> Self {
        let hir = regex_syntax::parse(pattern).ok();
        let literals = hir
            .as_ref()
            .and_then(required)
            .map(shortest)
            .filter(|l| l.len() <= MOST_LITERALS);
        Needs {
            literals: literals.map(|l| Literals {
                ends: l.iter().map(|w| ends(w)).collect(),
                masks: l.iter().map(|w| Mask::of(w)).collect(),
            }),
            within_line: hir.is_some_and(|hir| within_line(&hir)),
        }
    }
}

/// Without those that contain another one.
fn shortest(words: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    let mut words = words;
    words.sort_by_key(String::len);
    for word in words {
        if !kept.iter().any(|k| word.contains(k.as_str())) {
            kept.push(word);
        }
    }
    kept
}

fn ends(literal: &str) -> [u16; 2] {
    let mut pairs = literal.chars().zip(literal.chars().skip(1));
    match (pairs.next(), pairs.last()) {
        (Some((a, b)), Some((c, d))) => [pair(a, b), pair(c, d)],
        (Some((a, b)), None) => [pair(a, b); 2],
        _ => [literal.chars().next().map(single).unwrap_or_default(); 2],
    }
}

/// Whether no match of a pattern contains a line feed, and none asks where the text ends.
fn within_line(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Empty => true,
        HirKind::Look(look) => *look != Look::End,
        HirKind::Literal(l) => !l.0.contains(&b'\n'),
        HirKind::Class(Class::Unicode(class)) => !class
            .ranges()
            .iter()
            .any(|r| (r.start()..=r.end()).contains(&'\n')),
        HirKind::Class(Class::Bytes(class)) => !class
            .ranges()
            .iter()
            .any(|r| (r.start()..=r.end()).contains(&b'\n')),
        HirKind::Repetition(r) => within_line(&r.sub),
        HirKind::Capture(c) => within_line(&c.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().all(within_line),
    }
}

/// Literals of which every match contains at least one; none where that cannot be said.
fn required(hir: &Hir) -> Option<Vec<String>> {
    if let Some(exact) = exact(hir) {
        return useful(exact);
    }
    match hir.kind() {
        HirKind::Repetition(r) if r.min > 0 => required(&r.sub),
        HirKind::Capture(c) => required(&c.sub),
        HirKind::Alternation(branches) => {
            let mut all = Vec::new();
            for branch in branches {
                all.extend(required(branch)?);
            }
            useful(all)
        }
        HirKind::Concat(parts) => of_row(parts),
        _ => None,
    }
}

/// The best of what a row of parts needs: neighbours that are finite are read together.
fn of_row(parts: &[Hir]) -> Option<Vec<String>> {
    let mut found: Vec<Vec<String>> = Vec::new();
    let mut run: Vec<String> = vec![String::new()];
    for part in parts {
        if let Some(words) = exact(part) {
            if run.len() * words.len() > MOST_PRODUCTS {
                found.push(std::mem::replace(&mut run, words));
            } else {
                run = product(&run, &words);
            }
        } else {
            found.push(std::mem::replace(&mut run, vec![String::new()]));
            found.extend(required(part));
        }
    }
    found.push(run);
    found.into_iter().filter_map(useful).min_by_key(|words| {
        let shortest = words.iter().map(|w| w.chars().count()).min();
        (std::cmp::Reverse(shortest.unwrap_or(0).min(3)), words.len())
    })
}

/// A set with an empty word says nothing.
fn useful(words: Vec<String>) -> Option<Vec<String>> {
    (!words.is_empty() && words.iter().all(|w| !w.is_empty())).then_some(words)
}

fn product(heads: &[String], tails: &[String]) -> Vec<String> {
    heads
        .iter()
        .flat_map(|h| tails.iter().map(move |t| format!("{h}{t}")))
        .collect()
}

/// All that a pattern matches, where that is a handful of strings.
fn exact(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(vec![String::new()]),
        HirKind::Literal(l) => Some(vec![String::from_utf8(l.0.to_vec()).ok()?]),
        HirKind::Class(Class::Unicode(class)) => {
            let ranges = class.ranges();
            let count: usize = ranges
                .iter()
                .map(regex_syntax::hir::ClassUnicodeRange::len)
                .sum();
            (count <= MOST_PRODUCTS).then(|| {
                ranges
                    .iter()
                    .flat_map(|r| (r.start()..=r.end()).map(String::from))
                    .collect()
            })
        }
        HirKind::Repetition(r) if r.min == 0 && r.max == Some(1) => {
            let mut words = exact(&r.sub)?;
            words.push(String::new());
            Some(words)
        }
        HirKind::Capture(c) => exact(&c.sub),
        HirKind::Concat(parts) => parts.iter().try_fold(vec![String::new()], |run, part| {
            let words = exact(part)?;
            (run.len() * words.len() <= MOST_PRODUCTS).then(|| product(&run, &words))
        }),
        HirKind::Alternation(branches) => {
            let mut all = Vec::new();
            for branch in branches {
                all.extend(exact(branch)?);
            }
            (all.len() <= MOST_LITERALS).then_some(all)
        }
        _ => None,
    }
}

/// The text that is being read, by its place in memory.
struct Whole {
    start: usize,
    end: usize,
    signs: Signs,
    lines: Vec<Line>,
    /// The short part that was asked for last, by its place and length: many patterns look at the same one.
    last: Cell<(usize, usize, Mask)>,
}

/// A line by its bytes from the start of the text.
struct Line {
    start: usize,
    end: usize,
    mask: Mask,
}

impl Whole {
    fn of(text: &str) -> Self {
        let start = text.as_ptr().addr();
        let (mut lines, mut signs) = (Vec::new(), Signs::new());
        signs.set(single('\n'));
        let mut at = 0;
        for line in text.split('\n') {
            let mut mask = Mask::default();
            each_bit(line, |bit| {
                mask.set(bit);
                signs.set(bit);
            });
            for (edge, feed) in [
                (line.chars().next_back(), true),
                (line.chars().next(), false),
            ] {
                if let Some(c) = edge {
                    signs.set(if feed { pair(c, '\n') } else { pair('\n', c) });
                }
            }
            signs.set(pair('\n', '\n'));
            lines.push(Line {
                start: at,
                end: at + line.len(),
                mask,
            });
            at += line.len() + 1;
        }
        Whole {
            start,
            end: start + text.len(),
            signs,
            lines,
            last: Cell::default(),
        }
    }

    /// The mask of a part that begins at `start`.
    fn mask_of(&self, part: &str, start: usize) -> Mask {
        let (at, len, mask) = self.last.get();
        if (at, len) == (start, part.len()) {
            return mask;
        }
        let mask = Mask::of(part);
        self.last.set((start, part.len(), mask));
        mask
    }

    /// Where in the part from `from` to `to` a pattern may match, counted from the start of the part.
    fn search(&self, needs: &Needs, literals: &Literals, from: usize, to: usize) -> Places {
        let stands = |ends: &[u16; 2]| ends.iter().all(|b| self.signs.has(*b));
        if !literals.ends.iter().any(stands) {
            return Places::Nowhere;
        }
        if !needs.within_line {
            return Places::Anywhere;
        }
        let mut stand = [Mask::default(); MOST_APART];
        let mut count = 0;
        for (_, mask) in literals
            .ends
            .iter()
            .zip(&literals.masks)
            .filter(|(ends, _)| stands(ends))
        {
            let Some(slot) = stand.get_mut(count) else {
                return Places::Anywhere;
            };
            *slot = *mask;
            count += 1;
        }
        let stand = stand.get(..count).unwrap_or_default();
        let first = self.lines.partition_point(|l| l.end <= from);
        let lines: Vec<(usize, usize)> = self
            .lines
            .iter()
            .skip(first)
            .take_while(|l| l.start < to)
            .filter(|l| stand.iter().any(|m| l.mask.covers(m)))
            .map(|l| (l.start.max(from) - from, l.end.min(to) - from))
            .collect();
        if lines.is_empty() {
            Places::Nowhere
        } else {
            Places::Lines(lines)
        }
    }
}

thread_local! {
    static WHOLE: RefCell<Vec<Whole>> = const { RefCell::new(Vec::new()) };
}

/// While it lives, patterns on this thread look at the text, and at parts of it, only where they may match.
pub struct Gate<'t>(PhantomData<&'t str>);

impl<'t> Gate<'t> {
    /// Notes a text. The text outlives the gate, so that its place in memory is no other's.
    pub fn open(text: &'t str) -> Self {
        WHOLE.with_borrow_mut(|w| w.push(Whole::of(text)));
        Gate(PhantomData)
    }
}

impl Drop for Gate<'_> {
    fn drop(&mut self) {
        WHOLE.with_borrow_mut(|w| w.pop());
    }
}

/// Where a pattern may match.
#[derive(Debug, PartialEq, Eq)]
pub enum Places {
    /// It cannot match.
    Nowhere,
    /// It may match anywhere.
    Anywhere,
    /// Only within these lines: first byte and one past the last.
    Lines(Vec<(usize, usize)>),
}

/// Where in a text a pattern may match.
pub fn places(needs: &Needs, text: &str) -> Places {
    let Some(literals) = &needs.literals else {
        return Places::Anywhere;
    };
    let start = text.as_ptr().addr();
    let end = start + text.len();
    WHOLE.with_borrow(|wholes| {
        let whole = wholes.iter().rfind(|w| w.start <= start && end <= w.end);
        if text.len() <= SHORT {
            let mask = whole.map_or_else(|| Mask::of(text), |w| w.mask_of(text, start));
            return if literals.masks.iter().any(|m| mask.covers(m)) {
                Places::Anywhere
            } else {
                Places::Nowhere
            };
        }
        whole.map_or(Places::Anywhere, |w| {
            w.search(needs, literals, start - w.start, end - w.start)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needs(pattern: &str) -> Vec<String> {
        let hir = regex_syntax::parse(pattern).expect(pattern);
        let mut words = shortest(required(&hir).unwrap_or_default());
        words.sort();
        words
    }

    #[test]
    fn what_a_pattern_needs_is_found() {
        for (pattern, words) in [
            ("当直", "当直"),
            ("(?:お|ご)?希望(?:です)?", "希望"),
            ("[0-9]+万円?", "万"),
            ("[^。]*(?:外来|病棟)[^。]*", "外来 病棟"),
            ("(?:外来|[0-9]*)", ""),
            ("(?:外来)*", ""),
            ("[0-9]{2}(?:時|分)まで", "分まで 時まで"),
            ("(?m:^)(?:夜|昼)勤", "夜勤 昼勤"),
        ] {
            let found = needs(pattern).join(" ");
            let mut wanted: Vec<&str> = words.split(' ').filter(|w| !w.is_empty()).collect();
            wanted.sort_unstable();
            assert_eq!(found, wanted.join(" "), "{pattern}");
        }
    }

    #[test]
    fn what_stays_within_a_line_is_known() {
        for (pattern, stays) in [
            ("当直[^。\n]{0,9}なし", true),
            ("(?m:^)当直(?m:$)", true),
            ("^当直", true),
            ("当直$", false),
            ("当直[^。]", false),
            ("当直\n", false),
            ("当直\\s", false),
        ] {
            assert_eq!(Needs::of(pattern).within_line, stays, "{pattern}");
        }
    }

    #[test]
    fn only_the_lines_that_may_match_are_looked_at() {
        let text = format!(
            "{}\n当直は月二回\n{}",
            "週三日の外来を希望。".repeat(10),
            "以上です。".repeat(30)
        );
        let (duty, ward) = (Needs::of("当直(?:は|を)"), Needs::of("病棟|回診"));
        let over = Needs::of("当直[^は]");
        assert_eq!(
            places(&ward, &text),
            Places::Anywhere,
            "no gate stands open"
        );
        let gate = Gate::open(&text);
        assert_eq!(places(&ward, &text), Places::Nowhere);
        assert_eq!(places(&duty, &text), Places::Lines(vec![(301, 319)]));
        let part = text.get(300..).expect("a part");
        assert_eq!(places(&duty, part), Places::Lines(vec![(1, 19)]));
        assert_eq!(
            places(&over, &text),
            Places::Anywhere,
            "it may go beyond its line"
        );
        assert_eq!(places(&duty, "別の短い文"), Places::Nowhere);
        assert_eq!(
            places(&ward, &text.clone()),
            Places::Anywhere,
            "another text"
        );
        drop(gate);
        assert_eq!(places(&ward, &text), Places::Anywhere);
    }
}
