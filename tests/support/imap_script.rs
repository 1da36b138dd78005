//! An IMAP server in this process with the habits of odd servers: a small real mailbox whose answers can be bent.

mod talk;

use std::{
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};
use talk::Talk;

/// A mail in a folder.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Its UID.
    pub uid: u32,
    /// As IMAP writes it.
    pub internal_date: String,
    /// The bytes.
    pub raw: Vec<u8>,
    /// Flags, as given to APPEND.
    pub flags: String,
    /// FETCH of its text gives nothing, as if it were deleted since the search.
    pub vanished: bool,
}

/// A folder.
#[derive(Debug, Clone)]
pub struct Folder {
    /// Its name.
    pub name: String,
    /// The numbering.
    pub uid_validity: u32,
    /// The next UID.
    pub uid_next: u32,
    /// What lies in it.
    pub mails: Vec<Mail>,
}

/// The server's habits and its mail; tests change it while it runs.
pub struct World {
    /// Words of the CAPABILITY answer after login.
    pub capabilities: String,
    /// Words before login, where they differ.
    pub capabilities_before: Option<String>,
    /// SELECT tells no UIDNEXT.
    pub without_uid_next: bool,
    /// FETCH answers carry the text first and the UID last.
    pub uid_last: bool,
    /// Untagged lines that nobody asked for, sent before each answer.
    pub junk: Vec<String>,
    /// Untagged lines sent in the answer to SELECT.
    pub select_lines: Vec<String>,
    /// After so many mails the connection is cut in the middle of a text, once.
    pub cut_after: Option<usize>,
    /// Texts are sent in pieces with this pause between them.
    pub drip: Option<Duration>,
    /// No answer to anything any more; the connection stays open.
    pub silent: bool,
    /// NO to APPEND of a mail that contains this.
    pub refuse_append: Option<String>,
    /// NO to IDLE, announced or not.
    pub refuse_idle: bool,
    /// NO to every LOGIN.
    pub refuse_login: bool,
    /// NO to a fetch of these UIDs.
    pub refuse_uids: Vec<u32>,
    /// The token that XOAUTH2 must carry.
    pub token: Option<String>,
    /// What NAMESPACE and LIST say: prefix and separator.
    pub namespace: (String, char),
    /// Special use attributes in LIST by folder name.
    pub special_use: Vec<(String, String)>,
    /// Folders.
    pub folders: Vec<Folder>,
    /// Every command so far.
    pub commands: Vec<String>,
    /// Connections so far.
    pub connections: usize,
    cut_all: u64,
    closed: bool,
}

impl World {
    /// A folder by name.
    pub fn folder(&mut self, name: &str) -> &mut Folder {
        self.folders.iter_mut().find(|f| f.name == name).unwrap()
    }

    /// A mail comes into a folder; its UID.
    pub fn add(&mut self, folder: &str, raw: impl Into<Vec<u8>>) -> u32 {
        let folder = self.folder(folder);
        let uid = folder.uid_next;
        folder.uid_next += 1;
        folder.mails.push(Mail {
            uid,
            internal_date: "21-Nov-2026 10:00:00 +0900".into(),
            raw: raw.into(),
            flags: String::new(),
            vanished: false,
        });
        uid
    }

    /// Cuts every open connection.
    pub fn cut(&mut self) {
        self.cut_all += 1;
    }

    /// Commands that contain a word.
    pub fn said(&self, word: &str) -> usize {
        self.commands.iter().filter(|c| c.contains(word)).count()
    }
}

/// The scripted server.
pub struct ImapScript {
    /// Its port.
    pub port: u16,
    world: Arc<Mutex<World>>,
}

impl ImapScript {
    /// A server with an empty INBOX and common habits.
    pub fn start() -> ImapScript {
        let world = Arc::new(Mutex::new(World {
            capabilities: "IMAP4rev1 IDLE UIDPLUS NAMESPACE SPECIAL-USE".into(),
            capabilities_before: None,
            without_uid_next: false,
            uid_last: false,
            junk: vec![],
            select_lines: vec![],
            cut_after: None,
            drip: None,
            silent: false,
            refuse_append: None,
            refuse_idle: false,
            refuse_login: false,
            refuse_uids: vec![],
            token: None,
            namespace: (String::new(), '/'),
            special_use: vec![],
            folders: vec![Folder {
                name: "INBOX".into(),
                uid_validity: 100,
                uid_next: 1,
                mails: vec![],
            }],
            commands: vec![],
            connections: 0,
            cut_all: 0,
            closed: false,
        }));
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = world.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let cut = {
                    let mut world = shared.lock().unwrap();
                    if world.closed {
                        return;
                    }
                    world.connections += 1;
                    world.cut_all
                };
                let world = shared.clone();
                std::thread::spawn(move || drop(Talk::serve(stream, world, cut)));
            }
        });
        ImapScript { port, world }
    }

    /// The world behind it.
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap()
    }
}

impl Drop for ImapScript {
    fn drop(&mut self) {
        let mut world = self.world.lock().unwrap();
        world.closed = true;
        world.cut();
        drop(world);
        drop(TcpStream::connect(("127.0.0.1", self.port)));
    }
}
