//! The marks by which forms set fields and answers: 「Q. お名前」 with 「A. 上遠野 弘子」 below, 「不可,業務,手術」, 「(●)常勤」, 「週〔4〕日」.

use super::choice::lines;
use super::pattern::{Pattern, pattern};

pattern!(
    QUESTION,
    r"^\s{0,3}q\s?\d{0,2}(?:\s?[.:)]\s?|\s)[^\s][^\n]{0,40}$"
);
pattern!(ANSWER, r"^\s{0,3}a\s?\d{0,2}(?:\s?[.:)]\s?|\s)");
// A field and no sentence: what is asked in full stands for itself.
pattern!(ASKS, r"[。?]\s*$|(?:か|です|ます|た)\s*$");

/// What opens brackets, what closes them, and what is written beside the chosen word: few texts have any, and those that
/// have none are not looked through.
const OPEN: [char; 3] = ['(', '[', '〔'];
const CLOSE: [char; 3] = [')', ']', '>'];
const MARKS: [char; 5] = ['○', '◯', '●', '✓', '☑'];

/// Writes the marks of forms as labels and words that prose has too. Each byte is replaced by one byte, so that all places
/// in the text stay where they are.
pub fn spell_out(text: &mut String) {
    // Found before the other marks change what stands on the lines.
    let answers = answers(text);
    spaced(text);
    fields_of_rows(text);
    marked_off(text, " / ", &SLASHED);
    marked_off(text, ">", &ANGLED);
    arrowed_below(text);
    chosen(text);
    filled_in(text);
    values_in_brackets(text);
    below_labels(text);
    picked(text);
    said_yes_or_no(text);
    marks_in_brackets(text);
    for (feed, start, end) in answers {
        label(text, [feed]);
        blank(text, [(start, end)]);
    }
}

/// Makes these bytes colons, so that a label stands before each.
fn label(text: &mut String, places: impl IntoIterator<Item = usize>) {
    for at in places {
        text.replace_range(at..=at, ":");
    }
}

/// Writes blanks over these bytes, from the first to one past the last.
fn blank(text: &mut String, ranges: impl IntoIterator<Item = (usize, usize)>) {
    for (start, end) in ranges {
        text.replace_range(start..end, &" ".repeat(end - start));
    }
}

pattern!(
    SPACED,
    r"(?m)^\s{0,3}(?:\(?\d{1,2}[.)]\s?|[・■●◆○▼]\s?|[①-⑳]\s?)?(?P<word>(?P<a>[\p{Han}])(?P<gap>\s{1,3})(?P<b>[\p{Han}]))(?:\s|:|$)"
);
/// The names of fields that forms write with a blank inside.
const OF_TWO: [&str; 30] = [
    "氏名", "年齢", "住所", "自宅", "電話", "専門", "資格", "現職", "雇用", "日数", "業務", "場所",
    "報酬", "開始", "転居", "科目", "経歴", "希望", "通勤", "給与", "時間", "曜日", "免許", "連絡",
    "備考", "形態", "年収", "期間", "地域", "当直",
];

/// 「自　宅　宮崎県都城市」: the blank inside the name of a field goes behind it.
fn spaced(text: &mut String) {
    let found: Vec<(usize, usize, String)> = SPACED
        .all(text)
        .iter()
        .filter_map(|c| {
            let word = c.name("word")?;
            let name = format!("{}{}", c.name("a")?.as_str(), c.name("b")?.as_str());
            let closed = format!("{name}{}", c.name("gap")?.as_str());
            OF_TWO
                .contains(&name.as_str())
                .then_some((word.start(), word.end(), closed))
        })
        .collect();
    for (start, end, closed) in found {
        text.replace_range(start..end, &closed);
    }
}

/// A question and its answer are to be one line, the question its label: the line feed between them, and the mark of the
/// answer from its first byte to one past its last.
fn answers(text: &str) -> Vec<(usize, usize, usize)> {
    let mut found = Vec::new();
    let mut asked: Option<usize> = None;
    for (at, line) in lines(text) {
        match asked.and_then(|feed| Some((feed, ANSWER.span(line)?.1))) {
            Some((feed, end)) => {
                found.push((feed, at, at + end));
                asked = None;
            }
            _ => {
                let may_ask = line.trim_start().starts_with('q') && !ASKS.is(line);
                asked = (may_ask && QUESTION.is(line)).then_some(at + line.len());
            }
        }
    }
    found
}

pattern!(
    ROW,
    r"^(?P<group>[^,:\n]{1,6}),(?P<field>[^,:\n]{0,8}),[^\n]+$"
);
/// Fewer rows may be prose.
const LEAST_ROWS: usize = 4;

/// 「不可,業務,手術」: in a table with commas the first columns are the field of the last.
fn fields_of_rows(text: &mut String) {
    if text.matches(',').nth(2 * LEAST_ROWS - 1).is_none() {
        return;
    }
    let commas: Vec<usize> = lines(text)
        .filter_map(|(at, line)| Some(at + ROW.first(line)?.name("field")?.end()))
        .collect();
    if commas.len() >= LEAST_ROWS {
        label(text, commas);
    }
}

pattern!(
    SLASHED,
    r"(?m)^\s{0,3}(?:[(\[〔]\d{1,2}[)\]〕]|\d{1,2}[.)]|[・●◆■▼◇])\s?[^\s/:。、][^/:。、\n]{0,13}\s(?P<s>/)\s[^:\n]*$"
);

pattern!(
    ANGLED,
    r"(?m)^[^\S\n]*[^\s>:。、<][^>:。、<\n]{0,13}(?P<s>>)[^>\s]"
);

/// 「(2) 年齢 / 67」, 「希望する曜日＞月・火」: a mark stands for a colon, where many rows have one.
fn marked_off(text: &mut String, mark: &str, row: &Pattern) {
    if text.matches(mark).nth(LEAST_LABELS - 1).is_none() {
        return;
    }
    let marks: Vec<usize> = row
        .all(text)
        .iter()
        .filter_map(|c| Some(c.name("s")?.start()))
        .collect();
    if marks.len() >= LEAST_LABELS {
        label(text, marks);
    }
}

pattern!(
    NUMBERED_LABEL,
    r"^\s{0,3}(?:\(?\d{1,2}[.)]|[①-⑳]|[・■●◆])\s?[^\s→:。、?][^→:。、?\n]{0,13}$"
);
pattern!(ARROW, r"^\s{0,3}(?P<a>→|⇒)\s?\S");

/// 「1. お名前」 over 「→ 水沢 正」: the label and its value stand on one line.
fn arrowed_below(text: &mut String) {
    if !text.contains(['→', '⇒']) {
        return;
    }
    let lines: Vec<(usize, &str)> = lines(text).collect();
    let mut feeds = Vec::new();
    let mut arrows = Vec::new();
    for pair in lines.windows(2) {
        let [(start, name), (at, value)] = pair else {
            continue;
        };
        if NUMBERED_LABEL.is(name)
            && let Some(arrow) = ARROW.first(value).and_then(|c| Some(c.name("a")?.range()))
        {
            feeds.push(start + name.len());
            arrows.push((at + arrow.start, at + arrow.end));
        }
    }
    if feeds.len() >= LEAST_LABELS {
        label(text, feeds);
        blank(text, arrows);
    }
}

pattern!(CHOSEN, r"\([●◉◎■✓✔]\)");
pattern!(
    TICKED_DAY,
    r"(?P<t>\[[xv]\])\s?[月火水木金土日祝](?:\s|$|\[|曜)"
);

pattern!(EMPTY_BRACKETS, r"\([ ]{1,3}\)\s?[^\s()]");
pattern!(STARRED, r"(?P<t>\((?:\*|レ|v)\))\s?[^\s()]");

/// 「(●)常勤」 is a ticked box, and so is 「[x] 月」 beside 「[ ] 火」, and 「(*)常勤」 beside 「( )非常勤」.
fn chosen(text: &mut String) {
    let mut ticks = if text.contains('(') {
        CHOSEN.spans(text)
    } else {
        vec![]
    };
    let beside_round = text.contains("( ") && EMPTY_BRACKETS.is(text);
    let beside_square = text.contains("[ ]");
    for (pattern, beside_empty) in [(&STARRED, beside_round), (&TICKED_DAY, beside_square)] {
        if beside_empty {
            let marks = pattern.all(text).into_iter().filter_map(|c| c.name("t"));
            ticks.extend(marks.map(|m| (m.start(), m.end())));
        }
    }
    for (start, end) in ticks {
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
    if !text.contains(OPEN) {
        return;
    }
    let brackets: Vec<(usize, usize)> = FILLED_IN
        .all(text)
        .iter()
        .flat_map(|c| [c.name("open"), c.name("close")])
        .flatten()
        .map(|m| (m.start(), m.end()))
        .collect();
    blank(text, brackets);
}

pattern!(
    VALUE_IN_BRACKETS,
    r"[^\s()\[\]:、。,](?P<open>\()\s+[^()\s◎○△×][^()]{0,40}?\s+(?P<close>\))(?m:$|\s)"
);
/// A single one may be an aside.
const LEAST_BRACKETS: usize = 3;

/// 「手術( 不可 )  往診( 可 )」: the blanks of a form are filled in between brackets.
fn values_in_brackets(text: &mut String) {
    if text.matches('(').nth(LEAST_BRACKETS - 1).is_none() {
        return;
    }
    let found = VALUE_IN_BRACKETS.all(text);
    if found.len() < LEAST_BRACKETS {
        return;
    }
    let places: Vec<(usize, usize)> = found
        .iter()
        .filter_map(|c| Some((c.name("open")?.start(), c.name("close")?.start())))
        .collect();
    label(text, places.iter().map(|(open, _)| *open));
    blank(text, places.iter().map(|(_, close)| (*close, close + 1)));
}

/// Fewer labels of that shape may be headings.
const LEAST_LABELS: usize = 4;

/// 「お名前」 with the value on the next line, further in, or 「▽年齢」 with the value before the next ▽: the label and its value
/// stand on one line.
fn below_labels(text: &mut String) {
    let lines: Vec<(usize, &str)> = lines(text).collect();
    let indented = |line: &str| line.starts_with(' ') && !line.trim().is_empty();
    let bullet = |line: &str| {
        line.trim_start()
            .starts_with(['・', '-', '*', '●', '○', '◎', '×', '□'])
    };
    let mut feeds: Vec<usize> = Vec::new();
    for (i, pair) in lines.windows(2).enumerate() {
        let [(start, name), (_, value)] = pair else {
            continue;
        };
        let is_label = !name.is_empty()
            && !name.starts_with(' ')
            && name.chars().count() <= 14
            && !name.contains(['。', '、', ':', '[', '?'])
            && !bullet(name);
        let is_value = indented(value) && !bullet(value) && !value.trim_start().starts_with('→');
        if is_label && is_value && !lines.get(i + 2).is_some_and(|next| indented(next.1)) {
            feeds.push(start + name.len());
        }
    }
    if feeds.len() < LEAST_LABELS {
        feeds = below_marks(&lines);
    }
    if feeds.len() >= LEAST_LABELS {
        label(text, feeds);
    }
}

/// The line feeds behind labels that each begin with a mark of their own and have one line below them.
fn below_marks(lines: &[(usize, &str)]) -> Vec<usize> {
    let marked = |line: &str| line.starts_with(['▽', '▼', '◇', '◆', '■', '●']);
    let mut feeds = Vec::new();
    for (i, pair) in lines.windows(2).enumerate() {
        let [(start, name), (_, value)] = pair else {
            continue;
        };
        let alone = lines
            .get(i + 2)
            .is_none_or(|next| marked(next.1) || next.1.trim().is_empty());
        if marked(name)
            && name.chars().count() <= 12
            && !name.contains(['。', '、', ':', '[', '?', ' ', '('])
            && !value.trim().is_empty()
            && !marked(value)
            && alone
        {
            feeds.push(start + name.len());
        }
    }
    feeds
}

pattern!(
    OPTIONS,
    r"(?:^|[:\]→\s])\s*(?P<o>(?:[(\[]?\s?[^\s()\[\]<>:・/、。]{1,12}\s?[)\]]?(?:<[選択済✓○]{1,3}>)?)(?:\s{0,3}[・/]\s{0,3}(?:[(\[]?\s?[^\s()\[\]<>:・/、。]{1,12}\s?[)\]]?(?:<[選択済✓○]{1,3}>)?)){1,6})\s*(?:日)?\s*(?m:$)"
);
pattern!(
    PICKED,
    r"^\s*(?:\([^()]{1,14}\)|\[[^\[\]]{1,14}\]|[^<>]{1,14}<[^<>]{1,3}>|[○◯☑✓][^○◯●☑✓×△◎<>()\[\]=]{1,12})\s*$"
);
pattern!(
    NUMBERED,
    r"^[\s(\[]*(?:週|月)?\s*(?P<n>\d)\s*(?:日|回)?[\s)\]]*$"
);

/// 「可・(不可)」, 「常勤<選択>/非常勤」, 「週 1・2・(3)・4 日」: of options side by side the marked one stands alone.
fn picked(text: &mut String) {
    if !text.contains(CLOSE) && !text.contains(MARKS) {
        return;
    }
    let mut blanks: Vec<(usize, usize)> = Vec::new();
    for c in OPTIONS.all(text) {
        let Some(options) = c.name("o") else { continue };
        let mut at = options.start();
        let pieces: Vec<(usize, &str)> = options
            .as_str()
            .split(['・', '/'])
            .map(|piece| {
                let start = at;
                let mark = text
                    .get(at + piece.len()..)
                    .and_then(|t| t.chars().next())
                    .map_or(0, char::len_utf8);
                at += piece.len() + mark;
                (start, piece)
            })
            .collect();
        let marked = pieces.iter().filter(|p| PICKED.is(p.1)).count();
        // 「○外来・×病棟」 grades each.
        let graded = pieces.iter().any(|p| p.1.contains(['×', '△', '◎']));
        if marked == 0 || marked == pieces.len() || graded {
            continue;
        }
        let numbers = pieces.iter().all(|p| NUMBERED.is(p.1));
        for (start, piece) in &pieces {
            let end = start + piece.len();
            if PICKED.is(piece) {
                for (i, ch) in piece.char_indices().filter(|(_, ch)| "()[]".contains(*ch)) {
                    blanks.push((start + i, start + i + ch.len_utf8()));
                }
                if let Some(open) = piece.find('<') {
                    blanks.push((start + open, end));
                }
            } else if let (true, Some(n)) = (
                numbers,
                NUMBERED
                    .first(piece)
                    .and_then(|c| c.name("n").map(|m| (m.start(), m.end()))),
            ) {
                blanks.push((start + n.0, start + n.1));
            } else {
                blanks.push((*start, end));
            }
            let mark = text.get(end..).and_then(|t| t.chars().next());
            if end < options.end()
                && let Some(mark) = mark
            {
                blanks.push((end, end + mark.len_utf8()));
            }
        }
    }
    blank(text, blanks);
}

pattern!(
    YES_OR_NO,
    r"(?P<ma>[○◯●✓☑]\s?)?(?P<yes>可|要|有り?|あり|はい|する|希望する)(?P<mb>\s?[✓☑]|\s?\[\s*✓\s*\])?(?P<ea>\s?\[\s*\])?\s{1,3}(?P<mc>[○◯●✓☑]\s?)?(?P<no>不可|不要|無し?|なし|いいえ|しない|希望しない)(?P<md>\s?[✓☑]|\s?\[\s*✓\s*\])?(?P<eb>\s?\[\s*\])?(?m:$|\s)"
);

/// 「可 不可✓」, 「する ◯しない」, 「可[ ] 不可[✓]」: of yes and no the marked one stands alone.
fn said_yes_or_no(text: &mut String) {
    if !text.contains(MARKS) {
        return;
    }
    let mut blanks: Vec<(usize, usize)> = Vec::new();
    for c in YES_OR_NO.all(text) {
        let any = |names: [&str; 2]| names.iter().any(|n| c.name(n).is_some());
        let (yes, no) = (any(["ma", "mb"]), any(["mc", "md"]));
        let boxed = c
            .name("yes")
            .and_then(|m| text.get(..m.start()))
            .is_some_and(|head| head.trim_end().ends_with(['□', '☐', ')']));
        if yes == no || boxed {
            continue;
        }
        let gone = if yes { "no" } else { "yes" };
        for name in [gone, "ma", "mb", "mc", "md", "ea", "eb"] {
            blanks.extend(c.name(name).map(|m| (m.start(), m.end())));
        }
    }
    blank(text, blanks);
}

pattern!(MARK_IN_BRACKETS, r"[(\[]\s*(?P<m>[◎○◯△×])\s*[)\]]");

/// 「病棟( ○ )」 is 「病棟○」.
fn marks_in_brackets(text: &mut String) {
    if !text.contains(OPEN) {
        return;
    }
    let marks: Vec<(usize, usize, String)> = MARK_IN_BRACKETS
        .all(text)
        .iter()
        .filter_map(|c| {
            let (all, mark) = (c.get(0)?, c.name("m")?.as_str());
            let rest = (all.end() - all.start()).saturating_sub(mark.len());
            Some((
                all.start(),
                all.end(),
                format!("{mark}{}", " ".repeat(rest)),
            ))
        })
        .collect();
    for (start, end, mark) in marks {
        text.replace_range(start..end, &mark);
    }
}

#[cfg(test)]
mod tests {
    use super::spell_out;

    #[test]
    fn ticks_and_blanks() {
        let mut text = "(●)常勤 ( )非常勤\n週[4]日、片道( 40 )分".to_owned();
        let before = text.len();
        spell_out(&mut text);
        assert_eq!(text.len(), before);
        assert!(text.starts_with("☑"), "{text}");
        assert!(text.ends_with("週 4 日、片道  40  分"), "{text}");
    }

    #[test]
    fn the_marked_option_stands_alone() {
        for (form, left) in [
            ("当直 可 ・(不可)", "当直 不可"),
            ("当直 可・不可", "当直 可・不可"),
            ("[転居] 可/不可<選択>", "[転居] 不可"),
            ("日数 週 1 ・ 2 ・(3)・ 4 日", "日数 週 3 日"),
            (
                "q3 当直は可能ですか → はい・[いいえ]",
                "q3 当直は可能ですか → いいえ",
            ),
            ("外来(午前)・病棟", "外来(午前)・病棟"),
            ("形態 常勤 ・ ○非常勤 ・ 単発", "形態 ○非常勤"),
            ("○外来・×病棟", "○外来・×病棟"),
            ("当直 可 不可✓", "当直 不可"),
            ("日直 可[✓] 不可[ ]", "日直 可"),
            ("当直:□可 ☑不可", "当直:□可 ☑不可"),
            ("当直:する ◯しない", "当直: しない"),
            ("病棟( ○ ) 外来(×)", "病棟○ 外来×"),
        ] {
            let mut text = form.to_owned();
            spell_out(&mut text);
            assert_eq!(text.len(), form.len());
            let words: Vec<&str> = text.split_whitespace().collect();
            assert_eq!(words.join(" "), left, "{form}");
        }
    }

    #[test]
    fn values_below_their_labels() {
        let mut text =
            "お名前\n 水沢\n年齢\n 61\n曜日\n 月・水\n当直\n 不可\n備考\n 透析も".to_owned();
        spell_out(&mut text);
        assert_eq!(
            text,
            "お名前: 水沢\n年齢: 61\n曜日: 月・水\n当直: 不可\n備考: 透析も"
        );
        let mut list = "希望\n ・外来\n ・健診".to_owned();
        spell_out(&mut list);
        assert_eq!(list, "希望\n ・外来\n ・健診");
    }

    #[test]
    fn values_below_marked_labels() {
        let mut text =
            "▽氏名\n水沢 正\n▽年齢\n61\n▽曜日\n月・水\n▽当直\n不可\n▽業務\n外来\n健診".to_owned();
        spell_out(&mut text);
        assert_eq!(
            text,
            "▽氏名:水沢 正\n▽年齢:61\n▽曜日:月・水\n▽当直:不可\n▽業務\n外来\n健診"
        );
        let mut headings = "■希望\n週2日\n■条件\n通勤30分".to_owned();
        spell_out(&mut headings);
        assert_eq!(headings, "■希望\n週2日\n■条件\n通勤30分");
    }

    #[test]
    fn a_slash_between_blanks_is_a_colon() {
        let mut text =
            "(1) お名前 / 水沢\n(2) 年齢 / 61\n(3) 曜日 / 月・水\n(4) 業務 / 外来 / 健診"
                .to_owned();
        spell_out(&mut text);
        assert_eq!(
            text,
            "(1) お名前 : 水沢\n(2) 年齢 : 61\n(3) 曜日 : 月・水\n(4) 業務 : 外来 / 健診"
        );
    }

    #[test]
    fn rows_of_a_table_are_fields() {
        let mut text = "本人,氏名,早乙女\n必須,通勤,40分\n不可,業務,手術\n備考,,以上".to_owned();
        spell_out(&mut text);
        assert_eq!(
            text,
            "本人,氏名:早乙女\n必須,通勤:40分\n不可,業務:手術\n備考,:以上"
        );
        let mut prose = "内科,外科,整形外科を診ます".to_owned();
        spell_out(&mut prose);
        assert_eq!(prose, "内科,外科,整形外科を診ます");
    }

    #[test]
    fn an_answer_follows_its_question_on_the_line() {
        let mut text = "q. お名前\na. 上遠野 弘子\nq3. 曜日\na3: 火\n以上".to_owned();
        let before = text.len();
        spell_out(&mut text);
        assert_eq!(text, "q. お名前:   上遠野 弘子\nq3. 曜日:    火\n以上");
        assert_eq!(text.len(), before);
        let mut prose = "q. 当直は可能ですか\n月二回までです".to_owned();
        spell_out(&mut prose);
        assert_eq!(prose, "q. 当直は可能ですか\n月二回までです");
    }
}
