//! The sample mails are what their list says: real bytes of the named kinds, with nobody's real address.

use mail_parser::{HeaderValue, MessageParser};
use std::path::PathBuf;

fn folder() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "samples"].iter().collect()
}

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name)).unwrap()
}

#[test]
fn every_sample_is_listed_and_of_november_2026() {
    let list = std::fs::read_to_string(folder().join("README.md")).unwrap();
    let mut seen = 0;
    for entry in std::fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if !name.ends_with(".eml") {
            continue;
        }
        seen += 1;
        assert!(list.contains(&format!("`{name}`")), "{name}");
        let bytes = bytes(&name);
        let message = MessageParser::default().parse(&bytes).unwrap();
        let date = message.date().unwrap().to_rfc3339();
        assert!(
            date.starts_with("2026-11-") && date.ends_with("+09:00"),
            "{name}: {date}"
        );
        assert!(message.message_id().is_some(), "{name}");
        let raw = String::from_utf8_lossy(&bytes);
        let head = raw.split("\r\n\r\n").next().unwrap();
        let text = format!("{head}\r\n{}", message.body_text(0).unwrap());
        for address in text
            .split([' ', '<', '>', ';', '\r', '\n', ':', '&'])
            .filter(|w| w.contains('@'))
        {
            assert!(
                address.ends_with("@example.jp") || address.ends_with("@example.com"),
                "{name}: {address}"
            );
        }
        assert_eq!(
            raw.matches('\n').count(),
            raw.matches("\r\n").count(),
            "{name}"
        );
    }
    assert!(seen >= 8, "{seen}");
}

#[test]
fn samples_have_the_charsets_and_forms_of_their_names() {
    for (name, words) in [
        ("01-inquiry-commute.eml", "車で30分以内"),
        ("02-inquiry-qol.eml", "① 横浜市内"),
        ("03-inquiry-teaching.eml", "後進の指導"),
        ("04-inquiry-english.eml", "愛知県名古屋市"),
        ("05-hospital-opening.eml", "内科（1名）"),
        ("06-new-field-phone.eml", "iPhoneから送信"),
        ("07-update-quoted.eml", "> 　・週4日"),
        ("08-out-of-office.eml", "11月30日（月）以降"),
        ("09-sales-pitch.eml", "クラウドサービス"),
        ("10-opt-out.eml", "登録を取り消して"),
    ] {
        let bytes = bytes(name);
        let message = MessageParser::default().parse(&bytes).unwrap();
        let body = message.body_text(0).unwrap();
        assert!(body.contains(words), "{name}: {body}");
    }
    let has = |name: &str, part: &[u8]| bytes(name).windows(part.len()).any(|w| w == part);
    assert!(has("01-inquiry-commute.eml", b"\x1b$B"));
    assert!(String::from_utf8(bytes("02-inquiry-qol.eml")).is_err());
    assert!(!has("03-inquiry-teaching.eml", b"text/plain"));
    let automatic = bytes("08-out-of-office.eml");
    let message = MessageParser::default().parse(&automatic).unwrap();
    assert_eq!(
        message
            .header("Auto-Submitted")
            .and_then(HeaderValue::as_text),
        Some("auto-replied")
    );
    assert!(has("08-out-of-office.eml", b"Return-Path: <>"));
}
