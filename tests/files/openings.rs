//! Tables that institutions attach to their mails: read in a child process, drafts until staff confirm them.

use crate::{FAULTS, mails::Desk, reader, sample, under_fault_of, zipped};
use madoguchi::{
    domain::{
        opening::{Opening, OpeningState},
        review::Actor,
        wish::{Field, MessageKind},
    },
    review::openings as decisions,
    store::CaseDetail,
};
use std::{
    io::{Read as _, Write as _},
    process::Command,
};

fn sato() -> Actor {
    Actor {
        id: "terminal:sato".into(),
        name: "佐藤".into(),
    }
}

async fn confirm(desk: &Desk, word: &str) -> decisions::Told {
    let told = (&*desk.store, &Default::default());
    decisions::confirm(told, word, &sato(), desk.now)
        .await
        .unwrap()
}

/// A workbook of one sheet.
fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let cells = |row: &[&str]| -> String {
        let columns = (b'A'..=b'Z').map(char::from).zip(row);
        columns
            .filter(|(_, text)| !text.is_empty())
            .map(|(c, text)| format!("<c r=\"{c}@\" t=\"inlineStr\"><is><t>{text}</t></is></c>"))
            .collect()
    };
    let rows: String = (1..)
        .zip(rows)
        .map(|(n, row)| {
            format!(
                "<row r=\"{n}\">{}</row>",
                cells(row).replace('@', &n.to_string())
            )
        })
        .collect();
    sheet(&format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
    ))
}

fn sheet(xml: &str) -> Vec<u8> {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relation = |of: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/{of}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let parts = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
                .to_owned(),
        ),
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
        (
            "xl/_rels/workbook.xml.rels",
            relation("worksheet", "worksheets/sheet1.xml"),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", xml.to_owned()),
    ];
    let fills: Vec<_> = parts
        .iter()
        .map(|(name, text)| {
            let fill = move |w: &mut crate::Writing| w.write_all(text.as_bytes()).unwrap();
            (*name, fill)
        })
        .collect();
    let parts: Vec<(&str, crate::Fill<'_>)> = fills
        .iter()
        .map(|(name, fill)| (*name, fill as crate::Fill<'_>))
        .collect();
    zipped(&parts)
}

const LIST: &[&[&str]] = &[
    &["みどり病院　医師求人一覧（2026年11月）"],
    &[
        "番号",
        "診療科",
        "雇用形態",
        "勤務地",
        "勤務日",
        "当直",
        "年収（万円）",
    ],
    &[
        "1",
        "内科",
        "常勤",
        "長野県松本市",
        "月・火・水・木",
        "なし",
        "1500",
    ],
    &[
        "2",
        "整形外科",
        "常勤",
        "長野県松本市",
        "平日",
        "月2回",
        "1800",
    ],
    &[
        "3",
        "皮膚科",
        "常勤",
        "長野県松本市",
        "毎々曜日",
        "なし",
        "1400",
    ],
    &[
        "4",
        "リハビリテーション科",
        "非常勤",
        "長野県安曇野市",
        "木",
        "なし",
        "",
    ],
];

const OFFER: &str = "お世話になっております。みどり病院の事務部、田中です。\n当院の医師求人の一覧をお送りいたします。ご紹介をお願いいたします。\n";

async fn all(desk: &Desk) -> Vec<(OpeningState, Opening)> {
    let records = desk.store.openings(true).await.unwrap();
    records.into_iter().map(|r| (r.state, r.opening)).collect()
}

async fn told(desk: &Desk) -> String {
    let notices = desk.store.recent_notices(20).await.unwrap();
    let texts: Vec<String> = notices.into_iter().map(|n| n.text).collect();
    texts.join("\n")
}

async fn offered(name: &str, bytes: &[u8], body: &str) -> (Desk, CaseDetail) {
    let desk = Desk::new().await;
    let raw = crate::mails::mail_from(
        "みどり病院",
        "midori@example.com",
        "求人のご案内",
        body,
        &[(name, bytes)],
    );
    let case = desk.takes(raw).await;
    (desk, case)
}

fn csv(rows: &[&[&str]]) -> Vec<u8> {
    let lines: Vec<String> = rows.iter().map(|r| r.join(",")).collect();
    encoding_rs::SHIFT_JIS
        .encode(&lines.join("\r\n"))
        .0
        .into_owned()
}

#[tokio::test]
async fn a_list_becomes_drafts_that_staff_confirm() {
    for (name, bytes) in [
        ("求人一覧.xlsx", workbook(LIST)),
        ("求人一覧.csv", csv(LIST)),
    ] {
        let (desk, case) = offered(name, &bytes, OFFER).await;
        assert_eq!(case.summary.kind, MessageKind::Opening, "{name}");
        let openings = all(&desk).await;
        let seen: Vec<(&str, &str, String)> = openings
            .iter()
            .map(|(_, o)| {
                let department = o
                    .values(Field::Specialty)
                    .map(ToString::to_string)
                    .collect();
                (o.institution_name.as_str(), o.area.as_str(), department)
            })
            .collect();
        assert_eq!(
            seen,
            [
                ("みどり病院", "長野県松本市", "内科".to_owned()),
                ("みどり病院", "長野県松本市", "整形外科".to_owned()),
                (
                    "みどり病院",
                    "長野県安曇野市",
                    "リハビリテーション科".to_owned()
                ),
            ],
            "{name}: {}",
            told(&desk).await
        );
        assert!(
            openings
                .iter()
                .all(|(state, o)| *state == OpeningState::Draft && o.id.starts_with("MAIL-"))
        );
        let told = told(&desk).await;
        for part in [name, "求人 3 件", "5行目「勤務曜日」", &openings[1].1.id] {
            assert!(told.contains(part), "{name}: {part} in {told}");
        }
        let line = format!("添付: {name}（求人の下書き 3 件）");
        assert!(
            desk.notes(&case).iter().any(|(_, text)| *text == line),
            "{:?}",
            desk.notes(&case)
        );
        let id = &openings[0].1.id;
        let done = confirm(&desk, id).await;
        assert!(done.done, "{}", done.text);
        assert_eq!(desk.store.openings(false).await.unwrap().len(), 1);
        let rest = confirm(&desk, &format!("{id}-all")).await;
        assert_eq!(rest.text.matches("確認済みにしました").count(), 2);
        assert_eq!(desk.store.openings(false).await.unwrap().len(), 3);
        let again = confirm(&desk, &format!("{id}-all")).await;
        assert!(!again.done, "{}", again.text);
    }
}

#[tokio::test]
async fn a_list_of_an_old_excel_is_read_too() {
    for name in ["openings.xlsx", "openings.xls"] {
        let (desk, _) = offered(name, &sample(name), OFFER).await;
        let openings = all(&desk).await;
        let areas: Vec<&str> = openings.iter().map(|(_, o)| o.area.as_str()).collect();
        let told = told(&desk).await;
        assert_eq!(areas, ["長野県松本市", "長野県塩尻市"], "{name}: {told}");
        assert!(told.contains("5行目「雇用形態」"), "{name}: {told}");
        let pay = openings[0].1.values(Field::SalaryMin).next().unwrap();
        assert!(pay.to_string().contains("15000000"), "{pay}");
    }
}

#[tokio::test]
async fn a_form_is_one_opening_and_is_not_asked_for_what_it_states() {
    let form: &[&[&str]] = &[
        &["求人票"],
        &["医療機関名", "みどり病院"],
        &["所在地", "長野県松本市中央1-1"],
        &["診療科", "内科"],
        &["雇用形態", "常勤"],
        &["勤務時間", "8:30〜17:15"],
        &["就業場所の変更の範囲", "変更なし"],
        &["年収（万円）", "1500"],
    ];
    let body = "みどり病院の田中です。求人票を添付いたしますので、ご査収ください。\n";
    let (desk, case) = offered("求人票.xlsx", &workbook(form), body).await;
    let openings = all(&desk).await;
    assert_eq!(openings.len(), 1, "{}", told(&desk).await);
    let (_, opening) = &openings[0];
    assert_eq!(
        (opening.area.as_str(), opening.posted.as_deref()),
        ("長野県松本市", Some("2026-11-24"))
    );
    let letter = case.draft.unwrap().body;
    for (words, stand) in [
        ("年収1,500万円", true),
        ("休日・休暇", true),
        ("変更の範囲", false),
        ("始業", false),
    ] {
        assert_eq!(letter.contains(words), stand, "{words}: {letter}");
    }
}

#[tokio::test]
async fn a_paper_in_word_or_pdf_is_read_like_a_mail() {
    let body = "みどり病院の田中です。求人票を添付いたしますので、ご査収ください。\n";
    for name in ["opening.docx", "opening.doc", "opening.pdf"] {
        let (desk, case) = offered(name, &sample(name), body).await;
        let openings = all(&desk).await;
        let told = told(&desk).await;
        assert_eq!(openings.len(), 1, "{name}: {told}");
        let (state, opening) = &openings[0];
        assert_eq!(*state, OpeningState::Draft);
        assert_eq!(opening.area, "長野県松本市", "{name}");
        assert_eq!(opening.institution_name, "みどり病院", "{name}");
        for (field, value) in [
            (Field::Employment, "full_time"),
            (Field::NightDuty, "none"),
            (Field::Duty, "ward"),
            (Field::Day, "thu"),
        ] {
            let said: Vec<String> = opening.values(field).map(ToString::to_string).collect();
            assert!(said.iter().any(|v| v == value), "{name} {field}: {said:?}");
        }
        let letter = case.draft.as_ref().unwrap().body.clone();
        assert!(
            !letter.contains("受動喫煙") && !letter.contains("休日・休暇"),
            "{name}: {letter}"
        );
        // An age is shown with the clause, and asked of nobody.
        let close = told.replace(' ', "");
        assert!(
            close.contains("65歳") && close.contains("9条"),
            "{name}: {told}"
        );
        let line = format!("添付: {name}（求人の下書き 1 件）");
        assert!(desk.notes(&case).iter().any(|(_, text)| *text == line));
    }
    // The same as a table and on paper is one opening.
    let desk = Desk::new().await;
    let table: &[&[&str]] = &[
        &["診療科", "勤務地", "雇用形態", "当直"],
        &["内科", "長野県松本市", "常勤", "なし"],
    ];
    let files: &[(&str, &[u8])] = &[
        ("opening.pdf", &sample("opening.pdf")),
        ("一覧.xlsx", &workbook(table)),
    ];
    let raw = crate::mails::mail_from("みどり病院", "midori@example.com", "求人票", body, files);
    desk.takes(raw).await;
    assert_eq!(all(&desk).await.len(), 1, "{}", told(&desk).await);
    assert!(told(&desk).await.contains("同じ募集とみて"));
}

#[tokio::test]
async fn other_peoples_files_and_other_tables_offer_nothing() {
    // A doctor's list of former posts has the headings of a list of openings.
    let desk = Desk::new().await;
    let body = "医師の佐藤と申します。勤務先を探しております。平日の日勤を希望します。\n";
    let raw = crate::mails::mail_from(
        "佐藤",
        "sato@example.com",
        "転職のご相談",
        body,
        &[("職歴.xlsx", &workbook(LIST))],
    );
    let case = desk.takes(raw).await;
    assert_eq!(case.summary.kind, MessageKind::DoctorInquiry);
    assert!(all(&desk).await.is_empty());
    // Neither does a contact list, whoever sends it, nor a file that is no table.
    let contacts: &[&[&str]] = &[
        &["施設名", "所在地", "電話番号"],
        &["みどり病院", "長野県松本市", "0263-00-0000"],
    ];
    for (name, bytes) in [
        ("連絡先.xlsx", workbook(contacts)),
        ("案内.xlsx", workbook(&[&["病院のご案内"]])),
        ("経歴.docx", sample("cv.docx")),
    ] {
        let (desk, case) =
            offered(name, &bytes, "みどり病院の田中です。資料をお送りします。\n").await;
        assert!(all(&desk).await.is_empty(), "{name}");
        assert_ne!(case.summary.kind, MessageKind::Opening, "{name}");
        assert!(!told(&desk).await.contains(name), "{name}");
    }
}

#[tokio::test]
async fn a_number_on_file_means_a_change_only_for_its_own_institution() {
    let on_file = |id: &str, institution: &str| Opening {
        id: id.into(),
        institution_name: institution.into(),
        area: "長野県松本市".into(),
        expires: Some("2027-03-31".into()),
        ..Opening::default()
    };
    let desk = Desk::new().await;
    let own = [
        on_file("NGN-0001", "みどり病院"),
        on_file("NGN-0002", "さくら病院"),
    ];
    desk.store
        .upsert_openings(&own, &sato(), desk.now)
        .await
        .unwrap();
    let list: &[&[&str]] = &[
        &["求人番号", "施設名", "診療科", "勤務地", "当直"],
        &["NGN-0001", "みどり病院", "内科", "長野県塩尻市", "なし"],
        &["NGN-0002", "みどり病院", "外科", "長野県塩尻市", "なし"],
    ];
    let raw = crate::mails::mail_from(
        "みどり病院",
        "midori@example.com",
        "求人のご案内",
        OFFER,
        &[("一覧.xlsx", &workbook(list))],
    );
    desk.takes(raw).await;
    let changes = desk.store.opening_changes().await.unwrap();
    assert_eq!(changes.len(), 1, "{}", told(&desk).await);
    let after = changes[0].after.as_ref().unwrap();
    assert_eq!(
        (changes[0].opening_id.as_str(), after.area.as_str()),
        ("NGN-0001", "長野県塩尻市")
    );
    assert_eq!(
        after.expires.as_deref(),
        Some("2027-03-31"),
        "what the row leaves open stays"
    );
    // Nothing on file was touched, and the number of another's opening is no more than a draft.
    let openings = all(&desk).await;
    let of = |id: &str| openings.iter().find(|(_, o)| o.id == id).unwrap();
    assert_eq!(of("NGN-0001").1, own[0]);
    assert_eq!(of("NGN-0002").1, own[1]);
    let drafts = openings.iter().filter(|(s, _)| *s == OpeningState::Draft);
    assert_eq!(drafts.count(), 1);
}

#[tokio::test]
async fn a_hostile_table_is_contained() {
    for (fault, problem) in FAULTS {
        let found = under_fault_of(fault)
            .openings("a.xlsx", &workbook(LIST))
            .await;
        assert_eq!(found, Err(problem), "{fault}");
    }
    let good = reader().openings("a.xlsx", &workbook(LIST)).await.unwrap();
    assert_eq!(good.openings.len(), 3);
    // Without rows that can be read, what the mail itself says is left.
    // Rows without end, far corners, formulas for values, and a great many openings: a mail like any other.
    let far = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>施設名</t></is></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData></worksheet>";
    let mut many: Vec<&[&str]> = LIST.to_vec();
    let row: &[&str] = &["", "内科", "常勤", "長野県松本市", "平日", "なし", "1500"];
    many.extend(std::iter::repeat_n(row, 3_000));
    let formula: &[&[&str]] = &[
        LIST[1],
        &[
            "1",
            "=VLOOKUP(A1,B:B,1)",
            "常勤",
            "長野県松本市",
            "平日",
            "なし",
            "1500",
        ],
    ];
    for (name, bytes, drafts) in [
        ("far.xlsx", sheet(far), 1),
        ("many.xlsx", workbook(&many), 100),
        ("formula.xlsx", workbook(formula), 1),
        ("cut.xlsx", workbook(LIST)[..700].to_vec(), 1),
    ] {
        let (desk, case) = offered(name, &bytes, OFFER).await;
        assert_eq!(
            all(&desk).await.len(),
            drafts,
            "{name}: {}",
            told(&desk).await
        );
        assert!(case.newest_message.is_some());
        if drafts == 100 {
            let all = confirm(&desk, "MAIL-1-all").await;
            assert_eq!(all.text, "求人 100 件を確認済みにしました。");
        }
    }
}

/// What the program says of a mail to a person at a terminal, and to a program.
fn extracted(raw: &[u8]) -> (String, serde_json::Value) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("offer.eml");
    std::fs::write(&path, raw).unwrap();
    let extract = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_madoguchi"));
        command.arg("extract").arg(&path).env("NO_COLOR", "1");
        command
    };
    let nix::pty::OpenptyResult { master, slave } = nix::pty::openpty(None, None).unwrap();
    let mut program = extract().stdout(slave).spawn().unwrap();
    let mut shown = vec![];
    // A terminal that nobody writes to any more ends in an error.
    std::fs::File::from(master).read_to_end(&mut shown).ok();
    assert!(program.wait().unwrap().success());
    let output = extract().arg("--json").output().unwrap();
    let json = serde_json::from_slice(&output.stdout).unwrap();
    (String::from_utf8(shown).unwrap(), json)
}

#[test]
fn extract_shows_people_what_files_offer_and_keeps_to_the_contract() {
    let body = "みどり病院の田中です。求人票を添付いたしますので、ご査収ください。\n";
    let table: &[&[&str]] = &[
        &["求人番号", "診療科", "勤務地", "当直"],
        &["A-7", "小児科", "長野県塩尻市", "月2回"],
        &["A-8", "外科", "長野県塩尻市", "月1.5.2回"],
    ];
    let price: &[&[&str]] = &[&["品名", "価格"], &["聴診器", "12000"]];
    let tables: &[(&str, &[u8])] = &[("一覧.xlsx", &workbook(table)), ("価格.csv", &csv(price))];
    let paper: &[(&str, &[u8])] = &[("opening.docx", &sample("opening.docx"))];
    let of =
        |files| crate::mails::mail_from("みどり病院", "midori@example.com", "求人票", body, files);
    for (files, words) in [
        (
            tables,
            [
                "添付「一覧.xlsx」から求人 1 件を読みました。",
                "・3行目「当直」: 「月1.5.2回」が分かりません",
                "1. A-7 長野県塩尻市",
                "小児科",
                "当直月2回",
            ],
        ),
        (
            paper,
            [
                "添付「opening.docx」から求人 1 件を読みました。",
                "9条",
                "1. みどり病院 長野県松本市",
                "常勤",
                "当直なし",
            ],
        ),
    ] {
        let (shown, json) = extracted(&of(files));
        for words in words {
            assert!(shown.contains(words), "{words}: {shown}");
        }
        assert!(!shown.contains("聴診器"), "{shown}");
        // The contract has items whose quotes stand in the mail, and nothing else.
        let keys: Vec<&String> = json.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["kind", "language", "opening"]);
        for item in json["opening"].as_array().unwrap() {
            assert!(body.contains(item["quote"].as_str().unwrap()), "{item}");
        }
    }
    // A doctor's files offer nothing.
    let body = "内科医の佐藤です。長野県内で週3日の外来を希望します。\n";
    let raw = crate::mails::mail_from("佐藤", "sato@example.com", "ご相談", body, tables);
    let (shown, _) = extracted(&raw);
    assert!(
        shown.contains("添付: 一覧.xlsx") && !shown.contains("求人 1 件"),
        "{shown}"
    );
}
