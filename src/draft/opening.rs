//! What staff are told of openings, and the question to an institution for what its opening does not state.

use super::clean;
use super::conditions;
use super::template::{TextError, render};
use super::text::{Addressee, Text, desk_values, template};
use crate::config::Desk;
use crate::domain::conditions as conditions_table;
use crate::domain::label::{field_name, item_label};
use crate::domain::opening::Opening;
use crate::domain::wish::{Field, Language};
use minijinja::context;

/// How a change of an opening is called at the terminal and in chat.
pub fn change_number(id: i64) -> String {
    format!("CHG-{id}")
}

/// The number of a change as people type it.
pub fn read_change_number(word: &str) -> Option<i64> {
    let word = word.trim().to_uppercase();
    word.strip_prefix("CHG-")?.parse().ok()
}

/// The number of a mail's first opening where a word means all that the mail offered: `MAIL-12-all`.
pub fn read_all_of_mail(word: &str) -> Option<String> {
    let word = word.trim().to_uppercase();
    let first = word.strip_suffix("-ALL")?;
    let number = first.strip_prefix("MAIL-")?;
    let whole = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    whole.then(|| first.to_owned())
}

/// So many drafts of one mail are named.
const NAMED: usize = 10;

/// 「○○病院（NGN-0012）」.
pub fn name(opening: &Opening) -> String {
    let institution = clean::line(&opening.institution_name, 60);
    let id = clean::line(&opening.id, 64);
    if institution.is_empty() {
        format!("求人 {id}")
    } else {
        format!("{institution}（{id}）")
    }
}

/// What changes from one state to the next, one line a matter: 「当直: 月2回まで → なし」.
pub fn changes(before: &Opening, after: &Opening) -> Vec<String> {
    let mut out = Vec::new();
    let mut plain = |what: &str, a: Option<&str>, b: Option<&str>| {
        if a != b {
            out.push(format!(
                "{what}: {} → {}",
                a.unwrap_or("（なし）"),
                b.unwrap_or("（なし）")
            ));
        }
    };
    plain(
        "施設名",
        Some(&before.institution_name),
        Some(&after.institution_name),
    );
    plain("勤務地", Some(&before.area), Some(&after.area));
    plain(
        "所在地",
        before.address.as_deref(),
        after.address.as_deref(),
    );
    plain("掲載日", before.posted.as_deref(), after.posted.as_deref());
    plain(
        "有効期限",
        before.expires.as_deref(),
        after.expires.as_deref(),
    );
    if (before.lat, before.lon) != (after.lat, after.lon) {
        out.push("座標が変わりました".to_owned());
    }
    let mut fields: Vec<Field> = before
        .items
        .iter()
        .chain(&after.items)
        .map(|i| i.field)
        .collect();
    fields.sort_unstable();
    fields.dedup();
    for field in fields {
        let said = |o: &Opening| {
            let words: Vec<String> = o
                .items
                .iter()
                .filter(|i| i.field == field)
                .map(|i| item_label(i, Language::Ja))
                .collect();
            if words.is_empty() {
                "（なし）".to_owned()
            } else {
                words.join("・")
            }
        };
        let (a, b) = (said(before), said(after));
        if a != b {
            out.push(format!("{}: {a} → {b}", field_name(field, Language::Ja)));
        }
    }
    for condition in conditions_table::conditions() {
        let (a, b) = (
            before.terms.get(&condition.id),
            after.terms.get(&condition.id),
        );
        if a != b {
            let said =
                |t: Option<&String>| t.map_or("（なし）".to_owned(), |t| clean::line(t, 80));
            out.push(format!("{}: {} → {}", condition.ja, said(a), said(b)));
        }
    }
    out
}

/// An opening's last day has passed.
pub fn expired(opening: &Opening) -> String {
    format!(
        "{}の有効期限（{}）が過ぎたため、候補に出さなくなりました。続けて募集しているかを求人者に確かめ、期限を改めて取り込むか、終了してください（openings close {}）。",
        name(opening),
        opening.expires.as_deref().unwrap_or_default(),
        opening.id
    )
}

/// A mail offered openings that wait for confirmation. `lacking` names what each still lacks; `alike` are openings on file.
pub fn offered(openings: &[(Opening, Vec<Field>)], alike: &[&Opening]) -> String {
    let mut lines = vec![format!(
        "メールから求人の下書きを {} 件作りました。内容を確かめてから確認済みにしてください（それまで候補に出ません）。",
        openings.len()
    )];
    for (opening, lacking) in openings.iter().take(NAMED) {
        let names: Vec<&str> = lacking
            .iter()
            .map(|f| field_name(*f, Language::Ja))
            .collect();
        let lack = if names.is_empty() {
            String::new()
        } else {
            format!("　未記入: {}", names.join("、"))
        };
        lines.push(format!("・{}{lack}", name(opening)));
    }
    if openings.len() > NAMED {
        let more = openings.len() - NAMED;
        lines.push(format!(
            "・ほか {more} 件（一覧: madoguchi openings changes）"
        ));
    }
    if !alike.is_empty() {
        let names: Vec<String> = alike.iter().map(|o| name(o)).collect();
        lines.push(format!(
            "似た求人がすでにあります: {}。同じ募集なら、下書きを終了してください。",
            names.join("、")
        ));
    }
    if let Some((first, _)) = openings.first() {
        lines.push(format!(
            "確認: /opening-confirm {0}　または madoguchi openings confirm {0}",
            first.id
        ));
        if openings.len() > 1 {
            lines.push(format!("まとめて確認: /opening-confirm {}-all", first.id));
        }
    }
    lines.join("\n")
}

/// What an attached table came to: how many of its rows became drafts or proposals, and which did not, or not whole.
pub fn attached(file: &str, found: usize, problems: &[String]) -> String {
    let file = clean::line(file, 80);
    let mut lines = vec![format!("添付「{file}」から求人 {found} 件を読みました。")];
    lines.extend(
        problems
            .iter()
            .map(|p| format!("・{}", clean::line(p, 160))),
    );
    lines.join("\n")
}

/// What an attached 求人票 of running text came to; what an attached table says too makes no draft of its own.
pub fn paper(file: &str, found: usize, new: usize) -> String {
    let file = clean::line(file, 80);
    let mut told = format!("添付「{file}」から求人 {found} 件を読みました。");
    if new < found {
        told.push_str(&format!(
            "うち {} 件は添付の表と同じ募集とみて、下書きを作っていません。",
            found - new
        ));
    }
    told
}

/// Sentences of an institution's mail that speak of an age or a sex, with the clause; nothing where none does. They are shown
/// to staff and used for nothing.
pub fn barred(text: &str) -> Option<String> {
    let mut lines = Vec::new();
    for sentence in text.split(['。', '\n', '．']) {
        let sentence = sentence.trim();
        for barred in conditions_table::barred_in(sentence) {
            if barred.free.iter().any(|f| sentence.contains(f.as_str())) || lines.len() >= 3 {
                continue;
            }
            lines.push(format!(
                "・「{}」: {}",
                clean::line(sentence, 80),
                barred.law
            ));
        }
    }
    (!lines.is_empty()).then(|| {
        format!(
            "年齢か性別に触れた文があります。募集の条件であれば使えません（照合には使っていません）。\n{}",
            lines.join("\n")
        )
    })
}

/// A mail changes or withdraws openings on file; staff decide. `proposed` are the openings as they stand with what they would
/// become.
pub fn proposed(proposed: &[(&Opening, Option<&Opening>)]) -> String {
    let mut lines = vec![
        "メールの内容から、求人の変更の案を作りました。承認するまで何も変わりません。".to_owned(),
    ];
    for (before, after) in proposed {
        match after {
            None => lines.push(format!("・{}: 取り下げ（募集を終了）", name(before))),
            Some(after) => lines.push(format!(
                "・{}: {}",
                name(before),
                changes(before, after).join("、")
            )),
        }
    }
    lines.push("一覧: madoguchi openings changes　承認: /opening-confirm CHG-番号　見送り: /opening-decline CHG-番号".to_owned());
    lines.join("\n")
}

/// A mail changes or withdraws an opening, and it is not clear which one.
pub fn which_opening(withdrawn: bool, candidates: &[&Opening]) -> String {
    let what = if withdrawn { "取り下げ" } else { "変更" };
    if candidates.is_empty() {
        return format!(
            "求人の{what}のメールですが、該当する求人が見つかりません。番号を確かめ、手で直してください。"
        );
    }
    let names: Vec<String> = candidates.iter().take(10).map(|o| name(o)).collect();
    format!(
        "求人の{what}のメールですが、どの求人か決められません。候補: {}。求人者に確かめてください。",
        names.join("、")
    )
}

/// The question to an institution for what the law wants stated and its opening does not say; nothing where all is stated.
///
/// # Errors
/// A template that misses a value.
pub fn question(
    desk: &Desk,
    opening: &Opening,
    language: Language,
) -> Result<Option<Text>, TextError> {
    let missing = conditions::missing_of(opening, language);
    if missing.is_empty() {
        return Ok(None);
    }
    let institution = Some(opening.institution_name.clone()).filter(|n| !n.is_empty());
    let body = render(
        &template("question", language),
        context! {
            salutation => Addressee::Institution(institution).salutation(language),
            desk => desk_values(desk, language),
            id => clean::line(&opening.id, 64),
            missing => missing,
        },
    )?;
    let subject = match language {
        Language::Ja => format!(
            "求人（{}）の内容の確認のお願い",
            clean::line(&opening.id, 64)
        ),
        _ => format!(
            "Questions about your opening {}",
            clean::line(&opening.id, 64)
        ),
    };
    Ok(Some(Text { subject, body }))
}
