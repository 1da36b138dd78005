//! The labelled mails' score, a table by field: each record becomes a mail, is decoded and read like any other.

use super::{Usage, arguments::FilesArgs, files, print::Printer};
use crate::{
    decode::{self, Limits},
    understand::score::{Labelled, Score},
};
use serde_json::json;

pub(super) fn run(args: &FilesArgs, p: &Printer) -> anyhow::Result<bool> {
    let mut score = Score::default();
    for file in &args.files {
        let text = String::from_utf8_lossy(&files::bytes(file)?).into_owned();
        for (n, line) in text
            .lines()
            .enumerate()
            .filter(|(_, l)| !l.trim().is_empty())
        {
            let labelled: Labelled = serde_json::from_str(line).map_err(|e| {
                Usage(format!(
                    "{}: {}行目は正解付きメールとして読めません: {e}",
                    file.display(),
                    n + 1
                ))
            })?;
            let mail = decode::decode(&as_mail(&labelled), &Limits::default());
            score.add(&labelled, &files::read(&mail, files::now()));
        }
    }
    if score.kind.1 == 0 {
        return Err(Usage("正解付きメールがありません".into()).into());
    }
    if p.json() {
        let share = |(part, whole): (usize, usize)| part as f64 / whole.max(1) as f64;
        p.object(&json!({
            "mails": score.kind.1,
            "strict": score.strict.f1(), "loose": score.loose.f1(), "profile": score.profile.f1(),
            "opening": score.opening.f1(), "kind": share(score.kind), "grounded": share(score.grounded),
        }))?;
    } else {
        p.line(score.table().trim_end());
    }
    Ok(true)
}

/// The record as the bytes of a mail.
fn as_mail(labelled: &Labelled) -> Vec<u8> {
    let date = chrono::DateTime::parse_from_rfc3339(&labelled.date)
        .map(|d| d.to_rfc2822())
        .unwrap_or_default();
    let mut mail = format!(
        "From: {}\r\nSubject: {}\r\nDate: {date}\r\nMIME-Version: 1.0\r\nContent-Transfer-Encoding: 8bit\r\n",
        labelled.from, labelled.subject
    );
    let report = labelled
        .headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    if report.is_none() {
        mail.push_str("Content-Type: text/plain; charset=utf-8\r\n");
    }
    for (name, value) in &labelled.headers {
        let multipart =
            name.eq_ignore_ascii_case("content-type") && value.starts_with("multipart/");
        let value = if multipart {
            format!("{value}; boundary=\"labelled\"")
        } else {
            value.clone()
        };
        mail.push_str(&format!("{name}: {value}\r\n"));
    }
    let body = labelled.body.replace('\n', "\r\n");
    match report {
        Some((_, kind)) if kind.starts_with("multipart/") => mail.push_str(&format!(
            "\r\n--labelled\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}\r\n--labelled--\r\n"
        )),
        _ => mail.push_str(&format!("\r\n{body}")),
    }
    mail.into_bytes()
}
