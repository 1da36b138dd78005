//! Tries the configuration for real: one line each, with what to do where it fails.

use super::print::{Printer, Style, pad};
use crate::{
    app,
    config::{self, Config},
    domain::{
        match_::MatchAnswer,
        wish::{Language, MessageKind, Reading},
    },
    draft::{
        self, Unread,
        compose::{self, DoctorCase, Setting},
    },
    intake::imap,
    review::discord,
    routing::Router,
    store::Control as _,
    trust::Verifier,
};
use serde_json::json;
use std::path::Path;

struct Report<'a> {
    p: &'a Printer,
    good: bool,
}

impl Report<'_> {
    fn say(&mut self, what: &str, outcome: anyhow::Result<String>) -> anyhow::Result<()> {
        let ok = outcome.is_ok();
        self.good &= ok;
        let text = match outcome {
            Ok(text) => text,
            Err(e) => format!("{e:#}"),
        };
        if self.p.json() {
            return self
                .p
                .object(&json!({"check": what, "ok": ok, "detail": text}));
        }
        let mark = if ok {
            self.p.paint(Style::Good, "○")
        } else {
            self.p.paint(Style::Bad, "×")
        };
        self.p.line(format!("{mark} {} {text}", pad(what, 16)));
        Ok(())
    }
}

pub(super) async fn run(file: &Path, p: &Printer) -> anyhow::Result<bool> {
    let config = config::load(file)?;
    let mut report = Report { p, good: true };
    report.say(
        "設定",
        Ok(format!("{}（{}）", file.display(), config.desk.address)),
    )?;
    report.say("保存先", store(&config).await)?;
    report.say("受信箱", mailbox(&config).await)?;
    report.say("送信", smtp(&config).await)?;
    report.say("チャット", chat(&config).await)?;
    report.say("差出人の確認", senders(&config).await)?;
    report.say("文面", texts(&config))?;
    report.say("地理", geography(&config))?;
    report.say("経路", routes(&config).await)?;
    Ok(report.good)
}

async fn store(config: &Config) -> anyhow::Result<String> {
    let store = app::open_store(config).await?;
    store.ping().await?;
    let counts = store.counts(chrono::Utc::now()).await?;
    let kind = if config.store.url.starts_with("postgres") {
        "PostgreSQL"
    } else {
        "SQLite"
    };
    Ok(format!("{kind}、募集中の求人 {} 件", counts.openings))
}

async fn mailbox(config: &Config) -> anyhow::Result<String> {
    let Some(section) = &config.mailbox else {
        anyhow::bail!("[mailbox] がありません。付属の config.toml を写してください")
    };
    let probe = imap::probe(section).await?;
    Ok(format!(
        "{} に {} 通、{}、送信済みフォルダー {}",
        section.folder,
        probe.messages,
        if probe.idle {
            "即時通知あり"
        } else {
            "即時通知なし（定期的に確認します）"
        },
        probe.sent_folder.as_deref().unwrap_or("なし（作ります）")
    ))
}

async fn smtp(config: &Config) -> anyhow::Result<String> {
    let transport = app::transport(config).ok_or_else(|| {
        anyhow::anyhow!("[smtp] がありません。付属の config.toml を写してください")
    })?;
    let name = transport.probe().await?;
    Ok(format!("{name} に接続できました（送信はしていません）"))
}

async fn chat(config: &Config) -> anyhow::Result<String> {
    match &config.discord {
        None => Ok("使いません。確認と承認は madoguchi review で行えます".into()),
        Some(section) => discord::probe(section).await,
    }
}

async fn senders(config: &Config) -> anyhow::Result<String> {
    match Verifier::configured(&config.trust)? {
        Some(verifier) => {
            verifier.probe(config.desk.domain()).await?;
            Ok("DNS に問い合わせられます".into())
        }
        None => Ok(
            "DNS には問い合わせません（[trust] check_signatures）。受信サーバーの結果だけを使います"
                .into(),
        ),
    }
}

fn texts(config: &Config) -> anyhow::Result<String> {
    let now = chrono::Utc::now();
    let mut rendered = 0;
    for language in [Language::Ja, Language::En] {
        let setting = Setting {
            desk: &config.desk,
            case_number: "MD-0000-0000",
            subject: "",
        };
        for kind in MessageKind::ALL {
            let reading = Reading::empty(*kind, language);
            if let Some(input) = compose::acknowledge(setting, now, &reading, Unread::Nothing) {
                draft::acknowledgement(&input)?;
                rendered += 1;
            }
        }
        let reading = Reading::empty(MessageKind::Opening, language);
        draft::institution_reply(&compose::institution_answer(setting, &reading, "", &[]))?;
        draft::suggestion(&compose::doctor_answer(&DoctorCase {
            setting,
            language,
            update: false,
            profile: &[],
            wishes: &[],
            changes: &[],
            diagnostics: &[],
            answer: &MatchAnswer::default(),
            openings: &[],
            suggestions: config.review.suggestions,
        }))?;
        rendered += 2;
    }
    Ok(format!("{rendered} 通りの文面を作れます"))
}

async fn routes(config: &Config) -> anyhow::Result<String> {
    match &config.routing {
        None => Ok("使いません。通勤時間は推定です".into()),
        Some(section) => {
            Router::new(section.clone())?.probe().await?;
            Ok(format!("{} が答えました", section.url))
        }
    }
}

fn geography(config: &Config) -> anyhow::Result<String> {
    let places = crate::places::municipalities().len();
    anyhow::ensure!(places > 1_700, "市区町村の表が欠けています（{places} 件）");
    let (towns, postcodes) = app::kept_places(config)?.map_or((0, 0), |t| t.counts());
    Ok(format!(
        "市区町村 {places} 件、町丁目 {towns} 件、郵便番号 {postcodes} 件"
    ))
}
