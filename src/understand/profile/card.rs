//! Runs of bare facts by which people introduce themselves: 「池上です。44さい、岡崎、麻酔。」.
//!
//! One bare number or place says nothing; beside a name, a department or a title it is the writer's own.

use super::name::{is_name, means_more};
use super::{Role, own};
use crate::understand::doc::Block;
use crate::understand::kana::is_hiragana;
use crate::understand::kin::husband;
use crate::understand::lexicon::Meaning;
use crate::understand::pattern::pattern;
use crate::understand::place;
use crate::understand::rules::{Cx, tail};

/// What a bare piece is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// An age, in years; `true` where 歳 is said.
    Age(i64, bool),
    /// A place, in the canonical form.
    Place(String),
    /// A department; `true` where it is said to be the writer's.
    Dept(bool),
    /// What can be a name; `true` where と申します or です says so.
    Name(bool),
    /// A title, years of practice, a sex: what only persons have.
    Person,
}

/// A piece of a run.
#[derive(Debug, Clone)]
pub struct Piece {
    /// First byte in the normal text.
    pub start: usize,
    /// One past the last byte of what matters.
    pub end: usize,
    /// What it is.
    pub kind: Kind,
}

/// The pieces of all runs that introduce the writer, in order.
#[derive(Debug, Default)]
pub struct Card {
    /// The pieces.
    pub pieces: Vec<Piece>,
}

/// Lines at the head and the foot that are looked at; cards do not stand in the middle of a letter.
const HEAD_LINES: usize = 14;
const FOOT_LINES: usize = 6;
/// Longer lines are cut off: a card is short.
const MOST_PIECES: usize = 120;

pattern!(
    AGE_PIECE,
    r"^(?:(?:現在|今年で?|本年で?|ことし|当年|当年とって|年齢は?|齢|年は|歳は|満|もう|今は|いまは|今|いま)\s?)?満?(?:(?P<n>\d{2})|(?P<k>[二三四五六七八九]?[十拾][一二三四五六七八九]?|[三四五六七八九][〇一二三四五六七八九]))\s?(?P<s>歳|才|さい)?\s?[♀♂]?(?:です(?:が|わ|けど|よ)?|だす|どす|っす|や|じゃ|だがね|になり(?:ました|ます)|になった(?:ばかり)?|だ|でございます)?$"
);
pattern!(AT_TIME, r"\d:$");
pattern!(
    PLACE_TAIL,
    r"^(?:市|県|区)?(?:在住(?:です|の者です)?|在|住み(?:です)?|より|から|です|に在住|市内|に住んで(?:(?:い|お)ります|い?ます|い?る)|[\p{Han}ヶケ]{1,5}[区町村]|[\p{Han}ヶケ]{0,5}[\d-]{1,8})?$"
);
pattern!(
    DEPT_TAIL,
    r"^(?:の)?(?P<m>医(?:師)?(?:です)?|(?:が|を|は)?専門(?:です|に.{0,8})?|専攻|出身(?:です)?|一筋|ひとすじ|一本|をやって.{0,6}|やって(?:ます|います|おります)|をして(?:い|お)ります|勤務医|開業医|です)?$"
);
pattern!(
    PERSON_PIECE,
    r"^(?:男|女|男性|女性|男性医師|女性医師|女医)(?:です)?$|(?:専門医|指導医|認定医|指定医|博士|産業医)(?:です|あり|を持って.{0,4}|取得)?$|^(?:卒後|医師歴|経験|医歴|臨床経験|医師)\s?\d{1,2}年(?:目)?(?:です)?$|^(?:昭和|平成|令和|s|h)?\s?\d{1,4}年(?:度)?(?:大学)?卒(?:業)?(?:です)?$|^(?:医師|医者)です$|免許.{0,4}取得|^二児の母|卒後\d|医師\d{1,2}年目|\d{1,2}年目(?:です)?$|(?:昭和|平成)\d{1,2}年.{0,6}(?:生まれ|卒|免許|医籍)"
);
pattern!(
    NAME_TAIL,
    r"^(?P<n>.{2,12}?)\s?(?:と申(?:します|す者です|す|し上げます)|と(?:いい|言い|もうし)ます|いいます|でございます|です|だす|医師|さん|先生)$"
);
pattern!(
    PERSON_NAME,
    r"^[\p{Han}々ヶッノ]{1,4}(?:\s?[\p{Han}々]{1,3}|\s?[\p{Katakana}ー]{2,4}|\s?[\p{Hiragana}]{1,3})?$"
);
pattern!(
    NAME_LABEL,
    r"氏名|名前|お名|^相手(?:方|先)?$|^先方$|医師名|会員|本人|プロフィール|自己紹介|経歴|略歴"
);
pattern!(
    OTHER_PERSON,
    concat!(
        r"(?:妻|",
        husband!(),
        r"|主人|家内|女房|旦那|嫁|息子|娘|長男|長女|父|母|兄|弟|姉|妹|友人|知人|同僚|同期|後輩|先輩|部下|院長|理事長|前任|施設長)[^。、()]{0,8}$"
    )
);

impl Card {
    /// Finds the runs.
    pub fn read(cx: &Cx, proxy: bool) -> Card {
        let mut card = Card::default();
        if cx.doc.latin {
            return card;
        }
        let mine: Vec<usize> = (0..cx.doc.lines.len())
            .filter(|i| {
                cx.doc
                    .lines
                    .get(*i)
                    .is_some_and(|l| matches!(l.role, Role::Own | Role::Signature))
            })
            .collect();
        let foot = mine.len().saturating_sub(FOOT_LINES);
        let mut run: Vec<Piece> = Vec::new();
        let mut seen = 0;
        for (k, &i) in mine.iter().enumerate() {
            if k >= HEAD_LINES && k < foot {
                continue;
            }
            let Some(line) = cx.doc.lines.get(i) else {
                continue;
            };
            let labelled = line
                .label
                .is_some_and(|(s, e)| !NAME_LABEL.is(cx.doc.text(s, e)));
            if labelled || line.context.strength.is_some() || line.context.block == Block::Wish {
                card.close(&mut run);
                continue;
            }
            let from = line.label.map_or(line.start, |(_, e)| e);
            for (s, e) in cut(cx, from, line.end) {
                seen += 1;
                if seen > MOST_PIECES {
                    break;
                }
                match piece(cx, s, e, proxy, run.is_empty())
                    .or_else(|| given(cx, s, e, line.end, &run))
                {
                    Some(p) => run.push(p),
                    None if says_nothing(cx.doc.text(s, e)) => {}
                    None => card.close(&mut run),
                }
            }
            if line.role == Role::Own && cx.doc.text(line.start, line.end).chars().count() > 40 {
                card.close(&mut run);
            }
        }
        card.close(&mut run);
        card
    }

    /// Keeps a run where it introduces somebody.
    fn close(&mut self, run: &mut Vec<Piece>) {
        let sure = run.iter().any(|p| {
            matches!(
                p.kind,
                Kind::Age(_, true) | Kind::Dept(true) | Kind::Name(true) | Kind::Person
            )
        });
        let bare_age = run.iter().any(|p| matches!(p.kind, Kind::Age(_, false)));
        let named = run
            .iter()
            .any(|p| matches!(p.kind, Kind::Name(_) | Kind::Dept(_)));
        let mut kinds: Vec<_> = run
            .iter()
            .map(|p| std::mem::discriminant(&p.kind))
            .collect();
        kinds.dedup();
        if kinds.len() >= 2 && (sure || bare_age && named) {
            self.pieces.append(run);
        }
        run.clear();
    }
}

const CUTS: &[char] = &[
    '、', '。', '・', ',', '/', '(', ')', '「', '」', '|', ' ', '!', ':', '=',
];

/// The bare pieces of a line; no cut goes through a department, a place or a name of two words.
fn cut(cx: &Cx, from: usize, end: usize) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = from;
    for (at, c) in cx.doc.text(from, end).char_indices() {
        let at = from + at;
        // 「整形54です」: the department ends where the age begins.
        if c.is_ascii_digit() && start < at && cx.depts.iter().any(|d| d.end == at) {
            out.push((start, at));
            start = at;
        }
        if !CUTS.contains(&c)
            || cx.depts.iter().any(|d| d.start < at && at < d.end)
            || cx.places.iter().any(|d| d.start < at && at < d.end)
        {
            continue;
        }
        if c == ' ' && two_words(cx.doc.text(start, at), cx.rest(at)) {
            continue;
        }
        if start < at {
            out.push((start, at));
        }
        start = at + c.len_utf8();
    }
    if start < end {
        out.push((start, end));
    }
    out
}

/// What stands between two pieces and says nothing: the reading of a name, 「です」 behind a bracket.
fn says_nothing(word: &str) -> bool {
    let word = word.trim();
    word.is_empty()
        || ["です", "と申します", "といいます", "でございます"].contains(&word)
        || word.chars().count() <= 8
            && word.chars().count() >= 3
            && word.chars().all(is_hiragana)
            && !word.ends_with(['す', 'い', 'く', 'た'])
}

/// 「血液内科 45 たけし」: a name in kana at the end of a line of bare facts.
fn given(cx: &Cx, start: usize, end: usize, line_end: usize, run: &[Piece]) -> Option<Piece> {
    pattern!(KANA, r"^(?:[\p{Hiragana}]{3,4}|[\p{Katakana}ー]{2,4})$");
    let aged = run.iter().any(|p| matches!(p.kind, Kind::Age(..)));
    let word = cx.doc.text(start, end);
    (aged && end == line_end && KANA.is(word) && is_name(word)).then_some(Piece {
        start,
        end,
        kind: Kind::Name(false),
    })
}

/// 「飛田 誠」: surname and given name with a space between.
fn two_words(before: &str, rest: &str) -> bool {
    let given: String = rest
        .trim_start()
        .chars()
        .take_while(|c| !CUTS.contains(c))
        .collect();
    let han = |w: &str| !w.is_empty() && w.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let stem = ["です", "と申します", "といいます", "と申し", "でございます"]
        .iter()
        .find_map(|t| given.strip_suffix(t))
        .unwrap_or(&given);
    han(before)
        && han(stem)
        && (1..=3).contains(&before.chars().count())
        && (1..=3).contains(&stem.chars().count())
        && is_name(stem)
        && !stem.ends_with(['科', '医', '市', '歳', '才', '区', '県'])
}

/// What a bare piece is, where it is anything.
pub(super) fn piece(cx: &Cx, start: usize, end: usize, proxy: bool, first: bool) -> Option<Piece> {
    let raw = cx.doc.text(start, end);
    let word = raw.trim();
    let start = start + (raw.len() - raw.trim_start().len());
    let end = start + word.len();
    if word.is_empty()
        || word.chars().count() > 24
        || !own(cx, start)
        // 「11:30 受電」 tells the time.
        || AT_TIME.is(tail(cx.head(start), 2))
        || !proxy && super::another(cx, start)
        || !proxy && in_anothers_bracket(cx, start)
    {
        return None;
    }
    if let Some(c) = AGE_PIECE.first(word) {
        let m = c.name("n").or(c.name("k"))?;
        let n = figure(m.as_str())?;
        return (24..=99).contains(&n).then(|| Piece {
            start: start + m.start(),
            end: start + m.end(),
            kind: Kind::Age(n, c.name("s").is_some()),
        });
    }
    if let Some(d) = cx
        .depts
        .iter()
        .find(|d| d.start == start && d.end <= end && matches!(d.meaning, Meaning::Dept(_)))
        && let Some(c) = DEPT_TAIL.first(cx.doc.text(d.end, end))
    {
        return Some(Piece {
            start,
            end: d.end,
            kind: Kind::Dept(c.name("m").is_some() || cx.doc.text(start, d.end).ends_with('医')),
        });
    }
    // 「松本、61歳、内科」: a bare word that opens the run is the person, though a city has the name.
    let called = NAME_TAIL
        .first(word)
        .and_then(|c| c.name("n"))
        .map_or(word, |n| n.as_str());
    // 「放射線科・三浦です」: behind the department stands the person.
    let behind_dept = cx.head(start).ends_with(['・', '/'])
        && called != word
        && cx
            .depts
            .iter()
            .any(|d| d.end + '・'.len_utf8() >= start && d.end < start);
    let person = (first || behind_dept) && PERSON_NAME.is(called) && is_name(called);
    if !person
        && let Some(p) = cx.places.iter().find(|p| p.start == start && p.end <= end)
        && PLACE_TAIL.is(cx.doc.text(p.end, end))
    {
        return Some(Piece {
            start,
            end: p.end,
            kind: Kind::Place(p.value.clone()),
        });
    }
    // 「佐世保の大隈」, 「眼科の長谷部といいます」: a place or a department and the person of it.
    let bare = NAME_TAIL
        .first(word)
        .and_then(|c| c.name("n"))
        .map_or(word, |n| n.as_str());
    if let Some((of, name)) = bare.split_once('の')
        && PERSON_NAME.is(name)
        && is_name(name)
        && (resolve(of).is_some()
            || cx
                .depts
                .iter()
                .any(|t| t.start == start && t.end == start + of.len()))
        && resolve(name).is_none()
    {
        return Some(Piece {
            start: start + bare.len() - name.len(),
            end: start + bare.len(),
            kind: Kind::Name(true),
        });
    }
    if PERSON_PIECE.is(word) {
        return Some(Piece {
            start,
            end,
            kind: Kind::Person,
        });
    }
    if means_more(cx, start, end) {
        return None;
    }
    let stem = word
        .strip_suffix("在住")
        .or(word.strip_suffix("です"))
        .unwrap_or(word);
    if !person && let Some(value) = resolve(stem) {
        return Some(Piece {
            start,
            end: start + stem.len(),
            kind: Kind::Place(value),
        });
    }
    let busy = cx
        .depts
        .iter()
        .any(|t| t.start < end && start < t.end && t.end - t.start > 3)
        || cx.dates.iter().any(|t| t.start < end && start < t.end);
    let (name, said) = match NAME_TAIL.first(word).and_then(|c| c.name("n")) {
        Some(n) => (n.as_str(), true),
        None => (word, false),
    };
    (!busy && PERSON_NAME.is(name) && is_name(name)).then(|| Piece {
        start,
        end: start + name.len(),
        kind: Kind::Name(said),
    })
}

/// A number of two digits, also in kanji: 六十五, 七拾八, 五三.
pub fn figure(word: &str) -> Option<i64> {
    if let Ok(n) = word.parse() {
        return Some(n);
    }
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|d| d == c);
    let mut total = 0i64;
    let mut current: Option<i64> = None;
    for c in word.chars() {
        match c {
            '十' | '拾' => total += current.take().unwrap_or(1) * 10,
            c => {
                let d = i64::try_from(digit(c)?).ok()?;
                current = Some(current.unwrap_or(0) * 10 + d);
            }
        }
    }
    Some(total + current.unwrap_or(0))
}

/// 「妻も医師（小児科、四十九）」: what stands in the bracket behind another person is not the writer's.
fn in_anothers_bracket(cx: &Cx, at: usize) -> bool {
    let head = cx.head(at);
    head.rfind('(').is_some_and(|open| {
        let inside = head.get(open..).unwrap_or_default();
        !inside.contains(')') && OTHER_PERSON.is(head.get(..open).unwrap_or_default())
    })
}

/// The place that a bare word names, where only one has the name.
pub fn resolve(word: &str) -> Option<String> {
    let n = word.chars().count();
    if !(2..=8).contains(&n)
        || !word
            .chars()
            .all(|c| ('\u{3041}'..='\u{9fff}').contains(&c) || c == '々')
    {
        return None;
    }
    let asked = format!("{word}在住");
    let hit = place::find(&asked).into_iter().next()?;
    (hit.start == 0 && hit.end == word.len() && !hit.ambiguous && local(&hit.value))
        .then_some(hit.value)
}

/// A place that people live in: no region and no railway line.
pub fn local(value: &str) -> bool {
    value.ends_with(['市', '区', '町', '村', '都', '道', '府', '県', '駅'])
}
