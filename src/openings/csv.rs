//! Openings as a table of text: CSV or tab-separated, in UTF-8 (with or without a byte order mark), UTF-16 or Shift_JIS.

use super::import::{Import, RowProblem, Writer};
use super::sheet;
use super::table::template;
use std::borrow::Cow;

/// Reads a table of text whose headings are those of `data/columns.tsv`, in any order.
pub fn read(bytes: &[u8]) -> Import {
    read_of(bytes, Writer::Desk)
}

/// As [`read`], of a table of that writer.
pub(super) fn read_of(bytes: &[u8], writer: Writer) -> Import {
    let text = match decode(bytes) {
        Ok(text) => text,
        Err(problem) => return Import::refused(problem),
    };
    let first = text.lines().next().unwrap_or_default();
    let tabs = first.matches('\t').count() > first.matches(',').count();
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .delimiter(if tabs { b'\t' } else { b',' })
        .from_reader(text.as_bytes());
    let rows = reader.records().map(|record| {
        // A record begins where the one before ends: the second half of its line end, and empty lines, come first.
        let line = |p: Option<&csv::Position>| {
            let (line, byte) = p.map_or((0, 0), |p| (p.line(), p.byte()));
            let at = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
            let rest = text.as_bytes().iter().skip(at(byte));
            let ends = rest.take_while(|b| matches!(b, b'\r' | b'\n'));
            at(line) + ends.filter(|b| **b == b'\n').count()
        };
        match record {
            Ok(r) => Ok((
                line(r.position()),
                r.iter().map(|c| Ok(c.to_owned())).collect(),
            )),
            Err(e) => Err(RowProblem {
                line: line(e.position()),
                column: String::new(),
                reason: "CSV として読めません".to_owned(),
                refused: true,
            }),
        }
    });
    sheet::read(rows, writer)
}

fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, RowProblem> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(RowProblem::of_file(
            "CSV ではなく Excel などの圧縮ファイルのようです。Excel なら名前の末尾を .xlsx にしてください",
        ));
    }
    let (text, _, broken) = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes),
        None if std::str::from_utf8(bytes).is_ok() => encoding_rs::UTF_8.decode(bytes),
        None => legacy(bytes).decode(bytes),
    };
    if broken || text.contains('\0') {
        return Err(RowProblem::of_file(
            "文字コードを読めません。UTF-8 か Shift_JIS の CSV で保存し直してください",
        ));
    }
    Ok(text)
}

/// Shift_JIS, or EUC-JP where the bytes look like it more.
fn legacy(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"jp"), chardetng::Utf8Detection::Deny);
    if guess == encoding_rs::EUC_JP && !guess.decode(bytes).2 {
        guess
    } else {
        encoding_rs::SHIFT_JIS
    }
}

/// The template: a byte order mark (so that Excel reads it as UTF-8), the headings, one example row.
pub fn template_csv() -> String {
    let line = |cells: Vec<&str>| -> String {
        cells
            .iter()
            .map(|cell| {
                if cell.contains([',', '"', '\n']) {
                    format!("\"{}\"", cell.replace('"', "\"\""))
                } else {
                    (*cell).to_owned()
                }
            })
            .collect::<Vec<_>>()
            .join(",")
    };
    format!(
        "\u{feff}{}\r\n{}\r\n",
        line(template().map(|(heading, _)| heading).collect()),
        line(template().map(|(_, example)| example).collect())
    )
}
