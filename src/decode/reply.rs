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
        signature,
        problems,
    }
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
