//! Writes lines out of a stream of text and breaks.

use super::entity;

/// Collects text; breaks are held back until something follows them.
#[derive(Debug, Default)]
pub(super) struct Writer {
    out: String,
    /// Line ends owed before the next text.
    breaks: usize,
    /// A blank is owed before the next text.
    blank: bool,
    /// A tab is owed before the next text: a new cell in a row that has some already.
    tab: bool,
    /// Something stands in the present row of a table.
    row_filled: bool,
    /// A row of the present table was begun before.
    rows: bool,
    /// Nothing stands in the present cell yet: paragraphs that open there break no line.
    fresh_cell: bool,
    /// Something stands in the present line.
    line_filled: bool,
    quotes: usize,
    preformatted: usize,
    lists: Vec<Option<u32>>,
    marker: Option<String>,
    paragraph: usize,
}

/// More blank lines than this say nothing.
const MOST_BREAKS: usize = 3;

impl Writer {
    pub(super) fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let mut taken = c.len_utf8();
            let mut c = c;
            if c == '&'
                && let Some((character, length)) =
                    entity::reference(rest.get(1..).unwrap_or_default())
            {
                taken += length;
                c = character;
            }
            rest = rest.get(taken..).unwrap_or_default();
            self.character(c);
        }
    }

    fn character(&mut self, c: char) {
        match c {
            '\r' => {}
            '\n' if self.preformatted > 0 => self.line_break(),
            ' ' | '\t' if self.preformatted > 0 => {
                self.settle();
                self.out.push(c);
            }
            ' ' | '\t' | '\n' | '\u{c}' => self.blank = true,
            '\u{a0}' => {
                // Runs of no-break blanks are layout.
                if self.breaks == 0 && self.line_filled {
                    self.blank = true;
                }
            }
            '\u{200b}'
            | '\u{200c}'
            | '\u{2060}'
            | '\u{feff}'
            | '\u{ad}'
            | '\u{34f}'
            | '\u{e0000}'..='\u{e007f}' => {}
            _ => {
                self.settle_before(c);
                self.out.push(c);
                self.line_filled = true;
                self.row_filled = true;
                self.fresh_cell = false;
            }
        }
    }

    /// Pays what is owed before text.
    fn settle(&mut self) {
        if self.breaks > 0 && !self.out.is_empty() {
            for _ in 0..self.breaks {
                self.out.push('\n');
                if self.quotes > 0 {
                    self.out.push_str(&">".repeat(self.quotes.min(8)));
                    self.out.push(' ');
                }
            }
            self.line_filled = false;
        } else if self.out.is_empty() && self.quotes > 0 {
            self.out.push_str("> ");
        }
        self.breaks = 0;
    }

    fn settle_before(&mut self, next: char) {
        let fresh = self.breaks > 0 || self.out.is_empty();
        self.settle();
        if let Some(marker) = self.marker.take() {
            self.out.push_str(&marker);
        } else if self.tab && !fresh {
            self.out.push('\t');
        } else if self.blank && !fresh && self.line_filled {
            let previous = self.out.chars().next_back().unwrap_or(' ');
            // A line end between two Japanese characters is the source's, not the text's.
            if !(previous.is_whitespace() || is_wide(previous) && is_wide(next)) {
                self.out.push(' ');
            }
        }
        self.blank = false;
        self.tab = false;
    }

    pub(super) fn line_break(&mut self) {
        self.breaks = (self.breaks + 1).min(MOST_BREAKS);
        self.blank = false;
    }

    /// At least so many line ends before the next text.
    pub(super) fn paragraph(&mut self, breaks: usize) {
        self.paragraph = breaks;
        if !self.fresh_cell {
            self.breaks = self.breaks.max(breaks);
        }
        self.blank = false;
    }

    pub(super) fn end_paragraph(&mut self) {
        self.breaks = self.breaks.max(self.paragraph.max(1));
    }

    pub(super) fn quote(&mut self, step: isize) {
        self.breaks = self.breaks.max(1);
        self.quotes = self.quotes.saturating_add_signed(step);
    }

    pub(super) fn list(&mut self, numbered: bool) {
        self.paragraph(1);
        if self.lists.len() < 32 {
            self.lists.push(numbered.then_some(0));
        }
    }

    pub(super) fn end_list(&mut self) {
        self.paragraph(1);
        self.lists.pop();
    }

    pub(super) fn item(&mut self) {
        self.paragraph(1);
        let indent = "  ".repeat(self.lists.len().saturating_sub(1));
        self.marker = Some(match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{indent}{number}. ")
            }
            _ => format!("{indent}- "),
        });
    }

    pub(super) fn table(&mut self) {
        self.paragraph(1);
        self.rows = false;
    }

    pub(super) fn row(&mut self) {
        self.fresh_cell = false;
        self.breaks = if self.rows { 1 } else { self.breaks.max(1) };
        self.row_filled = false;
        self.tab = false;
        self.rows = true;
    }

    /// A new cell stands beside the one before it, whatever paragraphs that one ended with.
    pub(super) fn cell(&mut self) {
        if self.row_filled {
            self.breaks = 0;
            self.tab = true;
        }
        self.fresh_cell = true;
    }

    pub(super) fn ruler(&mut self) {
        self.paragraph(1);
        self.settle();
        self.out.push_str("________________________________");
        self.breaks = 1;
    }

    pub(super) fn preformatted(&mut self, begins: bool) {
        self.paragraph(1);
        self.preformatted = if begins {
            self.preformatted + 1
        } else {
            self.preformatted.saturating_sub(1)
        };
    }

    pub(super) fn finish(self) -> String {
        self.out.trim_end().to_owned()
    }
}

/// Characters of scripts that put no blanks between words.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}
