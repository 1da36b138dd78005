//! The shape of a mail: lines, whose words they are, headings and labels, sentences and clauses.

use super::choice;
use super::headings;
use super::legend;
use super::normalize::Norm;
use super::pattern::{compile, pattern};
use super::quoting;
use super::talk;
use crate::domain::wish::Strength;
use regex::Regex;
use std::sync::LazyLock;

/// Whose words a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The sender's own new words.
    Own,
    /// A quoted mail or its header.
    Quoted,
    /// A question that the sender answers, copied from the desk or a form.
    Question,
    /// Words to a colleague in a note of the desk.
    Colleague,
    /// The closing block with name, address and telephone.
    Signature,
    /// Nothing on it.
    Blank,
}

/// What a block of lines is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Block {
    /// Prose, or nothing said.
    #[default]
    Free,
    /// A list of wishes.
    Wish,
    /// The present or a former post, or the course of life.
    Present,
    /// Personal data.
    Profile,
    /// How to be reached.
    Contact,
}

/// What a heading says of the lines under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Context {
    /// The strength of a bare item.
    pub strength: Option<Strength>,
    /// What the block is about.
    pub block: Block,
}

/// One line of the normal text.
#[derive(Debug, Clone)]
pub struct Line {
    /// First byte.
    pub start: usize,
    /// One past the last byte, without the line feed.
    pub end: usize,
    /// Whose words.
    pub role: Role,
    /// What the heading above says.
    pub context: Context,
    /// A form's label before 「：」, 「＝」 and the like.
    pub label: Option<(usize, usize)>,
    /// It only announces what follows.
    pub heading: bool,
}

/// A sentence.
#[derive(Debug, Clone, Copy)]
pub struct Sentence {
    /// First byte.
    pub start: usize,
    /// One past the last byte, end mark included.
    pub end: usize,
    /// The line it begins on.
    pub line: usize,
}

/// A mail cut into its parts.
pub struct Doc<'a> {
    /// The normal text.
    pub norm: Norm<'a>,
    /// Lines in order.
    pub lines: Vec<Line>,
    /// Sentences of all lines in order.
    pub sentences: Vec<Sentence>,
    /// Clause starts, sorted: after 「、」 and the like, and at each sentence start.
    pub clauses: Vec<usize>,
    /// Unticked boxes and other things that do not count, sorted.
    pub masks: Vec<(usize, usize)>,
    /// Written in Latin letters.
    pub latin: bool,
    /// What the letters of a form mean.
    legend: Vec<(char, Strength)>,
}

impl<'a> Doc<'a> {
    /// Cuts a text.
    pub fn new(original: &'a str) -> Self {
        let mut norm = Norm::new(original);
        let letters = norm.text.chars().filter(char::is_ascii_alphabetic).count();
        let japanese = norm
            .text
            .chars()
            .filter(|c| ('\u{3040}'..='\u{9fff}').contains(c))
            .count();
        let latin = letters > 4 * japanese.max(1);
        let mut lines = cut_lines(&norm.text);
        quoting::mark(&norm.text, &mut lines);
        talk::mark(&norm.text, &mut lines);
        mark_labels(&norm, &mut lines);
        headings::mark_context(&norm, &mut lines, latin);
        headings::mark_ranked(&norm, &mut lines);
        headings::mark_graded(&norm, &mut lines);
        let sentences = cut_sentences(&norm.text, &lines, latin);
        if latin {
            norm.text = flowing(&norm.text, &sentences);
        }
        let clauses = cut_clauses(&norm.text, &sentences, latin);
        let masks = choice::masks(&norm.text);
        let legend = legend::read(&norm.text);
        Doc {
            norm,
            lines,
            sentences,
            clauses,
            masks,
            latin,
            legend,
        }
    }

    /// The line that a byte stands on.
    pub fn line_at(&self, at: usize) -> Option<&Line> {
        self.lines.get(self.line_index(at))
    }

    /// The number of the line that a byte stands on.
    pub fn line_index(&self, at: usize) -> usize {
        self.lines
            .partition_point(|l| l.start <= at)
            .saturating_sub(1)
    }

    /// How many of the sender's own lines stand above the line of a byte.
    pub fn own_lines_above(&self, at: usize) -> usize {
        self.lines
            .iter()
            .take(self.line_index(at))
            .filter(|l| l.role == Role::Own)
            .count()
    }

    /// The sentence that a byte stands in.
    pub fn sentence_at(&self, at: usize) -> Option<Sentence> {
        let i = self.sentences.partition_point(|s| s.start <= at);
        i.checked_sub(1)
            .and_then(|i| self.sentences.get(i))
            .copied()
    }

    /// What a letter means where the form explains it.
    pub(super) fn grade(&self, letter: char) -> Option<Strength> {
        let explained = self.legend.iter().find(|(l, _)| *l == letter);
        explained.map(|(_, strength)| *strength)
    }

    /// The sentence before the one that a byte stands in.
    pub fn sentence_before(&self, at: usize) -> Option<Sentence> {
        let i = self.sentences.partition_point(|s| s.start <= at);
        i.checked_sub(2)
            .and_then(|i| self.sentences.get(i))
            .copied()
    }

    /// The sentence after the one that a byte stands in.
    pub fn sentence_after(&self, at: usize) -> Option<Sentence> {
        let i = self.sentences.partition_point(|s| s.start <= at);
        self.sentences.get(i).copied()
    }

    /// The clause that a byte stands in, inside its sentence.
    pub fn clause_at(&self, at: usize) -> (usize, usize) {
        let i = self.clauses.partition_point(|c| *c <= at);
        let start = i
            .checked_sub(1)
            .and_then(|i| self.clauses.get(i))
            .copied()
            .unwrap_or(0);
        let limit = self.sentence_at(at).map_or(self.norm.text.len(), |s| s.end);
        let end = self.clauses.get(i).copied().unwrap_or(limit).min(limit);
        (start, end.max(start))
    }

    /// Whether the words at a byte count: the sender's own, and not masked.
    pub fn counts(&self, at: usize) -> bool {
        let own = self
            .line_at(at)
            .is_some_and(|l| matches!(l.role, Role::Own));
        own && !self.masked(at)
    }

    /// Whether a byte stands in an unticked box or the like.
    pub fn masked(&self, at: usize) -> bool {
        let i = self.masks.partition_point(|m| m.0 <= at);
        i.checked_sub(1)
            .and_then(|i| self.masks.get(i))
            .is_some_and(|m| at < m.1)
    }

    /// A piece of the normal text.
    pub fn text(&self, start: usize, end: usize) -> &str {
        self.norm.slice(start, end)
    }

    /// What stands before a byte on the same line, the last [`LONGEST`] bytes of it.
    pub fn head(&self, at: usize) -> &str {
        let start = self.line_at(at).map_or(at, |l| l.start);
        let start = start.max(at.saturating_sub(LONGEST));
        self.text(self.norm.text.ceil_char_boundary(start).min(at), at)
    }

    /// What stands behind a byte on the same line, the first [`LONGEST`] bytes of it.
    pub fn rest(&self, at: usize) -> &str {
        let end = self.line_at(at).map_or(at, |l| l.end).max(at);
        let end = self.norm.text.floor_char_boundary(end.min(at + LONGEST));
        self.text(at, end.max(at))
    }

    /// The label of the line that a byte stands on, where the byte stands behind it.
    pub fn label_before(&self, at: usize) -> Option<&str> {
        let l = self.line_at(at)?;
        let (s, e) = l.label?;
        (e <= at).then(|| self.text(s, e))
    }
}

fn cut_lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    for piece in text.split('\n') {
        let end = start + piece.len();
        let mut from = start;
        for cut in field_starts(piece) {
            lines.push(line(text, from, start + cut));
            from = start + cut;
        }
        lines.push(line(text, from, end));
        start = end + 1;
    }
    lines
}

fn line(text: &str, start: usize, end: usize) -> Line {
    let blank = text
        .get(start..end)
        .is_none_or(|words| words.trim().is_empty());
    Line {
        start,
        end,
        role: if blank { Role::Blank } else { Role::Own },
        context: Context::default(),
        label: None,
        heading: false,
    }
}

static FIELDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"^\s*[^\s:=●■◆▼【①-⑳\d]{1,10}[:=]|(?:^\s*|[\s/]\s*)(?:[●■◆▼][^\s=:●■◆▼]{1,12}[=:]|【[^】\n]{1,12}】|[①-⑳]\s?[^\s①-⑳]{1,8}(?:\s|:))|\s{2,}[^\s:=●■◆▼【①-⑳\d]{1,10}[:=]",
    )
});

/// Where the second and further fields of a form begin that stand on one line: 「●氏名＝… ●年齢＝46」, 「【年齢】70 【科】内科」.
fn field_starts(line: &str) -> Vec<usize> {
    if !line.contains(['●', '■', '◆', '▼', '【', '②', ':', '=']) {
        return Vec::new();
    }
    let Some(re) = FIELDS.as_ref() else {
        return Vec::new();
    };
    if line.trim_start().starts_with('【') {
        // 「【年齢】59【科】内科」, with no blank between the fields.
        let starts = line.match_indices('【').map(|(at, _)| at).skip(1);
        return starts.collect();
    }
    let starts: Vec<usize> = re.find_iter(line).map(|m| m.start()).collect();
    match starts.split_first() {
        Some((0, more)) => more.to_vec(),
        _ => Vec::new(),
    }
}

static LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?x)^[\s・●■◆▼▽◎*★☆◇○□◯☑✓✔|\-]*
        (?: [\[(\{〔]?\s*\d{1,2}\s*[\])\}〕.、:]\s* | q\d+\.?\s* | [a-z][.)]\s? | [①-⑳]\s* )?
        (?: [【\[\{〔《]\s*(?P<a>[^】\]\}〕》\n]{1,20}?)\s*[】\]\}〕》]
          | (?P<b>[^:=|→\n。、「」]{1,16}?)\s*(?:[:=|→]|\s\.\.\.\s?|\.{4,}\s?|\s>\s)
          | (?P<c>[^\s:=|→\n。、「」.]{2,9})\s{2,}
          | (?P<d>[^\s:=|→\n。、「」.]{0,7}(?:条件|希望|ご希望|氏名|名前|年齢|住所|電話|診療科|開始|日数|回数|年収|場所|備考|期間|当直|日直|宿舎|旅費|日当|卒業年|取得年|勤務地|所在地|時間|日時|募集|業務|給与|資格|希望の科|希望科|専門科|希望する科|自宅|お住まい|連絡先|始期)|お断り(?:する|したい)?(?:施設|業務|条件|仕事|こと)?|避けたい(?:業務|施設|条件|仕事|こと)?|できない(?:業務|仕事|こと)|論外|構わない|できれば|必須|不可|絶対|避けたい|求む|求めず|ng)\s
          | (?P<f>科)\s
          | [■●◆▼◇](?P<e>[^\s:=|→\n。、「」.]{2,15})\s )",
    )
});

/// Finds labels of forms: 「希望日数：週3日」, 「[3] 現住所 : 新潟県」, 「│電　話│080…」, 「【年齢】44」.
fn mark_labels(norm: &Norm, lines: &mut [Line]) {
    let Some(re) = LABEL.as_ref() else { return };
    for line in lines.iter_mut().filter(|l| l.role == Role::Own) {
        let text = norm.slice(line.start, line.end);
        if text.contains("://") {
            continue;
        }
        let Some(found) = re.captures(text) else {
            continue;
        };
        let name = ["a", "b", "c", "d", "e", "f"]
            .iter()
            .find_map(|g| found.name(g));
        if let Some(name) = name
            && name
                .as_str()
                .chars()
                .any(|c| !c.is_ascii_digit() && !c.is_ascii_punctuation())
        {
            line.label = Some((line.start + name.start(), line.start + name.end()));
        }
    }
    label_by_the_line_above(norm, lines);
}

pattern!(
    FIELD_ALONE,
    r"^[\s・●■◆▼◇○]*(?:[\[(]?q?\d{1,2}[\])]?[.、:]?\s*|[①-⑳]\s*)?(?P<name>[^\s:=|→。、「」☑□][^:=|→。、「」☑□\n]{0,11}?)\s*$"
);
pattern!(ARROW_FIRST, r"^\s*(?:→|⇒|->|=>)\s*\S");

/// 「02 ご年齢」 over 「→ 59歳」: the line above is the label.
fn label_by_the_line_above(norm: &Norm, lines: &mut [Line]) {
    for i in 1..lines.len() {
        let label = lines.get(i - 1..=i).and_then(|pair| {
            let [above, line] = pair else { return None };
            let both = above.role == Role::Own && line.role == Role::Own;
            if !both || !ARROW_FIRST.is(norm.slice(line.start, line.end)) {
                return None;
            }
            let found = FIELD_ALONE.first(norm.slice(above.start, above.end))?;
            let name = found.name("name")?;
            Some((above.start + name.start(), above.start + name.end()))
        });
        if let Some(line) = lines.get_mut(i)
            && label.is_some()
        {
            line.label = label;
        }
    }
}

fn cut_sentences(text: &str, lines: &[Line], latin: bool) -> Vec<Sentence> {
    let mut out: Vec<Sentence> = Vec::new();
    let mut open = false;
    for (i, line) in lines.iter().enumerate() {
        if line.role == Role::Blank {
            open = false;
            continue;
        }
        let piece = text.get(line.start..line.end).unwrap_or_default();
        let mut start = line.start;
        let mut depth = 0i32;
        let spoken = ends_unmarked(piece);
        let mut chars = piece.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            match c {
                '(' | '「' => depth += 1,
                ')' | '」' => depth -= 1,
                _ => {}
            }
            let next = chars.peek().map(|n| n.1);
            let ends = match c {
                _ if spoken.binary_search(&(at + c.len_utf8())).is_ok() => true,
                _ if line.start + at - start > LONGEST => {
                    depth <= 0 || line.start + at - start > 2 * LONGEST
                }
                _ if next.is_some_and(|n| ('①'..='⑳').contains(&n)) && c == ' ' => depth <= 0,
                '。' | '!' | '?' | '♪' | '…' => depth <= 0 || latin,
                '.' | ';' => latin && next.is_none_or(|n| n == ' '),
                _ => false,
            };
            if ends {
                let end = line.start + at + c.len_utf8();
                push_sentence(
                    &mut out,
                    Sentence {
                        start,
                        end,
                        line: i,
                    },
                    open,
                );
                open = false;
                start = end;
            }
        }
        if start < line.end {
            push_sentence(
                &mut out,
                Sentence {
                    start,
                    end: line.end,
                    line: i,
                },
                open,
            );
            open = runs_on(piece, lines.get(i + 1), text, latin)
                && line.label.is_none()
                && !line.heading;
        } else {
            open = false;
        }
    }
    out
}

/// The same text in which a wrapped sentence stands on one line, so that its words are found over the wraps.
fn flowing(text: &str, sentences: &[Sentence]) -> String {
    let mut within = sentences.iter().peekable();
    text.char_indices()
        .map(|(at, c)| {
            while within.next_if(|s| s.end <= at).is_some() {}
            let wrapped = c == '\n' && within.peek().is_some_and(|s| s.start < at);
            if wrapped { ' ' } else { c }
        })
        .collect()
}

pattern!(
    SPOKEN_END,
    r"(?:です|ます|ません|でした|ました|ください|下さい)(?:[\p{Han}\p{Katakana}\d])"
);
/// In bytes: a sentence is cut where it grows longer, and no rule looks further along a line, so that the time a text takes
/// grows with its length and no faster.
pub const LONGEST: usize = 1800;
/// A line of more characters than that, with no mark at all, was typed without marks.
const LONG_UNMARKED: usize = 30;

/// Where sentences end in a line that has no marks: 「土日は休みです当直はできません」.
fn ends_unmarked(line: &str) -> Vec<usize> {
    if line.contains(['。', '、', '「', '!', '?']) || line.chars().count() <= LONG_UNMARKED {
        return Vec::new();
    }
    SPOKEN_END
        .spans(line)
        .into_iter()
        .map(|(_, end)| {
            let last = line.get(..end).and_then(|t| t.chars().next_back());
            end - last.map_or(0, char::len_utf8)
        })
        .collect()
}

fn push_sentence(out: &mut Vec<Sentence>, s: Sentence, joined: bool) {
    if joined && let Some(last) = out.last_mut() {
        last.end = s.end;
        return;
    }
    out.push(s);
}

/// Whether a line was only wrapped and its sentence goes on below.
fn runs_on(piece: &str, next: Option<&Line>, text: &str, latin: bool) -> bool {
    let Some(next) = next.filter(|n| n.role == Role::Own && n.label.is_none()) else {
        return false;
    };
    let below = text.get(next.start..next.end).unwrap_or_default();
    let figure = below.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',');
    let goes_on = latin && figure.len() < below.len() && !figure.starts_with(['.', ')', ':']);
    let starts_item = !goes_on
        && below
            .starts_with(|c: char| " ・-*●◆■▼○◎△×★☆→(①②③④⑤⑥⑦⑧⑨⑩一<[【0123456789「#".contains(c));
    if starts_item {
        return false;
    }
    if latin {
        let words = piece.trim_end();
        return words.len() > 50
            || words.len() > 34 && !words.ends_with(['.', ',', ':', ';', '!', '?', ')']);
    }
    piece.chars().count() >= 20
        && piece.ends_with(['、', 'は', 'が', 'を', 'に', 'で', 'と', 'の', 'て', 'も'])
        || piece.ends_with('、') && piece.chars().count() >= 12
}

fn cut_clauses(text: &str, sentences: &[Sentence], latin: bool) -> Vec<usize> {
    let mut out = Vec::new();
    for s in sentences {
        out.push(s.start);
        let piece = text.get(s.start..s.end).unwrap_or_default();
        let mut prev = ' ';
        let mut depth = 0i32;
        for (at, c) in piece.char_indices() {
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            let cut = match c {
                '、' | ';' | '\n' | '→' | '|' | '/' | '。' => !latin || c == ';',
                ',' => latin,
                ' ' => {
                    let next = piece.get(at + 1..).and_then(|t| t.chars().next());
                    !latin
                        && depth <= 0
                        && prev != ' '
                        && (!prev.is_ascii()
                            || prev == ')'
                            || prev.is_ascii_digit() && next.is_some_and(|n| !n.is_ascii()))
                }
                _ => false,
            };
            if cut {
                out.push(s.start + at + c.len_utf8());
            }
            prev = c;
        }
    }
    out.dedup();
    out
}
