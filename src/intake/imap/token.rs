//! The login by an OAuth 2 access token, which is asked for anew for each connection.

use secrecy::{ExposeSecret as _, SecretString};

/// SASL XOAUTH2, as Google and Microsoft describe it.
pub(super) struct XOAuth2 {
    first: Option<String>,
    /// What the server said instead of accepting.
    pub(super) refusal: std::sync::Arc<std::sync::Mutex<String>>,
}

impl XOAuth2 {
    pub(super) fn new(user: &str, token: &SecretString) -> Self {
        XOAuth2 {
            first: Some(format!(
                "user={user}\u{1}auth=Bearer {}\u{1}\u{1}",
                token.expose_secret()
            )),
            refusal: std::sync::Arc::default(),
        }
    }
}

impl async_imap::Authenticator for XOAuth2 {
    type Response = String;

    fn process(&mut self, challenge: &[u8]) -> String {
        // A second challenge is the refusal, a JSON text; it is answered with an empty line.
        self.first.take().unwrap_or_else(|| {
            if let Ok(mut refusal) = self.refusal.lock() {
                *refusal = String::from_utf8_lossy(challenge).into_owned();
            }
            String::new()
        })
    }
}

/// SASL PLAIN, for logins and passwords that are not ASCII.
pub(super) struct Plain(pub(super) String);

impl async_imap::Authenticator for Plain {
    type Response = String;

    fn process(&mut self, _: &[u8]) -> String {
        self.0.clone()
    }
}
