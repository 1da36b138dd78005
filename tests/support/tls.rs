//! A certificate authority for one test, and server certificates of it.

use std::{path::PathBuf, sync::Arc};

/// A certificate authority with one server certificate for `localhost` and 127.0.0.1.
pub struct Certificates {
    dir: tempfile::TempDir,
    ca_pem: String,
    cert_pem: String,
    key_pem: String,
}

impl Certificates {
    /// Fresh ones.
    pub fn new() -> Self {
        Self::naming(&["localhost", "127.0.0.1"])
    }

    /// A server certificate for other names.
    pub fn naming(names: &[&str]) -> Self {
        let ca_key = rcgen::KeyPair::generate().unwrap();
        let mut ca = rcgen::CertificateParams::new(Vec::<String>::new()).unwrap();
        ca.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        ca.distinguished_name
            .push(rcgen::DnType::CommonName, "test authority");
        let ca_pem = ca.self_signed(&ca_key).unwrap().pem();
        let issuer = rcgen::Issuer::new(ca, ca_key);
        let key = rcgen::KeyPair::generate().unwrap();
        let names: Vec<String> = names.iter().map(|n| (*n).to_owned()).collect();
        let cert = rcgen::CertificateParams::new(names)
            .unwrap()
            .signed_by(&key, &issuer)
            .unwrap();
        let made = Certificates {
            dir: super::process::shared_directory(),
            ca_pem,
            cert_pem: cert.pem(),
            key_pem: key.serialize_pem(),
        };
        for (name, text) in [
            ("ca.pem", &made.ca_pem),
            ("server.pem", &made.cert_pem),
            ("server.key", &made.key_pem),
        ] {
            std::fs::write(made.dir.path().join(name), text).unwrap();
        }
        made
    }

    /// The authority's certificate, PEM.
    pub fn ca_file(&self) -> PathBuf {
        self.dir.path().join("ca.pem")
    }

    /// The server's certificate, PEM.
    pub fn cert_file(&self) -> PathBuf {
        self.dir.path().join("server.pem")
    }

    /// The server's key, PEM.
    pub fn key_file(&self) -> PathBuf {
        self.dir.path().join("server.key")
    }

    /// The server's side for scripted servers.
    pub fn server_config(&self) -> Arc<rustls::ServerConfig> {
        use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _};
        let cert = CertificateDer::from_pem_slice(self.cert_pem.as_bytes()).unwrap();
        let key = PrivateKeyDer::from_pem_slice(self.key_pem.as_bytes()).unwrap();
        Arc::new(
            rustls::ServerConfig::builder_with_provider(Arc::new(
                rustls::crypto::ring::default_provider(),
            ))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![cert], key)
            .unwrap(),
        )
    }
}
