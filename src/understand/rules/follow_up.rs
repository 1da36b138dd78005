//! Figures said with nothing but the figure: 「当直は月2回まで。3回は無理です」, 「月四は多い。二が限度」.
//!
//! Such a figure goes on with the matter counted just before it.

use super::{Cx, Item};
use crate::domain::wish::{Field, Strength, Value};
use crate::understand::lexicon::Meaning;
use crate::understand::pattern::{number, pattern};

pattern!(
    FIGURE,
    r"(?P<per>月|週)?(?:に|の)?(?P<n>\d{1,2})\s?(?P<unit>回|人|名|度|床)?(?P<lim>まで|以内|くらい|程度|ほど)?"
);
pattern!(
    SETTLES,
    r"^(?:は(?:引き?受け|お受け|勘弁|お断り|ご容赦|遠慮|つら|体が)|が(?:限度|限界|上限|精一杯|せいぜい)|は(?:無理|多い|多すぎ|きつ|不可|だめ|ダメ|駄目|アカン|あかん|できま|できない|厳し|難し|大丈夫|いけ|超え|受け)|も(?:無理|多い|受け|可|いけ|大丈夫)|(?:でも|も)(?:多|きつ|受け|可|大丈夫|いけ|よい|いい|構|かま)|なら(?:ば)?(?:受け|可|いい|よい|よか|大丈夫|考え|いけ|何とか|なんとか|対応|即決|お受け|やり|ええ)|やったら|(?:まで)?(?:に|で)(?:して(?:くだ|下|ほし|もら|いただ)|お願い|収ま)|と(?:なる|なり|言われ)|を(?:超え|越え)|で音を上げ|大丈夫|(?:は)?いけます|可)"
);
pattern!(
    OTHER_BEFORE,
    r"(?:\d|[年月第約:/.~\-〜]|卒後|歳|満|令和|平成|昭和|半日|午前|午後|あと|もう|案|候補|日数(?:は|を|が)?|no)\s?$"
);

/// Fields whose figure can be followed by a bare one.
fn follows(field: Field) -> bool {
    matches!(
        field,
        Field::NightDuty
            | Field::OnCall
            | Field::DayDuty
            | Field::DaysPerMonth
            | Field::OutpatientsPerDay
    )
}

pattern!(
    FROM_NOW_ON,
    r"(?:今後|これから|以後|これ以降|今は|もう)(?:は|も)?、?(?:一切|すべて|全て|全部|もう)?(?:、)?(?P<v>お断り|受け(?:ない|ません|られ(?:ません|ない)|かね)|いたしません|致しません|できません|できない|無理|不可)|(?:やはり|やっぱり|結局)、?(?P<none>無し|なし)(?:で|に)(?:願|お願|して|訂正|させ|変更)"
);

/// 「当直は月に一度までとお伝えしておりました。しかし…今後はお断りいたします」: what is said of a duty at last holds, whatever
/// number it had before.
fn refused_at_last(cx: &Cx, items: &mut Vec<Item>) {
    for c in FROM_NOW_ON.all(cx.text()) {
        let Some(all) = c.get(0) else { continue };
        let Some(sentence) = cx.doc.sentence_at(all.start()) else {
            continue;
        };
        let own = cx
            .things
            .iter()
            .any(|h| all.start() <= h.start && h.start < sentence.end);
        let duties = duties(cx);
        let Some(duty) = last_before(&duties, all.start())
            .filter(|d| !own && cx.doc.counts(all.start()) && close(cx, d, all.start()))
        else {
            continue;
        };
        items.retain(|i| {
            !(i.field == duty.field && i.end <= all.start() && all.start() - i.start < 400)
        });
        let (start, end) = (all.start(), all.end());
        let strength = if c.name("none").is_some() {
            Strength::Avoid
        } else {
            Strength::Never
        };
        items.push(
            Item::new(
                duty.field,
                Value::text("any"),
                start,
                end,
                "follow_up::at_last",
            )
            .with(strength),
        );
    }
}

/// No other matter is named between.
fn close(cx: &Cx, duty: &Anchor, at: usize) -> bool {
    goes_on(cx, duty, at, 120, |f| {
        f != duty.field && f != Field::Contact
    })
}

/// Whether what stands at a byte can still speak of a matter: not too many characters behind it, in the same paragraph, at
/// most two sentences on, and nothing named between that interrupts.
fn goes_on(
    cx: &Cx,
    anchor: &Anchor,
    at: usize,
    longest: usize,
    interrupts: impl Fn(Field) -> bool,
) -> bool {
    let gap = cx.doc.text(anchor.end, at);
    gap.chars().count() <= longest
        && !gap.contains("\n\n")
        && gap.matches('。').count() <= 2
        && !cx.things.iter().any(|h| {
            anchor.end <= h.start
                && h.end <= at
                && matches!(h.meaning, Meaning::Thing(f, _) if interrupts(f))
        })
}

/// Reads them. Runs after the rules that read figures with their names.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    of_a_duty(cx, items);
    refused_at_last(cx, items);
    let anchors = anchors(cx, items);
    if anchors.is_empty() {
        return;
    }
    for c in FIGURE.all(cx.text()) {
        let (Some(all), Some(n)) = (c.get(0), number(&c, "n")) else {
            continue;
        };
        let (rest, head) = (cx.rest(all.end()), cx.head(all.start()));
        let unit = c.name("unit").map(|u| u.as_str());
        let limited = c.name("lim").is_some();
        if n == 0
            || OTHER_BEFORE.is(head)
            || !SETTLES.is(rest)
            || !cx.doc.counts(all.start())
            || items
                .iter()
                .any(|i| i.start < all.end() && all.start() < i.end)
            || cx
                .dates
                .iter()
                .any(|d| d.start < all.end() && all.start() < d.end)
        {
            continue;
        }
        let Some(anchor) = last_before(&anchors, all.start()) else {
            continue;
        };
        if !near(cx, anchor, all.start()) || !same_measure(anchor.field, unit) {
            continue;
        }
        let value = match anchor.field {
            Field::DaysPerMonth => {
                if limited || rest.starts_with("が限") || rest.starts_with("が上限") {
                    Value::days(None, Some(n as f64))
                } else {
                    Value::days(Some(n as f64), Some(n as f64))
                }
            }
            _ if c.name("per").is_some_and(|p| p.as_str() == "週") => Value::Number(n * 4),
            _ => Value::Number(n),
        };
        items.push(Item::new(
            anchor.field,
            value,
            all.start(),
            all.end(),
            "follow_up::figure",
        ));
    }
}

/// 「当直なしと書こうと思ったのですが、月1回までなら受けます」: times a month behind a duty are the duty's, and so is
/// 「週1となると」.
fn of_a_duty(cx: &Cx, items: &mut [Item]) {
    let duties = duties(cx);
    for item in items {
        let words = cx.doc.text(item.start, item.end);
        let times_a_month = match item.rule {
            "days::per_week"
                if !words.contains('日')
                    && (cx.rest(item.end).starts_with("とな")
                        || words.contains(['回', '度'])
                            && !cx.rest(item.end).starts_with('の')) =>
            {
                4.0
            }
            "days::per_month" if words.contains(['回', '度']) => 1.0,
            _ => continue,
        };
        let Some(duty) = last_before(&duties, item.start).filter(|d| near(cx, d, item.start))
        else {
            continue;
        };
        let Value::Days(days) = &item.value else {
            continue;
        };
        let Some(times) = days.max.or(days.min) else {
            continue;
        };
        #[allow(clippy::cast_possible_truncation)]
        let times = (times * times_a_month) as i64;
        item.value = Value::Number(times);
        item.field = duty.field;
        item.rule = "follow_up::times_of_a_duty";
    }
}

struct Anchor {
    field: Field,
    end: usize,
}

/// Where a matter that is counted was named last.
fn anchors(cx: &Cx, items: &[Item]) -> Vec<Anchor> {
    let mut out: Vec<Anchor> = items
        .iter()
        .filter(|i| follows(i.field))
        .map(|i| Anchor {
            field: i.field,
            end: i.end,
        })
        .collect();
    // A duty that is only told of (「当直月3はきつい」) is a matter too.
    out.extend(duties(cx));
    out
}

fn last_before(anchors: &[Anchor], at: usize) -> Option<&Anchor> {
    let before = anchors.iter().filter(|a| a.end <= at);
    before.max_by_key(|a| a.end)
}

fn duties(cx: &Cx) -> Vec<Anchor> {
    cx.things
        .iter()
        .filter_map(|h| match h.meaning {
            Meaning::Thing(f, _) if f.is_counted_duty() => Some(Anchor {
                field: f,
                end: h.end,
            }),
            _ => None,
        })
        .collect()
}

/// No other work is named between.
fn near(cx: &Cx, anchor: &Anchor, at: usize) -> bool {
    let gap = cx.doc.text(anchor.end, at);
    let work = |f| {
        matches!(
            f,
            Field::Duty | Field::Role | Field::Employment | Field::CommuteMode
        )
    };
    goes_on(cx, anchor, at, 90, work) && !gap.contains('週') && !gap.trim_end().ends_with('年')
}

fn same_measure(field: Field, unit: Option<&str>) -> bool {
    match unit {
        None => true,
        Some("回" | "度") => field != Field::OutpatientsPerDay,
        Some("人" | "名") => field == Field::OutpatientsPerDay,
        _ => false,
    }
}
