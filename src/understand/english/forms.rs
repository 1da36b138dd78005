//! The short answers of English forms and notes: 「Night duty: cannot do」, 「Weekends - no」, 「On-call: up to 3 a month acceptable」.

use super::super::doc::Doc;
use super::super::pattern::pattern;
use crate::domain::wish::Strength;

pattern!(
    NEVER,
    r"^(?:no (?:longer|more)\b|no\b|none\b|never\b|not (?:possible|available|for me|any ?more|any longer|wanted|acceptable|at all)|can ?not\b|can't\b|could not\b|impossible|will not\b|won't\b|unable|refused?\b|declined?\b|out of the question|excluded|×|✗)"
);
pattern!(
    AVOID,
    r"^(?:(?:i(?:'d| would) )?(?:rather|prefer(?:ably|red)?) (?:not|no|none|without)|preferably none|if possible (?:no|not|none)|reluctant|only reluctantly|better not|not keen|not ideal)"
);
pattern!(
    OK,
    r"^(?:(?:is |are )?(?:acceptable|ok(?:ay)?|possible|fine|negotiable|all right|no problem|no objection)|happy to|willing|can do|could do|if (?:necessary|needed|need be|required)|open to (?:it|this)|at a pinch)\b"
);
pattern!(
    TAIL,
    r"(?:,|-|\s)\s?(?:is |are )?(?:acceptable|ok(?:ay)?|possible|fine|negotiable|tolerable|at most acceptable|if necessary|if needed)\s*[.!]?\s*$"
);
pattern!(BEHIND_LABEL, r"^\s?(?:\([^)\n]{0,30}\))?\s?(?::|-|=)\s*");

/// How a line of a form answers for the thing in its label, and one past the last byte of the answer.
pub(super) fn answer(doc: &Doc, start: usize, end: usize) -> Option<(Strength, usize)> {
    let line = doc.line_at(start)?;
    let head = doc
        .text(line.start, start)
        .trim_matches(['-', '*', '•', '·', ' ']);
    if !head.is_empty() && line.label.is_none_or(|(s, e)| start < s || e < end) {
        return tail(doc, line.label, start, end, line.end);
    }
    let rest = doc.rest(end);
    let (_, from) = BEHIND_LABEL.span(rest)?;
    let answer = rest.get(from..)?;
    [
        (&AVOID, Strength::Avoid),
        (&NEVER, Strength::Never),
        (&OK, Strength::Ok),
    ]
    .into_iter()
    .find_map(|(pattern, strength)| Some((strength, end + from + pattern.span(answer)?.1)))
    .or_else(|| tail(doc, line.label, start, end, line.end))
}

/// 「up to 3 a month acceptable」 behind a label.
fn tail(
    doc: &Doc,
    label: Option<(usize, usize)>,
    start: usize,
    end: usize,
    until: usize,
) -> Option<(Strength, usize)> {
    let of_form = label.is_some_and(|(_, e)| e <= start || end <= e);
    let (_, to) = TAIL
        .span(doc.text(end, until.max(end)))
        .filter(|_| of_form)?;
    Some((Strength::Ok, end + to))
}
