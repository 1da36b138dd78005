//! Hours of work a day and a week.

use super::{Cx, Item, tail};
use crate::domain::wish::{Field, Strength, Value};
use crate::understand::pattern::{number, pattern};

pattern!(TO_FEWER, r"^を(?P<n>[0-9]{1,2})時間(?:に|へ)");

/// Reads them.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    let from = items.len();
    per_day(cx, items);
    per_week(cx, items);
    on_time(cx, items);
    for item in items.iter_mut().skip(from) {
        if item.strength.is_none() {
            item.strength = strength(cx, item);
        }
    }
}

pattern!(
    ON_TIME,
    r"(?:定時|時間通り|時間どおり)(?:で|に)(?:は)?(?:帰|上が|あが|退勤|失礼|終わ|終え)[^。、\n]{0,12}"
);
pattern!(ALWAYS, r"絶対|必須|条件|譲れ|限り|限る|必ず");
pattern!(TOLD_NOW, r"(?:今|現在|いま|これまで|前の)[^。、\n]{0,10}$");

/// 「定時で帰れる職場を」 wishes no overtime.
fn on_time(cx: &Cx, items: &mut Vec<Item>) {
    for (start, end) in ON_TIME.spans(cx.text()) {
        let told = TOLD_NOW.is(tail(cx.head(start), 24))
            || cx.scope.asked(start)
            || cx.scope.others_speak(cx.doc, start)
            || !cx.doc.counts(start);
        if told {
            continue;
        }
        let rest = cx.rest(start);
        let near = rest.char_indices().nth(50).map_or(rest.len(), |(at, _)| at);
        let near = rest.get(..near).unwrap_or(rest);
        let firmly = ALWAYS.is(near.split('。').next().unwrap_or(near));
        let strength = if firmly {
            Strength::Never
        } else {
            Strength::Avoid
        };
        let item = Item::new(
            Field::Overtime,
            Value::text("any"),
            start,
            end,
            "work_time::on_time",
        );
        items.push(item.with(strength));
    }
}

pattern!(
    SHARED_LIMIT,
    r"^(?:以内|まで|程度)?[、・](?:かつ)?(?:週|1日)(?:に)?\d{1,2}(?:時間|h)(?:まで|以内)?(?:を|が)?(?:上限|限度|限界|最大)"
);
pattern!(
    LIMIT,
    r"^(?:を|が)?(?:上限|限度|限界|超えな|超えない|越えな|[^。\n]{0,4}精(?:一|いっ)杯)|^以上は[^。\n]{0,10}(?:ません|ない|無理|不可|難|困)|^(?:を)?(?:超え|越え)[^。\n]{0,12}(?:無理|不可|ません|ない|困|難)"
);
pattern!(
    BARE,
    r"^(?:くらい|ぐらい|程度|ほど)?(?:まで|以内)?(?:、|。|$| |\(|\n|/)"
);

/// The strength that the words right behind give: a bare figure and a bare limit are wishes, whatever the next clause says.
fn strength(cx: &Cx, item: &Item) -> Option<Strength> {
    let rest = cx.rest(item.end);
    if cx.scope.asked(item.start) || cx.scope.others_speak(cx.doc, item.start) {
        return None;
    }
    if SHARED_LIMIT.is(rest) || LIMIT.is(rest) {
        return Some(Strength::Must);
    }
    if cx.doc.latin
        && ["no more than ", "not more than ", "at most ", "maximum "]
            .iter()
            .any(|w| cx.head(item.start).ends_with(w))
    {
        return Some(Strength::Must);
    }
    let verdict = cx.verdict(item)?;
    (BARE.is(rest) && verdict.strength == Strength::Ok && !rest.contains("なら可"))
        .then_some(Strength::Want)
}

pattern!(
    DAILY,
    r"(?:続けて|連続で?)(?P<h4>\d{1,2})時間|つまり(?P<h5>\d{1,2})時間|(?:1日|日に|1回|実働|1日あたり)(?:の)?(?:勤務時間|実働)?(?:は|:|に|、)?\s?(?:\d{1,2}\s?(?:~|-|、)\s?)?(?P<h>\d{1,2})\s?(?:時間|h)|(?:午前中の|午後の)(?P<h2>\d{1,2})時間|(?P<h3>\d{1,2})\s?hours?\s(?:a|per)\sday"
);
pattern!(
    WEEKLY,
    r"週(?:の|に(?:すると|なら(?:して|すと)|均(?:して|すと))?|平均(?:して|で)?|合計で|の合計で|で)?(?:労働時間|勤務時間|合計|総労働時間)?(?:は|で|が|を)?\s?(?P<h>\d{1,2})\s?(?:時間|h)|(?P<h2>\d{1,2})\s?hours?\s(?:a|per)\sweek|週(?:の)?(?:労働時間|合計)[^。\d]{0,6}(?P<h3>\d{1,2})時間"
);
pattern!(
    DAILY_FORM,
    r"^\s*(?P<h>\d{1,2})\s?時間(?:以内|まで|程度|くらい)?"
);

fn per_day(cx: &Cx, items: &mut Vec<Item>) {
    for c in DAILY.all(cx.text()) {
        if let Some(all) = c.get(0)
            && let Some(h) = ["h", "h2", "h3", "h4", "h5"]
                .iter()
                .find_map(|g| number(&c, g))
            && h <= 16
        {
            // 「1日6時間を5時間に」 says the new figure.
            let changed = TO_FEWER.first(cx.rest(all.end()));
            let new = changed.as_ref().and_then(|c| number(c, "n"));
            let item = Item::new(
                Field::HoursPerDay,
                Value::Number(new.unwrap_or(h)),
                all.start(),
                all.end(),
                "hours::per_day",
            );
            items.push(match new {
                Some(_) => item.with(Strength::Want),
                None => item,
            });
        }
    }
    for line in &cx.doc.lines {
        let Some((s, e)) = line.label else { continue };
        let label = cx.doc.text(s, e);
        if !(label.contains("1日") || label.contains("勤務時間")) {
            continue;
        }
        let value = cx.doc.text(e, line.end);
        let value_start = e + value.len()
            - value
                .trim_start_matches([' ', ':', '=', '|', ']', '】'])
                .len();
        if let Some(c) = DAILY_FORM.first(cx.doc.text(value_start, line.end))
            && let Some(h) = number(&c, "h")
            && h <= 16
        {
            let end = value_start + c.get(0).map_or(0, |m| m.end());
            items.push(Item::new(
                Field::HoursPerDay,
                Value::Number(h),
                value_start,
                end,
                "hours::form",
            ));
        }
    }
}

fn per_week(cx: &Cx, items: &mut Vec<Item>) {
    for c in WEEKLY.all(cx.text()) {
        if let Some(all) = c.get(0)
            && let Some(h) = number(&c, "h").or(number(&c, "h2")).or(number(&c, "h3"))
            && (4..=80).contains(&h)
        {
            items.push(Item::new(
                Field::HoursPerWeek,
                Value::Number(h),
                all.start(),
                all.end(),
                "hours::per_week",
            ));
        }
    }
}
