//! A throwaway Postfix that takes mail by SMTP and submission and hands it to Dovecot, or holds it. Nothing leaves.

use super::{
    dovecot::Dovecot,
    ports,
    process::{self, Server},
};
use std::{
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

/// What can be chosen.
pub struct Options {
    /// Addresses that exist; each is delivered into the Dovecot mailbox of its local part.
    pub addresses: Vec<String>,
    /// Every mail stays in the hold queue.
    pub hold: bool,
    /// Whether port `smtp` offers STARTTLS.
    pub starttls: bool,
    /// Further lines of `main.cf`.
    pub extra: String,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            addresses: [
                "md@example.jp",
                "doctor@example.com",
                "hospital@example.com",
            ]
            .map(String::from)
            .into(),
            hold: false,
            starttls: true,
            extra: String::new(),
        }
    }
}

/// A running Postfix.
pub struct Postfix {
    server: Server,
    dir: PathBuf,
    /// SMTP as other servers speak it: no login.
    pub smtp: u16,
    /// Submission: STARTTLS and a login at Dovecot are required.
    pub submission: u16,
}

impl Postfix {
    /// In front of a Dovecot.
    pub fn start(dovecot: &Dovecot) -> Postfix {
        Self::start_with(dovecot, &Options::default())
    }

    /// With options.
    pub fn start_with(dovecot: &Dovecot, options: &Options) -> Postfix {
        assert!(
            nix::unistd::geteuid().is_root(),
            "Postfix changes users, so tests that start it must run as root"
        );
        let dir = process::directory();
        let (smtp, submission) = (ports::free(), ports::free());
        queues(&dir);
        let d = dir.display();
        let domains: std::collections::BTreeSet<&str> = options
            .addresses
            .iter()
            .filter_map(|a| a.split_once('@').map(|(_, domain)| domain))
            .collect();
        let boxes: String = options
            .addresses
            .iter()
            .map(|a| format!("{a} x\n"))
            .collect();
        let main = format!(
            r#"compatibility_level = 3.6
queue_directory = {d}/spool
data_directory = {d}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = {d}/mail.log
maillog_file_prefixes = {d}
mail_owner = postfix
setgid_group = postdrop
smtpd_peername_lookup = no
myhostname = mx.example.jp
mydestination =
local_recipient_maps =
alias_maps =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtp_dns_support_level = disabled
default_transport = error:nothing leaves the test
virtual_mailbox_domains = {domains}
virtual_mailbox_maps = texthash:{d}/mailboxes
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_recipient_restrictions = {hold}reject_unlisted_recipient, permit_mynetworks
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
smtpd_tls_security_level = {tls}
smtpd_tls_cert_file = {cert}
smtpd_tls_key_file = {key}
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{auth}
in_flow_delay = 0
minimal_backoff_time = 1s
maximal_backoff_time = 5s
queue_run_delay = 1s
{extra}
"#,
            domains = domains.into_iter().collect::<Vec<_>>().join(" "),
            lmtp = dovecot.lmtp,
            auth = dovecot.auth,
            hold = if options.hold {
                "check_sender_access static:hold, "
            } else {
                ""
            },
            tls = if options.starttls { "may" } else { "none" },
            cert = dovecot.certificates.cert_file().display(),
            key = dovecot.certificates.key_file().display(),
            extra = options.extra,
        );
        let master = format!(
            "{smtp} inet n - n - - smtpd
{submission} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
  -o smtpd_client_restrictions=permit_sasl_authenticated,reject
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
lmtp unix - - n - - lmtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
tlsmgr unix - - n 1000? 1 tlsmgr
postlog unix-dgram n - n - 1 postlogd
"
        );
        // Postfix waits two seconds where a file that it reads looks as if it were still being written.
        let past = SystemTime::now() - Duration::from_secs(60);
        for (name, text) in [
            ("main.cf", &main),
            ("master.cf", &master),
            ("mailboxes", &boxes),
        ] {
            let path = dir.join(name);
            std::fs::write(&path, text).unwrap();
            std::fs::File::options()
                .write(true)
                .open(&path)
                .unwrap()
                .set_modified(past)
                .unwrap();
        }
        let mut server = Server::start(
            &process::program(&["/usr/lib/postfix/sbin/master"]),
            &["-d", "-c", dir.to_str().unwrap()],
            None,
            "TERM",
            &dir,
        );
        let log = dir.join("mail.log");
        process::wait_listening(&mut server, smtp, &log);
        process::wait_listening(&mut server, submission, &log);
        Postfix {
            server,
            dir,
            smtp,
            submission,
        }
    }

    /// Ends the server.
    pub fn stop(&mut self) {
        self.server.stop();
    }

    /// What it logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.dir.join("mail.log")).unwrap_or_default()
    }

    /// The mails in a queue (`hold`, `deferred`), as Postfix's queue files.
    pub fn queue(&self, name: &str) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut open = vec![self.dir.join("spool").join(name)];
        while let Some(next) = open.pop() {
            for entry in std::fs::read_dir(next).into_iter().flatten().flatten() {
                if entry.path().is_dir() {
                    open.push(entry.path());
                } else {
                    found.push(entry.path());
                }
            }
        }
        found
    }

    /// Hands in a mail by SMTP, as another mail server would; returns when the server's 250 is there.
    pub fn submit(&self, from: &str, to: &str, mail: &[u8]) {
        super::smtp::submit(self.smtp, from, to, mail);
    }
}

fn queues(dir: &Path) {
    use std::os::unix::fs::{PermissionsExt as _, chown};
    let postfix = process::account("postfix");
    let postdrop = nix::unistd::Group::from_name("postdrop").unwrap().unwrap();
    let spool = dir.join("spool");
    std::fs::create_dir(&spool).unwrap();
    for (name, mode, group) in [
        ("active", 0o700, None),
        ("bounce", 0o700, None),
        ("corrupt", 0o700, None),
        ("defer", 0o700, None),
        ("deferred", 0o700, None),
        ("flush", 0o700, None),
        ("hold", 0o700, None),
        ("incoming", 0o700, None),
        ("private", 0o700, None),
        ("saved", 0o700, None),
        ("trace", 0o700, None),
        ("maildrop", 0o730, Some(postdrop.gid)),
        ("public", 0o710, Some(postdrop.gid)),
    ] {
        let path = spool.join(name);
        std::fs::create_dir(&path).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        let group = group.unwrap_or(postfix.gid);
        chown(&path, Some(postfix.uid.as_raw()), Some(group.as_raw())).unwrap();
    }
    std::fs::create_dir(spool.join("pid")).unwrap();
    let data = dir.join("data");
    std::fs::create_dir(&data).unwrap();
    chown(
        &data,
        Some(postfix.uid.as_raw()),
        Some(postfix.gid.as_raw()),
    )
    .unwrap();
}
