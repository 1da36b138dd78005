//! Modality in English: the verb stands before the thing.

use super::doc::{Doc, Sentence};
use super::pattern::pattern;
use super::scope::Verdict;
use crate::domain::wish::Strength;

pattern!(
    NEVER,
    r"cannot|can't|can not|not able to|unable to|no longer (?:want|able|do|take)|not going|won't|will not|do not (?:take|do|want|drive|wish)|don't (?:take|do|want|drive|wish)|\bno\b(?: more)?|\bnot\b|without|never|out of the question|please don't|would rather not|rather not|avoid|they are over|are over\b|is over\b"
);
pattern!(
    SOFT,
    r"if possible|rather not|would prefer not|preferably (?:no|without)|ideally (?:no|without)|try to avoid|prefer to avoid"
);
pattern!(
    MUST,
    r"\bmust\b|have to|need to|essential|required?\b|condition|only\b|insist|at (?:the )?(?:very )?most|maximum|limit|need\b|cannot do without|non-negotiable"
);
pattern!(
    OK,
    r"happy to|willing|could\b|\bcan\b|fine\b|\bok\b|okay|acceptable|don't mind|do not mind|no objection|live with|open to|as well if|would also|if i must|are welcome|any(?:where|thing)|also possible|(?:is|are|would be) possible|whichever you like"
);
pattern!(
    DROP,
    r"drop the|no longer need|withdraw|forget (?:about )?the|cancel the|remove the"
);
pattern!(
    WANT,
    r"would like|prefer|want\b|hope|looking for|wish|please|interested|seeking|ideally|would love|love to"
);
pattern!(
    TOLD,
    r"currently|presently|at present|i work\b|i am (?:a|an)\b|\bran\b|trained|worked|used to|until\b|\bi have been|for (?:\w+ )?years|i was\b|was\b|were\b|\bi do\b|registered with|i hold|i've been|\bi'm a"
);
pattern!(
    BREAK,
    r"\bbut\b|\bhowever\b|; |\botherwise\b|\balthough\b|\bso\b"
);

/// Decides from the words before and behind a thing in its sentence.
pub fn decide(
    doc: &Doc,
    sentence: Sentence,
    start: usize,
    end: usize,
    heading: Option<Strength>,
) -> Option<Verdict> {
    let before = doc.text(sentence.start, start);
    let cut = BREAK
        .all(before)
        .into_iter()
        .last()
        .and_then(|c| c.get(0).map(|m| m.end()))
        .unwrap_or(0);
    let before = before.get(cut..).unwrap_or(before);
    let after = doc.text(end, sentence.end);
    let stop = BREAK.span(after).map_or(after.len(), |s| s.0);
    let after = after.get(..stop).unwrap_or(after);
    let said = |strength| {
        Some(Verdict {
            strength,
            end,
            spoken: true,
        })
    };
    let last = |p: &super::pattern::Pattern| {
        p.all(before)
            .into_iter()
            .last()
            .and_then(|c| c.get(0).map(|m| m.start()))
    };
    let never = last(&NEVER);
    // The 「want」 of 「do not want」 wishes nothing.
    let denied = NEVER
        .all(before)
        .into_iter()
        .last()
        .and_then(|c| c.get(0).map(|m| m.end()));
    let want =
        last(&WANT).filter(|w| denied.is_none_or(|d| *w >= d || never.is_none_or(|n| *w < n)));
    let ok = last(&OK);
    if DROP.is(before) {
        return said(Strength::Drop);
    }
    if never.is_some() && never >= want && never >= ok.filter(|o| never.is_none_or(|n| *o > n + 4))
        || after.contains("out of the question")
        || after.trim_start().starts_with("is not possible")
        || after.contains("are over")
        || after.contains("cannot be moved")
    {
        let soft = SOFT.is(before) || SOFT.is(after) || heading == Some(Strength::Avoid);
        return said(if soft {
            Strength::Avoid
        } else {
            Strength::Never
        });
    }
    if after.trim_start().starts_with("only")
        || MUST.is(before)
        || after.contains(" is a must")
        || after.contains("essential")
        || after.contains("required")
        || after.contains("at the very most")
        || after.contains("at most")
    {
        return said(Strength::Must);
    }
    if ok.is_some() && ok > want
        || after.contains(" is fine")
        || after.contains(" is ok")
        || after.contains(" ok")
        || after.contains("acceptable")
    {
        return said(Strength::Ok);
    }
    if want.is_some() || WANT.is(after) {
        return said(Strength::Want);
    }
    if TOLD.is(before) || TOLD.is(after) && heading.is_none() {
        return None;
    }
    Some(Verdict {
        strength: heading.unwrap_or(Strength::Want),
        end,
        spoken: false,
    })
}
