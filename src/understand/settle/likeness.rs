//! How strongly a thing is wished in words that look like these: a linear model over the characters around it, learned from
//! labelled mails and sentences.
//!
//! Rules name the words that decide; a wording nobody thought of has none of them and still looks like its kind. The weights
//! stand in `lexicon/strengths.tsv`; `cargo run --release --example learn_strengths` makes them anew from `tests/data`.

use super::super::doc::Block;
use super::super::kana::is_hiragana;
use super::super::nearby::{aside_of_now, excepted};
use super::super::rules::{Cx, Item};
use super::super::scope::{Class, Scope, Verdict};
use crate::domain::wish::{Field, Strength, Value};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What may be said of a thing: a strength, in the order of [`Strength::ALL`], or last that it is not wished at all.
pub const OUTCOMES: usize = Strength::ALL.len() + 1;

/// What a trait speaks for, an outcome each, in hundredths of a natural logarithm.
pub type Weights = [i16; OUTCOMES];

/// Where a trait of a thing's surroundings stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Zone {
    /// Two characters behind the thing, in its clause.
    Behind,
    /// Two characters in the later clauses of the sentence.
    Later,
    /// Two characters shortly before the thing.
    Before,
    /// Two characters at the beginning of the next sentence.
    Next,
    /// Two characters at the end of the sentence before.
    Previous,
    /// Two characters of the label that the thing stands behind.
    Label,
    /// How the words behind the thing begin.
    Begins,
    /// How its clause ends.
    Ends,
    /// How its sentence ends.
    Closes,
    /// What stands right before it.
    Touches,
    /// Words behind it, and how its clause and its sentence end, for things of its class.
    Class,
    /// What the rules found of the place and the thing.
    Place,
}

/// All of them with their names in the table.
const ZONES: [(Zone, &str); 12] = [
    (Zone::Behind, "behind"),
    (Zone::Later, "later"),
    (Zone::Before, "before"),
    (Zone::Next, "next"),
    (Zone::Previous, "previous"),
    (Zone::Label, "label"),
    (Zone::Begins, "begins"),
    (Zone::Ends, "ends"),
    (Zone::Closes, "closes"),
    (Zone::Touches, "touches"),
    (Zone::Class, "class"),
    (Zone::Place, "place"),
];

type Table = [HashMap<&'static str, Weights>; ZONES.len()];

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    for line in include_str!("../lexicon/strengths.tsv").lines() {
        if let Some((zone, words, weights)) = row(line)
            && let Some(words_of) = table.get_mut(zone as usize)
        {
            words_of.insert(words, weights);
        }
    }
    table
});

fn row(line: &'static str) -> Option<(Zone, &'static str, Weights)> {
    let mut columns = line.split('\t');
    let name = columns.next()?;
    let (zone, _) = ZONES.iter().find(|(_, n)| *n == name)?;
    let words = columns.next()?;
    let mut weights = Weights::default();
    for (weight, number) in weights.iter_mut().zip(columns.next()?.split(' ')) {
        *weight = number.parse().ok()?;
    }
    Some((*zone, words, weights))
}

/// A row of the table.
pub fn written(zone: Zone, words: &str, weights: &Weights) -> String {
    let name = ZONES.iter().find(|(z, _)| *z == zone).map_or("", |z| z.1);
    let numbers: Vec<String> = weights.iter().map(i16::to_string).collect();
    format!("{name}\t{words}\t{}", numbers.join(" "))
}

/// So many characters behind a thing are looked at, in its clause and in later ones.
const BEHIND: usize = 60;
const LATER: usize = 80;
/// And so many before it, and of the sentences around.
const BEFORE: usize = 12;
const AROUND: usize = 14;

/// The characters of a text, every number as `0`, every line feed as a blank.
fn folded(text: &str) -> impl Iterator<Item = char> {
    let mut number = false;
    text.chars().filter_map(move |c| {
        let was = std::mem::replace(&mut number, c.is_ascii_digit());
        match c {
            _ if number && was => None,
            _ if number => Some('0'),
            '\n' | '\t' => Some(' '),
            c => Some(c),
        }
    })
}

fn begin(text: &str, most: usize) -> String {
    folded(text).take(most).collect()
}

fn end(text: &str, most: usize) -> String {
    let from = text.char_indices().rev().nth(3 * most).map_or(0, |c| c.0);
    let all: Vec<char> = folded(text.get(from..).unwrap_or_default()).collect();
    all.iter().skip(all.len().saturating_sub(most)).collect()
}

fn pairs(text: &str, mut each: impl FnMut(&str)) {
    let places = text.char_indices().map(|c| c.0);
    let ends = text.char_indices().skip(2).map(|c| c.0);
    for (from, upto) in places.zip(ends.chain([text.len()])) {
        each(text.get(from..upto).unwrap_or_default());
    }
}

/// Whether only words of grammar can stand in it: in the sentences around, names and nouns tell by chance alone.
fn is_kana(words: &str) -> bool {
    words
        .chars()
        .all(|c| is_hiragana(c) || matches!(c, '、' | '。'))
}

fn kana_pairs(text: &str, mut each: impl FnMut(&str)) {
    pairs(text, |words| {
        if is_kana(words) {
            each(words);
        }
    });
}

/// Its last so many characters, for each of some numbers.
fn tails(text: &str, many: std::ops::RangeInclusive<usize>, mut each: impl FnMut(&str)) {
    for n in many {
        if let Some((at, _)) = text.char_indices().rev().nth(n - 1) {
            each(text.get(at..).unwrap_or_default());
        }
    }
}

/// Its first so many characters, for each of some numbers.
fn heads(text: &str, many: std::ops::RangeInclusive<usize>, mut each: impl FnMut(&str)) {
    for n in many {
        if let Some((at, c)) = text.char_indices().nth(n - 1) {
            each(text.get(..at + c.len_utf8()).unwrap_or_default());
        }
    }
}

/// Gives each trait of the surroundings of a thing.
pub fn traits(cx: &Cx, item: &Item, mut each: impl FnMut(Zone, &str)) {
    let doc = cx.doc;
    let Some(sentence) = doc.sentence_at(item.start) else {
        return;
    };
    let clause = doc.clause_at(item.start).1.max(item.end);
    let until = sentence.end.max(clause);
    let own = begin(doc.text(item.end, clause), BEHIND);
    let later = begin(doc.text(clause, until), LATER);
    let before = end(doc.text(sentence.start.min(item.start), item.start), BEFORE);
    pairs(&own, |w| each(Zone::Behind, w));
    pairs(&later, |w| each(Zone::Later, w));
    pairs(&before, |w| each(Zone::Before, w));
    let next = doc.sentence_after(sentence.start);
    let next = next.map_or("", |s| doc.text(s.start, s.end));
    kana_pairs(&begin(next, AROUND), |w| each(Zone::Next, w));
    let previous = doc.sentence_before(sentence.start);
    let previous = previous.map_or("", |s| doc.text(s.start, s.end));
    kana_pairs(&end(previous, AROUND), |w| each(Zone::Previous, w));
    if let Some(label) = doc.label_before(item.start) {
        pairs(&begin(label, AROUND), |w| each(Zone::Label, w));
        each(Zone::Label, "");
    }
    const MARKS: [char; 3] = [' ', '、', '。'];
    let ended = format!("^{}", own.trim_end_matches(MARKS));
    let whole = format!("^{own}{later}");
    let closed = whole.trim_end_matches(MARKS);
    tails(&ended, 2..=6, |w| each(Zone::Ends, w));
    tails(closed, 2..=6, |w| each(Zone::Closes, w));
    let begun = format!("{own}$");
    heads(&begun, 1..=4, |w| each(Zone::Begins, w));
    tails(&format!("^{before}"), 1..=3, |w| each(Zone::Touches, w));
    let class = match Class::of(item.field) {
        Class::Work => 'W',
        Class::Place => 'P',
        Class::Day => 'D',
        Class::House => 'H',
        Class::Employment => 'E',
        Class::Means => 'M',
        Class::Benefit => 'B',
        Class::Other => 'O',
    };
    let mut of_class = |mark: char, w: &str| each(Zone::Class, &format!("{class}{mark}{w}"));
    heads(&begun, 1..=1, |w| of_class('<', w));
    pairs(&own, |w| of_class('=', w));
    tails(&ended, 3..=4, |w| of_class('>', w));
    tails(closed, 3..=4, |w| of_class('|', w));
    let line = doc.line_at(item.start).map(|l| l.context);
    let line = line.unwrap_or_default();
    let heading = line.strength.map_or("none", |s| s.as_str());
    each(Zone::Place, &format!("heading {heading}"));
    each(
        Zone::Place,
        match line.block {
            Block::Free => "free",
            Block::Wish => "wishes",
            Block::Present => "present",
            Block::Profile => "profile",
            Block::Contact => "contact",
        },
    );
    each(Zone::Place, item.field.as_str());
    for (name, is) in [
        ("listed", Scope::listed(doc, item.start)),
        ("others", cx.scope.others_speak(doc, item.start)),
        ("asked", cx.scope.asked(item.start)),
        ("update", cx.update),
    ] {
        if is {
            each(Zone::Place, name);
        }
    }
}

/// Whether the words around an item are left to decide.
pub fn is_open(cx: &Cx, item: &Item) -> bool {
    item.strength.is_none()
        && !cx.doc.latin
        && cx.doc.counts(item.start)
        && !Scope::is_set_by_form(cx.doc, item.start, item.end)
        && !excepted(cx.doc, item.end)
        && !aside_of_now(cx.doc, item.start)
        && !headed(cx, item)
        && !figure_of_a_field(cx, item)
}

/// 「オンコール：月1回」: a form asks for it, and nothing but the figure answers.
fn figure_of_a_field(cx: &Cx, item: &Item) -> bool {
    let (start, end) = cx.doc.clause_at(item.start);
    let words = cx.doc.text(start.min(item.start), end.max(item.end));
    cx.doc
        .label_before(item.start)
        .is_some_and(|l| !l.contains(['現', '今']))
        && matches!(
            item.value,
            Value::Number(_) | Value::Days(_) | Value::Pay(_)
        )
        && !words.chars().any(is_hiragana)
        && cx
            .verdict(item)
            .is_some_and(|v| !v.spoken && v.strength == Strength::Want)
}

/// 「【必須条件】」 over 「・外来」: nothing but the heading speaks.
fn headed(cx: &Cx, item: &Item) -> bool {
    let line = cx.doc.line_at(item.start).filter(|l| l.label.is_none());
    let strength = line.map(|l| l.context.strength);
    let (start, end) = cx.doc.clause_at(item.start);
    let before = cx.doc.text(start.min(item.start), item.start);
    let behind = cx.doc.text(item.end, end.max(item.end));
    strength.flatten().is_some()
        && !before.chars().chain(behind.chars()).any(is_hiragana)
        && cx.verdict(item).is_some_and(|v| !v.spoken)
}

/// What speaks for what the rules found, in hundredths: words of modality that they know, or that there are none. Measured on
/// 250 mails by authors whom neither the rules nor the model knew (2,096 things): the model alone was right of 0.817, the
/// rules alone of 0.79, together of 0.858; half as much or twice as much changes that by less than 0.01.
const SPOKEN: i32 = 250;
const UNSPOKEN: i32 = 50;

/// What speaks against calling a wish what words that the rules know refuse, or the other way round: the worst that a reading
/// can do. On 100 further mails it mended one thing and spoilt none.
const TURNS_OVER: i32 = 100;

/// Whether a thing of a field can have a strength: nobody refuses pay as such, but asks for more.
fn is_said(field: Field, strength: Strength) -> bool {
    let asked_for = matches!(
        field,
        Field::SalaryMin
            | Field::HoursPerDay
            | Field::HoursPerWeek
            | Field::Start
            | Field::Duration
            | Field::Benefit
            | Field::Workstyle
            | Field::Confidential
    );
    !(asked_for && strength.is_refusal())
}

/// What is said of an item.
pub(super) struct Weighed {
    /// Nothing where it is not wished.
    pub verdict: Option<Verdict>,
    /// Wished or refused, told or wished: another reading is nearly as likely.
    pub is_unsure: bool,
}

/// A reading that leads no other direction by so much is said to be unsure. On the same mails, of 94 such things 44 were
/// read wrongly, of all others one in twelve.
const CLOSE: i32 = 50;

/// Weighs what the rules found against what the words look like.
pub(super) fn weigh(cx: &Cx, item: &Item, found: Option<Verdict>) -> Weighed {
    let mut weighed = Weighed {
        verdict: found,
        is_unsure: false,
    };
    // A wish is withdrawn in words that say so, which rules know best.
    if !is_open(cx, item) || found.is_some_and(|v| v.strength == Strength::Drop) {
        return weighed;
    }
    let mut sums = [0_i32; OUTCOMES];
    traits(cx, item, |zone, words| {
        let weights = TABLE.get(zone as usize).and_then(|t| t.get(words));
        for (sum, weight) in sums.iter_mut().zip(weights.into_iter().flatten()) {
            *sum += i32::from(*weight);
        }
    });
    let said = found.map(|v| v.strength);
    let own = said.filter(|s| is_said(item.field, *s));
    let boost = if found.is_some_and(|v| v.spoken) {
        SPOKEN
    } else {
        UNSPOKEN
    };
    let possible = |outcome: &Option<Strength>| {
        outcome.is_none_or(|s| s != Strength::Drop && is_said(item.field, s))
    };
    let all = Strength::ALL.iter().copied().map(Some).chain([None]);
    let all = all.zip(sums).filter(|(outcome, _)| possible(outcome));
    let turns_over = |o: Option<Strength>| {
        let spoken = found.is_some_and(|v| v.spoken);
        spoken
            && o.zip(own)
                .is_some_and(|(o, own)| o.is_positive() != own.is_positive())
    };
    let all = all.map(|(o, sum)| {
        let own = if o == own { boost } else { 0 };
        (o, sum + own - if turns_over(o) { TURNS_OVER } else { 0 })
    });
    let Some((best, most)) = all.clone().max_by_key(|(o, sum)| (*sum, *o == own)) else {
        return weighed;
    };
    let direction = |o: Option<Strength>| o.map(|s| (s.is_positive(), s.is_refusal()));
    let mut others = all.filter(|(o, _)| direction(*o) != direction(best));
    weighed.is_unsure = others.any(|(_, sum)| sum + CLOSE > most);
    if best != said {
        let clause = cx.doc.clause_at(item.start).1;
        weighed.verdict = best.map(|strength| Verdict {
            strength,
            end: found.map_or(clause, |v| v.end).max(item.end),
            spoken: true,
        });
    }
    weighed
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_as_it_was_written() {
        let table = include_str!("../lexicon/strengths.tsv");
        let rows: Vec<&str> = table.lines().filter(|l| !l.starts_with("# ")).collect();
        assert_eq!(rows.len(), TABLE.iter().map(|t| t.len()).sum::<usize>());
        for line in rows {
            let (zone, words, weights) = row(line).unwrap();
            assert_eq!(written(zone, words, &weights), line);
        }
    }

    #[test]
    fn each_number_is_one_sign_and_the_nearest_characters_count() {
        assert_eq!(begin("月に12回、\n1,400万", 9), "月に0回、 0,0");
        assert_eq!(end("平成30年から週12日", 4), "ら週0日");
        assert_eq!(end("", 4), "");
        let mut found = vec![];
        pairs("週0日", |w| found.push(w.to_owned()));
        assert_eq!(found, ["週0", "0日"]);
        pairs("", |w| found.push(w.to_owned()));
        assert_eq!(found.len(), 2);
        found.clear();
        tails("あいう", 2..=4, |w| found.push(w.to_owned()));
        heads("あいう", 1..=2, |w| found.push(w.to_owned()));
        assert_eq!(found, ["いう", "あいう", "あ", "あい"]);
    }
}
