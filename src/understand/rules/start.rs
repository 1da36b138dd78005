//! When work may begin, and for how long.

use super::{Cx, Item, tail};
use crate::domain::wish::{Field, Strength, Value};
use crate::understand::dates;
use crate::understand::pattern::{number, pattern};

pattern!(
    BEGINS_AFTER,
    r"^、[^。\n]{0,20}(?:辞め|退職|退い|退官|定年|閉院)[^。\n]{0,8}(?:あと|後|たら)|^(?:の)?(?:\s?(?:から|以降|より|~|頃から|ごろから|にずれ|中には|までには|早々|いっぱいから|スタート|始まり|開始|着任|に(?:は)?(?:移|行|着任|入職|始|転職)|で(?:お願い|開始|始)|頃(?:を|に|が)|の(?:連休明け|頭|初め)|付|入職|には(?:移|行)|を希望|が望|に繰り上げ|に(?:して|変更して|改めて|直して|ずらして)(?:くだ|下さ|ほし|欲し|いただ|頂|もら|おい)|(?:に入れば|に入ったら|たら)、?(?:すぐ|いつでも)?(?:に|にでも)?(?:始|働|動|行|勤め|勤務|着任|お願|。|$)|にさせ|に延|までは待て|でも(?:可|よい|構|かま|差し?支え|結構|大丈夫)|を考え|頃|、以降|に入ってから|に入ったら|(?:の)?(?:頭|初め|半ば|中旬)(?:くらい|ぐらい|あたり|頃)?(?:かな|から|に|を|が)|(?:くらい|ぐらい|あたり|頃)?かな|(?:くらい|ぐらい|あたり|頃)から|を目安|をめど|を目処|より前に(?:は)?(?:始|行|動|移)))"
);
// 「来年4月にはお産のない職場へ移らせていただきたい」.
pattern!(
    MOVES_THEN,
    r"^に(?:は)?、?[^。、\n]{0,16}(?:へ|に)(?:移(?:り|ら)|転職|変わり)[^。、\n]{0,8}た[いく]"
);
pattern!(
    BEGINS_BEFORE,
    r"(?:開始|始期|始業の時期|着任|入職|赴任|勤務開始|就任|始め|始まり|始動|働き始め|起点|いつから|早ければ|時期|start(?:ing)?(?: date)?|from|make it|available|begin(?:ning)?|commence|free|take up (?:work|a post|the post|a position))[^。\n]{0,10}$|(?:始める|始められる|開始|着任|入職|働き始める|動ける|動く|移れる)(?:の|時期|日)[^。\n]{0,24}$"
);
pattern!(
    END_AFTER,
    r"^(?:\d{1,2}日)?(?:末|いっぱい|末日)?(?:をもって|で(?:今|の|現|定|退|任|閉|辞|引|大学|病|終|市|県|、)?\S{0,10}(?:退|定年|辞|閉|終|満了|引)|に(?:\S{0,12})(?:退|定年|辞|閉)|まで|の(?:お盆|gw))"
);
pattern!(
    OTHER,
    r"生まれ|免許|取得|卒|送信|受付|受信|ip|登録して|年度実績|産まれ|更新|メール|お電話|面談|来局|より休職|誕生|頂い|いただき|から休職|以来|前から|から(?:ずっと|続|勤務して)|に登録|から今の"
);
pattern!(
    LONG,
    r"長期(?:で|的に|勤務|間)?|長く(?:勤|働|続|お|居て)|何年でも(?:お|い|勤|働|続)|長くなっても|腰を据え|細く長く|定年まで長く|末永く|long[- ]term|長く腰"
);
pattern!(
    MONTHS,
    r"(?P<n>\d{1,2})\s?か月(?P<half>半)?(?:間)?|半年(?:間)?|(?:期間は|契約は|任期は|期間:|期間で)、?(?:まず(?:は)?|とりあえず|最初は|当面|一応|約)?、?\s?(?P<y0>\d{1,2})\s?年|(?P<y>\d{1,2}(?:\.\d)?)\s?年(?P<yh>半)?(?:間|契約|限|だけ|ごとの?(?:契約|嘱託|更新)|更新|$|。|を(?:目処|目途|めど|目安)|の(?:任期|嘱託|契約|期限|約束)|は(?:続け|勤め|働)|くらい|程度|ほど)|ひと月(?:ずつ|単位)?|(?P<em>two|three|four|five|six|nine|\d{1,2})\smonths?|1年だけ"
);
pattern!(
    NOT_PERIOD,
    r"ひと月\d|引き継ぎ|引継|研修|見習い|冬の間|のうち|派遣|交替|契約更新"
);
pattern!(
    NOT_DURATION,
    r"前|経ち|ぶり|待て|後|早ま|早く|毎|に1|から\d|経験|研修|やって|勤め|過ご|以上の経験|ブランク|に(?:一|1)度|卒業|診て|休職|休んで|ごとに|に\d回|(?:で|くらいで|ほどで|ほど|も)?(?:慣れ|なれ(?:て|れ|まし))|あと半年|目(?:[^処途安]|$)"
);

pattern!(
    IF_THEN,
    r"^(?:以降|から|より|頃から|末から)(?:なら|であれば|でしたら|でも|も(?:可|よい|結構))|^(?:から)?でも(?:可|よい|いい|構|結構)"
);
pattern!(
    SETTLED,
    r"^(?:から|より|には|に)[^。\n]{0,40}(?:ことに(?:相)?(?:なりました|なり、|なって|決ま)|決まりました|内定)"
);
pattern!(
    FROM_THEN,
    r"^(?:以降|頃|ごろ)?(?:から|より)?(?:の)?(?:。|$|で(?:す|お願い)|お願い|希望|を希望|スタート|勤務開始)"
);
// 「4月から無職です」.
pattern!(
    WITHOUT_POST,
    r"^(?:から|以降|より)(?:は)?、?(?:無職|浪人|自宅に|家に(?:い|お)|何もして)"
);
// 「4月からしか動けません」.
pattern!(
    NOT_BEFORE,
    r"^(?:以降|頃|ごろ)?(?:から|に(?:なって)?)?しか[^。、\n]{0,10}(?:ません|ない|無理)"
);
// 「開始は来春を予定しています」.
pattern!(
    PLANNED,
    r"^(?:頃|ごろ)?(?:から|以降)?(?:を|で|に)?(?:予定|想定)(?:して(?:い|お)|です)"
);
pattern!(
    NO_HURRY,
    r"^[^。\n]{0,8}、?(?:急ぎ(?:は)?(?:し)?ません|急いで(?:は)?(?:い)?(?:ません|ない)|急がな|焦っ)"
);
pattern!(
    GOING_ON,
    r"休職|ずっと|以来|続けて|現在|いまの病院は|今の病院は|前から|まで"
);
pattern!(
    ANOTHER_BEGINS,
    r"^(?:から|より|に)(?:は)?、?(?:うちの)?(?:息子|娘|子ども|子供|長男|長女|次男|次女|孫|妻|夫|母|父|後任|新しい(?:先生|医師|院長|人|方|部長|上司|体制|病棟|病院(?:が|に建|を建)))"
);
pattern!(
    RANGE,
    r"^(?:から|~|-)(?:翌年?)?の?\d{1,2}月(?:の|まで|末|いっぱい|ま|に|は|も)"
);
pattern!(
    DONE,
    r"(?:ました|ています|ております|ている|ました。|た)[。、が]?\s*$"
);
pattern!(
    BEGINS,
    r"働|探し|求め|紹介|勤めに出|おいで|お越し|勤務(?:可|でき|し(?:たい|ます))|始め|開始|着任|入職|動け|希望|お願い|可能|赴任|お世話"
);
pattern!(
    THOUGHT,
    r"^(?:から|より|以降)?、?(?:と(?:思っ(?:た|てい)|考えて(?:い|お)まし|書き|申し|お伝え)|の(?:つもり|予定)(?:でし|だっ))[^。\n]{0,6}(?:が|けど|けれど)"
);
pattern!(
    NOT_UNTIL,
    r"^(?:末|いっぱい|中)?までは[^。\n]{0,16}(?:働け|動け|勤務でき|始め(?:られ|る)|無理|難し|勤められ|お受けでき)"
);

/// Reads both.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    begin(cx, items);
    after_the_end(cx, items);
    duration(cx, items);
}

fn begin(cx: &Cx, items: &mut Vec<Item>) {
    let mut found: Vec<Item> = Vec::new();
    for d in &cx.dates {
        let rest = cx.rest(d.end);
        let head = cx.head(d.start);
        let clause = cx.clause(d.start);
        if OTHER.is(clause) {
            continue;
        }
        let label = cx.doc.label_before(d.start).is_some_and(|l| {
            l.contains("開始")
                || l.contains("時期")
                || l.contains("いつ")
                || l.contains("着任")
                || l.contains("始期")
                || l.contains("入職")
                || l.contains("赴任")
                || l.contains("就業可能")
        });
        let leaves = label_leaves(cx, d.start);
        let ends = END_AFTER.is(rest) || leaves;
        let moves = MOVES_THEN.is(rest);
        let begins_behind = moves || BEGINS_AFTER.is(rest);
        let begins = begins_behind
            || BEGINS_BEFORE.is(head)
            || d.value == "asap"
            || label
            || cx.doc.text(d.start, d.end).starts_with("from")
            || cx.doc.text(d.start, d.end).ends_with("から");
        if !label && (ends && !begins_behind || !begins) || leaves {
            continue;
        }
        if rest.starts_with("に入り")
            || rest.starts_with("に入院")
            || rest.starts_with("から休")
            || WITHOUT_POST.is(rest)
            || rest.starts_with("お役に立")
        {
            continue;
        }
        if told(cx, d.start, rest) {
            continue;
        }
        // 「4月より」 compares nothing: the word belongs to the date.
        let from = if rest.starts_with("より") {
            "より".len()
        } else {
            0
        };
        let mut item = Item::new(
            Field::Start,
            Value::text(d.value.clone()),
            d.start,
            d.end + from,
            "start::date",
        );
        // 「十月より前には始められません」: the earliest that is possible.
        if rest.starts_with("より前") || head.ends_with("早くても") || NOT_BEFORE.is(rest) {
            item.strength = Some(Strength::Must);
        } else if IF_THEN.is(rest)
            || cx
                .doc
                .label_before(d.start)
                .is_some_and(|l| l.contains("可能"))
        {
            item.strength = Some(Strength::Ok);
        } else if moves
            || NO_HURRY.is(rest)
            || PLANNED.is(rest) && (label || rest.starts_with("から") || BEGINS_BEFORE.is(head))
            || FROM_THEN.is(rest)
                && !cx.scope.asked(d.start)
                && !cx.scope.others_speak(cx.doc, d.start)
                && !GOING_ON.is(clause)
                && cx.verdict(&item).is_none()
        {
            item.strength = Some(Strength::Want);
        }
        found.push(item);
    }
    // The earliest that is wished stands; 「遅くとも」 and what a correction takes back do not.
    let mut keep: Vec<Item> = Vec::new();
    let days: Vec<(usize, usize)> = found
        .iter()
        .filter(|i| i.value != Value::text("asap"))
        .map(|i| (i.start, i.end))
        .collect();
    for item in found {
        // 「12月以降ならいつでも」: the date says it.
        let same = |at: usize| {
            cx.doc.sentence_at(at).map(|s| s.start)
                == cx.doc.sentence_at(item.start).map(|s| s.start)
        };
        if item.value == Value::text("asap") && days.iter().any(|(s, _)| same(*s)) {
            continue;
        }
        let head = cx.head(item.start);
        if head.ends_with("遅くとも")
            || cx.rest(item.end).starts_with("ではなく")
            || cx.rest(item.end).starts_with("でなく")
            || cx.rest(item.end).starts_with("じゃなく")
            || THOUGHT.is(cx.rest(item.end))
        {
            continue;
        }
        keep.push(item);
    }
    items.append(&mut keep);
}

/// A date of what happens anyway: 「五月から…行くことになりました」, 「4月から木曜の手術は譲りました」, 「12月から3月の四か月」.
fn told(cx: &Cx, start: usize, rest: &str) -> bool {
    let (_, end) = cx.doc.clause_at(start);
    let clause = cx.clause(start);
    let sentence = cx.sentence(start);
    SETTLED.is(rest)
        || ANOTHER_BEGINS.is(rest)
        || RANGE.is(rest)
        || clause.contains("休職中")
        || clause.contains("育休中")
        || clause.contains("後任")
        || rest.starts_with("から") && DONE.is(cx.doc.text(start, end)) && !BEGINS.is(sentence)
}

/// 「来年3月までは働けません」: the month after it is the earliest.
fn after_the_end(cx: &Cx, items: &mut Vec<Item>) {
    for d in &cx.dates {
        if d.day || !NOT_UNTIL.is(cx.rest(d.end)) || !cx.doc.counts(d.start) {
            continue;
        }
        if let Some(next) = dates::month_after(&d.value) {
            items.push(
                Item::new(
                    Field::Start,
                    Value::text(next),
                    d.start,
                    d.end,
                    "start::after",
                )
                .with(Strength::Must),
            );
        }
    }
}

fn label_leaves(cx: &Cx, at: usize) -> bool {
    cx.doc.label_before(at).is_some_and(|l| {
        l.contains("退職")
            || l.contains("現在")
            || l.contains("生年")
            || l.contains("取得")
            || l.contains("卒")
            || l.contains("免許")
            || l.contains("受付")
            || l.contains("日時")
    })
}

fn duration(cx: &Cx, items: &mut Vec<Item>) {
    for c in LONG.all(cx.text()) {
        let Some(m) = c.get(0) else { continue };
        if cx.rest(m.end()).starts_with("休") || cx.rest(m.end()).starts_with("かか") {
            continue;
        }
        items.push(Item::new(
            Field::Duration,
            Value::text("long"),
            m.start(),
            m.end(),
            "start::long",
        ));
    }
    for c in MONTHS.all(cx.text()) {
        let Some(m) = c.get(0) else { continue };
        let rest: String = cx.rest(m.end()).chars().take(7).collect();
        let head = tail(cx.head(m.start()), 8);
        let word = m.as_str();
        if NOT_DURATION.is(&rest)
            || NOT_PERIOD.is(cx.clause(m.start()))
            || head.ends_with(['第', '卒', '平', '成', '和'])
            || head.contains("あと")
            || head.contains("毎")
            || head.ends_with("週に")
            || head.ends_with(|c: char| c.is_ascii_digit() || c == '.')
        {
            continue;
        }
        let n = if word.starts_with("半年") {
            6
        } else if word.starts_with("ひと月") {
            1
        } else if let Some(y) = c
            .name("y")
            .or(c.name("y0"))
            .and_then(|y| y.as_str().parse::<f64>().ok())
        {
            if y > 10.0
                || !(word.contains("契約")
                    || word.contains("だけ")
                    || word.contains("限")
                    || word.contains("嘱託")
                    || word.contains("更新")
                    || word.contains("目")
                    || word.contains("任期")
                    || word.contains("約束")
                    || cx.clause(m.start()).contains("長くても")
                    || cx.clause(m.start()).contains("期間"))
            {
                continue;
            }
            #[allow(clippy::cast_possible_truncation)]
            let whole = (y * 12.0) as i64;
            whole + if c.name("yh").is_some() { 6 } else { 0 }
        } else if let Some(em) = c.name("em") {
            match em.as_str() {
                "two" => 2,
                "three" => 3,
                "four" => 4,
                "five" => 5,
                "six" => 6,
                "nine" => 9,
                d => d.parse().unwrap_or(0),
            }
        } else if word.starts_with("1年") {
            12
        } else {
            number(&c, "n").unwrap_or(0)
        };
        if (1..=120).contains(&n) {
            items.push(Item::new(
                Field::Duration,
                Value::Number(n),
                m.start(),
                m.end(),
                "start::duration",
            ));
        }
    }
}
