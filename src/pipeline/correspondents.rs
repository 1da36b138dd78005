//! To whom an answer goes. Never to an address that nobody has vouched for without staff being told.

use crate::{
    domain::{
        message::{AutomaticKind, InboundMessage, Mailbox},
        person::normal_address,
    },
    store::CaseDetail,
    trust,
};
use regex::Regex;
use std::sync::LazyLock;

#[allow(
    clippy::unwrap_used,
    reason = "a constant pattern that a test compiles"
)]
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+").unwrap()
});

/// The recipients of an answer to `mail`, the newest of the case; empty where staff must choose.
pub(super) fn recipients(case: &CaseDetail, mail: &InboundMessage) -> Vec<Mailbox> {
    if mail.authors.len() > 1 {
        return vec![];
    }
    let from_form = mail.automatic.kind == AutomaticKind::NoReply;
    let known = |address: &str| {
        case.addresses
            .iter()
            .any(|(a, _)| normal_address(a) == normal_address(address))
    };
    if mail.from.address.contains('@') && !from_form {
        if let [only] = mail.reply_to.as_slice()
            && only.address.contains('@')
            && (known(&only.address) || same_house(&only.address, &mail.from.address))
        {
            return vec![Mailbox {
                name: mail.from.name.clone(),
                address: only.address.clone(),
            }];
        }
        if known(&mail.from.address) || case.addresses.is_empty() {
            return vec![mail.from.clone()];
        }
        // It was joined by our own signed Message-ID but came from elsewhere: the address on file stays the recipient.
    } else if let [only] = addresses_in(&mail.new_text).as_slice() {
        // A form or a note of a telephone call names the address in its text.
        return vec![Mailbox {
            name: String::new(),
            address: only.clone(),
        }];
    }
    let usable = case
        .addresses
        .iter()
        .find(|(a, blocked)| blocked.is_none() && !(from_form && *a == mail.from.address));
    usable
        .map(|(a, _)| Mailbox {
            name: String::new(),
            address: a.clone(),
        })
        .into_iter()
        .collect()
}

fn addresses_in(text: &str) -> Vec<String> {
    let mut found: Vec<String> = ADDRESS
        .find_iter(text)
        .map(|m| m.as_str().to_owned())
        .collect();
    found.dedup_by_key(|a| normal_address(a));
    found
}

/// One domain, and one under which not everybody can have an address.
fn same_house(a: &str, b: &str) -> bool {
    normal_address(a) == normal_address(b) || (same_domain(a, b) && !trust::is_shared(a))
}

fn same_domain(a: &str, b: &str) -> bool {
    let domain = |x: &str| {
        normal_address(x)
            .rsplit_once('@')
            .map(|(_, d)| d.to_owned())
    };
    domain(a).is_some() && domain(a) == domain(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stand_in_notes() {
        assert_eq!(
            addresses_in("山田先生よりお電話。返信は yamada@example.jp へ。"),
            ["yamada@example.jp"]
        );
        assert_eq!(addresses_in("a@example.jp と b@example.jp").len(), 2);
        assert!(addresses_in("アドレスなし").is_empty());
    }

    #[test]
    fn another_address_under_a_shared_domain_is_somebody_else() {
        assert!(same_house("info@example.jp", "a@example.jp"));
        assert!(!same_house("a@gmail.com", "b@gmail.com"));
        assert!(same_house("a@gmail.com", "A@gmail.com"));
    }

    #[test]
    fn domains_are_compared_without_case() {
        assert!(same_domain("a@Example.jp", "b@example.JP"));
        assert!(!same_domain("a@example.jp", "a@example.com"));
    }
}
