//! Printing: colour where the terminal has it, plain where not, JSON where asked.

use std::io::{IsTerminal as _, Write as _};

/// Where and how a command prints.
#[derive(Debug, Clone, Copy)]
pub(super) struct Printer {
    json: bool,
    colour: bool,
    terminal: bool,
}

/// A style of words.
#[derive(Debug, Clone, Copy)]
pub(super) enum Style {
    Title,
    Strong,
    Faint,
    Good,
    Warn,
    Bad,
}

impl Printer {
    pub fn new(json: bool) -> Self {
        let terminal = std::io::stdout().is_terminal();
        let colour = terminal
            && std::env::var_os("NO_COLOR").is_none()
            && std::env::var("TERM").is_ok_and(|t| t != "dumb");
        Printer {
            json,
            colour,
            terminal,
        }
    }

    /// JSON was asked for.
    pub fn json(self) -> bool {
        self.json
    }

    /// JSON was asked for, or nobody is reading.
    pub fn for_programs(self) -> bool {
        self.json || !self.terminal
    }

    /// A person sits at both ends.
    pub fn interactive(self) -> bool {
        self.terminal && std::io::stdin().is_terminal()
    }

    /// Words in a style.
    pub fn paint(self, style: Style, words: &str) -> String {
        if !self.colour {
            return words.to_owned();
        }
        let code = match style {
            Style::Title => "1;36",
            Style::Strong => "1",
            Style::Faint => "2",
            Style::Good => "32",
            Style::Warn => "33",
            Style::Bad => "31",
        };
        format!("\u{1b}[{code}m{words}\u{1b}[0m")
    }

    /// A line for people. A reader that went away (`| head`) ends the program quietly.
    pub fn line(self, text: impl AsRef<str>) {
        put(text.as_ref());
    }

    /// One object a line for programs.
    pub fn object(self, value: &impl serde::Serialize) -> anyhow::Result<()> {
        put(&serde_json::to_string(value)?);
        Ok(())
    }
}

fn put(text: &str) {
    let mut out = std::io::stdout().lock();
    if writeln!(out, "{text}").is_err() {
        std::process::exit(0);
    }
}

/// The cells that a text takes on a terminal: wide characters take two.
pub(super) fn width(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            '\u{1100}'..='\u{115f}'
            | '\u{2e80}'..='\u{a4cf}'
            | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}'
            | '\u{fe30}'..='\u{fe6f}'
            | '\u{ff00}'..='\u{ff60}'
            | '\u{ffe0}'..='\u{ffe6}' => 2,
            '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' => 0,
            _ => 1,
        })
        .sum()
}

/// A text cut to so many cells, with a mark where it was cut.
pub(super) fn cut(text: &str, cells: usize) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        if width(&kept) + width(c.encode_utf8(&mut [0; 4])) + 1 > cells {
            break;
        }
        kept.push(c);
    }
    kept.push('…');
    kept
}

/// A text filled up to so many cells.
pub(super) fn pad(text: &str, cells: usize) -> String {
    let cut = cut(text, cells);
    let fill = cells.saturating_sub(width(&cut));
    format!("{cut}{}", " ".repeat(fill))
}
