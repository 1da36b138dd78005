//! The licence and the titles.

use super::{Fact, page::Page};
use crate::domain::wish::{ProfileField, Value};
use crate::understand::{
    dates,
    normalize::Norm,
    pattern::{number, pattern},
};

pattern!(
    YEAR,
    r"(?:(?P<era>昭和|平成|令和|s|h|r)\s*\.?\s*(?P<ey>元|\d{1,2})|(?P<y>19[4-9]\d|20[0-4]\d))(?:\s|年|/|\.|-|\(|\)|,|:)"
);
pattern!(
    LICENSED,
    r"医師免許|医籍登録|医籍|医師登録|医師国家試験|medical licen[cs]e|national (?:medical )?(?:licens\w+ )?exam"
);
pattern!(
    GRADUATED,
    r"(?:医学部|医学科|医科大学|医大|医学専門学群|大学院?)[^\n]{0,16}卒業?"
);
pattern!(GONE, r"失効|更新|予定|見込|受験|不合格|退会");

/// The year of the licence; of the graduation in medicine only where no licence is given.
pub(super) fn license(page: &Page<'_>) -> Option<Fact> {
    let found = |pattern: &crate::understand::pattern::Pattern, rule| {
        page.rows.iter().find_map(|row| {
            let norm = Norm::new(row.text);
            let (word_start, word_end) = pattern.span(&norm.text)?;
            // A row of several cells has its own year before or behind the word; the nearest one counts.
            let (start, end, year) =
                years(&norm.text)
                    .into_iter()
                    .min_by_key(|(start, end, _)| {
                        start.abs_diff(word_end).min(end.abs_diff(word_start))
                    })?;
            Some(Fact::new(
                ProfileField::LicenseYear,
                Value::Number(year),
                norm.quote(start.min(word_start), end.max(word_end)),
                rule,
            ))
        })
    };
    found(&LICENSED, "cv::license").or_else(|| found(&GRADUATED, "cv::graduation"))
}

/// All years of a row: where they stand, and what they are in the western count.
fn years(text: &str) -> Vec<(usize, usize, i64)> {
    // A year may stand at the end of its row.
    let ended = format!("{text} ");
    YEAR.all(&ended)
        .iter()
        .filter_map(|c| {
            let all = c.get(0)?;
            let year = match (c.name("era"), c.name("ey")) {
                (Some(era), Some(year)) => i64::from(dates::era_year(era.as_str(), year.as_str())?),
                _ => number(c, "y")?,
            };
            Some((all.start(), all.end().min(text.len()), year))
        })
        .filter(|(_, _, year)| (1945..=2045).contains(year))
        .collect()
}

pattern!(
    OF_SOCIETY,
    r"(?P<society>(?:日本|国際)[\p{Han}ァ-ヶー・]{0,24}?(?:学会|協会|連合会|医師会|機構))\s*[(（]?\s*(?P<title>(?:(?:認定|公認)\s*)?[\p{Han}ァ-ヶー]{0,18}?(?:専門医|指導医|認定医|認定内科医|産業医|標榜医|指定医|サポート医))"
);
pattern!(
    ALONE,
    r"(?P<title>[\p{Han}ァ-ヶー]{1,18}?(?:専門医|指導医|認定医|産業医|標榜医|指定医|サポート医|コンサルタント))|(?P<degree>医学博士|博士\s*\(医学\))|インフェクションコントロールドクター"
);

pub(super) fn certifications(page: &Page<'_>) -> Vec<Fact> {
    let mut out: Vec<Fact> = vec![];
    for row in &page.rows {
        let norm = Norm::new(row.text);
        if GONE.is(&norm.text) {
            continue;
        }
        let mut read_to = 0;
        for c in OF_SOCIETY.all(&norm.text) {
            let (Some(all), Some(society)) = (c.get(0), c.name("society")) else {
                continue;
            };
            alone(&norm, read_to, all.start(), &mut out);
            read_to = all.end();
            let words = norm.quote(all.start(), all.end());
            push(&mut out, words, words);
            // 「○○学会専門医・指導医」: two titles of one society.
            let rest = norm.slice(all.end(), norm.text.len());
            let second = ["・指導医", "、指導医", "/指導医", " 指導医", ",指導医"]
                .iter()
                .find(|second| rest.starts_with(**second));
            if let Some(second) = second {
                read_to += second.len();
                let society = norm.quote(society.start(), society.end());
                push(
                    &mut out,
                    &format!("{society}指導医"),
                    norm.quote(all.start(), read_to),
                );
            }
        }
        alone(&norm, read_to, norm.text.len(), &mut out);
    }
    out
}

/// Titles that name no society, in a piece of a row.
fn alone(norm: &Norm<'_>, from: usize, to: usize, out: &mut Vec<Fact>) {
    for c in ALONE.all(norm.slice(from, to)) {
        let Some(all) = c.get(0) else { continue };
        let (mut start, end) = (from + all.start(), from + all.end());
        if c.name("degree").is_some() {
            push(out, "医学博士", norm.quote(start, end));
            continue;
        }
        // 「12月産業医」: the date is no part of the title.
        let after_digit = norm.slice(0, start).ends_with(|c: char| c.is_ascii_digit());
        if after_digit && norm.slice(start, end).starts_with(['年', '月', '日']) {
            start += '年'.len_utf8();
        }
        let words = norm.quote(start, end);
        // 「専門医」 alone is a heading or a column's name; a society without 日本 in front is not known to be one.
        let bare = words.chars().filter(|c| !c.is_whitespace()).count() <= 3;
        if (!bare || words == "指定医") && !words.contains("学会") {
            push(out, words, words);
        }
    }
}

fn push(out: &mut Vec<Fact>, title: &str, words: &str) {
    let value: String = title
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '(' | '（'))
        .collect();
    let known = out
        .iter()
        .any(|fact| fact.value.as_text() == Some(value.as_str()));
    if !known && !value.is_empty() {
        out.push(Fact::new(
            ProfileField::Certification,
            Value::text(value),
            words,
            "cv::certification",
        ));
    }
}
