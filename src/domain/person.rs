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
