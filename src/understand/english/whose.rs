//! Statements in English that are no wish of the writer: of other people, of the post as it is, of what was wished once.

use super::super::doc::{Doc, Sentence};
use super::super::pattern::pattern;
use super::super::scope::Class;
use super::clauses;

pattern!(
    ANOTHER,
    r"(?:^|[\s(,])(?:(?:my|our|a|an|the|his|her|one of my|some of my|many of my|most of my|another|two|some)\s(?:[a-z-]+\s){0,2}?(?:colleagues?|friends?|boss|chief|husband|wife|son|daughter|brother|sister|father|mother|classmates?|predecessor|successor|neighbours?|neighbors?|professor|mentor|chairman|cousin|uncle|aunt|partner|acquaintances?|parents|children|kids|brother-in-law|sister-in-law|father-in-law|superior|landlord)(?:\sof mine|\sfrom [a-z]+|\sin [a-z]+|\sat [a-z ]+?)?(?:,[^,]{1,40},|\s\([^)]{0,60}\))?|my (?:hospital|employer|university|clinic|company|department|practice)|he|she|somebody i know|someone i know)\s(?:(?:also|just|once|always|still|now|only|recently|even|already|who|has|had)\s){0,3}(?:works?|worked|gets?|got|gotten|has|had|earns?|earned|does|did|wants?|wanted|told|tells|thinks?|thought|says?|said|recommends?|recommended|suggests?|suggested|finds?|found|takes?|took|taken|becomes?|became|passed|asks?|asked|prefers?|likes?|loves?|insists?|dreams?|would (?:like|love|rather|prefer)|is (?:\d|looking|from|happy|seeking|a|an|on|in|working|doing|paid|after|very|at)|was|were|are (?:looking|working|doing)|gave|gives|makes|made|moved|lives|drives|drove|commutes|retired|swears?|keeps?|does not|doesn't|never|hates?|been|seen|heard|accepted|chose|went|goes|ended|finished|can|could|will|forwarded|enjoys?|will|won't|gives?|needs?|expects?)\b"
);
pattern!(
    SPEAKS,
    r"(?:^|[\s(,])(?:i|we|please|i'd|i'm|i'll|i've|for me|as for me)\b"
);
pattern!(
    WHICH_HAS,
    r"\b(?:important|essential|necessary|vital|provided|only if|glad if|happy if|as long as|condition is|like it if|best if|grateful if)\b"
);
pattern!(
    HEARSAY,
    r"\b(?:they|people|others|some (?:doctors|colleagues|hospitals)|most (?:doctors|hospitals)|everybody|everyone) (?:all |also |even |usually |often )?(?:pay|paid|earn|offer|expect|get|make|charge|want|work|do|have)\b|\b(?:i hear|i am told|i have heard|i've heard|apparently|it is said|they say|rumou?r)\b"
);
// 「I prefer Kobe to Osaka」.
pattern!(
    TO_ANOTHER,
    r"\bprefer(?:red)? (?:working in |to work in |a |an |the )?(?P<t>[a-z' -]{3,30}) to (?:a |an |the |working in |that of |those of )?$"
);
pattern!(
    ON_THE_WAY,
    r"ing$|\b(?:to|close|next|near|nearer|go|move|come|commute|relocate)$|\bto [a-z]+$"
);
pattern!(
    MYSELF,
    r"(?:^|[\s(,])(?:i|we|myself|for me|as for me|me|please|to me|suits? me|i'd|i'm|i'll|i've|mine)\b"
);
// What is said of family or employer and concerns the writer's own conditions.
pattern!(
    MY_OWN,
    r"(?:would |will |can |could |to )?(?:come|comes|coming|move|moves|moving|join|follow)(?:s|ing)? (?:with me|with us|along|too)|allows? me|allowed me|lets? me|lets me|must not|may not|should not|know about|my doctor|allows? outside|at most|as long as"
);
pattern!(
    OF_THE_POST,
    r"\b(?:you|they|you have|they have) (?:quote|quoted|offer|offered|propose|proposed|suggest|suggested|mention|mentioned|sent|describe|described|list|listed|forwarded|found|name|named)\b|\b(?:the|that|this|your) (?:[a-z0-9#-]+ ){0,3}?(?:centre|center|hospital|clinic|post|position|job|vacancy|offer|place|one|opening|company|facility|proposal|director|people|house)(?: (?:in|at|near|of) [a-z]+| here| there)? (?:wants?|asks?|offers?|expects?|pays?|demands?|insists?|wanted|asked|offered|seems?|sounds?|looks?|lies|includes?|comes with|is looking for|would (?:want|expect|require|have me)|has)\b|\bthe (?:one|post|job|position|clinic|hospital|vacancy|opening) (?:in|at|near) |\b(?:first|second|third|fourth|last|other) (?:proposal|one|post|vacancy|suggestion|offer|position|hospital|clinic|job)\b|^\s*(?:- |\* )?(?:\(\d\)|#\d|no\.? ?\d|\d\)|\d\.)[:.]?\s[^.!?]{0,12}\b"
);
pattern!(
    OF_IT_ASKED,
    r"\b(?:that|this|the|your) (?:post|job|position|hospital|clinic|one|place|vacancy|offer|opening|contract|salary|pay)\b|\bthere\?|\bdo you (?:also )?(?:have|know|cover|handle|place|deal)\b|\b(?:is|are|was|were) (?:it|this|that|they)\b|\bhow (?:many|much|long|often|far)\b|\bwhat (?:is|are|about)\b|\bdoes (?:it|that|this|the)\b|\bdo they\b|\bis the\b|\bare the\b"
);
pattern!(
    IN_IT,
    r"\b(?:in|at|with|for) (?:that|this|the|your) (?:post|job|position|hospital|clinic|one|place|vacancy|offer|opening)\b|\bthere\?"
);
// 「Do you have anything in Nara?」 asks for it.
pattern!(
    ASKS_FOR,
    r"\b(?:do you (?:also |happen to )?(?:have|know of)|(?:is|are|would|might|could) there(?: be)?) any(?:thing|where)?\b|\bany (?:chance|prospect|hope) of\b"
);
pattern!(
    SAID_ONCE,
    r"\b(?:i|we) (?:had |have |first |originally |once |still )*(?:told|asked|said|wrote|written|registered|put down|mentioned|named|ticked|stated|requested|indicated|entered)\b|\bmy (?:first|last|earlier|previous|original) (?:mail|e-mail|letter|form|message|registration|list)\b|\bi used to (?:want|wish|ask|insist|look)\b|\ba year ago\b|\bin my (?:registration|form|first|last|earlier)\b"
);
pattern!(
    STILL,
    r"\bas (?:i|we) (?:have |had |already )*(?:said|wrote|written|mentioned|told|asked|stated|indicated|explained)\b"
);
pattern!(
    INSTEAD,
    r"\b(?:instead of|rather than|in place of|in lieu of|as opposed to|unlike)\s(?:to\s)?(?:a |an |the |my |your |by |on |in |at |[a-z]+ing )*$"
);
pattern!(
    OF_MY_OWN,
    r"\b(?:for|because of|due to|belongs? to|after|during|between|owing to|thanks to) my (?:own |weekly |daily )?$"
);
// 「It need not be full time」.
pattern!(
    NOT_NEEDED,
    r"\b(?:need not|needn't|(?:do|does)(?: not|n't) (?:have|need) to) be (?:[a-z]+ ){0,2}$"
);
// 「an emergency physician」.
pattern!(
    A_CALLING,
    r"^ (?:medicine )?(?:physician|doctor|surgeon|specialist|consultant|fellow|resident)s?\b"
);
pattern!(
    SOUGHT,
    r"\b(?:work|working|post|position|job|looking for|register|like to be|want to be) (?:as )?(?:an? )?$"
);
pattern!(
    AS_IT_IS,
    r"^\s*(?:and |but |in |at |on )?my (?:(?:present|current|former|last|previous|old) [a-z]+|first (?:post|job|hospital|position|employer|clinic|university|ward|years?)) (?:is|was|has|had|involves|involved|means|meant|requires|required|comes|came|includes|included)\b"
);
pattern!(
    AT_MY_EMPLOYER,
    r"^\s*(?:and |but |so )?my (?:present |current )?(?:employer|hospital|company|university|clinic) (?:allows|lets|permits|has|offers|pays|gives|provides)\b"
);
pattern!(
    WISHES,
    r"\b(?:i (?:want|need|would|prefer|hope|wish|could|can|will|am looking)|i'd|please)\b"
);
pattern!(
    NOT_THEN,
    r"(?:,|\band|\bbut)\s(?:and\s)?(?:not|no longer)\s(?:before\s|already\s)?(?:in|on|from|until|the)?\s?$"
);
pattern!(
    ACCEPTS,
    r"\)?\s(?:is|are|would be) (?:quite |perfectly |absolutely )?(?:acceptable|fine|ok|okay|enough|all right|too (?:little|low|much|far|long)|not (?:enough|acceptable))"
);
pattern!(
    TAKEN_TO,
    r"\b(?:i was|was|have been|had been) (?:told|born|raised|trained|educated|working|living) (?:in|at|by|near)\s(?:[a-z]+\s){0,2}$|\bpassed (?:me )?on\b"
);

/// Whether the words at a byte are no wish of the writer.
pub(super) fn not_mine(
    doc: &Doc,
    sentence: Sentence,
    (start, end): (usize, usize),
    class: Class,
) -> bool {
    let (from, to) = clauses::around(doc, sentence, start);
    let before = doc.text(from, start);
    let clause = doc.text(from, to);
    let whole = doc.text(sentence.start, sentence.end);
    let asks_for = ASKS_FOR.is(whole) && !IN_IT.is(whole);
    if whole.trim_end().ends_with('?') && OF_IT_ASKED.is(whole) && !asks_for {
        return true;
    }
    let after = doc.text(end, to.max(end));
    let lesser = TO_ANOTHER
        .first(before)
        .and_then(|c| c.name("t"))
        .is_some_and(|t| !ON_THE_WAY.is(t.as_str()));
    if lesser || HEARSAY.is(clause) && !MY_OWN.is(clause) && !WISHES.is(before) {
        return true;
    }
    if class == Class::Work && (OF_MY_OWN.is(before) || A_CALLING.is(after) && !SOUGHT.is(before))
        || class == Class::Benefit && AT_MY_EMPLOYER.is(clause)
        || AS_IT_IS.is(before)
    {
        return true;
    }
    if NOT_NEEDED.is(before)
        || INSTEAD.is(before)
        || class == Class::Other && NOT_THEN.is(before)
        || TAKEN_TO.is(before)
    {
        return true;
    }
    if SAID_ONCE.is(doc.text(sentence.start, start)) && !STILL.is(before) {
        // 「I said April; please make it July」: only the statement that tells of it.
        if SAID_ONCE.is(before) || before.len() < 3 {
            return true;
        }
    }
    let of_the_post = OF_THE_POST
        .spans(before)
        .last()
        .filter(|_| !WHICH_HAS.is(before))
        .is_some_and(|(_, e)| !SPEAKS.is(before.get(*e..).unwrap_or_default()));
    let of_the_post =
        of_the_post || OF_THE_POST.is(clause) && !MYSELF.is(before) && !WHICH_HAS.is(clause);
    if of_the_post {
        // 「the pay you quote (90,000 yen a day) is acceptable」: what is said of its conditions counts.
        let condition = class == Class::Other && ACCEPTS.is(doc.text(start, to.max(start)));
        return !condition;
    }
    another_speaks(doc, sentence, from, clause)
}

/// Whether somebody else is the subject of the statement around a byte.
pub(super) fn another(doc: &Doc, sentence: Sentence, at: usize) -> bool {
    let (from, to) = clauses::around(doc, sentence, at);
    another_speaks(doc, sentence, from, doc.text(from, to))
}

// A mail that somebody writes for a doctor speaks of the doctor as him or her.
pattern!(
    FOR_ANOTHER,
    r"\b(?:on behalf of|(?:writing|write|enquiring|asking|inquiring) for) (?:my|dr|our|a)\b"
);
pattern!(HE_OR_SHE, r"^\W*(?:and |but |also )?(?:he|she)\b");

/// Whether somebody else is the subject, here or in the statement that this one goes on from.
fn another_speaks(doc: &Doc, sentence: Sentence, from: usize, clause: &str) -> bool {
    if MY_OWN.is(clause) {
        return false;
    }
    if let Some((_, end)) = ANOTHER.span(clause) {
        let subject = clause.get(..end).unwrap_or_default();
        return !(FOR_ANOTHER.is(&doc.norm.text) && HE_OR_SHE.is(subject));
    }
    if MYSELF.is(clause) || from == sentence.start {
        return false;
    }
    // 「A colleague works in Tottori, full time and with five night duties」.
    let above = doc.text(sentence.start, from);
    ANOTHER.is(above) && !MYSELF.is(above) && !MY_OWN.is(above)
}
