use super::{
    arguments::FilesArgs,
    files,
    print::{Printer, Style},
};
use crate::{
    config,
    decode::Limits,
    domain::{
        file::{FileProblem, FileText},
        message::{Auth, InboundMessage},
    },
    trust::Verifier,
};
use std::path::Path;

/// The keys of the contract, in its order.
const KEYS: [&str; 15] = [
    "message_id",
    "from",
    "to",
    "subject",
    "date",
    "in_reply_to",
    "references",
    "text",
    "new_text",
    "signature",
    "attachments",
    "automatic",
    "bounce",
    "auth",
    "problems",
];

/// The keys of its `bounce`.
const BOUNCE_KEYS: [&str; 3] = ["recipient", "status", "hard"];

pub(super) async fn run(config: &Path, args: &FilesArgs, p: &Printer) -> anyhow::Result<bool> {
    let config = config::load_or_default(config)?;
    let verifier = Verifier::configured(&config.trust)?;
    let trusted = config
        .mailbox
        .map(|m| m.trusted_authserv)
        .unwrap_or_default();
    let limits = Limits {
        trusted_authserv: trusted,
        ..Limits::default()
    };
    for file in &args.files {
        let raw = files::bytes(file)?;
        let files::Filed {
            mut mail,
            read: attached,
            ..
        } = files::decoded(&raw, &limits).await;
        if let Some(verifier) = &verifier
            && mail.auth == Auth::default()
        {
            mail.auth = verifier.verify(&raw, &mail).await;
        }
        if p.for_programs() {
            let mut full = serde_json::to_value(&mail)?;
            if let Some(bounce) = full.get_mut("bounce").and_then(|b| b.as_object_mut()) {
                bounce.retain(|key, _| BOUNCE_KEYS.contains(&key.as_str()));
            }
            let object: serde_json::Map<_, _> = KEYS
                .iter()
                .map(|k| ((*k).to_owned(), full.get(*k).cloned().unwrap_or_default()))
                .collect();
            p.object(&object)?;
        } else {
            show(&mail, &attached, p);
        }
    }
    Ok(true)
}

fn show(mail: &InboundMessage, attached: &[FileText], p: &Printer) {
    let field = |name: &str, value: &str| {
        p.line(format!(
            "{} {value}",
            p.paint(Style::Faint, &super::print::pad(name, 10))
        ));
    };
    field(
        "差出人",
        &format!("{} <{}>", mail.from.name, mail.from.address),
    );
    field("件名", &mail.subject);
    field(
        "日時",
        &mail
            .date
            .map(|d| d.format("%Y-%m-%d %H:%M").to_string())
            .unwrap_or_default(),
    );
    field(
        "自動",
        if mail.automatic.is_automatic {
            mail.automatic.kind.as_str()
        } else {
            "いいえ"
        },
    );
    for (a, file) in mail.attachments.iter().zip(attached) {
        let outcome = match (&file.text, file.problem) {
            (Some(text), None) => format!("{} 字を読みました", text.chars().count()),
            (Some(text), Some(problem)) => {
                format!("{} 字、{}", text.chars().count(), problem.label())
            }
            (None, problem) => problem.map_or("", FileProblem::label).to_owned(),
        };
        field(
            "添付",
            &format!(
                "{}（{}、{} バイト、{outcome}）",
                a.name, a.content_type, a.size
            ),
        );
    }
    for problem in &mail.problems {
        field("問題", &p.paint(Style::Warn, problem));
    }
    p.line("");
    p.line(&mail.new_text);
    if let Some(signature) = &mail.signature {
        p.line(p.paint(Style::Faint, signature));
    }
}
