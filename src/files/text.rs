//! Text as it is gathered: rows of cells, never longer than allowed.

/// Text under construction.
#[derive(Debug)]
pub(super) struct Page {
    text: String,
    room: usize,
    cut: bool,
}

impl Page {
    pub(super) fn new(chars: usize) -> Self {
        Page {
            text: String::new(),
            room: chars,
            cut: false,
        }
    }

    /// Adds text; false where there is no more room.
    pub(super) fn push(&mut self, more: &str) -> bool {
        for c in more.chars() {
            if !self.push_char(c) {
                return false;
            }
        }
        true
    }

    /// Adds a character; false where there is no more room.
    pub(super) fn push_char(&mut self, c: char) -> bool {
        if self.room == 0 {
            self.cut = true;
            return false;
        }
        let c = match c {
            '\u{a0}' => ' ',
            // Control characters and the marks that turn the direction of writing say nothing and can mislead.
            '\n' | '\t' => c,
            c if c.is_control() => return true,
            '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}'
            | '\u{ad}' => return true,
            c => c,
        };
        self.room -= 1;
        self.text.push(c);
        true
    }

    /// Ends a line, unless one has just ended.
    pub(super) fn end_line(&mut self) {
        while self.text.ends_with(['\t', ' ', '\u{3000}']) {
            self.text.pop();
        }
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.push_char('\n');
        }
    }

    /// Adds a row of cells. Cells of several lines stand beside each other line by line, as people see them.
    pub(super) fn row(&mut self, cells: &[String]) -> bool {
        let columns: Vec<Vec<&str>> = cells
            .iter()
            .map(|cell| cell.trim().lines().collect())
            .collect();
        let lines = columns.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..lines {
            for (i, column) in columns.iter().enumerate() {
                if i > 0 && !self.push_char('\t') {
                    return false;
                }
                if !self.push(column.get(at).map_or("", |line| line.trim())) {
                    return false;
                }
            }
            self.end_line();
        }
        true
    }

    /// Whether there is no more room.
    pub(super) fn is_full(&self) -> bool {
        self.room == 0
    }

    /// Something was left out.
    pub(super) fn cut(&mut self) {
        self.cut = true;
    }

    /// The text without blank ends, and whether something is missing.
    pub(super) fn finish(mut self) -> (String, bool) {
        self.end_line();
        (self.text.trim_matches(['\n', ' ']).to_owned(), self.cut)
    }
}
