//! Which line is whose.

use super::attribution::{self, Strength};
use super::block;

/// Whose a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The sender's.
    Own,
    /// Quoted from another mail.
    Quoted,
    /// What a client writes above a quoted mail.
    Header,
    /// The signature's.
    Signature,
}

/// Whether a line is marked as quoted: `>`, `＞`, `|`, or initials before them as Becky! and Emacs write.
pub(super) fn is_quoted(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '\u{a0}', '　']);
    if line.starts_with(['>', '＞', '≫']) {
        // `>_<` and `>>>` prompts of people are rare; an arrow is not a quotation.
        return !line.starts_with(">_<") && !line.starts_with(">.<");
    }
    if line.starts_with("| ") || line.starts_with("¦ ") || line.trim_end() == "|" {
        return line.matches('|').count() <= 1;
    }
    let initials = line
        .chars()
        .take_while(|c| c.is_ascii_alphabetic())
        .take(7)
        .count();
    (1..=6).contains(&initials)
        && line
            .get(initials..)
            .is_some_and(|rest| rest == ">" || rest.starts_with("> "))
}

/// Says of each line whose it is; signatures are found later.
pub(super) fn classify(lines: &[&str]) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = lines
        .iter()
        .map(|line| {
            if is_quoted(line) {
                Kind::Quoted
            } else {
                Kind::Own
            }
        })
        .collect();
    let mut at = 0;
    while at < lines.len() {
        let rest = lines.get(at..).unwrap_or_default();
        let is_own = kinds.get(at) == Some(&Kind::Own);
        if !is_own || rest.first().is_none_or(|line| line.trim().is_empty()) {
            at += 1;
            continue;
        }
        if let Some(length) = block::header_block(rest) {
            // Below such a block the old mail stands without marks, down to the end.
            let begin = ruler_above(lines, &kinds, at).unwrap_or(at);
            mark(&mut kinds, begin, at + length, Kind::Header);
            // At the top of a mail it may introduce what is quoted with marks; the answer stands below.
            if is_above_marks(lines, &kinds, at, at + length) {
                at += length;
                continue;
            }
            mark(&mut kinds, at + length, lines.len(), Kind::Quoted);
            break;
        }
        if rest
            .first()
            .is_some_and(|line| attribution::shares_line(line.trim()))
        {
            mark(&mut kinds, at + 1, lines.len(), Kind::Quoted);
            break;
        }
        if let Some((length, strength)) = attribution::lines(rest) {
            let after = at + length;
            let next = lines
                .get(after..)
                .unwrap_or_default()
                .iter()
                .position(|line| !line.trim().is_empty());
            let marked = next.is_some_and(|next| kinds.get(after + next) == Some(&Kind::Quoted));
            if marked {
                mark(&mut kinds, at, after + next.unwrap_or(0), Kind::Header);
                at = after;
                continue;
            }
            if strength == Strength::Sure {
                mark(&mut kinds, at, after, Kind::Header);
                mark(&mut kinds, after, lines.len(), Kind::Quoted);
                break;
            }
        }
        at += 1;
    }
    kinds
}

/// Nothing of the sender's stands above `begin`, and the first filled line from `end` on is marked as quoted.
fn is_above_marks(lines: &[&str], kinds: &[Kind], begin: usize, end: usize) -> bool {
    let filled = |at: &usize| lines.get(*at).is_some_and(|line| !line.trim().is_empty());
    let is = |at: usize, kind: Kind| kinds.get(at) == Some(&kind);
    let nothing_above = !(0..begin).any(|at| filled(&at) && is(at, Kind::Own));
    let below = (end..lines.len()).find(filled);
    nothing_above && below.is_some_and(|at| is(at, Kind::Quoted))
}

/// Where a mail begins with an attribution and nothing is left of it, the lines without a mark are the sender's after all:
/// programs mark what they quote below such a line. Says whether there were any.
pub(super) fn unmark_below_attribution(lines: &[&str], kinds: &mut [Kind]) -> bool {
    let first = lines.iter().position(|line| !line.trim().is_empty());
    let attributed = first
        .and_then(|first| lines.get(first..))
        .is_some_and(|rest| {
            block::header_block(rest).is_none() && attribution::lines(rest).is_some()
        });
    if !attributed {
        return false;
    }
    let mut found = false;
    for (kind, line) in kinds.iter_mut().zip(lines) {
        if *kind == Kind::Quoted && !is_quoted(line) {
            *kind = Kind::Own;
            found |= !line.trim().is_empty();
        }
    }
    found
}

/// The ruler that the client drew above its block, with nothing but blank lines between.
fn ruler_above(lines: &[&str], kinds: &[Kind], at: usize) -> Option<usize> {
    let above = (0..at).rev().take(4).find(|above| {
        lines
            .get(*above)
            .is_some_and(|line| !line.trim().is_empty())
    })?;
    // Other signs may close a signature.
    let is_ruler = lines.get(above).is_some_and(|line| {
        block::is_bare_ruler(line) && line.trim_start().starts_with(['-', '_'])
    });
    (is_ruler && kinds.get(above) == Some(&Kind::Own)).then_some(above)
}

fn mark(kinds: &mut [Kind], from: usize, to: usize, kind: Kind) {
    for slot in kinds.iter_mut().take(to).skip(from) {
        *slot = kind;
    }
}
