//! A server process that cannot outlive the test, even where the test is killed.

use nix::unistd::{User, geteuid};
use std::{
    io::Write as _,
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

/// A shell holds the server as its child. It ends the server when its own standard input closes, which the system does
/// when the test process is gone, however it went, and then removes the server's directory; the word `keep` on standard
/// input ends the server and leaves the directory.
const KEEPER: &str = r#"setsid "$@" </dev/null & server=$!
word=
read -r word
kill -s "$STOP_SIGNAL" "$server" 2>/dev/null
kill -s "$STOP_SIGNAL" -- "-$server" 2>/dev/null
( sleep 5 & pause=$!; trap 'kill "$pause"; exit' TERM; wait "$pause"; kill -KILL "$server" ) 2>/dev/null & late=$!
wait "$server"
kill "$late" 2>/dev/null
if [ "$word" != keep ]; then rm -rf "$DIRECTORY"; fi"#;

/// A server and its directory.
pub struct Server {
    command: Command,
    keeper: Option<Child>,
    dir: PathBuf,
}

impl Server {
    /// Starts `program` with its arguments, as another user where `user` is given and we are root. What it prints goes
    /// into the file `out` in its directory.
    pub fn start(
        program: &Path,
        args: &[&str],
        user: Option<&str>,
        stop_signal: &str,
        dir: &Path,
    ) -> Server {
        let out = std::fs::File::create(dir.join("out")).unwrap();
        let mut command = Command::new("sh");
        command
            .arg("-c")
            .arg(KEEPER)
            .arg("keeper")
            .arg(program)
            .args(args)
            .env("STOP_SIGNAL", stop_signal)
            .env("DIRECTORY", dir)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(out.try_clone().unwrap())
            .stderr(out);
        become_user(&mut command, user);
        let mut server = Server {
            command,
            keeper: None,
            dir: dir.to_owned(),
        };
        server.start_again();
        server
    }

    /// Starts it after [`Server::stop`].
    pub fn start_again(&mut self) {
        self.keeper = Some(self.command.spawn().unwrap());
    }

    /// Ends the server and waits for its end; its directory stays.
    pub fn stop(&mut self) {
        if let Some(mut keeper) = self.keeper.take() {
            let mut input = keeper.stdin.take().unwrap();
            drop(input.write_all(b"keep\n"));
            drop(input);
            drop(keeper.wait());
        }
    }

    /// Whether the server is still there.
    pub fn is_running(&mut self) -> bool {
        self.keeper
            .as_mut()
            .is_some_and(|k| matches!(k.try_wait(), Ok(None)))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A keeper needs no waiting for: it ends the server and cleans up by itself.
        if self.keeper.is_none() {
            drop(std::fs::remove_dir_all(&self.dir));
        }
    }
}

/// Runs as `user` where we are root; as ourselves otherwise.
pub fn become_user(command: &mut Command, user: Option<&str>) {
    if let Some(user) = user.filter(|_| geteuid().is_root()) {
        let user = account(user);
        command.uid(user.uid.as_raw()).gid(user.gid.as_raw());
    }
}

/// An account of this machine.
pub fn account(name: &str) -> User {
    User::from_name(name)
        .unwrap()
        .unwrap_or_else(|| panic!("no account {name}: run tools/install-test-packages"))
}

/// The account that runs the test.
pub fn caller() -> User {
    User::from_uid(geteuid()).unwrap().unwrap()
}

/// A program at the first of these places; panics with what to do where it is missing.
pub fn program(places: &[&str]) -> PathBuf {
    places
        .iter()
        .map(PathBuf::from)
        .find(|p| p.exists())
        .unwrap_or_else(|| {
            panic!("none of {places:?} is installed: run tools/install-test-packages")
        })
}

/// Waits until something listens on a loopback port; panics with the log where nothing does.
pub fn wait_listening(server: &mut Server, port: u16, log: &Path) {
    let end = std::time::Instant::now() + Duration::from_secs(20);
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(
            server.is_running() && std::time::Instant::now() < end,
            "the server does not listen on {port}:\n{}",
            std::fs::read_to_string(log).unwrap_or_default()
        );
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A temporary directory that servers under other accounts can enter. Its [`Server`] removes it.
pub fn directory() -> PathBuf {
    shared_directory().keep()
}

/// As [`directory`], removed when it is dropped.
pub fn shared_directory() -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempfile::Builder::new()
        .prefix("madoguchi-")
        .tempdir()
        .unwrap();
    std::fs::set_permissions(dir.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    dir
}
