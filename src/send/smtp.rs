//! SMTP, command by command: only so is it known whether a broken connection came before or after the text was handed over.

use super::transport::{Delivery, Handover, Transport};
use crate::config::{Smtp, Tls, access_token};
use crate::domain::outbox::OutboxEntry;
use anyhow::Context as _;
use async_trait::async_trait;
use lettre::{
    Address,
    transport::smtp::{
        Error,
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, Certificate, TlsParameters},
        commands::{Data, Mail, Rcpt},
        extension::{ClientId, Extension, MailBodyParameter, MailParameter},
    },
};
use secrecy::ExposeSecret as _;
use std::time::Duration;

/// What the program that prints an access token may take.
const TOKEN: Duration = Duration::from_secs(30);

/// The submission server of the configuration.
#[derive(Debug, Clone)]
pub struct SmtpTransport {
    config: Smtp,
    host: String,
}

/// Why an attempt ended before the text was handed over.
enum Refusal {
    Temporary(String),
    Permanent(String),
}

impl From<Error> for Refusal {
    fn from(e: Error) -> Self {
        // Only an answer of the server is final; a lost connection never is.
        if e.is_permanent() {
            Refusal::Permanent(words(&e))
        } else {
            Refusal::Temporary(words(&e))
        }
    }
}

fn words(e: &Error) -> String {
    use std::error::Error as _;
    match (e.status(), e.source()) {
        (Some(code), Some(source)) => format!("{code} {source}"),
        (None, Some(source)) => unreachable(&format!("{e}: {source}")),
        _ => e.to_string(),
    }
}

fn unreachable(why: &str) -> String {
    format!("送信サーバーと通信できません。smtp.host・port・tls を確かめてください（{why}）")
}

impl SmtpTransport {
    /// A way out over the server of `config`; none where a directory is configured instead.
    pub fn new(config: &Smtp) -> Option<Self> {
        let host = config.host.clone()?;
        Some(SmtpTransport {
            config: config.clone(),
            host,
        })
    }

    async fn tls(&self) -> anyhow::Result<TlsParameters> {
        let mut builder = TlsParameters::builder(self.host.clone());
        if let Some(file) = &self.config.ca_file {
            let pem = tokio::fs::read(file)
                .await
                .with_context(|| format!("smtp.ca_file {} を読めません", file.display()))?;
            let certificate = Certificate::from_pem(&pem).with_context(|| {
                format!(
                    "smtp.ca_file {} は PEM 形式の証明書ではありません",
                    file.display()
                )
            })?;
            builder = builder.add_root_certificate(certificate);
        }
        Ok(builder.build()?)
    }

    async fn credentials(&self) -> anyhow::Result<Option<(Credentials, Vec<Mechanism>)>> {
        let Some(user) = &self.config.user else {
            return Ok(None);
        };
        if let Some(command) = &self.config.token_command {
            let token = access_token(command, TOKEN)
                .await
                .map_err(|why| anyhow::anyhow!("smtp.token_command: {why}"))?;
            let token = token.expose_secret().to_owned();
            return Ok(Some((
                Credentials::new(user.clone(), token),
                vec![Mechanism::Xoauth2],
            )));
        }
        let password = self.config.password.as_ref().context(
            "送信サーバーのパスワードがありません。環境変数 MADOGUCHI_SMTP_PASSWORD を設定してください",
        )?;
        Ok(Some((
            Credentials::new(user.clone(), password.expose_secret().to_owned()),
            vec![Mechanism::Plain, Mechanism::Login],
        )))
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Refusal> {
        let local = |e: anyhow::Error| Refusal::Temporary(format!("{e:#}"));
        let hello = ClientId::default();
        let address = (self.host.as_str(), self.config.port);
        let mut connection = if self.config.tls == Tls::Implicit {
            let tls = Some(self.tls().await.map_err(local)?);
            AsyncSmtpConnection::connect_tokio1(address, None, &hello, tls, None).await?
        } else {
            let unreachable = |e: std::io::Error| Refusal::Temporary(unreachable(&e.to_string()));
            let stream = tokio::net::TcpStream::connect(address)
                .await
                .map_err(unreachable)?;
            // The text ends in a write of its own; without this it would wait for the answer to the one before.
            stream.set_nodelay(true).map_err(unreachable)?;
            AsyncSmtpConnection::connect_with_transport(Box::new(stream), &hello).await?
        };
        if self.config.tls == Tls::Starttls {
            if !connection.can_starttls() {
                connection.abort().await;
                return Err(Refusal::Temporary(format!(
                    "送信サーバー {} は STARTTLS に対応していません。smtp.tls を確かめてください",
                    self.host
                )));
            }
            connection
                .starttls(self.tls().await.map_err(local)?, &hello)
                .await?;
        }
        if let Some((credentials, mechanisms)) = self.credentials().await.map_err(local)?
            && let Err(e) = connection.auth(&mechanisms, &credentials).await
        {
            // A wrong password is the administrator's to mend; the mail waits for it.
            connection.abort().await;
            return Err(Refusal::Temporary(format!(
                "送信サーバーにログインできません: {}",
                words(&e)
            )));
        }
        Ok(connection)
    }

    /// What one attempt may take before the text is handed over.
    fn limit(&self) -> Duration {
        Duration::from_secs(self.config.timeout_seconds.clamp(5, 600))
    }

    fn silent(&self) -> String {
        unreachable(&format!("{} が時間内に応答しません", self.host))
    }

    /// Everything up to the server's word that it waits for the text; with the recipients that it refused for good.
    async fn up_to_the_text(
        &self,
        entry: &OutboxEntry,
    ) -> Result<(AsyncSmtpConnection, Vec<(String, String)>), Delivery> {
        let end = |refusal| match refusal {
            Refusal::Temporary(error) => Delivery::Temporary(error),
            Refusal::Permanent(error) => Delivery::Permanent {
                error,
                refused: vec![],
            },
        };
        let mut connection = self.connect().await.map_err(end)?;
        let refused = match self.envelope(&mut connection, entry).await {
            Ok(refused) => refused,
            Err(refusal) => {
                connection.abort().await;
                return Err(end(refusal));
            }
        };
        if refused.len() == entry.recipients.len() {
            connection.abort().await;
            let words: Vec<&str> = refused.iter().map(|(_, words)| words.as_str()).collect();
            return Err(Delivery::Permanent {
                error: words.join(" / "),
                refused: refused.into_iter().map(|(a, _)| a).collect(),
            });
        }
        if let Err(e) = connection.command(Data).await {
            connection.abort().await;
            return Err(end(e.into()));
        }
        Ok((connection, refused))
    }

    /// Sender and recipients; the recipients that the server refused for good.
    async fn envelope(
        &self,
        connection: &mut AsyncSmtpConnection,
        entry: &OutboxEntry,
    ) -> Result<Vec<(String, String)>, Refusal> {
        let parse = |a: &str| {
            a.parse::<Address>()
                .map_err(|e| Refusal::Permanent(format!("アドレスとして使えません（{a}）: {e}")))
        };
        let from = entry.envelope_from.as_deref().map(parse).transpose()?;
        let mut parameters = vec![];
        if !entry.mime.is_ascii()
            && connection
                .server_info()
                .supports_feature(Extension::EightBitMime)
        {
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        connection.command(Mail::new(from, parameters)).await?;
        let mut refused = vec![];
        for recipient in &entry.recipients {
            match connection
                .command(Rcpt::new(parse(recipient)?, vec![]))
                .await
            {
                Ok(_) => {}
                Err(e) if e.is_permanent() => refused.push((recipient.clone(), words(&e))),
                // One that is refused for now holds all back, so that nobody gets it twice.
                Err(e) => return Err(Refusal::Temporary(words(&e))),
            }
        }
        Ok(refused)
    }
}

#[async_trait]
impl Transport for SmtpTransport {
    async fn send(&self, entry: &OutboxEntry, handover: &dyn Handover) -> Delivery {
        let ready = tokio::time::timeout(self.limit(), self.up_to_the_text(entry)).await;
        let (mut connection, refused) = match ready {
            Ok(Ok(ready)) => ready,
            Ok(Err(delivery)) => return delivery,
            Err(_) => return Delivery::Temporary(self.silent()),
        };
        if let Err(e) = handover.record().await {
            connection.abort().await;
            return Delivery::Temporary(format!("{e:#}"));
        }
        // A server that looks for viruses may think longer about the text than about commands.
        let answer = tokio::time::timeout(self.limit() * 2, connection.message(&entry.mime)).await;
        match answer {
            Ok(Ok(_)) => {
                drop(tokio::time::timeout(Duration::from_secs(2), connection.quit()).await);
                Delivery::Accepted { refused }
            }
            Ok(Err(e)) if e.is_permanent() => {
                connection.abort().await;
                Delivery::Permanent {
                    error: words(&e),
                    refused: vec![],
                }
            }
            Ok(Err(e)) if e.is_transient() => {
                connection.abort().await;
                Delivery::Temporary(words(&e))
            }
            Ok(Err(e)) => Delivery::Uncertain(words(&e)),
            Err(_) => Delivery::Uncertain(self.silent()),
        }
    }

    async fn left(&self, _entry: &OutboxEntry) -> Option<bool> {
        None
    }

    async fn probe(&self) -> anyhow::Result<String> {
        let connected = tokio::time::timeout(self.limit(), self.connect()).await;
        match connected.unwrap_or_else(|_| Err(Refusal::Temporary(self.silent()))) {
            Ok(mut connection) => {
                let name = connection.server_info().name().to_owned();
                drop(connection.quit().await);
                Ok(name)
            }
            Err(Refusal::Temporary(e) | Refusal::Permanent(e)) => Err(anyhow::anyhow!(e)),
        }
    }
}
