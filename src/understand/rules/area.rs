//! Where: wished places. The home from which a commute counts is no wish.

use super::{Cx, Item};
use crate::domain::wish::{Field, Value};
use crate::understand::pattern::pattern;
use crate::understand::place::{PlaceHit, prefecture_of};

pattern!(
    HOME_AFTER,
    r"^(?:市内|市|県|区)?(?:の)?(?:自宅|実家)|^(?:在住|住み|在[。、\n ]|に住(?:ん|む|み|まい)|在の|住まい|に自宅|の空いた家|@|で(?:開業|一人暮))|^\S{0,6}に住んで|^から(?:通(?:い|う|っ)|[。\n])|^\S{0,4}[)」]$"
);
pattern!(
    HOME_BEFORE,
    r"(?:住まい|自宅|現住所|住所|居住地|お住まい|家|実家|ご住所|住まいのあります|市区町村|都道府県|在住地|拙宅|@|home is in)\s*(?:は|が|も|:|=|->|→|のある|\s\.\.\.|\(|は、|】|\]|\})?\s*(?:〒?[\d\-]*)?\s*$|〒[\d\-x○]*\s*$|i live in\s$|living in\s$|based in\s$|i'm a \w+ in\s$|live in\s\w+,\s$"
);
pattern!(
    FROM_HOME,
    r"^(?:市)?から(?:は)?(?:乗り換え|(?:の)?(?:車|電車|バス|自転車|徒歩|地下鉄|jr|タクシー|乗|通|片道|\d))|^から(?:車|電車)?で?\d"
);
pattern!(
    WORKPLACE,
    r"^(?:市内|市|区|県内)?の\S{0,12}(?:病院|大学|クリニック|センター|医院|診療所)(?:に(?:勤|務)|で(?:週|勤務し|勤務医|勤務中|勤めて|働いて|働いた|[\p{Han}]{0,6}(?:科長|部長|院長|医長|科医|医員)|\d|は|す)|を(?:最後|退|定年|辞)|の(?:院長|部長|勤務))"
);
pattern!(
    PERSON_OF,
    r"^(?:市)?の[\p{Han}\p{Katakana}ー々]{1,10}(?:です|でございます)|^(?:市)?の[^。、\s]{1,12}(?:と申|といい|と言い|いいます|科医|医師)|^の[\p{Han}]{1,5}\(|^の[^。、\s]{0,6}(?:内|外|整形|皮膚|眼|小児|耳鼻|病理|精神|麻酔|産婦人|婦人|泌尿器)[^。、\s]{0,4}(?:医|の)"
);
pattern!(
    PRACTISES,
    r"^(?:市|県|町)?で(?:\d{1,2}年|[^。、\n]{0,9}(?:科|医)(?:を|の勤務医|医)|働く|開業|過ごし)|^に移って\d|^の空いた家|^から動く気は|^より(?:電車|車)"
);
pattern!(
    SUGGESTED,
    r"の(?:件|お話|話|方|ほう|案件)(?:は|で|が|、|に)|案\d|の(?:クリニック|病院|健診センター|回復期病院)(?:に(?:関心|興味)|の件)"
);

/// Reads wished places.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    let home = home(cx).map(|h| h.value.clone());
    for place in &cx.places {
        if is_home(cx, place) || !cx.doc.counts(place.start) {
            continue;
        }
        let rest = cx.rest(place.end);
        let head = cx.head(place.start);
        if WORKPLACE.is(rest)
            || PERSON_OF.is(rest)
            || PRACTISES.is(rest)
            || postal(head)
            || FROM_HOME.is(rest)
                && home.as_deref().is_none_or(|h| {
                    h == place.value
                        || h.starts_with(place.value.as_str())
                        || place.value.starts_with(h)
                })
        {
            continue;
        }
        if ["大学は", "職場は", "病院は", "勤務先は今", "学会は"]
            .iter()
            .any(|w| head.ends_with(w))
            || rest.starts_with("から動")
            || rest.starts_with("を離れ")
            || rest.starts_with("を離れる")
            || rest.starts_with("から離れ")
            || told_of_self(cx, place)
        {
            continue;
        }
        if SUGGESTED.is(rest
            .get(..rest.char_indices().nth(14).map_or(rest.len(), |x| x.0))
            .unwrap_or_default())
        {
            continue;
        }
        let line = place.value.ends_with("沿線") || place.value.ends_with("沿い");
        if line
            && (head.ends_with("jr")
                || cx.places.iter().any(|q| {
                    q.start != place.start
                        && cx.doc.sentence_at(q.start).map(|s| s.start)
                            == cx.doc.sentence_at(place.start).map(|s| s.start)
                }))
        {
            continue;
        }
        if place.value == "全国"
            && !(rest.contains("どこ")
                || cx.doc.text(place.start, place.end).contains("どこ")
                || rest.contains("可")
                || rest.contains("で結構")
                || rest.contains("ok")
                || head.contains("それ以外")
                || head.contains("勤務地")
                || cx.doc.latin)
        {
            continue;
        }
        let end = if rest.starts_with('内') || rest.starts_with("市内") {
            place.end
                + rest
                    .chars()
                    .take_while(|c| "市内".contains(*c))
                    .map(char::len_utf8)
                    .sum::<usize>()
        } else {
            place.end
        };
        let mut item = Item::new(
            Field::Area,
            Value::text(place.value.clone()),
            place.start,
            end,
            "area::place",
        );
        if STAYS_WITHIN.is(rest) {
            item.strength = Some(crate::domain::wish::Strength::Must);
        }
        let silent = || {
            cx.scope
                .decide(
                    cx.doc,
                    item.start,
                    item.end,
                    crate::understand::scope::Class::Place,
                )
                .is_some_and(|v| !v.spoken)
        };
        if anywhere(rest) || IF_THERE.is(cx.rest(end)) && silent() {
            item.strength = Some(crate::domain::wish::Strength::Ok);
        }
        items.push(item);
    }
    own_prefecture(cx, items, home.as_deref());
}

pattern!(
    SELF,
    r"\d{2}(?:歳|才|、|。|です)|専門医|[科外内]医|医です|と申|在住|年目|精神科|外科|内科|皮膚科|眼科|小児科|整形|放射線|麻酔|産婦人科|泌尿器"
);

/// A place in a bare list about oneself: 「泌尿器科、55歳、高松市。」.
fn told_of_self(cx: &Cx, p: &PlaceHit) -> bool {
    let line = cx.doc.line_index(p.start);
    let early = cx
        .doc
        .lines
        .iter()
        .take(line)
        .filter(|l| l.role == crate::understand::doc::Role::Own)
        .count()
        < 5;
    let rest = cx.rest(p.end);
    let alone = rest.is_empty()
        || rest.starts_with(['、', '。', ')', ' '])
        || rest.starts_with("より")
        || rest.starts_with("から。");
    let head = cx.head(p.start);
    let lead = head.is_empty() || head.ends_with(['、', '。', '(', ' ', ',']);
    let verdict = cx
        .scope
        .decide(
            cx.doc,
            p.start,
            p.end,
            crate::understand::scope::Class::Place,
        )
        .is_some_and(|v| v.spoken);
    early
        && alone
        && lead
        && !verdict
        && SELF.is(cx.sentence(p.start))
        && cx.doc.label_before(p.start).is_none()
        && !cx.doc.latin
        && !cx
            .places
            .iter()
            .any(|q| q.start != p.start && cx.doc.clause_at(q.start) == cx.doc.clause_at(p.start))
}

pattern!(
    STAYS_WITHIN,
    r"^(?:[・、や][^\s。、・]{1,8}){0,4}(?:から出|を出な|の範囲を出|の外(?:に|へ)は出)"
);

pattern!(
    IF_THERE,
    r"^(?:市内|内|県内|あたり|くらい|ぐらい)?(?:まで)?(?:なら|でしたら|であれば)"
);

fn anywhere(rest: &str) -> bool {
    let near: String = rest.chars().take(12).collect();
    near.contains("どこでも") || near.contains("どこへでも") || near.contains("どこにでも")
}

fn postal(head: &str) -> bool {
    head.contains('〒')
}

/// 「県内のみ」, 「市内だけ」: the own prefecture or city.
fn own_prefecture(cx: &Cx, items: &mut Vec<Item>, home: Option<&str>) {
    pattern!(
        OWN,
        r"(?:^|[^\p{Han}\p{Katakana}])(?P<w>(?P<u>県|府|道|市)(?P<k>内|外))"
    );
    for c in OWN.all(cx.text()) {
        let (Some(w), Some(unit), Some(kind)) = (c.name("w"), c.name("u"), c.name("k")) else {
            continue;
        };
        let rest = cx.rest(w.end());
        let known = home.map(str::to_owned).or_else(|| {
            cx.places
                .iter()
                .rev()
                .find(|p| p.start < w.start() && prefecture_of(&p.value).is_some())
                .map(|p| p.value.clone())
        });
        let Some(known) = known else { continue };
        let value = if unit.as_str() == "市" {
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
            if rest.starts_with("は考え")
                || rest.starts_with("は不可")
                || rest.starts_with("は無理")
                || rest.starts_with("へは")
                || rest.starts_with("には出")
            {
                items.push(item.with(crate::domain::wish::Strength::Must));
            }
            continue;
        }
        if rest.starts_with("の病院") || rest.starts_with("の急性") {
            continue;
        }
        items.push(item);
    }
}

fn city_of(full: &str) -> Option<String> {
    let at = full.find('市')?;
    full.get(..at + '市'.len_utf8()).map(str::to_owned)
}

/// The place where the doctor lives, where the mail says it.
pub fn home<'c>(cx: &'c Cx) -> Option<&'c PlaceHit> {
    let sure = cx
        .places
        .iter()
        .filter(|p| usable(cx, p))
        .find(|p| is_home(cx, p));
    let mine = || {
        cx.places
            .iter()
            .filter(|p| usable(cx, p) && cx.doc.counts(p.start))
    };
    sure.or_else(|| mine().find(|p| told_of_self(cx, p)))
        // 「久留米の権藤です」, 「横手市で泌尿器科医をしております」.
        .or_else(|| mine().find(|p| PERSON_OF.is(cx.rest(p.end)) || PRACTISES.is(cx.rest(p.end))))
        // The place that the commute counts from.
        .or_else(|| {
            mine().find(|p| {
                FROM_HOME.is(cx.rest(p.end))
                    && !cx.head(p.start).ends_with('~')
                    && !p.value.ends_with('駅')
            })
        })
}

fn usable(cx: &Cx, p: &PlaceHit) -> bool {
    let role = cx.doc.line_at(p.start).map(|l| l.role);
    matches!(
        role,
        Some(crate::understand::doc::Role::Own | crate::understand::doc::Role::Signature)
    ) && !matches!(
        p.value.as_str(),
        "全国"
            | "東北"
            | "関東"
            | "九州"
            | "四国"
            | "近畿"
            | "東海"
            | "北陸"
            | "首都圏"
            | "甲信越"
            | "中国"
    ) && !p.value.ends_with("沿線")
        && !p.value.ends_with("沿い")
        && !cx.scope.others_speak(cx.doc, p.start)
}

/// Whether the mail says that the doctor lives there.
pub fn is_home(cx: &Cx, p: &PlaceHit) -> bool {
    if !usable(cx, p) {
        return false;
    }
    let rest = cx.rest(p.end);
    let head = cx.head(p.start);
    let moving = cx.sentence(p.start).contains("住むことに")
        || cx.sentence(p.start).contains("転居予定")
        || cx.sentence(p.start).contains("戻る")
        || head.contains("勤務先の住所");
    let signature = cx
        .doc
        .line_at(p.start)
        .is_some_and(|l| l.role == crate::understand::doc::Role::Signature);
    let address = rest
        .chars()
        .take(14)
        .any(|c| c.is_ascii_digit() || c == '○')
        && !rest.starts_with(['は', 'の', 'で', 'か']);
    (HOME_AFTER.is(rest) || HOME_BEFORE.is(head)) && !moving
        || signature && (postal(head) || address || cx.doc.latin)
}
