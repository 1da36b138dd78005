//! What governs what: from the words of modality around a thing to its strength, or to nothing.

mod frames;
mod offers;
mod reach;
mod speakers;

use super::cues::{self, Cue};
use super::doc::{Block, Doc};
use super::english;
use super::fold::{Outcome, Reach, only_told, reduce, told_first};
use super::nearby::{
    aside_of_now, blank_field, blank_in_grid, bracketed, cleft, crossed, either, excepted,
    fallback, led_to, left_open, mark_before, marked, topical,
};
use super::pattern::pattern;
use crate::domain::wish::{Field, Strength};
use reach::{listed_up_to, or_else};

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

/// Things of a kind stand in lists together and share what is said at the list's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Duties of every kind, roles, departments.
    Work,
    /// Places.
    Place,
    /// Days of the week.
    Day,
    /// Kinds of institution.
    House,
    /// Ways of employment.
    Employment,
    /// Means of travel.
    Means,
    /// Benefits.
    Benefit,
    /// Anything else.
    Other,
}

impl Class {
    /// The class of a field.
    pub fn of(field: Field) -> Self {
        match field {
            Field::Duty
            | Field::NightDuty
            | Field::OnCall
            | Field::DayDuty
            | Field::Overtime
            | Field::Role
            | Field::Shift
            | Field::Specialty => Class::Work,
            Field::Area | Field::AreaType => Class::Place,
            Field::Day => Class::Day,
            Field::Institution => Class::House,
            Field::Employment => Class::Employment,
            Field::CommuteMode => Class::Means,
            Field::Benefit => Class::Benefit,
            _ => Class::Other,
        }
    }
}

/// A thing that a clause can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Topic {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Its kind.
    pub class: Class,
}

/// Cues and persons of a mail, found once.
pub struct Scope {
    cues: Vec<cues::Found>,
    others: Vec<(usize, usize)>,
    questions: Vec<(usize, usize)>,
    /// Where a thing is named that a clause can be about, sorted.
    topics: Vec<Topic>,
    update: bool,
}

pattern!(
    POST_SOUGHT,
    r"^[\s・]*(?:勤務先|勤め先|働き先|職場)は、?[^。\n]{1,30}?(?:が(?:第[一1]|いい|よい|良い|理想|希望|ありがた|有り?難|助か)|を希望|でお願い|で(?:も)?(?:結構|構|かま|よい|いい)|なら|まで(?:。|、|なら|で)|以内|希望|に限)"
);
pattern!(
    CONFIRM,
    r"^\s*[^。、(]{0,6}(?:これ|それ|ここ|この点|この条件|この配分|こちら)(?:は|が|だけは|だけが|も)?[^。]{0,40}?(?:譲れ|外せ|必須|絶対|お?約束|条件(?:です|に|と)|前提|必ず|欠かせ|不可欠|最優先|1番大事|どうしても|だけは(?:頼|お願)|崩さ|変え(?:ない|ません)|守られ|守って|(?:が|も)(?:な|無)(?:いと|ければ|くて)|でないと困|ないと(?:困|無理|怖))"
);
pattern!(
    LIMITED,
    r"^\s*(?:[^。]{2,16}(?:ので|から|ため)、)?(?:それ|これ)(?:以上|以下|より|を超え)[^。]{0,24}(?:無理|ません|ない|不可|難し|困|だめ|きつ|まへん|んです)|^\s*もう(?:一|1)(?:日|回|コマ)[^。]{0,30}(?:無理|ません|ない|きつ|難し|困)|^\s*[^。、]{0,8}(?:それ|これ)が(?:限度|限界|精一杯|ぎりぎり|上限|下限)"
);
pattern!(
    SUGGESTION,
    r"(?:\d\s?つ目の|\d番目の|(?:^|[^\p{Han}\p{Katakana}])(?:[a-d]|[\p{Han}ヶ]{2,4})の[\p{Han}]{0,4}(?:病院|クリニック|医院|診療所|老健|センター)(?:さん)?(?:は|の件|については?)[^。\n]{0,16}(?:断|見送|遠慮|辞退|興味|関心|見学|前向き|申し分|良さそう|拝見)|案\s*\d|候補\s*[a-d\d]|[①-⑤]\s*の件|ご紹介(?:の|いただ(?:い|き))|ご提案)"
);
pattern!(
    FALLBACK,
    r"^\s*[※・]?(?:もし)?(?:も)?[^。、]{0,10}?(?:が|も|は)?(?:難しければ|難しい(?:場合|とき|なら)|無理(?:なら|な場合)|(?:叶|かな)わない(?:場合|とき|なら)|(?:だめ|ダメ|駄目)なら|見つから(?:ない(?:とき|場合|なら)|なければ)|(?:無|な)ければ)(?:は|に)?、?"
);
// 「4年前から製薬会社で産業医」.
pattern!(
    SINCE,
    r"(?:\d{1,2}年(?:ほど|くらい)?(?:前|まえ)|昨年|去年|一昨年|先月|昭和\d+年|平成\d+年|\d{4}年)(?:の\S{1,4})?から[^。、\n]{0,12}$"
);
pattern!(
    WISHED_EARLIER,
    r"^(?:勤務|内)?(?:で|を|と)(?:お願い|希望|登録)して(?:い|お)(?:り)?ました(?:が|けど|けれど)|^(?:市|県|町)?(?:だけ|のみ)と(?:書(?:い|き)|申し|お?伝え|言い)[^。、\n]{0,10}?(?:が|けど|けれど)"
);
pattern!(UNLESS, r"(?:で|い|が)ないと$|(?:で|が)なければ$");
pattern!(
    CONFIRMED,
    r"^[^。、]{0,20}、(?:これ|それ|ここ)(?:だけ)?は(?:譲れ|外せ|絶対|必須|守|必ず|何とか)"
);
pattern!(
    TAKEN,
    r"(?:なので|ですので|ますので|があ(?:る|り)|ため|ですから|ますから)、?[^。、\n]{0,8}(?:外せ|動かせ|譲れ|欠かせ)|(?:日|会|用事|予定|稽古|通院|介護|教室|講義|手伝い|外来)(?:で|が入(?:り|って(?:い|お)?))、[^。、\n]{0,8}(?:外せ|動かせ|譲れ|欠かせ)"
);
pattern!(
    RATHER,
    r"^[^。]{0,12}むしろ[^。]{0,24}(?:たい|希望|好き|望)"
);
pattern!(FIGURE, r"\d(?:日|回|万|分|時間|人|名)");
pattern!(
    NUMERAL,
    r"^\s*(?:[一二三四五六七八九十]|ひとつ|もうひとつ|ふたつ|みっつ|1つ|2つ|3つ|その[一二三四])[、 )]"
);
pattern!(
    WEARIES,
    r"^[^。、]{0,8}(?:→|、)?これが(?:きつ|つら|辛|しんど|限界|負担)"
);

impl Scope {
    /// Finds what bears on modality.
    pub fn new(doc: &Doc, topics: Vec<Topic>, update: bool) -> Self {
        let text = &doc.norm.text;
        let mut scope = Scope {
            cues: cues::find(text)
                .into_iter()
                .filter(|c| !doc.masked(c.start))
                .collect(),
            others: Vec::new(),
            questions: Vec::new(),
            topics,
            update,
        };
        if update {
            scope.others.extend(offers::described(doc));
        }
        let found = speakers::find(doc, |start, end| scope.first_turn(doc, start, end));
        scope.others.extend(found.others);
        scope.questions = found.questions;
        scope
    }

    /// Cues within a span, in order.
    pub fn cues_in(&self, start: usize, end: usize) -> &[cues::Found] {
        let from = self.cues.partition_point(|c| c.start < start);
        let to = self.cues.partition_point(|c| c.start < end);
        self.cues.get(from..to.max(from)).unwrap_or_default()
    }

    /// The cue that a byte stands in the middle of, from there on.
    fn cue_over(&self, at: usize) -> Option<cues::Found> {
        let next = self.cues.partition_point(|c| c.start < at);
        let cue = next.checked_sub(1).and_then(|i| self.cues.get(i))?;
        (cue.end > at).then_some(cues::Found { start: at, ..*cue })
    }

    fn first_turn(&self, doc: &Doc, start: usize, end: usize) -> usize {
        // 「夫は…と言っておりますが、私は」: the telling word may hold the turn.
        self.cues_in(start, end)
            .iter()
            .find(|c| {
                c.cue == Cue::Turn || c.cue == Cue::Told && doc.text(c.start, c.end).ends_with('が')
            })
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

    /// The strength that a whole sentence gives to what it answers.
    pub fn answer(&self, doc: &Doc, start: usize, end: usize) -> Option<Strength> {
        let words = doc.text(start, end).trim_start();
        if words.starts_with("残") || words.starts_with("そのまま") {
            return Some(Strength::Want);
        }
        if words.starts_with('消') {
            return Some(Strength::Drop);
        }
        match reduce(
            &[],
            self.cues_in(start, end),
            self.update,
            Reach::Near,
            true,
            Class::Work,
        ) {
            Outcome::Is(strength, _) => Some(strength),
            Outcome::Absent(_) => Some(Strength::Avoid),
            _ => None,
        }
    }

    /// Whether a byte stands in a question.
    pub fn asked(&self, at: usize) -> bool {
        self.questions.iter().any(|(s, e)| *s <= at && at < *e)
    }

    /// Decides for the thing that stands at `start..end`; `None` where it is no wish.
    pub fn decide(&self, doc: &Doc, start: usize, end: usize, class: Class) -> Option<Verdict> {
        let sentence = doc.sentence_at(start)?;
        if self.asked(start) || self.others_speak(doc, start) {
            return None;
        }
        if aside_of_now(doc, start) || blank_field(doc, end) || blank_in_grid(doc, end) {
            return None;
        }
        let line = doc.line_at(start)?;
        if line.context.block == Block::Present || line.context.block == Block::Profile {
            return None;
        }
        if let Some(strength) = mark_before(doc, start).or_else(|| marked(doc, end)) {
            return Some(Verdict {
                strength,
                end,
                spoken: true,
            });
        }
        if doc.latin {
            return english::decide(
                doc,
                sentence,
                (start, end),
                class,
                line.context.strength,
                self.update,
            );
        }
        let (clause_start, clause_end) = doc.clause_at(start);
        let clause_end = clause_end.max(end);
        let label = line.label.filter(|(s, e)| *s <= start && end <= *e);
        // 「非常勤の場合：週1日、当直は一切お断り」: what follows is said of other things.
        if let Some((s, e)) = label
            && ["場合", "なら", "であれば"]
                .iter()
                .any(|w| doc.text(s, e).trim_end().ends_with(w))
        {
            return Some(Verdict {
                strength: Strength::Want,
                end,
                spoken: false,
            });
        }
        // 「検査技師がいるところでないと外来が回らない」: what would fail is no wish.
        if matches!(class, Class::Work | Class::Day)
            && UNLESS.is(doc.text(clause_start.min(start), start))
        {
            return None;
        }
        if let Some(verdict) = frames::verdict(doc, (start, end), sentence.end, class, self.update)
        {
            return Some(verdict);
        }
        // 「松本市でお願いしていましたが、塩尻市でも結構です」: that stands as it was.
        if self.update && WISHED_EARLIER.is(doc.text(end, sentence.end)) {
            return None;
        }
        if either(doc.text(end, sentence.end))
            && !self
                .cues_in(end, sentence.end)
                .iter()
                .any(|c| matches!(c.cue, Cue::Never | Cue::Avoid | Cue::Drop))
        {
            return Some(Verdict {
                strength: Strength::Ok,
                end,
                spoken: true,
            });
        }
        let behind = doc.text(end, line.end.max(end));
        if behind.contains("これが") && WEARIES.is(behind) {
            return None;
        }
        let (_, last_end) = doc.clause_at(end.saturating_sub(1).max(start));
        let clause_end = clause_end.max(last_end);
        // A thing named in a label is judged by what stands behind it.
        let own_end = if label.is_some() {
            sentence.end
        } else {
            clause_end
        };
        let before = self.cues_in(clause_start.max(sentence.start), start);
        let after = self.reaching(doc, end, own_end, class);
        // 「勤め先は津山市内が第一」 speaks of the one that is looked for.
        let sought = || POST_SOUGHT.is(doc.text(sentence.start, sentence.end));
        let now_before = self.now_before(sentence.start, start) && !sought()
            || SINCE.is(doc.text(sentence.start.min(start), start));
        if now_before && (told_first(&after) || only_told(&after)) {
            return None;
        }
        if let Some(verdict) = self.of_what_was_said(doc, sentence.end, start, end) {
            return Some(verdict);
        }
        let topical = topical(doc, end);
        let mut outcome = reduce(before, &after, self.update, Reach::Near, topical, class);
        if matches!(outcome, Outcome::Nothing | Outcome::Hanging) {
            let hanging = outcome == Outcome::Hanging;
            let mut at = own_end;
            while at < sentence.end {
                let (_, next_end) = doc.clause_at(at);
                let next_end = next_end.max(at + 1);
                let tail = doc.text(end, at);
                let both = tail.trim_end().ends_with("も、");
                if self.joined_on(doc, at, next_end)
                    && !both
                    && (!listed_up_to(tail) || self.also_allowed(doc, at, next_end))
                    || fallback(doc.text(at, next_end))
                        && !or_else(doc.text(end, at), doc.text(at, next_end))
                    || !self.carries_on(doc, end, at, next_end, class)
                    // 「京都か大阪、奈良は不可」: behind a choice another is spoken of in its own right.
                    || class == Class::Place
                        && self.a_choice_up_to(doc, sentence.start, at)
                        && self.new_topic(doc, at, next_end)
                    // 「当直は月2回まで、オンコールは不可」: what is counted is no name in a list.
                    || at < start + NEAR && has_figure(doc.text(start, at))
                        && !has_figure(doc.text(at, next_end))
                        && self.topics_in(at, next_end).next().is_some()
                {
                    break;
                }
                // 「週三日が心積もりですが、人手の足りぬ折には四日まで」: another figure speaks for itself.
                if class == Class::Other && FIGURE.is(doc.text(at, next_end)) {
                    break;
                }
                let cues: Vec<cues::Found> = self
                    .cues_in(at, next_end)
                    .iter()
                    .filter(|c| !self.in_aside(doc, end, c.start))
                    .filter(|c| {
                        c.cue != Cue::Absent
                            || !doc.text(c.start, c.end).starts_with('以')
                                // 「山形の病院で、当直なしの勤務がしたい」: what is named before it is absent.
                                && (doc.text(end, at).chars().count() <= 2
                                    || self.topics_in(at, c.start).next().is_none())
                    })
                    .copied()
                    .collect();
                outcome = reduce(before, &cues, self.update, Reach::Far, topical, class);
                if !matches!(outcome, Outcome::Nothing | Outcome::Hanging) {
                    break;
                }
                at = next_end;
            }
            if hanging && outcome == Outcome::Nothing {
                outcome = Outcome::Told;
            }
        }
        // 「当直：月4回 → 月2回」: what the arrow leads to is wished instead.
        if outcome == Outcome::Nothing && led_to(doc, start) {
            outcome = Outcome::Is(Strength::Want, end);
        }
        let heading = line.context.strength;
        if crossed(doc, start) {
            return Some(Verdict {
                strength: Strength::Never,
                end,
                spoken: true,
            });
        }
        if matches!(outcome, Outcome::Nothing | Outcome::Absent(_))
            && let Some(strength) = bracketed(doc, start)
        {
            return Some(Verdict {
                strength,
                end,
                spoken: true,
            });
        }
        if outcome == Outcome::Nothing
            && let Some(strength) = cleft(doc.text(sentence.start.min(start), start))
        {
            outcome = Outcome::Is(strength, end);
        }
        if outcome == Outcome::Nothing
            && class != Class::Employment
            && left_open(doc, sentence.end, end)
        {
            outcome = Outcome::Is(Strength::Ok, sentence.end);
        }
        let verdict = match outcome {
            Outcome::Told | Outcome::Hanging | Outcome::Open => None,
            Outcome::Absent(_) if now_before && heading.is_none() => None,
            Outcome::Absent(at) => Some((
                match heading {
                    _ if doc
                        .text(end, at.max(end))
                        .trim_end_matches(['く', 'き', 'い'])
                        .ends_with(['除', '外']) =>
                    {
                        Strength::Never
                    }
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
        let excepted = excepted(doc, end);
        if excepted {
            strength = Strength::Never;
        }
        if strength.is_positive()
            && strength != Strength::Must
            && (self.confirmed_below(doc, sentence.end, start)
                || doc.text(end, sentence.end).contains('は')
                    && CONFIRMED.is(doc.text(end, sentence.end))
                || class == Class::Other && self.limited_below(doc, sentence.end, start))
        {
            strength = Strength::Must;
        }
        // 「日曜は休み、これは譲れません」: what is to be absent is so for good.
        let kept_free = strength == Strength::Avoid
            && (self.confirmed_below(doc, sentence.end, start)
                || CONFIRMED.is(doc.text(end, sentence.end)));
        // 「土曜は家族の日なので外せません」: the reason tells that the day is taken.
        let taken = strength == Strength::Must
            && class == Class::Day
            && TAKEN.is(doc.text(end, until.max(end)));
        if kept_free || taken || strength == Strength::Avoid && self.refused_on(doc, end, until) {
            strength = Strength::Never;
        }
        // 「嫌ではありません、むしろ続けたいくらいです」.
        if strength == Strength::Ok
            && spoken
            && RATHER.is(doc.text(until.min(sentence.end), sentence.end))
        {
            strength = Strength::Want;
        }
        if strength == Strength::Want
            && let Some((_, until)) = FALLBACK.span(doc.text(sentence.start, sentence.end))
            && sentence.start + until <= start
        {
            strength = Strength::Ok;
        }
        if strength == Strength::Want
            && let Some(Strength::Avoid | Strength::Never | Strength::Drop) = heading
        {
            strength = heading.unwrap_or(strength);
        }
        Some(Verdict {
            strength,
            end: until.max(end),
            spoken: spoken || excepted,
        })
    }

    /// Whether a line is an item of a list or form, or a note without verbs, where a bare word is a wish.
    pub fn listed(doc: &Doc, at: usize) -> bool {
        let Some(line) = doc.line_at(at) else {
            return false;
        };
        let words = doc.text(line.start, line.end);
        line.context.strength.is_some()
            || line.label.is_some()
            || NUMERAL.is(words)
            || words
                .trim_start()
                .starts_with(|c: char| "・-*●◆■▼○◎△×★☆→(①②③④⑤⑥⑦⑧⑨⑩".contains(c))
    }

    /// Whether a form says all: a mark at the thing, or a field left blank.
    pub fn is_set_by_form(doc: &Doc, start: usize, end: usize) -> bool {
        mark_before(doc, start).is_some()
            || marked(doc, end).is_some()
            || blank_field(doc, end)
            || blank_in_grid(doc, end)
    }

    /// 「もう十分やった、勘弁してほしい」: the clause behind a reluctance refuses outright, and speaks of nothing else.
    fn refused_on(&self, doc: &Doc, end: usize, until: usize) -> bool {
        let (_, at) = doc.clause_at(until.saturating_sub(1).max(end));
        let (_, next) = doc.clause_at(at);
        let sentence = doc.sentence_at(end).map_or(at, |s| s.end);
        at < sentence
            && self.topics_in(at, next).next().is_none()
            && matches!(
                self.cues_in(at, next.min(sentence)).first(),
                Some(c) if c.cue == Cue::Never
            )
    }

    /// 「これは譲れません。」 behind the sentence.
    fn confirmed_below(&self, doc: &Doc, end: usize, at: usize) -> bool {
        let Some(next) = doc.sentence_after(end.saturating_sub(1)) else {
            return false;
        };
        doc.line_index(next.start) <= doc.line_index(at) + 1
            && CONFIRM.is(doc.text(next.start, next.end))
    }

    /// 「それ以上は無理です。」 behind the sentence makes its figure a limit.
    fn limited_below(&self, doc: &Doc, end: usize, at: usize) -> bool {
        let Some(next) = doc.sentence_after(end.saturating_sub(1)) else {
            return false;
        };
        doc.line_index(next.start) <= doc.line_index(at) + 1
            && LIMITED.is(doc.text(next.start, next.end))
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
}

/// So far, in bytes, a thing and its figure can stand apart.
const NEAR: usize = 120;

fn has_figure(words: &str) -> bool {
    words.contains(|c: char| c.is_ascii_digit())
}

/// Whether a sentence speaks of one suggested post and not of wishes in general.
pub fn about_suggestion(words: &str) -> bool {
    SUGGESTION.is(words)
}
