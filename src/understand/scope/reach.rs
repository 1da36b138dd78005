//! How far words of modality reach: over brackets, to other figures, along lists and into later clauses.

use super::super::cues::{self, Cue};
use super::super::doc::Doc;
use super::super::nearby::topical;
use super::super::pattern::pattern;
use super::{Class, Scope, Topic, Verdict};
use crate::domain::wish::Strength;

pattern!(
    ASKED_ONCE,
    r"(?:お願い|申し|書い|言っ|伝え|登録|希望)(?:した|しました|ていた)$|(?:去年|前回|以前|先日)の?$"
);
pattern!(
    SAID,
    r"^(?:は|も|ですが|について|の(?:件|話|条件)|という(?:件|条件|話)|に(?:丸|○))"
);
pattern!(
    COUNTED,
    r"[^\d、・][^、]{0,12}\d+(?:回|日|コマ|時間|人|枠)$"
);

pattern!(
    OF_A_PART,
    r"^[は:]?\s*(?:[1-3一二三]次|上部|下部|小児|軽症|初診|再診|日中|夜間|昼間?)$"
);
pattern!(
    ALSO_ALLOWED,
    r"^も(?:、)?(?:可|ok|構|かまい|大丈夫|問題|差し支え|よい|よし|良い|いい|受け|引き受け|通え|行け|応じ|対応)"
);

impl Scope {
    /// 「「訪問診療：可」は、車が駄目になったので取り下げます」: what is said of the bracket counts, and not what stands in it.
    pub(super) fn of_what_was_said(
        &self,
        doc: &Doc,
        until: usize,
        start: usize,
        end: usize,
    ) -> Option<Verdict> {
        let head = doc.head(start);
        let open = head.rfind('「')?;
        if head.get(open..)?.contains('」') {
            return None;
        }
        let rest = doc.text(end, until);
        let close = rest.find('」')?;
        let behind = rest.get(close + '」'.len_utf8()..)?;
        if !SAID.is(behind) {
            return None;
        }
        let from = end + close;
        let asked_once = ASKED_ONCE.is(head.get(..open)?);
        let gone = self.cues_in(from, until).iter().find(|c| {
            matches!(c.cue, Cue::Drop | Cue::Unneeded)
                || asked_once && matches!(c.cue, Cue::Never | Cue::Enough)
                || c.cue == Cue::Absent && doc.text(from, c.start).chars().count() <= 6
        })?;
        Some(Verdict {
            strength: Strength::Drop,
            end: gone.end,
            spoken: true,
        })
    }

    /// The cues behind a thing that speak of it: what follows another thing's own なし, なら or だけ is that one's.
    pub(super) fn reaching(
        &self,
        doc: &Doc,
        end: usize,
        until: usize,
        class: Class,
    ) -> Vec<cues::Found> {
        let mut out = Vec::new();
        // 「病棟対応はできません」: the cue begins within the name of the thing.
        out.extend(self.cue_over(end));
        for cue in self.cues_in(end, until) {
            if self.in_aside(doc, end, cue.start) {
                continue;
            }
            // 「木曜(休診日)に一日」: the bracket tells what the day is now.
            if cue.cue == Cue::Absent
                && class == Class::Day
                && doc.text(end, cue.start).ends_with('(')
            {
                continue;
            }
            // 「片道30分まで 冬期は要相談」: what is open is another matter.
            let gap = doc.text(end, cue.start);
            if cue.cue == Cue::Open
                && class == Class::Other
                && gap.contains(' ')
                && !gap.contains(['☑', '□', ':'])
            {
                continue;
            }
            // 「第1週以外なら対応できます」, 「病棟=受持ちなしなら可」: what is absent is named right before.
            if cue.cue == Cue::Absent
                && (!gap.is_empty() && doc.text(cue.start, cue.end).starts_with(['で', 'じ'])
                    || doc.text(cue.start, cue.end).starts_with('以')
                        && gap.chars().count() > 2
                        && !gap.contains(['・', '、', 'と', 'や'])
                    || gap.starts_with(['=', ':'])
                        && (3..=8).contains(&gap.chars().count())
                        && !gap.contains('は'))
            {
                continue;
            }
            // 「都内で週1回だけ」: the figure is limited and not what stands before it.
            if cue.cue == Cue::Only && COUNTED.is(gap) {
                continue;
            }
            // 「救急 一次のみ可」: a part is allowed.
            if cue.cue == Cue::Only && class == Class::Work && OF_A_PART.is(gap) {
                continue;
            }
            let narrow = matches!(cue.cue, Cue::Absent | Cue::If | Cue::Only);
            if narrow && let Some(last) = self.last_topic(end, cue.start) {
                let gap = doc.text(end, last.start);
                let listed = gap.chars().count() <= 4
                    && gap.contains(['・', '、', 'や', 'と', 'か', '/', 'も'])
                    || cue.cue == Cue::Only
                        && gap.chars().count() <= 3
                        && (class != Class::Other || gap.contains('の'))
                    || gap.is_empty() && class != Class::Other;
                if !listed {
                    continue;
                }
            }
            out.push(*cue);
        }
        out
    }

    /// 「2日/週 (3日でも可)」, 「固定電話 078-… (留守電可)」: what a bracket says of its own matter is not said of the thing before it.
    pub(super) fn in_aside(&self, doc: &Doc, end: usize, at: usize) -> bool {
        let gap = doc.text(end, at);
        let Some(open) = gap.rfind('(') else {
            return false;
        };
        let inside = gap.get(open + 1..).unwrap_or_default();
        let of_the_same = ["これ", "それ", "ここ", "この"]
            .iter()
            .any(|w| inside.starts_with(w));
        if inside.contains(')') || inside.is_empty() || of_the_same {
            return false;
        }
        let rest = doc.text(at, doc.line_at(at).map_or(at, |l| l.end.max(at)));
        let tail = rest.find(')').map_or(rest.chars().count(), |close| {
            rest.get(..close).unwrap_or_default().chars().count()
        });
        tail > 10
            || inside.ends_with('は') && inside.chars().count() > 2
            || inside.chars().count() > 4
            || inside.contains(|c: char| c.is_ascii_digit())
            || self.last_topic(end + open, at).is_some()
    }

    /// The topics that begin between two bytes, in order.
    pub(super) fn topics_in(&self, from: usize, to: usize) -> impl Iterator<Item = &Topic> {
        let first = self.topics.partition_point(|t| t.start < from);
        let behind = self.topics.get(first..).unwrap_or_default().iter();
        behind.take_while(move |t| t.start < to)
    }

    pub(super) fn last_topic(&self, from: usize, to: usize) -> Option<Topic> {
        let i = self.topics.partition_point(|t| t.start < to);
        i.checked_sub(1)
            .and_then(|i| self.topics.get(i))
            .filter(|t| t.start >= from)
            .copied()
    }

    /// Whether what is said in the clause `at..next_end` can still speak of the thing that ends at `end`.
    pub(super) fn carries_on(
        &self,
        doc: &Doc,
        end: usize,
        at: usize,
        next_end: usize,
        class: Class,
    ) -> bool {
        let Some(next) = self.topics_in(at, next_end).next() else {
            return true;
        };
        let between = doc.text(end, at);
        // 「藤沢/鎌倉 横浜は戸塚区までなら」, 「金沢市、白山市/富山県側は×」: behind a blank, or a stroke after commas, another matter
        // begins.
        let parted = between.ends_with(' ')
            || between.ends_with('/') && (between.contains('、') || doc.head(end).contains('、'));
        let same = next.class == class && class != Class::Other;
        if self.new_topic(doc, at, next_end) && (parted || !same) {
            return false;
        }
        let tail = between.trim_end_matches(['、', ' ', '\n', '/', '→']);
        let open = tail.ends_with(['で', 'に', 'を', 'が', 'は', 'と', 'や', 'も', 'へ', 'り'])
            && !tail.ends_with("まで")
            || tail.ends_with('か')
            || tail.ends_with("から")
            || tail.ends_with("として");
        if open {
            return true;
        }
        // A bare noun in a list goes with the next of its kind.
        tail.chars().count() <= 8 && same
    }

    /// 「…も可」, 「…なら可」 names a thing of its own beside what stands before.
    pub(super) fn joined_on(&self, doc: &Doc, start: usize, end: usize) -> bool {
        self.topics_in(start, end).any(|t| {
            let rest = doc.text(t.end, end);
            rest.starts_with("も") || rest.starts_with("なら") || rest.starts_with("でも")
        })
    }

    /// 「高知市内、南国市も可」: the second is allowed beside the first, which is wished.
    pub(super) fn also_allowed(&self, doc: &Doc, start: usize, end: usize) -> bool {
        self.topics_in(start, end)
            .any(|t| ALSO_ALLOWED.is(doc.text(t.end, end)))
    }

    /// 「京都か大阪、」: what stands right before is one of two.
    pub(super) fn a_choice_up_to(&self, doc: &Doc, from: usize, at: usize) -> bool {
        let Some(second) = self.last_topic(from, at) else {
            return false;
        };
        let first = self.last_topic(from, second.start);
        doc.text(second.end, at).chars().count() == 1
            && first.is_some_and(|first| doc.text(first.end, second.start) == "か")
    }

    /// A clause with a topic of its own (「日直は…」) does not speak for what stands before it.
    pub(super) fn new_topic(&self, doc: &Doc, start: usize, end: usize) -> bool {
        self.topics_in(start, end).any(|t| {
            topical(doc, t.end)
                || doc.text(t.end, end).starts_with("なら")
                || doc.text(t.end, end).starts_with("も可")
        })
    }
}

/// 「外来とワクチンの問診、」 of 「…、意見書書きなら何枚でも」: only names stand between, so that the last word speaks of all.
pub(super) fn listed_up_to(tail: &str) -> bool {
    let tail = tail.trim_end();
    tail.ends_with('、')
        && tail.chars().count() <= 10
        && tail.chars().count() > 1
        && !tail.contains(['は', 'が', 'を', 'で', 'に', 'も', '希', 'し'])
}

/// 「検疫所、刑務所などの矯正医官、あるいは保健所長などを志望します」: あるいは within one list.
pub(super) fn or_else(tail: &str, clause: &str) -> bool {
    let clause = clause.trim_start();
    (clause.starts_with("あるいは") || clause.starts_with("もしくは"))
        && tail.chars().count() <= 16
        && !["は", "が", "を", "です", "ます", "希望", "たい", "可"]
            .iter()
            .any(|w| tail.contains(w))
}
