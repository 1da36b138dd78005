//! Words of the vocabulary that stand for one value each: duties, roles, institutions, employment and the like.

use super::{Cx, Item};
use crate::domain::wish::{Field, Value};
use crate::understand::lexicon::{Hit, Meaning};
use crate::understand::pattern::pattern;

/// The fields that other files read with their measures.
const ELSEWHERE: &[Field] = &[
    Field::NightDuty,
    Field::OnCall,
    Field::DayDuty,
    Field::CommuteMode,
    Field::Contact,
];

/// Reads them.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    for (i, hit) in cx.things.iter().enumerate() {
        let Meaning::Thing(field, value) = hit.meaning else {
            continue;
        };
        if ELSEWHERE.contains(&field) || !stands(cx, i, hit, field, value) {
            continue;
        }
        let word = cx.doc.text(hit.start, hit.end);
        // 町立診療所 is a clinic too, and so is the house of a 診療所長.
        if value == "public_hospital" && word.ends_with("診療所")
            || value == "director" && word.starts_with("診療所")
        {
            items.push(Item::new(
                Field::Institution,
                Value::text("clinic"),
                hit.start,
                hit.end,
                "things::institution",
            ));
        }
        // もの忘れ外来 is an outpatient clinic besides.
        if value == "dementia" && word.ends_with("外来") {
            items.push(Item::new(
                Field::Duty,
                Value::text("outpatient"),
                hit.start,
                hit.end,
                "things::duty",
            ));
        }
        // 「年齢で切られない」: the word itself denies, and is no refusal.
        let denied = (value == "no_age_limit")
            .then(|| DENIED.span(cx.rest(hit.end)))
            .flatten();
        items.push(Item::new(
            field,
            Value::text(value),
            hit.start,
            hit.end + denied.map_or(0, |(_, end)| end),
            rule(field),
        ));
    }
}

pattern!(
    DENIED,
    r"^(?:れ|さ|せ)?(?:れ)?(?:ない|ず|ません|ねえ|へん)(?:ところ|所|職場|病院|施設)?"
);

fn rule(field: Field) -> &'static str {
    match field {
        Field::Duty => "things::duty",
        Field::Role => "things::role",
        Field::Institution => "things::institution",
        Field::Employment => "things::employment",
        Field::Benefit => "things::benefit",
        Field::Workstyle => "things::workstyle",
        Field::AreaType => "things::area_type",
        Field::Relocation => "things::relocation",
        _ => "things::word",
    }
}

pattern!(
    AFTER_OWN_POST,
    r"^(?:を|は)(?:このまま|今のまま|引き続き)?、?(?:続け(?:な|て|ま)|開い(?:て|た|と))|^はまだ閉|^は(?:昨年|去年|先月|前年|今年)[^。、]{0,8}(?:卒業|終え|退)|^(?:を|から|も)(?:[^。、]{0,6})(?:辞|退|離れ|去|やめ|卒業|独立|定年|閉|畳|たた(?:み|ん)|譲|継い)|^の[^。、\n]{0,8}(?:に勤め|に勤務|で働)|^で[^。、\n]{0,16}(?:ばかり|続け(?:て|る)|明け暮れ|一筋)|^では(?:年に|年間|毎|長年|\d+年)|^の雇われ|^\s嘱託|^(?:に|で)?(?:勤務(?:し|中|医)|勤め(?:て|ま(?:し|す)|、|た(?:[^いくけ]|$)|$|る(?:医|[\p{Han}]{1,4}[科医]|者))|在職|在籍|務め|をして(?:い|お)|をしています|で働いて(?:[^みほ欲も下頂]|$))"
);
pattern!(
    RELATIVE,
    r"(?:いる|という|なる|ない|った|ある|の今|今いる|今の|している|以前の)$"
);
pattern!(
    OF_ITSELF,
    r"^は(?:もう|ちょっと|さすがに)?(?:いい|結構|遠慮|無理|避け|考え|勘弁|こりごり)"
);
pattern!(
    OFFICE,
    r"^の(?:肩書|椅子|判子|職|ポスト|希望|条件|件|お?役目?|お務め|仕事|お?話|立場|口|類|打診|辞令|オファー|お?声|任|重責|ご?依頼|件は)"
);
pattern!(
    OWN_BODY,
    r"(?:奥様|妻|夫|母|父|私|本人|自分|子|娘|息子|膝|腰|目|心臓|前立腺|足|首|手|肩|義父|義母)の$"
);
pattern!(
    OF_A_PATIENT,
    r"^(?:のため|後|で|があ|をし|が(?:必要|決)|予定)"
);
pattern!(
    ALLOWED,
    r"^(?:を認|を許|可|の許|ok|ができ|が可|も可|は可|を希望|可能)"
);
pattern!(DECIDED, r"^(?:が決|に入|に預|への|の送|の迎|が閉|の都合)");
pattern!(
    ENDED,
    r"^を(?:終え|辞め|退|やめ|離れ|降り|譲り|引い)|^を[^。、希望]{0,12}(?:で|に|限りで)(?:終え|辞め|退(?:き|く|い|職|任)|やめ|離れ|降り|卒業)"
);
// 「常勤が私を入れて二人しかおらず」 tells of the house.
pattern!(
    STAFFED,
    r"^(?:医|の先生|医師|の医師)?(?:[がはも]|\()?[^。、\n]{0,14}?\d+(?:人|名)(?:体制|しか|で(?:回|や|診|す)|のみ|だけ)"
);
pattern!(
    TOLD_TO,
    r"^(?:さん|先生|様)?に(?:は|も)?[^。、\n]{0,10}(?:伝え|話(?:す|し)|言|申し|告げ|打ち明|相談)|^(?:も|の|は)?(?:了承|承諾|承知)"
);
// 「老健については相談に応じます」.
pattern!(
    OPEN_TO_TALK,
    r"^に(?:ついて|関して|つき)?(?:は|も)?、?ご?相談に(?:応じ|乗)"
);
pattern!(
    OF_ANOTHER,
    r"(?:今の|いまの|前の|元の|現在の|以前の|先の|この|その|あの|知人の|友人の|後輩の|先輩の|息子の|娘の|うちの|自分の|妻の|夫の|同じ|当|本)$"
);
pattern!(NAMED, r"[\p{Han}\p{Katakana}ー]$");
// 「外科部長の坂口誠一」, 「医長を後輩に譲った」.
pattern!(
    TITLE_OF,
    r"^の[\p{Han}]{1,4}\s?[\p{Han}\p{Katakana}]{0,3}(?:[、。(]|です|と申|と言|といい|$)|^を[^。、希望]{0,8}譲"
);
pattern!(KANJI_BEHIND, r"^[\p{Han}]");
pattern!(TITLE, r"^(?:専門医|指導医|認定医|認定|学会|指定医|標榜医)");
pattern!(
    OF_KIN,
    r"^(?:中|治療中|通い)?の(?:家内|妻|夫|主人|母|父|義父|義母|息子|娘|家族|付き?添|通院|日(?:$|[、。がはで]))"
);
pattern!(
    MODIFIES,
    r"^の(?:緊急)?(?:呼び出し|呼出|コール|オンコール|待機|付き添い|付添|送り迎え|送迎|患者さん?の家)"
);
// 「大学の外来が入ったので水曜は外してください」 gives a reason.
pattern!(
    CAME_BETWEEN,
    r"^(?:の(?:外来|当直|仕事|勤務|講義|会議|予定|業務|診療))?が(?:入った|入り|入って|入る|始まった|始まる|増えた|決まった)[^。、\n]{0,6}?(?:ので|ため|から|んで|、)"
);
pattern!(
    COMPARED,
    r"^(?:より|よりも|じゃなく|ではなく|でなく|というより|の代わり)"
);

/// Whether the word is meant in its own sense here.
fn stands(cx: &Cx, i: usize, hit: &Hit, field: Field, value: &str) -> bool {
    let rest = cx.rest(hit.end);
    let head = cx.head(hit.start);
    let word = cx.doc.text(hit.start, hit.end);
    if super::specialty::of_person(head) && !rest.starts_with("も可") && !rest.starts_with('可')
        || head.ends_with("統括")
        || head.ends_with("認定") && value == "industrial"
    {
        return false;
    }
    if COMPARED.is(rest) || CAME_BETWEEN.is(rest) {
        return false;
    }
    match field {
        Field::Duty => duty(cx, i, hit, value, head, rest),
        Field::Institution => institution(cx, hit, value, head, rest, word),
        Field::Employment if rest.starts_with("の看護") || rest.starts_with("の事務") => {
            false
        }
        Field::Employment if ENDED.is(rest) || cx.doc.latin && head.ends_with("my ") => false,
        Field::Employment
            if value == "full_time" && rest.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            false
        }
        Field::Employment => {
            !STAFFED.is(rest)
                && !OF_ANOTHER.is(head)
                && !(word == "定期" && !rest.starts_with(['の', 'は', 'で', '非']))
                && !(value == "contract" && rest.starts_with("産業医") && head.ends_with("業"))
        }
        Field::Role if value == "director" && TOLD_TO.is(rest) => false,
        Field::Role if TITLE_OF.is(rest) => false,
        Field::Role => !ENDED.is(rest) && role(value, head, rest, word),
        Field::Benefit => benefit(cx, hit, value, rest, word),
        Field::AreaType => {
            !(word == "島" && (NAMED.is(head) || KANJI_BEHIND.is(rest)))
                && !(word == "地方" && NAMED.is(head))
        }
        Field::Relocation => {
            !(word == "単身" && rest.starts_with("ではなく"))
                && !(word.starts_with("住み") && head.is_empty())
        }
        Field::Overtime if word == "延長" => !["定年", "再雇用", "任期", "雇用", "契約"]
            .iter()
            .any(|w| cx.sentence(hit.start).contains(w)),
        Field::Workstyle => {
            !(word == "貢献" && rest.starts_with('度'))
                && !(word.ends_with("自分の時間")
                    && ["ができ", "が出来"].iter().any(|w| rest.starts_with(w)))
                && !(word == "無理のない"
                    && !["働", "ペース", "勤務", "仕事", "形", "生活", "日程"]
                        .iter()
                        .any(|w| rest.starts_with(w)))
        }
        Field::Shift if word == "evening" && head.ends_with("in the ") => !head.contains(" me "),
        Field::Shift
            if ["の者", "の方", "の人", "の社員", "の職員", "者"]
                .iter()
                .any(|w| rest.starts_with(w)) =>
        {
            false
        }
        Field::Shift if matches!(word, "日中" | "昼間") => !rest.starts_with('は'),
        Field::Shift => !head.ends_with(|c: char| c.is_ascii_digit()),
        _ => true,
    }
}

// 「産業医の資格を活かしたい」
pattern!(
    USED,
    r"^の資格(?:を|も|が)[^。、\n]{0,4}(?:活か|生か|使|役立)"
);

fn duty(cx: &Cx, i: usize, hit: &Hit, value: &str, head: &str, rest: &str) -> bool {
    if TITLE.is(rest)
        || MODIFIES.is(rest)
        || head.ends_with("緊急")
        || rest.starts_with("の資格") && !USED.is(rest)
        || rest.starts_with("に同行")
        || rest.starts_with("に付い")
            && ["先輩の", "先生の", "指導医の"]
                .iter()
                .any(|w| head.ends_with(w))
        || rest.starts_with("への外勤")
        || rest.starts_with("センター")
        || rest.starts_with("クリニックの院長")
    {
        return false;
    }
    let overlapped = cx.things.iter().enumerate().any(|(k, h)| {
        k != i
            && h.start <= hit.start
            && hit.end <= h.end
            && (h.end - h.start) > (hit.end - hit.start)
    });
    // 「orthopaedic surgery」 is a department.
    let of_a_dept = cx.doc.latin
        && cx.depts.iter().any(|d| {
            d.start <= hit.start && hit.end <= d.end && (d.end - d.start) > (hit.end - hit.start)
        });
    if overlapped || of_a_dept {
        return false;
    }
    match value {
        "surgery" => {
            !(rest.starts_with("を受け")
                || OWN_BODY.is(head) && OF_A_PATIENT.is(rest)
                || rest.starts_with("医で")
                || rest.starts_with("が長引")
                || rest.starts_with("麻酔")
                || rest.starts_with('日')
                || rest.starts_with("後"))
        }
        "home_visit" => {
            !(rest.starts_with("し") && !rest.starts_with("しか")
                || rest.starts_with("日時")
                || head.ends_with("ご")
                || rest.starts_with("で")
                    && !rest.starts_with("でも")
                    && cx.doc.text(hit.start, hit.end) == "在宅")
        }
        "reading" => true,
        "emergency" => {
            !(rest.starts_with("じゃない")
                || rest.starts_with("ではない")
                || rest.starts_with("科")
                || rest.starts_with("医"))
        }
        "anesthesia" => {
            !(rest.starts_with("科")
                || rest.starts_with("医")
                || rest.starts_with("の") && rest.contains("先生"))
        }
        "dialysis" => {
            !rest.starts_with('室')
                && !rest.starts_with("に通")
                && !rest.starts_with("の送り")
                && !OF_KIN.is(rest)
                && !rest.starts_with("を専門")
        }
        "ultrasound" | "catheter" | "dementia" => true,
        "rehabilitation" => !OWN_BODY.is(head),
        "palliative" => !rest.starts_with("科"),
        "checkup" => !rest.starts_with("センター"),
        _ => true,
    }
}

pattern!(
    NUMBERED,
    r"^\s*(?:[①-⑳]|#\s?\d|[-・]\s?#\s?\d|案\s?\d|候補\s?[a-z\d])"
);

pattern!(
    IN_PART,
    r"(?:\d[^。、]{0,6}(?:を?超える(?:ような|ほどの)?|を?越える(?:ような)?|以上の|以上もの|超の)|(?:夕方|夜|夜間|夜中|早朝|深夜|週末|休日|土曜|日曜|祝日)の|\d(?:時|時半)?(?:以降|過ぎ|より後)の|(?:名義|名前)だけの|1人きりの|片手間の)$"
);
pattern!(IN_PART_AFTER, r"^を\d+(?:人|名|床|件)以上");

pattern!(
    ITSELF,
    r"^(?:$|[、。・/ ×)」\]\n:=○△]|は|も|で|勤務|勤め|なら|には|へ|だけ|系|や|か|と|から|以外|に(?:は|だけ|戻|勤|行|限|収|移|転|入|就|務)|を(?:除|避|希望|考)|の(?:病院|施設|病棟|クリニック|医療機関|診療所)(?:[はもでにへ、。]|なら|勤務|$)|の(?:仕事|勤務|顧問|常勤|非常勤|外来|臨床|話|お話|求人|院長|医|当直|病棟|管理|ほう|類|配置)|長|型|的|そのもの|自体)"
);
pattern!(OF_SOME_KIND, r"(?:[いるた]|のない)$");

/// 「夕方の透析は無理」, 「1日50人を超える外来は困る」, 「それより多いクリニックは断る」: a part is refused and not the whole.
pub fn part_of(cx: &Cx, item: &Item) -> bool {
    if cx.doc.latin {
        return false;
    }
    if item.field == Field::Institution {
        return OF_SOME_KIND.is(cx.head(item.start)) || !ITSELF.is(cx.rest(item.end));
    }
    IN_PART.is(cx.head(item.start)) || IN_PART_AFTER.is(cx.rest(item.end))
}

/// 「③ 県北の診療所」 over the answer to it: the head of a suggestion, and no wish.
pub(super) fn numbered_head(cx: &Cx, at: usize) -> bool {
    let Some(line) = cx.doc.line_at(at) else {
        return false;
    };
    let words = cx.doc.text(line.start, line.end);
    NUMBERED.is(words) && (words.chars().count() <= 16 || words.contains('#'))
}

fn institution(cx: &Cx, hit: &Hit, value: &str, head: &str, rest: &str, word: &str) -> bool {
    if AFTER_OWN_POST.is(rest)
        || head.ends_with("○○")
        || rest.starts_with("の件")
        || TOLD_TO.is(rest) && !OPEN_TO_TALK.is(rest)
        || rest.starts_with("には知られ")
        || rest.starts_with("に知られ")
        || rest.starts_with("の電話")
        || rest.starts_with("の番号")
        || cx.doc.latin
            && [" visit", " appointment", " stay", " admission"]
                .iter()
                .any(|w| rest.starts_with(w))
        || head.ends_with("if a ")
        || cx.doc.latin && (head.ends_with("my ") || head.ends_with("the "))
        || cx.update && numbered_head(cx, hit.start)
        || rest.starts_with("の先生")
        || rest.starts_with("長") && word != "診療所"
    {
        return false;
    }
    let clause = cx.clause(hit.start);
    match value {
        "hospital" => {
            // Only where no closer kind is said, and no name of one.
            !NAMED.is(head)
                && (!RELATIVE.is(head) || word == "総合病院")
                && (rest.starts_with('で')
                    || rest.starts_with("勤務")
                    || rest.starts_with("勤め")
                    || rest.starts_with("希望")
                    || rest.starts_with("の外来")
                    || rest.starts_with("の顧問")
                    || rest.starts_with("なら")
                    || rest.starts_with("が")
                    || rest.starts_with("、")
                    || rest.is_empty()
                    || rest.starts_with("か")
                    || rest.starts_with('。')
                    || rest.starts_with(' ')
                    || rest.starts_with("を希望")
                    || rest.starts_with("のほうが")
                    || rest.starts_with("の臨床")
                    || rest.starts_with("の総合")
                    || rest.starts_with("に出")
                    || rest.starts_with("に限"))
                && !rest.starts_with(['名', '側'])
                && !clause.contains("院長")
                && !OF_ANOTHER.is(head)
        }
        "clinic" => {
            !(NAMED.is(head)
                && !head.ends_with("透析")
                && !head.ends_with("内科")
                && !head.ends_with("町立")
                && ![
                    "在宅", "専門", "無床", "有床", "市内", "町内", "総合", "診療",
                ]
                .iter()
                .any(|w| head.ends_with(w))
                && !head.ends_with("科"))
                && !OF_ANOTHER.is(head)
        }
        "long_term" => {
            !head.ends_with("病棟は")
                && !(word.starts_with("療養病") && cx.sentence(hit.start).contains("一般病床"))
        }
        "university" => {
            !OF_ANOTHER.is(head)
                && !(word == "大学"
                    && (rest.starts_with("の教授")
                        || rest.starts_with("の准教授")
                        || rest.starts_with("の講師")
                        || rest.starts_with("の助教")
                        || rest.starts_with("の医局")
                        || rest.starts_with("の同")
                        || rest.starts_with("の研究会")
                        || rest.starts_with('院')
                        || rest.starts_with("は") && !OF_ITSELF.is(rest)
                        || rest.starts_with("・")
                        || rest.starts_with("の研究日")
                        || rest.starts_with("の後輩")
                        || rest.starts_with("時")))
        }
        "company" => {
            !(word == "会社"
                && (!rest.starts_with(['で', 'の', 'に']) || rest.starts_with("の健診")))
        }
        "public_office" => {
            !(word == "行政"
                && (rest.starts_with("書士")
                    || rest.starts_with("の側")
                    || rest.starts_with("の人")))
        }
        "small" | "large" => true,
        _ => true,
    }
}

fn role(value: &str, head: &str, rest: &str, word: &str) -> bool {
    if rest.contains("の経験は") && rest.find("の経験は").is_some_and(|at| at < 40) {
        return false;
    }
    match value {
        "director" => {
            !(rest.starts_with('の') && !OFFICE.is(rest) && !word.ends_with('職')
                || head.ends_with('副')
                || head.ends_with("先方の")
                || head.ends_with("元")
                || rest.starts_with("先生")
                || rest.starts_with("から")
                || rest.starts_with("と") && rest.contains("折り合い"))
        }
        "department_head" => {
            !(head.ends_with('副') || rest.starts_with("を最後") || rest.starts_with("をして"))
        }
        "research" => {
            !(word == "論文"
                && ["多数", "の手直し", "数"]
                    .iter()
                    .any(|w| rest.starts_with(w))
                || rest.starts_with('日')
                || rest.starts_with('会')
                || rest.starts_with("費"))
        }
        "teaching" => {
            !(word == "教育"
                && (rest.starts_with("を受け")
                    || rest.starts_with("体制")
                    || rest.starts_with("研修")))
        }
        _ => true,
    }
}

pattern!(
    PROVIDED,
    r"用意|提供|手配|借|世話|込み|付き|つき|(?:病院|先方|そちら)(?:の)?(?:ほう|方)?で|あてが"
);

fn benefit(cx: &Cx, hit: &Hit, value: &str, rest: &str, word: &str) -> bool {
    match value {
        "housing" => {
            if word == "寮"
                && rest.is_empty() | rest.starts_with(['、', 'な', 'で'])
                && cx.head(hit.start).ends_with('が')
            {
                return false;
            }
            if ["住まい", "住居", "アパート"].contains(&word) || word.starts_with("住む")
            {
                return PROVIDED.is(cx.sentence(hit.start));
            }
            true
        }
        "childcare" => {
            !DECIDED.is(rest)
                && !([
                    "の嘱託",
                    "の仕事",
                    "の医師",
                    "のほうは",
                    "の担当",
                    "の健診",
                    "の検診",
                    "や学校",
                    "や小学校",
                    "・学校",
                    "、学校",
                ]
                .iter()
                .any(|w| rest.starts_with(w))
                    || rest.starts_with("の迎え")
                    || rest.starts_with("の送")
                    || rest.starts_with("のお迎え")
                    || rest.starts_with("の点数"))
        }
        "conference" => {
            !cx.head(hit.start).ends_with("○○")
                && !(word == "学会"
                    && (rest.starts_with('で')
                        || rest.starts_with("専")
                        || rest.starts_with("認")
                        || rest.starts_with("指")))
                && !NAMED.is(cx.head(hit.start))
        }
        "side_job" if word == "掛け持ち" => ALLOWED.is(rest),
        "travel_cost" => true,
        _ => true,
    }
}
