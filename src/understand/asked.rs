//! Forms that ask on one line and are answered on the next: 「Q. お名前」, 「A. 上遠野 弘子」.

use super::pattern::pattern;

pattern!(QUESTION, r"^\s{0,3}q\s?\d{0,2}\s?[.:)]\s?[^\s][^\n]{0,40}$");
pattern!(ANSWER, r"^\s{0,3}a\s?\d{0,2}\s?[.:)]\s?");

/// Makes one line of a question and its answer, the question as its label. Each byte is replaced by one byte, so that all
/// places in the text stay where they are.
pub fn join(text: &mut String) {
    let mut at = 0;
    let mut joined: Vec<(usize, usize, usize)> = Vec::new();
    let mut asked: Option<usize> = None;
    for line in text.split('\n') {
        match (asked, ANSWER.span(line)) {
            (Some(feed), Some((_, end))) => {
                joined.push((feed, at, at + end));
                asked = None;
            }
            _ => asked = QUESTION.is(line).then_some(at + line.len()),
        }
        at += line.len() + 1;
    }
    fields_of_rows(text);
    for (feed, start, end) in joined {
        text.replace_range(feed..feed + 1, ":");
        text.replace_range(start..end, &" ".repeat(end - start));
    }
}

pattern!(
    ROW,
    r"^(?P<group>[^,:\n]{1,6}),(?P<field>[^,:\n]{0,8}),[^\n]+$"
);
/// Fewer rows may be prose.
const LEAST_ROWS: usize = 4;

/// 「不可,業務,手術」: in a table with commas the first columns are the field of the last.
fn fields_of_rows(text: &mut String) {
    let mut at = 0;
    let mut commas: Vec<usize> = Vec::new();
    for line in text.split('\n') {
        if let Some(field) = ROW
            .first(line)
            .and_then(|c| c.name("field").map(|m| m.end()))
        {
            commas.push(at + field);
        }
        at += line.len() + 1;
    }
    if commas.len() >= LEAST_ROWS {
        for comma in commas {
            text.replace_range(comma..comma + 1, ":");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn rows_of_a_table_are_fields() {
        let mut text = "本人,氏名,早乙女\n必須,通勤,40分\n不可,業務,手術\n備考,,以上".to_owned();
        join(&mut text);
        assert_eq!(
            text,
            "本人,氏名:早乙女\n必須,通勤:40分\n不可,業務:手術\n備考,:以上"
        );
        let mut prose = "内科,外科,整形外科を診ます".to_owned();
        join(&mut prose);
        assert_eq!(prose, "内科,外科,整形外科を診ます");
    }

    #[test]
    fn an_answer_follows_its_question_on_the_line() {
        let mut text = "q. お名前\na. 上遠野 弘子\nq3. 曜日\na3: 火\n以上".to_owned();
        let before = text.len();
        join(&mut text);
        assert_eq!(text, "q. お名前:   上遠野 弘子\nq3. 曜日:    火\n以上");
        assert_eq!(text.len(), before);
        let mut prose = "q. 当直は可能ですか\n月二回までです".to_owned();
        join(&mut prose);
        assert_eq!(prose, "q. 当直は可能ですか\n月二回までです");
    }
}
