//! Words of strangers on a card: markdown, mentions, links and marks that steer text are made harmless before they are shown.

/// What stands where a text was cut.
pub const CUT: &str = "…";

/// Keeps an `@` from being read as the start of a mention.
const JOINT: char = '\u{200B}';

/// The length of a text in UTF-16 units, as Discord's own client counts; never less than its number of characters.
pub fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Marks that steer the direction of text, stand invisibly in it or carry hidden words.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0E}'
        | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFC}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// More combining marks than this on one letter pile up over the lines around it.
const STACKED_MARKS: usize = 2;

fn is_combining(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0489}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// What is left of a text when its invisible marks, control characters and piled-up accents are gone. Line ends and tabs
/// stay, the latter as a blank.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut stacked = 0;
    for c in text.replace("\r\n", "\n").replace('\r', "\n").chars() {
        if is_combining(c) {
            stacked += 1;
            if stacked > STACKED_MARKS {
                continue;
            }
        } else {
            stacked = 0;
        }
        match c {
            '\n' => out.push('\n'),
            '\t' => out.push(' '),
            c if c.is_control() || is_invisible(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// One line for places where no markdown is read (button labels, titles of forms, names of threads), of at most `most` units.
pub fn plain(text: &str, most: usize) -> String {
    let line = visible(text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    cut(&line, most)
}

/// A text of at most `most` units; a cut is shown by 「…」.
pub fn cut(text: &str, most: usize) -> String {
    if length(text) <= most {
        return text.to_owned();
    }
    fit(text.chars().map(String::from), most)
}

/// One line for places where markdown is read.
pub fn line(text: &str, most: usize) -> String {
    let one = visible(text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    markdown(&one, most)
}

/// A text for places where markdown is read, every sign that would be read as markup escaped, of at most `most` units.
pub fn markdown(text: &str, most: usize) -> String {
    let pieces = escaped(&visible(text));
    if pieces.iter().map(|p| length(p)).sum::<usize>() <= most {
        return pieces.concat();
    }
    fit(pieces.into_iter(), most)
}

/// Whether [`markdown`] would cut the text.
pub fn is_cut(text: &str, most: usize) -> bool {
    escaped(&visible(text))
        .iter()
        .map(|p| length(p))
        .sum::<usize>()
        > most
}

fn fit(pieces: impl Iterator<Item = String>, most: usize) -> String {
    let room = most.saturating_sub(length(CUT));
    let mut out = String::new();
    let mut used = 0;
    for piece in pieces {
        used += length(&piece);
        if used > room {
            break;
        }
        out.push_str(&piece);
    }
    let kept = out.trim_end().len();
    out.truncate(kept);
    if most > 0 {
        out.push_str(CUT);
    }
    out
}

/// A text cut into the smallest pieces that must not be torn apart, escapes with what they escape.
fn escaped(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let at = |i: usize| chars.get(i).copied();
    let mut out: Vec<String> = Vec::with_capacity(chars.len());
    // Only blanks, quote marks or a list number so far on this line.
    let mut line_start = true;
    let mut number = false;
    for (i, &c) in chars.iter().enumerate() {
        let before = i.checked_sub(1).and_then(at);
        let after = at(i + 1);
        let piece = match c {
            '\\' | '*' | '_' | '~' | '`' | '|' | '<' | '[' | ']' => format!("\\{c}"),
            '#' | '-' | '+' | '>' if line_start => format!("\\{c}"),
            '.' | ')' if line_start && number => format!("\\{c}"),
            ':' if touches_word(before) || touches_word(after) || after == Some('/') => {
                format!("\\{c}")
            }
            '@' if is_mention(&chars, i) => format!("@{JOINT}"),
            c => c.to_string(),
        };
        out.push(piece);
        match c {
            '\n' => (line_start, number) = (true, false),
            '0'..='9' if line_start => number = true,
            '#' | '-' | '+' | '>' if line_start && !number => {}
            c if c.is_whitespace() && !number => {}
            _ => line_start = false,
        }
    }
    out
}

fn touches_word(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '_' | '+' | '-'))
}

/// An `@` that is not the middle of a mail address, or that calls everybody all the same.
fn is_mention(chars: &[char], at: usize) -> bool {
    // The star is the mark of a masked address.
    let address_like = |c: Option<&char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || *c == '*');
    let inside = at
        .checked_sub(1)
        .is_some_and(|b| address_like(chars.get(b)))
        && address_like(chars.get(at + 1));
    let rest: String = chars
        .iter()
        .skip(at + 1)
        .take(8)
        .collect::<String>()
        .to_lowercase();
    !inside || rest.starts_with("everyone") || rest.starts_with("here")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn markup_is_shown_as_written() {
        for (text, expect) in [
            ("**太字** __下線__", "\\*\\*太字\\*\\* \\_\\_下線\\_\\_"),
            ("@everyone 至急", "@\u{200B}everyone 至急"),
            ("md@everyone", "md@\u{200B}everyone"),
            ("sato@example.jp まで", "sato@example.jp まで"),
            ("sa***@example.jp", "sa\\*\\*\\*@example.jp"),
            ("<@123> <#4>", "\\<@\u{200B}123> \\<#4>"),
            (
                "[押す](https://example.com)",
                "\\[押す\\](https\\://example.com)",
            ),
            ("# 見出し", "\\# 見出し"),
            ("> 引用", "\\> 引用"),
            ("  - 一つ", "  \\- 一つ"),
            ("1. 一つ", "1\\. 一つ"),
            ("10:30 から 3-4日", "10:30 から 3-4日"),
            (":smile:", "\\:smile\\:"),
            ("```js\nx```", "\\`\\`\\`js\nx\\`\\`\\`"),
            ("||隠す||", "\\|\\|隠す\\|\\|"),
            ("a\u{202E}b\u{200B}c\u{E0041}", "abc"),
            ("は\u{301}\u{301}\u{301}\u{301}い", "は\u{301}\u{301}い"),
            ("がっ\u{3099}", "がっ\u{3099}"),
        ] {
            assert_eq!(markdown(text, 500), expect, "{text}");
        }
    }

    #[test]
    fn a_cut_is_shown_and_tears_no_escape() {
        assert_eq!(markdown("あいうえお", 4), "あいう…");
        assert_eq!(markdown("あいうえお", 5), "あいうえお");
        assert_eq!(markdown("ab*cd", 4), "ab…");
        assert_eq!(plain("一行\nに\tする", 100), "一行 に する");
        assert_eq!(cut("😀😀😀", 5), "😀😀…");
    }

    fn is_steering(c: char) -> bool {
        matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    }

    proptest! {
        #[test]
        fn whatever_is_written_keeps_its_limit_and_calls_nobody(text in "(\\PC|[@<>*_`~|:/\\\\\n\u{202E}\u{200B}]|@everyone|<@&1>|https://){0,60}", most in 1usize..200) {
            let safe = markdown(&text, most);
            prop_assert!(length(&safe) <= most);
            prop_assert!(!safe.contains("@everyone") && !safe.contains("@here"));
            prop_assert_eq!(safe.matches("://").count(), safe.matches("\\://").count());
            prop_assert!(!safe.contains("<@") || safe.contains("\\<@"));
            let steered = safe.chars().any(is_steering);
            prop_assert!(!steered);
            let one = plain(&text, most);
            prop_assert!(length(&one) <= most && !one.contains('\n'));
        }
    }
}
