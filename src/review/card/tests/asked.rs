//! What is to be asked, and what would open more.

use super::*;

#[test]
fn what_is_to_be_asked_and_what_would_open_more_stand_on_the_card() {
    let mut detail = case();
    if let Some(reading) = &mut detail.messages[0].reading {
        reading.diagnostics[0].question = Some("いつ頃から勤務できますか。".into());
    }
    let card = card(&detail);
    assert_eq!(card.doubts, ["いつ頃から勤務できますか。"]);
    assert_eq!(
        card.relaxations,
        ["平日 → 条件から外す：＋3件（あおぞら診療所 など）"]
    );
}
