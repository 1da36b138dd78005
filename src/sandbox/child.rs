//! The child: limits itself, reads one file, says what it found.

use super::{Errand, WORD};
use crate::{
    files::{self, Limits},
    openings,
};
use rustix::process::{Resource, Rlimit, setrlimit};
use std::{
    ffi::OsString,
    io::{Read as _, Write as _},
    process::ExitCode,
};

/// The child's side: arguments are the errand, bytes of memory, seconds of processor time and the file's name; the file stands on
/// standard input.
pub(super) fn child(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let words: Vec<String> = arguments
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let number = |at: usize| words.get(at).and_then(|word| word.parse::<u64>().ok());
    let (Some(memory), Some(seconds)) = (number(1), number(2)) else {
        eprintln!("{WORD} is started by the program itself");
        return ExitCode::from(2);
    };
    if let Err(e) = confine(memory, seconds) {
        eprintln!("no limits could be set: {e}");
        return ExitCode::FAILURE;
    }
    #[cfg(debug_assertions)]
    if let Some(fault) = words.get(4) {
        misbehave(fault);
    }
    let mut bytes = vec![];
    if std::io::stdin().lock().read_to_end(&mut bytes).is_err() {
        return ExitCode::FAILURE;
    }
    let name = words.get(3).map_or("", String::as_str);
    let found = if words.first().is_some_and(|w| w == Errand::Openings.word()) {
        serde_json::to_vec(&openings::attached::read(&bytes))
    } else {
        serde_json::to_vec(&files::read(&bytes, name, &Limits::default()))
    };
    let written = found
        .map_err(std::io::Error::other)
        .and_then(|json| std::io::stdout().lock().write_all(&json));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Takes from this process what a reader of files does not need.
fn confine(memory: u64, seconds: u64) -> rustix::io::Result<()> {
    let limit = |resource, most: u64| {
        setrlimit(
            resource,
            Rlimit {
                current: Some(most),
                maximum: Some(most),
            },
        )
    };
    limit(Resource::Core, 0)?;
    limit(Resource::Fsize, 0)?;
    limit(Resource::Nofile, 16)?;
    limit(Resource::As, memory)?;
    // At the first limit the process is told (SIGXCPU, which ends it), at the second it is killed.
    setrlimit(
        Resource::Cpu,
        Rlimit {
            current: Some(seconds),
            maximum: Some(seconds + 2),
        },
    )?;
    #[cfg(target_os = "linux")]
    rustix::thread::set_no_new_privs(true)?;
    Ok(())
}

/// What a hostile file could do to its reader, for tests of the limits; release builds do not know it.
#[cfg(debug_assertions)]
fn misbehave(fault: &str) {
    match fault {
        "memory" => {
            let mut held: Vec<Vec<u8>> = vec![];
            loop {
                held.push(vec![1; 16 * 1024 * 1024]);
            }
        }
        "one-allocation" => {
            let bytes = vec![1u8; 549_000_000_000];
            eprintln!("{}", bytes.len());
        }
        "processor" => {
            let mut n = 0u64;
            while std::hint::black_box(n) < u64::MAX {
                n += 1;
            }
        }
        "sleep" => std::thread::sleep(std::time::Duration::from_secs(3600)),
        "stack" => {
            fn deeper(n: u64) -> u64 {
                let here = std::hint::black_box([n; 64]);
                if n == u64::MAX {
                    0
                } else {
                    deeper(n + 1) + here.first().copied().unwrap_or(0)
                }
            }
            eprintln!("{}", deeper(0));
        }
        "flood" => {
            let line = [b'x'; 65_536];
            while std::io::stdout().lock().write_all(&line).is_ok() {}
        }
        "panic" => panic!("a reader's panic"),
        "abort" => std::process::abort(),
        "write" => {
            if std::fs::write("/tmp/madoguchi-must-not-be-written", [1u8; 10]).is_ok() {
                return;
            }
            std::process::exit(3);
        }
        "environment" if std::env::vars_os().next().is_none() => std::process::exit(3),
        _ => {}
    }
}
