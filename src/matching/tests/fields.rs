//! Each field by itself: one wish against one opening.

use super::{opening, verdict, wishes};
use crate::matching::{Doctor, Status, reasons};

/// `+` met, `-` unmet, `?` unknown, `x` excluded, empty where the wish is not listed.
fn check(rows: &[(&str, &str, &str, &str)]) {
    for (about, wish, offered, expected) in rows {
        let got = verdict(about, wish, offered);
        let sign = got.get(..1).unwrap_or_default();
        assert_eq!(sign, *expected, "{about} | {wish} | {offered}: {got}");
    }
}

#[test]
fn area() {
    check(&[
        ("", "want area=関東", "area=埼玉県川越市", "+"),
        ("", "want area=埼玉県", "area=埼玉県川越市", "+"),
        ("", "want area=埼玉県川越市", "area=埼玉県", "?"),
        ("", "want area=埼玉県川越市", "area=関東", "?"),
        ("", "want area=埼玉県川越市", "area=埼玉県", "?"),
        (
            "",
            "want area=埼玉県川越市",
            "area=埼玉県; address=埼玉県川越市〇〇1-1",
            "+",
        ),
        ("", "want area=埼玉県", "area=東京都", "-"),
        ("", "must area=埼玉県", "area=東京都", "x"),
        ("", "must area=埼玉県川越市", "area=埼玉県", "?"),
        (
            "",
            "want area=神奈川県横浜市",
            "area=神奈川県横浜市青葉区",
            "+",
        ),
        (
            "",
            "want area=神奈川県横浜市青葉区",
            "area=神奈川県横浜市",
            "?",
        ),
        ("", "want area=全国", "area=沖縄県石垣市", "+"),
        ("", "want area=全国", "area=どこか", "+"),
        ("", "want area=津軽地方", "area=青森県弘前市", "?"),
        ("", "must area=津軽地方", "area=青森県弘前市", "?"),
        ("", "want area=九州", "area=沖縄県那覇市", "-"),
        ("", "want area=首都圏", "area=群馬県", "-"),
        (
            "",
            "want area=名古屋駅",
            "area=愛知県名古屋市; at=35.18,136.90",
            "+",
        ),
        (
            "",
            "want area=名古屋駅",
            "area=愛知県名古屋市; at=35.08,136.95",
            "-",
        ),
        ("", "want area=名古屋駅", "area=愛知県", "?"),
        (
            "",
            "want area=知らない駅",
            "area=愛知県名古屋市; at=35.18,136.90",
            "?",
        ),
        ("", "want area=埼玉県", "area=東京都; item area=埼玉県", "+"),
        ("", "never area=東京都", "area=東京都港区", "x"),
        ("", "avoid area=東京都", "area=東京都港区", "-"),
        ("", "never area=東京都", "area=埼玉県", "+"),
        ("", "never area=東京都港区", "area=東京都", "?"),
    ]);
}

#[test]
fn commute() {
    let near = "area=長野県松本市; at=36.235,137.970";
    let home = "home=松本駅";
    check(&[
        (home, "want commute_minutes=30", near, "+"),
        (
            home,
            "want commute_minutes=30",
            "area=東京都; at=35.68,139.77",
            "-",
        ),
        (
            home,
            "must commute_minutes=30",
            "area=東京都; at=35.68,139.77",
            "x",
        ),
        (
            home,
            "ok commute_minutes=30",
            "area=東京都; at=35.68,139.77",
            "x",
        ),
        (
            home,
            "want commute_minutes=30",
            "area=長野県塩尻市; at=36.115,137.95",
            "?",
        ),
        (home, "want commute_minutes=30", "area=長野県", "?"),
        (home, "must commute_minutes=30", "area=長野県", "?"),
        ("", "must commute_minutes=30", near, "?"),
        ("home=長野県", "must commute_minutes=30", near, "?"),
        (home, "never commute_minutes=90", near, "+"),
        (
            home,
            "never commute_minutes=90",
            "area=東京都; at=35.68,139.77",
            "x",
        ),
        (
            home,
            "avoid commute_minutes=90",
            "area=東京都; at=35.68,139.77",
            "-",
        ),
        (
            "home=函館駅",
            "must commute_minutes=60",
            "area=青森県; at=40.83,140.73",
            "?",
        ),
        (
            home,
            "want commute_minutes=600; want commute_mode=shinkansen",
            near,
            "?",
        ),
        (
            home,
            "must commute_mode=train; must commute_minutes=30",
            near,
            "?",
        ),
    ]);
}

#[test]
fn open_lists_are_never_unmet() {
    check(&[
        ("", "must commute_mode=car", "benefit=car_commute", "+"),
        ("", "must commute_mode=car", "commute_mode=train", "?"),
        ("", "must commute_mode=car", "", "?"),
        ("", "must benefit=housing", "benefit=housing", "+"),
        ("", "must benefit=housing", "benefit=conference", "?"),
        ("", "must workstyle=qol", "workstyle=expertise", "?"),
        ("", "never commute_mode=car", "benefit=car_commute", "?"),
        (
            "",
            "never commute_mode=car",
            "commute_mode=car; commute_mode=bus",
            "+",
        ),
        (
            "",
            "never commute_mode=car; avoid commute_mode=bus",
            "commute_mode=car; commute_mode=bus",
            "?",
        ),
        ("", "never benefit=side_job", "benefit=side_job", "x"),
        ("", "avoid workstyle=challenge", "workstyle=qol", "+"),
        ("", "avoid workstyle=challenge", "", "?"),
    ]);
}

#[test]
fn closed_lists() {
    check(&[
        ("", "want area_type=urban", "area_type=urban", "+"),
        ("", "want area_type=urban", "area_type=shortage", "-"),
        ("", "must area_type=urban", "area_type=shortage", "x"),
        ("", "must area_type=urban", "", "?"),
        ("", "must duty=ward", "duty=outpatient; duty=ward", "+"),
        ("", "must duty=ward", "duty=outpatient", "x"),
        ("", "want duty=ward", "duty=outpatient", "-"),
        ("", "must role=teaching", "role=director", "x"),
        ("", "never role=director", "role=director", "x"),
        ("", "avoid role=director", "role=director", "-"),
        ("", "never duty=emergency", "duty=outpatient", "+"),
        ("", "never duty=emergency", "", "?"),
        ("", "must shift=day", "shift=morning", "+"),
        ("", "must shift=day", "shift=afternoon", "+"),
        ("", "must shift=day", "shift=night", "x"),
        ("", "must shift=morning", "shift=day", "x"),
        ("", "never shift=night", "shift=day; shift=night", "x"),
        ("", "never shift=day", "shift=morning", "+"),
        (
            "",
            "must employment=part_time",
            "employment=full_time; employment=part_time",
            "+",
        ),
        ("", "must employment=part_time", "employment=full_time", "x"),
    ]);
}

#[test]
fn institutions_cover_kinds() {
    check(&[
        ("", "must institution=hospital", "institution=acute", "+"),
        ("", "must institution=hospital", "institution=clinic", "x"),
        ("", "must institution=acute", "institution=hospital", "?"),
        ("", "must institution=acute", "institution=long_term", "x"),
        ("", "must institution=clinic", "institution=hospital", "x"),
        (
            "",
            "must institution=acute",
            "institution=hospital; institution=small",
            "x",
        ),
        (
            "",
            "never institution=hospital",
            "institution=university",
            "x",
        ),
        (
            "",
            "never institution=university",
            "institution=hospital",
            "?",
        ),
        (
            "",
            "never institution=university",
            "institution=clinic",
            "+",
        ),
        (
            "",
            "never institution=hospital",
            "institution=checkup_center",
            "+",
        ),
    ]);
}

#[test]
fn relocation() {
    let home = "home=松本駅";
    let far = "area=東京都; at=35.68,139.77";
    check(&[
        ("", "must relocation=yes", "relocation=alone", "+"),
        ("", "must relocation=alone", "relocation=yes", "+"),
        ("", "must relocation=alone", "relocation=with_family", "?"),
        ("", "must relocation=yes", "", "?"),
        (
            home,
            "never relocation=yes",
            "area=長野県松本市; at=36.235,137.970",
            "+",
        ),
        (home, "never relocation=yes", "area=沖縄県那覇市", "?"),
        (
            home,
            "never relocation=yes",
            "area=福岡県; at=33.59,130.42",
            "x",
        ),
        (
            home,
            "avoid relocation=yes",
            "area=福岡県; at=33.59,130.42",
            "-",
        ),
        ("", "never relocation=yes", far, "?"),
        ("", "never relocation=alone", "relocation=alone", "?"),
        (
            "",
            "never relocation=alone",
            "relocation=alone; relocation=with_family",
            "+",
        ),
        ("", "never relocation=alone", "", "?"),
    ]);
}

#[test]
fn specialty() {
    check(&[
        (
            "",
            "must specialty=内科",
            "specialty=内科; specialty=外科",
            "+",
        ),
        ("", "must specialty=循環器内科", "specialty=内科", "+"),
        ("", "must specialty=リウマチ科", "specialty=老年内科", "+"),
        ("", "must specialty=内科", "specialty=循環器内科", "?"),
        ("", "must specialty=消化器外科", "specialty=外科", "+"),
        ("", "must specialty=外科", "specialty=消化器外科", "?"),
        ("", "must specialty=産婦人科", "specialty=婦人科", "+"),
        ("", "must specialty=産科", "specialty=産婦人科", "?"),
        ("", "must specialty=放射線科", "specialty=放射線診断科", "+"),
        ("", "must specialty=整形外科", "specialty=外科", "x"),
        ("", "must specialty=内科", "", "?"),
        ("", "never specialty=外科", "specialty=外科", "x"),
        (
            "",
            "never specialty=外科",
            "specialty=外科; specialty=内科",
            "?",
        ),
        (
            "",
            "never specialty=外科; never specialty=内科",
            "specialty=外科; specialty=内科",
            "x",
        ),
        (
            "",
            "avoid specialty=外科; never specialty=内科",
            "specialty=外科; specialty=内科",
            "-",
        ),
        ("", "never specialty=外科", "specialty=内科", "+"),
        ("", "never specialty=内科", "specialty=循環器内科", "+"),
    ]);
}

#[test]
fn numbers_of_days() {
    check(&[
        (
            "",
            "must days_per_week={\"min\":3,\"max\":4}",
            "days_per_week={\"min\":4,\"max\":5}",
            "+",
        ),
        (
            "",
            "must days_per_week={\"max\":3}",
            "days_per_week={\"min\":4}",
            "x",
        ),
        (
            "",
            "must days_per_week={\"max\":3}",
            "days_per_week={\"min\":4}; days_per_week={\"min\":2,\"max\":2}",
            "+",
        ),
        (
            "",
            "must days_per_week={\"max\":3}",
            "days_per_month={\"min\":20}",
            "?",
        ),
        (
            "",
            "must days_per_month={\"min\":4}",
            "days_per_week={\"min\":1}",
            "?",
        ),
        (
            "",
            "must days_per_week={\"max\":3}",
            "employment=full_time",
            "x",
        ),
        (
            "",
            "must days_per_week={\"max\":3}",
            "employment=full_time; employment=part_time",
            "?",
        ),
        (
            "",
            "never days_per_week={\"min\":5}",
            "days_per_week={\"min\":5,\"max\":5}",
            "x",
        ),
        (
            "",
            "never days_per_week={\"min\":5}",
            "days_per_week={\"min\":4,\"max\":5}",
            "?",
        ),
        (
            "",
            "never days_per_week={\"min\":5}",
            "days_per_week={\"min\":3,\"max\":4}",
            "+",
        ),
    ]);
}

#[test]
fn hours() {
    check(&[
        (
            "",
            "must hours={\"start\":\"09:00\",\"end\":\"17:00\"}",
            "hours={\"start\":\"09:00\",\"end\":\"16:30\"}",
            "+",
        ),
        (
            "",
            "must hours={\"start\":\"09:00\",\"end\":\"17:00\"}",
            "hours={\"start\":\"08:30\",\"end\":\"16:30\"}",
            "x",
        ),
        (
            "",
            "must hours={\"end\":\"17:00\"}",
            "hours={\"start\":\"07:00\",\"end\":\"17:00\"}",
            "+",
        ),
        (
            "",
            "must hours={\"end\":\"17:00\"}",
            "hours={\"start\":\"22:00\",\"end\":\"06:00\"}",
            "x",
        ),
        (
            "",
            "must hours={\"start\":\"09:00\",\"end\":\"17:00\"}",
            "hours={\"start\":\"09:00\"}",
            "?",
        ),
        (
            "",
            "must hours={\"start\":\"09:00\",\"end\":\"17:00\"}",
            "hours={\"start\":\"08:00\"}",
            "x",
        ),
        (
            "",
            "must hours={\"start\":\"20:00\",\"end\":\"08:00\"}",
            "hours={\"start\":\"22:00\",\"end\":\"06:00\"}",
            "+",
        ),
        (
            "",
            "must hours={\"end\":\"17:00\"}",
            "hours={\"end\":\"18:00\"}; hours={\"end\":\"13:00\"}",
            "+",
        ),
        (
            "",
            "never hours={\"end\":\"17:00\"}",
            "hours={\"end\":\"17:00\"}",
            "",
        ),
    ]);
}

#[test]
fn duties() {
    check(&[
        ("", "want night_duty=2", "night_duty=none", "+"),
        ("", "want night_duty=2", "night_duty=2", "+"),
        ("", "want night_duty=2", "night_duty=3", "-"),
        ("", "must night_duty=2", "night_duty=3", "x"),
        ("", "ok night_duty=2", "night_duty=3", "x"),
        ("", "ok night_duty=2", "night_duty=any", "?"),
        ("", "ok night_duty=2", "", "?"),
        ("", "must night_duty=2", "night_duty=any", "?"),
        ("", "must night_duty=any", "night_duty=1", "+"),
        ("", "must night_duty=any", "night_duty=none", "x"),
        ("", "want on_call=any", "on_call=none", "-"),
        ("", "ok night_duty=any", "night_duty=none", "+"),
        ("", "ok night_duty=any", "night_duty=9", "+"),
        ("", "ok night_duty=any", "", "?"),
        (
            "",
            "ok night_duty=any; ok night_duty=2",
            "night_duty=9",
            "+",
        ),
        ("", "never night_duty=any", "night_duty=none", "+"),
        ("", "never night_duty=any", "night_duty=any", "x"),
        ("", "never night_duty=any", "night_duty=1", "x"),
        ("", "never night_duty=any", "", "?"),
        ("", "avoid night_duty=any", "night_duty=1", "-"),
        (
            "",
            "never night_duty=any",
            "night_duty=none; night_duty=2",
            "+",
        ),
        ("", "never night_duty=4", "night_duty=3", "+"),
        ("", "never night_duty=4", "night_duty=4", "x"),
        ("", "never night_duty=4", "night_duty=none", "+"),
        ("", "never night_duty=4", "night_duty=any", "?"),
        (
            "",
            "never night_duty=any; ok night_duty=2",
            "night_duty=3",
            "x",
        ),
        ("", "never overtime=any", "overtime=any", "x"),
        ("", "never overtime=any", "overtime=none", "+"),
        ("", "must overtime=any", "overtime=none", "x"),
        ("", "ok overtime=any", "overtime=any", "+"),
        ("", "must day_duty=1", "day_duty=2", "x"),
    ]);
    assert_eq!(
        verdict("", "never night_duty=any; ok night_duty=2", "night_duty=2"),
        "+night_duty=2 ?night_duty=any"
    );
    assert_eq!(
        verdict(
            "",
            "never night_duty=any; ok night_duty=2",
            "night_duty=any"
        ),
        "?night_duty=any ?night_duty=2"
    );
    assert_eq!(
        verdict("", "avoid night_duty=any; ok night_duty=2", "night_duty=2"),
        "+night_duty=2 -night_duty=any"
    );
}

#[test]
fn patients_and_hours_a_day() {
    check(&[
        (
            "",
            "want outpatients_per_day=25",
            "outpatients_per_day=25",
            "+",
        ),
        (
            "",
            "want outpatients_per_day=25",
            "outpatients_per_day=26",
            "-",
        ),
        (
            "",
            "must outpatients_per_day=25",
            "outpatients_per_day=40",
            "x",
        ),
        (
            "",
            "never outpatients_per_day=25",
            "outpatients_per_day=25",
            "x",
        ),
        (
            "",
            "never outpatients_per_day=25",
            "outpatients_per_day=24",
            "+",
        ),
        ("", "ok hours_per_day=8", "hours_per_day=9", "x"),
        ("", "must hours_per_week=32", "hours_per_week=40", "x"),
        ("", "must hours_per_week=32", "", "?"),
    ]);
}

#[test]
fn pay() {
    let year = "salary_min={\"amount\":12000000,\"unit\":\"year\"}";
    let must = format!("must {year}");
    check(&[
        ("", &must, year, "+"),
        (
            "",
            &must,
            "salary_min={\"amount\":1000000,\"unit\":\"month\"}",
            "+",
        ),
        (
            "",
            &must,
            "salary_min={\"amount\":900000,\"unit\":\"month\"}",
            "x",
        ),
        (
            "",
            &must,
            "salary_min={\"amount\":100000,\"unit\":\"day\"}",
            "?",
        ),
        (
            "",
            &must,
            "salary_min={\"amount\":10000000,\"unit\":\"year\"}; salary_max={\"amount\":14000000,\"unit\":\"year\"}",
            "+",
        ),
        (
            "",
            &must,
            "salary_min={\"amount\":100000,\"unit\":\"day\"}; salary_min={\"amount\":13000000,\"unit\":\"year\"}",
            "+",
        ),
        (
            "",
            "must salary_min={\"amount\":80000,\"unit\":\"day\"}",
            "salary_min={\"amount\":40000,\"unit\":\"half_day\"}",
            "+",
        ),
        (
            "",
            "must salary_min={\"amount\":50000,\"unit\":\"half_day\"}",
            "salary_min={\"amount\":90000,\"unit\":\"day\"}",
            "x",
        ),
        ("", &format!("never {year}"), year, ""),
    ]);
}

#[test]
fn start() {
    check(&[
        ("", "must start=2027-04", "start=2027-04-15", "+"),
        ("", "must start=2027-04-15", "start=2027-04", "+"),
        ("", "must start=2027-04", "start=2027-03", "x"),
        ("", "must start=2027-04", "start=asap", "?"),
        ("", "must start=2027-04", "", "?"),
        ("", "must start=asap", "start=2027-04", "+"),
        (
            "",
            "must start=2027-04",
            "start=2027-01; start=2027-10",
            "+",
        ),
        ("", "never start=2027-04", "start=2027-04", ""),
    ]);
}

#[test]
fn what_no_opening_decides_is_not_listed() {
    check(&[
        ("", "must duration=6", "duration=long", ""),
        ("", "must confidential=employer", "", ""),
        ("", "never contact=workplace_phone", "", ""),
        ("", "want specialty_change=any", "", ""),
        ("", "drop night_duty=any", "night_duty=4", ""),
        ("", "must duty={\"min\":3}", "duty=ward", ""),
    ]);
}

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
