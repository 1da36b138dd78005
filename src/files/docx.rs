//! Word since 2007: the paragraphs and tables of the main document.

use super::{Limits, Read, package::Package, text::Page};
use crate::domain::file::FileProblem;
use quick_xml::{Reader, events::Event};

/// Tables within tables beyond this depth are taken as plain paragraphs.
const DEEPEST: usize = 30;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Read {
    let mut package = Package::open(bytes, limits.unpacked)?;
    package.weigh()?;
    let main = main_part(&package);
    let xml = package.part(&main)?.ok_or(FileProblem::Damaged)?;
    let xml = String::from_utf8_lossy(&xml);
    let mut writer = Writer::new(limits.chars);
    let mut reader = Reader::from_str(&xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => writer.start(tag.local_name().as_ref()),
            Ok(Event::Empty(tag)) => {
                let name = tag.local_name();
                // <w:vanish w:val="0"/> shows what a style hides.
                let shown = name.as_ref() == "vanish" && tag.attributes_raw().contains(['0', 'f']);
                if !shown {
                    writer.empty(name.as_ref());
                }
            }
            Ok(Event::End(tag)) => writer.end(tag.local_name().as_ref()),
            Ok(Event::Text(text)) => writer.text(&text.xml10_content()),
            Ok(Event::CData(text)) => writer.text(&text.xml10_content()),
            Ok(Event::GeneralRef(reference)) => writer.text(&resolved(&reference)),
            Ok(Event::Eof) => break,
            // A broken end: what came before is worth reading.
            Err(_) => {
                writer.page.cut();
                break;
            }
            Ok(_) => {}
        }
        if writer.page.is_full() {
            writer.page.cut();
            break;
        }
    }
    Ok(writer.finish())
}

/// The main document is `word/document.xml` in nearly every file; some programs number it.
fn main_part(package: &Package<'_>) -> String {
    package
        .names()
        .find(|name| {
            name.strip_prefix("word/document")
                .is_some_and(|rest| rest.ends_with(".xml") && !rest.contains('/'))
        })
        .map_or_else(|| "word/document.xml".to_owned(), |name| name.into_owned())
}

fn resolved(reference: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    match reference.xml10_content().as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
    .to_owned()
}

/// A table while it is read: the cells of the row at hand.
#[derive(Default)]
struct Table {
    row: Vec<String>,
    cell: Option<String>,
}

struct Writer {
    page: Page,
    tables: Vec<Table>,
    /// Inside elements whose words are not read: readings above characters, second forms of one thing.
    skipping: usize,
    in_text: bool,
    hidden: bool,
    /// Characters held in tables, which are not in the page yet.
    held: usize,
    most: usize,
}

impl Writer {
    fn new(chars: usize) -> Self {
        Writer {
            page: Page::new(chars),
            tables: vec![],
            skipping: 0,
            in_text: false,
            hidden: false,
            held: 0,
            most: chars,
        }
    }

    fn start(&mut self, name: &str) {
        if self.skipping > 0 {
            self.skipping += 1;
            return;
        }
        match name {
            "rt" | "Fallback" | "rPrChange" | "pPrChange" => self.skipping = 1,
            "tbl" if self.tables.len() < DEEPEST => self.tables.push(Table::default()),
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    table.cell = Some(String::new());
                }
            }
            "t" => self.in_text = true,
            "r" => self.hidden = false,
            _ => self.empty(name),
        }
    }

    fn empty(&mut self, name: &str) {
        if self.skipping > 0 {
            return;
        }
        match name {
            "tab" if self.cell().is_none() => self.put("\t"),
            "tab" => self.put(" "),
            "br" | "cr" => self.put("\n"),
            "noBreakHyphen" => self.put("-"),
            "vanish" => self.hidden = true,
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.skipping > 0 {
            self.skipping -= 1;
            return;
        }
        match name {
            "t" => self.in_text = false,
            "r" => self.hidden = false,
            "p" => match self.cell() {
                Some(cell) => {
                    if !cell.is_empty() && !cell.ends_with('\n') {
                        cell.push('\n');
                    }
                }
                None => self.page.end_line(),
            },
            "tc" => {
                if let Some(table) = self.tables.last_mut()
                    && let Some(cell) = table.cell.take()
                {
                    table.row.push(cell);
                }
            }
            "tr" => self.end_row(),
            "tbl" => {
                self.end_row();
                self.tables.pop();
            }
            _ => {}
        }
    }

    fn end_row(&mut self) {
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        let row = std::mem::take(&mut table.row);
        if self.tables.len() == 1 {
            self.page.end_line();
            self.page.row(&row);
            self.held = 0;
        } else {
            // A table within a cell: its rows are lines of that cell.
            let line: Vec<&str> = row.iter().map(|cell| cell.trim()).collect();
            let line = line.join(" ");
            let outer = self.tables.len() - 2;
            if let Some(cell) = self.tables.get_mut(outer).and_then(|t| t.cell.as_mut()) {
                cell.push_str(&line);
                cell.push('\n');
            }
        }
    }

    fn cell(&mut self) -> Option<&mut String> {
        self.tables.last_mut().and_then(|table| table.cell.as_mut())
    }

    fn text(&mut self, text: &str) {
        if self.in_text && self.skipping == 0 && !self.hidden {
            self.put(text);
        }
    }

    fn put(&mut self, text: &str) {
        if self.cell().is_none() {
            self.page.push(text);
            return;
        }
        self.held += text.len();
        if self.held > self.most {
            self.page.cut();
            return;
        }
        if let Some(cell) = self.cell() {
            cell.push_str(text);
        }
    }

    fn finish(mut self) -> Page {
        while !self.tables.is_empty() {
            self.end("tc");
            self.end("tbl");
        }
        self.page
    }
}
