//! What stood before, beside what is wished instead: 「年収 2,100万円 → 1,500万円」, 「週4を週3に減らしたい」, a table with
//! the columns 現在 and 希望.

use super::choice::lines;
use super::pattern::{Pattern, pattern};

/// The pieces of the text that tell of what stood before.
pub(super) fn spans(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    if text.contains(['→', '⇒']) {
        for pattern in [&FIELD_CHANGED, &BEFORE] {
            let found = pattern.all(text);
            // 「月4→60歳以上の先生は無しでよい」 tells for whom else.
            let changed = found
                .iter()
                .filter(|c| !c.get(0).is_some_and(|m| m.as_str().contains("以上の")));
            out.extend(changed.filter_map(|c| c.name("old")).map(range));
        }
        same_unit(&ARROW, text, &mut out);
    }
    same_unit(&PARTICLES, text, &mut out);
    for pattern in [
        &RAISED,
        &MOVED,
        &AS_OFTEN,
        &AS_MANY_DAYS,
        &AS_LONG,
        &QUOTED,
        &EXCHANGED,
        &OLD_AND_NEW,
        &PLANNED,
        &DAYS_CHANGED,
        &NAMED_ANEW,
        &NOW_AND_NEXT,
    ] {
        let found = pattern.all(text);
        let old = found
            .iter()
            .filter_map(|c| c.name("old").or(c.name("gone")));
        out.extend(old.map(range));
    }
    columns_of_now(text, &mut out);
    out
}

fn range(m: regex::Match<'_>) -> (usize, usize) {
    (m.start(), m.end())
}

// 「日曜出勤：不可 → 月2回まで可」, 「当直　月5回 → なし」.
pattern!(
    FIELD_CHANGED,
    r"(?m)^[◇◆・●■\s\-]*[^\d:\n→⇒\s◇◆・●■(\-][^:\n→⇒\s.]{0,11}(?::|\s)\s*(?P<old>[^\s:→⇒(][^:→⇒\n]{0,19}?)\s?(?:→|⇒)\s?[^→⇒\n]{2,}$"
);
// 「外来から健診に変えてください」, 「松本市を塩尻市に変更します」, 「松本市の代わりに塩尻市にしてください」.
pattern!(
    EXCHANGED,
    r"(?P<old>[\p{Han}\p{Katakana}ー・]{1,9}[^科師内外\s、。]|[月火水木金土日]曜?)(?:勤務|通勤)?(?:(?:から|を)、?[\p{Han}\p{Katakana}ー・]{1,10}(?:勤務|通勤)?(?:に|へ)(?:変更|変え(?:て|ます|まし|たい|たく|る)|切り?替え|差し?替え|振り?替え|移(?:し|り)|置き換え|改め(?:て|ます|まし|たい))|(?:の代わりに|のかわりに|のところ(?:を)?)、?[\p{Han}\p{Katakana}ー・]{1,10}(?:勤務|通勤)?(?:に|へ|を|で))"
);
// 「火→木に変更お願いします」.
pattern!(
    DAYS_CHANGED,
    r"(?P<old>[月火水木金土日](?:曜日?)?(?:[・、と][月火水木金土日](?:曜日?)?){0,5})\s?(?:→|⇒)\s?[月火水木金土日](?:曜|[・、とにへ。\s]|$)"
);
// 「勤務地を松本市から塩尻市にしてください」, 「勤務地は松本市→塩尻市に変更」; days so named may be a range.
pattern!(
    NAMED_ANEW,
    r"(?:を|は|:|、|が)\s?(?P<old>[\p{Han}\p{Katakana}ー・]{1,9}[^科師内外曜\s、。])(?:から、?[\p{Han}\p{Katakana}ー・]{2,10}(?:に|へ)(?:直し|し(?:て(?:くだ|下|いただ|ほし|もら)|たい|ます)|お願い)|\s?(?:→|⇒)\s?[\p{Han}\p{Katakana}ー・]{2,10}(?:(?:に|へ)(?:変|し|訂|直)|$|\n|。))"
);
// 「(勤務日)旧:月~金のうち3日 新:火・水・木の3日」.
pattern!(
    OLD_AND_NEW,
    r"(?P<old>(?:旧|変更前|従来|これまで|現在|今まで)\s?[:：][^\n]{1,40}?)[\s、/→⇒]{1,4}(?:新|変更後|今後|これから)\s?[:：]"
);
// 「着任は4月の予定を7月に」.
pattern!(
    PLANNED,
    r"(?P<old>(?:\d{1,2}月(?:\d{1,2}日)?|(?:月|週)\d{1,2}(?:回|日)|\d[\d.]*(?:万円?|分|時間?|回|日))(?:から|開始|まで|程度)?の(?:予定|つもり|約束|希望|条件|ところ)(?:だった(?:の)?|でした)?(?:を|は|が)、?)(?:\d{1,2}月|(?:月|週)?\d{1,2}(?:回|日)|\d)"
);
pattern!(BEFORE, r"(?P<old>(?:変更前|旧)\s*[:：]?[^→⇒\n]{1,40}[→⇒])");
/// A figure with what stands before it and its unit, each as a group.
macro_rules! figure {
    ($ahead:literal, $unit:literal) => {
        concat!(
            r"(?P<",
            $ahead,
            r">週|月|年|日|片道|時給)?に?\s?\d[\d.]*(?P<",
            $unit,
            r">日|回|万|月|時|分|コマ|人|名|割|km)?"
        )
    };
}
/// What may stand behind a figure.
macro_rules! bound {
    () => {
        r"(?:円|以内|まで|開始|以上|程度)?"
    };
}
pattern!(
    ARROW,
    concat!(
        r"(?P<old>",
        figure!("a", "u"),
        bound!(),
        r")\s?(?:→|⇒)\s?",
        figure!("b", "v"),
        r"(?:[^\d歳才代]|$)"
    )
);
pattern!(
    PARTICLES,
    concat!(
        r"(?P<old>",
        figure!("a", "u"),
        bound!(),
        r")(?:を|より)、?",
        figure!("b", "v"),
        bound!(),
        r"(?:に|へ)、?(?:増や|減ら|変更|変え|改め|訂正|下げ|上げ|引き[上下]げ|修正|直し|切り替え|落と)"
    )
);

/// What puts a new thing in the place of one named before it.
macro_rules! changed {
    () => {
        r"(?:改め|変え|変更|直し|訂正|修正|し(?:ます|ました|て(?:くだ|下|いただ|ほし|欲し|もら|おい)|たい|とい)|お願い|減ら|増や|(?:引き)?上げ|(?:引き)?下げ|増額|減額|短く|短縮|延ば|延長|繰り|早め|遅らせ|ずらし|切り?替え)"
    };
}
/// What stands between the old and the new.
macro_rules! instead {
    ($old:literal, $new:literal) => {
        concat!(
            r"(?P<old>",
            $old,
            r"(?:から|を)、?)",
            $new,
            r"(?:に|へ)、?",
            changed!(),
            r"|(?P<gone>",
            $old,
            r"(?:でなく|ではなく|じゃなく|のところ(?:を)?|(?:を|は)(?:取り)?やめて|の代わりに)、?)",
            $new,
            r"(?:に|へ|で)(?:。|、|$|",
            changed!(),
            r")"
        )
    };
}
// 「1,400万円から1,550万円に改めます」.
pattern!(
    RAISED,
    instead!(
        r"\d[\d.]*(?:万|千)?\d*円?(?:以上)?",
        r"\d[\d.]*(?:万|千)\d*円?(?:以上)?"
    )
);
// 「4月1日から5月1日に変えてください」.
pattern!(
    MOVED,
    instead!(
        r"(?:来年|再来年|今年)?(?:の)?\d{1,2}月(?:\d{1,2}日|末|頭|中旬|半ば)?(?:から|開始|入職)?",
        r"(?:来年|再来年|今年)?(?:の)?\d{1,2}月(?:\d{1,2}日|末|頭|中旬|半ば)?(?:から|開始|入職)?"
    )
);
// 「月3回から2回に減らして」, 「1日30人のところを20人にしてください」.
pattern!(
    AS_OFTEN,
    instead!(
        r"(?:(?:月|週|1日)に?)?\d{1,2}(?:回|度|人|名)(?:まで|程度|以内)?",
        r"(?:(?:月|週|1日)に?)?\d{1,2}(?:回|度|人|名)(?:まで|程度|以内)?"
    )
);
// 「週3日のところ、週4日にしてください」; of 「週3日から4日に」 the rule of the days itself knows which counts.
pattern!(
    AS_MANY_DAYS,
    r"(?P<old>週に?\d(?:\.\d)?日を)、?(?:週に?)\d(?:\.\d)?日(?:まで|程度|以内)?に(?:、|。|$|\n)|(?P<gone>週に?\d(?:\.\d)?日(?:まで|程度|以内)?(?:でなく|ではなく|じゃなく|のところ(?:を)?|(?:を|は)(?:取り)?やめて|の代わりに)、?)(?:週に?)?\d(?:\.\d)?日?(?:まで|程度|以内)?(?:に|へ|で)"
);
// 「通勤は1時間から30分にしてください」.
pattern!(
    AS_LONG,
    concat!(
        r"(?P<old>(?:片道)?\d{1,2}時間(?:半|\d{1,2}分)?(?:まで|程度|以内)?(?:から|を)、?)(?:片道)?\d{1,3}分(?:まで|程度|以内)?(?:に|へ)、?",
        changed!(),
        r"|(?P<gone>(?:片道)?\d{1,3}(?:分|時間半?)(?:まで|程度|以内)?(?:でなく|ではなく|じゃなく|のところ(?:を)?|(?:を|は)(?:取り)?やめて|の代わりに)、?)(?:片道)?\d{1,3}(?:分|時間)"
    )
);
// 「オンコールは今が月5、次は月2まで」.
pattern!(
    NOW_AND_NEXT,
    r"(?P<old>(?:今|いま|現在)(?:が|は)[^。、\nで]{1,12}、)(?:次|今後|これから|この先)(?:は|も|から)"
);
// 「「できれば避けたい」を「不可」に改めます」.
pattern!(
    QUOTED,
    r"(?P<old>「[^」\n]{1,20}」)(?:と(?:ある|あった|した|書いた|記した|なっている)(?:の)?を|を|から)、?「[^」\n]{1,20}」(?:に|へ)(?:改め|変更|変え|直し|訂正|して|。|、|$)"
);

/// Two figures of one unit, of which the later is the wished one.
fn same_unit(pattern: &Pattern, text: &str, out: &mut Vec<(usize, usize)>) {
    for c in pattern.all(text) {
        let word = |g: &str| c.name(g).map(|m| m.as_str());
        // 「週3を4に」 names the unit once.
        let like = |a: Option<&str>, b: Option<&str>| a == b || a.is_none() || b.is_none();
        let named = ["a", "u", "b", "v"].iter().any(|g| word(g).is_some());
        if named && like(word("a"), word("b")) && like(word("u"), word("v")) {
            out.extend(c.name("old").map(range));
        }
    }
}

pattern!(
    NOW,
    r"^(?:現在|現職|現状|現況|現勤務先?|いま|今|今の(?:職場|勤務|病院|仕事)|これまで|変更前|now|current(?:ly)?|present)$"
);
pattern!(
    NEXT,
    r"^(?:次|次の(?:職場|勤務|仕事)|ご?希望(?:条件)?|望み|今後|これから|変更後|next|wish(?:es|ed)?|wanted|desired|hoped for)$"
);

/// The cells of a row: between bars, or between wide blanks.
fn cells(line: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = 0;
    let bars = line.contains('|');
    let mut push = |from: usize, to: usize| {
        let cell = line.get(from..to).unwrap_or_default();
        let lead = cell.len() - cell.trim_start().len();
        let words = cell.trim();
        if !words.is_empty() {
            out.push((from + lead, from + lead + words.len()));
        }
    };
    for (at, mark) in line.match_indices(if bars { "|" } else { "  " }) {
        push(start, at);
        start = at + mark.len();
    }
    push(start, line.len());
    out
}

/// Under a row that heads one column as of now and another as of what comes, the cells of the first, up to the row that has
/// fewer.
fn columns_of_now(text: &str, out: &mut Vec<(usize, usize)>) {
    // How many cells the head of the table has from the column of now to its end.
    let mut table: Option<usize> = None;
    for (start, line) in lines(text) {
        if !line.contains("  ") && !line.contains('|') {
            table = None;
            continue;
        }
        let cells = cells(line);
        let of = |pattern: &Pattern| {
            cells
                .iter()
                .position(|(s, e)| pattern.is(line.get(*s..*e).unwrap_or_default()))
        };
        match (of(&NOW), of(&NEXT)) {
            (Some(now), Some(next)) if now < next => table = Some(cells.len() - now),
            _ => {
                let old = table.and_then(|from_end| {
                    let i = cells.len().checked_sub(from_end)?;
                    // The first cell names the row.
                    cells.get(i).filter(|_| i > 0)
                });
                out.extend(old.map(|(s, e)| (start + s, start + e)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn old(text: &str) -> Vec<String> {
        let mut spans = spans(text);
        spans.sort_unstable();
        let words = spans.iter().filter_map(|(s, e)| text.get(*s..*e));
        let bare = |w: &'_ str| w.trim().trim_end_matches(['を', '、']).to_owned();
        let mut words: Vec<String> = words.map(bare).collect();
        words.dedup();
        words
    }

    #[test]
    fn what_stood_before() {
        for (text, expected) in [
            ("当直  月5回 → なし", vec!["月5回"]),
            ("年収 2100万円 → 1500万円", vec!["2100万円"]),
            ("・6月開始 → 9月開始", vec!["6月開始"]),
            ("週3を週4に増やしたい", vec!["週3"]),
            ("月4回を2回に減らしてください", vec!["月4回"]),
            ("● お名前 → 桑名 泰子", vec![]),
            ("Q10. 転居 → 不可", vec![]),
            ("・手術 → 不可に変更", vec![]),
            ("・土曜の午前 → 出られます", vec![]),
            ("4月から週3日に", vec![]),
            (
                "  現在  次\n日数  週6日  週3日\n開始  -  7月",
                vec!["週6日", "-"],
            ),
            ("|項目|現在|希望|\n|当直|月5回|なし|", vec!["月5回"]),
            ("現在  週6日\n希望  週3日", vec![]),
        ] {
            assert_eq!(old(text), expected, "{text}");
        }
    }
}
