//! Where: wished places. Places that stand in one list (「横浜・川崎市内」, 「AかBでも」) are judged together.

use super::things;
use super::unnamed_area;
use super::whose_place::{self, is_home, told};
use super::{Cx, Item, tail};
use crate::domain::wish::{Field, Strength, Value};
use crate::understand::doc::Role;
use crate::understand::pattern::pattern;
use crate::understand::place::PlaceHit;
use crate::understand::scope::{Class, Scope, Verdict};
pub use whose_place::home;

/// Places of one list with what is said of all of them.
struct Group<'c> {
    places: Vec<&'c PlaceHit>,
    start: usize,
    end: usize,
}

pattern!(
    LINK,
    r"^(?:市内|県内|府内|都内|区内|内|市|県|府|駅)?(?:あたり|周辺|方面|近辺|界隈)?(?:の(?:どちら|いずれ)か)?\s?(?:、|・|か|や|と|/|~|-|,|から|でも|とか|または|又は|もしくは|および|ならびに|あるいは|ないし|それとも|次いで|\s)?(?:、)?\s?(?:または|又は|もしくは|および|あるいは|ないし|それとも|それに|と|or\s|and\s|それから)?\s?$"
);

fn asked_of(cx: &Cx, place: &PlaceHit) -> bool {
    cx.doc
        .line_at(place.start)
        .is_some_and(|l| matches!(l.role, Role::Quoted | Role::Question))
}

/// How far behind a list of places its deciding words are still quoted, in bytes.
const SAID_WITHIN: usize = 120;

/// Reads wished places.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    let home = home(cx).map(|h| h.value.clone());
    for group in groups(cx, home.as_deref()) {
        let Some((strength, end)) = judge(cx, &group) else {
            continue;
        };
        // The home, named again, is wished only where its name is followed by such words.
        if let [only] = group.places.as_slice()
            && home.as_deref() == Some(only.value.as_str())
            && strength.is_positive()
            && !Scope::listed(cx.doc, only.start)
            && !JUST_HERE.is(cx.rest(only.end))
        {
            continue;
        }
        for place in &group.places {
            let mut item = Item::new(
                Field::Area,
                Value::text(place.value.clone()),
                place.start,
                end_of(cx, place).max(end.min(group.end + SAID_WITHIN)),
                "area::place",
            );
            item.strength = Some(strength);
            items.push(item);
        }
    }
    items.retain(|i| i.field != Field::AreaType || !whose_place::story_behind(cx.rest(i.end)));
    // 「島でも、お話があれば」: a kind of area is accepted so.
    for i in 0..items.len() {
        let Some(item) = items.get(i) else { break };
        let even = item.field == Field::AreaType
            && item.strength.is_none()
            && cx.rest(item.end).starts_with("でも")
            && cx
                .verdict(item)
                .is_some_and(|v| v.strength == Strength::Want);
        if even && let Some(item) = items.get_mut(i) {
            item.strength = Some(Strength::Ok);
        }
    }
    // What a quoted question names is kept for the answer under it.
    for place in cx.places.iter().filter(|p| asked_of(cx, p)) {
        items.push(Item::new(
            Field::Area,
            Value::text(place.value.clone()),
            place.start,
            place.end,
            "area::asked",
        ));
    }
    unnamed_area::read(cx, items, home.as_deref());
}

/// 「市内」 behind a place belongs to its name.
fn end_of(cx: &Cx, place: &PlaceHit) -> usize {
    let rest = cx.rest(place.end);
    ["市内", "県内", "区内", "府内", "内"]
        .iter()
        .find(|w| rest.starts_with(**w))
        .map_or(place.end, |w| place.end + w.len())
}

/// The places that may be wished, list by list.
fn groups<'c>(cx: &'c Cx, home: Option<&str>) -> Vec<Group<'c>> {
    let mut out: Vec<Group<'c>> = Vec::new();
    let mut last: Option<(&PlaceHit, bool)> = None;
    for place in &cx.places {
        if !cx.doc.counts(place.start) {
            continue;
        }
        let joined = last.is_some_and(|(p, _)| {
            let gap = cx.doc.text(p.end.min(place.start), place.start);
            !gap.is_empty() && gap.len() < 40 && !gap.contains('\n') && LINK.is(gap)
        }) && !apart(cx, out.last(), place);
        let out_of_it = |cx: &Cx| is_home(cx, place) || told(cx, place, home) || idle(cx, place);
        // In a list only the last member has the words behind it; what it is, the others are.
        let kept = !out_of_it(cx);
        if joined
            && let Some((_, true)) = last
            && kept
        {
            if let Some(group) = out.last_mut() {
                // 「Aoba-ku, Sendai」 is one place.
                if cx.doc.latin
                    && group
                        .places
                        .last()
                        .is_some_and(|p| p.value.starts_with(&place.value))
                {
                    group.end = place.end;
                    last = Some((place, true));
                    continue;
                }
                group.places.push(place);
                group.end = place.end;
            }
        } else if kept {
            out.push(Group {
                places: vec![place],
                start: place.start,
                end: place.end,
            });
        }
        // 「東京と大阪の学会に出ます」: what the last of a list is told of, the others are.
        if joined && matches!(last, Some((_, true))) && !kept && whose_place::in_a_story(cx, place)
        {
            out.pop();
        }
        last = Some((place, kept));
    }
    let mut out: Vec<Group<'c>> = out.into_iter().flat_map(|g| split(cx, g)).collect();
    for group in &mut out {
        if let Some(p) = group.places.last() {
            group.end = group.end.max(end_of(cx, p));
        }
    }
    out
}

/// 「京都か大阪、奈良は遠いので不可」, 「金沢市、白山市/富山県側は×」: behind a choice or a stroke another place is spoken of in
/// its own right.
fn apart(cx: &Cx, before: Option<&Group>, place: &PlaceHit) -> bool {
    let Some([.., a, b]) = before.map(|g| g.places.as_slice()) else {
        return false;
    };
    let listed = cx.doc.text(a.end.min(b.start), b.start);
    let gap = cx.doc.text(b.end.min(place.start), place.start);
    (listed == "か" && gap == "、" || listed != "/" && gap == "/")
        && ["は", "側は", "方面は", "内は"]
            .iter()
            .any(|w| cx.rest(end_of(cx, place)).starts_with(w))
}

pattern!(
    SPELT_OUT,
    r"^の(?:南|北|東|西|中|ほう)[^。、\n]{0,4}、(?:すなわち|つまり|具体的に|たとえば|例えば)"
);
// 「横浜の件 通勤が1時間かかるので今回はやめておきます」.
pattern!(
    ABOUT_IT,
    r"^(?:市|県)?の(?:件|お話)(?:$|[ 、。は]|です|の(?:お?返事|ご?回答|ご?連絡|続き))"
);
// 「八戸の先生の方の返事はまだ」: staff remind themselves of somebody.
pattern!(
    ANOTHER_DOCTOR,
    r"^(?:市|県)?の[^。、\n]{0,4}(?:先生|dr)(?:の(?:方|ほう|件)|に(?:当たっ|あたっ|聞|打診|声)|へ|から|は(?:どう|いかが))"
);
// 「→高崎の2件、来週ご案内します（田中）」, 「次は八戸か一関を当たります」: what the desk is going to do.
pattern!(
    DESK_PLANS,
    r"^(?:[かと・、や][^。、\n]{1,6})?(?:市|県)?(?:の[^。\n]{1,10})?(?:を|に|へ|は|、)?[^。\n]{0,6}?(?:当た(?:ります|る(?:。|$|\n|\()|ってみ)|ご?案内(?:し|いたし)ます|打診し(?:ます|てみ)|照会(?:し)?(?:ます|中)|問い?合わせ(?:ます|中)|聞いてみます)"
);
// 「金は鳥栖なので×」: where the day goes.
pattern!(
    TAKEN_BY,
    r"^(?:市)?(?:なので|ですので|だから|のため|にいるので|に出るので)"
);
pattern!(BY_DAY, r"[月火水木金土日祝](?:曜日?)?(?:は|が|も)$");
// 「飯田から引っ越すことはしません」 refuses to move, and not the place.
pattern!(
    MOVES_AWAY,
    r"^(?:市|県|町|村)?(?:から|を)(?:引っ?越|離れ|出て行|動く|転居|移る|移り住)"
);
pattern!(
    NOT_NEEDED,
    r"^[^。、\n]{0,8}(?:で|じゃ)なくて(?:も)?(?:いい|よい|良い|結構|構)|^(?:市内|県内|内)?から[^。、\n]{1,12}(?:に|へ)(?:変更|変え|切り替え|移し)|^より(?:も)?(?:北|南|東|西|遠|先|奥|向こう)"
);

/// 「新潟県内、長野も可」: what is said of the last with も is said of it alone.
fn split<'c>(cx: &Cx, mut group: Group<'c>) -> Vec<Group<'c>> {
    let also = cx
        .rest(group.places.last().map_or(group.end, |p| end_of(cx, p)))
        .starts_with('も');
    let gap = match group.places.as_slice() {
        [.., a, b] if also => cx.doc.text(a.end, b.start),
        _ => return vec![group],
    };
    let opens = cx.head(group.start).trim_end();
    let alone = opens.is_empty()
        || opens.ends_with([':', '=', '・', '】', ']', '|', '.'])
        || opens.ends_with("勤務地は");
    if gap.contains(['も', 'や', '・']) || group.places.len() > 2 || !alone {
        return vec![group];
    }
    let Some(last) = group.places.pop() else {
        return vec![group];
    };
    group.end = group.places.last().map_or(group.end, |p| p.end);
    vec![
        group,
        Group {
            start: last.start,
            end: last.end,
            places: vec![last],
        },
    ]
}

/// A line beside its stations, and 「全国」 of a society or a survey, say nothing.
fn idle(cx: &Cx, place: &PlaceHit) -> bool {
    let rest = cx.rest(place.end);
    let head = cx.head(place.start);
    if NOT_NEEDED.is(rest)
        || SPELT_OUT.is(rest)
        || TAKEN_BY.is(rest) && BY_DAY.is(tail(head, 6))
        || DESK_PLANS.is(rest)
        || ANOTHER_DOCTOR.is(rest)
        || ABOUT_IT.is(rest) && !whose_place::IF_ANY.is(rest)
        || MOVES_AWAY.is(rest)
        || cx.update && things::numbered_head(cx, place.start)
    {
        return true;
    }
    // 「隠岐の海士町」, 「道東の釧路」: the wider name only says where the closer one is.
    let inside = cx.places.iter().find(|q| q.start >= place.end);
    if inside.is_some_and(|q| {
        let gap = cx.doc.text(place.end, q.start);
        gap == "の"
            || ["なら", "だと", "では", "でいえば", "で言えば"].contains(&gap)
                && q.value.starts_with(&place.value)
            || [
                "でも",
                "内でも",
                "でも、",
                "内でも、",
                "の中でも",
                "の中でも、",
            ]
            .contains(&gap)
                && ["は", "より"].iter().any(|w| cx.rest(q.end).starts_with(w))
    }) && !place.value.contains(['駅', '線'])
    {
        return true;
    }
    let line = place.value.ends_with("沿線") || place.value.ends_with("沿い");
    if line {
        let same = cx.doc.sentence_at(place.start).map(|s| s.start);
        return head.ends_with("jr")
            || cx.places.iter().any(|q| {
                q.start != place.start && cx.doc.sentence_at(q.start).map(|s| s.start) == same
            });
    }
    place.value == "全国"
        && !(rest.contains("どこ")
            || cx.doc.text(place.start, place.end).contains("どこ")
            || rest.contains("可")
            || rest.contains("で結構")
            || rest.contains("ok")
            || head.contains("それ以外")
            || head.contains("勤務地")
            || cx.doc.latin)
}

pattern!(
    STAYS_WITHIN,
    r"^(?:[・、や][^\s。、・]{1,8}){0,4}(?:から出|を出な|の範囲を出|の外(?:に|へ|さ)は出)"
);
pattern!(
    IF_THERE,
    r"^(?:市内|内|県内|あたり|くらい|ぐらい)?(?:まで)?(?:なら|でしたら|であれば|やったら)"
);
pattern!(
    NOTHING_ELSE,
    r"^[^。\n]{0,14}(?:左記|上記|それ|これ|こ(?:の(?:範囲|地域|県))?)?以外(?:の(?:場所|地域|県|所)|へ)?(?:は|では|だと)?(?:不可|無理|ng|だめ|駄目|難し|考え(?:て)?(?:い|お)?(?:ない|りま?せん|ません)|お断り|ご?遠慮|辞退|見送|対象外|ご?容赦|ご?勘弁|(?:お?受け|お?引き?受け|応じ)(?:ません|られ|でき(?:ません|ない)|いたし(?:ません|かね)|かね)|行け|行き(?:ません|たくな)|通え)"
);
pattern!(
    LAST_RESORT,
    r"(?:(?:だめ|ダメ|駄目|無理|難しい|ない|見つからない|叶わない|決まらない)(?:なら|場合(?:は|に)?|(?:とき|時)(?:は|には)?)|(?:難し|な|見つからな|叶わな|決まらな)ければ|最悪|場合によっては)、?[^。\n]{0,4}$"
);
pattern!(
    AS_BEFORE,
    r"(?:今|いま|これ)まで(?:どおり|通り|と同じく?)、?$|(?:従来|以前)(?:どおり|通り)、?$|引き続き、?$"
);
pattern!(
    ALL_BUT,
    r"^だけは[^。\n]{0,40}(?:勘弁|無理|お断り|外し|除|だめ|駄目|遠慮|容赦|行けません|行きません)"
);
pattern!(
    BEST,
    r"^(?:市|県|内|の中心部)*が(?:よく|良く|(?:いちばん|1番|第[一1](?:希望)?|希望|理想|本命|ベスト)(?:で|です|。|、|$))"
);
pattern!(
    NOT_THERE,
    r"^(?:市|県|内|方面)?(?:以外|を除[いくき]|は除[いくき])"
);
pattern!(
    IN_SEASON,
    r"(?:月|冬|冬場|冬季|冬期|夏|雪の(?:日|時期|季節))(?:だけ)?(?:は|には)$"
);
pattern!(
    ALSO_REACHED,
    r"^(?:方面|あたり|くらい)?も[^。、\n]{0,14}(?:行け(?:る|ます)|通え(?:る|ます)|近い|大丈夫|構)"
);
pattern!(PLAINLY_NOT, r"^は(?:なし|ナシ|無し)(?:で|に|、|。|$)");
pattern!(
    LIVED,
    r"^[^。\n]{0,20}(?:住んで(?:い|お)|勤め(?:て|まし)|いました|おりました)"
);
pattern!(
    JUST_HERE,
    r"^(?:市|県)?(?:内|の中|周辺|近|あたり|辺り|限定|のみ|だけ|に限|が(?:いい|よい|良い|1番|希望|ベスト|理想|第一)|を(?:希望|第一)|で(?:働|の|お願|探|勤|続|希望)|・|、|か|や|または|に(?:残|留))"
);
pattern!(
    MOVES_THERE,
    r"^(?:へ|に)(?:移る|引っ越す|越す|移住する|転居する|移り住む)(?:のは(?:確定|決ま)|予定|ことに(?:なり|し|決))"
);
pattern!(
    EARLIER_WISH,
    r"の分|の件|前回|以前|登録|先日|申し上げ|お伝え|希望から|候補から|条件から|(?:という|との)(?:条件|希望)"
);
// 「うるま市、沖縄市のほか、名護でもよいです」: those stay wished.
pattern!(
    BESIDES,
    r"^(?:市|県|町)?(?:のほか|の他)(?:に(?:は|も)?)?、?[^。\n]{1,20}?(?:でも|も|まで)"
);
pattern!(
    LIKE,
    r"^(?:みたいな|のような)[^。、\n]{0,8}(?:でも|もいい|も可|も結構|も歓迎)"
);

/// How strongly a list of places is wished; nothing where it is none.
fn judge(cx: &Cx, group: &Group) -> Option<(Strength, usize)> {
    let first = group.places.first()?;
    let last = group.places.last()?;
    let rest = cx.rest(group.end);
    let head = cx.head(group.start);
    let of = |p: &PlaceHit, end: usize| cx.scope.decide(cx.doc, p.start, end, Class::Place);
    let verdict = of(last, group.end.max(last.end));
    let verdict = match verdict {
        Some(v) if !v.spoken && group.places.len() > 1 => of(first, first.end).or(Some(v)),
        other => other,
    };
    if BESIDES.is(rest) {
        return Some((Strength::Want, group.end));
    }
    if MOVES_THERE.is(rest) {
        return Some((Strength::Want, group.end));
    }
    if another_refused(cx, group, verdict) {
        return Some((Strength::Want, group.end));
    }
    if BEST.is(rest) {
        return Some((Strength::Want, group.end));
    }
    if NOT_THERE.is(rest) && !NOTHING_ELSE.is(rest) {
        return Some((Strength::Never, group.end));
    }
    if last.value == "全国" && cx.doc.text(last.start, last.end).contains("どこ") {
        return verdict
            .is_none_or(|v| v.strength.is_positive())
            .then_some((Strength::Ok, group.end));
    }
    if ALL_BUT.is(rest) {
        return Some((Strength::Never, group.end));
    }
    if AS_BEFORE.is(head) && !rest.contains("戻") {
        return Some((Strength::Want, group.end));
    }
    if verdict.is_none()
        && IF_THERE.is(rest)
        && !LIVED.is(rest)
        && !cx.scope.asked(group.start)
        && !cx.scope.others_speak(cx.doc, group.start)
    {
        return Some((Strength::Ok, group.end));
    }
    if LAST_RESORT.is(head)
        && verdict.is_none_or(|v| v.strength.is_positive() && v.strength != Strength::Must)
    {
        return Some((Strength::Ok, verdict.map_or(group.end, |v| v.end)));
    }
    let mut verdict = verdict?;
    if offered(cx, group, &verdict) {
        return None;
    }
    // 「外してください」 refuses a place; it withdraws one only that was wished before.
    if verdict.strength == Strength::Drop {
        let words = cx.doc.text(group.end, verdict.end.max(group.end));
        if words.contains(['外', '除']) && !(cx.update && EARLIER_WISH.is(cx.sentence(group.start)))
        {
            verdict.strength = Strength::Never;
        }
    }
    if STAYS_WITHIN.is(rest) || NOTHING_ELSE.is(rest) {
        return Some((Strength::Must, verdict.end));
    }
    if let Some(strength) = before_bracket(cx, group) {
        return Some((strength, group.end));
    }
    if anywhere(rest) || IF_THERE.is(rest) && !verdict.spoken || LIKE.is(rest) {
        return Some((Strength::Ok, verdict.end));
    }
    if verdict.strength == Strength::Drop && IF_THERE.is(rest) {
        return Some((Strength::Ok, group.end));
    }
    if cx.update && verdict.strength == Strength::Avoid && PLAINLY_NOT.is(rest) {
        return Some((Strength::Drop, verdict.end));
    }
    if verdict.strength.is_refusal() && IN_SEASON.is(head) {
        return None;
    }
    if verdict.strength.is_positive() && rest.starts_with("では、") {
        return None;
    }
    if verdict.strength == Strength::Want && ALSO_REACHED.is(rest) {
        return Some((Strength::Ok, verdict.end));
    }
    if verdict.strength == Strength::Ok && rest.starts_with("で、") && PLACED.is(head) {
        return Some((Strength::Want, group.end));
    }
    (verdict.spoken || wished_bare(cx, group, &verdict)).then_some((verdict.strength, verdict.end))
}

pattern!(
    OPENING_OF,
    r"^(?:市|県|町|区)?(?:内)?の[^。、\n]{0,12}(?:会社|企業|病院|クリニック|センター|老健|施設|診療所|案件|求人)"
);

/// A place that the quoted mail offers, named again without a word of wish, or as its opening.
fn offered(cx: &Cx, group: &Group, verdict: &Verdict) -> bool {
    if !cx.update || verdict.strength.is_refusal() || verdict.strength == Strength::Drop {
        return false;
    }
    let numbered = NUMBERED.is(cx.head(group.start));
    if verdict.spoken && !numbered && !OPENING_OF.is(cx.rest(group.end)) {
        return false;
    }
    group.places.iter().all(|p| {
        let word = cx.doc.text(p.start, p.end);
        cx.places.iter().any(|q| {
            (q.value == p.value || cx.doc.text(q.start, q.end) == word)
                && cx
                    .doc
                    .line_at(q.start)
                    .is_some_and(|l| l.role == Role::Quoted)
        })
    })
}
pattern!(
    NUMBERED,
    r"^\s*[-・]?\s*(?:[①-⑳]|\(?\d\)?[.、 ]?|#\d|[a-d][ :.]|案\s?\d|候補\s?\S)\s*\(?$"
);

pattern!(
    THERE_BUT,
    r"^(?:市内|内|くらい|ぐらい|あたり|辺り|周辺)*(?:で|が(?:よく|いい|希望|第一)(?:です|で)?(?:が|けど|けれど)?|ですが|だが)、"
);

/// 「北区・中央区くらいで、此花は除いてください」: the refusal is of the place named next.
fn another_refused(cx: &Cx, group: &Group, verdict: Option<Verdict>) -> bool {
    verdict.is_some_and(|v| v.strength.is_refusal())
        && THERE_BUT.is(cx.rest(group.end))
        && cx.places.iter().any(|q| {
            q.start > group.end
                && cx.doc.sentence_at(q.start).map(|s| s.start)
                    == cx.doc.sentence_at(group.start).map(|s| s.start)
                && ["は", "や", "、", "と", "だけは", "方面は"]
                    .iter()
                    .any(|w| cx.rest(q.end).starts_with(w))
        })
}

/// 「阪神間(芦屋・西宮を除く)」: what stands in the bracket is said of the places in it.
fn before_bracket(cx: &Cx, group: &Group) -> Option<Strength> {
    let inside = cx.rest(group.end).strip_prefix('(')?;
    let close = inside.find(')')?;
    let open = group.end + 1;
    let named = cx
        .places
        .iter()
        .any(|p| p.start >= open && p.end <= open + close);
    if !named {
        return None;
    }
    let v = cx
        .scope
        .decide(cx.doc, group.start, open + close + 1, Class::Place)
        .filter(|v| v.spoken);
    let line = cx.doc.line_at(group.start)?;
    Some(
        v.map_or(line.context.strength.unwrap_or(Strength::Want), |v| {
            v.strength
        }),
    )
}

pattern!(
    PLACED,
    r"(?:候補|場所|勤務地|希望地|エリア|地域|勤務先|勤め先|行き先|土地)(?:は|が|も|として|:)[^。\n]*$|(?:第[一二三1-3]希望|希望|(?:必須|絶対|最低|譲れない)条件|条件は(?:ひとつ|1つ))(?:は|:|、|で、)?\s?$|^(?:できれば|出来れば|できましたら|できたら|可能なら|可能であれば)、?$"
);

pattern!(
    PRAISED,
    r"^(?: city| area| prefecture)? (?:is|would be|are) (?:lovely|great|ideal|perfect|best|my first choice|nice|good)"
);

/// Whether a list of places without a word of modality is a wish and not a telling.
fn wished_bare(cx: &Cx, group: &Group, verdict: &Verdict) -> bool {
    if Scope::listed(cx.doc, group.start) {
        return true;
    }
    if cx.doc.latin {
        return verdict.strength != Strength::Want || PRAISED.is(cx.rest(group.end));
    }
    if last_station_counts(cx, group) {
        return true;
    }
    let clause = cx.clause(group.places.last().map_or(group.start, |p| p.start));
    let head = cx.head(group.start);
    group.places.len() > 1
        || PLACED.is(head)
        || head.trim_end().ends_with(['。', ' '])
            && terse(clause)
            && !clause.contains("病院")
            && !clause.contains("大学")
        || head.is_empty() && terse(clause)
        || ["場所", "勤務地", "エリア", "あたり"]
            .iter()
            .any(|w| clause.contains(w))
        || terse(clause) && clause.contains('内')
}

/// 「倉敷駅からバスで20分圏」 of a station that is not the home's.
fn last_station_counts(cx: &Cx, group: &Group) -> bool {
    group
        .places
        .last()
        .is_some_and(|p| p.value.ends_with('駅') && cx.rest(p.end).starts_with("から"))
}

/// A clause without a verb.
fn terse(clause: &str) -> bool {
    let end = clause.trim_end_matches(['、', '。', ' ', '\n']);
    !["です", "ます", "り", "て", "した", "が", "る", "は", "に"]
        .iter()
        .any(|w| end.ends_with(w))
}

fn anywhere(rest: &str) -> bool {
    let near: String = rest
        .chars()
        .take(12)
        .take_while(|c| !matches!(c, '。' | ':' | '=' | ' '))
        .collect();
    [
        "どこでも",
        "どこへでも",
        "どこにでも",
        "何処でも",
        "どこだって",
    ]
    .iter()
    .any(|w| near.contains(w))
}
