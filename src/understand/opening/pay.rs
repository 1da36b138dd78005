//! What a post pays: sums with their unit, the least and the most, a sum for each way of working.

use super::{Found, own};
use crate::domain::wish::{Field, Pay, PayUnit, Value};
use crate::understand::pattern::{number, pattern};
use crate::understand::rules::{Cx, money};

pub(super) fn pay(cx: &Cx, found: &mut Vec<Found>) {
    let sums = money::sums(cx);
    bare_year(cx, &sums, found);
    for s in &sums {
        let clause = cx.clause(s.start);
        let head = cx.head(s.start);
        if !own(cx, s.start)
            || OF_TRAVEL.is(head) && !clause.contains("給") && !clause.contains("込")
            || cx.rest(s.end).starts_with("まで)")
            || ALLOWANCE.is(head)
            || duty_pay(cx, s, &sums)
            || TOLD.is(cx.sentence(s.start))
            || cx.sentence(s.start).contains("当直は任意")
        {
            continue;
        }
        // 「1,350万円まで認められました。1,200万円からのご相談とします」: the one is the most.
        let most = s.high.is_none()
            && MOST.is(cx.rest(s.end))
            && sums.iter().any(|o| o.unit == s.unit && o.low < s.low);
        let unit = paid_per(cx, s);
        let value = |amount| Value::Pay(Pay { amount, unit });
        // 「1700万円スタート、2年目以降は2000万円も」: the later figure is what it may come to.
        let later = LATER.is(clause)
            && found.iter().any(|f| {
                f.field == Field::SalaryMin
                    && matches!(&f.value, Value::Pay(p) if p.unit == s.unit && p.amount < s.low)
            });
        if later || most {
            found.push(Found {
                field: Field::SalaryMax,
                value: value(s.low),
                start: s.start,
                end: s.end,
                rule: "opening::pay_later",
            });
            continue;
        }
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
    ALLOWANCE,
    r"(?:手当|補助|支度金|旅費|費用|会費|学会費|祝い?金|退職金|家賃|宿舎費|交通費)(?:は|が|として|を|:|年|月|一律|\s)?(?:年|月|最大|上限)?$|(?:expenses|travel|reimbursed)[^.;\n]{0,24}$"
);
// 「交通費 月5万円」, but not 「1回5万円+交通費実費」.
pattern!(OF_TRAVEL, r"交通費[^。\n]{0,16}$");
pattern!(MOST, r"^まで(?:$|[^)])|^を?(?:上限|限度)");
pattern!(
    LATER,
    r"\d年目|昇給|将来|ゆくゆく|実績(?:により|次第)|慣れ(?:れば|たら)|(?:も|まで)(?:十分)?可能"
);

// What a candidate or somebody else has asked for.
pattern!(
    TOLD,
    r"(?:先生|医師|方)(?:に|から|より|が|は|には|からは)[^。\n]{0,30}(?:おっしゃ|仰|ご希望と|とのご希望|言われ)"
);

/// The unit of a sum: one duty or spot where the list says so, or where the line is a duty's own and names no unit.
fn paid_per(cx: &Cx, s: &money::Sum) -> PayUnit {
    pattern!(
        PER_TIME,
        r"(?:いずれも|すべて|全て|金額は|上記は|各)[^。\n]{0,8}1(?:回|勤務|件|当直)(?:につき|あたり|分|の(?:金額|額))?"
    );
    pattern!(
        HALF,
        r"(?:午前|午後|半日)(?:中|のみ|だけ|枠|診)?(?:で|は|の|:|、|\s)*$"
    );
    pattern!(
        UNIT,
        r"日[給当額]|1日|終日|半日|時[給間]|月[給額]|年[俸収]|/日"
    );
    pattern!(
        OF_DUTY,
        r"^\s*[・●○■◆-]?\s*(?:日?当直|日直|宿直|当直勤務|夜勤)[\s:]"
    );
    let line = cx
        .doc
        .line_at(s.start)
        .map_or("", |l| cx.doc.text(l.start, l.end));
    let guessed = s.unit == PayUnit::Day && !UNIT.is(line);
    if guessed && (PER_TIME.is(cx.text()) || OF_DUTY.is(line)) {
        PayUnit::Once
    } else if guessed && HALF.is(cx.head(s.start)) {
        PayUnit::HalfDay
    } else {
        s.unit
    }
}

/// What one night on duty is paid, where the post has a salary besides.
fn duty_pay(cx: &Cx, s: &money::Sum, all: &[money::Sum]) -> bool {
    let line = cx
        .doc
        .line_at(s.start)
        .map_or("", |l| cx.doc.text(l.start, l.end));
    let of_duty = ["当直", "日直", "オンコール"]
        .iter()
        .any(|w| line.contains(w))
        && !line.contains("募集")
        && !line.contains("非常勤");
    s.unit == PayUnit::Once && of_duty && all.iter().any(|o| o.unit == PayUnit::Year)
}

/// 「給与：1,500万〜1,900万円」 and 「常勤なら1400」: by its size it is a year's.
fn bare_year(cx: &Cx, sums: &[money::Sum], found: &mut Vec<Found>) {
    pattern!(
        FIELD,
        r"(?:給与|報酬|給料|待遇|年俸|年収)(?:は|:|=|】|\||\s)*(?:約)?(?P<a>[6-9]\d\d|[1-4]\d\d\d)\s?万?円?\s?[~-]\s?(?P<b>[6-9]\d\d|[1-4]\d\d\d)\s?万|(?:^|[\s・├└┌:、])(?P<d>[6-9]\d\d|[1-4]\d\d\d)(?:万円?)?(?:\s?[~-]\s?(?P<e>[6-9]\d\d|[1-4]\d\d\d)?(?:万円?)?)?\s?\((?:年俸?|年収)(?:、?(?:単位)?万円?)?\)|(?:常勤|フルタイム)(?:なら|は|だと|:)\s?(?:年)?(?P<c>[6-9]\d\d|[1-4]\d\d\d)(?:万円?)?(?:[、。~\s]|$)"
    );
    for c in FIELD.all(cx.text()) {
        let Some(all) = c.get(0) else { continue };
        if !own(cx, all.start())
            || sums
                .iter()
                .any(|s| s.start < all.end() && all.start() < s.end)
        {
            continue;
        }
        let figure = |g: &str| {
            number(&c, g).map(|n| {
                Value::Pay(Pay {
                    amount: n * 10_000,
                    unit: PayUnit::Year,
                })
            })
        };
        for (field, value) in [
            (
                Field::SalaryMin,
                figure("a").or(figure("c")).or(figure("d")),
            ),
            (Field::SalaryMax, figure("b").or(figure("e"))),
        ] {
            if let Some(value) = value {
                found.push(Found {
                    field,
                    value,
                    start: all.start(),
                    end: all.end(),
                    rule: "opening::pay_field",
                });
            }
        }
    }
}
