//! Which certificates are trusted, and in plain words why one is not.

use super::ImapError;
use rustls::{
    CertificateError, ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject as _},
};
use std::{
    path::Path,
    sync::{Arc, OnceLock},
};

/// The system's certificates and those of `ca_file`.
pub(super) fn client_config(ca_file: Option<&Path>) -> Result<ClientConfig, ImapError> {
    static SYSTEM: OnceLock<RootCertStore> = OnceLock::new();
    let mut roots = SYSTEM
        .get_or_init(|| {
            let mut roots = RootCertStore::empty();
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            roots
        })
        .clone();
    if let Some(file) = ca_file {
        let unreadable = |reason: String| {
            ImapError::Setting(format!(
                "mailbox.ca_file「{}」を証明書（PEM 形式）として読めません: {reason}",
                file.display()
            ))
        };
        let pem = std::fs::read(file).map_err(|e| unreadable(e.to_string()))?;
        let mut count = 0;
        for certificate in CertificateDer::pem_slice_iter(&pem) {
            let certificate = certificate.map_err(|e| unreadable(e.to_string()))?;
            roots
                .add(certificate)
                .map_err(|e| unreadable(e.to_string()))?;
            count += 1;
        }
        if count == 0 {
            return Err(unreadable("証明書が一つもありません".into()));
        }
    }
    let config =
        ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|e| ImapError::Setting(format!("TLS を用意できません: {e}")))?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

/// Why a handshake failed and what to do.
pub(super) fn reason(error: &std::io::Error) -> String {
    let Some(tls) = error
        .get_ref()
        .and_then(|e| e.downcast_ref::<rustls::Error>())
    else {
        return format!(
            "{error}。mailbox.tls（implicit か starttls か）と mailbox.port の組み合わせを確かめてください。"
        );
    };
    match tls {
        rustls::Error::InvalidCertificate(
            CertificateError::UnknownIssuer | CertificateError::BadSignature,
        ) => {
            "証明書の発行者を信頼できません。組織内の認証局であれば、その証明書を mailbox.ca_file に指定してください。".into()
        }
        rustls::Error::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        ) => "証明書の名前が mailbox.host と違います。証明書に書かれたサーバー名を mailbox.host に指定してください。".into(),
        rustls::Error::InvalidCertificate(
            CertificateError::Expired | CertificateError::ExpiredContext { .. },
        ) => "証明書の有効期限が切れています。サーバーの管理者に更新を依頼してください。".into(),
        rustls::Error::InvalidCertificate(
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. },
        ) => "証明書がまだ有効ではありません。この機械の時計を確かめてください。".into(),
        rustls::Error::InvalidCertificate(other) => format!("証明書を確かめられません（{other}）。"),
        rustls::Error::InvalidMessage(_) => {
            "相手が TLS で話していません。このポートでは mailbox.tls = \"starttls\" かもしれません。".into()
        }
        other => format!("{other}"),
    }
}
