//! BinHex 4.0 (RFC 1741), in which old Macintoshes sent their files: sixty-four letters, runs of a byte, two forks.

/// The letters by their value.
const LETTERS: &[u8; 64] = b"!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr";

/// Stands before the count of a run.
const RUN: u8 = 0x90;

/// More than this is no file of a mail, but a few letters that unpack into one.
const MOST: usize = 64 << 20;

/// The data fork of a file; nothing where the text is no BinHex.
pub(super) fn data(text: &[u8]) -> Option<Vec<u8>> {
    let notice = memchr::memmem::find(text, b"(This file must be converted with BinHex")?;
    let rest = text.get(notice..)?;
    let begin =
        memchr::memmem::find(rest, b"\n:").or_else(|| memchr::memmem::find(rest, b"\r:"))?;
    let bytes = expanded(&packed(rest.get(begin + 2..)?));
    // A name with its length, a version, type, creator and flags; then the lengths of the forks and a checksum.
    let name = usize::from(*bytes.first()?);
    let lengths = 1 + name + 1 + 4 + 4 + 2;
    let length: [u8; 4] = bytes.get(lengths..lengths + 4)?.try_into().ok()?;
    let length = usize::try_from(u32::from_be_bytes(length)).ok()?;
    let from = lengths + 4 + 4 + 2;
    bytes
        .get(from..from.checked_add(length)?)
        .map(<[u8]>::to_vec)
}

/// Six bits a letter, up to the colon that ends the file.
fn packed(letters: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(letters.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for letter in letters.iter().take_while(|letter| **letter != b':') {
        let Some(value) = LETTERS.iter().position(|known| known == letter) else {
            continue;
        };
        held = (held << 6 | u32::try_from(value).unwrap_or(0)) & 0xffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 0xff) as u8);
        }
    }
    bytes
}

/// A byte, the sign of a run, and how often the byte stands there; a run of none is the sign itself.
fn expanded(packed: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(packed.len());
    let mut rest = packed.iter().copied();
    while let Some(byte) = rest.next() {
        if bytes.len() > MOST {
            break;
        }
        if byte != RUN {
            bytes.push(byte);
            continue;
        }
        match (rest.next(), bytes.last().copied()) {
            (Some(0), _) => bytes.push(RUN),
            (Some(count), Some(last)) => {
                bytes.extend(std::iter::repeat_n(last, usize::from(count) - 1));
            }
            _ => break,
        }
    }
    bytes
}
