//! One connection of the scripted IMAP server.

use super::{Folder, World};
use base64::Engine as _;
use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

pub(super) struct Talk {
    stream: BufReader<TcpStream>,
    world: Arc<Mutex<World>>,
    cut: u64,
    selected: Option<String>,
    /// How many mails the client knows of in the selected folder.
    told: usize,
    logged_in: bool,
}

type Outcome = std::io::Result<()>;

impl Talk {
    pub(super) fn serve(stream: TcpStream, world: Arc<Mutex<World>>, cut: u64) -> Outcome {
        stream.set_nodelay(true)?;
        let mut talk = Talk {
            stream: BufReader::new(stream),
            world,
            cut,
            selected: None,
            told: 0,
            logged_in: false,
        };
        talk.write(b"* OK ready\r\n")?;
        while let Some(line) = talk.hear(Duration::from_secs(60))? {
            let Some((tag, command)) = line.split_once(' ') else {
                return Ok(());
            };
            if !talk.command(tag, command)? {
                return Ok(());
            }
        }
        Ok(())
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap()
    }

    fn write(&mut self, bytes: &[u8]) -> Outcome {
        self.stream.get_mut().write_all(bytes)
    }

    fn say(&mut self, line: &str) -> Outcome {
        self.write(format!("{line}\r\n").as_bytes())
    }

    /// A line, literals put in place as quoted text; none at the end of the connection or of `limit`.
    fn hear(&mut self, limit: Duration) -> std::io::Result<Option<String>> {
        let mut whole = String::new();
        loop {
            let Some(line) = self.raw_line(limit)? else {
                return Ok(None);
            };
            let literal = line
                .strip_suffix('}')
                .and_then(|l| l.rsplit_once('{'))
                .map(|(head, n)| (head.to_owned(), n.to_owned()));
            let Some((head, size)) = literal else {
                whole += &line;
                return Ok(Some(whole));
            };
            if !size.ends_with('+') {
                self.say("+ go on")?;
            }
            let mut bytes = vec![0; size.trim_end_matches('+').parse().unwrap_or(0)];
            self.stream.get_ref().set_read_timeout(None)?;
            self.stream.read_exact(&mut bytes)?;
            whole += &head;
            whole += &format!("\u{1}{}\u{1}", String::from_utf8_lossy(&bytes));
        }
    }

    fn raw_line(&mut self, limit: Duration) -> std::io::Result<Option<String>> {
        self.stream
            .get_ref()
            .set_read_timeout(Some(Duration::from_millis(2)))?;
        let end = std::time::Instant::now() + limit;
        let mut line = Vec::new();
        loop {
            match self.stream.read_until(b'\n', &mut line) {
                Ok(0) => return Ok(None),
                Ok(_) if line.ends_with(b"\n") => {
                    return Ok(Some(
                        String::from_utf8_lossy(&line)
                            .trim_end_matches(['\r', '\n'])
                            .to_owned(),
                    ));
                }
                Ok(_) => {}
                Err(e)
                    if matches!(
                        e.kind(),
                        std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut
                    ) => {}
                Err(e) => return Err(e),
            }
            if self.world().cut_all != self.cut {
                return Err(std::io::ErrorKind::ConnectionAborted.into());
            }
            if std::time::Instant::now() > end {
                return Ok(None);
            }
        }
    }

    /// False ends the connection.
    fn command(&mut self, tag: &str, command: &str) -> std::io::Result<bool> {
        let (silent, junk) = {
            let mut world = self.world();
            world.commands.push(command.to_owned());
            (world.silent, world.junk.clone())
        };
        if silent {
            return Ok(true);
        }
        if self.logged_in {
            for line in junk {
                self.say(&line)?;
            }
        }
        let upper = command.to_ascii_uppercase();
        let mut words = upper.split(' ');
        match words.next().unwrap_or_default() {
            "CAPABILITY" => {
                let line = {
                    let world = self.world();
                    match &world.capabilities_before {
                        Some(before) if !self.logged_in => before.clone(),
                        _ => world.capabilities.clone(),
                    }
                };
                self.say(&format!("* CAPABILITY {line}"))?;
                self.say(&format!("{tag} OK done"))?;
            }
            "LOGIN" => {
                if self.world().refuse_login {
                    self.say(&format!("{tag} NO [AUTHENTICATIONFAILED] wrong"))?;
                } else {
                    self.logged_in = true;
                    self.say(&format!("{tag} OK logged in"))?;
                }
            }
            "AUTHENTICATE" => self.authenticate(tag, command)?,
            "NAMESPACE" => {
                let (prefix, separator) = self.world().namespace.clone();
                self.say(&format!(
                    "* NAMESPACE ((\"{prefix}\" \"{separator}\")) NIL NIL"
                ))?;
                self.say(&format!("{tag} OK done"))?;
            }
            "LIST" => self.list(tag, command)?,
            "SELECT" | "EXAMINE" => self.select(tag, command)?,
            "CREATE" => self.create(tag, command)?,
            "SUBSCRIBE" => self.say(&format!("{tag} OK done"))?,
            "NOOP" => {
                self.news()?;
                self.say(&format!("{tag} OK done"))?;
            }
            "IDLE" if self.world().refuse_idle => self.say(&format!("{tag} NO not here"))?,
            "IDLE" => self.idle(tag)?,
            "APPEND" => self.append(tag, command)?,
            "UID" => match words.next().unwrap_or_default() {
                "SEARCH" => self.search(tag, command)?,
                "FETCH" => {
                    if !self.fetch(tag, &upper)? {
                        return Ok(false);
                    }
                }
                _ => self.say(&format!("{tag} BAD unknown"))?,
            },
            "LOGOUT" => {
                self.say("* BYE bye")?;
                self.say(&format!("{tag} OK done"))?;
                return Ok(false);
            }
            _ => self.say(&format!("{tag} BAD unknown command"))?,
        }
        Ok(true)
    }

    fn authenticate(&mut self, tag: &str, command: &str) -> Outcome {
        let given = match command.split(' ').nth(2) {
            Some(initial) => initial.to_owned(),
            None => {
                self.say("+ ")?;
                self.hear(Duration::from_secs(5))?.unwrap_or_default()
            }
        };
        let given = base64::engine::general_purpose::STANDARD
            .decode(given.trim())
            .unwrap_or_default();
        let given = String::from_utf8_lossy(&given).into_owned();
        let token = self.world().token.clone().unwrap_or_default();
        if given == format!("user=md\u{1}auth=Bearer {token}\u{1}\u{1}") {
            self.logged_in = true;
            return self.say(&format!("{tag} OK welcome"));
        }
        // As Google does: an error as a challenge, which the client answers with an empty line.
        let error = base64::engine::general_purpose::STANDARD
            .encode(r#"{"status":"400","schemes":"Bearer","scope":"https://mail.example.jp/"}"#);
        self.say(&format!("+ {error}"))?;
        drop(self.hear(Duration::from_secs(5))?);
        self.say(&format!("{tag} NO SASL authentication failed"))
    }

    fn list(&mut self, tag: &str, command: &str) -> Outcome {
        let wanted = last_name(command);
        let lines: Vec<String> = {
            let world = self.world();
            let separator = world.namespace.1;
            if wanted.is_empty() {
                vec![format!("* LIST (\\Noselect) \"{separator}\" \"\"")]
            } else {
                world
                    .folders
                    .iter()
                    .filter(|f| wanted.contains('*') || f.name == wanted)
                    .map(|f| {
                        let special = world
                            .special_use
                            .iter()
                            .find(|(name, _)| *name == f.name)
                            .map_or(String::new(), |(_, special)| format!(" {special}"));
                        format!(
                            "* LIST (\\HasNoChildren{special}) \"{separator}\" \"{}\"",
                            f.name
                        )
                    })
                    .collect()
            }
        };
        for line in lines {
            self.say(&line)?;
        }
        self.say(&format!("{tag} OK done"))
    }

    fn select(&mut self, tag: &str, command: &str) -> Outcome {
        let name = last_name(command);
        let found = {
            let world = self.world();
            world
                .folders
                .iter()
                .find(|f| f.name == name)
                .map(|f| (f.uid_validity, f.uid_next, f.mails.len()))
        };
        let Some((validity, next, count)) = found else {
            return self.say(&format!("{tag} NO [NONEXISTENT] no such folder"));
        };
        let (without_next, lines) = {
            let world = self.world();
            (world.without_uid_next, world.select_lines.clone())
        };
        self.say("* FLAGS (\\drafts \\Seen)")?;
        self.say(&format!("* {count} EXISTS"))?;
        self.say("* 0 RECENT")?;
        for line in lines {
            self.say(&line)?;
        }
        self.say(&format!("* OK [UIDVALIDITY {validity}] ok"))?;
        if !without_next {
            self.say(&format!("* OK [UIDNEXT {next}] ok"))?;
        }
        self.selected = Some(name);
        self.told = count;
        self.say(&format!("{tag} OK [READ-ONLY] done"))
    }

    fn create(&mut self, tag: &str, command: &str) -> Outcome {
        let name = last_name(command);
        let prefix = self.world().namespace.0.clone();
        if !name.starts_with(&prefix) {
            return self.say(&format!("{tag} NO folders lie below {prefix}"));
        }
        self.world().folders.push(Folder {
            name,
            uid_validity: 7,
            uid_next: 1,
            mails: vec![],
        });
        self.say(&format!("{tag} OK done"))
    }

    /// Tells of mails that came since.
    fn news(&mut self) -> Outcome {
        let Some(name) = self.selected.clone() else {
            return Ok(());
        };
        let count = self.world().folder(&name).mails.len();
        if count != self.told {
            self.told = count;
            self.say(&format!("* {count} EXISTS"))?;
        }
        Ok(())
    }

    fn idle(&mut self, tag: &str) -> Outcome {
        self.say("+ idling")?;
        loop {
            match self.raw_line(Duration::from_millis(5))? {
                Some(line) if line.eq_ignore_ascii_case("DONE") => {
                    return self.say(&format!("{tag} OK done"));
                }
                Some(_) => return self.say(&format!("{tag} BAD not DONE")),
                None => {}
            }
            if self.world().silent {
                std::thread::sleep(Duration::from_millis(5));
            } else {
                self.news()?;
            }
        }
    }

    fn append(&mut self, tag: &str, command: &str) -> Outcome {
        let mut parts = command.split('\u{1}');
        let head = parts.next().unwrap_or_default();
        let body = parts.next().unwrap_or_default().to_owned();
        let name = head.split('"').nth(1).unwrap_or_default().to_owned();
        let flags = head
            .split_once('(')
            .and_then(|(_, f)| f.split_once(')'))
            .map(|(f, _)| f.to_owned())
            .unwrap_or_default();
        if !self.world().folders.iter().any(|f| f.name == name) {
            return self.say(&format!("{tag} NO [TRYCREATE] no such folder"));
        }
        if self
            .world()
            .refuse_append
            .as_ref()
            .is_some_and(|r| body.contains(r.as_str()))
        {
            return self.say(&format!("{tag} NO [OVERQUOTA] full"));
        }
        {
            let mut world = self.world();
            let uid = world.add(&name, body.into_bytes());
            let folder = world.folder(&name);
            if let Some(mail) = folder.mails.iter_mut().find(|m| m.uid == uid) {
                mail.flags = flags;
            }
        }
        self.news()?;
        self.say(&format!("{tag} OK done"))
    }

    fn search(&mut self, tag: &str, command: &str) -> Outcome {
        let name = self.selected.clone().unwrap_or_default();
        let header = command
            .to_ascii_uppercase()
            .contains("HEADER MESSAGE-ID")
            .then(|| last_name(command));
        let uids: Vec<String> = self
            .world()
            .folder(&name)
            .mails
            .iter()
            .filter(|m| {
                header.as_ref().is_none_or(|wanted| {
                    String::from_utf8_lossy(&m.raw)
                        .lines()
                        .any(|l| l.starts_with("Message-ID:") && l.contains(wanted.as_str()))
                })
            })
            .map(|m| m.uid.to_string())
            .collect();
        self.say(&format!("* SEARCH {}", uids.join(" ")))?;
        self.say(&format!("{tag} OK done"))
    }

    fn fetch(&mut self, tag: &str, command: &str) -> std::io::Result<bool> {
        let name = self.selected.clone().unwrap_or_default();
        let set = command.split(' ').nth(2).unwrap_or_default().to_owned();
        let (mails, uid_last, refused) = {
            let mut world = self.world();
            let refused = world.refuse_uids.clone();
            let last = world.uid_last;
            (world.folder(&name).mails.clone(), last, refused)
        };
        let highest = mails.last().map_or(0, |m| m.uid);
        let whole = command.contains("BODY.PEEK[]");
        let header = command.contains("BODY.PEEK[HEADER]");
        for (n, mail) in mails.iter().enumerate() {
            if !in_set(&set, mail.uid, highest) || (mail.vanished && (whole || header)) {
                continue;
            }
            if (whole || header) && refused.contains(&mail.uid) {
                self.say(&format!("{tag} NO cannot read mail {}", mail.uid))?;
                return Ok(true);
            }
            let mut items = Vec::new();
            if command.contains("RFC822.SIZE") {
                items.push(format!("RFC822.SIZE {}", mail.raw.len()).into_bytes());
            }
            if command.contains("INTERNALDATE") {
                items.push(format!("INTERNALDATE \"{}\"", mail.internal_date).into_bytes());
            }
            if whole || header {
                let text: &[u8] = if whole {
                    &mail.raw
                } else {
                    header_of(&mail.raw)
                };
                let section = if whole { "BODY[]" } else { "BODY[HEADER]" };
                let mut item = format!("{section} {{{}}}\r\n", text.len()).into_bytes();
                item.extend_from_slice(text);
                items.push(item);
            }
            let uid = format!("UID {}", mail.uid).into_bytes();
            if uid_last {
                items.reverse();
                items.push(uid);
            } else {
                items.insert(0, uid);
            }
            let mut line = format!("* {} FETCH (", n + 1).into_bytes();
            line.extend_from_slice(&items.join(&b' '));
            line.extend_from_slice(b")\r\n");
            if whole && self.cuts_here() {
                let half = line.len() / 2;
                self.write(&line[..half])?;
                return Ok(false);
            }
            let drip = self.world().drip;
            for piece in line.chunks(if drip.is_some() { 20 } else { usize::MAX }) {
                self.write(piece)?;
                std::thread::sleep(drip.unwrap_or_default());
            }
        }
        self.say(&format!("{tag} OK done"))?;
        Ok(true)
    }

    fn cuts_here(&self) -> bool {
        let mut world = self.world();
        match world.cut_after {
            Some(0) => {
                world.cut_after = None;
                true
            }
            Some(n) => {
                world.cut_after = Some(n - 1);
                false
            }
            None => false,
        }
    }
}

/// The last argument, with or without quotes.
fn last_name(command: &str) -> String {
    let trimmed = command.trim_end_matches([')', ' ']);
    match trimmed.strip_suffix('"') {
        Some(rest) => rest.rsplit_once('"').map_or("", |(_, name)| name),
        None => trimmed.rsplit_once(' ').map_or("", |(_, name)| name),
    }
    .to_owned()
}

fn in_set(set: &str, uid: u32, highest: u32) -> bool {
    let number = |text: &str| {
        if text == "*" {
            highest
        } else {
            text.parse().unwrap_or(0)
        }
    };
    set.split(',').any(|part| match part.split_once(':') {
        Some((from, to)) => {
            let (a, b) = (number(from), number(to));
            (a.min(b)..=a.max(b)).contains(&uid)
        }
        None => number(part) == uid,
    })
}

fn header_of(raw: &[u8]) -> &[u8] {
    raw.windows(4)
        .position(|w| w == b"\r\n\r\n")
        .map_or(raw, |at| &raw[..at + 4])
}
