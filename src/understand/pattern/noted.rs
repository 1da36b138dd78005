//! Where the words of a pattern stand in the text that is being read.
//!
//! Hundreds of patterns look at every mail and few find anything. So the places of all characters and pairs of characters
//! of a text are noted once; a pattern looks its words up there, and is run only as far around them as a match may go. What
//! is found is the same without the note; only the time differs.

use super::words::{Edge, Match, Needed, Reach};
use std::cell::RefCell;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicUsize, Ordering};

/// As a power of two: a mail of a thousand characters sets an eighth of the signs.
const SIGN_BITS: u32 = 14;
/// Where words stand more often than that, a text is looked through as a whole.
const MOST_PLACES: usize = 64;

/// The sign of a single character.
fn single(c: char) -> u16 {
    sign(u32::from(c).wrapping_mul(0x85eb_ca6b) ^ 0x5bd1_e995)
}

/// The sign of two characters in a row.
fn pair(a: char, b: char) -> u16 {
    sign(
        u32::from(a)
            .wrapping_mul(0x9e37_79b1)
            .wrapping_add(u32::from(b).wrapping_mul(0xc2b2_ae35)),
    )
}

fn sign(hash: u32) -> u16 {
    let mixed = (hash ^ (hash >> 15)).wrapping_mul(0x2c1b_3c6d);
    u16::try_from(mixed >> (32 - SIGN_BITS)).unwrap_or_default()
}

/// The sign by which a word is looked up, that of its rarest pair of characters, another sign of it, and the bytes of the
/// word before the rarest pair.
fn keys(word: &str) -> ([u16; 2], u32) {
    let pairs: Vec<(usize, char, char)> = word
        .char_indices()
        .zip(word.chars().skip(1))
        .map(|((at, a), b)| (at, a, b))
        .collect();
    let rarest = pairs.iter().max_by_key(|(_, a, b)| rare(*a) + rare(*b));
    let Some((before, a, b)) = rarest else {
        let sign = word.chars().next().map(single).unwrap_or_default();
        return ([sign; 2], 0);
    };
    let other = pairs.iter().rev().find(|(at, ..)| at != before);
    let rarest = pair(*a, *b);
    let other = other.map_or(rarest, |(_, a, b)| pair(*a, *b));
    ([rarest, other], u32::try_from(*before).unwrap_or(u32::MAX))
}

/// How seldom a character is, by its script.
fn rare(c: char) -> u8 {
    match c {
        '\u{3041}'..='\u{309f}' | ' '..='~' => 0,
        '\u{30a0}'..='\u{30ff}' => 1,
        _ => 2,
    }
}

/// Words that are looked up together.
pub(super) struct Words<W> {
    /// Their number among all that are ever looked up.
    id: usize,
    /// By themselves, since most words stand nowhere and nothing more is asked of them.
    keys: Box<[[u16; 2]]>,
    /// For each the bytes before its rarest pair.
    before: Box<[u32]>,
    words: Box<[W]>,
}

impl<W: Spelled> Words<W> {
    pub(super) fn new(words: Vec<W>) -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let (keys, before): (Vec<_>, Vec<_>) = words.iter().map(|w| keys(w.text())).unzip();
        Words {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            keys: keys.into(),
            before: before.into(),
            words: words.into(),
        }
    }
}

/// The words of which a pattern needs one, and of which it needs one beside them.
pub(super) struct Around {
    words: Words<Needed>,
    also: Box<[Words<String>]>,
    /// For each word the number of what stands beside it.
    also_of: Box<[Option<usize>]>,
}

impl Around {
    pub(super) fn new(words: Vec<Needed>) -> Self {
        let mut also: Vec<Vec<String>> = Vec::new();
        let also_of = words.iter().map(|word| {
            let known = also.iter().position(|a| *a == word.also);
            let number = known.unwrap_or_else(|| {
                also.push(word.also.clone());
                also.len() - 1
            });
            Some(number).filter(|_| !word.also.is_empty())
        });
        Around {
            also_of: also_of.collect(),
            also: also.into_iter().map(Words::new).collect(),
            words: Words::new(words),
        }
    }

    /// What stands beside a word in every match.
    fn beside(&self, word: usize) -> Option<&Words<String>> {
        self.also.get((*self.also_of.get(word)?)?)
    }
}

/// Something with a spelling.
pub(super) trait Spelled {
    /// Never empty.
    fn text(&self) -> &str;
}

impl Spelled for String {
    fn text(&self) -> &str {
        self
    }
}

impl Spelled for Needed {
    fn text(&self) -> &str {
        &self.text
    }
}

impl Spelled for Match {
    fn text(&self) -> &str {
        &self.text
    }
}

/// The text that is being read, by its place in memory.
struct Noted {
    text: Box<[u8]>,
    start: usize,
    end: usize,
    /// A bit for each sign: whether it stands anywhere.
    signs: Box<[u64]>,
    /// Where the places of the signs of a bucket begin in `places`.
    buckets: Box<[u32]>,
    /// Bytes from the start of the text, in order within a bucket.
    places: Box<[u32]>,
    /// Where the line feeds are.
    feeds: Vec<usize>,
    known: RefCell<Known>,
}

/// Where words stand that were looked up before.
#[derive(Default)]
struct Known {
    places: Vec<Place>,
    /// By the number of the words, where their places begin in `places`, and one past the last.
    of_words: Vec<Option<(u32, u32)>>,
}

/// The first byte of a word that stands in a text, and its number among the words that are looked up with it.
type Place = (u32, u32);

fn count(places: &[Place]) -> u32 {
    u32::try_from(places.len()).unwrap_or(u32::MAX)
}

impl Known {
    /// The places of the words with a number, which `look_up` adds where they are asked for the first time.
    fn places_of(&mut self, id: usize, look_up: impl FnOnce(&mut Vec<Place>)) -> &[Place] {
        if self.of_words.len() <= id {
            self.of_words.resize(id + 1, None);
        }
        let Some(known) = self.of_words.get_mut(id) else {
            return &[];
        };
        let (from, to) = *known.get_or_insert_with(|| {
            let from = count(&self.places);
            look_up(&mut self.places);
            (from, count(&self.places))
        });
        self.places
            .get(from as usize..to as usize)
            .unwrap_or_default()
    }
}

impl Noted {
    fn of(text: &str) -> Self {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let mut each: Vec<(u16, u32)> = Vec::with_capacity(2 * chars.len());
        let mut signs = vec![0_u64; 1 << (SIGN_BITS - 6)].into_boxed_slice();
        let mut note = |sign: u16, at: usize| {
            if let Some(word) = signs.get_mut(usize::from(sign >> 6)) {
                *word |= 1 << (sign & 63);
            }
            each.push((sign, u32::try_from(at).unwrap_or(u32::MAX)));
        };
        let mut next = chars.iter().skip(1);
        for (at, c) in &chars {
            note(single(*c), *at);
            if let Some((_, after)) = next.next() {
                note(pair(*c, *after), *at);
            }
        }
        // As many buckets as signs that stand, so that few signs share one.
        let bits = (each.len().max(2).ilog2() + 1).clamp(8, SIGN_BITS);
        let mut buckets = vec![0_u32; (1 << bits) + 1].into_boxed_slice();
        let bucket = |sign: u16| usize::from(sign >> (SIGN_BITS - bits));
        for (sign, _) in &each {
            if let Some(count) = buckets.get_mut(bucket(*sign) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut buckets {
            sum += *start;
            *start = sum;
        }
        let mut ends = buckets.clone();
        let mut places = vec![0_u32; each.len()].into_boxed_slice();
        for (sign, at) in &each {
            if let Some(end) = ends.get_mut(bucket(*sign)) {
                if let Some(place) = places.get_mut(*end as usize) {
                    *place = *at;
                }
                *end += 1;
            }
        }
        let start = text.as_ptr().addr();
        Noted {
            text: text.as_bytes().into(),
            start,
            end: start + text.len(),
            signs,
            buckets,
            places,
            feeds: text.match_indices('\n').map(|(at, _)| at).collect(),
            known: RefCell::default(),
        }
    }

    fn has(&self, sign: u16) -> bool {
        self.signs
            .get(usize::from(sign >> 6))
            .is_some_and(|word| word >> (sign & 63) & 1 == 1)
    }

    /// The places of a sign, and of some others.
    fn places(&self, sign: u16) -> &[u32] {
        let bits = (self.buckets.len() - 1).ilog2();
        let at = usize::from(sign >> (SIGN_BITS - bits));
        let range = self.buckets.get(at).zip(self.buckets.get(at + 1));
        range
            .and_then(|(from, to)| self.places.get(*from as usize..*to as usize))
            .unwrap_or_default()
    }

    /// The words that may stand in the text, each with its number, the bytes before its rarest pair, and the places of that.
    fn likely<'a, W: Spelled>(
        &'a self,
        words: &'a Words<W>,
    ) -> impl Iterator<Item = (usize, &'a [u8], u32, &'a [u32])> {
        let keys = words.keys.iter().enumerate();
        let likely = keys.filter(|(_, [rarest, other])| self.has(*rarest) && self.has(*other));
        likely.filter_map(|(number, [rarest, _])| {
            let word = words.words.get(number)?.text().as_bytes();
            Some((
                number,
                word,
                *words.before.get(number)?,
                self.places(*rarest),
            ))
        })
    }

    /// The first byte of a word whose rarest pair stands at a place, where it stands there.
    fn stands(&self, word: &[u8], before: u32, place: u32) -> Option<u32> {
        let at = place.checked_sub(before)?;
        let here = self.text.get(at as usize..)?;
        here.starts_with(word).then_some(at)
    }

    /// Adds every place of some words in the text, in order.
    fn look_up<W: Spelled>(&self, words: &Words<W>, found: &mut Vec<Place>) {
        let first = found.len();
        for (number, word, before, places) in self.likely(words) {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            let places = places.iter().filter_map(|p| self.stands(word, before, *p));
            found.extend(places.map(|at| (at, number)));
        }
        if let Some(found) = found.get_mut(first..) {
            found.sort_unstable();
        }
    }

    /// Whether one of some words stands between two bytes of the text.
    fn any<W: Spelled>(&self, words: &Words<W>, from: usize, to: usize) -> bool {
        self.likely(words).any(|(_, word, before, places)| {
            let from = from + before as usize;
            let first = places.partition_point(|p| (*p as usize) < from);
            let last = (to + before as usize).saturating_sub(word.len());
            let places = places.get(first..).unwrap_or_default().iter();
            places
                .take_while(|p| **p as usize <= last)
                .any(|p| self.stands(word, before, *p).is_some())
        })
    }

    /// Calls `each` with the first byte and the word for every word that stands in a part of the text, in order, until it
    /// says that no more is wanted.
    fn in_part<W: Spelled>(
        &self,
        words: &Words<W>,
        part: &str,
        mut each: impl FnMut(usize, usize, &W) -> bool,
    ) {
        let mut known = self.known.borrow_mut();
        let places = known.places_of(words.id, |found| self.look_up(words, found));
        let from = part.as_ptr().addr() - self.start;
        let first = places.partition_point(|(at, _)| (*at as usize) < from);
        for (at, number) in places.iter().skip(first) {
            let (at, number) = (*at as usize - from, *number as usize);
            if at >= part.len() {
                return;
            }
            if let Some(word) = words.words.get(number)
                && at + word.text().len() <= part.len()
                && !each(at, number, word)
            {
                return;
            }
        }
    }

    /// The line around a part of the text that begins at `from`.
    fn line(&self, from: usize, at: usize, end: usize, len: usize) -> (usize, usize) {
        let before = self.feeds.partition_point(|f| *f < from + at);
        let start = before
            .checked_sub(1)
            .and_then(|i| self.feeds.get(i))
            .map_or(0, |f| f + 1);
        let behind = self.feeds.partition_point(|f| *f < from + end);
        let stop = self.feeds.get(behind).map_or(usize::MAX, |f| *f);
        (start.saturating_sub(from), (stop - from).min(len))
    }

    /// How far around a word a match may go, in a part of the text that begins at `from`. One character more is shown, so
    /// that a pattern sees whether its match ends with a line or a word.
    fn around(&self, word: &Needed, part: &str, from: usize, at: usize) -> (usize, usize) {
        let end = at + word.text.len();
        let line = || self.line(from, at, end, part.len());
        let start = match word.before {
            Reach { bytes: Some(n), .. } => at.saturating_sub(n),
            Reach { feeds: false, .. } => line().0,
            Reach { .. } => 0,
        };
        let end = match word.behind {
            Reach { bytes: Some(n), .. } => end.saturating_add(n).saturating_add(1),
            Reach { feeds: false, .. } => line().1 + 1,
            Reach { .. } => part.len(),
        };
        (
            part.floor_char_boundary(start),
            part.ceil_char_boundary(end.min(part.len())),
        )
    }
}

thread_local! {
    static NOTED: RefCell<Vec<Noted>> = const { RefCell::new(Vec::new()) };
}

/// While it lives, patterns on this thread look their words up in the note of the text, and of parts of it.
pub struct Note<'t>(PhantomData<&'t str>);

/// Notes a text. The text outlives its note, so that its place in memory is no other's.
pub fn note(text: &str) -> Note<'_> {
    NOTED.with_borrow_mut(|all| all.push(Noted::of(text)));
    Note(PhantomData)
}

impl Drop for Note<'_> {
    fn drop(&mut self) {
        NOTED.with_borrow_mut(|all| all.pop());
    }
}

/// What the note says of a part of its text; none where the text is not noted.
fn ask<T>(part: &str, answer: impl FnOnce(&Noted, usize) -> T) -> Option<T> {
    let start = part.as_ptr().addr();
    let end = start + part.len();
    NOTED.with_borrow(|all| {
        all.iter()
            .rfind(|w| w.start <= start && end <= w.end)
            .map(|w| answer(w, start - w.start))
    })
}

/// The stretches of a text in which a pattern may match: first byte and one past the last, in order and apart.
pub(super) fn stretches(around: &Around, text: &str) -> Vec<(usize, usize)> {
    let found = ask(text, |noted, from| {
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        noted.in_part(&around.words, text, |at, number, word| {
            let (start, end) = noted.around(word, text, from, at);
            found.push((start, end, number));
            found.len() <= MOST_PLACES
        });
        if found.len() > MOST_PLACES {
            return None;
        }
        let possible = found.into_iter().filter(|(start, end, number)| {
            let also = around.beside(*number);
            also.is_none_or(|also| noted.any(also, from + start, from + end))
        });
        Some(possible.map(|(start, end, _)| (start, end)).collect())
    });
    let Some(mut found): Option<Vec<_>> = found.flatten() else {
        return vec![(0, text.len())];
    };
    found.sort_unstable();
    joined(found)
}

/// Stretches in order, those that meet as one.
fn joined(mut found: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    found.dedup_by(|next, kept| {
        let meets = next.0 <= kept.1;
        kept.1 = if meets { kept.1.max(next.1) } else { kept.1 };
        meets
    });
    found
}

/// A word that stands in a text: its first byte, its number among the words, one past its last byte.
pub(super) type Stands = (usize, usize, usize);

/// Every word that stands in a text with its edges as they must be, by place and then by number; none where the text is
/// not noted.
pub(super) fn standing(words: &Words<Match>, text: &str, most: usize) -> Option<Vec<Stands>> {
    ask(text, |noted, _| {
        let mut found: Vec<Stands> = Vec::new();
        noted.in_part(words, text, |at, number, word| {
            let end = at + word.text.len();
            if edges(word, text, at, end) {
                found.push((at, number, end));
            }
            found.len() < most
        });
        found
    })
}

fn edges(word: &Match, text: &str, at: usize, end: usize) -> bool {
    let feed = |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)) == Some(&b'\n');
    let head = match word.head {
        Edge::Any => true,
        Edge::Line => at == 0 || feed(at.checked_sub(1)),
        Edge::Text => at == 0,
    };
    head && match word.tail {
        Edge::Any => true,
        Edge::Line => end == text.len() || feed(Some(end)),
        Edge::Text => end == text.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::words;
    use super::*;

    fn needs(pattern: &str) -> Around {
        let hir = regex_syntax::parse(pattern).expect(pattern);
        Around::new(words::needed(&hir).expect(pattern))
    }

    #[test]
    fn only_where_a_match_may_be_is_looked_at() {
        let text = format!(
            "{}\n当直は月二回\n{}",
            "週三日の外来を希望。".repeat(10),
            "以上です。".repeat(30)
        );
        let (duty, ward) = (needs("[0-9]{0,2}当直(?:は|を)"), needs("病棟|回診"));
        let (line, over) = (needs("当直[^。\n]*"), needs("当直[^は]*"));
        assert_eq!(
            stretches(&ward, &text),
            [(0, text.len())],
            "nothing is noted"
        );
        let noted = note(&text);
        assert_eq!(stretches(&ward, &text), []);
        assert_eq!(stretches(&duty, &text), [(297, 313)]);
        assert_eq!(stretches(&line, &text), [(301, 320)]);
        assert_eq!(stretches(&over, &text), [(301, text.len())]);
        let (both, far) = (
            needs("当直[^。\n]{0,6}(?:一回|二回)"),
            needs("当直[^。\n]{0,6}希望"),
        );
        assert_eq!(stretches(&both, &text), [(301, 338)]);
        assert_eq!(stretches(&far, &text), [], "the other word is far off");
        let part = text.get(301..).expect("a part");
        assert_eq!(stretches(&duty, part), [(0, 12)]);
        assert_eq!(stretches(&duty, text.get(304..).expect("a part")), []);
        assert_eq!(stretches(&duty, text.get(301..307).expect("a part")), []);
        assert_eq!(
            stretches(&ward, &text.clone()),
            [(0, text.len())],
            "another text"
        );
        drop(noted);
        assert_eq!(stretches(&ward, &text), [(0, text.len())]);
    }

    #[test]
    fn words_are_found_with_their_edges() {
        let hir = regex_syntax::parse("(?m)可$|^不可|可能|可").expect("a pattern");
        let words = Words::new(words::matches(&hir).expect("words"));
        let text = "可能\n不可\n可も不可も";
        let _noted = note(text);
        assert_eq!(
            standing(&words, text, usize::MAX).expect("noted"),
            [
                (0, 2, 6),
                (0, 3, 3),
                (7, 1, 13),
                (10, 0, 13),
                (10, 3, 13),
                (14, 3, 17),
                (23, 3, 26)
            ]
        );
    }
}
