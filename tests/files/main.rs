//! Files that come with mails: read in a child process, whatever they do to it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod mails;
mod openings;

use madoguchi::{
    domain::file::{FileKind, FileProblem},
    files::Extract,
    sandbox::{Bounds, Reader},
};
use std::{
    io::{Cursor, Write as _},
    path::Path,
    time::{Duration, Instant},
};
use zip::{ZipWriter, write::SimpleFileOptions};

fn reader() -> Reader {
    Reader {
        program: Some(env!("CARGO_BIN_EXE_madoguchi").into()),
        // A busy machine is no reason to give up a good file.
        bounds: Bounds {
            time: Duration::from_secs(60),
            time_per_mail: Duration::from_secs(120),
            ..Bounds::default()
        },
        ..Reader::default()
    }
}

fn sample(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/files");
    std::fs::read(folder.join(name)).unwrap()
}

/// What every curriculum vitae of tools/make_files.py holds, a line each, without blanks.
const LINES: &[&str] = &[
    "履歴書",
    "氏名|佐藤一郎",
    "現住所|〒390-0811長野県松本市中央3丁目1-1",
    "電話|090-0000-1234",
    "昭和62年3月|○○大学医学部医学科卒業",
    "平成18年4月|△△市民病院消化器内科部長",
    "昭和62年5月|医師免許取得（医籍登録第300000号）",
    "平成10年12月|日本消化器病学会専門医",
];

fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(|line| {
            line.trim()
                .replace('\t', "|")
                .replace([' ', '\u{3000}'], "")
        })
        .collect()
}

#[tokio::test]
async fn a_curriculum_vitae_is_read_in_every_format() {
    for (name, kind, born) in [
        ("cv.docx", FileKind::Docx, "昭和36年4月12日生（満65歳）"),
        ("cv.doc", FileKind::Doc, "昭和36年4月12日生（満65歳）"),
        ("cv.xlsx", FileKind::Xlsx, "1961年4月12日"),
        ("cv.xls", FileKind::Xls, "1961年4月12日"),
        ("cv.rtf", FileKind::Rtf, "昭和36年4月12日生（満65歳）"),
        (
            "cv-embedded.pdf",
            FileKind::Pdf,
            "昭和36年4月12日生（満65歳）",
        ),
        (
            "cv-office.pdf",
            FileKind::Pdf,
            "昭和36年4月12日生（満65歳）",
        ),
        (
            "cv-unijis.pdf",
            FileKind::Pdf,
            "昭和36年4月12日生（満65歳）",
        ),
        (
            "owner-only.pdf",
            FileKind::Pdf,
            "昭和36年4月12日生（満65歳）",
        ),
        ("cv-form.pdf", FileKind::Pdf, "昭和36年4月12日生（満65歳）"),
        ("cv-rksj.pdf", FileKind::Pdf, "昭和36年4月12日生（満65歳）"),
    ] {
        let found = reader().read(name, &sample(name)).await;
        assert_eq!((found.kind, found.problem), (kind, None), "{name}");
        let lines = lines(&found.text.unwrap());
        for line in LINES {
            assert!(
                lines.iter().any(|l| l == line),
                "{name}: {line} in {lines:?}"
            );
        }
        assert!(
            lines.contains(&format!("生年月日|{born}")),
            "{name}: {lines:?}"
        );
        assert!(
            !lines.join("").contains("隠"),
            "{name}: hidden words were read"
        );
    }
}

#[tokio::test]
async fn a_font_that_only_numbers_its_shapes_is_read() {
    let name = "cv-japan1.pdf";
    let found = reader().read(name, &sample(name)).await;
    let lines = lines(&found.text.unwrap());
    for line in [
        "現住所|〒390-0811長野県松本市中央3丁目1-1",
        "平成18年4月|角角市民病院消化器内科部長",
    ] {
        assert!(lines.iter().any(|l| l == line), "{line} in {lines:?}");
    }
}

#[tokio::test]
async fn readings_hidden_and_deleted_words_are_left_out() {
    let found = reader().read("marks.docx", &sample("marks.docx")).await;
    assert_eq!(found.text.as_deref(), Some("佐藤 & 髙\n終わり"));
    let found = reader().read("cv.rtf", &sample("cv.rtf")).await;
    assert!(found.text.unwrap().ends_with("高🟉"));
}

#[tokio::test]
async fn what_cannot_be_read_is_named() {
    let pdf = sample("cv-embedded.pdf");
    let cases: Vec<(&str, Vec<u8>, FileKind, FileProblem)> = vec![
        (
            "scanned.pdf",
            sample("scanned.pdf"),
            FileKind::Pdf,
            FileProblem::Scanned,
        ),
        (
            "password.pdf",
            sample("password.pdf"),
            FileKind::Pdf,
            FileProblem::Encrypted,
        ),
        (
            "photo.pdf",
            b"\xff\xd8\xff\xe0rest".to_vec(),
            FileKind::Image,
            FileProblem::Scanned,
        ),
        ("empty.docx", vec![], FileKind::Other, FileProblem::Empty),
        (
            "cut.docx",
            sample("cv.docx")[..700].to_vec(),
            FileKind::Zip,
            FileProblem::Unsupported,
        ),
        (
            "not.docx",
            b"not a document at all".to_vec(),
            FileKind::Docx,
            FileProblem::Damaged,
        ),
        (
            "not.xls",
            b"not a workbook at all".to_vec(),
            FileKind::Xls,
            FileProblem::Damaged,
        ),
        (
            "not.doc",
            vec![0xd0; 4_000],
            FileKind::Doc,
            FileProblem::Damaged,
        ),
        (
            "program.exe",
            b"MZ\x90\0rest".to_vec(),
            FileKind::Other,
            FileProblem::Unsupported,
        ),
        (
            "cut.pdf",
            pdf[..2_000].to_vec(),
            FileKind::Pdf,
            FileProblem::Damaged,
        ),
    ];
    let mut wrapped = cfb::CompoundFile::create(Cursor::new(vec![])).unwrap();
    wrapped
        .create_stream("/EncryptedPackage")
        .unwrap()
        .write_all(b"secret")
        .unwrap();
    let wrapped = wrapped.into_inner().into_inner();
    let mut locked = zipped(&[("cv.pdf", &|w| w.write_all(b"secret").unwrap())]);
    for (sign, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = locked.windows(4).position(|w| w == sign).unwrap();
        locked[at + flags] |= 1;
    }
    let cases = cases.into_iter().chain([
        (
            "locked.docx",
            wrapped,
            FileKind::Other,
            FileProblem::Encrypted,
        ),
        ("locked.zip", locked, FileKind::Zip, FileProblem::Encrypted),
    ]);
    for (name, bytes, kind, problem) in cases {
        let found = reader().read(name, &bytes).await;
        assert_eq!((found.kind, found.problem), (kind, Some(problem)), "{name}");
        assert_eq!(found.text, None, "{name}");
    }
}

#[tokio::test]
async fn a_wrong_extension_misleads_nobody() {
    for (name, of) in [
        ("cv.pdf", "cv.docx"),
        ("cv.xls", "cv-rksj.pdf"),
        ("cv", "cv.xls"),
        ("cv.docx", "cv.rtf"),
    ] {
        let found = reader().read(name, &sample(of)).await;
        assert!(
            found.text.is_some_and(|t| t.contains("医籍登録")),
            "{of} as {name}"
        );
    }
}

/// What a reader can be made to do, and what is then told of the file.
const FAULTS: [(&str, FileProblem); 7] = [
    ("memory", FileProblem::Memory),
    ("processor", FileProblem::Time),
    ("sleep", FileProblem::Time),
    ("stack", FileProblem::Damaged),
    ("flood", FileProblem::Expands),
    ("panic", FileProblem::Damaged),
    ("abort", FileProblem::Damaged),
];

/// Reads with little time, and says how long it took.
async fn under_fault(fault: &str) -> (Extract, Duration) {
    let start = Instant::now();
    let found = under_fault_of(fault)
        .read("cv.docx", &sample("cv.docx"))
        .await;
    (found, start.elapsed())
}

fn under_fault_of(fault: &str) -> Reader {
    Reader {
        fault: Some(fault.to_owned()),
        bounds: Bounds {
            memory: 400 * 1024 * 1024,
            processor_seconds: 1,
            time: Duration::from_secs(5),
            ..Bounds::default()
        },
        ..reader()
    }
}

#[tokio::test]
async fn whatever_a_reader_does_is_contained() {
    let further = [
        ("one-allocation", FileProblem::Memory),
        // The child writes no byte to a file and sees no password.
        ("write", FileProblem::Damaged),
        ("environment", FileProblem::Failed),
    ];
    for (fault, problem) in FAULTS.into_iter().chain(further) {
        let (found, time) = under_fault(fault).await;
        assert_eq!(found.problem, Some(problem), "{fault}");
        assert_eq!(found.text, None, "{fault}");
        assert!(time < Duration::from_secs(8), "{fault} took {time:?}");
    }
    let (found, _) = under_fault("none").await;
    assert_eq!(found.problem, None, "the same reader without a fault reads");
    let written = Path::new("/tmp/madoguchi-must-not-be-written");
    assert_eq!(std::fs::metadata(written).map_or(0, |m| m.len()), 0);
    std::fs::remove_file(written).ok();
}

#[tokio::test]
async fn a_program_that_is_none_is_a_problem_of_the_file() {
    for program in [None, Some("/nowhere/madoguchi"), Some("/bin/true")] {
        let reader = Reader {
            program: program.map(Into::into),
            ..Reader::default()
        };
        let found = reader.read("cv.docx", &sample("cv.docx")).await;
        assert_eq!(found.problem, Some(FileProblem::Failed), "{program:?}");
    }
}

type Writing = ZipWriter<Cursor<Vec<u8>>>;
/// Writes a part.
type Fill<'a> = &'a dyn Fn(&mut Writing);

fn zipped(parts: &[(&str, Fill<'_>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(vec![]));
    for (name, fill) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        fill(&mut writer);
    }
    writer.finish().unwrap().into_inner()
}

fn times(writer: &mut Writing, text: &str, count: usize) {
    let chunk = text.repeat(1024);
    for _ in 0..count / 1024 {
        writer.write_all(chunk.as_bytes()).unwrap();
    }
}

const PARAGRAPH: &str = "<w:p><w:r><w:t>あ</w:t></w:r></w:p>";

fn document(body: Fill<'_>) -> Vec<u8> {
    zipped(&[("word/document.xml", body)])
}

fn workbook(sheet: &str) -> Vec<u8> {
    let book = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let root = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    zipped(&[
        ("_rels/.rels", &|w| w.write_all(root.as_bytes()).unwrap()),
        ("xl/workbook.xml", &|w| {
            w.write_all(book.as_bytes()).unwrap()
        }),
        ("xl/_rels/workbook.xml.rels", &|w| {
            w.write_all(relations.as_bytes()).unwrap()
        }),
        ("xl/worksheets/sheet1.xml", &|w| {
            w.write_all(sheet.as_bytes()).unwrap()
        }),
    ])
}

/// A PDF without a table of places; readers find the objects themselves.
fn pdf(objects: &[&str]) -> Vec<u8> {
    let mut out = String::from("%PDF-1.4\n");
    for (i, object) in objects.iter().enumerate() {
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", i + 1));
    }
    out.push_str(&format!(
        "trailer << /Size {} /Root 1 0 R >>\nstartxref\n0\n%%EOF\n",
        objects.len() + 1
    ));
    out.into_bytes()
}

#[tokio::test]
async fn hostile_files_harm_nothing() {
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>";
    let kids = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>";
    let catalogue = "<< /Type /Catalog /Pages 2 0 R >>";
    let lying = {
        // The size in both headers of a stored part is changed to 1: it unpacks to more than it says.
        let mut bytes = document(&|w| times(w, PARAGRAPH, 1024 * 1024));
        let size = (1024 * 1024 * u32::try_from(PARAGRAPH.len()).unwrap()).to_le_bytes();
        let at: Vec<usize> = bytes
            .windows(4)
            .enumerate()
            .filter(|(_, w)| *w == size)
            .map(|(i, _)| i)
            .collect();
        assert!(at.len() >= 2, "both headers say the size");
        for at in at {
            bytes[at..at + 4].copy_from_slice(&1u32.to_le_bytes());
        }
        bytes
    };
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("lying.docx", lying),
        (
            "tables.docx",
            document(&|w| times(w, "<w:tbl><w:tr><w:tc><w:p>", 256 * 1024)),
        ),
        (
            "entities.docx",
            document(&|w| {
                w.write_all(b"<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><w:document><w:p><w:t>&b;</w:t></w:p></w:document>").unwrap();
            }),
        ),
        (
            "many.docx",
            zipped(&[("word/document.xml", &|w| {
                for i in 0..20_000 {
                    w.start_file(format!("word/{i}.xml"), SimpleFileOptions::default())
                        .unwrap();
                }
            })]),
        ),
        (
            "sparse.xlsx",
            workbook(
                r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>"#,
            ),
        ),
        (
            "rows.xlsx",
            workbook(&format!(
                r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>"#,
                "<row><c><v>1</v></c></row>".repeat(600_000)
            )),
        ),
        (
            "loop.pdf",
            pdf(&[
                catalogue,
                "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000000 >>",
            ]),
        ),
        (
            "form-loop.pdf",
            pdf(&[
                catalogue,
                kids,
                page,
                "<< /Length 5 >>\nstream\n/X Do\nendstream",
                "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Length 11 >>\nstream\n/X Do /X Do\nendstream",
            ]),
        ),
        (
            "length-loop.pdf",
            pdf(&[
                catalogue,
                kids,
                page,
                "<< /Length 4 0 R >>\nstream\nBT ET\nendstream",
            ]),
        ),
        (
            "declared.pdf",
            pdf(&[
                catalogue,
                kids,
                page,
                "<< /Length 104857600 >>\nstream\nBT ET\nendstream",
            ]),
        ),
        ("deep.pdf", pdf(&[catalogue, kids, page, &deep])),
        (
            "deep-page.pdf",
            pdf(&[
                catalogue,
                &format!("<< /Type /Pages /Kids {deep} /Count 1 >>"),
            ]),
        ),
        (
            "deep-content.pdf",
            pdf(&[
                catalogue,
                kids,
                page,
                &format!(
                    "<< /Length {} >>\nstream\nBT {deep} TJ ET\nendstream",
                    deep.len() + 9
                ),
            ]),
        ),
        (
            "deep.rtf",
            format!("{{\\rtf1 {}", "{\\b ".repeat(500_000)).into_bytes(),
        ),
        (
            "bin.rtf",
            b"{\\rtf1 \\bin2000000000 \\u-999999999999 \\'zz}".to_vec(),
        ),
        ("cut.doc", sample("cv.doc")[..6_000].to_vec()),
        ("cut.xls", sample("cv.xls")[..4_000].to_vec()),
        ("cut.pdf", sample("cv-office.pdf")[..20_000].to_vec()),
    ];
    for (name, bytes) in cases {
        let start = Instant::now();
        let hasty = Reader {
            bounds: Bounds::default(),
            ..reader()
        };
        let found = hasty.read(name, &bytes).await;
        let time = start.elapsed();
        println!(
            "{name} ({} bytes): {:?} {:?} in {time:?}",
            bytes.len(),
            found.problem,
            found.text.as_deref().map(str::len)
        );
        assert!(time < Duration::from_secs(12), "{name} took {time:?}");
        assert!(found.text.is_some() || found.problem.is_some(), "{name}");
        assert!(found.text.map_or(0, |t| t.len()) < 1_000_000, "{name}");
    }
}

#[tokio::test]
async fn bombs_are_refused_at_once() {
    let bomb = document(&|w| times(w, PARAGRAPH, 2 * 1024 * 1024));
    let start = Instant::now();
    let found = reader().read("bomb.docx", &bomb).await;
    assert_eq!(found.problem, Some(FileProblem::Expands));
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn bytes_changed_at_random_are_survived() {
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    for name in [
        "cv.docx",
        "cv.doc",
        "cv.xlsx",
        "cv.xls",
        "cv.rtf",
        "cv-office.pdf",
        "cv-rksj.pdf",
    ] {
        for _ in 0..6 {
            let mut bytes = sample(name);
            for _ in 0..1 + next() % 20 {
                let at = usize::try_from(next()).unwrap_or(0) % bytes.len();
                bytes[at] = next().to_le_bytes()[0];
            }
            let found = reader().read(name, &bytes).await;
            assert!(found.text.is_some() || found.problem.is_some(), "{name}");
            assert_ne!(found.problem, Some(FileProblem::Failed), "{name}");
        }
    }
}
