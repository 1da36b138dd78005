//! An OAuth 2 access token from a program of the desk's choice, for the mailbox and for sending.

use secrecy::SecretString;
use std::{process::Stdio, time::Duration};

/// Runs the program of a `token_command` and takes what it prints. Its standard error goes into the error, never its output.
///
/// # Errors
/// What is wrong with the program, in the words of the administrator.
pub async fn access_token(command: &[String], limit: Duration) -> Result<SecretString, String> {
    let Some((program, args)) = command.split_first() else {
        return Err("コマンドが空です".into());
    };
    let run = tokio::process::Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(limit, run)
        .await
        .map_err(|_| format!("{program} が {} 秒以内に終わりません", limit.as_secs()))?
        .map_err(|e| format!("{program} を実行できません: {e}"))?;
    if !output.status.success() {
        let said: String = String::from_utf8_lossy(&output.stderr)
            .trim()
            .chars()
            .take(500)
            .collect();
        return Err(format!(
            "{program} が失敗しました（{}）: {said}",
            output.status
        ));
    }
    let token = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if token.is_empty() || token.contains(char::is_whitespace) {
        return Err(format!(
            "{program} が印字したものはトークンではありません（空か、空白を含みます）"
        ));
    }
    Ok(token.into())
}
