//! The signature block below the words.

use super::line::Kind;

/// A signature has at most so many lines with something in them.
const MOST_LINES: usize = 15;

/// Finds the signature, marks its lines, and gives its text.
pub(super) fn find(
    lines: &[&str],
    kinds: &mut [Kind],
    problems: &mut Vec<String>,
) -> Option<String> {
    let own: Vec<usize> = kinds
        .iter()
        .enumerate()
        .filter(|(_, kind)| **kind == Kind::Own)
        .map(|(at, _)| at)
        .collect();
    let line = |at: usize| lines.get(at).copied().unwrap_or_default();
    let filled: Vec<usize> = own
        .iter()
        .copied()
        .filter(|at| !line(*at).trim().is_empty())
        .collect();
    let device = filled
        .iter()
        .rev()
        .take(4)
        .copied()
        .find(|at| is_device_line(line(*at)));
    let body: Vec<usize> = filled
        .iter()
        .copied()
        .filter(|at| device.is_none_or(|device| *at < device))
        .collect();
    let begin = begin(&body, &line, problems);
    let begin = match (begin, device) {
        (Some(begin), _) => begin,
        (None, Some(device)) => device,
        (None, None) => return None,
    };
    let mut text = String::new();
    for at in own.into_iter().filter(|at| *at >= begin) {
        if let Some(kind) = kinds.get_mut(at) {
            *kind = Kind::Signature;
        }
        text.push_str(line(at).trim_end());
        text.push('\n');
    }
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The line where the block begins: the earliest ruler near the end below which only a signature can be.
fn begin<'x>(
    body: &[usize],
    line: &impl Fn(usize) -> &'x str,
    problems: &mut Vec<String>,
) -> Option<usize> {
    let tail = body.len().saturating_sub(MOST_LINES + 2);
    let last = body.get(tail..).unwrap_or_default();
    let mut doubtful = false;
    for (position, at) in last.iter().enumerate() {
        let standard = matches!(
            line(*at).trim_end_matches('\r'),
            "-- " | "--" | "-- \u{a0}" | "— " | "―― "
        );
        if !standard && !is_ruler(line(*at)) {
            continue;
        }
        let below: Vec<&str> = last
            .get(position + 1..)
            .unwrap_or_default()
            .iter()
            .map(|at| line(*at))
            .collect();
        // The closing ruler of a block that was passed over.
        if below.is_empty() {
            continue;
        }
        let alone = tail + position == 0;
        match judge(&below) {
            Judgement::Signature if !alone => return Some(*at),
            Judgement::Unsure if standard && !alone => return Some(*at),
            _ => doubtful = true,
        }
    }
    if doubtful {
        problems.push("a ruler near the end may begin a signature: kept as text".to_owned());
    }
    None
}

enum Judgement {
    Signature,
    Unsure,
    Words,
}

/// What the lines below a ruler are.
fn judge(below: &[&str]) -> Judgement {
    let words = below.iter().filter(|line| is_sentence(line)).count();
    let contact = below.iter().any(|line| has_contact(line));
    let short = below.iter().all(|line| line.chars().count() <= 60);
    match (words, contact) {
        (0, true) => Judgement::Signature,
        (0, false) if short && below.len() <= 6 => {
            let rulers = below.iter().any(|line| is_ruler(line));
            if rulers || below.len() <= 4 {
                Judgement::Signature
            } else {
                Judgement::Unsure
            }
        }
        (1.., _) => Judgement::Words,
        _ => Judgement::Unsure,
    }
}

/// A sentence of running text, which stands in no signature.
fn is_sentence(line: &str) -> bool {
    let line = line.trim();
    let polite = [
        "です",
        "ます",
        "ません",
        "ました",
        "ください",
        "下さい",
        "でした",
        "たい",
    ]
    .iter()
    .any(|end| {
        line.trim_end_matches(['。', '．', '！', '、'])
            .ends_with(end)
    });
    line.contains('。') || polite || line.contains('希') || line.contains("当直")
}

/// Rows of signs: ━━━━, ＊＊＊＊, ====, □■□■, =-=-=-.
pub(super) fn is_ruler(line: &str) -> bool {
    let line = line.trim();
    let count = line.chars().count();
    (4..=120).contains(&count) && line.chars().all(is_ruler_sign)
}

fn is_ruler_sign(c: char) -> bool {
    matches!(
        c,
        '-' | '='
            | '_'
            | '*'
            | '~'
            | '+'
            | '#'
            | '.'
            | ':'
            | '/'
            | '･'
            | '・'
            | '…'
            | '‥'
            | '－'
            | '＝'
            | '＿'
            | '＊'
            | '～'
            | '〜'
            | '＋'
            | '＃'
            | '─'
            | '━'
            | '―'
            | '—'
            | '–'
            | 'ー'
            | '═'
            | '┏'
            | '┓'
            | '┗'
            | '┛'
            | '┌'
            | '┐'
            | '└'
            | '┘'
            | '│'
            | '┃'
            | '┣'
            | '┫'
            | '□'
            | '■'
            | '◇'
            | '◆'
            | '○'
            | '●'
            | '◎'
            | '☆'
            | '★'
            | '△'
            | '▲'
            | '▽'
            | '▼'
            | '※'
            | '♪'
            | '♭'
            | '♡'
            | '♥'
            | '❤'
            | '✿'
            | '❀'
            | '☘'
            | '♠'
            | '♣'
            | '♦'
            | '＾'
            | '^'
            | '≡'
            | '｡'
            | '。'
            | '゜'
            | 'ﾟ'
            | '°'
            | '⌒'
            | '∞'
            | '‐'
            | '−'
            | '｜'
            | '|'
            | '<'
            | '>'
            | '＜'
            | '＞'
            | ' '
            | '　'
    )
}

/// What only addresses and numbers of people have.
fn has_contact(line: &str) -> bool {
    let lower = line.to_lowercase();
    [
        "tel",
        "fax",
        "mail",
        "〒",
        "電話",
        "携帯",
        "ファックス",
        "http",
        "www.",
        "@",
        "住所",
        "phone",
        "mobile",
        "℡",
        "☎",
        "✉",
        "直通",
        "内線",
    ]
    .iter()
    .any(|mark| lower.contains(mark))
}

/// What a telephone's mail program adds.
fn is_device_line(line: &str) -> bool {
    let line = line.trim();
    let lower = line.to_lowercase();
    if line.chars().count() > 80 {
        return false;
    }
    (line.ends_with("から送信")
        || line.ends_with("から送信されました")
        || line.ends_with("から送信しました")
        || line.ends_with("より送信")
        || line.ends_with("を入手") && lower.contains("outlook"))
        || lower.starts_with("sent from my ")
        || lower.starts_with("sent from mail for")
        || lower.starts_with("sent from outlook")
        || lower.starts_with("sent from yahoo")
        || lower.starts_with("sent via ")
        || lower.starts_with("get outlook for")
}
