//! A throwaway PostgreSQL, one for all tests of a test program, a fresh database for each.

use super::{
    ports,
    process::{self, Server},
};
use std::{
    path::PathBuf,
    process::Command,
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

/// A running PostgreSQL. It ends with the test program.
pub struct Postgres {
    _server: Server,
    bin: PathBuf,
    port: u16,
    databases: AtomicU32,
}

impl Postgres {
    /// The server of this test program, started by the first test that needs it.
    pub fn shared() -> &'static Postgres {
        static SHARED: OnceLock<Postgres> = OnceLock::new();
        SHARED.get_or_init(Postgres::start)
    }

    /// A server of one's own.
    pub fn start() -> Postgres {
        let bin = binaries();
        let dir = process::directory();
        let root = nix::unistd::geteuid().is_root();
        if root {
            let owner = process::account("postgres");
            std::os::unix::fs::chown(&dir, Some(owner.uid.as_raw()), Some(owner.gid.as_raw()))
                .unwrap();
        }
        let data = dir.join("data");
        let mut initdb = Command::new(bin.join("initdb"));
        initdb
            .args(["--auth=trust", "--username=desk", "--encoding=UTF8"])
            .args(["--locale=C.UTF-8", "--no-sync", "--pgdata"])
            .arg(&data)
            .current_dir("/");
        process::become_user(&mut initdb, Some("postgres"));
        let made = initdb.output().unwrap();
        assert!(
            made.status.success(),
            "initdb: {}",
            String::from_utf8_lossy(&made.stderr)
        );
        let port = ports::free();
        let mut server = Server::start(
            &bin.join("postgres"),
            &[
                "-D",
                data.to_str().unwrap(),
                "-p",
                &port.to_string(),
                "-h",
                "127.0.0.1",
                "-k",
                dir.to_str().unwrap(),
                "-c",
                "fsync=off",
                "-c",
                "synchronous_commit=off",
                "-c",
                "full_page_writes=off",
                "-c",
                "max_connections=200",
            ],
            Some("postgres"),
            // A fast shutdown: sessions are ended, not waited for.
            "INT",
            &dir,
        );
        process::wait_listening(&mut server, port, &dir.join("out"));
        let postgres = Postgres {
            _server: server,
            bin,
            port,
            databases: AtomicU32::new(0),
        };
        super::wait_for(
            "PostgreSQL accepts connections",
            std::time::Duration::from_secs(20),
            || {
                Command::new(postgres.bin.join("pg_isready"))
                    .args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()])
                    .status()
                    .is_ok_and(|s| s.success())
                    .then_some(())
            },
        );
        postgres
    }

    /// A fresh empty database; its URL.
    pub fn createdb(&self) -> String {
        let name = format!("desk{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let made = Command::new(self.bin.join("createdb"))
            .args(["-h", "127.0.0.1", "-U", "desk", "-p"])
            .arg(self.port.to_string())
            .arg(&name)
            .output()
            .unwrap();
        assert!(
            made.status.success(),
            "createdb: {}",
            String::from_utf8_lossy(&made.stderr)
        );
        format!("postgres://desk@127.0.0.1:{}/{name}", self.port)
    }
}

/// The newest version that Debian's packages have installed.
fn binaries() -> PathBuf {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path().join("bin"))
        .filter(|p| p.join("initdb").exists() && p.join("postgres").exists())
        .collect();
    found.sort();
    found
        .pop()
        .expect("no PostgreSQL server below /usr/lib/postgresql: run tools/install-test-packages")
}
