//! The given name of one who calls himself by the family's alone.

use super::name::means_more;
use super::names::{han, is_name};
use crate::understand::doc::Role;
use crate::understand::pattern::pattern;
use crate::understand::rules::Cx;

/// A family name that stands elsewhere with the given name: 「石動 とみ子」 at the foot, 「お父様＝戸倉 昭先生」.
pub(super) fn with_given_name(cx: &Cx, family: &str) -> Option<(usize, usize)> {
    pattern!(
        GIVEN,
        r"^(?:(?P<spaced>\s(?:[\p{Han}々]{1,3}[\p{Hiragana}]?|[\p{Hiragana}]{2,4}[\p{Han}]?|[\p{Katakana}ー]{2,4}))|(?P<close>[\p{Han}々]{1,3}))(?:先生)?(?:\s*$|、|。|\(|\s?拝)"
    );
    let count = family.chars().count();
    if !(2..=3).contains(&count) || !family.chars().all(han) {
        return None;
    }
    let lines = cx.doc.lines.iter();
    lines
        .filter(|l| matches!(l.role, Role::Own | Role::Signature))
        .find_map(|l| {
            let text = cx.doc.text(l.start, l.end);
            let at = text.find(family)?;
            let head = text.get(..at)?.trim();
            let end = at + family.len();
            let c = GIVEN.first(text.get(end..)?)?;
            let given = c.name("spaced").or(c.name("close"))?;
            let whole = text.get(at..end + given.end())?;
            let alone = head.is_empty() || head.ends_with(['=', ':']);
            (alone && is_name(whole) && !means_more(cx, l.start + end, l.start + end + given.end()))
                .then_some((l.start + at, l.start + end + given.end()))
        })
}
