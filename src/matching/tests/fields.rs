//! Fields of places and words, each by itself: one wish against one opening.

use super::check;

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
