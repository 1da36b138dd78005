//! What a post asks for and offers in words of the vocabulary: titles, departments, duties, benefits.

use super::{Found, own};
use crate::domain::wish::{Field, Value};
use crate::understand::lexicon::Meaning;
use crate::understand::pattern::{compile, pattern};
use crate::understand::rules::{Cx, things};
use regex::Regex;
use std::sync::LazyLock;

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
    r"\d名(?:、|で|の)|でみて|で(?:回|対応|診療を続け)|医で対応|現在[^。]{0,10}(?:常勤|非常勤)|増やす話"
);
pattern!(
    SOUGHT,
    r"募集|職種|候補|お迎え|求め|探し|公募|ポスト|として(?:お|ご)|引き受けて|お願いできる|お引き受け|hire|looking for"
);
// What a post has, in words that a wish would not be said in.
const OFFERS: &[(Field, &str, &str)] = &[
    (
        Field::Benefit,
        "training",
        r"研修(?:に|へ)(?:派遣|参加)|(?:丁寧|一から|いちから|しっかり|ゼロから)[^。\n]{0,6}(?:教え|指導)|指導体制(?:を|が|も|あり)|研修(?:制度|プログラム|あり|支援)|取得(?:を)?支援",
    ),
    (
        Field::Benefit,
        "housing",
        r"お泊まりいただける|宿泊(?:所|施設|室)(?:が|を|も|あり|完備)|泊まれる(?:部屋|お部屋)|住宅手当|家賃補助",
    ),
    (
        Field::Relocation,
        "with_family",
        r"ご家族(?:で|と)(?:の|ご一緒)?[^。、\n]{0,10}(?:お越し|赴任|ご赴任|転居|入居|居住|も歓迎|可)",
    ),
    (
        Field::Relocation,
        "alone",
        r"単身(?:で|赴任)(?:の)?[^。、\n]{0,10}(?:も歓迎|歓迎|も可|可)",
    ),
    (
        Field::Employment,
        "contract",
        r"嘱託(?:医|産業医|職員|で|として|契約|の)|契約は1年ごと|1年契約|任期付",
    ),
    (
        Field::Employment,
        "full_time",
        r"(?:^|[^非\p{Han}短])常勤(?:医師|医)?\s?\d名",
    ),
    (Field::Employment, "part_time", r"非常勤(?:医師|医)?\s?\d名"),
    (
        Field::Employment,
        "spot",
        r"代わりに[^。\n]{0,8}(?:外来|診療)を[^。\n]{0,4}(?:診て|担当|お願い)|代診|単発|スポット",
    ),
    (
        Field::Institution,
        "small",
        r"小さな[^。、\n]{0,4}(?:病院|診療所|クリニック)|小規模[^。、\n]{0,3}(?:病院|クリニック)|中小病院",
    ),
    (
        Field::Institution,
        "long_term",
        r"(?:医療)?療養(?:型|病床|病棟)?\s?\d{2,3}床|療養(?:型)?病院|慢性期",
    ),
    (Field::Shift, "afternoon", r"\(午後[。)、]"),
    (Field::Shift, "morning", r"\(午前[。)、]"),
];
static OFFER_WORDS: LazyLock<Vec<(Field, &'static str, Option<Regex>)>> = LazyLock::new(|| {
    OFFERS
        .iter()
        .map(|(f, v, p)| (*f, *v, compile(p)))
        .collect()
});

/// Words that only offers use.
fn offered(cx: &Cx, found: &mut Vec<Found>) {
    let mixed = found.iter().any(|f| f.field == Field::Beds) && BED_KINDS.is(cx.text());
    for (field, value, pattern) in OFFER_WORDS.iter() {
        let Some(re) = pattern else { continue };
        for m in re.find_iter(cx.text()) {
            let rest = cx.rest(m.end());
            let clause = cx.clause(m.start());
            let past = clause.contains("ましたが") || clause.contains("いたところ");
            // 療養病床 inside a general hospital does not make it one.
            let inside = *value == "long_term" && mixed && m.as_str().contains('床');
            let staff = *field == Field::Employment
                && (["体制", "在籍", "現在", "足り"]
                    .iter()
                    .any(|w| clause.contains(w))
                    || rest.starts_with('で')
                    || rest.starts_with('、') && cx.sentence(m.start()).contains("みて"));
            if own(cx, m.start()) && !ABSENT.is(rest) && !past && !inside && !staff {
                found.push(Found {
                    field: *field,
                    value: Value::text(*value),
                    start: m.start(),
                    end: m.end(),
                    rule: "opening::offer",
                });
                break;
            }
        }
    }
}

pattern!(BED_KINDS, r"一般(?:病床)?\s?\d{2,3}床|一般病床と|急性期");
pattern!(
    NO_AGE,
    r"年齢[^。\n]{0,6}(?:不問|問い?ません|問わ)|定年(?:なし|はありません|は設けて)|\d{2}代[^。\n]{0,40}(?:歓迎|活躍)|\d{2}(?:才|歳)(?:くらい)?まで(?:なら)?[^。\n]{0,8}(?:問題|大丈夫|可)|doctors in their (?:sixties|seventies)[^.\n]*welcome|年齢】?不問|シニア歓迎"
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
                let of_name = rest.starts_with("専門医")
                    || rest.starts_with("病院")
                    || rest.starts_with("プログラム")
                    || cx.doc.text(i.start, i.end) == "訪問" && rest.starts_with(':');
                !of_name
                    && !(value == "checkup"
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
            Field::Role if matches!(i.value.as_text(), Some("director" | "department_head")) => {
                let labelled = cx.doc.label_before(i.start).is_some_and(|l| {
                    ["職種", "ポスト", "役職", "募集"]
                        .iter()
                        .any(|w| l.contains(w))
                });
                labelled
                    || SOUGHT.is(sentence)
                        && !head.ends_with(['現', '元', '前', '副'])
                        && !rest.starts_with(['が', 'も', ' ', '(', '・', 'と', '、', 'で'])
                    || rest.starts_with("候補")
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
            Field::Workstyle => {
                matches!(i.value.as_text(), Some("qol")) && !sentence.contains("お休み")
            }
            Field::Shift => !clause.contains("外来は") && !sentence.contains("足り"),
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
        offered(cx, found);
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
    ASKED,
    r"^(?:か|の(?:先生|医師|常勤|非常勤|外来|体制|ご経験|部長|専門|スタッフ|診療|当直)|[医師、・/ (]|常勤|非常勤|部長|外来|ご出身|なら|を(?:[^や]|$)|または|又は|もしくは|および|と|全般|系)"
);
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
        let in_name = rest.starts_with("病院") || rest.starts_with("クリニック");
        let covered = cx
            .things
            .iter()
            .any(|h| h.start <= d.start && d.end <= h.end && h.end - h.start > d.end - d.start);
        let asked = ASKED.is(rest)
            || cx
                .doc
                .label_before(d.start)
                .is_some_and(|l| l.contains("科") || l.contains("職種") || l.contains("ポスト"))
            || cx.doc.latin;
        let other = sentence.contains("移ってこられた")
            || sentence.contains("出身、今年")
            || head.ends_with("元")
            || sentence.contains("転科して")
            || rest.starts_with("出身")
            || sentence.contains("何科の先生でも")
            || head.ends_with("日本")
            || sentence.contains("取得を希望");
        let in_name = in_name || super::house::in_house_name(cx, found, d.start, d.end);
        let titled = cx.doc.text(d.start, d.end).ends_with("専門") && rest.starts_with('医');
        if titled || !own(cx, d.start) || NOT_DEPT.is(rest) || in_name || covered || !asked || other
        {
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
