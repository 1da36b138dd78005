//! Logs of a talk, where the speaker stands before each line: what the desk says asks, what the other says is the doctor's own.

use super::doc::{Line, Role};
use super::pattern::pattern;

pattern!(
    SPEECH,
    r"^\s*(?:\[?\(?\d{1,2}:\d{2}\)?\]?\s*(?P<at>[^\s:、。\d]{1,8}?)\s?(?::|\s)|(?P<who>bot|user|事務局|相談員|オペレーター|担当|窓口|ゲスト|利用者|ご本人)\s?(?::|\s))\s*"
);
pattern!(
    OF_THE_DESK,
    r"^(?:bot|.{0,4}事務局.{0,3}|相談員|オペレーター|担当者?|窓口|.{0,4}センター|スタッフ|受付)$"
);
/// Fewer lines, of each side, are no talk.
const LEAST_LINES: usize = 2;

/// Makes the desk's lines questions, and takes the speaker's name off the others.
pub(super) fn mark(text: &str, lines: &mut [Line]) {
    let spoken: Vec<(usize, usize, bool)> = lines
        .iter()
        .enumerate()
        .filter(|(_, l)| l.role == Role::Own)
        .filter_map(|(i, l)| {
            let c = SPEECH.first(text.get(l.start..l.end)?)?;
            let who = c.name("at").or(c.name("who"))?;
            Some((i, c.get(0)?.end(), OF_THE_DESK.is(who.as_str())))
        })
        .collect();
    let desk = spoken.iter().filter(|s| s.2).count();
    let own = lines.iter().filter(|l| l.role == Role::Own).count();
    if desk < LEAST_LINES || spoken.len() - desk < LEAST_LINES || spoken.len() * 3 < own * 2 {
        return;
    }
    for (i, len, asks) in spoken {
        let Some(line) = lines.get_mut(i) else {
            continue;
        };
        if asks {
            line.role = Role::Question;
        } else if line.start + len < line.end {
            line.start += len;
        }
    }
}
