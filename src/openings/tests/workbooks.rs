use super::super::import::Writer;
use super::super::xlsx::{Limits, read, read_within};
use super::super::{csv, template_xlsx};
use super::verdicts;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

/// A workbook of texts.
fn book(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(*cells) {
            sheet.write_string(row, column, *cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

const HEAD: &[&str] = &["求人番号", "施設名", "勤務地", "当直"];

/// An archive of the parts that a workbook must have, with one sheet and a table of shared texts.
fn archive(sheet: &str, shared: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        (
            "[Content_Types].xml",
            r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#,
        ),
        (
            "_rels/.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/sharedStrings.xml", shared),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn cells(rows: &str) -> String {
    format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    )
}

fn inline(at: &str, text: &str) -> String {
    format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

const GOOD: &str = "求人番号 施設名 勤務地";

fn good_rows() -> String {
    let row = |n: usize, texts: [&str; 3]| {
        let cells: String = ["A", "B", "C"]
            .iter()
            .zip(texts)
            .map(|(c, t)| inline(&format!("{c}{n}"), t))
            .collect();
        format!(r#"<row r="{n}">{cells}</row>"#)
    };
    let mut heads = GOOD.split(' ');
    let heads = [(); 3].map(|()| heads.next().unwrap());
    row(1, heads) + &row(2, ["A-1", "○○病院", "長野県松本市"])
}

#[test]
fn the_template_reads_back_as_the_csv_does() {
    let import = read(&template_xlsx().unwrap());
    assert_eq!(import.problems, []);
    assert_eq!(
        import.openings,
        csv::read(csv::template_csv().as_bytes()).openings
    );
}

#[test]
fn a_bad_row_is_named_by_its_row_in_the_sheet_and_the_good_ones_go_in() {
    let import = read(&book(&[
        &["求人一覧"],
        &[],
        HEAD,
        &["A-1", "○○病院", "長野県松本市", "なし"],
        &[],
        &["A-2", "○○病院", "長野県松本市", "たまに"],
        &["A-3", "", "どこか", "月2回"],
    ]));
    assert_eq!(
        verdicts(&import),
        ["6/当直: refused", "7/施設名: refused", "7/勤務地: refused"]
    );
    assert_eq!(import.openings.len(), 1);
}

#[test]
fn numbers_dates_and_times_are_what_people_see() {
    let mut wb = Workbook::new();
    let sheet = wb.add_worksheet();
    for (column, heading) in (0u16..).zip([
        "番号",
        "病院名",
        "市区町村",
        "掲載日",
        "有効期限",
        "年収（万円）",
        "病床数",
        "勤務日数",
        "緯度",
        "経度",
        "当直",
    ]) {
        sheet.write_string(0, column, heading).unwrap();
    }
    let day = Format::new().set_num_format("yyyy/m/d");
    sheet.write_number(1, 0, 1001).unwrap();
    sheet.write_string(1, 1, "○○病院").unwrap();
    sheet.write_string(1, 2, "長野県松本市").unwrap();
    let date = |y, m, d| ExcelDateTime::from_ymd(y, m, d).unwrap();
    sheet
        .write_datetime_with_format(1, 3, date(2026, 10, 1), &day)
        .unwrap();
    sheet
        .write_datetime_with_format(1, 4, date(2027, 3, 31), &day)
        .unwrap();
    sheet.write_number(1, 5, 1200).unwrap();
    sheet.write_number(1, 6, 180.0).unwrap();
    sheet.write_number(1, 7, 4.5).unwrap();
    sheet.write_number(1, 8, 36.23).unwrap();
    sheet.write_number(1, 9, 137.97).unwrap();
    sheet.write_boolean(1, 10, false).unwrap();
    let import = read(&wb.save_to_buffer().unwrap());
    assert_eq!(import.problems, []);
    let o = &import.openings[0];
    assert_eq!((o.id.as_str(), o.lat), ("1001", Some(36.23)));
    assert_eq!(o.posted.as_deref(), Some("2026-10-01"));
    assert_eq!(o.expires.as_deref(), Some("2027-03-31"));
    let items: Vec<String> = o
        .items
        .iter()
        .map(|i| format!("{}={}", i.field, i.value))
        .collect();
    assert_eq!(
        items,
        [
            "salary_min={\"amount\":12000000,\"unit\":\"year\"}",
            "beds=180",
            "days_per_week={\"min\":4.5,\"max\":4.5}",
            "night_duty=none"
        ]
    );
}

#[test]
fn formulas_count_by_their_result_and_are_named_without_one() {
    let mut wb = Workbook::new();
    let sheet = wb.add_worksheet();
    for (column, heading) in (0u16..).zip(["求人番号", "施設名", "勤務地", "病床数"]) {
        sheet.write_string(0, column, heading).unwrap();
    }
    for (row, formula) in [
        (1, Formula::new("=100+80").set_result("180")),
        (2, Formula::new("=1/0").set_result("#DIV/0!")),
    ] {
        sheet.write_string(row, 0, format!("A-{row}")).unwrap();
        sheet.write_string(row, 1, "○○病院").unwrap();
        sheet.write_string(row, 2, "長野県").unwrap();
        sheet.write_formula(row, 3, formula).unwrap();
    }
    sheet.write_string(3, 0, "A-3").unwrap();
    sheet.write_string(3, 1, "=VLOOKUP(A4,B:C,2)").unwrap();
    sheet.write_string(3, 2, "長野県").unwrap();
    let import = read(&wb.save_to_buffer().unwrap());
    assert_eq!(
        import
            .openings
            .iter()
            .map(|o| o.id.as_str())
            .collect::<Vec<_>>(),
        ["A-1"]
    );
    let reasons: Vec<String> = import.problems.iter().map(ToString::to_string).collect();
    assert!(
        reasons[0].contains("3行目「病床数」") && reasons[0].contains("数式のエラー"),
        "{reasons:?}"
    );
    assert!(
        reasons[1].contains("4行目「施設名」") && reasons[1].contains("数式が文字"),
        "{reasons:?}"
    );
    let uncounted =
        cells(&good_rows().replace(&inline("C2", "長野県松本市"), r#"<c r="C2"><f>D2</f></c>"#));
    let import = read(&archive(&uncounted, "<sst/>"));
    assert!(
        import.problems[0].reason.contains("計算結果"),
        "{:?}",
        import.problems
    );
}

#[test]
fn a_form_is_one_opening() {
    let import = read(&book(&[
        &["", "医師求人票"],
        &["求人番号", "", "A-9"],
        &["医療機関名", "", "○○病院", "病床数", "180床"],
        &["所在地", "", "長野県松本市旭3-1-1"],
        &["募集診療科", "", "内科"],
        &["当直回数", "", "たくさん"],
        &["年齢", "", "65歳まで"],
        &["休日", "", "土日祝"],
    ]));
    let verdict = verdicts(&import);
    assert_eq!(verdict, ["6/当直: refused", "7/年齢: flagged"]);
    let import = read(&book(&[
        &["求人番号", "A-9"],
        &["病院名", "○○病院"],
        &["住所", "長野県松本市旭3-1-1"],
        &["診療科", "内科"],
        &["休日", "土日祝"],
    ]));
    assert_eq!(import.problems, []);
    assert_eq!(import.openings[0].area, "長野県松本市");
    assert_eq!(import.openings[0].terms["days_off"], "土日祝");
}

#[test]
fn a_second_table_is_named_and_hidden_sheets_are_not_read() {
    let mut wb = Workbook::new();
    for (name, hidden) in [("控え", true), ("求人", false), ("旧求人", false)] {
        let sheet = wb.add_worksheet();
        sheet.set_name(name).unwrap().set_hidden(hidden);
        for (column, (heading, cell)) in (0u16..).zip([
            ("求人番号", name),
            ("施設名", "○○病院"),
            ("勤務地", "長野県"),
        ]) {
            sheet.write_string(0, column, heading).unwrap();
            sheet.write_string(1, column, cell).unwrap();
        }
        if !hidden && name == "求人" {
            sheet.set_active(true);
        }
    }
    let import = read(&wb.save_to_buffer().unwrap());
    assert_eq!(import.openings.len(), 1);
    assert_eq!(import.openings[0].id, "求人");
    assert_eq!(verdicts(&import), ["0/: flagged"]);
    assert!(import.problems[0].reason.contains("旧求人"));
}

#[test]
fn what_its_name_does_not_say_is_refused() {
    let mut inner = zip::ZipWriter::new(Cursor::new(Vec::new()));
    inner
        .start_file("kyujin.csv", SimpleFileOptions::default())
        .unwrap();
    inner.write_all(b"a,b\n").unwrap();
    let zipped = inner.finish().unwrap().into_inner();
    let whole = template_xlsx().unwrap();
    let half = &whole[..whole.len() / 2];
    for (bytes, word) in [
        (b"%PDF-1.7".as_slice(), "ではありません"),
        (b"".as_slice(), "ではありません"),
        ("求人番号,施設名\n".as_bytes(), "ではありません"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), ".xls"),
        (&zipped, "圧縮ファイル"),
        (half, "壊れて"),
        (b"PK\x03\x04nonsense".as_slice(), "壊れて"),
    ] {
        let import = read(bytes);
        assert_eq!(verdicts(&import), ["0/: refused"]);
        assert!(
            import.problems[0].reason.contains(word),
            "{}",
            import.problems[0]
        );
    }
}

#[test]
fn far_corners_and_empty_rows_cost_nothing() {
    let far =
        cells(&(good_rows() + &format!(r#"<row r="1048576">{}</row>"#, inline("XFD1048576", "x"))));
    let import = read(&archive(&far, "<sst/>"));
    assert_eq!(import.openings.len(), 1, "{:?}", import.problems);
    let mut rows = good_rows();
    for n in 3..60_003 {
        rows.push_str(&format!(r#"<row r="{n}"><c r="A{n}" s="0"/></row>"#));
    }
    let import = read(&archive(&cells(&rows), "<sst/>"));
    assert_eq!(import.problems, []);
    assert_eq!(import.openings.len(), 1);
}

#[test]
fn what_would_grow_without_bounds_is_refused() {
    let zeros = |n: usize| "0".repeat(n);
    let sst = |attributes: &str, rest: &str| {
        format!(
            r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" {attributes}>{rest}</sst>"#
        )
    };
    let good = cells(&good_rows());
    assert_eq!(
        read(&archive(
            &good,
            &sst("uniqueCount=\"3\"", "<si><t>a</t></si>")
        ))
        .openings
        .len(),
        1
    );
    for (what, bytes) in [
        (
            "announced texts",
            archive(&good, &sst("uniqueCount=\"68719476736\"", "")),
        ),
        (
            "announced texts behind a comment",
            archive(
                &good,
                &format!(
                    "<!--{}-->{}",
                    zeros(65_530),
                    sst("uniqueCount = '9999999999'", "")
                ),
            ),
        ),
        (
            "another encoding",
            archive(
                &good,
                "<?xml version=\"1.0\" encoding=\"iso-2022-jp\"?><sst/>",
            ),
        ),
    ] {
        let import = read(&bytes);
        assert_eq!(verdicts(&import), ["0/: refused"], "{what}");
        assert_eq!(import.openings, []);
    }
    // Within these limits the small workbook is read; each limit alone refuses what grows beyond it.
    let small = Limits {
        file: 1 << 20,
        unpacked: 1 << 20,
        part: 1 << 19,
        rows: 20,
        cells: 200,
        text: 2_000,
    };
    let many = |rows: usize, text: &str| {
        let mut out = good_rows();
        for n in 3..3 + rows {
            out.push_str(&format!(
                r#"<row r="{n}">{}{}</row>"#,
                inline(&format!("A{n}"), &format!("B-{n}")),
                inline(&format!("D{n}"), text)
            ));
        }
        cells(&out)
    };
    assert_eq!(
        read_within(&archive(&many(5, "x"), "<sst/>"), &small, Writer::Desk)
            .openings
            .len(),
        1
    );
    for (what, word, bytes) in [
        (
            "shared texts",
            "展開",
            archive(
                &good,
                &sst("", &format!("<si><t>{}</t></si>", zeros(600 << 10))),
            ),
        ),
        (
            "a sheet",
            "展開",
            archive(
                &cells(&format!("{}<!--{}-->", good_rows(), zeros(1100 << 10))),
                "<sst/>",
            ),
        ),
        ("rows", "行を超える", archive(&many(30, "x"), "<sst/>")),
        (
            "text",
            "セルが多すぎる",
            archive(&many(5, &zeros(500)), "<sst/>"),
        ),
        (
            "cells",
            "セルが多すぎる",
            archive(
                &cells(&(good_rows() + &format!("<row r=\"3\">{}</row>", "<c></c>".repeat(300)))),
                "<sst/>",
            ),
        ),
    ] {
        let import = read_within(&bytes, &small, Writer::Desk);
        assert_eq!(verdicts(&import), ["0/: refused"], "{what}");
        assert!(
            import.problems[0].reason.contains(word),
            "{what}: {}",
            import.problems[0]
        );
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 64, ..Default::default() })]
    #[test]
    fn no_bytes_in_a_workbook_make_it_panic(at in 0usize..6_000, byte: u8) {
        let mut bytes = template_xlsx().unwrap();
        let n = bytes.len();
        bytes[at % n] = byte;
        read(&bytes);
    }

    #[test]
    fn no_sheet_makes_it_panic(rows in "(<row( r=\"[0-9]{1,12}\")?>|</row>|<c( r=\"[A-Z]{0,9}[0-9]{0,12}\")?( t=\"[snbed]\")?>|</c>|<v>[0-9a-z]{0,5}</v>|<f( t=\"shared\" si=\"[0-9]{1,20}\" ref=\"A1:B2\")?>1</f>){0,20}") {
        read(&archive(&cells(&rows), "<sst/>"));
    }
}
