//! `Authentication-Results` (RFC 8601): what our own server found out, and nobody else's claims.

use super::header::Headers;
use crate::domain::message::{Auth, Mailbox};

/// Reads the topmost header that one of the `trusted` servers wrote; a sender may have put others below.
pub(crate) fn read(headers: &Headers<'_>, from: &Mailbox, trusted: &[String]) -> Auth {
    let Some(field) = headers.all("Authentication-Results").next() else {
        return Auth::default();
    };
    let value = super::header::unfold(field.raw, &mut None);
    let mut statements = value.split(';');
    let server = statements
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_lowercase();
    if !trusted.iter().any(|own| own.eq_ignore_ascii_case(&server)) {
        return Auth::default();
    }
    let author = domain(&from.address);
    let mut auth = Auth::default();
    for statement in statements {
        let statement = without_comments(statement);
        let mut words = statement.split_whitespace();
        let Some((method, result)) = words.next().and_then(|word| word.split_once('=')) else {
            continue;
        };
        let result = result.to_lowercase();
        let properties: Vec<(&str, &str)> = words.filter_map(|word| word.split_once('=')).collect();
        let property = |names: &[&str]| {
            properties
                .iter()
                .find(|(name, _)| names.contains(&name.to_lowercase().as_str()))
                .map(|(_, value)| domain(value))
        };
        let (slot, proven) = match method.to_lowercase().as_str() {
            "spf" => (&mut auth.spf, property(&["smtp.mailfrom", "smtp.helo"])),
            "dkim" => (&mut auth.dkim, property(&["header.d", "header.i"])),
            "dmarc" => (&mut auth.dmarc, property(&["header.from"])),
            _ => continue,
        };
        let passed = result == "pass";
        // Of several signatures one that passes is enough.
        if slot == "none" || passed {
            *slot = result;
        }
        if passed && proven.is_some_and(|domain| same_organisation(&domain, &author)) {
            auth.aligned = true;
        }
    }
    auth
}

fn domain(address: &str) -> String {
    address
        .rsplit_once('@')
        .map_or(address, |(_, domain)| domain)
        .trim_matches(['"', '<', '>', '.'])
        .to_lowercase()
}

/// One domain is the other or stands below it.
pub(crate) fn same_organisation(proven: &str, author: &str) -> bool {
    let below = |inner: &str, outer: &str| {
        inner
            .strip_suffix(outer)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    !proven.is_empty()
        && proven.contains('.')
        && (below(proven, author)
            || (below(author, proven) && proven.matches('.').count() >= 2)
            || proven == author)
}

fn without_comments(text: &str) -> String {
    let mut depth = 0_u32;
    text.chars()
        .filter(|c| match c {
            '(' => {
                depth += 1;
                false
            }
            ')' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}
