//! Clock times. Hours a day and a week stand in [`super::work_time`].

use super::{Cx, Item, tail};
use crate::domain::wish::{Field, Hours, Strength, Value};
use crate::understand::pattern::{number, pattern};
use crate::understand::scope::about_suggestion;

pattern!(
    RANGE,
    r"(?x)(?:(?P<pre>朝|午前|午後|昼|夕方|夜)(?:は|:)?\x20?)?(?P<h1>\d{1,2})(?::(?P<m1>\d{2})|時(?P<half1>半)?(?:(?P<mm1>\d{1,2})分)?|\s?(?P<ap1>am|pm))?\s?(?:~|-|から|to|と|(?:始まり|開始|始業|スタート|出勤)(?:の|で|、|・)?)\s?(?P<next>翌)?(?P<mid>朝|午前|午後|昼(?:過ぎ|前)?|お昼(?:過ぎ)?|夕方|夜)?の?\s?(?P<h2>\d{1,2})(?::(?P<m2>\d{2})|時(?P<half2>半)?(?:(?P<mm2>\d{1,2})分)?|\s?(?P<ap2>am|pm))"
);
pattern!(
    SINGLE,
    r"(?x)(?:(?P<pre>朝|午前|午後|昼|夕方|夜|晩)の?\x20?)?(?P<h>\d{1,2})(?::(?P<m>\d{2})(?:\s?(?P<ap>[ap]\.?m\b\.?))?|時(?P<half>半)?(?:(?P<mm>\d{1,2})分)?|\s?(?P<ap2>[ap]\.?m\b\.?))"
);
pattern!(NINE_FIVE, r"9時5時");
pattern!(
    NOT_WORK,
    r"電話|連絡|\btel\b|面談|受付|zoom|お話|送信|会議|メモ|着信|来局|直通|昼休み(?:$|[^は]|は\d)|\d日\(|お電話|返信|\blunch|携帯|在宅して|つなが|繋が|お目にかか|画面越し|留守|診療時間|営業時間|開館"
);
pattern!(
    START,
    r"^(?:頃|ごろ|くらい|ぐらい)?(?:(?:以降|から|より)(?:の(?:勤務|開始|始業|出勤|出社)|に|で|が|は|なら|だと|を|も|でお|お願|開始|始|働|入|出|勤務|希望|スタート|でも|。|、|$|\)| |\n|~)|(?:に)?(?:出勤|出社|始業|始まり|開始|スタート|始め)|に(?:家を)?出(?:て|勤|社)|よりも?(?:前|早(?:く|い))(?:は|に|の|だと|と|から)|を過ぎてから)"
);
pattern!(
    END,
    r"^(?:頃|ごろ|くらい|ぐらい|きっかり|ちょうど|前)?(?:(?:まで(?:に|には)?|には|前に(?:は)?|に(?:は)?|で)[^。、\n\d]{0,12}?(?:退|上が|あが|帰|失礼|出(?:たい|ら|る|て|な)|終|閉じ|切り上げ|お暇|おいとま|間に合)|まで(?:の勤務|(?:は)?(?:延ば|働け|勤務でき|可|大丈夫|ok|残れ)|(?:。|、|で|と|を|が|に|なら|$|\)| |\n))|までに|退|終了|終業|上が|よりも?(?:後|あと|遅)(?:は|に|の|く|だと)|を?(?:過|す)ぎ(?:た|る)(?:ら|と|勤|の|こと)|を?(?:超|越)え(?:た|る|て|な))|^以降は?(?:は)?(?:働け|不可|無理|入|難|できない|ng|だめ|勤務でき|\)に?は?入|\))|^までしか[^。、\n]{0,6}?(?:働け|残れ|勤務でき|でき|居られ|いられ)|^以降の(?:勤務|仕事|診療|残業)(?:は)?[^。]{0,4}(?:不可|無理|でき|避け|難)|^以降の[^。、\n]{1,8}?には?、?[^。、\n]{0,6}?(?:残れ|出られ|入れ|働け|参加でき)(?:ません|ない)"
);
pattern!(
    END_AFTER,
    r"^(?:以降|より(?:後|あと))(?:は|も|\)には|の(?:勤務|仕事|診療|出勤)(?:は|も))"
);
pattern!(GOES_OUT, r"^(?:頃|ごろ|くらい)?に(?:家を)?出(?:て|勤|社)");
pattern!(
    OTHER_THING,
    r"^(?:から|まで|以降|に)?の(?:道場|約束|夜診|便|電車|バス|会議|手術|枠|カンファ|講演|番組|ニュース|新幹線)|^(?:の|発|台に?発)(?:便|電車|バス|新幹線)"
);
pattern!(
    BOUND,
    r"^[^。\n]{0,16}(?:ない|なけれ|ねば|ん)(?:と|ば)[^。\n]{0,14}(?:ない|ません|困|なら|無理|帰れ|だめ|間に合)"
);
pattern!(
    WISHED,
    r"^[^。、\n]{0,14}(?:たい|希望|願い|助か|嬉し|たく)(?:。|、|で|と|の|が|、|\n|$|\()?"
);
pattern!(NO_LATER, r"^。\s?(?:これ|それ)より(?:も)?遅く");
pattern!(
    NOT_AFTER,
    r"(?:cannot|can't|not|never|won't|unable to|no work)[^.\n]{0,24}(?:after|past|beyond|later than)\s?$"
);
pattern!(
    NOT_BEFORE,
    r"(?:cannot|can't|not|never|won't|unable to|no (?:start|starting|work|duties))[^.\n]{0,24}(?:before|earlier than)\s?$"
);
pattern!(
    ENDS_AT,
    r"(?:退勤|終業|上がり|終わり)(?:時刻|時間)?(?:は|を|:)?\s?$"
);
pattern!(
    STARTS_AT,
    r"(?:始業|出勤|勤務開始)(?:時刻|時間)?(?:は|を|:)?\s?$"
);
pattern!(
    EN_END,
    r"(?:leave|finish|done|home|until|by|no later than)(?:\s(?:work|by|at|before))*\s?$"
);
pattern!(
    EN_START,
    r"(?:start(?:ing)?|from|after|not before)(?:\s(?:work|at|from|after|before))*\s?$"
);

/// Reads them.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    let mut taken: Vec<(usize, usize)> = Vec::new();
    clock_ranges(cx, items, &mut taken);
    single_times(cx, items, &taken);
    merge_halves(cx, items);
}

pattern!(
    NOTE_HEAD,
    r"(?:電話|着信|受電|折電|面談|来局|来所|来訪|来られ(?:ました|た)|お見えに(?:なりました|なった)|保存|受信|送信|tel|メモ)[^。、\n]{0,12}$"
);

// 「電話は診療中のため出られませんが、夜七時以降でしたら対応できます」.
pattern!(CALLS, r"(?:連絡|電話|携帯)(?:は|先は|へ|に)[^。\n]{0,40}$");
pattern!(
    LATE,
    r"^(?:夜|夕方|晩|午後|1[789]時|2[012]時)[^。\n]{0,8}以降"
);

fn work(cx: &Cx, at: usize) -> bool {
    if cx.doc.label_before(at).is_some_and(|l| NOT_WORK.is(l)) || NOTE_HEAD.is(cx.head(at)) {
        return false;
    }
    if LATE.is(cx.rest(at)) && CALLS.is(tail(cx.head(at), 48)) {
        return false;
    }
    let clause = cx.clause(at);
    // A break in brackets says nothing of the hours before it.
    let hours = clause.split("(昼休み").next().unwrap_or(clause);
    !NOT_WORK.is(hours) || clause.contains("勤務")
}

fn clock(h: i64, m: i64) -> Option<String> {
    ((0..=24).contains(&h) && (0..60).contains(&m)).then(|| format!("{h:02}:{m:02}"))
}

fn clock_ranges(cx: &Cx, items: &mut Vec<Item>, taken: &mut Vec<(usize, usize)>) {
    for c in NINE_FIVE.all(cx.text()) {
        if let Some(m) = c.get(0) {
            taken.push((m.start(), m.end()));
            push(
                items,
                Some("09:00".into()),
                Some("17:00".into()),
                m.start(),
                m.end(),
            );
        }
    }
    for c in RANGE.all(cx.text()) {
        let Some(all) = c.get(0) else { continue };
        let marked = c.name("m1").is_some()
            || all.as_str().contains('時')
            || c.name("ap2").is_some()
            || c.name("m2").is_some();
        let rest = cx.rest(all.end());
        let head = cx.head(all.start());
        if !marked
            || rest.starts_with("間")
            || after_figure(head)
            || head.ends_with('月')
            || all.as_str().contains("時間")
        {
            continue;
        }
        taken.push((all.start(), all.end()));
        if told_in_bracket(cx, all.start()) {
            continue;
        }
        if NO_LATER.is(rest)
            && let Some(h2) = number(&c, "h2")
        {
            let m2 = number(&c, "m2")
                .or(number(&c, "mm2"))
                .unwrap_or(if c.name("half2").is_some() { 30 } else { 0 });
            push(items, None, clock(h2, m2), all.start(), all.end());
            if let Some(last) = items.last_mut() {
                last.strength = Some(Strength::Must);
            }
            continue;
        }
        if !work(cx, all.start()) || rest.starts_with(['頃', 'に']) && rest.contains("電話") {
            continue;
        }
        let afternoon = |pre: Option<&str>, h: i64| {
            if h <= 11
                && matches!(
                    pre,
                    Some("午後" | "昼" | "昼過ぎ" | "お昼" | "お昼過ぎ" | "夕方" | "夜" | "pm")
                )
            {
                h + 12
            } else {
                h
            }
        };
        let group = |n: &str| c.name(n).map(|m| m.as_str());
        let (Some(h1), Some(h2)) = (number(&c, "h1"), number(&c, "h2")) else {
            continue;
        };
        let m1 = number(&c, "m1")
            .or(number(&c, "mm1"))
            .unwrap_or(if group("half1").is_some() { 30 } else { 0 });
        let m2 = number(&c, "m2")
            .or(number(&c, "mm2"))
            .unwrap_or(if group("half2").is_some() { 30 } else { 0 });
        // 「9時から12時半、3時から6時」: nobody works before dawn.
        let after_noon = (1..=5).contains(&h1) && (h1..=8).contains(&h2);
        let plain = ["pre", "ap1", "mid", "ap2", "next"]
            .iter()
            .all(|n| group(n).is_none());
        let (h1, h2) = match after_noon && plain {
            true => (h1 + 12, h2 + 12),
            false => (h1, h2),
        };
        let s = clock(afternoon(group("pre").or(group("ap1")), h1), m1);
        let mut end_h = afternoon(group("mid").or(group("ap2")), h2);
        if end_h < h1 && end_h <= 8 && group("next").is_none() && group("mid").is_none() && h1 < 12
        {
            end_h += 12;
        }
        let still_afternoon = matches!(group("pre"), Some("午後" | "夕方" | "夜"))
            && group("mid").is_none()
            && group("next").is_none();
        if still_afternoon && end_h < 12 {
            end_h += 12;
        }
        let e = clock(end_h, m2);
        if s.is_some() && e.is_some() {
            push(items, s, e, all.start(), all.end());
        }
    }
}

fn push(items: &mut Vec<Item>, start: Option<String>, end: Option<String>, from: usize, to: usize) {
    items.push(Item::new(
        Field::Hours,
        Value::Hours(Hours { start, end }),
        from,
        to,
        "hours::clock",
    ));
}

fn single_times(cx: &Cx, items: &mut Vec<Item>, taken: &[(usize, usize)]) {
    for c in SINGLE.all(cx.text()) {
        let Some(all) = c.get(0) else { continue };
        if taken
            .iter()
            .any(|(s, e)| all.start() < *e && *s < all.end())
        {
            continue;
        }
        let rest = cx.rest(all.end());
        let head = cx.head(all.start());
        if rest.starts_with('間')
            || after_figure(head)
            || !work(cx, all.start()) && !rest.starts_with("までに")
        {
            continue;
        }
        if OTHER_THING.is(rest) || told_in_bracket(cx, all.start()) {
            continue;
        }
        let Some(mut h) = number(&c, "h") else {
            continue;
        };
        let pre = c.name("pre").map(|p| p.as_str());
        if c.name("ap")
            .or(c.name("ap2"))
            .is_some_and(|a| a.as_str().starts_with('p'))
            && h < 12
        {
            h += 12;
        }
        let ends = END.is(rest)
            || END_AFTER.is(rest)
            || EN_END.is(head) && !NOT_BEFORE.is(head)
            || NOT_AFTER.is(head)
            || ENDS_AT.is(head);
        let morning = matches!(pre, Some("朝" | "午前")) || pre.is_none() && (6..=11).contains(&h);
        let ends = ends && !(morning && GOES_OUT.is(rest));
        let starts = !ends
            && !cx.rest(all.end()).starts_with(" appointment")
            && (START.is(rest) || EN_START.is(head) || NOT_BEFORE.is(head) || STARTS_AT.is(head));
        let late = h <= 8 && matches!(pre, Some("午後" | "夕方" | "昼"))
            || h < 12 && matches!(pre, Some("夜" | "晩"))
            || h < 12 && pre == Some("午後");
        if late || ends && pre.is_none() && h <= 7 {
            h += 12;
        }
        let m = number(&c, "m")
            .or(number(&c, "mm"))
            .unwrap_or(if c.name("half").is_some() { 30 } else { 0 });
        let Some(time) = clock(h, m) else { continue };
        if ends {
            push(items, None, Some(time), all.start(), all.end());
        } else if starts && cx.clause(all.start()).chars().count() < 40 {
            push(items, Some(time), None, all.start(), all.end());
        } else {
            continue;
        }
        let beyond = END_AFTER.is(rest) || rest.starts_with("以降の勤務");
        let limit = ends && (beyond || rest.starts_with("以降")) || BOUND.is(rest);
        if let Some(last) = items.last_mut()
            && !cx.scope.asked(all.start())
            && !cx.scope.others_speak(cx.doc, all.start())
        {
            last.strength = if cx.doc.latin && POLITE.is(cx.sentence(all.start())) {
                Some(Strength::Want)
            } else if limit || NOT_AFTER.is(head) || NOT_BEFORE.is(head) || OUT_OF_BOUNDS.is(rest) {
                Some(Strength::Must)
            } else if WISHED.is(rest) {
                Some(Strength::Want)
            } else {
                None
            };
        }
    }
}

pattern!(POLITE, r"\b(?:please|ideally|preferably|if possible)\b");
pattern!(
    OUT_OF_BOUNDS,
    r"^(?:頃|ごろ|くらい)?まで(?:しか|が(?:限|精)|でない)|^(?:よりも?(?:前|早|後|あと|遅)|を?(?:過|す)ぎ|を?(?:超|越)え)[^。\n]{0,30}(?:ません|ない|無理|不可|難し|困|だめ)"
);

/// 「今は週二回のパート(13時~17時)です」, 「ご提案の診療所(10時~16時)は」: what such brackets hold is told.
fn told_in_bracket(cx: &Cx, at: usize) -> bool {
    let Some(sentence) = cx.doc.sentence_at(at) else {
        return false;
    };
    let before = cx.doc.text(sentence.start.min(at), at);
    let inside = before
        .rfind('(')
        .is_some_and(|i| !before.get(i..).unwrap_or_default().contains(')'));
    inside
        && (["今は", "現在", "いまは", "これまで"]
            .iter()
            .any(|w| before.contains(w))
            || about_suggestion(before))
}

/// A start and an end said apart make one item, with the strength of the one that has its own.
fn merge_halves(cx: &Cx, items: &mut Vec<Item>) {
    let halves: Vec<usize> = items
        .iter()
        .enumerate()
        .filter(
            |(_, i)| matches!(&i.value, Value::Hours(h) if h.start.is_none() != h.end.is_none()),
        )
        .map(|(k, _)| k)
        .collect();
    let [a, b] = halves.as_slice() else { return };
    let (Some(x), Some(y)) = (items.get(*a), items.get(*b)) else {
        return;
    };
    let (Value::Hours(hx), Value::Hours(hy)) = (&x.value, &y.value) else {
        return;
    };
    if hx.start.is_some() == hy.start.is_some() {
        return;
    }
    let vx = cx.verdict(x).map(|v| v.strength);
    let vy = cx.verdict(y).map(|v| v.strength);
    let same = cx.doc.sentence_at(x.start).map(|s| s.start)
        == cx.doc.sentence_at(y.start).map(|s| s.start);
    let strength = match (vx, vy) {
        (Some(a), Some(b)) if a == b => Some(a),
        (_, Some(b)) if same && b.is_positive() && vx.is_none_or(|v| v.is_positive()) => Some(b),
        _ => return,
    };
    let merged = Hours {
        start: hx.start.clone().or(hy.start.clone()),
        end: hx.end.clone().or(hy.end.clone()),
    };
    if let Some(first) = items.get_mut(*a) {
        first.value = Value::Hours(merged);
        first.strength = strength;
    }
    items.remove(*b);
}

/// 「9/8」, 「10:30」: the figure goes on.
fn after_figure(head: &str) -> bool {
    let mut back = head.chars().rev();
    match back.next() {
        Some(c) if c.is_ascii_digit() => true,
        Some('/' | ':') => back.next().is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    }
}
