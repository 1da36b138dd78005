//! The parent: starts the child, keeps the clock, and says what became of it.

use super::{Errand, WORD, child::child};
use crate::{
    domain::file::{FileKind, FileProblem},
    files::{self, Extract},
    openings::Import,
};
use serde::de::DeserializeOwned;
use std::{
    ffi::OsString,
    os::unix::process::ExitStatusExt as _,
    path::PathBuf,
    process::{ExitCode, ExitStatus, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _},
    process::{Child, Command},
};

/// How much one file may cost.
#[derive(Debug, Clone)]
pub struct Bounds {
    /// Bytes of address space.
    pub memory: u64,
    /// Seconds of processor time.
    pub processor_seconds: u64,
    /// Time by the clock, of one file.
    pub time: Duration,
    /// Time by the clock, of all files of one mail together.
    pub time_per_mail: Duration,
    /// Files of one mail that are read.
    pub files_per_mail: usize,
    /// Bytes of a file; a bigger one is not read.
    pub size: usize,
    /// Bytes of an answer.
    pub answer: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Bounds {
            memory: 768 * 1024 * 1024,
            processor_seconds: 3,
            time: Duration::from_secs(8),
            time_per_mail: Duration::from_secs(15),
            files_per_mail: 10,
            size: 30 * 1024 * 1024,
            answer: 8 * 1024 * 1024,
        }
    }
}

/// Whether this program is one that reads a file when it is started with the hidden word. Another program (a test, a bench)
/// that started itself so would start itself again and again.
static READS_ITSELF: AtomicBool = AtomicBool::new(false);

/// The first thing that the program does: reads one file where it was started for that, and else learns that it may start
/// itself so.
pub fn enter(mut arguments: impl Iterator<Item = OsString>) -> Option<ExitCode> {
    if arguments.next().is_some_and(|word| word == WORD) {
        return Some(child(arguments));
    }
    READS_ITSELF.store(true, Ordering::Relaxed);
    None
}

/// Reads files in child processes.
#[derive(Debug, Clone)]
pub struct Reader {
    /// The program that is started; none: no file is read.
    pub program: Option<PathBuf>,
    /// What a file may cost.
    pub bounds: Bounds,
    /// What the child is to do instead of reading, for tests of the limits; release builds do not heed it.
    pub fault: Option<String>,
}

impl Default for Reader {
    /// The running program itself, even where its file was replaced meanwhile.
    fn default() -> Self {
        let own = || {
            let own = PathBuf::from("/proc/self/exe");
            if own.exists() {
                Some(own)
            } else {
                std::env::current_exe().ok()
            }
        };
        Reader {
            program: READS_ITSELF.load(Ordering::Relaxed).then(own).flatten(),
            bounds: Bounds::default(),
            fault: None,
        }
    }
}

/// How many bytes of complaints are looked at.
const COMPLAINTS: u64 = 4_096;

impl Reader {
    /// Reads one file. Never fails: what goes wrong is a problem of the file.
    pub async fn read(&self, name: &str, bytes: &[u8]) -> Extract {
        let refused = |kind, problem| Extract {
            kind,
            text: None,
            problem: Some(problem),
        };
        if bytes.is_empty() {
            return refused(FileKind::Other, FileProblem::Empty);
        }
        // Of pictures, which signatures are full of, nothing is read; they need no process.
        if files::is_image(bytes) {
            return refused(FileKind::Image, FileProblem::Scanned);
        }
        if bytes.len() > self.bounds.size {
            return refused(FileKind::Other, FileProblem::TooBig);
        }
        match self.in_child(Errand::Text, name, bytes).await {
            Ok(found) => found,
            Err(problem) => {
                tracing::warn!(%problem, size = bytes.len(), "an attachment could not be read");
                refused(guessed(name), problem)
            }
        }
    }

    /// The openings of a table.
    ///
    /// # Errors
    /// What became of the file where its reader did not come to an end.
    pub async fn openings(&self, name: &str, bytes: &[u8]) -> Result<Import, FileProblem> {
        if bytes.len() > self.bounds.size {
            return Err(FileProblem::TooBig);
        }
        self.in_child(Errand::Openings, name, bytes).await
    }

    async fn in_child<T: DeserializeOwned>(
        &self,
        errand: Errand,
        name: &str,
        bytes: &[u8],
    ) -> Result<T, FileProblem> {
        let mut child = self.start(errand, name).map_err(|e| {
            tracing::warn!("the reader of attachments does not start: {e}");
            FileProblem::Failed
        })?;
        let work = self.talk(&mut child, bytes);
        match tokio::time::timeout(self.bounds.time, work).await {
            Ok(answer) => answer,
            Err(_) => {
                child.kill().await.ok();
                Err(FileProblem::Time)
            }
        }
    }

    fn start(&self, errand: Errand, name: &str) -> std::io::Result<Child> {
        // Only the end of a name tells anything.
        let extension: String = name
            .rsplit_once('.')
            .map_or("", |(_, end)| end)
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(8)
            .collect();
        let program = self.program.as_ref().ok_or_else(|| {
            std::io::Error::new(std::io::ErrorKind::NotFound, "no program reads files here")
        })?;
        let mut command = Command::new(program);
        command
            .arg(WORD)
            .arg(errand.word())
            .arg(self.bounds.memory.to_string())
            .arg(self.bounds.processor_seconds.to_string())
            .arg(format!("file.{extension}"))
            .args(&self.fault)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command.spawn()
    }

    async fn talk<T: DeserializeOwned>(
        &self,
        child: &mut Child,
        bytes: &[u8],
    ) -> Result<T, FileProblem> {
        let (Some(mut into), Some(out), Some(complaints)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(FileProblem::Failed);
        };
        let give = async {
            // A child that ended early does not take all; why it ended is told below.
            into.write_all(bytes).await.ok();
            into.shutdown().await.ok();
            drop(into);
        };
        let ((), answer, complaints) = tokio::join!(
            give,
            at_most(out, self.bounds.answer),
            at_most(complaints, COMPLAINTS)
        );
        let Some(answer) = answer else {
            child.kill().await.ok();
            return Err(FileProblem::Expands);
        };
        let status = child.wait().await.map_err(|_| FileProblem::Failed)?;
        if status.success() {
            return serde_json::from_slice(&answer).map_err(|_| FileProblem::Failed);
        }
        Err(cause(status, &complaints.unwrap_or_default()))
    }
}

/// All that comes, or nothing where it is more than `most`.
async fn at_most(from: impl AsyncRead + Unpin, most: u64) -> Option<Vec<u8>> {
    let mut bytes = vec![];
    let mut limited = from.take(most + 1);
    limited.read_to_end(&mut bytes).await.ok();
    (bytes.len() as u64 <= most).then_some(bytes)
}

/// Why a child ended without an answer.
fn cause(status: ExitStatus, complaints: &[u8]) -> FileProblem {
    const SIGABRT: i32 = 6;
    const SIGKILL: i32 = 9;
    const SIGXCPU: i32 = 24;
    let said = String::from_utf8_lossy(complaints);
    match status.signal() {
        Some(SIGXCPU) => FileProblem::Time,
        // Not by this program, which says so: by the system, where memory is short.
        Some(SIGKILL) => FileProblem::Memory,
        Some(SIGABRT) if said.contains("memory allocation of") => FileProblem::Memory,
        Some(_) => FileProblem::Damaged,
        // A panic.
        None if status.code() == Some(101) => FileProblem::Damaged,
        None => FileProblem::Failed,
    }
}

/// What a file was likely to be, where its reader ended before it said so.
fn guessed(name: &str) -> FileKind {
    let extension = name.rsplit_once('.').map_or("", |(_, e)| e);
    match extension.to_ascii_lowercase().as_str() {
        "pdf" => FileKind::Pdf,
        "docx" | "docm" => FileKind::Docx,
        "doc" => FileKind::Doc,
        "xlsx" | "xlsm" => FileKind::Xlsx,
        "xls" => FileKind::Xls,
        "rtf" => FileKind::Rtf,
        "zip" => FileKind::Zip,
        _ => FileKind::Other,
    }
}
