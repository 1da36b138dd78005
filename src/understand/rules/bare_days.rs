//! Days a week said with no 週 at the figure: 「1〜3日」 under a label, 「やっぱり4でも多いか。3.5」 behind a figure that has it.

use super::{Cx, Item};
use crate::domain::wish::{Field, Value};
use crate::understand::pattern::{fraction, pattern};

pattern!(
    FIGURE,
    r"(?P<a>\d(?:\.5)?)(?P<u1>日)?(?:\s?(?:~|から|か|、|でも|ないし|乃至|それか|-)\s?(?P<b>\d(?:\.5)?)(?P<u2>日)?)?(?:ほど|程度|くらい|ぐらい)?(?P<l>まで|以内|以上|以下)?"
);
pattern!(
    OTHER_THING,
    r"^(?:間|目|後|前|\(|曜|\d|時|分|年|月|万|円|人|名|床|歳|才|例|つ|回|か所|か月|/|:|に(?:一|1)|\.|・|丁|号|%|割|倍|通|番|点|枠|付|コマ|たび|ずつ|うち|年|日|でも(?:多|きつ|しんど))"
);
pattern!(
    BEFORE_OTHER,
    r"(?:[\d年月第約:/.~\-]|月に|当直|日直|オンコール|年に|卒後|月|半日|の)$"
);
pattern!(
    SETTLES,
    r"^(?:で(?:す|も|お願|い|よ|足り|十分|結構|終|決|き|。|$)|に(?:し|変|減|増|さ|で|。|$)|が(?:理想|限|い|よ|希望|上限)|を希望|も(?:可|い|でき)|なら|お応え|応じ|出られ|入れ|、これで|$|。|、)"
);
pattern!(WEEK, r"週(?:に|の|も|は|、)?(?:\s?\d|半分|何日)|日数|出勤");
pattern!(LABEL, r"週|日数");
pattern!(
    TURNS,
    r"やっぱり|やはり|いや|って言った|と書い|と申し|多い|多く(?:て、|、|感じ|な)|きつ|変更|訂正|より、"
);

/// Reads them; a figure that takes back the one before it replaces it.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    if !cx.text().contains(['週']) && !cx.text().contains("日数") {
        return;
    }
    for c in FIGURE.all(cx.text()) {
        let (Some(all), Some(a)) = (c.get(0), fraction(&c, "a")) else {
            continue;
        };
        let unit = c.name("u1").is_some() && c.name("b").is_none() || c.name("u2").is_some();
        let (rest, head) = (cx.rest(all.end()), cx.head(all.start()));
        if OTHER_THING.is(rest) || BEFORE_OTHER.is(head) || !(1.0..=6.0).contains(&a) {
            continue;
        }
        if items
            .iter()
            .any(|i| i.start < all.end() && all.start() < i.end)
            || cx
                .dates
                .iter()
                .any(|d| d.start < all.end() && all.start() < d.end)
        {
            continue;
        }
        let labelled = cx
            .doc
            .label_before(all.start())
            .is_some_and(|l| LABEL.is(l));
        let Some(sentence) = cx.doc.sentence_at(all.start()) else {
            continue;
        };
        let said = items
            .iter()
            .filter(|i| i.field == Field::DaysPerWeek && i.end <= all.start())
            .max_by_key(|i| i.end)
            .map(|i| (i.start, i.end));
        let far = if ["でいい", "で足り", "で十分", "でよい"]
            .iter()
            .any(|w| rest.starts_with(w))
        {
            1200
        } else {
            120
        };
        let near = said.filter(|s| all.start() - s.1 < far);
        // 「火・木で2日」.
        let of_days = head.strip_suffix('で').is_some_and(|h| {
            items
                .iter()
                .any(|i| i.field == Field::Day && i.end == all.start() - (head.len() - h.len()))
        });
        let week = WEEK.is(cx.doc.text(sentence.start, all.start()));
        let settles = SETTLES.is(rest);
        let known = (labelled || of_days) && unit
            || unit && settles && (near.is_some() || week)
            || !unit
                && settles
                && near.is_some()
                && (!rest.starts_with('、') || rest.starts_with("、これ"));
        if !known || head.ends_with("もう") {
            continue;
        }
        let b = fraction(&c, "b");
        let range = match (b, c.name("l").map(|l| l.as_str())) {
            (Some(b), _) => (Some(a), Some(b)),
            (None, Some("まで" | "以内" | "以下")) => (None, Some(a)),
            (None, Some("以上")) => (Some(a), None),
            _ if ["多くて", "多くても", "多くとも"]
                .iter()
                .any(|w| head.ends_with(w)) =>
            {
                (None, Some(a))
            }
            _ => (Some(a), Some(a)),
        };
        if let Some((start, end)) = near
            && TURNS.is(cx.doc.text(end, all.start()))
        {
            items.retain(|i| i.field != Field::DaysPerWeek || i.start != start);
        }
        items.push(Item::new(
            Field::DaysPerWeek,
            Value::days(range.0, range.1),
            all.start(),
            all.end(),
            "bare_days::figure",
        ));
    }
}
