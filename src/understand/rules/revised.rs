//! What an update makes of what was said before, told in one sentence: 「週4と言いましたが、3に」, 「30分以内は、あと10分
//! 延ばして」, 「土曜は可と書きましたが、取り消します」.

use super::{Cx, Item};
use crate::domain::wish::{Field, Pay, Strength, Value};
use crate::understand::pattern::{number, pattern};
use crate::understand::profile::figure;

pattern!(
    NOW_SO,
    r"^[\s:]*(?:月に?\s?)?(?:\d{1,5}(?:\.5)?)?(?:万|円|回|日|分|人|度|まで|以上|以内|程度|くらい|可|ok|なら)*」?(?:(?:と|って|ち|て|言うて)?\s?(?:出し(?:た|てた|ていた)|言(?:っ(?:た|てた|ていた)|うた|うとった|いました)|書(?:いた|いてた|きました)|申し(?:た|ました|上げました|て(?:い|おり?)(?:ました)?)|お伝え(?:した|しました)|(?:して|とお願いして)(?:い|お)?(?:りま)?し?た|したの|ある|あった)(?:ん(?:です)?)?(?:の)?(?:けど|けんど|けれども?|ですが|が|ところ|けえ)?(?:を|は)?、?\s?|\s?→\s?)「?(?:やっぱり|やはり)?(?:月に?)?(?P<n>\d{1,5}(?:\.5)?|[一二三四五六七八九十])(?:万|円|回|日|分|人|名|まで|以上|以内|可|ok|くらい|ぐらい|程度)*(?:に|で|へ)(?:し(?:て|と)|直|下げ|上げ|落と|減ら|増や|変|改め|訂正|お願|頼|。|、|$|」)"
);
pattern!(
    BY_SO_MUCH,
    r"^(?:ほど|くらい|ぐらい|だけ|ばかり)?、?(?:(?P<less>下げ|引い|引き|縮め|短く|減ら|まけ)|(?P<more>上げ|延ば|伸ば|足し|増や|上乗せ|広げ))"
);
pattern!(TO_THERE, r"(?:まで|に|へ)$");
pattern!(
    TAKEN_BACK,
    r"^[^。、(\n]{0,16}?(?:と|って|(?:を|が)(?:条件|必須|希望)(?:に|と|で)?)(?:し(?:た|て(?:い|おり?)|まし)|申し|言(?:い|っ|う)|書(?:い|き)|お伝え|お願い|希望し)[^。\n]{0,12}?(?:が|けど|けれど|の(?:は|を|も)|件は|点は|ところは?)、?[^。\n]{0,40}?(?:取り?消(?:し|す)|取り?下げ|撤回|外して|消して|白紙に|忘れて(?:くだ|下)|なかったことに|無かったことに|なしに(?:して|し(?:ます|たい)))"
);
pattern!(
    GIVEN_BACK,
    r"^の[^。、\n]{0,4}\s?→[^。\n]{2,30}?(?:ので|から|ため)、?もう(?:不要|要りません|結構)|^の(?:希望|条件|お願い|件|補助|手当|手配|用意)(?:は|も)、[^。\n]{2,40}?(?:もう(?:結構|要りません|いりません)|不要(?:に|と|です)|取り?消|取り?下げ|なしで)"
);
// 「にはこだわりません」 tells in a first mail that anything will do, in an update that a wish is gone.
pattern!(
    NO_LONGER,
    r"^(?:以上|以内|まで)?(?:の(?:条件|希望|点|件))?(?:(?:に(?:は|も)?)(?:もう|特に)?、?(?:こだわり(?:ません|は(?:ありません|ない)|がなくなり)|こだわらない(?:こと)?(?:に|で)(?:し|いた))|(?:は|も)(?:もう)?必要(?:が|は|で)?なくな(?:り|っ)|(?:は|も)(?:もう)?(?:必須|条件|絶対)(?:では|じゃ|で)なくな(?:り|っ))"
);
// 「火木土と書いたうち土曜は取り消し」: the others stay as they are.
pattern!(
    OF_WHICH,
    r"^(?:と|って)(?:書|申|言|お伝え)[^。、\n]{0,8}うち"
);
// 「ひとりで赴任のつもりだったが、」
pattern!(
    ONCE_MEANT,
    r"^[^。、\n]{0,4}(?:つもり|予定|考え)(?:だった|でした|でいた|でおり)[^。、\n]{0,4}(?:が|けど|けれど)、"
);
pattern!(
    INSTEAD_OF,
    r"(?:と(?:して|書い|申し|言っ|お伝え)[^。\n]{0,8}|だった)(?:の|ところ)を、?(?P<n>\d{1,3})\s?分$"
);
/// How far apart, in bytes of the normal text, a figure and what it is changed by may stand.
const NEAR: usize = 60;

pattern!(
    THEN_REFUSED,
    r"^[^。、(\n]{0,14}?」?(?:と|って)(?:申し|言(?:い|っ|う)|書(?:い|き)|お伝え|お返事|答え|し)[^。\n]{0,10}?(?:が|けど|けれど|ものの)、?[^。\n]{0,24}?(?:やはり|やっぱり|結局|考え直して|今回は)[^。、\n]{0,16}?(?:お断り|辞退|無理|難し|見送|やめ(?:て|ます|に)|遠慮|できません|ご容赦|勘弁)"
);
pattern!(
    ALLOWED_AFTER_ALL,
    r"^は?「(?:不可|×|なし|無理|お断り|ng)」?(?:と|に)(?:して|書|申|お伝え|丸)[^。\n]{0,10}?(?:が|けど|けれど)、?[^。\n]{0,20}?(?:なら|でしたら|であれば)[^。\n]{0,10}?(?:でき|やり|お引き受け|引き受け|構|可|行け|参り|診)(?:ます|れ|い|。|$|る)"
);

/// Reads them.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    if !cx.update {
        return;
    }
    replaced_by(cx, items);
    changed_by(cx, items);
    taken_back(cx, items);
}

/// 「当直2って出したけど1に直しといて」: a bare figure behind what was said counts instead.
fn replaced_by(cx: &Cx, items: &mut [Item]) {
    for item in items.iter_mut() {
        let counted = item.field.is_counted_duty()
            || matches!(
                item.field,
                Field::DaysPerWeek
                    | Field::DaysPerMonth
                    | Field::SalaryMin
                    | Field::CommuteMinutes
                    | Field::OutpatientsPerDay
                    | Field::HoursPerDay
            );
        if !counted {
            continue;
        }
        // 「片道1時間としていたのを20分に」 is no sum.
        let words = cx.doc.text(item.start, item.end);
        if item.field == Field::CommuteMinutes
            && let Some(n) = INSTEAD_OF.first(words).and_then(|c| number(&c, "n"))
        {
            item.value = Value::Number(n);
            continue;
        }
        let rest = cx.rest(item.end);
        let Some((all, n)) = NOW_SO
            .first(rest)
            .and_then(|c| Some((c.get(0)?, c.name("n")?)))
        else {
            continue;
        };
        let Some(value) = with_figure(cx, item, n.as_str()) else {
            continue;
        };
        item.value = value;
        item.end += all.end().min(n.end());
    }
}

/// The value of an item with another figure.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
fn with_figure(cx: &Cx, item: &Item, n: &str) -> Option<Value> {
    let new: f64 = n.parse().ok().or(figure(n).map(|n| n as f64))?;
    match (&item.value, item.field) {
        (_, Field::NightDuty | Field::OnCall | Field::DayDuty) if (1.0..=31.0).contains(&new) => {
            Some(Value::Number(new as i64))
        }
        (_, Field::DaysPerWeek) if (0.5..=7.0).contains(&new) => {
            Some(Value::days(Some(new), Some(new)))
        }
        (_, Field::DaysPerMonth) if (1.0..=31.0).contains(&new) => {
            Some(Value::days(Some(new), Some(new)))
        }
        (
            Value::Number(_),
            Field::OutpatientsPerDay | Field::HoursPerDay | Field::CommuteMinutes,
        ) => Some(Value::Number(new as i64)),
        // 「年収1200以上」→1000: in the same unit as before.
        (Value::Pay(pay), Field::SalaryMin) => {
            let words = cx.doc.text(item.start, item.end);
            let old: i64 = words
                .rsplit(|c: char| !c.is_ascii_digit())
                .find(|w| !w.is_empty())?
                .parse()
                .ok()?;
            let unit = pay
                .amount
                .checked_div(old)
                .filter(|u| u * old == pay.amount)?;
            Some(Value::Pay(Pay {
                amount: unit * new as i64,
                unit: pay.unit,
            }))
        }
        _ => None,
    }
}

/// 「一日8万の希望は5千円下げて」, 「車で30分以内というのは、あと10分延ばして」: more or less of what was said.
fn changed_by(cx: &Cx, items: &mut Vec<Item>) {
    let mut gone: Vec<usize> = Vec::new();
    for i in 0..items.len() {
        let Some(by) = items.get(i) else { continue };
        let sign = BY_SO_MUCH
            .first(cx.rest(by.end))
            .or_else(|| BY_SO_MUCH.first(inside(cx, by)))
            .map(|c| if c.name("less").is_some() { -1 } else { 1 });
        let Some(sign) = sign.filter(|_| !TO_THERE.is(cx.head(by.start))) else {
            continue;
        };
        let base = items.iter().enumerate().find(|(_, old)| {
            old.field == by.field && old.end <= by.start && by.start - old.end < NEAR
        });
        let Some((k, old)) = base else { continue };
        let value = match (&old.value, &by.value) {
            (Value::Number(a), Value::Number(b)) if old.field == Field::CommuteMinutes => {
                Value::Number(a + sign * b)
            }
            (Value::Pay(a), Value::Pay(b)) => Value::Pay(Pay {
                amount: a.amount + sign * b.amount,
                unit: a.unit,
            }),
            _ => continue,
        };
        let end = by.end;
        if let Some(old) = items.get_mut(k) {
            old.value = value;
            old.end = end;
        }
        gone.push(i);
    }
    let mut at = 0;
    items.retain(|_| {
        at += 1;
        !gone.contains(&(at - 1))
    });
}

/// The words of an item behind its last figure and unit.
fn inside<'c>(cx: &'c Cx, item: &Item) -> &'c str {
    let words = cx.doc.text(item.start, item.end);
    words
        .rfind(['円', '分', '万'])
        .and_then(|at| words.get(at + '円'.len_utf8()..))
        .unwrap_or_default()
}

/// 「土曜出勤はしてもいいと言いましたが、あれは取り消します」
fn taken_back(cx: &Cx, items: &mut Vec<Item>) {
    items.retain(|i| !OF_WHICH.is(cx.rest(i.end)) && !ONCE_MEANT.is(cx.rest(i.end)));
    for item in items.iter_mut().filter(|i| i.field != Field::Start) {
        let rest = cx.rest(item.end);
        if let Some((_, end)) = [&TAKEN_BACK, &GIVEN_BACK, &NO_LONGER]
            .iter()
            .find_map(|p| p.span(rest))
        {
            item.strength = Some(Strength::Drop);
            item.end += end;
        } else if let Some((_, end)) = THEN_REFUSED.span(rest) {
            item.strength = Some(Strength::Never);
            item.end += end;
        } else if let Some((_, end)) = ALLOWED_AFTER_ALL.span(rest) {
            item.strength = Some(Strength::Ok);
            item.end += end;
        }
    }
}
