//! A hospital's offer: the same finds as in a doctor's mail, read as what a post has and asks.

use super::Input;
use super::doc::Role;
use super::lexicon::Meaning;
use super::pattern::{number, pattern};
use super::rules::{Cx, Item, days, duties, hours, misc, money, start, things};
use crate::domain::wish::{Field, OpeningItem, Pay, Value};

struct Found {
    field: Field,
    value: Value,
    start: usize,
    end: usize,
    rule: &'static str,
}

/// The items of an opening.
pub fn read(cx: &Cx, input: &Input) -> Vec<OpeningItem> {
    let mut found: Vec<Found> = Vec::new();
    let action = action(cx, &mut found);
    institution_name(cx, input, &mut found);
    places(cx, &mut found);
    counts(cx, &mut found);
    if action != "withdraw" {
        pay(cx, &mut found);
        duty_counts(cx, &mut found);
        times(cx, &mut found);
        titles(cx, &mut found);
        contact(cx, &mut found);
    } else {
        let mut items = Vec::new();
        days::read(cx, &mut items);
        push_plain(
            cx,
            items
                .into_iter()
                .filter(|i| i.field == Field::Day)
                .collect(),
            &mut found,
        );
    }
    house_kind(cx, &mut found);
    words(cx, action, &mut found);
    departments(cx, &mut found);
    people(cx, input, &mut found);
    let mut out: Vec<OpeningItem> = Vec::new();
    found.sort_by_key(|f| f.start);
    let close = found
        .iter()
        .any(|f| f.field == Field::Institution && f.value != Value::text("hospital"));
    for f in found {
        if close && f.field == Field::Institution && f.value == Value::text("hospital") {
            continue;
        }
        if out.iter().any(|o| o.field == f.field && o.value == f.value) {
            continue;
        }
        let quote = cx.doc.norm.quote(f.start, f.end).trim().to_owned();
        if quote.is_empty() {
            continue;
        }
        out.push(OpeningItem {
            field: f.field,
            value: f.value,
            quote,
            rule: f.rule.to_owned(),
        });
    }
    out
}

/// The sender's own words, and not the old value of a change.
fn own(cx: &Cx, at: usize) -> bool {
    let old = cx
        .head(at)
        .rfind("変更前")
        .is_some_and(|i| !cx.head(at).get(i..).unwrap_or_default().contains("変更後"));
    cx.doc.counts(at) && !old
}

fn anywhere(cx: &Cx, at: usize) -> bool {
    cx.doc
        .line_at(at)
        .is_some_and(|l| matches!(l.role, Role::Own | Role::Signature))
}

pattern!(
    WITHDRAW,
    r"(?:募集|求人|掲載)?を?(?:取り下げ|打ち切(?:ら)?|終了)(?:させて|せて|り|いたし|し|る)[^。\n]{0,14}|募集を(?:終|停止|中止)[^。\n]{0,12}|we (?:have )?(?:withdraw|filled)"
);
pattern!(
    CHANGE,
    r"(?:変更届|差し替え|訂正|登録内容の(?:直し|変更)|内容(?:の)?変更|条件(?:を|の)変更|変わりました|変更(?:を|の)お願い|変更がございます|変更となりました|見直しましたので)[^。\n]{0,16}"
);
pattern!(
    OFFERING,
    r"[^。\n]{0,24}(?:募集(?:いたし|して|しております|です|中)|ご紹介(?:賜|を(?:お願い|いただ)|いただけ|ください|をお)|お迎えした|お越し(?:いただ|ください)|探して(?:おり|い|ます)|公募|求人|必要と|お力添え|ほしいです|先生を|hire|looking for a|vacancy|seeking)[^。\n]{0,14}"
);

fn action(cx: &Cx, found: &mut Vec<Found>) -> &'static str {
    for (p, value) in [
        (&WITHDRAW, "withdraw"),
        (&CHANGE, "change"),
        (&OFFERING, "offer"),
    ] {
        if let Some(m) = p
            .all(cx.text())
            .into_iter()
            .filter_map(|c| c.get(0))
            .map(|m| (m.start(), m.end()))
            .find(|(s, _)| own(cx, *s))
        {
            found.push(Found {
                field: Field::Action,
                value: Value::text(value),
                start: m.0,
                end: m.1,
                rule: "opening::action",
            });
            return value;
        }
    }
    // Every opening says something of a post: the first own line stands for the offer.
    if let Some(l) = cx.doc.lines.iter().find(|l| l.role == Role::Own) {
        found.push(Found {
            field: Field::Action,
            value: Value::text("offer"),
            start: l.start,
            end: l.end,
            rule: "opening::action_default",
        });
    }
    "offer"
}

pattern!(
    HOUSE,
    r"(?:(?:介護)?老人保健施設|特別養護老人ホーム|町立|市立|県立|村立|公立|国民健康保険|国保)?[\p{Han}\p{Katakana}\p{Hiragana}ーヶ・]{1,20}?(?:リハビリテーション病院|療養病院|医療センター|総合医療センター|記念病院|病院|クリニック|医院|診療所|保健所|健診センター|センター|健診サービス|サービス|整形外科|内科|皮膚科|小児科|眼科|株式会社)|(?:介護老人保健施設|特別養護老人ホーム)[\p{Han}\p{Katakana}\p{Hiragana}ー]{2,12}"
);
pattern!(HOUSE_LABEL, r"施設名?|勤務先|医療機関|名称|病院名|法人");
pattern!(
    OFFICE,
    r"(?:役場|県|市|町|村|課|室|部|係|担当|グループ|長)$"
);

fn institution_name(cx: &Cx, input: &Input, found: &mut Vec<Found>) {
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
    let from = super::normalize::Norm::new(input.from_name).text;
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
fn house_kind(cx: &Cx, found: &mut Vec<Found>) {
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

fn places(cx: &Cx, found: &mut Vec<Found>) {
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
    let mut push = |p: &super::place::PlaceHit| {
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

fn counts(cx: &Cx, found: &mut Vec<Found>) {
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

fn pay(cx: &Cx, found: &mut Vec<Found>) {
    let sums = money::sums(cx);
    for s in &sums {
        let clause = cx.clause(s.start);
        let head = cx.head(s.start);
        if !own(cx, s.start)
            || clause.contains("交通費") && !clause.contains("給") && !clause.contains("込")
            || cx.rest(s.end).starts_with("まで)")
            || head.ends_with("当直手当")
            || cx.sentence(s.start).contains("当直は任意")
        {
            continue;
        }
        let value = |amount| {
            Value::Pay(Pay {
                amount,
                unit: s.unit,
            })
        };
        found.push(Found {
            field: Field::SalaryMin,
            value: value(s.low),
            start: s.start,
            end: s.end,
            rule: "opening::pay",
        });
        if let Some(high) = s.high {
            found.push(Found {
                field: Field::SalaryMax,
                value: value(high),
                start: s.start,
                end: s.end,
                rule: "opening::pay",
            });
        }
    }
}

pattern!(
    NONE,
    r"^[^。\n]{0,26}?(?:なし|無し|無く|なく|ございません|ありません|おりません|お願いしていません|免除(?:いたし|し|。|、|$)|ゼロ|不要|無しでも|いたしません|任意)"
);
pattern!(SOME, r"^[^。\n]{0,8}?(?:あり|有|可|お願い)");
pattern!(EN_NO, r"(?:\bno|without|there is no)\s(?:\w+\s)?$");

/// 当直, オンコール, 日直, 残業: none, any or the number a month, of a range the upper end.
fn duty_counts(cx: &Cx, found: &mut Vec<Found>) {
    let mut items = Vec::new();
    duties::read(cx, &mut items);
    let named: Vec<(usize, usize, Field)> = cx
        .things
        .iter()
        .filter_map(|h| match h.meaning {
            Meaning::Thing(
                f @ (Field::NightDuty | Field::OnCall | Field::DayDuty | Field::Overtime),
                _,
            ) => Some((h.start, h.end, f)),
            _ => None,
        })
        .filter(|h| own(cx, h.0))
        .collect();
    for &(s, e, field) in &named {
        let rest = cx.rest(e);
        let rest = rest
            .find('、')
            .filter(|i| {
                rest.get(..*i)
                    .is_some_and(|h| h.contains("は") && !NONE.is(h))
            })
            .map_or(rest, |_| rest);
        let stop = named
            .iter()
            .find(|n| n.0 > e && cx.doc.text(e, n.0).chars().count() > 3)
            .map_or(rest.len(), |n| n.0.saturating_sub(e).min(rest.len()));
        let near = rest.get(..stop).unwrap_or(rest);
        let mut any = false;
        for item in items.iter().filter(|i| {
            i.field == field && i.start >= s && i.start < e + 120 && i.rule == "duties::count"
        }) {
            if own(cx, item.start)
                && !named
                    .iter()
                    .any(|n| n.0 > s && n.0 < item.start && n.2 == field)
            {
                found.push(Found {
                    field,
                    value: item.value.clone(),
                    start: item.start,
                    end: item.end,
                    rule: "opening::duty_count",
                });
                any = true;
            }
        }
        let denied = NONE.is(near) || EN_NO.is(cx.head(s)) || rest.starts_with("\tなし");
        let word = cx.doc.text(s, e);
        if denied {
            found.push(Found {
                field,
                value: Value::text("none"),
                start: s,
                end: e,
                rule: "opening::duty_none",
            });
        } else if !any
            && field != Field::Overtime
            && (SOME.is(near) || rest.starts_with("枠"))
            && !rest.starts_with(['医', '料', '明'])
            && word != "待機"
        {
            found.push(Found {
                field,
                value: Value::text("any"),
                start: s,
                end: e,
                rule: "opening::duty_any",
            });
        }
    }
}

fn push_plain(cx: &Cx, items: Vec<Item>, found: &mut Vec<Found>) {
    for i in items {
        if own(cx, i.start) {
            found.push(Found {
                field: i.field,
                value: i.value,
                start: i.start,
                end: i.end,
                rule: i.rule,
            });
        }
    }
}

pattern!(
    NOT_TIME,
    r"お休み|休日|休みは|休み\)|以外|期限|必着|締切|受付|電話|昼休み|留守|直通|見学|設立|開業"
);

pattern!(
    DAYS_OFF,
    r"お休み|休日|休みは|休み\)|電話|受付|昼休み|の先生が"
);

/// 「木曜と日曜以外」: a post has no strength, so the days that remain are written.
fn days_left(cx: &Cx, days: Vec<Item>, found: &mut Vec<Found>) {
    let (except, plain): (Vec<Item>, Vec<Item>) = days
        .into_iter()
        .partition(|i| cx.rest(i.end).starts_with("以外"));
    push_plain(cx, plain, found);
    let Some(first) = except.first().filter(|i| own(cx, i.start)) else {
        return;
    };
    for day in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] {
        if !except.iter().any(|i| i.value == Value::text(day)) {
            found.push(Found {
                field: Field::Day,
                value: Value::text(day),
                start: first.start,
                end: first.end,
                rule: "opening::days_left",
            });
        }
    }
}

fn times(cx: &Cx, found: &mut Vec<Found>) {
    let mut items = Vec::new();
    days::read(cx, &mut items);
    hours::read(cx, &mut items);
    start::read(cx, &mut items);
    misc::read(cx, &mut items);
    let items: Vec<Item> = items
        .into_iter()
        .filter(|i| i.field != Field::Contact && i.field != Field::Confidential)
        .filter(|i| {
            (i.field == Field::Day
                || i.field == Field::DaysPerWeek
                || !NOT_TIME.is(cx.clause(i.start)))
                && !(i.field == Field::Day && DAYS_OFF.is(cx.clause(i.start)))
                && !cx.head(i.start).contains("お休み")
                && !cx.head(i.start).trim_start().starts_with("休日")
        })
        .collect();
    let (days, items): (Vec<Item>, Vec<Item>) = items
        .into_iter()
        .partition(|i: &Item| i.field == Field::Day);
    push_plain(cx, items, found);
    days_left(cx, days, found);
    // A start under its own label.
    for d in &cx.dates {
        let label = cx.doc.label_before(d.start).unwrap_or_default();
        if own(cx, d.start)
            && ["開始", "採用", "赴任", "入職", "着任", "時期"]
                .iter()
                .any(|w| label.contains(w))
            || own(cx, d.start)
                && (cx.head(d.start).ends_with("start date: ")
                    || cx.head(d.start).ends_with("採用　")
                    || cx.clause(d.start).contains("採用"))
                && !cx.sentence(d.start).contains("期限")
        {
            found.push(Found {
                field: Field::Start,
                value: Value::text(d.value.clone()),
                start: d.start,
                end: d.end,
                rule: "opening::start",
            });
        }
    }
}

pattern!(
    TITLE,
    r"(?:日本[\p{Han}ァ-ヶー・]{2,20}(?:学会|医師会))?(?:認定)?[\p{Han}ァ-ヶー]{1,14}?(?:専門医|指導医|認定医|産業医|指定医)"
);

fn titles(cx: &Cx, found: &mut Vec<Found>) {
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
    CALL,
    r"(?:お電話|電話|phone|☎|tel)[^。\n]{0,24}?(?:ください|下さい|くださいませ|まで|で(?:も|ご連絡)|か(?:この|メール)|お寄せ|me on|:?\s?0\d)|(?:問い?合わせ|照会先|連絡)[^\n。]{0,30}(?:0\d{1,4}-\d|☎)"
);
pattern!(
    MAIL,
    r"(?:メール|このアドレス|e-?mail|[\w.-]+@[\w.-]+)[^。\n]{0,22}?(?:ください|下さい|にて|まで|へ(?:。|$|\s|お)|でも(?:お|結構)|への返信|ご一報|お願い)"
);
pattern!(
    VIDEO,
    r"オンラインでの(?:お話|面談)|video call|online (?:interview|meeting)|オンライン面談"
);
pattern!(VISIT, r"見学に|顔合わせ|お目にかか|面談に(?:お越し|伺)");

fn contact(cx: &Cx, found: &mut Vec<Found>) {
    for (p, value) in [
        (&CALL, "phone"),
        (&MAIL, "email"),
        (&VIDEO, "online"),
        (&VISIT, "in_person"),
    ] {
        for c in p.all(cx.text()) {
            let Some(m) = c.get(0) else { continue };
            let sentence = cx.sentence(m.start());
            if !anywhere(cx, m.start())
                || sentence.contains("オンコール")
                || sentence.contains("昼休みは")
                || value == "in_person"
                    && !(sentence.contains("お越し")
                        || sentence.contains("お願い")
                        || sentence.contains("ぜひ"))
            {
                continue;
            }
            found.push(Found {
                field: Field::Contact,
                value: Value::text(value),
                start: m.start(),
                end: m.end(),
                rule: "opening::contact",
            });
            break;
        }
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
fn words(cx: &Cx, action: &str, found: &mut Vec<Found>) {
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
            || EN_NO.is(head)
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

fn departments(cx: &Cx, found: &mut Vec<Found>) {
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

pattern!(
    PERSON,
    r"(?:担当|採用担当|事務長|院長|事務|総務|医局秘書|人事|係|室長|課長|受付|課|グループ|部|人事課|採用係|医療人材担当|秘書|総務課)(?:の|[・:：\s]|　)\s?(?P<n>[\p{Han}]{1,4}(?:[ 　][\p{Han}\p{Hiragana}]{1,4})?)(?:と申|です|でござ|\s|$|\(|まで|、|0|☎)"
);
pattern!(
    SAYS,
    r"(?:の|、)(?P<n>[\p{Han}]{1,4})(?:です|と申し(?:ます|)|でございます|と申す)"
);
pattern!(
    SIGNED,
    r"(?m)^\s*(?P<n>[\p{Han}]{1,4} ?[\p{Han}\p{Hiragana}]{0,4})\s*(?:(?:tel|電話|携帯)?[\s:]*[\d-]{9,14})?\s*$"
);

fn people(cx: &Cx, input: &Input, found: &mut Vec<Found>) {
    let mut best: Option<(usize, usize)> = None;
    let mut consider = |s: usize, e: usize| {
        let len = cx.doc.text(s, e).chars().filter(|c| *c != ' ').count();
        let old = best.map_or(0, |(a, b)| {
            cx.doc.text(a, b).chars().filter(|c| *c != ' ').count()
        });
        if anywhere(cx, s)
            && (1..=6).contains(&len)
            && len > old
            && ![
                "課", "常勤", "電話", "御中", "診療", "形態", "事務", "病院", "まで", "募集", "曜",
            ]
            .iter()
            .any(|w| cx.doc.text(s, e).contains(w))
            && ![
                "募集", "御中", "採用", "担当", "病院", "以上", "当院", "敬具", "総務", "課長",
                "院長",
            ]
            .iter()
            .any(|w| cx.doc.text(s, e).starts_with(w))
            && !cx
                .doc
                .text(s, e)
                .ends_with(['課', '係', '部', '室', '様', '会', '科'])
        {
            best = Some((s, e));
        }
    };
    for p in [&PERSON, &SAYS, &SIGNED] {
        for c in p.all(cx.text()) {
            if let Some(m) = c.name("n") {
                consider(m.start(), m.end());
            }
        }
    }
    if cx.doc.latin {
        pattern!(
            REGARDS,
            r"(?:regards|sincerely|best wishes|thanks)[,.]?\s*\n+(?P<n>[a-z]+ [a-z]+)"
        );
        best = REGARDS
            .first(cx.text())
            .and_then(|c| c.name("n").map(|m| (m.start(), m.end())))
            .or(best);
    }
    let _ = input;
    if let Some((s, e)) = best {
        let value: String = cx
            .doc
            .norm
            .quote(s, e)
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect();
        found.push(Found {
            field: Field::ContactPerson,
            value: Value::text(value),
            start: s,
            end: e,
            rule: "opening::person",
        });
    }
    pattern!(PHONE, r"0\d{1,4}-\d{1,4}-\d{3,4}");
    for c in PHONE.all(cx.text()) {
        let Some(m) = c.get(0) else { continue };
        let head: String = cx
            .head(m.start())
            .chars()
            .rev()
            .take(6)
            .collect::<String>()
            .chars()
            .rev()
            .collect();
        if anywhere(cx, m.start()) && !head.contains("fax") && !head.contains('〒') {
            found.push(Found {
                field: Field::Phone,
                value: Value::text(m.as_str()),
                start: m.start(),
                end: m.end(),
                rule: "opening::phone",
            });
            break;
        }
    }
}
