//! Answers between quoted questions: the question gives the meaning, the answer the words and the strength.

use super::{Cx, Item};
use crate::domain::wish::{Field, Value};
use crate::understand::doc::Role;
use crate::understand::pattern::{fraction, number, pattern};

pattern!(
    DAYS,
    r"^\s*(?:→|は)?\s*(?:はい、)?(?P<a>\d(?:\.\d)?)\s?日(?P<half>半)?"
);
pattern!(MINUTES, r"(?P<n>\d{2,3})\s?分");
// 「先方より、火・水・木の3日では、とのことです」 tells what is offered; the question comes behind it.
pattern!(REPORTED, r"先方|との(?:こと|お尋ね|ご意向|ご希望)|とのお");
pattern!(ARROW, r"^\s*(?:→|⇒|->|【回答】|\[回答\])\s*");

/// Reads them: an answer that names nothing itself speaks of what its question names.
pub fn read(cx: &Cx, items: &mut Vec<Item>) {
    let lines = &cx.doc.lines;
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
        if !quoted(above.role) || line.role != Role::Own {
            continue;
        }
        let first = lines
            .iter()
            .take(i + 1)
            .rposition(|l| !quoted(l.role))
            .map_or(0, |k| k + 1);
        let from = lines.get(first).map_or(above.start, |l| l.start);
        // Only the last question of a quoted block is answered.
        let from = if above.end - from > 400 {
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
        if let Some(c) = DAYS.first(words)
            && question.contains('週')
            && let Some(whole) = fraction(&c, "a")
        {
            let a = whole + if c.name("half").is_some() { 0.5 } else { 0.0 };
            found.push(Item::new(
                Field::DaysPerWeek,
                Value::days(Some(a), Some(a)),
                begin,
                sentence.end,
                "answers::days",
            ));
            continue;
        }
        // 「40分以内のままでよろしいですか」, 「25分に縮めてください」: the answer's own figure replaces the one asked about.
        if own.iter().all(|f| *f != Field::CommuteMinutes)
            && (question.contains("通勤") || question.contains("片道"))
            && let Some(c) = MINUTES.first(words)
            && let (Some(m), Some(n)) = (c.get(0), number(&c, "n"))
        {
            found.push(Item::new(
                Field::CommuteMinutes,
                Value::Number(n),
                sentence.start + m.start(),
                sentence.start + m.end(),
                "answers::minutes",
            ));
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
        let Some(strength) = cx
            .scope
            .answer(cx.doc, begin, second.map_or(sentence.end, |s| s.1))
        else {
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
            if counted
                || matches!(
                    k.field,
                    Field::Start | Field::Contact | Field::Confidential | Field::Institution
                )
            {
                continue;
            }
            let mut item = k.clone();
            item.start = begin;
            item.end = sentence.end;
            item.strength = Some(strength);
            item.rule = "answers::question";
            found.push(item);
        }
    }
    items.append(&mut found);
}

/// What an offer names of itself.
fn figure_of_an_offer(field: Field) -> bool {
    matches!(field, Field::Day | Field::DaysPerWeek | Field::SalaryMin)
}
