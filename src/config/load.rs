use super::{Config, Tls};
use secrecy::SecretString;
use std::path::{Path, PathBuf};

/// A configuration that cannot be used: which file, which key, what would be right.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("設定ファイル {} を読めません: {source}。--config で場所を指定するか、付属の config.toml を写してください。", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A key is unknown, or its value is of the wrong form.
    #[error("設定ファイル {} に誤りがあります。\n{message}", file.display())]
    Malformed {
        /// The file.
        file: PathBuf,
        /// The place and the key.
        message: String,
    },
    /// A key is missing or its value cannot be used.
    #[error("設定ファイル {} の {key}: {message}", file.display())]
    Key {
        /// The file.
        file: PathBuf,
        /// `section.key`.
        key: String,
        /// What would be right.
        message: String,
    },
}

/// Reads a file, and the secrets from the environment.
///
/// # Errors
/// Where the file cannot be read, has an unknown key or a value that cannot be used.
pub fn load(file: &Path) -> Result<Config, ConfigError> {
    let text = std::fs::read_to_string(file).map_err(|source| ConfigError::Unreadable {
        file: file.to_owned(),
        source,
    })?;
    let mut config = parse(&text, file)?;
    secrets(&mut config, |key| {
        std::env::var(key).ok().filter(|v| !v.is_empty())
    });
    Ok(config)
}

/// As [`load`]; a file that is not there gives the defaults, for commands that need no account.
///
/// # Errors
/// As [`load`], but for the missing file.
pub fn load_or_default(file: &Path) -> Result<Config, ConfigError> {
    match load(file) {
        Err(ConfigError::Unreadable { source, .. })
            if source.kind() == std::io::ErrorKind::NotFound =>
        {
            let mut config = parse("", file)?;
            secrets(&mut config, |key| {
                std::env::var(key).ok().filter(|v| !v.is_empty())
            });
            Ok(config)
        }
        other => other,
    }
}

/// Reads the text of a configuration; `file` is named in errors.
///
/// # Errors
/// Where a key is unknown or a value cannot be used.
pub fn parse(text: &str, file: &Path) -> Result<Config, ConfigError> {
    let config: Config = toml::from_str(text).map_err(|e| ConfigError::Malformed {
        file: file.to_owned(),
        message: e.to_string(),
    })?;
    check(&config, file)?;
    Ok(config)
}

fn secrets(config: &mut Config, env: impl Fn(&str) -> Option<String>) {
    let secret = |key: &str| env(key).map(SecretString::from);
    if let Some(m) = &mut config.mailbox {
        m.password = secret("MADOGUCHI_MAILBOX_PASSWORD");
    }
    if let Some(s) = &mut config.smtp {
        s.password = secret("MADOGUCHI_SMTP_PASSWORD");
    }
    if let Some(d) = &mut config.discord {
        d.token = secret("MADOGUCHI_DISCORD_TOKEN");
    }
    if let Some(url) = env("MADOGUCHI_STORE_URL") {
        config.store.url = url;
    }
}

fn check(config: &Config, file: &Path) -> Result<(), ConfigError> {
    let wrong = |key: &str, message: String| {
        Err(ConfigError::Key {
            file: file.to_owned(),
            key: key.to_owned(),
            message,
        })
    };
    if !config.desk.address.contains('@') || config.desk.address.contains(char::is_whitespace) {
        return wrong(
            "desk.address",
            format!(
                "「{}」はメールアドレスではありません。例: md@example.jp",
                config.desk.address
            ),
        );
    }
    for day in &config.desk.office_hours.closed {
        if chrono::NaiveDate::parse_from_str(&format!("2024-{day}"), "%Y-%m-%d").is_err() {
            return wrong(
                "desk.office_hours.closed",
                format!("「{day}」は月日ではありません。例: 12-29"),
            );
        }
    }
    if let Some(m) = &config.mailbox
        && m.tls == Tls::None
        && !is_loopback(&m.host)
    {
        return wrong(
            "mailbox.tls",
            format!(
                "\"none\" は同じ機械（127.0.0.1）だけで使えます。{} には \"implicit\" か \"starttls\" を指定してください。",
                m.host
            ),
        );
    }
    if let Some(s) = &config.smtp {
        match (&s.host, &s.directory) {
            (None, None) => {
                return wrong(
                    "smtp.host",
                    "送信サーバーの名前が必要です（またはファイルに書き出す smtp.directory）。"
                        .into(),
                );
            }
            (Some(_), Some(_)) => {
                return wrong(
                    "smtp.directory",
                    "smtp.host と同時には指定できません。どちらか一方にしてください。".into(),
                );
            }
            (Some(host), None) if s.tls == Tls::None && !is_loopback(host) => {
                return wrong(
                    "smtp.tls",
                    format!(
                        "\"none\" は同じ機械（127.0.0.1）だけで使えます。{host} には \"starttls\" か \"implicit\" を指定してください。"
                    ),
                );
            }
            _ => {}
        }
    }
    if !(config.store.url.starts_with("sqlite:") || is_postgres(&config.store.url)) {
        return wrong(
            "store.url",
            "sqlite:ファイル名 か postgres://… の形で指定してください。例: sqlite:madoguchi.db"
                .into(),
        );
    }
    if let Some(r) = &config.routing {
        if !r.url.starts_with("http://") && !r.url.starts_with("https://") {
            return wrong(
                "routing.url",
                format!(
                    "「{}」は URL ではありません。例: http://127.0.0.1:5000",
                    r.url
                ),
            );
        }
        if r.timeout_ms == 0 || r.total_ms == 0 {
            return wrong(
                "routing.timeout_ms",
                "1 以上のミリ秒を指定してください。".into(),
            );
        }
    }
    if config.review.suggestions == 0 || config.review.suggestions > 10 {
        return wrong(
            "review.suggestions",
            "1 から 10 の数を指定してください。".into(),
        );
    }
    Ok(())
}

fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host
            .trim_matches(['[', ']'])
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn error(text: &str) -> String {
        parse(text, Path::new("config.toml"))
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn the_example_is_valid_and_is_the_default() {
        let example = parse(include_str!("../../config.toml"), Path::new("config.toml")).unwrap();
        let default = parse("", Path::new("config.toml")).unwrap();
        assert_eq!(example.desk.name, default.desk.name);
        assert_eq!(example.desk.phone, default.desk.phone);
        assert_eq!(example.review.hold_seconds, default.review.hold_seconds);
        assert_eq!(example.review.quiet_seconds, default.review.quiet_seconds);
        assert_eq!(example.store.url, default.store.url);
    }

    #[test]
    fn unknown_keys_are_named() {
        let e = error("[mailbox]\nhost = \"127.0.0.1\"\nuser = \"md\"\nfoldr = \"INBOX\"\n");
        assert!(
            e.contains("config.toml") && e.contains("foldr") && e.contains("folder"),
            "{e}"
        );
        assert!(error("[imap]\nhost = \"x\"\n").contains("imap"));
    }

    #[test]
    fn values_that_cannot_be_used_are_named_with_what_would_be_right() {
        for (text, words) in [
            (
                "[desk]\naddress = \"md\"",
                vec!["desk.address", "md@example.jp"],
            ),
            (
                "[mailbox]\nhost = \"mail.example.jp\"\nuser = \"md\"\ntls = \"none\"",
                vec!["mailbox.tls", "starttls"],
            ),
            ("[smtp]\nport = 25", vec!["smtp.host", "smtp.directory"]),
            (
                "[store]\nurl = \"mysql://x\"",
                vec!["store.url", "sqlite:madoguchi.db"],
            ),
            ("[review]\nsuggestions = 0", vec!["review.suggestions"]),
            (
                "[mailbox]\nhost = \"h\"\nuser = \"u\"\nanswer_from = \"yesterday\"",
                vec!["answer_from", "2026-11-21T00"],
            ),
            (
                "[discord]\nguild_id = \"abc\"\nreview_channel_id = 2\nstaff_role_id = 3",
                vec!["guild_id", "abc"],
            ),
            ("[mailbox]\nuser = \"md\"", vec!["mailbox", "host"]),
            (
                "[routing]\nengine = \"osrm\"\nurl = \"localhost:5000\"",
                vec!["routing.url", "http://127.0.0.1:5000"],
            ),
            (
                "[routing]\nengine = \"google\"\nurl = \"http://127.0.0.1\"",
                vec!["google", "osrm"],
            ),
        ] {
            let e = error(text);
            for w in words {
                assert!(e.contains(w), "{text}: {e}");
            }
        }
    }
}
