//! What the doctor practises, and whether there is a present post.

use super::{Fact, page::Page};
use crate::domain::wish::{ProfileField, Value};
use crate::understand::{
    dates,
    lexicon::{self, Meaning},
    normalize::Norm,
    pattern::{number, pattern},
};

pattern!(
    PRESENT,
    r"現在に至る|現在に到る|現在にいたる|(?:~|から|より|-)\s*現在|現職|至現在|在職中|勤務中"
);
pattern!(
    LEFT,
    r"(?P<when>(?:(?P<era>昭和|平成|令和|s|h|r)\s*\.?\s*(?P<ey>元|\d{1,2})|(?P<y>19[4-9]\d|20[0-4]\d))\s*[年./-]\s*(?P<m>\d{1,2})[^\n]*?)(?:定年退職|退職|退官|退任|閉院)"
);

/// Posts where the years of training were spent are not what a doctor practises.
const TRAINING: &[&str] = &["研修医", "研修", "卒業", "入学", "入局"];

/// Departments where a label names them; else of the present or last post.
pub(super) fn specialties(page: &Page<'_>) -> Vec<Fact> {
    let labels = [
        "専門分野",
        "専門科目",
        "専門領域",
        "専門診療科",
        "専門科",
        "診療科目",
        "診療科",
        "標榜科",
        "専攻",
        "専門",
    ];
    let mut out = vec![];
    for found in page.labelled(&labels) {
        departments(found.cell, "cv::specialty", &mut out);
    }
    if out.is_empty() {
        let last = present(page).unwrap_or(page.rows.len().saturating_sub(1));
        for row in page.rows.iter().take(last + 1).rev() {
            let squeezed = row.squeezed();
            // Societies and titles name departments as well.
            if TRAINING.iter().any(|word| squeezed.contains(word))
                || squeezed.contains("学会")
                || squeezed.contains("専門医")
                || !squeezed.contains(|c: char| c.is_ascii_digit())
                    && !PRESENT.is(&Norm::new(row.text).text)
                    && !squeezed.contains("病院")
            {
                continue;
            }
            departments(row.text, "cv::post", &mut out);
            if !out.is_empty() {
                break;
            }
        }
    }
    out
}

fn departments(words: &str, rule: &'static str, out: &mut Vec<Fact>) {
    let norm = Norm::new(words);
    for hit in lexicon::depts(&norm.text) {
        let Meaning::Dept(name) = hit.meaning else {
            continue;
        };
        if !out.iter().any(|fact| fact.value.as_text() == Some(name)) {
            out.push(Fact::new(
                ProfileField::Specialty,
                Value::text(name),
                norm.quote(hit.start, hit.end),
                rule,
            ));
        }
    }
}

/// The row that says that the post goes on.
fn present(page: &Page<'_>) -> Option<usize> {
    page.rows
        .iter()
        .position(|row| PRESENT.is(&Norm::new(&row.squeezed()).text))
}

/// Employed where the career goes on; retired where it ended with a retirement and nothing came after.
pub(super) fn status(page: &Page<'_>) -> Vec<Fact> {
    if let Some(row) = present(page).and_then(|at| page.rows.get(at)) {
        let norm = Norm::new(row.text);
        let quote = PRESENT
            .span(&norm.text)
            .map_or(row.text, |(start, end)| norm.quote(start, end));
        return vec![Fact::new(
            ProfileField::Status,
            Value::text("employed"),
            quote,
            "cv::present",
        )];
    }
    let Some(at) = page.rows.iter().rposition(|row| {
        let text = Norm::new(row.text).text;
        text.contains("病院") || text.contains("退職") || text.contains("クリニック")
    }) else {
        return vec![];
    };
    let Some(row) = page.rows.get(at) else {
        return vec![];
    };
    let norm = Norm::new(row.text);
    let Some(c) = LEFT.first(&norm.text) else {
        return vec![];
    };
    let Some(all) = c.get(0) else { return vec![] };
    let quote = norm.quote(all.start(), all.end());
    let mut out = vec![Fact::new(
        ProfileField::Status,
        Value::text("retired"),
        quote,
        "cv::retired",
    )];
    let year = match (c.name("era"), c.name("ey")) {
        (Some(era), Some(year)) => dates::era_year(era.as_str(), year.as_str()).map(i64::from),
        _ => number(&c, "y"),
    };
    if let (Some(year), Some(month)) = (year, number(&c, "m").filter(|m| (1..=12).contains(m))) {
        out.push(Fact::new(
            ProfileField::RetireOn,
            Value::text(format!("{year}-{month:02}")),
            quote,
            "cv::retired",
        ));
    }
    out
}
