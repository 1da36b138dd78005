//! Every mail of `tests/data/decode` is read as its JSON file says: the keys that stand there, and no others, are compared.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use madoguchi::decode::{Limits, decode, header_only};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn corpus() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/decode");
    let mut mails: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "eml"))
        .collect();
    mails.sort();
    mails
}

/// Adds to `wrong` where `got` differs from what `want` states.
fn compare(at: &str, want: &Value, got: &Value, wrong: &mut Vec<String>) {
    match (want, got) {
        (Value::Object(want), _) => {
            for (key, value) in want {
                if key == "problems_contain" {
                    for part in value.as_array().unwrap() {
                        let part = part.as_str().unwrap();
                        let told = got["problems"]
                            .as_array()
                            .unwrap()
                            .iter()
                            .any(|problem| problem.as_str().unwrap().contains(part));
                        if !told {
                            wrong.push(format!("{at}: no problem {part:?} in {}", got["problems"]));
                        }
                    }
                } else {
                    compare(&format!("{at}.{key}"), value, &got[key], wrong);
                }
            }
        }
        (Value::Array(want), Value::Array(got)) if want.len() == got.len() => {
            for (number, (want, got)) in want.iter().zip(got).enumerate() {
                compare(&format!("{at}[{number}]"), want, got, wrong);
            }
        }
        _ if want == got => {}
        _ => wrong.push(format!("{at}:\n  want {want}\n  got  {got}")),
    }
}

#[test]
fn every_mail_of_the_corpus_is_read_as_expected() {
    let mails = corpus();
    assert!(mails.len() >= 120, "only {} mails", mails.len());
    let mut wrong = Vec::new();
    for mail in &mails {
        let want: Value =
            serde_json::from_slice(&fs::read(mail.with_extension("json")).unwrap()).unwrap();
        let got = decode(&fs::read(mail).unwrap(), &Limits::default());
        let name = mail.file_stem().unwrap().to_string_lossy().into_owned();
        let got = serde_json::to_value(&got).unwrap();
        compare(&name, &want, &got, &mut wrong);
    }
    assert!(
        wrong.is_empty(),
        "{} differences:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn new_words_and_signature_are_whole_lines_of_the_text() {
    for mail in corpus() {
        let got = decode(&fs::read(&mail).unwrap(), &Limits::default());
        let lines: Vec<&str> = got.text.lines().map(str::trim_end).collect();
        let parts = got
            .new_text
            .lines()
            .chain(got.signature.iter().flat_map(|s| s.lines()));
        for line in parts.map(str::trim_end).filter(|line| !line.is_empty()) {
            assert!(
                lines.contains(&line) || lines.iter().any(|whole| whole.trim() == line.trim()),
                "{}: {line:?} is no line of the text",
                mail.display()
            );
        }
    }
}

#[test]
fn line_ends_make_no_difference() {
    for mail in corpus() {
        let raw = fs::read(&mail).unwrap();
        let is_utf16 = mail.to_string_lossy().contains("utf-16");
        if is_utf16 || raw.contains(&b'\r') {
            continue;
        }
        let mut with_crlf = Vec::new();
        for line in raw.split_inclusive(|b| *b == b'\n') {
            with_crlf.extend_from_slice(line.strip_suffix(b"\n").unwrap_or(line));
            if line.ends_with(b"\n") {
                with_crlf.extend_from_slice(b"\r\n");
            }
        }
        let unix = decode(&raw, &Limits::default());
        let mut dos = decode(&with_crlf, &Limits::default());
        for (dos, unix) in dos.attachments.iter_mut().zip(&unix.attachments) {
            // Mails and files that stand unencoded are longer by their line ends.
            dos.size = unix.size;
        }
        assert_eq!(dos, unix, "{}", mail.display());
    }
}

#[test]
fn a_header_alone_is_read_without_its_body() {
    let got = header_only(
        b"From: =?iso-2022-jp?B?GyRCOXU2bBsoQg==?= <a@example.jp>\r\nSubject: big\r\nMessage-ID: <m@example.jp>\r\n\r\n",
    );
    assert_eq!(got.subject, "big");
    assert_eq!(got.message_id.as_deref(), Some("m@example.jp"));
    assert!(got.text.is_empty());
    assert_eq!(got.problems, ["only the header was read"]);
}

#[test]
fn only_the_own_server_vouches_for_a_sender() {
    let raw = b"Authentication-Results: mx.example.jp; spf=pass smtp.mailfrom=example.com; dkim=pass header.d=mail.example.com; dmarc=pass (p=none) header.from=example.com\r\nAuthentication-Results: mx.example.jp; dkim=fail\r\nFrom: a@example.com\r\n\r\nok";
    let trusting = Limits {
        trusted_authserv: vec!["mx.example.jp".to_owned()],
        ..Limits::default()
    };
    let got = decode(raw, &trusting).auth;
    assert_eq!(
        (got.spf.as_str(), got.dkim.as_str(), got.dmarc.as_str()),
        ("pass", "pass", "pass")
    );
    assert!(got.aligned);
    let got = decode(raw, &Limits::default()).auth;
    assert_eq!((got.spf.as_str(), got.aligned), ("none", false));
    let other = String::from_utf8_lossy(raw).replacen("mx.example.jp", "mx.attacker.example", 1);
    let got = decode(other.as_bytes(), &trusting).auth;
    assert_eq!((got.dkim.as_str(), got.aligned), ("none", false));
    let strange =
        String::from_utf8_lossy(raw).replace("From: a@example.com", "From: a@example.org");
    assert!(!decode(strange.as_bytes(), &trusting).auth.aligned);
}
