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
    /// Empty where the words hold no code.
    pub(super) status: String,
}

/// Why a mail without a `message/delivery-status` part is a delivery report, if it is one.
pub(super) fn is_report(
    headers: &Headers<'_>,
    body: &Body,
    from: &Mailbox,
    own: &[Mailbox],
    subject: &str,
    return_path: &ReturnPath,
) -> Option<&'static str> {
    if headers.has("X-Failed-Recipients") {
        return Some("X-Failed-Recipients");
    }
    if body.report_type.as_deref() == Some("delivery-status") {
        return Some("multipart/report; report-type=delivery-status");
    }
    if is_nobody(from) && NOTIFICATION.is_match(&body.text) {
        return Some("a notification of a bounce in JSON");
    }
    let sender = sender_of_reports(from);
    let subject = subject.to_lowercase();
    let titled = SUBJECTS.iter().any(|words| subject.contains(words));
    if sender && (titled || says_undeliverable(&body.text)) {
        return Some("From: mailer-daemon or postmaster");
    }
    let returned = || {
        body.returned.is_some()
            || *return_path == ReturnPath::Null
            || !before_original(&body.text).1.is_empty()
    };
    let speaks = sender || tells_more(&body.text, from, own);
    if titled && is_machine(from) && speaks && returned() && says_undeliverable(&body.text) {
        return Some("subject and words of a delivery report");
    }
    if body.returned.is_some() && is_nobody(from) && says_undeliverable(&body.text) {
        return Some("words of a delivery report above a returned mail");
    }
    None
}

/// People of an office write of mails that did not arrive, too: a report names a code, or an address that is neither theirs
/// nor ours.
fn tells_more(text: &str, from: &Mailbox, own: &[Mailbox]) -> bool {
    let (told, _) = before_original(text);
    let domain = |address: &str| {
        address
            .rsplit_once('@')
            .map(|(_, domain)| domain.to_lowercase())
    };
    let theirs = domain(&from.address);
    let another = ADDRESS.find_iter(told).any(|found| {
        let address = found.as_str();
        domain(address) != theirs
            && !own
                .iter()
                .any(|mailbox| mailbox.address.eq_ignore_ascii_case(address))
    });
    another || !status_of(told).is_empty()
}

fn sender_of_reports(from: &Mailbox) -> bool {
    let local: String = from
        .address
        .rsplit_once('@')
        .map_or(from.address.as_str(), |(local, _)| local)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_lowercase();
    let name = from.name.to_lowercase();
    [
        "mailerdaemon",
        "postmaster",
        "maildaemon",
        "mailsystem",
        "maildelivery",
        "bounce",
        "mailerror",
        "microsoftexchange",
    ]
    .iter()
    .any(|word| local.starts_with(word))
        || [
            "mail delivery",
            "mail deliver",
            "mailer-daemon",
            "mailer daemon",
            "system administrator",
            "mail system",
            "ndr administrator",
        ]
        .iter()
        .any(|word| name.contains(word))
}

/// Addresses that take no mail.
fn is_nobody(from: &Mailbox) -> bool {
    let lower = from.address.to_lowercase();
    ["no-reply", "noreply", "no_reply"]
        .iter()
        .any(|word| lower.starts_with(word))
}

/// Addresses of machines that send reports among other things.
fn is_machine(from: &Mailbox) -> bool {
    let lower = from.address.to_lowercase();
    sender_of_reports(from)
        || is_nobody(from)
        || [
            "admin", "root@", "daemon", "system", "mail@", "-owner@", "info@",
        ]
        .iter()
        .any(|word| lower.contains(word))
        || !lower.contains('@')
}

const SUBJECTS: [&str; 38] = [
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
    "メールエラー通知",
    "配信エラー",
    "配信失敗",
    "配信遅延",
    "送信失敗",
    "エラー通知",
    "届けできません",
    "送信できません",
    "エラーメール",
    "undelivered",
    "not delivered",
    "message status",
];

/// Sentences with which mail systems say that they gave up or wait.
const SENTENCES: [&str; 53] = [
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
    "mailbox exceeds",
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
    "届けできません",
    "届きませんでした",
    "配信に失敗",
    "配信されませんでした",
    "配信不能",
    "送信に失敗",
    "配信中に一時的な問題",
    "not yet been delivered",
    "delivery userid",
    "can't be delivered",
    "no valid recipients",
    "has been delayed",
];

fn says_undeliverable(text: &str) -> bool {
    let head: String = text.chars().take(4000).collect::<String>().to_lowercase();
    SENTENCES.iter().any(|sentence| head.contains(sentence))
}

/// The class of a report without any code: a failure, unless it speaks of waiting.
pub(super) fn class_of(text: &str, subject: &str) -> &'static str {
    let (told, _) = before_original(text);
    let mut words: String = told.chars().take(4000).collect::<String>().to_lowercase();
    words.push_str(&subject.to_lowercase());
    const WAITING: [&str; 19] = [
        "will retry",
        "will be retried",
        "keep trying",
        "still trying",
        "will continue to try",
        "deferred",
        "temporar",
        "warning",
        "not need to resend",
        "retry timeout",
        "retry time not reached",
        "failing for a long time",
        "has been delayed",
        "(delay)",
        "is delayed",
        "一時的",
        "再送を試み",
        "再試行します",
        "not yet been delivered",
    ];
    if WAITING.iter().any(|word| words.contains(word)) {
        "4.0.0"
    } else {
        "5.0.0"
    }
}

/// An enhanced status code (RFC 3463).
#[allow(clippy::unwrap_used)]
static STATUS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^\d.])([245])\.(\d{1,3})\.(\d{1,3})(?:[^\d.]|\.?\s|\.?$)").unwrap()
});

/// What Amazon SES says of a bounce, in JSON or in JSON within JSON.
#[allow(clippy::unwrap_used)]
static NOTIFICATION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"\\?"notificationType\\?"\s*:\s*\\?"Bounce\\?""#).unwrap());

/// The sentence below which the failed addresses stand.
#[allow(clippy::unwrap_used)]
static LISTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)(?:following (?:recipient|address|user|e-?mail)|these recipients|permanent fatal errors|",
        r"(?:recipient address|rcpt to):|次の(?:受信者|宛先|アドレス)|以下の(?:受信者|宛先|アドレス|メールアドレス))"
    ))
    .unwrap()
});

/// A reply code of SMTP.
#[allow(clippy::unwrap_used)]
static REPLY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)(?:^|[^\d.@:/-]|code ?:)([45]\d\d)(?:[ \-#:,]|$)").unwrap());

#[allow(clippy::unwrap_used)]
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"[\w.!#$%&'*+/=?^`{|}~"-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"#).unwrap()
});

/// The first enhanced status code in a text.
pub(super) fn status_in(text: &str) -> String {
    STATUS.captures(text).map(written).unwrap_or_default()
}

/// The last one: servers that pass a reply on put their own words before it.
pub(super) fn last_status_in(text: &str) -> String {
    STATUS
        .captures_iter(text)
        .last()
        .map(written)
        .unwrap_or_default()
}

fn written(found: regex::Captures<'_>) -> String {
    let number = |at: usize| {
        found
            .get(at)
            .and_then(|digits| digits.as_str().parse::<u32>().ok())
            .unwrap_or(0)
    };
    format!("{}.{}.{}", number(1), number(2), number(3))
}

/// The header of the mail that came back, where it stands in the running text.
pub(super) fn returned_in(text: &str) -> &str {
    header_lines(before_original(text).1)
}

/// Reads the running text of a report. `returned` is the header block of the mail that came back, where it is a part of
/// its own; `own` are the addresses to which the report came.
pub(super) fn read(text: &str, returned: Option<&str>, own: &[Mailbox]) -> Told {
    let (told, below) = before_original(text);
    let told: String = told.chars().take(6000).collect();
    let block = Headers::of_block(returned.unwrap_or_else(|| header_lines(below)));
    let of_block = |name: &str| {
        block
            .raw(name)
            .map(|raw| crate::decode::address::parse(raw, &mut None))
            .unwrap_or_default()
    };
    let author = of_block("From");
    let is_own = |address: &str| {
        own.iter()
            .chain(&author)
            .any(|mailbox| mailbox.address.eq_ignore_ascii_case(address))
    };
    let addresses = |text| -> Vec<&str> {
        ADDRESS
            .find_iter(text)
            .map(|found| found.as_str().trim_matches(['\'', '"', '`', '.']))
            .filter(|address| !is_system(address))
            .collect()
    };
    // What stands above the sentence that names the failed is often the header of the old mail.
    let listed = LISTED
        .find(&told)
        .and_then(|sentence| told.get(sentence.end()..))
        .map(addresses)
        .unwrap_or_default();
    let named = addresses(&told);
    let addressed = of_block("To")
        .into_iter()
        .map(|mailbox| mailbox.address)
        .find(|address| address.contains('@'));
    let recipient = listed
        .iter()
        .find(|address| !is_own(address))
        .or(listed.first())
        .or_else(|| named.iter().find(|address| !is_own(address)))
        .map(|address| (*address).to_owned())
        .or(addressed)
        .or_else(|| named.first().map(|address| (*address).to_owned()))
        .unwrap_or_default();
    Told {
        recipient,
        status: status_of(&told),
    }
}

/// The code in the words: an enhanced one, else the class of a reply code.
fn status_of(told: &str) -> String {
    let status = status_in(told);
    if !status.is_empty() {
        return status;
    }
    REPLY
        .captures(told)
        .and_then(|found| found.get(1))
        .map(|code| {
            if code.as_str().starts_with('4') {
                "4.0.0"
            } else {
                "5.0.0"
            }
        })
        .unwrap_or_default()
        .to_owned()
}

/// The report, and the mail that came back below it.
fn before_original(text: &str) -> (&str, &str) {
    let end = ORIGINAL
        .find(text)
        .map_or(text.len(), |found| found.start());
    (
        text.get(..end).unwrap_or(text),
        text.get(end..).unwrap_or_default(),
    )
}

/// Without the line that announces the mail, and the blank ones after it.
fn header_lines(below: &str) -> &str {
    let Some((first, rest)) = below.split_once('\n') else {
        return below;
    };
    let name = first.split_once(':').map_or("", |(name, _)| name.trim());
    let is_field = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !first.trim_end().ends_with(':');
    if is_field { below } else { rest.trim_start() }
}

/// What stands above the mail that came back, or its first trace line.
#[allow(clippy::unwrap_used)]
static ORIGINAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?im)^[ \t>*#-]*(?:",
        r"below this line is a copy|this is a copy of|",
        r"(?:the )?(?:original|returned|unsent|undelivered) (?:message|mail)(?: follows| header| text| attached)*[ \t.:*=-]*$|",
        r"original mail as follows|below is a copy|the header of the original|message header|header of (?:the )?message|",
        r"以下は|元のメッセージ|(?:received|return-path|x-received): ",
        r")"
    ))
    .unwrap()
});

fn is_system(address: &str) -> bool {
    let lower = address.to_lowercase();
    lower.starts_with("mailer-daemon")
        || lower.starts_with("postmaster")
        || lower.contains("support@")
}
