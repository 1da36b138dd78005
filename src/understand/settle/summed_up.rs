//! 「救急、往診、当直。この三つはできません」, 「当直なし、土曜休み。以上は譲れません」: a sentence that speaks of the things named right
//! before it.

use super::Judged;
use crate::domain::wish::Strength;
use crate::understand::pattern::pattern;
use crate::understand::rules::Cx;

pattern!(
    BACK,
    r"(?:^|[。\n])\s*[・→※-]?\s?(?:(?:この|以上の|上の|上記の|右の|前記の|以上)(?P<n>[2-5二三四五両])(?:つ|点|件|者|条件|項目)|(?:以上|これら)(?:の(?:点|条件|こと|もの))?|いずれも|どれも)(?:だけ|ばかり)?(?:は|が|を|については|に関しては|、)(?P<said>[^。\n]{1,30})"
);
pattern!(
    MUST,
    r"譲れ|譲る|外せ|はずせ|欠かせ|必須|絶対|動かせ|曲げられ|変えられ|前提|必ず|守って"
);
pattern!(
    NEVER,
    r"(?:でき|出来|受けられ|務ま(?:り|ら)|勤ま(?:り|ら)|やり|いたし|致し|し|持て|応じられ|引き受け(?:られ)?)(?:かね|ま(?:せん|へん)|ない|ぬ|ん$)|無理|断り|断る|不可|勘弁|論外|ご容赦|お許し|免除|かんにん"
);
pattern!(
    AVOID,
    r"避けた|苦手|遠慮した|控えた|気が(?:進|乗)|望みません|したく(?:ない|あり)"
);

/// More sentences are not gone back for one that sums up.
const SENTENCES: usize = 4;

/// Things that are summed up are as strong as the sentence says that sums them up.
pub(super) fn settle(cx: &Cx, judged: &mut [Judged]) {
    for c in BACK.all(cx.text()) {
        let (Some(whole), Some(said)) = (c.get(0), c.name("said")) else {
            continue;
        };
        let Some(summing) = cx.doc.sentence_at(said.start()) else {
            continue;
        };
        if !cx.doc.counts(said.start()) || whole.end() > summing.end {
            continue;
        }
        let words = said.as_str();
        let (must, never, avoid) = (MUST.is(words), NEVER.is(words), AVOID.is(words));
        if !must && !never && !avoid {
            continue;
        }
        let from = named_from(
            cx,
            judged,
            summing.start,
            count(c.name("n").map(|n| n.as_str())),
        );
        for j in judged.iter_mut() {
            if !(from..summing.start).contains(&j.item.start) {
                continue;
            }
            let refused = j.verdict.strength.is_refusal();
            j.verdict.strength = match j.verdict.strength {
                Strength::Drop => Strength::Drop,
                _ if must && refused => Strength::Never,
                _ if must => Strength::Must,
                said if j.verdict.spoken => said,
                _ if never => Strength::Never,
                _ => Strength::Avoid,
            };
        }
    }
}

fn count(n: Option<&str>) -> usize {
    match n {
        Some("二" | "両" | "2") => 2,
        Some("四" | "4") => 4,
        Some("五" | "5") => 5,
        Some(_) => 3,
        None => 1,
    }
}

/// Where the words begin in which so many things are named.
fn named_from(cx: &Cx, judged: &[Judged], until: usize, many: usize) -> usize {
    let mut from = until;
    for _ in 0..SENTENCES {
        let Some(before) = cx.doc.sentence_before(from) else {
            break;
        };
        from = before.start;
        let named = judged
            .iter()
            .filter(|j| (from..until).contains(&j.item.start));
        if named.count() >= many {
            break;
        }
    }
    from
}
