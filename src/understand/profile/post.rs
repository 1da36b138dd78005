//! The present post: held, ending, ended or paused, and when it ends.

use super::{Fact, Role, fact, own};
use crate::domain::wish::{ProfileField, Value};
use crate::understand::dates;
use crate::understand::pattern::{Pattern, pattern};
use crate::understand::rules::Cx;

pattern!(
    ON_LEAVE,
    r"休職|育児休業|育休|産休|on leave|maternity leave|休んでおり"
);
pattern!(
    RETIRED,
    r"(?:既に|すでに)[^。\n]{0,6}退職|退職し(?:ました|て(?:い|お|か)|、)|退職後|退職済|を終え|閉じ(?:ました|まして)|勤めを退き|[をも]退い(?:た|て)|辞め(?:、|ました|て(?:い|家|フリ|、))|離職中|失業|定年済|(?:退官|定年退職|退職|退任|離職)(?:(?:いた)?し(?:ました|て(?:い|お|か|、|今)|た(?:ばかり|後|あと))|済)|職を離れ(?:、|て|一年|半年|\d)|定年退職し[てた]|県病を定年|以後はフリー|息子に譲りまし|卒業、今は何も|無職|任せ、今は|今は(?:家|無職|悠々|釣り|ぷー)|定年を迎え(?:まし|て)|until i closed|i retired|retired (?:in|last|from)|勇退し(?:まし|て)|閉院(?:いた)?し(?:まし|て)|退職\(|退職(?:令和|平成|20)|閉ぢ申|今は何もして"
);
pattern!(
    RETIRING,
    r"退職日|定年予定|辞する(?:つもり|予定|こと)|辞職の意向|廃業予定|(?:契約|任期)は[^。\n]{0,14}まで|runs out|退職届|承継する(?:話|予定)|県立を出る|[^\n。]{0,6}離れるのは|定年まであと|早まり、|退職(?:いたし|し)?(?:ます|予定|する|の予定|となり|が決ま|を予定)|定年(?:退職|です|となり|を迎え|で|に|$|、|。|\n|\s)|辞め(?:る(?:の|こと|予定)|ます|よう)|任期(?:が|は|満了)|閉(?:院|め|じ)(?:ます|る|が|の予定)|身を引く|退く(?:こと|予定|つもり)|一区切り|たたむ|畳(?:み|む)|退官|離れる予定|去ることに|看板を下ろす|引(?:き|く)ます(?:ので|。)|今の所を引きます|退きます|引退(?:します|する|予定)|を退き、|辞めるのは決ま|役職定年|去る来年|will retire|retiring|retire (?:next|in)|閉院|を辞めた(?:あと|後)|職を退き|切れます|期間満了|任期満了|辞めようと"
);
pattern!(
    EMPLOYED,
    r"勤務(?:し(?:て(?:い|お)|、)|中|医をし)|勤めて(?:い|お)|現在[^。\n]{0,20}(?:病院|大学|クリニック|センター|診療所|医局)|(?:今|いま)の(?:病院|職場|勤務|いる病院|とこ)|今いる病院|在職|在籍|現職|就業中|勤務先(?:に|の)|開業して(?:い|お|る)|本業|(?:現在の|今の)?(?:職場|勤務先|勤め先|院内|医局)(?:に|には|へ)[^。\n]{0,12}(?:知られ|漏れ|言|伏せ|内)|(?:院長|部長|科長|副院長|准教授|教授|医長|勤務医)をして(?:い|お)|で働く[^。\n]{0,12}(?:医|です)|(?:いま|今|現在)(?:は|の)[^。\n]{0,14}(?:センター長|部長|科長|医長|教授|勤務は|給料|年収)|(?:病院|クリニック)に週\d|育休から[^。\n]{0,6}戻|presently|currently working|i work at|working at|仕事中|(?:^|[。、\s(])いまは?[^。\n]{0,16}(?:勤務|病院|センター|週|当直)|今は[^。\n]{0,20}(?:病院|大学|センター|週\d)|現職(?:は|:)|現[:]|自院を続け|院長と折り合い|現在\s[^。\n]{2,20}週"
);

pub(super) fn status(cx: &Cx, out: &mut Vec<Fact>) {
    let text = cx.text();
    let first = |p: &Pattern| {
        p.all(text)
            .into_iter()
            .filter_map(|c| c.get(0).map(|m| (m.start(), m.end())))
            .find(|(s, _)| {
                own(cx, *s)
                    && !in_label(cx, *s)
                    && !cx.scope.others_speak(cx.doc, *s)
                    && !cx.scope.asked(*s)
                    && cx.doc.line_at(*s).is_some_and(|l| l.role == Role::Own)
                    && !not_own_post(cx, *s)
            })
    };
    let leave = first(&ON_LEAVE);
    let retired = first(&RETIRED);
    let retiring = first(&RETIRING);
    let employed = first(&EMPLOYED);
    let choice = if let Some(s) = leave {
        Some(("on_leave", s))
    } else if let (Some(r), Some(g)) = (retired, retiring) {
        let date = leaving_date(cx, g.0);
        let future = date
            .as_deref()
            .is_some_and(|d| d >= cx.today.format("%Y-%m").to_string().as_str());
        if future && g.0 != r.0 {
            Some(("retiring", g))
        } else {
            Some(("retired", r))
        }
    } else if let Some(r) = retired {
        Some(("retired", r))
    } else if let Some(g) = retiring {
        Some(("retiring", g))
    } else {
        employed.map(|e| ("employed", e))
    };
    let Some((value, (s, e))) = choice else {
        return;
    };
    let (cs, _) = cx.doc.clause_at(s);
    out.push(fact(
        ProfileField::Status,
        Value::text(value),
        cs.min(s),
        e,
        "profile::status",
    ));
    if matches!(value, "retiring" | "retired")
        && let Some(d) = leaving_hit(cx, s)
    {
        let month = d.value.get(..7).unwrap_or(&d.value).to_owned();
        if month != "asap" {
            let month = if value == "retired" {
                past(month, cx)
            } else {
                month
            };
            out.push(fact(
                ProfileField::RetireOn,
                Value::text(month),
                d.start.min(s),
                d.end.max(e),
                "profile::retire_on",
            ));
        }
    }
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
        .trim_matches([' ', ':', '=', '|', ']', '】']);
    s <= at && at < e && (value.is_empty() || !value.contains(|c: char| c.is_ascii_digit()))
}

fn not_own_post(cx: &Cx, at: usize) -> bool {
    let clause = cx.clause(at);
    clause.contains("年齢で")
        || clause.contains("先方")
        || clause.contains("定年なし")
        || clause.contains("定年が")
        || clause.contains("定年のない")
        || clause.contains("定年は70")
        || clause.contains("定年:")
        || clause.contains("まで長く")
}

/// A month that only its name tells lies behind, where the post has ended.
fn past(month: String, cx: &Cx) -> String {
    let today = cx.today.format("%Y-%m").to_string();
    if month <= today {
        return month;
    }
    match month
        .split_once('-')
        .and_then(|(y, m)| y.parse::<i32>().ok().map(|y| (y, m)))
    {
        Some((y, m)) => format!("{}-{m}", y - 1),
        None => month,
    }
}

fn leaving_hit<'c>(cx: &'c Cx, at: usize) -> Option<&'c dates::DateHit> {
    let s = cx.doc.sentence_at(at)?;
    cx.dates
        .iter()
        .filter(|d| s.start <= d.start && d.end <= s.end && d.value != "asap")
        .min_by_key(|d| {
            if d.start <= at {
                at - d.start
            } else {
                (d.start - at) * 2
            }
        })
        .filter(|d| d.start <= at || d.start - at < 60)
}

fn leaving_date(cx: &Cx, at: usize) -> Option<String> {
    leaving_hit(cx, at).map(|d| d.value.clone())
}
