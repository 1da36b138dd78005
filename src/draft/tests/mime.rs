//! The bytes of a mail, read back with another program's eyes.

use crate::domain::message::Mailbox;
use crate::draft::mime::check_address;
use crate::draft::{AutoKind, MimeError, Outgoing, Rendered, render};
use chrono::{DateTime, FixedOffset};
use lettre::Address;
use mail_parser::{HeaderValue, Message, MessageParser};
use proptest::prelude::*;

fn desk() -> Mailbox {
    mailbox("医師のセカンドキャリア事務局", "md@example.jp")
}

fn mailbox(name: &str, address: &str) -> Mailbox {
    Mailbox {
        name: name.into(),
        address: address.into(),
    }
}

fn date() -> DateTime<FixedOffset> {
    "2026-11-24T10:05:00+09:00".parse().unwrap()
}

struct Mail<'a> {
    to: &'a [Mailbox],
    subject: &'a str,
    body: &'a str,
    in_reply_to: Option<&'a str>,
    references: &'a [String],
    automatic: Option<AutoKind>,
}

impl Default for Mail<'_> {
    fn default() -> Self {
        Mail {
            to: &[],
            subject: "Re: 登録（MD-2611-0042）",
            body: "山田 太郎 先生\n\nご連絡ありがとうございます。\n",
            in_reply_to: Some("question@example.jp"),
            references: &[],
            automatic: None,
        }
    }
}

fn made(mail: &Mail<'_>) -> Result<Rendered, MimeError> {
    let somebody = [mailbox("山田 太郎", "yamada@example.jp")];
    render(&Outgoing {
        message_id: "mg1.r.k42.0123456789abcdef0123@example.jp",
        from: &desk(),
        to: if mail.to.is_empty() {
            &somebody
        } else {
            mail.to
        },
        subject: mail.subject,
        body: mail.body,
        in_reply_to: mail.in_reply_to,
        references: mail.references,
        date: date(),
        automatic: mail.automatic,
    })
}

fn parse(bytes: &[u8]) -> Message<'_> {
    MessageParser::default().parse(bytes).unwrap()
}

fn header<'a>(message: &'a Message<'_>, name: &str) -> Option<&'a str> {
    message
        .header(name.to_owned())
        .and_then(HeaderValue::as_text)
}

fn header_names(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let head = text.split("\r\n\r\n").next().unwrap().to_owned();
    head.split("\r\n")
        .filter(|line| !line.starts_with([' ', '\t']))
        .map(|line| line.split(':').next().unwrap().to_owned())
        .collect()
}

#[test]
fn an_answer_is_an_ordinary_mail_in_the_thread() {
    let references = [
        "first@example.jp".to_owned(),
        "second@example.jp".to_owned(),
    ];
    let mail = made(&Mail {
        references: &references,
        ..Mail::default()
    })
    .unwrap();
    assert_eq!(mail.envelope_from.as_deref(), Some("md@example.jp"));
    assert_eq!(mail.envelope_to, ["yamada@example.jp"]);
    let message = parse(&mail.bytes);
    assert_eq!(message.subject(), Some("Re: 登録（MD-2611-0042）"));
    assert_eq!(
        message.message_id(),
        Some("mg1.r.k42.0123456789abcdef0123@example.jp")
    );
    let from = message.from().unwrap().first().unwrap();
    assert_eq!(from.name(), Some("医師のセカンドキャリア事務局"));
    assert_eq!(from.address(), Some("md@example.jp"));
    assert_eq!(
        message.to().unwrap().first().unwrap().name(),
        Some("山田 太郎")
    );
    assert_eq!(message.in_reply_to().as_text(), Some("question@example.jp"));
    assert_eq!(
        message.references().as_text_list().unwrap(),
        [
            "first@example.jp",
            "second@example.jp",
            "question@example.jp"
        ]
    );
    assert_eq!(
        message.body_text(0).unwrap().replace("\r\n", "\n"),
        "山田 太郎 先生\n\nご連絡ありがとうございます。\n"
    );
    assert_eq!(
        message.date().unwrap().to_rfc3339(),
        "2026-11-24T10:05:00+09:00"
    );
    for absent in [
        "Auto-Submitted",
        "X-Auto-Response-Suppress",
        "Reply-To",
        "Sender",
    ] {
        assert!(message.header(absent.to_owned()).is_none(), "{absent}");
    }
}

#[test]
fn an_acknowledgement_is_automatic_in_every_header() {
    for (kind, word) in [
        (AutoKind::Reply, "auto-replied"),
        (AutoKind::Notice, "auto-generated"),
    ] {
        let mail = made(&Mail {
            automatic: Some(kind),
            ..Mail::default()
        })
        .unwrap();
        assert_eq!(mail.envelope_from, None);
        let message = parse(&mail.bytes);
        assert_eq!(header(&message, "Auto-Submitted"), Some(word));
        assert_eq!(header(&message, "X-Auto-Response-Suppress"), Some("All"));
        assert_eq!(message.in_reply_to().as_text(), Some("question@example.jp"));
        assert!(message.header("Reply-To".to_owned()).is_none());
        assert_eq!(
            message.from().unwrap().first().unwrap().address(),
            Some("md@example.jp")
        );
    }
}

#[test]
fn the_bytes_are_what_smtp_carries() {
    let mail = made(&Mail {
        subject: &"通勤時間と勤務日についてのお問い合わせ".repeat(6),
        body: &format!("{}\n.\n..\nFrom here\n", "長い段落です。".repeat(300)),
        ..Mail::default()
    })
    .unwrap();
    let text = String::from_utf8(mail.bytes.clone()).unwrap();
    assert!(text.is_ascii());
    for line in text.split("\r\n") {
        let most = if line.contains('@') { 998 } else { 78 };
        assert!(
            line.len() <= most && !line.contains(['\r', '\n']),
            "{line:?}"
        );
    }
    assert!(text.ends_with("\r\n"));
    let body = parse(&mail.bytes)
        .body_text(0)
        .unwrap()
        .replace("\r\n", "\n");
    assert!(body.ends_with("\n.\n..\nFrom here\n"));
}

#[test]
fn header_lines_are_ended_by_nobody_else() {
    let expected = header_names(&made(&Mail::default()).unwrap().bytes);
    for nasty in [
        "山田\r\nBcc: victim@example.com",
        "山田\nX-Evil: 1\n\n本文",
        "a\rb\u{0}c\u{85}d\u{2028}e",
        "\"quoted\", comma; <x@example.com>",
        "\\\" Bcc: victim@example.com",
        "=?UTF-8?B?DQpCY2M6IHZAZXhhbXBsZS5jb20=?=",
        "\u{202E}moc.elpmaxe",
        "@everyone",
        "",
        "   ",
    ] {
        let to = [mailbox(nasty, "yamada@example.jp")];
        let mail = made(&Mail {
            to: &to,
            subject: nasty,
            in_reply_to: Some(nasty),
            references: &[nasty.to_owned()],
            ..Mail::default()
        })
        .unwrap();
        let mut names = header_names(&mail.bytes);
        names.retain(|name| name != "In-Reply-To" && name != "References");
        let mut wanted = expected.clone();
        wanted.retain(|name| name != "In-Reply-To" && name != "References");
        assert_eq!(names, wanted, "{nasty:?}");
        assert_eq!(mail.envelope_to, ["yamada@example.jp"], "{nasty:?}");
        let message = parse(&mail.bytes);
        let recipients: Vec<_> = message.to().unwrap().iter().map(|a| a.address()).collect();
        assert_eq!(recipients, [Some("yamada@example.jp")], "{nasty:?}");
    }
}

#[test]
fn names_with_commas_and_quotes_come_back_as_they_were() {
    for name in [
        "Yamada, Taro (MD)",
        "the \"old\" hospital",
        "山田,太郎",
        "a\\b",
    ] {
        let to = [mailbox(name, "yamada@example.jp")];
        let mail = made(&Mail {
            to: &to,
            ..Mail::default()
        })
        .unwrap();
        let message = parse(&mail.bytes);
        assert_eq!(message.to().unwrap().first().unwrap().name(), Some(name));
    }
}

#[test]
fn addresses_are_checked() {
    for (address, taken) in [
        ("yamada@example.jp", Some("yamada@example.jp")),
        (" yamada+md@example.jp ", Some("yamada+md@example.jp")),
        // Addresses that Japanese mobile carriers gave out.
        ("taro..y@example.jp", Some("\"taro..y\"@example.jp")),
        ("taro.@example.jp", Some("\"taro.\"@example.jp")),
        ("", None),
        ("yamada", None),
        ("@example.jp", None),
        ("yamada@", None),
        ("ya mada@example.jp", None),
        ("a@example.jp,b@example.jp", None),
        ("a@example.jp\r\nBcc: b@example.jp", None),
        ("<yamada@example.jp>", None),
        ("山田@example.jp", None),
        ("yamada＠example.jp", None),
        ("yamada@example.jp\u{202E}", None),
    ] {
        assert_eq!(check_address(address).ok().as_deref(), taken, "{address:?}");
        if let Some(taken) = taken {
            // The sending room reads the envelope with the same library.
            assert!(taken.parse::<Address>().is_ok(), "{taken}");
        }
    }
}

#[test]
fn a_dotted_address_leaves_in_quotes() {
    let to = [mailbox("", "taro..y@example.jp")];
    let mail = made(&Mail {
        to: &to,
        ..Mail::default()
    })
    .unwrap();
    assert_eq!(mail.envelope_to, ["\"taro..y\"@example.jp"]);
    let text = String::from_utf8(mail.bytes).unwrap();
    assert!(text.contains("To: \"taro..y\"@example.jp\r\n"), "{text}");
}

#[test]
fn what_cannot_leave_is_named() {
    let bad = [mailbox("", "山田@example.jp")];
    assert_eq!(
        made(&Mail {
            to: &bad,
            ..Mail::default()
        }),
        Err(MimeError::NotAscii("山田@example.jp".into()))
    );
    assert_eq!(
        made(&Mail {
            body: " \r\n\u{0} \n",
            ..Mail::default()
        }),
        Err(MimeError::EmptyBody)
    );
    let mail = Outgoing {
        message_id: "mg1\r\nX: y",
        from: &desk(),
        to: &[],
        subject: "",
        body: "本文",
        in_reply_to: None,
        references: &[],
        date: date(),
        automatic: None,
    };
    assert!(matches!(render(&mail), Err(MimeError::MessageId(_))));
    let mail = Outgoing {
        message_id: "a@example.jp",
        ..mail
    };
    assert_eq!(render(&mail), Err(MimeError::NoRecipient));
}

#[test]
fn recipients_stand_once() {
    let to = [
        mailbox("山田", "yamada@example.jp"),
        mailbox("", "Yamada@Example.jp"),
        mailbox("佐藤", "sato@example.jp"),
    ];
    let mail = made(&Mail {
        to: &to,
        ..Mail::default()
    })
    .unwrap();
    assert_eq!(mail.envelope_to, ["yamada@example.jp", "sato@example.jp"]);
}

#[test]
fn references_keep_the_first_and_the_newest() {
    let mut references: Vec<String> = (0..200).map(|n| format!("n{n}@example.jp")).collect();
    references.push("x".repeat(300));
    let mail = made(&Mail {
        references: &references,
        ..Mail::default()
    })
    .unwrap();
    let message = parse(&mail.bytes);
    let kept = message.references().as_text_list().unwrap();
    assert_eq!(kept.len(), 20);
    assert_eq!(kept[0], "n0@example.jp");
    assert_eq!(kept[1], "n182@example.jp");
    assert_eq!(kept[19], "question@example.jp");
}

proptest! {
    #[test]
    fn no_name_or_subject_adds_a_header(name in any::<String>(), subject in any::<String>(), id in any::<String>()) {
        let to = [mailbox(&name, "yamada@example.jp")];
        let mail = made(&Mail { to: &to, subject: &subject, in_reply_to: Some(&id), ..Mail::default() }).unwrap();
        let mut names = header_names(&mail.bytes);
        names.retain(|n| n != "In-Reply-To" && n != "References");
        prop_assert_eq!(names, ["From", "To", "Subject", "Message-ID", "Date", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"]);
        let message = parse(&mail.bytes);
        prop_assert_eq!(message.to().unwrap().first().unwrap().address(), Some("yamada@example.jp"));
        let body = message.body_text(0).unwrap();
        prop_assert_eq!(body.trim_end(), "山田 太郎 先生\r\n\r\nご連絡ありがとうございます。");
    }

    #[test]
    fn any_body_arrives(body in "\\PC{1,200}(\n\\PC{0,80}){0,6}") {
        if let Ok(mail) = made(&Mail { body: &body, ..Mail::default() }) {
            let message = parse(&mail.bytes);
            let arrived = message.body_text(0).unwrap().replace("\r\n", "\n");
            let sent = crate::draft::clean::body(&body);
            prop_assert_eq!(arrived.trim_end_matches('\n'), sent.trim_end_matches('\n'));
        }
    }

    #[test]
    fn any_address_is_taken_or_refused(address in any::<String>()) {
        if let Ok(taken) = check_address(&address) {
            prop_assert!(taken.parse::<Address>().is_ok());
        }
    }
}
