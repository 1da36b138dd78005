//! Address lists (RFC 5322 section 3.4) and what clients write instead.

use super::{header, word};
use crate::domain::message::Mailbox;

/// One entry of a list while it is read.
#[derive(Default)]
struct Entry {
    phrase: String,
    angle: Option<String>,
    comment: String,
    quoted: bool,
}

/// Reads every mailbox of a raw header value; members of groups stand where their group stands.
pub(crate) fn parse(raw: &[u8], problem: &mut Option<String>) -> Vec<Mailbox> {
    let text = header::unfold(raw, problem);
    let mut mailboxes: Vec<Mailbox> = Vec::new();
    let mut waiting: Option<Entry> = None;
    for mut entry in entries(&text) {
        // `Sato, Taro <t@example.jp>`: a comma that should have been quoted.
        if let Some(before) = waiting.take() {
            if entry.angle.is_some() && !before.phrase.contains('@') {
                entry.phrase = format!("{}, {}", before.phrase.trim(), entry.phrase.trim());
            } else {
                push(&mut mailboxes, before, problem);
            }
        }
        let bare = entry.angle.is_none() && !entry.phrase.contains('@') && !entry.quoted;
        if bare && !entry.phrase.trim().is_empty() {
            waiting = Some(entry);
        } else {
            push(&mut mailboxes, entry, problem);
        }
    }
    if let Some(entry) = waiting {
        push(&mut mailboxes, entry, problem);
    }
    mailboxes
}

fn push(mailboxes: &mut Vec<Mailbox>, entry: Entry, problem: &mut Option<String>) {
    let Entry {
        phrase,
        angle,
        comment,
        ..
    } = entry;
    let mailbox = match angle {
        Some(angle) => {
            let address = address_of(&angle, problem);
            let shown = if phrase.trim().is_empty() {
                comment
            } else {
                phrase
            };
            Mailbox {
                name: name_of(&shown, problem),
                address,
            }
        }
        None => without_angle(&phrase, &comment, problem),
    };
    if !mailbox.address.is_empty() || !mailbox.name.is_empty() {
        mailboxes.push(mailbox);
    }
}

/// An entry without `<…>`: a bare address, an address beside a name, or only a name.
fn without_angle(phrase: &str, comment: &str, problem: &mut Option<String>) -> Mailbox {
    let phrase = if phrase.contains("=?") {
        word::decode_text(phrase, problem)
    } else {
        phrase.to_owned()
    };
    if let Some((before, after)) = phrase.split_once('<') {
        return Mailbox {
            name: name_of(before, problem),
            address: address_of(after, problem),
        };
    }
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let quoted_local = phrase.trim_start().starts_with('"') && phrase.contains("\"@");
    if words.len() <= 1 || quoted_local || phrase.contains(" @") || phrase.contains("@ ") {
        let address = address_of(&phrase, problem);
        return Mailbox {
            name: name_of(comment, problem),
            address,
        };
    }
    match words.iter().find(|word| word.contains('@')) {
        Some(address) => {
            let name: Vec<&str> = words
                .iter()
                .filter(|word| *word != address)
                .copied()
                .collect();
            Mailbox {
                name: name_of(&name.join(" "), problem),
                address: address_of(address, problem),
            }
        }
        None => Mailbox {
            name: name_of(&phrase, problem),
            address: String::new(),
        },
    }
}

/// An address without brackets, source route, `mailto:`, comments and blanks around its dots and `@`.
fn address_of(text: &str, problem: &mut Option<String>) -> String {
    let decoded = if text.contains("=?") {
        word::decode_text(text, problem)
    } else {
        text.to_owned()
    };
    let text = decoded.trim().trim_matches(['<', '>', ' ', '\'', ',', ';']);
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let text = match text.strip_prefix('@').and_then(|rest| rest.split_once(':')) {
        Some((_, address)) => address,
        None => text,
    };
    let mut quoted = false;
    let kept: String = text
        .chars()
        .filter(|c| {
            if *c == '"' {
                quoted = !quoted;
            }
            // An encoded word may hold a line break even inside quotes.
            !c.is_control() && (quoted || !c.is_whitespace())
        })
        .collect();
    let kept = match kept
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
    {
        // `"a@example.jp"`: the quotes stand around the whole address.
        Some(inner) if inner.contains('@') && !inner.contains('"') => inner.to_owned(),
        _ => kept,
    };
    kept.trim_end_matches('.').to_owned()
}

/// A display name for people: unquoted, decoded, on one line.
fn name_of(text: &str, problem: &mut Option<String>) -> String {
    let text = text.trim();
    let unescaped = unescape(text);
    let decoded = word::decode_text(&unescaped, problem);
    // Some clients encode the quotes along with the name.
    let decoded = word::clean(&decoded, problem);
    let decoded = match decoded
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
    {
        Some(inner) => inner.trim(),
        None => decoded.as_str(),
    };
    match decoded
        .strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix('\''))
    {
        Some(inner) => inner.trim().to_owned(),
        None => decoded.to_owned(),
    }
}

/// Takes the quotes and escapes of quoted strings away, wherever in the phrase they stand.
fn unescape(text: &str) -> String {
    if !text.contains(['"', '\\']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => out.extend(characters.next()),
            '"' => {}
            _ => out.push(c),
        }
    }
    out
}

/// Cuts a list into entries at commas and semicolons outside quotes, comments and brackets; drops the names of groups.
fn entries(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut entry = Entry::default();
    let mut quoted = false;
    let mut escaped = false;
    let mut comments = 0_u32;
    let mut angle = false;
    let balanced = text.matches('"').count().is_multiple_of(2);
    let closes = text.matches('(').count() == text.matches(')').count();
    for c in text.chars() {
        if escaped {
            escaped = false;
            held(&mut entry, comments, angle).push(c);
            continue;
        }
        match c {
            '\\' if quoted || comments > 0 => {
                escaped = true;
                if comments == 0 {
                    held(&mut entry, comments, angle).push(c);
                }
            }
            '"' if comments == 0 && balanced => {
                quoted = !quoted;
                entry.quoted = true;
                held(&mut entry, comments, angle).push(c);
            }
            _ if quoted => held(&mut entry, comments, angle).push(c),
            '(' if closes && !angle => {
                comments += 1;
                if comments > 1 {
                    entry.comment.push(c);
                }
            }
            ')' if comments > 0 => {
                comments -= 1;
                if comments > 0 {
                    entry.comment.push(c);
                }
            }
            _ if comments > 0 => entry.comment.push(c),
            '<' => {
                if angle {
                    // `<<a@example.jp>>`, or a name with a bracket in it.
                    let inner = entry.angle.take().unwrap_or_default();
                    entry.phrase.push_str(&inner);
                }
                angle = true;
                entry.angle = Some(String::new());
            }
            '>' => angle = false,
            ',' | ';' if !angle || entry.angle.as_deref().is_some_and(|a| a.contains('@')) => {
                angle = false;
                entries.push(std::mem::take(&mut entry));
            }
            ':' if !angle && group_name(&entry) => entry = Entry::default(),
            _ => held(&mut entry, comments, angle).push(c),
        }
    }
    entries.push(entry);
    entries
}

/// `Staff:` opens a group; `mailto:` and a name with an address before the colon do not.
fn group_name(entry: &Entry) -> bool {
    entry.angle.is_none()
        && !entry.phrase.contains('@')
        && !entry.phrase.trim().eq_ignore_ascii_case("mailto")
        && (!entry.phrase.contains("=?") || entry.phrase.trim_end().ends_with("?="))
}

fn held(entry: &mut Entry, comments: u32, angle: bool) -> &mut String {
    if comments > 0 {
        &mut entry.comment
    } else if angle {
        entry.angle.get_or_insert_default()
    } else {
        &mut entry.phrase
    }
}
