use crate::{
    domain::message::Source,
    intake::imap::{
        fingerprint,
        header::{field, message_id, split},
    },
};

fn print(mail: &str) -> String {
    fingerprint(Source::Mail, mail.as_bytes(), None)
}

const MAIL: &str = "Received: a\r\nFrom: doctor@example.com\r\nDate: Sat, 21 Nov 2026 10:00:00 +0900\r\n\
                    Subject: =?ISO-2022-JP?B?GyRCQWpDTBsoQg==?=\r\n =?ISO-2022-JP?B?GyRCQWpDTBsoQg==?=\r\n\
                    Message-ID: <1@example.com>\r\n\r\nbody\r\n";

#[test]
fn the_way_of_a_mail_does_not_change_it() {
    let other_way = format!("Return-Path: <x@example.com>\r\nDelivered-To: md\r\n{MAIL}");
    assert_eq!(print(MAIL), print(&other_way));
    let refolded = MAIL
        .replace("?=\r\n =?", "?=\r\n\t =?")
        .replace("From:", "FROM :");
    assert_eq!(print(MAIL), print(&refolded));
}

#[test]
fn what_makes_a_mail_another_one() {
    for (from, to) in [
        ("1@example.com", "2@example.com"),
        ("doctor@", "other@"),
        ("10:00:00", "10:00:01"),
        ("body", "Body"),
        ("\r\n\r\nbody", "\r\nX: y\r\n\r\n\r\nbody"),
    ] {
        assert_ne!(print(MAIL), print(&MAIL.replace(from, to)), "{from} {to}");
    }
    assert_ne!(
        print(MAIL),
        fingerprint(Source::Sent, MAIL.as_bytes(), None)
    );
    let header = split(MAIL.as_bytes()).0;
    assert_ne!(
        fingerprint(Source::Mail, header, Some(10)),
        fingerprint(Source::Mail, header, Some(11))
    );
    // Where one field ends and the next begins is part of it.
    assert_ne!(
        print("From: ab\r\nDate: c\r\n\r\n"),
        print("From: a\r\nDate: bc\r\n\r\n")
    );
}

#[test]
fn headers_are_split_however_they_end() {
    for (raw, header, body) in [
        ("A: b\r\n\r\nbody", "A: b\r\n\r\n", "body"),
        ("A: b\n\nbody\n\n", "A: b\n\n", "body\n\n"),
        ("A: b", "A: b", ""),
        ("\r\nbody", "\r\n", "body"),
        ("", "", ""),
    ] {
        let found = split(raw.as_bytes());
        assert_eq!(found, (header.as_bytes(), body.as_bytes()), "{raw:?}");
    }
}

#[test]
fn message_ids_are_read_as_they_come() {
    for (raw, id) in [
        ("Message-ID: <a@b>\r\n", Some("a@b")),
        ("message-id:\r\n <a@b>\r\n", Some("a@b")),
        ("Message-Id: a@b\r\n", Some("a@b")),
        ("Message-ID: <a@b> (comment)\r\n", Some("a@b")),
        ("Message-ID: <a@b\r\n", Some("a@b")),
        ("Message-ID: <>\r\n", None),
        ("Message-ID:\r\nSubject: <x>\r\n", None),
        ("X-Message-ID: <a@b>\r\n", None),
        ("Subject: a\r\n Message-ID: <a@b>\r\n", None),
        ("", None),
    ] {
        assert_eq!(message_id(raw.as_bytes()).as_deref(), id, "{raw:?}");
    }
    assert_eq!(
        field(b"Subject: \x93\xfa\r\n", "subject").unwrap(),
        b"\x93\xfa"
    );
}
