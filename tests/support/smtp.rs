//! An SMTP server in this process that does on demand what a real one does only on bad days, and records what it was given.

use super::tls::Certificates;
use base64::Engine as _;
use std::{
    collections::{HashMap, VecDeque},
    io::{BufRead as _, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

/// A reply such as `(451, "4.3.0 try later")`.
pub type Reply = (u16, &'static str);

/// What happens to one mail. Taken from the queue at `MAIL FROM`; an empty queue means that all goes well.
#[derive(Debug, Clone, Default)]
pub struct Behaviour {
    /// The reply to `MAIL FROM`.
    pub mail: Option<Reply>,
    /// Replies to `RCPT TO` by address.
    pub recipients: HashMap<String, Reply>,
    /// The reply to `DATA`.
    pub data: Option<Reply>,
    /// The reply after the text; the mail is recorded only where it is a 250.
    pub text: Option<Reply>,
    /// Waits before the reply after the text.
    pub slow: Option<Duration>,
    /// Where the connection is cut.
    pub cut: Cut,
}

/// Where the connection is cut.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Cut {
    /// Nowhere.
    #[default]
    Never,
    /// At `MAIL FROM`.
    AtMail,
    /// At `DATA`, before any text.
    BeforeText,
    /// The text is taken (and recorded), the answer never sent.
    AfterText,
    /// The text is taken and thrown away, the answer never sent.
    AfterTextLost,
}

/// A mail that the server took.
#[derive(Debug, Clone)]
pub struct Taken {
    /// Envelope sender, empty for `<>`.
    pub from: String,
    /// Accepted recipients.
    pub to: Vec<String>,
    /// The text, dots unstuffed, CRLF.
    pub data: Vec<u8>,
    /// The connection was encrypted.
    pub tls: bool,
    /// Who had logged in, and how.
    pub login: Option<String>,
    /// When its text was complete.
    pub at: Instant,
}

impl Taken {
    /// The text, lossily.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.data).into_owned()
    }
}

/// How the server protects itself.
#[derive(Clone, Default)]
pub struct Options {
    /// Offers STARTTLS with these certificates.
    pub starttls: Option<Arc<rustls::ServerConfig>>,
    /// Speaks TLS from the first byte.
    pub implicit: Option<Arc<rustls::ServerConfig>>,
    /// Requires this login (PLAIN or LOGIN).
    pub login: Option<(String, String)>,
    /// Requires XOAUTH2 with this user and token.
    pub token: Option<(String, String)>,
    /// The greeting instead of 220.
    pub greeting: Option<Reply>,
}

#[derive(Default)]
struct State {
    taken: Vec<Taken>,
    next: VecDeque<Behaviour>,
    always: Option<Behaviour>,
    connections: usize,
    commands: Vec<String>,
    attempts: usize,
    closed: bool,
}

/// The scripted server.
pub struct SmtpScript {
    /// Its port.
    pub port: u16,
    state: Arc<Mutex<State>>,
}

impl SmtpScript {
    /// Plain, without login.
    pub fn start() -> SmtpScript {
        Self::start_with(Options::default())
    }

    /// With STARTTLS.
    pub fn starttls(certificates: &Certificates) -> SmtpScript {
        Self::start_with(Options {
            starttls: Some(certificates.server_config()),
            ..Options::default()
        })
    }

    /// With options.
    pub fn start_with(options: Options) -> SmtpScript {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(Mutex::new(State::default()));
        let shared = state.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                {
                    let mut state = shared.lock().unwrap();
                    if state.closed {
                        return;
                    }
                    state.connections += 1;
                }
                let (state, options) = (shared.clone(), options.clone());
                std::thread::spawn(move || drop(serve(stream, &state, &options)));
            }
        });
        SmtpScript { port, state }
    }

    /// What happens to the next mail that has no behaviour yet.
    pub fn next(&self, behaviour: Behaviour) {
        self.state.lock().unwrap().next.push_back(behaviour);
    }

    /// What happens to every mail from now on, or that all goes well again.
    pub fn always(&self, behaviour: Option<Behaviour>) {
        self.state.lock().unwrap().always = behaviour;
    }

    /// What it took so far.
    pub fn taken(&self) -> Vec<Taken> {
        self.state.lock().unwrap().taken.clone()
    }

    /// Waits until it took `count` mails.
    #[track_caller]
    pub fn wait_taken(&self, count: usize, limit: Duration) -> Vec<Taken> {
        super::wait_for("mails taken by the SMTP server", limit, || {
            Some(self.taken()).filter(|t| t.len() >= count)
        })
    }

    /// How often a client connected.
    pub fn connections(&self) -> usize {
        self.state.lock().unwrap().connections
    }

    /// How often `MAIL FROM` was said.
    pub fn attempts(&self) -> usize {
        self.state.lock().unwrap().attempts
    }

    /// Every command line so far, secrets included.
    pub fn commands(&self) -> Vec<String> {
        self.state.lock().unwrap().commands.clone()
    }
}

impl Drop for SmtpScript {
    fn drop(&mut self) {
        self.state.lock().unwrap().closed = true;
        drop(TcpStream::connect(("127.0.0.1", self.port)));
    }
}

trait Line: Read + Write + Send {}
impl<T: Read + Write + Send> Line for T {}

struct Talk {
    stream: Option<BufReader<Box<dyn Line>>>,
    raw: TcpStream,
    tls: bool,
}

impl Talk {
    fn say(&mut self, code: u16, text: &str) -> std::io::Result<()> {
        let out = self.stream.as_mut().unwrap().get_mut();
        out.write_all(format!("{code} {text}\r\n").as_bytes())?;
        out.flush()
    }

    fn hear(&mut self) -> std::io::Result<String> {
        let mut line = Vec::new();
        if self.stream.as_mut().unwrap().read_until(b'\n', &mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
    }

    fn text(&mut self) -> std::io::Result<Vec<u8>> {
        let mut data = Vec::new();
        loop {
            let mut line = Vec::new();
            if self.stream.as_mut().unwrap().read_until(b'\n', &mut line)? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            if line == b".\r\n" {
                return Ok(data);
            }
            data.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        }
    }

    fn encrypt(&mut self, config: &Arc<rustls::ServerConfig>) -> std::io::Result<()> {
        let connection =
            rustls::ServerConnection::new(config.clone()).map_err(std::io::Error::other)?;
        let stream = rustls::StreamOwned::new(connection, self.raw.try_clone()?);
        self.stream = Some(BufReader::new(Box::new(stream)));
        self.tls = true;
        Ok(())
    }
}

fn serve(raw: TcpStream, state: &Mutex<State>, options: &Options) -> std::io::Result<()> {
    raw.set_nodelay(true)?;
    raw.set_read_timeout(Some(Duration::from_secs(60)))?;
    let mut talk = Talk {
        stream: Some(BufReader::new(Box::new(raw.try_clone()?))),
        raw,
        tls: false,
    };
    if let Some(config) = &options.implicit {
        talk.encrypt(config)?;
    }
    let (code, text) = options.greeting.unwrap_or((220, "mx.example.jp ESMTP"));
    talk.say(code, text)?;
    let mut login: Option<String> = None;
    let mut now = Behaviour::default();
    let (mut from, mut to) = (String::new(), Vec::new());
    loop {
        let line = talk.hear()?;
        state.lock().unwrap().commands.push(line.clone());
        let upper = line.to_ascii_uppercase();
        if upper.starts_with("EHLO") || upper.starts_with("HELO") {
            hello(&mut talk, options)?;
        } else if upper == "STARTTLS" {
            match &options.starttls {
                Some(config) if !talk.tls => {
                    talk.say(220, "go ahead")?;
                    talk.encrypt(config)?;
                }
                _ => talk.say(502, "5.5.1 no")?,
            }
        } else if upper.starts_with("AUTH ") {
            login = authenticate(&mut talk, &line, options)?;
        } else if upper.starts_with("MAIL FROM:") {
            if (options.login.is_some() || options.token.is_some()) && login.is_none() {
                talk.say(530, "5.7.0 authentication required")?;
                continue;
            }
            now = {
                let mut state = state.lock().unwrap();
                state.attempts += 1;
                let always = state.always.clone();
                state.next.pop_front().or(always).unwrap_or_default()
            };
            from = address(&line);
            to.clear();
            if now.cut == Cut::AtMail {
                return Ok(());
            }
            let (code, text) = now.mail.unwrap_or((250, "2.1.0 ok"));
            talk.say(code, text)?;
        } else if upper.starts_with("RCPT TO:") {
            let address = address(&line);
            let (code, text) = now
                .recipients
                .get(&address)
                .copied()
                .unwrap_or((250, "2.1.5 ok"));
            if code < 300 {
                to.push(address);
            }
            talk.say(code, text)?;
        } else if upper == "DATA" {
            if now.cut == Cut::BeforeText {
                return Ok(());
            }
            if to.is_empty() {
                talk.say(554, "5.5.1 no valid recipients")?;
                continue;
            }
            let (code, text) = now.data.unwrap_or((354, "go on"));
            talk.say(code, text)?;
            if code != 354 {
                continue;
            }
            let data = talk.text()?;
            if now.cut == Cut::AfterTextLost {
                return Ok(());
            }
            let (code, text) = now.text.unwrap_or((250, "2.0.0 queued"));
            if code == 250 {
                state.lock().unwrap().taken.push(Taken {
                    from: from.clone(),
                    to: to.clone(),
                    data,
                    tls: talk.tls,
                    login: login.clone(),
                    at: Instant::now(),
                });
            }
            if now.cut == Cut::AfterText {
                return Ok(());
            }
            if let Some(wait) = now.slow {
                std::thread::sleep(wait);
            }
            talk.say(code, text)?;
        } else if upper == "RSET" || upper == "NOOP" {
            talk.say(250, "2.0.0 ok")?;
        } else if upper == "QUIT" {
            return talk.say(221, "2.0.0 bye");
        } else {
            talk.say(500, "5.5.2 unknown")?;
        }
    }
}

fn hello(talk: &mut Talk, options: &Options) -> std::io::Result<()> {
    let mut lines = vec![
        "mx.example.jp",
        "8BITMIME",
        "SMTPUTF8",
        "ENHANCEDSTATUSCODES",
    ];
    if options.starttls.is_some() && !talk.tls {
        lines.push("STARTTLS");
    }
    if options.login.is_some() {
        lines.push("AUTH PLAIN LOGIN");
    }
    if options.token.is_some() {
        lines.push("AUTH XOAUTH2");
    }
    let last = lines.len() - 1;
    let mut text = String::new();
    for (n, line) in lines.iter().enumerate() {
        text += &format!("250{}{line}\r\n", if n == last { ' ' } else { '-' });
    }
    let out = talk.stream.as_mut().unwrap().get_mut();
    out.write_all(text.as_bytes())?;
    out.flush()
}

fn authenticate(talk: &mut Talk, line: &str, options: &Options) -> std::io::Result<Option<String>> {
    let mut words = line.split(' ').skip(1);
    let mechanism = words.next().unwrap_or_default().to_ascii_uppercase();
    let initial = words.next().map(str::to_owned);
    let ask = |prompt: &str, talk: &mut Talk| -> std::io::Result<Vec<u8>> {
        talk.say(334, prompt)?;
        Ok(decode(&talk.hear()?))
    };
    let who = match mechanism.as_str() {
        "PLAIN" => {
            let given = match initial {
                Some(text) => decode(&text),
                None => ask("", talk)?,
            };
            let mut parts = given.split(|b| *b == 0).skip(1).map(lossy);
            (
                parts.next().unwrap_or_default(),
                parts.next().unwrap_or_default(),
            )
        }
        "LOGIN" => (
            lossy(&ask("VXNlcm5hbWU6", talk)?),
            lossy(&ask("UGFzc3dvcmQ6", talk)?),
        ),
        "XOAUTH2" => {
            let given = lossy(&match initial {
                Some(text) => decode(&text),
                None => ask("", talk)?,
            });
            let mut parts = given.split('\u{1}');
            let user = parts.next().unwrap_or_default();
            let token = parts.next().unwrap_or_default();
            (
                user.trim_start_matches("user=").to_owned(),
                token.trim_start_matches("auth=Bearer ").to_owned(),
            )
        }
        _ => {
            talk.say(504, "5.5.4 unknown mechanism")?;
            return Ok(None);
        }
    };
    let wanted = if mechanism == "XOAUTH2" {
        &options.token
    } else {
        &options.login
    };
    if wanted.as_ref() == Some(&who) {
        talk.say(235, "2.7.0 welcome")?;
        Ok(Some(format!("{mechanism} {}", who.0)))
    } else {
        talk.say(535, "5.7.8 authentication failed")?;
        Ok(None)
    }
}

fn decode(text: &str) -> Vec<u8> {
    base64::engine::general_purpose::STANDARD
        .decode(text.trim())
        .unwrap_or_default()
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn address(line: &str) -> String {
    line.split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
        .map(|(a, _)| a.to_owned())
        .unwrap_or_default()
}

/// Hands a mail to a server on loopback; panics where it is refused. Returns at the 250.
#[track_caller]
pub fn submit(port: u16, from: &str, to: &str, mail: &[u8]) {
    if let Err(refusal) = try_submit(port, from, to, mail) {
        panic!("SMTP: {refusal}");
    }
}

/// As [`submit`], with the server's refusal.
pub fn try_submit(port: u16, from: &str, to: &str, mail: &[u8]) -> Result<(), String> {
    let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_nodelay(true).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let mut stream = BufReader::new(stream);
    let mut step = |line: Option<&[u8]>, code: &str| {
        if let Some(line) = line {
            stream.get_mut().write_all(line).unwrap();
        }
        loop {
            let mut answer = String::new();
            stream.read_line(&mut answer).unwrap();
            if !answer.starts_with(code) {
                return Err(answer.trim_end().to_owned());
            }
            if answer.as_bytes().get(3) == Some(&b' ') {
                return Ok(());
            }
        }
    };
    step(None, "220")?;
    step(Some(b"EHLO client.example.com\r\n"), "250")?;
    step(Some(format!("MAIL FROM:<{from}>\r\n").as_bytes()), "250")?;
    step(Some(format!("RCPT TO:<{to}>\r\n").as_bytes()), "250")?;
    step(Some(b"DATA\r\n"), "354")?;
    step(Some(&wire(mail)), "250")?;
    step(Some(b"QUIT\r\n"), "221")
}

/// A mail as it goes over the wire after DATA: CRLF, dots stuffed, the final dot.
pub fn wire(mail: &[u8]) -> Vec<u8> {
    let mut data = Vec::with_capacity(mail.len() + 64);
    for line in mail.split_inclusive(|b| *b == b'\n') {
        if line.starts_with(b".") {
            data.push(b'.');
        }
        let body = line.strip_suffix(b"\n").unwrap_or(line);
        data.extend_from_slice(body.strip_suffix(b"\r").unwrap_or(body));
        data.extend_from_slice(b"\r\n");
    }
    data.extend_from_slice(b".\r\n");
    data
}
