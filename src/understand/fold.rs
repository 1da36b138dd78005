//! Folds the words of modality around a thing into one outcome.

use super::cues::{self, Cue};
use super::scope::Class;
use crate::domain::wish::Strength;

/// The clause turns before anything is wished in it: 「現在2,200万円ですが…」.
pub(super) fn told_first(after: &[cues::Found]) -> bool {
    after
        .iter()
        .find(|c| !matches!(c.cue, Cue::Blank | Cue::Soft | Cue::Hard | Cue::Now))
        .is_some_and(|c| matches!(c.cue, Cue::Turn | Cue::Told))
}

/// 「今は週二回のパートだけにしています」: a limit that is told of and not set.
pub(super) fn only_told(after: &[cues::Found]) -> bool {
    let mut only = false;
    for c in after {
        match c.cue {
            Cue::Only => only = true,
            Cue::Told => return only,
            Cue::Blank | Cue::Soft | Cue::Hard | Cue::Now => {}
            _ => return false,
        }
    }
    false
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Nothing,
    /// Told of now or once; a later clause may still say more of the topic.
    Hanging,
    Told,
    Open,
    /// Absent with no word on how strongly.
    Absent(usize),
    Is(Strength, usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// The cues stand in the clause of the thing.
    Near,
    /// In a later clause of the sentence.
    Far,
}

/// How far behind a verb what denies it begins, in bytes: 「続け|られ|ません」, 「受ける|のは|無理」.
const DENIED_WITHIN: usize = 6;

/// How far behind のみ a word of willingness is said of it, in bytes: 「のみ可」, 「のみ対応可能」.
const BESIDE: usize = 6;

/// Folds the cues around a thing into one outcome.
pub(super) fn reduce(
    before: &[cues::Found],
    after: &[cues::Found],
    update: bool,
    reach: Reach,
    topical: bool,
    about: Class,
) -> Outcome {
    let near = reach == Reach::Near;
    let soft_before = before.iter().any(|c| c.cue == Cue::Soft);
    let hard_before = before.iter().any(|c| c.cue == Cue::Hard);
    let must_before = near && before.iter().any(|c| c.cue == Cue::Must);
    let limit_before = near
        && matches!(about, Class::Other | Class::Work)
        && before.iter().any(|c| c.cue == Cue::Limit);
    let mut soft = soft_before;
    let mut hard = hard_before;
    let mut only = false;
    let mut absent = None;
    let mut limit = limit_before;
    let mut told = false;
    let mut found: Option<(Strength, usize)> = None;
    for (i, c) in after.iter().enumerate() {
        // 「引き受ける自信がありません」, 「希望しません」: the verb is denied.
        if matches!(c.cue, Cue::Ok | Cue::Want)
            && found.is_none()
            && absent.is_none()
            && after
                .get(i + 1)
                .is_some_and(|k| k.cue == Cue::Never && k.start <= c.end + DENIED_WITHIN)
        {
            continue;
        }
        match c.cue {
            Cue::Soft if found.is_none() => soft = true,
            Cue::Hard if found.is_none() => hard = true,
            // 「当直のない職場に限ります」
            Cue::Only if near && absent.is_some() => return Outcome::Is(Strength::Never, c.end),
            Cue::Only if near && found.is_none() => {
                only = true;
                found = Some((Strength::Must, c.end));
            }
            Cue::Limit if near && matches!(about, Class::Other | Class::Work) => {
                limit = true;
                if found.is_none() {
                    found = Some((Strength::Must, c.end));
                }
            }
            Cue::If if found.is_some() && only => found = Some((Strength::Ok, c.end)),
            Cue::Absent if found.is_none() && absent.is_none() => absent = Some(c.end),
            Cue::Open if found.is_none() => return Outcome::Open,
            Cue::Told if found.is_none() && absent.is_none() => {
                if !topical || about == Class::Other {
                    return Outcome::Told;
                }
                told = true;
                soft = soft_before;
            }
            // 「月2回まで、それを超えるのは不可」: the later clause refuses what is over the limit.
            Cue::Limit if about == Class::Other || about == Class::Work => limit = true,
            Cue::Turn if found.is_some() || absent.is_some() => break,
            // 「昔少しやりましたが、今はできません」: what softens one clause does not soften the next.
            Cue::Turn => soft = soft_before,
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
                if found.is_none() {
                    found = Some((
                        if hard || must_before || limit {
                            Strength::Must
                        } else {
                            Strength::Want
                        },
                        c.end,
                    ));
                }
                break;
            }
            Cue::Ok => {
                if absent.is_some() && found.is_none() {
                    return Outcome::Nothing;
                }
                // 「水曜のみ可能です」 names the only day; 「月2回のみなら可」, 「月2回のみ可」 a number that is still borne.
                let apart = after
                    .iter()
                    .rfind(|k| k.cue == Cue::Only && k.end <= c.start)
                    .is_some_and(|k| k.end + BESIDE < c.start);
                let borne = only && (about == Class::Other || apart);
                if found.is_none() || borne {
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
                // 「正直荷が重いので辞退いたします」: the second refusal is not softened.
                let again = after
                    .iter()
                    .filter(|k| k.start >= c.end)
                    .any(|k| k.cue == Cue::Never && c.end + 1 < k.start);
                let strength = if soft && !hard && !again {
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
            Cue::Enough => {
                let refuses = matches!(
                    about,
                    Class::Work | Class::Place | Class::House | Class::Employment
                );
                found = Some((
                    if refuses {
                        Strength::Never
                    } else {
                        Strength::Drop
                    },
                    c.end,
                ));
                break;
            }
            Cue::Unneeded => {
                if about == Class::Work {
                    found = Some((Strength::Never, c.end));
                    break;
                }
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
        // 「希望は取り下げ」, 「不可は外して」, 「可であることが必須」: the last word counts.
        for c in after.iter().filter(|c| c.start >= at) {
            match c.cue {
                Cue::Turn => break,
                Cue::Drop if near && !matches!(s, Strength::Drop | Strength::Avoid) => {
                    return Outcome::Is(Strength::Drop, c.end);
                }
                Cue::Must if near && s == Strength::Ok => {
                    return Outcome::Is(Strength::Must, c.end);
                }
                // 「出していただくのが条件」, 「認めてもらうことが必須」.
                Cue::Must if s == Strength::Want && c.start <= at + 15 => {
                    return Outcome::Is(Strength::Must, c.end);
                }
                _ => {}
            }
        }
        return Outcome::Is(s, at);
    }
    if let Some(at) = absent {
        return if hard {
            Outcome::Is(Strength::Never, at)
        } else {
            Outcome::Absent(at)
        };
    }
    if told {
        return Outcome::Hanging;
    }
    if limit && near {
        return Outcome::Is(Strength::Must, 0);
    }
    if must_before {
        return Outcome::Is(Strength::Must, 0);
    }
    Outcome::Nothing
}
