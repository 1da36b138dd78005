//! Days of the week.

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
    r"(?x)(?P<w>平日|土日祝日?|土・日・祝|土日|日祝|週末|祝日|祭日|休みの日|休日(?:出勤|勤務|診療)|weekdays?|saturdays?|sundays?|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|weekends?|holidays?|mon|tues?|wed|thur?s?|fri|sat|sun)
    | (?P<pair>[月火水木金土日]曜[月火水木金土日]曜)日?
    | (?P<d>[月火水木金土日])曜日?
    | (?P<run>[月火水木金土日]{2,7})
    | (?P<one>[月火水木金土日祝])"
);

pattern!(
    OF_A_DAY,
    r"^(?:のほか|以外|は不可|だけ(?:は)?(?:休|不可))|^(?:は|なら|も|だけは)(?:午前|午後|半日|終日|休み|不可|ng|だめ|駄目|ダメ|無理|×|○|可|ok|空)"
);

pattern!(LISTED, r"^・[火水木金土日](?:・|。|、|曜|$|\n|の)");
// 「金は鳥栖なので×」.
pattern!(
    OF_A_DAY_BECAUSE,
    r"^は[^。、\n]{1,12}(?:なので|ので|だから|のため|があり|があって)、?(?:×|不可|無理|だめ|駄目|ダメ|ng|休み)"
);

/// Every day that a text names.
pub fn tokens(text: &str) -> Vec<DayToken> {
    let mut raw: Vec<DayToken> = Vec::new();
    for c in WORDS.all(text) {
        let Some(all) = c.get(0) else { continue };
        let before = text.get(..all.start()).and_then(|t| t.chars().next_back());
        let rest = text.get(all.end()..).unwrap_or_default();
        let after = rest.chars().next();
        let (days, sure): (Vec<&'static str>, bool) = if let Some(w) = c.name("w") {
            if w.as_str().is_ascii()
                && (before.is_some_and(|c| c.is_ascii_alphanumeric())
                    || after.is_some_and(|c| c.is_ascii_alphanumeric()))
            {
                continue;
            }
            // 「sat」 and 「sun」 are words too.
            let head = text.get(..all.start()).unwrap_or_default().trim_end();
            let sure = !matches!(w.as_str(), "sat" | "sun" | "wed")
                || head.ends_with(['☑', '✓', '✔', '■', ']']);
            (word_days(w.as_str()), sure)
        } else if let Some(pair) = c.name("pair") {
            (pair.as_str().chars().filter_map(day).collect(), true)
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
                        || ('①'..='⑳').contains(&c)
                })
            };
            // 「火曜か木曜、月に6日」 counts by the month.
            let counts = d.as_str() == "月"
                && rest
                    .trim_start_matches('に')
                    .starts_with(|c: char| c.is_ascii_digit());
            if counts {
                continue;
            }
            // 「月B 火B 水D」
            let graded = after.is_some_and(|c| ('a'..='e').contains(&c))
                && text
                    .get(all.end() + 1..)
                    .is_some_and(|t| t.is_empty() || t.starts_with([' ', '\n']));
            // 「母がデイサービスに行く月・水・金」.
            let heads_a_list = LISTED.is(rest);
            if !separated(before) && !heads_a_list && before != Some('週')
                || !separated(after)
                    && !graded
                    && !rest.starts_with("まで")
                    && !matches!(after, Some('な' | '午' | '祝' | '以'))
                    && !rest.starts_with("または")
            {
                continue;
            }
            let marked = graded
                || rest.starts_with("以外")
                || text
                    .get(..all.start())
                    .is_some_and(|t| t.trim_end_matches(' ').ends_with(['☑', '✓', '✔', '■']))
                || OF_A_DAY.is(rest)
                || OF_A_DAY_BECAUSE.is(rest)
                || matches!(after, Some('○' | '◎' | '△' | '×'))
                || after == Some('=')
                    && text
                        .get(all.end() + 1..)
                        .is_some_and(|t| t.starts_with(['○', '◎', '△', '×']))
                || after == Some(' ') && rest.trim_start().starts_with(['○', '◎', '△', '×']);
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
                | "to"
                | "through"
                | ", and"
                | "or"
                | ","
        )
        && (!gap.trim().is_empty() || gap.is_empty() || of_a_field(text, end))
}

/// 「希望の曜日: 火 水 金」: blanks join days where the line's field is one of days.
fn of_a_field(text: &str, end: usize) -> bool {
    let line = text.get(..end).unwrap_or_default();
    let line = line.rsplit('\n').next().unwrap_or_default();
    line.split_once([':', '=', ']', '】'])
        .is_some_and(|(label, _)| label.contains("曜") || label.ends_with("勤務日"))
}

/// The written name of a day of the week, or of holidays, by its character.
pub(in crate::understand) fn day(c: char) -> Option<&'static str> {
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

/// Reads the days of the week that are named.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    named(cx, items);
    narrowed(cx, items);
}

pattern!(
    EVENING,
    r"^(?:の)?(?:夜(?:間|診)?|夕方|夕診|晩)(?:の|は|も|に|、|だけ|のみ|以降|$)"
);
pattern!(
    HALF,
    r"^[はも](?:、)?(?:隔週で|月に\d回ほど|月に\d回|たまに|ときどき)?、?(?:(?P<am2>午前)|(?P<pm2>午後))(?:中)?(?:のみ|だけ|なら|に限|$|。|、|です|でも|可|も)|^\s{0,8}(?:の)?(?:(?P<am>午前(?:中|診)?|am\b|朝|mornings?|\(午前)|(?P<pm>午後(?:診)?|pm\b|afternoons?))"
);
pattern!(
    NOT_WORK,
    r"手術日は|オペ日は|回診日は|つなが|繋が|電話|連絡|携帯|面談|面接|お話|打ち?合わ|に伺えます(?:。|$)|zoom|説明会|営業|受付時間|返信|在宅して"
);
pattern!(RANGE, r"^(?:~|から|-|\s?(?:to|through)\s?)$");

const WEEK: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

fn named(cx: &Cx, items: &mut Vec<Item>) {
    let text = cx.text();
    let tokens = &cx.days;
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
        // 「火・木・土曜午前」: the half is that of Saturday.
        let of_saturday = !suffix.is_empty()
            && last.days == ["sat"]
            && group.len() > 1
            && rest.trim_start().starts_with('午');
        for d in days {
            let suffix = if of_saturday && d != "sat" {
                ""
            } else {
                suffix
            };
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
            // 「平日夜の診療はできません」 refuses the evenings alone.
            let evenings =
                EVENING.is(rest) && cx.verdict(&item).is_some_and(|v| v.strength.is_refusal());
            if !evenings {
                items.push(item);
            }
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

pattern!(OF_A_WEEK, r"週(?:に)?\s?\d(?:\.\d)?(?:日|回)\($");

fn skip(cx: &Cx, start: usize, end: usize) -> bool {
    let clause = cx.clause(start);
    let rest = cx.rest(end);
    let head = cx.head(start);
    // 「週2日(火・金)」 lists the days, 「3日(火)」 is a date.
    let listed = cx.doc.text(start, end).contains(['・', '、', 'と']) || OF_A_WEEK.is(head);
    if !listed
        && (head.ends_with(')') && head.contains("日(")
            || head.ends_with("日(") && rest.starts_with([')', '・']) && !rest.starts_with("・日")
            || head.ends_with('(')
                && rest.starts_with(')')
                && head.contains(|c: char| c.is_ascii_digit()))
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
