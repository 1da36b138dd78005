//! Departments: the one wished for, and 転科.

use super::{Cx, Item, tail};
use crate::domain::wish::{Field, Value};
use crate::understand::lexicon::Meaning;
use crate::understand::pattern::pattern;
use crate::understand::scope::Scope;

pattern!(
    CHANGE,
    r"転科|転向|鞍替え|くら替え|くらがえ|転身|に替わ|(?:に|へ)移(?:りた[いく]|ろう|れれば|ることを)|(?:に|へ)移り、|(?:に|へ)(?:回|進|転じ|舵を切)(?:りたい|みたい|たい|りたく|みたく)|(?:側|道)(?:に|へ)(?:回|移|進)り?(?:たい|みたい|たく)|科を移|籍を移|移籍|畑を変え|畑替え|科を変え|科を替え|看板を(?:掛け|架け)?(?:替え|変え)|メインに切り替え|change (?:my )?specialty|switch to|retrain in|move into"
);
pattern!(
    TO_WORK,
    r"(?:訪問診療|訪問|在宅(?:医療|診療)?|産業医|産業保健|予防医学|行政|公衆衛生|審査|矯正医療|検疫)(?:の(?:仕事|世界|道|分野|畑|側|現場|患者さん(?:を診る(?:仕事|側))?))?$"
);
pattern!(
    OWN_AFTER,
    r"^(?:\(|、|,|\s|・|\.)*(?:医|専門医|指導医|の医|をして|をやって|やって|一筋|\d+年|を\d|の[\p{Han}]{1,6}(?:です|と申|といい|先生|\(|、)|歴|専門|を専門|が専門|ひとすじ|ひと筋|一本(?:で|の|や)|やってます|の開業医|のフェロー|クリニックを開(?:い|業)|の診療に(?:携わ|従事)|ばやって|でずっと|を長年|を40|を30|を20|です(?:。|、|$|\()|専攻|医師|、?\d{2}(?:歳|才|です|。|、|$|\s)|出身|に(?:従事|携わ)|部長|科長|医長|助教|講師|教授|を標榜|勤務|の勤務医|で|[\s、(]+(?:男|女)|\))"
);
pattern!(
    WORK_AFTER,
    r"^が(?:混ざ|混じ|入)(?:る|って)|^は[^。、\n]{0,12}(?:しません|いたしません|致しません|やらない|やりません|勘弁|お断り|受けません|難しい|向いて)|^を標榜して(?:い)?る(?:こと|ところ|病院|所)|^(?:の|での)?一般(?:で|を|の|に|なら|も)|^以外(?:の(?:科|診療科|仕事|分野))?(?:は|には|なら|で|を|であれば|でしたら)|^(?:の|での)?(?:クリニック|病院|外来|[\p{Han}]{2,4}外来|応援|手伝い|お手伝い|患者|診療|専門外来|病棟|非常勤|常勤|バイト|アルバイト|パート|仕事|スポット|で|を(?:続|希望|診|やり|中心|担当)|に(?:進|移|転|関心|興味|挑戦)|なら|も(?:可|対応|診|やって)|は(?:診|無理|不可|入れ|できません)|、?緩和|の計画|全般|も|希望|が(?:希望|よい|いい)|として(?:働|勤)|として)"
);
pattern!(TITLE, r"^(?:専門医|指導医|認定|学会|標榜)");
pattern!(LABEL_WISH, r"希望|志望|募集");

/// Reads both.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    let change = changes(cx, items);
    wished(cx, items, &change);
}

pattern!(
    LEFT,
    r"^(?:を|は|から|の?医を)?(?:やめ|辞め|離れ|卒業|引退|退い|降り)|^から、?[^。、\n]{1,14}(?:に|へ)(?:の)?(?:転|移|変わ|替わ|鞍替え|くら替え)"
);
pattern!(
    CANDIDATES,
    r"(?:候補|行き先|転科先|希望(?:する)?科目?|第[一1]希望|考えているの)(?:として)?(?:は|:|=)[^。\n]{0,30}$"
);
pattern!(
    CANDIDATES_LISTED,
    r"候補(?:は|として)|次の(?:科|\d|三|二)|選択肢"
);

/// 「転科も考えたいです。候補は皮膚科、あるいは健診」, and candidates that stand on lines of their own.
fn candidates(cx: &Cx, change: (usize, usize), targets: &mut Vec<usize>) -> Vec<Item> {
    let listed = CANDIDATES_LISTED.is(cx.doc.text(
        change.1,
        cx.doc
            .sentence_after(change.1)
            .map_or(change.1, |s| s.end.max(change.1)),
    ));
    let mut out = Vec::new();
    for d in cx
        .depts
        .iter()
        .filter(|d| change.1 <= d.start && cx.doc.counts(d.start))
    {
        let Meaning::Dept(name) = d.meaning else {
            continue;
        };
        let gap = cx.doc.text(change.1, d.start);
        if gap.chars().count() > 150 || gap.contains("\n\n") {
            break;
        }
        let alone = cx.head(d.start).trim().is_empty()
            && cx
                .rest(d.end)
                .starts_with(['…', ':', '・', '、', '=', ' ', '-', '─']);
        if !(CANDIDATES.is(gap) || listed && alone) || TITLE.is(cx.rest(d.end)) {
            continue;
        }
        targets.push(d.start);
        for (field, rule) in [
            (Field::SpecialtyChange, "specialty::candidate"),
            (Field::Specialty, "specialty::change_target"),
        ] {
            let mut item = Item::new(field, Value::text(name), d.start, d.end, rule);
            if listed && alone {
                let line_end = cx.doc.line_at(d.start).map_or(d.end, |l| l.end);
                item.strength = cx.scope.answer(cx.doc, d.end, line_end);
            }
            out.push(item);
        }
    }
    out
}

pattern!(
    SHORT,
    r"(?P<w>緩和|リハビリ|リハ|救急|麻酔|産婦|透析)(?:ケア|医療)?(?:の方|のほう)?(?:に|へ|への)$"
);

/// The department that a word of its work, or a short form, stands for.
pub fn short_for(word: &str) -> Option<&'static str> {
    Some(match word {
        "緩和" => "緩和ケア内科",
        "リハビリ" | "リハ" => "リハビリテーション科",
        "救急" => "救急科",
        "麻酔" => "麻酔科",
        "産婦" => "産婦人科",
        "透析" => "人工透析内科",
        "糖尿病" => "糖尿病内分泌内科",
        "セイケイ" => "整形外科",
        _ => return None,
    })
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
        // 「産業医に転じたい」, 「在宅の世界に移りたくなりました」: the change is of the work and names no department.
        let of_work = TO_WORK.is(cx.head(m.start()));
        let is_change = of_work
            || matches!(
                m.as_str(),
                "転科" | "転向" | "鞍替え" | "くら替え" | "くらがえ" | "転身" | "籍を移" | "移籍"
            )
            || m.as_str().contains("change")
            || m.as_str().contains("switch");
        let mut named = false;
        let joined = |d: &crate::understand::lexicon::Hit| {
            near.iter().any(|n| {
                d.end < n.start
                    && n.end <= m.start()
                    && matches!(
                        cx.doc.text(d.end, n.start),
                        "か" | "や"
                            | "・"
                            | "、"
                            | "と"
                            | "または"
                            | "もしくは"
                            | "あるいは"
                            | "、あるいは"
                    )
                    && cx.doc.text(n.end, m.start()).chars().count() <= 3
            })
        };
        for d in &near {
            let gap_after = cx.doc.text(d.end, m.start());
            let gap_before = cx.doc.text(m.end(), d.start);
            let linked = d.end <= m.start()
                && (gap_after.chars().count() <= 3
                    || gap_after.ends_with('に') && gap_after.chars().count() < 8)
                || m.end() <= d.start && gap_before.chars().count() <= 8;
            if !(linked || joined(d)) || LEFT.is(cx.rest(d.end)) {
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
        // 「緩和に転科したい」: the work stands for its department.
        if !named
            && let Some(c) = SHORT.first(cx.head(m.start()))
            && m.as_str().starts_with('転')
            && let Some(word) = c.name("w")
            && let Some(name) = short_for(word.as_str())
        {
            named = true;
            let from = m.start() - (cx.head(m.start()).len() - word.start());
            for (field, rule) in [
                (Field::SpecialtyChange, "specialty::change"),
                (Field::Specialty, "specialty::change_target"),
            ] {
                items.push(Item::new(field, Value::text(name), from, m.end(), rule));
            }
        }
        let found = if named {
            Vec::new()
        } else {
            candidates(cx, (m.start(), m.end()), &mut targets)
        };
        if !found.is_empty() {
            items.extend(found);
            continue;
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
    OWN_AFTER.is(rest) && !WORK_AFTER.is(rest) && !SPOKEN_OF.is(rest)
        || head.ends_with("専門は")
        || head.ends_with("専門:")
        || ["もともと", "もともとは", "元は", "もとは"]
            .iter()
            .any(|w| head.ends_with(w))
        || EXPERIENCE.is(rest) && SO_FAR.is(tail(head, 16))
}

// 「これまでの整形外科の経験を活かし」.
pattern!(
    SO_FAR,
    r"(?:これまで|今まで|いままで|長年|長らく|培った|培ってきた|培ってまいりました|やってきた)の?$"
);
pattern!(EXPERIENCE, r"^の(?:経験|臨床経験|知識|技術|キャリア)");

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
        if covered(cx, d.start, d.end) || LEFT.is(rest) {
            continue;
        }
        let head = cx.head(d.start);
        let asked_for = ASKED_FOR.is(head) && !TITLE.is(rest);
        if own(cx, d.start, d.end) && !asked_for {
            continue;
        }
        let word = cx.doc.text(d.start, d.end);
        let item = Item::new(
            Field::Specialty,
            Value::text(name),
            d.start,
            d.end,
            "specialty::wished",
        );
        if !asked_for
            && !WORK_AFTER.is(rest)
            && !rest.starts_with(['か', 'や', '・', 'と'])
            && !refused(cx, &item, rest)
            && !SPOKEN_OF.is(rest)
            && !(SPOKEN_OF_BEFORE.is(head) && !TITLE.is(rest))
            && !(rest.starts_with('。') && Scope::listed(cx.doc, d.start))
            && !(cx.doc.latin && ENGLISH.is(head))
        {
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
        items.push(if asked_for {
            Item {
                rule: "specialty::asked_for",
                ..item
            }
        } else {
            item
        });
    }
}

pattern!(
    ASKED_FOR,
    r"(?:業務|仕事|科|診療科|科目|職種|希望科|勤務科|希望する科|担当)(?:は|:|としては)[「『]?$|やりたいのは[「『]?$"
);
pattern!(
    ENGLISH,
    r"(?:would like|looking for|want|prefer|position in|job in|work in|post in|interested in|move to)[^.;]{0,40}$"
);

// 「精神科が第一希望です」, 「第一希望：皮膚科」, 「内科を続けたい」: said so plainly of a department, it is wished, allowed or refused.
pattern!(
    SPOKEN_OF,
    r"^(?:が(?:望まし|理想|第一希望|第1希望|1番の希望|(?:いちばん|1番)(?:の希望|よ|い|あり|うれ|嬉)|(?:絶対|最低)?条件(?:です|。|$)|(?:大)?前提|性に合)|だと(?:あり|有り|助か|うれ|嬉|幸)|への(?:転職|転科|異動|応募)|があれば|を(?:考えて|第一希望|第1希望|優先|最優先|探し|前提|やらせて|続け)|に(?:限|携わ|関わ(?:って|り)|専念|もう1度、?(?:挑戦|取り組|携わ|関わ)|(?:は)?(?:あまり|もう)?(?:魅力|心?惹|心を惹|応じ(?:かね|られ(?:ません|ない)))|ついては[^。\n]{0,10}応じ)|のみ(?:希望|可|で|。|$)|だけ(?:に|は、?(?:譲|外|嫌|いや|勘弁|無理|避))|の(?:お話|求人|募集|お?口|ポスト)が(?:あれば|ありました)|は、?(?:必須|(?:譲|外)れ|外せ|続け|大好き|長年やって[^。、\n]{0,4}続け|可(?:能|$|。|です)|大丈夫|問題|ok|外して|除いて|考えて(?:い|お)|最低条件|絶対条件)|しか|一本(?:で(?:探|お願|考)|に絞)|(?:も)?大歓迎|\s?[:=]?\s?(?:可|不可|○|×|◎|△|ok|ng)(?:$|[。、\s])|、これ(?:だけ)?は)"
);
pattern!(
    SPOKEN_OF_BEFORE,
    r"(?:第[一二三1-3]希望|希望|必須条件|絶対条件|最低条件|譲れない条件|条件は(?:ひとつ|1つ))(?:は|:|、|で、|として(?:は)?、?)\s?$|^(?:できれば|出来れば|可能なら|可能であれば)、?$"
);

/// 「リハは十年前に一年やって性に合わなかったので、勘弁して下さい」: a department as the topic of a refusal.
fn refused(cx: &Cx, item: &Item, rest: &str) -> bool {
    !cx.head(item.start).ends_with("併設の")
        && [
            "は",
            "も",
            "なら",
            "のほうは",
            "の方は",
            "まで",
            "までは",
            "の話は",
            "の話も",
            "のお話は",
        ]
        .iter()
        .any(|w| rest.starts_with(w))
        && cx
            .verdict(item)
            .is_some_and(|v| v.spoken && (v.strength.is_refusal() || rest.starts_with("なら")))
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
