//! A bare IMAP client for looking at, and changing, what lies on a test server.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

/// A connection that is logged in.
pub struct ImapClient {
    stream: BufReader<TcpStream>,
    tag: u32,
}

impl ImapClient {
    /// Logs in over a plain connection.
    pub fn login(port: u16, user: &str, password: &str) -> ImapClient {
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_nodelay(true).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        let mut client = ImapClient {
            stream: BufReader::new(stream),
            tag: 0,
        };
        let mut greeting = String::new();
        client.stream.read_line(&mut greeting).unwrap();
        assert!(greeting.starts_with("* OK"), "{greeting}");
        client.run(&format!("LOGIN {} {}", quoted(user), quoted(password)));
        client
    }

    /// Runs a command and gives its untagged lines; panics where it is not OK.
    pub fn run(&mut self, command: &str) -> Vec<String> {
        let (answer, lines) = self.try_run(command);
        assert!(answer.starts_with("OK"), "{command}: {answer}");
        lines
    }

    /// Runs a command and gives its answer (`OK …`, `NO …`) and the untagged lines, literals decoded lossily.
    pub fn try_run(&mut self, command: &str) -> (String, Vec<String>) {
        self.tag += 1;
        let tag = format!("t{} ", self.tag);
        let line = format!("{tag}{command}\r\n");
        self.stream.get_mut().write_all(line.as_bytes()).unwrap();
        self.answers(&tag)
    }

    fn answers(&mut self, tag: &str) -> (String, Vec<String>) {
        let mut lines = Vec::new();
        loop {
            let line = self.line();
            if let Some(answer) = line.strip_prefix(tag) {
                return (answer.trim_end().to_owned(), lines);
            }
            lines.push(line.trim_end().to_owned());
        }
    }

    fn line(&mut self) -> String {
        let mut whole = Vec::new();
        loop {
            let mut line = Vec::new();
            let n = self.stream.read_until(b'\n', &mut line).unwrap();
            assert!(n > 0, "the server closed the connection");
            let text = String::from_utf8_lossy(&line).into_owned();
            whole.extend_from_slice(&line);
            let literal = text
                .trim_end()
                .strip_suffix('}')
                .and_then(|t| t.rsplit_once('{'))
                .and_then(|(_, n)| n.parse::<usize>().ok());
            let Some(size) = literal else {
                return String::from_utf8_lossy(&whole).into_owned();
            };
            let mut bytes = vec![0; size];
            self.stream.read_exact(&mut bytes).unwrap();
            whole.extend_from_slice(&bytes);
        }
    }

    /// The number of mails in a folder.
    pub fn count(&mut self, folder: &str) -> usize {
        self.uids(folder, "ALL").len()
    }

    /// The UIDs in a folder that a search finds. The folder is opened read-only.
    pub fn uids(&mut self, folder: &str, search: &str) -> Vec<u32> {
        self.run(&format!("EXAMINE {}", quoted(folder)));
        let lines = self.run(&format!("UID SEARCH {search}"));
        lines
            .iter()
            .filter_map(|l| l.strip_prefix("* SEARCH"))
            .flat_map(|l| l.split_whitespace().map(|u| u.parse().unwrap()))
            .collect()
    }

    /// The flags of a mail, as the server writes them.
    pub fn flags(&mut self, folder: &str, uid: u32) -> String {
        self.run(&format!("EXAMINE {}", quoted(folder)));
        let lines = self.run(&format!("UID FETCH {uid} (FLAGS)"));
        let line = lines.iter().find(|l| l.contains("FLAGS")).unwrap();
        let (_, rest) = line.split_once("FLAGS (").unwrap();
        rest.split_once(')').unwrap().0.to_owned()
    }

    /// The whole text of a mail, without setting `\Seen`.
    pub fn text(&mut self, folder: &str, uid: u32) -> String {
        self.run(&format!("EXAMINE {}", quoted(folder)));
        self.run(&format!("UID FETCH {uid} (BODY.PEEK[])"))
            .join("\n")
    }

    /// Fetches every text of a folder and throws it away: the limit for any client. The number of bytes.
    pub fn discard(&mut self, folder: &str) -> usize {
        self.run(&format!("EXAMINE {}", quoted(folder)));
        self.tag += 1;
        let tag = format!("t{} OK", self.tag);
        let command = format!("t{} UID FETCH 1:* (UID BODY.PEEK[])\r\n", self.tag);
        self.stream.get_mut().write_all(command.as_bytes()).unwrap();
        let mut total = 0;
        let mut block = vec![0; 256 * 1024];
        loop {
            let n = self.stream.get_mut().read(&mut block).unwrap();
            assert!(n > 0, "the server closed the connection");
            total += n;
            let tail = &block[n.saturating_sub(100)..n];
            if tail.ends_with(b"\r\n") && String::from_utf8_lossy(tail).contains(&tag) {
                return total;
            }
        }
    }

    /// The names of all folders.
    pub fn folders(&mut self) -> Vec<String> {
        self.run("LIST \"\" *")
            .iter()
            .filter(|l| l.starts_with("* LIST"))
            .map(|l| l.rsplit(' ').next().unwrap().trim_matches('"').to_owned())
            .collect()
    }

    /// Puts a mail into a folder; `flags` such as `(\Seen)` or empty.
    pub fn append(&mut self, folder: &str, flags: &str, mail: &[u8]) {
        self.tag += 1;
        let tag = format!("t{} ", self.tag);
        let line = format!(
            "{tag}APPEND {} {flags} {{{}+}}\r\n",
            quoted(folder),
            mail.len()
        );
        let out = self.stream.get_mut();
        out.write_all(line.as_bytes()).unwrap();
        out.write_all(mail).unwrap();
        out.write_all(b"\r\n").unwrap();
        let (answer, _) = self.answers(&tag);
        assert!(answer.starts_with("OK"), "APPEND: {answer}");
    }

    /// Deletes mails for good.
    pub fn expunge(&mut self, folder: &str, uids: &str) {
        self.run(&format!("SELECT {}", quoted(folder)));
        self.run(&format!("UID STORE {uids} +FLAGS.SILENT (\\Deleted)"));
        self.run("EXPUNGE");
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
