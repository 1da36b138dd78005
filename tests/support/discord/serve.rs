//! Listening, plain and behind TLS.

use super::{gateway, rest, world::World};
use axum::{
    Router,
    body::Bytes,
    extract::{Request, WebSocketUpgrade},
    http::{HeaderMap, Method, Uri},
    response::IntoResponse as _,
    routing::{any, get},
};
use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};
use tokio::{net::TcpListener, task::JoinHandle};

/// A certificate for `discord.com`, and the authority behind it.
pub struct Certificate {
    pub authority: String,
    config: Arc<rustls::ServerConfig>,
}

impl Certificate {
    pub fn new() -> Certificate {
        use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
        let ca_key = rcgen::KeyPair::generate().unwrap();
        let mut ca = rcgen::CertificateParams::new(Vec::<String>::new()).unwrap();
        ca.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let authority = ca.self_signed(&ca_key).unwrap().pem();
        let issuer = rcgen::Issuer::new(ca, ca_key);
        let key = rcgen::KeyPair::generate().unwrap();
        let certificate = rcgen::CertificateParams::new(vec!["discord.com".to_owned()])
            .unwrap()
            .signed_by(&key, &issuer)
            .unwrap();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        Certificate {
            authority,
            config: Arc::new(config),
        }
    }
}

pub struct Server {
    pub plain: SocketAddr,
    pub tls: Option<(SocketAddr, String)>,
    tasks: Vec<JoinHandle<()>>,
}

impl Server {
    pub async fn start(world: Arc<Mutex<World>>, certificate: Option<Certificate>) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let plain = listener.local_addr().unwrap();
        let app = router(world, plain);
        let served = app.clone();
        let mut tasks = vec![tokio::spawn(async move {
            axum::serve(listener, served).await.unwrap();
        })];
        let mut tls = None;
        if let Some(c) = certificate {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            tls = Some((listener.local_addr().unwrap(), c.authority.clone()));
            tasks.push(tokio::spawn(decrypt(listener, plain, c.config)));
        }
        Server { plain, tls, tasks }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        for t in &self.tasks {
            t.abort();
        }
    }
}

/// Takes TLS off and passes the bytes on.
async fn decrypt(listener: TcpListener, plain: SocketAddr, config: Arc<rustls::ServerConfig>) {
    let acceptor = tokio_rustls::TlsAcceptor::from(config);
    while let Ok((stream, _)) = listener.accept().await {
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            let Ok(mut inner) = acceptor.accept(stream).await else {
                return;
            };
            let mut outer = tokio::net::TcpStream::connect(plain).await.unwrap();
            let _ = tokio::io::copy_bidirectional(&mut inner, &mut outer).await;
        });
    }
}

fn router(world: Arc<Mutex<World>>, plain: SocketAddr) -> Router {
    let events = world.clone();
    Router::new()
        .route(
            "/events",
            get(move |upgrade: WebSocketUpgrade, _: Request| async move {
                upgrade.on_upgrade(move |socket| gateway::serve(socket, events))
            }),
        )
        .fallback(any(
            move |method: Method, uri: Uri, headers: HeaderMap, body: Bytes| async move {
                rest::handle(world, plain, method, uri, headers, body)
                    .await
                    .into_response()
            },
        ))
}
