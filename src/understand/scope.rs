//! What governs what: from the words of modality around a thing to its strength, or to nothing.

use super::cues::{self, Cue};
use super::doc::{Block, Doc};
use crate::domain::wish::Strength;
use regex::Regex;
use std::sync::LazyLock;

/// What was decided of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// How strongly.
    pub strength: Strength,
    /// Where the deciding words end; at least the end of the thing.
    pub end: usize,
    /// The strength comes from words of its own, not from a heading or by default.
    pub spoken: bool,
}

/// Cues and persons of a mail, found once.
pub struct Scope {
    cues: Vec<cues::Found>,
    others: Vec<(usize, usize)>,
    questions: Vec<(usize, usize)>,
    /// Where a thing is named that a clause can be about, sorted.
    topics: Vec<(usize, usize)>,
    update: bool,
}

struct Patterns {
    other: Regex,
    question: Regex,
    request: Regex,
    confirm: Regex,
    suggestion: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    let re = |p: &str| Regex::new(p).ok();
    Some(Patterns {
        other: re(
            r"(?:妻|夫|主人|旦那|家内|女房|かみさん|嫁(?:はん)?|奥様|奥さん|ご主人|息子(?:さん)?|娘(?:さん)?|知人|友人|同僚|同期(?:の[^。、]{1,6})?|後輩(?:の[^。、]{1,4})?|先輩|家族|知り合い|ご子息|両親|義父|my husband|my wife|my friend|a colleague|my colleague)(?:\([^)]{0,40}\))?(?:自身)?(?:は|が|も|と)",
        )?,
        question: re(
            r"(?:でしょうか|ですか|ますか|ませんか|るのか|ありますか|のかな|ますかね|あるものでしょうか)(?:ね)?[。?？!]*\s*$|\?\s*$",
        )?,
        request: re(
            r"(?:いただけ|頂け|くださ|下さ|もらえ|お願いでき|願え|ご紹介|くれ|ありまへん|ないもの|ありません|ないでしょう|できない)[^。?]{0,14}(?:か|やろか)[。?!]*\s*$|could you|would you|ありまへん",
        )?,
        confirm: re(
            r"^\s*(?:これ|それ|ここ|この点|この条件|こちら)(?:は|が|だけは|だけが|も)?[^。]{0,12}(?:譲れ|外せ|必須|絶対|条件|必ず|欠かせ|不可欠|最優先|一番大事|だけは(?:頼|お願))",
        )?,
        suggestion: re(r"(?:案\s*\d|候補\s*[a-d\d]|[①-⑤]\s*の件|ご紹介(?:の|いただ)|ご提案)")?,
    })
});

impl Scope {
    /// Finds what bears on modality.
    pub fn new(doc: &Doc, topics: Vec<(usize, usize)>, update: bool) -> Self {
        let text = &doc.norm.text;
        let mut scope = Scope {
            cues: cues::find(text),
            others: Vec::new(),
            questions: Vec::new(),
            topics,
            update,
        };
        let Some(p) = PATTERNS.as_ref() else {
            return scope;
        };
        for s in &doc.sentences {
            let words = doc.text(s.start, s.end);
            if p.question.is_match(words.trim_end()) && !p.request.is_match(words.trim_end()) {
                let from = last_clause_start(doc, s.start, s.end);
                scope.questions.push((from, s.end));
            }
            for m in p.other.find_iter(words) {
                let start = s.start + m.start();
                let turn = scope.first_turn(s.start + m.end(), s.end);
                scope.others.push((start, turn));
            }
        }
        scope
    }

    /// Cues within a span, in order.
    pub fn cues_in(&self, start: usize, end: usize) -> &[cues::Found] {
        let from = self.cues.partition_point(|c| c.start < start);
        let to = self.cues.partition_point(|c| c.start < end);
        self.cues.get(from..to.max(from)).unwrap_or_default()
    }

    fn first_turn(&self, start: usize, end: usize) -> usize {
        self.cues_in(start, end)
            .iter()
            .find(|c| c.cue == Cue::Turn)
            .map_or(end, |c| c.start)
    }

    /// Whether somebody else's words or wishes stand at a byte.
    pub fn others_speak(&self, doc: &Doc, at: usize) -> bool {
        self.others.iter().any(|(s, e)| {
            if !(*s <= at && at < *e) {
                return false;
            }
            let words = doc.text(*s, *e);
            !(words.contains("同行") || words.contains("付いて") || words.contains("ついて来"))
        })
    }

    /// Whether a byte stands in a question.
    pub fn asked(&self, at: usize) -> bool {
        self.questions.iter().any(|(s, e)| *s <= at && at < *e)
    }

    /// Decides for the thing that stands at `start..end`; `None` where it is no wish.
    pub fn decide(&self, doc: &Doc, start: usize, end: usize) -> Option<Verdict> {
        let sentence = doc.sentence_at(start)?;
        if self.asked(start) || self.others_speak(doc, start) {
            return None;
        }
        let line = doc.line_at(start)?;
        if line.context.block == Block::Present || line.context.block == Block::Profile {
            return None;
        }
        let (clause_start, clause_end) = doc.clause_at(start);
        let clause_end = clause_end.max(end);
        let label = line.label.filter(|(s, e)| *s <= start && end <= *e);
        // A thing named in a label is judged by what stands behind it.
        let own_end = if label.is_some() {
            sentence.end
        } else {
            clause_end
        };
        let before = self.cues_in(clause_start.max(sentence.start), start);
        let after = self.cues_in(end, own_end);
        let now_before = self.now_before(sentence.start, start);
        let mut outcome = reduce(before, after, self.update, Reach::Near);
        let mut reach_end = own_end;
        if outcome == Outcome::Nothing {
            let mut at = own_end;
            while at < sentence.end {
                let (_, next_end) = doc.clause_at(at);
                let next_end = next_end.max(at + 1);
                if self.new_topic(doc, at, next_end) && self.closed(doc, end, at) {
                    break;
                }
                let cues = self.cues_in(at, next_end);
                outcome = reduce(before, cues, self.update, Reach::Far);
                reach_end = next_end;
                if outcome != Outcome::Nothing {
                    break;
                }
                at = next_end;
            }
        }
        let heading = line.context.strength;
        let verdict = match outcome {
            Outcome::Told => None,
            Outcome::Open => None,
            Outcome::Absent(at) => Some((
                match heading {
                    Some(Strength::Must | Strength::Never) => Strength::Never,
                    Some(Strength::Drop) => Strength::Drop,
                    _ => Strength::Avoid,
                },
                at,
                true,
            )),
            Outcome::Is(s, at) => Some((s, at, true)),
            Outcome::Nothing if now_before => None,
            Outcome::Nothing => Some((heading.unwrap_or(Strength::Want), end, false)),
        };
        let (mut strength, until, spoken) = verdict?;
        if strength.is_positive()
            && strength != Strength::Must
            && self.confirmed_below(doc, sentence.end, start)
        {
            strength = Strength::Must;
        }
        if heading == Some(Strength::Must) && !spoken {
            strength = Strength::Must;
        }
        if heading == Some(Strength::Avoid) && matches!(strength, Strength::Want) {
            strength = Strength::Avoid;
        }
        let _ = reach_end;
        Some(Verdict {
            strength,
            end: until.max(end),
            spoken,
        })
    }

    /// 「これは譲れません。」 behind the sentence.
    fn confirmed_below(&self, doc: &Doc, end: usize, at: usize) -> bool {
        let Some(p) = PATTERNS.as_ref() else {
            return false;
        };
        let Some(next) = doc.sentence_after(end.saturating_sub(1)) else {
            return false;
        };
        doc.line_index(next.start) <= doc.line_index(at) + 1
            && p.confirm.is_match(doc.text(next.start, next.end))
    }

    /// 現在, 今は stands before the thing, and no turn between them.
    fn now_before(&self, from: usize, at: usize) -> bool {
        let cues = self.cues_in(from, at);
        let now = cues.iter().rposition(|c| c.cue == Cue::Now);
        let turn = cues
            .iter()
            .rposition(|c| matches!(c.cue, Cue::Turn | Cue::Want));
        match (now, turn) {
            (Some(n), Some(t)) => n > t,
            (Some(_), None) => true,
            _ => false,
        }
    }

    /// A clause with a topic of its own (「日直は…」) does not speak for what stands before it.
    fn new_topic(&self, doc: &Doc, start: usize, end: usize) -> bool {
        let from = self.topics.partition_point(|t| t.0 < start);
        self.topics
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|t| t.0 < end)
            .any(|t| {
                let rest = doc
                    .text(t.1, (t.1 + 12).min(doc.norm.text.len()))
                    .to_owned();
                let rest = if rest.is_empty() {
                    doc.text(t.1, (t.1 + 9).min(doc.norm.text.len())).to_owned()
                } else {
                    rest
                };
                rest.starts_with('は')
                    || rest.starts_with("なら")
                    || rest.starts_with("も可")
                    || rest.starts_with(':')
                    || rest.starts_with("については")
            })
    }

    /// The clause between the thing and `at` ends in a form that ends its own matter.
    fn closed(&self, doc: &Doc, end: usize, at: usize) -> bool {
        let tail = doc.text(end, at).trim_end_matches(['、', ' ', '\n']);
        !(tail.is_empty() || tail.ends_with(['と', 'や', 'も'])) || doc.text(end, at).is_empty()
    }
}

fn last_clause_start(doc: &Doc, start: usize, end: usize) -> usize {
    // A question takes its whole sentence unless a clause before it ends in a statement (〜ますが、…ですか).
    let words = doc.text(start, end);
    ["ますが、", "ですが、", "ので、", "ますけど、"]
        .iter()
        .filter_map(|w| words.rfind(w).map(|i| start + i + w.len()))
        .max()
        .unwrap_or(start)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Nothing,
    Told,
    Open,
    /// Absent with no word on how strongly.
    Absent(usize),
    Is(Strength, usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// The cues stand in the clause of the thing.
    Near,
    /// In a later clause of the sentence.
    Far,
}

/// Folds the cues around a thing into one outcome.
fn reduce(before: &[cues::Found], after: &[cues::Found], update: bool, reach: Reach) -> Outcome {
    let near = reach == Reach::Near;
    let soft_before = before.iter().any(|c| c.cue == Cue::Soft);
    let hard_before = before.iter().any(|c| c.cue == Cue::Hard);
    let must_before = near && before.iter().any(|c| c.cue == Cue::Must);
    let limit_before = near && before.iter().any(|c| c.cue == Cue::Limit);
    let mut soft = soft_before;
    let mut hard = hard_before;
    let mut only = false;
    let mut absent = None;
    let mut limit = limit_before;
    let mut conditional = false;
    let mut found: Option<(Strength, usize)> = None;
    for c in after {
        match c.cue {
            Cue::Soft if found.is_none() => soft = true,
            Cue::Hard if found.is_none() => hard = true,
            Cue::Only if near => {
                if found.is_none() {
                    only = true;
                    found = Some((Strength::Must, c.end));
                }
            }
            Cue::Limit if near => {
                limit = true;
                if found.is_none() {
                    found = Some((Strength::Must, c.end));
                }
            }
            Cue::If => {
                if found.is_none() {
                    conditional = true;
                } else if only {
                    conditional = true;
                    found = Some((Strength::Ok, c.end));
                }
            }
            Cue::Absent => {
                if found.is_none() && absent.is_none() {
                    absent = Some(c.end);
                }
            }
            Cue::Open if found.is_none() => return Outcome::Open,
            Cue::Told if found.is_none() && absent.is_none() => return Outcome::Told,
            Cue::Turn => {
                if found.is_some() || absent.is_some() {
                    break;
                }
            }
            Cue::Must => {
                if absent.is_some() {
                    return Outcome::Is(Strength::Never, c.end);
                }
                if found.is_none_or(|f| f.0.is_positive()) {
                    found = Some((Strength::Must, c.end));
                }
                break;
            }
            Cue::Want => {
                if let Some(at) = absent {
                    let strength = if hard {
                        Strength::Never
                    } else {
                        Strength::Avoid
                    };
                    return Outcome::Is(strength, c.end.max(at));
                }
                match found {
                    None => {
                        found = Some((
                            if hard || must_before {
                                Strength::Must
                            } else {
                                Strength::Want
                            },
                            c.end,
                        ))
                    }
                    Some((Strength::Avoid, _)) => break,
                    _ => break,
                }
                // 「避けたい」 is one cue already; a refusal may still follow a wish word only across a turn.
                break;
            }
            Cue::Ok => {
                if absent.is_some() && found.is_none() {
                    return Outcome::Nothing;
                }
                if only {
                    found = Some((Strength::Ok, c.end));
                    break;
                }
                if found.is_none() {
                    found = Some((Strength::Ok, c.end));
                }
                break;
            }
            Cue::Avoid => {
                if found.is_none() || only {
                    let strength = if hard {
                        Strength::Never
                    } else {
                        Strength::Avoid
                    };
                    found = Some((strength, c.end));
                }
                break;
            }
            Cue::Never => {
                if absent.is_some() && found.is_none() {
                    // 「なし」 before a refusal word belongs to it, or the absence is itself refused.
                    return Outcome::Is(Strength::Never, c.end);
                }
                if limit && !only {
                    // 「月3回が限度、それ以上は無理」: the limit stands.
                    found = Some((Strength::Must, c.end));
                    break;
                }
                let strength = if soft && !hard {
                    Strength::Avoid
                } else {
                    Strength::Never
                };
                found = Some((strength, c.end));
                break;
            }
            Cue::Drop => {
                found = Some((Strength::Drop, c.end));
                break;
            }
            Cue::Unneeded => {
                if update {
                    found = Some((Strength::Drop, c.end));
                    break;
                }
                return Outcome::Open;
            }
            _ => {}
        }
    }
    if let Some((s, at)) = found {
        return Outcome::Is(s, at);
    }
    if let Some(at) = absent {
        return if hard {
            Outcome::Is(Strength::Never, at)
        } else {
            Outcome::Absent(at)
        };
    }
    if limit {
        return Outcome::Is(Strength::Must, 0);
    }
    if must_before {
        return Outcome::Is(Strength::Must, 0);
    }
    let _ = conditional;
    Outcome::Nothing
}

/// Whether a sentence speaks of one suggested post and not of wishes in general.
pub fn about_suggestion(words: &str) -> bool {
    PATTERNS
        .as_ref()
        .is_some_and(|p| p.suggestion.is_match(words))
}
