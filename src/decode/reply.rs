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

/// Takes a text apart. `forwarded` says that the subject calls the mail a forwarded one.
pub(crate) fn part(text: &str, forwarded: bool) -> Parted {
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
        if forwarded || !attributed {
            problems.push("nothing but quoted text: kept as the sender's words".to_owned());
            kinds = vec![Kind::Own; lines.len()];
        }
    }
    let signature = signature::find(&lines, &mut kinds, &mut problems);
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
