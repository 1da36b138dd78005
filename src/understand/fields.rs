//! The marks by which forms set fields and answers: 「Q. お名前」 with 「A. 上遠野 弘子」 below, 「不可,業務,手術」, 「(●)常勤」, 「週〔4〕日」.

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
    chosen(text);
    filled_in(text);
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

pattern!(CHOSEN, r"\([●◉◎■✓✔]\)");

/// 「(●)常勤」 is a ticked box.
fn chosen(text: &mut String) {
    for (start, end) in CHOSEN.spans(text) {
        let box_of_same_length = format!(
            "☑{}",
            " ".repeat((end - start).saturating_sub('☑'.len_utf8()))
        );
        text.replace_range(start..end, &box_of_same_length);
    }
}

pattern!(
    FILLED_IN,
    r"(?P<open>[\[(〔]\s?)\d[\d.,]{0,7}(?P<close>\s?[\])〕])(?:日|回|分|時|万|円|歳|才|年|月|コマ|人|名|か月)"
);

/// 「週〔4〕日」: the brackets of a filled-in blank are none.
fn filled_in(text: &mut String) {
    let brackets: Vec<(usize, usize)> = FILLED_IN
        .all(text)
        .iter()
        .flat_map(|c| [c.name("open"), c.name("close")])
        .flatten()
        .map(|m| (m.start(), m.end()))
        .collect();
    for (start, end) in brackets {
        text.replace_range(start..end, &" ".repeat(end - start));
    }
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn ticks_and_blanks() {
        let mut text = "(●)常勤 ( )非常勤\n週[4]日、片道( 40 )分".to_owned();
        let before = text.len();
        join(&mut text);
        assert_eq!(text.len(), before);
        assert!(text.starts_with("☑"), "{text}");
        assert!(text.ends_with("週 4 日、片道  40  分"), "{text}");
    }

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
