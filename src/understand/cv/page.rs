//! A file's text as rows of cells, and the value that belongs to a label.

/// One row, as it stands in the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'t> {
    pub(super) text: &'t str,
}

/// All rows that hold something.
#[derive(Debug)]
pub(super) struct Page<'t> {
    pub(super) rows: Vec<Row<'t>>,
}

/// What a label names: the rest of its row from the value on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Labelled<'t> {
    /// The cell of the value.
    pub(super) cell: &'t str,
    /// The value and everything after it in the row.
    pub(super) rest: &'t str,
}

/// Signs between a label and its value.
const BETWEEN: &[char] = &[
    ':', '：', '|', '｜', '】', ']', '］', '」', ')', '）', '\t', ' ', '\u{3000}', '・',
];
/// Signs before a label.
const BEFORE: &[char] = &[
    '【', '[', '［', '「', '■', '●', '◆', '○', '◎', '・', '※', '(', '（', ' ', '\u{3000}',
];

impl<'t> Page<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Page {
            rows: text
                .lines()
                .filter(|line| !line.trim().is_empty())
                .map(|text| Row { text })
                .collect(),
        }
    }

    /// The values of all cells that begin with one of the labels (written without blanks), in the order of the labels. A label alone in its row has
    /// its value below.
    pub(super) fn labelled(&self, labels: &[&str]) -> Vec<Labelled<'t>> {
        let mut out = vec![];
        for label in labels {
            for (at, row) in self.rows.iter().enumerate() {
                for start in row.cell_starts() {
                    let from = row.text.get(start..).unwrap_or_default();
                    let Some(rest) = after_label(from, label) else {
                        continue;
                    };
                    let rest = rest.trim_start_matches(BETWEEN);
                    let rest = if rest.is_empty() && row.filled() <= label.chars().count() {
                        self.rows.get(at + 1).map_or("", |below| below.text.trim())
                    } else {
                        rest
                    };
                    let cell = rest.split('\t').next().unwrap_or_default().trim();
                    if !cell.is_empty() {
                        out.push(Labelled { cell, rest });
                    }
                }
            }
        }
        out
    }
}

impl<'t> Row<'t> {
    /// Where the cells begin.
    fn cell_starts(&self) -> impl Iterator<Item = usize> + 't {
        let text = self.text;
        std::iter::once(0).chain(text.match_indices('\t').map(|(at, _)| at + 1))
    }

    /// Cells that hold something.
    fn filled(&self) -> usize {
        self.text
            .split('\t')
            .filter(|cell| !cell.trim().is_empty())
            .count()
    }

    /// The row without any blanks.
    pub(super) fn squeezed(&self) -> String {
        self.text.chars().filter(|c| !c.is_whitespace()).collect()
    }
}

/// What follows a label at the beginning of a text; blanks inside the label (「氏　名」, two cells) do not count.
fn after_label<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    let mut rest = text.trim_start_matches(BEFORE);
    for wanted in label.chars() {
        rest = rest.trim_start_matches([' ', '\u{3000}', '\t']);
        let first = rest.chars().next()?;
        if !first.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
        rest = rest.get(first.len_utf8()..)?;
    }
    // A longer word is another label: 氏名変更.
    let ends = rest.is_empty()
        || rest.starts_with(BETWEEN)
        || rest.starts_with(['(', '（', '〒'])
        || rest.starts_with(char::is_numeric);
    let rest = if rest.starts_with(['(', '（']) {
        // 「生年月日（年齢）」: the brackets belong to the label.
        rest.find([')', '）'])
            .and_then(|end| rest.get(end..))
            .unwrap_or(rest)
    } else {
        rest
    };
    ends.then_some(rest)
}
