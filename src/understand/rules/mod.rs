//! The rules: one area a file, one rule a function. Each gives items that stand somewhere in the normal text; whether
//! and how strongly they are wished is decided afterwards by [`super::scope`].

pub mod answers;
pub mod area;
pub mod bare_days;
pub mod benefits;
pub mod columns;
pub mod commute;
pub mod day_counts;
pub mod days;
pub mod duties;
pub mod follow_up;
pub mod grid;
pub mod hours;
pub mod means;
pub mod misc;
pub mod money;
pub mod moving;
pub mod pay_unit;
pub mod remote;
pub mod revised;
pub mod share_of_now;
pub mod shift;
pub mod specialty;
pub mod start;
pub mod things;
pub mod unnamed_area;
pub mod whose_place;
pub mod work_time;

use super::dates::{self, DateHit};
use super::doc::Doc;
use super::english;
use super::lexicon::{self, Hit};
use super::pattern::pattern;
use super::place::{self, PlaceHit};
use super::scope::{Class, Scope, Topic, Verdict};
use crate::domain::wish::{Field, Strength, Value};
use crate::understand::kin::husband;
use chrono::NaiveDate;

/// Something that may be wished.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What it is about.
    pub field: Field,
    /// The value.
    pub value: Value,
    /// First byte in the normal text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Decided by the rule itself; else the words around decide.
    pub strength: Option<Strength>,
    /// The rule that read it.
    pub rule: &'static str,
}

impl Item {
    /// An item whose strength the words around decide.
    pub fn new(field: Field, value: Value, start: usize, end: usize, rule: &'static str) -> Self {
        Item {
            field,
            value,
            start,
            end,
            strength: None,
            rule,
        }
    }

    /// The same with a strength that the rule knows.
    pub fn with(mut self, strength: Strength) -> Self {
        self.strength = Some(strength);
        self
    }
}

/// Everything that the rules look at.
pub struct Cx<'d, 'a> {
    /// The mail.
    pub doc: &'d Doc<'a>,
    /// Words of the vocabulary.
    pub things: Vec<Hit>,
    /// Departments.
    pub depts: Vec<Hit>,
    /// Places.
    pub places: Vec<PlaceHit>,
    /// Dates.
    pub dates: Vec<DateHit>,
    /// Days of the week.
    pub days: Vec<days::DayToken>,
    /// Modality.
    pub scope: Scope,
    /// The mail's date.
    pub today: NaiveDate,
    /// A mail of someone already in contact.
    pub update: bool,
}

impl<'d, 'a> Cx<'d, 'a> {
    /// Finds the parts that rules are made of.
    pub fn new(doc: &'d Doc<'a>, today: NaiveDate, update: bool) -> Self {
        let text = &doc.norm.text;
        let things = lexicon::things(text);
        let depts = lexicon::depts(text);
        let places = place::find(text);
        let mut dates = dates::find(text, today);
        // 「週3.5」, 「3.5でお願いします」: half a day and no date.
        dates.retain(|d| !half_figure(doc.text(d.start, d.end)));
        superseded(text, &mut dates);
        let mut days = days::tokens(text);
        days.retain(|d| !doc.masked(d.start));
        let mut topics: Vec<Topic> = things
            .iter()
            .map(|h| {
                let class = match h.meaning {
                    lexicon::Meaning::Thing(f, _) => Class::of(f),
                    _ => Class::Other,
                };
                Topic {
                    start: h.start,
                    end: h.end,
                    class,
                }
            })
            .chain(depts.iter().map(|h| Topic {
                start: h.start,
                end: h.end,
                class: Class::Work,
            }))
            .chain(places.iter().map(|h| Topic {
                start: h.start,
                end: h.end,
                class: Class::Place,
            }))
            .chain(days.iter().map(|t| Topic {
                start: t.start,
                end: t.end,
                class: Class::Day,
            }))
            .chain(NEW_MATTER.all(text).into_iter().filter_map(|c| {
                c.name("what").map(|m| Topic {
                    start: m.start(),
                    end: m.end(),
                    class: Class::Other,
                })
            }))
            .chain(money::topics(text).into_iter().map(|(start, end)| Topic {
                start,
                end,
                class: Class::Other,
            }))
            .collect();
        topics.sort_unstable_by_key(|t| (t.start, t.end));
        let scope = Scope::new(doc, topics, update);
        Cx {
            doc,
            things,
            depts,
            places,
            dates,
            days,
            scope,
            today,
            update,
        }
    }

    /// The normal text.
    pub fn text(&self) -> &'d str {
        &self.doc.norm.text
    }

    /// The text of the clause around a byte.
    pub fn clause(&self, at: usize) -> &'d str {
        let (s, e) = self.doc.clause_at(at);
        self.doc.text(s, e)
    }

    /// The text of the sentence around a byte.
    pub fn sentence(&self, at: usize) -> &'d str {
        self.doc
            .sentence_at(at)
            .map_or("", |s| self.doc.text(s.start, s.end))
    }

    /// What stands behind a byte on the same line.
    pub fn rest(&self, at: usize) -> &'d str {
        self.doc.rest(at)
    }

    /// What stands before a byte on the same line.
    pub fn head(&self, at: usize) -> &'d str {
        self.doc.head(at)
    }

    /// 「電話よりメール」, 「常勤ではなく」, 「外来のない曜日」, 「電話は090-…です」: another thing is named in its place, or what it is.
    pub fn outdone(&self, item: &Item) -> bool {
        let rest = self.rest(item.end);
        // 「七時より早いのは」 compares figures.
        let beside = ["より", "というより"].iter().any(|w| rest.starts_with(w))
            && matches!(item.value, Value::Text(_))
            && item.field != Field::Start;
        let instead = ["じゃなく", "ではなく", "でなく"]
            .iter()
            .any(|w| rest.starts_with(w));
        let free_of_it = matches!(item.value, Value::Text(_)) && FREE_OF_IT.is(rest);
        item.strength.is_none() && (beside || instead || free_of_it)
    }

    /// The verdict for an item.
    pub fn verdict(&self, item: &Item) -> Option<Verdict> {
        if !self.doc.counts(item.start) {
            return None;
        }
        if self.outdone(item) {
            return None;
        }
        if let Some(strength) = item.strength {
            return Some(Verdict {
                strength,
                end: item.end,
                spoken: true,
            });
        }
        self.scope
            .decide(self.doc, item.start, item.end, Class::of(item.field))
    }
}

// 「週3、曜日は問いません」: what follows is said of the matter that is named.
pattern!(
    NEW_MATTER,
    r"(?:^|[、。,\s])(?P<what>(?:ご?勤務)?(?:曜日|日数|時間帯?|地|先|場所|内容|形態|条件)|地域|エリア|場所|科目?|診療科|業務(?:内容)?|仕事の?内容|内容|条件|待遇|お?給(?:料|与)|報酬|年収|時給|日給|通勤(?:時間|手段|方法)?|時期|開始(?:時期)?|雇用形態|規模|施設の種類|職種|距離|病院の規模)(?:は|については|に関しては|に)"
);

pattern!(
    FREE_OF_IT,
    r"^[のが](?:ない|無い|休みの|入っていない)(?:曜日|日(?:は|に|なら|も)|時間)|^(?:番号)?は\s?0\d{1,4}-\d{1,4}-\d{3,4}(?:です|でございます)(?:。|$)"
);

/// 「開始 4月→6月」, 「2月を4月に」: the date that another one replaces is none.
fn superseded(text: &str, dates: &mut Vec<DateHit>) {
    let gone: Vec<bool> = dates
        .iter()
        .enumerate()
        .map(|(i, d)| {
            let Some(next) = dates.get(i + 1) else {
                return false;
            };
            let gap = text.get(d.end..next.start).unwrap_or("?").trim();
            let behind = text.get(next.end..).unwrap_or_default();
            let behind = behind.trim_start_matches(['末', '頃', '中']);
            let gap = gap.trim_start_matches(['末', '頃', '中']).trim();
            gap == "→" || gap == "⇒" || gap == "を" && behind.starts_with(['に', 'へ'])
        })
        .collect();
    let mut gone = gone.into_iter();
    dates.retain(|_| !gone.next().unwrap_or(false));
}

fn half_figure(words: &str) -> bool {
    words.len() == 3 && words.ends_with(".5") && words.starts_with(|c: char| c.is_ascii_digit())
}

pattern!(
    ANOTHERS,
    concat!(
        r"(?:妻|",
        husband!(),
        r"|主人|家内|息子|娘|父|母|兄|弟|姉|妹|友人|同僚|同期|知人|先輩|後輩)の(?:職場|勤務先|年収|年俸|給料|給与|収入|通勤|病院|勤務|仕事|会社)[^。\n]*$"
    )
);

/// The last so many characters: what stands right before, of a line however long.
pub fn tail(text: &str, many: usize) -> &str {
    let from = text.char_indices().rev().nth(many.saturating_sub(1));
    from.map_or(text, |(at, _)| text.get(at..).unwrap_or(text))
}

/// Whether the words before a byte tell of somebody else's work: 「夫の職場は車で…」.
pub fn of_another(cx: &Cx, at: usize) -> bool {
    cx.doc
        .sentence_at(at)
        .is_some_and(|s| ANOTHERS.is(cx.doc.text(s.start.min(at), at)))
}

/// All items of a mail.
pub fn all(cx: &Cx) -> Vec<Item> {
    let mut items = Vec::new();
    things::read(cx, &mut items);
    duties::read(cx, &mut items);
    commute::read(cx, &mut items);
    means::read(cx, &mut items);
    days::read(cx, &mut items);
    day_counts::read(cx, &mut items);
    hours::read(cx, &mut items);
    work_time::read(cx, &mut items);
    money::read(cx, &mut items);
    area::read(cx, &mut items);
    specialty::read(cx, &mut items);
    bare_days::read(cx, &mut items);
    benefits::read(cx, &mut items);
    columns::read(cx, &mut items);
    share_of_now::read(cx, &mut items);
    moving::read(cx, &mut items);
    start::read(cx, &mut items);
    misc::read(cx, &mut items);
    shift::read(cx, &mut items);
    answers::read(cx, &mut items);
    remote::read(cx, &mut items);
    follow_up::read(cx, &mut items);
    grid::read(cx, &mut items);
    english::manners::read(cx, &mut items);
    english::clock::read(cx, &mut items);
    english::figures::read(cx, &mut items);
    along_a_line(cx, &mut items);
    revised::read(cx, &mut items);
    items
}

/// 「京阪沿線だとうれしい」 names a place; how to get there is not said.
fn along_a_line(cx: &Cx, items: &mut Vec<Item>) {
    let lines: Vec<(usize, usize)> = items
        .iter()
        .filter(|i| i.field == Field::Area)
        .filter(|i| i.value.as_text().is_some_and(|v| v.ends_with("沿線")))
        .filter(|i| !RIDES.is(cx.sentence(i.start)))
        .map(|i| (i.start, i.end))
        .collect();
    items.retain(|i| {
        i.field != Field::CommuteMode || !lines.iter().any(|(s, e)| i.start < *e && *s < i.end)
    });
}

pattern!(RIDES, r"電車|汽車|乗車|乗って|乗り換え|通[いうえ]|通勤");
