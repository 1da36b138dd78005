//! Clock times, hours a day, hours a week.

use super::{Cx, Item};
use crate::domain::wish::{Field, Hours, Value};
use crate::understand::pattern::{number, pattern};

pattern!(
    RANGE,
    r"(?x)(?P<pre>朝|午前|午後|昼|夕方|夜)?\s?(?P<h1>\d{1,2})(?::(?P<m1>\d{2})|時(?P<half1>半)?(?:(?P<mm1>\d{1,2})分)?|\s?(?P<ap1>am|pm))?\s?(?:~|-|から|to|と)\s?(?P<next>翌)?(?P<mid>朝|午前|午後|昼|夕方|夜)?の?\s?(?P<h2>\d{1,2})(?::(?P<m2>\d{2})|時(?P<half2>半)?(?:(?P<mm2>\d{1,2})分)?|\s?(?P<ap2>am|pm))"
);
pattern!(
    SINGLE,
    r"(?x)(?P<pre>朝|午前|午後|昼|夕方|夜)?の?\s?(?P<h>\d{1,2})(?::(?P<m>\d{2})|時(?P<half>半)?(?:(?P<mm>\d{1,2})分)?)"
);
pattern!(NINE_FIVE, r"9時5時");
pattern!(
    NOT_WORK,
    r"電話|連絡|tel|面談|受付|zoom|お話|送信|会議|メモ|着信|来局|直通|昼休み|\d日\(|訪問|お電話|返信|lunch"
);
pattern!(START, r"^(?:以降|から|スタート|開始|始業)(?:の)?");
pattern!(
    END,
    r"^(?:まで|には|までに|きっかり|前には|前に|に(?:は)?(?:退|上が|帰|失礼|終)|で(?:上が|終|退|帰)|退|終了|終業|上が)|^(?:には)?病院を出|^以降は?(?:は)?(?:働け|不可|無理|入|難|できない|ng|だめ|勤務でき|\)に?は?入|\))"
);
pattern!(END_AFTER, r"^以降(?:は|\)には|の勤務は)");
pattern!(
    EN_END,
    r"(?:leave|finish|done|home|until|by)\s(?:by\s|at\s|before\s)?$"
);
pattern!(
    EN_START,
    r"(?:start(?:ing)?|from|after|not before)\s(?:at\s|from\s|after\s)?$"
);

/// Reads them.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    let mut taken: Vec<(usize, usize)> = Vec::new();
    clock_ranges(cx, items, &mut taken);
    single_times(cx, items, &taken);
    merge_halves(cx, items);
    per_day(cx, items);
    per_week(cx, items);
}

fn work(cx: &Cx, at: usize) -> bool {
    !NOT_WORK.is(cx.clause(at)) || cx.clause(at).contains("勤務")
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
            || head.ends_with(|c: char| c.is_ascii_digit() || c == '/' || c == ':' || c == '月')
            || all.as_str().contains("時間")
        {
            continue;
        }
        taken.push((all.start(), all.end()));
        if !work(cx, all.start()) || rest.starts_with(['頃', 'に']) && rest.contains("電話") {
            continue;
        }
        let afternoon = |pre: Option<&str>, h: i64| {
            if h <= 11 && matches!(pre, Some("午後" | "昼" | "夕方" | "夜" | "pm")) {
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
        let s = clock(afternoon(group("pre").or(group("ap1")), h1), m1);
        let mut end_h = afternoon(group("mid").or(group("ap2")), h2);
        if end_h < h1 && end_h <= 8 && group("next").is_none() && group("mid").is_none() && h1 < 12
        {
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
        let Some(mut h) = number(&c, "h") else {
            continue;
        };
        let pre = c.name("pre").map(|p| p.as_str());
        let ends = END.is(rest) || END_AFTER.is(rest) || EN_END.is(head);
        let starts = START.is(rest) && !END_AFTER.is(rest) && !END.is(rest) || EN_START.is(head);
        if h <= 8
            && (matches!(pre, Some("午後" | "夕方" | "夜" | "昼"))
                || ends && pre.is_none() && h <= 7)
        {
            h += 12;
        }
        let m = number(&c, "m")
            .or(number(&c, "mm"))
            .unwrap_or(if c.name("half").is_some() { 30 } else { 0 });
        let Some(time) = clock(h, m) else { continue };
        if ends && !(rest.starts_with("以降") && !END_AFTER.is(rest) && !END.is(rest)) {
            push(items, None, Some(time), all.start(), all.end());
            if let Some(last) = items.last_mut()
                && (END_AFTER.is(rest) || rest.starts_with("以降"))
            {
                last.strength = Some(crate::domain::wish::Strength::Must);
            }
        } else if starts && cx.clause(all.start()).chars().count() < 40 {
            push(items, Some(time), None, all.start(), all.end());
        }
    }
}

/// A start and an end said apart make one item.
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
    if vx.is_none() || vx != vy {
        return;
    }
    let merged = Hours {
        start: hx.start.clone().or(hy.start.clone()),
        end: hx.end.clone().or(hy.end.clone()),
    };
    if let Some(first) = items.get_mut(*a) {
        first.value = Value::Hours(merged);
    }
    items.remove(*b);
}

pattern!(
    DAILY,
    r"(?:1日|日に|1回|実働|1日あたり)(?:の)?(?:勤務時間|実働)?(?:は|:|に|、)?\s?(?:\d{1,2}\s?(?:~|-|、)\s?)?(?P<h>\d{1,2})\s?(?:時間|h)|(?:午前中の|午後の)(?P<h2>\d{1,2})時間|(?P<h3>\d{1,2})\s?hours?\s(?:a|per)\sday"
);
pattern!(
    WEEKLY,
    r"週(?:の|に|合計で|の合計で|で)?(?:労働時間|勤務時間|合計|総労働時間)?(?:は|で|が|を)?\s?(?P<h>\d{1,2})\s?(?:時間|h)|(?P<h2>\d{1,2})\s?hours?\s(?:a|per)\sweek|週(?:の)?(?:労働時間|合計)[^。\d]{0,6}(?P<h3>\d{1,2})時間"
);
pattern!(
    DAILY_FORM,
    r"^\s*(?P<h>\d{1,2})\s?時間(?:以内|まで|程度|くらい)?"
);

fn per_day(cx: &Cx, items: &mut Vec<Item>) {
    for c in DAILY.all(cx.text()) {
        if let Some(all) = c.get(0)
            && let Some(h) = number(&c, "h").or(number(&c, "h2")).or(number(&c, "h3"))
            && h <= 16
        {
            items.push(Item::new(
                Field::HoursPerDay,
                Value::Number(h),
                all.start(),
                all.end(),
                "hours::per_day",
            ));
        }
    }
    for line in &cx.doc.lines {
        let Some((s, e)) = line.label else { continue };
        let label = cx.doc.text(s, e);
        if !(label.contains("1日") || label.contains("勤務時間")) {
            continue;
        }
        let value = cx.doc.text(e, line.end);
        let value_start = e + value.len()
            - value
                .trim_start_matches([' ', ':', '=', '|', ']', '】'])
                .len();
        if let Some(c) = DAILY_FORM.first(cx.doc.text(value_start, line.end))
            && let Some(h) = number(&c, "h")
            && h <= 16
        {
            let end = value_start + c.get(0).map_or(0, |m| m.end());
            items.push(Item::new(
                Field::HoursPerDay,
                Value::Number(h),
                value_start,
                end,
                "hours::form",
            ));
        }
    }
}

fn per_week(cx: &Cx, items: &mut Vec<Item>) {
    for c in WEEKLY.all(cx.text()) {
        if let Some(all) = c.get(0)
            && let Some(h) = number(&c, "h").or(number(&c, "h2")).or(number(&c, "h3"))
            && (4..=80).contains(&h)
        {
            items.push(Item::new(
                Field::HoursPerWeek,
                Value::Number(h),
                all.start(),
                all.end(),
                "hours::per_week",
            ));
        }
    }
}

/// 「9/8」, 「10:30」: the figure goes on.
fn after_figure(head: &str) -> bool {
    let mut back = head.chars().rev();
    match back.next() {
        Some(c) if c.is_ascii_digit() || c == ':' => true,
        Some('/') => back.next().is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    }
}
