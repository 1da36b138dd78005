use crate::{
    harness::{Desk, mail, section},
    support::{dovecot::Dovecot, imap_script::ImapScript, ports, tls::Certificates},
};
use madoguchi::{config::Tls, intake::imap::probe};

#[tokio::test]
async fn implicit_tls_and_starttls_with_an_own_authority() {
    let dovecot = Dovecot::start();
    dovecot.deliver("md", "", &mail(1));
    for (tls, port, host) in [
        (Tls::Implicit, dovecot.imaps, "localhost"),
        (Tls::Implicit, dovecot.imaps, "127.0.0.1"),
        (Tls::Starttls, dovecot.imap, "localhost"),
    ] {
        let mut section = section(port);
        section.tls = tls;
        section.host = host.into();
        section.ca_file = Some(dovecot.certificates.ca_file());
        let desk = Desk::new(section).await;
        let running = desk.watch_ready().await;
        assert_eq!(desk.kept().len(), 1);
        running.stop().await;
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_with_what_to_do() {
    let dovecot = Dovecot::start();
    let plain = Dovecot::start_with(&crate::support::dovecot::Options {
        tls: false,
        ..crate::support::dovecot::Options::default()
    });
    let base = section(dovecot.imap);
    let secure = {
        let mut s = section(dovecot.imaps);
        s.tls = Tls::Implicit;
        s.host = "localhost".into();
        s.ca_file = Some(dovecot.certificates.ca_file());
        s
    };
    let stranger = Certificates::new();
    let broken = tempfile::NamedTempFile::new().unwrap();
    let mut cases = Vec::new();

    let mut s = base.clone();
    s.port = ports::free();
    cases.push((s, vec!["接続できません", "拒否", "mailbox.port"]));
    let mut s = base.clone();
    s.password = Some("wrong".to_owned().into());
    cases.push((s, vec!["md", "拒否", "MADOGUCHI_MAILBOX_PASSWORD"]));
    let mut s = base.clone();
    s.password = Some("間違い\r\n".to_owned().into());
    cases.push((s, vec!["拒否", "MADOGUCHI_MAILBOX_PASSWORD"]));
    let mut s = base.clone();
    s.password = None;
    cases.push((
        s,
        vec!["パスワードがありません", "MADOGUCHI_MAILBOX_PASSWORD"],
    ));
    let mut s = base.clone();
    s.folder = "相談".into();
    cases.push((s, vec!["「相談」", "mailbox.folder", "INBOX"]));
    let mut s = secure.clone();
    s.ca_file = None;
    cases.push((s, vec!["発行者", "mailbox.ca_file"]));
    let mut s = secure.clone();
    s.ca_file = Some(stranger.ca_file());
    cases.push((s, vec!["発行者", "mailbox.ca_file"]));
    let mut s = secure.clone();
    s.ca_file = Some("/nonexistent/ca.pem".into());
    cases.push((s, vec!["mailbox.ca_file", "/nonexistent/ca.pem"]));
    let mut s = secure.clone();
    s.ca_file = Some(broken.path().to_owned());
    cases.push((s, vec!["mailbox.ca_file", "一つもありません"]));
    let mut s = secure.clone();
    s.host = "127.0.0.2".into();
    cases.push((s, vec!["mailbox.host"]));
    let mut s = secure.clone();
    s.port = dovecot.imap;
    cases.push((s, vec!["TLS", "starttls"]));
    let mut s = secure.clone();
    s.tls = Tls::Starttls;
    s.port = plain.imap;
    cases.push((s, vec!["STARTTLS がありません", "implicit"]));
    let mut s = base.clone();
    s.token_command = Some(vec!["/nonexistent/token".into()]);
    cases.push((s, vec!["token_command", "/nonexistent/token"]));
    let mut s = base.clone();
    s.token_command = Some(
        ["sh", "-c", "echo refresh token expired >&2; exit 3"]
            .map(String::from)
            .into(),
    );
    cases.push((s, vec!["token_command", "refresh token expired"]));
    let mut s = base.clone();
    s.token_command = Some(["sh", "-c", "true"].map(String::from).into());
    cases.push((s, vec!["token_command", "トークンではありません"]));

    for (n, (section, words)) in cases.into_iter().enumerate() {
        let error = probe(&section).await.unwrap_err().to_string();
        for word in words {
            assert!(error.contains(word), "case {n}: {word} is not in: {error}");
        }
        assert!(
            !error.contains("sekai") && !error.contains("間違い"),
            "case {n}: {error}"
        );
    }
}

#[tokio::test]
async fn a_server_of_another_kind_is_named() {
    let smtp = crate::support::smtp::SmtpScript::start();
    let error = probe(&section(smtp.port)).await.unwrap_err().to_string();
    assert!(
        error.contains("IMAP の挨拶ではありません") && error.contains("220 mx"),
        "{error}"
    );
}

#[tokio::test]
async fn a_certificate_for_another_name_is_refused() {
    let mut options = crate::support::smtp::Options::default();
    let certificates = Certificates::naming(&["mail.example.jp"]);
    options.implicit = Some(certificates.server_config());
    let server = crate::support::smtp::SmtpScript::start_with(options);
    let mut section = section(server.port);
    section.tls = Tls::Implicit;
    section.host = "localhost".into();
    section.ca_file = Some(certificates.ca_file());
    let error = probe(&section).await.unwrap_err().to_string();
    assert!(
        error.contains("証明書の名前が mailbox.host と違います"),
        "{error}"
    );
}

#[tokio::test]
async fn a_refused_login_is_told_once_and_tried_seldom() {
    let server = ImapScript::start();
    server.world().refuse_login = true;
    let desk = Desk::new(section(server.port)).await;
    let mut running = desk.watch();
    let why = running.down().await;
    assert!(why.contains("ログインを拒否"), "{why}");
    crate::support::eventually("some attempts", crate::harness::SOON, || async {
        (server.world().connections >= 4).then_some(())
    })
    .await;
    desk.wait_notice("ログインを拒否").await;
    assert_eq!(desk.notices().await.len(), 1);
    server.world().refuse_login = false;
    server.world().add("INBOX", mail(1));
    running.ready().await;
    assert_eq!(desk.kept().len(), 1);
    // Another outage is another notice.
    server.world().refuse_login = true;
    server.world().cut();
    crate::support::eventually("a second notice", crate::harness::SOON, || async {
        (desk.notices().await.len() == 2).then_some(())
    })
    .await;
    running.stop().await;
}

#[tokio::test]
async fn xoauth2_takes_a_fresh_token_for_each_connection() {
    let server = ImapScript::start();
    server.world().capabilities_before = Some("IMAP4rev1 AUTH=XOAUTH2".into());
    server.world().token = Some("ya29.token-1".into());
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("token");
    std::fs::write(&file, "ya29.token-1\n").unwrap();
    let mut section = section(server.port);
    section.password = None;
    section.token_command = Some(vec!["cat".into(), file.display().to_string()]);
    let desk = Desk::new(section.clone()).await;
    let mut running = desk.watch_ready().await;

    server.world().token = Some("ya29.token-2".into());
    server.world().cut();
    let why = running.down().await;
    assert!(!why.contains("ya29"), "{why}");
    std::fs::write(&file, "ya29.token-2\n").unwrap();
    running.ready().await;
    running.stop().await;

    std::fs::write(&file, "ya29.token-3\n").unwrap();
    let error = probe(&section).await.unwrap_err().to_string();
    assert!(
        error.contains("ログインを拒否")
            && error.contains("https://mail.example.jp/")
            && !error.contains("ya29"),
        "{error}"
    );
}
