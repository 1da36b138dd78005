//! An OAuth 2 access token from a program of the desk's choice, asked anew for each connection.

use super::ImapError;
use secrecy::{ExposeSecret as _, SecretString};
use std::{process::Stdio, time::Duration};

/// Runs the program and takes what it prints. Its standard error goes into the error, never its output.
pub(super) async fn fetch(command: &[String], limit: Duration) -> Result<SecretString, ImapError> {
    let Some((program, args)) = command.split_first() else {
        return Err(ImapError::Token("コマンドが空です".into()));
    };
    let run = tokio::process::Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(limit, run)
        .await
        .map_err(|_| {
            ImapError::Token(format!(
                "{program} が {} 秒以内に終わりません",
                limit.as_secs()
            ))
        })?
        .map_err(|e| ImapError::Token(format!("{program} を実行できません: {e}")))?;
    if !output.status.success() {
        let said: String = String::from_utf8_lossy(&output.stderr)
            .trim()
            .chars()
            .take(500)
            .collect();
        return Err(ImapError::Token(format!(
            "{program} が失敗しました（{}）: {said}",
            output.status
        )));
    }
    let token = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if token.is_empty() || token.contains(char::is_whitespace) {
        return Err(ImapError::Token(format!(
            "{program} が印字したものはトークンではありません（空か、空白を含みます）"
        )));
    }
    Ok(token.into())
}

/// SASL XOAUTH2, as Google and Microsoft describe it.
pub(super) struct XOAuth2 {
    first: Option<String>,
    /// What the server said instead of accepting.
    pub(super) refusal: std::sync::Arc<std::sync::Mutex<String>>,
}

impl XOAuth2 {
    pub(super) fn new(user: &str, token: &SecretString) -> Self {
        XOAuth2 {
            first: Some(format!(
                "user={user}\u{1}auth=Bearer {}\u{1}\u{1}",
                token.expose_secret()
            )),
            refusal: std::sync::Arc::default(),
        }
    }
}

impl async_imap::Authenticator for XOAuth2 {
    type Response = String;

    fn process(&mut self, challenge: &[u8]) -> String {
        // A second challenge is the refusal, a JSON text; it is answered with an empty line.
        self.first.take().unwrap_or_else(|| {
            if let Ok(mut refusal) = self.refusal.lock() {
                *refusal = String::from_utf8_lossy(challenge).into_owned();
            }
            String::new()
        })
    }
}

/// SASL PLAIN, for logins and passwords that are not ASCII.
pub(super) struct Plain(pub(super) String);

impl async_imap::Authenticator for Plain {
    type Response = String;

    fn process(&mut self, _: &[u8]) -> String {
        self.0.clone()
    }
}
