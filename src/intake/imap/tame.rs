//! A reader between the connection and the IMAP library, which gives up a connection at the first line that it cannot
//! parse. Untagged responses that we do not use reach it as `* OK` texts, stray lines not at all, and bytes that are not
//! UTF-8 outside of literals are replaced. Literals, and with them all mail texts, pass untouched.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// No response line that we ask for comes near this.
const LONGEST_LINE: usize = 16 * 1024 * 1024;

/// Read from the connection at once.
const BLOCK: usize = 64 * 1024;

#[derive(Debug)]
pub(super) struct Tame<S> {
    inner: S,
    raw: Vec<u8>,
    /// Bytes of `raw` before this have been handed on.
    start: usize,
    /// Bytes of `raw` before this hold no line end.
    searched: usize,
    line: Vec<u8>,
    line_start: usize,
    /// Bytes of the running literal that are still to pass.
    literal: usize,
    /// The next line goes on with a response that a literal interrupted.
    within: bool,
    /// The running response is left out.
    dropping: bool,
    ended: bool,
    received: u64,
}

impl<S> Tame<S> {
    pub(super) fn new(inner: S) -> Self {
        Tame {
            inner,
            raw: Vec::new(),
            start: 0,
            searched: 0,
            line: Vec::new(),
            line_start: 0,
            literal: 0,
            within: false,
            dropping: false,
            ended: false,
            received: 0,
        }
    }

    /// Bytes that came in so far: a sign of life during a long text.
    pub(super) fn received(&self) -> u64 {
        self.received
    }

    fn waiting(&self) -> &[u8] {
        self.raw.get(self.start..).unwrap_or_default()
    }

    fn consume(&mut self, n: usize) {
        self.start += n;
        if self.start >= self.raw.len() {
            self.raw.clear();
            self.start = 0;
        }
        self.searched = self.start;
    }

    /// Takes a whole line out of what was read, if there is one.
    fn take_line(&mut self) -> Option<Vec<u8>> {
        let unsearched = self.raw.get(self.searched..).unwrap_or_default();
        match unsearched.iter().position(|b| *b == b'\n') {
            Some(at) => {
                let end = self.searched + at + 1;
                let line = self.raw.get(self.start..end)?.to_vec();
                self.consume(line.len());
                Some(line)
            }
            None => {
                self.searched = self.raw.len();
                None
            }
        }
    }

    fn take_in(&mut self, line: Vec<u8>) {
        let (keep, literal) = if self.within {
            (!self.dropping, literal_size(&line))
        } else {
            match judge(&line) {
                Verdict::Keep { literal } => {
                    (true, if literal { literal_size(&line) } else { None })
                }
                Verdict::Text => match literal_size(&line) {
                    None => {
                        let rest = line.strip_prefix(b"* ").unwrap_or(&line);
                        let rest = rest.to_vec();
                        self.hand_on(&[b"* OK ".as_slice(), &rest].concat());
                        return;
                    }
                    some => (false, some),
                },
                Verdict::Drop => (false, literal_size(&line)),
            }
        };
        self.within = literal.is_some();
        self.dropping = !keep && self.within;
        self.literal = literal.unwrap_or(0);
        if keep {
            self.hand_on(&line);
        }
    }

    fn hand_on(&mut self, line: &[u8]) {
        let body = line.strip_suffix(b"\n").unwrap_or(line);
        let body = body.strip_suffix(b"\r").unwrap_or(body);
        self.line.clear();
        self.line_start = 0;
        match std::str::from_utf8(body) {
            Ok(_) => self.line.extend_from_slice(body),
            Err(_) => self
                .line
                .extend_from_slice(String::from_utf8_lossy(body).as_bytes()),
        }
        if body == b"+" {
            self.line.push(b' ');
        }
        // The library cuts off the byte after a code without looking at it.
        if let Some(at) = self.line.iter().position(|b| *b == b']')
            && self.line.get(at + 1).is_some_and(|b| !b.is_ascii())
        {
            self.line.insert(at + 1, b' ');
        }
        self.line.extend_from_slice(b"\r\n");
    }
}

enum Verdict {
    Keep { literal: bool },
    Text,
    Drop,
}

/// What to do with the first line of a response.
fn judge(line: &[u8]) -> Verdict {
    let text = String::from_utf8_lossy(line);
    let mut words = text.trim_end().split(' ');
    let first = words.next().unwrap_or_default();
    match first {
        "+" => return Verdict::Keep { literal: false },
        "*" => {}
        tag if is_tag(tag) => return Verdict::Keep { literal: false },
        _ => return Verdict::Drop,
    }
    let second = words.next().unwrap_or_default().to_ascii_uppercase();
    let third = words.next().unwrap_or_default().to_ascii_uppercase();
    match second.as_str() {
        "OK" | "NO" | "BAD" | "BYE" | "PREAUTH" => Verdict::Keep { literal: false },
        "SEARCH" => Verdict::Keep { literal: false },
        "LIST" => Verdict::Keep { literal: true },
        "CAPABILITY" if text.to_ascii_uppercase().contains(" IMAP4REV1") => {
            Verdict::Keep { literal: false }
        }
        number if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) => {
            match third.as_str() {
                "EXISTS" | "EXPUNGE" => Verdict::Keep { literal: false },
                "FETCH" => Verdict::Keep { literal: true },
                _ => Verdict::Text,
            }
        }
        "" => Verdict::Drop,
        _ => Verdict::Text,
    }
}

/// The library's tags: `A0001`.
fn is_tag(word: &str) -> bool {
    word.strip_prefix('A')
        .is_some_and(|n| n.len() >= 4 && n.bytes().all(|b| b.is_ascii_digit()))
}

/// The size of the literal that a line ends with: `{12}`.
fn literal_size(line: &[u8]) -> Option<usize> {
    let body = line.trim_ascii_end().strip_suffix(b"}")?;
    let at = body.iter().rposition(|b| *b == b'{')?;
    let digits = std::str::from_utf8(body.get(at + 1..)?).ok()?;
    digits.trim_end_matches('+').parse().ok()
}

impl<S: AsyncRead + Unpin> AsyncRead for Tame<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        out: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        loop {
            let line = this.line.get(this.line_start..).unwrap_or_default();
            if !line.is_empty() {
                let n = line.len().min(out.remaining());
                out.put_slice(line.get(..n).unwrap_or_default());
                this.line_start += n;
                return Poll::Ready(Ok(()));
            }
            if this.literal > 0 && !this.waiting().is_empty() {
                let mut n = this.literal.min(this.waiting().len());
                if !this.dropping {
                    n = n.min(out.remaining());
                    out.put_slice(this.waiting().get(..n).unwrap_or_default());
                }
                this.literal -= n;
                this.consume(n);
                if this.dropping {
                    continue;
                }
                return Poll::Ready(Ok(()));
            }
            if this.literal == 0 {
                if let Some(line) = this.take_line() {
                    this.take_in(line);
                    continue;
                }
                if this.waiting().len() > LONGEST_LINE {
                    return Poll::Ready(Err(io::ErrorKind::InvalidData.into()));
                }
            }
            if this.ended {
                return Poll::Ready(Ok(()));
            }
            if this.start > 0 {
                this.raw.drain(..this.start);
                this.searched -= this.start;
                this.start = 0;
            }
            let filled = this.raw.len();
            this.raw.resize(filled + BLOCK, 0);
            let mut space = ReadBuf::new(this.raw.get_mut(filled..).unwrap_or_default());
            let outcome = Pin::new(&mut this.inner).poll_read(cx, &mut space);
            let read = space.filled().len();
            this.raw.truncate(filled + read);
            ready!(outcome)?;
            this.received += read as u64;
            if read == 0 {
                this.ended = true;
            }
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Tame<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().inner).poll_write(cx, buf)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_shutdown(cx)
    }
}
