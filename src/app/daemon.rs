//! The daemon: tasks that wake one another, from the first connection to SIGTERM.

use super::rooms::{Rooms, open_store, transport};
use crate::{
    clock::SystemClock,
    config::{Config, ConfigError},
    domain::outbox::SentFolder,
    intake::{
        chat,
        imap::{self, Link, SentKeeper, Timing, Watcher},
    },
    pipeline::Pipeline,
    review::discord,
    send::Sender,
    store::Store,
    wake::Wake,
};
use chrono::{DateTime, SubsecRound as _, Utc};
use std::{future::Future, path::Path, sync::Arc, time::Duration};
use tokio::sync::watch;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Rows that another process wrote (`madoguchi review approve`) are seen after this at the latest.
const LOOK: Duration = Duration::from_millis(500);

/// What the tasks may take to save what they were doing.
const FAREWELL: Duration = Duration::from_secs(8);

/// Runs until SIGTERM or Ctrl-C.
///
/// # Errors
/// Where the configuration lacks something, the store cannot be used, or another daemon works on it.
pub async fn run(config: Config, file: &Path) -> anyhow::Result<()> {
    require(&config, file)?;
    let store = open_store(&config).await?;
    let shared: Arc<dyn Store> = store.clone();
    shared.lock().await?;
    let clock = Arc::new(SystemClock);
    // Mail servers date to the second: a mail of the same second as the first start is new.
    let first_start = Utc::now().trunc_subsecs(0).to_rfc3339();
    let first_start = shared.meta_or("first_start", &first_start).await?;
    let rooms = Rooms::new(&config, shared, clock).await?;
    let answer_from = answer_from(&config, &first_start);

    let cancel = CancellationToken::new();
    let tasks = TaskTracker::new();
    let (mailbox, sent) = watch_mailbox(&config, &rooms, answer_from, &cancel, &tasks);
    let chat = connect_chat(&config, &rooms, &cancel, &tasks)?;

    if let Some(transport) = transport(&config) {
        let sender = rooms.sender(transport, sent);
        tasks.spawn(send(sender, rooms.wake.clone(), cancel.clone()));
    }
    tasks.spawn(step(rooms.pipeline(), rooms.wake.clone(), cancel.clone()));

    let ended = stop_signal();
    tokio::pin!(ended);
    tokio::select! {
        () = all_ready(mailbox, chat) => {
            eprintln!("ready");
            ended.await;
        }
        () = &mut ended => {}
    }
    tracing::info!("ending");
    cancel.cancel();
    rooms.wake.call();
    tasks.close();
    if tokio::time::timeout(FAREWELL, tasks.wait()).await.is_err() {
        tracing::warn!("some tasks did not end in time; what they were doing is in the store");
    }
    Ok(())
}

/// What `run` cannot do without.
fn require(config: &Config, file: &Path) -> Result<(), ConfigError> {
    let missing = |key: &str, message: &str| {
        Err(ConfigError::Key {
            file: file.to_owned(),
            key: key.to_owned(),
            message: message.to_owned(),
        })
    };
    let Some(mailbox) = &config.mailbox else {
        return missing(
            "mailbox",
            "見張る受信箱の節がありません。付属の config.toml の [mailbox] を写してください。",
        );
    };
    if mailbox.password.is_none() && mailbox.token_command.is_none() {
        return missing(
            "mailbox.user",
            "パスワードがありません。環境変数 MADOGUCHI_MAILBOX_PASSWORD を設定するか、mailbox.token_command を指定してください。",
        );
    }
    let Some(smtp) = &config.smtp else {
        return missing(
            "smtp",
            "送信サーバーの節がありません。付属の config.toml の [smtp] を写してください。",
        );
    };
    if smtp.user.is_some() && smtp.password.is_none() && smtp.token_command.is_none() {
        return missing(
            "smtp.user",
            "パスワードがありません。環境変数 MADOGUCHI_SMTP_PASSWORD を設定するか、smtp.token_command を指定してください。",
        );
    }
    if let Some(discord) = &config.discord
        && discord.token.is_none()
    {
        return missing(
            "discord",
            "トークンがありません。環境変数 MADOGUCHI_DISCORD_TOKEN を設定してください。",
        );
    }
    Ok(())
}

fn answer_from(config: &Config, first_start: &str) -> DateTime<Utc> {
    let configured = config
        .mailbox
        .as_ref()
        .and_then(|m| m.answer_from)
        .map(|t| t.with_timezone(&Utc));
    configured
        .or_else(|| {
            DateTime::parse_from_rfc3339(first_start)
                .ok()
                .map(|t| t.with_timezone(&Utc))
        })
        .unwrap_or_else(Utc::now)
}

type Links = Vec<watch::Receiver<Link>>;

fn watch_mailbox(
    config: &Config,
    rooms: &Rooms,
    answer_from: DateTime<Utc>,
    cancel: &CancellationToken,
    tasks: &TaskTracker,
) -> (Links, Option<Arc<dyn SentFolder>>) {
    let Some(section) = config.mailbox.clone().map(Arc::new) else {
        return (vec![], None);
    };
    let timing = Timing::new(section.poll_seconds);
    let edge = imap::Rooms {
        mailroom: rooms.store.clone(),
        outbox: rooms.store.clone(),
        panel: rooms.store.clone(),
        clock: rooms.clock.clone(),
        wake: rooms.wake.clone(),
    };
    let (watcher, incoming) =
        Watcher::new(section.clone(), timing.clone(), edge.clone(), answer_from);
    let (keeper, handle, sent) =
        SentKeeper::new(section, timing, edge, answer_from, rooms.wake.clone());
    tasks.spawn(watcher.run(cancel.clone()));
    tasks.spawn(keeper.run(cancel.clone()));
    (vec![incoming, sent], Some(Arc::new(handle)))
}

fn connect_chat(
    config: &Config,
    rooms: &Rooms,
    cancel: &CancellationToken,
    tasks: &TaskTracker,
) -> anyhow::Result<Option<watch::Receiver<bool>>> {
    let Some(section) = config.discord.clone() else {
        tracing::warn!("チャットの設定がありません。確認と承認は madoguchi review で行えます");
        return Ok(None);
    };
    let (ready, receiver) = watch::channel(false);
    let listener = chat::listener(
        &section,
        rooms.store.clone(),
        rooms.clock.clone(),
        rooms.wake.clone(),
    )?;
    let (reviewer, cancel) = (rooms.reviewer(), cancel.clone());
    tasks.spawn(async move {
        // Whatever ended it stands in the log and in the store; mail goes on without chat.
        drop(
            discord::run(
                &section,
                reviewer,
                listener.into_iter().collect(),
                cancel,
                ready,
            )
            .await,
        );
    });
    Ok(Some(receiver))
}

/// Waits until mailbox and chat are connected for the first time.
async fn all_ready(mailbox: Links, chat: Option<watch::Receiver<bool>>) {
    for mut link in mailbox {
        if link.wait_for(|l| *l == Link::Ready).await.is_err() {
            return std::future::pending().await;
        }
    }
    if let Some(mut chat) = chat
        && chat.wait_for(|ready| *ready).await.is_err()
    {
        std::future::pending().await
    }
}

async fn step(pipeline: Pipeline, wake: Wake, cancel: CancellationToken) {
    work("pipeline", &wake, &cancel, || pipeline.step()).await;
}

async fn send(sender: Sender, wake: Wake, cancel: CancellationToken) {
    while let Err(e) = sender.settle().await {
        tracing::error!("what was in flight could not be settled: {e}");
        tokio::select! {
            () = cancel.cancelled() => return,
            () = tokio::time::sleep(Duration::from_secs(2)) => {}
        }
    }
    work("send", &wake, &cancel, || sender.step()).await;
}

/// Registers for the wake-up, queries until nothing is due, then sleeps with a time limit.
async fn work<F, R>(name: &str, wake: &Wake, cancel: &CancellationToken, mut once: F)
where
    F: FnMut() -> R,
    R: Future<Output = crate::store::Result<bool>>,
{
    while !cancel.is_cancelled() {
        let call = wake.listen(LOOK);
        match once().await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(e) => {
                tracing::error!("{name}: {e}");
                tokio::select! {
                    () = cancel.cancelled() => return,
                    () = tokio::time::sleep(Duration::from_secs(2)) => continue,
                }
            }
        }
        tokio::select! {
            () = cancel.cancelled() => return,
            () = call => {}
        }
    }
}

async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let terminate = async {
        match signal(SignalKind::terminate()) {
            Ok(mut s) => {
                s.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = terminate => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
