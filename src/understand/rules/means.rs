//! The means of the way to work: car, train, bus, bicycle, on foot, Shinkansen.

use super::{Cx, Item, of_another};
use crate::domain::wish::{Field, Strength, Value};
use crate::understand::doc::Block;
use crate::understand::lexicon::Meaning;
use crate::understand::pattern::pattern;
use crate::understand::scope::Class;

pattern!(
    CAR_PARTS,
    r"^(?:いす|椅子|両|検|庫|種|道|を(?:出|回)|体|の(?:中|揺れ|免許)|社|手配)"
);
pattern!(
    BY_CAR,
    r"(?:車|マイカー|自家用車|クルマ)(?:で通える|で通勤(?:が)?(?:できる|出来る|可能な)|通勤(?:が|の)?(?:できる|出来る|可能な))こと|(?:車|マイカー|自家用車)通勤(?:(?:を)?(?:希望|し(?:たい|ます))|(?:が)?(?:よい|いい|良い|希望)|(?:で(?:す|お願|の)|、駐車))"
);
pattern!(
    RAIL_NAMED,
    r"[\p{Han}]{1,4}[^新幹\s]線|[\p{Hiragana}]{3,6}線|[\p{Katakana}ー]{3,8}(?:線|ライン|エクスプレス)|しなの鉄道"
);

pattern!(BY_RAIL, r"^(?:か[^。、\n]{1,8}?)?(?:で|なら|沿|の沿)");
pattern!(
    NO_RAIL,
    r"(?:最低|最前|境界|目|視|路|内|直|一|前|光|曲|二|第一|外|死)線$"
);
pattern!(
    NOT_TO_WORK,
    r"送り迎え|社用車|往診車|健診車|検診車|訪問車|レンタカー|運転手付|搬送|救急車|ドライブ|代行|免許(?:証)?(?:の写し|番号)|保育園|託児|休職|定期代"
);
pattern!(FOR_VISITS, r"往診|訪問|先方で|貸与|巡回|出張で");
pattern!(
    SNOWY,
    r"雪|冬|凍結|夜間の運転|夜の運転|夜道|高速(?:道路)?(?:は|の)|長距離|snow|winter|at night"
);
pattern!(
    GOING,
    r"^して(?:行[きくっ]|通[いうっ]|参|まい|伺)|^で(?:通う|行く|通勤する|参る)(?:こと|の)(?:に|は|も)変わり|^(?:で|にて)(?:行きます|参ります|通います|通って|伺います|行く(?:から|ので|つもり|予定)|通う(?:から|ので|つもり|予定)|まいります|うかがいます|便乗)"
);
pattern!(
    LIMIT_BEHIND,
    r"^(?:か[^。、\n]{1,4})?で、[^。\n]{0,8}(?:[0-9]{1,3}分|[0-9]時間半?)[^。\n]{0,4}(?:超え|越え|以上|より)"
);
pattern!(RIDE, r"^に(?:便乗|同乗|乗せて)");
pattern!(
    GIVEN_UP,
    r"^(?:の運転)?[はもをが]?(?:、)?(?:もう)?(?:や|止)め(?:た|て|まし)|^(?:の運転)?[はもを]?(?:もう)?(?:卒業|引退|手放)"
);
pattern!(
    NOT_BY_CAR,
    r"(?:車|マイカー|自家用車)(?:での?)?通勤(?:は|も)[^。\n]{0,10}?(?:でき(?:ません|ない|かね)|無理|不可|しません|やめ(?:ました|た)|難し|避けたい)"
);
pattern!(
    LICENCE,
    r"(?:運転)?免許(?:証)?(?:は|を|が)[^。\n]{0,8}(?:返|ありません|ないので|持って(?:い)?(?:ない|ません)|失効|手放)|(?:自家用車|自分の車|車|クルマ)(?:は|を|が)(?:持って(?:い)?(?:ない|ません|おりません)|所有して(?:い)?(?:ない|ません)|手放し)"
);
pattern!(
    FETCHED,
    r"(?P<w>送迎)(?:の(?:ある|便|用意)|付き?|つき|あり|が(?:あ|出)|を(?:して|出して|お?願|頼|希望)|して(?:いただ|もら|くださ)|サービス|車)"
);
pattern!(
    FETCHING_OTHERS,
    r"保育|幼稚園|学校|塾|孫|子ども|子供|息子|娘|患者|利用者"
);
pattern!(LEFT, r"^[はをも]?(?:家に)?置いて(?:行|い|ゆ|来)");
pattern!(
    NOT_RELIED,
    r"^[^。\n]{0,24}(?:当て|あて|頼り)に(?:し|でき)な"
);
pattern!(
    WITH_TIME,
    r"^(?:通勤)?(?:で(?:したら|すと|あれば)?|だと|なら|にて)?、?\s?(?:片道|約|およそ|だいたい|最大(?:でも)?|長くて(?:も)?)?\s?(?:\d{1,3}\s?分|\d{1,2}\s?時間(?:半|\d{1,2}分)?|小1時間|半時間)(?:~\d{1,3}分)?"
);
pattern!(
    ON_CONDITION,
    r"(?:(?:する|した)(?:場合|とき|時|日)?|の(?:場合|とき|時|日))(?:なら|は)、?$|のなら、?$|(?:雨|雪|荷物の多い|悪天候)の日は$"
);
// 「諏訪は乗り換えが多く不可」: why a place is far.
pattern!(
    BURDEN,
    r"^(?:が|は|の)?(?:多|面倒|大変|不便|悪|きつ|つら|辛|億劫|複雑|\d|何)"
);
// 「婦人科検診のバス」 carries the examination and nobody to work.
pattern!(CHECKUPS, r"(?:健診|検診|ドック|巡回|レントゲン|献血)の?$");
pattern!(
    WAY_OF_WALKING,
    r"通|勤|駅|圏|行け|行く|行き|自転車|地下鉄|電車|バス|職場|距離|分|ところ|所"
);

// 「運転はしないので電車で」: why another way is wished, and no wish of its own.
pattern!(
    DRIVES_NO_MORE,
    r"^(?:車|マイカー|クルマ|自家用車)?(?:の|は|を)?(?:運転|免許)[^。\n]{0,8}?(?:しない|しません|(?:致|いた)しません|やめ|でき(?:な|ま)|返(?:納|し(?:た|て|まし))|あり?ません|なし|ない)[^。\n]{0,8}?(?:ので|から|ため|人、)[^。\n]{0,14}?(?:電車|バス|自転車|徒歩|歩|タクシー|jr|線|送迎|送り迎え|迎え|取り?消)"
);

// 「車は家内が使うので」, 「車はないので電車で」: why another way is wished.
pattern!(
    NOT_AT_HAND,
    r"^(?:は|が|も)、?(?:奥様|奥さん|妻|家内|女房|主人|ご主人|夫|息子|娘|家族|嫁)(?:さん)?(?:が|に|も)、?[^。、\n]{0,8}?(?:使|乗|必要|占領|要る|いる)|^(?:は|が|も)?(?:ない|無い|ありません|持た(?:ない|ず)|持って(?:い)?(?:ない|ません))(?:ので|から|ため|もので|、)[^。\n]{0,20}?(?:電車|バス|自転車|徒歩|歩|タクシー|jr|線|送迎|駅)"
);

fn only_a_reason(cx: &Cx, item: &Item) -> bool {
    item.field == Field::CommuteMode
        && item.value == Value::text("car")
        && (DRIVES_NO_MORE.is(cx.rest(item.start)) || NOT_AT_HAND.is(cx.rest(item.end)))
}

/// Reads them.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    for hit in &cx.things {
        let Meaning::Thing(Field::CommuteMode, value) = hit.meaning else {
            continue;
        };
        if !travels(cx, hit.start, hit.end, value) || of_another(cx, hit.start) {
            continue;
        }
        let mut item = Item::new(
            Field::CommuteMode,
            Value::text(value),
            hit.start,
            hit.end,
            "commute::means",
        );
        item.strength = strength(cx, &mut item, value);
        items.push(item);
    }
    for c in NOT_BY_CAR.all(cx.text()) {
        if let Some(m) = c.get(0)
            && !cx.scope.asked(m.start())
            && !cx.scope.others_speak(cx.doc, m.start())
        {
            let soft = m.as_str().ends_with("避けたい");
            items.push(
                Item::new(
                    Field::CommuteMode,
                    Value::text("car"),
                    m.start(),
                    m.end(),
                    "commute::not_by_car",
                )
                .with(if soft {
                    Strength::Avoid
                } else {
                    Strength::Never
                }),
            );
        }
    }
    for c in LICENCE.all(cx.text()) {
        if let Some(m) = c.get(0) {
            items.push(
                Item::new(
                    Field::CommuteMode,
                    Value::text("car"),
                    m.start(),
                    m.end(),
                    "commute::licence",
                )
                .with(Strength::Never),
            );
        }
    }
    for c in FETCHED.all(cx.text()) {
        if let Some(m) = c.name("w")
            && !FETCHING_OTHERS.is(cx.clause(m.start()))
            && !cx.rest(m.end()).starts_with("バス")
        {
            items.push(Item::new(
                Field::CommuteMode,
                Value::text("bus"),
                m.start(),
                m.end(),
                "commute::fetched",
            ));
        }
    }
    for c in BY_CAR.all(cx.text()) {
        // 「電車で通えること」 speaks of no car.
        if let Some(m) = c.get(0)
            && !cx.head(m.start()).ends_with(['電', '転', '列', '汽'])
        {
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
            && !NO_RAIL.is(m.as_str())
            && BY_RAIL.is(cx.rest(m.end()))
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
    items.retain(|i| !only_a_reason(cx, i));
}

/// Whether the word is a way to work here.
fn travels(cx: &Cx, start: usize, end: usize, value: &str) -> bool {
    let rest = cx.rest(end);
    let head = cx.head(start);
    let word = cx.doc.text(start, end);
    let clause = cx.clause(start);
    if ["の時間", "の便", "の中", "の本数", "の遅れ", "の音"]
        .iter()
        .any(|w| rest.starts_with(w) && !rest.starts_with("の便があ"))
    {
        return false;
    }
    let drives = matches!(word, "運転" | "ハンドル" | "drive" | "driving");
    match value {
        "car" => {
            !CAR_PARTS.is(rest)
                && !WITHOUT.is(rest)
                && !rest.trim_start().starts_with("運転可")
                && !CHANGED.is(rest)
                && !head.ends_with([
                    '電', '列', '救', '駐', '汽', '社', '風', '検', '下', '停', '発', '乗', '配',
                    '満', '巡', '健', '洗', '診', '送', '迎', '新',
                ])
                && !head.ends_with('を')
                && !NOT_TO_WORK.is(clause)
                && !FOR_VISITS.is(clause)
                && !(drives
                    && (rest.starts_with(['手', '免', '可', '中'])
                        || SNOWY.is(cx.sentence(start))
                            && !cx.sentence(start).contains("通勤")
                            && !head.ends_with("雪道の")
                            && !cx.sentence(start).contains("自分で")))
        }
        "walk" => {
            !(word == "徒歩"
                && (rest.starts_with(|c: char| c.is_ascii_digit())
                    && !cx.sentence(start).contains("通")
                    || rest.starts_with("込")))
                && (cx.doc.latin || WAY_OF_WALKING.is(clause))
                && !head.ends_with("降りて")
                && !rest.starts_with("回")
        }
        "bus" => {
            !CHECKUPS.is(head)
                && !["健診", "検診", "で出張", "で巡", "停"]
                    .iter()
                    .any(|w| rest.starts_with(w))
                && !clause.contains("健診車")
        }
        "train" => {
            !head.ends_with("満員")
                && !(word == "特急" && rest.starts_with('券'))
                && !(word == "乗り換え"
                    && (BURDEN.is(rest)
                        || clause.contains("電車")
                        || rest.starts_with("な") && clause.contains("バス")))
                && !(word == "在来線" && rest.starts_with("の駅"))
        }
        "shinkansen" => !["の駅", "停車", "券", "代", "駅"]
            .iter()
            .any(|w| rest.starts_with(w)),
        "bicycle" => !CHANGED.is(rest),
        _ => true,
    }
}

// 「車がなくても生活できる町」.
pattern!(WITHOUT, r"^(?:が|の)?(?:な(?:くて|し|い)(?:も|で))");
pattern!(CHANGED, r"^(?:に|が)[^。\n]{0,5}(?:変わ|代わ|替わ)");

/// The strength where the words right beside give it.
fn strength(cx: &Cx, item: &mut Item, value: &str) -> Option<Strength> {
    let rest = cx.rest(item.end);
    let head = cx.head(item.start);
    if cx.scope.asked(item.start) || cx.scope.others_speak(cx.doc, item.start) {
        return None;
    }
    if value == "car" && LEFT.is(rest) || NOT_RELIED.is(rest) {
        return Some(Strength::Avoid);
    }
    if value == "car" && GIVEN_UP.is(rest) {
        return Some(Strength::Never);
    }
    if ON_CONDITION.is(head) {
        return Some(Strength::Ok);
    }
    if GOING.is(rest) || LIMIT_BEHIND.is(rest) || RIDE.is(rest) {
        return Some(Strength::Want);
    }
    if cx.doc.text(item.start, item.end) == "乗り換え"
        && (rest.starts_with("なし") || rest.starts_with("のない"))
    {
        return Some(Strength::Want);
    }
    // 「車で最大50分」: a limit is of the minutes, the rest of what is said is of both.
    let (_, until) = WITH_TIME.span(rest)?;
    let end = item.end + until;
    let behind = cx.rest(end);
    let behind = AMOUNT
        .span(behind)
        .map_or(behind, |s| behind.get(s.1..).unwrap_or(behind));
    if behind.starts_with([' ', '(']) || behind.is_empty() {
        let line = cx.doc.line_at(item.start)?;
        let open = matches!(line.context.block, Block::Free | Block::Wish)
            && !cx.clause(item.start).contains("現在")
            && !cx.clause(item.start).contains('今');
        return open.then(|| line.context.strength.unwrap_or(Strength::Want));
    }
    if NOT_PAST.is(behind) {
        return Some(Strength::Want);
    }
    match cx
        .scope
        .decide(cx.doc, item.start, end, Class::Other)?
        .strength
    {
        Strength::Must if LIMITED.is(behind) || LIMIT_WORD.is(cx.doc.text(item.end, end)) => {
            Some(Strength::Want)
        }
        other => Some(other),
    }
}

pattern!(
    AMOUNT,
    r"^(?:以内|まで|程度|くらい|ぐらい|ほど|圏内?|かそこら)+"
);
// 「車で40分、それより先は行きません」: the way beyond is refused, not the car.
pattern!(
    NOT_PAST,
    r"^(?:です)?(?:が)?[、。]\s?(?:それ|これ|そこ)(?:より|以上|から先)"
);
pattern!(LIMITED, r"^[^。\n]{0,8}(?:超え|限度|限界|より|以上)");
pattern!(LIMIT_WORD, r"最大|長くて");
