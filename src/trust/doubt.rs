//! What speaks against a sender.

use crate::domain::{
    message::{Auth, Doubt, DoubtKind, Mailbox},
    person::{look, normal_address, shape},
};

/// Somebody on file whose address or name resembles the sender's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Their address.
    pub address: String,
    /// Their name.
    pub name: String,
}

/// Domains under which strangers share one name: there, a like address in another such domain means nothing.
const SHARED: [&str; 34] = [
    "gmail.com",
    "googlemail.com",
    "yahoo.co.jp",
    "ymail.ne.jp",
    "yahoo.com",
    "ymail.com",
    "hotmail.com",
    "hotmail.co.jp",
    "outlook.com",
    "outlook.jp",
    "live.jp",
    "live.com",
    "msn.com",
    "icloud.com",
    "me.com",
    "mac.com",
    "aol.com",
    "proton.me",
    "docomo.ne.jp",
    "ezweb.ne.jp",
    "au.com",
    "softbank.ne.jp",
    "i.softbank.jp",
    "ymobile.ne.jp",
    "rakuten.jp",
    "nifty.com",
    "biglobe.ne.jp",
    "so-net.ne.jp",
    "ocn.ne.jp",
    "plala.or.jp",
    "dion.ne.jp",
    "infoweb.ne.jp",
    "excite.co.jp",
    "umin.ac.jp",
];

/// Whether everybody can have an address under the domain of this one.
pub fn is_shared(address: &str) -> bool {
    let address = normal_address(address);
    address
        .rsplit_once('@')
        .is_some_and(|(_, domain)| SHARED.contains(&domain))
}

/// The doubts about a sender whom nobody knows by this address, or whom the results speak against. `twins` have an address of
/// the sender's [`shape`]; `namesakes` are doctors of the sender's display name; `named` is somebody on file whose whole
/// address the display name gives.
pub fn doubts(
    sender: &Mailbox,
    auth: &Auth,
    twins: &[Known],
    namesakes: &[Known],
    named: Option<&Known>,
) -> Vec<Doubt> {
    let own = normal_address(&sender.address);
    let mut found = Vec::new();
    if let Some(results) = speaks_against(auth) {
        found.push(Doubt {
            kind: DoubtKind::Forged,
            of: results,
        });
    }
    let twin = named
        .filter(|known| normal_address(&known.address) != own)
        .or_else(|| twins.iter().find(|known| is_like(&own, &known.address)));
    if let Some(known) = twin {
        found.push(Doubt {
            kind: DoubtKind::LookAlike,
            of: known.address.clone(),
        });
    } else if let Some(known) = namesakes
        .iter()
        .find(|known| normal_address(&known.address) != own)
    {
        found.push(Doubt {
            kind: DoubtKind::KnownName,
            of: known.name.clone(),
        });
    }
    found
}

/// Results that a mail of the domain's owner does not have. A signature that a list broke, or a path that a forwarder
/// changed, is not enough by itself.
fn speaks_against(auth: &Auth) -> Option<String> {
    if auth.aligned || auth.dmarc == "pass" {
        return None;
    }
    if auth.dmarc == "fail" {
        return Some("dmarc=fail".to_owned());
    }
    let path = matches!(auth.spf.as_str(), "fail" | "softfail");
    if auth.dkim == "fail" && path {
        return Some(format!("dkim=fail, spf={}", auth.spf));
    }
    (auth.spf == "fail" && auth.dkim != "pass").then(|| "spf=fail".to_owned())
}

/// Whether one address is made to be taken for the other.
fn is_like(one: &str, other: &str) -> bool {
    let other = normal_address(other);
    if one == other || shape(one) != shape(&other) {
        return false;
    }
    let (Some((_, ours)), Some((_, theirs))) = (one.rsplit_once('@'), other.rsplit_once('@'))
    else {
        return false;
    };
    if ours == theirs || look(ours) == look(theirs) {
        return true;
    }
    if SHARED.contains(&ours) && SHARED.contains(&theirs) {
        return false;
    }
    // Several of one name in several institutions are no twins: the domains must be alike as well.
    is_one_off(&look(ours), &look(theirs)) || same_name(ours, theirs)
}

/// `example-hospital.com` for `example-hospital.jp`.
fn same_name(one: &str, other: &str) -> bool {
    let first = |domain: &str| domain.split('.').next().unwrap_or_default().to_owned();
    let name = first(one);
    name.chars().count() >= 5
        && name == first(other)
        && !SHARED.contains(&one)
        && !SHARED.contains(&other)
}

/// One letter more, less, other, or two neighbours exchanged.
fn is_one_off(one: &str, other: &str) -> bool {
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().collect();
    let (short, long) = if one.len() <= other.len() {
        (&one, &other)
    } else {
        (&other, &one)
    };
    // Short names are all alike.
    if short.len() < 7 || long.len() - short.len() > 1 {
        return false;
    }
    let same = short
        .iter()
        .zip(long.iter())
        .take_while(|(a, b)| a == b)
        .count();
    let rest = |chars: &[char], from: usize| chars.get(from..).unwrap_or_default().to_vec();
    if long.len() > short.len() {
        return rest(short, same) == rest(long, same + 1);
    }
    if same == short.len() {
        return true;
    }
    let swapped = short.get(same) == long.get(same + 1) && short.get(same + 1) == long.get(same);
    rest(short, same + 1) == rest(long, same + 1)
        || (swapped && rest(short, same + 2) == rest(long, same + 2))
}

/// A display name as names on file are compared: without blanks, brackets' contents and titles.
///
/// A name that is an address stays as it is.
pub fn plain_name(name: &str) -> String {
    let trimmed = name.trim_matches(['"', '\'', ' ', '<', '>']);
    let is_address = trimmed.is_ascii() && !trimmed.contains(' ');
    if is_address
        && trimmed
            .split_once('@')
            .is_some_and(|(_, domain)| domain.contains('.'))
    {
        return normal_address(trimmed);
    }
    let name = name
        .split(['(', '（', '<', '/', '／', '@', '＠'])
        .next()
        .unwrap_or_default();
    let squeezed: String = name
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '"' | '\'' | '　'))
        .collect();
    ["先生", "医師", "様"]
        .iter()
        .find_map(|title| squeezed.strip_suffix(title))
        .unwrap_or(&squeezed)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(address: &str) -> Known {
        Known {
            address: address.to_owned(),
            name: "黒瀬 由紀".to_owned(),
        }
    }

    #[test]
    fn twins_are_told_from_neighbours() {
        for (one, other, like) in [
            (
                "kurose@example-hospital.jp",
                "kurose@examp1e-hospital.jp",
                true,
            ),
            (
                "kurose@example-hospital.jp",
                "kurose@example-hospitall.jp",
                true,
            ),
            (
                "kurose@example-hospital.jp",
                "kurose@exmaple-hospital.jp",
                true,
            ),
            (
                "kurose@example-hospital.jp",
                "kurose@example-hospital.com",
                true,
            ),
            ("kur0se@example.com", "kurose@example.com", true),
            ("kuroseyuki@gmail.com", "kurose.yuki@gmail.com", true),
            ("kurose@gmail.com", "kurose@icloud.com", false),
            ("kurose@gmail.com", "kurose@ymail.com", false),
            ("kurose@gmai1.com", "kurose@gmail.com", true),
            ("kurose@yahoo.com", "kurose@yahoo.co.jp", false),
            (
                "kurose@example-hospital.jp",
                "kurose@other-clinic.jp",
                false,
            ),
            ("sato@example.com", "kato@example.com", false),
            ("sato@abc.jp", "sato@abd.jp", false),
        ] {
            assert_eq!(is_like(one, other), like, "{one} {other}");
        }
    }

    #[test]
    fn one_result_alone_is_no_forgery() {
        let auth = |spf: &str, dkim: &str, dmarc: &str, aligned| Auth {
            spf: spf.to_owned(),
            dkim: dkim.to_owned(),
            dmarc: dmarc.to_owned(),
            aligned,
        };
        for (auth, forged) in [
            (auth("none", "none", "none", false), false),
            (auth("softfail", "none", "none", false), false),
            (auth("pass", "fail", "none", false), false),
            (auth("fail", "pass", "pass", true), false),
            (auth("fail", "pass", "none", true), false),
            (auth("fail", "none", "none", false), true),
            (auth("softfail", "fail", "none", false), true),
            (auth("pass", "pass", "fail", false), true),
        ] {
            assert_eq!(speaks_against(&auth).is_some(), forged, "{auth:?}");
        }
    }

    #[test]
    fn the_doubt_that_weighs_most_is_told() {
        let sender = |name: &str, address: &str| Mailbox {
            name: name.to_owned(),
            address: address.to_owned(),
        };
        let none = Auth::default();
        let on_file = [known("kurose@example-hospital.jp")];
        let kinds = |found: Vec<Doubt>| found.into_iter().map(|d| d.kind).collect::<Vec<_>>();
        let new = sender("黒瀬由紀", "kurose@example-hospita1.jp");
        assert_eq!(
            kinds(doubts(&new, &none, &on_file, &on_file, None)),
            [DoubtKind::LookAlike]
        );
        let elsewhere = sender("黒瀬由紀", "yuki@example.com");
        assert_eq!(
            kinds(doubts(&elsewhere, &none, &[], &on_file, None)),
            [DoubtKind::KnownName]
        );
        let posing = sender("kurose@example-hospital.jp", "yuki@example.com");
        assert_eq!(
            kinds(doubts(&posing, &none, &[], &[], on_file.first())),
            [DoubtKind::LookAlike]
        );
        let same = sender("黒瀬由紀", "kurose@example-hospital.jp");
        assert!(doubts(&same, &none, &on_file, &on_file, on_file.first()).is_empty());
    }

    #[test]
    fn display_names_are_compared_without_their_dress() {
        for written in [
            "黒瀬 由紀",
            "黒瀬　由紀先生",
            "黒瀬由紀（例示病院）",
            "\"黒瀬 由紀\"",
            "黒瀬由紀/例示病院",
        ] {
            assert_eq!(plain_name(written), "黒瀬由紀", "{written}");
        }
        assert_eq!(plain_name("'Kurose@Example.com'"), "kurose@example.com");
    }
}
