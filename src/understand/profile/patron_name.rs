//! The name of the doctor whom somebody else writes for: 「主人は戸倉修三と申しまして」, 「田中先生（72）の件」, a note's 「9/18 鴨志田先生
//! ご来局」.

use super::name::{fullest, is_name, means_more};
use super::own;
use crate::understand::kin::husband;
use crate::understand::pattern::pattern;
use crate::understand::rules::Cx;

pattern!(
    NAME_PROXY,
    concat!(
        r"(?:父|母|主人|",
        husband!(),
        r"|祖父|叔父|伯父|義父|義兄|兄)は(?P<n4>[\p{Han}]{2,4}\s?[\p{Han}]{0,3})と申し|(?:父|母|主人|",
        husband!(),
        r"|祖父|叔父|伯父|義父|義兄|兄|院長|理事長|教授|部長|センター長|科長|医長|医局長|施設長|所長|上司|同僚|友人|恩師|先輩|知人)(?:の|・|である|、|\()?\s?(?P<n>[\p{Han}]{2,6}|[\p{Han}]{1,4} [\p{Han}]{1,3})(?:\(|は|の秘書|に代わ|の件|、|が|\)|でございますが|のこと|の勤務|の指示)|(?P<n2>[\p{Han}]{2,6}\s?[\p{Han}]{0,3})(?:\([^)\n]{0,24}\))?の(?:ご?依頼(?:により|で|を受け)|ご?指示(?:により|で)|意向(?:により|で)|(?:娘|息子|長女|長男|次女|次男|三女|三男|嫁|姉|妹|弟|甥|姪|孫|娘婿|婿|秘書|妻|家内|女房|家族)(?:です|でござ|を|と|、[\p{Han}\p{Hiragana}\p{Katakana}]{1,8}(?:です|でござ|と申)))|(?P<n3>[\p{Han}]{2,6})君(?:\(|の(?:求職|再就職|就職|件|こと|登録))"
    )
);
pattern!(
    NAME_NOTE,
    r"(?P<n>(?:[\p{Han}々ヶケッノ]{1,3} )?[\p{Han}々ヶケッノ]{1,4})\s?(?:先生|教授(?:\(|の)|dr\b|医師(?:\(|の(?:次|件|こと|勤務|再就職|就職|代)))"
);

/// The name; a note of the desk names the doctor before anybody of the family.
pub(super) fn patron_name(cx: &Cx, of_office: bool) -> Option<(usize, usize)> {
    if cx.doc.latin {
        pattern!(
            PATRON,
            r"(?:husband|wife|father|mother|brother|boss|uncle),?\s\(?(?:dr\.?\s)?(?P<n>[a-z][a-z'-]+(?: [a-z][a-z'-]+){1,2})(?:,|;|\.|\)| \(| is\b| has\b|$)|\bdr\.?\s(?P<m>[a-z][a-z'-]+(?: [a-z][a-z'-]+){1,2})(?:,|\)| \(| is\b| has\b|;|\.\s|\.?$)"
        );
        return PATRON
            .first(cx.text())
            .and_then(|c| c.name("n").or(c.name("m")).map(|m| (m.start(), m.end())));
    }
    // A note names the doctor first, and their family behind.
    if let Some(name) = of_note(cx).filter(|_| of_office) {
        return Some(name);
    }
    let named: Vec<(usize, usize)> = NAME_PROXY
        .all(cx.text())
        .into_iter()
        .filter_map(|c| {
            c.name("n")
                .or(c.name("n2"))
                .or(c.name("n3"))
                .or(c.name("n4"))
                .map(|m| (m.start(), m.end()))
                .filter(|(s, e)| {
                    own(cx, *s)
                        && !cx.depts.iter().any(|d| d.start < *e && *s < d.end)
                        && is_name(cx.doc.text(*s, *e))
                        && cx.doc.text(*s, *e).chars().count() >= 2
                })
        })
        .collect();
    fullest(cx, named).or_else(|| of_note(cx))
}

/// 「9/18 11:00 鴨志田先生ご来局」
fn of_note(cx: &Cx) -> Option<(usize, usize)> {
    NAME_NOTE.all(cx.text()).into_iter().find_map(|c| {
        c.name("n")
            .map(|m| called_so(cx, m.start(), m.end()))
            .filter(|(s, e)| {
                let word = cx.doc.text(*s, *e);
                own(cx, *s)
                    && is_name(word)
                    && !matches!(word, "女医" | "担当" | "主治医" | "昨夕" | "各")
            })
    })
}

/// 「及川 勝利 先生」 is one name; in 「16:02 坂井 富樫先生」 and 「昨夜 富樫先生」 another word stands before it.
fn called_so(cx: &Cx, start: usize, end: usize) -> (usize, usize) {
    pattern!(CLOCK, r"\d[:時]\d{0,2}分?\s*$");
    let word = cx.doc.text(start, end);
    let Some((family, given)) = word.split_once(' ') else {
        return (start, end);
    };
    let one = is_name(family)
        && is_name(given)
        && word.chars().count() <= 6
        && !CLOCK.is(cx.head(start))
        && !cx.head(start).ends_with(|c: char| c.is_ascii_digit())
        && ![
            "来局", "来所", "来訪", "着信", "入電", "受電", "新規", "初回", "再来", "折返",
        ]
        .contains(&family)
        && !means_more(cx, start, start + family.len())
        && !cx
            .depts
            .iter()
            .chain(&cx.things)
            .any(|d| d.start < end && start < d.end);
    if one {
        (start, end)
    } else {
        (end - given.len(), end)
    }
}
