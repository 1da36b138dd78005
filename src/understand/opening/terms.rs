//! The terms of a post: duties by number, days, hours, start.

use super::denied::EN_NO;
use super::{Found, calendar, own, push_plain};
use crate::domain::wish::{Field, Value};
use crate::understand::lexicon::Meaning;
use crate::understand::pattern::pattern;
use crate::understand::rules::{Cx, Item, day_counts, days, duties, hours, misc, start, work_time};

pattern!(
    NONE,
    r"^[^。\n]{0,26}?(?:なし|無し|無く|なく|ございません|ありません|おりません|お願いしていません|免除(?:いたし|し|です|と(?:し|いた)|。|、|$)|ゼロ|不要|無しで|いたしません|しません|任意|希望者(?:のみ|だけ|に限)|希望(?:される|する|の)(?:先生|方|医師)(?:のみ|だけ|に限)|免除(?:も|可|でも)|しなくて(?:も)?(?:よ|い|可|結構)|なくても(?:よ|い|可|結構|構)|(?:大学|外部|派遣|非常勤)[^。\n]{0,12}(?:賄|まかな|担当して|行って)|負担は?[^。\n]{0,6}(?:あり|おかけし)ません)|^[\s:=|]*×|^[^.\n]{0,60}(?:can be waived|is optional|are optional|is waived|not required|no longer required)|^が?(?:ない|無い)(?:点|こと|ので)|^(?:は|も)(?:ない|無い)(?:です|ので|ため|。|$|\n)|^[^。\n]{0,30}?(?:免除(?:いた|し|を|でき)|(?:大学|医局|派遣|非常勤|応援|外部)[^。\n]{0,14}(?:埋ま|足り|回っ|まわっ|こなし))"
);
pattern!(
    SOME,
    r"^[^。\n]{0,8}?(?:あり|有|可|お願い|ございま|輪番|交代制|当番制)|^[\s:|]*\d{1,2}[:時][^。\n]{0,40}(?:円|万|$)"
);
// 「時間外は月10時間程度」.
pattern!(
    SO_LONG,
    r"^(?:勤務|労働|業務)?[^。、\n\d]{0,6}(?:月|週|1日)?(?:平均)?\s?\d{1,3}\s?(?:~\d{1,3})?時間"
);
// Said flatly, right behind the word: whatever number follows is of the next thing.
pattern!(
    FLATLY,
    r"^[\s:=|]*(?:は|も)?[\s:]*(?:なし|無し|無|×|ありません|ございません)"
);
// 「2週に1回」, 「隔週」: twice a month.
pattern!(
    FORTNIGHTLY,
    r"^[^。\n]{0,8}?(?:2週(?:間)?に\s?(?:1|一)(?:回|度|日)|隔週|1週おき)"
);

// 「週一度の訪問診療」, 「公立病院から週一度の応援」: how often something is done, and no days of work.
pattern!(
    NOT_OF_POST,
    r"^(?:日|回|度)?(?:ほど|程度|くらい)?の(?:訪問|往診|回診|応援|派遣|支援|カンファ|会議|勉強会|症例検討|当直|宿直)"
);

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
        let group = last_of_group(cx, &named, e);
        let stop = named
            .iter()
            .find(|n| n.0 > group && cx.doc.text(group, n.0).chars().count() > 3)
            .map_or(rest.len(), |n| n.0.saturating_sub(e).min(rest.len()));
        let near = rest.get(..stop).unwrap_or(rest);
        let boxes = super::denied::ticked(near);
        let near = boxes.as_ref();
        let near = Some(group)
            .filter(|g| cx.rest(*g).trim().is_empty())
            .and_then(|g| answer_below(cx, g))
            .unwrap_or(near);
        if let Some((_, to)) = FORTNIGHTLY.span(near) {
            found.push(Found {
                field,
                value: Value::Number(2),
                start: s,
                end: e + to,
                rule: "opening::duty_fortnightly",
            });
            continue;
        }
        // 「2か月に1回」 is less than one a month.
        let mut any = SELDOM.is(near);
        if any {
            found.push(Found {
                field,
                value: Value::text("any"),
                start: s,
                end: e,
                rule: "opening::duty_seldom",
            });
        }
        let counted = !any && !FLATLY.is(near);
        for item in items.iter().filter(|i| {
            i.field == field && i.start >= s && i.start < e + 120 && i.rule == "duties::count"
        }) {
            if own(cx, item.start)
                && counted
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
            && (field != Field::Overtime || SO_LONG.is(near))
            && (SOME.is(near) || SO_LONG.is(near) || rest.starts_with("枠"))
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
    SELDOM,
    r"^[^。\n]{0,14}(?:\d{1,2}か月|数か月|隔月|半年|年)に\s?\d"
);

/// Whether the last value of a change is that there is none: 「月4回 → なし」.
pub(super) fn none_at_last(rest: &str) -> bool {
    rest.rsplit(['→', '⇒', '>'])
        .next()
        .is_some_and(|last| NONE.is(last.trim_start()))
}

/// What the line below says of the duties that stand alone on theirs: 「▼当直、待機、時間外」, 「いずれもございません」.
fn answer_below<'c>(cx: &'c Cx, at: usize) -> Option<&'c str> {
    pattern!(
        ANSWER,
        r"^\s*(?:いずれも|すべて|どれも|とも|全て|どちらも)?\s?(?:なし|無し|無|ありません|ございません|お願いし|免除|不要|あり(?:$|ます|。)|月\d)"
    );
    let line = cx.doc.lines.get(cx.doc.line_index(at) + 1)?;
    let text = cx.doc.text(line.start, line.end);
    ANSWER.is(text).then_some(text)
}

/// 「当直・オンコール・時間外 いずれもございません」: the last of the duties that are named together.
fn last_of_group(cx: &Cx, named: &[(usize, usize, Field)], end: usize) -> usize {
    let mut last = end;
    for n in named {
        if n.0 >= last
            && cx
                .doc
                .text(last, n.0)
                .chars()
                .all(|c| "・、/や ,及びとも&".contains(c))
        {
            last = n.1;
        }
    }
    last
}

pattern!(
    NOT_TIME,
    r"お休み|休日|休みは|休み\)|以外|期限|必着|締切|受付|電話|昼休み|留守|直通|見学|設立|開業"
);

/// 「夜間の呼び出しを…。輪番で月10回ほど」: the count of a rota is of the duty that was named before it.
fn by_rota(cx: &Cx, items: &mut Vec<Item>, found: &mut Vec<Found>) {
    let rota = |i: &Item| {
        i.field == Field::DaysPerMonth
            && ["輪番", "当番", "持ち回り", "交替", "交代"]
                .iter()
                .any(|w| cx.sentence(i.start).contains(w))
    };
    let counts: Vec<Item> = items.iter().filter(|i| rota(i)).cloned().collect();
    items.retain(|i| !rota(i));
    for i in counts {
        let named = cx.things.iter().rev().find_map(|h| match h.meaning {
            Meaning::Thing(f, _) if f.is_counted_duty() && h.end <= i.start => Some(f),
            _ => None,
        });
        let (Some(field), Value::Days(range)) = (named, &i.value) else {
            continue;
        };
        #[allow(clippy::cast_possible_truncation)]
        let Some(n) = range.max.or(range.min).map(|n| n as i64) else {
            continue;
        };
        found.retain(|f| !(f.field == field && f.value == Value::text("any")));
        found.push(Found {
            field,
            value: Value::Number(n),
            start: i.start,
            end: i.end,
            rule: "opening::rota",
        });
    }
}

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

pattern!(
    FIELD_OF_START,
    r"(?:採用|勤務開始|開始|着任|入職|赴任|就業|勤務)(?:予定)?(?:日|時期|年月日|可能日)[\s:=|】\])]*$"
);

/// The clause of an item up to the bracket behind it: 「8:30〜17:15（土日祝は休み）」.
fn around<'c>(cx: &'c Cx, i: &Item) -> &'c str {
    let (start, end) = cx.doc.clause_at(i.start);
    let rest = cx.doc.text(i.end.min(end), end);
    let stop = i.end.min(end) + rest.find('(').unwrap_or(rest.len());
    cx.doc.text(start, stop)
}

/// 「月に4〜5回、夜間に呼ばれることがあります」: times of being called.
fn called(cx: &Cx, i: &mut Item) {
    pattern!(
        CALLED,
        r"^(?:ほど|程度|くらい)?[、の]?[^。、\n]{0,10}(?:呼ばれ|呼び出|呼出|待機|駆けつけ)"
    );
    let Value::Days(range) = &i.value else { return };
    #[allow(clippy::cast_possible_truncation)]
    if i.field == Field::DaysPerMonth
        && cx.doc.text(i.start, i.end).contains('回')
        && CALLED.is(cx.rest(i.end))
        && let Some(n) = range.max.or(range.min)
    {
        i.field = Field::OnCall;
        i.value = Value::Number(n as i64);
    }
}

/// 「週1日からで結構です」: the least.
fn open_ended(cx: &Cx, i: &mut Item) {
    pattern!(
        FROM,
        r"^(?:から|より|~)(?:[^\d\s週にへ]|$)|^(?:だけ)?でも(?:可|結構|構|よ|良|い|助か|大歓迎|歓迎|お願い|ありがた)"
    );
    pattern!(LEAST, r"(?:最低(?:でも)?|少なくとも)\s?$");
    let Value::Days(range) = &i.value else { return };
    if range.min.is_some()
        && range.min == range.max
        && (FROM.is(cx.rest(i.end)) || LEAST.is(cx.head(i.start)))
    {
        i.value = Value::days(range.min, None);
    }
}

/// 「8:30〜翌8:30」: a round of the clock is a duty's length, and no hours of work.
fn full_round(i: &Item) -> bool {
    matches!(&i.value, Value::Hours(h) if h.start.is_some() && h.start == h.end)
}

pattern!(
    PER_DAY,
    r"1日|半日|外来|午前|午後|コマ|枠|日に|診察|patients|a day"
);

pub(super) fn times(cx: &Cx, found: &mut Vec<Found>) {
    let mut items = Vec::new();
    days::read(cx, &mut items);
    day_counts::read(cx, &mut items);
    hours::read(cx, &mut items);
    work_time::read(cx, &mut items);
    start::read(cx, &mut items);
    misc::read(cx, &mut items);
    let items: Vec<Item> = items
        .into_iter()
        .filter(|i| i.field != Field::Contact && i.field != Field::Confidential)
        .filter(|i| {
            (i.field == Field::Day || i.field == Field::DaysPerWeek || !NOT_TIME.is(around(cx, i)))
                && !cx.head(i.start).contains("お休み")
                && !cx.head(i.start).trim_start().starts_with("休日")
        })
        .collect();
    let (mut days, mut items): (Vec<Item>, Vec<Item>) = items
        .into_iter()
        .filter(|i| i.field != Field::Start || calendar::starts(cx, i))
        .partition(|i: &Item| i.field == Field::Day);
    let filled: Vec<Value> = days
        .iter()
        .filter(|i| calendar::filled(cx, i.start))
        .map(|i| i.value.clone())
        .collect();
    days.retain(|i| calendar::worked(cx, i.start) && !filled.contains(&i.value));
    // 「当直は週1回」 counts duties, not days at work.
    items.retain(|i| {
        !(matches!(i.field, Field::DaysPerWeek | Field::DaysPerMonth)
            && cx.doc.text(i.start, i.end).ends_with('回')
            && [
                "当直",
                "オンコール",
                "日直",
                "oc",
                "呼び出し",
                "待機",
                "宿直",
            ]
            .iter()
            .any(|w| cx.sentence(i.start).contains(w)))
            || i.field == Field::DaysPerMonth
                && ["輪番", "当番"]
                    .iter()
                    .any(|w| cx.sentence(i.start).contains(w))
    });
    // 「在宅の患者さん150名ほどを診ております」 tells of the house.
    items.retain(|i| i.field != Field::OutpatientsPerDay || PER_DAY.is(cx.sentence(i.start)));
    items.retain(|i| {
        i.field != Field::DaysPerWeek
            || !super::asks::of_side_job(cx, i.start) && !NOT_OF_POST.is(cx.rest(i.end))
    });
    for i in &mut items {
        calendar::afternoon(cx, i);
        called(cx, i);
        open_ended(cx, i);
    }
    if items.iter().any(|i| i.field == Field::OnCall) {
        found.retain(|f| !(f.field == Field::OnCall && f.value == Value::text("any")));
    }
    items.retain(|i| !full_round(i));
    calendar::parts(cx, &mut days, &mut items);
    by_rota(cx, &mut items, found);
    calendar::how_long(cx, &mut items);
    push_plain(cx, items, found);
    days_left(cx, days, found);
    // Each way of working may have its own start: 「常勤は4月から、当直枠は決まり次第」.
    for d in cx.dates.iter().filter(|d| d.value == "asap") {
        let clause = cx.clause(d.start);
        let ways = ["常勤", "当直枠", "スポット", "パート"]
            .iter()
            .any(|w| clause.contains(w));
        if ways && own(cx, d.start) {
            found.push(Found {
                field: Field::Start,
                value: Value::text("asap"),
                start: d.start,
                end: d.end,
                rule: "opening::start_of_way",
            });
        }
    }
    // 「4月から来ていただきたい」: asked for, and nothing that was received.
    pattern!(
        ASKED_FROM,
        r"^(?:から|より|に(?:は)?|までに(?:は)?|く)?[^。、\n]{0,16}(?:い?ただ|頂)きた(?:い|く)|^からを?(?:予定|想定)"
    );
    for d in &cx.dates {
        if own(cx, d.start)
            && ASKED_FROM.is(cx.rest(d.end))
            && !calendar::handed_over(cx, d.start)
            && !cx.head(d.start).ends_with("遅くとも")
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
    // A start under its own label.
    for d in &cx.dates {
        let label = cx.doc.label_before(d.start).unwrap_or_default();
        if calendar::handed_over(cx, d.start) {
            continue;
        }
        if FIELD_OF_START.is(cx.head(d.start)) && own(cx, d.start)
            || own(cx, d.start)
                && ["開始", "採用", "赴任", "入職", "着任", "時期"]
                    .iter()
                    .any(|w| label.contains(w))
            || own(cx, d.start)
                && (cx.head(d.start).ends_with("start date: ")
                    || cx.head(d.start).ends_with("採用 ")
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
