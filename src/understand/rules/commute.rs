//! The way to work: how many minutes one way. By what means stands in [`super::means`].

use super::{Cx, Item, of_another};
use crate::domain::wish::{Field, Strength, Value};
use crate::understand::doc::Block;
use crate::understand::english::home as english_home;
use crate::understand::pattern::{number, pattern};
use crate::understand::scope::{Class, Scope};

pattern!(
    TIME,
    r"(?x)
    (?: (?P<small>小)1時間 | (?P<half>半)時間
      | (?P<h>\d{1,2})(?:~(?P<h2>\d{1,2}))?(?:\s?時間|\s?h\b)(?P<hh>半|と?\s?(?P<hm>\d{1,2})\s?分)?
      | (?:(?P<from>\d{1,3})分?\s?(?:~|-|から|、|か|乃至|ないし|to|or)\s?)?(?P<m>\d{1,3})\s?(?:分|min\b|mins\b|minutes)
      | (?P<quarters>three\squarters|a\squarter)\sof\san\shour
      | (?P<eh>one|an|a|two|half\san|\d)\s(?P<ehalf>and\sa\shalf\s)?hours?(?P<late>\sand\sa\shalf)?
      | (?P<em>ten|fifteen|twenty|thirty|forty|forty-five|fifty|sixty|ninety)\sminutes )"
);
// What says of a time before it that it is spent on the way.
pattern!(
    WAY_BEFORE,
    r"(?:通勤|片道|往復|ドア(?:ツー|・ツー・|to|から|~)ドア|door[ -]to[ -]door|(?:都合|合計|合わせて)|(?:車|マイカー|クルマ|電車|京阪|阪急|阪神|南海|近鉄|名鉄|西鉄|京急|京王|小田急|東急|相鉄|shinkansen[a-z ]*|jr|地下鉄|バス|自転車|タクシー|特急|新幹線|市電|快速|私鉄|在来線|高速|バイク)(?:なら|で(?:行って|も)?|を使って)?|[^\s、。]線(?:で|なら)?|乗車|乗って|揺られて|(?:自宅|家|うち|拙宅|住まい|ここ|駅)(?:\([^)]{1,8}\))?(?:から|より)|(?:歩いて|徒歩で?|自転車で|ペダルを)|住み(?:で|なので)|通う?(?:の|に|って|時間)|運転して|走って|commut\w*|one way|travel\w*|within|drive|by (?:car|train|bus)|移動(?:時間)?|距離)[^。\d]{0,12}$"
);
pattern!(
    WAY_AFTER,
    r"^\s?(?:の?圏|圏内|以内|程度|くらい|ぐらい|ほど|まで|迄|も|かそこら|前後|未満|の)*(?:の)?(?:圏|で?(?:通|行け|着|走|済|行く|来)|走れば|のうち|より遠|以上(?:遠|の通勤|かか)|かか(?:る|って|ら)|通勤|圏内|の距離|の(?:範囲|所|とこ|ところ|場所|職場|病院|勤務先|通勤)|(?:of|from)\s(?:my\s)?(?:home|house)|(?:by|each way|one way|door)|(?:a\s)?commute|drive|train|to my)"
);
pattern!(
    OTHER_TIME,
    r"(?:駅から(?:徒歩|歩)|駅(?:より)?徒歩|駅まで(?:の道|は|が)|空港から|空港まで|1日|1回|実働|勤務時間|労働|診療時間|就業|日に|面談|オンラインで|会議|時間外|睡眠|保育園|休憩|遅れ|急げば|電話|外来|1人|ひとり|手術|週(?:の|に|合計で?)?|合計で?|通訳|コマ|延長|早く|夜間|真夜中でも|per day|per week)[^。、\n]{0,9}$"
);
pattern!(
    OTHER_AFTER,
    r"^(?:の)?(?:間隔|休憩|面談|講演|勤務|外来|手術|仮眠|遅刻|残業|オンライン|電話|話|説明|診察|ずつ|刻み|早|前に|前から|後に|以上かけて|かけて|おき|ごと|労働|体制|以内に(?:病院|駆け|戻|到着|着い|出勤|返|折)|以内の(?:呼|駆け|オンコール)|/日|per day|a day|per week|a week)"
);
pattern!(
    NOT_CLAUSE,
    r"面談|睡眠|保育園|新幹線の駅|呼ばれ|コール|当番|メモ|休憩|勤務時間|実働|労働時間|診療時間|就業"
);
pattern!(TABLE, r"通勤|時間距離|commute|所要");
// More of the same way: 「乗って40分、降りて歩き15分」, 「自転車10分+電車8分+歩き7分」.
pattern!(
    PLUS,
    r"^(?:[、,]?\s?(?:で)?(?:降りて|そこから|それから)(?:歩き|徒歩|歩いて|バス)?(?:で)?|(?:、)?\s?(?:\+|と|プラス)\s?[^。、\n]{0,7}?(?:で)?)(?P<n>\d{1,2})\s?分"
);
pattern!(
    DECLINED,
    r"^[^。\n]{0,12}(?:ので|から|ため)、?(?:今回は|残念ですが)?[^。\n]{0,4}(?:やめ|見送|お断り|辞退|遠慮)"
);
pattern!(
    PLAINLY,
    r"(?:片道|往復|通勤(?:は|が|に|時間は)?|ドアから?ドアで)(?:約)?$"
);
pattern!(
    A_FACT,
    r"(?:空港|駅|病院|大学|実家|施設|学校|保育園|海|山|市街)(?:は|まで(?:は)?|へは)、?[^、。]{0,8}(?:家|自宅|拙宅|うち)から[^、。]{0,6}$"
);
pattern!(ON_FOOT, r"(?:徒歩|歩いて|歩き)(?:で)?(?:約)?$");
pattern!(
    REACHED,
    r"^(?:以内|圏|圏内|くらい|程度|まで)?(?:で|に|の)?(?:通|行け)"
);
pattern!(FROM_DOOR, r"自宅|家から|通勤|拙宅|ドア");
pattern!(ABOUT_HOUR, r"^(?:が限|まで|以内|なら|くらい|ほど|圏)");
// 「通勤50分まで、とありますが往復の意味でした」.
pattern!(
    MEANT_ROUND,
    r"^[^\n]{0,30}?往復(?:で)?(?:\d{2,3}分)?の(?:意味|つもり|こと|話)"
);
pattern!(ROUND, r"往復[^。、\d]{0,8}$");

/// Reads them.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    let mut found: Vec<Item> = Vec::new();
    let mut until = 0;
    for c in TIME.all(cx.text()) {
        let Some(all) = c.get(0) else { continue };
        let goes_on = found.last().is_some_and(|f: &Item| {
            let gap = cx.doc.text(f.end.min(all.start()), all.start());
            gap.chars().count() < 16 && !gap.contains('\n') && !OTHER_TIME.is(gap)
        });
        if all.start() < until
            || !(on_the_way(cx, all.start(), all.end())
                || goes_on && !OTHER_AFTER.is(cx.rest(all.end())))
        {
            continue;
        }
        let Some(mut value) = value_of(&c) else {
            continue;
        };
        if ROUND.is(cx.head(all.start())) || MEANT_ROUND.is(cx.rest(all.end())) {
            value /= 2;
        }
        let mut end = all.end();
        while let Some(more) = PLUS.first(cx.rest(end))
            && let Some(extra) = number(&more, "n")
        {
            value += extra;
            end += more.get(0).map_or(1, |m| m.end());
        }
        until = end;
        if !(5..=360).contains(&value) {
            continue;
        }
        let mut item = Item::new(
            Field::CommuteMinutes,
            Value::Number(value),
            all.start(),
            end,
            "commute::minutes",
        );
        item.strength = strength(cx, &item);
        found.push(item);
    }
    // A figure that the next one takes back: 「15分、と言いたいところですが30分」, 「1時間→70分」.
    let mut keep: Vec<Item> = Vec::new();
    for item in found {
        if let Some(last) = keep.last() {
            let gap = cx.doc.text(last.end.min(item.start), item.start);
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

/// The sentence above the one that starts at a byte.
fn above<'d>(cx: &Cx<'d, '_>, start: usize) -> &'d str {
    cx.doc
        .sentence_at(start.saturating_sub(1))
        .map_or("", |s| cx.doc.text(s.start, s.end))
}

/// Whether a time is spent on the way to work.
fn on_the_way(cx: &Cx, start: usize, end: usize) -> bool {
    let rest = cx.rest(end);
    let head = cx.head(start);
    let clock = head
        .strip_suffix(':')
        .is_some_and(|h| h.ends_with(|c: char| c.is_ascii_digit()));
    if clock
        || head.trim_end().ends_with("yen")
        || head.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '時' | '.'))
        || of_another(cx, start)
        || DECLINED.is(rest)
        || rest.starts_with(|c: char| c.is_ascii_digit())
        || OTHER_AFTER.is(rest)
    {
        return false;
    }
    if cx.doc.label_before(start).is_some_and(|l| TABLE.is(l)) {
        return true;
    }
    let Some(sentence) = cx.doc.sentence_at(start) else {
        return false;
    };
    let line = cx.doc.line_at(start).map_or(sentence.start, |l| l.start);
    let near = cx.doc.text(sentence.start.max(line).min(start), start);
    let clause = cx.clause(start);
    if rest.starts_with("です") && A_FACT.is(near) {
        return false;
    }
    if ON_FOOT.is(near) && rest.starts_with("です") {
        return false;
    }
    if ON_FOOT.is(near) && !FROM_DOOR.is(near) && !REACHED.is(rest) {
        return false;
    }
    if cx.doc.text(start, end) == "小1時間" && ABOUT_HOUR.is(rest) && !NOT_CLAUSE.is(clause) {
        return true;
    }
    let way = WAY_BEFORE.is(near) || WAY_AFTER.is(rest) || from_place(cx, start);
    let plainly = PLAINLY.is(near);
    if way && (plainly || !OTHER_TIME.is(near)) {
        return !NOT_CLAUSE.is(clause) || clause.contains("通勤");
    }
    if NOT_CLAUSE.is(clause) || OTHER_TIME.is(near) {
        return false;
    }
    let words = cx.sentence(start);
    words.contains("通勤")
        || words.contains("通え")
        || words.contains("通う")
        || words.contains("通い")
        || words.contains("遠く")
        || words.contains("乗車")
        || words.contains("乗り継")
        || cx.doc.latin && english_home::on_the_way(words, above(cx, sentence.start))
        || words.chars().count() < 44 && after_travel(cx, line, start)
        || words.contains("こと") && words.chars().count() < 50 && words.contains("車で")
}

/// 「調布から40分」, 「仙台空港方面であれば50分まで」.
fn from_place(cx: &Cx, start: usize) -> bool {
    pattern!(
        GAP,
        r"^(?:市|駅|区)?(?:内)?(?:の(?:家|自宅))?(?:から|より|方面|空港方面|あたり)(?:は|なら|であれば|でしたら|まで)?(?:、)?(?:約|およそ|だいたい|片道)?$"
    );
    cx.places
        .iter()
        .rfind(|p| p.end <= start)
        .is_some_and(|p| GAP.is(cx.doc.text(p.end, start)))
        || cx.head(start).ends_with("方面であれば")
        || cx.head(start).ends_with("方面なら")
}

/// 「…を乗り継いで行きます。70分くらい迄。」: the sentence before on the line spoke of the way.
fn after_travel(cx: &Cx, line: usize, start: usize) -> bool {
    pattern!(
        TRAVEL,
        r"(?:乗り継|車で|電車|バスで|自転車|沿線|沿い|乗車|通(?:う|い|え|勤)|から(?:なるべく|できるだけ)?(?:近|遠))[^\n]{0,30}$"
    );
    TRAVEL.is(cx.doc.text(line.min(start), start))
}

pattern!(
    IF_SO,
    r"^(?:くらい|ぐらい|程度|ほど)?(?:まで)?(?:なら|でしたら|であれば)"
);
pattern!(
    STILL_GOES,
    r"^(?:くらい|ぐらい|程度)?でも(?:通(?:い|え|う)|参|行[きけ]|伺)"
);
pattern!(
    AT_LONGEST,
    r"(?:長|遠|遅)く(?:ても|とも)、?(?:片道|通勤|ドアから?ドアで)?$|(?:最大|最長)(?:でも)?$"
);
pattern!(
    OR_ELSE_NOT,
    r"^(?:くらい|ぐらい|程度|ほど)?(?:まで|以内|圏内)?(?:で|じゃ|に)(?:は)?な(?:い|けれ)(?:と|ば)"
);
pattern!(
    NO_FURTHER,
    r"^(?:くらい|ぐらい|程度|ほど)?(?:より(?:も)?(?:遠|長|先|かか)|以上(?:は|かか|の|だと|遠)|を?(?:超|越)え)[^。\n]{0,14}(?:ません|ない|かね(?:ます|る)|無理|困|続か|だめ|駄目|難し|厳し|避け|不可|きつ|お断り|断り|辞退|遠慮|勘弁|見送|ng)"
);
pattern!(
    NOT_PAST_THIS,
    r"^[^。\n]{0,24}[。、が]?[^。\n]{0,4}(?:これ|それ|今|いま)(?:より(?:も)?(?:遠|長|先|かか)|以上(?:遠|長|かか|は|だと)|が(?:限度|限界|精一杯|ぎりぎり|精いっぱい))|^[^.]{0,40}(?:about the most|the most i can|is my limit|at the (?:very )?most)"
);
pattern!(
    BEFORE_BRACKET,
    r"^(?:以内|まで|圏内?|程度|くらい)?\([^)]*(?:電車|バス|車|徒歩|自転車)[^)]*\)"
);
pattern!(
    SAME_AS_NOW,
    r"^[^。\n]{0,40}と同じ(?:くらい|ぐらい|程度|距離|時間)"
);
pattern!(BARE_LIMIT, r"^(?:以内|まで|圏内?|程度|くらい)?(?: |$)");
pattern!(
    AT_WORST,
    r"(?:無理なら|だめなら|ダメなら|なければ|難しければ|場合によっては|長くて(?:も)?)、?$"
);

/// The strength that the words right beside give, else the scope decides.
fn strength(cx: &Cx, item: &Item) -> Option<Strength> {
    let rest = cx.rest(item.end);
    let head = cx.head(item.start);
    if cx.scope.asked(item.start) || cx.scope.others_speak(cx.doc, item.start) {
        return None;
    }
    if AT_LONGEST.is(head) && !IF_SO.is(rest) || OR_ELSE_NOT.is(rest) || NO_FURTHER.is(rest) {
        return Some(Strength::Must);
    }
    let told = cx
        .scope
        .decide(cx.doc, item.start, item.end, Class::Other)
        .is_none();
    if told && NOT_PAST_THIS.is(rest) {
        return Some(Strength::Must);
    }
    if STILL_GOES.is(rest) {
        return Some(Strength::Ok);
    }
    if SAME_AS_NOW.is(rest) {
        return Some(Strength::Want);
    }
    if cx.doc.latin
        && ["no more than ", "not more than "]
            .iter()
            .any(|w| head.ends_with(w))
    {
        return Some(
            if [
                "prefer",
                "ideally",
                "would like",
                "'d like",
                "hope",
                "if possible",
            ]
            .iter()
            .any(|w| head.contains(w))
            {
                Strength::Want
            } else {
                Strength::Must
            },
        );
    }
    // 「45分まで(電車・バス可)」: the bracket speaks of what stands in it.
    if BEFORE_BRACKET.is(rest) {
        return cx
            .doc
            .line_at(item.start)
            .map(|l| l.context.strength.unwrap_or(Strength::Want));
    }
    if told
        && Scope::listed(cx.doc, item.start)
        && BARE_LIMIT.is(rest)
        && let Some(line) = cx.doc.line_at(item.start)
        && line.context.block != Block::Present
    {
        return Some(line.context.strength.unwrap_or(Strength::Want));
    }
    if AT_WORST.is(head) && (rest.starts_with("でも") || rest.starts_with("まで")) {
        return Some(Strength::Ok);
    }
    None
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
    if let Some(words) = c.name("em") {
        return Some(match words.as_str() {
            "ten" => 10,
            "fifteen" => 15,
            "twenty" => 20,
            "thirty" => 30,
            "forty" => 40,
            "forty-five" => 45,
            "fifty" => 50,
            "ninety" => 90,
            _ => 60,
        });
    }
    if let Some(quarters) = c.name("quarters") {
        return Some(if quarters.as_str() == "a quarter" {
            15
        } else {
            45
        });
    }
    if let Some(eh) = c.name("eh") {
        let h = match eh.as_str() {
            "one" | "an" | "a" => 1,
            "two" => 2,
            "half an" => return Some(30),
            d => d.parse().ok()?,
        };
        return Some(
            h * 60
                + if c.name("ehalf").or(c.name("late")).is_some() {
                    30
                } else {
                    0
                },
        );
    }
    let h = number(c, "h2").or(number(c, "h"))?;
    let more = match c.name("hh") {
        Some(x) if x.as_str() == "半" => 30,
        Some(_) => number(c, "hm").unwrap_or(0),
        None => 0,
    };
    Some(h * 60 + more)
}
