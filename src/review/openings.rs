//! Decisions on openings: what a mail offered is confirmed, what a mail changes is accepted or not. Chat and terminal call the
//! same functions.

use crate::{
    domain::{
        label,
        opening::{Opening, OpeningState},
        review::Actor,
        wish::{Field, Language},
    },
    draft::opening as words,
    kept::SharedSeeking,
    openings::draft,
    store::{ChangeDecided, Store},
};
use chrono::{DateTime, Utc};

/// What came of a decision on an opening, and what the person is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Something was changed.
    pub done: bool,
    /// Short and plain Japanese.
    pub text: String,
}

fn done(text: String) -> Told {
    Told { done: true, text }
}

fn refused(text: String) -> Told {
    Told { done: false, text }
}

/// Confirms a draft opening or all of one mail (`MAIL-12-all`), or accepts a proposed change (`CHG-3`).
///
/// # Errors
/// Where the store fails.
pub async fn confirm(
    (store, seekers): (&dyn Store, &SharedSeeking),
    word: &str,
    actor: &Actor,
    now: DateTime<Utc>,
) -> anyhow::Result<Told> {
    if let Some(number) = words::read_change_number(word) {
        return decide_change(store, number, true, actor, now).await;
    }
    if let Some(ids) = drafts_of_mail(store, word).await? {
        return set_each(
            store,
            &ids,
            OpeningState::Open,
            ("確認済みにしました", Some(seekers)),
            actor,
            now,
        )
        .await;
    }
    set(
        store,
        word,
        OpeningState::Open,
        ("確認済みにしました", Some(seekers)),
        actor,
        now,
    )
    .await
}

/// The drafts of one mail, where the word asks for all of them.
async fn drafts_of_mail(store: &dyn Store, word: &str) -> anyhow::Result<Option<Vec<String>>> {
    let Some(first) = words::read_all_of_mail(word) else {
        return Ok(None);
    };
    let further = format!("{first}-");
    let drafts = store.openings(true).await?.into_iter().filter(|r| {
        r.state == OpeningState::Draft
            && (r.opening.id == first || r.opening.id.starts_with(&further))
    });
    Ok(Some(drafts.map(|r| r.opening.id).collect()))
}

async fn set_each(
    store: &dyn Store,
    ids: &[String],
    state: OpeningState,
    (what, seekers): (&str, Option<&SharedSeeking>),
    actor: &Actor,
    now: DateTime<Utc>,
) -> anyhow::Result<Told> {
    if ids.is_empty() {
        return Ok(refused("未確認の求人はありません".to_owned()));
    }
    let mut done = 0;
    let mut lines = vec![];
    let few = ids.len() <= super::suits::EACH;
    for id in ids {
        let told = set(
            store,
            id,
            state,
            (what, seekers.filter(|_| few)),
            actor,
            now,
        )
        .await?;
        done += usize::from(told.done);
        // Of many what is as it should be is counted, and what is not is named.
        if !told.done || few {
            lines.push(told.text);
        }
    }
    if !few {
        lines.insert(0, format!("求人 {done} 件を{what}。"));
    }
    Ok(Told {
        done: done > 0,
        text: lines.join("\n"),
    })
}

/// Declines a proposed change, or closes a draft opening, or all of one mail (`MAIL-12-all`), that is none.
///
/// # Errors
/// Where the store fails.
pub async fn decline(
    store: &dyn Store,
    word: &str,
    actor: &Actor,
    now: DateTime<Utc>,
) -> anyhow::Result<Told> {
    if let Some(number) = words::read_change_number(word) {
        return decide_change(store, number, false, actor, now).await;
    }
    if let Some(ids) = drafts_of_mail(store, word).await? {
        return set_each(
            store,
            &ids,
            OpeningState::Closed,
            ("終了しました", None),
            actor,
            now,
        )
        .await;
    }
    match store.opening(word).await? {
        Some(record) if record.state != OpeningState::Draft => Ok(refused(format!(
            "求人 {word} は確認済みです。募集の終了は close で行ってください。"
        ))),
        _ => close(store, word, actor, now).await,
    }
}

/// Closes an opening.
///
/// # Errors
/// Where the store fails.
pub async fn close(
    store: &dyn Store,
    id: &str,
    actor: &Actor,
    now: DateTime<Utc>,
) -> anyhow::Result<Told> {
    let closed = ("終了しました", None);
    set(store, id, OpeningState::Closed, closed, actor, now).await
}

/// Opens a closed one again.
///
/// # Errors
/// Where the store fails.
pub async fn reopen(
    (store, seekers): (&dyn Store, &SharedSeeking),
    id: &str,
    actor: &Actor,
    now: DateTime<Utc>,
) -> anyhow::Result<Told> {
    let reopened = ("再開しました", Some(seekers));
    set(store, id, OpeningState::Open, reopened, actor, now).await
}

/// Changes the state; staff are told which of the `seekers` an opening suits that can now be suggested.
async fn set(
    store: &dyn Store,
    id: &str,
    state: OpeningState,
    (what, seekers): (&str, Option<&SharedSeeking>),
    actor: &Actor,
    now: DateTime<Utc>,
) -> anyhow::Result<Told> {
    let Some(record) = store.opening(id).await? else {
        return Ok(refused(format!("求人 {id} はありません")));
    };
    if record.state == state {
        return Ok(refused(format!(
            "求人 {id} はすでに{}です",
            state_name(state)
        )));
    }
    if state == OpeningState::Open
        && let Some(why) = unfit(&record.opening)
    {
        return Ok(refused(why));
    }
    if !store.set_opening_state(id, state, actor, now).await? {
        return Ok(refused(format!("求人 {id} はありません")));
    }
    let mut text = format!("求人 {id} を{what}。");
    let today = now.date_naive().to_string();
    if state == OpeningState::Open && record.opening.expired(&today) {
        text.push_str("ただし有効期限が過ぎているため、期限を改めるまで候補に出ません。");
    } else if let Some(seekers) = seekers.filter(|_| state == OpeningState::Open) {
        for said in super::suits::tell((store, seekers), &[record.opening], now).await? {
            text.push('\n');
            text.push_str(&said);
        }
    }
    Ok(done(text))
}

/// Why an opening cannot be suggested as it stands.
fn unfit(opening: &Opening) -> Option<String> {
    let needed = [Field::InstitutionName, Field::Area];
    let lacking: Vec<&str> = draft::missing(opening)
        .into_iter()
        .filter(|f| needed.contains(f))
        .map(|f| label::field_name(f, Language::Ja))
        .collect();
    (!lacking.is_empty()).then(|| {
        format!(
            "求人 {} には足りない項目があります: {}。同じ番号で Excel、CSV、JSON Lines から補って取り込んでください。",
            opening.id,
            lacking.join("、")
        )
    })
}

async fn decide_change(
    store: &dyn Store,
    number: i64,
    accept: bool,
    actor: &Actor,
    now: DateTime<Utc>,
) -> anyhow::Result<Told> {
    let name = words::change_number(number);
    Ok(
        match store
            .decide_opening_change(number, accept, actor, now)
            .await?
        {
            ChangeDecided::Done if accept => {
                done(format!("変更の案 {name} のとおりに求人を改めました。"))
            }
            ChangeDecided::Done => done(format!(
                "変更の案 {name} を見送りました。求人は変わりません。"
            )),
            ChangeDecided::Unknown => refused(format!("変更の案 {name} はありません")),
            ChangeDecided::Already { by, accepted } => refused(format!(
                "変更の案 {name} は{}さんがすでに{}ました。",
                Actor::name_in(&by),
                if accepted { "承認し" } else { "見送り" }
            )),
            ChangeDecided::Overtaken => refused(format!(
                "メールのあとで求人が改められたため、変更の案 {name} はそのまま使えません。見送ってから、手で直してください。"
            )),
        },
    )
}

/// 「募集中」.
pub fn state_name(state: OpeningState) -> &'static str {
    match state {
        OpeningState::Draft => "未確認",
        OpeningState::Open => "募集中",
        OpeningState::Closed => "終了",
    }
}

/// What waits for a decision: draft openings and proposed changes, one line each.
///
/// # Errors
/// Where the store fails.
pub async fn waiting(store: &dyn Store) -> anyhow::Result<Vec<String>> {
    let mut lines = Vec::new();
    for change in store.opening_changes().await? {
        let what = match &change.after {
            None => "取り下げ（募集を終了）".to_owned(),
            Some(after) => words::changes(&change.before, after).join("、"),
        };
        lines.push(format!(
            "{} {}: {what}",
            words::change_number(change.id),
            words::name(&change.before)
        ));
    }
    for record in store.openings(true).await? {
        if record.state == OpeningState::Draft {
            let lacking: Vec<&str> = draft::missing(&record.opening)
                .into_iter()
                .map(|f| label::field_name(f, Language::Ja))
                .collect();
            let lack = if lacking.is_empty() {
                String::new()
            } else {
                format!("（未記入: {}）", lacking.join("、"))
            };
            lines.push(format!(
                "{} 未確認の求人{lack}",
                words::name(&record.opening)
            ));
        }
    }
    Ok(lines)
}
