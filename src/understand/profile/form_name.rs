//! The name in a form: behind its label, to the next label, a wide gap or a figure.

use super::names::{is_name, never};
use super::own;
use crate::understand::pattern::pattern;
use crate::understand::rules::Cx;

/// 「氏名：黒田　進」, 「●会員お名前＝黒田 進　●年齢＝61」, 「氏 名　 黒 田 　進 　　年 齢　61才」.
pub(super) fn form_name(cx: &Cx) -> Option<(usize, usize)> {
    pattern!(
        FORM,
        r"(?m)(?:^|[\s●■◆◇▽▼・◎★☆\[\]【】〔〕(){}\d.:①-⑳|>-])(?:会員|先生の|医師)?(?:お|ご)?(?:(?:氏\s{0,4}名|名\s?前|芳名|なまえ)(?:\s?\((?:漢字|正式|戸籍名|必須|本名)\))?\s{0,12}(?:\*\s?)?(?P<g>(?:[:=|→>\]】}…‥]|->|\.{2,3}|・{2,})[\s.:=|→>…‥・]{0,8}|[\s|]{1,12})|(?:full )?name\s{0,8}[:=|\]>}]\s{0,3})(?P<v>[^\n:=|/、。(\[【●■◆\t]{1,30})"
    );
    FORM.all(cx.text()).into_iter().find_map(|c| {
        let v = c.name("v")?;
        if !own(cx, v.start()) {
            return None;
        }
        let len = person_in(
            v.as_str(),
            c.name("g").is_none_or(|g| !g.as_str().trim().is_empty()),
        );
        (len > 0).then(|| (v.start(), v.start() + len))
    })
}

/// How far a form's value is a name: to the next label, a wide gap or a figure.
fn person_in(value: &str, marked: bool) -> usize {
    pattern!(
        NEXT_LABEL,
        r"^(?:性\s?別|年\s?[齢令代]|生年|ふりがな|フリガナ|カナ|男|女|満|歳|tel|電話|印|㊞|様|殿|旧姓|先生|医師|年$|→|のみ|は|を|が|は面談|は伏せ|は匿名)"
    );
    let mut end = 0;
    let mut letters = 0;
    let mut at = 0;
    while at < value.len() {
        let rest = value.get(at..).unwrap_or_default();
        let gap = rest.len() - rest.trim_start_matches(' ').len();
        let word = rest.get(gap..).unwrap_or_default();
        let len = word.find(' ').unwrap_or(word.len());
        let word = word.get(..len).unwrap_or_default();
        let cut = word
            .find(|c: char| c.is_ascii_digit() || ('①'..='⑳').contains(&c))
            .unwrap_or(len);
        let word = word.get(..cut).unwrap_or_default();
        let plain = word.chars().all(|c| {
            ('\u{3041}'..='\u{9fff}').contains(&c) || c.is_alphabetic() || "々.-'ー".contains(c)
        });
        if word.is_empty()
            || !plain
            || NEXT_LABEL.is(word)
            || letters >= 2 && gap >= 3
            || letters + word.chars().count() > 9 && !word.is_ascii()
        {
            break;
        }
        letters += word.chars().count();
        end = at + gap + word.len();
        at = at + gap + len;
        if cut < len {
            break;
        }
    }
    let name = value.get(..end).unwrap_or_default();
    let spaceless: String = name.chars().filter(|c| *c != ' ').collect();
    let ok = letters >= 1 && !never(&spaceless) && (marked || is_name(&spaceless) && letters >= 2);
    if ok { end } else { 0 }
}
