//! The house: its name and kind, where it stands, how large it is, how many it seeks.

use super::super::Input;
use super::{Found, anywhere, own};
use crate::domain::wish::{Field, Value};
use crate::understand::doc::Role;
use crate::understand::normalize::Norm;
use crate::understand::pattern::{number, pattern};
use crate::understand::place::PlaceHit;
use crate::understand::rules::Cx;

pattern!(
    HOUSE,
    r"(?:(?:介護)?老人保健施設|特別養護老人ホーム|町立|市立|県立|村立|公立|国民健康保険|国保)?[\p{Han}\p{Katakana}\p{Hiragana}ーヶ・]{1,20}?(?:リハビリテーション病院|療養病院|医療センター|総合医療センター|記念病院|病院|クリニック|医院|診療所|保健所|健診センター|センター|健診サービス|サービス|整形外科|内科|皮膚科|小児科|眼科|株式会社)|(?:介護老人保健施設|特別養護老人ホーム)[\p{Han}\p{Katakana}\p{Hiragana}ー]{2,12}"
);
pattern!(HOUSE_LABEL, r"施設名?|勤務先|医療機関|名称|病院名|法人");
pattern!(
    OFFICE,
    r"(?:役場|県|市|町|村|課|室|部|係|担当|グループ|長)$"
);

pub(super) fn institution_name(cx: &Cx, input: &Input, found: &mut Vec<Found>) {
    let mut push = |start: usize, end: usize| {
        let value = cx.doc.norm.quote(start, end).trim().to_owned();
        let value = value
            .rsplit(['　', '\t'])
            .next()
            .unwrap_or(&value)
            .trim()
            .to_owned();
        found.push(Found {
            field: Field::InstitutionName,
            value: Value::text(value),
            start,
            end,
            rule: "opening::institution_name",
        });
    };
    for line in &cx.doc.lines {
        let Some((s, e)) = line.label else { continue };
        if line.role != Role::Own
            || !HOUSE_LABEL.is(cx.doc.text(s, e))
            || cx.doc.text(s, e).contains("種別")
        {
            continue;
        }
        let value = cx.doc.text(e, line.end);
        let last = HOUSE
            .all(value)
            .into_iter()
            .filter_map(|c| c.get(0))
            .map(|m| (m.start(), m.end()))
            .filter(|m| m.1 - m.0 > 9)
            .last();
        if let Some(m) = last {
            push(e + m.0, e + m.1);
            return;
        }
    }
    let from = Norm::new(input.from_name).text;
    for token in from.split(" - ").flat_map(|t| {
        if cx.doc.latin {
            vec![t]
        } else {
            t.split(' ').collect()
        }
    }) {
        let token = token.trim();
        if token.chars().count() < 3 || OFFICE.is(token) && !token.ends_with("病院長") {
            continue;
        }
        if let Some(at) = cx.text().find(token).filter(|_| {
            HOUSE.is(token)
                || token.contains("株式会社")
                || cx.doc.latin
                || token.contains("の里")
                || token.contains("の丘")
        }) {
            push(at, at + token.len());
            return;
        }
    }
    for c in HOUSE.all(cx.text()) {
        let Some(m) = c.get(0) else { continue };
        let word = m.as_str();
        let generic = word.chars().count() <= 3
            || word.contains('の') && !word.ends_with("里")
            || word.contains('は')
            || word.contains('で')
            || word.contains('と')
            || word.contains("診療科")
            || word.contains("いたし")
            || word.contains('を')
            || word.contains("ます");
        if anywhere(cx, m.start())
            && !generic
            && cx
                .rest(m.end())
                .chars()
                .next()
                .is_some_and(|c| !"科長".contains(c))
        {
            push(m.start(), m.end());
            return;
        }
    }
}

/// The kind of house that its own name tells.
pub(super) fn house_kind(cx: &Cx, found: &mut Vec<Found>) {
    let Some(name) = found.iter().find(|f| f.field == Field::InstitutionName) else {
        return;
    };
    let (start, end) = (name.start, name.end);
    let word = cx.doc.text(start, end);
    let kind = [
        ("療養病院", "long_term"),
        ("リハビリテーション病院", "rehabilitation"),
        ("老人保健施設", "care_facility"),
        ("老人ホーム", "care_facility"),
        ("保健所", "public_office"),
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
    if let Some((_, kind)) = kind {
        found.push(Found {
            field: Field::Institution,
            value: Value::text(*kind),
            start,
            end,
            rule: "opening::house_kind",
        });
    }
}

pub(super) fn places(cx: &Cx, found: &mut Vec<Found>) {
    let local = |v: &str| v.ends_with(['市', '区', '町', '村']);
    let all: Vec<_> = cx
        .places
        .iter()
        .filter(|p| anywhere(cx, p.start) && local(&p.value))
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
    r"(?P<sum>(?:あわせて|合わせて|計|合計|全)\s?)?(?P<n>\d{1,4})\s?床"
);
pattern!(HEADS, r"(?P<n>\d{1,2})\s?(?:名|人)");
pattern!(
    WANTED,
    r"募集|先生を|医師(?:を|\s|に)|お迎え|ほしい|ご紹介|人数|人員|増や|求め|お願い|常勤\)\d|部長候補|非常勤医師|お越し|常勤医を"
);
pattern!(
    STAFF,
    r"体制|在籍|患者|職員|従業員|診療を続け|で(?:みて|足り)|定員|退職|の内科医\d|入所|利用|専攻医は|外来は|1日|名ほど|枠あたり|定年|三名おら|年間|名おられ|名の(?:患者|医師)|足りて"
);
pattern!(
    EXPERIENCE,
    r"(?:経験|免許取得後|卒後|臨床経験)(?:は|が)?\s?(?P<n>\d{1,2})年(?:以上|目以降)"
);

pub(super) fn counts(cx: &Cx, found: &mut Vec<Found>) {
    let beds: Vec<_> = BEDS
        .all(cx.text())
        .into_iter()
        .filter_map(|c| {
            Some((
                c.get(0)?.start(),
                c.get(0)?.end(),
                number(&c, "n")?,
                c.name("sum").is_some(),
            ))
        })
        .filter(|b| {
            own(cx, b.0) && !cx.rest(b.1).starts_with("程度") && !cx.head(b.0).ends_with("うち")
        })
        .collect();
    if let Some(b) = beds.iter().find(|b| b.3).or(beds.first()) {
        found.push(Found {
            field: Field::Beds,
            value: Value::Number(b.2),
            start: b.0,
            end: b.1,
            rule: "opening::beds",
        });
    }
    for c in HEADS.all(cx.text()) {
        let (Some(m), Some(n)) = (c.get(0), number(&c, "n")) else {
            continue;
        };
        let clause = cx.clause(m.start());
        let sentence = cx.sentence(m.start());
        if !own(cx, m.start())
            || n == 0
            || cx.head(m.start()).ends_with(|c: char| c.is_ascii_digit())
            || STAFF.is(clause) && !clause.contains("増やして")
            || cx.rest(m.end()).starts_with("のまま")
            || !(WANTED.is(clause) || WANTED.is(sentence) && sentence.chars().count() < 40)
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
        r"もうお?(?:一|1)(?:方|人)|(?:hire|need) (?:a|one) (?:successor|doctor|physician)"
    );
    if let Some((s, e)) = ONE.span(cx.text()).filter(|s| own(cx, s.0)) {
        found.push(Found {
            field: Field::Headcount,
            value: Value::Number(1),
            start: s,
            end: e,
            rule: "opening::headcount",
        });
    }
    for c in EXPERIENCE.all(cx.text()) {
        if let (Some(m), Some(n)) = (c.get(0), number(&c, "n"))
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
