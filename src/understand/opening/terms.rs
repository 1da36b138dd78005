//! The terms of a post: pay, duties by number, days, hours, start.

use super::{Found, own, push_plain};
use crate::domain::wish::{Field, Pay, Value};
use crate::understand::lexicon::Meaning;
use crate::understand::pattern::pattern;
use crate::understand::rules::{Cx, Item, days, duties, hours, misc, money, start, work_time};

pub(super) fn pay(cx: &Cx, found: &mut Vec<Found>) {
    let sums = money::sums(cx);
    for s in &sums {
        let clause = cx.clause(s.start);
        let head = cx.head(s.start);
        if !own(cx, s.start)
            || clause.contains("交通費") && !clause.contains("給") && !clause.contains("込")
            || cx.rest(s.end).starts_with("まで)")
            || head.ends_with("当直手当")
            || cx.sentence(s.start).contains("当直は任意")
        {
            continue;
        }
        let value = |amount| {
            Value::Pay(Pay {
                amount,
                unit: s.unit,
            })
        };
        found.push(Found {
            field: Field::SalaryMin,
            value: value(s.low),
            start: s.start,
            end: s.end,
            rule: "opening::pay",
        });
        if let Some(high) = s.high {
            found.push(Found {
                field: Field::SalaryMax,
                value: value(high),
                start: s.start,
                end: s.end,
                rule: "opening::pay",
            });
        }
    }
}

pattern!(
    NONE,
    r"^[^。\n]{0,26}?(?:なし|無し|無く|なく|ございません|ありません|おりません|お願いしていません|免除(?:いたし|し|。|、|$)|ゼロ|不要|無しでも|いたしません|任意)"
);
pattern!(SOME, r"^[^。\n]{0,8}?(?:あり|有|可|お願い)");
pattern!(pub(super) EN_NO, r"(?:\bno|without|there is no)\s(?:\w+\s)?$");

/// 当直, オンコール, 日直, 残業: none, any or the number a month, of a range the upper end.
pub(super) fn duty_counts(cx: &Cx, found: &mut Vec<Found>) {
    let mut items = Vec::new();
    duties::read(cx, &mut items);
    let named: Vec<(usize, usize, Field)> = cx
        .things
        .iter()
        .filter_map(|h| match h.meaning {
            Meaning::Thing(
                f @ (Field::NightDuty | Field::OnCall | Field::DayDuty | Field::Overtime),
                _,
            ) => Some((h.start, h.end, f)),
            _ => None,
        })
        .filter(|h| own(cx, h.0))
        .collect();
    for &(s, e, field) in &named {
        let rest = cx.rest(e);
        let rest = rest
            .find('、')
            .filter(|i| {
                rest.get(..*i)
                    .is_some_and(|h| h.contains("は") && !NONE.is(h))
            })
            .map_or(rest, |_| rest);
        let stop = named
            .iter()
            .find(|n| n.0 > e && cx.doc.text(e, n.0).chars().count() > 3)
            .map_or(rest.len(), |n| n.0.saturating_sub(e).min(rest.len()));
        let near = rest.get(..stop).unwrap_or(rest);
        let mut any = false;
        for item in items.iter().filter(|i| {
            i.field == field && i.start >= s && i.start < e + 120 && i.rule == "duties::count"
        }) {
            if own(cx, item.start)
                && !named
                    .iter()
                    .any(|n| n.0 > s && n.0 < item.start && n.2 == field)
            {
                found.push(Found {
                    field,
                    value: item.value.clone(),
                    start: item.start,
                    end: item.end,
                    rule: "opening::duty_count",
                });
                any = true;
            }
        }
        let denied = NONE.is(near) || EN_NO.is(cx.head(s)) || rest.starts_with("\tなし");
        let word = cx.doc.text(s, e);
        if denied {
            found.push(Found {
                field,
                value: Value::text("none"),
                start: s,
                end: e,
                rule: "opening::duty_none",
            });
        } else if !any
            && field != Field::Overtime
            && (SOME.is(near) || rest.starts_with("枠"))
            && !rest.starts_with(['医', '料', '明'])
            && word != "待機"
        {
            found.push(Found {
                field,
                value: Value::text("any"),
                start: s,
                end: e,
                rule: "opening::duty_any",
            });
        }
    }
}

pattern!(
    NOT_TIME,
    r"お休み|休日|休みは|休み\)|以外|期限|必着|締切|受付|電話|昼休み|留守|直通|見学|設立|開業"
);

pattern!(
    DAYS_OFF,
    r"お休み|休日|休みは|休み\)|電話|受付|昼休み|の先生が"
);

/// 「木曜と日曜以外」: a post has no strength, so the days that remain are written.
fn days_left(cx: &Cx, days: Vec<Item>, found: &mut Vec<Found>) {
    let (except, plain): (Vec<Item>, Vec<Item>) = days
        .into_iter()
        .partition(|i| cx.rest(i.end).starts_with("以外"));
    push_plain(cx, plain, found);
    let Some(first) = except.first().filter(|i| own(cx, i.start)) else {
        return;
    };
    for day in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] {
        if !except.iter().any(|i| i.value == Value::text(day)) {
            found.push(Found {
                field: Field::Day,
                value: Value::text(day),
                start: first.start,
                end: first.end,
                rule: "opening::days_left",
            });
        }
    }
}

pub(super) fn times(cx: &Cx, found: &mut Vec<Found>) {
    let mut items = Vec::new();
    days::read(cx, &mut items);
    hours::read(cx, &mut items);
    work_time::read(cx, &mut items);
    start::read(cx, &mut items);
    misc::read(cx, &mut items);
    let items: Vec<Item> = items
        .into_iter()
        .filter(|i| i.field != Field::Contact && i.field != Field::Confidential)
        .filter(|i| {
            (i.field == Field::Day
                || i.field == Field::DaysPerWeek
                || !NOT_TIME.is(cx.clause(i.start)))
                && !(i.field == Field::Day && DAYS_OFF.is(cx.clause(i.start)))
                && !cx.head(i.start).contains("お休み")
                && !cx.head(i.start).trim_start().starts_with("休日")
        })
        .collect();
    let (days, items): (Vec<Item>, Vec<Item>) = items
        .into_iter()
        .partition(|i: &Item| i.field == Field::Day);
    push_plain(cx, items, found);
    days_left(cx, days, found);
    // A start under its own label.
    for d in &cx.dates {
        let label = cx.doc.label_before(d.start).unwrap_or_default();
        if own(cx, d.start)
            && ["開始", "採用", "赴任", "入職", "着任", "時期"]
                .iter()
                .any(|w| label.contains(w))
            || own(cx, d.start)
                && (cx.head(d.start).ends_with("start date: ")
                    || cx.head(d.start).ends_with("採用　")
                    || cx.clause(d.start).contains("採用"))
                && !cx.sentence(d.start).contains("期限")
        {
            found.push(Found {
                field: Field::Start,
                value: Value::text(d.value.clone()),
                start: d.start,
                end: d.end,
                rule: "opening::start",
            });
        }
    }
}
