//! A double of Discord in this process: REST and gateway. It keeps channels, messages, threads, interactions and commands,
//! holds every request against Discord's published API description and against the limits that stand only in its prose, and
//! lets a test act as a person. A test ends with [`Double::verify`].
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod act;
mod gateway;
mod limits;
mod log;
mod payload;
mod rest;
mod schema;
mod serve;
mod world;

pub use world::{Fault, GUILD, INTAKE, Message, Person, REVIEW, STAFF_ROLE, World};

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

/// The token that the double accepts.
pub const TOKEN: &str = "test-token";

/// The double.
pub struct Double {
    world: Arc<Mutex<World>>,
    server: serve::Server,
    verified: bool,
}

impl Double {
    /// Over plain HTTP.
    pub async fn start() -> Double {
        Self::begin(None).await
    }

    /// Behind TLS with a certificate for Discord's own name, as production meets it; events over plain `ws`.
    pub async fn start_tls() -> Double {
        Self::begin(Some(serve::Certificate::new())).await
    }

    async fn begin(certificate: Option<serve::Certificate>) -> Double {
        log::capture();
        let world = Arc::new(Mutex::new(World::new()));
        let server = serve::Server::start(world.clone(), certificate).await;
        Double {
            world,
            server,
            verified: false,
        }
    }

    /// The URL that stands for `https://discord.com`.
    pub fn api_url(&self) -> String {
        format!("http://{}", self.server.plain)
    }

    /// Where TLS is spoken.
    pub fn tls_address(&self) -> std::net::SocketAddr {
        self.server.tls.as_ref().unwrap().0
    }

    /// The authority behind the certificate, PEM.
    pub fn authority(&self) -> String {
        self.server.tls.as_ref().unwrap().1.clone()
    }

    /// The gateway's URL.
    pub fn gateway_url(&self) -> String {
        format!("ws://{}/events", self.server.plain)
    }

    fn world<T>(&self, look: impl FnOnce(&mut World) -> T) -> T {
        look(&mut self.world.lock().unwrap())
    }

    /// Waits until something is so.
    #[track_caller]
    pub fn until<T>(
        &self,
        what: &str,
        mut look: impl FnMut(&mut World) -> Option<T>,
    ) -> impl Future<Output = T> {
        let at = std::panic::Location::caller();
        let end = Instant::now() + Duration::from_secs(15);
        async move {
            loop {
                if let Some(found) = look(&mut self.world.lock().unwrap()) {
                    return found;
                }
                if Instant::now() > end {
                    let seen = self.world(|w| w.summary());
                    panic!("{at}: not within 15 s: {what}\n{seen}");
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
    }

    /// Fails the test where a request broke a rule, an answer came late or serenity dropped an event.
    pub fn verify(mut self) {
        self.verified = true;
        self.world(|w| w.look_for_late_answers());
        let broken = self.world(|w| std::mem::take(&mut w.violations));
        assert!(
            broken.is_empty(),
            "Discord's rules were broken:\n{}",
            broken.join("\n")
        );
        let dropped = log::dropped_events();
        assert!(
            dropped.is_empty(),
            "serenity dropped events:\n{}",
            dropped.join("\n")
        );
    }

    /// The rules that were broken so far, for tests of the double itself.
    pub fn violations(&mut self) -> Vec<String> {
        self.verified = true;
        self.world(|w| std::mem::take(&mut w.violations))
    }
}

impl Drop for Double {
    fn drop(&mut self) {
        if !self.verified && !std::thread::panicking() {
            panic!("a test with the double must end with verify()");
        }
    }
}
