//! The test servers themselves work.
#![allow(clippy::unwrap_used)]

mod support;

use std::time::Duration;
use support::{
    dovecot::{Dovecot, PASSWORD},
    postfix::{self, Postfix},
    postgres::Postgres,
    smtp::SmtpScript,
};

const MAIL: &[u8] = b"From: doctor@example.com\r\nTo: md@example.jp\r\nSubject: a\r\nMessage-ID: <1@example.com>\r\n\r\n.dot\r\nbody\r\n";

#[test]
fn dovecot_takes_mail_and_shows_it() {
    let mut dovecot = Dovecot::start();
    dovecot.deliver("md", "", MAIL);
    let mut client = dovecot.client("md");
    assert_eq!(client.count("INBOX"), 1);
    assert!(client.text("INBOX", 1).contains("\n.dot\r\n"));
    client.append("INBOX", "(\\Seen)", MAIL);
    assert!(client.flags("INBOX", 2).contains("\\Seen"));
    dovecot.restart();
    assert_eq!(dovecot.client("md").count("INBOX"), 2);
}

#[test]
fn postfix_relays_to_dovecot_bounces_strangers_and_holds() {
    let dovecot = Dovecot::start();
    let postfix = Postfix::start(&dovecot);
    postfix.submit("doctor@example.com", "md@example.jp", MAIL);
    let mut client = dovecot.client("md");
    support::wait_for("the relayed mail", Duration::from_secs(10), || {
        (client.count("INBOX") == 1).then_some(())
    });
    let refused = support::smtp::try_submit(
        postfix.smtp,
        "doctor@example.com",
        "nobody@example.jp",
        MAIL,
    );
    assert!(refused.is_err_and(|e| e.starts_with("550 5.1.1")));
    let holding = Postfix::start_with(
        &dovecot,
        &postfix::Options {
            hold: true,
            ..postfix::Options::default()
        },
    );
    holding.submit("doctor@example.com", "md@example.jp", MAIL);
    assert_eq!(holding.queue("hold").len(), 1, "{}", holding.log());
}

#[tokio::test]
async fn submission_wants_tls_and_the_login_of_dovecot() {
    use lettre::{
        AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor,
        transport::smtp::{
            authentication::Credentials,
            client::{Certificate, Tls, TlsParameters},
        },
    };
    let dovecot = Dovecot::start();
    let postfix = Postfix::start(&dovecot);
    let ca = std::fs::read(dovecot.certificates.ca_file()).unwrap();
    let tls = TlsParameters::builder("localhost".into())
        .add_root_certificate(Certificate::from_pem(&ca).unwrap())
        .build()
        .unwrap();
    let envelope = lettre::address::Envelope::new(
        Some("md@example.jp".parse().unwrap()),
        vec!["doctor@example.com".parse().unwrap()],
    )
    .unwrap();
    for (password, taken) in [(PASSWORD, true), ("wrong", false)] {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("localhost")
            .port(postfix.submission)
            .tls(Tls::Required(tls.clone()))
            .credentials(Credentials::new("md".into(), password.into()))
            .build();
        let outcome = transport.send_raw(&envelope, MAIL).await;
        assert_eq!(outcome.is_ok(), taken, "{outcome:?}\n{}", postfix.log());
    }
    let mut client = dovecot.client("doctor");
    support::wait_for("the submitted mail", Duration::from_secs(10), || {
        (client.count("INBOX") == 1).then_some(())
    });
}

#[test]
fn postgres_gives_databases() {
    let (a, b) = (Postgres::shared().createdb(), Postgres::shared().createdb());
    assert_ne!(a, b);
}

#[test]
fn the_scripted_smtp_server_records() {
    let server = SmtpScript::start();
    support::smtp::submit(server.port, "", "doctor@example.com", MAIL);
    let taken = server.taken();
    let texts: Vec<&[u8]> = taken.iter().map(|t| t.data.as_slice()).collect();
    assert_eq!(texts, [MAIL]);
}
