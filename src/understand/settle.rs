//! From items to wishes: each with its strength and its quote, corrected and without doubles.

mod doubts;
pub mod likeness;
mod summed_up;

use super::corrected::{REACH, of_one_matter, restates, takes_back};
use super::pattern::pattern;
use super::rules::{self, Cx, Item};
use super::scope::{Scope, Verdict, about_suggestion};
use crate::domain::wish::{Diagnostic, Field, Strength, Value, Wish};

struct Judged {
    item: Item,
    verdict: Verdict,
    /// The rules had found something else.
    by_likeness: bool,
}

/// All wishes of a mail, and where it says two things of one matter.
pub fn wishes(cx: &Cx) -> (Vec<Wish>, Vec<Diagnostic>) {
    let mut unsure = vec![];
    let mut judged: Vec<Judged> = rules::all(cx)
        .into_iter()
        .filter(|item| !cx.outdone(item))
        .filter_map(|item| {
            let found = cx.verdict(&item).filter(|v| stands(cx, &item, v));
            let weighed = likeness::weigh(cx, &item, found);
            if weighed.is_unsure {
                unsure.push((item.clone(), weighed.verdict.map(|v| v.strength)));
            }
            let verdict = weighed.verdict?;
            Some(Judged {
                by_likeness: found.map(|v| v.strength) != Some(verdict.strength),
                item,
                verdict,
            })
        })
        .collect();
    judged.sort_by_key(|j| (j.item.start, j.item.end));
    closer_institution(cx, &mut judged);
    likewise(cx, &mut judged);
    summed_up::settle(cx, &mut judged);
    drop_corrected(cx, &mut judged);
    only_the_sum(cx, &mut judged);
    let mut out: Vec<(Wish, usize)> = Vec::new();
    let mut doubts: Vec<Diagnostic> = Vec::new();
    for j in &judged {
        let (start, _) = cx.doc.clause_at(j.item.start);
        let quote = quote(
            cx,
            start.min(j.item.start),
            j.verdict.end.max(j.item.end),
            &j.item,
        );
        if quote.is_empty() {
            continue;
        }
        let mut strength = j.verdict.strength;
        if strength == Strength::Drop
            && (!cx.update || matches!(j.item.field, Field::Area | Field::Day))
        {
            let words = cx.doc.text(j.item.end, j.verdict.end.max(j.item.end));
            let excluded = ["外", "はず", "除"].iter().any(|w| words.contains(w));
            // 「月曜と木曜、この二日は外してください」
            let days = excluded && THESE_DAYS.is(words);
            if days
                || excluded
                    && (!cx.update
                        || words.contains("ので")
                        || words.contains("から、")
                        || words.contains("ため")
                        || FOR_THIS_REASON.is(cx.head(j.item.start)))
            {
                strength = Strength::Never;
            }
        }
        // Nothing is on file that a first mail could take back: 「当直つきの求人は見なくていいです」 refuses.
        if strength == Strength::Drop && !cx.update && !cx.doc.latin {
            let refusable = j.item.field.is_counted_duty()
                || matches!(
                    j.item.field,
                    Field::Duty | Field::Day | Field::Shift | Field::Institution | Field::Role
                );
            if !refusable || !j.verdict.spoken {
                continue;
            }
            strength = Strength::Never;
        }
        let wish = Wish {
            field: j.item.field,
            value: j.item.value.clone(),
            strength,
            quote,
            rule: match j.by_likeness {
                true => format!("{}, settle::likeness", j.item.rule),
                false => j.item.rule.to_owned(),
            },
        };
        match out
            .iter_mut()
            .find(|(w, _)| w.field == wish.field && w.value == wish.value)
        {
            // Of several acts of one duty some are refused (白内障は可、硝子体は不可): the duty is acceptable.
            Some((old, at))
                if wish.field == Field::Duty
                    && old.strength.is_positive() != wish.strength.is_positive()
                    && wish.strength != Strength::Drop
                    && old.strength != Strength::Drop
                    && acts_differ(cx, &j.item, *at, first_end(&judged, *at)) =>
            {
                old.strength = Strength::Ok;
            }
            Some((old, at)) => {
                if let Some(doubt) = doubts::both_ways(cx, &wish, old, &j.item) {
                    doubts.push(doubt);
                }
                if stronger(&wish, old, j.verdict.spoken) {
                    *old = wish;
                    *at = j.item.start;
                }
            }
            None => out.push((wish, j.item.start)),
        }
    }
    let unsure = unsure.iter().filter(|(item, read)| {
        let mut same = out
            .iter()
            .filter(|(w, _)| w.field == item.field && w.value == item.value);
        // Said elsewhere too, it is that which counts.
        match read {
            Some(_) => same.any(|(_, at)| *at == item.start),
            None => same.next().is_none(),
        }
    });
    doubts.extend(unsure.map(|(item, read)| doubts::unsure(cx, item, *read)));
    doubts.truncate(doubts::MOST);
    (out.into_iter().map(|(w, _)| w).collect(), doubts)
}

pattern!(THESE_DAYS, r"^[^。\n]{0,8}この[\d一二三両](?:日|曜日)");
pattern!(
    IN_ALL,
    r"(?:あわせて|合わせて|合計で?|全部で|トータルで?|計)\s?$"
);

/// 「A 週1〜2、B 週2、あわせて週4日」: the sum counts.
fn only_the_sum(cx: &Cx, judged: &mut Vec<Judged>) {
    let sum = judged
        .iter()
        .find(|j| j.item.field == Field::DaysPerWeek && IN_ALL.is(cx.head(j.item.start)))
        .map(|j| j.item.start);
    if let Some(at) = sum {
        judged.retain(|j| j.item.field != Field::DaysPerWeek || j.item.start == at);
    }
}

pattern!(
    LIKEWISE,
    r"^[^。、\n]{0,5}?(?:も|は|について(?:も|は))?(?:また)?、?(?:お?同じ(?:く|です|で|で、|。|$)|同様(?:です|で|。|、|に?(?:お願い|$))|しかり|然り|おんなじ|右に同じ|これに準じ|上に同じ)"
);

pattern!(
    SO_IS,
    r"\b(?:so|neither|nor) (?:is|are|do|does|would|will|would be|can)(?: be)? (?:the |my |any )?$"
);

/// 「夜はお断り、日曜祝日も同じく」: what was said of the thing before holds for this one.
fn likewise(cx: &Cx, judged: &mut [Judged]) {
    for i in 1..judged.len() {
        let Some([before, this]) = judged.get_mut(i - 1..=i) else {
            continue;
        };
        let near = cx
            .doc
            .sentence_after(before.item.start)
            .map_or(cx.text().len(), |s| s.end);
        if (!this.verdict.spoken || this.by_likeness)
            && this.item.start < near
            && (LIKEWISE.is(cx.rest(this.item.end)) || SO_IS.is(cx.head(this.item.start)))
        {
            this.verdict.strength = before.verdict.strength;
        }
    }
}

/// Nobody corrects more of one mail; a text made of corrections must not take long.
const MOST_RESTATED: usize = 20;

/// An earlier figure goes where the words between it and the next one take it back.
fn drop_corrected(cx: &Cx, judged: &mut Vec<Judged>) {
    let restating: Vec<usize> = judged
        .iter()
        .enumerate()
        .filter(|(_, j)| restates(cx, &j.item))
        .map(|(i, _)| i)
        .take(MOST_RESTATED)
        .collect();
    let gone: Vec<bool> = judged
        .iter()
        .enumerate()
        .map(|(i, first)| {
            judged
                .iter()
                .skip(i + 1)
                .take_while(|second| second.item.start <= first.item.end + REACH)
                .any(|second| takes_back(cx, &first.item, &second.item))
                || restating
                    .iter()
                    .filter(|r| **r > i)
                    .filter_map(|r| judged.get(*r))
                    .any(|second| of_one_matter(&first.item, &second.item))
        })
        .collect();
    let mut gone = gone.into_iter();
    judged.retain(|_| !gone.next().unwrap_or(false));
}

// 「通院が入りましたので木曜は外してください」.
pattern!(FOR_THIS_REASON, r"(?:ので|ため|から)、?$");

/// Whether an item without a word of modality of its own is a wish at all, and not a telling.
fn stands(cx: &Cx, item: &Item, verdict: &Verdict) -> bool {
    // 「診療所長は荷が重い」 refuses the post and not the house.
    let named_by_its_head =
        item.rule == "things::institution" && cx.doc.text(item.start, item.end).ends_with('長');
    if named_by_its_head && !verdict.strength.is_positive() {
        return false;
    }
    let clause = cx.clause(item.start);
    // Interest in a suggested post is no wish, and its refusal speaks of that post.
    if about_suggestion(clause)
        && (verdict.strength.is_positive()
            || matches!(item.field, Field::Institution | Field::Area))
    {
        return false;
    }
    if item.field == Field::Benefit && verdict.strength.is_refusal() {
        return false;
    }
    if matches!(item.field, Field::Duty | Field::Institution)
        && verdict.strength.is_refusal()
        && super::rules::things::part_of(cx, item)
    {
        return false;
    }
    if verdict.strength != Strength::Drop && told_before(cx, item) {
        return false;
    }
    if !verdict.spoken
        && matches!(
            item.field,
            Field::Role | Field::Institution | Field::Duty | Field::Employment
        )
        && INTRODUCES.is(cx.doc.text(
            cx.doc.sentence_at(item.start).map_or(0, |s| s.start),
            item.start,
        ))
        && !Scope::listed(cx.doc, item.start)
    {
        return false;
    }
    if told_though_spoken(cx, item, verdict) {
        return false;
    }
    if verdict.spoken || Scope::listed(cx.doc, item.start) {
        return true;
    }
    if item.field == Field::Hours && VISITED.is(cx.head(item.start)) {
        return false;
    }
    let sentence = cx.sentence(item.start);
    let behind = cx.doc.text(
        item.end,
        cx.doc
            .sentence_at(item.start)
            .map_or(item.end, |s| s.end.max(item.end)),
    );
    let tells = TELLS.is(sentence.trim_end())
        && !STILL_WISHES.is(behind)
        && cx.doc.label_before(item.start).is_none();
    let of_a_post = POST_TOLD.is(sentence) && !STILL_WISHES.is(sentence);
    if TELLS_END.is(sentence) || tells || of_a_post {
        return false;
    }
    match item.field {
        Field::Institution => {
            terse(clause) && cx.sentence(item.start).chars().count() < 24
                || STANDS_AT.is(cx.rest(item.end))
        }
        Field::Specialty if item.rule != "specialty::wished" => true,
        Field::Specialty => {
            sought(cx, item)
                || ["の非常勤", "の外来", "外来", "の常勤", "の専門外来"]
                    .iter()
                    .any(|w| cx.rest(item.end).starts_with(w))
        }
        Field::Area if beside_another(cx, item) => true,
        Field::Area => {
            PLACED.is(cx.head(item.start))
                || cx.head(item.start).trim_end().ends_with(['。', ' '])
                    && terse(clause)
                    && !clause.contains("病院")
                    && !clause.contains("大学")
                || cx.head(item.start).is_empty() && terse(clause)
                || HOPED_FOR.is(rules::tail(cx.head(item.start), 24)) && terse(clause)
                || clause.contains("場所")
                || clause.contains("勤務地")
                || clause.contains("エリア")
                || terse(clause) && clause.contains('内')
                || clause.contains("あたり")
        }
        _ => true,
    }
}

pattern!(
    TELLS_END,
    r"(?:かかり|呼ばれ|を?超え|越え|畳み|閉じ|に戻り|続き|終わり|切れ|暮らし|終え)ます。?\s*$"
);
/// 「水曜と日曜が休みになっています」, 「癌の手術を続け、看取ることも多い日々でした」: words that wish elsewhere only tell here.
fn told_though_spoken(cx: &Cx, item: &Item, verdict: &Verdict) -> bool {
    if !verdict.spoken
        || cx.doc.latin
        || Scope::listed(cx.doc, item.start)
        || cx.doc.label_before(item.start).is_some()
    {
        return false;
    }
    let sentence = cx.sentence(item.start).trim_end();
    let until = cx.doc.sentence_at(item.start).map_or(item.end, |s| s.end);
    let behind = cx.doc.text(item.end, until.max(item.end));
    if STILL_WISHES.is(behind) {
        return false;
    }
    let deciding = cx.doc.text(item.end, verdict.end.max(item.end));
    let day_off = item.field == Field::Day && verdict.strength == Strength::Avoid;
    let went_on = deciding.ends_with("続け");
    (day_off || went_on) && TELLS.is(sentence)
        || verdict.strength != Strength::Never
            && POST_TOLD.is(sentence)
            && (TELLS.is(sentence) || NOMINAL.is(sentence))
}

pattern!(
    POST_TOLD,
    r"^\s*(?:(?:うち|今|いま|現在|現|こちら)の?(?:病院|職場|大学|科|医局|クリニック|勤務先|勤め先)|勤務先|勤め先|職場|前任地|前職|前の(?:病院|職場|勤務先))(?:は|では|で)|(?:前任地|前の(?:病院|職場|勤務先)|昔|かつて|若い(?:頃|ころ)|あの(?:頃|ころ))(?:は|では)"
);
pattern!(
    NOMINAL,
    r"(?:[\p{Han}\p{Katakana}\d]|回|日)(?:です|でした|だった)?。?$"
);
// A sentence that tells what is, was or is said to be: 「毎朝六時に家を出て二本のバスを乗り継いでいます」.
pattern!(
    TELLS,
    r"(?:(?:て|で)(?:い|おり)(?:ます|ました|る|た)|でした|ました|ものです|ばかりです|ところです|(?:毎日|日々|日課|身|暮らし|生活|次第|かぎり|限り|始末|有様|習慣|夫任せ|妻任せ|つもり(?:でした)|はず)です|聞きます)。?$"
);
pattern!(
    STILL_WISHES,
    r"が第[一1]|でも(?:結構|構|かま|よい|いい|良い)|探し|希望|お願い|願い|た(?:い|く)|考えて|考えており|望|ほし|欲し|幸い|助か|いただけ|頂け|もらえ|ただし|が、|けれど|けど"
);
pattern!(
    VISITED,
    r"(?:来所|来局|来訪|着信|電話|受電|tel|面談|対応)\s*$"
);
pattern!(
    INTRODUCES,
    r"(?:と申します|といいます)、[^。]{0,40}$|(?:医|科)(?:師)?、\d{2}(?:歳|才)?、[^。]{0,20}$|\d{2}(?:歳|才)、[^。]{0,16}$"
);
pattern!(
    STANDS_AT,
    r"^か、?[^。、]{0,10}(?:病院|クリニック|診療所|センター|老健|医院)|^(?:あたり|辺り|など)?(?:で|へ)(?:$|[、。\n])|^の(?:総合診療|外来|顧問|勤務医)(?:$|[、。\n])"
);
pattern!(
    SOUGHT,
    r"^(?:で|の|を|として)[^。、\n]{0,30}(?:とこ|ところ|所|職場|病院|場|口)(?:$|[。、はをがだでな(\n])"
);

/// 「眼科で白内障の執刀もできるとこ」: a noun for the place of work ends what is sought.
fn sought(cx: &Cx, item: &Item) -> bool {
    SOUGHT.is(cx.rest(item.end))
}

// 「できれば首都圏、無理なら北関東でも」.
pattern!(
    HOPED_FOR,
    r"(?:^|[。\s])(?:できれば|できましたら|できたら|なるべく|第1希望は|希望は|まずは|可能なら)、?$"
);
pattern!(
    PLACED,
    r"(?:候補|場所|勤務地|希望地|エリア|地域|勤務先)(?:は|が|:)[^。\n]*$"
);
pattern!(
    SAID_BEFORE,
    r"^[^」\n]*」(?:のうち|の中(?:で|から))|^[^」\n]*」(?:と|って|との|という)?(?:お伝え|申し|書い|伝え|言っ|お願い|伺|記入|いう条件|丸をつけ)"
);

pattern!(
    TOLD_LATELY,
    r"^[^。、「」]{0,10}と(?:お願い|申し|お伝え|伺|承)[^。、]{0,10}(?:ました|していた|た)(?:が|けど|のですが)"
);

/// 「…」とお伝えしましたが: words of an earlier mail.
fn told_before(cx: &Cx, item: &Item) -> bool {
    let head = cx.head(item.start);
    let open = head.rfind('「');
    if TOLD_LATELY.is(cx.rest(item.end)) {
        return true;
    }
    open.is_some_and(|o| head.get(o..).is_some_and(|h| !h.contains('」')))
        && SAID_BEFORE.is(cx.rest(item.end))
}

/// A place in a list of places.
fn beside_another(cx: &Cx, item: &Item) -> bool {
    cx.places.iter().any(|p| {
        let gap = if p.end <= item.start {
            cx.doc.text(p.end, item.start)
        } else if p.start >= item.end {
            cx.doc.text(item.end, p.start)
        } else {
            return false;
        };
        matches!(
            gap,
            "・" | "、" | "か" | " " | "や" | "と" | "/" | "~" | "または" | "市内か"
        ) && super::rules::area::home(cx)
            .is_none_or(|h| h.start != p.start && h.start != item.start)
    })
}

/// A clause without a verb.
fn terse(clause: &str) -> bool {
    let end = clause.trim_end_matches(['、', '。', ' ', '\n']);
    !(end.ends_with("です")
        || end.ends_with("ます")
        || end.ends_with('り')
        || end.ends_with('て')
        || end.ends_with("した")
        || end.ends_with('が')
        || end.ends_with('る')
        || end.ends_with('は')
        || end.ends_with('に'))
}

/// The words from the clause to the deciding word, on one line and not too long.
fn quote(cx: &Cx, start: usize, end: usize, item: &Item) -> String {
    let line = cx.doc.line_at(item.start);
    let from = line.map_or(item.start, |l| start.max(l.start));
    let words = cx
        .doc
        .norm
        .quote(from.min(item.start), end.max(item.end))
        .trim();
    if words.chars().count() <= 80 {
        return words.to_owned();
    }
    cx.doc.norm.quote(item.start, item.end).trim().to_owned()
}

fn rank(s: Strength) -> u8 {
    match s {
        Strength::Drop => 6,
        Strength::Never => 5,
        Strength::Must => 4,
        Strength::Avoid => 3,
        Strength::Want => 2,
        Strength::Ok => 1,
    }
}

pattern!(
    WHOLE,
    r"^(?:手術|執刀|オペ|ope|外来|病棟|救急|内視鏡|透析|健診|検診|読影|看取り|看取った|見送る側|緩和ケア|緩和|在宅|訪問診療|往診|分娩|お産|麻酔)$"
);

pattern!(
    ASSISTS,
    r"(?:助手|介助|前立ち|小手術)[^。]{0,6}(?:まで|程度|くらい|なら|可|は)"
);

/// Two words for one duty that each name a part of it (上部内視鏡, 下部内視鏡).
fn acts_differ(cx: &Cx, item: &Item, start: usize, end: usize) -> bool {
    let (a, b) = (cx.doc.text(item.start, item.end), cx.doc.text(start, end));
    a != b && !(WHOLE.is(a) && WHOLE.is(b))
        || ASSISTS.is(cx.clause(item.start))
        || ASSISTS.is(cx.clause(start))
}

/// Where the item that starts at a byte ends.
fn first_end(judged: &[Judged], at: usize) -> usize {
    judged
        .iter()
        .find(|j| j.item.start == at)
        .map_or(at, |j| j.item.end)
}

/// A wish said twice stands once, with the stronger wording.
fn stronger(new: &Wish, old: &Wish, spoken: bool) -> bool {
    spoken && rank(new.strength) > rank(old.strength)
}

/// `hospital` stands only where no closer kind is said in the same clause, unless it stands beside that kind as
/// another choice (クリニックか病院).
fn closer_institution(cx: &Cx, judged: &mut Vec<Judged>) {
    let kinds: Vec<(usize, usize)> = judged
        .iter()
        .filter(|j| j.item.field == Field::Institution && j.item.value != Value::text("hospital"))
        .filter(|j| !j.verdict.strength.is_refusal())
        .map(|j| (j.item.start, j.item.end))
        .collect();
    judged.retain(|j| {
        if j.item.field != Field::Institution || j.item.value != Value::text("hospital") {
            return true;
        }
        let clause = cx.doc.clause_at(j.item.start);
        kinds
            .iter()
            .filter(|k| cx.doc.clause_at(k.0) == clause)
            .all(|k| {
                let gap = if k.1 <= j.item.start {
                    cx.doc.text(k.1, j.item.start)
                } else {
                    cx.doc.text(j.item.end, k.0)
                };
                matches!(
                    gap,
                    "か" | "または" | "もしくは" | "、または" | "や" | "か、" | "でも"
                )
            })
    });
}
