//! The real program as a process of its own, with a configuration for the throwaway servers.

use super::dovecot::{Dovecot, PASSWORD};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// A desk's account and store.
pub struct Desk<'a> {
    pub dovecot: &'a Dovecot,
    pub user: &'a str,
    pub smtp_port: u16,
    pub dir: &'a Path,
    pub url: &'a str,
    /// Sending over STARTTLS with the login of Dovecot, as at a real submission server.
    pub login: bool,
    /// Further configuration.
    pub more: &'a str,
}

/// A running daemon; it is killed when dropped.
pub struct Daemon {
    child: Child,
    log: PathBuf,
}

impl Desk<'_> {
    fn config(&self) -> PathBuf {
        let path = self.dir.join("config.toml");
        let review = if self.more.contains("[review]") {
            ""
        } else {
            "[review]\nhold_seconds = 0\nquiet_seconds = 0\n"
        };
        let ca = self.dovecot.certificates.ca_file();
        let smtp = if self.login {
            format!(
                "tls = \"starttls\"\nuser = \"{}\"\nca_file = \"{}\"\n",
                self.user,
                ca.display()
            )
        } else {
            "tls = \"none\"\n".to_owned()
        };
        let text = format!(
            "[mailbox]\nhost = \"127.0.0.1\"\nport = {}\ntls = \"none\"\nuser = \"{}\"\n\
             answer_from = \"2020-01-01T00:00:00+09:00\"\n\
             [smtp]\nhost = \"127.0.0.1\"\nport = {}\n{smtp}timeout_seconds = 10\n\
             [store]\nurl = \"{}\"\n{review}{}\n",
            self.dovecot.imap, self.user, self.smtp_port, self.url, self.more
        );
        fs::write(&path, text).unwrap();
        path
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_madoguchi"));
        command
            .arg("--config")
            .arg(self.config())
            .current_dir(self.dir)
            .env("MADOGUCHI_MAILBOX_PASSWORD", PASSWORD)
            .env("MADOGUCHI_SMTP_PASSWORD", PASSWORD)
            .env("MADOGUCHI_LOG", "madoguchi=debug,serenity=debug")
            .env_remove("MADOGUCHI_CRASH_AT");
        command
    }

    /// Starts `run`.
    pub fn start(&self, env: &[(&str, &str)]) -> Daemon {
        let log = self.dir.join(format!(
            "daemon-{}.log",
            fs::read_dir(self.dir).unwrap().count()
        ));
        let stderr = fs::File::create(&log).unwrap();
        let child = self
            .command()
            .arg("run")
            .envs(env.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(stderr)
            .spawn()
            .unwrap();
        Daemon { child, log }
    }

    /// Runs another command to its end; what it printed on both outputs.
    pub fn run(&self, arguments: &[&str]) -> String {
        let output = self
            .command()
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )
    }

    /// The same with its exit status.
    pub fn status(&self, arguments: &[&str]) -> (i32, String, String) {
        let output = self
            .command()
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        (
            output.status.code().unwrap_or(-1),
            String::from_utf8_lossy(&output.stdout).into_owned(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    }
}

impl Daemon {
    /// What it logged.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Whether it has ended.
    pub fn ended(&mut self) -> Option<std::process::ExitStatus> {
        self.child.try_wait().unwrap()
    }

    /// Waits for the line `ready`.
    #[track_caller]
    pub fn wait_ready(&mut self) {
        let end = Instant::now() + Duration::from_secs(30);
        loop {
            let log = self.log();
            if log.lines().any(|l| l == "ready") {
                return;
            }
            assert!(
                self.ended().is_none(),
                "it ended before it was ready:\n{log}"
            );
            assert!(Instant::now() < end, "not ready in time:\n{log}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// SIGTERM; it must end by itself within ten seconds, with status 0.
    #[track_caller]
    pub fn stop(mut self) {
        kill(
            Pid::from_raw(i32::try_from(self.child.id()).unwrap()),
            Signal::SIGTERM,
        )
        .unwrap();
        let end = Instant::now() + Duration::from_secs(10);
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait().unwrap() {
                assert!(status.success(), "{status}:\n{}", self.log());
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("it did not end within ten seconds:\n{}", self.log());
    }

    /// SIGKILL, as a power cut.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            drop(self.child.kill());
            drop(self.child.wait());
        }
    }
}
