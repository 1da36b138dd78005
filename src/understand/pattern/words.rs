//! The words that a pattern needs: every match contains at least one of them, and not far from its edges.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// A set of more words than that costs more to look up than it saves.
const MOST_WORDS: usize = 400;
/// How many words the neighbours in a pattern may make together before they are kept apart.
const MOST_PRODUCTS: usize = 96;

/// How far a match may go beyond a word on one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reach {
    /// At most so many bytes; none where there is no limit.
    pub(super) bytes: Option<usize>,
    /// It may go beyond the line.
    pub(super) feeds: bool,
}

impl Reach {
    const NONE: Reach = Reach {
        bytes: Some(0),
        feeds: false,
    };

    fn of(hir: &Hir) -> Self {
        Reach {
            bytes: hir.properties().maximum_len(),
            feeds: feeds(hir),
        }
    }

    fn and(self, other: Reach) -> Self {
        Reach {
            bytes: self
                .bytes
                .zip(other.bytes)
                .map(|(a, b)| a.saturating_add(b)),
            feeds: self.feeds || other.feeds,
        }
    }

    fn or(self, other: Reach) -> Self {
        Reach {
            bytes: self.bytes.zip(other.bytes).map(|(a, b)| a.max(b)),
            feeds: self.feeds || other.feeds,
        }
    }

    fn more(self, bytes: usize) -> Self {
        Reach {
            bytes: self.bytes.map(|b| b.saturating_add(bytes)),
            ..self
        }
    }
}

/// A word of which one must stand in every match, and how far the match may go before it and behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Needed {
    pub(super) text: String,
    pub(super) before: Reach,
    pub(super) behind: Reach,
    /// Of these too one stands in every match with the word; empty where nothing is known.
    pub(super) also: Vec<String>,
}

/// What must be at the edge of a word that is a whole match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(super) enum Edge {
    /// Anything.
    #[default]
    Any,
    /// The edge of a line.
    Line,
    /// The edge of the text.
    Text,
}

/// A word that is a whole match.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Match {
    pub(super) text: String,
    pub(super) head: Edge,
    pub(super) tail: Edge,
    /// More is asked than a word and its edges can say.
    odd: bool,
}

impl Match {
    fn word(text: String) -> Self {
        Match {
            text,
            ..Match::default()
        }
    }

    fn followed_by(&self, next: &Match) -> Match {
        let (mut head, mut tail, mut odd) = (self.head, next.tail, self.odd || next.odd);
        if self.text.is_empty() {
            head = head.max(next.head);
        } else {
            odd |= next.head != Edge::Any;
        }
        if next.text.is_empty() {
            tail = tail.max(self.tail);
        } else {
            odd |= self.tail != Edge::Any;
        }
        Match {
            text: format!("{}{}", self.text, next.text),
            head,
            tail,
            odd,
        }
    }
}

/// All that a pattern matches, in the order in which it prefers them, where that is a list of words.
pub(super) fn matches(hir: &Hir) -> Option<Vec<Match>> {
    let mut all = exact(hir)?;
    let plain = !all.is_empty() && all.iter().all(|m| !m.odd && !m.text.is_empty());
    plain.then(|| {
        let mut seen = std::collections::HashSet::new();
        all.retain(|m| seen.insert((m.text.clone(), m.head, m.tail)));
        all
    })
}

/// Words of which every match contains at least one; none where that cannot be said.
pub(super) fn needed(hir: &Hir) -> Option<Vec<Needed>> {
    required(hir)
        .map(shortest)
        .filter(|words| words.len() <= MOST_WORDS)
}

/// Whether a match of a pattern may contain a line feed.
fn feeds(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => false,
        HirKind::Literal(l) => l.0.contains(&b'\n'),
        HirKind::Class(Class::Unicode(class)) => class
            .ranges()
            .iter()
            .any(|r| (r.start()..=r.end()).contains(&'\n')),
        HirKind::Class(Class::Bytes(class)) => class
            .ranges()
            .iter()
            .any(|r| (r.start()..=r.end()).contains(&b'\n')),
        HirKind::Repetition(r) => feeds(&r.sub),
        HirKind::Capture(c) => feeds(&c.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().any(feeds),
    }
}

fn required(hir: &Hir) -> Option<Vec<Needed>> {
    if let Some(exact) = exact(hir) {
        return useful(exact.into_iter().map(alone).collect());
    }
    match hir.kind() {
        HirKind::Repetition(r) if r.min > 0 => {
            let all = Reach::of(hir);
            Some(within(required(&r.sub)?, all, all))
        }
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

fn alone(word: Match) -> Needed {
    Needed {
        text: word.text,
        before: Reach::NONE,
        behind: Reach::NONE,
        also: Vec::new(),
    }
}

/// Words with more of a match around them.
fn within(words: Vec<Needed>, before: Reach, behind: Reach) -> Vec<Needed> {
    words
        .into_iter()
        .map(|w| Needed {
            before: w.before.and(before),
            behind: w.behind.and(behind),
            ..w
        })
        .collect()
}

/// The most telling of what a row of parts needs, and with it the next: neighbours that are finite are read together.
fn of_row(parts: &[Hir]) -> Option<Vec<Needed>> {
    let reaches: Vec<Reach> = parts.iter().map(Reach::of).collect();
    let sum = |some: &[Reach]| some.iter().fold(Reach::NONE, |a, b| a.and(*b));
    let around = |from: usize, to: usize, words: Vec<Needed>| {
        let before = sum(reaches.get(..from).unwrap_or_default());
        let behind = sum(reaches.get(to..).unwrap_or_default());
        within(words, before, behind)
    };
    let mut found: Vec<Vec<Needed>> = Vec::new();
    let (mut run, mut from) = (vec![Match::default()], 0);
    let close = |run: Vec<Match>, from: usize, to: usize| {
        around(from, to, run.into_iter().map(alone).collect())
    };
    for (at, part) in parts.iter().enumerate() {
        if let Some(words) = exact(part) {
            if run.len() * words.len() > MOST_PRODUCTS {
                found.push(close(std::mem::replace(&mut run, words), from, at));
                from = at;
            } else {
                run = product(&run, &words);
            }
        } else {
            let done = std::mem::replace(&mut run, vec![Match::default()]);
            found.push(close(done, from, at));
            found.extend(required(part).map(|words| around(at, at + 1, words)));
            from = at + 1;
        }
    }
    found.push(close(run, from, parts.len()));
    let mut found: Vec<Vec<Needed>> = found.into_iter().filter_map(useful).collect();
    found.sort_by_key(|words| {
        let shortest = words.iter().map(|w| w.text.chars().count()).min();
        (std::cmp::Reverse(shortest.unwrap_or(0).min(2)), words.len())
    });
    let mut found = found.into_iter();
    let mut words = found.next()?;
    if let Some(next) = found.next().filter(|next| next.len() <= MOST_PRODUCTS) {
        let also: Vec<String> = next.into_iter().map(|w| w.text).collect();
        for word in words.iter_mut().filter(|w| w.also.is_empty()) {
            word.also.clone_from(&also);
        }
    }
    Some(words)
}

/// A set with an empty word says nothing.
fn useful(words: Vec<Needed>) -> Option<Vec<Needed>> {
    (!words.is_empty() && words.iter().all(|w| !w.text.is_empty())).then_some(words)
}

fn product(heads: &[Match], tails: &[Match]) -> Vec<Match> {
    heads
        .iter()
        .flat_map(|h| tails.iter().map(move |t| h.followed_by(t)))
        .collect()
}

/// All that a pattern matches, the preferred first, where that is a handful of words.
fn exact(hir: &Hir) -> Option<Vec<Match>> {
    match hir.kind() {
        HirKind::Empty => Some(vec![Match::default()]),
        HirKind::Look(look) => Some(vec![edge(*look)]),
        HirKind::Literal(l) => Some(vec![Match::word(String::from_utf8(l.0.to_vec()).ok()?)]),
        HirKind::Class(Class::Unicode(class)) => {
            let ranges = class.ranges();
            let count: usize = ranges
                .iter()
                .map(regex_syntax::hir::ClassUnicodeRange::len)
                .sum();
            (count <= MOST_PRODUCTS).then(|| {
                ranges
                    .iter()
                    .flat_map(|r| (r.start()..=r.end()).map(|c| Match::word(c.into())))
                    .collect()
            })
        }
        HirKind::Repetition(r) if r.min == 0 && r.max == Some(1) => {
            let mut words = exact(&r.sub)?;
            let without = if r.greedy { words.len() } else { 0 };
            words.insert(without, Match::default());
            Some(words)
        }
        HirKind::Capture(c) => exact(&c.sub),
        HirKind::Concat(parts) => parts.iter().try_fold(vec![Match::default()], |run, part| {
            let words = exact(part)?;
            (run.len() * words.len() <= MOST_PRODUCTS).then(|| product(&run, &words))
        }),
        HirKind::Alternation(branches) => {
            let mut all = Vec::new();
            for branch in branches {
                all.extend(exact(branch)?);
            }
            (all.len() <= MOST_WORDS).then_some(all)
        }
        _ => None,
    }
}

/// A place in a text, which is no word.
fn edge(look: Look) -> Match {
    let mut place = Match::default();
    match look {
        Look::Start => place.head = Edge::Text,
        Look::StartLF => place.head = Edge::Line,
        Look::End => place.tail = Edge::Text,
        Look::EndLF => place.tail = Edge::Line,
        _ => place.odd = true,
    }
    place
}

/// Without those that contain another one.
fn shortest(mut words: Vec<Needed>) -> Vec<Needed> {
    let mut kept: Vec<Needed> = Vec::new();
    words.sort_by_key(|w| w.text.len());
    for word in words {
        let inner = kept
            .iter_mut()
            .find_map(|k| word.text.find(k.text.as_str()).map(|at| (at, k)));
        if let Some((at, inner)) = inner {
            let rest = word.text.len() - at - inner.text.len();
            inner.before = inner.before.or(word.before.more(at));
            inner.behind = inner.behind.or(word.behind.more(rest));
            let nothing = inner.also.is_empty() || word.also.is_empty();
            if nothing {
                inner.also.clear();
            } else if inner.also != word.also {
                inner.also.extend(word.also);
            }
        } else {
            kept.push(word);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hir(pattern: &str) -> Hir {
        regex_syntax::parse(pattern).expect(pattern)
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
            let found = needed(&hir(pattern)).unwrap_or_default();
            let mut found: Vec<&str> = found.iter().map(|w| w.text.as_str()).collect();
            found.sort_unstable();
            let mut wanted: Vec<&str> = words.split(' ').filter(|w| !w.is_empty()).collect();
            wanted.sort_unstable();
            assert_eq!(found, wanted, "{pattern}");
        }
    }

    #[test]
    fn what_stands_beside_a_word_is_known() {
        for (pattern, also) in [
            ("当直[^。\n]{0,6}(?:不可|無理)", "不可 無理"),
            ("(?:当直|[0-9]+回)", ""),
            ("外来[^。]*(?:月|週)[^。]", "月 週"),
            ("当直(?:は|も)?不可", ""),
            ("(?:外来[0-9]{1,2}から|外来)", ""),
        ] {
            let found = needed(&hir(pattern)).expect(pattern);
            let word = found.iter().find(|w| w.text.contains(['直', '来']));
            let found = word.map(|w| w.also.join(" ")).unwrap_or_default();
            assert_eq!(found, also, "{pattern}");
        }
    }

    #[test]
    fn how_far_a_match_goes_beyond_a_word_is_known() {
        let bytes = |n| Reach {
            bytes: Some(n),
            feeds: false,
        };
        let line = Reach {
            bytes: None,
            feeds: false,
        };
        let text = Reach {
            bytes: None,
            feeds: true,
        };
        for (pattern, before, behind) in [
            ("当直[^。\n]{0,2}なし", bytes(0), bytes(14)),
            ("[0-9]{1,3}当直", bytes(3), bytes(0)),
            ("[0-9]+当直(?:[一-龠]{2})?", line, bytes(6)),
            ("(?:月に|ご)?[一-龠]当直", bytes(9), bytes(0)),
            ("(?:当直|月の当直室)[一-龠]", bytes(6), bytes(6)),
            ("当直[^。]*", bytes(0), text),
        ] {
            let found = needed(&hir(pattern)).expect(pattern);
            let word = found.iter().find(|w| w.text == "当直").expect(pattern);
            assert_eq!((word.before, word.behind), (before, behind), "{pattern}");
        }
    }

    #[test]
    fn what_is_a_list_of_words_is_known_with_their_order() {
        for (pattern, words) in [
            ("(?:お|ご)?希望", "お希望 ご希望 希望"),
            ("希望(?:です)??", "希望 希望です"),
            ("(?m)^(?:可|不可$)", "|可 |不可|"),
            ("可[0-9]*", ""),
            ("(?-u:\\b)ok", ""),
            ("可(?:$)。", ""),
            ("(?:可)?", ""),
        ] {
            let found = matches(&hir(pattern)).unwrap_or_default();
            let shown: Vec<String> = found
                .iter()
                .map(|m| {
                    let mark = |e| if e == Edge::Any { "" } else { "|" };
                    format!("{}{}{}", mark(m.head), m.text, mark(m.tail))
                })
                .collect();
            assert_eq!(shown.join(" "), words, "{pattern}");
        }
    }
}
