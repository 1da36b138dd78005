//! The way to work: minutes one way, and by what means.

use super::{Cx, Item};
use crate::domain::wish::{Field, Value};
use crate::understand::lexicon::Meaning;
use crate::understand::pattern::{number, pattern};

pattern!(
    TIME,
    r"(?x)(?P<round>往復(?:で|は)?\s?(?:通勤)?)?
    (?: (?P<small>小)1時間 | (?P<half>半)時間 | (?P<h>\d{1,2})(?:~\d{1,2})?(?:\s?時間|\s?h)(?P<hh>半|\s?(?P<hm>\d{1,2})\s?分)? | (?:(?P<from>\d{1,3})分?\s?(?:~|-|から|、|か)\s?)?(?P<m>\d{1,3})\s?(?:分|min\b|minutes) | (?P<eh>one|an|\d)\s(?P<ehalf>and\sa\shalf\s)?hours? )"
);
pattern!(
    CLAIM,
    r"within|通勤|片道|往復|自宅|家から|から|通え|通う|通い|圏|ドアツードア|乗って|車で|車なら|電車|バスで|自転車で|タクシー|自転車が|commute|of my home|from (?:my )?home|one way|door|走れば|以内|乗車|新幹線|住みで|通勤時間|通いは"
);
pattern!(
    NOT_COMMUTE,
    r"徒歩\d|歩いて\d|駅から(?:徒歩|歩)|駅(?:より)?徒歩|1日|一日|1回|実働|勤務時間|労働|診療時間|就業|週\s?(?:の|合計|で)?|日に|面談|オンラインで|メモ|時間外|睡眠|per day|per week|a week|a day|保育園|空港|新幹線の駅|休憩|遅れ|呼ばれても|急げば"
);
pattern!(TABLE, r"通勤|時間距離|commute");
pattern!(
    PLUS,
    r"^[、]?(?:で)?(?:降りて)?(?:歩き|徒歩|バス)(?:で)?(\d{1,2})分"
);

/// Reads both.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    minutes(cx, items);
    means(cx, items);
}

fn minutes(cx: &Cx, items: &mut Vec<Item>) {
    let text = cx.text();
    let mut found: Vec<Item> = Vec::new();
    for c in TIME.all(text) {
        let Some(all) = c.get(0) else { continue };
        let rest = cx.rest(all.end());
        let head = cx.head(all.start());
        let clock = head
            .strip_suffix(':')
            .is_some_and(|h| h.ends_with(|c: char| c.is_ascii_digit()));
        if clock
            || head.ends_with(|c: char| c.is_ascii_digit() || c == '時')
            || rest.starts_with(|c: char| c.is_ascii_digit())
            || rest.starts_with("間隔")
        {
            continue;
        }
        let clause = cx.clause(all.start());
        let sentence = cx.sentence(all.start());
        let label = cx
            .doc
            .label_before(all.start())
            .is_some_and(|l| TABLE.is(l));
        let near = head
            .chars()
            .rev()
            .take(26)
            .collect::<String>()
            .chars()
            .rev()
            .collect::<String>();
        let travelled = CLAIM.is(&near)
            || CLAIM.is(rest
                .get(..rest.char_indices().nth(9).map_or(rest.len(), |x| x.0))
                .unwrap_or_default());
        if !label && (!travelled && !CLAIM.is(clause) || NOT_COMMUTE.is(clause)) {
            continue;
        }
        if !label && !travelled && !cx.doc.latin && !sentence.contains("通") {
            continue;
        }
        let Some(mut value) = value_of(&c) else {
            continue;
        };
        if c.name("round").is_some() || near.contains("往復") {
            value /= 2;
        }
        let mut end = all.end();
        if let Some(more) = PLUS.first(rest)
            && let Some(extra) = more.get(1).and_then(|m| m.as_str().parse::<i64>().ok())
        {
            value += extra;
            end += more.get(0).map_or(0, |m| m.end());
        }
        if !(5..=360).contains(&value) {
            continue;
        }
        found.push(Item::new(
            Field::CommuteMinutes,
            Value::Number(value),
            all.start(),
            end,
            "commute::minutes",
        ));
    }
    // A figure that the next one takes back: 「15分、と言いたいところですが30分」, 「1時間→70分」.
    let mut keep: Vec<Item> = Vec::new();
    for item in found {
        if let Some(last) = keep.last() {
            let gap = cx.doc.text(last.end, item.start);
            let same = cx.doc.sentence_at(last.start).map(|s| s.start)
                == cx.doc.sentence_at(item.start).map(|s| s.start);
            if same
                && (gap.contains("と言いたい")
                    || gap.contains('→')
                    || gap.contains("いや")
                    || gap.contains("ではなく"))
                || gap == "も"
            {
                keep.pop();
            }
        }
        keep.push(item);
    }
    items.append(&mut keep);
}

fn value_of(c: &regex::Captures) -> Option<i64> {
    if c.name("small").is_some() {
        return Some(60);
    }
    if c.name("half").is_some() {
        return Some(30);
    }
    if let Some(m) = number(c, "m") {
        return Some(m);
    }
    if let Some(eh) = c.name("eh") {
        let h = match eh.as_str() {
            "one" | "an" => 1,
            d => d.parse().ok()?,
        };
        return Some(h * 60 + if c.name("ehalf").is_some() { 30 } else { 0 });
    }
    let h = number(c, "h")?;
    let more = match c.name("hh") {
        Some(x) if x.as_str() == "半" => 30,
        Some(_) => number(c, "hm").unwrap_or(0),
        None => 0,
    };
    Some(h * 60 + more)
}

pattern!(WALK_FROM_STATION, r"^(?:\d+|5|10)分");
pattern!(
    CAR_PARTS,
    r"^(?:いす|椅子|両|検|庫|種|道|を(?:出|回)|体|の(?:中|揺れ|免許)|社|手配)"
);
pattern!(
    BY_CAR,
    r"(?:車|マイカー|自家用車|クルマ)(?:で通える|通勤(?:が|の)?(?:できる|出来る))こと"
);
pattern!(RAIL_NAMED, r"[\p{Han}]{1,4}[^新幹\s]線|しなの鉄道");

fn means(cx: &Cx, items: &mut Vec<Item>) {
    for hit in &cx.things {
        let Meaning::Thing(Field::CommuteMode, value) = hit.meaning else {
            continue;
        };
        let rest = cx.rest(hit.end);
        let head = cx.head(hit.start);
        let word = cx.doc.text(hit.start, hit.end);
        let fits = match value {
            "car" => {
                !CAR_PARTS.is(rest)
                    && !head.ends_with([
                        '電', '列', '救', '駐', '汽', '社', '風', '検', '下', '停', '発', '乗',
                        '配', '満', '巡', '健', '洗', '診',
                    ])
                    && !head.ends_with('を')
                    && !(word == "運転"
                        && (rest.starts_with('手')
                            || rest.starts_with("免")
                            || rest.starts_with('可')))
            }
            "walk" => {
                !(word == "徒歩"
                    && (rest.starts_with(|c: char| c.is_ascii_digit())
                        || WALK_FROM_STATION.is(rest)))
            }
            "bus" => {
                !head.ends_with("巡回") && !rest.starts_with("健診") && !rest.starts_with("検診")
            }
            "train" => {
                !(word == "特急" && rest.starts_with('券'))
                    && !(word == "乗り換え" && cx.clause(hit.start).contains("電車"))
            }
            _ => true,
        };
        if fits {
            items.push(Item::new(
                Field::CommuteMode,
                Value::text(value),
                hit.start,
                hit.end,
                "commute::means",
            ));
        }
    }
    for c in BY_CAR.all(cx.text()) {
        if let Some(m) = c.get(0) {
            for (field, value) in [(Field::CommuteMode, "car"), (Field::Benefit, "car_commute")] {
                items.push(Item::new(
                    field,
                    Value::text(value),
                    m.start(),
                    m.end(),
                    "commute::by_car",
                ));
            }
        }
    }
    for c in RAIL_NAMED.all(cx.text()) {
        if let Some(m) = c.get(0)
            && (cx.rest(m.end()).starts_with('で')
                || cx.rest(m.end()).starts_with("沿")
                || cx.rest(m.end()).starts_with("の沿"))
        {
            items.push(Item::new(
                Field::CommuteMode,
                Value::text("train"),
                m.start(),
                m.end(),
                "commute::line",
            ));
        }
    }
}
