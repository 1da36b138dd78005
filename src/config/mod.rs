//! The configuration: one documented struct a section, unknown keys refused, secrets from the environment only.

mod desk;
mod geography;
mod load;
mod sections;
mod token;

pub use desk::{Desk, OfficeHours};
pub use geography::{PlacesSection, Routing, RoutingEngine};
pub use load::{ConfigError, load, load_or_default, parse};
pub use sections::{Discord, MailboxSection, Review, Send, Smtp, StoreSection, Tls, Trust};
pub use token::access_token;

use serde::Deserialize;

/// `config.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Who the desk is.
    #[serde(default)]
    pub desk: Desk,
    /// The mailbox that is watched.
    pub mailbox: Option<MailboxSection>,
    /// How mail leaves.
    pub smtp: Option<Smtp>,
    /// Where everything is kept.
    #[serde(default)]
    pub store: StoreSection,
    /// The chat, where there is one.
    pub discord: Option<Discord>,
    /// How staff decide.
    #[serde(default)]
    pub review: Review,
    /// Brakes on what leaves.
    #[serde(default)]
    pub send: Send,
    /// Imported towns and postcodes.
    #[serde(default)]
    pub places: PlacesSection,
    /// A routing engine, where there is one.
    pub routing: Option<Routing>,
    /// What is found out about senders.
    #[serde(default)]
    pub trust: Trust,
}
