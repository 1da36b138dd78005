//! Answers between quoted questions: the question gives the meaning, the answer the words and the strength.

use super::{Cx, Item};
use crate::domain::wish::{Field, Strength, Value};
use crate::understand::doc::{Line, Role, Sentence};
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

/// A question that is quoted and the answer below it.
struct Turn<'t> {
    /// The question, from its first byte to one past the last.
    asked: (usize, usize),
    /// The words of the question.
    question: &'t str,
    /// The first byte of the answer.
    begin: usize,
    /// The first sentence of the answer.
    sentence: Sentence,
    /// Its words.
    words: &'t str,
    /// One past the last byte of the line.
    end: usize,
}

/// Reads them: an answer that names nothing itself speaks of what its question names.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    let mut found: Vec<Item> = Vec::new();
    for turn in turns(cx) {
        let own = own_fields(items, &turn);
        // 「午前中だけなら出られます」 says of a day which half of it, and no shift.
        let bare = own.iter().all(|f| *f == Field::Shift);
        let half = half_days(cx, items, &turn).filter(|_| bare);
        if half.is_some() {
            let within = |i: &Item| turn.begin <= i.start && i.start < turn.sentence.end;
            items.retain(|i| i.field != Field::Shift || !within(i));
        }
        let bare = own.is_empty();
        let said = days(cx, &turn)
            .or_else(|| so_often(cx, items, &turn).filter(|_| bare))
            .or(half)
            .or_else(|| minutes_said(cx, &turn, &own))
            .unwrap_or_else(|| what_was_asked(cx, items, &turn, &own));
        found.extend(said);
    }
    items.append(&mut found);
}

fn turns<'c>(cx: &'c Cx) -> Vec<Turn<'c>> {
    // A blank line may stand between the question and its answer.
    let lines: Vec<&Line> = cx
        .doc
        .lines
        .iter()
        .filter(|l| l.role != Role::Blank)
        .collect();
    let quoted = |r: Role| matches!(r, Role::Quoted | Role::Question);
    let answered = |pair: &[&Line]| matches!(pair, [a, b] if quoted(a.role) && b.role == Role::Own);
    let asked = lines.iter().any(|l| l.role == Role::Question);
    if lines.windows(2).filter(|w| answered(w)).count() < 2 && !asked {
        return Vec::new();
    }
    let mut out = Vec::new();
    for (i, pair) in lines.windows(2).enumerate().filter(|(_, w)| answered(w)) {
        let [above, line] = pair else { continue };
        let apart = cx.doc.text(above.end, line.start).matches('\n').count() > 1;
        if apart && !ENDS_IN_A_QUESTION.is(cx.doc.text(above.start, above.end)) {
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
        out.push(Turn {
            asked: (from, above.end),
            question: cx.doc.text(from, above.end),
            begin: sentence.start + ARROW.span(words).map_or(0, |s| s.1),
            sentence,
            words,
            end: line.end,
        });
    }
    out
}

/// What the answer names itself.
fn own_fields(items: &[Item], turn: &Turn) -> Vec<Field> {
    // 「残。ただし南国も可」: a short answer stands for itself.
    let until = if turn.words.trim().chars().count() <= 6 {
        turn.sentence.end
    } else {
        turn.end
    };
    items
        .iter()
        .filter(|k| turn.sentence.start <= k.start && k.start < until)
        .map(|k| k.field)
        .collect()
}

fn days(cx: &Cx, turn: &Turn) -> Option<Vec<Item>> {
    let c = DAYS
        .first(cx.doc.text(turn.begin, turn.end))
        .filter(|_| turn.question.contains('週'))?;
    let half = if c.name("half").is_some() { 0.5 } else { 0.0 };
    let days = fraction(&c, "a")? + half;
    Some(vec![Item::new(
        Field::DaysPerWeek,
        Value::days(Some(days), Some(days)),
        turn.begin,
        turn.sentence
            .end
            .max(turn.begin + c.get(0).map_or(0, |m| m.end())),
        "answers::days",
    )])
}

/// 「午前でしたら出ましょう」 under 「土曜の外来はいかがでしょう」.
fn half_days(cx: &Cx, items: &[Item], turn: &Turn) -> Option<Vec<Item>> {
    let c = HALF_DAY.first(turn.words)?;
    let half = if c.name("am").is_some() { "am" } else { "pm" };
    let strength = cx.scope.answer(cx.doc, turn.begin, turn.sentence.end);
    let of_days: Vec<Item> = asked_about(items, turn)
        .filter(|k| k.field == Field::Day)
        .filter_map(|k| k.value.as_text().filter(|day| !day.contains(':')))
        .map(|day| {
            Item::new(
                Field::Day,
                Value::text(format!("{day}:{half}")),
                turn.begin,
                turn.sentence.end,
                "answers::half_day",
            )
            .with(strength.unwrap_or(Strength::Ok))
        })
        .collect();
    (!of_days.is_empty()).then_some(of_days)
}

/// 「40分以内のままでよろしいですか」, 「25分に縮めてください」: the answer's own figure replaces the one asked about.
fn minutes_said(cx: &Cx, turn: &Turn, own: &[Field]) -> Option<Vec<Item>> {
    let of_the_way = turn.question.contains("通勤") || turn.question.contains("片道");
    if own.contains(&Field::CommuteMinutes) || !of_the_way {
        return None;
    }
    let c = MINUTES.first(turn.words)?;
    let at = c.get(0)?.range();
    let mut item = Item::new(
        Field::CommuteMinutes,
        Value::Number(minutes(&c)?),
        turn.sentence.start + at.start,
        turn.sentence.start + at.end,
        "answers::minutes",
    );
    let no_further = NO_FURTHER.is(cx.doc.text(item.end, turn.end));
    item.strength = no_further.then_some(Strength::Must);
    Some(vec![item])
}

/// What the question names, as strongly as the answer says.
fn what_was_asked(cx: &Cx, items: &[Item], turn: &Turn, own: &[Field]) -> Vec<Item> {
    let topical = own
        .iter()
        .any(|f| !matches!(f, Field::Contact | Field::Start));
    let Some(strength) = strength(cx, turn).filter(|_| !topical) else {
        return Vec::new();
    };
    let of_a_duty = asked_about(items, turn).any(|o| o.field == Field::Duty);
    asked_about(items, turn)
        .filter(|k| !(figure_of_an_offer(k.field) && REPORTED.is(cx.sentence(k.start))))
        .filter(|k| {
            !matches!(
                k.field,
                Field::Start | Field::Contact | Field::Confidential | Field::Institution
            )
        })
        // 「内視鏡を週1回」 asks how often that is done, and not on how many days one works.
        .filter(|k| k.field != Field::DaysPerWeek || !of_a_duty)
        .filter(|k| {
            let counted = |o: &Item| o.field == k.field && o.value != k.value;
            k.value != Value::text("any") || !asked_about(items, turn).any(counted)
        })
        .map(|k| {
            // 「月1回程度の当直」 is asked about, 「そのくらいでしたら」 answered.
            let so_many = k.field.is_counted_duty()
                && k.value == Value::text("any")
                && SO_MUCH.is(turn.words);
            let times = so_many.then(|| times_in(turn.question)).flatten();
            Item {
                value: times.map_or(k.value.clone(), Value::Number),
                start: turn.begin,
                end: turn.sentence.end,
                strength: Some(strength),
                rule: "answers::question",
                ..k.clone()
            }
        })
        .collect()
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
    r"^\s*(?:→|⇒)?\s*(?:はい、|ええ、)?(?:変わりません|変わらず|変更(?:は)?(?:なし|ありません)|その(?:とおり|通り)|そのまま|これでよ|それでよ|それで結構|据え置|間違い(?:あり|ござい)ません|同じです|(?:この|前の)(?:とおり|通り)|変えません|今のまま|現状のまま|as before|same as before|no change|unchanged)"
);

// 「歩いて回れる範囲なら。」
pattern!(
    ON_CONDITION,
    r"^[^。、\n]{2,20}(?:なら|でしたら|であれば|ならば)(?:ば)?[。…]?\s*$"
);

/// What the answer says of what is asked about; a second sentence may say it more firmly.
fn strength(cx: &Cx, turn: &Turn) -> Option<Strength> {
    // 「当直はやはり難しいでしょうか」: yes refuses, no is willing.
    if DOUBTS.is(turn.question) {
        if DISAGREES.is(turn.words) {
            return Some(Strength::Ok);
        }
        if AGREES.is(turn.words) {
            return Some(Strength::Never);
        }
    }
    if PLAIN_NO.is(turn.words) {
        return Some(Strength::Never);
    }
    if ON_CONDITION.is(turn.words) {
        return Some(Strength::Ok);
    }
    let said = |from, to| cx.scope.answer(cx.doc, from, to);
    if STAYS.is(turn.words) {
        return said(turn.asked.0, turn.asked.1).or(Some(Strength::Want));
    }
    let second = cx
        .doc
        .sentence_after(turn.begin)
        .filter(|s| s.start < turn.end);
    let both = said(turn.begin, second.map_or(turn.sentence.end, |s| s.end));
    let firmer = second.and_then(|s| said(s.start, s.end));
    match (both, firmer) {
        (Some(Strength::Avoid), Some(Strength::Never)) => Some(Strength::Never),
        _ => both,
    }
}

/// What the quoted question names.
fn asked_about<'i>(items: &'i [Item], turn: &Turn) -> impl Iterator<Item = &'i Item> {
    let (from, to) = turn.asked;
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
fn so_often(cx: &Cx, items: &[Item], turn: &Turn) -> Option<Vec<Item>> {
    let mut duties: Vec<Field> = asked_about(items, turn)
        .map(|k| k.field)
        .filter(|f| f.is_counted_duty())
        .collect();
    duties.dedup();
    let [duty] = duties.as_slice() else {
        return None;
    };
    let mut out = Vec::new();
    let mut next = cx.doc.sentence_at(turn.begin);
    while let Some(s) = next.filter(|s| s.start < turn.end) {
        next = cx.doc.sentence_after(s.start);
        let begin = s.start.max(turn.begin);
        let words = cx.doc.text(begin, s.end);
        let halved = || {
            HALF_OF_THAT
                .is(words)
                .then(|| times_in(turn.question).map(|n| n / 2))?
        };
        let Some(n) = times_in(words).or_else(halved) else {
            continue;
        };
        let said = cx
            .scope
            .answer(cx.doc, begin, s.end)
            .filter(|s| *s != Strength::Want || PUT_RIGHT.is(words));
        let strength = if TOO_MANY.is(words) {
            Strength::Never
        } else {
            said.unwrap_or(Strength::Ok)
        };
        out.push(Item::new(*duty, Value::Number(n), begin, s.end, "answers::times").with(strength));
    }
    (!out.is_empty()).then_some(out)
}

/// How often a month: 「月2回」, 「一晩」, 「Two is not possible」.
fn times_in(words: &str) -> Option<i64> {
    let c = TIMES.first(words)?;
    number(&c, "n").or(number(&c, "m")).or_else(|| in_words(&c))
}

fn in_words(c: &regex::Captures) -> Option<i64> {
    let word = c.name("w")?.as_str();
    #[allow(clippy::cast_possible_truncation)]
    english::figures::number(word).map(|n| n as i64)
}

/// What an offer names of itself.
fn figure_of_an_offer(field: Field) -> bool {
    matches!(field, Field::Day | Field::DaysPerWeek | Field::SalaryMin)
}
