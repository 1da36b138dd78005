//! What a post asks for and offers in words of the vocabulary: titles, departments, duties, benefits.

use super::{Found, denied, offers, own};
use crate::domain::wish::{Field, Value};
use crate::understand::lexicon::Meaning;
use crate::understand::pattern::pattern;
use crate::understand::rules::{Cx, tail, things};

pattern!(
    TITLE,
    r"(?:日本[\p{Han}ァ-ヶー・]{2,20}(?:学会|医師会))(?:の|認定)?(?:(?:総合)?内科)?(?:専門医|指導医|認定医|認定内科医)|(?:日本[\p{Han}ァ-ヶー・]{2,20}(?:学会|医師会))?(?:認定)?[\p{Han}ァ-ヶー]{1,14}?(?:専門医|指導医|認定医|産業医|指定医)|労働衛生コンサルタント|認知症サポート医|社会医学系[\p{Han}]{0,4}専門医"
);

// What the house is or has: 「内科専門医の教育施設です」, 「専門医が3名おります」.
pattern!(
    OF_HOUSE,
    r"^(?:の(?:教育|研修|認定|指導)(?:施設|病院|機関)|研修(?:施設|プログラム)|プログラム|が[^。、\n]{0,6}(?:在籍|常駐|おり|いま))"
);

/// 「院長は循環器専門医、副院長は糖尿病専門医です」: what those have who work there.
fn of_staff(cx: &Cx, at: usize, rest: &str) -> bool {
    pattern!(
        STAFF_IS,
        r"(?:院長|理事長|所長|施設長|センター長|部長|医長|前任者?|現職|常勤医|当院の医師|スタッフ|(?:院長|副院長)の[\p{Han}]{1,4})(?:先生)?(?:は|が|も)、?[^。、\n]{0,12}$"
    );
    pattern!(
        IS_SO,
        r"^(?:です|で、|であり|でござい|、|。|$|を(?:持|取得し|有し)|の資格を(?:持|有)|として)"
    );
    STAFF_IS.is(cx.head(at)) && IS_SO.is(rest)
}

pub(super) fn titles(cx: &Cx, found: &mut Vec<Found>) {
    for c in TITLE.all(cx.text()) {
        let Some(m) = c.get(0) else { continue };
        let rest = cx.rest(m.end());
        let clause = cx.clause(m.start());
        if !own(cx, m.start())
            || m.as_str().ends_with("産業医") && !m.as_str().contains("認定")
            || rest.starts_with("の取得")
            || OF_HOUSE.is(rest)
            || rest.starts_with("の私")
            || rest.starts_with("取得")
            || clause.contains("外しました")
            || cx.sentence(m.start()).contains("条件は外し")
            || of_staff(cx, m.start(), rest)
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
            .collect::<String>()
            .replace("学会の", "学会");
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
    NOW_STAFF,
    r"\d名(?:、|で|の)|でみて|で(?:回|対応|診療を続け)|医で対応|現在[^。]{0,10}(?:常勤|非常勤)|増やす話"
);
pattern!(
    SOUGHT,
    r"募集|職種|候補|お迎え|求め|探し|公募|ポスト|として(?:お|ご)|引き受けて|お願いできる|お引き受け|を(?:お願い|お任せ|任せ)|hire|looking for"
);
// 「研修医に標本の見方を教えていただける」: the doctor teaches.
pattern!(
    TAUGHT,
    r"(?:研修医|専攻医|学生|若手|若い[^。、\n]{0,6}|後輩|後進)[^。、\n]{0,16}教え"
);

// 「夜間透析は月水金の非常勤医が担当」: somebody who works there now.
pattern!(
    DOES_ALREADY,
    r"^(?:の?(?:先生|医師|医))?が[^。、\n]{0,10}(?:担当|診て|来て|対応|行って|おり|い(?:ます|て))"
);

/// What the doctor may do elsewhere besides: 「兼業　可（残る曜日の外来勤務など）」.
pub(super) fn of_side_job(cx: &Cx, at: usize) -> bool {
    pattern!(
        ELSEWHERE_BESIDES,
        r"(?:兼業|副業|アルバイト)(?:は|も|:)?[^。\n]{0,24}$|(?:他院|他の(?:病院|医療機関|施設)|よそ)(?:で|へ)の[^。、\n]{0,6}$"
    );
    cx.doc
        .label_before(at)
        .is_some_and(|l| l.contains("兼業") || l.contains("副業"))
        || ELSEWHERE_BESIDES.is(cx.head(at))
}

pattern!(
    OF_OTHERS,
    r"(?:近隣|隣|隣接|近く|市内|町内|他|よそ|別)の[\p{Han}]{0,6}$"
);
// 「常勤医師を1名、募集しております」.
pattern!(
    SO_MANY_SOUGHT,
    r"^[^。、\n]{0,6}を?\s?\d{1,2}[名人](?:ほど|程度)?、?[^。、\n]{0,6}(?:募集|探し|お迎え|求め|ご?紹介|お願い)"
);
// A reason to be away: 「学会出張の多い時期で」, 「学会や法事のとき」.
pattern!(
    AWAY,
    r"^(?:出張(?:の|で|が)(?:多|間|とき|際|折|不在|続)|の(?:多い|とき|際|折|間)|や[^。、\n]{0,6}の(?:とき|際|折)|(?:など|等|出席)?で[^。、\n]{0,4}(?:不在|休診|留守|席を外))"
);
pattern!(SO_MANY, r"^\s*\d名(?:$|\s|、|。|を|の|\()");
// Who runs the house: 「診療所の運営を委託されております」.
pattern!(RUN_BY, r"^(?:を|し|する|法人|母体|会社|主体|団体)");
// Research that the doctor goes out for, and no role of the post.
pattern!(OUTSIDE, r"^(?:に(?:出|行|通)|日)");

/// Whether a word is a part of a title that is asked for.
fn in_title(found: &[Found], start: usize, end: usize) -> bool {
    found.iter().any(|f| {
        f.field == Field::Certification
            && f.start <= start
            && end <= f.end
            && end - start < f.end - f.start
    })
}

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
            Field::Duty | Field::Employment if of_side_job(cx, i.start) => false,
            Field::Employment if DOES_ALREADY.is(rest) => false,
            Field::Employment if succeeded(cx, i.start) => true,
            Field::Employment => {
                (!NOW_STAFF.is(rest
                    .get(..rest.char_indices().nth(16).map_or(rest.len(), |x| x.0))
                    .unwrap_or_default())
                    || SO_MANY_SOUGHT.is(rest))
                    && !clause.contains("医で対応")
                    && !sentence.contains("固まって")
            }
            // 「認知症サポート医なら尚良し」 asks for the title.
            Field::Duty if in_title(found, i.start, i.end) => false,
            Field::Duty => {
                let value = i.value.as_text().unwrap_or_default();
                let of_name = rest.starts_with("専門医")
                    || rest.starts_with("病院")
                    || rest.starts_with("プログラム")
                    || cx.doc.text(i.start, i.end) == "訪問" && rest.starts_with(':');
                !of_name
                    && !denied::duty(cx, i.start, i.end)
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
                    && !OF_OTHERS.is(head)
                    && !["さま", "様", "さん", "の跡", "跡地"]
                        .iter()
                        .any(|w| rest.starts_with(w))
                    && i.value != Value::text("university")
            }
            Field::Benefit => {
                !denied::refused(rest)
                    && !(i.value == Value::text("conference") && AWAY.is(rest))
                    && !(i.value == Value::text("training") && TAUGHT.is(sentence))
                    && !(i.value == Value::text("travel_cost")
                        && (rest.starts_with('込') || rest.starts_with("込み")))
            }
            Field::AreaType => {
                !sentence.contains("必要ありません") && i.value != Value::text("rural")
            }
            Field::Role if matches!(i.value.as_text(), Some("director" | "department_head")) => {
                let labelled = cx.doc.label_before(i.start).is_some_and(|l| {
                    ["職種", "ポスト", "役職", "募集", "職名"]
                        .iter()
                        .any(|w| l.contains(w))
                        || l.trim() == "職"
                });
                labelled
                    || SOUGHT.is(sentence)
                        && !head.ends_with(['現', '元', '前', '副'])
                        && !rest.starts_with(['が', 'も', ' ', '(', '・', 'と', '、', 'で'])
                    || rest.starts_with("候補")
                    || SO_MANY.is(rest)
                    || succeeded(cx, i.start)
            }
            Field::Role => {
                !(i.value == Value::text("research") && OUTSIDE.is(rest))
                    && !(i.value == Value::text("management") && RUN_BY.is(rest))
                    && !head.ends_with('現')
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
            Field::Workstyle => i.value == Value::text("qol") && !sentence.contains("お休み"),
            Field::Shift => {
                !denied::duty(cx, i.start, i.end)
                    && !clause.contains("外来は")
                    && !sentence.contains("足り")
            }
            Field::Relocation => sentence.contains("歓迎") || sentence.contains('可'),
            _ => true,
        };
        let identify = matches!(
            i.field,
            Field::Employment | Field::Duty | Field::Institution
        );
        if !keep
            || !own(cx, i.start)
            || denied::absent(rest)
            || action == "withdraw"
                && (!identify
                    || i.value == Value::text("ward")
                    || i.value == Value::text("outpatient")
                    || sentence.contains("予定"))
            || denied::EN_NO.is(head)
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
    // The way of working of who leaves is the post's: 「常勤の内科医は三名ですが、うち一名が帰られます」.
    for h in &cx.things {
        let Meaning::Thing(Field::Employment, value) = h.meaning else {
            continue;
        };
        if succeeded(cx, h.start)
            && own(cx, h.start)
            && !DOES_ALREADY.is(cx.rest(h.end))
            && !found.iter().any(|f| f.field == Field::Employment)
        {
            found.push(Found {
                field: Field::Employment,
                value: Value::text(value),
                start: h.start,
                end: h.end,
                rule: "opening::succeeded",
            });
        }
    }
    if action != "withdraw" {
        offers::words(cx, found);
        offers::no_age_limit(cx, found);
        offers::means(cx, found);
    }
}

pattern!(
    ASKED,
    r"^(?:か|の(?:先生|医師|常勤|非常勤|外来|体制|ご経験|(?:臨床|診療|実務)経験|ご出身|部長|専門|スタッフ|診療|当直)|[医師、・/ (]|募集|急募|求む|求人|常勤|非常勤|部長|外来|ご出身|なら|(?:さん)?より\s?(?:お?電話|tel|入電)|を(?:[^や]|$)|または|又は|もしくは|および|と|全般|系)"
);
pattern!(
    NOT_DEPT,
    r"^(?:専門医|指導医|認定|学会|出身、|出身\)|診察のみ|受診|の経験は必要)"
);

// 「ひとつは病理です」, 「内科または整形外科。」.
pattern!(
    ASKED_AS,
    r"(?:お?(?:1|一)人(?:目)?|お?(?:1|一)方|(?:1|一)名|ひとつ|1つ|ふたつ|2つ|もう(?:ひとつ|1つ)|(?:1|2)つ(?:目|め)|募集(?:科|職種)?|お願いしたいの|求めて(?:い|お)りますの|必要なの)は、?$"
);
pattern!(
    PREDICATE,
    r"^(?:です|で(?:、|す)|でございます|になります|。|$)"
);
pattern!(OF_DOCTOR, r"^(?:医|の(?:先生|医師|専門医|常勤|非常勤))");
pattern!(
    LISTED,
    r"(?:または|又は|もしくは|あるいは|および|か|・|、|や|と)$"
);
pattern!(LAST_OF_LIST, r"^(?:。|$|です|を|の(?:臨床|診療|実務)?経験)");
// Where other doctors come from, or what the writer did: no department that is asked for.
pattern!(
    ELSEWHERE,
    r"^(?:医|[\p{Han}]{0,4}科|や|・|、)?[^。、\n]{0,12}?(?:からおいで|から(?:来られ|いらし|移|お越しになった|転じ|転身され)|として[^。\n]{0,24}(?:年おり|年勤め|勤めて|働いて|開業|おりました))"
);

// 「他に小児科、眼科があります」.
pattern!(
    HOUSE_HAS,
    r"^(?:[、・とや][\p{Han}]{1,8}科)*(?:など|等)?(?:が(?:あり|ござい)ます|を(?:標榜|併設|開設))"
);

/// 「常勤の内科医は三名ですが、うち一名が帰られます。その後に来てくださる先生を」: who leaves tells whom the post seeks.
fn succeeded(cx: &Cx, at: usize) -> bool {
    pattern!(
        LEAVES,
        r"(?:1名|1人|方|先生|医師|医|施設長|院長|所長|部長)(?:は|が)[^。\n]{0,24}(?:帰られ|帰り|退職|退任|退かれ|退き|辞め|異動|定年|転出|転勤|いなく|抜け|離れ|引退)"
    );
    pattern!(
        SUCCESSOR,
        r"(?:その|この)(?:後|あと|代わり)(?:に|を|の|と)|後任|後釜|代わり(?:に|の|を)|補充|欠員|穴を"
    );
    LEAVES.is(cx.sentence(at)) && SUCCESSOR.is(cx.text())
}

/// The sentence from a byte on.
fn sentence_from<'c>(cx: &'c Cx, at: usize) -> &'c str {
    cx.doc
        .sentence_at(at)
        .map_or("", |s| cx.doc.text(at.min(s.end), s.end))
}

// 「常勤医師(内科)を1名」.
pattern!(
    IN_BRACKET,
    r"(?:医師|常勤医|先生|医員|部長|常勤|非常勤)\s?\((?:[\p{Han}]{1,8}[・、/])?$"
);

pub(super) fn departments(cx: &Cx, found: &mut Vec<Found>) {
    let mut last_named = None;
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
            || succeeded(cx, d.start)
            || cx
                .doc
                .label_before(d.start)
                .is_some_and(|l| l.contains("科") || l.contains("職種") || l.contains("ポスト"))
            || cx.doc.latin
            || IN_BRACKET.is(tail(head, 20))
            || ASKED_AS.is(head) && PREDICATE.is(rest)
            || LAST_OF_LIST.is(rest)
                && LISTED.is(head)
                && last_named.is_some_and(|e| LISTED.is(cx.doc.text(e, d.start)));
        let other = sentence.contains("移ってこられた")
            || sentence.contains("出身、今年")
            || head.ends_with("元")
            || sentence.contains("転科して")
            || rest.starts_with("出身")
            || ELSEWHERE.is(sentence_from(cx, d.end))
            || HOUSE_HAS.is(rest)
            || sentence.contains("何科の先生でも")
            || head.ends_with("日本")
            || sentence.contains("取得を希望");
        let in_name = in_name || super::house::in_house_name(cx, found, d.start, d.end);
        let titled = cx.doc.text(d.start, d.end).ends_with("専門") && rest.starts_with('医');
        if asked {
            last_named = Some(d.end);
        }
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
    // 「もうひとつは画像診断です」: as a post it is a department, as work a duty.
    for h in &cx.things {
        let imaging = cx.doc.text(h.start, h.end) == "画像診断";
        let asked = ASKED_AS.is(cx.head(h.start)) && PREDICATE.is(cx.rest(h.end))
            || OF_DOCTOR.is(cx.rest(h.end));
        if imaging && asked && own(cx, h.start) {
            found.push(Found {
                field: Field::Specialty,
                value: Value::text("放射線診断科"),
                start: h.start,
                end: h.end,
                rule: "opening::specialty",
            });
        }
    }
    pattern!(
        CHANGE_OF,
        r"他科からの転科|転科[^。\n]{0,8}歓迎|他科の先生も歓迎|からの転身を歓迎|これから[\p{Han}]{2,8}科を始め"
    );
    pattern!(
        CHANGE_REFUSED,
        r"^(?:は|も|に(?:は|つい)て?)?[^。\n]{0,10}(?:受け(?:ない|て(?:い|お)?り?ません|付けて)|不可|ご?遠慮|できません|お断り|対象外|考えて(?:い|お)?り?ません)"
    );
    let refused = |s: &(usize, usize)| CHANGE_REFUSED.is(cx.rest(s.1));
    if let Some((s, e)) = CHANGE_OF
        .span(cx.text())
        .filter(|s| own(cx, s.0) && !refused(s))
    {
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
