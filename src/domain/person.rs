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
