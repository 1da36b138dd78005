//! The suggestions with their numbers.

use super::{
    Shown,
    svg::{Anchor, Svg, fit, width},
};
use crate::domain::{label, wish::Language};

const ENTRY: f64 = 44.0;
const BELOW: f64 = 10.0;

/// How tall the list is.
#[allow(clippy::cast_precision_loss)]
pub(super) fn height(shown: &[Shown]) -> f64 {
    ENTRY * shown.len() as f64 + BELOW
}

/// Draws the list, and says where it ends.
pub(super) fn draw(out: &mut Svg, shown: &[Shown], x: f64, mut y: f64, across: f64) -> f64 {
    for (i, s) in shown.iter().enumerate() {
        out.badge(x + 13.0, y + 19.0, i + 1);
        let percent = format!(
            "一致{:.0}%",
            (s.fares.score.clamp(0.0, 1.0) * 100.0).round()
        );
        let room = across - 34.0 - width(&percent, 14.0) - 12.0;
        let name = fit(&s.opening.institution_name, 15.0, room);
        out.bold(x + 34.0, y + 17.0, 15.0, "#1f2933", Anchor::Start, &name);
        out.bold(x + across, y + 17.0, 14.0, "#0b4f8a", Anchor::End, &percent);
        let commute = s.fares.commute.as_ref().map_or_else(
            || "通勤の目安なし".to_owned(),
            |c| label::commute_label(c, Language::Ja),
        );
        let about = fit(
            &format!("{}　{commute}", s.opening.area),
            12.5,
            across - 34.0,
        );
        out.text(x + 34.0, y + 35.0, 12.5, "#52606d", Anchor::Start, &about);
        y += ENTRY;
    }
    y + BELOW
}
