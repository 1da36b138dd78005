//! The shape of a mail: lines, whose words they are, headings and labels, sentences and clauses.

use super::choice;
use super::normalize::Norm;
use super::pattern::compile;
use super::quoting;
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
}

impl<'a> Doc<'a> {
    /// Cuts a text.
    pub fn new(original: &'a str) -> Self {
        let norm = Norm::new(original);
        let letters = norm.text.chars().filter(char::is_ascii_alphabetic).count();
        let japanese = norm
            .text
            .chars()
            .filter(|c| ('\u{3040}'..='\u{9fff}').contains(c))
            .count();
        let latin = letters > 4 * japanese.max(1);
        let mut lines = cut_lines(&norm.text);
        quoting::mark(&norm.text, &mut lines);
        mark_labels(&norm, &mut lines);
        mark_context(&norm, &mut lines, latin);
        mark_graded(&norm, &mut lines);
        let sentences = cut_sentences(&norm.text, &lines, latin);
        let clauses = cut_clauses(&norm.text, &sentences, latin);
        let masks = choice::masks(&norm.text);
        Doc {
            norm,
            lines,
            sentences,
            clauses,
            masks,
            latin,
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

    /// The sentence that a byte stands in.
    pub fn sentence_at(&self, at: usize) -> Option<Sentence> {
        let i = self.sentences.partition_point(|s| s.start <= at);
        i.checked_sub(1)
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
        r"(?:^\s*|[\s/]\s*)(?:[●■◆▼][^\s=:●■◆▼]{1,12}[=:]|【[^】\n]{1,12}】|[①-⑳]\s?[^\s①-⑳]{1,8}(?:\s|:))",
    )
});

/// Where the second and further fields of a form begin that stand on one line: 「●氏名＝… ●年齢＝46」, 「【年齢】70 【科】内科」.
fn field_starts(line: &str) -> Vec<usize> {
    if !line.contains(['●', '■', '◆', '▼', '【', '②']) {
        return Vec::new();
    }
    let Some(re) = FIELDS.as_ref() else {
        return Vec::new();
    };
    let starts: Vec<usize> = re.find_iter(line).map(|m| m.start()).collect();
    match starts.split_first() {
        Some((0, more)) => more.to_vec(),
        _ => Vec::new(),
    }
}

static LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?x)^[\s・●■◆▼◎*★☆◇○□◯|\-]*
        (?: [\[(\{]?\s*\d{1,2}\s*[\])\}.、:]\s* | q\d+\.?\s* | [①-⑳]\s* )?
        (?: [【\[\{［]\s*(?P<a>[^】\]\}］\n]{1,20}?)\s*[】\]\}］]
          | (?P<b>[^:=|→\n。、「」]{1,16}?)\s*(?:[:=|→]|\s\.\.\.\s?)
          | (?P<c>[^\s:=|→\n。、「」.]{2,9})\s{2,}
          | (?P<d>[^\s:=|→\n。、「」.]{0,7}(?:条件|希望|ご希望|氏名|名前|年齢|住所|電話|診療科|開始|日数|回数|年収|場所|備考|期間|当直|日直|宿舎|旅費|日当|卒業年|取得年|勤務地|所在地|時間|日時|募集|業務|給与|資格)|論外|構わない|できれば|必須|不可|絶対|避けたい|求む|求めず|ng)\s )",
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
        let name = ["a", "b", "c", "d"].iter().find_map(|g| found.name(g));
        if let Some(name) = name
            && name
                .as_str()
                .chars()
                .any(|c| !c.is_ascii_digit() && !c.is_ascii_punctuation())
        {
            line.label = Some((line.start + name.start(), line.start + name.end()));
        }
    }
}

struct HeadingWords {
    bracket: Regex,
    never: Regex,
    must: Regex,
    want: Regex,
    avoid: Regex,
    drop: Regex,
    ok: Regex,
    present: Regex,
    profile: Regex,
    contact: Regex,
}

static HEADINGS: LazyLock<Option<HeadingWords>> = LazyLock::new(|| {
    let re = |p: &str| compile(p);
    Some(HeadingWords {
        bracket: re(r"^\s*(?:[\[【<《◆■▼●◇★〔(=]|[①-⑳]|==).{1,24}$")?,
        never: re(
            r"refuse|exclude|やらん|論外|しないこと$|やらないこと|断りし?たい|お断り|不可の|できないこと|ng(?:条件|項目)?\s*[\]】>:]?$|受けられない|^不可$|できません$|^×$|してほしくない",
        )?,
        must: re(
            r"(?:無|な)(?:いと|ければ)(?:受け|行|困|無理)|緩めない|変えない|前提|必須|絶対|譲れない|必ず守|外せない|must\b|required",
        )?,
        want: re(
            r"希望|できれば|あれば嬉し|望み|条件|^\s*次[:は]|求む|足すもの|\(追加\)|次の(?:とお|通)り|以下|要望|やりたいこと|looking for|wish|hope|prefer|what i (?:am|want)|want\b",
        )?,
        avoid: re(
            r"やめてほし|遠慮してほし|求めず|気が進まない|気乗りし|遠慮したい(?:こと|点|もの)|避けたい|避けてほし|避けて欲し|苦手なこと|苦手な|やりたくな|avoid",
        )?,
        drop: re(
            r"\(削除\)|削除する|なくてよい|なくて良い|なくていい|取り下げ|外してよい|不要なもの|不要になっ",
        )?,
        ok: re(
            r"^ok|やれること|構わない|構いません|許容|できること|対応可能なこと|してもよい|あってもよい",
        )?,
        present: re(
            r"^now$|^\[?now\]?$|^現勤務|^現:|^現$|現在(?:の(?:勤務|状況|仕事|職))?|現職|いま[:\s]|いま$|職歴|経歴|略歴|現況|^在職$|^所属|^前職|妻のこと|夫のこと|家族のこと|参考まで|^勤務状況|^就業状況|^職業$|紹介済|^受付(?:番号|日|欄)|事務局(?:控|記入)",
        )?,
        profile: re(
            r"^資格|^\s*(?:専門医|保有資格|認定|卒業|所属|学会|出身|学歴|経歴|職業|ご職業)|基本情報|プロフィール|個人情報|本人情報|医師情報|自己紹介",
        )?,
        contact: re(r"連絡方法|連絡先|希望連絡")?,
    })
});

fn heading_context(text: &str) -> Option<Context> {
    let h = HEADINGS.as_ref()?;
    let with = |strength, block| Some(Context { strength, block });
    let wish = Block::Wish;
    if h.contact.is_match(text) {
        with(Some(Strength::Want), Block::Contact)
    } else if h.never.is_match(text) {
        with(Some(Strength::Never), wish)
    } else if h.avoid.is_match(text) {
        with(Some(Strength::Avoid), wish)
    } else if h.drop.is_match(text) {
        with(Some(Strength::Drop), wish)
    } else if h.must.is_match(text) {
        with(Some(Strength::Must), wish)
    } else if h.profile.is_match(text) {
        with(None, Block::Profile)
    } else if h.present.is_match(text) {
        with(None, Block::Present)
    } else if h.ok.is_match(text) {
        with(Some(Strength::Ok), wish)
    } else if h.want.is_match(text) {
        with(Some(Strength::Want), wish)
    } else {
        None
    }
}

static ANNOUNCES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compile(
        r"(?:次|以下|下記)の(?:\d|二|三|四|五|六)?(?:つ|点|件|項目|条件)[^。]{0,16}(?:前提|条件|必須|譲れ|外せ|絶対)|(?:譲れない|外せない|絶対の|必須の)(?:線|条件|点|こと)(?:を|は|が)(?:\d|二|三|四|五)?つ[。:]?\s*$|(?:望み|願い|希望|条件|お願い)(?:は|を)(?:次の)?(?:\d|二|三|四|五|六)(?:つ|点)(?:です|でございます|あります|挙げます|書きます)?[。:]?\s*$",
    )
});

/// 「次の三つが揃うことが前提です。」, 「この先の望みは三つです。」: a sentence that announces a list.
fn announces(text: &str) -> bool {
    ANNOUNCES.as_ref().is_some_and(|re| re.is_match(text))
}

/// Gives each line the context of the heading above it.
fn mark_context(norm: &Norm, lines: &mut [Line], latin: bool) {
    let Some(h) = HEADINGS.as_ref() else { return };
    let mut current = Context::default();
    let mut blank = false;
    let mut since = 0usize;
    let mut above = None;
    let marks: Vec<(usize, char)> = lines
        .iter()
        .filter_map(|l| Some((l.start, norm.slice(l.start, l.end).trim().chars().next()?)))
        .collect();
    for line in lines.iter_mut() {
        match line.role {
            Role::Blank => {
                blank = true;
                continue;
            }
            Role::Own => {}
            _ => {
                current = Context::default();
                continue;
            }
        }
        let text = norm.slice(line.start, line.end).trim();
        let chars = text.chars().count();
        let announces = announces(text);
        let ends_open = announces
            || text.ends_with(':')
            || text.ends_with('↓')
            || text.ends_with("です。") && chars < 34 && text.contains("次の")
            || text.contains("とおり") && chars < 40
            || text.contains("通りです")
            || text.contains("次のような") && chars < 60
            || latin && text.ends_with(':');
        let one_of_many = text.chars().next().is_some_and(|c| {
            "◆◇★●■▼".contains(c) && (Some(c) == above || Some(c) == below(norm, &marks, line.end))
        });
        above = text.chars().next();
        let bracketed = h.bracket.is_match(text)
            && !one_of_many
            && (text.ends_with(['】', ']', '>', '》', '◇', '〕', ')', '=', '■', '◆'])
                || chars <= 16 && line.label.is_none());
        let short = chars <= 14
            && !text.contains(['。', '、', '・'])
            && !text.starts_with(['-', '*'])
            && (text.ends_with("条件")
                || text.ends_with("こと")
                || text.ends_with("方")
                || text.ends_with("要望"));
        let numbered_item =
            text.starts_with(|c: char| ('①'..='⑳').contains(&c)) && line.label.is_some();
        if (ends_open || bracketed || short) && !numbered_item && !text.contains(['☑', '□', '☐'])
        {
            let found = heading_context(text);
            line.heading = true;
            current = found.unwrap_or_default();
            since = 0;
            blank = false;
            line.context = current;
            continue;
        }
        let bullet = text.starts_with(|c: char| {
            "・-*●◆■▼○◎△×★☆→→(①②③④⑤⑥⑦⑧⑨⑩一二三四五六[0123456789".contains(c)
        }) || [
            "その一",
            "その二",
            "その三",
            "ひとつ",
            "一つ",
            "二つ",
            "三つ",
            "もうひとつ",
        ]
        .iter()
        .any(|w| text.starts_with(w));
        if blank && !bullet && since > 0 && line.label.is_none() {
            current = Context::default();
        }
        blank = false;
        since += 1;
        line.context = current;
        // A label on the line itself rules the line: 「希望：週2日の外来」, 「必須：駐車場」.
        if let Some((s, e)) = line.label
            && let Some(own) = heading_context(norm.slice(s, e))
        {
            line.context = own;
        }
    }
}

/// The first character of the next line that has one.
fn below(norm: &Norm, marks: &[(usize, char)], end: usize) -> Option<char> {
    let at = marks.partition_point(|m| m.0 < end.min(norm.text.len()));
    marks.get(at).map(|m| m.1)
}

/// Lines that begin with ◎, ○, △ and ×: the mark is the strength. A legend may make ◎ a condition.
fn mark_graded(norm: &Norm, lines: &mut [Line]) {
    let mark = |l: &Line| {
        let text = norm.slice(l.start, l.end).trim_start();
        let c = text.chars().next()?;
        ("◎○△×".contains(c) && l.role == Role::Own).then_some(c)
    };
    let mut kinds: Vec<char> = lines.iter().filter_map(mark).collect();
    kinds.sort_unstable();
    kinds.dedup();
    if kinds.len() < 2 {
        return;
    }
    let legend = [
        "◎は絶対",
        "◎=絶対",
        "◎:絶対",
        "◎は必須",
        "◎=必須",
        "◎:必須",
        "◎ 必須",
        "◎は譲れ",
    ]
    .iter()
    .any(|w| norm.text.contains(w));
    for line in lines.iter_mut() {
        let Some(c) = mark(line) else { continue };
        line.context = Context {
            strength: Some(match c {
                '◎' if legend => Strength::Must,
                '◎' | '○' => Strength::Want,
                '△' => Strength::Ok,
                _ => Strength::Never,
            }),
            block: Block::Wish,
        };
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
        let mut chars = piece.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            match c {
                '(' | '「' => depth += 1,
                ')' | '」' => depth -= 1,
                _ => {}
            }
            let next = chars.peek().map(|n| n.1);
            let ends = match c {
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
    let starts_item =
        below.starts_with(|c: char| " ・-*●◆■▼○◎△×★☆→(①②③④⑤⑥⑦⑧⑨⑩一<[【0123456789「#".contains(c));
    if starts_item {
        return false;
    }
    if latin {
        return piece.chars().count() > 50;
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
