//! Modality in English: what stands before a thing governs it, what is said of it behind it weighs more.

mod clauses;
pub(super) mod clock;
pub(super) mod dates;
pub(super) mod figures;
mod forms;
pub(super) mod home;
mod limits;
pub(super) mod manners;
mod whose;
mod words;

use super::doc::{Doc, Sentence};
use super::pattern::pattern;
use super::scope::{Class, Verdict};
use crate::domain::wish::Strength;
use words::{BEHIND, Cue, FRONT, Row};

pattern!(
    TOLD,
    r"currently|presently|at present|at the moment|\bi work\b|\bi am (?:a|an)\b|\bi(?: am|'m) (?:[a-z]+ )?(?:head|chief|director|professor|lecturer|in charge|responsible)\b|\bran\b|trained|worked|used to|until\b|\bi have been|for (?:\w+ )?years|\bi was\b|\bwas\b|\bwere\b|\bi do\b|registered with|i hold|i've been|\bi'm (?:a|an)\b|\bhas been\b|\bhad\b|\bi(?: am|'m| have been) (?:often |usually |mostly |always |still )*(?:on|in|at|busy)\b"
);
pattern!(
    MY_PRESENT,
    r"\bmy (?:own )?(?:present|current|old|former|last|previous|existing|late)\s(?:[a-z-]+\s){0,3}$|\b(?:here|now) at (?:a|an|the|my)\s(?:[a-z-]+\s){0,3}$"
);
pattern!(
    SOFT,
    r"if (?:at all )?possible|if (?:it can|that can|they can) be avoided|\bpreferably\b|\bideally\b|if you can|where possible|\bideal\b"
);
pattern!(
    TAKE,
    r"\b(?:take|cross|leave|strike|put|keep)\s(?:also )?(?:the |my |that |this )?(?:[a-z-]+ (?:of |for |about |and |or )?(?:the |an? )?){0,4}$"
);
pattern!(
    OFF,
    r"^[^.,;]{0,30}\b(?:off(?: my| the|$|[.!,])|out(?: of (?:my|the|it)|$|[.!,])|from my\b|off as well|aside\b)"
);
pattern!(
    ENOUGH,
    r"^[^,.;]{0,24}\bwould (?:do|be (?:fine|enough|all right|sufficient))\b"
);
pattern!(ABOUT_PAY, r"jpy|yen|¥|million|,000");
pattern!(IN_LIST, r"^\s*[*•·-]\s*no\s(?:[a-z-]+\s)?$");
pattern!(LISTED, r"^[\s*•·-]*$");

/// What a text of one statement says in order; of cues at one place the longest row counts.
fn cues(rows: &'static [Row], text: &str) -> Vec<(usize, usize, Cue)> {
    let mut found: Vec<(usize, usize, Cue)> = rows
        .iter()
        .flat_map(|r| {
            r.pattern()
                .spans(text)
                .into_iter()
                .map(|(s, e)| (s, e, r.cue))
        })
        .collect();
    found.sort_by_key(|f| (f.0, usize::MAX - f.1));
    let mut out: Vec<(usize, usize, Cue)> = Vec::new();
    for f in found {
        if out.last().is_none_or(|l| f.0 >= l.1) {
            out.push(f);
        }
    }
    out
}

/// What stands before a thing, folded to one word.
fn front(text: &str, update: bool) -> Option<Cue> {
    let found = cues(FRONT, text);
    let mut said: Option<(usize, Cue)> = None;
    let mut wished: Option<usize> = None;
    for (start, end, cue) in found {
        let gap = said.map(|(at, _)| text.get(at..start).unwrap_or_default());
        let near = gap.is_some_and(|g| g.len() <= 26 && !g.contains(',') && !g.contains(" and "));
        let next = match (said.map(|s| s.1), cue) {
            // 「only places that I can reach」: the condition holds on.
            (Some(Cue::Must), Cue::Blank) => continue,
            (_, Cue::Blank) => None,
            // 「do not want」, 「cannot accept」: the verb that is denied says nothing.
            (Some(Cue::Never | Cue::Avoid), Cue::Want | Cue::Ok | Cue::Must) if near => continue,
            (Some(Cue::Must), Cue::Ok | Cue::Want) if near => continue,
            // 「happy to do without」: what is not missed.
            (Some(Cue::Ok), Cue::No) if near && text.get(start..end) == Some("without") => None,
            (_, Cue::No) if wished.is_some_and(|w| sought(text.get(w..start))) => Some(Cue::Avoid),
            (_, Cue::No) => Some(Cue::Never),
            (_, Cue::Unneeded) if update => Some(Cue::Drop),
            (_, cue) => Some(cue),
        };
        if cue == Cue::Want && text.get(start..end) != Some("please") {
            wished = Some(end);
        }
        said = next.map(|c| (end, c));
    }
    said.map(|s| s.1)
}

/// 「looking for a post without nights」: the absence itself is what is sought.
fn sought(gap: Option<&str>) -> bool {
    gap.is_some_and(|g| g.len() <= 44 && !g.contains([',', ':', '-']))
}

fn strength(cue: Cue) -> Option<Strength> {
    Some(match cue {
        Cue::Must => Strength::Must,
        Cue::Want => Strength::Want,
        Cue::Ok => Strength::Ok,
        Cue::Avoid => Strength::Avoid,
        Cue::Never | Cue::No | Cue::Taken => Strength::Never,
        Cue::Drop | Cue::Unneeded => Strength::Drop,
        Cue::Blank => return None,
    })
}

/// Decides from the words before and behind a thing in its statement.
pub fn decide(
    doc: &Doc,
    sentence: Sentence,
    span: (usize, usize),
    class: Class,
    heading: Option<Strength>,
    update: bool,
) -> Option<Verdict> {
    let (start, end) = span;
    if whose::not_mine(doc, sentence, span, class) {
        return None;
    }
    let (from, to) = clauses::around(doc, sentence, start);
    let to = to.max(end);
    let before = doc.text(from, start);
    let after = doc.text(end, to);
    let said = |strength, at: usize| {
        Some(Verdict {
            strength,
            end: at.max(end),
            spoken: true,
        })
    };
    if matches!(class, Class::Other | Class::Work) && limits::set(doc, sentence, start, end, to) {
        return said(Strength::Must, end);
    }
    if let Some(answer) = forms::answer(doc, start, end) {
        return said(answer.0, answer.1);
    }
    let ahead = front(before, update);
    if ahead.is_none() && MY_PRESENT.is(before) {
        return None;
    }
    let (behind, until) = behind(after, class, update);
    let soft = SOFT.is(before) || SOFT.is(after) || heading == Some(Strength::Avoid);
    if TAKE.is(before) && OFF.is(after) {
        return said(Strength::Drop, end);
    }
    let refused = matches!(ahead, Some(Cue::Never | Cue::Avoid | Cue::Drop));
    if let Some(cue) = behind
        && !(refused && matches!(cue, Cue::Want | Cue::Ok))
        && !(ahead == Some(Cue::Must) && cue == Cue::Want)
        && !(ahead == Some(Cue::Want) && cue == Cue::Ok && !predicate(after, until))
        && let Some(s) = strength(cue)
    {
        // 「12 million yen would do」: what would be enough is asked for.
        let enough = s == Strength::Ok && ENOUGH.is(after) && ABOUT_PAY.is(doc.text(start, end));
        if enough {
            return said(Strength::Want, end + until);
        }
        return said(
            if s == Strength::Never && soft {
                Strength::Avoid
            } else {
                s
            },
            end + until,
        );
    }
    if let Some(s) = ahead.and_then(strength) {
        let s = match s {
            Strength::Never if soft => Strength::Avoid,
            // 「* no overnight duty, please」 in a list of wishes, as 〜なし is.
            Strength::Never if heading.is_none() && IN_LIST.is(doc.head(start)) => Strength::Avoid,
            s => s,
        };
        return said(s, end);
    }
    if (TOLD.is(before) || TOLD.is(after) && heading.is_none()) && !LISTED.is(before) {
        return None;
    }
    Some(Verdict {
        strength: heading.unwrap_or(Strength::Want),
        end,
        spoken: false,
    })
}

/// Whether what is said behind a thing is said of the thing as its subject: 「… would be fine」.
fn predicate(after: &str, until: usize) -> bool {
    pattern!(COPULA, r"\b(?:is|are|be|'s|works?|do|i)\b");
    COPULA.is(after.get(..until).unwrap_or(after))
}

/// What is said behind a thing, and where the words end.
fn behind(after: &str, class: Class, update: bool) -> (Option<Cue>, usize) {
    for (_, end, cue) in cues(BEHIND, after) {
        match cue {
            Cue::Blank => continue,
            Cue::Taken if class != Class::Day => continue,
            Cue::Unneeded if !update => return (None, 0),
            Cue::No => return (Some(Cue::Never), end),
            cue => return (Some(cue), end),
        }
    }
    (None, 0)
}

/// Whether somebody else is the subject of the statement around a byte.
pub(super) fn of_another(doc: &Doc, at: usize) -> bool {
    doc.latin
        && doc
            .sentence_at(at)
            .is_some_and(|s| whose::another(doc, s, at))
}
