//! Limits in English: the number that is not to be passed is a condition.

use super::super::doc::{Doc, Sentence};
use super::super::pattern::pattern;

pattern!(
    COUNTED,
    r"\d|\b(?:once|twice|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|half|hours?|an hour)\b"
);
pattern!(
    BEFORE,
    r"\b(?:at (?:the )?(?:very |absolute )?most|(?:no|not|never|nothing|hardly)(?: a (?:minute|day|yen|kilometre))?(?: to| be| go| be paid)? (?:more than|over|above|beyond|past|exceed(?:ing)?|below|under|less than|fewer than|longer than|further than|farther than|later than|greater than)|max(?:imum|imally)?\.?(?: of| is| would be)?:?|(?:upper |lower |absolute |hard )?(?:limit|ceiling|maximum|minimum|floor)(?: there)?(?: is| of| would be| lies at| at| being)|the (?:most|longest|furthest) (?:that )?i(?:'d| would| can| could| will)?(?: [a-z]+){0,3} is|limited to|must not exceed|not to exceed|all i (?:can|could) (?:do|manage|offer|take) (?:is|are|would be))\s(?:about |around |roughly |some |a |an |the |of |jpy |yen |¥)*$"
);
pattern!(
    REFUSED_BEYOND,
    r"\b(?:cannot|can't|will not|won't|could not|couldn't|do not|don't|would not|wouldn't|unable to|not able to|not willing to|not prepared to|refuse to|never)\b[^;]{0,40}\b(?:below|under|above|over|beyond|past|exceed|more than|less than|longer than|fewer than|further than|farther than)\s(?:about |around |roughly |a |an |the |jpy |yen |¥)*$"
);
pattern!(
    BEYOND,
    r"\b(?:beyond|over|above|past|more than|longer than|further than|farther than|below|under|less than|fewer than|exceeding|upwards? of)\s(?:about |around |roughly |a |an |the |jpy |yen |¥)*$"
);
pattern!(
    TOO_MUCH,
    r"out of the question|impossible|not possible|too (?:much|far|long|many|little|few|low)|not (?:for me|an option|acceptable|interest|worth|feasible|manageable|work)|n't (?:work|pay|interest|worth)|unacceptable|i (?:must|have to|would|will|shall) (?:decline|refuse|pass|say no)|is (?:out|over)\b|i (?:cannot|can't|will not|won't|could not)|beyond me|no (?:deal|go|thanks|use|good)|does not pay|not on\b|kill"
);
pattern!(
    AFTER,
    r"^[^,;.]{0,44}?(?:\bat (?:the )?(?:very |absolute )?(?:most|outside|maximum)\b|\bmax(?:imum)?\b|\btops\b|\b(?:is|are|'s|was|would be|will be|remains?|must be|as|being)\s(?:about |already |simply |absolutely |really |still )*(?:my|the|an?)?\s?(?:absolute |upper |lower |outer |outermost |hard |very |strict |personal )*(?:limit|maximum|ceiling|minimum|floor|top\b|bottom line|most i|most my|least i|far as i)|\b(?:is|are) (?:all i|as (?:much|far|many|long|little|low) as i)\s(?:can|could|will|want|am|go)|\band (?:no|not (?:a|one|any)) (?:[a-z]+ )?(?:more|longer|further|less|minute|day|yen)|\band no (?:more|further|longer)|\bor (?:less|fewer|nothing)\b)"
);
pattern!(
    THAT_IS_IT,
    r"^[^.]{0,40},\s?(?:and |so |but )?(?:not|no) (?:more|longer|further|less)\b|^[^.]{0,60},\s?(?:not (?:a|one) (?:minute|day|yen|hour|kilometre|night)|no (?:minute|day|yen|hour)) (?:more|less|longer)|\bthat(?: one)?(?: is|'s) (?:a hard|my|the|an absolute|a firm|a strict) (?:[a-z]+ )?(?:limit|maximum|one|ceiling|minimum)\b|\bmore (?:is|would be) (?:too much|impossible|out of the question|beyond)|^[^.]{0,40}and not (?:more|a|one)\b"
);
pattern!(
    BELOW,
    r"^\s*(?:that|this|it)(?: really| already)?(?: is|'s) (?:really )?(?:my|the|a hard|an absolute|a firm) (?:[a-z]+ )?(?:limit|maximum|ceiling|most|minimum)|^\s*(?:no|not (?:a|one)) (?:[a-z]+ )?(?:more|longer|further|less)\b|^\s*(?:more|anything more|longer|further|anything (?:beyond|above|over|below|under|less))(?: than)?(?: that| this)? (?:is|would|i|are)|^\s*i (?:will|can|could|would) ?not (?:do|manage|go|take|travel|accept) (?:any )?(?:more|less|further|beyond)|^\s*i (?:won't|can't|couldn't) (?:do|manage|go|take|travel|accept) (?:any )?(?:more|less|further|beyond)"
);
pattern!(
    SOFTLY,
    r"\b(?:ideally|preferably|if possible|if (?:at all )?possible|would like|'d like|would prefer|'d prefer|hope|hoping)\b"
);

/// Whether the words around a counted thing make it a limit.
pub(super) fn set(doc: &Doc, sentence: Sentence, start: usize, end: usize, to: usize) -> bool {
    if !COUNTED.is(doc.text(start, end)) {
        return false;
    }
    let before = doc.text(sentence.start, start);
    let after = doc.text(end, to.max(end));
    let rest = doc.text(end, sentence.end.max(end));
    let before = before
        .get(before.rfind([';']).map_or(0, |i| i + 1)..)
        .unwrap_or(before);
    if BEFORE.is(before) || REFUSED_BEYOND.is(before) {
        return !SOFTLY.is(near(before));
    }
    if BEYOND.is(before) {
        return TOO_MUCH.is(after) || THAT_IS_IT.is(rest);
    }
    if AFTER.is(after) || THAT_IS_IT.is(rest) {
        return !SOFTLY.is(near(before)) || THAT_IS_IT.is(rest);
    }
    doc.sentence_after(start).is_some_and(|next| {
        doc.line_index(next.start) <= doc.line_index(start) + 1
            && BELOW.is(doc.text(next.start, next.end))
    })
}

/// The words right before a number, from the last break on.
fn near(before: &str) -> &str {
    let at = before
        .rfind([':', ',', '-'])
        .filter(|at| before.len() - at < 48)
        .map_or(0, |at| at + 1);
    before.get(at..).unwrap_or(before)
}

/// Which end a limit sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// No more than that.
    Most,
    /// No less than that.
    Least,
}

pattern!(
    LEAST,
    r"\b(?:below|under|(?:less|fewer) than|minimum|floor|at least|at the least|or more|and up|upwards)\b"
);
pattern!(
    ANYTHING_MORE,
    r"\b(?:beyond|over|above|more than|longer than)\s(?:about |a |the )*$"
);
pattern!(
    OR_MORE,
    r"^[^,;.]{0,16}?\b(?:or more|at least|and up|at (?:the|an absolute) minimum|minimum|or upwards|is my minimum|is the minimum)\b"
);
pattern!(
    AT_LEAST,
    r"\b(?:at least|at the least|a minimum of|minimum of|no fewer than|no less than|not less than|not fewer than)\s$"
);
pattern!(UP_TO, r"\bup to\s$");

/// The end that the words around a number set, where they set one.
pub(super) fn side(doc: &Doc, sentence: Sentence, start: usize, end: usize) -> Option<Side> {
    let before = doc.text(sentence.start, start);
    let after = doc.text(end, sentence.end.max(end));
    if AT_LEAST.is(before) || OR_MORE.is(after) {
        return Some(Side::Least);
    }
    if UP_TO.is(before) {
        return Some(Side::Most);
    }
    let (_, to) = super::clauses::around(doc, sentence, start);
    if !set(doc, sentence, start, end, to) {
        return None;
    }
    let tail: String = before
        .chars()
        .rev()
        .take(40)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let least = LEAST.is(&tail) && !ANYTHING_MORE.is(before)
        || AFTER
            .span(after)
            .is_some_and(|(s, e)| after.get(s..e).is_some_and(|w| LEAST.is(w)));
    Some(if least { Side::Least } else { Side::Most })
}
