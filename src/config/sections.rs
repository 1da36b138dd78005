use chrono::{DateTime, FixedOffset};
use secrecy::SecretString;
use serde::{Deserialize, Deserializer};
use std::{net::SocketAddr, path::PathBuf};

/// How a connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// TLS from the first byte.
    Implicit,
    /// Plain greeting, then STARTTLS, refused where the server has none.
    Starttls,
    /// No protection; only on loopback.
    None,
}

/// The mailbox that is watched.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailboxSection {
    /// IMAP server.
    pub host: String,
    /// Its port.
    #[serde(default = "imaps")]
    pub port: u16,
    /// Protection.
    #[serde(default = "implicit")]
    pub tls: Tls,
    /// Further certificates to trust, PEM.
    pub ca_file: Option<PathBuf>,
    /// The login.
    pub user: String,
    /// A program that prints an OAuth 2 access token; the login is then by XOAUTH2 instead of by password.
    pub token_command: Option<Vec<String>>,
    /// The folder that is watched.
    #[serde(default = "inbox")]
    pub folder: String,
    /// The folder of sent mail: watched, and given a copy of what leaves.
    #[serde(default = "sent")]
    pub sent_folder: String,
    /// Whether a copy of what leaves is put into the Sent folder; switch off where the mail server does it by itself (Gmail).
    #[serde(default = "yes")]
    pub copy_to_sent: bool,
    /// Older mail is archived and answered by nobody. Without it: the first start.
    #[serde(default, deserialize_with = "moment")]
    pub answer_from: Option<DateTime<FixedOffset>>,
    /// Of a larger mail only the header is fetched, in megabytes.
    #[serde(default = "size_limit")]
    pub size_limit_mb: u32,
    /// How often the mailbox is asked where the server cannot tell by itself (no IDLE), in seconds.
    #[serde(default = "poll")]
    pub poll_seconds: u64,
    /// The names under which the own mail server writes Authentication-Results; headers of other names are not believed.
    #[serde(default)]
    pub trusted_authserv: Vec<String>,
    /// `MADOGUCHI_MAILBOX_PASSWORD`.
    #[serde(skip)]
    pub password: Option<SecretString>,
}

/// How mail leaves: over SMTP, or as files into a directory.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Smtp {
    /// Submission server. Left out where `directory` is set.
    pub host: Option<String>,
    /// Its port.
    #[serde(default = "submission")]
    pub port: u16,
    /// Protection.
    #[serde(default = "starttls")]
    pub tls: Tls,
    /// Further certificates to trust, PEM.
    pub ca_file: Option<PathBuf>,
    /// The login, where one is needed.
    pub user: Option<String>,
    /// A program that prints an OAuth 2 access token, as for the mailbox.
    pub token_command: Option<Vec<String>>,
    /// Instead of a server: a directory into which every mail is written as a file.
    pub directory: Option<PathBuf>,
    /// How long one attempt may take, in seconds.
    #[serde(default = "minute")]
    pub timeout_seconds: u64,
    /// `MADOGUCHI_SMTP_PASSWORD`.
    #[serde(skip)]
    pub password: Option<SecretString>,
}

/// Where everything is kept.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StoreSection {
    /// `sqlite:FILE` or `postgres://…`; `MADOGUCHI_STORE_URL` takes precedence, since a URL may hold a password.
    pub url: String,
}

impl Default for StoreSection {
    fn default() -> Self {
        StoreSection {
            url: "sqlite:madoguchi.db".into(),
        }
    }
}

/// The chat.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Discord {
    /// The server.
    #[serde(deserialize_with = "snowflake")]
    pub guild_id: u64,
    /// The channel of the cards.
    #[serde(deserialize_with = "snowflake")]
    pub review_channel_id: u64,
    /// The channel in which notes of telephone calls are typed.
    #[serde(default, deserialize_with = "optional_snowflake")]
    pub intake_channel_id: Option<u64>,
    /// Who has this role may decide.
    #[serde(deserialize_with = "snowflake")]
    pub staff_role_id: u64,
    /// Another REST server than Discord's.
    pub api_url: Option<String>,
    /// Another gateway than the one the REST server names.
    pub gateway_url: Option<String>,
    /// Further certificates to trust, PEM.
    pub ca_file: Option<PathBuf>,
    /// `MADOGUCHI_DISCORD_TOKEN`.
    #[serde(skip)]
    pub token: Option<SecretString>,
}

/// How staff decide.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Review {
    /// Between approval and sending, time to cancel, in seconds.
    pub hold_seconds: u32,
    /// Several mails within this time give one draft, in seconds.
    pub quiet_seconds: u32,
    /// How many openings a draft suggests at most.
    pub suggestions: usize,
}

impl Default for Review {
    fn default() -> Self {
        Review {
            hold_seconds: 60,
            quiet_seconds: 90,
            suggestions: 5,
        }
    }
}

/// Brakes on what leaves by itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Send {
    /// Acknowledgements an hour, over all; beyond it they wait.
    pub acknowledgements_per_hour: u32,
    /// Automatic mails to one person in a week.
    pub automatic_per_person_week: u32,
    /// Attempts before a mail that meets only temporary failures is given to staff.
    pub attempts: u32,
}

impl Default for Send {
    fn default() -> Self {
        Send {
            acknowledgements_per_hour: 1000,
            automatic_per_person_week: 3,
            attempts: 30,
        }
    }
}

/// What is found out about senders, where the own mail server does not tell it (`mailbox.trusted_authserv`).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Trust {
    /// Whether signatures (DKIM), paths (SPF) and policies (DMARC) are looked up in the DNS.
    pub check_signatures: bool,
    /// The resolver that is asked, `192.0.2.53:53`; the system's own without it.
    pub resolver: Option<SocketAddr>,
    /// The names after `by` in the `Received` lines of the own servers: the lowest of them tells the host that delivered,
    /// without which SPF cannot be checked.
    pub received_by: Vec<String>,
    /// How long a mail waits for the answers, in seconds; without them nothing is known of its sender.
    pub timeout_seconds: u64,
}

impl Default for Trust {
    fn default() -> Self {
        Trust {
            check_signatures: false,
            resolver: None,
            received_by: Vec::new(),
            timeout_seconds: 3,
        }
    }
}

fn imaps() -> u16 {
    993
}
fn submission() -> u16 {
    587
}
fn implicit() -> Tls {
    Tls::Implicit
}
fn starttls() -> Tls {
    Tls::Starttls
}
fn inbox() -> String {
    "INBOX".into()
}
fn sent() -> String {
    "Sent".into()
}
fn yes() -> bool {
    true
}
fn size_limit() -> u32 {
    30
}
fn poll() -> u64 {
    30
}
fn minute() -> u64 {
    60
}

/// RFC 3339 as a string, or TOML's own date-time.
fn moment<'de, D: Deserializer<'de>>(d: D) -> Result<Option<DateTime<FixedOffset>>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Toml(toml::value::Datetime),
        Text(String),
    }
    let text = match Written::deserialize(d)? {
        Written::Toml(t) => t.to_string(),
        Written::Text(t) => t,
    };
    DateTime::parse_from_rfc3339(&text).map(Some).map_err(|_| {
        serde::de::Error::custom(format!(
            "「{text}」は日時として読めません。例: 2026-11-21T00:00:00+09:00"
        ))
    })
}

/// Discord's ids as a number or as digits in quotes.
fn snowflake<'de, D: Deserializer<'de>>(d: D) -> Result<u64, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Number(u64),
        Text(String),
    }
    match Written::deserialize(d)? {
        Written::Number(n) => Ok(n),
        Written::Text(t) => t.trim().parse().map_err(|_| {
            serde::de::Error::custom(format!("「{t}」は Discord の ID（数字）ではありません"))
        }),
    }
}

fn optional_snowflake<'de, D: Deserializer<'de>>(d: D) -> Result<Option<u64>, D::Error> {
    snowflake(d).map(Some)
}
