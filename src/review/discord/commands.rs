//! The slash commands, for staff.

use super::{
    Chat,
    answer::{Answerer, Private},
    permission::Visitor,
    press::told,
    render,
};
use crate::{
    domain::{
        label,
        opening::Opening,
        outbox::OutboxKind,
        review::{Actor, Outcome},
        wish::Language,
    },
    draft::staff,
    review::{
        card::{
            Card, gather,
            harmless::{length, line, markdown},
        },
        openings as decisions,
    },
    store::OpeningRecord,
};
use serenity::all::{
    CommandDataOptionValue, CommandInteraction, CommandOptionType, CreateCommand,
    CreateCommandOption, InteractionContext, Permissions,
};

/// What is registered for the server.
pub(super) fn all() -> Vec<CreateCommand> {
    let command = |name: &str, description: &str| {
        CreateCommand::new(name)
            .description(description)
            // Only a default that an administrator may change; every use is checked by the role.
            .default_member_permissions(Permissions::SEND_MESSAGES)
            .contexts(vec![InteractionContext::Guild])
    };
    vec![
        command(
            "status",
            "待っているもの・失敗したもの・送信の状態を表示します",
        ),
        command("stop", "すべての送信を止めます"),
        command("resume", "止めた送信を再開します"),
        command("case", "案件を番号で表示します").add_option(
            CreateCommandOption::new(
                CommandOptionType::String,
                "番号",
                "MD-2611-0042 か、末尾の数字",
            )
            .required(true)
            .max_length(30),
        ),
        command("openings", "募集中の求人を表示します").add_option(
            CreateCommandOption::new(
                CommandOptionType::String,
                "検索",
                "番号・施設名・地域・診療科などの言葉",
            )
            .required(false)
            .max_length(60),
        ),
        command(
            "opening-changes",
            "確認を待つ求人と、メールから作った変更の案を表示します",
        ),
        command(
            "opening-confirm",
            "メールから読んだ求人を確認済みにします。変更の案（CHG-番号）を承認します",
        )
        .add_option(opening_number()),
        command("opening-decline", "変更の案や、求人の下書きを見送ります")
            .add_option(opening_number()),
        command("opening-close", "求人の募集を終了します").add_option(opening_number()),
        command("opening-reopen", "終了した求人を再開します").add_option(opening_number()),
    ]
}

fn opening_number() -> CreateCommandOption {
    CreateCommandOption::new(
        CommandOptionType::String,
        "番号",
        "求人番号、または CHG-3 のような変更の案の番号",
    )
    .required(true)
    .max_length(64)
}

/// Handles a command.
pub(super) async fn used(chat: &Chat, i: &CommandInteraction) {
    let to = Answerer {
        http: &chat.http,
        id: i.id,
        token: &i.token,
    };
    let visitor = Visitor {
        guild: i.guild_id,
        channel_id: i.channel_id,
        channel: i.channel.as_ref(),
        member: i.member.as_deref(),
    };
    let actor = match chat.house.admit(&visitor) {
        Ok(actor) => actor,
        Err(why) => {
            to.tell(why).await;
            return;
        }
    };
    if !to.defer().await {
        return;
    }
    let word = i.data.options.iter().find_map(|o| match &o.value {
        CommandDataOptionValue::String(s) => Some(s.trim().to_owned()),
        CommandDataOptionValue::Integer(n) => Some(n.to_string()),
        _ => None,
    });
    let answer = answer(chat, &i.data.name, word.unwrap_or_default(), &actor).await;
    to.finish(told(answer)).await;
}

async fn answer(chat: &Chat, name: &str, word: String, actor: &Actor) -> anyhow::Result<Private> {
    match name {
        "status" => Ok(status(chat).await?.into()),
        "stop" => Ok(chat.reviewer.stop(true, actor).await?.text.into()),
        "resume" => Ok(chat.reviewer.stop(false, actor).await?.text.into()),
        "case" => case(chat, &word).await,
        "openings" => Ok(openings(&chat.reviewer.store.openings(false).await?, &word).into()),
        "opening-changes" => {
            let waiting = decisions::waiting(chat.reviewer.store.as_ref()).await?;
            Ok(list(&waiting).into())
        }
        name if name.starts_with("opening-") => {
            let (store, now) = (chat.reviewer.store.as_ref(), chat.reviewer.clock.now());
            let seeking = (store, &*chat.reviewer.seeking);
            let told = match name {
                "opening-confirm" => decisions::confirm(seeking, &word, actor, now).await?,
                "opening-decline" => decisions::decline(store, &word, actor, now).await?,
                "opening-close" => decisions::close(store, &word, actor, now).await?,
                _ => decisions::reopen(seeking, &word, actor, now).await?,
            };
            Ok(markdown(&told.text, 1800).into())
        }
        _ => Ok("このコマンドはありません。".to_owned().into()),
    }
}

async fn status(chat: &Chat) -> anyhow::Result<String> {
    let (store, now) = (&chat.reviewer.store, chat.reviewer.clock.now());
    let c = store.counts(now).await?;
    let mut out = match store.stopped().await? {
        Some(s) => format!(
            "🔴 **送信は止まっています**（{}さん、<t:{}:R>）\n",
            line(Actor::name_in(&s.by), 60),
            s.at.timestamp()
        ),
        None => "🟢 送信は動いています。\n".to_owned(),
    };
    let since = c
        .waiting_since
        .map(|t| format!("（最も古いもの <t:{}:R>）", t.timestamp()))
        .unwrap_or_default();
    let sent = |kind: OutboxKind| {
        c.sent_today
            .iter()
            .find(|(k, _)| *k == kind)
            .map_or(0, |(_, n)| *n)
    };
    out.push_str(&format!(
        "確認待ちの案件 {} 件{since}\n送信を待つメール {} 件、一時的に失敗 {} 件、失敗または不明 {} 件\n\
         24時間の送信: 受付確認 {} 件、返信 {} 件\n未処理のメッセージ {} 件、取り置き {} 件\n募集中の求人 {} 件、届かない宛先 {} 件\n",
        c.waiting,
        c.leaving,
        c.retrying,
        c.failed,
        sent(OutboxKind::Acknowledgement),
        sent(OutboxKind::Answer),
        c.unread,
        c.set_aside,
        c.openings,
        c.blocked,
    ));
    for n in store.recent_notices(3).await? {
        out.push_str(&format!(
            "・<t:{}:R> {}\n",
            n.at.timestamp(),
            line(&n.text, 200)
        ));
    }
    Ok(out)
}

async fn case(chat: &Chat, number: &str) -> anyhow::Result<Private> {
    let r = &chat.reviewer;
    let Some(detail) = r.store.case_by_number(number).await? else {
        return Ok(staff::decided(staff::Action::Edit, &Outcome::Unknown).into());
    };
    let named = gather(r.store.as_ref(), &detail).await?;
    let card = Card::of(
        &detail,
        &named,
        r.review.suggestions,
        r.desk.time_zone,
        r.clock.now(),
    );
    let place = r.store.card(detail.summary.id).await?;
    let link = place
        .and_then(|p| p.message_id)
        .map(|m| {
            format!(
                "\nカード: https://discord.com/channels/{}/{}/{m}",
                chat.house.guild, chat.house.review
            )
        })
        .unwrap_or_default();
    Ok(Private {
        text: format!("{}{link}", render::headline(&card, None)),
        embeds: render::embeds(&card),
        file: None,
    })
}

/// What waits, as far as a message holds it.
fn list(waiting: &[String]) -> String {
    if waiting.is_empty() {
        return "確認を待つ求人も、変更の案もありません。".into();
    }
    let mut out = format!("**確認を待つもの {} 件**\n", waiting.len());
    for (i, waits) in waiting.iter().enumerate() {
        let said = format!("- {}\n", line(waits, 300));
        if length(&out) + length(&said) > render::CONTENT - 60 {
            out.push_str(&format!("ほか {} 件。", waiting.len() - i));
            break;
        }
        out.push_str(&said);
    }
    out
}

fn openings(all: &[OpeningRecord], word: &str) -> String {
    let words: Vec<String> = word.split_whitespace().map(str::to_lowercase).collect();
    let found: Vec<(&Opening, String)> = all
        .iter()
        .map(|r| (&r.opening, about(&r.opening)))
        .filter(|(o, about)| {
            let text = format!("{} {about}", o.id).to_lowercase();
            words.iter().all(|w| text.contains(w.as_str()))
        })
        .collect();
    if found.is_empty() {
        return if all.is_empty() {
            "募集中の求人はありません。".into()
        } else {
            "当てはまる求人はありません。".into()
        };
    }
    let mut out = format!("**募集中の求人 {} 件**\n", found.len());
    for (i, (o, about)) in found.iter().enumerate() {
        let said = format!("- **{}** {}\n", line(&o.id, 40), line(about, 160));
        if length(&out) + length(&said) > render::CONTENT - 60 {
            out.push_str(&format!(
                "ほか {} 件。言葉を加えて絞り込んでください。",
                found.len() - i
            ));
            break;
        }
        out.push_str(&said);
    }
    out
}

fn about(o: &Opening) -> String {
    let items: Vec<String> = o
        .items
        .iter()
        .map(|i| label::item_label(i, Language::Ja))
        .collect();
    format!("{} {} {}", o.institution_name, o.area, items.join("・"))
}
