//! The sender's own new words: the text without the mail it answers and without the signature.
//!
//! Whole lines are kept or dropped, never parts of one. Dropping a doctor's own words is worse than keeping some of
//! somebody else's, so a doubtful line is kept and the doubt is told.

mod attribution;
mod block;
mod line;
mod signature;

use line::Kind;

/// A text taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Parted {
    pub(crate) new_text: String,
    /// As `new_text`, with the questions before the answers.
    pub(crate) answers: Option<String>,
    pub(crate) signature: Option<String>,
    pub(crate) problems: Vec<String>,
}

/// What a text is taken apart by, besides its lines.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Envelope<'x> {
    /// The display name of the author.
    pub(crate) sender: &'x str,
    /// The subject calls the mail a forwarded one, or the mail answers nothing.
    pub(crate) keeps_quotes: bool,
}

/// Takes a text apart.
pub(crate) fn part(text: &str, envelope: Envelope<'_>) -> Parted {
    let lines: Vec<&str> = text.split('\n').collect();
    let mut kinds = line::classify(&lines);
    let mut problems = Vec::new();
    let own = |kinds: &[Kind]| {
        lines
            .iter()
            .zip(kinds)
            .any(|(line, kind)| *kind == Kind::Own && !line.trim().is_empty())
    };
    if !own(&kinds) && !text.trim().is_empty() {
        let attributed = kinds.contains(&Kind::Header);
        if envelope.keeps_quotes || !attributed {
            problems.push("nothing but quoted text: kept as the sender's words".to_owned());
            kinds = vec![Kind::Own; lines.len()];
        } else if line::unmark_below_attribution(&lines, &mut kinds) {
            problems
                .push("unmarked text below an attribution: kept as the sender's words".to_owned());
        }
    }
    if answers_inside(&lines, &kinds) {
        problems.push("answers may stand inside the quoted mail".to_owned());
    }
    let signature = signature::find(&lines, &mut kinds, envelope.sender, &mut problems);
    let mut new_text = String::with_capacity(text.len());
    let mut skipped = false;
    for (line, kind) in lines.iter().zip(&kinds) {
        if *kind != Kind::Own {
            skipped = true;
            continue;
        }
        // Answers that stood apart stay apart.
        if skipped && !new_text.is_empty() && !new_text.ends_with("\n\n") {
            new_text.push('\n');
        }
        skipped = false;
        new_text.push_str(line);
        new_text.push('\n');
    }
    Parted {
        new_text: trimmed(&new_text),
        answers: answers(&lines, &kinds),
        signature,
        problems,
    }
}

/// Of a question that goes on for more lines than that, the last ones are kept.
const MOST_OF_A_QUESTION: usize = 6;
/// One answer below a quotation is an answer to all of it, as people write who quote above.
const LEAST_ANSWERS: usize = 2;

/// The sender's words with the quoted lines right above them, where several answers stand between quoted lines.
fn answers(lines: &[&str], kinds: &[Kind]) -> Option<String> {
    let mut text = String::new();
    let mut question: Vec<&str> = Vec::new();
    let mut answered = 0;
    for (line, kind) in lines.iter().zip(kinds) {
        match kind {
            Kind::Quoted if line::is_quoted(line) => {
                let marks = [' ', '\t', '　', '>', '＞', '≫', '|', '¦'];
                let words = line.trim_start_matches(marks);
                // What the quoted mail quotes itself is no question of it.
                let marked = line.trim_end_matches(words);
                if marked.matches(['>', '＞', '|', '¦']).count() > 1 || marked.contains('≫') {
                    question.clear();
                } else {
                    question.push(words.trim_end());
                }
            }
            Kind::Own if line.trim().is_empty() && !question.is_empty() => {}
            Kind::Own => {
                let asked = question.iter().any(|q| !q.is_empty());
                answered += usize::from(asked);
                let first = question.len().saturating_sub(MOST_OF_A_QUESTION);
                for words in question.drain(..).skip(first).filter(|q| !q.is_empty()) {
                    text.push_str("> ");
                    text.push_str(words);
                    text.push('\n');
                }
                text.push_str(line);
                text.push('\n');
            }
            _ => question.clear(),
        }
    }
    (answered >= LEAST_ANSWERS).then(|| trimmed(&text))
}

/// 「青字で回答いたします」: words that announce answers between the lines of an unmarked quotation.
fn answers_inside(lines: &[&str], kinds: &[Kind]) -> bool {
    const CUES: [&str; 12] = [
        "青字",
        "赤字",
        "緑字",
        "太字で",
        "文中に",
        "本文中",
        "インライン",
        "以下に追記",
        "下記に追記",
        "以下に記入",
        "下記に記入",
        "inline",
    ];
    let mut own = lines
        .iter()
        .zip(kinds)
        .filter(|(_, kind)| **kind == Kind::Own);
    kinds.contains(&Kind::Header) && own.any(|(line, _)| CUES.iter().any(|cue| line.contains(cue)))
}

/// Without the blank lines at both ends; the first line keeps its indentation.
fn trimmed(text: &str) -> String {
    let text = text.trim_end();
    let mut rest = text;
    while let Some((first, after)) = rest.split_once('\n') {
        if !first.trim().is_empty() {
            break;
        }
        rest = after;
    }
    rest.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers_of(text: &str) -> Option<String> {
        let envelope = Envelope {
            sender: "",
            keeps_quotes: false,
        };
        part(text, envelope).answers
    }

    #[test]
    fn answers_keep_their_questions() {
        let text = "お世話になります。\n\n> 1. 通勤は30分以内でよろしいですか。\n40分までなら可です。\n> 2. 当直は\n> いかがですか。\n\nできません。\n\n> 以上よろしくお願いします。\n";
        assert_eq!(
            answers_of(text).as_deref(),
            Some(
                "お世話になります。\n\n> 1. 通勤は30分以内でよろしいですか。\n40分までなら可です。\n> 2. 当直は\n> いかがですか。\nできません。"
            )
        );
    }

    #[test]
    fn a_mail_quoted_above_or_below_is_not_asked() {
        for text in [
            "> 先日はありがとうございました。\n> いかがでしょうか。\n\n承知しました。",
            "承知しました。\n\n> 先日はありがとうございました。\n> いかがでしょうか。",
            "承知しました。",
        ] {
            assert_eq!(answers_of(text), None, "{text}");
        }
    }
}
