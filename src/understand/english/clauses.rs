//! Where one statement of an English sentence ends and the next begins.

use super::super::doc::{Doc, Sentence};
use super::super::pattern::pattern;

pattern!(
    ALWAYS,
    r";\s|,?\s(?:but|however|although|though|otherwise|whereas|because|except that|so(?: that)?)(?:,)?\s|,\s(?:which|while|as (?:i|my|we|the|it)\b)\s?|\s-{1,2}\s"
);
pattern!(
    PERHAPS,
    r",\s(?:and|or|then|yet|if|especially|since)\s|,\s|\s(?:and|since)\s|:\s|\.\.\.\s"
);
pattern!(
    VERB,
    r"\b(?:i|we|you|they|he|she|it|that|this|there)(?:'m|'s|'re|'ve|'d|'ll)\b|\b(?:is|are|am|was|were|can|cannot|can't|could|couldn't|would|wouldn't|will|won't|do|don't|does|doesn't|did|didn't|must|have|has|had|need|needs|want|wants|prefer|hope|wish|take|took|live|lives|please|looking|drop|strike|remove|make|insist|suits?|works|begins?|ends?|belongs?|got|gets|told|asked|said|remains?)\b"
);
// 「Saturdays or Sundays, those belong…」: what speaks of the thing before it is not cut off.
pattern!(
    SPEAKS_OF_IT,
    r"^\s*(?:and |or |but )?(?:that|this|those|these|both|all (?:of them|three)|either|neither|it|they)(?:'s|\s(?:is|are|would|will|can|could|belong|both|has|have|does|do|really|remains?))\b"
);

/// The statement around a byte, inside its sentence.
pub(super) fn around(doc: &Doc, sentence: Sentence, at: usize) -> (usize, usize) {
    let words = doc.text(sentence.start, sentence.end);
    let here = at.saturating_sub(sentence.start);
    let mut cuts = vec![0, words.len()];
    for (s, e) in ALWAYS.spans(words) {
        if depth(words, s) == depth(words, here) && !speaks_of_it(words, e) {
            cuts.push(e);
        }
    }
    cuts.sort_unstable();
    let hard = cuts.clone();
    for (s, e) in PERHAPS.spans(words) {
        if depth(words, s) != depth(words, here) || speaks_of_it(words, e) {
            continue;
        }
        let last = cuts.iter().rfind(|c| **c <= s).copied().unwrap_or(0);
        let next = hard
            .iter()
            .find(|c| **c > e)
            .copied()
            .unwrap_or(words.len());
        let left = words.get(last..s).unwrap_or_default();
        let right = words.get(e..next).unwrap_or_default();
        if VERB.is(left) && VERB.is(right) && begins(right) && !HANGS_ON.is(right) {
            cuts.push(e);
            cuts.sort_unstable();
        }
    }
    let from = cuts.iter().rfind(|c| **c <= here).copied().unwrap_or(0);
    let to = cuts
        .iter()
        .find(|c| **c > here)
        .copied()
        .unwrap_or(words.len());
    (sentence.start + from, sentence.start + to)
}

pattern!(
    HANGS_ON,
    r"^\s*(?:of|in|at|for|to|on) which\b|^\s*(?:where|who|whose)\b|^\s*there (?:is|are)\b"
);

fn speaks_of_it(words: &str, from: usize) -> bool {
    words.get(from..).is_some_and(|w| SPEAKS_OF_IT.is(w))
}

/// How many brackets are open before a byte.
fn depth(words: &str, at: usize) -> usize {
    let head = words.get(..at).unwrap_or_default();
    let (opened, closed) = (head.matches('(').count(), head.matches(')').count());
    opened.saturating_sub(closed)
}

pattern!(
    SUBJECT,
    r"^\s*(?:and |or |then |so )?(?:[^\s,]+\s+){0,5}?(?:i|we|you|they|he|she|it|that|this|there)?(?:'m|'s|'re|'ve|'d|'ll)?\s?\b(?:is|are|am|was|were|can|cannot|can't|could|couldn't|would|wouldn't|will|won't|do|don't|does|doesn't|did|didn't|must|have|has|had|need|needs|want|wants|prefer|hope|wish|take|took|live|lives|please|looking|drop|strike|remove|make|insist|suits?|works|begins?|ends?|belongs?|got|gets|told|asked|said|remains?)\b"
);

/// Whether a statement of its own begins: its verb is not far.
fn begins(right: &str) -> bool {
    SUBJECT.is(right)
}
