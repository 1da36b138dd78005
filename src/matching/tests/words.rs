//! Reasons in people's words.

use super::{opening, wishes};
use crate::matching::{Doctor, Status, reasons};

#[test]
fn reasons_are_in_words() {
    let wishes =
        wishes("must commute_minutes=30; want shift=day; never night_duty=any; want duty=ward");
    let profile = super::profile("home=松本駅; specialty=循環器内科");
    let doctor = Doctor {
        profile: &profile,
        wishes: &wishes,
    };
    let offered = opening(
        "A",
        "area=長野県松本市; at=36.235,137.970; shift=day; duty=outpatient; specialty=内科; certification=総合内科専門医",
    );
    let reasons = reasons(&doctor, &offered, crate::domain::wish::Language::Ja);
    let of = |status| reasons.texts(status).collect::<Vec<_>>();
    assert_eq!(of(Status::Met), ["通勤30分以内", "日勤", "循環器内科"]);
    assert_eq!(of(Status::Unknown), ["当直なし"]);
    assert_eq!(of(Status::Unmet), ["病棟"]);
    assert_eq!(reasons.asks, ["資格: 総合内科専門医"]);
    assert_eq!(reasons.commute.as_deref(), Some("車で約5〜10分"));
    assert!(reasons.wishes[3].status == Status::Unmet && reasons.wishes[4].stands_in);
}
