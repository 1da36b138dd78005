//! Shares of what is done now: 「当直は今の半分に」 of 月4回 is 2, 「今の5分の1まで」 of 10 is 2.

use super::{Cx, Item};
use crate::domain::wish::{Field, Strength, Value};
use crate::understand::lexicon::Meaning;
use crate::understand::pattern::{number, pattern};
use crate::understand::profile::figure;

pattern!(
    SHARE,
    r"(?:(?P<half>半分)|(?P<d>[2-9])分の(?P<n>[1-9一二三四五]))(?P<rest>以下|くらい|ぐらい|ほど|程度|まで)?(?:に|なら|で|まで|が|を|。|$|、)?"
);
pattern!(
    TIMES,
    r"^[^。\n]{0,12}?(?:月に?|が|は|を)?\s?(?:(?P<week>週)に?)?(?P<n>\d{1,2})\s?(?:回|度|[、。にで]|$)"
);
pattern!(
    TIMES_BEFORE,
    r"月に?(?P<n>\d{1,2})(?:回|度)(?:[^。、\n\d]{0,10})$"
);
pattern!(
    NOW_TIMES,
    r"(?:今|いま|現在|現状|目下)(?:は|の|が|、)[^。\n\d]{0,12}(?P<n>\d{1,2})(?:回|度)"
);
pattern!(
    MINUTES,
    r"(?P<n>\d{2,3})\s?分|(?P<h>\d)時間(?:(?P<half>半)|(?P<m>\d{1,2})分)?"
);

/// Reads them.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    for c in SHARE.all(cx.text()) {
        let Some(all) = c.get(0) else { continue };
        let (num, den) = if c.name("half").is_some() {
            (1, 2)
        } else {
            let part = c.name("n").and_then(|m| figure(m.as_str()));
            (part.unwrap_or(1), number(&c, "d").unwrap_or(2))
        };
        let Some(sentence) = cx.doc.sentence_at(all.start()) else {
            continue;
        };
        // The duty or the way named last before the share.
        let topic = cx
            .things
            .iter()
            .filter(|h| h.end <= all.start() && h.start + 60 > all.start())
            .filter_map(|h| match h.meaning {
                Meaning::Thing(f, _) if f.is_counted_duty() => Some((h, f)),
                _ => None,
            })
            .next_back();
        let near = cx.doc.text(sentence.start.min(all.start()), all.start());
        let way = ["通勤", "ドアツードア", "片道"]
            .iter()
            .find_map(|w| near.rfind(w));
        if let Some(at) = way
            && topic.is_none_or(|(h, _)| h.start < sentence.start + at)
            && let Some(now) = last_minutes(near)
        {
            let value = Value::Number(now * num / den);
            items.retain(|i| !(i.field == Field::CommuteMinutes && i.value == Value::Number(now)));
            let mut item = Item::new(
                Field::CommuteMinutes,
                value,
                all.start(),
                all.end(),
                "share_of_now::minutes",
            );
            item.strength = strength(cx, &c);
            items.push(item);
            continue;
        }
        let Some((hit, field)) = topic else { continue };
        let Some(now) = present(cx, field, hit.start, all.start()) else {
            continue;
        };
        let mut item = Item::new(
            field,
            Value::Number((now * num / den).max(1)),
            hit.start,
            all.end(),
            "share_of_now::times",
        );
        item.strength = strength(cx, &c);
        items.retain(|i| {
            i.field != field
                || i.value != Value::Number(now) && (i.start > all.end() || i.end < hit.start)
        });
        items.push(item);
    }
}

/// The strength that the words right behind a share give, else the scope decides.
fn strength(cx: &Cx, share: &regex::Captures) -> Option<Strength> {
    pattern!(
        ALLOWED,
        r"^(?:になる|まで|くらい|ぐらい|ほど|程度)?(?:なら|でしたら|であれば)"
    );
    pattern!(ASKED, r"^(?:くらい|ぐらい|ほど|程度)?(?:に|以下)");
    let end = share.name("half").or(share.name("n"))?.end();
    let tail = cx.rest(end);
    if ALLOWED.is(tail) {
        return Some(Strength::Ok);
    }
    ASKED.is(tail).then_some(Strength::Want)
}

/// How often the duty is done now: the number that stands at another mention of it, or before the share at this one.
fn present(cx: &Cx, field: Field, at: usize, share: usize) -> Option<i64> {
    let said = cx
        .things
        .iter()
        .filter(|h| h.start <= at && matches!(h.meaning, Meaning::Thing(f, _) if f == field))
        .find_map(|h| {
            let until = cx.rest(h.end).len().min(share.saturating_sub(h.end));
            let after = cx.rest(h.end).get(..until).unwrap_or_default();
            let behind = TIMES.first(after).and_then(|c| {
                let n = number(&c, "n")?;
                Some(if c.name("week").is_some() { n * 4 } else { n })
            });
            behind.or_else(|| {
                TIMES_BEFORE
                    .first(cx.head(h.start))
                    .and_then(|c| number(&c, "n"))
            })
        });
    said.or_else(|| {
        NOW_TIMES
            .first(cx.rest(share))
            .and_then(|c| number(&c, "n"))
    })
    .filter(|n| (2..=31).contains(n))
}

fn last_minutes(text: &str) -> Option<i64> {
    let all = MINUTES.all(text);
    let last = all.last()?;
    let hours = number(last, "h").map(|h| {
        let half = if last.name("half").is_some() { 30 } else { 0 };
        h * 60 + half + number(last, "m").unwrap_or(0)
    });
    hours.or_else(|| number(last, "n"))
}
