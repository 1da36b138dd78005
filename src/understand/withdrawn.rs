//! Withdrawals that name the matter and not the value: 「年収の件は取り下げます」 takes back what is on file.

use super::pattern::pattern;
use super::rules::Cx;
use crate::domain::wish::{Field, Strength, Wish};

pattern!(
    WITHDRAWN,
    r"(?P<f>年収|給与|給料|曜日|勤務地|通勤時間|通勤|日数|開始時期|勤務時間)(?:の|に関する)?(?:条件|件|希望|制限|こだわり)(?:は|を|も|については)[^。\n]{0,12}?(?:取り下げ|外して|撤回|白紙|なくて(?:結構|構|よ|い)|こだわりません|不要)"
);

/// The wishes on file that the mail takes back as a whole.
pub(super) fn wishes(cx: &Cx, on_file: &[Wish], said: &[Wish]) -> Vec<Wish> {
    let mut out: Vec<Wish> = Vec::new();
    if on_file.is_empty() {
        return out;
    }
    for c in WITHDRAWN.all(cx.text()) {
        let (Some(all), Some(matter)) = (c.get(0), c.name("f")) else {
            continue;
        };
        if !cx.doc.counts(all.start()) || cx.scope.asked(all.start()) {
            continue;
        }
        let field = match matter.as_str() {
            "年収" | "給与" | "給料" => Field::SalaryMin,
            "曜日" => Field::Day,
            "勤務地" => Field::Area,
            "通勤時間" | "通勤" => Field::CommuteMinutes,
            "日数" => Field::DaysPerWeek,
            "開始時期" => Field::Start,
            _ => Field::Hours,
        };
        for old in on_file.iter().filter(|w| w.field == field) {
            let known = said
                .iter()
                .chain(&out)
                .any(|w| w.field == old.field && w.value == old.value);
            if known {
                continue;
            }
            out.push(Wish {
                strength: Strength::Drop,
                quote: cx.doc.norm.quote(all.start(), all.end()).trim().to_owned(),
                rule: "withdrawn::on_file".to_owned(),
                ..old.clone()
            });
        }
    }
    out
}
