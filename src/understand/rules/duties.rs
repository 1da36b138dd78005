//! 当直, オンコール, 日直: with a number a month, or any.

use super::{Cx, Item, tail};
use crate::domain::wish::{Field, Strength, Value};
use crate::understand::lexicon::Meaning;
use crate::understand::nearby::marked;
use crate::understand::pattern::{number, pattern};
use crate::understand::scope::Scope;

pattern!(
    COUNT,
    r"(?P<per>月|毎月|1か月|週|2か月)?(?:に|の|あたり)?\s?(?:は)?(?P<a>\d{1,2})(?P<u0>回|度|遍|ぺん|日|件)?(?:\s?(?:~|か|、|-|ないし|・)\s?(?P<b>\d{1,2}))?\s?(?P<unit>回|度|日|コマ)?(?P<lim>まで|程度|くらい|位|ほど|以内|以下)?"
);
pattern!(
    ENGLISH,
    r"\b(?P<n>once|twice|one|two|three|four|five|six|\d{1,2})(?: times| nights?| (?:night |overnight )?(?:duties|duty|shifts|on-calls|calls))? (?:a|per|each) (?:month|(?P<week>week))"
);
pattern!(CORRECTED, r"いや|やっぱり|やはり|訂正|ではなく|じゃなく|→");
pattern!(ATTACHED, r"^(?:は(?:や|可|受|引)|なら|」|ok)");
pattern!(
    MARKED_TIMES,
    r"^[\]\s:=]{0,3}[○◎△×a-e希可](?:\s?\((?:週|月))"
);
pattern!(NOT_EVEN, r"^も[^。、\n]{0,10}(?:ない|ません|無理|不可|ず)");
pattern!(INSTEAD, r"その代わり|そのかわり|代わりに");
pattern!(
    OTHER_MATTER,
    r"^(?:分|時|歳|才|万|円|人|名|床|年|月\D|%|件|\d|:|\.)|^(?:回|度)?(?:も)?(?:言わ|言っ|仰|おっしゃ|繰り返|念を|強調|確認|聞か|お?断|頼ま|辞退)"
);

pattern!(
    ELSEWHERE_NOW,
    r"^[はが](?:[a-eA-E]|前職|現職)(?:病院)?[がは]"
);
pattern!(ELSEWHERE, r"(?:[a-eA-E](?:病院)?[がは]|年に?)$");
pattern!(
    BETTER_NONE,
    r"^(?:まで|以内|以下|程度|くらい|位|ほど)?(?:、|で|だが|ですが)?(?:できれば|できたら|なるべく|理想は|可能なら)(?:無し|なし|ゼロ|0|無い)"
);

pattern!(
    PAY_OF_IT,
    r"^(?:料|手当|の報酬|の単価)?(?:は|も|が)?、?(?:最低(?:でも)?)?(?:1(?:回|晩|泊))?(?:に?つき|あたり)?(?:で|に|約|およそ)?\s?\d+(?:\.\d)?(?:万|千|,?\d{3}円)"
);

/// Reads them.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    let text = cx.text();
    let duties: Vec<(usize, usize, Field)> = cx
        .things
        .iter()
        .filter_map(|h| match h.meaning {
            Meaning::Thing(f, _) if f.is_counted_duty() => Some((h.start, h.end, f)),
            _ => None,
        })
        .collect();
    for (i, &(start, end, field)) in duties.iter().enumerate() {
        if !meant(cx, start, end, field) {
            continue;
        }
        let sentence_end = cx.doc.sentence_at(start).map_or(end, |s| s.end);
        // A duty reaches to the next one that is not named in the same breath.
        let next = duties
            .iter()
            .skip(i + 1)
            .find(|d| d.0 > end)
            .map_or(sentence_end, |d| {
                let gap = text.get(end..d.0).unwrap_or_default();
                if gap.chars().count() <= 3 && !gap.contains(['。', '\n']) {
                    sentence_end
                } else {
                    d.0
                }
            })
            .min(sentence_end)
            .min(other_matter(cx, end).unwrap_or(sentence_end));
        let next = INSTEAD
            .span(text.get(end..next).unwrap_or_default())
            .map_or(next, |s| end + s.0);
        if marked(cx.doc, end).is_some() && !MARKED_TIMES.is(cx.rest(end)) {
            items.push(Item::new(
                field,
                Value::text("any"),
                start,
                end,
                "duties::marked",
            ));
            continue;
        }
        let by_mark = marked(cx.doc, end);
        let counts = counts(cx, start, end, next);
        let mut found = false;
        for (value, s, e) in counts {
            let mut item = Item::new(field, Value::Number(value), s, e, "duties::count");
            item.strength = by_mark;
            if let Some(verdict) = cx.verdict(&item) {
                if !verdict.spoken && s > end {
                    item.strength = willing(cx, field, start, end, s);
                }
                if BETTER_NONE.is(cx.rest(e)) {
                    item.strength = Some(Strength::Want);
                    items.push(
                        Item::new(field, Value::text("any"), start, end, "duties::better_none")
                            .with(Strength::Avoid),
                    );
                }
                items.push(item);
                found = true;
            }
        }
        if !found && !ELSEWHERE_NOW.is(cx.rest(end)) {
            let mut item = Item::new(field, Value::text("any"), start, end, "duties::any");
            // 「当直は一回5万円以上でお願いします」 speaks of the pay.
            if PAY_OF_IT.is(cx.rest(end)) && !Scope::listed(cx.doc, start) {
                let Some(verdict) = cx.verdict(&item).filter(|v| v.spoken) else {
                    continue;
                };
                if matches!(
                    verdict.strength,
                    Strength::Want | Strength::Must | Strength::Avoid
                ) {
                    continue;
                }
                item.strength = Some(verdict.strength);
            }
            items.push(item);
        }
    }
}

/// Where behind a duty, in its sentence, other work begins that is spoken of in its own right: 「当直は月2回、外来は週3回」.
fn other_matter(cx: &Cx, end: usize) -> Option<usize> {
    pattern!(SPOKEN_OF, r"^(?:は|も|なら|について)");
    let from = cx.things.partition_point(|h| h.start <= end);
    let behind = cx.things.get(from..).unwrap_or_default().iter();
    let next = behind.take_while(|h| h.start < end + 240).find(|h| {
        matches!(h.meaning, Meaning::Thing(f, _) if !f.is_counted_duty())
            && SPOKEN_OF.is(cx.rest(h.end))
            && cx.head(h.start).trim_end().ends_with(['、', ','])
    })?;
    Some(next.start)
}

pattern!(ON_CONDITION, r"(?:なら|であれば|でしたら|ならば)$");

/// 「日直は夫が家にいる日なら構わないので、月1まで」, 「翌日休みが取れるなら月2」: the number goes with the willingness said before it.
fn willing(cx: &Cx, field: Field, start: usize, end: usize, number: usize) -> Option<Strength> {
    if ON_CONDITION.is(cx.doc.text(end, number)) {
        return Some(Strength::Ok);
    }
    let duty = Item::new(field, Value::text("any"), start, end, "duties::any");
    cx.verdict(&duty)
        .filter(|v| v.spoken && v.strength == Strength::Ok && v.end <= number)
        .map(|v| v.strength)
}

fn meant(cx: &Cx, start: usize, end: usize, field: Field) -> bool {
    let rest = cx.rest(end);
    let word = cx.doc.text(start, end);
    if field == Field::OnCall && matches!(word, "コール" | "待機" | "呼ばれる" | "拘束")
    {
        let head = cx.head(start);
        return word == "待機"
            || word == "コール"
                && (head.ends_with("休日の")
                    || head.ends_with("夜間の")
                    || head.ends_with("夜の"));
    }
    !(rest.starts_with('医')
        || rest.starts_with("明け")
        || rest.starts_with("表")
        || rest.starts_with("がけ")
        || rest.starts_with("料"))
}

// 「第2・第4土曜の日直」 is twice a month.
pattern!(
    NAMED_DAYS,
    r"第?[1-5](?:[・、,と/]|および)第?[1-5](?P<third>(?:[・、,と/])第?[1-5])?(?:の)?(?:週の)?[月火水木金土日]曜?日?の$"
);

/// The numbers that belong to a duty, with their places.
fn counts(cx: &Cx, start: usize, end: usize, until: usize) -> Vec<(i64, usize, usize)> {
    let mut out: Vec<(i64, usize, usize)> = Vec::new();
    let after = cx.doc.text(end, until);
    for c in COUNT.all(after) {
        let Some(all) = c.get(0) else { continue };
        let ended = c.name("u0").or(c.name("a")).filter(|_| upper(&c).is_none());
        let all_end = ended
            .filter(|_| c.name("b").is_some())
            .map_or(all.end(), |m| m.end());
        let rest = after.get(all_end..).unwrap_or_default();
        let attached = all.start() == 0 && ATTACHED.is(rest);
        let none_at_all = NOT_EVEN.is(rest)
            || after
                .get(..all.start())
                .is_some_and(|b| b.trim_end_matches('、').ends_with("たとえ"));
        let days_a_week = c.name("per").is_some_and(|p| p.as_str() == "週")
            && c.name("unit")
                .or(c.name("u0"))
                .is_some_and(|u| u.as_str() == "日");
        if none_at_all
            || days_a_week
            || !attached
                && c.name("per").is_none()
                && !matches!(
                    c.name("unit").or(c.name("u0")).map(|u| u.as_str()),
                    Some("回" | "度")
                )
            || OTHER_MATTER.is(rest)
            || ELSEWHERE.is(after.get(..all.start()).unwrap_or_default())
            // 「当直にもう1度挑戦したい」 counts nothing.
            || ["今の", "現在の", "現状の", "もう"]
                .iter()
                .any(|w| after.get(..all.start()).is_some_and(|b| b.ends_with(w)))
        {
            continue;
        }
        if let Some(v) = monthly(&c) {
            if let Some(last) = out.last().copied()
                && CORRECTED.is(after.get(last.2 - end..all.start()).unwrap_or_default())
            {
                out.pop();
            }
            // 「月2回までなら」: まで belongs to the words that follow.
            let stop = c.name("lim").map_or(all.end(), |l| l.start()).min(all_end);
            out.push((v, end + all.start(), end + stop));
        }
    }
    if out.is_empty() && cx.doc.latin {
        let Some(s) = cx.doc.sentence_at(start) else {
            return out;
        };
        for c in ENGLISH.all(cx.doc.text(s.start, s.end)) {
            let (Some(all), Some(n)) = (c.get(0), c.name("n")) else {
                continue;
            };
            let (a, b) = (s.start + all.start(), s.start + all.end());
            let gap = if b <= start {
                cx.doc.text(b, start)
            } else {
                cx.doc.text(end, a.max(end))
            };
            if gap.contains("but ") || gap.contains(';') || a > until.max(end) + 24 {
                continue;
            }
            let v = match n.as_str() {
                "once" | "one" => Some(1),
                "twice" | "two" => Some(2),
                "three" => Some(3),
                "four" => Some(4),
                "five" => Some(5),
                "six" => Some(6),
                d => d.parse().ok(),
            };
            if let Some(v) = v {
                out.push((
                    v * if c.name("week").is_some() { 4 } else { 1 },
                    start.min(a),
                    end.max(b),
                ));
                break;
            }
        }
    }
    if out.is_empty()
        && let Some(c) = NAMED_DAYS.first(tail(cx.head(start), 24))
        && let Some(all) = c.get(0)
    {
        let head = start - tail(cx.head(start), 24).len();
        let many = if c.name("third").is_some() { 3 } else { 2 };
        out.push((many, head + all.start(), end));
    }
    if out.is_empty() {
        // 「月2回の当直」, 「月に2回程度の当直」.
        let (clause, _) = cx.doc.clause_at(start);
        let before = cx.doc.text(clause, start);
        if let Some(c) = COUNT.all(before).into_iter().last()
            && let Some(all) = c.get(0)
            && before.get(all.end()..).is_some_and(|gap| {
                matches!(
                    gap,
                    "の" | "程度の"
                        | "くらいの"
                        | "ぐらいの"
                        | ""
                        | "ほどの"
                        | "までの"
                        | "以内の"
                        | "も"
                )
            })
            && c.name("per").is_some()
            && c.name("unit")
                .or(c.name("u0"))
                .is_none_or(|u| u.as_str() != "日")
            && let Some(v) = monthly(&c)
        {
            out.push((v, clause + all.start(), end));
        }
    }
    out
}

/// The upper end of a range; 「月2回、1回4万円」 is none.
fn upper(c: &regex::Captures) -> Option<i64> {
    let low = number(c, "a")?;
    // 「月2回、60歳を過ぎたら免除」: a month has no more days.
    number(c, "b").filter(|high| *high > low && *high <= 31)
}

fn monthly(c: &regex::Captures) -> Option<i64> {
    let v = upper(c).or(number(c, "a"))?;
    match c.name("per").map(|p| p.as_str()) {
        Some("週") => Some(v * 4),
        Some("2か月") => None,
        _ => Some(v),
    }
}
