//! Logs on standard error. They carry ids and counts, never a name, an address or a word of a mail.

use tracing_subscriber::{EnvFilter, layer::SubscriberExt as _, util::SubscriberInitExt as _};

/// Starts logging once; `MADOGUCHI_LOG` holds a filter such as `info` or `madoguchi=debug`, `MADOGUCHI_LOG_FORMAT=json`
/// writes one JSON object a line.
pub fn start(default_filter: &str) {
    let filter =
        EnvFilter::try_from_env("MADOGUCHI_LOG").unwrap_or_else(|_| EnvFilter::new(default_filter));
    // These crates write commands and payloads into their logs, passwords and mails among them.
    let filter = [
        "async_imap=off",
        "imap_proto=off",
        "lettre=error",
        "sqlx=error",
    ]
    .iter()
    .filter_map(|d| d.parse().ok())
    .fold(filter, EnvFilter::add_directive);
    let registry = tracing_subscriber::registry().with(filter);
    let json = std::env::var("MADOGUCHI_LOG_FORMAT").is_ok_and(|v| v == "json");
    let outcome = if json {
        registry
            .with(
                tracing_subscriber::fmt::layer()
                    .json()
                    .with_writer(std::io::stderr),
            )
            .try_init()
    } else {
        registry
            .with(
                tracing_subscriber::fmt::layer()
                    .with_target(false)
                    .with_ansi(false)
                    .with_writer(std::io::stderr),
            )
            .try_init()
    };
    // A second start in one process (tests) keeps the first logger.
    drop(outcome);
}
