//! What Discord's refusals mean for what was to be done.

use serenity::{Error, http::HttpError};

/// How to go on after a request that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// The token or the bot's rights do not suffice: nothing more is tried.
    Refused(String),
    /// The message or the channel is not there any more.
    Gone,
    /// The thread is archived and must be opened first.
    Archived,
    /// A message may have one thread only, and it has one.
    ThreadExists,
    /// The message is too old to be changed often.
    TooOld,
    /// An interaction was answered before.
    Answered,
    /// An interaction is over, or was never ours.
    Expired,
    /// The request itself is wrong; the same again would fail again.
    Wrong(String),
    /// Discord is down, busy or out of reach.
    Later(String),
}

impl Fault {
    /// Reads an error of serenity.
    pub(super) fn of(error: &Error) -> Fault {
        let Error::Http(HttpError::UnsuccessfulRequest(e)) = error else {
            return match error {
                Error::Http(HttpError::Request(e)) => Fault::Later(without_url(e)),
                Error::Http(_) | Error::Io(_) => Fault::Later(error.to_string()),
                // An answer that cannot be read says nothing on what happened.
                Error::Json(_) => Fault::Later(error.to_string()),
                other => Fault::Wrong(other.to_string()),
            };
        };
        // https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
        match e.error.code {
            10003 | 10008 => return Fault::Gone,
            10062 => return Fault::Expired,
            30046 => return Fault::TooOld,
            40060 => return Fault::Answered,
            50083 => return Fault::Archived,
            160_004 => return Fault::ThreadExists,
            _ => {}
        }
        let status = e.status_code.as_u16();
        let said = format!("{status} {}", e.error.message);
        match status {
            401 => Fault::Refused(format!(
                "Discord がトークンを受け付けません（{said}）。MADOGUCHI_DISCORD_TOKEN を確かめてください。"
            )),
            403 => Fault::Refused(format!(
                "Discord のボットに権限が足りません（{said}、コード {}）。チャンネルの閲覧・メッセージの送信・スレッドの作成と送信・履歴の閲覧・ファイルの添付を許可してください。",
                e.error.code
            )),
            404 => Fault::Gone,
            408 | 429 | 500.. => Fault::Later(said),
            _ => Fault::Wrong(said),
        }
    }
}

/// The address of a callback holds a token; it does not belong into a log.
fn without_url(error: &reqwest::Error) -> String {
    let kind = if error.is_timeout() {
        "時間切れ"
    } else if error.is_connect() {
        "接続できません"
    } else {
        "通信が途切れました"
    };
    kind.to_owned()
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Fault::Refused(why) | Fault::Wrong(why) | Fault::Later(why) => f.write_str(why),
            Fault::Gone => f.write_str("メッセージかチャンネルがありません"),
            Fault::Archived => f.write_str("スレッドが閉じています"),
            Fault::ThreadExists => f.write_str("スレッドはすでにあります"),
            Fault::TooOld => f.write_str("古いメッセージのため編集できません"),
            Fault::Answered => f.write_str("すでに返答しました"),
            Fault::Expired => f.write_str("返答の期限が過ぎました"),
        }
    }
}

/// What a request came to.
pub(super) type Tried<T> = Result<T, Fault>;

/// For `map_err`.
pub(super) fn fault(error: Error) -> Fault {
    Fault::of(&error)
}
