//! The host that delivered a mail, as the own server wrote it down.

use std::net::IpAddr;

/// Who handed the mail over to the own server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Delivery {
    /// The address of the host.
    pub(super) ip: IpAddr,
    /// What it called itself; empty where it is not told.
    pub(super) helo: String,
    /// The own server.
    pub(super) by: String,
}

/// Reads the trace lines from the top as long as one of the `own` servers wrote them: the lowest of these tells the host
/// outside. Lines below it may be anybody's invention.
pub(super) fn delivery(raw: &[u8], own: &[String]) -> Option<Delivery> {
    let mut found = None;
    for line in traces(raw) {
        let (from, by) = parts(&line)?;
        if !own.iter().any(|name| name.eq_ignore_ascii_case(&by)) {
            break;
        }
        if let Some((ip, helo)) = host(&from) {
            found = Some(Delivery { ip, helo, by });
        }
    }
    found
}

/// The values of the `Received` fields from the top, unfolded.
fn traces(raw: &[u8]) -> Vec<String> {
    /// A mail has some ten; a thousand are an attack.
    const MOST: usize = 60;
    let mut lines: Vec<String> = Vec::new();
    let mut inside = false;
    for line in raw.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() || lines.len() > MOST {
            break;
        }
        let folded = line.starts_with(b" ") || line.starts_with(b"\t");
        if folded {
            if let (true, Some(last)) = (inside, lines.last_mut()) {
                last.push(' ');
                last.push_str(String::from_utf8_lossy(line).trim());
            }
            continue;
        }
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
        inside = name.eq_ignore_ascii_case(b"Received");
        if inside {
            let value = line.get(name.len() + 1..).unwrap_or_default();
            lines.push(String::from_utf8_lossy(value).trim().to_owned());
        }
    }
    lines
}

/// What stands between `from` and `by`, and the name after `by`. A line of local delivery has no `from`.
fn parts(line: &str) -> Option<(String, String)> {
    let (from, rest) = match line.split_once("by ") {
        Some((from, rest)) if from.is_empty() || from.ends_with([' ', '\t', ')']) => (from, rest),
        _ => return None,
    };
    let by = rest
        .split([' ', '\t', ';', '('])
        .next()
        .unwrap_or_default()
        .trim_end_matches('.');
    let from = from.trim().strip_prefix("from ").unwrap_or_default();
    Some((from.to_owned(), by.to_owned()))
}

/// `helo (name [192.0.2.1])` of Postfix and sendmail, `name ([192.0.2.1] helo=helo)` of Exim, `name (192.0.2.1)` of Exchange.
fn host(from: &str) -> Option<(IpAddr, String)> {
    let written = |word: &str| -> Option<IpAddr> {
        let word = word.trim_matches(['[', ']', '(', ')', ',']);
        let word = word
            .strip_prefix("IPv6:")
            .or_else(|| word.strip_prefix("ipv6:"))
            .unwrap_or(word);
        word.parse().ok()
    };
    let mut words = from.split([' ', '\t']).filter(|word| !word.is_empty());
    let first = words.next()?;
    let address = words.clone().find_map(written).or_else(|| written(first))?;
    let helo = words
        .find_map(|word| word.trim_matches(['(', ')']).strip_prefix("helo="))
        .unwrap_or(first)
        .trim_matches(['[', ']', '(', ')']);
    Some((address, helo.to_owned()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn own() -> Vec<String> {
        vec!["mx.example.jp".to_owned(), "store.example.jp".to_owned()]
    }

    #[test]
    fn the_host_outside_is_found_in_the_lines_of_known_servers() {
        for (line, ip, helo) in [
            (
                "from mail.example.com (mail.example.com [192.0.2.1])\r\n\tby mx.example.jp (Postfix) with ESMTPS id 1;",
                "192.0.2.1",
                "mail.example.com",
            ),
            (
                "from mail.example.com ([192.0.2.2] helo=out.example.com)\n by mx.example.jp with esmtps (Exim 4.97)",
                "192.0.2.2",
                "out.example.com",
            ),
            (
                "from MAIL.example.com (192.0.2.3) by MX.example.jp (192.0.2.9) with Microsoft SMTP Server",
                "192.0.2.3",
                "MAIL.example.com",
            ),
            (
                "from x (unknown [IPv6:2001:db8::1]) by mx.example.jp",
                "2001:db8::1",
                "x",
            ),
        ] {
            let raw = format!(
                "Return-Path: <a@example.com>\r\nReceived: from mx.example.jp (mx.example.jp [10.0.0.2])\r\n by store.example.jp with LMTP\r\nReceived: {line}\r\nReceived: from lie (lie [203.0.113.9]) by other.example.com\r\n\r\nReceived: from x ([1.2.3.4]) by mx.example.jp"
            );
            let got = delivery(raw.as_bytes(), &own()).unwrap();
            assert_eq!(
                (got.ip, got.helo.as_str()),
                (ip.parse().unwrap(), helo),
                "{line}"
            );
        }
    }

    #[test]
    fn lines_of_others_prove_nothing() {
        let raw = b"Received: from a (a [192.0.2.1]) by elsewhere.example.com\r\nReceived: from b (b [192.0.2.2]) by mx.example.jp\r\n\r\n";
        assert_eq!(delivery(raw, &own()), None);
        assert_eq!(delivery(raw, &[]), None);
        assert_eq!(
            delivery(
                b"\r\nReceived: from b ([192.0.2.2]) by mx.example.jp",
                &own()
            ),
            None
        );
    }
}
