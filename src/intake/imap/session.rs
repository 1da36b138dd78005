//! Commands and their answers. Everything that the server tells by the way is noted here, whatever command runs.

use super::{
    ImapError,
    connect::{Wire, folder},
    names,
    told::{Fetched, Listed, Told},
};
use async_imap::imap_proto::RequestId;
use std::{collections::HashSet, time::Duration};
use tokio::io::AsyncWriteExt as _;

/// A connection that is logged in.
pub(super) struct Session {
    inner: async_imap::Session<Wire>,
    capabilities: HashSet<String>,
    answer_limit: Duration,
    /// The server said that the number of mails changed.
    pub(super) news: bool,
    exists: u32,
    /// The running IDLE.
    idling: Option<RequestId>,
}

/// A folder that was opened.
#[derive(Debug, Clone, Default)]
pub(super) struct Selected {
    pub(super) uid_validity: u32,
    pub(super) uid_next: Option<u32>,
    pub(super) exists: u32,
}

type Result<T> = std::result::Result<T, ImapError>;

impl Session {
    pub(super) async fn start(
        inner: async_imap::Session<Wire>,
        answer_limit: Duration,
    ) -> Result<Session> {
        let mut session = Session {
            inner,
            capabilities: HashSet::new(),
            answer_limit,
            news: false,
            exists: 0,
            idling: None,
        };
        // Servers list the full set only after the login.
        let mut found = HashSet::new();
        session
            .run("CAPABILITY", |told| {
                if let Told::Capabilities(words) = told {
                    found.extend(words);
                }
            })
            .await?;
        session.capabilities = found;
        Ok(session)
    }

    /// Whether the server can do something, by the word of its CAPABILITY.
    pub(super) fn can(&self, word: &str) -> bool {
        self.capabilities.contains(word)
    }

    /// The server said it could, and then refused.
    pub(super) fn cannot(&mut self, word: &str) {
        self.capabilities.remove(word);
    }

    /// The number of mails in the opened folder, as told last.
    pub(super) fn exists(&self) -> u32 {
        self.exists
    }

    async fn send(&mut self, command: &str) -> Result<RequestId> {
        let sent = self.inner.run_command(command);
        match tokio::time::timeout(self.answer_limit, sent).await {
            Ok(outcome) => Ok(outcome?),
            Err(_) => Err(self.silent("送信")),
        }
    }

    fn silent(&self, during: &'static str) -> ImapError {
        ImapError::Silent {
            seconds: self.answer_limit.as_secs(),
            during,
        }
    }

    /// The next response, with what it tells by the way noted. Waits without limit.
    async fn hear(&mut self) -> Result<Told> {
        let Some(response) = self.inner.read_response().await? else {
            return Err(ImapError::Lost("サーバーが接続を閉じました".into()));
        };
        let told = Told::from(response.parsed());
        match &told {
            Told::Exists(n) => {
                self.exists = *n;
                self.news = true;
            }
            Told::Expunged => self.exists = self.exists.saturating_sub(1),
            // The server may keep the dead connection open for a while.
            Told::Farewell(words) => return Err(ImapError::Lost(words.clone())),
            _ => {}
        }
        Ok(told)
    }

    /// As [`Session::hear`], where the server owes an answer. A long text may take its time as long as bytes come in.
    async fn answer(&mut self) -> Result<Told> {
        loop {
            let before = self.inner.get_ref().received();
            if let Ok(told) = tokio::time::timeout(self.answer_limit, self.hear()).await {
                return told;
            }
            if self.inner.get_ref().received() == before {
                return Err(self.silent("応答待ち"));
            }
        }
    }

    /// Runs a command; `each` sees every response on the way.
    async fn run(&mut self, command: &str, mut each: impl FnMut(Told)) -> Result<()> {
        let id = self.send(command).await?;
        loop {
            let told = self.answer().await?;
            if let Some(outcome) = told.ends(&id, command) {
                return outcome;
            }
            each(told);
        }
    }

    /// Opens a folder read-only.
    pub(super) async fn examine(&mut self, name: &str) -> Result<Selected> {
        self.news = false;
        let mut selected = Selected::default();
        let outcome = self
            .run(&format!("EXAMINE {}", folder(name)), |told| match told {
                Told::Exists(n) => selected.exists = n,
                Told::UidValidity(n) => selected.uid_validity = n,
                Told::UidNext(n) => selected.uid_next = Some(n),
                _ => {}
            })
            .await;
        self.news = false;
        match outcome {
            Ok(()) => Ok(selected),
            Err(ImapError::Refused { answer, .. }) => Err(ImapError::Folder {
                name: name.to_owned(),
                answer,
                others: self.folder_names().await,
            }),
            Err(other) => Err(other),
        }
    }

    async fn folder_names(&mut self) -> String {
        let listed = self.list("*").await.unwrap_or_default();
        let names: Vec<String> = listed
            .iter()
            .take(40)
            .map(|l| names::decode(&l.name))
            .collect();
        names.join("、")
    }

    /// Folders by a pattern, their special uses told where the server can.
    pub(super) async fn list(&mut self, pattern: &str) -> Result<Vec<Listed>> {
        let mut found = Vec::new();
        let extended = self.can("SPECIAL-USE") && self.can("LIST-EXTENDED");
        let extra = if extended {
            " RETURN (SPECIAL-USE)"
        } else {
            ""
        };
        self.run(
            &format!("LIST \"\" {}{extra}", names::quoted(pattern)),
            |told| {
                if let Told::Folder(listed) = told {
                    found.push(listed);
                }
            },
        )
        .await?;
        Ok(found)
    }

    /// The prefix and the separator of the personal namespace (RFC 2342), where the server tells them.
    pub(super) async fn namespace(&mut self) -> Result<Option<(String, String)>> {
        if !self.can("NAMESPACE") {
            return Ok(None);
        }
        let mut found = None;
        self.run("NAMESPACE", |told| {
            // The library does not know this response; it comes to us as a text.
            if let Told::Text(text) = told
                && let Some(personal) = text.strip_prefix("NAMESPACE ((")
            {
                let mut quoted = personal.split('"');
                if let (Some(prefix), Some(separator)) = (quoted.nth(1), quoted.nth(1)) {
                    found = Some((prefix.to_owned(), separator.to_owned()));
                }
            }
        })
        .await?;
        Ok(found)
    }

    /// Makes a folder.
    pub(super) async fn create(&mut self, name: &str) -> Result<()> {
        self.run(&format!("CREATE {}", folder(name)), |_| ())
            .await?;
        // Mail clients show subscribed folders; a server that refuses has the folder all the same.
        match self
            .run(&format!("SUBSCRIBE {}", folder(name)), |_| ())
            .await
        {
            Err(ImapError::Refused { .. }) | Ok(()) => Ok(()),
            Err(other) => Err(other),
        }
    }

    /// UIDs in the opened folder, ascending.
    pub(super) async fn uid_search(&mut self, criteria: &str) -> Result<Vec<u32>> {
        let mut found = Vec::new();
        self.run(&format!("UID SEARCH {criteria}"), |told| {
            if let Told::Found(uids) = told {
                found.extend(uids);
            }
        })
        .await?;
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// Asks for mails; they are then taken one by one with [`Session::next_fetched`].
    pub(super) async fn start_fetch(&mut self, uids: &str, items: &str) -> Result<RequestId> {
        self.send(&format!("UID FETCH {uids} ({items})")).await
    }

    /// The next mail of a fetch, none at its end. A refusal leaves the connection usable.
    pub(super) async fn next_fetched(&mut self, id: &RequestId) -> Result<Option<Fetched>> {
        loop {
            let told = self.answer().await?;
            if let Some(outcome) = told.ends(id, "UID FETCH") {
                return outcome.map(|()| None);
            }
            if let Told::Mail(mail) = told {
                return Ok(Some(mail));
            }
        }
    }

    /// Fetches all at once.
    pub(super) async fn fetch(&mut self, uids: &str, items: &str) -> Result<Vec<Fetched>> {
        let id = self.start_fetch(uids, items).await?;
        let mut all = Vec::new();
        while let Some(one) = self.next_fetched(&id).await? {
            all.push(one);
        }
        Ok(all)
    }

    /// Gives the server an occasion to tell.
    pub(super) async fn noop(&mut self) -> Result<()> {
        self.run("NOOP", |_| ()).await
    }

    /// Waits in IDLE until there is news, `limit` is over or `interrupt` comes.
    pub(super) async fn idle(
        &mut self,
        limit: Duration,
        interrupt: impl Future<Output = ()>,
    ) -> Result<()> {
        let id = self.send("IDLE").await?;
        loop {
            let told = self.answer().await?;
            if let Some(outcome) = told.ends(&id, "IDLE") {
                return outcome;
            }
            if matches!(told, Told::GoOn) {
                break;
            }
        }
        self.idling = Some(id);
        let waiting = async {
            while !self.news {
                self.hear().await?;
            }
            Ok::<(), ImapError>(())
        };
        tokio::select! {
            outcome = waiting => outcome?,
            () = tokio::time::sleep(limit) => {}
            () = interrupt => {}
        }
        self.end_idle().await
    }

    async fn end_idle(&mut self) -> Result<()> {
        let Some(id) = self.idling.take() else {
            return Ok(());
        };
        self.inner.run_command_untagged("DONE").await?;
        loop {
            let told = self.answer().await?;
            if let Some(outcome) = told.ends(&id, "IDLE") {
                return outcome;
            }
        }
    }

    /// Puts a mail into a folder, marked as read.
    pub(super) async fn append(&mut self, name: &str, mail: &[u8]) -> Result<()> {
        let command = format!("APPEND {} (\\Seen) {{{}}}", folder(name), mail.len());
        let id = self.send(&command).await?;
        loop {
            let told = self.answer().await?;
            if let Some(outcome) = told.ends(&id, "APPEND") {
                return outcome;
            }
            if matches!(told, Told::GoOn) {
                break;
            }
        }
        for block in mail.chunks(64 * 1024).chain([b"\r\n".as_slice()]) {
            let wire = self.inner.get_mut();
            let write = async {
                wire.write_all(block).await?;
                wire.flush().await
            };
            match tokio::time::timeout(self.answer_limit, write).await {
                Ok(outcome) => outcome?,
                Err(_) => return Err(self.silent("送信")),
            }
        }
        loop {
            let told = self.answer().await?;
            if let Some(outcome) = told.ends(&id, "APPEND") {
                return outcome;
            }
        }
    }

    /// Says goodbye, within `limit`.
    pub(super) async fn goodbye(mut self, limit: Duration) {
        let farewell = async {
            self.end_idle().await?;
            self.run("LOGOUT", |_| ()).await
        };
        drop(tokio::time::timeout(limit, farewell).await);
    }
}
