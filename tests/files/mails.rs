//! Files on their way with a mail: into the profile, onto the card, out of the commands.

use crate::{reader, sample};
use chrono::{DateTime, Utc};
use madoguchi::{
    app::Rooms,
    clock::SetClock,
    config,
    domain::{
        message::Source,
        review::Actor,
        wish::{MessageKind, ProfileField},
    },
    review::card::{Beside, Card, Tone},
    store::{self, CaseDetail, Incoming, Store},
};
use serde_json::Value;
use std::{path::Path, process::Command, sync::Arc};

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for (at, three) in bytes.chunks(3).enumerate() {
        if at > 0 && at % 19 == 0 {
            out.push_str("\r\n");
        }
        let n = three.iter().fold(0u32, |n, b| n << 8 | u32::from(*b)) << (8 * (3 - three.len()));
        for i in 0..4 {
            let sign = SIGNS[(n >> (18 - 6 * i)) as usize & 63];
            out.push(if i <= three.len() {
                char::from(sign)
            } else {
                '='
            });
        }
    }
    out
}

/// A mail with files; the body says little of who writes.
fn mail(body: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
    mail_from("佐藤", "sato@example.com", "転職のご相談", body, files)
}

pub fn mail_from(
    name: &str,
    address: &str,
    subject: &str,
    body: &str,
    files: &[(&str, &[u8])],
) -> Vec<u8> {
    let mut out = format!(
        "From: =?utf-8?B?{}?= <{address}>\r\nTo: md@example.jp\r\nSubject: =?utf-8?B?{}?=\r\n\
         Date: Tue, 24 Nov 2026 10:00:00 +0900\r\nMessage-ID: <cv@example.com>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{}\r\n",
        base64(name.as_bytes()),
        base64(subject.as_bytes()),
        base64(body.as_bytes()),
    );
    for (name, bytes) in files {
        out.push_str(&format!(
            "--b\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\
             Content-Disposition: attachment; filename*=utf-8''{}\r\n\r\n{}\r\n",
            name.bytes()
                .map(|b| format!("%{b:02X}"))
                .collect::<String>(),
            base64(bytes)
        ));
    }
    out.push_str("--b--\r\n");
    out.into_bytes()
}

const BODY: &str = "初めてご連絡いたします。医師の佐藤と申します。\n勤務先を探しております。平日の日勤を希望します。\n履歴書を添付いたしますので、ご査収ください。\n";

pub struct Desk {
    pub rooms: Rooms,
    pub store: Arc<dyn Store>,
    pub now: DateTime<Utc>,
}

impl Desk {
    pub async fn new() -> Desk {
        Desk::on("sqlite::memory:").await
    }

    async fn on(url: &str) -> Desk {
        let now: DateTime<Utc> = "2026-11-24T01:00:00Z".parse().unwrap();
        let store: Arc<dyn Store> = Arc::new(store::open(url).await.unwrap());
        let config = config::parse("", Path::new("config.toml")).unwrap();
        let clock = Arc::new(SetClock::new(now));
        let rooms = Rooms::new(&config, store.clone(), clock).await.unwrap();
        Desk { rooms, store, now }
    }

    pub async fn takes(&self, raw: Vec<u8>) -> CaseDetail {
        let incoming = Incoming::whole(Source::Mail, "cv", raw, self.now);
        self.store.receive_one(&incoming, self.now).await.unwrap();
        let mut pipeline = self.rooms.pipeline();
        pipeline.reader = reader();
        while pipeline.step().await.unwrap() {}
        let id = self.store.case_of("cv").await.unwrap().unwrap();
        self.store.case(id).await.unwrap().unwrap()
    }

    pub fn notes(&self, case: &CaseDetail) -> Vec<(Tone, String)> {
        let zone = self.rooms.reviewer().desk.time_zone;
        Card::of(case, &Beside::default(), 5, zone, self.now)
            .notes
            .into_iter()
            .map(|note| (note.tone, note.text))
            .filter(|(_, text)| text.starts_with("添付"))
            .collect()
    }
}

fn facts(case: &CaseDetail) -> Vec<(ProfileField, String, Option<String>)> {
    let standing = case.wishes.as_ref().unwrap();
    standing
        .profile
        .iter()
        .map(|item| (item.field, item.value.to_string(), item.source.clone()))
        .collect()
}

#[tokio::test]
async fn a_curriculum_vitae_fills_in_what_the_mail_leaves_open() {
    for name in [
        "cv.docx",
        "cv.xlsx",
        "cv.doc",
        "cv.xls",
        "cv-office.pdf",
        "cv-embedded.pdf",
        "cv-unijis.pdf",
        "cv-rksj.pdf",
        "cv.rtf",
    ] {
        let desk = Desk::new().await;
        let extension = name.rsplit('.').next().unwrap();
        let given = format!("履歴書.{extension}");
        let case = desk.takes(mail(BODY, &[(&given, &sample(name))])).await;
        let facts = facts(&case);
        let of_file = |field, value: &str| {
            assert!(
                facts.contains(&(field, value.to_owned(), Some(given.clone()))),
                "{name}: {field}={value} is missing in {facts:?}"
            );
        };
        assert!(
            facts.contains(&(ProfileField::Name, "佐藤".into(), None)),
            "{name}: {facts:?}"
        );
        of_file(ProfileField::Age, "65");
        of_file(ProfileField::Home, "長野県松本市");
        of_file(ProfileField::Phone, "090-0000-1234");
        of_file(ProfileField::LicenseYear, "1987");
        of_file(ProfileField::Specialty, "消化器内科");
        of_file(ProfileField::Status, "employed");
        of_file(
            ProfileField::Certification,
            "日本内科学会認定総合内科専門医",
        );
        let expected = format!("添付: {given}（読めました。経歴を取り込みました）");
        assert_eq!(desk.notes(&case), [(Tone::Plain, expected)], "{name}");
    }
}

#[tokio::test]
async fn papers_without_a_word_are_an_inquiry() {
    let desk = Desk::new().await;
    let words = "履歴書を送付いたします。ご査収ください。\n";
    let case = desk
        .takes(mail(words, &[("添付.pdf", &sample("cv-office.pdf"))]))
        .await;
    assert_eq!(case.summary.kind, MessageKind::DoctorInquiry);
    assert!(case.draft.is_some(), "{:?}", case.reason);
    assert!(facts(&case).contains(&(
        ProfileField::Name,
        "佐藤一郎".into(),
        Some("添付.pdf".into())
    )));
    assert_eq!(case.summary.name, "佐藤一郎");
}

#[tokio::test]
async fn a_hostile_file_stops_no_mail() {
    let photo = [&b"\xff\xd8\xff\xe0"[..], &[7; 40_000]].concat();
    let desk = Desk::new().await;
    let raw = mail(
        BODY,
        &[
            ("履歴書.pdf", b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000000 >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF"),
            ("写真.jpg", &photo),
            ("logo.png", b"\x89PNG"),
            ("smime.p7s", b"0\x80"),
            ("秘密.pdf", &sample("password.pdf")),
            ("scan.pdf", &sample("scanned.pdf")),
            ("経歴.docx", &sample("cv.docx")),
        ],
    );
    let case = desk.takes(raw).await;
    assert!(case.draft.is_some(), "{:?}", case.reason);
    assert!(facts(&case).contains(&(ProfileField::Age, "65".into(), Some("経歴.docx".into()))));
    let notes = desk.notes(&case);
    let texts: Vec<&str> = notes.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "添付: 履歴書.pdf（読むのに時間がかかりすぎるため止めました）",
            "添付: 秘密.pdf（パスワードがかかっています）",
            "添付: scan.pdf（画像だけのため文字を読めません）",
            "添付: 経歴.docx（読めました。経歴を取り込みました）",
            "添付: 画像 1 件（文字は読み取りません）",
        ]
    );
    assert_eq!(notes[0].0, Tone::Caution);
}

#[tokio::test]
async fn files_are_handed_out_on_demand_and_that_is_written_down() {
    let dir = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}/desk.db", dir.path().display());
    let desk = Desk::on(&url).await;
    let cv = sample("cv.docx");
    let page = "<html><script>alert(1)</script></html>".as_bytes();
    let raw = mail(
        BODY,
        &[
            ("../../etc/履歴書.docx", &cv),
            ("setup.pdf.exe", b"MZ"),
            ("案内.html", page),
        ],
    );
    let case = desk.takes(raw).await;
    let actor = Actor {
        id: "terminal:sato".into(),
        name: "佐藤".into(),
    };
    let found = desk
        .rooms
        .reviewer()
        .files(case.summary.id, &actor)
        .await
        .unwrap();
    let names: Vec<&str> = found.files.iter().map(|f| f.name.as_str()).collect();
    assert_eq!(names, ["履歴書.docx", "案内.html.txt"]);
    assert_eq!(found.files[0].bytes, cv);
    assert_eq!(found.withheld, ["setup.pdf.exe（実行できる種類です）"]);
    let history = desk.store.history(case.summary.id).await.unwrap();
    let line = history
        .iter()
        .find(|line| line.action == "files_seen")
        .unwrap();
    assert_eq!(line.actor, "terminal:sato 佐藤");

    // The terminal does the same on the same store, and overwrites nothing.
    std::fs::write(
        dir.path().join("config.toml"),
        format!("[store]\nurl = \"{url}\"\n"),
    )
    .unwrap();
    let out = dir.path().join("添付");
    for expected in ["履歴書.docx", "1-履歴書.docx"] {
        let output = Command::new(env!("CARGO_BIN_EXE_madoguchi"))
            .args(["review", "files", &case.summary.number, "--out", "添付"])
            .current_dir(dir.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}");
        assert!(
            said.contains("setup.pdf.exe（実行できる種類です）"),
            "{said}"
        );
        assert_eq!(std::fs::read(out.join(expected)).unwrap(), cv);
    }
    assert!(!out.join("setup.pdf.exe").exists());
}

fn program(arguments: &[&str], file: &Path) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_madoguchi"))
        .args(arguments)
        .arg(file)
        .current_dir(file.parent().unwrap())
        .output()
        .unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn inspect_and_extract_tell_of_files() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cv.eml");
    let files: &[(&str, &[u8])] = &[
        ("履歴書.docx", &sample("cv.docx")),
        ("scan.pdf", &sample("scanned.pdf")),
        ("list.csv", "氏名,科\r\n佐藤,内科\r\n".as_bytes()),
        ("x.zip", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
    ];
    std::fs::write(&path, mail(BODY, files)).unwrap();
    let seen = program(&["inspect", "--json"], &path);
    let attachments = seen["attachments"].as_array().unwrap();
    let keys: Vec<&String> = attachments[0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["name", "content_type", "size", "text"]);
    assert!(
        attachments[0]["text"]
            .as_str()
            .unwrap()
            .contains("医籍登録")
    );
    assert_eq!(attachments[1]["text"], Value::Null);
    assert_eq!(attachments[2]["text"], "氏名,科\n佐藤,内科\n");
    assert_eq!(attachments[3]["text"], Value::Null);
    assert_eq!(
        seen["problems"],
        serde_json::json!(["scan.pdf: scanned pages, no text"])
    );
    let read = program(&["extract", "--json"], &path);
    let age = read["profile"]
        .as_array()
        .unwrap()
        .iter()
        .find(|i| i["field"] == "age")
        .unwrap();
    assert_eq!(
        *age,
        serde_json::json!({"field": "age", "value": 65, "quote": "昭和36年4月12日", "source": "履歴書.docx"})
    );
}
