use super::{
    ImapError, Timing, error, names,
    session::Session,
    tame::Tame,
    tls,
    token::{Plain, XOAuth2},
};
use crate::config::{MailboxSection, Tls, access_token};
use secrecy::ExposeSecret as _;
use std::{sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufWriter},
    net::TcpStream,
    time::timeout,
};

/// Any connection.
pub(super) trait Io: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug> Io for T {}

/// What the IMAP library talks to. The buffer makes one packet of a command.
pub(super) type Wire = Tame<BufWriter<Box<dyn Io>>>;

/// Connects and logs in.
pub(super) async fn connect(
    section: &MailboxSection,
    timing: &Timing,
) -> Result<Session, ImapError> {
    let wire = timeout(timing.connect, open(section))
        .await
        .unwrap_or_else(|_| {
            Err(ImapError::Silent {
                seconds: timing.connect.as_secs(),
                during: "接続。mailbox.host と mailbox.port、mailbox.tls の組み合わせを確かめてください",
            })
        })?;
    let client = async_imap::Client::new(Tame::new(BufWriter::new(wire)));
    let inner = login(client, section, timing).await?;
    Session::start(inner, timing.answer).await
}

async fn open(section: &MailboxSection) -> Result<Box<dyn Io>, ImapError> {
    let host = section.host.trim_matches(['[', ']']);
    let server = format!("{}:{}", section.host, section.port);
    let tcp = TcpStream::connect((host, section.port))
        .await
        .map_err(|e| ImapError::Unreachable {
            server: server.clone(),
            reason: refused(&e),
        })?;
    tcp.set_nodelay(true)?;
    if section.tls == Tls::None {
        let mut stream: Box<dyn Io> = Box::new(tcp);
        greeting(&mut stream, &server).await?;
        return Ok(stream);
    }
    let config = tls::client_config(section.ca_file.as_deref())?;
    let name = rustls::pki_types::ServerName::try_from(host.to_owned()).map_err(|_| {
        ImapError::Setting(format!(
            "mailbox.host「{}」はサーバー名として使えません。例: imap.example.jp",
            section.host
        ))
    })?;
    let mut tcp = tcp;
    if section.tls == Tls::Starttls {
        greeting(&mut tcp, &server).await?;
        start_tls(&mut tcp, &server).await?;
    }
    let stream = tokio_rustls::TlsConnector::from(Arc::new(config))
        .connect(name, tcp)
        .await
        .map_err(|e| ImapError::Tls {
            server: server.clone(),
            reason: tls::reason(&e),
        })?;
    let mut stream: Box<dyn Io> = Box::new(stream);
    if section.tls == Tls::Implicit {
        greeting(&mut stream, &server).await?;
    }
    Ok(stream)
}

fn refused(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::ConnectionRefused => "接続を拒否されました".into(),
        std::io::ErrorKind::TimedOut => "応答がありません".into(),
        std::io::ErrorKind::HostUnreachable | std::io::ErrorKind::NetworkUnreachable => {
            "そこまで届きません".into()
        }
        _ => error.to_string(),
    }
}

/// The server speaks first. Read byte by byte, so that nothing of what follows is taken along.
async fn greeting(stream: &mut (impl Io + ?Sized), server: &str) -> Result<(), ImapError> {
    let line = line(stream).await?;
    if line.to_ascii_uppercase().starts_with("* OK") {
        return Ok(());
    }
    Err(ImapError::Greeting {
        server: server.to_owned(),
        reason: error::plain(&line),
    })
}

/// Asks for TLS; there is no going on without it.
async fn start_tls(tcp: &mut TcpStream, server: &str) -> Result<(), ImapError> {
    tcp.write_all(b"a STARTTLS\r\n").await?;
    loop {
        let line = line(tcp).await?;
        if let Some(answer) = line.strip_prefix("a ") {
            if answer.to_ascii_uppercase().starts_with("OK") {
                return Ok(());
            }
            return Err(ImapError::Tls {
                server: server.to_owned(),
                reason: format!(
                    "サーバーに STARTTLS がありません（{}）。暗号化せずには続けません。mailbox.tls = \"implicit\"（ポート 993）を試してください。",
                    error::plain(answer)
                ),
            });
        }
    }
}

async fn line(stream: &mut (impl Io + ?Sized)) -> Result<String, ImapError> {
    let mut line = Vec::new();
    while line.len() < 8192 {
        let byte = stream.read_u8().await?;
        if byte == b'\n' {
            break;
        }
        line.push(byte);
    }
    Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
}

async fn login(
    client: async_imap::Client<Wire>,
    section: &MailboxSection,
    timing: &Timing,
) -> Result<async_imap::Session<Wire>, ImapError> {
    let user = &section.user;
    let seconds = timing.answer.as_secs();
    if let Some(command) = &section.token_command {
        let token = access_token(command, timing.token)
            .await
            .map_err(ImapError::Token)?;
        let mechanism = XOAuth2::new(user, &token);
        let refusal = mechanism.refusal.clone();
        let outcome = limited(timing.answer, client.authenticate("XOAUTH2", mechanism)).await;
        return outcome.map_err(|e| {
            let detail = refusal.lock().map(|r| r.clone()).unwrap_or_default();
            login_error(
                e.ok_or(seconds),
                user,
                &detail,
                "mailbox.token_command が印字するトークンの期限と権限（IMAP の scope）、mailbox.user を確かめてください。",
            )
        });
    }
    let Some(password) = &section.password else {
        return Err(ImapError::Setting(
            "メールボックスのパスワードがありません。環境変数 MADOGUCHI_MAILBOX_PASSWORD に設定するか、mailbox.token_command を指定してください。"
                .into(),
        ));
    };
    let password = password.expose_secret();
    let quotable = |text: &str| text.chars().all(|c| (' '..='~').contains(&c));
    let outcome = if quotable(user) && quotable(password) {
        limited(timing.answer, client.login(user, password)).await
    } else {
        let plain = Plain(format!("\0{user}\0{password}"));
        limited(timing.answer, client.authenticate("PLAIN", plain)).await
    };
    outcome.map_err(|e| {
        login_error(
            e.ok_or(seconds),
            user,
            "",
            "mailbox.user と環境変数 MADOGUCHI_MAILBOX_PASSWORD を確かめてください（Google と Microsoft 365 では token_command が必要です）。",
        )
    })
}

type LoginOutcome<T> = Result<T, (async_imap::error::Error, async_imap::Client<Wire>)>;

async fn limited<T>(
    limit: Duration,
    login: impl Future<Output = LoginOutcome<T>>,
) -> Result<T, Option<async_imap::error::Error>> {
    match timeout(limit, login).await {
        Ok(outcome) => outcome.map_err(|(e, _)| Some(e)),
        Err(_) => Err(None),
    }
}

fn login_error(
    error: Result<async_imap::error::Error, u64>,
    user: &str,
    detail: &str,
    advice: &'static str,
) -> ImapError {
    use async_imap::error::Error;
    let answer = match error {
        Err(seconds) => {
            return ImapError::Silent {
                seconds,
                during: "ログイン",
            };
        }
        Ok(Error::No(answer) | Error::Bad(answer)) => error::plain(&answer),
        Ok(other) => return other.into(),
    };
    // RFC 5530: the server is out of order, the password may be right.
    if answer.contains("[UNAVAILABLE]") || answer.contains("[INUSE]") {
        return ImapError::Refused {
            command: "ログイン".into(),
            answer,
        };
    }
    ImapError::Login {
        user: user.to_owned(),
        answer: if detail.is_empty() {
            answer
        } else {
            format!("{answer} {}", error::plain(detail))
        },
        advice,
    }
}

/// A folder's name for the wire.
pub(super) fn folder(name: &str) -> String {
    names::quoted(&names::encode(name))
}
