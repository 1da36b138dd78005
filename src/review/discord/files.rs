//! The files of a mail, put into the thread of its case when a member of staff asks.

use super::{Chat, answer::Private, place::once, thread};
use crate::{
    domain::review::Actor,
    review::card::harmless::{length, line},
};
use serenity::all::{ChannelId, CreateAttachment};

const NO_FILES: &str = "この案件のメールに添付はありません。";
const NO_THREAD: &str = "スレッドがまだありません。少し待ってからもう一度押してください。";
const CARE: &str = "差出人が付けたままのファイルです。心当たりのないものは開かないでください。";

/// Posts the files of the newest mail that has some, a message each.
pub(super) async fn post(chat: &Chat, case_id: i64, actor: &Actor) -> anyhow::Result<Private> {
    let place = chat.reviewer.store.card(case_id).await?;
    let Some(thread) = place.and_then(|p| p.thread_id) else {
        return Ok(NO_THREAD.to_owned().into());
    };
    let found = chat.reviewer.files(case_id, actor).await?;
    let Some(message) = found.message else {
        return Ok(NO_FILES.to_owned().into());
    };
    let mut posted = 0;
    let mut failed = vec![];
    for (at, file) in found.files.into_iter().enumerate() {
        let name = file.name.clone();
        let said = once(format!("f{message}-{at}"))
            .content(format!("添付: {}\n{CARE}", line(&name, 200)))
            .add_file(CreateAttachment::bytes(file.bytes, file.name));
        match thread::say(chat, ChannelId::new(thread), said).await {
            Ok(()) => posted += 1,
            Err(why) => failed.push(format!("{name}（{why}）")),
        }
    }
    let mut text = format!("添付 {posted} 件をスレッド <#{thread}> に載せました。");
    for name in found.withheld.iter().chain(&failed) {
        let said = format!("\n載せなかったもの: {}", line(name, 300));
        if length(&text) + length(&said) > super::render::CONTENT {
            break;
        }
        text.push_str(&said);
    }
    Ok(text.into())
}
