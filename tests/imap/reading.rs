//! Looking without storing.

use crate::{
    harness::{mail, section},
    support::dovecot::{self, Dovecot},
};
use chrono::{TimeZone as _, Utc};
use madoguchi::intake::imap::{Probe, Reader, probe};

#[tokio::test]
async fn a_probe_tells_what_there_is_and_changes_nothing() {
    let dovecot = Dovecot::start_with(&dovecot::Options {
        idle: false,
        ..dovecot::Options::default()
    });
    for n in 0..3 {
        dovecot.deliver("md", "", &mail(n));
    }
    let found = probe(&section(dovecot.imap)).await.unwrap();
    assert_eq!(
        found,
        Probe {
            messages: 3,
            idle: false,
            sent_folder: None
        }
    );
    assert_eq!(dovecot.client("md").folders(), ["INBOX"]);
}

#[tokio::test]
async fn a_reader_gives_every_mail_since_a_moment_in_order() {
    let dovecot = Dovecot::start();
    let mut client = dovecot.client("md");
    client.append("INBOX", "\"19-Nov-2026 10:00:00 +0900\"", &mail(1));
    client.append("INBOX", "\"20-Nov-2026 08:59:59 +0900\"", &mail(2));
    client.append("INBOX", "\"20-Nov-2026 09:00:00 +0900\"", &mail(3));
    let mut large = mail(4);
    large.extend(b"0123456789\r\n".repeat(100_000));
    client.append("INBOX", "\"21-Nov-2026 09:00:00 +0900\"", &large);
    client.append("INBOX", "\"21-Nov-2026 09:00:00 +0900\"", &mail(5));
    let mut section = section(dovecot.imap);
    section.size_limit_mb = 1;
    for (since, expected) in [
        (None, vec![1, 2, 3, 4, 5]),
        (
            Some(Utc.with_ymd_and_hms(2026, 11, 20, 0, 0, 0).unwrap()),
            vec![3, 4, 5],
        ),
    ] {
        let mut reader = Reader::open(&section, since).await.unwrap();
        let mut uids = Vec::new();
        while let Some(found) = reader.next().await.unwrap() {
            assert_eq!(found.header_only, found.uid == 4);
            if found.uid == 3 {
                assert_eq!(found.raw, mail(3));
            }
            uids.push(found.uid);
        }
        assert_eq!(uids, expected);
        assert_eq!(reader.left(), 0);
        reader.close().await;
    }
    assert_eq!(client.uids("INBOX", "UNSEEN").len(), 5);
}
