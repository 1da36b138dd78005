//! Which doctors an opening suits, in words for staff.

use super::brief::{Brief, brief};
use super::clean;
use crate::domain::{match_::Match, opening::Opening, wish::Wish};

/// So many doctors are named; of the rest only the number is told.
pub const NAMED: usize = 5;

/// A doctor whom an opening suits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suited {
    /// `MD-2611-0042`.
    pub number: String,
    /// The family name, where it may be shown; else empty.
    pub name: String,
    /// 0 to 100.
    pub percent: u32,
    /// What fits, what to check, what it lacks.
    pub brief: Brief,
}

impl Suited {
    /// From how the opening fares for the doctor.
    pub fn new(number: &str, name: String, m: &Match, opening: &Opening, wishes: &[Wish]) -> Self {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let percent = (m.score.clamp(0.0, 1.0) * 100.0).round() as u32;
        Suited {
            number: number.to_owned(),
            name,
            percent,
            brief: brief(m, opening, wishes),
        }
    }

    /// 「MD-2611-0042 佐藤 先生 一致86% 車で約20〜35分」.
    pub fn headline(&self) -> String {
        let mut out = self.number.clone();
        if !self.name.is_empty() {
            out.push_str(&format!(" {} 先生", clean::line(&self.name, 20)));
        }
        out.push_str(&format!(" 一致{}%", self.percent));
        if !self.brief.commute.is_empty() {
            out.push_str(&format!(" {}", self.brief.commute));
        }
        out
    }
}

/// 「この求人に合いそうな先生 3名（○○病院 長野県松本市）」.
pub fn heading(opening: &Opening, count: usize) -> String {
    let name = format!("{} {}", opening.institution_name, opening.area);
    let name = clean::line(name.trim(), 60);
    let name = if name.is_empty() {
        clean::line(&opening.id, 40)
    } else {
        name
    };
    format!("この求人に合いそうな先生 {count}名（{name}）")
}

/// The heading and a line a doctor; nothing where it suits nobody. `doctors` are the first of `count`.
pub fn suited(opening: &Opening, count: usize, doctors: &[Suited]) -> Option<String> {
    if doctors.is_empty() {
        return None;
    }
    let mut lines = vec![heading(opening, count)];
    lines.extend(
        doctors
            .iter()
            .take(NAMED)
            .map(|d| format!("・{} {}", d.headline(), d.brief.line())),
    );
    let rest = count.saturating_sub(NAMED);
    if rest > 0 {
        lines.push(format!(
            "ほか{rest}名: madoguchi openings suit {}",
            clean::line(&opening.id, 40)
        ));
    }
    Some(lines.join("\n"))
}
