//! How many days a week or a month.

use super::{Cx, Item};
use crate::domain::wish::{Field, Value};
use crate::understand::pattern::{fraction, pattern};
use crate::understand::profile::figure;

/// Reads them.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    per_week(cx, items);
    added(cx, items);
    revised(cx, items);
    english_days(cx, items);
    per_month(cx, items);
}

pattern!(
    ENGLISH_DAYS,
    r"\b(?P<n>one|two|three|four|five|six)(?P<half> and a half)? days?(?P<week> (?:a|per|each) week)?(?:\b|$)(?P<rest>[^.;]{0,14})"
);
pattern!(
    OTHER_SPAN,
    r"^ (?:ago|off|later|notice|of|in advance|before|after|old|trip)"
);
pattern!(
    WEEKLY,
    r"(?x) (?P<two>2週(?:間)?(?:に|で|のうち)\s?) (?P<t>\d)\s?(?:日|回)
      | (?P<x>\d(?:\.\d)?)\s?(?:日|回)\s?/\s?週
      | (?:平日|週)の(?:うち|中で|前半|後半|半ば|はじめ)[^。、\n\d]{0,6}(?P<of>[2-6])日
      | [月火水木金土日]曜?日?の(?:うち|中)(?:の|から|で)?(?:いずれか|どれか)?、?(?P<from>[1-5])日
      | (?:週|1週間|1週|シュウ\s?)(?:に|の|で|は|当たり|あたり)?\s{0,3}(?P<a>\d(?:\.\d)?)\s{0,3}(?P<u1>日|回|度|コマ|ぺん|へん|べん|カ)?(?P<h1>半)?(?P<l1>以上、?(?:週)?(?P<most>\d)日?(?:以内|以下|まで)|以上|以内|以下|まで|より多く)?\s?(?:(?:~|か|でも|ないし|乃至|、|-|から|または|もしくは|それか|・)\s?(?:週)?(?:に)?\s?(?P<b>\d(?:\.\d)?)\s?(?P<u2>日|回|度|コマ|ぺん|へん|べん|ニチ)?)?\s?(?:間)?(?:程度|ほど|くらい|ぐらい|位|前後)?\s?(?P<l2>以上|以内|以下|まで|~|が(?:限度|限界|上限|精一杯|精いっぱい|せいぜい|やっと))?
      | (?P<la>\d(?:\.\d)?)日(?:以上)?(?:\s?(?:~|か|ないし|-)\s?|以上\s?)(?P<lb>\d(?:\.\d)?)日(?P<ll>以下|以内)?
      | (?P<ea>one|two|three|four|five|six|\d(?:\.\d)?)(?:\s?(?:-|to|or)\s?(?P<eb>two|three|four|five|six|\d(?:\.\d)?))?\s(?:days?|evenings?|mornings?|afternoons?|sessions?|half-days?)\s?(?:a|per|/|each)\s?week"
);
// 「週2日以上、1日3時間まで」: hours a day.
pattern!(
    A_DAY,
    r"^(?:日|回)(?:に|あたり|は|の)?\s?\d{1,3}(?:時間|h\b|人|名|件|枠)"
);
pattern!(
    AFTER_WEEK,
    r"^\s?(?:時間|h\b|間|分|年|月|万|人|例|床|つ|本|枠|部|割|代|時)|^\d"
);
// 「週4、1日6hまで」: the second figure counts hours of a day.
pattern!(
    A_DAY_LONG,
    r"^\s?(?:日)?(?:あたり|に)?\s?\d{1,2}(?:\.5)?\s?(?:時間|h\b)"
);
pattern!(
    DUTY_TOPIC,
    r"(?:当直|宿直|日直|オンコール|呼び出し|待機|呼出|泊まり)[^。、]{0,8}$|(?:内視鏡|胃カメラ|手術|カテ|オペ|研究日|夜診|会議|講義|カンファ)(?:は|を|が|日)?\s?$|外来(?:は|が|日)?\s?$|研究日[^。、]{0,3}$|(?:[のる]|からの勤務)日(?:が|を)\s?$"
);
pattern!(
    LATER,
    r"慣れ(?:たら|れば|てきたら|ましたら|てくれば|た後は|てから)(?:は|、)?$"
);
pattern!(
    OVER,
    r"^(?:を|より)(?:超え|越え|多く)[^。\n]{0,32}(?:ません|ない|無理|困|不可|きつ|かね|断り|遠慮|勘弁|容赦)"
);
pattern!(
    MONTHLY,
    r"(?:月(?:に|の|間)?|1か月のうち)\s?(?P<a>\d{1,2})(?P<u1>日|回|度|コマ)?\s?(?:(?:~|から|か|ないし|乃至|、|-)\s?(?P<b>\d{1,2})(?P<u2>日|回|度)?)?\s?(?:程度|ほど|くらい|ぐらい|位)?(?P<l>以内|以下|まで|以上)?"
);
pattern!(
    OTHER_MONTHLY,
    r"(?:当直|宿直|日直|オンコール|呼び出し|呼出|待機|泊まり|日当直|oc|コール|研究日|学会|残業|夜勤|夜診|土曜|日曜|土曜日|第)[^。]{0,14}$"
);
// 「月3回までのオンコール」, 「週1回の当直」.
pattern!(
    TIMES_OF_A_DUTY,
    r"^(?:回|度)?(?:程度|ほど|くらい|ぐらい|まで|以内)?(?:の|も、?)(?:夜間の?|夜の)?(?:当直|宿直|日直|日当直|オンコール|呼び?出し|待機|泊まり)"
);
pattern!(
    OF_WORK,
    r"^の(?:産業医|外来|勤務|出勤|非常勤|健診|訪問|仕事|パート)"
);
pattern!(
    FOR_OTHERS,
    r"^[、の][^。、]{0,8}(?:研究日|学会|理事会|会議|講義|委員会|研究会|勉強会|外勤)"
);

pattern!(
    ADDED,
    r"(?:もう|あと)\s?(?P<a>[1-5])日(?:か\s?(?P<b>[1-5])日)?(?:くらい|ぐらい|ほど|だけ)?(?:、[^。\n]{0,24}?)?(?:増や(?:し|せ)|働|やら(?:せ)|入れ|出られ|お願い|手伝|診(?:たい|させ)|探し)"
);

/// 「もう1日か2日増やしたい」: days a week beside those that stay.
fn added(cx: &Cx, items: &mut Vec<Item>) {
    for c in ADDED.all(cx.text()) {
        let (Some(all), Some(a)) = (c.get(0), fraction(&c, "a")) else {
            continue;
        };
        if cx.doc.counts(all.start()) {
            let end = c.name("b").or(c.name("a")).map_or(all.end(), |n| n.end());
            items.push(Item::new(
                Field::DaysPerWeek,
                Value::days(Some(a), fraction(&c, "b").or(Some(a))),
                all.start(),
                end + '日'.len_utf8(),
                "days::added",
            ));
        }
    }
}

pattern!(
    REVISED,
    r"(?:^|[^\d週.])(?P<n>[1-7](?:\.5)?)日(?P<half>半)?に(?:して(?:おい|おき|くだ|下|ほし|いただ|もら)|し(?:ます|たい|とき)|訂正|変更|改め|直し|減らし|増やし)"
);

/// 「週三日。いや、…四日にしておいてください」: days said without 週 that replace those said before.
fn revised(cx: &Cx, items: &mut Vec<Item>) {
    for c in REVISED.all(cx.text()) {
        let (Some(all), Some(n), Some(whole)) = (c.get(0), c.name("n"), fraction(&c, "n")) else {
            continue;
        };
        let before = items.iter().rposition(|i| {
            i.field == Field::DaysPerWeek && i.end <= n.start() && n.start() - i.end < 400
        });
        if let Some(at) = before
            && cx.doc.counts(n.start())
        {
            items.remove(at);
            let days = whole + if c.name("half").is_some() { 0.5 } else { 0.0 };
            items.push(Item::new(
                Field::DaysPerWeek,
                Value::days(Some(days), Some(days)),
                n.start(),
                all.end(),
                "days::revised",
            ));
        }
    }
}

pattern!(
    ENGLISH_MONTHLY,
    r"\b(?P<n>two|three|four|five|six|eight|ten|twelve|fifteen|\d{1,2}) days? (?:a|per|each|every) month\b"
);
pattern!(
    ENGLISH_FIELD,
    r"\bdays (?:per|a|each) week\s?[:=]\s?(?P<a>\d(?:\.5)?)(?:\s?(?:to|-|~|or)\s?(?P<b>\d(?:\.5)?))?"
);

/// 「four days, no weekends」, 「three and a half days a week」, 「Days per week: 3 to 4」.
fn english_days(cx: &Cx, items: &mut Vec<Item>) {
    if !cx.doc.latin {
        return;
    }
    for c in ENGLISH_MONTHLY.all(cx.text()) {
        let n = c
            .name("n")
            .and_then(|n| crate::understand::english::figures::number(n.as_str()));
        if let (Some(all), Some(_)) = (c.get(0), n) {
            items.push(Item::new(
                Field::DaysPerMonth,
                Value::days(n, n),
                all.start(),
                all.end(),
                "days::english",
            ));
        }
    }
    for c in ENGLISH_FIELD.all(cx.text()) {
        let (Some(all), a) = (c.get(0), fraction(&c, "a")) else {
            continue;
        };
        items.push(Item::new(
            Field::DaysPerWeek,
            Value::days(a, fraction(&c, "b").or(a)),
            all.start(),
            all.end(),
            "days::english",
        ));
    }
    for c in ENGLISH_DAYS.all(cx.text()) {
        let (Some(all), Some(n)) = (c.get(0), c.name("n").and_then(|n| english(n.as_str()))) else {
            continue;
        };
        let end = c.name("rest").map_or(all.end(), |r| r.start());
        let half = c.name("half").is_some();
        let read = items
            .iter()
            .any(|i| i.field == Field::DaysPerWeek && i.start < end && all.start() < i.end);
        if read && !half || OTHER_SPAN.is(cx.rest(end)) {
            continue;
        }
        if half {
            items.retain(|i| {
                i.field != Field::DaysPerWeek || i.start >= end || all.start() >= i.end
            });
        }
        let n = if half { n + 0.5 } else { n };
        items.push(Item::new(
            Field::DaysPerWeek,
            Value::days(Some(n), Some(n)),
            all.start(),
            end,
            "days::english",
        ));
    }
}

fn per_week(cx: &Cx, items: &mut Vec<Item>) {
    let text = cx.text();
    let mut last: Option<(usize, usize)> = None;
    for c in WEEKLY.all(text) {
        let Some(all) = c.get(0) else { continue };
        // 「週4日、9時〜17時」: the figure behind the comma counts hours.
        let bogus = c.name("b").is_some_and(|b| {
            let next = text.get(b.end()..).unwrap_or_default();
            next.starts_with(['時', ':'])
                || next.starts_with(|c: char| c.is_ascii_digit())
                || next.starts_with("勤務")
                || next.starts_with("人")
                || b.as_str().parse::<f64>().is_ok_and(|v| v > 7.0)
                || A_DAY.is(next)
                || c.name("u2").is_none() && A_DAY_LONG.is(next)
                || A_DAY_LONG.is(c
                    .name("u2")
                    .map_or("", |u| text.get(u.end()..).unwrap_or_default()))
        });
        let limit = c.name("l2").filter(|l| l.as_str().starts_with('が'));
        let end = match (bogus, c.name("u1").or(c.name("a"))) {
            (true, Some(u)) => c.name("l1").map_or(u.end(), |l| l.end()),
            // The limit is a cue of its own.
            // Blanks belong to what stands behind: 「週4日 8:30」.
            _ => limit.map_or(all.start() + all.as_str().trim_end().len(), |l| l.start()),
        };
        let rest = cx.rest(end);
        let head = cx.head(all.start());
        if AFTER_WEEK.is(rest)
            || head.ends_with(['今', '来', '先', '毎', '隔', '翌', '第'])
            || head.ends_with("前の")
        {
            continue;
        }
        let range = if c.name("two").is_some() {
            let v = fraction(&c, "t").map(|t| t / 2.0);
            (v, v)
        } else if let Some(x) = fraction(&c, "x")
            .or(fraction(&c, "of"))
            .or(fraction(&c, "from"))
        {
            (Some(x), Some(x))
        } else if c.name("la").is_some() {
            let labelled = cx
                .doc
                .label_before(all.start())
                .is_some_and(|l| l.contains('週') || l.contains("日数"));
            if !labelled && !cx.sentence(all.start()).contains("週") {
                continue;
            }
            (fraction(&c, "la"), fraction(&c, "lb"))
        } else if let Some(ea) = c.name("ea") {
            let a = english(ea.as_str());
            (a, c.name("eb").and_then(|b| english(b.as_str())).or(a))
        } else {
            let (a, b) = weekly_range(&c);
            let listed = c.name("u1").zip(c.name("b")).is_some_and(|(u, b)| {
                matches!(
                    text.get(u.end()..b.start()).map(str::trim),
                    Some("、" | "・")
                )
            });
            let changed = all.as_str().contains("から")
                && ["に変更", "へ", "に減", "に増", "にして", "に"]
                    .iter()
                    .any(|w| rest.starts_with(w));
            if bogus {
                match c.name("l1").map(|l| l.as_str()) {
                    Some("以上") => (a, None),
                    Some("以内" | "以下" | "まで") => (None, a),
                    _ => (a, a),
                }
            } else if let Some(b) = second_in_kanji(rest).filter(|b| a.is_some_and(|a| a < *b)) {
                (a, Some(b))
            } else if listed {
                (a, a)
            } else if changed {
                (b, b)
            } else {
                (a, b)
            }
        };
        let koma = c
            .name("u1")
            .or(c.name("u2"))
            .is_some_and(|u| u.as_str() == "コマ");
        let range = if koma {
            if !cx.sentence(all.start()).contains("半日") && !rest.starts_with("(半日") {
                continue;
            }
            (range.0.map(|v| v / 2.0), range.1.map(|v| v / 2.0))
        } else {
            range
        };
        if range.0.is_none() && range.1.is_none()
            || range.0.is_some_and(|v| v > 7.0)
            || range.1.is_some_and(|v| v > 7.0)
        {
            continue;
        }
        if DUTY_TOPIC.is(head)
            || rest.starts_with("の研究日")
            || TIMES_OF_A_DUTY.is(rest)
            || rest.starts_with("度の研究日")
            || rest.starts_with("は研究")
            || rest.starts_with("は残")
            || rest.starts_with("は今の")
            || rest.starts_with("の午後に")
        {
            continue;
        }
        // 「週4日を超えるのは腰が許しません」, 「多くても週三日」: a limit.
        let single = range.0 == range.1;
        let range = if OVER.is(rest) || single && AT_MOST.is(head) {
            (None, range.1)
        } else if single && AT_LEAST.is(head) {
            (range.0, None)
        } else {
            range
        };
        if let Some((_, at)) = last
            && cx.doc.text(at, all.start()).contains("から")
            && all.start() - at < 8
        {
            items.retain(|i| i.end != at || i.field != Field::DaysPerWeek);
        }
        last = Some((all.start(), all.end()));
        let mut item = Item::new(
            Field::DaysPerWeek,
            Value::days(range.0, range.1),
            all.start(),
            end,
            "days::per_week",
        );
        // 「最初は週1、慣れたら週2」: the later figure is willingness.
        if OVER.is(rest) {
            item.strength = Some(crate::domain::wish::Strength::Must);
        }
        if LATER.is(head) {
            item.strength = Some(crate::domain::wish::Strength::Ok);
        }
        items.push(item);
        // 「週に二回、多くて三回」.
        if single
            && let Some(more) = UP_TO.first(rest)
            && let (Some(whole), Some(n)) = (more.get(0), more.name("n"))
            && let Some(most) = fraction(&more, "n").filter(|n| range.1.is_some_and(|v| v < *n))
        {
            items.push(
                Item::new(
                    Field::DaysPerWeek,
                    Value::days(None, Some(most)),
                    end + n.start(),
                    end + whole.end(),
                    "days::up_to",
                )
                .with(crate::domain::wish::Strength::Must),
            );
        }
    }
}

pattern!(
    UP_TO,
    r"^(?:程度|ほど|くらい)?[、(]?\s?(?:\(\s?)?(?:多く(?:て|と)(?:も)?|最大(?:でも)?|せいぜい)\s?(?:週)?(?P<n>[2-7](?:\.5)?)(?:日|回)"
);
pattern!(
    AT_MOST,
    r"(?:多く(?:て|と)も?|最大(?:でも)?|せいぜい|最高(?:でも)?)、?$"
);
pattern!(AT_LEAST, r"(?:少なく(?:て|と)も|最低(?:でも)?)、?$");
pattern!(
    SECOND,
    r"^(?:、|から|か|ないし)(?P<n>[二三四五六七])(?:日|回)?(?:で|くらい|ぐらい|程度|ほど|$|。|、|を|が)"
);

/// 「週二、三で」: the second figure of a pair that no unit follows.
fn second_in_kanji(rest: &str) -> Option<f64> {
    let c = SECOND.first(rest)?;
    #[allow(clippy::cast_precision_loss)]
    figure(c.name("n")?.as_str()).map(|n| n as f64)
}

fn weekly_range(c: &regex::Captures) -> (Option<f64>, Option<f64>) {
    let half = if c.name("h1").is_some() { 0.5 } else { 0.0 };
    let a = fraction(c, "a").map(|v| v + half);
    let b = fraction(c, "b");
    let limit = |g: &str| c.name(g).map(|m| m.as_str());
    let either = c.get(0).is_some_and(|m| m.as_str().contains("でも"));
    match (b.or(fraction(c, "most")), limit("l1"), limit("l2")) {
        // 「週5でも週4でもよい」.
        (Some(b), _, _) if a.is_some_and(|a| a > b) && either => (Some(b), a),
        (Some(b), _, _) => (a, Some(b)),
        (None, l1, l2) => match l1.or(l2) {
            Some("以上" | "~") => (a, None),
            Some(limit) if limit != "以上" && limit != "~" => (None, a),
            _ => (a, a),
        },
    }
}

fn english(word: &str) -> Option<f64> {
    Some(match word {
        "one" => 1.0,
        "two" => 2.0,
        "three" => 3.0,
        "four" => 4.0,
        "five" => 5.0,
        "six" => 6.0,
        d => d.parse().ok()?,
    })
}

fn per_month(cx: &Cx, items: &mut Vec<Item>) {
    let text = cx.text();
    for c in MONTHLY.all(text) {
        let Some(all) = c.get(0) else { continue };
        let head = cx.head(all.start());
        let rest = cx.rest(all.end());
        let unit = c.name("u1").or(c.name("u2")).map(|u| u.as_str());
        if unit.is_none() && !OF_WORK.is(rest)
            || unit == Some("コマ")
            || head.ends_with(|c: char| c.is_ascii_digit() || "今来先毎翌か".contains(c))
        {
            continue;
        }
        if unit == Some("日")
            && c.name("b").is_none()
            && c.name("l").is_none()
            && head.ends_with(|c: char| c.is_ascii_digit())
        {
            continue;
        }
        if OTHER_MONTHLY.is(head)
            || TIMES_OF_A_DUTY.is(rest)
            || rest.starts_with("の夜")
            || rest.starts_with("の東京")
            || FOR_OTHERS.is(rest)
            || rest.starts_with("しか")
            || all.as_str().contains("から") && rest.starts_with('に')
        {
            continue;
        }
        let a = fraction(&c, "a");
        let b = fraction(&c, "b").filter(|_| {
            !c.name("u1")
                .zip(c.name("b"))
                .is_some_and(|(u, b)| text.get(u.end()..b.start()).map(str::trim) == Some("、"))
        });
        if let Some((field, value)) = of_a_duty(cx, all.start(), unit, b.or(a)) {
            items.push(Item::new(
                field,
                value,
                all.start(),
                all.end(),
                "days::duty_named_before",
            ));
            continue;
        }
        let range = match (b, c.name("l").map(|l| l.as_str())) {
            (Some(b), _) => (a, Some(b)),
            (None, Some("以内" | "以下" | "まで")) => (None, a),
            (None, Some("以上")) => (a, None),
            _ => (a, a),
        };
        items.push(Item::new(
            Field::DaysPerMonth,
            Value::days(range.0, range.1),
            all.start(),
            all.end(),
            "days::per_month",
        ));
    }
}

/// 「当直なしは外して結構です。月に2回程度なら入れます」: the times belong to the duty named just before.
fn of_a_duty(cx: &Cx, at: usize, unit: Option<&str>, times: Option<f64>) -> Option<(Field, Value)> {
    if unit != Some("回") {
        return None;
    }
    let s = cx.doc.sentence_at(at)?;
    let named = cx
        .things
        .iter()
        .filter(|h| h.start < at && cx.doc.line_index(h.start) + 1 >= cx.doc.line_index(at))
        .filter_map(|h| match h.meaning {
            crate::understand::lexicon::Meaning::Thing(f, _) => Some((h.start, f)),
            crate::understand::lexicon::Meaning::Dept(_)
            | crate::understand::lexicon::Meaning::Hidden => None,
        });
    let (start, field) = named.max_by_key(|n| n.0)?;
    if start >= s.start || !field.is_counted_duty() {
        return None;
    }
    #[allow(clippy::cast_possible_truncation)]
    times.map(|t| (field, Value::Number(t as i64)))
}
