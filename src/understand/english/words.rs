//! Words of modality in English: those that stand before what they govern, and those that are said of it behind it.

use super::super::pattern::Pattern;

/// What a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// A condition.
    Must,
    /// A wish.
    Want,
    /// Willing.
    Ok,
    /// Rather not.
    Avoid,
    /// A refusal.
    Never,
    /// 「no」, 「without」: a refusal by itself, behind a wish the absence that is wished.
    No,
    /// An earlier wish withdrawn.
    Drop,
    /// Not needed: withdraws in an update, says nothing in a first mail.
    Unneeded,
    /// Of a day: it is taken by other things.
    Taken,
    /// Looks like one of them and is none.
    Blank,
}

/// One kind of word.
pub(super) struct Row {
    /// What it says.
    pub(super) cue: Cue,
    pattern: fn() -> &'static Pattern,
}

impl Row {
    /// Its pattern.
    pub(super) fn pattern(&self) -> &'static Pattern {
        (self.pattern)()
    }
}

/// A row of a table.
macro_rules! row {
    ($cue:ident, $text:expr) => {
        Row {
            cue: Cue::$cue,
            pattern: || {
                static ROW: Pattern = Pattern::new($text);
                &ROW
            },
        }
    };
}

/// Before the thing.
pub(super) const FRONT: &[Row] = &[
    row!(
        Blank,
        r"\binstead of\b|\brather than\b|\bnot only\b|\bno matter\b|\b(?:can not|cannot|can't) (?:wait|afford to wait|complain)\b|\b(?:where|which|that|whom|who|anywhere|somewhere|everywhere|places?|post|position|something) (?:i|we|they|you|he|she) (?:can|could)\b|\bno (?:problem|trouble|doubt|idea|figure|hurry|fixed|particular|special|strong|preference)\b|\bnot (?:important|sure|certain|yet|necessarily|decided)\b|\bif not\b|\bwhether or not\b|\bas (?:soon|early|far|long|much) as (?:possible|i can)\b|\bwithout (?:hesitation|delay|restriction)\b|\bplease (?:reply|find|contact|phone|write|call|tell|feel|note|let)\b|\bnot (?:in|until|on|before) [^,]{1,16}, but\b|\bnot so much\b|\bi cannot say\b|\b(?:who|that|which) (?:want|wants|wish|needs?|would)\b|\bno less a\b|\bshort of\b|\blast but not least\b|\bnever too\b|\bneed not\b|\bneedn't\b|\bcan (?:tell|say|imagine|see|offer you|understand|send)\b|\bi am not that\b|\bnot fewer\b|\bnot less\b"
    ),
    row!(
        Drop,
        r"\b(?:no longer|not) any need (?:to|for)\b|\bno longer (?:a )?need (?:to|for)\b|\b(?:drop|strike|delete|remove|cross (?:out|off)|take off|scratch|cancel(?: my (?:wish|request) for)?|withdraw(?: my (?:wish|request) for)?|erase|scrap|disregard|ignore|forget(?: about)?)\b|\bleave out\b|\bno longer (?:need|insist on|insist|require|care (?:about|for)|looking for|interested in|attached to|important|wish for|ask for)\b|\bnot (?:insist on|need|require|ask for|care about) [^,]{0,20}\bany ?(?:more|longer)\b|\b(?:can|could) (?:now )?(?:do without|dispense with|forgo|manage without|live without)\b|\b(?:have )?given up (?:on|the idea of|the thought of|hope of)\b|\b(?:have |had )?changed my mind about\b|\bnever mind\b|\b(?:take|strike|leave) (?:[a-z ]{1,24} )?(?:off|from|out of) (?:my|the) (?:list|file|wishes)\b"
    ),
    row!(
        Unneeded,
        r"\b(?:do|does|did|would|will)(?: not|n't) (?:need|require|insist on|have to have|ask for|care about)\b|\bno need (?:for|of)\b|\bcan do without\b"
    ),
    row!(
        Avoid,
        r"\b(?:would|'d|should) (?:really |much |very much |also |still |now )*(?:rather|prefer|sooner|like) (?:not|to (?:avoid|skip|be spared|have no|do no|go without|do without|stay away|keep away|steer clear|leave|stop|give up|get away|escape|be excused))\b|\brather not\b|\bprefer(?:ably)? (?:no|not|without|to avoid|to do no|to have no)\b|\bprefer not\b|\bideally (?:no|not|without)\b|\bif possible,? (?:no|not|without)\b|\btry(?:ing)? to avoid\b|\bavoid\b|\bnot (?:too |very |particularly |so |really |that |especially )?(?:keen|fond|happy|enthusiastic|comfortable)\b|\breluctant\b|\bhesita[a-z]+\b|\bnot (?:a )?(?:great |big )?(?:fan|friend) of\b|\bas (?:little|few)\b|\bnot (?:much|really) (?:like|enjoy)\b|\bdo(?: not|n't) (?:much |really |particularly )?(?:like|enjoy|care for|fancy)\b|\btired of\b|\bweary of\b|\bpreferably none\b"
    ),
    row!(
        Never,
        r"\bcan ?not\b|\b[a-z]+n't\b|\bnot\b|\bunable to\b|\bnever\b|\bno longer\b|\brefuse\b|\bdecline\b|\breject\b|\b(?:given|gave|give|giving) up\b|\bstopped\b|\bceased\b|\bquit\b|\b(?:done|finished|through) with\b|\bhad (?:quite )?enough(?: of)?\b|\bhave (?:quite )?enough of\b|\b(?:done|had|seen|worked|performed) (?:quite |more than )?enough\b|\bspare me\b|\bkeep (?:me )?(?:away|off|out)\b|\bexempt(?:ed)?\b|\bexcused\b|\brule out\b|\bhate\b|\btoo (?:old|tired|weak|slow) (?:for|to)\b|\bmy (?:days|years|time) (?:of|in|at|with)\b[^,]{0,20}\bover\b|\bmust pass on\b|\bmust decline\b|\bsay(?:ing)? no to\b|\bsaid (?:goodbye|farewell|no) to\b|\bdraw the line at\b|\bleave me out of\b|\bnothing (?:in|at|from|near|on|around|with|that|involving|where)\b|\bfarewell to\b|\bcount me out\b"
    ),
    row!(
        No,
        r"\bno\b(?: more)?|\bwithout\b|\bneither\b|\bnor\b|\bnone\b|\bexcluding\b|\bexcept(?: for)?\b|\bapart from\b|\bother than\b|\bfree (?:of|from)\b|\banything but\b|\banywhere but\b"
    ),
    row!(
        Must,
        r"\b(?:i'd|i would|i will|i'll|i could|we would|we'd) (?:only |also |even )?(?:talk|consider|come|go|accept|move|take|do|agree|join|say yes|relocate|stay)\b[^.;,]{0,40} (?:only )?(?:if|provided|as long as)\b|\bonly if\b|\bmust(?: have| be)?\b|\b(?:have|has) to\b|\bneed(?:s|ed)?(?: to)?\b|\bessential\b|\brequired?\b|\brequires\b|\bcondition\b|\bonly\b|\binsist(?: on)?\b|\b(?:can ?not|can't|could not|couldn't|will not|won't) (?:do|manage|work|come|live|start|move|accept|consider|go|take)[^,]{0,24} (?:without|unless)\b|\bnot (?:[a-z]+ ){0,3}(?:without|unless)\b|\bnever without\b|\bno (?:deal|post|job|move) without\b|\bnon-negotiable\b|\bdepends? on\b|\bindispensable\b|\bnothing but\b|\bexclusively\b|\bsolely\b|\bstrictly\b|\bunless\b|\bprovided (?:that )?|\bon condition that\b|\bno choice but\b|\bat (?:the )?(?:very )?least\b[^,]{0,4}\bneed\b"
    ),
    row!(
        Ok,
        r"\b(?:allows?|lets?|permits?) me\b|\b(?:very |quite |perfectly )?happy (?:to|with)\b|\bgladly\b|\bglad to\b|\bwilling\b|\bprepared to\b|\bready (?:to|for)\b|\bcould\b|\bcan\b|\bable to\b|\bfine\b|\bok\b|\bokay\b|\bacceptable\b|\bopen to\b|\blive with\b|\b(?:would|'d|will|'ll) (?:also |even |gladly |of course |still )*(?:consider|take|accept|do|manage|go|move|travel|put up|agree|help|cover|work)\b|\b(?:also|even) (?:consider|accept|take|do)\b|\bif i must\b|\bif need be\b|\bif necessary\b|\bat a pinch\b|\bpossible\b|\bany(?:where|thing)\b|\bput up with\b|\bagree to\b|\btolerate\b|\bmight\b|\bmay\b|\bno objections?\b|\bnothing against\b|\bno (?:problem|trouble|difficulty|issue|qualms|quarrel|objection) (?:with|about|to|doing|in)\b|\b(?:do|does|would|will|should)(?: not|n't) (?:really |at all |even )?(?:mind|object|say no|refuse|rule out|exclude|be averse|matter|bother|be above|hurt)\b|\bnot (?:averse|opposed|against|too proud|above|afraid|unwilling)\b|\bas well if\b|\bare welcome\b|\bwhichever you like\b|\bindifferent\b|\bmore than happy\b|\bcomfortable with\b|\bno stranger to\b"
    ),
    row!(
        Want,
        r"\b(?:do|really|still|very much|would) (?:enjoy|love)\b|\b(?:would|'d|should)(?: also| really| very much| much| most| of course| still| now| dearly)* (?:like|love|prefer|welcome|appreciate|enjoy|be grateful|be glad of|rather)\b|\b(?:first|second|top|main) choices? (?:is|are|would be)\b|\bprefer(?:red|ably|ence|s)?\b|\bwants?\b|\bhop(?:e|ing)\b|\blook(?:ing)? for\b|\bafter something\b|\bwish(?:es|ing)?\b|\bplease\b|\binterested in\b|\bseek(?:ing)?\b|\bideal(?:ly)?\b|\blove to\b|\bkeen (?:to|on)\b|\bwould (?:suit|be (?:best|ideal|perfect|wonderful|lovely|nice|great|good))\b|\bthinking of\b|\bconsidering\b|\bin mind\b|\bplan(?:ning)? to\b|\bintend(?:ing)? to\b|\badd\b|\bmake (?:it|that)\b|\bput (?:me )?down\b|\bconcentrate on\b|\bfocus on\b|\b(?:could|would) you\b|\b(?:could|can|may|might) i (?:start|begin|work|come|join)\b|\bwould it be possible\b|\bwould there be\b|\bis there an(?:y(?:thing|where)?)?\b|\bis there a\b|\bare there any\b|\bdo you (?:happen to )?(?:have|know of) an(?:y(?:thing|where)?)?\b|\bany (?:chance|prospect|hope) of\b|\bif possible\b"
    ),
];

/// Behind the thing.
pub(super) const BEHIND: &[Row] = &[
    row!(
        Blank,
        r"\s?\bonly (?:if|when|on condition|because|from|after|until)\b|\b(?:is|are|was|were) (?:not )?(?:known|said)\b|\bno (?:matter|longer than|later than|more than)\b|\bif not\b|\bnot (?:only|more than|below|over|yet)\b"
    ),
    row!(
        Never,
        r"^[^,.]{0,10}\b(?:is|are) out,? too[.!]?\s?$|\b(?:is|are|am|'s|'re|remains?|will be|would be|stays?|must be|as|being|has been|have been)\s(?:also |still |simply |absolutely |now |quite |strictly |definitely |therefore |completely |entirely |, [a-z ]+, |just |really |far )*(?:out of the question|out\b|off the table|off limits|not (?:possible|an option|for me|negotiable for me|acceptable|feasible|on the cards|my thing|something i)|impossible|no option|over\b|behind me|unthinkable|unacceptable|excluded|ruled out|too (?:much|far|hard|heavy|tiring|demanding)|beyond me|more than i can|too much for me|taboo|a no-?go|no (?:longer|more|good|use|place for me)|finished|history|a thing of the past|closed to me|not wanted|unwelcome|refused)\b|\b(?:has|have) (?:become|turned|grown) (?:impossible|too (?:much|hard|heavy|far)|unbearable)\b|^[^,.]{0,24}\bi (?:simply |really |regret(?:tably)? |am afraid )?(?:no longer (?:do|take|touch|want|accept|can|offer|perform)|cannot|can't|could not|couldn't|won't|will not|do not|don't|must decline|must refuse|(?:have |had )?(?:given|gave) up|had to give up|have stopped|stopped|refuse|decline|leave to (?:the )?(?:young|others)|must pass|am (?:no longer able|not able|not willing|not prepared|done|through))\b|\bcannot be (?:moved|done|changed)\b|\bdo(?:es)?(?: not|n't) (?:work|suit|come into question|appeal|interest|fit)\b|\bwon't (?:do|work)\b|\bis not (?:any more|anymore)\b|^,?\s(?:no|never|not)(?:,? (?:thanks?|thank you|ever|again|any ?more|please|way))?\s?[.!]?$|\bnot (?:any ?more|again)\b|^\s?[:-]\s?(?:no|never|none|not)\b|^,\s(?:never|ever)\b|\bi (?:leave|am leaving|happily leave) (?:to|for) (?:the )?(?:young|others|somebody|someone|colleagues)|\bi have done my share\b|\b(?:is|are|would be|does|do) not\s?[.!]?$|\bhave no (?:place|room) (?:in|for)\b|\bnot at any price\b|\bi (?:will|shall) not\b"
    ),
    row!(
        Taken,
        r"^ (?:free|off|to myself|for my)\b|\bbelong(?:s)? to\b|\b(?:is|are|must be|must stay|must remain|have to be|has to be|need to be|should be|stays?|remains?)\s(?:kept |always |strictly |already |all |left )*(?:free|reserved|taken|blocked|booked|sacred|mine|spoken for|off\b|for my|for the|kept|busy|out\b)\b|\bi (?:teach|lecture|have (?:my|to|a|an)|look after|am (?:at|busy|away|on dialysis|teaching|not available|unavailable)|need (?:for|to myself)|sing|play|keep)\b|^[^,.]{0,12}\bmy (?:own )?(?:treatment|lecture|therapy)\b"
    ),
    row!(
        Drop,
        r"\b(?:can|may|could|should|will|must)\s(?:now |all |both |also |safely )*(?:come off|come out|go\b(?: from|,|\.|$)|be (?:dropped|removed|taken off|deleted|struck|crossed|forgotten|cancelled|canceled|ignored|scrapped|withdrawn))|\b(?:is|are) no longer (?:needed|necessary|required|important|a (?:must|condition|concern|requirement|priority)|of interest|relevant|on my list|decisive)\b|\bno longer (?:matters?|counts?|applies|apply|plays? a)\b|^[^.]{0,30}\bi (?:no longer|do not|don't) (?:need|insist|require|care|want (?:it|them) any)|\byou (?:can|may) (?:now )?(?:drop|forget|take|strike|remove|delete|cross|scratch|ignore)\b|\b(?:off|from|out of) my (?:list|file|record|profile|wishes|conditions|wish list)\b|\bas i no longer need\b|\bcan wait\b$"
    ),
    row!(
        Must,
        r"\b(?:is|are|'s|'re|remains?|would be)\s(?:also |still |simply |absolutely |an? |my |the |one |only |main |first |really |therefore )*(?:must\b|essential|required|condition|non-negotiable|not negotiable|indispensable|imperative|necessary|mandatory|vital|crucial|needed|prerequisite|requirement|sine qua non|deal-?breaker)|\b(?:is|are) (?:the )?(?:one|only) (?:thing|point|condition)[^,]{0,30}(?:without|insist|need|not)|\bi (?:can ?not|can't|could not|couldn't) (?:do|manage|live|work|come|move|start) without\b|^\s(?:only|exclusively)\b|^[^,.]{0,30}\bonly[.!]?\s?$|\bi (?:must|do) (?:insist|have|need)\b|\bi (?:really |absolutely )?need\b|\bor (?:i (?:stay|will stay|am not|do not|will not)|nothing|no deal|not at all)\b|\bhas to be\b|\bnot negotiable\b|\bno (?:deal|go)\b|\bmust (?:be (?:there|guaranteed|available|provided|included|part)|come with)\b|\bi will not (?:do|manage|work|come|move) without\b"
    ),
    row!(
        Avoid,
        r"\b(?:is|are|would be) (?:not ideal|not my (?:favou?rite|cup of tea|first choice|strength|forte)|less (?:ideal|welcome|attractive)|a (?:last resort|burden|strain)|hard for me|difficult for me)\b|\b(?:i|he|she)(?:'d| would) (?:rather|prefer)(?: to)? (?:not|avoid|leave (?:it|that|this|them))\b|\bi would like to avoid\b|\bi (?:am not (?:keen|fond)|do not (?:like|enjoy)|don't (?:like|enjoy))\b|\bonly reluctantly\b|\bif it can be avoided\b"
    ),
    row!(
        Ok,
        r"\bwould have been (?:fine|acceptable|all right|ok|enough)\b|\bi (?:shall|will|would) not (?:haggle|complain|quarrel|argue|object)\b|\b(?:is|are|'s|would be|will be|would|seems?)\s(?:also |still |perfectly |quite |just |both |all |absolutely |equally |certainly |of course |always |very |be |now |then |again |as well |no )*(?:fine|ok\b|okay|acceptable|all right|alright|possible|problem|trouble|bearable|manageable|tolerable|conceivable|negotiable|doable|within reach|not (?:a problem|excluded|unthinkable|impossible|out of the question)|no (?:problem|trouble|issue|hardship|objection)|nothing|do\b|an option|thinkable|workable|in order|good enough|reasonable|imaginable)|\b(?:works?|suits?) (?:too|as well|equally)\b|\bif (?:i must|need be|necessary|you twist my arm|needed|really needed|it must be|required|you insist|unavoidable|it cannot be helped|(?:the )?need arises|that helps|it helps|asked|you like|pressed)\b|\bi(?: would|'d|'ll| will)?(?: also| really)? (?:do not|don't|would not|wouldn't|not|n't) (?:really )?(?:mind|object)\b|\bi(?:'ll| will| would|'d| can| could)? (?:also |still |even )?(?:gladly|happily|willingly|readily|be glad to|be happy to|be willing to)\b|\bi (?:can|could|might|may) (?:also |still |even |well |certainly |easily )*(?:do|take|manage|live|accept|consider|handle|cover|come|work|start|begin|go|agree|travel|imagine|help|put up)\b|\bi(?: am|'m) (?:also |quite |perfectly )?(?:happy|willing|ready|prepared|open|glad|fine|able|comfortable)\b|\bi (?:have|had) (?:no objections?|nothing against|no problem)\b|\bat a pinch\b|\bin a pinch\b|\bwon't kill me\b|\bwould not kill me\b|\bi (?:will|would) (?:accept|take|consider|do|manage)\b|^,\s(?:ok|okay|fine|why not|no problem|if pressed)\b|\bwhichever you like\b|\bdo(?:es)?(?: not|n't) (?:bother|frighten|scare|worry|deter|matter)\b|^[^,.]{0,20}\btoo[.!]?\s?$|\bfor want of better\b|\bas a (?:fallback|second choice|last resort|stopgap)\b|\bwould do\b|\b(?:is|are) (?:also |both |all |very )*(?:fine|possible|welcome)\b"
    ),
    row!(
        Want,
        r"\bhope to (?:go on|continue|carry on|keep)\b|\bwould(?: also| really| both| all| now)* (?:be (?:very |most |just |really |especially |particularly )?(?:ideal|best|perfect|nice|lovely|great|good|wonderful|welcome|appreciated|a (?:plus|bonus|dream|help|pleasure|joy)|helpful|my first choice|preferred|preferable|right)|suit me|help|please me|appeal|delight|attract|interest)\b|\bsuits? me\b|\b(?:is|are) (?:what i|lovely|ideal|best|my (?:first choice|favourite|favorite|wish|preference|hope|goal|aim|dream|strong|idea)|the (?:ideal|dream|goal))\b|\bpreferred\b|\bpreferably\b|\bif possible\b|\bplease\b|\bi (?:want|prefer|would (?:like|love|prefer)|wish|hope|have in mind|enjoy|am looking for)\b|\bi'd (?:like|love|prefer)\b|\bis of interest\b|\binterests? me\b|\b(?:seems?|is) fair\b"
    ),
];
