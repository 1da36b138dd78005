//! Reports that a mail could not be delivered.

mod delivery_status;
mod freeform;

use super::body::Body;
use super::header::Headers;
use crate::domain::message::{Bounce, Mailbox, ReturnPath};

/// What a report is told by.
pub(crate) struct Report {
    pub(crate) bounce: Bounce,
    /// The rule that decided.
    pub(crate) reason: &'static str,
}

/// Reads a delivery report, where the mail is one.
pub(crate) fn read(
    headers: &Headers<'_>,
    body: &Body,
    from: &Mailbox,
    subject: &str,
    return_path: &ReturnPath,
) -> Option<Report> {
    let original_message_id = body
        .returned
        .as_deref()
        .and_then(|block| Headers::of_block(block).value("Message-ID"))
        .and_then(|value| super::message_ids(&value).into_iter().next());
    if let Some(status) = body.delivery_status.as_deref() {
        let fields = delivery_status::read(status);
        // A report of success or of a mere delay is no failure, but a machine wrote it all the same.
        let told = freeform::read(&body.text);
        let status = choose(&fields.status, &told.status, &fields.diagnostic);
        let recipient = [fields.recipient, told.recipient]
            .into_iter()
            .find(|recipient| !recipient.is_empty())
            .unwrap_or_default();
        return Some(Report {
            bounce: Bounce {
                hard: is_hard(&status, &fields.action, &fields.diagnostic),
                recipient,
                status,
                original_message_id,
            },
            reason: "message/delivery-status",
        });
    }
    let reason = freeform::is_report(headers, body, from, subject, return_path)?;
    let told = freeform::read(&body.text);
    Some(Report {
        bounce: Bounce {
            hard: is_hard(&told.status, "", &body.text),
            recipient: told.recipient,
            status: told.status,
            original_message_id,
        },
        reason,
    })
}

/// The most telling of the codes: a general `5.0.0` gives way to what the remote host said.
fn choose(field: &str, told: &str, diagnostic: &str) -> String {
    let in_diagnostic = freeform::status_in(diagnostic);
    let general = field.is_empty() || field.ends_with(".0.0");
    if !general {
        return field.to_owned();
    }
    [in_diagnostic.as_str(), told, field]
        .into_iter()
        .find(|code| {
            !code.is_empty()
                && !code.ends_with(".0.0")
                && (field.is_empty() || code.get(..1) == field.get(..1))
        })
        .unwrap_or(field)
        .to_owned()
}

/// A permanent failure. A full mailbox or a refused content is permanent too when the host says 5.
fn is_hard(status: &str, action: &str, words: &str) -> bool {
    match status.chars().next() {
        Some('5') => true,
        Some('4' | '2') => false,
        _ => action == "failed" || (action.is_empty() && freeform::sounds_permanent(words)),
    }
}
