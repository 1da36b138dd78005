//! Two offers compared: 「A病院は週4日・当直月2回、B病院は週3日・当直なしでした」 tells what they are and wishes nothing.

use super::super::doc::Doc;
use super::super::pattern::pattern;

// One of several offers, and the particle that says what it is in its sentence.
pattern!(
    ONE_OF_SEVERAL,
    r"(?:^|[、。「」\s・])(?P<o>(?-u:\b)?[a-f](?:病院|クリニック|医院|診療所|老健|施設|社|案)|[a-f]|(?:[一二三四1-4])(?:件|つ|番)目|前者|後者|[①-⑤]|(?:[\p{Han}ヶケ]{2,4})の(?:病院|クリニック|診療所|医院|老健|施設))(?:の(?:ほう|方|件|お話|求人|病院))?(?P<p>は|が|:|を|に|で|のみ|なら)"
);
pattern!(
    WISHES,
    r"希望|た(?:い|く)(?:です|と|存|思|。|、|$)|お願い|願い(?:ます|たい)|くださ|下さ|断|遠慮|避け|無理|辞退|見送|進めて|伺います|受けます|決め(?:ます|たい)"
);

/// The parts of a registered doctor's mail that describe offers which are compared.
pub(super) fn described(doc: &Doc) -> Vec<(usize, usize)> {
    let text = &doc.norm.text;
    let found: Vec<(usize, usize, bool)> = ONE_OF_SEVERAL
        .all(text)
        .iter()
        .filter_map(|c| {
            let (o, p) = (c.name("o")?, c.name("p")?);
            Some((o.start(), p.end(), matches!(p.as_str(), "は" | "が" | ":")))
        })
        .filter(|(start, ..)| doc.counts(*start))
        .collect();
    let mut out = Vec::new();
    for (i, (start, told_from, topic)) in found.iter().enumerate() {
        let Some(sentence) = doc.sentence_at(*start) else {
            continue;
        };
        let near = |other: Option<&(usize, usize, bool)>| {
            other.is_some_and(|o| o.0.abs_diff(*start) < REACH && o.2)
        };
        let compared = near(i.checked_sub(1).and_then(|k| found.get(k))) || near(found.get(i + 1));
        let end = found
            .get(i + 1)
            .map_or(sentence.end, |next| next.0.min(sentence.end));
        if *topic && compared && !WISHES.is(doc.text(*told_from, end)) {
            out.push((*start, end));
        }
    }
    out
}

/// How far apart, in bytes of the normal text, two compared offers begin.
const REACH: usize = 300;
