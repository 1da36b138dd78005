//! Lines of a plain-text mail: at most 38 full-width characters, broken where a Japanese reader would break them.

/// The width of a line in columns: a full-width character takes two.
const COLUMNS: usize = 76;

/// Characters that never begin a line (行頭禁則).
const NEVER_FIRST: &str =
    "、。，．・：；？！）」』】〕｝〉》〜ー々…ゃゅょっャュョッぁぃぅぇぉァィゥェォ,.:;?!)]}>%％%";

/// Characters that never end a line (行末禁則).
const NEVER_LAST: &str = "（「『【〔｛〈《([{<■□";

/// Particles after which a line may end when something else than hiragana follows.
const PARTICLES: &str = "をはがにでともへのてば";

/// Wraps every line of a text that is too wide; continued list items are indented below their text.
pub fn wrap(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(wrap_line).collect();
    lines.join("\n")
}

fn wrap_line(line: &str) -> String {
    let indent = continuation_indent(line);
    let mut done: Vec<String> = Vec::new();
    let mut rest: Vec<char> = line.chars().collect();
    while width(&rest) > COLUMNS {
        let Some(cut) = best_cut(&rest, indent.chars().count()) else {
            break;
        };
        let tail: String = rest.iter().skip(cut).collect();
        let head: String = rest.iter().take(cut).collect();
        done.push(head.trim_end().to_owned());
        rest = format!("{indent}{}", tail.trim_start()).chars().collect();
    }
    done.push(rest.into_iter().collect());
    done.join("\n")
}

/// The blanks before a line's text; below a list mark the text is moved one place further.
fn continuation_indent(line: &str) -> String {
    let blanks: String = line.chars().take_while(|c| c.is_whitespace()).collect();
    match line.trim_start().chars().next() {
        Some('・') => format!("{blanks}　"),
        Some('-') => format!("{blanks}  "),
        _ => blanks,
    }
}

fn width(chars: &[char]) -> usize {
    chars.iter().map(|c| columns(*c)).sum()
}

fn columns(c: char) -> usize {
    if c.is_ascii() || ('\u{FF61}'..='\u{FF9F}').contains(&c) {
        1
    } else {
        2
    }
}

/// How good a place is for a line to end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// Allowed, inside a phrase.
    Anywhere,
    /// After a particle or an item of a list.
    Phrase,
    /// After a comma, a full stop, a closing bracket, or a blank.
    Clause,
}

/// The number of characters of the first line: the last good place that leaves the line reasonably full.
fn best_cut(chars: &[char], indent: usize) -> Option<usize> {
    let mut used = 0;
    let mut best: Option<(u8, usize)> = None;
    let mut first_later = None;
    for (at, pair) in chars.windows(2).enumerate() {
        let [prev, next] = pair else { continue };
        let after = chars.get(at + 2).copied();
        used += columns(*prev);
        if at < indent {
            continue;
        }
        let Some(place) = place(*prev, *next, after) else {
            continue;
        };
        // A blank at the end of a line takes no room: it is cut off.
        let visible = used
            - if prev.is_whitespace() {
                columns(*prev)
            } else {
                0
            };
        if visible > COLUMNS {
            first_later = first_later.or(Some(at + 1));
            break;
        }
        let rank = match place {
            Place::Clause if used * 2 >= COLUMNS => 3,
            Place::Phrase if used * 3 >= COLUMNS * 2 => 2,
            Place::Clause | Place::Phrase => 1,
            Place::Anywhere if used * 3 >= COLUMNS * 2 => 1,
            Place::Anywhere => 0,
        };
        if best.is_none_or(|(known, _)| rank >= known) {
            best = Some((rank, at + 1));
        }
    }
    best.map(|(_, cut)| cut).or(first_later)
}

/// Whether a line may end between two characters, and how well.
fn place(prev: char, next: char, after: Option<char>) -> Option<Place> {
    if NEVER_FIRST.contains(next) || NEVER_LAST.contains(prev) || next == '　' {
        return None;
    }
    if prev == ' ' || next == ' ' {
        return (next != ' ').then_some(Place::Clause);
    }
    if prev.is_ascii() && next.is_ascii() {
        return None;
    }
    if "、。，．；？！".contains(prev) || prev == '　' {
        return Some(Place::Clause);
    }
    if "）」』】".contains(prev) {
        // A particle after a closing bracket belongs to it.
        return Some(if is_hiragana(next) {
            Place::Anywhere
        } else {
            Place::Clause
        });
    }
    // A number stays with its unit and with the word before it, a katakana word in one piece.
    if prev.is_ascii_digit() || next.is_ascii_digit() || (is_katakana(prev) && is_katakana(next)) {
        return None;
    }
    // 「ご希望」 and 「お電話」 open a phrase as their noun would.
    let honorific = matches!(next, 'ご' | 'お') && after.is_some_and(|c| !is_hiragana(c));
    let opens_phrase = honorific || !is_hiragana(next);
    if PARTICLES.contains(prev) && opens_phrase {
        return Some(Place::Phrase);
    }
    if prev == '・' || next == '（' || next == '「' {
        return Some(Place::Phrase);
    }
    Some(Place::Anywhere)
}

fn is_hiragana(c: char) -> bool {
    ('\u{3041}'..='\u{309F}').contains(&c)
}

fn is_katakana(c: char) -> bool {
    ('\u{30A0}'..='\u{30FF}').contains(&c)
}
