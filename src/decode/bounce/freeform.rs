//! Delivery reports in running text: sendmail, qmail, Exim, Exchange, Gmail, the carriers of Japan.

use crate::decode::body::Body;
use crate::decode::header::Headers;
use crate::domain::message::{Mailbox, ReturnPath};
use regex::Regex;
use std::sync::LazyLock;

/// What the words of a report say.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) recipient: String,
    pub(super) status: String,
}

/// Why a mail without a `message/delivery-status` part is a delivery report, if it is one.
pub(super) fn is_report(
    headers: &Headers<'_>,
    body: &Body,
    from: &Mailbox,
    subject: &str,
    return_path: &ReturnPath,
) -> Option<&'static str> {
    if headers.has("X-Failed-Recipients") {
        return Some("X-Failed-Recipients");
    }
    if body.report_type.as_deref() == Some("delivery-status") {
        return Some("multipart/report; report-type=delivery-status");
    }
    let sender = sender_of_reports(from);
    let subject = subject.to_lowercase();
    let titled = SUBJECTS.iter().any(|words| subject.contains(words));
    if sender && (titled || says_undeliverable(&body.text)) {
        return Some("From: mailer-daemon or postmaster");
    }
    let null = *return_path == ReturnPath::Null;
    if titled && (null || body.returned.is_some()) && says_undeliverable(&body.text) {
        return Some("subject and words of a delivery report");
    }
    None
}

fn sender_of_reports(from: &Mailbox) -> bool {
    let local = from
        .address
        .rsplit_once('@')
        .map_or(from.address.as_str(), |(local, _)| local)
        .to_lowercase();
    let name = from.name.to_lowercase();
    local.starts_with("mailer-daemon")
        || local.starts_with("mailerdaemon")
        || local.starts_with("postmaster")
        || name.contains("mail delivery")
        || name.contains("mailer-daemon")
        || name.contains("mail deliver")
}

const SUBJECTS: [&str; 26] = [
    "undeliver",
    "delivery status notification",
    "delivery failure",
    "delivery failed",
    "delivery notification",
    "delivery has failed",
    "delivery error",
    "delivery problem",
    "mail delivery",
    "message delivery",
    "returned mail",
    "returned to sender",
    "failure notice",
    "failed delivery",
    "failed mail",
    "mail failure",
    "mail system error",
    "non-delivery",
    "nondeliver",
    "unable to deliver",
    "could not be delivered",
    "mail error",
    "user unknown",
    "配信不能",
    "送信エラー",
    "配信できません",
];

/// Sentences with which mail systems say that they gave up or wait.
const SENTENCES: [&str; 40] = [
    "could not be delivered",
    "couldn't be delivered",
    "cannot be delivered",
    "can not be delivered",
    "not be delivered",
    "was not delivered",
    "wasn't delivered",
    "were not delivered",
    "has not been delivered",
    "not able to deliver",
    "unable to deliver",
    "undeliverable",
    "undelivered",
    "delivery failed",
    "delivery has failed",
    "delivery to the following",
    "delivery of your message",
    "permanent fatal errors",
    "permanent error",
    "transient non-fatal errors",
    "transcript of session follows",
    "did not reach the following",
    "failed permanently",
    "user unknown",
    "unknown user",
    "no such user",
    "mailbox not found",
    "mailbox unavailable",
    "mailbox is full",
    "over quota",
    "returned to you",
    "returned below",
    "unable to send",
    "deferred",
    "delivery status",
    "failed to deliver",
    "the following address",
    "配信できません",
    "届けることができません",
    "送信できません",
];

fn says_undeliverable(text: &str) -> bool {
    let head: String = text.chars().take(4000).collect::<String>().to_lowercase();
    SENTENCES.iter().any(|sentence| head.contains(sentence))
}

/// Whether the words of a report without any code speak of something that will not pass.
pub(super) fn sounds_permanent(text: &str) -> bool {
    let head: String = text.chars().take(4000).collect::<String>().to_lowercase();
    let passing = [
        "will retry",
        "will be retried",
        "keep trying",
        "deferred",
        "temporar",
        "warning only",
        "still trying",
        "do not need to resend",
        "over quota",
        "quota exceeded",
        "mailbox full",
        "mailbox is full",
    ];
    let lasting = [
        "user unknown",
        "unknown user",
        "no such user",
        "no such address",
        "does not exist",
        "doesn't exist",
        "not found",
        "host unknown",
        "unknown host",
        "unrouteable",
        "unrouteable address",
        "invalid recipient",
        "no mailbox",
        "unknown recipient",
        "recipient unknown",
        "address rejected",
        "account disabled",
        "permanent",
        "not exist",
        "no account",
        "isn't a valid",
        "unknown address",
        "宛先不明",
        "存在しません",
        "見つかりません",
    ];
    lasting.iter().any(|word| head.contains(word))
        && !passing.iter().any(|word| head.contains(word))
}

/// An enhanced status code (RFC 3463).
#[allow(clippy::unwrap_used)]
static STATUS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^\d.])([245])\.(\d{1,3})\.(\d{1,3})(?:[^\d.]|\.?\s|\.?$)").unwrap()
});

/// A reply code of SMTP.
#[allow(clippy::unwrap_used)]
static REPLY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:^|[^\d.@:/-])([45]\d\d)(?:[ \-#:]|$)").unwrap());

#[allow(clippy::unwrap_used)]
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"[\w.!#$%&'*+/=?^`{|}~"-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"#).unwrap()
});

/// The first enhanced status code in a text.
pub(super) fn status_in(text: &str) -> String {
    STATUS
        .captures(text)
        .map(|found| {
            let number = |at: usize| {
                found
                    .get(at)
                    .and_then(|digits| digits.as_str().parse::<u32>().ok())
                    .unwrap_or(0)
            };
            format!("{}.{}.{}", number(1), number(2), number(3))
        })
        .unwrap_or_default()
}

/// Reads the running text of a report.
pub(super) fn read(text: &str) -> Told {
    let told: String = before_original(text).chars().take(6000).collect();
    let recipient = ADDRESS
        .find_iter(&told)
        .map(|found| found.as_str().trim_matches(['\'', '"', '`']))
        .find(|address| !is_system(address))
        .map(|address| address.trim_end_matches('.').to_owned())
        .unwrap_or_default();
    let mut status = status_in(&told);
    if status.is_empty()
        && let Some(found) = REPLY.captures(&told).and_then(|found| found.get(1))
    {
        status = from_reply(found.as_str()).to_owned();
    }
    Told { recipient, status }
}

/// The report without the mail that came back below it.
fn before_original(text: &str) -> &str {
    let marks = [
        "\n--- Below this line is a copy",
        "\n------ This is a copy of the message",
        "\n   ----- Original message",
        "\n----- Original message",
        "\nReceived: ",
        "\nReturn-Path: ",
        "\n--- The header of the original",
        "\n--- 以下は",
    ];
    let end = marks
        .iter()
        .filter_map(|mark| text.find(mark))
        .min()
        .unwrap_or(text.len());
    text.get(..end).unwrap_or(text)
}

fn is_system(address: &str) -> bool {
    let lower = address.to_lowercase();
    lower.starts_with("mailer-daemon")
        || lower.starts_with("postmaster")
        || lower.contains("support@")
}

/// The status class that a bare reply code stands for (RFC 5321 section 4.2).
fn from_reply(code: &str) -> &'static str {
    match code {
        "550" | "551" | "553" => "5.1.1",
        "552" => "5.2.2",
        "450" => "4.2.0",
        "452" => "4.2.2",
        code if code.starts_with('4') => "4.0.0",
        _ => "5.0.0",
    }
}
