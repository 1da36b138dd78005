use super::super::csv::read;
use super::super::table::columns;
use super::super::template_csv;
use super::verdicts;
use proptest::prelude::*;

fn items(csv: &str) -> Vec<String> {
    let import = read(csv.as_bytes());
    assert_eq!(import.problems, [], "{csv}");
    import.openings[0]
        .items
        .iter()
        .map(|i| format!("{}={}", i.field, i.value))
        .collect()
}

fn with(heading: &str, cell: &str) -> String {
    format!("求人番号,施設名,勤務地,{heading}\nA-1,○○病院,長野県松本市,\"{cell}\"\n")
}

#[test]
fn the_template_reads_back_whole() {
    let template = template_csv();
    assert!(template.starts_with('\u{feff}'));
    let import = read(template.as_bytes());
    assert_eq!(import.problems, []);
    assert_eq!(import.openings.len(), 1);
    let filled = columns().iter().filter(|c| !c.example.is_empty()).count();
    assert!(import.openings[0].items.len() >= filled - 8);
    assert_eq!(columns()[0].heading, "求人番号");
}

#[test]
fn the_sample_table_is_sound() {
    let import = read(include_bytes!("../../../samples/openings.csv"));
    assert_eq!(import.problems, []);
    assert_eq!(import.openings.len(), 4);
}

#[test]
fn cells_become_values() {
    for (heading, cell, expected) in [
        (
            "診療科",
            "内科・循環器、整形外科",
            "specialty=内科 specialty=循環器内科 specialty=整形外科",
        ),
        (
            "雇用形態",
            "常勤／非常勤",
            "employment=full_time employment=part_time",
        ),
        ("業務内容", "外来 病棟管理", "duty=outpatient duty=ward"),
        ("曜日", "月〜水", "day=mon day=tue day=wed"),
        ("曜日", "月・水・金の", ""),
        ("曜日", "土曜午前、日祝", "day=sat:am day=sun day=holiday"),
        ("曜日", "平日", "day=weekdays"),
        ("当直", "月２回", "night_duty=2"),
        ("当直", "週1回", "night_duty=4"),
        ("当直", "無し", "night_duty=none"),
        ("当直", "応相談", "-"),
        (
            "勤務日数",
            "週3〜4日",
            "days_per_week={\"min\":3,\"max\":4}",
        ),
        ("勤務日数", "4.5", "days_per_week={\"min\":4.5,\"max\":4.5}"),
        ("勤務日数", "3日以上", "days_per_week={\"min\":3}"),
        (
            "勤務時間",
            "９時～17時半",
            "hours={\"start\":\"09:00\",\"end\":\"17:30\"}",
        ),
        (
            "年収",
            "1200〜1500万円",
            "salary_min={\"amount\":12000000,\"unit\":\"year\"} salary_max={\"amount\":15000000,\"unit\":\"year\"}",
        ),
        (
            "年収",
            "12,000,000円",
            "salary_min={\"amount\":12000000,\"unit\":\"year\"}",
        ),
        (
            "日給",
            "8.5万円",
            "salary_min={\"amount\":85000,\"unit\":\"day\"}",
        ),
        ("着任時期", "2027年4月", "start=2027-04"),
        ("着任時期", "随時", "start=asap"),
        (
            "年収（万円）",
            "1200〜1500",
            "salary_min={\"amount\":12000000,\"unit\":\"year\"} salary_max={\"amount\":15000000,\"unit\":\"year\"}",
        ),
        (
            "想定年収(万円)",
            "12000000",
            "salary_min={\"amount\":12000000,\"unit\":\"year\"}",
        ),
        ("【必須】募集診療科", "内科", "specialty=内科"),
        ("(3) 当直回数", "月1回", "night_duty=1"),
        ("採用予定日", "令和9年4月1日", "start=2027-04-01"),
        ("契約期間", "1年", "duration=12"),
        ("契約期間", "６か月", "duration=6"),
        ("病床数", "1,200床", "beds=1200"),
        (
            "福利厚生",
            "駐車場、宿舎",
            "benefit=car_commute benefit=housing",
        ),
    ] {
        let csv = with(heading, cell);
        match expected {
            "" => assert_eq!(read(csv.as_bytes()).openings, [], "{heading} {cell}"),
            "-" => assert!(items(&csv).is_empty(), "{heading} {cell}"),
            _ => assert_eq!(items(&csv).join(" "), expected, "{heading} {cell}"),
        }
    }
}

#[test]
fn a_bad_cell_is_named_by_line_and_heading() {
    for (heading, cell) in [
        ("当直", "たまに"),
        ("年収", "3円"),
        ("年収", "面談の上"),
        ("週の勤務日数", "9"),
        ("勤務曜日", "毎日っぽい"),
        ("募集科目", "占い科"),
        ("勤務開始", "春頃"),
        ("勤務時間", "日中"),
        ("病床数", "たくさん"),
    ] {
        let import = read(with(heading, cell).as_bytes());
        assert_eq!(
            verdicts(&import),
            [format!("2/{heading}: refused")],
            "{cell}"
        );
        assert_eq!(import.openings, []);
    }
}

#[test]
fn what_the_vocabulary_has_no_word_for_is_named_and_left_out() {
    for (heading, cell, kept) in [
        ("業務内容", "外来、料理", "duty=outpatient"),
        ("福利厚生", "退職金、宿舎 食堂", "benefit=housing"),
        ("役職", "名誉職", ""),
    ] {
        let import = read(with(heading, cell).as_bytes());
        let column = super::super::table::find(heading).unwrap().column.heading;
        assert_eq!(
            verdicts(&import),
            [format!("2/{column}: flagged")],
            "{cell}"
        );
        let items: Vec<String> = import.openings[0]
            .items
            .iter()
            .map(|i| format!("{}={}", i.field, i.value))
            .collect();
        assert_eq!(items.join(" "), kept);
    }
}

#[test]
fn age_and_sex_are_shown_with_the_clause_and_never_used() {
    for (heading, cell) in [
        ("年齢", "65歳まで"),
        ("性別", "女性"),
        ("応募資格", "60歳以下の方"),
        ("応募資格", "男性医師"),
        ("待遇", "女性医師歓迎"),
    ] {
        let import = read(with(heading, cell).as_bytes());
        assert_eq!(
            import.problems.len(),
            1,
            "{heading} {cell}: {:?}",
            import.problems
        );
        let problem = &import.problems[0];
        assert!(
            !problem.refused && problem.reason.contains("により条件として使いません"),
            "{problem}"
        );
        assert!(problem.reason.contains(cell), "{problem}");
        assert_eq!(import.openings[0].items, [], "{heading} {cell}");
        assert!(
            !serde_json::to_string(&import.openings[0])
                .unwrap()
                .contains(cell)
        );
    }
    for (heading, cell, kept) in [
        ("年齢", "不問", 0),
        ("性別", "問わない", 0),
        ("待遇", "年齢不問、65歳以上可、宿舎", 2),
        ("応募資格", "総合内科専門医、70歳まで", 1),
    ] {
        let import = read(with(heading, cell).as_bytes());
        assert_eq!(import.openings[0].items.len(), kept, "{heading} {cell}");
        assert!(import.problems.iter().all(|p| !p.refused));
    }
}

#[test]
fn the_last_day_is_read_and_must_be_one() {
    for (cell, expected) in [
        ("2027-03-31", Some("2027-03-31")),
        ("2027/3/31まで", Some("2027-03-31")),
        ("2026年10月1日〜2027年3月31日", Some("2027-03-31")),
        ("2027年2月末", Some("2027-02-28")),
        ("2027年3月31日必着", Some("2027-03-31")),
        ("令和9年3月31日", Some("2027-03-31")),
        ("R9.3.31", Some("2027-03-31")),
        ("未定", None),
        ("", None),
    ] {
        let import = read(with("募集期限", cell).as_bytes());
        assert_eq!(import.problems, [], "{cell}");
        assert_eq!(import.openings[0].expires.as_deref(), expected, "{cell}");
    }
    let import = read(with("有効期限", "決まり次第").as_bytes());
    assert_eq!(verdicts(&import), ["2/有効期限: refused"]);
    let csv = "求人番号,施設名,勤務地,掲載日,有効期限\nA,○○病院,長野県,2026-10-01,2026-09-30\n";
    assert_eq!(verdicts(&read(csv.as_bytes())), ["2/有効期限: refused"]);
}

#[test]
fn what_the_law_wants_stated_is_kept_in_the_institutions_words() {
    let import = read(with("更新基準", "勤務成績により更新。上限5年").as_bytes());
    assert_eq!(import.problems, []);
    let terms = &import.openings[0].terms;
    assert_eq!(terms["renewal"], "勤務成績により更新。上限5年");
}

#[test]
fn a_title_may_stand_above_the_headings() {
    let csv = format!(
        "○○県 医師求人一覧,,,\n作成 2026年11月,,,\n{}",
        with("当直", "なし")
    );
    let import = read(csv.as_bytes());
    assert_eq!(import.problems, []);
    assert_eq!(import.openings.len(), 1);
    let bad = read(format!("題,,,\n{}", with("当直", "たまに")).as_bytes());
    assert_eq!(verdicts(&bad), ["3/当直: refused"]);
}

#[test]
fn every_usual_encoding_is_read() {
    let csv = with("当直", "なし");
    let (sjis, _, _) = encoding_rs::SHIFT_JIS.encode(&csv);
    let (euc, _, _) = encoding_rs::EUC_JP.encode(&csv);
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(csv.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let tabs = csv.replace(',', "\t");
    let bom = format!("\u{feff}{csv}");
    for bytes in [
        csv.as_bytes(),
        bom.as_bytes(),
        &sjis,
        &euc,
        &utf16,
        tabs.as_bytes(),
    ] {
        let import = read(bytes);
        assert_eq!(import.problems, []);
        assert_eq!(import.openings[0].institution_name, "○○病院");
    }
}

#[test]
fn files_and_headings_that_are_none_are_named() {
    assert_eq!(verdicts(&read(b"PK\x03\x04")), ["0/: refused"]);
    assert_eq!(verdicts(&read(b"")), ["0/: refused"]);
    assert_eq!(verdicts(&read(b"\x81\x00\xff\xff")), ["0/: refused"]);
    assert_eq!(
        verdicts(&read("施設名,勤務地\na,b\n".as_bytes())),
        ["1/求人番号: refused"]
    );
    let import = read(with("血液型", "A").as_bytes());
    assert_eq!(verdicts(&import), ["1/血液型: flagged"]);
    assert_eq!(import.openings.len(), 1);
}

#[test]
fn lines_are_counted_over_broken_cells_and_empty_rows() {
    let csv = "求人番号,施設名,勤務地\nA-1,\"○○\n病院\",長野県\n,,\nA-2,,長野県\n";
    // Excel ends its lines with two signs.
    for csv in [
        csv.to_owned(),
        csv.replace('\n', "\r\n"),
        csv.replace(",,\n", "\n"),
    ] {
        let import = read(csv.as_bytes());
        assert_eq!(verdicts(&import), ["5/施設名: refused"], "{csv:?}");
    }
}

#[test]
fn an_address_stands_in_for_the_area() {
    let csv = "求人番号,施設名,所在地\nA-1,○○病院,長野県松本市旭3-1-1\n";
    let import = read(csv.as_bytes());
    assert_eq!(import.openings[0].area, "長野県松本市");
}

proptest! {
    #[test]
    fn no_cell_makes_it_panic(cell in "\\PC{0,12}", column in 0usize..50) {
        let cell = cell.replace('"', "");
        let csv = with(columns()[column].heading, &cell);
        read(csv.as_bytes());
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        read(&bytes);
        super::super::jsonl::read(&bytes);
    }
}
