//! Reading images or slides from home is telemedicine, though nobody says 遠隔: 「読影、在宅でできるもの」.

use super::{Cx, Item};
use crate::domain::wish::{Field, Value};
use crate::understand::pattern::pattern;

pattern!(
    FROM_HOME,
    r"(?:自宅|在宅|家|うち)(?:で|から|に)(?:も|の|でも)?(?:できる|できれば|やれる|やりたい|読|見る|診断|標本|画像|画面|判読|お?引き?受け|お受け|作業|働|する(?:仕事|形)|回線)|(?:遠隔|リモート|オンライン)(?:で|に(?:て|よる))[^。、\n]{0,6}(?:診断|読影|立てる|判読|診療)|遠隔診断|リモート(?:で|での)診断"
);
pattern!(
    READS,
    r"読影|画像|標本|病理|診断|判読|治療計画|放射線|ドック|スライド"
);

/// Reads it.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    for c in FROM_HOME.all(cx.text()) {
        let Some(m) = c.get(0) else { continue };
        let told = items.iter().any(|i| {
            i.field == Field::Duty
                && i.value == Value::text("telemedicine")
                && cx.doc.sentence_at(i.start).map(|s| s.start)
                    == cx.doc.sentence_at(m.start()).map(|s| s.start)
        });
        if told || !near_reading(cx, m.start(), m.end()) {
            continue;
        }
        items.push(Item::new(
            Field::Duty,
            Value::text("telemedicine"),
            m.start(),
            m.end(),
            "remote::from_home",
        ));
    }
}

/// Images, slides or the like are spoken of in this sentence or the one before.
fn near_reading(cx: &Cx, start: usize, end: usize) -> bool {
    let Some(sentence) = cx.doc.sentence_at(start) else {
        return false;
    };
    let from = cx
        .doc
        .sentence_at(sentence.start.saturating_sub(1))
        .map_or(sentence.start, |s| s.start);
    READS.is(cx.doc.text(from, sentence.end.max(end)))
}
