//! People who write to the desk.

use super::vocabulary;

vocabulary! {
    /// On which side of the desk a person stands.
    pub enum PersonKind {
        Doctor = "doctor",
        Institution = "institution",
        /// Nobody knows yet.
        Unknown = "unknown",
    }
}

/// `md*****@example.jp`: the first two characters and the domain, for cards and lists.
pub fn mask_address(address: &str) -> String {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let shown: String = local
        .chars()
        .take(if local.chars().count() > 3 { 2 } else { 1 })
        .collect();
    if domain.is_empty() {
        format!("{shown}***")
    } else {
        format!("{shown}***@{domain}")
    }
}

/// The form under which addresses are compared: trimmed and lower case.
pub fn normal_address(address: &str) -> String {
    address
        .trim()
        .trim_start_matches('<')
        .trim_end_matches('>')
        .to_lowercase()
}

/// What the part of an address before the `@` looks like to a hasty reader: letters that are easily taken for others are
/// one, signs between them none. Two addresses of one shape are twins.
pub fn shape(address: &str) -> String {
    let address = normal_address(address);
    let local = address
        .split_once('@')
        .map_or(address.as_str(), |(local, _)| local);
    look(local).replace(['.', '-', '_'], "")
}

/// Letters that are easily taken for others as one: `rn` and `m`, `0` and `o`, Cyrillic and Latin.
pub fn look(text: &str) -> String {
    let latin: String = text
        .chars()
        .map(|c| match c {
            'а' | 'ɑ' | 'α' => 'a',
            'е' | 'ё' => 'e',
            'о' | 'ο' | 'օ' | '0' => 'o',
            'р' | 'ρ' => 'p',
            'с' => 'c',
            'у' => 'y',
            'х' => 'x',
            'ѕ' => 's',
            'ј' => 'j',
            'ԁ' => 'd',
            'һ' => 'h',
            'і' | 'ı' | 'l' | '1' | 'i' | 'ӏ' => 'l',
            'ｍ' => 'm',
            other => other,
        })
        .collect();
    latin.replace("rn", "m").replace("vv", "w")
}

/// A text in which every address is masked: server answers name them, and chat and logs must not.
pub fn mask_in_text(text: &str) -> String {
    text.split_inclusive(|c: char| c.is_whitespace() || "<>()[]:;,\"'".contains(c))
        .map(|piece| {
            let word =
                piece.trim_end_matches(|c: char| c.is_whitespace() || "<>()[]:;,\"'".contains(c));
            let tail = piece.get(word.len()..).unwrap_or_default();
            if word.contains('@') {
                format!("{}{tail}", mask_address(word))
            } else {
                piece.to_owned()
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twins_have_one_shape() {
        for (one, other) in [
            ("kurose@example.com", "kur0se@example.jp"),
            ("md.sato@example.com", "md-sato@example.com"),
            ("morita@example.com", "rnorita@example.com"),
            ("hill@example.com", "hi1l@example.com"),
            ("sato@example.com", "sаto@example.com"),
        ] {
            assert_eq!(shape(one), shape(other), "{one} {other}");
        }
        assert_ne!(shape("sato@example.com"), shape("kato@example.com"));
    }

    #[test]
    fn addresses_are_masked() {
        assert_eq!(mask_address("yamada.taro@example.jp"), "ya***@example.jp");
        assert_eq!(mask_address("山田@example.jp"), "山***@example.jp");
        assert_eq!(mask_address("no address"), "no***");
        assert_eq!(
            mask_in_text("550 5.1.1 <yamada@example.jp>: unknown user"),
            "550 5.1.1 <ya***@example.jp>: unknown user"
        );
    }
}
