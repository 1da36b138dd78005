use crate::intake::imap::tame::Tame;
use proptest::prelude::*;
use std::{
    pin::Pin,
    task::{Context, Poll},
};
use tokio::io::{AsyncRead, AsyncReadExt as _, ReadBuf};

/// Gives its bytes in pieces of a size.
struct Pieces {
    bytes: Vec<u8>,
    at: usize,
    size: usize,
}

impl AsyncRead for Pieces {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        out: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let end = (self.at + self.size).min(self.bytes.len());
        out.put_slice(self.bytes.get(self.at..end).unwrap());
        self.at = end;
        Poll::Ready(Ok(()))
    }
}

fn tamed(bytes: &[u8], size: usize) -> Vec<u8> {
    let mut tame = Tame::new(Pieces {
        bytes: bytes.to_vec(),
        at: 0,
        size,
    });
    let mut out = Vec::new();
    futures::executor::block_on(tame.read_to_end(&mut out)).unwrap();
    out
}

#[test]
fn only_what_is_known_passes_unchanged() {
    for (told, heard) in [
        ("* 3 EXISTS\r\n", "* 3 EXISTS\r\n"),
        ("* 3 exists\n", "* 3 exists\r\n"),
        ("A0001 OK done\r\n", "A0001 OK done\r\n"),
        ("+\r\n", "+ \r\n"),
        ("* 0 RECENT\r\n", "* OK 0 RECENT\r\n"),
        ("* FLAGS (x[)\r\n", "* OK FLAGS (x[)\r\n"),
        (
            "* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n",
            "* OK NAMESPACE ((\"\" \"/\")) NIL NIL\r\n",
        ),
        (
            "* CAPABILITY IMAP4rev2\r\n",
            "* OK CAPABILITY IMAP4rev2\r\n",
        ),
        ("hello\r\n\r\n*\r\n* 1 EXISTS\r\n", "* 1 EXISTS\r\n"),
        ("* OK [ALERT]満杯\r\n", "* OK [ALERT] 満杯\r\n"),
        // A literal passes whatever is in it, and a line after it that looks like a response of its own.
        (
            "* 1 FETCH (UID 1 BODY[] {14}\r\nhello\r\n* junk\n X)\r\n* junk\r\n",
            "* 1 FETCH (UID 1 BODY[] {14}\r\nhello\r\n* junk\n X)\r\n* OK junk\r\n",
        ),
        // An unknown response with a literal goes as a whole.
        (
            "* X {8}\r\n* 3 EXIS {3}\r\nabc y\r\n* 4 EXISTS\r\n",
            "* 4 EXISTS\r\n",
        ),
        // A text that ends as if a literal followed.
        (
            "* OK see {3}\r\n* 4 EXISTS\r\n",
            "* OK see {3}\r\n* 4 EXISTS\r\n",
        ),
    ] {
        for size in [1, 3, 1_000] {
            let got = tamed(told.as_bytes(), size);
            assert_eq!(String::from_utf8_lossy(&got), heard, "{told:?} by {size}");
        }
    }
}

#[test]
fn bytes_that_are_not_utf_8_are_replaced_outside_of_literals_only() {
    let got = tamed(
        b"* BYE \x93\xfa\r\n* 1 FETCH (BODY[] {2}\r\n\x93\xfa)\r\n",
        5,
    );
    assert_eq!(
        got,
        [
            "* BYE \u{fffd}\u{fffd}\r\n* 1 FETCH (BODY[] {2}\r\n".as_bytes(),
            b"\x93\xfa)\r\n"
        ]
        .concat()
    );
}

proptest! {
    #[test]
    fn mail_texts_pass_byte_for_byte(text in proptest::collection::vec(any::<u8>(), 0..300), size in 1usize..50) {
        let mut told = format!("* 1 FETCH (UID 1 BODY[] {{{}}}\r\n", text.len()).into_bytes();
        told.extend_from_slice(&text);
        told.extend_from_slice(b" FLAGS ())\r\nA0001 OK done\r\n");
        prop_assert_eq!(tamed(&told, size), told);
    }

    #[test]
    fn nothing_makes_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), size in 1usize..50) {
        tamed(&bytes, size);
    }
}
