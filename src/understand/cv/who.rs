//! Name, address and telephone.

use super::{Fact, page::Page};
use crate::domain::wish::{ProfileField, Value};
use crate::places::locate;
use crate::understand::{normalize::Norm, pattern::pattern, place};

/// What stands in a name's cell and is no name.
const NO_NAMES: &[&str] = &[
    "ふりがな",
    "フリガナ",
    "氏名",
    "生年月日",
    "性別",
    "男",
    "女",
    "男性",
    "女性",
    "写真",
    "印",
    "自署",
    "現住所",
    "年齢",
    "国籍",
];

pub(super) fn name(page: &Page<'_>) -> Option<Fact> {
    page.labelled(&["氏名", "お名前", "名前", "医師名", "name"])
        .into_iter()
        .find_map(|found| {
            let mut words = bare(found.cell);
            // Surname and given name in two cells.
            let next = found.rest.split('\t').nth(1).map(|cell| bare(cell.trim()));
            if let Some(next) = next
                && is_part(words)
                && is_part(next)
                && let Some(end) = found.rest.find(next)
            {
                words = found.rest.get(..end + next.len()).unwrap_or(words);
            }
            let value: String = words.chars().filter(|c| !c.is_whitespace()).collect();
            let letters = value
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '々' | 'ー' | '・' | '.' | '-'));
            let latin = value.is_ascii();
            let length = value.chars().count();
            (letters
                && (2..=if latin { 40 } else { 12 }).contains(&length)
                && !NO_NAMES.contains(&value.as_str()))
            .then(|| Fact::new(ProfileField::Name, Value::text(value), words, "cv::name"))
        })
}

/// Without seal, title, reading and sex.
fn bare(cell: &str) -> &str {
    let cell = cell
        .split(['(', '（', '/', '／', '['])
        .next()
        .unwrap_or_default()
        .trim();
    let mut words = cell;
    for end in ["印", "㊞", "様", "殿", "先生", "医師", "男", "女"] {
        words = words
            .strip_suffix(end)
            .filter(|rest| rest.ends_with([' ', '\u{3000}']) || end.chars().count() > 1)
            .map_or(words, str::trim_end);
    }
    words
}

/// A surname or a given name alone.
fn is_part(word: &str) -> bool {
    let han = |c: char| {
        ('\u{4e00}'..='\u{9fff}').contains(&c)
            || ('\u{3040}'..='\u{30ff}').contains(&c)
            || c == '々'
    };
    (1..=4).contains(&word.chars().count()) && word.chars().all(han) && !NO_NAMES.contains(&word)
}

/// Whether two namings can be one person: 「佐藤」 and 「佐藤一郎」, 「髙橋」 and 「高橋」; kana and Latin letters tell nothing
/// about kanji.
pub(super) fn same(a: &str, b: &str) -> bool {
    let plain = |name: &str| -> String {
        Norm::new(name)
            .text
            .chars()
            .map(|c| match c {
                '髙' => '高',
                '﨑' => '崎',
                '邊' | '邉' => '辺',
                '齋' | '齊' | '斉' => '斎',
                '澤' => '沢',
                '濵' | '濱' => '浜',
                c => c,
            })
            .filter(|c| !c.is_whitespace())
            .collect()
    };
    let (a, b) = (plain(a), plain(b));
    let kanji = |name: &str| name.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    a.starts_with(&b) || b.starts_with(&a) || !kanji(&a) || !kanji(&b)
}

pattern!(POSTCODE, r"^\s*(?:〒|郵便番号)?\s*:?\s*\d{3}-?\d{4}\s*");

pub(super) fn home(page: &Page<'_>) -> Option<Fact> {
    let labels = [
        "現住所",
        "自宅住所",
        "住所",
        "連絡先住所",
        "ご住所",
        "自宅",
        "homeaddress",
        "address",
    ];
    page.labelled(&labels)
        .into_iter()
        .find_map(|found| home_in(found.cell).or_else(|| home_in(found.rest)))
        .or_else(|| {
            // The postcode in one row, the address in the next.
            let at = page.rows.iter().position(|row| row.text.contains('〒'))?;
            let rows = page.rows.get(at..(at + 2).min(page.rows.len()))?;
            rows.iter().find_map(|row| {
                let from = row.text.find('〒').map_or(0, |at| at);
                home_in(row.text.get(from..).unwrap_or_default().trim())
            })
        })
}

fn home_in(words: &str) -> Option<Fact> {
    let norm = Norm::new(words);
    let skipped = POSTCODE.span(&norm.text).map_or(0, |(_, end)| end);
    let from = if skipped == 0 {
        0
    } else {
        norm.original_range(0, skipped).1
    };
    let address = words.get(from..)?.trim();
    if let (Some(place), rest) = locate(address) {
        let used = address.len().checked_sub(rest.len())?;
        let quote = address.get(..used)?;
        return Some(Fact::new(
            ProfileField::Home,
            Value::text(place.to_string()),
            quote,
            "cv::home",
        ));
    }
    let norm = Norm::new(address);
    let hit = place::find(&norm.text)
        .into_iter()
        .next()
        .filter(|hit| !hit.ambiguous)?;
    Some(Fact::new(
        ProfileField::Home,
        Value::text(hit.value),
        norm.quote(hit.start, hit.end),
        "cv::home",
    ))
}

pattern!(
    PHONE,
    r"\+?\d{2,5}[-( ]{1,2}\d{1,4}[-) ]{1,2}\d{3,4}|0[5789]0\d{8}|0\d{9}"
);

pub(super) fn phone(page: &Page<'_>) -> Option<Fact> {
    let labels = [
        "携帯電話番号",
        "携帯電話",
        "携帯番号",
        "携帯",
        "電話番号",
        "電話",
        "連絡先電話番号",
        "連絡先",
        "tel",
        "phone",
    ];
    page.labelled(&labels).into_iter().find_map(|found| {
        let norm = Norm::new(found.rest);
        let (start, end) = PHONE.span(&norm.text)?;
        let words = norm.slice(start, end);
        let digits = words.chars().filter(char::is_ascii_digit).count();
        if !(9..=13).contains(&digits) || !words.starts_with(['0', '+']) {
            return None;
        }
        let value: String = words
            .chars()
            .map(|c| if matches!(c, '(' | ')' | ' ') { '-' } else { c })
            .collect();
        Some(Fact::new(
            ProfileField::Phone,
            Value::text(value.trim_matches('-').replace("--", "-")),
            norm.quote(start, end),
            "cv::phone",
        ))
    })
}
