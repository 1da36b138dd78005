use crate::store::StoreError;

/// Why the mailbox cannot be read, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ImapError {
    /// No connection.
    #[error(
        "メールサーバー {server} に接続できません: {reason}。mailbox.host と mailbox.port、サーバーの稼働を確かめてください。"
    )]
    Unreachable {
        /// `host:port`.
        server: String,
        /// Why.
        reason: String,
    },
    /// No trust.
    #[error("メールサーバー {server} との TLS 接続に失敗しました: {reason}")]
    Tls {
        /// `host:port`.
        server: String,
        /// Why, and what to do.
        reason: String,
    },
    /// The server is not one of IMAP, or does not want us.
    #[error("メールサーバー {server} の応答が IMAP の挨拶ではありません: {reason}")]
    Greeting {
        /// `host:port`.
        server: String,
        /// What came.
        reason: String,
    },
    /// A setting that cannot be used.
    #[error("{0}")]
    Setting(String),
    /// No access token.
    #[error("mailbox.token_command でトークンを取得できません: {0}")]
    Token(String),
    /// The login was refused.
    #[error("メールサーバーがユーザー {user} のログインを拒否しました: {answer}。{advice}")]
    Login {
        /// The login.
        user: String,
        /// The server's words.
        answer: String,
        /// What to do.
        advice: &'static str,
    },
    /// The folder cannot be opened.
    #[error(
        "フォルダー「{name}」を開けません: {answer}。mailbox.folder と mailbox.sent_folder を確かめてください。サーバーにあるフォルダー: {others}"
    )]
    Folder {
        /// Its name.
        name: String,
        /// The server's words.
        answer: String,
        /// What there is.
        others: String,
    },
    /// NO or BAD to a command.
    #[error("メールサーバーが {command} を断りました: {answer}")]
    Refused {
        /// The command's name.
        command: String,
        /// The server's words.
        answer: String,
    },
    /// The connection is gone.
    #[error("メールサーバーとの接続が切れました: {0}")]
    Lost(String),
    /// No answer in time.
    #[error("メールサーバーが {seconds} 秒以内に応答しません（{during}）")]
    Silent {
        /// How long we waited.
        seconds: u64,
        /// For what.
        during: &'static str,
    },
    /// Mails that the server lists and does not give out; it is tried again over a new connection.
    #[error("サーバーが取り出しに応じないメールがあります（UID {0}）")]
    Withheld(String),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ImapError {
    /// The login itself is the trouble: trying again soon would only lock the account.
    pub(super) fn is_login(&self) -> bool {
        matches!(self, ImapError::Login { .. } | ImapError::Token(_))
    }
}

impl From<async_imap::error::Error> for ImapError {
    fn from(error: async_imap::error::Error) -> Self {
        use async_imap::error::Error;
        match error {
            Error::Io(e) => e.into(),
            Error::No(answer) | Error::Bad(answer) => ImapError::Refused {
                command: "ログイン".into(),
                answer: plain(&answer),
            },
            Error::ConnectionLost => ImapError::Lost("サーバーが接続を閉じました".into()),
            // The library's words on what it could not parse quote the mail; they must not reach a log.
            _ => ImapError::Lost("サーバーの応答を解釈できません".into()),
        }
    }
}

impl From<std::io::Error> for ImapError {
    fn from(error: std::io::Error) -> Self {
        ImapError::Lost(match error.kind() {
            // The library's words on what it could not parse quote the mail; they must not reach a log.
            std::io::ErrorKind::Other => "サーバーの応答を解釈できません".into(),
            std::io::ErrorKind::UnexpectedEof => "サーバーが接続を閉じました".into(),
            _ => error.to_string(),
        })
    }
}

/// The text out of the library's `code: …, info: Some("…")`.
pub(super) fn plain(answer: &str) -> String {
    let text = answer
        .split_once("info: Some(\"")
        .map_or(answer, |(_, rest)| rest.trim_end_matches("\")"));
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}
