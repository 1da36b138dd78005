//! The field of a form that asks for the present post.

use super::Told;
use super::leaving::{ENDS, LEAVES, POST};
use crate::understand::doc::{Line, Role};
use crate::understand::pattern::pattern;
use crate::understand::rules::Cx;

pattern!(
    CHOICE,
    r"(?:○|☑|■|●|◎|✓|レ\]|\(o\)|\[|【|→|:|=|\||】|\]|\s)\s?(?P<w>在職中?|就業中|勤務中|在籍中|退職済み?|退職\(|離職中|無職|退職予定|休職中?|育休中|産休中|休業中|定年退職済|常勤|求職中)(?:\]|】)?"
);
pattern!(
    STATE_LABEL,
    r"^(?:ご)?(?:現在の?(?:状況|状態|勤務|職|身分|就業|ご?所属)|現況|現状|現職|就業状況|就業状態|勤務状況|勤務状態|在職|在職・離職|職業|身分|現在|現$|現勤務先|所属|ご所属|現在の?お勤め|勤務先|now|status|\[?now)"
);

/// A form's field: 「現況　［レ］退職（令和8年3月）」, 「就業状況=就業中」, 「在職　無」.
pub(super) fn by_choice(cx: &Cx) -> Option<Told> {
    for l in &cx.doc.lines {
        let Some((s, e)) = state_field(cx, l) else {
            continue;
        };
        let label = cx.doc.text(s, e).trim();
        let value = cx.doc.text(e, l.end);
        let ticked = value.contains(['☑', '✓', '●', '○', '◎']) || value.contains("レ]") || {
            value.contains(['[', '【']) && value.contains(['・', '/'])
        };
        let hit = CHOICE.all(value).into_iter().find_map(|c| {
            let all = c.get(0)?;
            let w = c.name("w")?;
            let marked = !all
                .as_str()
                .starts_with([' ', ':', '=', '|', '→', '】', ']']);
            ((marked || !ticked) && !cx.doc.masked(e + w.start()))
                .then(|| (w.as_str(), w.start(), w.end()))
        });
        let Some((word, from, to)) = hit else {
            let none = label.starts_with("在職")
                && value.trim_matches([' ', ':', '|', '=']).starts_with('無');
            if none {
                return Some(Told {
                    value: "retired",
                    start: s,
                    end: l.end,
                });
            }
            // 「現：国保直営病院 常勤」: a post is named and nothing says that it ends.
            if label.starts_with('現') && POST.is(value) && !ENDS.is(value) && !LEAVES.is(value) {
                return Some(Told {
                    value: "employed",
                    start: s,
                    end: l.end,
                });
            }
            continue;
        };
        let value = if word.starts_with("退職予定") {
            "retiring"
        } else if word.starts_with("休") || word.starts_with("育") || word.starts_with("産") {
            "on_leave"
        } else if word.starts_with("退職")
            || word.contains("離職")
            || word == "無職"
            || word.starts_with("定年")
        {
            "retired"
        } else if word == "求職中" {
            continue;
        } else if word == "常勤" || word.starts_with("在") || word.contains('中') {
            // 「在職中、来年3月退職予定」 goes on to say that it ends.
            if ENDS.is(value) && value.contains("予定")
                || value.contains("辞職")
                || value.contains("契約は")
            {
                continue;
            }
            "employed"
        } else {
            continue;
        };
        return Some(Told {
            value,
            start: e + from,
            end: e + to,
        });
    }
    None
}

/// The label of a line that tells of the present post: before a colon, or before a gap.
fn state_field(cx: &Cx, line: &Line) -> Option<(usize, usize)> {
    pattern!(
        GAP,
        r"^[\s●■◆・\d.①-⑳]*(?P<l>現況|現状|現在の状況|現在の状態|就業状況|勤務状況|在職状況|在職|現在|現職|身分)\s+"
    );
    if line.role != Role::Own {
        return None;
    }
    let label = line
        .label
        .filter(|(s, e)| STATE_LABEL.is(cx.doc.text(*s, *e).trim()));
    label.or_else(|| {
        let c = GAP.first(cx.doc.text(line.start, line.end))?;
        let m = c.name("l")?;
        Some((line.start + m.start(), line.start + m.end()))
    })
}
