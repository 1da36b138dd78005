//! Facts as English mails tell them: an age behind a name or a profession, a name said or at the foot, notice given.

use super::{Fact, fact, own};
use crate::domain::wish::{ProfileField, Value};
use crate::understand::doc::Role;
use crate::understand::english::figures;
use crate::understand::pattern::pattern;
use crate::understand::rules::Cx;

/// Adds what the other rules leave open.
pub(super) fn facts(cx: &Cx, proxy: bool, out: &mut Vec<Fact>) {
    if !cx.doc.latin {
        return;
    }
    if proxy {
        if !out.iter().any(|f| f.field == ProfileField::Age) {
            out.extend(age_of_patron(cx));
        }
        return;
    }
    let lacks = |out: &[Fact], field| !out.iter().any(|f| f.field == field);
    if lacks(out, ProfileField::Age)
        && let Some(f) = age(cx)
    {
        out.push(f);
    }
    // The header's name counts only where the body gives none.
    if (lacks(out, ProfileField::Name) || out.iter().any(|f| f.rule == "profile::header_name"))
        && let Some((start, end)) = introduced(cx).or_else(|| at_foot(cx))
    {
        out.retain(|f| f.field != ProfileField::Name);
        let name: String = words(cx, start, end)
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect();
        out.push(fact(
            ProfileField::Name,
            Value::text(name),
            start,
            end,
            "latin::name",
        ));
    }
    notice(cx, out);
    // 「surgery」 alone is a duty.
    for (field, value, said, rule) in [
        (
            ProfileField::Specialty,
            "外科",
            &OF_SURGERY,
            "latin::surgery",
        ),
        (ProfileField::Status, "employed", &HELD, "latin::held"),
    ] {
        if lacks(out, field)
            && let Some((start, end)) = said.spans(cx.text()).into_iter().find(|s| mine(cx, s.0))
        {
            out.push(fact(field, Value::text(value), start, end, rule));
        }
    }
    if lacks(out, ProfileField::YearsExperience)
        && let Some((n, start, end)) = practised(cx)
    {
        out.push(fact(
            ProfileField::YearsExperience,
            Value::Number(n),
            start,
            end,
            "latin::years",
        ));
    }
}

pattern!(
    HELD,
    r"\bi (?:run|own|head|lead|have) (?:my own|our own|my|our|a|an|the) (?:[a-z'-]+ ){0,3}(?:clinic|practice|surgery)\b|\bi(?: am|'m) (?:currently |now |still |at present |presently )?(?:on the staff|employed|under contract|in charge of|with the|(?:an? |the )?(?:(?:associate |assistant |full )?professor|lecturer|attending|head|chief|director|deputy director|medical director|staff physician|consultant (?:in|at|with)))\b|\band am (?:currently |now |still )?employed (?:at|by|in)\b|\b(?:i|and)(?: now| currently| still| presently| at present)? work (?:full[- ]time |part[- ]time |now |currently )?(?:at|in|for) (?:an?|the|my)\b"
);
pattern!(
    OF_SURGERY,
    r"\b(?:i am|i'm|i was|i have been|i've been|as) (?:[a-z]+ )?(?:head|chief|director|professor) of (?:the department of )?(?:general )?surgery\b|\bmy (?:field|specialty|speciality) is (?:general )?surgery\b|\bi (?:trained|specialis(?:e|ed)|specializ(?:e|ed)) in (?:general )?surgery\b"
);
// 「My specialty is urology」, 「I am head of neurology」, 「I have practised psychiatry」.
pattern!(
    FIELD,
    r"\b(?:my (?:main |own |chosen |first )?(?:field|specialty|speciality|specialism|subspecialty|discipline|background|training|expertise|profession|calling)(?: is| has been| was| lies)?(?: in)?|(?:trained|train|specialis(?:e|ed|ing)|specializ(?:e|ed|ing)|board[- ]certified|certified|qualified|worked|practi[sc]ed|career|years|experience|licensed|lifetime|life|expertise|specialist|consultant|qualification) (?:in|of)|\bi practi[sc]e|practi[sc](?:ed|ing)|(?:head|chief|director|professor|lecturer|chair|chairman|chairwoman|doctor|physician|department|division|registrar)(?: (?:of|in|for|at))?(?: (?:the )?(?:department|division|section) of)?) (?:clinical |general )?$"
);
pattern!(
    NOT_YET,
    r"\b(?:looking|would like|'d like|would love|want|wish|hope|prefer|seek|seeking|interested|switch|chang(?:e|ing)|retrain|move (?:in)?to|consider|considering|open to|willing|learn|become|vacanc(?:y|ies)|post|position|need|needs|hospitals?|your|their|his|her)\b"
);

/// Whether the words before a department say that the writer practises it.
pub(super) fn practises(head: &str) -> bool {
    let piece = head.rsplit(['.', ';', ',', '!', '?']).next();
    let piece = piece.unwrap_or_default();
    FIELD
        .span(piece)
        .is_some_and(|(start, _)| !NOT_YET.is(piece.get(..start).unwrap_or_default()))
}

/// A number of years, in figures or words.
macro_rules! years {
    ($name:literal) => {
        concat!(
            r"(?:over |more than |about |nearly |almost |some |close to |the (?:last|past) )?(?P<",
            $name,
            r">\d{1,2}|(?:twenty|thirty|forty|fifty)(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|ten|twelve|fifteen|eighteen)(?:-odd| odd| or so)? years"
        )
    };
}
pattern!(
    PRACTISED,
    concat!(
        r"\b(?:i have|i've|i am \d\d and have|and have|he has|she has|and has|who has)(?: been| worked| practi[sc]ed)[^.;\n]{0,60}?(?:ist|ian|surgeon|doctor|gp|medicine|practi[sc]ed|practi[cs]ing|[a-z]+ology|[a-z]+iatry|pa?ediatrics)\b[^.;,\n]{0,30}? for ",
        years!("a"),
        r"\b|\b",
        years!("b"),
        r"(?:'|\sof)?\s(?:of )?(?:my )?(?:clinical |medical |professional |hospital |surgical |practical |solid )*(?:experience|practice)\b"
    )
);

/// 「I have been a dermatologist in Japan for 17 years」.
fn practised(cx: &Cx) -> Option<(i64, usize, usize)> {
    PRACTISED.all(cx.text()).into_iter().find_map(|c| {
        let (all, n) = (c.get(0)?, c.name("a").or(c.name("b"))?);
        let n: f64 = n.as_str().split('-').filter_map(figures::number).sum();
        mine(cx, all.start()).then(|| (n as i64, all.start(), all.end()))
    })
}

fn words<'a>(cx: &Cx<'_, 'a>, start: usize, end: usize) -> &'a str {
    cx.doc.norm.quote(start, end)
}

pattern!(
    AGE,
    r"\b(?:i am|i'm|this is|my name is|as)\s[^.;:!?\n]{2,70}?,\s(?:now |aged |just )?(?P<a>[2-9]\d)(?:\.|,|;|\sand\b|\syears?\b|\sbut\b|\s?$)|(?:^|\n)\s*(?:an? )?[a-z' -]{0,30}(?:ist|ian|surgeon|doctor|gp|internist|trician)(?: in [a-z]+| from [a-z]+)?,\s(?:aged |now )?(?P<b>[3-8]\d)(?:,|\.|;|\s)|\b(?:i|who)(?: have| has| had)?(?: just| recently| already)? turned (?P<c>[3-8]\d)\b|\b(?:i am|i'm)(?: now| just| already| only| about| still| a (?:fit|healthy|young|sprightly|vigorous|fresh))* (?P<d>[3-8]\d)(?:,|\.|;|\sand\b|\syears\b|\sbut\b|\)|\s?$)|\bat (?:the age of |my age of |age )?(?P<e>[3-8]\d),? i\b|\bage ?[:=]? ?(?P<f>[3-8]\d)\b|\b(?:[a-z]+(?:ologist|iatrist|trician|ist)|surgeon|doctor|physician|internist) of (?P<h>[3-8]\d)\b|\b(?:[a-z]+(?:ologist|iatrist|trician|thetist|thesiologist|internist|ist)|surgeon|gp|doctor|physician|internist)(?: \(|, (?:aged? |now )?)(?P<g>[3-8]\d)(?:\)|,|\.|;|\sand\b|\s?$)"
);
pattern!(
    FOOT_AGE,
    r"(?:^|\n)\s*(?:dr\.? )?[a-z][a-z.' -]{4,36}(?:, ?m\.?d\.?|, ?ph\.?d\.?)*(?: \(|, )(?:age |aged )?(?P<a>[3-8]\d)\)?\s*(?:\n|$)"
);
pattern!(
    TO_COME,
    r"\b(?:i|who) (?:shall|will|am going to|am about to)(?: soon)? (?:be|turn|become|reach) (?P<a>[3-8]\d)\b|\bturn(?:ing)? (?P<b>[3-8]\d) (?:next|in|this coming|soon)\b|\bi'll (?:be|turn) (?P<c>[3-8]\d)\b"
);
pattern!(
    OF_ANOTHER,
    r"\b(?:husband|wife|father|mother|son|daughter|brother|sister|cousin|uncle|aunt|nephew|niece|friend|colleague|boss|chief|limit|until|retire at|minutes|patients|beds|km)\b[^.;]{0,40}$"
);

fn age(cx: &Cx) -> Option<Fact> {
    let text = cx.text();
    let usual = [&AGE, &FOOT_AGE].into_iter().flat_map(|p| p.all(text));
    let found = usual.into_iter().find_map(|c| {
        let m = ["a", "b", "c", "d", "e", "f", "g", "h"]
            .iter()
            .find_map(|g| c.name(g))?;
        mine(cx, m.start()).then(|| (m.as_str().parse::<i64>().ok(), m.start(), m.end()))
    });
    let coming = || {
        TO_COME.all(text).into_iter().find_map(|c| {
            let m = ["a", "b", "c"].iter().find_map(|g| c.name(g))?;
            let n = m.as_str().parse::<i64>().ok().map(|n| n - 1);
            mine(cx, m.start()).then(|| (n, m.start(), m.end()))
        })
    };
    let (n, start, end) = found.or_else(coming)?;
    Some(fact(
        ProfileField::Age,
        Value::Number(n?),
        start,
        end,
        "latin::age",
    ))
}

/// 「He turned 70 in May」 of whom a proxy writes for.
fn age_of_patron(cx: &Cx) -> Option<Fact> {
    pattern!(
        PATRON_AGE,
        r"\b(?:he|she)(?: has| had)?(?: just| recently| already| now)? (?:turned|reached) (?P<a>[3-9]\d)\b|\b(?:he|she|who)(?: is|'s)(?: now| just| already| only| still)* (?P<b>[3-9]\d)(?:,|\.|;|\sand\b|\syears\b|\sbut\b|\s?$)|\b(?:he|she)(?: will be|'ll be|(?: will)? turns?) (?P<c>[3-9]\d)\b"
    );
    PATRON_AGE.all(cx.text()).into_iter().find_map(|c| {
        let said = c.name("a").or(c.name("b"));
        let m = said.or(c.name("c"))?;
        let n: i64 = m.as_str().parse().ok()?;
        let n = if said.is_some() { n } else { n - 1 };
        own(cx, m.start()).then(|| {
            fact(
                ProfileField::Age,
                Value::Number(n),
                m.start(),
                m.end(),
                "latin::age",
            )
        })
    })
}

/// Whether the words at a byte are the writer's own and said of nobody else.
pub(super) fn mine(cx: &Cx, at: usize) -> bool {
    let before = cx
        .doc
        .sentence_at(at)
        .map_or("", |s| cx.doc.text(s.start, at));
    own(cx, at) && !OF_ANOTHER.is(before) && !super::another(cx, at)
}

pattern!(
    INTRODUCED,
    r"\b(?:i am|i'm|this is|my name is|my name:|name:)\s(?:dr\.? |prof\.? |professor )?(?P<n>[a-z][a-z'.-]+(?: [a-z][a-z'.-]*){1,3}?)(?:,|\.|;|\s\(|\sand\b|\sfrom\b|\sof\b|\s?$|\n)|(?:^|\n)(?P<m>[a-z][a-z'-]+ [a-z][a-z'-]+(?: [a-z][a-z'-]+)?) (?:here|speaking)\b|(?:^|\n)(?P<o>[a-z][a-z'-]+ [a-z][a-z'-]+), (?:an? )?[a-z' -]{0,24}(?:ist|surgeon|doctor|physician)\b"
);

/// 「I am Rajiv Menon, 57」.
fn introduced(cx: &Cx) -> Option<(usize, usize)> {
    INTRODUCED.all(cx.text()).into_iter().find_map(|c| {
        let m = c.name("n").or(c.name("m")).or(c.name("o"))?;
        (own(cx, m.start()) && named_so(words(cx, m.start(), m.end()), 2))
            .then(|| (m.start(), m.end()))
    })
}

/// Whether every word is written like a part of a name, and how many there are at least.
fn named_so(words: &str, least: usize) -> bool {
    let parts: Vec<&str> = words.split_whitespace().collect();
    (least..=4).contains(&parts.len())
        && parts.iter().enumerate().all(|(i, p)| {
            let small = ["van", "von", "de", "der", "da", "del", "la", "bin", "al"].contains(p);
            let capital = p.starts_with(|c: char| c.is_uppercase());
            let rest = p
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'));
            (capital || small && i > 0) && rest
        })
        && !parts
            .iter()
            .any(|p| NO_NAME.contains(&p.to_ascii_lowercase().as_str()))
}

/// Capitalised words that are no names.
const NO_NAME: &[&str] = &[
    "dear",
    "kind",
    "best",
    "warm",
    "regards",
    "wishes",
    "yours",
    "sincerely",
    "thanks",
    "thank",
    "you",
    "hello",
    "hi",
    "japan",
    "hospital",
    "clinic",
    "university",
    "english",
    "japanese",
    "sent",
    "from",
    "with",
    "many",
    "md",
    "phd",
    "japan.",
    "m.d.",
    "ph.d.",
    "city",
    "prefecture",
    "medical",
    "center",
    "centre",
    "department",
    "department.",
    "tokyo",
    "osaka",
    "kyoto",
    "desk",
    "looking",
    "forward",
    "good",
    "morning",
    "afternoon",
    "evening",
    "greetings",
    "respectfully",
    "faithfully",
    "truly",
    "dr",
    "dr.",
    "call",
    "phone",
    "tel",
    "tel.",
    "mobile",
    "ps",
    "p.s.",
];

pattern!(
    FOOT_LINE,
    r"^\s*(?:- )?(?:dr\.? |prof\.? )?(?P<n>[a-z][a-z'.-]*(?: [a-z][a-z'.-]*){1,3}?)(?:\s?,.*|\s?\(.*|\s?/.*|\s+\+?[\d-]{9,}.*)?\s*$"
);

/// A line near the end that holds a name and at most titles.
fn at_foot(cx: &Cx) -> Option<(usize, usize)> {
    let lines: Vec<_> = cx
        .doc
        .lines
        .iter()
        .filter(|l| matches!(l.role, Role::Own | Role::Signature))
        .collect();
    let own_lines = lines.len();
    lines
        .iter()
        .skip(own_lines.saturating_sub(6).max(1))
        .find_map(|l| {
            let text = cx.doc.text(l.start, l.end);
            let c = FOOT_LINE.first(text)?;
            let m = c.name("n")?;
            let (start, end) = (l.start + m.start(), l.start + m.end());
            let place = cx.places.iter().any(|p| p.start < end && start < p.end);
            let prose = cx
                .doc
                .sentence_at(start)
                .is_some_and(|s| s.start + 2 < start && s.start < l.start);
            (!place && !prose && named_so(words(cx, start, end), 2)).then_some((start, end))
        })
}

pattern!(
    NOTICE,
    r"\b(?:i|we)(?: have| had|'ve)?(?: already| just| now| recently| also)? (?:handed in (?:my|our) (?:notice|resignation)|given (?:my |in my )?notice|gave (?:my )?notice|resigned|tendered my resignation|submitted my resignation|put in my (?:notice|papers))\b|\bmy last (?:working )?day(?: there| here| at work)?(?: is| will be| falls)\b|\bi (?:shall|will|am going to|am to|am due to|must|have to)(?: then| finally)? (?:be retiring|retire|step down|leave (?:my|the|this) (?:post|job|hospital|position|clinic|university))\b|\bi am (?:retiring|leaving|stepping down|resigning)\b|\b(?:he|she) (?:will|shall|is going to|is to|is due to) (?:be retiring|retire|step down|leave)\b|\b(?:he|she) is (?:retiring|leaving|stepping down|resigning)\b|\bi (?:gave|handed over|passed on|sold|left|handed) my (?:own )?(?:practice|clinic|surgery)\b|\b(?:my|the|that|this) (?:present |current )?(?:contract|appointment|post|term|engagement)(?: (?:with|at|in) [^.;,]{3,40}?)? (?:runs out|run out|expires|ends|comes to an end|finishes|will end|will not be renewed|is not being renewed|is up)\b|\bi (?:reach|shall reach|will reach) (?:retirement age|the retirement age|the age limit)\b"
);
pattern!(
    LEAVE,
    r"\b(?:i am|i'm|i have been|i've been|currently|at present|now)(?: still| now| currently)? on (?:an? )?(?:maternity|parental|sick|child-?care|family|medical|long|unpaid|sabbatical)? ?leave\b"
);

/// 「I'm on maternity leave till the end of March」 ends a leave and no post.
fn on_leave(cx: &Cx, out: &mut Vec<Fact>) {
    let Some((start, end)) = LEAVE
        .spans(cx.text())
        .into_iter()
        .find(|(s, _)| mine(cx, *s))
    else {
        return;
    };
    let of_the_leave = out
        .iter()
        .any(|f| f.field == ProfileField::Status && f.start < end + 8 && start < f.end);
    if of_the_leave {
        out.retain(|f| !matches!(f.field, ProfileField::Status | ProfileField::RetireOn));
        let value = Value::text("on_leave");
        out.push(fact(
            ProfileField::Status,
            value,
            start,
            end,
            "latin::leave",
        ));
    }
}

pattern!(
    DAY,
    r"\b(?:(?:my )?last (?:working )?day|until|till|by|on|in|at the end of|end of|as of|from|effective)\b"
);

/// 「I have handed in my notice and my last day there is 30 June」.
fn notice(cx: &Cx, out: &mut Vec<Fact>) {
    on_leave(cx, out);
    if out
        .iter()
        .any(|f| f.field == ProfileField::Status && f.value != Value::text("employed"))
    {
        return;
    }
    let Some((start, end)) = NOTICE
        .spans(cx.text())
        .into_iter()
        .find(|(s, _)| own(cx, *s) && !super::another(cx, *s) && !cx.scope.asked(*s))
    else {
        return;
    };
    let today = cx.today.format("%Y-%m").to_string();
    let Some(sentence) = cx.doc.sentence_at(start) else {
        return;
    };
    let date = cx
        .dates
        .iter()
        .find(|d| {
            sentence.start <= d.start
                && d.end <= sentence.end
                && d.value.len() >= 7
                && (d.start > end || DAY.is(cx.doc.text(sentence.start, d.start)))
        })
        .and_then(|d| Some((d.value.get(..7)?.to_owned(), d.end)));
    // 「I resigned in September」 tells of an end that lies behind, 「I have resigned」 of one to come.
    let told = [
        "i resigned",
        "i gave",
        "i handed",
        "i passed",
        "i sold",
        "i left",
    ]
    .iter()
    .any(|w| cx.doc.text(start, end).starts_with(w));
    let date = date.map(|(m, until)| (if told { super::past(m, cx) } else { m }, until));
    let gone = told || date.as_ref().is_some_and(|(m, _)| *m < today);
    out.retain(|f| !matches!(f.field, ProfileField::Status | ProfileField::RetireOn));
    out.push(fact(
        ProfileField::Status,
        Value::text(if gone { "retired" } else { "retiring" }),
        start,
        end,
        "latin::notice",
    ));
    if let Some((month, until)) = date {
        out.push(fact(
            ProfileField::RetireOn,
            Value::text(month),
            start,
            until.max(end),
            "latin::notice",
        ));
    }
}
