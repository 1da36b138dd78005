//! Answers between quoted questions: the question gives the meaning, the answer the words and the strength.

use super::{Cx, Item};
use crate::domain::wish::{Field, Strength, Value};
use crate::understand::doc::{Line, Role};
use crate::understand::english;
use crate::understand::pattern::{fraction, number, pattern};

pattern!(
    DAYS,
    r"^\s*(?:→|は)?\s*(?:(?:はい|いえ|いいえ|変わりました|変わって|では|それでは)[、。]\s?)?(?:やはり|やっぱり|できれば)?、?(?P<a>\d(?:\.\d)?)\s?日(?P<half>半)?"
);
pattern!(
    MINUTES,
    r"(?P<h>\d)\s?時間(?P<hh>半|(?P<hm>\d{1,2})分)?|(?P<half>半時間)|(?P<n>\d{2,3})\s?分"
);
pattern!(
    TIMES,
    r"\b(?P<w>once|twice|one|two|three|four|five|six)\b(?: (?:nights?|times?|duties|calls?))?(?: a month| a week)?(?: (?:is|are|would|will|i could|i can|at most|no more)\b|[.,])|(?:^|[^\d週年第])(?P<n>[1-9]|1\d)\s?(?:回|度|遍|ぺん|晩|泊)(?:[^も]|$)|^\s*月に?\s?(?P<m>[1-9])"
);
pattern!(
    NO_FURTHER,
    r"^[^。]{0,8}。?(?:それ|これ)(?:より(?:も)?(?:遠|長|先|かか)|以上(?:は|遠|長|かか|だと))|^(?:まで)?(?:が|で)(?:限度|限界|精一杯|ぎりぎり|境目|いっぱい)"
);
pattern!(
    TOO_MANY,
    r"(?:回|度|晩|泊)(?:は|では|だと|ですと)[^。]{0,8}?(?:多い|多すぎ|多う|きつ|厳し|つら|辛|無理|難し|体が|身が)"
);
pattern!(
    PUT_RIGHT,
    r"直し|訂正|変更|変えて|にして(?:くだ|下|おい|とい)|改め"
);
pattern!(
    PLAIN_NO,
    r"^\s*(?:→|⇒)?\s*(?:(?:持|し|出|や(?:り)|引き?受け|行き|伺い)(?:ち)?ません|無し|なし|だめ|ダメ|駄目|無理|不可|ng)(?:です)?。?\s*$"
);
pattern!(SO_MUCH, r"(?:その|それ)(?:くらい|ぐらい|程度|回数)");
pattern!(
    ENDS_IN_A_QUESTION,
    r"(?:か(?:ね)?|いかがでしょう|いかが|でしょう)[。?]?\s*$|\?\s*$"
);
pattern!(
    HALF_OF_THAT,
    r"(?:その|それの)半(?:数|分)(?:で|なら|に|くらい|ほど|まで)"
);
pattern!(
    HALF_DAY,
    r"^\s*(?:(?P<am>午前)|(?P<pm>午後))(?:中)?(?:だけ|のみ)?(?:で|なら|は|の)"
);
// 「先方より、火・水・木の3日では、とのことです」 tells what is offered; the question comes behind it.
pattern!(REPORTED, r"先方|との(?:こと|お尋ね|ご意向|ご希望)|とのお");
pattern!(ARROW, r"^\s*(?:→|⇒|->|【回答】|\[回答\])\s*");

/// Reads them: an answer that names nothing itself speaks of what its question names.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    // A blank line may stand between the question and its answer.
    let lines: Vec<&Line> = cx
        .doc
        .lines
        .iter()
        .filter(|l| l.role != Role::Blank)
        .collect();
    let quoted = |r: Role| matches!(r, Role::Quoted | Role::Question);
    let turns = lines
        .windows(2)
        .filter(|w| matches!(w, [a, b] if quoted(a.role) && b.role == Role::Own))
        .count();
    let asked = lines.iter().any(|l| l.role == Role::Question);
    if turns < 2 && !asked {
        return;
    }
    let mut found: Vec<Item> = Vec::new();
    for (i, pair) in lines.windows(2).enumerate() {
        let [above, line] = pair else { continue };
        let apart = cx.doc.text(above.end, line.start).matches('\n').count() > 1;
        if !quoted(above.role)
            || line.role != Role::Own
            || apart && !ENDS_IN_A_QUESTION.is(cx.doc.text(above.start, above.end))
        {
            continue;
        }
        let first = lines
            .iter()
            .take(i + 1)
            .rposition(|l| !quoted(l.role))
            .map_or(0, |k| k + 1);
        let from = lines.get(first).map_or(above.start, |l| l.start);
        // Only the last question of a quoted block is answered.
        let from = if apart || above.end - from > 400 {
            above.start
        } else {
            from
        };
        let Some(sentence) = cx.doc.sentence_at(line.start) else {
            continue;
        };
        let words = cx.doc.text(sentence.start, sentence.end);
        let begin = sentence.start + ARROW.span(words).map_or(0, |s| s.1);
        // 「残。ただし南国も可」: a short answer stands for itself.
        let until = if words.trim().chars().count() <= 6 {
            sentence.end
        } else {
            line.end
        };
        let own: Vec<Field> = items
            .iter()
            .filter(|k| sentence.start <= k.start && k.start < until)
            .map(|k| k.field)
            .collect();
        let question = cx.doc.text(from, above.end);
        if let Some(c) = DAYS.first(cx.doc.text(begin, line.end))
            && question.contains('週')
            && let Some(whole) = fraction(&c, "a")
        {
            let a = whole + if c.name("half").is_some() { 0.5 } else { 0.0 };
            found.push(Item::new(
                Field::DaysPerWeek,
                Value::days(Some(a), Some(a)),
                begin,
                sentence.end.max(begin + c.get(0).map_or(0, |m| m.end())),
                "answers::days",
            ));
            continue;
        }
        if own.is_empty()
            && let Some(item) = so_often(cx, items, (from, above.end), (begin, line.end))
        {
            found.extend(item);
            continue;
        }
        if let Some(c) = HALF_DAY.first(words)
            && own.is_empty()
        {
            let half = if c.name("am").is_some() { "am" } else { "pm" };
            let days = asked_about(items, from, above.end).filter(|k| {
                k.field == Field::Day && k.value.as_text().is_some_and(|v| v.len() == 3)
            });
            let of_days: Vec<Item> = days
                .filter_map(|k| {
                    let day = k.value.as_text()?;
                    let mut item = Item::new(
                        Field::Day,
                        Value::text(format!("{day}:{half}")),
                        begin,
                        sentence.end,
                        "answers::half_day",
                    );
                    item.strength = cx
                        .scope
                        .answer(cx.doc, begin, sentence.end)
                        .or(Some(Strength::Ok));
                    Some(item)
                })
                .collect();
            if !of_days.is_empty() {
                found.extend(of_days);
                continue;
            }
        }
        // 「40分以内のままでよろしいですか」, 「25分に縮めてください」: the answer's own figure replaces the one asked about.
        if own.iter().all(|f| *f != Field::CommuteMinutes)
            && (question.contains("通勤") || question.contains("片道"))
            && let Some(c) = MINUTES.first(words)
            && let (Some(m), Some(n)) = (c.get(0), minutes(&c))
        {
            let mut item = Item::new(
                Field::CommuteMinutes,
                Value::Number(n),
                sentence.start + m.start(),
                sentence.start + m.end(),
                "answers::minutes",
            );
            let no_further = NO_FURTHER.is(cx.doc.text(item.end, line.end));
            item.strength = no_further.then_some(Strength::Must);
            found.push(item);
            continue;
        }
        let topical = own
            .iter()
            .any(|f| !matches!(f, Field::Contact | Field::Start));
        if topical {
            continue;
        }
        let second = cx
            .doc
            .sentence_after(begin)
            .filter(|s| s.start < line.end)
            .map(|s| (s.start, s.end));
        let Some(strength) = strength(
            cx,
            question,
            (from, above.end),
            (begin, sentence.end),
            second,
        ) else {
            continue;
        };
        for k in items
            .iter()
            .filter(|k| from <= k.start && k.start < above.end)
            .filter(|k| !(figure_of_an_offer(k.field) && REPORTED.is(cx.sentence(k.start))))
        {
            let counted = k.value == Value::text("any")
                && items.iter().any(|o| {
                    o.field == k.field
                        && o.value != k.value
                        && from <= o.start
                        && o.start < above.end
                });
            // 「内視鏡を週1回」 asks how often that is done, and not on how many days one works.
            let of_a_duty = k.field == Field::DaysPerWeek
                && asked_about(items, from, above.end).any(|o| o.field == Field::Duty);
            if counted
                || of_a_duty
                || matches!(
                    k.field,
                    Field::Start | Field::Contact | Field::Confidential | Field::Institution
                )
            {
                continue;
            }
            let mut item = k.clone();
            // 「月1回程度の当直」 is asked about, 「そのくらいでしたら」 answered.
            let duty = matches!(k.field, Field::NightDuty | Field::OnCall | Field::DayDuty);
            if duty
                && k.value == Value::text("any")
                && SO_MUCH.is(words)
                && let Some(n) = TIMES
                    .first(question)
                    .and_then(|c| number(&c, "n").or(number(&c, "m")))
            {
                item.value = Value::Number(n);
            }
            item.start = begin;
            item.end = sentence.end;
            item.strength = Some(strength);
            item.rule = "answers::question";
            found.push(item);
        }
    }
    items.append(&mut found);
}

pattern!(
    DOUBTS,
    r"(?:難し|無理|厳し|不可|お断り|ご遠慮|できない|出られない|されない|気が進まな)[^。\n]{0,16}?(?:でしょうか|ですか|のですね|でしたね|同じ|ままで|変わり|でよろし)"
);
pattern!(
    AGREES,
    r"^\s*(?:→|⇒)?\s*(?:はい|ええ|うん|さよう|左様|そうです|お察しの|おっしゃる|仰る|変わりません|変わらず|同じです|その(?:とおり|通り)|やはり(?:難し|無理))"
);
pattern!(
    DISAGREES,
    r"^\s*(?:→|⇒)?\s*(?:いえ|いいえ|いや|そんなことは|そうでも|とんでもな)"
);
pattern!(
    STAYS,
    r"^\s*(?:→|⇒)?\s*(?:はい、|ええ、)?(?:変わりません|変わらず|変更(?:は)?(?:なし|ありません)|その(?:とおり|通り)|そのまま|これでよ|それでよ|それで結構|据え置|間違い(?:あり|ござい)ません|同じです)"
);

/// What the answer says of what is asked about; a second sentence may say it more firmly.
fn strength(
    cx: &Cx,
    question: &str,
    asked: (usize, usize),
    answer: (usize, usize),
    second: Option<(usize, usize)>,
) -> Option<Strength> {
    let words = cx.doc.text(answer.0, answer.1);
    // 「当直はやはり難しいでしょうか」: yes refuses, no is willing.
    if DOUBTS.is(question) {
        if DISAGREES.is(words) {
            return Some(Strength::Ok);
        }
        if AGREES.is(words) {
            return Some(Strength::Never);
        }
    }
    if PLAIN_NO.is(words) {
        return Some(Strength::Never);
    }
    let said = |from, to| cx.scope.answer(cx.doc, from, to);
    if STAYS.is(words) {
        return said(asked.0, asked.1).or(Some(Strength::Want));
    }
    let both = said(answer.0, second.map_or(answer.1, |s| s.1));
    let firmer = second.and_then(|(from, to)| said(from, to));
    match (both, firmer) {
        (Some(Strength::Avoid), Some(Strength::Never)) => Some(Strength::Never),
        _ => both,
    }
}

/// What the quoted question names.
fn asked_about(items: &[Item], from: usize, to: usize) -> impl Iterator<Item = &Item> {
    items
        .iter()
        .filter(move |k| from <= k.start && k.start < to)
}

fn minutes(c: &regex::Captures) -> Option<i64> {
    if c.name("half").is_some() {
        return Some(30);
    }
    let Some(hours) = number(c, "h") else {
        return number(c, "n");
    };
    let more = match c.name("hh") {
        Some(m) if m.as_str() == "半" => 30,
        Some(_) => number(c, "hm").unwrap_or(0),
        None => 0,
    };
    Some(hours * 60 + more)
}

/// 「1回なら。2回は引き受けられません」 under 「当直は月2回程度お願いできますでしょうか」: how often the duty asked about is done.
fn so_often(
    cx: &Cx,
    items: &[Item],
    question: (usize, usize),
    answer: (usize, usize),
) -> Option<Vec<Item>> {
    let duty: Vec<&Item> = asked_about(items, question.0, question.1)
        .filter(|k| matches!(k.field, Field::NightDuty | Field::OnCall | Field::DayDuty))
        .collect();
    let mut fields: Vec<Field> = duty.iter().map(|k| k.field).collect();
    fields.dedup();
    let [field] = fields.as_slice() else {
        return None;
    };
    let mut out = Vec::new();
    let mut next = cx.doc.sentence_at(answer.0);
    while let Some(s) = next.filter(|s| s.start < answer.1) {
        next = cx.doc.sentence_after(s.start);
        let begin = s.start.max(answer.0);
        let words = cx.doc.text(begin, s.end);
        let said = TIMES
            .first(words)
            .and_then(|c| number(&c, "n").or(number(&c, "m")).or(in_words(&c)));
        let halved = || {
            let asked = TIMES.first(cx.doc.text(question.0, question.1))?;
            let asked = number(&asked, "n").or(number(&asked, "m"))?;
            HALF_OF_THAT.is(words).then_some(asked / 2)
        };
        if let Some(n) = said.or_else(halved) {
            let mut item = Item::new(*field, Value::Number(n), begin, s.end, "answers::times");
            let too_many = TOO_MANY.is(words).then_some(Strength::Never);
            item.strength = too_many
                .or(cx.scope.answer(cx.doc, begin, s.end))
                .filter(|s| *s != Strength::Want || PUT_RIGHT.is(words))
                .or(Some(Strength::Ok));
            out.push(item);
        }
    }
    (!out.is_empty()).then_some(out)
}

/// 「Two is not possible」
fn in_words(c: &regex::Captures) -> Option<i64> {
    let word = c.name("w")?.as_str();
    #[allow(clippy::cast_possible_truncation)]
    english::figures::number(word).map(|n| n as i64)
}

/// What an offer names of itself.
fn figure_of_an_offer(field: Field) -> bool {
    matches!(field, Field::Day | Field::DaysPerWeek | Field::SalaryMin)
}
