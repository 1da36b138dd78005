//! A throwaway Dovecot: IMAP plain, with STARTTLS and with implicit TLS, and LMTP, each on a loopback port.

use super::{
    imap_client::ImapClient,
    ports,
    process::{self, Server},
    tls::Certificates,
};
use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::TcpStream,
    path::{Path, PathBuf},
    time::Duration,
};

/// The password of every user.
pub const PASSWORD: &str = "sekai \"\\ 7";

/// What can be chosen.
pub struct Options {
    /// Logins; each has a mailbox.
    pub users: Vec<String>,
    /// Whether the server offers IDLE.
    pub idle: bool,
    /// Whether it offers STARTTLS and TLS.
    pub tls: bool,
    /// The separator of folders.
    pub separator: char,
    /// What folder names begin with.
    pub prefix: String,
    /// Whether the folder `Sent` has the special use of RFC 6154, under this name.
    pub special_sent: Option<String>,
    /// Further configuration.
    pub extra: String,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            users: ["md", "doctor", "hospital"].map(String::from).into(),
            idle: true,
            tls: true,
            separator: '/',
            prefix: String::new(),
            special_sent: None,
            extra: String::new(),
        }
    }
}

/// A running Dovecot.
pub struct Dovecot {
    server: Server,
    dir: PathBuf,
    /// Its certificates.
    pub certificates: Certificates,
    /// IMAP, plain and STARTTLS.
    pub imap: u16,
    /// IMAP with implicit TLS.
    pub imaps: u16,
    /// LMTP.
    pub lmtp: u16,
    /// Dovecot's authentication for Postfix.
    pub auth: u16,
}

impl Dovecot {
    /// With what most tests need.
    pub fn start() -> Dovecot {
        Self::start_with(&Options::default())
    }

    /// With options.
    pub fn start_with(options: &Options) -> Dovecot {
        let dir = process::directory();
        let certificates = Certificates::new();
        let (imap, imaps, lmtp, auth) =
            (ports::free(), ports::free(), ports::free(), ports::free());
        let root = nix::unistd::geteuid().is_root();
        let caller = process::caller();
        let owner = if root {
            process::account("dovecot")
        } else {
            caller.clone()
        };
        let (login, internal) = if root {
            ("dovenull".to_owned(), "dovecot".to_owned())
        } else {
            (caller.name.clone(), caller.name.clone())
        };
        let group = nix::unistd::Group::from_gid(owner.gid)
            .unwrap()
            .unwrap()
            .name;
        let home = dir.join("mail");
        std::fs::create_dir(&home).unwrap();
        std::os::unix::fs::chown(&home, Some(owner.uid.as_raw()), Some(owner.gid.as_raw()))
            .unwrap();
        let users: String = options
            .users
            .iter()
            .map(|u| format!("{u}:{{PLAIN}}{PASSWORD}\n"))
            .collect();
        std::fs::write(dir.join("users"), users).unwrap();
        let d = dir.display();
        let capability = if options.idle {
            String::new()
        } else {
            "imap_capability = IMAP4rev1 SASL-IR LITERAL+ NAMESPACE UIDPLUS SPECIAL-USE\n"
                .to_owned()
        };
        let tls = if options.tls {
            format!(
                "ssl = yes\nssl_cert = <{}\nssl_key = <{}\n",
                certificates.cert_file().display(),
                certificates.key_file().display()
            )
        } else {
            "ssl = no\n".to_owned()
        };
        let special = options.special_sent.as_ref().map_or(String::new(), |name| {
            format!("  mailbox \"{name}\" {{\n    special_use = \\Sent\n    auto = create\n  }}\n")
        });
        let config = format!(
            r#"base_dir = {d}/run
state_dir = {d}/run
log_path = {d}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
default_login_user = {login}
default_internal_user = {internal}
default_internal_group = {group}
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
auth_username_format = %Ln
first_valid_uid = 1
mail_max_userip_connections = 100
mail_fsync = never
mail_location = maildir:~/Maildir
postmaster_address = postmaster@example.jp
{tls}{capability}passdb {{
  driver = passwd-file
  args = scheme=PLAIN {d}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={d}/mail/%n
}}
namespace inbox {{
  inbox = yes
  separator = {sep}
  prefix = {prefix}
{special}}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
service auth {{
  inet_listener {{
    port = {auth}
  }}
}}
{extra}
"#,
            uid = owner.uid,
            gid = owner.gid,
            sep = options.separator,
            prefix = options.prefix,
            extra = options.extra,
        );
        std::fs::write(dir.join("dovecot.conf"), config).unwrap();
        let server = launch(&dir);
        let mut dovecot = Dovecot {
            server,
            dir,
            certificates,
            imap,
            imaps,
            lmtp,
            auth,
        };
        dovecot.wait();
        dovecot
    }

    fn wait(&mut self) {
        let log = self.dir.join("dovecot.log");
        process::wait_listening(&mut self.server, self.imap, &log);
        process::wait_listening(&mut self.server, self.lmtp, &log);
    }

    /// Ends the server; the mail stays.
    pub fn stop(&mut self) {
        self.server.stop();
    }

    /// Starts it again on the same ports with the same mail.
    pub fn restart(&mut self) {
        self.stop();
        self.server.start_again();
        self.wait();
    }

    /// What it logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.dir.join("dovecot.log")).unwrap_or_default()
    }

    /// Delivers bytes into a user's INBOX; `from` empty is the null sender.
    pub fn deliver(&self, user: &str, from: &str, mail: &[u8]) {
        self.deliver_many(user, from, std::iter::once(mail));
    }

    /// Delivers several over one connection.
    pub fn deliver_many<'a>(
        &self,
        user: &str,
        from: &str,
        mails: impl IntoIterator<Item = &'a [u8]>,
    ) {
        let mut lmtp = Lmtp::connect(self.lmtp);
        for mail in mails {
            lmtp.deliver(user, from, mail);
        }
    }

    /// A plain connection of a user, logged in, for looking at what lies there.
    pub fn client(&self, user: &str) -> ImapClient {
        ImapClient::login(self.imap, user, PASSWORD)
    }

    /// Mails as files in a user's INBOX, for backlogs of thousands in an instant. Before any client selected the folder.
    pub fn put_files<'a>(&self, user: &str, mails: impl IntoIterator<Item = &'a [u8]>) {
        let base = self.dir.join("mail").join(user).join("Maildir");
        for sub in ["cur", "new", "tmp"] {
            std::fs::create_dir_all(base.join(sub)).unwrap();
        }
        for (n, mail) in mails.into_iter().enumerate() {
            std::fs::write(
                base.join("new").join(format!("1700000000.M{n:06}P1.test")),
                mail,
            )
            .unwrap();
        }
        if nix::unistd::geteuid().is_root() {
            let owner = process::account("dovecot");
            give(&self.dir.join("mail").join(user), &owner);
        }
    }
}

fn give(path: &Path, owner: &nix::unistd::User) {
    std::os::unix::fs::chown(path, Some(owner.uid.as_raw()), Some(owner.gid.as_raw())).unwrap();
    if path.is_dir() {
        for entry in std::fs::read_dir(path).unwrap() {
            give(&entry.unwrap().path(), owner);
        }
    }
}

fn launch(dir: &Path) -> Server {
    let conf = dir.join("dovecot.conf");
    Server::start(
        &process::program(&["/usr/sbin/dovecot", "/usr/bin/dovecot"]),
        &["-F", "-c", conf.to_str().unwrap()],
        None,
        "TERM",
        dir,
    )
}

/// A small LMTP client (RFC 2033).
struct Lmtp(BufReader<TcpStream>);

impl Lmtp {
    fn connect(port: u16) -> Lmtp {
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_nodelay(true).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        let mut lmtp = Lmtp(BufReader::new(stream));
        lmtp.expect("220");
        lmtp.say("LHLO localhost\r\n");
        lmtp.expect("250");
        lmtp
    }

    fn say(&mut self, line: &str) {
        self.0.get_mut().write_all(line.as_bytes()).unwrap();
    }

    fn expect(&mut self, code: &str) {
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).unwrap();
            assert!(line.starts_with(code), "LMTP: {line}");
            if line.as_bytes().get(3) == Some(&b' ') {
                return;
            }
        }
    }

    fn deliver(&mut self, user: &str, from: &str, mail: &[u8]) {
        self.say(&format!("MAIL FROM:<{from}>\r\n"));
        self.expect("250");
        self.say(&format!("RCPT TO:<{user}@example.jp>\r\n"));
        self.expect("250");
        self.say("DATA\r\n");
        self.expect("354");
        self.0
            .get_mut()
            .write_all(&super::smtp::wire(mail))
            .unwrap();
        self.expect("250");
    }
}
