//! On which days, from when: what openings say of the calendar in words of their own.

use super::{Found, own};
use crate::domain::wish::{Field, Value};
use crate::understand::dates;
use crate::understand::pattern::{number, pattern};
use crate::understand::rules::{Cx, Item};
use chrono::Duration;

const DAYS: &[(&str, &str)] = &[
    ("月", "mon"),
    ("火", "tue"),
    ("水", "wed"),
    ("木", "thu"),
    ("金", "fri"),
    ("土", "sat"),
    ("日", "sun"),
];

fn code(kanji: &str) -> Option<&'static str> {
    DAYS.iter().find(|d| d.0 == kanji).map(|d| d.1)
}

// A day on which somebody else works, or nobody does.
pattern!(
    NOT_WORKED,
    r"お休み|休日|[日祝]休|休\)|休み(?:は|\)|です|$|。|、|\s|\|)|休診|定休|電話|受付|昼休み|振替|代休|の先生が|(?:息子|娘|大学|他の医師|院長|非常勤医)[^。\n]{0,12}(?:来て|担当|出て|診て|対応)|来てくれ|見つか|決まりまし|埋まって|もともと|当初|これまでは|従来|訪問(?:診療)?に(?:回|出)|往診に(?:回|出)|曜(?:日)?(?:は)?ng|closed"
);

/// Whether a day stands where the post does not work on it.
pub(super) fn worked(cx: &Cx, at: usize) -> bool {
    let clause = cx.clause(at);
    let tail: String = cx
        .rest(at)
        .chars()
        .take_while(|c| !"。\n".contains(*c))
        .take(24)
        .collect();
    !NOT_WORKED.is(clause)
        && !tail.starts_with(" hours")
        && !(tail.contains("来てくれ") || tail.contains("の先生が来"))
}

/// 「火曜の先生が決まりましたので」: the day is no longer offered, wherever else it stands.
pub(super) fn filled(cx: &Cx, at: usize) -> bool {
    pattern!(
        FILLED,
        r"(?:先生|医師|方)が[^。、\n]{0,8}(?:決ま|見つか)|埋まりまし"
    );
    FILLED.is(cx.clause(at))
}

/// Days with a part of the day that is said behind them: 「土曜は隔週で午前のみ」, 「月曜と木曜、どちらも午後診」, 「土 9:00〜12:00」.
pub(super) fn parts(cx: &Cx, days: &mut Vec<Item>, hours: &mut Vec<Item>) {
    pattern!(
        PART_ONLY,
        r"^(?:曜日?)?(?:は|も)?[^。、\n月火水木金土日]{0,8}?(?P<p>午前|午後)(?:のみ|だけ|診|中のみ|中だけ)|^(?:曜日?)?\s?\((?:[^)\n]{0,4})?(?P<q>午前|午後)(?:のみ|診)?\)|^s?\s?\((?P<en>mornings?|afternoons?) only"
    );
    pattern!(
        BOTH,
        r"(?:どちらも|いずれも|両日とも|とも|すべて|全て)(?:に)?(?P<p>午前|午後)"
    );
    for d in days.iter_mut().filter(|d| d.field == Field::Day) {
        let Some(day) = d
            .value
            .as_text()
            .filter(|v| !v.contains(':') && *v != "weekdays")
        else {
            continue;
        };
        let behind = PART_ONLY.first(cx.rest(d.end)).and_then(|c| {
            c.name("p")
                .or(c.name("q"))
                .or(c.name("en"))
                .map(|m| part(m.as_str()))
        });
        let both = || {
            let s = cx.doc.sentence_at(d.start)?;
            let next = cx.doc.sentence_after(d.start).map_or(s.end, |n| n.end);
            BOTH.first(cx.doc.text(d.end.min(next), next))
                .and_then(|c| c.name("p").map(|m| part(m.as_str())))
        };
        if let Some(p) = behind.or_else(both) {
            d.value = Value::text(format!("{day}:{p}"));
        }
    }
    own_hours(cx, days, hours);
    // A half day that is said somewhere is the whole truth of that day.
    let halves: Vec<String> = days
        .iter()
        .filter_map(|d| {
            d.value
                .as_text()?
                .split_once(':')
                .map(|(day, _)| day.to_owned())
        })
        .collect();
    days.retain(|d| {
        d.value
            .as_text()
            .is_none_or(|v| !halves.iter().any(|h| h == v))
    });
}

fn part(word: &str) -> &'static str {
    if word.starts_with("午前") || word.starts_with("morning") {
        "am"
    } else {
        "pm"
    }
}

/// 「月・火 9:00〜18:00、土 9:00〜12:00」: a day with shorter hours of its own is a half day; the hours are the others'.
fn own_hours(cx: &Cx, days: &mut Vec<Item>, hours: &mut Vec<Item>) {
    pattern!(
        DAY_HOURS,
        r"(?:^|[、,/\s(・])(?P<d>[月火水木金土日])(?:曜日?)?(?:は|:)?\s?(?P<h>\d{1,2})[:時](?:\d{2}|半)?分?\s?[~-]\s?(?P<e>\d{1,2})[:時](?:\d{2}|半)?"
    );
    for c in DAY_HOURS.all(cx.text()) {
        let (Some(all), Some(d), Some(h), Some(e)) =
            (c.get(0), c.name("d"), c.name("h"), number(&c, "e"))
        else {
            continue;
        };
        let Some(day) = code(d.as_str()).filter(|_| own(cx, d.start()) && worked(cx, d.start()))
        else {
            continue;
        };
        let line = cx
            .doc
            .line_at(d.start())
            .map_or((0, 0), |l| (l.start, l.end));
        let others = hours
            .iter()
            .any(|i| i.field == Field::Hours && i.end <= h.start() && i.start >= line.0);
        let value = if e <= 13 && others {
            hours.retain(|i| i.field != Field::Hours || i.end <= d.start() || i.start >= all.end());
            format!("{day}:am")
        } else {
            day.to_owned()
        };
        days.retain(|i| !(i.start >= d.start() && i.end <= all.end()));
        if !days.iter().any(|i| i.value == Value::text(day)) {
            days.push(Item::new(
                Field::Day,
                Value::text(value),
                d.start(),
                all.end(),
                "opening::day_hours",
            ));
        }
    }
}

/// 「9/8(火) 千葉県館山市 7:30〜12:00」: single days by date; the first of them is the start.
pub(super) fn dated_days(cx: &Cx, found: &mut Vec<Found>) {
    pattern!(
        DATED,
        r"^\s*[・●■◆]?\s*(?:\d{4}[/年.])?\d{1,2}[/月.]\d{1,2}日?\s?\((?P<d>[月火水木金土日])(?:曜日?|・祝|祝)?\)"
    );
    pattern!(
        MORNINGS,
        r"(?:どちらも|いずれも|すべて|全て)[^。\n]{0,4}午前"
    );
    let mornings = MORNINGS.is(cx.text());
    let mut first = true;
    for line in &cx.doc.lines {
        let Some(c) = DATED.first(cx.doc.text(line.start, line.end)) else {
            continue;
        };
        let (Some(all), Some(d)) = (c.get(0), c.name("d")) else {
            continue;
        };
        let Some(day) = code(d.as_str()).filter(|_| own(cx, line.start)) else {
            continue;
        };
        let (s, e) = (line.start + all.start(), line.start + all.end());
        found.retain(|f| !(f.field == Field::Day && f.start >= line.start && f.end <= line.end));
        found.push(Found {
            field: Field::Day,
            value: Value::text(if mornings {
                format!("{day}:am")
            } else {
                day.to_owned()
            }),
            start: s,
            end: e,
            rule: "opening::dated_day",
        });
        if first && let Some(date) = cx.dates.iter().find(|h| s <= h.start && h.start < e) {
            first = false;
            found.push(Found {
                field: Field::Start,
                value: Value::text(date.value.clone()),
                start: s,
                end: e,
                rule: "opening::dated_start",
            });
        }
    }
}

/// 「今週の金曜日から」: the day itself.
pub(super) fn weekday_start(cx: &Cx, found: &mut Vec<Found>) {
    pattern!(
        WEEK,
        r"(?P<w>今週|来週|再来週)の?(?P<d>[月火水木金土日])曜日?(?:から|より|に|でも)"
    );
    for c in WEEK.all(cx.text()) {
        let (Some(all), Some(w), Some(d)) = (c.get(0), c.name("w"), c.name("d")) else {
            continue;
        };
        let Some(index) = DAYS
            .iter()
            .position(|x| x.0 == d.as_str())
            .filter(|_| own(cx, all.start()))
        else {
            continue;
        };
        let weeks = match w.as_str() {
            "来週" => 7,
            "再来週" => 14,
            _ => 0,
        };
        let date =
            dates::this_week(cx.today, u32::try_from(index).unwrap_or(0)) + Duration::days(weeks);
        found.retain(|f| !(f.field == Field::Day && f.start >= all.start() && f.end <= all.end()));
        found.push(Found {
            field: Field::Start,
            value: Value::text(date.format("%Y-%m-%d").to_string()),
            start: all.start(),
            end: all.end(),
            rule: "opening::weekday_start",
        });
    }
}

// Said of a start that no longer holds: 「10月からと書きましたが」.
pattern!(
    OLD_START,
    r"^(?:から|より|付)?(?:と(?:書|お伝え|申し|お願い|して)|の(?:予定|つもり)で(?:した|しが)|でし?たが|の予定が|[^。、\n]{0,10}(?:(?:して|いただいて|頂いて)(?:い|お)り?ました|しており(?:まし|ました)))"
);
pattern!(
    SENDS,
    r"資料|お送り|ご連絡|返信|お返事|折り返|手配|ご説明|お電話"
);

pattern!(
    HANDED_OVER,
    r"引き?継ぎ?(?:の|で|を|、)|打ち?合わ?せ(?:の|で|を|、)|前任|退任|退職|退か|辞め"
);

/// Whether a date is of what goes before: a handing over, a visit, the last one's leaving.
pub(super) fn handed_over(cx: &Cx, at: usize) -> bool {
    HANDED_OVER.is(cx.clause(at))
}

/// Whether a date or 「すぐに」 really is a start.
pub(super) fn starts(cx: &Cx, i: &Item) -> bool {
    let rest = cx.rest(i.end);
    let near: String = rest
        .chars()
        .take_while(|c| !"。\n".contains(*c))
        .take(16)
        .collect();
    let asap = i.value == Value::text("asap");
    let sentence = cx.doc.sentence_at(i.start);
    let dated = cx.dates.iter().any(|d| {
        d.value != "asap" && sentence.is_some_and(|s| s.start <= d.start && d.end <= i.start)
    });
    let earlier = cx.clause(i.start).contains("早い") || cx.clause(i.start).contains("早く");
    !handed_over(cx, i.start)
        && !OLD_START.is(rest)
        && !(asap && SENDS.is(&near))
        && !(asap && dated && earlier)
}

/// 「夕方は5時15分に全員が帰ります」: when the day ends.
pub(super) fn day_ends(cx: &Cx, found: &mut Vec<Found>) {
    pattern!(
        LEAVE_AT,
        r"(?P<p>夕方|午後)?(?:は|の)?\s?(?P<h>\d{1,2})時(?:(?P<m>\d{1,2})分|(?P<half>半))?に(?:は)?[^。、\n]{0,10}(?:帰り|帰れ|退勤|終業|上が|閉め)"
    );
    for c in LEAVE_AT.all(cx.text()) {
        let (Some(all), Some(h)) = (c.get(0), number(&c, "h")) else {
            continue;
        };
        let hour = if h < 8 { h + 12 } else { h };
        let minute = if c.name("half").is_some() {
            30
        } else {
            number(&c, "m").unwrap_or(0)
        };
        if !own(cx, all.start()) || !(12..=23).contains(&hour) || minute > 59 {
            continue;
        }
        found.push(Found {
            field: Field::Hours,
            value: Value::Hours(crate::domain::wish::Hours {
                start: None,
                end: Some(format!("{hour:02}:{minute:02}")),
            }),
            start: all.start(),
            end: all.end(),
            rule: "opening::day_ends",
        });
    }
}

/// 「1日だけでも助かります」 of a week's days.
pub(super) fn one_day_will_do(cx: &Cx, found: &mut Vec<Found>) {
    pattern!(
        ONE,
        r"(?:週に?)?(?P<n>[1-4])日(?:だけ)?(?:でも|だけでも)(?:助か|結構|構|ありがた|可|お願い|大歓迎)"
    );
    for c in ONE.all(cx.text()) {
        if let (Some(all), Some(n)) = (c.get(0), number(&c, "n"))
            && own(cx, all.start())
            && !found.iter().any(|f| {
                f.field == Field::DaysPerWeek && f.start >= all.start() && f.start < all.end()
            })
        {
            #[allow(clippy::cast_precision_loss)]
            let least = n as f64;
            found.push(Found {
                field: Field::DaysPerWeek,
                value: Value::days(Some(least), None),
                start: all.start(),
                end: all.end(),
                rule: "opening::one_day",
            });
        }
    }
}

/// 「午後は3時から6時半」: hours of the clock's second round.
pub(super) fn afternoon(cx: &Cx, i: &mut Item) {
    pattern!(
        BEFORE,
        r"(?:午後|夕方|夜間?|夕診|夜診)(?:の?診療)?(?:は|の部は|:|が|、|\s)?\s?$"
    );
    let Value::Hours(hours) = &mut i.value else {
        return;
    };
    if i.field != Field::Hours || !BEFORE.is(cx.head(i.start)) {
        return;
    }
    for time in [&mut hours.start, &mut hours.end].into_iter().flatten() {
        if let Some((h, m)) = time.split_once(':')
            && let Ok(h @ 1..=9) = h.parse::<u32>()
        {
            *time = format!("{:02}:{m}", h + 12);
        }
    }
}

/// 「任期5年」, 「9月から来年の3月まで」: how long the post lasts.
pub(super) fn how_long(cx: &Cx, items: &mut Vec<Item>) {
    pattern!(
        TERM,
        r"(?:任期|雇用期間|契約期間)(?:は|:|、)?\s?(?P<n>\d{1,2})\s?(?P<u>年|か月)"
    );
    pattern!(
        SPAN,
        r"(?P<a>\d{1,2})月(?:\d{1,2}日)?(?:から|より|~|-)、?\s?(?:翌年?|来年|同年|\d{4}年|令和\d{1,2}年)?の?\s?(?P<b>\d{1,2})月(?:末日?|いっぱい|\d{1,2}日)?(?:まで|の(?:間|期間)|、|。|$|\s)"
    );
    let mut push = |months: i64, start: usize, end: usize| {
        if own(cx, start) && !items.iter().any(|i| i.field == Field::Duration) {
            items.push(Item::new(
                Field::Duration,
                Value::Number(months),
                start,
                end,
                "opening::how_long",
            ));
        }
    };
    for c in TERM.all(cx.text()) {
        if let (Some(all), Some(n), Some(u)) = (c.get(0), number(&c, "n"), c.name("u")) {
            let months = if u.as_str() == "年" { n * 12 } else { n };
            push(months, all.start(), all.end());
        }
    }
    for c in SPAN.all(cx.text()) {
        if let (Some(all), Some(a), Some(b)) = (c.get(0), number(&c, "a"), number(&c, "b"))
            && (1..=12).contains(&a)
            && (1..=12).contains(&b)
            && a != b
        {
            push((b - a + 12) % 12 + 1, all.start(), all.end());
        }
    }
}
