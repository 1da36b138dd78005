//! What a post asks for and offers in words of the vocabulary: titles, departments, duties, benefits.

use super::{Found, own};
use crate::domain::wish::{Field, Value};
use crate::understand::lexicon::Meaning;
use crate::understand::pattern::pattern;
use crate::understand::rules::{Cx, things};

pattern!(
    TITLE,
    r"(?:日本[\p{Han}ァ-ヶー・]{2,20}(?:学会|医師会))?(?:認定)?[\p{Han}ァ-ヶー]{1,14}?(?:専門医|指導医|認定医|産業医|指定医)"
);

pub(super) fn titles(cx: &Cx, found: &mut Vec<Found>) {
    for c in TITLE.all(cx.text()) {
        let Some(m) = c.get(0) else { continue };
        let rest = cx.rest(m.end());
        let clause = cx.clause(m.start());
        if !own(cx, m.start())
            || m.as_str().ends_with("産業医") && !m.as_str().contains("認定")
            || rest.starts_with("の取得")
            || rest.starts_with("の私")
            || rest.starts_with("取得")
            || clause.contains("外しました")
            || cx.sentence(m.start()).contains("条件は外し")
            || rest.starts_with("の資格は")
        {
            continue;
        }
        let value: String = cx
            .doc
            .norm
            .quote(m.start(), m.end())
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect();
        found.push(Found {
            field: Field::Certification,
            value: Value::text(value),
            start: m.start(),
            end: m.end(),
            rule: "opening::certification",
        });
    }
}

pattern!(
    ABSENT,
    r"^[^。、\n]{0,14}?(?:なし|ありません|ございません|不要|おりません|いたしません|必要ありません|休みます|行っていません|外しました|もしておりましたが)"
);
pattern!(
    NOW_STAFF,
    r"\d名(?:、|で|の)|でみて|で(?:対応|診療を続け)|医で対応|現在[^。]{0,10}(?:常勤|非常勤)|増やす話"
);
pattern!(
    NO_AGE,
    r"年齢[^。\n]{0,6}(?:不問|問い?ません|問わ)|定年(?:なし|はありません|は設けて)|\d{2}代[^。\n]{0,16}歓迎|\d{2}(?:才|歳)(?:くらい)?まで(?:なら)?[^。\n]{0,8}(?:問題|大丈夫|可)|doctors in their (?:sixties|seventies)[^.\n]*welcome|年齢】?不問|シニア歓迎"
);

/// Words of the vocabulary that a post has.
pub(super) fn words(cx: &Cx, action: &str, found: &mut Vec<Found>) {
    let mut items = Vec::new();
    things::read(cx, &mut items);
    for i in items {
        let rest = cx.rest(i.end);
        let head = cx.head(i.start);
        let clause = cx.clause(i.start);
        let sentence = cx.sentence(i.start);
        let keep = match i.field {
            Field::Overtime => false,
            Field::Employment => {
                !NOW_STAFF.is(rest
                    .get(..rest.char_indices().nth(16).map_or(rest.len(), |x| x.0))
                    .unwrap_or_default())
                    && !clause.contains("医で対応")
                    && !sentence.contains("固まって")
            }
            Field::Duty => {
                let value = i.value.as_text().unwrap_or_default();
                !(value == "checkup"
                    && (clause.contains("産業")
                        || sentence.contains("衛生委員会")
                        || rest.starts_with("結果")))
                    && !(value == "reading" && sentence.contains("不要"))
                    && !(value == "telemedicine" && clause.contains("面接"))
                    && !(value == "emergency"
                        && (rest.starts_with("搬入")
                            || rest.starts_with("告示")
                            || clause.contains("閉じる")
                            || clause.contains("搬入")))
                    && !(value == "surgery"
                        && (sentence.contains("距離を置きたい") && !sentence.contains("月に")))
            }
            Field::Institution => {
                !matches!(
                    cx.doc.text(i.start, i.end),
                    "事業所" | "町役場" | "役場" | "会社" | "企業" | "行政" | "療養"
                ) && !sentence.contains("息子")
                    && !sentence.contains("ご経験")
                    && !head.ends_with("他の")
                    && i.value != Value::text("university")
            }
            Field::Benefit => {
                !(i.value == Value::text("car_commute") && rest.starts_with("なし"))
                    && !(i.value == Value::text("travel_cost")
                        && (rest.starts_with('込') || rest.starts_with("込み")))
            }
            Field::AreaType => {
                !sentence.contains("必要ありません") && i.value != Value::text("rural")
            }
            Field::Role => {
                !head.ends_with('現')
                    && !sentence.contains("現施設長")
                    && !(i.value == Value::text("director")
                        && (rest.starts_with("です")
                            || rest.starts_with('も')
                            || rest.starts_with(' ')
                            || rest.starts_with('(')
                                && !clause.contains("募集")
                                && cx.doc.label_before(i.start).is_none()
                            || rest.starts_with("と副院長")
                            || sentence.contains("院長の妻")
                            || rest.starts_with("(")))
                    || cx
                        .doc
                        .label_before(i.start)
                        .is_some_and(|l| l.contains("職種") || l.contains("ポスト"))
            }
            Field::Workstyle => matches!(i.value.as_text(), Some("qol")),
            Field::Shift => !clause.contains("外来は"),
            Field::Relocation => sentence.contains("歓迎") || sentence.contains('可'),
            _ => true,
        };
        let identify = matches!(
            i.field,
            Field::Employment | Field::Duty | Field::Institution
        );
        if !keep
            || !own(cx, i.start)
            || ABSENT.is(rest)
            || action == "withdraw"
                && (!identify
                    || i.value == Value::text("ward")
                    || i.value == Value::text("outpatient")
                    || sentence.contains("予定"))
            || super::terms::EN_NO.is(head)
            || head.ends_with("取り")
        {
            continue;
        }
        found.push(Found {
            field: i.field,
            value: i.value,
            start: i.start,
            end: i.end,
            rule: i.rule,
        });
    }
    if action != "withdraw" {
        for c in NO_AGE.all(cx.text()) {
            if let Some(m) = c.get(0)
                && own(cx, m.start())
            {
                found.push(Found {
                    field: Field::Benefit,
                    value: Value::text("no_age_limit"),
                    start: m.start(),
                    end: m.end(),
                    rule: "opening::age",
                });
            }
        }
        for hit in &cx.things {
            let Meaning::Thing(Field::CommuteMode, value) = hit.meaning else {
                continue;
            };
            let rest = cx.rest(hit.end);
            if own(cx, hit.start)
                && (cx.doc.text(hit.start, hit.end) == "送迎バス"
                    || value == "shinkansen" && rest.starts_with('可')
                    || cx.doc.text(hit.start, hit.end) == "新幹線通勤")
            {
                found.push(Found {
                    field: Field::CommuteMode,
                    value: Value::text(value),
                    start: hit.start,
                    end: hit.end,
                    rule: "opening::means",
                });
            }
        }
    }
}

pattern!(
    NOT_DEPT,
    r"^(?:専門医|指導医|認定|学会|出身、|出身\)|診察のみ|受診|の経験は必要)"
);

pub(super) fn departments(cx: &Cx, found: &mut Vec<Found>) {
    for d in &cx.depts {
        let Meaning::Dept(name) = d.meaning else {
            continue;
        };
        let rest = cx.rest(d.end);
        let head = cx.head(d.start);
        let sentence = cx.sentence(d.start);
        let in_name = head.ends_with(|c: char| ('\u{3041}'..='\u{30ff}').contains(&c))
            && !head.ends_with([
                'の', 'は', 'や', 'と', 'か', 'で', 'を', '・', 'も', 'に', 'た',
            ])
            || rest.starts_with("病院")
            || rest.starts_with("クリニック")
            || head.ends_with("みなと");
        let covered = cx
            .things
            .iter()
            .any(|h| h.start <= d.start && d.end <= h.end && h.end - h.start > d.end - d.start);
        let asked = rest.starts_with("か")
            || rest.starts_with("の先生")
            || rest.starts_with('医')
            || rest.starts_with("常勤")
            || rest.starts_with("の外来")
            || rest.starts_with("の非常勤")
            || rest.starts_with("部長")
            || rest.starts_with("外来")
            || rest.starts_with('、')
            || rest.starts_with('・')
            || rest.starts_with("ご出身")
            || rest.starts_with("なら")
            || rest.starts_with("を")
            || cx
                .doc
                .label_before(d.start)
                .is_some_and(|l| l.contains("科") || l.contains("職種") || l.contains("ポスト"))
            || cx.doc.latin
            || rest.starts_with("の体制")
            || rest.starts_with(' ')
            || rest.starts_with('(')
            || rest.starts_with("をご経験");
        let other = sentence.contains("移ってこられた")
            || sentence.contains("出身、今年")
            || head.ends_with("元")
            || sentence.contains("転科して")
            || rest.starts_with("出身")
            || sentence.contains("何科の先生でも")
            || head.ends_with("日本")
            || sentence.contains("取得を希望");
        if !own(cx, d.start) || NOT_DEPT.is(rest) || in_name || covered || !asked || other {
            continue;
        }
        found.push(Found {
            field: Field::Specialty,
            value: Value::text(name),
            start: d.start,
            end: d.end,
            rule: "opening::specialty",
        });
    }
    pattern!(
        CHANGE_OF,
        r"他科からの転科|転科[^。\n]{0,8}歓迎|他科の先生も歓迎|からの転身を歓迎|これから[\p{Han}]{2,8}科を始め"
    );
    if let Some((s, e)) = CHANGE_OF.span(cx.text()).filter(|s| own(cx, s.0)) {
        let named = cx
            .depts
            .iter()
            .find(|d| s <= d.start + 30 && d.start <= e && d.end + 30 >= s)
            .and_then(|d| match d.meaning {
                Meaning::Dept(n) => Some(n),
                _ => None,
            });
        found.push(Found {
            field: Field::SpecialtyChange,
            value: Value::text(named.unwrap_or("any")),
            start: s,
            end: e,
            rule: "opening::change",
        });
    }
}
