//! How an English mail asks to be answered, what it asks to keep quiet, and its short bargains 「no clerk, no deal」.

use super::super::pattern::pattern;
use super::super::rules::{Cx, Item};
use crate::domain::wish::{Field, Strength, Value};

/// Reads them.
pub(in crate::understand) fn read(cx: &Cx, items: &mut Vec<Item>) {
    if !cx.doc.latin {
        return;
    }
    workplace(cx, items);
    ways(cx, items);
    quiet(cx, items);
    bargains(cx, items);
}

pattern!(
    AT_WORK,
    r"\b(?:never|not) (?:the|my|our) (?:hospital|ward|clinic|office|work|university|department|company)(?:'s)? (?:tele)?(?:phone|number|line|extension)\b|(?:^|[.;\n]\s?)(?:please )?not at (?:the|my) (?:hospital|office|clinic|ward|work|workplace)\b|\b\b(?:do not|don't|never|not|no|nor|rather not|avoid)\b[^.;]{0,24}?\b(?:ring|ringing|call|calls|calling|phone|phoning|telephone|telephoning|contact|contacting)\b(?: me)?[^.;,]{0,14}?\b(?:at|to|in|on|through) (?:the|my|our|this)(?: [a-z]+)? ?(?:hospital|work|office|clinic|university|company|ward|workplace|department|institute|practice|switchboard|desk|place of work|surgery|work number|office number|extension)\b|\b(?:do not|don't|never|not)\b[^.;]{0,16}?\b(?:ring|call|phone|telephone|contact)(?: me)? (?:there\b|at work|the (?:hospital|ward|clinic|office|university|company)|my (?:hospital|employer|workplace|clinic|office|ward|department|university|company))\b"
);
pattern!(
    WORK_ALLOWED,
    r"\b(?:feel free to|you (?:may|can)|it is (?:fine|all right|ok) to|no objection to|happy for you to)\b[^.;]{0,16}?\b(?:ring|call|phone|telephone|ringing|calling|phoning|contact|contacting)(?: me)? (?:at work|(?:at|in) (?:the|my) (?:hospital|office|clinic|university|company|workplace))\b"
);

fn workplace(cx: &Cx, items: &mut Vec<Item>) {
    for (pattern, strength) in [(&AT_WORK, Strength::Never), (&WORK_ALLOWED, Strength::Ok)] {
        for (start, end) in pattern.spans(cx.text()) {
            if !cx.doc.counts(start) {
                continue;
            }
            items.retain(|i| i.end <= start || end <= i.start);
            items.push(
                Item::new(
                    Field::Contact,
                    Value::text("workplace_phone"),
                    start,
                    end,
                    "english::workplace_phone",
                )
                .with(strength),
            );
        }
    }
}

pattern!(
    WRITE,
    r"\b(?:please|kindly|just|better|rather|prefer(?: it)? (?:if|that) you)\s(?:do )?(?:write|e-?mail|drop me a (?:line|mail|note))(?: to me| me)?\b|\b(?:write|writing|e-?mail|e-?mailing)(?: to me| me)? (?:rather than|instead of|and do not|not|is better than) (?:to )?(?:ring|call|phon|telephon)|\bin writing\b|\bwrite to me (?:at|to|under|on) (?:this|the)|\bwrite to me instead"
);
pattern!(
    RING,
    r"\b(?:please|kindly|just|better|best|simply|you (?:can|may|could)|feel free to|or)\s(?:do )?(?:ring|phone|call|telephone)(?: me)?(?:\s?:|\s(?:on|at|in|after|before|between|any|me|from|during|0|\d|to discuss|back)|[.!,])|\b(?:ring|phone|call|telephone) me (?:on|at|in|after|before|any|instead|between|back|when)|\bgive me a (?:ring|call|bell)\b|\bphone (?:me )?rather than\b"
);
pattern!(
    MAIL,
    r"\be-?mails?\b|(?:^|[.;\n]\s?)mail only\b|\bonly (?:by|via) mail\b"
);
pattern!(
    ANSWER,
    r"\b(?:contact|reply|replies|reach|answer|write|respond|get in touch|correspond|communicate|communication|only|prefer|best|please|rather|better|easiest|instead|no phone|no calls?|not? ring|not? call)\b"
);
pattern!(
    NOT_ASKED,
    r"\b(?:your|last|earlier|previous|first|this|the) (?:kind )?e-?mail|\bthank|\be-?mail (?:of|dated|address|you sent|from)\b|\bi (?:will|shall|can) (?:e-?mail|send)|\bgot your\b|\breceived\b"
);
pattern!(
    ONLY,
    r"(?:^|[.;\n]\s?)mail only\b|\bonly (?:by|via) mail\b|\b(?:only|exclusively|solely|nothing but)\b[^.;,]{0,16}\be-?mails?\b|\be-?mails? ?,?(?:please,? )?(?:only|exclusively|and nothing else|alone)\b|\bonly\b[^.;,]{0,12}\bin writing\b|\bin writing only\b"
);
pattern!(
    ONLY_RING,
    r"\b(?:only|exclusively)\b[^.;,]{0,10}\b(?:by (?:tele)?phone|ring|call)\b|\bby (?:tele)?phone (?:only|please, never)\b|\bphone only\b"
);
pattern!(
    NO_SCREEN,
    r"\b(?:no|never|not|without|n't)\b(?: [a-z]+){0,4}? (?:video|zoom|skype|online|teams|screen)[ -]?(?:calls?|meetings?|interviews?|conferences?|chats?)?\b"
);
pattern!(
    FACES,
    r"\b(?:meet|see|talk|speak|sit down|visit)\b[^.;,]{0,40}\b(?:in person|face[ -]to[ -]face)|\bface[ -]to[ -]face|\bin person\b"
);
pattern!(
    SCREEN,
    r"\b(?:meet|talk|speak)(?: to you| with you| each other)? online\b|\b(?:video|zoom|online|skype|teams)[ -](?:calls?|meetings?|interviews?|conferences?|chats?)\b|\b(?:over|by|via|on) (?:zoom|skype|teams|video)\b"
);
pattern!(
    NO_PHONE,
    r"\b(?:do not|don't|never|no)\s(?:ever |please )?(?:tele)?phone(?: me| calls?)?(?:\s?[.,;!)]|$|\sat all|\splease)|\bno (?:phone |telephone )?calls(?:\s?[.,;!]|$|\splease)|\b(?:do not|don't|never) (?:ring|call)(?: me)?(?:\s?[.,;!)]|$|\sat all|\splease)"
);
pattern!(
    REFUSED,
    r"\b(?:no|never|not|n't|nor)\b[^.;,]{0,22}$|\b(?:rather than|instead of|not to)\s(?:to )?$"
);
pattern!(
    DUTY_CALL,
    r"\bon[- ]call\b|\bcalled (?:in|out)\b|\bcall-outs?\b"
);

/// Mail, telephone, screen.
fn ways(cx: &Cx, items: &mut Vec<Item>) {
    let text = cx.text();
    for (start, end) in WRITE.spans(text) {
        let strength = if cx
            .doc
            .sentence_at(start)
            .is_some_and(|s| ONLY.is(cx.doc.text(s.start, s.end)))
        {
            Strength::Must
        } else {
            Strength::Want
        };
        if REFUSED.is(cx.head(start)) || another_letter(cx, end) {
            continue;
        }
        push(cx, items, "email", strength, start, end);
    }
    for (start, end) in MAIL.spans(text) {
        let sentence = cx.sentence(start);
        if !ANSWER.is(sentence) || NOT_ASKED.is(sentence) || REFUSED.is(cx.head(start)) {
            continue;
        }
        if cx.rest(end).starts_with([':', '@']) {
            continue;
        }
        let strength = if ONLY.is(sentence) {
            Strength::Must
        } else {
            Strength::Want
        };
        push(cx, items, "email", strength, start, end);
    }
    for (start, end) in RING.spans(text) {
        if REFUSED.is(cx.head(start)) || DUTY_CALL.is(cx.doc.text(start, end)) {
            continue;
        }
        let strength = if ONLY_RING.is(cx.sentence(start)) {
            Strength::Must
        } else {
            Strength::Want
        };
        let at_work = items.iter().any(|i| {
            i.field == Field::Contact
                && i.value == Value::text("workplace_phone")
                && i.start < end + 30
                && start < i.end
        });
        if !at_work {
            push(cx, items, "phone", strength, start, end);
        }
    }
    for (start, end) in NO_PHONE.spans(text) {
        let at_work = items.iter().any(|i| {
            i.value == Value::text("workplace_phone") && i.start < end + 30 && start < i.end
        });
        if !at_work && !DUTY_CALL.is(cx.sentence(start)) {
            push(cx, items, "phone", Strength::Never, start, end);
        }
    }
    for (pattern, value) in [(&FACES, "in_person"), (&SCREEN, "online")] {
        for (start, end) in pattern.spans(text) {
            let read = items
                .iter()
                .any(|i| i.field == Field::Contact && i.start < end && start < i.end);
            if !read && cx.doc.counts(start) {
                let way = Value::text(value);
                items.push(Item::new(
                    Field::Contact,
                    way,
                    start,
                    end,
                    "english::meeting",
                ));
            }
        }
    }
    for (start, end) in NO_SCREEN.spans(text) {
        push(cx, items, "online", Strength::Never, start, end);
    }
}

/// 「please write to the university」 asks for no answer.
fn another_letter(cx: &Cx, end: usize) -> bool {
    pattern!(
        TO_OTHERS,
        r"^ (?:to )?(?:the|my|your|him|her|them|a|an|down|it)\b"
    );
    TO_OTHERS.is(cx.rest(end))
}

/// Adds a way of contact, or hardens the one that is read already.
fn push(cx: &Cx, items: &mut Vec<Item>, value: &str, strength: Strength, start: usize, end: usize) {
    if !cx.doc.counts(start) || cx.scope.asked(start) {
        return;
    }
    let old = items.iter_mut().find(|i| {
        i.field == Field::Contact
            && i.value == Value::text(value)
            && cx.doc.sentence_at(i.start).map(|s| s.start)
                == cx.doc.sentence_at(start).map(|s| s.start)
    });
    if let Some(old) = old {
        if strength != Strength::Want || old.strength.is_none() {
            old.strength = match old.strength {
                None if strength == Strength::Want => cx
                    .verdict(old)
                    .map(|v| v.strength)
                    .filter(|s| *s == Strength::Ok)
                    .or(Some(strength)),
                _ => Some(strength),
            };
        }
        return;
    }
    items.push(
        Item::new(
            Field::Contact,
            Value::text(value),
            start,
            end,
            "english::contact",
        )
        .with(strength),
    );
}

pattern!(
    EMPLOYER,
    r"\b(?:my|the|this|our)(?: present| current)? (?:employer|hospital|boss|chief|department|university|clinic|company|director|professor|colleagues|superiors|head of department|institute|ward|people at work|dean)(?: here| there)?(?: and [a-z ]+?)? (?P<m>must not|must never|may not|should not|shouldn't|mustn't|cannot|is not to|are not to|does not|do not|doesn't|don't|has no|have no|is unaware|are unaware|knows nothing|know nothing|has not|have not|hasn't|haven't|is not|are not|will not)(?: yet| ever| be)? ?(?:hear|know|learn|find out|get wind|be told|been told|told|aware|suspect|notice|idea|inkling|see|informed|of|about|get to know|become aware|discover)?\b|\b(?:nobody|no one|not a soul) (?:there|here|at work|at the hospital|in the department) (?:has been told|knows|is aware|has heard|suspects)\b|\b(?P<n>nobody|no one|not a soul|none of my colleagues|no colleague|(?:hardly|scarcely) (?:anybody|anyone)|almost (?:nobody|no one))(?: at (?:work|my (?:present|current) [a-z]+|the hospital|the clinic|my hospital|the university|the company)| here| in (?:the|my) (?:hospital|department|ward|office|university))? (?:must|may|should|knows?|is to|can|has been told|ought)\b|\bkeep (?:this|it|my (?:inquiry|enquiry|search|request|plans?|name|application))(?: [a-z]+)? (?:from|confidential|secret|quiet|private|to yourself|between)|\b(?:strictly|strictest|strict|in) confiden(?:ce|tial)|\bconfidential(?:ly|ity)?\b|\bdiscre(?:et|tion|etly)\b|\bbehind my (?:employer|boss|chief)'s back\b|\bwithout my (?:employer|boss|chief|hospital|department|colleagues)(?:'s)? (?:knowing|knowledge|learning|hearing|noticing|finding out)"
);
pattern!(
    HARD,
    r"\bmust (?:not|never)\b|\bmustn't\b|\bmay not\b|\b(?:nobody|no one|not a soul|none|no colleague)[^.]{0,40} (?:must|may|is to)\b|\bunder no circumstances\b|\babsolutely\b|\bat all costs?\b|\bis not to\b|\bare not to\b|\bstrict(?:ly|est)?\b|\bon no account\b|\bessential\b"
);
pattern!(
    KNOWN,
    r"\b(?:what|which|how|whether|why)\b[^.]{0,12}$|\bconfidential (?:disclaimer|information)|\bthis (?:e-?mail|message) (?:is|may|and)"
);
pattern!(
    NAMELESS,
    r"\bwithout (?:my|giving my|naming|mentioning my|revealing my) name\b|\b(?:do not|don't|please not|never|not)(?: yet)? (?:mention|give|pass on|disclose|reveal|show|use|print|tell)[^.;]{0,16}\bmy (?:real |full )?name\b|\banonym(?:ous|ously|ity)\b|\bkeep my name (?:out|off|to yourself|back|confidential|private|secret)|\bmy name (?:must|should|may|is) not\b|\b(?:not|n't|never)\b[^.;]{0,20}\b(?:my|his|her) name (?:to be )?(?:passed on|given|mentioned|disclosed|revealed|told|shown|used)\b|\bnot (?:be )?(?:named|identified)\b"
);

/// Who must not hear of it.
fn quiet(cx: &Cx, items: &mut Vec<Item>) {
    for (pattern, value) in [(&EMPLOYER, "employer"), (&NAMELESS, "name")] {
        for c in pattern.all(cx.text()) {
            let Some(m) = c.get(0) else { continue };
            let bare = c.name("m").is_some_and(|v| {
                m.as_str().trim_end().ends_with(v.as_str())
                    && ![
                        "has no",
                        "have no",
                        "is unaware",
                        "are unaware",
                        "knows nothing",
                        "know nothing",
                    ]
                    .contains(&v.as_str())
            });
            if bare
                || !cx.doc.counts(m.start())
                || cx.scope.asked(m.start())
                || KNOWN.is(cx.head(m.start()))
                || value == "employer" && NAMELESS.is(cx.sentence(m.start()))
            {
                continue;
            }
            let strength = if HARD.is(cx.sentence(m.start())) {
                Strength::Must
            } else {
                Strength::Want
            };
            items.retain(|i| {
                let named = value == "name"
                    && i.field == Field::Institution
                    && m.start() <= i.start
                    && i.start < m.end() + 40;
                !named
            });
            items.retain(|i| {
                i.field != Field::Confidential
                    || i.value != Value::text(value)
                    || i.strength == Some(Strength::Must)
                    || i.end + 40 < m.start()
                    || m.end() + 40 < i.start
            });
            items.push(
                Item::new(
                    Field::Confidential,
                    Value::text(value),
                    m.start(),
                    m.end(),
                    "english::confidential",
                )
                .with(strength),
            );
        }
    }
}

pattern!(
    BARGAIN,
    r"\bno (?P<t>[a-z' -]{3,40}?),? no (?:deal|me|job|go|contract|doctor|thanks|move|interest)\b|\bwithout (?:a |an |any )?(?P<u>[a-z' -]{3,40}?),? (?:i (?:cannot|can't|will not|won't|am not|shall not|could not|would not)|it is no|there is no|no (?:deal|way))"
);

/// 「No medical assistant, no deal」: what must be there.
fn bargains(cx: &Cx, items: &mut [Item]) {
    for c in BARGAIN.all(cx.text()) {
        let Some(what) = c.name("t").or(c.name("u")) else {
            continue;
        };
        for item in items
            .iter_mut()
            .filter(|i| what.start() <= i.start && i.end <= what.end() + 1)
        {
            item.strength = Some(Strength::Must);
        }
    }
}
