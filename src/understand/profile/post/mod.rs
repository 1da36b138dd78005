//! The present post: held, ending, ended or paused, and when it ends.
//!
//! Every clause that tells of leaving a post is weighed by its tense and its date; what lies ahead beats what lies
//! behind, and a post that is only spoken of as the present one counts last.

mod field;
mod held;
mod leaving;

use self::field::by_choice;
use self::held::{held, now_full};
use self::leaving::{ANOTHER, ENDS, ahead, another_leaves, behind, month, nearest};
use super::{Fact, Role, fact, own};
use crate::domain::wish::{ProfileField, Value};
use crate::understand::dates::DateHit;
use crate::understand::pattern::pattern;
use crate::understand::rules::Cx;

pattern!(
    LEAVE_OF_ABSENCE,
    r"休職|育児休業|育休|産休|介護休業|産(?:前|後)の?休業|病気休業|休業中|on (?:maternity|parental|childcare|sick|medical)?\s?leave|maternity leave|休んでおり|(?:\d月|先月|昨年|去年|今年|春|夏|秋|冬|うつ|病気|体調|怪我|けが)[^。、\n]{0,10}休んで(?:い|る|ます)"
);
pattern!(
    BACK,
    r"^[^。\n]{0,8}(?:から|を終え|が明け|明け)[^。\n]{0,8}(?:戻|復帰|復職)|^[^。\n]{0,4}(?:明け|代替|の代わり|代理|取得(?:可|でき)|制度|復帰)|^(?:など)?(?:の|を|が)?(?:取|実績|可|とれ)"
);
// 「産休を取っています」.
pattern!(
    TAKEN,
    r"^(?:を)?(?:して(?:い(?:ます|る)|おり?ます)|取って(?:い(?:ます|る)|おり?ます)|取得中(?:です|。|$)|(?:いただ|頂)いて(?:い(?:ます|る)|おり?ます))"
);
/// What the mail says of the post, and where.
struct Told {
    value: &'static str,
    start: usize,
    end: usize,
}

pub(super) fn status(cx: &Cx, proxy: bool, out: &mut Vec<Fact>) {
    let chosen = by_choice(cx);
    let chosen = match chosen {
        // A post is held, and a date says when it ends.
        Some(c) if c.value == "employed" => ahead(cx, proxy).or(Some(c)),
        c => c,
    };
    let told = chosen
        .or_else(|| ahead(cx, proxy))
        .or_else(|| on_leave(cx, proxy));
    let told = told.or_else(|| {
        let ended = behind(cx, proxy);
        let held = held(cx, proxy);
        match (ended, held) {
            // A post taken up after the one that ended, where it is more than a clinic now and then.
            (Some(e), Some(h)) if h.start > e.end && now_full(cx, h.start) => Some(h),
            (Some(e), _) => Some(e),
            (None, h) => h,
        }
    });
    let Some(told) = told else { return };
    let (cs, _) = cx.doc.clause_at(told.start);
    out.push(fact(
        ProfileField::Status,
        Value::text(told.value),
        cs.min(told.start),
        told.end,
        "profile::status",
    ));
    if matches!(told.value, "retiring" | "retired")
        && let Some((month, d)) = end_of_post(cx, &told)
    {
        out.push(fact(
            ProfileField::RetireOn,
            Value::text(month),
            d.start.min(told.start),
            d.end.max(told.end),
            "profile::retire_on",
        ));
    }
}

/// The clause is the doctor's own, no question, no label without an answer.
fn counts(cx: &Cx, at: usize, proxy: bool) -> bool {
    own(cx, at)
        && !in_label(cx, at)
        && (proxy || !of_another(cx, at))
        && !cx.scope.asked(at)
        && cx
            .doc
            .line_at(at)
            .is_some_and(|l| matches!(l.role, Role::Own | Role::Colleague))
}

/// Somebody else is the subject of the words: 「部下も去年二人辞めて」.
fn of_another(cx: &Cx, at: usize) -> bool {
    let (cs, _) = cx.doc.clause_at(at);
    let quoted = cx.head(at).rfind('「').is_some_and(|i| {
        !cx.head(at).get(i..).unwrap_or_default().contains('」')
            && ANOTHER.is(cx.head(at).get(..i).unwrap_or_default())
    });
    quoted || super::another(cx, at) && ANOTHER.is(cx.doc.text(cs, at))
}
fn on_leave(cx: &Cx, proxy: bool) -> Option<Told> {
    LEAVE_OF_ABSENCE.all(cx.text()).into_iter().find_map(|c| {
        let m = c.get(0)?;
        let rest = cx.rest(m.end());
        let paused = rest.starts_with('中') && !rest.starts_with("中だった") || TAKEN.is(rest);
        let before = cx
            .doc
            .sentence_at(m.start())
            .map_or("", |s| cx.doc.text(s.start, m.start()));
        (counts(cx, m.start(), proxy)
            && (proxy || !another_leaves(before))
            && (paused || !BACK.is(rest)))
        .then(|| Told {
            value: "on_leave",
            start: m.start(),
            end: m.end(),
        })
    })
}

/// A form's label is no answer.
fn in_label(cx: &Cx, at: usize) -> bool {
    let Some(line) = cx.doc.line_at(at) else {
        return false;
    };
    let Some((s, e)) = line.label else {
        return false;
    };
    let value = cx
        .doc
        .text(e, line.end)
        .trim_matches([' ', ':', '=', '|', ']', '】', '-', '\u{2192}']);
    s <= at
        && at < e
        && (!value.contains(|c: char| c.is_ascii_digit())
            || value.starts_with("なし")
            || value.starts_with('無'))
}

/// The month in which the post ends or ended.
fn end_of_post<'c>(cx: &'c Cx, told: &Told) -> Option<(String, &'c DateHit)> {
    let d = nearest(cx, told.start).or_else(|| {
        // A form's line may be cut into fields: 「⑧在職 無 ／ ⑨退職 平成31年3月」.
        let line = cx.doc.line_at(told.start)?;
        cx.dates.iter().find(|d| {
            told.start <= d.start
                && d.end <= line.end
                && d.value != "asap"
                && !cx.doc.text(told.start, d.start).contains('。')
                && ENDS.is(cx.doc.text(told.start, d.start))
        })
    })?;
    let month = month(cx, d);
    let dated = cx.doc.text(d.start, d.end);
    let month = if told.value == "retired" && !dated.contains(['年', '/', '-']) {
        super::past(month, cx)
    } else {
        month
    };
    Some((month, d))
}
