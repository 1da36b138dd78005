//! `winmail.dat`: Outlook's own envelope for text and files (MS-OXTNEF).

use super::rtf::{self, Rich};
use encoding_rs::Encoding;

/// What stands in an envelope.
#[derive(Debug, Default)]
pub(crate) struct Envelope {
    /// The plain text, where there is one.
    pub(crate) text: Option<String>,
    /// The text as HTML, where there is one.
    pub(crate) html: Option<String>,
    /// Names and contents.
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

const SIGNATURE: u32 = 0x223e_9f78;

// Attributes of MS-OXTNEF 2.1.3.2 that matter here.
const BODY: u32 = 0x0002_800c;
const MESSAGE_PROPERTIES: u32 = 0x0006_9003;
const CODEPAGE: u32 = 0x0006_9007;
const FILE_BEGINS: u32 = 0x0006_9002;
const FILE_TITLE: u32 = 0x0001_8010;
const FILE_DATA: u32 = 0x0006_800f;
const FILE_PROPERTIES: u32 = 0x0006_9005;

// Properties of MS-OXPROPS.
const PROPERTY_BODY: u16 = 0x1000;
const PROPERTY_HTML: u16 = 0x1013;
const PROPERTY_RICH: u16 = 0x1009;
const PROPERTY_LONG_NAME: u16 = 0x3707;

/// So many files and properties are read of one envelope.
const MOST: usize = 1_000;

/// Reads little-endian numbers and runs of bytes, until there are none left.
struct Reader<'x> {
    rest: &'x [u8],
}

impl<'x> Reader<'x> {
    fn take(&mut self, length: usize) -> Option<&'x [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    fn u8(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    fn length(&mut self) -> Option<usize> {
        usize::try_from(self.u32()?).ok()
    }
}

/// Opens an envelope; what is broken in it ends the reading, what was read before stays.
pub(crate) fn open(bytes: &[u8]) -> Option<Envelope> {
    let mut reader = Reader { rest: bytes };
    if reader.u32()? != SIGNATURE {
        return None;
    }
    reader.u16()?;
    let mut envelope = Envelope::default();
    let mut encoding = encoding_rs::SHIFT_JIS;
    let mut rich = None;
    while let Some((attribute, data)) = attribute(&mut reader) {
        match attribute {
            CODEPAGE => encoding = codepage(data).unwrap_or(encoding),
            BODY => envelope.text = Some(narrow(data, encoding)),
            MESSAGE_PROPERTIES => {
                for (id, kind, value) in properties(data) {
                    match id {
                        PROPERTY_BODY => envelope.text = Some(string(kind, value, encoding)),
                        PROPERTY_HTML => {
                            envelope.html = Some(super::charset::decode(value, None).text);
                        }
                        PROPERTY_RICH => rich = rtf::unpacked(value),
                        _ => {}
                    }
                }
            }
            FILE_BEGINS if envelope.files.len() < MOST => {
                envelope.files.push((String::new(), Vec::new()));
            }
            _ => file(&mut envelope, attribute, data, encoding),
        }
    }
    // The rich text says what the plain one says, if that is there.
    if envelope.html.is_none()
        && envelope
            .text
            .as_deref()
            .is_none_or(|text| text.trim().is_empty())
        && let Some(rich) = rich
    {
        match rtf::read(&rich, encoding) {
            Rich::Text(text) => envelope.text = Some(text),
            Rich::Html(html) => (envelope.text, envelope.html) = (None, Some(html)),
        }
    }
    Some(envelope)
}

fn file(envelope: &mut Envelope, attribute: u32, data: &[u8], encoding: &'static Encoding) {
    let Some((name, content)) = envelope.files.last_mut() else {
        return;
    };
    match attribute {
        FILE_TITLE if name.is_empty() => *name = narrow(data, encoding),
        FILE_DATA => *content = data.to_vec(),
        FILE_PROPERTIES => {
            if let Some((_, kind, value)) = properties(data)
                .into_iter()
                .find(|(id, _, _)| *id == PROPERTY_LONG_NAME)
            {
                *name = string(kind, value, encoding);
            }
        }
        _ => {}
    }
}

/// One attribute: its id, its data; the level before and the checksum behind do not matter.
fn attribute<'x>(reader: &mut Reader<'x>) -> Option<(u32, &'x [u8])> {
    reader.u8()?;
    let id = reader.u32()?;
    let length = reader.length()?;
    let data = reader.take(length)?;
    reader.u16();
    Some((id, data))
}

fn codepage(data: &[u8]) -> Option<&'static Encoding> {
    let number = (Reader { rest: data }).u32()?;
    rtf::codepage(i32::try_from(number).ok()?)
}

/// The properties of a list: id, type, value.
fn properties(data: &[u8]) -> Vec<(u16, u16, &[u8])> {
    let mut reader = Reader { rest: data };
    let mut list = Vec::new();
    let count = reader.length().unwrap_or(0).min(MOST);
    for _ in 0..count {
        let Some(property) = property(&mut reader) else {
            break;
        };
        list.push(property);
    }
    list
}

fn property<'x>(reader: &mut Reader<'x>) -> Option<(u16, u16, &'x [u8])> {
    let kind = reader.u16()?;
    let id = reader.u16()?;
    if id >= 0x8000 {
        // A named property: its set, then a number or a name.
        reader.take(16)?;
        let named = reader.u32()?;
        let length = reader.length()?;
        if named == 1 {
            reader.take(length.checked_next_multiple_of(4)?)?;
        }
    }
    let several = kind & 0x1000 != 0;
    let base = kind & 0x0fff;
    let sized = matches!(base, 0x001e | 0x001f | 0x0102 | 0x000d);
    let values = if several || sized {
        reader.length()?.min(MOST)
    } else {
        1
    };
    let mut first: &[u8] = &[];
    for at in 0..values {
        let length = match base {
            0x001e | 0x001f | 0x0102 | 0x000d => reader.length()?,
            0x0005 | 0x0006 | 0x0007 | 0x0014 | 0x0040 => 8,
            0x0048 => 16,
            _ => 4,
        };
        let value = reader.take(length)?;
        reader.take((4 - length % 4) % 4)?;
        if at == 0 {
            first = value;
        }
    }
    Some((id, base, first))
}

fn string(kind: u16, value: &[u8], encoding: &'static Encoding) -> String {
    if kind == 0x001f {
        let (text, _) = encoding_rs::UTF_16LE.decode_without_bom_handling(value);
        text.trim_end_matches('\0').to_owned()
    } else {
        narrow(value, encoding)
    }
}

fn narrow(value: &[u8], encoding: &'static Encoding) -> String {
    let (text, _) = encoding.decode_without_bom_handling(value);
    text.trim_end_matches('\0').to_owned()
}
