//! What a form offers and the writer did not choose: 「(1)常勤 (2)非常勤 (3)その他 → 1」, 「[常勤]・非常勤」, 「□水」.

use super::pattern::{compile, pattern};
use super::replaced;
use regex::Regex;
use std::sync::LazyLock;

pattern!(
    CHOSEN,
    r"(?:→|⇒|->|:|=)\s*\(?\s*(?P<n>[1-9①-⑨])\s*\)?\s*(?:番|を希望|です)?\s*$"
);
pattern!(OPTION, r"(?:\(\d\)|[①-⑨]|\d[.)])");
pattern!(
    ARROWED,
    r"(?P<all>(?:[^\s・/:→⇒|]{1,8}\s*[・/]\s*){1,4}[^\s・/:→⇒|]{1,8})\s*(?:→|⇒)\s*\(?(?P<one>[^\s・/:→⇒|(]{1,8})"
);

/// Options before the arrow that names the chosen one.
fn offered(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    for (start, line) in lines(text) {
        if line.contains(['(', '.', ')']) || line.contains(|c| ('①'..='⑨').contains(&c)) {
            numbered(line, start, &mut out);
            circled(line, start, &mut out);
        }
        if line.contains(['→', '⇒']) {
            arrowed(line, start, &mut out);
        }
    }
    out
}

/// The lines with the byte where each begins.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split('\n').scan(0, |next, line| {
        let start = *next;
        *next += line.len() + 1;
        Some((start, line))
    })
}

/// The number before an option of a row.
struct Mark {
    start: usize,
    end: usize,
    n: u32,
    circled: bool,
}

fn marks(line: &str) -> Vec<Mark> {
    OPTION
        .all(line)
        .iter()
        .filter_map(|c| c.get(0))
        .filter_map(|m| {
            Some(Mark {
                start: m.start(),
                end: m.end(),
                n: ordinal(m.as_str())?,
                circled: m.as_str().contains(|c| ('①'..='⑨').contains(&c)),
            })
        })
        .collect()
}

/// Numbered 1, 2, 3 from the first on.
fn in_order(marks: &[Mark]) -> bool {
    marks
        .iter()
        .zip(1u32..)
        .all(|(mark, expected)| mark.n == expected)
}

/// Numbered options with the number of the chosen one at the end of the line.
fn numbered(line: &str, start: usize, out: &mut Vec<(usize, usize)>) {
    let marks = marks(line);
    if marks.len() < 2 {
        return;
    }
    let Some(chosen) = CHOSEN.first(line) else {
        return;
    };
    let (Some(end), Some(n)) = (
        chosen.get(0).map(|m| m.start()),
        chosen.name("n").and_then(|m| ordinal(m.as_str())),
    ) else {
        return;
    };
    let marks: Vec<_> = marks.into_iter().filter(|m| m.end <= end).collect();
    if marks.len() < 2 || !in_order(&marks) {
        return;
    }
    for (i, mark) in marks.iter().enumerate().filter(|(_, m)| m.n != n) {
        let until = marks.get(i + 1).map_or(end, |next| next.start);
        out.push((start + mark.start, start + until));
    }
}

/// 「1.在職 2.退職予定 ③退職後 4.休職」: of a row of numbers the circled ones are chosen.
fn circled(line: &str, start: usize, out: &mut Vec<(usize, usize)>) {
    let marks = marks(line);
    let some_circled = marks.iter().any(|m| m.circled) && !marks.iter().all(|m| m.circled);
    if marks.len() < 3 || !in_order(&marks) || !some_circled {
        return;
    }
    for (i, mark) in marks.iter().enumerate().filter(|(_, m)| !m.circled) {
        let until = marks.get(i + 1).map_or(line.len(), |next| next.start);
        let piece = line.get(mark.start..until).unwrap_or_default();
        let until = piece.find('→').map_or(until, |at| mark.start + at);
        out.push((start + mark.start, start + until));
    }
}

/// 「常勤・非常勤 → 非常勤」: of the options before the arrow none counts.
fn arrowed(line: &str, start: usize, out: &mut Vec<(usize, usize)>) {
    for c in ARROWED.all(line) {
        let (Some(all), Some(one)) = (c.name("all"), c.name("one")) else {
            continue;
        };
        let offered = all
            .as_str()
            .split(['・', '/'])
            .any(|w| w.trim() == one.as_str().trim());
        if offered {
            out.push((start + all.start(), start + all.end()));
        }
    }
}

fn ordinal(mark: &str) -> Option<u32> {
    mark.chars().find_map(|c| match c {
        '①'..='⑨' => Some(u32::from(c) - u32::from('①') + 1),
        c => c.to_digit(10),
    })
}

static BOXES: LazyLock<Option<Regex>> =
    LazyLock::new(|| compile(r"(?:□|☐|\(x\)|\(\s*\)|\[\s*\])\s*[^\s□☐☑☒■✓✔()\[\]\n]{1,16}"));

/// Everything on the page that does not count; sorted.
pub(super) fn masks(text: &str) -> Vec<(usize, usize)> {
    let mut all = boxes(text);
    all.extend(beside_brackets(text));
    all.extend(offered(text));
    all.extend(replaced::spans(text));
    all.sort_unstable();
    all
}

static CHOICE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?P<l>(?:[^\s・/=:\[\]【】]{1,8}\s*[・/]\s*){0,3})[\[【][^\]】\n]{1,8}[\]】](?P<r>(?:\s*[○]?\s*[・/]\s*[^\s・/=:\[\]【】(]{1,8}){0,3})",
    )
});

/// What stands beside the bracketed choice: 「[常勤]・非常勤」.
fn beside_brackets(text: &str) -> Vec<(usize, usize)> {
    if !text.contains(['[', '【']) {
        return Vec::new();
    }
    CHOICE
        .as_ref()
        .map(|re| {
            re.captures_iter(text)
                .flat_map(|c| {
                    [c.name("l"), c.name("r")]
                        .into_iter()
                        .flatten()
                        .map(|m| (m.start(), m.end()))
                        .collect::<Vec<_>>()
                })
                .filter(|(s, e)| e > s)
                .collect()
        })
        .unwrap_or_default()
}

fn boxes(text: &str) -> Vec<(usize, usize)> {
    let ticked = text.contains(['☑', '✓', '✔', '☒'])
        || text.contains("(o)")
        || text.contains("[レ]")
        || text.contains("[○]")
        || text.contains("[ ]")
        || text.contains("[x]")
        || text.matches('□').count() > 1;
    if !ticked {
        return Vec::new();
    }
    let mut out: Vec<(usize, usize)> = BOXES
        .as_ref()
        .map(|re| re.find_iter(text).map(|m| (m.start(), m.end())).collect())
        .unwrap_or_default();
    for (start, line) in lines(text) {
        rows(line, start, &mut out);
    }
    out
}

/// A row of boxes: 「☐ ward 病棟 ☑ outpatient 外来」, or with the box behind its word: 「Mon ☐ Tue ☑」.
fn rows(line: &str, start: usize, out: &mut Vec<(usize, usize)>) {
    const EMPTY: [char; 2] = ['☐', '□'];
    const TICKED: [char; 5] = ['☑', '✓', '✔', '☒', '■'];
    let marks: Vec<(usize, char)> = line
        .char_indices()
        .filter(|(_, c)| EMPTY.contains(c) || TICKED.contains(c))
        .collect();
    if marks.len() < 2 {
        return;
    }
    let last = marks.last().map_or(0, |m| m.0 + m.1.len_utf8());
    let behind = line.get(last..).unwrap_or_default().trim();
    let box_behind = behind.is_empty() || behind.starts_with('(') && behind.ends_with(')');
    for (i, (at, mark)) in marks.iter().enumerate() {
        if !EMPTY.contains(mark) {
            continue;
        }
        if box_behind {
            let head = line.get(..*at).unwrap_or_default().trim_end();
            let word = head
                .rfind(|c: char| c.is_whitespace() || c == ':')
                .map_or(0, |k| k + 1);
            out.push((start + word, start + at));
        } else if let Some(next) = marks.get(i + 1) {
            out.push((start + at, start + next.0));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> Vec<&str> {
        offered(text)
            .into_iter()
            .map(|(s, e)| text.get(s..e).unwrap_or_default().trim())
            .collect()
    }

    #[test]
    fn what_was_not_chosen() {
        assert_eq!(
            masked("勤務 (1)常勤 (2)非常勤 (3)その他 → 1"),
            ["(2)非常勤", "(3)その他"]
        );
        assert_eq!(
            masked("(1)不可 (2)月2回まで可 (3)月4回まで可 ⇒ (2)"),
            ["(1)不可", "(3)月4回まで可"]
        );
        assert_eq!(masked("常勤・非常勤→非常勤(週2日以内)"), ["常勤・非常勤"]);
        assert_eq!(
            masked("1.在職 2.退職予定 ③退職後 4.休職"),
            ["1.在職", "2.退職予定", "4.休職"]
        );
        assert!(masked("①外来 → 可").is_empty());
        assert!(masked("(1)平日 (2)土曜").is_empty());
        assert!(masked("週4→週3").is_empty());
    }
}
