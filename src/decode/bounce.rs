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
    own: &[Mailbox],
    subject: &str,
    return_path: &ReturnPath,
) -> Option<Report> {
    // Where the parts were lost on the way, the fields stand in the text.
    let fields_in_text = || {
        let is_report = body.report_type.as_deref() == Some("delivery-status");
        (is_report && body.text.contains("\nFinal-")).then_some(body.text.as_str())
    };
    let status = body.delivery_status.as_deref().or_else(fields_in_text);
    let reason = match status {
        Some(_) => "message/delivery-status",
        None => freeform::is_report(headers, body, from, own, subject, return_path)?,
    };
    let told = freeform::read(&body.text, body.returned.as_deref(), own);
    let returned = body
        .returned
        .as_deref()
        .unwrap_or_else(|| freeform::returned_in(&body.text));
    let original_message_id = Headers::of_block(returned)
        .value("Message-ID")
        .and_then(|value| super::message_ids(&value).into_iter().next());
    if let Some(status) = status {
        let fields = delivery_status::read(status);
        let status = choose(&fields, &told.status);
        let recipient = [fields.recipient, told.recipient]
            .into_iter()
            .find(|recipient| !recipient.is_empty())
            .unwrap_or_default();
        return Some(Report {
            bounce: Bounce {
                hard: status.starts_with('5'),
                recipient,
                status,
                original_message_id,
            },
            reason,
        });
    }
    let listed = headers
        .raw("X-Failed-Recipients")
        .map(|raw| super::address::parse(raw, &mut None))
        .and_then(|list| list.into_iter().next())
        .map(|mailbox| mailbox.address);
    let status = if told.status.is_empty() {
        freeform::class_of(&body.text, subject).to_owned()
    } else {
        told.status
    };
    Some(Report {
        bounce: Bounce {
            hard: status.starts_with('5'),
            recipient: listed.unwrap_or(told.recipient),
            status,
            original_message_id,
        },
        reason,
    })
}

/// The most telling of the codes: what the remote host said, then the field, then the words of the report.
fn choose(fields: &delivery_status::Fields, told: &str) -> String {
    let is_general =
        |code: &str| code.is_empty() || code.ends_with(".0.0") || code.ends_with(".1.0");
    let same_class =
        |code: &str| fields.status.is_empty() || code.get(..1) == fields.status.get(..1);
    let said = freeform::last_status_in(&fields.diagnostic);
    // Postfix turns a refusal at the greeting into a wait; that it gave up says that the host's word held.
    if fields.action == "failed" && fields.status.starts_with('4') && said.starts_with('5') {
        return said;
    }
    [said.as_str(), &fields.status, told]
        .into_iter()
        .find(|code| !is_general(code) && same_class(code))
        .or_else(|| {
            [said.as_str(), told]
                .into_iter()
                .find(|code| code.ends_with(".1.0") && same_class(code))
        })
        .or_else(|| {
            [fields.status.as_str(), &said, told]
                .into_iter()
                .find(|code| !code.is_empty())
        })
        .unwrap_or(match fields.action.as_str() {
            "delayed" => "4.0.0",
            "delivered" | "relayed" | "expanded" => "2.0.0",
            _ => "5.0.0",
        })
        .to_owned()
}
