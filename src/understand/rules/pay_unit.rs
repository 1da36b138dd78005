//! What a sum is paid for: a year, a month, half a day, a day, an hour, once.

use super::Cx;
use crate::domain::wish::PayUnit;
use crate::understand::pattern::pattern;

/// The unit said nearest before the sum in its sentence or label, or right behind it.
pub(super) fn unit_of(cx: &Cx, start: usize, end: usize) -> Option<PayUnit> {
    let after = cx.rest(start + cx.doc.text(start, end).trim_end().len());
    let lead: String = after.chars().take(14).collect();
    for (words, unit) in [
        (
            &["/時", "/h", " per hour", " an hour", "/時間"][..],
            PayUnit::Hour,
        ),
        (&["/日", " per day", " a day"][..], PayUnit::Day),
        (
            &[
                " a morning",
                " an afternoon",
                " a half-day",
                " a half day",
                " per half-day",
                " per half day",
                " per morning",
                " per afternoon",
                " for a morning",
                " for a half",
                " for half a",
                " each morning",
                " a session",
                " per session",
            ][..],
            PayUnit::HalfDay,
        ),
        (&["/回"][..], PayUnit::Once),
        (&["/月", " per month", " a month"][..], PayUnit::Month),
        (
            &["/年", " per year", " a year", " annually"][..],
            PayUnit::Year,
        ),
    ] {
        if words.iter().any(|w| lead.starts_with(w)) {
            return Some(unit);
        }
    }
    let sentence = cx.doc.sentence_at(start)?;
    let before = cx.doc.text(sentence.start, start);
    let clause_start = cx.doc.clause_at(start).0;
    let near = cx.doc.text(clause_start, start);
    pick(near).or_else(|| pick_strong(before)).or_else(|| {
        let label = cx.doc.label_before(start)?;
        pick(label)
    })
}

fn of(c: &regex::Captures) -> Option<PayUnit> {
    [
        ("year", PayUnit::Year),
        ("month", PayUnit::Month),
        ("half", PayUnit::HalfDay),
        ("day", PayUnit::Day),
        ("hour", PayUnit::Hour),
        ("once", PayUnit::Once),
    ]
    .into_iter()
    .find_map(|(n, u)| c.name(n).map(|_| u))
}

pattern!(
    SHORT,
    r"(?x)(?P<year>年俸|年収|年棒|年額|年(?:間|に)?\s?$|年(?:は|で)$|年)|(?P<month>月給|月額|月収|月\s?$|月に$)|(?P<half>半日|1?コマ)|(?P<day>日給|日当|日額|終日|1日(?:あたり|に)?|日に$|(?:^|[\s、。・])日\s?$)|(?P<hour>時給|時間給|時間\s?$)|(?P<once>1回|1件|1勤務|1晩|1泊)"
);
pattern!(
    STRONG,
    r"(?P<year>年俸|年収|年棒|年額)|(?P<month>月給|月額|月収)|(?P<half>半日)|(?P<day>日給|日当|日額|終日|1日)|(?P<hour>時給|時間給)|(?P<once>1回|1件)"
);

fn pick(text: &str) -> Option<PayUnit> {
    SHORT.all(text).into_iter().last().and_then(|c| of(&c))
}

fn pick_strong(text: &str) -> Option<PayUnit> {
    STRONG.all(text).into_iter().last().and_then(|c| of(&c))
}
