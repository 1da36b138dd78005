//! Places wished without their name: 「県内のみ」, 「市内だけ」, 「場所は問いません」.

use super::{Cx, Item};
use crate::domain::wish::{Field, Strength, Value};
use crate::understand::pattern::pattern;
use crate::understand::place::prefecture_of;

/// Reads them; `home` is where the doctor lives.
pub fn read(cx: &Cx, items: &mut Vec<Item>, home: Option<&str>) {
    own_prefecture(cx, items, home);
    anywhere_at_all(cx, items);
}

/// 「県内のみ」, 「市内だけ」: the own prefecture or city.
fn own_prefecture(cx: &Cx, items: &mut Vec<Item>, home: Option<&str>) {
    pattern!(
        OWN,
        r"(?:^|[^\p{Han}\p{Katakana}])(?P<w>(?P<u>県|府|道|市)(?:の)?(?P<k>内|外))"
    );
    pattern!(
        NOT_OUT,
        r"^(?:は(?:考え|不可|無理|難し|厳し|お断り|対象外|ng)|へ(?:は|の)|に(?:は)?出|さは?出|での勤務は(?:考え|不可|難))"
    );
    for c in OWN.all(cx.text()) {
        let (Some(w), Some(unit), Some(kind)) = (c.name("w"), c.name("u"), c.name("k")) else {
            continue;
        };
        if cx
            .places
            .iter()
            .any(|p| p.start < w.end() && w.start() < p.end)
        {
            continue;
        }
        let rest = cx.rest(w.end());
        let town = unit.as_str() == "市";
        let fits = |v: &String| prefecture_of(v).is_some() && (!town || v.contains('市'));
        let known = home.map(str::to_owned).filter(fits).or_else(|| {
            cx.places
                .iter()
                .rev()
                .filter(|p| p.start < w.start())
                .map(|p| p.value.clone())
                .find(fits)
        });
        let Some(known) = known else { continue };
        let value = if town {
            city_of(&known)
        } else {
            prefecture_of(&known)
        };
        let Some(value) = value else { continue };
        let item = Item::new(
            Field::Area,
            Value::text(value),
            w.start(),
            w.end(),
            "area::own",
        );
        if kind.as_str() == "外" {
            if NOT_OUT.is(rest) && !rest.contains("移り住") && !rest.contains("転居") {
                items.push(item.with(Strength::Must));
            }
            continue;
        }
        if rest.starts_with("の病院")
            || rest.starts_with("の急性")
            || rest.starts_with("といっても")
        {
            continue;
        }
        items.push(item);
    }
}

fn city_of(full: &str) -> Option<String> {
    let at = full.find('市')?;
    full.get(..at + '市'.len_utf8()).map(str::to_owned)
}

pattern!(
    ANYWHERE,
    r"(?P<w>(?:場所|勤務地|地域|エリア|土地|任地|赴任先|行き先|希望地)(?:に|に関して|については|について)?(?:は|も|、|:|=|\s)[^。\n]{0,14}?(?:問い?ません|問わ(?:ない|ず)|不問|選びません|選ばない|こだわ(?:り(?:は)?(?:ありません|ない|なし|ません)|らない)|どこでも|お任せ|とやかく|何も言|全国))|(?:以外|除けば|除き)(?:なら|でしたら|であれば|は|の(?:場所|土地))?、?(?P<x>(?:日本)?(?:全国)?(?:どこ(?:へ|に)?|どちらへ|いずこへ)でも)|(?P<v>第[二三四]希望(?:は|:|=)?どこでも)"
);

/// 「場所は問いません」 with no place named beside it.
fn anywhere_at_all(cx: &Cx, items: &mut Vec<Item>) {
    for c in ANYWHERE.all(cx.text()) {
        let Some(m) = c.name("w").or(c.name("v")).or(c.name("x")) else {
            continue;
        };
        let same = cx.doc.sentence_at(m.start()).map(|s| s.start);
        let named = c.name("w").is_some()
            && cx
                .places
                .iter()
                .any(|p| cx.doc.sentence_at(p.start).map(|s| s.start) == same);
        if named || cx.scope.asked(m.start()) || cx.scope.others_speak(cx.doc, m.start()) {
            continue;
        }
        items.push(
            Item::new(
                Field::Area,
                Value::text("全国"),
                m.start(),
                m.end(),
                "area::anywhere",
            )
            .with(Strength::Ok),
        );
    }
}
