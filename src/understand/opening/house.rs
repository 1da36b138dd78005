//! The house: its name and kind, where it stands, how large it is, how many it seeks.

use super::{Found, anywhere, own};
use crate::domain::wish::{Field, Value};
use crate::understand::pattern::{number, pattern};
use crate::understand::place::PlaceHit;
use crate::understand::rules::{Cx, tail};

/// The kind of house that its own name tells.
pub(super) fn house_kind(cx: &Cx, found: &mut Vec<Found>) {
    let Some(name) = found.iter().find(|f| f.field == Field::InstitutionName) else {
        return;
    };
    let (start, end) = (name.start, name.end);
    let word = cx.doc.text(start, end);
    pattern!(
        PUBLIC,
        r"^(?:独立行政法人)?(?:国立|県立|都立|府立|道立|市立|町立|村立|公立|組合立|国保|国民健康保険|厚生連|済生会|赤十字|日赤|労災)|(?:市|町|村|県)立[^\n]{0,12}病院|赤十字病院|労災病院"
    );
    pattern!(UNIVERSITY, r"大学");
    let kind = [
        ("療養病院", "long_term"),
        ("リハビリテーション病院", "rehabilitation"),
        ("老人保健施設", "care_facility"),
        ("老人ホーム", "care_facility"),
        ("保健所", "public_office"),
        ("健診プラザ", "checkup_center"),
        ("健診クリニック", "checkup_center"),
        ("検診センター", "checkup_center"),
        ("健康管理センター", "checkup_center"),
        ("健診センター", "checkup_center"),
        ("クリニック", "clinic"),
        ("診療所", "clinic"),
        ("医院", "clinic"),
        ("株式会社", "company"),
        ("clinic", "clinic"),
        ("病院", "hospital"),
        ("hospital", "hospital"),
    ]
    .iter()
    .find(|(w, _)| word.contains(w));
    let kind = match kind {
        _ if UNIVERSITY.is(word) => Some("university"),
        Some((_, "hospital")) if PUBLIC.is(word) => Some("public_hospital"),
        other => other.map(|(_, kind)| *kind),
    };
    if let Some(kind) = kind {
        found.push(Found {
            field: Field::Institution,
            value: Value::text(kind),
            start,
            end,
            rule: "opening::house_kind",
        });
    }
}

/// Whether a word is part of the house's name, wherever that is said.
pub(super) fn in_house_name(cx: &Cx, found: &[Found], start: usize, end: usize) -> bool {
    found
        .iter()
        .filter(|f| f.field == Field::InstitutionName)
        .any(|f| {
            let name = cx.doc.text(f.start, f.end);
            !name.is_empty()
                && cx
                    .text()
                    .match_indices(name)
                    .any(|(i, _)| i <= start && end <= i + name.len() && end - start < name.len())
        })
}

pub(super) fn places(cx: &Cx, found: &mut Vec<Found>) {
    let local = |v: &str| v.ends_with(['市', '区', '町', '村']);
    let all: Vec<_> = cx
        .places
        .iter()
        .filter(|p| anywhere(cx, p.start) && local(&p.value))
        .filter(|p| !in_house_name(cx, found, p.start, p.end))
        .collect();
    let best = all
        .iter()
        .find(|p| {
            cx.doc.label_before(p.start).is_some_and(|l| {
                l.contains("所在")
                    || l.contains("勤務地")
                    || l.contains("住所")
                    || l.contains("場所")
                    || l.contains("勤務先")
            })
        })
        .or_else(|| all.iter().find(|p| own(cx, p.start)))
        .or_else(|| all.first());
    let Some(best) = best else { return };
    let mut push = |p: &PlaceHit| {
        found.push(Found {
            field: Field::Area,
            value: Value::text(p.value.clone()),
            start: p.start,
            end: p.end,
            rule: "opening::area",
        })
    };
    // A ward in the address is closer than its city in the text.
    let closer = all
        .iter()
        .find(|p| p.value.starts_with(best.value.as_str()) && p.value.len() > best.value.len())
        .unwrap_or(best);
    push(closer);
    for p in &all {
        let head = cx.head(p.start);
        if head.trim_start().starts_with(|c: char| c.is_ascii_digit())
            && head.contains(['/', ')'])
            && head.chars().count() < 14
        {
            push(p);
        }
    }
}

pattern!(
    BEDS,
    r"(?P<sum>(?:あわせて|合わせて|計|合計|全)\s?)?(?:(?P<n>\d{1,4})\s?床|(?:病床|ベッド)(?:数)?[\s:はが]{0,3}(?P<m>\d{2,4})(?:$|[\s、。()の床])|\(入所\s?(?P<k>\d{2,3})(?:床|名)?[)、,]|(?P<b>\d{2,4})\s?ベッド|(?P<e>\d{1,4})[- ]beds?\b)"
);
pattern!(
    KIND_OF_WARD,
    r"(?:一般|療養|医療療養|介護療養|回復期(?:リハビリ(?:テーション)?)?|地域包括(?:ケア)?|精神|急性期|慢性期|緩和ケア|障害者|結核|感染症)(?:病床|病棟)?(?:が|は|:)?\s?$"
);
pattern!(PART_OF_THEM, r"(?:うち|内訳)[^。、\n]{0,12}$");
// 「病棟は20床ほどお持ちいただきます」.
pattern!(
    OF_A_DOCTOR,
    r"^程度|^(?:ほど|くらい|前後)?(?:を|の)?[^。、\n]{0,4}(?:お?(?:持ち|受け持)|担当|受持)"
);
pattern!(HEADS, r"(?P<n>\d{1,2})\s?(?:名|人)");
pattern!(
    WANTED,
    r"募集|先生を|医師(?:を|\s|に)|お迎え|ほしい|探し|さがし|後任|席(?:が|を)|応援|増員|ご紹介|人数|人員|増や|求め|お願い|常勤\)\d|部長候補|非常勤医師|お越し|常勤医を"
);
pattern!(
    KIND_OF_DOCTOR,
    r"(?:\((?:常勤|非常勤)・|[\p{Han}]科 |科\(|常勤|非常勤|医師|科医|先生|専門医|スタッフ|候補|施設長|院長|所長|指定医|産業医|園医|校医|\(常勤\)|\(非常勤\))\s?(?:\([^)\n]{1,12}\))?\s?(?:を|の|が)?\s*$|^\s*$"
);
pattern!(AFTER_COUNT, r"^(?:$|\)|\s|、|。|を|募集|\(|程度|ほど|お)");
pattern!(
    STAFF,
    r"体制|在籍|患者|職員|従業員|診療を続け|で(?:みて|足り)|定員|退職|の内科医\d|入所|利用|専攻医は|外来は|1日|名ほど|枠あたり|定年|3名おら|年間|名おられ|名の(?:患者|医師)|足りて"
);
pattern!(
    EXPERIENCE,
    r"(?:経験|免許取得後|卒後|臨床経験)(?:は|が|を|年数)?[\s:]{0,3}(?P<n>\d{1,2})年(?:以上|目以降)|(?P<m>\d{1,2})年以上(?:の?(?:ご?経験|(?:臨床|診療)経験)|(?:臨床を|診療を)?(?:ご?経験|従事|お勤め)(?:さ|し|をお持ち|の(?:ある|方))|の(?:方|先生|医師)(?:$|[、。)をにで]))"
);

// 「1名の施設長候補」, 「2名の内科医を募集」.
pattern!(
    OF_SUCH,
    r"^の(?:先生|医師)(?:が|を)(?:必要|募集|お願い|お?探|お?求め|お迎え)|^の[\p{Han}]{1,8}(?:候補|を(?:お願い|募集|探|お迎え|求め))"
);
pattern!(IS_SO_MANY, r"^です(?:。|$|、|\s)");

// 「隣の病院は200床です」.
pattern!(
    OF_NEIGHBOURS,
    r"(?:隣|近隣|近く|向かい|系列|関連|連携|市内|地域|他)の[^。、\n]{0,8}(?:病院|医院|施設|センター|クリニック)(?:は|が|も)[^。、\n]{0,4}$"
);

pub(super) fn counts(cx: &Cx, found: &mut Vec<Found>) {
    let beds: Vec<_> = BEDS
        .all(cx.text())
        .into_iter()
        .filter_map(|c| {
            Some((
                c.get(0)?.start(),
                c.get(0)?.end(),
                number(&c, "n")
                    .or(number(&c, "m"))
                    .or(number(&c, "k"))
                    .or(number(&c, "b"))
                    .or(number(&c, "e"))?,
                c.name("sum").is_some(),
            ))
        })
        .filter(|b| {
            own(cx, b.0)
                && !OF_A_DOCTOR.is(cx.rest(b.1))
                && !["うち", "透析"].iter().any(|w| cx.head(b.0).ends_with(w))
                && !OF_NEIGHBOURS.is(cx.head(b.0))
        })
        .collect();
    if let Some(b) = beds.iter().find(|b| b.3).or(beds.first()) {
        // 「一般60床、療養60床」, with no sum: the wards of one sentence make the house.
        let sentence = |at: usize| cx.doc.sentence_at(at).map(|s| s.start);
        let same = |at: usize| sentence(at) == sentence(b.0);
        let own_ward = |at: usize| {
            KIND_OF_WARD.is(tail(cx.head(at), 20)) && !PART_OF_THEM.is(tail(cx.head(at), 20))
        };
        let wards = beds.iter().filter(|w| own_ward(w.0) && same(w.0));
        let (many, end) = match b.3 {
            true => (b.2, b.1),
            false => wards.fold((0, b.1), |(many, _), w| (many + w.2, w.1)),
        };
        found.push(Found {
            field: Field::Beds,
            value: Value::Number(many.max(b.2)),
            start: b.0,
            end,
            rule: "opening::beds",
        });
    }
    for c in HEADS.all(cx.text()) {
        let (Some(m), Some(n)) = (c.get(0), number(&c, "n")) else {
            continue;
        };
        let clause = cx.clause(m.start());
        let sentence = cx.sentence(m.start());
        let head = cx.head(m.start());
        let rest = cx.rest(m.end());
        let labelled = cx.doc.label_before(m.start()).is_some_and(|l| {
            l.contains("人員") || l.contains("人数") || l.contains("募集") || l.trim() == "職"
        });
        let listed = KIND_OF_DOCTOR.is(head) && AFTER_COUNT.is(rest) || OF_SUCH.is(rest);
        let more = clause.contains("増やして") || clause.contains("増員");
        let wanted = WANTED.is(clause) || WANTED.is(sentence) && sentence.chars().count() < 40;
        if !own(cx, m.start())
            || n == 0
            || head.ends_with(|c: char| c.is_ascii_digit())
            || STAFF.is(clause) && !more && !labelled
            || rest.starts_with("のまま")
            || rest.starts_with('で') && !IS_SO_MANY.is(rest)
            || rest.starts_with("体制")
            || !(wanted || labelled || listed)
        {
            continue;
        }
        found.push(Found {
            field: Field::Headcount,
            value: Value::Number(n),
            start: m.start(),
            end: m.end(),
            rule: "opening::headcount",
        });
    }
    pattern!(
        ONE,
        r"(?:先生|医師|担当医?)が、?(?:あと|もう)?お?1(?:人|名|方)(?:だけ|ほど)?、?(?:足り(?:ない|ません|ず)|必要|ほし|欠け)|もうお?(?:一|1)(?:方|人)|お(?:一|1)(?:人|方)(?:お願い|お迎え|ほし|ご紹介|様)|(?:hire|needs?|seeks?|looking for|wants?) (?:a|an|one) (?:new |good |part-time |full-time |general )?(?:successor|doctor|physician|[a-z]{4,}ologist|surgeon|psychiatrist|pa?ediatrician|internist|ana?esthetist|general practitioner|gp\b|locum)|\bone (?:doctor|physician|surgeon|[a-z]{4,}ologist) (?:is|wanted|needed)"
    );
    pattern!(
        SEVERAL,
        r"(?:looking for|needs?|seek(?:ing|s)?|hire|want|recruit(?:ing)?|vacancies for) (?P<n>two|three|four|five|[2-9]) [a-z -]{0,20}(?:doctors|physicians|surgeons|[a-z]{4,}ologists|psychiatrists|internists|locums)"
    );
    for c in SEVERAL.all(cx.text()) {
        let (Some(all), Some(n)) = (c.get(0), c.name("n")) else {
            continue;
        };
        let n = match n.as_str() {
            "two" => 2,
            "three" => 3,
            "four" => 4,
            "five" => 5,
            d => d.parse().unwrap_or(1),
        };
        if own(cx, all.start()) {
            found.push(Found {
                field: Field::Headcount,
                value: Value::Number(n),
                start: all.start(),
                end: all.end(),
                rule: "opening::headcount",
            });
        }
    }
    // 「先生を二人探しております。お一人は…、もうお一人は…」: one of those.
    let several = |at: usize| {
        found
            .iter()
            .any(|f| f.field == Field::Headcount && f.end <= at && f.value != Value::Number(1))
    };
    if let Some((s, e)) = ONE
        .span(cx.text())
        .filter(|s| own(cx, s.0) && !several(s.0))
    {
        found.push(Found {
            field: Field::Headcount,
            value: Value::Number(1),
            start: s,
            end: e,
            rule: "opening::headcount",
        });
    }
    for c in EXPERIENCE.all(cx.text()) {
        if let (Some(m), Some(n)) = (c.get(0), number(&c, "n").or(number(&c, "m")))
            && own(cx, m.start())
        {
            found.push(Found {
                field: Field::YearsExperience,
                value: Value::Number(n),
                start: m.start(),
                end: m.end(),
                rule: "opening::years",
            });
        }
    }
}
