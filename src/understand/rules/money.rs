//! Pay: sums, ranges and what they are for.

use super::pay_unit::unit_of;
use super::{Cx, Item, of_another};
use crate::domain::wish::{Field, Pay, PayUnit, Strength, Value};
use crate::understand::doc::Role;
use crate::understand::pattern::pattern;
use crate::understand::profile::figure;
use crate::understand::scope::Scope;
use regex::Captures;

pattern!(
    SUM,
    r"(?x)(?P<a>\d{1,9}(?:\.\d+)?)(?P<am>億|千万|百万|万|k|m\b|\smillion)?(?P<a2>\d{1,4})?\s?(?P<ay>円|yen|jpy)?\s?
      (?: \s?(?:~|-|から|か|to|and)\s?(?P<b>\d{1,7}(?:\.\d+)?)(?P<bm>億|千万|百万|万|m\b|\smillion)?(?P<b2>\d{1,4})?\s?(?P<by>円|yen)? )?"
);
pattern!(
    TOPIC,
    r"年俸|年収|年棒|年額|月給|月額|月収|日給|日当|日額|時給|時間給|給与|給料|サラリー|待遇|収入|給金|俸給|報酬|謝礼|謝金|賃金|お礼|単価|salary|pay\b|income|fee"
);
pattern!(
    NOT_PAY,
    r"^\s?(?:人|名|件|キロ|km|例|床|軒|分|時(?:半|か|以|に|ま|\d|~)|年(?:目|間|生|度|前|4|卒)|日|か月|月|回|歳|才|代|度|コマ|枚|台|か所|[/:.]\d|-\d|%|割|週(?:間|目|後|前|に)|点|社|級|号|号棟|丁目|番)"
);
pattern!(
    PAID,
    r"年俸|年収|年棒|年額|給|報酬|謝|日当|日額|月額|月収|賃金|お礼|単価|円|手取り|稼|額面|salary|pay|yen|jpy|¥|income|fee|金額|銭|もらえ|もろたら|頂戴|\d万"
);
pattern!(
    ALLOWANCE,
    r"交通費|補助|学会参加費|家賃|引っ越し|上限\d|初期費用|手数料|利用料|貯金|借金|奨学金の(?:返済|残)|月額\d{1,6}円~\(税別\)"
);
// 「1回3万5千円に交通費をお付けします」.
pattern!(
    BESIDE_PAY,
    r"^(?:円)?(?:に|と|、|\+|(?:に|と)?別(?:に|途)|ほかに)(?:、|実費)?(?:の)?交通費"
);

pattern!(
    PRESENT,
    r"(?:いま|今|現在|現状|現職|今は|今の)(?:は|が|の|で|:)?\s?\(?$|(?:current|present) (?:salary|income|pay|earnings)[a-z ]{0,8} (?:is|are)(?: about| around)?\s?$|(?:currently|now) (?:earn|make|am paid|receive)(?: about| around)?\s?$"
);
pattern!(
    UNIT_BESIDE,
    r"(?:日給|日当|日額|半日|終日|単価|時給|時間給|年収|年俸|年額)(?:は|が|で|なら|:|\s)*$"
);
pattern!(
    KEPT,
    r"^(?:以上|と同|を維持|程度|くらい|ぐらい|は(?:欲|ほ|維持|下|割)|より|を下)"
);

/// Where pay is the topic, for scope.
pub fn topics(text: &str) -> Vec<(usize, usize)> {
    TOPIC
        .all(text)
        .iter()
        .filter_map(|c| c.get(0))
        .map(|m| (m.start(), m.end()))
        .collect()
}

/// A sum found.
pub struct Sum {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Yen, the lower end.
    pub low: i64,
    /// Yen, the upper end of a range.
    pub high: Option<i64>,
    /// For what.
    pub unit: PayUnit,
}

/// Reads wished pay: the lower end of each sum.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    let mut last: Option<(usize, usize)> = None;
    for sum in sums(cx) {
        let pay = Value::Pay(Pay {
            amount: sum.low,
            unit: sum.unit,
        });
        if let Some((at, end)) = last {
            let gap = cx.doc.text(end, sum.start);
            let corrected = gap.chars().count() < 12
                && (gap.contains("いや") || gap.contains('→') || gap.contains("やっぱり"));
            if corrected {
                items.retain(|i| i.start != at || i.field != Field::SalaryMin);
            }
        }
        last = Some((sum.start, sum.end));
        let mut item = Item::new(Field::SalaryMin, pay, sum.start, sum.end, "money::sum");
        item.strength = strength(cx, &item);
        items.push(item);
    }
    share_of_now(cx, items);
    kept_as_now(cx, items);
    withdrawn(cx, items);
}

pattern!(
    ENOUGH,
    r"^[^。、\n]{0,4}?で(?:も)?(?:いい|よい|良い|よし|十分|充分|結構|手を打)|^[^。\n]{0,8}?(?:もらえ|いただけ|頂け|もろ|くださ|くれ)(?:れば|たら)、?(?:何も|もう)?(?:文句|不満|不足|異存|注文)(?:は|も|など)?(?:ない|あり|言|申|い)"
);
pattern!(
    FLOOR,
    r"^(?:円)?(?:未満)(?:は|の|で|なら)|^(?:円)?以下(?:は|の[^。、\n]{0,6}|では?|だと|なら)、?[^。、\n]{0,8}?(?:困|無理|断|遠慮|辞退|不可|論外|(?:受け|考え|応じ|行け|働け|引き受け)[^。、\n]{0,4}(?:ません|ない|かね))|^(?:円)?(?:以上)?(?:を)?(?:下回|切|割)(?:ったら|るなら|れば|ると|る(?:話|条件|所|ところ|の|もの|額|案件|お話))"
);
// 「下限は1,100万」, 「最低ラインは日給6万」.
pattern!(
    FLOOR_BEFORE,
    r"(?:下限|最低(?:ライン|線|限)|これだけは)(?:の額)?(?:は|が|:|として(?:は)?|で)?、?(?:年収|年俸|年|日給|日額|時給|月給|月)?(?:で)?\s?$"
);
pattern!(
    NOT_BELOW,
    r"^(?:円)?(?:以上)?(?:を|より|は)?(?:下回|割|切|下が)ら(?:ない|ぬ)こと"
);
pattern!(BELOW, r"^(?:円)?(?:未満|以下|を下回|を切る|を割る)");
// 「1,300万は切らないでほしい」, 「千三百万円を下回らぬよう」.
pattern!(
    NOT_BELOW_PLEASE,
    r"^(?:円)?(?:以上)?(?:を|より|は)?(?:下回|割|切|下が)(?:ら|っ)(?:ない|ぬ|ず)(?:で|よう|に)"
);
pattern!(
    EXPECTED,
    r"^(?:くらい|ぐらい|程度|前後|ほど)?(?:を|と|で)?(?:想定|考えて(?:い|お)|見込|目安|目標|見積)"
);
pattern!(
    NO_LONGER,
    r"^[^。\n]{0,18}(?:要らなく|不要に|いらなく|取り下げ|撤回|こだわら|外して)"
);
pattern!(
    ANOTHER_TOPIC,
    r"^[\s、]*(?:夜|朝|昼|日中|夕方|晩|深夜|早朝|土日|週末|遠方|県外|市外)(?:は|も)"
);
pattern!(BARE, r"^(?:円)?(?:以上|から|~|より)?(?: |$|\n|\()");

/// The strength that the words right behind a sum give.
fn strength(cx: &Cx, item: &Item) -> Option<Strength> {
    let rest = cx.rest(item.end);
    if cx.scope.asked(item.start) || cx.scope.others_speak(cx.doc, item.start) {
        return None;
    }
    if cx.update && NO_LONGER.is(rest) {
        return Some(Strength::Drop);
    }
    let line = cx.doc.line_at(item.start)?;
    if PRESENT.is(cx.head(item.start)) && KEPT.is(rest.trim_start_matches([')', '円'])) {
        return Some(line.context.strength.unwrap_or(Strength::Want));
    }
    // 「応じられないこと: 年1,300万円未満」.
    let below = line.context.strength == Some(Strength::Never) && BELOW.is(rest);
    let floor = FLOOR_BEFORE.is(cx.head(item.start))
        && cx
            .verdict(item)
            .is_none_or(|v| matches!(v.strength, Strength::Want | Strength::Must));
    if floor || FLOOR.is(rest) || NOT_BELOW.is(rest) || below {
        return Some(Strength::Must);
    }
    if EXPECTED.is(rest) || NOT_BELOW_PLEASE.is(rest) {
        return Some(line.context.strength.unwrap_or(Strength::Want));
    }
    let verdict = cx.verdict(item)?;
    // 「日給4万　夜は無理」: a later clause that says nothing of pay refuses something else.
    let clause = cx
        .doc
        .clause_at(item.end.saturating_sub(1).max(item.start))
        .1;
    if verdict.strength.is_refusal()
        && verdict.end > clause
        && ANOTHER_TOPIC.is(cx.doc.text(clause, verdict.end))
        && line.context.strength.is_none()
    {
        return Some(Strength::Want);
    }
    let corrected =
        cx.head(item.start).ends_with("いや") || cx.head(item.start).ends_with("いや、");
    if ENOUGH.is(rest) && !corrected && verdict.strength == Strength::Want {
        return Some(Strength::Ok);
    }
    // A bare figure in a form is not refused by what stands in the next column.
    (BARE.is(rest)
        && Scope::listed(cx.doc, item.start)
        && verdict.strength == Strength::Avoid
        && line.context.strength.is_none())
    .then_some(Strength::Want)
}

/// A wish for a sum, said by the words of a span.
fn wished(sum: &Sum, span: (usize, usize), rule: &'static str, strength: Strength) -> Item {
    let pay = Pay {
        amount: sum.low,
        unit: sum.unit,
    };
    Item::new(Field::SalaryMin, Value::Pay(pay), span.0, span.1, rule).with(strength)
}

/// Takes back what a sum was read as by itself.
fn without(items: &mut Vec<Item>, sum: &Sum) {
    items.retain(|i| !(i.field == Field::SalaryMin && i.start == sum.start));
}

// 「いまの1,800万円の三分の二は頂きたい」.
pattern!(
    SHARE,
    r"の(?P<d>[2-9二三四五六])分の(?P<n>[1-9一二三四五])(?:は|くらい|ぐらい|程度|ほど|以上)*(?:を)?(?:頂|いただ|戴|欲|ほ|希望|あれば|もら|お願い)"
);
pattern!(
    CUT,
    r"(?:(?P<n>[1-9])割(?:ほど|くらい|ぐらい|程度)?(?:まで)?(?:の)?(?:下が|下回|減|ダウン|カット|少な|引[きか]|落ち|安|さが)|(?P<left>[1-9一二三四五六七八九])(?:掛け|がけ|割(?:ほど|くらい|ぐらい|程度)?(?:で|に|が|あれば|もらえ|いただけ)))(?P<rest>[^。\n]{0,24})"
);
// 「今の千八百万から一割」: by its size it is a year's.
pattern!(
    NOW_BARE,
    r"(?:今|いま|現在|現状|現職|前職)(?:の|は)?[^。、\n\d]{0,6}(?P<b>[6-9]\d\d|[1-4]\d\d\d)万円?(?:から|より|の|を|で)[^\d。、\n]{0,4}$"
);
pattern!(SUM_ITSELF, r"^[^、。]{0,3}の\d{3,5}万");
pattern!(
    CUT_TAKEN,
    r"可|文句|辛抱|飲む|構|かまい|覚悟|よい|いい|承知|やむ|仕方|問題|平気|大丈夫|受け|許容|ok|呑|飲|のみます|我慢|妥協|応じ|まで(?:なら|でしたら|。|$)"
);

/// 「年収は1割下回る程度までなら可」 of 1,350万 is 1,215万.
fn share_of_now(cx: &Cx, items: &mut Vec<Item>) {
    for c in SHARE.all(cx.text()) {
        let (Some(all), Some(n), Some(d)) = (
            c.get(0),
            c.name("n").and_then(|m| figure(m.as_str())),
            c.name("d").and_then(|m| figure(m.as_str())),
        ) else {
            continue;
        };
        let Some(now) = all_sums(cx)
            .into_iter()
            .filter(|s| s.end <= all.start() && all.start() - s.end <= 24)
            .max_by_key(|s| s.end)
            .filter(|_| n < d && cx.doc.counts(all.start()) && !cx.scope.asked(all.start()))
        else {
            continue;
        };
        without(items, &now);
        let share = Sum {
            low: now.low * n / d,
            ..now
        };
        let span = (share.start, all.end());
        items.push(wished(&share, span, "money::share_of_now", Strength::Want));
    }
    for c in CUT.all(cx.text()) {
        let left = c.name("left").and_then(|m| figure(m.as_str()));
        let cut = c.name("n").and_then(|m| figure(m.as_str()));
        let (Some(all), Some(tenths)) = (c.get(0), left.or(cut.map(|n| 10 - n))) else {
            continue;
        };
        let rest = c.name("rest").map_or("", |r| r.as_str());
        // 「2割減の1,600万円」 says the sum itself.
        if !CUT_TAKEN.is(rest)
            || SUM_ITSELF.is(rest)
            || cx.scope.asked(all.start())
            || !cx.doc.counts(all.start())
        {
            continue;
        }
        let bare = NOW_BARE.first(cx.head(all.start())).and_then(|c| {
            let b = c.name("b")?;
            let end = all.start() - cx.head(all.start()).len() + b.end();
            Some(Sum {
                low: b.as_str().parse::<i64>().ok()? * 10_000,
                high: None,
                unit: PayUnit::Year,
                start: end - b.as_str().len(),
                end,
            })
        });
        let Some(now) = bare.or_else(|| {
            all_sums(cx)
                .into_iter()
                .filter(|s| matches!(s.unit, PayUnit::Year | PayUnit::Month))
                .min_by_key(|s| s.start.abs_diff(all.start()))
        }) else {
            continue;
        };
        without(items, &now);
        let share = Sum {
            low: now.low / 10 * tenths,
            ..now
        };
        let span = (all.start(), all.end());
        items.push(wished(&share, span, "money::share_of_now", Strength::Ok));
    }
}

pattern!(
    AS_NOW,
    r"(?:現状|現在|今|いま|現職|前職)(?:の(?:年収|年俸|給与|給料|水準|額|待遇))?(?:と同(?:じ|等|程度|額)|を?維持|並み?|以上)(?:の(?:水準|年収|給与))?(?:くらい|程度|以上)?(?:を|で|が|は)?(?:希望|お願い|欲し|ほし|望|あれば|いただけ|維持)"
);
pattern!(NOW_PAID, r"(?:現在|今|いま|現職|前職)[^。、\n\d]{0,10}$");

/// 「給与は現状維持を希望(現在1,600万円)」: the present pay, where the mail names it.
fn kept_as_now(cx: &Cx, items: &mut Vec<Item>) {
    for c in AS_NOW.all(cx.text()) {
        let Some(all) = c.get(0) else { continue };
        let near = TOPIC.is(cx.sentence(all.start()));
        if !near || cx.scope.asked(all.start()) || !cx.doc.counts(all.start()) {
            continue;
        }
        let Some(now) = all_sums(cx)
            .into_iter()
            .find(|s| NOW_PAID.is(cx.head(s.start)))
        else {
            continue;
        };
        let span = (all.start(), all.end());
        items.push(wished(&now, span, "money::as_now", Strength::Want));
    }
}

pattern!(
    TAKEN_BACK,
    r"(?:年収|年俸|給与|給料|報酬|金額|日給|時給)の(?:件|希望|条件|下限)(?:は|も)[^。\n]{0,6}(?:取り下げ|撤回|外し|なし|こだわら|不要|忘れ)"
);

/// 「年収の件は取り下げます」 of a sum that the same mail tells of as the earlier wish.
fn withdrawn(cx: &Cx, items: &mut Vec<Item>) {
    if !cx.update {
        return;
    }
    for c in TAKEN_BACK.all(cx.text()) {
        let Some(all) = c.get(0) else { continue };
        let Some(sum) = all_sums(cx)
            .into_iter()
            .rfind(|s| s.start < all.start() && cx.doc.counts(s.start))
        else {
            continue;
        };
        without(items, &sum);
        let span = (all.start(), all.end());
        items.push(wished(&sum, span, "money::withdrawn", Strength::Drop));
    }
}

/// Every sum of pay in the mail but those of the present post.
pub fn sums(cx: &Cx) -> Vec<Sum> {
    find(cx, false)
}

/// Every sum of pay in the mail, those of the present post too.
fn all_sums(cx: &Cx) -> Vec<Sum> {
    find(cx, true)
}

pattern!(
    NOT_SAID,
    r"^(?:円)?より(?:も)?(?:減|下が|少な|低)[^。、\n]{0,6}?(?:結構|構|よ(?:い|く)|いい|大丈夫|やむ)|^(?:円)?(?:以上)?と(?:書い|申し(?:上げ)?|言っ|お伝え)[^。\n]{0,12}(?:取り消|誤|間違|撤回|忘れ|ミス)|^(?:を)?(?:切|割|下回)って(?:も|い)|^のコマが|^も?(?:もらっ|いただい|頂い)て(?:い|お)"
);
pattern!(
    OF_ONE,
    r"(?:^|[^a-z])[a-d](?:病院|社|案|クリニック)?(?:は|が|で|の)?\s?$"
);
pattern!(
    YEAR_OF,
    r"(?:取得|卒業|登録|免許|生|入学|開業|就職|創立)年?\s*$"
);

fn find(cx: &Cx, present: bool) -> Vec<Sum> {
    let mut out: Vec<Sum> = Vec::new();
    for (start, end, c) in figures(cx) {
        let group = |n: &str| c.name(n).map(|m| m.as_str());
        let head = cx.head(start);
        let rest = cx.rest(end);
        if head.ends_with(|c: char| {
            c.is_ascii_digit() || c.is_ascii_alphabetic() || c == '-' || c == '/' || c == '@'
        }) || head
            .strip_suffix(':')
            .is_some_and(|h| h.ends_with(|c: char| c.is_ascii_digit()))
            || NOT_PAY.is(rest)
                && !(group("am").is_some() && cx.doc.text(start, end).ends_with(' '))
        {
            continue;
        }
        // 「一万を超えます」 of anything: a sum without 円 needs a word of pay or of its unit beside it.
        let marked = group("am").is_some() || group("bm").is_some();
        let yen = group("ay").is_some()
            || group("by").is_some()
            || head.ends_with("jpy ")
            || head.ends_with('¥')
            || head.ends_with('￥');
        let clause = cx.clause(start);
        let sentence = cx.sentence(start);
        let label = cx.doc.label_before(start).is_some_and(|l| TOPIC.is(l));
        let yearly = head.trim_end().ends_with('年') && !head.trim_end().ends_with("成年");
        if !PAID.is(sentence) && !label && !marked && !yearly && !asked_above(cx, start) {
            continue;
        }
        if ALLOWANCE.is(clause)
            && !TOPIC.is(clause)
            && !clause.contains('込')
            && !BESIDE_PAY.is(rest)
        {
            continue;
        }
        // 「今2,400万なので」 tells what is paid now; 「今(1.2万)より下がらなければ」 keeps it.
        let kept = rest.trim_start_matches([')', '円']);
        let told = PRESENT.is(head) && !KEPT.is(kept);
        if !present && told
            || of_another(cx, start)
            || NOT_SAID.is(rest)
            || OF_ONE.is(head)
            || YEAR_OF.is(head) && !TOPIC.is(clause)
        {
            continue;
        }
        let Some(a) = group("a").and_then(|s| s.parse::<f64>().ok()) else {
            continue;
        };
        let unit = unit_of(cx, start, end);
        let scale = |m: Option<&str>| match m.map(str::trim) {
            Some("億") => Some(100_000_000.0),
            Some("千万") => Some(10_000_000.0),
            Some("百万" | "m" | "million") => Some(1_000_000.0),
            Some("万") => Some(10_000.0),
            Some("k") => Some(1_000.0),
            _ => None,
        };
        if unit.is_none()
            && !yen
            && !label
            && a * scale(group("am")).unwrap_or(1.0) < 1_000_000.0
            && !TOPIC.is(sentence)
            && !asked_above(cx, start)
            && !WISHED_SUM.is(rest)
        {
            continue;
        }
        let bare_year = !marked && !yen;
        let mut by = scale(group("am")).or(scale(group("bm"))).unwrap_or(1.0);
        if bare_year {
            // 「年1600」, 「年収は1500」 in 万円; 「7.5」 of a day likewise.
            let known = TOPIC.is(clause)
                || label
                || yearly
                || asked_above(cx, start)
                || unit.is_some() && rest_is_floor(rest);
            let whole_number =
                (300.0..=4000.0).contains(&a) && matches!(unit, Some(PayUnit::Year) | None);
            let month = (30.0..300.0).contains(&a) && matches!(unit, Some(PayUnit::Month));
            let beside = UNIT_BESIDE.is(head);
            let day = beside
                && ((3.0..=20.0).contains(&a) && matches!(unit, Some(PayUnit::Day))
                    || (2.0..=15.0).contains(&a) && matches!(unit, Some(PayUnit::HalfDay)));
            let yen_of_day = beside
                && (10_000.0..=300_000.0).contains(&a)
                && a % 500.0 == 0.0
                && matches!(unit, Some(PayUnit::Day | PayUnit::HalfDay));
            let yen_of_hour = beside
                && (1_000.0..=50_000.0).contains(&a)
                && a % 100.0 == 0.0
                && matches!(unit, Some(PayUnit::Hour));
            let yen_of_year = beside
                && (3_000_000.0..=60_000_000.0).contains(&a)
                && matches!(unit, Some(PayUnit::Year));
            let in_yen = yen_of_day || yen_of_hour || yen_of_year;
            if !(known && (whole_number || month || day || in_yen)) || group("a2").is_some() {
                continue;
            }
            by = if in_yen { 1.0 } else { 10_000.0 };
        }
        let low = a * by
            + group("a2")
                .filter(|_| marked)
                .and_then(|s| s.parse::<f64>().ok())
                .unwrap_or(0.0);
        let high = group("b").and_then(|s| s.parse::<f64>().ok()).map(|b| {
            let by = scale(group("bm")).unwrap_or(if bare_year {
                10_000.0
            } else if yen {
                1.0
            } else {
                by
            });
            b * by
                + group("b2")
                    .and_then(|s| s.parse::<f64>().ok())
                    .unwrap_or(0.0)
        });
        #[allow(clippy::cast_possible_truncation)]
        let low = low.round() as i64;
        if !(1_000..=100_000_000).contains(&low) {
            continue;
        }
        let unit = unit.unwrap_or(match low {
            3_000_000.. => PayUnit::Year,
            200_000..3_000_000 => PayUnit::Month,
            30_000..200_000 => PayUnit::Day,
            _ => PayUnit::Hour,
        });
        let unit =
            if low >= 5_000_000 && matches!(unit, PayUnit::Day | PayUnit::Hour | PayUnit::Month) {
                PayUnit::Year
            } else {
                unit
            };
        #[allow(clippy::cast_possible_truncation)]
        let high = high.map(|h| h.round() as i64);
        let high = high.filter(|h| *h > low);
        out.push(Sum {
            start,
            end: start + cx.doc.text(start, end).trim_end().len(),
            low,
            high,
            unit,
        });
    }
    out
}

/// The figures of pay with their first and past-the-last byte. 「1,400万円から1,500万円に上げて」 is no range: what stood
/// before is masked.
fn figures<'c>(cx: &'c Cx) -> Vec<(usize, usize, Captures<'c>)> {
    let found = SUM.all(cx.text()).into_iter().filter_map(|c| {
        let all = c.get(0)?;
        let (start, end) = (all.start(), all.end());
        let new = c.name("b").map(|b| b.start());
        match new.filter(|b| cx.doc.masked(start) && !cx.doc.masked(*b)) {
            Some(from) => {
                let c = SUM.first(cx.text().get(from..)?)?;
                let all = c.get(0).filter(|m| m.start() == 0)?;
                Some((from, from + all.end(), c))
            }
            None => Some((start, end, c)),
        }
    });
    found.collect()
}

pattern!(
    WISHED_SUM,
    r"^(?:円)?(?:以上|から|~|は(?:欲|ほ)|でお願い|を希望|もあれば|もいただ|あれば)"
);

/// The question that the line answers speaks of pay.
fn asked_above(cx: &Cx, at: usize) -> bool {
    let line = cx.doc.line_index(at);
    line.checked_sub(1)
        .and_then(|i| cx.doc.lines.get(i))
        .is_some_and(|l| {
            matches!(l.role, Role::Quoted | Role::Question) && TOPIC.is(cx.doc.text(l.start, l.end))
        })
}

fn rest_is_floor(rest: &str) -> bool {
    [
        "以上",
        "で",
        "は",
        "から",
        "を",
        "あれば",
        "くらい",
        "ほど",
        "万",
        "(万",
        "、",
        "。",
        "も",
    ]
    .iter()
    .any(|w| rest.starts_with(w))
        || rest.is_empty()
}
