//! `message/delivery-status` (RFC 3464).

use crate::decode::header::Headers;

/// The fields of the first recipient that failed.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub(super) recipient: String,
    pub(super) status: String,
    /// `failed`, `delayed`, `delivered`, `relayed`, `expanded`: lower case.
    pub(super) action: String,
    pub(super) diagnostic: String,
}

/// Reads the groups of fields; the first failed recipient counts, else the first at all.
pub(super) fn read(text: &str) -> Fields {
    let groups: Vec<Fields> = text
        .split("\n\n")
        .map(group)
        .filter(|fields| !fields.recipient.is_empty() || !fields.status.is_empty())
        .collect();
    let failed = groups.iter().position(|fields| fields.action == "failed");
    groups
        .into_iter()
        .nth(failed.unwrap_or(0))
        .unwrap_or_default()
}

fn group(text: &str) -> Fields {
    let headers = Headers::of_block(text);
    let address = |name: &str| {
        headers
            .value(name)
            .map(|value| address(&value))
            .filter(|address| address.contains('@'))
    };
    // Some systems write where the mail lies inside them: `@relay:user@server`.
    let reachable = |address: &String| {
        !address.starts_with('@')
            && address
                .rsplit_once('@')
                .is_some_and(|(_, domain)| domain.contains('.'))
    };
    let status = headers
        .value("Status")
        .map(|value| super::freeform::status_in(&value))
        .unwrap_or_default();
    Fields {
        recipient: address("Final-Recipient")
            .filter(reachable)
            .or_else(|| address("Original-Recipient"))
            .or_else(|| address("X-Actual-Recipient"))
            .or_else(|| address("Final-Recipient"))
            .unwrap_or_default(),
        status,
        action: headers
            .value("Action")
            .map(|value| {
                value
                    .split([' ', '('])
                    .next()
                    .unwrap_or_default()
                    .to_lowercase()
            })
            .unwrap_or_default(),
        diagnostic: headers.value("Diagnostic-Code").unwrap_or_default(),
    }
}

/// `rfc822; a@example.jp` without the type.
fn address(value: &str) -> String {
    let value = value.split_once(';').map_or(value, |(_, address)| address);
    value
        .trim()
        .trim_matches(['<', '>', '"', ' ', '\''])
        .to_owned()
}
