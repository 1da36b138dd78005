//! The part of an address below the municipality: the town and what follows it.

/// One spelling of a town for looking it up: narrow digits, numerals before 丁目 as digits, without 大字 and 字, one form of
/// what differs in print only.
pub(super) fn key(town: &str) -> String {
    let folded: Vec<char> = town
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            'ヵ' | 'ヶ' | 'が' => 'ケ',
            'ノ' | '之' => 'の',
            'ッ' => 'ツ',
            other => other,
        })
        .collect();
    let mut out = String::new();
    let mut rest = folded.as_slice();
    while let [first, tail @ ..] = rest {
        let numerals = rest.iter().take_while(|c| numeral(**c).is_some()).count();
        let (run, after) = rest.split_at(numerals);
        if numerals > 0 && after.starts_with(&['丁', '目']) {
            out.push_str(&number(run).to_string());
            rest = after;
        } else {
            out.push(*first);
            rest = tail;
        }
    }
    for prefix in ["大字", "字"] {
        if let Some(bare) = out.strip_prefix(prefix) {
            return bare.to_owned();
        }
    }
    out
}

fn numeral(c: char) -> Option<u32> {
    "〇一二三四五六七八九"
        .chars()
        .position(|n| n == c)
        .and_then(|n| u32::try_from(n).ok())
        .or(if c == '十' { Some(10) } else { None })
}

/// 二十三 is 23.
fn number(run: &[char]) -> u32 {
    let (mut sum, mut unit) = (0u32, 0u32);
    for n in run.iter().filter_map(|c| numeral(*c)) {
        if n == 10 {
            sum = sum.saturating_add(unit.max(1) * 10);
            unit = 0;
        } else {
            unit = unit.saturating_mul(10).saturating_add(n);
        }
    }
    sum.saturating_add(unit)
}

/// 「豊洲1丁目」 and 「2-27」 of 豊洲1丁目2-27 and of 豊洲1-2-27: of three numbers the first, where it is small, is the 丁目. Numerals
/// before 丁目 are a part of the town.
pub fn split_town(rest: &str) -> (String, &str) {
    let rest = rest.trim_start();
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let hyphen = |c: char| matches!(c, '-' | '－' | '−' | '‐' | '–' | '—' | 'ー' | 'の' | 'ノ');
    if let Some((at, mark)) = rest.match_indices("丁目").next() {
        let head = rest.get(..at).unwrap_or_default();
        let short = head.chars().count() <= 16
            && !head.contains(char::is_whitespace)
            && !head.contains(hyphen_in_numbers);
        if short && head.ends_with(|c: char| digit(c) || numeral(c).is_some()) {
            let (town, tail) = rest.split_at_checked(at + mark.len()).unwrap_or((rest, ""));
            return (town.to_owned(), tail);
        }
    }
    let end = rest
        .find(|c: char| c.is_numeric() && numeral(c).is_none() || c.is_whitespace() || c == '-')
        .unwrap_or(rest.len());
    let (town, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let first: String = tail.chars().take_while(|c| digit(*c)).collect();
    let after = tail.get(first.len()..).unwrap_or_default();
    let separators = after
        .chars()
        .take_while(|c| digit(*c) || hyphen(*c))
        .filter(|c| hyphen(*c))
        .count();
    let small = first.chars().count() <= 2 && !first.is_empty();
    if separators >= 2 && small && after.starts_with(hyphen) && !town.is_empty() {
        let tail = after.trim_start_matches(hyphen);
        return (format!("{town}{first}丁目"), tail);
    }
    (town.to_owned(), tail)
}

fn hyphen_in_numbers(c: char) -> bool {
    matches!(c, '-' | '－' | '−')
}
