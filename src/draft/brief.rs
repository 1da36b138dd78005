//! A suggestion in a few lines for staff: what fits, what to check, what it lacks, and what would help where it is little.

use super::compose::suggest;
use super::near::near_misses;
use crate::domain::label::commute_label;
use crate::domain::match_::Match;
use crate::domain::opening::Opening;
use crate::domain::wish::{Language, Strength, Wish};

/// So many items stand on a line; of the rest only the number is told.
const ITEMS: usize = 5;

/// One opening for one doctor, in words for staff.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Brief {
    /// 「車で約20〜35分」; empty where there is no estimate.
    pub commute: String,
    /// 「平日・当直なし」: wishes that it meets.
    pub fits: String,
    /// Wishes that it says nothing decisive on, and what the institution asks for.
    pub check: String,
    /// 「週3日（求人は週5日）」: wishes that it does not meet.
    pub lacks: String,
    /// 「週4日を週3日に下げられるか確認」: what to ask where it misses by a little.
    pub near: String,
}

impl Brief {
    /// The lines that say something, each with its mark: 「○ 合う: …」, 「△ 確認: …」, 「× 合わない: …」, 「→ あと少し: …」.
    pub fn lines(&self) -> Vec<String> {
        [
            ("○ 合う", &self.fits),
            ("△ 確認", &self.check),
            ("× 合わない", &self.lacks),
            ("→ あと少し", &self.near),
        ]
        .into_iter()
        .filter(|(_, said)| !said.is_empty())
        .map(|(mark, said)| format!("{mark}: {said}"))
        .collect()
    }

    /// All on one line, without the words of the marks: 「○平日・日勤 △当直なし」.
    pub fn line(&self) -> String {
        [('○', &self.fits), ('△', &self.check), ('×', &self.lacks)]
            .into_iter()
            .filter(|(_, said)| !said.is_empty())
            .map(|(mark, said)| format!("{mark}{said}"))
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// The words for one opening. Conditions and refusals come before wishes, wishes before what is only accepted.
pub fn brief(m: &Match, opening: &Opening, wishes: &[Wish]) -> Brief {
    let weigh = |item: &String| {
        let wish = wishes
            .iter()
            .find(|w| item.split_once('=') == Some((w.field.as_str(), &w.value.to_string())));
        match wish.map(|w| w.strength) {
            Some(Strength::Must | Strength::Never) => 0,
            Some(Strength::Want | Strength::Avoid) | None => 1,
            Some(Strength::Ok | Strength::Drop) => 2,
        }
    };
    let mut weighed = m.clone();
    for list in [&mut weighed.met, &mut weighed.unknown, &mut weighed.unmet] {
        list.sort_by_key(weigh);
    }
    let s = suggest(&weighed, opening, wishes, Language::Ja);
    let asks = s.asks.iter().map(|a| format!("{a}（応募条件）"));
    Brief {
        commute: m
            .commute
            .as_ref()
            .map(|c| commute_label(c, Language::Ja))
            .unwrap_or_default(),
        fits: several(&s.fits),
        check: several(&s.check.iter().cloned().chain(asks).collect::<Vec<_>>()),
        lacks: several(&s.lacks),
        near: several(&near_misses(m, opening, wishes)),
    }
}

fn several(said: &[String]) -> String {
    let line = said
        .iter()
        .take(ITEMS)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join("・");
    match said.len().saturating_sub(ITEMS) {
        0 => line,
        more => format!("{line} ほか{more}件"),
    }
}
