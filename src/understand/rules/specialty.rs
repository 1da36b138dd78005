//! Departments: the one wished for, and 転科.

use super::{Cx, Item};
use crate::domain::wish::{Field, Value};
use crate::understand::lexicon::Meaning;
use crate::understand::pattern::pattern;

pattern!(
    CHANGE,
    r"転科|転向|鞍替え|転身|に替わ|に移りたい|メインに切り替え|change (?:my )?specialty|switch to"
);
pattern!(
    OWN_AFTER,
    r"^(?:\(|、|,|\s|・|\.)*(?:医|専門医|指導医|の医|をして|をやって|やって|一筋|\d+年|を\d|の[\p{Han}]{1,6}(?:です|と申|といい|先生|\(|、)|歴|専門|を専門|が専門|ひとすじ|ひと筋|一本(?:で|の|や)|やってます|の開業医|のフェロー|クリニックを開(?:い|業)|の診療に(?:携わ|従事)|ばやって|でずっと|を長年|を四十|を三十|を二十|です(?:。|、|$|\()|専攻|医師|、?\d{2}(?:歳|才|です|。|、|$|\s)|出身|に(?:従事|携わ)|部長|科長|医長|助教|講師|教授|を標榜|勤務|の勤務医|で|[\s、(]+(?:男|女)|\))"
);
pattern!(
    WORK_AFTER,
    r"^は[^。、\n]{0,12}(?:しません|いたしません|致しません|やらない|やりません|勘弁|お断り|受けません|難しい|向いて)|^(?:の|での)?(?:クリニック|病院|外来|診療|専門外来|病棟|非常勤|常勤|バイト|アルバイト|パート|仕事|スポット|で|を(?:続|希望|診|やり|中心|担当)|に(?:進|移|転|関心|興味|挑戦)|なら|も(?:可|対応|診|やって)|は(?:診|無理|不可|入れ|できません)|、?緩和|の計画|全般|も|希望|が(?:希望|よい|いい)|として(?:働|勤)|として)"
);
pattern!(TITLE, r"^(?:専門医|指導医|認定|学会|標榜)");
pattern!(LABEL_WISH, r"希望|志望|募集");

/// Reads both.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    let change = changes(cx, items);
    wished(cx, items, &change);
}

/// 転科: to a named department, or any. Gives the places of the departments that are targets.
fn changes(cx: &Cx, items: &mut Vec<Item>) -> Vec<usize> {
    let mut targets = Vec::new();
    for c in CHANGE.all(cx.text()) {
        let Some(m) = c.get(0) else { continue };
        let sentence = cx.sentence(m.start());
        if cx.rest(m.end()).starts_with("せず") || !cx.doc.counts(m.start()) {
            continue;
        }
        let bounds = cx
            .doc
            .sentence_at(m.start())
            .map_or((m.start(), m.end()), |s| (s.start, s.end));
        let near: Vec<_> = cx
            .depts
            .iter()
            .filter(|d| bounds.0 <= d.start && d.end <= bounds.1)
            .filter(|d| !own(cx, d.start, d.end) && d.start + 60 > m.start())
            .collect();
        let is_change = matches!(m.as_str(), "転科" | "転向" | "鞍替え" | "転身")
            || m.as_str().contains("change")
            || m.as_str().contains("switch");
        let mut named = false;
        for d in &near {
            let gap_after = cx.doc.text(d.end, m.start());
            let gap_before = cx.doc.text(m.end(), d.start);
            let linked = d.end <= m.start()
                && (gap_after.chars().count() <= 3
                    || gap_after.ends_with('に') && gap_after.chars().count() < 8)
                || m.end() <= d.start && gap_before.chars().count() <= 8;
            if !linked {
                continue;
            }
            let Meaning::Dept(name) = d.meaning else {
                continue;
            };
            named = true;
            targets.push(d.start);
            let (s, e) = (d.start.min(m.start()), d.end.max(m.end()));
            items.push(Item::new(
                Field::SpecialtyChange,
                Value::text(name),
                s,
                e,
                "specialty::change",
            ));
            let mut too = Item::new(
                Field::Specialty,
                Value::text(name),
                s,
                e,
                "specialty::change_target",
            );
            too.rule = "specialty::change_target";
            items.push(too);
        }
        if !named && (is_change || m.as_str().starts_with("メイン")) && !sentence.contains("候補は")
        {
            items.push(Item::new(
                Field::SpecialtyChange,
                Value::text("any"),
                m.start(),
                m.end(),
                "specialty::change_any",
            ));
        }
    }
    targets
}

/// Whether a department is named as what the writer practises.
pub fn own(cx: &Cx, start: usize, end: usize) -> bool {
    let rest = cx.rest(end);
    let head = cx.head(start);
    let word = cx.doc.text(start, end);
    if of_person(head) {
        return true;
    }
    if TITLE.is(rest) || word.ends_with('医') {
        return true;
    }
    OWN_AFTER.is(rest) && !WORK_AFTER.is(rest)
        || head.ends_with("専門は")
        || head.ends_with("専門:")
        || head.ends_with("もともと")
}

pattern!(AGED, r"^\(\d{2}(?:歳|才)?、");

/// 「戸田先生（内科」: what stands in the bracket behind a person is about the person.
pub fn of_person(head: &str) -> bool {
    let Some(open) = head.rfind('(') else {
        return false;
    };
    let inside = head.get(open..).unwrap_or_default();
    !inside.contains(')')
        && (head.get(..open).is_some_and(|h| h.ends_with("先生")) || AGED.is(inside))
}

/// Whether 専門医 or the like stands behind: a title, not a department.
pub fn titled(cx: &Cx, end: usize) -> bool {
    TITLE.is(cx.rest(end))
}

fn wished(cx: &Cx, items: &mut Vec<Item>, targets: &[usize]) {
    for d in &cx.depts {
        let Meaning::Dept(name) = d.meaning else {
            continue;
        };
        if targets.contains(&d.start) {
            continue;
        }
        let rest = cx.rest(d.end);
        let label = cx.doc.label_before(d.start);
        if let Some(label) = label
            && (label.contains("診療科")
                || label.contains("専門")
                || label.contains("科目")
                || label.contains("科"))
        {
            if LABEL_WISH.is(label) {
                items.push(Item::new(
                    Field::Specialty,
                    Value::text(name),
                    d.start,
                    d.end,
                    "specialty::form",
                ));
            }
            continue;
        }
        if own(cx, d.start, d.end) || covered(cx, d.start, d.end) {
            continue;
        }
        let word = cx.doc.text(d.start, d.end);
        if !WORK_AFTER.is(rest) && !rest.starts_with(['か', 'や', '・', 'と']) {
            continue;
        }
        // 消化器 of 消化器の専門を活かして names the field, not the wish.
        if rest.starts_with("の専門を")
            || rest.starts_with("の経験")
            || rest.starts_with("を専門に")
            || word == "リハビリ"
        {
            continue;
        }
        items.push(Item::new(
            Field::Specialty,
            Value::text(name),
            d.start,
            d.end,
            "specialty::wished",
        ));
    }
}

/// A department inside a longer word of another kind: 精神科病院, 麻酔 as the work, リハビリ病院.
fn covered(cx: &Cx, start: usize, end: usize) -> bool {
    cx.things
        .iter()
        .any(|h| h.start <= start && end <= h.end && (h.end - h.start) > (end - start))
        || cx.rest(end).starts_with("病院")
        || cx.rest(end).starts_with("クリニック")
        || cx.rest(end).starts_with("の先生")
}
