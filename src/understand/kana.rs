//! Mails in half-width kana only, as old word processors and telegrams write: 「ﾄｳﾁｮｸ ﾂｷ 2ｶｲ ﾏﾃﾞ」.
//!
//! `lexicon/kana.tsv` gives the usual spelling of the words of this trade; what is not in it becomes hiragana.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A letter of hiragana; marks of iteration and of voice are none.
pub(super) fn is_hiragana(c: char) -> bool {
    ('\u{3041}'..='\u{3096}').contains(&c)
}

/// The longest word of the table, in characters.
const LONGEST: usize = 10;

static WORDS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    include_str!("lexicon/kana.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once('\t'))
        .collect()
});

/// Whether a text is written so: much half-width kana, hardly any hiragana.
pub(super) fn written_so(text: &str) -> bool {
    let (mut half, mut hiragana) = (0usize, 0usize);
    for c in text.chars() {
        match c {
            '\u{ff66}'..='\u{ff9f}' => half += 1,
            '\u{3041}'..='\u{309f}' => hiragana += 1,
            _ => {}
        }
    }
    half >= 24 && hiragana * 4 < half
}

/// The longest word of the table at the head of a run of full-width katakana: its usual spelling and its length.
pub(super) fn word(run: &[char]) -> Option<(&'static str, usize)> {
    (2..=run.len().min(LONGEST)).rev().find_map(|n| {
        let head: String = run.iter().take(n).collect();
        WORDS.get(head.as_str()).map(|w| (*w, n))
    })
}

/// A full-width katakana as hiragana.
pub(super) fn hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
        c => c,
    }
}
