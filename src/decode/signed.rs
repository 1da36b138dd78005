//! The mail inside an S/MIME mail that is signed as one block (RFC 8551 section 3.5.2): found, not verified.

/// Blocks within blocks of a signed mail; more would be no signed mail.
const DEEPEST: usize = 8;

/// One element of the basic encoding rules (X.690).
struct Element<'x> {
    tag: u8,
    content: &'x [u8],
}

const SEQUENCE: u8 = 0x30;
const OCTETS: u8 = 0x04;
const OCTETS_IN_PIECES: u8 = 0x24;
const EXPLICIT: u8 = 0xa0;
const OBJECT_ID: u8 = 0x06;

/// 1.2.840.113549.1.7.2
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];

/// The bytes that were signed.
pub(crate) fn content(der: &[u8]) -> Option<Vec<u8>> {
    let (info, _) = element(der, 0)?;
    let mut fields = elements(info.content);
    let kind = fields.next().filter(|field| field.tag == OBJECT_ID)?;
    if kind.content != SIGNED_DATA {
        return None;
    }
    let signed = fields.next().filter(|field| field.tag == EXPLICIT)?;
    let signed = elements(signed.content)
        .next()
        .filter(|field| field.tag == SEQUENCE)?;
    // Version, algorithms, then the content with its type before it.
    let held = elements(signed.content).find(|field| field.tag == SEQUENCE)?;
    let held = elements(held.content).find(|field| field.tag == EXPLICIT)?;
    let octets = elements(held.content).next()?;
    let mut bytes = Vec::new();
    gather(&octets, &mut bytes, 0);
    Some(bytes)
}

fn gather(element: &Element<'_>, bytes: &mut Vec<u8>, depth: usize) {
    match element.tag {
        OCTETS => bytes.extend_from_slice(element.content),
        OCTETS_IN_PIECES if depth < DEEPEST => {
            for piece in elements(element.content) {
                gather(&piece, bytes, depth + 1);
            }
        }
        _ => {}
    }
}

fn elements(mut rest: &[u8]) -> impl Iterator<Item = Element<'_>> {
    std::iter::from_fn(move || {
        let (found, after) = element(rest, 0)?;
        rest = after;
        (found.tag != 0).then_some(found)
    })
}

/// The element at the start, and what follows it.
fn element(bytes: &[u8], depth: usize) -> Option<(Element<'_>, &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let (&first, rest) = rest.split_first()?;
    if first == 0x80 {
        // Of unknown length: it ends with two zero bytes, after whole elements.
        let content = rest;
        let mut inside = rest;
        if depth > DEEPEST {
            return None;
        }
        loop {
            if let Some(after) = inside.strip_prefix(&[0, 0]) {
                let length = content.len() - inside.len();
                let content = content.get(..length)?;
                return Some((Element { tag, content }, after));
            }
            (_, inside) = element(inside, depth + 1)?;
        }
    }
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
        if digits.len() > 8 {
            return None;
        }
        let length = digits
            .iter()
            .fold(0_u64, |length, digit| (length << 8) | u64::from(*digit));
        (usize::try_from(length).ok()?, rest)
    };
    let (content, after) = rest.split_at_checked(length)?;
    Some((Element { tag, content }, after))
}
