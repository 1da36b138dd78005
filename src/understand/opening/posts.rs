//! Several posts in one mail: which words belong to which.
//!
//! A post is a row of a copied table, a numbered section, or a paragraph that begins with 「ひとつは」 and 「もうひとつは」.
//! What stands outside of all of them (the house, its place, whom to ask) belongs to each.

use super::Found;
use crate::domain::wish::{Field, Value};
use crate::understand::doc::Role;
use crate::understand::pattern::pattern;
use crate::understand::rules::Cx;

type Span = (usize, usize);

/// Groups what was found by post; one group where the mail has one post.
pub(super) fn split(cx: &Cx, found: Vec<Found>) -> Vec<Vec<Found>> {
    let spans = [rows(cx), sections(cx), told(cx)]
        .into_iter()
        .find(|s| s.len() >= 2 && alike(s, &found));
    let Some(spans) = spans else {
        return vec![found];
    };
    let within = |f: &Found, s: &Span| s.0 <= f.start && f.start < s.1;
    let mut posts: Vec<Vec<Found>> = spans
        .iter()
        .map(|s| found.iter().filter(|f| within(f, s)).cloned().collect())
        .collect();
    for f in found.iter().filter(|f| !spans.iter().any(|s| within(f, s))) {
        // 「常勤は4月から」 below a table speaks of the post of that kind.
        let kind = way_of_working(cx, f);
        let of_kind = |p: &Vec<Found>| {
            kind.is_none_or(|kinds| {
                p.iter().any(|o| {
                    o.field == Field::Employment && kinds.iter().any(|k| o.value == Value::text(*k))
                })
            })
        };
        let any = posts.iter().any(of_kind);
        for p in &mut posts {
            if !any || of_kind(p) {
                p.push(f.clone());
            }
        }
    }
    for p in &mut posts {
        p.sort_by_key(|f| f.start);
    }
    posts
}

/// Sections are posts where at least two of them say the same kind of thing of work.
fn alike(spans: &[Span], found: &[Found]) -> bool {
    const TERMS: &[Field] = &[
        Field::Employment,
        Field::SalaryMin,
        Field::DaysPerWeek,
        Field::DaysPerMonth,
        Field::Day,
        Field::Hours,
        Field::Headcount,
    ];
    let has = |s: &Span, field: Field| {
        found
            .iter()
            .any(|f| f.field == field && s.0 <= f.start && f.start < s.1)
    };
    TERMS
        .iter()
        .filter(|t| spans.iter().filter(|s| has(s, **t)).count() >= 2)
        .count()
        >= 2
        || TERMS
            .iter()
            .any(|t| spans.iter().all(|s| has(s, *t)) && *t != Field::Hours)
            && spans
                .iter()
                .all(|s| TERMS.iter().filter(|t| has(s, **t)).count() >= 2)
}

/// The rows of a copied table below its head.
fn rows(cx: &Cx) -> Vec<Span> {
    let mut out = Vec::new();
    let mut width = 0;
    for line in &cx.doc.lines {
        let cells = cx.doc.norm.quote(line.start, line.end).split('\t').count();
        if cells < 4 {
            width = 0;
        } else if width == cells {
            out.push((line.start, line.end));
        } else {
            width = cells;
        }
    }
    out
}

/// Numbered or bracketed sections whose heads name a way of working or a department.
fn sections(cx: &Cx) -> Vec<Span> {
    pattern!(
        HEAD,
        r"^\s*(?:[①-⑨]|\(?\d[).]|[【\[<《〔]|[■◆●★○]|[一二三][、.)]|(?:求人|募集|ポスト|案件)\s?[\d①-⑨a-c])"
    );
    pattern!(
        POST,
        r"常勤|非常勤|当直|スポット|募集|求人|ポスト|案件|科医|医師|健診|外来担当|full-time|part-time|position"
    );
    pattern!(
        FIELD,
        r"^[^\s:]{0,3}[^:\n]{0,10}(?:形態|職種|名|人数|人員|時間|日数|内容|給与|資格|日|先|地)(?:[\]】>》〕]|\s|:|$)"
    );
    let mut starts: Vec<usize> = Vec::new();
    let mut limit = 0;
    let mut signature = None;
    for line in &cx.doc.lines {
        let text = cx.doc.text(line.start, line.end);
        if line.role == Role::Own {
            if HEAD.is(text) && POST.is(text) && !FIELD.is(text) && text.chars().count() <= 60 {
                starts.push(line.start);
            }
            limit = line.end;
        } else if signature.is_none() && line.role == Role::Signature && !starts.is_empty() {
            signature = Some(line.start);
        }
    }
    cut(cx, &starts, signature.unwrap_or(limit))
}

/// Each start to the next; the last section ends where a blank line follows its last line.
fn cut(cx: &Cx, starts: &[usize], limit: usize) -> Vec<Span> {
    let Some(last) = starts.last() else {
        return Vec::new();
    };
    let end = cx
        .doc
        .lines
        .iter()
        .skip(cx.doc.line_index(*last) + 1)
        .find(|l| l.role == Role::Blank)
        .map_or(limit, |l| l.start)
        .min(limit.max(*last));
    starts
        .iter()
        .enumerate()
        .map(|(i, s)| (*s, starts.get(i + 1).copied().unwrap_or(end)))
        .collect()
}

/// 「ひとつは常勤です。…」 「もうひとつは非常勤で…」.
fn told(cx: &Cx) -> Vec<Span> {
    pattern!(
        MARK,
        r"^\s*(?:(?:まず)?(?:一|1|ひと)つ(?:目|め)?は|もう(?:一|1|ひと)つは|(?:二|2|ふた|三|3)つ(?:目|め)は|the (?:first|second|other)\b)"
    );
    let mut starts = Vec::new();
    for s in &cx.doc.sentences {
        if MARK.is(cx.doc.text(s.start, s.end)) {
            starts.push(s.start);
        }
    }
    let limit = cx.doc.norm.text.len();
    cut(cx, &starts, limit)
}

/// The way of working that the words around an item name as their subject.
fn way_of_working(cx: &Cx, f: &Found) -> Option<&'static [&'static str]> {
    pattern!(
        SUBJECT,
        r"(?P<n>非常勤|パート|アルバイト)(?:の(?:方|先生))?(?:は|に(?:は|つい)|なら|も)|(?P<s>スポット|当直枠|単発)(?:の(?:方|先生))?(?:は|に|なら)|(?P<f>常勤)(?:の(?:方|先生))?(?:は|に(?:は|つい)|なら|も)"
    );
    let clause = cx.clause(f.start);
    let c = SUBJECT.first(clause)?;
    Some(if c.name("n").is_some() {
        &["part_time", "spot"]
    } else if c.name("s").is_some() {
        &["spot", "part_time"]
    } else {
        &["full_time", "short_hours"]
    })
}
