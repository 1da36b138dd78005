//! Days of the week, and days a week or a month.

use super::{Cx, Item};
use crate::domain::wish::{Field, Value};
use crate::understand::pattern::{fraction, pattern};

/// A day named in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayToken {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The vocabulary's words: 土日 is two.
    pub days: Vec<&'static str>,
    /// 曜 stands behind it, or it is a word of its own: it needs no neighbour.
    sure: bool,
}

pattern!(
    WORDS,
    r"(?x)(?P<w>平日|土日祝日?|土・日・祝|土日|日祝|週末|祝日|祭日|休みの日|休日(?:出勤|勤務|診療)|weekdays?|saturdays?|sundays?|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|weekends?|holidays?)
    | (?P<d>[月火水木金土日])曜日?
    | (?P<run>[月火水木金土日]{2,7})
    | (?P<one>[月火水木金土日祝])"
);

pattern!(
    OF_A_DAY,
    r"^(?:のほか|以外|は不可|だけ(?:は)?(?:休|不可))|^(?:は|なら|も|だけは)(?:午前|午後|終日|休み|不可|ng|だめ|駄目|ダメ|無理|×|○|可|ok|空)"
);

/// Every day that a text names.
pub fn tokens(text: &str) -> Vec<DayToken> {
    let mut raw: Vec<DayToken> = Vec::new();
    for c in WORDS.all(text) {
        let Some(all) = c.get(0) else { continue };
        let before = text.get(..all.start()).and_then(|t| t.chars().next_back());
        let after = text.get(all.end()..).and_then(|t| t.chars().next());
        let (days, sure): (Vec<&'static str>, bool) = if let Some(w) = c.name("w") {
            if w.as_str().is_ascii()
                && (before.is_some_and(|c| c.is_ascii_alphanumeric())
                    || after.is_some_and(|c| c.is_ascii_alphanumeric()))
            {
                continue;
            }
            (word_days(w.as_str()), true)
        } else if let Some(d) = c.name("d") {
            (d.as_str().chars().filter_map(day).collect(), true)
        } else if let Some(run) = c.name("run") {
            let clean = !before.is_some_and(|c| kanji_or_digit(c) && c != '週')
                && !after.is_some_and(|c| kanji_or_digit(c) && !"祝終午休各夜以可不".contains(c));
            let distinct = run
                .as_str()
                .chars()
                .collect::<std::collections::BTreeSet<_>>()
                .len()
                == run.as_str().chars().count();
            if !clean
                || !distinct
                || matches!(
                    run.as_str(),
                    "月日" | "日月" | "土木" | "水土" | "日日" | "土金" | "木金土日月"
                )
            {
                continue;
            }
            (run.as_str().chars().filter_map(day).collect(), true)
        } else if let Some(d) = c.name("one") {
            let separated = |c: Option<char>| {
                c.is_none_or(|c| {
                    " ・、,/~()。:=\n→-|]】か☑□✓✔■".contains(c)
                        || "とやはもがを○◎△×のにでてらほ希".contains(c)
                })
            };
            if !separated(before) && before != Some('週')
                || !separated(after)
                    && !text.get(all.end()..).is_some_and(|t| t.starts_with("まで"))
                    && !matches!(after, Some('な' | '午' | '祝' | '以'))
                    && !text
                        .get(all.end()..)
                        .is_some_and(|t| t.starts_with("または"))
            {
                continue;
            }
            let marked = text.get(all.end()..).is_some_and(|t| t.starts_with("以外"))
                || matches!(before, Some('☑' | '✓' | '✔' | '■'))
                || text.get(all.end()..).is_some_and(|t| OF_A_DAY.is(t))
                || matches!(after, Some('○' | '◎' | '△' | '×'))
                || after == Some(' ')
                    && text
                        .get(all.end()..)
                        .is_some_and(|t| t.trim_start().starts_with(['○', '◎', '△', '×']));
            (d.as_str().chars().filter_map(day).collect(), marked)
        } else {
            continue;
        };
        raw.push(DayToken {
            start: all.start(),
            end: all.end(),
            days,
            sure,
        });
    }
    // A single character is a day only beside another day.
    let keep: Vec<bool> = (0..raw.len())
        .map(|i| {
            let Some(t) = raw.get(i) else { return false };
            t.sure
                || i.checked_sub(1)
                    .and_then(|k| raw.get(k))
                    .is_some_and(|p| joined(text, p.end, t.start))
                || raw.get(i + 1).is_some_and(|n| joined(text, t.end, n.start))
        })
        .collect();
    raw.into_iter()
        .zip(keep)
        .filter(|(_, k)| *k)
        .map(|(t, _)| t)
        .collect()
}

fn kanji_or_digit(c: char) -> bool {
    c.is_ascii_digit() || ('\u{4e00}'..='\u{9fff}').contains(&c)
}

fn joined(text: &str, end: usize, start: usize) -> bool {
    let gap = text.get(end..start).unwrap_or("?");
    gap.len() < 24
        && matches!(
            gap.trim(),
            "・" | "、"
                | "/"
                | "と"
                | "か"
                | "や"
                | "~"
                | "から"
                | "または"
                | "もしくは"
                | "、または"
                | "、もしくは"
                | "→"
                | "-"
                | ""
                | "and"
                | ", and"
                | "or"
                | ","
        )
        && (!gap.trim().is_empty() || gap.is_empty())
}

fn day(c: char) -> Option<&'static str> {
    Some(match c {
        '月' => "mon",
        '火' => "tue",
        '水' => "wed",
        '木' => "thu",
        '金' => "fri",
        '土' => "sat",
        '日' => "sun",
        '祝' => "holiday",
        _ => return None,
    })
}

fn word_days(w: &str) -> Vec<&'static str> {
    match w {
        "平日" | "weekday" | "weekdays" => vec!["weekdays"],
        "土日祝" | "土日祝日" | "土・日・祝" => vec!["sat", "sun", "holiday"],
        "土日" | "週末" | "weekend" | "weekends" => vec!["sat", "sun"],
        "日祝" => vec!["sun", "holiday"],
        _ => match w.get(..3) {
            Some("mon") => vec!["mon"],
            Some("tue") => vec!["tue"],
            Some("wed") => vec!["wed"],
            Some("thu") => vec!["thu"],
            Some("fri") => vec!["fri"],
            Some("sat") => vec!["sat"],
            Some("sun") => vec!["sun"],
            _ => vec!["holiday"],
        },
    }
}

pattern!(
    ENGLISH_DAYS,
    r"\b(?P<n>one|two|three|four|five|six)(?P<half> and a half)? days?(?P<week> (?:a|per|each) week)?(?:\b|$)(?P<rest>[^.;]{0,14})"
);
pattern!(
    OTHER_SPAN,
    r"^ (?:ago|off|later|notice|of|in advance|before|after|old|trip)"
);

/// 「four days, no weekends」, 「three and a half days a week」.
fn english_days(cx: &Cx, items: &mut Vec<Item>) {
    if !cx.doc.latin {
        return;
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

/// 「月・火・金(火は午前のみ)」: the narrower word counts.
fn narrowed(cx: &Cx, items: &mut Vec<Item>) {
    let narrow: Vec<(String, usize)> = items
        .iter()
        .filter(|i| i.field == Field::Day)
        .filter_map(|i| {
            let Value::Text(value) = &i.value else {
                return None;
            };
            let day = value.split_once(':')?.0.to_owned();
            let rest = cx.rest(i.end);
            (rest.starts_with("のみ") || rest.starts_with("だけ")).then_some((day, i.start))
        })
        .collect();
    items.retain(|i| {
        i.field != Field::Day
            || !narrow.iter().any(|(day, at)| {
                i.value == Value::text(day.as_str())
                    && i.end <= *at
                    && cx.doc.line_index(i.start) == cx.doc.line_index(*at)
            })
    });
}

/// Reads days, days a week and days a month.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    named(cx, items);
    narrowed(cx, items);
    per_week(cx, items);
    english_days(cx, items);
    per_month(cx, items);
}

pattern!(
    HALF,
    r"^(?:は(?P<am2>午前)|は(?P<pm2>午後))(?:中)?(?:のみ|だけ|なら|に限)|^\s?(?:の)?(?:(?P<am>午前(?:中|診)?|am\b|朝|mornings?|\(午前)|(?P<pm>午後(?:診)?|pm\b|afternoons?))"
);
pattern!(
    NOT_WORK,
    r"電話|連絡|携帯|面談|面接|お話|打ち?合わ|に伺えます(?:。|$)|zoom|説明会|営業|受付時間|返信|在宅して"
);
pattern!(RANGE, r"^(?:~|から|-)$");

const WEEK: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

fn named(cx: &Cx, items: &mut Vec<Item>) {
    let text = cx.text();
    let tokens = tokens(text);
    let mut i = 0;
    while i < tokens.len() {
        let mut group: Vec<&DayToken> = tokens.get(i).into_iter().collect();
        let mut days: Vec<&'static str> = group.iter().flat_map(|t| t.days.clone()).collect();
        while let (Some(last), Some(next)) = (group.last().copied(), tokens.get(i + group.len())) {
            if !joined(text, last.end, next.start) {
                break;
            }
            let gap = text.get(last.end..next.start).unwrap_or_default();
            if RANGE.is(gap) && last.days.len() == 1 && next.days.len() == 1 {
                let a = last
                    .days
                    .first()
                    .and_then(|d| WEEK.iter().position(|w| w == d));
                let b = next
                    .days
                    .first()
                    .and_then(|d| WEEK.iter().position(|w| w == d));
                if let (Some(a), Some(b)) = (a, b)
                    && a < b
                {
                    days = if (a, b) == (0, 4) {
                        vec!["weekdays"]
                    } else {
                        WEEK.get(a..=b).unwrap_or_default().to_vec()
                    };
                    group.push(next);
                    continue;
                }
            }
            if gap.trim() == "→" {
                days.clear();
            }
            days.extend(next.days.iter());
            group.push(next);
        }
        let (Some(first), Some(last)) = (group.first(), group.last()) else {
            break;
        };
        i += group.len();
        let rest = cx.rest(last.end);
        let half = HALF.first(rest);
        let before = cx.head(first.start);
        let (suffix, more) = match &half {
            Some(h) if h.name("am2").is_some() => (":am", h.name("am2").map_or(0, |m| m.end())),
            Some(h) if h.name("pm2").is_some() => (":pm", h.name("pm2").map_or(0, |m| m.end())),
            None if before.ends_with("午前は") || before.ends_with("午前:") => (":am", 0),
            None if before.ends_with("午後は") || before.ends_with("午後:") => (":pm", 0),
            Some(h) if h.name("am").is_some() => (":am", h.get(0).map_or(0, |m| m.end())),
            Some(h) => (":pm", h.get(0).map_or(0, |m| m.end())),
            None => ("", 0),
        };
        if let Some(c) = SO_MANY.first(rest)
            && let Some(n) = fraction(&c, "n")
        {
            items.push(Item::new(
                Field::DaysPerWeek,
                Value::days(Some(n), Some(n)),
                first.start,
                last.end + c.get(0).map_or(0, |m| m.end()),
                "days::counted",
            ));
        }
        if skip(cx, first.start, last.end) || not_of_work(cx, first.start, last.end) {
            continue;
        }
        // 「火木のどちらか、終日だと会議があるので午前のみ」: the half said later in the sentence, with no other day between.
        let (suffix, more) = if suffix.is_empty() {
            later_half(cx, last.end, tokens.get(i).map(|t| t.start)).unwrap_or((suffix, more))
        } else {
            (suffix, more)
        };
        let off = DAYS_OFF.is(before)
            || cx
                .doc
                .label_before(first.start)
                .is_some_and(|l| l.starts_with('休') || l.ends_with("休み"));
        for d in days {
            let mut item = Item::new(
                Field::Day,
                Value::text(format!("{d}{suffix}")),
                first.start,
                last.end + more,
                "days::named",
            );
            if off {
                item.strength = Some(crate::domain::wish::Strength::Avoid);
            }
            items.push(item);
        }
    }
}

pattern!(
    LATER_HALF,
    r"^[^。\n]{0,24}?(?:のどちらか|のいずれか)[^。\n]{0,20}?(?:(?P<am>午前)|(?P<pm>午後))(?:のみ|だけ)"
);

fn later_half(cx: &Cx, end: usize, next: Option<usize>) -> Option<(&'static str, usize)> {
    let c = LATER_HALF.first(cx.rest(end))?;
    let until = c.name("am").or(c.name("pm"))?.end();
    if next.is_some_and(|n| n < end + until) {
        return None;
    }
    Some(if c.name("am").is_some() {
        (":am", until)
    } else {
        (":pm", until)
    })
}

pattern!(
    OTHER_USE,
    r"^の(?:当直|日直|宿直|オンコール|呼び出し|待機|夜(?:$|[^診間勤]))|^に(?:1|一)日は?(?:休|空)|^のどちらか(?:1|一)?日?[^。、]{0,14}(?:空け|休)|^は(?:大学|勤務先|本務|外勤|他院|医局|本業)(?:$|[、。\n]|で|に)"
);
pattern!(
    OTHER_USE_BEFORE,
    r"(?:研究日|会議|講義|当番|学会)\((?:第[\d・、]+)?$"
);

/// 「土曜の夜であれば当直可」, 「平日に1日は休みたい」, 「月水金は大学」: the day is no day of the work sought.
fn not_of_work(cx: &Cx, start: usize, end: usize) -> bool {
    OTHER_USE.is(cx.rest(end))
        || OTHER_USE_BEFORE.is(cx.head(start))
        || cx
            .doc
            .label_before(start)
            .is_some_and(|l| l.contains("連絡"))
}

pattern!(SO_MANY, r"^(?:まで)?の(?P<n>[2-6])日(?:間)?(?:$|[^前後目])");
pattern!(DAYS_OFF, r"(?:休み|休日|お休み|休診日)(?:は|を|が|:)\s?$");

fn skip(cx: &Cx, start: usize, end: usize) -> bool {
    let clause = cx.clause(start);
    let rest = cx.rest(end);
    let head = cx.head(start);
    if head.ends_with(')') && head.contains("日(")
        || head.ends_with("日(") && rest.starts_with([')', '・']) && !rest.starts_with("・日")
        || head.ends_with('(')
            && rest.starts_with(')')
            && head.contains(|c: char| c.is_ascii_digit())
    {
        return true;
    }
    if rest.starts_with("に一")
        || head.ends_with("来週の")
        || head.ends_with("今週の")
        || head.ends_with("来週")
        || head.ends_with("今週")
    {
        return true;
    }
    clause.contains("帰り")
        || ["面接", "面談", "電話", "連絡"]
            .iter()
            .any(|w| clause.trim_start().starts_with(w))
        || NOT_WORK.is(clause)
            && !clause.contains("不可")
            && !clause.contains("勤務")
            && !clause.contains("終日")
}

pattern!(
    WEEKLY,
    r"(?x) (?P<two>2週(?:間)?(?:に|で|のうち)\s?) (?P<t>\d)\s?(?:日|回)
      | (?P<x>\d(?:\.\d)?)\s?(?:日|回)\s?/\s?週
      | (?:週|1週間|1週|シュウ\s?)(?:に|の|で|は|当たり|あたり)?\s?(?P<a>\d(?:\.\d)?)\s?(?P<u1>日|回|コマ|ぺん|へん|べん|カ)?(?P<h1>半)?(?P<l1>以上|以内|以下|まで|より多く)?\s?(?:(?:~|か|でも|ないし|乃至|、|-|から|または|もしくは|それか|・)\s?(?:週)?(?:に)?\s?(?P<b>\d(?:\.\d)?)\s?(?P<u2>日|回|コマ|ぺん|へん|べん|ニチ)?)?\s?(?:間)?(?:程度|ほど|くらい|ぐらい|位|前後)?\s?(?P<l2>以上|以内|以下|まで|~)?
      | (?P<la>\d(?:\.\d)?)日(?:以上)?(?:\s?(?:~|か|ないし|-)\s?|以上\s?)(?P<lb>\d(?:\.\d)?)日(?P<ll>以下|以内)?
      | (?P<ea>one|two|three|four|five|six|\d(?:\.\d)?)(?:\s?(?:-|to|or)\s?(?P<eb>two|three|four|five|six|\d(?:\.\d)?))?\s(?:days?|evenings?|mornings?|afternoons?|sessions?|half-days?)\s?(?:a|per|/|each)\s?week"
);
pattern!(
    AFTER_WEEK,
    r"^\s?(?:時間|h\b|間|分|年|月|万|人|例|床|つ|本|枠|部|割|代|\d|時)"
);
pattern!(
    DUTY_TOPIC,
    r"(?:当直|宿直|日直|オンコール|呼び出し|待機|呼出|泊まり)[^。、]{0,8}$|(?:内視鏡|胃カメラ|手術|カテ|オペ|研究日|外来|夜診|会議|講義|カンファ)(?:は|を|が|日)?\s?$|研究日[^。、]{0,3}$|(?:[のる]|からの勤務)日(?:が|を)\s?$"
);

pattern!(
    LATER,
    r"慣れ(?:たら|れば|てきたら|ましたら|てくれば|た後は|てから)(?:は|、)?$"
);

pattern!(
    OVER,
    r"^(?:を|より)(?:超え|越え|多く)[^。\n]{0,16}(?:ません|ない|無理|困|不可|きつ)"
);

fn per_week(cx: &Cx, items: &mut Vec<Item>) {
    let text = cx.text();
    let mut last: Option<(usize, usize)> = None;
    for c in WEEKLY.all(text) {
        let Some(all) = c.get(0) else { continue };
        // 「週4日、9時〜17時」: the figure behind the comma counts hours.
        let bogus = c.name("b").is_some_and(|b| {
            let next = text.get(b.end()..).unwrap_or_default();
            next.starts_with(['時', ':'])
                || next.starts_with("勤務")
                || next.starts_with("人")
                || b.as_str().parse::<f64>().is_ok_and(|v| v > 7.0)
        });
        let end = match (bogus, c.name("u1").or(c.name("a"))) {
            (true, Some(u)) => u.end(),
            _ => all.end(),
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
        } else if let Some(x) = fraction(&c, "x") {
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
            if listed || bogus {
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
            || rest.starts_with("は研究")
            || rest.starts_with("は残")
            || rest.starts_with("は今の")
            || rest.starts_with("の午後に")
        {
            continue;
        }
        // 「週4日を超えるのは腰が許しません」: a limit.
        let range = if OVER.is(rest) {
            (None, range.1)
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
    }
}

fn weekly_range(c: &regex::Captures) -> (Option<f64>, Option<f64>) {
    let half = if c.name("h1").is_some() { 0.5 } else { 0.0 };
    let a = fraction(c, "a").map(|v| v + half);
    let b = fraction(c, "b");
    let limit = |g: &str| c.name(g).map(|m| m.as_str());
    match (b, limit("l1"), limit("l2")) {
        (Some(b), _, _) => (a, Some(b)),
        (None, l1, l2) => match l1.or(l2) {
            Some("以上" | "~") => (a, None),
            Some("以内" | "以下" | "まで") => (None, a),
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

pattern!(
    MONTHLY,
    r"(?:月(?:に|の|間)?|1か月のうち)\s?(?P<a>\d{1,2})(?P<u1>日|回|度|コマ)?\s?(?:(?:~|か|ないし|乃至|、|-)\s?(?P<b>\d{1,2})(?P<u2>日|回|度)?)?\s?(?:程度|ほど|くらい|ぐらい|位)?(?P<l>以内|以下|まで|以上)?"
);
pattern!(
    OTHER_MONTHLY,
    r"(?:当直|宿直|日直|オンコール|呼び出し|呼出|待機|泊まり|日当直|oc|コール|研究日|学会|残業|夜勤|夜診|土曜|日曜|土曜日|第)[^。]{0,14}$"
);

pattern!(
    OF_WORK,
    r"^の(?:産業医|外来|勤務|出勤|非常勤|健診|訪問|仕事|パート)"
);
pattern!(
    FOR_OTHERS,
    r"^[、の][^。、]{0,8}(?:研究日|学会|理事会|会議|講義|委員会|研究会|勉強会|外勤)"
);

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
            || rest.starts_with("の当直")
            || rest.starts_with("の日直")
            || rest.starts_with("の夜")
            || rest.starts_with("の東京")
            || FOR_OTHERS.is(rest)
            || rest.starts_with("しか")
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
    let work = |f: Field| matches!(f, Field::NightDuty | Field::OnCall | Field::DayDuty);
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
    if start >= s.start || !work(field) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation)]
    times.map(|t| (field, Value::Number(t as i64)))
}
